"""Condensing one table: rows with the same keys and the same pattern become one kind, their weights added."""

from __future__ import annotations

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
from envindicators.frames.grouping import Axis, exact_sum, first_of_run, group, repeated
from envindicators.frames.layout import Layout, infer_layout
from envindicators.frames.opened import Opened
from envindicators.frames.reading import (
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
from envindicators.frames.roles import MAYBE, MISSING, Amounts, read_amounts, read_flag, read_key
from envindicators.indicator import Table
from envindicators.problems import Findings
from envindicators.table_cells import COUNTED, UNKNOWN, Key, TableCells, make

MOST = 2**63 - 1


@frozen(eq=False)
class Condensed:
    """What came of a frame.

    Args:
        cells: its cells, or None where something is wrong with it.
        levels: for each key column that came the values that stand in it.
    """

    cells: TableCells | None
    levels: Mapping[str, tuple[Any, ...]]


def condense_frame(plan: Plan, frame: Opened, findings: Findings) -> Condensed:
    """Return a frame condensed, after recording everything that is wrong with it."""
    reading = Reading(plan, frame, findings)
    if not frame.names and not frame.length:
        return Condensed(_nothing(reading), {})
    before = findings.errors
    check_columns(reading)
    table = plan.table
    parts = {part.key: reading.column(part.key) for part in table.parts if part.key in frame.names}
    layout = infer_layout(table, frame, parts, plan.layout, findings)
    keys = read_keys(reading)
    categories = read_categories(reading)
    years = read_years(reading, keys)
    cells = None
    if layout == "records":
        cells = _records(reading, keys, categories, years, before)
    elif layout is not None:
        cells = _amounts(reading, layout, keys, categories, years, before)
    elif table.total in frame.names:
        total = reading.column(table.total)
        read_amounts(total, table.unit, factor_of(reading, keys), reading.place(table.total))
    if layout is not None:
        note_columns(reading, layout)
    return Condensed(cells, keys.levels)


def _nothing(reading: Reading) -> TableCells:
    width = len(reading.table.columns) - 1
    none = np.zeros(0, dtype=np.int64)
    return _made(reading, [], none, np.zeros((0, width), dtype=np.int64), none)


def _records(
    reading: Reading, keys: Keys, categories: list[NDArray[Any]], years: list[NDArray[np.int64]], before: int
) -> TableCells | None:
    table, length = reading.table, reading.frame.length
    flags = [read_flag(reading.column(part.key), reading.place(part.key)) for part in table.parts]
    reading.note_blanks()
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
    if column.kind == "int" and column.missing is None and bool((column.values[1:] > column.values[:-1]).all()):
        return
    codes = read_key(column, place, missing="missing_id").codes.astype(np.int64)
    known = np.flatnonzero(codes != MISSING)
    years, _ = keys.years(len(column))
    later, earlier = repeated([years[known], codes[known]]) if len(known) else (known, known)
    other = dict(zip(known[later].tolist(), known[earlier].tolist(), strict=True))
    place.mark("duplicate_id", list(other), column.value, other=lambda row: reading.findings.place(other[row]))


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
        check_parts(table, total, parts, findings, lambda name: reading.column(name).value)
        values = [np.where(amounts.known, amounts.values, UNKNOWN) for amounts in parts]
        flags = [np.full(length, COUNTED) for _ in parts]
    else:
        read = [read_flag(reading.column(part.key), reading.key_place(part.key)) for part in table.parts]
        check_flags(table, read, findings)
        flags = flags_in_ledger(read)
        values = [np.full(length, UNKNOWN) for _ in read]
    _check_totals_there(reading, layout, values)
    if not keys.valid:
        reading.note_blanks()
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
    clean = ~reading.unclear
    rows = np.flatnonzero(clean)
    check_repeated(
        table, sites, reading.plan.key_names, ledger[rows], findings, rows=rows, splitters=_splitters(reading, layout)
    )
    dropped = _settle_totals(reading, sites, ledger, clean)
    reading.note_blanks(dropped)
    if findings.errors > before:
        return None
    kept = ~dropped
    floors = np.where(total.known, total.values, np.max([np.zeros(length, dtype=np.int64), *values], axis=0))
    _check_sums(reading, keys, np.where(kept, floors, 0))
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


def _check_totals_there(reading: Reading, layout: Layout, values: Sequence[NDArray[np.int64]]) -> None:
    """Record blank totals: errors where no part gives a floor, gaps where one does."""
    table = reading.table
    column = reading.column(table.total)
    blank = column.blank
    if not blank.any():
        return
    floor = np.zeros(len(blank), dtype=np.bool_)
    for part, known in zip(table.parts, values, strict=True):
        floor |= (known != UNKNOWN) | ~reading.column(part.key).blank
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
        pattern = np.maximum(np.stack([*flags, np.zeros(len(kept), dtype=np.int64)], axis=1)[:, :-1], UNKNOWN)
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
