"""What did not come is never nothing: a district, a table, a column."""

from __future__ import annotations

import warnings
from fractions import Fraction

import pytest
from worlds import card_of

import envindicators as ei
from envindicators.algebra.tally import Rate, Tally
from envindicators.algebra.verdict import Verdict
from envindicators.programmes import soc_trang_2020

pytestmark = pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning")


def rural(persons, water, **options):
    """Return the assessment of rural water for districts of so many persons."""
    names = [chr(65 + place) for place in range(len(persons))]
    rows = {"area": names, "settlement": ["rural"] * len(names), "persons": persons, "hygienic_water": water}
    return ei.evaluate(soc_trang_2020, {"residents": rows}, **{"year": 2020} | options)["rural_water"]


@pytest.mark.parametrize("by", [None, "area"])
def test_a_district_that_did_not_report_never_makes_the_province_met(by):
    """Whatever the others reached, the province is undetermined while a district is silent."""
    silent = rural([100, 200], [100, 200], by=by, expected=["A", "B", "C"])
    assert silent.verdict is Verdict.UNDETERMINED
    assert silent.reason == "not_reported"
    assert silent.rate == Rate(0, 1)
    assert silent.exceeded is None
    assert rural([100, 200], [100, 200], by=by, expected=["A", "B"]).verdict is Verdict.MET


@pytest.mark.parametrize("by", [None, "area"])
def test_beside_one_known_failure_every_one_is_not_met_whatever_did_not_come(by):
    """100% is lost by one resident without water, even where the size of a silent district has no limit."""
    rows = {"area": ["A"], "settlement": ["urban"], "persons": [1000], "hygienic_water": [999]}
    card = ei.evaluate(soc_trang_2020, {"residents": rows}, year=2020, by=by, expected=["A", "B"])
    assert card["urban_water"].verdict is Verdict.NOT_MET
    assert card["urban_water"].rate == Rate(0, 1)
    assert card["urban_water"].exceeded is False
    assert card["urban_water"].shortfall == (1, None)
    assert card["rural_water"].verdict is Verdict.UNDETERMINED
    rows["hygienic_water"] = [1000]
    card = ei.evaluate(soc_trang_2020, {"residents": rows}, year=2020, by=by, expected=["A", "B"])
    assert card["urban_water"].verdict is Verdict.UNDETERMINED


def test_a_group_that_did_not_report_opens_the_total_also_without_areas():
    """Where tables have no areas, a region that stands in one and not in another leaves the total open."""
    water = {"region": ["N"], "settlement": ["rural"], "persons": [10], "hygienic_water": [10]}
    waste = {"region": ["N", "S"], "stream": ["medical"] * 2, "generated": [1, 1], "collected": [1, 1]}
    card = ei.evaluate(soc_trang_2020, {"residents": water, "waste": waste}, year=2020, by="region")
    assert card["rural_water", "S"].reason == "not_reported"
    assert card["rural_water"].verdict is Verdict.UNDETERMINED


def test_beside_one_known_case_none_is_not_met_whatever_did_not_come():
    """`at_most` 0% is lost by one satisfied unit, in the same way."""
    targets = {"t": {"r": ("text", [("single", ("everyone",), ("flag", "a"), ("at_most", Fraction(0)))])}}
    row = {"area": "A", "place": "here", "built": 2000, "total": 10, "a": 1}
    assert card_of(targets, {"single": ("counts", [row])}, expected=["A", "B"])["t"].verdict is Verdict.NOT_MET
    row["a"] = 0
    assert card_of(targets, {"single": ("counts", [row])}, expected=["A", "B"])["t"].verdict is Verdict.UNDETERMINED
    assert card_of(targets, {"single": ("counts", [row])})["t"].verdict is Verdict.MET


