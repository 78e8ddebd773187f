"""Keys that are spelt, or typed, in two ways."""

from __future__ import annotations

import datetime
import functools
import itertools
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from envindicators.frames.column import is_date
from envindicators.problems import Findings
from envindicators.words.message import Message
from envindicators.words.spelling import fold, is_blank, joined, looks, spelt_out

Locate = Callable[[str, str, Any], tuple[str | None, int | None]]
"""Returns the source and the row at which a column of a table first holds a value, None where not known."""


_PLAIN = 0x2000
"""Characters from here on have no plain letter."""


@functools.cache
def _plain_letters() -> NDArray[np.uint8]:
    """Return for each character its plain letter, a to z in lower case or what else is printed; 0 for all others."""
    letters = [unicodedata.normalize("NFKD", chr(code))[0].lower() for code in range(_PLAIN)]
    return np.array([ord(letter) if "!" <= letter <= "~" else 0 for letter in [*letters, "\0"]], dtype=np.uint8)


def alike(names: Sequence[str]) -> list[str]:
    """Return the names that may look like another of them; none where certainly no two do.

    Quick, and coarser than `looks`: names are compared by their plain letters alone, and only those that
    agree in these are worth a closer look.

    Example:
        >>> alike(["Mỹ Tú", "My  Tu", "Kế Sách"])
        ['Mỹ Tú', 'My  Tu']
    """
    text, separator = joined(names)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("ß", "ss").replace("ẞ", "ss")
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    letters = _plain_letters().take(codes, mode="clip")
    plain = letters[letters != 0].tobytes().split(separator.encode()) if separator else []
    if len(plain) != len(names):
        return list(names)  # what parts them stands in them too, in another shape
    if len(set(plain)) == len(plain):
        return []
    seen: set[bytes] = set()
    twice: set[bytes] = set()
    for name in plain:
        (twice if name in seen else seen).add(name)
    return [name for name, letters in zip(names, plain, strict=True) if letters in twice]


def check_spellings(
    values_by_table: Mapping[str, Collection[Any]],
    column: str,
    findings: Findings,
    locate: Locate = lambda _table, _column, _value: (None, None),
) -> None:
    """Record keys of one column that are spelt, or typed, in two ways.

    Of several spellings the one that most tables have is held to be right, and of those that are equally
    frequent the one that stands first.

    Args:
        values_by_table: for each table the values that stand in it.
        column: the name of the column.
        findings: where problems are recorded.
        locate: returns the source and the first row of a table in which a column holds a value, where they are known.
    """
    every = list(dict.fromkeys(itertools.chain.from_iterable(values_by_table.values())))
    kinds = set(map(type, every))
    suspects = set(alike(every if kinds == {str} else [value for value in every if isinstance(value, str)]))
    if not suspects and len(kinds - {type(None)}) < 2:
        return  # which is nearly always so
    held = {
        table: [value for value in dict.fromkeys(values) if value is not None and not _is_blank(value)]
        for table, values in values_by_table.items()
    }
    _check_kinds(held, column, findings, locate)
    spelt: dict[str, dict[str, list[str]]] = {}
    for table, values in held.items():
        names = [value for value in values if value in suspects]
        for value, folded in zip(names, fold(names), strict=True):
            spelt.setdefault(folded, {}).setdefault(value, []).append(table)
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
                    other=spelt_out(right),
                    other_table=tables_of[right][0],
                )
        table = tables_of[right][0]
        other_table, other = similar.setdefault(looks([right])[0], (table, right))
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
    return isinstance(value, str) and is_blank(value)


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


_KINDS = {
    "text": Message("text"),
    "number": Message("numbers"),
    "boolean": Message("true/false"),
    "date": Message("dates"),
    "time": Message("dates with a time"),
    "zoned time": Message("dates with a time and a zone"),
}


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
            found=_KINDS.get(other_kind, other_kind),
            other=table,
            other_kind=_KINDS.get(kind, kind),
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
