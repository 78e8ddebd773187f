"""Keys that are spelt, or typed, in two ways."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from envindicators.frames.column import is_date
from envindicators.problems import Findings

Locate = Callable[[str, str, Any], tuple[str | None, int | None]]
"""Returns the source and the row at which a column of a table first holds a value, None where not known."""


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


def key_kind(value: Any) -> str:
    """Return the kind of a key, or nothing if it is none.

    ``"text"``, ``"number"``, ``"boolean"``, ``"date"``, ``"time"`` (a date with a time) or ``"zoned time"``.
    """
    if isinstance(value, (bool, np.bool_)):
        return "boolean"
    if isinstance(value, str):
        return "text"
    if isinstance(value, (int, np.integer)):
        return "number"
    if isinstance(value, datetime.datetime):
        return "time" if value.tzinfo is None else "zoned time"
    return "date" if is_date(value) else ""
