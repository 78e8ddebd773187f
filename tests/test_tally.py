"""Laws of `Tally` and `Rate`: the algebra of counts by fate, and the bounds that they allow."""

import itertools
import pickle
from fractions import Fraction

import numpy as np
import oracle
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import OUTCOMES, narrowings, small_counts, small_tallies, tallies, unsized

from envindicators.algebra.tally import COUNTS, Rate, Tally

SUBSETS = [frozenset(some) for size in range(4) for some in itertools.combinations(OUTCOMES, size)]


def _bounds(tally):
    return None if tally.rate is None else (tally.rate.lower, tally.rate.upper)


# Bounds


def test_the_bounds_are_the_least_and_greatest_share_exhaustively():
    """For every tally with counts 0 and 1 and every unsized set, the rate is the range over all completions."""
    for counts in itertools.product((0, 1), repeat=6):
        for open_ in SUBSETS:
            assert _bounds(Tally(*counts, unsized=open_)) == oracle.least_and_greatest(counts, open_), (counts, open_)


@settings(max_examples=200)
@given(small_counts, unsized)
def test_the_bounds_are_the_least_and_greatest_share(counts, open_):
    """The rate is the exact least and greatest (infimum and supremum) share over completions with a population."""
    assert _bounds(Tally(*counts, unsized=open_)) == oracle.least_and_greatest(counts, open_)


@settings(max_examples=200)
@given(small_counts, unsized)
def test_a_bound_is_reached_exactly_where_some_completion_has_it(counts, open_):
    """`extremes` tells whether a completion has the bound, or only approaches it."""
    extremes = Tally(*counts, unsized=open_).extremes
    found = {Fraction(k, n) for n, k in oracle.completions(counts, open_) if n}
    if extremes is None:
        assert not found
    else:
        assert extremes.least_reached == (extremes.least in found)
        assert extremes.greatest_reached == (extremes.greatest in found)


@pytest.mark.parametrize(
    ("tally", "rate"),
    [
        (Tally(90, 5, 5), Rate(Fraction(9, 10), Fraction(19, 20))),
        (Tally(9, 0, 0, 0, 1, 0), Rate(Fraction(9, 10), Fraction(1))),
        (Tally(9, 1, 0, 10, 0, 0), Rate(Fraction(9, 10), Fraction(19, 20))),
        (Tally(1, 1, 0, 0, 0, 2), Rate(Fraction(1, 4), Fraction(3, 4))),
        (Tally(unplaced_failed=3), Rate(0, 0)),
        (Tally(unplaced_satisfied=3), Rate(1, 1)),
        (Tally(70, 10, unsized={"failed"}), Rate(0, Fraction(7, 8))),
        (Tally(unsized={"satisfied"}), Rate(1, 1)),
        (Tally(unsized=set(OUTCOMES)), Rate(0, 1)),
    ],
)
def test_worked_bounds(tally, rate):
    """Bounds worked out by hand; a bound with an empty denominator takes the other's value."""
    assert tally.rate == rate


@pytest.mark.parametrize("tally", [Tally(), Tally(unsized={"out"}), Tally(unsized=())])
def test_an_empty_population_has_no_rate(tally):
    """With no unit that may be in the population the rate is None, never 0% and never 100%."""
    assert tally.rate is None
    assert tally.extremes is None


@given(tallies)
def test_a_rate_is_an_interval_of_shares_whatever_the_size(tally):
    """For counts of any size, 0 <= lower <= observed <= upper <= 1, all of them exact."""
    rate = tally.rate
    assume(rate is not None)
    assert isinstance(rate.lower, Fraction)
    assert isinstance(rate.upper, Fraction)
    assert 0 <= rate.lower <= rate.upper <= 1
    if tally.observed is not None:
        assert rate.lower <= tally.observed <= rate.upper


@given(small_counts, unsized)
def test_observed_and_coverage(counts, open_):
    """Observed is satisfied / (satisfied + failed); coverage the part of all six counts that these are.

    Each is None where it would divide by nothing, coverage also where something is unsized.
    """
    tally = Tally(*counts, unsized=open_)
    satisfied, failed, *_ = counts
    assert tally.observed == (Fraction(satisfied, satisfied + failed) if satisfied + failed else None)
    sized = sum(counts) > 0 and not open_ - {"out"}
    assert tally.coverage == (Fraction(satisfied + failed, sum(counts)) if sized else None)


# More knowledge


@settings(max_examples=200)
@given(narrowings())
def test_more_knowledge_never_widens_the_rate(pair):
    """Learning more of one unit, or of what is unsized, keeps the rate within what it was."""
    before, after = (tally.rate for tally in pair)
    if after is not None:
        assert before is not None
        assert before.lower <= after.lower <= after.upper <= before.upper


# The algebra


@given(tallies, tallies, tallies)
def test_tallies_are_a_commutative_monoid(a, b, c):
    """Addition is associative and commutative, and the empty tally is neutral."""
    assert (a + b) + c == a + (b + c)
    assert a + b == b + a
    assert a + Tally() == Tally() + a == a


