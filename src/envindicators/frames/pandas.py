"""Reading pandas frames: numpy, nullable, arrow and object dtypes, and the named levels of their index."""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

import numpy as np
import pandas as pd

from envindicators.frames.column import (
    Column,
    coded,
    empty_column,
    from_objects,
    integers,
    plain_dates,
)
from envindicators.frames.objects import flags_of, shared_objects
from envindicators.frames.stream import Opened, reading


def open_pandas(frame: pd.DataFrame) -> Opened:
    """Return a pandas frame opened. Named levels of its index are columns, as ``reset_index`` would have them."""
    index = frame.index
    levels = [(level, str(name)) for level, name in enumerate(index.names) if name is not None]
    labels = list(frame.columns)
    columns = [str(name) for name in labels]
    unlike = len(set(columns)) == len(columns)
    level_of = {name: level for level, name in levels}

    def read(name: str) -> Column:
        if name in level_of:
            values = index.get_level_values(level_of[name])
            return reading(name, values.dtype, lambda: _read_index(index, level_of[name]))
        # by its label, where that is only its own: ten times as fast as by its position
        place = columns.index(name)
        series = frame[labels[place]] if unlike else frame.iloc[:, place]
        return reading(name, series.dtype, lambda: read_series(series))

    return Opened("pandas", (*(name for _, name in levels), *columns), len(frame), read)


def _read_index(index: Any, level: int) -> Column:
    if isinstance(index, pd.MultiIndex):
        values = read_series(pd.Series(index.levels[level]))
        return _taken(values, np.asarray(index.codes[level]))
    return read_series(pd.Series(index))


def _taken(levels: Column, codes: Any) -> Column:
    absent = codes < 0
    if levels.kind == "empty":
        return empty_column(len(codes))
    if levels.missing is not None:
        absent |= levels.missing[codes]
    values = levels.values[codes]
    missing = absent if absent.any() else None
    if levels.kind == "text" and missing is not None:
        values = np.where(missing, -1, values)
    return Column(levels.kind, values, missing, levels.levels)


def read_series(series: pd.Series[Any]) -> Column:
    """Return a pandas series as a column. NaN is a missing value, as everywhere in pandas."""
    dtype = series.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        categories = dtype.categories
        # dates that are all midnight are dates, as in a column that is no category
        plain = _objects(pd.Series(categories)) if categories.dtype.kind == "M" else categories.tolist()
        return coded(series.cat.codes.to_numpy(), plain)
    if isinstance(dtype, pd.SparseDtype):
        return read_series(pd.Series(np.asarray(series.array)))
    if isinstance(dtype, pd.ArrowDtype):
        return _read_arrow(series.array.__arrow_array__(), nan_is_missing=True)
    if isinstance(dtype, pd.StringDtype):
        return _read_texts(series)
    if pd.api.types.is_object_dtype(dtype):
        return _read_objects(series)
    if pd.api.types.is_extension_array_dtype(dtype):
        return _read_masked(series)
    values = series.to_numpy()
    if dtype.kind == "b":
        return Column("bool", values)
    if dtype.kind in "iu":
        return integers(values, None)
    if dtype.kind == "f":
        return _floats(values, np.isnan(values))
    return _read_distinct(series)


def _read_arrow(values: Any, *, nan_is_missing: bool = False) -> Column:
    from envindicators.frames.arrow import read_chunked

    return read_chunked(values, nan_is_missing=nan_is_missing)


def _floats(values: Any, missing: Any) -> Column:
    wide = values.astype(np.float64) if values.dtype.itemsize > np.float64().itemsize else values
    return Column("float", wide, missing if missing.any() else None)


def _read_texts(series: pd.Series[Any]) -> Column:
    if _has_pyarrow():
        return _read_arrow(series.array.__arrow_array__())
    codes, levels = pd.factorize(series)
    return Column("text", codes, codes < 0 if (codes < 0).any() else None, [str(level) for level in levels])


def _read_objects(series: pd.Series[Any]) -> Column:
    """Return objects as a column. Where all of them are text, they are compared in C."""
    values = series.to_numpy()
    known = flags_of(values, (None, np.nan, pd.NA, pd.NaT)) or shared_objects(values)
    if known is not None:
        return known
    if pd.api.types.infer_dtype(values, skipna=True) == "string" and _has_pyarrow():
        pa = importlib.import_module("pyarrow")
        return _read_arrow(pa.array(values, type=pa.large_string(), from_pandas=True))
    return from_objects(values.tolist())


def _has_pyarrow() -> bool:
    return importlib.util.find_spec("pyarrow") is not None


def _read_distinct(series: pd.Series[Any]) -> Column:
    """Return values of any type as Python objects, each made once."""
    codes, levels = pd.factorize(series)
    return coded(codes, _objects(pd.Series(levels)))


def _objects(series: pd.Series[Any]) -> list[Any]:
    """Return the values as Python objects, None for a missing one; times that are all midnight as dates."""
    gone = series.isna().tolist()
    return list(plain_dates([None if out else value for value, out in zip(series.tolist(), gone, strict=True)]))


def _read_masked(series: pd.Series[Any]) -> Column:
    masked = series.array
    values, missing = getattr(masked, "_data", None), getattr(masked, "_mask", None)
    if not isinstance(values, np.ndarray) or not isinstance(missing, np.ndarray):
        return _read_distinct(series)
    gone = missing if missing.any() else None
    if values.dtype.kind == "b":
        return Column("bool", values, gone)
    if values.dtype.kind in "iu":
        return integers(values, gone)
    return _floats(values, missing | np.isnan(values))
