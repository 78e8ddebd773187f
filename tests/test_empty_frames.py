"""A table of no rows, or of no columns, is refused."""

from __future__ import annotations

from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from refusals import refused
from small_tables import FLAGGED, RESIDENTS


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(pd.DataFrame(RESIDENTS).iloc[:0], id="pandas"),
        pytest.param(pd.DataFrame(FLAGGED).iloc[:0], id="pandas flags"),
        pytest.param(pd.DataFrame(RESIDENTS).astype("str").iloc[:0], id="pandas text"),
        pytest.param(pd.DataFrame({name: [] for name in RESIDENTS}), id="pandas objects"),
        pytest.param(pd.DataFrame(columns=list(RESIDENTS)), id="pandas columns"),
        pytest.param(pl.DataFrame(RESIDENTS).clear(), id="polars"),
        pytest.param(pa.table(RESIDENTS).slice(0, 0), id="pyarrow"),
        pytest.param({name: [] for name in RESIDENTS}, id="lists"),
        pytest.param([], id="no rows"),
    ],
)
def test_an_empty_frame_is_refused(given: Any):
    """A table without rows is refused: leave it out if nothing came."""
    problems = refused({"residents": given})
    assert [each.table for each in problems] == ["residents"] * len(problems)
    assert "no rows" in str(problems[0])
    assert problems[0].in_("vi").startswith("bảng Dân cư (residents)")


@pytest.mark.parametrize(
    "given",
    [pytest.param(pd.DataFrame(), id="pandas"), pytest.param(pd.DataFrame(index=[0, 1]), id="rows, no columns")],
)
def test_a_frame_without_columns_is_refused(given: Any):
    """A frame without columns is refused, naming the table."""
    problems = refused({"residents": given})
    assert {each.table for each in problems} == {"residents"}
