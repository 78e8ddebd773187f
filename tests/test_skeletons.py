"""A form that is begun from an office's file: nothing in force but what is certain, all else to be confirmed."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

import envindicators as ei
from envindicators.cli import main
from envindicators.formats.skeletons import skeleton
from envindicators.programmes import soc_trang_2020, vn_methane_2030

MESSY = Path(__file__).parent / "data" / "messy"

WASTE, RESIDENTS = soc_trang_2020.tables["waste"], soc_trang_2020.tables["residents"]
ROWS = "Huyện;Loại chất thải;Phát sinh (tấn/ngày);Được thu gom;Xử lý đạt tiêu chuẩn\n" + "\n".join(
    f"Mỹ Tú;{stream};1.234,5;{collected};1.000"
    for stream, collected in (("Y tế", "1.200,5"), ("Sinh hoạt đô thị", "..."), ("khác thường", "1.100"))
)


def typed(*arguments):
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([str(each) for each in arguments])
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def office(tmp_path):
    path = tmp_path / "office.csv"
    path.write_text(ROWS, "utf-8")
    return path


def loaded(text, tmp_path):
    path = tmp_path / "form.toml"
    path.write_text(text, "utf-8")
    return ei.Form.load(path)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_is_certain_is_in_force_and_the_rest_is_commented_out(office, tmp_path, lang):
    text = skeleton(office, WASTE, lang)
    form = loaded(text, tmp_path)
    assert set(form.columns) == {"stream", "collected"}
    assert (form.unit, form.numbers, form.blank, form.zero) == (None, None, (), ())
    assert not any(form.values.values())
    for line in (
        '# area = "Huyện"',
        '# generated = "Phát sinh (tấn/ngày)"',
        '# treated_to_standard = "Xử lý đạt tiêu chuẩn"',
        '# unit = "tonne/day"',
        '# numbers = "1.234,5"',
        '# blank = ["..."]',
        '# zero = ["..."]',
        '# year = ""',
        '# "khác thường" = ',
    ):
        assert f"\n{line}" in text, line


def test_confirmed_it_reads_the_file(office, tmp_path):
    text = skeleton(office, WASTE, "vi")
    sure = ("# area", "# generated", "# treated", "# unit", "# numbers", "# blank")
    confirmed = "\n".join(
        '"khác thường" = "other"' if line.startswith('# "khác')
        else line.removeprefix("# ") if line.startswith(sure)
        else line
        for line in text.splitlines()
    )  # fmt: skip
    form = loaded(confirmed, tmp_path)
    card = ei.evaluate(soc_trang_2020, {"waste": ei.scan(office, form=form)}, year=2020, by="area")
    assert card["medical_waste"].rate.lower == card["medical_waste"].rate.upper == ei.Tally(10000, 2345).rate.lower


def test_a_heading_of_two_rows_and_the_row_of_column_numbers_are_found(tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="pip install 'envindicators[excel]'")
    book = openpyxl.Workbook()
    for row in (
        ["UBND TỈNH"],
        [],
        ["TT", "Huyện", "Thành thị", None, "Nông thôn", None],
        [None, None, "Dân số", "Dùng nước", "Dân số", "Dùng nước"],
        ["A", "B", 1, 2, 3, "4 = 3/2"],
        [1, "Mỹ Tú", 5, 4, 3, 2],
    ):
        book.active.append(row)
    book.active.title = "Biểu 01"
    book.save(tmp_path / "office.xlsx")
    text = skeleton(tmp_path / "office.xlsx", RESIDENTS, "en")
    form = loaded(text, tmp_path)
    assert (form.sheet, form.heading) == ("Biểu 01", (3, 4))
    assert "\n# skip = [5]" in text
    assert "Nông thôn / Dân số" in text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258"])
def test_text_is_read_in_the_encodings_that_offices_use(tmp_path, encoding):
    path = tmp_path / "office.csv"
    text = ROWS if encoding != "cp1258" else "Nam;Stream\n2020;medical \xe9\n"
    path.write_text(text, encoding)
    form = loaded(skeleton(path, WASTE, "en"), tmp_path)
    assert form.encoding == (None if encoding.startswith("utf-8") else encoding)


@pytest.mark.parametrize(("name", "heading"), [("form.ods", 4), ("form.xls", 2), ("from-r.xlsx", None)])
def test_workbooks_of_every_kind_are_looked_at(name, heading, tmp_path):
    form = loaded(skeleton(MESSY / name, WASTE, "en"), tmp_path)
    assert (form.sheet is not None, form.heading) == (True, None if heading is None else (heading,))


def test_what_stands_in_a_file_cannot_break_out_of_a_comment_or_a_text(tmp_path):
    path = tmp_path / 'a"b.csv'
    path.write_text('Loại chất thải,"x""\nsheet = ""y","Huyện \\ ""z"""\n"a""b\nc",1,2\n', "utf-8")
    form = loaded(skeleton(path, WASTE, "en"), tmp_path)
    assert form.sheet is None
    assert form.columns == {"stream": "Loại chất thải"}


