"""Percentages as text: read exactly, shown without ever contradicting a comparison."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

from envindicators.errors import DefinitionError

_PERCENT = re.compile(r"([0-9]+)(?:[.,]([0-9]+))? ?%")

Rounding = Literal["half_up", "down", "up"]


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
        raise DefinitionError(f'{text!r} is not a percentage; write it as "98%", "98.5%" or "98,5%"')
    whole, decimals = match[1], match[2] or ""
    return Fraction(int(whole + decimals), 100 * 10 ** len(decimals)), len(decimals)


def _rounded(scaled: Fraction, rounding: Rounding) -> int:
    if rounding == "down":
        return scaled.numerator // scaled.denominator
    if rounding == "up":
        return -(-scaled.numerator // scaled.denominator)
    return (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)


def _side(share: Fraction, mark: Fraction) -> int:
    return (share > mark) - (share < mark)


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
    marks = [Fraction(0), Fraction(1), *(mark for mark in against if mark != share or has_decimals(share))]
    while True:
        scale = 100 * 10**digits
        shown = Fraction(_rounded(share * scale, rounding), scale)
        if all(_side(shown, mark) == _side(share, mark) for mark in marks):
            break
        digits += 1
    whole, decimals = divmod(int(shown * scale), 10**digits)
    text = f"{whole}.{decimals:0{digits}d}" if digits else f"{whole}"
    if shown == share and digits:
        text = text.rstrip("0").rstrip(".")
    return f"{text}%"
