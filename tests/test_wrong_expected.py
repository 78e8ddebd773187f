"""What is expected has one of its forms, and agrees with what came."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest
from refusals import refused
from small_tables import ALL, RESIDENTS
from wrong_cells import Case, assert_only_these_are_named, by_kind

CASES = [
    Case(
        "expected= as a string",
        {"residents": RESIDENTS},
        ((None, None, "expected", "str"),),
        ("list of areas",),
        ALL,
        {"expected": "Mỹ Tú"},
    ),
    Case(
        "expected= as a number",
        {"residents": RESIDENTS},
        ((None, None, "expected", "int"),),
        ("list of areas",),
        ALL,
        {"expected": 11},
    ),
    Case(
        "expected= as a bare frame",
        {"residents": RESIDENTS},
        ((None, None, "expected", "DataFrame"),),
        ("under the key of their table",),
        ALL,
        {"expected": pd.DataFrame(RESIDENTS)},
    ),
    Case(
        "expected= of an unknown table",
        {"residents": RESIDENTS},
        ((None, None, "expected", "resident"),),
        ("did you mean 'residents'?",),
        ALL,
        {"expected": {"resident": ["Mỹ Tú"]}},
    ),
    Case(
        "expected= with a fraction for an area",
        {"residents": RESIDENTS},
        (("residents", None, "expected", 1.5),),
        ("list of areas",),
        ALL,
        {"expected": {"residents": [1.5]}},
    ),
    Case(
        "expected= for a table as a string",
        {"residents": RESIDENTS},
        (("residents", None, "expected", "str"),),
        ("list of areas",),
        ALL,
        {"expected": {"residents": "Mỹ Tú"}},
    ),
    Case(
        "expected areas of a table without areas",
        {"residents": {k: v[:2] for k, v in RESIDENTS.items() if k != "area"}},
        (("residents", None, "area", None),),
        ("column area",),
        ALL,
        {"expected": ["Mỹ Tú"]},
    ),
    Case(
        "expected= with a misspelt category",
        {"residents": RESIDENTS},
        (("residents", 0, "settlement", "rurl"),),
        ("did you mean 'rural'?",),
        ALL,
        {"expected": {"residents": [{"area": "Mỹ Tú", "settlement": "rurl"}]}},
    ),
    Case(
        "expected= with a key twice",
        {"residents": RESIDENTS},
        (("residents", 1, None, "year 2020, area 'Mỹ Tú', settlement 'rural'"),),
        ("row 0",),
        ALL,
        {"expected": {"residents": [{"area": "Mỹ Tú", "settlement": "rural"}] * 2}},
    ),
]


@by_kind(CASES)
def test_the_wrong_cell_is_named_and_no_other(case: Case, kind: str):
    """One wrong cell is one problem, with table, row, column and value; right cells are never blamed."""
    assert_only_these_are_named(case, kind)


def test_an_expected_total_that_differs_is_refused_with_both_numbers():
    """A total that differs from the one that came is refused with both numbers."""
    rows = [{"area": "Mỹ Tú", "settlement": "rural", "persons": 4001}]
    (problem,) = refused({"residents": RESIDENTS}, expected={"residents": rows})
    assert (problem.table, problem.row, problem.column) == ("residents", 0, "persons")
    for lang in ("en", "vi"):
        assert re.search("4001|4[,.]001", problem.in_(lang))
        assert re.search("4000|4[,.]000", problem.in_(lang))
        assert "Mỹ Tú" in problem.in_(lang)


@pytest.mark.parametrize("value", ["Mỹ Tú", 5, {"area": "A"}])
def test_what_is_expected_of_a_table_that_did_not_come_is_read_too(value: Any):
    """A wrong form of expected= is refused though its table did not come."""
    (problem,) = refused({"residents": RESIDENTS}, expected={"waste": value})
    assert (problem.table, problem.column) == ("waste", "expected")
