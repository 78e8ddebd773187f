"""Rows of counts of which only margins are known: so many units have A, so many B, and no one knows how many both."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from envindicators.algebra.tallies import BITS, bits_of
from envindicators.cells.classes import UNKNOWN
from envindicators.cells.grouping import distinct_rows
from envindicators.definitions.question import Question
from envindicators.definitions.rule import And, Atom, Bounds, Flag, Or, Rule, all_units, fate, given
from envindicators.definitions.table import Table


def count_margins(
    questions: Sequence[Question], rows: NDArray[np.int64], place: NDArray[Any], counts: NDArray[np.int64]
) -> None:
    """Count rows of margins: at least so many satisfied, at most so many.

    Args:
        questions: what is asked of each unit.
        rows: the rows of a table, as `TableCells.margins` holds them.
        place: for each row where it is counted.
        counts: an array (questions, 7, groups) of counts by fate, to which they are added.
    """
    for each in margin_bounds(questions, rows):
        shift = 3 if each.perhaps_out else 0
        for slot, amount in ((0, each.least), (1, rows[each.rows, 1] - each.most), (2, each.most - each.least)):
            np.add.at(counts[each.question, slot + shift], place[each.rows], amount)


@frozen(eq=False)
class MarginBounds:
    """Between how many and how many units of some rows of margins count for a question.

    Args:
        question: the place of the question.
        rows: the rows.
        perhaps_out: whether their units may be out of the population.
        least: for each row the least.
        most: for each row the most.
    """

    question: int
    rows: Any
    perhaps_out: bool
    least: NDArray[np.int64]
    most: NDArray[np.int64]


def margin_bounds(questions: Sequence[Question], rows: NDArray[np.int64]) -> Iterator[MarginBounds]:
    """Yield between how many and how many units of rows of margins count, for each question that they can answer."""
    table = questions[0].table
    codes, which = distinct_rows(rows[:, 2 + len(table.parts) : 2 + len(table.attributes)])
    alike = list(map(tuple, codes.tolist()))
    for number, question in enumerate(questions):
        if question.needs_units:
            continue
        asked: dict[_Asked, list[int]] = {}
        for kind, of_kind in enumerate(alike):
            asked.setdefault(_asked(question, of_kind), []).append(kind)
        for meaning, kinds in asked.items():
            if meaning.belongs & BITS["satisfied"]:
                chosen = np.flatnonzero(np.isin(which, kinds)) if len(kinds) < len(alike) else slice(None)
                least, most = meaning.bounds(table, rows[chosen])
                yield MarginBounds(number, chosen, bool(meaning.belongs & BITS["out"]), least, most)


@frozen(cache_hash=True)
class _Asked:
    """What a question comes to for units whose categories and years are known as far as they are.

    Args:
        belongs: whether they belong to the population, as the bits of a fate.
        where: the rule that counts among them.
        atoms: what the atoms of the rule that look at no part come to: surely true, perhaps true.
        sure: the rule that holds if every way to fill in what is missing lets ``where`` hold.
        perhaps: the rule that holds if one way does.
    """

    belongs: int
    where: Rule
    atoms: tuple[tuple[Atom, tuple[bool, bool]], ...]
    sure: Rule
    perhaps: Rule

    def bounds(self, table: Table, rows: NDArray[np.int64]) -> Bounds:
        """Return between which numbers of the population's units the rule holds in each of some rows of margins.

        Two pairs of bounds are taken together. One takes what a unit's categories and years leave open atom by
        atom; the other for all atoms at once: a unit may satisfy the rule if one way to fill them in lets it, and
        does for sure if all ways do.
        """
        total, known = rows[:, 1], dict(self.atoms)
        names = [part.key for part in table.parts]

        def leaf(atom: Atom) -> Bounds:
            if atom in known:
                surely, perhaps = known[atom]
                return total * surely, total * perhaps
            part = rows[:, 2 + names.index(atom.column)]
            blank = part == UNKNOWN
            return np.where(blank, 0, part), np.where(blank, total, part)

        least, most = self.where.bounds(total, leaf)
        if self.sure == self.perhaps == self.where:
            return least, most
        return (
            np.maximum(least, self.sure.bounds(total, leaf)[0]),
            np.minimum(most, self.perhaps.bounds(total, leaf)[1]),
        )


@functools.lru_cache(maxsize=1 << 14)
def _asked(question: Question, codes: tuple[int, ...]) -> _Asked:
    """Return what a question comes to for units with these categories and years, as a row of margins has them."""
    table = question.table
    names = table.attributes[len(table.parts) :]
    known = {name: _value(table, name, code) for name, code in zip(names, codes, strict=True)}
    belongs = bits_of(fate(question.among, all_units(), known, table.domains))
    where = question.where
    if not belongs & BITS["satisfied"]:
        return _one(_Asked(belongs, where, (), where, where))
    atoms: list[tuple[Atom, tuple[bool, bool]]] = []
    for atom in dict.fromkeys(where.atoms):
        if not isinstance(atom, Flag):
            possible = fate(question.among, atom, known, table.domains)
            atoms.append((atom, ("failed" not in possible, "satisfied" in possible)))
    filled = dict.fromkeys(given(where, unit) for unit in _ways(question, known))
    return _one(_Asked(belongs, where, tuple(atoms), functools.reduce(And, filled), functools.reduce(Or, filled)))


@functools.lru_cache(maxsize=1 << 10)
def _one(asked: _Asked) -> _Asked:
    """Return the one object that stands for all that are equal, so that comparing them costs nothing."""
    return asked


def _value(table: Table, name: str, code: int) -> Any:
    if code == UNKNOWN:
        return None
    category = table.category(name)
    return code if category is None else category.values[code]


def _ways(question: Question, known: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the ways to fill in the categories and years of a unit of the population."""
    domains = question.table.domains.narrowed(question.among, question.where)
    columns = [name for name in domains.relevant(question.among, question.where) if name in known]
    for unit in domains.completions(known, columns):
        if question.among.holds(unit):
            yield unit
