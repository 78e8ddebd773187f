"""`Span`: an amount between its least and its greatest. `Ratio`: one amount divided by another. Evidence that adds up.

Each is written once for one group and for many: its fields are Python integers and booleans, or arrays of them
with an entry for each group.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from attrs import Factory, cmp_using, evolve, field, frozen

from envindicators.algebra.margin import Level, Margin, ratio_margin, span_margin
from envindicators.algebra.verdict import REASONS, Reason
from envindicators.pickling import versioned

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from envindicators.algebra.tallies import Tallies

# numpy is imported where arrays are made, so that defining and judging one group needs none


def _equal(first: Any, second: Any) -> bool:
    if not (hasattr(first, "shape") or hasattr(second, "shape")):
        return bool(first == second)
    import numpy as np

    return np.array_equal(first, second)


_SAME = cmp_using(eq=_equal)
_SATISFIED, _OUT = 2, 1
_ROOM = 2**62
_UNREPORTED: Reason = "not_reported"
_OPEN: Reason = "open_ended"
_UNKNOWN: Reason = "unknown_values"


class Ends(NamedTuple):
    """The least and the greatest value over all completions, in counted units; None for a missing end."""

    least: Fraction | None
    greatest: Fraction | None


@versioned
@frozen(unsafe_hash=False)
class Span:
    """An amount, from the least to the greatest over all completions, in counted units.

    Args:
        least: the least amount, 0 where it has no end.
        greatest: the greatest, likewise.
        sinks: whether the least has no end, since an amount of unknown size is taken off it.
        soars: whether the greatest has none.
        times: what makes the value of the amount: 1 / 365 of what is said for each day.
        unreported: of a missing end, whether something was not reported; else what was reported has no size.
    """

    least: Any = field(eq=_SAME)
    greatest: Any = field(eq=_SAME)
    sinks: Any = field(default=False, eq=_SAME)
    soars: Any = field(default=False, eq=_SAME)
    times: Fraction = field(default=Fraction(1), kw_only=True)
    unreported: Any = field(
        default=Factory(lambda self: self.soars & False, takes_self=True), kw_only=True, eq=_SAME, repr=False
    )

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def counted(cls, tallies: Tallies) -> Span:
        """Return how much a rule counts: what is satisfied, and at the most what may be.

        Args:
            tallies: the tallies of the rule among all units.
        """
        satisfied, _, unknown, some_satisfied, _, some_unknown = _wide(*tallies.counts.T)
        soars = (tallies.unsized & _SATISFIED) > 0
        greatest = (satisfied + unknown + some_satisfied + some_unknown) * ~soars
        # among all units none that was reported is out, so that only what was not reported may be
        return cls(satisfied, greatest, soars & False, soars, unreported=soars & ((tallies.unsized & _OUT) > 0))

    def __len__(self) -> int:
        return len(self.least)

    def __getitem__(self, row: int) -> Span:
        ends = int(self.least[row]), int(self.greatest[row])
        flags = bool(self.sinks[row]), bool(self.soars[row])
        return Span(*ends, *flags, times=self.times, unreported=bool(self.unreported[row]))

    def __add__(self, other: Span) -> Span:
        if not isinstance(other, Span):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        least, greatest, low, high = _wide(self.least, self.greatest, other.least, other.greatest)
        sinks, soars = self.sinks | other.sinks, self.soars | other.soars
        return Span(
            (least + low) * _not(sinks),
            (greatest + high) * _not(soars),
            sinks,
            soars,
            times=self.times,
            unreported=self.unreported | other.unreported,
        )

    def __neg__(self) -> Span:
        ends = -self.greatest, -self.least, self.soars, self.sinks
        return Span(*ends, times=self.times, unreported=self.unreported)

    def __sub__(self, other: Span) -> Span:
        return self + -other

    def up_to(self, cap: int) -> Span:
        """Return the amount where no more than a cap of it counts."""
        import numpy as np

        least = np.minimum(self.least, cap) * _not(self.sinks)
        greatest = np.minimum(self.greatest, cap) * _not(self.soars) + cap * self.soars
        unreported = self.unreported & self.sinks
        if np.ndim(least):
            return Span(least, greatest, self.sinks, self.soars & False, unreported=unreported)
        return Span(int(least), int(greatest), self.sinks, False, unreported=unreported)

    @property
    def total(self) -> Span:
        """The amount of all groups together."""
        least, greatest = _wide(self.least, self.greatest)
        sinks, soars = self.sinks.any(keepdims=True), self.soars.any(keepdims=True)
        ends = least.sum(keepdims=True) * ~sinks, greatest.sum(keepdims=True) * ~soars
        unreported = self.unreported.any(keepdims=True)
        return Span(*ends, sinks, soars, times=self.times, unreported=unreported)

    @property
    def low_from_one(self) -> Any:
        """The least amount, not counting none."""
        return self.least * (self.least > 0) + (self.least <= 0)

    # judged

    def margin(self, threshold: Level) -> Margin:
        """Return by how much a threshold is passed or missed."""
        level = threshold.level / self.times
        least, greatest = exact(level, self.least, self.greatest)
        return threshold.facing(span_margin(least, greatest, self.sinks, self.soars, level))

    def contribution(self, threshold: Level) -> Margin:
        """Return what it adds to the margin of a whole that it is part of."""
        level = threshold.level / self.times
        return threshold.facing(span_margin(self.least, self.greatest, self.sinks, self.soars, level, part=True))

    @property
    def open_ended(self) -> Any:
        """Whether an end is missing."""
        return self.sinks | self.soars

    @property
    def reason(self) -> Reason:
        """Why a verdict on it is undetermined, where it is."""
        return _UNREPORTED if self.unreported else _OPEN if self.open_ended else _UNKNOWN

    @property
    def reasons(self) -> NDArray[np.int8]:
        """The same of many groups, as places in `REASONS`."""
        import numpy as np

        return np.where(self.unreported, _code(_UNREPORTED), np.where(self.open_ended, _code(_OPEN), _code(_UNKNOWN)))

    @property
    def open_units(self) -> int | None:
        """The counted units that are uncertain; None where some have no size."""
        return None if self.open_ended else self.greatest - self.least

    def parted(self, groups: Sequence[Span]) -> tuple[list[Span], Span]:
        """Return groups as far as they are part of this whole, and what of it stands in none of them."""
        inside = [evolve(group, sinks=group.sinks and self.sinks, soars=group.soars and self.soars) for group in groups]
        known = sum(inside, Span(0, 0))
        rest = evolve(
            self,
            least=0 if self.sinks else self.least - known.least,
            greatest=0 if self.soars else self.greatest - known.greatest,
            sinks=self.sinks and not known.sinks,
            soars=self.soars and not known.soars,
        )
        return inside, rest

    # shown

    @property
    def ends(self) -> Ends:
        """The ends, in counted units."""
        least, greatest = self.least * self.times, self.greatest * self.times
        return Ends(None if self.sinks else least, None if self.soars else greatest)

    def bounds(self, grain: Fraction) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the least and the greatest amounts in units of so many counted ones; NaN where they have no end."""
        import numpy as np

        grain /= self.times
        least, greatest = _divided(self.least, grain, -1), _divided(self.greatest, grain, 1)
        return np.where(self.sinks, np.nan, least), np.where(self.soars, np.nan, greatest)

    def observed(self, grain: Fraction) -> NDArray[np.float64]:
        """Return what is certain, to the nearest float."""
        return _divided(self.least, grain / self.times, 0)

    @property
    def coverage(self) -> NDArray[np.float64]:
        """The certain part of all that may be counted; NaN where it has no size or is nothing."""
        import numpy as np

        least, greatest = self.least.astype(np.float64), self.greatest.astype(np.float64)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(self.open_ended | (greatest <= 0), np.nan, least / greatest)

    @property
    def columns(self) -> Mapping[str, NDArray[Any]]:
        """Nothing is counted that is not the value itself."""
        return {}

    def __str__(self) -> str:
        low = "-∞" if self.sinks else f"{self.least}"
        high = "∞" if self.soars else f"{self.greatest}"
        return low if low == high else f"{low}–{high}"


