"""Several years want one said; a year that a table does not hold is refused with those that it does."""

from __future__ import annotations

from typing import Any

import pytest
from refusals import cells_of, checked, evaluated
from small_tables import ALL, RESIDENTS, WASTE, with_column
from wrong_cells import Case, assert_only_these_are_named, by_kind

import envindicators as ei
from envindicators.programmes import soc_trang_2020

CASES = [
    Case(
        "years mixed",
        {"residents": with_column(RESIDENTS, year=[2019, 2019, 2020, 2020])},
        (("residents", None, "year", [2019, 2020]),),
        ("2019, 2020", "year="),
        ALL,
        {"year": None},
    ),
    Case(
        "years that differ between tables",
        {"residents": with_column(RESIDENTS, year=2019), "waste": with_column(WASTE, year=2020)},
        (("waste", None, "year", [2020]),),
        ("2019, 2020",),
        ALL,
        {"year": None},
    ),
    Case(
        "a year that the table does not hold",
        {"residents": with_column(RESIDENTS, year=[2018, 2018, 2019, 2019])},
        (("residents", None, "year", 2020),),
        ("2018, 2019",),
    ),
    Case(
        "a year that one table does not hold",
        {"residents": with_column(RESIDENTS, year=2020), "waste": with_column(WASTE, year=2019)},
        (("waste", None, "year", 2020),),
        ("2019",),
    ),
]


@by_kind(CASES)
def test_the_wrong_cell_is_named_and_no_other(case: Case, kind: str):
    """One wrong cell is one problem, with table, row, column and value; right cells are never blamed."""
    assert_only_these_are_named(case, kind)


@pytest.mark.parametrize(
    "call", [evaluated, checked, lambda tables, **options: ei.condense(soc_trang_2020, tables, **options)]
)
@pytest.mark.parametrize("year", [True, False, "2020", "hai nghìn", 2020.5, 2020.0, [2020], 1820, 2101, -1])
def test_a_year_that_is_none_is_refused(call: Any, year: Any):
    """year= takes a whole number from 1900 to 2100; the message names what was given and what is expected."""
    with pytest.raises((TypeError, ValueError), match=r"(?i)year is .*expected") as caught:
        call({"residents": RESIDENTS}, year=year)
    assert repr(year) in str(caught.value)


def test_cells_of_several_years_want_a_year():
    """evaluate(cells) of several years wants year= as frames do."""
    cells = cells_of(with_column(RESIDENTS, year=[2019, 2019, 2020, 2020]), year=None)
    with pytest.raises(ei.InvalidTable, match="2019, 2020"):
        ei.evaluate(soc_trang_2020, cells)
