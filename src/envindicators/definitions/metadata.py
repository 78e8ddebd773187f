"""`Metadata`: what statisticians publish of an indicator beside its figures, with `Reference` and `RelatedCode`."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import attrs
from attrs import field, frozen

from envindicators.definitions.validators import all_are, fault, is_a
from envindicators.errors import DefinitionError, WrongTypeError
from envindicators.pickling import versioned
from envindicators.words.message import Message
from envindicators.words.shortening import shown
from envindicators.words.text import Text, as_optional_text, as_text, plain


def _is_address(instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    is_a(str)(instance, attribute, value)
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if value and not (parts.scheme in ("http", "https") and parts.netloc and value.split() == [value]):
        expected = Message("an address that begins with https:// or http://, without blanks")
        raise DefinitionError(fault(instance, attribute, expected, value))


def _says_something(instance: Any, attribute: attrs.Attribute[Any], value: Text | None) -> None:
    if value is not None and not all(words.strip() for words in value.words.values()):
        raise DefinitionError(fault(instance, attribute, Message("words in each language, or None"), value))


def _is_day(instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    if value is not None and (not isinstance(value, datetime.date) or isinstance(value, datetime.datetime)):
        raise WrongTypeError(fault(instance, attribute, Message("a date, as 2030-12-31"), value))


def _texts(given: Iterable[Text | str] | Text | str) -> tuple[Text, ...]:
    return (as_text(given),) if isinstance(given, (str, Text)) else tuple(as_text(each) for each in given)


def _references(given: Iterable[Reference]) -> tuple[Reference, ...]:
    return tuple(given)


def _codes(given: Iterable[RelatedCode]) -> tuple[RelatedCode, ...]:
    return tuple(given)


@versioned
@frozen(cache_hash=True)
class Reference:
    """A document that an indicator rests on: a law, a standard, a published definition.

    Args:
        title: what it is called, with its number and date.
        url: where it can be read; empty where no address is known.
        note: what it says of the indicator.

    Raises:
        DefinitionError: for an address that is none.
    """

    title: Text = field(converter=as_text, validator=_says_something)
    url: str = field(default="", converter=plain, validator=_is_address)
    note: Text | None = field(default=None, converter=as_optional_text, validator=_says_something)


@versioned
@frozen(cache_hash=True)
class RelatedCode:
    """A related indicator of another system, and how it differs.

    Args:
        system: the system, ``"Sustainable Development Goals"``.
        code: its code there, ``"6.1.1"``; empty where the source gives none.
        name: what the indicator is called there.
        url: where its definition can be read; empty where no address is known.
        note: how it differs from the one that it is named beside.

    Raises:
        DefinitionError: without a code and a name, or for an address that is none.
    """

    system: Text = field(converter=as_text, validator=_says_something)
    code: str = field(default="", converter=plain, validator=is_a(str))
    name: Text | None = field(default=None, converter=as_optional_text, validator=_says_something)
    url: str = field(default="", converter=plain, validator=_is_address)
    note: Text | None = field(default=None, converter=as_optional_text, validator=_says_something)

    def __attrs_post_init__(self) -> None:
        if not self.code.strip() and self.name is None:
            raise DefinitionError(
                Message("RelatedCode of {system}: expected a code or a name", system=shown(str(self.system)))
            )


@versioned
@frozen(cache_hash=True)
class Metadata:
    """What is to be known of an indicator beside its rule and its figures. Every field is optional.

    A field that is None or empty is not known, and nothing is shown in its place, but for two: without `responsible`
    a page says that the document assigns no one, and without `disaggregation`, `periodicity` or `unit` it says what
    the tables tell.

    Args:
        concept: what the indicator is about, and what its words mean.
        method: how it is computed, beside the formula that the library writes from the rule.
        unit: the unit that it is published in.
        disaggregation: by what it is broken down, one item each.
        periodicity: how often it is compiled.
        source: where the figures come from, and which agency collects them.
        responsible: the body responsible for it.
        comparability: with what it may be compared, and with what not.
        limits: what it does not show, one item each.
        references: the documents that it rests on.
        codes: related indicators of other systems.
        updated: the day on which all this was last looked over.

    Raises:
        DefinitionError: for blank words, or a related code that stands twice.

    Example:
        >>> about = Metadata(
        ...     concept=Text(vi="Nước hợp vệ sinh ...", en="Hygienic water is ..."), disaggregation=["urban", "rural"],
        ...     codes=[RelatedCode("SDG", "6.1.1", url="https://unstats.un.org/sdgs/metadata/")],
        ... )
        >>> about.codes[0].code, about.responsible
        ('6.1.1', None)
    """

    concept: Text | None = field(default=None, converter=as_optional_text, validator=_says_something)
    method: Text | None = field(default=None, converter=as_optional_text, validator=_says_something)
    unit: Text | None = field(default=None, converter=as_optional_text, validator=_says_something)
    disaggregation: tuple[Text, ...] = field(default=(), converter=_texts)
    periodicity: Text | None = field(default=None, converter=as_optional_text, validator=_says_something)
    source: Text | None = field(default=None, converter=as_optional_text, validator=_says_something)
    responsible: Text | None = field(default=None, converter=as_optional_text, validator=_says_something)
    comparability: Text | None = field(default=None, converter=as_optional_text, validator=_says_something)
    limits: tuple[Text, ...] = field(default=(), converter=_texts)
    references: tuple[Reference, ...] = field(default=(), converter=_references, validator=all_are(Reference))
    codes: tuple[RelatedCode, ...] = field(default=(), converter=_codes, validator=all_are(RelatedCode))
    updated: datetime.date | None = field(default=None, validator=_is_day)

    def __attrs_post_init__(self) -> None:
        for items in (self.disaggregation, self.limits):
            if not all(words.strip() for item in items for words in item.words.values()):
                raise DefinitionError(Message("Metadata: disaggregation and limits expect words in each item"))
        seen: set[tuple[Text, str]] = set()
        for each in self.codes:
            if each.code and (each.system, each.code) in seen:
                raise DefinitionError(
                    Message(
                        "Metadata: the code {code} of {system} stands twice",
                        code=shown(each.code),
                        system=shown(str(each.system)),
                    )
                )
            seen.add((each.system, each.code))

    def __repr__(self) -> str:
        return f"Metadata({', '.join(dict(self._filled()))})"

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return any(self._filled())

    def _filled(self) -> Iterator[tuple[str, Any]]:
        for attribute in attrs.fields(type(self)):
            value = getattr(self, attribute.name)
            if value is not None and value != ():
                yield attribute.name, value

    def over(self, other: Metadata | None) -> Metadata:
        """Return this metadata with what it leaves out taken from another.

        Example:
            >>> general = Metadata(periodicity="yearly", limits=["a register, not a survey"])
            >>> Metadata(periodicity="monthly").over(general)
            Metadata(periodicity, limits)
        """
        return self if other is None else attrs.evolve(other, **dict(self._filled()))
