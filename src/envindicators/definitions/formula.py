"""What an indicator measures, as a formula: a small tree of terms, which is written in words or signs.

Every kind of indicator says by `Indicator.formula` what it is made of; whoever writes it walks the terms, and so knows
no kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from attrs import frozen

from envindicators.definitions.question import Question
from envindicators.definitions.table import Unit
from envindicators.pickling import versioned


class Term:
    """A formula, or a part of one."""

    __slots__ = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms that it is made of."""
        return ()


class Counted(Term):
    """What is counted of a table, and made of no other terms."""

    __slots__ = ()
    question: Question


@versioned
@frozen
class Units(Counted):
    """How many units of a table satisfy both rules of a question.

    Args:
        question: the table and the rules.
        over: the years over which they are added up; the year that is looked at unless given.
    """

    question: Question
    over: tuple[int, ...] | None = None


@versioned
@frozen
class Population(Counted):
    """How many units of a table satisfy the first rule of a question, whether or not they satisfy the second."""

    question: Question


@versioned
@frozen
class Values(Counted):
    """The sum of a value over the units that satisfy a question, each value times its units."""

    question: Question


@versioned
@frozen
class Areas(Term):
    """How many areas there are of which something is required, or how much they weigh.

    Args:
        level: the column of the areas.
        unit: what an area is called.
        required: what is required of an area.
        met: whether only those are counted that keep it, or all that it applies to.
        weight: what an area counts by; each counts as one unless given.
    """

    level: str
    unit: Unit
    required: Any
    met: bool
    weight: Any = None


@versioned
@frozen
class Days(Term):
    """The days of the year."""


@versioned
@frozen
class Several(Term):
    """Several terms, of which a kind that has no formula of its own makes its value."""

    several: tuple[Term, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.several


@versioned
@frozen
class Less(Term):
    """An amount less another."""

    amount: Term
    deduction: Term

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.amount, self.deduction


@versioned
@frozen
class AtMost(Term):
    """An amount of which no more than a cap counts."""

    amount: Term
    cap: str

    @property
    def terms(self) -> tuple[Term, ...]:
        return (self.amount,)


@versioned
@frozen
class Quotient(Term):
    """A term divided by another; of a share, whose parts are in one unit, in percent."""

    top: Term
    bottom: Term
    percent: bool = False

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.top, self.bottom


@versioned
@frozen
class Against(Term):
    """What a term has become against what it was.

    Args:
        term: what changes.
        base: what it is compared with, as `Change.base`.
        in_points: whether the change is the difference of the two, and not a part of what it was.
    """

    term: Term
    base: Any
    in_points: bool = False

    @property
    def terms(self) -> tuple[Term, ...]:
        return (self.term,)


Role = Literal["numerator", "denominator", "counted"]


def roles(term: Term) -> Iterator[tuple[Role, Counted]]:
    """Yield what a formula counts, each with what it is there: of areas, what is counted for their criterion.

    Example:
        >>> from envindicators import Share, Table, Unit, flag
        >>> waste = Table("waste", Unit("tonne", "tonnes"), total="generated", parts=["collected"])
        >>> [role for role, _ in roles(Share("s", "s", table=waste, where=flag("collected")).formula)]
        ['numerator', 'denominator']
    """
    match term:
        case Quotient(Areas(required=required)):
            for requirement in required.requirements:
                yield from roles(requirement.indicator.formula)
        case Quotient(top, Days()):
            yield from roles(top)
        case Quotient(top, bottom):
            for leaf in _leaves(top):
                yield "numerator", leaf
            for leaf in _leaves(bottom):
                yield "denominator", leaf
        case Counted():
            yield "counted", term
        case _:
            for part in term.terms:
                yield from roles(part)


def _leaves(term: Term) -> Iterator[Counted]:
    """Yield what is counted in a formula, from left to right."""
    if isinstance(term, Counted):
        yield term
    for part in term.terms:
        yield from _leaves(part)
