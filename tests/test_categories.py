"""A word that is no category is answered with the categories, and with the nearest."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from refusals import evaluated
from small_tables import PYTHON, RESIDENTS
from wrong_cells import (
    Case,
    assert_condense_refuses,
    assert_only_these_are_named,
    by_case,
    by_kind,
    establishments,
    records,
    residents,
    waste,
)

import envindicators as ei

CASES = [
    residents("settlement", 1, "rurl", "urban, rural", "did you mean 'rural'?"),
    residents("settlement", 1, "Rural", "did you mean 'rural'?"),
    residents("settlement", 1, "RURAL", "urban, rural"),
    residents("settlement", 1, "rural ", "did you mean 'rural'?"),
    residents("settlement", 1, "nông thôn", "urban, rural"),
    residents("settlement", 1, " ", "urban, rural"),
    residents("settlement", 1, "", "urban, rural"),
    residents("settlement", 1, 1, "urban, rural", kinds=PYTHON),
    residents("settlement", 1, True, "urban, rural", kinds=PYTHON),
    residents("settlement", 1, ["rural"], "urban, rural", kinds=PYTHON),
    waste("stream", 2, "medicals", "did you mean 'medical'?"),
    establishments("activity", 0, "Production", "did you mean 'production'?"),
    records("activity", 2, "busines", "did you mean 'business'?"),
]


@by_kind(CASES)
def test_the_wrong_cell_is_named_and_no_other(case: Case, kind: str):
    """One wrong cell is one problem, with table, row, column and value; right cells are never blamed."""
    assert_only_these_are_named(case, kind)


@by_case(CASES)
def test_a_wrong_cell_never_becomes_a_card(case: Case):
    """What is wrong is refused by condense as well; no wrong cell is repaired or left out."""
    assert_condense_refuses(case)


@pytest.mark.parametrize(
    "column",
    [
        pytest.param(pd.Series([None] * 4, dtype="str"), id="str"),
        pytest.param(pd.Series(pd.Categorical([None] * 4)), id="category"),
        pytest.param(pd.Series([None] * 4, dtype=object), id="object"),
    ],
)
def test_a_category_that_is_blank_throughout_leaves_the_units_unplaced(column: Any):
    """Missing categories are no errors: the units may belong anywhere."""
    given = pd.DataFrame({**RESIDENTS, "area": list("ABCD")}).assign(settlement=column)
    assert evaluated({"residents": given})["rural_water"].tally == ei.Tally(
        unplaced_satisfied=9300, unplaced_failed=700
    )
