"""Records that an engine groups where they are: every engine, the same bits, the same problems, and no rows handed out.

Dask, Spark (with Java), Ibis and PostgreSQL are skipped where they are not installed.
"""

from __future__ import annotations

import itertools
import tempfile
import warnings
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from readings import outcome as of_readings
from readings import readings
from works import FAR, PROGRAMME, lazy, outcome, told, works

import envindicators as ei
from envindicators.frames import files
from envindicators.ingest import condense as ingest
from envindicators.ingest import grouping

pytestmark = FAR

# engines


@pytest.fixture(autouse=True)
def on_many_cores(monkeypatch):
    """There Parquet files are grouped, by DuckDB; on few they are read."""
    monkeypatch.setattr(files, "_CORES", 0)


_NUMBERS = itertools.count()


def relation(data, kinds):
    """Return a DuckDB relation."""
    duckdb = pytest.importorskip("duckdb")
    return duckdb.from_arrow(lazy(data, kinds).collect().to_arrow())


def ibis_of_duckdb(data, kinds):
    """Return an Ibis table of a DuckDB that holds the rows."""
    ibis = pytest.importorskip("ibis", reason="needs the extra ibis")
    connection = ibis.duckdb.connect()
    connection.con.register("works", lazy(data, kinds).collect().to_arrow())
    return connection.table("works")


_FOLDER = tempfile.TemporaryDirectory(prefix="envindicators-")


def parquet(data, kinds):
    """Return several Parquet files; in folders that tell the year, if there are years."""
    write = pytest.importorskip("pyarrow.parquet").write_table
    folder = Path(_FOLDER.name) / str(next(_NUMBERS))
    table = lazy(data, kinds).collect()
    folders = "year" in kinds and None not in data["year"] and next(_NUMBERS) % 2
    for year in sorted(set(data["year"])) if folders else [None]:
        within = table if year is None else table.filter(table["year"] == year).drop("year")
        for start in range(0, within.height, 4):
            path = (folder if year is None else folder / f"year={year}") / f"{start:02}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            write(within[start : start + 4].to_arrow(), path, row_group_size=3)
    return ei.scan(folder / "**" / "*.parquet")


def in_one_file(data, kinds):
    """Return one Parquet file."""
    write = pytest.importorskip("pyarrow.parquet").write_table
    path = Path(_FOLDER.name) / f"{next(_NUMBERS)}.parquet"
    write(lazy(data, kinds).collect().to_arrow(), path, row_group_size=3)
    return ei.scan(path)


ENGINES = {
    "polars": lazy,
    "Parquet file": in_one_file,
    "Parquet files": parquet,
    "DuckDB": relation,
    "Ibis of DuckDB": ibis_of_duckdb,
    "PostgreSQL": "in_postgres",
    "Dask": "dask",
    "Spark": "spark",
    "Spark, ANSI off": "spark_without_ansi",
}
PLACED = {"polars", "Parquet file", "Parquet files", "DuckDB", "Ibis of DuckDB", "Dask"}


@pytest.fixture(params=list(ENGINES))
def engine(request):
    """Return the name of an engine, and what puts columns into it."""
    make = ENGINES[request.param]
    return request.param, request.getfixturevalue(make) if isinstance(make, str) else make


some = settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)


NO_YEAR = (
    {"id": [1, 2], "area": ["A", "  "], "year": [2020, 1700], "kind": ["zone", "other"], "since": [2021, 1900]}
    | {flag: [True, None] for flag in ("built", "running", "tested")},
    {"id": "int", "area": "text", "year": "int", "kind": "text", "since": "int"}
    | dict.fromkeys(["built", "running", "tested"], "bool"),
)
"""Of a row whose year is none it is not said that something was built after it."""

THRICE = ({"id": ["a", "b", "a", "a"], "built": [True, True, None, False]}, {"id": "text", "built": "bool"})
"""An id of three rows is listed twice where its rows are."""


