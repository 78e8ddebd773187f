"""One scorecard from any engine: how fast, and in how much memory, as ratios to hand-written queries.

``python benchmarks/engines.py`` prints the table of the documentation. Parts can be chosen:
``--parts memory kernel parquet growth dask spark duckdb postgres``; ``--rows`` and ``--big`` make it smaller. Every
competitor computes the same numbers and is checked before it is timed; runs are interleaved; least and median are
printed. Where the machine was busy with something else it says so.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
from by_hand import classes_sql, sums_sql
from core import by_arrow, by_duckdb, by_pandas, by_polars, by_polars_sums
from frames import FLAGS, as_objects, establishments, programme, records
from timing import Runs, note, print_table, timed

import envindicators as ei
from envindicators.programmes import soc_trang_2020


def evaluated(table: Any) -> ei.Scorecard:
    """Return the scorecard of a table of sites by area."""
    return ei.evaluate(programme(), {"sites": table}, year=2020, by="area")


# in memory


def measure_memory(rows: int, times: int) -> None:
    """Compare `evaluate` on pandas frames of several kinds with hand-written queries of the same numbers."""
    kinds: list[tuple[str, int, Callable[[pd.DataFrame], pd.DataFrame], float]] = [
        ("category, 1,000 areas", 1_000, lambda frame: frame, 0.6),
        ("category, 10 areas", 10, lambda frame: frame, 0.8),
        ("category, 100,000 areas", 100_000, lambda frame: frame, 0.8),
        ("flags as objects", 1_000, as_objects, 1.0),
        ("text keys", 1_000, lambda frame: frame.assign(area=frame["area"].astype("str")), 1.3),
        ("arrow keys", 1_000, lambda frame: frame.assign(area=frame["area"].astype("string[pyarrow]")), 1.3),
    ]
    for name, areas, made, goal in kinds:
        frame = made(records(rows, areas))
        print(f"\n{rows:,} records in pandas, {name}")
        others: Runs = {
            "polars, by pattern": lambda frame=frame: by_polars(frame),
            "polars, sums": lambda frame=frame: by_polars_sums(frame),
            "pyarrow, by pattern": lambda frame=frame: by_arrow(frame),
            "duckdb, by pattern": lambda frame=frame: by_duckdb(frame),
        }
        runs: Runs = {"envindicators": lambda frame=frame: evaluated(frame), **others}
        if name.startswith("category, 1,000"):
            runs["pandas, idiomatic"] = lambda frame=frame: by_pandas(frame)
        least = timed(runs, times)
        best = min(others, key=least.__getitem__)
        note(f"pandas, {name}", best, least["envindicators"] / least[best], goal)
        if "pandas, idiomatic" in least:
            note(f"pandas, {name}", "pandas, idiomatic", least["envindicators"] / least["pandas, idiomatic"], 0.15)


def measure_kernel(rows: int, times: int) -> None:
    """Compare `evaluate`, per row, with numpy's `add.at` on codes prepared beforehand."""
    frame = records(rows, 1_000)
    codes = frame["area"].cat.codes.to_numpy().astype(np.int64)
    for name in FLAGS:
        codes = codes * 3 + frame[name].fillna(False).to_numpy(dtype=np.int64) + 2 * frame[name].isna().to_numpy()

    def kernel() -> Any:
        counts = np.zeros(27_000, dtype=np.int64)
        for start in range(0, rows, 1 << 16):
            np.add.at(counts, codes[start : start + (1 << 16)], 1)
        return counts

    print(f"\n{rows:,} records, codes prepared beforehand")
    least = timed({"envindicators": lambda: evaluated(frame), "numpy add.at": kernel}, times)
    ratio = least["envindicators"] / least["numpy add.at"]
    note(f"the older, easier work, {rows:,} rows, per row", "add.at on prepared codes", ratio, 3)


# out of core


def write_sites(folder: Path, rows: int, areas: int, files: int = 20) -> None:
    """Write records of sites as Parquet files, a million rows a row group."""
    random = np.random.default_rng(1)
    names = pa.array([f"area{code:05d}" for code in range(areas)])
    each = rows // files
    for number in range(files):
        codes = pa.array(random.integers(0, areas, each, dtype=np.int32))
        columns: dict[str, Any] = {
            "id": pa.array(np.arange(number * each, (number + 1) * each)),
            "area": pa.DictionaryArray.from_arrays(codes, names).cast(pa.string()),
            "year": pa.array(np.full(each, 2020, dtype=np.int16)),
        }
        for name in FLAGS:
            drawn = random.integers(0, 10, each, dtype=np.int8)
            columns[name] = pa.array(drawn < 6, mask=drawn == 9)
        pq.write_table(pa.table(columns), folder / f"{number:02}.parquet", compression="zstd", row_group_size=1_000_000)


