"""Records in an engine: grouped by keys and kinds where they are, so that no more than cells comes back.

The codes of its columns (see `envindicators.ingest.coded`) are the pattern of a row, and the kind of each pattern is
known beforehand; so the engine has only to group and to count. What is wrong shows in the patterns that come back.

Rows of counts and weighted records are not grouped: no two of them have the same key, so they are their own cells.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import narwhals as nw
import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from envindicators.cells.classes import UNKNOWN
from envindicators.cells.grouping import CODES, distinct, slots
from envindicators.cells.ids import Ids, Repeated
from envindicators.cells.sums import NO_SUMS
from envindicators.cells.table_cells import TableCells, add_up
from envindicators.definitions.rule import YEARS
from envindicators.errors import EnvIndicatorsError
from envindicators.frames.batches import failed
from envindicators.frames.engine import KIND, PATTERN, ROWS, Engine
from envindicators.frames.stream import Opened, Stream
from envindicators.ingest.coded import Coding, coded, fits
from envindicators.ingest.culprits import Fault, note_culprits, note_gaps, rows_with_gaps
from envindicators.ingest.digest import Piece, blank_kind
from envindicators.ingest.engine_ids import CountedIds, counted_ids, read_ids
from envindicators.ingest.layout import infer_layout
from envindicators.ingest.partitioned import asked, framed, ids_of
from envindicators.ingest.plan import Plan
from envindicators.ingest.reading import KeyColumns, Reading, check_columns, note_columns, read_keys
from envindicators.ingest.records import units_as_cells
from envindicators.ingest.value_coding import (
    LARGE,
    ROOM,
    ValueCoding,
    sums_of_parts,
    value_codings,
    values_fit,
    with_floats,
)
from envindicators.problems import LISTED, Findings
from envindicators.words.spelling import is_blank

_NUMBERS = ((nw.Int16, 2**15), (nw.Int32, 2**31), (nw.Int64, CODES))
"""The types that patterns are numbered in, and up to how many."""

_FIRST = 1 << 15
"""In so many rows blanks are looked for first."""

_LOOKED_UP = 1 << 15
"""Up to so many patterns, their kinds are looked up by the engine."""


class NotGroupedError(Exception):
    """An engine failed to group rows; ``what`` names it. Reading them succeeds, or tells what is wrong with them."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def grouped(plan: Plan, stream: Stream, found: Callable[[Engine], object]) -> Piece | None:
    """Return records that an engine has grouped, or None where their rows must be read.

    They must where the engine, a type, the layout or the form asks for it, and where something is wrong with a row; and
    are where that is as quick.

    Args:
        plan: how the table is to be read.
        stream: the table.
        found: told the engine, before that begins.

    Raises:
        NotGroupedError: if the engine fails.
    """
    grouping = _grouping(plan, stream)
    if grouping is None:
        return None
    engine = grouping.engine
    found(engine)
    with ThreadPoolExecutor(max_workers=1) as pool:
        try:
            planned = grouping.planned()
            ids = pool.submit(grouping.counted_ids) if engine.at_once else None
            groups = planned()
        except Exception as error:
            raise NotGroupedError(engine.what) from error
        try:
            return grouping.piece(groups, ids.result if ids else functools.partial(grouping.counted_ids, groups))
        except EnvIndicatorsError:
            raise
        except Exception as error:
            raise failed(engine.what, error) from error


def _grouping(plan: Plan, stream: Stream) -> Grouping | None:
    """Return records in an engine, None where their rows must be read; raise `NotGroupedError` as `grouped` does."""
    if stream.quick and not plan.table.values:
        return None
    engine: Engine | None = None
    try:
        engine = stream.engine()
        if engine is None or plan.table.exclusive or plan.form.impossible is not None:
            return None
        schema = dict(engine.rows.collect_schema())
        if not (fits(plan, schema) and values_fit(plan, schema)):
            return None
        values = value_codings(plan, schema)
        if values:
            engine = evolve(engine, rows=with_floats(engine.rows, plan, schema))
        columns = (*coded(plan, schema, converting=engine.pandas), *(value.coding for value in values))
        if not columns or slots([column.codes for column in columns]) >= CODES:
            return None
    except Exception as error:
        raise NotGroupedError("an engine" if engine is None else engine.what) from error
    return Grouping(plan, stream, engine, tuple(schema), columns, values)


