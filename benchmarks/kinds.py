"""How fast amounts, ratios, means and changes are, as ratios to the fastest of polars, DuckDB and pandas by hand.

Run with ``python benchmarks/kinds.py`` (``--rows 400000`` for a quick look). By hand means the sums and the number
of blanks by area and nothing else: no bounds, no verdicts, and nothing is checked. "polars, checked" is the same with
the two checks without which no number stands: that no line came twice in a year, which is plain where lines rise, and
that decimals are added up as decimals. The numbers are compared before anything is timed.
"""

from __future__ import annotations

import argparse
import datetime
import warnings
from collections.abc import Callable
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
from timing import note, print_table, timed

import envindicators as ei

YEAR, BASE, GOAL = 2030, 2020, 0.6
TREE, PERSON = ei.Unit("tree", "trees"), ei.Unit("person", "people")
TREES = ei.Table("trees", TREE, total="trees", parts=["alive"], id="line")
PEOPLE = ei.Table("people", PERSON, total="persons", parts=["present"], id="line")
AIR = ei.Table(
    "air",
    ei.Unit("day", "days"),
    total="days",
    id="line",
    period="flow",
    values=[ei.Value("pm25", ei.Unit("µg/m3", "µg/m³", grain=10), limits=("0 µg/m3", "500 µg/m3"))],
)
ALIVE = ei.Amount("alive", "trees alive", table=TREES, where=ei.flag("alive"))
PRESENT = ei.Amount("present", "people", table=PEOPLE, where=ei.flag("present"))
REQUIRED: dict[str, Any] = {
    "amount": ALIVE.at_least("1_000 tree"),
    "ratio": ei.Ratio("each", "trees for each person", ALIVE, per=PRESENT).at_least("1 tree/person"),
    "mean": ei.Mean("pm25", "PM2.5", table=AIR, of="pm25").below("40 µg/m3"),
    "change": ALIVE.since(BASE).at_least("+10%"),
}


def programme(kind: str) -> ei.Programme:
    """Return a programme of one target."""
    paper = ei.Document("1", "made up", "Example", "no one", datetime.date(2025, 1, 1))
    clause = ei.Clause(paper, "1", "Made up.", "Made up.", paraphrase=True)
    return ei.Programme("example", "Example", paper, [ei.Target("target", clause, YEAR, REQUIRED[kind])])


