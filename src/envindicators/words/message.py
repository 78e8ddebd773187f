"""`Message`: a sentence of the library, in English where it stands and in any language where it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from envindicators.pickling import versioned
from envindicators.readonly import ReadOnly
from envindicators.words.shortening import MOST_NAMES, brief
from envindicators.words.text import plain

_TOML = "_toml"
"""What the names of details end with that spell in TOML what others spell in Python."""


@versioned
@frozen(init=False)
class Message:
    """A sentence with the details that fill it in, which may be messages and texts themselves.

    Args:
        text: the sentence in English, with details in braces.
        details: what fills it in.

    Example:
        >>> Message("row {row}", row=7).in_("vi")
        'dòng 7'
    """

    text: str
    details: Mapping[str, Any] = field(factory=dict)
    plural: str | None = None
    context: str | None = None

    def __init__(self, text: str, /, **details: Any) -> None:
        made: Any = self
        made.__attrs_init__(text, ReadOnly(details))

    def filled(self, **details: Any) -> Message:
        """Return the same sentence with details filled in, beside those that it has."""
        return _made(self.text, {**self.details, **details}, self.plural, self.context)

    def in_toml(self) -> Message:
        """Return the sentence as it is told to who has a form in a file: what it says to write there spelt in TOML.

        A detail ``values_toml`` beside ``values`` is how TOML spells it.

        Example:
            >>> str(Message("say {how}", how="{'x': True}", how_toml="{x = true}").in_toml())
            'say {x = true}'
        """
        spelt = {name.removesuffix(_TOML): value for name, value in self.details.items() if name.endswith(_TOML)}
        told = {name: value.in_toml() for name, value in self.details.items() if isinstance(value, Message)}
        return self.filled(**told | spelt)

    def in_(self, lang: str) -> str:
        """Return the sentence in a language."""
        from envindicators.words.catalogue import catalogue

        known = catalogue(lang)
        if not self.text:  # under which a catalogue keeps what it says of itself
            return ""
        if self.plural is not None:
            said = known.ngettext(self.text, self.plural, self.details["count"])
        elif self.context is not None:
            said = known.pgettext(self.context, self.text)
        else:
            said = known.gettext(self.text)
        return said.format(**{name: _told(detail, lang) for name, detail in self.details.items()})

    def __hash__(self) -> int:
        return hash((self.text, self.plural, self.context))

    def __str__(self) -> str:
        return self.in_("en")


@versioned
@frozen
class Sentences:
    """Several sentences after each other, in the language where they are shown."""

    sentences: tuple[Any, ...]
    between: str = "; "

    def in_(self, lang: str) -> str:
        """Return them in a language, each once."""
        return self.between.join(dict.fromkeys(str(_told(sentence, lang)) for sentence in self.sentences))

    def __str__(self) -> str:
        return self.in_("en")


def counted(one: str, many: str, count: int, /, **details: Any) -> Message:
    """Return a sentence about a number of things: ``{count}`` in it, in the form that the number asks for.

    Example:
        >>> [str(counted("{count} error", "{count} errors", count)) for count in (1, 2)]
        ['1 error', '2 errors']
    """
    return _made(one, {"count": count, **details}, many, None)


def within(context: str, text: str, /, **details: Any) -> Message:
    """Return a sentence whose words mean something else elsewhere, told apart by its context."""
    return _made(text, details, None, context)


def gettext(text: str, lang: str, /, **details: Any) -> str:
    """Return a sentence in a language, its details filled in; ``Message(text, **details).in_(lang)``."""
    return Message(text, **details).in_(lang)


def ngettext(one: str, many: str, count: int, lang: str, /, **details: Any) -> str:
    """Return a sentence about a number of things in a language; see `counted`."""
    return counted(one, many, count, **details).in_(lang)


def pgettext(context: str, text: str, lang: str, /, **details: Any) -> str:
    """Return a sentence in a language, told apart by its context; see `within`."""
    return within(context, text, **details).in_(lang)


def _made(text: str, details: Mapping[str, Any], plural: str | None, context: str | None) -> Message:
    message = Message.__new__(Message)
    made: Any = message
    made.__attrs_init__(text, ReadOnly(details), plural, context)
    return message


def _told(detail: Any, lang: str) -> Any:
    if hasattr(detail, "in_"):
        return detail.in_(lang)
    if isinstance(detail, (list, tuple)):
        return listed(detail, lang)
    return plain(detail)


def listed(names: Any, lang: str = "en") -> str:
    """Return names after each other, and how many more there are.

    Example:
        >>> listed(f"column_{place}" for place in range(1, 114))[-32:]
        'column_19, column_20 and 93 more'
    """
    every = [detail.in_(lang) if hasattr(detail, "in_") else brief(str(plain(detail))) for detail in names]
    first = ", ".join(every[:MOST_NAMES])
    more = len(every) - MOST_NAMES
    return first if more <= 0 else gettext("{names} and {more} more", lang, names=first, more=more)
