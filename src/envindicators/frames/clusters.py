"""Tables that lie on a cluster: Dask and Spark frames. Nothing of this package is needed where the rows are."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

from attrs import evolve

from envindicators.frames.batches import failing, numbered, wanted
from envindicators.frames.engine import dask_engine
from envindicators.frames.spark import spark_engine
from envindicators.frames.stream import Columns, Opened, Stream

_AT_ONCE = 8
"""So many partitions are fetched together."""


def dask_stream(given: Any) -> Stream:
    """Return a Dask frame as a stream of its partitions."""
    given = given if given.index.name is None else given.reset_index()

    def partitions(columns: Columns) -> Iterator[Opened]:
        dask = importlib.import_module("dask")
        open_pandas = importlib.import_module("envindicators.frames.pandas").open_pandas
        names = [str(name) for name in given.columns]
        parts = given[wanted(columns, names)].to_delayed()

        def frames() -> Iterator[Any]:
            yield from dask.compute(*parts[:1])  # which often tells enough
            for start in range(1, len(parts), _AT_ONCE):
                yield from dask.compute(*parts[start : start + _AT_ONCE])

        yield from numbered(frames(), names, open_pandas)

    return Stream(
        "pandas",
        lambda columns: failing("the Dask frame", partitions(columns)),
        engine=lambda: dask_engine(given),
    )


def spark_stream(given: Any) -> Stream:
    """Return a Spark frame as a stream: its rows have no order."""

    def rows(columns: Columns) -> Iterator[Opened]:
        open_arrow = importlib.import_module("envindicators.frames.arrow").open_arrow
        names = list(given.columns)
        quoted = ["`" + name.replace("`", "``") + "`" for name in wanted(columns, names)]
        yield evolve(open_arrow(given.select(*quoted).toArrow()).of_wider(names), ordered=False)

    return Stream(
        "pandas",
        lambda columns: failing("the Spark frame", rows(columns)),
        again=False,
        engine=lambda: spark_engine(given),
    )
