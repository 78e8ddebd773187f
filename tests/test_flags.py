"""Flags are true, false or blank; 1 and 0 where that is said, and nothing else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from refusals import evaluated
from small_tables import ALL, FLAGGED, FLAGGED_WASTE, PYTHON, RESIDENTS, frame, put
from wrong_cells import Case, assert_condense_refuses, assert_only_these_are_named, by_case, by_kind, records

import envindicators as ei

CASES = [
    Case(
        "treated but not collected",
        {"waste": put(FLAGGED_WASTE, "treated_to_standard", 2, True)},
        (("waste", 2, "treated_to_standard", True),),
        ("collected is false",),
    ),
    Case(
        "a number among flags",
        {"residents": put(FLAGGED, "hygienic_water", 1, 2)},
        (("residents", 1, "hygienic_water", 2),),
        ("true, false or blank",),
        PYTHON,
    ),
    Case(
        "the text 'True' among flags",
        {"residents": put(FLAGGED, "hygienic_water", 1, "True")},
        (("residents", 1, "hygienic_water", "True"),),
        ("true, false or blank",),
        PYTHON,
    ),
    Case(
        "a fraction among flags",
        {"residents": put(FLAGGED, "hygienic_water", 1, 0.5)},
        (("residents", 1, "hygienic_water", 0.5),),
        (),
        PYTHON,
    ),
    Case(
        "a number that is no flag, where flags were said",
        {"residents": {**RESIDENTS, "hygienic_water": [1, 0, 2, None]}},
        (("residents", 2, "hygienic_water", 2),),
        (),
        ALL,
        {"layout": {"residents": "weighted"}},
    ),
    records("clean_technology", 1, 2, "true, false or blank", kinds=PYTHON),
    records("clean_technology", 1, "x", "true, false or blank", kinds=PYTHON),
    records("meets_standards", 2, "False", kinds=PYTHON),
    Case(
        "the text 'False' beside a true later part",
        {"waste": put(FLAGGED_WASTE, "collected", 0, "False")},
        (("waste", 0, "collected", "False"),),
        (),
        PYTHON,
    ),
    Case(
        "two rows that only a wrong flag tells apart",
        {
            "residents": {
                **FLAGGED,
                "settlement": ["urban", "urban", "urban", "rural"],
                "hygienic_water": [False, "x", 1, 1],
            }
        },
        (("residents", 1, "hygienic_water", "x"),),
        (),
        PYTHON,
        {"layout": {"residents": "weighted"}},
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


@pytest.mark.parametrize("kind", ["lists", "rows", "pandas", "objects", "polars", "pyarrow"])
def test_flags_that_are_objects_of_true_false_none_are_read(kind: str):
    """Object columns of True, False and None are the common case, and are read."""
    card = evaluated({"residents": frame(FLAGGED, kind)})
    assert card["urban_water"].tally == ei.Tally(4000)
    assert card["rural_water"].tally == ei.Tally(0, 2000, 4000)


@pytest.mark.parametrize(
    "flags", [[True, False, True, None], [1, 0, 1, None], [1.0, 0.0, 1.0, None], [np.True_, 0, 1.0, None]]
)
def test_flags_may_be_one_and_nought_where_that_is_said(flags: list[Any]):
    """Booleans, or 1 and 0 where layout= says that they are flags, are the same flags."""
    card = evaluated({"residents": {**RESIDENTS, "hygienic_water": flags}}, layout={"residents": "weighted"})
    assert card["rural_water"].tally == ei.Tally(0, 2000, 4000)


def test_one_and_nought_are_counts_where_that_is_said():
    """0 and 1 beside totals above 1 are counts where layout= says so."""
    card = evaluated({"residents": {**RESIDENTS, "hygienic_water": [1, 0, 1, None]}}, layout={"residents": "counts"})
    assert card["rural_water"].tally == ei.Tally(0, 2000, 4000)
    assert card["urban_water"].tally == ei.Tally(2, 3998)
