"""Units as people write them in the headings of files: with a number word before, as (nghìn tấn), by any name."""

from __future__ import annotations

import re
from fractions import Fraction

from attrs import frozen

from envindicators.words.spelling import fold

_NUMBERS = {
    "trăm": 100, "nghìn": 1000, "ngàn": 1000, "vạn": 10_000, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9,
    "hundred": 100, "thousand": 1000, "thousands": 1000, "million": 10**6, "millions": 10**6, "billion": 10**9,
}  # fmt: skip

_THOUSANDS = re.compile(r"[x×*]?\s*(1(?:[., \u00a0]?000)+|['’‘](?:000)+)(?!\d)s?")
_POWER = re.compile(r"10\s*(?:\^\s*([2369])|([²³⁶⁹]))(?!\d)")
_RAISED = {"²": 2, "³": 3, "⁶": 6, "⁹": 9}

_SIZES: dict[str, dict[str, int | str]] = {
    "mass": {
        "µg|μg|ug|mcg|microgram": "1/1000000", "mg|milligram": "1/1000", "g|gam|gram|grams": 1,
        "kg|kilogram|kilograms|kilôgam": 10**3, "yến": 10**4, "tạ": 10**5,
        "tấn|tonne|tonnes|ton|tons|t": 10**6, "kt|kilotonne|kilotonnes|gg": 10**9,
        "megatonne|megatonnes|tg": 10**12,
    },
    "volume": {"ml|millilitre": "1/1000", "l|lít|lit|litre|litres|liter|liters": 1, "m3|m³|khối|cubic metre": 10**3},
    "area": {
        "m2|m²|square metre": 1, "ha|hecta|héc ta|hectare|hectares": 10**4, "km2|km²|square kilometre": 10**6,
    },
    "length": {"mét|metre|metres": 1, "km|kilometre|kilometres": 1000},
    "energy": {
        "wh": 1, "kwh": 10**3, "mwh": 10**6, "gwh": 10**9, "twh": 10**12,
        "kj": "5/18", "mj": "2500/9", "gj": "2500000/9", "tj": "2500000000/9",
    },
    "parts of a million": {"ppm": 1, "ppb": "1/1000"},
    "people": {"người|nhân khẩu|person|persons|people|inhabitants": 1},
    "households": {"hộ|hộ gia đình|hộ dân|household|households": 1},
    "establishments": {"cơ sở|establishment|establishments": 1},
    "trees": {"cây|tree|trees": 1},
    "days": {"ngày|day|days": 1},
    "hours": {"giờ|hour|hours": 1},
    "dong": {"đồng|đ|vnd|vnđ|dong": 1},
}  # fmt: skip
"""What units measure, and by their names how large each is among those of its kind."""

_MEASURES = {
    kind: {word: Fraction(size) for words, size in sizes.items() for word in words.split("|")}
    for kind, sizes in _SIZES.items()
}

_OF_MATTER = ("mass", "volume", "area", "energy")
"""What is measured of something, which may stand behind the unit: ``tấn than``."""

_LETTERS = ("g", "l", "t", "đ")
"""Units that alone in brackets may be the letter of a column."""

_UNCLEAR = re.compile(r"mt(?![a-z])|mtco")
"""Mt, a million tonnes, looks like MT, a metric tonne, once case is taken away: it is a unit, and not known which."""

_CARBON = re.compile(r"[ ,.-]*co[2₂][ -]?(?:e|eq|tđ|td|tương đương|tương đương \(co2e\)|equivalent)?\.?")
"""What may stand behind a mass: a mass of greenhouse gases is one of carbon dioxide."""


@frozen
class Size:
    """How large a unit is, among those that measure the same."""

    kind: str
    size: Fraction


def multiplied(text: str) -> tuple[int, str]:
    """Return by how much the words before a unit multiply it, and the unit.

    Example:
        >>> multiplied("nghìn người"), multiplied("1.000 tấn/năm"), multiplied("10^6 m3"), multiplied("người")
        ((1000, 'người'), (1000, 'tấn/năm'), (1000000, 'm3'), (1, 'người'))
    """
    factor, rest = 1, fold([text])[0].replace("_", " ")
    while True:
        word, _, after = rest.partition(" ")
        if word in _NUMBERS:
            factor, rest = factor * _NUMBERS[word], after
        elif match := _THOUSANDS.match(rest):
            digits = re.sub(r"\D", "", match[1])
            factor, rest = factor * 10 ** digits.count("0"), rest[match.end() :].lstrip()
        elif match := _POWER.match(rest):
            factor, rest = factor * 10 ** (_RAISED.get(match[2]) or int(match[1])), rest[match.end() :].lstrip()
        else:
            return factor, rest


def size_of(text: str) -> Size | None:
    """Return how large a unit is that people know, None for any other.

    Example:
        >>> size_of("nghìn tấn CO2tđ") == size_of("kt"), size_of("mg/l") == size_of("g/m3"), size_of("tấn than")
        (True, True, None)
    """
    factor, rest = multiplied(text)
    for kind, sizes in _MEASURES.items():
        if rest in sizes:
            return Size(kind, factor * sizes[rest])
    above, parted, below = rest.partition("/")
    if parted:
        top, bottom = size_of(above.strip()), size_of(below.strip())
        return top and bottom and Size(f"{top.kind}/{bottom.kind}", factor * top.size / bottom.size)
    for word, size in _MEASURES["mass"].items():
        if rest.startswith(word) and _CARBON.fullmatch(rest[len(word) :]):
            return Size("mass", factor * size)
    return None


def is_unit(text: str) -> bool:
    """Return whether a text states a unit: one that people know, alone or of something, or any in thousands.

    Example:
        >>> [is_unit(text) for text in ("nghìn tỷ đồng", "mg/l", "tấn than", "hộ", "1.000")]
        [True, True, True, True, True]
        >>> [is_unit(text) for text in ("theo QĐ 12", "2020", "1", "hộ nghèo")]
        [False, False, False, False]
    """
    factor, rest = multiplied(text)
    if factor > 1:
        return True
    first, *others = re.split(r"[ /]", rest, maxsplit=1)
    of_something = bool(others) and len(first) > 1 and any(first in _MEASURES[kind] for kind in _OF_MATTER)
    clear = size_of(rest) is not None and rest not in _LETTERS
    return clear or of_something or _UNCLEAR.match(rest) is not None
