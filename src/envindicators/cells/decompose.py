"""Taking rows of counts and weighted records apart into cells: so many units of which so much is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from envindicators.cells.classes import UNKNOWN, Classes
from envindicators.cells.ids import NO_IDS
from envindicators.cells.keys import Keys
from envindicators.cells.sums import NO_SUMS, sums_of
from envindicators.cells.table_cells import COUNTED, TableCells, add_up, of_one_layout, order_of, rows_in_order


def decomposed(
    classes: Classes,
    keys: Keys,
    ledger: NDArray[np.int64],
    arrival: NDArray[np.int64] | None,
    values: NDArray[np.int64],
    *,
    bounds: NDArray[np.int64] = NO_SUMS,
    came: frozenset[str],
    rows: int,
    latest: tuple[int, ...],
) -> TableCells:
    """Return rows of counts and weighted records as cells.

    Args:
        classes: what is asked of the table.
        keys: the keys that the ledger's first column points to; each has a row.
        ledger: the rows, as a ledger holds them, in any order.
        arrival: when each row came.
        values: the values of each row.
        bounds: the least and the greatest count of each part where it lies between two; none where all are known.
        came: the part, category and year columns that came.
        rows: how many rows came.
        latest: for each year column the latest year in rows that have no reporting year.
    """
    table = classes.table
    parts = len(table.parts)
    width = ledger.shape[1] - 1 - parts
    units = Units(classes, ledger, rest_of_pattern(classes, ledger), values)
    flags, steps = ledger[:, 1 : 1 + parts], ledger[:, width:]
    # a row of which no part is known is taken for one of counts, since it does not matter
    between = (bounds != UNKNOWN).any(axis=1) if len(bounds) else np.zeros(len(ledger), dtype=np.bool_)
    counted = (ledger[:, 1] == COUNTED) | between if parts else between
    weighted = np.flatnonzero(~counted)
    units.take(weighted, np.where(flags[weighted] < 0, 2, flags[weighted]), steps[weighted, 0])
    margins = np.zeros((0, 1 + len(table.columns)), dtype=np.int64)
    if table.exclusive:
        _take_exclusive_apart(units, np.flatnonzero(counted), steps, whole=table.whole)
    elif table.chained:
        _take_chains_apart(units, np.flatnonzero(counted & ~between), steps)
        # a row without a total is of shares; see `envindicators.cells.known_shares`
        take_spans_apart(units, np.flatnonzero(between & (steps[:, 0] != UNKNOWN)), steps, bounds)
    else:
        margins = _margins(units, np.flatnonzero(counted), steps)
    ledger = of_one_layout(ledger, parts)
    order = order_of(ledger, values, bounds)
    kinds, cells, opened = units.cells(len(keys))
    return TableCells(
        table,
        keys,
        kinds,
        *cells[:3],
        *opened[:2],
        margins[rows_in_order(margins)],
        ledger[order],
        NO_IDS,
        came,
        rows,
        latest,
        None if arrival is None else arrival[order],
        cells[3],
        values[order] if table.values else values,
        bounds=bounds[order] if len(bounds) else bounds,
    )


def rest_of_pattern(classes: Classes, ledger: NDArray[np.int64]) -> list[NDArray[Any]]:
    """Return the category and year columns of a ledger as codes of a pattern."""
    table = classes.table
    first = 1 + len(table.parts)
    categories = [ledger[:, first + place] for place in range(len(table.categories))]
    first += len(categories)
    sizes = classes.sizes[len(table.parts) :]
    return [
        *(np.where(code == UNKNOWN, size - 1, code) for code, size in zip(categories, sizes, strict=False)),
        *(classes.span(place, ledger[:, first + place]) for place in range(len(table.years))),
    ]


@define
class Units:
    """Units as they come out of rows, before they are added up: of a row so many with certain flags.

    Args:
        classes: what is asked of the table.
        ledger: the rows.
        codes: their category and year columns, as codes of a pattern.
        values: their values.
    """

    classes: Classes
    ledger: NDArray[np.int64]
    codes: list[NDArray[Any]]
    values: NDArray[np.int64]
    rows: list[NDArray[np.intp]] = field(factory=list[Any])
    flags: list[NDArray[np.int64]] = field(factory=list[Any])
    weights: list[NDArray[np.int64] | None] = field(factory=list[Any])

    def _take(self, rows: NDArray[np.intp], flags: Any, weights: NDArray[np.int64] | None) -> None:
        if len(rows):
            parts = len(self.classes.table.parts)
            self.rows.append(rows)
            self.flags.append(np.broadcast_to(np.asarray(flags, dtype=np.int64), (len(rows), parts)))
            self.weights.append(weights)

    def add(self, rows: NDArray[np.intp], flags: Any, weights: NDArray[np.int64]) -> None:
        """Take in units of some rows: flags, all alike or row by row, and how many there are."""
        heavy = weights > 0
        self._take(rows[heavy], flags[heavy] if isinstance(flags, np.ndarray) else flags, weights[heavy])

    def take(self, rows: NDArray[np.intp], flags: NDArray[np.int64], totals: NDArray[np.int64]) -> None:
        """Take in units of some rows, an amount of unknown size where the total is missing."""
        self.add(rows, flags, totals)
        blank = totals == UNKNOWN
        self.leave_open(rows[blank], flags[blank])

    def leave_open(self, rows: NDArray[np.intp], flags: Any) -> None:
        """Take in an amount of unknown size of some rows."""
        self._take(rows, flags, None)

    def cells(self, sites: int) -> tuple[NDArray[np.int16], tuple[Any, Any, Any, Any], tuple[Any, Any, Any]]:
        """Return the kinds, the cells with what their values add up to, and the cells of unknown size."""
        none = np.zeros(0, dtype=np.int64)
        rows = np.concatenate(self.rows) if self.rows else none
        flags = (
            np.concatenate(self.flags).T if self.flags else np.zeros((len(self.classes.table.parts), 0), dtype=np.int64)
        )
        kinds, kind = self.classes.kinds([*flags, *(code[rows] for code in self.codes)], len(rows))
        site, sizes = self.ledger[rows, 0], (sites, len(kinds))
        sized = np.repeat([weights is not None for weights in self.weights], list(map(len, self.rows)))
        weight = np.concatenate([none, *(weights for weights in self.weights if weights is not None)])
        sized = sized.astype(np.bool_)
        sums = sums_of(self.values[rows[sized]], weight) if self.classes.table.values else NO_SUMS
        if sized.all():
            return kinds, add_up(site, kind, weight, sizes, sums), (none, none, none)
        return (
            kinds,
            add_up(site[sized], kind[sized], weight, sizes, sums),
            add_up(site[~sized], kind[~sized], None, sizes)[:3],
        )


def _margins(units: Units, rows: NDArray[np.intp], steps: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rows of counts whose parts are not nested, each for itself, but for those that flags could say.

    So they could where every part is blank, nothing or all of the total.
    """
    classes = units.classes
    parts = len(classes.table.parts)
    amounts, total = steps[rows, 1:], steps[rows, :1]
    plain = ((amounts <= 0) | (amounts == total)).all(axis=1)
    flags = np.where(amounts == UNKNOWN, 2, amounts > 0)
    units.take(rows[plain], flags[plain], total[plain, 0])
    kept = rows[~plain]
    sizes = classes.sizes[parts:]
    rest = [
        np.where(code[kept] == size - 1, UNKNOWN, code[kept]) for code, size in zip(units.codes, sizes, strict=True)
    ]
    for place, starts in enumerate(classes.starts, start=len(classes.table.categories)):
        rest[place] = np.where(rest[place] == UNKNOWN, UNKNOWN, starts[np.minimum(rest[place], len(starts) - 1)])
    values = units.values[kept].T if classes.table.values else ()
    return np.stack([units.ledger[kept, 0], *steps[kept].T, *rest, *values], axis=1)


