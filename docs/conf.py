"""Sphinx configuration. `docs/build.py` builds the site in both languages."""

from __future__ import annotations

import datetime
import os
import shutil
import sys
import time
import tomllib
from pathlib import Path

import envindicators

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_ext"))

project = "envindicators"
author = "The envindicators developers"
copyright = "The envindicators developers. Apache-2.0"  # noqa: A001
version = release = envindicators.__version__
language = "en"

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.intersphinx",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
    "sphinx_copybutton",
    "sphinx_design",
    "envindicators.sphinxext",
    "site_pages",
    "pictures",
    "results",
    "try_it",
    "notebooks",
    "handed_out",
    "reference",
]
exclude_patterns = ["_build", "_ext", "_schemas", "checks", "locales", "**.ipynb_checkpoints"]
nitpicky = True
# what the standard library, the frame libraries and the inside of the package name, and no page describes
nitpick_ignore_regex = [
    ("py:.*", r"envindicators\.[a-z_.]+\.(Atom|Category|Domains|Extremes|Part|Sayable|Term|Unsettled)"),
    ("py:.*", r"envindicators\.[a-z_.]+\.(Outline|TableCells|Tallies|YearColumn|YearResult)"),
    ("py:.*", r"Atom|Axes|Fate|NDArray|Reason|Tallies|Term"),
]
default_role = "code"

# the words of the site

locale_dirs = [str(HERE / "locales")]
gettext_compact = False
gettext_location = False
gettext_uuid = False
smartquotes = False

# MyST and the notebooks

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath", "substitution"]
day = datetime.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", time.time())), datetime.UTC).date()
myst_substitutions = {"version": version, "date": day.isoformat()}
myst_heading_anchors = 3
nb_execution_mode = "cache"
nb_execution_cache_path = str(HERE / "_build" / "executed")
nb_execution_raise_on_error = True
nb_execution_timeout = 180
nb_merge_streams = True
nb_render_markdown_format = "myst"

# the reference

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autosummary_generate = False
intersphinx_mapping: dict[str, tuple[str, str]] = {}  # filled from docs/inventories by the extension reference
intersphinx_disabled_reftypes = ["std:doc"]
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
napoleon_google_docstring = True
napoleon_numpy_docstring = False

# the methodology pages

envindicators_programme = "envindicators.programmes:soc_trang_2020"
envindicators_examples = {
    envindicators_programme: {
        "tables": "envindicators.examples:soc_trang",
        "year": 2020,
        "by": "area",
        "note": "envindicators.examples:MADE_UP",
    }
}
for _key, _tables, _year, _more in (
    ("vn_methane_2030", "vn_methane", 2025, {}),
    (
        "vn_air_2030",
        "vn_air",
        2030,
        {
            "by": ["area", "station"],
            "expected": ["Hà Nội", "Bắc Ninh", "Hưng Yên", "Thái Nguyên", "Phú Thọ", "Hải Phòng", "Ninh Bình"],
        },
    ),
    ("vn_new_rural_2025", "vn_new_rural", 2025, {"expected": [f"Xã {number:02}" for number in range(1, 11)]}),
    ("vn_trees_2025", "vn_trees", 2025, {"by": "area"}),
    ("eu_climate_2030", "eu_climate", 2030, {"by": "area"}),
    ("sg_green_2030", "sg_green", 2030, {"by": "area"}),
    ("in_clean_air_2026", "in_clean_air", 2026, {"by": "area", "expected": ["Agra", "Pune", "Kochi", "Varanasi"]}),
):
    envindicators_examples[f"envindicators.programmes:{_key}"] = {
        "tables": f"envindicators.examples:{_tables}",
        "year": _year,
        "note": "envindicators.examples:ALL_MADE_UP",
        **_more,
    }

# HTML: nothing is fetched from another host

html_theme = "furo"
html_title = "envindicators"
html_favicon = "_static/favicon.svg"
html_static_path = ["_static"]
# what the extension handed_out writes, under addresses that stay: schemas/programme.json
html_extra_path = ["_schemas"]
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": "defer"}), ("suggest.js", {"defer": "defer"})]
templates_path = ["_templates"]
html_copy_source = html_show_sourcelink = True
# where a page can be edited; without an address of the repository a page leads to its own source
project_file = tomllib.loads((HERE.parent / "pyproject.toml").read_text("utf-8"))
repository = project_file["project"].get("urls", {}).get("Repository", os.environ.get("ENVINDICATORS_REPOSITORY", ""))
edited = {"source_repository": repository, "source_branch": "main", "source_directory": "docs/"} if repository else {}
html_theme_options = {
    "top_of_page_buttons": ["view", "edit"] if repository else ["view"],
    **edited,
    "light_css_variables": {
        "color-foreground-muted": "#4b5160",
        "color-foreground-secondary": "#4b5160",
        "site-good": "#1b7a48",
        "site-bad": "#b8322a",
        "site-open": "#855c00",
    },
    "dark_css_variables": {
        "color-foreground-muted": "#a9b0ba",
        "color-foreground-secondary": "#b4bac4",
        "site-good": "#3dbb78",
        "site-bad": "#f0766b",
        "site-open": "#d9a53a",
    },
}
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
copybutton_only_copy_prompt_lines = True

# the notebooks stand beside the documentation; here they are pages of it
(HERE / "notebooks").mkdir(exist_ok=True)
for notebook in (HERE.parent / "notebooks").glob("*.md"):
    page = HERE / "notebooks" / notebook.name
    if not page.exists() or page.read_bytes() != notebook.read_bytes():
        shutil.copy(notebook, page)
