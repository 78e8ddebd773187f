"""`Named`: a column under a heading of the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from attrs import frozen

from envindicators.definitions.form_columns.form_column import FormColumn, Record

if TYPE_CHECKING:
    from envindicators.frames.column import Column
    from envindicators.frames.stream import Opened


@frozen
class Named(FormColumn):
    """A column that the file has under another heading, or under the same."""

    heading: str

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.heading,)

    def at(self, headings: Mapping[str, str]) -> Named:
        return Named(headings[self.heading])

    def read(self, piece: Opened, numbers: Callable[[Column], Column], record: Record) -> Column:  # noqa: ARG002
        return piece.read(self.heading)

    def to_data(self) -> Any:
        return self.heading
