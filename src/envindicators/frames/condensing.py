"""Condensing one table: rows with the same keys and the same pattern become one kind, their weights added."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

from envindicators.frames.checks import (
    check_flags,
    check_parts,
    check_repeated,
    flags_in_ledger,
    reads_like_a_total,
    suspected_totals,
)
from envindicators.frames.column import Column, empty_column
from envindicators.frames.grouping import Axis, exact_sum, first_of_run, group, repeated
from envindicators.frames.layout import Layout, infer_layout
from envindicators.frames.opened import Opened
from envindicators.frames.roles import (
    MAYBE,
    MISSING,
    Amounts,
    Coded,
    Place,
    factorized,
    read_amounts,
    read_category,
    read_flag,
    read_key,
    read_year,
)
from envindicators.indicator import Table, did_you_mean
from envindicators.problems import Findings
from envindicators.rule import Between, Domains, Rule
from envindicators.table_cells import COUNTED, UNKNOWN, Key, TableCells, make

MOST = 2**63 - 1


@frozen
class Plan:
    """How a table is to be read.

    Args:
        table: the table.
        by: the key columns that were asked for.
        year: the year of a table that has no column of years, or None.
        factor: how many counted units one of the columns' is.
        per_day: whether amounts are per day.
        layout: the layout that the caller chose, or None.
        totals: what to do with rows that look like totals: ``"keep"``, ``"drop"`` or None to refuse.
        rules: the rules that will be asked of the table.
    """

    table: Table
    by: tuple[str, ...]
    year: int | None
    factor: int
    per_day: bool
    layout: Layout | None
    totals: str | None
    rules: tuple[Rule, ...] = field(repr=False)

    @property
    def key_names(self) -> tuple[str, ...]:
        """The key columns of every table: year and area, then what else stands in ``by``."""
        return key_names(self.by)


def key_names(by: Sequence[str]) -> tuple[str, ...]:
    """Return the key columns that cells of a ``by`` keep: year, area, and the others of ``by``."""
    return ("year", "area", *(name for name in by if name not in ("year", "area")))


@define
class Reading:
    """A frame on its way to cells: what has been read of it so far."""

    plan: Plan
    frame: Opened
    findings: Findings
    columns: dict[str, Column] = field(factory=dict[str, Column])

    @property
    def table(self) -> Table:
        return self.plan.table

    def place(self, column: str) -> Place:
        return Place(self.findings, self.table.key, column)

    def column(self, name: str) -> Column:
        if name not in self.columns:
            came = name in self.frame.names
            self.columns[name] = self.frame.read(name) if came else empty_column(self.frame.length)
        return self.columns[name]

    def note_blanks(self, kind: str, name: str, blank: NDArray[np.bool_]) -> None:
        if name in self.frame.names:
            self.place(name).mark(kind, blank, lambda _: None, severity="gap")


def condense_frame(plan: Plan, frame: Opened, findings: Findings) -> TableCells | None:
    """Return a frame condensed, or None after recording what is wrong with it."""
    reading = Reading(plan, frame, findings)
    before = findings.errors
    _check_columns(reading)
    table = plan.table
    parts = {part.key: reading.column(part.key) for part in table.parts if part.key in frame.names}
    layout = infer_layout(table, frame, parts, plan.layout, findings)
    keys = read_keys(reading)
    categories = [
        read_category(reading.column(category.key), category, reading.place(category.key))
        for category in table.categories
    ]
    for category, codes in zip(table.categories, categories, strict=True):
        reading.note_blanks("blank_category", category.key, codes == MISSING)
    years = _read_years(reading, keys)
    if layout is None:
        return None
    if layout == "records":
        cells = _records(reading, keys, categories, years, before)
    else:
        cells = _amounts(reading, layout, keys, categories, years, before)
    _note_columns(reading, layout)
    return cells


def _check_columns(reading: Reading) -> None:
    frame, table, findings = reading.frame, reading.table, reading.findings
    for name in dict.fromkeys(frame.names):
        if frame.names.count(name) > 1:
            findings.add("duplicate_column", table.key, name, value=name)
    unused = [name for name in frame.names if name not in (*table.columns, table.id, "area", "year", *reading.plan.by)]
    for category in table.categories:
        if category.key not in frame.names:
            near = did_you_mean(category.key, unused)
            findings.add("missing_column", table.key, category.key, needed=category.key, near=near)
    for name in reading.plan.by:
        if name in frame.names or (name == "year" and reading.plan.year is not None):
            continue
        if name == "year":
            findings.add("no_year_column", table.key, name)
        elif name == "area":
            findings.add("missing_column", table.key, name, needed=name, near=did_you_mean(name, unused))
        else:
            findings.add("unknown_by", table.key, name, value=name, near=did_you_mean(name, unused))


def _note_columns(reading: Reading, layout: Layout) -> None:
    """Record the columns that did not come, and those that are not used."""
    table, frame, findings = reading.table, reading.frame, reading.findings
    for name in (*(part.key for part in table.parts), *(column.key for column in table.years)):
        if name not in frame.names:
            findings.add("absent_column", table.key, name, severity="gap")
    used = {*table.columns, "area", "year", *reading.plan.by}
    for name in dict.fromkeys(frame.names):
        if name == table.id and layout != "records":
            findings.add("id_ignored", table.key, name, severity="note", total=table.total)
        elif name not in used and not (name == table.id and layout == "records"):
            findings.add("other_columns", table.key, name, severity="note", value=name)
    if layout == "records" and table.total in frame.names:
        findings.add("other_columns", table.key, table.total, severity="note", value=table.total)


@frozen(eq=False)
class Keys:
    """The key columns of a frame: for each its codes and levels; a column that did not come is one None."""

    columns: tuple[Coded, ...]
    valid: bool

    @property
    def axes(self) -> list[Axis]:
        return [Axis(0, 1) if len(c.codes) == 0 else Axis(c.codes, max(1, len(c.levels))) for c in self.columns]

    def years(self, length: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the year of each row, and whether it is known."""
        year = self.columns[0]
        if not len(year.codes):
            known = year.levels[0] is not None
            return np.full(length, year.levels[0] or 0, dtype=np.int64), np.full(length, known)
        levels = np.array([*year.levels, 0], dtype=np.int64)
        return levels[year.codes], year.codes != MISSING

    def sites(self, length: int) -> tuple[NDArray[np.int64], list[Key]]:
        """Return for each row the position of its key, and the keys."""
        grouped = group(self.axes, length, None)
        keys = [
            tuple(c.levels[code] for c, code in zip(self.columns, codes, strict=True))
            for codes in zip(*(codes.tolist() for codes in grouped.codes), strict=True)
        ]
        position = {codes: place for place, codes in enumerate(zip(*(c.tolist() for c in grouped.codes), strict=True))}
        if len(position) == 1:
            return np.zeros(length, dtype=np.int64), keys
        sizes = [axis.size for axis in self.axes]
        combined: Any = 0
        slots = 1
        for axis, size in zip(self.axes, sizes, strict=True):
            combined = combined * size + axis.part(slice(None))
            slots *= size
        combined = np.broadcast_to(combined, (length,))
        found: Any = 0
        for codes, size in zip(grouped.codes, sizes, strict=True):
            found = found * size + codes
        return np.searchsorted(found, combined), keys


