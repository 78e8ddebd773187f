"""One test for each fault that was found in what the laws did not try."""

from __future__ import annotations

import datetime
import decimal
import itertools

import pandas as pd
import pytest
from forms import check, condense, evaluate

import envindicators as ei
from envindicators.algebra.tally import Tally
from envindicators.algebra.verdict import Verdict
from envindicators.programmes import soc_trang_2020

ANYTHING = frozenset({"out", "satisfied", "failed"})


def residents(area, persons=100, water=90, **more):
    return {"area": area, "settlement": "rural", "persons": persons, "hygienic_water": water, **more}


def errors(tables, **options):
    return check(soc_trang_2020, tables, **{"year": 2020} | options).errors


@pytest.mark.parametrize(
    "make", [lambda: (a for a in "AB"), lambda: map(str, "AB"), lambda: {"residents": map(str, "AB")}]
)
def test_areas_expected_by_a_generator_are_expected(make):
    card = ei.evaluate(soc_trang_2020, {"residents": [residents("A")]}, year=2020, by="area", expected=make())
    assert card["rural_water", "B"].reason == "not_reported"
    assert card["rural_water"].verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize("by", ["year", ["area", "year"]])
def test_areas_are_silent_also_in_a_year_of_which_a_table_has_expected_rows_only(by):
    people = [residents(area, 10, 9, year=2019) for area in "AB"]
    waste = [
        {"area": area, "year": year, "stream": "medical", "generated": 5, "collected": 5, "treated_to_standard": 5}
        for area, year in itertools.product("AB", (2019, 2020))
    ]
    expected = {"residents": [{"area": "A", "year": 2020, "settlement": "urban", "persons": 7}]}
    with pytest.warns(ei.CoverageWarning):
        card = ei.evaluate(soc_trang_2020, {"residents": people, "waste": waste}, by=by, expected=expected)
    later = card.of_year(2020)
    assert later["rural_water"].tally == Tally(unsized=ANYTHING)
    assert any(each.name == "B" for each in later.missing["residents"])


def test_a_year_of_building_after_the_reporting_year_is_refused_also_where_that_is_known_later():
    works = [{"id": "1", "area": "A", "activity": "production", "built": 2021, "clean_technology": True}]
    cells = ei.condense(soc_trang_2020, {"establishments": works})
    dated = {"establishments": works, "residents": [residents("A", year=2020)]}
    for tables, year in ((cells, 2020), (dated, None)):
        with pytest.raises(ei.InvalidTable, match="2021; expected a year no later than the year of the row, 2020"):
            ei.evaluate(soc_trang_2020, tables, year=year)
    assert ei.evaluate(soc_trang_2020, cells, year=2021)["new_facilities"].verdict is Verdict.NOT_APPLICABLE


def test_records_are_expected_by_year_of_building():
    built = [2018, 2019, 2016]
    works = [
        {"id": str(n), "area": "A", "activity": "production", "built": year, "clean_technology": True}
        for n, year in enumerate(built)
    ]

    def asked(*years):
        rows = [{"area": "A", "activity": "production", "built": year, "establishments": 1} for year in years]
        return errors({"establishments": works}, expected={"establishments": rows})

    assert asked(*built) == ()
    (problem,) = asked(2018, 2018, *built[1:])
    assert (problem.kind, problem.row, problem.source) == ("duplicate_row", 1, "expected")
    (problem,) = asked(2018, 2016)
    assert (problem.kind, problem.value) == ("expected_differs", 1)


def test_one_truth_among_counts_is_the_one_that_is_wrong():
    rows = [residents(area) for area in "ABC"] + [residents("D", water=True)]
    (problem,) = errors({"residents": rows})
    assert (problem.row, problem.column, problem.value) == (3, "hygienic_water", True)


def test_one_key_of_another_type_is_the_one_that_is_wrong():
    (problem,) = errors({"residents": [residents(3), *(residents(area) for area in "BCD")]})
    assert (problem.row, problem.column, problem.value) == (0, "area", 3)


