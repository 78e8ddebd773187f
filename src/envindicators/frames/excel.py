"""Reading workbooks: which of their sheets, and .xlsx by openpyxl."""

from __future__ import annotations

import functools
import io
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from envindicators.errors import UnreadableTable
from envindicators.frames.column import plain_dates
from envindicators.frames.grid import Row, column_name, open_rows
from envindicators.frames.ods import ods_pages
from envindicators.frames.outline import Outline
from envindicators.frames.packages import needed
from envindicators.frames.page import Page, page_of
from envindicators.frames.stream import Columns, Opened
from envindicators.frames.xls import xls_pages
from envindicators.words.message import Message

_EXACT_FLOATS = 2**53


@frozen(eq=False)
class Sheet(Opened):
    """A sheet of a workbook.

    Args:
        others: the names of the other sheets that hold something, which are not read.
    """

    others: tuple[str, ...] = ()


@frozen(eq=False)
class SheetCells:
    """The cells of a sheet.

    Args:
        title: its name.
        others: the names of the other sheets that hold something.
        rows: its rows.
        outline: where among them the table stands.
        path: the file.
    """

    title: str
    others: tuple[str, ...]
    rows: list[Row]
    outline: Outline
    path: Path

    def spellings(self, names: Collection[str]) -> dict[str, set[str]]:
        """Return for each of some columns how its cells are written; see `envindicators.frames.csv.spelling`."""
        header, *below = [*self.outline.under_heading(self.path, self.rows, [])] or [()]
        titles = [column_name(cell, position) for position, cell in enumerate(header)]
        return {
            name: {_spelling(row[position]) for row in below if position < len(row) and row[position] is not None}
            for position, name in enumerate(titles)
            if name in names
        }


def sheet_names(path: Path) -> list[str]:
    """Return the names of the sheets of a workbook; none of a file that cannot be read."""
    try:
        return [page.title for page in _pages(path)]
    except UnreadableTable:
        return []


def read_sheets(path: Path, sheets: Sequence[str | int], outline: Outline, *, merged: bool = False) -> list[SheetCells]:
    """Return the cells of some sheets, given by their names or positions.

    Args:
        path: the file.
        sheets: the names or positions.
        outline: where in each sheet the table stands.
        merged: whether text in merged cells stands in all of them, as the sheet shows it.
    """
    pages = _pages(path)
    read = [page_of(pages, path, sheet) for sheet in sheets]
    others = tuple(page.title for page in pages if page not in read and page.holds)
    return [SheetCells(page.title, others, page.rows(fill=merged), outline, path) for page in read]


def _pages(path: Path) -> list[Page]:
    """Return the sheets of a workbook, by the end of its name."""
    match path.suffix.lower():
        case ".ods":
            return ods_pages(path)
        case ".xls":
            return xls_pages(path)
        case _:
            return _xlsx_pages(path)


def _xlsx_pages(path: Path) -> list[Page]:
    values, formulas = _book(path, data_only=True), _book(path, data_only=False)
    return [
        Page(
            shown.title,
            bool(_values(shown)),
            functools.partial(_rows, shown, written),
            [(merged.min_row, merged.min_col, merged.max_row, merged.max_col) for merged in shown.merged_cells.ranges],
        )
        for shown, written in zip(values.worksheets, formulas.worksheets, strict=True)
    ]


def _without_drawings(path: Path) -> io.BytesIO:
    """Return a workbook whose sheets name no drawings and no other parts."""
    bare = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(bare, "w") as copy:
        for part in archive.infolist():
            if not part.filename.startswith("xl/worksheets/_rels/"):
                copy.writestr(part, archive.read(part))
    bare.seek(0)
    return bare


_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an old .xls begins, and a workbook with a password."""


def _book(path: Path, *, data_only: bool) -> Any:
    """Return a workbook that openpyxl reads.

    Raises:
        UnreadableTable: if it cannot be read: it has a password, or is damaged.
    """
    openpyxl = needed("openpyxl", path, "excel")
    with path.open("rb") as file:
        start = file.read(8)
    if start == _ENCRYPTED:
        raise UnreadableTable(
            Message("{path}: has a password, or is an old .xls; save it as .xlsx without a password", path=path)
        )
    try:
        try:
            return openpyxl.load_workbook(path, data_only=data_only)
        except KeyError:  # a part is named that is not there, as the drawings of some statistical packages
            return openpyxl.load_workbook(_without_drawings(path), data_only=data_only)
    except MemoryError:
        raise
    except Exception as error:  # a damaged workbook makes openpyxl raise whatever its parsers do
        raise UnreadableTable(
            Message(
                "{path}: cannot be read as a workbook ({error}); open it in Excel or LibreOffice and save it anew",
                path=path,
                error=str(error) or type(error).__name__,
            )
        ) from error


def excel_pieces(
    path: Path, source: str | None, cells: SheetCells, columns: Columns, text: Collection[str], left_out: list[int]
) -> Iterator[Opened]:
    """Yield a sheet as frames.

    Args:
        path: the file.
        source: the file, where there are several.
        cells: the sheet.
        columns: which columns are read.
        text: the columns whose whole numbers are text.
        left_out: where to note the numbers of the rows that are left out.
    """

    def parse(column: list[Any], _: int, name: str) -> list[Any]:
        return [_as_text(cell) for cell in column] if name in text else list(plain_dates(column))

    for piece in open_rows(path, source, cells.rows, parse, columns, cells.outline, left_out):
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


def _values(sheet: Any) -> dict[tuple[int, int], Any]:
    """Return the cells of a sheet that hold something, by row and column from 1.

    Only what holds something is looked at: the corner of a sheet may be a million rows away from its table.
    """
    cells: dict[tuple[int, int], Any] = sheet._cells  # noqa: SLF001
    return {place: cell.value for place, cell in cells.items() if cell.value is not None}


def _rows(shown: Any, written: Any) -> list[Row]:
    """Return the rows of a sheet, which holds values and formulas; rows that hold nothing have no cells."""
    values, sources = _values(shown), _values(written)
    cells = {place: _cell(values.get(place), source) for place, source in sources.items()}
    cells = {place: value for place, value in cells.items() if value is not None}
    width = max((column for _, column in cells), default=0)
    filled: defaultdict[int, list[Any]] = defaultdict(lambda: [None] * width)
    for (row, column), value in cells.items():
        filled[row][column - 1] = value
    return [filled.get(row, ()) for row in range(1, max(filled, default=0) + 1)]


def _cell(value: Any, source: Any) -> Any:
    """Return a cell of Excel: a formula that was never computed as its text, a whole number as what Excel holds."""
    if value is None:
        return source if isinstance(source, str) and source.startswith("=") else None
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= _EXACT_FLOATS:
        return float(value)
    return value
