"""Records counted by key and kind over all the pieces of a table: nothing is put in order before the last has come."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import define, evolve, field
from numpy.typing import NDArray

from envindicators.cells.classes import Classes
from envindicators.cells.grouping import CHUNK
from envindicators.cells.keys import gathered
from envindicators.cells.table_cells import TableCells, no_cells
from envindicators.ingest.counting import Codes, Kinds, possible_kinds
from envindicators.ingest.counts import Counts
from envindicators.ingest.reading import KeyColumns

_SHORT = 2**15
"""Up to so many kinds, their codes fit into 16 bits."""


@define
class _Levels:
    """Levels of all pieces, each with a code of its own, from 0 on."""

    codes: dict[Any, int] = field(factory=dict[Any, int])
    _before: Sequence[Any] = ()
    _of_before: NDArray[np.int64] = field(factory=lambda: np.zeros(0, dtype=np.int64))

    def of(self, levels: Sequence[Any]) -> NDArray[np.int64]:
        """Return the codes of the levels of a piece; of a list that has grown since the last, only new ones are new."""
        known = self._of_before if levels is self._before else self._of_before[:0]
        # values that Python holds equal though their types differ (1, True) stay apart
        fresh = [self.codes.setdefault((type(level), level), len(self.codes)) for level in levels[len(known) :]]
        self._before, self._of_before = levels, np.concatenate([known, np.array(fresh, dtype=np.int64)])
        return self._of_before

    def values(self) -> list[Any]:
        """Return the levels."""
        return [level for _, level in self.codes]


@define(slots=False)
class Running:
    """The records of a table, counted piece by piece.

    Args:
        classes: what is asked of them.
        names: the key columns.
    """

    classes: Classes
    names: tuple[str, ...]
    _counts: Counts = field(factory=Counts)
    _keys: list[_Levels] = field(init=False)
    _kinds: _Levels = field(factory=_Levels)
    _came: tuple[bool, ...] = ()

    def __attrs_post_init__(self) -> None:
        self._keys = [_Levels() for _ in self.names]

    def add(self, columns: Sequence[Codes], keys: KeyColumns, length: int) -> bool:
        """Count the records of one piece, and return whether that can be done here.

        It cannot for records with values, more patterns than can be told beforehand, more keys than have a code of
        64 bits, and other key columns than came before.

        Args:
            columns: for each part, category and year column its codes.
            keys: their key columns, of which nothing is wrong.
            length: how many there are.
        """
        if not length:
            return True
        self._came = self._came or keys.came
        if self._came != keys.came or self.classes.tabled is None or self.classes.table.values:
            return False
        of_kinds, kind = self._kinds_of(columns, length)
        codes = [known.of(column.levels) for known, column in zip(self._keys, keys.columns, strict=True)]
        sizes = [len(known.codes) for known in (*self._keys, self._kinds)]
        if not self._counts.holds(sizes):
            return False
        self._counts.add(sizes, [*codes, of_kinds], [*(column.codes for column in keys.columns), kind], length)
        return True

    def _kinds_of(self, columns: Sequence[Codes], length: int) -> tuple[NDArray[np.int64], NDArray[Any]]:
        """Return codes of kinds that there may be, and for each record which of them it is of.

        The kinds that occur are much fewer: the others all have the code of the first.
        """
        assert self.classes.tabled is not None
        possible, lookup, several = possible_kinds(self.classes.tabled, self.classes.sizes, columns)
        kinds = Kinds(lookup.astype(np.int16 if len(possible) <= _SHORT else np.int32), several)
        kind = np.empty(length, dtype=kinds.lookup.dtype)
        for start in range(0, length, CHUNK):
            rows = slice(start, start + CHUNK)
            kinds.into(rows, kind[rows])
        occurring = np.zeros(len(possible), dtype=np.bool_)
        occurring[kind] = True
        codes = np.zeros(len(possible), dtype=np.int64)
        codes[occurring] = self._kinds.of(possible[occurring].tolist())
        return codes, kind

    def levels(self) -> dict[str, Sequence[Any]]:
        """Return for each key column that came the values that stand in it."""
        keys = self.cells.keys
        return {name: levels for name, levels, came in zip(keys.names, keys.levels, self._came, strict=False) if came}

    @functools.cached_property
    def cells(self) -> TableCells:
        """What has been counted, when all has come, as cells that know of nothing else."""
        empty = no_cells(self.classes.table, self.names, self.classes.width)
        if self.classes.tabled is None or not self._counts.units:
            return empty
        # the last may be of pieces that were not counted here
        possible = np.array([kind for _, kind in self._kinds.codes])[: self._counts.shape[-1]]
        in_order = np.argsort(possible)
        codes = self._counts.occurring()
        columns = [(code, known.values()) for code, known in zip(codes, self._keys, strict=True)]
        keys, place = gathered(self.names, columns, len(codes[0]))
        site, kind, weight = self._counts.ordered(place, in_order)
        kinds = self.classes.tabled[0][possible[in_order]]
        return evolve(empty, keys=keys, kinds=kinds, site=site, kind=kind, weight=weight)
