"""Names and codes of areas are read as they are written."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from sheets import HEADER, ROWS, RURAL, evaluated, lines, message, rows_with


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_names_in_two_encodings_are_refused(request: pytest.FixtureRequest, kind: str):
    """A name typed on another keyboard, in NFD, is refused beside the same in NFC, with both named."""
    other = unicodedata.normalize("NFD", "Mỹ Tú")
    rows = [HEADER, *rows_with(3, "area", other)]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    text = message(files, by="area")
    assert repr(other) in text
    assert repr("Mỹ Tú") in text


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_names_all_in_nfd_are_left_as_they_are(request: pytest.FixtureRequest, kind: str):
    """A table whose names are all in NFD is read, and its names are not altered."""
    rows = [HEADER, *([unicodedata.normalize("NFD", row[0]), *row[1:]] for row in ROWS)]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    card = evaluated(files, by="area")
    assert sorted(card.groups) == sorted(unicodedata.normalize("NFD", name) for name in ("Kế Sách", "Mỹ Tú"))
    assert card["rural_water"].tally == RURAL


def test_codes_keep_their_leading_noughts_in_a_workbook(excel: Any):
    """Codes stored as text keep their leading noughts."""
    rows = [[f"0{940 + place // 2}", *row[1:]] for place, row in enumerate(ROWS)]
    assert evaluated(excel([HEADER, *rows]), by="area").groups == ["0940", "0941"]


@pytest.mark.parametrize("quote", ["", '"'])
def test_codes_keep_their_leading_noughts_in_a_text_file(csv: Any, quote: str):
    """Nothing is normalised silently: a code with leading noughts is not turned into a number."""
    rows = [[f"{quote}0{940 + place // 2}{quote}", *row[1:]] for place, row in enumerate(ROWS)]
    assert evaluated(csv(lines([HEADER, *rows])), by="area").groups == ["0940", "0941"]


def test_codes_that_differ_in_leading_noughts_are_not_merged(csv: Any):
    """01 and 1 are two codes, or refused as two spellings; never one."""
    rows = [["01", *ROWS[0][1:]], ["1", *ROWS[1][1:]]]
    assert evaluated(csv(lines([HEADER, *rows])), by="area").groups == ["01", "1"]
