"""The header is the first row; what stands above it, twice in it or beside it is refused or said."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from sheets import HEADER, ROWS, RURAL, evaluated, lines, message, refused

import envindicators as ei
from envindicators.errors import UnreadableTable
from envindicators.programmes import soc_trang_2020


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_a_title_above_the_header_is_refused(request: pytest.FixtureRequest, kind: str):
    """The header is the first row: a title above it gives an error that says where the heading stands."""
    rows = [["BÁO CÁO NƯỚC SẠCH NĂM 2020", None, None, None, None], [None] * 5, HEADER, *ROWS]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    with pytest.raises(ei.UnreadableTable) as caught:
        evaluated(files)
    text, vietnamese = str(caught.value), caught.value.in_("vi")
    assert "settlement" in text
    assert "persons" in text
    assert "BÁO CÁO NƯỚC SẠCH NĂM 2020" in text
    assert "the heading seems to be row 3" in text
    assert "tiêu đề cột có vẻ nằm ở dòng 3" in vietnamese
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.in_("vi")) == (text, vietnamese)


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_a_title_of_one_cell_is_refused_like_one_of_many(request: pytest.FixtureRequest, kind: str):
    rows = [["BÁO CÁO"], [], HEADER, *ROWS]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else "BÁO CÁO\n\n" + lines([HEADER, *ROWS]))
    with pytest.raises(ei.UnreadableTable, match="the heading seems to be row 3"):
        evaluated(files)


@pytest.mark.parametrize(
    ("written", "column"),
    [("Hygienic_Water", "hygienic_water"), ("hygienic water ", "hygienic_water"), ("PERSONS", "persons"),
     ("Khu vuc", "settlement"), ("Dia ban", "area")],
)  # fmt: skip
def test_a_column_of_almost_the_right_name_is_not_used_and_it_says_so(csv: Any, written: str, column: str):
    header = [written if name == column else name for name in HEADER]
    problems = ei.check(soc_trang_2020, {"residents": csv(lines([header, *ROWS]))}, year=2020, by="area")
    said = [problem.in_("vi") for problem in problems if "có phải là" in problem.in_("vi")]
    assert any(repr(written) in each and (repr(column) in each or f"'{written}'?" in each) for each in said), problems


@pytest.mark.parametrize("kind", ["excel", "csv"])
@pytest.mark.parametrize(
    ("written", "column"),
    [("Settlement", "settlement"), ("Khu vực", "settlement"), (" khu vực", "settlement"), ("Địa bàn", "area"),
     ("Năm", "year"), ("Tổng số (người)", "persons"), ("Tổng số", "persons")],
)  # fmt: skip
def test_a_column_is_found_by_its_published_name(request: pytest.FixtureRequest, kind: str, written: str, column: str):
    rows = [[written if name == column else name for name in HEADER], *ROWS]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    assert evaluated(files, by="area")["rural_water"].tally == RURAL


@pytest.mark.parametrize("kind", ["excel", "csv"])
@pytest.mark.parametrize(
    ("first", "second"), [("settlement", "Khu vực"), ("Khu vực", "KHU VỰC"), ("Năm", "year"), ("Địa bàn", "Area")]
)
def test_two_headings_that_fit_one_column_are_refused(
    request: pytest.FixtureRequest, kind: str, first: str, second: str
):
    column = {"settlement": "settlement", "Khu vực": "settlement", "Năm": "year", "Địa bàn": "area"}[first]
    place = HEADER.index(column)
    header = [first if name == column else name for name in HEADER]
    rows = [[*header, second], *([*row, row[place]] for row in ROWS)]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    text = message(files)
    assert repr(first) in text
    assert repr(second) in text


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_a_heading_that_a_form_names_is_refused_where_another_differs_in_case_alone(
    request: pytest.FixtureRequest, kind: str
):
    rows = [[*HEADER[:3], "Dân số", HEADER[4], "DÂN SỐ"], *([*row, 1] for row in ROWS)]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    text = message(ei.Form(columns={"persons": "Dân số"}).of(files))
    assert "'Dân số', 'DÂN SỐ'" in text


@pytest.mark.parametrize("kind", ["excel", "csv"])
@pytest.mark.parametrize(
    ("written", "meant"),
    [("Nông thôn", "rural"), ("nông thôn", "rural"), ("Thành thị", "urban"), ("URBAN", "urban"), ("rural ", "rural")],
)
def test_a_value_is_found_by_its_published_name(request: pytest.FixtureRequest, kind: str, written: str, meant: str):
    place = HEADER.index("settlement")
    rows = [[*row[:place], written if row[place] == meant else row[place], *row[place + 1 :]] for row in ROWS]
    files = request.getfixturevalue(kind)([HEADER, *rows] if kind == "excel" else lines([HEADER, *rows]))
    assert evaluated(files)["rural_water"].tally == RURAL


def test_a_value_without_its_marks_stays_refused_with_the_value_that_is_meant(csv: Any):
    place = HEADER.index("settlement")
    rows = [[*row[:place], "Nong thon", *row[place + 1 :]] for row in ROWS[:1]]
    assert "did you mean 'rural'?" in message(csv(lines([HEADER, *rows])))


def test_a_title_without_separators_is_refused(csv: Any):
    """A title on a line of its own, without separators, is refused, naming the file or the columns wanted."""
    with pytest.raises(ValueError, match=r"nước sạch\.csv|settlement"):
        evaluated(csv("BÁO CÁO NƯỚC SẠCH NĂM 2020\n" + lines([HEADER, *ROWS])))


@pytest.mark.parametrize("kind", ["excel", "csv"])
@pytest.mark.parametrize("twice", ["persons", "hygienic_water", "settlement", "area"])
def test_a_header_twice_is_refused(request: pytest.FixtureRequest, kind: str, twice: str):
    """Two columns of one name are refused, whichever is right; the second is not renamed and passed over."""
    place = HEADER.index(twice)
    rows = [[*HEADER, twice], *([*row, row[place]] for row in ROWS)]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    assert (None, twice, twice) in refused(files)


@pytest.mark.parametrize("kind", ["excel", "csv"])
@pytest.mark.parametrize("name", ["persons ", "Persons", " persons"])
def test_a_header_with_spaces_or_capitals_is_answered_with_the_near_one(
    request: pytest.FixtureRequest, kind: str, name: str
):
    """A total whose name has a space or a capital too many is refused, and the near name is shown."""
    rows = [[*HEADER[:3], name, HEADER[4]], *ROWS]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    assert f"did you mean {name!r}?" in message(files)


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_a_part_under_another_name_is_never_silent(request: pytest.FixtureRequest, kind: str):
    """A part whose name has a space too many is missing, and listed as a column that is not used."""
    rows = [[*HEADER[:4], "hygienic_water "], *ROWS]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    card = evaluated(files)
    assert card["rural_water"].reason == "no_column"
    assert {(each.column, each.severity) for each in card.problems} == {
        ("hygienic_water", "gap"),
        ("hygienic_water ", "note"),
    }


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_numbers_under_no_header_are_refused_or_listed(request: pytest.FixtureRequest, kind: str):
    """A nameless column that holds something is listed, never read for another."""
    rows = [[*HEADER, None], *([*row, 7] for row in ROWS)]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    card = evaluated(files)
    assert card["rural_water"].tally == RURAL
    assert [each.severity for each in card.problems] == ["note"]


def test_rows_longer_than_the_header_shift_no_column(csv: Any):
    """Where every row has a cell more than the header, no cell may pass for that of another column."""
    text = "area,polluters,relocation_road_map\nKế Sách,50,40,7\nMỹ Tú,60,30,9\n"
    with pytest.raises(ValueError, match=r"nước sạch\.csv|polluters"):
        evaluated(csv(text), "polluters")


def test_a_separator_at_the_end_of_every_row_shifts_no_column(csv: Any):
    """Where every row ends in a separator, and the header does not, the cells stay under their headers."""
    text = "area,polluters,relocation_road_map\nKế Sách,50,40,\nMỹ Tú,60,30,\n"
    try:
        card = evaluated(csv(text), "polluters", by="area")
    except ValueError as error:
        assert "nước sạch.csv" in str(error) or "polluters" in str(error)  # noqa: PT017
        assert "'relocation_road_map': [0, 1]" not in str(error)  # noqa: PT017
    else:
        assert card.groups == ["Kế Sách", "Mỹ Tú"]
        assert card.duty("relocation").tally == ei.Tally(70, 40)


def test_one_row_longer_than_the_header_is_refused(csv: Any):
    """A row with a cell too many names the file and the line."""
    with pytest.raises(UnreadableTable, match=r"nước sạch\.csv.*line 3"):
        evaluated(csv(lines([HEADER, ROWS[0], [*ROWS[1], 5], *ROWS[2:]])))
