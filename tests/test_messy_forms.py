"""Files as offices write them, each read by its form, give the figures that were worked out without the library."""

from __future__ import annotations

import datetime
import zipfile

import openpyxl
import pytest
from messy import CHANGES, COUNTS, FILES, MESSY, SKIPPED, cases, evaluated, form_of, found_in

import envindicators as ei
from envindicators.programmes import soc_trang_2020


@pytest.mark.parametrize(("file", "expected"), list(cases()))
def test_a_file_gives_its_truth(file, expected):
    if expected["kind"] == "refused":
        with pytest.raises(ei.EnvIndicatorsError) as refused:
            evaluated(file, expected)
        said = str(refused.value)
        marks = (*CHANGES.get(expected.get("when"), {}).get("blank", ()), *file["form"].get("blank", ()))
        for problem in expected["problems"]:
            for word in ("row", "column", "value"):
                told = word != "column" or "same key" not in problem["why"]  # a key may be of several columns
                if word in problem and told and not isinstance(refused.value, ei.UnreadableTable):
                    assert str(problem[word]).strip() in said or problem[word] in marks
        return
    card = evaluated(file, expected)
    for group in expected["groups"]:
        found = found_in(card, expected, group)
        if expected["kind"] == "percent":  # of no size
            assert (str(found.rate.lower), str(found.rate.upper)) == (group["lower"], group["upper"])
        else:
            assert [getattr(found.tally, name) for name in COUNTS] == group["tally"], group
        direction, level = expected["requirement"].split()
        judged = getattr(ei, direction)(level).judge(found.tally)
        assert judged.verdict.name == group["verdict"]


# what a form did is told


def card_of(file_name):
    file = next(file for file in FILES if file["name"] == file_name)
    return evaluated(file, {}).with_lang("en")


def test_what_a_form_did_is_on_the_card_in_the_explanation_and_in_the_report(tmp_path):
    card = card_of("utf16.csv")
    done = {(note.kind, note.column, note.value): note.details for note in card.forms["waste"]}
    assert done["form_heading", "generated", "Khối lượng phát sinh"]["meant"] == "generated"
    assert done["form_value_read", "stream", "Dịch vụ"]["cells"] == 3
    assert done["form_blank_read", "treated_to_standard", "---"]["cells"] == 1
    told = str(card.explain("urban_waste"))
    assert "“Khối lượng phát sinh” is total (kg)" in told
    assert "Column “Loại chất thải”: “Sinh hoạt đô thị” is “urban domestic” (7 cells)" in told
    assert "Column “Được xử lý đạt tiêu chuẩn”: “---” is not known (1 cell)." in told
    card.report(tmp_path / "report.html")
    assert "Khối lượng phát sinh" in (tmp_path / "report.html").read_text("utf-8")
    assert "Khối lượng phát sinh" in card.to_json()


def test_rows_that_are_left_out_are_told_by_the_numbers_of_the_sheet():
    (note,) = [note for note in card_of("levels.csv").forms["everyone"] if note.kind == "form_rows"]
    assert note.details["rows"] == "2, 3, 8, 12"
    (note,) = [note for note in card_of("bom-and-last-line.csv").forms["households"] if note.kind == "form_rows"]
    assert note.details["rows"] == "12"


# forms and frames

ROWS = [
    {"Huyện": "Mỹ Tú", "Khu vực": "Nông thôn", "Số dân": "1.200", "Nước": "1.100"},
    {"Huyện": "Kế Sách", "Khu vực": "nông thôn ", "Số dân": "8.718", "Nước": "-"},
]
FORM = ei.Form(
    columns={"area": "huyện", "settlement": "Khu vực", "persons": "Số dân", "hygienic_water": "Nước"},
    values={"settlement": {"Nông thôn": "rural"}},
    numbers="1.234,5",
    zero=["-"],
)


def residents(form, rows=ROWS):
    return ei.evaluate(soc_trang_2020, {"residents": form.of(rows)}, year=2020, by="area")


def test_a_form_reads_every_frame_in_memory_alike():
    pandas, polars, pyarrow = map(pytest.importorskip, ("pandas", "polars", "pyarrow"))
    card = residents(FORM)
    assert card["rural_water", "Mỹ Tú"].tally == ei.Tally(1100, 100)
    assert card["rural_water", "Kế Sách"].tally == ei.Tally(0, 8718)
    for frame in (
        pandas.DataFrame(ROWS),
        polars.DataFrame(ROWS),
        polars.LazyFrame(ROWS),
        pyarrow.Table.from_pylist(ROWS),
    ):
        assert residents(FORM, frame) == card


