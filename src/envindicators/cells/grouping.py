"""Grouping rows by codes, and adding up whole numbers, exactly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from envindicators.frames.stretches import stretch_starts

CHUNK = 1 << 16
"""Rows taken at a time, so that what is computed of them stays in the cache."""

_ROOM = 1 << 22

CODES = 2**62
"""So many codes, and no more, fit into 64 bits with room to spare."""


def extremes(values: NDArray[Any]) -> tuple[int, int]:
    """Return the least and the greatest of some whole numbers, of which there is at least one, in one walk."""
    slices = [values[start : start + CHUNK] for start in range(0, len(values), CHUNK)]
    every = [(part.min(), part.max()) for part in slices]
    return int(min(least for least, _ in every)), int(max(greatest for _, greatest in every))


def slots(sizes: Sequence[int]) -> int:
    """Return how many codes there are in all for columns of codes with these sizes."""
    return math.prod(sizes)


def roomy(count: int, rows: int) -> bool:
    """Return whether an array with a place for each of some codes is small beside the rows that it is for."""
    return count <= max(_ROOM, 16 * rows)


def combined(columns: Sequence[NDArray[Any]], sizes: Sequence[int]) -> NDArray[Any]:
    """Return one code for each row from the codes of all columns, the first the most significant.

    Args:
        columns: the codes, counted from 0, of one length.
        sizes: how many codes each column may have; multiplied they must stay within 62 bits.
    """
    length = len(columns[0])
    codes = np.empty(length, dtype=np.int32 if slots(sizes) < 2**31 else np.int64)
    for start in range(0, length, CHUNK):
        rows = slice(start, start + CHUNK)
        combine(columns, sizes, rows, codes[rows])
    return codes


def combine(columns: Sequence[NDArray[Any]], sizes: Sequence[int], rows: slice, out: NDArray[Any]) -> None:
    """Write the combined codes of some rows into an array."""
    np.copyto(out, columns[0][rows], casting="unsafe")
    for column, size in zip(columns[1:], sizes[1:], strict=True):
        if size > 1:
            out *= size
            np.add(out, column[rows], out=out, casting="unsafe")


def distinct(codes: NDArray[Any], size: int) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Return the codes that occur, in rising order, and for each row which of them it has.

    Args:
        codes: one a row, from 0 on.
        size: how many there may be.
    """
    if not roomy(size, len(codes)):
        values, inverse = np.unique(codes, return_inverse=True)
        return values.astype(np.int64), inverse.reshape(-1)
    seen = np.zeros(size, dtype=np.bool_)
    seen[codes] = True
    values = np.flatnonzero(seen)
    if len(values) == size:
        return values, codes
    rank = np.zeros(size, dtype=np.int32 if size < 2**31 else np.int64)
    rank[values] = np.arange(len(values))
    return values, rank[codes]


def distinct_rows(rows: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Return the distinct rows of an array of whole numbers in lexicographic order, and for each row which it is."""
    if not len(rows) or not rows.shape[1]:
        return rows[:1], np.zeros(len(rows), dtype=np.int64)
    least = rows.min(axis=0)
    sizes = [int(greatest) - int(low) + 1 for greatest, low in zip(rows.max(axis=0), least, strict=True)]
    if slots(sizes) >= CODES:
        values, inverse = np.unique(rows, axis=0, return_inverse=True)
        return values, inverse.reshape(-1)
    codes = combined([column.astype(np.int64) - low for column, low in zip(rows.T, least, strict=True)], sizes)
    found, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
    return (rows[first] if len(found) else rows), inverse.reshape(-1)


def stretches(column: NDArray[Any]) -> NDArray[np.int64] | None:
    """Return where stretches of equal values begin in a column, None if there are many of them beside its rows."""
    return stretch_starts(len(column), lambda start, end: column[start:end] != column[start - 1 : end - 1])


def first_of_run(columns: Sequence[NDArray[Any]]) -> NDArray[np.bool_]:
    """Return which rows differ from the one before them in some column."""
    first = np.zeros(len(columns[0]), dtype=np.bool_)
    first[:1] = True
    for column in columns:
        first[1:] |= column[1:] != column[:-1]
    return first


def exact_sum(values: NDArray[np.int64]) -> int:
    """Return the sum of non-negative 64-bit integers as a Python integer, whatever its size."""
    if not len(values) or int(values.max()) <= (2**63 - 1) // len(values):
        return int(values.sum())
    return (int((values >> 32).sum()) << 32) + int((values & 0xFFFFFFFF).sum())
