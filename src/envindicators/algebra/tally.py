"""`Tally` and `Rate`: units counted by fate, and the shares that the counts allow.

The algebra stands on its own: nothing here knows of tables or rules.
"""

from __future__ import annotations

import functools
import numbers
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, ClassVar, Literal, NamedTuple, get_args

from attrs import field, frozen

from envindicators.algebra.margin import Level, Margin, UnsizedRates, rate_margin, share_margin
from envindicators.algebra.verdict import REASONS, Reason
from envindicators.errors import DefinitionError, WrongTypeError
from envindicators.pickling import versioned
from envindicators.words.percent import percent, read_published

Outcome = Literal["out", "satisfied", "failed"]
"""What may become of a unit: out of the population, or in it and satisfied or failed."""

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

COUNTS = ("satisfied", "failed", "unknown", "unplaced_satisfied", "unplaced_failed", "unplaced_unknown")
"""The names of the six counts of a tally."""

Fate = frozenset[Outcome]
"""The outcomes that remain possible for a unit."""


def _whole(name: str, value: Any) -> int:
    if type(value) is int and value >= 0:  # as almost every one is
        return value
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise WrongTypeError(f"Tally: {name} is {value!r}; expected a whole number of units")
    if value < 0:
        raise DefinitionError(f"Tally: {name} is {value!r}; a count is never negative")
    return int(value)


def _outcomes(outcomes: Iterable[Any]) -> Fate:
    if type(outcomes) is frozenset and not outcomes:
        return outcomes
    if isinstance(outcomes, str):
        raise WrongTypeError(f"Tally: unsized is {outcomes!r}; expected a set of outcomes, as {{{outcomes!r}}}")
    found = frozenset(outcomes)
    for outcome in found:
        if outcome not in OUTCOMES:
            raise DefinitionError(f"Tally: unsized holds {outcome!r}; outcomes are {', '.join(map(repr, OUTCOMES))}")
    return frozenset() if found == frozenset(["out"]) else found


def share_ends(counts: Sequence[Any]) -> tuple[Any, Any, Any, Any]:
    """Return of the completions with the least and the greatest share the satisfied units and the population.

    Args:
        counts: the six counts of a tally: ints, or arrays with an entry for each group.
    """
    satisfied, failed, unknown, some_satisfied, some_failed, some_unknown = counts
    placed = satisfied + failed + unknown
    high = satisfied + unknown + some_satisfied + some_unknown
    return satisfied, placed + some_failed + some_unknown, high, placed + some_satisfied + some_unknown


def reason_code(unsized: Any, perhaps_empty: Any, unplaced: Any) -> Any:
    """Return the place in `REASONS` of the first reason that applies to evidence, for ints and arrays alike."""
    code: Any = REASONS.index("unknown_values")
    later: tuple[tuple[Reason, Any], ...] = (
        ("unplaced_units", unplaced), ("perhaps_empty", perhaps_empty), ("not_reported", unsized),
    )  # fmt: skip
    for reason, applies in later:
        code = code + (REASONS.index(reason) - code) * applies
    return code


class Extremes(NamedTuple):
    """The least and the greatest share over all completions, and whether one reaches them."""

    least: Fraction
    least_reached: bool
    greatest: Fraction
    greatest_reached: bool


def _share(name: str, value: Any) -> Fraction:
    if type(value) is Fraction:  # as almost every one is
        share = value
    elif isinstance(value, bool) or not isinstance(value, (Fraction, numbers.Integral)):
        raise WrongTypeError(f"Rate: {name} is {value!r}; expected a Fraction")
    else:
        share = Fraction(value)
    if not 0 <= share.numerator <= share.denominator:
        raise DefinitionError(f"Rate: {name} is {value!r}; a share lies between 0 and 1")
    return share


