"""Reading a frame by the roles of its columns, on its way to cells."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

from envindicators.cells.classes import UNKNOWN
from envindicators.cells.grouping import CHUNK, combined, slots
from envindicators.cells.keys import Keys, gathered
from envindicators.definitions.form import Layout
from envindicators.definitions.rule import YEARS
from envindicators.definitions.table import KEY_COLUMNS, Table
from envindicators.frames.column import Column, empty_column
from envindicators.frames.excel import Sheet, other_sheets
from envindicators.frames.stream import Opened
from envindicators.ingest.columns import (
    MISSING,
    Coded,
    Place,
    factorized,
    read_category,
    read_key,
    read_year,
)
from envindicators.ingest.plan import Plan
from envindicators.problems import Findings
from envindicators.words.catalogue import languages
from envindicators.words.message import Message, listed
from envindicators.words.spelling import did_you_mean


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

    @property
    def came(self) -> frozenset[str]:
        """The part, category, year and value columns that came."""
        return frozenset(name for name in self.table.columns[1:] if name in self.frame.names)

    def place(self, column: str) -> Place:
        """Return where problems of a column are recorded."""
        return Place(self.findings, self.table.key, column)

    def key_place(self, column: str) -> Place:
        """Return the same for a column that tells rows apart: a row with a problem in it cannot be told."""
        return Place(self.findings, self.table.key, column, self.unclear)

    def column(self, name: str) -> Column:
        """Return a column, blank in every row if it is missing."""
        if name not in self.columns:
            came = name in self.frame.names
            self.columns[name] = self.frame.read(name) if came else empty_column(self.frame.length)
        return self.columns[name]

    def blanks(self) -> dict[str, NDArray[np.bool_]]:
        """Return where the part, category, year and value columns that came are blank, for those that are anywhere."""
        found: dict[str, NDArray[np.bool_]] = {}
        for name in self.table.columns[1:]:
            if name in self.frame.names:
                blank = self.column(name).blank
                if blank.any():
                    found[name] = blank
        return found


def check_columns(reading: Reading) -> None:
    """Record columns that stand twice, and columns that are needed and missing."""
    frame, table, findings = reading.frame, reading.table, reading.findings
    known = {*table.columns, *reading.plan.key_names, table.id}
    for name in dict.fromkeys(frame.names):  # of a heading that names no column, as a title is, none is twice
        if frame.names.count(name) > 1 and not known.isdisjoint(frame.names):
            findings.add("duplicate_column", table.key, name, value=name)
    unused = _unused(reading)
    for category in table.categories:
        if category.key not in frame.names:
            near = elsewhere(table, frame, category.key) or _near(table, category.key, unused)
            findings.add("missing_column", table.key, category.key, needed=category.key, near=near)
    for name in reading.plan.by:
        if name in frame.names or (name == "year" and reading.plan.year is not None):
            continue
        if name == "year":
            findings.add("no_year_column", table.key, name)
        elif name == "area":
            near = elsewhere(table, frame, name) or _near(table, name, unused)
            findings.add("missing_column", table.key, name, needed=name, near=near)
        else:
            near = did_you_mean(name, [*KEY_COLUMNS, *unused])
            findings.add("unknown_by", table.key, name, value=name, near=near)


def elsewhere(table: Table, frame: Opened, column: str) -> Message | str:
    """Return a hint to the sheet of a workbook that has a column under one of its names, where it is another."""
    name = table.name_of(column)
    return other_sheets(frame, [column, *([] if name is None else map(name.in_, languages()))])


def _unused(reading: Reading) -> list[str]:
    """Return the columns of a frame that are not read."""
    known = (*reading.table.columns, reading.table.id, *reading.plan.key_names)
    return [name for name in reading.frame.names if name not in known]


def _near(table: Table, column: str, unused: Sequence[str]) -> Message:
    """Return ``; did you mean 'x'?`` for the unused column that may be the one missing."""
    meant = next((name for name in unused if table.meant(name) == column), None)
    return did_you_mean(column, unused) if meant is None else did_you_mean(column, (), {column: meant})


def note_columns(reading: Reading, layout: Layout) -> None:
    """Record the columns that are missing, and those that are not used."""
    table, frame, findings = reading.table, reading.frame, reading.findings
    unused = _unused(reading)
    named: tuple[Any, ...] = (*table.parts, *table.years, *table.values)
    for name in (column.key for column in named):
        if name not in frame.names:
            near = _near(table, name, unused)
            findings.add("absent_column", table.key, name, severity="gap", near=near)
    if isinstance(frame, Sheet) and frame.others:
        shown = ", ".join(map(repr, frame.others))
        if frame.unseen:
            findings.add("hidden_sheet", table.key, sheet=frame.sheet, others=shown)
        else:
            findings.add("other_sheets", table.key, severity="note", sheet=frame.sheet, others=shown)
    if isinstance(frame, Sheet) and frame.hidden:
        numbers = [frame.hidden[place] for place in frame.places or () if place in frame.hidden]
        if numbers:
            findings.add("hidden_rows", table.key, severity="note", source=frame.source, rows=listed(numbers))
    used = {*table.columns, *reading.plan.key_names}
    for name in dict.fromkeys(frame.names):
        if name not in used and name != table.id:
            column = table.meant(name)
            near = did_you_mean(name, (), {name: column} if column and column not in frame.names else {})
            findings.add("other_columns", table.key, name, severity="note", value=name, near=near)
    if layout == "records" and table.total in frame.names:
        findings.add("other_columns", table.key, table.total, severity="note", value=table.total, near="")


@frozen(eq=False)
class KeyColumns:
    """The key columns of a frame.

    Args:
        names: their names: year, area, and the others of ``by``.
        columns: for each its codes and levels; of one that is missing a single level, for all rows.
        came: for each whether it came.
        valid: whether nothing is wrong with them.
    """

    names: tuple[str, ...]
    columns: tuple[Coded, ...]
    came: tuple[bool, ...]
    valid: bool

    def levels(self) -> dict[str, list[Any]]:
        """Return the values that stand in the key columns that came."""
        pairs = zip(self.names, self.columns, self.came, strict=True)
        return {name: column.occurring() for name, column, came in pairs if came}

    @property
    def one_year(self) -> bool:
        """Whether all rows are of one year, or of none."""
        return len(self.columns[0].levels) == 1 and (self.valid or not self.came[0])

    def years(self, length: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the year of each row, and whether it is known."""
        year = self.columns[0]
        if self.one_year:
            known = year.levels[0] is not None
            return np.full(length, year.levels[0] or 0, dtype=np.int64), np.full(length, known)
        levels = np.array([*year.levels, 0], dtype=np.int64)
        return levels[year.codes], year.codes != MISSING

    def keys(self, length: int) -> tuple[Keys, NDArray[Any]]:
        """Return the distinct keys, and for each row the position of its own."""
        return gathered(self.names, [(column.codes, column.levels) for column in self.columns], length)

    def possible_keys(self, length: int) -> tuple[Keys, NDArray[Any]]:
        """Return keys among which are those of all rows, told without a look at each, and each row's position there."""
        several = [column for column in self.columns if len(column.levels) > 1]
        sizes = [len(column.levels) for column in several]
        if not several or slots(sizes) > length:
            return self.keys(length)
        every = np.unravel_index(np.arange(slots(sizes)), sizes)
        of_several = iter(every)
        columns = [
            (next(of_several) if len(column.levels) > 1 else column.codes, column.levels) for column in self.columns
        ]
        keys, where = gathered(self.names, columns, slots(sizes))
        codes = several[0].codes if len(several) == 1 else combined([column.codes for column in several], sizes)
        return keys, codes if np.array_equal(where, np.arange(slots(sizes))) else where[codes]

    def stretches(self, length: int) -> tuple[Keys, NDArray[np.int64], NDArray[Any]] | None:
        """Return the distinct keys, where stretches of rows of one key begin, and the position of the key of each.

        None where there are too many stretches. None goes on from one slice of `CHUNK` rows to the next.
        """
        starts: NDArray[np.int64] = np.arange(0, length, CHUNK)
        for column in self.columns:
            if len(column.levels) > 1:
                if column.starts is None:
                    return None
                starts = np.union1d(starts, column.starts)
        columns = [
            (column.at(starts) if len(column.levels) > 1 else column.heads, column.levels) for column in self.columns
        ]
        keys, site = gathered(self.names, columns, len(starts))
        return keys, starts, site


