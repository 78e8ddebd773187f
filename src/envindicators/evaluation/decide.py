"""From cells to tallies: each kind of row looks up its fate, and its weight is counted there."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from envindicators.algebra.tallies import BITS, Tallies, bits_of
from envindicators.cells.table_cells import UNKNOWN, TableCells
from envindicators.definitions.indicator import Indicator
from envindicators.definitions.rule import And, Atom, Bounds, Domains, Flag, Or, all_units, fate, given
from envindicators.definitions.table import Table

# the count of a tally that a fate goes to, by the fate's bits; 6 for a unit that is certainly out
_SLOTS = np.array([6, 6, 0, 3, 1, 4, 2, 5], dtype=np.int64)


_DENSE = 1 << 22


def distinct_rows(rows: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct rows of an array of codes from `UNKNOWN` on, and for each row which of them it is."""
    sizes = [int(column.max(initial=UNKNOWN)) - UNKNOWN + 1 for column in rows.T]
    if math.prod(sizes) > _DENSE:
        found, inverse = np.unique(rows, axis=0, return_inverse=True)
        return found.astype(np.int64), inverse.reshape(-1)
    codes = np.zeros(len(rows), dtype=np.int64)
    for column, size in zip(rows.T, sizes, strict=True):
        codes *= size
        codes += column
        codes -= UNKNOWN
    seen = np.zeros(math.prod(sizes), dtype=np.bool_)
    seen[codes] = True
    first = np.zeros(len(seen), dtype=np.int64)
    first[codes[::-1]] = np.arange(len(rows) - 1, -1, -1)
    rank = np.cumsum(seen) - 1
    return rows[first[seen]].astype(np.int64), rank[codes]


@define
class Decider:
    """Decides the cells of one table, remembering the fates that were looked up.

    Args:
        cells: the condensed table.
    """

    cells: TableCells
    _fates: dict[tuple[str, tuple[int, ...]], int] = field(factory=dict[tuple[str, tuple[int, ...]], int], repr=False)
    _kinds: NDArray[np.int64] = field(init=False, repr=False)
    _kind_of: NDArray[np.int64] = field(init=False, repr=False)
    _open_kinds: NDArray[np.int64] = field(init=False, repr=False)
    _open_kind_of: NDArray[np.int64] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self._kinds, self._kind_of = distinct_rows(self.cells.pattern)
        self._open_kinds, self._open_kind_of = distinct_rows(self.cells.open_pattern)

    def tallies(self, indicator: Indicator, place: NDArray[np.int64], length: int) -> Tallies:
        """Return the tallies of an indicator.

        Args:
            indicator: an indicator of the table.
            place: for each of the table's groups the row of the result to count it in, -1 for none.
            length: the number of rows of the result.
        """
        counts = np.zeros((length + 1, 7), dtype=np.int64)
        unsized = np.zeros(length + 1, dtype=np.uint8)
        cells = self.cells
        slots = _SLOTS[self._bits(indicator, self._kinds)]
        np.add.at(counts.reshape(-1), place[cells.site] % (length + 1) * 7 + slots[self._kind_of], cells.weight)
        open_bits = self._bits(indicator, self._open_kinds)
        kept = np.where(open_bits == BITS["out"], 0, open_bits).astype(np.uint8)
        np.bitwise_or.at(unsized, place[cells.open_site], kept[self._open_kind_of])
        self._count_margins(indicator, place, counts)
        return Tallies(counts[:length, :6].copy(), unsized[:length].copy())

    def _bits(self, indicator: Indicator, kinds: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the fate of each kind of row, as bits."""
        domains = indicator.table.domains
        names = list(indicator.table.columns[1:])
        relevant = domains.relevant(indicator.among, indicator.where)
        columns = kinds[:, [names.index(name) for name in relevant]].tolist()
        fates = [self._fate(indicator, domains, relevant, tuple(kind)) for kind in columns]
        return np.array(fates, dtype=np.int64)

    def _fate(self, indicator: Indicator, domains: Domains, names: Sequence[str], codes: tuple[int, ...]) -> int:
        key = (indicator.key, codes)
        if key not in self._fates:
            known = {name: _value(indicator.table, name, code) for name, code in zip(names, codes, strict=True)}
            self._fates[key] = bits_of(fate(indicator.among, indicator.where, known, domains))
        return self._fates[key]

    def _count_margins(self, indicator: Indicator, place: NDArray[np.int64], counts: NDArray[np.int64]) -> None:
        """Count the rows of which only margins are known: at least so many satisfied, at most so many."""
        rows = self.cells.margins
        if not len(rows) or indicator.questions[0].needs_units:
            return
        table = indicator.table
        width = 2 + len(table.parts)
        rest = list(table.columns[1 + len(table.parts) :])
        kinds, inverse = np.unique(rows[:, width:], axis=0, return_inverse=True)
        for kind, codes in enumerate(kinds.tolist()):
            known = {name: _value(table, name, code) for name, code in zip(rest, codes, strict=True)}
            belongs = bits_of(fate(indicator.among, all_units(), known, table.domains))
            if not belongs & BITS["satisfied"]:
                continue
            of_kind = rows[inverse.reshape(-1) == kind]
            least, most = _between(indicator, known, of_kind)
            satisfied, unknown, failed = least, most - least, of_kind[:, 1] - most
            shift = 3 if belongs & BITS["out"] else 0
            where = place[of_kind[:, 0]]
            for slot, amount in ((0, satisfied), (1, failed), (2, unknown)):
                np.add.at(counts[:, slot + shift], where, amount)


def _value(table: Table, name: str, code: int) -> Any:
    if code == UNKNOWN:
        return None
    category = table.category(name)
    if category is not None:
        return category.values[code]
    return bool(code) if table.part(name) is not None else code


def _between(indicator: Indicator, known: dict[str, Any], rows: NDArray[np.int64]) -> Bounds:
    """Return between which numbers of the population's units a rule holds in each of some rows of margins.

    Two pairs of bounds are taken together. One takes what a unit's categories and years leave open atom by
    atom; the other for all atoms at once: a unit may satisfy the rule if one way to fill them in lets it, and
    does for sure if all ways do.
    """
    table, where = indicator.table, indicator.where
    total = rows[:, 1]
    names = [part.key for part in table.parts]

    def leaf(atom: Atom) -> Bounds:
        if isinstance(atom, Flag):
            part = rows[:, 2 + names.index(atom.column)]
            blank = part == UNKNOWN
            return np.where(blank, 0, part), np.where(blank, total, part)
        possible = fate(indicator.among, atom, known, table.domains)
        return total * ("failed" not in possible), total * ("satisfied" in possible)

    least, most = where.bounds(total, leaf)
    filled = dict.fromkeys(given(where, unit) for unit in _ways(indicator, known))
    sure, perhaps = functools.reduce(And, filled), functools.reduce(Or, filled)
    return np.maximum(least, sure.bounds(total, leaf)[0]), np.minimum(most, perhaps.bounds(total, leaf)[1])


def _ways(indicator: Indicator, known: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the ways to fill in the categories and years of a unit of the population."""
    domains = indicator.table.domains.narrowed(indicator.among, indicator.where)
    columns = [name for name in domains.relevant(indicator.among, indicator.where) if name in known]
    for unit in domains.completions(known, columns):
        if indicator.among.holds(unit):
            yield unit
