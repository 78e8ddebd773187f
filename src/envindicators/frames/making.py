"""Making a frame of the kind that came in."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray


@frozen(eq=False)
class Coded:
    """A column of a result as codes into the values that it may hold.

    Args:
        codes: one a row, -1 for a missing value.
        levels: the values, in any order, perhaps with repetitions. Text is text in every backend; other
            values have the type that the backend gives them.
    """

    codes: NDArray[Any]
    levels: Sequence[Any]

    @property
    def is_text(self) -> bool:
        """Whether it holds text, which is so too where it holds nothing."""
        return all(isinstance(level, str) for level in self.levels)


@frozen(eq=False)
class Truths:
    """A column of a result that is true, false or missing: int8, 1, 0 or -1."""

    codes: NDArray[np.int8]


@frozen(eq=False)
class Whole:
    """A column of a result that holds whole numbers, 64 bits wide, some perhaps missing."""

    numbers: NDArray[np.int64]
    missing: NDArray[np.bool_]


ResultColumn = Coded | Truths | Whole | NDArray[np.float64]
"""A column of a result; an array holds floats, NaN where one is missing."""


def make_frame(backend: str, columns: Mapping[str, ResultColumn]) -> Any:
    """Return columns of one length as a frame of a backend, one of `BACKENDS`."""
    return _MAKERS[backend](columns)


def _rows(columns: Mapping[str, ResultColumn]) -> list[dict[str, Any]]:
    names = list(columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*map(_objects, columns.values()), strict=True)]


def _objects(column: ResultColumn) -> list[Any]:
    """Return a column as Python objects, None for a missing value."""
    if isinstance(column, Truths):
        return [(False, True, None)[code] for code in column.codes.tolist()]
    if isinstance(column, Coded):
        levels = [*column.levels, None]
        return [levels[code] for code in column.codes.tolist()]
    if isinstance(column, Whole):
        return [
            None if gone else number
            for number, gone in zip(column.numbers.tolist(), column.missing.tolist(), strict=True)
        ]
    return [None if value != value else value for value in column.tolist()]


def _pandas(columns: Mapping[str, ResultColumn]) -> Any:
    import pandas as pd

    text = "str" if pd.__version__ >= "3" else "object"

    def made(column: ResultColumn) -> Any:
        if isinstance(column, Truths):
            return pd.arrays.BooleanArray(column.codes == 1, column.codes < 0)
        if isinstance(column, Whole):
            return pd.arrays.IntegerArray(column.numbers, column.missing)
        if isinstance(column, Coded):
            # the last level is for what is missing, and there only where something is
            gaps = bool((column.codes < 0).any())
            levels = pd.Series(
                [*column.levels, *([None] if gaps else [])], dtype=text if column.is_text else None
            ).array
            return levels.take(np.where(column.codes < 0, len(column.levels), column.codes) if gaps else column.codes)
        return column

    return pd.DataFrame({name: made(column) for name, column in columns.items()}, copy=False)


def _polars(columns: Mapping[str, ResultColumn]) -> Any:
    pl = importlib.import_module("polars")

    def made(name: str, column: ResultColumn) -> Any:
        if isinstance(column, Truths):
            return pl.Series(name, _with_gaps(column.codes == 1, column.codes < 0), dtype=pl.Boolean)
        if isinstance(column, Whole):
            return pl.Series(name, _with_gaps(column.numbers, column.missing), dtype=pl.Int64)
        if isinstance(column, Coded):
            levels = pl.Series(name, [*column.levels, None], dtype=pl.String if column.is_text else None)
            return levels.gather(np.where(column.codes < 0, len(column.levels), column.codes).astype(np.uint32))
        return pl.Series(name, column, dtype=pl.Float64, nan_to_null=True)

    def _with_gaps(values: NDArray[Any], gaps: NDArray[np.bool_]) -> Any:
        series = pl.Series(values)
        return series.set(pl.Series(gaps), None) if gaps.any() else series

    return pl.DataFrame([made(name, column) for name, column in columns.items()])


def _arrow(columns: Mapping[str, ResultColumn]) -> Any:
    pa = importlib.import_module("pyarrow")

    def made(column: ResultColumn) -> Any:
        if isinstance(column, Truths):
            return pa.array(column.codes == 1, mask=column.codes < 0, type=pa.bool_())
        if isinstance(column, Whole):
            return pa.array(column.numbers, mask=column.missing, type=pa.int64())
        if isinstance(column, Coded):
            large = any(isinstance(level, int) and level >= 2**63 for level in column.levels)
            kind = pa.string() if column.is_text else pa.uint64() if large else None
            codes = pa.array(column.codes, mask=column.codes < 0)
            return pa.array(list(column.levels), type=kind).take(codes)
        return pa.array(column, type=pa.float64(), from_pandas=True)

    return pa.table({name: made(column) for name, column in columns.items()})


_MAKERS: Mapping[str, Callable[[Mapping[str, ResultColumn]], Any]] = {
    "pandas": _pandas,
    "polars": _polars,
    "pyarrow": _arrow,
    "rows": _rows,
}

BACKENDS = tuple(_MAKERS)
