"""The command line speaks of files, sheets and options, in both languages, and no Python."""

from __future__ import annotations

import re

import pytest
from typed import workbook

import envindicators as ei
from envindicators.programmes import soc_trang_2020
from envindicators.report.terminal import text_width

pytestmark = pytest.mark.usefixtures("home")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_all_duties_are_listed(run, lang):
    code, out, _ = run("duties", "--lang", lang)
    assert code == 0
    said = " ".join(out.split())
    for duty in soc_trang_2020.duties:
        assert f"{duty.key} [{duty.clause.place.in_(lang)}] (" in said
    assert ("59 nhiệm vụ, trong đó 4 nhiệm vụ đo được." if lang == "vi" else "59 duties, 4 measurable.") in said
    assert "2018" in said


def test_other_sheets_are_named_and_can_be_chosen(run, home):
    header = ["area", "settlement", "persons", "hygienic_water"]
    workbook(
        home / "r.xlsx", first=[header, ["A", "rural", 400, 390]], second=[header, ["A", "rural", 400, 400]], bare=[]
    )
    base = ("evaluate", "--residents", "r.xlsx", "--year", 2020, "--explain", "rural_water")
    code, out, err = run(*base, "--lang", "vi")
    assert code == 0
    assert "390 / 400 người = 97,5%" in out
    said = " ".join(err.split())
    assert "chỉ đọc trang tính 'first'; các trang tính khác cũng có số liệu: 'second'" in said
    for sheet in ("second", "2", "residents=second"):
        assert "400 / 400 people = 100%" in run(*base, "--sheet", sheet)[1]
    code, _, err = run(*base, "--sheet", "third", "--lang", "vi")
    assert (code, "không có trang tính 'third'" in err) == (3, True)
    code, _, err = run(*base, "--sheet", "9")
    assert (code, "has only 3 sheets" in err) == (3, True)
    code, _, err = run(*base, "--sheet", "bare", "--lang", "vi")
    assert code == 3
    assert "không có dữ liệu; các trang tính có số liệu: 'first', 'second'" in " ".join(err.split())
    workbook(home / "y.xlsx", **{"2020": [header, ["A", "rural", 400, 380]], "1": [header, ["A", "rural", 400, 400]]})
    assert "400 / 400" in run("evaluate", "--residents", "y.xlsx", *base[3:], "--sheet", "1")[1]


def test_rows_are_those_of_the_spreadsheet_and_parquet_counts_from_0(run, home):
    rows = "area,settlement,persons,hygienic_water\nA,rural,10,5\nA,rural,10,5\nB,rural,-1,\n"
    (home / "r.csv").write_text(rows, encoding="utf-8")
    code, _, err = run("evaluate", "--residents", "r.csv", "--year", 2020)
    assert code == 1
    assert "residents, row 4, column 'persons': -1" in err
    (home / "r.csv").write_text(rows.replace("-1", "1"), encoding="utf-8")
    err = run("evaluate", "--residents", "r.csv", "--year", 2020)[2]
    assert "residents, row 3: " in err
    assert "row 2 has the same key" in " ".join(err.split())
    vietnamese = " ".join(run("evaluate", "--residents", "r.csv", "--year", 2020, "--lang", "vi")[2].split())
    assert "chỉ được có một dòng cho năm 2020, địa bàn 'A', settlement 'rural'; dòng 2 trùng khoá" in vietnamese
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    pandas.DataFrame({"settlement": ["rural", "rural"], "area": ["A", "B"], "persons": [1, -1],
                      "hygienic_water": [1, 1]}).to_parquet(home / "r.parquet")  # fmt: skip
    err = run("evaluate", "--residents", "r.parquet", "--year", 2020)[2]
    assert "row 1, column 'persons'" in err


