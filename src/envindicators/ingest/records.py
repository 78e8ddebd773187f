"""Records: rows that are one unit each, counted by key and kind, and their ids."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from envindicators.cells.between import MAYBE, check_flags
from envindicators.cells.classes import Classes
from envindicators.cells.grouping import distinct
from envindicators.cells.ids import NO_YEAR, Ids, Repeated, numbered
from envindicators.cells.keys import Keys
from envindicators.cells.sums import NO_SUMS
from envindicators.cells.table_cells import TableCells, no_cells
from envindicators.definitions.table import Table
from envindicators.frames.column import Column
from envindicators.frames.stream import Opened
from envindicators.ingest.columns import MISSING, Coded, Place, factorized, read_flag, read_key
from envindicators.ingest.counting import Codes, counted
from envindicators.ingest.reading import KeyColumns, Reading, latest_years
from envindicators.ingest.running import Running
from envindicators.ingest.values import Values
from envindicators.problems import LISTED, Findings


@frozen(eq=False)
class RawIds:
    """Ids as they came, so that the rows of some can be told.

    Args:
        codes: for each row its id, as a whole number or as a code into ``levels``; `MISSING` for none.
        levels: the ids, where they are not whole numbers.
        years: for each row its year, as a code.
    """

    codes: NDArray[np.int64]
    levels: Sequence[Any] | None
    years: Coded

    def rows(self, year: int, value: Any) -> NDArray[np.intp]:
        """Return the rows that have an id in a year."""
        if self.levels is None:
            held = self.codes == value if type(value) is int else np.zeros(len(self.codes), dtype=np.bool_)
        else:
            codes = [code for code, level in enumerate(self.levels) if type(level) is type(value) and level == value]
            held = np.isin(self.codes, codes)
        levels = [*(NO_YEAR if level is None else level for level in self.years.levels), NO_YEAR]
        of_year = np.array([level == year for level in levels])
        return np.flatnonzero(held & (of_year[self.years.codes] if len(self.years.codes) else of_year[0]))


def records_cells(
    reading: Reading,
    keys: KeyColumns,
    categories: list[NDArray[Any]],
    years: list[NDArray[Any]],
    values: Values,
    running: Running | None,
) -> dict[str, Any]:
    """Return records as the cells and ids of a piece, after recording what is wrong with them.

    Args:
        reading: the piece.
        keys: its key columns.
        categories: its category columns.
        years: its year columns.
        values: its value columns.
        running: where the records of all pieces are counted, if the table comes in several; the cells of this piece
            have none of them then.
    """
    table, length = reading.table, reading.frame.length
    flags: list[Any] = [_flag(reading, part.key) for part in table.parts]
    if table.nested or table.exclusive:
        flags = [flag[:] for flag in flags]
        wrong = check_flags(table, flags, reading.findings, left_open=reading.plan.form.impossible == "open")
        flags = [np.where(open_, MAYBE, flag) for flag, open_ in zip(flags, wrong, strict=True)]
    raw = raw_ids(reading, keys)
    ids = ids_of(raw)
    found: dict[str, Any] = {"raw_ids": raw, "ids": ids}
    if reading.findings.failed or not keys.valid:
        return found
    classes = reading.plan.classes
    columns = _columns(reading, classes, flags, categories, years)
    latest = latest_years(reading, keys, years)
    if running is not None and running.add(columns, keys, length):
        empty = no_cells(table, keys.names, classes.width)
        found["cells"] = evolve(empty, ids=ids[0], came=reading.came, rows=length, latest=latest)
        return found
    of_keys, kinds, cells, sums = counted(classes, columns, keys, length, values)
    found["cells"] = units_as_cells(reading, of_keys, kinds, cells, ids[0], latest, sums)
    return found


def units_as_cells(
    reading: Reading,
    keys: Keys,
    kinds: NDArray[np.int16],
    cells: tuple[NDArray[Any], NDArray[Any], NDArray[np.int64]],
    ids: Ids,
    latest: tuple[int, ...],
    sums: NDArray[Any] = NO_SUMS,
) -> TableCells:
    """Return counted units as cells.

    Args:
        reading: the table that they stand in.
        keys: keys among which theirs are.
        kinds: their kinds, each once and in order.
        cells: the positions of key and kind, and the number of units; in order, each pair once.
        ids: the ids of the units.
        latest: for each year column the latest year in rows that have no reporting year, `UNKNOWN` for none.
        sums: for each cell what its values add up to.
    """
    table, (site, kind, weight) = reading.table, cells
    used, site = distinct(site, len(keys))
    keys = keys if len(used) == len(keys) else keys.only(used)
    empty = no_cells(table, keys.names, reading.plan.classes.width)
    return TableCells(
        table,
        keys,
        kinds,
        site,
        kind,
        weight,
        empty.open_site,
        empty.open_kind,
        empty.margins,
        empty.ledger,
        ids,
        reading.came,
        int(weight.sum()),
        latest,
        empty.open_site,
        sums,
        empty.values,
    )


@frozen(eq=False)
class _Masked:
    """A column of flags, of which some are missing, as codes of a pattern: made a slice at a time, in the cache.

    Args:
        values: int8, 1 for true.
        missing: int8, 1 where a flag is missing.
    """

    values: NDArray[np.int8]
    missing: NDArray[np.int8]

    def __getitem__(self, rows: slice) -> NDArray[np.int8]:
        codes: NDArray[np.int8] = np.maximum(self.values[rows], self.missing[rows] * MAYBE)
        return codes


def _flag(reading: Reading, name: str) -> NDArray[np.int8] | _Masked:
    """Return a part column as flags, recording what is wrong with it."""
    column = reading.column(name)
    if column.kind == "bool" and column.missing is not None and column.values.dtype == np.bool_:
        return _Masked(column.values.view(np.int8), column.missing.view(np.int8))
    return read_flag(column, reading.place(name))


def _columns(
    reading: Reading,
    classes: Classes,
    flags: Sequence[Any],
    categories: Sequence[NDArray[Any]],
    years: Sequence[NDArray[Any]],
) -> list[Codes]:
    """Return the columns of a pattern as codes; of one that is blank throughout a single code."""
    table = reading.table
    columns: list[Codes] = []
    values = [*flags, *categories, *years]
    for place, (name, column, size) in enumerate(zip(table.attributes, values, classes.sizes, strict=True)):
        if reading.column(name).kind == "empty":
            columns.append(size - 1)
        elif place < len(flags):
            columns.append(column)
        elif place < len(flags) + len(categories):
            columns.append(
                np.where(column == MISSING, size - 1, column) if len(column) and column.min() < 0 else column
            )
        else:
            columns.append(classes.span(place - len(flags) - len(categories), column))
    return columns


# ids


def raw_ids(reading: Reading, keys: KeyColumns) -> RawIds:
    """Return the ids of a frame, after recording those that are missing or are none."""
    assert reading.table.id is not None
    name = reading.table.id
    column, place = reading.column(name), reading.place(name)
    return _coded_ids(column, keys.columns[0], place)


def raw_ids_of(table: Table, frame: Opened, year: int | None, findings: Findings) -> RawIds:
    """Return the ids of a frame of which nothing is wrong with the years.

    Args:
        table: the table.
        frame: the frame, of which the ids and the years are read.
        year: the year of all rows, where the frame has no column of years.
        findings: where problems of ids are recorded.
    """
    assert table.id is not None
    years = factorized(frame.read("year")) if "year" in frame.names else Coded(np.zeros(0, dtype=np.int8), (year,))
    return _coded_ids(frame.read(table.id), years, Place(findings, table.key, table.id))


def _coded_ids(column: Column, years: Coded, place: Place) -> RawIds:
    if column.kind == "int" and column.missing is None:
        return RawIds(column.values.astype(np.int64, copy=False), None, years)
    coded: Coded = read_key(column, place, missing="missing_id")
    return RawIds(coded.codes.astype(np.int64), coded.levels, years)


def ids_of(raw: RawIds) -> tuple[Ids, Repeated]:
    """Return ids in order, each once a year, and those that came again."""
    runs: list[NDArray[np.int64]] = [np.zeros((0, 3), dtype=np.int64)]
    named: list[tuple[int, frozenset[Any]]] = []
    count, repeats = 0, list[tuple[int, Any]]()
    for year, codes in _by_year(raw.codes, raw.years):
        if raw.levels is None:
            of_year, repeated = numbered(codes, year, LISTED)
        else:
            of_year, names, repeated = _leveled(codes, raw.levels, year)
            named.extend([(year, names)] if names else [])
        runs.append(of_year)
        count += repeated.count
        repeats.extend(repeated.ids)
    return Ids(np.concatenate(runs), tuple(named)), Repeated(count, tuple(repeats[:LISTED]))


def _by_year(ids: NDArray[np.int64], years: Coded) -> list[tuple[int, NDArray[np.int64]]]:
    """Return ids by year, in order of the years."""
    levels = [NO_YEAR if level is None else int(level) for level in years.levels]
    if len(levels) == 1 and not (years.heads < 0).any():
        return [(levels[0], ids)]
    levels.append(NO_YEAR)
    if years.starts is None:
        # numpy takes rows by their places several times as fast as by a mask in no order
        rows = {levels[code]: np.flatnonzero(years.codes == code) for code in range(-1, len(levels) - 1)}
        of_year = {year: ids[found] for year, found in rows.items() if len(found)}
    else:
        # whole stretches of rows are of one year, as where a file holds one year after another
        stretches: dict[int, list[NDArray[np.int64]]] = {}
        bounds = itertools.pairwise([*years.starts.tolist(), len(ids)])
        for code, (start, end) in zip(years.heads.tolist(), bounds, strict=True):
            stretches.setdefault(levels[code], []).append(ids[start:end])
        of_year = {year: np.concatenate(parts) if parts[1:] else parts[0] for year, parts in stretches.items()}
    return sorted(of_year.items(), key=lambda pair: pair[0])


def _leveled(
    codes: NDArray[np.int64], levels: Sequence[Any], year: int
) -> tuple[NDArray[np.int64], frozenset[Any], Repeated]:
    """Return ids that are codes into levels: whole numbers as runs, others by name, and those that came again."""
    times = np.bincount(codes[codes != MISSING], minlength=len(levels))
    used = np.flatnonzero(times).tolist()
    whole = [type(levels[code]) is int and -(2**63) <= levels[code] < 2**63 for code in used]
    numbers = [levels[code] for code in itertools.compress(used, whole)]
    names = frozenset(levels[code] for code, number in zip(used, whole, strict=True) if not number)
    again = np.flatnonzero(times > 1)
    repeated = Repeated(int((times[again] - 1).sum()), tuple((year, levels[code]) for code in again[:LISTED].tolist()))
    runs, _ = numbered(np.array(numbers, dtype=np.int64), year, LISTED)
    return runs, names, repeated
