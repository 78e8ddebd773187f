"""Laws of the margin: its ends are those of all completions, it adds up, and arrays obey what integers obey."""

import itertools
import math
from fractions import Fraction

import numpy as np
import oracle
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import OUTCOMES, directions, shares, small_counts, unsized

from envindicators.algebra.judgements import judge
from envindicators.algebra.margin import Margin, fits
from envindicators.algebra.tallies import ANYTHING, BITS, Tallies, bits_of
from envindicators.algebra.tally import COUNTS, NOTHING_KNOWN, Rate, Tally
from envindicators.algebra.threshold import Threshold
from envindicators.algebra.verdict import (
    CAUSES,
    REASONS,
    VERDICT_NAMES,
    VERDICT_SETS,
    Verdict,
    any_of,
    any_of_bits,
    combine,
    combine_bits,
    contest,
    contest_bits,
)
from envindicators.errors import DefinitionError

SUBSETS = [frozenset(some) for size in range(4) for some in itertools.combinations(OUTCOMES, size)]
LEVELS = [Fraction(text) for text in ("0", "1/3", "1/2", "49/50", "1")]
TRUTH = {1: True, 0: False, -1: None}


def margin_of(n, k, threshold):
    """Return the margin of a completion: what it passes the level by."""
    margin = k - threshold.level * n
    return margin if threshold.direction == "at_least" else -margin


def assert_ends(tally, threshold):
    """Assert that a margin's ends are those of the completions with a population, and unbounded where they grow."""
    margin = tally.margin(threshold)
    pairs = oracle.completions(tally.counts, tally.unsized)
    found = {margin_of(n, k, threshold) for n, k in pairs if n}
    smaller = {
        margin_of(n, k, threshold) for n, k in oracle.completions(tally.counts, tally.unsized, oracle.LARGE) if n
    }
    assert margin.scale == threshold.level.denominator
    assert margin.exists is bool(found)
    assert margin.perhaps_empty is any(n == 0 for n, _ in pairs)
    if not found:
        assert (margin.least, margin.greatest, margin.sinks, margin.soars) == (0, 0, False, False)
        return
    assert margin.sinks is (min(found) < min(smaller))
    assert margin.soars is (max(found) > max(smaller))
    assert margin.least == (0 if margin.sinks else min(found) * margin.scale)
    assert margin.greatest == (0 if margin.soars else max(found) * margin.scale)
    assert {type(end) for end in (margin.least, margin.greatest)} == {int}


@pytest.mark.parametrize("direction", ["at_least", "at_most"])
def test_the_ends_are_those_of_all_completions_exhaustively(direction):
    """For all tallies with counts 0 and 1 and at most three units, every unsized set, and levels at both limits."""
    for counts, open_ in itertools.product(itertools.product((0, 1), repeat=6), SUBSETS):
        if sum(counts) <= 3:
            for level in LEVELS:
                assert_ends(Tally(*counts, unsized=open_), Threshold(direction, level))


@settings(max_examples=150)
@given(small_counts, unsized, directions, shares)
def test_the_ends_are_those_of_all_completions(counts, open_, direction, level):
    """The same for larger tallies and other levels."""
    assert_ends(Tally(*counts, unsized=open_), Threshold(direction, level))


sparse_counts = st.one_of(small_counts, st.tuples(*[st.just(0)] * 3, *[st.integers(0, 1)] * 3))
"""Six counts of a group whose population is often perhaps or surely empty."""


@settings(max_examples=150)
@given(st.lists(st.tuples(sparse_counts, unsized), min_size=1, max_size=4), directions, shares)
@example([((0, 0, 0, 1, 0, 0), frozenset()), ((0, 0, 0, 0, 1, 0), frozenset())], "at_least", Fraction(1, 2))
@example([((0, 0, 0, 0, 0, 0), frozenset()), ((0, 0, 0, 0, 1, 0), frozenset())], "at_most", Fraction(1, 2))
def test_margins_add_up(parts, direction, level):
    """The margin of groups together is the sum of their margins: the population of some of them may be empty."""
    threshold = Threshold(direction, level)
    tallies = [Tally(*counts, unsized=open_) for counts, open_ in parts]
    first, *others = (tally.margin(threshold) for tally in tallies)
    assert sum(others, first) == sum(tallies, Tally()).margin(threshold)


@given(sparse_counts, directions, shares)
def test_ends_over_all_completions_count_the_empty_one_as_nothing(counts, direction, level):
    """`low` and `high` are the ends also over completions without a population; `best` attains the upper one."""
    threshold = Threshold(direction, level)
    margin = Tally(*counts).margin(threshold)
    found = {margin_of(n, k, threshold) * margin.scale for n, k in oracle.completions(counts)}
    assert (margin.low, margin.high) == (min(found), max(found))
    attained = {n > 0 for n, k in oracle.completions(counts) if margin_of(n, k, threshold) * margin.scale == max(found)}
    assert margin.best == Margin.known(max(found), margin.scale, empty=attained == {False})


