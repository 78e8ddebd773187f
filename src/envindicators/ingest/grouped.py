"""Records in an engine: grouped by keys and kinds where they are, so that no more than cells comes back.

What is wrong shows in the patterns that come back. Rows of counts and weighted records are not grouped: no two of them
have the same key, so they are their own cells.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import narwhals as nw
import numpy as np
from attrs import evolve

from envindicators.cells.classes import UNKNOWN
from envindicators.cells.grouping import CODES, slots
from envindicators.cells.ids import Ids
from envindicators.cells.table_cells import TableCells, add_up
from envindicators.errors import EnvIndicatorsError
from envindicators.frames.batches import failed
from envindicators.frames.engine import Engine
from envindicators.frames.stream import Opened, Stream
from envindicators.ingest.coded import coded, fits
from envindicators.ingest.culprits import Fault, note_culprits, note_gaps, rows_with_gaps
from envindicators.ingest.digest import Piece
from envindicators.ingest.engine_ids import CountedIds, read_ids
from envindicators.ingest.group_faults import faults_of, gaps_of, hold_large
from envindicators.ingest.grouping import Grouping, Groups
from envindicators.ingest.layout import infer_layout
from envindicators.ingest.plan import Plan
from envindicators.ingest.reading import KeyColumns, Reading, check_columns, note_columns, read_keys
from envindicators.ingest.records import units_as_cells
from envindicators.ingest.value_coding import ROOM, value_codings, values_fit, with_floats
from envindicators.problems import LISTED, Findings

_FIRST = 1 << 15
"""In so many rows blanks are looked for first."""


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
            return _piece(grouping, groups, ids.result if ids else functools.partial(grouping.counted_ids, groups))
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


def _piece(grouping: Grouping, groups: Groups, ids_counted: Callable[[], CountedIds]) -> Piece | None:
    """Return groups as one piece; None if there are none, or something is wrong with a row that has a position.

    Args:
        grouping: the records.
        groups: their groups.
        ids_counted: returns the ids of rows that have no positions.
    """
    if not groups.frame.length:
        return None
    findings, of_columns, of_groups = Findings(), Findings(), Findings()
    reading = Reading(grouping.plan, groups.frame, of_columns)
    check_columns(reading)
    inferred = infer_layout(grouping.plan.table, groups.frame, {}, grouping.plan.form.layout, of_columns)
    keys = read_keys(Reading(grouping.plan, groups.frame, of_groups))
    if grouping.values and (groups.rows.max(initial=0) >= ROOM or hold_large(grouping, groups)):
        return None
    faults = faults_of(grouping, groups)
    gaps = gaps_of(grouping, groups)
    if grouping.engine.ordered:
        if of_columns.failed or faults or of_groups.failed:
            return None
        ids, repeated = groups.ids or read_ids(grouping.plan, grouping.stream, of_groups)
        if of_groups.failed or repeated.count or len(ids) != groups.rows.sum():
            return None
        _note_first(grouping, groups, gaps, findings)
    else:
        # while ids are perhaps still counted
        some = rows_with_gaps(grouping.plan, grouping.engine, grouping.names, gaps)
        ids, repeated, of_ids = ids_counted()
        for fault in (*faults, *of_ids):
            note_culprits(grouping.plan, grouping.engine, grouping.names, fault, findings)
        if some is not None:
            note_gaps(grouping.plan, grouping.engine, grouping.names, gaps, some, findings)
    note_columns(reading, "records")
    for source in grouping.engine.sources:
        findings.take(of_columns, functools.partial(evolve, source=source))
    cells = None if findings.failed or of_groups.failed else _cells(grouping, groups, reading, keys, ids)
    levels = {} if cells else keys.levels()
    rows = int(groups.rows.sum())
    return Piece(None, grouping.names, rows, None, True, inferred, levels, findings, cells=cells, ids=(ids, repeated))


def _cells(grouping: Grouping, groups: Groups, reading: Reading, keys: KeyColumns, ids: Ids) -> TableCells:
    of_keys, site = keys.possible_keys(groups.frame.length)
    sizes = (len(of_keys), len(groups.kinds))
    site, kind, weight, sums = add_up(site, groups.kind, groups.rows, sizes, groups.sums)
    cells = site, kind, weight
    return units_as_cells(reading, of_keys, groups.kinds, cells, ids, _latest(grouping, keys), sums)


def _latest(grouping: Grouping, keys: KeyColumns) -> tuple[int, ...]:
    """Return for each year column the latest year in rows that have no reporting year, `UNKNOWN` for none."""
    names = [column.key for column in grouping.plan.table.years]
    came = [name for name in names if name in grouping.names]
    if keys.columns[0].levels[0] is not None or not came:
        return (UNKNOWN,) * len(names)
    found = grouping.engine.opened(grouping.engine.rows.select(nw.col(*came).max()))
    latest = {name: found.read(name).value(0) for name in came}
    return tuple(UNKNOWN if latest.get(name) is None else int(latest[name]) for name in names)


def _note_first(grouping: Grouping, groups: Groups, gaps: Sequence[Fault], findings: Findings) -> None:
    """Record blanks as gaps: how many, and the first rows."""
    counts = {gap.column: gap.count for gap in gaps}
    kinds, key = {gap.column: gap.kind for gap in gaps}, grouping.plan.table.key
    if groups.first_blanks is None:
        first = _first_blanks(grouping, counts)
    else:
        first = {name: [(None, row) for row in groups.first_blanks[name]] for name in counts}
    for name, places in first.items():
        for source, row in places:
            findings.add(kinds[name], key, name, row=row, severity="gap", source=source)
        findings.counts[key, name, kinds[name]] = counts[name]


def _first_blanks(grouping: Grouping, counts: Mapping[str, int]) -> dict[str, list[tuple[str | None, int | None]]]:
    """Return for some columns the sources and rows of their first blanks.

    Args:
        grouping: the records.
        counts: for each how many blanks there are.
    """
    wanted = {name: min(count, LISTED) for name, count in counts.items()}
    if wanted and len(grouping.engine.sources) == 1 and not grouping.engine.pandas:
        # most often the first rows of all tell
        first = grouping.engine.opened(grouping.engine.rows.select(*wanted).head(_FIRST))
        found = _blanks(wanted, [first])
        if all(len(found[name]) == number for name, number in wanted.items()):
            return found
    return _blanks(wanted, grouping.stream.pieces(lambda names: [name for name in names if name in wanted]))


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
