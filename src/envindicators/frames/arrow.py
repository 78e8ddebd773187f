"""Reading pyarrow tables and arrow-backed columns. NaN is not null in arrow, and stays NaN."""

from __future__ import annotations

import importlib
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import evolve
from numpy.typing import NDArray

from envindicators.errors import UnreadableTable
from envindicators.frames.column import Column, coded, empty_column, from_objects, integers, plain_dates
from envindicators.frames.stream import Opened, reading
from envindicators.frames.stretches import spread, stretch_starts
from envindicators.words.message import Message


def open_arrow(table: Any) -> Opened:
    """Return a pyarrow table opened, with the index of the pandas frame that it was made from.

    Raises:
        UnreadableTable: if the table has other rows than that index.
    """
    opened, indexes = open_batch(table), range_indexes(table.schema)
    for name, index in indexes.items():
        if len(index) != table.num_rows:
            raise UnreadableTable(
                Message(
                    "the pyarrow table: its index {name!r} is a range of {expected} rows and it holds {rows}; make the "
                    "index a column (reset_index) before rows are taken out",
                    name=name,
                    expected=len(index),
                    rows=table.num_rows,
                ),
                kind="index",
            )

    def read(name: str) -> Column:
        if name not in indexes:
            return opened.columns(name)
        index = indexes[name]
        return Column("int", np.arange(index.start, index.stop, index.step))

    return evolve(opened, names=(*indexes, *opened.names), columns=read) if indexes else opened


def open_batch(table: Any) -> Opened:
    """Return a pyarrow table opened as its columns alone."""
    return Opened("pyarrow", tuple(table.column_names), table.num_rows, lambda name: read_column(table, name))


def range_indexes(schema: Any) -> dict[str, range]:
    """Return the named ranges that were the index of a pandas frame: pandas notes them beside the columns."""
    noted = (schema.metadata or {}).get(b"pandas")
    indexes = json.loads(noted).get("index_columns", []) if noted else []
    return {
        str(index["name"]): range(index["start"], index["stop"], index["step"])
        for index in indexes
        if isinstance(index, dict) and index.get("kind") == "range" and index.get("name") is not None
    }


def read_column(table: Any, name: str) -> Column:
    """Return a column of a table."""
    values = table.column(table.column_names.index(name))
    return reading(name, values.type, lambda: read_chunked(values))


def holds_text(kind: Any) -> bool:
    """Return whether an arrow type is text, plain or coded."""
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def read_chunked(values: Any, *, nan_is_missing: bool = False) -> Column:
    """Return an arrow array, chunked or not, as a column."""
    values = _stored(values if isinstance(values, pa.ChunkedArray) else pa.chunked_array([values]))
    kind = values.type
    if pa.types.is_null(kind) or values.null_count == len(values):
        return empty_column(len(values))
    if pa.types.is_dictionary(kind):
        if holds_text(kind):
            return _read_texts(values)
        taken = [chunk.dictionary.take(chunk.indices) for chunk in values.chunks]
        return read_chunked(pa.chunked_array(taken, kind.value_type), nan_is_missing=nan_is_missing)
    if holds_text(kind):
        if pa.types.is_string_view(kind):
            values = values.cast(pa.large_string())
        return _read_plain_texts(values)
    missing = ~_bits(values.chunks, 0) if values.null_count else None
    if pa.types.is_boolean(kind):
        return Column("bool", _bits(values.chunks, 1), missing)
    if pa.types.is_integer(kind):
        return integers(values.fill_null(0).to_numpy(), missing)
    if pa.types.is_floating(kind):
        # halves are not filled; what is missing in them comes as NaN
        filled = (values if pa.types.is_float16(kind) else values.fill_null(0.0)).to_numpy()
        if nan_is_missing:
            absent = np.isnan(filled) if missing is None else missing | np.isnan(filled)
            missing = absent if absent.any() else None
        return Column("float", filled, missing)
    return _read_objects(values)


def _stored(values: Any) -> Any:
    """Return run ends decoded, and types of extensions as the arrays that they are kept in."""
    kind = values.type
    if isinstance(kind, pa.BaseExtensionType):
        stored = pa.chunked_array([chunk.storage for chunk in values.chunks], kind.storage_type)
        return _stored(stored.cast(pa.bool_()) if kind.extension_name == "arrow.bool8" else stored)
    if pa.types.is_run_end_encoded(kind):
        decode = importlib.import_module("pyarrow.compute").run_end_decode
        return _stored(pa.chunked_array([decode(chunk) for chunk in values.chunks], kind.value_type))
    return values


