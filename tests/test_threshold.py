"""Laws of `Threshold`, `Judgement` and `Verdict`: what is concluded is what every completion says."""

import itertools
import pickle
from decimal import Decimal
from fractions import Fraction

import numpy as np
import oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import OUTCOMES, directions, narrowings, shares, small_counts, tallies, unsized

import envindicators as ei
from envindicators.algebra.tally import NOTHING_KNOWN, Rate, Tally
from envindicators.algebra.threshold import Judgement, Threshold, at_least, at_most
from envindicators.algebra.verdict import Verdict, combine, conclude, surpassed

MAKERS = {"at_least": at_least, "at_most": at_most}
EVERYTHING = frozenset(OUTCOMES)


def _judged(counts, open_, direction, share):
    return MAKERS[direction](share).judge(Tally(*counts, unsized=open_))


def _same_as_completions(counts, open_, direction, share):
    judgement = _judged(counts, open_, direction, share)
    found = oracle.possible(counts, open_, direction, share)
    assert judgement.possible == found
    assert judgement.verdict == oracle.verdict(found)
    assert judgement.exceeded is oracle.exceeded(counts, open_, direction, share)
    assert judgement.reason == oracle.reason(counts, open_, direction, share)
    for what in ("shortfall", "slack"):
        assert getattr(judgement, what) == oracle.over_completions(what, counts, open_, direction, share), what


# Against completions


@pytest.mark.parametrize("direction", MAKERS)
def test_judgements_are_what_completions_say_exhaustively(direction):
    """For all tallies with counts 0 and 1, all unsized sets, and 0%, 1/3, 1/2, 100%: everything judged is so."""
    subsets = [frozenset(some) for size in range(4) for some in itertools.combinations(OUTCOMES, size)]
    for counts, open_ in itertools.product(itertools.product((0, 1), repeat=6), subsets):
        if sum(counts) <= 3:
            for share in (Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)):
                _same_as_completions(counts, open_, direction, share)


@settings(max_examples=250)
@given(small_counts, unsized, directions, shares)
def test_judgements_are_what_completions_say(counts, open_, direction, share):
    """Verdict, possible, exceeded, reason, shortfall and slack are those that completions give.

    In particular both ends of shortfall and slack are attained, or grow without end.
    """
    _same_as_completions(counts, open_, direction, share)


@given(small_counts, unsized, directions, st.data())
def test_a_threshold_on_a_bound_is_judged_as_completions_say(counts, open_, direction, data):
    """The closest case: the threshold is exactly the least or greatest share, reached or only approached."""
    bounds = oracle.least_and_greatest(counts, open_)
    share = data.draw(st.sampled_from(bounds)) if bounds else Fraction(1, 2)
    _same_as_completions(counts, open_, direction, share)


@pytest.mark.parametrize("direction", MAKERS)
@pytest.mark.parametrize("what", oracle.COUNTED)
def test_the_oracle_counts_what_the_formulas_of_the_contract_say(direction, what):
    """Counting units up one by one gives the shortfall and slack that the formulas with ceil and floor give."""
    marks = {Fraction(a, b) for b in range(1, 8) for a in range(b + 1)}
    for n, share in itertools.product(range(9), marks):
        for k in range(n + 1):
            counted, formula = oracle.COUNTED[what], oracle.FORMULA[what]
            assert counted(n, k, direction, share) == formula(n, k, direction, share)


@given(tallies, directions, shares)
def test_verdicts_stay_exact_at_any_size(tally, direction, share):
    """Beyond the precision of floats, a certain tally is met exactly where satisfied x den >= num x n (or <=)."""
    certain = Tally(tally.satisfied, tally.failed)
    judgement = MAKERS[direction](share).judge(certain)
    n = certain.placed
    if not n:
        assert judgement.verdict is Verdict.NOT_APPLICABLE
        return
    distance = certain.satisfied * share.denominator - share.numerator * n
    distance = distance if direction == "at_least" else -distance
    assert judgement.met is (distance >= 0)
    assert judgement.exceeded is (distance > 0)