def read_keys(reading: Reading) -> KeyColumns:
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
    return KeyColumns(reading.plan.key_names, tuple(columns), tuple(came), reading.findings.errors == before)


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


def read_years(reading: Reading, keys: KeyColumns) -> list[NDArray[Any]]:
    """Return the year columns of the table, `UNKNOWN` where they are blank."""
    found: list[NDArray[Any]] = []
    for year_column in reading.table.years:
        name = year_column.key
        column = reading.column(name)
        if column.kind == "int" and column.missing is None and _are_years(column.values):
            # signed, so that a missing year beside them has its code
            values = column.values.astype(np.int32) if column.values.dtype.kind == "u" else column.values
        else:
            years = read_year(column, reading.key_place(name), required=False)
            values = np.where(years.known, years.values, UNKNOWN)
        _check_not_later(reading, keys, name, values)
        found.append(values)
    return found


def _are_years(values: NDArray[Any]) -> bool:
    return len(values) > 0 and int(values.min()) in YEARS and int(values.max()) in YEARS


def _check_not_later(reading: Reading, keys: KeyColumns, name: str, values: NDArray[Any]) -> None:
    """Record years after the reporting year of their row."""
    if keys.one_year:
        year = keys.columns[0].levels[0]
        if year is None or int(values.max(initial=UNKNOWN)) <= year:
            return
    of_row, known = keys.years(reading.frame.length)
    late = known & (values > of_row)
    reading.place(name).mark("built_after", late, reading.column(name).value, year=lambda row: int(of_row[row]))


def latest_years(reading: Reading, keys: KeyColumns, years: Sequence[NDArray[Any]]) -> tuple[int, ...]:
    """Return for each year column the latest year in rows that have no reporting year, `UNKNOWN` for none."""
    if keys.one_year and keys.columns[0].levels[0] is not None:
        return (UNKNOWN,) * len(years)
    undated = ~keys.years(reading.frame.length)[1] if years else reading.unclear
    return tuple(int(values[undated].max(initial=UNKNOWN)) for values in years)


def factor_of(reading: Reading, keys: KeyColumns) -> int | NDArray[np.int64]:
    """Return how many counted units one of the frame's is, for all rows or row by row."""
    plan = reading.plan.of_unit(reading.frame.unit)
    if not plan.per_day:
        return plan.factor
    years, known = keys.years(reading.frame.length)
    if not known.all():
        if not keys.came[0]:
            reading.findings.add("year_needed", plan.table.key, "year")
        return plan.factor
    days = {year: 366 if calendar.isleap(year) else 365 for year in np.unique(years).tolist()}
    return np.array([days[year] * plan.factor for year in years.tolist()], dtype=np.int64)
