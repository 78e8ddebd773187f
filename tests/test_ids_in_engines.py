"""Ids counted where they are, in blocks of neighbours: the same, and the same repeated ones, as by looking at each."""

from __future__ import annotations

import collections

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import envindicators as ei
from envindicators.frames.engine import duckdb_engine, ibis_engine, polars_engine
from envindicators.ingest.condense import Request
from envindicators.ingest.engine_ids import counted_ids
from envindicators.programmes import soc_trang_2020

pa = pytest.importorskip("pyarrow")
ENGINES = {
    "polars": lambda table: polars_engine(pytest.importorskip("polars").from_arrow(table).lazy()),
    "duckdb": lambda table: duckdb_engine(pytest.importorskip("duckdb").from_arrow(table)),
    "ibis": lambda table: ibis_engine(pytest.importorskip("ibis").memtable(table), "the Ibis table"),
}
STRETCHES = st.tuples(st.sampled_from([0, -40, 31, 10**12]), st.integers(0, 100), st.sampled_from([1, 2, 31]))
ROWS = st.lists(
    st.tuples(st.sampled_from([2019, 2020]), st.one_of(st.none(), st.integers(-70, 70))), max_size=60
) | st.builds(
    lambda stretches, year, more: [
        *((year, first + step * place) for first, length, step in stretches for place in range(length)),
        *more,
    ],
    st.lists(STRETCHES, max_size=3),
    st.sampled_from([2019, 2020]),
    st.lists(st.tuples(st.sampled_from([2019, 2020]), st.integers(0, 130)), max_size=3),
)


@pytest.mark.parametrize("name", ENGINES)
@given(ROWS)
@example([(2020, number) for number in range(31)] * 2)
@example([(2020, number) for number in (*range(31), *range(62, 93))])
@example([(2020, 0)] * 32)
def test_they_are_those_that_stand_there(name, rows):
    table = pa.table({"year": [year for year, _ in rows], "id": [number for _, number in rows]})
    table = table.cast(pa.schema({"year": pa.int64(), "id": pa.int64()}))
    plan = Request.of(soc_trang_2020, None, ["area", "year"]).plan("establishments", ei.Form(), None)
    ids, repeated, faults = counted_ids(plan, None, ENGINES[name](table), ["year", "id"])
    times = collections.Counter(row for row in rows if row[1] is not None)
    twice = sorted(row for row, count in times.items() if count > 1)
    assert sum(fault.count for fault in faults) == sum(number is None for _, number in rows)
    assert repeated.count == sum(times.values()) - len(times)
    assert list(repeated.ids) == twice[:100]
    if not twice:
        held = [(year, number) for year, first, last in ids.runs.tolist() for number in range(first, last + 1)]
        assert held == sorted(times)
        ends = {(year, last + 1) for year, _, last in ids.runs.tolist()}
        assert not ends & set(held), "runs that touch are one"
