"""Tables that lie on a cluster: Dask and Spark frames, digested where their partitions are.

No row is brought to the machine that asks: each partition sends its digest, which for records is the kinds of
record there are. (Rows of counts are their own digest.)
"""

from __future__ import annotations

import importlib
import itertools
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import narwhals as nw
import numpy as np
from attrs import define, evolve, field, frozen

from envindicators.cells.grouping import repeated
from envindicators.errors import UnreadableTable
from envindicators.frames.open import native
from envindicators.frames.stream import Opened
from envindicators.ingest.columns import MISSING
from envindicators.ingest.digest import Digest, Ids, Records, digest
from envindicators.ingest.reading import Plan
from envindicators.problems import LISTED, Findings


@frozen
class IdSpan:
    """What a partition tells of some of its ids: from which to which they go, and whether each stands once a year.

    Where the spans of all partitions lie apart, that is enough. Ids of unlike types have no span. Whole numbers
    in rising runs, as files hold them, have a span for each run.
    """

    least: Any
    greatest: Any
    once: bool


_RUNS = 64

Repeated = tuple[int, list[tuple[Any, int]]]
"""How many rows repeat an id of their year, and some of those ids, each with how often it stands."""


@frozen(eq=False)
class Partitions:
    """A table that lies in partitions.

    Args:
        backend: what a frame made from it will be.
        digests: returns the digests of the partitions.
        repeated: has the engine find the ids that stand in a year more than once.
        refused: the kind of problem for which it cannot be used at all, or None.
    """

    backend: str
    digests: Callable[[Plan], Iterable[Digest]] = field(repr=False)
    repeated: Callable[[Plan], Repeated] = field(repr=False)
    refused: str | None = None


def open_partitions(given: Any) -> Partitions | None:
    """Return a Dask or Spark frame as partitions, and None for anything else."""
    given = native(given)
    known = nw.dependencies
    if known.is_dask_dataframe(given):
        given = given if given.index.name is None else given.reset_index()
        return Partitions("pandas", lambda plan: _of_dask(given, plan), lambda plan: _repeated_in_dask(given, plan))
    if known.is_pyspark_dataframe(given) or known.is_pyspark_connect_dataframe(given):
        exact = str(given.sparkSession.conf.get("spark.sql.ansi.enabled", "true")).lower() == "true"
        refused = None if exact else "ansi_off"
        return Partitions(
            "pandas", lambda plan: _of_spark(given, plan), lambda plan: _repeated_in_spark(given, plan), refused
        )
    return None


@define
class IdSpans:
    """The ids of records that lie in partitions.

    Args:
        plan: how the records are read.
        partitions: where they lie.
        spans: what the partitions tell of them.
    """

    plan: Plan
    partitions: Partitions
    spans: list[IdSpan] = field(factory=list[IdSpan])

    def add(self, piece: Digest) -> None:
        """Take in what one partition tells."""
        if isinstance(piece.ids, tuple):
            self.spans.extend(piece.ids)

    def finish(self, findings: Findings) -> None:
        """Record the ids that stand in a year more than once."""
        if self._apart():
            return
        count, some = self.partitions.repeated(self.plan)
        table = self.plan.table
        found = Findings()
        for value, times in some:
            found.add("repeated_id", table.key, table.id, value=value, times=times)
        key = (table.key, table.id, "repeated_id")
        if count:
            found.errors += count - found.counts[key]
            found.counts[key] = count
        findings.take(found)

    def _apart(self) -> bool:
        if not all(span.once for span in self.spans):
            return False
        known = [span for span in self.spans if span.least is not None]
        if len({type(span.least) for span in known}) > 1:
            return False
        ordered = sorted(known, key=lambda span: span.least)
        return all(low.greatest < high.least for low, high in itertools.pairwise(ordered))


def _spans(ids: Ids) -> tuple[IdSpan, ...]:
    known = np.arange(len(ids.codes)) if ids.levels is None else np.flatnonzero(ids.codes != MISSING)
    if not len(known):
        return ()
    if ids.levels is None:
        # a run ends where the next id is no greater, and at the widest of the gaps: there another file may begin
        steps = ids.codes[1:] - ids.codes[:-1]
        falls, gaps = np.flatnonzero(ids.codes[1:] <= ids.codes[:-1]), np.flatnonzero(steps > 1)
        widest = gaps[np.argsort(steps[gaps])[::-1][: max(0, _RUNS - 1 - len(falls))]]
        starts = [0, *(np.unique(np.concatenate([falls, widest])) + 1).tolist()]
        if len(starts) <= _RUNS:
            ends = [*(start - 1 for start in starts[1:]), len(ids.codes) - 1]
            runs = zip(ids.codes[starts].tolist(), ids.codes[ends].tolist(), strict=True)
            return tuple(IdSpan(least, greatest, True) for least, greatest in runs)
        ends = [int(ids.codes.min()), int(ids.codes.max())]
    elif len({type(level) for level in ids.levels}) > 1:
        return (IdSpan(None, None, False),)
    else:
        ends = [min(ids.levels), max(ids.levels)]
    once = not len(repeated([ids.years[known], ids.codes[known]])[0])
    return (IdSpan(ends[0], ends[1], once),)


