"""Bad files and forms: each is refused, in Python and on the command line, by a sentence that says where and what."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from bad_files import (
    HEADER,
    ROWS,
    TABLE,
    book,
    csv,
    edited,
    error_in,
    flipped,
    having,
    in_sheet,
    instead,
    ods,
    ods_row,
    ole,
    sheet_with,
    strict,
    without,
)

import envindicators as ei
from envindicators.errors import UnreadableTable
from envindicators.programmes import soc_trang_2020

WASTE = [["area", "stream", "generated", "collected", "treated_to_standard"], ["A", "medical", 10, 5, 3]]


@frozen
class Bad:
    """A bad input: a file with what it holds, perhaps a form, and what is said of it in two languages."""

    file: str
    content: bytes
    en: str
    vi: str
    form: str | bytes | None = None
    table: str = "residents"


DAMAGED = ("damaged", "tệp bị hỏng")
UNREADABLE: dict[str, Bad] = {
    # workbooks
    "an empty workbook": Bad("a.xlsx", b"", "the file is empty", "tệp rỗng"),
    "text called a workbook": Bad("a.xlsx", csv(), "it is a text file, perhaps a CSV", "có thể là CSV"),
    "a web page called a workbook": Bad("a.xls", b"\n<HTML><table>", "it is a web page", "trang web"),
    "an XML file called a workbook": Bad("a.xls", b'<?xml version="1.0"?><Workbook/>', "text in XML", "tệp XML"),
    "a PDF called a workbook": Bad("a.xlsx", b"%PDF-1.7\n", "a PDF document", "tệp PDF"),
    "a Word document called a workbook": Bad(
        "a.xlsx", edited(book(), lambda name, content: content if "Types" not in name else None).replace(
            b"xl/workbook.xml", b"word/documen.xm"), "a Word document", "văn bản Word"),
    "an old Word document": Bad("a.xls", ole("WordDocument"), "a Word document", "văn bản Word"),
    "a workbook cut off": Bad("a.xlsx", book()[:-300], *DAMAGED),
    "the first half of a workbook": Bad("a.xlsx", book()[:1500], *DAMAGED),
    "a sheet cut off": Bad("a.xlsx", book(edit=in_sheet(lambda xml: xml[: len(xml) // 2])), *DAMAGED),
    "a sheet cut off below its rows": Bad("a.xlsx", book(edit=instead(b"</sheetData>.*", b"</sheetData>")), *DAMAGED),
    "bytes turned over": Bad("a.xlsx", flipped(book()), *DAMAGED),
    "no list of sheets": Bad("a.xlsx", book(edit=without("xl/workbook.xml")), *DAMAGED),
    "a sheet that is not there": Bad("a.xlsx", book(edit=without("xl/worksheets/sheet1.xml")), *DAMAGED),
    "a zip of something else": Bad("a.xlsx", edited(
        book(), lambda name, content: content if name.startswith("docProps") else None), *DAMAGED),
    "a number that is none": Bad("a.xlsx", book(edit=instead(b"<v>400</v>", b"<v>4o0</v>")), *DAMAGED),
    "a cell beyond all columns": Bad("a.xlsx", book(edit=instead(b'r="A1"', b'r="ZZZZZ1"')), *DAMAGED),
    "entities of its own": Bad("a.xlsx", book(edit=in_sheet(
        lambda xml: b'<!DOCTYPE a [<!ENTITY a "1">]>' + xml.replace(b"<v>400</v>", b"<v>&b;</v>"))), *DAMAGED),
    "nothing but a chart": Bad("a.xlsx", book(change=lambda made: (
        made.create_chartsheet("Đồ thị"), made.remove(made["Biểu 1"]))), "no sheet with cells", "không có trang tính"),
    "a workbook with a password": Bad(
        "a.xlsx", ole("EncryptionInfo", "EncryptedPackage"), "has a password; save it without one", "có mật khẩu"),
    "a damaged old workbook": Bad("a.xls", ole("Workbook"), *DAMAGED),
    "a binary workbook": Bad("a.xlsx", edited(
        book(), lambda name, content: content).replace(b"xl/workbook.xml", b"xl/workbook.bin"), ".xlsb", ".xlsb"),
    "a damaged OpenDocument sheet": Bad("a.ods", ods(ods_row(*HEADER))[:200], *DAMAGED),
    "an OpenDocument sheet cut off": Bad("a.ods", ods(ods_row(*HEADER) * 30, end=1500), *DAMAGED),
    "an OpenDocument sheet with a password": Bad(
        "a.ods", ods("", "<manifest><encryption-data/></manifest>"), "has a password", "có mật khẩu"),
    "an OpenDocument row that stands for x rows": Bad(
        "a.ods", ods('<t:table-row t:number-rows-repeated="x"><t:table-cell/></t:table-row>'), *DAMAGED),
    "the lock file of a workbook": Bad("~$a.xlsx", b"\x05office", "marks that one is open", "sổ tính đang mở"),
    # sheets
    "a first sheet that is empty": Bad(
        "a.xlsx", book([], change=sheet_with(*TABLE)), "the sheet 'Biểu 1' is empty; sheets with data: 'Số liệu'",
        "trang tính 'Biểu 1' không có dữ liệu"),
    "a sheet of another name": Bad(
        "a.xlsx", book(change=sheet_with([1])), "no sheet 'So lieu' ('Biểu 1', 'Số liệu')", "không có trang tính",
        'sheet = "So lieu"'),
    "the ninth of two sheets": Bad(
        "a.xlsx", book(change=sheet_with([1])), "has only 2 sheets", "chỉ có 2 trang tính", "sheet = 8"),
    # headings
    "a title above the heading": Bad(
        "a.xlsx", book(["BÁO CÁO"], [], *TABLE), "the heading seems to be row 3", "có vẻ nằm ở dòng 3"),
    "a title with commas above semicolons": Bad(
        "a.csv", "Báo cáo, quý IV, năm 2020\n".encode() + csv(*TABLE, separator=";"),
        "the heading seems to be row 2", "có vẻ nằm ở dòng 2"),
    "a heading that could be two rows": Bad(
        "a.xlsx", book(HEADER, *TABLE), "each of the rows 1, 2 could be the heading", "các dòng 1, 2 đều có thể"),
    "a heading below the last row": Bad(
        "a.xlsx", book(), "the heading is said to be row 40", "dòng tiêu đề là dòng 40", "heading = 40"),
    # text files
    "UTF-16 that is not said": Bad("a.csv", csv().decode().encode("utf-16"), "", ""),
    "another code page": Bad("a.csv", csv(HEADER, ["x", "rural", 1, 1]).replace(b"x", b"M\xff"), "", ""),
    "a code page that it is not in": Bad(
        "a.csv", csv(), "not encoded as utf-16", "không theo bảng mã utf-16", 'encoding = "utf-16"'),
    "a picture called CSV": Bad("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "", ""),
    "a workbook called CSV": Bad("a.csv", book(), "", ""),
    "a quotation mark that is never closed": Bad(
        "a.csv", csv() + b'"A,rural,5,4\n', "row 5 cannot be read", "không đọc được dòng 5"),
    "text behind a quotation mark": Bad(
        "a.csv", csv() + b'"A" B,rural,5,4\n', "row 5 cannot be read", "không đọc được dòng 5"),
    "a cell without an end": Bad(
        "a.csv", csv() + b"x" * 200_000 + b",rural,5,4\n", "row 5 cannot be read", "không đọc được dòng 5"),
    "a line without an end": Bad(
        "a.csv", csv() + b"x" * 10_100_000, "row 5 cannot be read", "không đọc được dòng 5"),
    "a row that is too short": Bad("a.csv", csv() + b"A,rural,5\n", "line 5, 'A', has 3 cells", "dòng 5"),
    "a row that is too long": Bad("a.csv", csv() + b"A,rural,5,4,3\n", "line 5, 'A', has 5 cells", "dòng 5"),
    "a decimal comma between commas": Bad(
        "a.csv", csv(HEADER, ["A", "rural", "1,5", 1]), "line 2, 'A', has 5 cells", "dòng 2"),
    "NUL at the end": Bad("a.csv", csv() + bytes(5000), "line 5", "dòng 5"),
    # other files
    "a damaged Parquet file": Bad("a.parquet", b"PAR1" + bytes(200) + b"PAR1", "cannot be read as parquet", "parquet"),
    "text called Parquet": Bad("a.parquet", csv(), "cannot be read as parquet", "không đọc được theo dạng parquet"),
    "a file of another kind": Bad("a.numbers", b"PK", "expected a name that ends in one of .csv", "phải kết thúc"),
}  # fmt: skip

PERCENT = "[columns]\nhygienic_water = {percent = 'hygienic_water', digits = 1}\n"
INVALID: dict[str, Bad] = {
    # the table
    "an empty sheet": Bad("a.xlsx", book([]), "no rows", "không có dòng nào"),
    "a heading and no rows": Bad("a.csv", csv(HEADER), "no rows", "không có dòng nào"),
    "nothing but blank lines": Bad("a.csv", b"\n\n\n", "no rows", "không có dòng nào"),
    "NUL and nothing else": Bad("a.csv", bytes(5000), "expected a column", "thiếu cột"),
    "another separator": Bad("a.csv", csv(*TABLE, separator="|"), "area|settlement", "area|settlement"),
    "another separator than its form says": Bad(
        "a.csv", csv(*TABLE, separator=";"), "area;settlement", "area;settlement", 'separator = ","'),
    "a sheet of another thing": Bad(
        "a.xlsx", book(["Ghi chú", "x"], ["đơn vị", 2], change=sheet_with(*TABLE)),
        "it stands in the sheet 'Số liệu': read that one", "có ở trang tính 'Số liệu'"),
    "a hidden sheet before the table": Bad(
        "a.xlsx", book(change=lambda made: setattr(made.create_sheet("ẩn", 0), "sheet_state", "hidden")
                       or made["ẩn"].append(["x"])), "in the sheet 'Biểu 1'", "trang tính 'Biểu 1'"),
    "a form for another sheet": Bad(
        "a.xlsx", book(["x"], change=sheet_with(["Số dân", *HEADER[:2], HEADER[3]])),
        "it stands in the sheet 'Số liệu'", "có ở trang tính 'Số liệu'", '[columns]\npersons = "Số dân"'),
    "a column without a heading": Bad(
        "a.xlsx", book(["area", "settlement", None, "hygienic_water"], *ROWS), "'column 3'", "'column 3'"),
    "a column twice": Bad("a.xlsx", book([*HEADER, "persons"], *([*row, 1] for row in ROWS)),
                          "each column once", "mỗi cột chỉ được có một lần"),
    "a total row": Bad("a.xlsx", book(*TABLE, ["Tổng cộng", "rural", 1250, 1090]), "row 5", "--totals"),
    "a row twice": Bad("a.xlsx", book(*TABLE, ROWS[0]), "row 5", "dòng 2 trùng"),
    "a name in two spellings": Bad("a.xlsx", book(*TABLE, ["mỹ tú", "urban", 3, 3]), "'mỹ tú'", "viết thống nhất"),
    "a row without a name": Bad("a.xlsx", book(*TABLE, [None, "rural", 3, 3]), "row 5", "dòng 5"),
    "a cell far from the table": Bad(
        "a.xlsx", book(change=lambda made: made.active.cell(1_048_576, 16_384, 1)), "row 1048576", "dòng 1048576"),
    # cells
    "a reference that is lost": Bad("a.xlsx", book(*having(1, "persons", "#REF!")), "error of a formula", "của công"),
    "a division by zero": Bad(
        "a.xlsx", book(change=error_in("C2", "#DIV/0!")), "error of a formula", "lỗi của công thức"),
    "a formula never computed": Bad(
        "a.xlsx", book(*having(1, "persons", "=SUM(1,2)")), "formula was never computed", "chưa được tính"),
    "a number with its unit": Bad("a.xlsx", book(*having(1, "persons", "400 người")), "number alone", "chỉ ghi con số"),
    "a number as text": Bad("a.xlsx", book(*having(1, "persons", "400")), "this is text", "ô này là chữ"),
    "a date among numbers": Bad(
        "a.xlsx", book(*having(1, "persons", datetime.date(2020, 1, 4))), "2020-01-04", "cần một số"),
    "a time among numbers": Bad(
        "a.xlsx", book(*having(1, "persons", datetime.time(4, 0))), "04:00:00; expected a number", "cần một số"),
    "a date instead of a year": Bad(
        "a.xlsx", book(["year", *HEADER], *([datetime.date(2020, 12, 31), *row] for row in ROWS)),
        "this is a date: give the year alone, as 2020", "chỉ ghi năm, như 2020"),
    "a year of two digits": Bad(
        "a.csv", csv(["year", *HEADER], *([20, *row] for row in ROWS)), "1900 to 2100", "từ 1900 đến 2100"),
    "another year": Bad("a.csv", csv(["year", *HEADER], *([2019, *row] for row in ROWS)), "holds: 2019", "2019"),
    "a number of too many digits": Bad("a.xlsx", book(*having(1, "persons", 2**60)), "2^53", "2^53"),
    "a number that can be read in two ways": Bad(
        "a.csv", csv(HEADER, ["A", "rural", "12.345", 7]), "read as 12345 or as 12.345", "12345 hoặc 12.345"),
    "a part that can be read in two ways": Bad(
        "a.csv", csv(HEADER, ["A", "rural", 99999, "12,345"], separator=";"), "as 12345 or as 12.345", "12345 hoặc"),
    "a mark that is not said": Bad("a.csv", csv(*having(1, "hygienic_water", "...")), "leave the cell blank", "để"),
    "a number in another hand than the form's": Bad(
        "a.csv", csv(HEADER, ["A", "rural", "12.34", 1], separator=";"), "'12.34'", "'12.34'", 'numbers = "1.234,5"'),
    "half a person": Bad("a.csv", csv(*having(1, "persons", 3.5)), "whole number", "số nguyên"),
    "fewer than none": Bad("a.csv", csv(*having(1, "persons", -3)), "-3", "không âm"),
    "a part above its total": Bad("a.csv", csv(*having(1, "hygienic_water", 401)), "at most 400", "lớn hơn 400"),
    "parts out of order": Bad("a.csv", csv(WASTE[0], ["A", "medical", 10, 5, 8]), "most 5", "hơn 5", None, "waste"),
    "a percentage among counts": Bad(
        "a.csv", csv(*having(1, "hygienic_water", "97%")), "this is a percentage", "tỷ lệ phần trăm"),
    "a percentage above a hundred": Bad(
        "a.csv", csv(HEADER, ["A", "rural", 7, 130]), "from 0 to 100", "từ 0 đến 100", PERCENT),
    "a value that is misspelt": Bad("a.xlsx", book(*having(1, "settlement", "Nông thông")), "'rural'?", "'rural'?"),
    "words for a number of a form": Bad(
        "a.csv", csv(*having(1, "persons", "bốn trăm")), "'bốn trăm'", "'bốn trăm'", 'numbers = "1.234,5"'),
    # forms and tables that do not go together
    "a form of a column that is not there": Bad(
        "a.csv", csv(), "of that name; it has area, settle", "tệp có các cột area", '[columns]\npersons = "Dân"'),
    "two columns that fit one of a form": Bad(
        "a.xlsx", book(["area", "settlement", "Số dân", "SỐ DÂN"], *ROWS),
        "several: 'Số dân', 'SỐ DÂN'", "tệp có nhiều cột", '[columns]\npersons = "số dân"'),
    "two columns that fit one of the table": Bad(
        "a.xlsx", book([*HEADER[:3], "được sử dụng nước sinh hoạt hợp vệ sinh",
                        "Được sử dụng nước sinh hoạt hợp vệ sinh"], *([*row, 1] for row in ROWS)),
        "the file has several", "tệp có nhiều cột"),
    "a form of another table": Bad(
        "a.csv", csv(), "the form is of the table waste", "đây là mẫu khai của bảng waste",
        '[columns]\ngenerated = "persons"\nstream = {always = "medical"}'),
    "a form that reads a value as none of the table's": Bad(
        "a.csv", csv(), "expected one of urban, rural", "thành thị (urban), nông thôn (rural)",
        '[values.settlement]\nrural = "rurall"'),
    "a form of a column to choose rows by that is not there": Bad(
        "a.csv", csv(), "'Loại'", "'Loại'", '[only]\n"Loại" = ["Huyện"]'),
    "a form that chooses no row": Bad("a.csv", csv(), "out every row", "bỏ qua mọi dòng", '[only]\narea = ["x"]'),
    "a foot of more rows than there are": Bad("a.csv", csv(), "leaves out every row", "bỏ qua mọi dòng", "foot = 50"),
    "a form that skips every row": Bad("a.csv", csv(), "leaves out every row", "bỏ qua mọi dòng", "skip = [2, 3, 4]"),
    "a unit of another kind": Bad("a.csv", csv(*WASTE), "one of the units gram", "đơn vị gram", 'unit = "m3"', "waste"),
    "a unit that is misspelt": Bad("a.csv", csv(*WASTE), "'tonne'?", "'tonne'?", 'unit = "tone"', "waste"),
}  # fmt: skip

NO_FORM: dict[str, Bad] = {
    name: Bad("a.csv", csv(), en, vi, form)
    for name, en, vi, form in (
        ("no TOML", "cannot be read as TOML", "không đọc được dạng TOML", "[columns\n"),
        ("a key twice", "cannot be read as TOML", "không đọc được dạng TOML", "foot = 1\nfoot = 2"),
        ("another encoding", "cannot be read as TOML", "không đọc được dạng TOML", "foot = 1".encode("utf-16")),
        ("a key that forms lack", "did you mean 'heading'", "có phải là 'heading'", "headings = 2"),
        ("one mark with two meanings", "both blank and zero", "chỉ được có một nghĩa", 'blank = "-"\nzero = "-"'),
        ("a mark that is a number", "'9999' for not known is a number too", "cũng là một số", 'blank = ["9999"]'),
        ("a way to write numbers that can be read in two", "12.345", "12.345", 'numbers = "12.345"'),
        ("an encoding of no text", "'base64'", "'base64'", 'encoding = "base64"'),
        ("a separator of two characters", "one character", "một ký tự", 'separator = ";;"'),
        ("a row before the first", "rows have numbers from 1", "từ 1", "skip = 0"),
        ("a column for two", "is named for", "chỉ được khai cho một cột", '[columns]\narea = "x"\npersons = "X"'),
        ("a column from nowhere", "says no column", "không khai được cột", "[columns]\narea = {sometimes = 1}"),
    )
}


def put(bad: Bad, folder: Path) -> tuple[Path, Path | None]:
    """Write a file and its form, and return where they are."""
    (folder / bad.file).write_bytes(bad.content)
    if bad.form is None:
        return folder / bad.file, None
    form = folder / "form.toml"
    form.write_bytes(bad.form if isinstance(bad.form, bytes) else bad.form.encode())
    return folder / bad.file, form


def asked(bad: Bad, folder: Path, function: Any) -> Any:
    file, form = put(bad, folder)
    filled = ei.scan(file, form=None if form is None else ei.Form.load(form))
    return function(soc_trang_2020, {bad.table: filled}, year=2020)


def on_the_command_line(run: Any, bad: Bad, folder: Path, code: int) -> None:
    """Hold what two commands say to the code, the sentence and the language."""
    file, form = put(bad, folder)
    form_of = [] if form is None else ["--form", f"{bad.table}={form}"]
    for command in ("check", "evaluate"):
        done, out, err = run(command, f"--{bad.table}", file, "--year", 2020, "--lang", "vi", *form_of)
        said = " ".join((out + err).split())
        assert done == code
        assert bad.vi in said
        assert said.count("lỗi:") >= 1 or "số liệu có" in said


def test_there_are_sixty():
    assert len({*UNREADABLE, *INVALID, *NO_FORM}) > 60


@pytest.mark.parametrize("bad", UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_is_named_with_what_to_do(bad, tmp_path, run):
    """One sentence names the file, in Vietnamese and English, and nothing is half read."""
    for function in (ei.evaluate, ei.check):
        with pytest.raises(UnreadableTable) as caught:
            asked(bad, tmp_path, function)
        assert type(caught.value) is UnreadableTable
        assert bad.file in str(caught.value)
        assert bad.en in str(caught.value)
        assert "\n" not in str(caught.value).rstrip()
        assert caught.value.in_("vi") != str(caught.value)
    on_the_command_line(run, bad, tmp_path, 3)


@pytest.mark.parametrize("bad", INVALID.values(), ids=INVALID)
def test_a_table_that_cannot_be_is_refused_with_row_and_column(bad, tmp_path, run):
    """The problems name the table, and the column or row where there is one; `check` lists what `evaluate` raises."""
    with pytest.raises(ei.InvalidTable) as caught:
        asked(bad, tmp_path, ei.evaluate)
    assert type(caught.value) is ei.InvalidTable
    assert bad.en in str(caught.value)
    errors = asked(bad, tmp_path, ei.check).errors
    assert list(map(str, errors)) == list(map(str, caught.value.problems))
    for problem in errors:
        assert problem.table == bad.table
        assert "\n" not in str(problem)
        assert problem.in_("vi") != problem.in_("en")
    on_the_command_line(run, bad, tmp_path, 1)


@pytest.mark.parametrize("bad", NO_FORM.values(), ids=NO_FORM)
def test_a_form_that_can_be_none_is_named(bad, tmp_path, run):
    _, form = put(bad, tmp_path)
    with pytest.raises(ei.OptionError, match=r"form\.toml") as caught:
        ei.Form.load(form)
    assert bad.en in str(caught.value)
    on_the_command_line(run, bad, tmp_path, 3)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("a.xlsx", book(change=lambda made: made.create_chartsheet("Đồ thị", 0))),
        ("a.xlsx", book(edit=strict)),
        ("a.xlsx", edited(book(change=error_in("F1", "#REF!")), strict)),
        ("a.xls", book()),
        ("a.ods", book()),
        ("a.xlsx", book(edit=without("[Content_Types].xml"))),
        ("a.xlsx", book(edit=lambda name, content: content.replace("Biểu 1".encode(), b"B" * 40))),
        ("a.xlsx", book(edit=instead(b'r="A1"', b"r = 'A1'"))),
        ("a.xlsx", book(edit=instead(b' r="[A-Z]+[0-9]+"', b""))),
        ("a.xlsx", book(edit=instead(b'r="A1"', b'r="A1" s="999"'))),
        ("a.xlsx", book(change=lambda made: made.active.row_dimensions.group(2, 3, hidden=True))),
        ("a.xlsx", book(change=lambda made: made.active.__setitem__("F2", "=1+1"))),
        ("a.csv", csv(*TABLE, [], [])),
    ],
    ids=[
        "an empty chart before it", "a strict workbook", "a strict workbook with an error beside", "xlsx called xls",
        "xlsx called ods", "no list of contents", "a sheet with a long name", "quoted otherwise", "cells without place",
        "a style that is none", "rows that are hidden", "a formula beside", "blank lines at the end",
    ],
)  # fmt: skip
def test_what_only_looks_bad_is_read(file, content, tmp_path):
    card = asked(Bad(file, content, "", ""), tmp_path, ei.evaluate)
    assert card["rural_water"].tally == ei.Tally(1090, 160)


def test_an_old_workbook_under_a_new_name_is_read(tmp_path):
    """A workbook is what it holds, not what its name says."""
    old = Path(__file__).with_name("data") / "messy" / "form.xls"
    columns = {"area": "Huyện", "settlement": "Khu vực", "households": "Số hộ", "hygienic_water": "Hộ dùng nước"}
    form = ei.Form(columns=columns, heading=2)
    cards = []
    for name in ("a.xls", "a.xlsx"):
        (tmp_path / name).write_bytes(old.read_bytes())
        cards.append(ei.evaluate(soc_trang_2020, {"households": ei.scan(tmp_path / name, form=form)}, year=2020))
    assert cards[0]["rural_water"] == cards[1]["rural_water"]


def test_a_number_that_means_nothing_is_said_of_its_column(tmp_path):
    """9999 for not known stands in the form by its column, in TOML too."""
    form = ei.Form(values={"hygienic_water": {"9999": None}})
    (tmp_path / "form.toml").write_text(form.to_toml(), encoding="utf-8")
    assert ei.Form.load(tmp_path / "form.toml") == form
    for file, content in (
        ("a.csv", csv(*having(1, "hygienic_water", 9999))),
        ("a.xlsx", book(*having(1, "hygienic_water", 9999))),
    ):
        bad = Bad(file, content, "", "", form.to_toml())
        assert asked(bad, tmp_path, ei.evaluate)["rural_water"].tally == ei.Tally(700, 150, 400)
