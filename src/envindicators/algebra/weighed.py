"""`Average`: the mean of a value, its sum and its weight kept apart. `Weighed`: the answer that it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar, Self

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from envindicators.algebra.margin import Level, Margin
from envindicators.algebra.span import Ends, Quotient, Span, fitting, quotients
from envindicators.algebra.tallies import Tallies
from envindicators.algebra.verdict import REASONS, Reason
from envindicators.pickling import versioned


@versioned
@frozen(unsafe_hash=False)
class Average(Quotient):
    """The mean of a value: the sum of it, times the units that it is of, for each of them.

    Its bounds are sharp where of all units it is known whether they belong; units that only may widen both ends, but
    never beyond what a value can be.

    Args:
        numerator: the sum, in counted units of the value times those of the table.
        denominator: the units.
        known: the same of the units that surely belong and whose value is known.
        low: the least that a value can be.
        high: the greatest, or None for no end.
    """

    known: Quotient
    low: int = 0
    high: int | None = None

    sized: ClassVar[bool] = False
    __hash__ = None

    def __getitem__(self, row: int) -> Self:
        return evolve(super().__getitem__(row), known=self.known[row])

    def __add__(self, other: Quotient) -> Self:
        if not isinstance(other, Average):
            return NotImplemented
        return evolve(super().__add__(other), known=self.known + other.known)

    @property
    def total(self) -> Self:
        """Both amounts of all groups together."""
        return evolve(super().total, known=self.known.total)

    def parted(self, groups: Sequence[Self]) -> tuple[list[Self], Self]:  # type: ignore[override]
        """Return groups as far as they are part of this whole, and what of it stands in none of them."""
        parts, rest = super().parted(groups)
        known, unplaced = self.known.parted([group.known for group in groups])
        inside = [evolve(part, known=own) for part, own in zip(parts, known, strict=True)]
        return inside, evolve(rest, known=unplaced)

    def contribution(self, threshold: Level) -> Margin:
        """Return what it adds to the margin of a whole that it is part of."""
        return self.margin(threshold)

    def _against(self, level: Fraction, *, partial: bool = False) -> Margin:
        margin = super()._against(level, partial=partial)
        margin = self._kept_above(margin, level, self.low)
        return margin if self.high is None else -self._kept_above(-margin, -level, -self.high)

    def _kept_above(self, margin: Margin, level: Fraction, low: int) -> Margin:
        """Return a margin whose least is no less than it is where all values are the least that they can be."""
        units, soars = self.denominator, self.denominator.soars
        each = int((low - level) * margin.scale)
        # values above the level pass it least with the fewest units, those below it miss it most with the most
        fewest = each >= 0
        some = units.low_from_one if fewest else units.greatest
        floor = some * fitting(some, abs(each)) * (1 if fewest else -1)
        told = margin.exists & (fewest | (soars ^ True))
        raised = told & (margin.sinks | (floor > margin.least))
        return evolve(margin, least=margin.least + (floor - margin.least) * raised, sinks=margin.sinks & (told ^ True))

    @property
    def ends(self) -> Ends | None:
        """The ends of the mean, in counted units of the value; None where there surely are no units."""
        ends = super().ends
        if ends is None:
            return None
        low = Fraction(self.low) if ends.least is None else max(ends.least, Fraction(self.low))
        if self.high is None:
            return Ends(low, ends.greatest)
        return Ends(low, Fraction(self.high) if ends.greatest is None else min(ends.greatest, Fraction(self.high)))

    def bounds(self, grain: Fraction) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the least and the greatest means, in units of so many counted ones; NaN where there is none."""
        least, greatest = super().bounds(grain)
        exists = self.denominator.soars | (self.denominator.greatest > 0)
        one = np.ones(1, dtype=np.int64)
        least = np.where(exists, np.fmax(least, quotients(one * self.low, one, grain, -1)), np.nan)
        if self.high is None:
            return least, greatest
        return least, np.where(exists, np.fmin(greatest, quotients(one * self.high, one, grain, 1)), np.nan)

    def observed(self, grain: Fraction) -> NDArray[np.float64]:
        """Return the mean of what is known, never judged; NaN where that is nothing."""
        return self.known.observed(grain)

    @property
    def coverage(self) -> NDArray[np.float64]:
        """The part of the units whose value is known; NaN where they have no size or are none."""
        known, units = self.known.denominator.least, self.denominator.greatest
        sized = ~self.denominator.soars & (units > 0)
        return np.where(sized, known.astype(np.float64) / np.maximum(units, 1).astype(np.float64), np.nan)

    @property
    def reason(self) -> Reason:
        """Why a verdict on it is undetermined, where it is: a missing value of known weight is an unknown one."""
        if self.denominator.open_ended:
            return self.denominator.reason
        return "unknown_values" if self.denominator.least else "perhaps_empty"

    @property
    def reasons(self) -> NDArray[np.int8]:
        """The same of many groups, as places in `REASONS`."""
        return np.array([REASONS.index(self[row].reason) for row in range(len(self))], dtype=np.int8)

    @property
    def open_units(self) -> int | None:
        """The units that only may belong, or whose value is missing; None where some have no size."""
        return None if self.denominator.soars else self.denominator.greatest - self.known.denominator.least


@frozen(eq=False)
class Weighed:
    """What a rule counts, and the sum of a value over it, each times the units that it is of.

    Args:
        tallies: the units.
        known: the sum and the units that surely belong and whose value is known.
        sum: the sum, in counted units of the value times those of the table.
        low: the least that a value can be.
        high: the greatest, or None for no end.
    """

    tallies: Tallies
    known: Quotient
    sum: Span
    low: int
    high: int | None

    @property
    def mean(self) -> Average:
        """The sum for each unit."""
        return Average(self.sum, Span.counted(self.tallies), self.known, self.low, self.high)
