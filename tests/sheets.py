"""Rows of a spreadsheet as an office keeps it, and what is said of the file."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from forms import evaluate

import envindicators as ei
from envindicators.programmes import soc_trang_2020

HEADER = ["area", "year", "settlement", "persons", "hygienic_water"]


ROWS: list[list[Any]] = [
    ["Kế Sách", 2020, "urban", 1000, 900],
    ["Kế Sách", 2020, "rural", 2000, 1500],
    ["Mỹ Tú", 2020, "urban", 3000, 3000],
    ["Mỹ Tú", 2020, "rural", 4000, 3900],
]


RURAL = ei.Tally(5400, 600)
"""What the rural rows add up to."""


def rows_with(row: int, column: str, value: Any) -> list[list[Any]]:
    """Return the rows with one cell changed."""
    changed = [list(each) for each in ROWS]
    changed[row][HEADER.index(column)] = value
    return changed


def lines(rows: Iterable[Sequence[Any]], separator: str = ",", end: str = "\n") -> str:
    """Return rows as the text of a CSV file; None is a blank cell."""
    return "".join(separator.join("" if cell is None else str(cell) for cell in row) + end for row in rows)


def evaluated(files: Any, table: str = "residents", **options: Any) -> ei.Scorecard:
    return evaluate(soc_trang_2020, {table: files}, **{"year": 2020, **options})


def refused(files: Any, table: str = "residents", **options: Any) -> list[tuple[Any, ...]]:
    """Return row, column and value of the errors for which a file is refused."""
    with pytest.raises(ei.InvalidTable) as caught:
        evaluated(files, table, **options)
    for problem in caught.value.problems:
        assert problem.table == table
        for lang in ("en", "vi"):
            assert table in problem.in_(lang)
            assert problem.column is None or problem.column in problem.in_(lang)
            value = problem.value.isoformat() if isinstance(problem.value, datetime.date) else repr(problem.value)
            assert problem.value is None or value in problem.in_(lang)
    return [(each.row, each.column, each.value) for each in caught.value.problems]


def message(files: Any, **options: Any) -> str:
    with pytest.raises(ei.InvalidTable) as caught:
        evaluated(files, **options)
    return str(caught.value)
