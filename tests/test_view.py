"""Whatever shows a card lays out one view of it: HTML, terminal and JSON say the same."""

from __future__ import annotations

import json

import pytest
from cards import evaluated, example, programme, random_cards
from hypothesis import given
from hypothesis import strategies as st
from test_html import Page

import envindicators as ei
from envindicators.formats.json import card_data
from envindicators.report.html import card_html
from envindicators.report.terminal import STACKED, card_text
from envindicators.report.view_of_card import ON_COMMAND_LINE, card_view


def squeezed(text):
    """Return text without its spaces and line breaks, which a layout may put where it likes."""
    return "".join(text.split())


def in_html(card):
    """Return for each target value, threshold and word, and the words of each of its groups."""
    page = Page(card_html(card))
    for row in page.target_rows:
        signs = [cell["text"] for cell in row[4:]]
        yield row[1]["text"], row[2]["text"], row[3]["text"].split(" ", 1)[1], signs
    yield [span["attrs"]["aria-label"] for span in page.all("span") if "aria-label" in span["attrs"]]


def in_json(card):
    """Return the targets and the groups of a card of one year, as JSON holds them."""
    (year,) = json.loads(json.dumps(card_data(card, explanations={}), default=str))["years"]
    return year["targets"], year["groups"]


@given(random_cards(), st.integers(STACKED, 140))
def test_html_terminal_and_json_say_the_same_of_every_target_and_group(card, width):
    view = card_view(card)
    *rows, words = in_html(card)
    text, (targets, groups) = card_text(card, width), in_json(card)
    (year,) = view.years
    for target, row, data in zip(year.targets, rows, targets, strict=True):
        (result,) = target.results
        (requirement,) = data["requirements"]
        said = (result.value, result.threshold, target.verdict.word)
        assert row[:3] == said
        assert (requirement["share"]["text"], requirement["threshold"]["text"], data["text"]) == said
        in_a_row, stacked = f"{result.value}{result.threshold}{target.verdict.symbol}", result.text
        assert any(squeezed(words) in squeezed(text) for words in (in_a_row, stacked))
        assert squeezed(target.reason) in squeezed(text.replace("·", ""))
        assert data["reason_text"] == target.reason
        assert row[3] == [cell.verdict.symbol for cell in target.cells]
        assert words == [cell.text for cell in target.cells]
        for cell, group in zip(target.cells, groups, strict=True):
            (of_group,) = group["targets"]
            values = ", ".join(each["share"]["text"] for each in of_group["requirements"])
            assert cell.text.endswith(f": {values}; {of_group['text']}")
    if view.groups is not None:
        for label, cell in zip(view.groups.labels, year.targets[0].cells, strict=True):
            assert squeezed(f"{label[:6]}") in squeezed(text)
            assert cell.verdict.symbol in text


@given(random_cards())
def test_bars_hold_what_is_possible_and_keep_their_side_of_the_threshold(card):
    (judgement,) = card["water"].judgements
    ((result,),) = (target.results for year in card_view(card).years for target in year.targets)
    bar = result.bar
    assert bar.known == (judgement.rate is not None)
    assert 0 <= bar.certain <= bar.possible <= 1
    if bar.known:
        assert bar.certain <= judgement.rate.lower or judgement.rate.lower == judgement.rate.upper
        assert bar.possible >= judgement.rate.upper or judgement.rate.lower == judgement.rate.upper


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_card_of_several_years_and_requirements_says_the_same_everywhere(lang):
    card = example(lang, by=("area", "year"), year=None, readings=(("urban_waste", "each_stream"),))
    text, page = squeezed(card_text(card, 120)), Page(card_html(card)).elements[0]["text"]
    data = card_data(card, explanations={})
    for year, held in zip(card_view(card).years, data["years"], strict=True):
        assert squeezed(year.summary) in text
        assert year.summary in page
        assert held["text"] == year.summary
        for target, target_held in zip(year.targets, held["targets"], strict=True):
            shown = [(result.value, result.threshold) for result in target.results]
            assert shown == [(each["share"]["text"], each["threshold"]["text"]) for each in target_held["requirements"]]
            assert all(value in page and squeezed(value) in text for value, _ in shown)


