"""What would settle a requirement: the fewest groups whose unknowns, once known, could decide it."""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from attrs import frozen

from envindicators.algebra.evidence import GroupEvidence
from envindicators.algebra.margin import Margin
from envindicators.algebra.verdict import MET
from envindicators.definitions.indicator import Requirement
from envindicators.pickling import versioned


class Unsettled(NamedTuple):
    """A group with missing data: its name and how many units are concerned, None if that is not known."""

    group: Any
    units: int | None


@versioned
@frozen
class NeededReports:
    """The reports that would settle one requirement of a target.

    Args:
        requirement: the requirement.
        met: the fewest groups that could make it `MET` whatever the others turn out to be, those that
            did not report first; None if no groups do.
        not_met: the same for `NOT_MET`.
    """

    requirement: Requirement
    met: tuple[Unsettled, ...] | None
    not_met: tuple[Unsettled, ...] | None


def settle(requirement: Requirement, whole: GroupEvidence, groups: Mapping[Any, GroupEvidence]) -> NeededReports:
    """Return what would settle a requirement.

    Margins add up over the groups, so those that can move the sum furthest are the fewest.

    Args:
        requirement: the requirement, undetermined on ``whole``.
        whole: the evidence of all groups together.
        groups: the evidence of each group. What of ``whole`` stands in none of them stays open.
    """
    threshold = requirement.threshold
    parts, rest = whole.parted(list(groups.values()))
    stray = rest.margin(threshold)
    margins = {name: part.contribution(threshold) for name, part in zip(groups, parts, strict=True)}
    sizes = {name: part.open_units for name, part in zip(groups, parts, strict=True)}

    def named(chosen: Sequence[Any] | None) -> tuple[Unsettled, ...] | None:
        if chosen is None:
            return None
        unsettled = [Unsettled(group, sizes[group]) for group in chosen]
        return tuple(sorted(unsettled, key=lambda group: (group.units is not None, -(group.units or 0))))

    missed = {name: margin.missed for name, margin in margins.items()}
    return NeededReports(requirement, named(_fewest(margins, stray)), named(_fewest(missed, stray.missed)))


def _fewest(margins: Mapping[Any, Margin], stray: Margin) -> list[Any] | None:
    """Return the fewest groups that could turn out so that the level is passed, whatever the others do.

    Args:
        margins: the margin of each group.
        stray: the margin of what belongs to no group.
    """
    if stray.sinks:
        return None
    chosen = [name for name, margin in margins.items() if margin.sinks]
    free = [name for name, margin in margins.items() if not margin.sinks]
    free.sort(key=lambda name: (not margins[name].soars, margins[name].low - margins[name].high))
    reached = functools.reduce(
        operator.add, [*(margins[name].best for name in chosen), *(margins[name] for name in free)], stray
    )
    value, empty = reached.low, reached.perhaps_empty
    if empty and not stray.strict:  # someone must be in it: the best group that can have a member comes first
        member = next((name for name in free if not margins[name].best.perhaps_empty), None)
        free.sort(key=lambda name: name != member)
    soars = any(margins[name].soars for name in chosen)
    for name in (None, *free):
        if name is not None:
            margin = margins[name]
            chosen.append(name)
            value += margin.high - margin.low
            empty = empty and margin.best.perhaps_empty
            soars = soars or margin.soars
        if soars or Margin.known(value, stray.scale, empty=empty, strict=stray.strict).possible() == MET:
            return chosen
    return None
