"""`Mean`: the kind of indicator that averages a value, weighted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

from attrs import evolve, field, frozen

from envindicators.algebra.span import Quotient
from envindicators.algebra.threshold import Direction, Threshold
from envindicators.definitions import formula
from envindicators.definitions.indicator import Indicator
from envindicators.definitions.metadata import Metadata
from envindicators.definitions.question import Question
from envindicators.definitions.rule import AllUnits, Rule, all_units, as_rule
from envindicators.definitions.table import Table, Unit, Value
from envindicators.definitions.validators import is_a, is_name
from envindicators.errors import DefinitionError, WrongTypeError
from envindicators.pickling import versioned
from envindicators.words.message import Message
from envindicators.words.quantity import Quantity
from envindicators.words.shortening import shown
from envindicators.words.text import Text, as_text, plain


def _column(instance: Any, _attribute: Any, value: Any) -> None:
    if isinstance(value, Indicator):
        raise DefinitionError(
            Message(
                "indicator {key!r}: of is {value}; what has been divided is never averaged, so give the value "
                "column of the table, and its rows as they were measured",
                key=instance.key,
                value=shown(value),
            )
        )
    if not isinstance(value, str):
        raise WrongTypeError(
            Message(
                "indicator {key!r}: of is {value}; expected the key of a value column",
                key=instance.key,
                value=shown(value),
            )
        )


@versioned
@frozen(cache_hash=True)
class Mean(Indicator):
    """The mean of a value, weighted by the units of its table: the concentration over the hours of a year.

    A missing value of known weight lies anywhere from 0, or within the limits of its column. Bounds are sharp where
    all units belong; with a rule they are safe, since a unit that may belong widens numerator and denominator.

    Args:
        key: its name.
        name: the name that people read.
        table: where its units stand.
        of: the value column.
        weight: the table's total column; left out where each row of the table is one unit.
        where: the rule of the units that it is the mean over; all units unless given.
        metadata: what is to be known of it beside its rule.

    Raises:
        DefinitionError: for a column that the table lacks, a mean without weights, or one of what is a mean already.

    Example:
        >>> from envindicators import Table, Unit
        >>> air = Table("air", Unit("hour", "hours"), total="hours",
        ...             values={"pm25": Unit("µg/m3", "µg/m³", grain=1000)})
        >>> Mean("pm25", "PM2.5", table=air, of="pm25", weight="hours").below("40 µg/m3")
        Requirement('pm25' < 40 µg/m3)
    """

    key: str = field(converter=plain, validator=is_name)
    name: Text = field(converter=as_text)
    table: Table = field(kw_only=True, validator=is_a(Table))
    of: str = field(kw_only=True, converter=plain, validator=_column)
    weight: str | None = field(kw_only=True, default=None, converter=plain, validator=is_a(str, optional=True))
    where: Rule = field(kw_only=True, factory=all_units, converter=as_rule)
    metadata: Metadata | None = field(default=None, kw_only=True, validator=is_a(Metadata, optional=True))

    def __attrs_post_init__(self) -> None:
        table = self.table
        if self.weight is None and table.id is None:
            raise DefinitionError(
                Message(
                    "indicator {key!r}: a mean without weights; say weight={total}, the total of its table",
                    key=self.key,
                    total=shown(table.total),
                )
            )
        if self.weight not in (None, table.total):
            raise DefinitionError(
                Message(
                    "indicator {key!r}: the weight is {weight}; expected {total}, the total of {table!r}, whose "
                    "units a mean is over",
                    key=self.key,
                    weight=shown(self.weight),
                    total=shown(table.total),
                    table=table.key,
                )
            )
        _ = self.questions  # refuses what the table lacks

    def __repr__(self) -> str:
        return f"Mean({self.key!r}, of={self.of!r}, where={self.where!r})"

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return (self.ask(self.table, all_units(), self.where, self.of),)

    @property
    def value(self) -> Value:
        """The value column."""
        (question,) = self.questions
        assert question.value is not None
        return question.value

    @property
    def unit(self) -> Unit:
        return self.value.unit

    @property
    def open_unit(self) -> Unit:
        return self.table.unit

    @property
    def grain(self) -> Fraction:
        return Fraction(self.unit.grain)

    @property
    def grains(self) -> Mapping[str, int]:
        weight = self.table.unit.grain
        return {
            **dict.fromkeys(("numerator_lower", "numerator_upper"), self.unit.grain * weight),
            **dict.fromkeys(("denominator_lower", "denominator_upper"), weight),
        }

    @property
    def sharp(self) -> bool:
        return isinstance(self.where, AllUnits)

    def within(self, column: str, value: str) -> Mean:
        key, name, rule = self._within(self.table, column, value)
        return evolve(self, key=key, name=name, where=self.where & rule)

    @property
    def formula(self) -> formula.Term:
        (question,) = self.questions
        return formula.Quotient(formula.Values(question), formula.Units(question))

    def evidence(self, tallies: Sequence[Any]) -> Quotient:
        (weighed,) = tallies
        mean: Quotient = weighed.mean
        return mean

    def threshold(self, direction: Direction, level: Any) -> Threshold:
        try:
            quantity = Quantity.parse(level)
            counted = self.unit.counted(quantity)
        except (WrongTypeError, DefinitionError) as error:
            raise type(error)(Message("indicator {key!r}: {error}", key=self.key, error=error)) from None
        return Threshold(direction, counted, quantity, self.unit.counted(evolve(quantity, value=Fraction(1))))
