"""Dates are no years, text in merged cells counts for all their rows, and blank rows shift no others."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sheets import HEADER, ROWS, lines, refused, rows_with

import envindicators as ei
from envindicators.programmes import soc_trang_2020


@pytest.mark.parametrize(
    "value",
    [
        datetime.datetime(2020, 12, 31),  # noqa: DTZ001 - cells have no time zone
        datetime.date(2020, 12, 31),
        "31/12/2020",
        "Năm 2020",
        "2020",
        2020.5,
    ],
)
def test_a_date_is_no_year(excel: Any, value: Any):
    """A date, or a year in words, is refused and its cell named."""
    ((row, column, found),) = refused(excel([HEADER, *rows_with(2, "year", value)]))
    assert (row, column) == (2, "year")
    assert str(value)[:4] in str(found)


def test_a_date_is_no_year_in_a_text_file(csv: Any):
    """So in a text file, where one date makes text of the column: only the date is blamed."""
    assert refused(csv(lines([HEADER, *rows_with(2, "year", "31/12/2020")]))) == [(2, "year", "31/12/2020")]


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_merged_areas_leave_blanks_that_are_refused(request: pytest.FixtureRequest, kind: str):
    """Where an area stands in the first of merged cells, the others are blank: each is named, none is filled."""
    rows = [HEADER, *([None if place % 2 else row[0], *row[1:]] for place, row in enumerate(ROWS))]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    assert refused(files) == [(1, "area", None), (3, "area", None)]


def test_text_in_merged_cells_counts_for_all_their_rows(tmp_path: Path):
    """Merged cells show one text for all their rows, so they are read so."""
    book = openpyxl.Workbook()
    for row in [HEADER, *ROWS]:
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.save(tmp_path / "a.xlsx")
    card = ei.evaluate(soc_trang_2020, {"residents": ei.scan(tmp_path / "a.xlsx")}, year=2020, by="area")
    whole = ei.evaluate(soc_trang_2020, {"residents": [dict(zip(HEADER, row)) for row in ROWS]}, year=2020, by="area")
    assert ROWS[0][0] == ROWS[1][0]
    assert card["rural_water"] == whole["rural_water"]
    assert card.groups == whole.groups


@pytest.mark.parametrize("blank", [" ", "\t", "\xa0", "\u3000"])
@pytest.mark.parametrize("column", ["area", "settlement", "persons", "hygienic_water", "year"])
def test_hidden_blanks_are_refused(excel: Any, column: str, blank: str):
    """A cell that holds nothing but spaces looks blank and is text: it is refused."""
    assert refused(excel([HEADER, *rows_with(1, column, blank)])) == [(1, column, blank)]


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_a_blank_row_between_does_not_shift_the_rows_of_problems(request: pytest.FixtureRequest, kind: str):
    """A problem names the row as it stands in the file, also below a blank row: right rows are never blamed."""
    bad = rows_with(3, "hygienic_water", -1)
    rows = [HEADER, *bad[:2], [None] * (5 if kind == "excel" else 1), *bad[2:]]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    assert refused(files) == [(4, "hygienic_water", -1)]