def _single(value: Any) -> Coded:
    return Coded(np.zeros(0, dtype=np.int64), (value,))


def read_keys(reading: Reading) -> Keys:
    """Return the key columns of a frame, recording what is wrong with them."""
    columns: list[Coded] = []
    valid = True
    for name in reading.plan.key_names:
        if name not in reading.frame.names:
            columns.append(_single(reading.plan.year if name == "year" else None))
            continue
        column = reading.column(name)
        if name == "year":
            years = read_year(column, reading.place(name), required=True)
            whole = bool(years.known.all())
            coded = factorized(Column("int", years.values, None if whole else ~years.known))
            valid &= whole
        else:
            found = read_key(column, reading.place(name))
            valid &= found is not None
            coded = found if found is not None else _single(None)
        columns.append(coded)
    return Keys(tuple(columns), valid)


def _read_years(reading: Reading, keys: Keys) -> list[NDArray[np.int64]]:
    """Return the year columns of the table, `UNKNOWN` where they are blank."""
    found: list[NDArray[np.int64]] = []
    of_row, year_known = keys.years(reading.frame.length) if reading.table.years else (None, None)
    for name in reading.table.years:
        column = reading.column(name.key)
        years = read_year(column, reading.place(name.key), required=False)
        if of_row is not None and year_known is not None:
            late = years.known & year_known & (years.values > of_row)
            reading.place(name.key).mark("built_after", late, column.value, year=lambda row: int(of_row[row]))
        blank = np.ones(reading.frame.length, dtype=np.bool_) if column.kind == "empty" else column.missing
        if blank is not None:
            reading.note_blanks("blank_year", name.key, blank)
        found.append(np.where(years.known, years.values, UNKNOWN))
    return found


