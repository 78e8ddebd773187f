"""Files as they should not be: workbooks that are damaged, locked, of another kind, or of another table."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl

HEADER = ["area", "settlement", "persons", "hygienic_water"]
ROWS = [["Mỹ Tú", "rural", 400, 390], ["Kế Sách", "rural", 600, 500], ["Long Phú", "rural", 250, 200]]
TABLE = [HEADER, *ROWS]
SHEET = "xl/worksheets/sheet1.xml"

Edit = Callable[[str, bytes], bytes | None]
"""Given the name and content of a part of a workbook, returns what stands there instead, None for nothing."""


def csv(*rows: Sequence[Any], separator: str = ",") -> bytes:
    """Return rows as a text file; None is a blank cell."""
    return "".join(
        separator.join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows or TABLE
    ).encode()


def having(row: int, column: str, value: Any) -> list[list[Any]]:
    """Return the table with another value in one of its rows, from 1."""
    rows = [list(each) for each in TABLE]
    rows[row][HEADER.index(column)] = value
    return rows


def book(*rows: Sequence[Any], change: Callable[[Any], object] | None = None, edit: Edit | None = None) -> bytes:
    """Return rows as a workbook, after changing it by openpyxl, then its parts."""
    made = openpyxl.Workbook()
    made.active.title = "Biểu 1"
    for row in rows or TABLE:
        made.active.append(list(row))
    if change is not None:
        change(made)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue() if edit is None else edited(content.getvalue(), edit)


def edited(content: bytes, edit: Edit) -> bytes:
    """Return a workbook with its parts edited."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in archive.infolist():
            after = edit(part.filename, archive.read(part))
            if after is not None:
                copy.writestr(part.filename, after)
    return changed.getvalue()


def in_sheet(change: Callable[[bytes], bytes]) -> Edit:
    """Return what changes the XML of the sheet."""
    return lambda name, content: change(content) if name == SHEET else content


def instead(pattern: bytes, other: bytes) -> Edit:
    """Return what puts something else in the place of a pattern in the XML of the sheet."""
    return in_sheet(lambda xml: re.sub(pattern, other, xml))


def without(part: str) -> Edit:
    """Return what takes a part away."""
    return lambda name, content: None if name == part else content


def strict(name: str, content: bytes) -> bytes:
    """Return a part as strict workbooks write it."""
    del name
    usual = b"http://schemas.openxmlformats.org/"
    for kind in (b"spreadsheetml/2006/main", b"officeDocument/2006/relationships"):
        content = content.replace(usual + kind, b"http://purl.oclc.org/ooxml/" + kind.replace(b"/2006", b""))
    return content


def flipped(content: bytes) -> bytes:
    """Return a workbook with some bytes in the middle of its sheet turned over."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.getinfo(SHEET)
    middle = sheet.header_offset + 30 + len(sheet.filename) + sheet.compress_size // 2
    turned = bytes(byte ^ 0xFF for byte in content[middle : middle + 8])
    return content[:middle] + turned + content[middle + 8 :]


def ole(*streams: str) -> bytes:
    """Return a file of the old container of Microsoft that names some streams, and holds nothing."""
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names.ljust(4096, b"\0")


def ods(rows: str, manifest: str = "<manifest/>", end: int | None = None) -> bytes:
    """Return an OpenDocument sheet with rows as XML, cut off at some place."""
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    names = {"o": "office", "t": "table", "x": "text"}
    spaces = " ".join(f'xmlns:{name}="{urn}:{kind}:1.0"' for name, kind in names.items())
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", f'<o:c {spaces}><t:table t:name="a">{rows}</t:table></o:c>'[:end])
    return content.getvalue()


def ods_row(*cells: str) -> str:
    written = (f'<t:table-cell o:value-type="string"><x:p>{cell}</x:p></t:table-cell>' for cell in cells)
    return f"<t:table-row>{''.join(written)}</t:table-row>"


def sheet_with(*rows: Sequence[Any], title: str = "Số liệu", position: int | None = None) -> Callable[[Any], None]:
    """Return what adds a sheet to a workbook."""

    def add(made: Any) -> None:
        page = made.create_sheet(title, position)
        for row in rows:
            page.append(list(row))

    return add


def error_in(cell: str, error: str) -> Callable[[Any], None]:
    """Return what puts an error of Excel into a cell."""

    def put(made: Any) -> None:
        made.active[cell] = error
        made.active[cell].data_type = "e"

    return put
