"""`Judgements`: what a threshold says of many groups at once, as arrays. The same law as `Judgement`."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from attrs import field, frozen, validators
from numpy.typing import NDArray

from envindicators.algebra.evidence import Evidence
from envindicators.algebra.margin import Margin
from envindicators.algebra.threshold import Threshold
from envindicators.algebra.verdict import CAUSES, REASONS, VERDICT_NAMES, Reason, conclude_bits, surpassed_bits

_UNDETERMINED = VERDICT_NAMES.index("UNDETERMINED")


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
        reasons = self.evidence.reasons if self.cause is None else np.int8(REASONS.index(self.cause))
        return np.where(self.verdict == _UNDETERMINED, reasons, np.int8(-1))

    @functools.cached_property
    def _shortfall(self) -> tuple[Any, Any]:
        return self.margin.shortfall

    def shortfall(self, grain: int = 1) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the least and the greatest shortfall; NaN where nothing is applicable or it has no end.

        Args:
            grain: how many counted units make one shown.
        """
        lower, upper = (in_units(units, grain) for units in self._shortfall)
        counted = self.margin.exists & getattr(self.evidence, "sized", True)
        return np.where(counted, lower, np.nan), np.where(counted & ~self.margin.sinks, upper, np.nan)

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


_EXACT = 2.0**53
"""Below this a float holds every whole number."""


def in_units(counts: NDArray[Any], grain: int) -> NDArray[np.float64]:
    """Return counts as units of so many counted ones, each to the nearest float."""
    shown = counts.astype(np.float64)
    if grain > 1:
        large = np.flatnonzero(shown >= _EXACT)
        shown /= grain
        for row in large:
            shown[row] = int(counts[row]) / grain
    return shown
