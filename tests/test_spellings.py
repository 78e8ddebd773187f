"""Two spellings of one name are refused with both."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from refusals import refused
from small_tables import ALL, DIACRITICS, NFD, RESIDENTS, WASTE, frame, put, with_column
from wrong_cells import Case, assert_condense_refuses, assert_only_these_are_named, by_case, by_kind

import envindicators as ei
from envindicators.programmes import soc_trang_2020

CASES = [
    Case(
        "two spellings of an area in one table",
        {"residents": put(RESIDENTS, "area", 3, NFD)},
        (),
        (repr(NFD), repr(DIACRITICS)),
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


SPELLINGS = [
    pytest.param(NFD, id="NFD"),
    pytest.param("mỹ tú", id="lower case"),
    pytest.param("MỸ TÚ", id="upper case"),
    pytest.param("Mỹ Tú ", id="trailing space"),
    pytest.param(" Mỹ Tú", id="leading space"),
    pytest.param(unicodedata.normalize("NFD", " MỸ TÚ"), id="all of it"),
]


@pytest.mark.parametrize("other", SPELLINGS)
@pytest.mark.parametrize("kind", ALL)
def test_two_spellings_in_one_table_are_refused_with_both(kind: str, other: str):
    """Two spellings that agree after NFC, trimming and folding of case are refused, with both named."""
    given = put(RESIDENTS, "area", 3, other)
    (problem,) = refused({"residents": frame(given, kind)})
    assert (problem.table, problem.column) == ("residents", "area")
    assert (problem.row, problem.value) in {(3, other), (2, DIACRITICS)}
    for lang in ("en", "vi"):
        assert repr(other) in problem.in_(lang)
        assert repr(DIACRITICS) in problem.in_(lang)


@pytest.mark.parametrize("other", SPELLINGS)
def test_the_later_of_two_spellings_is_named(other: str):
    """Of two rows that contradict each other the later is named."""
    (problem,) = refused({"residents": put(RESIDENTS, "area", 3, other)})
    assert (problem.row, problem.value) == (3, other)


@pytest.mark.parametrize("other", SPELLINGS)
def test_two_spellings_in_two_tables_are_refused_with_both(other: str):
    """Two spellings are refused across tables too, naming the other table."""
    given = {"residents": RESIDENTS, "waste": {**WASTE, "area": ["Kế Sách"] * 2 + [other] * 2}}
    (problem,) = refused(given)
    assert (problem.table, problem.row, problem.column, problem.value) == ("waste", 2, "area", other)
    for lang in ("en", "vi"):
        assert repr(DIACRITICS) in problem.in_(lang)
        assert "residents" in problem.in_(lang)


def test_two_spellings_in_a_further_column_of_by_are_refused():
    """What holds for areas holds for the other columns of by."""
    (problem,) = refused({"residents": with_column(RESIDENTS, region=["Bắc", "Bắc", "Nam", "nam"])}, by="region")
    assert (problem.column, problem.value) == ("region", "nam")


def test_two_spellings_in_added_cells_are_refused():
    """Spellings are checked again when cells are added."""
    first = ei.condense(soc_trang_2020, {"residents": RESIDENTS}, year=2020)
    second = ei.condense(soc_trang_2020, {"waste": {**WASTE, "area": [NFD, NFD, "Kế Sách", "Kế Sách"]}}, year=2020)
    with pytest.raises(ei.InvalidTable) as caught:
        first + second
    assert repr(NFD) in str(caught.value)


@pytest.mark.parametrize("expected", [[NFD, "Kế Sách"], {"residents": [NFD, "Kế Sách"]}])
def test_two_spellings_in_what_was_expected_are_refused(expected: Any):
    """An area that is expected under another spelling is refused, not counted as absent."""
    problems = refused({"residents": RESIDENTS}, expected=expected)
    assert any(repr(NFD) in str(each) and repr(DIACRITICS) in str(each) for each in problems)
