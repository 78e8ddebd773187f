"""The values of formulas, for those who read a workbook without computing it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import NamedTuple

_FORMULA = re.compile(rb'(<c r="([A-Z]+[0-9]+)"[^>]*>)(<f>[^<]*</f>)<v ?/?>(?:</v>)?')


class Computed(NamedTuple):
    """A cell with a formula, and its value."""

    cell: str
    value: float


def cached(archive: bytes, sheets: Sequence[Sequence[Computed]]) -> bytes:
    """Return a workbook whose formulas have their values beside them, sheet by sheet.

    openpyxl writes formulas alone, which readers that do not compute, as previews and pandas, show as blank cells.
    """
    written = io.BytesIO()
    names = {f"xl/worksheets/sheet{place}.xml": computed for place, computed in enumerate(sheets, start=1)}
    with zipfile.ZipFile(io.BytesIO(archive)) as given, zipfile.ZipFile(written, "w") as made:
        for part in given.infolist():
            made.writestr(part, _valued(given.read(part), names.get(part.filename, ())))
    return written.getvalue()


def _valued(sheet: bytes, computed: Sequence[Computed]) -> bytes:
    """Return a sheet whose formulas have their values beside them."""
    values = {found.cell.encode(): repr(found.value).encode() for found in computed}

    def with_value(formula: re.Match[bytes]) -> bytes:
        return b"%b%b<v>%b</v>" % (formula[1], formula[3], values[formula[2]])

    return _FORMULA.sub(with_value, sheet) if values else sheet
