"""Rows of cells under a heading, as text files and workbooks hold them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from envindicators.errors import UnreadableTable
from envindicators.frames.column import from_objects
from envindicators.frames.outline import Outline
from envindicators.frames.stream import Columns, Opened
from envindicators.words.message import Message, counted
from envindicators.words.shortening import shown

CHUNK = 100_000
"""How many rows are taken at a time."""

HEAD = 20
"""In how many rows at the top of a file its heading is looked for."""

Row = Sequence[Any]
"""The cells of a row, None for a blank one."""

Parse = Callable[[list[Any], int, str], list[Any]]
"""Turns the cells of a column into values; told its position and its name."""


def column_name(cell: Any, position: int) -> str:
    """Return the name of a column, from the cell at its head and its position."""
    return f"column {position + 1}" if cell is None else str(cell)


def is_blank(cells: Row) -> bool:
    """Return whether a row holds nothing."""
    return cells.count(None) == len(cells)


def some(count: int, thing: str) -> str:
    """Return a number of things in words."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def open_rows(
    path: Path,
    source: str | None,
    rows: Iterable[Row],
    parse: Parse,
    columns: Columns,
    outline: Outline,
    left_out: list[int],
) -> Iterator[Opened]:
    """Yield rows of cells as frames; the heading holds the names, and blank rows are passed over.

    Args:
        path: the file.
        source: the file, where there are several.
        rows: the rows.
        parse: turns the cells of a column into values, when it is read.
        columns: told the names, returns those that will be read.
        outline: where among the rows the table stands.
        left_out: where to note the numbers of the rows that are left out.
    """
    lines = iter(outline.under_heading(path, rows, left_out))
    first = list(itertools.islice(lines, HEAD))
    if outline.heading is None:
        _check_heading(path, first, columns)
        _check_one_heading(path, first, columns)
    lines = itertools.chain(first, lines)
    header = list(next(lines, ()))
    width = len(header)
    positions: list[int] = []
    kept: list[Row] = []
    none = True
    for position, cells in enumerate(lines):
        if is_blank(cells):
            continue
        if len(cells) != width and (len(cells) < width or not is_blank(cells[width:])):
            raise UnreadableTable(
                counted(
                    "{path}: line {line}, {held}, has {count} cell where the heading has {needed}; if it is a note, "
                    "its form can leave it out (skip or foot)",
                    "{path}: line {line}, {held}, has {count} cells where the heading has {needed}; if it is a note, "
                    "its form can leave it out (skip or foot)",
                    len(cells),
                    path=path,
                    line=position + outline.first_row,
                    held=shown(next(cell for cell in cells if cell is not None)),
                    needed=width,
                ),
                kind="cells",
            )
        positions.append(position)
        kept.append(cells)
        if len(kept) == CHUNK:
            yield _opened(source, header, kept, positions, parse)
            positions, kept, none = [], [], False
    if kept or none:
        yield _opened(source, header, kept, positions, parse)


def _check_heading(path: Path, rows: Sequence[Row], columns: Columns) -> None:
    """Refuse a file whose first row names no column that is known, while one of the next rows names some."""
    names = [[str(cell) for cell in row if cell is not None] for row in rows]
    known = [columns(row) for row in names]
    most = max(map(len, known), default=0)
    if most and not known[0]:
        row = next(position for position, held in enumerate(known) if len(held) == most)
        first, held = ", ".join(map(repr, names[0])), ", ".join(map(repr, known[row]))
        raise UnreadableTable(
            Message(
                "{path}: the heading seems to be row {row} ({held}), and the first row is ({first}); remove the rows "
                "above the heading",
                path=path,
                row=row + 1,
                held=held,
                first=first,
            ),
            kind="heading",
        )


def _check_one_heading(path: Path, rows: Sequence[Row], columns: Columns) -> None:
    """Refuse a file of which the first row and a later one name the same columns that are known."""
    first = columns([str(cell) for cell in rows[0] if cell is not None]) if rows else []
    if len(first) < _SURE:
        return
    alike = [
        number
        for number, row in enumerate(rows, start=1)
        if sorted(columns([str(cell) for cell in row if cell is not None])) == sorted(first)
    ]
    if len(alike) > 1:
        raise UnreadableTable(
            Message(
                "{path}: each of the rows {rows} could be the heading ({held}); remove the other, or say in a form "
                "which it is (heading) and which is left out (skip)",
                path=path,
                rows=", ".join(map(str, alike)),
                held=", ".join(map(repr, first)),
            ),
            kind="heading",
        )


_SURE = 2
"""So many names of columns in a row make it a heading."""


def _opened(source: str | None, header: Row, rows: Sequence[Row], positions: Sequence[int], parse: Parse) -> Opened:
    names: list[str] = []
    cells: list[list[Any]] = []
    places: list[int] = []
    for position, head in enumerate(header):
        column = [row[position] for row in rows]
        if head is not None or any(cell is not None for cell in column):
            names.append(column_name(head, position))
            cells.append(column)
            places.append(position)

    def read(name: str) -> Any:
        number = names.index(name)
        return from_objects(parse(cells[number], places[number], name))

    return Opened("pandas", tuple(names), len(rows), read, source, tuple(positions))
