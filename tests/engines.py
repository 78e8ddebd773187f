"""The kinds of frame that tables come in, and every way to hold one: however a frame is held, it is the same frame.

A `Way` is an engine, how its columns are held (`held_columns`), and what shape the frame is given: cut, sliced,
filtered, indexed. `EVERY_WAY` has each of them by itself, `ways` draws them together, at random.
"""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from attrs import frozen
from held_columns import ARROW, PANDAS, POLARS, PYTHON, UNUSED, arrow, mixed_objects, numpy_series, polars
from hypothesis import strategies as st

import envindicators as ei

_FOLDER = tempfile.TemporaryDirectory(prefix="envindicators-")
_NUMBERS = itertools.count()


def _folder():
    folder = Path(_FOLDER.name) / str(next(_NUMBERS))
    folder.mkdir()
    return folder


# Shapes. Each takes what makes a frame of columns, and the columns, and returns a frame of the same rows.


def _padded(data, kinds, *, between=False):
    """Return columns with rows that are to be taken out again: at both ends, or a row before each."""
    others = {"text": "taken out again", "bool": None, "int": 1, "code": 1}
    return {
        name: [each for value in values for each in (others[kinds[name]], value)]
        if between
        else [others[kinds[name]], *values, others[kinds[name]]]
        for name, values in data.items()
    }


def _reversed_columns(make, data, kinds):
    return make(dict(reversed(data.items())), kinds)


def _slices(make, data, kinds, slices):
    return slices(make(_padded(data, kinds), kinds))


def _length(data):
    return len(next(iter(data.values())))


def _with_index(index):
    def shape(make, data, kinds):
        frame = make(data, kinds)
        return frame.set_axis(index(len(frame)), axis="index")

    return shape


def _pandas_backwards(make, data, kinds):
    return make({name: values[::-1] for name, values in data.items()}, kinds).iloc[::-1]


def _read_only(make, data, kinds):
    frame = make(data, kinds)
    for name in frame.columns[[dtype in ("int64", "float64", "bool") for dtype in frame.dtypes]]:
        values = frame[name].to_numpy()
        values.flags.writeable = False
        frame[name] = pd.Series(values, index=frame.index, copy=False)
    return frame


