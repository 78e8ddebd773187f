"""Tables that are larger than memory, batch by batch: Parquet files, lazy frames, relations, datasets.

Engines only hand out their rows, in batches of some hundred thousand; what is made of them is made in one
place, so that no engine can make something else of them.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa

from envindicators.errors import UnreadableTable
from envindicators.frames.arrow_frames import open_arrow
from envindicators.frames.opened import Columns, Opened, Stream

BATCH = 1 << 20
"""How many rows are asked for at a time."""

Item = TypeVar("Item")

_END: Any = object()


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Yield items, while the next one is fetched in a thread of its own."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        pending = pool.submit(next, items, _END)
        while (item := pending.result()) is not _END:
            pending = pool.submit(next, items, _END)
            yield item


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


def _numbered(
    frames: Iterable[Any], names: Sequence[str], open_one: Callable[[Any], Opened], source: str | None = None
) -> Iterator[Opened]:
    """Yield batches opened, their rows numbered from the first batch on; none of them if there are none."""
    offset = 0
    for frame in frames:
        piece = open_one(frame).of_wider(names).at(source, offset)
        offset += piece.length
        yield piece


def _wanted(columns: Columns, names: Sequence[str]) -> list[str]:
    """Return the columns to read; of none of them the first, for the number of rows."""
    return list(columns(names)) or list(names[:1])


def _failing(what: str, pieces: Iterator[Opened]) -> Iterator[Opened]:
    """Yield pieces; raise `UnreadableTable` where an engine cannot make one."""
    try:
        yield from pieces
    except UnreadableTable:
        raise
    except Exception as error:
        first = next(iter(str(error).splitlines()), "")
        raise UnreadableTable(f"{what}: cannot be read ({type(error).__name__}: {first})") from error


def parquet_pieces(path: Path, columns: Columns, source: str | None) -> Iterator[Opened]:
    """Yield the batches of a Parquet file. Text is read as codes, as it stands in the file."""
    pq = importlib.import_module("pyarrow.parquet")
    with pq.ParquetFile(path) as file:
        schema = file.schema_arrow
        names = list(schema.names)
        wanted = _wanted(columns, names)
        texts = [name for name in wanted if names.count(name) == 1 and _is_text(schema.field(name).type)]
    with pq.ParquetFile(path, read_dictionary=texts) as file:
        found = file.iter_batches(batch_size=BATCH, columns=wanted)
        tables = (pa.Table.from_batches([batch]) for batch in found)
        empty = not file.metadata.num_rows
        yield from _numbered(ahead(iter([schema.empty_table()] if empty else tables)), names, open_arrow, source)


def _is_text(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def arrow_stream(given: Any) -> Stream:
    """Return a pyarrow dataset, scanner or record batch reader as a stream."""
    if hasattr(given, "to_batches") and hasattr(given, "scanner"):

        def scanned(columns: Columns) -> Iterator[Opened]:
            names = given.schema.names
            scanner = given.scanner(columns=_wanted(columns, names), batch_size=BATCH)
            found = _numbered(ahead(in_bulk(scanner.to_batches())), names, open_arrow)
            return _failing("the pyarrow dataset", found)

        return Stream("pyarrow", scanned)

    def once(_: Columns) -> Iterator[Opened]:
        reader = given.to_reader() if hasattr(given, "to_reader") else given
        return _failing("the pyarrow reader", _numbered(in_bulk(reader), reader.schema.names, open_arrow))

    return Stream("pyarrow", once, again=False)


def polars_stream(given: Any) -> Stream:
    """Return a polars LazyFrame as a stream."""
    polars_frames = importlib.import_module("envindicators.frames.polars_frames")

    def pieces(columns: Columns) -> Iterator[Opened]:
        names = given.collect_schema().names()
        batches = given.select(_wanted(columns, names)).collect_batches(
            chunk_size=BATCH, maintain_order=True, engine="streaming"
        )
        yield from _numbered(ahead(iter(batches)), names, polars_frames.open_polars)

    return Stream("polars", lambda columns: _failing("the polars LazyFrame", pieces(columns)))


def duckdb_stream(given: Any) -> Stream:
    """Return a DuckDB relation as a stream."""

    def pieces(columns: Columns) -> Iterator[Opened]:
        names = list(given.columns)
        quoted = ", ".join('"' + name.replace('"', '""') + '"' for name in _wanted(columns, names))
        reader = given.project(quoted).to_arrow_reader(BATCH)
        yield from _numbered(ahead(in_bulk(reader)), names, open_arrow)

    return Stream("pyarrow", lambda columns: _failing("the DuckDB relation", pieces(columns)))