@pytest.mark.parametrize("size", [10**9, 10**17, 2**53 + 1, 10**40])
def test_one_unit_decides(size):
    """One unit short of 98% is not met, one beyond exceeds it, however large the population: no float could tell."""
    size *= 50
    needed = size // 50 * 49
    just = at_least("98%").judge(Tally(needed, size - needed))
    assert (just.verdict, just.exceeded) == (Verdict.MET, False)
    more = at_least("98%").judge(Tally(needed + 1, size - needed - 1))
    assert (more.verdict, more.exceeded, more.slack) == (Verdict.MET, True, (1, 1))
    short = at_least("98%").judge(Tally(needed - 1, size - needed + 1))
    assert short.verdict is Verdict.NOT_MET
    assert short.shortfall == (1, 1)
    assert at_most("98%").judge(Tally(needed + 1, size - needed - 1)).verdict is Verdict.NOT_MET


@settings(max_examples=200)
@given(narrowings(), directions, shares)
def test_more_knowledge_never_undoes_a_conclusion(pair, direction, share):
    """Learning more only removes possible verdicts, and keeps shortfall and slack within what they were."""
    before, after = (MAKERS[direction](share).judge(tally) for tally in pair)
    assert after.possible <= before.possible
    if before.exceeded is not None:
        assert after.exceeded is before.exceeded
    for what in ("shortfall", "slack"):
        wide, narrow = getattr(before, what), getattr(after, what)
        if narrow is not None:
            assert wide is not None
            assert wide.lower <= narrow.lower
            assert wide.upper is None or (narrow.upper is not None and narrow.upper <= wide.upper)


@given(small_counts, unsized, directions, shares)
def test_met_is_the_verdict_in_three_values(counts, open_, direction, share):
    """`met` is True for MET, False for NOT_MET, None for the other two, on verdicts and judgements alike."""
    judgement = _judged(counts, open_, direction, share)
    expected = {"MET": True, "NOT_MET": False}.get(judgement.verdict.value)
    assert judgement.met is expected
    assert judgement.verdict.met is expected


@given(small_counts, unsized)
def test_what_is_always_met(counts, open_):
    """At least 0% and at most 100% cannot be missed, and nothing exceeds 100% or stays below 0%."""
    for threshold in (at_least(0), at_most(1)):
        assert Verdict.NOT_MET not in threshold.judge(Tally(*counts, unsized=open_)).possible
    for threshold in (at_least(1), at_most(0)):
        assert threshold.judge(Tally(*counts, unsized=open_)).exceeded is False


# Worked cases of the contract


@pytest.mark.parametrize(
    ("threshold", "tally", "verdict"),
    [
        (at_least("98%"), Tally(98, 2), Verdict.MET),
        (at_least("98%"), Tally(97, 3), Verdict.NOT_MET),
        (at_least("98%"), Tally(97, 2, 1), Verdict.UNDETERMINED),
        (at_least("98%"), Tally(), Verdict.NOT_APPLICABLE),
        (at_least("100%"), Tally(5, 1, unsized=EVERYTHING), Verdict.NOT_MET),
        (at_least("100%"), Tally(5, 0, unsized=EVERYTHING), Verdict.UNDETERMINED),
        (at_most("0%"), Tally(1, 5, unsized=EVERYTHING), Verdict.NOT_MET),
        (at_most("0%"), Tally(0, 5, unsized=EVERYTHING), Verdict.UNDETERMINED),
        (at_least("98%"), Tally(980, 0, 0, 0, 20), Verdict.MET),
        (at_least("98%"), Tally(979, 0, 0, 0, 20), Verdict.UNDETERMINED),
        (at_least("50%"), NOTHING_KNOWN, Verdict.UNDETERMINED),
    ],
)
def test_worked_verdicts(threshold, tally, verdict):
    """What did not come cannot mend one known failure at 100%, nor one known satisfied unit at 0%; and the like."""
    assert threshold.judge(tally).verdict is verdict


@pytest.mark.parametrize(
    ("tally", "reason"),
    [
        (Tally(50, 0, 50, 1, 1, 1, EVERYTHING), "not_reported"),
        (Tally(0, 0, 0, 1, 0, 0), "perhaps_empty"),
        (Tally(0, 0, 0, 0, 1, 1), "perhaps_empty"),
        (Tally(50, 0, 50, 1, 0, 0), "unplaced_units"),
        (Tally(50, 0, 50), "unknown_values"),
        (Tally(50, 50), None),
        (Tally(), None),
    ],
)
def test_of_several_reasons_the_first_is_given(tally, reason):
    """Not reported comes before perhaps empty, that before unplaced units, and unknown values last."""
    assert at_least("90%").judge(tally).reason == reason


