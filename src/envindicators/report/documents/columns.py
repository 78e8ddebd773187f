"""How wide the columns of a printed table are: so wide that no word is torn apart."""

from __future__ import annotations

import re

from envindicators.report.documents.paper import Grid

_LETTER, _CAPITAL = 0.56, 0.75
"""How wide a letter is on average, and a capital that is bold, in the size of letters."""

_MILLIMETRE = 25.4 / 72
_SIDES = 2.6
"""What the margins of a cell take, in millimetres."""

_BREAKS = re.compile(r"[\s–]+|(?<=[-/])")
_SMALLEST = 7.0


def fitted(grid: Grid, width: float, size: float) -> tuple[list[float], float]:
    """Return the widths of the columns in millimetres, and the size of letters that suits them.

    Args:
        grid: the table.
        width: how wide it is.
        size: the size of letters, if there is room for it.
    """
    widest = [_widest(grid, column) for column in range(len(grid.heads))]
    while True:
        needed = [word * size * _MILLIMETRE + _SIDES for word in widest]
        if sum(needed) <= width or size <= _SMALLEST:
            break
        size -= 0.5
    if sum(needed) > width:
        return [each * width / sum(needed) for each in needed], size
    wished = [weight * width / sum(grid.widths) for weight in grid.widths]
    return _shared(wished, needed, width), size


def _shared(wished: list[float], needed: list[float], width: float) -> list[float]:
    """Return widths as wished, but nowhere less than needed: what that takes comes from those with more."""
    fixed: set[int] = set()
    while True:
        room = width - sum(needed[place] for place in fixed)
        free = [place for place in range(len(wished)) if place not in fixed]
        share = room / (sum(wished[place] for place in free) or 1)
        short = {place for place in free if wished[place] * share < needed[place] - 1e-9}
        if not short:
            return [needed[place] if place in fixed else wished[place] * share for place in range(len(wished))]
        fixed |= short


def _widest(grid: Grid, column: int) -> float:
    """Return how wide the widest word of a column is, in the size of letters."""
    if column in grid.codes:
        return 17 * _LETTER
    cells = [grid.heads[column], *(row[column] for row in grid.rows)]
    words = {word for cell in cells for word in _BREAKS.split(cell)}
    return max((sum(_CAPITAL if letter.isupper() else _LETTER for letter in word) for word in words), default=0)
