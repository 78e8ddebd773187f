"""Numbers up to 2^63 - 1 are exact; beyond, they and their sums are refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from refusals import evaluated, refused
from small_tables import frame

import envindicators as ei
from envindicators.programmes import soc_trang_2020


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(pd.Series([2**63, 1], dtype="uint64"), id="pandas"),
        pytest.param(pd.Series([2**63, 1], dtype="UInt64"), id="pandas nullable"),
        pytest.param(pl.Series([2**63, 1], dtype=pl.UInt64), id="polars"),
        pytest.param(pa.array([2**63, 1], pa.uint64()), id="pyarrow"),
        pytest.param(np.array([2**63, 1], dtype=np.uint64), id="numpy"),
    ],
)
def test_unsigned_integers_above_64_signed_bits_are_refused(given: Any):
    """Unsigned 64-bit values above 2^63 - 1 are refused, those below are read."""
    columns: dict[str, Any] = {"area": ["A", "B"], "settlement": ["rural"] * 2, "hygienic_water": [0, 0]}
    make = {"polars": pl.DataFrame, "pyarrow": pa.table, "pandas": pd.DataFrame}.get(
        type(given).__module__.split(".")[0].replace("numpy", ""), dict
    )
    make = pa.table if isinstance(given, pa.Array) else make
    (problem,) = refused({"residents": make({**columns, "persons": given})}, layout={"residents": "counts"})
    assert (problem.table, problem.row, problem.column, problem.value) == ("residents", 0, "persons", 2**63)


def test_the_largest_unsigned_integer_that_fits_is_read():
    """An unsigned column is read as long as its values fit 64 signed bits."""
    given = pd.DataFrame({"settlement": ["rural"], "persons": np.array([2**63 - 1], np.uint64), "hygienic_water": [5]})
    assert evaluated({"residents": given})["rural_water"].tally == ei.Tally(5, 2**63 - 6)


@pytest.mark.parametrize("value", [2**53, 2**53 + 1, 2**60 + 1, 2**63 - 1])
@pytest.mark.parametrize("kind", ["lists", "pandas", "objects", "polars", "pyarrow"])
def test_large_integers_are_exact(kind: str, value: int):
    """Integers up to 2^63 - 1 are exact."""
    given = {"area": ["A"], "settlement": ["rural"], "persons": [value], "hygienic_water": [value - 1]}
    assert evaluated({"residents": frame(given, kind)})["rural_water"].tally == ei.Tally(value - 1, 1)


@pytest.mark.parametrize("kind", ["lists", "rows", "objects", "polars", "pyarrow", "Int64"])
def test_large_integers_beside_blanks_are_exact(kind: str):
    """Integers beside blanks are exact where the frame holds them so."""
    given = {
        "area": ["A", "B"],
        "settlement": ["rural"] * 2,
        "persons": [2**53 + 1] * 2,
        "hygienic_water": [2**53 + 1, None],
    }
    made = pd.DataFrame(given).convert_dtypes() if kind == "Int64" else frame(given, kind)
    if kind == "Int64":
        made["hygienic_water"] = pd.array([2**53 + 1, None], dtype="Int64")
    assert evaluated({"residents": made})["rural_water"].tally == ei.Tally(2**53 + 1, 0, 2**53 + 1)


def test_large_integers_beside_blanks_in_a_float_column_are_refused():
    """Where pandas has made floats of integers beside a blank, 2^53 and more is refused."""
    given = pd.DataFrame(
        {"area": ["A", "B"], "settlement": ["rural"] * 2, "persons": [2**60] * 2, "hygienic_water": [2.0**53, None]}
    )
    (problem,) = refused({"residents": given})
    assert (problem.row, problem.column, problem.value) == (0, "hygienic_water", 2.0**53)


def _sum_refused(tables: Any, table: str, column: str, **options: Any) -> None:
    problems = refused(tables, **options)
    (problem,) = problems
    assert (problem.table, problem.column) == (table, column)
    assert "2^63 - 1" in str(problem)


@pytest.mark.parametrize("kind", ["lists", "pandas", "polars", "pyarrow"])
def test_sums_beyond_64_bits_are_refused(kind: str):
    """The sum of a table's totals above 2^63 - 1 is refused."""
    given = {"area": ["A", "B"], "settlement": ["rural"] * 2, "persons": [2**62, 2**62], "hygienic_water": [2, 2]}
    _sum_refused({"residents": frame(given, kind)}, "residents", "persons")


def test_sums_of_other_years_are_not_added():
    """Years are never added up, so two years that each fit are read."""
    given = {"settlement": ["rural"] * 2, "persons": [2**62] * 2, "hygienic_water": [2] * 2, "year": [2019, 2020]}
    assert evaluated({"residents": given})["rural_water"].tally == ei.Tally(2, 2**62 - 2)


@pytest.mark.parametrize("rows", [2, 3, 4])
def test_sums_of_parts_above_which_the_total_is_blank_are_refused_beyond_64_bits(rows: int):
    """Parts that give a floor to a blank total add up to no more than 64 bits either."""
    given = {
        "area": [f"area {row}" for row in range(rows)],
        "stream": ["medical"] * rows,
        "generated": [None] * rows,
        "collected": [9 * 10**15] * rows,
        "treated_to_standard": [9 * 10**15] * rows,
    }
    with pytest.raises(ei.InvalidTable) as caught:
        evaluated({"waste": given})
    assert caught.value.problems[0].table == "waste"


def test_sums_beyond_64_bits_are_refused_when_cells_are_added():
    """64 bits are checked again when cells are added."""
    pieces = [
        ei.condense(
            soc_trang_2020,
            {"residents": [{"area": area, "settlement": "rural", "persons": 2**62, "hygienic_water": 2}]},
            year=2020,
        )
        for area in ("A", "B")
    ]
    with pytest.raises(ei.InvalidTable, match=r"2\^63 - 1"):
        pieces[0] + pieces[1]
