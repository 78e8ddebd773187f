"""Spreadsheets as offices keep them: each gives the right number, or an error that names the file or the cell.

The header is the first row. Nothing is guessed: a dash, dots, a percentage or a decimal comma is text.
"""

from __future__ import annotations

import datetime
import decimal
import pickle
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from forms import evaluate

import envindicators as ei
from envindicators.errors import UnreadableTable
from envindicators.programmes import soc_trang_2020

HEADER = ["area", "year", "settlement", "persons", "hygienic_water"]
ROWS: list[list[Any]] = [
    ["Kế Sách", 2020, "urban", 1000, 900],
    ["Kế Sách", 2020, "rural", 2000, 1500],
    ["Mỹ Tú", 2020, "urban", 3000, 3000],
    ["Mỹ Tú", 2020, "rural", 4000, 3900],
]
RURAL = ei.Tally(5400, 600)
"""What the rural rows add up to."""


def rows_with(row: int, column: str, value: Any) -> list[list[Any]]:
    """Return the rows with one cell changed."""
    changed = [list(each) for each in ROWS]
    changed[row][HEADER.index(column)] = value
    return changed


@pytest.fixture
def excel(tmp_path: Path) -> Callable[..., Any]:
    """Return what writes rows to a workbook and scans it."""

    def write(rows: Iterable[Sequence[Any]], name: str = "nước sạch.xlsx", sheet: str | None = None) -> Any:
        book = openpyxl.Workbook()
        page = book.active
        for row in rows:
            page.append(list(row))
        if sheet:
            page.title = sheet
        book.save(tmp_path / name)
        return ei.scan(tmp_path / name)

    return write


@pytest.fixture
def csv(tmp_path: Path) -> Callable[..., Any]:
    """Return what writes text or bytes to a file and scans it."""

    def write(text: str | bytes, name: str = "nước sạch.csv", encoding: str = "utf-8") -> Any:
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return ei.scan(tmp_path / name)

    return write


def lines(rows: Iterable[Sequence[Any]], separator: str = ",", end: str = "\n") -> str:
    """Return rows as the text of a CSV file; None is a blank cell."""
    return "".join(separator.join("" if cell is None else str(cell) for cell in row) + end for row in rows)


def evaluated(files: Any, table: str = "residents", **options: Any) -> ei.Scorecard:
    return evaluate(soc_trang_2020, {table: files}, **{"year": 2020, **options})


def refused(files: Any, table: str = "residents", **options: Any) -> list[tuple[Any, ...]]:
    """Return row, column and value of the errors for which a file is refused."""
    with pytest.raises(ei.InvalidTable) as caught:
        evaluated(files, table, **options)
    for problem in caught.value.problems:
        assert problem.table == table
        for lang in ("en", "vi"):
            assert table in problem.in_(lang)
            assert problem.column is None or repr(problem.column) in problem.in_(lang)
            value = problem.value.isoformat() if isinstance(problem.value, datetime.date) else repr(problem.value)
            assert problem.value is None or value in problem.in_(lang)
    return [(each.row, each.column, each.value) for each in caught.value.problems]


def message(files: Any, **options: Any) -> str:
    with pytest.raises(ei.InvalidTable) as caught:
        evaluated(files, **options)
    return str(caught.value)


# as it should be


