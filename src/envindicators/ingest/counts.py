"""`Counts`: how often codes of several columns come together, while more codes and more rows keep coming."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from envindicators.cells.grouping import CHUNK, CODES, first_of_run, slots
from envindicators.cells.table_cells import add_up

_ROOM = 1 << 25
_FEW = 1 << 20
"""A count is kept for each place where codes can come together, up to so many places. In few rows,"""

_PLACES_A_ROW = 128
"""only so many for each row beyond these few; else for those places alone where codes do come together."""

_OVERFLOWS = 2**31
"""From so many rows on, counts need 64 bits."""


@define
class Counts:
    """How often codes of several columns come together, the first columns telling keys, the last one kinds.

    Args:
        shape: how many codes of each column there is room for.
        units: how many rows have been counted.
    """

    shape: tuple[int, ...] = ()
    units: int = 0
    _places: NDArray[Any] | None = None
    _blocks: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = field(factory=list[Any])

    def holds(self, sizes: Sequence[int]) -> bool:
        """Return whether so many codes of each column can be counted together as one code."""
        return slots(self._grown(sizes)) < CODES

    def _grown(self, sizes: Sequence[int]) -> tuple[int, ...]:
        # what came first is most often all there is; where it is not, more and more may come
        pairs = zip(sizes, self.shape or (0,) * len(sizes), strict=True)
        return tuple(room if size <= room else max(size, room + room // 16) for size, room in pairs)

    def add(
        self,
        sizes: Sequence[int],
        codes: Sequence[NDArray[np.int64]],
        columns: Sequence[NDArray[Any]],
        length: int,
    ) -> None:
        """Count rows.

        Args:
            sizes: for each column how many codes it has by now.
            codes: for each column the codes of its levels in these rows.
            columns: for each column the level of each row, none where there is but one.
            length: how many rows there are.
        """
        self.units += length
        self._make_room(sizes)
        steps = [slots(self.shape[place + 1 :]) for place in range(len(sizes))]
        lookups = [own * step for own, step in zip(codes, steps, strict=True)]
        several = [(lookup, column) for lookup, column in zip(lookups, columns, strict=True) if len(lookup) > 1]
        same = sum(int(lookup[0]) for lookup in lookups if len(lookup) == 1)
        every = None if self._places is not None else np.empty(length, dtype=np.int64)
        chunk, added = np.empty((2, CHUNK), dtype=np.int64)
        for start in range(0, length, CHUNK):
            rows = slice(start, min(start + CHUNK, length))
            place = chunk[: rows.stop - start] if every is None else every[rows]
            place[:] = same
            for lookup, column in several:
                place += np.take(lookup, column[rows], out=added[: rows.stop - start], mode="clip")
            if self._places is not None:
                # one of the very type that is counted in: with another, numpy adds up forty times as slowly
                np.add.at(self._places, place, self._places.dtype.type(1))
        if every is not None:
            self._blocks.append(np.unique(every, return_counts=True))
            while self._blocks[1:] and 2 * len(self._blocks[-1][0]) > len(self._blocks[-2][0]):
                self._merge(2)

    def _make_room(self, sizes: Sequence[int]) -> None:
        """Make room for so many codes of each column."""
        had, shape = self.shape or (0,) * len(sizes), self._grown(sizes)
        dense = slots(shape) <= min(_ROOM, max(_FEW, _PLACES_A_ROW * self.units))
        wide = np.int32 if self.units < _OVERFLOWS else np.int64
        if shape != had:
            self._blocks = [(_moved(places, had, shape), counts) for places, counts in self._blocks]
        if self._places is not None and not dense:
            places = np.flatnonzero(self._places)
            self._blocks.append((_moved(places, had, shape), self._places[places].astype(np.int64)))
            self._places = None
        elif dense and not self._blocks and (shape != had or self._places is None or self._places.dtype != wide):
            wider = np.zeros(shape, dtype=wide)
            if self._places is not None:
                wider[tuple(map(slice, had))] = self._places.reshape(had)
            self._places = wider.reshape(-1)
        self.shape = shape

    def _merge(self, last: int) -> None:
        """Make the last blocks one, each place once and in order."""
        every = np.concatenate([places for places, _ in self._blocks[-last:]])
        order = np.argsort(every, kind="stable")  # which takes up what is in order already
        places, counts = every[order], np.concatenate([counts for _, counts in self._blocks[-last:]])[order]
        starts = np.flatnonzero(first_of_run([places]))
        self._blocks[-last:] = [(places[starts], np.add.reduceat(counts, starts))]

    def occurring(self) -> tuple[NDArray[np.int64], ...]:
        """Return the keys that occur, as the codes of each column that tells them."""
        return np.unravel_index(self._occurring(), self.shape[:-1])

    def _occurring(self) -> NDArray[np.int64]:
        if self._places is not None:
            return np.flatnonzero(self._places.reshape(-1, self.shape[-1]).any(axis=1))
        if self._blocks[1:]:
            self._merge(len(self._blocks))
        keys = self._blocks[0][0] // self.shape[-1]
        return keys[first_of_run([keys])]

    def ordered(self, place: NDArray[Any], kinds: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.int64]]:
        """Return which keys and kinds come together, in order, and how often.

        Args:
            place: for each of the keys that occur its place among them, in order.
            kinds: the kinds in order; those that do not occur are left out.

        Returns:
            The place of each key; the position of each kind; the number of rows.
        """
        keys = self._occurring()
        if self._places is None:
            keys_of, kind = np.divmod(self._blocks[0][0], self.shape[-1])
            rank = np.empty(self.shape[-1], dtype=np.int64)
            rank[kinds] = np.arange(len(kinds))
            site = place[np.searchsorted(keys, keys_of)]
            return add_up(site, rank[kind], self._blocks[0][1], (len(keys), len(kinds)))[:3]
        by_key = self._places.reshape(-1, self.shape[-1])
        in_order = np.empty(len(keys), dtype=np.int64)
        in_order[place] = keys
        count = int(np.count_nonzero(self._places))
        site, kind = np.empty((2, count), dtype=np.int32)
        weight = np.empty(count, dtype=np.int64)
        step, done = max(1, CHUNK // len(kinds)), 0
        for start in range(0, len(keys), step):
            some = by_key[in_order[start : start + step]][:, kinds]
            rows, columns = np.nonzero(some)
            cells = slice(done, done + len(rows))
            site[cells], kind[cells], weight[cells] = rows + start, columns, some[rows, columns]
            done = cells.stop
        return site, kind, weight


def _moved(places: NDArray[np.int64], had: Sequence[int], shape: Sequence[int]) -> NDArray[np.int64]:
    """Return places of one shape as places of another with more room."""
    return np.ravel_multi_index(np.unravel_index(places, had), shape).astype(np.int64)
