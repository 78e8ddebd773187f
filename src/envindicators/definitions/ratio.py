"""`Ratio`: the kind of indicator that divides one amount by another of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

from attrs import evolve, field, frozen

from envindicators.algebra.span import Quotient
from envindicators.algebra.threshold import Direction, Threshold
from envindicators.definitions import formula
from envindicators.definitions.amount import Amount, Quantitative, daily
from envindicators.definitions.base_year import Moment
from envindicators.definitions.indicator import Indicator
from envindicators.definitions.metadata import Metadata
from envindicators.definitions.question import Question
from envindicators.definitions.rule import fate
from envindicators.definitions.table import Unit
from envindicators.definitions.validators import is_a, is_name
from envindicators.errors import DefinitionError, WrongTypeError
from envindicators.pickling import versioned
from envindicators.words.message import Message
from envindicators.words.quantity import Quantity
from envindicators.words.shortening import shown
from envindicators.words.text import Text, as_text, plain


def _is_part(part: Amount, whole: Amount) -> bool:
    """Return whether whatever one amount counts is counted in the other."""
    return part.table == whole.table and "failed" not in fate(part.where, whole.where, {}, part.table.domains)


@versioned
@frozen(cache_hash=True)
class Ratio(Indicator):
    """One amount for each unit of another: square metres of park for each resident.

    Bounds are sharp where the two are of different tables; of one table they are safe, since the same unknown may
    stand in both. A part of the denominator is refused: that is a `Share`.

    Args:
        key: its name.
        name: the name that people read.
        amount: what is divided.
        per: by what, an amount.
        metadata: what is to be known of it beside its rule.

    Raises:
        DefinitionError: if the numerator is counted among the units of the denominator, which is a `Share`.

    Example:
        >>> from envindicators import Table, Unit
        >>> square_metre = Unit("m2", "m²", multiples={"hectare": 10_000})
        >>> parks = Amount("parks", "public parks", table=Table("parks", square_metre, total="area_m2"))
        >>> people = Amount("people", "people", table=Table("people", Unit("person", "people"), total="persons"))
        >>> Ratio("park", "park for each resident", parks, per=people).at_least("0.65 m2/person")
        Requirement('park' ≥ 0.65 m2/person)
    """

    key: str = field(converter=plain, validator=is_name)
    name: Text = field(converter=as_text)
    amount: Quantitative = field(validator=is_a(Quantitative))
    per: Amount = field(kw_only=True, validator=is_a(Amount))
    metadata: Metadata | None = field(default=None, kw_only=True, validator=is_a(Metadata, optional=True))

    def __attrs_post_init__(self) -> None:
        if isinstance(self.amount, Amount) and _is_part(self.amount, self.per):
            raise DefinitionError(
                Message(
                    "indicator {key!r}: all that {part!r} counts is counted in {whole!r} too; a part of the "
                    "denominator makes a Share",
                    key=self.key,
                    part=self.amount.key,
                    whole=self.per.key,
                )
            )

    def __repr__(self) -> str:
        return f"Ratio({self.key!r}, {self.amount!r}, per={self.per!r})"

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return (*self.amount.questions, *self.per.questions)

    @property
    def unit(self) -> Unit:
        return self.amount.unit

    @property
    def totals_open(self) -> bool:
        return True

    @property
    def grain(self) -> Fraction:
        return Fraction(self.amount.unit.grain, self.per.unit.grain)

    @property
    def grains(self) -> Mapping[str, int]:
        return dict.fromkeys(("denominator_lower", "denominator_upper"), self.per.unit.grain)

    @property
    def settled_by_groups(self) -> bool:
        return self.amount.settled_by_groups

    @property
    def sharp(self) -> bool:
        return self.amount.sharp and not set(self.amount.tables) & set(self.per.tables)

    @property
    def remarks(self) -> tuple[Message, ...]:
        return (*self.amount.remarks, *self.per.remarks)

    def measured(self, level: Any) -> Indicator:
        return daily(self, level)

    @property
    def formula(self) -> formula.Term:
        return formula.Quotient(self.amount.formula, self.per.formula)

    def asked(self, now: Moment) -> tuple[tuple[Question, Moment], ...]:
        return (*self.amount.asked(now), *self.per.asked(now))

    def evidence(self, tallies: Sequence[Any]) -> Quotient:
        first = len(self.amount.asked(Moment(None)))
        return Quotient(self.amount.span(tallies[:first]), self.per.span(tallies[first:]))

    def threshold(self, direction: Direction, level: Any) -> Threshold:
        try:
            quantity = Quantity.parse(level)
            if quantity.unit == "%" and self.amount.unit == self.per.unit:
                return Threshold(direction, quantity.value / 100, quantity, Fraction(1, 100))
            top, slash, bottom = quantity.unit.partition("/")
            if not slash:
                example = f"{self.amount.unit.key}/{self.per.unit.key}"
                raise DefinitionError(
                    Message(
                        "the level {quantity} has no unit of a ratio, as {example}",
                        quantity=shown(str(quantity)),
                        example=shown(example),
                    )
                )
            one = evolve(quantity, value=Fraction(1))
            grain = self.amount.unit.counted(evolve(one, unit=top.strip()))
            grain /= self.per.unit.counted(evolve(one, unit=bottom.strip()))
        except (WrongTypeError, DefinitionError) as error:
            raise type(error)(Message("indicator {key!r}: {error}", key=self.key, error=error)) from None
        return Threshold(direction, quantity.value * grain, quantity, grain)
