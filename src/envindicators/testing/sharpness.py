"""The law of bounds: the least and greatest value over every way to fill in what is missing, all written out.

Values are made of the completions of `envindicators.testing.completions`, kind by kind.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import frozen

from envindicators.algebra.threshold import Judgement, Threshold
from envindicators.algebra.verdict import Verdict
from envindicators.definitions.amount import Amount, Capped, Net
from envindicators.definitions.base_year import YEAR_BEFORE, PublishedFigure
from envindicators.definitions.indicator import AreaShare, Change, Indicator
from envindicators.definitions.mean import Mean
from envindicators.definitions.programme import Programme
from envindicators.definitions.ratio import Ratio
from envindicators.definitions.share import Share
from envindicators.errors import OptionError
from envindicators.testing.completions import NONE, SIZES, Asked, Pairs, World, summed
from envindicators.testing.laws import quiet_card
from envindicators.testing.rows import taken

LARGEST = 200
"""How many units a table may have."""


@frozen
class _Values:
    """The values that an indicator may have, in counted units: those reached, and whether they go on without end."""

    reached: frozenset[Fraction]
    empty: bool = False
    endless: bool = False
    sinks: bool = False
    limits: frozenset[Fraction] = frozenset()
    """What values tend to and need not reach."""


def _share(world: World, indicator: Share, area: Any) -> _Values:
    (question,) = indicator.questions
    found = world.completions(question, area)
    limits = {Fraction(1)} if found.grows else set[Fraction]()
    limits |= {Fraction(0)} if found.fails else set()
    reached = frozenset(Fraction(k, n) for n, k in found.pairs if n)
    return _Values(reached, any(n == 0 for n, _ in found.pairs), limits=frozenset(limits))


def _amount(world: World, indicator: Amount, area: Any) -> _Values:
    (question,) = indicator.questions
    found = world.completions(question, area, world.counted(indicator.table))
    reached = {Fraction(k) for _, k in found.pairs}
    if 0 in reached and max(reached) > 0:  # what is counted may be finer than what a row says: a gram of a kilogram
        reached.add(Fraction(1))
    return _Values(frozenset(reached), endless=found.grows)


def _capped(world: World, indicator: Capped, area: Any) -> _Values:
    _, cap = indicator.amount.quantity(indicator.cap)
    return _Values(frozenset(min(value, Fraction(cap)) for value in _values(world, indicator.amount, area).reached))


def _net(world: World, indicator: Net, area: Any) -> _Values:
    first, second = (_values(world, each, area) for each in (indicator.amount, indicator.deduction))
    reached = frozenset(a - b for a in first.reached for b in second.reached)
    return _Values(reached, endless=first.endless or second.sinks, sinks=first.sinks or second.endless)


def _ratio(world: World, indicator: Ratio, area: Any) -> _Values:
    return _quotients(_values(world, indicator.amount, area), _values(world, indicator.per, area))


def _quotients(above: _Values, below: _Values) -> _Values:
    """Return the values of one amount for each unit of another, of which any may come with any."""
    # a quotient is least and greatest at ends of both
    bases = _ends_of(d for d in below.reached if d > 0)
    reached = frozenset(n / d for n in _ends_of(above.reached) for d in bases)
    some, vast = any(d > 0 for d in below.reached), frozenset([Fraction(0)]) if below.endless else frozenset[Fraction]()
    empty = any(d == 0 for d in below.reached)
    return _Values(reached, empty, above.endless and some, above.sinks and some, vast)


def _ends_of(values: Iterable[Fraction]) -> frozenset[Fraction]:
    held = frozenset(values)
    return frozenset([min(held), max(held)]) if held else held


def _mean(world: World, indicator: Mean, area: Any) -> _Values:
    """Return the means of a value: a missing one is as low as it can be, or as high, in all units of its row."""
    (question,) = indicator.questions
    column, asked = indicator.value, Asked(question)
    scale = dict(column.unit.multiples)[column.unit.key]
    found, endless = {(Fraction(0), 0)}, False
    for _, row in world.rows(indicator.table, area):
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
    return _Values(reached, any(n == 0 for _, n in found), endless, limits=frozenset(limits))


def _change(world: World, indicator: Change, area: Any) -> _Values:
    inner, years = indicator.indicator, _years_against(world, indicator)
    now = _values(world, inner, area)
    if isinstance(indicator.base, PublishedFigure):
        then = _Values(_published(inner, indicator.base))
    else:
        then = _values(world.at(*years), inner, area)
    if indicator.in_points:
        others = _ends_of(then.reached | then.limits)
        points = frozenset(a - b for a in _ends_of(now.reached | now.limits) for b in others)
        return _Values(points, now.empty or then.empty)
    found = _quotients(now, then)
    # of what may be any amount from 0 on, a small part may be the base of any growth
    grows = then.endless and Fraction(0) in then.reached and max(now.reached, default=0) > 0
    times = len(years) if inner.adds_up and years else 1  # the mean of several years
    parts = (frozenset(value * times - 1 for value in values) for values in (found.reached, found.limits))
    reached, limits = parts
    return _Values(reached, found.empty or now.empty or then.empty, found.endless or grows, found.sinks, limits)


def _years_against(world: World, change: Change) -> tuple[int, ...]:
    """Return the years that a change is against; none for one against something else."""
    match change.base:
        case int():
            return (change.base,)
        case tuple():
            return change.base
        case _:
            return ((world.year or 0) - 1,) if change.base is YEAR_BEFORE else ()


def _published(indicator: Indicator, figure: PublishedFigure) -> frozenset[Fraction]:
    """Return the ends of what may stand behind a published figure, in counted units."""
    if figure.quantity.unit == "%":
        ends = [(figure.quantity.value + half) / 100 for half in (-figure.rounding, figure.rounding)]
        return frozenset(min(max(end, Fraction(0)), Fraction(1)) for end in ends)
    level = indicator.threshold("at_least", figure.quantity).level
    half = level / figure.quantity.value * figure.rounding
    return frozenset([level - half, level + half])


def _area_share(world: World, indicator: AreaShare, area: Any) -> _Values:
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
    return _Values(reached, any(n == 0 for n, _ in pairs), limits=frozenset(limits))


def _weights(world: World, weigh: Indicator | None, area: Any) -> tuple[set[int], bool]:
    """Return the least and the greatest weight of an area, and whether it may be beyond every size."""
    if weigh is None:
        return {1}, False
    found = _values(world, weigh, area)
    return {int(value) for value in _ends_of(found.reached)}, found.endless


def _criterion(world: World, indicator: AreaShare, area: Any) -> set[Verdict]:
    """Return the verdicts that the criterion of a share of areas may have in one of them."""
    required = indicator.required
    possible = [_possible(_values(world, each.indicator, area), each.threshold) for each in required.requirements]
    deciding, other = (Verdict.MET, Verdict.NOT_MET) if required.one_suffices else (Verdict.NOT_MET, Verdict.MET)
    return {
        deciding if deciding in several else other if other in several else Verdict.NOT_APPLICABLE
        for several in itertools.product(*possible)
    }


_KINDS: dict[type[Indicator], Callable[[World, Any, Any], _Values]] = {
    Share: _share, Amount: _amount, Capped: _capped, Net: _net, Ratio: _ratio, Mean: _mean, Change: _change,
    AreaShare: _area_share,
}  # fmt: skip


def _values(world: World, indicator: Indicator, area: Any) -> _Values:
    return _KINDS[type(indicator)](world, indicator, area)


def _looked_at(world: World, indicator: Indicator) -> bool:
    """Return whether the values of an indicator are written out here."""
    match indicator:
        case Change():
            inner, years = indicator.indicator, _years_against(world, indicator)
            figure = isinstance(indicator.base, PublishedFigure) and indicator.base.quantity.value > 0
            held = all(world.at(year).holds(table) for year in years for table in inner.tables)
            # a base below 0 has no change, and of nothing but margins no mean or share
            against = figure or (bool(years) and world.year is not None and held)
            return against and indicator.alike is None and not isinstance(inner, Net) and _looked_at(world, inner)
        case AreaShare():
            plain = indicator.required.whole is None and indicator.level == "area"
            return plain and all(_looked_at(world, inner) for inner in indicator.inner)
        case _:
            return type(indicator) in _KINDS


def _verdict(value: Fraction, threshold: Threshold) -> Verdict:
    level = threshold.level
    passes = {
        "at_least": value >= level, "at_most": value <= level, "above": value > level, "below": value < level,
    }[threshold.direction]  # fmt: skip
    return Verdict.MET if passes else Verdict.NOT_MET


def _possible(values: _Values, threshold: Threshold) -> set[Verdict]:
    none = {Verdict.NOT_APPLICABLE} if values.empty else set[Verdict]()
    beyond = max(map(abs, (threshold.level, *values.reached))) + 1
    endless = [beyond] * values.endless + [-beyond] * values.sinks
    return none | {_verdict(value, threshold) for value in (*values.reached, *endless)}


def _ends(judgement: Judgement) -> tuple[Fraction | None, Fraction | None]:
    if judgement.tally is None:
        return judgement.evidence.ends or (None, None)
    return (None, None) if judgement.rate is None else (judgement.rate.lower, judgement.rate.upper)


def _assert_judged(judgement: Judgement, values: _Values, where: str, *, sharp: bool) -> None:
    """Assert that a judgement says what all completions say."""
    least, greatest = _ends(judgement)
    every = values.reached | values.limits
    for value in every:
        within = (least is None or least <= value) and (greatest is None or value <= greatest)
        assert within, f"{where}: {value} can be, outside of {least} to {greatest}"
    possible = _possible(values, judgement.threshold)
    assert possible <= judgement.possible, f"{where}: {possible - judgement.possible} can be"
    if not sharp:
        return
    expected = (None if values.sinks else min(every), None if values.endless else max(every)) if every else (None, None)
    assert (least, greatest) == expected, f"{where}: from {least} to {greatest}, yet {expected} is what can be"
    assert possible == judgement.possible, f"{where}: {judgement.possible - possible} cannot be"


def assert_bounds_sharp(
    programme: Programme, tables: Mapping[str, Any], *, year: int | None = None, expected: Sequence[Any] | None = None
) -> None:
    """Assert that bounds and possible verdicts are those of all ways to fill in what is missing, written out.

    This is for small tables, a few units a row: all completions of larger ones are too many. It looks at every kind of
    indicator, in every area and as a whole; where bounds are promised to be safe only (`Indicator.sharp`), that no
    completion lies outside. Passed over are changes against a scenario, of a net amount or like for like, and shares of
    areas at another level than the area, or of which a criterion is put in relation to a whole.

    Args:
        programme: the programme.
        tables: as for `assert_adds_up`, with whole numbers.
        year: the reporting year.
        expected: the areas that should have reported.

    Raises:
        AssertionError: if a bound is not what completions reach, naming indicator and area.
        ValueError: for a table too large.
        InvalidTable: if the tables cannot be evaluated.

    Example:
        >>> from envindicators.programmes import soc_trang_2020
        >>> rows = [{"area": "A", "settlement": None, "persons": 4, "hygienic_water": 3}]
        >>> assert_bounds_sharp(soc_trang_2020, {"residents": rows}, year=2020)
    """
    given = taken(programme, tables)
    for key, (_, rows) in given.items():
        units = sum(row.get(programme.tables[key].total) or 1 for row in rows)
        if units > LARGEST:
            raise OptionError(f"table {key!r} has {units} units; completions of more than {LARGEST} are too many")
    by = "area" if any("area" in row for _, rows in given.values() for row in rows) else None
    frames = {key: form.of(rows) for key, (form, rows) in given.items()}
    card = quiet_card(programme, frames, year=year, by=by, expected=expected)
    years = (None, card.year)
    of_year = [row for _, rows in given.values() for row in rows if row.get("year") in years]
    areas = {row["area"] for row in of_year if "area" in row}
    world = World(programme, given, frozenset(areas | set(expected or ())), card.year)
    for area in [None, *card.groups] if by else [None]:
        for assessment in card:
            for reading in assessment.target.readings:
                under = card[assessment.target.key if area is None else (assessment.target.key, area)].under(
                    reading.key
                )
                if not world.computed(reading):
                    continue
                for judgement, requirement in zip(under.judgements, reading.requirements, strict=True):
                    indicator = requirement.indicator
                    if _looked_at(world, indicator):
                        where = f"{indicator.key!r} in {'all areas' if area is None else repr(area)}"
                        sharp = world.sharp(indicator)
                        _assert_judged(judgement, _values(world, indicator, area), where, sharp=sharp)
