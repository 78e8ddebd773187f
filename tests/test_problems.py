"""A problem is a plain value."""

from __future__ import annotations

import copy
import pickle

import pytest
from refusals import refused
from small_tables import RESIDENTS, frame, put

import envindicators as ei


def test_problems_are_plain_values():
    """A Problem has table, row, column, value, expected and severity, compares, and can be pickled."""
    (problem,) = refused({"residents": put(RESIDENTS, "persons", 1, -2000)})
    assert problem == pickle.loads(pickle.dumps(problem))
    assert hash(problem) == hash(copy.copy(problem))
    assert type(problem.row) is int
    assert type(problem.value) is int
    with pytest.raises(ValueError):
        ei.Problem("residents", 0, "persons", 1, "x", severity="bad")  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_values_of_problems_are_python_objects(kind: str):
    """Values and rows are Python objects, not those of an engine."""
    problems = refused({"residents": frame(put(put(RESIDENTS, "persons", 1, -2000), "area", 2, ""), kind)})
    assert {type(each.row) for each in problems} == {int}
    assert {type(each.value) for each in problems} <= {int, float, str}
