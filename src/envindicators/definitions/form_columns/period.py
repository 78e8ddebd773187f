"""`period`: the year that a period which is no calendar year counts for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from envindicators.definitions.form_columns.form_column import FormColumn, Record
from envindicators.errors import OptionError, OptionTypeError
from envindicators.pickling import versioned
from envindicators.readonly import ReadOnly
from envindicators.words.message import Message
from envindicators.words.shortening import shown
from envindicators.words.text import plain

if TYPE_CHECKING:
    from envindicators.frames.column import Column
    from envindicators.frames.stream import Opened


@versioned
@frozen
class Period(FormColumn):
    """A year that the file calls by the name of a period, the same in every row. Made by `period`."""

    name: str
    year: int

    @property
    def value(self) -> int:
        return self.year

    @property
    def called(self) -> str:
        return self.name

    def read(self, piece: Opened, numbers: Callable[[Column], Column], record: Record) -> Column:  # noqa: ARG002
        from envindicators.frames.column import from_values

        return from_values([self.year] * piece.length)

    def to_data(self) -> Any:
        return {"period": self.name, "year": self.year}


@versioned
@frozen
class Periods(FormColumn):
    """A column of periods, each of which counts for a year. Made by `period`."""

    column: str
    years: Mapping[str, int] = field(converter=ReadOnly)

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.column,)

    def at(self, headings: Mapping[str, str]) -> Periods:
        return evolve(self, column=headings[self.column])

    def read(self, piece: Opened, numbers: Callable[[Column], Column], record: Record) -> Column:  # noqa: ARG002
        from envindicators.frames.column import from_values
        from envindicators.words.spelling import fold

        written = piece.read(self.column).objects()
        years = dict(zip(fold(list(self.years)), self.years.values(), strict=True))
        known = {name: years.get(fold([str(name)])[0]) for name in dict.fromkeys(written) if name is not None}
        values: list[Any] = []
        for row, name in enumerate(written):
            year = None if name is None else known[name]
            if name is not None and year is None:
                record("form_period", row, name, known=", ".join(self.years))
            values.append(year)
        return from_values(values)

    def to_data(self) -> Any:
        return {"period": self.column, "years": dict(self.years)}


def period(name: str, *, year: int | None = None, years: Mapping[str, int] | None = None) -> Period | Periods:
    """Return, for `Form`, a column of years where the file speaks of periods that are no calendar years.

    Args:
        name: the name of the period that the whole file is of, or the column of the file that names periods.
        year: the year that the period counts for.
        years: for each period that the column names the year that it counts for.

    Raises:
        OptionError: unless one of ``year`` and ``years`` is given, and is of whole years.

    Example:
        >>> period("2015/16", year=2015)
        Period(name='2015/16', year=2015)
        >>> period("Niên độ", years={"2018-2019": 2019}).headings
        ('Niên độ',)
    """
    if not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise OptionTypeError(Message("period takes the name of a period or of a column; got {name}", name=shown(name)))
    if (year is None) == (years is None):
        raise OptionError(Message("period {name}: say year=, or years= for the periods of a column", name=shown(name)))
    given: Any = {"": year} if years is None else years
    if not isinstance(given, Mapping) or not all(isinstance(period, str) for period in given):
        raise OptionTypeError(
            Message(
                "period {name}: years is {years}; expected a dict from periods to years",
                name=shown(name),
                years=shown(years),
            )
        )
    for value in given.values():
        if not isinstance(value, int) or isinstance(value, bool):
            raise OptionTypeError(
                Message(
                    "period {name}: {value} is no year; expected a whole number", name=shown(name), value=shown(value)
                )
            )
    if years is None:
        return Period(plain(name), given[""])
    return Periods(plain(name), {plain(period): value for period, value in given.items()})
