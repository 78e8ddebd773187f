"""The eight readings of establishments, written by hand for each engine, as an expert would for speed.

Each function takes records with an area, an activity, a year of building and four flags, any of which may be
missing, and returns, by area, the six counts of each reading, exact in three-valued logic: of a missing value every
engine says NULL, which is what `AND`, `OR` and `NOT` then carry on. That is enough here, since no column
occurs twice in a reading. Nothing is checked: no id, no value of a category, no year.

There are three ways to write it: a sum for each number; the kinds of row first, and the sums over those; and
two queries, each over the rows that its target can concern. The measurement takes the fastest of all. (The last
two leave out an area where nothing but others stands; there is none.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pandas as pd
import polars as pl

FLAGS = ("clean_technology", "pollution_reduction", "waste_treatment", "meets_standards")
NEEDED = ["area", "activity", "built", *FLAGS]
TARGETS = ("new_facilities", "establishment_standards")
PERIODS = {"": 2015, "_plan_years": 2016, "_since_resolution": 2017}
FATES = ("satisfied", "failed", "unknown")
COUNTS = (*FATES, *(f"unplaced_{fate}" for fate in FATES))
NEW_READINGS = [f"{kind}{period}" for kind in ("any", "both_devices") for period in PERIODS]
OLD_READINGS = ["all", "existing"]
READINGS = [*NEW_READINGS, *OLD_READINGS]
COLUMNS = [f"{reading}:{count}" for reading in READINGS for count in COUNTS]

# polars

CLEAN, REDUCED, TREATED, STANDARD = (pl.col(name) for name in FLAGS)
BUILT, ACTIVITY = pl.col("built"), pl.col("activity")
CLASSES = {
    "producing": ACTIVITY.is_in(["production", "both"]),
    "concerned": ACTIVITY != "other",
    "built": BUILT.clip(2014, 2017),
    "any": CLEAN | REDUCED | TREATED,
    "both_devices": CLEAN | (REDUCED & TREATED),
    "meets_standards": STANDARD,
}
"""What the readings can tell apart, by name."""


def _polars_readings(columns: dict[str, pl.Expr], readings: list[str]) -> Iterator[tuple[str, pl.Expr, pl.Expr]]:
    for kind in ("any", "both_devices"):
        for period, first in PERIODS.items():
            if f"{kind}{period}" in readings:
                yield f"{kind}{period}", columns["producing"] & (columns["built"] >= first), columns[kind]
    if "all" in readings:
        yield "all", columns["concerned"], columns["meets_standards"]
        yield "existing", columns["concerned"] & (columns["built"] < 2015), columns["meets_standards"]


def _polars_counts(columns: dict[str, pl.Expr], readings: list[str] = READINGS, weight: str = "") -> list[pl.Expr]:
    counts = []
    for reading, among, where in _polars_readings(columns, readings):
        for prefix, within in (("", among), ("unplaced_", among.is_null())):
            for fate, holds in zip(FATES, (where, ~where, where.is_null()), strict=True):
                counted = pl.col(weight).filter(within & holds) if weight else within & holds
                counts.append(counted.sum().cast(pl.Int64).alias(f"{reading}:{prefix}{fate}"))
    return counts


def polars_sums(frame: pl.DataFrame) -> pl.DataFrame:
    """Return one sum for each number."""
    return frame.lazy().group_by("area").agg(_polars_counts(CLASSES)).collect(engine="streaming")


def polars_classes(frame: pl.DataFrame) -> pl.DataFrame:
    """Return sums over the kinds of row that the readings can tell apart."""
    named = {name: pl.col(name) for name in CLASSES}
    return (
        frame.lazy()
        .filter(ACTIVITY.is_null() | (ACTIVITY != "other"))
        .group_by("area", *(column.alias(name) for name, column in CLASSES.items()))
        .agg(pl.len().cast(pl.Int64).alias("rows"))
        .group_by("area")
        .agg(_polars_counts(named, weight="rows"))
        .collect(engine="streaming")
    )


def polars_two_queries(frame: pl.DataFrame) -> pl.DataFrame:
    """Return sums over the kinds of row, of each target over the rows that it can concern."""
    named, lazy = {name: pl.col(name) for name in CLASSES}, frame.lazy()

    def query(rows: pl.LazyFrame, keys: dict[str, pl.Expr], readings: list[str]) -> pl.LazyFrame:
        kinds = rows.group_by("area", *(column.alias(name) for name, column in keys.items()))
        counted = kinds.agg(pl.len().cast(pl.Int64).alias("rows"))
        return counted.group_by("area").agg(_polars_counts(named, readings, "rows"))

    new = lazy.filter(CLASSES["producing"] | ACTIVITY.is_null(), (BUILT >= 2015) | BUILT.is_null())
    old = lazy.filter(ACTIVITY.is_null() | (ACTIVITY != "other"))
    before = {**{name: CLASSES[name] for name in ("concerned", "meets_standards")}, "built": BUILT.clip(2014, 2015)}
    after = {name: CLASSES[name] for name in ("producing", "built", "any", "both_devices")}
    found = pl.collect_all([query(new, after, NEW_READINGS), query(old, before, OLD_READINGS)], engine="streaming")
    return found[1].join(found[0], on="area", how="full", coalesce=True).with_columns(pl.col(COLUMNS).fill_null(0))


def from_pandas(run: Callable[[pl.DataFrame], pl.DataFrame]) -> Callable[[pd.DataFrame], pl.DataFrame]:
    """Return the query on a pandas frame: the columns that it needs are taken over first."""
    return lambda frame: run(pl.from_pandas(frame[NEEDED]))


# DuckDB

_SQL_CLASSES = """
    area, activity IN ('production', 'both') AS producing, activity <> 'other' AS concerned, meets_standards,
    CASE WHEN built < 2015 THEN 2014 WHEN built > 2016 THEN 2017 ELSE built END AS built,
    clean_technology OR pollution_reduction OR waste_treatment AS "any",
    clean_technology OR (pollution_reduction AND waste_treatment) AS both_devices
