"""`always`: a column that the file does not have, since it holds one value throughout."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from attrs import frozen

from envindicators.definitions.form_columns.form_column import FormColumn, Record
from envindicators.errors import OptionTypeError
from envindicators.pickling import versioned
from envindicators.words.message import Message
from envindicators.words.shortening import shown
from envindicators.words.text import plain

if TYPE_CHECKING:
    from envindicators.frames.column import Column
    from envindicators.frames.stream import Opened


@versioned
@frozen
class Always(FormColumn):
    """A column that holds one value in every row. Made by `always`."""

    value: Any

    @property
    def holds_text(self) -> bool:
        return isinstance(self.value, str)

    def read(self, piece: Opened, numbers: Callable[[Column], Column], record: Record) -> Column:  # noqa: ARG002
        from envindicators.frames.column import from_values

        return from_values([self.value] * piece.length)

    def to_data(self) -> Any:
        return {"always": self.value}


def always(value: str | int | bool) -> Always:  # noqa: FBT001 - the value of a column
    """Return, for `Form`, a column that a file does not have, since it holds one value throughout.

    Example:
        >>> always("urban")
        Always(value='urban')
    """
    if not isinstance(value, (str, int)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise OptionTypeError(
            Message("always takes text, a whole number, true or false; got {value}", value=shown(value))
        )
    return Always(plain(value))
