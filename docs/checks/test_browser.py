"""The site as people meet it: in a browser, on a phone, in the dark, by keyboard and by screen reader."""

from __future__ import annotations

import re
import unicodedata

import pytest
from axe_playwright_python.sync_playwright import Axe

import envindicators as ei

PAGES = [
    "index",
    "why",
    "quickstart",
    "concepts/index",
    "concepts/fates",
    "concepts/bounds",
    "concepts/verdicts",
    "concepts/readings",
    "concepts/layouts",
    "guides/spreadsheets",
    "guides/kinds",
    "guides/methodology-site",
    "guides/web-service",
    "pictures",
    "command-line",
    "methodology/index",
    "methodology/rural_water",
    "methodology/new_facilities",
    "methodology/urban_waste",
    "methodology/tables",
    "methodology/duties",
    "notebooks/01-quickstart",
    "notebooks/02-missing",
    "notebooks/05-viet-nam-water",
    "design/bounds",
    "design/margins",
    "glossary",
    "api",
    "api/indicators",
    "api/scorecard",
    "indices",
    "methodology/resolution",
    "ei-clauses",
    "ei-indicators",
    "genindex",
    "search",
]
SERIOUS = ("serious", "critical")


CUT = """
() => [...document.querySelectorAll("article pre, article table, article math, article img, article svg, article code")]
  .filter((each) => each.checkVisibility() && each.getBoundingClientRect().width)
  .filter((each) => {
    // the first around it that does not let it hang out: it is to scroll and to say so, unless all of it is inside
    for (let box = each; box && box.tagName !== "BODY"; box = box.parentElement) {
      const wide = box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX !== "visible";
      if (wide) {
        const sign = box.previousElementSibling;
        const says = sign && sign.classList.contains("site-sideways") && sign.checkVisibility();
        return !(getComputedStyle(box).overflowX === "auto" && says && box.tabIndex === 0);
      }
    }
    return false;
  })
  .map((each) => each.outerHTML.slice(0, 120))
"""


SQUEEZED = """
() => [...document.querySelectorAll("article table.docutils td")]
  .filter((each) => each.checkVisibility() && each.textContent.trim().length > 40 && each.clientWidth < 100)
  .map((each) => each.textContent.trim().slice(0, 60))
"""


ENGLISH = """
() => [...document.querySelectorAll("article :is(p, h1, h2, h3, h4, li, dt, dd, th, td, summary, figcaption)")]
  .filter((each) => !each.closest("pre, .cell_output table, [lang]:not(html)"))
  .map((each) => {
    // words of its own: what it quotes, what is code, what stands deeper and what is in brackets is left out
    const own = each.cloneNode(true);
    own.querySelectorAll("pre, code, em, [lang], p, ul, ol, dl, table").forEach((inner) => inner.remove());
    return own.textContent.replace(/\\s+/g, " ").replace(/\\(.*?\\)|The envindicators developers/g, "");
  })
  .filter((words) => /\\b(the|of|and|is|are|that|which|with|has|have|not|for|from|was|were)\\b/i.test(words))
"""
SIDE = """
() => document.querySelector(".sidebar-tree").innerText.match(/.*\\b(the|of|and|is|are|that|with)\\b.*/i)?.[0]
"""
IN_ENGLISH = ("design/", "api", "genindex", "performance", "changelog", "py-modindex")


