"""`TableCells`: one table condensed to the kinds of row there are. They add up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import cmp_using, evolve, field, frozen
from numpy.typing import NDArray

from envindicators.cells.classes import UNKNOWN
from envindicators.cells.grouping import CODES, combined, distinct, distinct_rows, first_of_run, slots
from envindicators.cells.ids import NO_IDS, Ids, Repeated, together
from envindicators.cells.keys import Keys, no_keys, united
from envindicators.cells.sums import NO_SUMS, added_up, fitting
from envindicators.cells.sums import together as below
from envindicators.definitions.table import Table
from envindicators.pickling import versioned
from envindicators.problems import LISTED

COUNTED = -2
"""In a ledger, the code of a flag in a row of counts, which has none."""

_SAME = cmp_using(eq=np.array_equal)


@versioned
@frozen(unsafe_hash=False)
class TableCells:
    """One table condensed. Every array is in canonical order, so equal facts are equal cells.

    Args:
        table: the table.
        keys: the keys that stand in it; a key with rows has reported.
        kinds: the kinds of unit that stand in it (see `Classes.kinds`), each once and in order.
        site: for each cell the position of its key in ``keys``.
        kind: for each cell the position of its kind in ``kinds``.
        weight: for each cell the counted units.
        open_site: like ``site``, for amounts of unknown size.
        open_kind: like ``kind``, for amounts of unknown size.
        margins: rows of counts whose parts are not nested, each for itself: site, total, the parts
            (`UNKNOWN` where blank), then categories and first years of spans as in a kind, then values.
        ledger: the rows of counts and weighted records as they came: site, flags (`COUNTED` for
            counts), categories, years; then total and parts. It finds what came twice.
        ids: the ids of records.
        came: the part, category and year columns that came.
        rows: how many rows came.
        latest: for each year column the latest year in rows that have no reporting year, `UNKNOWN` for none.
        arrival: for each row of the ledger when it came, while the table is being read. Not compared.
        sums: for each cell what its values add up to (see `envindicators.cells.sums`).
        values: for each row of the ledger its values.
        bounds: for each row of the ledger the least and the greatest count of each part that lies between two
            (`UNKNOWN` for the others, which stand in the ledger); none where all are known. Of a row without a total
            they are shares; see `envindicators.cells.known_shares`.
        numbers: whether some parts came as numbers, so that rows of which nothing is counted are counts unless
            some flag is true. Not compared.
        identified: whether every row of the ledger has an id, so that rows of one key are told apart.
        whole: the keys of the cells that these are some of, whose ids they keep; None where nothing was left out.
            Not compared.
    """

    table: Table
    keys: Keys
    kinds: NDArray[np.int16] = field(eq=_SAME)
    site: NDArray[Any] = field(eq=_SAME)
    kind: NDArray[Any] = field(eq=_SAME)
    weight: NDArray[np.int64] = field(eq=_SAME)
    open_site: NDArray[Any] = field(eq=_SAME)
    open_kind: NDArray[Any] = field(eq=_SAME)
    margins: NDArray[np.int64] = field(eq=_SAME)
    ledger: NDArray[np.int64] = field(eq=_SAME)
    ids: Ids
    came: frozenset[str]
    rows: int
    latest: tuple[int, ...]
    arrival: NDArray[np.int64] | None = field(default=None, eq=False, repr=False)
    sums: NDArray[Any] = field(default=NO_SUMS, eq=_SAME, repr=False)
    values: NDArray[np.int64] = field(default=NO_SUMS, eq=_SAME, repr=False)
    bounds: NDArray[np.int64] = field(default=NO_SUMS, eq=_SAME, repr=False, kw_only=True)
    numbers: bool = field(default=False, eq=False, repr=False)
    identified: bool = field(default=False, repr=False)
    whole: Keys | None = field(default=None, eq=False, repr=False)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"TableCells({self.table.key!r}, {self.rows} rows, {len(self.site)} cells, {len(self.keys)} groups)"

    @property
    def key_width(self) -> int:
        """How many of the ledger's columns make up the key of a row."""
        return int(self.ledger.shape[1]) - 1 - len(self.table.parts)

    def of_year(self, year: int | None) -> tuple[TableCells, Repeated]:
        """Return the cells with the rows of no year put into one, and the ids that then stand in it twice."""
        keys, place = self.keys.with_year(year)
        ids, repeated = together(_apart_by_year(self.ids, year), LISTED)
        return evolve(_summed(self.table, keys, [self], [place]), ids=ids, identified=self.identified), repeated

    def regrouped(self, names: tuple[str, ...]) -> TableCells:
        """Return the cells under some of their key columns, added up where those do not tell them apart."""
        keys, place = self.keys.projected(names)
        return _like(self, _summed(self.table, keys, [self], [place]))

    def only(self, kept: NDArray[np.bool_]) -> TableCells:
        """Return the cells of some of the keys; the ids stay those of all, since no one knows whose they are."""
        if kept.all():
            return evolve(self, whole=self.whole or self.keys)
        sized, open_, told = kept[self.site], kept[self.open_site], kept[self.ledger[:, 0]]
        kinds = np.union1d(self.kind[sized], self.open_kind[open_])
        some = evolve(
            self,
            kinds=self.kinds[kinds],
            site=self.site[sized],
            kind=np.searchsorted(kinds, self.kind[sized]),
            weight=self.weight[sized],
            open_site=self.open_site[open_],
            open_kind=np.searchsorted(kinds, self.open_kind[open_]),
            margins=self.margins[kept[self.margins[:, 0]]],
            ledger=self.ledger[told],
            sums=self.sums[sized] if self.table.values else self.sums,
            values=self.values[told] if self.table.values else self.values,
            bounds=self.bounds[told] if len(self.bounds) else self.bounds,
        )
        part = _like(self, _summed(self.table, self.keys.only(kept), [some], [np.cumsum(kept) - 1]))
        units = int(part.weight.sum(dtype=object)) + int(part.margins[:, 1].sum(dtype=object))
        rows = len(part.ledger) + records(self.table, units, part.ledger[:, self.key_width :])
        return evolve(part, rows=rows, whole=self.whole or self.keys)


