"""Parts that exclude each other: no unit has two of them, and of a whole table every unit has one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from envindicators.definitions.table import Table
from envindicators.problems import Findings

_NOWHERE = -1


def check_sums(
    table: Table,
    total: NDArray[np.int64],
    parts: Sequence[NDArray[np.int64]],
    findings: Findings,
    value_of: Callable[[str], Callable[[int], Any]],
    *,
    left_open: bool,
) -> list[NDArray[np.bool_]]:
    """Return for each part where it is the last of some that do not add up, after recording that.

    Args:
        table: a table whose parts exclude each other.
        total: its totals, below 0 where unknown.
        parts: its parts, below 0 where unknown, none above its total.
        findings: where problems are recorded.
        value_of: returns what returns the value of a column in a row.
        left_open: whether such cells are left open, as their form says, and are gaps.
    """
    names = [part.key for part in table.parts]
    rest = np.where(total < 0, np.int64(2**63 - 1), total)
    last = np.full(len(total), _NOWHERE)
    above = [np.zeros(len(total), dtype=np.bool_) for _ in parts]
    for place, part in enumerate(parts):
        known = part >= 0
        above[place] = known & (part > rest)
        rest = np.where(known & ~above[place], rest - part, rest)
        last = np.where(known, place, last)
    wrong = np.logical_or.reduce(above)
    whole = np.logical_and.reduce([part >= 0 for part in parts]) & (total >= 0)
    below = whole & ~wrong & (rest > 0) if table.whole else np.zeros(len(total), dtype=np.bool_)

    def sum_of(row: int) -> Any:
        held = [value_of(name)(row) for name, part in zip(names, parts, strict=True) if part[row] >= 0]
        return sum(Decimal(str(value)) for value in held)

    for place, name in enumerate(names):
        for kind, rows in (("parts_sum_above", above[place]), ("parts_sum_below", below & (last == place))):
            findings.add_rows(
                f"{kind}_open" if left_open else kind,
                table.key,
                name,
                np.flatnonzero(rows),
                value_of(name),
                sum=sum_of,
                most=value_of(table.total),
                bound=table.total,
                severity="gap" if left_open else "error",
            )
    return [above[place] | (below & (last == place)) for place in range(len(names))]


def check_one_flag(
    table: Table, flags: Sequence[NDArray[np.int8]], findings: Findings, *, left_open: bool
) -> list[NDArray[np.bool_]]:
    """Return for each part where it is true though another is, or the last of none that is, after recording that.

    Args:
        table: a table whose parts exclude each other.
        flags: its parts, in order.
        findings: where problems are recorded.
        left_open: whether such cells are left open, as their form says, and are gaps.
    """
    first = np.full(len(flags[0]), _NOWHERE)
    wrong: list[NDArray[np.bool_]] = []
    severity: Any = "gap" if left_open else "error"
    for place, (part, values) in enumerate(zip(table.parts, flags, strict=True)):
        second = (values == 1) & (first != _NOWHERE)
        wrong.append(second)
        findings.add_rows(
            "part_two_open" if left_open else "part_two",
            table.key,
            part.key,
            np.flatnonzero(second),
            lambda _: True,
            bound=lambda row, first=first: table.parts[first[row]].key,
            severity=severity,
        )
        first = np.where((values == 1) & (first == _NOWHERE), place, first)
    if table.whole:
        none = np.logical_and.reduce([values == 0 for values in flags])
        name = table.parts[-1].key
        kind = "part_none_open" if left_open else "part_none"
        findings.add_rows(kind, table.key, name, np.flatnonzero(none), lambda _: False, severity=severity)
        wrong[-1] |= none
    return wrong
