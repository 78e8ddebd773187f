"""Reading the workbooks of Excel since 2007 (.xlsx): plain sheets by python-calamine, all others by openpyxl."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree

from attrs import field, frozen

from envindicators.errors import UnreadableTable
from envindicators.frames.calamine import calamine_cells
from envindicators.frames.column import EXACT_FLOATS
from envindicators.frames.grid import Row
from envindicators.frames.packages import needed
from envindicators.frames.page import Merged, Page
from envindicators.frames.plain_sheets import FORMULAS, is_plain
from envindicators.frames.workbook_kind import damaged, no_workbook, too_large
from envindicators.words.message import Message

_LARGEST = 2**30
"""So many bytes of XML are too many for a sheet."""

_LARGEST_ODD = 2**28
"""The same for one that is read cell by cell."""

_STRICT: Mapping[bytes, bytes] = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
"""The names by which strict workbooks call what others call otherwise."""

_HOLDS = re.compile(rb"<(?:\w+:)?(?:v|t|f)[ >]")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_ATTRIBUTES = re.compile(rb'(\w+)="([^"]*)"')
_DIGITS = 7
"""The number of a row has no more."""

_NAMES = re.compile(rb"<((?:\w+:)?definedNames)\b.*?</\1>", re.DOTALL)


def xlsx_pages(path: Path) -> list[Page]:
    """Return the sheets of a workbook; those that are charts are none.

    Raises:
        UnreadableTable: if it cannot be read: it is damaged, or holds too much.
    """
    needed("openpyxl", path, "excel")
    needed("python_calamine", path, "excel")
    book = _Book(path)
    sheets = book.sheets()
    if not sheets:
        raise no_workbook(path, Message("it has no sheet with cells"))
    return [Page(sheet.title, sheet.holds, sheet.read, sheet.hidden, sheet.hidden_rows) for sheet in sheets]


@frozen(eq=False)
class _Book:
    """A workbook.

    Args:
        path: the file.
    """

    path: Path
    _read: dict[bool, Any] = field(factory=dict[bool, Any], init=False)

    def sheets(self) -> list[_Sheet]:
        """Return its sheets in their order."""
        try:
            with zipfile.ZipFile(self.path) as archive:
                parts = _sheet_parts(archive)
                return [
                    _Sheet(self, title, part, self._holds(archive, part), hidden)
                    for title, (part, hidden) in parts.items()
                ]
        except (KeyError, zipfile.BadZipFile, zlib.error, ElementTree.ParseError, OSError, ValueError) as error:
            raise damaged(self.path, error) from error

    def _holds(self, archive: zipfile.ZipFile, part: str) -> bool:
        """Return whether a sheet holds something, reading no more of it than that takes."""
        before = b""
        with archive.open(part) as content:
            while piece := content.read(2**16):
                if _HOLDS.search(before + piece):
                    return True
                before = piece[-32:]
        return False

    def xml(self, part: str, title: str) -> bytes:
        """Return the XML of a sheet.

        Raises:
            UnreadableTable: if it is too large.
        """
        with zipfile.ZipFile(self.path) as archive:
            shared = (size.file_size for size in archive.infolist() if size.filename.endswith("sharedStrings.xml"))
            if max(archive.getinfo(part).file_size, *shared, 0) > _LARGEST:
                raise too_large(self.path, title)
            return archive.read(part)

    def openpyxl(self, *, data_only: bool) -> Any:
        """Return the workbook as openpyxl reads it, with values or with formulas."""
        if data_only not in self._read:
            self._read[data_only] = self._loaded(data_only=data_only)
        return self._read[data_only]

    def _loaded(self, *, data_only: bool) -> Any:
        openpyxl = needed("openpyxl", self.path, "excel")
        try:
            try:
                with self.path.open("rb") as file:
                    book = openpyxl.load_workbook(file, data_only=data_only)
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001 - charts without a chart, parts that are named and not there
                book = openpyxl.load_workbook(_bare(self.path), data_only=data_only)
            else:
                if not book.worksheets:  # it knows no strict workbooks
                    book = openpyxl.load_workbook(_bare(self.path), data_only=data_only)
        except MemoryError:
            raise
        except Exception as error:  # a damaged workbook makes openpyxl raise whatever its parsers do
            raise damaged(self.path, error) from error
        return book


@frozen(eq=False, slots=False)
class _Sheet:
    """A sheet of a workbook.

    Args:
        book: the workbook.
        title: its name.
        part: which part of the file it is.
        holds: whether a cell of it holds something.
        hidden: whether it is not shown.
    """

    book: _Book
    title: str
    part: str
    holds: bool
    hidden: bool

    def read(self) -> tuple[list[Row], Sequence[Merged]]:
        """Return its rows, and the ranges that are merged."""
        return list(self._cells[0]), self._cells[1]

    def hidden_rows(self) -> frozenset[int]:
        """Return the numbers of the rows that are not shown."""
        return self._cells[2]

    @cached_property
    def _cells(self) -> tuple[list[Row], Sequence[Merged], frozenset[int]]:
        try:
            xml = self.book.xml(self.part, self.title)
        except (KeyError, zipfile.BadZipFile, zlib.error, OSError) as error:
            raise damaged(self.book.path, error) from error
        hidden = _hidden_rows(xml)
        cells = self._plain() if is_plain(xml) else None
        if cells is not None:
            return *cells, hidden
        if len(xml) > _LARGEST_ODD:
            raise too_large(self.book.path, self.title)
        values = self.book.openpyxl(data_only=True)[self.title]
        written = self.book.openpyxl(data_only=False)[self.title] if _has_formulas(xml) else values
        merged = [(area.min_row, area.min_col, area.max_row, area.max_col) for area in values.merged_cells.ranges]
        return _rows(values, written), merged, hidden

    def _plain(self) -> tuple[list[Row], Sequence[Merged]] | None:
        """Return the same as python-calamine reads it, None where it cannot."""
        calamine = needed("python_calamine", self.book.path, "excel")
        try:
            with self.book.path.open("rb") as file, calamine.CalamineWorkbook.from_filelike(file) as book:
                return calamine_cells(book.get_sheet_by_name(self.title))
        except (calamine.CalamineError, OSError, ValueError):
            return None


def _hidden_rows(xml: bytes) -> frozenset[int]:
    if b'hidden="' not in xml:
        return frozenset()
    rows = (dict(_ATTRIBUTES.findall(row)) for row in _ROW.findall(xml))
    numbers = (row.get(b"r", b"") for row in rows if row.get(b"hidden") in (b"1", b"true"))
    return frozenset(int(number) for number in numbers if number.isdigit() and len(number) <= _DIGITS)


def _has_formulas(xml: bytes) -> bool:
    return any(start in xml for start in FORMULAS)


# which parts are sheets


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, tuple[str, bool]]:
    """Return by the names of the sheets that have cells which part of the file each is, and whether it is hidden."""
    names = archive.namelist()
    book = _workbook_part(archive)
    targets = _targets(archive, book)
    found: dict[str, tuple[str, bool]] = {}
    for element in _parsed(archive.read(book)).iter():
        if element.tag.rpartition("}")[2] == "sheet":
            key = next((value for name, value in element.attrib.items() if name.endswith("}id")), "")
            kind, target = targets.get(key, ("", ""))
            if kind == "worksheet":
                if target not in names:
                    raise UnreadableTable(target)
                found[element.get("name", "")] = (target, element.get("state", "visible") != "visible")
    return found


def _workbook_part(archive: zipfile.ZipFile) -> str:
    """Return which part of a file is the workbook."""
    parts = (part for kind, part in _targets(archive, "").values() if kind == "officeDocument")
    return next(parts, "xl/workbook.xml")


def _targets(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return by the ids by which a part calls others their kinds and names; that of the whole has no name."""
    of = PurePosixPath("/", part)
    links = _parsed(archive.read(str(of.parent / "_rels" / f"{of.name}.rels").lstrip("/")))
    return {
        link.get("Id", ""): (
            link.get("Type", "").rpartition("/")[2],
            posixpath.normpath(str(of.parent / link.get("Target", ""))).lstrip("/"),
        )
        for link in links
    }


