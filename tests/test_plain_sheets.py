"""Whether plain sheets are read alike by python-calamine and by openpyxl, and which sheets are plain."""

from __future__ import annotations

import datetime
import io
import itertools
import zipfile
from pathlib import Path

import openpyxl
import pytest
from bad_files import SHEET, book, edited, error_in
from hypothesis import given
from hypothesis import strategies as st

from envindicators.frames import xlsx
from envindicators.frames.plain_sheets import _PIECE, is_plain
from envindicators.frames.xlsx import xlsx_pages

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="_=\ufffe\uffff"), max_size=8
)
MOMENTS = st.datetimes(datetime.datetime(1950, 1, 1), datetime.datetime(2100, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)
CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1), TEXT, MOMENTS, st.dates(
        datetime.date(1950, 1, 1), datetime.date(2100, 1, 1)),
    st.floats(-1e15, 1e15, allow_nan=False), st.decimals(-(10**6), 10**6, places=2).map(float),
)  # fmt: skip


@given(st.lists(st.lists(CELLS, max_size=4), min_size=1, max_size=6), st.integers(1, 3), st.integers(1, 5))
def test_both_read_the_same_cells(tmp_path_factory, rows, first_row, first_column):
    """Whole numbers, fractions, text, truths, dates and blanks, wherever in the sheet the table stands."""
    made = openpyxl.Workbook()
    for number, row in enumerate(rows, start=first_row):
        for place, cell in enumerate(row, start=first_column):
            made.active.cell(number, place, cell)
    path = tmp_path_factory.mktemp("books") / "a.xlsx"
    made.save(path)
    (page,) = xlsx_pages(path)
    fast = page.rows(fill=False)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(xlsx, "is_plain", lambda _: False)
        (page,) = xlsx_pages(path)
        slow = page.rows(fill=False)
    width = max(map(len, [*fast, *slow]), default=0)
    full = [[[*row, *[None] * (width - len(row))] for row in each] for each in (fast, slow)]
    for one, other in itertools.zip_longest(*full, fillvalue=[]):
        assert list(zip(map(type, one), one)) == list(zip(map(type, other), other)) or _close(one, other)


def _close(one, other):
    """Return whether rows differ only in what a spreadsheet does not hold: the type of a whole float."""
    return [float(cell) if type(cell) is int else cell for cell in one] == [
        float(cell) if type(cell) is int else cell for cell in other
    ]


def xml(content: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(content)).read(SHEET)


def far(place: str):
    def put(made):
        made.active[place] = 1

    return put


@pytest.mark.parametrize(
    ("content", "plain"),
    [
        (book(), True),
        (book(change=far("AZ2000")), True),
        (book(change=far("XFD1048576")), False),
        (book(change=far("A1048576")), False),
        (book(change=far("XFD1")), True),
        (book(change=error_in("F1", "#REF!")), False),
        (book(change=lambda made: made.active.append(["=1+1"])), False),
        (book(edit=lambda name, part: part.replace(b' r="A1"', b' r ="A1"')), False),
        (book(edit=lambda name, part: part.replace(b"<c ", b"<c\n")), False),
        (book(edit=lambda name, part: part.replace(b"<c r", b'<x:c xmlns:x="y" r')), False),
        (book(edit=lambda name, part: part.replace(b"<v>400", b"<!-- --><v>400")), False),
        (book(edit=lambda name, part: part.replace(b'r="A1"', b'r="XFD1048576"')), False),
        (book(edit=lambda name, part: part.replace(b'r="A1"', b'r="ABCDEFGHIJKL1"')), False),
        (book(edit=lambda name, part: part.replace(b'<c r="A1"', b'<c s="0" r="A1"')), True),
        (book(edit=lambda name, part: part.replace(b'<c r="A1"', b'<c s="0" r="XFD1048576"')), False),
        (book(edit=lambda name, part: part.replace(b'<c r="A1" ', b"<c ")), False),
    ],
    ids=lambda value: "book" if isinstance(value, bytes) else None,  # workbooks hold the time when they were made
)
def test_only_what_both_read_alike_is_plain(content, plain):
    """Sheets with formulas, errors, or cells far from others are read cell by cell."""
    assert is_plain(xml(content)) is plain


@pytest.mark.parametrize("odd", [b"<!-- -->", b"<f>1</f>", b"<x:f>1</x:f>", b'<c r="A9" t="e">', b'<c r="A1048576">'])
def test_what_is_odd_is_seen_wherever_it_stands(odd):
    """Large sheets are looked at in pieces, and no sign of them is lost where one ends."""
    start, end = b'<worksheet><sheetData><row r="1">', b"</row></sheetData></worksheet>"
    filled = b'<c r="A1"><v>1</v></c>' * 50_000
    for place in range(_PIECE - 40, _PIECE + 8):
        head = start + filled[: place - len(start)].rpartition(b"<c")[0]
        assert is_plain(head.ljust(place) + end)
        assert not is_plain(head.ljust(place) + odd + end)


def test_merged_cells_are_told_by_both(tmp_path: Path):
    rows = []
    for error in (None, "#REF!"):
        made = openpyxl.Workbook()
        for row in (["a", "b", error], ["x", 1], [None, 2]):
            made.active.append(row)
        if error:
            error_in("C1", error)(made)
        made.active.merge_cells("A2:A3")
        made.save(tmp_path / "a.xlsx")
        (page,) = xlsx_pages(tmp_path / "a.xlsx")
        rows.append([list(row[:2]) for row in page.rows(fill=True)])
    assert rows[0] == rows[1] == [["a", "b"], ["x", 1], ["x", 2]]


def test_what_is_read_is_what_stands_there_though_the_file_says_it_holds_more(tmp_path: Path):
    """Some programs write the size of a sheet as A1, or as all of it."""
    (tmp_path / "a.xlsx").write_bytes(
        edited(book(), lambda name, part: part.replace(b'<dimension ref="A1:D4"', b'<dimension ref="A1:XFD1048576"'))
    )
    (page,) = xlsx_pages(tmp_path / "a.xlsx")
    assert len(page.rows(fill=False)) == 4
