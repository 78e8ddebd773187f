"""Reading Excel workbooks."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from attrs import frozen

from envindicators.errors import UnreadableTable
from envindicators.frames.column import plain_dates
from envindicators.frames.grid import Row, column_name, open_rows
from envindicators.frames.packages import needed
from envindicators.frames.stream import Columns, Opened
from envindicators.words.message import Message, counted

_EXACT_FLOATS = 2**53


@frozen(eq=False)
class Sheet(Opened):
    """A sheet of a workbook.

    Args:
        sheet: its name.
        others: the names of the other sheets that hold something, which are not read.
    """

    sheet: str = ""
    others: tuple[str, ...] = ()


@frozen(eq=False)
class SheetCells:
    """The cells of a sheet.

    Args:
        title: its name.
        others: the names of the other sheets that hold something.
        rows: its rows.
    """

    title: str
    others: tuple[str, ...]
    rows: list[Row]

    def spellings(self, names: Collection[str]) -> dict[str, set[str]]:
        """Return for each of some columns how its cells are written; see `envindicators.frames.csv.spelling`."""
        header = self.rows[0] if self.rows else ()
        titles = [column_name(cell, position) for position, cell in enumerate(header)]
        return {
            name: {_spelling(row[position]) for row in self.rows[1:] if row[position] is not None}
            for position, name in enumerate(titles)
            if name in names
        }


def sheet_names(path: Path) -> list[str]:
    """Return the names of the sheets of a workbook; none of a file that cannot be read."""
    try:
        book = needed("openpyxl", path, "excel").load_workbook(path, read_only=True)
    except (OSError, ValueError, LookupError, TypeError, zipfile.BadZipFile):
        return []
    try:
        return [sheet.title for sheet in book.worksheets]
    finally:
        book.close()


def read_sheet(path: Path, sheet: str | int) -> SheetCells:
    """Return the cells of a sheet, given by its name or position."""
    openpyxl = needed("openpyxl", path, "excel")
    values = openpyxl.load_workbook(path, data_only=True)
    formulas = openpyxl.load_workbook(path, data_only=False)
    shown, written = _sheet(values, path, sheet), _sheet(formulas, path, sheet)
    others = tuple(other.title for other in values.worksheets if other.title != shown.title and _holds_something(other))
    if others and not _holds_something(shown):
        names = ", ".join(map(repr, others))
        raise UnreadableTable(
            Message(
                "{path}: the sheet {sheet!r} is empty; sheets with data: {names}",
                path=path,
                sheet=shown.title,
                names=names,
            )
        )
    return SheetCells(shown.title, others, list(_rows(shown, written)))


def excel_pieces(
    path: Path, source: str | None, cells: SheetCells, columns: Columns, text: Collection[str]
) -> Iterator[Opened]:
    """Yield a sheet as frames.

    Args:
        path: the file.
        source: the file, where there are several.
        cells: the sheet.
        columns: which columns are read.
        text: the columns whose whole numbers are text.
    """

    def parse(column: list[Any], _: int, name: str) -> list[Any]:
        return [_as_text(cell) for cell in column] if name in text else list(plain_dates(column))

    for piece in open_rows(path, source, cells.rows, parse, columns):
        yield Sheet(
            piece.backend, piece.names, piece.length, piece.columns, piece.source, piece.places,
            sheet=cells.title, others=cells.others,
        )  # fmt: skip


def _is_whole(cell: Any) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell == cell // 1


def _as_text(cell: Any) -> Any:
    return str(int(cell)) if _is_whole(cell) else cell


def _spelling(cell: Any) -> str:
    if isinstance(cell, str):  # what the sheet holds as text is text, whatever is written there
        return "text"
    return "whole" if _is_whole(cell) else "truth" if isinstance(cell, bool) else "other"


def _holds_something(sheet: Any) -> bool:
    return any(value is not None for row in sheet.iter_rows(values_only=True) for value in row)


def _rows(shown: Any, written: Any) -> Iterator[list[Any]]:
    for cells, sources in zip(shown.iter_rows(values_only=True), written.iter_rows(values_only=True), strict=True):
        yield [_cell(value, source) for value, source in zip(cells, sources, strict=True)]


def _sheet(book: Any, path: Path, sheet: str | int) -> Any:
    names = [page.title for page in book.worksheets]
    shown = ", ".join(map(repr, names))
    if isinstance(sheet, str):
        if sheet not in names:
            raise UnreadableTable(Message("{path}: no sheet {sheet!r} ({names})", path=path, sheet=sheet, names=shown))
        return book[sheet]
    if not 0 <= sheet < len(names):
        raise UnreadableTable(
            counted(
                "{path}: has only {count} sheet ({names})",
                "{path}: has only {count} sheets ({names})",
                len(names),
                path=path,
                names=shown,
            )
        )
    return book.worksheets[sheet]


def _cell(value: Any, source: Any) -> Any:
    """Return a cell of Excel: a formula that was never computed as its text, a whole number as what Excel holds."""
    if value is None:
        return source if isinstance(source, str) and source.startswith("=") else None
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= _EXACT_FLOATS:
        return float(value)
    return value
