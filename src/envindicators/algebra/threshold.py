"""`Threshold`: a level that must be reached or not passed, exact. `Judgement`: what it says of evidence."""

from __future__ import annotations

import functools
import numbers
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, NoReturn

from attrs import evolve, field, frozen, validators

from envindicators.algebra.margin import Margin
from envindicators.algebra.tally import Rate, Tally
from envindicators.algebra.verdict import CAUSES, VERDICT_SETS, Interval, Reason, Verdict, conclude, surpassed
from envindicators.display import show
from envindicators.errors import DefinitionError, NoTruthValueError, WrongTypeError
from envindicators.pickling import versioned
from envindicators.words.catalogue import checked_lang
from envindicators.words.message import Message
from envindicators.words.percent import has_decimals, parse_percent, percent
from envindicators.words.quantity import Quantity
from envindicators.words.shortening import shown


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
        raise WrongTypeError(
            Message(
                "a threshold is exact and {value} is a float; write it as text, {written}",
                value=shown(value),
                written=_as_text(value),
            )
        )
    elif isinstance(value, bool) or not isinstance(value, (Fraction, Decimal, numbers.Integral)):
        raise WrongTypeError(
            Message('a threshold is text such as "98%", a Fraction or a Decimal; got {value}', value=shown(value))
        )
    elif isinstance(value, numbers.Integral) and value not in (0, 1):
        raise DefinitionError(
            Message('a threshold of {value} could be {value} or {value}%; write "{value}%"', value=value)
        )
    elif isinstance(value, Decimal) and not value.is_finite():
        raise DefinitionError(Message("a threshold is finite; got {value}", value=shown(value)))
    else:
        share = Fraction(int(value)) if isinstance(value, numbers.Integral) else Fraction(value)
    if not 0 <= share <= 1:
        raise DefinitionError(Message("a threshold lies between 0% and 100%; got {value}", value=shown(value)))
    return share


Direction = Literal["at_least", "at_most", "above", "below"]
"""How a level is to be kept: reached, not passed, passed, not reached."""

SIGNS: dict[Direction, str] = {"at_least": "≥", "at_most": "≤", "above": ">", "below": "<"}
"""The sign of each direction."""

_WRITTEN = re.compile(r"([≥≤<>])\s*(.*)", re.DOTALL)


def without_sign(direction: Direction, level: Any) -> Any:
    """Return a level without the sign that thresholds are shown with: ``"≥ 98%"`` is ``"98%"``, ``"≥ 1/3"`` a third.

    Raises:
        ValueError: for the sign of another direction.
    """
    written = _WRITTEN.fullmatch(level.strip()) if isinstance(level, str) else None
    if written is None:
        return level
    sign, rest = written.groups()
    if sign != SIGNS[direction]:
        meant = next(name for name, other in SIGNS.items() if other == sign)
        raise DefinitionError(
            Message(
                "{level} is what {meant} says, not {direction}", level=shown(level), meant=meant, direction=direction
            )
        )
    return Fraction(rest) if re.fullmatch(r"[0-9]+/[1-9][0-9]*", rest) else rest


