"""`Phrase`: words that are written when the language is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from attrs import field, frozen

from envindicators.readonly import ReadOnly


@frozen(init=False)
class Phrase:
    """Something to be written in a language that is not known yet, as a detail of a `Message`.

    Args:
        write: the function that writes it; it takes the details, then the language, then the options.
        details: what it is to write.
        options: how.

    Example:
        >>> def number(value, lang):
        ...     return f"{value:,}".replace(",", "." if lang == "vi" else ",")
        >>> Phrase(number, 1234).in_("vi")
        '1.234'
    """

    write: Callable[..., str]
    details: tuple[Any, ...] = ()
    options: Mapping[str, Any] = field(factory=dict)

    def __init__(self, write: Callable[..., str], /, *details: Any, **options: Any) -> None:
        made: Any = self
        made.__attrs_init__(write, details, ReadOnly(options))

    def in_(self, lang: str) -> str:
        """Return what it writes in a language."""
        return self.write(*self.details, lang, **self.options)

    def __str__(self) -> str:
        return self.in_("en")


class Sayable(Protocol):
    """What can be said in any language."""

    def in_(self, lang: str) -> str:
        """Return it in a language."""
        ...


def joined(words: Iterable[Sayable], lang: str, between: str = ", ") -> str:
    """Return some words after each other."""
    return between.join(word.in_(lang) for word in words)
