"""What is wrong on the command line, in files or in their data is said in a sentence."""

from __future__ import annotations

import sys
import warnings

import pytest
from typed import BAD

pytestmark = pytest.mark.usefixtures("home")


@pytest.mark.parametrize(
    ("arguments", "vi", "en"),
    [
        (["--foo"], "không có tuỳ chọn --foo", "there is no option --foo"),
        (["--yaer", "2020"], "có phải là '--year'?", "did you mean '--year'?"),
        (["--force=1"], "--force không nhận giá trị", "--force takes no value"),
        (["--year", "x"], "từ 1900 đến 2100, không phải 'x'", "from 1900 to 2100, not 'x'"),
        (["--year"], "--year cần một giá trị", "--year needs a value"),
        (["--year", "20"], "--year cần một năm từ 1900 đến 2100", "--year takes a year from 1900 to 2100"),
        (["--units", "waste=tone"], "có phải là 'tonne'?", "did you mean 'tonne'?"),
        (["--units", "waste=tấn"], "có phải là 'tonne'?", "did you mean 'tonne'?"),
        (["--units", "tonne"], "--units cần dạng tên=giá trị", "--units takes name=value"),
        (["--units", "wast=tonne"], "có phải là 'waste'?", "did you mean 'waste'?"),
        (["--layout", "waste=count"], "có phải là 'counts'?", "did you mean 'counts'?"),
        (["--totals", "dro"], "có phải là 'drop'?", "did you mean 'drop'?"),
        (["--totals", "waste=dro"], "có phải là 'drop'?", "did you mean 'drop'?"),
        (["--readings", "urban_wast=pooled"], "có phải là 'urban_waste'?", "did you mean 'urban_waste'?"),
        (["--readings", "urban_waste=pool"], "--readings: không có 'pool'", "--readings: there is no 'pool'"),
        (["--readings", "urban_waste=of_collected"], "chỉ để tham khảo", "for reference only"),
        (["--explain", "water"], "--explain: không có 'water'", "--explain: there is no 'water'"),
    ],
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_wrong_command_line(run, residents, arguments, vi, en, lang):
    code, out, err = run("evaluate", "--residents", residents, "--lang", lang, *arguments)
    assert (code, out) == (2, "")
    assert (vi if lang == "vi" else en) in " ".join(err.split())
    assert err.startswith("lỗi: " if lang == "vi" else "error: ")


def test_a_wrong_command_and_no_tables(run):
    code, _, err = run("evaluat", "--lang=vi")
    assert code == 2
    assert " ".join(err.split()) == (
        "lỗi: LỆNH: không có 'evaluat'; chỉ có evaluate, check, explain, columns, template, form, duties, schema; "
        "có phải là 'evaluate'? Xem cách dùng: python -m envindicators --help"
    )
    code, _, err = run("evaluate")
    assert code == 2
    assert "--environmental-files" in err
    assert "python -m envindicators evaluate --help" in err
    code, _, err = run("--residents", "r.csv")
    assert code == 2
    assert "--residents comes after a command" in err
    code, _, err = run("columns", "waste", "residents")
    assert (code, "'residents' is one argument too many" in err) == (2, True)


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


@pytest.mark.parametrize("package", ["openpyxl", "python_calamine"])
def test_a_missing_package(run, home, excel, monkeypatch, package):
    excel([["area"], ["A"]], "a.xlsx")
    monkeypatch.setitem(sys.modules, package, None)
    code, _, err = run("evaluate", "--residents", "a.xlsx", "--lang", "vi")
    assert code == 3
    assert err.startswith("lỗi: thiếu gói phần mềm: ")
    assert "envindicators[excel]" in err


def test_errors_in_the_data_come_all_at_once(run, home):
    (home / "bad.csv").write_text(BAD, encoding="utf-8")
    code, out, err = run("evaluate", "--residents", "bad.csv", "--lang", "vi")
    assert (code, out) == (1, "")
    assert err.startswith("Không tính được vì số liệu có 3 lỗi\n")
    assert "bảng Dân cư (residents), dòng 2, cột 'khu vực (settlement)': 'rurl'" in err
    assert "có phải là 'rural'?" in " ".join(err.split())
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
    blank = "dòng 4, cột 'được sử dụng nước sinh hoạt hợp vệ sinh (hygienic_water)': để trống"
    assert f"thiếu số liệu: bảng Dân cư (residents), {blank}" in " ".join(out.split())
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


def test_areas_that_are_missing_are_noted_once(run, home):
    header = "area,year,settlement,persons,hygienic_water\n"
    (home / "r.csv").write_text(
        header + "".join(f"{area},{year},rural,1,1\n" for area in "ABC" for year in (2019, 2020)), encoding="utf-8"
    )
    (home / "w.csv").write_text(
        "area,year,stream,generated,collected\nA,2019,rural,1,1\nA,2020,rural,1,1\n", encoding="utf-8"
    )
    base = ("evaluate", "--residents", "r.csv", "--waste", "w.csv", "--by", "area", "year")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        code, _, err = run(*base)
    assert code == 0
    assert [err.count(f"{area} in {year}") for area in "BC" for year in (2019, 2020)] == [1, 1, 1, 1]
    assert err.count("Note: table waste: ") == 1


def test_warnings_of_other_packages_are_not_shown(run, excel, home, monkeypatch):
    def loud(*arguments, **settings):
        warnings.warn("Data Validation extension is not supported and will be removed", UserWarning, stacklevel=2)
        return load(*arguments, **settings)

    import openpyxl

    load = openpyxl.load_workbook
    monkeypatch.setattr(openpyxl, "load_workbook", loud)
    excel([["area", "settlement", "persons", "hygienic_water"], ["A", "rural", 10, 9]], "r.xlsx")
    for command in ("check", "evaluate"):
        assert run(command, "--residents", "r.xlsx", "--year", 2020)[2] == ""


def test_coverage_is_a_sentence(run, residents, home):
    (home / "w.csv").write_text("area,stream,generated,collected\nMỹ Tú,rural,1,1\n", encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        code, _, err = run("evaluate", "--residents", residents, "--waste", "w.csv", "--year", 2020, "--lang", "vi")
    assert code == 0
    assert " ".join(err.split()).startswith(
        "Lưu ý: bảng Chất thải rắn (waste): chưa có số liệu năm 2020 của Kế Sách; các số tổng hợp có phần này chưa "
        "xác định được."
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('numbers = "12.345"', "numbers là '12.345'; cần ghi cách viết số 1234.5"),
        ('number = "1.234,5"', "mẫu khai không có mục 'number'; có phải là 'numbers'?"),
        ("foot = -1", "Biểu: foot là -1"),
        ("[columns]\narea = {sometimes = 1}", "columns, cột 'area': {'sometimes': 1} không khai được cột nào"),
        ("[stack]\ncolumn = 'settlement'\ninto = {urban = {}}", "stack 'settlement': 'urban' không có cột nào"),
    ],
)
def test_what_is_wrong_with_a_form_is_said_in_the_language(run, home, residents, content, said):
    (home / "bieu.toml").write_text(content, encoding="utf-8")
    code, out, err = run("check", "--residents", residents, "--form", "residents=bieu.toml", "--lang", "vi")
    assert (code, out) == (3, "")
    assert said in " ".join(err.split())
