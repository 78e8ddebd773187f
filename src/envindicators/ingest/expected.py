"""What should have come: areas or rows whose silence must not pass for nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from envindicators.cells.between import MOST, Amounts, RowKey, describe_row
from envindicators.cells.cells import Cells
from envindicators.cells.classes import UNKNOWN, Classes, compiled
from envindicators.cells.decompose import Units, rest_of_pattern
from envindicators.cells.grouping import exact_sum
from envindicators.cells.keys import Key, Keys, gathered
from envindicators.cells.spellings import check_spellings, key_kind
from envindicators.cells.sums import MISSING_VALUE
from envindicators.cells.table_cells import COUNTED, TableCells, no_cells
from envindicators.definitions.form import FilledForm, Form, unfold
from envindicators.definitions.table import Table
from envindicators.errors import OptionError
from envindicators.frames.column import UnreadableValueError, plain_value
from envindicators.frames.open import open_table, open_whole
from envindicators.frames.stream import NotAFrameError, Opened
from envindicators.ingest.amounts import read_amounts
from envindicators.ingest.columns import read_category, read_year
from envindicators.ingest.form_pieces import formed
from envindicators.ingest.formed import Formed, with_form
from envindicators.ingest.forming import of_an_office
from envindicators.ingest.missing import MissingInput
from envindicators.ingest.plan import Plan, unit_factor
from envindicators.ingest.reading import Reading, factor_of, read_keys
from envindicators.ingest.text_keys import typed_like
from envindicators.problems import EXPECTED_ROWS, Findings, Problem, other_row
from envindicators.words.message import Message, listed
from envindicators.words.spelling import did_you_mean


@frozen
class Expected:
    """What was expected and is missing.

    Args:
        everywhere: areas that every table should have.
        by_table: for each table the areas that it should have.
        cells: for each table the missing rows, as cells of which nothing but keys and
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
        """Return the missing rows of a table."""
        return self.cells.get(table)

    def absent(self, table: str) -> tuple[MissingInput, ...]:
        """Return the missing rows of a table, in words."""
        return self.missing.get(table, ())

    @property
    def years(self) -> frozenset[int]:
        """The years of the missing rows."""
        return frozenset(level for table in self.cells.values() for level in table.keys.levels[0] if level is not None)


