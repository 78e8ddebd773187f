"""The values that an indicator may have in small tables, kind by kind: of every completion, written out.

Values are made of the completions of `envindicators.testing.completions`, in counted units.
"""

from __future__ import annotations

import calendar
import functools
import itertools
import operator
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from envindicators.algebra.threshold import Threshold
from envindicators.algebra.verdict import Verdict
from envindicators.definitions.amount import Amount, Capped, Net
from envindicators.definitions.base_year import Moment, PublishedFigure
from envindicators.definitions.daily import Daily
from envindicators.definitions.indicator import AreaShare, Change, Indicator
from envindicators.definitions.mean import Mean
from envindicators.definitions.ratio import Ratio
from envindicators.definitions.share import Share
from envindicators.testing.completions import NONE, SIZES, Asked, Pairs, World, summed


@frozen
class Values:
    """The values that an indicator may have, in counted units: those reached, and whether they go on without end."""

    reached: frozenset[Fraction]
    empty: bool = False
    """Whether there may be none."""
    endless: bool = False
    sinks: bool = False
    limits: frozenset[Fraction] = frozenset()
    """What values tend to and need not reach."""
    unsaid: tuple[bool, bool] = (False, False)
    """Whether the least and the greatest are not said, though whole units set them: against a base of any size."""

    def __add__(self, other: Values) -> Values:
        """Return the sums of any of these and any of others, of amounts."""
        reached = frozenset(a + b for a in ends_of(self.reached) for b in ends_of(other.reached))
        return Values(reached, endless=self.endless or other.endless, sinks=self.sinks or other.sinks)

    def __neg__(self) -> Values:
        return Values(frozenset(-value for value in self.reached), endless=self.sinks, sinks=self.endless)

    def __truediv__(self, by: int) -> Values:
        reached, limits = (frozenset(value / by for value in values) for values in (self.reached, self.limits))
        return evolve(self, reached=reached, limits=limits)

    def counted(self) -> Values:
        """Return the same of an amount: what is counted may be finer than what a row says, a gram of a kilogram."""
        crosses = min(self.reached) <= 0 < max(self.reached)
        return evolve(self, reached=self.reached | {Fraction(1)}) if crosses else self


_NOWHERE = Values(frozenset(), empty=True)


def ends_of(values: Iterable[Fraction]) -> frozenset[Fraction]:
    """Return the least and the greatest of some values."""
    held = frozenset(values)
    return frozenset([min(held), max(held)]) if held else held


def _share(world: World, indicator: Share, area: Any) -> Values:
    (question,) = indicator.questions
    found = world.completions(question, area)
    limits = {Fraction(1)} if found.grows else set[Fraction]()
    limits |= {Fraction(0)} if found.fails else set()
    reached = frozenset(Fraction(k, n) for n, k in found.pairs if n)
    return Values(reached, any(n == 0 for n, _ in found.pairs), limits=frozenset(limits))


def _amount(world: World, indicator: Amount, area: Any) -> Values:
    (question,) = indicator.questions
    now, scale = world.moments[0], world.counted(indicator.table)
    years = (now.year,) if indicator.over is None else indicator.over
    several = (world.at(Moment(year, now.scenario)).completions(question, area, scale) for year in years)
    return functools.reduce(
        operator.add,
        (Values(frozenset(Fraction(k) for _, k in found.pairs), endless=found.grows) for found in several),
    )


def _capped(world: World, indicator: Capped, area: Any) -> Values:
    _, cap = indicator.amount.quantity(indicator.cap)
    found = values_of(world, indicator.amount, area)
    # no more than a cap can count, of what is without end too; what is counted is whole
    return Values(frozenset(min(value, Fraction(int(cap))) for value in found.reached), sinks=found.sinks)


def _net(world: World, indicator: Net, area: Any) -> Values:
    return values_of(world, indicator.amount, area) + -values_of(world, indicator.deduction, area)


def _ratio(world: World, indicator: Ratio, area: Any) -> Values:
    return _quotients(values_of(world, indicator.amount, area), values_of(world, indicator.per, area))


