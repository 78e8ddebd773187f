"""Rows that are totals of others: refused whatever they are called, dropped or kept where that is said."""

from __future__ import annotations

import numpy as np
import pytest
from forms import check, condense, evaluate
from hypothesis import assume, given
from hypothesis import strategies as st

import envindicators as ei
from envindicators.cells.totals import called_totals, find_totals
from envindicators.programmes import soc_trang_2020
from envindicators.report.html import card_html

TABLE = soc_trang_2020.tables["residents"]
NAMES = ("area", "settlement", "persons", "hygienic_water")


def residents(*rows, settlement="rural"):
    return [dict(zip(NAMES, (area, settlement, *figures), strict=True)) for area, *figures in rows]


def suspects(rows, **options):
    """Return kind and row of all that looks like a total."""
    kinds = ("total_row", "total_name", "suspected_total", "doubled_rows", "dropped_total")
    found = check(soc_trang_2020, {"residents": rows}, **{"year": 2020} | options)
    return [(problem.kind, problem.row) for problem in found if problem.kind in kinds]


DISTRICTS = (("A", 1000, 990), ("B", 2000, 1900), ("C", 3000, None), ("D", 4000, 4000))

# by name


@pytest.mark.parametrize(
    "name",
    [
        "Tổng cộng", "TỔNG CỘNG:", "TONG CONG", "Tổng\u200bcộng", "T\u00adổng cộng",
        "To\u0302\u0309ng co\u0323\u0302ng", "I. Tổng", "1/ Tổng số", "II- Cộng huyện Mỹ Tú", "* Tổng *",
        "Cộng (1+2+3)", "  Cộng", "Luỹ kế", "Lũy kế đến 31/12", "Toàn tỉnh", "Tòan tỉnh", "Toàn tỉnh Sóc Trăng",
        "Cả nước", "tổng số hộ", "Tổng hợp", "Tỉnh", "TC", "∑", "Province total", "Sub-total", "subtotal",
        "Total (all districts)", "GRAND TOTAL", "All districts", "Whole province", "Sum", "Overall",
        "Province-wide",
    ],
)  # fmt: skip
def test_what_is_called_a_total_is_refused(name):
    """Whether it adds up or not: a district may not be in yet."""
    for figures in ((3000, 2890), (5000, 4000)):
        assert [row for _, row in suspects(residents(*DISTRICTS[:2], (name, *figures)))] == [2]
        assert suspects(residents(*DISTRICTS[:2], (name, *figures)), totals="keep") == []
        card = evaluate(
            soc_trang_2020, {"residents": residents(*DISTRICTS[:2], (name, *figures))}, year=2020, totals="drop"
        )
        assert card["rural_water"].tally == ei.Tally(2890, 110)


def test_names_of_places_are_no_totals():
    places = [
        "Cộng Hòa", "Tổng Cọt", "Toàn Thắng", "Cả Ngũ", "Công", "Cống", "Chung Hải", "Tỉnh Sóc Trăng",
        "Tịnh Biên", "Thành phố", "Huyện", "Tổng công ty Cấp nước", "Summerville", "Allenby", "Province A",
        "Wholesale", "", "12",
    ]  # fmt: skip
    assert not called_totals([*places, None, 7, True]).any()


def test_a_total_is_one_only_beside_rows_that_are_none():
    """Of another year, or by itself, it counts no one twice."""
    alone = residents(("Toàn tỉnh", 3000, 2890))
    assert suspects(alone) == []
    rows = [row | {"year": 2019} for row in alone] + [row | {"year": 2020} for row in residents(*DISTRICTS[:2])]
    assert suspects(rows, year=None, by=["area", "year"]) == []


# by all of its siblings


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize("part", [6890, 9890, 8000, None])
def test_the_sum_of_all_others_is_refused_whatever_it_is_called(place, part):
    """Where a district's part is blank, that of the province lies between the known parts and more."""
    rows = list(DISTRICTS)
    rows.insert(place, ("Sóc Trăng", 10000, part))
    assert suspects(residents(*rows)) == [("total_row", place)]
    card = evaluate(soc_trang_2020, {"residents": residents(*rows)}, year=2020, totals="drop")
    assert (card["rural_water"].verdict, card["rural_water"].tally) == (
        ei.Verdict.UNDETERMINED,
        ei.Tally(6890, 110, 3000),
    )


