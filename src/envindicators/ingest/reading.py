"""Reading a frame by the roles of its columns, on its way to cells."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

from envindicators.cells.grouping import Axis, combined, group
from envindicators.cells.table_cells import UNKNOWN, Key
from envindicators.definitions.form import Form, Layout
from envindicators.definitions.rule import YEARS, Between, Domains, Rule
from envindicators.definitions.table import KEY_COLUMNS, Table
from envindicators.frames.column import Column, empty_column
from envindicators.frames.excel import Sheet
from envindicators.frames.stream import Opened
from envindicators.ingest.columns import (
    MISSING,
    Coded,
    Occurring,
    Place,
    factorized,
    read_category,
    read_key,
    read_year,
)
from envindicators.problems import Findings
from envindicators.words.spelling import did_you_mean
from envindicators.words.text import Text


@frozen
class Plan:
    """How a table is to be read.

    Args:
        table: the table.
        by: the key columns that were asked for.
        year: the year of a table that has no column of years, or None.
        factor: how many counted units one of the columns' is.
        per_day: whether amounts are per day.
        form: what the caller said of it.
        rules: the rules that will be asked of the table.
    """

    table: Table
    by: tuple[str, ...]
    year: int | None
    factor: int
    per_day: bool
    form: Form
    rules: tuple[Rule, ...] = field(repr=False)

    @property
    def key_names(self) -> tuple[str, ...]:
        """The key columns of every table: year and area, then what else stands in ``by``."""
        return key_names(self.by)

    def needed(self, names: Sequence[str]) -> list[str]:
        """Return those of a frame's columns that are read: keys, the table's own, and the id of records."""
        table = self.table
        records = table.total not in names or self.form.layout == "records"
        wanted = {*self.key_names, *table.columns, *([table.id] if table.id and records else [])}
        return [name for name in dict.fromkeys(names) if name in wanted]


def key_names(by: Sequence[str]) -> tuple[str, ...]:
    """Return the key columns that cells of a ``by`` keep: year, area, and the others of ``by``."""
    return ("year", "area", *(name for name in by if name not in ("year", "area")))


@define
class Reading:
    """A frame on its way to cells: what has been read of it so far.

    Args:
        plan: how it is to be read.
        frame: the frame.
        findings: where problems are recorded.
        columns: the columns read so far.
        unclear: the rows that cannot be told from others, since a key, category or year is wrong.
    """

    plan: Plan
    frame: Opened
    findings: Findings
    columns: dict[str, Column] = field(factory=dict[str, Column])
    unclear: NDArray[np.bool_] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.unclear = np.zeros(self.frame.length, dtype=np.bool_)

    @property
    def table(self) -> Table:
        """The table that the frame is of."""
        return self.plan.table

    def place(self, column: str) -> Place:
        """Return where problems of a column are recorded."""
        return Place(self.findings, self.table.key, column)

    def key_place(self, column: str) -> Place:
        """Return the same for a column that tells rows apart: a row with a problem in it cannot be told."""
        return Place(self.findings, self.table.key, column, self.unclear)

    def column(self, name: str) -> Column:
        """Return a column, blank throughout if it did not come."""
        if name not in self.columns:
            came = name in self.frame.names
            self.columns[name] = self.frame.read(name) if came else empty_column(self.frame.length)
        return self.columns[name]

    def blanks(self) -> dict[str, NDArray[np.bool_]]:
        """Return where the part, category and year columns that came are blank, for those that are anywhere."""
        found: dict[str, NDArray[np.bool_]] = {}
        for name in self.table.columns[1:]:
            if name in self.frame.names:
                blank = self.column(name).blank
                if blank.any():
                    found[name] = blank
        return found


def check_columns(reading: Reading) -> None:
    """Record columns that stand twice, and columns that are needed and did not come."""
    frame, table, findings = reading.frame, reading.table, reading.findings
    for name in dict.fromkeys(frame.names):
        if frame.names.count(name) > 1:
            findings.add("duplicate_column", table.key, name, value=name)
    unused = _unused(reading)
    for category in table.categories:
        if category.key not in frame.names:
            near = _near(table, category.key, unused)
            findings.add("missing_column", table.key, category.key, needed=category.key, near=near)
    for name in reading.plan.by:
        if name in frame.names or (name == "year" and reading.plan.year is not None):
            continue
        if name == "year":
            findings.add("no_year_column", table.key, name)
        elif name == "area":
            findings.add("missing_column", table.key, name, needed=name, near=_near(table, name, unused))
        else:
            near = did_you_mean(name, [*KEY_COLUMNS, *unused])
            findings.add("unknown_by", table.key, name, value=name, near=near)


def _unused(reading: Reading) -> list[str]:
    """Return the columns of a frame that are not read."""
    known = (*reading.table.columns, reading.table.id, *KEY_COLUMNS, *reading.plan.by)
    return [name for name in reading.frame.names if name not in known]


def _near(table: Table, column: str, unused: Sequence[str]) -> Text:
    """Return ``; did you mean 'x'?`` for the unused column that one that did not come may stand in."""
    meant = next((name for name in unused if table.meant(name) == column), None)
    return did_you_mean(column, unused) if meant is None else did_you_mean(column, (), {column: meant})


def note_columns(reading: Reading, layout: Layout) -> None:
    """Record the columns that did not come, and those that are not used."""
    table, frame, findings = reading.table, reading.frame, reading.findings
    unused = _unused(reading)
    for name in (*(part.key for part in table.parts), *(column.key for column in table.years)):
        if name not in frame.names:
            near = _near(table, name, unused)
            findings.add("absent_column", table.key, name, severity="gap", near=near)
    if isinstance(frame, Sheet) and frame.others:
        shown = ", ".join(map(repr, frame.others))
        findings.add("other_sheets", table.key, severity="note", sheet=frame.sheet, others=shown)
    used = {*table.columns, "area", "year", *reading.plan.by}
    for name in dict.fromkeys(frame.names):
        if name == table.id and layout != "records":
            findings.add("id_ignored", table.key, name, severity="note", total=table.total)
        elif name not in used and not (name == table.id and layout == "records"):
            column = table.meant(name)
            near = did_you_mean(name, (), {name: column} if column and column not in frame.names else {})
            findings.add("other_columns", table.key, name, severity="note", value=name, near=near)
    if layout == "records" and table.total in frame.names:
        findings.add("other_columns", table.key, table.total, severity="note", value=table.total, near="")


@frozen(eq=False)
class Keys:
    """The key columns of a frame.

    Args:
        names: their names: year, area, and the others of ``by``.
        columns: for each its codes and levels; of one that did not come a single level, for all rows.
        came: for each whether it came.
        valid: whether nothing is wrong with them.
    """

    names: tuple[str, ...]
    columns: tuple[Coded, ...]
    came: tuple[bool, ...]
    valid: bool

    def levels(self, grouped: Sequence[NDArray[Any]] | None) -> dict[str, Occurring]:
        """Return the values that stand in the key columns that came.

        Args:
            grouped: for each column the codes of the groups that its rows make, where that is known already.
        """
        return {
            name: column.occurring(None if grouped is None else grouped[place])
            for place, (name, column, came) in enumerate(zip(self.names, self.columns, self.came, strict=True))
            if came
        }

    @property
    def axes(self) -> list[Axis]:
        """What rows are grouped by to group them by their keys."""
        return [
            Axis(column.codes, max(1, len(column.levels)))
            if came and not (self.valid and column.constant)
            else Axis(0, 1)
            for column, came in zip(self.columns, self.came, strict=True)
        ]

    def years(self, length: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the year of each row, and whether it is known."""
        year = self.columns[0]
        if not self.came[0]:
            known = year.levels[0] is not None
            return np.full(length, year.levels[0] or 0, dtype=np.int64), np.full(length, known)
        levels = np.array([*year.levels, 0], dtype=np.int64)
        return levels[year.codes], year.codes != MISSING

    def sites(self, length: int) -> tuple[NDArray[np.int64], list[Key]]:
        """Return for each row the position of its key, and the keys."""
        axes = self.axes
        grouped = group(axes, length, None)
        found = list(zip(*(codes.tolist() for codes in grouped.codes), strict=True))
        keys = [tuple(c.levels[code] for c, code in zip(self.columns, codes, strict=True)) for codes in found]
        if len(keys) <= 1:
            return np.zeros(length, dtype=np.int64), keys
        kept = [Axis(codes, axis.size, axis.least) for axis, codes in zip(axes, grouped.codes, strict=True)]
        return np.searchsorted(combined(kept, len(keys)), combined(axes, length)), keys


