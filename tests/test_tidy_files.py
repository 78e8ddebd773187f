"""Files that are as they should be: a header, and rows; a blank cell is missing and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest
from sheets import HEADER, ROWS, RURAL, evaluated, lines, rows_with

import envindicators as ei


def test_a_tidy_workbook_is_read(excel: Any):
    """A workbook whose header is the first row is read."""
    assert evaluated(excel([HEADER, *ROWS]))["rural_water"].tally == RURAL


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("name", ["a.csv", "a.CSV", "a.tsv", "a.txt"])
def test_a_tidy_text_file_is_read(csv: Any, separator: str, end: str, encoding: str, name: str):
    """Comma, semicolon or tab, any line ends, with a byte order mark or without."""
    files = csv(lines([HEADER, *ROWS], separator, end), name, encoding)
    card = evaluated(files, by="area")
    assert card["rural_water"].tally == RURAL
    assert card.groups == ["Kế Sách", "Mỹ Tú"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_quoted_names_may_hold_separators_quotes_and_line_ends(csv: Any, separator: str):
    """A quoted name may hold commas, semicolons, tabs, quotes and line ends."""
    name = 'Xã "An", huyện Kế Sách; khu\tA\nấp 1'
    rows = [[f'"{name.replace(chr(34), chr(34) * 2)}"', *ROWS[1][1:]]]
    assert evaluated(csv(lines([HEADER, *rows], separator)), by="area").groups == [name]


def test_trailing_blank_rows_and_columns_are_no_rows_and_columns(excel: Any):
    """Rows and nameless columns that are blank throughout are none."""
    blank = [None] * 8
    files = excel([[*HEADER, None, None, None], *([*row, None, None, None] for row in ROWS), *[blank] * 5])
    card = evaluated(files)
    assert card["rural_water"].tally == RURAL
    assert not card.problems


def test_trailing_blank_lines_and_columns_of_text_are_no_rows_and_columns(csv: Any):
    """So in text files, where blank lines have no separators."""
    files = csv(lines([[*HEADER, ""], *([*row, ""] for row in ROWS)]) + "\n\n")
    assert evaluated(files)["rural_water"].tally == RURAL


def test_trailing_lines_of_separators_are_no_rows_or_refused(csv: Any):
    """Lines of nothing but separators are no rows, or are refused and named; they count for nothing."""
    files = csv(lines([HEADER, *ROWS, [""] * 5, [""] * 5]))
    try:
        card = evaluated(files)
    except ei.InvalidTable as error:
        assert {each.row for each in error.problems} == {4, 5}  # noqa: PT017
    else:
        assert card["rural_water"].tally == RURAL


@pytest.mark.parametrize("area", ["NA", "N/A", "nan", "NaN", "null", "NULL", "None", "-nan", "#N/A N/A", "<NA>"])
@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_an_area_that_reads_like_a_missing_value_is_an_area(request: pytest.FixtureRequest, kind: str, area: str):
    """A blank cell is missing, and nothing else is: an area may be called NA."""
    rows = [HEADER, [area, *ROWS[1][1:]]]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    assert evaluated(files, by="area").groups == [area]


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_true_and_false_are_flags(request: pytest.FixtureRequest, kind: str):
    """TRUE, FALSE and blank are flags."""
    rows = [[*row[:4], flag] for row, flag in zip(ROWS, [True, True, None, False], strict=True)]
    text = lines([HEADER, *rows]).replace("True", "TRUE").replace("False", "FALSE")
    files = request.getfixturevalue(kind)([HEADER, *rows] if kind == "excel" else text)
    card = evaluated(files)
    assert card["rural_water"].tally == ei.Tally(2000, 4000)
    assert card["urban_water"].tally == ei.Tally(1000, 0, 3000)


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_a_blank_count_stays_open(request: pytest.FixtureRequest, kind: str):
    """A blank count of a part is a gap that names its cell."""
    rows = [HEADER, *rows_with(3, "hygienic_water", None)]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    card = evaluated(files)
    assert card["rural_water"].tally == ei.Tally(1500, 500, 4000)
    assert [(each.row, each.column, each.severity) for each in card.problems] == [(3, "hygienic_water", "gap")]


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_a_column_of_blanks_stays_open(request: pytest.FixtureRequest, kind: str):
    """A part that no one has filled in yet leaves all units unknown."""
    rows = [HEADER, *([*row[:4], None] for row in ROWS)]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    assert evaluated(files)["rural_water"].tally == ei.Tally(unknown=6000)