def test_a_column_is_found_by_its_published_name_and_a_value_by_that_of_its_category():
    category = soc_trang_2020.tables["residents"].category("settlement")
    part = soc_trang_2020.tables["residents"].parts[0]
    row = {category.name.in_("vi").upper(): category.name_of("rural").in_("vi"), part.name.in_("vi"): 3, "persons": 4}
    card = ei.evaluate(soc_trang_2020, {"residents": ei.Form(blank=["..."]).of([row])}, year=2020)
    assert card["rural_water"].tally == ei.Tally(3, 1)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"columns": {"area": "Huyen"}}, "column 'area': 'Huyen'; the form names this column.*did you mean 'Huyện'"),
        ({"columns": {"persosn": "Số dân"}}, "does not have; did you mean 'persons'"),
        ({"columns": {"settlement": ei.always("urbann")}}, "did you mean 'urban'"),
        ({"values": {"settlement": {"Nông thôn": "rurall"}}}, "did you mean 'rural'"),
        ({"values": {"hygienic_water": {"Có": "yes"}}}, "expected one of True, False"),
        ({"only": {"Loại": "Huyện"}}, "'Loại'; the form names this column, and the file has none"),
        ({"heading": 5}, "'heading'; the form says this of a file"),
        ({"numbers": None}, "row 0, column 'Số dân': '1.200'; expected a number"),
        ({"zero": ()}, "row 1, column 'Nước': '-'; expected a number"),
    ],
)
def test_what_a_form_cannot_mean_is_refused(said, words):
    import attrs

    with pytest.raises(ei.InvalidTable, match=words):
        residents(attrs.evolve(FORM, **said))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"blank": ["-"], "zero": "-"}, "both blank and zero"),
        ({"numbers": "1.234.5"}, "how the number 1234.5 is written"),
        ({"numbers": "12.345"}, "how the number 1234.5 is written"),
        ({"heading": 0}, "rows have numbers from 1"),
        ({"foot": -1}, "foot is -1"),
        ({"encoding": "cp12588"}, "encoding is 'cp12588'"),
        ({"columns": {"area": "Tên", "persons": "tên "}}, "is named for"),
        ({"columns": {"area": 3}}, "the column 'area' is 3"),
        ({"values": {"settlement": "urban"}}, "expected a dict"),
        ({"sheet": True}, "sheet is True"),
    ],
)
def test_what_can_be_no_form_is_refused_when_it_is_made(said, words):
    with pytest.raises((ei.OptionError, ei.OptionTypeError), match=words):
        ei.Form(**said)


def test_forms_with_columns_are_plain_values():
    import pickle

    assert pickle.loads(pickle.dumps(FORM)) == FORM
    assert hash(pickle.loads(pickle.dumps(FORM))) == hash(FORM)


def test_two_columns_of_one_name_are_refused():
    rows = [{**ROWS[0], "HUYỆN": "x"}]
    form = ei.Form(columns={**FORM.columns, "area": "huyện"}, values=FORM.values, numbers=FORM.numbers)
    with pytest.raises(ei.InvalidTable, match="the file has several: 'Huyện', 'HUYỆN'"):
        residents(form, rows)


def test_a_number_in_another_hand_is_named_as_it_is_written():
    with pytest.raises(ei.InvalidTable, match=r"row 0, column 'Số dân': '1.234,5x'; expected a number"):
        residents(FORM, [{**ROWS[0], "Số dân": "1.234,5x"}])


# workbooks


