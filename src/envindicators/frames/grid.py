"""Rows of cells under a heading, as text files and workbooks hold them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve

from envindicators.errors import UnreadableTable
from envindicators.frames.column import Column
from envindicators.frames.outline import Outline
from envindicators.frames.stream import Columns, Opened
from envindicators.words.legacy_fonts import LegacyFont, legacy_font
from envindicators.words.message import Message, counted
from envindicators.words.shortening import shown

CHUNK = 100_000
"""How many rows a frame has, but for the last, which has fewer."""

_BATCH = 500
"""How many rows are held as rows at a time."""

HEAD = 20
"""In how many rows at the top of a file its heading is looked for."""

Row = Sequence[Any]
"""The cells of a row, None for a blank one."""

Parse = Callable[[list[Any], int, str], Column]
"""Turns the cells of a column into one of values; told its position and its name."""


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
    beside: list[Any] = []
    header, lines, font = headed(path, rows, columns, outline, left_out, beside)
    table: list[list[Any]] = [[] for _ in header]
    positions: list[int] = []
    position, none = 0, True
    for batch in batches(lines):
        kept, places = _kept(path, batch, position, len(header), outline)
        for column, cells in zip(table, zip(*kept, strict=True), strict=False):
            column.extend(cells)
        positions.extend(places)
        position += len(batch)
        if len(positions) >= CHUNK:
            yield _opened(source, header, table, positions, parse, font, beside)
            table, positions, none = [[] for _ in header], [], False
    if positions or none:
        yield evolve(
            _opened(source, header, table, positions, parse, font, beside), last=positions[-1] if positions else None
        )


def headed(
    path: Path, rows: Iterable[Row], columns: Columns, outline: Outline, left_out: list[int], beside: list[Any]
) -> tuple[Row, Iterator[Row], LegacyFont | None]:
    """Return the heading, the rows below it, and the font from before Unicode that its text seems to be in.

    Args:
        path: the file.
        rows: all rows.
        columns: told the names, returns those that will be read.
        outline: where among the rows the table stands.
        left_out: where to note the numbers of the rows that are left out.
        beside: where to note what stands in rows that are no rows of the table.

    Raises:
        UnreadableTable: for a heading that is none, or of which there are two.
    """
    lines = iter(outline.under_heading(path, rows, left_out, beside))
    first = list(itertools.islice(lines, HEAD))
    font = legacy_font(cell for row in first for cell in row if isinstance(cell, str))
    if font is not None and not columns([str(cell) for cell in first[0] if cell is not None]):
        raise UnreadableTable(
            Message(
                "{path}: its text seems to be Vietnamese in {name}, an encoding of fonts from before Unicode, in which "
                "{sample!r} is {meant!r}; convert it to Unicode first, as UniKey does (Ctrl+Shift+F6)",
                path=path,
                **font.told,
            ),
            kind="encoding",
        )
    if outline.heading is None:
        _check_heading(path, first, columns)
        _check_one_heading(path, first, columns)
    lines = itertools.chain(first, lines)
    return list(next(lines, ())), lines, font


def batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Yield rows a few at a time, so that they are soon let go."""
    while batch := list(itertools.islice(rows, _BATCH)):
        yield batch


def _kept(path: Path, rows: list[Row], first: int, width: int, outline: Outline) -> tuple[Sequence[Row], Sequence[int]]:
    """Return the rows that hold something, with their positions; all as wide as the heading.

    Raises:
        UnreadableTable: if a row is not.
    """
    if width and set(map(len, rows)) == {width} and None not in [row[0] for row in rows]:
        return rows, range(first, first + len(rows))
    kept: list[Row] = []
    places: list[int] = []
    for position, cells in enumerate(rows, start=first):
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
        places.append(position)
        kept.append(cells[:width])
    return kept, places


def _check_heading(path: Path, rows: Sequence[Row], columns: Columns) -> None:
    """Refuse a file whose first row names no column that is known, while one of the next rows names some."""
    names = [[str(cell) for cell in row if cell is not None] for row in rows]
    known = [columns(row) for row in names]
    known[1:] = [
        () if len(found) == 1 and any(map(_FIGURE.fullmatch, row)) else found
        for found, row in zip(known[1:], names[1:], strict=True)
    ]
    most = max(map(len, known), default=0)
    if most and not known[0]:
        row = next(position for position, held in enumerate(known) if len(held) == most)
        first, held = ", ".join(map(repr, names[0])), ", ".join(map(repr, known[row]))
        raise UnreadableTable(
            Message(
                "{path}: the heading seems to be row {row} ({held}), and the first row is ({first}); say "
                "heading={row} in the form of the table, or remove the rows above it",
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


_FIGURE = re.compile(r"(?!(19|20)\d\d$)[-\u2212]?\d+([.,]\d+)*")
"""A figure that is no year: beside one the name of a column, such as total, makes no heading."""

_LONG = 200
"""What is longer is a sentence, and states no unit of a table."""

_SURE = 2
"""So many names of columns in a row make it a heading."""


def _opened(
    source: str | None,
    header: Row,
    table: Sequence[list[Any]],
    positions: Sequence[int],
    parse: Parse,
    font: LegacyFont | None,
    beside: Sequence[Any],
) -> Opened:
    places = [place for place, head in enumerate(header) if head is not None or not is_blank(table[place])]
    names = [column_name(header[place], place) for place in places]

    def read(name: str) -> Column:
        place = places[names.index(name)]
        return parse(table[place], place, name)

    of_rows = tuple(positions)
    return Opened("pandas", tuple(names), len(of_rows), read, source, of_rows, legacy_font=font, beside=said(beside))


def said(beside: Sequence[Any]) -> tuple[str, ...]:
    """Return the texts among cells that are no cells of the table, each once."""
    return tuple(dict.fromkeys(cell for cell in beside if isinstance(cell, str) and len(cell) < _LONG))
