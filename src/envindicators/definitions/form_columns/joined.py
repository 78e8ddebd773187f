"""`joined`: a column that is made of several."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

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
class Joined(FormColumn):
    """A column that is made of several, by what stands in them side by side. Made by `joined`."""

    columns: tuple[str, ...]
    between: str = ", "

    @property
    def headings(self) -> tuple[str, ...]:
        return self.columns

    @property
    def called(self) -> str:
        return self.between.join(self.columns)

    @property
    def holds_text(self) -> bool:
        return True

    def at(self, headings: Mapping[str, str]) -> Joined:
        return evolve(self, columns=tuple(headings[column] for column in self.columns))

    def read(self, piece: Opened, numbers: Callable[[Column], Column], record: Record) -> Column:  # noqa: ARG002
        from envindicators.frames.column import from_values

        rows = zip(*(piece.read(column).objects() for column in self.columns), strict=True)
        return from_values([None if None in row else self.between.join(map(str, row)) for row in rows])

    def to_data(self) -> Any:
        between = {} if self.between == ", " else {"between": self.between}
        return {"joined": list(self.columns), **between}


def joined(*columns: str, between: str = ", ") -> Joined:
    """Return, for `Form`, a column that is made of several: a district that only its province tells apart.

    Args:
        columns: their names in the file.
        between: what is put between what stands in them.

    Example:
        >>> joined("Tỉnh", "Huyện")
        Joined(columns=('Tỉnh', 'Huyện'), between=', ')
    """
    if len(columns) < 2 or not all(isinstance(column, str) for column in columns):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise OptionTypeError(
            Message("joined takes the names of two columns or more; got {columns}", columns=shown(list(columns)))
        )
    return Joined(tuple(map(plain, columns)), plain(between))
