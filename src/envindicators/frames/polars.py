"""Reading polars frames. NaN is not null in polars, and stays NaN."""

from __future__ import annotations

import numpy as np
import polars as pl

from envindicators.frames.column import Column, coded, empty_column, from_objects, integers, plain_dates
from envindicators.frames.stream import Opened, reading
from envindicators.frames.stretches import STEP, spread, stretch_starts

_ROWS_A_TEXT = 16
"""Where the first rows have few texts, one for so many of them at the most, these are looked for first."""


def open_polars(frame: pl.DataFrame) -> Opened:
    """Return a polars frame opened."""

    def read(name: str) -> Column:
        series = frame.get_column(name)
        return reading(name, series.dtype, lambda: read_series(series))

    return Opened("polars", tuple(frame.columns), frame.height, read)


def read_series(series: pl.Series) -> Column:
    """Return a polars series as a column."""
    if series.null_count() == len(series):
        return empty_column(len(series))
    missing = series.is_null().to_numpy() if series.null_count() else None
    dtype = series.dtype
    if dtype == pl.Boolean:
        return Column("bool", series.fill_null(False).to_numpy(), missing)
    if dtype.is_integer() and dtype not in (pl.Int128, getattr(pl, "UInt128", pl.Int128)):
        return integers(series.fill_null(0).to_numpy(), missing)
    if dtype.is_float():
        return Column("float", series.fill_null(0.0).to_numpy(), missing)
    if dtype == pl.String:
        starts = stretch_starts(
            len(series), lambda start, end: series[start:end].ne_missing(series[start - 1 : end - 1]).to_numpy()
        )
        heads = series if starts is None else series.gather(starts)
        levels, texts = _coded_texts(heads)
        codes = texts.to_physical().cast(pl.Int32).fill_null(-1).to_numpy()
        codes = codes if starts is None else spread(codes, starts, len(series))
        return Column("text", codes, missing, levels.to_list())
    if isinstance(dtype, (pl.Categorical, pl.Enum)):
        used = series.unique().drop_nulls()
        lookup = np.full(int(used.to_physical().cast(pl.Int64).max() or 0) + 2, -1, dtype=np.int32)  # type: ignore[arg-type]
        lookup[used.to_physical().to_numpy()] = np.arange(len(used))
        codes = lookup[series.to_physical().cast(pl.Int64).fill_null(-1).to_numpy()]
        return Column("text", codes, missing, used.cast(pl.String).to_list())
    if isinstance(dtype, (pl.Datetime, pl.Date, pl.Decimal)):
        distinct = series.unique().drop_nulls()
        places = series.replace_strict(distinct, range(len(distinct)), default=None, return_dtype=pl.Int64)
        return coded(places.fill_null(-1).to_numpy(), plain_dates(distinct.to_list()))
    return from_objects(series.to_list())


def _coded_texts(series: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return the texts that occur, and the series as codes into them."""
    levels = series[:STEP].unique().drop_nulls().sort()
    if len(levels) * _ROWS_A_TEXT < STEP < len(series):
        texts = series.cast(pl.Enum(levels), strict=False)
        if texts.null_count() == series.null_count():
            return levels, texts
    levels = series.unique().drop_nulls().sort()
    return levels, series.cast(pl.Enum(levels))
