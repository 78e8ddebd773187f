"""Files that are empty, of another kind or encoding, and several that are one table."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from sheets import HEADER, ROWS, RURAL, evaluated, lines, message, rows_with

import envindicators as ei
from envindicators.errors import UnreadableTable
from envindicators.programmes import soc_trang_2020


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_an_empty_file_is_refused(request: pytest.FixtureRequest, kind: str):
    """An empty file is refused, naming the file or the table, and says that nothing is in it."""
    files = request.getfixturevalue(kind)([] if kind == "excel" else "")
    with pytest.raises(ValueError, match=r"nước sạch\.csv|residents") as caught:
        evaluated(files)
    assert "empty" in str(caught.value) or "no rows" in str(caught.value) or "No columns" in str(caught.value)


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_a_file_with_a_header_only_is_refused(request: pytest.FixtureRequest, kind: str):
    """A header without rows is a table without rows."""
    assert "no rows" in message(request.getfixturevalue(kind)([HEADER] if kind == "excel" else lines([HEADER])))


@pytest.mark.parametrize("encoding", ["cp1258", "utf-16", "cp1252"])
@pytest.mark.parametrize("far", [0, 3000])
def test_another_encoding_is_refused(csv: Any, encoding: str, far: int):
    """A file that is not UTF-8 is refused, naming the file, what it should be, and never read as gibberish."""
    name = {"cp1258": "K\xea\u0301 Sa\u0301ch", "cp1252": "Mÿ Tú"}.get(encoding, "Mỹ Tú")
    rows = [HEADER, *([f"A{row}", *ROWS[1][1:]] for row in range(far)), [name, *ROWS[1][1:]]]
    with pytest.raises(UnreadableTable, match=r"nước sạch\.csv.*(?i:utf-8)"):
        evaluated(csv(lines(rows).encode(encoding)))


def test_something_else_under_the_name_of_a_workbook_is_refused(csv: Any):
    """A file that is no workbook is refused, naming it."""
    with pytest.raises(UnreadableTable, match=r"a\.xlsx"):
        evaluated(csv("area,persons\n", "a.xlsx"))


@pytest.mark.parametrize("name", ["a.doc", "a.docx", "a"])
def test_files_of_unknown_formats_are_refused(csv: Any, name: str):
    """A file of another format is refused when it is named."""
    with pytest.raises(UnreadableTable, match=rf"{name}.*\.xlsx"):
        csv("x", name)


def test_a_sheet_is_chosen_by_name_and_an_unknown_one_refused(excel: Any, tmp_path: Path):
    """sheet= takes a sheet by its name; an unknown one is refused, naming the file and the sheet."""
    excel([HEADER, *ROWS], "a.xlsx", "Sóc Trăng")
    assert evaluated(ei.scan(tmp_path / "a.xlsx", sheet="Sóc Trăng"))["rural_water"].tally == RURAL
    with pytest.raises(UnreadableTable, match=r"a\.xlsx.*Năm 2020"):
        evaluated(ei.scan(tmp_path / "a.xlsx", sheet="Năm 2020"))


def test_several_files_are_one_table(csv: Any, tmp_path: Path):
    """Files of one pattern are pieces of one table."""
    csv(lines([HEADER, *ROWS[:2]]), "a.csv")
    csv(lines([HEADER, *ROWS[2:]], ";", "\r\n"), "b.csv", "utf-8-sig")
    assert evaluated(ei.scan(tmp_path / "*.csv"))["rural_water"].tally == RURAL


def test_a_row_in_two_files_is_refused(csv: Any, tmp_path: Path):
    """What is a duplicate in one table is one across its files."""
    csv(lines([HEADER, *ROWS]), "a.csv")
    csv(lines([HEADER, *ROWS[2:]]), "b.csv")
    assert "Mỹ Tú" in message(ei.scan(tmp_path / "*.csv"))


def test_a_problem_in_one_of_several_files_names_the_file(csv: Any, tmp_path: Path):
    """Of several files the one that holds the wrong cell is named."""
    csv(lines([HEADER, *ROWS[:2]]), "a.csv")
    csv(lines([HEADER, *rows_with(3, "persons", -1)[2:]]), "b.csv")
    text = message(ei.scan(tmp_path / "*.csv"))
    assert "-1" in text
    assert "b.csv" in text
    assert "a.csv" not in text


def test_one_id_in_two_files_is_refused(csv: Any, tmp_path: Path):
    """In records the same id within a year is refused, also where it stands in two files of one table."""
    header = ["id", "area", "activity", "built", "clean_technology"]
    csv(lines([header, ["x", "A", "production", 2016, True], ["y", "A", "production", 2016, False]]), "a.csv")
    csv(lines([header, ["x", "A", "production", 2016, True]]), "b.csv")
    with pytest.raises(ei.InvalidTable, match="'x'"):
        evaluated(ei.scan(tmp_path / "*.csv"), "establishments")


def test_two_spellings_beside_another_error_in_another_file_are_refused(csv: Any, tmp_path: Path):
    """Problems of several files are reported together, and nothing but InvalidTable is raised."""
    csv(lines([HEADER, ROWS[0], ["kế sách", *ROWS[1][1:]]]), "a.csv")
    csv(lines([HEADER, *rows_with(3, "persons", -1)[2:]]), "b.csv")
    text = message(ei.scan(tmp_path / "*.csv"))
    assert "-1" in text
    assert "kế sách" in text


def test_a_file_of_several_whose_part_is_blank_fits_the_others(csv: Any, tmp_path: Path):
    """A file of several that has nothing in a column is read like the others."""
    csv(lines([HEADER, *ROWS[:2]]), "a.csv")
    csv(lines([HEADER, *([*row[:4], None] for row in ROWS[2:])]), "b.csv")
    assert evaluated(ei.scan(tmp_path / "*.csv"))["rural_water"].tally == ei.Tally(1500, 500, 4000)


def test_no_file_is_opened_by_a_bare_string(csv: Any, tmp_path: Path):
    """Files come in by scan, never as bare strings."""
    csv(lines([HEADER, *ROWS]), "a.csv")
    with pytest.raises(ei.InvalidTable, match="scan"):
        evaluated(str(tmp_path / "a.csv"))
    with pytest.raises(ei.InvalidTable, match="scan"):
        evaluated(tmp_path / "a.csv")


@pytest.mark.parametrize("address", ["s3://waste/*.parquet", Path("gs://waste/2020/a.csv"), "https://x.vn/a.parquet"])
def test_addresses_of_other_machines_are_for_engines(address):
    """It is said which function of an engine reads them, whose frame goes in as it is."""
    kind = "csv" if str(address).endswith("csv") else "parquet"
    with pytest.raises(ei.UnreadableTable, match=rf"polars\.scan_{kind}\('[a-z0-9]+://[a-z]") as refused:
        ei.scan(address)
    assert refused.value.kind == "elsewhere"


def test_an_engine_reads_what_is_elsewhere(tmp_path: Path):
    """DuckDB reads through fsspec, here from its memory, where a bucket would be."""
    duckdb, fsspec = pytest.importorskip("duckdb"), pytest.importorskip("fsspec")
    residents = ei.examples.soc_trang()["residents"]
    memory = fsspec.filesystem("memory")
    with memory.open("/bucket/residents.parquet", "wb") as file:
        file.write(_parquet(residents))
    with duckdb.connect() as connection:
        connection.register_filesystem(memory)
        given = connection.read_parquet("memory://bucket/residents.parquet")
        assert ei.evaluate(soc_trang_2020, {"residents": given}, year=2020, by="area") == ei.evaluate(
            soc_trang_2020, {"residents": residents}, year=2020, by="area"
        )


def _parquet(frame: Any) -> bytes:
    buffer = io.BytesIO()
    frame.to_parquet(buffer)
    return buffer.getvalue()


def test_no_file_is_an_error_at_once(tmp_path: Path):
    """A pattern that matches nothing raises when it is scanned."""
    with pytest.raises(FileNotFoundError, match="no file matches"):
        ei.scan(tmp_path / "*.csv")
