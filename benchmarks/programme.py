"""The real work: the table of establishments under `soc_trang_2020`, against the same numbers by hand.

``python benchmarks/programme.py`` prints every ratio beside its goal, and the table of docs/performance.md at the
end; ``--quick`` does the same with few rows, to see that it works. ``--parts`` chooses, ``--times`` says how often
each run is repeated. The numbers of every competitor are compared with the library's before anything
is timed. Runs are taken in turns; the least of each counts, since what makes a run slower than its least
is something else on the machine, whose load is printed.

The library checks every value, sees that each id stands once, knows which areas sent nothing, and gives
bounds, verdicts and reasons for twelve readings; the queries by hand give the counts of eight.
"""

from __future__ import annotations

import argparse
import gc
import inspect
import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import by_hand
import core
import duckdb
import engines
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
from frames import SIX_FLAGS, as_objects, establishments
from timing import Runs, note, print_table, timed

import envindicators as ei
from envindicators.programmes import soc_trang_2020

TARGETS = by_hand.TARGETS


def evaluated(frame: Any) -> ei.Scorecard:
    """Return the card by area, without complaints about tables that did not come."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ei.evaluate(soc_trang_2020, {"establishments": frame}, year=2020, by="area")


def framed(card: ei.Scorecard, targets: Sequence[str] | None = TARGETS) -> Any:
    """Return the card as a frame, of these targets only."""
    if targets is None:
        return card.to_frame()
    if "targets" not in inspect.signature(card.to_frame).parameters:
        every = card.to_frame()
        return (
            every[every["target"].isin(targets)]
            if isinstance(every, pd.DataFrame)
            else every.filter(pl.col("target").is_in(targets))
        )
    return card.to_frame(targets=targets)


def by_library(frame: Any) -> pd.DataFrame:
    """Return the numbers that the queries by hand give, from the library's frame."""
    card = framed(evaluated(frame))
    card = card.to_pandas() if isinstance(card, pl.DataFrame) else card
    card = card[card["reading"].isin(by_hand.READINGS)].set_index(["area", "reading"])[list(by_hand.COUNTS)]
    wide = card.unstack("reading")
    wide.columns = [f"{reading}:{count}" for count, reading in wide.columns]
    return by_hand.tidy(wide.reset_index())


def agree(frame: Any, others: dict[str, Callable[[Any], Any]]) -> None:
    """Stop unless every competitor gives the library's numbers."""
    ours = by_library(frame)
    for name, run in others.items():
        theirs = by_hand.tidy(run(frame))
        if list(theirs.index) != list(ours.index) or not np.array_equal(theirs.to_numpy(), ours.to_numpy()):
            raise SystemExit(f"{name} gives other numbers than the library")


def compared(
    title: str,
    frame: Any,
    times: int,
    others: dict[str, Callable[[Any], Any]],
    ours: dict[str, tuple[Callable[[], Any], float | None]],
) -> dict[str, float]:
    """Time runs of the library against those by hand, and note the ratio of each to the best of the others."""
    print(f"\n{title}")
    agree(frame, others)
    gc.collect()
    runs: Runs = {name: run for name, (run, _) in ours.items()}
    runs |= {name: (lambda run=run: run(frame)) for name, run in others.items()}
    least = timed(runs, times)
    engine = min((name for name in others if "pandas" not in name), key=least.__getitem__)
    for name, (_, goal) in ours.items():
        note(f"{title}: {name}", engine, least[name] / least[engine], goal)
    if "pandas, idiomatic" in least:
        note(f"{title}: {next(iter(ours))}", "pandas, idiomatic", least[next(iter(ours))] / least["pandas, idiomatic"])
    return least


def with_frame(frame: Any) -> Any:
    """Evaluate and make the frame of the two targets."""
    return framed(evaluated(frame))


