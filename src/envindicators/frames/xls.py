"""Reading the workbooks of Excel up to 2003 (.xls), whose sheets have at most 65,536 rows of 256 cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from envindicators.errors import UnreadableTable
from envindicators.frames.grid import Row
from envindicators.frames.packages import needed
from envindicators.frames.page import Page
from envindicators.words.message import Message


def xls_pages(path: Path) -> list[Page]:
    """Return the sheets of a workbook.

    Raises:
        UnreadableTable: if it cannot be read: it has a password, or is damaged.
    """
    calamine = needed("python_calamine", path, "excel")
    try:
        with calamine.CalamineWorkbook.from_path(path) as book:
            return [_page(book.get_sheet_by_name(name)) for name in book.sheet_names]
    except calamine.PasswordError as error:
        raise UnreadableTable(Message("{path}: has a password; save it without one", path=path)) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableTable(
            Message(
                "{path}: cannot be read as a workbook ({error}); open it in Excel or LibreOffice and save it anew",
                path=path,
                error=error,
            )
        ) from error


def _page(sheet: Any) -> Page:
    rows = [_row(cells) for cells in sheet.to_python(skip_empty_area=False)]
    while rows and not rows[-1]:
        rows.pop()
    merged = [(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1) for first, last in sheet.merged_cell_ranges or ()]
    return Page(sheet.name, bool(rows), lambda: list(rows), merged)


def _row(cells: list[Any]) -> Row:
    """Return the cells of a row, none for a row that holds nothing; a whole number is one."""
    row = [
        None if cell == "" else int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in cells
    ]
    return row if any(cell is not None for cell in row) else ()