@versioned
@frozen
class Threshold:
    """A level that must be reached (`at_least`), not passed (`at_most`), passed (`above`) or not reached (`below`).

    Make that of a share with the function of its direction, and that of another kind of indicator with the method.

    Args:
        direction: ``"at_least"``, ``"at_most"``, ``"above"`` or ``"below"``.
        level: a share as `at_least` takes it; with a quantity the level in counted units, a Fraction.
        quantity: the level with its unit, as the document writes it; None for a share.
        grain: how many counted units make one of the quantity's.
    """

    direction: Direction = field(validator=validators.in_(tuple(SIGNS)))
    level: Fraction
    quantity: Quantity | None = field(default=None, validator=validators.instance_of((Quantity, type(None))))
    grain: Fraction = Fraction(1)

    def __attrs_post_init__(self) -> None:
        if self.quantity is None:
            object.__setattr__(self, "level", _exact_share(self.level))
            if self.level == {"above": 1, "below": 0}.get(self.direction):
                raise DefinitionError(
                    Message("no share is {direction} {percent}", direction=self.direction, percent=self.percent)
                )

    def judge(self, evidence: Any) -> Judgement:
        """Return what a tally, a rate or other evidence means for this threshold.

        Raises:
            TypeError: for anything else.

        Example:
            >>> at_least("98%").judge(Tally(98, 2)).verdict
            <Verdict.MET: 'MET'>
        """
        return Judgement(self, evidence)

    @property
    def ceiling(self) -> bool:
        """Whether it is kept by staying under the level."""
        return self.direction in ("at_most", "below")

    def facing(self, margin: Margin) -> Margin:
        """Return the margin of numerator − level × denominator as this threshold looks at it: passed above zero."""
        strict, faced = self.direction in ("above", "below"), -margin if self.ceiling else margin
        return faced if faced.strict == strict else evolve(faced, strict=strict)

    def __str__(self) -> str:
        return f"{SIGNS[self.direction]} {self.percent if self.quantity is None else self.quantity}"

    def __repr__(self) -> str:
        if self.quantity is not None:
            return f"{self.direction}({str(self.quantity)!r})"
        shown = repr(self.percent) if self.percent.endswith("%") else repr(self.level)
        return f"{self.direction}({shown})"

    @functools.cached_property
    def percent(self) -> str:
        """The share in percent, or as a fraction where no percentage writes it exactly."""
        if not has_decimals(self.level):
            return str(self.level)
        digits = 0
        while (self.level * 100 * 10**digits).denominator > 1:
            digits += 1
        return percent(self.level, digits=digits)


Share = str | Fraction | Decimal | int


def at_least(share: Share) -> Threshold:
    """Return the threshold that a share must reach.

    Args:
        share: ``"98%"``, ``"98.5%"`` or ``"98,5%"``, also with its sign as frames show it, ``"≥ 98%"``; a Fraction or
            Decimal between 0 and 1; 0 or 1.

    Raises:
        TypeError: for a float, which is not exact, and for other types.
        ValueError: for text of another form, a share outside 0% to 100%, or an int that could be
            meant as a percentage.

    Example:
        >>> at_least("98,5%").level
        Fraction(197, 200)
    """
    return Threshold("at_least", without_sign("at_least", share))


def at_most(share: Share) -> Threshold:
    """Return the threshold that a share must not pass. Takes and raises what `at_least` does.

    Example:
        >>> at_most("0%").judge(Tally(0, 5)).verdict
        <Verdict.MET: 'MET'>
    """
    return Threshold("at_most", without_sign("at_most", share))


def above(share: Share) -> Threshold:
    """Return the threshold that a share must pass; to reach it is not enough. Takes and raises what `at_least` does.

    Example:
        >>> above("50%").judge(Tally(1, 1)).verdict
        <Verdict.NOT_MET: 'NOT_MET'>
    """
    return Threshold("above", without_sign("above", share))


def below(share: Share) -> Threshold:
    """Return the threshold that a share must stay under, as "less than 15%"; 15% is too much. See `at_least`.

    Example:
        >>> below("15%").judge(Tally(15, 85)).verdict
        <Verdict.NOT_MET: 'NOT_MET'>
    """
    return Threshold("below", without_sign("below", share))


def _evidence(value: Any) -> Any:
    if type(value) is Tally:
        return value
    if isinstance(value, type) or not all(hasattr(value, name) for name in ("margin", "reason")):
        raise WrongTypeError(f"a threshold judges a Tally or a Rate; got {value!r}")
    return value


