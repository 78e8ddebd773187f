"""`Keys`: the keys that rows stand under, year and area and what else is in ``by``, as codes into levels."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from envindicators.cells.grouping import CODES, combined, distinct, distinct_rows, slots
from envindicators.pickling import versioned

Key = tuple[Any, ...]
"""The values of the key columns of a row: year, area, and what else stands in ``by``."""

MOMENTS = ("year", "scenario")
"""The key columns that tell apart what is never added up."""

ABSENT: tuple[Any, ...] = (None,)
"""The levels of a key column that is missing."""


def key_names(by: Sequence[str], axes: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the key columns that cells keep: year, area, the others of ``by``, and those of a programme."""
    others = dict.fromkeys((*by, *axes))
    return ("year", "area", *(name for name in others if name not in ("year", "area")))


def _order(value: Any) -> tuple[Any, ...]:
    return (value is not None, type(value).__name__, value if value is not None else 0)


def in_order(values: Iterable[Any]) -> list[Any]:
    """Return key values sorted: None first, then by kind and value."""
    found = list(values)
    kinds = set(map(type, found))
    if len(kinds) <= 1:
        return found if kinds <= {type(None)} else sorted(found)
    return sorted(found, key=_order)


def _apart(value: Any) -> Any:
    """Return what tells a value from others that Python holds equal (1, True)."""
    return value if type(value) is str else (type(value), value)


@versioned
@frozen(eq=False)
class Keys:
    """Distinct keys in order: None first, then by kind and value.

    Args:
        names: the key columns.
        levels: for each column the values that occur in it, in order.
        codes: for each key a row of positions in the levels, in rising order; int32, (keys, columns).
    """

    names: tuple[str, ...]
    levels: tuple[Sequence[Any], ...]
    codes: NDArray[np.int32]

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, position: int) -> Key:
        codes = self.codes[position].tolist()
        return tuple(levels[code] for levels, code in zip(self.levels, codes, strict=True))

    def __iter__(self) -> Iterator[Key]:
        return iter(_rows(self, self.names))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Keys):
            return NotImplemented
        return (
            self.names == other.names
            and all(_same(mine, theirs) for mine, theirs in zip(self.levels, other.levels, strict=True))
            and np.array_equal(self.codes, other.codes)
        )

    def column(self, name: str) -> list[Any]:
        """Return the values of a key column, a value for each key."""
        place = self.names.index(name)
        levels = self.levels[place]
        return [levels[code] for code in self.codes[:, place].tolist()]

    def has(self, name: str) -> bool:
        """Return whether a key column came, in whatever key."""
        return any(level is not None for level in self.levels[self.names.index(name)])

    def elsewhere(self, name: str) -> NDArray[np.int64]:
        """Return for each key a code of its columns but one: keys with one code differ in that column only."""
        return distinct_rows(np.delete(self.codes, self.names.index(name), axis=1))[1]

    def only(self, kept: NDArray[Any]) -> Keys:
        """Return some of the keys, marked or by their rising positions."""
        return _packed(self.names, self.levels, self.codes[kept])

    def projected(self, names: tuple[str, ...]) -> tuple[Keys, NDArray[Any]]:
        """Return the keys as far as some of the columns tell them apart, and for each key where it stands there."""
        places = [self.names.index(name) for name in names]
        levels = tuple(self.levels[place] for place in places)
        sizes = [len(of_column) for of_column in levels]
        if not places or slots(sizes) >= CODES:
            rows, where = distinct_rows(self.codes[:, places])
            return _packed(names, levels, rows), where
        values, where = distinct(combined([self.codes[:, place] for place in places], sizes), slots(sizes))
        codes = np.empty((len(values), len(places)), dtype=np.int32)
        for column, size in zip(reversed(range(len(places))), reversed(sizes), strict=True):
            values, codes[:, column] = np.divmod(values, max(1, size))
        return _packed(names, levels, codes), where

    def at(self, scenario: str | None) -> Keys:
        """Return keys that are all of one scenario, or of none, under the name of the one."""
        place = self.names.index("scenario") if "scenario" in self.names else None
        if place is None or len(self.levels[place]) != 1:
            return self
        return Keys(self.names, (*self.levels[:place], [scenario], *self.levels[place + 1 :]), self.codes)

    def with_year(self, year: Any) -> tuple[Keys, NDArray[Any]]:
        """Return the keys with those of no year put into one, and where each of these keys stands there."""
        years = [year if level is None else level for level in self.levels[0]]
        columns = [(self.codes[:, place], levels) for place, levels in enumerate((years, *self.levels[1:]))]
        return gathered(self.names, columns, len(self))


def _same(mine: Sequence[Any], theirs: Sequence[Any]) -> bool:
    return len(mine) == len(theirs) and all(
        one == other and type(one) is type(other) for one, other in zip(mine, theirs, strict=True)
    )


