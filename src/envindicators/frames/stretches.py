"""Stretches of equal values: most files hold one area, or one year, after another, and need not be read row by row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

STEP = 1 << 16
"""Rows looked at at a time: where they lie in no order, that shows at once."""

_ROWS_A_STRETCH = 256
"""Stretches are worth their while if they are of so many rows, on average."""


def stretch_starts(length: int, changes: Callable[[int, int], NDArray[np.bool_]]) -> NDArray[np.int64] | None:
    """Return where stretches of equal values begin in a column, None if there are many of them beside its rows.

    Args:
        length: the number of rows.
        changes: returns for each of the rows from one to before another whether it differs from the row before it.
    """
    starts = [np.zeros(min(1, length), dtype=np.int64)]
    count = 0
    for start in range(1, length, STEP):
        starts.append(np.flatnonzero(changes(start, min(start + STEP, length))) + start)
        count += len(starts[-1])
        if count * _ROWS_A_STRETCH > max(length, STEP):
            return None
    return np.concatenate(starts)


def spread(values: NDArray[Any], starts: NDArray[np.int64], length: int) -> NDArray[Any]:
    """Return for each row of a column the value of its stretch."""
    return np.repeat(values, np.diff(starts, append=length))