def workbook(path, rows, title="Biểu"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book, path


def test_an_office_form_with_a_heading_of_two_rows_merged_cells_and_a_foot(tmp_path):
    rows = [
        ["BÁO CÁO"],
        ["Huyện", "Dân số", None],
        [None, "Tổng", "Nước"],
        [1, 2, 3],
        ["Mỹ Tú", "1.200", "1.100"],
        [],
        ["Người lập biểu"],
        [],
    ]
    book, path = workbook(tmp_path / "bieu.xlsx", rows)
    book.active.merge_cells("A2:A3")
    book.active.merge_cells("B2:C2")
    book.save(path)
    columns = {"area": "Huyện", "persons": "Dân số / Tổng", "hygienic_water": "Dân số / Nước"}
    form = ei.Form(
        columns={**columns, "settlement": ei.always("rural")}, heading=(2, 3), skip=4, foot=1, numbers="1.234,5"
    )
    card = ei.evaluate(soc_trang_2020, {"residents": ei.scan(path, form=form)}, year=2020, by="area")
    assert card["rural_water", "Mỹ Tú"].tally == ei.Tally(1100, 100)
    rows_out = [note.details["rows"] for note in card.forms["residents"] if note.kind == "form_rows"]
    assert rows_out == ["4, 7"]
    with pytest.raises(ei.UnreadableTable, match="heading is said to be row 50, and the last row is"):
        ei.evaluate(soc_trang_2020, {"residents": ei.scan(path, form=ei.Form(heading=50))}, year=2020)


def test_years_that_are_merged_over_their_columns_are_names(tmp_path):
    """Years as numbers, each over its columns: the second of them had lost its year."""
    rows = [["Huyện", 2019, None, 2020, None], [None, "Số hộ", "Nước", "Số hộ", "Nước"], ["Mỹ Tú", 10, 9, 12, 11]]
    book, path = workbook(tmp_path / "bieu.xlsx", rows)
    for merged in ("A1:A2", "B1:C1", "D1:E1"):
        book.active.merge_cells(merged)
    book.save(path)
    into = {year: {"households": f"{year} / Số hộ", "hygienic_water": f"{year} / Nước"} for year in (2019, 2020)}
    form = ei.Form(
        columns={"area": "Huyện", "settlement": ei.always("rural")}, stack=ei.stack("year", into), heading=(1, 2)
    )
    card = ei.evaluate(soc_trang_2020, {"households": ei.scan(path, form=form)}, by="year")
    tallies = [card["rural_water", year].under("households").tally for year in (2019, 2020)]
    assert tallies == [ei.Tally(9, 1), ei.Tally(11, 1)]


@pytest.mark.parametrize("percent", [False, True])
def test_numbers_that_are_merged_downwards_tell_rows_apart_and_are_no_amounts(tmp_path, percent):
    """A year and a code count for each of their rows; an amount was taken for that of the first."""
    rows = [
        ["Năm", "Mã", "Khu vực", "Số dân", "Nước"],
        [2020, 31, "Thành thị", 10, 9],
        [None, None, "Nông thôn", 20, None],
    ]
    book, path = workbook(tmp_path / "bieu.xlsx", rows)
    for merged in ("A2:A3", "B2:B3"):
        book.active.merge_cells(merged)
    book.save(path)
    water = ei.percent("Nước", digits=0) if percent else "Nước"
    form = ei.Form(
        columns={"year": "Năm", "area": "Mã", "settlement": "Khu vực", "persons": "Số dân", "hygienic_water": water},
        values={"settlement": {"Thành thị": "urban", "Nông thôn": "rural"}},
    )
    card = ei.evaluate(soc_trang_2020, {"residents": ei.scan(path, form=form)}, year=2020, by="area")
    assert list(card.groups) == [31]
    assert card["rural_water", 31].tally == ei.Tally(unknown=20)
    book.active.merge_cells("E2:E3")
    book.save(path)
    with pytest.raises(ei.InvalidTable) as refused:
        ei.evaluate(soc_trang_2020, {"residents": ei.scan(path, form=form)}, year=2020)
    assert [(each.kind, each.row_number, each.value) for each in refused.value.problems] == [
        ("merged_amount", row, 9) for row in (2, 3)
    ]
    assert "merged over several rows" in str(refused.value)


@pytest.mark.parametrize("corner", ["A1048576", "XFD1", "XFD1048576"])
def test_a_cell_that_is_formatted_far_away_takes_no_time(tmp_path, corner):
    """A workbook of 5 kB took minutes and gigabytes, since every cell up to its corner was looked at."""
    book, path = workbook(tmp_path / "a.xlsx", [["stream", "generated"], ["medical", 3]])
    book.active[corner].number_format = "0.00"
    book.save(path)
    begun = datetime.datetime.now(datetime.UTC)
    ei.evaluate(soc_trang_2020, {"waste": ei.scan(path)}, year=2020)
    assert datetime.datetime.now(datetime.UTC) - begun < datetime.timedelta(seconds=10)


def test_damaged_workbooks_and_what_only_looks_like_one_are_named(tmp_path):
    book, path = workbook(tmp_path / "a.xlsx", [["stream", "generated"], *[["medical", 3]] * 50])
    book.save(path)
    whole = path.read_bytes()
    damaged = tmp_path / "b.xlsx"
    for place in range(0, len(whole), 41):
        flipped = bytearray(whole)
        flipped[place] ^= 0xFF
        damaged.write_bytes(flipped)
        try:
            ei.check(soc_trang_2020, {"waste": ei.scan(damaged)}, year=2020)
        except ei.EnvIndicatorsError:
            continue
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(damaged, "w") as copy:
        for part in archive.infolist():
            content = archive.read(part)
            copy.writestr(part, content[: len(content) // 2] if "sheet1" in part.filename else content)
    with pytest.raises(ei.UnreadableTable, match=r"b\.xlsx: cannot be read as a workbook"):
        ei.evaluate(soc_trang_2020, {"waste": ei.scan(damaged)}, year=2020)
    damaged.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(ei.UnreadableTable, match="has a password, or is an old"):
        ei.evaluate(soc_trang_2020, {"waste": ei.scan(damaged)}, year=2020)


@pytest.mark.parametrize("name", ["form.ods", "form.xls"])
def test_a_name_merged_over_two_rows_counts_for_both(name):
    columns = {"area": "Huyện", "settlement": "Khu vực", "households": "Số hộ"}
    water = {"form.ods": "Hộ dùng nước hợp vệ sinh", "form.xls": "Hộ dùng nước"}[name]
    form = ei.Form(
        columns={**columns, "hygienic_water": water},
        heading={"form.ods": 4, "form.xls": 2}[name],
        foot={"form.ods": 1, "form.xls": 0}[name],
    )
    card = ei.evaluate(soc_trang_2020, {"households": ei.scan(MESSY / name, form=form)}, year=2020, by="area")
    assert card["urban_water", "Châu Thành"].under("households").tally == ei.Tally(2210)
    assert card["rural_water", "Châu Thành"].under("households").tally == ei.Tally(21190, 340)


def ods(path, content):
    """Write an OpenDocument sheet; its rows are XML, whose ``t:`` stands for the prefix of tables."""
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(
        f'xmlns:{name}="{urn}:{kind}:1.0"' for name, kind in (("o", "office"), ("t", "table"), ("x", "text"))
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", f'<o:c {spaces}><t:table t:name="a">{content}</t:table></o:c>')
    return path


def ods_row(*cells, times=1):
    written = (f'<t:table-cell o:value-type="string"><x:p>{cell}</x:p></t:table-cell>' for cell in cells)
    return f'<t:table-row t:number-rows-repeated="{times}">{"".join(written)}</t:table-row>'


def test_an_opendocument_sheet_takes_no_more_than_its_cells(tmp_path):
    far = ods(tmp_path / "far.ods", ods_row("stream", "generated") + ods_row(times=1_048_000) + ods_row("medical", "x"))
    with pytest.raises(ei.InvalidTable, match="row 1048002"):
        ei.evaluate(soc_trang_2020, {"waste": ei.scan(far)}, year=2020)
    full = ods(tmp_path / "full.ods", ods_row("stream", "generated", *"x" * 100, times=1_048_000))
    with pytest.raises(ei.UnreadableTable, match=r"full\.ods: the sheet 'a' has too many cells"):
        ei.evaluate(soc_trang_2020, {"waste": ei.scan(full)}, year=2020)


def test_an_opendocument_row_may_end_before_its_heading_does(tmp_path):
    """A row whose last cell is empty was taken for one that is too short."""
    rows = (
        ods_row("area", "settlement", "persons", "hygienic_water") + ods_row("A", "rural", "5") + ods_row("B", "rural")
    )
    form = ei.Form(columns={"area": "area"}, numbers="1.234,5")
    with pytest.raises(ei.InvalidTable, match=r"row 3, .*persons"):
        ei.evaluate(soc_trang_2020, {"residents": ei.scan(ods(tmp_path / "a.ods", rows), form=form)}, year=2020)
    rows = rows.replace(ods_row("B", "rural"), "")
    card = ei.evaluate(soc_trang_2020, {"residents": ei.scan(ods(tmp_path / "a.ods", rows), form=form)}, year=2020)
    assert card["rural_water"].tally == ei.Tally(unknown=5)


@pytest.mark.parametrize("name", ["a.ods", "a.xls"])
@pytest.mark.parametrize(
    "content", [b"", b"area,persons", b"PK\x03\x04" + bytes(100), b"\xd0\xcf\x11\xe0" + bytes(600)]
)
def test_what_only_looks_like_a_sheet_is_named(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ei.UnreadableTable, match=rf"{name}: cannot be read as a workbook"):
        ei.evaluate(soc_trang_2020, {"waste": ei.scan(path)}, year=2020)


def test_the_lock_files_of_excel_are_no_tables(tmp_path):
    book, path = workbook(tmp_path / "a.xlsx", [["stream", "generated"], ["medical", 3]])
    book.save(path)
    lock = tmp_path / "~$a.xlsx"
    lock.write_bytes(b"\x05office")
    assert ei.scan(tmp_path / "*.xlsx").paths == (path,)
    with pytest.raises(ei.UnreadableTable, match="marks that one is open"):
        ei.scan(lock)


# forms in files


def test_a_form_in_a_file_is_the_form_that_it_says(tmp_path):
    path = tmp_path / "bieu01.toml"
    path.write_text(
        """
        numbers = "1.234,5"
        heading = [5, 6]
        blank = ["..."]
        [columns]
        area = {joined = ["Tỉnh", "Huyện"]}
        settlement = {always = "urban"}
        persons = "Số dân"
        [values]
        hygienic_water = {"Có" = true, "" = false}
        """,
        encoding="utf-8",
    )
    assert ei.Form.load(path) == ei.Form(
        numbers="1.234,5",
        heading=(5, 6),
        blank=["..."],
        columns={"area": ei.joined("Tỉnh", "Huyện"), "settlement": ei.always("urban"), "persons": "Số dân"},
        values={"hygienic_water": {"Có": True, None: False}},
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file["name"])
def test_a_form_is_written_and_read_back(tmp_path, file):
    form = form_of(file["form"], SKIPPED.get(file["name"], {}))
    path = tmp_path / "form.toml"
    path.write_text(form.to_toml(), encoding="utf-8")
    assert ei.Form.from_toml(form.to_toml()) == form
    assert ei.Form.load(path) == form


@pytest.mark.parametrize("text", ["", "columns = 3", "[", "a.b", None, 'colums = "x"', " " * 4_000_001])
def test_text_that_is_no_form_is_refused(text):
    if not text and text is not None:
        assert ei.Form.from_toml(text) == ei.Form()
        return
    with pytest.raises(ei.OptionError, match="TOML: "):
        ei.Form.from_toml(text)


def test_what_toml_has_no_word_for_is_refused():
    with pytest.raises(ei.OptionError, match="TOML has no word for 1 that means True in values of 'hygienic_water'"):
        ei.Form(values={"hygienic_water": {1: True}}).to_toml()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("numbers = ", "cannot be read as TOML"),
        ('number = "1.234,5"', "'number' is nothing that a form says; did you mean 'numbers'"),
        ('numbers = "12.345"', "how the number 1234.5 is written"),
        ('[columns]\narea = {sometimes = "x"}', "columns, the column 'area': .*says no column"),
        ("unit = 5", "unit"),
        ("values = 5", "values is 5"),
    ],
)
def test_a_file_that_is_no_form_is_named(tmp_path, content, words):
    path = tmp_path / "bieu01.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ei.OptionError, match=rf"bieu01\.toml: .*{words}"):
        ei.Form.load(path)


def test_the_command_line_reads_a_file_by_its_form(tmp_path, capsys):
    from envindicators.cli import main

    form = tmp_path / "bieu.toml"
    form.write_text(
        """
        foot = 1
        [columns]
        area = "Huyện"
        settlement = {always = "rural"}
        households = "Số hộ nông thôn"
        hygienic_water = "Hộ dùng nước hợp vệ sinh"
        """,
        encoding="utf-8",
    )
    given = ["evaluate", "--households", str(MESSY / "bom-and-last-line.csv"), "--year", "2020", "--lang", "en"]
    main([*given, "--form", f"households={form}", "--by", "area"])
    assert "Châu Thành" in capsys.readouterr().out
    assert main([*given, "--form", f"households={tmp_path / 'none.toml'}"]) == 3
    assert "no file matches" in capsys.readouterr().err