@versioned
@frozen
class Rate:
    """A closed interval of shares, exact.

    Args:
        lower: the least share, a `fractions.Fraction` from 0 to 1.
        upper: the greatest.

    Raises:
        TypeError: for an end that is not a Fraction (or 0 or 1).
        ValueError: for an end outside 0 to 1, or ends exchanged.
    """

    sized: ClassVar[bool] = False

    lower: Fraction
    upper: Fraction

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "lower", _share("lower", self.lower))
        object.__setattr__(self, "upper", _share("upper", self.upper))
        if self.lower > self.upper:
            raise DefinitionError(f"Rate: lower {self.lower} is above upper {self.upper}")

    @classmethod
    def from_percent(cls, text: str, *, digits: int | None = None) -> Rate:
        """Return the shares that a published percentage may stand for: half a unit of its last digit on either side.

        Args:
            text: the percentage as published, with all its digits: ``"99.65%"``.
            digits: how many decimals it was rounded to, where the text does not show it.

        Raises:
            TypeError: if it is not text.
            ValueError: if it is no percentage from 0% to 100%, or has more than ten decimals (which is what
                floats leave; say ``digits``).

        Example:
            >>> Rate.from_percent("99.65%")
            Rate(lower=Fraction(19929, 20000), upper=Fraction(19931, 20000))
        """
        return cls(*read_published(text, digits).span)

    @property
    def extremes(self) -> Extremes:
        """The ends, both reached."""
        return Extremes(self.lower, True, self.upper, True)

    def margin(self, threshold: Level) -> Margin:
        """Return by how much a threshold is passed or missed, as a part of the population."""
        return threshold.facing(rate_margin(self.lower, self.upper, threshold.level))

    @property
    def reason(self) -> Reason:
        """Why a verdict on it is undetermined, where it is."""
        return "unknown_values"

    def show(self, *, against: Iterable[Fraction] = ()) -> str:
        """Write the rate in percent, an interval rounded outwards.

        Args:
            against: thresholds that rounding must not reach or cross.
        """
        marks = tuple(against)
        if self.lower == self.upper:
            return percent(self.lower, against=marks)
        lower = percent(self.lower, against=marks, rounding="down", digits=2)
        return f"{lower}–{percent(self.upper, against=marks, rounding='up', digits=2)}"

    def __str__(self) -> str:
        return self.show()


_SIZED: Fate = frozenset(("satisfied", "failed"))
"""The outcomes of a unit of the population."""


def _implied(unsized: Fate) -> tuple[Fraction, Fraction]:
    """Return the least and the greatest share of an amount with some outcomes; 1 and 0 of none."""
    return Fraction("failed" not in unsized), Fraction("satisfied" in unsized)


