"""Parts that an office gives as percentages: every count that rounds to one is possible, and no other."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from defined import _clause, _document
from hypothesis import given
from hypothesis import strategies as st
from percentages import FORM, PROGRAMME, SHARES, TABLE

import envindicators as ei


def half_up(share):
    return (share * 100 + Fraction(1, 2)).__floor__()


def published(share):
    """Return the percentages, of no decimals, that one of the two ways of rounding makes of a share."""
    return {half_up(share), round(share * 100)}


def counts(percentage, total):
    """Return every count of a total that is published so, or those on either side where none is."""
    if percentage is None:
        return range(total + 1)
    fitting = [count for count in range(total + 1) if percentage in published(Fraction(count, total))]
    exact = Fraction(percentage, 100) * total
    return fitting or sorted({exact.__floor__(), exact.__ceil__()})


def values(made, taken, treated):
    """Return the shares of one completion, None for one of nothing."""
    tops = {
        "of_made": (treated, made),
        "of_taken": (treated, taken),
        "taken": (taken, made),
        "lost": (taken - treated, made),
    }
    return {key: None if not below else Fraction(above, below) for key, (above, below) in tops.items()}


def rows_of(made):
    percentages = st.none() | st.integers(0, made).map(lambda count: half_up(Fraction(count, made)))
    return st.tuples(st.just(made), percentages, percentages)


ROWS = st.integers(1, 30).flatmap(rows_of)


@given(st.lists(ROWS, min_size=1, max_size=2))
def test_bounds_are_those_of_every_count_that_is_published_so(rows):
    possible = [
        [
            (made, taken, treated)
            for taken, treated in itertools.product(counts(taken_, made), counts(treated_, made))
            if treated <= taken
        ]
        for made, taken_, treated_ in rows
    ]
    given_rows = [
        {"area": f"a{place}", "made": made, "taken %": taken, "treated %": treated}
        for place, (made, taken, treated) in enumerate(rows)
    ]
    if not all(possible):
        with pytest.raises(ei.InvalidTable, match="expected at most"):
            ei.evaluate(PROGRAMME, {"waste": FORM.of(given_rows)}, year=2020)
        return
    card = ei.evaluate(PROGRAMME, {"waste": FORM.of(given_rows)}, year=2020)
    halves = [ei.condense(PROGRAMME, {"waste": FORM.of([row])}, by="area", year=2020) for row in given_rows]
    together = sum(halves[1:], start=halves[0])
    whole = [values(*map(sum, zip(*rows_, strict=True))) for rows_ in itertools.product(*possible)]
    for key in SHARES:
        shares = [each[key] for each in whole if each[key] is not None]
        rate = card[key].rate
        assert (rate is None) == (not shares)
        if shares:
            assert (rate.lower, rate.upper) == (min(shares), max(shares)), key
        assert ei.evaluate(PROGRAMME, together, year=2020)[key].tally == card[key].tally


def test_totals_with_percentages_are_found_and_left_out():
    rows = [
        {"area": area, "made": made, "taken %": percentage, "treated %": None}
        for area, made, percentage in (("A", 100, 33), ("B", 300, 50), ("C", 500, 20), ("Tổng cộng", 900, 31))
    ]
    with pytest.raises(ei.InvalidTable, match="total"):
        ei.evaluate(PROGRAMME, {"waste": FORM.of(rows)}, year=2020)
    form = ei.Form(columns=FORM.columns, totals="drop")
    dropped = ei.evaluate(PROGRAMME, {"waste": form.of(rows)}, year=2020, by="area")
    plain = ei.evaluate(PROGRAMME, {"waste": FORM.of(rows[:3])}, year=2020, by="area")
    assert dropped["taken"].tally == plain["taken"].tally
    assert dropped.groups == plain.groups


@pytest.mark.parametrize(
    ("value", "said"),
    [(101, "from 0 to 100"), (-1, "from 0 to 100"), ("a lot", "from 0 to 100"), (33.33, "at most 0 decimals")],
)
def test_what_is_no_such_percentage_is_refused(value, said):
    rows = [{"area": "A", "made": 100, "taken %": value, "treated %": None}]
    with pytest.raises(ei.InvalidTable, match=rf"row 0, column 'taken %': .*{said}"):
        ei.evaluate(PROGRAMME, {"waste": FORM.of(rows)}, year=2020)


def test_percentages_of_parts_that_are_not_nested_are_refused():
    table = ei.Table("waste", TABLE.unit, total="made", parts=["taken", "treated"], period="flow")
    share = ei.Share("taken", "x", table=table, where=ei.flag("taken"))
    programme = ei.Programme("p", "p", _document(), [ei.Target("taken", _clause(), 2020, share.at_least("50%"))])
    with pytest.raises(ei.InvalidTable, match="give counts"):
        ei.evaluate(programme, {"waste": FORM.of([{"made": 9, "taken %": 50, "treated %": 10}])}, year=2020)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"digits": -1}, "digits is -1"),
        ({"digits": True}, "digits is True"),
        ({"digits": 1, "rounding": "up"}, "rounding is"),
    ],
)
def test_what_is_no_percentage_of_a_form_is_refused(options, said):
    with pytest.raises(ei.OptionError, match=said):
        ei.percent("Tỷ lệ", **options)
