"""Law: figures are never read in another unit than their file states."""

from __future__ import annotations

import itertools

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import envindicators as ei
from envindicators.programmes import soc_trang_2020, vn_methane_2030

METHANE = vn_methane_2030
FIGURES = [("Trồng trọt", 30, 20), ("Chăn nuôi", 15, 12)]
COLUMNS = {"sector": "Lĩnh vực", "emitted": "Phát thải"}
NUMBERS = {
    "": 1,
    "nghìn ": 1000,
    "1.000 ": 1000,
    "10^3 ": 1000,
    "triệu ": 10**6,
    "million ": 10**6,
    "nghìn triệu ": 10**9,
}
ALONE = {"nghìn": 1000, "triệu": 10**6, "'000": 1000, "’000s": 1000, "thousands": 1000, "x 1000": 1000}
WORDS = ("tấn CO2tđ", "tấn", "tonne", "tấn CO2 tương đương", "tCO2e", "1.000 kg", "T CO2")


def emitted(form, rows):
    card = ei.evaluate(METHANE, {"methane": form.of(rows)}, year=2030)
    return card["total"].judgements[0].evidence.ends


def rows_under(heading):
    return [{"Lĩnh vực": sector, heading: figure} for sector, figure, _ in FIGURES]


def sheet(tmp_path, *above, heading=("Lĩnh vực", "Phát thải"), below=()):
    book = openpyxl.Workbook()
    for line in (*above, heading, *below, *((sector, figure) for sector, figure, _ in FIGURES)):
        book.active.append(line)
    book.save(tmp_path / "form.xlsx")
    return ei.scan(tmp_path / "form.xlsx")


@given(
    st.sampled_from(sorted(NUMBERS)),
    st.sampled_from(WORDS),
    st.sampled_from(["", "/năm", "/year"]),
    st.sampled_from(["Phát thải ({})", "Phát thải [{}]", "Phát thải, {}", "Phát thải - {}", "Tổng ({}) năm"]),
)
def test_a_heading_multiplies_as_it_says(number, word, period, heading):
    named = heading.format(f"{number}{word}{period}")
    form = ei.Form(columns=COLUMNS | {"emitted": named})
    assert emitted(form, rows_under(named)) == (45 * NUMBERS[number], 45 * NUMBERS[number])


@pytest.mark.parametrize(("stated", "times"), ALONE.items())
def test_a_number_word_alone_multiplies_the_unit_of_the_table(stated, times):
    named = f"Phát thải ({stated})"
    assert emitted(ei.Form(columns=COLUMNS | {"emitted": named}), rows_under(named)) == (45 * times, 45 * times)


@pytest.mark.parametrize(
    "stated", ["triệu tấn than", "m3", "kg", "nghìn m3", "người", "tấn/tháng", "MWh", "Mt CO2e", "1.000"]
)
def test_a_heading_of_another_unit_is_refused_until_the_form_says_which_it_is(stated):
    named = f"Phát thải ({stated})"
    with pytest.raises(ei.InvalidTable, match="states a unit") as refused:
        emitted(ei.Form(columns=COLUMNS | {"emitted": named}), rows_under(named))
    assert [problem.kind for problem in refused.value.problems] == ["form_heading_unit_unknown"]
    said = ei.Form(columns=COLUMNS | {"emitted": named}, unit="2_000 tonne")
    assert emitted(said, rows_under(named)) == (90_000, 90_000)


@pytest.mark.parametrize(
    "heading",
    ["Phát thải (theo QĐ 12)", "Phát thải (2030)", "Phát thải (1)", "Phát thải (1)=(2)+(3)", "Phát thải, ước"],
)
def test_what_is_no_unit_changes_nothing(heading):
    assert emitted(ei.Form(columns=COLUMNS | {"emitted": heading}), rows_under(heading)) == (45, 45)


@pytest.mark.parametrize(
    "above",
    [
        ["Đơn vị tính: nghìn tấn CO2tđ"],
        ["KIỂM KÊ", "", "(ĐVT: 1.000 tấn)"],
        ["(nghìn tấn)"],
        ["Đơn vị: Sở Tài nguyên và Môi trường", "Đơn vị tính: nghìn tấn"],
        ["Unit: thousand tonnes CO2e"],
    ],
)
def test_what_stands_above_the_heading_states_the_unit(tmp_path, above):
    scanned = sheet(tmp_path, *([line] for line in above))
    card = ei.evaluate(METHANE, {"methane": ei.Form(heading=len(above) + 1, columns=COLUMNS).of(scanned)}, year=2030)
    assert card["total"].judgements[0].evidence.ends == (45_000, 45_000)
    assert [problem.value for problem in card.problems if problem.kind == "form_unit_read"] == [above[-1]]


