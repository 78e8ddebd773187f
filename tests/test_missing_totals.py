"""A missing total is refused where nothing gives it a floor."""

from __future__ import annotations

from refusals import evaluated
from small_tables import ESTABLISHMENTS, FLAGGED, RESIDENTS, WASTE, put
from wrong_cells import Case, assert_condense_refuses, assert_only_these_are_named, by_case, by_kind

import envindicators as ei

CASES = [
    Case(
        "total and part blank",
        {"residents": put(put(RESIDENTS, "persons", 1, None), "hygienic_water", 1, None)},
        (("residents", 1, "persons", None),),
        ("estimate", "parts blank"),
    ),
    Case(
        "total and nested parts blank",
        {
            "waste": {
                **WASTE,
                "generated": [None, 50, 80, 60],
                "collected": [None] * 4,
                "treated_to_standard": [None] * 4,
            }
        },
        (("waste", 0, "generated", None),),
        ("estimate",),
    ),
    Case(
        "total blank beside margins",
        {"establishments": put(ESTABLISHMENTS, "establishments", 1, None)},
        (("establishments", 1, "establishments", None),),
        ("not nested",),
    ),
    Case(
        "total blank beside flags",
        {"residents": put(FLAGGED, "persons", 2, None)},
        (("residents", 2, "persons", None),),
        ("total",),
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


def test_a_blank_total_over_a_floor_is_a_gap():
    """A missing total is no error where known parts give a floor."""
    card = evaluated({"waste": put(WASTE, "generated", 0, None)})
    (gap,) = card.problems
    assert (gap.table, gap.row, gap.column, gap.value, gap.severity) == ("waste", 0, "generated", None, "gap")
    assert card["medical_waste"].tally == ei.Tally(130_000, 40_000, unsized={"failed"})
