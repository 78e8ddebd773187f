"""A card as HTML: one table, escaped, without script or request, that says what the card says."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

import pytest
from cards import NAMES, evaluated, example, programme, random_cards
from hypothesis import given

import envindicators as ei
from envindicators.algebra.verdict import Verdict
from envindicators.report.cards import caption, counts_words, group_key, level_words, overall_words
from envindicators.report.html import card_html, page_html
from envindicators.report.numbers import shares, threshold_words
from envindicators.report.readings import other_readings, reading_result, reading_words
from envindicators.report.verdicts import SYMBOLS, key_of, reason_words, verdict_words
from envindicators.report.view_of_card import SHOWN_GROUPS
from envindicators.words.message import gettext

VOID = {"meta", "br", "rect", "path"}


class Page(HTMLParser):
    """The elements of a page: each with its tag, attributes, and text; complains of tags left open."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.elements, self.open, self.rows = [], [], []
        self.feed(page)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        element = {"tag": tag, "attrs": dict(attrs), "text": "", "within": [each["tag"] for each in self.open]}
        self.elements.append(element)
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append({"tag": tag, "attrs": dict(attrs), "text": "", "within": []})

    def handle_endtag(self, tag):
        assert self.open.pop()["tag"] == tag

    def handle_data(self, data):
        for element in self.open:
            element["text"] += data

    def all(self, tag):
        return [element for element in self.elements if element["tag"] == tag]

    @property
    def target_rows(self):
        found = []
        place = 0
        for element in self.elements:
            if element["tag"] == "tr":
                if element["attrs"].get("class") == "ei-first":
                    found.append(self.rows[place])
                place += 1
        return found


def spans(row):
    return sum(int(cell["attrs"].get("colspan", 1)) for cell in row)


def check_form(card):
    page = card_html(card)
    parsed = Page(page)
    assert len(parsed.all("table")) == 1
    assert {spans(row) for row in parsed.rows} == {spans(parsed.rows[0])}
    allowed = {"div", "style", "table", "p", "strong", "thead", "tbody", "tr", "th", "td", "small",
               "span", "svg", "rect", "path", "details", "summary", "ul", "li"}  # fmt: skip
    assert {element["tag"] for element in parsed.elements} <= allowed
    for element in parsed.elements:
        refused = ("on", "href", "src", "style")
        assert not {name for name in element["attrs"] if name == "id" or name.startswith(refused)}
    assert "http" not in page
    assert "url(" not in page
    many = " ei-many" if len({group_key(card, group) for group in card.groups}) > 14 else ""
    assert parsed.elements[0]["attrs"] == {"class": f"ei-card{many}", "lang": card.lang}
    return parsed


@given(random_cards())
def test_random_cards_have_the_form_and_say_what_the_card_says(card):
    parsed = check_form(card)
    lang = card.lang
    (row,) = parsed.target_rows
    assessment = card["water"]
    (judgement,) = assessment.judgements
    assert shares(judgement, lang) == row[1]["text"]
    assert row[2]["text"] == threshold_words(judgement.threshold, lang)
    assert row[3]["text"].endswith(verdict_words(assessment, lang))
    assert SYMBOLS[key_of(assessment)] in row[3]["text"]
    titles = [element["attrs"]["aria-label"] for element in parsed.all("svg")]
    assert len(titles) == 1
    assert titles[0].startswith(f"{shares(judgement, lang)} (")
    groups = [cell["attrs"] for cell in parsed.all("span") if cell["attrs"].get("role") == "img"]
    assert len(groups) == len(card.groups)
    for cell, group in zip(groups, card.groups, strict=True):
        assert cell["aria-label"].endswith(f"; {verdict_words(card['water', group], lang)}")
    reason = reason_words(assessment, lang)
    if reason:
        assert reason[1:] in parsed.all("table")[0]["text"]


