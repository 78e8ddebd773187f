"""Workbooks to be filled in: in the language of the office, protected, with lists, and read back without a form."""

from __future__ import annotations

import io
import shutil
import subprocess
from contextlib import redirect_stderr, redirect_stdout

import pytest

import envindicators as ei
from envindicators.cli import main
from envindicators.formats.templates import template_workbook
from envindicators.programmes import soc_trang_2020

openpyxl = pytest.importorskip("openpyxl", reason="pip install 'envindicators[excel]'")

TABLES = list(soc_trang_2020.tables.values())
AREAS = ["Mỹ Tú", "Kế Sách", "=1+1"]


def typed(*arguments):
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([str(each) for each in arguments])
    return code, out.getvalue(), err.getvalue()


def made(lang="vi", **options):
    return openpyxl.load_workbook(io.BytesIO(template_workbook(soc_trang_2020, lang, TABLES, **options)))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_table_has_a_sheet_whose_headings_are_protected_and_whose_columns_take_what_they_hold(lang):
    book = made(lang)
    for table, sheet in zip(TABLES, book, strict=False):
        assert sheet.protection.sheet
        headings = [cell.value for cell in sheet[1]]
        assert len(headings) == len(set(headings))
        assert all(cell.protection.locked for cell in sheet[1])
        assert not any(sheet.column_dimensions[cell.column_letter].protection.locked for cell in sheet[1])
        assert all(cell.comment for cell in sheet[1])
        rules = {str(rule.sqref).split("2:")[0]: rule for rule in sheet.data_validations.dataValidation}
        for cell, heading in zip(sheet[1], headings, strict=True):
            category = next((each for each in table.categories if each.name.in_(lang).lower() == heading.lower()), None)
            if category is not None:
                rule = rules[cell.column_letter]
                name, cells = rule.formula1.split("!")
                held = [row[0].value for row in book[name.strip("'")][cells.replace("$", "")]]
                assert (rule.type, held) == ("list", [each.in_(lang) for each in category.value_names])
    assert book.worksheets[-1].sheet_state == "hidden"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_filled_in_it_reads_back_without_a_form(lang, tmp_path):
    book = made(lang, areas=AREAS[:2], year=2020)
    _fill(book)
    book.save(tmp_path / "filled.xlsx")
    _same(tmp_path / "filled.xlsx", lang)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("lang", "kind"), [("vi", "xlsx"), ("en", "ods"), ("vi", "xls")])
def test_saved_by_libreoffice_it_reads_back_to_the_same_scorecard(lang, kind, tmp_path):
    book = made(lang, areas=AREAS[:2], year=2020)
    _fill(book)
    book.save(tmp_path / "filled.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", tmp_path / "out"]
    subprocess.run([*command, tmp_path / "filled.xlsx"], check=True, capture_output=True)
    _same(tmp_path / "out" / f"filled.{kind}", lang)


def _fill(book):
    for table, figures in (("residents", (1000, 990)), ("waste", (1000, 950, 910))):
        sheet = book.worksheets[[each.key for each in TABLES].index(table)]
        for row in range(2, sheet.max_row + 1):
            for place, value in enumerate(figures):
                sheet.cell(row, 4 + place).value = value


def _same(path, lang):
    waste, residents = soc_trang_2020.tables["waste"], soc_trang_2020.tables["residents"]
    rows = {
        "residents": [
            {"area": area, "year": 2020, "settlement": value, "persons": 1000, "hygienic_water": 990}
            for area in AREAS[:2]
            for value in residents.category("settlement").values
        ],
        "waste": [
            {"area": area, "year": 2020, "stream": value, "generated": 1000, "collected": 950,
             "treated_to_standard": 910}
            for area in AREAS[:2]
            for value in waste.category("stream").values
        ],
    }  # fmt: skip
    wanted = ei.evaluate(soc_trang_2020, rows, year=2020, by="area")
    sheets = {key: ei.scan(path, sheet=[each.key for each in TABLES].index(key)) for key in rows}
    read = ei.evaluate(soc_trang_2020, sheets, year=2020, by="area")
    assert read.to_frame(backend="rows") == wanted.to_frame(backend="rows")
    code, out, _ = typed("evaluate", "--residents", path, "--waste", path, "--year", 2020, "--by", "area",
                         "--lang", lang, "--json", "-")  # fmt: skip
    assert code == 0
    assert ei.Scorecard.from_json(out).to_frame(backend="rows") == wanted.with_lang(lang).to_frame(backend="rows")


def test_areas_are_filled_in_and_none_is_taken_for_a_formula():
    sheet = made(areas=AREAS, year=2020).worksheets[0]
    rows = [[cell.value for cell in row[:3]] for row in sheet.iter_rows(min_row=2)]
    assert [row[0] for row in rows] == [area for area in AREAS for _ in range(2)]
    assert {row[1] for row in rows} == {2020}
    assert {row[2] for row in rows} == {"thành thị", "nông thôn"}
    assert all(cell.data_type == "s" for row in sheet.iter_rows(min_row=2, max_col=1) for cell in row)
    assert not any(cell.protection.locked for row in sheet.iter_rows(min_row=2, max_col=3) for cell in row)


def test_an_example_row_cannot_be_taken_for_data(tmp_path):
    book = made()
    assert all(sheet.max_row == 1 for sheet in book.worksheets[: len(TABLES)])
    told = [cell.value for row in book.worksheets[-2].iter_rows() for cell in row]
    assert told.count("Dòng ví dụ, không điền số liệu vào đây:") == len(TABLES)


def test_the_command_writes_it(tmp_path):
    (tmp_path / "areas.txt").write_text("Mỹ Tú\nKế Sách\n", "utf-8")
    file = tmp_path / "bieu.xlsx"
    arguments = ("template", file, "--lang", "vi", "--areas", tmp_path / "areas.txt", "--year", 2020)
    assert typed(*arguments)[0] == 0
    assert len(openpyxl.load_workbook(file).sheetnames) == len(TABLES) + 2
    assert typed(*arguments)[0] == 3
    assert typed("template", "waste", "--out", tmp_path / "waste.xlsx")[0] == 0
    assert len(openpyxl.load_workbook(tmp_path / "waste.xlsx").sheetnames) == 3
    code, _, err = typed("template", file, tmp_path / "b.xlsx")
    assert (code, "one template" in err) == (2, True)
    code, _, err = typed("template")
    assert (code, "name a table" in err) == (2, True)