def findings(page):
    found = Axe().run(page).response["violations"]
    return [
        (each["id"], each["impact"], [node["html"][:160] for node in each["nodes"][:3]])
        for each in found
        if each["impact"] in SERIOUS
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_clean_and_accessible(visit, language, path):
    visited = visit()
    page = visited.open(f"{language}/{path}.html")
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() >= 1
    assert not page.evaluate(CUT)
    assert not page.evaluate(SQUEEZED)
    assert not findings(page)
    visited.assert_clean()


def test_no_page_that_is_translated_says_anything_in_english(visit, site):
    page, found = visit().page, {}
    for path in sorted((site / "vi").rglob("*.html")):
        name = path.relative_to(site / "vi").as_posix()
        if not name.startswith((*IN_ENGLISH, "_")):
            page.goto(path.as_uri())
            if said := [*page.evaluate(ENGLISH), *filter(None, [page.evaluate(SIDE)])]:
                found[name] = said
    assert not found


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone(visit, path):
    visited = visit(width=375, height=740)
    page = visited.open(f"vi/{path}.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    assert not page.evaluate(CUT)
    assert not page.evaluate(SQUEEZED)
    visited.assert_clean()


@pytest.mark.parametrize("path", ["quickstart", "methodology/rural_water", "methodology/tables"])
def test_a_page_is_accessible_on_a_phone(visit, path):
    page = visit(width=375, height=740).open(f"vi/{path}.html")
    assert not findings(page)


@pytest.mark.parametrize("path", ["quickstart", "concepts/readings", "methodology/urban_waste", "notebooks/02-missing"])
def test_a_page_is_readable_in_the_dark(visit, path):
    visited = visit(scheme="dark")
    page = visited.open(f"vi/{path}.html")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert all(int(part) < 64 for part in background.strip("rgba()").split(",")[:3])
    assert not findings(page)
    visited.assert_clean()


def test_the_methodology_in_vietnamese(visit):
    visited = visit()
    page = visited.open("vi/methodology/rural_water.html")
    article = page.locator("article").inner_text()
    quote = "100% dân cư thành thị, 98% dân cư nông thôn được sử dụng nước sinh hoạt hợp vệ sinh."
    for words in (quote, "họp vệ sinh", "Tử số", "Mẫu số", "Long Phú", "97,996%", "Xử lý khi thiếu số liệu", "Sơ kết"):
        assert words in article
    for english in ("Numerator", "Denominator", "Threshold", "not met"):
        assert english not in article
    box = page.locator("math").first.bounding_box()
    assert box["width"] > 100
    assert box["height"] > 20
    visited.assert_clean()


@pytest.mark.parametrize("path", ["methodology/rural_water.html", "guides/spreadsheets.html", "ei-clauses.html"])
def test_the_switch_of_language_keeps_the_page(visit, path):
    visited = visit()
    page = visited.open(f"vi/{path}")
    page.get_by_role("link", name="English").click()
    page.wait_for_url(f"**/en/{path}")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Tiếng Việt").click()
    page.wait_for_url(f"**/vi/{path}")
    visited.assert_clean()


def test_the_switch_of_language_keeps_the_place(visit):
    page = visit().open("vi/methodology/rural_water.html#soc-trang-2020-rural-water-example")
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/methodology/rural_water.html#soc-trang-2020-rural-water-example")
    assert page.locator("#soc-trang-2020-rural-water-example").is_visible()


@pytest.mark.parametrize("path", ["quickstart", "guides/kinds", "pictures", "notebooks/04-readings"])
def test_code_breaks_its_lines(visit, path):
    page = visit(width=375).open(f"vi/{path}.html")
    wide = "all => all.filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.innerText.slice(0, 80))"
    assert not page.locator(".highlight-python pre, .highlight-ipython3 pre, .highlight-sh pre").evaluate_all(wide)


PICTURES = {
    "index": 3,
    "quickstart": 2,
    "pictures": 8,
    "concepts/fates": 1,
    "concepts/bounds": 1,
    "concepts/verdicts": 1,
    "guides/big-data": 4,
    "guides/kinds": 11,
    "guides/missing-reports": 4,
    "guides/office-report": 2,
}
"""On these pages at least so many pictures, light and dark counted."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("path", PICTURES)
def test_a_page_has_its_pictures(visit, language, path, scheme):
    page = visit(scheme=scheme, height=6000).open(f"{language}/{path}.html")
    drawn = page.locator("article .site-drawn img, article .site-picture svg")
    assert drawn.count() >= PICTURES[path]
    page.wait_for_load_state("networkidle")
    images = page.locator(f".site-drawn img.only-{scheme}")
    assert images.evaluate_all(
        "all => all.every(each => each.checkVisibility() && each.naturalWidth > 300 && each.alt)"
    )
    # drawn for the width of the page: letters keep three quarters of their size
    assert images.evaluate_all("all => all.every(each => each.clientWidth > 0.75 * each.naturalWidth)")


QUERIES = {
    "as written": "nước sinh hoạt",
    "decomposed": unicodedata.normalize("NFD", "nước sinh hoạt"),
    "without diacritics": "nuoc sinh hoat",
    "in capitals": "NƯỚC SINH HOẠT",
}


def pages_found(page):
    """Return the paths that a search lists: they come one by one, and the heading changes after the last."""
    page.locator("#search-results h2", has_text=re.compile("^(Search Results|Kết quả)")).wait_for()
    return set(page.locator("#search-results li a").evaluate_all("all => all.map(each => each.pathname)"))


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_search_finds_vietnamese(visit, query):
    visited = visit()
    page = visited.open("vi/index.html")
    page.locator("input.sidebar-search").first.fill(query)
    page.locator("input.sidebar-search").first.press("Enter")
    assert any("methodology/rural_water" in path for path in pages_found(page))
    assert not findings(page)
    visited.assert_clean()


@pytest.mark.parametrize(("old", "new"), [("Tỉnh uỷ", "Tỉnh ủy"), ("xã hội hoá", "xã hội hóa")])
def test_search_folds_the_two_spellings(visit, old, new):
    found = [pages_found(visit().open(f"vi/search.html?q={query}")) for query in (old, new)]
    assert found[0] == found[1]
    assert any("methodology/duties" in path for path in found[0])


@pytest.mark.parametrize("query", ["nước sinh hoạt", "nuoc sinh hoat"])
def test_search_in_english_finds_the_words_of_the_document(visit, query):
    visited = visit()
    page = visited.open(f"en/search.html?q={query}")
    assert any("methodology/rural_water" in path for path in pages_found(page))
    page.locator("#search-results li", has_text="nước sinh hoạt").locator("mark").first.wait_for()
    visited.assert_clean()


@pytest.mark.parametrize(("path", "typed"), [("quickstart", "nuoc sinh hoat"), ("guides/kinds", "hợp vệ sinh")])
def test_search_answers_while_it_is_typed(visit, path, typed):
    visited = visit()
    page = visited.open(f"vi/{path}.html")
    box = page.locator("input.sidebar-search").first
    box.press_sequentially(typed)
    page.wait_for_selector(".site-suggestions a[href*='methodology/rural_water']")
    assert box.input_value() == typed
    assert page.locator(".site-suggestions a").count() <= 8
    assert not findings(page)
    box.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.site-suggestions') !== null")
    page.keyboard.press("Escape")
    assert not page.locator(".site-suggestions").is_visible()
    box.press("Enter")
    page.wait_for_url("**/vi/search.html?q=*")
    page.wait_for_selector("#search-results li a")
    visited.assert_clean()


def test_what_search_offers_leads_to_its_page(visit):
    page = visit(width=375, height=740).open("en/guides/kinds.html")
    page.locator("header label[for=__navigation]").click()
    page.locator("input.sidebar-search").first.press_sequentially("needed_rep")
    page.locator(".site-suggestions a", has_text="needed_reports").first.click()
    page.wait_for_url("**/en/api/*.html#envindicators.*needed_reports")


def test_a_template_can_be_downloaded(visit):
    page = visit().open("vi/methodology/tables.html")
    with page.expect_download() as started:
        page.locator("a.download").first.click()
    path = started.value.path()
    assert path.read_bytes().startswith(b"\xef\xbb\xbfarea,year,settlement,persons,hygienic_water")


def test_the_keyboard_reaches_the_content_first(visit):
    page = visit().open("vi/methodology/rural_water.html")
    for _ in range(4):
        page.keyboard.press("Tab")
        if "skip-to-content" in (page.evaluate("document.activeElement.className") or ""):
            break
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#furo-main-content"


@pytest.mark.parametrize(("locale", "language"), [("vi-VN", "vi"), ("en-GB", "en"), ("fr-FR", "en")])
def test_the_root_opens_the_language_of_the_browser(visit, locale, language):
    visited = visit(locale=locale)
    page = visited.open("index.html")
    page.wait_for_url(f"**/{language}/index.html")
    visited.assert_clean()


def test_the_root_lets_choose(visit):
    visited = visit()
    page = visited.open("index.html?choose")
    assert "ngôn ngữ của trình duyệt" in page.locator("main").inner_text()
    page.get_by_role("link", name="Tiếng Việt").click()
    page.wait_for_url("**/vi/index.html")
    visited.assert_clean()


def test_the_first_screen_shows_an_answer(visit):
    for width, height, picture in ((1280, 900, ".site-wide img.only-light"), (375, 740, ".site-narrow svg")):
        page = visit(width=width, height=height).open("vi/index.html")
        box = page.locator(picture).bounding_box()
        assert box["width"] > 300
        assert box["y"] + min(box["height"], 200) <= height


# cards on pages of other people


@pytest.fixture(scope="module")
def card():
    return ei.evaluate(ei.programmes.soc_trang_2020, ei.examples.soc_trang(), year=2020, by="area", lang="vi")


@pytest.mark.filterwarnings("ignore::envindicators.CoverageWarning")
@pytest.mark.parametrize(("options", "aligned"), [({"nonce": "n0nce"}, "right"), ({"style": False}, "center")])
def test_a_card_lives_under_a_strict_content_policy(browser, card, options, aligned):
    policy = "default-src 'none'; style-src 'nonce-n0nce'"
    page, refused = browser.new_page(), []
    page.on("console", lambda message: refused.append(message.text))
    page.set_content(
        f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{policy}">{card.to_html(**options)}'
    )
    assert page.evaluate("getComputedStyle(document.querySelector('th.ei-num')).textAlign") == aligned
    page.close()
    assert not refused


@pytest.mark.filterwarnings("ignore::envindicators.CoverageWarning")
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("width", [390, 760, 900, 1280])
def test_eleven_districts_fit(browser, card, lang, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.set_content(card.with_lang(lang).to_html())
    assert page.evaluate("(e => e.scrollWidth - e.clientWidth)(document.querySelector('.ei-scroll'))") == 0
    page.close()
