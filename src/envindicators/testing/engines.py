"""The kinds of frame that tables come in, and how the columns and the frame of each may be held."""

from __future__ import annotations

import atexit
import importlib
import itertools
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from attrs import frozen

from envindicators.ingest.scan import scan
from envindicators.testing.columns import (
    ARROW,
    PANDAS,
    POLARS,
    PYTHON,
    UNUSED,
    Make,
    arrow,
    mixed_objects,
    numpy_series,
    polars,
)
from envindicators.testing.shapes import ARROW_SHAPES, PANDAS_SHAPES, POLARS_SHAPES, Columns, Shape, reversed_columns

Given = Callable[[Any], Any]

_NUMBERS = itertools.count()


@cache
def _parent() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="envindicators-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


def _folder() -> Path:
    folder = _parent() / str(next(_NUMBERS))
    folder.mkdir()
    return folder


# Engines: what makes the columns, what makes a frame of them, the shapes it may have, and what is given at last.


def _pieces(table: Any, *, rows: int = 2) -> list[Any]:
    """Return an arrow table in pieces, one of no rows among them."""
    starts = range(0, table.num_rows, rows)
    return [table.slice(0, 0), *(table.slice(start, rows) for start in starts), table.slice(0, 0)]


def _reader(table: Any) -> Any:
    pa = importlib.import_module("pyarrow")
    batches = [batch for piece in _pieces(table) for batch in piece.to_batches()]
    return pa.RecordBatchReader.from_batches(table.schema, batches)


def _dataset(table: Any) -> Any:
    return importlib.import_module("pyarrow.dataset").dataset(_pieces(table))


def _parquet(table: Any) -> Any:
    parquet = importlib.import_module("pyarrow.parquet")
    folder = _folder()
    for number, piece in enumerate(_pieces(table, rows=3)):
        parquet.write_table(piece, folder / f"{number}.parquet", row_group_size=2)
    return scan(folder / "*.parquet")


def _written_views(kind: str, values: Sequence[Any]) -> Any:
    """Return views of text, which pyarrow reads from 18 on and writes to Parquet from 21 on."""
    written = int(importlib.import_module("pyarrow").__version__.split(".")[0]) >= 21
    return ARROW["text view"](kind, values) if written else None


def _parquet_of_polars(frame: Any) -> Any:
    path = _folder() / "polars.parquet"
    frame.write_parquet(path)
    return scan(path)


def _relation(table: Any) -> Any:
    return importlib.import_module("duckdb").from_arrow(table)


def _enums(table: Any) -> Any:
    """Return a relation whose texts are ENUMs."""
    relation = _relation(table)
    texts = [name for name, dtype in zip(relation.columns, relation.dtypes, strict=True) if str(dtype) == "VARCHAR"]
    for name in texts:
        words = sorted(
            {word for word in relation.project(f'"{name}"').fetchnumpy()[name].tolist() if word}, reverse=True
        )
        quoted = ", ".join("'" + word.replace("'", "''") + "'" for word in [UNUSED[0], *words])
        others = ", ".join(f'"{other}"' for other in relation.columns if other != name)
        relation = relation.project(f'{others}, "{name}"::ENUM({quoted}) AS "{name}"')
    return relation


def _csv(separator: str = ",", encoding: str = "utf-8") -> Given:
    def written(frame: Any) -> Any:
        path = _folder() / "table.csv"
        frame.to_csv(path, index=False, sep=separator, encoding=encoding)
        return scan(path)

    return written


def _csv_files(frame: Any) -> Any:
    folder = _folder()
    for number, start in enumerate(range(0, max(len(frame), 1), 2)):
        frame.iloc[start : start + 2].to_csv(folder / f"{number}.csv", index=False)
    return scan(folder / "*.csv")


def _excel(frame: Any) -> Any:
    path = _folder() / "table.xlsx"
    frame.to_excel(path, index=False)
    return scan(path)


def _pandas_pieces(frame: Any) -> Any:
    return (frame.iloc[start : start + 3] for start in range(0, max(len(frame), 1), 3))


def _empty_pieces(frame: Any) -> Any:
    return iter([frame.iloc[:0], *_pandas_pieces(frame), frame.iloc[:0]])


def _mixed_pieces(frame: Any) -> Any:
    """Return pieces that are each of another library."""
    return iter([*frame[:2].iter_slices(1), frame[2:3].to_arrow(), frame[3:3].lazy(), frame[3:]])