def write_establishments(folder: Path, rows: int, areas: int, files: int = 20) -> None:
    """Write records of establishments as Parquet files, a million rows a row group."""
    for number in range(files):
        frame = establishments(rows // files, areas, seed=number)
        frame["id"] += number * (rows // files)
        pq.write_table(plain(frame), folder / f"{number:02}.parquet", compression="zstd", row_group_size=1_000_000)


def plain(frame: pd.DataFrame) -> pa.Table:
    """Return records with texts as texts."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    for name in ("area", "activity"):
        table = table.set_column(table.column_names.index(name), name, table[name].cast(pa.string()))
    return table


OUT_OF_CORE = {
    "envindicators": "ei.evaluate(soc_trang_2020, {{'establishments': ei.scan('{}')}}, year=2020, by='area')",
    "duckdb, by kind of row": "duckdb.sql(classes_sql(\"read_parquet('{}')\")).to_arrow_table()",
    "duckdb, sums": "duckdb.sql(sums_sql(\"read_parquet('{}')\")).to_arrow_table()",
}
"""What is run in a process of its own, so that the peak of its memory is its own."""

IMPORTS = {
    "envindicators": "import envindicators as ei; from envindicators.programmes import soc_trang_2020",
    "duckdb, by kind of row": "import duckdb; from by_hand import classes_sql",
    "duckdb, sums": "import duckdb; from by_hand import sums_sql",
}

CHILD = """
import json, re, sys, time
sys.path.insert(0, {folder!r})
{imports}
begin = time.perf_counter()
{code}
seconds = time.perf_counter() - begin
peak = int(re.search(r"VmHWM:\\s+([0-9]+)", open("/proc/self/status").read())[1])
print(json.dumps([seconds, peak / 1024]))
"""


def in_process(name: str, pattern: str) -> tuple[float, float]:
    """Return the seconds and the peak memory in MiB of one run out of core."""
    code = CHILD.format(
        folder=str(Path(__file__).parent), imports=IMPORTS[name], code=OUT_OF_CORE[name].format(pattern)
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    seconds, peak = json.loads(done.stdout.splitlines()[-1])
    return seconds, peak


def measure_parquet(rows: int, times: int, areas: tuple[int, ...] = (1_000, 100_000)) -> None:
    """Compare reading Parquet files larger than memory: time, and the peak of memory."""
    for count in areas:
        with tempfile.TemporaryDirectory() as folder:
            write_establishments(Path(folder), rows, count)
            pattern = f"{folder}/*.parquet"
            found: dict[str, list[tuple[float, float]]] = {name: [] for name in OUT_OF_CORE}
            for _ in range(times):
                for name in OUT_OF_CORE:
                    found[name].append(in_process(name, pattern))
            print(f"\n{rows:,} establishments in 20 Parquet files, {count:,} areas")
            for name, runs in found.items():
                seconds, peaks = zip(*runs, strict=True)
                print(
                    f"    {name:34} least {min(seconds):8.3f} s   median {np.median(seconds):8.3f} s   "
                    f"peak {max(peaks):6.0f} MiB"
                )
            best = min(list(OUT_OF_CORE)[1:], key=lambda name: min(found[name])[0])
            work, goal = f"{rows // 1_000_000}M rows of Parquet, {count:,} areas", 1.1 if count == 1_000 else 1.3
            note(work, best, min(found["envindicators"])[0] / min(found[best])[0], goal)
            note(f"{work}: peak memory", "512 MiB", max(peak for _, peak in found["envindicators"]) / 512, 1.0)


def measure_growth(rows: int, times: int) -> None:
    """Compare ten times the rows with the rows."""
    small, large = records(rows // 10, 1_000), records(rows, 1_000)
    print(f"\n{rows // 10:,} and {rows:,} records")
    least = timed({"few": lambda: evaluated(small), "many": lambda: evaluated(large)}, times)
    note("10 times the rows", "the time", least["many"] / least["few"], 10.5)


# databases


def real(table: Any) -> ei.Scorecard:
    """Return the scorecard of establishments by area."""
    return ei.evaluate(soc_trang_2020, {"establishments": table}, year=2020, by="area")


def measure_duckdb(rows: int, times: int) -> None:
    """Compare a DuckDB relation in memory with the same query written in DuckDB."""
    connection = duckdb.connect()
    connection.register("frame", plain(establishments(rows, 1_000)))
    connection.execute("CREATE TABLE works AS SELECT * FROM frame")
    connection.unregister("frame")
    given = connection.table("works")
    others: Runs = {
        "DuckDB, by kind of row": lambda: connection.sql(classes_sql("works")).to_arrow_table(),
        "DuckDB, sums": lambda: connection.sql(sums_sql("works")).to_arrow_table(),
    }
    print(f"\n{rows:,} establishments in a DuckDB relation")
    least = timed({"envindicators": lambda: real(given), **others}, times)
    best = min(others, key=least.__getitem__)
    note(f"DuckDB relation, {rows // 1_000_000}M records", best, least["envindicators"] / least[best], 1.1)


def measure_postgres(rows: int, times: int, url: str) -> None:
    """Compare a table in PostgreSQL, through Ibis, with the same query written in its SQL."""
    import ibis
    import psycopg

    frame = plain(establishments(rows, 1_000))
    types = {"id": "bigint", "area": "text", "year": "integer", "activity": "text", "built": "smallint"}
    columns = ", ".join(f"{name} {types.get(name, 'boolean')}" for name in frame.column_names)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP TABLE IF EXISTS works; CREATE TABLE works ({columns})")
        with connection.cursor() as cursor, cursor.copy("COPY works FROM STDIN (FORMAT csv)") as copy:
            for batch in frame.to_batches(max_chunksize=200_000):
                buffer = io.BytesIO()
                pa_csv.write_csv(batch, buffer, pa_csv.WriteOptions(include_header=False))
                copy.write(buffer.getvalue())
        connection.execute("VACUUM ANALYZE works")
        given = ibis.connect(url).table("works")
        print(f"\n{rows:,} establishments in PostgreSQL")
        runs: Runs = {
            "envindicators": lambda: real(given),
            "PostgreSQL, by kind of row": lambda: connection.execute(classes_sql("works")).fetchall(),
        }
        least = timed(runs, times)
        ratio = least["envindicators"] / least["PostgreSQL, by kind of row"]
        note(f"PostgreSQL, {rows // 1_000_000}M records", "PostgreSQL, by hand", ratio, 1.2)


# clusters


def measure_dask(rows: int, times: int) -> None:
    """Compare a Dask frame with the same aggregation written in Dask."""
    import dask.dataframe as dd
    from distributed import Client, LocalCluster

    with (
        tempfile.TemporaryDirectory() as folder,
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster),
    ):
        write_sites(Path(folder), rows, 1_000)
        given = dd.read_parquet(folder, dtype_backend="numpy_nullable")
        keys = ["area", "year", *FLAGS]

        def by_hand() -> Any:
            return given[keys].groupby(keys, dropna=False, observed=True).size().compute()

        print(f"\n{rows:,} records in Dask, distributed scheduler, 2 workers")
        assert int(by_hand().sum()) == rows
        least = timed({"envindicators": lambda: evaluated(given), "dask, by hand": by_hand}, times)
        note(
            f"Dask, {rows // 1_000_000}M records", "dask, by hand", least["envindicators"] / least["dask, by hand"], 1.0
        )


def measure_spark(rows: int, times: int) -> None:
    """Compare a Spark frame with the same aggregation written in Spark."""
    if shutil.which("java") is None:
        print("\nSpark: no Java, not measured")
        return
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = "/no/python"
    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    session.conf.set("spark.sql.shuffle.partitions", "4")
    session.sparkContext.setLogLevel("OFF")
    with tempfile.TemporaryDirectory() as folder:
        write_sites(Path(folder), rows, 1_000)
        given = session.read.parquet(folder)

        def by_hand() -> Any:
            return given.groupBy("area", "year", *FLAGS).count().collect()

        print(f"\n{rows:,} records in Spark, local mode")
        assert sum(row["count"] for row in by_hand()) == rows
        least = timed({"envindicators": lambda: evaluated(given), "spark, by hand": by_hand}, times)
        ratio = least["envindicators"] / least["spark, by hand"]
        note(f"Spark, {rows // 1_000_000}M records", "spark, by hand", ratio, 1.2)
    session.stop()


def main() -> None:
    """Print all measurements, and the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000, help="rows in memory and on clusters")
    parser.add_argument("--big", type=int, default=100_000_000, help="rows in Parquet files")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--postgres", default="postgresql://postgres@localhost/postgres", help="a database to fill")
    parts: dict[str, Callable[[], None]] = {
        "memory": lambda: measure_memory(given.rows, given.times),
        "kernel": lambda: measure_kernel(given.rows, given.times),
        "growth": lambda: measure_growth(given.rows, given.times),
        "parquet": lambda: measure_parquet(given.big, max(1, given.times // 2)),
        "dask": lambda: measure_dask(given.rows, given.times),
        "spark": lambda: measure_spark(given.rows, given.times),
        "duckdb": lambda: measure_duckdb(given.rows, given.times),
        "postgres": lambda: measure_postgres(given.rows // 2, given.times, given.postgres),
    }
    parser.add_argument("--parts", nargs="+", choices=list(parts), default=list(parts))
    given = parser.parse_args()
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}, "
        f"numpy {np.__version__}, pandas {pd.__version__}, polars {pl.__version__}, pyarrow {pa.__version__}, "
        f"duckdb {duckdb.__version__}, {time.strftime('%Y-%m-%d')}"
    )
    for part in given.parts:
        parts[part]()
    print_table()


if __name__ == "__main__":
    main()
