"""Laws of `needed_reports`: the fewest groups, found again by trying every subset of them."""

import itertools
from fractions import Fraction

import oracle
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import envindicators as ei
from envindicators.algebra.tally import Tally
from envindicators.algebra.threshold import Threshold
from envindicators.algebra.verdict import Verdict
from envindicators.evaluation.needed_reports import settle
from envindicators.programmes import soc_trang_2020

pytestmark = pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning")

SIZES = (0, 1, 2, 3, 40, 10**5)
HUGE = 10**9
STEP = {"out": (0, 0), "satisfied": (1, 1), "failed": (1, 0)}


def ways(tally, sizes):
    """Return the pairs (population, satisfied in it) of all completions, unsized amounts at some sizes."""
    pairs = set(oracle.completions(tally.counts))
    for outcome in tally.unsized - {"out"}:
        dn, dk = STEP[outcome]
        pairs = {(n + size * dn, k + size * dk) for n, k in pairs for size in sizes}
    return pairs


def _sums(sets):
    pairs = {(0, 0)}
    for each in sets:
        pairs = {(n + m, k + j) for n, k in pairs for m, j in each}
    return pairs


def settles(chosen, others, threshold, wanted):
    """Return whether the chosen groups can turn out so that the verdict is the wanted one whatever the others do.

    The others' unsized amounts may be far larger than those that the chosen ones turn out to have, since
    they have no limit.
    """
    rest = _sums(ways(each, (0, 1, 2, HUGE)) for each in others)

    def one(n, k):
        if not n:
            return oracle.NOT_APPLICABLE
        passes = oracle.passes(n, k, threshold.direction, threshold.level)
        return oracle.MET if passes else oracle.NOT_MET

    return any(
        all(one(n + m, k + j) == wanted for m, j in rest) for n, k in _sums(ways(each, SIZES) for each in chosen)
    )


def fewest(groups, stray, threshold, wanted):
    """Return the least number of groups that can settle it, or None."""
    for size in range(len(groups) + 1):
        for chosen in itertools.combinations(range(len(groups)), size):
            others = [tally for place, tally in enumerate(groups) if place not in chosen]
            if settles([groups[place] for place in chosen], [*others, stray], threshold, wanted):
                return size
    return None


def requirement(threshold):
    """Return a requirement with that threshold, of an indicator of the built-in programme."""
    indicator = soc_trang_2020.target("rural_water").default.requirements[0].indicator
    return getattr(indicator, threshold.direction)(threshold.level)


def assert_fewest(groups, stray, threshold):
    """Assert that `settle` names the fewest groups, ones that do it, and None where none do."""
    whole = sum(groups, stray)
    found = settle(requirement(threshold), whole, dict(enumerate(groups)))
    for wanted, answer in ((oracle.MET, found.met), (oracle.NOT_MET, found.not_met)):
        least = fewest(groups, stray, threshold, wanted)
        assert (None if answer is None else len(answer)) == least, (wanted, groups, stray, threshold, answer)
        if answer is not None:
            names = [each.group for each in answer]
            assert len(set(names)) == len(names)
            others = [tally for name, tally in enumerate(groups) if name not in names]
            chosen = [groups[name] for name in names]
            assert settles(chosen, [*others, stray], threshold, wanted), (wanted, groups, threshold, names)
            sized = [each.units is not None for each in answer]
            assert sized == sorted(sized), "those without a size come first"
            for each in answer:
                counts = groups[each.group].counts
                assert each.units == (None if groups[each.group].unsized else sum(counts[2:]))


thresholds = st.builds(
    Threshold,
    st.sampled_from(("at_least", "at_most")),
    st.sampled_from([Fraction(text) for text in ("0", "1/3", "1/2", "2/3", "9/10", "1")]),
)
placed = st.builds(lambda *c: Tally(*c), *[st.integers(0, 3)] * 3)
unplaced = st.builds(lambda *c: Tally(0, 0, 0, *c), *[st.integers(0, 2)] * 3)
mixed = st.builds(lambda a, b: a + b, placed, unplaced)
unsized = st.builds(
    lambda tally, open_: tally + Tally(unsized=open_),
    st.one_of(placed, st.just(Tally())),
    st.sampled_from([frozenset(s) for s in (("failed",), ("satisfied",), ("out", "satisfied", "failed"))]),
)


def _undetermined(groups, stray, threshold):
    return threshold.judge(sum(groups, stray)).verdict is Verdict.UNDETERMINED


@settings(max_examples=500)
@given(st.lists(placed, min_size=1, max_size=4), thresholds)
def test_the_fewest_groups_of_placed_units(groups, threshold):
    """With units of which only the outcome is unknown, as many groups as the best subset has."""
    if _undetermined(groups, Tally(), threshold):
        assert_fewest(groups, Tally(), threshold)


@settings(max_examples=500)
@given(st.lists(mixed, min_size=1, max_size=3), thresholds)
def test_the_fewest_groups_with_units_that_may_be_out(groups, threshold):
    """The same where some units may not belong."""
    if _undetermined(groups, Tally(), threshold):
        assert_fewest(groups, Tally(), threshold)


@settings(max_examples=500)
@given(st.lists(unplaced, min_size=1, max_size=4), thresholds)
@example([Tally(0, 0, 0, 0, 1, 0), Tally(0, 0, 0, 1, 0, 0)], ei.at_least("50%"))
@example([Tally(0, 0, 0, 0, 2, 0), Tally(0, 0, 0, 0, 1, 0), Tally(0, 0, 0, 1, 0, 0)], ei.at_least("50%"))
@example([Tally(0, 0, 0, 0, 1, 0)], ei.at_least("0%"))
@example([Tally(0, 0, 0, 0, 1, 0)], ei.at_most("0%"))
@example([Tally(0, 0, 0, 0, 0, 1), Tally(0, 0, 0, 0, 0, 1)], ei.at_most("100%"))
def test_the_fewest_groups_where_the_population_may_be_empty(groups, threshold):
    """To be met the population must have a member: a group with a possible one is among those named."""
    if _undetermined(groups, Tally(), threshold):
        assert_fewest(groups, Tally(), threshold)


