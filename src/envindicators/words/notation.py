"""`Notation`: how an office writes numbers, told by an example of its hand."""

from __future__ import annotations

import decimal
import re
from functools import cached_property

from attrs import frozen

from envindicators.errors import OptionError
from envindicators.words.message import Message
from envindicators.words.shortening import shown

_EXAMPLE = re.compile(r"1(?P<thousands>[., ']?)234(?P<point>[.,])5")
_SPACE = r"[ \u00a0\u2000-\u200a\u202f\u205f\u3000]"


@frozen
class Notation:
    """What parts the thousands of a number, if anything, and what its decimals.

    Example:
        >>> notation = Notation.of("1.234,5")
        >>> notation.value("12.040"), notation.value("906,25"), notation.value("9,06.25")
        (12040, Decimal('906.25'), None)
    """

    thousands: str
    point: str

    @classmethod
    def of(cls, example: str) -> Notation:
        """Return the notation that an example is written in: ``"1.234,5"``, ``"1,234.5"``, ``"1 234,5"``, ``"1234,5"``.

        Raises:
            OptionError: for anything else, and for an example that can be read in two ways.
        """
        match = _EXAMPLE.fullmatch(re.sub(_SPACE, " ", example))
        if match is None or match["thousands"] == match["point"]:
            raise OptionError(
                Message(
                    "numbers is {example}; expected how the number 1234.5 is written: '1.234,5', '1,234.5', '1 234,5', "
                    "'1234,5' or '1234.5'",
                    example=shown(example),
                )
            )
        return cls(match["thousands"], match["point"])

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        separator = _SPACE if self.thousands == " " else re.escape(self.thousands)
        grouped = rf"[0-9]{{1,3}}(?:{separator}[0-9]{{3}})+|" if self.thousands else ""
        return re.compile(rf"([-\u2212]?)((?:{grouped}[0-9]+))(?:{re.escape(self.point)}([0-9]+))?")

    def value(self, written: str) -> int | decimal.Decimal | None:
        """Return the number that is written, or None where this is no number in this notation."""
        match = self._pattern.fullmatch(written.strip())
        if match is None:
            return None
        sign, whole, decimals = match.groups()
        digits = re.sub(r"[^0-9]", "", whole)
        if len(digits) > 1 and digits.startswith("0"):  # a code, not an amount
            return None
        exact = decimal.Decimal(f"{'-' if sign else ''}{digits}.{decimals or '0'}")
        return exact if decimals else int(exact)