@given(tallies, tallies)
def test_addition_adds_counts_and_joins_what_is_unsized(a, b):
    """The six counts add, each to its own; unsized outcomes are united."""
    total = a + b
    assert total.counts == tuple(x + y for x, y in zip(a.counts, b.counts, strict=True))
    assert total.unsized == a.unsized | b.unsized


@given(st.lists(small_tallies, max_size=6), st.randoms(use_true_random=False), st.integers(0, 6))
def test_order_and_partition_do_not_change_a_total(parts, random, cut):
    """Any order and any partition give the same tally, with the same hash."""
    shuffled = random.sample(parts, len(parts))
    whole = sum(parts, Tally())
    pieces = sum(shuffled[:cut], Tally()) + sum(shuffled[cut:], Tally())
    assert whole == pieces
    assert hash(whole) == hash(pieces)


@settings(max_examples=50)
@given(st.tuples(*[st.integers(0, 1)] * 6), st.tuples(*[st.integers(0, 1)] * 6))
def test_the_completions_of_a_sum_are_the_sums_of_completions(a, b):
    """A unit does not change its fate by being added: the sum of two tallies allows the sums of their completions."""
    sums = {(n + m, k + j) for n, k in oracle.completions(a) for m, j in oracle.completions(b)}
    shares = {Fraction(k, n) for n, k in sums if n}
    expected = (min(shares), max(shares)) if shares else None
    assert _bounds(Tally(*a) + Tally(*b)) == expected


@pytest.mark.parametrize("other", [1, 0, None, (1, 2), Rate(0, 1)])
def test_only_tallies_add_to_tallies(other):
    """Adding anything but a tally is a TypeError, from either side."""
    with pytest.raises(TypeError):
        Tally(1) + other
    with pytest.raises(TypeError):
        other + Tally(1)


# Construction


def test_the_fields_stand_in_the_order_of_the_contract():
    """Six counts, then unsized, in the order that users give them."""
    assert COUNTS == (
        "satisfied",
        "failed",
        "unknown",
        "unplaced_satisfied",
        "unplaced_failed",
        "unplaced_unknown",
    )
    tally = Tally(1, 2, 3, 4, 5, 6, {"failed"})
    assert [getattr(tally, name) for name in COUNTS] == [1, 2, 3, 4, 5, 6]
    assert tally.counts == (1, 2, 3, 4, 5, 6)
    assert tally.unsized == frozenset({"failed"})


@pytest.mark.parametrize("name", COUNTS)
@pytest.mark.parametrize("value", [True, False, np.True_, 1.0, 0.5, np.float64(1), "1", None, Fraction(1), (1,)])
def test_a_count_that_is_not_a_whole_number_is_refused(name, value):
    """A bool, float, text or anything else but an integer is a TypeError that names the field."""
    with pytest.raises(TypeError, match=rf"\b{name}\b"):
        Tally(**{name: value})


@pytest.mark.parametrize("name", COUNTS)
@pytest.mark.parametrize("value", [-1, np.int64(-5), -(10**30)])
def test_a_negative_count_is_refused(name, value):
    """A count below zero is a ValueError that names the field."""
    with pytest.raises(ValueError, match=rf"\b{name}\b"):
        Tally(**{name: value})


@pytest.mark.parametrize("kind", [np.int8, np.int64, np.uint8, np.uint64])
def test_numpy_integers_become_plain_ones(kind):
    """A numpy integer is kept as an int, so that sums never overflow."""
    most = np.iinfo(kind).max
    tally = Tally(most, kind(1), *[kind(0)] * 4)
    assert {type(count) for count in tally.counts} == {int}
    assert (tally + tally).satisfied == 2 * int(most)
    assert (Tally(kind(most)) + Tally(kind(most))).satisfied == 2 * int(most)


@pytest.mark.parametrize("open_", [{"missing"}, {"satisfied", 1}, [None], {"Failed"}])
def test_an_unknown_outcome_is_refused(open_):
    """An unsized outcome other than out, satisfied and failed is a ValueError."""
    with pytest.raises(ValueError, match="outcome"):
        Tally(unsized=open_)


def test_unsized_as_bare_text_is_refused():
    """One outcome as text would be read letter by letter: TypeError."""
    with pytest.raises(TypeError, match="unsized"):
        Tally(unsized="failed")


def test_an_unsized_amount_that_can_only_be_out_is_not_kept():
    """{out} alone says nothing of the population; beside another outcome nothing is lost."""
    assert Tally(unsized={"out"}) == Tally()
    assert Tally(1, unsized=["out"]) == Tally(1)
    assert Tally(unsized={"out", "failed"}).unsized == {"out", "failed"}


@given(tallies)
def test_a_tally_is_a_value(tally):
    """It is hashable, equal to its copy, survives pickling, and cannot be changed."""
    copy = pickle.loads(pickle.dumps(tally))
    assert copy == tally
    assert hash(copy) == hash(tally)
    with pytest.raises(AttributeError):
        tally.satisfied = 0


