"""The command line: what it prints, writes and leaves behind, and that it never traces back."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
import warnings

import pytest
from cards import evaluated, example
from hypothesis import given
from hypothesis import strategies as st

import envindicators as ei
from envindicators.cli import main
from envindicators.programmes import soc_trang_2020
from envindicators.report import words
from envindicators.report.plain import carried
from envindicators.report.terminal import card_text, text_width

RESIDENTS = (
    "area;settlement;year;persons;hygienic_water\n"
    "Mỹ Tú;rural;2020;400;390\n"
    "Mỹ Tú;urban;2020;100;100\n"
    "Kế Sách;rural;2020;600;\n"
    "Kế Sách;urban;2020;50;50\n"
)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


@pytest.fixture
def residents(home):
    path = home / "dân cư.csv"
    path.write_text(RESIDENTS, encoding="utf-8-sig")
    return str(path)


@pytest.fixture
def run(capsys):
    def command(*arguments):
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return command


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_without_a_command_it_shows_the_example(run, lang):
    code, out, err = run("--lang", lang)
    assert code == 0
    assert card_text(example(lang), 100) in out
    assert ei.examples.MADE_UP.in_(lang) in " ".join(out.split())
    assert "python -m envindicators evaluate" in out
    assert "Trần Đề" in err
    assert "Warning" not in err


def test_version(run):
    assert run("--version")[:2] == (0, f"envindicators {ei.__version__}\n")


def test_help_in_both_languages(run):
    for table in soc_trang_2020.tables:
        assert f"--{table.replace('_', '-')} FILE" in run("evaluate", "--help")[1]
    assert "năm báo cáo" in run("check", "--lang", "vi", "--help")[1]


def test_csv_with_a_mark_of_order_and_semicolons(run, residents):
    code, out, err = run("evaluate", "--residents", residents, "--year", "2020", "--by", "area", "--lang", "vi")
    assert (code, err) == (0, "")
    names, *rows = [line.split(";") for line in RESIDENTS.splitlines()]
    table = [dict(zip(names, row, strict=True)) for row in rows]
    for row in table:
        row.update({key: int(row[key]) if row[key] else None for key in ("year", "persons", "hygienic_water")})
    card = evaluated(soc_trang_2020, {"residents": table}, year=2020, by="area", lang="vi")
    assert out == card_text(card, 100) + "\n"


def test_excel_units_and_a_pattern(run, home):
    pytest.importorskip("openpyxl")
    import pandas as pd

    (home / "waste").mkdir()
    for area in ("A", "B"):
        pd.DataFrame(
            {
                "area": [area],
                "stream": ["medical"],
                "generated": [1.5],
                "collected": [1.5],
                "treated_to_standard": [1.2],
            }
        ).to_excel(home / "waste" / f"{area}.xlsx", index=False)
    code, out, _ = run(
        "evaluate", "--waste", "waste/*.xlsx", "--units", "waste=tonne", "--year", 2020, "--explain", "medical_waste"
    )
    assert code == 0
    assert "2,400 / 3,000 kg = 80%" in out
    named = run("evaluate", "--waste", "waste/A.xlsx", "waste/B.xlsx", "--units", "waste=tonne", "--year", 2020)
    assert named[1] in out


def test_html_and_json_are_written(run, residents, home):
    code, _, _ = run(
        "evaluate", "--residents", residents, "--year", 2020, "--by", "area", "--html", "o.html", "--json", "o.json",
        "--lang", "vi",
    )  # fmt: skip
    assert code == 0
    page = (home / "o.html").read_text(encoding="utf-8")
    assert page.startswith('<!doctype html>\n<html lang="vi">')
    assert "Kế Sách" in page
    result = json.loads((home / "o.json").read_text(encoding="utf-8"))
    assert {key: result[key] for key in ("envindicators", "lang", "programme", "by")} == {
        "envindicators": ei.__version__, "lang": "vi", "programme": "soc_trang_2020", "by": ["area"],
    }  # fmt: skip
    (year,) = result["years"]
    assert (year["year"], year["verdict"]) == (2020, "UNDETERMINED")
    assert sum(year["counts"].values()) == 7
    assert [group["group"] for group in year["groups"]] == [{"area": "Kế Sách"}, {"area": "Mỹ Tú"}]
    target = year["targets"][1]
    clause = soc_trang_2020.target("rural_water").clause
    assert {key: target[key] for key in ("target", "name", "section", "quote", "deadline", "due", "verdict")} == {
        "target": "rural_water", "name": "Dân cư nông thôn được sử dụng nước sinh hoạt hợp vệ sinh",
        "section": clause.section, "quote": clause.quote, "deadline": 2020, "due": True, "verdict": "UNDETERMINED",
    }  # fmt: skip
    (judged,) = target["requirements"]
    assert judged["tally"] == {
        "satisfied": 390, "failed": 10, "unknown": 600,
        "unplaced_satisfied": 0, "unplaced_failed": 0, "unplaced_unknown": 0,
    }  # fmt: skip
    assert all(type(count) is int for count in judged["tally"].values())
    assert judged["threshold"] == {"direction": "at_least", "share": 0.98, "text": "≥ 98%"}
    assert judged["share"] == {"lower": 0.39, "upper": 0.99, "text": "39%–99%"}
    assert judged["shortfall"] == {"lower": 0, "upper": 590}
    assert [reading["reading"] for reading in target["readings"]] == ["persons", "households"]
    assert {"what": "table", "name": None, "year": None} in result["missing"]["waste"]
    assert any(each["kind"] == "blank_part" and each["row"] == 2 for each in result["problems"])
    assert [review["year"] for review in result["reviews"]] == [2018, 2020]
    assert year["duties"] == []


def test_json_alone_on_the_standard_output(run, residents, home):
    base = ("evaluate", "--residents", residents, "--year", 2020, "--lang", "vi", "--explain", "rural_water")
    code, out, _ = run(*base, "--json", "-")
    assert code == 0
    result = json.loads(out)
    (told,) = result["explanations"]["rural_water"]
    assert told[0]["heading"] == "Kết luận"
    assert run(*base, "--json", "o.json")[0] == 0
    assert json.loads((home / "o.json").read_text(encoding="utf-8")) == result


def test_measured_duties_stand_in_the_card_and_in_the_json(run, home):
    (home / "d.csv").write_text("area,dischargers,monitoring_device\nA,76,68\n", encoding="utf-8")
    base = ("evaluate", "--dischargers", "d.csv", "--year", 2020, "--lang", "vi")
    out = run(*base)[1]
    assert "89,47%; văn bản không cho phép ngoại lệ" in " ".join(out.split())
    (duty,) = json.loads(run(*base, "--json", "-")[1])["years"][0]["duties"]
    assert (duty["duty"], duty["admits_no_exception"], duty["tally"]["satisfied"]) == ("discharge_monitoring", True, 68)
    assert "verdict" not in duty


def test_a_page_holds_the_source_and_the_explanations(run, residents, home):
    arguments = ("--year", 2020, "--html", "o.html", "--explain", "rural_water", "--lang", "vi")
    assert run("evaluate", "--residents", residents, *arguments)[0] == 0
    page = (home / "o.html").read_text(encoding="utf-8")
    assert "Nguồn: Nghị quyết của Ban Chấp hành Đảng bộ tỉnh số 12-NQ/TU, ngày 15/3/2017" in page
    assert "<strong>Điều khoản</strong>" in page
    assert ">2. Dân cư nông thôn" in page


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_columns_and_templates_of_every_table(run, home, lang):
    every = run("columns", "--lang", lang)[1]
    for key, table in soc_trang_2020.tables.items():
        code, out, err = run("columns", key.replace("_", "-"), "--lang", lang)
        assert (code, err) == (0, "")
        assert out.strip() in every
        for column in ("area", "year", *table.columns):
            assert any(line.startswith(f"{column} ") for line in out.splitlines())
        for category in table.categories:
            for value, name in zip(category.values, category.value_names, strict=True):
                assert f"{value} " in out
                assert name.vi in out
        code, out, _ = run("template", key, "--lang", lang)
        assert code == 0
        assert out.startswith("\ufeff")
        assert out.count("\n") == 1
        names = out.strip("\ufeff\r\n").split(",")
        assert set(names) - {"area", "year", table.id} <= set(table.columns)
        assert run("template", key, "--out", "t.csv")[:2] == (0, "")
        assert (home / "t.csv").read_bytes() == out.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    counts = run("template", "establishments", "--layout", "counts")[1]
    assert "establishments" in counts.split(",")
    assert "id" not in counts.split(",")
    code, _, err = run("template", "waste", "--layout", "records", "--lang", lang)
    assert (code, err.startswith("lỗi: " if lang == "vi" else "error: ")) == (2, True)
    code, _, err = run("columns", "wast", "--lang", lang)
    assert (code, "'waste'?" in err) == (2, True)


def test_a_filled_template_is_evaluated(run, home):
    heading = run("template", "residents")[1].rstrip()
    (home / "r.csv").write_text(f"{heading}\nA,2020,rural,400,390\n", encoding="utf-8")
    assert "97.5%" in run("evaluate", "--residents", "r.csv", "--year", 2020)[1]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_all_duties_are_listed(run, lang):
    code, out, _ = run("duties", "--lang", lang)
    assert code == 0
    said = " ".join(out.split())
    for duty in soc_trang_2020.duties:
        assert f"[{duty.clause.section}] {duty.key} (" in said
    assert ("59 nhiệm vụ, 4 nhiệm vụ đo được." if lang == "vi" else "59 duties, 4 measurable.") in said
    assert "2018" in said


def workbook(path, **sheets):
    book = pytest.importorskip("openpyxl").Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(path)


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
    assert "không có gì; các trang tính có số liệu: 'first', 'second'" in " ".join(err.split())
    workbook(home / "y.xlsx", **{"2020": [header, ["A", "rural", 400, 380]], "1": [header, ["A", "rural", 400, 400]]})
    assert "400 / 400" in run("evaluate", "--residents", "y.xlsx", *base[3:], "--sheet", "1")[1]


def test_rows_are_those_of_the_spreadsheet_and_parquet_counts_from_0(run, home):
    rows = "area,settlement,persons,hygienic_water\nA,rural,10,5\nA,rural,10,5\nB,rural,-1,\n"
    (home / "r.csv").write_text(rows, encoding="utf-8")
    code, _, err = run("evaluate", "--residents", "r.csv", "--year", 2020)
    assert code == 1
    assert "residents, row 4, column 'persons': -1" in err
    assert "counted from 0" not in err
    (home / "r.csv").write_text(rows.replace("-1", "1"), encoding="utf-8")
    err = run("evaluate", "--residents", "r.csv", "--year", 2020)[2]
    assert "residents, row 3: " in err
    assert "row 2 has the same key" in err
    vietnamese = " ".join(run("evaluate", "--residents", "r.csv", "--year", 2020, "--lang", "vi")[2].split())
    assert "chỉ được có một dòng cho năm 2020, địa bàn 'A', settlement 'rural'; dòng 2 trùng khoá" in vietnamese
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    pandas.DataFrame({"settlement": ["rural", "rural"], "area": ["A", "B"], "persons": [1, -1],
                      "hygienic_water": [1, 1]}).to_parquet(home / "r.parquet")  # fmt: skip
    err = run("evaluate", "--residents", "r.parquet", "--year", 2020)[2]
    assert "row 1, column 'persons'" in err
    assert "(rows of Parquet files are counted from 0)" in err


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
    for command in ((), ("evaluate",), ("check",), ("columns",), ("template",), ("duties",)):
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
def test_a_report_is_written(run, residents, home, lang):
    pytest.importorskip("matplotlib")
    base = ("evaluate", "--residents", residents, "--year", 2020, "--by", "area", "--lang", lang)
    assert run(*base, "--report", "báo cáo.html")[0] == 0
    page = (home / "báo cáo.html").read_text(encoding="utf-8")
    assert page.startswith(f'<!doctype html>\n<html lang="{lang}">')
    assert ("NGƯỜI LẬP BIỂU" if lang == "vi" else "Prepared by") in page
    code, out, err = run(*base, "--report", "no/where.html")
    assert (code, out) == (3, "")
    assert "no/where.html" in err
    assert ("để nộp" if lang == "vi" else "to hand in") in run("evaluate", "--help", "--lang", lang)[1]


def test_a_report_without_matplotlib(run, residents, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    code, out, err = run("evaluate", "--residents", residents, "--year", 2020, "--report", "r.html", "--lang", "vi")
    assert (code, out) == (3, "")
    assert err.startswith("lỗi: thiếu gói phần mềm: ")
    assert "envindicators[plot]" in err


def test_several_years(run, home):
    (home / "r.csv").write_text(
        "area,settlement,year,persons,hygienic_water\nA,rural,2019,10,5\nA,rural,2020,10,10\n", encoding="utf-8"
    )
    code, out, _ = run(
        "evaluate", "--residents", "r.csv", "--by", "area", "year", "--json", "o.json", "--explain", "rural_water"
    )
    assert code == 0
    assert "Rural residents using hygienic domestic water, 2019: not yet met." in out
    assert "Rural residents using hygienic domestic water, 2020: exceeded." in out
    result = json.loads((home / "o.json").read_text(encoding="utf-8"))
    assert [each["year"] for each in result["years"]] == [2019, 2020]
    assert [each["targets"][1]["due"] for each in result["years"]] == [False, True]
    assert {tuple(each) for each in result["years"]} == {tuple(result["years"][0])}
    assert result["years"][0]["groups"][0]["group"] == {"area": "A", "year": 2019}
    assert run("evaluate", "--residents", "r.csv", "--by", "area,year")[1] in out


def test_expected_areas_from_a_list_and_from_a_table(run, residents, home):
    (home / "areas.txt").write_text("Mỹ Tú\nKế Sách\nLong Phú\n", encoding="utf-8-sig")
    (home / "areas.csv").write_text("area;note\nMỹ Tú;a\nKế Sách;b\nLong Phú;c\n", encoding="utf-8")
    outs = [
        run("evaluate", "--residents", residents, "--year", 2020, "--by", "area", "--expected", name)
        for name in ("areas.txt", "areas.csv")
    ]
    assert outs[0] == outs[1]
    assert outs[0][0] == 0
    assert "Long Phú" in outs[0][1]
    (home / "no.csv").write_text("name\nA\n", encoding="utf-8")
    code, _, err = run("evaluate", "--residents", residents, "--year", 2020, "--expected", "no.csv", "--lang", "vi")
    assert (code, "không có danh sách địa bàn" in err) == (3, True)


def test_another_reading_first(run, home):
    (home / "w.csv").write_text(
        "stream,generated,collected,treated_to_standard\nrural,100,100,90\ncraft_village,10,10,1\n", encoding="utf-8"
    )
    first = run("evaluate", "--waste", "w.csv", "--year", 2020)[1]
    other = run("evaluate", "--waste", "w.csv", "--year", 2020, "--readings", "rural_waste=each_stream")[1]
    assert "▲* exceeded" in first
    assert "✗* not met" in other


def test_rows_that_look_like_totals(run, home):
    (home / "r.csv").write_text(
        "area,settlement,persons,hygienic_water\nA,rural,10,5\nB,rural,10,5\nTổng cộng,rural,20,10\n", encoding="utf-8"
    )
    base = ("evaluate", "--residents", "r.csv", "--year", 2020, "--explain", "rural_water")
    code, _, err = run(*base)
    assert (code, "looks like a total" in err) == (1, True)
    assert "10 / 20 people = 50%" in run(*base, "--totals", "drop")[1]
    assert "20 / 40 people = 50%" in run(*base, "--totals", "residents=keep")[1]


def test_layout(run, home):
    (home / "r.csv").write_text("settlement,persons,hygienic_water\nrural,10,1\nurban,1,0\n", encoding="utf-8")
    base = ("evaluate", "--residents", "r.csv", "--year", 2020, "--explain", "rural_water")
    assert run(*base)[0] == 1
    assert "1 / 10 people = 10%" in run(*base, "--layout", "residents=counts")[1]
    assert "10 / 10 people = 100%" in run(*base, "--layout", "residents=weighted")[1]


# what is wrong


@pytest.mark.parametrize(
    ("arguments", "vi", "en"),
    [
        (["--foo"], "không có tham số --foo", "unrecognized arguments: --foo"),
        (["--year", "x"], "--year cần một số nguyên, không phải 'x'", "--year takes a whole number, not 'x'"),
        (["--year"], "--year cần một giá trị", "--year needs a value"),
        (["--year", "20"], "--year cần một năm từ 1900 đến 2100", "--year takes a year from 1900 to 2100"),
        (["--units", "tonne"], "--units cần dạng tên=giá trị", "--units takes name=value"),
        (["--units", "wast=tonne"], "có phải là 'waste'?", "did you mean 'waste'?"),
        (["--layout", "waste=count"], "có phải là 'counts'?", "did you mean 'counts'?"),
        (["--totals", "dro"], "có phải là 'drop'?", "did you mean 'drop'?"),
        (["--totals", "waste=dro"], "có phải là 'drop'?", "did you mean 'drop'?"),
        (["--readings", "urban_wast=pooled"], "có phải là 'urban_waste'?", "did you mean 'urban_waste'?"),
        (["--readings", "urban_waste=pool"], "--readings: không có 'pool'", "--readings: there is no 'pool'"),
        (["--readings", "urban_waste=of_collected"], "chỉ để đối chiếu", "decides nothing"),
        (["--explain", "water"], "--explain: không có 'water'", "--explain: there is no 'water'"),
    ],
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_wrong_command_line(run, residents, arguments, vi, en, lang):
    code, out, err = run("evaluate", "--residents", residents, "--lang", lang, *arguments)
    assert (code, out) == (2, "")
    assert (vi if lang == "vi" else en) in err
    assert err.startswith("lỗi: " if lang == "vi" else "error: ")


def test_a_wrong_command_and_no_tables(run):
    code, _, err = run("evaluat", "--lang=vi")
    assert code == 2
    assert err.splitlines() == [
        "lỗi: LỆNH: không có 'evaluat'; chỉ có 'evaluate', 'check', 'columns', 'template', 'duties'",
        "Xem cách dùng: python -m envindicators --help",
    ]
    code, _, err = run("evaluate")
    assert code == 2
    assert "--environmental-files" in err


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_files_that_are_not_there_or_cannot_be_read(run, home, residents, lang):
    (home / "bad.csv").write_bytes(b"a,b\n\xff\xfe,1\n")
    (home / "bad.xlsx").write_text("no workbook", encoding="utf-8")
    (home / "a.doc").write_text("x", encoding="utf-8")
    for name in ("nothing.csv", "bad.csv", "bad.xlsx", "a.doc"):
        for command in ("evaluate", "check"):
            code, out, err = run(command, "--residents", name, "--lang", lang)
            assert (code, out) == (3, "")
            assert err.startswith("lỗi: " if lang == "vi" else "error: ")
            assert name in err
    code, out, err = run(
        "evaluate", "--residents", residents, "--year", 2020, "--html", "no/where.html", "--lang", lang
    )
    assert (code, out) == (3, "")
    assert "no/where.html" in err
    assert run("evaluate", "--residents", residents, "--expected", "nothing.txt", "--lang", lang)[0] == 3


def test_a_missing_package(run, home, monkeypatch):
    (home / "a.xlsx").write_text("", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    code, _, err = run("evaluate", "--residents", "a.xlsx", "--lang", "vi")
    assert code == 3
    assert err.startswith("lỗi: thiếu gói phần mềm: ")
    assert "envindicators[excel]" in err


BAD = "area,settlement,year,persons,hygienic_water\nA,rurl,2020,10,5\nA,urban,2020,-1,\nB,urban,2020,5,6\n"


def test_errors_in_the_data_come_all_at_once(run, home):
    (home / "bad.csv").write_text(BAD, encoding="utf-8")
    code, out, err = run("evaluate", "--residents", "bad.csv", "--lang", "vi")
    assert (code, out) == (1, "")
    assert err.startswith("Không tính được vì số liệu có 3 lỗi\n")
    assert "bảng Dân cư (residents), dòng 2, cột 'settlement': 'rurl'" in err
    assert "có phải là 'rural'?" in " ".join(err.split())
    assert "đếm từ 0" not in err
    code, out, err = run("evaluate", "--residents", "bad.csv")
    assert err.startswith("the data cannot be evaluated: 3 errors\n")


def test_check_lists_problems_and_computes_nothing(run, home, residents):
    (home / "bad.csv").write_text(BAD, encoding="utf-8")
    code, out, err = run("check", "--residents", "bad.csv")
    assert (code, err) == (1, "")
    assert out.count("error: residents, row") == 3
    assert out.endswith("Errors: 3; gaps: 1; notes: 0.\n")
    code, out, err = run("check", "--residents", residents, "--year", 2020, "--lang", "vi")
    assert (code, err) == (0, "")
    assert "thiếu số liệu: bảng Dân cư (residents), dòng 4, cột 'hygienic_water'" in out
    assert out.endswith("Lỗi: 0; thiếu số liệu: 1; lưu ý: 0.\n")
    (home / "good.csv").write_text("settlement,persons,hygienic_water\nrural,10,5\n", encoding="utf-8")
    assert run("check", "--residents", "good.csv", "--year", 2020)[:2] == (0, "No errors, gaps or notes.\n")


def test_check_says_how_many_are_not_listed(run, home):
    rows = "".join(f"A{place},rural,10,\n" for place in range(130))
    (home / "r.csv").write_text("area,settlement,persons,hygienic_water\n" + rows, encoding="utf-8")
    _, out, _ = run("check", "--residents", "r.csv", "--year", 2020)
    assert out.count("gap: residents") == 100
    assert "... and 30 more" in out
    assert "gaps: 130" in out


def test_coverage_is_a_sentence(run, residents, home):
    (home / "w.csv").write_text("area,stream,generated,collected\nMỹ Tú,rural,1,1\n", encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        code, _, err = run("evaluate", "--residents", residents, "--waste", "w.csv", "--year", 2020, "--lang", "vi")
    assert code == 0
    assert " ".join(err.split()).startswith(
        "Lưu ý: bảng Chất thải rắn (waste): chưa có số liệu của Kế Sách năm 2020; các số tổng hợp có phần này chưa "
        "xác định được."
    )


# as a process


def test_a_broken_pipe_does_not_trace_back():
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "envindicators", "--lang", "vi"], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr
    assert done.returncode == 0


def test_an_encoding_without_vietnamese_does_not_trace_back():
    done = subprocess.run(
        [sys.executable, "-m", "envindicators", "--lang", "vi"],
        capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert b"Soc Trang" in done.stdout
    assert b"\\u" not in done.stdout
    assert b"PYTHONUTF8=1" in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp1258", "latin-1", "cp437", "utf-8"])
def test_no_two_verdicts_share_a_sign_in_any_encoding(encoding):
    done = subprocess.run(
        [sys.executable, "-m", "envindicators", "--lang", "vi"],
        capture_output=True, env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "COLUMNS": "100"},
        check=False,
    )  # fmt: skip
    out = unicodedata.normalize("NFC", done.stdout.decode(encoding))
    name = unicodedata.normalize("NFC", carried("Kế Sách", encoding))
    row = next(line for line in out.splitlines() if line.startswith(name))
    card = example("vi")
    shown = dict(zip((words.symbol(card[each.target.key, "Kế Sách"]) for each in card), row.split()[2:], strict=True))
    assert len(set(shown.values())) == len(shown)
    assert [sign for sign, seen in shown.items() if seen == "?"] == ["?"]
    if encoding == "utf-8":
        assert b"PYTHONUTF8" not in done.stderr
    if encoding in ("cp1258", "utf-8"):
        assert "Sóc Trăng" in out


@given(st.text("▲✓✗≥ệđĐƯỡ水a\u0301 –…"), st.sampled_from(["ascii", "cp1252", "cp1258", "utf-8"]))
def test_text_is_carried_by_any_encoding(text, encoding):
    made = carried(text, encoding)
    made.encode(encoding)
    assert "?" not in made
    assert carried(made, encoding) == made
    if encoding == "utf-8":
        assert made == text
