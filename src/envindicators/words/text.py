"""Text that people read, in Vietnamese and in English."""

from __future__ import annotations

from typing import Any, Literal, get_args

from attrs import frozen

from envindicators.errors import OptionError, OptionTypeError, WrongTypeError
from envindicators.pickling import versioned

Lang = Literal["vi", "en"]
"""A language of the library: ``"vi"`` or ``"en"``."""

LANGUAGES: tuple[Lang, ...] = get_args(Lang)


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


def checked_lang(lang: str) -> Lang:
    """Return ``lang`` if the library speaks it, else raise `OptionError`."""
    for known in LANGUAGES:
        if lang == known:
            return known
    kind: type = type(lang)
    refusal = OptionError if issubclass(kind, str) else OptionTypeError
    raise refusal(f"lang is {plain(lang)!r}; expected one of {', '.join(map(repr, LANGUAGES))}")


@versioned
@frozen
class Text:
    """The same words in Vietnamese and English.

    Args:
        vi: the Vietnamese words.
        en: the English words.

    Raises:
        TypeError: if either is not a string.

    Example:
        >>> Text(vi="nước hợp vệ sinh", en="hygienic water").in_("vi")
        'nước hợp vệ sinh'
    """

    vi: str
    en: str

    def __attrs_post_init__(self) -> None:
        for lang in LANGUAGES:
            words = plain(getattr(self, lang))
            object.__setattr__(self, lang, words)
            if not isinstance(words, str):
                raise WrongTypeError(f'Text: {lang} is {words!r}; expected text, as Text(vi="...", en="...")')

    def in_(self, lang: str) -> str:
        """Return the words in ``lang``, ``"vi"`` or ``"en"``; `OptionError` for any other."""
        return self.vi if checked_lang(lang) == "vi" else self.en

    def __str__(self) -> str:
        return self.en


def as_text(words: Text | str) -> Text:
    """Return ``words`` as a `Text`; a plain string stands for both languages."""
    if isinstance(words, Text):
        return words
    if isinstance(words, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        return Text(vi=words, en=words)
    raise WrongTypeError(f"expected a Text(vi=..., en=...) or a string, got {words!r}")


def as_optional_text(words: Text | str | None) -> Text | None:
    """Return ``words`` as a `Text`, or None for None."""
    return None if words is None else as_text(words)