def test_the_command_writes_it_and_refuses_what_has_no_form(office, tmp_path):
    code, out, _ = typed("form", office, "--table", "waste", "--lang", "vi")
    assert (code, out) == (0, skeleton(office, WASTE, "vi"))
    assert typed("form", office, "--table", "waste", "--out", tmp_path / "form.toml")[0] == 0
    assert ei.Form.load(tmp_path / "form.toml").columns
    (tmp_path / "empty.csv").write_text("", "utf-8")
    (tmp_path / "broken.xlsx").write_bytes(b"PK no")
    for arguments, left, words in (
        (("form", office), 2, "name one file and its table"),
        (("form", "no.csv", "--table", "waste"), 3, "no file matches"),
        (("form", office, "--table", "wast"), 2, "did you mean 'waste'"),
        (("form", tmp_path / "empty.csv", "--table", "waste"), 3, "no row could be a heading"),
        (("form", tmp_path / "broken.xlsx", "--table", "waste"), 3, "cannot be read as a workbook"),
    ):
        code, _, err = typed(*arguments)
        assert (code, words in err) == (left, True), err


def read(tmp_path, text, table="residents", name="office.csv"):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return skeleton(path, soc_trang_2020.tables[table], "en")


def confirmed(text):
    """Return a form with every proposal taken, but marks for none."""
    lines = [line.removeprefix("# ") if " = " in line or "[stack]" in line else line for line in text.splitlines()]
    return "\n".join(line for line in lines if not line.startswith("zero") and ' = ""' not in line.partition("#")[0])


def test_marks_of_flags_are_proposed_as_yes_and_no_and_never_as_not_known(tmp_path):
    rows = "Mã cơ sở,Huyện,Loại hình,Công nghệ sạch,Đạt tiêu chuẩn\n1,A,both,x,Có\n2,A,both,,Không\n3,A,both,,chờ\n"
    text = read(tmp_path, rows, "establishments")
    assert "blank" not in text
    assert '# id = "Mã cơ sở"  # proposed: ' in text
    assert '# "x" = true  # proposed: yes' in text
    assert '# "Không" = false  # proposed: no' in text
    assert '# "chờ" = ""  # missing: ' in text
    form = loaded(confirmed(text), tmp_path)
    assert form.values["clean_technology"] == {"x": True, None: False}
    assert form.values["meets_standards"] == {"Có": True, "Không": False}


def test_the_only_column_of_numbers_that_is_left_is_proposed_for_the_total(tmp_path):
    rows = "STT,Huyện,Khu vực,Số dân,Dùng nước hợp vệ sinh,Ghi chú\n1,A,Nông thôn,10,9,\n2,B,Nông thôn,20,18,cũ\n"
    assert '# persons = "Số dân"  # proposed: the only column of numbers that is left' in read(tmp_path, rows)
    two = rows.replace("Ghi chú", "Số hộ").replace("9,\n", "9,3\n").replace("cũ", "7")
    assert '# persons = ""  # missing' in read(tmp_path, two)


