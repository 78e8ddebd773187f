"""The kinds of frame that tables come in, and facts to put into them: shared by the tests of all engines."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from forms import evaluate
from hypothesis import strategies as st

import envindicators as ei
from envindicators.programmes import soc_trang_2020

AREAS = ("Kế Sách", "Mỹ Tú", "Vĩnh Châu")
STREAMS = ("urban_domestic", "industrial", "service", "rural", "craft_village", "medical", "other")
DEVICES = (
    "clean_technology",
    "pollution_reduction",
    "waste_treatment",
    "treatment_equipment",
    "meets_standards",
    "inspected",
)

# How a frame may hold its columns: "text", "int", "bool"; each with None for what is missing


def _pandas(dtypes):
    def made(data, kinds):
        return pd.DataFrame(
            {name: pd.Series(values, dtype=dtypes(kinds[name], values)) for name, values in data.items()}
        )

    return made


def _numpy(kind, values):
    """Return the type that pandas gives by itself: floats for gaps in numbers, objects for gaps in flags."""
    if kind == "bool":
        return "object" if None in values else "bool"
    return {"text": "object", "int": "float64" if None in values else "int64"}[kind]


def _nullable(kind, _values):
    return {"text": "string", "int": "Int64", "bool": "boolean"}[kind]


def _arrow_dtype(kind, _values):
    pyarrow = pytest.importorskip("pyarrow")
    return pd.ArrowDtype({"text": pyarrow.string(), "int": pyarrow.int64(), "bool": pyarrow.bool_()}[kind])


def _category(kind, values):
    return "category" if kind == "text" else _numpy(kind, values)


def _small(kind, values):
    small = max((value for value in values if value is not None), default=0) < 128 if kind == "int" else False
    return _nullable(kind, values) if kind != "int" else "Int8" if small else "UInt16"


def _unindexed(data, kinds):
    frame = _pandas(_numpy)(data, kinds)
    frame.index = [7] * len(frame)
    return frame[frame.columns[::-1]]


def _polars(data, kinds, lazy=False):
    pl = pytest.importorskip("polars")
    types = {"text": pl.String, "int": pl.Int64, "bool": pl.Boolean}
    frame = pl.DataFrame({name: pl.Series(values, dtype=types[kinds[name]]) for name, values in data.items()})
    return frame.lazy() if lazy else frame


def _polars_small(data, kinds):
    pl = pytest.importorskip("polars")
    types = {"text": pl.Categorical, "int": pl.Int32, "bool": pl.Boolean}
    return pl.DataFrame({name: pl.Series(values, dtype=types[kinds[name]]) for name, values in data.items()})


def _pyarrow(data, kinds, encode=False):
    pa = pytest.importorskip("pyarrow")
    types = {"text": pa.string(), "int": pa.int64(), "bool": pa.bool_()}
    columns = {name: pa.array(values, type=types[kinds[name]]) for name, values in data.items()}
    if encode:
        columns = {name: each.dictionary_encode() if kinds[name] == "text" else each for name, each in columns.items()}
    return pa.table(columns)


def _chunked(data, kinds):
    pa = pytest.importorskip("pyarrow")
    whole = _pyarrow(data, kinds)
    return pa.concat_tables([whole.slice(0, 1), whole.slice(1, 0), whole.slice(1)])


_FOLDER = tempfile.TemporaryDirectory(prefix="envindicators-")
_NUMBERS = itertools.count()


def _cut(table):
    """Return a table of two parts or one."""
    return [table.slice(0, 1), table.slice(1)] if table.num_rows > 1 else [table]


def _dataset(data, kinds):
    dataset = pytest.importorskip("pyarrow.dataset")
    return dataset.dataset(_cut(_pyarrow(data, kinds)))


def _reader(data, kinds):
    pa = pytest.importorskip("pyarrow")
    table = _pyarrow(data, kinds)
    return pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=2))


def _parquet(data, kinds):
    parquet = pytest.importorskip("pyarrow.parquet")
    folder = Path(_FOLDER.name) / str(next(_NUMBERS))
    folder.mkdir()
    for number, part in enumerate(_cut(_pyarrow(data, kinds))):
        parquet.write_table(part, folder / f"{number}.parquet", row_group_size=2)
    return ei.scan(folder / "*.parquet")


def _csv(data, kinds):
    path = Path(_FOLDER.name) / f"{next(_NUMBERS)}.csv"
    _pandas(lambda kind, values: "object")(data, kinds).to_csv(path, index=False)
    return ei.scan(path)


def _relation(data, kinds):
    duckdb = pytest.importorskip("duckdb")
    return duckdb.from_arrow(_pyarrow(data, kinds))


def _pieces(data, kinds):
    """Return a generator of frames of three rows, of which some are blank where others are not."""
    frame = _pandas(_numpy)(data, kinds)
    return (frame.iloc[start : start + 3] for start in range(0, len(frame), 3))


ENGINES = {
    "dict of lists": lambda data, kinds: data,
    "list of dicts": lambda data, kinds: [
        dict(zip(data, row, strict=True)) for row in zip(*data.values(), strict=True)
    ],
    "pandas numpy": _pandas(_numpy),
    "pandas nullable": _pandas(_nullable),
    "pandas arrow": _pandas(_arrow_dtype),
    "pandas object": _pandas(lambda kind, values: "object"),
    "pandas category": _pandas(_category),
    "pandas small": _pandas(_small),
    "pandas inferred": lambda data, kinds: pd.DataFrame(data),
    "pandas out of order": _unindexed,
    "polars": _polars,
    "polars lazy": lambda data, kinds: _polars(data, kinds, lazy=True),
    "polars small": _polars_small,
    "pyarrow": _pyarrow,
    "pyarrow dictionary": lambda data, kinds: _pyarrow(data, kinds, encode=True),
    "pyarrow chunked": _chunked,
    "pyarrow dataset": _dataset,
    "pyarrow reader": _reader,
    "parquet files": _parquet,
    "csv file": _csv,
    "duckdb relation": _relation,
    "generator of frames": _pieces,
}


def maybe(values):
    return st.one_of(st.sampled_from(values), st.sampled_from(values), st.none())


def _distinct(rows, names):
    return list({tuple(row[name] for name in names): row for row in rows}.values())


@st.composite
def facts(draw, rows=(1, 8)):
    """Return residents (weighted), waste (counts) and establishments (any layout), and the kinds of their columns."""
    size = st.integers(*rows)
    places = {"area": st.sampled_from(AREAS), "year": st.just(2020)}

    def key():
        return {name: draw(each) for name, each in places.items()}

    residents = [
        key()
        | {
            "settlement": draw(maybe(("urban", "rural"))),
            "persons": draw(st.integers(0, 90)),
            "hygienic_water": draw(maybe((True, False))),
        }
        for _ in range(draw(size))
    ]
    waste = []
    for _ in range(draw(size)):
        top = total = draw(st.integers(2, 90))
        row = key() | {"stream": draw(maybe(STREAMS)), "generated": total}
        for part in ("collected", "treated_to_standard"):
            row[part] = draw(maybe(range(top + 1)))
            top = top if row[part] is None else row[part]
        row["generated"] = None if row["collected"] is not None and not draw(st.integers(0, 3)) else total
        waste.append(row)
    layout = draw(st.sampled_from(("records", "weighted", "counts")))
    works = []
    for number in range(draw(size)):
        total = draw(st.integers(2, 90))
        row = key() | {
            "activity": draw(maybe(("production", "business", "both", "other"))),
            "built": draw(maybe((2010, 2015, 2016, 2018))),
        }
        row |= {"id": f"n{number}"} if layout == "records" else {"establishments": total}
        options = range(total + 1) if layout == "counts" else (True, False)
        works.append(row | {name: draw(maybe(options)) for name in DEVICES})
    names = {
        "records": ("id",),
        "counts": ("area", "activity", "built"),
        "weighted": ("area", "activity", "built", *DEVICES),
    }
    tables = {
        "residents": _distinct(residents, ("area", "settlement", "hygienic_water")),
        "waste": _distinct(waste, ("area", "stream")),
        "establishments": _distinct(works, names[layout]),
    }
    text = {"area", "settlement", "stream", "activity", "id"}
    flags = {"hygienic_water", *(DEVICES if layout != "counts" else ())}
    kinds = {
        table: {name: "text" if name in text else "bool" if name in flags else "int" for name in its[0]}
        for table, its in tables.items()
    }
    options = {"residents": "weighted", "waste": "counts", "establishments": layout}
    return (
        {table: {name: [row[name] for row in its] for name in its[0]} for table, its in tables.items()},
        kinds,
        options,
    )


def card_of(make, drawn, *, layout=True, **options):
    """Return the scorecard of facts, made into frames by an engine."""
    data, kinds, said = drawn
    frames = {table: make(columns, kinds[table]) for table, columns in data.items()}
    more = {"year": 2020, "by": "area", "totals": "keep"} | ({"layout": said} if layout else {}) | options
    return evaluate(soc_trang_2020, frames, **more)
