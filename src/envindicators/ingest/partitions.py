"""Tables that lie on a cluster: Dask and Spark frames, digested where their partitions are.

No row is brought to the machine that asks: each partition sends its digest, which for records is the kinds of
record there are. (Rows of counts are their own digest.)
"""

from __future__ import annotations

import importlib
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import narwhals as nw
from attrs import evolve, field, frozen

from envindicators.errors import UnreadableTable
from envindicators.frames.open import native
from envindicators.frames.stream import Opened
from envindicators.ingest.digest import Piece, digest
from envindicators.ingest.plan import Plan
from envindicators.words.message import Message


@frozen(eq=False)
class Partitions:
    """A table that lies in partitions.

    Args:
        backend: what a frame made from it will be.
        digests: returns the digests of the partitions.
        refused: the kind of problem for which it cannot be used at all, or None.
    """

    backend: str
    digests: Callable[[Plan], Iterable[Piece]] = field(repr=False)
    refused: str | None = None


def open_partitions(given: Any) -> Partitions | None:
    """Return a Dask or Spark frame as partitions, and None for anything else."""
    given = native(given)
    known = nw.dependencies
    if known.is_dask_dataframe(given):
        given = given if given.index.name is None else given.reset_index()
        return Partitions("pandas", lambda plan: _of_dask(given, plan))
    if known.is_pyspark_dataframe(given) or known.is_pyspark_connect_dataframe(given):
        exact = str(given.sparkSession.conf.get("spark.sql.ansi.enabled", "true")).lower() == "true"
        refused = None if exact else "ansi_off"
        return Partitions("pandas", lambda plan: _of_spark(given, plan), refused)
    return None


def digest_partition(plan: Plan, opened: Opened) -> Piece:
    """Return the digest of a partition, fit to be sent: without what only the partition's machine can read."""
    return evolve(digest(plan, opened), raw_ids=None, apart=None)


def _numbered(pieces: Iterable[Piece]) -> Iterator[Piece]:
    offset = 0
    for piece in pieces:
        yield evolve(piece, places=range(offset, offset + piece.length))
        offset += piece.length


def _failure(what: str, error: Exception) -> UnreadableTable:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = next((line for line in reversed(lines) if "Error: " in line and not line.startswith("at ")), "")
    first = f"{type(error).__name__}: {said or next(iter(lines), '')}"
    return UnreadableTable(Message("{what}: cannot be read ({error})", what=what, error=first))


# Dask


def _dask_partition(plan: Plan, frame: Any, names: Sequence[str]) -> Piece:
    pandas_frames = importlib.import_module("envindicators.frames.pandas")
    return digest_partition(plan, pandas_frames.open_pandas(frame).of_wider(names))


def _of_dask(given: Any, plan: Plan) -> Iterator[Piece]:
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


# Spark


def _of_spark(given: Any, plan: Plan) -> Iterator[Piece]:
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
