"""Counts that are none are named: negative, split, in words, without end."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

from refusals import refused
from small_tables import PYTHON, RESIDENTS, put
from wrong_cells import (
    Case,
    assert_condense_refuses,
    assert_only_these_are_named,
    by_case,
    by_kind,
    establishments,
    residents,
    waste,
)

CASES = [
    residents("persons", 1, -2000, "from 0"),
    residents("hygienic_water", 3, -1, "from 0"),
    residents("persons", 0, 1000.5, "whole number of people"),
    residents("hygienic_water", 2, 0.25, "whole number of people"),
    residents("persons", 0, Decimal("1000.5"), "whole number", kinds=PYTHON),
    residents("persons", 0, "-", "write 0", kinds=PYTHON),
    residents("persons", 0, "–", "write 0", kinds=PYTHON),
    residents("persons", 0, "...", "blank", kinds=PYTHON),
    residents("persons", 0, "…", "blank", kinds=PYTHON),
    residents("persons", 0, "1.234,5", "numbers=", kinds=PYTHON),
    residents("persons", 0, "12 ", "number", kinds=PYTHON),
    residents("persons", 0, "n/a", "number", kinds=PYTHON),
    residents("persons", 0, "", "number", kinds=PYTHON),
    residents("persons", 0, True, "number", kinds=PYTHON),
    residents("persons", 0, datetime.date(2020, 1, 1), "number", kinds=PYTHON),
    residents("persons", 0, [1000], "number", kinds=PYTHON),
    residents("persons", 0, {"count": 1000}, "number", kinds=PYTHON),
    residents("hygienic_water", 1, "-", "write 0", kinds=PYTHON),
    residents("hygienic_water", 1, "...", "blank", kinds=PYTHON),
    residents("hygienic_water", 1, "98%", "number", kinds=PYTHON),
    residents("hygienic_water", 1, "1 500", "number", kinds=PYTHON),
    residents("persons", 2, float("inf"), "finite"),
    residents("persons", 2, float("-inf")),
    residents("hygienic_water", 2, float("inf"), "finite"),
    residents("persons", 2, Decimal("NaN"), "finite", kinds=PYTHON),
    residents("persons", 2, Decimal("Infinity"), "finite", kinds=PYTHON),
    residents("persons", 2, 2**63, "64 bits", kinds=(*PYTHON, "pandas")),
    residents("persons", 2, 10**30, "64 bits", kinds=PYTHON),
    residents("persons", 2, Decimal(10) ** 40, "64 bits", kinds=PYTHON),
    residents("persons", 2, float(2**53), "2^53"),
    residents("persons", 2, 1e300),
    waste("generated", 1, -50, "from 0"),
    waste("collected", 0, -0.5, "from 0"),
    waste("generated", 0, 10**16, "64 bits", name="kilograms whose grams overflow"),
    waste("collected", 0, 90.0001, "1/1000 kg"),
    waste("generated", 0, Decimal("100.00001"), "1/1000 kg", kinds=PYTHON),
    waste("treated_to_standard", 3, "50", "number", kinds=PYTHON),
    establishments("inspected", 1, -2, "from 0"),
    establishments("clean_technology", 0, 49.5, "whole number"),
]


@by_kind(CASES)
def test_the_wrong_cell_is_named_and_no_other(case: Case, kind: str):
    """One wrong cell is one problem, with table, row, column and value; right cells are never blamed."""
    assert_only_these_are_named(case, kind)


@by_case(CASES)
def test_a_wrong_cell_never_becomes_a_card(case: Case):
    """What is wrong is refused by condense as well; no wrong cell is repaired or left out."""
    assert_condense_refuses(case)


def test_a_fraction_is_no_count():
    """Fractions are no numbers that tables hold; nothing is rounded."""
    (problem,) = refused({"residents": put(RESIDENTS, "persons", 1, Fraction(4000, 2))})
    assert (problem.row, problem.value) == (1, Fraction(2000))
