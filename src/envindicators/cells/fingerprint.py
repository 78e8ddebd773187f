"""`InputFingerprint`: what a card was computed from, with a fingerprint by which it can be told."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from envindicators.cells.keys import Keys
from envindicators.cells.known_shares import of_known_shares
from envindicators.cells.table_cells import TableCells, records
from envindicators.pickling import versioned


@versioned
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
            layout and unit they came in and in whatever order; another key or number gives another. Of what a
            programme asks nothing about (a flag that no rule names) it says nothing, and programmes differ in that.
    """

    table: str
    year: int | None
    rows: int = field(eq=False)
    groups: int
    units: int
    sha256: str


def fingerprint(cells: TableCells, year: int | None) -> InputFingerprint:
    """Return what a table holds of one year.

    Args:
        cells: the table, of any years.
        year: the year. Rows without one are taken to be of it.
    """
    years = np.array([level is None or level == year for level in cells.keys.levels[0]], dtype=np.bool_)
    whole = bool(years.all())
    kept = np.ones(len(cells.keys), dtype=np.bool_) if whole else years[cells.keys.codes[:, 0]]
    keys = cells.keys if whole else cells.keys.only(kept)
    moved = np.cumsum(kept) - 1

    def of_year(sites: NDArray[Any], *values: NDArray[Any]) -> list[NDArray[Any]]:
        if whole:
            return [sites, *values]
        chosen = kept[sites]
        return [moved[sites[chosen]], *(column[chosen] for column in values)]

    site, kind, weight, *sums = of_year(cells.site, cells.kind, cells.weight, *cells.sums.T)
    open_site, open_kind = of_year(cells.open_site, cells.open_kind)
    margin_site, margins = of_year(cells.margins[:, 0], cells.margins[:, 1:])
    ledger = of_year(cells.ledger[:, 0], cells.ledger[:, cells.key_width :])[1]
    units = int(weight.sum()) + int(margins[:, :1].sum())
    # only the kinds that stand in the year, so that other years do not matter
    used = np.arange(len(cells.kinds)) if whole else np.union1d(kind, open_kind)
    sha = hashlib.sha256()
    sha.update(_as_json(cells.table.key, cells.table.unit.key, cells.table.columns, sorted(cells.came), year))
    sha.update(_as_json(*_columns(keys)))
    if not whole:
        kind, open_kind = np.searchsorted(used, kind), np.searchsorted(used, open_kind)
    for array in (cells.kinds[used], site, kind, weight, open_site, open_kind, margin_site, margins):
        sha.update(_as_json(array.shape))
        sha.update(_narrow(array).tobytes())
    if cells.table.values:
        sha.update(_as_json([value.unit.key for value in cells.table.values], [column.tolist() for column in sums]))
    shares = of_known_shares(cells.ledger, cells.bounds, len(cells.table.parts))
    if shares.any():
        held = np.concatenate([cells.ledger[shares], cells.bounds[shares]], axis=1)
        for array in of_year(held[:, 0], held[:, 1:]):
            sha.update(_as_json(array.shape))
            sha.update(_narrow(array).tobytes())
    rows = len(ledger) + records(cells.table, units, ledger)
    return InputFingerprint(cells.table.key, year, rows, len(keys), units, sha.hexdigest())


_TYPES = [(f"<i{size}", -(2 ** (8 * size - 1)), 2 ** (8 * size - 1) - 1) for size in (1, 2, 4, 8)]


def _narrow(array: NDArray[Any]) -> NDArray[Any]:
    """Return whole numbers in the narrowest type that holds them, so that equal ones have equal bytes."""
    least, greatest = int(array.min(initial=0)), int(array.max(initial=0))
    kind = next(kind for kind, lowest, highest in _TYPES if lowest <= least <= greatest <= highest)
    return np.ascontiguousarray(array, dtype=kind)


def _as_json(*values: Any) -> bytes:
    return json.dumps(values).encode("ascii") + b"\n"


def _columns(keys: Keys) -> list[Any]:
    """Return the columns of keys but for the year: the kinds of value there are, the values as text, and the codes."""
    columns: list[Any] = []
    for place, levels in enumerate(keys.levels[1:], start=1):
        kinds = [type(level).__name__ for level in levels]
        kinds = kinds[:1] if len(set(kinds)) == 1 else kinds
        codes = hashlib.sha256(_narrow(keys.codes[:, place]).tobytes()).hexdigest()
        columns.append([kinds, list(map(str, levels)), codes])
    return columns
