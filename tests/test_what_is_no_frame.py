"""What is no frame is refused, naming the table; no file is opened by its name."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from refusals import assert_named, evaluated

import envindicators as ei


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        pytest.param("residents.csv", "not_a_frame", id="file name"),
        pytest.param(b"residents.csv", "not_a_frame", id="bytes"),
        pytest.param(None, "not_a_frame", id="None"),
        pytest.param(5, "not_a_frame", id="number"),
        pytest.param(pd.Series([1, 2]), "not_a_frame", id="pandas series"),
        pytest.param(pl.Series([1, 2]), "not_a_frame", id="polars series"),
        pytest.param(np.zeros((2, 2)), "not_a_frame", id="array"),
        pytest.param({1, 2}, "not_a_frame", id="set"),
        pytest.param((row for row in [{}]), "not_a_frame", id="generator"),
        pytest.param([["Mỹ Tú", "rural", 1, 1]], "not_a_row", id="list of lists"),
        pytest.param(["Mỹ Tú"], "not_a_row", id="list of texts"),
        pytest.param([None], "not_a_row", id="list of None"),
        pytest.param({"area": ["A", "B"], "persons": [1]}, "unequal_columns", id="ragged lists"),
        pytest.param({"area": "A", "persons": [1]}, "not_a_frame", id="a text for a column"),
        pytest.param({"area": ["A"], "persons": 1}, "not_a_frame", id="a number for a column"),
    ],
)
def test_what_is_no_frame_is_refused(given: Any, kind: str):
    """Anything but a frame, a list of dicts or a dict of lists is refused, naming the table; no file is opened."""
    with pytest.raises(ei.InvalidTable) as caught:
        evaluated({"residents": given})
    (problem,) = caught.value.problems
    assert problem.table == "residents"
    assert problem.kind == kind
    assert_named(problem)


def test_a_file_name_is_answered_with_scan():
    """A string is never taken for a file; the message says how a file is read."""
    with pytest.raises(ei.InvalidTable, match=r"scan\('residents\.csv'\)"):
        evaluated({"residents": "residents.csv"})
