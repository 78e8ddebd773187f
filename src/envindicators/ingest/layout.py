"""Which of the three layouts a frame has: records, weighted records, or counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from attrs import frozen

from envindicators.definitions.form import Layout
from envindicators.definitions.table import Table
from envindicators.frames.column import Column
from envindicators.frames.stream import Opened
from envindicators.ingest.columns import Place, is_text, looks_boolean
from envindicators.ingest.hints import flag_hint, number_hint
from envindicators.ingest.reading import elsewhere
from envindicators.problems import Findings
from envindicators.words.marks import truth_of
from envindicators.words.message import Message
from envindicators.words.spelling import did_you_mean


@frozen
class Inferred:
    """What a piece of a table tells of the table's layout.

    Args:
        layout: the layout, or None where there is none.
        sure: whether something in the piece tells it. Where every part is blank, 0 or false nothing does, and
            the layout does not matter: none of the units is none of them counted, and all of them false.
        below_two: whether its parts are numbers, all of them 0 or 1: they may be counts or flags.
    """

    layout: Layout | None
    sure: bool = True
    below_two: bool = False


def infer_layout(
    table: Table, frame: Opened, parts: Mapping[str, Column], said: Layout | None, findings: Findings
) -> Inferred:
    """Return the layout of a frame, without one after recording why.

    Args:
        table: what the frame should be.
        frame: the frame.
        parts: the part columns that came.
        said: the layout that the caller chose, or None.
        findings: where problems are recorded.
    """
    given = {key: column for key, column in parts.items() if column.kind != "empty"}
    texts = [key for key, column in given.items() if is_text(column)]
    flags = [key for key, column in given.items() if key not in texts and looks_boolean(column)]
    numbers = [key for key in given if key not in texts and key not in flags]
    shares = frame.percentages.intersection(parts)
    has_total = table.total in frame.names
    has_id = table.id is not None and table.id in frame.names
    if said is not None:
        has_base = has_total or (said == "counts" and bool(shares))
        return Inferred(_said(table, said, has_total=has_base, has_id=has_id, flags=flags, findings=findings))
    if not has_total and shares:
        return Inferred("counts")  # of groups whose size no one knows
    if not has_total:
        if has_id:
            return Inferred("records")
        _record_none(table, frame, findings)
        return Inferred(None)
    if flags and numbers:
        findings.add(
            "mixed_parts",
            table.key,
            numbers[0],
            value=numbers,
            flags=flags,
            numbers=numbers,
        )
        return Inferred(None)
    if flags:
        return Inferred("weighted", sure=any(_holds(given[key], lambda value: value != 0) for key in flags))
    if shares:
        return Inferred("counts")
    if numbers:
        below_two = not any(_holds(given[key], _is_no_flag) for key in numbers)
        sure = not below_two or any(_holds(given[key], lambda value: value == 1) for key in numbers)
        return Inferred("counts", sure=sure, below_two=below_two)
    for key in texts:
        _mark_text(table, key, given[key], findings)
    return Inferred(None) if texts else Inferred("weighted", sure=False)


def _mark_text(table: Table, key: str, column: Column, findings: Findings) -> None:
    known = ~column.missing if column.missing is not None else np.ones(len(column), dtype=np.bool_)
    flags = any(truth_of(level) is not None for level in column.levels)

    def hint(row: int) -> Message:
        return (flag_hint if flags else number_hint)(column.value(row), key)

    Place(findings, table.key, key).mark("text_parts", known, column.value, hint=hint)


def _said(
    table: Table, said: Layout, *, has_total: bool, has_id: bool, flags: list[str], findings: Findings
) -> Layout | None:
    if said == "records" and table.id is None:
        findings.add("layout_not_allowed", table.key, value=said)
        return None
    needed = table.id if said == "records" else table.total
    if not (has_id if said == "records" else has_total):
        findings.add("layout_without", table.key, needed, value=said, layout=said, needed=needed)
        return None
    if said == "counts" and flags:
        findings.add("mixed_parts", table.key, flags[0], value=flags, flags=flags, numbers="-")
        return None
    return said


def _record_none(table: Table, frame: Opened, findings: Findings) -> None:
    near = elsewhere(table, frame, table.total) or did_you_mean(
        table.total, [name for name in frame.names if name not in table.columns]
    )
    kind = "no_layout" if table.id is None else "no_layout_or_id"
    findings.add(
        kind,
        table.key,
        table.total,
        value=list(frame.names),
        total=table.total,
        id=table.id,
        unit=table.unit.name,
        near=near,
    )


def _holds(column: Column, test: Callable[[Any], Any]) -> bool:
    """Return whether a test is true for any value of a column of numbers or booleans."""
    if column.kind != "other":
        return bool(test(column.values if column.missing is None else column.values[~column.missing]).any())
    return any(test(_number(value)) for value in column.objects() if value is not None)


def _is_no_flag(value: Any) -> Any:
    return (value != 0) & (value != 1)


def _number(value: Any) -> Any:
    try:
        return value if value == value and value > -1 else 0
    except (TypeError, ValueError, ArithmeticError):
        return 0
