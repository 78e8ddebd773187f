"""From cells to tallies: each kind of row looks up its fate, and its weight is counted there."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from attrs import cmp_using, define, field, frozen
from numpy.typing import NDArray

from envindicators.indicator import Indicator, Table
from envindicators.rule import And, Atom, Bounds, Domains, Flag, Or, everyone, fate, given
from envindicators.table_cells import UNKNOWN, TableCells
from envindicators.tally import OUTCOMES, Fate, Outcome, Tally

_BITS: dict[Outcome, int] = {"out": 1, "satisfied": 2, "failed": 4}
ANYTHING = 7
"""Every outcome, as bits."""

# the count of a tally that a fate goes to, by the fate's bits; 6 for a unit that is certainly out
_SLOTS = np.array([6, 6, 0, 3, 1, 4, 2, 5], dtype=np.int64)


_SAME = cmp_using(eq=np.array_equal)


@frozen(unsafe_hash=False)
class Tallies:
    """One tally a group, as columns.

    Args:
        counts: an int64 array with a row for each group and the six counts of a tally as columns.
        unsized: a uint8 array with the unsized outcomes of each group, as bits.
    """

    counts: NDArray[np.int64] = field(eq=_SAME)
    unsized: NDArray[np.uint8] = field(eq=_SAME)

    __hash__ = None  # type: ignore[assignment]

    def __getitem__(self, row: int) -> Tally:
        bits = int(self.unsized[row])
        unsized: Fate = frozenset(outcome for outcome in OUTCOMES if bits & _BITS[outcome])
        return Tally.of(self.counts[row].tolist(), unsized)

    def __len__(self) -> int:
        return len(self.unsized)


def nothing_known(length: int) -> Tallies:
    """Return tallies of groups of which nothing came."""
    return Tallies(np.zeros((length, 6), dtype=np.int64), np.full(length, ANYTHING, dtype=np.uint8))


def bits_of(outcomes: frozenset[Outcome]) -> int:
    """Return outcomes as bits."""
    return sum(_BITS[outcome] for outcome in outcomes)


@define
class Decider:
    """Decides the cells of one table, remembering the fates that were looked up.

    Args:
        cells: the condensed table.
    """

    cells: TableCells
    _fates: dict[tuple[str, tuple[int, ...]], int] = field(factory=dict[tuple[str, tuple[int, ...]], int], repr=False)

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
        bits = self._bits(indicator, cells.pattern)
        np.add.at(counts, (place[cells.site], _SLOTS[bits]), cells.weight)
        open_bits = self._bits(indicator, cells.open_pattern)
        lost = open_bits == _BITS["out"]
        np.bitwise_or.at(unsized, place[cells.open_site], np.where(lost, 0, open_bits).astype(np.uint8))
        self._count_margins(indicator, place, counts)
        return Tallies(counts[:length, :6].copy(), unsized[:length].copy())

    def _bits(self, indicator: Indicator, pattern: NDArray[np.int16]) -> NDArray[np.int64]:
        """Return the fate of each pattern, as bits."""
        table, domains = indicator.table, indicator.table.domains
        names = list(table.columns[1:])
        relevant = domains.relevant(indicator.among, indicator.where)
        if not relevant:
            return np.full(len(pattern), self._fate(indicator, domains, (), ()), dtype=np.int64)
        columns = pattern[:, [names.index(name) for name in relevant]].astype(np.int64)
        combined = np.zeros(len(pattern), dtype=np.int64)
        for place in range(columns.shape[1]):
            combined = combined * 2102 + (columns[:, place] - UNKNOWN) if columns.shape[1] <= 5 else combined
        if columns.shape[1] <= 5:
            _, first, inverse = np.unique(combined, return_index=True, return_inverse=True)
            kinds = columns[first]
        else:
            kinds, inverse = np.unique(columns, axis=0, return_inverse=True)
        fates = [self._fate(indicator, domains, relevant, tuple(kind)) for kind in kinds.tolist()]
        return np.array(fates, dtype=np.int64)[inverse.reshape(-1)] if len(pattern) else np.zeros(0, dtype=np.int64)

    def _fate(self, indicator: Indicator, domains: Domains, names: Sequence[str], codes: tuple[int, ...]) -> int:
        key = (indicator.key, codes)
        if key not in self._fates:
            known = {name: _value(indicator.table, name, code) for name, code in zip(names, codes, strict=True)}
            self._fates[key] = bits_of(fate(indicator.among, indicator.where, known, domains))
        return self._fates[key]

    def _count_margins(self, indicator: Indicator, place: NDArray[np.int64], counts: NDArray[np.int64]) -> None:
        """Count the rows of which only margins are known: at least so many satisfied, at most so many."""
        rows = self.cells.margins
        if not len(rows) or indicator.needs_units:
            return
        table = indicator.table
        width = 2 + len(table.parts)
        rest = list(table.columns[1 + len(table.parts) :])
        kinds, inverse = np.unique(rows[:, width:], axis=0, return_inverse=True)
        for kind, codes in enumerate(kinds.tolist()):
            known = {name: _value(table, name, code) for name, code in zip(rest, codes, strict=True)}
            belongs = bits_of(fate(indicator.among, everyone(), known, table.domains))
            if not belongs & _BITS["satisfied"]:
                continue
            of_kind = rows[inverse.reshape(-1) == kind]
            least, most = _between(indicator, known, of_kind)
            satisfied, unknown, failed = least, most - least, of_kind[:, 1] - most
            shift = 3 if belongs & _BITS["out"] else 0
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
