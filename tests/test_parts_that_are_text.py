"""Columns of text where numbers or flags belong are refused, cell by cell."""

from __future__ import annotations

from small_tables import RESIDENTS
from wrong_cells import Case, assert_condense_refuses, assert_only_these_are_named, by_case, by_kind

CASES = [
    Case(
        "a part that is text throughout",
        {"residents": {**RESIDENTS, "hygienic_water": ["yes", "no", "yes", None]}},
        tuple(("residents", row, "hygienic_water", value) for row, value in enumerate(["yes", "no", "yes"])),
        ("text",),
    ),
    Case(
        "flags as the words True and False",
        {"residents": {**RESIDENTS, "hygienic_water": ["True", "False", "True", None]}},
        tuple(("residents", row, "hygienic_water", value) for row, value in enumerate(["True", "False", "True"])),
        ("text",),
    ),
    Case(
        "counts as text",
        {"residents": {**RESIDENTS, "persons": ["1000", "2000", "3000", "4000"]}},
        tuple(("residents", row, "persons", f"{row + 1}000") for row in range(4)),
        ("text",),
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
