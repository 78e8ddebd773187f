"""Reading the value columns of a table: exactly, in counted units, within their limits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from envindicators.cells.grouping import extremes
from envindicators.cells.sums import MISSING_VALUE
from envindicators.definitions.table import Value
from envindicators.ingest.amounts import MOST, read_amounts
from envindicators.ingest.reading import Reading


def read_values(reading: Reading) -> NDArray[np.int64]:
    """Return the values of each row, a column for each value column, recording what is wrong with them."""
    columns = [_read(reading, value) for value in reading.table.values]
    return columns[0][:, None] if len(columns) == 1 else np.stack(columns, axis=1)


def _read(reading: Reading, value: Value) -> NDArray[np.int64]:
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
    return read.values
