"""The law of bounds: the least and greatest value over every way to fill in what is missing, all written out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from envindicators.algebra.threshold import Judgement
from envindicators.definitions.base_year import Moment
from envindicators.definitions.programme import Programme
from envindicators.errors import OptionError
from envindicators.testing.completions import World
from envindicators.testing.laws import quiet_card
from envindicators.testing.rows import taken
from envindicators.testing.values import Values, is_written_out, possible_of, values_of

LARGEST = 200
"""How many units a table may have."""


def _ends(judgement: Judgement) -> tuple[Fraction | None, Fraction | None]:
    if judgement.tally is None:
        return judgement.evidence.ends or (None, None)
    return (None, None) if judgement.rate is None else (judgement.rate.lower, judgement.rate.upper)


def _assert_judged(judgement: Judgement, values: Values, where: str, *, sharp: bool) -> None:
    """Assert that a judgement says what all completions say."""
    least, greatest = _ends(judgement)
    every = values.reached | values.limits
    for value in every:
        within = (least is None or least <= value) and (greatest is None or value <= greatest)
        assert within, f"{where}: {value} can be, outside of {least} to {greatest}"
    possible = possible_of(values, judgement.threshold)
    assert possible <= judgement.possible, f"{where}: {possible - judgement.possible} can be"
    if not sharp:
        return
    unsaid = values.sinks or values.unsaid[0], values.endless or values.unsaid[1]
    expected = (None if unsaid[0] else min(every), None if unsaid[1] else max(every)) if every else (None, None)
    assert (least, greatest) == expected, f"{where}: from {least} to {greatest}, yet {expected} is what can be"
    assert possible == judgement.possible, f"{where}: {judgement.possible - possible} cannot be"


def assert_bounds_sharp(
    programme: Programme, tables: Mapping[str, Any], *, year: int | None = None, expected: Sequence[Any] | None = None
) -> None:
    """Assert that bounds and possible verdicts are those of all ways to fill in what is missing, written out.

    This is for small tables, a few units a row: all completions of larger ones are too many. It looks at every kind of
    indicator, in every area and as a whole; where bounds are promised to be safe only (`Indicator.sharp`), that no
    completion lies outside. Passed over are readings that the tables do not have the columns for, duties, shares of
    areas and changes like for like by another column than the area, shares of areas whose levels differ by group, and
    kinds of indicator that are not the library's own.

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
    every = (row.get("scenario") for _, rows in given.values() for row in rows)
    own: list[Any] = [scenario for scenario in every if scenario not in (None, *programme.scenarios)]
    now = Moment(card.year, own[0] if own else None)  # of several scenarios there would be no card
    world = World(programme, given, frozenset(expected or ()), card.year, (now,)).beside(now)
    for area in [None, *card.groups] if by else [None]:
        for assessment in card:
            for reading in assessment.target.readings:
                under = card[assessment.target.key if area is None else (assessment.target.key, area)].under(
                    reading.key
                )
                if not world.computed(reading):
                    continue
                for judgement in under.judgements:
                    assert judgement.requirement is not None
                    indicator = judgement.requirement.indicator
                    if is_written_out(indicator):
                        where = f"{indicator.key!r} in {'all areas' if area is None else repr(area)}"
                        sharp = world.sharp(indicator)
                        _assert_judged(judgement, values_of(world, indicator, area), where, sharp=sharp)
