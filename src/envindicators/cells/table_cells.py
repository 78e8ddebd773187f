"""`TableCells`: one table condensed to the kinds of row there are."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from attrs import cmp_using, field, frozen
from numpy.typing import NDArray

from envindicators.cells.grouping import Axis, combined, group
from envindicators.definitions.table import Table

Key = tuple[Any, ...]
"""The values of the key columns of a row: year, area, and what else stands in ``by``."""

UNKNOWN = -1
"""In a pattern or a ledger, the code of what is missing."""

COUNTED = -2
"""In a ledger, the code of a flag in a row of counts, which has none."""


_SAME = cmp_using(eq=np.array_equal)


@frozen(unsafe_hash=False)
class TableCells:
    """One table condensed. Every array is in canonical order, so equal facts are equal cells.

    Args:
        table: the table.
        groups: the keys that stand in it, sorted; a group with rows has reported.
        site: for each cell the position of its key in ``groups``.
        pattern: for each cell a row of codes, one for each part (0, 1), category (position of the
            value) and year column (a year); `UNKNOWN` where it is missing.
        weight: for each cell the counted units.
        open_site: like ``site``, for amounts of unknown size.
        open_pattern: like ``pattern``, for amounts of unknown size.
        margins: rows of counts whose parts are not nested, each for itself: site, total, the parts
            (`UNKNOWN` where blank), then categories and years as in ``pattern``.
        ledger: the rows of counts and weighted records as they came: site, flags (`COUNTED` for
            counts), categories, years; then total and parts. It finds what came twice.
        came: the part, category and year columns that came.
        rows: how many rows came.
        latest: for each year column the latest year in rows that have no reporting year, `UNKNOWN` for none.
    """

    table: Table
    groups: tuple[Key, ...]
    site: NDArray[np.int64] = field(eq=_SAME)
    pattern: NDArray[np.int16] = field(eq=_SAME)
    weight: NDArray[np.int64] = field(eq=_SAME)
    open_site: NDArray[np.int64] = field(eq=_SAME)
    open_pattern: NDArray[np.int16] = field(eq=_SAME)
    margins: NDArray[np.int64] = field(eq=_SAME)
    ledger: NDArray[np.int64] = field(eq=_SAME)
    came: frozenset[str]
    rows: int
    latest: tuple[int, ...]

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"TableCells({self.table.key!r}, {self.rows} rows, {len(self.site)} cells, {len(self.groups)} groups)"

    @property
    def key_width(self) -> int:
        """How many of the ledger's columns make up the key of a row."""
        return int(self.ledger.shape[1]) - 1 - len(self.table.parts)


def key_order(key: Key) -> tuple[Any, ...]:
    """Return what keys are sorted by: None first, then by kind and value."""
    return tuple((value is not None, type(value).__name__, value if value is not None else 0) for value in key)


def in_order(keys: Iterable[Key]) -> list[Key]:
    """Return keys sorted, None first, then by kind and value."""
    found = list(keys)
    if len(found) < 2:
        return found
    kinds = [set(map(type, column)) for column in zip(*found, strict=True)]
    return sorted(found) if all(len(each) == 1 for each in kinds) else sorted(found, key=key_order)


def canonical(table: Table, pattern: NDArray[Any]) -> NDArray[np.int16]:
    """Return patterns with what nested parts imply filled in."""
    filled = pattern.astype(np.int16, copy=table.nested)
    if table.nested:
        width = len(table.parts)
        for place in range(width - 1, 0, -1):
            filled[filled[:, place] == 1, place - 1] = 1
        for place in range(1, width):
            filled[filled[:, place - 1] == 0, place] = 0
    return filled