@pytest.mark.parametrize("above", [["Hộ", "Người"], ["Tổng số", "Người lập biểu"], ["Đơn vị: UBND xã"], ["Phường/xã"]])
def test_words_above_the_heading_that_state_no_unit_change_nothing(tmp_path, above):
    read = ei.evaluate(METHANE, {"methane": ei.Form(heading=2, columns=COLUMNS).of(sheet(tmp_path, above))}, year=2030)
    assert read["total"].judgements[0].evidence.ends == (45, 45)


def test_a_row_of_units_that_is_skipped_still_states_them(tmp_path):
    form = ei.Form(heading=1, skip=[2], columns=COLUMNS)
    read = ei.evaluate(METHANE, {"methane": form.of(sheet(tmp_path, below=[("", "nghìn tấn")]))}, year=2030)
    assert read["total"].judgements[0].evidence.ends == (45_000, 45_000)


def test_a_column_of_units_states_them():
    rows = [{"Lĩnh vực": sector, "ĐVT": "nghìn tấn", "Phát thải": figure} for sector, figure, _ in FIGURES]
    assert emitted(ei.Form(columns=COLUMNS), rows) == (45_000, 45_000)
    rows[1]["ĐVT"] = "tấn"
    with pytest.raises(ei.InvalidTable, match="expected one of them"):
        emitted(ei.Form(columns=COLUMNS), rows)


def test_a_column_of_units_is_looked_at_to_its_end(tmp_path):
    """It may state another unit only in rows that come many thousands later."""
    lines = ["Huyện,Lĩnh vực,ĐVT,Phát thải", *(f"H{place},Trồng trọt,tấn,1" for place in range(150_000))]
    for stated, said in (("tấn", None), ("nghìn tấn", "form_heading_unit"), ("m3", "form_heading_unit_unknown")):
        (tmp_path / "large.csv").write_text("\n".join([*lines, f"cuối,Trồng trọt,{stated},2"]), "utf-8")
        form = ei.Form(columns={"area": "Huyện", **COLUMNS})
        problems = ei.check(METHANE, {"methane": form.of(ei.scan(tmp_path / "large.csv"))}, year=2030)
        assert {problem.kind for problem in problems.errors} == ({said} if said else set())


def test_a_column_of_units_contradicts_a_heading():
    rows = [{"Lĩnh vực": "Trồng trọt", "ĐVT": "nghìn tấn", "Phát thải (tấn)": 30}]
    form = ei.Form(columns={"sector": "Lĩnh vực", "emitted": "Phát thải (tấn)"})
    with pytest.raises(ei.InvalidTable, match="where tonne is said"):
        emitted(form, rows)


def spread_rows(*units):
    """Return a tidy file of population, use of water and a rate, whose rows state these units."""
    figures = zip(("Dân số", "Dùng nước", "Tỷ lệ"), units, (100, 98, 98), strict=True)
    return [{"Huyện": "A", "Chỉ tiêu": name, "ĐVT": unit, "Số": figure} for name, unit, figure in figures]


@pytest.mark.parametrize(
    ("units", "found"),
    [
        (("người", "người", "%"), 98),
        (("nghìn người", "nghìn người", "%"), 98_000),
        (("nghìn người", "nghìn người", None), 98_000),
        (("nghìn người", "người", "%"), "expected one of them"),
        (("người", "%", "%"), "amounts are expected"),
        (("người", "hộ", "%"), "states a unit"),
    ],
)
def test_rows_that_are_spread_state_units_each(units, found):
    form = ei.Form(
        columns={"area": "Huyện", "settlement": ei.always("rural")},
        spread=ei.spread("Chỉ tiêu", "Số", persons="Dân số", hygienic_water="Dùng nước"),
    )
    given = {"residents": form.of(spread_rows(*units))}
    if isinstance(found, int):
        assert ei.evaluate(soc_trang_2020, given, year=2020)["rural_water"].tally.satisfied == found
    else:
        with pytest.raises(ei.InvalidTable, match=found):
            ei.evaluate(soc_trang_2020, given, year=2020)


