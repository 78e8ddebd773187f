"""Text that people read, in as many languages as its author gives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from attrs import field, frozen

from envindicators.errors import WrongTypeError
from envindicators.pickling import versioned
from envindicators.readonly import ReadOnly

_TAG = re.compile(r"[a-z]{2,8}(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE)
_LONGEST_TAG = 100
_ANY = "und"


def plain(value: Any) -> Any:
    """Return text as plain text, also that of a member of an enumeration of texts; anything else as it is.

    Example:
        >>> import enum
        >>> class Settlement(str, enum.Enum):
        ...     RURAL = "rural"
        >>> plain(Settlement.RURAL)
        'rural'
    """
    return str.__str__(value) if isinstance(value, str) else value


def tag(lang: str) -> str:
    """Return the tag of a language as BCP 47 writes it.

    Raises:
        TypeError: if it is not a string.
        ValueError: if it is no tag.

    Example:
        >>> tag("VI_vn"), tag("zh-hant")
        ('vi-VN', 'zh-Hant')
    """
    written = plain(lang)
    if not isinstance(written, str):
        raise _no_tag(lang)
    return _nearest(written)[0]


def is_tag(lang: object) -> bool:
    """Return whether something is the tag of a language."""
    written = plain(lang)
    return isinstance(written, str) and len(written) <= _LONGEST_TAG and _TAG.fullmatch(written) is not None


def nearest_tags(lang: str) -> tuple[str, ...]:
    """Return a language and the wider ones that it belongs to: ``zh-Hant-TW``, ``zh-Hant``, ``zh``."""
    return _nearest(tag(lang))


@lru_cache(maxsize=64)  # asked for with every text that is made or shown
def _nearest(written: str) -> tuple[str, ...]:
    if not is_tag(written):
        raise _no_tag(written)
    first, *others = written.replace("_", "-").split("-")
    sizes = {2: str.upper, 4: str.title}
    parts = [first.lower(), *(sizes.get(len(part), str.lower)(part) for part in others)]
    return tuple("-".join(parts[:size]) for size in range(len(parts), 0, -1))


def _no_tag(lang: object) -> WrongTypeError:
    return WrongTypeError(f'{lang!r} is not the tag of a language; expected one as "vi", "en" or "zh-Hant"')


@versioned
@frozen(init=False, repr=False)
class Text:
    """The same words in one language or several.

    Shown in the language asked for; where it has none, in the wider language it belongs to (``zh`` for
    ``zh-Hant``), else in English, else in the first language that was given.

    Args:
        words: the words by language, for tags that are no names: ``Text({"zh-Hant": "…"})``.
        langs: the words by language: ``Text(vi="…", en="…")``.

    Raises:
        TypeError: if a language has anything but a string, or its tag is no tag.
        ValueError: if there is no language at all.

    Example:
        >>> water = Text(vi="nước hợp vệ sinh", en="hygienic water")
        >>> water.in_("vi"), water.in_("fr")
        ('nước hợp vệ sinh', 'hygienic water')
    """

    words: Mapping[str, str] = field()

    def __init__(self, words: Mapping[str, str] | None = None, /, **langs: str) -> None:
        if words is not None and not isinstance(words, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise WrongTypeError(f'Text: got {words!r}; expected words by language, as Text(vi="...", en="...")')
        said = {tag(lang): plain(given) for lang, given in {**(words or {}), **langs}.items()}
        for lang, given in said.items():
            if not isinstance(given, str):
                raise WrongTypeError(f'Text: {lang} is {given!r}; expected text, as Text(vi="...", en="...")')
        if not said:
            raise WrongTypeError('Text: no words; expected them by language, as Text(vi="...", en="...")')
        made: Any = self
        made.__attrs_init__(ReadOnly(said))

    def in_(self, lang: str) -> str:
        """Return the words in a language, or in the one that stands in for it."""
        for near in (*nearest_tags(lang), "en"):
            if near in self.words:
                return self.words[near]
        return next(iter(self.words.values()))

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return any(self.words.values())

    def __hash__(self) -> int:
        return hash(frozenset(self.words.items()))

    def __str__(self) -> str:
        return self.in_("en")

    def __repr__(self) -> str:
        if all(lang.isidentifier() for lang in self.words):
            return f"Text({', '.join(f'{lang}={words!r}' for lang, words in self.words.items())})"
        return f"Text({dict(self.words)!r})"


def as_text(words: Text | str) -> Text:
    """Return ``words`` as a `Text`; a plain string stands for every language."""
    if isinstance(words, Text):
        return words
    if isinstance(words, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        return Text({_ANY: words})
    raise WrongTypeError(f"expected a Text(vi=..., en=...) or a string, got {words!r}")


def as_optional_text(words: Text | str | None) -> Text | None:
    """Return ``words`` as a `Text`, or None for None."""
    return None if words is None else as_text(words)


def beside(first: Text, second: Text) -> Text:
    """Return two texts after each other, in every language that one of them has.

    Example:
        >>> beside(Text(en="clean water"), Text(en="delta", vi="đồng bằng")).in_("vi")
        'clean water, đồng bằng'
    """
    langs = dict.fromkeys((*first.words, *second.words))
    return Text({lang: f"{first.in_(lang)}, {second.in_(lang)}" for lang in langs})
