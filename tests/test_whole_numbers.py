"""Whole numbers of any type are counts."""

from __future__ import annotations

import decimal
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from refusals import evaluated
from small_tables import PYTHON, RESIDENTS, frame

import envindicators as ei


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([Decimal(1000), Decimal("2000.0"), Decimal("3E+3"), 4000], id="Decimals and ints"),
        pytest.param([1000, 2000.0, np.int64(3000), np.float32(4000)], id="mixed objects"),
        pytest.param([1000.0, 2000.0, 3000.0, 4000.0], id="floats"),
    ],
)
@pytest.mark.parametrize("kind", PYTHON)
def test_whole_numbers_of_any_type_are_accepted(kind: str, values: list[Any]):
    """Whole Decimals, whole floats and objects of whole numbers are accepted."""
    card = evaluated({"residents": frame({**RESIDENTS, "persons": values}, kind)})
    assert card["rural_water"].tally == ei.Tally(5400, 600)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(pl.DataFrame(RESIDENTS).with_columns(pl.col("persons").cast(pl.Decimal(20, 0))), id="polars"),
        pytest.param(
            pa.table({**RESIDENTS, "persons": pa.array([Decimal(v) for v in RESIDENTS["persons"]])}), id="arrow"
        ),
    ],
)
def test_decimal_columns_are_accepted(given: Any):
    """Columns of decimals are accepted where they hold whole numbers."""
    assert evaluated({"residents": given})["rural_water"].tally == ei.Tally(5400, 600)


def test_the_context_of_decimals_is_left_alone():
    """Reading decimals depends on no context of the caller's, and changes none."""
    given = {
        "area": ["A"],
        "stream": ["medical"],
        "generated": [1234567.891],
        "collected": [1.5],
        "treated_to_standard": [1],
    }
    with decimal.localcontext() as context:
        context.prec = 3
        card = evaluated({"waste": given})
        assert context.prec == 3
        assert not context.flags[decimal.Inexact]
    assert card["medical_waste"].tally == ei.Tally(1000, 1_234_566_891)
