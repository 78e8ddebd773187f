"""The margin: the one law that every verdict is read from. No other module compares a number with a level.

The margin of a completion is numerator − level × denominator, what it passes (or, below zero, misses) its
level by. Its ends over all completions whose population is not empty say what may be concluded. The law is
written with operators that Python integers and numpy arrays share, so that it stands once, for one group and
for arrays of groups alike.

Everything is whole: margins are kept times the level's denominator. Python integers, and arrays of them, have no
limit; arrays of int64 are handed in only where nothing in here can pass their range (see `fits`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple, Protocol

from attrs import evolve, frozen

from envindicators.algebra.verdict import MET, NOT_APPLICABLE, NOT_MET
from envindicators.pickling import versioned

_ROOM = 2**61


def fits(largest: float, level: Fraction) -> bool:
    """Return whether margins of int64 counts stay exact, where no group has more than ``largest`` units.

    Every number on the way to a margin is at most the units of a group times the level's denominator, and adding
    up two margins, or the units to be rounded up, at most doubles it. The limit of 2^61 leaves a factor four
    below 2^63, so that ``largest`` may itself be a rounded float. Beyond it counts are Python integers.
    """
    return largest < _ROOM // max(2, level.denominator)


class Level(Protocol):
    """What evidence is judged by: a level of which a margin tells whether it is passed or missed."""

    @property
    def level(self) -> Any:
        """The level, a Fraction."""
        ...

    def facing(self, margin: Margin) -> Margin:
        """Return a margin of numerator − level × denominator as the level looks at it: passed above zero."""
        ...


@versioned
@frozen
class Margin:
    """By how much a level is passed or missed, over all completions with a population: ints, or arrays of them.

    Margins against one level add up to that of both groups together.

    Args:
        least: the least margin, times ``scale``; 0 where it has no end or no completion has a population.
        greatest: the greatest, likewise.
        sinks: whether the least has no end, since an amount of unknown size counts against it.
        soars: whether the greatest has none.
        exists: whether a completion has a population.
        perhaps_empty: whether a completion has none.
        scale: the level's denominator.
        strict: whether the level must be passed, and to reach it is not enough.
    """

    least: Any
    greatest: Any
    sinks: Any
    soars: Any
    exists: Any
    perhaps_empty: Any
    scale: int
    strict: bool = False

    @classmethod
    def known(cls, value: int, scale: int, *, empty: bool, strict: bool = False) -> Margin:
        """Return the margin of a group of which all is known.

        Args:
            value: its margin, times ``scale``.
            scale: the level's denominator.
            empty: whether it has no population.
            strict: whether the level must be passed.
        """
        return cls(value, value, False, False, not empty, empty, scale, strict)

    def __neg__(self) -> Margin:
        """Return the margin of a level that must not be passed."""
        return Margin(
            -self.greatest,
            -self.least,
            self.soars,
            self.sinks,
            self.exists,
            self.perhaps_empty,
            self.scale,
            self.strict,
        )

    @property
    def missed(self) -> Margin:
        """The margin turned round, by which the level is missed; strict where to reach the level is enough."""
        return evolve(-self, strict=not self.strict)

    def __add__(self, other: Margin) -> Margin:
        """Return the margin of two groups together: one of them has a population, the other has or is empty."""
        sinks, soars = self.sinks | other.sinks, self.soars | other.soars
        least = _smaller(self.exists, self.least + other.low, other.exists, self.low + other.least)
        greatest = -_smaller(self.exists, -self.greatest - other.high, other.exists, -self.high - other.greatest)
        return Margin(
            least * (sinks ^ True),
            greatest * (soars ^ True),
            sinks,
            soars,
            self.exists | other.exists,
            self.perhaps_empty & other.perhaps_empty,
            self.scale,
            self.strict,
        )

    @property
    def low(self) -> Any:
        """The least margin also over completions without a population, which have none to pass or miss by."""
        return self.least * (((self.least > 0) & self.perhaps_empty) ^ True)

    @property
    def high(self) -> Any:
        """The greatest, likewise."""
        return self.greatest * (((self.greatest < 0) & self.perhaps_empty) ^ True)

    @property
    def best(self) -> Margin:
        """The margin of one group once it turns out as well as it can, as far as that has an end.

        Of two ways that are equally good the one with a population is taken.
        """
        empty = self.perhaps_empty and (self.greatest < 0 or not self.exists)
        return Margin.known(self.high, self.scale, empty=empty, strict=self.strict)

    def possible(self, *, strictly: bool = False) -> Any:
        """Return the verdicts that completions give, as bits (of uint8, in arrays).

        Args:
            strictly: whether the level must be passed and not only reached, as it must where it is strict.
        """
        strictly = strictly or self.strict
        reached = self.greatest > 0 if strictly else self.greatest >= 0
        missed = self.least <= 0 if strictly else self.least < 0
        met = self.exists & (self.soars | reached)
        not_met = self.exists & (self.sinks | missed)
        bits: Any = met * MET + not_met * NOT_MET + self.perhaps_empty * NOT_APPLICABLE
        return bits.astype("uint8") if hasattr(bits, "astype") else bits

    @property
    def shortfall(self) -> tuple[Any, Any]:
        """The least and the greatest number of whole units that are missing.

        The greatest means nothing where the margin sinks, both where there is no population.
        """
        least, greatest = (self._missing(end) for end in (self.greatest, self.least))
        return least * (self.perhaps_empty ^ True) * (self.soars ^ True), greatest

    @property
    def slack(self) -> tuple[Any, Any]:
        """The least and the greatest number of whole units to spare.

        The greatest means nothing where the margin soars, both where there is no population.
        """
        least, greatest = (self._spare(end) for end in (self.least, self.greatest))
        return least * (self.perhaps_empty ^ True), greatest

    def _missing(self, margin: Any) -> Any:
        """Return what a margin lacks of being passed, in whole units rounded up."""
        if self.strict:
            return (-margin // self.scale + 1) * (margin <= 0)
        return -(margin // self.scale) * (margin < 0)

    def _spare(self, margin: Any) -> Any:
        """Return by how many whole units a margin may fall and still be passed."""
        return (margin - self.strict) // self.scale * (margin > 0)


def _smaller(one_exists: Any, one: Any, other_exists: Any, other: Any) -> Any:
    """Return the smaller of the numbers that exist, 0 where neither does."""
    other_counts = other_exists & ((one_exists ^ True) | (other < one))
    return one * (one_exists & (other_counts ^ True)) + other * other_counts


class UnsizedRates(NamedTuple):
    """Between which shares of what has no size is satisfied: of one group, or arrays with an entry for each.

    Args:
        lower: the least share, 1 where nothing is without a size.
        upper: the greatest, 0 where nothing is.
        present: whether there surely is some of it.
    """

    lower: Any
    upper: Any
    present: Any


def share_margin(
    counts: Sequence[Any],
    satisfied_open: Any,
    failed_open: Any,
    level: Fraction,
    rates: UnsizedRates | None = None,
) -> Margin:
    """Return the margin of a share: a satisfied unit adds 1 − level, a failed one takes level, one that is out 0.

    Args:
        counts: the six counts of a tally: ints, or arrays with an entry for each group.
        satisfied_open: whether an amount of unknown size may be satisfied.
        failed_open: whether one may be failed.
        level: the share to be reached.
        rates: the share of what has no size, where more is known of it than these outcomes.
    """
    satisfied, failed, unknown, some_satisfied, some_failed, some_unknown = counts
    scale = level.denominator
    loss, gain = level.numerator, scale - level.numerator
    either = unknown + some_unknown
    good, bad = satisfied + either + some_satisfied, failed + either + some_failed
    # where the completion that reaches an end has no population, the nearest that has one takes its place
    worst_empty = (satisfied + bad == 0) & (failed_open ^ True)
    best_empty = (failed + good == 0) & (satisfied_open ^ True)
    sinks, soars = failed_open & (loss > 0), satisfied_open & (gain > 0)
    perhaps_empty, more, less = satisfied + failed + unknown == 0, 0, 0
    if rates is not None:
        sinks, soars = rates.lower < level, rates.upper > level
        # units are whole, and so are margins times the scale: of one unit or more they are at least 1 off the level
        more, less = rates.present & (rates.lower > level), rates.present & (rates.upper < level)
        perhaps_empty = perhaps_empty & (rates.present ^ True)
    return Margin(
        (satisfied * gain - bad * loss) * (sinks ^ True) + gain * (worst_empty > best_empty) + more,
        (good * gain - failed * loss) * (soars ^ True) - loss * (best_empty > worst_empty) - less,
        sinks,
        soars,
        (worst_empty & best_empty) ^ True,
        perhaps_empty,
        scale,
    )


def rate_margin(lower: Fraction, upper: Fraction, level: Fraction) -> Margin:
    """Return the margin of an interval of shares of a population whose size is not known, as a part of it."""
    low, high = lower - level, upper - level
    scale = math.lcm(low.denominator, high.denominator)
    least, greatest = int(low * scale), int(high * scale)
    return Margin(least, greatest, sinks=False, soars=False, exists=True, perhaps_empty=False, scale=scale)


def span_margin(least: Any, greatest: Any, sinks: Any, soars: Any, level: Fraction, *, part: bool = False) -> Margin:
    """Return the margin of an amount: the amount itself less the level. Nothing counted is an amount of 0.

    Args:
        least: the least amount, 0 where it has no end: ints, or arrays with an entry for each group.
        greatest: the greatest, likewise.
        sinks: whether the least has no end.
        soars: whether the greatest has none.
        level: the amount to be reached.
        part: whether it is a part of an amount from which the level is taken once, as a whole.
    """
    scale, asked = level.denominator, 0 if part else level.numerator
    low = (least * scale - asked) * (sinks ^ True)
    high = (greatest * scale - asked) * (soars ^ True)
    there = sinks | True
    return Margin(low, high, sinks, soars, there, there ^ True, scale)


def ratio_margin(part: Sequence[Any], whole: Sequence[Any], level: Fraction, *, partial: bool = False) -> Margin:
    """Return the margin of a ratio of two amounts: the numerator less the level times the denominator.

    Args:
        part: least, greatest, sinks and soars of the numerator, as `span_margin` takes them.
        whole: the same of the denominator. Where it is not above 0 there is no ratio.
        level: the ratio to be reached.
        partial: whether both are a part of amounts whose ratio is asked for, so that its own need not exist.
    """
    scale = level.denominator
    least, greatest, sinks, soars = part
    low, high, _, grows = whole
    some = low if partial else low * (low > 0) + (low <= 0)  # the least denominator of which there is a ratio
    up = level.numerator > 0
    down = level.numerator < 0
    # a level above 0 is missed most with the greatest denominator, one below 0 with the least
    worst, best = (high, some) if up else (some, high)
    sinks, soars = sinks | (grows & up), soars | (grows & down)
    exists = grows | (high > 0) | partial
    return Margin(
        (least * scale - level.numerator * worst) * (sinks ^ True) * exists,
        (greatest * scale - level.numerator * best) * (soars ^ True) * exists,
        sinks & exists,
        soars & exists,
        exists,
        (low <= 0) & (not partial),
        scale,
    )