def of_rows(outcome, files):
    """Return what is noted of files that are read row by row: of each it is said that it lacks a column."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ingest, "grouped", lambda *_: None)
        return outcome(files)[1]


@some
@example(table=NO_YEAR)
@example(table=THRICE)
@given(table=works())
def test_every_engine_gives_the_same_bits_and_the_same_problems(engine, table):
    data, kinds = table
    name, make = engine
    cells, problems = outcome(data)
    held = make(data, kinds)
    if name == "Parquet files":
        problems = of_rows(outcome, held)
    found, noted = outcome(held)
    assert found == cells
    assert told(noted, placed=name in PLACED) == told(problems, placed=name in PLACED)


@some
@given(table=works(wrong=False))
def test_right_records_are_grouped_by_the_engine(engine, table):
    """No more is asked of the engine than groups, ids and first blanks."""
    data, kinds = table
    _, make = engine
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ingest, "digest", None)
        cells, _ = outcome(make(data, kinds))
    assert cells == outcome(data)[0]


@settings(some, max_examples=4)
@given(table=works(wrong=False))
def test_so_are_records_of_too_many_patterns_to_look_their_kinds_up(engine, table):
    data, kinds = table
    _, make = engine
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ingest, "digest", None)
        patch.setattr(grouping, "_LOOKED_UP", 0)
        cells, _ = outcome(make(data, kinds))
    assert cells == outcome(data)[0]


few = settings(some, max_examples=6)
"""For tables of many columns, each query of which takes a cluster a second to think about."""


@few
@given(table=readings())
def test_so_do_readings_with_values(engine, table):
    data, kinds = table
    name, make = engine
    cells, problems = of_readings(lazy(data, kinds).collect())
    held = make(data, kinds)
    if name == "Parquet files":
        problems = of_rows(of_readings, held)
    found, noted = of_readings(held)
    assert found == cells
    assert told(noted, placed=False) == told(problems, placed=False)


@few
@given(table=readings(wrong=False))
def test_right_readings_are_grouped_by_the_engine(engine, table):
    data, kinds = table
    _, make = engine
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ingest, "digest", None)
        cells, _ = of_readings(make(data, kinds))
    assert cells == of_readings(lazy(data, kinds).collect())[0]


def test_a_table_without_rows_is_told_from_one_that_cannot_be_read(engine):
    name, make = engine
    if name == "Parquet files":
        pytest.skip("of no rows there are no files")
    kinds = {"id": "int", "area": "text", "year": "int", "kind": "text", "since": "int", "built": "bool"}
    data = {column: [] for column in kinds}
    assert outcome(make(data, kinds))[0] is not None
    with pytest.raises(ei.InvalidTable, match="has no rows"):
        ei.evaluate(PROGRAMME, {"works": make(data, kinds)}, year=2020)


def test_a_database_groups_a_table_of_which_no_key_came(in_postgres):
    data = {"id": [1, 2, 2], "built": [True, None, True]}
    with warnings.catch_warnings():
        warnings.simplefilter("error", ei.EngineWarning)
        _, problems = outcome(in_postgres(data, {"id": "int", "built": "bool"}))
    assert {problem.kind for problem in problems} == {"missing_column", "repeated_id"}


def test_a_database_is_given_what_is_in_memory_before_it_groups(in_postgres):
    ibis = pytest.importorskip("ibis", reason="needs the extra ibis")
    coded = {"id": [1, 2], "code": [7, 8], "built": [True, None]}
    kinds = {"id": "int", "code": "int", "built": "bool"}
    areas = ibis.memtable({"code": [7, 8], "area": ["Mỹ Tú", "Kế Sách"]})
    for table in (in_postgres(coded, kinds), ibis_of_duckdb(coded, kinds)):
        with warnings.catch_warnings():
            warnings.simplefilter("error", ei.EngineWarning)
            cells, _ = outcome(table.join(areas, "code").select("id", "area", "built"))
        assert cells == outcome({"id": [1, 2], "area": ["Mỹ Tú", "Kế Sách"], "built": [True, None]})[0]


def test_a_table_of_ibis_that_is_nowhere_is_a_sentence():
    ibis = pytest.importorskip("ibis", reason="needs the extra ibis")
    with pytest.raises(ei.UnreadableTable, match=r"the Ibis table.*cannot be read"):
        outcome(ibis.table({"id": "int64", "area": "string", "built": "boolean"}, name="nowhere"))
