"""`Coverage`: who reported, the groups and areas of one year over all tables, and which of them are silent."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from attrs import Factory, define, field, frozen
from numpy.typing import NDArray

from envindicators.cells.cells import Cells
from envindicators.cells.keys import ABSENT, Keys, gathered, united
from envindicators.cells.table_cells import TableCells
from envindicators.definitions.base_year import Moment
from envindicators.ingest.expected import Expected
from envindicators.ingest.missing import MissingInput


@frozen(eq=False)
class _Rows:
    """Where the keys of one table stand in one year.

    Args:
        kept: positions among the table's keys.
        place: for each of those its position among the keys of all tables.
    """

    kept: NDArray[np.intp]
    place: NDArray[Any]


@define(eq=False, slots=False)
class Coverage:
    """The groups and areas that are in any table in one year, or should be, and those without data.

    Silence is taken by area wherever the tables have one, whatever the groups are, so that the whole
    is the same for every ``by``.

    Args:
        cells: the tables.
        should: what was expected and is missing.
        year: the year.
        by: the columns that make the groups, those of the cells unless given.
        scenario: the scenario, or None where the tables tell none apart.
        groups: the groups, in order, under the columns of ``by``; none where there are no such columns.
    """

    cells: Cells
    should: Expected
    year: int | None
    by: tuple[str, ...] = field(default=Factory(lambda self: self.cells.by, takes_self=True))
    scenario: str | None = None
    groups: Keys = field(init=False)
    _keys: Keys = field(init=False)
    _group: NDArray[Any] = field(init=False)
    _area: NDArray[Any] = field(init=False)
    _came: dict[str, _Rows] = field(init=False)
    _should: dict[str, _Rows] = field(init=False)

    def __attrs_post_init__(self) -> None:
        came, should = self.cells.tables, self.should.cells
        dated = [self._of_year(table) for table in (*came.values(), *should.values())]
        listed = self._listed()
        self._keys, places = united(self.cells.key_names, [*(keys for _, keys, _ in dated), listed])
        rows = [_Rows(kept, place[of_kept]) for (kept, _, of_kept), place in zip(dated, places[:-1], strict=True)]
        self._came = dict(zip(came, rows, strict=False))
        self._should = dict(zip(should, rows[len(came) :], strict=True))
        self._area = self._keys.codes[:, 1]
        self.groups, self._group = self._grouped(places[-1])

    @functools.cached_property
    def asked(self) -> frozenset[str]:
        """The tables of which something is asked of this moment."""
        return self.cells.programme.asked_at(self.moment)

    @property
    def moment(self) -> Moment:
        """The year and scenario."""
        return Moment(self.year, self.scenario)

    def _of_year(self, table: TableCells) -> tuple[NDArray[np.intp], Keys, NDArray[Any]]:
        """Return the positions of a table's keys of the year, those keys, and where each stands among them."""
        years = table.keys.levels[0]
        asked = np.array([level is None or level == self.year for level in years], dtype=np.bool_)
        kept = np.arange(len(table.keys)) if asked.all() else np.flatnonzero(asked[table.keys.codes[:, 0]])
        if "scenario" in table.keys.names:
            place = table.keys.names.index("scenario")
            of = np.array([level in (None, self.scenario) for level in table.keys.levels[place]], dtype=np.bool_)
            kept = kept[of[table.keys.codes[kept, place]]]
        keys = (table.keys if len(kept) == len(table.keys) else table.keys.only(kept)).at(self.scenario)
        if len(keys.levels[0]) == 1:  # every key is of the year, under its own name or none
            return kept, Keys(keys.names, ([self.year], *keys.levels[1:]), keys.codes), np.arange(len(keys))
        return kept, *keys.with_year(self.year)

    def _listed(self) -> Keys:
        """Return the areas that were expected, as keys."""
        areas = dict.fromkeys(area for key in (None, *self.should.by_table) for area in self.should.areas(key))
        names = self.cells.key_names
        columns: list[Any] = [(np.zeros(0, dtype=np.int64), ABSENT)] * len(names)
        columns[0] = (columns[0][0], [self.year])
        columns[1] = (np.arange(len(areas)), list(areas) if areas else ABSENT)
        if "scenario" in names:
            columns[names.index("scenario")] = (columns[0][0], [self.scenario])
        return gathered(names, columns, len(areas))[0]

    def _grouped(self, listed: NDArray[Any]) -> tuple[Keys, NDArray[Any]]:
        """Return the groups, and for each key its group, -1 for none."""
        by, keys = self.by, self._keys
        group = np.full(len(keys), -1, dtype=np.int64)
        if not by:
            return Keys((), (), np.zeros((0, 0), dtype=np.int32)), group
        stands = np.ones(len(keys), dtype=np.bool_)
        if not set(by) <= {"area", "year"}:
            # an area by itself is no group of other columns: nobody knows which it would lie in
            stands[listed] = False
            for rows in (*self._came.values(), *self._should.values()):
                stands[rows.place] = True
        kept = keys if stands.all() else keys.only(stands)
        groups, group[stands] = kept.projected(by)
        return groups, group

    def rows_of(self, key: str, *, expected: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return for each key of a table the position of its group and that of the whole, -1 for other years.

        Args:
            key: the table.
            expected: whether the rows meant are those that are missing.
        """
        table = self.should.cells[key] if expected else self.cells.tables[key]
        rows = (self._should if expected else self._came)[key]
        grouped = np.full(len(table.keys), -1, dtype=np.int64)
        whole = np.full(len(table.keys), -1, dtype=np.int64)
        whole[rows.kept] = 0
        grouped[rows.kept] = self._group[rows.place]
        return grouped, whole

    def _holds(self, key: str) -> NDArray[np.bool_]:
        """Return which of all keys a table has rows of, or expected rows whose keys are known."""
        held = np.zeros(len(self._keys), dtype=np.bool_)
        held[self._came[key].place] = True
        if key in self._should:
            held[self._should[key].place] = True
        return held

    def _reported(self, key: str) -> NDArray[np.bool_]:
        """Return which groups a table has rows of, or expected rows whose keys are known."""
        reported = np.zeros(len(self.groups), dtype=np.bool_)
        groups = self._group[self._holds(key)]
        reported[groups[groups >= 0]] = True
        return reported

    def _absent(self, key: str) -> NDArray[np.bool_]:
        """Return which areas (levels) a table has no rows of; none if it has no areas at all, in whatever year."""
        levels = self._keys.levels[1]
        absent = np.zeros(len(levels), dtype=np.bool_)
        if self.cells.tables[key].keys.has("area"):
            absent[:] = [level is not None for level in levels]
            absent[self._area[self._holds(key)]] = False
        return absent

    def silent(self, key: str) -> NDArray[np.bool_]:
        """Return for each group whether something of it did not report in a table."""
        silent = ~self._reported(key)
        absent = self._absent(key)
        if absent.any():
            silent |= self._touched(absent)
        return silent

    def _touched(self, absent: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return which groups stand in one of some areas in any table."""
        touched = np.zeros(len(self.groups), dtype=np.bool_)
        groups = self._group[absent[self._area]]
        touched[groups[groups >= 0]] = True
        return touched

    def incomplete(self, key: str) -> bool:
        """Return whether something of the whole did not report in a table.

        Told by area; where a table has none, by the groups.
        """
        if not self._holds(key).any():
            return True
        if self.cells.tables[key].keys.has("area"):
            return bool(self._absent(key).any())
        return bool((~self._reported(key)).any())

    def missing(self, key: str) -> Iterator[MissingInput]:
        """Yield the areas of which a table has no rows, and the other groups of which it has none."""
        absent = self._absent(key)
        for code in np.flatnonzero(absent).tolist():
            yield MissingInput(key, "area", self._keys.levels[1][code], self.year)
        for row in np.flatnonzero(~self._reported(key) & ~self._touched(absent)).tolist():
            group = self.groups[row]
            yield MissingInput(key, "group", group[0] if len(group) == 1 else group, self.year)

    @functools.cached_property
    def areas(self) -> tuple[Any, ...]:
        """The areas that stand in any table, or should."""
        return tuple(level for level in self._keys.levels[1] if level is not None)

    def one_sided(self) -> Mapping[str, list[tuple[Any, str]]]:
        """Return for each table the areas that stand in another and not in it, with that other."""
        if len(self._came) < 2:
            return {}
        levels = self._keys.levels[1]
        own: dict[str, NDArray[np.bool_]] = {}
        came = {key: rows for key, rows in self._came.items() if key in self.asked}
        for key, rows in came.items():
            own[key] = np.zeros(len(levels), dtype=np.bool_)
            own[key][self._area[rows.place]] = True
        lost: dict[str, list[tuple[Any, str]]] = {}
        for key in came:
            if self.cells.tables[key].keys.has("area"):
                stands = np.logical_or.reduce(list(own.values())) & ~own[key]
                lost[key] = [
                    (levels[code], next(other for other, held in own.items() if held[code]))
                    for code in np.flatnonzero(stands).tolist()
                    if levels[code] is not None
                ]
        return lost
