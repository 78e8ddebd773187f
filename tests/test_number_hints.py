"""What is said of numbers that a program made: residues of floats, and years that are text."""

from __future__ import annotations

import decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import envindicators as ei
from envindicators.programmes import soc_trang_2020


def amounts(value):
    return [{"area": "A", "stream": "medical", "generated": value}]


def refused(rows, table="waste", unit=None):
    form = ei.Form(unit=unit)
    return ei.check(soc_trang_2020, {table: form.of(rows)}, year=2020).errors


def frames(rows):
    yield rows
    yield pytest.importorskip("pandas").DataFrame(rows)
    yield pytest.importorskip("polars").DataFrame(rows)


RESIDUES = [
    (0.1 + 0.2, "tonne", 6),
    (4.35 * 100, "kilogram", 3),
    (1.1 * 3, "kilogram", 3),
    (0.1 + 0.7, "tonne/day", 6),
]


@pytest.mark.parametrize(("value", "unit", "digits"), RESIDUES)
def test_a_residue_is_called_one_and_rounding_mends_it(value, unit, digits):
    for frame in frames(amounts(value)):
        (problem,) = refused(frame, unit=unit)
        assert problem.kind == "too_fine"
        for lang in ("en", "vi"):
            assert f'df["generated"].round({digits})' in problem.in_(lang)
    assert not refused(amounts(round(value, digits)), unit=unit)


def test_a_residue_of_whole_units_too():
    rows = [{"area": "A", "settlement": "rural", "persons": 0.1 * 3 * 10, "hygienic_water": 2}]
    (problem,) = refused(rows, "residents")
    assert 'df["persons"].round(0)' in problem.in_("en")


@given(st.integers(1, 10**9), st.integers(2, 999))
def test_what_is_truly_finer_is_no_residue(grams, part):
    value = (grams + part / 1000) / 1000
    for problem in refused(amounts(value)):
        assert "round" not in problem.in_("en")
    for problem in refused(amounts(decimal.Decimal(grams * 1000 + part).scaleb(-6))):
        assert "round" not in problem.in_("en")


@given(st.integers(1, 10**12), st.sampled_from([-2, -1, 1, 2]))
def test_every_residue_is_called_one(grams, steps):
    import numpy as np

    value = grams / 1000
    value += steps * float(np.spacing(value))
    for problem in refused(amounts(value)):
        assert "round(3)" in problem.in_("en")


@pytest.mark.parametrize("column", ["year", "built"])
def test_a_year_as_text_is_told_to_be_text(column):
    row = {"area": "A", "id": "x", "activity": "other", "year": 2020, "built": 2015}
    for text, hinted in (("2015", True), (" 2015 ", True), ("2015.0", True), ("2015-16", False), ("năm 2015", False)):
        for frame in frames([row | {column: text}]):
            problems = [each for each in refused(frame, "establishments") if each.column == column]
            assert [each.value for each in problems] == [text]
            assert (f'df["{column}"].astype(int)' in problems[0].in_("en")) == hinted
            assert ("ô này là chữ" in problems[0].in_("vi")) == hinted
