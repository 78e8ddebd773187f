"""Sheets that python-calamine reads exactly and in bounded memory: as programs write tables of numbers and text."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

FORMULAS = (b"<f>", b"<f ", b":f>", b":f ")
"""How a formula begins in the XML of a sheet."""

_ODD_TYPES = (b't="e"', b't="d"')
"""Cells that are an error, which is no blank, and dates that are text."""

_REFERENCE = re.compile(rb' r="([A-Za-z]+)([0-9]+)"')
_LAST_COLUMN, _LAST_ROW = 2**14, 2**20

_SMALL = 5_000_000
"""So many cells are few, whether they hold something or not."""

_FEW_COLUMNS = 26
"""A sheet is taken to be as wide as this at the least."""

_SPARSE = 4
"""How many times as many cells as are written a sheet may span to its corner."""

_PIECE, _AHEAD = 2**20, 32
"""How many bytes are looked at together, and how many more, so that no tag is cut before its reference ends."""

_LONGEST_REFERENCE = 12
"""So many signs hold the place of any cell; more are nowhere."""


def is_plain(xml: bytes) -> bool:
    """Return whether the cells of a sheet are plain, and few of those that it spans are empty.

    What spans more is read cell by cell, since a table that is held whole reaches to its last corner.

    Args:
        xml: the sheet.
    """
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff") or not xml.rstrip().endswith(b"worksheet>"):
        return False
    cells, width, last = 0, _FEW_COLUMNS, 0
    placed = True
    for start in range(0, len(xml), _PIECE):
        piece = xml[start : start + _PIECE + _AHEAD]
        if any(odd in piece for odd in _ODD_TYPES):
            return False
        held = np.frombuffer(piece.ljust(_PIECE + _AHEAD), dtype=np.uint8)
        tags, starts = _behind(held, b"<")
        if _ODD_TAG[starts].any() or _ODD_NAME[_behind(held, b":")[1]].any():
            return False
        of_piece = tags[starts == _CELL]
        cells += len(of_piece)
        if placed:
            placed = all((held[of_piece + 3 + place] == sign).all() for place, sign in enumerate(b'r="'))
            corner = _corner(held, of_piece + 6)
            width, last = max(width, corner[0]), max(last, corner[1])
    if not placed:  # a program may state something else of a cell before its place
        places = _REFERENCE.findall(xml)
        if len(places) != cells:
            return False
        width = max(_FEW_COLUMNS, *(_number(letters) for letters in {letters for letters, _ in places}))
        last = max((int(digits[:8]) for _, digits in places), default=0)
    return width <= _LAST_COLUMN and last <= _LAST_ROW and width * last <= max(_SMALL, _SPARSE * cells)


def _behind(held: NDArray[np.uint8], sign: bytes) -> tuple[NDArray[np.intp], NDArray[Any]]:
    """Return where a sign stands among some bytes, and for each the two bytes behind it as one number."""
    places = np.flatnonzero(held[:_PIECE] == sign[0])
    return places, held[places + 1].astype(np.uint16) << 8 | held[places + 2]


def _corner(held: NDArray[np.uint8], places: NDArray[np.intp]) -> tuple[int, int]:
    """Return the greatest column and row of some cells, whose references begin at some places."""
    column, row = np.zeros((2, len(places)), dtype=np.int64)
    inside = np.ones(len(places), dtype=np.bool_)
    for place in range(_LONGEST_REFERENCE):
        sign = held[places + place]
        inside &= sign >= ord("0")
        if not inside.any():
            break
        letter, digit = inside & (sign >= ord("A")), inside & (sign <= ord("9"))
        if letter.any():
            column[letter] = 26 * column[letter] + (sign[letter] & 0b11111)
        if digit.any():
            row[digit] = 10 * row[digit] + (sign[digit] - ord("0"))
    return int(column.max(initial=0)), int(row.max(initial=0))


def _lookup(firsts: bytes, seconds: bytes) -> NDArray[np.bool_]:
    """Return for each two bytes whether the first and the second are among some."""
    found = np.zeros((2**8, 2**8), dtype=np.bool_)
    found[np.ix_([*firsts], [*seconds])] = True
    return found.reshape(-1)


_CELL = int.from_bytes(b"c ", "big")
_BREAKS = b"\n\t\r"
_ODD_TAG = _lookup(b"!", bytes(range(256))) | _lookup(b"f", b"> /" + _BREAKS) | _lookup(b"c", b">/" + _BREAKS)
"""How tags begin that may mean something else to another reader: a comment, CDATA or an entity of the file's own; a
formula, which may never have been computed; a cell without a place, or written otherwise, that could not be counted."""

_ODD_NAME = _lookup(b"cf", b"> /" + _BREAKS)
"""The same behind a prefix."""


def _number(letters: bytes) -> int:
    """Return the number of a column from its letters."""
    number = 0
    for letter in letters.upper()[:4]:
        number = 26 * number + letter - 64
    return number