def _parsed(xml: bytes) -> ElementTree.Element:
    """Return XML that declares no entities, of which some grow beyond bounds."""
    if b"<!" in xml:
        raise UnreadableTable("<!DOCTYPE")
    return ElementTree.fromstring(xml)  # noqa: S314


def _bare(path: Path) -> io.BytesIO:
    """Return a workbook of nothing but sheets with cells: no charts, no drawings, no names; no strict one."""
    bare = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(bare, "w") as copy:
        book = _workbook_part(archive)
        charts = [key.encode() for key, (kind, _) in _targets(archive, book).items() if kind != "worksheet"]
        for part in archive.infolist():
            if part.filename.startswith(("xl/worksheets/_rels/", "xl/chartsheets/")):
                continue
            content = archive.read(part)
            if part.filename.endswith((".xml", ".rels")):
                for strict, usual in _STRICT.items():
                    content = content.replace(strict, usual)
            if part.filename == book:
                content = _NAMES.sub(b"", _SHEET.sub(lambda sheet: _unless_of(charts, sheet[0]), content))
            copy.writestr(part.filename, content)
    bare.seek(0)
    return bare


def _unless_of(keys: Iterable[bytes], sheet: bytes) -> bytes:
    """Return the element of a sheet, nothing for one of some parts."""
    return b"" if any(b':id="' + key + b'"' in sheet for key in keys) else sheet


# cells


def _values(sheet: Any) -> dict[tuple[int, int], Any]:
    """Return the cells of a sheet that hold something, by row and column from 1.

    Only what holds something is looked at: the corner of a sheet may be a million rows away from its table.
    """
    cells: dict[tuple[int, int], Any] = sheet._cells  # noqa: SLF001
    return {place: cell.value for place, cell in cells.items() if cell.value is not None}


def _rows(shown: Any, written: Any) -> list[Row]:
    """Return the rows of a sheet, which holds values and formulas; rows that hold nothing have no cells."""
    values = _values(shown)
    sources = values if written is shown else _values(written)
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
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= EXACT_FLOATS:
        return float(value)
    return value
