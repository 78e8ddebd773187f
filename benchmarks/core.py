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
from collections.abc import Callable
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
from frames import FLAGS, programme, records
from timing import interleaved

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


# the whole programme, by hand, on the example province


def province_by_pandas(tables: dict[str, pd.DataFrame]) -> list[Any]:
    """Return, by area, counts of the seven targets and their readings, as hand-written pandas gives them.

    It does not check its input, knows no bounds beyond the missing counts, and explains nothing.
    """
    found: list[Any] = []
    residents = tables["residents"].query("year == 2020")
    for settlement in ("urban", "rural"):
        of = residents[residents["settlement"] == settlement]
        known = of["hygienic_water"].notna()
        found.append(_sums(of, of["persons"], of["hygienic_water"], known))
    establishments = tables["establishments"].query("year == 2020")
    producing = establishments["activity"].isin(["production", "both"])
    business = establishments["activity"].isin(["production", "business", "both"])
    parts = [name for name in ("clean_technology", "pollution_reduction", "waste_treatment") if name in establishments]
    for first in (2015, 2016, 2017):
        new = establishments[producing & establishments["built"].between(first, 2020)]
        known = new[parts].notna().all(axis=1)
        least, most = new[parts].max(axis=1), new[parts].sum(axis=1).clip(upper=new["establishments"])
        found += [_sums(new, new["establishments"], least, known), _sums(new, new["establishments"], most, known)]
        both = new[parts[1:]].sum(axis=1) - new["establishments"]
        found.append(_sums(new, new["establishments"], both.clip(lower=0).combine(new[parts[0]], max), known))
    for of in (establishments[business], establishments[business & (establishments["built"] < 2015)]):
        found.append(_sums(of, of["establishments"], of["meets_standards"], of["meets_standards"].notna()))
    waste = tables["waste"].query("year == 2020")
    groups = {
        "urban_waste": ["urban_domestic", "industrial", "service"],
        "rural_waste": ["rural", "craft_village"],
        "medical_waste": ["medical"],
    }
    for streams in groups.values():
        each = [[stream] for stream in streams] if len(streams) > 1 else []
        for chosen in [streams, *each]:
            of = waste[waste["stream"].isin(chosen)]
            found.append(_sums(of, of["generated"], of["treated_to_standard"], of["treated_to_standard"].notna()))
        of = waste[waste["stream"].isin(streams)]
        found.append(_sums(of, of["generated"], of["collected"], of["collected"].notna()))
        found.append(_sums(of, of["collected"], of["treated_to_standard"], of["treated_to_standard"].notna()))
    return found


def _sums(frame: pd.DataFrame, base: pd.Series, part: pd.Series, known: pd.Series) -> pd.DataFrame:
    made = pd.DataFrame(
        {
            "area": frame["area"],
            "satisfied": part.where(known, 0),
            "failed": (base - part).where(known, 0),
            "unknown": base.where(~known, 0),
        }
    )
    by_area = made.groupby("area")[["satisfied", "failed", "unknown"]].sum()
    total = by_area.sum().to_frame().T
    for sums in (by_area, total):
        n = sums["satisfied"] + sums["failed"] + sums["unknown"]
        sums["lower"] = sums["satisfied"] / n
        sums["upper"] = (sums["satisfied"] + sums["unknown"]) / n
    return pd.concat([by_area, total])


def measure_province(times: int) -> None:
    """Print how the whole programme on 11 districts compares with hand-written pandas."""
    tables = examples.soc_trang()
    runs: dict[str, Callable[[], Any]] = {
        "envindicators": lambda: ei.evaluate(soc_trang_2020, tables, year=2020, by="area"),
        "pandas, by hand": lambda: province_by_pandas(tables),
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for run in runs.values():
            run()
        seconds = interleaved(runs, times)
    print("\nthe whole programme on the 11 districts of the example")
    report(seconds)
    print(f"  ratio: {min(seconds['envindicators']) / min(seconds['pandas, by hand']):.2f} (goal 1.00)")


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
        print(f"  {name}: {(min(seconds[name]) - bare) / pandas:.2f} of pandas (goal 0.25)")


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
