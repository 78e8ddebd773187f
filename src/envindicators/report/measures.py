"""How a value is shown beside its threshold: the one place that knows the kinds of evidence apart."""

from __future__ import annotations

import math
from fractions import Fraction

from attrs import frozen

from envindicators.algebra.threshold import Judgement, Threshold
from envindicators.algebra.verdict import Verdict
from envindicators.report.numbers import shares, threshold_words
from envindicators.words.message import gettext


@frozen
class Bar:
    """A value on an axis that runs from 0 to 1.

    Args:
        certain: how far the value surely reaches; rounded down where it is open.
        possible: how far it may reach; rounded up where it is open.
        threshold: where the threshold stands.
        known: whether there is a value at all.
    """

    certain: float
    possible: float
    threshold: float
    known: bool


@frozen
class Measure:
    """A value with its unit, the threshold it is compared with, and both as a bar."""

    value: str
    threshold: str
    bar: Bar


def measure(judgement: Judgement, lang: str) -> Measure:
    """Return how a judgement is shown.

    Example:
        >>> from envindicators import Tally, at_least
        >>> measure(at_least("98%").judge(Tally(90, 5, 5)), "en")
        Measure(value='90%–95%', threshold='≥ 98%', bar=Bar(certain=0.9, possible=0.95, threshold=0.98, known=True))
    """
    return Measure(value_words(judgement, lang), threshold_words(judgement.threshold, lang), _bar(judgement))


def value_words(judgement: Judgement, lang: str) -> str:
    """Write the value of a judgement with its unit; that of tallies and rates is a share, in percent."""
    return shares(judgement, lang)


def result_words(judgement: Judgement, lang: str) -> str:
    """Write the value of a judgement and its threshold, which no line break tears from its sign."""
    threshold = threshold_words(judgement.threshold, lang).replace(" ", "\N{NO-BREAK SPACE}")
    return gettext("{value} (threshold {threshold})", lang, value=value_words(judgement, lang), threshold=threshold)


def _bar(judgement: Judgement) -> Bar:
    """Return a share on the axis from 0% to 100%."""
    rate = None if judgement.verdict is Verdict.NOT_APPLICABLE else judgement.rate
    threshold = _position(judgement.threshold)
    if rate is None:
        return Bar(0.0, 0.0, threshold, known=False)
    if rate.lower == rate.upper:
        return Bar(float(rate.lower), float(rate.lower), threshold, known=True)
    return Bar(_outwards(rate.lower, -math.inf), _outwards(rate.upper, math.inf), threshold, known=True)


def _position(threshold: Threshold) -> float:
    return float(threshold.level)


def _outwards(value: Fraction, towards: float) -> float:
    nearest = float(value)
    wrong = nearest > value if towards < 0 else nearest < value
    return math.nextafter(nearest, towards) if wrong else nearest
