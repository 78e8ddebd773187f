"""Sheets as python-calamine reads them: rows of cells, and the ranges that are merged."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from envindicators.frames.column import EXACT_FLOATS
from envindicators.frames.grid import Row
from envindicators.frames.page import Merged


def calamine_cells(sheet: Any) -> tuple[list[Row], Sequence[Merged]]:
    """Return the rows of a sheet up to the last that holds anything, and the ranges that are merged."""
    rows = [_row(cells) for cells in sheet.to_python(skip_empty_area=False)]
    while rows and not rows[-1]:
        rows.pop()
    merged = sheet.merged_cell_ranges or ()
    return rows, [(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1) for first, last in merged]


def _row(cells: list[Any]) -> Row:
    """Return the cells of a row as Excel holds them, none for a row that holds nothing."""
    row = [
        (cell or None)
        if type(cell) is str
        else (int(cell) if cell.is_integer() and -EXACT_FLOATS < cell < EXACT_FLOATS else cell)
        if type(cell) is float
        else datetime.datetime.combine(cell, datetime.time())
        if type(cell) is datetime.date
        else cell
        for cell in cells
    ]
    return row if row.count(None) < len(row) else ()
