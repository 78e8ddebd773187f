"""`Opened`: a frame of any kind, ready to be read column by column. `Stream`: a table of many such pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve, field, frozen

from envindicators.errors import EnvIndicatorsError, UnreadableTable
from envindicators.frames.column import Column, UnreadableValueError, empty_column
from envindicators.words.legacy_fonts import LegacyFont
from envindicators.words.message import Message


@frozen(eq=False)
class Opened:
    """A frame that has been recognised.

    Args:
        backend: what it is, and what a frame made from it will be: ``"pandas"``, ``"polars"``,
            ``"pyarrow"`` or ``"rows"``.
        names: the names of its columns, in order, perhaps with repetitions.
        length: the number of rows.
        columns: returns a column by its name.
        source: the file or piece that it comes from, where a table stands in several; else None.
        places: for each row its position as it was given, where it is not the position in the frame.
        ordered: whether the rows have positions at all.
        held: the columns that can be read, where it is not all of them.
        sheet: the name of the sheet that it is, of a workbook.
        headings: by column what the file calls it, where that is another.
        column_places: by column for each row the position of its cell, where it is not that of the row.
        legacy_font: the encoding of a font from before Unicode that its text seems to be in.
        unit: the unit of its totals and parts, where its headings state it.
        percentages: the columns that hold percentages, if any is known.
        last: the position of the last row of a file that people write, where it is among these.
        beside: what stands above the heading of such a file and in rows that are skipped.
    """

    backend: str
    names: tuple[str, ...]
    length: int
    columns: Callable[[str], Column] = field(repr=False)
    source: str | None = None
    places: Sequence[int] | None = field(default=None, repr=False)
    ordered: bool = True
    held: frozenset[str] | None = field(default=None, repr=False)
    sheet: str | None = None
    headings: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    column_places: Mapping[str, Sequence[int | None]] = field(factory=dict[str, Any], repr=False)
    legacy_font: LegacyFont | None = field(default=None, repr=False)
    unit: str | None = None
    percentages: frozenset[str] = frozenset()
    last: int | None = None
    beside: tuple[str, ...] = field(default=(), repr=False)

    def read(self, name: str) -> Column:
        """Return a column by its name; one that holds nothing is empty, whatever its type.

        Raises:
            NotAFrameError: if the column cannot be read.
        """
        try:
            column = self.columns(name)
        except UnreadableValueError as error:
            place, shown = self.place(error.row), repr(error.value)
            raise NotAFrameError(error.kind, shown, row=place, column=name, source=self.source) from None
        if not len(column) or (column.missing is not None and column.missing.all()):
            return empty_column(len(column))
        return column

    def place(self, row: int) -> int | None:
        """Return the position of a row as it was given, None where rows have none."""
        if not self.ordered:
            return None
        return row if self.places is None else int(self.places[row])

    def of_wider(self, names: Sequence[str]) -> Opened:
        """Return the same frame as some of the columns of a wider one."""
        if tuple(names) == self.names:
            return self
        return evolve(self, names=tuple(names), held=frozenset(self.names))

    def holds(self, name: str) -> bool:
        """Return whether a column can be read here."""
        return name in self.names if self.held is None else name in self.held

    def at(self, source: str | None, offset: int) -> Opened:
        """Return the same frame as a piece of something larger, in which its rows begin at ``offset``."""
        return evolve(self, source=source, places=range(offset, offset + self.length))


Columns = Callable[[Sequence[str]], Sequence[str]]
"""Told the columns that a frame has, returns those that will be read."""


@frozen(eq=False)
class Stream:
    """A table that comes piece by piece.

    Args:
        backend: what a frame made from it will be.
        pieces: yields the pieces, of which only some columns will be read.
        again: whether the pieces can be had a second time.
        rows: how many rows there are, of what comes whole.
        counted: returns how many rows there are in what comes in pieces, where that can be told beforehand.
        first_row: returns the number that people know the first row of a source by: 2 in a spreadsheet.
        engine: returns what groups the rows where they are, or None; see `envindicators.frames.engine`.
        quick: whether rows without values are read as quickly as the engine groups them.
    """

    backend: str
    pieces: Callable[[Columns], Iterator[Opened]] = field(repr=False)
    again: bool = True
    rows: int | None = None
    counted: Callable[[], int | None] = field(default=lambda: None, repr=False)
    first_row: Callable[[str | None], int] = field(default=lambda _: 0, repr=False)
    engine: Callable[[], Any] = field(default=lambda: None, repr=False)
    quick: bool = False


class NotAFrameError(EnvIndicatorsError, TypeError):
    """What was given is no frame. ``kind`` says why in the words of `messages`, the rest where."""

    def __init__(
        self,
        kind: str,
        value: Any,
        row: int | None = None,
        column: str | None = None,
        source: str | None = None,
        hint: Message | str = "",
    ) -> None:
        super().__init__(kind, value, row, column, source, hint)
        self.kind = kind
        self.value = value
        self.row = row
        self.column = column
        self.source = source
        self.hint = hint


def reading(name: str, kind: Any, read: Callable[[], Column]) -> Column:
    """Return a column that an engine reads.

    Args:
        name: its name.
        kind: its type, in the words of its engine.
        read: reads it.

    Raises:
        NotAFrameError: if that fails.
    """
    try:
        return read()
    except (NotAFrameError, UnreadableTable, UnreadableValueError):
        raise
    except (ArithmeticError, NotImplementedError, TypeError, ValueError) as error:
        raise NotAFrameError("column_type", str(kind), column=name) from error
