"""Tables come by the names that the programme has."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from refusals import evaluated
from small_tables import RESIDENTS
from wrong_cells import Case, assert_condense_refuses, assert_only_these_are_named, by_case, by_kind

CASES = [
    Case(
        "unknown table",
        {"resident": RESIDENTS},
        ((None, None, None, "resident"),),
        ("did you mean 'residents'?", "waste"),
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


@pytest.mark.parametrize("tables", [None, [RESIDENTS], "residents", pd.DataFrame(RESIDENTS)])
def test_tables_come_by_name(tables: Any):
    """What is no mapping of tables raises a TypeError that shows the form."""
    with pytest.raises(TypeError, match="residents"):
        evaluated(tables)
