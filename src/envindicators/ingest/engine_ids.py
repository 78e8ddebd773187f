"""The ids of records in an engine, each once a year: read through, or counted where they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from envindicators.cells.ids import NO_IDS, NO_YEAR, Ids, Repeated, numbered, together
from envindicators.frames.engine import ROWS, Engine
from envindicators.frames.stream import Opened, Stream
from envindicators.ingest.culprits import Fault
from envindicators.ingest.plan import Plan
from envindicators.ingest.records import ids_of, raw_ids_of
from envindicators.problems import LISTED, Findings

_BLOCK = 31
"""So many neighbouring ids are counted together, each as a bit of one number."""


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


def counted_ids(plan: Plan, stream: Stream, engine: Engine, names: Sequence[str]) -> tuple[Ids, Repeated, list[Fault]]:
    """Return the ids of a table in an engine that is far, and what is wrong with them.

    Whole numbers are counted there: no more than their runs, or a number for every thirty-one neighbours, comes back.
    Ids that are text come as they are.

    Args:
        plan: how the table is to be read.
        stream: the table.
        engine: the engine that it is in.
        names: the names of its columns.
    """
    table = plan.table
    assert table.id is not None
    if isinstance(engine.rows.collect_schema()[table.id], nw.String):
        return _texts(plan, stream)
    year = nw.col("year") if "year" in names else nw.lit(NO_YEAR if plan.year is None else plan.year)
    rows = engine.rows.select(year.alias("year"), nw.col(table.id).cast(nw.Int64).alias("id"))
    number = nw.col("id")
    told = engine.opened(engine.spans(rows))
    of_year = {name: _whole(told, name) for name in ("year", ROWS, "known", "distinct", "first", "last")}
    missing = of_year[ROWS] - of_year["known"]
    faults: list[Fault] = []
    if missing.any():
        faults.append(Fault(table.id, "missing_id", int(missing.sum()), nw.col(table.id).is_null()))
    # a missing id is one of the distinct ones
    again = of_year["known"] - (of_year["distinct"] - (missing > 0))
    if again.any():
        return NO_IDS, _repeated(engine, rows, int(again.sum())), faults
    if (of_year["last"] - of_year["first"] + 1 == of_year["known"]).all():
        runs = np.stack([of_year["year"], of_year["first"], of_year["last"]], axis=1)[of_year["known"] > 0]
        return Ids(runs[np.lexsort([runs[:, 1], runs[:, 0]])]), Repeated(0, ()), faults
    return _runs(engine, rows.filter(~number.is_null())), Repeated(0, ()), faults


def _texts(plan: Plan, stream: Stream) -> tuple[Ids, Repeated, list[Fault]]:
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


def _whole(frame: Opened, name: str) -> NDArray[np.int64]:
    """Return a column of whole numbers, `NO_YEAR` where one is missing."""
    column = frame.read(name)
    values = column.values.astype(np.int64)
    values[column.blank] = NO_YEAR
    return values


def _repeated(engine: Engine, rows: nw.LazyFrame[Any], count: int) -> Repeated:
    """Return how many rows repeat an id, and some of these ids."""
    twice = rows.filter(~nw.col("id").is_null()).group_by("year", "id").agg(nw.len().cast(nw.Int64).alias(ROWS))
    found = engine.opened(twice.filter(nw.col(ROWS) > 1).sort("year", "id").head(LISTED))
    return Repeated(count, tuple(zip(_whole(found, "year").tolist(), _whole(found, "id").tolist(), strict=True)))


def _runs(engine: Engine, rows: nw.LazyFrame[Any]) -> Ids:
    """Return ids that occur once as runs: counted in blocks of neighbours, each id a bit."""
    place = nw.col("id") % _BLOCK
    bits = rows.select("year", (nw.col("id") - place).alias("block"), (nw.lit(2) ** place).cast(nw.Int64).alias("bit"))
    found = engine.opened(bits.group_by("year", "block").agg(nw.col("bit").sum().cast(nw.Int64).alias("bits")))
    year, block, held = (_whole(found, name) for name in ("year", "block", "bits"))
    every: list[Ids] = []
    for of_year in np.unique(year).tolist():
        within = np.flatnonzero(year == of_year)
        within = within[np.argsort(block[within])]
        ids = (block[within, None] + np.arange(_BLOCK))[(held[within, None] >> np.arange(_BLOCK)) & 1 == 1]
        runs, _ = numbered(ids, of_year, LISTED)
        every.append(Ids(runs))
    return together(every, LISTED)[0]
