"""Sheets that python-calamine reads exactly and in bounded memory: as programs write tables of numbers and text."""

from __future__ import annotations

import re

FORMULAS = (b"<f>", b"<f ", b":f>", b":f ")
"""How a formula begins in the XML of a sheet."""

_ODD = (
    b"<!",  # a comment, CDATA, or an entity of the file's own
    *FORMULAS,  # which may never have been computed
    b't="e"', b't="d"',  # an error, which is no blank; a date that is text
    b":c>", b":c ", b"<c\n", b"<c\t", b"<c\r",  # cells that are written otherwise, and so could not be counted
)  # fmt: skip
"""What stands in the XML of sheets that may mean something else to another reader."""

_FAR_COLUMN = re.compile(rb' r="([A-Za-z]{2,})')
_ROW = re.compile(rb'<row [^>]*?r="(\d+)"')
_LAST_COLUMN, _LAST_ROW = 2**14, 2**20

_SMALL = 5_000_000
"""So many cells are few, whether they hold something or not."""

_SPARSE = 4
"""How many times as many cells as are written a sheet may span to its corner."""


def is_plain(xml: bytes) -> bool:
    """Return whether the cells of a sheet are plain, and few of those that it spans are empty.

    What spans more is read cell by cell, since a table that is held whole reaches to its last corner.

    Args:
        xml: the sheet.
    """
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff") or any(odd in xml for odd in _ODD):
        return False
    if not xml.rstrip().endswith(b"worksheet>"):
        return False
    cells, rows = xml.count(b"<c "), xml.count(b"<row ")
    if xml.count(b' r="') != cells + rows:
        return False
    width = max((_number(letters) for letters in set(_FAR_COLUMN.findall(xml))), default=26)
    if width > _LAST_COLUMN:
        return False
    last = max(map(int, _ROW.findall(xml)), default=0)
    return last <= _LAST_ROW and width * last <= max(_SMALL, _SPARSE * cells)


def _number(letters: bytes) -> int:
    """Return the number of a column from its letters."""
    number = 0
    for letter in letters.upper()[:4]:
        number = 26 * number + letter - 64
    return number
