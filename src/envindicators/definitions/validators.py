"""Checks of what a definition is made of, in sentences that name the object, the field and what was given."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import attrs

from envindicators.errors import DefinitionError, WrongTypeError
from envindicators.words.message import Message
from envindicators.words.shortening import shown

_TYPES: dict[type, Message] = {int: Message("a whole number"), str: Message("text")}

Check = Callable[[Any, Any, Any], None]
"""What attrs calls with the object, the field and the value."""


def fault(instance: Any, attribute: attrs.Attribute[Any], expected: Message, value: Any) -> Message:
    """Return what is wrong with a value of a field."""
    return Message(
        "{cls}: {name} is {value}; expected {expected}",
        cls=type(instance).__name__,
        name=attribute.name,
        value=shown(value),
        expected=expected,
    )


def is_a(*types: type, optional: bool = False) -> Check:
    """Return a check that a value is of one of some types (a bool is no whole number), or None if that may be."""
    named = [_TYPES.get(kind, Message("a {cls}", cls=kind.__name__)) for kind in types]
    fitting = functools.reduce(lambda one, other: Message("{one} or {other}", one=one, other=other), named)

    def check(instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        fits = isinstance(value, types) and not (isinstance(value, bool) and int in types)
        if not fits and not (value is None and optional):
            raise WrongTypeError(fault(instance, attribute, fitting, value))

    return check


def one_of_these(*values: Any) -> Any:
    """Return a check that a value is one of some."""
    allowed = Message("one of {names}", names=", ".join(map(repr, values)))

    def check(instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        if value not in values:
            raise DefinitionError(fault(instance, attribute, allowed, value))

    return check


def is_name(instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    """Check that a value is text that is not blank."""
    if not isinstance(value, str):
        raise WrongTypeError(fault(instance, attribute, _TYPES[str], value))
    if not value.strip():
        raise DefinitionError(fault(instance, attribute, Message("text that is not blank"), value))


def all_are(what: type) -> Check:
    """Return a check that every item of a tuple is of a type."""

    def check(instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        for item in value:
            if not isinstance(item, what):
                raise WrongTypeError(
                    Message(
                        "{cls}: {name} holds {value}; expected a {what} each",
                        cls=type(instance).__name__,
                        name=attribute.name,
                        value=shown(item),
                        what=what.__name__,
                    )
                )

    return check
