"""`Verdict`: what may be concluded, and how conclusions combine, for one group and for arrays of groups alike.

A set of verdicts that completions give is kept as bits (`MET` 1, `NOT_MET` 2, `NOT_APPLICABLE` 4): an int for
one group, an array of uint8 for many. The functions on sets call those on bits, so that each law stands once.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, Literal, NamedTuple, NoReturn, get_args

from envindicators.errors import NoTruthValueError


class Verdict(StrEnum):
    """The conclusion about a target.

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


VERDICT_NAMES: tuple[str, ...] = tuple(verdict.value for verdict in Verdict)
"""The verdicts by their codes in arrays."""

Reason = Literal[
    "no_table",
    "no_column",
    "no_baseline",
    "margins",
    "not_reported",
    "open_ended",
    "perhaps_empty",
    "unplaced_units",
    "unknown_values",
]
"""Why a verdict is undetermined. Of several that apply, the first in this order is given."""

REASONS: tuple[Reason, ...] = get_args(Reason)

CAUSES: tuple[Reason, ...] = REASONS[:4]
"""The reasons for which nothing could be computed; the others follow from the evidence."""


class Interval(NamedTuple):
    """Whole units, from the least to the greatest over all completions; None for an unbounded end."""

    lower: int | None
    upper: int | None


# sets of verdicts as bits

MET, NOT_MET, NOT_APPLICABLE = 1, 2, 4

VERDICT_SETS: tuple[frozenset[Verdict], ...] = tuple(
    frozenset(
        verdict
        for bit, verdict in (
            (MET, Verdict.MET),
            (NOT_MET, Verdict.NOT_MET),
            (NOT_APPLICABLE, Verdict.NOT_APPLICABLE),
        )
        if bits & bit
    )
    for bits in range(8)
)
"""The sets of verdicts by their bits."""

_BITS_OF = {verdicts: bits for bits, verdicts in enumerate(VERDICT_SETS)}

_CONCLUSIONS: tuple[Verdict, ...] = tuple(
    next(iter(verdicts)) if len(verdicts) == 1 else Verdict.UNDETERMINED for verdicts in VERDICT_SETS
)

_SURPASSED: tuple[bool | None, ...] = tuple(
    False if Verdict.MET not in verdicts else True if len(verdicts) == 1 else None for verdicts in VERDICT_SETS
)

_CONCLUSION_CODES = bytes(VERDICT_NAMES.index(verdict) for verdict in _CONCLUSIONS)
_SURPASSED_CODES = bytes(255 if answer is None else int(answer) for answer in _SURPASSED)


def conclude_bits(possible: Any) -> Any:
    """Return the verdicts that arrays of sets allow, as an array of places in `VERDICT_NAMES`; see `conclude`."""
    return _looked_up(_CONCLUSION_CODES, "uint8", possible)


def surpassed_bits(strictly: Any) -> Any:
    """Return whether thresholds are exceeded: arrays of 1 for yes, 0 for no, -1 for not certain; see `surpassed`."""
    return _looked_up(_SURPASSED_CODES, "int8", strictly)


def _looked_up(codes: bytes, dtype: str, bits: Any) -> Any:
    import numpy as np

    return np.frombuffer(codes, dtype=dtype)[bits]


def combine_bits(possible: Sequence[Any]) -> Any:
    """Return the verdicts that a combination without compensation may have; see `combine`."""
    return _combined(possible, NOT_MET, MET)


def any_of_bits(possible: Sequence[Any]) -> Any:
    """Return the verdicts that a combination of which one must hold may have: the mirror of `combine_bits`.

    One `MET` is enough; `NOT_APPLICABLE` is ignored.
    """
    return _combined(possible, MET, NOT_MET)


def _combined(possible: Sequence[Any], deciding: int, other: int) -> Any:
    """Return over the product of some sets what their combination may be, one verdict deciding.

    The other verdict comes out where one member has it and none need have the deciding one.
    """
    if len(possible) == 1:
        return possible[0]
    union = functools.reduce(operator.or_, possible, 0)
    common = functools.reduce(operator.and_, possible, NOT_APPLICABLE)
    spared = functools.reduce(operator.and_, ((bits & (other | NOT_APPLICABLE)) > 0 for bits in possible), True)
    return union & deciding | common | (union & other) * spared


def contest_bits(readings: Sequence[Any]) -> Any:
    """Return whether readings differ: 1 for sure, 0 for surely not, -1 while they still could; see `contest`.

    An int for ints, an array of int8 for arrays.
    """
    surely_met = surely_not = may_be_met = may_be_not = differ = False
    for bits in readings:
        met, not_met = (bits & MET) > 0, (bits & NOT_MET) > 0
        differ = differ | (met & may_be_not) | (not_met & may_be_met)  # of two readings, never of one with itself
        may_be_met, may_be_not = may_be_met | met, may_be_not | not_met
        surely_met, surely_not = surely_met | (bits == MET), surely_not | (bits == NOT_MET)
    found: Any = 2 * (surely_met & surely_not) - differ * 1
    return found.astype("int8") if hasattr(found, "astype") else found


# the same on sets


def combine(possible: Iterable[frozenset[Verdict]]) -> frozenset[Verdict]:
    """Return the verdicts that a combination without compensation may have.

    One `NOT_MET` is enough; `NOT_APPLICABLE` is ignored; all of them `NOT_APPLICABLE` is
    `NOT_APPLICABLE`. The product of the sets is taken, so no dependence between them is used.

    Args:
        possible: for each judgement the verdicts that it may have, none of the sets empty.
    """
    bits: int = combine_bits([_BITS_OF[frozenset(verdicts)] for verdicts in possible])
    return VERDICT_SETS[bits]


def any_of(possible: Iterable[frozenset[Verdict]]) -> frozenset[Verdict]:
    """Return the verdicts that a combination of which one must hold may have: the mirror of `combine`."""
    bits: int = any_of_bits([_BITS_OF[frozenset(verdicts)] for verdicts in possible])
    return VERDICT_SETS[bits]


def conclude(possible: frozenset[Verdict]) -> Verdict:
    """Return the one verdict that is possible, or `UNDETERMINED` where there are several."""
    return _CONCLUSIONS[_BITS_OF[possible]]


def surpassed(strictly: frozenset[Verdict]) -> bool | None:
    """Return whether a threshold is exceeded, given the verdicts that a strict one may have."""
    return _SURPASSED[_BITS_OF[strictly]]


def contest(readings: Iterable[frozenset[Verdict]]) -> bool | None:
    """Return whether readings give different certain verdicts; None while they could still differ.

    Args:
        readings: for each reading the verdicts that it may have. What is not applicable differs from nothing.
    """
    found = contest_bits([_BITS_OF[verdicts] for verdicts in readings])
    return None if found < 0 else bool(found)
