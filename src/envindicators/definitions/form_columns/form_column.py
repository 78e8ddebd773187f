"""`FormColumn`: where a column of a table comes from, in the file of an office."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from envindicators.frames.column import Column
    from envindicators.frames.stream import Opened

Record = Callable[..., None]
"""Records a problem of a row: its kind, the row, the value, and what fills in the words of its kind."""


class FormColumn:
    """Where a column of a table comes from. Each way is a frozen class with the methods below.

    It needs nothing of the frames before it is read, so what reads it imports them then.
    """

    __slots__ = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """The columns of the file that it is made of."""
        return ()

    @property
    def called(self) -> str | None:
        """What the file calls the column; None where the file has none of the kind."""
        return ", ".join(self.headings) or None

    @property
    def holds_text(self) -> bool | None:
        """Whether it holds text, whatever is written in the file; None where the file tells."""
        return None

    @property
    def value(self) -> Any:
        """The one value that it holds in every row, or None where it holds several."""
        return None

    def at(self, headings: Mapping[str, str]) -> Self:  # noqa: ARG002 - some are of no column of the file
        """Return the same of the columns as the file spells them."""
        return self

    def read(self, piece: Opened, numbers: Callable[[Column], Column], record: Record) -> Column:
        """Return the column.

        Args:
            piece: the piece of the file that is read.
            numbers: turns text into the numbers that the form says it is; what is none stays text.
            record: records what is wrong with a cell.
        """
        raise NotImplementedError

    def to_data(self) -> Any:
        """Return how a form in TOML says it."""
        raise NotImplementedError
