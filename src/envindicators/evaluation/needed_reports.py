"""What would settle a requirement: the fewest groups whose unknowns, once known, could decide it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from attrs import frozen

from envindicators.algebra.tally import Outcome, Tally
from envindicators.definitions.indicator import Requirement


class Unsettled(NamedTuple):
    """A group with something unknown: its name and how many units that is, None where they have no size."""

    group: Any
    units: int | None


@frozen
class NeededReports:
    """What would settle one requirement of a target.

    Args:
        requirement: the requirement.
        met: the fewest groups that could make it `MET` whatever the others turn out to be, those that
            did not report first; None if no groups do.
        not_met: the same for `NOT_MET`.
    """

    requirement: Requirement
    met: tuple[Unsettled, ...] | None
    not_met: tuple[Unsettled, ...] | None


class _Stake(NamedTuple):
    """What a group can contribute to satisfied × den − num × n, with what it contributes at worst."""

    group: Any
    worst: int
    best: int
    sinks: bool  # the worst is without bound
    soars: bool  # the best is without bound
    best_peopled: int | None  # the best if the group must have a member; None where it cannot


def settle(requirement: Requirement, whole: Tally, groups: Mapping[Any, Tally]) -> NeededReports:
    """Return what would settle a requirement.

    With ``num / den`` the threshold, it is met where the sum over the groups of
    ``satisfied × den − num × n`` is not negative and the population not empty. Each group's gain adds
    to that sum, so the groups with the largest gains are the fewest.

    Args:
        requirement: the requirement, undetermined on ``whole``.
        whole: the tally of all groups together.
        groups: the tally of each group. What of ``whole`` stands in none of them stays open.
    """
    threshold = requirement.threshold
    share = threshold.share
    if threshold.direction == "at_most":
        share = 1 - share
        whole = whole.swapped
        groups = {name: tally.swapped for name, tally in groups.items()}
    num, den = share.numerator, share.denominator
    if not whole.unsized:
        groups = {name: Tally.of(tally.counts) for name, tally in groups.items()}
    covered: frozenset[Outcome] = frozenset[Outcome]().union(*(tally.unsized for tally in groups.values()))
    total = sum(groups.values(), Tally())
    beyond = [all_ - known for all_, known in zip(whole.counts, total.counts, strict=True)]
    strays = Tally.of(beyond, whole.unsized - covered)
    stakes = [_stake(name, tally, num, den) for name, tally in groups.items()]
    stray = _stake(None, strays, num, den)
    sizes = {name: None if tally.unsized else sum(tally.counts[2:]) for name, tally in groups.items()}

    def named(chosen: Sequence[_Stake] | None) -> tuple[Unsettled, ...] | None:
        if chosen is None:
            return None
        found = [Unsettled(stake.group, sizes[stake.group]) for stake in chosen]
        return tuple(sorted(found, key=lambda each: (each.units is not None, -(each.units or 0))))

    return NeededReports(
        requirement,
        named(_to_meet(stakes, stray, peopled=whole.placed > 0)),
        named(_to_miss(stakes, stray)),
    )


def _stake(group: Any, tally: Tally, num: int, den: int) -> _Stake:
    satisfied, _, unknown, some_satisfied, some_failed, some_unknown = tally.counts
    worst = satisfied * den - num * (tally.placed + some_failed + some_unknown)
    reach = satisfied + unknown + some_satisfied + some_unknown
    best = reach * den - num * (tally.placed + some_satisfied + some_unknown)
    peopled: int | None = None
    if tally.placed or some_satisfied or some_unknown or "satisfied" in tally.unsized:
        peopled = best if tally.placed or some_satisfied or some_unknown else best + (den - num)
    elif some_failed or "failed" in tally.unsized:
        peopled = best - num
    return _Stake(
        group,
        worst,
        best,
        sinks="failed" in tally.unsized and num > 0,
        soars="satisfied" in tally.unsized and num < den,
        best_peopled=peopled,
    )


def _to_meet(stakes: Sequence[_Stake], stray: _Stake, *, peopled: bool) -> list[_Stake] | None:
    """Return the fewest groups that could make it met, whatever the others."""
    if stray.sinks:
        return None
    forced = [stake for stake in stakes if stake.sinks]
    free = sorted((s for s in stakes if not s.sinks), key=lambda s: (not s.soars, s.worst - s.best))
    base = stray.worst + sum(stake.worst for stake in free) + sum(stake.best for stake in forced)
    soaring = any(stake.soars for stake in forced)
    for size in range(len(free) + 1):
        chosen = free[:size]
        if size:
            base += chosen[-1].best - chosen[-1].worst
            soaring = soaring or chosen[-1].soars
        if peopled:
            if soaring or base >= 0:
                return [*forced, *chosen]
            continue
        found = _with_a_member(forced, chosen, free[size:], base, soaring=soaring)
        if found is not None:
            return found
    return None


def _with_a_member(
    forced: list[_Stake], chosen: list[_Stake], rest: list[_Stake], base: int, *, soaring: bool
) -> list[_Stake] | None:
    """Return the chosen groups if they can meet it with someone in the population, else one exchanged for another."""
    if soaring:
        return [*forced, *chosen]
    members = [stake for stake in (*forced, *chosen) if stake.best_peopled is not None]
    if any(base - stake.best + (stake.best_peopled or 0) >= 0 for stake in members):
        return [*forced, *chosen]
    if not chosen:
        return None
    lost = chosen[-1]
    for stake in rest:
        if stake.best_peopled is None:
            continue
        if stake.soars or base - (lost.best - lost.worst) + stake.best_peopled - stake.worst >= 0:
            return [*forced, *chosen[:-1], stake]
    return None


def _to_miss(stakes: Sequence[_Stake], stray: _Stake) -> list[_Stake] | None:
    """Return the fewest groups that could make it not met, whatever the others."""
    if stray.soars:
        return None
    forced = [stake for stake in stakes if stake.soars]
    free = sorted((s for s in stakes if not s.soars), key=lambda s: (not s.sinks, s.worst - s.best))
    base = stray.best + sum(stake.best for stake in free) + sum(stake.worst for stake in forced)
    sunk = any(stake.sinks for stake in forced)
    for size in range(len(free) + 1):
        if size:
            base += free[size - 1].worst - free[size - 1].best
            sunk = sunk or free[size - 1].sinks
        if sunk or base < 0:
            return [*forced, *free[:size]]
    return None
