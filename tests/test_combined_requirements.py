"""Levels by group, and requirements of which one suffices: against every way to fill in what is missing."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from defined import _clause, _document
from hypothesis import given
from hypothesis import strategies as st

import envindicators as ei

HOMES = ei.Table(
    "homes",
    ei.Unit("home", "homes"),
    total="homes",
    parts=["clean", "metered"],
    categories={"region": ["delta", "mountain", "other"]},
)
CLEAN = ei.Share("clean", "clean water", table=HOMES, where=ei.flag("clean"))
METERED = ei.Share("metered", "metered", table=HOMES, where=ei.flag("metered"))
BY_REGION = CLEAN.at_least(ei.by("region", delta="65%", mountain="35%"))
LEVELS = {"delta": Fraction(65, 100), "mountain": Fraction(35, 100)}

homes = st.lists(
    st.fixed_dictionaries(
        {
            "homes": st.integers(1, 2),
            "clean": st.sampled_from([True, False, None]),
            "metered": st.sampled_from([True, False]),
            "region": st.sampled_from(["delta", "mountain", "other", None]),
        }
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda row: (row["region"], row["clean"], row["metered"]),
)


def judged(readings, rows):
    programme = ei.Programme("p", "p", _document(), [ei.Target("t", _clause(), 2020, readings)])
    return ei.evaluate(programme, {"homes": ei.Form(totals="keep").of(rows)}, year=2020)["t"]


def completions(rows):
    """Yield every way in which the homes of some rows may be: a region and whether the water is clean, home by home."""
    units = [row for row in rows for _ in range(row["homes"])]
    ways = [
        [
            (region, clean)
            for region in ([row["region"]] if row["region"] else ["delta", "mountain", "other"])
            for clean in ([row["clean"]] if row["clean"] is not None else [True, False])
        ]
        for row in units
    ]
    yield from itertools.product(*ways)


def by_region(units):
    """Return the verdict of one completion: every region that has homes must keep its level."""
    kept = []
    for region, level in LEVELS.items():
        clean = [clean for where, clean in units if where == region]
        if clean:
            kept.append(Fraction(sum(clean), len(clean)) >= level)
    return ei.Verdict.NOT_APPLICABLE if not kept else ei.Verdict.MET if all(kept) else ei.Verdict.NOT_MET


@given(homes)
def test_levels_by_group_hold_every_completion(rows):
    """What a completion gives is among the possible; where no region is missing nothing else is."""
    said = {by_region(units) for units in completions(rows)}
    assessment = judged(BY_REGION, rows)
    assert said <= assessment.possible
    if all(row["region"] for row in rows):
        assert said == assessment.possible


@given(homes, st.sampled_from(["25%", "50%"]), st.sampled_from(["25%", "50%"]))
def test_one_requirement_that_is_met_suffices(rows, first, second):
    both = [CLEAN.at_least(first), METERED.at_least(second)]
    one, other = (judged(requirement, rows).possible for requirement in both)
    found = judged(ei.any_of(*both), rows)
    met, not_met = ei.Verdict.MET, ei.Verdict.NOT_MET
    assert found.possible == {met if met in pair else not_met for pair in itertools.product(one, other)}


def test_levels_by_group_are_requirements_with_names():
    assert [(one.indicator.key, str(one.threshold)) for one in BY_REGION.requirements] == [
        ("clean/delta", "≥ 65%"),
        ("clean/mountain", "≥ 35%"),
    ]
    assert str(BY_REGION.requirements[0].indicator.name) == "clean water, delta"
    rows = [
        {"homes": 100, "clean": 70, "metered": 0, "region": "delta"},
        {"homes": 50, "clean": 10, "metered": 0, "region": "mountain"},
    ]
    assert judged(BY_REGION, rows).verdict is ei.Verdict.NOT_MET


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: ei.by("region"), "no levels"),
        (lambda: CLEAN.at_least(ei.by("region", delta="65")), "65"),
        (lambda: CLEAN.at_least(ei.by("region", coast="65%")), "coast"),
        (lambda: CLEAN.at_least(ei.by("colour", delta="65%")), "colour"),
        (lambda: CLEAN.since(2019).at_most(ei.by("region", delta="-5%")), "no levels by"),
        (lambda: ei.Reading("r", ei.any_of()), "no requirements"),
    ],
)
def test_what_makes_no_requirements_is_refused(make, said):
    with pytest.raises(ei.DefinitionError, match=said):
        make()
