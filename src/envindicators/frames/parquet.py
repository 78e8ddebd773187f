"""Reading Parquet files, batch by batch."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import define, evolve, field, frozen
from numpy.typing import NDArray

from envindicators.frames.arrow import holds_text, open_batch, range_indexes, read_column, signed_codes
from envindicators.frames.batches import BATCH, ahead, numbered, wanted
from envindicators.frames.column import Column
from envindicators.frames.stream import Columns, Opened


def text_columns(path: Path) -> dict[str, bool]:
    """Return the columns of a file, and whether they hold text."""
    schema = importlib.import_module("pyarrow.parquet").read_schema(path)
    return {column.name: holds_text(column.type) for column in schema}


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
                for batch in file.iter_batches(batch_size=BATCH, row_groups=[number], columns=asked):
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

    levels: list[str] = field(factory=list[str])
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
        self.levels.extend(texts.fresh)
        return Column("text", texts.codes, texts.missing, self.levels)