"""


def _sql_counts(counted: str) -> str:
    readings = [
        *(
            (f"{kind}{period}", f"(producing AND built >= {first})", f'"{kind}"')
            for kind in ("any", "both_devices")
            for period, first in PERIODS.items()
        ),
        ("all", "concerned", "meets_standards"),
        ("existing", "(concerned AND built < 2015)", "meets_standards"),
    ]
    return ", ".join(
        f'{counted.format(f"{within} AND {holds}")}::BIGINT AS "{reading}:{prefix}{fate}"'
        for reading, among, where in readings
        for prefix, within in (("", among), ("unplaced_", f"{among} IS NULL"))
        for fate, holds in zip(FATES, (where, f"NOT {where}", f"{where} IS NULL"), strict=True)
    )


def duckdb_sums(frame: Any) -> pl.DataFrame:
    """Return one sum for each number."""
    return _sql(sums_sql("frame"), frame)


def sums_sql(table: str) -> str:
    """Return the query of one sum for each number, over a table of DuckDB or a file."""
    counts = _sql_counts("count_if({})")
    return f"WITH rows AS (SELECT {_SQL_CLASSES} FROM {table}) SELECT area, {counts} FROM rows GROUP BY area"


def classes_sql(table: str) -> str:
    """Return the query of sums over the kinds of row that the readings can tell apart, in DuckDB or PostgreSQL."""
    kinds = f"SELECT {_SQL_CLASSES}, count(*) AS rows FROM {table} WHERE activity IS NULL OR activity <> 'other'"
    counts = _sql_counts("sum(CASE WHEN {} THEN rows ELSE 0 END)")
    return f"WITH kinds AS ({kinds} GROUP BY 1, 2, 3, 4, 5, 6, 7) SELECT area, {counts} FROM kinds GROUP BY area"


def duckdb_classes(frame: Any) -> pl.DataFrame:
    """Return sums over the kinds of row that the readings can tell apart."""
    return _sql(classes_sql("frame"), frame)


def _sql(query: str, frame: Any) -> pl.DataFrame:
    with duckdb.connect() as connection:
        connection.register("frame", frame[NEEDED] if isinstance(frame, pd.DataFrame) else frame.select(NEEDED))
        return connection.sql(query).pl()


# pandas


def pandas_idiomatic(frame: pd.DataFrame) -> pd.DataFrame:
    """Return what most people write: a column for each number, and a groupby."""
    clean, reduced, treated, standard = (frame[name].astype("boolean") for name in FLAGS)
    activity, built = frame["activity"], frame["built"].astype("Int16")
    known = activity.notna()
    producing = activity.isin(["production", "both"]).astype("boolean").where(known)
    concerned = (activity != "other").astype("boolean").where(known)
    wheres = {"any": clean | reduced | treated, "both_devices": clean | (reduced & treated)}
    readings = {
        f"{kind}{period}": (producing & (built >= first), where)
        for kind, where in wheres.items()
        for period, first in PERIODS.items()
    }
    readings |= {"all": (concerned, standard), "existing": (concerned & (built < 2015), standard)}
    columns = {}
    for reading, (among, where) in readings.items():
        for prefix, within in (("", among.fillna(False)), ("unplaced_", among.isna())):
            columns[f"{reading}:{prefix}satisfied"] = within & where.fillna(False)
            columns[f"{reading}:{prefix}failed"] = within & ~where.fillna(True)
            columns[f"{reading}:{prefix}unknown"] = within & where.isna()
    return pd.DataFrame(columns).groupby(frame["area"], observed=True).sum().astype("int64").reset_index()


ON_PANDAS: dict[str, Callable[[pd.DataFrame], Any]] = {
    "polars, two queries": from_pandas(polars_two_queries),
    "polars, by kind of row": from_pandas(polars_classes),
    "polars, sums": from_pandas(polars_sums),
    "DuckDB, by kind of row": duckdb_classes,
    "DuckDB, sums": duckdb_sums,
}
"""The queries on a pandas frame; what polars needs of it is taken over within the run."""

ON_POLARS: dict[str, Callable[[pl.DataFrame], Any]] = {
    "polars, two queries": polars_two_queries,
    "polars, by kind of row": polars_classes,
    "polars, sums": polars_sums,
    "DuckDB, by kind of row": duckdb_classes,
    "DuckDB, sums": duckdb_sums,
}
"""The same on a polars frame."""


def tidy(numbers: Any) -> pd.DataFrame:
    """Return numbers as a pandas frame with a row for each area, in order, to compare them."""
    if isinstance(numbers, pl.DataFrame):
        numbers = numbers.with_columns(pl.col("area").cast(pl.String)).to_pandas()
    tidied = numbers.assign(area=numbers["area"].astype("str")).set_index("area")
    return tidied[COLUMNS].astype("int64").sort_index()