@pytest.mark.parametrize("cause", ["no_table", "no_column", "margins"])
def test_what_could_not_be_computed_is_undetermined_for_its_cause(cause):
    """On a tally of which nothing is known every verdict is possible, and the cause is the reason."""
    judgement = Judgement(at_least("90%"), NOTHING_KNOWN, cause=cause)
    assert judgement.verdict is Verdict.UNDETERMINED
    assert judgement.possible == {Verdict.MET, Verdict.NOT_MET, Verdict.NOT_APPLICABLE}
    assert judgement.reason == cause
    assert judgement.shortfall == (0, None)
    assert judgement.slack == (0, None)


@pytest.mark.parametrize("cause", ["not_reported", "unknown_values", "", "because"])
def test_a_cause_is_one_of_three(cause):
    """Reasons that follow from the tally are not given by hand."""
    with pytest.raises(ValueError, match="cause"):
        Judgement(at_least("90%"), NOTHING_KNOWN, cause=cause)


def test_worked_shortfall_and_slack():
    """Of 200 people 98% are 196; of 201 they are 197, since people are whole. Nothing is short or spare of nobody."""
    assert at_least("98%").judge(Tally(190, 10)).shortfall == (6, 6)
    assert at_least("98%").judge(Tally(190, 11)).shortfall == (7, 7)
    assert at_least("98%").judge(Tally(199, 1)).slack == (3, 3)
    assert at_most("10%").judge(Tally(25, 176)).shortfall == (5, 5)
    assert at_most("10%").judge(Tally(15, 186)).slack == (5, 5)
    assert at_least("98%").judge(Tally(190, 5, 5)).shortfall == (1, 6)
    assert at_least("98%").judge(Tally()).shortfall is None
    assert at_least("98%").judge(Tally()).slack is None
    assert at_least("100%").judge(Tally(5, 3, unsized={"satisfied"})).shortfall == (3, 3)
    assert at_least("50%").judge(Tally(5, 3, unsized={"failed"})).shortfall == (0, None)


# Rates


@given(st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20)), directions, shares)
def test_a_rate_is_judged_like_a_tally(counts, direction, share):
    """Where a population is certain, its rate alone gives the same verdicts and the same exceeded."""
    tally = Tally(*counts)
    if tally.rate is not None:
        threshold = MAKERS[direction](share)
        of_tally, of_rate = threshold.judge(tally), threshold.judge(tally.rate)
        assert of_rate.possible == of_tally.possible
        assert of_rate.verdict is of_tally.verdict
        assert of_rate.exceeded is of_tally.exceeded
        assert (of_rate.reason is None) == (of_tally.reason is None)


@given(st.fractions(0, 1), st.fractions(0, 1), directions, shares)
def test_a_rate_is_judged_by_its_ends(one, other, direction, share):
    """A rate may be met where some share of it is, and missed where some share of it misses."""
    rate = Rate(min(one, other), max(one, other))
    judgement = MAKERS[direction](share).judge(rate)
    ends = {oracle.passes(end.denominator, end.numerator, direction, share) for end in (rate.lower, rate.upper)}
    assert {verdict.met for verdict in judgement.possible} == ends
    strictly = {
        oracle.passes(end.denominator, end.numerator, direction, share, strictly=True)
        for end in (rate.lower, rate.upper)
    }
    assert judgement.exceeded is (strictly.pop() if len(strictly) == 1 else None)


def test_a_published_rate_beside_its_threshold():
    """98.0% published may have been 97.95%: against 98% it concludes nothing, and no units are named."""
    judgement = at_least("98%").judge(Rate.from_percent("98.0%"))
    assert judgement.verdict is Verdict.UNDETERMINED
    assert judgement.reason == "unknown_values"
    assert judgement.tally is None
    assert judgement.rate == Rate.from_percent("98.0%")
    assert judgement.shortfall is None
    assert judgement.slack is None
    assert at_least("98%").judge(Rate.from_percent("98.1%")).verdict is Verdict.MET


# Combination

