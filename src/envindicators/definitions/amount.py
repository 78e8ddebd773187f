"""Amounts: the kinds of indicator that count and do not divide."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from envindicators.algebra.span import Span
from envindicators.algebra.threshold import Direction, Threshold
from envindicators.definitions.base_year import Moment, years_fault
from envindicators.definitions.indicator import Indicator
from envindicators.definitions.metadata import Metadata
from envindicators.definitions.question import Question
from envindicators.definitions.rule import Rule, all_units, as_rule
from envindicators.definitions.table import Table
from envindicators.definitions.validators import is_a, is_name
from envindicators.errors import DefinitionError, WrongTypeError
from envindicators.pickling import versioned
from envindicators.words.message import Message, listed
from envindicators.words.quantity import Quantity
from envindicators.words.shortening import shown
from envindicators.words.text import Text, as_text, plain

if TYPE_CHECKING:
    from envindicators.definitions.formula import Term


class Quantitative(Indicator):
    """An indicator whose evidence is an amount, and whose levels are quantities with a unit."""

    __slots__ = ()

    def span(self, tallies: Sequence[Any]) -> Span:
        """Return the amounts of groups, from the answers to its questions."""
        raise NotImplementedError

    def evidence(self, tallies: Sequence[Any]) -> Span:
        return self.span(tallies)

    def measured(self, level: Any) -> Indicator:
        return daily(self, level)

    @property
    def adds_up(self) -> bool:
        return True

    @property
    def totals_open(self) -> bool:
        return True

    @property
    def grain(self) -> Fraction:
        return Fraction(self.unit.grain)

    def threshold(self, direction: Direction, level: Any) -> Threshold:
        quantity, counted = self.quantity(level)
        return Threshold(direction, counted, quantity, self.unit.counted(evolve(quantity, value=Fraction(1))))

    def quantity(self, level: Any) -> tuple[Quantity, Any]:
        """Return a quantity with what it is in counted units, or raise `DefinitionError` naming this indicator."""
        try:
            quantity = Quantity.parse(level)
            return quantity, self.unit.counted(quantity)
        except (WrongTypeError, DefinitionError) as error:
            raise type(error)(Message("indicator {key!r}: {error}", key=self.key, error=error)) from None

    def less(self, other: Quantitative, *, key: str | None = None, name: Text | str | None = None) -> Net:
        """Return this amount less another, as emissions less removals.

        Args:
            other: what is taken off, in the same unit.
            key: its key; that of both unless given.
            name: its name; that of this amount unless given.

        Raises:
            DefinitionError: if the other is no amount, or of another unit.

        Example:
            >>> from envindicators import Table, Unit
            >>> gases = Table("gases", Unit("tonne", "tonnes"), total="emitted")
            >>> emissions = Amount("emissions", "emissions", table=gases)
            >>> emissions.less(Amount("removals", "removals", table=gases)).at_most("225_000_000 tonne")
            Requirement('emissions-removals' ≤ 225000000 tonne)
        """
        return Net(key or f"{self.key}-{other.key}", self.name if name is None else name, self, other)

    def up_to(self, cap: str, *, key: str | None = None, name: Text | str | None = None) -> Capped:
        """Return this amount where no more than a cap of it counts, as removals of which 225 million tonnes may.

        Args:
            cap: the cap with its unit, ``"225_000_000 tonne"``.
            key: its key; this amount's with ``_up_to`` unless given.
            name: its name; that of this amount unless given.

        Raises:
            DefinitionError: for a cap without unit or of another, or below one counted unit.
        """
        return Capped(key or f"{self.key}_up_to", self.name if name is None else name, self, cap)


def _years(over: Any) -> Any:
    return tuple(over) if isinstance(over, Iterable) and not isinstance(over, str) else over


@versioned
@frozen(cache_hash=True)
class Amount(Quantitative):
    """How much a rule counts, not divided by anything: trees planted, tonnes emitted.

    Args:
        key: its name.
        name: the name that people read.
        table: where its units stand.
        where: the rule that counts; all units unless given.
        over: the years over which it is added up, ``range(2026, 2031)``; the year that is looked at unless given.
        metadata: what is to be known of it beside its rule.

    Raises:
        DefinitionError: if the rule names a column or value that the table lacks, for years that are none, and for
            a stock over years, which never adds up.

    Example:
        >>> from envindicators import Table, Unit
        >>> planting = Table("planting", Unit("tree", "trees"), total="planted")
        >>> Amount("trees", "trees planted", table=planting).at_least("1_000_000_000 tree")
        Requirement('trees' ≥ 1000000000 tree)
    """

    key: str = field(converter=plain, validator=is_name)
    name: Text = field(converter=as_text)
    table: Table = field(kw_only=True, validator=is_a(Table))
    where: Rule = field(kw_only=True, factory=all_units, converter=as_rule)
    over: tuple[int, ...] | None = field(default=None, kw_only=True, converter=_years)
    metadata: Metadata | None = field(default=None, kw_only=True, validator=is_a(Metadata, optional=True))

    def __attrs_post_init__(self) -> None:
        _ = self.questions  # refuses what the table lacks
        if self.over is None:
            return
        fault = years_fault(self.over)
        if fault:
            raise DefinitionError(
                Message("indicator {key!r}: over is {over}; {fault}", key=self.key, over=shown(self.over), fault=fault)
            )
        if self.table.period == "stock":
            raise DefinitionError(
                Message(
                    "indicator {key!r}: {table!r} is a stock, a state on a date, which is never added up over "
                    'years; leave out over, or say period="flow" of the table where it holds what came in each year',
                    key=self.key,
                    table=self.table.key,
                )
            )

    def __repr__(self) -> str:
        over = "" if self.over is None else f", over={self.over!r}"
        return f"Amount({self.key!r}, where={self.where!r}{over})"

    @property
    def counts(self) -> bool:
        return True

    @property
    def remarks(self) -> tuple[Message, ...]:
        return () if self.over is None else (Message("Added up over the years {years}.", years=listed(self.over)),)

    def asked(self, now: Moment) -> tuple[tuple[Question, Moment], ...]:
        (question,) = self.questions
        years = (now.year,) if self.over is None else self.over
        return tuple((question, Moment(year, now.scenario)) for year in years)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return (self.ask(self.table, all_units(), self.where),)

    def within(self, column: str, value: str) -> Amount:
        key, name, rule = self._within(self.table, column, value)
        return evolve(self, key=key, name=name, where=self.where & rule)

    @property
    def formula(self) -> Term:
        from envindicators.definitions.formula import Units

        (question,) = self.questions
        return Units(question, self.over)

    def span(self, tallies: Sequence[Any]) -> Span:
        return functools.reduce(operator.add, map(Span.counted, tallies))


def _amount(instance: Any, attribute: Any, value: Any) -> None:
    if not isinstance(value, Quantitative):
        raise WrongTypeError(
            Message(
                "indicator {key!r}: {name} is {value}; expected an amount",
                key=instance.key,
                name=attribute.name,
                value=shown(value),
            )
        )


@versioned
@frozen(cache_hash=True)
class Net(Quantitative):
    """An amount less another. Made by `Amount.less`."""

    key: str = field(converter=plain, validator=is_name)
    name: Text = field(converter=as_text)
    amount: Quantitative = field(validator=_amount)
    deduction: Quantitative = field(validator=_amount)
    metadata: Metadata | None = field(default=None, kw_only=True, validator=is_a(Metadata, optional=True))

    def __attrs_post_init__(self) -> None:
        if self.amount.unit != self.deduction.unit:
            raise DefinitionError(
                Message(
                    "indicator {key!r}: {amount!r} is in {unit}, {deduction!r} in {other}; expected one unit",
                    key=self.key,
                    amount=self.amount.key,
                    unit=self.amount.unit.key,
                    deduction=self.deduction.key,
                    other=self.deduction.unit.key,
                )
            )

    def __repr__(self) -> str:
        return f"{self.amount!r}.less({self.deduction!r})"

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return (*self.amount.questions, *self.deduction.questions)

    @property
    def settled_by_groups(self) -> bool:
        return self.amount.settled_by_groups and self.deduction.settled_by_groups

    @property
    def sharp(self) -> bool:
        return self.amount.sharp and self.deduction.sharp and _apart(self.amount, self.deduction)

    @property
    def remarks(self) -> tuple[Message, ...]:
        return (*self.amount.remarks, *self.deduction.remarks)

    def asked(self, now: Moment) -> tuple[tuple[Question, Moment], ...]:
        return (*self.amount.asked(now), *self.deduction.asked(now))

    @property
    def formula(self) -> Term:
        from envindicators.definitions.formula import Less

        return Less(self.amount.formula, self.deduction.formula)

    def span(self, tallies: Sequence[Any]) -> Span:
        first = len(self.amount.asked(Moment(None)))
        return self.amount.span(tallies[:first]) - self.deduction.span(tallies[first:])


def _apart(first: Indicator, second: Indicator) -> bool:
    """Return whether two indicators ask of no table in common."""
    return not set(first.tables) & set(second.tables)


@versioned
@frozen(cache_hash=True)
class Capped(Quantitative):
    """An amount of which no more than a cap counts. Made by `Amount.up_to`."""

    key: str = field(converter=plain, validator=is_name)
    name: Text = field(converter=as_text)
    amount: Quantitative = field(validator=_amount)
    cap: str = field(converter=plain)
    metadata: Metadata | None = field(default=None, kw_only=True, validator=is_a(Metadata, optional=True))

    def __attrs_post_init__(self) -> None:
        if self._counted < 1:
            raise DefinitionError(
                Message(
                    "indicator {key!r}: the cap is {cap}; expected at least one unit", key=self.key, cap=shown(self.cap)
                )
            )

    @cached_property
    def _counted(self) -> int:
        _, counted = self.amount.quantity(self.cap)
        return int(counted)  # what is counted is whole, so no more than the whole of a cap can count

    def __repr__(self) -> str:
        return f"{self.amount!r}.up_to({self.cap!r})"

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return self.amount.questions

    @property
    def remarks(self) -> tuple[Message, ...]:
        most = Message("Of {name} at most {cap} is counted.", name=self.amount.name, cap=self.cap)
        return (*self.amount.remarks, most)

    def asked(self, now: Moment) -> tuple[tuple[Question, Moment], ...]:
        return self.amount.asked(now)

    @property
    def counts(self) -> bool:
        return self.amount.counts

    @property
    def settled_by_groups(self) -> bool:
        return False

    @property
    def sharp(self) -> bool:
        return self.amount.sharp

    @property
    def formula(self) -> Term:
        from envindicators.definitions.formula import AtMost

        return AtMost(self.amount.formula, self.cap)

    def span(self, tallies: Sequence[Any]) -> Span:
        return self.amount.span(tallies).up_to(self._counted)


def daily(indicator: Indicator, level: Any) -> Indicator:
    """Return what of an indicator a level is of: what it comes to on a day where the level is ``"130 tonne/day"``."""
    from envindicators.definitions.daily import Daily, is_daily

    return Daily(f"{indicator.key}_per_day", indicator.name, indicator) if is_daily(level) else indicator