def add_up(
    site: NDArray[Any], pattern: NDArray[Any], weight: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int16], NDArray[np.int64]]:
    """Return cells with those of one site and pattern added up, in canonical order."""
    axes = [Axis(column, int(column.max(initial=0)) - least + 1, least) for column, least in _columns(site, pattern)]
    if math.prod(axis.size for axis in axes) < 2**62:
        codes = combined(axes, len(site))
        if (codes[1:] > codes[:-1]).all():
            return site.astype(np.int64, copy=False), pattern.astype(np.int16, copy=False), weight
        del codes
    grouped = group(axes, len(site), weight)
    width = pattern.shape[1]
    patterns = np.stack(grouped.codes[1:], axis=1) if width else np.zeros((len(grouped.sums), 0))
    return grouped.codes[0].astype(np.int64), patterns.astype(np.int16), grouped.sums


def _columns(site: NDArray[Any], pattern: NDArray[Any]) -> list[tuple[NDArray[Any], int]]:
    return [(site, 0), *((pattern[:, place], UNKNOWN) for place in range(pattern.shape[1]))]


def make(
    table: Table,
    *,
    keys: list[Key],
    site: NDArray[Any],
    pattern: NDArray[Any],
    weight: NDArray[np.int64],
    open_site: NDArray[Any],
    open_pattern: NDArray[Any],
    margins: NDArray[np.int64],
    ledger: NDArray[np.int64],
    came: frozenset[str],
    rows: int,
    latest: tuple[int, ...],
) -> TableCells:
    """Return cells in canonical order; ``site`` and the like may point into ``keys`` in any order."""
    distinct = in_order(dict.fromkeys(keys))
    if distinct == keys:
        place = np.arange(len(keys))
    else:
        rank = {key: position for position, key in enumerate(distinct)}
        place = np.array([rank[key] for key in keys], dtype=np.int64)
    heavy = weight > 0
    if not heavy.all():
        site, pattern, weight = site[heavy], pattern[heavy], weight[heavy]
    cells = add_up(place[site], canonical(table, pattern), weight)
    open_cells = add_up(place[open_site], canonical(table, open_pattern), np.ones(len(open_site), dtype=np.int64))
    return TableCells(
        table,
        tuple(distinct),
        *cells,
        *open_cells[:2],
        _sorted_rows(_placed(margins, place)),
        _sorted_rows(_placed(ledger, place)),
        came,
        rows,
        latest,
    )


def _placed(rows: NDArray[np.int64], place: NDArray[np.int64]) -> NDArray[np.int64]:
    moved = rows.copy()
    if len(rows):
        moved[:, 0] = place[rows[:, 0]]
    return moved


def _sorted_rows(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    return rows[np.lexsort(rows.T[::-1])] if len(rows) else rows


def together(first: TableCells, second: TableCells) -> TableCells:
    """Return the cells of both, added up."""
    shift = len(first.groups)

    def joined(name: str, *, sites: bool = False) -> NDArray[Any]:
        left, right = getattr(first, name), getattr(second, name)
        if sites:
            right = right + shift
        elif name in ("margins", "ledger") and len(right):
            right = right.copy()
            right[:, 0] += shift
        return np.concatenate([left, right])

    return make(
        first.table,
        keys=[*first.groups, *second.groups],
        site=joined("site", sites=True),
        pattern=joined("pattern"),
        weight=joined("weight"),
        open_site=joined("open_site", sites=True),
        open_pattern=joined("open_pattern"),
        margins=joined("margins"),
        ledger=joined("ledger"),
        came=first.came | second.came,
        rows=first.rows + second.rows,
        latest=tuple(map(max, first.latest, second.latest)),
    )


def with_year(cells: TableCells, year: int | None) -> TableCells:
    """Return the cells with the rows of no year put into one."""
    return make(
        cells.table,
        keys=[(year, *key[1:]) if key[0] is None else key for key in cells.groups],
        site=cells.site,
        pattern=cells.pattern,
        weight=cells.weight,
        open_site=cells.open_site,
        open_pattern=cells.open_pattern,
        margins=cells.margins,
        ledger=cells.ledger,
        came=cells.came,
        rows=cells.rows,
        latest=cells.latest,
    )