def test_a_tidy_workbook_is_read(excel: Any):
    """A workbook whose header is the first row is read."""
    assert evaluated(excel([HEADER, *ROWS]))["rural_water"].tally == RURAL


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("name", ["a.csv", "a.CSV", "a.tsv", "a.txt"])
def test_a_tidy_text_file_is_read(csv: Any, separator: str, end: str, encoding: str, name: str):
    """Comma, semicolon or tab, any line ends, with a byte order mark or without."""
    files = csv(lines([HEADER, *ROWS], separator, end), name, encoding)
    card = evaluated(files, by="area")
    assert card["rural_water"].tally == RURAL
    assert card.groups == ["Kế Sách", "Mỹ Tú"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_quoted_names_may_hold_separators_quotes_and_line_ends(csv: Any, separator: str):
    """A quoted name may hold commas, semicolons, tabs, quotes and line ends."""
    name = 'Xã "An", huyện Kế Sách; khu\tA\nấp 1'
    rows = [[f'"{name.replace(chr(34), chr(34) * 2)}"', *ROWS[1][1:]]]
    assert evaluated(csv(lines([HEADER, *rows], separator)), by="area").groups == [name]


def test_trailing_blank_rows_and_columns_are_no_rows_and_columns(excel: Any):
    """Rows and nameless columns that are blank throughout are none."""
    blank = [None] * 8
    files = excel([[*HEADER, None, None, None], *([*row, None, None, None] for row in ROWS), *[blank] * 5])
    card = evaluated(files)
    assert card["rural_water"].tally == RURAL
    assert not card.problems


def test_trailing_blank_lines_and_columns_of_text_are_no_rows_and_columns(csv: Any):
    """So in text files, where blank lines have no separators."""
    files = csv(lines([[*HEADER, ""], *([*row, ""] for row in ROWS)]) + "\n\n")
    assert evaluated(files)["rural_water"].tally == RURAL


def test_trailing_lines_of_separators_are_no_rows_or_refused(csv: Any):
    """Lines of nothing but separators are no rows, or are refused and named; they count for nothing."""
    files = csv(lines([HEADER, *ROWS, [""] * 5, [""] * 5]))
    try:
        card = evaluated(files)
    except ei.InvalidTable as error:
        assert {each.row for each in error.problems} == {4, 5}  # noqa: PT017
    else:
        assert card["rural_water"].tally == RURAL


@pytest.mark.parametrize("area", ["NA", "N/A", "nan", "NaN", "null", "NULL", "None", "-nan", "#N/A N/A", "<NA>"])
@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_an_area_that_reads_like_a_missing_value_is_an_area(request: pytest.FixtureRequest, kind: str, area: str):
    """A blank cell is missing, and nothing else is: an area may be called NA."""
    rows = [HEADER, [area, *ROWS[1][1:]]]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    assert evaluated(files, by="area").groups == [area]


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_true_and_false_are_flags(request: pytest.FixtureRequest, kind: str):
    """TRUE, FALSE and blank are flags."""
    rows = [[*row[:4], flag] for row, flag in zip(ROWS, [True, True, None, False], strict=True)]
    text = lines([HEADER, *rows]).replace("True", "TRUE").replace("False", "FALSE")
    files = request.getfixturevalue(kind)([HEADER, *rows] if kind == "excel" else text)
    card = evaluated(files)
    assert card["rural_water"].tally == ei.Tally(2000, 4000)
    assert card["urban_water"].tally == ei.Tally(1000, 0, 3000)


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_a_blank_count_stays_open(request: pytest.FixtureRequest, kind: str):
    """A blank count of a part is a gap that names its cell."""
    rows = [HEADER, *rows_with(3, "hygienic_water", None)]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    card = evaluated(files)
    assert card["rural_water"].tally == ei.Tally(1500, 500, 4000)
    assert [(each.row, each.column, each.severity) for each in card.problems] == [(3, "hygienic_water", "gap")]


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_a_column_of_blanks_stays_open(request: pytest.FixtureRequest, kind: str):
    """A part that no one has filled in yet leaves all units unknown."""
    rows = [HEADER, *([*row[:4], None] for row in ROWS)]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    assert evaluated(files)["rural_water"].tally == ei.Tally(unknown=6000)


# text among numbers

WORDS = ["-", "–", "...", "…", "1.234,5", "12 a", "98%", "n/a", "#", "không", " "]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("column", ["persons", "hygienic_water"])
@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_a_word_among_numbers_is_the_only_cell_blamed(
    request: pytest.FixtureRequest, kind: str, column: str, word: str
):
    """One wrong cell is one problem: the numbers beside it are right, whatever the type of the column becomes."""
    rows = [HEADER, *rows_with(1, column, f'"{word}"' if kind == "csv" else word)]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    assert refused(files) == [(1, column, word)]


@pytest.mark.parametrize(("word", "hint"), [("-", "write 0"), ("...", "blank"), ("1.234,5", "decimal comma")])
@pytest.mark.parametrize("column", ["persons", "hygienic_water"])
@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_what_a_word_should_be_is_said(request: pytest.FixtureRequest, kind: str, column: str, word: str, hint: str):
    """The message says what to write for none, for no information, and for a decimal comma."""
    rows = [HEADER, *rows_with(1, column, f'"{word}"' if kind == "csv" else word)]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    assert hint in message(files)


def test_numbers_stored_as_text_are_refused_in_a_workbook(excel: Any):
    """Numbers stored as text are text: each such cell is named, and the numbers are not."""
    assert refused(excel([HEADER, *rows_with(1, "persons", "2000")])) == [(1, "persons", "2000")]


def test_a_column_of_numbers_stored_as_text_is_refused_in_a_workbook(excel: Any):
    """So where all numbers of a column are stored as text."""
    found = refused(excel([HEADER, *([*row[:4], str(row[4])] for row in ROWS)]))
    assert found == [(row, "hygienic_water", str(each[4])) for row, each in enumerate(ROWS)]


def test_quoted_numbers_of_a_text_file_are_numbers(csv: Any):
    """In a CSV file a quoted number is a number."""
    assert (
        evaluated(csv(lines([HEADER, *([*row[:3], f'"{row[3]}"', row[4]] for row in ROWS)])))["rural_water"].tally
        == RURAL
    )


def test_decimal_commas_between_semicolons_are_refused(csv: Any):
    """With semicolons between cells, decimal commas are text, which is refused and explained."""
    text = "area;stream;generated;collected;treated_to_standard\nKế Sách;medical;12,5;10,5;9,5\n"
    found = refused(csv(text), "waste")
    assert (0, "generated", "12,5") in found
    assert (0, "collected", "10,5") in found


def test_a_share_in_a_column_of_counts_is_refused(excel: Any):
    """A cell shown as 98% holds 0.98, which is no count."""
    assert refused(excel([HEADER, *rows_with(1, "hygienic_water", 0.98)])) == [(1, "hygienic_water", 0.98)]


def test_a_percentage_as_text_is_refused(excel: Any):
    """A column of percentages as text is refused, cell by cell."""
    found = refused(excel([HEADER, *([*row[:4], "98%"] for row in ROWS)]))
    assert found == [(row, "hygienic_water", "98%") for row in range(4)]


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?"])
@pytest.mark.parametrize("column", ["persons", "hygienic_water", "settlement"])
def test_a_cell_that_holds_an_error_is_refused(excel: Any, column: str, error: str):
    """A blank cell is missing, and nothing else is: the error of a formula is not taken for a blank."""
    assert refused(excel([HEADER, *rows_with(1, column, error)])) == [(1, column, error)]


def test_a_formula_without_a_stored_value_is_not_taken_for_a_blank(excel: Any):
    """A formula whose value was never computed is not a blank cell."""
    files = excel([HEADER, *rows_with(1, "hygienic_water", "=1000+500")])
    assert [each[:2] for each in refused(files)] == [(1, "hygienic_water")]


# dates, years, blanks


@pytest.mark.parametrize(
    "value",
    [
        datetime.datetime(2020, 12, 31),  # noqa: DTZ001 - cells have no time zone
        datetime.date(2020, 12, 31),
        "31/12/2020",
        "Năm 2020",
        "2020",
        2020.5,
    ],
)
def test_a_date_is_no_year(excel: Any, value: Any):
    """A date, or a year in words, is refused and its cell named."""
    ((row, column, found),) = refused(excel([HEADER, *rows_with(2, "year", value)]))
    assert (row, column) == (2, "year")
    assert str(value)[:4] in str(found)


def test_a_date_is_no_year_in_a_text_file(csv: Any):
    """So in a text file, where one date makes text of the column: only the date is blamed."""
    assert refused(csv(lines([HEADER, *rows_with(2, "year", "31/12/2020")]))) == [(2, "year", "31/12/2020")]


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_merged_areas_leave_blanks_that_are_refused(request: pytest.FixtureRequest, kind: str):
    """Where an area stands in the first of merged cells, the others are blank: each is named, none is filled."""
    rows = [HEADER, *([None if place % 2 else row[0], *row[1:]] for place, row in enumerate(ROWS))]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    assert refused(files) == [(1, "area", None), (3, "area", None)]


def test_cells_that_are_truly_merged_are_refused(tmp_path: Path):
    """Merged cells of a workbook are blank but for the first."""
    book = openpyxl.Workbook()
    for row in [HEADER, *ROWS]:
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.save(tmp_path / "a.xlsx")
    assert refused(ei.scan(tmp_path / "a.xlsx")) == [(1, "area", None)]


@pytest.mark.parametrize("blank", [" ", "\t", "\xa0", "\u3000"])
@pytest.mark.parametrize("column", ["area", "settlement", "persons", "hygienic_water", "year"])
def test_hidden_blanks_are_refused(excel: Any, column: str, blank: str):
    """A cell that holds nothing but spaces looks blank and is text: it is refused."""
    assert refused(excel([HEADER, *rows_with(1, column, blank)])) == [(1, column, blank)]


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_a_blank_row_between_does_not_shift_the_rows_of_problems(request: pytest.FixtureRequest, kind: str):
    """A problem names the row as it stands in the file, also below a blank row: right rows are never blamed."""
    bad = rows_with(3, "hygienic_water", -1)
    rows = [HEADER, *bad[:2], [None] * (5 if kind == "excel" else 1), *bad[2:]]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    assert refused(files) == [(4, "hygienic_water", -1)]


# headers


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
     ("Settlement", "settlement"), ("Khu vực", "settlement"), ("Địa bàn", "area"), ("Năm", "year")],
)  # fmt: skip
def test_a_column_of_almost_the_right_name_is_not_used_and_it_says_so(csv: Any, written: str, column: str):
    header = [written if name == column else name for name in HEADER]
    problems = ei.check(soc_trang_2020, {"residents": csv(lines([header, *ROWS]))}, year=2020, by="area")
    said = [problem.in_("vi") for problem in problems if "có phải là" in problem.in_("vi")]
    assert any(repr(written) in each and (repr(column) in each or f"'{written}'?" in each) for each in said), problems


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Nông thôn", "rural"), ("nông thôn", "rural"), ("Nong thon", "rural"), ("Thành thị", "urban"),
     ("URBAN", "urban"), ("rural ", "rural")],
)  # fmt: skip
def test_the_name_of_a_value_stays_refused_with_the_value_that_is_meant(csv: Any, written: str, meant: str):
    place = HEADER.index("settlement")
    rows = [[*row[:place], written, *row[place + 1 :]] for row in ROWS[:1]]
    text = message(csv(lines([HEADER, *rows])))
    assert f"did you mean {meant!r}?" in text


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


