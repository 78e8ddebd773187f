"""What cells and rows must be to one another: parts within totals, nested parts in order, keys once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from envindicators.cells.classes import UNKNOWN, Classes
from envindicators.cells.decompose import decomposed
from envindicators.cells.exclusive import check_one_flag, check_sums
from envindicators.cells.grouping import exact_sum, first_of_run
from envindicators.cells.ids import Repeated
from envindicators.cells.keys import Keys
from envindicators.cells.table_cells import COUNTED, TableCells, added, rows_in_order, without
from envindicators.cells.totals import SuspectedTotal, find_totals
from envindicators.definitions.form import Form
from envindicators.definitions.table import Table
from envindicators.problems import Findings
from envindicators.words.message import Message
from envindicators.words.shortening import shown

MAYBE = np.int8(2)
"""The code of a missing flag, beside 0 for false and 1 for true."""

MOST = 2**63 - 1
"""The largest number of counted units in a cell, and in the sum of a table."""


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
    *,
    left_open: bool = False,
    greatest: Sequence[Amounts] | None = None,
) -> list[NDArray[np.bool_]]:
    """Return for each part where it is above its total, or nested above one before it, after recording that.

    The later of two cells that contradict each other is named, and a cell that is named is not held
    against the ones after it.

    Args:
        table: the table.
        total: its totals.
        parts: its parts, in order.
        findings: where problems are recorded.
        value_of: returns what returns the value of a column in a row.
        left_open: whether such cells are left open, as their form says, and are gaps.
        greatest: the most that each part may be, where ``parts`` are the least.
    """
    impossible: list[NDArray[np.bool_]] = []
    bound = np.where(total.known, total.values, np.int64(2**63 - 1))
    holder = np.zeros(len(bound), dtype=np.int64)
    names = [table.total, *(part.key for part in table.parts)]
    every = zip(table.parts, parts, greatest or parts, strict=True)
    for place, (part, amounts, most) in enumerate(every, start=1):
        above = amounts.known & (amounts.values > bound)
        impossible.append(above)
        if above.any():
            origin = holder.copy()
            findings.add_rows(
                "part_above_open" if left_open else "part_above",
                table.key,
                part.key,
                np.flatnonzero(above),
                value_of(part.key),
                most=lambda row, origin=origin: value_of(names[origin[row]])(row),
                bound=lambda row, origin=origin: names[origin[row]],
                severity="gap" if left_open else "error",
            )
            _note_total_that_is_none(
                table, part.key, int(np.count_nonzero(above & (origin == 0))), len(above), findings
            )
        if table.nested:
            good = amounts.known & ~above
            bound = np.where(good, np.minimum(most.values, bound), bound)
            holder[good] = place
    if table.exclusive:
        values = [
            np.where(amounts.known & ~wrong, amounts.values, UNKNOWN)
            for amounts, wrong in zip(parts, impossible, strict=True)
        ]
        known_total = np.where(total.known, total.values, UNKNOWN)
        off = check_sums(table, known_total, values, findings, value_of, left_open=left_open)
        impossible = [above | wrong for above, wrong in zip(impossible, off, strict=True)]
    return impossible


_NO_TOTAL = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)|(?<![a-z])(plan|planned|base|baseline|limit|target)(?![a-z])")
"""Names of totals that are none: another year, a plan, a limit."""

_ROWS_ABOVE = 3
"""How many rows with a part above such a total are no slips."""


def _note_total_that_is_none(table: Table, part: str, above: int, rows: int, findings: Findings) -> None:
    """Note once that a total seems to be a base year, a plan or a limit: by its name, and by parts above it."""
    noted = (table.key, table.total, "total_is_none") in findings.counts
    if not noted and above >= max(_ROWS_ABOVE, rows // 4) and _NO_TOTAL.search(table.total.lower()):
        findings.add("total_is_none", table.key, table.total, severity="note", part=part, total=table.total)


def check_flags(
    table: Table, flags: Sequence[NDArray[np.int8]], findings: Findings, *, left_open: bool = False
) -> list[NDArray[np.bool_]]:
    """Return for each nested part where it is true though one before it is false, after recording that.

    Args:
        table: the table.
        flags: its parts, in order.
        findings: where problems are recorded.
        left_open: whether such cells are left open, as their form says, and are gaps.
    """
    if table.exclusive:
        return check_one_flag(table, flags, findings, left_open=left_open)
    if not table.nested:
        return [np.zeros(len(values), dtype=np.bool_) for values in flags]
    impossible: list[NDArray[np.bool_]] = []
    first_false = np.full(len(flags[0]), -1)
    for place, (part, values) in enumerate(zip(table.parts, flags, strict=True)):
        wrong = (values == 1) & (first_false >= 0)
        impossible.append(wrong)
        if wrong.any():
            origin = first_false.copy()
            findings.add_rows(
                "part_order_open" if left_open else "part_order",
                table.key,
                part.key,
                np.flatnonzero(wrong),
                lambda _: True,
                bound=lambda row, origin=origin: table.parts[origin[row]].key,
                implying=part.key,
                severity="gap" if left_open else "error",
            )
        first_false = np.where((values == 0) & (first_false < 0), place, first_false)
    return impossible


RowKey = tuple[Message | str, ...]
"""What tells a row from the others, in words."""


def key_words(column: str, value: object) -> Message | str:
    """Return a value of a key in words: ``area 'Mỹ Tú'``."""
    if column == "area":
        return Message("area {value}", value=shown(value))
    if column == "year":
        return Message("year {value}", value=shown(value))
    if isinstance(value, bool):
        return Message("{column} true", column=column) if value else Message("{column} false", column=column)
    return Message("{column} blank", column=column) if value is None else f"{column} {shown(value)}"


def describe_row(table: Table, keys: Keys, row: NDArray[np.int64]) -> RowKey:
    """Return the key of a row of a ledger in words: ``area 'Mỹ Tú'``, ``settlement 'rural'``."""
    pairs = zip(keys.names, keys[int(row[0])], strict=True)
    words = [key_words(name, value) for name, value in pairs if value is not None]
    place = 1
    for part in table.parts:
        if row[place] not in (COUNTED, UNKNOWN):
            words.append(key_words(part.key, bool(row[place])))
        place += 1
    for category in table.categories:
        value = category.values[row[place]] if row[place] >= 0 else None
        words.append(key_words(category.key, value))
        place += 1
    for column in table.years:
        if row[place] >= 0:
            words.append(key_words(column.key, int(row[place])))
        place += 1
    return tuple(words) or (Message("the whole table"),)


def flags_in_ledger(flags: Sequence[NDArray[np.int8]]) -> list[NDArray[np.int64]]:
    """Return flags as a ledger holds them: 1, 0 or `UNKNOWN`; `COUNTED` where a row has none at all.

    A row of which every part is blank is the same row whether parts are flags or counts.
    """
    if not flags:
        return []
    silent = np.all([values == MAYBE for values in flags], axis=0)
    return [np.where(silent, COUNTED, np.where(values == MAYBE, UNKNOWN, values)).astype(np.int64) for values in flags]


class Record(Protocol):
    """Where problems between rows are recorded: one that knows where the rows of a ledger stand, or not."""

    def repeated_row(self, table: Table, row: int, other: int, key: RowKey) -> None:
        """Record that a row of the ledger has the key of one before it."""

    def repeated_ids(self, table: Table, repeated: Repeated) -> None:
        """Record ids that stand in a year more than once."""

    def total(self, table: Table, total: SuspectedTotal, area: Any) -> None:
        """Record that a row of the ledger is, or may be, a total of others."""

    def too_large(self, table: Table, total: int) -> None:
        """Record that the units of a year pass 64 bits."""


def check_between(
    classes: Classes, cells: TableCells, repeated_ids: Repeated, form: Form, record: Record
) -> tuple[TableCells, NDArray[np.intp]]:
    """Record what only shows between the rows of a table, and leave out its totals if its form says so.

    The one check of what comes together, be it the pieces of a table that is read or cells that are added.

    Args:
        classes: what is asked of the table.
        cells: the table.
        repeated_ids: the ids that its pieces share.
        form: how it was read.
        record: where problems are recorded, by the row of the ledger.

    Returns:
        The cells, and the rows of the ledger that were left out.
    """
    table = cells.table
    if repeated_ids.count:
        record.repeated_ids(table, repeated_ids)
    _check_repeated(cells, form, record)
    dropped = _settle_totals(cells, form, record)
    _check_sums(cells, dropped, record)
    if len(dropped):
        kept = np.ones(len(cells.ledger), dtype=np.bool_)
        kept[dropped] = False
        cells = _only(classes, cells, kept)
    return cells, dropped


def _check_repeated(cells: TableCells, form: Form, record: Record) -> None:
    ledger, order = cells.ledger, np.arange(len(cells.ledger))
    if len(ledger) < 2 or cells.identified:
        return
    parts = slice(1, 1 + len(cells.table.parts))
    counts = form.layout == "counts" or (cells.numbers and not (ledger[:, parts] == 1).any())
    if counts and (ledger[:, parts] != COUNTED).any():
        # rows of which nothing is counted may stand with flags, which are no part of the key of a row of counts
        ledger = ledger.copy()
        ledger[:, parts] = COUNTED
        order = rows_in_order(ledger[:, : cells.key_width])
        ledger = ledger[order]
    # rows are in order, so those of one key stand next to each other
    fresh = first_of_run([ledger[:, place] for place in range(cells.key_width)])
    if fresh.all():
        return
    starts = np.flatnonzero(fresh)
    sizes = np.diff(np.append(starts, len(ledger)))
    arrived = np.arange(len(ledger)) if cells.arrival is None else cells.arrival
    later: list[tuple[int, int]] = []
    for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        first, *others = sorted(order[start : start + size].tolist(), key=arrived.__getitem__)
        later.extend((row, first) for row in others)
    for row, first in sorted(later, key=lambda pair: int(arrived[pair[0]])):
        record.repeated_row(cells.table, row, first, describe_row(cells.table, cells.keys, cells.ledger[first]))


def _settle_totals(cells: TableCells, form: Form, record: Record) -> NDArray[np.intp]:
    """Return the rows of totals to leave out, after recording them, and those that only look like one."""
    if form.totals == "keep" or len(cells.ledger) < 2:
        return np.zeros(0, dtype=np.intp)
    areas = cells.keys.column("area")
    dropped: list[int] = []
    for total in find_totals(cells.table, areas, cells.keys.elsewhere("area"), cells.ledger, cells.arrival):
        left_out = total.certain and form.totals == "drop"
        if left_out:
            dropped.append(total.row)
        shown = evolve(total, kind="dropped_total") if left_out else total
        record.total(cells.table, shown, areas[int(cells.ledger[total.row, 0])])
    return np.array(sorted(dropped), dtype=np.intp)


def _check_sums(cells: TableCells, dropped: NDArray[np.intp], record: Record) -> None:
    """Record years whose units pass 64 bits; of a blank total its known parts count."""
    if len(cells.ledger):
        floors = np.maximum(cells.ledger[:, cells.key_width :].max(axis=1), 0)
        floors[dropped] = 0
        site = cells.ledger[:, 0]
    else:
        floors, site = cells.weight, cells.site
    if exact_sum(floors) <= MOST:
        return
    years = cells.keys.codes[site, 0]
    for year in np.unique(years).tolist():
        total = exact_sum(floors[years == year])
        if total > MOST:
            record.too_large(cells.table, total)


def _only(classes: Classes, cells: TableCells, kept: NDArray[np.bool_]) -> TableCells:
    """Return the cells of some of the rows of the ledger."""
    ledger = cells.ledger[kept]
    used = np.unique(ledger[:, 0])
    ledger[:, 0] = np.searchsorted(used, ledger[:, 0])
    arrival = None if cells.arrival is None else cells.arrival[kept]
    values = cells.values[kept] if cells.table.values else cells.values
    bounds = cells.bounds[kept] if len(cells.bounds) else cells.bounds
    told: dict[str, Any] = {"came": cells.came, "latest": cells.latest}
    rest = decomposed(classes, cells.keys.only(used), ledger, arrival, values, bounds=bounds, rows=cells.rows, **told)
    if not len(cells.ids):
        return rest
    # what is no row of the ledger are records, of another office perhaps
    whole = decomposed(classes, cells.keys, cells.ledger, None, cells.values, bounds=cells.bounds, rows=0, **told)
    together, _ = added([without(cells, whole), rest])
    return evolve(together, rows=cells.rows, identified=cells.identified)
