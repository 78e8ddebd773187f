"""`stack`: a wide file, whose rows hold several of the table's, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from envindicators.errors import OptionError, OptionTypeError
from envindicators.pickling import versioned
from envindicators.readonly import ReadOnly
from envindicators.words.message import Message
from envindicators.words.shortening import shown
from envindicators.words.text import plain


@versioned
@frozen
class Stack:
    """Columns of a file that stand side by side and belong below each other. Made by `stack`.

    Args:
        column: the column of the table that tells them apart.
        into: for each of its values the columns of the table, with where they stand in the file.
    """

    column: str
    into: Mapping[Any, Mapping[str, Any]] = field(converter=ReadOnly)

    @property
    def stacked(self) -> dict[str, None]:
        """The columns of the table that are filled from below each other, once each."""
        return {key: None for columns in self.into.values() for key in columns}


def stack(column: str, into: Mapping[Any, Mapping[str, Any]] | None = None, /, **values: Mapping[str, Any]) -> Stack:
    """Return, for `Form`, how a wide file is turned into a long one: each row gives one for each of some values.

    Args:
        column: the column of the table whose values stand side by side in the file: ``"settlement"``, ``"year"``.
        into: for each value the columns of the table, with their names in the file (or what else `Form` takes for a
            column), for values that are no names: ``{2019: {...}, 2020: {...}}``.
        values: the same, for values that are names: ``urban={...}``.

    Raises:
        OptionError: if there is no value, or one of no columns.

    Example:
        >>> stack("settlement", urban={"persons": "Dân số đô thị"}, rural={"persons": "Dân số nông thôn"}).column
        'settlement'
    """
    given = {**(into or {}), **values}
    if not isinstance(column, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise OptionTypeError(
            Message("stack takes the name of a column of the table; got {column}", column=shown(column))
        )
    if not given:
        raise OptionError(
            Message(
                "stack {column}: expected its values, each with the columns of the file for it", column=shown(column)
            )
        )
    for value, columns in given.items():
        if not isinstance(columns, Mapping) or not all(isinstance(key, str) for key in columns):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise OptionTypeError(
                Message(
                    "stack {column}: {value} is {columns}; expected a dict whose keys are columns of the table",
                    column=shown(column),
                    value=shown(value),
                    columns=shown(columns),
                )
            )
        if not columns:
            raise OptionError(
                Message("stack {column}: {value} has no columns", column=shown(column), value=shown(value))
            )
        if column in columns:
            raise OptionError(
                Message("stack {column}: {value} fills that column itself", column=shown(column), value=shown(value))
            )
    years = column == "year"
    return Stack(
        plain(column),
        {
            int(value) if years and isinstance(value, str) and value.isdecimal() else plain(value): ReadOnly(
                {plain(key): plain(source) for key, source in columns.items()}
            )
            for value, columns in given.items()
        },
    )
