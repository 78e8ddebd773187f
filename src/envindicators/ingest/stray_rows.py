"""Rows of a file that seem to be none of its table: notes, headings, units, signatures, the numbers of its columns.

They are refused for what their cells lack. Which they are is never guessed: the error tells what to say in a form, or
a note where nothing is wrong with them.
"""

from __future__ import annotations

import re
from typing import Any

from envindicators.ingest.reading import Reading
from envindicators.words.marks import truth_of
from envindicators.words.message import Message

_FIGURE = re.compile(r"\s*(?:[-\u2212~<>]?\s*\d|[=#])")
_NUMBERING = re.compile(r"([A-Za-z]|\(?([A-Za-z]|\d{1,2})\)?)(\s*=.*)?")
_FEWEST = 3
"""So many numbers of columns beside each other tell."""
_FIRST = range(1, 6)
"""What the first column of figures may be numbered as, behind those that tell rows apart."""
_NAMED = 10
"""How many rows are named in a message."""


def point_out_strays(reading: Reading) -> None:
    """Add to the errors of rows that seem to be none of the table how a form leaves them out.

    A row of the numbers of the columns that nothing is wrong with is noted, since it would count as an area.
    """
    frame, findings, form = reading.frame, reading.findings, reading.plan.form
    wrong = {problem.row for problem in findings.listed if problem.severity == "error" and problem.row is not None}
    if frame.last is None or not frame.length:
        return
    first_row = (form.heading or (1,))[-1] + 1
    if 0 not in wrong and _counts_up(reading, 0):
        area = reading.column("area").value(0)
        findings.add("numbering_row", reading.table.key, row=0, value=area, severity="note", skip=first_row)
    if not wrong:
        return
    foot = frame.length
    while foot and form.foot == 0 and _is_stray(reading, foot - 1):
        foot -= 1
    within = [row for row in sorted(wrong) if row < foot and _is_stray(reading, row)]
    numbers = [_number(reading, row) + first_row for row in within]
    shown = ", ".join(map(str, [*form.skip, *numbers][:_NAMED])) + (", ..." if len(numbers) > _NAMED else "")
    for row in within:
        if _is_numbering(reading, row):
            aside = Message(
                "; this seems to be the row of the numbers of the columns: leave it out by skip=[{rows}] in the form "
                "of the table",
                rows=shown,
            )
        else:
            aside = Message(
                "; if this is no row of the table but a heading, unit or note, leave it out by skip=[{rows}] in the "
                "form of the table",
                rows=shown,
            )
        findings.put_beside(row, aside)
    below = Message(
        "; if this is no row of the table but a note or signature below it, leave it out by foot={count} in the form "
        "of the table",
        count=0 if foot == frame.length else frame.last - _number(reading, foot) + 1,
    )
    for row in wrong:
        if row >= foot:
            findings.put_beside(row, below)


def _number(reading: Reading, row: int) -> int:
    """Return the position of a row in its file."""
    place = reading.frame.place(row)
    return row if place is None else place


def _is_stray(reading: Reading, row: int) -> bool:
    """Return whether a row holds no figure, and cannot be told from others or holds but one cell."""
    table, frame = reading.table, reading.frame
    figures = _figures(reading, row)
    telling = [
        reading.column(name).value(row)
        for name in (*reading.plan.key_names, *(category.key for category in table.categories), table.id)
        if name is not None and name in frame.names
    ]
    if _is_numbering(reading, row):
        return True
    if any(map(_is_figure, figures.values())):
        return False
    held = [value for value in (*telling, *figures.values()) if value is not None]
    return bool(reading.unclear[row]) or None in telling or len(held) <= 1


def _is_figure(value: Any) -> bool:
    """Return whether a cell holds a number or truth, or text that may be one."""
    return value is not None and not (isinstance(value, str) and truth_of(value) is None and not _FIGURE.match(value))


def _is_numbering(reading: Reading, row: int) -> bool:
    """Return whether a row below the heading holds the letters and numbers of columns."""
    if _number(reading, row) > 0:
        return False
    cells = [reading.column(name).value(row) for name in reading.frame.names if reading.frame.holds(name)]
    held = [str(cell) for cell in cells if cell is not None]
    return len(held) >= _FEWEST and all(map(_NUMBERING.fullmatch, held))


def _counts_up(reading: Reading, row: int) -> bool:
    """Return whether a row below the heading has the letter or number of a column for an area, and for figures too."""
    if _number(reading, row) > 0:
        return False
    area = str(reading.column("area").value(row)).removesuffix(".0")
    figures = [str(value).removesuffix(".0") for value in _figures(reading, row).values() if value is not None]
    numbers = sorted(int(figure) for figure in figures if figure.isdecimal())
    first = min(numbers, default=0)
    follow = first in _FIRST and numbers == list(range(first, first + len(numbers)))
    return bool(_NUMBERING.fullmatch(area)) and follow and len(numbers) == len(figures) > 1


def _figures(reading: Reading, row: int) -> dict[str, Any]:
    """Return what stands in the columns of figures of a row, by those that came."""
    return {name: reading.column(name).value(row) for name in reading.table.figures if name in reading.frame.names}
