"""Numbers with exponents: codes stay text, and no exponent makes a number slow."""

from __future__ import annotations

import decimal

import pytest

import envindicators as ei
from envindicators.programmes import soc_trang_2020

EXPONENTS = [0, 5, 41, 400, 5_000, 400_000, 9_991_500, 99_999_990, 10**15]


def rows(value, column="generated"):
    row = {"area": "Kế Sách", "stream": "medical", "generated": 100}
    return [row, row | {"area": "Mỹ Tú", column: value}]


def held(value, tmp_path):
    """Yield rows in which one amount is a number written as text: a Decimal in rows and frames, and a CSV file."""
    yield rows(decimal.Decimal(value))
    yield pytest.importorskip("pandas").DataFrame(rows(decimal.Decimal(value)))
    path = tmp_path / "a.csv"
    pytest.importorskip("pandas").DataFrame(rows(value)).to_csv(path, index=False)
    yield ei.scan(path)


def kinds(given):
    """Return the kinds of error; that a number was a float once is another word for too large."""
    return [kind.replace("float_too_large", "too_large") for kind, *_ in problems({"waste": given})]


def problems(tables, **options):
    found = ei.check(soc_trang_2020, tables, year=2020, **options).errors
    return [(each.kind, each.row, each.column) for each in found]


@pytest.mark.parametrize("exponent", EXPONENTS)
@pytest.mark.parametrize("digits", [1, 25, 100_000])
def test_an_amount_is_read_or_refused_at_once(exponent, digits, tmp_path):
    power = 10 ** min(exponent, 400)  # beyond, everything is as it is there
    for given in held(f"{digits}E{exponent}", tmp_path):
        grams = digits * power * 1000
        assert kinds(given) == ([] if grams < 2**63 else ["too_large"])
    for given in held(f"{digits}e-{exponent}", tmp_path):
        assert kinds(given) == ([] if digits * 1000 % power == 0 else ["too_fine"])


@pytest.mark.parametrize("zero", ["0e-99999990", "0E99999990", "0e5"])
def test_nothing_is_nothing_whatever_its_exponent(zero, tmp_path):
    for given in held(zero, tmp_path):
        assert not problems({"waste": given})


@pytest.mark.parametrize("exponent", EXPONENTS)
def test_other_columns_refuse_it_at_once(exponent, tmp_path):
    row = {"area": "Kế Sách", "year": 2020, "settlement": "rural", "persons": 10, "hygienic_water": True}
    for text in (f"1E{max(exponent, 1)}", f"1e-{max(exponent, 1)}"):
        for column in ("area", "year", "settlement", "hygienic_water"):
            given = [row | {column: decimal.Decimal(text)}, row | {"area": "Mỹ Tú"}]
            assert {each[2] for each in problems({"residents": given})} == {column}


def test_zeros_at_the_end_count_for_nothing(tmp_path):
    for zeros in (50, 90, 500):
        for given in held(f"25{'0' * zeros}e-{zeros}", tmp_path):
            assert kinds(given) == []
        for given in held(f"25{'0' * zeros}e-{zeros + 5}", tmp_path):
            assert kinds(given) == ["too_fine"]


CODES = ["12E9991500", "32E0134", "1e5", "0012", "1E400000", "7"]


@pytest.mark.parametrize("column", ["area", "id"])
def test_codes_stay_text(tmp_path, column):
    row = {"area": "A", "id": "x", "activity": "other", "built": 2015}
    given = [row | {"id": f"x{number}", column: code} for number, code in enumerate(CODES)]
    path = tmp_path / "a.csv"
    pytest.importorskip("pandas").DataFrame(given).to_csv(path, index=False)
    card = ei.evaluate(soc_trang_2020, {"establishments": ei.scan(path)}, year=2020, by="area")
    assert card == ei.evaluate(soc_trang_2020, {"establishments": given}, year=2020, by="area")


def test_a_number_of_any_length_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"stream,generated\nmedical,{'9' * 100_000}\nother,5\n")
    assert problems({"waste": ei.scan(path)})[0][:2] == ("too_large", 0)


@pytest.mark.parametrize("column", ["area", "settlement", "persons", "year"])
@pytest.mark.parametrize("digits", [25, 400, 5000, 100_000])
def test_whole_numbers_of_any_length_are_refused(column, digits):
    row = {"area": 1, "settlement": "rural", "persons": 10, "hygienic_water": True, "year": 2020}
    errors = ei.check(soc_trang_2020, {"residents": [row, row | {"area": 2, column: 10**digits}]}, year=2020).errors
    assert [(each.row, each.column) for each in errors] == [(1, column)]
    assert all(len(each.in_(lang)) < 300 for each in errors for lang in ("en", "vi"))
