"""Rows that are totals, in workbooks and text files."""

from __future__ import annotations

from typing import Any

import pytest
from sheets import HEADER, ROWS, RURAL, evaluated, lines, refused


@pytest.mark.parametrize("kind", ["excel", "csv"])
@pytest.mark.parametrize("name", ["Tổng cộng", "TỔNG CỘNG", "Cộng", "Toàn tỉnh"])
def test_the_total_at_the_foot_is_refused_or_dropped(request: pytest.FixtureRequest, kind: str, name: str):
    """A total below its parts is refused until totals= says what it is."""
    rows = [
        HEADER,
        *ROWS,
        [name, 2020, "urban", 4000, 3900],
        [name, 2020, "rural", 6000, 5400],
        [name, 2020, None, 10000, 9300],
    ]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    found = refused(files)
    assert found[:2] == [(4, "area", name), (5, "area", name)]
    assert found[2:] in ([(6, "area", name)], [(6, "settlement", None)])
    card = evaluated(files, totals="drop")
    assert card["rural_water"].tally == RURAL
    assert [each.row for each in card.problems if each.severity == "note"] == [4, 5, 6]


def test_a_row_that_is_dropped_leaves_no_gap(excel: Any):
    """A gap is what stays open: a total that is left out leaves nothing open by its blank settlement."""
    card = evaluated(excel([HEADER, *ROWS, ["Mỹ Tú", 2020, None, 7000, 6900]]), totals="drop")
    assert card["rural_water"].tally == RURAL
    assert [(each.row, each.severity) for each in card.problems] == [(4, "note")]


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_subtotals_between_the_rows_are_refused(request: pytest.FixtureRequest, kind: str):
    """A subtotal of each area, with its settlement blank, is refused."""
    rows = [
        HEADER,
        *ROWS[:2], ["Kế Sách", 2020, None, 3000, 2400],
        *ROWS[2:], ["Mỹ Tú", 2020, None, 7000, 6900],
    ]  # fmt: skip
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    assert refused(files) == [(2, "settlement", None), (5, "settlement", None)]


def test_a_total_without_area_and_year_is_refused(excel: Any):
    """A total whose words stand in a column of their own has neither area nor year, and is refused."""
    rows = [
        ["STT", *HEADER],
        *([place, *row] for place, row in enumerate(ROWS, 1)),
        ["Tổng", None, None, None, 10000, 9300],
    ]
    assert set(refused(excel(rows))) == {(4, "area", None), (4, "year", None)}
