"""Rows of a file that seem to be none of its table: notes, headings, units, signatures, the numbers of its columns.

They are refused for what their cells lack. Which they are is never guessed: the error tells what to say in a form.
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
_NAMED = 10
"""How many rows are named in a message."""


def point_out_strays(reading: Reading) -> None:
    """Add to the errors of rows that seem to be none of the table how a form leaves them out."""
    frame, findings, form = reading.frame, reading.findings, reading.plan.form
    wrong = {problem.row for problem in findings.listed if problem.severity == "error" and problem.row is not None}
    if frame.last is None or not wrong:
        return
    first_row = (form.heading or (1,))[-1] + 1
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
    figures = [table.total, *(part.key for part in table.parts), *(value.key for value in table.values)]
    cells = {
        name: reading.column(name).value(row)
        for name in (*reading.plan.key_names, *(category.key for category in table.categories), table.id, *figures)
        if name is not None and name in frame.names
    }
    if _is_numbering(reading, row):
        return True
    if any(_is_figure(cells.get(name)) for name in figures):
        return False
    telling = [value for name, value in cells.items() if name not in figures]
    return bool(reading.unclear[row]) or None in telling or sum(value is not None for value in cells.values()) <= 1


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
