"""What should have come: areas or rows whose silence must not pass for nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from envindicators.cells.between import Amounts, describe_row, overflowing
from envindicators.cells.cells import Cells
from envindicators.cells.spellings import check_spellings, key_kind
from envindicators.cells.table_cells import COUNTED, UNKNOWN, Key, TableCells, make, together
from envindicators.definitions.form import FilledForm, Form
from envindicators.definitions.table import Table
from envindicators.evaluation.scorecard import MissingInput
from envindicators.frames.column import UnreadableValueError, plain_value
from envindicators.frames.open import open_whole
from envindicators.frames.stream import NotAFrameError, Opened
from envindicators.ingest.columns import read_amounts, read_category, read_year
from envindicators.ingest.reading import Plan, Reading, factor_of, key_names, read_keys, spans_of
from envindicators.ingest.text_keys import typed_like
from envindicators.problems import Findings
from envindicators.words.spelling import did_you_mean


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
    missing: Mapping[str, tuple[MissingInput, ...]] = field(factory=dict[str, tuple[MissingInput, ...]])

    def areas(self, table: str | None) -> tuple[Any, ...]:
        """Return the areas expected of one table, or of every table."""
        return self.everywhere if table is None else self.by_table.get(table, ())

    def rows(self, table: str) -> TableCells | None:
        """Return the rows of a table that did not come."""
        return self.cells.get(table)

    def absent(self, table: str) -> tuple[MissingInput, ...]:
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
    given = _held(given)
    if not isinstance(given, Mapping):
        areas = _areas(None, given, findings)
        for key, table in cells.tables.items():
            _compare_areas(key, table, areas, findings)
        return Expected(everywhere=areas)
    keys = [key for table in cells.tables.values() for key in table.groups]
    by_table: dict[str, tuple[Any, ...]] = {}
    rows: dict[str, TableCells] = {}
    missing: dict[str, tuple[MissingInput, ...]] = {}
    for key, said in given.items():
        form = said.form if isinstance(said, FilledForm) else None
        should = _held(said.frame if isinstance(said, FilledForm) else said)
        came = cells.tables.get(key)
        if key not in cells.programme.tables:
            known = tuple(cells.programme.tables)
            near = did_you_mean(key, known)
            findings.add("unknown_table", None, "expected", value=key, known=known, near=near)
        elif _is_areas(should):
            by_table[key] = _areas(key, should, findings)
            if came is not None:
                _compare_areas(key, came, by_table[key], findings)
        else:
            frame = _opened(key, typed_like(should, key_names(cells.by), keys), findings)
            if frame is None:
                continue
            if came is None:
                by_table[key] = _areas_of(frame)
                continue
            found = _Comparison(cells, came, years, findings, every_year, form).rows_not_come(frame)
            if found is not None:
                rows[key], missing[key] = found
                if overflowing(together(came, rows[key]), 0):
                    findings.add("sum_too_large", key, came.table.total)
    return Expected((), by_table, rows, missing)


def _held(given: Any) -> Any:
    """Return an iterator, which can be read but once, as a list; anything else as it is."""
    return list(given) if isinstance(given, Iterator) else given


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
    try:
        plain = [each.item() if isinstance(each, np.generic) else plain_value(each) for each in given]
    except UnreadableValueError as error:
        findings.add(error.kind, table, "expected", value=repr(error.value))
        return ()
    wrong = [each for each in plain if not key_kind(each)]
    for each in wrong:
        findings.add("expected_form", table, "expected", value=each, hint="")
    return () if wrong else tuple(dict.fromkeys(plain))


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
        return open_whole(frame)
    except NotAFrameError:
        findings.add("expected_form", key, "expected", value=type(frame).__name__, hint="")
        return None


@frozen(eq=False)
class _Rows:
    """The rows that should have come.

    Args:
        reading: where they are read.
        site: for each the position of its key in ``sites``.
        sites: the keys.
        places: which category and year columns they have, by position among the table's.
        codes: for each of those its codes.
        total: how many units each should be.
    """

    reading: Reading
    site: NDArray[np.int64]
    sites: list[Key]
    places: list[int]
    codes: list[NDArray[np.int64]]
    total: Amounts

    def key(self, row: int) -> Key:
        """Return the key of a row."""
        return self.sites[int(self.site[row])]


@frozen
class _Comparison:
    """One table, and the rows of it that should have come."""

    cells: Cells
    table: TableCells
    years: Sequence[int | None]
    findings: Findings
    every_year: bool
    form: Form | None

    def rows_not_come(self, frame: Opened) -> tuple[TableCells, tuple[MissingInput, ...]] | None:
        """Return the expected rows that did not come, as cells and in words."""
        found = Findings()
        rows = self._rows(frame, found)
        if rows is None or found.failed:
            self._take(found)
            return None
        areas = dict.fromkeys(key[1] for key in self.table.groups), dict.fromkeys(key[1] for key in rows.sites)
        check_spellings({self.table.table.key: areas[0], "expected": areas[1]}, "area", self.findings)
        absent = self._compare(rows, found)
        self._take(found)
        return self._made(rows, absent), tuple(
            MissingInput(self.table.table.key, "row", self._describe(rows, row), self._dated(rows.key(row))[0])
            for row in absent
        )

    def _take(self, found: Findings) -> None:
        """Take in what is wrong with the expected rows, which are no rows of the table."""
        self.findings.take(found, lambda problem: evolve(problem, source="expected"))

    def _rows(self, frame: Opened, findings: Findings) -> _Rows | None:
        table = self.table.table
        reading = Reading(self._plan(), frame, findings)
        needed = {name for name in self.cells.by if name != "year"}
        if any(key[1] is not None for key in self.table.groups):
            needed.add("area")
        for name in sorted(needed - set(frame.names)):
            findings.add("missing_column", table.key, name, needed=name, near=did_you_mean(name, frame.names))
        if self.every_year and "year" not in frame.names and len(self.years) != 1:
            findings.add("no_year_column", table.key, "year")
        keys = read_keys(reading)
        columns = table.columns[1 + len(table.parts) :]
        given = [name for name in columns if name in frame.names]
        codes = [self._codes(reading, name) for name in given]
        total = read_amounts(
            reading.column(table.total), table.unit, factor_of(reading, keys), reading.place(table.total)
        )
        if findings.failed or not keys.valid:
            return None
        site, sites = keys.sites(frame.length)
        return _Rows(reading, site, sites, [columns.index(name) for name in given], codes, total)

    def _plan(self) -> Plan:
        table = self.table.table
        year = self.years[0] if len(self.years) == 1 else None
        form = self.form or self.cells.forms.get(table.key, Form())
        unit = form.unit or table.unit.key
        name = unit.removesuffix("/day")
        rules = self.cells.programme.rules_of(table)
        factor = dict(table.unit.multiples)[name]
        return Plan(table, self.cells.by, year, factor, name != unit, Form(), rules)

    def _codes(self, reading: Reading, name: str) -> NDArray[np.int64]:
        """Return a category or year column of the expected rows as the table's patterns have it."""
        category = self.table.table.category(name)
        column, place = reading.column(name), reading.place(name)
        if category is not None:
            return read_category(column, category, place).astype(np.int64)
        years = read_year(column, place, required=False)
        return np.where(years.known, years.values, UNKNOWN)

    def _spans(self, rows: _Rows) -> list[NDArray[np.int64]]:
        """Return the codes by which rows are compared: of records only the spans of years are kept."""
        table = self.table.table
        if len(self.table.ledger):
            return rows.codes
        first_year = len(table.categories)
        years = {
            table.years[place - first_year].key: code
            for place, code in zip(rows.places, rows.codes, strict=True)
            if place >= first_year
        }
        blank = np.full(len(rows.site), UNKNOWN, dtype=np.int64)
        spans = spans_of(table, rows.reading.plan.rules, {each.key: years.get(each.key, blank) for each in table.years})
        return [
            code if place < first_year else spans[place - first_year]
            for place, code in zip(rows.places, rows.codes, strict=True)
        ]

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

    def _compare(self, rows: _Rows, findings: Findings) -> list[int]:
        """Return the expected rows that did not come, after recording totals that differ."""
        table = self.table.table
        came = self._came(rows.places)
        compared = list(zip(*(code.tolist() for code in self._spans(rows)), strict=True)) or [()] * len(rows.site)
        wanted: dict[Key, list[int]] = {}
        seen: dict[Key, int] = {}
        for row in range(len(rows.site)):
            key = self._dated(rows.key(row))
            exact = (*key, *(int(code[row]) for code in rows.codes))
            if exact in seen:
                said = self._describe(rows, row)
                findings.add("duplicate_row", table.key, row=row, value=said, key=said, other=seen[exact], split="")
                continue
            seen[exact] = row
            wanted.setdefault((*key, *compared[row]), []).append(row)
        absent: list[int] = []
        for key, its in wanted.items():
            if self._asked(key):
                if key in came:
                    self._compare_totals(rows, its, came[key], findings)
                else:
                    absent.extend(its)
        width = len(key_names(self.cells.by))
        for key in came:
            if self._asked(key) and key not in wanted:
                said = self._in_words(key[:width], rows.places, key[width:])
                self.findings.add("unexpected", table.key, None, value=said, severity="note")
        return sorted(absent)

    def _compare_totals(self, rows: _Rows, its: Sequence[int], came: tuple[int, bool], findings: Findings) -> None:
        """Record expected rows whose totals are not those of the rows that came in their place."""
        sent, whole = came
        table = self.table.table
        should = sum(int(rows.total.values[row]) for row in its)
        every = all(rows.total.known[row] for row in its)
        too_many, too_few = every and sent > should, whole and sent < should
        if not (too_many or too_few):
            return
        findings.add(
            "expected_differs" if whole else "expected_below",
            table.key,
            table.total,
            row=its[0],
            value=rows.reading.column(table.total).value(its[0]),
            expected=_plain(table, should),
            came=_plain(table, sent),
            key=self._describe(rows, its[0], years=len(its) == 1),
        )

    def _describe(self, rows: _Rows, row: int, *, years: bool = True) -> str:
        """Return the key of an expected row in words, with or without its year columns."""
        kept = [
            (place, int(code[row]))
            for place, code in zip(rows.places, rows.codes, strict=True)
            if years or place < len(self.table.table.categories)
        ]
        return self._in_words(rows.key(row), [place for place, _ in kept], [code for _, code in kept])

    def _in_words(self, site: Key, places: Sequence[int], codes: Sequence[int]) -> str:
        table = self.table.table
        row = np.full(len(table.columns), UNKNOWN, dtype=np.int64)
        row[0] = 0
        row[1 : 1 + len(table.parts)] = COUNTED
        for place, code in zip(places, codes, strict=True):
            row[1 + len(table.parts) + place] = code
        return describe_row(table, [self._dated(site)], key_names(self.cells.by), row)

    def _made(self, rows: _Rows, absent: Sequence[int]) -> TableCells:
        table = self.table.table
        chosen = np.array(absent, dtype=np.intp)
        width = len(table.columns) - 1
        pattern = np.full((len(chosen), width), UNKNOWN, dtype=np.int64)
        for place, column in zip(rows.places, rows.codes, strict=True):
            pattern[:, len(table.parts) + place] = column[chosen]
        known = rows.total.known[chosen]
        sited = np.arange(len(chosen))
        return make(
            table,
            keys=[self._dated(rows.key(row)) for row in absent],
            site=sited[known],
            pattern=pattern[known],
            weight=rows.total.values[chosen][known],
            open_site=sited[~known],
            open_pattern=pattern[~known],
            margins=np.zeros((0, 2 + width), dtype=np.int64),
            ledger=np.zeros((0, 2 + width + len(table.parts)), dtype=np.int64),
            came=frozenset(),
            rows=len(chosen),
            latest=(UNKNOWN,) * len(table.years),
        )


def _plain(table: Table, count: int) -> str:
    return f"{table.unit.shown(count)} {table.unit.key}"
