"""Numbers, dates and shares as each language writes them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache

from envindicators.algebra.tally import Extremes, Tally
from envindicators.algebra.threshold import Judgement, Threshold, at_least
from envindicators.algebra.verdict import Interval, Verdict
from envindicators.definitions.table import Unit
from envindicators.words.message import Message, gettext, pgettext
from envindicators.words.percent import Rounding, percent

NONE_AROSE = "-"
"""The sign of statistical yearbooks for: none."""


NO_INFORMATION = "..."
"""The sign of statistical yearbooks for: no information."""


_MONTHS = (
    Message("January"),
    Message("February"),
    Message("March"),
    Message("April"),
    Message("May"),
    Message("June"),
    Message("July"),
    Message("August"),
    Message("September"),
    Message("October"),
    Message("November"),
    Message("December"),
)


def number(value: int | Decimal, lang: str) -> str:
    """Write a number as the language does: ``1.234,5`` in Vietnamese, ``1,234.5`` in English.

    Example:
        >>> number(Decimal("1234.5"), "vi"), number(1234, "en")
        ('1.234,5', '1,234')
    """
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return _points(text, lang)


def _points(text: str, lang: str) -> str:
    return text.translate(_marks(lang))


@cache
def _marks(lang: str) -> dict[int, int]:
    thousands = pgettext("between the thousands of a number", ",", lang)
    decimals = pgettext("before the decimals of a number", ".", lang)
    return str.maketrans(",.", thousands + decimals)


def amount(count: int, unit: Unit, lang: str) -> str:
    """Write counted units with the name of the unit that is shown: grams as kilograms.

    Example:
        >>> from envindicators import Text, Unit
        >>> amount(1500, Unit("kilogram", Text(vi="kg", en="kg"), grain=1000), "vi")
        '1,5 kg'
    """
    name = unit.one if count == unit.grain and unit.one is not None else unit.name
    return f"{figure(count, unit, lang)} {name.in_(lang)}"


def figure(count: int, unit: Unit, lang: str) -> str:
    """Write counted units in the unit that is shown, without its name."""
    try:
        return number(unit.shown(count), lang)
    except ValueError:  # no decimal is exact
        return f"{number(count, lang)}/{number(unit.grain, lang)}"


def span(interval: Interval, unit: Unit, lang: str) -> str:
    """Write an interval of counted units in words."""
    low, high = interval
    if low is None or (low == 0 and high is None):
        return gettext("amount not known", lang)
    if high is None:
        return gettext("at least {low}", lang, low=amount(low, unit, lang))
    if low == high:
        return amount(low, unit, lang)
    return gettext("from {low} to {high}", lang, low=figure(low, unit, lang), high=amount(high, unit, lang))


def share(value: Fraction, lang: str, *, against: Iterable[Fraction] = (), rounding: Rounding = "half_up") -> str:
    """Write a share in percent, with a decimal comma in Vietnamese; see `envindicators.words.percent.percent`.

    A share that is a mark, and that no percentage writes exactly, stands as a fraction, as the mark does.
    """
    marks = tuple(against)
    if value in marks and not at_least(value).percent.endswith("%"):
        return str(value)
    return _points(percent(value, against=marks, rounding=rounding), lang)


def threshold_words(threshold: Threshold, lang: str) -> str:
    """Write a threshold, ``≥ 98,5%``; without a sign where no share passes it, as ``100%``."""
    full = {"at_least": 1, "at_most": 0}.get(threshold.direction)
    bare = threshold.quantity is None and threshold.level == full
    return _points(threshold.percent if bare else str(threshold), lang)


def date_words(date: datetime.date, lang: str) -> str:
    """Write a date: ``15/3/2017`` in Vietnamese, ``15 March 2017`` in English."""
    return pgettext("a date", "{day} {month} {year}", lang, day=date.day, month=month_name(date), year=date.year)


def month_name(date: datetime.date) -> Message:
    """Return the name of a month as it stands in a date, which may be its number."""
    return _MONTHS[date.month - 1]


def shares(judgement: Judgement, lang: str) -> str:
    """Write what shares a judgement allows, in a form that never contradicts its verdict.

    A bound that no completion reaches is written as such: ``0%–<100%``. Nothing known is ``...``,
    an empty population ``-``.
    """
    if judgement.verdict is Verdict.NOT_APPLICABLE:
        return NONE_AROSE
    if nothing_known(judgement):
        return NO_INFORMATION
    extremes = judgement.evidence.extremes
    assert extremes is not None
    return _reach(extremes, (judgement.threshold.level,), lang)


def tally_shares(tally: Tally, lang: str) -> str:
    """Write what shares a tally allows, where no threshold stands beside it; see `shares`."""
    extremes = tally.extremes
    if extremes is None:
        return NONE_AROSE
    if _is_open(tally):
        return NO_INFORMATION
    return _reach(extremes, (), lang)


def _reach(extremes: Extremes, marks: tuple[Fraction, ...], lang: str) -> str:
    low, high = ends(extremes, marks, lang)
    if extremes.least == extremes.greatest:
        return low
    return f"{'' if extremes.least_reached else '>'}{low}–{'' if extremes.greatest_reached else '<'}{high}"


def ends(extremes: Extremes, marks: tuple[Fraction, ...], lang: str) -> tuple[str, str]:
    """Write the least and the greatest share, rounded outwards where they differ."""
    if extremes.least == extremes.greatest:
        only = share(extremes.least, lang, against=marks)
        return only, only
    low = share(extremes.least, lang, against=marks, rounding="down")
    return low, share(extremes.greatest, lang, against=marks, rounding="up")


def nothing_known(judgement: Judgement) -> bool:
    """Return whether nothing came that a judgement could rest on."""
    tally = judgement.tally
    return judgement.cause is not None or (tally is not None and _is_open(tally))


def _is_open(tally: Tally) -> bool:
    """Return whether a tally holds nothing but an amount of unknown size, of which no share is known either."""
    return bool(tally.unsized) and not any(tally.counts) and tally.unsized_rate is None


def listed(words: Sequence[str], lang: str) -> str:
    """Join alternatives: ``a, b hoặc c``."""
    return gettext(" or ", lang).join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