def spans_of(plan: Plan, values: Mapping[str, NDArray[np.int64]]) -> list[NDArray[np.int64]]:
    """Return for each year column the first year of the span that the rules do not tell apart."""
    narrowed = Domains(plan.table.domains.values).narrowed(*plan.rules).values
    found: list[NDArray[np.int64]] = []
    for column in plan.table.years:
        spans = [atom for rule in plan.rules for atom in rule.atoms if isinstance(atom, Between)]
        starts = np.array(narrowed[column.key] if any(a.column == column.key for a in spans) else [1900])
        years = values[column.key]
        first = starts[np.maximum(np.searchsorted(starts, years, side="right") - 1, 0)]
        found.append(np.where(years == UNKNOWN, UNKNOWN, first))
    return found


def _records(
    reading: Reading, keys: Keys, categories: list[NDArray[Any]], years: list[NDArray[np.int64]], before: int
) -> TableCells | None:
    table, length = reading.table, reading.frame.length
    flags = [read_flag(reading.column(part.key), reading.place(part.key)) for part in table.parts]
    for part, values in zip(table.parts, flags, strict=True):
        reading.note_blanks("blank_part", part.key, values == MAYBE)
    check_flags(table, flags, reading.findings)
    _check_ids(reading, keys)
    if reading.findings.errors > before or not keys.valid:
        return None
    spans = spans_of(reading.plan, {c.key: y for c, y in zip(table.years, years, strict=True)})
    axes = [
        *keys.axes,
        *(Axis(values, 3) for values in flags),
        *(Axis(codes, len(c.values) + 1, MISSING) for c, codes in zip(table.categories, categories, strict=True)),
        *(_span_axis(values) for values in spans),
    ]
    grouped = group(axes, length, None)
    width = len(keys.columns)
    first = first_of_run(grouped.codes[:width])
    found = zip(*(codes[first].tolist() for codes in grouped.codes[:width]), strict=True)
    sites = [tuple(c.levels[code] for c, code in zip(keys.columns, codes, strict=True)) for codes in found]
    parts = len(table.parts)
    pattern = np.stack(
        [
            *(np.where(codes == MAYBE, UNKNOWN, codes) for codes in grouped.codes[width : width + parts]),
            *grouped.codes[width + parts :],
        ]
        or [np.zeros(len(grouped.sums))],
        axis=1,
    )[:, : len(table.columns) - 1]
    return _made(reading, sites, np.cumsum(first) - 1, pattern, grouped.sums)


def _span_axis(values: NDArray[np.int64]) -> Axis:
    greatest = int(values.max(initial=UNKNOWN))
    return Axis(values, greatest - UNKNOWN + 1, UNKNOWN)


