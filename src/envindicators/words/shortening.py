"""Values and lists of names as messages show them: never longer than a reader reads."""

from __future__ import annotations

import itertools
import reprlib
from decimal import Decimal
from typing import Any

from envindicators.words.text import plain

LONGEST = 120
"""How many characters of a value are shown."""

MOST_NAMES = 20
"""How many names of a list are shown."""

MOST_ITEMS = 10
"""How many items of a value that holds several are shown, and of a longer one kept."""

_short = reprlib.Repr()
_short.maxlevel, _short.maxother, _short.maxstring, _short.maxlong = 3, LONGEST, LONGEST, LONGEST
_short.maxlist = _short.maxtuple = _short.maxdict = _short.maxset = _short.maxfrozenset = MOST_ITEMS


def brief(text: str, longest: int = LONGEST) -> str:
    """Return text without its middle where it is long.

    Example:
        >>> brief("area;year;" * 1000, 30)
        'area;year;are...rea;year;'
    """
    if len(text) <= longest:
        return text
    return f"{text[: longest // 2 - 2]}...{text[-(longest // 3) :]}"


def shown(value: Any) -> str:
    """Return a value as Python would write it, shortened where it is long or holds much.

    Example:
        >>> shown("rural"), len(shown("area,year;" * 300_000)) <= LONGEST
        ("'rural'", True)
    """
    value = plain(value)
    if isinstance(value, (str, bytes)):
        text: Any = value
        if len(value) > LONGEST:
            return brief(repr(text[:LONGEST] + text[-LONGEST:]))
        return brief(repr(value), 4 * LONGEST)  # as it is, unless much of it is escaped
    if isinstance(value, Decimal):  # a number of a file, which people know by its digits
        return brief(str(value))
    if isinstance(value, int) and abs(value) >= 10**LONGEST:
        return f"a number of {value.bit_length()} bits"
    if isinstance(value, (list, tuple, dict, set, frozenset)):
        return brief(_short.repr(value), 4 * LONGEST)
    return brief(repr(value))


def kept(value: Any) -> Any:
    """Return a value as a problem keeps it: long text and what holds much no longer than what is shown of it."""
    value = plain(value)
    if isinstance(value, str):
        return brief(value, LONGEST - 2) if len(value) > 1000 else value
    if isinstance(value, bytes):
        return value[:LONGEST]
    if isinstance(value, (list, tuple, dict, set, frozenset)) and len(value) > 100:
        first = itertools.islice(value.items() if isinstance(value, dict) else value, MOST_ITEMS + 1)
        return dict(first) if isinstance(value, dict) else list(first)
    return value
