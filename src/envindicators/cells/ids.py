"""`Ids`: the ids of records, each once a year, so that one that comes twice is noticed wherever it comes from."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import cmp_using, field, frozen
from numpy.typing import NDArray

from envindicators.cells.grouping import extremes, first_of_run
from envindicators.pickling import versioned

NO_YEAR = -1

_DENSE = 16
"""Ids are dense if there are at most so many whole numbers from the least to the greatest for each."""

Named = tuple[tuple[int, frozenset[Any]], ...]


@versioned
@frozen(unsafe_hash=False)
class Ids:
    """Which ids came. Whole numbers are kept as runs of consecutive ones, anything else by itself.

    A table numbered through costs 24 bytes, whatever its size; numbers without neighbours 24 bytes each; text
    what the text takes.

    Args:
        runs: int64, (runs, 3): year (`NO_YEAR` for none), first and last id, in rising order.
        named: for each year the ids that are no whole numbers.
    """

    runs: NDArray[np.int64] = field(eq=cmp_using(eq=np.array_equal))
    named: Named = ()

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        """How many ids there are."""
        numbered = int((self.runs[:, 2] - self.runs[:, 1]).sum()) + len(self.runs)
        return numbered + sum(len(ids) for _, ids in self.named)

    def of_year(self, year: int | None) -> Ids:
        """Return the ids with those of no year put into one; it is for the caller to see that none stands twice."""
        runs = self.runs.copy()
        runs[runs[:, 0] == NO_YEAR, 0] = NO_YEAR if year is None else year
        named = tuple((year if of == NO_YEAR and year is not None else of, ids) for of, ids in self.named)
        return Ids(runs, named)


NO_IDS = Ids(np.zeros((0, 3), dtype=np.int64))


@frozen(eq=False)
class Repeated:
    """Ids that came more than once in a year.

    Args:
        count: how many rows repeat an id of their year.
        ids: some of those, each as year and id, in order.
    """

    count: int
    ids: tuple[tuple[int, Any], ...]


def numbered(ids: NDArray[np.int64], year: int, listed: int) -> tuple[NDArray[np.int64], Repeated]:
    """Return ids of one year that are whole numbers as runs, and those that came more than once.

    Args:
        ids: the ids, in any order.
        year: their year.
        listed: how many repeated ones to tell at the most.
    """
    count, some = 0, np.zeros(0, dtype=np.int64)
    if not bool((ids[1:] > ids[:-1]).all()):
        ids = _in_order(ids)
        same = ids[1:] == ids[:-1]
        count = int(np.count_nonzero(same))
        if count:
            some = np.unique(ids[1:][same])[:listed]
            ids = ids[np.concatenate([[True], ~same])]
    if len(ids) and int(ids[-1]) - int(ids[0]) == len(ids) - 1:
        runs = np.array([[year, ids[0], ids[-1]]], dtype=np.int64)
    else:
        ends = np.flatnonzero(ids[1:] != ids[:-1] + 1)
        runs = np.empty((len(ends) + 1 if len(ids) else 0, 3), dtype=np.int64)
        if len(ids):
            runs[:, 0] = year
            runs[0, 1], runs[1:, 1] = ids[0], ids[ends + 1]
            runs[-1, 2], runs[:-1, 2] = ids[-1], ids[ends]
    return runs, Repeated(count, tuple((year, value) for value in some.tolist()))


def _in_order(ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return ids in order: marked off where they are dense and each comes once, else sorted."""
    least, greatest = extremes(ids)
    if greatest - least < _DENSE * len(ids):
        seen = np.zeros(greatest - least + 1, dtype=np.bool_)
        seen[ids - least] = True
        if np.count_nonzero(seen) == len(ids):
            return np.flatnonzero(seen) + least
    return np.sort(ids)


def together(every: Sequence[Ids], listed: int) -> tuple[Ids, Repeated]:
    """Return the ids of all of some, and those that stand in several of them.

    Args:
        every: the ids.
        listed: how many repeated ones to tell at the most.
    """
    if len(every) == 1:
        return every[0], Repeated(0, ())
    runs = np.concatenate([each.runs for each in every]) if every else NO_IDS.runs
    runs = runs[np.lexsort([runs[:, 2], runs[:, 1], runs[:, 0]])]
    known = sum(map(len, every))
    repeats: list[tuple[int, Any]] = []
    # how far the runs before one reach, within its year
    reach = _reach(runs)
    overlapping = (runs[1:, 0] == runs[:-1, 0]) & (runs[1:, 1] <= reach[:-1])
    for place in np.flatnonzero(overlapping)[:listed].tolist():
        year, first, last = runs[place + 1].tolist()
        shared = range(first, min(last, int(reach[place])) + 1)
        repeats.extend((year, value) for value in shared[: listed - len(repeats)])
    named, of_names = _named(every, listed)
    found = Ids(_merged(runs, reach), named)
    return found, Repeated(known - len(found), tuple(dict.fromkeys((*repeats, *of_names)))[:listed])


def _reach(runs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how far each run and those before it of its year reach; runs are in order."""
    reach = runs[:, 2].copy()
    starts = np.flatnonzero(first_of_run([runs[:, 0]])) if len(runs) else ()
    for start, end in itertools.pairwise([*starts, len(runs)]):
        np.maximum.accumulate(reach[start:end], out=reach[start:end])
    return reach


def _merged(runs: NDArray[np.int64], reach: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return runs in order with those that touch or overlap made one."""
    if len(runs) < 2:
        return runs
    new_year = runs[1:, 0] != runs[:-1, 0]
    apart = (runs[1:, 1] > reach[:-1]) & (runs[1:, 1] - 1 != reach[:-1])
    fresh = np.concatenate([[True], new_year | apart])
    starts = np.flatnonzero(fresh)
    ends = np.concatenate([starts[1:], [len(runs)]]) - 1
    return np.stack([runs[starts, 0], runs[starts, 1], reach[ends]], axis=1)


def _named(every: Sequence[Ids], listed: int) -> tuple[Named, list[tuple[int, Any]]]:
    held: dict[int, frozenset[Any]] = {}
    repeats: list[tuple[int, Any]] = []
    for each in every:
        for year, ids in each.named:
            before = held.get(year, frozenset())
            again = before & ids
            if again and len(repeats) < listed:
                repeats.extend((year, value) for value in sorted(again, key=str)[: listed - len(repeats)])
            held[year] = before | ids
    return tuple(sorted(held.items())), repeats