# keys


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_names_in_two_encodings_are_refused(request: pytest.FixtureRequest, kind: str):
    """A name typed on another keyboard, in NFD, is refused beside the same in NFC, with both named."""
    other = unicodedata.normalize("NFD", "Mỹ Tú")
    rows = [HEADER, *rows_with(3, "area", other)]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    text = message(files, by="area")
    assert repr(other) in text
    assert repr("Mỹ Tú") in text


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_names_all_in_nfd_are_left_as_they_are(request: pytest.FixtureRequest, kind: str):
    """A table whose names are all in NFD is read, and its names are not altered."""
    rows = [HEADER, *([unicodedata.normalize("NFD", row[0]), *row[1:]] for row in ROWS)]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    card = evaluated(files, by="area")
    assert sorted(card.groups) == sorted(unicodedata.normalize("NFD", name) for name in ("Kế Sách", "Mỹ Tú"))
    assert card["rural_water"].tally == RURAL


def test_codes_keep_their_leading_noughts_in_a_workbook(excel: Any):
    """Codes stored as text keep their leading noughts."""
    rows = [[f"0{940 + place // 2}", *row[1:]] for place, row in enumerate(ROWS)]
    assert evaluated(excel([HEADER, *rows]), by="area").groups == ["0940", "0941"]