@frozen(eq=False)
class Groups:
    """Groups of rows.

    Args:
        frame: for each group its keys, as a frame of all the columns of the table.
        kinds: the kinds of units in them, each once and in order.
        kind: for each group the kind of its rows.
        rows: for each group how many rows it has.
        patterns: the patterns that occur, or none if nothing is wrong with any row.
        of_pattern: for each of them how many rows it has.
        blanks: for each column that came how many rows lack it.
        sums: for each group what its values add up to, of a table with value columns.
        ids: the ids of the rows, where they were told along with the groups.
        first_blanks: by column the positions of the first blanks, where these were.
    """

    frame: Opened
    kinds: NDArray[np.int16]
    kind: NDArray[Any]
    rows: NDArray[np.int64]
    patterns: NDArray[Any]
    of_pattern: NDArray[np.int64]
    blanks: Mapping[str, int]
    sums: NDArray[Any] = NO_SUMS
    ids: tuple[Ids, Repeated] | None = None
    first_blanks: Mapping[str, Sequence[int]] | None = None


@frozen(eq=False)
class Grouping:
    """Records in an engine.

    Args:
        plan: how they are to be read.
        stream: their rows.
        engine: the engine.
        names: the names of all columns.
        columns: the part, category, year and value columns that came.
        values: the value columns among them.
    """

    plan: Plan
    stream: Stream
    engine: Engine
    names: tuple[str, ...]
    columns: tuple[Coding, ...]
    values: tuple[ValueCoding, ...] = ()

    @property
    def _patterns(self) -> int:
        return slots([column.codes for column in self.columns])

    def planned(self) -> Callable[[], Groups]:
        """Return what asks the engine for the groups: it is planned already, so that others can plan while it works."""
        came = [name for name in self.plan.key_names if name in self.names]
        keys = {name: f"key{place}" for place, name in enumerate(came)}
        if self.plan.table.values:
            return self._patterns_planned(keys)
        if self.engine.parted is not None:
            return functools.partial(self._parted, keys)
        lookup = None if self.engine.grouped is None else self._lookup()
        if lookup is not None:
            return functools.partial(self._by_kind, keys, self._rows(keys), lookup)
        return self._patterns_planned(keys)

    def _patterns_planned(self, keys: Mapping[str, str]) -> Callable[[], Groups]:
        """Return what asks the engine for groups by keys and pattern."""
        parts = {
            f"part{place}": part for place, part in enumerate(part for value in self.values for part in value.parts)
        }
        rows = self._rows(keys, *(part.number.alias(name) for name, part in parts.items()))
        counted = rows.group_by(*keys.values(), PATTERN).agg(
            nw.len().alias(ROWS), *(nw.col(name).sum() for name in parts)
        )
        counted = counted.with_columns(nw.col(name).cast(nw.Int64) for name in parts)
        return functools.partial(self._by_pattern, keys, counted, list(parts))

    def _lookup(self) -> NDArray[Any] | None:
        """Return for each pattern its kind, or None if there are too many patterns."""
        tabled = self.plan.classes.tabled
        if tabled is None or self._patterns > _LOOKED_UP:
            return None
        units = self._of_units(np.arange(self._patterns))
        kinds: NDArray[Any] = tabled[1][np.ravel_multi_index(units, self.plan.classes.sizes)]
        return kinds

    def _rows(self, keys: Mapping[str, str], *added: nw.Expr) -> nw.LazyFrame[Any]:
        """Return rows as their keys, under other names, their patterns, and some columns more."""
        if self.engine.patterned is not None and not self.values:
            return self.engine.patterned(keys, [column.case for column in self.columns])
        named = [nw.col(name).alias(key) for name, key in keys.items()]
        rows: nw.LazyFrame[Any] = self.engine.rows.select(*named, self._pattern(), *added)
        return rows

    def _by_pattern(self, keys: Mapping[str, str], counted: nw.LazyFrame[Any], parts: Sequence[str]) -> Groups:
        """Return groups of which the engine tells the patterns, and what some parts of values add up to."""
        found = self.engine.opened(counted)
        patterns, which = np.unique(found.read(PATTERN).values, return_inverse=True)
        rows_of = found.read(ROWS).values.astype(np.int64)
        of_pattern = np.zeros(len(patterns), dtype=np.int64)
        np.add.at(of_pattern, which, rows_of)
        kinds, kind_of = self.plan.classes.kinds(self._of_units(patterns), len(patterns))
        of_values = self._sums(patterns, which, rows_of, [found.read(name).values for name in parts])
        blanks, frame = self._blanks(patterns, of_pattern), self._framed(found, keys)
        return Groups(frame, kinds, kind_of[which], rows_of, patterns, of_pattern, blanks, of_values)

    def _by_kind(self, keys: Mapping[str, str], rows: nw.LazyFrame[Any], lookup: NDArray[Any]) -> Groups:
        """Return groups of which the engine looks the kinds up: those of wrong patterns have one of their own."""
        assert self.engine.grouped is not None
        assert self.plan.classes.tabled is not None
        every, _ = self.plan.classes.tabled
        lookup = np.where(self._wrong(np.arange(self._patterns)), len(every), lookup)
        found, by_pattern = self.engine.grouped(rows, list(keys.values()), lookup.tolist())
        used, kind = distinct(found.read(KIND).values, len(every) + 1)
        if by_pattern is None and len(every) in used:
            by_pattern = self.engine.opened(rows.group_by(PATTERN).agg(nw.len().cast(nw.Int64).alias(ROWS)))
        if by_pattern is None:
            patterns = of_pattern = np.zeros(0, dtype=np.int64)
            blanks = self._counted_blanks()
        else:
            patterns, of_pattern = by_pattern.read(PATTERN).values, by_pattern.read(ROWS).values
            blanks = self._blanks(patterns, of_pattern)
        kinds, frame = every[np.minimum(used, len(every) - 1)], self._framed(found, keys)
        return Groups(frame, kinds, kind, found.read(ROWS).values, patterns, of_pattern, blanks)

    def _wrong(self, patterns: NDArray[Any]) -> NDArray[np.bool_]:
        """Return whether something is wrong with rows of some patterns."""
        codes = self._codes(patterns)
        wrong = [codes[column.name] >= column.size for column in self.columns]
        found: NDArray[np.bool_] = np.logical_or.reduce([*wrong, *(out for _, out, _ in self._out_of_order(codes))])
        return found

    def _blanks(self, patterns: NDArray[Any], rows: NDArray[np.int64]) -> dict[str, int]:
        """Return for each column that came how many rows lack it, of the number of rows of each pattern."""
        codes = self._codes(patterns)
        return {column.name: int(rows[codes[column.name] == column.size - 1].sum()) for column in self.columns}

    def _counted_blanks(self) -> dict[str, int]:
        """Return for each column that came how many rows lack it, as the engine counts them."""
        names = {column.name: f"known{place}" for place, column in enumerate(self.columns)}
        known = (nw.col(name).count().alias(alias) for name, alias in names.items())
        found = self.engine.opened(self.engine.rows.select(nw.len().alias(ROWS), *known))
        rows = found.read(ROWS).value(0)
        return {name: int(rows - found.read(alias).value(0)) for name, alias in names.items()}

    def _pattern(self) -> nw.Expr:
        """Return the pattern of a row: its codes as one number."""
        wide = next(kind for kind, most in _NUMBERS if self._patterns <= most)
        pattern = nw.lit(0, dtype=wide)
        for column in self.columns:
            pattern = pattern * nw.lit(column.codes, dtype=wide) + column.code.cast(wide)
        return pattern.alias(PATTERN)

    def _codes(self, patterns: NDArray[Any]) -> dict[str, NDArray[Any]]:
        """Return patterns as the codes of their columns."""
        codes = np.unravel_index(patterns, [column.codes for column in self.columns]) if self.columns else ()
        return {column.name: code for column, code in zip(self.columns, codes, strict=True)}

    def _of_units(self, patterns: NDArray[Any]) -> list[NDArray[Any]]:
        """Return patterns as the codes of units: what did not come, or is wrong, is missing."""
        codes, sizes = self._codes(patterns), zip(self.plan.table.attributes, self.plan.classes.sizes, strict=True)
        return [
            np.minimum(codes[name], size - 1) if name in codes else np.full(len(patterns), size - 1)
            for name, size in sizes
        ]

    def _sums(
        self, patterns: NDArray[Any], which: NDArray[Any], rows: NDArray[np.int64], added: Sequence[NDArray[Any]]
    ) -> NDArray[Any]:
        """Return what the values of groups add up to.

        Args:
            patterns: the patterns that occur.
            which: for each group the place of its pattern.
            rows: for each group how many rows it has.
            added: for each part of a value what was added up in each group.
        """
        codes = self._codes(patterns)
        missing = {
            value.key: np.where(codes[value.key][which] == 1, rows, 0) if value.key in codes else rows
            for value in self.plan.table.values
        }
        return sums_of_parts([part for value in self.values for part in value.parts], added, missing)

    def _framed(self, found: Opened, keys: Mapping[str, str]) -> Opened:
        """Return groups as a frame of the columns that the table has."""
        return Opened(found.backend, self.names, found.length, lambda name: found.columns(keys[name]))

    def _parted(self, keys: Mapping[str, str]) -> Groups:
        """Return the groups counted partition by partition, and the ids and first blanks, where partitions can."""
        assert self.engine.parted is not None
        lookup = self._lookup()
        request = asked(self.plan, self.engine.rows.collect_schema(), self.columns, lookup)
        found = self.engine.parted(request)
        if found is None:
            return self._patterns_planned(keys)()
        if lookup is None or self.plan.classes.tabled is None:
            patterns, which = np.unique(found["kind"], return_inverse=True)
            kinds, kind = self.plan.classes.kinds(self._of_units(patterns), len(patterns))
            kind = kind[which]
        else:
            every, _ = self.plan.classes.tabled
            used, kind = distinct(found["kind"].astype(np.int64), len(every))
            kinds = every[used]
        patterns, of_pattern = found["patterns"], found["of_pattern"]
        return Groups(
            framed(found, request["keys"], self.names),
            kinds,
            kind,
            found["count"],
            patterns,
            of_pattern,
            self._blanks(patterns, of_pattern),
            ids=ids_of(found),
            first_blanks={name: rows.tolist() for name, rows in zip(request["blanks"], found["blanks"], strict=True)},
        )

    def counted_ids(self, groups: Groups | None = None) -> CountedIds:
        """Return the ids as an engine whose rows have no positions counts them.

        Args:
            groups: the groups of the rows, if they are known by then.
        """
        years = groups.frame.read("year").distinct() if groups is not None and "year" in self.names else ()
        only = years[0] if len(years) == 1 else None
        return counted_ids(self.plan, self.stream, self.engine, self.names, only)

    def piece(self, groups: Groups, ids_counted: Callable[[], CountedIds]) -> Piece | None:
        """Return groups as one piece, or None if something is wrong with a row that has a position.

        Args:
            groups: the groups.
            ids_counted: returns the ids of rows that have no positions.
        """
        findings, of_columns, of_groups = Findings(), Findings(), Findings()
        reading = Reading(self.plan, groups.frame, of_columns)
        check_columns(reading)
        inferred = infer_layout(self.plan.table, groups.frame, {}, self.plan.form.layout, of_columns)
        keys = read_keys(Reading(self.plan, groups.frame, of_groups))
        if self.values and (groups.rows.max(initial=0) >= ROOM or self._large(groups)):
            return None
        faults = [*self._faults_of_keys(groups), *self._faults(groups)]
        gaps = self._gaps(groups)
        if self.engine.ordered:
            if of_columns.failed or faults or of_groups.failed or not groups.frame.length:
                return None
            ids, repeated = groups.ids or read_ids(self.plan, self.stream, of_groups)
            if of_groups.failed or repeated.count or len(ids) != groups.rows.sum():
                return None
            self._note_first(gaps, groups, findings)
        else:
            some = rows_with_gaps(self.plan, self.engine, self.names, gaps)  # while ids are perhaps still counted
            ids, repeated, of_ids = ids_counted()
            for fault in (*faults, *of_ids):
                note_culprits(self.plan, self.engine, self.names, fault, findings)
            note_gaps(self.plan, self.engine, self.names, gaps, some, findings)
        note_columns(reading, "records")
        for source in self.engine.sources:
            findings.take(of_columns, functools.partial(evolve, source=source))
        cells = None if findings.failed or of_groups.failed else self._cells(reading, groups, keys, ids)
        levels = {} if cells else keys.levels()
        rows = int(groups.rows.sum())
        return Piece(None, self.names, rows, None, True, inferred, levels, findings, cells=cells, ids=(ids, repeated))

    def _cells(self, reading: Reading, groups: Groups, keys: KeyColumns, ids: Ids) -> TableCells:
        of_keys, site = keys.possible_keys(groups.frame.length)
        sizes = (len(of_keys), len(groups.kinds))
        site, kind, weight, sums = add_up(site, groups.kind, groups.rows, sizes, groups.sums)
        cells = site, kind, weight
        return units_as_cells(reading, of_keys, groups.kinds, cells, ids, self._latest(keys), sums)

    def _faults_of_keys(self, groups: Groups) -> Iterator[Fault]:
        """Yield what is wrong with the keys of rows."""
        for name in (name for name in self.plan.key_names if name in self.names):
            column, key = groups.frame.read(name), nw.col(name)
            required = "missing_year" if name == "year" else "missing_key"
            wrong = {required: (column.blank, key.is_null())}
            if name == "year" and column.kind == "int":
                beyond = ~column.blank & ((column.values < YEARS[0]) | (column.values > YEARS[-1]))
                wrong["year_value"] = (beyond, (key < YEARS[0]) | (key > YEARS[-1]))
            if column.kind == "text":
                blank = [level for level in column.levels if is_blank(level)]
                marked = np.isin(column.values, [code for code, level in enumerate(column.levels) if is_blank(level)])
                wrong["blank_key"] = (marked & ~column.blank, key.is_in(blank))
            for kind, (marked, condition) in wrong.items():
                if marked.any():
                    yield Fault(name, kind, int(groups.rows[marked].sum()), condition)

    def _faults(self, groups: Groups) -> Iterator[Fault]:
        """Yield what is wrong with the other columns of rows."""
        table, codes = self.plan.table, self._codes(groups.patterns)
        coding = {column.name: column for column in self.columns}
        parts = [part.key for part in table.parts]
        values = [value.key for value in table.values]
        for name in (*table.attributes[len(parts) :], *values, *parts):
            for place, kind in enumerate(coding[name].wrong if name in coding else ()):
                code = coding[name].size + place
                count = int(groups.of_pattern[codes[name] == code].sum())
                if count:
                    yield Fault(name, kind, count, coding[name].code == code)
        for lower, wrong, condition in self._out_of_order(codes):
            if wrong.any():
                yield Fault(lower, "part_order", int(groups.of_pattern[wrong].sum()), condition)

    def _out_of_order(self, codes: Mapping[str, NDArray[Any]]) -> Iterator[tuple[str, NDArray[np.bool_], nw.Expr]]:
        """Yield each part, the patterns of which it is said but a part that it lies within is denied, and their rows.

        Args:
            codes: for each column its codes, of some patterns.
        """
        coding = {column.name: column.code for column in self.columns}
        flags = [part.key for part in self.plan.table.parts if self.plan.table.nested and part.key in coding]
        for place, lower in enumerate(flags):
            wrong, condition = np.zeros(len(codes[lower]), dtype=np.bool_), nw.lit(False)
            for upper in flags[:place]:
                wrong |= (codes[lower] == 1) & (codes[upper] == 0)
                condition = condition | ((coding[lower] == 1) & (coding[upper] == 0))
            yield lower, wrong, condition

    def _large(self, groups: Groups) -> bool:
        """Return whether some values are so large that only a look at their digits tells what they are."""
        codes = self._codes(groups.patterns)
        of_values = (value.coding for value in self.values)
        return any((codes[each.name] == each.size + each.wrong.index(LARGE)).any() for each in of_values)

    def _gaps(self, groups: Groups) -> list[Fault]:
        """Return the blanks of the columns that came."""
        return [
            Fault(name, blank_kind(self.plan.table, name), count, nw.col(name).is_null(), "gap")
            for name, count in groups.blanks.items()
            if count
        ]

    def _latest(self, keys: KeyColumns) -> tuple[int, ...]:
        """Return for each year column the latest year in rows that have no reporting year, `UNKNOWN` for none."""
        names = [column.key for column in self.plan.table.years]
        came = [name for name in names if name in self.names]
        if keys.columns[0].levels[0] is not None or not came:
            return (UNKNOWN,) * len(names)
        found = self.engine.opened(self.engine.rows.select(nw.col(*came).max()))
        latest = {name: found.read(name).value(0) for name in came}
        return tuple(UNKNOWN if latest.get(name) is None else int(latest[name]) for name in names)

    def _note_first(self, gaps: Sequence[Fault], groups: Groups, findings: Findings) -> None:
        """Record blanks as gaps: how many, and the first rows."""
        counts = {gap.column: gap.count for gap in gaps}
        kinds, key = {gap.column: gap.kind for gap in gaps}, self.plan.table.key
        if groups.first_blanks is None:
            first = self._first_blanks(counts)
        else:
            first = {name: [(None, row) for row in groups.first_blanks[name]] for name in counts}
        for name, places in first.items():
            for source, row in places:
                findings.add(kinds[name], key, name, row=row, severity="gap", source=source)
            findings.counts[key, name, kinds[name]] = counts[name]

    def _first_blanks(self, counts: Mapping[str, int]) -> dict[str, list[tuple[str | None, int | None]]]:
        """Return for some columns the sources and rows of their first blanks.

        Args:
            counts: for each how many blanks there are.
        """
        wanted = {name: min(count, LISTED) for name, count in counts.items()}
        if wanted and len(self.engine.sources) == 1 and not self.engine.pandas:
            # most often the first rows of all tell
            first = self.engine.opened(self.engine.rows.select(*wanted).head(_FIRST))
            found = _blanks(wanted, [first])
            if all(len(found[name]) == number for name, number in wanted.items()):
                return found
        return _blanks(wanted, self.stream.pieces(lambda names: [name for name in names if name in wanted]))


def _blanks(wanted: Mapping[str, int], pieces: Iterable[Opened]) -> dict[str, list[tuple[str | None, int | None]]]:
    """Return sources and rows of so many first blanks of some columns, or of fewer if there are no more."""
    found: dict[str, list[tuple[str | None, int | None]]] = {name: [] for name in wanted}
    for piece in pieces if wanted else ():
        for name, number in wanted.items():
            rows = np.flatnonzero(piece.read(name).blank)[: number - len(found[name])]
            found[name] += [(piece.source, piece.place(row)) for row in rows.tolist()]
        if all(len(found[name]) == number for name, number in wanted.items()):
            break
    return found
