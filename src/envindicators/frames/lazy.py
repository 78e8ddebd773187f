"""Tables that come in batches from an engine: lazy frames, relations, datasets.

Engines only hand out their rows, in batches of some hundred thousand; what is made of them is made in one
place, so that no engine can make something else of them.
"""

from __future__ import annotations

import importlib
import queue
import threading
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
from attrs import evolve

from envindicators.frames.arrow import open_batch
from envindicators.frames.batches import BATCH, ahead, failed, failing, numbered, wanted
from envindicators.frames.engine import duckdb_engine, ibis_engine, polars_engine
from envindicators.frames.stream import Columns, Opened, Stream


def in_bulk(batches: Iterable[Any]) -> Iterator[Any]:
    """Yield pyarrow record batches as tables of about `BATCH` rows, however small they come."""
    held: list[Any] = []
    rows = 0
    for batch in batches:
        held.append(batch)
        rows += batch.num_rows
        if rows >= BATCH:
            yield pa.Table.from_batches(held)
            held, rows = [], 0
    if held:
        yield pa.Table.from_batches(held)


def arrow_stream(given: Any) -> Stream:
    """Return a pyarrow dataset, scanner or record batch reader as a stream."""
    if hasattr(given, "to_batches") and hasattr(given, "scanner"):

        def scanned(columns: Columns) -> Iterator[Opened]:
            names = given.schema.names
            scanner = given.scanner(columns=wanted(columns, names), batch_size=BATCH)
            found = numbered(ahead(in_bulk(scanner.to_batches())), names, open_batch)
            return failing("the pyarrow dataset", found)

        return Stream("pyarrow", scanned)

    def once(_: Columns) -> Iterator[Opened]:
        reader = given.to_reader() if hasattr(given, "to_reader") else given
        return failing("the pyarrow reader", numbered(in_bulk(reader), reader.schema.names, open_batch))

    return Stream("pyarrow", once, again=False)


def polars_stream(given: Any) -> Stream:
    """Return a polars LazyFrame as a stream."""
    open_polars = importlib.import_module("envindicators.frames.polars").open_polars

    def pieces(columns: Columns) -> Iterator[Opened]:
        names = given.collect_schema().names()
        yield from numbered(_sunk(given.select(wanted(columns, names))), names, open_polars)

    return Stream(
        "polars",
        lambda columns: failing("the polars LazyFrame", pieces(columns)),
        engine=lambda: polars_engine(given),
    )


def _sunk(frame: Any) -> Iterator[Any]:
    """Yield a LazyFrame in batches, pushed by a thread of its own.

    ``collect_batches`` of polars 1.34 to 1.36 ends early and in silence where the plan fails; a sink raises.
    """
    batches: queue.Queue[Any] = queue.Queue(maxsize=2)
    given_up = threading.Event()
    done: list[BaseException | None] = []

    def put(batch: Any) -> bool:
        while not given_up.is_set():
            try:
                batches.put(batch, timeout=0.1)
            except queue.Full:
                continue
            break
        return given_up.is_set()

    def run() -> None:
        try:
            frame.sink_batches(put, chunk_size=BATCH, maintain_order=True, engine="streaming")
            done.append(None)
        except BaseException as error:  # noqa: BLE001 - raised again where the batches are read
            done.append(error)
        put(None)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        while (batch := batches.get()) is not None:
            yield batch
        if done[0] is not None:
            raise done[0]
    finally:
        given_up.set()
        thread.join()


def duckdb_stream(given: Any) -> Stream:
    """Return a DuckDB relation as a stream."""

    def pieces(columns: Columns) -> Iterator[Opened]:
        names = list(given.columns)
        quoted = ", ".join('"' + name.replace('"', '""') + '"' for name in wanted(columns, names))
        reader = given.project(quoted).to_arrow_reader(BATCH)
        yield from numbered(ahead(in_bulk(reader)), names, open_batch)

    return Stream(
        "pyarrow",
        lambda columns: failing("the DuckDB relation", pieces(columns)),
        engine=lambda: duckdb_engine(given),
    )


def ibis_stream(given: Any) -> Stream:
    """Return an Ibis table as a stream: its rows have no order. One in DuckDB is a relation of that."""
    what = _told(given)
    try:
        backend = given.get_backend()
        if given.op().find(importlib.import_module("ibis.expr.operations").InMemoryTable):
            given.limit(0).to_pyarrow()  # by which Ibis puts what is in memory where the rest is
        relation = backend.con.sql(given.compile()) if backend.name == "duckdb" else None
    except Exception as error:
        raise failed(what, error) from error
    if relation is not None:
        return duckdb_stream(relation)

    def pieces(columns: Columns) -> Iterator[Opened]:
        names = list(given.columns)
        batches = given.select(wanted(columns, names)).to_pyarrow_batches(chunk_size=BATCH)
        for piece in numbered(in_bulk(batches), names, open_batch):
            yield evolve(piece, ordered=False)

    return Stream(
        "pyarrow",
        lambda columns: failing(what, pieces(columns)),
        again=False,
        engine=lambda: ibis_engine(given, what),
    )


def _told(given: Any) -> str:
    """Return what an Ibis table is called in messages; one that is worked out has no name."""
    try:
        return f"the Ibis table {given.get_name()!r}"
    except AttributeError:
        return "the Ibis table"
