"""The numbers that a value rests on: numerator and denominator, in words and as numbers to compute with."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from envindicators.algebra.tally import Tally
from envindicators.algebra.threshold import Judgement
from envindicators.algebra.verdict import Verdict
from envindicators.report.measures import in_unit
from envindicators.report.numbers import NO_INFORMATION, NONE_AROSE, nothing_known, number
from envindicators.report.view import End, FiguresView

_SIZED = {"satisfied", "failed"}


def figures_view(judgement: Judgement, lang: str) -> FiguresView:
    """Return what the value of a judgement rests on."""
    evidence, quantity = judgement.evidence, judgement.threshold.quantity
    percent = quantity is None or quantity.unit == "%"
    level = judgement.threshold.level if percent else in_unit(judgement.threshold.level, judgement)
    units = _units(judgement, lang)
    ends = None if nothing_known(judgement) else evidence.extremes if quantity is None else evidence.ends
    paired = hasattr(evidence, "lowest")
    if judgement.verdict is Verdict.NOT_APPLICABLE or ends is None:
        sign = NONE_AROSE if judgement.verdict is Verdict.NOT_APPLICABLE else NO_INFORMATION
        return FiguresView(*units, *((sign, sign) if paired else ("", "")), level, percent)
    least, greatest = (_end(judgement, getattr(ends, name), name, percent=percent) for name in ("least", "greatest"))
    if not paired:
        return FiguresView(*units, "", "", level, percent, least, greatest)
    grains = _grains(judgement)
    written = [_range(*_reach(evidence, name), grain, lang) for name, grain in zip(_NAMES, grains, strict=True)]
    return FiguresView(*units, written[0], written[1], level, percent, least, greatest)


_NAMES = ("numerator", "denominator")


def _units(judgement: Judgement, lang: str) -> tuple[str, str]:
    """Return the units of numerator and denominator."""
    assert judgement.requirement is not None
    indicator = judgement.requirement.indicator
    below = getattr(indicator, "per", indicator).unit
    if "numerator_lower" in indicator.grains:  # a product of two
        return "", indicator.open_unit.name.in_(lang)
    return indicator.unit.name.in_(lang), below.name.in_(lang)


def _grains(judgement: Judgement) -> tuple[int, int]:
    assert judgement.requirement is not None
    indicator = judgement.requirement.indicator
    return (
        indicator.grains.get("numerator_lower", indicator.unit.grain),
        indicator.grains.get("denominator_lower", indicator.unit.grain),
    )


def _end(judgement: Judgement, value: Fraction | None, name: str, *, percent: bool) -> End | None:
    """Return an end of a value, with the division that gives it where one does."""
    if value is None:
        return None
    shown = value if percent else in_unit(value, judgement)
    pair = getattr(judgement.evidence, {"least": "lowest", "greatest": "highest"}[name], None)
    if pair is None or not pair[1]:
        return End(shown)
    above, below = _grains(judgement)
    scale = Fraction(above, below) * getattr(judgement.evidence, "times", 1)
    scale = scale if percent else in_unit(scale, judgement)
    top, bottom = Fraction(pair[0], above), Fraction(pair[1], below)
    less = top / bottom * scale - shown
    return End(shown, top, bottom, scale, int(less)) if less in (0, 1) else End(shown)


def _reach(evidence: Any, name: str) -> tuple[Any, Any]:
    """Return between which amounts the numerator or the denominator lies; None for an end that is missing."""
    if not isinstance(evidence, Tally):
        least, greatest = getattr(evidence, name).ends
        return least, greatest
    if name == "numerator":
        return evidence.satisfied, None if "satisfied" in evidence.unsized else evidence.highest[0]
    return evidence.placed, None if evidence.unsized & _SIZED else sum(evidence.counts)


def _range(low: Any, high: Any, grain: int, lang: str) -> str:
    if low is None or high is None:
        if low:
            return f"≥ {_figure(low, grain, lang)}"
        return NO_INFORMATION if high is None else f"≤ {_figure(high, grain, lang)}"
    if low == high:
        return _figure(low, grain, lang)
    return f"{_figure(low, grain, lang)}–{_figure(high, grain, lang)}"


def _figure(count: Any, grain: int, lang: str) -> str:
    exact = Fraction(count) / grain
    digits = next((digits for digits in range(13) if (exact * 10**digits).denominator == 1), 12)
    return number(Decimal(round(exact * 10**digits)).scaleb(-digits), lang)
