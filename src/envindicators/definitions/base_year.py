"""What a change is against: another year, the year before each, or a figure as it was published."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from fractions import Fraction
from typing import Any, NamedTuple

from attrs import frozen

from envindicators.errors import DefinitionError
from envindicators.pickling import versioned
from envindicators.words.message import Message, listed, pgettext
from envindicators.words.quantity import Quantity
from envindicators.words.shortening import shown
from envindicators.words.text import plain

YEARS = range(1900, 2101)


class Moment(NamedTuple):
    """Which rows answer a question: those of a year, and of a scenario where tables tell scenarios apart."""

    year: int | None
    scenario: str | None = None


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
        return f"{sign}{number}{'' if self.quantity.unit == '%' else ' '}{self.quantity.unit}"

    def in_(self, lang: str) -> str:
        """Return the figure as it was published, since its digits say how exact it is, and its year."""
        mark = pgettext("before the decimals of a number", ".", lang)
        number = self.written.replace(".", mark, 1) if self.digits else self.written
        return f"{number} ({self.year})"

    def __str__(self) -> str:
        return self.in_("en")


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


def as_base(base: Any) -> Any:
    """Return what a change is against as it is kept: several years as a tuple."""
    if isinstance(base, str):
        return plain(base)
    return tuple(base) if isinstance(base, Iterable) else base


def years_fault(years: Any) -> Message | None:
    """Return what is wrong with a list of years, each of which stands once; nothing where they are some."""
    if isinstance(years, str) or not isinstance(years, Iterable):
        return Message("expected years, as range(2026, 2031)")
    every = tuple(years)
    wrong = [year for year in every if isinstance(year, bool) or not isinstance(year, int) or year not in YEARS]
    if wrong:
        return Message(
            "{value} is no year from {first} to {last}", value=shown(wrong[0]), first=YEARS[0], last=YEARS[-1]
        )
    if not every:
        return Message("expected at least one year")
    twice = next((year for year in every if every.count(year) > 1), None)
    return None if twice is None else Message("the year {year} stands twice", year=twice)


def check_base(instance: Any, _attribute: Any, value: Any) -> None:
    """Raise `DefinitionError` unless a value is what a change may be against."""
    if isinstance(value, (Base, PublishedFigure)) or (isinstance(value, str) and value):
        return
    fault = years_fault(value if isinstance(value, tuple) else (value,))
    if fault:
        raise DefinitionError(
            Message(
                "indicator {key!r}: the base is {value} ({fault}); expected a year, as 2020, several, as [2016, "
                '2017, 2018], a scenario, as "bau", ei.YEAR_BEFORE, or ei.published("560 kilogram/person", '
                "year=2019)",
                key=instance.key,
                value=shown(value),
                fault=fault,
            )
        )


def base_words(base: Any) -> Message | PublishedFigure | str:
    """Return what a change is against, in words."""
    if base is YEAR_BEFORE:
        return Message("the year before")
    if isinstance(base, tuple):
        return Message("the mean of {years}", years=listed(base))
    if isinstance(base, str):
        return Message("the scenario {scenario}", scenario=repr(base))
    return base if isinstance(base, PublishedFigure) else str(base)
