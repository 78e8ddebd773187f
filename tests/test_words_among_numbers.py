"""A dash, dots, a percentage or a decimal comma among numbers is text, and the only cell blamed."""

from __future__ import annotations

from typing import Any

import pytest
from sheets import HEADER, ROWS, RURAL, evaluated, lines, message, refused, rows_with

WORDS = ["-", "–", "...", "…", "1.234,5", "12 a", "98%", "n/a", "#", "không", " "]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("column", ["persons", "hygienic_water"])
@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_a_word_among_numbers_is_the_only_cell_blamed(
    request: pytest.FixtureRequest, kind: str, column: str, word: str
):
    """One wrong cell is one problem: the numbers beside it are right, whatever the type of the column becomes."""
    rows = [HEADER, *rows_with(1, column, f'"{word}"' if kind == "csv" else word)]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    assert refused(files) == [(1, column, word)]


@pytest.mark.parametrize(("word", "hint"), [("-", "write 0"), ("...", "blank"), ("1.234,5", "numbers=")])
@pytest.mark.parametrize("column", ["persons", "hygienic_water"])
@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_what_a_word_should_be_is_said(request: pytest.FixtureRequest, kind: str, column: str, word: str, hint: str):
    """The message says what to write for none, for no information, and for a decimal comma."""
    rows = [HEADER, *rows_with(1, column, f'"{word}"' if kind == "csv" else word)]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    assert hint in message(files)


def test_numbers_stored_as_text_are_refused_in_a_workbook(excel: Any):
    """Numbers stored as text are text: each such cell is named, and the numbers are not."""
    assert refused(excel([HEADER, *rows_with(1, "persons", "2000")])) == [(1, "persons", "2000")]


def test_a_column_of_numbers_stored_as_text_is_refused_in_a_workbook(excel: Any):
    """So where all numbers of a column are stored as text."""
    found = refused(excel([HEADER, *([*row[:4], str(row[4])] for row in ROWS)]))
    assert found == [(row, "hygienic_water", str(each[4])) for row, each in enumerate(ROWS)]


def test_quoted_numbers_of_a_text_file_are_numbers(csv: Any):
    """In a CSV file a quoted number is a number."""
    assert (
        evaluated(csv(lines([HEADER, *([*row[:3], f'"{row[3]}"', row[4]] for row in ROWS)])))["rural_water"].tally
        == RURAL
    )


def test_decimal_commas_between_semicolons_are_refused(csv: Any):
    """With semicolons between cells, decimal commas are text, which is refused and explained."""
    text = "area;stream;generated;collected;treated_to_standard\nKế Sách;medical;12,5;10,5;9,5\n"
    found = refused(csv(text), "waste")
    assert (0, "generated", "12,5") in found
    assert (0, "collected", "10,5") in found


def test_a_share_in_a_column_of_counts_is_refused(excel: Any):
    """A cell shown as 98% holds 0.98, which is no count."""
    assert refused(excel([HEADER, *rows_with(1, "hygienic_water", 0.98)])) == [(1, "hygienic_water", 0.98)]


def test_a_percentage_as_text_is_refused(excel: Any):
    """A column of percentages as text is refused, cell by cell."""
    found = refused(excel([HEADER, *([*row[:4], "98%"] for row in ROWS)]))
    assert found == [(row, "hygienic_water", "98%") for row in range(4)]


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?"])
@pytest.mark.parametrize("column", ["persons", "hygienic_water", "settlement"])
def test_a_cell_that_holds_an_error_is_refused(excel: Any, column: str, error: str):
    """A blank cell is missing, and nothing else is: the error of a formula is not taken for a blank."""
    assert refused(excel([HEADER, *rows_with(1, column, error)])) == [(1, column, error)]


def test_a_formula_without_a_stored_value_is_not_taken_for_a_blank(excel: Any):
    """A formula whose value was never computed is not a blank cell."""
    files = excel([HEADER, *rows_with(1, "hygienic_water", "=1000+500")])
    assert [each[:2] for each in refused(files)] == [(1, "hygienic_water")]