SETS = [
    frozenset(some)
    for size in (1, 2, 3)
    for some in itertools.combinations((Verdict.MET, Verdict.NOT_MET, Verdict.NOT_APPLICABLE), size)
]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_combination_is_taken_over_the_product_of_what_is_possible(size):
    """For all sets of up to three judgements: one NOT_MET decides, NOT_APPLICABLE is passed over."""
    for sets in itertools.product(SETS, repeat=size):
        found = oracle.combined(*sets)
        assert combine(sets) == found
        assert combine(iter(sets)) == found
        assert conclude(combine(sets)) == oracle.verdict(found)


def test_a_perhaps_empty_part_does_not_unsettle_a_combination():
    """MET beside what may be empty but cannot be missed is MET; empty beside empty is NOT_APPLICABLE."""
    perhaps_empty = at_least("90%").judge(Tally(unplaced_satisfied=3)).possible
    assert perhaps_empty == {Verdict.MET, Verdict.NOT_APPLICABLE}
    assert conclude(combine([{Verdict.MET}, perhaps_empty])) is Verdict.MET
    assert conclude(combine([perhaps_empty, perhaps_empty])) is Verdict.UNDETERMINED
    assert conclude(combine([{Verdict.NOT_APPLICABLE}] * 2)) is Verdict.NOT_APPLICABLE
    assert conclude(combine([set(SETS[-1]), {Verdict.NOT_MET}])) is Verdict.NOT_MET


@pytest.mark.parametrize("found", SETS)
def test_surpassed_only_where_every_completion_passes_strictly(found):
    """True for MET alone, False without MET, None between: an empty population does not pass."""
    expected = True if found == {Verdict.MET} else None if Verdict.MET in found else False
    assert surpassed(found) is expected


# Construction


@pytest.mark.parametrize(
    ("given_", "share"),
    [
        ("98%", Fraction(49, 50)),
        ("98.5%", Fraction(197, 200)),
        ("98,5%", Fraction(197, 200)),
        ("98,50 %", Fraction(197, 200)),
        ("0%", Fraction(0)),
        ("100%", Fraction(1)),
        ("100.000%", Fraction(1)),
        ("33.333333333333333333333333333333%", Fraction(33333333333333333333333333333333, 10**32)),
        (Fraction(1, 3), Fraction(1, 3)),
        (Decimal("0.985"), Fraction(197, 200)),
        (Decimal("0.10"), Fraction(1, 10)),
        (0, Fraction(0)),
        (1, Fraction(1)),
        (np.int64(1), Fraction(1)),
    ],
)
@pytest.mark.parametrize("make", MAKERS.values())
def test_a_threshold_is_the_exact_share_that_is_written(make, given_, share):
    """Text with a point or comma, Fraction, Decimal, 0 or 1 become the very fraction that they state."""
    threshold = make(given_)
    assert threshold.level == share
    assert isinstance(threshold.level, Fraction)
    assert threshold == make(share)
    assert hash(threshold) == hash(make(share))


@pytest.mark.parametrize("make", MAKERS.values())
@pytest.mark.parametrize(
    ("bad", "error", "hint"),
    [
        (0.98, TypeError, 'float.*"98%"'),
        (0.5, TypeError, 'float.*"50%"'),
        (np.float64(0.985), TypeError, 'float.*"98.5%"'),
        (98, ValueError, '"98%"'),
        (np.int64(98), ValueError, '"98%"'),
        (True, TypeError, '"98%"'),
        (False, TypeError, '"98%"'),
        (None, TypeError, '"98%"'),
        ([0.98], TypeError, '"98%"'),
        ("98", ValueError, '"98%"'),
        ("0.98", ValueError, '"98%"'),
        ("98.%", ValueError, '"98%"'),
        (".5%", ValueError, '"98%"'),
        ("98  %", ValueError, '"98%"'),
        (" 98%", ValueError, '"98%"'),
        ("98%\n", ValueError, '"98%"'),
        ("-1%", ValueError, '"98%"'),
        ("1,000.5%", ValueError, '"98%"'),
        ("٩٨%", ValueError, '"98%"'),
        ("1/3", ValueError, '"98%"'),
        ("", ValueError, '"98%"'),
        ("100.01%", ValueError, "between 0% and 100%"),
        (Fraction(3, 2), ValueError, "between 0% and 100%"),
        (Fraction(-1, 3), ValueError, "between 0% and 100%"),
        (Decimal(98), ValueError, "between 0% and 100%"),
        (Decimal("NaN"), ValueError, "finite"),
        (Decimal("Infinity"), ValueError, "finite"),
        (-1, ValueError, "%"),
    ],
)
def test_anything_else_is_refused_with_a_hint(make, bad, error, hint):
    """A float is not exact, a bare 98 could be two things, a bool is no share: each is refused with what to write."""
    with pytest.raises(error, match=hint):
        make(bad)