@versioned
@frozen(unsafe_hash=False)
class Quotient:
    """One amount for each unit of another, as square metres of park for each resident.

    Numerator and denominator are kept apart, so that they add up; the quotient never does. Its bounds are sharp
    where they are of different units, and safe where they share some of which something is unknown.

    Args:
        numerator: the amount that is divided.
        denominator: the amount by which it is divided, never below 0.
        times: what makes the value of the quotient: 1 / 365 of what is said for each day.
    """

    numerator: Span
    denominator: Span
    times: Fraction = field(default=Fraction(1), kw_only=True)

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        return len(self.numerator)

    def __getitem__(self, row: int) -> Self:
        return evolve(self, numerator=self.numerator[row], denominator=self.denominator[row])

    def __add__(self, other: Quotient) -> Self:
        if not isinstance(other, type(self)):
            return NotImplemented
        return evolve(
            self, numerator=self.numerator + other.numerator, denominator=self.denominator + other.denominator
        )

    @property
    def total(self) -> Self:
        """Both amounts of all groups together."""
        return evolve(self, numerator=self.numerator.total, denominator=self.denominator.total)

    def margin(self, threshold: Level) -> Margin:
        """Return by how much a threshold is passed or missed."""
        return threshold.facing(self._against(threshold.level))

    def _against(self, level: Fraction, *, partial: bool = False) -> Margin:
        """Return the numerator less the level times the denominator."""
        top, bottom = self.numerator, self.denominator
        level /= self.times
        least, greatest, low, high = exact(level, top.least, top.greatest, bottom.least, bottom.greatest, product=True)
        sides = (least, greatest, top.sinks, top.soars), (low, high, bottom.sinks, bottom.soars)
        return ratio_margin(*sides, level, partial=partial)

    def contribution(self, threshold: Level) -> Margin:
        """Return what it adds to the margin of a whole that it is part of."""
        return threshold.facing(self._against(threshold.level, partial=True))

    @property
    def reason(self) -> Reason:
        """Why a verdict on it is undetermined, where it is."""
        if self.numerator.unreported or self.denominator.unreported:
            return _UNREPORTED
        if self.numerator.open_ended or self.denominator.open_ended:
            return _OPEN
        return "perhaps_empty" if not self.denominator.least else _UNKNOWN

    @property
    def reasons(self) -> NDArray[np.int8]:
        """The same of many groups, as places in `REASONS`."""
        import numpy as np

        empty = np.where(self.denominator.least == 0, np.int8(REASONS.index("perhaps_empty")), _code(_UNKNOWN))
        open_ended = np.where(self.numerator.open_ended | self.denominator.open_ended, _code(_OPEN), empty)
        return np.where(self.numerator.unreported | self.denominator.unreported, _code(_UNREPORTED), open_ended)

    @property
    def open_units(self) -> int | None:
        """The counted units of both that are uncertain; None where some have no size."""
        top, bottom = self.numerator.open_units, self.denominator.open_units
        return None if top is None or bottom is None else top + bottom

    def parted(self, groups: Sequence[Quotient]) -> tuple[list[Self], Self]:
        """Return groups as far as they are part of this whole, and what of it stands in none of them."""
        tops, top = self.numerator.parted([group.numerator for group in groups])
        bottoms, bottom = self.denominator.parted([group.denominator for group in groups])
        inside = zip(tops, bottoms, strict=True)
        made = [evolve(self, numerator=above, denominator=below) for above, below in inside]
        return made, evolve(self, numerator=top, denominator=bottom)

    @property
    def ends(self) -> Ends | None:
        """The ends of the quotient, in counted units of each; None where the denominator is surely not above 0."""
        top, bottom = self.numerator, self.denominator
        if not bottom.soars and bottom.greatest <= 0:
            return None
        least, greatest = (Fraction(*pair) if pair else Fraction(0) for pair in (self.lowest, self.highest))
        return Ends(None if top.sinks else least * self.times, None if top.soars else greatest * self.times)

    @property
    def lowest(self) -> tuple[int, int] | None:
        """Numerator and denominator of the least quotient; None where no pair has it."""
        return self._pair(self.numerator.least, open_ended=self.numerator.sinks, least=True)

    @property
    def highest(self) -> tuple[int, int] | None:
        """Numerator and denominator of the greatest quotient; None where no pair has it."""
        return self._pair(self.numerator.greatest, open_ended=self.numerator.soars, least=False)

    def _pair(self, top: int, *, open_ended: bool, least: bool) -> tuple[int, int] | None:
        """Return an end of the numerator over that end of the denominator which takes it furthest."""
        bottom = self.denominator
        if open_ended or not (bottom.soars or bottom.greatest > 0):
            return None
        if (top >= 0) != least:
            return top, bottom.low_from_one
        return None if bottom.soars else (top, bottom.greatest)

    def bounds(self, grain: Fraction) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the least and the greatest quotients, in units of so many counted ones; NaN where there is none."""
        import numpy as np

        grain /= self.times
        top, bottom = self.numerator, self.denominator
        exists = bottom.soars | (bottom.greatest > 0)
        some = bottom.low_from_one
        # the least of a numerator above 0 has the greatest denominator, of one below 0 the least
        under = np.where(top.least >= 0, bottom.greatest, some)
        over = np.where(top.greatest >= 0, some, bottom.greatest)
        least = quotients(top.least, under, grain, -1)
        greatest = quotients(top.greatest, over, grain, 1)
        least = np.where(bottom.soars & (top.least >= 0), 0.0, least)
        greatest = np.where(bottom.soars & (top.greatest < 0), 0.0, greatest)
        return np.where(exists & ~top.sinks, least, np.nan), np.where(exists & ~top.soars, greatest, np.nan)

    def observed(self, grain: Fraction) -> NDArray[np.float64]:
        """Return what is certain of the numerator for what is certain of the denominator; NaN where that is 0."""
        import numpy as np

        return np.where(
            self.denominator.least > 0,
            quotients(self.numerator.least, self.denominator.least, grain / self.times, 0),
            np.nan,
        )

    @property
    def coverage(self) -> NDArray[np.float64]:
        """The certain part of the denominator; NaN where it has no size."""
        return self.denominator.coverage

    @property
    def columns(self) -> Mapping[str, NDArray[Any]]:
        """The ends of both amounts in counted units, by the names of the columns of a frame; NaN for a missing one."""
        return {
            f"{name}_{end}": values
            for name, span in (("numerator", self.numerator), ("denominator", self.denominator))
            for end, values in zip(("lower", "upper"), span.bounds(Fraction(1)), strict=True)
        }

    def __str__(self) -> str:
        return f"{self.numerator} / {self.denominator}"


# exact integers in arrays


def _wide(*values: Any) -> tuple[Any, ...]:
    """Return integers in which sums and differences have room: Python integers where int64 may have none."""
    import numpy as np

    if any(_large(value, _ROOM // 4) for value in values):
        return tuple(value.astype(object) if isinstance(value, np.ndarray) else value for value in values)
    return values


def exact(level: Fraction, *values: Any, product: bool = False) -> tuple[Any, ...]:
    """Return integers of which margins against a level can be computed."""
    import numpy as np

    factor = max(level.denominator, abs(level.numerator) if product else 1)
    tight = abs(level.numerator) >= _ROOM // 4 or any(_large(value, _ROOM // (4 * factor)) for value in values)
    if tight:
        return tuple(value.astype(object) if isinstance(value, np.ndarray) else value for value in values)
    return values


def _large(value: Any, limit: int) -> bool:
    import numpy as np

    if not isinstance(value, np.ndarray) or value.dtype == np.object_:
        return False
    return bool(len(value)) and (int(value.max()) >= limit or int(value.min()) <= -limit)


def _not(flag: Any) -> Any:
    return flag ^ True


def _code(reason: Reason) -> np.int8:
    import numpy as np

    return np.int8(REASONS.index(reason))


def _divided(values: NDArray[Any], grain: Fraction, towards: int) -> NDArray[np.float64]:
    import numpy as np

    return quotients(values, np.ones(len(values), dtype=np.int64), grain, towards)


def quotients(top: NDArray[Any], bottom: NDArray[Any], grain: Fraction, towards: int) -> NDArray[np.float64]:
    """Return quotients in units of so many counted ones, rounded down (-1), up (1) or to the nearest (0)."""
    import numpy as np

    from envindicators.algebra.tallies import directed, nearest

    top, bottom = top * fitting(top, grain.denominator), np.maximum(bottom, 1) * fitting(bottom, grain.numerator)
    return directed(top, bottom, towards) if towards else nearest(top, bottom)


def fitting(values: Any, factor: int) -> Any:
    """Return a factor that values can be multiplied by, which makes them Python integers where int64 has no room."""
    import numpy as np

    return np.array(factor, dtype=object) if factor >= _ROOM or _large(values, _ROOM // max(1, factor)) else factor