def test_parts_that_are_no_sums_tell_that_it_is_none():
    assert suspects(residents(*DISTRICTS, ("Sóc Trăng", 10000, 6889))) == []


figures = st.integers(0, 10**6).flatmap(lambda n: st.tuples(st.just(n), st.none() | st.integers(0, n)))
tables = st.lists(figures, min_size=3, max_size=12)


@given(tables, st.data())
def test_a_total_under_any_name_with_blanks_in_any_position_is_refused(rows, data):
    total = sum(n for n, _ in rows)
    known = sum(part or 0 for _, part in rows)
    most = known + sum(n for n, part in rows if part is None)
    assume(total >= 30 and sum(n > 0 for n, _ in rows) > 1)
    part = data.draw(st.none() | st.integers(known, most))
    name = data.draw(st.sampled_from(["Sóc Trăng", "Tổng cộng", "x", "\u200bCộng"]))
    place = data.draw(st.integers(0, len(rows)))
    named = [(f"area {chr(65 + row)}", *figures) for row, figures in enumerate(rows)]
    with_total = residents(*named[:place], (name, total, part), *named[place:])
    assert (place, "error") in [
        (problem.row, problem.severity)
        for problem in check(soc_trang_2020, {"residents": with_total}, year=2020, layout="counts")
        if problem.kind in ("total_row", "total_name")
    ]


