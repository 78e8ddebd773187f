"""Numbers of files are exact, or refused."""

from __future__ import annotations

import decimal
from typing import Any

import pytest
from sheets import HEADER, evaluated, lines, refused, rows_with

import envindicators as ei


def test_large_integers_beside_blanks_are_exact_in_a_text_file(csv: Any):
    """2^53 + 1 beside a blank comes back exactly."""
    rows = [
        ["A", 2020, "rural", 2**53 + 1, 2**53],
        ["B", 2020, "rural", 5, None],
        ["C", 2020, "urban", 2**63 - 2**54, 1],
    ]
    card = evaluated(csv(lines([HEADER, *rows])))
    assert card["rural_water"].tally == ei.Tally(2**53, 1, 5)
    assert card["urban_water"].tally == ei.Tally(1, 2**63 - 2**54 - 1)


@pytest.mark.parametrize("text", ["9007199254740993.0", "9.007199254740993e15", "1e300"])
def test_large_numbers_with_a_point_are_refused_in_a_text_file(csv: Any, text: str):
    """A number with a point or an exponent is a float, which above 2^53 loses digits: refused."""
    ((row, column, _),) = refused(csv(lines([HEADER, *rows_with(1, "persons", text)])))
    assert (row, column) == (1, "persons")


@pytest.mark.parametrize("number", [2**63, 10**25])
def test_numbers_beyond_64_bits_are_refused_in_a_text_file(csv: Any, number: int):
    """A number beyond 64 bits is refused, and it alone."""
    ((row, column, value),) = refused(csv(lines([HEADER, *rows_with(1, "persons", number)])))
    assert (row, column) == (1, "persons")
    assert str(number) in str(value)


@pytest.mark.parametrize("number", [2**53 + 1, 2**60 + 1])
def test_large_numbers_of_a_workbook_are_refused(excel: Any, number: int):
    """A workbook holds numbers as floats, so from 2^53 on digits may be lost: refused, never altered."""
    ((row, column, _),) = refused(excel([HEADER, *rows_with(1, "persons", number)]))
    assert (row, column) == (1, "persons")


@pytest.mark.parametrize("text", ["0.1", "8.7", "1234567.891", "4.35", "999999999.999", "0.001", "100", "1e3"])
def test_decimals_are_read_by_their_digits(csv: Any, text: str):
    """Decimal masses are read by their digits, to the gram."""
    rows = f"area,stream,generated,collected,treated_to_standard\nA,medical,{text},{text},0\n"
    tally = evaluated(csv(rows), "waste", layout={"waste": "counts"})["medical_waste"].tally
    assert tally == ei.Tally(0, int(decimal.Decimal(text) * 1000))


@pytest.mark.parametrize("text", ["inf", "-inf", "Infinity"])
def test_infinity_is_refused_in_a_text_file(csv: Any, text: str):
    """Infinity is no number of people."""
    ((row, column, _),) = refused(csv(lines([HEADER, *rows_with(1, "persons", text)])))
    assert (row, column) == (1, "persons")
