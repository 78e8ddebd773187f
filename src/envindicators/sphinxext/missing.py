"""What a blank cell leaves open, found by asking the rule itself."""

from __future__ import annotations

import itertools
from typing import Any

from attrs import frozen

from envindicators.algebra.tally import Fate
from envindicators.definitions.question import Question
from envindicators.definitions.rule import Flag, OneOf, fate

_COUNT_OF: dict[Fate, str] = {
    frozenset({"satisfied", "failed"}): "unknown",
    frozenset({"out", "satisfied"}): "unplaced_satisfied",
    frozenset({"out", "failed"}): "unplaced_failed",
    frozenset({"out", "satisfied", "failed"}): "unplaced_unknown",
}
_ORDER = tuple(_COUNT_OF.values())


@frozen
class Blank:
    """A column that a question looks at, and what its blank can leave open.

    Args:
        column: the column.
        counts: the counts of a tally that the units of a row may go to; none where the other columns
            settle the matter whatever they are.
    """

    column: str
    counts: tuple[str, ...]


def blanks(question: Question) -> tuple[Blank, ...]:
    """Return, for each column that a question looks at, what its blank leaves open where the others are known.

    Example:
        >>> from envindicators.programmes import soc_trang_2020
        >>> blanks(soc_trang_2020.target("rural_water").default.questions[0])[0]
        Blank(column='settlement', counts=('unplaced_satisfied', 'unplaced_failed'))
    """
    domains = question.table.domains.narrowed(question.among, question.where)
    values = {column: _telling(question, column, domains.values[column]) for column in question.columns}
    return tuple(Blank(column, _left_open(question, column, values)) for column in question.columns)


def _telling(question: Question, column: str, values: Any) -> list[Any]:
    """Return the values of a column that the rules tell apart: of those named together or not at all, one."""
    atoms = [atom for rule in (question.among, question.where) for atom in rule.atoms if atom.column == column]
    if not atoms or any(isinstance(atom, Flag) for atom in atoms):
        return list(values)
    named = [atom.values for atom in atoms if isinstance(atom, OneOf)]
    if not named:
        return list(values)
    kinds: dict[tuple[bool, ...], Any] = {}
    for value in values:
        kinds.setdefault(tuple(value in each for each in named), value)
    return list(kinds.values())


def _left_open(question: Question, blank: str, values: dict[str, list[Any]]) -> tuple[str, ...]:
    others = [column for column in values if column != blank]
    found: set[str] = set()
    for combination in itertools.product(*(values[column] for column in others)):
        known = dict(zip(others, combination, strict=True))
        count = _COUNT_OF.get(fate(question.among, question.where, known, question.table.domains))
        if count:
            found.add(count)
    return tuple(sorted(found, key=_ORDER.index))
