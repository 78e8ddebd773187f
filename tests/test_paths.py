"""Paths of milestones: the last that is due decides, on the data of the year that is looked at."""

from __future__ import annotations

import pytest
from defined import _clause, _document

import envindicators as ei

PARKS = ei.Table("parks", ei.Unit("m2", "m²"), total="area_m2")
PEOPLE = ei.Table("people", ei.Unit("person", "people"), total="persons")
PARK = ei.Ratio(
    "park", "park for each resident", ei.Amount("parks", "parks", table=PARKS),
    per=ei.Amount("people", "people", table=PEOPLE),
)  # fmt: skip
PATH = {2025: PARK.at_least("0.65 m2/person"), 2030: PARK.at_least("1 m2/person")}


def card_of(path, **options):
    programme = ei.Programme("p", "p", _document(), [ei.Target("t", _clause(), path)])
    rows = [{"area": "A", "year": year, "area_m2": area} for year, area in [(2023, 500), (2027, 700), (2031, 900)]]
    people = [{"area": "A", "year": year, "persons": 1000} for year in (2023, 2027, 2031)]
    return ei.evaluate(programme, {"parks": rows, "people": people}, **options)


@pytest.mark.parametrize(
    ("year", "level", "verdict", "due", "next_year"),
    [
        (2023, "≥ 0.65 m2/person", ei.Verdict.NOT_MET, False, 2030),
        (2027, "≥ 0.65 m2/person", ei.Verdict.MET, True, 2030),
        (2031, "≥ 1 m2/person", ei.Verdict.NOT_MET, True, None),
    ],
)
def test_the_last_milestone_due_decides(year, level, verdict, due, next_year):
    card = card_of(PATH, year=year)
    assessment = card["t"]
    assert str(assessment.judgements[0].threshold) == level
    assert (assessment.verdict, assessment.due) == (verdict, due)
    outlook = card.programme.target("t").outlook(year)
    assert (outlook and outlook.deadline) == next_year


def test_each_year_of_a_card_has_its_own_milestone():
    card = card_of(PATH, by=["area", "year"])
    assert [card["t", ("A", year)].verdict.name for year in (2023, 2027, 2031)] == ["NOT_MET", "MET", "NOT_MET"]
    levels = {row["year"]: row["threshold"] for row in card.to_frame(backend="rows")}
    assert levels == {2023: "≥ 0.65 m2/person", 2027: "≥ 0.65 m2/person", 2031: "≥ 1 m2/person"}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ({}, "path"),
        ({2030: PATH[2030], 2025: PATH[2025]}, "backwards"),
        ({2025: PATH[2025], 2030: [ei.Reading("other", PATH[2030])]}, "different readings"),
        ("2025", "expected a year"),
        (True, "expected a year"),
    ],
)
def test_what_is_no_path_is_refused(path, said):
    with pytest.raises(ei.DefinitionError, match=said):
        ei.Target("t", _clause(), path)


def test_a_path_takes_no_readings_beside_it():
    with pytest.raises(ei.DefinitionError, match="no more"):
        ei.Target("t", _clause(), PATH, PATH[2025])
