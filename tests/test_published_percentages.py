"""What a published percentage says: one rule of rounding for shares and for counts, half up and half to even."""

import decimal
import warnings
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

import envindicators as ei
from envindicators.algebra.tally import Rate, Tally

HALVES = (decimal.ROUND_HALF_UP, decimal.ROUND_HALF_EVEN)
texts = st.tuples(st.integers(0, 10_000), st.integers(0, 2)).map(
    lambda drawn: f"{Decimal(min(drawn[0], 100 * 10 ** drawn[1])).scaleb(-drawn[1]):.{drawn[1]}f}%"
)
thresholds = st.integers(0, 2000).map(lambda step: f"{step / 20:g}%")


def printed(count, of, digits):
    """What `count` of `of` is published as, rounded half up and half to even, each by the decimals of Python."""
    step = Decimal(1).scaleb(-digits)
    exact = Fraction(100 * count, of)
    low = (exact * 10 ** (digits + 2)).__floor__()  # two more digits; the rest is a digit that breaks ties upwards
    shown = Decimal(low).scaleb(-digits - 2)
    if exact * 10 ** (digits + 2) != low:
        shown += Decimal(1).scaleb(-digits - 3)
    return {f"{shown.quantize(step, rounding)}%" for rounding in HALVES}


def counts_behind(text, of):
    digits = len(text.partition(".")[2]) - 1 if "." in text else 0
    return [count for count in range(of + 1) if text in printed(count, of, digits)]


def quietly(text, of):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ei.RoundingWarning)
        return Tally.from_percent(text, of=of)


@given(texts, st.integers(1, 250))
@example("6.2%", 16)
@example("6.3%", 16)
@example("12%", 8)
@example("75%", 200)
@example("74%", 200)
@example("100%", 1)
@example("0%", 1)
def test_the_counts_behind_a_percentage_are_those_that_either_rounding_prints(text, of):
    counts = counts_behind(text, of)
    assume(counts)
    tally = Tally.from_percent(text, of=of)
    assert tally == Tally(counts[0], of - counts[-1], counts[-1] - counts[0])
    assert counts == list(range(counts[0], counts[-1] + 1))


@given(texts, st.integers(1, 60))
@example("50.0%", 3)
def test_where_no_count_rounds_to_it_those_on_either_side_are_taken_and_said(text, of):
    assume(not counts_behind(text, of))
    with pytest.warns(ei.RoundingWarning, match=f"no count of {of} units rounds to ") as caught:
        tally = Tally.from_percent(text, of=of)
    assert caught[0].filename == __file__
    share = Fraction(text[:-1]) / 100
    assert tally.unknown == 1
    assert Fraction(tally.satisfied, of) < share < Fraction(tally.satisfied + 1, of)


@given(texts, st.integers(1, 250), thresholds)
@example("74%", 200, "74.5%")
def test_counts_never_decide_otherwise_than_shares(text, of, level):
    """Knowing the population narrows what is possible, and never contradicts the bare percentage."""
    assume(counts_behind(text, of))
    wide, narrow = Rate.from_percent(text), quietly(text, of)
    assert wide.lower <= narrow.rate.lower <= narrow.rate.upper <= wide.upper
    for threshold in (ei.at_least(level), ei.at_most(level)):
        assert threshold.judge(narrow).possible <= threshold.judge(wide).possible


def test_both_roundings_keep_an_even_half_open():
    """74.5% is published as 74% half to even, and as 75% half up."""
    assert ei.at_least("74.5%").judge(Rate.from_percent("74%")).verdict is ei.Verdict.UNDETERMINED
    assert ei.at_least("74.5%").judge(Tally.from_percent("74%", of=200)).verdict is ei.Verdict.UNDETERMINED
    assert Tally.from_percent("6.2%", of=16) == Tally.from_percent("6.3%", of=16) == Tally(1, 15)


def test_what_a_float_leaves_is_no_published_percentage():
    noise = f"{0.306 * 100}%"
    assert len(noise) > len("30.6%")
    for read in (lambda **how: Tally.from_percent(noise, of=500, **how), lambda **how: Rate.from_percent(noise, **how)):
        with pytest.raises(ei.DefinitionError, match="digits=1"):
            read()
    assert Tally.from_percent(noise, of=500, digits=1) == Tally.from_percent("30.6%", of=500)
    assert Rate.from_percent(noise, digits=1) == Rate.from_percent("30.6%")


def test_digits_that_were_dropped_can_be_said_and_digits_that_stand_there_cannot_be_denied():
    assert Rate.from_percent("30%", digits=1) == Rate.from_percent("30.0%")
    with pytest.raises(ei.DefinitionError, match="more than 1 decimals"):
        Rate.from_percent("30.64%", digits=1)
    with pytest.raises(TypeError, match="digits"):
        Rate.from_percent("30.6%", digits="1")
    with pytest.raises(ValueError, match="digits"):
        Rate.from_percent("30.6%", digits=11)
