"""Every refusal of what offices write in their cells names the option of a form that mends it, and the option does."""

from __future__ import annotations

import ast
import contextlib
import re

import openpyxl
import pytest

import envindicators as ei
from envindicators.cli.advice import ADVICE
from envindicators.programmes import soc_trang_2020

HEADER = ["area", "year", "settlement", "persons", "hygienic_water"]
COLUMNS = {"total": 3, "part": 4, "year": 1, "category": 2}


def rows(column=None, cell=None):
    made = [["Mỹ Tú", 2020, "rural", 100, 50], ["Kế Sách", 2020, "rural", 200, 0], ["Trần Đề", 2020, "rural", 300, 90]]
    if column is not None:
        made[1][COLUMNS[column]] = cell
    return made


@pytest.fixture
def problems(tmp_path):
    def found(table, given, form=None):
        made = openpyxl.Workbook()
        for row in given:
            made.active.append(row)
        made.save(tmp_path / "a.xlsx")
        return ei.check(soc_trang_2020, {table: ei.scan(tmp_path / "a.xlsx", form=form)}, year=2020).errors

    return found


MARKS = [
    ("total", "-", "zero", "['-']"), ("total", "–", "blank", "['–']"), ("part", "…", "blank", "['…']"),
    ("part", "không có", "zero", "['không có']"), ("part", "chưa có số liệu", "blank", "['chưa có số liệu']"),
    ("part", "n/a", "blank", "['n/a']"), ("category", "...", "blank", "['...']"),
    ("total", "1.234,5 ", "numbers", "'1.234,5'"),
    ("total", "200*", "values", "{'persons': {'200*': 200}}"),
    ("total", "200 (1)", "values", "{'persons': {'200 (1)': 200}}"),
    ("total", "200 người", "values", "{'persons': {'200 người': 200}}"),
    ("total", " 200 người\n", "values", "{'persons': {'200 người': 200}}"),
    ("part", "khoảng 50", "values", "{'hygienic_water': {'khoảng 50': None}}"),
    ("part", "<5", "values", "{'hygienic_water': {'<5': None}}"),
    ("year", "Năm 2020", "values", "{'year': {'Năm 2020': 2020}}"),
    ("year", "Sơ bộ\n2020", "values", "{'year': {'Sơ bộ\\n2020': 2020}}"),
    ("year", "2020 (*)", "values", "{'year': {'2020 (*)': 2020}}"),
    ("category", "ruộng đồng", "values", "{'settlement': {'ruộng đồng': 'urban'}}"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "cell", "name", "said"), MARKS)
def test_what_is_said_mends_the_cell(problems, column, cell, name, said):
    given = [HEADER, *rows(column, cell)]
    (problem,) = problems("residents", given)
    for lang in ("en", "vi"):
        assert f"{name}={said}" in problem.in_(lang)
    if "1.234,5" not in cell:  # which is no whole number of people
        assert not problems("residents", given, ei.Form(**{name: ast.literal_eval(said)}))


def said_in_toml(problem, lang, name):
    """Return what a hint on the command line says of an argument of a form: the shortest that is TOML."""
    told = problem.in_(lang, ADVICE)
    start = told.index(f"{name}=")
    for end in range(start + len(name) + 1, len(told) + 1):
        with contextlib.suppress(ei.OptionError):
            return ei.Form.from_toml(told[start:end])
    raise AssertionError(told)


@pytest.mark.parametrize(("column", "cell", "name", "said"), MARKS)
def test_on_the_command_line_it_is_said_in_toml(problems, column, cell, name, said):
    (problem,) = problems("residents", [HEADER, *rows(column, cell)])
    for lang in ("en", "vi"):
        form = said_in_toml(problem, lang, name)
        assert form == ei.Form(**{name: ast.literal_eval(said)})
        assert not re.search("True|False|None", problem.in_(lang, ADVICE))


