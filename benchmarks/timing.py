"""Runs taken in turns, and ratios printed beside their goals."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

import numpy as np

Runs = dict[str, Callable[[], Any]]

RESULTS: list[tuple[str, str, float, float | None]] = []
"""What was measured: the work, what it is compared with, the ratio, the goal if it has one."""


def note(work: str, other: str, ratio: float, goal: float | None = None) -> None:
    """Print a ratio and keep it for the table."""
    RESULTS.append((work, other, ratio, goal))
    print(f"  {work}: {ratio:.2f} of {other}{_goal(ratio, goal)}", flush=True)


def _goal(ratio: float, goal: float | None) -> str:
    if goal is None:
        return ""
    return f" (goal {goal:g}{', MISSED' if ratio > goal else ''})"


def print_table() -> None:
    """Print all ratios as a table of Markdown."""
    print("\n| work | compared with | ratio | goal |\n|---|---|---|---|")
    for work, other, ratio, goal in RESULTS:
        shown = f"{ratio:.2f}" if goal is None or ratio <= goal else f"**{ratio:.2f}**"
        print(f"| {work} | {other} | {shown} | {'' if goal is None else f'{goal:g}'} |")


def interleaved(runs: Runs, times: int) -> dict[str, list[float]]:
    """Return the seconds of each run, taken in turns."""
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(times):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - start)
    return seconds


def timed(runs: Runs, times: int) -> dict[str, float]:
    """Return the least seconds of each run, interleaved after one round to warm up; print least and median.

    The load is that of the last minute before; above 1.5 the machine was not alone.
    """
    before = os.getloadavg()[0]
    for run in runs.values():
        run()
    seconds = interleaved(runs, times)
    print(f"    load {before:.1f} before, {os.getloadavg()[0]:.1f} after")
    for name, values in sorted(seconds.items(), key=lambda item: min(item[1])):
        print(f"    {name:44} least {min(values) * 1000:10.1f} ms   median {np.median(values) * 1000:10.1f} ms")
    return {name: min(values) for name, values in seconds.items()}