def _made(
    reading: Reading,
    keys: list[Key],
    site: NDArray[Any],
    pattern: NDArray[Any],
    weight: NDArray[np.int64],
    **more: NDArray[Any],
) -> TableCells:
    table = reading.table
    parts, width = len(table.parts), len(table.columns) - 1
    came = frozenset(name for name in table.columns[1:] if name in reading.frame.names)
    return make(
        table,
        keys=keys,
        site=site,
        pattern=pattern,
        weight=weight,
        open_site=more.get("open_site", np.zeros(0, dtype=np.int64)),
        open_pattern=more.get("open_pattern", np.zeros((0, width), dtype=np.int16)),
        margins=more.get("margins", np.zeros((0, 2 + width), dtype=np.int64)),
        ledger=more.get("ledger", np.zeros((0, 2 + width + parts), dtype=np.int64)),
        came=came,
        rows=reading.frame.length,
    )


def _check_ids(reading: Reading, keys: Keys) -> None:
    assert reading.table.id is not None
    name = reading.table.id
    column, place = reading.column(name), reading.place(name)
    if column.missing is not None or column.kind == "empty":
        gone = column.missing if column.missing is not None else np.ones(len(column), dtype=np.bool_)
        place.mark("missing_id", gone, lambda _: None)
    if column.kind == "int" and column.missing is None and bool((column.values[1:] > column.values[:-1]).all()):
        return
    if column.kind == "float" and column.missing is None:
        place.mark("key_type", [0], column.value)
        return
    codes = factorized(column).codes.astype(np.int64)
    known = np.flatnonzero(codes != MISSING)
    years, _ = keys.years(len(column))
    later, earlier = repeated([years[known], codes[known]]) if len(known) else (known, known)
    other = dict(zip(known[later].tolist(), known[earlier].tolist(), strict=True))
    place.mark("duplicate_id", list(other), column.value, other=lambda row: other[row])


def factor_of(reading: Reading, keys: Keys) -> int | NDArray[np.int64]:
    """Return how many counted units one of the frame's is, for all rows or row by row."""
    plan = reading.plan
    if not plan.per_day:
        return plan.factor
    years, known = keys.years(reading.frame.length)
    if not known.all():
        if len(keys.columns[0].codes) == 0:
            reading.findings.add("year_needed", plan.table.key, "year")
        return plan.factor
    days = {year: 366 if calendar.isleap(year) else 365 for year in np.unique(years).tolist()}
    return np.array([days[year] * plan.factor for year in years.tolist()], dtype=np.int64)


