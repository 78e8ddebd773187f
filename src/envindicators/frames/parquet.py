"""Reading Parquet files, batch by batch."""

from __future__ import annotations

import functools
import importlib
import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import define, evolve, field, frozen
from numpy.typing import NDArray

from envindicators.frames.arrow import holds_text, range_indexes, read_column, signed_codes
from envindicators.frames.batches import ahead, numbered, wanted
from envindicators.frames.column import Column, Texts
from envindicators.frames.engine import Engine, duckdb_engine
from envindicators.frames.hive import folder_values
from envindicators.frames.stream import Columns, Opened


def text_columns(path: Path) -> dict[str, bool]:
    """Return the columns of a file, and whether they hold text."""
    schema = importlib.import_module("pyarrow.parquet").read_schema(path)
    return {column.name: holds_text(column.type) for column in schema}


_BATCH = 350_000
"""How many rows are read at a time: a third of a row group as most writers make them. Of a whole one pyarrow 26 reads
one column after another, and much less stays in the cache."""

_READERS = 2
"""So many threads read a share of the columns each."""

_DICTIONARY = 1 << 20
_BYTES_A_CODE = 4
"""So many bytes a dictionary in a file takes at most, as most writers have it, and a code."""


def row_count(paths: Sequence[Path]) -> int:
    """Return how many rows some files have, as they say."""
    read_metadata = importlib.import_module("pyarrow.parquet").read_metadata
    return sum(read_metadata(path).num_rows for path in paths)


_FOLDERS = 256
"""Of files in more folders that say something, the rows are read."""


def parquet_engine(paths: Sequence[Path], text: Collection[str]) -> Engine | None:
    """Return DuckDB with the rows of some files, or None where it is not installed or might read them otherwise.

    So it might where the files are not alike, where names differ in case only, and where a column is told by an index
    that pandas only described, by a folder beside the file, or as text though it is not.

    Args:
        paths: the files.
        text: the columns that are text, whatever their type.
    """
    try:
        duckdb = importlib.import_module("duckdb")
    except ImportError:
        return None
    read_schema = importlib.import_module("pyarrow.parquet").read_schema
    schemas = [read_schema(path) for path in paths]
    first, values = schemas[0], folder_values(paths, text)
    names = [*first.names, *values[0]]
    typed_otherwise = any(name in text and not holds_text(first.field(name).type) for name in first.names)
    if (
        any(not schema.equals(first) or range_indexes(schema) for schema in schemas)
        or len({name.casefold() for name in names}) < len(names)
        or any(list(of_path) != list(values[0]) for of_path in values)
        or typed_otherwise
    ):
        return None
    folders: dict[tuple[Any, ...], list[str]] = {}
    for path, of_path in zip(paths, values, strict=True):
        folders.setdefault(tuple(of_path.values()), []).append(_literally(path))
    if len(folders) > _FOLDERS:
        return None
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")  # else it tells nothing
    parts = [
        connection.read_parquet(files, hive_partitioning=False).project(
            ", ".join(
                ["*", *(f"{_literal(value)} AS {_quoted(name)}" for name, value in zip(values[0], said, strict=True))]
            )
        )
        for said, files in folders.items()
    ]
    sources = tuple(map(str, paths)) if len(paths) > 1 else (None,)
    engine = duckdb_engine(functools.reduce(lambda one, other: one.union(other), parts), "the Parquet files", sources)

    def share() -> float | None:
        percent: float = connection.query_progress()
        return None if percent < 0 else percent / 100

    return evolve(engine, share=share)


def _literally(path: Path) -> str:
    """Return a path as a pattern that matches nothing else."""
    return "".join(f"[{character}]" if character in "*?[" else character for character in os.fspath(path))


def _literal(value: str | int | None) -> str:
    if value is None:
        return "NULL::VARCHAR"
    return f"{value}::BIGINT" if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@frozen(eq=False)
