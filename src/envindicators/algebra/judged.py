"""Judgements of many tallies at once, as columns. The same law as `Judgement`, tally by tally."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from envindicators.algebra.threshold import REASONS, Reason, Threshold, Verdict

if TYPE_CHECKING:
    from envindicators.evaluation.decide import Tallies

_SATISFIED, _FAILED = 2, 4
_SAFE = 2**61
_EXACT = 2.0**53


@frozen(eq=False)
class Judged:
    """The judgements of a threshold on some tallies: one entry a tally, None (or NaN) where there is none.

    Rates are floats, the lower rounded down and the upper up; `observed` and `coverage` are the
    nearest. Shortfalls are in counted units.
    """

    value_lower: NDArray[np.float64]
    value_upper: NDArray[np.float64]
    observed: NDArray[np.float64]
    coverage: NDArray[np.float64]
    may_be_met: NDArray[np.bool_]
    may_be_not_met: NDArray[np.bool_]
    may_be_empty: NDArray[np.bool_]
    exceeded: list[bool | None]
    verdict: list[Verdict]
    reason: list[Reason | None]
    shortfall_lower: list[int | None]
    shortfall_upper: list[int | None]


def judge(threshold: Threshold, tallies: Tallies, cause: Reason | None) -> Judged:
    """Return what a threshold says of each of some tallies.

    Args:
        threshold: the threshold.
        tallies: the tallies.
        cause: why nothing could be computed, or None.
    """
    share = threshold.share
    counts: Any = tallies.counts
    if len(counts) and int(counts.sum(axis=1, dtype=np.float64).max()) >= _SAFE // max(2, share.denominator):
        counts = counts.astype(object)
    columns = [counts[:, place] for place in range(6)]
    to_satisfied, to_failed = (tallies.unsized & _SATISFIED) > 0, (tallies.unsized & _FAILED) > 0
    rates = _ends(columns, to_satisfied, to_failed)
    if threshold.direction == "at_most":
        share = 1 - share
        columns = [columns[place] for place in (1, 0, 2, 4, 3, 5)]
        to_satisfied, to_failed = to_failed, to_satisfied
    low, low_base, low_reached, high, high_base, high_reached, exists = _ends(columns, to_satisfied, to_failed)
    num, den = share.numerator, share.denominator
    below, above = _sign(low * den - num * low_base), _sign(high * den - num * high_base)
    met = exists & ((above > 0) | ((above == 0) & high_reached))
    not_met = exists & (below < 0)
    placed = columns[0] + columns[1] + columns[2]
    empty = np.asarray(placed == 0, dtype=np.bool_)
    met_strictly = exists & (above > 0)
    not_strictly = exists & ((below < 0) | ((below == 0) & low_reached))
    verdicts = [_VERDICTS[code] for code in (met * 1 + not_met * 2 + empty * 4).tolist()]
    surely = met_strictly & ~not_strictly & ~empty
    exceeded = [True if sure else None if may else False for sure, may in zip(surely, met_strictly, strict=True)]
    worst = columns[0] - _ceil(num, den, placed + columns[4] + columns[5])
    reach = columns[0] + columns[2] + columns[3] + columns[5]
    best = reach - _ceil(num, den, placed + columns[3] + columns[5])
    known = [verdict is not Verdict.NOT_APPLICABLE for verdict in verdicts]
    least = np.where(to_satisfied & (num < den), 0, np.maximum(-best, 0))
    most = np.maximum(-worst, 0)
    unbounded = to_failed & (num > 0)
    total = sum(counts[:, place] for place in range(6))
    sized = tallies.unsized == 0
    return Judged(
        _directed(rates[0], rates[1], rates[6], -1),
        _directed(rates[3], rates[4], rates[6], 1),
        _nearest(counts[:, 0], counts[:, 0] + counts[:, 1], True),
        _nearest(counts[:, 0] + counts[:, 1], total, sized),
        met,
        not_met,
        empty,
        exceeded,
        verdicts,
        _reasons(verdicts, tallies, empty, cause),
        [value if ok else None for value, ok in zip(least.tolist(), known, strict=True)],
        [value if ok and not free else None for value, ok, free in zip(most.tolist(), known, unbounded, strict=True)],
    )


_VERDICTS = [
    Verdict.UNDETERMINED,
    Verdict.MET,
    Verdict.NOT_MET,
    Verdict.UNDETERMINED,
    Verdict.NOT_APPLICABLE,
    Verdict.UNDETERMINED,
    Verdict.UNDETERMINED,
    Verdict.UNDETERMINED,
]


def _sign(values: Any) -> NDArray[np.int64]:
    return (np.asarray(values > 0, dtype=np.int64)) - np.asarray(values < 0, dtype=np.int64)


def _ceil(num: int, den: int, values: Any) -> Any:
    return -((-num * values) // den)


def _ends(columns: list[Any], to_satisfied: Any, to_failed: Any) -> tuple[Any, ...]:
    """Return the least and greatest share as numerators, denominators and whether they are reached."""
    satisfied, failed, unknown, some_satisfied, some_failed, some_unknown = columns
    placed = satisfied + failed + unknown
    low_base = placed + some_failed + some_unknown
    high_base = placed + some_satisfied + some_unknown
    has_low = np.asarray(low_base > 0, dtype=np.bool_) | to_failed
    has_high = np.asarray(high_base > 0, dtype=np.bool_) | to_satisfied
    low = np.where(to_failed, 0, satisfied)
    low_base = np.where(to_failed, 1, low_base)
    low_reached = np.where(to_failed, np.asarray(satisfied == 0, dtype=np.bool_), True)
    high = np.where(to_satisfied, 1, satisfied + unknown + some_satisfied + some_unknown)
    high_base = np.where(to_satisfied, 1, high_base)
    high_reached = np.where(to_satisfied, np.asarray(failed == 0, dtype=np.bool_), True)
    return (
        np.where(has_low, low, high),
        np.where(has_low, low_base, high_base),
        np.where(has_low, low_reached, high_reached),
        np.where(has_high, high, low),
        np.where(has_high, high_base, low_base),
        np.where(has_high, high_reached, low_reached),
        has_low | has_high,
    )


def _nearest(numerator: Any, denominator: Any, allowed: Any) -> NDArray[np.float64]:
    exists = np.asarray(denominator > 0, dtype=np.bool_) & allowed
    found = np.full(len(numerator), np.nan)
    large = np.asarray(denominator >= _EXACT, dtype=np.bool_)
    small = exists & ~large
    found[small] = (numerator[small] / denominator[small]).astype(np.float64)
    for row in np.flatnonzero(exists & large):
        found[row] = int(numerator[row]) / int(denominator[row])
    return found


def _directed(numerator: Any, denominator: Any, exists: Any, towards: int) -> NDArray[np.float64]:
    """Return quotients as floats rounded down (``towards`` -1) or up (1), NaN where there is none."""
    found = np.full(len(numerator), np.nan)
    rows = np.flatnonzero(exists)
    if not len(rows):
        return found
    num, den = numerator[rows], denominator[rows]
    top, bottom = num.astype(np.float64), den.astype(np.float64)
    quotient = top / bottom
    exact = (top < _EXACT) & (bottom < _EXACT)
    # the error of the quotient, without error of its own: quotient × bottom as a sum of two floats
    product = quotient * bottom
    q_high, b_high = _upper_half(quotient), _upper_half(bottom)
    q_low, b_low = quotient - q_high, bottom - b_high
    rest = ((q_high * b_high - product) + q_high * b_low + q_low * b_high) + q_low * b_low
    error = (product - top) + rest
    wrong = error > 0 if towards < 0 else error < 0
    quotient = np.where(exact & wrong, np.nextafter(quotient, towards * np.inf), quotient)
    for place in np.flatnonzero(~exact):
        share = Fraction(int(num[place]), int(den[place]))
        value = float(share)
        if (value > share) if towards < 0 else (value < share):
            value = float(np.nextafter(value, towards * np.inf))
        quotient[place] = value
    found[rows] = quotient
    return found


def _upper_half(values: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = values * 134217729.0
    return spread - (spread - values)


def _reasons(
    verdicts: list[Verdict], tallies: Tallies, empty: NDArray[np.bool_], cause: Reason | None
) -> list[Reason | None]:
    unplaced = tallies.counts[:, 3:].any(axis=1)
    codes = np.select([tallies.unsized > 0, empty, unplaced], [3, 4, 5], 6)
    return [
        (cause or REASONS[code]) if verdict is Verdict.UNDETERMINED else None
        for verdict, code in zip(verdicts, codes.tolist(), strict=True)
    ]
