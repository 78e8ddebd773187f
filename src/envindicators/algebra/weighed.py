"""`Average`: the mean of a value, its sum and its weight kept apart. `Weighed`: the answer that it is made of."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from envindicators.algebra.span import Quotient, Span
from envindicators.algebra.tallies import Tallies
from envindicators.algebra.verdict import REASONS, Reason
from envindicators.pickling import versioned


@versioned
@frozen(unsafe_hash=False)
class Average(Quotient):
    """The mean of a value: the sum of it, times the units that it is of, for each of them.

    Its bounds are sharp where of all units it is known whether they belong; units that only may widen both ends.

    Args:
        numerator: the sum, in counted units of the value times those of the table.
        denominator: the units.
    """

    sized: ClassVar[bool] = False
    __hash__ = None

    @property
    def reason(self) -> Reason:
        """Why a verdict on it is undetermined, where it is: a missing value of known weight is an unknown one."""
        if self.denominator.open_ended:
            return "not_reported"
        return "unknown_values" if self.denominator.least else "perhaps_empty"

    @property
    def reasons(self) -> NDArray[np.int8]:
        """The same of many groups, as places in `REASONS`."""
        return np.array([REASONS.index(self[row].reason) for row in range(len(self))], dtype=np.int8)

    @property
    def open_units(self) -> None:
        """Nothing: how far a sum of values is uncertain is no number of units."""


@frozen(eq=False)
class Weighed:
    """What a rule counts, and the sum of a value over it, each times the units that it is of."""

    tallies: Tallies
    sum: Span

    @property
    def mean(self) -> Average:
        """The sum for each unit."""
        return Average(self.sum, Span.counted(self.tallies))