class _Batch:
    """Some columns of a batch that have been read: those of text as codes, and others; and the rows of the rest."""

    length: int
    texts: dict[str, _Texts]
    others: dict[str, Column]
    rest: Any


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
        schema, rows, written = file.schema_arrow, file.metadata.num_rows, _written_out(file.metadata)
    indexes = range_indexes(schema)
    names = [*indexes, *schema.names]
    asked = [name for name in wanted(columns, names) if name in schema.names] or schema.names[:1]
    single = [name for name in asked if schema.names.count(name) == 1]
    coded = [name for name in single if holds_text(schema.field(name).type)]
    for name in coded:
        texts.setdefault(name, Dictionary())
    as_codes = [name for name in coded if not pa.types.is_dictionary(schema.field(name).type) and name not in written]

    def batches(of: list[str]) -> Iterator[_Batch]:
        with pq.ParquetFile(path, read_dictionary=as_codes) as file:
            for number in range(file.num_row_groups):
                for batch in file.iter_batches(_BATCH, [number], of):
                    table = pa.Table.from_batches([batch])
                    read = {name: texts[name].read(table.column(name)) for name in of if name in coded}
                    others = {name: read_column(table, name) for name in of if name in single and name not in read}
                    yield _Batch(len(batch), read, others, table.drop_columns([*read, *others]))

    def opened(parts: Sequence[_Batch]) -> Opened:
        kept = {name: column for part in parts for name, column in part.others.items()}
        kept |= {name: texts[name].column(read) for part in parts for name, read in part.texts.items()}
        rest = {name: part.rest for part in parts for name in part.rest.column_names}
        held = (*kept, *(name for part in parts for name in part.rest.column_names))

        def read_one(name: str) -> Column:
            return kept[name] if name in kept else read_column(rest[name], name)

        return Opened("pyarrow", held, parts[0].length, read_one)

    readers = [ahead(batches(asked[start::_READERS])) for start in range(min(_READERS, len(asked)))]
    every = zip(*readers, strict=True) if rows else iter([[_Batch(0, {}, {}, schema.empty_table())]])
    for piece in numbered(every, names[len(indexes) :], opened, source):
        yield _indexed(piece, indexes) if indexes else piece
    pa.default_memory_pool().release_unused()


def _written_out(metadata: Any) -> set[str]:
    """Return the columns that take more bytes than codes would: their texts are written out, row by row."""
    columns = [
        metadata.row_group(number).column(place)
        for number in range(metadata.num_row_groups)
        for place in range(metadata.num_columns)
    ]
    size, rows = dict[str, int](), dict[str, int]()
    for column in columns:
        name = column.path_in_schema
        size[name] = size.get(name, -_DICTIONARY) + column.total_uncompressed_size
        rows[name] = rows.get(name, 0) + column.num_values
    return {name for name, length in size.items() if length > _BYTES_A_CODE * rows[name]}


def _indexed(piece: Opened, indexes: dict[str, range]) -> Opened:
    """Return a batch with the index of the pandas frame that was written, which the file only describes."""
    start = 0 if piece.places is None or not len(piece.places) else int(piece.places[0])

    def read(name: str) -> Column:
        if name not in indexes:
            return piece.columns(name)
        values = indexes[name][start : start + piece.length]
        return Column("int", np.arange(values.start, values.stop, values.step))

    held = None if piece.held is None else piece.held | indexes.keys()
    return evolve(piece, names=(*indexes, *piece.names), columns=read, held=held)


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

    levels: Texts = field(factory=Texts)
    _known: Any = field(factory=lambda: pa.array([], type=pa.large_string()))

    def read(self, given: Any) -> _Texts:
        """Return a chunked column of text, coded or plain."""
        (chunk,) = given.chunks
        coded = pa.types.is_dictionary(chunk.type)
        own = (chunk.dictionary if coded else chunk).cast(pa.large_string())
        index_in = importlib.import_module("pyarrow.compute").index_in
        places = index_in(own, value_set=self._known)
        fresh = own.filter(places.is_null()).unique().drop_null() if places.null_count else own[:0]
        if len(fresh):
            self._known = pa.concat_arrays([self._known, fresh])
            places = index_in(own, value_set=self._known)
        codes = places.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
        if coded:
            codes = np.append(codes, np.int32(-1))[signed_codes(chunk.indices)]
        missing = codes < 0
        return _Texts(codes, missing if missing.any() else None, fresh.to_numpy(zero_copy_only=False).tolist())

    def column(self, texts: _Texts) -> Column:
        """Return a batch, the next in turn, as a column."""
        self.levels.grow(texts.fresh)
        return Column("text", texts.codes, texts.missing, self.levels)
