"""`Tallies`: the tallies of many groups as arrays, the evidence of a share."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from attrs import cmp_using, field, frozen
from numpy.typing import NDArray

from envindicators.algebra.margin import Margin, UnsizedRates, fits, share_margin
from envindicators.algebra.tally import COUNTS, OUTCOMES, Outcome, Rate, Tally, reason_code, share_ends
from envindicators.algebra.threshold import Threshold
from envindicators.errors import DefinitionError
from envindicators.pickling import versioned

BITS: dict[Outcome, int] = {"out": 1, "satisfied": 2, "failed": 4}
"""The outcomes as bits of ``unsized``."""

AREA_SLOTS = (6, 0, 1, 2, 6, 3, 4, 5)
"""For each set of verdicts that an area may have, as bits, the count of a tally that it is; 6 for one that is out."""

ANYTHING = 7
"""Every outcome, as bits."""

_SIZED = BITS["satisfied"] | BITS["failed"]

_OUTCOME_SETS: list[frozenset[Outcome]] = [
    frozenset(outcome for outcome in OUTCOMES if bits & BITS[outcome]) for bits in range(8)
]

_SAME = cmp_using(eq=np.array_equal)
_EXACT = 2.0**53
_LARGE = 2.0**62
_FINE = Fraction(1, 10**6)  # a level with as fine a denominator as most
_BLOCK = 1 << 13  # rows whose arrays fit into the processor's cache


def bits_of(outcomes: Iterable[Outcome]) -> int:
    """Return outcomes as bits."""
    return sum(BITS[outcome] for outcome in outcomes)


@versioned
@frozen(unsafe_hash=False)
class Tallies:
    """One tally a group, as arrays. Implements `envindicators.algebra.evidence.Evidence`.

    Args:
        counts: an array with a row for each group and the six counts of a tally as columns: int64, or Python
            integers (dtype object) where a sum has passed 64 bits.
        unsized: a uint8 array with the unsized outcomes of each group, as bits.
        rates: an array of Fractions with the least and the greatest share of what has no size in each group as
            columns; None where nothing is known of any but what its outcomes allow.
    """

    counts: NDArray[Any] = field(eq=_SAME)
    unsized: NDArray[np.uint8] = field(eq=_SAME)
    rates: NDArray[Any] | None = field(default=None, eq=_SAME)

    __hash__ = None  # type: ignore[assignment]

    def __attrs_post_init__(self) -> None:
        if self.rates is not None and bool((self.rates == implied_rates(self.unsized)).all()):
            object.__setattr__(self, "rates", None)

    @classmethod
    def nothing_known(cls, length: int) -> Tallies:
        """Return the tallies of groups without data."""
        return cls(np.zeros((length, 6), dtype=np.int64), np.full(length, ANYTHING, dtype=np.uint8))

    def __len__(self) -> int:
        return len(self.unsized)

    def __getitem__(self, row: int) -> Tally:
        rate = None if self.rates is None or not self.unsized[row] & _SIZED else Rate(*self.rates[row])
        return Tally.of(self.counts[row].tolist(), _OUTCOME_SETS[int(self.unsized[row])], rate)

    def __add__(self, other: Tallies) -> Tallies:
        if not isinstance(other, Tallies):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        if len(self) != len(other):
            raise DefinitionError(f"tallies of {len(self)} groups do not add to those of {len(other)}")
        counts = self.counts + other.counts
        if counts.dtype != np.object_ and bool((counts < 0).any()):  # two int64 from 0 on wrap to a negative one
            counts = self.counts.astype(object) + other.counts
        rates = joined_rates((self.unsized, self.rates), (other.unsized, other.rates))
        return Tallies(counts, self.unsized | other.unsized, rates)

    @property
    def total(self) -> Tallies:
        """One tally, the sum of all, exact whatever its size."""
        counts = self.counts
        if float(counts.sum(dtype=np.float64)) >= _LARGE:
            counts = counts.astype(object)
        rates = None if self.rates is None else hull(self.rates, 0)
        return Tallies(counts.sum(axis=0, keepdims=True), np.bitwise_or.reduce(self.unsized, keepdims=True), rates)

    # judged

    @functools.cached_property
    def _columns(self) -> tuple[NDArray[Any], ...]:
        return tuple(np.ascontiguousarray(self.counts.T))

    @functools.cached_property
    def _largest(self) -> float:
        """The units of the largest group, or some more, as a float; no limit where they are Python integers."""
        if self.counts.dtype == np.object_:
            return np.inf
        at_most = float(sum(int(column.max(initial=0)) for column in self._columns))
        if fits(at_most, _FINE):
            return at_most
        return float(self.counts.sum(axis=1, dtype=np.float64).max(initial=0.0))

    def _exact(self, level: Fraction) -> tuple[NDArray[Any], ...]:
        """Return the six counts, as Python integers where int64 has no room for what is computed of them."""
        if fits(self._largest, level):
            return self._columns
        return tuple(column.astype(object) for column in self._columns)

    @functools.cached_property
    def _open(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        return (self.unsized & BITS["satisfied"]) > 0, (self.unsized & BITS["failed"]) > 0

    def unplaced_like(self, parts: Sequence[Tallies], either: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
        """Return one array where all units of a group may belong to any of its parts, and another elsewhere."""
        units = self.counts.sum(axis=1)
        every = [part.counts[:, 3:].sum(axis=1) == units for part in parts]
        same: NDArray[Any] = np.where((units > 0) & (self.unsized == 0) & np.all(every, axis=0), either, other)
        return same

    def margin(self, threshold: Threshold) -> Margin:
        """Return by how much a threshold is passed or missed, as arrays."""
        counts = self._exact(threshold.level)
        return threshold.facing(share_margin(counts, *self._open, threshold.level, self._rates))

    @functools.cached_property
    def _rates(self) -> UnsizedRates | None:
        if self.rates is None:
            return None
        lower, upper = self.rates.T
        return UnsizedRates(lower, upper, self._told & (self.unsized & BITS["out"] == 0))

    @functools.cached_property
    def _told(self) -> NDArray[np.bool_]:
        """In which groups more is known of what has no size than its outcomes."""
        if self.rates is None:
            return np.zeros(len(self), dtype=np.bool_)
        told: NDArray[np.bool_] = (self.rates != implied_rates(self.unsized)).any(axis=1)
        return told

    @functools.cached_property
    def reasons(self) -> NDArray[np.int8]:
        """Why a verdict is undetermined where it is, as places in `REASONS`."""
        satisfied, failed, unknown, *unplaced = self._columns
        placed = (satisfied > 0) | (failed > 0) | (unknown > 0)
        beside = (unplaced[0] > 0) | (unplaced[1] > 0) | (unplaced[2] > 0)
        silent = self.unsized > 0
        if self._rates is not None:
            silent, placed = silent & ~self._rates.present, placed | self._rates.present
        codes: NDArray[np.int64] = reason_code(silent, ~placed, beside)
        return codes.astype(np.int8)

    # shown

    @functools.cached_property
    def _bounds(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        columns = self._exact(Fraction(1))
        lower, upper = np.empty(len(self)), np.empty(len(self))
        for start in range(0, len(self), _BLOCK):
            rows = slice(start, start + _BLOCK)
            to_satisfied, to_failed = (bits[rows] for bits in self._open)
            low, low_base, high, high_base = share_ends([column[rows] for column in columns])
            low, low_base = low * ~to_failed, low_base + to_failed
            high, high_base = high * ~to_satisfied + to_satisfied, high_base * ~to_satisfied + to_satisfied
            no_low, no_high = low_base == 0, high_base == 0
            lower[rows] = directed(low + high * no_low, low_base + high_base * no_low, -1)
            upper[rows] = directed(high + low * no_high, high_base + low_base * no_high, 1)
        for row in np.flatnonzero(self._told).tolist():
            extremes = self[row].extremes
            assert extremes is not None
            lower[row], upper[row] = rounded(extremes.least, -1), rounded(extremes.greatest, 1)
        return lower, upper

    def bounds(self, grain: Fraction = Fraction(1)) -> tuple[NDArray[np.float64], NDArray[np.float64]]:  # noqa: ARG002 - a share has no unit
        """Return the least and the greatest share, rounded outwards; NaN for an empty population."""
        return self._bounds

    def observed(self, grain: Fraction = Fraction(1)) -> NDArray[np.float64]:  # noqa: ARG002 - a share has no unit
        """Return the satisfied of those known to be satisfied or failed, to the nearest float; NaN without any."""
        satisfied, failed, *_ = self._exact(Fraction(1))
        return nearest(satisfied, satisfied + failed)

    @functools.cached_property
    def coverage(self) -> NDArray[np.float64]:
        """The part of all units whose fate is certain, to the nearest float; NaN where something is unsized."""
        satisfied, failed, *rest = self._exact(Fraction(1))
        total = sum(rest, satisfied + failed)
        return np.where(self.unsized > 0, np.nan, nearest(satisfied + failed, total))

    @property
    def columns(self) -> Mapping[str, NDArray[Any]]:
        """The six counts and ``unsized``, by name."""
        return {**dict(zip(COUNTS, self._columns, strict=True)), "unsized": self.unsized}


# what is known of amounts of unknown size

_ENDS = np.array(
    [
        (Fraction(outcomes & BITS["failed"] == 0), Fraction(outcomes & BITS["satisfied"] > 0))
        for outcomes in range(ANYTHING + 1)
    ],
    dtype=object,
)
"""By unsized outcomes, as bits, the least and the greatest share that they allow."""


def implied_rates(unsized: NDArray[np.uint8]) -> NDArray[Any]:
    """Return the least and the greatest share that unsized outcomes allow, along a last axis more: 1 and 0 of none."""
    return _ENDS[unsized]


def joined_rates(
    one: tuple[NDArray[np.uint8], NDArray[Any] | None], other: tuple[NDArray[np.uint8], NDArray[Any] | None]
) -> NDArray[Any] | None:
    """Return the rates of what has no size in either of two, each as its unsized outcomes and its rates."""
    if one[1] is None and other[1] is None:
        return None
    every = [implied_rates(unsized) if rates is None else rates for unsized, rates in (one, other)]
    joined: NDArray[Any] = hull(np.stack(every), 0)[0]
    return joined


def hull(rates: NDArray[Any], axis: int) -> NDArray[Any]:
    """Return the least and the greatest, which are the last axis, along another that is kept with one entry."""
    ends = (rates[..., 0].min(axis=axis, keepdims=True), rates[..., 1].max(axis=axis, keepdims=True))
    return np.stack(ends, axis=-1)


# quotients as floats


def _divided(numerator: NDArray[Any], denominator: NDArray[Any]) -> tuple[NDArray[Any], ...]:
    """Return both as floats, their quotient (NaN for 0 / 0), and the rows whose terms no float holds."""
    top, bottom = numerator.astype(np.float64), denominator.astype(np.float64)
    with np.errstate(invalid="ignore"):
        quotient = top / bottom
    return top, bottom, quotient, np.flatnonzero((top >= _EXACT) | (bottom >= _EXACT))


def nearest(numerator: NDArray[Any], denominator: NDArray[Any]) -> NDArray[np.float64]:
    """Return quotients to the nearest float; NaN for 0 / 0."""
    _, _, quotient, inexact = _divided(numerator, denominator)
    for row in inexact:
        quotient[row] = int(numerator[row]) / int(denominator[row])
    return quotient


def directed(numerator: NDArray[Any], denominator: NDArray[Any], towards: int) -> NDArray[np.float64]:
    """Return quotients rounded down (``towards`` -1) or up (1)."""
    top, bottom, quotient, inexact = _divided(numerator, denominator)
    # the error of the quotient, without error of its own: quotient × bottom as a sum of two floats
    product = quotient * bottom
    q_high, b_high = _upper_half(quotient), _upper_half(bottom)
    q_low, b_low = quotient - q_high, bottom - b_high
    rest = ((q_high * b_high - product) + q_high * b_low + q_low * b_high) + q_low * b_low
    error = (product - top) + rest
    wrong = np.flatnonzero(error > 0 if towards < 0 else error < 0)
    quotient[wrong] = np.nextafter(quotient[wrong], towards * np.inf)
    for row in inexact:
        quotient[row] = rounded(Fraction(int(numerator[row]), int(denominator[row])), towards)
    return quotient


def rounded(share: Fraction, towards: int) -> float:
    """Return a share as a float, rounded down (``towards`` -1) or up (1)."""
    value = float(share)
    if (value > share) if towards < 0 else (value < share):
        value = float(np.nextafter(value, towards * np.inf))
    return value


def _upper_half(values: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = values * 134217729.0
    return spread - (spread - values)
