"""Sphinx configuration."""

from __future__ import annotations

import envindicators

project = "envindicators"
author = "The envindicators developers"
copyright = "The envindicators developers. Apache-2.0"  # noqa: A001
version = release = envindicators.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
    "envindicators.sphinxext",
]
myst_enable_extensions = ["colon_fence", "deflist"]
exclude_patterns = ["_build"]

html_theme = "furo"
html_title = "envindicators"

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
default_role = "code"

envindicators_programme = "envindicators.programmes:soc_trang_2020"
envindicators_examples = {
    envindicators_programme: {
        "tables": "envindicators.examples:soc_trang",
        "year": 2020,
        "by": "area",
        "note": "envindicators.examples:MADE_UP",
    }
}
