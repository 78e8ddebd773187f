"""Shares of areas that meet a criterion: against every way in which what is missing may turn out, area by area."""

from __future__ import annotations

import itertools

import pytest
from defined import _clause, _document
from hypothesis import given
from hypothesis import strategies as st

import envindicators as ei

HOMES = ei.Table(
    "homes", ei.Unit("home", "homes"), total="homes", parts=["clean"], categories={"kind": ["lived_in", "empty"]}
)
CLEAN = ei.Share("clean", "clean water", table=HOMES, among=ei.one_of("kind", "lived_in"), where=ei.flag("clean"))
CRITERION = CLEAN.at_least("50%")
COMMUNES = ei.AreaShare("communes", "communes with clean water", of=CRITERION)

row = st.fixed_dictionaries(
    {
        "homes": st.integers(1, 2),
        "clean": st.sampled_from([True, False, None]),
        "kind": st.sampled_from(["lived_in", "empty", None]),
    }
)
communes = st.lists(
    st.lists(row, max_size=2, unique_by=lambda row: (row["clean"], row["kind"])), min_size=1, max_size=3
)


def card_of(requirement, communes, **options):
    programme = ei.Programme("p", "p", _document(), [ei.Target("t", _clause(), 2020, requirement)])
    rows = [{"area": f"A{place}"} | row for place, rows in enumerate(communes) for row in rows]
    expected = [f"A{place}" for place in range(len(communes))]
    form = ei.Form(totals="keep").of(rows)
    return ei.evaluate(programme, {"homes": form}, year=2020, **{"expected": expected} | options)


def outcomes(rows):
    """Return what may come of a commune: every home in every way; of one that sent nothing anything may."""
    if not rows:
        return {True, False, None}
    units = [row for row in rows for _ in range(row["homes"])]
    ways = [
        [
            (kind, clean)
            for kind in ([row["kind"]] if row["kind"] else ["lived_in", "empty"])
            for clean in ([row["clean"]] if row["clean"] is not None else [True, False])
        ]
        for row in units
    ]
    found = set()
    for way in itertools.product(*ways):
        lived_in = [clean for kind, clean in way if kind == "lived_in"]
        found.add(None if not lived_in else 2 * sum(lived_in) >= len(lived_in))
    return found


@given(communes.filter(any))
def test_the_fates_of_areas_are_what_may_come_of_them(communes):
    tally = card_of(COMMUNES.at_least("80%"), communes)["t"].tally
    said = [outcomes(rows) for rows in communes]
    fates = {
        "satisfied": {True}, "failed": {False}, "unknown": {True, False},
        "unplaced_satisfied": {True, None}, "unplaced_failed": {False, None}, "unplaced_unknown": {True, False, None},
    }  # fmt: skip
    assert tally == ei.Tally(**{name: said.count(fate) for name, fate in fates.items()})


@given(communes.filter(any))
def test_it_is_the_same_with_groups_and_by_area_each_is_one_unit(communes):
    whole, by_area = (card_of(COMMUNES.at_least("80%"), communes, by=by) for by in (None, "area"))
    assert whole["t"].tally == by_area["t"].tally
    tallies = [by_area["t", group].tally for group in by_area.groups]
    assert sum(tallies, ei.Tally()) == whole["t"].tally
    assert all(sum(tally.counts) <= 1 for tally in tallies)


@given(communes.filter(any))
def test_every_area_is_all_of_them(communes):
    assessment = card_of(CRITERION.every("area"), communes)["t"]
    said = {
        ei.Verdict.NOT_APPLICABLE if not any(out is not None for out in way)
        else ei.Verdict.MET if False not in way else ei.Verdict.NOT_MET
        for way in itertools.product(*map(outcomes, communes))
    }  # fmt: skip
    assert assessment.possible == said


def test_areas_within_provinces():
    rows = [
        {"area": area, "province": province, "homes": 10, "clean": clean, "kind": "lived_in"}
        for area, province, clean in [("A", "X", 6), ("B", "X", 4), ("C", "Y", 9)]
    ]
    programme = ei.Programme("p", "p", _document(), [ei.Target("t", _clause(), 2020, COMMUNES.at_least("80%"))])
    card = ei.evaluate(programme, {"homes": rows}, year=2020, by="province", expected=["A", "B", "C"])
    assert card["t"].tally == ei.Tally(2, 1)
    assert [card["t", group].tally for group in "XY"] == [ei.Tally(1, 1), ei.Tally(1)]


def test_a_change_in_every_area():
    gas = ei.Table("gas", ei.Unit("tonne", "tonnes"), total="emitted", period="flow")
    each = ei.Amount("gas", "gas", table=gas).since(2019).at_most("-10%").every("area")
    programme = ei.Programme("p", "p", _document(), [ei.Target("t", _clause(), 2020, each)])
    rows = [
        {"area": area, "year": year, "emitted": tonnes}
        for area, year, tonnes in [("A", 2019, 100), ("A", 2020, 80), ("B", 2019, 50), ("B", 2020, 46)]
    ]
    assert ei.evaluate(programme, {"gas": rows}, year=2020, expected=["A", "B"])["t"].tally == ei.Tally(1, 1)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: ei.AreaShare("s", "s", of=CLEAN), "of"),
        (lambda: ei.AreaShare("s", "s", of=COMMUNES.at_least("80%")), "counts areas itself"),
        (lambda: COMMUNES.since(2019), "cannot be measured"),
        (lambda: COMMUNES.at_least("80"), "80"),
    ],
)
def test_what_is_no_criterion_is_refused(make, said):
    with pytest.raises(ei.DefinitionError, match=said):
        make()


def test_without_a_list_of_areas_or_their_column_it_is_refused():
    with pytest.raises(ei.OptionError, match="expected="):
        card_of(COMMUNES.at_least("80%"), [[{"homes": 1, "clean": True, "kind": "lived_in"}]], expected=None)
    with pytest.raises(ei.OptionError, match="'station' in by"):
        card_of(CRITERION.every("station"), [[{"homes": 1, "clean": True, "kind": "lived_in"}]])


def test_every_area_may_be_asked_for_one_of_several_requirements_or_for_levels_by_group():
    several = ei.any_of(CRITERION, CLEAN.at_most("10%"))
    levels = CLEAN.at_least(ei.by("kind", lived_in="50%"))
    for required in (several, levels):
        assert required.every("area", key="k", name="n") == ei.AreaShare("k", "n", of=required).at_least("100%")
    assert levels.every("area").indicator.key == "clean/lived_in/every_area"