def read_expected(
    given: Any, cells: Cells, years: Sequence[int | None], findings: Findings, *, every_year: bool = False
) -> Expected:
    """Return what was expected and is missing, after recording what contradicts it.

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
    keys = [key for table in cells.tables.values() for key in table.keys]
    by_table: dict[str, tuple[Any, ...]] = {}
    rows: dict[str, TableCells] = {}
    missing: dict[str, tuple[MissingInput, ...]] = {}
    for key, said in given.items():
        form, should = unfold(said)
        should = _held(should)
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
            if form.maps or of_an_office(should):
                should = with_form(form, cells.programme.tables[key], cells.key_names, should, findings)
            frame = _opened(key, typed_like(should, cells.key_names, keys), findings)
            if frame is None:
                continue
            if came is None:
                by_table[key] = _areas_of(frame)
                continue
            said_of = form if isinstance(said, FilledForm) else None
            found = _Comparison(cells, came, years, findings, every_year, said_of).rows_not_come(frame)
            if found is not None:
                rows[key], missing[key] = found
                if max(_units_by_year([came, rows[key]], years).values(), default=0) > MOST:
                    findings.add("sum_too_large", key, came.table.total)
    return Expected((), by_table, rows, missing)


def _units_by_year(tables: Sequence[TableCells], years: Sequence[int | None]) -> dict[int | None, int]:
    """Return how many units some tables hold together, by year; rows of no year are of the only one evaluated."""
    units: dict[int | None, int] = {}
    for table in tables:
        of_key = table.keys.codes[:, 0]
        for code, level in enumerate(table.keys.levels[0]):
            year = years[0] if level is None and len(years) == 1 else level
            weights = table.weight[of_key[table.site] == code]
            totals = table.margins[of_key[table.margins[:, 0]] == code, 1]
            units[year] = units.get(year, 0) + exact_sum(weights) + exact_sum(totals)
    return units


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
        hint = "" if isinstance(given, str) else Message("; put frames under the key of their table")
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
    came = table.keys.levels[1]
    if not table.keys.has("area"):
        findings.add("missing_column", key, "area", needed="area", near="")
        return
    check_spellings({key: came, "expected": areas}, "area", findings)
    known = set(areas)
    for area in came:
        if area not in known:
            findings.add("unexpected", key, "area", value=area, severity="note")


def _areas_of(frame: Opened) -> tuple[Any, ...]:
    """Return the areas that stand in a frame of a missing table."""
    if "area" not in frame.names:
        return ()
    return tuple(dict.fromkeys(area for area in frame.read("area").objects() if key_kind(area)))


def _opened(key: str, frame: Any, findings: Findings) -> Opened | None:
    """Return what was expected of a table as one frame, or None after recording why it is none."""
    if isinstance(frame, Formed):
        return _by_form(key, frame, findings)
    try:
        return open_whole(open_table(frame))
    except NotAFrameError:
        findings.add("expected_form", key, "expected", value=type(frame).__name__, hint="")
        return None


def _by_form(key: str, frame: Formed, findings: Findings) -> Opened | None:
    """Return the same of what is read by a form; its rows have the numbers that people know them by."""
    found = Findings()
    try:
        stream = formed(open_table(frame.given), frame.forming, frame.done, found)
        opened = open_whole(stream)
        first = stream.first_row(opened.source)
    except NotAFrameError as error:
        findings.add(error.kind, key, error.column, value=error.value, source=EXPECTED_ROWS, hint=error.hint)
        return None
    findings.take(found, lambda problem: evolve(problem, source=EXPECTED_ROWS))
    return evolve(opened, places=[place + first for place in opened.places or range(opened.length)])


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
    sites: Keys
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
    classes: Classes = field(init=False)

    def __attrs_post_init__(self) -> None:
        classes = compiled(self.cells.programme).classes[self.table.table.key]
        object.__setattr__(self, "classes", classes)

    def rows_not_come(self, frame: Opened) -> tuple[TableCells, tuple[MissingInput, ...]] | None:
        """Return the expected rows that are missing, as cells and in words."""
        found = Findings()
        rows = self._rows(frame, found)
        if rows is None or found.failed:
            self._take(found, frame)
            return None
        areas = {self.table.table.key: self.table.keys.levels[1], "expected": rows.sites.levels[1]}
        check_spellings(areas, "area", self.findings)
        absent = self._compare(rows, found)
        self._take(found, frame)
        return self._made(rows, absent), tuple(
            MissingInput(self.table.table.key, "row", self._describe(rows, row), self._dated(rows.key(row))[0])
            for row in absent
        )

    def _take(self, found: Findings, frame: Opened) -> None:
        """Take in what is wrong with the expected rows, which are no rows of the table."""

        def placed(problem: Problem) -> Problem:
            row = None if problem.row is None else frame.place(problem.row)
            return evolve(problem.under(frame.headings), row=row, source=EXPECTED_ROWS)

        self.findings.take(found, placed)

    def _rows(self, frame: Opened, findings: Findings) -> _Rows | None:
        table = self.table.table
        reading = Reading(self._plan(), frame, findings)
        needed = {name for name in self.cells.by if name != "year"}
        if self.table.keys.has("area"):
            needed.add("area")
        for name in sorted(needed - set(frame.names)):
            findings.add("missing_column", table.key, name, needed=name, near=did_you_mean(name, frame.names))
        if self.every_year and "year" not in frame.names and len(self.years) != 1:
            findings.add("no_year_column", table.key, "year")
        keys = read_keys(reading)
        columns = table.attributes[len(table.parts) :]
        given = [name for name in columns if name in frame.names]
        codes = [self._codes(reading, name) for name in given]
        total = read_amounts(
            reading.column(table.total), table.unit, factor_of(reading, keys), reading.place(table.total)
        )
        if findings.failed or not keys.valid:
            return None
        sites, site = keys.keys(frame.length)
        return _Rows(reading, site, sites, [columns.index(name) for name in given], codes, total)

    def _plan(self) -> Plan:
        table = self.table.table
        year = self.years[0] if len(self.years) == 1 else None
        form = self.form or self.cells.forms.get(table.key, Form())
        unit = form.unit or table.unit.key
        if ", " in unit:
            raise OptionError(
                Message(
                    "expected: the files of {table} state several units ({units}); say in a form in which unit the "
                    "rows that should come are",
                    table=table.called,
                    units=unit,
                )
            )
        factor = unit_factor(table, unit)
        assert factor is not None, unit
        return Plan(self.classes, self.cells.by, year, *factor, Form(), self.cells.programme.axes)

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
        if len(self.table.ledger):
            return rows.codes
        first_year = len(self.table.table.categories)
        return [
            code if place < first_year else self._first_years(place - first_year, code)
            for place, code in zip(rows.places, rows.codes, strict=True)
        ]

    def _first_years(self, place: int, years: NDArray[np.int64]) -> NDArray[np.int64]:
        starts = self.classes.starts[place]
        return np.where(years == UNKNOWN, UNKNOWN, starts[np.minimum(self.classes.span(place, years), len(starts) - 1)])

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
        keys = [self._dated(key) for key in self.table.keys]
        found: dict[Key, tuple[int, bool]] = {}
        if len(self.table.ledger):
            width = self.table.key_width
            rows = [
                (row[0], row[1 + parts : width], max(0, *row[width:]), row[width] != UNKNOWN)
                for row in self.table.ledger.tolist()
            ]
        else:
            rest = self.table.kinds[:, len(self.classes.questions) :].tolist()
            cells = zip(self.table.site.tolist(), self.table.kind.tolist(), self.table.weight.tolist(), strict=True)
            rows = [(site, rest[kind], weight, True) for site, kind, weight in cells]
        for site, rest, least, whole in rows:
            key = (*keys[site], *(rest[place] for place in places))
            before, all_before = found.get(key, (0, True))
            found[key] = (before + least, all_before and whole)
        return found

    def _asked(self, key: Key) -> bool:
        return self.every_year or key[0] in self.years

    def _compare(self, rows: _Rows, findings: Findings) -> list[int]:
        """Return the expected rows that are missing, after recording totals that differ."""
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
                other = other_row(EXPECTED_ROWS, EXPECTED_ROWS, rows.reading.frame.place(seen[exact]))
                findings.add(
                    "duplicate_row",
                    table.key,
                    row=row,
                    value=listed(said),
                    key=said,
                    split="",
                    **other,
                )
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
        width = len(self.cells.key_names)
        for key in came:
            if self._asked(key) and key not in wanted:
                said = self._in_words(key[:width], rows.places, key[width:])
                self.findings.add("unexpected", table.key, None, value=listed(said), severity="note", key=said)
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

    def _describe(self, rows: _Rows, row: int, *, years: bool = True) -> RowKey:
        """Return the key of an expected row in words, with or without its year columns."""
        kept = [
            (place, int(code[row]))
            for place, code in zip(rows.places, rows.codes, strict=True)
            if years or place < len(self.table.table.categories)
        ]
        return self._in_words(rows.key(row), [place for place, _ in kept], [code for _, code in kept])

    def _in_words(self, site: Key, places: Sequence[int], codes: Sequence[int]) -> RowKey:
        table = self.table.table
        row = np.full(1 + len(table.attributes), UNKNOWN, dtype=np.int64)
        row[0] = 0
        row[1 : 1 + len(table.parts)] = COUNTED
        for place, code in zip(places, codes, strict=True):
            row[1 + len(table.parts) + place] = code
        names = self.cells.key_names
        only, _ = gathered(names, [(np.zeros(1, dtype=np.int64), [value]) for value in self._dated(site)], 1)
        return describe_row(table, only, row)

    def _made(self, rows: _Rows, absent: Sequence[int]) -> TableCells:
        table = self.table.table
        chosen = np.array(absent, dtype=np.intp)
        sites, of_row = rows.sites.with_year(self.years[0]) if len(self.years) == 1 else (rows.sites, None)
        site = rows.site[chosen] if of_row is None else of_row[rows.site[chosen]]
        used, site = np.unique(site, return_inverse=True)
        parts = len(table.parts)
        ledger = np.full((len(chosen), 1 + parts + len(table.categories) + len(table.years)), UNKNOWN, dtype=np.int64)
        ledger[:, 0] = site.reshape(-1)
        for place, column in zip(rows.places, rows.codes, strict=True):
            ledger[:, 1 + parts + place] = column[chosen]
        known = rows.total.known[chosen]
        values = np.full((len(chosen), len(table.values)), MISSING_VALUE, dtype=np.int64)
        units = Units(self.classes, ledger, rest_of_pattern(self.classes, ledger), values)
        units.add(np.flatnonzero(known), [2] * parts, rows.total.values[chosen][known])
        units.leave_open(np.flatnonzero(~known), [2] * parts)
        kinds, cells, opened = units.cells(len(used))
        return evolve(
            no_cells(table, rows.sites.names, self.classes.width),
            keys=sites.only(used),
            kinds=kinds,
            site=cells[0],
            kind=cells[1],
            weight=cells[2],
            sums=cells[3],
            open_site=opened[0],
            open_kind=opened[1],
            rows=len(chosen),
        )


def _plain(table: Table, count: int) -> str:
    return f"{table.unit.shown(count)} {table.unit.key}"
