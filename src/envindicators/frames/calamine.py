"""Sheets as python-calamine reads them: rows of cells, and the ranges that are merged."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

import numpy as np

from envindicators.frames.column import EXACT_FLOATS
from envindicators.frames.grid import HEAD, Row
from envindicators.frames.page import Merged


def calamine_cells(sheet: Any) -> tuple[list[Row], Sequence[Merged]]:
    """Return the rows of a sheet up to the last that holds anything, and the ranges that are merged."""
    rows: list[Any] = sheet.to_python(skip_empty_area=False)
    full = False
    for place in range(len(rows[0]) if rows else 0):
        for row in rows[:HEAD]:  # in which a column has its name
            row[place] = _cell(row[place])
        read = [row[place] for row in rows[HEAD:]]
        cells = _as_excel(read)
        full |= None not in cells and None not in [row[place] for row in rows[:HEAD]]
        if cells is not read:
            for row, cell in zip(rows[HEAD:], cells, strict=True):
                row[place] = cell
    if not full:
        rows = [row if row.count(None) < len(row) else () for row in rows]
    while rows and not rows[-1]:
        rows.pop()
    merged = sheet.merged_cell_ranges or ()
    return rows, [(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1) for first, last in merged]


def _as_excel(cells: list[Any]) -> list[Any]:
    """Return the cells of a column as Excel holds them."""
    types = set(map(type, cells))
    if types == {str}:
        return [cell or None for cell in cells] if "" in cells else cells
    if types == {float}:
        numbers = np.array(cells)
        whole = (np.abs(numbers) < EXACT_FLOATS) & (np.floor(numbers) == numbers)
        return numbers.astype(np.int64).tolist() if whole.all() else [*map(_cell, cells)]
    if types == {str, float}:  # of which none are equal, as 1.0 and True are
        meant = {cell: _cell(cell) for cell in dict.fromkeys(cells)}
        return [*map(meant.__getitem__, cells)]
    return [*map(_cell, cells)]


def _cell(cell: Any) -> Any:
    if type(cell) is str:
        return cell or None
    if type(cell) is float:
        return int(cell) if cell.is_integer() and -EXACT_FLOATS < cell < EXACT_FLOATS else cell
    return datetime.datetime.combine(cell, datetime.time()) if type(cell) is datetime.date else cell
