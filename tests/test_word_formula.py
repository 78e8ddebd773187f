"""Formulas in the words of a page: what is divided by what, for every kind of indicator."""

from __future__ import annotations

import pytest

import envindicators as ei

pytest.importorskip("sphinx", reason="the extra docs is not installed")

from envindicators.sphinxext.formula import _lines, _rows, condition
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
PEOPLE = ei.Table("people", ei.Unit("person", "people"), total="persons", name="People")

SHARE = ei.Share("share", "share flared", table=PLANTS, where=ei.flag("flared"))
AMOUNT = ei.Amount("amount", "amount emitted", table=PLANTS)
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
