"""What the values of a table add up to, times the units that they are of: exact, whatever its size.

For each value column of a table there are three sums: of the values below 0, of those above, both times their units;
and the units of which the value is missing. Kept apart they say how much a sum is at the least and at the most where
no one knows which units belong to it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from envindicators.cells.grouping import CHUNK

MISSING_VALUE = -(2**63)
"""In the values of rows, what stands for a missing one."""

NO_SUMS: NDArray[Any] = np.zeros((0, 0), dtype=np.int64)
"""The sums, and the values, of a table without value columns."""

ROOM = 2**62
"""Sums that stay below fit into 64 bits with room to spare."""


def largest(values: NDArray[np.int64]) -> int:
    """Return the largest value that is known, taken without its sign."""
    found = 0
    for start in range(0, len(values) if values.shape[1] else 0, CHUNK):
        # a missing value has no counterpart above 0: it stays below
        found = max(found, int(np.abs(values[start : start + CHUNK]).max()))
    return found


def sums_of(values: NDArray[np.int64], weight: NDArray[np.int64]) -> NDArray[Any]:
    """Return the sums of some units, three columns for each value column.

    Args:
        values: a row for each of them, a column for each value column.
        weight: how many units each stands for.
    """
    if not values.shape[1]:
        return NO_SUMS
    columns = [np.ascontiguousarray(column) for column in values.T]  # numpy is slow over rows of one value
    units: NDArray[Any] = weight
    if largest(values) * float(weight.sum(dtype=np.float64)) >= ROOM:
        units = weight.astype(object)
    sums = np.empty((len(values), 3 * len(columns)), dtype=units.dtype, order="F")
    for place, column in enumerate(columns):
        missing = column == MISSING_VALUE
        held = np.where(missing, 0, column)
        for part, of_units in enumerate((np.minimum(held, 0), np.maximum(held, 0), missing)):
            np.multiply(of_units, units, out=sums[:, 3 * place + part])
    return fitting(sums)


class Sums:
    """Adds up the values of units that stand one a row, slice by slice, in 64 bits.

    Args:
        columns: how many value columns there are.
        places: how many places the units belong to.
    """

    def __init__(self, columns: int, places: int) -> None:
        self._sums = np.zeros((3 * columns, places if columns else 0), dtype=np.int64)

    def add(self, which: NDArray[np.int64], values: NDArray[np.int64]) -> None:
        """Add the values of some units, each to the place that it belongs to."""
        for place, column in enumerate(values.T):
            below, above, missing = self._sums[3 * place : 3 * place + 3]
            gone = column == MISSING_VALUE
            held = column
            if gone.any():
                held = np.where(gone, 0, column)
                np.add.at(missing, which[gone], np.int64(1))
            if held.min() < 0:
                np.add.at(below, which, np.minimum(held, 0))
                held = np.maximum(held, 0)
            np.add.at(above, which, held)

    def of(self, places: NDArray[np.int64]) -> NDArray[Any]:
        """Return the sums of some places, three columns for each value column."""
        return np.ascontiguousarray(self._sums[:, places].T) if len(self._sums) else NO_SUMS


def added_up(sums: NDArray[Any], which: NDArray[Any], length: int) -> NDArray[Any]:
    """Return sums added up by what each belongs to.

    Args:
        sums: as `sums_of` returns them.
        which: for each row the place that it is added to.
        length: how many places there are.
    """
    wide = fitting(sums) if sums.dtype != np.object_ and _total(sums) < ROOM else sums.astype(object)
    found = np.zeros((sums.shape[1], length), dtype=wide.dtype)
    for column, of_column in zip(wide.T, found, strict=True):
        if column.any():
            np.add.at(of_column, which, np.ascontiguousarray(column))
    return fitting(np.ascontiguousarray(found.T))


def together(every: list[NDArray[Any]]) -> NDArray[Any]:
    """Return sums, or values, below each other; those of no rows may have no columns."""
    return np.concatenate([each for each in every if each.shape[1]] or [NO_SUMS])


def fitting(numbers: NDArray[Any]) -> NDArray[Any]:
    """Return whole numbers as int64 where they fit it with room to spare, so that equal ones are of one type."""
    if numbers.dtype == np.object_ and all(abs(number) < ROOM for number in numbers.flat):
        return numbers.astype(np.int64)
    return numbers


def _total(sums: NDArray[np.int64]) -> float:
    """Return a number that no sum of a column passes."""
    return max(-float(sums.min(initial=0)), float(sums.max(initial=0))) * len(sums)
