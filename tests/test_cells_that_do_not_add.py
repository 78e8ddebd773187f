"""Cells of another programme, or of other options, do not add."""

from __future__ import annotations

from typing import Any

import pytest
from refusals import cells_of, evaluated
from small_tables import RESIDENTS

import envindicators as ei
from envindicators.programmes import soc_trang_2020


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ({"by": "area"}, {}, "by"),
        ({"by": ["area", "year"]}, {"by": ["year", "area"]}, "by"),
        ({"units": {"residents": "person"}}, {}, "their forms"),
        ({"layout": {"residents": "counts"}}, {}, "their forms"),
        ({"totals": "keep"}, {"totals": "drop"}, "their forms"),
    ],
)
def test_cells_of_other_options_are_not_added(first: dict[str, Any], second: dict[str, Any], words: str):
    """Cells add only if by and the forms of their tables are the same."""
    other = {**RESIDENTS, "area": ["A", "A", "B", "B"]}
    with pytest.raises(ValueError, match=words):
        cells_of(RESIDENTS, **first) + cells_of(other, **second)


def test_cells_of_another_programme_are_neither_added_nor_evaluated():
    """Cells add, and are evaluated, under their own programme only."""
    other = ei.Programme("other", soc_trang_2020.name, soc_trang_2020.document, targets=soc_trang_2020.targets[:2])
    cells = ei.condense(other, {"residents": RESIDENTS}, year=2020)
    with pytest.raises(ValueError, match="programme"):
        cells + cells_of(RESIDENTS)
    with pytest.raises(ValueError, match="cells are of"):
        ei.evaluate(soc_trang_2020, cells, year=2020)


def test_by_is_not_given_again():
    """by= is said when cells are condensed, not again."""
    with pytest.raises(ValueError, match="by="):
        evaluated(cells_of(RESIDENTS), by="area")
