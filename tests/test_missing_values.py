"""What is missing is None, NaN, NA or null, as the frame has it; it stays open."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from refusals import evaluated, refused
from small_tables import RESIDENTS, frame, put

import envindicators as ei


@pytest.mark.parametrize("column", ["persons", "hygienic_water"])
@pytest.mark.parametrize("kind", ["polars", "pyarrow"])
def test_nan_is_refused_where_it_is_not_null(kind: str, column: str):
    """NaN in polars or pyarrow is not null and is refused."""
    values = [float(value) for value in RESIDENTS[column]]
    given = {**RESIDENTS, column: [*values[:2], float("nan"), values[3]]}
    (problem,) = refused({"residents": frame(given, kind)})
    assert (problem.table, problem.row, problem.column) == ("residents", 2, column)
    assert problem.value != problem.value
    assert "nan" in str(problem)


@pytest.mark.parametrize("absent", [None, float("nan"), np.nan, pd.NA, pd.NaT])
@pytest.mark.parametrize("kind", ["lists", "rows", "objects"])
def test_missing_values_of_python_and_pandas_stay_open(kind: str, absent: Any):
    """None, NaN, NA and NaT are missing in plain rows and pandas: a missing count of a part stays open."""
    card = evaluated({"residents": frame(put(RESIDENTS, "hygienic_water", 3, absent), kind)})
    assert card["rural_water"].tally == ei.Tally(satisfied=1500, failed=500, unknown=4000)
    (gap,) = [each for each in card.problems if each.kind == "blank_part"]
    assert (gap.table, gap.row, gap.column, gap.value, gap.severity) == ("residents", 3, "hygienic_water", None, "gap")


@pytest.mark.parametrize(
    "column",
    [
        pytest.param(pd.Series([None] * 4, dtype="str"), id="str"),
        pytest.param(pd.Series([None] * 4, dtype="string"), id="string"),
        pytest.param(pd.Series([None] * 4, dtype=object), id="object"),
        pytest.param(pd.Series([None] * 4, dtype="float64"), id="float"),
        pytest.param(pd.Series([None] * 4, dtype="Int64"), id="Int64"),
        pytest.param(pd.Series([None] * 4, dtype="boolean"), id="boolean"),
        pytest.param(pd.Series(pd.Categorical([None] * 4)), id="category"),
        pytest.param(pd.Series(pd.Categorical([None] * 4, categories=["x"])), id="category with levels"),
        pytest.param(pd.Series([None] * 4, dtype=pd.ArrowDtype(pa.string())), id="arrow string"),
    ],
)
def test_a_part_that_is_blank_throughout_leaves_the_table_there(column: Any):
    """Missing counts of parts are no errors, whatever the type of the blank column: the units stay open."""
    given = pd.DataFrame(RESIDENTS).assign(hygienic_water=column)
    card = evaluated({"residents": given})
    assert card["rural_water"].tally == ei.Tally(unknown=6000)
    assert card["rural_water"].reason == "unknown_values"


def test_a_row_without_a_key_of_the_others_has_a_missing_value():
    """In a list of dicts a key that a row lacks is a missing value of it."""
    rows = frame(RESIDENTS, "rows")
    del rows[3]["hygienic_water"]
    assert evaluated({"residents": rows})["rural_water"].tally == ei.Tally(1500, 500, 4000)
