"""Reading CSV: which cells are numbers, which are truths, and which stay text."""

from __future__ import annotations

import contextlib
import csv
import decimal
import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

import numpy as np
from attrs import evolve, frozen

from envindicators.errors import UnreadableTable
from envindicators.frames.batches import ahead
from envindicators.frames.column import EXACT_FLOATS, Column, coded
from envindicators.frames.encodings import encoding_of
from envindicators.frames.grid import HEAD, batches, column_name, headed, open_rows, said
from envindicators.frames.outline import Outline
from envindicators.frames.plain_csv import as_codes, distinct, is_plain, plain_batches, rows_kept, whole_numbers
from envindicators.frames.stream import Columns, Opened
from envindicators.words.message import Message

WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
"""A plain whole number."""

_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
_TRUTHS = {"TRUE": True, "True": True, "true": True, "FALSE": False, "False": False, "false": False}
_DIGITS = 40
"""Whole numbers of more digits are kept as Decimals, since Python's integers cannot be written out at any length."""


@frozen
class Survey:
    """What the cells of a file tell before any is read.

    Args:
        thousands: the positions of the columns in which a point may stand for thousands. 12.345 is twelve thousand
            to one office and twelve to another; where no cell of the column tells (as 0.5 and 1234.567 do), such
            cells stay text.
        spellings: for each column by its name how its cells are written; see `spelling`.
        plain: whether its cells can be parted in bulk; see `envindicators.frames.plain_csv`.
    """

    thousands: frozenset[int]
    spellings: dict[str, set[str]]
    plain: bool = False


def spelling(cell: str) -> str:
    """Return how a cell is written: ``"whole"``, ``"decimal"``, ``"truth"`` or ``"text"``.

    A number with leading zeros or an exponent may be a code, so it is text.
    """
    if cell.isascii() and cell.isdecimal():
        return "whole" if cell[0] != "0" or len(cell) == 1 else "text"
    if WHOLE.fullmatch(cell):
        return "whole"
    if _DECIMAL.fullmatch(cell) and "e" not in cell and "E" not in cell:
        return "decimal"
    return "truth" if cell in _TRUTHS else "text"


def survey(path: Path, outline: Outline, names: Collection[str] = ()) -> Survey:
    """Return what the cells of a file tell; how columns are written is only told of those that are named."""
    rows = outline.under_heading(path, csv_rows(path, outline), [], [])
    header = [column_name(cell, position) for position, cell in enumerate(next(rows, []))]
    if _parted_in_bulk(path, outline, header):
        with contextlib.suppress(ValueError):  # of a row that is not like the others the rows are read one by one
            bulk = plain_batches(path, _separator(path, outline), outline.first_row, len(header))
            surveyed = _surveyed(header, names, (map(_Bulk, batch.columns) for batch in bulk))
            return evolve(surveyed, plain=True)
    return _surveyed(header, names, (map(_Cells, itertools.zip_longest(*batch)) for batch in batches(rows)))


def _parted_in_bulk(path: Path, outline: Outline, header: Sequence[str]) -> bool:
    """Return whether the cells of a file can be parted in bulk, as far as can be told without that."""
    return (
        len(header) > 1  # of a single cell a blank one is a blank line
        and not outline.foot
        and not outline.skip
        and encoding_of(path, outline) == "utf-8-sig"
        and is_plain(path, _separator(path, outline))
    )


class _Cells:
    """Some cells of a column."""

    def __init__(self, cells: Iterable[str | None]) -> None:
        self._texts = set(cells) - {None}

    def texts(self) -> Iterable[Any]:
        """Return the texts that occur."""
        return self._texts

    def pointed(self) -> set[str]:
        """Return what points in them may be; see `_pointed`."""
        return {_pointed(cell) for cell in self._texts if cell is not None and "." in cell}


_MANY = 10_000
"""Of so many texts it is told at once whether all are whole numbers."""


class _Bulk:
    """Some cells of a column that were parted in bulk."""

    def __init__(self, cells: Any) -> None:
        self._cells = cells

    def texts(self) -> Iterable[Any]:
        """Return texts that occur: all unless they are very many, and each a plain whole number."""
        found = distinct(self._cells)
        return found[:1] if len(found) > _MANY and whole_numbers(self._cells) is not None else found

    def pointed(self) -> set[str]:
        """Return what points in them may be; see `_pointed`."""
        return set(map(_pointed, distinct(self._cells, with_point=True)))


