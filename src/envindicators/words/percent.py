"""Percentages as text: read exactly, shown without ever contradicting a comparison."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, Literal

from attrs import frozen

from envindicators.errors import (
    DefinitionError,
    OptionError,
    OptionTypeError,
    RoundingWarning,
    WrongTypeError,
    warn_user,
)
from envindicators.words.message import Message
from envindicators.words.shortening import shown

_PERCENT = re.compile(r"([0-9]+)(?:[.,]([0-9]+))? ?%")

Rounding = Literal["half_up", "down", "up"]

HalfWay = Literal["half_up", "half_even"]
"""How a half is rounded: up, or to the even digit."""


def parse_percent(text: str) -> tuple[Fraction, int]:
    """Return the share that ``text`` states and the number of decimals it gives.

    Args:
        text: digits, perhaps a point or comma and more digits, perhaps a space, ``%``.

    Raises:
        ValueError: if it is written in any other way.

    Example:
        >>> parse_percent("98,5%")
        (Fraction(197, 200), 1)
    """
    match = _PERCENT.fullmatch(text)
    if match is None:
        raise DefinitionError(
            Message('{value} is not a percentage; write it as "98%", "98.5%" or "98,5%"', value=shown(text))
        )
    whole, decimals = match[1], match[2] or ""
    return Fraction(int(whole + decimals), 100 * 10 ** len(decimals)), len(decimals)


MOST_DIGITS = 10
"""A percentage with more decimals than this was not published so: it is what a float left of one."""


@frozen
class Published:
    """A percentage as it was published: a share of which all but some digits were rounded away.

    Whoever published it rounded half up or half to even; both are allowed for unless it is said which. Made by
    `read_published`.

    Args:
        share: the share that the digits say.
        digits: how many decimals the percentage was rounded to.
        rounding: how a half was rounded, or None where that is not known.
    """

    share: Fraction
    digits: int
    rounding: HalfWay | None = None

    @property
    def span(self) -> tuple[Fraction, Fraction]:
        """The least and the greatest share that may stand behind it, half a unit of its last digit on either side."""
        half = Fraction(1, 200 * 10**self.digits)
        return max(Fraction(0), self.share - half), min(Fraction(1), self.share + half)

    def fitting(self, population: int) -> tuple[int, int, bool]:
        """Return the least and the greatest count of a population that is published so, and whether there is any.

        Where there is none, as for 50.0% of 3, the counts are those on either side.
        """
        low, high = (end * population for end in self.span)
        least, greatest = math.ceil(low), math.floor(high)
        even = (self.share * 100 * 10**self.digits) % 2 == 0
        if least == low and self.share > 0 and self.rounding == "half_even" and not even:
            least += 1  # the half is rounded down to the even digit below
        if greatest == high and self.share < 1 and (self.rounding == "half_up" or not even):
            greatest -= 1  # the half is rounded up
        if least <= greatest:
            return least, greatest, True
        exact = self.share * population
        return math.floor(exact), math.ceil(exact), False

    def counts(self, population: int) -> tuple[int, int]:
        """Return the counts as `fitting` does, with a `RoundingWarning` where none is published so."""
        least, greatest, fits = self.fitting(population)
        if not fits:
            shown = percent(self.share, digits=self.digits)
            warn_user(
                f"no count of {population} units rounds to {shown}; taken as {least} to {greatest}", RoundingWarning
            )
        return least, greatest


def read_published(text: Any, digits: Any = None) -> Published:
    """Return a published percentage.

    Args:
        text: the percentage as published: ``"99.18%"``.
        digits: how many decimals it was rounded to, where the text does not show it: ``"30.599999999999998%"``
            is what a float makes of 30.6%, and ``"30%"`` may stand for 30.0%.

    Raises:
        WrongTypeError: if it is not text.
        DefinitionError: if it is no percentage from 0% to 100%, or has more digits than were published.
        OptionError: for a number of digits that is none.

    Example:
        >>> read_published("30.599999999999998%", digits=1)
        Published(share=Fraction(153, 500), digits=1, rounding=None)
    """
    if not isinstance(text, str):
        raise WrongTypeError(f'a published percentage is text, with all its digits, as "99.18%"; got {text!r}')
    share, decimals = parse_percent(text)
    if share > 1:
        raise DefinitionError(f"{text} is above 100%; a share lies between 0% and 100%")
    if digits is None:
        if decimals > MOST_DIGITS:
            raise DefinitionError(
                f"{text} has {decimals} decimals, as a float leaves them; say how many were published, as digits=1"
            )
        return Published(share, decimals)
    if isinstance(digits, bool) or not isinstance(digits, int):
        raise OptionTypeError(f"digits is {digits!r}; expected a whole number")
    if not 0 <= digits <= MOST_DIGITS:
        raise OptionError(f"digits is {digits!r}; expected one from 0 to {MOST_DIGITS}")
    rounded = Fraction(_rounded(share.numerator * 100 * 10**digits, share.denominator, "half_up"), 100 * 10**digits)
    if abs(rounded - share) > Fraction(1, 10 ** (MOST_DIGITS + 2)):
        raise DefinitionError(f"{text} has more than {digits} decimals")
    return Published(rounded, digits)


def _rounded(part: int, of: int, rounding: Rounding) -> int:
    """Return a quotient as a whole number."""
    if rounding == "down":
        return part // of
    if rounding == "up":
        return -(-part // of)
    return (2 * part + of) // (2 * of)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def has_decimals(share: Fraction) -> bool:
    """Return whether some number of decimals writes a share exactly."""
    denominator = share.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    return denominator == 1


def percent(
    share: Fraction, *, against: Iterable[Fraction] = (), rounding: Rounding = "half_up", digits: int = 2
) -> str:
    """Write a share as a percentage that stays on its own side of every mark.

    A share that ``digits`` decimals write exactly loses its trailing zeros. Any other keeps them
    all, and gets more where rounding would put it on or across 0%, 100% or a mark of ``against``
    while it is not there, or off a mark that it stands on.

    Args:
        share: the share, from 0 to 1.
        against: the thresholds that it is compared with.
        rounding: half up for a figure; down and up for the ends of an interval.
        digits: decimals to begin with.

    Example:
        >>> percent(Fraction("0.97996"), against=[Fraction("0.98")]), percent(Fraction(9, 10))
        ('97.996%', '90%')
    """
    part, of = share.as_integer_ratio()
    marks = [(0, 1), (1, 1)]
    marks += [mark.as_integer_ratio() for mark in against if mark != share or has_decimals(share)]
    sides = [(above, below, _sign(part * below - above * of)) for above, below in marks]
    while True:
        scale = 100 * 10**digits
        shown = _rounded(part * scale, of, rounding)
        if all(_sign(shown * below - above * scale) == side for above, below, side in sides):
            break
        digits += 1
    whole, decimals = divmod(shown, 10**digits)
    text = f"{whole}.{decimals:0{digits}d}" if digits else f"{whole}"
    if shown * of == part * scale and digits:
        text = text.rstrip("0").rstrip(".")
    return f"{text}%"
