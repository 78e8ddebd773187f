"""`Threshold`, `Verdict`, `Judgement`: what may be concluded from a tally, and only that."""

from __future__ import annotations

import numbers
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, NoReturn, get_args

from attrs import field, frozen, validators

from envindicators.algebra.tally import OUTCOMES, Extremes, Rate, Tally
from envindicators.errors import DefinitionError, NoTruthValueError, WrongTypeError
from envindicators.words.percent import has_decimals, parse_percent, percent

if TYPE_CHECKING:
    from envindicators.definitions.indicator import Requirement


class Verdict(StrEnum):
    """What is concluded about a target.

    A verdict has no truth value, since four answers do not fit into two: compare it
    (``verdict is Verdict.MET``) or use ``judgement.met``, which is True, False or None.
    """

    MET = "MET"
    """Every completion of the data reaches the threshold."""
    NOT_MET = "NOT_MET"
    """No completion of the data reaches it."""
    UNDETERMINED = "UNDETERMINED"
    """Completions disagree."""
    NOT_APPLICABLE = "NOT_APPLICABLE"
    """The population is surely empty."""

    def __bool__(self) -> NoReturn:
        raise NoTruthValueError("a verdict has no truth value; compare it (`is Verdict.MET`) or use `.met`")

    @property
    def met(self) -> bool | None:
        """True for `MET`, False for `NOT_MET`, None for the other two."""
        return True if self is Verdict.MET else False if self is Verdict.NOT_MET else None


Reason = Literal[
    "no_table", "no_column", "margins", "not_reported", "perhaps_empty", "unplaced_units", "unknown_values"
]
"""Why a verdict is undetermined. Of several that apply, the first in this order is given."""

REASONS: tuple[Reason, ...] = get_args(Reason)

NOTHING_KNOWN = Tally(unsized=frozenset(OUTCOMES))
"""The tally of a group of which nothing came: an amount of unknown size, open to every outcome."""


class Interval(NamedTuple):
    """Whole units, from the least to the greatest over all completions; None for an unbounded end."""

    lower: int | None
    upper: int | None


def combine(possible: Iterable[frozenset[Verdict]]) -> frozenset[Verdict]:
    """Return the verdicts that a combination without compensation may have.

    One `NOT_MET` decides; `NOT_APPLICABLE` is passed over; all of them `NOT_APPLICABLE` is
    `NOT_APPLICABLE`. The product of the sets is taken, so no dependence between them is used.

    Args:
        possible: for each judgement the verdicts that it may have, none of the sets empty.
    """
    sets = list(possible)
    found: set[Verdict] = set()
    if any(Verdict.NOT_MET in each for each in sets):
        found.add(Verdict.NOT_MET)
    if all(Verdict.NOT_APPLICABLE in each for each in sets):
        found.add(Verdict.NOT_APPLICABLE)
    if any(Verdict.MET in each for each in sets) and all(each != frozenset([Verdict.NOT_MET]) for each in sets):
        found.add(Verdict.MET)
    return frozenset(found)


def conclude(possible: frozenset[Verdict]) -> Verdict:
    """Return the one verdict that is possible, or `UNDETERMINED` where there are several."""
    return next(iter(possible)) if len(possible) == 1 else Verdict.UNDETERMINED


def surpassed(strictly: frozenset[Verdict]) -> bool | None:
    """Return whether a threshold is exceeded, given the verdicts that a strict one may have."""
    if Verdict.MET not in strictly:
        return False
    return True if len(strictly) == 1 else None


def contest(readings: Sequence[frozenset[Verdict]]) -> bool | None:
    """Return whether readings give different certain verdicts; None while one could still come to differ.

    Args:
        readings: for each reading the verdicts that it may have. What is not applicable differs from nothing.
    """
    if {Verdict.MET} in readings and {Verdict.NOT_MET} in readings:
        return True
    met = [place for place, possible in enumerate(readings) if Verdict.MET in possible]
    not_met = [place for place, possible in enumerate(readings) if Verdict.NOT_MET in possible]
    return None if any(one != other for one in met for other in not_met) else False


def _possible(extremes: Extremes | None, share: Fraction, *, strictly: bool, perhaps_empty: bool) -> frozenset[Verdict]:
    """Return the verdicts of ``at_least share`` over completions with these extremes."""
    found: set[Verdict] = {Verdict.NOT_APPLICABLE} if perhaps_empty else set()
    if extremes is not None:
        least, least_reached, greatest, greatest_reached = extremes
        if greatest > share or (greatest == share and greatest_reached and not strictly):
            found.add(Verdict.MET)
        if least < share or (least == share and least_reached and strictly):
            found.add(Verdict.NOT_MET)
    return frozenset(found)