@pytest.mark.parametrize("quote", ["", '"'])
def test_codes_keep_their_leading_noughts_in_a_text_file(csv: Any, quote: str):
    """Nothing is normalised silently: a code with leading noughts is not turned into a number."""
    rows = [[f"{quote}0{940 + place // 2}{quote}", *row[1:]] for place, row in enumerate(ROWS)]
    assert evaluated(csv(lines([HEADER, *rows])), by="area").groups == ["0940", "0941"]


def test_codes_that_differ_in_leading_noughts_are_not_merged(csv: Any):
    """01 and 1 are two codes, or refused as two spellings; never one."""
    rows = [["01", *ROWS[0][1:]], ["1", *ROWS[1][1:]]]
    assert evaluated(csv(lines([HEADER, *rows])), by="area").groups == ["01", "1"]


# totals


@pytest.mark.parametrize("kind", ["excel", "csv"])
@pytest.mark.parametrize("name", ["Tổng cộng", "TỔNG CỘNG", "Cộng", "Toàn tỉnh"])
def test_the_total_at_the_foot_is_refused_or_dropped(request: pytest.FixtureRequest, kind: str, name: str):
    """A total below its parts is refused until totals= says what it is."""
    rows = [
        HEADER,
        *ROWS,
        [name, 2020, "urban", 4000, 3900],
        [name, 2020, "rural", 6000, 5400],
        [name, 2020, None, 10000, 9300],
    ]
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    found = refused(files)
    assert found[:2] == [(4, "area", name), (5, "area", name)]
    assert found[2:] in ([(6, "area", name)], [(6, "settlement", None)])
    card = evaluated(files, totals="drop")
    assert card["rural_water"].tally == RURAL
    assert [each.row for each in card.problems if each.severity == "note"] == [4, 5, 6]


