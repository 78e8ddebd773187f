"""The ids of records in an engine, each once a year: read through, or counted where they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from envindicators.cells.ids import NO_IDS, NO_YEAR, Ids, Repeated, numbered, together
from envindicators.frames.engine import BLOCK, KNOWN, ROWS, Engine, is_full, words_of
from envindicators.frames.stream import Opened, Stream
from envindicators.ingest.culprits import Fault
from envindicators.ingest.plan import Plan
from envindicators.ingest.records import ids_of, raw_ids_of
from envindicators.problems import LISTED, Findings


def read_ids(plan: Plan, stream: Stream, findings: Findings) -> tuple[Ids, Repeated]:
    """Return the ids of a table that is read through, after recording what is wrong with them.

    Args:
        plan: how the table is to be read.
        stream: the table.
        findings: where problems are recorded.
    """
    table = plan.table
    every: list[Ids] = []
    within: list[Repeated] = []
    for piece in stream.pieces(lambda names: [name for name in names if name in ("year", table.id)]):
        ids, repeated = ids_of(raw_ids_of(table, piece, plan.year, findings))
        every.append(ids)
        within.append(repeated)
    whole, across = together(every, LISTED)
    within.append(across)
    some = dict.fromkeys(known for each in within for known in each.ids)
    return whole, Repeated(sum(each.count for each in within), tuple(some)[:LISTED])


CountedIds = tuple[Ids, Repeated, list[Fault]]
"""Ids, those that came twice, and what else is wrong with them."""


def counted_ids(
    plan: Plan, stream: Stream, engine: Engine, names: Sequence[str], only: int | None = None
) -> CountedIds:
    """Return the ids of a table in an engine that is far, and what is wrong with them.

    Whole numbers are counted there: no more than their runs, or a number for a block of neighbours, comes back.
    Ids that are text come as they are.

    Args:
        plan: how the table is to be read.
        stream: the table.
        engine: the engine that it is in.
        names: the names of its columns.
        only: the year that all rows are of, if that is known.
    """
    table = plan.table
    assert table.id is not None
    if isinstance(engine.rows.collect_schema()[table.id], nw.String):
        return _texts(plan, stream)
    if "year" not in names:
        only = NO_YEAR if plan.year is None else plan.year
    year = nw.col("year") if only is None else nw.lit(only)
    rows = engine.rows.select(year.alias("year"), nw.col(table.id).cast(nw.Int64).alias("id"))
    # databases take three times as long to tell blocks apart by a year as well
    counted = engine.blocks(rows if only is None else rows.select("id"))
    blocks = counted if only is None else counted.with_columns(year.alias("year"))
    words, size = words_of(engine.words), engine.neighbours * engine.words
    found = engine.opened(engine.outlined(blocks, words, engine.neighbours))
    told = {column: _whole(found, column) for column in ("year", ROWS, KNOWN, BLOCK, "last", "blocks", "full")}
    faults: list[Fault] = []
    missing = int((told[ROWS] - told[KNOWN]).sum())
    if missing:
        faults.append(Fault(table.id, "missing_id", missing, nw.col(table.id).is_null()))
    full, partial = told["full"] == 1, (told["full"] == 0) & (told[KNOWN] > 0)
    bits = np.stack([_whole(found, word, 0)[partial] for word in words], axis=1)  # none where no id is one of a word's
    held = ((bits[:, :, None] >> np.arange(engine.neighbours)) & 1 == 1).reshape(len(bits), size)
    if (held.sum(axis=1) != told[KNOWN][partial]).any():
        return NO_IDS, _repeated(engine, rows), faults
    if ((told["last"] - told[BLOCK]) // size + 1 == told["blocks"])[full].all():
        whole = np.stack([told["year"], told[BLOCK], told["last"] + size - 1], axis=1)[full]
    else:
        found = engine.opened(blocks.filter(is_full(words, engine.neighbours)).select("year", BLOCK))
        first = _whole(found, BLOCK)
        whole = np.stack([_whole(found, "year"), first, first + size - 1], axis=1)
    every = [Ids(whole)]
    ids = told[BLOCK][partial, None] + np.arange(size)
    for year in np.unique(told["year"][partial]).tolist():
        of_year = told["year"][partial] == year
        every.append(Ids(numbered(ids[of_year][held[of_year]], year, LISTED)[0]))
    return together([NO_IDS, *every], LISTED)[0], Repeated(0, ()), faults


def _texts(plan: Plan, stream: Stream) -> CountedIds:
    assert plan.table.id is not None
    findings, key = Findings(), nw.col(plan.table.id)
    ids, repeated = read_ids(plan, stream, findings)
    faults = [
        Fault(
            plan.table.id,
            kind,
            count,
            key.is_null()
            if kind == "missing_id"
            else key.is_in([each.value for each in findings.listed if each.kind == kind]),
        )
        for (_, _, kind), count in findings.counts.items()
    ]
    return ids, repeated, faults


def _whole(frame: Opened, name: str, missing: int = NO_YEAR) -> NDArray[np.int64]:
    """Return a column of whole numbers, another where one is missing."""
    column = frame.read(name)
    values = column.values.astype(np.int64)
    values[column.blank] = missing
    return values


def _repeated(engine: Engine, rows: nw.LazyFrame[Any]) -> Repeated:
    """Return how many rows repeat an id, and some of these ids."""
    twice = rows.filter(~nw.col("id").is_null()).group_by("year", "id").agg(nw.len().cast(nw.Int64).alias(ROWS))
    twice = twice.filter(nw.col(ROWS) > 1)
    whole = engine.opened(twice.select(nw.len().cast(nw.Int64).alias("ids"), nw.col(ROWS).sum().cast(nw.Int64)))
    count = int(_whole(whole, ROWS)[0] - _whole(whole, "ids")[0])
    found = engine.opened(twice.sort("year", "id").head(LISTED))
    return Repeated(count, tuple(zip(_whole(found, "year").tolist(), _whole(found, "id").tolist(), strict=True)))
