"""Records: rows that are one unit each, counted by key and kind, and their ids."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from envindicators.cells.between import MAYBE, check_flags
from envindicators.cells.classes import Classes
from envindicators.cells.grouping import CHUNK, distinct, roomy, slots
from envindicators.cells.ids import NO_YEAR, Ids, Repeated, numbered
from envindicators.cells.keys import Keys
from envindicators.cells.sums import NO_SUMS, sums_of
from envindicators.cells.table_cells import TableCells, add_up, no_cells
from envindicators.definitions.table import Table
from envindicators.frames.column import Column
from envindicators.frames.stream import Opened
from envindicators.ingest.columns import MISSING, Coded, Place, factorized, read_flag, read_key
from envindicators.ingest.reading import KeyColumns, Reading, latest_years
from envindicators.problems import LISTED, Findings

Codes = Any
"""A column as codes of a pattern, an array or what gives one for a slice of the rows; or one code for all rows."""


@frozen(eq=False)
class RawIds:
    """Ids as they came, so that the rows of some can be told.

    Args:
        codes: for each row its id, as a whole number or as a code into ``levels``; `MISSING` for none.
        levels: the ids, where they are not whole numbers.
        years: for each row its year, or that of all; `NO_YEAR` for none.
    """

    codes: NDArray[np.int64]
    levels: Sequence[Any] | None
    years: NDArray[np.int64] | int

    def rows(self, year: int, value: Any) -> NDArray[np.intp]:
        """Return the rows that have an id in a year."""
        if self.levels is None:
            held = self.codes == value if type(value) is int else np.zeros(len(self.codes), dtype=np.bool_)
        else:
            codes = [code for code, level in enumerate(self.levels) if type(level) is type(value) and level == value]
            held = np.isin(self.codes, codes)
        return np.flatnonzero(held & (self.years == year))


def records_cells(
    reading: Reading,
    keys: KeyColumns,
    categories: list[NDArray[Any]],
    years: list[NDArray[Any]],
    values: NDArray[np.int64],
) -> dict[str, Any]:
    """Return records as the cells and ids of a piece, after recording what is wrong with them."""
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
    of_keys, site = keys.possible_keys(length)
    if table.values:
        kinds, (cell_site, kind, weight, sums) = _added_up(classes, columns, site, len(of_keys), values)
    else:
        kinds, (cell_site, kind, weight) = counted(classes, columns, site, len(of_keys), length)
        sums = values
    latest = latest_years(reading, keys, years)
    found["cells"] = units_as_cells(reading, of_keys, kinds, (cell_site, kind, weight), ids[0], latest, sums)
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
        frozenset(name for name in table.columns[1:] if name in reading.frame.names),
        int(weight.sum()),
        latest,
        empty.open_site,
        sums,
        empty.values,
    )


def _added_up(
    classes: Classes, columns: Sequence[Codes], site: NDArray[Any], sites: int, values: NDArray[np.int64]
) -> tuple[NDArray[np.int16], tuple[Any, ...]]:
    """Return the same as `counted`, with what the values of the units add up to."""
    length = len(values)
    kinds, kind = classes.kinds(_wide(columns, length), length)
    one = np.ones(length, dtype=np.int64)
    return kinds, add_up(site, kind, one, (sites, len(kinds)), sums_of(values, one))


def _wide(columns: Sequence[Codes], length: int) -> list[NDArray[Any]]:
    return [np.full(length, column) if isinstance(column, int) else column[:] for column in columns]


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


def counted(
    classes: Classes, columns: Sequence[Codes], site: NDArray[Any], sites: int, length: int
) -> tuple[NDArray[np.int16], tuple[NDArray[Any], NDArray[Any], NDArray[np.int64]]]:
    """Return the kinds of some units that stand one a row, and their cells: site, kind and number of each.

    Args:
        classes: what is asked of their table.
        columns: their columns as codes of a pattern.
        site: for each the position of its key.
        sites: how many keys there are.
        length: the number of units.
    """
    if classes.tabled is None:
        kinds, kind = classes.kinds(_wide(columns, length), length)
        return kinds, _cells(site, sites, len(kinds), length, lambda rows, out: np.copyto(out, kind[rows]))
    every, kind_of_pattern = classes.tabled
    # the kinds of the patterns that there can be here, where some columns are blank throughout
    chosen = tuple(slice(None) if not isinstance(column, int) else column for column in columns)
    used, lookup = distinct(kind_of_pattern.reshape(classes.sizes)[chosen].reshape(-1), len(every))
    several = [
        (column, size) for column, size in zip(columns, classes.sizes, strict=True) if not isinstance(column, int)
    ]
    scratch = np.empty(CHUNK, dtype=np.int32)

    def kind_into(rows: slice, out: NDArray[np.int64]) -> None:
        pattern = scratch[: len(out)]
        pattern[:] = 0
        for column, size in several:
            pattern *= size
            np.add(pattern, column[rows], out=pattern, casting="unsafe")
        np.copyto(out, lookup[pattern])

    kept, cells = used, _cells(site, sites, len(used), length, kind_into)
    occurring, kind = distinct(cells[1], len(used))
    return every[kept[occurring]], (cells[0], kind, cells[2])


def _cells(
    site: NDArray[Any], sites: int, kinds: int, length: int, kind_into: Any
) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.int64]]:
    """Return the cells of some units: site, kind and number of each.

    Args:
        site: for each unit the position of its key.
        sites: how many keys there are.
        kinds: how many kinds there are.
        length: the number of units.
        kind_into: writes the kinds of a slice of the units into an array.
    """
    places = slots([sites, kinds])
    dense = roomy(places, length)
    # one of the very type that is counted in: with another, numpy adds up forty times as slowly
    one = np.int64(1) if length >= 2**31 else np.int32(1)
    counts = np.zeros(places if dense else 0, dtype=one.dtype)
    codes = np.empty(CHUNK if dense else length, dtype=np.int64)
    for start in range(0, length, CHUNK):
        rows = slice(start, min(start + CHUNK, length))
        chunk = codes[: rows.stop - start] if dense else codes[rows]
        kind_into(rows, chunk)
        if sites > 1:
            chunk += site[rows].astype(np.int64) * kinds
        if dense:
            np.add.at(counts, chunk, one)
    if dense:
        # also of no units
        starts = range(0, max(1, len(counts)), CHUNK)
        cells = np.concatenate([np.flatnonzero(counts[start : start + CHUNK]) + start for start in starts])
        weight = counts[cells].astype(np.int64)
    else:
        cells, weight = np.unique(codes, return_counts=True)
    return *np.divmod(cells, max(1, kinds)), weight.astype(np.int64)


# ids


def raw_ids(reading: Reading, keys: KeyColumns) -> RawIds:
    """Return the ids of a frame, after recording those that are missing or are none."""
    assert reading.table.id is not None
    name = reading.table.id
    column, place = reading.column(name), reading.place(name)
    years: NDArray[np.int64] | int
    if keys.one_year:
        years = NO_YEAR if keys.columns[0].levels[0] is None else int(keys.columns[0].levels[0])
    else:
        values, known = keys.years(len(column))
        years = np.where(known, values, NO_YEAR)
    return _coded_ids(column, years, place)


def raw_ids_of(table: Table, frame: Opened, year: int | None, findings: Findings) -> RawIds:
    """Return the ids of a frame of which nothing is wrong with the years.

    Args:
        table: the table.
        frame: the frame, of which the ids and the years are read.
        year: the year of all rows, where the frame has no column of years.
        findings: where problems of ids are recorded.
    """
    assert table.id is not None
    years: NDArray[np.int64] | int = NO_YEAR if year is None else year
    if "year" in frame.names:
        coded = factorized(frame.read("year"))
        several = len(coded.levels) > 1 or bool((coded.codes == MISSING).any())
        levels = [*map(int, coded.levels), NO_YEAR]
        years = np.array(levels, dtype=np.int64)[coded.codes] if several else levels[0]
    return _coded_ids(frame.read(table.id), years, Place(findings, table.key, table.id))


def _coded_ids(column: Column, years: NDArray[np.int64] | int, place: Place) -> RawIds:
    if column.kind == "int" and column.missing is None:
        return RawIds(column.values.astype(np.int64, copy=False), None, years)
    coded: Coded = read_key(column, place, missing="missing_id")
    return RawIds(coded.codes.astype(np.int64), coded.levels, years)


def ids_of(raw: RawIds) -> tuple[Ids, Repeated]:
    """Return ids in order, each once a year, and those that came again."""
    if isinstance(raw.years, int):
        parts = [(raw.years, raw.codes)]
    else:
        parts = [(int(year), raw.codes[raw.years == year]) for year in np.unique(raw.years)]
    runs: list[NDArray[np.int64]] = [np.zeros((0, 3), dtype=np.int64)]
    named: list[tuple[int, frozenset[Any]]] = []
    count, repeats = 0, list[tuple[int, Any]]()
    for year, codes in parts:
        if raw.levels is None:
            of_year, repeated = numbered(codes, year, LISTED)
        else:
            of_year, names, repeated = _leveled(codes, raw.levels, year)
            named.extend([(year, names)] if names else [])
        runs.append(of_year)
        count += repeated.count
        repeats.extend(repeated.ids)
    return Ids(np.concatenate(runs), tuple(named)), Repeated(count, tuple(repeats[:LISTED]))


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
