"""Formulas in the words of a page: what is divided by what, for every kind of indicator."""

from __future__ import annotations

import pytest

import envindicators as ei

pytest.importorskip("sphinx", reason="the extra docs is not installed")

from envindicators.sphinxext.formula import _lines, _rows, condition, indicator_node
from envindicators.sphinxext.word_formula import word_formula

PLANTS = ei.Table(
    "plants", ei.Unit("tonne", "tonnes"), total="emitted", parts={"flared": "are flared"}, period="flow", name="Plants"
)
HOURS = ei.Table(
    "hours",
    ei.Unit("hour", "hours"),
    total="hours",
    values=[ei.Value("pm", ei.Unit("µg/m3", "µg/m³"), "PM2.5")],
    name="Air",
)
ROADS = ei.Table(
    "roads",
    ei.Unit("hour", "hours"),
    total="hours",
    parts={"valid": "are valid"},
    values=[ei.Value("pm", ei.Unit("µg/m3", "µg/m³"), "PM2.5")],
    name="Air at roads",
)
PEOPLE = ei.Table("people", ei.Unit("person", "people"), total="persons", name="People")

SHARE = ei.Share("share", "share flared", table=PLANTS, where=ei.flag("flared"))
AMOUNT = ei.Amount("amount", "amount emitted", table=PLANTS)
PLANTED = ei.Amount("a", "a", table=PLANTS, over=[2020, 2021])
MEAN = ei.Mean("mean", "mean", table=HOURS, of="pm", weight="hours")
PERSONS = ei.Amount("persons", "persons", table=PEOPLE)


@pytest.mark.parametrize(
    ("indicator", "words"),
    [
        (SHARE, ["Plants that are flared (tonnes)", "divided by", "Plants", "× 100%"]),
        (MEAN, ["sum of PM2.5 × hours", "sum of hours"]),
        (SHARE.since(2019).points, ["value of the year − value of 2019"]),
        (AMOUNT.since(ei.YEAR_BEFORE), ["value of the year before"]),
        (AMOUNT.less(AMOUNT), ["−"]),
        (AMOUNT.up_to("3 tonne"), ["at most 3 tonne of it is counted"]),
        (ei.Ratio("r", "r", AMOUNT, per=PERSONS), ["divided by", "People (people)"]),
        (
            ei.AreaShare("a", "a", of=SHARE.at_least("5%"), weigh=PERSONS),
            ["persons, of areas that meet the criterion", "persons, of areas to which it applies"],
        ),
        (ei.AreaShare("a", "a", of=SHARE.at_least("5%")), ["number of areas that meet the criterion"]),
    ],
)
def test_a_formula_in_words(indicator, words):
    said = word_formula(indicator, "en").astext()
    assert said.startswith(f"{indicator.name} =")
    for each in words:
        assert each in said


def test_the_rows_of_a_formula_are_short_and_read_on_from_each_other():
    stream = ei.one_of("stream", "urban_domestic", "industrial_solid", "service_solid", "craft_village")
    rule = stream & (ei.flag("clean_technology") | ei.flag("pollution_reduction") | ei.flag("waste_treatment"))
    said = (
        "stream ∈ {urban_domestic, industrial_solid, service_solid, craft_village} ∧ "
        "(clean_technology ∨ pollution_reduction ∨ waste_treatment)"
    )
    assert condition(rule) == said
    assert "".join(_lines(_rows(rule))) == said
    assert max(map(len, _lines(_rows(rule)))) <= 28


def test_a_mean_of_some_units_says_of_which():
    mean = ei.Mean("mean", "mean", table=ROADS, of="pm", weight="hours", where=ei.flag("valid"))
    said = word_formula(mean, "en").astext()
    assert "sum of PM2.5 × hours (are valid)" in said
    assert "sum of hours (are valid)" in said


@pytest.mark.parametrize(
    ("indicator", "signs"),
    [
        (MEAN, "∑ pm · hours / ∑ hours"),
        (ei.Ratio("r", "r", AMOUNT, per=PERSONS), "∑ emitted / ∑ persons"),
        (ei.Ratio("r", "r", AMOUNT.less(AMOUNT), per=PERSONS), "(∑ emitted − ∑ emitted) / ∑ persons"),
        (AMOUNT.at_most("1 tonne/day").indicator, "∑ emitted / days of the year"),
        (
            ei.Amount("a", "a", table=PLANTS, over=[2020, 2021]).up_to("3 tonne"),
            "min(∑ [t = 2020, 2021] ∑ emitted; 3 tonne)",
        ),
        (ei.AreaShare("a", "a", of=SHARE.at_least("5%")), "∑ area [∑ emitted [flared] / ∑ emitted ≥ 5%] / ∑ area"),
        (AMOUNT.less(AMOUNT.up_to("3 tonne")), "∑ emitted − min(∑ emitted; 3 tonne)"),
        (
            ei.AreaShare("a", "a", of=ei.any_of(MEAN.below("9 µg/m3"), AMOUNT.since(2019).at_most("-1%"))),
            "∑ area [(∑ pm · hours / ∑ hours < 9 µg/m3) ∨ (x = ∑ emitted; x(t) / x(2019) − 1 ≤ -1%)] / ∑ area",
        ),
        (SHARE.since([2016, 2017]), "x = ∑ emitted [flared] / ∑ emitted; x(t) / mean(x(2016), x(2017)) − 1"),
    ],
)
def test_a_formula_in_signs(indicator, signs):
    assert indicator_node(indicator, "en")["text"] == signs
