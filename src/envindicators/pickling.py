"""Pickles that say when they are too old, instead of loading as something half known."""

from __future__ import annotations

from typing import Any, TypeVar

import attrs

from envindicators.errors import OldPickleError

FORMAT = 2
"""Raised whenever a field of a class below `versioned` comes to mean something else under its old name."""

Class = TypeVar("Class", bound=type[Any])


def versioned(cls: Class) -> Class:
    """Let the pickles of a class carry a format and its fields, and refuse those of another format or other fields.

    Args:
        cls: a class made by ``attrs.frozen`` or ``attrs.define``, with slots.

    Raises:
        OldPickleError: when a pickle is loaded that was made when the class was another.

    Example:
        >>> @versioned
        ... @attrs.frozen
        ... class Area:
        ...     name: str
        >>> old = {"name": "Mỹ Tú", "code": 946}
        >>> Area("Mỹ Tú").__setstate__((FORMAT, old))
        Traceback (most recent call last):
            ...
        envindicators.errors.OldPickleError: a pickled Area is of another version of envindicators; make it anew
    """
    made_by_attrs: Any = cls
    state_of, take_state = made_by_attrs.__getstate__, made_by_attrs.__setstate__
    names = {attribute.name for attribute in attrs.fields(cls)}

    def __getstate__(self: Any) -> tuple[int, dict[str, Any]]:  # noqa: N807
        return FORMAT, state_of(self)

    def __setstate__(self: Any, state: Any) -> None:  # noqa: N807
        if not (isinstance(state, tuple) and len(state) == 2 and state[0] == FORMAT and set(state[1]) == names):
            raise OldPickleError(f"a pickled {cls.__name__} is of another version of envindicators; make it anew")
        take_state(self, state[1])

    made_by_attrs.__getstate__, made_by_attrs.__setstate__ = __getstate__, __setstate__
    return cls
