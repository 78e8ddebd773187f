"""`Threshold`: a level that must be reached or not passed, exact."""

from __future__ import annotations

import numbers
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from attrs import field, frozen, validators

from envindicators.algebra.judgement import Judgement
from envindicators.algebra.margin import Margin
from envindicators.algebra.tally import Rate, Tally
from envindicators.errors import DefinitionError, WrongTypeError
from envindicators.pickling import versioned
from envindicators.words.percent import has_decimals, parse_percent, percent


def _as_text(value: float) -> str:
    """Return the percentage that a float was probably meant as."""
    if not 0 <= value <= 100:
        return '"98%" or "98.5%"'
    digits = Decimal(repr(float(value))) * (100 if value <= 1 else 1)
    return f'"{digits.normalize():f}%"'


def _exact_share(value: Any) -> Fraction:
    if isinstance(value, str):
        share, _ = parse_percent(value)
    elif isinstance(value, float):
        raise WrongTypeError(f"a threshold is exact and {value!r} is a float; write it as text, {_as_text(value)}")
    elif isinstance(value, bool) or not isinstance(value, (Fraction, Decimal, numbers.Integral)):
        raise WrongTypeError(f'a threshold is text such as "98%", a Fraction or a Decimal; got {value!r}')
    elif isinstance(value, numbers.Integral) and value not in (0, 1):
        raise DefinitionError(f'a threshold of {value} could be {value} or {value}%; write "{value}%"')
    elif isinstance(value, Decimal) and not value.is_finite():
        raise DefinitionError(f"a threshold is finite; got {value!r}")
    else:
        share = Fraction(int(value)) if isinstance(value, numbers.Integral) else Fraction(value)
    if not 0 <= share <= 1:
        raise DefinitionError(f"a threshold lies between 0% and 100%; got {value!r}")
    return share


@versioned
@frozen
class Threshold:
    """A share that must be reached (`at_least`) or not passed (`at_most`), exact.

    Make it with `at_least` or `at_most`.

    Args:
        direction: ``"at_least"`` or ``"at_most"``.
        share: as `at_least` takes it; kept as a Fraction.
    """

    direction: Literal["at_least", "at_most"] = field(validator=validators.in_(("at_least", "at_most")))
    share: Fraction = field(converter=_exact_share)

    def judge(self, evidence: Tally | Rate) -> Judgement:
        """Return what this threshold says of a tally or a rate.

        Raises:
            TypeError: for anything else.

        Example:
            >>> at_least("98%").judge(Tally(98, 2)).verdict
            <Verdict.MET: 'MET'>
        """
        return Judgement(self, evidence)

    def facing(self, margin: Margin) -> Margin:
        """Return the margin of numerator − level × denominator as this threshold looks at it: passed above zero."""
        return -margin if self.direction == "at_most" else margin

    def __str__(self) -> str:
        sign = "≥" if self.direction == "at_least" else "≤"
        return f"{sign} {self.percent}"

    def __repr__(self) -> str:
        shown = repr(self.percent) if self.percent.endswith("%") else repr(self.share)
        return f"{self.direction}({shown})"

    @property
    def percent(self) -> str:
        """The share in percent, or as a fraction where no percentage writes it exactly."""
        if not has_decimals(self.share):
            return str(self.share)
        digits = 0
        while (self.share * 100 * 10**digits).denominator > 1:
            digits += 1
        return percent(self.share, digits=digits)


def at_least(share: str | Fraction | Decimal | int) -> Threshold:
    """Return the threshold that a share must reach.

    Args:
        share: ``"98%"``, ``"98.5%"`` or ``"98,5%"``; a Fraction or Decimal between 0 and 1; 0 or 1.

    Raises:
        TypeError: for a float, which is not exact, and for other types.
        ValueError: for text of another form, a share outside 0% to 100%, or an int that could be
            meant as a percentage.

    Example:
        >>> at_least("98,5%").share
        Fraction(197, 200)
    """
    return Threshold("at_least", share)


def at_most(share: str | Fraction | Decimal | int) -> Threshold:
    """Return the threshold that a share must not pass. Takes and raises what `at_least` does.

    Example:
        >>> at_most("0%").judge(Tally(0, 5)).verdict
        <Verdict.MET: 'MET'>
    """
    return Threshold("at_most", share)