PYTHON = re.compile(r"\b(year|by|totals|layout|expected)=|\{[\"']")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    ("rows", "arguments", "said"),
    [
        ("A,rural,2020,10,5\nB,rural,2020,10,5\nTổng cộng,rural,2020,20,10", (), "--totals keep"),
        ("A,rural,2020,10,5\nA,rural,2021,10,5", (), "--by year"),
        ("A,rural,2020,10,1\nA,urban,2020,1,0", (), "--layout residents=counts"),
        ("A,rural,2020,10,5", ("--by", "settlement"), "--by"),
        ("A,rural,2020,10,5", ("--by", "area", "area"), "--by"),
        ("A,rural,2020,10,5", ("--by", "are"), "--by"),
    ],
)
def test_the_command_line_does_not_speak_python(run, home, rows, arguments, said, lang):
    (home / "r.csv").write_text(f"area,settlement,year,persons,hygienic_water\n{rows}\n", encoding="utf-8")
    for command in ("evaluate", "check"):
        _, out, err = run(command, "--residents", "r.csv", *arguments, "--lang", lang)
        told = " ".join((out + err).split())
        assert said in told
        assert not PYTHON.search(told)


def test_a_folder_is_said_to_be_one(run, home):
    (home / "nước").mkdir()
    (home / "nước" / "a.xlsx").write_text("", encoding="utf-8")
    code, _, err = run("evaluate", "--residents", "nước", "--lang", "vi")
    assert (code, "là thư mục" in err, "*.xlsx" in err) == (3, True, True)
    with pytest.raises(ei.UnreadableTable, match=r"is a folder; for the files in it say '.*\*\.xlsx'"):
        ei.scan("nước")


def test_help_is_vietnamese_throughout(run):
    for command in ((), ("evaluate",), ("check",), ("explain",), ("columns",), ("template",), ("duties",)):
        out = run(*command, "--help", "--lang", "vi")[1] if command else run("--lang", "vi", "--help")[1]
        assert out.startswith("cách dùng: ")
        for english in ("usage", "options", "show this", "FILE", "positional"):
            assert english not in out


@pytest.mark.parametrize("columns", ["20", "40"])
def test_narrow_terminals_get_narrow_lines(run, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    _, out, err = run("--lang", "vi")
    for line in (out + err).splitlines():
        assert text_width(line) <= int(columns) or "python -m" in line, line


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("evaluate", "--help"),
        ("explain", "--help"),
        ("columns",),
        ("duties",),
        ("evaluat",),
        ("evaluate",),
    ],
)
def test_help_columns_and_errors_fit_a_narrow_terminal(run, monkeypatch, arguments, lang):
    monkeypatch.setenv("COLUMNS", "40")
    _, out, err = run(*arguments, "--lang", lang)
    assert [line for line in (out + err).splitlines() if text_width(line) > 40] == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_many_groups_are_found_where_someone_who_typed_a_command_can_look(run, home, lang):
    rows = "".join(f"A{place},rural,2020,10,5\n" for place in range(40))
    (home / "r.csv").write_text(f"area,settlement,year,persons,hygienic_water\n{rows}", encoding="utf-8")
    out = run("evaluate", "--residents", "r.csv", "--by", "area", "--html", "o.html", "--lang", lang)[1]
    for told in (out, (home / "o.html").read_text(encoding="utf-8")):
        assert "--json" in told
        assert "to_frame" not in told


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_report_gives_no_advice_on_python(run, home, lang):
    pytest.importorskip("matplotlib")
    rows = "".join(f"A{place},rural,2020,10,5\n" for place in range(40))
    rows += "Tổng cộng,rural,2020,400,200\nB,rural,2019,10,5\n"
    (home / "r.csv").write_text(f"area,settlement,year,persons,hygienic_water\n{rows}", encoding="utf-8")
    base = ("evaluate", "--residents", "r.csv", "--year", 2020, "--by", "area", "--totals", "drop", "--lang", lang)
    assert run(*base, "--report", "r.html")[0] == 0
    page = (home / "r.html").read_text(encoding="utf-8")
    assert "Tổng cộng" in page
    assert not re.search(r"Form\(|to_frame|\b(totals|expected|by)=(?!\")", page)
