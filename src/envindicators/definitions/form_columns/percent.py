"""`percent`: a part that the file gives as a percentage of the total, rounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from attrs import evolve, frozen

from envindicators.definitions.form_columns.form_column import FormColumn, Record
from envindicators.errors import OptionError, OptionTypeError
from envindicators.pickling import versioned
from envindicators.words.message import Message
from envindicators.words.percent import MOST_DIGITS, HalfWay, Published
from envindicators.words.shortening import shown
from envindicators.words.text import plain

if TYPE_CHECKING:
    from envindicators.frames.column import Column
    from envindicators.frames.stream import Opened


@versioned
@frozen
class Percent(FormColumn):
    """A part as a percentage of its total. Made by `percent`."""

    column: str
    digits: int
    rounding: HalfWay | None = None
    whole: Literal[1, 100] | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.column,)

    @property
    def holds_text(self) -> bool:
        return False

    def at(self, headings: Mapping[str, str]) -> Percent:
        return evolve(self, column=headings[self.column])

    def read(self, piece: Opened, numbers: Callable[[Column], Column], record: Record) -> Column:
        """Return the percentages as they are published, each a `Published`."""
        from envindicators.frames.column import Spanning, from_values, is_number
        from envindicators.frames.excel import Sheet

        values: list[Any] = numbers(piece.read(self.column)).objects()
        if self.whole is None and isinstance(piece, Sheet) and _may_be_of_one(filter(is_number, values)):
            record("form_percent_whole", None, None)
            values = list[Any]([None] * len(values))
        found: list[Any] = []
        for row, value in enumerate(values):
            if isinstance(value, Spanning):
                record("merged_amount", row, value.value)
                found.append(None)
                continue
            number = self._number(value) if isinstance(value, str) else value
            exact = Decimal(str(number)) if is_number(number) else None
            if exact is not None and self.whole == 1 and not isinstance(value, str):
                exact *= 100
            share = None
            if exact is not None and exact.is_finite() and 0 <= exact <= 100:
                share = round(Fraction(exact), self.digits) / 100
                if share * 100 != Fraction(exact):  # more digits than were published, but for what a float leaves
                    near = abs(share * 100 - Fraction(exact)) < Fraction(1, 10**MOST_DIGITS)
                    share = share if near and isinstance(number, float) else None
            if value is not None and share is None:
                record("form_percent", row, value, digits=self.digits)
            found.append(None if share is None else Published(share, self.digits, self.rounding))
        return from_values(found)

    @staticmethod
    def _number(value: str) -> Any:
        """Return the number of text such as 85.2% or 85,2 %, which need not be in the form's notation."""
        digits = value.strip().removesuffix("%").strip().replace(",", ".")
        whole, _, decimals = digits.partition(".")
        plain_ones = whole.isascii() and whole.isdecimal() and (not decimals or decimals.isdecimal())
        return Decimal(digits) if plain_ones and value.strip().endswith("%") else value

    def to_data(self) -> Any:
        rounding = {} if self.rounding is None else {"rounding": self.rounding}
        whole = {} if self.whole is None else {"whole": self.whole}
        return {"percent": self.column, "digits": self.digits, **rounding, **whole}


def _may_be_of_one(numbers: Iterable[Any]) -> bool:
    """Return whether numbers may be the shares of one that a spreadsheet shows as percentages: none is above 1."""
    greatest = max(numbers, default=0)
    return bool(0 < greatest <= 1)


def percent(
    heading: str,
    *,
    digits: int,
    rounding: Literal["half_up", "half_even"] | None = None,
    whole: Literal[1, 100] | None = None,
) -> Percent:
    """Return, for `Form`, a part that the file gives as a percentage of the total, not as a count.

    Every count that is published so is possible: the least is known to be part, the others are open. Where no count
    of the total rounds to the percentage, those on either side enclose it, and a note says so. Where there is no total,
    a share of unknown size is known: verdicts hold where the whole interval agrees, the share of several groups lies
    between the least and the greatest of theirs, and amounts are open.

    Args:
        heading: the column of the percentages, from 0 to 100.
        digits: how many decimals they were rounded to.
        rounding: how a half was rounded, ``"half_up"`` or ``"half_even"``; both are possible unless given.
        whole: the number that stands for all of the total: 100, or 1 where a spreadsheet shows its cells as percentages
            and holds 0.985 for 98.5%. A sheet in which no number is above 1 is refused unless it is given.

    Raises:
        OptionError: for digits, a rounding or a whole that are none.

    Example:
        >>> percent("Tỷ lệ (%)", digits=1)
        Percent(column='Tỷ lệ (%)', digits=1, rounding=None, whole=None)
    """
    if not isinstance(heading, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise OptionTypeError(Message("percent takes the name of a column; got {heading}", heading=shown(heading)))
    if not isinstance(digits, int) or isinstance(digits, bool) or not 0 <= digits <= MOST_DIGITS:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise OptionError(
            Message(
                "percent {heading}: digits is {digits}; expected from 0 to {most}",
                heading=shown(heading),
                digits=shown(digits),
                most=MOST_DIGITS,
            )
        )
    if rounding not in (None, "half_up", "half_even"):
        raise OptionError(
            Message(
                "percent {heading}: rounding is {rounding}; expected 'half_up' or 'half_even'",
                heading=shown(heading),
                rounding=shown(rounding),
            )
        )
    if whole not in (None, 1, 100) or isinstance(whole, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise OptionError(
            Message(
                "percent {heading}: whole is {whole}; expected 1 or 100", heading=shown(heading), whole=shown(whole)
            )
        )
    return Percent(plain(heading), digits, rounding, whole)