def test_notes_below_the_figures_are_proposed_as_foot(tmp_path):
    rows = "Huyện,Khu vực,Số dân,Dùng nước hợp vệ sinh\nA,Nông thôn,10,9\nB,Nông thôn,20,18\n"
    assert "foot" not in read(tmp_path, rows)
    notes = ",,,\nNguồn: các huyện,,,\n,,,GIÁM ĐỐC\n"
    text = read(tmp_path, rows + notes)
    assert "# foot = 3  # what stands below the figures: Nguồn: các huyện" in text
    assert loaded(confirmed(text), tmp_path).foot == 3


def test_values_that_stand_side_by_side_are_proposed_as_a_stack(tmp_path):
    rows = "Huyện,Thành thị,,Nông thôn,\n,Dân số,Dùng nước,Dân số,Dùng nước\nA,5,4,3,2\nB,6,4,3,2\nC,7,4,3,2\n"
    text = read(tmp_path, rows)
    assert '\n# column = "settlement"\n' in text
    assert "# into.urban = {" in text
    assert "write in each of: Nông thôn / Dân số; Nông thôn / Dùng nước" in text


def test_years_that_stand_side_by_side_are_proposed_as_a_stack(tmp_path):
    rows = "Huyện,Khu vực,Năm 2019,Năm 2020\nA,Nông thôn,10,9\nB,Nông thôn,20,18\n"
    path = tmp_path / "office.csv"
    path.write_text("Lĩnh vực,Năm 2020,Năm 2030\nTrồng trọt,10,9\n", "utf-8")
    text = skeleton(path, vn_methane_2030.tables["methane"], "en")
    assert '# column = "year"\n# into.2020 = {emitted = "Năm 2020"}\n# into.2030 = {emitted = "Năm 2030"}' in text
    assert "missing: no heading is like “total" not in text
    form = loaded(confirmed(text), tmp_path)
    card = ei.evaluate(vn_methane_2030, {"methane": form.of(ei.scan(path))}, by="year")
    assert card.years == (2020, 2030)
    assert "into.2019 = {persons" in read(tmp_path, rows)  # several measures: which is for a person to say


def test_a_year_in_one_heading_or_in_headings_unlike_each_other_is_no_stack(tmp_path):
    assert "[stack]" not in read(tmp_path, "Huyện,Khu vực,Số dân 2020,Dùng nước\nA,Nông thôn,10,9\n")
    assert "[stack]" not in read(tmp_path, "Huyện,Khu vực,Số dân 2019,Dùng nước 2020\nA,Nông thôn,10,9\n")


def test_percentages_are_not_proposed_for_amounts_and_units_are_told(tmp_path):
    rows = "Huyện,Loại,Phát sinh (tấn/ngày),Thu gom (%),Thu gom (tấn/ngày)\nA,medical,10,90,9\nB,medical,20,90,18\n"
    text = read(tmp_path, rows, "waste")
    assert '# collected = "Thu gom (tấn/ngày)"' in text
    assert '# generated = "Phát sinh (tấn/ngày)"' in text
    assert '# unit = "tonne/day"  # the heading says “tấn/ngày”' in text
    above = "Biểu 1,,,\nĐơn vị tính: nghìn người,,,\nHuyện,Khu vực,Số dân,Dùng nước\nA,Nông thôn,10,9\n"
    assert '# unit = "1000 person"  # the heading says “nghìn người”' in read(tmp_path, above)


@pytest.mark.parametrize("command", ["check", "evaluate"])
def test_where_columns_are_called_otherwise_it_says_how_to_begin_a_form(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    Path("biểu 01.csv").write_text("Huyện,Số dân\nA,3\n", "utf-8")
    assert "form 'biểu 01.csv' --table residents --out residents.toml" in " ".join(
        typed(command, "--residents", "biểu 01.csv")[2].split()
    )
    _, _, err = typed("form", "biểu 01.csv", "--table", "residents", "--out", "residents.toml")
    assert "check --residents 'biểu 01.csv' --form residents=residents.toml" in " ".join(err.split())
    Path("residents.toml").write_text('columns = {area = "Huyện"}', "utf-8")
    assert "--out" not in typed(command, "--residents", "biểu 01.csv", "--form", "residents=residents.toml")[2]
