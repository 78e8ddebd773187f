"""Names of areas: which official name is meant by each name that an office writes, as a proposal to be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from envindicators.errors import OptionTypeError
from envindicators.words.spelling import bare, looks

__all__ = ["match"]

_KINDS = {
    "tỉnh": "province", "t.": "province", "province": "province",
    "thành phố": "city", "tp.": "city", "tp": "city", "t.p.": "city", "city": "city",
    "thị xã": "town", "tx.": "town", "tx": "town", "t.x.": "town", "town": "town",
    "huyện": "district", "h.": "district", "district": "district",
    "quận": "urban district", "q.": "urban district",
    "thị trấn": "township", "tt.": "township", "tt": "township", "t.t.": "township", "township": "township",
    "xã": "commune", "x.": "commune", "commune": "commune",
    "phường": "ward", "p.": "ward", "ward": "ward",
}  # fmt: skip
"""What stands before the name of an area, or in English behind it, with the kind of area meant."""

_LONGEST = sorted(_KINDS, key=len, reverse=True)
_QUOTES = re.compile("[’‘ʼ`´'\"“”]")
_DASHES = re.compile(r"\s*[-–—]\s*")


def match(names: Iterable[str], official: Iterable[str]) -> dict[str, str | None]:
    """Return for each name the official one that it is surely meant for, None where there is none or several.

    It is a proposal for a person to read, and may then stand in ``Form(values={"area": ...})``. Names may differ in
    case, spaces, apostrophes and dashes, in what stands before them (``TX``, ``TP.``, ``Huyện``) and in tone
    marks. Where both say what kind of area it is, the kinds agree: the town is never the district of the same name.
    An official name is proposed for one name only; where two names could be meant for it, neither is.

    Args:
        names: the names as an office writes them.
        official: the official names.

    Raises:
        OptionTypeError: for a single text in place of a list, or names that are no text.

    Example:
        >>> match(["TX Vĩnh Châu", "MY TU", "Long Phu", "Toàn tỉnh"], ["Thị xã Vĩnh Châu", "Huyện Mỹ Tú", "Long Phú"])
        {'TX Vĩnh Châu': 'Thị xã Vĩnh Châu', 'MY TU': 'Huyện Mỹ Tú', 'Long Phu': 'Long Phú', 'Toàn tỉnh': None}
    """
    wanted, known = _listed(names, "names"), _listed(official, "official")
    found: dict[str, str | None] = {name: name if name in known else None for name in wanted}
    for level in (_toned, _untoned):
        taken = {area for area in found.values() if area is not None}
        proposed = {name: _only(name, known, level) for name, area in found.items() if area is None}
        areas = list(proposed.values())
        found |= {
            name: area for name, area in proposed.items() if area not in taken and areas.count(area) == 1
        }  # fmt: skip
    return found


def _listed(names: Iterable[str], what: str) -> list[str]:
    if isinstance(names, str):
        raise OptionTypeError(f"{what} is the text {names!r}; expected a list of names")
    every = list(dict.fromkeys(names))
    for name in every:
        if not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise OptionTypeError(f"{what} holds {name!r}; expected names of areas")
    return every


def _only(name: str, known: Iterable[str], level: Callable[[str], str]) -> str | None:
    """Return the one official name that agrees at some level, None where none does or several do."""
    kind, core = _parted(name)
    alike: list[str] = []
    for area in known:
        of_kind, own = _parted(area)
        if level(core) == level(own) and (kind == of_kind or not kind or not of_kind):
            alike.append(area)
    same = [area for area in alike if _parted(area)[0] == kind] if kind else alike
    chosen = same or alike
    return chosen[0] if len(chosen) == 1 else None


def _parted(name: str) -> tuple[str, str]:
    """Return the kind of area that a name says, perhaps none, and the name alone."""
    (text,) = looks([_DASHES.sub(" ", _QUOTES.sub("", name))])
    for word in _LONGEST:
        (said,) = looks([word])
        rest = text.removeprefix(said)
        if rest != text and rest.strip() and (said.endswith(".") or rest.startswith((" ", "."))):
            return _KINDS[word], rest.strip(" .")
        rest = text.removesuffix(f" {said}")
        if said.isascii() and said.isalpha() and rest != text and rest.strip():
            return _KINDS[word], rest.strip()
    return "", text


def _toned(core: str) -> str:
    return core.replace(" ", "")


def _untoned(core: str) -> str:
    return bare(core)
