"""`Outline`: where in a sheet or text file the table stands."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from envindicators.errors import UnreadableTable
from envindicators.words.message import Message


@frozen
class Outline:
    """Which rows hold the heading, and which are no rows of the table. Rows are numbered from 1, as people see them.

    Args:
        heading: the rows of the heading, of which the names are joined; None for the first row.
        foot: how many rows at the end are left out, counted from the last that holds anything.
        skip: further rows that are left out.
        encoding: how text files are encoded, where it is not UTF-8.
        separator: what stands between the cells of text files, where the heading does not show it.
    """

    heading: tuple[int, ...] | None = None
    foot: int = 0
    skip: frozenset[int] = frozenset()
    encoding: str | None = None
    separator: str | None = None

    @property
    def first_row(self) -> int:
        """The number of the first row below the heading."""
        return self.heading[-1] + 1 if self.heading else 2

    def under_heading(
        self, path: Path, rows: Iterable[Sequence[Any]], left_out: list[int], beside: list[Any]
    ) -> Iterator[Sequence[Any]]:
        """Return the heading as one row, then the rows below it; a row that is left out is blank.

        Args:
            path: the file.
            rows: all rows.
            left_out: where to note the numbers of the rows that are left out though they hold something.
            beside: where to note what stands in the rows above the heading and in those that are skipped.

        Raises:
            UnreadableTable: if the file ends before its heading.
        """
        heading = self.heading or (1,)
        lines = iter(rows)
        top = list(itertools.islice(lines, heading[-1]))
        if len(top) < heading[-1] and (self.heading or top):
            raise UnreadableTable(
                Message(
                    "{path}: the heading is said to be row {row}, and the last row is {last}",
                    path=path,
                    row=heading[-1],
                    last=len(top),
                ),
                kind="heading",
            )
        beside += [cell for number, row in enumerate(top, 1) if number not in heading for cell in row]
        below = self._rows(lines, heading[-1] + 1, left_out, beside) if self.foot or self.skip else lines
        return itertools.chain([_joined([top[number - 1] for number in heading])] if top else [], below)

    def _rows(
        self, rows: Iterator[Sequence[Any]], first: int, left_out: list[int], beside: list[Any]
    ) -> Iterator[Sequence[Any]]:
        """Yield the rows below the heading without the foot; a row that is left out is blank."""
        held: deque[tuple[int, Sequence[Any]]] = deque()
        filled = 0  # how many of those held, up to the last that holds anything
        for number, cells in enumerate(rows, start=first):
            held.append((number, cells))
            if any(cell is not None for cell in cells):
                filled = len(held)
            while filled > self.foot:
                yield self._kept(*held.popleft(), left_out, beside)
                filled -= 1
        left_out += [row for row, cells in held if any(cell is not None for cell in cells)]

    def _kept(self, number: int, cells: Sequence[Any], left_out: list[int], beside: list[Any]) -> Sequence[Any]:
        if number not in self.skip:
            return cells
        beside += cells
        if any(cell is not None for cell in cells):
            left_out.append(number)
        return ()


def _joined(rows: Sequence[Sequence[Any]]) -> Sequence[Any]:
    """Return the cells of a heading of several rows as one row: what stands above, a stroke, what stands below.

    Of columns that would be called alike, those without a word above have that of the column before them, as a group
    has whose cells are not merged.
    """
    if len(rows) == 1:
        return rows[0]
    width = max(map(len, rows))
    columns = [[row[place] if place < len(row) else None for row in rows] for place in range(width)]
    names = [_name(cells) for cells in columns]
    above: Any = None
    for place, cells in enumerate(columns):
        above = cells[0] if cells[0] is not None else above
        if cells[0] is None and names[place] is not None and names.count(names[place]) > 1:
            columns[place] = [above, *cells[1:]]
    return [_name(cells) for cells in columns]


def _name(cells: Sequence[Any]) -> str | None:
    return " / ".join(dict.fromkeys(str(cell) for cell in cells if cell is not None)) or None
