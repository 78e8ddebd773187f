"""Units are those of the table, per day where it is a flow; masses are converted by their digits."""

from __future__ import annotations

import re

import pytest
from refusals import evaluated, refused
from small_tables import ALL, RESIDENTS, WASTE, put, with_column
from wrong_cells import Case, assert_condense_refuses, assert_only_these_are_named, by_case, by_kind

import envindicators as ei

CASES = [
    Case(
        "unknown unit",
        {"waste": WASTE},
        (("waste", None, None, "tone"),),
        ("gram, kilogram, tonne", "did you mean 'tonne'?"),
        ALL,
        {"units": {"waste": "tone"}},
    ),
    Case(
        "unit of another table",
        {"residents": RESIDENTS},
        (("residents", None, None, "tonne"),),
        ("person",),
        ALL,
        {"units": {"residents": "tonne"}},
    ),
    Case(
        "a stock per day",
        {"residents": RESIDENTS},
        (("residents", None, None, "person/day"),),
        ("person",),
        ALL,
        {"units": {"residents": "person/day"}},
    ),
    Case(
        "per month",
        {"waste": WASTE},
        (("waste", None, None, "tonne/month"),),
        ("tonne/day",),
        ALL,
        {"units": {"waste": "tonne/month"}},
    ),
    Case(
        "per day without a year",
        {"waste": WASTE},
        (("waste", None, "year", None),),
        ("year=",),
        ALL,
        {"units": {"waste": "tonne/day"}, "year": None},
    ),
    Case(
        "finer than a gram, in tonnes",
        {"waste": put(WASTE, "collected", 0, 0.0000001)},
        (("waste", 0, "collected", 0.0000001),),
        (),
        ALL,
        {"units": {"waste": "tonne"}},
    ),
    Case(
        "tonnes whose grams overflow",
        {"waste": put(WASTE, "generated", 0, 10**13)},
        (("waste", 0, "generated", 10**13),),
        ("64 bits",),
        ALL,
        {"units": {"waste": "tonne"}},
    ),
    Case(
        "tonnes a day whose grams a year overflow",
        {"waste": put(WASTE, "generated", 0, 10**11)},
        (("waste", 0, "generated", 10**11),),
        ("64 bits",),
        ALL,
        {"units": {"waste": "tonne/day"}},
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


def test_masses_are_converted_by_their_digits():
    """Decimal masses are converted by their decimal digits, never by float multiplication."""
    given = {
        "area": ["A"],
        "stream": ["medical"],
        "generated": [8.7],
        "collected": [4.35],
        "treated_to_standard": [1.1],
    }
    card = evaluated({"waste": given}, units={"waste": "tonne"})
    assert card["medical_waste"].tally == ei.Tally(1_100_000, 7_600_000)


@pytest.mark.parametrize(("year", "days"), [(2019, 365), (2020, 366), (2000, 366), (1900, 365)])
def test_amounts_per_day_take_the_days_of_their_year(year: int, days: int):
    """Amounts per day are those of the days of the year, a leap day included."""
    given = {"stream": ["medical"], "generated": [3], "collected": [2], "treated_to_standard": [1]}
    for tables, options in (
        ({"waste": given}, {"year": year}),
        ({"waste": with_column(given, year=year)}, {"year": None}),
    ):
        card = evaluated(tables, units={"waste": "tonne/day"}, **options)
        assert card["medical_waste"].tally == ei.Tally(days * 10**6, 2 * days * 10**6)


def test_amounts_in_messages_are_in_the_unit_of_the_frame_or_say_theirs():
    """Every number shown carries its unit, or is in that of the frame."""
    (problem,) = refused({"waste": put(WASTE, "collected", 0, 101)}, units={"waste": "tonne"})
    assert re.search(r"\b100\b", str(problem)) or "kilogram" in str(problem)