def measure_thousand(rows: int, areas: int, times: int) -> None:
    """Few areas: in pandas, in polars, with blanks in the year of building, with six flags, ids in disorder."""
    frame = establishments(rows, areas)
    idiomatic = {**by_hand.ON_PANDAS, "pandas, idiomatic": by_hand.pandas_idiomatic}
    compared(
        f"{rows:,} rows, {areas:,} areas",
        frame,
        times,
        idiomatic,
        {"with to_frame": (lambda: with_frame(frame), 0.5), "evaluate": (lambda: evaluated(frame), 0.5)},
    )
    in_polars = pl.from_pandas(frame)
    compared(
        f"{rows:,} rows, {areas:,} areas, from a polars frame",
        in_polars,
        times,
        by_hand.ON_POLARS,
        {"with to_frame": (lambda: with_frame(in_polars), None)},
    )
    order = np.random.default_rng(1).permutation(rows)
    further = {
        "ids in no order": frame.assign(id=order),
        "blanks in the year of building": establishments(rows, areas, blanks=True),
        "six flags and twelve readings, by hand eight": establishments(rows, areas, flags=SIX_FLAGS),
    }
    for name, other in further.items():
        compared(
            f"{rows:,} rows, {areas:,} areas, {name}",
            other,
            times,
            by_hand.ON_PANDAS,
            {"with to_frame": (lambda other=other: with_frame(other), None)},
        )


def measure_kinds(rows: int, areas: int, times: int) -> None:
    """Flags as objects, and areas as text."""
    frame = establishments(rows, areas)
    for name, other, goal in (
        ("flags as objects", as_objects(frame), 1.0),
        ("areas as text", frame.assign(area=frame["area"].astype("str")), 1.2),
    ):
        compared(
            f"{rows:,} rows, {areas:,} areas, {name}",
            other,
            times,
            by_hand.ON_PANDAS,
            {
                "with to_frame": (lambda other=other: with_frame(other), goal),
                "evaluate": (lambda other=other: evaluated(other), goal),
            },
        )


def measure_many_areas(rows: int, areas: int, times: int) -> None:
    """As many areas as there are communes in a continent."""
    frame = establishments(rows, areas)
    compared(
        f"{rows:,} rows, {areas:,} areas",
        frame,
        times,
        by_hand.ON_PANDAS,
        {
            "evaluate, every number computed": (lambda: core.computed(evaluated(frame), TARGETS), 1.0),
            "with to_frame": (lambda: with_frame(frame), 2.0),
        },
    )


# the frame itself


def measure_frames(rows: int, areas: int, times: int) -> None:
    """`to_frame` of all targets, against pandas making such a frame of arrays that are ready."""
    print(f"\nto_frame of all targets, {areas:,} areas")
    card = evaluated(establishments(rows, areas))
    frame = framed(card, None)
    arrays, objects, dtypes = _arrays(frame), _plain(frame), frame.dtypes
    print(f"    {len(frame):,} rows, {len(frame.columns)} columns, {_bytes(frame) / 2**20:,.0f} MiB")
    del frame

    def converted() -> pd.DataFrame:
        return pd.DataFrame({name: pd.Series(values, dtype=dtypes[name]) for name, values in objects.items()})

    ours, plain, ready = "to_frame of all targets", "pandas from numpy's arrays", "pandas from arrays of its dtypes"
    runs: Runs = {ours: lambda: framed(card, None), plain: converted, ready: lambda: pd.DataFrame(arrays, copy=True)}
    least = timed(runs, times)
    note(f"{ours}, {areas:,} areas", plain, least[ours] / least[plain], 2.0)
    note(f"{ours}, {areas:,} areas", ready, least[ours] / least[ready])
    if not Path("/proc/self/clear_refs").exists():
        return
    command = [sys.executable, __file__, "--rows", str(rows), str(areas), "--peak"]
    peak, peak_by_hand, size = (int(number) / 2**20 for number in subprocess.check_output(command).split())
    print(f"    peak {peak:,.0f} MiB; {ready} {peak_by_hand:,.0f} MiB; the frame {size:,.0f} MiB")
    note(f"{ours}, {areas:,} areas: peak of memory", "the frame's own", peak / size, 2.0)


