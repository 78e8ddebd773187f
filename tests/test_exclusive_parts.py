"""Parts that exclude each other, and perhaps make up the whole: bounds by trying every way to fill in what is blank."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import envindicators as ei
from envindicators.programmes import soc_trang_2020

PARTS = ("a", "b", "c")
item = ei.Unit("item", "items")


def programme_of(chosen, *, whole):
    table = ei.Table("items", item, total="items", parts=list(PARTS), id="id", exclusive=True, whole=whole)
    where = ei.flag(chosen[0])
    for name in chosen[1:]:
        where = where | ei.flag(name)
    share = ei.Share("x", "x", table=table, where=where)
    clause = soc_trang_2020.targets[0].clause
    target = ei.Target("x", clause, deadline=2020, readings=share.at_least("50%"))
    return ei.Programme("p", "x", soc_trang_2020.document, [target])


def ways(total, held, *, whole):
    """Yield the ways to fill in the blank parts of a row."""
    for filled in itertools.product(*(range(total + 1) if value is None else [value] for value in held)):
        if sum(filled) == total or (sum(filled) < total and not whole):
            yield filled


@given(
    rows=st.lists(
        st.tuples(st.integers(1, 5), *(st.none() | st.integers(0, 5) for _ in PARTS)), min_size=1, max_size=3
    ),
    chosen=st.sets(st.sampled_from(PARTS), min_size=1).map(sorted),
    whole=st.booleans(),
)
def test_bounds_are_those_of_every_way_to_fill_in_blanks(rows, chosen, whole):
    counted = []
    for total, *held in rows:
        found = [sum(filled[PARTS.index(name)] for name in chosen) for filled in ways(total, held, whole=whole)]
        assume(found)
        counted.append(found)
    frame = [
        {"area": f"A{place}", "items": total, **dict(zip(PARTS, held, strict=True))}
        for place, (total, *held) in enumerate(rows)
    ]
    form = ei.Form(layout="counts", totals="keep")
    card = ei.evaluate(programme_of(chosen, whole=whole), {"items": form.of(frame)}, year=2020)
    whole_of = sum(total for total, *_ in rows)
    least, most = (Fraction(sum(map(end, counted)), whole_of) for end in (min, max))
    rate = card["x"].tally.rate
    assert (rate.lower, rate.upper) == (least, most)


@given(
    flags=st.lists(st.tuples(*(st.none() | st.booleans() for _ in PARTS)), min_size=1, max_size=5),
    chosen=st.sets(st.sampled_from(PARTS), min_size=1).map(sorted),
    whole=st.booleans(),
)
def test_records_are_filled_in_by_what_excludes_what(flags, chosen, whole):
    fates = []
    for held in flags:
        found = {
            any(filled[PARTS.index(name)] for name in chosen)
            for filled in ways(1, [None if flag is None else int(flag) for flag in held], whole=whole)
        }
        assume(found)
        fates.append(found)
    frame = [{"id": place, **dict(zip(PARTS, held, strict=True))} for place, held in enumerate(flags)]
    form = ei.Form(layout="records")
    card = ei.evaluate(programme_of(chosen, whole=whole), {"items": form.of(frame)}, year=2020)
    assert card["x"].tally == ei.Tally(fates.count({True}), fates.count({False}), fates.count({True, False}))


@pytest.mark.parametrize(
    ("row", "whole", "column", "words"),
    [
        ({"items": 4, "a": 2, "b": 2, "c": 1}, False, "c", "add up to 5, above 4"),
        ({"items": 4, "a": 2, "b": 1, "c": 0}, True, "c", "add up to 3, below 4"),
        ({"items": 4, "a": 5, "b": 0, "c": 0}, False, "a", "expected at most 4"),
        ({"id": 1, "a": True, "b": None, "c": True}, False, "c", "a is true in this row and they exclude each other"),
        ({"id": 1, "a": False, "b": False, "c": False}, True, "c", "one of the parts to be true"),
    ],
)
def test_parts_that_cannot_be_are_refused_or_left_open(row, whole, column, words):
    made = programme_of(["a"], whole=whole)
    with pytest.raises(ei.InvalidTable) as refused:
        ei.evaluate(made, {"items": [row]}, year=2020)
    (problem,) = refused.value.problems
    assert problem.column == column
    assert words in str(problem)
    card = ei.evaluate(made, {"items": ei.Form(impossible="open").of([row])}, year=2020)
    assert [gap.column for gap in card.problems if gap.kind.endswith("_open")] == [column]


def test_a_blank_total_of_a_whole_is_the_sum_of_its_parts():
    row = {"items": None, "a": 3, "b": 1, "c": 0}
    card = ei.evaluate(programme_of(["a"], whole=True), {"items": [row]}, year=2020)
    assert card["x"].tally == ei.Tally(3, 1)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"exclusive": True, "nested": True}, "exclusive parts are at least two, and not nested"),
        ({"whole": True}, "say exclusive=True too"),
    ],
)
def test_what_cannot_be_exclusive_is_refused(said, words):
    with pytest.raises(ei.DefinitionError, match=words):
        ei.Table("items", item, total="items", parts=list(PARTS), **said)