@given(st.lists(st.integers(1000, 10**6), min_size=3, max_size=8, unique=True))
def test_without_its_total_the_card_is_the_same(totals):
    """The total is dropped, and nothing else."""
    rows = [(f"area {chr(65 + row)}", total, total // 2) for row, total in enumerate(totals)]
    province = ("Sóc Trăng", sum(totals), sum(total // 2 for total in totals))
    assume(suspects(residents(*rows)) == [])
    plain = evaluate(soc_trang_2020, {"residents": residents(*rows)}, year=2020, by="area")
    dropped = evaluate(soc_trang_2020, {"residents": residents(*rows, province)}, year=2020, by="area", totals="drop")
    assert dropped.to_frame() == plain.to_frame()


@pytest.mark.parametrize("seed", range(5))
def test_large_numbers_drawn_at_random_raise_no_alarm(seed):
    """Neither in one long table nor in many short ones, with blanks and without."""
    random = np.random.default_rng(seed)
    for length, tables_ in ((4, 200), (12, 100), (5000, 1)):
        for _ in range(tables_):
            total = random.integers(0, 10**7, length)
            part = np.where(random.random(length) < 0.2, -1, (total * random.random(length)).astype(np.int64))
            ledger = np.stack([np.arange(length), np.full(length, -2), np.ones(length, np.int64), total, part], axis=1)
            areas = [f"area {row}" for row in range(length)]
            assert find_totals(TABLE, areas, np.zeros(length, np.int64), ledger, np.arange(length)) == []


def test_a_sum_of_all_others_is_refused_whatever_its_size_and_noughts_are_no_sums():
    assert suspects(residents(("A", 1, 1), ("B", 2, 1), ("C", 3, 2), ("D", 6, 4))) == [("total_row", 3)]
    assert suspects(residents(*((area, 0, 0) for area in "ABCD"))) == []
    assert suspects(residents(("A", 5, 5), ("B", 0, 0), ("C", 0, 0), ("D", 5, 5))) == []


def test_a_sum_of_two_is_pointed_at():
    assert suspects(residents(("A", 1013, 990), ("B", 2000, 1900), ("C", 3013, 2890))) == [("suspected_total", 2)]
    assert suspects(residents(("A", 1013, 990), ("B", 2000, 1900), ("C", 3013, 2890)), totals="keep") == []


def test_a_total_of_all_areas_and_settlements_is_refused():
    rows = [row for settlement in ("urban", "rural") for row in residents(*DISTRICTS, settlement=settlement)]
    rows += residents(("Sóc Trăng", 20000, None), settlement=None)
    assert suspects(rows) == [("total_row", 8)]


# by its neighbours

COMMUNES = {
    "P": [("a", 71, 60), ("b", 82, 60), ("c", 93, 60)],
    "Q": [("e", 131, 100), ("f", 140, 111), ("g", 150, 113)],
}


@pytest.mark.parametrize("foot", [False, True])
def test_districts_among_their_communes_are_refused_at_every_level(foot):
    """Each district before its communes, or after them; the province, which is no neighbour, when they are known."""
    rows, totals = [], []
    for district, communes in COMMUNES.items():
        total = (district, sum(row[1] for row in communes), sum(row[2] for row in communes))
        totals.append(total)
        rows += [*communes, total] if foot else [total, *communes]
    province = ("S", sum(row[1] for row in totals), sum(row[2] for row in totals))
    rows = [*rows, province] if foot else [province, *rows]
    places = [3, 7, 8] if foot else [0, 1, 5]
    assert suspects(residents(*rows)) == [("total_row", place) for place in places]
    card = evaluate(soc_trang_2020, {"residents": residents(*rows)}, year=2020, totals="drop")
    assert card["rural_water"].tally == ei.Tally(504, 163)


def test_a_block_of_rows_that_stands_twice_is_pointed_at():
    once = [(f"a{row}", 100 + row * row, 90 + row) for row in range(6)]
    twice = [(f"b{row}", *figures) for row, (_, *figures) in enumerate(once)]
    assert suspects(residents(*once, *twice)) == [("doubled_rows", 6)]


def test_many_rows_are_searched_in_one_go():
    """A hundred thousand communes, a province of them all, and a district of the last thousand."""
    length, random = 100_000, np.random.default_rng(1)
    total = random.integers(1, 10**5, length)
    total[0] = total[2:].sum()
    total[1] = total[2:1002].sum()
    sites, rural, part = np.arange(length), np.ones(length, np.int64), random.integers(0, total)
    ledger = np.stack([sites, np.full(length, -2), rural, total, part], axis=1)
    ledger[:2, -1] = ledger[2:, -1].sum(), ledger[2:1002, -1].sum()
    found = find_totals(TABLE, [f"x{row}" for row in range(length)], np.zeros(length, np.int64), ledger, sites)
    assert [(total.row, total.siblings, total.certain) for total in found] == [(0, 99_998, True), (1, 1000, True)]


# where it is seen


@pytest.mark.parametrize(
    ("lang", "words"), [("vi", "Đã loại dòng tổng: Tổng cộng"), ("en", "Left out as totals: Tổng cộng")]
)
def test_what_is_left_out_is_seen_in_every_output(lang, words):
    rows = residents(*DISTRICTS, ("Tổng cộng", 12000, 9000))
    card = evaluate(soc_trang_2020, {"residents": rows}, year=2020, lang=lang, totals="drop")
    for text in (str(card), card_html(card)):
        assert words in text


@pytest.mark.parametrize(("lang", "words"), [("vi", "Có thể là dòng tổng"), ("en", "Possible totals")])
def test_a_suspicion_is_seen_in_every_output(lang, words):
    rows = residents(("A", 1013, 990), ("B", 2000, 1900), ("C\u200b", 3013, 2890))
    card = evaluate(soc_trang_2020, {"residents": rows}, year=2020, lang=lang)
    for text in (str(card), card_html(card)):
        assert words in text.replace("&lt;", "<")
        assert "C<U+200B>" in text.replace("&lt;", "<").replace("&gt;", ">")


def test_totals_are_found_when_cells_are_added():
    """By name and by all siblings; the order of rows is not known any more."""
    parts = [residents(*DISTRICTS[:2]), residents(*DISTRICTS[2:], ("Sóc Trăng", 10000, 6890))]
    cells = [condense(soc_trang_2020, {"residents": part}, year=2020, by="area") for part in parts]
    with pytest.raises(ei.InvalidTable, match="Sóc Trăng"):
        cells[0] + cells[1]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_messages_name_the_row_and_what_to_say(lang):
    rows = residents(*DISTRICTS[:2], ("Tổng cộng", 5000, 4000))
    (problem,) = check(soc_trang_2020, {"residents": rows}, year=2020).errors
    assert "'Tổng cộng'" in problem.in_(lang)
    assert 'totals="drop"' in problem.in_(lang)


def test_a_total_that_is_left_out_lacks_nothing():
    """A blank in a row that is dropped as a total is no gap."""
    rows = [
        {"area": area, "settlement": "urban", "persons": persons, "hygienic_water": 10}
        for area, persons in (("A", 20), ("B", None), ("Tổng cộng", None))
    ]
    problems = ei.check(soc_trang_2020, {"residents": ei.Form(layout="counts", totals="drop").of(rows)}, year=2020)
    assert [problem.row for problem in problems.of("gap")] == [1]
    assert problems.counts["residents", "persons", "blank_total"] == 1