def records(table: Table, units: int, steps: NDArray[np.int64]) -> int:
    """Return how many of some units are rows of their own, which stand in no ledger.

    Args:
        table: the table.
        units: how many units there are.
        steps: the totals and the parts in the ledger of them; of a blank total the known parts count.
    """
    total, known = steps[:, 0], np.maximum(steps[:, 1:], 0)
    floor = known.sum(axis=1) if table.exclusive else known.max(axis=1, initial=0)
    return units - int(np.where(total == UNKNOWN, floor, total).sum(dtype=object))


def _like(cells: TableCells, summed: TableCells) -> TableCells:
    """Return cells summed up from those of others, with what these know beside."""
    return evolve(summed, identified=cells.identified, whole=cells.whole)


def _apart_by_year(ids: Ids, year: int | None) -> list[Ids]:
    """Return the ids that have a year and those that have none, put into one."""
    dated = ids.runs[:, 0] >= 0
    return [
        Ids(ids.runs[dated], tuple(named for named in ids.named if named[0] >= 0)),
        Ids(ids.runs[~dated], tuple(named for named in ids.named if named[0] < 0)).of_year(year),
    ]


def no_cells(table: Table, names: tuple[str, ...], width: int) -> TableCells:
    """Return the cells of no rows, of which a kind has so many columns."""
    none, parts, columns = np.zeros(0, dtype=np.int64), len(table.parts), len(table.attributes)
    values = len(table.values)
    return TableCells(
        table,
        no_keys(names),
        np.zeros((0, width), dtype=np.int16),
        none,
        none,
        none,
        none,
        none,
        np.zeros((0, 2 + columns + values), dtype=np.int64),
        np.zeros((0, 2 + columns + parts), dtype=np.int64),
        NO_IDS,
        frozenset(),
        0,
        (-1,) * len(table.years),
        sums=np.zeros((0, 3 * values), dtype=np.int64),
        values=np.zeros((0, values), dtype=np.int64),
    )


def added(every: Sequence[TableCells]) -> tuple[TableCells, Repeated]:
    """Return the cells of some pieces of a table together, and the ids that stand in several of them.

    Nothing else is checked here: see `envindicators.cells.between`.
    """
    ids, repeated = together(_each_once(every), LISTED)
    if len(every) == 1:
        return every[0], repeated
    first = every[0]
    keys, places = united(first.keys.names, [each.keys for each in every])
    arrivals = [each.arrival for each in every if each.arrival is not None]
    arrival = np.concatenate(arrivals) if len(arrivals) == len(every) else None
    whole = evolve(
        _summed(first.table, keys, every, places, arrival),
        ids=ids,
        came=frozenset[str]().union(*(each.came for each in every)),
        rows=sum(each.rows for each in every),
        latest=tuple(map(max, *(each.latest for each in every))) if first.latest else (),
        numbers=any(each.numbers for each in every),
        whole=first.whole if all(each.whole == first.whole for each in every) else None,
        identified=any(len(each.ledger) for each in every)
        and all(each.identified or not len(each.ledger) for each in every),
    )
    return whole, repeated