@given(st.fractions(0, 1), st.fractions(0, 1), directions, shares)
def test_the_margin_of_a_rate_is_a_part_of_its_population(one, other, direction, level):
    """A published interval has the margins of its ends, with no population to be empty."""
    rate = Rate(min(one, other), max(one, other))
    margin = rate.margin(Threshold(direction, level))
    ends = sorted((end - level) * (1 if direction == "at_least" else -1) for end in (rate.lower, rate.upper))
    assert [Fraction(end, margin.scale) for end in (margin.least, margin.greatest)] == ends
    assert (margin.sinks, margin.soars, margin.exists, margin.perhaps_empty) == (False, False, True, False)


# arrays

HUGE = 2**63 - 1
EDGES = (2**53, 2**53 + 1, 2**60, 2**61 - 1, 2**61, 2**62 - 1, 2**62, HUGE)
any_count = st.one_of(st.just(0), st.integers(0, 3), st.integers(0, HUGE), st.sampled_from(EDGES))
bits = st.integers(0, 7).map(lambda found: 0 if found == 1 else found)
rows = st.lists(st.tuples(st.tuples(*[any_count] * 6), bits), min_size=1, max_size=5)
levels = st.one_of(st.sampled_from(LEVELS), st.fractions(0, 1, max_denominator=10**12))


def tallies_of(drawn, dtype=np.int64):
    """Return tallies as arrays."""
    counts = np.array([counts for counts, _ in drawn], dtype=dtype).reshape(-1, 6)
    return Tallies(counts, np.array([found for _, found in drawn], dtype=np.uint8))


def one_by_one(drawn):
    """Return the same tallies, each of them a `Tally`."""
    return [Tally.of(counts, {outcome for outcome, bit in BITS.items() if found & bit}) for counts, found in drawn]


def assert_judged_alike(tallies, alone, threshold):
    """Assert that arrays give, entry by entry, what the tallies give alone."""
    judged = judge(threshold, tallies)
    assert len(judged) == len(alone)
    for row, tally in enumerate(alone):
        judgement = threshold.judge(tally)
        assert tallies[row] == tally
        for name in ("least", "greatest", "sinks", "soars", "exists", "perhaps_empty"):
            assert getattr(judged.margin, name)[row] == getattr(judgement.margin, name), name
        assert VERDICT_SETS[judged.possible[row]] == judgement.possible
        assert VERDICT_SETS[judged.strictly[row]] == judgement.possible_strictly
        assert VERDICT_NAMES[judged.verdict[row]] == judgement.verdict
        assert TRUTH[judged.exceeded[row]] is judgement.exceeded
        assert (REASONS[judged.reason[row]] if judged.reason[row] >= 0 else None) == judgement.reason
        shortfall = judgement.shortfall or (None, None)
        for shown, units in zip(judged.shortfall(), shortfall, strict=True):
            assert (None if math.isnan(shown[row]) else shown[row]) == (None if units is None else float(units))


@settings(max_examples=200)
@given(rows, directions, levels)
@example([((HUGE, 0, 0, 0, 0, 0), 0)], "at_least", Fraction(1, 3))
@example([((2**60 - 1, 1, 0, 0, 0, 0), 0)], "at_least", Fraction(1))
@example([((0, 0, 0, HUGE, HUGE, HUGE), 0)], "at_most", Fraction(1, 2))
def test_arrays_are_judged_as_their_entries_are_also_near_64_bits(drawn, direction, level):
    """Margin, verdicts, exceeded, reason and shortfall of many are those of each, whatever the counts."""
    assert_judged_alike(tallies_of(drawn), one_by_one(drawn), Threshold(direction, level))


@settings(max_examples=100)
@given(st.lists(st.tuples(st.tuples(*[st.integers(0, 10**30)] * 6), bits), min_size=1, max_size=3), directions, levels)
def test_python_integers_without_limit_are_judged_alike(drawn, direction, level):
    """Sums that have passed 64 bits are kept as Python integers and judged by the same law."""
    assert_judged_alike(tallies_of(drawn, object), one_by_one(drawn), Threshold(direction, level))


@settings(max_examples=100)
@given(rows, st.data())
def test_tallies_add_up_exactly_also_past_64_bits(drawn, data):
    """Group by group and over all of them, the counts are those of Python integers."""
    other = data.draw(st.lists(st.tuples(st.tuples(*[any_count] * 6), bits), min_size=len(drawn), max_size=len(drawn)))
    added = tallies_of(drawn) + tallies_of(other)
    sums = [one + more for one, more in zip(one_by_one(drawn), one_by_one(other), strict=True)]
    assert [added[row] for row in range(len(added))] == sums
    assert len(added.total) == 1
    assert added.total[0] == sum(sums, Tally())