def _amounts(
    reading: Reading,
    layout: Layout,
    keys: Keys,
    categories: list[NDArray[Any]],
    years: list[NDArray[np.int64]],
    before: int,
) -> TableCells | None:
    table, findings, length = reading.table, reading.findings, reading.frame.length
    factor = factor_of(reading, keys)
    total = read_amounts(reading.column(table.total), table.unit, factor, reading.place(table.total))
    if layout == "counts":
        parts = [
            read_amounts(reading.column(part.key), table.unit, factor, reading.place(part.key)) for part in table.parts
        ]
        check_parts(table, total, parts, findings, {p.key: reading.column(p.key).value for p in table.parts})
        values = [np.where(amounts.known, amounts.values, UNKNOWN) for amounts in parts]
        flags = [np.full(length, COUNTED) for _ in parts]
    else:
        read = [read_flag(reading.column(part.key), reading.place(part.key)) for part in table.parts]
        check_flags(table, read, findings)
        flags = [flags_in_ledger(each) for each in read]
        values = [np.full(length, UNKNOWN) for _ in read]
    for part, known in zip(table.parts, values if layout == "counts" else flags, strict=True):
        blank = known == UNKNOWN
        if layout == "counts" and reading.column(part.key).kind != "empty":
            blank = _blank(reading.column(part.key))
        reading.note_blanks("blank_part", part.key, blank)
    _check_totals_there(reading, layout, values)
    if not keys.valid:
        return None
    site, sites = keys.sites(length)
    ledger = np.stack(
        [
            site,
            *flags,
            *(codes.astype(np.int64) for codes in categories),
            *years,
            np.where(total.known, total.values, UNKNOWN),
            *values,
        ],
        axis=1,
    ).astype(np.int64)
    clean = np.ones(length, dtype=np.bool_)
    for codes in categories:
        clean &= codes != -2
    rows = np.flatnonzero(clean)
    check_repeated(
        table, sites, reading.plan.key_names, ledger[rows], findings, rows=rows, splitters=_splitters(reading, layout)
    )
    dropped = _settle_totals(reading, sites, ledger, clean)
    if findings.errors > before:
        return None
    kept = ~dropped
    _check_sums(reading, keys, np.where(total.known & kept, total.values, 0))
    if findings.errors > before:
        return None
    spans = spans_of(reading.plan, {c.key: y for c, y in zip(table.years, years, strict=True)})
    rest = np.stack(
        [*(codes.astype(np.int64) for codes in categories), *spans, np.zeros(length, dtype=np.int64)], axis=1
    )
    rest = rest[:, :-1]
    pieces = _Pieces(site, rest, len(table.parts))
    _decompose(table, layout, total, values, flags, pieces, kept)
    used, place = np.unique(site[kept], return_inverse=True)
    ledger = ledger[kept]
    ledger[:, 0] = place
    renumber = np.full(len(sites), -1)
    renumber[used] = np.arange(len(used))
    margins = np.concatenate([*pieces.margins, np.zeros((0, 1 + len(table.columns)), dtype=np.int64)])
    margins[:, 0] = renumber[margins[:, 0]]
    weights = np.concatenate([*pieces.weights, np.zeros(0, dtype=np.int64)])
    width = len(table.columns) - 1
    return _made(
        reading,
        [sites[code] for code in used.tolist()],
        renumber[np.concatenate([*pieces.sites, np.zeros(0, dtype=np.int64)])],
        np.concatenate([*pieces.patterns, np.zeros((0, width), dtype=np.int64)]),
        weights,
        open_site=renumber[np.concatenate([*pieces.open_sites, np.zeros(0, dtype=np.int64)])],
        open_pattern=np.concatenate([*pieces.open_patterns, np.zeros((0, width), dtype=np.int64)]),
        margins=margins,
        ledger=ledger,
    )


def _blank(column: Column) -> NDArray[np.bool_]:
    return column.missing if column.missing is not None else np.zeros(len(column), dtype=np.bool_)


def _check_totals_there(reading: Reading, layout: Layout, values: Sequence[NDArray[np.int64]]) -> None:
    """Record blank totals: errors where no part gives a floor, gaps where one does."""
    table = reading.table
    column = reading.column(table.total)
    blank = np.ones(len(column), dtype=np.bool_) if column.kind == "empty" else _blank(column)
    if not blank.any():
        return
    floor = np.zeros(len(blank), dtype=np.bool_)
    for part, known in zip(table.parts, values, strict=True):
        given = reading.column(part.key)
        floor |= (known != UNKNOWN) | (~_blank(given) if given.kind != "empty" else False)
    place = reading.place(table.total)
    if layout == "counts" and table.chained:
        place.mark("missing_total", blank & ~floor, lambda _: None)
        place.mark("blank_total", blank & floor, lambda _: None, severity="gap")
    elif layout == "counts":
        place.mark("missing_total_margins", blank, lambda _: None)
    else:
        place.mark("missing_total", blank, lambda _: None)


def _check_sums(reading: Reading, keys: Keys, totals: NDArray[np.int64]) -> None:
    if exact_sum(totals) <= MOST:
        return
    years, _ = keys.years(len(totals))
    for year in np.unique(years).tolist():
        total = exact_sum(totals[years == year])
        if total > MOST:
            reading.findings.add("sum_too_large", reading.table.key, reading.table.total, value=total)


def _splitters(reading: Reading, layout: Layout) -> Callable[[int, int], str]:
    """Return what names the unused column in which two rows of one key differ."""
    used = {*reading.table.columns, *reading.plan.key_names}
    if layout == "records":
        used.add(reading.table.id or "")
    others = [name for name in dict.fromkeys(reading.frame.names) if name not in used]

    def split(row: int, other: int) -> str:
        for name in others:
            column = reading.column(name)
            if column.value(row) != column.value(other):
                return f"; they differ in {name!r}: put it in by"
        return ""

    return split


