"""Who reported: the groups and areas of one year over all tables, and which of them are silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from envindicators.cells.cells import Cells
from envindicators.cells.table_cells import Key, TableCells, in_order
from envindicators.evaluation.scorecard import MissingInput
from envindicators.ingest.expected import Expected
from envindicators.ingest.reading import key_names


@define
class _Sites:
    """Where the rows of one table stand in one year.

    Args:
        places: positions among the table's keys.
        groups: for each the group it belongs to.
        areas: for each its area, None where the table has none.
    """

    places: list[int]
    groups: list[Key]
    areas: list[Any]


def _sites(cells: TableCells, by: Sequence[str], year: int | None) -> _Sites:
    names = key_names(by)
    places = [place for place, key in enumerate(cells.groups) if key[0] is None or key[0] == year]
    keys = [cells.groups[place] for place in places]
    columns = [[year] * len(keys) if name == "year" else [key[names.index(name)] for key in keys] for name in by]
    groups = list(zip(*columns, strict=True)) if columns else [()] * len(keys)
    return _Sites(places, groups, [key[1] for key in keys])


@define
class Reporting:
    """The groups and areas that stand in any table in one year, or should, and who of them is silent.

    Silence is taken by area wherever the tables have one, whatever the groups are, so that the whole
    is the same for every ``by``.

    Args:
        cells: the tables.
        should: what was expected and did not come.
        year: the year.
    """

    cells: Cells
    should: Expected
    year: int | None
    groups: tuple[Key, ...] = field(init=False)
    areas: tuple[Any, ...] = field(init=False)
    _came: dict[str, _Sites] = field(init=False)
    _should: dict[str, _Sites] = field(init=False)

    def __attrs_post_init__(self) -> None:
        by = self.cells.by
        self._came = {key: _sites(table, by, self.year) for key, table in self.cells.tables.items()}
        self._should = {key: _sites(table, by, self.year) for key, table in self.should.cells.items()}
        areas: dict[Any, None] = {}
        groups: dict[Key, None] = {}
        for sites in (*self._came.values(), *self._should.values()):
            areas.update(dict.fromkeys(sites.areas))
            groups.update(dict.fromkeys(sites.groups))
        listed = [area for key in (None, *self.should.by_table) for area in self.should.areas(key)]
        areas.update(dict.fromkeys(listed))
        areas.pop(None, None)
        if "area" in by and set(by) <= {"area", "year"}:
            groups.update((tuple(self.year if name == "year" else area for name in by), None) for area in listed)
        self.areas = tuple(area for (area,) in in_order((area,) for area in areas))
        self.groups = tuple(in_order(groups)) if by else ()

    def _areas_of(self) -> dict[Key, set[Any]]:
        """Return for each group the areas in which it stands in any table."""
        found: dict[Key, set[Any]] = {}
        for sites in (*self._came.values(), *self._should.values()):
            for group, area in zip(sites.groups, sites.areas, strict=True):
                found.setdefault(group, set()).add(area)
        by = self.cells.by
        if "area" in by and set(by) <= {"area", "year"}:
            for group in self.groups:
                found.setdefault(group, set()).add(group[by.index("area")])
        return found

    def rows_of(self, key: str, *, expected: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return for each key of a table the row of its group and that of the whole, -1 for other years.

        Args:
            key: the table.
            expected: whether the rows meant are those that did not come.
        """
        table = self.should.cells[key] if expected else self.cells.tables[key]
        sites = (self._should if expected else self._came)[key]
        rows = {group: row for row, group in enumerate(self.groups)}
        grouped = np.full(len(table.groups), -1, dtype=np.int64)
        whole = np.full(len(table.groups), -1, dtype=np.int64)
        whole[sites.places] = 0
        if self.groups:
            grouped[sites.places] = [rows[group] for group in sites.groups]
        return grouped, whole

    def reported(self, key: str) -> frozenset[Key]:
        """Return the groups of which a table has rows, or expected rows whose keys are known."""
        return frozenset(self._came[key].groups) | frozenset(self._should[key].groups if key in self._should else ())

    def _has_areas(self, key: str) -> bool:
        """Return whether a table has areas, in whatever year."""
        return any(group[1] is not None for group in self.cells.tables[key].groups)

    def absent_areas(self, key: str) -> tuple[Any, ...]:
        """Return the areas of which a table has no rows, if it has areas at all."""
        if not self._has_areas(key):
            return ()
        came = set(self._came[key].areas)
        came.update(self._should[key].areas if key in self._should else ())
        return tuple(area for area in self.areas if area not in came)

    def silent(self, key: str) -> NDArray[np.bool_]:
        """Return for each group whether something of it did not report in a table."""
        reported, lost = self.reported(key), set(self.absent_areas(key))
        if not lost:
            return np.array([group not in reported for group in self.groups], dtype=np.bool_)
        areas_of = self._areas_of()
        return np.array(
            [group not in reported or not lost.isdisjoint(areas_of[group]) for group in self.groups],
            dtype=np.bool_,
        )

    def incomplete(self, key: str) -> bool:
        """Return whether something of the whole did not report in a table.

        Told by area; where a table has none, by the groups.
        """
        if not self.reported(key):
            return True
        if self._has_areas(key):
            return bool(self.absent_areas(key))
        return bool(self.silent(key).any())

    def missing(self, key: str) -> Iterator[MissingInput]:
        """Yield the areas of which a table has no rows, and the other groups of which it has none."""
        absent = self.absent_areas(key)
        for area in absent:
            yield MissingInput(key, "area", area, self.year)
        reported, lost = self.reported(key), set(absent)
        if len(reported) == len(self.groups):
            return
        areas_of = self._areas_of()
        for group in self.groups:
            if group not in reported and lost.isdisjoint(areas_of[group]):
                yield MissingInput(key, "group", group[0] if len(group) == 1 else group, self.year)

    def one_sided(self) -> Mapping[str, list[tuple[Any, str]]]:
        """Return for each table the areas that stand in another and not in it, with that other."""
        if len(self._came) < 2:
            return {}
        stands: dict[Any, str] = {}
        for key, sites in self._came.items():
            for (area,) in in_order((area,) for area in dict.fromkeys(sites.areas) if area is not None):
                stands.setdefault(area, key)
        found: dict[str, list[tuple[Any, str]]] = {}
        for key, sites in self._came.items():
            own = set(sites.areas)
            if self._has_areas(key):
                found[key] = [(area, other) for area, other in stands.items() if area not in own]
        return found
