"""`spread`: a tidy file, in which each figure has a row of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from envindicators.errors import OptionError, OptionTypeError
from envindicators.pickling import versioned
from envindicators.readonly import ReadOnly
from envindicators.words.message import Message
from envindicators.words.shortening import shown
from envindicators.words.spelling import fold
from envindicators.words.text import plain


@versioned
@frozen
class Spread:
    """How the figures of a tidy file become the columns of a table. Made by `spread`.

    Args:
        name: the column of the file that says what a figure is.
        value: the column that holds it.
        into: for each column of the table what stands in the first of them.
    """

    name: str
    value: str
    into: Mapping[str, str] = field(converter=ReadOnly)


def spread(name: str, value: str, into: Mapping[str, str] | None = None, /, **columns: str) -> Spread:
    """Return, for `Form`, how a file in which each figure has a row of its own is turned into a table.

    Rows that agree in every other column that the table reads are one row of the table. A figure without a row is
    blank; two figures for one cell are an error; rows of other names are left out and told.

    Args:
        name: the column of the file that says what a figure is.
        value: the column that holds it.
        into: for columns of the table what is written in the column ``name``.
        columns: the same: ``generated="Phát sinh"``.

    Raises:
        OptionError: if no column is filled, or two by the same name.

    Example:
        >>> spread("Chỉ tiêu", "Giá trị", generated="Phát sinh", collected="Thu gom").value
        'Giá trị'
    """
    given: dict[Any, Any] = {**(into or {}), **columns}
    for text in (name, value, *given, *given.values()):
        if not isinstance(text, str):
            raise OptionTypeError(
                Message("spread takes names of columns and what is written there; got {given}", given=shown(text))
            )
    if not given:
        raise OptionError(
            Message("spread: expected the columns of the table, each with what is written in the file for it")
        )
    written = fold(list(given.values()))
    for folded in written:
        if written.count(folded) > 1:
            both = [key for key, other in zip(given, written, strict=True) if other == folded]
            raise OptionError(
                Message(
                    "spread: {written} is written for {first!r} and for {second!r}",
                    written=shown(given[both[0]]),
                    first=both[0],
                    second=both[1],
                )
            )
    return Spread(plain(name), plain(value), {plain(key): plain(said) for key, said in given.items()})
