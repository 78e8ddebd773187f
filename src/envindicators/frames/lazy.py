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

import numpy as np
import pyarrow as pa
from attrs import define, evolve, field, frozen
from numpy.typing import NDArray

from envindicators.errors import UnreadableTable
from envindicators.frames.arrow import open_arrow, read_chunked
from envindicators.frames.column import Column
from envindicators.frames.stream import Columns, Opened, Stream

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


def parquet_pieces(path: Path, columns: Columns, source: str | None, texts: dict[str, Dictionary]) -> Iterator[Opened]:
    """Yield the batches of a Parquet file, a row group or a part of one each.

    Text is read as codes, as it stands in the file, and turned into codes of one dictionary for all batches.

    Args:
        path: the file.
        columns: which columns are read.
        source: the file, where there are several.
        texts: the dictionaries of the table's text columns, which grow.
    """
    pq = importlib.import_module("pyarrow.parquet")
    with pq.ParquetFile(path) as file:
        schema = file.schema_arrow
        names = list(schema.names)
        wanted = _wanted(columns, names)
        coded = [name for name in wanted if names.count(name) == 1 and _is_text(schema.field(name).type)]
    for name in coded:
        texts.setdefault(name, Dictionary())
    with pq.ParquetFile(path, read_dictionary=coded) as file:
        once = [name for name in wanted if names.count(name) == 1 and name not in coded]

        def tables() -> Iterator[tuple[Any, dict[str, _Texts], dict[str, Column]]]:
            for number in range(file.num_row_groups):
                for batch in file.iter_batches(batch_size=BATCH, row_groups=[number], columns=wanted):
                    table = pa.Table.from_batches([batch])
                    read = {name: texts[name].read(table.column(name)) for name in coded}
                    yield table, read, {name: read_chunked(table.column(name)) for name in once}

        def opened(given: tuple[Any, dict[str, _Texts], dict[str, Column]]) -> Opened:
            table, read, rest = given
            found = open_arrow(table)
            kept = rest | {name: texts[name].column(each) for name, each in read.items()}
            return evolve(found, columns=lambda name: kept[name] if name in kept else found.columns(name))

        none: list[tuple[Any, dict[str, _Texts], dict[str, Column]]] = [(schema.empty_table(), {}, {})]
        yield from _numbered(ahead(tables() if file.metadata.num_rows else iter(none)), names, opened, source)


@frozen(eq=False)
class _Texts:
    """A batch of texts as codes into a `Dictionary`, and those that it has beyond the batches before."""

    codes: NDArray[np.int32]
    missing: NDArray[np.bool_] | None
    fresh: list[str]


@define
class Dictionary:
    """The texts of one column, over all the batches of a table: those of a new batch are added at the end.

    Batches are read ahead in a thread; what is new in them is added to ``levels`` when their turn comes.

    Args:
        levels: the texts of the batches so far.
    """

    levels: list[str] = field(factory=list[str])
    _known: Any = field(factory=lambda: pa.array([], type=pa.large_string()))

    def read(self, given: Any) -> _Texts:
        """Return a chunked column of text, coded or plain."""
        (chunk,) = (
            (given if pa.types.is_dictionary(given.type) else given.dictionary_encode()).unify_dictionaries().chunks
        )
        index_in = importlib.import_module("pyarrow.compute").index_in
        own = chunk.dictionary.cast(pa.large_string())
        places = index_in(own, value_set=self._known)
        fresh = own.filter(places.is_null()).unique().drop_null()
        if len(fresh):
            self._known = pa.concat_arrays([self._known, fresh])
            places = index_in(own, value_set=self._known)
        lookup = np.append(places.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32), np.int32(-1))
        codes = lookup[chunk.indices.fill_null(-1).to_numpy(zero_copy_only=False)]
        missing = codes < 0
        return _Texts(codes, missing if missing.any() else None, fresh.to_numpy(zero_copy_only=False).tolist())

    def column(self, texts: _Texts) -> Column:
        """Return a batch, the next in turn, as a column."""
        self.levels.extend(texts.fresh)
        return Column("text", texts.codes, texts.missing, self.levels)


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
    polars_frames = importlib.import_module("envindicators.frames.polars")

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
