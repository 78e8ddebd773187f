"""Grouped by the year alone, a group is the whole of its year, silences included."""

from __future__ import annotations

import pytest

import envindicators as ei
from envindicators.programmes import soc_trang_2020

ROWS = [
    {"area": area, "year": year, "settlement": "rural", "persons": 10, "hygienic_water": 10}
    for area, year in (("Kế Sách", 2019), ("Mỹ Tú", 2019), ("Kế Sách", 2020))
]


@pytest.mark.parametrize("expected", [None, ["Kế Sách", "Mỹ Tú"], ["Mỹ Tú"]])
@pytest.mark.parametrize("year", [2019, 2020])
def test_the_group_of_a_year_is_the_whole_of_that_year(expected, year):
    by_year = ei.evaluate(soc_trang_2020, {"residents": ROWS}, by="year", expected=expected)
    whole = ei.evaluate(soc_trang_2020, {"residents": ROWS}, year=year, expected=expected)
    assert by_year["rural_water", year].tally == whole["rural_water"].tally
    assert by_year.of_year(year)["rural_water"].tally == whole["rural_water"].tally


def test_an_expected_area_that_sent_nothing_leaves_its_year_open():
    card = ei.evaluate(soc_trang_2020, {"residents": ROWS}, by="year", expected=["Kế Sách", "Mỹ Tú"])
    assert card["rural_water", 2019].verdict is ei.Verdict.MET
    assert card["rural_water", 2020].verdict is ei.Verdict.UNDETERMINED
