"""`check` finds what `evaluate` refuses and what the card lists, and raises nothing."""

from __future__ import annotations

from typing import Any

import pytest
from refusals import checked, evaluated
from small_tables import RESIDENTS, WASTE, put, with_column, without

import envindicators as ei
from envindicators.programmes import soc_trang_2020


def test_check_finds_gaps_and_notes_and_raises_nothing():
    """check returns errors, gaps and notes alike."""
    given = put(with_column(RESIDENTS, remark="x"), "hygienic_water", 0, None)
    problems = checked({"residents": put(given, "persons", 3, -1), "waste": without(WASTE, "collected")})
    assert {each.severity for each in problems} == {"error", "gap", "note"}
    assert [(each.table, each.row, each.column, each.value) for each in problems.errors] == [
        ("residents", 3, "persons", -1)
    ]
    assert ("waste", "collected") in [(each.table, each.column) for each in problems.of("gap")]
    assert ("residents", 0, "hygienic_water") in [(each.table, each.row, each.column) for each in problems.of("gap")]
    assert ("residents", "remark") in [(each.table, each.column) for each in problems.of("note")]
    assert not problems.of("gap").errors


@pytest.mark.filterwarnings("ignore::envindicators.CoverageWarning")
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"by": "area"},
        {"expected": ["Kế Sách", "Mỹ Tú", "Trần Đề"]},
        {"expected": {"residents": ["Trần Đề"]}},
        {"expected": {"residents": [{"area": "Trần Đề", "settlement": "rural", "persons": 50}]}},
        {"by": "area", "expected": ["Trần Đề"]},
    ],
)
def test_check_finds_what_the_card_lists(options: dict[str, Any]):
    """Without errors, check returns the gaps and notes that the card has."""
    given = {"residents": put(RESIDENTS, "hygienic_water", 0, None), "waste": {k: v[:2] for k, v in WASTE.items()}}
    assert sorted(map(str, checked(given, **options))) == sorted(map(str, evaluated(given, **options).problems))


def test_check_takes_what_evaluate_takes():
    """check takes cells as evaluate does."""
    cells = ei.condense(soc_trang_2020, {"residents": put(RESIDENTS, "hygienic_water", 0, None)}, year=2020)
    assert "gap" in {each.severity for each in ei.check(soc_trang_2020, cells, year=2020)}