def test_units_that_contradict_each_other_are_refused(tmp_path):
    scanned = sheet(tmp_path, ["ĐVT: nghìn tấn"])
    with pytest.raises(ei.InvalidTable, match="where 2000 tonne is said"):
        emitted(ei.Form(heading=2, columns=COLUMNS, unit="2000 tonne"), scanned)
    assert emitted(ei.Form(heading=2, columns=COLUMNS, unit="1_000 tonne"), scanned) == (45_000, 45_000)


@pytest.mark.parametrize("unit", ["0 tonne", "1000", "1.5 tonne", "-2 tonne", "1e3 tonne", "1000 litre", "²5 tonne"])
def test_a_unit_is_multiplied_by_whole_numbers_alone(unit):
    with pytest.raises(ei.InvalidTable, match="expected"):
        emitted(ei.Form(unit=unit), [{"sector": "crops", "emitted": 3}])


def test_decimals_of_millions_are_exact():
    rows = [{"sector": sector, "emitted": figure} for sector, figure in (("crops", 49.7), ("livestock", 18.5))]
    assert emitted(ei.Form(unit="1_000_000 tonne"), rows) == (68_200_000, 68_200_000)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("KIỂM KÊ NĂM 2020", True),
        ("Báo cáo năm 2030", False),
        ("Theo Quyết định ngày 5 tháng 8 năm 2022", False),
        ("Từ năm 2020 đến năm 2030", False),
        ("Methane, year 2020", True),
    ],
)
def test_a_title_that_states_another_year_is_pointed_out(tmp_path, title, said):
    form = ei.Form(heading=2, columns=COLUMNS)
    read = ei.evaluate(METHANE, {"methane": form.of(sheet(tmp_path, [title]))}, year=2030)
    assert [problem.value for problem in read.problems if problem.kind == "other_year_said"] == [title] * said


def test_a_heading_of_values_in_another_unit_is_refused(tmp_path):
    table = ei.Table("air", ei.Unit("day", "days"), total="days", values={"pm25": ei.Unit("µg/m3", "µg/m³", grain=10)})
    paper = soc_trang_2020.document
    clause = ei.Clause(paper, "1", "Made up.", "Made up.", paraphrase=True)
    mean = ei.Mean("pm25", "PM2.5", table=table, of="pm25", weight="days").below("40 µg/m3")
    programme = ei.Programme("example", "Example", paper, [ei.Target("target", clause, 2030, mean)])
    for stated, fine in (("µg/m3", True), ("μg/m³", True), ("mg/m3", False), ("ppb", False), ("trung bình", True)):
        (tmp_path / "air.csv").write_text(f"Đơn vị tính: {stated},\nngày,PM2.5\n365,30\n", "utf-8")
        titled = ei.Form(heading=2, columns={"days": "ngày", "pm25": "PM2.5"}).of(ei.scan(tmp_path / "air.csv"))
        kinds = {problem.kind for problem in ei.check(programme, {"air": titled}, year=2030).errors}
        assert kinds == (set() if fine else {"form_heading_value_unit", "form_heading_unit_unknown"})
        heading = {"ngày": 365, f"PM2.5 ({stated})": 30}
        column = {"ngày": 365, "PM2.5": 30, "ĐVT": stated}
        for row, name in ((heading, f"PM2.5 ({stated})"), (column, "PM2.5")):
            form = ei.Form(columns={"days": "ngày", "pm25": name})
            if fine:
                assert ei.evaluate(programme, {"air": form.of([row])}, year=2030)["target"].met
            else:
                with pytest.raises(ei.InvalidTable, match="the values are in µg/m3"):
                    ei.evaluate(programme, {"air": form.of([row])}, year=2030)


def test_several_kinds_of_rows_may_have_units_of_their_own_where_figures_are_spread():
    rows = [
        {"Huyện": area, "Chỉ tiêu": name, "ĐVT": unit, "Số": figure}
        for area, (name, unit, figure) in itertools.product(
            ["A"], [("Dân số", "người", 100), ("Dùng nước", "người", 98), ("Tỷ lệ", "%", 98)]
        )
    ]
    form = ei.Form(
        columns={"area": "Huyện", "settlement": ei.always("rural")},
        spread=ei.spread("Chỉ tiêu", "Số", persons="Dân số", hygienic_water="Dùng nước"),
        only={"Chỉ tiêu": ["Dân số", "Dùng nước"]},
    )
    assert ei.evaluate(soc_trang_2020, {"residents": form.of(rows)}, year=2020)["rural_water"].met
