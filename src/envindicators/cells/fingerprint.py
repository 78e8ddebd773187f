"""`InputFingerprint`: what a card was computed from, with a fingerprint by which it can be told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import field, frozen

from envindicators.cells.table_cells import UNKNOWN, Key, TableCells


@frozen
class InputFingerprint:
    """What came of one table in one year.

    Args:
        table: the key of the table.
        year: the year.
        rows: how many rows came. Not compared: the same facts may stand in few rows or in many.
        groups: how many keys they are of: areas, and what else stands in ``by``.
        units: how many counted units they hold (grams, for a mass), those of unknown size not among them.
        sha256: the fingerprint, 64 hexadecimal digits. Equal facts have equal fingerprints, whatever frame,
            layout and unit they came in and in whatever order; any other number or key gives another.
    """

    table: str
    year: int | None
    rows: int = field(eq=False)
    groups: int
    units: int
    sha256: str


def read_input(cells: TableCells, year: int | None) -> InputFingerprint:
    """Return what a table holds of one year.

    Args:
        cells: the table, of any years.
        year: the year. Rows without one are taken to be of it.
    """
    whole = all(key[0] is None or key[0] == year for key in cells.groups)
    places = np.flatnonzero([whole or key[0] is None or key[0] == year for key in cells.groups])
    renumbered = np.full(len(cells.groups), UNKNOWN, dtype=np.int64)
    renumbered[places] = np.arange(len(places))

    def of_year(sites: Any, *values: Any) -> list[Any]:
        if whole:
            return [sites, *values]
        kept = renumbered[sites] != UNKNOWN
        return [renumbered[sites][kept], *(each[kept] for each in values)]

    counted = of_year(cells.site, cells.pattern, cells.weight)
    opened = of_year(cells.open_site, cells.open_pattern)
    margins = of_year(cells.margins[:, 0], cells.margins[:, 1:])
    (ledger,) = of_year(cells.ledger[:, 0], cells.ledger[:, cells.key_width :])[1:]
    units = int(counted[2].sum()) + int(margins[1][:, :1].sum())
    found = hashlib.sha256()
    found.update(_as_json(cells.table.key, cells.table.unit.key, cells.table.columns, sorted(cells.came), year))
    found.update(_as_json(*_columns([cells.groups[place] for place in places.tolist()])))
    for array in (*counted, *opened, *margins):
        found.update(_as_json(array.shape))
        found.update(array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes())
    # a row of records is a unit, and does not stand in the ledger
    records = units - int(ledger.max(axis=1, initial=0).sum())
    return InputFingerprint(cells.table.key, year, len(ledger) + records, len(places), units, found.hexdigest())


def _as_json(*values: Any) -> bytes:
    return json.dumps(values).encode("ascii") + b"\n"


def _columns(keys: Sequence[Key]) -> list[Any]:
    """Return the columns of keys but for the year: the kinds of value there are, and the values as text."""
    columns: list[Any] = []
    for column in list(zip(*keys, strict=True))[1:]:
        kinds = [each.__name__ for each in set(map(type, column))]
        if len(kinds) > 1:
            kinds = [type(value).__name__ for value in column]
        columns.append([kinds, list(map(str, column))])
    return columns
