"""Reading pandas frames: numpy, nullable, arrow and object dtypes."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pandas as pd

from envindicators.frames.column import Column, coded, from_object_array, from_objects, integers
from envindicators.frames.stream import Opened


def open_pandas(frame: pd.DataFrame) -> Opened:
    """Return a pandas frame opened."""
    return Opened(
        "pandas",
        tuple(str(name) for name in frame.columns),
        len(frame),
        lambda name: read_series(frame.iloc[:, [str(each) for each in frame.columns].index(name)]),
    )


def read_series(series: pd.Series[Any]) -> Column:
    """Return a pandas series as a column. NaN is a missing value, as everywhere in pandas."""
    dtype = series.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return coded(series.cat.codes.to_numpy(), series.cat.categories.tolist())
    if isinstance(dtype, pd.ArrowDtype):
        from envindicators.frames.arrow import read_chunked

        return read_chunked(series.array.__arrow_array__(), nan_is_missing=True)
    if isinstance(dtype, pd.StringDtype):
        codes, levels = pd.factorize(series)
        return coded(codes, [str(level) for level in levels])
    if pd.api.types.is_object_dtype(dtype):
        return from_object_array(series.to_numpy(), (np.nan, pd.NA, pd.NaT))
    if pd.api.types.is_datetime64_any_dtype(dtype):
        return from_objects([_plain_date(value) for value in series.tolist()])
    if pd.api.types.is_extension_array_dtype(dtype):
        return _read_masked(series)
    values = series.to_numpy()
    if dtype.kind == "b":
        return Column("bool", values)
    if dtype.kind in "iu":
        return integers(values, None)
    if dtype.kind == "f":
        missing = np.isnan(values)
        return Column("float", values, missing if missing.any() else None)
    return from_objects(series.tolist())


def _read_masked(series: pd.Series[Any]) -> Column:
    masked = series.array
    values, missing = getattr(masked, "_data", None), getattr(masked, "_mask", None)
    if not isinstance(values, np.ndarray) or not isinstance(missing, np.ndarray):
        return from_objects(series.tolist())
    gone = missing if missing.any() else None
    if values.dtype.kind == "b":
        return Column("bool", values, gone)
    if values.dtype.kind in "iu":
        return integers(values, gone)
    absent = missing | np.isnan(values)
    return Column("float", values, absent if absent.any() else None)


def _plain_date(value: Any) -> Any:
    """Return midnight as the date that it stands for."""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time() and value.tzinfo is None:
        return value.date() if not pd.isna(value) else None
    return value
