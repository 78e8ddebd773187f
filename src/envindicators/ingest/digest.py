"""Digesting one piece of a table: its cells checked, its columns turned to codes, its rows to cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from envindicators.cells.between import MAYBE, Amounts, check_flags, check_parts, flags_in_ledger, key_words
from envindicators.cells.classes import UNKNOWN
from envindicators.cells.decompose import decomposed
from envindicators.cells.ids import NO_IDS, Ids, Repeated
from envindicators.cells.sums import NO_SUMS
from envindicators.cells.table_cells import COUNTED, TableCells
from envindicators.definitions.table import Table
from envindicators.frames.stream import Opened
from envindicators.ingest.amounts import read_amounts
from envindicators.ingest.columns import read_flag
from envindicators.ingest.layout import Inferred, infer_layout
from envindicators.ingest.plan import Plan
from envindicators.ingest.reading import (
    KeyColumns,
    Reading,
    check_columns,
    factor_of,
    latest_years,
    note_columns,
    read_categories,
    read_keys,
    read_years,
)
from envindicators.ingest.records import RawIds, ids_of, raw_ids, records_cells
from envindicators.ingest.running import Running
from envindicators.ingest.shares import PartSpan, bounds_of_spans, exact, of_unknown_size, read_shares
from envindicators.ingest.stray_rows import point_out_strays
from envindicators.ingest.values import read_values
from envindicators.problems import LISTED, Findings, Problem, Severity

_BLANKS: Mapping[str, str] = {
    "part": "blank_part",
    "category": "blank_category",
    "year": "blank_year",
    "value": "blank_value",
}
"""By what a column is, the kind of gap that a blank in it is."""


@frozen(eq=False)
class Piece:
    """What came of one piece of a table.

    Args:
        source: the file or piece, where a table stands in several.
        names: the names of the columns that came.
        length: the number of rows.
        places: for each row its position as it was given, or None for its position here.
        ordered: whether rows have positions at all.
        inferred: the layout, and how sure it is.
        levels: for each key column that came the values that stand in it, where the cells do not tell.
        findings: what was found, rows by their position in this piece.
        doubtful: what was found besides, if parts of 0 and 1 are counts.
        several: whether a part of 0 and 1 would be another amount as a flag: 1 of several.
        cells: its rows as cells, but for rows that cannot be told from others since a key, category or year
            of theirs is wrong; None where no cells can be made.
        ids: for records, the ids, and those that came again within the piece.
        raw_ids: for records, the ids as they came, where they can be had.
        blanks: for counts and weighted records, by column and kind of gap where it is blank, for those that came.
        apart: names the unused column in which two rows differ, or returns nothing.
        row_keys: of rows that have no positions, for those of which something is recorded what tells them apart.
        headings: by column what the file calls it, where that is another.
        column_places: by column for each row the position of its cell, where it is not that of the row.
    """

    source: str | None
    names: tuple[str, ...]
    length: int
    places: Sequence[int] | None
    ordered: bool
    inferred: Inferred
    levels: Mapping[str, Sequence[Any]]
    findings: Findings
    doubtful: Findings = field(factory=Findings)
    several: bool = False
    cells: TableCells | None = None
    ids: tuple[Ids, Repeated] | None = None
    raw_ids: RawIds | None = None
    blanks: Mapping[tuple[str, str], NDArray[np.bool_]] = field(factory=dict[tuple[str, str], Any])
    apart: Callable[[int, int], str] | None = None
    row_keys: Mapping[int, Mapping[str, object]] = field(factory=dict[int, Any])
    headings: Mapping[str, str] = field(factory=dict[str, str])
    column_places: Mapping[str, Sequence[int | None]] = field(factory=dict[str, Any])

    def place(self, row: int, column: str | None = None) -> int | None:
        """Return the position of a row, or of its cell in a column, as it was given; None where rows have none."""
        if not self.ordered:
            return None
        if column is not None and column in self.column_places:
            return self.column_places[column][row]
        return row if self.places is None else int(self.places[row])

    def placed(self, problem: Problem) -> Problem:
        """Return a problem of a row here as one of the row as it was given."""
        if self.ordered and self.places is None and self.source is None and not self.headings:
            return problem
        problem = problem.under(self.headings)
        if problem.row is None:
            return evolve(problem, source=self.source)
        held = self.row_keys.get(problem.row, {})
        shown = tuple(key_words(name, value) for name, value in held.items() if name != problem.column)
        key = shown or problem.key
        return evolve(problem, row=self.place(problem.row, problem.column), source=self.source, key=key)


def digest(plan: Plan, frame: Opened, running: Running | None = None, before: Findings | None = None) -> Piece:
    """Return one piece of a table digested, with everything that is wrong with it alone.

    Args:
        plan: how the table is to be read.
        frame: the piece.
        running: where the records of all pieces are counted, if the table comes in several.
        before: what was found before it came.
    """
    reading = Reading(plan, frame, Findings() if before is None else Findings(before=before.counts))
    if not frame.names and not frame.length:
        return _piece(reading, Inferred(None), {})
    check_columns(reading)
    table = plan.table
    parts = {part.key: reading.column(part.key) for part in table.parts if part.key in frame.names}
    inferred = infer_layout(table, frame, parts, plan.form.layout, reading.findings)
    keys = read_keys(reading)
    categories = read_categories(reading)
    years = read_years(reading, keys)
    values = read_values(reading)
    found: dict[str, Any] = {}
    if inferred.layout == "records":
        found = records_cells(reading, keys, categories, years, values, running)
        _note_blanks(reading)
    elif inferred.layout is not None:
        found = _rows(reading, inferred, keys, categories, years, values.rows)
    elif table.total in frame.names:
        total = reading.column(table.total)
        read_amounts(total, table.unit, factor_of(reading, keys), reading.place(table.total))
    if inferred.layout is not None:
        note_columns(reading, inferred.layout)
    point_out_strays(reading)
    font = frame.legacy_font
    if font is not None:  # beside what is wrong, perhaps for that reason
        severity: Severity = "error" if reading.findings.failed else "note"
        reading.findings.add("legacy_font", table.key, severity=severity, **font.told)
    # of rows that no cell holds, since something else is wrong with them, the keys are known all the same
    levels = {} if found.get("cells") is not None and not reading.unclear.any() else keys.levels()
    piece = _piece(reading, inferred, levels, **found)
    return piece if frame.ordered else _keyed(piece, reading)


def _piece(reading: Reading, inferred: Inferred, levels: Mapping[str, Sequence[Any]], **found: Any) -> Piece:
    frame = reading.frame
    return Piece(
        frame.source,
        frame.names,
        frame.length,
        frame.places,
        frame.ordered,
        inferred,
        levels,
        reading.findings,
        headings=frame.headings,
        column_places=frame.column_places,
        **found,
    )


def _keyed(piece: Piece, reading: Reading) -> Piece:
    """Return a piece that knows the keys of the rows of which something is recorded, since they have no positions."""
    names = [*reading.plan.key_names, *(category.key for category in reading.table.categories)]
    names = [name for name in (*names, reading.table.id or "") if name in reading.frame.names]
    problems = (*piece.findings.listed, *piece.doubtful.listed)
    rows = {problem.row for problem in problems if problem.row is not None}
    for blank in piece.blanks.values():
        rows.update(np.flatnonzero(blank)[:LISTED].tolist())
    return evolve(piece, row_keys={row: {name: reading.column(name).value(row) for name in names} for row in rows})


def _note_blanks(reading: Reading) -> None:
    """Record as gaps the blanks of the part, category and year columns that came."""
    for name, blank in reading.blanks().items():
        reading.place(name).mark(blank_kind(reading.table, name), blank, lambda _: None, severity="gap")


def blank_kind(table: Table, name: str) -> str:
    """Return the kind of gap that a blank in a part, category, year or value column is."""
    if table.value(name):
        return _BLANKS["value"]
    return _BLANKS["part" if table.part(name) else "category" if table.category(name) else "year"]


# counts and weighted records


def _rows(
    reading: Reading,
    inferred: Inferred,
    keys: KeyColumns,
    categories: list[NDArray[Any]],
    years: list[NDArray[Any]],
    values_of: NDArray[np.int64],
) -> dict[str, Any]:
    table, findings, length = reading.table, reading.findings, reading.frame.length
    factor = factor_of(reading, keys)
    doubtful, several, bounds = Findings(), False, NO_SUMS
    total = read_amounts(reading.column(table.total), table.unit, factor, reading.place(table.total))
    unsized = np.zeros(length, dtype=np.bool_)
    if inferred.layout == "counts":
        unsized = of_unknown_size(reading.frame, table, total, reading.column)
        spans = [_part_span(reading, part.key, total, factor, unsized) for part in table.parts]
        parts, greatest = [span.least for span in spans], [span.greatest for span in spans]
        into = doubtful if inferred.below_two else findings
        several = inferred.below_two and any(_of_several(total, amounts) for amounts in parts)
        left_open = reading.plan.form.impossible == "open"
        above = check_parts(
            table, total, parts, into, lambda name: reading.column(name).value, left_open=left_open, greatest=greatest
        )
        values: list[Any] = [
            np.where(exact(span) & ~wrong, span.least.values, UNKNOWN) for span, wrong in zip(spans, above, strict=True)
        ]
        bounds = bounds_of_spans(spans, above)
        flags: list[Any] = [COUNTED] * len(parts)
    else:
        read = [read_flag(reading.column(part.key), reading.key_place(part.key)) for part in table.parts]
        wrong = check_flags(table, read, findings, left_open=reading.plan.form.impossible == "open")
        read = [np.where(open_, MAYBE, flag) for flag, open_ in zip(read, wrong, strict=True)]
        flags, values = flags_in_ledger(read), [UNKNOWN] * len(read)
    blanks = _blank_totals(reading, inferred, total, values, unsized)
    blanks |= {(name, blank_kind(table, name)): blank for name, blank in reading.blanks().items()}
    identified = table.id is not None and table.id in reading.frame.names
    found: dict[str, Any] = {"doubtful": doubtful, "several": several}
    ids = (NO_IDS, Repeated(0, ()))
    if identified:
        found["raw_ids"] = raw = raw_ids(reading, keys)
        found["ids"] = ids = ids_of(raw)
    if not keys.valid:
        for (name, kind), blank in blanks.items():
            reading.place(name).mark(kind, blank, lambda _: None, severity="gap")
        return found
    clear = np.flatnonzero(~reading.unclear)
    of_keys, site = keys.keys(length)
    known_total = np.where(total.known, total.values, UNKNOWN)
    ledger = np.empty((length, 2 + 2 * len(table.parts) + len(categories) + len(years)), dtype=np.int64)
    for place, column in enumerate((site, *flags, *categories, *years, known_total, *values)):
        ledger[:, place] = column
    if len(clear) < length:
        ledger = ledger[clear]
        used = np.unique(ledger[:, 0])
        of_keys = of_keys.only(used)
        ledger[:, 0] = np.searchsorted(used, ledger[:, 0])
    cells = decomposed(
        reading.plan.classes,
        of_keys,
        ledger,
        clear,
        values_of[clear] if table.values else values_of,
        bounds=bounds[clear] if len(bounds) else bounds,
        came=reading.came,
        rows=length,
        latest=latest_years(reading, keys, years),
    )
    return found | {
        "cells": evolve(cells, numbers=inferred.layout == "counts", ids=ids[0], identified=identified),
        "blanks": blanks,
        "apart": _apart(reading),
    }


def _part_span(reading: Reading, name: str, total: Amounts, factor: Any, unsized: NDArray[np.bool_]) -> PartSpan:
    """Return the least and the greatest count of a part in each row."""
    column, place = reading.column(name), reading.place(name)
    if name not in reading.frame.percentages:
        amounts = read_amounts(column, reading.table.unit, factor, place)
        return PartSpan(amounts, amounts)
    if not reading.table.chained:
        reading.findings.add("form_percent_margins", reading.table.key, name)
    return read_shares(column, total, place, unsized)


def _of_several(total: Amounts, part: Amounts) -> bool:
    """Return whether some part is more than nothing and less than its total, so that no flag says the same."""
    return bool((total.known & part.known & (part.values > 0) & (part.values < total.values)).any())


def _blank_totals(
    reading: Reading, inferred: Inferred, total: Amounts, values: Sequence[Any], unsized: NDArray[np.bool_]
) -> dict[tuple[str, str], NDArray[np.bool_]]:
    """Return by column and kind the blank totals that are gaps, after recording those that are errors.

    They are gaps where known parts give a floor, percentages are known, or only amounts are asked for.
    """
    table, gaps = reading.table, dict[tuple[str, str], NDArray[np.bool_]]()
    column = reading.column(table.total)
    if total.known.all() or not column.blank.any():
        return gaps
    if unsized.any() and table.total in reading.frame.names:
        gaps[table.total, "share_of_unknown"] = unsized
    elif unsized.any():
        reading.findings.add("shares_of_unknown", table.key, table.total, severity="gap")
    blank = column.blank & ~unsized
    floor = np.zeros(len(blank), dtype=np.bool_)
    above_none = np.zeros(len(blank), dtype=np.bool_)
    for part, known in zip(table.parts, values, strict=True):
        floor |= (known != UNKNOWN) | ~reading.column(part.key).blank
        above_none |= known > 0
    place = reading.place(table.total)
    opened, counts = reading.plan.classes.totals_open, inferred.layout == "counts"
    if counts and table.chained:
        gaps[table.total, "blank_total"] = blank & floor
        blank = blank & ~floor
    elif counts:
        apart = blank & above_none if opened else blank
        place.mark("missing_total_margins", apart, lambda _: None)
        blank = blank & ~apart
    if opened:
        gaps[table.total, "open_total"] = blank
    else:
        place.mark("missing_total", blank, lambda _: None)
    return gaps


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
