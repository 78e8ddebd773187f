"""How a value is shown beside its threshold: the one place that knows shares from quantities."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import frozen

from envindicators.algebra.threshold import SIGNS, Judgement
from envindicators.algebra.verdict import Verdict
from envindicators.definitions.table import Table, Unit
from envindicators.report.numbers import NO_INFORMATION, NONE_AROSE, number, share, shares, threshold_words
from envindicators.words.message import Message, gettext
from envindicators.words.percent import Rounding
from envindicators.words.quantity import Quantity
from envindicators.words.text import Text, as_text

_MOST_DIGITS = 12
_ROOM = Fraction(6, 5)

_MULTIPLES = {
    "gram": Message("g"),
    "kilogram": Message("kg"),
    "tonne": Message("tonnes"),
    "hectare": Message("ha"),
    "day": Message("day"),
    "points": Message("percentage points"),
}
"""Units that tables know as multiples of theirs, as they stand after a number."""


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
    """A value with its unit, the threshold it is compared with, and both as a bar; None where none can be drawn."""

    value: str
    threshold: str
    bar: Bar | None


def measure(judgement: Judgement, lang: str) -> Measure:
    """Return how a judgement is shown.

    Example:
        >>> from envindicators import Tally, at_least
        >>> measure(at_least("98%").judge(Tally(50, 25, 25)), "en")
        Measure(value='50%–75%', threshold='≥ 98%', bar=Bar(certain=0.5, possible=0.75, threshold=0.98, known=True))
    """
    return Measure(value_words(judgement, lang), level_words(judgement, lang), _bar(judgement))


def value_words(judgement: Judgement, lang: str) -> str:
    """Write the value of a judgement: a share in percent, anything else with the unit of its threshold."""
    if judgement.threshold.quantity is None:
        return shares(judgement, lang)
    ends = judgement.evidence.ends
    if ends is None or judgement.verdict is Verdict.NOT_APPLICABLE:
        return NONE_AROSE
    if judgement.cause is not None or ends in ((None, None), (0, None)):
        return NO_INFORMATION
    return f"{_between(ends, judgement, lang)}{_of_level(judgement, lang)}"


def _of_level(judgement: Judgement, lang: str) -> str:
    """Write an amount as a percentage of its level, in brackets; nothing for what is no amount."""
    part = judgement.of_level
    if part is None:
        return ""
    roundings: tuple[Rounding, ...] = ("half_up", "half_up") if part[0] == part[1] else ("down", "up")
    said = [
        share(end, lang, against=[Fraction(1)], rounding=rounding)
        for end, rounding in zip(part, roundings, strict=True)
        if end is not None
    ]
    return f" ({'–'.join(dict.fromkeys(said))})"


def _between(ends: Any, judgement: Judgement, lang: str) -> str:
    least, greatest = ends
    if least == greatest:
        return quantity_words(least, judgement, lang)
    if least is None:
        return f"≤ {quantity_words(greatest, judgement, lang, 'up')}"
    if greatest is None:
        return f"≥ {quantity_words(least, judgement, lang, 'down')}"
    low, high = quantity_words(least, judgement, lang, "down"), quantity_words(greatest, judgement, lang, "up")
    return f"{low.removesuffix(unit_words(judgement, lang))}–{high}" if low[0].isdigit() else f"{low} – {high}"


def level_words(judgement: Judgement, lang: str) -> str:
    """Write the threshold of a judgement, with the name of its unit."""
    threshold = judgement.threshold
    if threshold.quantity is None:
        return threshold_words(threshold, lang)
    level = threshold.quantity
    exact, digits = abs(level.value), 0
    while (exact * 10**digits).denominator > 1 and digits < _MOST_DIGITS:
        digits += 1
    return f"{SIGNS[threshold.direction]} {signed_words(level.value, digits, judgement, lang)}"


def result_words(judgement: Judgement, lang: str) -> str:
    """Write the value of a judgement and its threshold, which no line break tears from its sign."""
    threshold = level_words(judgement, lang).replace(" ", "\N{NO-BREAK SPACE}")
    return gettext("{value} (threshold {threshold})", lang, value=value_words(judgement, lang), threshold=threshold)


def quantity_words(counted: Fraction, judgement: Judgement, lang: str, rounding: Rounding = "half_up") -> str:
    """Write what is counted in the unit of its threshold, with as many digits as tell it from the threshold."""
    level, exact = _level(judgement), in_unit(counted, judgement)
    rounded = {"down": math.floor, "up": math.ceil, "half_up": lambda value: math.floor(value + Fraction(1, 2))}
    value, digits = exact, _MOST_DIGITS
    for digits in range(2, _MOST_DIGITS + 1):
        value = Fraction(rounded[rounding](exact * 10**digits), 10**digits)
        if (value > level.value, value < level.value) == (exact > level.value, exact < level.value):
            break
    return signed_words(value, digits, judgement, lang)


def in_unit(counted: Fraction, judgement: Judgement) -> Fraction:
    """Return what is counted in the unit of its threshold."""
    return counted / judgement.threshold.grain


def unit_words(judgement: Judgement, lang: str) -> str:
    """Return the unit of a threshold, with the space before it; of one that the indicator names, its name."""
    unit = _level(judgement).unit
    if unit == "%":
        return unit
    tables = () if judgement.requirement is None else judgement.requirement.indicator.tables
    if judgement.requirement is not None and unit in _written(own := judgement.requirement.indicator.unit):
        return f" {own.name.in_(lang)}"
    amount, *per = (_name(part.strip(), tables) for part in unit.split("/"))
    return f" {'/'.join([amount[0].in_(lang), *(one.in_(lang) for _, one in per)])}"


def _name(unit: str, tables: Sequence[Table]) -> tuple[Message | Text, Message | Text]:
    """Return the name of a unit as it stands after a number and after the number one, in words of some tables."""
    for table in tables:
        if unit in _written(table.unit):
            return table.unit.name, table.unit.one or table.unit.name
    words = _MULTIPLES.get(unit, as_text(unit or "-"))
    return words, words


def _written(unit: Unit) -> tuple[str, ...]:
    """Return what people may write for a unit, but for its multiples."""
    return (unit.key, *(word for word, key in unit.meant().items() if key == unit.key))


def _level(judgement: Judgement) -> Quantity:
    assert judgement.threshold.quantity is not None
    return judgement.threshold.quantity


def signed_words(value: Fraction, digits: int, judgement: Judgement, lang: str) -> str:
    """Write a value with its unit; a change with its sign."""
    scaled = math.floor(abs(value) * 10**digits + Fraction(1, 2))
    shown = Decimal(scaled).scaleb(-digits).normalize()
    sign = "-" if value < 0 else "+" if _level(judgement).signed and value > 0 else ""
    return f"{sign}{number(shown, lang)}{unit_words(judgement, lang)}"


# bars


def _bar(judgement: Judgement) -> Bar | None:
    if judgement.threshold.quantity is not None:
        return _quantity_bar(judgement)
    rate = None if judgement.verdict is Verdict.NOT_APPLICABLE else judgement.rate
    ends = None if rate is None else (rate.lower, rate.upper)
    return _drawn(ends, judgement.threshold.level, Fraction(1))


def _quantity_bar(judgement: Judgement) -> Bar | None:
    """Return an amount or a ratio on an axis with room beyond it; of what can be below 0 none is drawn."""
    level, ends = judgement.threshold.level, judgement.evidence.ends
    if _level(judgement).signed or level <= 0 or (ends is not None and (ends[0] is None or ends[0] < 0)):
        return None
    if ends is None or value_words(judgement, "en") in (NONE_AROSE, NO_INFORMATION):
        return _drawn(None, level, level * _ROOM)
    top = max(level, *(end for end in ends if end is not None)) * _ROOM
    return _drawn((ends[0], top if ends[1] is None else ends[1]), level, top)


def _drawn(ends: Any, level: Fraction, top: Fraction) -> Bar:
    threshold = float(level / top)
    if ends is None:
        return Bar(0.0, 0.0, threshold, known=False)
    least, greatest = (end / top for end in ends)
    if least == greatest:
        return Bar(float(least), float(least), threshold, known=True)
    return Bar(_outwards(least, -math.inf), _outwards(greatest, math.inf), threshold, known=True)


def _outwards(value: Fraction, towards: float) -> float:
    nearest = float(value)
    wrong = nearest > value if towards < 0 else nearest < value
    return math.nextafter(nearest, towards) if wrong else nearest
