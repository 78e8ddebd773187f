"""How fast the library is, as ratios to hand-written code measured in the same run.

Run with ``python benchmarks/core.py`` (``--rows 1000000`` for a quick look). Every competitor computes the
same numbers, and the numbers are compared before anything is timed. Runs are interleaved; the least
of each is taken, since what makes a run slower than its least is something else on the machine.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterable
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import province
import pyarrow as pa
import pyarrow.compute as pc
from frames import FLAGS, programme, records
from timing import interleaved, note, timed

import envindicators as ei
from envindicators import examples
from envindicators.programmes import soc_trang_2020

Numbers = pd.DataFrame
"""By area, for each indicator: satisfied, failed, unknown, unplaced satisfied, failed and unknown."""

INDICATORS = ("equipped", "equipped/both", "clean", "treated", "treated/of_reduced")
COUNTS = ("satisfied", "failed", "unknown", "unplaced_satisfied", "unplaced_failed", "unplaced_unknown")
COLUMNS = [f"{indicator}:{count}" for indicator in INDICATORS for count in COUNTS]


# the numbers, by hand


def from_patterns(counted: pd.DataFrame) -> Numbers:
    """Return the numbers from counts by area and the pattern of flags: what an expert does with few patterns."""
    clean, reduced, treated = (counted[name].astype("boolean") for name in FLAGS)
    rows = counted["rows"]
    either, both = clean | reduced | treated, clean | (reduced & treated)
    found: dict[str, pd.Series] = {}
    for name, where in (("equipped", either), ("equipped/both", both), ("clean", clean), ("treated", treated)):
        found |= _placed(name, where, rows)
    within = reduced.fillna(False)
    found |= {k: v * within for k, v in _placed("treated/of_reduced", treated, rows).items()}
    perhaps = reduced.isna()
    for kind, where in (
        ("satisfied", treated.fillna(False)),
        ("failed", ~treated.fillna(True)),
        ("unknown", treated.isna()),
    ):
        found[f"treated/of_reduced:unplaced_{kind}"] = rows * (perhaps & where)
    frame = pd.DataFrame(found).astype("int64")
    summed = frame.groupby(counted["area"].astype(str)).sum()
    return summed.reindex(columns=COLUMNS, fill_value=0).sort_index()


def _placed(name: str, where: pd.Series, rows: pd.Series) -> dict[str, pd.Series]:
    return {
        f"{name}:satisfied": rows * where.fillna(False),
        f"{name}:failed": rows * (~where.fillna(True)),
        f"{name}:unknown": rows * where.isna(),
    }


def by_pandas(frame: pd.DataFrame) -> Numbers:
    """Idiomatic pandas: one column for each number, then a groupby."""
    clean, reduced, treated = (frame[name] for name in FLAGS)
    columns: dict[str, Any] = {}
    either, both = clean | reduced | treated, clean | (reduced & treated)
    for name, where in (("equipped", either), ("equipped/both", both), ("clean", clean), ("treated", treated)):
        columns[f"{name}:satisfied"] = where.fillna(False)
        columns[f"{name}:failed"] = ~where.fillna(True)
        columns[f"{name}:unknown"] = where.isna()
    within, perhaps = reduced.fillna(False), reduced.isna()
    for prefix, among in (("", within), ("unplaced_", perhaps)):
        columns[f"treated/of_reduced:{prefix}satisfied"] = among & treated.fillna(False)
        columns[f"treated/of_reduced:{prefix}failed"] = among & ~treated.fillna(True)
        columns[f"treated/of_reduced:{prefix}unknown"] = among & treated.isna()
    summed = pd.DataFrame(columns).groupby(frame["area"], observed=True).sum().astype("int64")
    summed.index = summed.index.astype(str)
    return summed.reindex(columns=COLUMNS, fill_value=0).sort_index()


def by_pandas_patterns(frame: pd.DataFrame) -> Numbers:
    """pandas, grouping by the area and the flags first."""
    counted = frame.groupby(["area", *FLAGS], observed=True, dropna=False).size().rename("rows").reset_index()
    return from_patterns(counted)


def by_polars(frame: pd.DataFrame) -> Numbers:
    """polars, lazy and streaming, grouping by the area and the flags."""
    lazy = pl.from_pandas(frame[["area", *FLAGS]]).lazy()
    counted = lazy.group_by("area", *FLAGS).agg(pl.len().alias("rows")).collect(engine="streaming")
    return from_patterns(
        counted.with_columns(pl.col("area").cast(pl.String), pl.col("rows").cast(pl.Int64)).to_pandas()
    )


def by_polars_sums(frame: pd.DataFrame) -> Numbers:
    """polars, lazy and streaming, one sum for each number."""
    clean, reduced, treated = (pl.col(name) for name in FLAGS)
    either, both = clean | reduced | treated, clean | (reduced & treated)
    sums = []
    for name, where in (("equipped", either), ("equipped/both", both), ("clean", clean), ("treated", treated)):
        sums += [
            where.fill_null(value=False).sum().alias(f"{name}:satisfied"),
            (~where.fill_null(value=True)).sum().alias(f"{name}:failed"),
            where.is_null().sum().alias(f"{name}:unknown"),
        ]
    for prefix, among in (("", reduced.fill_null(value=False)), ("unplaced_", reduced.is_null())):
        sums += [
            (among & treated.fill_null(value=False)).sum().alias(f"treated/of_reduced:{prefix}satisfied"),
            (among & ~treated.fill_null(value=True)).sum().alias(f"treated/of_reduced:{prefix}failed"),
            (among & treated.is_null()).sum().alias(f"treated/of_reduced:{prefix}unknown"),
        ]
    lazy = pl.from_pandas(frame[["area", *FLAGS]]).lazy()
    summed = lazy.group_by("area").agg(sums).collect(engine="streaming")
    return _indexed(summed.with_columns(pl.col("area").cast(pl.String)).to_pandas())


def by_arrow(frame: pd.DataFrame) -> Numbers:
    """pyarrow, grouping by the area and the flags."""
    table = pa.Table.from_pandas(frame[["area", *FLAGS]], preserve_index=False)
    counted = table.group_by(["area", *FLAGS]).aggregate([([], "count_all")]).rename_columns(["area", *FLAGS, "rows"])
    area = pc.cast(counted.column("area"), pa.string())
    return from_patterns(counted.set_column(0, "area", area).to_pandas())


def by_duckdb(frame: pd.DataFrame) -> Numbers:
    """DuckDB scanning the pandas frame, grouping by the area and the flags."""
    flags = ", ".join(FLAGS)
    query = f"SELECT area::VARCHAR AS area, {flags}, count(*) AS rows FROM frame GROUP BY ALL"
    with duckdb.connect() as connection:
        connection.register("frame", frame[["area", *FLAGS]])
        return from_patterns(connection.execute(query).df())


def _indexed(frame: pd.DataFrame) -> Numbers:
    return frame.set_index("area").astype("int64").reindex(columns=COLUMNS, fill_value=0).sort_index()


def by_library(frame: pd.DataFrame) -> Numbers:
    """The numbers from the scorecard."""
    card = ei.evaluate(programme(), {"sites": frame}, year=2020, by="area").to_frame()
    card = card[card["indicator"].isin(INDICATORS)]
    wide = card.pivot_table(index="area", columns="indicator", values=list(COUNTS), aggfunc="first")
    wide.columns = [f"{indicator}:{count}" for count, indicator in wide.columns]
    return wide.astype("int64").reindex(columns=COLUMNS, fill_value=0).sort_index()


COMPETITORS: dict[str, Callable[[pd.DataFrame], Numbers]] = {
    "pandas, idiomatic": by_pandas,
    "pandas, by pattern": by_pandas_patterns,
    "polars streaming, by pattern": by_polars,
    "polars streaming, sums": by_polars_sums,
    "pyarrow, by pattern": by_arrow,
    "duckdb, by pattern": by_duckdb,
}


def measure_records(rows: int, areas: int, times: int) -> None:
    """Print how `evaluate` compares on records with three nullable flags."""
    frame, made = records(rows, areas), programme()
    ours = by_library(frame)
    for name, run in COMPETITORS.items():
        theirs = run(frame)
        if not np.array_equal(theirs.to_numpy(), ours.to_numpy()) or list(theirs.index) != list(ours.index):
            raise SystemExit(f"{name} gives other numbers")
    runs: dict[str, Callable[[], Any]] = {
        "envindicators": lambda: ei.evaluate(made, {"sites": frame}, year=2020, by="area")
    }
    runs |= {name: (lambda run=run: run(frame)) for name, run in COMPETITORS.items()}
    seconds = interleaved(runs, times)
    print(f"\n{rows:,} records in pandas, {areas:,} areas (category), year, 3 nullable flags")
    report(seconds)
    least = {name: min(found) for name, found in seconds.items()}
    engines = {
        name: value for name, value in least.items() if name.split(",")[0].split()[0] in ("polars", "pyarrow", "duckdb")
    }
    best = min(engines, key=engines.__getitem__)
    print(f"  ratio to the best engine ({best}): {least['envindicators'] / engines[best]:.2f} (goal 0.60)")
    print(f"  ratio to idiomatic pandas: {least['envindicators'] / least['pandas, idiomatic']:.2f}")


def report(seconds: dict[str, list[float]]) -> None:
    """Print the least and the median of each run."""
    for name, found in sorted(seconds.items(), key=lambda each: min(each[1])):
        print(f"  {name:32} least {min(found) * 1000:9.1f} ms   median {np.median(found) * 1000:9.1f} ms")


def computed(card: ei.Scorecard, targets: Iterable[str]) -> None:
    """Have the tallies of every reading of these targets computed, of each group and of the whole."""
    for target in targets:
        for reading in card.programme.target(target).readings:
            for requirement in reading.requirements:
                for result in card.results:
                    np.asarray(result.by_group[requirement.indicator.key].counts)
                    np.asarray(result.whole[requirement.indicator.key].counts)


def measure_province(times: int) -> None:
    """Print how the whole programme on 11 districts compares with hand-written pandas."""
    tables, targets = examples.soc_trang(), [target.key for target in soc_trang_2020.targets]

    def card() -> ei.Scorecard:
        return ei.evaluate(soc_trang_2020, tables, year=2020, by="area")

    runs: dict[str, Callable[[], Any]] = {
        "evaluate": card,
        "evaluate, every number computed": lambda: computed(card(), targets),
        "with to_frame": lambda: card().to_frame(),
        "pandas, by hand": lambda: province.by_pandas(tables),
    }
    print("\nthe whole programme on the 11 districts of the example")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        province.agree(card(), province.by_pandas(tables))
        least = timed(runs, times)
    for name, goal in (("evaluate", 0.06), ("evaluate, every number computed", 0.06), ("with to_frame", None)):
        note(f"the programme on 11 districts: {name}", "pandas, by hand", least[name] / least["pandas, by hand"], goal)


def measure_import(times: int) -> None:
    """Print the import time as a ratio to that of pandas, in fresh interpreters."""
    commands = {
        "nothing": "pass",
        "envindicators": "import envindicators",
        "envindicators and its objects": "import envindicators as ei; ei.Tally, ei.at_least, ei.Programme, ei.flag",
        "envindicators and soc_trang_2020": "from envindicators.programmes import soc_trang_2020",
        "pandas": "import pandas",
    }
    runs = {
        name: (lambda code=code: subprocess.run([sys.executable, "-c", code], check=True))
        for name, code in commands.items()
    }
    seconds = interleaved(runs, times)
    print("\nimport, in fresh interpreters")
    report(seconds)
    bare = min(seconds["nothing"])
    pandas = min(seconds["pandas"]) - bare
    for name in list(commands)[1:4]:
        note(f"import of {name}", "pandas", (min(seconds[name]) - bare) / pandas, 0.13)


def main() -> None:
    """Print all measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--areas", type=int, nargs="+", default=[1_000])
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}, "
        f"numpy {np.__version__}, pandas {pd.__version__}, "
        f"polars {pl.__version__}, pyarrow {pa.__version__}, duckdb {duckdb.__version__}"
    )
    measure_import(max(5, given.times))
    measure_province(20)
    for areas in given.areas:
        measure_records(given.rows, areas, given.times)


if __name__ == "__main__":
    main()