@given(random_cards())
def test_what_is_certain_is_filled_and_what_is_open_hatched(card):
    (judgement,) = card["water"].judgements
    page = card_html(card)
    filled = [float(width) for width in re.findall(r'<rect class="ei-\w+" x="0" y="6.0" width="([0-9.]+)"', page)]
    strokes = re.findall(r"M([0-9.]+) ([0-9.]+)L([0-9.]+) ([0-9.]+)", page)
    rate = None if judgement.verdict is Verdict.NOT_APPLICABLE else judgement.rate
    if rate is None:
        assert not filled
        assert not strokes
        return
    assert sum(filled) == pytest.approx(float(rate.lower) * 160, abs=0.01)
    assert bool(strokes) == (rate.lower < rate.upper)
    for left, foot, right, head in (map(float, stroke) for stroke in strokes):
        assert float(rate.lower) * 160 - 0.1 <= left <= right <= float(rate.upper) * 160 + 0.1
        assert 5.9 <= head <= foot <= 16.1
    mark = float(re.search(r'<path d="M([0-9.]+) 1V21"', page)[1])
    assert mark == pytest.approx(min(max(float(judgement.threshold.level) * 160, 1), 159), abs=0.01)


def test_whatever_came_is_escaped():
    rows = [{"area": name, "settlement": "urban", "persons": 3, "water": 2} for name in NAMES]
    for lang in ("vi", "en"):
        card = evaluated(programme(ei.at_least("98%")), {"people": rows}, year=2020, by="area", lang=lang)
        page = page_html(card, "a <note>")
        assert "<script" not in page
        # the heading, and the cell's words, twice, and its name where it stands below
        assert page.count(escape("<script>alert('x')</script>")) == 4
        assert "<sạch>" not in page
        assert "<x>" not in page
        assert "a &lt;note&gt;" in page
        check_form(card)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_example_says_everything(lang):
    card = example(lang)
    parsed = check_form(card)
    caption = " ".join(element["text"] for element in parsed.all("p")[:2])
    assert counts_words(card, lang) in caption
    assert "12-NQ/TU" in caption
    assert "2020" in caption
    assert len(parsed.target_rows) == len(card)
    for order, (row, assessment) in enumerate(zip(parsed.target_rows, card, strict=True), 1):
        assert row[0]["text"] == f"{order}. {assessment.target.name.in_(lang)} {assessment.target.clause.section}"
    text = parsed.elements[0]["text"]
    assert level_words(card, lang) in text
    for assessment in card:
        for other in other_readings(assessment):
            assert f"{reading_words(other.reading, lang)}: {reading_result(other, lang)}" in text


def test_a_contested_clause_shows_its_readings_in_the_open():
    parsed = check_form(example("vi"))
    items = [element for element in parsed.all("li") if "details" not in element["within"]]
    assert any("Từng loại đều phải đạt" in element["text"] and "không đạt" in element["text"] for element in items)


def test_several_requirements_have_a_row_each():
    card = example("en", readings=(("urban_waste", "each_stream"),))
    parsed = check_form(card)
    parts = [element for element in parsed.all("tr") if element["attrs"].get("class") == "ei-part"]
    shown = [shares(judgement, "en") for judgement in card["urban_waste"].judgements]
    assert len(parts) == len(shown) == 3
    for part, share in zip(parts, shown, strict=True):
        assert share in part["text"]


def test_years_have_a_block_each():
    card = example("vi", by=("area", "year"), year=None)
    parsed = check_form(card)
    assert len(parsed.all("tbody")) == len(card.years)
    heads = [element["text"] for element in parsed.all("th") if element["attrs"].get("scope") == "rowgroup"]
    for head, year in zip(heads, card.years, strict=True):
        assert head.startswith(f"Kỳ báo cáo: năm {year}. {counts_words(card.of_year(year), 'vi')}")
    columns = [element for element in parsed.all("th") if element["attrs"].get("class") == "ei-group"]
    assert len(columns) == 11
    by_year = check_form(example("vi", by=("year",), year=None))
    assert not [element for element in by_year.all("th") if element["attrs"].get("class") == "ei-group"]


def test_many_groups_are_cut_short_and_it_says_so():
    rows = [
        {"area": f"A{place:03}", "settlement": "urban", "persons": 3, "water": 2} for place in range(SHOWN_GROUPS + 12)
    ]
    card = evaluated(programme(ei.at_least("98%")), {"people": rows}, year=2020, by="area", lang="vi")
    parsed = check_form(card)
    columns = [element["text"] for element in parsed.all("th") if element["attrs"].get("class") == "ei-group"]
    assert columns[-2:] == ["A029", "và 12 địa bàn nữa"]
    assert len(columns) == SHOWN_GROUPS + 1
    assert any("và 12 địa bàn nữa" in element["text"] for element in parsed.all("p"))