@given(small_tallies)
def test_the_repr_of_a_tally_makes_it_again(tally):
    """What is shown is what would be typed, without the zeros."""
    assert eval(repr(tally), {"Tally": Tally}) == tally
    assert "=0" not in repr(tally)


# Published percentages; more of them in test_published_percentages.py


def test_the_worked_percentage_of_the_contract():
    """99.18% of 1,764,000, with a point or a comma, from the least count that rounds to it to the greatest."""
    tally = Tally.from_percent("99.18%", of=1_764_000)
    assert tally == Tally(satisfied=1_749_447, failed=14_377, unknown=176)
    assert tally == Tally.from_percent("99,18 %", of=np.int64(1_764_000))
    for k, rounds in ((1_749_446, False), (1_749_447, True), (1_749_623, True), (1_749_624, False)):
        assert (oracle.rounded_half_up(Fraction(k, 1_764_000), 2) == 9918) is rounds


def test_more_published_digits_say_more():
    """98.0% says more than 98%: trailing zeros count."""
    assert Tally.from_percent("98%", of=10_000).unknown > Tally.from_percent("98.0%", of=10_000).unknown


@pytest.mark.parametrize("bad", [99.18, 99, None, True, Fraction(1, 2)])
def test_a_published_percentage_is_text(bad):
    """A number has lost the digits in which it was published: TypeError."""
    with pytest.raises(TypeError, match="text"):
        Tally.from_percent(bad, of=100)
    with pytest.raises(TypeError, match="text"):
        Rate.from_percent(bad)


@pytest.mark.parametrize("bad", ["99", "", "%", "-1%", "101%", "100.1%", "1e1%", "99..1%", "nan%", "1/2"])
def test_other_text_is_no_percentage_of_a_population(bad):
    """Text of another form, or above 100%, is a ValueError."""
    with pytest.raises(ValueError, match=r"100%|not a percentage"):
        Tally.from_percent(bad, of=100)
    with pytest.raises(ValueError, match=r"100%|not a percentage"):
        Rate.from_percent(bad)


@pytest.mark.parametrize(("of", "error"), [(0, ValueError), (-1, ValueError), (10.0, TypeError), (True, TypeError)])
def test_a_population_is_a_positive_whole_number(of, error):
    """No percentage can be that of nobody, of a negative or of a broken number of units."""
    with pytest.raises(error):
        Tally.from_percent("50%", of=of)


# Rates


@given(st.integers(0, 10_000), st.integers(0, 3))
def test_a_published_rate_is_all_that_rounds_to_it(last, digits):
    """Half a unit of the last digit on either side, within 0% and 100%; 99.65% is [99.645%, 99.655%]."""
    scale = 100 * 10**digits
    assume(last <= scale)
    text = f"{last // 10**digits},{last % 10**digits:0{digits}d}%" if digits else f"{last}%"
    rate = Rate.from_percent(text)
    half = Fraction(1, 2 * scale)
    assert rate.lower == max(0, Fraction(last, scale) - half)
    assert rate.upper == min(1, Fraction(last, scale) + half)


def test_the_worked_rate_of_the_contract():
    """99.65% is [99.645%, 99.655%]."""
    assert Rate.from_percent("99.65%") == Rate(Fraction("0.99645"), Fraction("0.99655"))


@given(st.integers(1, 400), st.data())
def test_knowing_the_population_only_narrows_a_published_rate(of, data):
    """The rate of `Tally.from_percent` lies within that of `Rate.from_percent`."""
    last = oracle.rounded_half_up(Fraction(data.draw(st.integers(0, of)), of), 1)
    text = f"{last // 10}.{last % 10}%"
    narrow, wide = Tally.from_percent(text, of=of).rate, Rate.from_percent(text)
    assert wide.lower <= narrow.lower <= narrow.upper <= wide.upper


@pytest.mark.parametrize("bad", [0.5, True, "50%", None, np.float64(0)])
def test_the_ends_of_a_rate_are_exact(bad):
    """A float, bool or text as an end is a TypeError that names the end."""
    with pytest.raises(TypeError, match="lower"):
        Rate(bad, 1)
    with pytest.raises(TypeError, match="upper"):
        Rate(0, bad)


@pytest.mark.parametrize("ends", [(Fraction(1, 2), Fraction(1, 3)), (-1, 0), (0, 2), (Fraction(-1, 3), 1)])
def test_a_rate_lies_between_0_and_1_with_its_ends_in_order(ends):
    """Ends exchanged or outside 0 to 1 are a ValueError."""
    with pytest.raises(ValueError, match="Rate"):
        Rate(*ends)


def test_a_rate_is_a_value():
    """It is hashable, comparable, picklable, with exact ends whatever it was made from."""
    rate = Rate(0, Fraction(1, 2))
    assert isinstance(rate.lower, Fraction)
    assert pickle.loads(pickle.dumps(rate)) == rate == Rate(Fraction(0), Fraction(2, 4))
    assert hash(rate) == hash(Rate(Fraction(0), Fraction(2, 4)))
