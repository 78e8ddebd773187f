"""Stretches: counting units that stand in rows of one key after another, as most files hold them.

Where a file holds one area after another, what belongs together need not be looked for row by row: a stretch of rows
is counted as a whole. Nothing else changes: the cells are those that would come of the same rows in any order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from envindicators.cells.grouping import CHUNK
from envindicators.cells.sums import MISSING_VALUE, NO_SUMS, added_up

PATTERNS = 8
"""With more patterns than these, looking at every row once is faster than looking for each pattern in turn."""


def cells_by_stretch(
    starts: NDArray[np.int64],
    site: NDArray[Any],
    columns: Sequence[tuple[Any, int]],
    kinds: NDArray[np.int64],
    length: int,
    values: NDArray[np.int64],
) -> tuple[tuple[NDArray[Any], NDArray[Any], NDArray[np.int64]], NDArray[Any]]:
    """Return the cells of some units, site, kind and number of each, in order, and what their values add up to.

    Args:
        starts: where the stretches begin, of which none goes on from one slice of `CHUNK` units to the next.
        site: for each stretch the position of its key.
        columns: those that a pattern is of, each as codes and the number of codes; patterns are at most `PATTERNS`.
        kinds: for each pattern its kind.
        length: the number of units.
        values: for each unit its values, so small that their sums fit into 64 bits.
    """
    most = int(kinds.max()) + 1
    bounds = np.searchsorted(starts, [*range(0, length, CHUNK), length]).tolist()
    counts = np.zeros((len(starts), len(kinds)), dtype=np.int64)
    counts[:, 0] = np.diff(starts, append=length)
    sums = np.zeros((len(starts), len(kinds), 3 * values.shape[1]), dtype=np.int64)
    for place, start in enumerate(range(0, length, CHUNK)):
        rows, of_rows = slice(start, min(start + CHUNK, length)), slice(bounds[place], bounds[place + 1])
        begins = starts[of_rows] - start
        pattern = _patterns(columns, rows)
        for code in range(len(kinds)):
            marked = None if pattern is None else pattern == code
            if marked is not None and code:
                counts[of_rows, code] = _numbers(marked, begins)
            for column in range(values.shape[1]):
                sums[of_rows, code, 3 * column : 3 * column + 3] = _summed(values[rows, column], marked, begins)
    counts[:, 0] -= counts[:, 1:].sum(axis=1)
    stretch, of_pattern = np.nonzero(counts)
    codes = site[stretch].astype(np.int64) * most + kinds[of_pattern]
    cells, which = np.unique(codes, return_inverse=True)
    weight = np.zeros(len(cells), dtype=np.int64)
    np.add.at(weight, which, counts[stretch, of_pattern])
    added = added_up(sums[stretch, of_pattern], which, len(cells)) if values.shape[1] else NO_SUMS
    return (*np.divmod(cells, most), weight), added


def _patterns(columns: Sequence[tuple[Any, int]], rows: slice) -> NDArray[np.int8] | None:
    """Return the pattern of each row, None where there is but one."""
    pattern = None
    for codes, size in columns:
        own = codes[rows].astype(np.int8, copy=False)
        pattern = own if pattern is None else pattern * np.int8(size) + own
    return pattern


def _summed(values: NDArray[np.int64], marked: NDArray[np.bool_] | None, begins: NDArray[np.int64]) -> NDArray[Any]:
    """Return by stretch what the values of the marked rows add up to: below 0, above, and how many are missing."""
    sums = np.zeros((len(begins), 3), dtype=np.int64)
    gone = values == MISSING_VALUE
    held = values.copy()
    held[gone] = 0
    if marked is not None:
        gone &= marked
        held *= marked
    if held.min() < 0:
        sums[:, 0] = np.add.reduceat(np.minimum(held, 0), begins)
        held = np.maximum(held, 0)
    sums[:, 1] = np.add.reduceat(held, begins)
    sums[:, 2] = _numbers(gone, begins)
    return sums


def _numbers(marked: NDArray[np.bool_], begins: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return by stretch how many rows are marked, of a slice of the rows."""
    numbers: NDArray[np.int32] = np.add.reduceat(marked.view(np.int8), begins, dtype=np.int32)
    return numbers
