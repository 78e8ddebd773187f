"""However polars and DuckDB hold a value, it is the same value, or the same problem comes."""

from __future__ import annotations

import datetime

import pytest

import envindicators as ei
from envindicators.programmes import soc_trang_2020

DAY = datetime.date(2020, 5, 1)
ROWS = [
    {"area": "Kế Sách", "code": 1, "day": DAY, "settlement": "rural", "persons": 10, "hygienic_water": 5},
    {"area": "Mỹ Tú", "code": 2, "day": DAY.replace(day=2), "settlement": None, "persons": 30, "hygienic_water": None},
    {"area": "Kế Sách", "code": 1, "day": DAY, "settlement": "urban", "persons": 20, "hygienic_water": 20},
]


def evaluated(frame, by):
    return ei.evaluate(soc_trang_2020, {"residents": frame}, year=2020, by=by)


EXPECTED = {by: evaluated(ROWS, by) for by in ("area", "code", "day")}


def polars_types():
    pl = pytest.importorskip("polars")
    numbers = [pl.Int8, pl.UInt8, pl.Int16, pl.UInt16, pl.Int32, pl.UInt32, pl.UInt64, pl.Int128]
    numbers += [pl.Float32, pl.Float64]
    yield from (("persons", kind) for kind in (*numbers, pl.Decimal(20, 0), pl.Decimal(38, 3)))
    yield from (("hygienic_water", kind) for kind in (*numbers, pl.Decimal(20, 0)))
    yield from (("code", kind) for kind in numbers[:-2])
    yield from (("day", kind) for kind in (pl.Date, pl.Datetime("ms"), pl.Datetime("us"), pl.Datetime("ns")))
    yield from (("area", kind) for kind in (pl.Categorical, pl.Enum(["unused", "Mỹ Tú", "Kế Sách"])))
    yield from (("settlement", kind) for kind in (pl.Categorical, pl.Enum(["other", "urban", "rural"])))


def test_polars_types():
    pl = pytest.importorskip("polars")
    plain = pl.DataFrame(ROWS)
    for column, kind in polars_types():
        frame = plain.with_columns(pl.col(column).cast(kind))
        by = column if column in EXPECTED else "area"
        held_so = [frame, frame.lazy(), pl.concat([frame[:1], frame[1:]], rechunk=False)]
        for held in held_so if kind == pl.Int128 else (*held_so, frame.to_arrow()):
            assert evaluated(held, by) == EXPECTED[by], (column, kind)


DUCKDB = {
    "persons": ["TINYINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT", "UHUGEINT", "FLOAT", "DOUBLE",
                "DECIMAL(4, 1)", "DECIMAL(38, 0)"],
    "hygienic_water": ["SMALLINT", "HUGEINT", "DECIMAL(18, 3)", "FLOAT"],
    "code": ["TINYINT", "UINTEGER", "UBIGINT"],
    "day": ["DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"],
    "area": ["ENUM ('unused', 'Mỹ Tú', 'Kế Sách')"],
    "settlement": ["ENUM ('urban', 'rural')"],
}  # fmt: skip


@pytest.mark.parametrize(("column", "kind"), [(column, kind) for column, kinds in DUCKDB.items() for kind in kinds])
def test_duckdb_types(column, kind):
    duckdb, pa = pytest.importorskip("duckdb"), pytest.importorskip("pyarrow")
    by = column if column in EXPECTED else "area"
    database = duckdb.connect()
    database.register("residents", pa.Table.from_pylist(ROWS))
    relation = database.sql(f"SELECT * REPLACE ({column}::{kind} AS {column}) FROM residents")
    assert evaluated(relation, by) == EXPECTED[by]
    if kind != "UHUGEINT":  # which DuckDB does not hand to pandas
        assert evaluated(relation.df(), by) == EXPECTED[by]


@pytest.mark.parametrize("kind", ["BLOB", "UUID", "INTERVAL", "TIME", "INTEGER[]", "STRUCT(a INTEGER)", "BIT"])
@pytest.mark.parametrize("column", ["settlement", "persons", "hygienic_water"])
def test_what_is_no_value_is_a_problem_of_its_column(kind, column):
    duckdb, pa = pytest.importorskip("duckdb"), pytest.importorskip("pyarrow")
    made = {"BLOB": "'x'::BLOB", "UUID": "uuid()", "INTERVAL": "INTERVAL 3 DAYS", "TIME": "'10:00'::TIME",
            "INTEGER[]": "[1]", "STRUCT(a INTEGER)": "{'a': 1}", "BIT": "'101'::BIT"}  # fmt: skip
    database = duckdb.connect()
    database.register("residents", pa.Table.from_pylist(ROWS))
    relation = database.sql(f"SELECT * REPLACE ({made[kind]} AS {column}) FROM residents")
    for frame in (relation, relation.df()):
        errors = ei.check(soc_trang_2020, {"residents": frame}, year=2020, by="area").errors
        assert {each.column for each in errors} == {column}


@pytest.mark.parametrize("column", ["settlement", "persons", "hygienic_water"])
def test_polars_columns_of_no_value_too(column):
    pl = pytest.importorskip("polars")
    values = [
        pl.Series([b"x"] * 3),
        pl.Series([datetime.timedelta(1)] * 3),
        pl.Series([datetime.time(10)] * 3),
        pl.Series([[1]] * 3),
        pl.Series([{"a": 1}] * 3),
        pl.Series([object()] * 3, dtype=pl.Object),
    ]
    for series in values:
        frame = pl.DataFrame(ROWS).with_columns(series.alias(column))
        errors = ei.check(soc_trang_2020, {"residents": frame}, year=2020, by="area").errors
        assert {each.column for each in errors} == {column}, series.dtype
