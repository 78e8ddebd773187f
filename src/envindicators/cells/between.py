"""What cells and rows must be to one another: parts within totals, nested parts in order, keys once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from envindicators.cells.grouping import repeated
from envindicators.cells.table_cells import COUNTED, UNKNOWN, Key, TableCells
from envindicators.definitions.table import Table
from envindicators.problems import Findings

MAYBE = np.int8(2)
"""The code of a missing flag, beside 0 for false and 1 for true."""


@frozen(eq=False)
class Amounts:
    """A column of numbers in counted units. Where ``known`` is False, ``values`` is 0."""

    values: NDArray[np.int64]
    known: NDArray[np.bool_]


def check_parts(
    table: Table,
    total: Amounts,
    parts: Sequence[Amounts],
    findings: Findings,
    value_of: Callable[[str], Callable[[int], Any]],
) -> None:
    """Record parts above their total, and nested parts above the ones before them.

    The later of two cells that contradict each other is named, and a cell that is named is not held
    against the ones after it.
    """
    bound = np.where(total.known, total.values, np.int64(2**63 - 1))
    holder = np.zeros(len(bound), dtype=np.int64)
    names = [table.total, *(part.key for part in table.parts)]
    for place, (part, amounts) in enumerate(zip(table.parts, parts, strict=True), start=1):
        above = amounts.known & (amounts.values > bound)
        if above.any():
            origin = holder.copy()
            findings.add_rows(
                "part_above",
                table.key,
                part.key,
                np.flatnonzero(above),
                value_of(part.key),
                most=lambda row, origin=origin: value_of(names[origin[row]])(row),
                bound=lambda row, origin=origin: names[origin[row]],
            )
        if table.nested:
            good = amounts.known & ~above
            bound = np.where(good, amounts.values, bound)
            holder[good] = place


def check_flags(table: Table, flags: Sequence[NDArray[np.int8]], findings: Findings) -> None:
    """Record flags of nested parts that are true though one before them is false."""
    if not table.nested:
        return
    first_false = np.full(len(flags[0]), -1)
    for place, (part, values) in enumerate(zip(table.parts, flags, strict=True)):
        wrong = (values == 1) & (first_false >= 0)
        if wrong.any():
            origin = first_false.copy()
            findings.add_rows(
                "part_order",
                table.key,
                part.key,
                np.flatnonzero(wrong),
                lambda _: True,
                bound=lambda row, origin=origin: table.parts[origin[row]].key,
                implying=part.key,
            )
        first_false = np.where((values == 0) & (first_false < 0), place, first_false)


def describe_row(table: Table, groups: Sequence[Key], key_names: Sequence[str], row: NDArray[np.int64]) -> str:
    """Return the key of a row of a ledger in words: ``area 'Mỹ Tú', settlement 'rural'``."""
    said = [
        f"{name} {value!r}" for name, value in zip(key_names, groups[int(row[0])], strict=True) if value is not None
    ]
    place = 1
    for part in table.parts:
        if row[place] not in (COUNTED, UNKNOWN):
            said.append(f"{part.key} {bool(row[place])}")
        place += 1
    for category in table.categories:
        value = category.values[row[place]] if row[place] >= 0 else None
        said.append(f"{category.key} {value!r}")
        place += 1
    for column in table.years:
        if row[place] >= 0:
            said.append(f"{column.key} {row[place]}")
        place += 1
    return ", ".join(said) or "the table"


def check_repeated(
    table: Table,
    groups: Sequence[Key],
    key_names: Sequence[str],
    ledger: NDArray[np.int64],
    record: Callable[[int, int, str], None],
) -> None:
    """Tell of the rows of a ledger whose key stands in it before.

    Args:
        table: the table.
        groups: the keys that the ledger's first column points to.
        key_names: the names of the key columns.
        ledger: the rows.
        record: takes the later row, the earlier one, and their key in words.
    """
    width = ledger.shape[1] - 1 - len(table.parts)
    if len(ledger) < 2:
        return
    later, earlier = repeated([ledger[:, place] for place in range(width)])
    for row, other in zip(later.tolist(), earlier.tolist(), strict=True):
        record(row, other, describe_row(table, groups, key_names, ledger[row]))


def flags_in_ledger(flags: Sequence[NDArray[np.int8]]) -> list[NDArray[np.int64]]:
    """Return flags as a ledger holds them: 1, 0 or `UNKNOWN`; `COUNTED` where a row has none at all.

    A row of which every part is blank is the same row whether parts are flags or counts.
    """
    if not flags:
        return []
    silent = np.all([each == MAYBE for each in flags], axis=0)
    return [np.where(silent, COUNTED, np.where(each == MAYBE, UNKNOWN, each)).astype(np.int64) for each in flags]


def overflowing(cells: TableCells, year_place: int) -> bool:
    """Return whether the units of one year pass 64 bits."""
    sums: dict[Any, int] = {}
    for site, weight in zip(cells.site.tolist(), cells.weight.tolist(), strict=True):
        year = cells.groups[site][year_place]
        sums[year] = sums.get(year, 0) + weight
    for site, total in cells.margins[:, :2].tolist():
        year = cells.groups[site][year_place]
        sums[year] = sums.get(year, 0) + total
    return any(total > 2**63 - 1 for total in sums.values())