@pytest.mark.parametrize("bad", [98.0, 98.5, 100.0])
def test_the_hint_for_a_float_is_a_threshold(bad):
    """What the hint says to write is accepted: for 98.0 it is "98%", not "9800%"."""
    with pytest.raises(TypeError, match="float") as refusal:
        at_least(bad)
    assert at_least(str(refusal.value).split('"')[1])


@pytest.mark.parametrize("bad", ["atleast", "", None, ">="])
def test_a_threshold_has_one_of_two_directions(bad):
    """A direction other than at_least and at_most is refused."""
    with pytest.raises(ValueError, match="direction"):
        Threshold(bad, "98%")


@given(st.sampled_from(("at_least", "at_most", "above", "below")), st.fractions(0, 1), st.fractions(1, 10**9))
def test_a_threshold_is_read_as_it_is_shown(direction, share, amount):
    """The text in a frame makes the threshold again, of a share or an amount, and no threshold of another direction."""
    others = [name for name in ("at_least", "at_most", "above", "below") if name != direction]
    if share != {"above": 1, "below": 0}.get(direction):
        threshold = Threshold(direction, share)
        assert getattr(ei, direction)(str(threshold)) == threshold
        for other in others:
            with pytest.raises(ei.DefinitionError, match=f"what {direction} says, not {other}"):
                getattr(ei, other)(str(threshold))
    trees = ei.Amount("trees", "trees", table=ei.Table("woods", ei.Unit("tree", "trees"), total="trees"))
    requirement = getattr(trees, direction)(f"{amount.__floor__()}.25 tree")
    assert getattr(trees, direction)(str(requirement.threshold)) == requirement


@pytest.mark.parametrize("bad", [0.98, Fraction(1, 2), None, (98, 2), "98%", 98, at_least("98%")])
def test_a_threshold_judges_tallies_and_rates_only(bad):
    """A bare share has no population and no rounding: it is not judged."""
    with pytest.raises(TypeError, match="Tally or a Rate"):
        at_least("98%").judge(bad)


@pytest.mark.parametrize(
    ("threshold", "words", "shown"),
    [
        (at_least("98%"), "≥ 98%", "at_least('98%')"),
        (at_most("98,50%"), "≤ 98.5%", "at_most('98.5%')"),
        (at_least("0.00001%"), "≥ 0.00001%", "at_least('0.00001%')"),
        (at_least(Fraction(1, 3)), "≥ 1/3", None),
        (at_most(0), "≤ 0%", "at_most('0%')"),
        (at_least(1), "≥ 100%", "at_least('100%')"),
    ],
)
def test_a_threshold_is_shown_exactly(threshold, words, shown):
    """It is never rounded; where no percentage writes it, the fraction stands; the repr makes it again."""
    assert str(threshold) == words
    if shown:
        assert repr(threshold) == shown
        assert eval(shown, MAKERS) == threshold


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_has_no_truth_value(verdict):
    """Four answers do not fit into two: `if verdict:`, `not`, `and`, `or` raise, with a hint."""
    for use in (bool, lambda v: not v, lambda v: v and 1, lambda v: v or 1, lambda v: 1 if v else 2):
        with pytest.raises(TypeError, match=r"compare|\.met"):
            use(verdict)


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_is_a_value(verdict):
    """There are four, each picklable to itself, equal to its name, hashable."""
    assert len(Verdict) == 4
    assert pickle.loads(pickle.dumps(verdict)) is verdict
    assert verdict == verdict.name
    assert {verdict: 1}[Verdict(verdict.value)] == 1


@given(small_counts, unsized, directions, shares)
def test_a_judgement_is_a_value(counts, open_, direction, share):
    """Judging twice gives equal judgements with one hash; they survive pickling and cannot be changed."""
    one, other = (_judged(counts, open_, direction, share) for _ in range(2))
    copy = pickle.loads(pickle.dumps(one))
    assert one == other == copy
    assert hash(one) == hash(other) == hash(copy)
    assert copy.verdict is one.verdict
    with pytest.raises(AttributeError):
        one.evidence = Tally()
