"""`Judgement`: what a threshold says of evidence, and `Judgements`: the same of many groups at once, as arrays."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NoReturn

from attrs import field, frozen, validators

from envindicators.algebra.margin import Margin
from envindicators.algebra.tally import Rate, Tally
from envindicators.algebra.verdict import (
    CAUSES,
    REASONS,
    VERDICT_NAMES,
    VERDICT_SETS,
    Interval,
    Reason,
    Verdict,
    conclude,
    conclude_bits,
    surpassed,
    surpassed_bits,
)
from envindicators.errors import NoTruthValueError, WrongTypeError
from envindicators.pickling import versioned
from envindicators.words.percent import percent

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from envindicators.algebra.evidence import Evidence
    from envindicators.algebra.threshold import Threshold
    from envindicators.definitions.indicator import Requirement

_UNDETERMINED = VERDICT_NAMES.index("UNDETERMINED")


def _evidence(value: Any) -> Tally | Rate:
    if not isinstance(value, (Tally, Rate)):
        raise WrongTypeError(f"a threshold judges a Tally or a Rate; got {value!r}")
    return value


@versioned
@frozen
class Judgement:
    """What a threshold says of a tally or a rate.

    Made by `Threshold.judge` and by `evaluate`; everything in it follows from its fields.

    Args:
        threshold: the threshold.
        evidence: the tally, or a rate whose tally is not known.
        requirement: the requirement whose threshold it is, where there is one.
        cause: why nothing could be computed (one of `CAUSES`), or None.
    """

    threshold: Threshold
    evidence: Tally | Rate = field(converter=_evidence)
    requirement: Requirement | None = None
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

    @functools.cached_property
    def margin(self) -> Margin:
        """By how much the threshold is passed or missed."""
        return self.evidence.margin(self.threshold)

    @property
    def possible(self) -> frozenset[Verdict]:
        """The verdicts that completions give, of `MET`, `NOT_MET` and `NOT_APPLICABLE`."""
        bits: int = self.margin.possible()
        return VERDICT_SETS[bits]

    @property
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
        """The satisfied units that may turn out wrong with the target still met.

        For `at_most`, the units that may turn out satisfied. An interval like `shortfall`.
        """
        lower, upper = self.margin.slack
        return self._units(lower, None if self.margin.soars else upper)

    def _units(self, lower: int, upper: int | None) -> Interval | None:
        counted = isinstance(self.evidence, Tally) and self.margin.exists
        return Interval(lower, upper) if counted else None


@frozen(eq=False)
class Judgements:
    """What a threshold says of the evidence of many groups: an array for each answer, with an entry a group.

    Made by `judge`. The same law as `Judgement`; each array is computed when it is first asked for.

    Args:
        threshold: the threshold.
        evidence: the evidence.
        cause: why nothing could be computed (one of `CAUSES`), or None.
    """

    threshold: Threshold
    evidence: Evidence
    cause: Reason | None = field(default=None, validator=validators.in_((*CAUSES, None)))

    def __len__(self) -> int:
        return len(self.evidence)

    @functools.cached_property
    def margin(self) -> Margin:
        """By how much the threshold is passed or missed."""
        return self.evidence.margin(self.threshold)

    @functools.cached_property
    def possible(self) -> NDArray[np.uint8]:
        """The verdicts that completions give, as bits: 1 `MET`, 2 `NOT_MET`, 4 `NOT_APPLICABLE`."""
        bits: NDArray[np.uint8] = self.margin.possible()
        return bits

    @functools.cached_property
    def strictly(self) -> NDArray[np.uint8]:
        """The same, if the threshold had to be passed and not only reached."""
        bits: NDArray[np.uint8] = self.margin.possible(strictly=True)
        return bits

    @functools.cached_property
    def verdict(self) -> NDArray[np.uint8]:
        """The verdicts, as places in `VERDICT_NAMES`."""
        codes: NDArray[np.uint8] = conclude_bits(self.possible)
        return codes

    @functools.cached_property
    def exceeded(self) -> NDArray[np.int8]:
        """Whether the threshold is exceeded: 1 yes, 0 no, -1 not certain."""
        answers: NDArray[np.int8] = surpassed_bits(self.strictly)
        return answers

    @functools.cached_property
    def reason(self) -> NDArray[np.int8]:
        """Why a verdict is undetermined, as places in `REASONS`; -1 for a certain one."""
        import numpy as np

        reasons = self.evidence.reasons if self.cause is None else np.int8(REASONS.index(self.cause))
        return np.where(self.verdict == _UNDETERMINED, reasons, np.int8(-1))

    @functools.cached_property
    def _shortfall(self) -> tuple[Any, Any]:
        return self.margin.shortfall

    @property
    def shortfall_lower(self) -> NDArray[np.float64]:
        """The least shortfall in counted units, to the nearest float; NaN where nothing is applicable."""
        return self._units(self._shortfall[0], self.margin.exists)

    @property
    def shortfall_upper(self) -> NDArray[np.float64]:
        """The greatest shortfall; NaN where it has no end too."""
        return self._units(self._shortfall[1], self.margin.exists & ~self.margin.sinks)

    @staticmethod
    def _units(units: Any, counted: Any) -> NDArray[np.float64]:
        import numpy as np

        return np.where(counted, units.astype(np.float64), np.nan)

    @property
    def lower(self) -> NDArray[np.float64]:
        """The least value, rounded down; NaN where there is none."""
        return self.evidence.lower

    @property
    def upper(self) -> NDArray[np.float64]:
        """The greatest value, rounded up; NaN where there is none."""
        return self.evidence.upper

    @property
    def observed(self) -> NDArray[np.float64]:
        """What a spreadsheet would print; NaN where there is none."""
        return self.evidence.observed

    @property
    def coverage(self) -> NDArray[np.float64]:
        """The part of all units of which all is known; NaN where it has no size."""
        return self.evidence.coverage


def judge(threshold: Threshold, evidence: Evidence, cause: Reason | None = None) -> Judgements:
    """Return what a threshold says of each group of some evidence; see `Judgements`.

    Args:
        threshold: the threshold.
        evidence: the evidence, as `Tallies`; of which nothing is known where there is a cause.
        cause: why nothing could be computed, or None.
    """
    return Judgements(threshold, evidence, cause)
