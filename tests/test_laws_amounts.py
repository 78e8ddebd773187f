"""Amounts and ratios against every completion: bounds, verdicts, exceeded, shortfall, slack, and adding up."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from envindicators.algebra.span import Quotient, Span
from envindicators.algebra.tallies import Tallies
from envindicators.algebra.threshold import SIGNS, Threshold
from envindicators.algebra.verdict import Verdict
from envindicators.words.quantity import Quantity

FAR = 12
"""An amount of unknown size is tried up to here, well beyond every level that is drawn."""

counts = st.lists(st.integers(0, 2), min_size=6, max_size=6)
tallies = st.tuples(counts, st.sampled_from([0, 2, 4, 7]))
levels = st.fractions(-4, 8, max_denominator=3)
directions = st.sampled_from(list(SIGNS))

KEPT = {
    "at_least": lambda value: value >= 0,
    "at_most": lambda value: value <= 0,
    "above": lambda value: value > 0,
    "below": lambda value: value < 0,
}


def arrays(*drawn):
    return Tallies(np.array([counts for counts, _ in drawn]), np.array([bits for _, bits in drawn], dtype=np.uint8))


def amounts(drawn):
    """Return what the completions of a tally count."""
    (satisfied, _, unknown, some_satisfied, _, some_unknown), bits = drawn
    rest = range(FAR + 1) if bits & 2 else (0,)
    return {satisfied + more + far for more in range(unknown + some_satisfied + some_unknown + 1) for far in rest}


def threshold(direction, level):
    return Threshold(direction, level, Quantity(level, "unit"))


def missing(direction, margin):
    """Return how many whole units are lacking for a level to be kept: the least that, put in or taken off, keep it."""
    towards = 1 if direction in ("at_least", "above") else -1
    return next(units for units in itertools.count() if KEPT[direction](margin + towards * units))


def spare(direction, margin):
    """Return by how many whole units it may go the other way and still keep the level."""
    if not KEPT[direction](margin):
        return 0
    towards = -1 if direction in ("at_least", "above") else 1
    return next(units for units in itertools.count() if not KEPT[direction](margin + towards * (units + 1)))


def check(judgement, direction, margins, *, empty=False, far=False):
    """Hold a judgement to what the margins of all completions say."""
    said = {Verdict.MET if KEPT[direction](margin) else Verdict.NOT_MET for margin in margins}
    assert judgement.possible == said | ({Verdict.NOT_APPLICABLE} if empty else set())
    strict = {"at_least": "above", "at_most": "below"}.get(direction, direction)
    passed = {KEPT[strict](margin) for margin in margins} | ({False} if empty else set())
    if margins:
        assert judgement.exceeded is (passed.pop() if len(passed) == 1 else None)
        lacks = [missing(direction, margin) for margin in margins] + ([0] if empty else [])
        spares = [spare(direction, margin) for margin in margins] + ([0] if empty else [])
        assert judgement.shortfall.lower == min(lacks)
        assert judgement.slack.lower == min(spares)
        for found, values in ((judgement.shortfall, lacks), (judgement.slack, spares)):
            assert found.upper == max(values) if found.upper is not None else far
    else:
        assert judgement.shortfall is None
        assert judgement.slack is None


@given(tallies, directions, levels)
def test_an_amount_is_judged_as_its_completions_are(drawn, direction, level):
    values = amounts(drawn)
    span = Span.counted(arrays(drawn))[0]
    assert span.ends.least == min(values)
    assert span.soars or span.ends.greatest == max(values)
    judgement = threshold(direction, level).judge(span)
    check(judgement, direction, [value - level for value in values], far=span.soars)


@given(tallies, tallies, st.none() | st.integers(1, 6), directions, levels)
def test_a_net_amount_of_which_some_is_capped_is_judged_as_its_completions_are(first, second, cap, direction, level):
    one, other = Span.counted(arrays(first))[0], Span.counted(arrays(second))[0]
    values = {a - (b if cap is None else min(b, cap)) for a in amounts(first) for b in amounts(second)}
    net = one - (other if cap is None else other.up_to(cap))
    assert net.sinks or net.ends.least == min(values)
    assert net.soars or net.ends.greatest == max(values)
    judgement = threshold(direction, level).judge(net)
    if net.open_ended:  # the amounts tried are too few for the one that grows without end
        values = {value for value in values if abs(value) < FAR} | {-99 if net.sinks else min(values)}
        values |= {99 if net.soars else max(values)}
        said = {Verdict.MET if KEPT[direction](value - level) else Verdict.NOT_MET for value in values}
        assert judgement.possible == said
    else:
        check(judgement, direction, [value - level for value in values])


@given(tallies, tallies, directions, levels)
def test_a_ratio_is_judged_as_its_completions_are(above, below, direction, level):
    quotient = Quotient(Span.counted(arrays(above)), Span.counted(arrays(below)))[0]
    pairs = [(top, bottom) for top in amounts(above) for bottom in amounts(below)]
    margins = [top - level * bottom for top, bottom in pairs if bottom]
    values = [Fraction(top, bottom) for top, bottom in pairs if bottom]
    empty = any(not bottom for _, bottom in pairs)
    judgement = threshold(direction, level).judge(quotient)
    far = quotient.numerator.soars or quotient.denominator.soars
    if far:  # what the sizes tried give is possible; what is possible beyond them needs an amount without end
        said = {Verdict.MET if KEPT[direction](margin) else Verdict.NOT_MET for margin in margins}
        assert said | ({Verdict.NOT_APPLICABLE} if empty else set()) <= judgement.possible
        assert (Verdict.NOT_APPLICABLE in judgement.possible) is empty
    else:
        check(judgement, direction, margins, empty=empty)
        if values:
            assert quotient.ends == (min(values), max(values))
        else:
            assert quotient.ends is None


@given(st.lists(st.tuples(tallies, tallies), min_size=1, max_size=4), directions, levels)
def test_many_groups_are_judged_as_each_alone(groups, direction, level):
    spans = [Span.counted(arrays(*side)) for side in zip(*groups, strict=True)]
    for evidence in (spans[0], spans[0] - spans[1], Quotient(*spans)):
        margin = evidence.margin(threshold(direction, level))
        possible = margin.possible()
        for row in range(len(groups)):
            alone = evidence[row].margin(threshold(direction, level))
            assert int(possible[row]) == alone.possible()
            assert tuple(int(end[row]) for end in margin.shortfall) == alone.shortfall
            assert tuple(int(end[row]) for end in margin.slack) == alone.slack


@given(st.lists(st.tuples(tallies, tallies), min_size=1, max_size=4))
def test_evidence_adds_up_to_that_of_the_whole(groups):
    firsts, seconds = ([group[side] for group in groups] for side in (0, 1))
    spans = [Span.counted(arrays(*side)) for side in (firsts, seconds)]
    for evidence in (spans[0], spans[0] - spans[1], Quotient(*spans)):
        assert sum((evidence[row] for row in range(1, len(groups))), evidence[0]) == evidence.total[0]


@given(tallies, st.integers(0, 5))
def test_more_knowledge_never_widens(drawn, known):
    """Where some of what is unknown becomes known, either way, the amounts that are left are among those before."""
    (satisfied, failed, unknown, *rest), bits = drawn
    yes = min(known, unknown)
    later = ([satisfied + yes, failed, unknown - yes, *rest], bits)
    no = ([satisfied, failed + yes, unknown - yes, *rest], bits)
    for learnt in (later, no):
        assert amounts(learnt) <= amounts(drawn)
        span, before = Span.counted(arrays(learnt))[0], Span.counted(arrays(drawn))[0]
        assert span.least >= before.least
        assert before.soars or span.greatest <= before.greatest


def test_amounts_near_the_limits_of_64_bits_stay_exact():
    """Sums, differences and margins pass 2^63 without wrapping."""
    most = 2**62
    tallies = Tallies(np.array([[most, 0, most - 1, 0, 0, 0]] * 2), np.zeros(2, dtype=np.uint8))
    span = Span.counted(tallies)
    assert span.total[0] == Span(2 * most, 4 * most - 2)
    assert (span - span)[0] == Span(1 - most, most - 1)
    judgement = Threshold("at_least", Fraction(most), Quantity(Fraction(most), "unit")).judge(span[0])
    assert judgement.slack == (0, most - 1)
    assert Quotient(span, span)[1].margin(threshold("at_most", Fraction(1, 3))).possible() == 2
