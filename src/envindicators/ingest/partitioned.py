"""Records that are counted partition by partition: what is asked of the partitions, and what came of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from envindicators.cells.ids import NO_IDS, NO_YEAR, Ids, Repeated, together
from envindicators.frames.column import coded
from envindicators.frames.stream import Opened
from envindicators.frames.worker import Asked, Counted
from envindicators.ingest.coded import TEXT, WHOLE, Coding
from envindicators.ingest.plan import Plan
from envindicators.problems import LISTED

_TYPES: Mapping[str, Any] = {"text": TEXT, "int": WHOLE, "bool": nw.Boolean, "date": nw.Date}


def asked(plan: Plan, schema: Mapping[str, Any], columns: Sequence[Coding], kinds: NDArray[Any] | None) -> Asked:
    """Return what is asked of the partitions of a table.

    Args:
        plan: how the table is to be read.
        schema: the types of its columns, of which all fit.
        columns: the part, category and year columns that came, in the order of a pattern.
        kinds: for each pattern its kind, or None.
    """
    keys = [name for name in plan.key_names if name in schema]
    whole = [name for name in schema if name == plan.table.id and isinstance(schema[name], WHOLE)]
    names = [column.name for column in columns]
    every = (*keys, *names, *whole)
    return {
        "types": {
            name: next(what for what, kind in _TYPES.items() if isinstance(schema[name], kind)) for name in every
        },
        "keys": keys,
        "cases": [column.case for column in columns],
        # they are sent to each partition
        "kinds": None if kinds is None else kinds.astype(np.int16 if kinds.max() < 2**15 else np.int32),
        "id": whole[0] if whole else None,
        "year": "year" if "year" in schema else NO_YEAR if plan.year is None else plan.year,
        "blanks": names,
        "listed": LISTED,
    }


def framed(found: Counted, keys: Sequence[str], names: tuple[str, ...]) -> Opened:
    """Return the groups that came as a frame of all columns of the table, of which the keys can be read."""
    of_keys = zip(keys, found["codes"], found["levels"], strict=True)
    columns = {name: coded(codes, levels) for name, codes, levels in of_keys}
    return Opened("pandas", names, len(found["count"]), columns.__getitem__)


def ids_of(found: Counted) -> tuple[Ids, Repeated] | None:
    """Return the ids that came, and those that stand in several partitions; None where they must be read."""
    return None if found["runs"] is None else together([NO_IDS, Ids(found["runs"])], LISTED)
