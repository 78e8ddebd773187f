"""Rows that are totals of others."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from envindicators.cells.classes import UNKNOWN
from envindicators.cells.grouping import exact_sum
from envindicators.cells.keys import Key
from envindicators.cells.table_cells import COUNTED
from envindicators.definitions.table import Table
from envindicators.words.spelling import fold

TOTAL_NAMES = frozenset(
    {
        "tổng", "tổng cộng", "cộng", "tổng số", "tổng toàn tỉnh", "toàn tỉnh", "cả tỉnh", "tổng tỉnh", "tỉnh",
        "toàn huyện", "toàn thành phố", "toàn thị xã", "toàn xã", "toàn vùng", "toàn quốc", "cả nước", "chung",
        "tổng chung", "tổng hợp", "cộng chung", "total", "totals", "sum", "subtotal", "sub-total", "grand total",
        "all", "overall", "whole province", "province", "tc",
    }
)  # fmt: skip
"""Names of an area that read like a total."""


def reads_like_a_total(area: Any) -> bool:
    """Return whether an area's name is one that tables give to their totals."""
    if not isinstance(area, str):
        return False
    name = bare(fold([area])[0].rstrip(":"))
    return name in _BARE_NAMES or name.startswith(("tong cong", "tong so", "tong toan"))


def bare(name: str) -> str:
    """Return a folded name without its diacritics: Tổng cộng is often written TONG CONG."""
    letters = unicodedata.normalize("NFD", name.replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_BARE_NAMES = frozenset(map(bare, TOTAL_NAMES))


def suspected_totals(
    table: Table, groups: Sequence[Key], area_place: int, ledger: NDArray[np.int64]
) -> dict[int, tuple[int, str]]:
    """Return the rows of a ledger that look like totals of others.

    Such a row has a blank category, or an area that reads like a total, and its total and known parts
    are the sums of at least two rows that differ from it in just those columns.

    Returns:
        For each such row the number of rows that it sums up, and the column that gives it away.
    """
    if len(ledger) < 3:
        return {}
    parts, first_category = len(table.parts), 1 + len(table.parts)
    width = ledger.shape[1] - 1 - parts
    named = np.array([reads_like_a_total(key[area_place]) for key in groups] + [False])[ledger[:, 0]]
    blanks = {
        first_category + place: ledger[:, first_category + place] == UNKNOWN for place in range(len(table.categories))
    }
    candidates = named.copy()
    for blank in blanks.values():
        candidates |= blank
    candidates &= ledger[:, width] != UNKNOWN
    if not candidates.any():
        return {}
    without_area: dict[Key, int] = {}
    for key in groups:
        without_area.setdefault(key[:area_place] + key[area_place + 1 :], len(without_area))
    elsewhere = np.array([without_area[key[:area_place] + key[area_place + 1 :]] for key in groups])
    found: dict[int, tuple[int, str]] = {}
    marks = [0, *blanks]
    for size in range(1, len(marks) + 1):
        for open_columns in itertools.combinations(marks, size):
            _sums_in(table, ledger, open_columns, named, blanks, elsewhere, found)
    return found


def _sums_in(
    table: Table,
    ledger: NDArray[np.int64],
    open_columns: tuple[int, ...],
    named: NDArray[np.bool_],
    blanks: Mapping[int, NDArray[np.bool_]],
    elsewhere: NDArray[np.int64],
    found: dict[int, tuple[int, str]],
) -> None:
    """Find the rows marked in all of some columns that are the sums of rows marked in none of them."""
    parts = len(table.parts)
    width = ledger.shape[1] - 1 - parts
    marked = np.ones(len(ledger), dtype=np.bool_)
    proper = np.ones(len(ledger), dtype=np.bool_)
    for place in open_columns:
        mark = named if place == 0 else blanks[place]
        marked &= mark
        proper &= ~mark
    marked[list(found)] = False
    if not marked.any() or np.count_nonzero(proper) < 2:
        return
    keys = ledger[:, :width].copy()
    if 0 in open_columns:
        keys[:, 0] = elsewhere[ledger[:, 0]]
    for place in open_columns:
        if place:
            keys[:, place] = 0
    candidates = np.flatnonzero(marked)
    wanted = {tuple(keys[row].tolist()): row for row in candidates.tolist()}
    sums: dict[tuple[int, ...], list[int]] = {}
    for row in np.flatnonzero(proper).tolist():
        key = tuple(keys[row].tolist())
        if key in wanted:
            adding = sums.setdefault(key, [0] * (2 + parts))
            adding[0] += 1
            for place, value in enumerate(ledger[row, width:].tolist(), start=1):
                adding[place] += max(0, value)
    for row in candidates.tolist():
        siblings, *totals = sums.get(tuple(keys[row].tolist()), [0])
        if siblings < 2:
            continue
        values = ledger[row, width:].tolist()
        if all(value in (UNKNOWN, COUNTED, total) for value, total in zip(values, totals, strict=True)):
            first = open_columns[0]
            column = "area" if first == 0 else table.categories[first - 1 - parts].key
            found[row] = (siblings, column)


def sums_of_others(table: Table, groups: Sequence[Key], area_place: int, ledger: NDArray[np.int64]) -> list[int]:
    """Return the rows of a ledger that are the sums of all rows that differ from them in the area only.

    There are at least three of those, and nothing in any of them is blank. Such a row may be a total whose
    name does not tell.
    """
    parts = len(table.parts)
    width = ledger.shape[1] - 1 - parts
    if len(ledger) < 4 or exact_sum(np.maximum(ledger[:, width], 0)) > np.iinfo(np.int64).max // 2:
        return []
    without_area: dict[Key, int] = {}
    for key in groups:
        without_area.setdefault(key[:area_place] + key[area_place + 1 :], len(without_area))
    keys = ledger[:, :width].copy()
    keys[:, 0] = np.array([without_area[key[:area_place] + key[area_place + 1 :]] for key in groups])[ledger[:, 0]]
    counted = parts == 0 or ledger[0, 1] == COUNTED
    figures = ledger[:, width:] if counted else ledger[:, width : width + 1]
    _, family = np.unique(keys, axis=0, return_inverse=True)
    family = family.reshape(-1)
    sizes = np.bincount(family)
    sums = np.zeros((len(sizes), figures.shape[1]), dtype=np.int64)
    np.add.at(sums, family, figures)
    whole = np.ones(len(sizes), dtype=np.bool_)
    np.logical_and.at(whole, family, (figures >= 0).all(axis=1))
    is_sum = (2 * figures == sums[family]).all(axis=1) & (figures[:, 0] > 0)
    return np.flatnonzero(is_sum & whole[family] & (sizes[family] > 3)).tolist()


@frozen
class SuspectedTotal:
    row: int
    siblings: int
    column: str | None
    certain: bool


def find_totals(table, areas, elsewhere, ledger):
    groups = [(int(code), area) for area, code in zip(areas, elsewhere.tolist(), strict=True)]
    found = suspected_totals(table, groups, 1, ledger)
    return [SuspectedTotal(row, siblings, column, True) for row, (siblings, column) in sorted(found.items())]
