"""Engines and files that fail: a sentence that names the table, file or column, and no card."""

from __future__ import annotations

import re

import pytest
from works import PROGRAMME, lazy

import envindicators as ei

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::FutureWarning")

DATA = {"id": [1, 2], "area": ["A", "B"], "kind": ["zone", "other"], "built": [True, None]}
KINDS = {"id": "int", "area": "text", "kind": "text", "built": "bool"}


def evaluated(table):
    return ei.evaluate(PROGRAMME, {"works": table}, year=2020, by="area")


def test_a_lazy_plan_that_fails():
    pl = pytest.importorskip("polars")
    broken = lazy(DATA, KINDS).with_columns(built=pl.lit("yes").cast(pl.Int64))
    with pytest.raises(ei.UnreadableTable, match="the polars LazyFrame: cannot be read"):
        evaluated(broken)


def test_a_relation_that_fails():
    duckdb = pytest.importorskip("duckdb")
    broken = duckdb.sql("SELECT range AS id, 'zone' AS kind, CAST('yes' || range AS INTEGER) AS built FROM range(2)")
    with pytest.raises(ei.UnreadableTable, match="the DuckDB relation: cannot be read"):
        evaluated(broken)


def test_an_engine_that_cannot_group_says_so(monkeypatch):
    """Its rows are read one by one, which is warned of before they are, with what the engine says."""
    pl = pytest.importorskip("polars")
    monkeypatch.setattr(pl, "collect_all", None)
    with pytest.warns(ei.EngineWarning, match="works: the polars LazyFrame could not group it .*TypeError"):
        card = evaluated(lazy(DATA, KINDS))
    assert card == evaluated(DATA)


def test_nothing_is_left_in_a_database():
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as connection:
        connection.register("given", lazy(DATA, KINDS).collect().to_arrow())
        evaluated(connection.table("given"))
        assert connection.execute("SELECT table_name FROM duckdb_tables()").fetchall() == []


@pytest.fixture
def files(tmp_path):
    """Return what writes Parquet files, the second with its columns changed, and scans them."""
    write = pytest.importorskip("pyarrow.parquet").write_table

    def written(change):
        frame = lazy(DATA, KINDS).collect()
        write(frame.to_arrow(), tmp_path / "a.parquet")
        write(change(frame).to_arrow(), tmp_path / "b.parquet")
        return ei.scan(tmp_path / "*.parquet")

    return written


def test_a_column_missing_in_one_file(files):
    with pytest.raises(ei.InvalidTable, match=r"b\.parquet.*column 'kind'") as caught:
        evaluated(files(lambda frame: frame.drop("kind").with_columns(id=frame["id"] + 2)))
    assert "a.parquet" not in str(caught.value)


def test_text_where_a_flag_should_be_in_one_file(files):
    pl = pytest.importorskip("polars")
    with pytest.raises(ei.InvalidTable, match=r"b\.parquet, row 0, column 'built': 'yes'"):
        evaluated(files(lambda frame: frame.with_columns(built=pl.lit("yes"), id=pl.col("id") + 2)))


def test_flags_of_two_types_are_flags(files):
    pl = pytest.importorskip("polars")
    table = files(lambda frame: frame.with_columns(built=pl.col("built").cast(pl.Int8), id=pl.col("id") + 2))
    assert evaluated(table)["new"].tally.unplaced_satisfied == 2


def test_a_corrupt_file(files, tmp_path):
    table = files(lambda frame: frame)
    (tmp_path / "b.parquet").write_bytes((tmp_path / "b.parquet").read_bytes()[:-9])
    with pytest.raises(ei.UnreadableTable, match=r"b\.parquet: cannot be read as parquet"):
        evaluated(table)


def test_an_id_in_two_files(files):
    with pytest.raises(ei.InvalidTable, match=r"b\.parquet, row 0, column 'id': 1"):
        evaluated(files(lambda frame: frame))


def test_a_table_without_rights_is_named(postgres, in_postgres):
    table = in_postgres(DATA, KINDS)
    name = table.get_name()
    with postgres.con.cursor() as cursor:
        cursor.execute(f"DROP ROLE IF EXISTS clerk; CREATE ROLE clerk; REVOKE ALL ON {name} FROM clerk; SET ROLE clerk")
    postgres.con.commit()
    try:
        with pytest.raises(ei.UnreadableTable, match=rf"the Ibis table '{name}': cannot be read .*permission denied"):
            evaluated(table)
    finally:
        with postgres.con.cursor() as cursor:
            cursor.execute("RESET ROLE")
        postgres.con.commit()


def test_a_lost_connection_names_the_table(postgres, in_postgres):
    import ibis

    name = in_postgres(DATA, KINDS).get_name()
    other = ibis.postgres.connect(host=postgres.con.info.host, user="postgres", database="postgres")
    table = other.table(name)
    with postgres.con.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [other.con.info.backend_pid])
    postgres.con.commit()
    with pytest.raises(ei.UnreadableTable, match=f"the Ibis table '{name}': cannot be read"):
        evaluated(table)


def test_no_rows_leave_the_database(in_postgres, monkeypatch):
    """Of ten thousand records come back groups, spans of ids and the first blanks."""
    size = 10_000
    data = {
        "id": [*range(size)],
        "area": ["A", "B"] * (size // 2),
        "kind": ["zone", "other", None, "cluster"] * (size // 4),
        "built": [True, False, None, True, True] * (size // 5),
    }
    table = in_postgres(data, KINDS)
    handed: list[int] = []
    queries: list[str] = []
    compiled = type(table).to_pyarrow

    def watched(self, *given, **options):
        found = compiled(self, *given, **options)
        handed.append(found.num_rows)
        queries.append(re.sub(r"\s+", " ", str(self.compile())))
        return found

    monkeypatch.setattr(type(table), "to_pyarrow", watched)
    monkeypatch.setattr(type(table), "to_pyarrow_batches", None)
    card = evaluated(table)
    assert card == evaluated(data)
    assert all("GROUP BY" in query or "LIMIT" in query for query in queries)
    assert sum(handed) < 2_500
