"""Telling what kind of frame was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import narwhals as nw

from envindicators.frames.opened import NotAFrameError, Opened
from envindicators.frames.plain_rows import open_columns, open_rows


def open_frame(given: Any) -> Opened:
    """Return a frame of any kind opened.

    pandas, polars and pyarrow frames are read as they are; other frames that narwhals knows are
    brought into memory first.

    Raises:
        NotAFrameError: for anything else. A string is never taken for a file name, since what a web
            request holds must not open one.
    """
    if isinstance(given, Opened):
        return given
    if isinstance(given, (str, bytes, Path)):
        raise NotAFrameError("not_a_frame", given, hint=f"; read a file with scan({str(given)!r})")
    if isinstance(given, Mapping):
        return open_columns(given)
    if isinstance(given, Sequence):
        return open_rows(given)
    if not _is_known(given):
        try:
            frame = nw.from_native(given)
        except TypeError:
            raise NotAFrameError("not_a_frame", type(given).__name__) from None
        if isinstance(frame, nw.LazyFrame):
            frame = frame.collect()
        given = frame.to_native() if _is_known(frame.to_native()) else frame.to_arrow()
    if nw.dependencies.is_pandas_dataframe(given):
        from envindicators.frames.pandas_frames import open_pandas

        return open_pandas(given)
    if nw.dependencies.is_polars_dataframe(given):
        from envindicators.frames.polars_frames import open_polars

        return open_polars(given)
    from envindicators.frames.arrow_frames import open_arrow

    return open_arrow(given)


def _is_known(given: Any) -> bool:
    known = nw.dependencies
    return bool(known.is_pandas_dataframe(given) or known.is_polars_dataframe(given) or known.is_pyarrow_table(given))