def listed(rows: int, column: str, years: tuple[int, ...], chance: np.random.Generator) -> pd.DataFrame:
    """Return records of 1,000 areas with a flag, of which 1% are blank."""
    area = np.concatenate([np.sort(chance.integers(0, 1000, rows // len(years))) for _ in years])
    frame = pd.DataFrame({"area": area, "line": np.arange(rows), "year": np.repeat(years, rows // len(years))})
    frame[column] = pd.array(chance.random(rows) < 0.7, dtype="boolean")
    frame.loc[chance.random(rows) < 0.01, column] = pd.NA
    return frame


def tables_of(kind: str, rows: int) -> dict[str, pd.DataFrame]:
    """Return the tables that a kind asks of."""
    chance = np.random.default_rng(1)
    if kind == "mean":
        values = np.round(chance.random(rows) * 80, 1)
        values[chance.random(rows) < 0.01] = np.nan
        area = np.sort(chance.integers(0, 1000, rows))
        return {"air": pd.DataFrame({"area": area, "line": np.arange(rows), "year": YEAR, "pm25": values})}
    if kind == "ratio":
        return {key: listed(rows // 2, FLAGS[key], (YEAR,), chance) for key in ("trees", "people")}
    return {"trees": listed(rows, "alive", (BASE, YEAR) if kind == "change" else (YEAR,), chance)}


FLAGS = {"trees": "alive", "people": "present", "air": "pm25"}

Sums = dict[str, pd.DataFrame]
"""By table the sum, the number of values and of rows by area and year."""


def by_polars(tables: dict[str, pl.DataFrame]) -> Sums:
    """Return the sums by hand, in polars."""

    def summed(key: str, frame: pl.DataFrame) -> pd.DataFrame:
        value = pl.col(FLAGS[key])
        query = (
            frame.lazy().group_by("area", "year").agg(value.sum().alias("sum"), value.count().alias("known"), pl.len())
        )
        return query.collect(engine="streaming").to_pandas()

    return {key: summed(key, frame) for key, frame in tables.items()}


def by_polars_checked(tables: dict[str, pl.DataFrame]) -> Sums:
    """Return the sums by hand in polars, after checking that no line came twice, with decimals added up exactly."""

    def summed(key: str, frame: pl.DataFrame) -> pd.DataFrame:
        value = pl.col(FLAGS[key])
        if not frame.select((pl.col("line").diff().drop_nulls() > 0).all()).item():
            lines = frame.group_by("year").agg(pl.col("line").n_unique().alias("lines"), pl.len())
            if not (lines["lines"] == lines["len"]).all():
                raise ValueError(key)
        if key == "air":
            tenths = (value * 10).round()
            if not frame.select(((tenths - value * 10).abs() < 1e-9).all()).item():
                raise ValueError(key)
            value = tenths.cast(pl.Int64) / 10
        query = (
            frame.lazy().group_by("area", "year").agg(value.sum().alias("sum"), value.count().alias("known"), pl.len())
        )
        return query.collect(engine="streaming").to_pandas()

    return {key: summed(key, frame) for key, frame in tables.items()}


def by_duckdb(tables: dict[str, Any]) -> Sums:
    """Return the sums by hand, in DuckDB."""
    return {
        key: duckdb.sql(
            f"select area, year, sum({FLAGS[key]}::double) as sum, count({FLAGS[key]}) as known, count(*) as len "
            "from frame group by area, year"
        ).df()
        for key, frame in tables.items()
    }


def by_pandas(tables: dict[str, pd.DataFrame]) -> Sums:
    """Return the sums by hand, in pandas."""
    return {
        key: frame.groupby(["area", "year"])[FLAGS[key]].agg(["sum", "count", "size"]).reset_index()
        for key, frame in tables.items()
    }


def compare(kind: str, card: Any, sums: Sums) -> None:
    """Raise unless the library and the sums by hand say the same of the least of a value in every area."""
    frame = card.to_frame(backend="pandas").set_index("area").sort_index()
    now = {key: table[table["year"] == YEAR].set_index("area").sort_index() for key, table in sums.items()}
    if kind == "amount":
        least = now["trees"]["sum"]
    elif kind == "mean":
        least = now["air"]["sum"] / now["air"]["len"]
    elif kind == "ratio":
        whole = now["people"]
        least = now["trees"]["sum"] / (whole["sum"] + whole["len"] - whole["known"])
    else:
        then = sums["trees"][sums["trees"]["year"] == BASE].set_index("area").sort_index()
        least = now["trees"]["sum"] / (then["sum"] + then["len"] - then["known"]) - 1
    np.testing.assert_allclose(frame["value_lower"].to_numpy(float), least.to_numpy(float), rtol=1e-9, atol=1e-12)


def main() -> None:
    """Measure every kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=4_000_000)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    for kind in REQUIRED:
        tables = tables_of(kind, asked.rows)
        own = programme(kind)
        as_polars = {key: pl.from_pandas(frame) for key, frame in tables.items()}

        def ours(tables: dict[str, Any] = tables, own: ei.Programme = own) -> Any:
            return ei.evaluate(own, tables, year=YEAR, by="area")

        by_hand: dict[str, Callable[[], Any]] = {
            "polars": lambda given=as_polars: by_polars(given),
            "polars, checked": lambda given=as_polars: by_polars_checked(given),
            "duckdb": lambda given=tables: by_duckdb(given),
            "pandas": lambda given=tables: by_pandas(given),
        }
        compare(kind, ours(), by_polars(as_polars))
        least = timed({"envindicators": ours, **by_hand}, asked.runs)
        fastest = min(by_hand, key=lambda name: least[name])
        for name in (fastest, "polars, checked"):
            note(kind, name, least["envindicators"] / least[name], GOAL)
    print_table()


if __name__ == "__main__":
    main()
