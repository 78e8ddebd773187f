"""Published percentages of groups whose size no one knows: their share is known within its rounding, and no more."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
from defined import _clause, _document
from hypothesis import assume, given
from hypothesis import strategies as st
from percentages import FORM, PROGRAMME, SHARES, TABLE

import envindicators as ei
from envindicators.algebra.tallies import Tallies, bits_of
from envindicators.algebra.verdict import conclude

DIRECTIONS = (ei.at_least, ei.at_most, ei.above, ei.below)
ends = st.integers(1, 10).flatmap(lambda below: st.builds(Fraction, st.integers(0, below), st.just(below)))
rates = st.tuples(ends, ends).map(lambda pair: ei.Rate(min(pair), max(pair)))
PRESENT = frozenset(("satisfied", "failed"))


@st.composite
def known(draw):
    """Draw a tally with an amount of unknown size whose share is known."""
    rate = draw(rates)
    assume(rate.lower < 1 and rate.upper > 0 and (rate.lower, rate.upper) != (0, 1))
    return ei.Tally(*draw(st.tuples(*[st.integers(0, 2)] * 6)), PRESENT, rate)


tallies = st.one_of(
    known(), st.builds(ei.Tally, *[st.integers(0, 2)] * 6, unsized=st.frozensets(st.sampled_from(sorted(PRESENT))))
)


def completions(tally):
    """Yield how many are satisfied and how many there are, of what has a size."""
    satisfied, failed, unknown, some_satisfied, some_failed, some_unknown = tally.counts
    for more, good, bad in itertools.product(range(unknown + 1), range(some_satisfied + 1), range(some_failed + 1)):
        for in_, of_these in itertools.combinations_with_replacement(range(some_unknown + 1), 2):
            numerator = satisfied + more + good + in_
            yield numerator, satisfied + failed + unknown + good + bad + of_these


def amounts(rate):
    """Yield satisfied and all of what has no size, in whole units, and with the shares at its ends as real amounts."""
    for size in range(1, 25):
        for satisfied in range(size + 1):
            if rate.lower <= Fraction(satisfied, size) <= rate.upper:
                yield satisfied, size
    for share, size in itertools.product((rate.lower, rate.upper), (10**12, 10**12 + 7)):
        yield share * size * share.denominator, size * share.denominator


@given(known(), st.sampled_from(DIRECTIONS), ends)
def test_every_completion_lies_within_the_bounds_and_its_verdict_is_possible(tally, direction, level):
    assume(not (direction is ei.above and level == 1) and not (direction is ei.below and level == 0))
    threshold = direction(level)
    possible = threshold.judge(tally).possible
    shares = []
    for (numerator, size), (more, units) in itertools.product(completions(tally), amounts(tally.unsized_rate)):
        share = Fraction(numerator + more, size + units)
        shares.append(share)
        assert conclude(threshold.judge(ei.Rate(share, share)).possible) in possible
    assert ei.Verdict.NOT_APPLICABLE not in possible
    assert tally.rate.lower <= min(shares)
    assert max(shares) <= tally.rate.upper


@given(known())
def test_the_bounds_are_as_near_as_may_be(tally):
    """The smallest of real amounts adds nothing to what has a size, the largest leaves nothing of it."""
    least, greatest = tally.rate.lower, tally.rate.upper
    tiny, huge = Fraction(1, 10**15), 10**15
    every = [
        (numerator + share * size) / (whole + size)
        for numerator, whole in completions(tally)
        for share in (tally.unsized_rate.lower, tally.unsized_rate.upper)
        for size in (tiny, huge)
    ]
    near = Fraction(1, 10**12)
    assert min(every) - least < near
    assert greatest - max(every) < near


@given(st.lists(tallies, max_size=4), st.randoms())
def test_tallies_add_up_in_any_order_as_one_and_as_arrays(several, random):
    whole = sum(several, ei.Tally())
    random.shuffle(several)
    assert sum(several, ei.Tally()) == whole
    assert sum(several[2:], ei.Tally()) + sum(several[:2], ei.Tally()) == whole
    if several:
        arrays = together(several)
        assert arrays.total[0] == whole
        assert [arrays[row] for row in range(len(several))] == several
        assert (arrays + arrays)[0] == several[0] + several[0]


def together(several):
    """Return tallies as arrays."""
    counts = np.array([tally.counts for tally in several], dtype=np.int64)
    unsized = np.array([bits_of(tally.unsized) for tally in several], dtype=np.uint8)
    held = np.empty((len(several), 2), dtype=object)
    for row, tally in enumerate(several):
        rate = tally.unsized_rate
        held[row] = (
            (Fraction("failed" not in tally.unsized), Fraction("satisfied" in tally.unsized))
            if rate is None
            else (rate.lower, rate.upper)
        )
    return Tallies(counts, unsized, held)


@given(st.lists(tallies, min_size=1, max_size=4), st.sampled_from(DIRECTIONS), ends)
def test_arrays_say_what_each_tally_says(several, direction, level):
    assume(not (direction is ei.above and level == 1) and not (direction is ei.below and level == 0))
    threshold, arrays = direction(level), together(several)
    margin = arrays.margin(threshold)
    possible = margin.possible()
    lower, upper = arrays.bounds()
    for row, tally in enumerate(several):
        own = tally.margin(threshold)
        assert possible[row] == own.possible()
        for name in ("least", "greatest", "sinks", "soars", "exists", "perhaps_empty"):
            assert np.broadcast_to(getattr(margin, name), len(several))[row] == getattr(own, name), name
        if tally.rate is not None:
            assert lower[row] <= tally.rate.lower <= np.nextafter(lower[row], 2)
            assert np.nextafter(upper[row], -1) <= tally.rate.upper <= upper[row]


@pytest.mark.parametrize(
    ("unsized", "rate", "said"),
    [
        ({"satisfied"}, ei.Rate(Fraction(1, 2), Fraction(1)), "unsized holds 'satisfied'"),
        ((), ei.Rate(Fraction(1, 2), Fraction(1)), "unsized holds nothing"),
        ({"satisfied", "failed"}, Fraction(1, 2), "expected a Rate"),
    ],
)
def test_a_rate_that_the_outcomes_do_not_allow_is_refused(unsized, rate, said):
    with pytest.raises((ValueError, TypeError), match=said):
        ei.Tally(unsized=unsized, unsized_rate=rate)


# files of percentages alone


def span(percentage):
    """Return the shares that a percentage of no decimals may stand for; all of them where none is given."""
    if percentage is None:
        return Fraction(0), Fraction(1)
    return max(Fraction(0), Fraction(2 * percentage - 1, 200)), min(Fraction(1), Fraction(2 * percentage + 1, 200))


def shares_of(taken, treated):
    """Return the least and the greatest of what is asked of a row, over the corners of what is published."""
    found = {key: [] for key in SHARES}
    grid = sorted({*span(taken), *span(treated)})
    for one, other in itertools.product(grid, grid):
        if other <= one and span(taken)[0] <= one <= span(taken)[1] and span(treated)[0] <= other <= span(treated)[1]:
            found["of_made"].append(other)
            found["taken"].append(one)
            found["lost"].append(one - other)
            found["of_taken"] += [other / one] if one else []
    return {key: (min(each), max(each)) if each else None for key, each in found.items()}


percentages = st.none() | st.integers(0, 100)


@given(st.lists(st.tuples(percentages, percentages), min_size=1, max_size=3))
def test_a_whole_lies_between_the_least_and_the_greatest_of_what_is_published(rows):
    assume(any(each is not None for row in rows for each in row))
    assume(all(span(treated)[0] <= span(taken)[1] for taken, treated in rows))
    given_rows = [
        {"area": f"a{place}", "taken %": taken, "treated %": treated} for place, (taken, treated) in enumerate(rows)
    ]
    card = ei.evaluate(PROGRAMME, {"waste": FORM.of(given_rows)}, year=2020, by="area")
    assert ei.Scorecard.from_json(card.to_json()) == card
    each = [shares_of(*row) for row in rows]
    for key in SHARES:
        known = [one[key] for one in each if one[key] is not None]
        for place, one in enumerate(each):
            assert_bounds(card[key, f"a{place}"], [one[key]] if one[key] else [])
        assert_bounds(card[key], known)


def assert_bounds(found, known):
    rate = found.rate
    assert (rate is None) == (not known)
    if known:
        assert (rate.lower, rate.upper) == (min(low for low, _ in known), max(high for _, high in known))


@given(st.lists(st.tuples(st.none() | st.integers(1, 30), st.integers(0, 50)), min_size=2, max_size=4), st.randoms())
def test_cells_with_and_without_totals_add_up(rows, random):
    form = ei.Form(columns={"taken": ei.percent("taken %", digits=0)}, totals="keep")
    held = [{"area": f"a{place}", "made": made, "taken %": taken} for place, (made, taken) in enumerate(rows)]
    whole = ei.condense(PROGRAMME, {"waste": form.of(held)}, by="area", year=2020)
    random.shuffle(held)
    parts = [ei.condense(PROGRAMME, {"waste": form.of([row])}, by="area", year=2020) for row in held]
    together = sum(parts[1:], start=parts[0])
    assert together == whole
    card = ei.evaluate(PROGRAMME, whole, year=2020)
    assert card == ei.evaluate(PROGRAMME, together, year=2020)
    one_by_one = [card["taken", row["area"]].tally for row in held]
    assert sum(one_by_one, ei.Tally()) == card["taken"].tally
    assert card.inputs == ei.evaluate(PROGRAMME, together, year=2020).inputs


def test_what_is_told_of_percentages_alone():
    rows = [{"area": "A", "taken %": 33, "treated %": 20}, {"area": "B", "taken %": 90, "treated %": None}]
    card = ei.evaluate(PROGRAMME, {"waste": FORM.of(rows)}, year=2020, by="area", lang="en")
    assert card["taken", "A"].verdict is ei.Verdict.NOT_MET
    assert card["taken"].verdict is ei.Verdict.UNDETERMINED
    assert card["taken"].reason == "unknown_values"
    assert card["taken", "A"].shortfall.upper is None
    told = str(card.explain("taken", "A"))
    assert "A part of unknown size: 32.5% to 33.5% of it in the numerator." in told
    assert "Lowest: 32.5%, whatever the sizes that are not known." in told
    assert "32.5%–90.5%" in card.to_text()
    (gap,) = [problem for problem in card.problems if problem.kind == "shares_of_unknown"]
    assert gap.severity == "gap"
    one_year = {**rows[0], "made": None}
    mixed = ei.evaluate(PROGRAMME, {"waste": FORM.of([one_year, {**rows[1], "made": 10}])}, year=2020, by="area")
    assert [problem.kind for problem in mixed.problems if problem.column == "made"] == ["share_of_unknown"]
    assert mixed["taken"].tally == mixed["taken", "A"].tally + mixed["taken", "B"].tally


def test_amounts_of_percentages_alone_are_open():
    amount = ei.Amount("taken", "x", table=TABLE, where=ei.flag("taken"))
    target = ei.Target("taken", _clause(), 2020, amount.at_least("5 kilogram"))
    programme = ei.Programme("p", "p", _document(), [target])
    rows = [{"area": "A", "taken %": 33, "treated %": 20}, {"area": "B", "taken %": 90, "treated %": None}]
    card = ei.evaluate(programme, {"waste": FORM.of(rows)}, year=2020)
    assert card["taken"].judgements[0].evidence.ends == (0, None)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"taken %": 20, "treated %": 40}, "expected at most"),
        ({"made": None, "taken %": None, "treated %": None}, "total missing|expected a total"),
        ({"taken %": 120, "treated %": 40}, "from 0 to 100"),
    ],
)
def test_what_can_be_no_share_is_refused(row, said):
    with pytest.raises(ei.InvalidTable, match=said):
        ei.evaluate(PROGRAMME, {"waste": FORM.of([{"area": "A", **row}])}, year=2020)


def test_totals_and_rows_that_come_twice_are_found_among_percentages():
    rows = [{"area": area, "taken %": 33, "treated %": 20} for area in ("A", "B", "A")]
    with pytest.raises(ei.InvalidTable, match="the same key"):
        ei.evaluate(PROGRAMME, {"waste": FORM.of(rows)}, year=2020)
    rows = [{"area": area, "taken %": 33, "treated %": 20} for area in ("A", "B", "Tổng cộng")]
    with pytest.raises(ei.InvalidTable, match="called a total"):
        ei.evaluate(PROGRAMME, {"waste": FORM.of(rows)}, year=2020)


def test_a_file_of_which_every_percentage_is_blank_is_of_such_too(tmp_path):
    """An office among others that has nothing yet: its file had been refused for want of totals."""
    for name, taken in (("a", "33"), ("b", "")):
        (tmp_path / f"{name}.csv").write_text(f"area,taken %,treated %\n{name},{taken},\n", encoding="utf-8")
    card = ei.evaluate(PROGRAMME, {"waste": ei.scan(tmp_path / "*.csv", form=FORM)}, year=2020, by="area")
    assert card["taken", "a"].rate == ei.Rate.from_percent("33%")
    assert card["taken", "b"].rate == card["taken"].rate == ei.Rate(Fraction(0), Fraction(1))
