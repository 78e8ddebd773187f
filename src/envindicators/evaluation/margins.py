"""Rows of counts of which only margins are known: so many units have A, so many B, and no one knows how many both."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from envindicators.algebra.tallies import BITS, bits_of
from envindicators.cells.classes import UNKNOWN
from envindicators.definitions.indicator import Question
from envindicators.definitions.rule import And, Atom, Bounds, Flag, Or, all_units, fate, given
from envindicators.definitions.table import Table


def count_margins(question: Question, rows: NDArray[np.int64], place: NDArray[Any], counts: NDArray[np.int64]) -> None:
    """Count rows of margins: at least so many satisfied, at most so many.

    Args:
        question: what is asked of each unit.
        rows: the rows, as `TableCells.margins` holds them.
        place: for each row where it is counted.
        counts: an array (7, groups) of counts by fate, to which they are added.
    """
    if not len(rows) or question.needs_units:
        return
    table = question.table
    width = 2 + len(table.parts)
    rest = list(table.columns[1 + len(table.parts) :])
    kinds, inverse = np.unique(rows[:, width:], axis=0, return_inverse=True)
    for kind, codes in enumerate(kinds.tolist()):
        known = {name: _value(table, name, code) for name, code in zip(rest, codes, strict=True)}
        belongs = bits_of(fate(question.among, all_units(), known, table.domains))
        if not belongs & BITS["satisfied"]:
            continue
        of_kind = inverse.reshape(-1) == kind
        least, most = _between(question, known, rows[of_kind])
        satisfied, unknown, failed = least, most - least, rows[of_kind, 1] - most
        shift = 3 if belongs & BITS["out"] else 0
        for slot, amount in ((0, satisfied), (1, failed), (2, unknown)):
            np.add.at(counts[slot + shift], place[of_kind], amount)


def _value(table: Table, name: str, code: int) -> Any:
    if code == UNKNOWN:
        return None
    category = table.category(name)
    return code if category is None else category.values[code]


def _between(question: Question, known: dict[str, Any], rows: NDArray[np.int64]) -> Bounds:
    """Return between which numbers of the population's units a rule holds in each of some rows of margins.

    Two pairs of bounds are taken together. One takes what a unit's categories and years leave open atom by
    atom; the other for all atoms at once: a unit may satisfy the rule if one way to fill them in lets it, and
    does for sure if all ways do.
    """
    table, where = question.table, question.where
    total = rows[:, 1]
    names = [part.key for part in table.parts]

    def leaf(atom: Atom) -> Bounds:
        if isinstance(atom, Flag):
            part = rows[:, 2 + names.index(atom.column)]
            blank = part == UNKNOWN
            return np.where(blank, 0, part), np.where(blank, total, part)
        possible = fate(question.among, atom, known, table.domains)
        return total * ("failed" not in possible), total * ("satisfied" in possible)

    least, most = where.bounds(total, leaf)
    filled = dict.fromkeys(given(where, unit) for unit in _ways(question, known))
    sure, perhaps = functools.reduce(And, filled), functools.reduce(Or, filled)
    return np.maximum(least, sure.bounds(total, leaf)[0]), np.minimum(most, perhaps.bounds(total, leaf)[1])


def _ways(question: Question, known: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the ways to fill in the categories and years of a unit of the population."""
    domains = question.table.domains.narrowed(question.among, question.where)
    columns = [name for name in domains.relevant(question.among, question.where) if name in known]
    for unit in domains.completions(known, columns):
        if question.among.holds(unit):
            yield unit