def _packed(names: tuple[str, ...], levels: Sequence[Sequence[Any]], codes: NDArray[Any]) -> Keys:
    """Return keys without the levels that none of them has."""
    kept: list[Sequence[Any]] = []
    columns: list[NDArray[Any]] = []
    for column, values in zip(codes.T, levels, strict=True):
        used, ranks = distinct(column, len(values))
        kept.append(values if len(used) == len(values) else [values[code] for code in used.tolist()])
        columns.append(ranks)
    packed = np.stack(columns, axis=1).astype(np.int32) if columns else np.zeros((len(codes), 0), dtype=np.int32)
    return Keys(names, tuple(kept), packed)


def gathered(
    names: tuple[str, ...], columns: Sequence[tuple[NDArray[Any], Sequence[Any]]], length: int
) -> tuple[Keys, NDArray[Any]]:
    """Return the distinct keys of some rows, and for each row the position of its key.

    Args:
        names: the key columns.
        columns: for each its codes and the levels that they point to, in any order and perhaps with levels that
            are equal or unused. A column of one level may have no codes.
        length: the number of rows.
    """
    kept: list[Sequence[Any]] = []
    ranked: list[tuple[int, NDArray[Any]]] = []
    for place, (codes, levels) in enumerate(columns):
        if len(levels) == 1:
            kept.append([levels[0]] if length else [])
            continue
        used, ranks = distinct(codes, len(levels))
        ordered, places = _ordered([levels[code] for code in used.tolist()])
        kept.append(ordered)
        ranked.append((place, ranks if places is None else places[ranks]))
    if not ranked:
        return Keys(names, tuple(kept), np.zeros((min(1, length), len(names)), dtype=np.int32)), np.zeros(
            length, dtype=np.int64
        )
    if len(ranked) == 1:
        ((place, site),) = ranked
        found = np.zeros((len(kept[place]), len(names)), dtype=np.int32)
        found[:, place] = np.arange(len(found))
        return Keys(names, tuple(kept), found), site
    sizes = [max(1, len(kept[place])) for place, _ in ranked]
    if slots(sizes) < CODES:
        values, site = distinct(combined([ranks for _, ranks in ranked], sizes), slots(sizes))
        found = np.zeros((len(values), len(names)), dtype=np.int32)
        for (place, _), size in zip(reversed(ranked), reversed(sizes), strict=True):
            values, found[:, place] = np.divmod(values, size)
        return Keys(names, tuple(kept), found), site
    rows, site = distinct_rows(np.stack([ranks for _, ranks in ranked], axis=1))
    found = np.zeros((len(rows), len(names)), dtype=np.int32)
    found[:, [place for place, _ in ranked]] = rows
    return Keys(names, tuple(kept), found), site


def _ordered(levels: list[Any]) -> tuple[list[Any], NDArray[np.int64] | None]:
    """Return distinct values in order, and where each of some values stands there; None if they are so already."""
    ordered = in_order(levels)
    alike = len(set(map(type, levels))) <= 1
    if len(set(levels if alike else map(_apart, levels))) == len(levels) and all(map(operator.is_, ordered, levels)):
        return levels, None
    rank: dict[Any, int] = {}
    kept: list[Any] = []
    for level in ordered:
        if rank.setdefault(_apart(level), len(kept)) == len(kept):
            kept.append(level)
    return kept, np.array([rank[_apart(level)] for level in levels], dtype=np.int64)


def united(names: tuple[str, ...], every: Sequence[Keys]) -> tuple[Keys, list[NDArray[Any]]]:
    """Return the keys that stand in any of some, and for each of them where its keys stand there."""
    several = [keys for keys in every if len(keys)]
    if several and all(keys == several[0] for keys in several[1:]):
        return several[0], [np.arange(len(keys)) for keys in every]
    columns: list[tuple[NDArray[Any], Sequence[Any]]] = []
    for place in range(len(names)):
        levels: list[Any] = []
        codes: list[NDArray[np.int64]] = []
        before: tuple[Sequence[Any], int] | None = None
        for keys in every:
            own = keys.levels[place]
            if before is None or before[0] is not own:
                before = (own, len(levels))
                levels.extend(own)
            codes.append(keys.codes[:, place].astype(np.int64) + before[1])
        columns.append((np.concatenate(codes) if codes else np.zeros(0, dtype=np.int64), levels))
    length = sum(map(len, every))
    keys, site = gathered(names, columns, length)
    return keys, np.split(site, np.cumsum([len(each) for each in every])[:-1]) if every else []


def no_keys(names: tuple[str, ...]) -> Keys:
    """Return the keys of no rows."""
    return Keys(names, ((),) * len(names), np.zeros((0, len(names)), dtype=np.int32))


def places_of(keys: Keys, wanted: Keys) -> list[int]:
    """Return for each of some keys its place among others, whatever its moment; -1 for one that they have not."""
    apart = [name for name in keys.names if name not in MOMENTS]
    held = dict(zip(_rows(keys, apart), range(len(keys)), strict=True))
    return [held.get(row, -1) for row in _rows(wanted, apart)]


def _rows(keys: Keys, names: Sequence[str]) -> Iterable[Key]:
    """Return the values of some key columns, for each key."""
    return zip(*(keys.column(name) for name in names), strict=True) if names else [()] * len(keys)