def _surveyed(header: Sequence[str], names: Collection[str], rows: Iterable[Iterable[_Cells | _Bulk]]) -> Survey:
    """Return what cells tell, which come a few rows at a time, column by column."""
    spellings: dict[str, set[str]] = {name: set() for name in header if name in names}
    pointed: set[int] = set()
    decimal_: set[int] = set()
    for batch in rows:
        for position, cells in enumerate(batch):
            written = spellings.get(header[position]) if position < len(header) else None
            if written is not None and "text" not in written:
                written.update(map(spelling, cells.texts()))
            if position not in decimal_:
                forms = cells.pointed()
                if "decimal" in forms:
                    decimal_.add(position)
                elif "thousands" in forms:
                    pointed.add(position)
    return Survey(frozenset(pointed - decimal_), spellings)


def _pointed(cell: str) -> str:
    """Return what a point in a cell is: that of ``"thousands"``, perhaps, or ``"decimal"``, or neither."""
    return "thousands" if _THOUSANDS.fullmatch(cell) else "decimal" if _DECIMAL.fullmatch(cell) else ""


def csv_rows(path: Path, outline: Outline) -> Iterator[Sequence[str | None]]:
    """Yield the rows of a file as cells, None for a blank one.

    Raises:
        UnreadableTable: for a row that cannot be told from the next, and for a line without an end.
    """
    separator = _separator(path, outline)
    with path.open(encoding=encoding_of(path, outline), newline="") as lines:
        number = 0
        try:
            _pass_over_directive(lines)
            for number, cells in enumerate(csv.reader(_lines(path, lines), delimiter=separator, strict=True), start=1):
                if number == 1 and cells:
                    cells[0] = cells[0].removeprefix("\ufeff")  # left in UTF-16 whose order is said
                yield [cell or None for cell in cells] if "" in cells else cells
        except csv.Error as error:
            raise UnreadableTable(
                Message(
                    "{path}: row {row} cannot be read ({error}); see whether a quotation mark in it has no second one",
                    path=path,
                    row=number + 1,
                    error=error,
                ),
                kind="quotation",
            ) from error


def _pass_over_directive(lines: TextIO) -> str | None:
    """Read over a first line such as ``sep=;``, which Excel does not show, and return the separator that it states."""
    first = lines.readline(_LONGEST_DIRECTIVE)
    stated = _DIRECTIVE.fullmatch(first)
    if stated is None:
        lines.seek(0)
    return None if stated is None else stated[1]


_DIRECTIVE, _LONGEST_DIRECTIVE = re.compile(r"\ufeff?sep=([^\r\n\"])\r?\n?", re.IGNORECASE), 10


def _lines(path: Path, lines: TextIO) -> Iterable[str]:
    """Return the lines of a file; of a large one such as are no longer than the cells of a row may be."""
    return lines if path.stat().st_size < _LARGE else _bounded(lines)


def _bounded(lines: TextIO) -> Iterator[str]:
    while line := lines.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE and not line.endswith(("\n", "\r")):
            raise csv.Error(f"{_LONGEST_LINE:,} +")
        yield line


_LARGE = 500_000_000
"""So many bytes are too many to be held as one line."""

_LONGEST_LINE, _LONGEST_TOP = 10_000_000, 100_000
"""How long a line may be, and how much of it tells what parts its cells."""


def _separator(path: Path, outline: Outline) -> str:
    """Return what parts the cells of a file, where that is not said.

    That is what parts most cells of the heading; if the rows below do not go with it, which is so where the first line
    is a title, what parts most rows alike.
    """
    if outline.separator is not None:
        return outline.separator
    last = (outline.heading or (1,))[-1]
    with path.open(encoding=encoding_of(path, outline), newline="") as lines:
        stated = _pass_over_directive(lines)
        if stated is not None:
            return stated
        top = [lines.readline(_LONGEST_TOP) for _ in range(last + HEAD)]
    if last == 1:
        chosen = max(_SEPARATORS, key=(top[0] if top else "").count)
    else:
        chosen = max(_SEPARATORS, key=lambda separator: _widths(top[last - 1 :], separator)[:1])
    alike = {separator: _alike(_widths(top, separator)) for separator in _SEPARATORS}
    widths = _widths(top[last - 1 :], chosen)
    if len(widths) > 1 and widths[0] != widths[1]:
        return max(_SEPARATORS, key=lambda separator: (alike[separator], separator == chosen))
    return chosen


