"""Making a frame of the kind that came in."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from envindicators.errors import OptionError

ColumnType = Literal["text", "int", "float", "bool", "key"]
"""What a result column holds. Text, int, float and bool are the same types in every backend; a column
of keys has the type that its values have."""

BACKENDS = ("pandas", "polars", "pyarrow", "rows")


def make_frame(backend: str, data: Mapping[str, Sequence[Any]], types: Mapping[str, ColumnType]) -> Any:
    """Return columns as a frame.

    Args:
        backend: ``"pandas"``, ``"polars"``, ``"pyarrow"``, or ``"rows"`` for a list of dicts.
        data: the columns, None where a value is missing.
        types: what each column holds.

    Raises:
        ValueError: for another backend.
    """
    if backend == "rows":
        names = list(data)
        return [dict(zip(names, row, strict=True)) for row in zip(*data.values(), strict=True)]
    if backend == "pandas":
        return _pandas(data, types)
    if backend == "polars":
        return _polars(data, types)
    if backend == "pyarrow":
        return _arrow(data, types)
    raise OptionError(f"backend is {backend!r}; expected one of {', '.join(map(repr, BACKENDS))}")


def _pandas(data: Mapping[str, Sequence[Any]], types: Mapping[str, ColumnType]) -> Any:
    import pandas as pd

    dtypes = {
        "text": "str" if pd.__version__ >= "3" else "object",
        "int": "Int64",
        "float": "float64",
        "bool": "boolean",
    }
    series: dict[str, Any] = {}
    for name, values in data.items():
        kind = types[name]
        if kind == "key":
            series[name] = pd.Series(list(values)) if len(values) else pd.Series(values, dtype="object")
        else:
            series[name] = pd.Series(list(values), dtype=dtypes[kind])
    return pd.DataFrame(series, columns=list(data))


def _polars(data: Mapping[str, Sequence[Any]], types: Mapping[str, ColumnType]) -> Any:
    pl = importlib.import_module("polars")
    dtypes = {"text": pl.String, "int": pl.Int64, "float": pl.Float64, "bool": pl.Boolean}
    return pl.DataFrame(
        [
            pl.Series(name, list(values), dtype=None if types[name] == "key" else dtypes[types[name]])
            for name, values in data.items()
        ]
    )


def _arrow(data: Mapping[str, Sequence[Any]], types: Mapping[str, ColumnType]) -> Any:
    pa = importlib.import_module("pyarrow")
    dtypes = {"text": pa.string(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}

    def column(values: list[Any], kind: ColumnType) -> Any:
        if kind != "key":
            return pa.array(values, type=dtypes[kind])
        large = any(isinstance(value, int) and value >= 2**63 for value in values)
        return pa.array(values, type=pa.uint64() if large else None)

    return pa.table({name: column(list(values), types[name]) for name, values in data.items()})
