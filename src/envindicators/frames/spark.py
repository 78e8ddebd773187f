"""Spark as an engine, in its own words: narwhals crosses over to Java for each operation, and that takes long."""

from __future__ import annotations

import importlib
import math
from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from envindicators.frames.engine import BLOCK, KNOWN, PATTERN, ROWS, Engine, by_block, from_arrow, words_of
from envindicators.frames.worker import Case, Comparison


def spark_engine(given: Any) -> Engine:
    """Return the engine of a Spark frame."""

    def patterned(keys: Mapping[str, str], cases: Sequence[Case]) -> nw.LazyFrame[Any]:
        nested = [name for name in keys if "." in name or "`" in name]
        if nested:  # which narwhals does not quote where rows are asked for
            raise NotImplementedError(f"a column is called {nested[0]!r}")
        named = [f"{_quoted(name)} AS {key}" for name, key in keys.items()]
        rows: nw.LazyFrame[Any] = nw.from_native(given.selectExpr(*named, f"{_pattern(cases)} AS {PATTERN}"))
        return rows

    def blocks(rows: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        expr = importlib.import_module("pyspark.sql.functions").expr
        bit, word = "shiftleft(1L, cast(id & 63 AS int)) AS bit", "cast(shiftright(id, 6) & 3 AS int) AS word"
        of_row = rows.to_native().selectExpr("*", f"shiftright(id, 8) AS {BLOCK}", bit, word)
        counts = {ROWS: "count(*)", KNOWN: "count(id)"}
        for place, name in enumerate(words_of(4)):
            counts[name] = f"bit_or(bit) FILTER (WHERE word = {place})"
        keys = by_block(rows)
        counted = of_row.groupBy(*keys).agg(*(expr(sql).alias(name) for name, sql in counts.items()))
        found: nw.LazyFrame[Any] = nw.from_native(counted.selectExpr(*keys[:-1], f"{BLOCK} * 256 AS {BLOCK}", *counts))
        return found

    def outlined(blocks: nw.LazyFrame[Any], words: Sequence[str], neighbours: int) -> nw.LazyFrame[Any]:
        expr = importlib.import_module("pyspark.sql.functions").expr
        every = " AND ".join([f"{KNOWN} = {neighbours * len(words)}", *(f"{word} = -1" for word in words)])
        marked = blocks.to_native().selectExpr("*", f"if({every}, 1, 0) AS full")
        sums = {name: f"sum({name})" for name in (ROWS, KNOWN, *words)}
        ends = {BLOCK: f"min({BLOCK})", "last": f"max({BLOCK})", "blocks": "count(*)"}
        own = marked.selectExpr("*", f"if(full = 1, 0, {BLOCK}) AS own").groupBy("year", "full", "own")
        found: nw.LazyFrame[Any] = nw.from_native(
            own.agg(*(expr(sql).alias(name) for name, sql in {**sums, **ends}.items()))
        )
        return found

    return Engine(
        "the Spark frame",
        nw.from_native(given),
        lambda rows: from_arrow(rows.to_native().toArrow()),
        patterned=patterned,
        blocks=blocks,
        outlined=outlined,
        neighbours=64,
        words=4,
        at_once=True,
        ordered=False,
        share=lambda: _tasks_done(given.sparkSession),
    )


def _tasks_done(session: Any) -> float | None:
    """Return how many of the tasks are done that Spark is at, as a share; None where it is far and does not tell."""
    try:
        tracker = session.sparkContext.statusTracker()
    except Exception:  # noqa: BLE001 - of a session through Spark Connect, in words of its own
        return None
    stages = [stage for stage in map(tracker.getStageInfo, tracker.getActiveStageIds()) if stage is not None]
    tasks = sum(stage.numTasks for stage in stages)
    return sum(stage.numCompletedTasks for stage in stages) / tasks if tasks else None


# patterns


def _pattern(cases: Sequence[Case]) -> str:
    """Return the pattern of a row: the codes of some columns as one number."""
    pattern = "0" if math.prod(size for size, _, _ in cases) < 2**31 else "0L"
    for size, branches, otherwise in cases:
        whens = " ".join(f"WHEN {' AND '.join(map(_holds, every))} THEN {code}" for every, code in branches)
        pattern = f"({pattern} * {size} + CASE {whens} ELSE {otherwise} END)"
    return pattern


def _holds(comparison: Comparison) -> str:
    """Return whether a comparison holds, of a row."""
    name, how, than = comparison
    column = _quoted(name)
    if how == "missing":
        return f"{column} IS NULL"
    if how == "true":
        return column
    if how == "after":
        return f"{column} > {_quoted(than)}"
    # what stands between quotation marks may have marks of its own
    value = f"CAST(X'{than.encode().hex()}' AS STRING)" if isinstance(than, str) else str(than)
    return f"{column} {how} {value}"


def _quoted(name: str) -> str:
    return f"`{name}`"
