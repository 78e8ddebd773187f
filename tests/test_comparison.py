"""What has changed from one card to a later one: all of it, and nothing else."""

from __future__ import annotations

import pytest
from cards import random_cards
from hypothesis import given
from test_paths import PATH
from test_paths import card_of as card_of_path

import envindicators as ei
from envindicators.programmes import soc_trang_2020

pytestmark = pytest.mark.filterwarnings("ignore::envindicators.CoverageWarning")


def card_of(water=(985, 900), year=2020, areas="AB", **options):
    rows = [
        {"area": area, "settlement": "rural", "persons": 1000, "hygienic_water": count}
        for area, count in zip(areas, water, strict=True)
    ]
    return ei.evaluate(soc_trang_2020, {"residents": rows}, **{"year": year, "by": "area"} | options)


@given(random_cards())
def test_a_card_has_not_changed_since_itself(card):
    found = card.compare(card)
    assert found.same
    assert (found.differences, found.inputs, found.flipped) == ((), (), ())
    assert str(found) in ("Nothing has changed.", "Không có thay đổi.")
    assert found.to_frame(backend="rows") == []


def test_what_flipped_and_what_only_moved():
    before, after = card_of((970, 900), year=2019), card_of((985, 901))
    found = after.compare(before)
    assert [(one.target, one.group, one.flipped) for one in found.differences] == [
        ("rural_water", None, False), ("rural_water", "A", True), ("rural_water", "B", False),
    ]  # fmt: skip
    assert "A: 97% (not yet met) → 98.50% (exceeded)" in str(found).replace("98.5%", "98.50%")
    rows = found.to_frame(backend="rows")
    assert [(row["group"], row["flipped"], row["verdict_before"], row["verdict_after"]) for row in rows] == [
        (None, False, "NOT_MET", "NOT_MET"), ("A", True, "NOT_MET", "MET"), ("B", False, "NOT_MET", "NOT_MET"),
    ]  # fmt: skip
    assert [row["shortfall_lower_before"] for row in rows] == [90, 10, 80]
    assert [(was.table, is_now.table) for was, is_now in found.inputs] == [("residents", "residents")]


def test_groups_tables_and_definitions_that_came_or_went():
    waste = [{"area": "A", "stream": "medical", "generated": 9, "collected": 9, "treated_to_standard": 9}]
    before, after = card_of(areas="AB"), card_of(areas="AC")
    found = after.compare(before)
    assert (found.groups_only_before, found.groups_only_after) == (("B",), ("C",))
    both = {"residents": [{"area": "A", "settlement": "rural", "persons": 9, "hygienic_water": 9}], "waste": waste}
    found = ei.evaluate(soc_trang_2020, both, year=2020).compare(card_of(by=None))
    assert [None if was is None else was.table for was, _ in found.inputs] == ["residents", None]
    assert any(one.target == "medical_waste" and one.flipped for one in found.differences)


def test_a_programme_that_changed_is_told():
    before, after = card_of_path(PATH, year=2027), card_of_path(PATH | {2035: PATH[2030]}, year=2027)
    found = after.compare(before)
    assert found.targets_defined_anew == ("t",)
    assert "defined differently: t" in str(found)


def test_names_from_the_data_are_escaped():
    after = card_of(areas=["<b>", "B"])
    assert "<b>" not in after.compare(card_of(areas=["<b>", "B"], water=(1, 2)))._repr_html_()


@pytest.mark.parametrize("bad", [None, "card", 3])
def test_only_scorecards_are_compared(bad):
    with pytest.raises(TypeError, match="two scorecards"):
        card_of().compare(bad)


def test_cards_of_several_years_are_compared_year_by_year():
    card = card_of_path(PATH, by=["area", "year"])
    with pytest.raises(ValueError, match="several years"):
        card.compare(card)
    assert card.of_year(2027).compare(card.of_year(2023)).flipped