def test_one_wrong_spelling_is_the_one_that_is_wrong_in_every_engine():
    pl = pytest.importorskip("polars")
    rows = [residents("A"), residents(" a")]
    other = [{"area": "A", "settlement": "rural", "households": 5, "hygienic_water": 2}]
    for people in (rows, pl.DataFrame(rows).lazy(), [pl.DataFrame(rows[:1]), pl.DataFrame(rows[1:])]):
        (problem,) = errors({"residents": people, "households": other})
        assert (problem.table, problem.value, problem.kind) == ("residents", " a", "key_spelling")


def test_blank_areas_are_blank_and_not_two_spellings():
    assert [(each.kind, each.row) for each in errors({"residents": [residents(""), residents("  ")]})] == [
        ("blank_key", 0),
        ("blank_key", 1),
    ]


def test_totals_are_dropped_also_when_pieces_are_added():
    parts = [[residents("A"), residents("B")], [residents("Tổng cộng", 200, 180)]]
    cells = [condense(soc_trang_2020, {"residents": part}, by="area", totals="drop") for part in parts]
    whole = evaluate(soc_trang_2020, {"residents": [*parts[0], *parts[1]]}, year=2020, by="area", totals="drop")
    for each in (cells[0] + cells[1], cells[1] + cells[0]):
        card = ei.evaluate(soc_trang_2020, each, year=2020)
        assert card["rural_water"].tally == Tally(180, 20)
        assert card.to_frame() == whole.to_frame()
        assert [problem.kind for problem in card.problems if problem.severity == "note"] == ["dropped_total"]


def test_a_table_without_areas_has_no_areas_of_another_kind():
    bare = {"settlement": "rural", "persons": 10, "hygienic_water": 5}
    cells = ei.condense(soc_trang_2020, {"residents": [bare]}) + ei.condense(
        soc_trang_2020, {"residents": [residents("A")]}
    )
    assert ei.evaluate(soc_trang_2020, cells, year=2020, expected=["A"])["rural_water"].tally == Tally(95, 15)


def test_problems_of_expected_rows_say_that_they_are():
    wrong = [{"area": "A", "settlement": "rurl", "persons": -100}]
    found = errors({"residents": [residents("A")]}, expected={"residents": wrong})
    assert {(each.source, each.row, each.column) for each in found} == {
        ("expected", 0, "settlement"),
        ("expected", 0, "persons"),
    }
    waste = [{"area": "A", "stream": "medical", "generated": 10, "collected": 9, "treated_to_standard": 8}]
    should = [{"area": "A", "stream": "medical", "generated": 11}]
    (problem,) = errors({"waste": waste}, units={"waste": "tonne"}, expected={"waste": should})
    assert (problem.value, problem.source) == (11, "expected")


def test_expected_rows_may_stand_in_a_file(tmp_path):
    path = tmp_path / "expected.csv"
    path.write_text("area,settlement,persons\nA,rural,100\nB,rural,7\n", encoding="utf-8")
    card = ei.evaluate(
        soc_trang_2020, {"residents": [residents("A")]}, year=2020, by="area", expected={"residents": ei.scan(path)}
    )
    assert card["rural_water", "B"].tally == Tally(unknown=7)


def test_margins_of_units_whose_category_stands_in_both_rules_are_sharp():
    """Within the population the category is one that satisfies the rule, whether it is known or not."""
    table = ei.Table("t", ei.Unit("u", "u"), total="n", parts=["a", "b"], categories={"kind": ["x", "y", "z"]})
    where = ei.flag("a") & ei.one_of("kind", "x", "y")
    share = ei.Share("i", "i", table=table, among=ei.one_of("kind", "x", "y"), where=where)
    clause = soc_trang_2020.targets[0].clause
    programme = ei.Programme("p", "p", soc_trang_2020.document, [ei.Target("t", clause, 2020, share.at_least("100%"))])
    rows = [{"area": area, "kind": kind, "n": 5, "a": 5, "b": 0} for area, kind in (("A", "x"), ("B", None))]
    assert ei.evaluate(programme, {"t": rows}, year=2020)["t"].tally == Tally(5, unplaced_satisfied=5)


