"""What files of offices hold beside figures: hidden sheets, cells shown as percentages, rows of parts, directives."""

from __future__ import annotations

import shutil
import subprocess

import openpyxl
import pytest

import envindicators as ei
from envindicators.formats.skeletons import skeleton
from envindicators.programmes import soc_trang_2020

HEADER = ["area", "settlement", "persons", "hygienic_water"]
ROWS = [["Mỹ Tú", "rural", 1000, 985], ["Kế Sách", "rural", 2000, 2000], ["Trần Đề", "rural", 2000, 1000]]


def book(path, sheets, hidden=()):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if title in hidden:
            sheet.sheet_state = "hidden"
    made.active = len(made.sheetnames) - 1
    made.save(path)
    return path


def tally(table):
    return ei.evaluate(soc_trang_2020, {"residents": table}, year=2020)["rural_water"].tally


def errors(table):
    return ei.check(soc_trang_2020, {"residents": table}, year=2020).errors


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_hidden_sheet_is_read_only_by_its_name(tmp_path, kind):
    path = book(tmp_path / "a.xlsx", {"cũ": [HEADER, *ROWS[:1]], "Biểu": [HEADER, *ROWS]}, hidden=["cũ"])
    if kind != "xlsx":
        if shutil.which("soffice") is None:
            pytest.skip("LibreOffice is not installed")
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", tmp_path / "out", path],
            check=True, capture_output=True,
        )  # fmt: skip
        path = tmp_path / "out" / f"a.{kind}"
    for table in (ei.scan(path), ei.scan(path, sheet=0)):
        (problem,) = errors(table)
        assert problem.kind == "hidden_sheet"
        assert "the sheet 'cũ' is hidden, and other sheets hold data too: 'Biểu'" in problem.in_("en")
    assert tally(ei.scan(path, sheet="cũ")) == ei.Tally(985, 15)
    assert tally(ei.scan(path, sheet="Biểu")) == tally(ei.scan(path, sheet=1)) == ei.Tally(3985, 1015)


def test_a_hidden_sheet_is_no_matter_where_no_other_holds_anything_or_it_is_not_the_first(tmp_path):
    shown = book(tmp_path / "a.xlsx", {"Biểu": [HEADER, *ROWS], "danh mục": [["x"]]}, hidden=["danh mục"])
    assert tally(ei.scan(shown)) == ei.Tally(3985, 1015)


SHARES = [[*row[:3], row[3] / row[2]] for row in ROWS]


def test_cells_shown_as_percentages_are_not_read_as_a_hundredth_of_them(tmp_path):
    """98.5% is 0.985 in a workbook; of a column without a number above 1 it is asked which it is."""
    path = book(tmp_path / "a.xlsx", {"Biểu": [HEADER, *SHARES]})
    for problem in errors(ei.scan(path)):
        assert "percent(..., digits=1, whole=1)" in problem.in_("vi")

    def form(**whole):
        return ei.Form(columns={"hygienic_water": ei.percent("hygienic_water", digits=1, **whole)})

    (problem,) = errors(ei.scan(path, form=form()))
    assert (problem.kind, problem.column) == ("form_percent_whole", "hygienic_water")
    assert "whole=1" in problem.in_("en")
    assert tally(ei.scan(path, form=form(whole=1))) == ei.Tally(3983, 1014, 3)
    assert {problem.value for problem in errors(ei.scan(path, form=form(whole=100)))} == {
        0.985
    }  # digits=1 has not three


def test_percentages_above_one_are_read_as_they_stand(tmp_path):
    path = book(
        tmp_path / "a.xlsx", {"Biểu": [HEADER, ["Mỹ Tú", "rural", 1000, 0.5], ["Kế Sách", "rural", 1000, 98.5]]}
    )
    form = ei.Form(columns={"hygienic_water": ei.percent("hygienic_water", digits=1)})
    assert tally(ei.scan(path, form=form)).satisfied == 990


