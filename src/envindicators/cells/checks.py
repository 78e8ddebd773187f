"""What rows must be to one another: parts within totals, keys once, totals not among their parts."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from envindicators.cells.grouping import exact_sum, repeated
from envindicators.cells.table_cells import COUNTED, UNKNOWN, Key, TableCells
from envindicators.definitions.table import Table
from envindicators.ingest.columns import MAYBE, Amounts, Place, key_kind
from envindicators.problems import Findings

Locate = Callable[[str, str, Any], tuple[str | None, int | None]]
"""Returns the source and the row at which a column of a table first holds a value, None where not known."""

TOTAL_NAMES = frozenset(
    {
        "tổng", "tổng cộng", "cộng", "tổng số", "tổng toàn tỉnh", "toàn tỉnh", "cả tỉnh", "tổng tỉnh", "tỉnh",
        "toàn huyện", "toàn thành phố", "toàn thị xã", "toàn xã", "toàn vùng", "toàn quốc", "cả nước", "chung",
        "tổng chung", "tổng hợp", "cộng chung", "total", "totals", "sum", "subtotal", "sub-total", "grand total",
        "all", "overall", "whole province", "province", "tc",
    }
)  # fmt: skip
"""Names of an area that read like a total."""


def folded(name: str) -> str:
    """Return a name with its differences in encoding, outer spaces and case taken away."""
    if name.isascii():
        return name.strip().lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).strip().casefold())


_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def loosely_folded(name: str) -> str:
    """Return a name with all differences taken away that a reader might not see.

    Beyond `folded`: the kind and number of spaces, ð written for đ, and where in a word its tone mark
    stands (hoà, hòa).
    """
    if name.isascii():
        return " ".join(name.lower().split())
    words = unicodedata.normalize("NFKC", name).casefold().replace("ð", "đ").split()
    letters = [unicodedata.normalize("NFD", word) for word in words]
    return " ".join(
        "".join(letter for letter in word if letter not in _TONES) + "".join(sorted(_TONES.intersection(word)))
        for word in letters
    )


def reads_like_a_total(area: Any) -> bool:
    """Return whether an area's name is one that tables give to their totals."""
    if not isinstance(area, str):
        return False
    name = bare(" ".join(folded(area).rstrip(":").split()))
    return name in _BARE_NAMES or name.startswith(("tong cong", "tong so", "tong toan"))


def bare(name: str) -> str:
    """Return a folded name without its diacritics: Tổng cộng is often written TONG CONG."""
    letters = unicodedata.normalize("NFD", name.replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_BARE_NAMES = frozenset(map(bare, TOTAL_NAMES))


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
            Place(findings, table.key, part.key).mark(
                "part_above",
                above,
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
            Place(findings, table.key, part.key).mark(
                "part_order",
                wrong,
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


def check_spellings(
    areas: Mapping[str, Iterable[Any]],
    column: str,
    findings: Findings,
    locate: Locate = lambda _table, _column, _value: (None, None),
) -> None:
    """Record keys of one column that are spelt, or typed, in two ways.

    Of several spellings the one that most tables have is held to be right, and of those that are equally
    frequent the one that stands first.

    Args:
        areas: for each table the values that stand in it.
        column: the name of the column.
        findings: where problems are recorded.
        locate: returns the source and the first row of a table in which a column holds a value, where they are known.
    """
    every = {value for values in areas.values() for value in values if value is not None}
    if all(type(value) is str for value in every) and len(set(map(loosely_folded, every))) == len(every):
        return  # no two look alike, which is nearly always so
    held = {
        table: [value for value in dict.fromkeys(values) if value is not None and not _is_blank(value)]
        for table, values in areas.items()
    }
    _check_kinds(held, column, findings, locate)
    spelt: dict[str, dict[str, list[str]]] = {}
    for table, values in held.items():
        for value in values:
            if isinstance(value, str):
                spelt.setdefault(folded(value), {}).setdefault(value, []).append(table)
    similar: dict[str, tuple[str, str]] = {}
    for tables_of in spelt.values():
        right = _right_spelling(tables_of, column, locate)
        for value, tables in tables_of.items():
            for table in tables if value != right else ():
                source, row = locate(table, column, value)
                findings.add(
                    "key_spelling",
                    table,
                    column,
                    row=row,
                    value=value,
                    source=source,
                    other=right,
                    other_table=tables_of[right][0],
                )
        table = tables_of[right][0]
        other_table, other = similar.setdefault(loosely_folded(right), (table, right))
        if other != right:
            source, row = locate(table, column, right)
            findings.add(
                "similar_key",
                table,
                column,
                row=row,
                value=right,
                severity="note",
                source=source,
                other=other,
                other_table=other_table,
            )


def _is_blank(value: Any) -> bool:
    return isinstance(value, str) and not value.strip()


def _right_spelling(tables_of: Mapping[str, Sequence[str]], column: str, locate: Locate) -> str:
    """Return the spelling that most tables have; of equally frequent ones in one table the first."""
    most = max(map(len, tables_of.values()))
    usual = [value for value, tables in tables_of.items() if len(tables) == most]
    if len(usual) == 1:
        return usual[0]
    table = tables_of[usual[0]][0]
    within = [value for value in usual if tables_of[value][0] == table]
    rows = {value: locate(table, column, value) for value in within} if len(within) > 1 else {}
    known = all(row is not None for _, row in rows.values())
    return min(within, key=lambda value: rows[value][1] or 0) if rows and known else usual[0]


def _check_kinds(held: Mapping[str, Sequence[Any]], column: str, findings: Findings, locate: Locate) -> None:
    """Record the first value that is of another kind than the values before it."""
    kinds: dict[str, tuple[str, Any]] = {}
    for table, values in held.items():
        for value in values:
            kinds.setdefault(key_kind(value), (table, value))
    if len(kinds) > 1:
        (kind, (table, _)), (other_kind, (other_table, other)) = list(kinds.items())[:2]
        source, row = locate(other_table, column, other)
        findings.add(
            "key_kinds",
            other_table,
            column,
            row=row,
            value=other,
            source=source,
            found=other_kind,
            other=table,
            other_kind=kind,
        )


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
