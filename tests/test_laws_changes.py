"""Changes against every pair of completions, now and then: bounds, verdicts, exceeded, shortfall and slack."""

from __future__ import annotations

from fractions import Fraction

import oracle
from hypothesis import given
from hypothesis import strategies as st
from strategies import small_counts
from test_laws_amounts import KEPT, amounts, arrays, check, directions, tallies

from envindicators.algebra.change import Growth, Shift
from envindicators.algebra.span import Span
from envindicators.algebra.threshold import Threshold
from envindicators.algebra.verdict import Verdict
from envindicators.words.quantity import Quantity

levels = st.fractions(-1, 2, max_denominator=4)


def threshold(direction, level):
    return Threshold(direction, level, Quantity(level * 100, "%", signed=True))


@given(tallies, tallies, directions, levels)
def test_the_change_of_an_amount_is_judged_as_its_completions_are(now, then, direction, level):
    growth = Growth(Span.counted(arrays(now)), Span.counted(arrays(then)))
    pairs = [(after, before) for after in amounts(now) for before in amounts(then)]
    margins = [after - (1 + level) * before for after, before in pairs if before]
    changes = [Fraction(after, before) - 1 for after, before in pairs if before]
    empty = any(not before for _, before in pairs)
    judgement = threshold(direction, level).judge(growth[0])
    low, high = (ends[0].item() for ends in growth.bounds(Fraction(1)))
    if growth[0].numerator.soars or growth[0].denominator.soars:
        said = {Verdict.MET if KEPT[direction](margin) else Verdict.NOT_MET for margin in margins}
        assert said | ({Verdict.NOT_APPLICABLE} if empty else set()) <= judgement.possible
        assert all(not low > change for change in changes)
        assert all(not high < change for change in changes)
    else:
        check(judgement, direction, margins, empty=empty)
        assert growth[0].ends == ((min(changes), max(changes)) if changes else None)
        if changes:
            assert low <= min(changes) < low + 1e-12
            assert high - 1e-12 < max(changes) <= high


@given(small_counts, small_counts, directions, st.fractions(-1, 1, max_denominator=6), st.booleans())
def test_the_change_of_a_share_holds_every_pair_of_completions(now, then, direction, level, points):
    """Its bounds are safe: what is possible is among the possible, and no change lies outside them."""
    shift = Shift(arrays((now, 0))[0], arrays((then, 0))[0], points)
    found = []
    for n, k in oracle.completions(tuple(now)):
        for m, j in oracle.completions(tuple(then)):
            there = n and m and (points or j)
            value = None if not there else Fraction(k, n) - Fraction(j, m) if points else Fraction(k * m, n * j) - 1
            found.append(value)
    judgement = threshold(direction, level).judge(shift)
    changes = [value for value in found if value is not None]
    said = {Verdict.MET if KEPT[direction](value - level) else Verdict.NOT_MET for value in changes}
    said |= {Verdict.NOT_APPLICABLE} if None in found else set()
    assert said <= judgement.possible
    if changes:
        least, greatest = shift.ends
        assert least is None or least <= min(changes)
        assert greatest is None or greatest >= max(changes)
        if points:
            assert (least, greatest) == (min(changes), max(changes))
        assert judgement.shortfall is None, "a change of a share is no number of units"
    else:
        assert judgement.verdict is Verdict.NOT_APPLICABLE


@given(st.lists(st.tuples(tallies, tallies), min_size=1, max_size=4), directions, levels)
def test_many_groups_are_judged_as_each_alone(groups, direction, level):
    now, then = (arrays(*side) for side in zip(*groups, strict=True))
    spans = Span.counted(now), Span.counted(then)
    for evidence in (Growth(*spans), Shift(now, then), Shift(now, then, points=True)):
        margin = evidence.margin(threshold(direction, level))
        possible, bounds = margin.possible(), evidence.bounds(Fraction(1))
        for row in range(len(groups)):
            alone = evidence[row]
            assert int(possible[row]) == alone.margin(threshold(direction, level)).possible()
            for end, values in zip(alone.ends or (None, None), bounds, strict=True):
                assert (end is None and values[row] != values[row]) or end is not None
    assert sum((Growth(*spans)[row] for row in range(1, len(groups))), Growth(*spans)[0]) == Growth(*spans).total[0]
