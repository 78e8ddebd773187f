"""Changes: what an indicator has become against what it was. Evidence of two times, kept apart so that it adds up."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import frozen

from envindicators.algebra.margin import Level, Margin
from envindicators.algebra.span import Ends, Quotient, fitting, quotients
from envindicators.algebra.verdict import REASONS, Reason
from envindicators.pickling import versioned

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NO_BASELINE: Reason = "no_baseline"


@versioned
@frozen(unsafe_hash=False)
class Growth(Quotient):
    """By how much an amount has changed, as a part of what it was: now / then − 1.

    Args:
        numerator: the amount now.
        denominator: the amount then. Where it is not above 0 there is no such change.
        times: of how many years the amount then is the sum, where it is compared with the mean of them.
    """

    def margin(self, threshold: Level) -> Margin:
        """Return by how much a threshold is passed or missed, in units of the amount now."""
        return threshold.facing(self._against(threshold.level + 1))

    def contribution(self, threshold: Level) -> Margin:
        """Return what it adds to the margin of a whole that it is part of."""
        return threshold.facing(self._against(threshold.level + 1, partial=True))

    @property
    def reason(self) -> Reason:
        """Why a verdict on it is undetermined, where it is."""
        return _NO_BASELINE if self._lacks_base else super().reason

    @property
    def reasons(self) -> NDArray[np.int8]:
        """The same of many groups, as places in `REASONS`."""
        import numpy as np

        return np.where(self._lacks_base, np.int8(REASONS.index(_NO_BASELINE)), super().reasons)

    @property
    def _lacks_base(self) -> Any:
        """Whether nothing is known of what it was."""
        return self.denominator.soars & (self.denominator.least == 0)

    @property
    def ends(self) -> Ends | None:
        """The ends of the change, as parts of what it was; None where that is surely not above 0."""
        ends = super().ends
        if ends is None:
            return None
        least, greatest = (None if end is None else end - 1 for end in ends)
        # where nothing is known of what it was, that may have been as little as one likes
        sinks, soars = (self._lacks_base and end for end in (self.numerator.least < 0, self.numerator.greatest > 0))
        return Ends(None if sinks else least, None if soars else greatest)

    def bounds(self, grain: Fraction) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the least and the greatest change, rounded outwards; NaN where there is none."""
        import numpy as np

        least, greatest = super().bounds(Fraction(1))
        top, bottom = self.numerator, self.denominator
        some = bottom.low_from_one
        under = np.where(top.least >= 0, bottom.greatest, some)
        over = np.where(top.greatest >= 0, some, bottom.greatest)
        years = self.times.numerator
        low = quotients(top.least * fitting(top.least, years) - under, under, grain, -1)
        high = quotients(top.greatest * fitting(top.greatest, years) - over, over, grain, 1)
        low = np.where(bottom.soars & (top.least >= 0), -1.0, low)
        high = np.where(bottom.soars & (top.greatest < 0), -1.0, high)
        sinks = np.isnan(least) | (self._lacks_base & (top.least < 0))
        soars = np.isnan(greatest) | (self._lacks_base & (top.greatest > 0))
        return np.where(sinks, np.nan, low), np.where(soars, np.nan, high)

    def observed(self, grain: Fraction) -> NDArray[np.float64]:
        """Return what is certain now against what is certain of then, to the nearest float."""
        return super().observed(grain) - 1


