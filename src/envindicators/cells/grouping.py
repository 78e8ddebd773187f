"""Adding up whole numbers by groups of codes, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

CHUNK = 1 << 16
"""Rows taken at a time, so that what is computed of them stays in the cache."""

_DENSE = 1 << 25
_CODES = 2**62


@frozen(eq=False)
class Axis:
    """One column of codes that rows are grouped by.

    Args:
        codes: the codes, one a row, from ``least`` on; or one code for all rows.
        size: how many codes there may be.
        least: the least code.
    """

    codes: NDArray[Any] | int
    size: int
    least: int = 0

    def add_to(self, combined: NDArray[Any], rows: slice) -> None:
        """Make ``combined × size + code`` of some rows, codes counted from 0, in place."""
        if self.size > 1:
            combined *= self.size
        if isinstance(self.codes, int):
            combined += self.codes - self.least
            return
        np.add(combined, self.codes[rows], out=combined, casting="unsafe")
        if self.least:
            combined -= self.least


@frozen(eq=False)
class Grouped:
    """The groups that occur: for each axis the code of each group, and the sum of the weights."""

    codes: tuple[NDArray[np.int64], ...]
    sums: NDArray[np.int64]


def group(axes: Sequence[Axis], length: int, weights: NDArray[np.int64] | None) -> Grouped:
    """Return the groups of rows that agree on all axes, in the order of their codes.

    Args:
        axes: what the rows are grouped by.
        length: the number of rows.
        weights: what is added up, non-negative, with a sum within 64 bits; None counts the rows.
            A group whose weights are all zero is kept.
    """
    slots = 1
    for axis in axes:
        slots *= axis.size
    if slots <= min(_DENSE, max(1 << 16, 4 * length)):
        found, sums = _dense(axes, length, weights, slots)
    elif slots < _CODES:
        codes = combined(axes, length)
        found, inverse = np.unique(codes, return_inverse=True)
        sums = np.zeros(len(found), dtype=np.int64)
        np.add.at(sums, inverse, 1 if weights is None else weights)
    else:
        return _by_sorting(axes, length, weights)
    decoded: list[NDArray[np.int64]] = []
    for axis in reversed(axes):
        found, code = np.divmod(found, axis.size)
        decoded.append(code + axis.least)
    return Grouped(tuple(reversed(decoded)), sums)


def _combine(axes: Sequence[Axis], rows: slice, into: NDArray[Any]) -> NDArray[Any]:
    into[:] = 0
    for axis in axes:
        axis.add_to(into, rows)
    return into


def combined(axes: Sequence[Axis], length: int) -> NDArray[np.int64]:
    """Return one code for each row, from those of all axes; their sizes must not multiply beyond 64 bits."""
    codes = np.empty(length, dtype=np.int64)
    for start in range(0, length, CHUNK):
        rows = slice(start, min(start + CHUNK, length))
        _combine(axes, rows, codes[rows])
    return codes


def _dense(
    axes: Sequence[Axis], length: int, weights: NDArray[np.int64] | None, slots: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    counts = np.zeros(slots, dtype=np.int64)
    sums = counts if weights is None else np.zeros(slots, dtype=np.int64)
    scratch = np.empty(CHUNK, dtype=np.int32 if slots < 2**31 else np.int64)
    for start in range(0, length, CHUNK):
        rows = slice(start, min(start + CHUNK, length))
        codes = _combine(axes, rows, scratch[: rows.stop - start]).astype(np.intp)
        np.add.at(counts, codes, 1)
        if weights is not None:
            np.add.at(sums, codes, weights[rows])
    found = np.flatnonzero(counts)
    return found, sums[found]


def _by_sorting(axes: Sequence[Axis], length: int, weights: NDArray[np.int64] | None) -> Grouped:
    columns = [
        np.full(length, axis.codes, dtype=np.int64) if isinstance(axis.codes, int) else axis.codes.astype(np.int64)
        for axis in axes
    ]
    order = np.lexsort(columns[::-1])
    columns = [column[order] for column in columns]
    starts = np.flatnonzero(first_of_run(columns))
    ones = np.ones(length, dtype=np.int64) if weights is None else weights[order]
    sums = np.add.reduceat(ones, starts) if length else np.zeros(0, dtype=np.int64)
    return Grouped(tuple(column[starts] for column in columns), sums)


def first_of_run(columns: Sequence[NDArray[Any]]) -> NDArray[np.bool_]:
    """Return which rows differ from the one before them in some column."""
    first = np.zeros(len(columns[0]), dtype=np.bool_)
    first[:1] = True
    for column in columns:
        first[1:] |= column[1:] != column[:-1]
    return first


def repeated(columns: Sequence[NDArray[Any]]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the rows that repeat an earlier one in every column, and for each that earlier row."""
    length = len(columns[0])
    order = np.lexsort([np.arange(length), *columns[::-1]])
    first = first_of_run([column[order] for column in columns])
    firsts = order[np.maximum.accumulate(np.where(first, np.arange(length), 0))]
    later = ~first
    rows, earlier = order[later], firsts[later]
    in_order = np.argsort(rows)
    return rows[in_order], earlier[in_order]


def exact_sum(values: NDArray[np.int64]) -> int:
    """Return the sum of non-negative 64-bit integers as a Python integer, whatever its size."""
    if not len(values) or int(values.max()) <= (2**63 - 1) // len(values):
        return int(values.sum())
    return (int((values >> 32).sum()) << 32) + int((values & 0xFFFFFFFF).sum())