def digest_partition(plan: Plan, opened: Opened) -> Digest:
    """Return the digest of a partition, fit to be sent: without what only the partition's machine can read."""
    made = digest(plan, opened)
    if isinstance(made.ids, Ids):
        made = evolve(made, ids=_spans(made.ids))
    if made.records is not None:
        grouped = made.records.grouped
        made = evolve(made, records=Records(made.records.levels, grouped.codes, grouped.sums))
    if made.rows is not None:
        made = evolve(made, rows=evolve(made.rows, apart=None))
    return made


def _numbered(digests: Iterable[Digest]) -> Iterator[Digest]:
    offset = 0
    for each in digests:
        yield evolve(each, places=range(offset, offset + each.length))
        offset += each.length


def _failure(what: str, error: Exception) -> UnreadableTable:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = next((line for line in reversed(lines) if "Error: " in line and not line.startswith("at ")), "")
    return UnreadableTable(f"{what}: cannot be read ({type(error).__name__}: {said or next(iter(lines), '')})")


# Dask


def _dask_partition(plan: Plan, frame: Any, names: Sequence[str]) -> Digest:
    pandas_frames = importlib.import_module("envindicators.frames.pandas")
    return digest_partition(plan, pandas_frames.open_pandas(frame).of_wider(names))


def _of_dask(given: Any, plan: Plan) -> Iterator[Digest]:
    dask = importlib.import_module("dask")
    names = [str(name) for name in given.columns]
    wanted = plan.needed(names) or names[:1]
    shared = dask.delayed(plan, traverse=False)
    parts = given[wanted].to_delayed()
    try:
        found = dask.compute(*(dask.delayed(_dask_partition)(shared, part, names) for part in parts))
    except Exception as error:
        raise _failure("the Dask frame", error) from error
    yield from _numbered(found)


def _repeated_in_dask(given: Any, plan: Plan) -> Repeated:
    columns = [name for name in ("year", plan.table.id) if name in given.columns]
    known = given[columns].dropna(subset=[plan.table.id])
    sizes = known.groupby(columns, dropna=False).size(split_out=max(1, given.npartitions // 4))
    often = sizes[sizes > 1].compute()
    some = [(key[-1] if isinstance(key, tuple) else key, int(times)) for key, times in often.head(LISTED).items()]
    return int((often - 1).sum()), some


# Spark


def _of_spark(given: Any, plan: Plan) -> Iterator[Digest]:
    names = list(given.columns)
    wanted = plan.needed(names) or names[:1]

    def digested(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        from envindicators.frames.arrow import open_arrow
        from envindicators.frames.lazy import in_bulk

        for table in in_bulk(batches):
            opened = evolve(open_arrow(table).of_wider(names), ordered=False)
            sent = pickle.dumps(digest_partition(plan, opened))
            yield pa.RecordBatch.from_arrays([pa.array([sent], type=pa.binary())], names=["digest"])

    quoted = ["`" + name.replace("`", "``") + "`" for name in wanted]
    try:
        rows = given.select(*quoted).mapInArrow(digested, "digest binary").collect()
    except Exception as error:
        raise _failure("the Spark frame", error) from error
    for row in rows:
        yield pickle.loads(row["digest"])  # noqa: S301 - what this very call has sent


def _repeated_in_spark(given: Any, plan: Plan) -> Repeated:
    functions = importlib.import_module("pyspark.sql.functions")
    assert plan.table.id is not None
    columns = [name for name in ("year", plan.table.id) if name in given.columns]
    known = given.filter(functions.col(plan.table.id).isNotNull())
    often = known.groupBy(*columns).count().filter(functions.col("count") > 1)
    total = often.select(functions.sum(functions.col("count") - 1)).collect()[0][0]
    some = [(row[plan.table.id], int(row["count"])) for row in often.orderBy(*columns).limit(LISTED).collect()]
    return int(total or 0), some
