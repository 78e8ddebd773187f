"""Digesting one piece of a table: its cells checked, its columns turned to codes, records grouped."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from envindicators.cells.between import MAYBE, Amounts, check_flags, check_parts, flags_in_ledger
from envindicators.cells.grouping import Axis, Grouped, group
from envindicators.cells.table_cells import COUNTED, UNKNOWN, Key
from envindicators.definitions.table import Table
from envindicators.frames.stream import Opened
from envindicators.ingest.columns import MISSING, Coded, Occurring, read_amounts, read_flag, read_key
from envindicators.ingest.layout import Inferred, infer_layout
from envindicators.ingest.reading import (
    Keys,
    Plan,
    Reading,
    check_columns,
    factor_of,
    note_columns,
    read_categories,
    read_keys,
    read_years,
    spans_of,
)
from envindicators.problems import Findings, Problem

BLANKS: Mapping[str, str] = {"part": "blank_part", "category": "blank_category", "year": "blank_year"}
"""By what a column is, the kind of gap that a blank in it is."""


@frozen(eq=False)
class Records:
    """Records as codes: an entry for each kind of row there is, or for each row where there are nearly as many kinds.

    Args:
        levels: for each key column the values that its codes stand for.
        codes: for each key column, part, category and year column the code of each entry.
        counts: how many rows an entry stands for; None where it is one row each.
    """

    levels: tuple[Sequence[Any], ...]
    codes: tuple[NDArray[np.int64], ...]
    counts: NDArray[np.int64] | None

    @property
    def grouped(self) -> Grouped:
        """The kinds of row there are, each once."""
        if self.counts is not None:
            return Grouped(self.codes, self.counts)
        axes = [Axis(column, int(column.max(initial=UNKNOWN)) - UNKNOWN + 1, UNKNOWN) for column in self.codes]
        return group(axes, len(self.codes[0]), None)


@frozen(eq=False)
class Ids:
    """The ids of records, and the years within which they are unlike.

    Args:
        codes: for each row its id, as a whole number or as a code into ``levels``; `MISSING` for none.
        levels: the ids, where they are not whole numbers.
        keys: the keys of the rows, among them the year.
    """

    codes: NDArray[np.int64]
    levels: Sequence[Any] | None
    keys: Keys

    @property
    def years(self) -> NDArray[np.int64]:
        """For each row its year, 0 where it has none."""
        return self.keys.years(len(self.codes))[0]

    def value(self, row: int) -> Any:
        """Return the id of a row."""
        code = int(self.codes[row])
        return code if self.levels is None else self.levels[code]

    @property
    def increasing(self) -> bool:
        """Whether the ids are whole numbers, each above the one before it."""
        return self.levels is None and bool((self.codes[1:] > self.codes[:-1]).all())


@frozen(eq=False)
class Rows:
    """Rows of counts or weighted records, as they came.

    Args:
        sites: the keys that stand in them.
        ledger: the rows as a ledger holds them (see `TableCells`).
        clear: which rows can be told from others; where a key, category or year is wrong they cannot.
        blanks: by column where it is blank, for the part, category and year columns that came.
        apart: names the unused column in which two rows differ, or returns nothing.
    """

    sites: list[Key]
    ledger: NDArray[np.int64]
    clear: NDArray[np.bool_]
    blanks: Mapping[str, NDArray[np.bool_]]
    apart: Callable[[int, int], str] | None = None


@frozen(eq=False)
class Digest:
    """What came of one piece.

    Args:
        source: the file or piece, where a table stands in several.
        names: the names of the columns that came.
        length: the number of rows.
        places: for each row its position as it was given, or None for its position here.
        ordered: whether rows have positions at all.
        inferred: the layout, and how sure it is.
        levels: for each key column that came the values that stand in it.
        findings: what was found, rows by their position in this piece.
        doubtful: what was found besides, if parts of 0 and 1 are counts.
        records: for records, the kinds of row.
        ids: for records, the ids; what a partition tells of them, where it does not send them.
        rows: for other layouts, the rows.
        latest: for each year column the latest year in rows that have no reporting year, `UNKNOWN` for none.
    """

    source: str | None
    names: tuple[str, ...]
    length: int
    places: Sequence[int] | None
    ordered: bool
    inferred: Inferred
    levels: Mapping[str, Occurring]
    findings: Findings
    doubtful: Findings = field(factory=Findings)
    records: Records | None = None
    ids: Any = None
    rows: Rows | None = None
    latest: tuple[int, ...] = ()

    def place(self, row: int) -> int | None:
        """Return the position of a row as it was given, None where rows have none."""
        if not self.ordered:
            return None
        return row if self.places is None else int(self.places[row])

    def placed(self, problem: Problem) -> Problem:
        """Return a problem of a row here as one of the row as it was given."""
        row = None if problem.row is None else self.place(problem.row)
        return evolve(problem, row=row, source=self.source)


def digest(plan: Plan, frame: Opened) -> Digest:
    """Return one piece of a table digested, with everything that is wrong with it alone."""
    findings = Findings()
    reading = Reading(plan, frame, findings)
    if not frame.names and not frame.length:
        return _digest(reading, Inferred(None), {})
    check_columns(reading)
    table = plan.table
    parts = {part.key: reading.column(part.key) for part in table.parts if part.key in frame.names}
    inferred = infer_layout(table, frame, parts, plan.form.layout, findings)
    keys = read_keys(reading)
    categories = read_categories(reading)
    years = read_years(reading, keys)
    found: dict[str, Any] = {}
    records: Records | None = None
    if inferred.layout == "records":
        found["records"] = _records(reading, keys, categories, years)
        found["ids"] = _ids(reading, keys)
        records = found["records"]
    elif inferred.layout is not None:
        found = _rows(reading, inferred, keys, categories, years)
    elif table.total in frame.names:
        total = reading.column(table.total)
        read_amounts(total, table.unit, factor_of(reading, keys), reading.place(table.total))
    if inferred.layout is not None:
        note_columns(reading, inferred.layout)
    undated = ~keys.years(frame.length)[1] if years else reading.unclear
    latest = tuple(int(each[undated].max(initial=UNKNOWN)) for each in years)
    levels = keys.levels(None if records is None else records.codes)
    made = _digest(reading, inferred, levels, latest=latest, **found)
    return made if frame.ordered else _keyed(made, reading)


def _digest(reading: Reading, inferred: Inferred, levels: Mapping[str, Occurring], **found: Any) -> Digest:
    frame = reading.frame
    return Digest(
        frame.source,
        frame.names,
        frame.length,
        frame.places,
        frame.ordered,
        inferred,
        levels,
        reading.findings,
        **found,
    )


def _keyed(made: Digest, reading: Reading) -> Digest:
    """Return a digest whose problems carry the keys of their rows, since these have no positions."""
    names = [*reading.plan.key_names, *(each.key for each in reading.table.categories)]
    names = [name for name in (*names, reading.table.id or "") if name in reading.frame.names]

    def keyed(problem: Problem) -> Problem:
        row = problem.row
        if row is None:
            return problem
        shown = [f"{name} {reading.column(name).value(row)!r}" for name in names if name != problem.column]
        return evolve(problem, key=", ".join(shown) or None)

    for found in (made.findings, made.doubtful):
        found.listed[:] = map(keyed, found.listed)
    return made


# records


def _records(
    reading: Reading, keys: Keys, categories: list[NDArray[Any]], years: list[NDArray[np.int64]]
) -> Records | None:
    table, findings = reading.table, reading.findings
    flags = [read_flag(reading.column(part.key), reading.place(part.key)) for part in table.parts]
    _note_blanks(reading)
    check_flags(table, flags, findings)
    if findings.failed or not keys.valid:
        return None
    spans = spans_of(table, reading.plan.rules, {c.key: y for c, y in zip(table.years, years, strict=True)})
    axes = [
        *keys.axes,
        *(Axis(values, 3) for values in flags),
        *(Axis(codes, len(c.values) + 1, MISSING) for c, codes in zip(table.categories, categories, strict=True)),
        *(_span_axis(values) for values in spans),
    ]
    levels, length = tuple(column.levels for column in keys.columns), reading.frame.length
    if math.prod(axis.size for axis in axes) > length:
        every = tuple(
            np.full(length, axis.codes, dtype=np.int8) if isinstance(axis.codes, int) else axis.codes for axis in axes
        )
        return Records(levels, _patterns(every, len(levels), table), None)
    grouped = group(axes, length, None)
    return Records(levels, _patterns(grouped.codes, len(levels), table), grouped.sums)


def _patterns(codes: Sequence[NDArray[Any]], width: int, table: Table) -> tuple[NDArray[Any], ...]:
    """Return codes with a missing flag as everything else that is missing."""
    flags = slice(width, width + len(table.parts))
    found = list(codes)
    found[flags] = [np.where(each == MAYBE, UNKNOWN, each).astype(each.dtype) for each in found[flags]]
    return tuple(found)


def _span_axis(values: NDArray[np.int64]) -> Axis:
    greatest = int(values.max(initial=UNKNOWN))
    return Axis(values, greatest - UNKNOWN + 1, UNKNOWN)


def _note_blanks(reading: Reading) -> None:
    """Record as gaps the blanks of the part, category and year columns that came."""
    for name, blank in reading.blanks().items():
        reading.place(name).mark(blank_kind(reading.table, name), blank, lambda _: None, severity="gap")


def blank_kind(table: Table, name: str) -> str:
    """Return the kind of gap that a blank in a part, category or year column is."""
    return BLANKS["part" if table.part(name) else "category" if table.category(name) else "year"]


def _ids(reading: Reading, keys: Keys) -> Ids:
    assert reading.table.id is not None
    name = reading.table.id
    column, place = reading.column(name), reading.place(name)
    if column.kind == "int" and column.missing is None:
        return Ids(column.values.astype(np.int64, copy=False), None, keys)
    coded: Coded = read_key(column, place, missing="missing_id")
    return Ids(coded.codes.astype(np.int64), coded.levels, keys)


# counts and weighted records


def _rows(
    reading: Reading,
    inferred: Inferred,
    keys: Keys,
    categories: list[NDArray[Any]],
    years: list[NDArray[np.int64]],
) -> dict[str, Any]:
    table, findings, length = reading.table, reading.findings, reading.frame.length
    factor = factor_of(reading, keys)
    doubtful = Findings()
    total = read_amounts(reading.column(table.total), table.unit, factor, reading.place(table.total))
    if inferred.layout == "counts":
        parts = [
            read_amounts(reading.column(part.key), table.unit, factor, reading.place(part.key)) for part in table.parts
        ]
        into = doubtful if inferred.below_two else findings
        check_parts(table, total, parts, into, lambda name: reading.column(name).value)
        values = [np.where(amounts.known, amounts.values, UNKNOWN) for amounts in parts]
        flags = [np.full(length, COUNTED) for _ in parts]
    else:
        read = [read_flag(reading.column(part.key), reading.key_place(part.key)) for part in table.parts]
        check_flags(table, read, findings)
        flags = flags_in_ledger(read)
        values = [np.full(length, UNKNOWN) for _ in read]
    _check_totals_there(reading, inferred, total, values)
    if not keys.valid:
        _note_blanks(reading)
        return {"doubtful": doubtful}
    site, sites = keys.sites(length)
    columns = [
        site,
        *flags,
        *categories,
        *years,
        np.where(total.known, total.values, UNKNOWN),
        *values,
    ]
    ledger = np.empty((length, len(columns)), dtype=np.int64)
    for place, column in enumerate(columns):
        ledger[:, place] = column
    rows = Rows(sites, ledger, ~reading.unclear, reading.blanks(), _apart(reading))
    return {"rows": rows, "doubtful": doubtful}


def _check_totals_there(
    reading: Reading, inferred: Inferred, total: Amounts, values: Sequence[NDArray[np.int64]]
) -> None:
    """Record blank totals: errors where no part gives a floor, gaps where one does."""
    table = reading.table
    column = reading.column(table.total)
    blank = column.blank
    if total.known.all() or not blank.any():
        return
    floor = np.zeros(len(blank), dtype=np.bool_)
    for part, known in zip(table.parts, values, strict=True):
        floor |= (known != UNKNOWN) | ~reading.column(part.key).blank
    place = reading.place(table.total)
    if inferred.layout == "counts" and table.chained:
        place.mark("missing_total", blank & ~floor, lambda _: None)
        place.mark("blank_total", blank & floor, lambda _: None, severity="gap")
    elif inferred.layout == "counts":
        place.mark("missing_total_margins", blank, lambda _: None)
    else:
        place.mark("missing_total", blank, lambda _: None)


def _apart(reading: Reading) -> Callable[[int, int], str]:
    """Return what names the unused column in which two rows of one key differ."""
    used = {*reading.table.columns, *reading.plan.key_names}
    others = [name for name in dict.fromkeys(reading.frame.names) if name not in used and reading.frame.holds(name)]

    def differ(row: int, other: int) -> str:
        for name in others:
            column = reading.column(name)
            if column.value(row) != column.value(other):
                return name
        return ""

    return differ
