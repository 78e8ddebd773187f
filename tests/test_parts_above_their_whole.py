"""A part above its total, or above the part that it is nested in, is refused with both."""

from __future__ import annotations

from small_tables import WASTE, put
from wrong_cells import (
    Case,
    assert_condense_refuses,
    assert_only_these_are_named,
    by_case,
    by_kind,
    establishments,
    residents,
    waste,
)

CASES = [
    residents("hygienic_water", 1, 2001, "at most 2000", "persons"),
    residents("hygienic_water", 1, 2000.5),
    waste("collected", 0, 101, "at most 100", "generated", name="collected above generated"),
    waste("treated_to_standard", 0, 91, "at most 90", "collected", name="treated above collected"),
    establishments("meets_standards", 0, 121, "at most 120", "establishments"),
    Case(
        "treated above generated, collected blank",
        {"waste": put(put(WASTE, "collected", 0, None), "treated_to_standard", 0, 101)},
        (("waste", 0, "treated_to_standard", 101),),
        ("at most 100", "generated"),
    ),
    Case(
        "treated above collected, generated blank",
        {"waste": put(put(WASTE, "generated", 0, None), "treated_to_standard", 0, 91)},
        (("waste", 0, "treated_to_standard", 91),),
        ("at most 90", "collected"),
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
