"""A row that came twice is refused with both places, in one table and across pieces."""

from __future__ import annotations

from typing import Any

import pytest
from refusals import cells_of, evaluated, refused
from small_tables import ESTABLISHMENTS, FLAGGED, RECORDS, RESIDENTS, WASTE, put, with_column
from wrong_cells import Case, assert_condense_refuses, assert_only_these_are_named, by_case, by_kind, records

import envindicators as ei

CASES = [
    Case(
        "a row twice",
        {"residents": put(RESIDENTS, "area", 3, "Kế Sách")},
        (("residents", 3, None, "year 2020, area 'Kế Sách', settlement 'rural'"),),
        ("row 1", "'Kế Sách'", "'rural'"),
    ),
    Case(
        "a row three times",
        {"residents": {**RESIDENTS, "area": ["A"] * 4, "settlement": ["urban", "rural", "rural", "rural"]}},
        (
            ("residents", 2, None, "year 2020, area 'A', settlement 'rural'"),
            ("residents", 3, None, "year 2020, area 'A', settlement 'rural'"),
        ),
        ("row 1",),
    ),
    Case(
        "two rows with a blank category",
        {"residents": {**RESIDENTS, "area": ["A"] * 4, "settlement": ["urban", "rural", None, None]}},
        (("residents", 3, None, "year 2020, area 'A', settlement blank"),),
        ("row 2",),
    ),
    Case(
        "a row twice with the same flag",
        {
            "residents": {
                **FLAGGED,
                "area": ["A"] * 4,
                "settlement": ["rural"] * 4,
                "hygienic_water": [True, False, True, None],
            }
        },
        (("residents", 2, None, "year 2020, area 'A', hygienic_water true, settlement 'rural'"),),
        ("row 0",),
    ),
    Case(
        "a row twice, told apart by a column that is not used",
        {"residents": put(with_column(RESIDENTS, ward=["x", "y", "x", "z"]), "area", 3, "Kế Sách")},
        (("residents", 3, None, "year 2020, area 'Kế Sách', settlement 'rural'"),),
        ("'ward'", "by"),
    ),
    records("id", 2, "a", "once a year", "row 0"),
]


@by_kind(CASES)
def test_the_wrong_cell_is_named_and_no_other(case: Case, kind: str):
    """One wrong cell is one problem, with table, row, column and value; right cells are never blamed."""
    assert_only_these_are_named(case, kind)


@by_case(CASES)
def test_a_wrong_cell_never_becomes_a_card(case: Case):
    """What is wrong is refused by condense as well; no wrong cell is repaired or left out."""
    assert_condense_refuses(case)


def test_duplicates_beyond_a_hundred_are_counted():
    """Duplicate rows are listed up to a hundred and counted exactly."""
    columns = {"settlement": ["rural"] * 301, "persons": [5] * 301, "hygienic_water": [4] * 301}
    problems = refused({"residents": columns})
    assert [each.row for each in problems] == list(range(1, 101))
    assert list(problems.counts.values()) == [300]


def test_flags_of_one_row_twice_with_other_flags_are_two_rows():
    """Weighted records of one key with other flags are no duplicates."""
    given = {**FLAGGED, "area": ["A"] * 4, "settlement": ["rural"] * 4, "hygienic_water": [True, False, None, None]}
    given = {name: values[:3] for name, values in given.items()}
    assert evaluated({"residents": given})["rural_water"].tally == ei.Tally(1000, 2000, 3000)


@pytest.mark.parametrize(
    ("key", "table"),
    [
        pytest.param("residents", RESIDENTS, id="counts"),
        pytest.param("residents", FLAGGED, id="weighted records"),
        pytest.param("waste", WASTE, id="nested counts"),
        pytest.param("establishments", ESTABLISHMENTS, id="margins"),
        pytest.param("residents", {**RESIDENTS, "hygienic_water": [None] * 4}, id="blank parts"),
    ],
)
def test_the_same_file_twice_is_refused(key: str, table: dict[str, list[Any]]):
    """Adding the same file twice is refused, naming the table and the key."""
    cells = cells_of(table, key)
    with pytest.raises(ei.InvalidTable) as caught:
        cells + cells
    assert {each.table for each in caught.value.problems} == {key}
    assert "Kế Sách" in str(caught.value)


def test_a_row_that_came_with_numbers_and_again_with_blanks_is_refused():
    """What is a duplicate in one table is one across pieces: blank parts have no layout of their own."""
    blank = {**RESIDENTS, "hygienic_water": [None] * 4}
    together = {name: [*RESIDENTS[name], *blank[name]] for name in RESIDENTS}
    assert [each.row for each in refused({"residents": together})] == [4, 5, 6, 7]
    with pytest.raises(ei.InvalidTable):
        cells_of(RESIDENTS) + cells_of(blank)


def test_the_same_records_twice_in_one_table_are_refused():
    """In records the same id within a year is refused, in whatever row it stands."""
    twice = {name: values * 2 for name, values in RECORDS.items()}
    assert [(each.row, each.column, each.value) for each in refused({"establishments": twice})] == [
        (3, "id", "a"),
        (4, "id", "b"),
        (5, "id", "c"),
    ]


def test_one_id_in_two_years_is_two_records():
    """An id stands once a year, so the same in two years is none too many."""
    both = {name: values * 2 for name, values in RECORDS.items()}
    both["year"] = [2019] * 3 + [2020] * 3
    both["built"] = [2016, 2010, 2018] * 2
    assert (
        evaluated({"establishments": both})["new_facilities"].tally
        == evaluated({"establishments": with_column(RECORDS, year=2020)})["new_facilities"].tally
    )