@versioned
@frozen(unsafe_hash=False)
class Shift:
    """By how much a value that does not add up has changed: a ratio, a mean or a share.

    Its bounds are those of both values put against each other, and safe.

    Args:
        now: the evidence now.
        then: the evidence then, or the ends of a published figure.
        points: whether the change is the difference of the two, and not a part of what it was.
    """

    now: Any
    then: Any
    points: bool = False

    sized: ClassVar[bool] = False
    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        return len(self.now)

    def __getitem__(self, row: int) -> Shift:
        return Shift(self.now[row], self.then if isinstance(self.then, Ends) else self.then[row], self.points)

    def __add__(self, other: Shift) -> Shift:
        if not isinstance(other, Shift):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        then = self.then if isinstance(self.then, Ends) else self.then + other.then
        return Shift(self.now + other.now, then, self.points)

    @property
    def total(self) -> Shift:
        """The evidence of all groups together."""
        return Shift(self.now.total, self.then if isinstance(self.then, Ends) else self.then.total, self.points)

    def margin(self, threshold: Level) -> Margin:
        """Return by how much a threshold is passed or missed, of a value whose size says nothing of units."""
        import numpy as np

        if not hasattr(self.now, "total"):
            return threshold.facing(self._margin(threshold.level))
        rows = [self[row]._margin(threshold.level) for row in range(len(self))]  # noqa: SLF001 - of its own class
        scale = math.lcm(1, *(row.scale for row in rows))

        def column(name: str, dtype: Any) -> NDArray[Any]:
            import numpy as np

            return np.array([getattr(row, name) for row in rows], dtype=dtype)

        times = np.array([scale // row.scale for row in rows], dtype=object)
        ends = [column(name, object) * times for name in ("least", "greatest")]
        flags = [column(name, np.bool_) for name in ("sinks", "soars", "exists", "perhaps_empty")]
        return threshold.facing(Margin(ends[0], ends[1], flags[0], flags[1], flags[2], flags[3], scale))

    def _margin(self, level: Fraction) -> Margin:
        ends, (exists, perhaps_empty) = self.ends, self._population
        if ends is None or not exists:
            return Margin.known(0, 1, empty=True)
        least, greatest = (None if end is None else end - level for end in ends)
        scale = math.lcm(1, *(end.denominator for end in (least, greatest) if end is not None))
        return Margin(
            0 if least is None else int(least * scale),
            0 if greatest is None else int(greatest * scale),
            least is None,
            greatest is None,
            exists=True,
            perhaps_empty=perhaps_empty,
            scale=scale,
        )

    @property
    def _population(self) -> tuple[bool, bool]:
        """Whether both values may exist, and whether one may not."""
        margins = [side.margin(_ZERO) for side in (self.now, self.then) if not isinstance(side, Ends)]
        exists = all(margin.exists for margin in margins)
        perhaps_empty = any(margin.perhaps_empty for margin in margins)
        then = _ends(self.then)
        if not self.points and then is not None:
            exists = exists and (then.greatest is None or then.greatest > 0)
            perhaps_empty = perhaps_empty or then.least is None or then.least <= 0
        return exists, perhaps_empty

    @property
    def ends(self) -> Ends | None:
        """The least and the greatest change; None where a value is missing for sure, or what it was is not above 0."""
        now, then = _ends(self.now), _ends(self.then)
        if now is None or then is None:
            return None
        if self.points:
            return Ends(_less(now.least, then.greatest), _less(now.greatest, then.least))
        if then.greatest is not None and then.greatest <= 0:
            return None
        least, greatest = _over(now.least, then, most=False), _over(now.greatest, then, most=True)
        return Ends(_less(least, Fraction(1)), _less(greatest, Fraction(1)))

    @property
    def reason(self) -> Reason:
        """Why a verdict on it is undetermined, where it is."""
        if not isinstance(self.then, Ends) and self.then.open_units is None and _nothing(self.then):
            return _NO_BASELINE
        reason: Reason = self.now.reason
        return reason

    @property
    def reasons(self) -> NDArray[np.int8]:
        """The same of many groups, as places in `REASONS`."""
        import numpy as np

        return np.array([REASONS.index(self[row].reason) for row in range(len(self))], dtype=np.int8)

    @property
    def open_units(self) -> int | None:
        """The units of which something is unknown; None where some have no size."""
        sides = [side.open_units for side in (self.now, self.then) if not isinstance(side, Ends)]
        return None if None in sides else sum(sides)

    def bounds(self, grain: Fraction) -> tuple[NDArray[np.float64], NDArray[np.float64]]:  # noqa: ARG002 - no unit
        """Return the least and the greatest change, rounded outwards; NaN where there is none."""
        import numpy as np

        ends = [self[row].ends or Ends(None, None) for row in range(len(self))]
        found = []
        for place, towards in ((0, -1), (1, 1)):
            values = [_float(pair[place], towards) for pair in ends]
            found.append(np.array(values, dtype=np.float64))
        return found[0], found[1]

    def observed(self, grain: Fraction) -> NDArray[np.float64]:  # noqa: ARG002 - no unit
        """Return nothing: what is certain of a value that does not add up is not shown beside it."""
        import numpy as np

        return np.full(len(self), np.nan)

    @property
    def coverage(self) -> NDArray[np.float64]:
        """The part of all units now of which all is known."""
        coverage: NDArray[np.float64] = self.now.coverage
        return coverage

    @property
    def columns(self) -> Mapping[str, NDArray[Any]]:
        """What is counted now."""
        columns: Mapping[str, NDArray[Any]] = self.now.columns
        return columns

    def __str__(self) -> str:
        ends = self.ends
        return "none" if ends is None else "–".join("?" if end is None else str(end) for end in ends)


@frozen
class _Zero:
    """A level of nothing, to ask whether there is a population."""

    level: Fraction = Fraction(0)

    def facing(self, margin: Margin) -> Margin:
        return margin


_ZERO = _Zero()


def _ends(evidence: Any) -> Ends | None:
    """Return the ends of a value: those published, or those that its evidence has."""
    if isinstance(evidence, Ends):
        return evidence
    if hasattr(evidence, "ends"):
        found: Ends | None = evidence.ends
        return found
    extremes = evidence.extremes
    return None if extremes is None else Ends(extremes.least, extremes.greatest)


def _nothing(evidence: Any) -> bool:
    ends = _ends(evidence)
    return ends is None or (ends.least in (None, 0) and ends.greatest in (None, 1))


def _less(first: Fraction | None, second: Fraction | None) -> Fraction | None:
    return None if first is None or second is None else first - second


def _over(value: Fraction | None, base: Ends, *, most: bool) -> Fraction | None:
    """Return an end of a quotient, a value over that end of its base, part of which is above 0, that takes it furthest.

    None where it has no end: over what may be as little as one likes. Over what may be without end it tends to 0.
    """
    if value is None or value == 0:
        return value
    if (value > 0) != most:
        return Fraction(0) if base.greatest is None else value / base.greatest
    return None if base.least is None or base.least <= 0 else value / base.least


def _float(value: Fraction | None, towards: int) -> float:
    if value is None:
        return math.nan
    nearest = float(value)
    wrong = nearest > value if towards < 0 else nearest < value
    return math.nextafter(nearest, towards * math.inf) if wrong else nearest
