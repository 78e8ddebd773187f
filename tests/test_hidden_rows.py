"""Rows that a sheet does not show are read like all others, and it is said that they were."""

from __future__ import annotations

import shutil
import subprocess

import openpyxl
import pytest

import envindicators as ei
from envindicators.programmes import soc_trang_2020

COLUMNS = {"area": "Huyện", "settlement": "Khu vực", "persons": "Số dân", "hygienic_water": "Dùng nước"}


def book(path, hidden, title=True):
    made = openpyxl.Workbook()
    sheet = made.active
    for line in [["Biểu 1"]] * title:
        sheet.append(line)
    sheet.append([*COLUMNS.values(), "Ghi chú"])
    for area in "ABCD":
        sheet.append([area, "rural", 100, 98, None])
    sheet.append(["nguồn: huyện"])
    for row in hidden:
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["E"].hidden = True
    made.save(path)
    return path


def noted(path, **form):
    read = ei.Form(columns=COLUMNS, heading=2, foot=1, **form).of(ei.scan(path))
    card = ei.evaluate(soc_trang_2020, {"residents": read}, year=2020, by="area")
    assert card["rural_water"].tally == ei.Tally(392, 8)
    return [problem.details["rows"] for problem in card.problems if problem.kind == "hidden_rows"]


@pytest.mark.parametrize(("hidden", "rows"), [((), []), ((4, 5), ["4, 5"]), ((1, 2, 7), []), ((6, 1), ["6"])])
def test_hidden_rows_of_figures_are_told(tmp_path, hidden, rows):
    assert noted(book(tmp_path / "a.xlsx", hidden)) == rows


def test_hidden_rows_are_told_without_a_form(tmp_path):
    path = tmp_path / "plain.xlsx"
    made = openpyxl.Workbook()
    for line in [list(COLUMNS), *([area, "rural", 100, 98] for area in "AB")]:
        made.active.append(line)
    made.active.row_dimensions[3].hidden = True
    made.save(path)
    problems = ei.check(soc_trang_2020, {"residents": ei.scan(path)}, year=2020)
    assert [problem.details["rows"] for problem in problems if problem.kind == "hidden_rows"] == ["3"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_hidden_rows_of_ods_are_told(tmp_path):
    book(tmp_path / "a.xlsx", (4, 6))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = ["soffice", home, "--headless", "--convert-to", "ods", "--outdir", tmp_path, tmp_path / "a.xlsx"]
    subprocess.run(command, check=True, capture_output=True)
    assert noted(tmp_path / "a.ods") == ["4, 6"]


def test_many_hidden_rows_take_no_longer_than_others(tmp_path):
    made = openpyxl.Workbook()
    made.active.append(list(COLUMNS))
    for place in range(30_000):
        made.active.append([f"H{place}", "rural", 100, 98])
        made.active.row_dimensions[place + 2].hidden = True
    made.save(tmp_path / "many.xlsx")
    problems = ei.check(soc_trang_2020, {"residents": ei.scan(tmp_path / "many.xlsx")}, year=2020)
    (note,) = [problem for problem in problems if problem.kind == "hidden_rows"]
    assert note.details["rows"].startswith("2, 3, 4")
