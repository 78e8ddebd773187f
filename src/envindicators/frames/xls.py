"""Reading the workbooks of Excel up to 2003 (.xls), whose sheets have at most 65,536 rows of 256 cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from envindicators.frames.calamine import calamine_cells
from envindicators.frames.packages import needed
from envindicators.frames.page import Page
from envindicators.frames.workbook_kind import damaged, locked


def xls_pages(path: Path) -> list[Page]:
    """Return the sheets of a workbook.

    Raises:
        UnreadableTable: if it cannot be read: it has a password, or is damaged.
    """
    calamine = needed("python_calamine", path, "excel")
    try:
        # not by its path, of which the name may be that of another kind
        with path.open("rb") as file, calamine.CalamineWorkbook.from_filelike(file) as book:
            shown = calamine.SheetVisibleEnum.Visible
            hidden = {sheet.name for sheet in book.sheets_metadata if sheet.visible != shown}
            return [_page(book.get_sheet_by_name(name), hidden=name in hidden) for name in book.sheet_names]
    except calamine.PasswordError as error:
        raise locked(path) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise damaged(path, error) from error


def _page(sheet: Any, *, hidden: bool) -> Page:
    rows, merged = calamine_cells(sheet)
    return Page(sheet.name, bool(rows), lambda: (list(rows), merged), hidden)