def test_a_row_that_is_dropped_leaves_no_gap(excel: Any):
    """A gap is what stays open: a total that is left out leaves nothing open by its blank settlement."""
    card = evaluated(excel([HEADER, *ROWS, ["Mỹ Tú", 2020, None, 7000, 6900]]), totals="drop")
    assert card["rural_water"].tally == RURAL
    assert [(each.row, each.severity) for each in card.problems] == [(4, "note")]


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_subtotals_between_the_rows_are_refused(request: pytest.FixtureRequest, kind: str):
    """A subtotal of each area, with its settlement blank, is refused."""
    rows = [
        HEADER,
        *ROWS[:2], ["Kế Sách", 2020, None, 3000, 2400],
        *ROWS[2:], ["Mỹ Tú", 2020, None, 7000, 6900],
    ]  # fmt: skip
    files = request.getfixturevalue(kind)(rows if kind == "excel" else lines(rows))
    assert refused(files) == [(2, "settlement", None), (5, "settlement", None)]


def test_a_total_without_area_and_year_is_refused(excel: Any):
    """A total whose words stand in a column of their own has neither area nor year, and is refused."""
    rows = [
        ["STT", *HEADER],
        *([place, *row] for place, row in enumerate(ROWS, 1)),
        ["Tổng", None, None, None, 10000, 9300],
    ]
    assert set(refused(excel(rows))) == {(4, "area", None), (4, "year", None)}


# numbers


def test_large_integers_beside_blanks_are_exact_in_a_text_file(csv: Any):
    """2^53 + 1 beside a blank comes back exactly."""
    rows = [
        ["A", 2020, "rural", 2**53 + 1, 2**53],
        ["B", 2020, "rural", 5, None],
        ["C", 2020, "urban", 2**63 - 2**54, 1],
    ]
    card = evaluated(csv(lines([HEADER, *rows])))
    assert card["rural_water"].tally == ei.Tally(2**53, 1, 5)
    assert card["urban_water"].tally == ei.Tally(1, 2**63 - 2**54 - 1)


@pytest.mark.parametrize("text", ["9007199254740993.0", "9.007199254740993e15", "1e300"])
def test_large_numbers_with_a_point_are_refused_in_a_text_file(csv: Any, text: str):
    """A number with a point or an exponent is a float, which above 2^53 loses digits: refused."""
    ((row, column, _),) = refused(csv(lines([HEADER, *rows_with(1, "persons", text)])))
    assert (row, column) == (1, "persons")