def _each_once(every: Sequence[TableCells]) -> list[Ids]:
    """Return the ids of some cells: of parts of one whole that have no key in common, which all keep its ids, once."""
    found: list[Ids] = []
    parts: list[tuple[TableCells, set[Any]]] = []
    for each in every:
        keys = set[Any]() if each.whole is None else set(each.keys)
        beside = (held for part, held in parts if part.whole == each.whole and part.ids == each.ids)
        others = next((held for held in beside if not held & keys), None)
        if each.whole is not None and others is not None:
            others |= keys
            continue
        found.append(each.ids)
        if each.whole is not None:
            parts.append((each, keys))
    return found


def without(cells: TableCells, part: TableCells) -> TableCells:
    """Return cells without the units of a part of them that has the same keys, and without any row of a ledger."""
    _, kind_of = distinct_rows(np.concatenate([cells.kinds, part.kinds]))
    sizes = (len(cells.keys), len(cells.kinds))
    codes = combined([cells.site, cells.kind], sizes)
    weight, sums = cells.weight.copy(), cells.sums.astype(object)
    if len(part.site):
        taken = combined([part.site, kind_of[len(cells.kinds) :][part.kind]], sizes)
        weight[np.searchsorted(codes, taken)] -= part.weight
        if sums.shape[1]:
            sums[np.searchsorted(codes, taken)] -= part.sums
    kept = weight > 0
    used, site = distinct(cells.site[kept], len(cells.keys))
    kinds, kind = distinct(cells.kind[kept], len(cells.kinds))
    nothing = no_cells(cells.table, cells.keys.names, cells.kinds.shape[1])
    return evolve(
        nothing,
        keys=cells.keys.only(used),
        kinds=cells.kinds[kinds],
        site=site,
        kind=kind,
        weight=weight[kept],
        sums=fitting(sums[kept]) if sums.shape[1] else cells.sums,
        ids=cells.ids,
        came=cells.came,
        latest=cells.latest,
    )


def _summed(
    table: Table,
    keys: Keys,
    every: Sequence[TableCells],
    places: Sequence[NDArray[Any]],
    arrival: NDArray[np.int64] | None = None,
) -> TableCells:
    """Return cells of other keys put below each other, and added up where they are of one key and kind."""
    kinds, kind_of = distinct_rows(np.concatenate([each.kinds for each in every]))
    shifts = np.cumsum([0, *(len(each.kinds) for each in every)])
    moved = list(zip(every, places, [kind_of[shift:] for shift in shifts[:-1]], strict=True))
    site, kind, weight, sums = add_up(
        np.concatenate([place[each.site] for each, place, _ in moved]),
        np.concatenate([kind[each.kind] for each, _, kind in moved]),
        np.concatenate([each.weight for each in every]),
        (len(keys), len(kinds)),
        below([each.sums for each in every]),
    )
    open_site, open_kind, *_ = add_up(
        np.concatenate([place[each.open_site] for each, place, _ in moved]),
        np.concatenate([kind[each.open_kind] for each, _, kind in moved]),
        None,
        (len(keys), len(kinds)),
    )
    margins = np.concatenate([_moved(each.margins, place) for each, place, _ in moved])
    ledger = np.concatenate([_moved(each.ledger, place) for each, place, _ in moved])
    ledger = of_one_layout(ledger, len(table.parts))
    values = below([each.values for each in every])
    bounds = _bounds_below(every)
    order = order_of(ledger, values, bounds)
    return TableCells(
        table,
        keys,
        kinds,
        site,
        kind,
        weight,
        open_site,
        open_kind,
        margins[rows_in_order(margins)],
        ledger[order],
        every[0].ids,
        every[0].came,
        every[0].rows,
        every[0].latest,
        None if arrival is None else arrival[order],
        sums,
        values[order] if len(values) else values,
        every[0].numbers,
        bounds=bounds[order] if len(bounds) else bounds,
    )


