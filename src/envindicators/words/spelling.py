"""Names as people write them: which known name is meant, and which names look the same."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping

from envindicators.words.text import Text


def bare(name: str) -> str:
    """Return a name with everything taken away that a hurried hand gets wrong: case, spaces, underscores, diacritics.

    Example:
        >>> bare(" Nông_thôn") == bare("nong thon")
        True
    """
    letters = unicodedata.normalize("NFD", name.casefold().replace("đ", "d").replace("_", " "))
    return " ".join("".join(each for each in letters if unicodedata.category(each) != "Mn").split())


NOTHING_NEAR = Text(vi="", en="")
"""What `did_you_mean` says where no name is near."""


def nearest(name: object, known: Iterable[str], written: Mapping[str, str] | None = None) -> str | None:
    """Return the known name that is nearest, whatever the case, spaces and diacritics; None if none is near.

    Args:
        name: what was written.
        known: the names.
        written: what else may be written, with the names meant.
    """
    meant: dict[str, str] = {}
    for each, meaning in (*((each, each) for each in map(str, known)), *(written or {}).items()):
        meant.setdefault(bare(each), meaning)
    near = difflib.get_close_matches(bare(str(name)), meant, n=1, cutoff=0.6)
    return meant[near[0]] if near else None


def did_you_mean(name: object, known: Iterable[str], written: Mapping[str, str] | None = None) -> Text:
    """Return ``; did you mean 'x'?`` for the known name that is nearest, else nothing; see `nearest`."""
    near = nearest(name, known, written)
    return NOTHING_NEAR if near is None else Text(vi=f"; có phải là {near!r}?", en=f"; did you mean {near!r}?")
