"""What could be two layouts is refused, and so is what was said and cannot be."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from refusals import assert_named, cells_of, evaluated
from small_tables import ALL, ESTABLISHMENTS, FLAGGED, RECORDS, RESIDENTS, WASTE, with_column
from wrong_cells import Case, assert_condense_refuses, assert_only_these_are_named, by_case, by_kind

import envindicators as ei

CASES = [
    Case(
        "0 and 1 beside totals above 1",
        {"residents": {**RESIDENTS, "hygienic_water": [1, 0, 1, None]}},
        (("residents", None, "hygienic_water", [0, 1]),),
        ('Form(layout="counts")', 'Form(layout="weighted")'),
    ),
    Case(
        "0 and 1 in all six parts",
        {
            "establishments": {
                k: [0, 1] if k not in ("area", "activity", "built", "establishments") else v
                for k, v in ESTABLISHMENTS.items()
            }
        },
        (("establishments", None, "clean_technology", [0, 1]),),
        ("layout=",),
    ),
    Case(
        "a column of flags beside a column of numbers",
        {"waste": {**WASTE, "collected": [True, True, False, None]}},
        (("waste", None, "treated_to_standard", ["treated_to_standard"]),),
        ("collected true/false",),
    ),
    Case(
        "records of a mass",
        {"waste": WASTE},
        (("waste", None, None, "records"),),
        ("never one unit",),
        ALL,
        {"layout": {"waste": "records"}},
    ),
    Case(
        "records without an id",
        {"establishments": ESTABLISHMENTS},
        (("establishments", None, "id", "records"),),
        ("column id",),
        ALL,
        {"layout": {"establishments": "records"}},
    ),
    Case(
        "counts without a total",
        {"establishments": RECORDS},
        (("establishments", None, "establishments", "counts"),),
        ("column establishments",),
        ALL,
        {"layout": {"establishments": "counts"}},
    ),
    Case(
        "flags said to be counts",
        {"residents": FLAGGED},
        (("residents", None, "hygienic_water", ["hygienic_water"]),),
        ("true/false",),
        ALL,
        {"layout": {"residents": "counts"}},
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


@pytest.mark.parametrize("dtype", ["float64", "Int64", "boolean", "str", object])
@pytest.mark.parametrize("values", [[True, False], [50, 5]])
def test_a_blank_part_fits_flags_and_numbers_alike(values: list[Any], dtype: Any):
    """A part that is blank throughout has no layout of its own, whatever its type."""
    given = pd.DataFrame({**ESTABLISHMENTS, **dict.fromkeys(list(ESTABLISHMENTS)[4:], values)})
    given["inspected"] = pd.Series([None, None], dtype=dtype)
    tally = evaluated({"establishments": given})["new_facilities"].tally
    assert tally is not None
    assert tally.satisfied == (120 if values[0] is True else 55)


def test_where_every_part_is_missing_the_layout_does_not_matter():
    """Where every part is missing the layout does not matter: the cells are the same."""
    blank = {**RESIDENTS, "hygienic_water": [None] * 4}
    tables = [
        cells_of(blank, layout=layout).tables for layout in (None, {"residents": "counts"}, {"residents": "weighted"})
    ]
    assert tables[0] == tables[1] == tables[2]


def test_an_id_beside_a_total_tells_rows_apart():
    """Rows that agree in all else are two where their ids differ; an id that comes twice is refused."""
    assert not evaluated({"establishments": with_column(ESTABLISHMENTS, id=["x", "y"])}).problems.errors
    with pytest.raises(ei.InvalidTable) as refused:
        evaluated({"establishments": with_column(ESTABLISHMENTS, id=["x", "x"])})
    (problem,) = refused.value.problems
    assert (problem.table, problem.row, problem.column, problem.value) == ("establishments", 1, "id", "x")
    assert_named(problem)