def test_what_a_whole_is_stands_in_toml(tmp_path):
    form = ei.Form(columns={"hygienic_water": ei.percent("Tỷ lệ", digits=1, whole=1)})
    (tmp_path / "form.toml").write_text(form.to_toml(), encoding="utf-8")
    assert ei.Form.load(tmp_path / "form.toml") == form
    for whole in (10, True, "1"):
        with pytest.raises(ei.OptionError, match="whole is"):
            ei.percent("Tỷ lệ", digits=1, whole=whole)


@pytest.mark.parametrize("name", ["Trong đó: xã nông thôn mới", "trong đó", "Trong do: ven biển", "Of which: islands"])
def test_rows_that_are_part_of_others_are_not_counted_beside_them(name):
    rows = [dict(zip(HEADER, row, strict=True)) for row in [*ROWS, [name, "rural", 700, 600]]]
    (problem,) = errors(rows)
    assert (problem.kind, problem.value) == ("total_name", name)
    assert tally(ei.Form(totals="drop").of(rows)) == ei.Tally(3985, 1015)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_line_by_which_excel_is_told_the_separator_is_no_row(tmp_path, separator, encoding):
    lines = [f"sep={separator}", *(separator.join(map(str, row)) for row in [HEADER, *ROWS])]
    (tmp_path / "a.csv").write_text("\r\n".join(lines) + "\r\n", encoding=encoding, newline="")
    form = ei.Form(encoding="utf-16") if encoding == "utf-16" else None
    assert tally(ei.scan(tmp_path / "a.csv", form=form)) == ei.Tally(3985, 1015)


def test_a_row_of_figures_with_the_word_total_is_no_heading(tmp_path):
    """Nor is a title that fills a merged row said to name its columns twice."""
    rows = [
        ["BIỂU SỐ 02"] * 4,
        ["STT", "Huyện", "Dân số", "HVS"],
        [1, "Mỹ Tú", 1000, 900],
        [None, "Tổng số", 1000, 900],
    ]
    kinds = {problem.kind for problem in errors(ei.scan(book(tmp_path / "a.xlsx", {"Biểu": rows})))}
    assert kinds == {"missing_column", "no_layout"}


def test_where_a_heading_stands_is_said_in_a_form(tmp_path):
    path = book(tmp_path / "a.xlsx", {"Biểu": [["BIỂU SỐ 02"], [], HEADER, *ROWS]})
    with pytest.raises(ei.UnreadableTable, match="say heading=3 in the form"):
        errors(ei.scan(path))
    assert tally(ei.scan(path, form=ei.Form(heading=3))) == ei.Tally(3985, 1015)


def test_a_formula_that_was_never_computed_is_called_one_in_a_row_of_totals(tmp_path):
    path = book(tmp_path / "a.xlsx", {"Biểu": [HEADER, *ROWS, ["Cộng", None, "=SUM(C2:C4)", "=SUM(D2:D4)"]]})
    told = [problem.in_("en") for problem in errors(ei.scan(path)) if problem.kind in ("number_type", "text_parts")]
    assert told
    assert all("never computed" in text for text in told)


def test_columns_under_a_year_need_no_merged_cells(tmp_path):
    """Of columns called alike those without a word above belong to the group before; others keep their names."""
    rows = [
        ["Dân số nông thôn"], ["Huyện", "2019", None, "2020", None, None],
        [None, "Dân số", "HVS", "Dân số", "HVS", "Ghi chú"],
        *([area, 900, 800, persons, water, "x"] for area, _, persons, water in ROWS),
    ]  # fmt: skip
    path = book(tmp_path / "a.xlsx", {"Biểu": rows})
    by_year = {
        year: {"persons": f"{year} / Dân số", "hygienic_water": f"{year} / HVS"} for year in ("2019", "2020")
    }  # fmt: skip
    form = ei.Form(
        heading=(2, 3), columns={"area": "Huyện", "settlement": ei.always("rural")}, stack=ei.stack("year", by_year),
        only={"Ghi chú": "x"},
    )  # fmt: skip
    assert tally(ei.scan(path, form=form)) == ei.Tally(3985, 1015)
    begun = skeleton(path, soc_trang_2020.tables["residents"], "en")
    assert "heading = [2, 3]" in begun
    assert "2019 / HVS" in begun