@pytest.mark.parametrize("number", [2**63, 10**25])
def test_numbers_beyond_64_bits_are_refused_in_a_text_file(csv: Any, number: int):
    """A number beyond 64 bits is refused, and it alone."""
    ((row, column, value),) = refused(csv(lines([HEADER, *rows_with(1, "persons", number)])))
    assert (row, column) == (1, "persons")
    assert str(number) in str(value)


@pytest.mark.parametrize("number", [2**53 + 1, 2**60 + 1])
def test_large_numbers_of_a_workbook_are_refused(excel: Any, number: int):
    """A workbook holds numbers as floats, so from 2^53 on digits may be lost: refused, never altered."""
    ((row, column, _),) = refused(excel([HEADER, *rows_with(1, "persons", number)]))
    assert (row, column) == (1, "persons")


@pytest.mark.parametrize("text", ["0.1", "8.7", "1234567.891", "4.35", "999999999.999", "0.001", "100", "1e3"])
def test_decimals_are_read_by_their_digits(csv: Any, text: str):
    """Decimal masses are read by their digits, to the gram."""
    rows = f"area,stream,generated,collected,treated_to_standard\nA,medical,{text},{text},0\n"
    tally = evaluated(csv(rows), "waste", layout={"waste": "counts"})["medical_waste"].tally
    assert tally == ei.Tally(0, int(decimal.Decimal(text) * 1000))


@pytest.mark.parametrize("text", ["inf", "-inf", "Infinity"])
def test_infinity_is_refused_in_a_text_file(csv: Any, text: str):
    """Infinity is no number of people."""
    ((row, column, _),) = refused(csv(lines([HEADER, *rows_with(1, "persons", text)])))
    assert (row, column) == (1, "persons")


# files


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_an_empty_file_is_refused(request: pytest.FixtureRequest, kind: str):
    """An empty file is refused, naming the file or the table, and says that nothing is in it."""
    files = request.getfixturevalue(kind)([] if kind == "excel" else "")
    with pytest.raises(ValueError, match=r"nước sạch\.csv|residents") as caught:
        evaluated(files)
    assert "empty" in str(caught.value) or "no rows" in str(caught.value) or "No columns" in str(caught.value)


@pytest.mark.parametrize("kind", ["excel", "csv"])
def test_a_file_with_a_header_only_is_refused(request: pytest.FixtureRequest, kind: str):
    """A header without rows is a table without rows."""
    assert "no rows" in message(request.getfixturevalue(kind)([HEADER] if kind == "excel" else lines([HEADER])))


@pytest.mark.parametrize("encoding", ["cp1258", "utf-16", "cp1252"])
@pytest.mark.parametrize("far", [0, 3000])
def test_another_encoding_is_refused(csv: Any, encoding: str, far: int):
    """A file that is not UTF-8 is refused, naming the file, what it should be, and never read as gibberish."""
    name = {"cp1258": "K\xea\u0301 Sa\u0301ch", "cp1252": "Mÿ Tú"}.get(encoding, "Mỹ Tú")
    rows = [HEADER, *([f"A{row}", *ROWS[1][1:]] for row in range(far)), [name, *ROWS[1][1:]]]
    with pytest.raises(UnreadableTable, match=r"nước sạch\.csv.*(?i:utf-8)"):
        evaluated(csv(lines(rows).encode(encoding)))


def test_something_else_under_the_name_of_a_workbook_is_refused(csv: Any):
    """A file that is no workbook is refused, naming it."""
    with pytest.raises(UnreadableTable, match=r"a\.xlsx"):
        evaluated(csv("area,persons\n", "a.xlsx"))


@pytest.mark.parametrize("name", ["a.xls", "a.ods", "a.docx", "a"])
def test_files_of_unknown_formats_are_refused(csv: Any, name: str):
    """A file of another format is refused when it is named."""
    with pytest.raises(UnreadableTable, match=rf"{name}.*\.xlsx"):
        csv("x", name)