def test_a_zero_is_a_report():
    """A district that reports that it has no such residents is not applicable; one that is silent is undetermined."""
    rows = {
        "area": ["A", "A", "B", "B"],
        "settlement": ["urban", "rural"] * 2,
        "persons": [10, 5, 0, 8],
        "hygienic_water": [10, 5, 0, 8],
    }
    card = ei.evaluate(soc_trang_2020, {"residents": rows}, year=2020, by="area", expected=["A", "B", "C"])
    assert card["urban_water", "B"].verdict is Verdict.NOT_APPLICABLE
    assert card["urban_water", "B"].rate is None
    assert card["urban_water", "C"].verdict is Verdict.UNDETERMINED


def test_an_area_is_silent_year_by_year():
    """A district that reported last year and not this one leaves this year open, where it is expected, and not last."""
    rows = {
        "area": ["A", "B", "A"],
        "year": [2019, 2019, 2020],
        "settlement": ["rural"] * 3,
        "persons": [10] * 3,
        "hygienic_water": [10] * 3,
    }
    card = ei.evaluate(soc_trang_2020, {"residents": rows}, by=["area", "year"], expected=["A", "B"])
    assert card.of_year(2019)["rural_water"].verdict is Verdict.MET
    assert card.of_year(2020)["rural_water"].verdict is Verdict.UNDETERMINED
    assert card["rural_water", ("B", 2020)].reason == "not_reported"
    assert card["rural_water", ("A", 2020)].verdict is Verdict.MET


def test_a_table_that_did_not_come_is_undetermined_and_never_guessed():
    """No residents: undetermined with reason no_table, though households came."""
    rows = {"settlement": ["rural"], "households": [10], "hygienic_water": [10]}
    card = ei.evaluate(soc_trang_2020, {"households": rows}, year=2020)
    assert card["rural_water"].reason == "no_table"
    assert card["rural_water"].under("households").verdict is Verdict.MET
    assert card.verdict is Verdict.UNDETERMINED


def test_a_column_that_did_not_come_is_said():
    """A reading none of whose where columns came is undetermined for that reason, the others go on."""
    rows = {"activity": ["production"], "built": [2016], "establishments": [4], "meets_standards": [4]}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        card = ei.evaluate(soc_trang_2020, {"establishments": rows}, year=2020)
    assert card["new_facilities"].reason == "no_column"
    assert card["new_facilities"].tally == Tally(unsized={"out", "satisfied", "failed"})
    assert card["establishment_standards"].verdict is Verdict.MET
    assert {(each.what, each.name) for each in card.missing["establishments"]} >= {("column", "clean_technology")}


def one_sided():
    """Return tables of which one has an area that the other has not."""
    water = [{"area": area, "settlement": "rural", "persons": 1, "hygienic_water": 1} for area in "ABC"]
    waste = [{"area": "A", "stream": "medical", "generated": 1, "collected": 1, "treated_to_standard": 1}]
    return {"residents": water, "waste": waste}


def test_areas_in_one_table_only_are_refused_where_that_is_asked():
    with pytest.raises(ei.InvalidTable) as refused:
        ei.evaluate(soc_trang_2020, one_sided(), year=2020, on_missing_area="raise")
    assert [(each.kind, each.table, each.value) for each in refused.value.problems] == [
        ("area_missing", "waste", "B"),
        ("area_missing", "waste", "C"),
    ]
    assert "no rows for this area in 2020; the table 'residents' has some" in str(refused.value)
    both = {"residents": one_sided()["residents"][:1], "waste": one_sided()["waste"]}
    assert ei.evaluate(soc_trang_2020, both, year=2020, on_missing_area="raise")["rural_water"].met


def test_areas_in_one_table_only_are_on_the_card_whatever_is_asked():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        quiet = ei.evaluate(soc_trang_2020, one_sided(), year=2020, by="area", on_missing_area="ignore")
    with pytest.warns(ei.CoverageWarning, match="waste has no rows for 'B'"):
        assert ei.evaluate(soc_trang_2020, one_sided(), year=2020, by="area") == quiet
    assert [each.name for each in quiet.missing["waste"]] == ["B", "C"]
    with pytest.raises(ei.OptionError, match="on_missing_area is 'silent'"):
        ei.evaluate(soc_trang_2020, one_sided(), year=2020, on_missing_area="silent")
