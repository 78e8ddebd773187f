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

from envindicators.frames.arrow import holds_text, open_batch, range_indexes, read_column, signed_codes
from envindicators.frames.batches import ahead, numbered, wanted
from envindicators.frames.column import Column, Texts
from envindicators.frames.engine import Engine, duckdb_engine
from envindicators.frames.hive import folder_values
from envindicators.frames.stream import Columns, Opened


def text_columns(path: Path) -> dict[str, bool]:
    """Return the columns of a file, and whether they hold text."""
    schema = importlib.import_module("pyarrow.parquet").read_schema(path)
    return {column.name: holds_text(column.type) for column in schema}


_BATCH = 1 << 18
"""How many rows are read at a time: of more, pyarrow 26 reads one column after another where a row group is no larger,
and much less stays in the cache."""


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
    """A batch that has been read: its rows, its columns of text as codes, and its other columns."""

    rows: Any
    texts: dict[str, _Texts]
    others: dict[str, Column]


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
    indexes = range_indexes(schema)
    names = [*indexes, *schema.names]
    asked = [name for name in wanted(columns, names) if name in schema.names] or schema.names[:1]
    single = [name for name in asked if schema.names.count(name) == 1]
    coded = [name for name in single if holds_text(schema.field(name).type)]
    for name in coded:
        texts.setdefault(name, Dictionary())
    plain = [name for name in coded if not pa.types.is_dictionary(schema.field(name).type)]
    with pq.ParquetFile(path, read_dictionary=plain) as file:

        def batches() -> Iterator[_Batch]:
            for number in range(file.num_row_groups):
                for batch in file.iter_batches(batch_size=_BATCH, row_groups=[number], columns=asked):
                    table = pa.Table.from_batches([batch])
                    read = {name: texts[name].read(table.column(name)) for name in coded}
                    others = {name: read_column(table, name) for name in single if name not in read}
                    yield _Batch(table, read, others)

        def opened(batch: _Batch) -> Opened:
            found = open_batch(batch.rows)
            kept = batch.others | {name: texts[name].column(read) for name, read in batch.texts.items()}
            return evolve(found, columns=lambda name: kept[name] if name in kept else found.columns(name))

        none = _Batch(schema.empty_table(), {}, {})
        pieces = numbered(
            ahead(batches() if file.metadata.num_rows else iter([none])), names[len(indexes) :], opened, source
        )
        for piece in pieces:
            yield _indexed(piece, indexes) if indexes else piece


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
        (chunk,) = (given if pa.types.is_dictionary(given.type) else given.dictionary_encode()).chunks
        index_in = importlib.import_module("pyarrow.compute").index_in
        own = chunk.dictionary.cast(pa.large_string())
        places = index_in(own, value_set=self._known)
        fresh = own.filter(places.is_null()).unique().drop_null()
        if len(fresh):
            self._known = pa.concat_arrays([self._known, fresh])
            places = index_in(own, value_set=self._known)
        lookup = np.append(places.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32), np.int32(-1))
        codes = lookup[signed_codes(chunk.indices)]
        missing = codes < 0
        return _Texts(codes, missing if missing.any() else None, fresh.to_numpy(zero_copy_only=False).tolist())

    def column(self, texts: _Texts) -> Column:
        """Return a batch, the next in turn, as a column."""
        self.levels.grow(texts.fresh)
        return Column("text", texts.codes, texts.missing, self.levels)