def test_a_sheet_is_chosen_by_name_and_an_unknown_one_refused(excel: Any, tmp_path: Path):
    """sheet= takes a sheet by its name; an unknown one is refused, naming the file and the sheet."""
    excel([HEADER, *ROWS], "a.xlsx", "Sóc Trăng")
    assert evaluated(ei.scan(tmp_path / "a.xlsx", sheet="Sóc Trăng"))["rural_water"].tally == RURAL
    with pytest.raises(UnreadableTable, match=r"a\.xlsx.*Năm 2020"):
        evaluated(ei.scan(tmp_path / "a.xlsx", sheet="Năm 2020"))


def test_several_files_are_one_table(csv: Any, tmp_path: Path):
    """Files of one pattern are pieces of one table."""
    csv(lines([HEADER, *ROWS[:2]]), "a.csv")
    csv(lines([HEADER, *ROWS[2:]], ";", "\r\n"), "b.csv", "utf-8-sig")
    assert evaluated(ei.scan(tmp_path / "*.csv"))["rural_water"].tally == RURAL


def test_a_row_in_two_files_is_refused(csv: Any, tmp_path: Path):
    """What is a duplicate in one table is one across its files."""
    csv(lines([HEADER, *ROWS]), "a.csv")
    csv(lines([HEADER, *ROWS[2:]]), "b.csv")
    assert "Mỹ Tú" in message(ei.scan(tmp_path / "*.csv"))


def test_a_problem_in_one_of_several_files_names_the_file(csv: Any, tmp_path: Path):
    """Of several files the one that holds the wrong cell is named."""
    csv(lines([HEADER, *ROWS[:2]]), "a.csv")
    csv(lines([HEADER, *rows_with(3, "persons", -1)[2:]]), "b.csv")
    text = message(ei.scan(tmp_path / "*.csv"))
    assert "-1" in text
    assert "b.csv" in text
    assert "a.csv" not in text


def test_one_id_in_two_files_is_refused(csv: Any, tmp_path: Path):
    """In records the same id within a year is refused, also where it stands in two files of one table."""
    header = ["id", "area", "activity", "built", "clean_technology"]
    csv(lines([header, ["x", "A", "production", 2016, True], ["y", "A", "production", 2016, False]]), "a.csv")
    csv(lines([header, ["x", "A", "production", 2016, True]]), "b.csv")
    with pytest.raises(ei.InvalidTable, match="'x'"):
        evaluated(ei.scan(tmp_path / "*.csv"), "establishments")


def test_two_spellings_beside_another_error_in_another_file_are_refused(csv: Any, tmp_path: Path):
    """Problems of several files are reported together, and nothing but InvalidTable is raised."""
    csv(lines([HEADER, ROWS[0], ["kế sách", *ROWS[1][1:]]]), "a.csv")
    csv(lines([HEADER, *rows_with(3, "persons", -1)[2:]]), "b.csv")
    text = message(ei.scan(tmp_path / "*.csv"))
    assert "-1" in text
    assert "kế sách" in text


def test_a_file_of_several_whose_part_is_blank_fits_the_others(csv: Any, tmp_path: Path):
    """A file of several that has nothing in a column is read like the others."""
    csv(lines([HEADER, *ROWS[:2]]), "a.csv")
    csv(lines([HEADER, *([*row[:4], None] for row in ROWS[2:])]), "b.csv")
    assert evaluated(ei.scan(tmp_path / "*.csv"))["rural_water"].tally == ei.Tally(1500, 500, 4000)


def test_no_file_is_opened_by_a_bare_string(csv: Any, tmp_path: Path):
    """Files come in by scan, never as bare strings."""
    csv(lines([HEADER, *ROWS]), "a.csv")
    with pytest.raises(ei.InvalidTable, match="scan"):
        evaluated(str(tmp_path / "a.csv"))
    with pytest.raises(ei.InvalidTable, match="scan"):
        evaluated(tmp_path / "a.csv")


def test_no_file_is_an_error_at_once(tmp_path: Path):
    """A pattern that matches nothing raises when it is scanned."""
    with pytest.raises(FileNotFoundError, match="no file matches"):
        ei.scan(tmp_path / "*.csv")
