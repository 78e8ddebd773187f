"""Reading workbooks of any kind: which of their sheets, and how their cells are written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import field, frozen

from envindicators.errors import UnreadableTable
from envindicators.frames.column import Column, Spanning, from_objects, plain_dates
from envindicators.frames.grid import HEAD, Row, column_name, open_rows
from envindicators.frames.ods import ods_pages
from envindicators.frames.outline import Outline
from envindicators.frames.page import Page, page_of
from envindicators.frames.stream import Columns, Opened
from envindicators.frames.workbook_kind import WorkbookKind, workbook_kind
from envindicators.frames.xls import xls_pages
from envindicators.frames.xlsx import xlsx_pages
from envindicators.words.message import Message
from envindicators.words.spelling import fold


@frozen(eq=False)
class Sheet(Opened):
    """A sheet of a workbook.

    Args:
        others: the names of the other sheets that hold something, which are not read.
        elsewhere: returns in which of them one of some names stands near the top.
        unseen: whether it is hidden, others that hold something are not, and it was not asked for by its name.
        hidden: the rows that the sheet does not show, by their positions, with their numbers.
    """

    others: tuple[str, ...] = ()
    elsewhere: Callable[[Collection[str]], list[str]] = lambda _: []
    unseen: bool = False
    hidden: Mapping[int, int] = field(factory=dict[int, int], repr=False)


def other_sheets(frame: Opened, names: Collection[str]) -> Message | str:
    """Return a hint to the other sheets of a workbook in which one of some names stands."""
    sheets = frame.elsewhere(names) if isinstance(frame, Sheet) else []
    return (
        Message("; it stands in the sheet {sheets}: read that one", sheets=", ".join(map(repr, sheets)))
        if sheets
        else ""
    )


@frozen(eq=False)
class SheetCells:
    """The cells of a sheet.

    Args:
        title: its name.
        others: the other sheets that hold something.
        rows: its rows.
        outline: where among them the table stands.
        path: the file.
        unseen: whether it is hidden and was not asked for by its name.
        hidden_rows: the numbers of the rows that it does not show.
    """

    title: str
    others: tuple[Page, ...]
    rows: list[Row]
    outline: Outline
    path: Path
    unseen: bool
    hidden_rows: Collection[int]

    def elsewhere(self, names: Collection[str]) -> list[str]:
        """Return in which of the other sheets one of some names stands near the top."""
        wanted = set(fold(list(names)))
        return [
            page.title
            for page in self.others
            if not wanted.isdisjoint(fold([str(cell) for row in page.rows(fill=False)[:HEAD] for cell in row if cell]))
        ]

    def spellings(self, names: Collection[str]) -> dict[str, set[str]]:
        """Return for each of some columns how its cells are written; see `envindicators.frames.csv.spelling`."""
        header, *below = [*self.outline.under_heading(self.path, self.rows, [], [])] or [()]
        titles = [column_name(cell, position) for position, cell in enumerate(header)]
        return {name: _spellings(below, position) for position, name in enumerate(titles) if name in names}


def sheet_names(path: Path) -> list[str]:
    """Return the names of the sheets of a workbook; none of a file that cannot be read."""
    try:
        return [page.title for page in workbook_pages(path)]
    except UnreadableTable:
        return []


def read_sheets(path: Path, sheets: Sequence[str | int], outline: Outline, *, merged: bool = False) -> list[SheetCells]:
    """Return the cells of some sheets, given by their names or positions.

    Args:
        path: the file.
        sheets: the names or positions.
        outline: where in each sheet the table stands.
        merged: whether what stands in merged cells stands in all of them, as the sheet shows it.
    """
    pages = workbook_pages(path)
    read = [page_of(pages, path, sheet) for sheet in sheets]
    others = tuple(page for page in pages if page not in read and page.holds)
    heading = (outline.heading or (1,))[-1]
    shown = any(not page.hidden for page in others)
    return [
        SheetCells(
            page.title, others, page.rows(fill=merged, heading=heading), outline, path,
            unseen=page.hidden and shown and not isinstance(sheet, str), hidden_rows=page.hidden_rows(),
        )
        for page, sheet in zip(read, sheets, strict=True)
    ]  # fmt: skip


def workbook_pages(path: Path) -> list[Page]:
    """Return the sheets of a workbook, whatever kind its name says it is of."""
    return _PAGES[workbook_kind(path)](path)


_PAGES: Mapping[WorkbookKind, Callable[[Path], list[Page]]] = {"xlsx": xlsx_pages, "xls": xls_pages, "ods": ods_pages}


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

    def parse(column: list[Any], _: int, name: str) -> Column:
        if name in text and not set(map(type, column)) <= {str, type(None)}:
            return from_objects([_as_text(cell) for cell in column])
        return from_objects(plain_dates(column))

    hidden = {number - cells.outline.first_row: number for number in cells.hidden_rows}
    for piece in open_rows(path, source, _as_wide(cells), parse, columns, cells.outline, left_out):
        yield Sheet(
            piece.backend, piece.names, piece.length, piece.columns, piece.source, piece.places,
            sheet=cells.title, others=tuple(page.title for page in cells.others), elsewhere=cells.elsewhere,
            legacy_font=piece.legacy_font, last=piece.last, beside=piece.beside, unseen=cells.unseen,
            hidden=hidden,
        )  # fmt: skip


def _as_wide(cells: SheetCells) -> Sequence[Row]:
    """Return the rows of a sheet, those that hold something at least as wide as its heading.

    A sheet of some formats does not say where a row ends, only which of its cells hold something.
    """
    heading = [cells.rows[number - 1] for number in cells.outline.heading or (1,) if number <= len(cells.rows)]
    width = max(map(len, heading), default=0)
    if min(map(len, filter(None, cells.rows)), default=width) >= width:
        return cells.rows
    return [[*row, *[None] * (width - len(row))] if 0 < len(row) < width else row for row in cells.rows]


def _is_whole(cell: Any) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell == cell // 1


def _as_text(cell: Any) -> Any:
    cell = cell.value if isinstance(cell, Spanning) else cell
    return str(int(cell)) if _is_whole(cell) else cell


def _spellings(rows: Sequence[Row], position: int) -> set[str]:
    """Return how the cells of a column are written; after text nothing else tells."""
    found: set[str] = set()
    for row in rows:
        if position < len(row) and row[position] is not None:
            found.add(_spelling(row[position]))
            if "text" in found:
                break
    return found


def _spelling(cell: Any) -> str:
    cell = cell.value if isinstance(cell, Spanning) else cell
    if isinstance(cell, str):  # what the sheet holds as text is text, whatever is written there
        return "text"
    return "whole" if _is_whole(cell) else "truth" if isinstance(cell, bool) else "other"