PANDAS_SHAPES = {
    "columns reversed": _reversed_columns,
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


def _polars_chunks(make, data, kinds):
    pl = pytest.importorskip("polars")
    frame = make(data, kinds)
    return pl.concat([frame[:1], frame[1:1], frame[1:]], rechunk=False)


POLARS_SHAPES = {
    "columns reversed": _reversed_columns,
    "slice": lambda make, data, kinds: _slices(make, data, kinds, lambda frame: frame[1:-1]),
    "filtered": lambda make, data, kinds: make(_padded(data, kinds, between=True), kinds).filter(
        [row % 2 == 1 for row in range(2 * _length(data))]
    ),
    "chunks": _polars_chunks,
}


def _cut(make, data, kinds):
    """Return a table of a row, a table of none, and the rest."""
    pa = pytest.importorskip("pyarrow")
    whole = make(data, kinds)
    return pa.concat_tables([whole.slice(0, 1), whole.slice(1, 0), whole.slice(1)])


def _cut_by_column(make, data, kinds):
    """Return a table of which every column is cut elsewhere."""
    pa = pytest.importorskip("pyarrow")
    whole = make(data, kinds)
    cuts = {}
    for place, name in enumerate(whole.column_names):
        column = pa.chunked_array(whole.column(name).chunks, whole.column(name).type)
        at = place % (len(column) + 1)
        cuts[name] = pa.chunked_array([*column.slice(0, at).chunks, *column.slice(at).chunks], column.type)
    return pa.table(cuts)


def _every_second(make, data, kinds):
    pa = pytest.importorskip("pyarrow")
    whole = make(_padded(data, kinds, between=True), kinds)
    return pa.concat_tables([whole.slice(0, 0), *(whole.slice(row, 1) for row in range(1, whole.num_rows, 2))])


ARROW_SHAPES = {
    "columns reversed": _reversed_columns,
    "slice": lambda make, data, kinds: _slices(make, data, kinds, lambda table: table.slice(1, table.num_rows - 2)),
    "chunks": _cut,
    "chunks by column": _cut_by_column,
    "every second row": _every_second,
}


# Engines: what makes the columns, what makes a frame of them, the shapes it may have, and what is given at last.


def _pieces(table, *, rows=2):
    """Return an arrow table in pieces, one of no rows among them."""
    starts = range(0, table.num_rows, rows)
    return [table.slice(0, 0), *(table.slice(start, rows) for start in starts), table.slice(0, 0)]


def _reader(table):
    pa = pytest.importorskip("pyarrow")
    batches = [batch for piece in _pieces(table) for batch in piece.to_batches()]
    return pa.RecordBatchReader.from_batches(table.schema, batches)


def _dataset(table):
    return pytest.importorskip("pyarrow.dataset").dataset(_pieces(table))


def _parquet(table):
    parquet = pytest.importorskip("pyarrow.parquet")
    folder = _folder()
    for number, piece in enumerate(_pieces(table, rows=3)):
        parquet.write_table(piece, folder / f"{number}.parquet", row_group_size=2)
    return ei.scan(folder / "*.parquet")


def _written_views(kind, values):
    """Return views of text, which pyarrow reads from 18 on and writes to Parquet from 21 on."""
    written = int(pytest.importorskip("pyarrow").__version__.split(".")[0]) >= 21
    return ARROW["text view"](kind, values) if written else None


def _parquet_of_polars(frame):
    path = _folder() / "polars.parquet"
    frame.write_parquet(path)
    return ei.scan(path)


def _relation(table):
    return pytest.importorskip("duckdb").from_arrow(table)


def _enums(table):
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


def _csv(separator=",", **more):
    def written(frame):
        path = _folder() / "table.csv"
        frame.to_csv(path, index=False, sep=separator, **more)
        return ei.scan(path)

    return written


def _csv_files(frame):
    folder = _folder()
    for number, start in enumerate(range(0, max(len(frame), 1), 2)):
        frame.iloc[start : start + 2].to_csv(folder / f"{number}.csv", index=False)
    return ei.scan(folder / "*.csv")


def _excel(frame):
    path = _folder() / "table.xlsx"
    frame.to_excel(path, index=False)
    return ei.scan(path)


def _pandas_pieces(frame):
    return (frame.iloc[start : start + 3] for start in range(0, max(len(frame), 1), 3))


def _empty_pieces(frame):
    return iter([frame.iloc[:0], *_pandas_pieces(frame), frame.iloc[:0]])


def _mixed_pieces(frame):
    """Return pieces that are each of another library."""
    return iter([*frame[:2].iter_slices(1), frame[2:3].to_arrow(), frame[3:3].lazy(), frame[3:]])


def _pandas_frame(columns):
    return pd.DataFrame(columns)


def _polars_frame(columns):
    return pytest.importorskip("polars").DataFrame(columns)


def _arrow_table(columns):
    return pytest.importorskip("pyarrow").table(columns)


def _rows(columns):
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _rows_without_blanks(columns):
    rows = _rows(columns)
    return [*rows[:1], *({name: value for name, value in row.items() if value is not None} for row in rows[1:])]


def _objects(kind, values):
    return pd.Series(values, dtype=object)


@frozen
class Engine:
    """What makes a plain column, what makes a frame of columns, and how it is given; how it may be held otherwise."""

    plain: object
    frame: object
    columns: dict
    shapes: dict
    given: object = lambda frame: frame


def _without(columns, *names):
    return {name: make for name, make in columns.items() if name not in names}


_PYTHON = {"columns reversed": _reversed_columns}

ENGINES = {
    "dict of lists": Engine(lambda kind, values: list(values), dict, PYTHON, _PYTHON),
    "list of dicts": Engine(lambda kind, values: list(values), _rows, {"mixed objects": mixed_objects}, _PYTHON),
    "dicts without blanks": Engine(lambda kind, values: list(values), _rows_without_blanks, {}, _PYTHON),
    "pandas": Engine(numpy_series, _pandas_frame, PANDAS, PANDAS_SHAPES),
    "polars": Engine(polars, _polars_frame, POLARS, POLARS_SHAPES),
    "polars lazy": Engine(polars, _polars_frame, POLARS, POLARS_SHAPES, lambda frame: frame.lazy()),
    "pyarrow": Engine(arrow, _arrow_table, ARROW, ARROW_SHAPES),
    "pyarrow dataset": Engine(arrow, _arrow_table, ARROW, ARROW_SHAPES, _dataset),
    "pyarrow reader": Engine(arrow, _arrow_table, ARROW, ARROW_SHAPES, _reader),
    "DuckDB relation": Engine(arrow, _arrow_table, ARROW, ARROW_SHAPES, _relation),
    "DuckDB relation of ENUMs": Engine(arrow, _arrow_table, {}, {}, _enums),
    "Parquet files": Engine(
        arrow,
        _arrow_table,
        _without(ARROW, "dictionary with a null inside", "run ends")  # pyarrow does not write them
        | {"text view": _written_views},
        ARROW_SHAPES,
        _parquet,
    ),
    "Parquet file of polars": Engine(
        polars,
        _polars_frame,
        _without(POLARS, "objects", "wide numbers"),  # polars does not write the one, pyarrow not read the other
        {},
        _parquet_of_polars,
    ),
    "CSV file": Engine(_objects, _pandas_frame, {}, _PYTHON, _csv()),
    "CSV file with semicolons": Engine(_objects, _pandas_frame, {}, {}, _csv(";", encoding="utf-8-sig")),
    "CSV files": Engine(_objects, _pandas_frame, {}, {}, _csv_files),
    "Excel file": Engine(_objects, _pandas_frame, {}, {}, _excel),
    "pieces of pandas": Engine(numpy_series, _pandas_frame, PANDAS, PANDAS_SHAPES, _pandas_pieces),
    "pieces of which some are empty": Engine(numpy_series, _pandas_frame, PANDAS, {}, _empty_pieces),
    "pieces of several libraries": Engine(
        polars,
        _polars_frame,
        _without(POLARS, "objects", "wide numbers"),  # arrow has neither
        {},
        _mixed_pieces,
    ),
}

NOT_READ: dict[tuple[str, str], str] = {}
"""By engine and way to hold columns or frame what the library does not read yet, and why."""


@frozen
class Way:
    """A way to hold a frame: an engine, ways to hold its columns, one after another, and a shape."""

    engine: str
    columns: tuple[str, ...] = ()
    shape: str | None = None

    def __call__(self, data, kinds):
        """Return columns of values as a frame."""
        engine = ENGINES[self.engine]

        def make(data, kinds):
            columns = {}
            for place, (name, values) in enumerate(data.items()):
                made = None
                if self.columns:
                    made = engine.columns[self.columns[place % len(self.columns)]](kinds[name], values)
                columns[name] = engine.plain(kinds[name], values) if made is None else made
            return engine.frame(columns)

        shape = engine.shapes.get(self.shape, lambda make, data, kinds: make(data, kinds))
        try:
            frame = shape(make, data, kinds)
        except NotImplementedError:  # there are types that a library holds and does not cut
            frame = make(data, kinds)
        return engine.given(frame)

    def __str__(self):
        return ": ".join([self.engine, *self.columns, *([self.shape] if self.shape else [])])


PLAIN = Way("dict of lists")
PLAIN_WAYS = [Way(name) for name in ENGINES]
EVERY_WAY = [
    *PLAIN_WAYS,
    *(Way(name, (column,)) for name, engine in ENGINES.items() for column in engine.columns),
    *(Way(name, (), shape) for name, engine in ENGINES.items() for shape in engine.shapes),
]


def _params(every):
    reasons = [NOT_READ.get((way.engine, (*way.columns, way.shape or "")[0])) for way in every]
    return [
        pytest.param(way, id=str(way), marks=[pytest.mark.xfail(reason=reason, strict=True)] if reason else [])
        for way, reason in zip(every, reasons, strict=True)
    ]


every_way = pytest.mark.parametrize("way", _params(EVERY_WAY))
"""Run a test over every engine and every way to hold its columns and its frame."""


def ways_to_hold(values):
    """Return the engines, and the ways to hold columns that hold these numbers in a type of their own."""
    return [
        way
        for way in EVERY_WAY
        if (way.columns or not way.shape)
        and all(ENGINES[way.engine].columns[name]("int", values) is not None for name in way.columns)
    ]


def _readable(engine, names):
    return [name for name in names if (engine, name) not in NOT_READ]


def _ways_of(name):
    columns = _readable(name, ENGINES[name].columns)
    shapes = _readable(name, ENGINES[name].shapes)
    return st.builds(
        Way,
        st.just(name),
        st.lists(st.sampled_from(columns), max_size=4).map(tuple) if columns else st.just(()),
        st.sampled_from([None, *shapes]),
    )


ways = st.sampled_from(list(ENGINES)).flatmap(_ways_of)
"""Any way to hold a frame; a way to hold columns is used for one column after another."""


def ways_by(tables):
    """Return strategies of a way for each of some tables."""
    return st.fixed_dictionaries(dict.fromkeys(tables, ways))