def _pandas_frame(columns: Columns) -> Any:
    return pd.DataFrame(columns)


def _polars_frame(columns: Columns) -> Any:
    return importlib.import_module("polars").DataFrame(columns)


def _arrow_table(columns: Columns) -> Any:
    return importlib.import_module("pyarrow").table(columns)


def _rows(columns: Columns) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _rows_without_blanks(columns: Columns) -> Any:
    rows = _rows(columns)
    return [*rows[:1], *({name: value for name, value in row.items() if value is not None} for row in rows[1:])]


def _objects(kind: str, values: Sequence[Any]) -> Any:
    return pd.Series(values, dtype=object)


def _as_it_is(frame: Any) -> Any:
    return frame


@frozen
class Engine:
    """What makes a plain column, what makes a frame of columns, and how it is given; how it may be held otherwise."""

    plain: Make
    frame: Given
    columns: Mapping[str, Make]
    shapes: Mapping[str, Shape]
    given: Given = _as_it_is
    packages: tuple[str, ...] = ()


def _without(columns: Mapping[str, Make], *names: str) -> dict[str, Make]:
    return {name: make for name, make in columns.items() if name not in names}


_PYTHON: dict[str, Shape] = {"columns reversed": reversed_columns}

ENGINES: dict[str, Engine] = {
    "dict of lists": Engine(lambda kind, values: list(values), dict, PYTHON, _PYTHON),
    "list of dicts": Engine(lambda kind, values: list(values), _rows, {"mixed objects": mixed_objects}, _PYTHON),
    "dicts without blanks": Engine(lambda kind, values: list(values), _rows_without_blanks, {}, _PYTHON),
    "pandas": Engine(numpy_series, _pandas_frame, PANDAS, PANDAS_SHAPES),
    "polars": Engine(polars, _polars_frame, POLARS, POLARS_SHAPES, packages=("polars",)),
    "polars lazy": Engine(
        polars, _polars_frame, POLARS, POLARS_SHAPES, lambda frame: frame.lazy(), packages=("polars",)
    ),
    "pyarrow": Engine(arrow, _arrow_table, ARROW, ARROW_SHAPES, packages=("pyarrow",)),
    "pyarrow dataset": Engine(arrow, _arrow_table, ARROW, ARROW_SHAPES, _dataset, packages=("pyarrow",)),
    "pyarrow reader": Engine(arrow, _arrow_table, ARROW, ARROW_SHAPES, _reader, packages=("pyarrow",)),
    "DuckDB relation": Engine(arrow, _arrow_table, ARROW, ARROW_SHAPES, _relation, packages=("duckdb", "pyarrow")),
    "DuckDB relation of ENUMs": Engine(arrow, _arrow_table, {}, {}, _enums, packages=("duckdb", "pyarrow")),
    "Parquet files": Engine(
        arrow,
        _arrow_table,
        _without(ARROW, "dictionary with a null inside", "run ends")  # pyarrow does not write them
        | {"text view": _written_views},
        ARROW_SHAPES,
        _parquet,
        packages=("pyarrow",),
    ),
    "Parquet file of polars": Engine(
        polars,
        _polars_frame,
        _without(POLARS, "objects", "wide numbers"),  # polars does not write the one, pyarrow not read the other
        {},
        _parquet_of_polars,
        packages=("polars", "pyarrow"),
    ),
    "CSV file": Engine(_objects, _pandas_frame, {}, _PYTHON, _csv()),
    "CSV file with semicolons": Engine(_objects, _pandas_frame, {}, {}, _csv(";", encoding="utf-8-sig")),
    "CSV files": Engine(_objects, _pandas_frame, {}, {}, _csv_files),
    "Excel file": Engine(_objects, _pandas_frame, {}, {}, _excel, packages=("openpyxl",)),
    "pieces of pandas": Engine(numpy_series, _pandas_frame, PANDAS, PANDAS_SHAPES, _pandas_pieces),
    "pieces of which some are empty": Engine(numpy_series, _pandas_frame, PANDAS, {}, _empty_pieces),
    "pieces of several libraries": Engine(
        polars,
        _polars_frame,
        _without(POLARS, "objects", "wide numbers"),  # arrow has neither
        {},
        _mixed_pieces,
        packages=("polars", "pyarrow"),
    ),
}
