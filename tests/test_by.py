"""by= takes key columns that every table has, each once."""

from __future__ import annotations

from typing import Any

import pytest
from refusals import evaluated
from small_tables import ALL, RESIDENTS, WASTE, with_column
from wrong_cells import Case, assert_condense_refuses, assert_only_these_are_named, by_case, by_kind

CASES = [
    Case(
        "by an unknown column",
        {"residents": RESIDENTS},
        (("residents", None, "province", "province"),),
        ("area, year",),
        ALL,
        {"by": "province"},
    ),
    Case(
        "by a misspelt area",
        {"residents": RESIDENTS},
        (("residents", None, "aera", "aera"),),
        ("did you mean 'area'?",),
        ALL,
        {"by": "aera"},
    ),
    Case(
        "by a column twice",
        {"residents": RESIDENTS},
        ((None, None, "by", "area"),),
        ("once",),
        ALL,
        {"by": ["area", "area"]},
    ),
    Case(
        "by a category",
        {"residents": RESIDENTS},
        ((None, None, "by", "settlement"),),
        ("key columns only", "'settlement'", "category", "residents"),
        ALL,
        {"by": "settlement"},
    ),
    Case(
        "by a total",
        {"residents": RESIDENTS},
        ((None, None, "by", "persons"),),
        ("key columns only",),
        ALL,
        {"by": ["area", "persons"]},
    ),
    Case("by the id", {"residents": RESIDENTS}, ((None, None, "by", "id"),), ("key columns only",), ALL, {"by": "id"}),
    Case(
        "by a column that one table lacks",
        {"residents": with_column(RESIDENTS, region="N"), "waste": WASTE},
        (("waste", None, "region", "region"),),
        ("every table has",),
        ALL,
        {"by": "region"},
    ),
    Case(
        "by area where one table has none",
        {"residents": RESIDENTS, "waste": {k: v[:2] for k, v in WASTE.items() if k != "area"}},
        (("waste", None, "area", None),),
        ("column area",),
        ALL,
        {"by": "area"},
    ),
    Case(
        "by year without years",
        {"residents": RESIDENTS},
        (("residents", None, "year", None),),
        ("column year",),
        ALL,
        {"by": "year", "year": None},
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


@pytest.mark.parametrize("by", [5, [5], [None]])
def test_by_takes_names(by: Any):
    """by= takes names of columns; anything else raises a TypeError that says so."""
    with pytest.raises(TypeError, match="by takes the names of columns"):
        evaluated({"residents": RESIDENTS}, by=by)


def test_a_group_of_a_card_without_groups_is_answered_with_by():
    """A card without groups says that by= was not given."""
    with pytest.raises(KeyError, match="by="):
        evaluated({"residents": RESIDENTS})["rural_water", "Mỹ Tú"]