def _quotients(above: Values, below: Values) -> Values:
    """Return the values of one amount for each unit of another, of which any may come with any."""
    # a quotient is least and greatest at ends of both
    bases = ends_of(d for d in below.reached if d > 0)
    reached = frozenset(n / d for n in ends_of(above.reached) for d in bases)
    some, vast = any(d > 0 for d in below.reached), frozenset([Fraction(0)]) if below.endless else frozenset[Fraction]()
    empty = any(d <= 0 for d in below.reached)
    return Values(reached, empty, above.endless and some, above.sinks and some, vast)


def _mean(world: World, indicator: Mean, area: Any) -> Values:
    """Return the means of a value: a missing one is as low as it can be, or as high, in all units of its row."""
    (question,) = indicator.questions
    column, asked = indicator.value, Asked(question)
    scale = dict(column.unit.multiples)[column.unit.key]
    found, endless = {(Fraction(0), 0)}, False
    for row in world.rows(indicator.table, area):
        pairs, _ = asked.of_row(row, world.layout(indicator.table.key))
        units = {k for _, k in pairs}
        value = row.get(column.key)
        ends: list[int | None] = [column.least, column.greatest] if value is None else [int(value * scale)]
        endless = endless or (None in ends and any(units))
        known = [end for end in ends if end is not None] + ([max(SIZES)] if None in ends else [])
        found = {(total + end * k, n + k) for total, n in found for k in units for end in known}
    limits = set[Fraction]()
    if world.silent(indicator.table, area):  # units of any number, with any value
        limits = {Fraction(end) for end in (column.least, column.greatest) if end is not None}
        extremes = {column.least, max(SIZES) if column.greatest is None else column.greatest}
        found |= {(total + end * size, n + size) for total, n in found for end in extremes for size in SIZES}
        endless = endless or column.greatest is None
    reached = frozenset(Fraction(total, n) for total, n in found if n)
    return Values(reached, any(n == 0 for _, n in found), endless, limits=frozenset(limits))


def _daily(world: World, indicator: Daily, area: Any) -> Values:
    table = indicator.questions[0].table
    moments = [moment for question, moment in indicator.asked(world.moments[0]) if question.table == table]
    years = {moment.year for moment in moments}
    return values_of(world, indicator.indicator, area) / sum(
        366 if year is not None and calendar.isleap(year) else 365 for year in years
    )


def _change(world: World, indicator: Change, area: Any) -> Values:
    if indicator.alike is not None:
        world = world.of_areas(_alike(world, indicator))
        if area not in world.areas if area is not None else not world.areas:
            return _NOWHERE
    inner, bases = indicator.indicator, _bases(world, indicator)
    world = world.beside(*(moment for _, moment in indicator.asked(world.moments[0])))
    now = values_of(world, inner, area)
    then = values_of(world.at(*bases), inner, area) if bases else Values(_published(inner, indicator.base))
    if indicator.in_points:
        others = ends_of(then.reached | then.limits)
        points = frozenset(a - b for a in ends_of(now.reached | now.limits) for b in others)
        return Values(points, now.empty or then.empty)
    found = _quotients(now, then)
    # what is any amount from 0 on, or rounds to 0, may be as small as one likes: of whole units a verdict knows better
    small = min(then.reached, default=1) <= 0 < max(then.reached)
    unsaid = min(now.reached, default=0) < 0, max(now.reached, default=0) > 0
    sinks, grows = (small and not bases and end for end in unsaid)
    unknown = bool(bases) and inner.adds_up and then.endless and (then.sinks or min(then.reached) == 0)
    times = len(bases) if inner.adds_up and bases else 1  # the mean of several years
    reached, limits = (frozenset(value * times - 1 for value in values) for values in (found.reached, found.limits))
    empty = found.empty or now.empty or then.empty
    ends = found.endless or grows, found.sinks or sinks
    return Values(reached, empty, *ends, limits, (unknown and unsaid[0], unknown and unsaid[1]))


def _bases(world: World, change: Change) -> tuple[Moment, ...]:
    """Return the moments that a change is against; none for one against a published figure."""
    year, scenario = world.moments[0]
    match change.base:
        case PublishedFigure():
            return ()
        case str():
            return (Moment(year, change.base),)
        case int():
            return (Moment(change.base, scenario),)
        case tuple():
            return tuple(Moment(each, scenario) for each in change.base)
        case _:
            return (Moment((year or 0) - 1, scenario),)


