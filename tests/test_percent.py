"""Laws of shown percentages: rounding never tells a reader what the number does not say."""

from fractions import Fraction

import oracle
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from strategies import NOTABLE, near

from envindicators.algebra.tally import Rate
from envindicators.words.percent import parse_percent, percent

any_share = st.fractions(0, 1, max_denominator=10**7)
marks = st.one_of(st.sampled_from(NOTABLE), st.fractions(0, 1, max_denominator=1000))
ties = st.integers(0, 9999).map(lambda m: Fraction(2 * m + 1, 20_000))
"""Shares that lie halfway between two percentages of two digits."""

marked = marks.flatmap(
    lambda mark: st.tuples(
        st.one_of(any_share, ties, near(mark, Fraction(1, 50)), near(mark, Fraction(1, 10**6))), st.just(mark)
    )
)
"""A share and a mark, often a hair apart."""


def _side(share, mark):
    return "on" if share == mark else "below" if share < mark else "above"


def _has_decimals(share):
    """Whether some percentage writes the share exactly."""
    return 10**60 % share.denominator == 0


@settings(max_examples=300)
@given(marked)
@example((Fraction("0.97996"), Fraction("0.98")))
@example((Fraction("0.98004"), Fraction("0.98")))
@example((Fraction("0.99999"), Fraction("0.98")))
@example((Fraction("0.00001"), Fraction("0.98")))
@example((Fraction("0.980005"), Fraction("0.98")))
def test_a_shown_percentage_never_contradicts_a_comparison(pair):
    """Read back, it stands on the same side of the threshold, of 0% and of 100% as the share itself."""
    share, mark = pair
    assume(share != mark or _has_decimals(share))
    shown, _ = oracle.read_percent(percent(share, against=[mark]))
    for each in (mark, Fraction(0), Fraction(1)):
        assert _side(shown, each) == _side(share, each)


@settings(max_examples=300)
@given(marked)
@example((Fraction(1, 8000), Fraction(1, 2)))
def test_a_figure_is_rounded_half_up_with_no_more_digits_than_needed(pair):
    """It is the share itself, or rounded half up to two digits, or to the first more that do not contradict."""
    share, mark = pair
    assume(share != mark or _has_decimals(share))
    shown, digits = oracle.read_percent(percent(share, against=[mark]))
    if shown == share:
        return
    assert digits >= 2
    for fewer in range(2, digits + 1):
        rounded = Fraction(oracle.rounded_half_up(share, fewer), 100 * 10**fewer)
        agrees = all(_side(rounded, each) == _side(share, each) for each in (mark, Fraction(0), Fraction(1)))
        assert agrees == (fewer == digits)
    assert shown == rounded


@settings(max_examples=300)
@given(marked, any_share)
def test_an_interval_is_rounded_outwards_and_does_not_contradict_either(pair, other):
    """Read back, the shown ends enclose the true ones, and stand on the same side of every mark."""
    share, mark = pair
    rate = Rate(min(share, other), max(share, other))
    assume(rate.lower < rate.upper)
    assume(mark not in (rate.lower, rate.upper) or _has_decimals(mark))
    ends = [oracle.read_percent(end)[0] for end in rate.show(against=[mark]).split("–")]
    lower, upper = ends
    assert lower <= rate.lower
    assert upper >= rate.upper
    for each in (mark, Fraction(0), Fraction(1)):
        assert _side(lower, each) == _side(rate.lower, each)
        assert _side(upper, each) == _side(rate.upper, each)


@pytest.mark.parametrize(
    ("share", "against", "shown"),
    [
        ("0.97996", "0.98", "97.996%"),
        ("0.98004", "0.98", "98.004%"),
        ("0.97996", "0.5", "98.00%"),
        ("0.98", "0.98", "98%"),
        ("0.985", "0.98", "98.5%"),
        ("0", "0.98", "0%"),
        ("1", "0.98", "100%"),
        ("0.9999999", "0.98", "99.99999%"),
        ("0.0000001", "0.98", "0.00001%"),
        ("0.123450", "0.98", "12.35%"),
        ("0.123449", "0.98", "12.34%"),
        ("1/3", "0.98", "33.33%"),
        ("2/3", "0.98", "66.67%"),
    ],
)
def test_worked_figures(share, against, shown):
    """97.996% and 98.004% against 98% stay as they are; a half is rounded up; what is exact has no idle zeros."""
    assert percent(Fraction(share), against=[Fraction(against)]) == shown


@pytest.mark.parametrize(
    ("lower", "upper", "shown"),
    [
        ("0.9", "0.95", "90%–95%"),
        ("1/3", "2/3", "33.33%–66.67%"),
        ("0.97996", "0.98004", "97.99%–98.01%"),
        ("0.98004", "0.99996", "98.004%–99.996%"),
        ("0.00001", "1", "0.001%–100%"),
        ("0.5", "0.5", "50%"),
    ],
)
def test_worked_intervals(lower, upper, shown):
    """The lower end is rounded down, the upper up; neither reaches 98%, 0% or 100% by that; a point is one figure."""
    assert Rate(Fraction(lower), Fraction(upper)).show(against=[Fraction("0.98")]) == shown


@pytest.mark.parametrize("rate", [Rate(Fraction(1, 3), Fraction(1, 2)), Rate(Fraction(1, 7), Fraction(1, 7))])
def test_a_rate_without_a_threshold_is_shown_in_its_words(rate):
    """`str` of a rate is what it shows against nothing."""
    assert str(rate) == rate.show()


@pytest.mark.parametrize("rounding", ["half_up", "down", "up"])
def test_a_share_on_a_threshold_that_no_percentage_writes_is_shown(rounding):
    """1/3 against 1/3 is there, so rounding may leave it: it is shown in two digits, and without delay."""
    shown = percent(Fraction(1, 3), against=[Fraction(1, 3)], rounding=rounding)
    assert shown in ("33.33%", "33.34%")


@given(st.integers(0, 10**9), st.integers(0, 9), st.sampled_from(".,"), st.sampled_from(("", " ")))
def test_a_percentage_is_read_exactly_with_its_digits(number, digits, point, space):
    """Digits, a point or comma, digits, an optional space, %: the share and the number of decimals."""
    whole, decimals = divmod(number, 10**digits)
    text = f"{whole}{point}{decimals:0{digits}d}{space}%" if digits else f"{whole}{space}%"
    assert parse_percent(text) == (Fraction(number, 100 * 10**digits), digits)


@settings(max_examples=300)
@given(st.text("0123456789.,% -+e٩", max_size=8))
@example("98%\n")
def test_no_other_text_is_a_percentage(text):
    """Whatever is not of that form is a ValueError that shows the forms."""
    body = text.removesuffix("%").removesuffix(" ")
    groups = body.replace(",", ".").split(".")
    if text.endswith("%") and len(groups) <= 2 and all(g and set(g) <= set("0123456789") for g in groups):
        assert parse_percent(text)[1] == (len(groups[1]) if len(groups) == 2 else 0)
    else:
        with pytest.raises(ValueError, match='"98,5%"'):
            parse_percent(text)