@versioned
@frozen
class Tally:
    """The units of a group, counted by fate. Units certainly out are not counted.

    Tallies add up to the tally of both groups together: a commutative monoid whose zero is
    ``Tally()``. So order, partition and engine cannot change a total.

    Args:
        satisfied: units in the population that satisfy the rule.
        failed: units in the population that do not.
        unknown: units in the population, satisfied or failed.
        unplaced_satisfied: units out of the population, or else satisfied.
        unplaced_failed: units out of the population, or else failed.
        unplaced_unknown: units about which nothing is certain.
        unsized: the outcomes possible for an amount of unknown size, perhaps zero. An amount that can
            only be out is not kept.
        unsized_rate: between which shares of that amount is satisfied, where more is known of it than its outcomes:
            of a percentage that was published without its total. There is some of it then, unless it may be out.

    Counts are in whole units (grams, for a mass), without limit of size.

    Raises:
        TypeError: for a count that is a bool, a float or anything but a whole number.
        ValueError: for a negative count, an unknown outcome, or a rate that its outcomes do not allow.

    Example:
        >>> Tally(90, 5, 5).rate
        Rate(lower=Fraction(9, 10), upper=Fraction(19, 20))
        >>> Tally(unsized={"satisfied", "failed"}, unsized_rate=Rate.from_percent("98.3%")).rate
        Rate(lower=Fraction(393, 400), upper=Fraction(1967, 2000))
    """

    satisfied: int = 0
    failed: int = 0
    unknown: int = 0
    unplaced_satisfied: int = 0
    unplaced_failed: int = 0
    unplaced_unknown: int = 0
    unsized: Fate = field(default=frozenset(), converter=_outcomes)
    unsized_rate: Rate | None = None

    def __attrs_post_init__(self) -> None:
        for name, count in zip(COUNTS, self.counts, strict=True):
            if (whole := _whole(name, count)) is not count:
                object.__setattr__(self, name, whole)
        rate = self.unsized_rate
        if rate is None:
            return
        least, greatest = _implied(self.unsized)
        if not isinstance(rate, Rate):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise WrongTypeError(f"Tally: unsized_rate is {rate!r}; expected a Rate")
        if rate.lower < least or rate.upper > greatest:
            open_ = ", ".join(repr(outcome) for outcome in OUTCOMES if outcome in self.unsized) or "nothing"
            raise DefinitionError(f"Tally: unsized_rate is {rate!r}, and unsized holds {open_}")
        if (rate.lower, rate.upper) == (least, greatest):
            object.__setattr__(self, "unsized_rate", None)

    def __add__(self, other: Tally) -> Tally:
        if not isinstance(other, Tally):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        return Tally(
            self.satisfied + other.satisfied,
            self.failed + other.failed,
            self.unknown + other.unknown,
            self.unplaced_satisfied + other.unplaced_satisfied,
            self.unplaced_failed + other.unplaced_failed,
            self.unplaced_unknown + other.unplaced_unknown,
            self.unsized | other.unsized,
            _hull(self, other),
        )

    def __repr__(self) -> str:
        shown = [f"{name}={value}" for name, value in zip(COUNTS, self.counts, strict=True) if value]
        if self.unsized:
            shown.append(f"unsized={{{', '.join(repr(o) for o in OUTCOMES if o in self.unsized)}}}")
        if self.unsized_rate is not None:
            shown.append(f"unsized_rate={self.unsized_rate!r}")
        return f"Tally({', '.join(shown)})"

    @classmethod
    def of(cls, counts: Iterable[int], unsized: Iterable[Outcome] = (), unsized_rate: Rate | None = None) -> Tally:
        """Return the tally with the six ``counts``, in the order of the fields."""
        satisfied, failed, unknown, some_satisfied, some_failed, some_unknown = counts
        sized = (satisfied, failed, unknown, some_satisfied, some_failed, some_unknown)
        return cls(*sized, frozenset(unsized), unsized_rate)

    @classmethod
    def from_percent(cls, text: str, *, of: int, digits: int | None = None) -> Tally:
        """Return what a published percentage says of ``of`` units.

        The counts that are rounded to it, half up or half to even, are an interval: its least is ``satisfied``,
        the rest of it ``unknown``. Where there is none, it is the counts on either side.

        Args:
            text: the percentage as published, with all its digits: ``"99.18%"``.
            of: the size of the population, in units.
            digits: how many decimals it was rounded to, where the text does not show it.

        Raises:
            TypeError: if ``text`` is not text or ``of`` not a whole number.
            ValueError: if it is no percentage from 0% to 100%, if it has more than ten decimals (which is what
                floats leave; say ``digits``), or if there are no units.

        Warns:
            RoundingWarning: if no count of the population rounds to it.

        Example:
            >>> Tally.from_percent("99.18%", of=1_764_000)
            Tally(satisfied=1749447, failed=14377, unknown=176)
        """
        population = _whole("of", of)
        published = read_published(text, digits)
        if not population:
            raise DefinitionError(f"{text} of 0 units says nothing; expected one at least")
        least, greatest = published.counts(population)
        return cls(satisfied=least, failed=population - greatest, unknown=greatest - least)

    @property
    def counts(self) -> tuple[int, int, int, int, int, int]:
        """The six counts, in the order of the fields."""
        return (
            self.satisfied,
            self.failed,
            self.unknown,
            self.unplaced_satisfied,
            self.unplaced_failed,
            self.unplaced_unknown,
        )

    @property
    def placed(self) -> int:
        """The units certainly in the population."""
        return self.satisfied + self.failed + self.unknown

    @property
    def lowest(self) -> tuple[int, int]:
        """The satisfied units and the population of the completion with the least share, unsized amounts apart."""
        return share_ends(self.counts)[:2]

    @property
    def highest(self) -> tuple[int, int]:
        """The same of the completion with the greatest share."""
        return share_ends(self.counts)[2:]

    @property
    def _rates(self) -> UnsizedRates | None:
        """The share of what has no size, where more is known of it than its outcomes."""
        rate = self.unsized_rate
        return None if rate is None else UnsizedRates(rate.lower, rate.upper, "out" not in self.unsized)

    @functools.cached_property
    def extremes(self) -> Extremes | None:
        """The sharp bounds of the share, or None where no completion has a population.

        With unsized amounts a bound may be approached and never reached: beside one known failure
        no amount of satisfied units makes the share 1.
        """
        (low, low_base), (high, high_base) = self.lowest, self.highest
        least = (Fraction(low, low_base), True) if low_base else None
        greatest = (Fraction(high, high_base), True) if high_base else None
        if self.unsized & _SIZED:
            rate = self.unsized_rate
            lower, upper = _implied(self.unsized) if rate is None else (rate.lower, rate.upper)
            if least is None or lower < least[0]:
                least = lower, least is None
            if greatest is None or upper > greatest[0]:
                greatest = upper, greatest is None
        least, greatest = least or greatest, greatest or least
        return None if least is None or greatest is None else Extremes(*least, *greatest)

    def margin(self, threshold: Level) -> Margin:
        """Return by how much a threshold is passed or missed."""
        satisfied_open, failed_open = "satisfied" in self.unsized, "failed" in self.unsized
        margin = share_margin(self.counts, satisfied_open, failed_open, threshold.level, self._rates)
        return threshold.facing(margin)

    def contribution(self, threshold: Level) -> Margin:
        """Return what it adds to the margin of a whole that it is part of."""
        return self.margin(threshold)

    @property
    def reason(self) -> Reason:
        """Why a verdict on it is undetermined, where it is."""
        rates = self._rates
        present = rates is not None and rates.present
        code: int = reason_code(
            bool(self.unsized) and not present, self.placed == 0 and not present, any(self.counts[3:])
        )
        return REASONS[code]

    @property
    def open_units(self) -> int | None:
        """The units of which something is unknown; None where some have no size."""
        return None if self.unsized else sum(self.counts[2:])

    def parted(self, groups: Sequence[Tally]) -> tuple[list[Tally], Tally]:
        """Return groups as far as they are part of this whole, and what of it stands in none of them.

        Args:
            groups: the tallies of groups, whose counts add up to at most this one's.
        """
        inside = [
            group if group.unsized <= self.unsized else Tally.of(group.counts, group.unsized & self.unsized)
            for group in groups
        ]
        known = sum(inside, Tally())
        rest = (mine - theirs for mine, theirs in zip(self.counts, known.counts, strict=True))
        return inside, Tally.of(rest, self.unsized - known.unsized)

    @property
    def rate(self) -> Rate | None:
        """The closed interval of shares over all completions; None for an empty population."""
        extremes = self.extremes
        return None if extremes is None else Rate(extremes.least, extremes.greatest)

    @property
    def observed(self) -> Fraction | None:
        """What a spreadsheet would show, satisfied / (satisfied + failed). Never compared with a threshold."""
        known = self.satisfied + self.failed
        return Fraction(self.satisfied, known) if known else None

    @property
    def coverage(self) -> Fraction | None:
        """The part of all counted units whose fate is certain; None where something is unsized."""
        total = sum(self.counts)
        return Fraction(self.satisfied + self.failed, total) if total and not self.unsized else None


def _hull(one: Tally, other: Tally) -> Rate | None:
    """Return between which shares of what has no size in either of two tallies is satisfied; None if any may be."""
    if one.unsized_rate is None and other.unsized_rate is None:
        return None
    ends = [
        _implied(each.unsized) if each.unsized_rate is None else (each.unsized_rate.lower, each.unsized_rate.upper)
        for each in (one, other)
    ]
    return Rate(min(lower for lower, _ in ends), max(upper for _, upper in ends))


NOTHING_KNOWN = Tally(unsized=frozenset(OUTCOMES))
"""The tally of a group without data: an amount of unknown size with every outcome possible."""
