"""Reading OpenDocument spreadsheets (.ods), in time and memory that their cells bound, not the size of their sheets."""

from __future__ import annotations

import datetime
import decimal
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from attrs import define, field

from envindicators.errors import UnreadableTable
from envindicators.frames.grid import Row
from envindicators.frames.page import Merged, Page
from envindicators.frames.workbook_kind import damaged, locked, too_large

_SPACE = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}"
_TABLE, _OFFICE, _TEXT, _STYLE = (_SPACE.format(name) for name in ("table", "office", "text", "style"))
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")

_MOST_CELLS = 20_000_000
"""So many cells that hold something are too many for a sheet that a person fills in."""

_LAST_ROW, _LAST_COLUMN = 2**20, 2**14
"""The size of a sheet."""


def ods_pages(path: Path) -> list[Page]:
    """Return the sheets of an OpenDocument spreadsheet.

    Raises:
        UnreadableTable: if it cannot be read: it has a password, is damaged, or holds too much.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise locked(path)
            with archive.open("content.xml") as content:
                return [_page(sheet) for sheet in _sheets(content, path)]
    except UnreadableTable:
        raise
    except (KeyError, zipfile.BadZipFile, zlib.error, ElementTree.ParseError, OSError, ValueError) as error:
        raise damaged(path, error) from error


def _page(sheet: _Sheet) -> Page:
    return Page(
        sheet.title,
        bool(sheet.rows),
        lambda: (list(sheet.rows), sheet.merged),
        sheet.hidden,
        lambda: sheet.hidden_rows,
    )


@define
class _Sheet:
    """A sheet as it is read.

    Args:
        title: its name.
        hidden: whether it is not shown.
        rows: its rows, up to the last that holds something.
        merged: the ranges that are merged.
        hidden_rows: the numbers of the rows that hold something and are not shown.
        number: how many rows have been passed.
        cells: how many cells that hold something.
    """

    title: str
    hidden: bool
    rows: list[Row] = field(factory=list[Row])
    merged: list[Merged] = field(factory=list[Merged])
    hidden_rows: set[int] = field(factory=set[int])
    number: int = 0
    cells: int = 0

    def take(self, row: Any, path: Path) -> None:
        """Take in a row, which may stand for several that are alike."""
        times = _times(row, "rows")
        cells = self._cells(row)
        if cells:
            last = min(self.number + times, _LAST_ROW)
            self.cells += len(cells) * (last - self.number)
            if self.cells > _MOST_CELLS:
                raise too_large(path, self.title)
            self.rows += [()] * (self.number - len(self.rows))
            self.rows += [cells] * (last - self.number)
            if row.get(f"{_TABLE}visibility", "visible") != "visible":
                self.hidden_rows.update(range(self.number + 1, last + 1))
        self.number += times

    def _cells(self, row: Any) -> list[Any]:
        """Return the cells of a row, up to the last that holds something."""
        cells: list[Any] = []
        column = 0
        for cell in row:
            if cell.tag not in _CELLS:
                continue
            times = min(_times(cell, "columns"), _LAST_COLUMN - column)
            value = _value(cell)
            if value is not None:
                cells += [None] * (column - len(cells)) + [value] * times
                spans = [int(cell.get(f"{_TABLE}number-{what}-spanned", "1")) for what in ("rows", "columns")]
                if spans != [1, 1]:
                    first = self.number + 1
                    self.merged.append((first, column + 1, first + spans[0] - 1, column + spans[1]))
            column += times
        return cells


def _times(element: Any, what: str) -> int:
    return max(1, int(element.get(f"{_TABLE}number-{what}-repeated", "1")))


def _sheets(content: Any, path: Path) -> Iterator[_Sheet]:
    """Yield the sheets of a document, of which no more than a row is held as XML."""
    sheet: _Sheet | None = None
    hidden: set[str] = set()
    depth = 0
    # expat itself refuses entities that blow up
    for event, element in ElementTree.iterparse(content, events=("start", "end")):  # noqa: S314
        if element.tag == f"{_TABLE}table":
            depth += 1 if event == "start" else -1
            if depth == 1 and event == "start":
                style = element.get(f"{_TABLE}style-name", "")
                sheet = _Sheet(element.get(f"{_TABLE}name", ""), style in hidden)
            elif depth == 0 and sheet is not None:
                yield sheet
                sheet = None
                element.clear()
        elif element.tag == f"{_STYLE}style" and event == "end":
            if any(each.get(f"{_TABLE}display") == "false" for each in element):
                hidden.add(element.get(f"{_STYLE}name", ""))
        elif element.tag == f"{_TABLE}table-row" and event == "end" and depth == 1 and sheet is not None:
            sheet.take(element, path)
            element.clear()


def _value(cell: Any) -> Any:
    """Return what a cell holds: its value, not how it is shown; None for nothing."""
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in ("float", "percentage", "currency"):
        return _number(cell.get(f"{_OFFICE}value", ""))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    if kind == "date":
        written = cell.get(f"{_OFFICE}date-value", "")
        try:
            return datetime.datetime.fromisoformat(written)
        except ValueError:
            return written or None
    paragraphs = ["".join(_words(paragraph)) for paragraph in cell.findall(f"{_TEXT}p")]
    return "\n".join(paragraphs) or None


def _number(written: str) -> Any:
    try:
        exact = decimal.Decimal(written)
    except decimal.InvalidOperation:
        return written or None
    if exact.is_finite() and exact == exact.to_integral_value() and exact.adjusted() < 40:
        return int(exact)
    return exact


def _words(paragraph: Any) -> Iterator[str]:
    """Yield the words of a paragraph; several spaces stand as an element."""
    yield paragraph.text or ""
    for part in paragraph:
        if part.tag == f"{_TEXT}s":
            yield " " * min(int(part.get(f"{_TEXT}c", "1")), 1000)
        elif part.tag == f"{_TEXT}tab":
            yield "\t"
        elif part.tag == f"{_TEXT}line-break":
            yield "\n"
        else:
            yield from _words(part)
        yield part.tail or ""
