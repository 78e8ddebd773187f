"""Rows that something is wrong with, or a cell of which is blank, in an engine that knows no positions of rows."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from typing import Any

import narwhals as nw
from attrs import evolve, field, frozen

from envindicators.frames.engine import Engine
from envindicators.ingest.digest import Piece, digest
from envindicators.ingest.plan import Plan
from envindicators.problems import LISTED, Findings, Severity

_TOGETHER = 1 << 11
"""So many rows with a blank anywhere are fetched at once, since most often they tell enough of every column."""


@frozen
class Fault:
    """What is wrong with some rows of a table.

    Args:
        column: the column.
        kind: the kind of problem.
        count: how many rows they are.
        condition: what tells them.
        severity: how bad it is.
    """

    column: str
    kind: str
    count: int
    condition: nw.Expr = field(eq=False, repr=False)
    severity: Severity = "error"


def note_culprits(plan: Plan, engine: Engine, names: Sequence[str], fault: Fault, findings: Findings) -> None:
    """Record a fault: how many rows have it, and some of these with their keys and values.

    Args:
        plan: how the table is to be read.
        engine: the engine that it is in.
        names: the names of its columns.
        fault: what is wrong.
        findings: where it is recorded.
    """
    _record(plan, fault, _digested(plan, engine, names, fault.condition, LISTED), findings)


def rows_with_gaps(plan: Plan, engine: Engine, names: Sequence[str], gaps: Sequence[Fault]) -> Piece | None:
    """Return some rows with any of some gaps, None without gaps."""
    if not gaps:
        return None
    condition = functools.reduce(operator.or_, [gap.condition for gap in gaps])
    return _digested(plan, engine, names, condition, _TOGETHER)


def note_gaps(
    plan: Plan, engine: Engine, names: Sequence[str], gaps: Sequence[Fault], piece: Piece, findings: Findings
) -> None:
    """Record gaps as faults.

    Args:
        plan: how the table is to be read.
        engine: the engine that it is in.
        names: the names of its columns.
        gaps: what is lacking.
        piece: some rows with any of these, which most often tell enough; the engine is asked for others only then.
        findings: where they are recorded.
    """
    for gap in gaps:
        told = sum((each.column, each.kind) == (gap.column, gap.kind) for each in piece.findings.listed)
        if told >= min(gap.count, LISTED):
            _record(plan, gap, piece, findings)
        else:
            note_culprits(plan, engine, names, gap, findings)


def _digested(plan: Plan, engine: Engine, names: Sequence[str], condition: nw.Expr, most: int) -> Piece:
    rows = engine.rows.filter(condition).select(*plan.needed(names)).head(most)
    return digest(plan, evolve(engine.opened(rows).of_wider(names), ordered=False))


def _record(plan: Plan, fault: Fault, piece: Piece, findings: Findings) -> None:
    of_fault = [each for each in piece.findings.listed if (each.column, each.kind) == (fault.column, fault.kind)]
    counts: dict[Any, int] = {(plan.table.key, fault.column, fault.kind): fault.count}
    errors = fault.count if fault.severity == "error" else 0
    findings.take(Findings(of_fault, counts, errors), piece.placed)