def signed_codes(indices: Any) -> NDArray[Any]:
    """Return the indices of a dictionary array, -1 where one is missing."""
    if not pa.types.is_unsigned_integer(indices.type):
        return np.asarray(indices.fill_null(-1).to_numpy(zero_copy_only=False))
    codes: NDArray[Any] = indices.fill_null(0).to_numpy(zero_copy_only=False)
    codes = codes.astype({1: np.int16, 2: np.int32}.get(codes.itemsize, np.int64))
    if indices.null_count:
        codes[indices.is_null().to_numpy(zero_copy_only=False)] = -1
    return codes


def _read_plain_texts(values: Any) -> Column:
    """Return a chunked array of texts, each of which is looked up once for a stretch of rows that have it."""
    chunks = [chunk for chunk in values.chunks if len(chunk)]  # to encode them drops empty ones
    starts = [_starts(chunk) for chunk in chunks]
    heads = [chunk if own is None else chunk.take(own) for chunk, own in zip(chunks, starts, strict=True)]
    encoded = pa.chunked_array(heads).dictionary_encode().unify_dictionaries()
    codes = [signed_codes(chunk.indices) for chunk in encoded.chunks]
    every = [
        own if of_own is None else spread(own, of_own, len(chunk))
        for own, of_own, chunk in zip(codes, starts, chunks, strict=True)
    ]
    levels = encoded.chunk(0).dictionary.to_numpy(zero_copy_only=False).tolist()
    return _text(every[0] if len(every) == 1 else np.concatenate(every), levels)


def _starts(texts: Any) -> NDArray[np.int64] | None:
    """Return where stretches of equal texts begin, None if there are many of them."""
    differ = importlib.import_module("pyarrow.compute").not_equal

    def changes(start: int, end: int) -> NDArray[np.bool_]:
        # with a text that is missing it says neither: a stretch begins with each of those, and after it
        found = differ(texts[start:end], texts[start - 1 : end - 1])
        return np.asarray(found.fill_null(True).to_numpy(zero_copy_only=False))

    return stretch_starts(len(texts), changes)


def _text(codes: NDArray[Any], levels: Sequence[str]) -> Column:
    absent = codes < 0
    return Column("text", codes, absent if absent.any() else None, levels)


def _read_texts(values: Any) -> Column:
    """Return a chunked array of coded texts: the dictionaries may be unlike, repeat texts, and hold nulls."""
    index: dict[Any, int] = {None: -1}
    parts: list[NDArray[Any]] = []
    before, lookup = None, np.zeros(0, dtype=np.int64)
    for chunk in values.chunks:
        codes, own = signed_codes(chunk.indices), chunk.dictionary
        if before is None or not own.equals(before):
            codes_of = [index.setdefault(text, len(index) - 1) for text in own.to_pylist()]
            before, lookup = own, np.array([*codes_of, -1], dtype=np.int64)
        same = np.array_equal(lookup[:-1], np.arange(len(lookup) - 1))
        parts.append(codes if same else lookup[codes])
    del index[None]
    return _text(parts[0] if len(parts) == 1 else np.concatenate(parts), list(index))


def _read_objects(values: Any) -> Column:
    """Return anything else as Python objects, each made once where arrow can tell which are alike."""
    if pa.types.is_timestamp(values.type) and values.type.unit == "ns":
        values = values.cast(pa.timestamp("us", values.type.tz), safe=False)
    try:
        encoded = values.dictionary_encode().unify_dictionaries()
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        return from_objects(values.to_pylist())
    codes = [signed_codes(chunk.indices) for chunk in encoded.chunks]
    levels = encoded.chunk(0).dictionary.to_pylist()
    return coded(np.concatenate(codes), plain_dates(levels))


def _bits(chunks: Sequence[Any], number: int) -> NDArray[np.bool_]:
    """Return a buffer of bits as booleans: 0 tells which values are there, 1 holds the values of a flag."""
    found = [np.zeros(0, dtype=np.bool_)]
    for chunk in chunks:
        buffer = chunk.buffers()[number]
        if buffer is None:
            found.append(np.ones(len(chunk), dtype=np.bool_))
        else:
            bits = np.unpackbits(np.frombuffer(buffer, dtype=np.uint8), bitorder="little")
            found.append(bits[chunk.offset : chunk.offset + len(chunk)].view(np.bool_))
    return np.concatenate(found) if len(found) != 2 else found[1]