def test_no_colour_of_the_page_is_fixed():
    style = Page(card_html(example("vi"))).all("style")[0]["text"]
    assert not re.search(r"background:\s*(?!none|rgba\(128,128,128,)", style)
    assert not re.search(r"(#fff|#000|\bwhite\b(?!-)|\bblack\b)", style)
    for rule in re.findall(r"([^{}]+)\{", style):
        for selector in rule.split(","):
            assert selector.strip().startswith((".ei-card", ".ei-many", "@media", "@container")), selector


class Stripped(HTMLParser):
    """What a notebook that is not trusted keeps: the text, without styles and without pictures, block by block."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.blocks, self.style = [""], False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.style = tag == "style"
        if tag in ("p", "div", "tr", "td", "th", "li"):
            self.blocks.append("")

    def handle_endtag(self, tag):
        self.style = False
        if tag in ("p", "div", "tr", "td", "th", "li"):
            self.blocks.append("")

    def handle_data(self, data):
        self.blocks[-1] += "" if self.style else data


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_without_style_and_pictures_each_thing_stands_by_itself_and_once(lang):
    card = example(lang)
    blocks = [block for block in Stripped(card_html(card)).blocks if block]
    assert blocks[0] == caption(card, lang)
    assert blocks[1].endswith(f"{counts_words(card, lang)}. {overall_words(card, lang)}.")
    for assessment in card:
        for judgement in assessment.judgements:
            assert shares(judgement, lang) in blocks
            assert threshold_words(judgement.threshold, lang) in blocks


def test_the_bar_keeps_its_size_whatever_the_page_says_of_pictures():
    parsed = Page(card_html(example("vi")))
    assert all({"width", "height", "viewbox"} <= set(bar["attrs"]) for bar in parsed.all("svg"))
    style = parsed.all("style")[0]["text"]
    assert ".ei-card.ei-card.ei-card svg{display:block;width:160px;min-width:160px;max-width:none" in style


def test_a_narrow_page_stacks_the_cells_and_names_them():
    parsed = Page(card_html(example("vi")))
    assert "@container ei-card (max-width:600px){" in parsed.all("style")[0]["text"]
    for row in parsed.target_rows:
        assert [cell["attrs"].get("data-name") for cell in row[1:3]] == [
            gettext("Result", "vi"),
            gettext("Threshold", "vi"),
        ]
        assert all(cell["attrs"]["data-name"] for cell in row[4:])


def test_a_page_is_whole():
    page = page_html(example("en"))
    assert page.startswith("<!doctype html>\n")
    parsed = Page(page)
    assert parsed.all("html")[0]["attrs"] == {"lang": "en"}
    assert "12-NQ/TU" in parsed.all("title")[0]["text"]
    assert 'content="light dark"' in page


def test_jupyter_and_templates_get_the_same():
    assert example("vi")._repr_html_() == example("vi").__html__() == card_html(example("vi"))


def test_a_page_may_have_a_style_sheet_of_its_own():
    card = example("vi")
    sheet = Page(card.to_html()).all("style")[0]["text"]
    assert ei.card_css() == sheet
    assert card.to_html(style=False) == card.to_html().replace(f"<style>{sheet}</style>", "")


def test_the_nonce_stands_on_the_style_sheet_and_nowhere_else():
    (style,) = (
        element for element in Page(example("vi").to_html(nonce='"n&')).elements if element["attrs"].get("nonce")
    )
    assert (style["tag"], style["attrs"]) == ("style", {"nonce": '"n&'})


def test_what_does_not_fit_scrolls_by_keyboard_too():
    (place,) = (element for element in Page(example("vi").to_html()).all("div") if "tabindex" in element["attrs"])
    assert place["attrs"]["role"] == "region"
    assert place["attrs"]["aria-label"] == caption(example("vi"), "vi")
    assert place["attrs"]["tabindex"] == "0"
