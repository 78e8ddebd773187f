"""Years that are none, and years of building after the year of the row."""

from __future__ import annotations

import datetime
from decimal import Decimal

import numpy as np
import pytest
from refusals import evaluated, refused
from small_tables import ALL, ESTABLISHMENTS, PYTHON, RESIDENTS, frame, put, with_column
from wrong_cells import (
    Case,
    assert_condense_refuses,
    assert_only_these_are_named,
    by_case,
    by_kind,
    establishments,
    records,
)

CASES = [
    Case(
        f"year {value!r}",
        {"residents": with_column(RESIDENTS, year=[2020, 2020, value, 2020])},
        (("residents", 2, "year", value),),
        ("1900 to 2100",),
        kinds,
    )
    for value, kinds in (
        ("2020", PYTHON),
        ("năm 2020", PYTHON),
        (2020.5, ALL),
        (1820, ALL),
        (2101, ALL),
        (-2020, ALL),
        (True, PYTHON),
        (float("inf"), ALL),
        (datetime.date(2020, 12, 31), PYTHON),
        (Decimal("2020.5"), PYTHON),
        (10**20, PYTHON),
    )
] + [
    Case(
        "blank year",
        {"residents": with_column(RESIDENTS, year=[2020, None, 2020, 2020])},
        (("residents", 1, "year", None),),
        ("year in every row",),
    ),
    Case(
        "years as text throughout",
        {"residents": with_column(RESIDENTS, year="2020")},
        tuple(("residents", row, "year", "2020") for row in range(4)),
        ("whole year",),
    ),
    establishments("built", 0, 2021, "no later than", "2020"),
    establishments("built", 0, 1820, "1900 to 2100"),
    establishments("built", 0, 2016.5, "1900 to 2100"),
    establishments("built", 0, "2016", "whole year", kinds=PYTHON),
    records("built", 2, 2050, "no later than", "2020"),
    Case(
        "two impossible years of building in rows that are otherwise alike",
        {"establishments": {**ESTABLISHMENTS, "area": ["A", "A"], "activity": ["both"] * 2, "built": [1820, 1821]}},
        (("establishments", 0, "built", 1820), ("establishments", 1, "built", 1821)),
    ),
    Case(
        "built after the year of the row, not of the evaluation",
        {"establishments": with_column(ESTABLISHMENTS, year=[2020, 2019], built=[2016, 2020])},
        (("establishments", 1, "built", 2020),),
        ("2019",),
    ),
]


@by_kind(CASES)
def test_the_wrong_cell_is_named_and_no_other(case: Case, kind: str):
    """One wrong cell is one problem, with table, row, column and value; right cells are never blamed."""
    assert_only_these_are_named(case, kind)


@by_case(CASES)
def test_a_wrong_cell_never_becomes_a_card(case: Case):
    """What is wrong is refused by condense as well; no wrong cell is repaired or left out."""
    assert_condense_refuses(case)


@pytest.mark.parametrize("kind", ["polars", "pyarrow"])
def test_nan_is_no_year_where_it_is_not_null(kind: str):
    """A NaN among years of polars or pyarrow is no year."""
    given = with_column(RESIDENTS, year=[2020.0, float("nan"), 2020.0, 2020.0])
    (problem,) = refused({"residents": frame(given, kind)})
    assert (problem.row, problem.column) == (1, "year")


def test_a_whole_float_is_a_year():
    """A whole-numbered float year is a year; so is a whole Decimal."""
    for year in (2020.0, Decimal(2020), np.int16(2020)):
        assert evaluated({"residents": with_column(RESIDENTS, year=year)}, by="year").years == (2020,)


def test_rows_of_other_years_are_checked_too():
    """Rows of other years are checked too."""
    (problem,) = refused({"residents": put(with_column(RESIDENTS, year=[2019, 2019, 2020, 2020]), "persons", 0, -1)})
    assert (problem.row, problem.value) == (0, -1)