@versioned
@frozen
class Judgement:
    """What a tally, a rate or other evidence means for a threshold.

    Made by `Threshold.judge` and by `evaluate`; everything in it follows from its fields.

    Args:
        threshold: the threshold.
        evidence: the tally or other evidence, or a rate whose tally is not known.
        requirement: the requirement whose threshold it is, where there is one.
        cause: why nothing can be computed (one of `CAUSES`), or None.
    """

    threshold: Threshold
    evidence: Any = field(converter=_evidence)
    requirement: Any = None
    cause: Reason | None = field(default=None, validator=validators.in_((*CAUSES, None)))

    def __bool__(self) -> NoReturn:
        raise NoTruthValueError("a judgement has no truth value; use `.met` or compare `.verdict`")

    def __repr__(self) -> str:
        return f"Judgement({self.threshold!r} of {self.evidence!r}: {self.verdict.value})"

    @property
    def tally(self) -> Tally | None:
        """The tally, or None where a rate was judged."""
        return self.evidence if isinstance(self.evidence, Tally) else None

    @property
    def rate(self) -> Rate | None:
        """The interval of shares; None for an empty population, and for evidence that is no share."""
        rate: Rate | None = self.evidence if isinstance(self.evidence, Rate) else getattr(self.evidence, "rate", None)
        return rate

    @property
    def shown(self) -> str:
        """The rate in percent, with ``>`` and ``<`` before an end that no completion reaches; nothing without one."""
        if self.threshold.quantity is not None:
            return str(self.evidence)
        extremes = self.evidence.extremes
        if extremes is None:
            return ""
        least, greatest = extremes.least, extremes.greatest
        if least == greatest:
            return Rate(least, greatest).show(against=[self.threshold.level])
        low = percent(least, against=[self.threshold.level], rounding="down")
        high = percent(greatest, against=[self.threshold.level], rounding="up")
        above, below = "" if extremes.least_reached else ">", "" if extremes.greatest_reached else "<"
        return f"{above}{low}–{below}{high}"

    def shown_in(self, lang: str) -> str:
        """Return the value as cards in a language show it; ``-`` where nothing applies, ``...`` where nothing is known.

        Raises:
            ValueError: for a language that the library does not speak.

        Example:
            >>> at_least("98%").judge(Tally(9855, 145)).shown_in("vi")
            '98,55%'
        """
        return str(show("value_words", self, checked_lang(lang)))

    @functools.cached_property
    def margin(self) -> Margin:
        """By how much the threshold is passed or missed."""
        margin: Margin = self.evidence.margin(self.threshold)
        return margin

    @functools.cached_property
    def possible(self) -> frozenset[Verdict]:
        """The verdicts that completions give, of `MET`, `NOT_MET` and `NOT_APPLICABLE`."""
        bits: int = self.margin.possible()
        return VERDICT_SETS[bits]

    @functools.cached_property
    def possible_strictly(self) -> frozenset[Verdict]:
        """The same, if the share had to pass the threshold and not only reach it."""
        bits: int = self.margin.possible(strictly=True)
        return VERDICT_SETS[bits]

    @property
    def verdict(self) -> Verdict:
        """The verdict on which every completion agrees, else `UNDETERMINED`."""
        return conclude(self.possible)

    @property
    def met(self) -> bool | None:
        """True, False, or None where it is undetermined or not applicable."""
        return self.verdict.met

    @property
    def exceeded(self) -> bool | None:
        """True if every completion passes the threshold strictly, False if none does, else None."""
        return surpassed(self.possible_strictly)

    @property
    def reason(self) -> Reason | None:
        """Why the verdict is undetermined; None for a certain one."""
        if self.verdict is not Verdict.UNDETERMINED:
            return None
        return self.cause or self.evidence.reason

    @property
    def shortfall(self) -> Interval | None:
        """The further units that must come to satisfy the rule (for `at_most`, cease to).

        The population stays as it is. An interval over completions, each end attained; None where
        a rate was judged or nothing is applicable.
        """
        lower, upper = self.margin.shortfall
        return self._units(lower, None if self.margin.sinks else upper)

    @property
    def slack(self) -> Interval | None:
        """The units that can drop out of the numerator with the target still met.

        For `at_most`, the units that can be added to it. An interval like `shortfall`.
        """
        lower, upper = self.margin.slack
        return self._units(lower, None if self.margin.soars else upper)

    @property
    def of_level(self) -> tuple[Fraction | None, Fraction | None] | None:
        """The least and the greatest amount as a part of the level, perhaps above 1; None for what is no amount."""
        adds_up = self.requirement is not None and self.requirement.indicator.adds_up
        if not adds_up or self.cause is not None or self.threshold.level <= 0:
            return None
        least, greatest = (None if end is None else end / self.threshold.level for end in self.evidence.ends)
        return least, greatest

    def _units(self, lower: int, upper: int | None) -> Interval | None:
        counted = getattr(self.evidence, "sized", True) and self.margin.exists
        return Interval(lower, upper) if counted else None
