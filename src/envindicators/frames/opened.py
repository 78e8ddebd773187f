"""`Opened`: a frame of any kind, ready to be read column by column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import frozen

from envindicators.frames.column import Column


@frozen(eq=False)
class Opened:
    """A frame that has been recognised.

    Args:
        backend: what it is, and what a frame made from it will be: ``"pandas"``, ``"polars"``,
            ``"pyarrow"`` or ``"rows"``.
        names: the names of its columns, in order, perhaps with repetitions.
        length: the number of rows.
        read: returns a column by its name.
    """

    backend: str
    names: tuple[str, ...]
    length: int
    read: Callable[[str], Column]


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
