"""`Daily`: what an amount, or a ratio, comes to on a day of the year, as 130 litres a person and day."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

from attrs import evolve, field, frozen

from envindicators.algebra.threshold import Direction, Threshold
from envindicators.definitions.base_year import Moment
from envindicators.definitions.formula import Days, Quotient, Term
from envindicators.definitions.indicator import Change, Derived, Indicator
from envindicators.definitions.metadata import Metadata
from envindicators.definitions.question import Question
from envindicators.definitions.table import Unit
from envindicators.definitions.validators import is_a, is_name
from envindicators.errors import DefinitionError, WrongTypeError
from envindicators.pickling import versioned
from envindicators.words.message import Message
from envindicators.words.quantity import Quantity
from envindicators.words.shortening import shown
from envindicators.words.text import Text, as_text, plain

_DAY = "/day"


def is_daily(level: Any) -> bool:
    """Return whether a level is for each day: ``"130 tonne/day"``."""
    return isinstance(level, str) and "".join(level.split()).endswith(_DAY)


@versioned
@frozen(cache_hash=True)
class Daily(Derived):
    """What an amount of a year, or a ratio, comes to on the average of its days: 366 in a leap year.

    Made by a level such as ``"130 tonne/day"``.

    Args:
        key: its name.
        name: the name that people read.
        indicator: the amount or ratio, of a flow.
        metadata: what is to be known of it beside its rule.

    Raises:
        DefinitionError: for what is no flow.

    Example:
        >>> from envindicators import Amount, Table, Unit
        >>> waste = Table("waste", Unit("tonne", "tonnes"), total="generated", period="flow")
        >>> Amount("waste", "waste", table=waste).at_most("130 tonne/day")
        Requirement('waste_per_day' ≤ 130 tonne/day)
    """

    key: str = field(converter=plain, validator=is_name)
    name: Text = field(converter=as_text)
    indicator: Indicator = field(validator=is_a(Indicator))
    metadata: Metadata | None = field(default=None, kw_only=True, validator=is_a(Metadata, optional=True))

    def __attrs_post_init__(self) -> None:
        table = self.indicator.tables[0]
        if table.period != "flow":
            raise DefinitionError(
                Message(
                    "indicator {key!r}: {table!r} is a stock, of which there is no amount for each day; say "
                    'period="flow" of the table where it holds what came in the year',
                    key=self.key,
                    table=table.key,
                )
            )

    def __repr__(self) -> str:
        return f"Daily({self.key!r}, {self.indicator!r})"

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return self.indicator.questions

    @property
    def open_unit(self) -> Unit:
        return self.indicator.open_unit

    @property
    def grain(self) -> Fraction:
        return self.indicator.grain

    @property
    def grains(self) -> Mapping[str, int]:
        return self.indicator.grains

    @property
    def settled_by_groups(self) -> bool:
        return self.indicator.settled_by_groups

    @property
    def sharp(self) -> bool:
        return self.indicator.sharp

    @property
    def remarks(self) -> tuple[Message, ...]:
        return (*self.indicator.remarks, Message("Divided by the days of the year, 366 in a leap year."))

    @property
    def formula(self) -> Term:
        return Quotient(self.indicator.formula, Days())

    def asked(self, now: Moment) -> tuple[tuple[Question, Moment], ...]:
        return self.indicator.asked(now)

    def since(self, base: Any, *, key: str | None = None, name: Text | str | None = None) -> Change:
        return self.indicator.since(base, key=key, name=name)

    def within(self, column: str, value: str) -> Daily:
        part = self.indicator.within(column, value)
        return evolve(self, key=f"{self.key}/{value}", name=part.name, indicator=part)

    def evidence(self, tallies: Sequence[Any]) -> Any:
        return self.evidence_of(None, tallies)

    def evidence_of(self, year: int | None, tallies: Sequence[Any]) -> Any:
        moments = [moment for question, moment in self.asked(Moment(year)) if question.table == self.questions[0].table]
        days = sum(365 + (each is not None and calendar.isleap(each)) for each in {moment.year for moment in moments})
        return evolve(self.indicator.evidence(tallies), times=Fraction(1, days))

    def threshold(self, direction: Direction, level: Any) -> Threshold:
        try:
            quantity = Quantity.parse(level)
        except (WrongTypeError, DefinitionError) as error:
            raise type(error)(Message("indicator {key!r}: {error}", key=self.key, error=error)) from None
        unit, slash, day = quantity.unit.rpartition("/")
        if not slash or day.strip() != "day":
            raise DefinitionError(
                Message(
                    "indicator {key!r}: the level {quantity} is not for each day",
                    key=self.key,
                    quantity=shown(str(quantity)),
                )
            )
        threshold = self.indicator.threshold(direction, evolve(quantity, unit=unit.strip()))
        return evolve(threshold, quantity=quantity)
