"""What a change is against: another year, the year before each, or a figure as it was published."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from fractions import Fraction
from typing import Any

from attrs import frozen

from envindicators.errors import DefinitionError
from envindicators.pickling import versioned
from envindicators.words.quantity import Quantity


class Base(Enum):
    """What a change is against, where that is no year of its own."""

    YEAR_BEFORE = "the year before"

    def __repr__(self) -> str:
        return self.name


YEAR_BEFORE = Base.YEAR_BEFORE
"""The year before each year that is looked at, for a change from year to year."""


@versioned
@frozen
class PublishedFigure:
    """A figure of another year as it was published, with what its rounding leaves open. Made by `published`."""

    quantity: Quantity
    year: int
    digits: int

    @property
    def rounding(self) -> Fraction:
        """How far what stands behind it may lie from it: half a unit of its last digit."""
        return Fraction(1, 2 * 10**self.digits)

    @property
    def written(self) -> str:
        """The figure with all its digits, as it was published."""
        scaled = abs(int(self.quantity.value * 10**self.digits))
        whole, decimals = divmod(scaled, 10**self.digits)
        sign = "-" if self.quantity.value < 0 else ""
        number = f"{whole}.{decimals:0{self.digits}}" if self.digits else f"{whole}"
        return f"{sign}{number} {self.quantity.unit}"

    def __str__(self) -> str:
        return f"{self.quantity} ({self.year})"


def published(text: str, *, year: int) -> PublishedFigure:
    """Return a figure of another year as it was published: what may stand behind its last digit stays open.

    Args:
        text: the figure with its unit, with all its digits: ``"560 kilogram/person"``.
        year: its year.

    Raises:
        DefinitionError: for what is no figure with a unit.

    Example:
        >>> published("560 kilogram/person", year=2019)
        PublishedFigure(quantity=Quantity('560 kilogram/person'), year=2019, digits=0)
    """
    quantity = Quantity.parse(text)
    number = text.strip().split(quantity.unit)[0] if quantity.unit else text
    _, _, decimals = number.replace(",", ".").partition(".")
    return PublishedFigure(quantity, year, len(decimals.strip()))


def check_base(instance: Any, _attribute: Any, value: Any) -> None:
    """Raise `DefinitionError` unless a value is what a change may be against."""
    if isinstance(value, (Base, PublishedFigure)):
        return
    if isinstance(value, bool) or not isinstance(value, int) or not 1900 <= value <= 2100:
        hint = ""
        if isinstance(value, str):
            hint = "; against a scenario, put it in a table of its own and say Ratio(..., per=...).at_most('84.2%')"
        elif isinstance(value, Iterable):
            hint = "; the mean of several years is no base yet"
        raise DefinitionError(
            f"indicator {instance.key!r}: the base is {value!r}; expected a year, as 2020, ei.YEAR_BEFORE, or "
            'ei.published("560 kilogram/person", year=2019)'
            f"{hint}"
        )
