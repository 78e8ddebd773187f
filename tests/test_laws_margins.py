"""Laws of counts of several parts: their bounds are sharp where no part occurs twice, and never too narrow."""

from __future__ import annotations

from fractions import Fraction

import pytest
from brute_force import assert_same, cause_of, whole_of
from completions import NOTHING
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import rules_over, rules_without_repetition
from worlds import SPECS, THRESHOLDS, _atoms, _maybe, asked, card_of, rows_of

from envindicators.algebra.tally import Tally
from envindicators.algebra.verdict import Verdict

pytestmark = pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning")


@settings(max_examples=200)
@given(rules_without_repetition(SPECS["loose"].parts), st.data())
def test_bounds_from_margins_are_sharp(where, data):
    """Where no part occurs twice, the bounds from margins are those of all ways to deal the flags to units.

    One row whose margins may be blank, of a population that is certain, empty or open.
    """
    total = data.draw(st.integers(1, 5))
    row = {"area": "A", "kind": data.draw(st.sampled_from(("x", "y", None))), "place": "here", "built": 2000}
    row |= {"total": total} | {part: data.draw(_maybe(range(total + 1), 4)) for part in SPECS["loose"].parts}
    world = {"loose": ("counts", [row])}
    each = ("loose", ("one_of", "kind", ("x",)), where, data.draw(st.sampled_from(THRESHOLDS)))
    cause = cause_of(world, [each])
    whole = NOTHING if cause else whole_of(world, each)
    (judgement,) = card_of({"t": {"r": ("text", [each])}}, world)["t"].judgements
    assert_same(judgement, whole, each, cause)


@settings(max_examples=200)
@given(rules_over(_atoms(SPECS["chain"], parts=True), max_leaves=4), st.data())
@example(("and", ("flag", "c"), ("not", ("flag", "b"))), None)
def test_nested_parts_keep_their_order_also_where_they_are_missing(where, data):
    """No way to fill in blanks has a later part without the ones before it, in whatever layout."""
    if data is None:
        layout, row = "weighted", {"area": "A", "kind": "x", "a": None, "b": None, "c": None, "total": 3}
    else:
        layout = data.draw(st.sampled_from(("records", "weighted", "counts")))
        row = data.draw(rows_of(SPECS["chain"], layout, areas=("A",)))[0]
    each = ("chain", ("everyone",), where, ("at_least", Fraction(1, 2)))
    world = {"chain": (layout, [row])}
    cause = cause_of(world, [each])
    (judgement,) = card_of({"t": {"r": ("text", [each])}}, world)["t"].judgements
    assert_same(judgement, NOTHING if cause else whole_of(world, each), each, cause)


@settings(max_examples=40)
@given(asked("loose"), rows_of(SPECS["loose"], "counts"))
def test_bounds_from_margins_are_never_too_narrow(each, rows):
    """Also where a missing category stands in several places of a reading, what is said is safe."""
    world = {"loose": ("counts", rows)}
    if cause_of(world, [each]):
        return
    assessment, whole = card_of({"t": {"r": ("text", [each])}}, world)["t"], whole_of(world, each)
    assert assessment.possible >= whole.possible(*each[3])
    if whole.rate() is not None:
        assert assessment.rate.lower <= whole.rate().lower <= whole.rate().upper <= assessment.rate.upper


def test_margins_know_no_more_than_they_say():
    """50 of 120 have A, 80 of 120 have B: bounds of Fréchet and Boole for or, and, not."""
    row = {"area": "A", "kind": "x", "place": "here", "built": 2000, "total": 120, "a": 50, "b": 80, "c": None}
    a, b = ("flag", "a"), ("flag", "b")
    rules = {"or": ("or", a, b), "and": ("and", a, b), "not": ("not", a)}
    at = ("at_least", Fraction(1, 2))
    targets = {key: {"r": ("text", [("loose", ("everyone",), rule, at)])} for key, rule in rules.items()}
    targets["among"] = {"r": ("text", [("loose", a, b, at)])}
    card = card_of(targets, {"loose": ("counts", [row])})
    assert card["or"].tally == Tally(80, 0, 40)
    assert card["and"].tally == Tally(10, 70, 40)
    assert card["not"].tally == Tally(70, 50)
    assert card["among"].reason == "margins"
    assert card["among"].tally == Tally(unsized={"out", "satisfied", "failed"})
    assert [card[key].verdict for key in ("or", "and", "not")] == [Verdict.MET, Verdict.NOT_MET, Verdict.MET]
