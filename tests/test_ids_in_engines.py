"""Ids counted where they are, in blocks of neighbours: the same, and the same repeated ones, as by looking at each."""

from __future__ import annotations

import collections

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

import envindicators as ei
from envindicators.frames.engine import duckdb_engine, ibis_engine, polars_engine
from envindicators.frames.spark import spark_engine
from envindicators.ingest.condense import Request
from envindicators.ingest.engine_ids import counted_ids
from envindicators.programmes import soc_trang_2020

pa = pytest.importorskip("pyarrow")
ENGINES = {
    "polars": lambda table: polars_engine(pytest.importorskip("polars").from_arrow(table).lazy()),
    "duckdb": lambda table: duckdb_engine(pytest.importorskip("duckdb").from_arrow(table)),
    "ibis": lambda table: ibis_engine(pytest.importorskip("ibis").memtable(table), "the Ibis table"),
}
FAR = {
    "PostgreSQL": ("in_postgres", lambda table: ibis_engine(table, "the Ibis table")),
    "Spark": ("spark", spark_engine),
    "Spark, ANSI off": ("spark_without_ansi", spark_engine),
}
"""The fixture that puts columns there, and the engine: blocks are of 31, 128 or 256 ids."""

STEPS = st.sampled_from([1, 2, 31, 64])
STRETCHES = st.tuples(st.sampled_from([0, -40, 31, 192, 10**12]), st.integers(0, 100) | st.integers(250, 520), STEPS)
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


BY_EXAMPLE = (
    [(2020, number) for number in range(31)] * 2,
    [(2020, number) for number in (*range(31), *range(62, 93))],
    [(2020, 0)] * 32,
    [(2020, number) for number in range(256)],
    [(2019, number) for number in (*range(-256, 0), *range(256, 512))],
    [(2020, number) for number in (*range(128), *range(127))],
    [(2020, 0)] * 256,
    [(2020, number) for number in range(64)] * 4,
    [(2020, 5), (2020, 200), (2020, None), (2019, 70)],
)
"""Blocks that are full, that only seem so, and words of which no id is one."""


@pytest.mark.parametrize("name", ENGINES)
@given(ROWS)
def test_they_are_those_that_stand_there(name, rows):
    table = pa.table({"year": [year for year, _ in rows], "id": [number for _, number in rows]})
    those_that_stand_there(rows, ENGINES[name](table.cast(pa.schema({"year": pa.int64(), "id": pa.int64()}))))


@pytest.fixture(params=list(FAR))
def far(request):
    """Return what puts rows into an engine whose rows have no positions."""
    fixture, engine = FAR[request.param]
    make = request.getfixturevalue(fixture)
    return lambda rows: engine(
        make({"year": [year for year, _ in rows], "id": [number for _, number in rows]}, {"year": "int", "id": "int"})
    )


@settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(ROWS)
def test_so_they_are_in_databases_and_clusters(far, rows):
    those_that_stand_there(rows, far(rows))


for rows in BY_EXAMPLE:
    test_they_are_those_that_stand_there = example(rows)(test_they_are_those_that_stand_there)
    test_so_they_are_in_databases_and_clusters = example(rows)(test_so_they_are_in_databases_and_clusters)


def those_that_stand_there(rows, engine):
    """Compare the ids of some rows with those that an engine with these rows counts."""
    plan = Request.of(soc_trang_2020, None, ["area", "year"]).plan("establishments", ei.Form(), None)
    years = {year for year, _ in rows}
    for only in (None, *(years if len(years) == 1 else ())):
        counted_as_they_stand(rows, *counted_ids(plan, None, engine, ["year", "id"], only))


def counted_as_they_stand(rows, ids, repeated, faults):
    """Compare the ids of some rows with those counted."""
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
