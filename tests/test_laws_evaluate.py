"""Laws of `evaluate`, by brute force: what it says of a table is what all completions of its units say."""

from __future__ import annotations

import oracle
import pytest
from brute_force import _has_margins, assert_assessed, shared
from engines import ways_by
from hypothesis import assume, given, settings
from worlds import SPECS, card_of, programmes, worlds

pytestmark = pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning")


def _exact(targets, world):
    """Whether every reading is one whose bounds are promised to be sharp on this world."""
    return not any(
        table in world and _has_margins(world, table) and not SPECS[table].chained and shared(among, where)
        for readings in targets.values()
        for _, requirements in readings.values()
        for table, among, where, _ in requirements
    )


@settings(max_examples=100)
@given(programmes(), worlds(), ways_by(SPECS))
def test_everything_is_what_all_completions_say(targets, world, held):
    """Rate, verdict, exceeded, reason, shortfall and slack are those of all completions.

    In every layout, for readings of one and of several requirements, in groups and as a whole, for areas that
    did not report and tables and columns that did not come.
    """
    assume(_exact(targets, world))
    card = card_of(targets, world, held)
    assert card.groups == sorted({row["area"] for _, rows in world.values() for row in rows})
    for target, readings in targets.items():
        assert_assessed(card[target], readings, world, None)
        for area in card.groups:
            assert_assessed(card[target, area], readings, world, area)
    defaults = [oracle.combined(*[set(j.possible) for j in each.judgements]) for each in card]
    assert card.verdict == oracle.verdict(oracle.combined(*defaults))
    assert sum(card.counts.values()) == len(targets)
