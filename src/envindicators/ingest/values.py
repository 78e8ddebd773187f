"""Reading the value columns of a table: exactly, in counted units, within their limits."""

from __future__ import annotations

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from envindicators.cells.grouping import extremes
from envindicators.cells.sums import MISSING_VALUE, NO_SUMS
from envindicators.definitions.table import Value
from envindicators.ingest.amounts import MOST, read_amounts
from envindicators.ingest.reading import Reading


@frozen(eq=False)
class Values:
    """What stands in the value columns of some rows.

    Args:
        rows: a row for each of them, a column for each value column.
        largest: no value is larger than this, taken without its sign.
    """

    rows: NDArray[np.int64] = NO_SUMS
    largest: int = 0


NO_VALUES = Values()
"""Those of a table without value columns."""


def read_values(reading: Reading) -> Values:
    """Return the values of each row, recording what is wrong with them."""
    if not reading.table.values:
        return NO_VALUES
    columns = [_read(reading, value) for value in reading.table.values]
    rows = columns[0].rows[:, None] if len(columns) == 1 else np.stack([column.rows for column in columns], axis=1)
    return Values(rows, max(column.largest for column in columns))


def _read(reading: Reading, value: Value) -> Values:
    column, place = reading.column(value.key), reading.place(value.key)
    read = read_amounts(column, value.unit, value.unit.grain, place, value.least)
    least, greatest = extremes(read.values) if len(read.values) else (MOST, -MOST)
    if least < value.least or (value.greatest is not None and greatest > value.greatest):
        beyond = read.known & (read.values < value.least)
        if value.greatest is not None:
            beyond |= read.known & (read.values > value.greatest)
        limits = value.limits or ()
        said = " – ".join(limits) if len(limits) > 1 else f"≥ {''.join(limits)}"
        place.mark("beyond_limits", beyond, column.value, limits=said)
    if not read.known.all():  # with some missing the values are a copy, never the column as it was given
        read.values[~read.known] = MISSING_VALUE
    return Values(read.values, max(-least, greatest, 0))