def _mirrored(extremes: Extremes | None) -> Extremes | None:
    if extremes is None:
        return None
    least, least_reached, greatest, greatest_reached = extremes
    return Extremes(1 - greatest, greatest_reached, 1 - least, least_reached)


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


def _ceil(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


def _evidence(value: Any) -> Tally | Rate:
    if not isinstance(value, (Tally, Rate)):
        raise WrongTypeError(f"a threshold judges a Tally or a Rate; got {value!r}")
    return value


@frozen
class Judgement:
    """What a threshold says of a tally or a rate.

    Made by `Threshold.judge` and by `evaluate`; everything in it follows from its fields.

    Args:
        threshold: the threshold.
        evidence: the tally, or a rate whose tally is not known.
        requirement: the requirement whose threshold it is, where there is one.
        cause: why nothing could be computed (``"no_table"``, ``"no_column"``, ``"margins"``), or None.
    """

    threshold: Threshold
    evidence: Tally | Rate = field(converter=_evidence)
    requirement: Requirement | None = None
    cause: Reason | None = field(default=None, validator=validators.in_((*REASONS[:3], None)))

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
        """The interval of shares; None for an empty population."""
        return self.evidence.rate if isinstance(self.evidence, Tally) else self.evidence

    @property
    def shown(self) -> str:
        """The rate in percent, with ``>`` and ``<`` before an end that no completion reaches; nothing without one."""
        extremes = self.evidence.extremes
        if extremes is None:
            return ""
        least, greatest = extremes.least, extremes.greatest
        if least == greatest:
            return Rate(least, greatest).show(against=[self.threshold.share])
        low = percent(least, against=[self.threshold.share], rounding="down")
        high = percent(greatest, against=[self.threshold.share], rounding="up")
        above, below = "" if extremes.least_reached else ">", "" if extremes.greatest_reached else "<"
        return f"{above}{low}–{below}{high}"

    def _verdicts(self, *, strictly: bool) -> frozenset[Verdict]:
        extremes, share = self.evidence.extremes, self.threshold.share
        if self.threshold.direction == "at_most":
            extremes, share = _mirrored(extremes), 1 - share
        perhaps_empty = isinstance(self.evidence, Tally) and self.evidence.placed == 0
        return _possible(extremes, share, strictly=strictly, perhaps_empty=perhaps_empty)

    @property
    def possible(self) -> frozenset[Verdict]:
        """The verdicts that completions give, of `MET`, `NOT_MET` and `NOT_APPLICABLE`."""
        return self._verdicts(strictly=False)

    @property
    def possible_strictly(self) -> frozenset[Verdict]:
        """The same, if the share had to pass the threshold and not only reach it."""
        return self._verdicts(strictly=True)

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
        if self.cause is not None:
            return self.cause
        if isinstance(self.evidence, Rate):
            return "unknown_values"
        if self.evidence.unsized:
            return "not_reported"
        if self.evidence.placed == 0:
            return "perhaps_empty"
        if any(self.evidence.counts[3:]):
            return "unplaced_units"
        return "unknown_values"

    @property
    def shortfall(self) -> Interval | None:
        """The further units that must come to satisfy the rule (for `at_most`, cease to).

        The population stays as it is. An interval over completions, each end attained; None where
        a rate was judged or nothing is applicable.
        """
        margins = self._margins()
        if margins is None:
            return None
        least, greatest = margins
        return Interval(
            0 if greatest is None else max(0, -greatest),
            None if least is None else max(0, -least),
        )

    @property
    def slack(self) -> Interval | None:
        """The satisfied units that may turn out wrong with the target still met.

        For `at_most`, the units that may turn out satisfied. An interval like `shortfall`.
        """
        margins = self._margins()
        if margins is None:
            return None
        least, greatest = margins
        return Interval(
            0 if least is None else max(0, least),
            None if greatest is None else max(0, greatest),
        )

    def _margins(self) -> tuple[int | None, int | None] | None:
        """Return the least and greatest of satisfied − ceil(share × n) over completions.

        None stands for an end that something unsized leaves unbounded.
        """
        if not isinstance(self.evidence, Tally) or self.verdict is Verdict.NOT_APPLICABLE:
            return None
        tally, share = self.evidence, self.threshold.share
        if self.threshold.direction == "at_most":
            tally, share = tally.swapped, 1 - share
        worst = tally.placed + tally.unplaced_failed + tally.unplaced_unknown
        best = tally.placed + tally.unplaced_satisfied + tally.unplaced_unknown
        reach = tally.satisfied + tally.unknown + tally.unplaced_satisfied + tally.unplaced_unknown
        least: int | None = tally.satisfied - _ceil(share * worst)
        greatest: int | None = reach - _ceil(share * best)
        if "failed" in tally.unsized and share > 0:
            least = None
        if "satisfied" in tally.unsized and share < 1:
            greatest = None
        return least, greatest