def _alike(world: World, change: Change) -> frozenset[Any]:
    """Return the areas of which all is known that a change asks for."""
    return frozenset(
        area
        for area in world.areas
        if all(world.at(moment).knows(question, area) for question, moment in change.asked(world.moments[0]))
    )


def _published(indicator: Indicator, figure: Any) -> frozenset[Fraction]:
    """Return the ends of what may stand behind a published figure, in counted units."""
    ends = [figure.quantity.value + half for half in (-figure.rounding, figure.rounding)]
    if figure.quantity.unit == "%" and not indicator.adds_up:
        return frozenset(min(max(end / 100, Fraction(0)), Fraction(1)) for end in ends)
    one = indicator.threshold("at_least", evolve(figure.quantity, value=Fraction(1))).level
    return frozenset(end * one for end in ends)


def _area_share(world: World, indicator: AreaShare, area: Any) -> Values:
    pairs: Pairs = NONE
    limits = set[Fraction]()
    for own in sorted(world.areas, key=str) if area is None else [area]:
        weights, endless = _weights(world, indicator.weigh, own)
        outcomes = NONE - NONE
        for verdict in _criterion(world, indicator, own):
            met = verdict is Verdict.MET
            outcomes |= {(0, 0)} if verdict is Verdict.NOT_APPLICABLE else {(each, each * met) for each in weights}
            limits |= {Fraction(met)} if endless and verdict is not Verdict.NOT_APPLICABLE else set()
        pairs = summed(pairs, outcomes)
    reached = frozenset(Fraction(k, n) for n, k in pairs if n)
    return Values(reached, any(n == 0 for n, _ in pairs), limits=frozenset(limits))


def _weights(world: World, weigh: Indicator | None, area: Any) -> tuple[set[int], bool]:
    """Return the least and the greatest weight of an area, and whether it may be beyond every size."""
    if weigh is None:
        return {1}, False
    found = values_of(world, weigh, area)
    return {int(value) for value in ends_of(found.reached)}, found.endless


def _criterion(world: World, indicator: AreaShare, area: Any) -> set[Verdict]:
    """Return the verdicts that the criterion of a share of areas may have in one of them."""
    required = indicator.required
    possible = [possible_of(values_of(world, each.indicator, area), each.threshold) for each in required.requirements]
    deciding, other = (Verdict.MET, Verdict.NOT_MET) if required.one_suffices else (Verdict.NOT_MET, Verdict.MET)
    return {
        deciding if deciding in several else other if other in several else Verdict.NOT_APPLICABLE
        for several in itertools.product(*possible)
    }


_KINDS: dict[type[Indicator], Callable[[World, Any, Any], Values]] = {
    Share: _share, Amount: _amount, Capped: _capped, Net: _net, Ratio: _ratio, Mean: _mean, Daily: _daily,
    Change: _change, AreaShare: _area_share,
}  # fmt: skip


def values_of(world: World, indicator: Indicator, area: Any) -> Values:
    """Return the values that an indicator may have in an area, or in all of them where that is None."""
    kind = _KINDS[type(indicator)]
    if not indicator.adds_up:
        return kind(world, indicator, area)
    several = (kind(world.at(moment), indicator, area) for moment in world.moments)
    return functools.reduce(operator.add, several).counted()


def is_written_out(indicator: Indicator) -> bool:
    """Return whether the values of an indicator are written out here."""
    match indicator:
        case Change():
            return indicator.alike in (None, "area") and is_written_out(indicator.indicator)
        case AreaShare():
            plain = indicator.required.whole is None and indicator.level == "area"
            return plain and all(map(is_written_out, indicator.inner))
        case _:
            return type(indicator) in _KINDS


def _verdict(value: Fraction, threshold: Threshold) -> Verdict:
    level = threshold.level
    passes = {
        "at_least": value >= level, "at_most": value <= level, "above": value > level, "below": value < level,
    }[threshold.direction]  # fmt: skip
    return Verdict.MET if passes else Verdict.NOT_MET


def possible_of(values: Values, threshold: Threshold) -> set[Verdict]:
    """Return the verdicts that some values may have."""
    none = {Verdict.NOT_APPLICABLE} if values.empty else set[Verdict]()
    beyond = max(map(abs, (threshold.level, *values.reached))) + 1
    endless = [beyond] * values.endless + [-beyond] * values.sinks
    return none | {_verdict(value, threshold) for value in (*values.reached, *endless)}