def read_keys(reading: Reading) -> Keys:
    """Return the key columns of a frame, recording what is wrong with them."""
    columns: list[Coded] = []
    came: list[bool] = []
    before = reading.findings.errors
    for name in reading.plan.key_names:
        came.append(name in reading.frame.names)
        if not came[-1]:
            columns.append(Coded(np.zeros(0, dtype=np.int64), (reading.plan.year if name == "year" else None,)))
        elif name == "year":
            columns.append(_read_reporting_year(reading))
        else:
            columns.append(read_key(reading.column(name), reading.key_place(name)))
    return Keys(reading.plan.key_names, tuple(columns), tuple(came), reading.findings.errors == before)


def _read_reporting_year(reading: Reading) -> Coded:
    column = reading.column("year")
    if column.kind == "int" and column.missing is None:
        coded = factorized(column)
        if all(level in YEARS for level in coded.levels):
            return coded
    years = read_year(column, reading.key_place("year"), required=True)
    return factorized(Column("int", years.values, None if years.known.all() else ~years.known))


def read_categories(reading: Reading) -> list[NDArray[Any]]:
    """Return the category columns as positions among the allowed values, recording what is wrong with them."""
    found: list[NDArray[Any]] = []
    for category in reading.table.categories:
        codes = read_category(reading.column(category.key), category, reading.key_place(category.key))
        found.append(codes)
        if category.key not in reading.frame.names:
            reading.unclear[:] = True
    return found


