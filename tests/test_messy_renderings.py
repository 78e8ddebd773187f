"""However an office writes a table, its form reads the cells of the clean one from it."""

from __future__ import annotations

import tempfile
import unicodedata
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st
from renderings import NUMBERS, SETTLEMENTS, Style, put, written

import envindicators as ei
from envindicators.programmes import soc_trang_2020

AREAS = ["Kế Sách", "Mỹ Tú", "Cù Lao Dung", "TP. Sóc Trăng", "Ngã Năm; Thị xã", "Long Phú, Đại Ngãi"]
TITLES = ["BÁO CÁO, năm 2020, theo công văn 12, tỉnh Sóc Trăng, kèm theo", "Đơn vị tính: người", "Biểu 01"]
NOTES = ["Nguồn: Cục Thống kê", "Ghi chú: số liệu sơ bộ, chưa đầy đủ", "Người lập biểu"]


@st.composite
def rows(draw, *, whole):
    """Draw rows of a table: of each area both settlements, or one of them."""
    found = []
    for area in draw(st.lists(st.sampled_from(AREAS), min_size=2, max_size=4, unique=True)):
        some = st.lists(st.sampled_from(list(SETTLEMENTS)), min_size=1, unique=True)
        settlements = list(SETTLEMENTS) if whole else draw(some)
        for settlement in settlements:
            persons = draw(st.integers(0, 3_000_000) | st.integers(0, 3))
            water = draw(st.none() | st.integers(0, persons))
            found.append((area, settlement, persons, water))
    return found


@st.composite
def styles(draw):
    file = draw(st.sampled_from([".csv", ".xlsx", ".ods"]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258"]))
    wide, old = draw(st.booleans()), file == ".csv" and encoding == "cp1258"
    return Style(
        file,
        draw(st.sampled_from(",;\t|")),
        encoding,
        draw(st.sampled_from(["NFC"] if old else ["NFC", "NFD"])),
        draw(st.sampled_from([None, *list(NUMBERS)[: 3 if old else 4]])),
        draw(st.sampled_from([None, "...", "đang cập nhật", "NA"])),
        draw(st.sampled_from([None, "-", "không"])),
        tuple(draw(st.lists(st.sampled_from(TITLES), max_size=3))),
        tuple(draw(st.lists(st.sampled_from(NOTES), max_size=2))),
        wide and draw(st.booleans()),
        wide,
        file != ".csv" and draw(st.booleans()),
        tuple(draw(st.permutations(range(5)))),
        draw(st.booleans()),
    )


def held(table):
    """Return what a table comes to: the tallies of what is asked of it, by area and as a whole."""
    card = ei.evaluate(soc_trang_2020, {"residents": table}, year=2020, by="area")
    keys = ("urban_water", "rural_water")
    return card.inputs, {(key, group): card[key, group].tally for key in keys for group in card.groups}


@given(st.data(), styles())
def test_a_form_reads_the_cells_of_the_clean_table(data, style):
    table = data.draw(rows(whole=style.wide))
    clean = [
        {
            "area": unicodedata.normalize(style.normal, area),
            "settlement": settlement,
            "persons": persons,
            "hygienic_water": water,
        }
        for area, settlement, persons, water in table
    ]
    with tempfile.TemporaryDirectory() as folder:
        path, form = written(style, table, folder)
        try:
            expected = held(ei.Form(totals=form.totals).of(clean))
        except ei.InvalidTable:  # rows that look like a total, by chance
            assume(False)
        found = held(ei.scan(path, form=form))
        (Path(folder) / "form.toml").write_text(form.to_toml(), encoding="utf-8")
        assert held(ei.scan(path, form=ei.Form.load(Path(folder) / "form.toml"))) == found
    if style.encoding == "cp1258" and style.of_text:  # in which names are neither in one form of Unicode nor the other

        def plain(result):
            return {(key, unicodedata.normalize("NFC", group)): tally for (key, group), tally in result[1].items()}

        assert plain(found) == plain(expected)
    else:
        assert found == expected


WORDS = [("Có", "Không"), ("x", "không"), ("Đạt", "Chưa đạt"), ("yes", "no"), (1, 0)]


@given(
    st.lists(
        st.tuples(st.sampled_from(AREAS), st.integers(1, 10**7), st.sampled_from([True, False, None])),
        min_size=1,
        max_size=6,
        unique_by=lambda row: (row[0], row[2]),
    ),
    st.sampled_from(WORDS),
    st.sampled_from([None, "...", "chưa rõ"]),
    st.sampled_from([".csv", ".xlsx", ".ods"]),
    st.booleans(),
    st.sampled_from(["NFC", "NFD"]),
)
def test_words_for_yes_and_no_are_read_as_they_are_said(table, words, blank, file, empty_is_no, normal):
    """A cross or nothing is said as such: an empty cell is a no where the form says so, else not known."""
    yes, no = words
    says = {True: yes, False: None if empty_is_no else no, None: blank}
    assume(not (empty_is_no and blank is None))
    style = Style(
        file, ";", "utf-8", normal, None, blank, None, (), (),
        total=False, wide=False, merged=False, order=(0, 1, 2), noise=False,
    )  # fmt: skip
    form = ei.Form(
        columns={"area": "Huyện", "settlement": ei.always("rural"), "persons": "Số dân", "hygienic_water": "Nước"},
        values={"hygienic_water": {yes: True, None if empty_is_no else no: False}},
        blank=[] if blank is None else [blank],
        layout="weighted",
        separator=";" if file == ".csv" else None,
    )
    clean = [
        {"area": unicodedata.normalize(normal, area), "settlement": "rural", "persons": persons, "hygienic_water": flag}
        for area, persons, flag in table
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = put(style, [["Huyện", "Số dân", "Nước"], *([area, n, says[flag]] for area, n, flag in table)], folder)
        try:
            expected = held(ei.Form(layout="weighted").of(clean))
        except ei.InvalidTable:  # rows that look like a total, by chance
            assume(False)
        assert held(ei.scan(path, form=form)) == expected
