"""Values and lists of names as messages show them: never longer than a reader reads."""

from __future__ import annotations

import reprlib
from collections.abc import Iterable, Mapping
from typing import Any

from envindicators.words.text import Lang, plain

LONGEST = 120
"""How many characters of a value are shown."""

MOST_NAMES = 20
"""How many names of a list are shown."""

_AND_MORE = {"en": "{names} and {more} more", "vi": "{names} và {more} tên khác"}

_short = reprlib.Repr()
_short.maxlevel, _short.maxother, _short.maxstring = 3, LONGEST, LONGEST
_short.maxlist = _short.maxtuple = _short.maxdict = _short.maxset = _short.maxfrozenset = 5
_short.maxlong = LONGEST


def shown(value: Any) -> str:
    """Return a value as Python would write it, cut in the middle where it is long.

    Example:
        >>> shown("rural"), len(shown("area,year;" * 300_000)) <= LONGEST
        ("'rural'", True)
    """
    value = plain(value)
    if isinstance(value, (str, bytes)):
        if len(value) <= LONGEST:
            return repr(value)
        half = LONGEST // 2 - 15
        start, end = repr(value[:half])[: half + 1], repr(value[-half:])[-half:]
        return f"{start}... ({len(value)}) ...{end}"[:LONGEST]
    if isinstance(value, (list, tuple, dict, set, frozenset, int)):
        return _short.repr(value)[: 2 * LONGEST]
    text = repr(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def listed(names: Iterable[Any], lang: Lang = "en") -> str:
    """Return names after each other, and how many more there are.

    Example:
        >>> listed(f"column_{place}" for place in range(1, 114))[-32:]
        'column_19, column_20 and 93 more'
    """
    every = [str(plain(name)) for name in names]
    first = ", ".join(every[:MOST_NAMES])
    return first if len(every) <= MOST_NAMES else _AND_MORE[lang].format(names=first, more=len(every) - MOST_NAMES)


def kept(value: Any) -> Any:
    """Return a value as a problem keeps it: itself, or what is shown of it where it is long text or holds much."""
    value = plain(value)
    if isinstance(value, (str, bytes)):
        return value if len(value) <= 1000 else shown(value)
    if isinstance(value, Mapping) or (isinstance(value, (list, tuple, set, frozenset)) and len(value) > 100):
        return shown(value)
    return value
