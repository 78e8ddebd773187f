"""How much memory records take beyond the frame they stand in: no copy of it is made."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pandas as pd
import pytest

import envindicators as ei
from envindicators.programmes import soc_trang_2020

ROWS = 2_000_000


@pytest.mark.parametrize("areas", ["category", "str"])
def test_records_in_memory_take_less_than_a_hundred_bytes_a_row(areas):
    """Codes of keys, flags, categories and years: no copy of the frame."""
    random = np.random.default_rng(3)
    names = np.array([f"xã {number}" for number in range(100)])
    frame = pd.DataFrame(
        {
            "id": np.arange(ROWS),
            "area": pd.Categorical.from_codes(random.integers(0, 100, ROWS), names),
            "activity": pd.Categorical.from_codes(np.ones(ROWS, dtype=np.int8), ["business", "production"]),
            "built": np.full(ROWS, 2016),
            "clean_technology": random.random(ROWS) < 0.5,
            "meets_standards": random.random(ROWS) < 0.5,
        }
    ).astype({"area": areas})
    ei.evaluate(soc_trang_2020, {"establishments": frame}, year=2020, by="area")
    tracemalloc.start()
    try:
        ei.evaluate(soc_trang_2020, {"establishments": frame}, year=2020, by="area")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    fixed = 24 * 2**20  # of what does not grow with the rows: cells, tallies, arrays of a place for each kind
    assert peak - fixed < 100 * ROWS, f"{(peak - fixed) / ROWS:.1f} bytes a row"
