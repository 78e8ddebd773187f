"""Taking rows of counts and weighted records apart into cells: so many units of which so much is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from envindicators.cells.table_cells import COUNTED, UNKNOWN, Key
from envindicators.definitions.rule import Rule
from envindicators.definitions.table import Table
from envindicators.ingest.reading import spans_of


def decompose(table: Table, rules: Sequence[Rule], sites: Sequence[Key], ledger: NDArray[np.int64]) -> dict[str, Any]:
    """Return rows as the keys and arrays that `table_cells.make` takes.

    Args:
        table: the table.
        rules: the rules that will be asked of it: years that they do not tell apart are one.
        sites: the keys that the ledger's first column points to; those that no row has are left out.
        ledger: the rows, as a ledger holds them.
    """
    used, place = np.unique(ledger[:, 0], return_inverse=True)
    if len(used) < len(sites):
        ledger = ledger.copy()
        ledger[:, 0] = place.reshape(-1)
    parts = len(table.parts)
    width = ledger.shape[1] - 1 - parts
    first_year = 1 + parts + len(table.categories)
    categories = [ledger[:, 1 + parts + number] for number in range(len(table.categories))]
    years = {column.key: ledger[:, first_year + number] for number, column in enumerate(table.years)}
    rest = [*categories, *spans_of(table, rules, years)]
    pieces = _Pieces(ledger[:, 0], np.stack([*rest, ledger[:, 0]], axis=1)[:, :-1], parts)
    flags, steps = ledger[:, 1 : 1 + parts], ledger[:, width:]
    # a row of which no part is known is taken for one of counts, since it does not matter
    counted = ledger[:, 1] == COUNTED if parts else np.zeros(len(ledger), dtype=np.bool_)
    weighted = np.flatnonzero(~counted)
    pieces.add(weighted, flags[weighted], steps[weighted, 0])
    if table.chained:
        _decompose_chain(pieces, np.flatnonzero(counted), steps)
    else:
        _keep_margins(pieces, np.flatnonzero(counted), steps)
    keys = [sites[code] for code in used.tolist()]
    return {"keys": keys, "ledger": ledger, **pieces.joined(len(table.columns))}


@define
class _Pieces:
    """Cells as they come out of rows of counts, before they are added up."""

    site: NDArray[np.int64]
    rest: NDArray[np.int64]
    parts: int
    sites: list[NDArray[np.int64]] = field(factory=list[NDArray[np.int64]])
    patterns: list[NDArray[np.int64]] = field(factory=list[NDArray[np.int64]])
    weights: list[NDArray[np.int64]] = field(factory=list[NDArray[np.int64]])
    open_sites: list[NDArray[np.int64]] = field(factory=list[NDArray[np.int64]])
    open_patterns: list[NDArray[np.int64]] = field(factory=list[NDArray[np.int64]])
    margins: list[NDArray[np.int64]] = field(factory=list[NDArray[np.int64]])

    def _patterns(self, rows: NDArray[np.intp], flags: Any) -> NDArray[np.int64]:
        wide = np.broadcast_to(np.asarray(flags, dtype=np.int64), (len(rows), self.parts))
        return np.concatenate([wide, self.rest[rows]], axis=1)

    def add(self, rows: NDArray[np.intp], flags: Any, weights: NDArray[np.int64]) -> None:
        if len(rows):
            self.sites.append(self.site[rows])
            self.patterns.append(self._patterns(rows, flags))
            self.weights.append(weights)

    def leave_open(self, rows: NDArray[np.intp], flags: Any) -> None:
        if len(rows):
            self.open_sites.append(self.site[rows])
            self.open_patterns.append(self._patterns(rows, flags))

    def keep(self, rows: NDArray[np.intp], steps: NDArray[np.int64]) -> None:
        if len(rows):
            self.margins.append(np.concatenate([self.site[rows, None], steps[rows], self.rest[rows]], axis=1))

    def joined(self, columns: int) -> dict[str, NDArray[np.int64]]:
        """Return the arrays that `table_cells.make` takes."""
        return {
            "site": _joined(self.sites),
            "pattern": _joined(self.patterns, columns - 1),
            "weight": _joined(self.weights),
            "open_site": _joined(self.open_sites),
            "open_pattern": _joined(self.open_patterns, columns - 1),
            "margins": _joined(self.margins, columns + 1),
        }


def _joined(arrays: Iterable[NDArray[np.int64]], width: int | None = None) -> NDArray[np.int64]:
    return np.concatenate([*arrays, np.zeros(0 if width is None else (0, width), dtype=np.int64)])


def _keep_margins(pieces: _Pieces, rows: NDArray[np.intp], steps: NDArray[np.int64]) -> None:
    silent = (steps[rows, 1:] == UNKNOWN).all(axis=1)
    pieces.add(rows[silent], [UNKNOWN] * pieces.parts, steps[rows[silent], 0])
    pieces.keep(rows[~silent], steps)


def _decompose_chain(pieces: _Pieces, rows: NDArray[np.intp], steps: NDArray[np.int64]) -> None:
    """Take rows of nested counts apart: from each known step down to the next known one."""
    width = pieces.parts
    known = steps != UNKNOWN
    kept = np.zeros(len(steps), dtype=np.bool_)
    kept[rows] = True
    for upper in range(width + 1):
        unbroken = kept & known[:, upper]
        for lower in range(upper + 1, width + 1):
            found = np.flatnonzero(unbroken & known[:, lower])
            pieces.add(found, _chain(width, upper, lower), steps[found, upper] - steps[found, lower])
            unbroken = unbroken & ~known[:, lower]
        found = np.flatnonzero(unbroken)
        pieces.add(found, _chain(width, upper, width + 1), steps[found, upper])
    above = kept & ~known[:, 0]
    for lower in range(1, width + 1):
        found = np.flatnonzero(above & known[:, lower])
        pieces.leave_open(found, _chain(width, 0, lower))
        above = above & ~known[:, lower]


def _chain(width: int, upper: int, lower: int) -> list[int]:
    """Return the flags of units that are in the first ``upper`` nested parts and not from ``lower`` on."""
    return [1 if place <= upper else 0 if place >= lower else UNKNOWN for place in range(1, width + 1)]
