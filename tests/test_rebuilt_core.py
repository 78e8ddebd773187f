"""One test for each fault of the rebuilt core that was found by comparing it with the first edition."""

from __future__ import annotations

from typing import Any

from forms import check, condense, evaluate

import envindicators as ei
from envindicators.cells.cells import Cells
from envindicators.programmes import soc_trang_2020

RECORDS: dict[str, list[Any]] = {
    "id": [1, 2],
    "area": ["A", "B"],
    "activity": ["production", "both"],
    "built": [2016, 2017],
    "meets_standards": [True, False],
}


def residents(**columns: Any) -> dict[str, Any]:
    rows = {"settlement": ["rural"] * 2, "persons": [100, 200], "hygienic_water": [90, 150]}
    return {"residents": rows | columns}


def test_a_piece_of_no_records_adds_nothing():
    """A piece may be empty, also where rows are single units."""
    none = condense(soc_trang_2020, {"establishments": {name: [] for name in RECORDS}}, by="area")
    some = condense(soc_trang_2020, {"establishments": RECORDS}, by="area")
    assert none + some == some + none == some
    assert Cells.empty(soc_trang_2020, by="area") + some == some


def test_the_year_of_a_row_with_another_fault_is_held():
    """That a year is not held is not said of one that stands in a row with something else wrong in it."""
    tables = residents(year=[2019, 2020], settlement=["rural", "village"])
    assert [problem.kind for problem in check(soc_trang_2020, tables, year=2020).errors] == ["category_value"]


def test_the_keys_of_a_row_with_another_fault_are_compared_with_those_of_other_tables():
    tables = residents(area=["A", "B"], settlement=["village", "village"]) | {
        "establishments": RECORDS | {"area": [1, 2]}
    }
    kinds = {problem.kind for problem in check(soc_trang_2020, tables, year=2020).errors}
    assert kinds == {"category_value", "key_kinds"}


def test_repeated_rows_are_told_in_the_order_in_which_they_came():
    rows = residents(
        area=["B", "A", "B", "A"], settlement=["rural"] * 4, persons=[10, 20, 30, 40], hygienic_water=[5, 5, 5, 5]
    )
    problems = check(soc_trang_2020, rows, year=2020, by="area", totals="keep").errors
    assert [problem.row for problem in problems] == [2, 3]


def test_counts_beyond_the_whole_numbers_of_floats_are_shown_to_the_nearest_float():
    """Grams that no float holds are kilograms that one does: they are not rounded twice."""
    waste = {"stream": ["medical"], "generated": [96_503_184_950_301], "collected": [4], "treated_to_standard": [4]}
    card = evaluate(soc_trang_2020, {"waste": waste}, year=2020)
    row = card.to_frame(targets=["medical_waste"], backend="rows")[0]
    assert row["failed"] == row["shortfall_lower"] == row["shortfall_upper"] == 96_503_184_950_297


def test_a_table_of_more_patterns_than_64_bits_hold_may_have_only_rows_of_unknown_size():
    """Of 45 parts the patterns cannot be numbered; a row of which only margins are known adds no units."""
    parts = [f"p{number}" for number in range(45)]
    table = ei.Table("t", ei.Unit("thing", "thing"), total="n", parts=parts)
    share = ei.Share("s", "s", table=table, where=ei.flag("p44"))
    target = ei.Target("s", clause=soc_trang_2020.targets[0].clause, deadline=2020, readings=share.at_least("50%"))
    programme = ei.Programme("p", "p", soc_trang_2020.document, targets=[target])
    card = ei.evaluate(programme, {"t": {"n": [9], "p44": [6]}})
    assert card["s"].tally == ei.Tally(6, 3)


def test_units_are_added_to_expected_ones_year_by_year():
    """Years are never added, so a sum that passes 64 bits over two of them is no fault."""
    rows = {"area": ["A", "A"], "year": [2019, 2020], "settlement": ["rural"] * 2, "persons": [5 * 10**18] * 2}
    tables = {"residents": rows | {"hygienic_water": [7, 7]}}
    expected = {"residents": {"area": ["A", "B"], "year": [2020, 2020]}}
    card = evaluate(soc_trang_2020, tables, year=2020, by="area", expected=expected)
    assert card["rural_water", "A"].tally == ei.Tally(7, 5 * 10**18 - 7)
    sized = {"residents": {"area": ["A", "B"], "year": [2020, 2020], "persons": [5 * 10**18] * 2}}
    problems = check(soc_trang_2020, tables, year=2020, by="area", expected=sized).errors
    assert [problem.kind for problem in problems] == ["sum_too_large"]