def read_years(reading: Reading, keys: Keys) -> list[NDArray[np.int64]]:
    """Return the year columns of the table, `UNKNOWN` where they are blank."""
    if not reading.table.years:
        return []
    found: list[NDArray[np.int64]] = []
    of_row, year_known = keys.years(reading.frame.length)
    for name in reading.table.years:
        column = reading.column(name.key)
        years = read_year(column, reading.key_place(name.key), required=False)
        late = years.known & year_known & (years.values > of_row)
        reading.place(name.key).mark("built_after", late, column.value, year=lambda row: int(of_row[row]))
        found.append(np.where(years.known, years.values, UNKNOWN))
    return found


def spans_of(table: Table, rules: Sequence[Rule], values: Mapping[str, NDArray[np.int64]]) -> list[NDArray[np.int64]]:
    """Return for each year column the first year of the span that the rules do not tell apart."""
    narrowed = Domains(table.domains.values).narrowed(*rules).values
    found: list[NDArray[np.int64]] = []
    for column in table.years:
        spans = [atom for rule in rules for atom in rule.atoms if isinstance(atom, Between)]
        starts = np.array(narrowed[column.key] if any(a.column == column.key for a in spans) else [1900])
        years = values[column.key]
        first = starts[np.maximum(np.searchsorted(starts, years, side="right") - 1, 0)]
        found.append(np.where(years == UNKNOWN, UNKNOWN, first))
    return found


def factor_of(reading: Reading, keys: Keys) -> int | NDArray[np.int64]:
    """Return how many counted units one of the frame's is, for all rows or row by row."""
    plan = reading.plan
    if not plan.per_day:
        return plan.factor
    years, known = keys.years(reading.frame.length)
    if not known.all():
        if not keys.came[0]:
            reading.findings.add("year_needed", plan.table.key, "year")
        return plan.factor
    days = {year: 366 if calendar.isleap(year) else 365 for year in np.unique(years).tolist()}
    return np.array([days[year] * plan.factor for year in years.tolist()], dtype=np.int64)