@pytest.mark.parametrize("column", ["year", "hygienic_water", "persons"])
def test_a_decimal_that_signals_is_refused(column):
    rows = [residents("A", year=2020, persons=5, water=True), residents("B", year=2020, persons=5, water=False)]
    rows[1][column] = decimal.Decimal("sNaN")
    found = errors({"residents": rows})
    assert [(each.row, each.column) for each in found] == [(1, column)]


def test_dates_with_and_without_a_zone_are_keys_of_two_kinds():
    naive = datetime.datetime(2020, 1, 2, 3)  # noqa: DTZ001 - meant so
    zoned = naive.replace(tzinfo=datetime.UTC)
    for first, second in itertools.permutations((naive, zoned, naive.date()), 2):
        found = errors({"residents": [residents(first), residents(second)]})
        assert [(each.column, each.row) for each in found] == [("area", 1)]


@pytest.mark.parametrize(
    "expected", [[["A"]], [None], {"residents": [pd.DataFrame({"area": ["A"]})]}, {"residents": [[1]]}]
)
def test_areas_expected_that_are_none_are_refused(expected):
    (problem,) = errors({"residents": [residents("A")]}, expected=expected)
    assert problem.kind == "expected_form"


def test_a_record_batch_is_a_frame_and_an_array_is_none():
    pa = pytest.importorskip("pyarrow")
    batch = pa.RecordBatch.from_pylist([residents("A")])
    assert ei.evaluate(soc_trang_2020, {"residents": batch}, year=2020)["rural_water"].tally == Tally(90, 10)
    (problem,) = errors({"residents": pa.array([1])})
    assert problem.kind == "not_a_frame"


def test_areas_beyond_signed_64_bits_go_back_to_a_frame():
    pa = pytest.importorskip("pyarrow")
    table = pa.Table.from_pylist([residents("A")])
    table = table.set_column(0, "area", pa.array([2**63 + 5], type=pa.uint64()))
    card = ei.evaluate(soc_trang_2020, {"residents": table}, year=2020, by="area")
    assert set(card.to_frame().column("area").to_pylist()) == {2**63 + 5}


def test_contested_is_said_wherever_the_verdict_is():
    rows = [
        {"stream": stream, "generated": 100, "collected": 100, "treated_to_standard": treated}
        for stream, treated in (("urban_domestic", 100), ("industrial", 100), ("service", 75))
    ]
    card = ei.evaluate(soc_trang_2020, {"waste": rows}, year=2020)
    assert repr(card["urban_waste"]) == "Assessment('urban_waste', 'pooled': MET, 91.67%, contested)"


def test_records_stay_where_a_total_among_the_counts_of_another_office_is_left_out():
    """Cells of records and of counts add up, and what is dropped is the total alone."""
    form = ei.Form(totals="drop")
    records = [
        {"area": "A", "id": number, "activity": "business", "meets_standards": number > 0} for number in range(3)
    ]
    counts = [
        {"area": area, "activity": "business", "establishments": size, "meets_standards": size - 1}
        for area, size in (("B", 10), ("C", 20), ("D", 30), ("all", 60))
    ]
    counts[-1]["meets_standards"] = 57
    parts = [records, counts[:2], counts[2:]]
    cells = [condense(soc_trang_2020, {"establishments": form.of(part)}, by="area", year=2020) for part in parts]
    card = ei.evaluate(soc_trang_2020, cells[0] + (cells[1] + cells[2]), year=2020)
    assert card["establishment_standards"].tally == Tally(2 + 57, 1 + 3)
    other = ei.evaluate(soc_trang_2020, (cells[0] + cells[1]) + cells[2], year=2020)
    assert other.to_frame(backend="rows") == card.to_frame(backend="rows")