_SEPARATORS = ",;\t"


def _widths(lines: Sequence[str], separator: str) -> list[int]:
    """Return how many cells the rows in some lines have that are not blank."""
    with contextlib.suppress(csv.Error):
        return [len(row) for row in csv.reader(lines, delimiter=separator) if any(row)]
    return []


def _alike(widths: Sequence[int]) -> int:
    """Return how many cells stand in rows of one width, of several cells, that occurs most."""
    counts = Counter(width for width in widths if width > 1)
    return max((width * count for width, count in counts.items()), default=0)


def csv_pieces(
    path: Path,
    source: str | None,
    columns: Columns,
    text: Collection[str],
    surveyed: Survey | None,
    outline: Outline,
    left_out: list[int],
) -> Iterator[Opened]:
    """Yield a file as frames.

    Args:
        path: the file.
        source: the file, where there are several.
        columns: which columns are read.
        text: the columns whose cells stay as they are written.
        surveyed: what the cells tell, where that is known already.
        outline: where in the file the table stands.
        left_out: where to note the numbers of the rows that are left out.
    """
    import pandas as pd  # no frame library is loaded before a file is read

    surveyed = surveyed or survey(path, outline)
    thousands = surveyed.thousands
    if surveyed.plain:
        return _pieces_in_bulk(path, source, columns, text, thousands, outline)

    def parse(cells: list[Any], position: int, name: str) -> Column:
        codes, written = pd.factorize(np.array(cells, dtype=object))
        if name in text:
            return coded(codes, written.tolist())
        return coded(codes, _parsed(written.tolist(), thousands=position in thousands))

    return open_rows(path, source, csv_rows(path, outline), parse, columns, outline, left_out)


def _pieces_in_bulk(
    path: Path,
    source: str | None,
    columns: Columns,
    text: Collection[str],
    thousands: Collection[int],
    outline: Outline,
) -> Iterator[Opened]:
    """Yield a file as frames, as `csv_pieces`, whose cells are parted in bulk."""
    beside: list[Any] = []
    header, _, font = headed(path, csv_rows(path, outline), columns, outline, [], beside)

    def opened(batch: Any, positions: Sequence[int]) -> Opened:
        held = {
            column_name(head, place): place
            for place, head in enumerate(header)
            if head is not None or batch.column(place).null_count < len(batch)
        }

        def read(name: str) -> Column:
            place, cells = held[name], batch.column(held[name])
            codes, written = as_codes(cells)
            if name in text:
                return coded(codes, written)
            numbers = whole_numbers(cells) if len(written) > _MANY else None
            return coded(codes, _parsed(written, thousands=place in thousands)) if numbers is None else numbers

        names, texts = tuple(held), said(beside)
        return Opened("pandas", names, len(batch), read, source, positions, legacy_font=font, beside=texts)

    start, before = 0, None
    for batch in ahead(plain_batches(path, _separator(path, outline), outline.first_row, len(header))):
        kept, places = rows_kept(batch, start)
        start += len(batch)
        if before is None or len(kept):
            if before is not None and before.length:
                yield before
            before = opened(kept, places)
    if before is not None:
        yield evolve(before, last=before.place(before.length - 1) if before.length else None)


def _parsed(cells: Sequence[str], *, thousands: bool) -> list[Any]:
    """Return the cells of a CSV column as numbers and truths where they are written so.

    Args:
        cells: the cells.
        thousands: whether a point may stand for thousands; cells in which it may are left as text.
    """
    return [cell if thousands and _THOUSANDS.fullmatch(cell) else _value(cell) for cell in cells]


def _value(cell: str) -> Any:
    if WHOLE.fullmatch(cell):
        return int(cell) if len(cell) <= _DIGITS else decimal.Decimal(cell)
    if _DECIMAL.fullmatch(cell):
        try:
            exact = decimal.Decimal(cell)
        except decimal.InvalidOperation:  # an exponent that no Decimal has
            return cell
        # with a point or an exponent a large number has been a float, and may have lost digits
        return float(cell) if EXACT_FLOATS <= abs(float(cell)) < float("inf") else exact
    return _TRUTHS.get(cell, cell)
