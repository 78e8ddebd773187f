"""Quantities as documents write them: a number and its unit."""

from __future__ import annotations

import re
from fractions import Fraction

from attrs import frozen

from envindicators.errors import DefinitionError, WrongTypeError
from envindicators.pickling import versioned
from envindicators.words.message import Message
from envindicators.words.percent import has_decimals
from envindicators.words.shortening import shown

_NUMBER = re.compile(r"([+\-\u2212]?)\s*(\d+(?:[_ \u00a0\u202f]\d{3})*)(?:([.,])(\d+))?\s*(.*)", re.DOTALL)
_LONGEST = 60


@versioned
@frozen
class Quantity:
    """A number with its unit, exact: ``"457_000_000 tonne"``, ``"0.65 m2/person"``, ``"-30%"``.

    Args:
        value: the number, a Fraction.
        unit: its unit as written, ``"%"`` for a percentage.
        signed: whether a sign stands before it.
    """

    value: Fraction
    unit: str
    signed: bool = False

    @classmethod
    def parse(cls, text: object) -> Quantity:
        """Return the quantity that a text writes.

        Thousands may be set apart by ``_`` or spaces, decimals by a point or a comma. A comma or point before
        exactly three digits could be either, and is refused.

        Raises:
            TypeError: if it is not text.
            ValueError: if it is no number with a unit, or its number can be read in two ways.

        Example:
            >>> Quantity.parse("457_000_000 tonne")
            Quantity('457000000 tonne')
        """
        if isinstance(text, Quantity):
            return text
        if not isinstance(text, str):
            raise WrongTypeError(
                Message(
                    'a level is text with its unit, as "457_000_000 tonne" or "-30%"; got {value}', value=shown(text)
                )
            )
        match = _NUMBER.fullmatch(text.strip()) if len(text) <= _LONGEST else None
        if match is None:
            raise DefinitionError(
                Message(
                    '{value} is no number with a unit, as "457_000_000 tonne" or "-30%"',
                    value=shown(text[:_LONGEST]),
                )
            )
        sign, whole, mark, decimals, unit = match.groups()
        digits = re.sub(r"\D", "", whole)
        if mark and len(decimals) == 3 and digits != "0":
            raise DefinitionError(
                Message(
                    "{value} can be read in two ways; write {digits}_{decimals} for thousands, or {digits}.{decimals}0",
                    value=shown(text),
                    digits=digits,
                    decimals=decimals,
                )
            )
        value = Fraction(int(digits + (decimals or "")), 10 ** len(decimals or ""))
        return cls(-value if sign in ("-", "\u2212") else value, unit.strip(), bool(sign))

    def __str__(self) -> str:
        value = self.value
        if has_decimals(value):
            places = 0
            while (value * 10**places).denominator > 1:
                places += 1
            places += places == 3 and abs(value) >= 1  # three decimals could be read as thousands
            scaled = abs(int(value * 10**places))
            digits = f"{scaled // 10**places}" + (f".{scaled % 10**places:0{places}}" if places else "")
            number = f"-{digits}" if value < 0 else digits
        else:
            number = str(value)
        number = f"+{number}" if self.signed and value >= 0 else number
        return f"{number}%" if self.unit == "%" else f"{number} {self.unit}".strip()

    def __repr__(self) -> str:
        return f"Quantity({str(self)!r})"
