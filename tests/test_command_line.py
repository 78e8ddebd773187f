"""The command line: what it prints, writes and leaves behind, and that it never traces back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings

import pytest
from cards import evaluated, example

import envindicators as ei
from envindicators.__main__ import main
from envindicators.programmes import soc_trang_2020
from envindicators.report.terminal import card_text

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
    assert ei.examples.MADE_UP.in_(lang) in out
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
    assert {key: result[key] for key in ("programme", "year", "verdict", "by")} == {
        "programme": "soc_trang_2020", "year": 2020, "verdict": "UNDETERMINED", "by": ["area"],
    }  # fmt: skip
    assert sum(result["counts"].values()) == 7
    assert {row["area"] for row in result["groups"]} == {"Mỹ Tú", "Kế Sách"}
    (row,) = [row for row in result["whole"] if row["target"] == "rural_water" and row["default"]]
    assert (row["satisfied"], row["failed"], row["unknown"]) == (390.0, 10.0, 600.0)
    assert {"what": "table", "name": None, "year": None} in result["missing"]["waste"]


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
        "lỗi: evaluate | check: không có 'evaluat'; chỉ có 'evaluate', 'check'",
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
    assert err.startswith("không tính được với số liệu này: 3 lỗi\n")
    assert "'rurl'" in err
    assert "dòng đếm từ 0" in err
    code, out, err = run("evaluate", "--residents", "bad.csv")
    assert err.startswith("the data cannot be evaluated: 3 error(s)\n")


def test_check_lists_problems_and_computes_nothing(run, home, residents):
    (home / "bad.csv").write_text(BAD, encoding="utf-8")
    code, out, err = run("check", "--residents", "bad.csv")
    assert (code, err) == (1, "")
    assert out.count("error: residents, row") == 3
    assert out.endswith("Errors: 3; gaps: 1; notes: 0.\n")
    code, out, err = run("check", "--residents", residents, "--year", 2020, "--lang", "vi")
    assert (code, err) == (0, "")
    assert "thiếu: bảng residents, dòng 2, cột 'hygienic_water'" in out
    assert out.endswith("0 lỗi, 1 chỗ thiếu, 0 lưu ý.\n")
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
    assert err == "Lưu ý: bảng waste: chưa có số liệu của Kế Sách năm 2020; các tổng có phần này còn để ngỏ.\n"


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
    assert b"S?c Tr?ng" in done.stdout