def _plain(frame: pd.DataFrame) -> dict[str, Any]:
    """Return the columns as arrays of numpy: numbers as they are, text and flags that may be missing as objects."""
    return {
        name: frame[name].to_numpy().copy() if isinstance(frame[name].dtype, np.dtype) else frame[name].to_numpy(object)
        for name in frame.columns
    }


def _arrays(frame: pd.DataFrame) -> dict[str, Any]:
    """Return copies of the columns' arrays, of pandas' own dtypes: text is then arrow's, which nothing copies."""
    return {
        name: frame[name].to_numpy().copy() if isinstance(frame[name].dtype, np.dtype) else frame[name].array.copy()
        for name in frame.columns
    }


def _bytes(frame: pd.DataFrame) -> int:
    return int(frame.memory_usage(index=False, deep=True).sum())


def peaks(rows: int, areas: int) -> tuple[int, int, int]:
    """Return the peak of memory of `to_frame`, of pandas from ready arrays, and the size of the frame, in bytes.

    To be called in a process of its own.
    """
    card = evaluated(establishments(rows, areas))
    framed(evaluated(establishments(1_000, 10)), None)  # what it imports and keeps
    gc.collect()
    peak, frame = _peak(lambda: framed(card, None))
    size = _bytes(frame)
    arrays = _arrays(frame)
    del frame
    gc.collect()
    peak_of_pandas, _ = _peak(lambda: pd.DataFrame(arrays, copy=True))
    return peak, peak_of_pandas, size


def _peak(run: Callable[[], Any]) -> tuple[int, Any]:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _resident("VmRSS")
    made = run()
    return _resident("VmHWM") - before, made


def _resident(field: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field))


# growth


def measure_growth(rows: int, areas: int, times: int) -> None:
    """Ten times the rows, ten times the areas."""
    print("\ngrowth of evaluate with to_frame")
    frames = {
        "a tenth of the rows": establishments(rows // 10, areas),
        "the rows": establishments(rows, areas),
        "ten times the areas": establishments(rows, areas * 10),
        "ten times the rows": establishments(rows * 10, areas),
    }
    least = timed({name: (lambda frame=frame: with_frame(frame)) for name, frame in frames.items()}, times)
    for less, more, what, goal in (
        ("a tenth of the rows", "the rows", f"{rows // 10:,} to {rows:,} rows, {areas:,} areas", 10.5),
        ("the rows", "ten times the rows", f"{rows:,} to {rows * 10:,} rows, {areas:,} areas", 10.5),
        ("the rows", "ten times the areas", f"{areas:,} to {areas * 10:,} areas, {rows:,} rows", 2.0),
    ):
        note(what, "the time", least[more] / least[less], goal)


PARTS = ("thousand", "many", "kinds", "kernel", "province", "frames", "import", "growth")


def main() -> None:
    """Print all measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="few rows, one round: to see that it works")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--times", type=int)
    parser.add_argument("--rows", type=int, nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--peak", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.peak:
        print(*peaks(*chosen.rows))
        return
    few, many, kernel = (4_000_000, 1_000), (3_000_000, 100_000), 10_000_000
    if chosen.quick:
        few, many, kernel = (20_000, 100), (30_000, 500), 20_000
        print("few rows: the ratios say nothing, only that it works and that the numbers agree")
    times = chosen.times or (1 if chosen.quick else 5)
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}, "
        f"numpy {np.__version__}, pandas {pd.__version__}, polars {pl.__version__}, pyarrow {pa.__version__}, "
        f"DuckDB {duckdb.__version__}"
    )
    measures: dict[str, Callable[[], None]] = {
        "thousand": lambda: measure_thousand(*few, times),
        "many": lambda: measure_many_areas(*many, times),
        "kinds": lambda: measure_kinds(*few, times),
        "kernel": lambda: engines.measure_kernel(kernel, times),
        "province": lambda: core.measure_province(2 if chosen.quick else 20),
        "frames": lambda: measure_frames(*many, min(times, 3)),
        "import": lambda: core.measure_import(max(2, times)),
        "growth": lambda: measure_growth(*few, min(times, 3)),
    }
    for part in chosen.parts:
        measures[part]()
    print_table()


if __name__ == "__main__":
    main()
