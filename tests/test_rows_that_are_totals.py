"""A row that adds up the others is refused until it is said what it is."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from refusals import assert_named, evaluated, refused
from small_tables import ALL, RESIDENTS, appended, frame

import envindicators as ei
from envindicators.programmes import soc_trang_2020

WORDINGS = [
    "Tổng cộng", "TỔNG CỘNG", "tổng", "Cộng", "Tổng số", "Toàn tỉnh", "toàn tỉnh ", "Total", "TOTAL", "Tổng cộng:",
    unicodedata.normalize("NFD", "Tổng cộng"),
]  # fmt: skip


def total_of(table: dict[str, list[Any]], settlement: str | None, area: str) -> dict[str, list[Any]]:
    """Return residents with a row that sums up those of a settlement, or all."""
    rows = [row for row, value in enumerate(table["settlement"]) if settlement in (None, value)]
    sums = [sum(table[name][row] for row in rows) for name in ("persons", "hygienic_water")]
    return appended(table, area, settlement, *sums)


@pytest.mark.parametrize("area", WORDINGS)
@pytest.mark.parametrize("settlement", ["rural", None])
def test_a_row_that_reads_and_adds_up_like_a_total_is_refused(settlement: str | None, area: str):
    """A row whose area reads like a total, and whose numbers are sums of siblings, is refused."""
    (problem,) = refused({"residents": total_of(RESIDENTS, settlement, area)})
    assert (problem.table, problem.row, problem.column, problem.value) == ("residents", 4, "area", area)
    assert 'totals="keep"' in str(problem)
    assert 'totals="drop"' in problem.in_("vi")


@pytest.mark.parametrize("kind", ALL)
def test_a_blank_category_that_adds_up_like_a_total_is_refused(kind: str):
    """A row whose category is missing, and whose numbers are sums of siblings, is refused."""
    given = appended(RESIDENTS, "Mỹ Tú", None, 7000, 6900)
    (problem,) = refused({"residents": frame(given, kind)})
    assert (problem.table, problem.row, problem.column, problem.value) == ("residents", 4, "settlement", None)


def test_every_total_of_a_cross_table_is_found():
    """Totals of areas, of settlements and of everything are all found at once."""
    given = RESIDENTS
    given = appended(given, "Kế Sách", None, 3000, 2400)
    given = appended(given, "Mỹ Tú", None, 7000, 6900)
    given = appended(given, "Tổng cộng", "urban", 4000, 3900)
    given = appended(given, "Tổng cộng", "rural", 6000, 5400)
    given = appended(given, "Tổng cộng", None, 10000, 9300)
    assert [each.row for each in refused({"residents": given})] == [4, 5, 6, 7, 8]
    plain = evaluated({"residents": RESIDENTS}, by="area")
    dropped = evaluated({"residents": given}, by="area", totals="drop")
    assert [repr(each) for each in dropped] == [repr(each) for each in plain]
    assert dropped.groups == plain.groups
    assert [(each.row, each.severity) for each in dropped.problems if each.kind == "dropped_total"] == [
        (row, "note") for row in range(4, 9)
    ]


@pytest.mark.parametrize("totals", ["drop", {"residents": "drop"}])
def test_totals_are_dropped_where_that_is_said_and_listed(totals: Any):
    """With totals="drop" the row is left out and listed on the card."""
    card = evaluated({"residents": total_of(RESIDENTS, "rural", "Tổng cộng")}, totals=totals)
    assert card["rural_water"].tally == ei.Tally(5400, 600)
    (note,) = card.problems
    assert (note.table, note.row, note.value, note.severity) == ("residents", 4, "Tổng cộng", "note")
    assert_named(note)


@pytest.mark.parametrize("totals", ["keep", {"residents": "keep"}])
def test_totals_are_kept_where_that_is_said(totals: Any):
    """With totals="keep" the row counts like any other."""
    card = evaluated({"residents": total_of(RESIDENTS, "rural", "Tổng cộng")}, totals=totals)
    assert card["rural_water"].tally == ei.Tally(10800, 1200)


def test_a_total_with_a_blank_part_is_a_total():
    """Only the known parts have to be sums."""
    (problem,) = refused({"residents": appended(RESIDENTS, "Tổng cộng", "rural", 6000, None)})
    assert problem.row == 4


def test_a_total_of_noughts_is_a_total():
    """Noughts are the sum of noughts."""
    given = {**RESIDENTS, "persons": [0] * 4, "hygienic_water": [0] * 4}
    (problem,) = refused({"residents": total_of(given, "rural", "Tổng cộng")})
    assert problem.row == 4


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(("Thạnh Trị", "rural", 6000, 5400), id="an area's name"),
        pytest.param(("Mỹ Tú", None, 7000, 6901), id="blank, but not the sum"),
    ],
)
def test_a_row_that_is_no_total_is_kept(row: tuple[Any, ...]):
    """A row that is not called a total, nor the sum of three others, is a row like others."""
    card = evaluated({"residents": appended(RESIDENTS, *row)})
    assert card["rural_water"].tally != evaluated({"residents": RESIDENTS})["rural_water"].tally


@pytest.mark.parametrize("figures", [(6001, 5400), (6000, 5401), (3, None)])
def test_what_is_called_a_total_is_refused_though_it_does_not_add_up(figures: tuple[Any, ...]):
    """A district that has not reported yet is in the total, and no more than that tells it from its parts."""
    (problem,) = refused({"residents": appended(RESIDENTS, "Tổng cộng", "rural", *figures)})
    assert (problem.kind, problem.row) == ("total_name", 4)
    card = evaluated({"residents": appended(RESIDENTS, "Tổng cộng", "rural", *figures)}, totals="drop")
    assert card["rural_water"].tally == ei.Tally(5400, 600)


def test_a_total_beside_one_row_is_refused_and_by_itself_is_an_area():
    """Where only the total came, nothing is counted twice."""
    given = {"area": ["A", "Tổng"], "settlement": ["rural"] * 2, "persons": [5, 5], "hygienic_water": [4, 4]}
    assert [problem.row for problem in refused({"residents": given})] == [1]
    alone = {name: values[1:] for name, values in given.items()}
    assert evaluated({"residents": alone})["rural_water"].tally == ei.Tally(4, 1)


def test_a_total_among_flags_is_found():
    """Weighted records have totals too."""
    given = {
        "area": ["A", "B", "Tổng cộng"],
        "settlement": ["rural"] * 3,
        "persons": [5, 6, 11],
        "hygienic_water": [True, True, True],
    }
    (problem,) = refused({"residents": given})
    assert problem.row == 2


def test_a_total_among_pieces_is_found():
    """Rows that look like totals are looked for again when cells are added."""
    first = ei.condense(soc_trang_2020, {"residents": RESIDENTS}, year=2020)
    row = {"area": ["Tổng cộng"], "settlement": ["rural"], "persons": [6000], "hygienic_water": [5400]}
    with pytest.raises(ei.InvalidTable, match="Tổng cộng"):
        first + ei.condense(soc_trang_2020, {"residents": row}, year=2020)