def test_truths_are_said_in_toml_on_the_command_line(problems):
    (problem,) = problems("establishments", establishments("?", True))
    told = problem.in_("en", ADVICE)
    assert told.endswith('as values={clean_technology = {"?" = ...}}: true, false, or "" for not known')
    (problem,) = problems("establishments", establishments("Có", True))
    told = problem.in_("vi", ADVICE)
    assert 'values={clean_technology = {"Có" = true}}, thêm "" = false nếu ô trống' in told
    assert problem.to_dict("vi", options=ADVICE)["text"] == told
    form = ei.Form(values={"clean_technology": {"Có": "yes"}})
    problem = problems("establishments", establishments("Có", True), form)[0]
    assert "expected one of True, False" in str(problem)
    assert "expected one of true, false" in problem.in_("en", ADVICE)


def test_values_of_categories_are_listed_by_their_names_with_what_is_to_be_written(problems):
    (problem,) = problems("residents", [HEADER, *rows("category", "ruộng đồng")])
    assert "thành thị (urban), nông thôn (rural)" in problem.in_("vi")
    assert "expected one of urban, rural" in str(problem)


@pytest.mark.parametrize("cell", ["12,5 nghìn", "2 triệu", "12.345*", "6 tháng 2020"])
def test_no_number_is_proposed_that_may_be_another(problems, cell):
    (problem,) = problems("residents", [HEADER, *rows("total", cell)])
    assert f"{{'persons': {{{cell!r}: ...}}}}" in problem.in_("en")


@pytest.mark.parametrize("cell", ["trước 2015", "2019-2020", "31/12/2020", "Q4/2020", "chưa rõ"])
def test_no_year_is_proposed_that_may_be_another(problems, cell):
    (problem,) = problems("residents", [HEADER, *rows("year", cell)])
    assert f"{{'year': {{{cell!r}: ...}}}}" in problem.in_("vi")


@pytest.mark.parametrize("cell", ['"', "nt", "- nt -", "Như trên"])
@pytest.mark.parametrize("column", ["total", "part", "year", "category"])
def test_a_ditto_mark_is_written_out(problems, column, cell):
    problem = problems("residents", [HEADER, *rows(column, cell)])[0]
    assert "repeats the cell above" in problem.in_("en")
    assert "như ô trên" in problem.in_("vi")


FLAGS = ["area", "id", "activity", "built", "clean_technology"]


def establishments(*flags):
    return [FLAGS, *(["Mỹ Tú", number, "production", 2016, flag] for number, flag in enumerate(flags))]


@pytest.mark.parametrize(
    ("flags", "values"),
    [
        (("x", None, "x"), {"x": True, None: False}),
        (("Có", "Không", "Có"), {"Có": True, "Không": False}),
        (("Đạt", "Chưa đạt", True), {"Đạt": True, "Chưa đạt": False}),
    ],
)
def test_marks_of_flags_are_said_in_values(problems, flags, values):
    given = establishments(*flags)
    found = problems("establishments", given)
    assert {problem.value for problem in found} == {flag for flag in flags if isinstance(flag, str)}
    for problem in found:
        said = f"values={{'clean_technology': {{{problem.value!r}: {values[problem.value]}}}}}"
        assert said in problem.in_("en")
        assert said in problem.in_("vi")
    assert not problems("establishments", given, ei.Form(values={"clean_technology": values}))


def test_other_marks_of_flags_are_asked_for(problems):
    (problem,) = problems("establishments", establishments("?", True))
    assert "{'clean_technology': {'?': ...}}: True, False, or None" in problem.in_("en")


# rows that are none of the table

FOOTS = [
    [["Ghi chú: số liệu sơ bộ"]],
    [[], ["Ghi chú: số liệu sơ bộ"], ["Nguồn: Cục Thống kê tỉnh"]],
    [[None, None, None, "Người lập biểu"]],
    [[], [None, None, None, None, "Ngày 5 tháng 1 năm 2021"], ["Người lập biểu", None, None, None, "Giám đốc"]],
]


@pytest.mark.parametrize("foot", FOOTS)
def test_notes_and_signatures_below_are_left_out_by_foot(problems, foot):
    """However many there are, the number that is said leaves out all of them, and blank rows between."""
    given = [HEADER, *rows(), *foot]
    found = problems("residents", given)
    said = {problem.details["beside"].details["count"] for problem in found}
    assert len(said) == 1
    count = said.pop()
    for problem in found:
        assert f"foot={count} " in problem.in_("en")
        assert f"foot={count} " in problem.in_("vi")
    assert not problems("residents", given, ei.Form(foot=count))


