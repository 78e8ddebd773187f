"""Telling what kind of frame was given, and whether it comes whole or piece by piece."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import narwhals as nw
from attrs import evolve

from envindicators.frames.column import Column, from_objects
from envindicators.frames.files import Files
from envindicators.frames.rows import open_columns, open_rows
from envindicators.frames.stream import Columns, NotAFrameError, Opened, Stream
from envindicators.words.message import Message
from envindicators.words.shortening import kept


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
        raise NotAFrameError("not_a_frame", kept(given), hint=_text_hint(given))
    if isinstance(given, Mapping):
        return open_columns(given)
    if isinstance(given, Sequence):
        return open_rows(given)
    given = _as_table(given)
    if not _is_known(given):
        given = _in_memory(given)
    if nw.dependencies.is_pandas_dataframe(given):
        from envindicators.frames.pandas import open_pandas

        return open_pandas(given)
    if nw.dependencies.is_polars_dataframe(given):
        from envindicators.frames.polars import open_polars

        return open_polars(given)
    from envindicators.frames.arrow import open_arrow

    return open_arrow(given)


def _in_memory(given: Any) -> Any:
    """Return a frame that narwhals knows as one of pandas, polars or pyarrow, its named index as columns."""
    frame: Any = given  # Dask has no types, and may not be there to have any
    if nw.dependencies.is_dask_dataframe(given):
        return frame.compute()
    try:
        frame = nw.from_native(_indexed(given))
    except TypeError:
        raise NotAFrameError("not_a_frame", type(given).__name__) from None
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect()
    return frame.to_native() if _is_known(frame.to_native()) else frame.to_arrow()


def _indexed(frame: Any) -> Any:
    """Return a frame that is like those of pandas with the named levels of its index as columns."""
    index = frame.index if hasattr(frame, "reset_index") else None
    levels = [level for level, name in enumerate(getattr(index, "names", None) or ()) if name is not None]
    return frame.reset_index(level=levels) if levels else frame


def _text_hint(given: Any) -> Message:
    """Return what to do instead of giving text: name a file, or read what is the content of one."""
    text = given.decode(errors="replace") if isinstance(given, bytes) else str(given)
    if len(text) > _LONGEST_PATH or "\n" in text or "\r" in text:
        return Message("; this is the content of a file: read it into a frame, as pandas.read_csv does")
    return Message("; read a file with scan({name!r})", name=text)


_LONGEST_PATH = 1000


def holds_text(given: Any, name: str) -> bool:
    """Return whether a column of a table holds text, as far as that can be told before the table is read.

    It cannot where frames come from a generator.
    """
    given = _as_table(given)
    if isinstance(given, Sequence) and given and not isinstance(given[0], Mapping):
        return any(_is_frame(native(frame)) and holds_text(frame, name) for frame in given)
    if isinstance(given, (Mapping, Sequence, Opened)) or _is_known(given):
        opened = open_frame(given)
        return name in opened.names and opened.read(name).kind == "text"
    if _is_arrow_stream(given):
        schema = getattr(given, "schema", None) or given.dataset_schema
        kinds = importlib.import_module("envindicators.frames.arrow")
        return name in schema.names and kinds.holds_text(schema.field(name).type)
    if nw.dependencies.is_dask_dataframe(given):
        # an empty frame like its partitions
        given = given._meta  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    frame = nw.from_native(given, pass_through=True)
    if not isinstance(frame, (nw.DataFrame, nw.LazyFrame)):
        return False
    return isinstance(frame.collect_schema().get(name), (nw.String, nw.Categorical, nw.Enum))


def native(given: Any) -> Any:
    """Return the frame that a frame of narwhals wraps, and anything else as it is."""
    return given.to_native() if isinstance(given, (nw.DataFrame, nw.LazyFrame)) else given


def open_table(given: Any) -> Stream:
    """Return a table as a stream of pieces: one for a frame, several for what comes piece by piece.

    Files, polars LazyFrames, DuckDB relations, pyarrow datasets and readers come in batches. Any other
    iterable is taken for one of frames, a piece each.

    Raises:
        NotAFrameError: for anything else, also when a piece is reached that is no frame.
    """
    if isinstance(given, Files):
        return given.stream()
    given = _as_table(given)
    for told, batches, function in _LAZY:
        if told(given):
            opener: Callable[[Any], Stream] = getattr(importlib.import_module(batches), function)
            return opener(given)
    if _is_pieces(given):
        again = not isinstance(given, Iterator)
        first = given[0] if isinstance(given, Sequence) else None
        return Stream("pandas" if first is None else _opened_piece(first, 0).backend, _pieces_of(given), again)
    frame = open_frame(given)
    return Stream(frame.backend, lambda _: iter([frame]), rows=frame.length)


def _as_table(given: Any) -> Any:
    """Return a pyarrow record batch as a table, a frame of narwhals as what it wraps, and anything else as it is."""
    given = native(given)
    if type(given).__module__.startswith("pyarrow") and type(given).__name__ == "RecordBatch":
        return importlib.import_module("pyarrow").Table.from_batches([given])
    return given


def open_whole(stream: Stream) -> Opened:
    """Return a table of which all is needed at once, as one frame.

    Raises:
        NotAFrameError: as `open_table`.
    """
    pieces = list(stream.pieces(lambda names: names))
    if len(pieces) == 1:
        return pieces[0]
    names = dict.fromkeys(name for piece in pieces for name in piece.names)

    def read(name: str) -> Column:
        columns = [piece.read(name).objects() if name in piece.names else [None] * piece.length for piece in pieces]
        return from_objects([value for column in columns for value in column])

    places = None
    if len({piece.source for piece in pieces}) == 1:
        places = [piece.place(row) or 0 for piece in pieces for row in range(piece.length)]
    return Opened("pandas", tuple(names), sum(piece.length for piece in pieces), read, places=places)


def _is_pieces(given: Any) -> bool:
    """Return whether something is an iterable of frames: a generator, or a list whose first item is no dict."""
    if isinstance(given, (str, bytes, Path, Mapping, Opened)) or _is_frame(given):
        return False
    if isinstance(given, Sequence):
        return bool(given) and not isinstance(given[0], Mapping) and _is_frame(native(given[0]))
    return isinstance(given, Iterable)


def _is_frame(given: Any) -> bool:
    return (
        isinstance(given, Opened)
        or _is_known(given)
        or hasattr(given, "__narwhals_dataframe__")
        or (nw.dependencies.is_into_dataframe(given) or nw.dependencies.is_into_lazyframe(given))
    )


def _pieces_of(given: Iterable[Any]) -> Callable[[Columns], Iterator[Opened]]:
    def pieces(_: Columns) -> Iterator[Opened]:
        number = 0
        try:
            for number, frame in enumerate(given, start=1):
                yield _opened_piece(frame, number)
        except NotAFrameError:
            raise
        except Exception as error:
            error.add_note(f"raised while piece {number + 1} of the table was made; nothing of it was counted")
            raise

    return pieces


def _opened_piece(frame: Any, number: int) -> Opened:
    source = f"piece {number}"
    if isinstance(frame, Mapping) and not any(isinstance(values, (list, tuple)) for values in frame.values()):
        hint = Message("; each piece is a frame, and this is a single row: put rows in a list")
        raise NotAFrameError("not_a_frame", dict(frame), source=source, hint=hint)
    try:
        return evolve(open_frame(frame), source=source)
    except NotAFrameError as error:
        raise NotAFrameError(
            error.kind, error.value, row=error.row, column=error.column, source=source, hint=error.hint
        ) from None


def _is_known(given: Any) -> bool:
    known = nw.dependencies
    return bool(known.is_pandas_dataframe(given) or known.is_polars_dataframe(given) or known.is_pyarrow_table(given))


def _is_arrow_stream(given: Any) -> bool:
    """Return whether something is a pyarrow dataset, scanner or record batch reader."""
    if not type(given).__module__.startswith("pyarrow"):
        return False
    return any(hasattr(given, name) for name in ("scanner", "to_reader", "read_next_batch")) and not _is_known(given)


def _is_spark(given: Any) -> bool:
    return bool(nw.dependencies.is_pyspark_dataframe(given) or nw.dependencies.is_pyspark_connect_dataframe(given))


_LAZY: tuple[tuple[Callable[[Any], bool], str, str], ...] = (
    (nw.dependencies.is_polars_lazyframe, "envindicators.frames.lazy", "polars_stream"),
    (nw.dependencies.is_duckdb_relation, "envindicators.frames.lazy", "duckdb_stream"),
    (_is_arrow_stream, "envindicators.frames.lazy", "arrow_stream"),
    (nw.dependencies.is_ibis_table, "envindicators.frames.lazy", "ibis_stream"),
    (nw.dependencies.is_dask_dataframe, "envindicators.frames.clusters", "dask_stream"),
    (_is_spark, "envindicators.frames.clusters", "spark_stream"),
)
"""What comes in batches: how it is told, and what makes a stream of it."""