def test_int64_is_left_only_where_it_would_not_do():
    """Counts stay int64 while they fit, sums as well as margins."""
    assert (tallies_of([((1,) * 6, 0)]) + tallies_of([((2,) * 6, 0)])).counts.dtype == np.int64
    assert tallies_of([((1,) * 6, 0)] * 3).total.counts.dtype == np.int64
    threshold = Threshold("at_least", Fraction(1, 3))
    assert tallies_of([((2**50,) * 6, 0)]).margin(threshold).least.dtype == np.int64
    assert fits(2.0**59, Fraction(1, 3))
    assert not fits(2.0**60, Fraction(1, 3))


def test_tallies_of_other_groups_do_not_add():
    """Neither those of another number of groups nor what is no tallies."""
    with pytest.raises(DefinitionError, match=r"2 groups.*3"):
        Tallies.nothing_known(2) + Tallies.nothing_known(3)
    with pytest.raises(TypeError):
        Tallies.nothing_known(2) + 1


def test_columns_are_named_and_nothing_known_is_nothing_known():
    """The columns of a frame are the six counts and `unsized`; of nothing everything is open."""
    tallies = tallies_of([((1, 2, 3, 4, 5, 6), 4), ((0,) * 6, 7)])
    assert list(tallies.columns) == [*COUNTS, "unsized"]
    assert [tallies.columns[name].tolist() for name in COUNTS] == [[n, 0] for n in range(1, 7)]
    assert tallies.columns["unsized"].tolist() == [bits_of({"failed"}), ANYTHING]
    assert [Tallies.nothing_known(2)[row] for row in range(2)] == [NOTHING_KNOWN] * 2
    assert Tallies.nothing_known(0).total[0] == Tally()


@pytest.mark.parametrize("cause", CAUSES)
def test_a_cause_is_the_reason_of_every_group(cause):
    """What could not be computed is undetermined in every group, for its cause."""
    judged = judge(Threshold("at_least", Fraction(1, 2)), Tallies.nothing_known(3), cause)
    assert [REASONS[code] for code in judged.reason] == [cause] * 3
    lower, upper = judged.shortfall()
    assert np.isnan(upper).all()
    assert lower.tolist() == [0.0] * 3


# combination

SETS = [verdicts for verdicts in VERDICT_SETS if verdicts]
CODES = [code for code, verdicts in enumerate(VERDICT_SETS) if verdicts]


def mirrored(verdicts):
    """Return verdicts with met and not met exchanged."""
    swap = {Verdict.MET: Verdict.NOT_MET, Verdict.NOT_MET: Verdict.MET}
    return frozenset(swap.get(verdict, verdict) for verdict in verdicts)


def differing(sets):
    """Return whether readings differ, over the product of what each may be: for sure, surely not, or perhaps."""
    answers = {{Verdict.MET, Verdict.NOT_MET} <= set(members) for members in itertools.product(*sets)}
    return answers.pop() if len(answers) == 1 else None


@pytest.mark.parametrize("size", [1, 2, 3])
def test_arrays_combine_as_sets_do(size):
    """For all sets of up to three judgements at once: combination, its mirror, and whether readings differ."""
    products = list(itertools.product(CODES, repeat=size))
    columns = [np.array(column, dtype=np.uint8) for column in zip(*products, strict=True)]
    combined, any_, contested = combine_bits(columns), any_of_bits(columns), contest_bits(columns)
    assert (combined.dtype, any_.dtype, contested.dtype) == (np.uint8, np.uint8, np.int8)
    for place, codes in enumerate(products):
        sets = [VERDICT_SETS[code] for code in codes]
        assert VERDICT_SETS[combined[place]] == combine(sets) == oracle.combined(*sets)
        assert VERDICT_SETS[any_[place]] == any_of(sets) == mirrored(oracle.combined(*map(mirrored, sets)))
        assert TRUTH[contested[place]] is contest(sets)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_readings_are_contested_where_two_certain_ones_differ(size):
    """True for two certain opposite ones, False where no two could come to differ, else None."""
    for sets in itertools.product(SETS, repeat=size):
        certain = frozenset(verdict for verdicts in sets if len(verdicts) == 1 for verdict in verdicts)
        if {Verdict.MET, Verdict.NOT_MET} <= certain:
            assert contest(sets) is True
        else:
            assert contest(sets) is (False if differing(sets) is False else None)


def test_no_readings_differ_and_nothing_combines_to_nothing_applicable():
    """Neutral elements."""
    assert contest([]) is False
    assert combine([]) == any_of([]) == {Verdict.NOT_APPLICABLE}
