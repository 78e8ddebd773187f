"""`measured`: a flag that is true where a measured value keeps a limit."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from envindicators.algebra.threshold import Direction
from envindicators.definitions.form_columns.form_column import FormColumn, Record
from envindicators.errors import OptionError, OptionTypeError
from envindicators.pickling import versioned
from envindicators.words.message import Message
from envindicators.words.quantity import Quantity
from envindicators.words.shortening import shown
from envindicators.words.text import plain

if TYPE_CHECKING:
    from envindicators.frames.column import Column
    from envindicators.frames.stream import Opened

_UNIT = re.compile(r"\(([^()]*/[^()]*)\)")
"""A unit such as mg/l in the heading of a column."""


@versioned
@frozen
class LimitColumn:
    """A limit that stands in a column of the file, for `measured`. Made by `column`."""

    heading: str
    unit: str


def column(heading: str, unit: str = "") -> LimitColumn:
    """Return, for `measured`, a limit that differs from row to row and stands in a column of the file.

    Args:
        heading: the name of the column.
        unit: the unit of the limits, if it is to be checked against the measured column's.

    Example:
        >>> measured("BOD5", at_most=column("Giới hạn", "mg/l")).headings
        ('BOD5', 'Giới hạn')
    """
    if not isinstance(heading, str) or not isinstance(unit, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise OptionTypeError(
            Message("column takes the name of a column and a unit; got {value}", value=shown([heading, unit]))
        )
    return LimitColumn(plain(heading), plain(unit))


@versioned
@frozen
class Measured(FormColumn):
    """Whether a measured value keeps a limit, row by row. Made by `measured`."""

    column: str
    direction: Direction
    limit: Quantity | LimitColumn

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.column, self.limit.heading) if isinstance(self.limit, LimitColumn) else (self.column,)

    @property
    def called(self) -> str:
        return self.column

    @property
    def holds_text(self) -> bool:
        return False

    def at(self, headings: Mapping[str, str]) -> Measured:
        limit = self.limit
        if isinstance(limit, LimitColumn):
            limit = evolve(limit, heading=headings[limit.heading])
        return evolve(self, column=headings[self.column], limit=limit)

    def read(self, piece: Opened, numbers: Callable[[Column], Column], record: Record) -> Column:
        from envindicators.frames.column import from_values

        self._check_unit(record)
        values = self._numbers(piece, self.column, numbers, record)
        limits: list[Fraction | None] = (
            self._numbers(piece, self.limit.heading, numbers, record)
            if isinstance(self.limit, LimitColumn)
            else [self.limit.value] * len(values)
        )
        return from_values(
            [
                None if value is None or limit is None else _KEPT[self.direction](value, limit)
                for value, limit in zip(values, limits, strict=True)
            ]
        )

    def _check_unit(self, record: Record) -> None:
        """Record a unit in the heading of the measured column that is not the limit's."""
        unit = _one_spelling(self.limit.unit)
        written = _UNIT.findall(self.column)
        if written and unit and unit not in map(_one_spelling, written):
            record("form_measured_unit", None, self.column, unit=self.limit.unit)

    def _numbers(
        self, piece: Opened, heading: str, numbers: Callable[[Column], Column], record: Record
    ) -> list[Fraction | None]:
        from envindicators.frames.column import is_number

        found: list[Fraction | None] = []
        for row, value in enumerate(numbers(piece.read(heading)).objects()):
            exact = Decimal(str(value)) if is_number(value) else None
            good = exact is not None and exact.is_finite() and abs(exact.adjusted()) < _MOST_DIGITS
            if value is not None and not good:
                record("form_measured", row, value, heading=heading)
            found.append(Fraction(exact) if good and exact is not None else None)
        return found

    def to_data(self) -> Any:
        if isinstance(self.limit, LimitColumn):
            unit = {"unit": self.limit.unit} if self.limit.unit else {}
            return {"measured": self.column, self.direction: {"column": self.limit.heading, **unit}}
        return {"measured": self.column, self.direction: str(self.limit)}


_KEPT: Mapping[Direction, Callable[[Any, Any], bool]] = {
    "at_most": operator.le,
    "at_least": operator.ge,
    "above": operator.gt,
    "below": operator.lt,
}

_MOST_DIGITS = 400
"""A number with more digits before or behind its point measures nothing."""


def _one_spelling(unit: str) -> str:
    """Return a unit as it is compared: the two letters for micro, powers, spaces and case apart."""
    plain_ones = str.maketrans({"\N{MICRO SIGN}": "\N{GREEK SMALL LETTER MU}", "³": "3", "²": "2"})
    return "".join(unit.translate(plain_ones).lower().split())


def measured(
    heading: str,
    *,
    at_most: str | LimitColumn | None = None,
    at_least: str | LimitColumn | None = None,
    above: str | LimitColumn | None = None,
    below: str | LimitColumn | None = None,
) -> Measured:
    """Return, for `Form`, a part that is true where a measured value keeps a limit.

    A blank value, or a blank limit, leaves the part open. Values are compared exactly, by their digits.

    Args:
        heading: the column of the measured values, in the unit of the limit.
        at_most: the limit with its unit, ``"60 µg/m3"``, or `column` for one that stands in a column of the file.
        at_least: the same for a limit that must be reached.
        above: the same for a limit that must be passed.
        below: the same for a limit that must not be reached.

    Raises:
        OptionError: unless there is one limit, with its unit.

    Example:
        >>> measured("PM2.5", at_most="60 µg/m3")
        Measured(column='PM2.5', direction='at_most', limit=Quantity('60 µg/m3'))
    """
    said: dict[Direction, str | LimitColumn | None] = {
        "at_most": at_most,
        "at_least": at_least,
        "above": above,
        "below": below,
    }
    limits: dict[Direction, str | LimitColumn] = {name: limit for name, limit in said.items() if limit is not None}
    if not isinstance(heading, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise OptionTypeError(Message("measured takes the name of a column; got {heading}", heading=shown(heading)))
    if len(limits) != 1:
        raise OptionError(
            Message(
                "measured {heading}: expected one limit, as at_most='60 µg/m3'; got {limits}",
                heading=shown(heading),
                limits=len(limits),
            )
        )
    ((direction, limit),) = limits.items()
    return Measured(plain(heading), direction, limit if isinstance(limit, LimitColumn) else Quantity.parse(limit))