def add_up(
    site: NDArray[Any],
    kind: NDArray[Any],
    weight: NDArray[np.int64] | None,
    sizes: tuple[int, int],
    sums: NDArray[Any] = NO_SUMS,
) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.int64], NDArray[Any]]:
    """Return cells in order, those of one site and kind added up.

    Args:
        site: for each cell its site.
        kind: for each its kind.
        weight: for each its units; None counts the cells.
        sizes: how many sites and kinds there are.
        sums: for each what its values add up to, of a table with value columns.
    """
    if not len(site):
        return site, kind, np.zeros(0, dtype=np.int64), sums
    codes = combined([site, kind], sizes)
    if weight is not None and bool((codes[1:] > codes[:-1]).all()):
        return site, kind, weight, sums
    cells, which = distinct(codes, slots(sizes))
    weights = np.zeros(len(cells), dtype=np.int64)
    np.add.at(weights, which, 1 if weight is None else weight)
    site, kind = np.divmod(cells, sizes[1])
    return site, kind, weights, added_up(sums, which, len(cells)) if sums.shape[1] else sums


def _moved(rows: NDArray[np.int64], place: NDArray[Any]) -> NDArray[np.int64]:
    moved = rows.copy()
    if len(rows):
        moved[:, 0] = place[rows[:, 0]]
    return moved


def of_one_layout(ledger: NDArray[np.int64], parts: int) -> NDArray[np.int64]:
    """Return a ledger in which rows that are the same as counts and with flags stand in one of the two ways.

    So are rows of which every part is 0 or blank, and every flag false or missing. They stand as counts, unless some
    flag is true, or flags tell rows of one key apart and nothing else is counted.
    """
    if not parts or not len(ledger):
        return ledger
    flags, total, amounts = ledger[:, 1 : 1 + parts], ledger[:, -1 - parts], ledger[:, -parts:]
    counted = flags[:, 0] == COUNTED
    values = np.where(counted[:, None], amounts, flags)
    none = (values <= 0).all(axis=1) & (values == 0).any(axis=1) & (total != UNKNOWN)
    if not none.any():
        return ledger
    counts, told = ledger.copy(), ledger.copy()
    counts[none, 1 : 1 + parts], counts[none, -parts:] = COUNTED, values[none]
    told[none, 1 : 1 + parts], told[none, -parts:] = values[none], UNKNOWN
    if (flags == 1).any():
        return told
    some = counted & ~none & (amounts != UNKNOWN).any(axis=1)
    return counts if some.any() or _distinct_keys(counts, parts) == _distinct_keys(told, parts) else told


def _distinct_keys(ledger: NDArray[np.int64], parts: int) -> int:
    keys = ledger[:, : -1 - parts]
    return int(np.count_nonzero(first_of_run(list(keys[rows_in_order(keys)].T))))


def order_of(ledger: NDArray[np.int64], values: NDArray[Any], bounds: NDArray[np.int64]) -> NDArray[np.intp]:
    """Return the positions of the rows of a ledger in order, with what stands beside them."""
    return rows_in_order(np.concatenate([ledger, *(each for each in (values, bounds) if len(each))], axis=1))


def _bounds_below(every: Sequence[TableCells]) -> NDArray[np.int64]:
    """Return the bounds of the rows of several ledgers below each other; none where none has any."""
    if not any(len(each.bounds) for each in every):
        return NO_SUMS
    width = 2 * len(every[0].table.parts)
    none = [np.full((len(each.ledger), width), UNKNOWN, dtype=np.int64) for each in every]
    return np.concatenate([each.bounds if len(each.bounds) else open_ for each, open_ in zip(every, none, strict=True)])


def rows_in_order(rows: NDArray[np.int64]) -> NDArray[np.intp]:
    """Return the positions of some rows in lexicographic order."""
    if not len(rows):
        return np.zeros(0, dtype=np.intp)
    least, greatest = rows.min(axis=0), rows.max(axis=0)
    # columns that fit into one code are sorted as one
    merged: list[tuple[list[NDArray[np.int64]], list[int]]] = [([], [])]
    for column, low, high in zip(rows.T, least.tolist(), greatest.tolist(), strict=True):
        size = high - low + 1
        if size >= CODES or slots([*merged[-1][1], size]) >= CODES:
            merged.append(([], []))
        merged[-1][0].append(column if size >= CODES else column - low)
        merged[-1][1].append(size)
    codes = [columns[0] if len(columns) == 1 else combined(columns, sizes) for columns, sizes in merged if columns]
    return np.argsort(codes[0], kind="stable") if len(codes) == 1 else np.lexsort(codes[::-1])