@pytest.mark.parametrize(
    ("within", "numbers"),
    [
        ({0: ["A", "B", "C", "1", "2"]}, [2]),
        ({0: ["(A)", "(B)", "(1)", "(2)", "(3)=(1)+(2)"]}, [2]),
        ({0: [None, None, None, "người", "người"]}, [2]),
        ({0: ["I. Khu vực nông thôn"], 3: ["II. Khu vực thành thị"]}, [2, 5]),
    ],
)
def test_headings_units_and_numbers_of_columns_are_left_out_by_skip(problems, within, numbers):
    given = rows()
    for place, row in within.items():
        given.insert(place, row)
    given = [["Biểu 01"], HEADER, *given]
    found = problems("residents", given, ei.Form(heading=2))
    said = f"skip=[{', '.join(str(number + 1) for number in numbers)}]"
    assert {problem.row_number for problem in found} == {number + 1 for number in numbers}
    for problem in found:
        assert said in problem.in_("en")
        assert said in problem.in_("vi")
    assert not problems("residents", given, ei.Form(heading=2, skip=[number + 1 for number in numbers]))


def test_a_row_of_the_table_is_not_taken_for_another(problems):
    """A row with figures may lack a key, and one with a key may have nothing but marks for not known."""
    for row in ([None, 2020, "rural", 100, 50], ["Kế Sách", 2020, "rural", "chưa có", None]):
        for problem in problems("residents", [HEADER, *rows(), row]):
            assert "foot=" not in problem.in_("en")


def test_frames_have_no_rows_to_leave_out():
    given = [dict(zip(HEADER, row, strict=True)) for row in rows()] + [dict.fromkeys(HEADER) | {"area": "Ghi chú"}]
    for problem in ei.check(soc_trang_2020, {"residents": given}).errors:
        assert "foot=" not in problem.in_("en")


NUMBERED = "area,hygienic_water,persons,settlement\nA,1,2,rural\nLong Phú,900,1000,rural\n"


@pytest.mark.parametrize("second", ["A", "(1)", "1"])
def test_a_row_of_column_numbers_that_could_count_is_noted(tmp_path, second):
    file = tmp_path / "residents.csv"
    file.write_text(NUMBERED.replace("A,", f"{second},").replace("1,2", "2,3" if second == "1" else "1,2"))
    card = ei.evaluate(soc_trang_2020, {"residents": ei.scan(file)}, year=2020, by="area")
    (note,) = [problem for problem in card.problems if problem.kind == "numbering_row"]
    assert (note.severity, note.row, note.details["skip"]) == ("note", 0, 2)
    assert "numbers of columns" in card.to_html()
    form = ei.Form(skip=[2])
    read = ei.evaluate(soc_trang_2020, {"residents": ei.scan(file, form=form)}, year=2020, by="area")
    assert not [problem for problem in read.problems if problem.kind == "numbering_row"]
    assert len(read.groups) == 1


@pytest.mark.parametrize("row", ["A,9,10", "A,10,20", "Long Phú,1,2", "B,5,5"])
def test_a_row_of_figures_is_no_row_of_column_numbers(tmp_path, row):
    file = tmp_path / "residents.csv"
    file.write_text(NUMBERED.replace("A,1,2", row))
    problems = ei.check(soc_trang_2020, {"residents": ei.scan(file)}, year=2020, by="area")
    assert "numbering_row" not in {problem.kind for problem in problems}


def test_a_form_in_a_file_is_told_in_toml_what_to_write():
    with pytest.raises(ei.OptionError) as refused:
        ei.Form.from_toml('blank = ["0"]')
    for lang in ("en", "vi"):
        said = refused.value.in_(lang).partition("values=")[2]
        assert ei.Form.from_toml(f"values={said}") == ei.Form(values={"column": {"0": None}})
    with pytest.raises(ei.OptionError, match=r"values=\{column: \{'0': None\}\}"):
        ei.Form(blank=["0"])
