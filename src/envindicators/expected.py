"""What should have come: areas or rows whose silence must not pass for nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import field, frozen

from envindicators.cells import Cells
from envindicators.frames.checks import check_spellings, describe_row, overflowing
from envindicators.frames.opened import NotAFrameError, Opened
from envindicators.frames.opening import open_frame
from envindicators.frames.reading import Plan, Reading, factor_of, key_names, read_keys, spans_of
from envindicators.frames.roles import Amounts, key_kind, read_amounts, read_category, read_year
from envindicators.indicator import Table, did_you_mean
from envindicators.problems import Findings
from envindicators.scorecard import Missing
from envindicators.table_cells import COUNTED, UNKNOWN, Key, TableCells, make, together


@frozen
class Expected:
    """What was expected and did not come.

    Args:
        everywhere: areas that every table should have.
        by_table: for each table the areas that it should have.
        cells: for each table the rows that did not come, as cells of which nothing but keys and
            perhaps totals are known.
        missing: for each table those rows in words.
    """

    everywhere: tuple[Any, ...] = ()
    by_table: Mapping[str, tuple[Any, ...]] = field(factory=dict[str, tuple[Any, ...]])
    cells: Mapping[str, TableCells] = field(factory=dict[str, TableCells])
    missing: Mapping[str, tuple[Missing, ...]] = field(factory=dict[str, tuple[Missing, ...]])

    def areas(self, table: str | None) -> tuple[Any, ...]:
        """Return the areas expected of one table, or of every table."""
        return self.everywhere if table is None else self.by_table.get(table, ())

    def rows(self, table: str) -> TableCells | None:
        """Return the rows of a table that did not come."""
        return self.cells.get(table)

    def absent(self, table: str) -> tuple[Missing, ...]:
        """Return the rows of a table that did not come, in words."""
        return self.missing.get(table, ())

    @property
    def years(self) -> frozenset[int]:
        """The years of the rows that did not come."""
        keys = (key for table in self.cells.values() for key in table.groups)
        return frozenset(key[0] for key in keys if key[0] is not None)


def read_expected(
    given: Any, cells: Cells, years: Sequence[int | None], findings: Findings, *, every_year: bool = False
) -> Expected:
    """Return what did not come though it was expected, after recording what contradicts it.

    Args:
        given: a list of areas, or by table a list of areas or a frame of keys and perhaps totals.
        cells: what came.
        years: the years of what came that are evaluated.
        findings: where problems are recorded.
        every_year: whether rows of other years are expected too.
    """
    if given is None:
        return Expected()
    if not isinstance(given, Mapping):
        areas = _areas(None, given, findings)
        for key, table in cells.tables.items():
            _compare_areas(key, table, areas, findings)
        return Expected(everywhere=areas)
    by_table: dict[str, tuple[Any, ...]] = {}
    rows: dict[str, TableCells] = {}
    missing: dict[str, tuple[Missing, ...]] = {}
    for key, should in given.items():
        came = cells.tables.get(key)
        if key not in cells.programme.tables:
            known = cells.programme.tables
            near = did_you_mean(key, known)
            findings.add("unknown_table", None, "expected", value=key, known=", ".join(known), near=near)
        elif _is_areas(should):
            by_table[key] = _areas(key, should, findings)
            if came is not None:
                _compare_areas(key, came, by_table[key], findings)
        else:
            frame = _opened(key, should, findings)
            if frame is None:
                continue
            if came is None:
                by_table[key] = _areas_of(frame)
                continue
            found = _Comparison(cells, came, years, findings, every_year).rows_not_come(frame)
            if found is not None:
                rows[key], missing[key] = found
                if overflowing(together(came, rows[key]), 0):
                    findings.add("sum_too_large", key, came.table.total)
    return Expected((), by_table, rows, missing)


def _is_areas(given: Any) -> bool:
    if isinstance(given, (str, bytes, Mapping)) or not isinstance(given, Iterable) or hasattr(given, "columns"):
        return False
    if hasattr(given, "column_names"):
        return False
    return not any(isinstance(each, Mapping) for each in given)


def _areas(table: str | None, given: Any, findings: Findings) -> tuple[Any, ...]:
    if not _is_areas(given):
        hint = "; put frames under the key of their table" if not isinstance(given, str) else ""
        findings.add("expected_form", table, "expected", value=type(given).__name__, hint=hint)
        return ()
    areas = tuple(dict.fromkeys(each.item() if isinstance(each, np.generic) else each for each in given))
    wrong = [each for each in areas if not key_kind(each)]
    for each in wrong:
        findings.add("expected_form", table, "expected", value=each, hint="")
    return () if wrong else areas


def _compare_areas(key: str, table: TableCells, areas: Sequence[Any], findings: Findings) -> None:
    came = dict.fromkeys(group[1] for group in table.groups)
    if not any(area is not None for area in came):
        findings.add("missing_column", key, "area", needed="area", near="")
        return
    check_spellings({key: came, "expected": areas}, "area", findings)
    for area in came:
        if area not in areas:
            findings.add("unexpected", key, "area", value=area, severity="note")


def _areas_of(frame: Opened) -> tuple[Any, ...]:
    """Return the areas that stand in a frame of a table that did not come."""
    if "area" not in frame.names:
        return ()
    return tuple(dict.fromkeys(area for area in frame.read("area").objects() if key_kind(area)))


def _opened(key: str, frame: Any, findings: Findings) -> Opened | None:
    try:
        return open_frame(frame)
    except NotAFrameError:
        findings.add("expected_form", key, "expected", value=type(frame).__name__, hint="")
        return None


@frozen
class _Comparison:
    """One table, and the rows of it that should have come."""

    cells: Cells
    table: TableCells
    years: Sequence[int | None]
    findings: Findings
    every_year: bool

    def rows_not_come(self, frame: Opened) -> tuple[TableCells, tuple[Missing, ...]] | None:
        """Return the expected rows that did not come, as cells and in words."""
        table, findings = self.table.table, self.findings
        before = sum(findings.counts.values())
        reading = Reading(self._plan(), frame, findings)
        needed = {name for name in self.cells.by if name != "year"}
        if any(key[1] is not None for key in self.table.groups):
            needed.add("area")
        for name in sorted(needed - set(frame.names)):
            findings.add("missing_column", table.key, name, needed=name, near=did_you_mean(name, frame.names))
        if self.every_year and "year" not in frame.names and len(self.years) != 1:
            findings.add("no_year_column", table.key, "year")
        keys = read_keys(reading)
        given = [name for name in table.columns[1 + len(table.parts) :] if name in frame.names]
        codes = self._codes(reading, given)
        total = self._total(reading, keys)
        if sum(findings.counts.values()) > before or not keys.valid:
            return None
        site, sites = keys.sites(frame.length)
        check_spellings(
            {table.key: dict.fromkeys(k[1] for k in self.table.groups), "expected": dict.fromkeys(k[1] for k in sites)},
            "area",
            findings,
        )
        places = [table.columns[1 + len(table.parts) :].index(name) for name in given]
        came = self._came(places)
        wanted: dict[Key, int] = {}
        for row in range(frame.length):
            key = (*self._dated(sites[site[row]]), *(int(column[row]) for column in codes))
            if key in wanted:
                described = self._describe(sites[site[row]], places, [int(column[row]) for column in codes])
                findings.add(
                    "duplicate_row",
                    table.key,
                    None,
                    row=row,
                    value=described,
                    key=described,
                    other=wanted[key],
                    split="",
                )
            wanted[key] = row
        absent = self._compare(wanted, came, total, places)
        return self._made(sites, site, absent, codes, places, total), tuple(
            Missing(table.key, "row", self._describe(sites[site[row]], places, [int(c[row]) for c in codes]), key[0])
            for key, row in absent
        )

    def _plan(self) -> Plan:
        table = self.table.table
        year = self.years[0] if len(self.years) == 1 else None
        unit = dict(self.cells.units).get(table.key, table.unit.key)
        name = unit.removesuffix("/day")
        rules = tuple(
            rule for each in self.cells.programme.indicators if each.table == table for rule in (each.among, each.where)
        )
        factor = dict(table.unit.multiples)[name]
        return Plan(table, self.cells.by, year, factor, name != unit, None, None, rules)

    def _codes(self, reading: Reading, given: Sequence[str]) -> list[Any]:
        table = self.table.table
        found: list[Any] = []
        for name in given:
            category = table.category(name)
            column, place = reading.column(name), reading.place(name)
            if category is not None:
                found.append(read_category(column, category, place).astype(np.int64))
            else:
                years = read_year(column, place, required=False)
                values = np.where(years.known, years.values, UNKNOWN)
                if not len(self.table.ledger):
                    every = {each.key: values for each in table.years}
                    values = spans_of(reading.plan, every)[[each.key for each in table.years].index(name)]
                found.append(values)
        return found

    def _total(self, reading: Reading, keys: Any) -> Amounts:
        table = self.table.table
        column = reading.column(table.total)
        return read_amounts(column, table.unit, factor_of(reading, keys), reading.place(table.total))

    def _dated(self, key: Key) -> Key:
        year = key[0] if key[0] is not None or len(self.years) != 1 else self.years[0]
        return (year, *key[1:])

    def _came(self, places: Sequence[int]) -> dict[Key, tuple[int, bool]]:
        """Return the totals that came, by the columns that the expected rows have.

        Beside each stands whether it is the whole: where a total is blank, its known parts are the least
        that it can be.
        """
        table = self.table.table
        parts = len(table.parts)
        found: dict[Key, tuple[int, bool]] = {}
        if len(self.table.ledger):
            width = self.table.key_width
            rows = [
                (row[0], row[1 + parts : width], max(row[width:]), row[width] != UNKNOWN)
                for row in self.table.ledger.tolist()
            ]
        else:
            rows = [
                (site, pattern[parts:], weight, True)
                for site, pattern, weight in zip(
                    self.table.site.tolist(), self.table.pattern.tolist(), self.table.weight.tolist(), strict=True
                )
            ]
        for site, rest, least, whole in rows:
            key = (*self._dated(self.table.groups[site]), *(rest[place] for place in places))
            before, all_before = found.get(key, (0, True))
            found[key] = (before + least, all_before and whole)
        return found

    def _asked(self, key: Key) -> bool:
        return self.every_year or key[0] in self.years

    def _compare(
        self, wanted: Mapping[Key, int], came: Mapping[Key, tuple[int, bool]], total: Amounts, places: Sequence[int]
    ) -> list[tuple[Key, int]]:
        table, width = self.table.table, len(key_names(self.cells.by))
        absent: list[tuple[Key, int]] = []
        for key, row in wanted.items():
            if not self._asked(key):
                continue
            if key not in came:
                absent.append((key, row))
                continue
            sent, whole = came[key]
            should = int(total.values[row])
            if total.known[row] and (sent > should or (whole and sent != should)):
                described = self._describe(key[:width], places, key[width:])
                self.findings.add(
                    "expected_differs" if whole else "expected_below",
                    table.key,
                    table.total,
                    row=row,
                    value=_plain(table, should),
                    expected=_plain(table, should),
                    came=_plain(table, sent),
                    key=described,
                )
        for key in came:
            if self._asked(key) and key not in wanted:
                described = self._describe(key[:width], places, key[width:])
                self.findings.add("unexpected", table.key, None, value=described, severity="note")
        return absent

    def _describe(self, site: Key, places: Sequence[int], codes: Sequence[int]) -> str:
        table = self.table.table
        row = np.full(1 + len(table.columns) - 1, UNKNOWN, dtype=np.int64)
        row[0] = 0
        row[1 : 1 + len(table.parts)] = COUNTED
        for place, code in zip(places, codes, strict=True):
            row[1 + len(table.parts) + place] = code
        return describe_row(table, [site], key_names(self.cells.by), row)

    def _made(
        self,
        sites: list[Key],
        site: Any,
        absent: Sequence[tuple[Key, int]],
        codes: Sequence[Any],
        places: Sequence[int],
        total: Amounts,
    ) -> TableCells:
        table = self.table.table
        rows = np.array([row for _, row in absent], dtype=np.intp)
        width = len(table.columns) - 1
        pattern = np.full((len(rows), width), UNKNOWN, dtype=np.int64)
        for place, column in zip(places, codes, strict=True):
            pattern[:, len(table.parts) + place] = column[rows]
        known = total.known[rows]
        sited = np.arange(len(rows))
        keys = [self._dated(sites[site[row]]) for row in rows.tolist()]
        return make(
            table,
            keys=keys,
            site=sited[known],
            pattern=pattern[known],
            weight=total.values[rows][known],
            open_site=sited[~known],
            open_pattern=pattern[~known],
            margins=np.zeros((0, 2 + width), dtype=np.int64),
            ledger=np.zeros((0, 2 + width + len(table.parts)), dtype=np.int64),
            came=frozenset(),
            rows=len(rows),
        )


def _plain(table: Table, count: int) -> str:
    return f"{table.unit.shown(count)} {table.unit.key}"
