"""A column that has to be there is asked for, with the nearest name of those that are."""

from __future__ import annotations

from small_tables import ESTABLISHMENTS, FLAGGED, RESIDENTS, renamed, without
from wrong_cells import Case, assert_condense_refuses, assert_only_these_are_named, by_case, by_kind

CASES = [
    Case(
        "no category",
        {"residents": without(RESIDENTS, "settlement")},
        (("residents", None, "settlement", None),),
        ("column settlement",),
    ),
    Case(
        "a category's name misspelt",
        {"residents": renamed(RESIDENTS, "settlement", "setlement")},
        (("residents", None, "settlement", None),),
        ("did you mean 'setlement'?",),
    ),
    Case(
        "no total",
        {"residents": without(RESIDENTS, "persons")},
        (("residents", None, "persons", ["area", "settlement", "hygienic_water"]),),
        ("how many people",),
    ),
    Case(
        "population is no name of the total, and a row no person",
        {"residents": renamed(FLAGGED, "persons", "population")},
        (("residents", None, "persons", ["area", "settlement", "population", "hygienic_water"]),),
        ("how many people",),
    ),
    Case(
        "a total's name misspelt",
        {"residents": renamed(RESIDENTS, "persons", "person")},
        (("residents", None, "persons", ["area", "settlement", "person", "hygienic_water"]),),
        ("did you mean 'person'?",),
    ),
    Case(
        "neither total nor id",
        {"establishments": without(ESTABLISHMENTS, "establishments")},
        (("establishments", None, "establishments", [name for name in ESTABLISHMENTS if name != "establishments"]),),
        ("'establishments'", "'id'"),
    ),
]


@by_kind(CASES)
def test_the_wrong_cell_is_named_and_no_other(case: Case, kind: str):
    """One wrong cell is one problem, with table, row, column and value; right cells are never blamed."""
    assert_only_these_are_named(case, kind)


@by_case(CASES)
def test_a_wrong_cell_never_becomes_a_card(case: Case):
    """What is wrong is refused by condense as well; no wrong cell is repaired or left out."""
    assert_condense_refuses(case)
