"""How the tables of a sheet are printed: ruled, and so wide and high that no cell is cut or covers another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_WIDEST, _NARROW = 44, 16
"""How many letters a line of a column of text has at most, and of one of numbers, unless a word is longer."""

_LINE = 16.5
"""How high a line of letters of 12 points is, in points."""

_HIGHEST = 409
"""How high a row can be."""


def lay_out(sheet: Any) -> None:
    """Rule the tables of a sheet of openpyxl, and set its widths and heights by what they hold.

    Text that is not wrapped stands in no table: it runs on to the right, and asks for no width.
    """
    widths = {column[0].column_letter: _width(list(column)) for column in sheet.iter_cols()}
    for letter, width in widths.items():
        sheet.column_dimensions[letter].width = width + 2
    for row in sheet.iter_rows():
        lines = [
            sum(_lines(line, widths[cell.column_letter]) for line in text.split("\n")) for cell, text in _held(row)
        ]
        if lines:
            _ruled(row)
        if max(lines, default=1) > 1:
            sheet.row_dimensions[row[0].row].height = min(max(lines) * _LINE, _HIGHEST)


def _width(column: list[Any]) -> int:
    """Return how many letters stand beside each other in a column."""
    held = list(_held(column))
    widest = _NARROW if any(cell.data_type != "s" for cell, _ in held) else _WIDEST
    words = (len(word) for _, text in held for word in text.split())
    lines = (min(len(line), widest) for _, text in held for line in text.split("\n"))
    return max(3, *words, *lines) if held else 3


def _lines(text: str, letters: int) -> int:
    """Return over how many lines of so many letters words are laid."""
    count, room = 1, letters
    for word in text.split():
        if len(word) > room:
            count, room = count + 1, letters
        room -= len(word) + 1
    return count


def _held(cells: Any) -> Iterator[tuple[Any, str]]:
    """Yield the cells of tables that hold something, with what they show."""
    for cell in cells:
        if cell.value is None or (cell.data_type == "s" and not cell.alignment.wrap_text):
            continue
        formula_or_percent = cell.data_type == "f" or "%" in cell.number_format
        yield cell, "9" * 14 if formula_or_percent else cell.value if cell.data_type == "s" else f"{cell.value:,}"


def _ruled(row: Any) -> None:
    """Draw lines around the cells of a row, empty ones between them included."""
    from openpyxl.styles import Border, Side

    line = Side(style="thin")
    last = max(cell.column for cell, _ in _held(row))
    first = min(cell.column for cell, _ in _held(row))
    for cell in row[first - 1 : last]:
        cell.border = Border(line, line, line, line)
