"""A card as text: as wide as asked, and never at odds with the card."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from cards import evaluated, example, programme, random_cards
from hypothesis import assume, given
from hypothesis import strategies as st

import envindicators as ei
from envindicators.programmes import soc_trang_2020
from envindicators.report.cards import counts_words, duty_words, group_key, group_label, level_words, overall_words
from envindicators.report.measures import result_words
from envindicators.report.numbers import shares, threshold_words
from envindicators.report.terminal import NARROWEST, STACKED, card_text, folded, pad, text_width, wrap
from envindicators.report.verdicts import legend, reason_words, symbol, verdict_words
from envindicators.report.view_of_card import SHOWN_GROUPS
from envindicators.words.message import gettext

VIETNAMESE = "Tỷ lệ chất thải rắn được thu gom và xử lý đạt tiêu chuẩn; Uỷ ban, hoá, ưởng, ỵ, Đ, ẫ"


def test_both_encodings_are_equally_wide():
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert text_width(unicodedata.normalize(form, VIETNAMESE)) == len(unicodedata.normalize("NFC", VIETNAMESE))


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("水a", 3), ("Ｗ", 2), ("e\u0301", 1), ("\u200bx", 1), ("▲✓✗", 3)]
)
def test_widths(text, width):
    assert text_width(text) == width


def test_padding_counts_columns_not_letters():
    assert pad("水", 4) == "水  "
    assert pad("e\u0301", 3, right=True) == "  e\u0301"


words_of_text = st.lists(st.text("ab水ệ\u0301", min_size=1, max_size=30), max_size=12)


@given(words_of_text, st.integers(2, 40))
def test_wrapping_keeps_every_letter_and_the_width(said, width):
    lines = list(wrap(" ".join(said), width))
    assert "".join(lines).replace(" ", "") == "".join(said)
    assert all(text_width(line) <= width for line in lines)
    assert not any(line != line.strip() or not line for line in lines)


@given(st.lists(st.text("ab", min_size=1, max_size=5), max_size=12), st.integers(5, 40))
def test_wrapping_fills_its_lines(said, width):
    lines = list(wrap(" ".join(said), width))
    assert " ".join(lines) == " ".join(said)
    for line, following in itertools.pairwise(lines):
        assert text_width(line) + 1 + text_width(following.split()[0]) > width


@given(random_cards(), st.integers(STACKED, 140))
def test_random_cards_keep_the_width_and_say_what_the_card_says(card, width):
    text, lang = card_text(card, width), card.lang
    lines = text.splitlines()
    assert all(text_width(line) <= width for line in lines)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assessment = card["water"]
    (judgement,) = assessment.judgements
    said = " ".join(text.split())
    first = next((line for line in lines if line.startswith("1  ")), "")
    assume(first)  # where a value would be broken, what a row holds stands one below the other
    assert f" {shares(judgement, lang)} " in first
    assert threshold_words(judgement.threshold, lang) in first
    assert symbol(assessment) in first.split("  ")[-1]
    assert counts_words(card, lang) in said
    if assessment.reason:
        assert reason_words(assessment, lang) in said.replace(" · ", " ")
    gaps = f"{gettext('Missing data', lang)}:"  # below the groups, and perhaps naming one of them
    above = lines[: lines.index(gaps)] if gaps in lines else lines
    for group in card.groups:
        label = " ".join(group_label(group_key(card, group)).split())
        row = next(line for line in reversed(above) if " ".join(line.split()).startswith(label[:6]))
        assert row.split()[-1] == symbol(card["water", group])


@given(random_cards(), st.integers(NARROWEST, STACKED - 1))
def test_narrow_cards_keep_the_width_and_say_what_the_card_says(card, width):
    text, lang = card_text(card, width), card.lang
    assert all(text_width(line) <= width for line in text.splitlines())
    said = "".join(text.split())
    assessment = card["water"]
    (judgement,) = assessment.judgements
    assert "".join(result_words(judgement, lang).split()) in said
    verdict = f"{symbol(assessment)}{verdict_words(assessment, lang)}"
    assert "".join(verdict.split()) in said
    assert "".join(counts_words(card, lang).split()) in said


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("width", [20, 40])
def test_the_example_on_a_narrow_terminal(lang, width):
    card = example(lang)
    lines = card_text(card, width).splitlines()
    assert max(map(text_width, lines)) <= width
    said = "".join("".join(lines).split())
    for assessment in card:
        assert "".join(assessment.target.name.in_(lang).split()) in said


def test_headings_stand_on_one_line_where_there_is_room():
    assert any("Kết quả" in line for line in card_text(example("vi"), 120).splitlines())
    assert any("Chỉ tiêu đề ra" in line for line in card_text(example("vi"), 120).splitlines())


def test_no_value_is_broken_in_a_narrow_table():
    """A value that is too wide for its column has the lines of a stacked card."""
    rows = [
        {"area": area, "settlement": "rural", "persons": persons, "hygienic_water": water}
        for area, persons, water in [("A", 1_111_109, None), ("B", 1, 1), ("C", 1, 0)]
    ]
    card = ei.evaluate(soc_trang_2020, {"residents": rows}, year=2020)
    for width in (50, 52, 60, 80):
        assert "0.00009%–99.99991%" in card_text(card, width)


def test_folding_keeps_indents_and_words():
    assert folded("a b\n  cc dd ee", 20) == "a b\n  cc dd ee"
    assert folded("one two three four five\n    six seven eight nine", 20) == (
        "one two three four\nfive\n    six seven eight\n    nine"
    )


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_measured_duties_and_reviews_stand_below(lang):
    card = example(lang)
    said = " ".join(card_text(card, 100).split())
    (report,) = card.duties.values()
    assert report.admits_no_exception
    assert duty_words(report, lang) in said
    assert "89,47%; văn bản không cho phép ngoại lệ" in said or lang == "en"
    assert "89.47%; the document allows no exception" in said or lang == "vi"
    for review in card.programme.reviews:
        assert f"{review.name.in_(lang)}" in said
        assert str(review.year) in said
    rows = [{"area": "A", "settlement": "urban", "persons": 3, "water": 2}]
    bare = card_text(evaluated(programme(ei.at_least("98%")), {"people": rows}, year=2020), 100)
    assert "Measured duties" not in bare
    assert "Reviews" not in bare


def test_targets_of_no_level_are_compared_with_the_whole():
    rows = [{"area": "A", "settlement": "urban", "persons": 3, "water": 2}]
    for lang, said in (("vi", "so với chỉ tiêu chung"), ("en", "compared with the overall target")):
        card = evaluated(programme(ei.at_least("98%")), {"people": rows}, year=2020, by="area", lang=lang)
        assert said in card.to_text()
        assert said in card.to_html()
        assert "province" not in level_words(card, lang)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("width", [50, 80, 100, 160])
def test_the_example_at_every_width(lang, width):
    card = example(lang)
    text = card_text(card, width)
    assert max(map(text_width, text.splitlines())) == width
    said = " ".join(text.split())
    assert " ".join(overall_words(card, lang).split()) in said
    assert " ".join(level_words(card, lang).split()) in said
    for shape, word in legend(card, lang):
        assert shape == "-" or f"{shape} {word}" in said
    for assessment in card:
        for judgement in assessment.judgements:
            assert shares(judgement, lang) in said


def test_an_example_of_a_row_and_of_a_group():
    lines = card_text(example("vi"), 100).splitlines()
    assert "1  Dân cư thành thị được sử dụng nước sinh         99,99%            100%  ✗ không đạt" in lines
    assert "Long Phú      ✓   ✗   ✓   ✗   ▲*  ▲   ✓" in lines


def test_a_contested_clause_shows_what_every_reading_gives():
    said = " ".join(card_text(example("vi"), 100).replace("·", "").split())
    assert "đạt (còn cách hiểu" in said
    assert "Từng loại đều phải đạt, trên lượng phát sinh (theo câu chữ của văn bản)" in said
    assert "80,91% (chỉ tiêu ≥ 90%)" in said


def test_years_follow_each_other():
    card = example("en", by=("area", "year"), year=None)
    text = card_text(card, 100)
    places = [text.index(f"Year {year}: {counts_words(card.of_year(year), 'en')}") for year in card.years]
    assert places == sorted(places)
    by_year = card_text(example("en", by=("year",), year=None), 100)
    assert "Year 2015:" in by_year
    assert "By " not in by_year


def test_many_groups_are_cut_short_and_it_says_so():
    rows = [
        {"area": f"A{place:03}", "settlement": "urban", "persons": 3, "water": 2} for place in range(SHOWN_GROUPS + 7)
    ]
    text = card_text(evaluated(programme(ei.at_least("98%")), {"people": rows}, year=2020, by="area"), 100)
    assert "A029" in text
    assert "A030" not in text
    assert "and 7 more areas" in text


def test_a_card_without_groups_has_no_matrix():
    text = card_text(example("en", by=()), 100)
    assert "By area" not in text
    assert "Areas are" not in text


def test_the_width_is_that_of_the_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "71")
    assert max(map(text_width, card_text(example("vi")).splitlines())) == 71
    monkeypatch.setenv("COLUMNS", "3")
    assert max(map(text_width, card_text(example("vi")).splitlines())) == NARROWEST


def test_a_terminal_gets_the_same(monkeypatch):
    monkeypatch.setenv("COLUMNS", "90")
    assert repr(example("en")) == card_text(example("en"), 90)
