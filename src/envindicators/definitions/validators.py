"""Checks of what a definition is made of, in sentences that name the object, the field and what was given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from envindicators.errors import DefinitionError, WrongTypeError
from envindicators.words.shortening import shown

Check = Callable[[Any, Any, Any], None]
"""What attrs calls with the object, the field and the value."""


def _fault(instance: Any, attribute: attrs.Attribute[Any], expected: str, value: Any) -> str:
    return f"{type(instance).__name__}: {attribute.name} is {shown(value)}; expected {expected}"


def is_a(*types: type, optional: bool = False) -> Check:
    """Return a check that a value is of one of some types (a bool is no whole number), or None if that may be."""
    fitting = " or ".join({int: "a whole number", str: "text"}.get(kind, f"a {kind.__name__}") for kind in types)

    def check(instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        fits = isinstance(value, types) and not (isinstance(value, bool) and int in types)
        if not fits and not (value is None and optional):
            raise WrongTypeError(_fault(instance, attribute, fitting, value))

    return check


def one_of_these(*values: Any) -> Any:
    """Return a check that a value is one of some."""
    allowed = ", ".join(map(repr, values))

    def check(instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        if value not in values:
            raise DefinitionError(_fault(instance, attribute, f"one of {allowed}", value))

    return check


def is_name(instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    """Check that a value is text that is not blank."""
    if not isinstance(value, str):
        raise WrongTypeError(_fault(instance, attribute, "text", value))
    if not value.strip():
        raise DefinitionError(_fault(instance, attribute, "text that is not blank", value))


def all_are(what: type) -> Check:
    """Return a check that every item of a tuple is of a type."""

    def check(instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        for item in value:
            if not isinstance(item, what):
                raise WrongTypeError(
                    f"{type(instance).__name__}: {attribute.name} holds {shown(item)}; expected a {what.__name__} each"
                )

    return check
