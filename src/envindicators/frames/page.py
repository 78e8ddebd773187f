"""`Page`: a sheet of a workbook of any format, as rows of cells and the ranges that are merged."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from attrs import frozen

from envindicators.errors import UnreadableTable
from envindicators.frames.column import Spanning, is_number
from envindicators.frames.grid import Row
from envindicators.words.message import Message, counted

Merged = tuple[int, int, int, int]
"""A merged range: its first row and column and its last, from 1."""


@frozen(eq=False)
class Page:
    """A sheet of a workbook.

    Args:
        title: its name.
        holds: whether a cell of it holds something.
        read: returns its rows, of which those that hold nothing have no cells, and the ranges that are merged.
        hidden: whether it is not shown to who opens the workbook.
        hidden_rows: returns the numbers of the rows that are not shown, as where a filter is set; none where the
            format does not tell.
    """

    title: str
    holds: bool
    read: Callable[[], tuple[list[Row], Sequence[Merged]]]
    hidden: bool = False
    hidden_rows: Callable[[], Collection[int]] = tuple[int, ...]

    def rows(self, *, fill: bool, heading: int = 1) -> list[Row]:
        """Return its rows; ``fill`` puts the text of merged cells into all of them, as the sheet shows it.

        Args:
            fill: whether to do so.
            heading: the last row of the heading, in which numbers are names.
        """
        rows, merged = self.read()
        if fill:
            _fill(rows, merged, heading)
        return rows


def _fill(rows: list[Row], merged: Sequence[Merged], heading: int) -> None:
    """Put text of merged cells into all of them, and numbers into all rows, as such; see `Spanning`."""
    width = max(map(len, rows), default=0)
    for first_row, first_column, last_row, last_column in merged:
        if first_row > len(rows) or first_column > len(rows[first_row - 1]):
            continue
        value = rows[first_row - 1][first_column - 1]
        if isinstance(value, str) or (value is not None and last_row <= heading):
            last, filled = min(last_column, width), value
        elif is_number(value) and last_row > first_row:
            last, filled = first_column, Spanning(value)
        else:
            continue
        for number in range(first_row - 1, min(last_row, len(rows))):
            row = list(rows[number]) or [None] * width
            row += [None] * (width - len(row))
            row[first_column - 1 : last] = [filled] * (last - first_column + 1)
            rows[number] = row


def page_of(pages: Sequence[Page], path: Path, sheet: str | int) -> Page:
    """Return a sheet by its name or position.

    Raises:
        UnreadableTable: if there is none, or if it is empty and others are not.
    """
    names = [page.title for page in pages]
    shown = ", ".join(map(repr, names))
    if isinstance(sheet, str):
        if sheet not in names:
            raise UnreadableTable(
                Message("{path}: no sheet {sheet!r} ({names})", path=path, sheet=sheet, names=shown), kind="sheet"
            )
        page = pages[names.index(sheet)]
    elif not 0 <= sheet < len(names):
        raise UnreadableTable(
            counted(
                "{path}: has only {count} sheet ({names})",
                "{path}: has only {count} sheets ({names})",
                len(names),
                path=path,
                names=shown,
            ),
            kind="sheet",
        )
    else:
        page = pages[sheet]
    others = ", ".join(repr(other.title) for other in pages if other is not page and other.holds)
    if others and not page.holds:
        raise UnreadableTable(
            Message(
                "{path}: the sheet {sheet!r} is empty; sheets with data: {names}",
                path=path,
                sheet=page.title,
                names=others,
            ),
            kind="sheet",
        )
    return page
