"""`ReadOnly`: a dict that can be read, compared, copied and pickled, and not changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn, TypeVar

from envindicators.errors import WrongTypeError

Key = TypeVar("Key")
Value = TypeVar("Value")


class ReadOnly(dict[Key, Value]):
    """A dict that cannot be changed, hashable where its values are.

    Example:
        >>> missing = ReadOnly({"waste": 1})
        >>> missing["waste"] = 0
        Traceback (most recent call last):
            ...
        envindicators.errors.WrongTypeError: this mapping cannot be changed; make a dict of it first
    """

    __slots__ = ("_made",)

    def __init__(self, *pairs: Any, **named: Any) -> None:
        if hasattr(self, "_made"):
            self._refuse()
        self._made = True
        super().__init__(*pairs, **named)

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise WrongTypeError("this mapping cannot be changed; make a dict of it first")

    _refused: Any = _refuse
    __setitem__ = __delitem__ = __ior__ = _refused
    clear = pop = popitem = setdefault = update = _refused

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self),)


def read_only(mapping: Mapping[str, Any]) -> ReadOnly[str, Any]:
    """Return a mapping that cannot be changed, itself if it is one."""
    return mapping if isinstance(mapping, ReadOnly) else ReadOnly(mapping)
