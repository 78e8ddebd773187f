"""The files of the built site: links inside lead somewhere, and nothing is asked of another host."""

from __future__ import annotations

import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest

import envindicators as ei

DOCS = Path(__file__).parents[1]

FETCHED = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("link", "href"), ("use", "href")}
"""What a browser fetches by itself. A link that a reader may follow is not among them."""

RELATIONS_NOT_FETCHED = {"alternate", "index", "search", "next", "prev", "author", "copyright", "canonical"}


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.fetched = set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        for name in ("id", "name"):
            if given.get(name) and (name == "id" or tag == "a"):
                self.ids.add(given[name])
        for name in ("href", "src"):
            value = given.get(name)
            if value is None:
                continue
            relations = set((given.get("rel") or "").split())
            if (tag, name) in FETCHED and not relations & RELATIONS_NOT_FETCHED:
                self.fetched.append(value)
            self.links.append(value)


@pytest.fixture(scope="session")
def pages(site):
    return {path: Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}


def test_there_are_as_many_pages_in_each_language(site):
    found = [
        {path.relative_to(site / each).as_posix() for path in (site / each).rglob("*.html")} for each in ("en", "vi")
    ]
    assert found[0] == found[1]
    assert len(found[0]) > 40


def test_every_link_inside_leads_somewhere(pages, site):
    dead = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or link in ("", "#"):
                continue
            target, fragment = urldefrag(link)
            where = (path.parent / unquote(urlsplit(target).path)).resolve() if target else path
            where = where / "index.html" if where.is_dir() else where
            if not where.is_file() or (
                fragment and where.suffix == ".html" and unquote(fragment) not in pages[where].ids
            ):
                dead.append((path.relative_to(site).as_posix(), link))
    assert not dead


def test_nothing_is_fetched_from_another_host(pages, site):
    abroad = [(path.name, each) for path, page in pages.items() for each in page.fetched if urlsplit(each).netloc]
    assert not abroad
    for path in site.rglob("*.css"):
        assert not re.search(r"(@import|url\()\s*['\"]?(https?:)?//", path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize("name", ei.__all__)
def test_every_public_name_has_a_place_in_the_reference(pages, site, name):
    ids = {each for path, page in pages.items() if path.parent == site / "en" / "api" for each in page.ids}
    assert f"envindicators.{name}" in ids or f"module-envindicators.{name}" in ids


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_duty_and_clause_is_on_the_site(site, language):
    from html import unescape

    programme = ei.programmes.soc_trang_2020
    duties = unescape((site / language / "methodology" / "duties.html").read_text(encoding="utf-8"))
    assert all(duty.clause.quote in duties for duty in programme.duties)
    for target in programme.targets:
        shown = unescape((site / language / "methodology" / f"{target.key}.html").read_text(encoding="utf-8"))
        assert target.clause.quote in shown
        assert target.name.in_(language) in shown


def test_results_of_notebooks_are_rich_on_the_site(site):
    shown = (site / "vi" / "notebooks" / "01-quickstart.html").read_text(encoding="utf-8")
    assert shown.count('class="ei-card"') == 2
    assert 'class="ei-explanation"' in shown
    assert 'class="dataframe"' in shown


SILENT = {"guides/embedding", "guides/pipelines"}
"""Pages whose code gives nothing to look at."""


@pytest.mark.parametrize("language", ["en", "vi"])
def test_pages_with_code_show_what_it_gives(site, language):
    shown = re.compile(r'class="[^"]*(site-result|site-drawn|site-picture|site-report|site-try|ei-card)[ "]')
    for path in [*DOCS.glob("*.md"), *DOCS.glob("concepts/*.md"), *DOCS.glob("guides/*.md")]:
        page = path.relative_to(DOCS).with_suffix("").as_posix()
        if ">>> " in path.read_text(encoding="utf-8") and page not in SILENT:
            assert shown.search((site / language / f"{page}.html").read_text(encoding="utf-8")), page


def test_every_programme_is_handed_out_with_its_figures(site):
    for language in ("en", "vi"):
        folder = site / language / "programmes"
        programmes = [ei.Programme.load(path) for path in sorted(folder.glob("*.json"))]
        assert {programme.key for programme in programmes} >= {"soc_trang_2020", "vn_air_2030", "eu_climate_2030"}
        for programme in programmes:
            assert programme == getattr(ei.programmes, programme.key)
            with zipfile.ZipFile(folder / f"{programme.key}.zip") as archive:
                assert {name.removesuffix(".csv") for name in archive.namelist()} <= set(programme.table_names)


def test_the_citation_is_of_this_version(site):
    for language in ("en", "vi"):
        (cited,) = (site / language / "_downloads").rglob("CITATION.cff")
        assert f"version: {ei.__version__}\n" in cited.read_text(encoding="utf-8")


NOTEBOOKS = {"01-quickstart": 4, "02-missing": 4, "03-adding-up": 4, "04-readings": 4, "05-viet-nam-water": 1}
"""How many tables come with a notebook."""


@pytest.mark.parametrize("name", [*NOTEBOOKS, "06-hundred-thousand-groups"])
def test_a_notebook_can_be_downloaded_in_both_languages_with_its_data(site, name):
    cells = {}
    for language in ("en", "vi"):
        path = site / language / "_downloads" / "notebooks" / f"{name}.ipynb"
        cells[language] = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert any(f'lang = "{language}"' in "".join(cell["source"]) for cell in cells[language])
        with zipfile.ZipFile(path.with_suffix(".zip")) as archive:
            assert sum(each.endswith(".csv") for each in archive.namelist()) == NOTEBOOKS.get(name, 0)
            assert archive.read(f"{name}.ipynb") == path.read_bytes()
    assert len(cells["en"]) == len(cells["vi"])
    for english, vietnamese in zip(cells["en"], cells["vi"], strict=True):
        words, others = ("".join(cell["source"]) for cell in (english, vietnamese))
        if english["cell_type"] == "markdown":
            assert words != others
            assert len(set(words.split("\n")) & set(others.split("\n")) - {""}) == 0
        else:
            assert words.replace('lang = "en"', 'lang = "vi"') == others
