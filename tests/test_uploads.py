"""The content of a file is read as the file is; nothing that is said of it shows where it was put aside."""

import gc
import io
import json
import pickle
import tempfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import envindicators as ei
from envindicators.programmes import soc_trang_2020

ROWS = [
    {"area": "Mỹ Tú", "settlement": "rural", "persons": 1000, "hygienic_water": 985},
    {"area": "Kế Sách", "settlement": "rural", "persons": 500, "hygienic_water": None},
]


def csv(rows=ROWS):
    lines = [
        ",".join("" if value is None else str(value) for value in row)
        for row in [list(rows[0]), *map(dict.values, rows)]
    ]
    return "\n".join(lines).encode()


def excel(rows=ROWS):
    book = openpyxl.Workbook()
    for row in [list(rows[0]), *(list(row.values()) for row in rows)]:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def parquet(rows=ROWS):
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), file)
    return file.getvalue()


FORMATS = {"nước.csv": csv, "nước.xlsx": excel, "nước.parquet": parquet}
EXPECTED = ei.evaluate(soc_trang_2020, {"residents": ROWS}, year=2020, by="area")


def card_of(table):
    return ei.evaluate(soc_trang_2020, {"residents": table}, year=2020, by="area")


@pytest.fixture(autouse=True)
def aside(tmp_path, monkeypatch):
    """Put files aside in a folder of the test."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("name", FORMATS)
def test_content_is_read_as_rows_are(name, aside):
    """Bytes, a view of them, an open file, and a file that knows its name; and nothing stays behind."""
    content = FORMATS[name]()
    file = io.BytesIO(content)
    file.name = f"C:\\Users\\office\\{name}"
    for given in (content, bytearray(content), memoryview(content), io.BytesIO(content), file):
        table = ei.scan(given) if given is file else ei.scan(given, name=f"/home/office/{name}")
        assert card_of(table) == EXPECTED
        assert card_of(table) == EXPECTED, "read again"
        assert name in repr(table)
    del table
    gc.collect()
    assert list(aside.iterdir()) == []


@pytest.mark.parametrize("name", FORMATS)
def test_so_it_is_with_a_form(name):
    rows = [{"Huyện": row["area"], "Dân": row["persons"], "Nước": row["hygienic_water"]} for row in ROWS]
    form = ei.Form(
        columns={"area": "Huyện", "persons": "Dân", "hygienic_water": "Nước", "settlement": ei.always("rural")}
    )
    assert list(card_of(ei.scan(FORMATS[name](rows), name=name, form=form))) == list(EXPECTED)


BROKEN = {
    "empty.csv": b"",
    "binary.csv": bytes(range(256)) * 10,
    "ragged.csv": b"area,persons\nA,1,2,3\n",
    "quotes.csv": b'area,settlement,persons\nA,"rural,1\n' + b"x,y,1\n" * 40_000,
    "empty.xlsx": b"",
    "zip.xlsx": b"PK\x03\x04 not a zip",
    "cut.xlsx": excel()[:-300],
    "word.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "cut.ods": b"PK\x05\x06" + b"\0" * 18,
    "empty.parquet": b"",
    "cut.parquet": parquet()[:-20],
    "torn.parquet": parquet()[:40] + b"\0" * 300 + parquet()[340:],
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_is_called_by_its_name_alone(name, aside):
    """In the message, in both languages, and in what a program asks of the error."""
    with pytest.raises((ei.UnreadableTable, ei.InvalidTable)) as refused:
        card_of(ei.scan(BROKEN[name], name=name))
    told = [refused.value.in_(lang) for lang in ("en", "vi")]
    told.append(str(pickle.loads(pickle.dumps(refused.value))))
    assert not any(str(aside) in text or "envindicators-" in text for text in told)
    if isinstance(refused.value, ei.UnreadableTable):
        assert all(name in text for text in told)
        assert refused.value.source == name
        assert refused.value.kind in ei.UnreadableTable.__doc__


def test_problems_of_sheets_are_called_by_their_name_alone(aside):
    """Of several sheets a problem says which, by the name of the file."""
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("b")):
        sheet.append(["area", "settlement", "persons", "hygienic_water"])
        sheet.append([f"A {sheet.title}", "rurl", 3, 3])
    file = io.BytesIO()
    book.save(file)
    form = ei.Form(sheet=["Sheet", "b"])
    problems = ei.check(soc_trang_2020, {"residents": ei.scan(file.getvalue(), name="nước.xlsx", form=form)}, year=2020)
    wrong = [problem for problem in problems if problem.kind == "category_value"]
    assert {problem.source for problem in wrong} == {"nước.xlsx [Sheet]", "nước.xlsx [b]"}
    assert str(aside) not in str(problems)


def test_what_is_no_content_is_refused(aside):
    with pytest.raises(TypeError, match="without a name"):
        ei.scan(csv())
    with pytest.raises(TypeError, match="open for bytes"):
        ei.scan(io.StringIO("area\n"), name="a.csv")
    with pytest.raises(ei.UnreadableTable, match=r"a\.exe: expected a name that ends in") as refused:
        ei.scan(csv(), name="../../a.exe")
    assert (refused.value.kind, refused.value.source) == ("format", "a.exe")
    with pytest.raises(ei.OptionError, match="a name is for the content of a file"):
        ei.scan("a.csv", name="b.csv")
    gc.collect()
    assert not any(Path(aside).rglob("*.exe"))


@pytest.mark.parametrize("first_row", [None, 2])
def test_a_problem_is_plain_data(first_row):
    """Whatever its value is; the number of its row is as it is asked for."""
    values = [-1, 2.5, float("nan"), "x" * 5000, {"a": 1}, [1], b"x", None]
    for value in values:
        rows = [{"settlement": "rural", "persons": value, "hygienic_water": 3}]
        for problem in ei.check(soc_trang_2020, {"residents": rows}, year=2020):
            data = problem.to_dict("vi", first_row=first_row)
            assert json.loads(json.dumps(data, allow_nan=False)) == data
            if problem.row is not None:
                assert data["row_number"] == problem.row + (first_row or 0)
                assert f"dòng {data['row_number']}" in data["text"]
            assert data["text"].endswith(data["expected"])
