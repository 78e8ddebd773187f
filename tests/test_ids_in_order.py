"""Law: ids come in order whether they lie dense or apart, each once or several times, at the ends of 64 bits too."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from envindicators.cells.ids import NO_YEAR, numbered

LEAST, GREATEST = -(2**63), 2**63 - 1
DENSE = st.sampled_from([LEAST, -3, 0, GREATEST - 40]).flatmap(
    lambda least: st.lists(st.integers(least, least + 40), max_size=40)
)


@given(DENSE | st.lists(st.integers(LEAST, GREATEST), max_size=20))
def test_ids_in_any_order_are_runs_of_those_that_came_and_those_that_came_again(ids):
    runs, repeated = numbered(np.array(ids, dtype=np.int64), NO_YEAR, 5)
    held = [value for _, first, last in runs.tolist() for value in range(first, last + 1)]
    assert held == sorted(set(ids))
    assert repeated.count == len(ids) - len(set(ids))
    assert [value for _, value in repeated.ids] == sorted(value for value in set(ids) if ids.count(value) > 1)[:5]