def _settle_totals(
    reading: Reading, sites: list[Key], ledger: NDArray[np.int64], clean: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which rows to drop: those that look like totals, if the caller said so."""
    dropped = np.zeros(len(ledger), dtype=np.bool_)
    rows = np.flatnonzero(clean)
    found = suspected_totals(reading.table, sites, 1, ledger[rows])
    for place, (siblings, column) in sorted(found.items()):
        row = int(rows[place])
        value, key, findings = reading.column(column).value(row), reading.table.key, reading.findings
        if reading.plan.totals is None:
            findings.add("total_row", key, column, row=row, value=value, siblings=siblings)
        elif reading.plan.totals == "drop":
            dropped[row] = True
            findings.add("dropped_total", key, column, row=row, value=value, severity="note", siblings=siblings)
    named = [place for place, key in enumerate(sites) if reads_like_a_total(key[1])]
    suspected = set(rows[list(found)].tolist())
    for row in np.flatnonzero(np.isin(ledger[:, 0], named)).tolist() if named else []:
        if row not in suspected:
            value = sites[ledger[row, 0]][1]
            reading.findings.add("total_name", reading.table.key, "area", row=row, value=value, severity="note")
    return dropped


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
        self.sites.append(self.site[rows])
        self.patterns.append(self._patterns(rows, flags))
        self.weights.append(weights)

    def leave_open(self, rows: NDArray[np.intp], flags: Any) -> None:
        self.open_sites.append(self.site[rows])
        self.open_patterns.append(self._patterns(rows, flags))

    def keep(self, rows: NDArray[np.intp], total: NDArray[np.int64], parts: NDArray[np.int64]) -> None:
        self.margins.append(
            np.concatenate([self.site[rows, None], total[rows, None], parts[rows], self.rest[rows]], axis=1)
        )


def _decompose(
    table: Table,
    layout: Layout,
    total: Amounts,
    values: list[NDArray[np.int64]],
    flags: list[NDArray[np.int64]],
    pieces: _Pieces,
    kept: NDArray[np.bool_],
) -> None:
    width = len(table.parts)
    if layout == "weighted":
        rows = np.flatnonzero(kept)
        pattern = np.stack([*flags, np.zeros(len(kept), dtype=np.int64)], axis=1)[:, :-1]
        pieces.add(rows, pattern[rows], total.values[rows])
        return
    parts = np.stack([*values, np.zeros(len(kept), dtype=np.int64)], axis=1)[:, :-1]
    if not table.chained:
        silent = (parts == UNKNOWN).all(axis=1)
        rows = np.flatnonzero(kept & silent)
        pieces.add(rows, [UNKNOWN] * width, total.values[rows])
        pieces.keep(np.flatnonzero(kept & ~silent), total.values, parts)
        return
    steps = np.concatenate([np.where(total.known, total.values, UNKNOWN)[:, None], parts], axis=1)
    known = steps != UNKNOWN
    for upper in range(width + 1):
        unbroken = kept & known[:, upper]
        for lower in range(upper + 1, width + 1):
            rows = np.flatnonzero(unbroken & known[:, lower])
            pieces.add(rows, _chain(width, upper, lower), steps[rows, upper] - steps[rows, lower])
            unbroken = unbroken & ~known[:, lower]
        rows = np.flatnonzero(unbroken)
        pieces.add(rows, _chain(width, upper, width + 1), steps[rows, upper])
    above = kept & ~known[:, 0]
    for lower in range(1, width + 1):
        rows = np.flatnonzero(above & known[:, lower])
        pieces.leave_open(rows, _chain(width, 0, lower))
        above = above & ~known[:, lower]


def _chain(width: int, upper: int, lower: int) -> list[int]:
    """Return the flags of units that are in the first ``upper`` nested parts and not from ``lower`` on."""
    return [1 if place <= upper else 0 if place >= lower else UNKNOWN for place in range(1, width + 1)]
