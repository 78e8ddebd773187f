"""``above`` and ``below``: to reach the level is not enough. Against every completion, as the other directions are."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import oracle
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import shares, small_counts, unsized

import envindicators as ei
from envindicators.algebra.tallies import Tallies, bits_of

strict = st.sampled_from(["above", "below"])


def kept(n, k, direction, share):
    return Fraction(k, n) > share if direction == "above" else Fraction(k, n) < share


def lacking(n, k, direction, share):
    """Return how many units must be changed: by the definition, one more than what only reaches the level."""
    if direction == "above":
        return max(0, math.floor(share * n) + 1 - k) if n else 0
    return max(0, k - math.ceil(share * n) + 1) if n else 0


def spared(n, k, direction, share):
    if not n or not kept(n, k, direction, share):
        return 0
    return k - math.floor(share * n) - 1 if direction == "above" else math.ceil(share * n) - 1 - k


def interval(formula, counts, open_, direction, share):
    """Return the ends over completions; None where they grow with the amounts of unknown size."""
    near, far = (
        [formula(n, k, direction, share) for n, k in oracle.completions(counts, open_, largest)]
        for largest in (oracle.LARGE, oracle.HUGE)
    )
    return min(far), max(far) if max(near) == max(far) else None


@given(small_counts, unsized, strict, shares)
def test_a_strict_level_is_judged_as_completions_are(counts, open_, direction, share):
    assume(share < 1 if direction == "above" else share > 0)
    judgement = getattr(ei, direction)(share).judge(ei.Tally(*counts, unsized=open_))
    pairs = oracle.completions(tuple(counts), frozenset(open_))
    said = {
        ei.Verdict.NOT_APPLICABLE if not n else ei.Verdict.MET if kept(n, k, direction, share) else ei.Verdict.NOT_MET
        for n, k in pairs
    }
    assert judgement.possible == said
    answers = {n > 0 and kept(n, k, direction, share) for n, k in pairs}
    assert judgement.exceeded is (answers.pop() if len(answers) == 1 else None)
    if all(not n for n, _ in pairs):
        assert judgement.shortfall is None
        assert judgement.slack is None
        return
    key = (tuple(counts), frozenset(open_), direction, share)
    assert judgement.shortfall == interval(lacking, *key)
    assert judgement.slack == interval(spared, *key)


@given(st.lists(st.tuples(small_counts, unsized), min_size=1, max_size=4), strict, shares)
def test_many_groups_are_judged_as_each_alone(groups, direction, share):
    assume(share < 1 if direction == "above" else share > 0)
    threshold = getattr(ei, direction)(share)
    tallies = Tallies(
        np.array([counts for counts, _ in groups]), np.array([bits_of(open_) for _, open_ in groups], dtype=np.uint8)
    )
    possible = tallies.margin(threshold).possible()
    for row in range(len(groups)):
        assert int(possible[row]) == tallies[row].margin(threshold).possible()


def test_below_fifteen_percent_at_exactly_fifteen_is_missed():
    """A clause that says "less than" is not kept at the level itself."""
    tally = ei.Tally(15, 85)
    assert ei.below("15%").judge(tally).verdict is ei.Verdict.NOT_MET
    assert ei.at_most("15%").judge(tally).verdict is ei.Verdict.MET
    assert ei.below("15%").judge(tally).shortfall == (1, 1)
    assert ei.below("15%").judge(ei.Tally(14, 86)).slack == (0, 0)


@pytest.mark.parametrize(("make", "share"), [(ei.above, "100%"), (ei.below, "0%")])
def test_a_share_beyond_what_shares_can_be_is_refused(make, share):
    with pytest.raises(ei.DefinitionError, match="no share"):
        make(share)
