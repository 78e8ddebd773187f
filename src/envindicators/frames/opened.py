"""`Opened`: a frame of any kind, ready to be read column by column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from attrs import field, frozen

from envindicators.frames.column import Column, empty_column


@frozen(eq=False)
class Opened:
    """A frame that has been recognised.

    Args:
        backend: what it is, and what a frame made from it will be: ``"pandas"``, ``"polars"``,
            ``"pyarrow"`` or ``"rows"``.
        names: the names of its columns, in order, perhaps with repetitions.
        length: the number of rows.
        columns: returns a column by its name.
        places: for each row its position as it was given, where rows were passed over; else None.
    """

    backend: str
    names: tuple[str, ...]
    length: int
    columns: Callable[[str], Column] = field(repr=False)
    places: Sequence[int] | None = field(default=None, repr=False)

    def read(self, name: str) -> Column:
        """Return a column by its name; one that holds nothing is empty, whatever its type."""
        column = self.columns(name)
        if not len(column) or (column.missing is not None and column.missing.all()):
            return empty_column(len(column))
        return column


class NotAFrameError(TypeError):
    """What was given is no frame. ``kind`` says why in the words of `messages`, the rest where."""

    def __init__(
        self, kind: str, value: Any, *, row: int | None = None, column: str | None = None, hint: str = ""
    ) -> None:
        super().__init__(kind, value, row, column, hint)
        self.kind = kind
        self.value = value
        self.row = row
        self.column = column
        self.hint = hint
