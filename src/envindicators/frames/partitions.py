"""Counting the rows of a Dask frame, partition by partition, by functions that are sent to where the partitions lie."""

from __future__ import annotations

import functools
import importlib
import pickle
import threading
from collections.abc import Callable
from typing import Any

from envindicators.frames import worker
from envindicators.frames.worker import Asked, Counted

_ONE_AT_A_TIME = threading.Lock()


def count_partitions(given: Any, asked: Asked) -> Counted | None:
    """Return what is asked of a Dask frame; None where a partition holds anything else than the frame says.

    Nothing is needed on the workers but Dask, pandas and numpy, and what comes back of each is small.

    Args:
        given: the frame.
        asked: what is asked.
    """
    pd = importlib.import_module("pandas")
    labels = [label for label in given.columns if str(label) in asked["types"]]
    merged = by_value(functools.partial(worker.of_several, listed=asked["listed"]))
    whole = given[labels].reduction(
        by_value(functools.partial(worker.of_partition, asked=asked)),
        aggregate=merged,
        combine=merged,
        meta=pd.DataFrame({"counted": pd.Series([], dtype=object)}),
    )
    found: list[Counted | None] = whole.optimize().compute()["counted"].iloc[0]
    return found[0]


def by_value(function: Any) -> Callable[[Any], Any]:
    """Return a function of the worker's module as one that is pickled with all that it calls.

    Functions of a module are pickled by its name, and it would have to be where they are called.
    """
    cloudpickle = importlib.import_module("cloudpickle")
    with _ONE_AT_A_TIME:
        cloudpickle.register_pickle_by_value(worker)
        try:
            held = cloudpickle.dumps(function)
        finally:
            cloudpickle.unregister_pickle_by_value(worker)

    def called(frame: Any) -> Any:
        return pickle.loads(held)(frame)  # noqa: S301 - it is from here

    return called