def _take_chains_apart(units: Units, rows: NDArray[np.intp], steps: NDArray[np.int64]) -> None:
    """Take rows of nested counts apart: from each known step down to the next known one."""
    width = steps.shape[1] - 1
    known = steps != UNKNOWN
    kept = np.zeros(len(steps), dtype=np.bool_)
    kept[rows] = True
    for upper in range(width + 1):
        unbroken = kept & known[:, upper]
        for lower in range(upper + 1, width + 1):
            whole = np.flatnonzero(unbroken & known[:, lower])
            units.add(whole, _chain(width, upper, lower), steps[whole, upper] - steps[whole, lower])
            unbroken = unbroken & ~known[:, lower]
        last = np.flatnonzero(unbroken)
        units.add(last, _chain(width, upper, width + 1), steps[last, upper])
    above = kept & ~known[:, 0]
    for lower in range(1, width + 1):
        units.leave_open(np.flatnonzero(above & known[:, lower]), _chain(width, 0, lower))
        above = above & ~known[:, lower]
    units.leave_open(np.flatnonzero(above), _chain(width, 0, width + 1))


def _take_exclusive_apart(units: Units, rows: NDArray[np.intp], steps: NDArray[np.int64], *, whole: bool) -> None:
    """Take rows of counts apart whose parts exclude each other: the units of each part, and the rest."""
    parts = steps[rows, 1:]
    known = parts != UNKNOWN
    rest = steps[rows, 0] - np.where(known, parts, 0).sum(axis=1)
    for place in range(parts.shape[1]):
        flags = [int(place == other) for other in range(parts.shape[1])]
        units.add(rows, flags, parts[:, place])
    of_rest = np.where(known, 0, 2)
    sized = steps[rows, 0] != UNKNOWN
    units.add(rows[sized], of_rest[sized], rest[sized])
    open_ = ~sized & ~(known.all(axis=1) & whole)
    units.leave_open(rows[open_], of_rest[open_])


def take_spans_apart(units: Units, rows: NDArray[np.intp], steps: NDArray[np.int64], bounds: NDArray[np.int64]) -> None:
    """Take rows of nested counts apart of which some lie between two: into units that are all alike.

    Of the units of a row, put in order by how many parts they are in, each part surely holds the first so many, and
    none beyond so many.
    """
    if not len(rows):
        return
    total, known = steps[rows, :1], steps[rows, 1:]
    least, greatest = bounds[rows, 0::2], bounds[rows, 1::2]
    least = np.where(least != UNKNOWN, least, np.where(known != UNKNOWN, known, 0))
    greatest = np.where(greatest != UNKNOWN, greatest, np.where(known != UNKNOWN, known, total))
    # who is in a later part is in those before it
    greatest = np.minimum.accumulate(np.minimum(greatest, total), axis=1)
    least = np.maximum.accumulate(np.minimum(least, greatest)[:, ::-1], axis=1)[:, ::-1]
    ends = np.sort(np.concatenate([np.zeros_like(total), least, greatest, total], axis=1), axis=1)
    for place in range(ends.shape[1] - 1):
        start, end = ends[:, place : place + 1], ends[:, place + 1 : place + 2]
        flags = np.where(end <= least, 1, np.where(start >= greatest, 0, 2))
        units.add(rows, flags, (end - start)[:, 0])


def _chain(width: int, upper: int, lower: int) -> Sequence[int]:
    """Return the flags of units that are in the first ``upper`` nested parts and not from ``lower`` on."""
    return [1 if place <= upper else 0 if place >= lower else 2 for place in range(1, width + 1)]
