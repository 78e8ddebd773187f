"""Large CSV files, whose cells pyarrow parts: cell for cell the same as Python parts them, and the same refusals."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import envindicators as ei
from envindicators.frames import csv, plain_csv
from envindicators.programmes import soc_trang_2020

pytest.importorskip("pyarrow")

CELLS = (
    *("A", "Mỹ Tú", "1", "7", "2020", "rural", "urban", "TRUE", "true", "", " ", " 1", "-0", "-1", "01", "+1"),
    *("1.5", "1.234", "12.345", "1e3", "NaN", "null", "NA", "#N/A", "9223372036854775808", "1" * 45, "\x0b", "\u2028"),
    *('""', '"A"', '"1"', '"a,b"', '"a;b"', '"a""b"', '"a\nb"', 'a"b', '"a"b', '"', '"a', "\ufeff", "\0", "a\rb"),
)
ENDS = ("\n", "\r\n", "\n\n", "\r", ",\n", ",,\n", "")


@st.composite
def files(draw):
    """Return the text of a file with its faults, and a separator that a form says or None."""
    between = draw(st.sampled_from(",;\t"))
    heads = draw(st.permutations(["area", "settlement", "persons", "hygienic_water", "note", ""]))
    heads = heads[: draw(st.integers(1, 6))]
    odd = draw(st.booleans())
    cells = st.sampled_from(CELLS if odd else CELLS[:10])
    end = draw(st.sampled_from(("\n", "\r\n")))
    lines = [between.join(heads) + end]
    for _ in range(draw(st.integers(0, 12))):
        width = draw(st.sampled_from((len(heads), len(heads), len(heads), 1, len(heads) + 1))) if odd else len(heads)
        row = draw(st.lists(cells, min_size=width, max_size=width))
        lines.append(between.join(row) + (draw(st.sampled_from(ENDS)) if odd else end))
    return draw(st.sampled_from(("", "\ufeff"))) + "".join(lines)


def named(piece):
    """Return the columns of a piece but those without a heading: where one is blank in all of a piece, it has none."""
    return [name for name in piece.names if not name.startswith("column ")]


@pytest.fixture
def parted(tmp_path, monkeypatch):
    """Return what tells of the text of some files what they hold, or why not, as pyarrow and as Python part them."""

    def told(texts, large, many=0, at_once=1 << 20):
        monkeypatch.setattr(plain_csv, "_AT_ONCE", at_once)
        monkeypatch.setattr(plain_csv, "LARGE", large)
        monkeypatch.setattr(csv, "_MANY", many)
        folder = tmp_path / "files"
        shutil.rmtree(folder, ignore_errors=True)
        for number, text in enumerate(texts):
            path = folder / f"year={2019 + number % 2}" / f"{number}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        try:
            stream = ei.scan(folder / "**" / "*.csv").stream()
            pieces = [piece for piece in stream.pieces(lambda names: names) if piece.length]
            rows = [
                (piece.source, piece.place(row), [(name, piece.read(name).value(row)) for name in named(piece)])
                for piece in pieces
                for row in range(piece.length)
            ]
            kinds = [{name: piece.read(name).kind for name in named(piece)} for piece in pieces]
        except (ei.UnreadableTable, ei.InvalidTable) as error:
            rows, kinds = (type(error), str(error)), None
        try:
            problems = ei.check(soc_trang_2020, {"residents": ei.scan(folder / "**" / "*.csv")}, by=["area", "year"])
            found = sorted(map(str, problems)), problems.counts
        except ei.UnreadableTable as error:
            found = str(error)
        return str(rows), str((rows, kinds, found))

    return told


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(texts=["area,persons\nA,1\nB,2\n,\nC,3\n"], many=0)
@example(texts=['area;"persons"\r\n"A";1\r\n"B ""x""; y";2\r\n'], many=0)
@example(texts=["area;;note\n" + "A;7;urban and rural, both of them, with a long note\n" * 3 + "B;;x\n" * 40], many=0)
@given(texts=st.lists(files(), min_size=1, max_size=2), many=st.sampled_from((0, 10_000)))
def test_the_same_cells_and_the_same_refusals(parted, texts, many):
    of_python = parted(texts, 1 << 30, many)
    assert parted(texts, 0, many)[1] == of_python[1]
    assert parted(texts, 0, many, at_once=150)[0] == of_python[0]


@pytest.mark.parametrize(
    "text", ['area,persons\nA,1\nB,"2\n', b"area,persons\nA,1\n\xff,2\n", "sep=;\narea;persons\nA;1\n"]
)
def test_what_python_parts_alone(parted, text):
    assert parted([text], 0)[1] == parted([text], 1 << 30)[1]


def test_nothing_is_left_to_python_of_a_plain_file(parted, monkeypatch):
    text = "area,settlement,persons\n" + "".join(f'"Mỹ Tú",rural,{number}\n' for number in range(100))
    monkeypatch.setattr(csv, "open_rows", None)
    rows, _ = parted([text], 0)
    assert rows.count("('area', 'Mỹ Tú'), ('settlement', 'rural')") == 100


def test_so_does_a_file_that_is_put_in(monkeypatch):
    text = "area,settlement,persons\nA,rural,7\n,,\nB,rural,x\n"
    monkeypatch.setattr(plain_csv, "LARGE", 0)
    monkeypatch.setattr(csv, "open_rows", None)
    (problem,) = ei.check(soc_trang_2020, {"residents": ei.scan(text.encode(), name="dân.csv")}, by="area").errors
    assert (problem.row, problem.value) == (2, "x")


def test_rows_above_a_heading_are_no_rows(monkeypatch):
    """A title, and the heading that the form says; what stands above it is told as it is of other files."""
    text = "Dân cư,,\nĐơn vị tính: người,,\narea,settlement,persons\nA,rural,7\n,,\nB,rural,x\n"
    found = []
    for large in (0, 1 << 30):
        monkeypatch.setattr(plain_csv, "LARGE", large)
        given = ei.scan(text.encode(), name="dân.csv", form=ei.Form(heading=3))
        found.append([str(each) for each in ei.check(soc_trang_2020, {"residents": given}, by="area", year=2020)])
    assert found[0] == found[1]
    assert any("row 6" in each for each in found[0])
