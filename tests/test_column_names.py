"""Columns that are not used are listed; a name twice is refused; a name need not be text."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from refusals import assert_named, evaluated, refused
from small_tables import RESIDENTS, with_column

import envindicators as ei


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            {**{k: v[0] for k, v in RESIDENTS.items()}, None: ["more"]}, id="None, as csv.DictReader makes it"
        ),
        pytest.param({**{k: v[0] for k, v in RESIDENTS.items()}, 3: "x"}, id="a number"),
    ],
)
def test_names_of_columns_that_are_no_text_break_nothing(row: Any):
    """A column whose name is no text is one that is not used, also where a name is looked for."""
    assert evaluated({"residents": [row]})["urban_water"].tally == ei.Tally(900, 100)
    rows = [{**row, "setlement": "x"}]
    del rows[0]["settlement"]
    (problem,) = refused({"residents": rows})
    assert problem.column == "settlement"
    refused({"dischargers": [{"area": "A", None: ["more"], 3: 5}]})


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(
            pd.DataFrame(
                [["A", "rural", 5, 6, 5]], columns=["area", "settlement", "persons", "persons", "hygienic_water"]
            ),
            id="pandas",
        ),
        pytest.param(
            pa.Table.from_arrays(
                [pa.array([v]) for v in ("A", "rural", 5, 6, 5)],
                names=["area", "settlement", "persons", "persons", "hygienic_water"],
            ),
            id="pyarrow",
        ),
    ],
)
def test_a_column_twice_is_refused(given: Any):
    """Two columns of one name are refused, whichever is right."""
    problems = refused({"residents": given})
    assert ("residents", None, "persons", "persons") in [(p.table, p.row, p.column, p.value) for p in problems]


def test_columns_that_are_not_used_are_listed():
    """Other columns are listed on the card and ignored."""
    card = evaluated({"residents": with_column(RESIDENTS, remark=[None, "-", "...", 5])})
    (note,) = card.problems
    assert (note.table, note.row, note.column, note.severity) == ("residents", None, "remark", "note")
    assert_named(note)