@settings(max_examples=500)
@given(st.lists(st.one_of(mixed, unsized), min_size=1, max_size=3), thresholds)
def test_the_fewest_groups_where_some_did_not_report(groups, threshold):
    """A group whose amount has no limit must be among those that could make it met, or none will do."""
    if _undetermined(groups, Tally(), threshold):
        assert_fewest(groups, Tally(), threshold)


@settings(max_examples=500)
@given(st.lists(st.one_of(placed, unsized), min_size=1, max_size=3), st.one_of(mixed, unsized), thresholds)
def test_what_stands_in_no_group_stays_open(groups, stray, threshold):
    """What of the whole belongs to no group is never settled by one."""
    groups = [Tally.of(group.counts, group.unsized if group.unsized <= stray.unsized else ()) for group in groups]
    if stray.unsized and any(group.unsized for group in groups):
        return  # whether it is the stray's or the group's amount cannot be told from the whole
    if _undetermined(groups, stray, threshold):
        assert_fewest(groups, stray, threshold)


@pytest.mark.parametrize("threshold", [ei.at_least("70%"), ei.at_most("70%")])
def test_a_silence_that_leaves_the_whole_certain_needs_no_report(threshold):
    """A group without rows of its own, all of whose area reported, is not part of what is open."""
    groups = {"A": Tally(3, 1, 1), "B": Tally(1, unsized={"out", "satisfied", "failed"})}
    settled = settle(requirement(threshold), Tally(4, 1, 1), groups)
    assert settled.met == settled.not_met == (("A", 1),)


# On a card


def card(rows, **options):
    """Return the card of residents in districts: (area, persons, with water)."""
    frame = [{"area": a, "settlement": "rural", "persons": n, "hygienic_water": k} for a, n, k in rows]
    return ei.evaluate(soc_trang_2020, {"residents": frame}, **{"year": 2020, "by": "area"} | options)


def test_the_district_that_would_settle_it_is_named_with_its_people():
    """970 of 980 known, blanks of 15 and 5: for 98% of 1000, both must come in well; for less, the larger alone."""
    (settlement,) = card([("A", 960, 950), ("B", 30, None), ("C", 10, None)]).needed_reports("rural_water")
    assert settlement.requirement.indicator.key == "rural_water"
    assert settlement.met == (("B", 30),)
    assert settlement.not_met == (("B", 30),)
    (settlement,) = card([("A", 960, 940), ("B", 30, None), ("C", 10, None)]).needed_reports("rural_water")
    assert settlement.met == (("B", 30), ("C", 10))
    assert settlement.not_met == (("C", 10),) or settlement.not_met == (("B", 30),)


def test_districts_that_did_not_report_come_first():
    """A silent district is needed for MET, and alone enough for NOT_MET."""
    (settlement,) = card([("A", 100, 97), ("B", 30, None)], expected=["A", "B", "Z"]).needed_reports("rural_water")
    assert settlement.met[0] == ("Z", None)
    assert settlement.not_met == (("Z", None),)


def test_a_certain_target_needs_nothing():
    """What is met, missed or not applicable has nothing to settle."""
    assert card([("A", 100, 100)]).needed_reports("rural_water") == []
    assert card([("A", 100, 10)]).needed_reports("rural_water") == []
    assert card([("A", 0, 0)]).needed_reports("rural_water") == []


def test_a_table_that_did_not_come_is_settled_by_no_group():
    """Without the table no group does it."""
    (settlement,) = card([("A", 100, 100)]).needed_reports("medical_waste")
    assert settlement.met is None
    assert settlement.not_met is None


def test_every_undetermined_requirement_has_its_answer():
    """A reading of several requirements is settled requirement by requirement."""
    rows = [
        {"area": "A", "stream": "urban_domestic", "generated": 10, "collected": 10, "treated_to_standard": None},
        {"area": "A", "stream": "industrial", "generated": 10, "collected": 10, "treated_to_standard": 10},
        {"area": "B", "stream": "service", "generated": 10, "collected": None, "treated_to_standard": None},
    ]
    both = ei.evaluate(soc_trang_2020, {"waste": rows}, year=2020, by="area", readings={"urban_waste": "each_stream"})
    found = {each.requirement.indicator.key: each for each in both.needed_reports("urban_waste")}
    assert found["urban_waste/urban_domestic"].met == (("A", 10_000),)
    assert found["urban_waste/urban_domestic"].not_met == (("A", 10_000),)
    assert found["urban_waste/service"].met == (("B", 10_000),)
    assert "urban_waste/industrial" not in found


def test_without_groups_there_is_nothing_to_name():
    """The card must have groups, and one year."""
    with pytest.raises(ValueError, match="by="):
        card([("A", 100, 99), ("B", 30, None)], by=None).needed_reports("rural_water")
    rows = [
        {"area": "A", "year": year, "settlement": "rural", "persons": 5, "hygienic_water": None}
        for year in (2019, 2020)
    ]
    years = ei.evaluate(soc_trang_2020, {"residents": rows}, by=["area", "year"])
    with pytest.raises(ValueError, match="years"):
        years.needed_reports("rural_water")
    assert years.of_year(2020).needed_reports("rural_water")[0].met == ((("A", 2020), 5),)
