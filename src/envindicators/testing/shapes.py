"""The shapes that a frame may have: cut, sliced, filtered, indexed, and always the same rows."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

Columns = Mapping[str, Sequence[Any]]
"""Values by the name of their column."""

Kinds = Mapping[str, str]
"""By the name of each column ``"text"``, ``"int"``, ``"bool"``, or ``"code"`` for whole numbers that are a key."""

Shape = Callable[[Any, Columns, Kinds], Any]
"""What takes a function that makes a frame of columns, and the columns, and returns a frame of the same rows."""


def _padded(data: Columns, kinds: Kinds, *, between: bool = False) -> Columns:
    """Return columns with rows that are to be taken out again: at both ends, or a row before each."""
    others = {"text": "taken out again", "bool": None, "int": 1, "code": 1}
    return {
        name: [each for value in values for each in (others[kinds[name]], value)]
        if between
        else [others[kinds[name]], *values, others[kinds[name]]]
        for name, values in data.items()
    }


def reversed_columns(make: Any, data: Columns, kinds: Kinds) -> Any:
    """Return a frame with its columns in the other order."""
    return make(dict(list(data.items())[::-1]), kinds)


def _slices(make: Any, data: Columns, kinds: Kinds, slices: Any) -> Any:
    return slices(make(_padded(data, kinds), kinds))


def _length(data: Columns) -> int:
    return len(next(iter(data.values())))


def _with_index(index: Any) -> Any:
    def shape(make: Any, data: Columns, kinds: Kinds) -> Any:
        frame = make(data, kinds)
        return frame.set_axis(index(len(frame)), axis="index")

    return shape


def _pandas_backwards(make: Any, data: Columns, kinds: Kinds) -> Any:
    return make({name: values[::-1] for name, values in data.items()}, kinds).iloc[::-1]


def _read_only(make: Any, data: Columns, kinds: Kinds) -> Any:
    frame = make(data, kinds)
    for name in frame.columns[[dtype in ("int64", "float64", "bool") for dtype in frame.dtypes]]:
        values = frame[name].to_numpy()
        values.flags.writeable = False
        frame[name] = pd.Series(values, index=frame.index, copy=False)
    return frame


PANDAS_SHAPES = {
    "columns reversed": reversed_columns,
    "slice": lambda make, data, kinds: _slices(make, data, kinds, lambda frame: frame.iloc[1:-1]),
    "filtered": lambda make, data, kinds: make(_padded(data, kinds, between=True), kinds).loc[
        lambda frame: [number % 2 == 1 for number in range(len(frame))]
    ],
    "every second row": lambda make, data, kinds: make(_padded(data, kinds, between=True), kinds).iloc[1::2],
    "backwards": _pandas_backwards,
    "index twice the same": _with_index(lambda length: [7] * length),
    "index of text": _with_index(lambda length: [f"dòng {number}" for number in range(length)]),
    "index of pairs": _with_index(
        lambda length: pd.MultiIndex.from_arrays([[n // 2 for n in range(length)], ["x"] * length])
    ),
    "index of floats": _with_index(lambda length: [number / 2 for number in range(length)]),
    "read only": _read_only,
}


def _polars_chunks(make: Any, data: Columns, kinds: Kinds) -> Any:
    pl = importlib.import_module("polars")
    frame = make(data, kinds)
    return pl.concat([frame[:1], frame[1:1], frame[1:]], rechunk=False)


POLARS_SHAPES = {
    "columns reversed": reversed_columns,
    "slice": lambda make, data, kinds: _slices(make, data, kinds, lambda frame: frame[1:-1]),
    "filtered": lambda make, data, kinds: make(_padded(data, kinds, between=True), kinds).filter(
        [row % 2 == 1 for row in range(2 * _length(data))]
    ),
    "chunks": _polars_chunks,
}


def _cut(make: Any, data: Columns, kinds: Kinds) -> Any:
    """Return a table of a row, a table of none, and the rest."""
    pa = importlib.import_module("pyarrow")
    whole = make(data, kinds)
    return pa.concat_tables([whole.slice(0, 1), whole.slice(1, 0), whole.slice(1)])


def _cut_by_column(make: Any, data: Columns, kinds: Kinds) -> Any:
    """Return a table of which every column is cut elsewhere."""
    pa = importlib.import_module("pyarrow")
    whole = make(data, kinds)
    cuts = {}
    for place, name in enumerate(whole.column_names):
        column = pa.chunked_array(whole.column(name).chunks, whole.column(name).type)
        at = place % (len(column) + 1)
        cuts[name] = pa.chunked_array([*column.slice(0, at).chunks, *column.slice(at).chunks], column.type)
    return pa.table(cuts)


def _every_second(make: Any, data: Columns, kinds: Kinds) -> Any:
    pa = importlib.import_module("pyarrow")
    whole = make(_padded(data, kinds, between=True), kinds)
    return pa.concat_tables([whole.slice(0, 0), *(whole.slice(row, 1) for row in range(1, whole.num_rows, 2))])


ARROW_SHAPES = {
    "columns reversed": reversed_columns,
    "slice": lambda make, data, kinds: _slices(make, data, kinds, lambda table: table.slice(1, table.num_rows - 2)),
    "chunks": _cut,
    "chunks by column": _cut_by_column,
    "every second row": _every_second,
}
