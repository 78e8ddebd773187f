"""Reading pyarrow tables and arrow-backed columns. NaN is not null in arrow, and stays NaN."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from envindicators.frames.column import Column, coded, empty_column, from_objects, integers
from envindicators.frames.stream import Opened


def open_arrow(table: Any) -> Opened:
    """Return a pyarrow table opened."""
    names = tuple(table.column_names)
    return Opened("pyarrow", names, table.num_rows, lambda name: read_chunked(table.column(names.index(name))))


def read_chunked(values: Any, *, nan_is_missing: bool = False) -> Column:
    """Return an arrow array, chunked or not, as a column."""
    kind = values.type
    if pa.types.is_null(kind):
        return empty_column(len(values))
    if values.null_count == len(values):
        return empty_column(len(values))
    chunks = values.chunks if isinstance(values, pa.ChunkedArray) else [values]
    missing = ~_bits(chunks, 0) if values.null_count else None
    if pa.types.is_boolean(kind):
        return Column("bool", _bits(chunks, 1), missing)
    if pa.types.is_integer(kind):
        return integers(_numpy(values.fill_null(0)), missing)
    if pa.types.is_floating(kind):
        filled = _numpy(values.fill_null(0.0)).astype(np.float64, copy=False)
        if nan_is_missing:
            absent = np.isnan(filled) if missing is None else missing | np.isnan(filled)
            missing = absent if absent.any() else None
        return Column("float", filled, missing)
    if pa.types.is_dictionary(kind):
        levels = _distinct_levels(values)
        if levels is not None:
            chunk = values.chunk(0) if isinstance(values, pa.ChunkedArray) else values
            return Column("text", _numpy(chunk.indices.fill_null(-1)), missing, levels)
        values = values.cast(kind.value_type)
        kind = values.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        encoded = values.dictionary_encode()
        if isinstance(encoded, pa.ChunkedArray):
            encoded = encoded.unify_dictionaries().combine_chunks()
            encoded = encoded if isinstance(encoded, pa.Array) else pa.concat_arrays(encoded.chunks)
        return coded(_numpy(encoded.indices.fill_null(-1)), encoded.dictionary.to_numpy(zero_copy_only=False).tolist())
    return from_objects(values.to_pylist())


def _distinct_levels(values: Any) -> list[Any] | None:
    """Return the values of a dictionary of text, or None where it holds one twice or none, or there are several."""
    if isinstance(values, pa.ChunkedArray):
        if values.num_chunks != 1:
            return None
        values = values.chunk(0)
    levels = values.dictionary
    if levels.null_count or not (pa.types.is_string(levels.type) or pa.types.is_large_string(levels.type)):
        return None
    found = levels.to_numpy(zero_copy_only=False).tolist()
    return found if len(set(found)) == len(found) else None


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


def _numpy(values: Any) -> Any:
    return values.to_numpy() if isinstance(values, pa.ChunkedArray) else values.to_numpy(zero_copy_only=False)
