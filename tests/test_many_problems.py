"""All errors come at once, a hundred of a kind listed and all of them counted."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from refusals import evaluated, refused
from small_tables import ESTABLISHMENTS, RESIDENTS, WASTE, put, with_column

import envindicators as ei

BAD = {
    "residents": put(put(RESIDENTS, "settlement", 0, "urbn"), "hygienic_water", 3, 4001),
    "waste": put(put(WASTE, "generated", 1, -50), "treated_to_standard", 0, 91),
    "establishments": put(ESTABLISHMENTS, "built", 1, 2030),
    "households": 5,
}


def test_problems_of_all_tables_are_reported_together():
    """InvalidTable has the errors of all tables, all at once."""
    problems = refused(BAD)
    assert {(each.table, each.row, each.column, each.value) for each in problems} == {
        ("residents", 0, "settlement", "urbn"),
        ("residents", 3, "hygienic_water", 4001),
        ("waste", 1, "generated", -50),
        ("waste", 0, "treated_to_standard", 91),
        ("establishments", 1, "built", 2030),
        ("households", None, None, problems[-1].value),
    }
    assert len(problems) == 6


@pytest.mark.parametrize(
    "second",
    [
        pytest.param({"area": ["Kế Sách", "kế sách", "Mỹ Tú", "Mỹ Tú"]}, id="two spellings"),
        pytest.param({"hygienic_water": ["x", "y", "z", None]}, id="a part of text"),
        pytest.param({"settlement": ["urbn", "rural", "urban", "rural"]}, id="a category"),
        pytest.param({"area": [None, "Kế Sách", "Mỹ Tú", "Mỹ Tú"]}, id="a blank key"),
        pytest.param({"area": ["Mỹ Tú", "Kế Sách", "Mỹ Tú", "Mỹ Tú"]}, id="a duplicate"),
        pytest.param({"year": [2018, 2018, 2019, 2019]}, id="a year not held"),
        pytest.param({"year": [2020, 2020, 1820, 2020]}, id="no year"),
    ],
)
def test_a_negative_count_is_reported_beside_any_other_problem(second: dict[str, list[Any]]):
    """All errors come at once, whatever stage of reading finds them."""
    alone = refused({"residents": {**RESIDENTS, **second}})
    both = refused({"residents": put({**RESIDENTS, **second}, "persons", 1, -2000)})
    assert {str(each) for each in alone} < {str(each) for each in both}
    assert ("residents", 1, "persons", -2000) in [(each.table, each.row, each.column, each.value) for each in both]


def test_a_spelling_in_one_table_is_reported_beside_a_negative_count_in_another():
    """Errors between tables come together with those within them."""
    given = {
        "residents": put(RESIDENTS, "persons", 1, -2000),
        "waste": with_column(WASTE, area=["kế sách"] * 2 + ["Mỹ Tú"] * 2),
    }
    assert {each.column for each in refused(given)} == {"persons", "area"}


@pytest.mark.parametrize("wrong", [1, 99, 100, 101, 150, 5000])
@pytest.mark.parametrize("column", ["persons", "hygienic_water", "settlement", "area"])
def test_a_hundred_of_a_kind_are_listed_and_all_are_counted(column: str, wrong: int):
    """The first hundred of each kind are listed, in order; the counts are exact."""
    length = 6000
    value = {"persons": -5, "hygienic_water": 11, "settlement": "x", "area": ""}[column]
    columns: dict[str, list[Any]] = {
        "area": [f"area {row}" for row in range(length)],
        "settlement": ["rural"] * length,
        "persons": [10] * length,
        "hygienic_water": [9] * length,
    }
    columns[column] = [value if row < wrong else each for row, each in enumerate(columns[column])]
    problems = refused({"residents": columns})
    assert [each.row for each in problems] == list(range(min(100, wrong)))
    assert list(problems.counts.values()) == [wrong]
    with pytest.raises(ei.InvalidTable) as caught:
        evaluated({"residents": columns})
    assert f"{wrong} error" in str(caught.value)
    assert f"{wrong} lỗi" in caught.value.in_("vi")


def test_invalid_table_is_a_value_error_that_can_be_pickled():
    """InvalidTable is a ValueError and picklable, with its problems and counts."""
    with pytest.raises(ValueError) as caught:
        evaluated(BAD)
    error = caught.value
    assert isinstance(error, ei.InvalidTable)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(error, protocol))
        assert type(again) is ei.InvalidTable
        assert again.problems == error.problems
        assert again.counts == error.counts
        assert str(again) == str(error)
        assert again.in_("vi") == error.in_("vi")
    assert copy.copy(error).problems == error.problems


def test_messages_of_invalid_table_name_every_problem():
    """The message has a line for each problem, in both languages."""
    with pytest.raises(ei.InvalidTable) as caught:
        evaluated(BAD)
    for problem in caught.value.problems:
        assert str(problem) in str(caught.value)
        assert problem.in_("vi") in caught.value.in_("vi")
