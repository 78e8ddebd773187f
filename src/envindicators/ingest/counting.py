"""Counting units that stand one a row by key and kind, row by row or, where rows of one key lie together, at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from envindicators.cells.classes import Classes
from envindicators.cells.grouping import CHUNK, distinct, roomy, slots
from envindicators.cells.keys import Keys
from envindicators.cells.sums import NO_SUMS, ROOM, Sums, added_up, sums_of
from envindicators.ingest.reading import KeyColumns
from envindicators.ingest.stretches import PATTERNS, cells_by_stretch
from envindicators.ingest.values import NO_VALUES, Values

Codes = Any
"""A column as codes of a pattern, an array or what gives one for a slice of the rows; or one code for all rows."""

Cells = tuple[NDArray[Any], NDArray[Any], NDArray[np.int64]]
"""The site, kind and number of units of each cell; in order, each pair of site and kind once."""


def counted(
    classes: Classes, columns: Sequence[Codes], keys: KeyColumns, length: int, values: Values = NO_VALUES
) -> tuple[Keys, NDArray[np.int16], Cells, NDArray[Any]]:
    """Return the kinds of some units that stand one a row, their cells, and what the values of each add up to.

    Args:
        classes: what is asked of their table.
        columns: their columns as codes of a pattern.
        keys: their key columns.
        length: the number of units.
        values: for each its values, of a table with value columns.

    Returns:
        Keys among which theirs are; the kinds, each once and in order; the cells; the sums of each.
    """
    if classes.tabled is None:
        of_keys, site = keys.possible_keys(length)
        wide = [np.full(length, column) if isinstance(column, int) else column[:] for column in columns]
        kinds, kind = classes.kinds(wide, length)
        rows = Kinds(np.arange(len(kinds)), [(kind, len(kinds))])
        return of_keys, kinds, *_by_row(site, len(of_keys), rows, length, values)
    every = classes.tabled[0]
    used, lookup, several = possible_kinds(classes.tabled, classes.sizes, columns)
    few = len(lookup) <= PATTERNS and values.largest * length < ROOM
    lying = keys.stretches(length) if few else None
    if lying is not None:
        of_keys, starts, site = lying
        cells, sums = cells_by_stretch(starts, site, several, lookup, length, values.rows)
    else:
        of_keys, site = keys.possible_keys(length)
        cells, sums = _by_row(site, len(of_keys), Kinds(lookup, several), length, values)
    occurring, kind = distinct(cells[1], len(used))
    return of_keys, every[used[occurring]], (cells[0], kind, cells[2]), sums


def possible_kinds(
    tabled: tuple[NDArray[np.int16], NDArray[np.int32]], sizes: Sequence[int], columns: Sequence[Codes]
) -> tuple[NDArray[np.int64], NDArray[np.int64], list[tuple[Any, int]]]:
    """Return the kinds that there can be where some columns are blank throughout.

    Args:
        tabled: the kinds of all patterns, and for each pattern its kind.
        sizes: for each column how many codes there are.
        columns: the columns as codes of a pattern.

    Returns:
        The positions of these kinds; for each pattern of the other columns which of them it is of; those columns, each
        as codes and the number of codes.
    """
    every, kind_of_pattern = tabled
    chosen = tuple(slice(None) if not isinstance(column, int) else column for column in columns)
    used, lookup = distinct(kind_of_pattern.reshape(sizes)[chosen].reshape(-1), len(every))
    several = [(column, size) for column, size in zip(columns, sizes, strict=True) if not isinstance(column, int)]
    return used, lookup.astype(np.int64), several


class Kinds:
    """The kinds of units, told a slice at a time.

    Args:
        lookup: for each pattern its kind.
        columns: those that a pattern is of, each as codes and the number of codes.
    """

    def __init__(self, lookup: NDArray[Any], columns: Sequence[tuple[Any, int]]) -> None:
        self.count = int(lookup.max(initial=-1)) + 1
        self.lookup, self._columns = lookup, columns
        self._scratch = np.empty(CHUNK, dtype=np.int64)

    def into(self, rows: slice, out: NDArray[Any]) -> None:
        """Write the kinds of a slice of the units."""
        if not self._columns:
            out[:] = self.lookup[0]
            return
        pattern = self._scratch[: len(out)]
        np.copyto(pattern, self._columns[0][0][rows], casting="unsafe")
        for column, size in self._columns[1:]:
            pattern *= size
            np.add(pattern, column[rows], out=pattern, casting="unsafe")
        np.take(self.lookup, pattern, out=out, mode="clip")


def _by_row(site: NDArray[Any], sites: int, kinds: Kinds, length: int, values: Values) -> tuple[Cells, NDArray[Any]]:
    """Return the cells of some units, and what their values add up to.

    Args:
        site: for each unit the position of its key.
        sites: how many keys there are.
        kinds: what tells the kinds of the units.
        length: the number of units.
        values: for each unit its values, of a table with value columns.
    """
    places = slots([sites, kinds.count])
    columns = values.rows.shape[1]
    dense = roomy(places * max(1, 3 * columns), length) and values.largest * length < ROOM
    adding = Sums(columns, places if dense else 0)
    # one of the very type that is counted in: with another, numpy adds up forty times as slowly
    one = np.int64(1) if length >= 2**31 else np.int32(1)
    counts = np.zeros(places if dense else 0, dtype=one.dtype)
    codes = np.empty(CHUNK if dense else length, dtype=np.int64)
    of_sites = np.empty(CHUNK, dtype=np.int64)
    for start in range(0, length, CHUNK):
        rows = slice(start, min(start + CHUNK, length))
        chunk = codes[: rows.stop - start] if dense else codes[rows]
        kinds.into(rows, chunk)
        if sites > 1:
            np.multiply(site[rows], kinds.count, out=of_sites[: len(chunk)], casting="unsafe", dtype=np.int64)
            chunk += of_sites[: len(chunk)]
        if dense:
            np.add.at(counts, chunk, one)
            adding.add(chunk, values.rows[rows])
    if dense:
        # also of no units
        starts = range(0, max(1, len(counts)), CHUNK)
        cells = np.concatenate([np.flatnonzero(counts[start : start + CHUNK]) + start for start in starts])
        weight, sums = counts[cells].astype(np.int64), adding.of(cells)
    elif columns:
        cells, which, weight = np.unique(codes, return_inverse=True, return_counts=True)
        sums = added_up(sums_of(values.rows, np.ones(length, dtype=np.int64)), which.reshape(-1), len(cells))
    else:
        (cells, weight), sums = np.unique(codes, return_counts=True), NO_SUMS
    return (*np.divmod(cells, max(1, kinds.count)), weight.astype(np.int64)), sums