GAS = ei.Table("gas", ei.Unit("tonne", ei.Text(vi="tấn", en="tonnes")), total="emitted", parts=["waste"])
PEOPLE = ei.Table("people", ei.Unit("person", ei.Text(vi="người", en="people")), total="persons")
EMISSIONS = ei.Amount("emissions", "emissions", table=GAS)
WASTE = ei.Amount("waste", "waste", table=GAS, where=ei.flag("waste"))
HEADS = ei.Amount("heads", "heads", table=PEOPLE)


@pytest.mark.filterwarnings("ignore::envindicators.CoverageWarning")
@pytest.mark.parametrize(
    ("requirement", "value", "threshold"),
    [
        (EMISSIONS.at_most("457_000_000 tonne"), "305.000 tấn", "≤ 457.000.000 tấn"),
        (WASTE.at_least("1500 tonne"), "200–5.200 tấn", "≥ 1.500 tấn"),
        (ei.Ratio("per_head", "per head", EMISSIONS, per=HEADS).below("2033.5 tonne/person"), "2.033,33", "< 2.033,5 "),
        (EMISSIONS.since(2019).at_most("-30%"), "-23,75%", "≤ -30%"),
        (EMISSIONS.since(2019).at_most("-23.75%"), "-23,75%", "≤ -23,75%"),
    ],
)
def test_quantities_carry_their_unit_everywhere(requirement, value, threshold):
    gas = [
        {"area": "A", "year": 2019, "emitted": 400_000, "waste": 0},
        {"area": "B", "year": 2019, "emitted": 0, "waste": 0},
        {"area": "A", "year": 2020, "emitted": 300_000, "waste": 200},
        {"area": "B", "year": 2020, "emitted": 5_000, "waste": None},
    ]
    people = [{"area": "A", "year": 2020, "persons": 100}, {"area": "B", "year": 2020, "persons": 50}]
    target = ei.Target("t", programme(ei.at_least("1%")).targets[0].clause, 2020, requirement)
    made = ei.Programme("p", "p", target.clause.document, [target])
    card = ei.evaluate(
        made, {"gas": gas, "people": people} if "people" in made.tables else {"gas": gas}, year=2020, lang="vi"
    )
    ((result,),) = (each.results for each in card_view(card).years[0].targets)
    assert result.value.startswith(value)
    assert result.threshold.startswith(threshold)
    (data,) = in_json(card)[0][0]["requirements"]
    assert (data["value"]["text"], data["threshold"]["text"]) == (result.value, result.threshold)
    for shown in (card.to_text(100), card.to_html(), card["t"].judgements[0].shown_in("vi")):
        assert result.value in shown


def test_advice_is_for_where_it_is_read():
    rows = [{"area": f"A{place:03}", "settlement": "urban", "persons": 3, "water": 2} for place in range(42)]
    card = evaluated(programme(ei.at_least("98%")), {"people": rows}, year=2020, by="area")
    assert "(and 12 more areas); card.to_frame()" in card.to_text(200)
    for shown in (card_text(card, 200, ON_COMMAND_LINE), card_html(card, capped=ON_COMMAND_LINE)):
        assert "(and 12 more areas); --json writes them all." in shown
        assert "to_frame" not in shown


def test_words_and_values_in_any_language():
    assessment = example("en")["rural_water"]
    assert [assessment.word(lang) for lang in ("vi", "en")] == ["vượt", "exceeded"]
    assert [assessment.judgements[0].shown_in(lang) for lang in ("vi", "en")] == ["98,55%", "98.55%"]
    with pytest.raises(ei.OptionError):
        assessment.word("xx")


def test_jupyter_completes_targets_and_groups():
    completions = example("vi")._ipython_key_completions_()
    assert completions[:7] == [target.key for target in example("vi").programme.targets]
    assert ("rural_water", "Mỹ Tú") in completions
    of_years = example("vi", by=("area", "year"), year=None)
    assert all(of_years[key] is not None for key in of_years._ipython_key_completions_()[:20])


@pytest.mark.parametrize("package", [ei, ei.programmes, ei.examples])
def test_completion_of_a_package_shows_its_public_names_only(package):
    assert {name for name in dir(package) if not name.startswith("__")} == set(package.__all__)
