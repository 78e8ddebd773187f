"""Keys that are blank, or of two kinds, are refused."""

from __future__ import annotations

from refusals import evaluated, refused
from small_tables import PYTHON, RESIDENTS, WASTE, with_column
from wrong_cells import Case, assert_condense_refuses, assert_only_these_are_named, by_case, by_kind, records, residents

CASES = [
    residents("area", 1, None, "value in every row"),
    residents("area", 1, "", "blank"),
    residents("area", 1, "  ", "blank"),
    residents("area", 1, 94, "one kind", kinds=PYTHON),
    residents("area", 1, 9.4, kinds=PYTHON),
    residents("area", 1, ["Kế Sách"], kinds=PYTHON),
    Case(
        "float areas",
        {"residents": with_column(RESIDENTS, area=[1.0, 1.0, 2.0, 2.0])},
        (("residents", 0, "area", 1.0),),
        ("whole numbers",),
    ),
    records("id", 1, None, "id in every row"),
    records("id", 1, {"no": 1}, kinds=PYTHON),
]


@by_kind(CASES)
def test_the_wrong_cell_is_named_and_no_other(case: Case, kind: str):
    """One wrong cell is one problem, with table, row, column and value; right cells are never blamed."""
    assert_only_these_are_named(case, kind)


@by_case(CASES)
def test_a_wrong_cell_never_becomes_a_card(case: Case):
    """What is wrong is refused by condense as well; no wrong cell is repaired or left out."""
    assert_condense_refuses(case)


def test_areas_may_be_numbers():
    """Whole numbers are areas; a group is named by the value itself."""
    card = evaluated({"residents": with_column(RESIDENTS, area=[1, 1, 2, 2])}, by="area")
    assert card.groups == [1, 2]


def test_number_codes_in_one_table_and_text_in_another_are_refused():
    """Number codes in one table and text in another are refused."""
    given = {
        "residents": with_column(RESIDENTS, area=[1, 1, 2, 2]),
        "waste": with_column(WASTE, area=["1", "1", "2", "2"]),
    }
    (problem,) = refused(given)
    assert (problem.table, problem.row, problem.column, problem.value) == ("waste", 0, "area", "1")
    assert "number" in str(problem)
    assert "text" in str(problem)
    assert "residents" in str(problem)
