"""Parts that are all 0 or blank: none of so many is none counted and all false, so the layout does not matter."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from small_tables import ALL, PYTHON, frame

import envindicators as ei
from envindicators.programmes import soc_trang_2020

WASTE = {
    "area": ["A", "B"],
    "stream": ["medical", "rural"],
    "generated": [10, 20],
    "collected": [0, 0],
    "treated_to_standard": [None, 0],
}
ESTABLISHMENTS = {
    "area": ["A", "B"],
    "activity": ["both", "production"],
    "built": [2016, 2017],
    "establishments": [10, 20],
    "clean_technology": [0, None],
    "meets_standards": [0, 0],
    "inspected": [0, 0],
}
TABLES = {"waste": WASTE, "establishments": ESTABLISHMENTS}
NAMES = ("collected", "treated_to_standard", "clean_technology", "meets_standards", "inspected")
OTHERS = {
    "waste": {"area": ["C"], "stream": ["medical"], "generated": [9], "collected": [7], "treated_to_standard": [5]},
    "establishments": {
        "area": ["C"],
        "activity": ["both"],
        "built": [2016],
        "establishments": [9],
        "clean_technology": [7],
        "meets_standards": [5],
        "inspected": [9],
    },
}


def changed(table, value):
    """Return a table with its known parts changed."""
    return {
        name: [item if item is None or name not in NAMES else value(item) for item in items]
        for name, items in table.items()
    }


def cells(key, *tables, layout=None):
    given = list(tables) if len(tables) > 1 else tables[0]
    return ei.condense(soc_trang_2020, {key: ei.Form(layout=layout).of(given) if layout else given}, by="area")


@pytest.mark.parametrize("key", TABLES)
@pytest.mark.parametrize("kind", ALL)
def test_nothing_is_the_same_as_counts_and_as_flags(key, kind):
    numbers, flags = frame(TABLES[key], kind), frame(changed(TABLES[key], bool), kind)
    found = cells(key, numbers)
    assert found == cells(key, flags)
    for layout, table in (("counts", numbers), ("weighted", numbers), ("weighted", flags)):
        assert found.tables == cells(key, table, layout=layout).tables
    assert ei.check(soc_trang_2020, {key: numbers}, year=2020).errors == ()
    card = ei.evaluate(soc_trang_2020, {key: numbers}, year=2020, by="area")
    assert card.inputs == ei.evaluate(soc_trang_2020, {key: flags}, year=2020, by="area").inputs


@pytest.mark.parametrize("key", TABLES)
@pytest.mark.parametrize("value", [int, lambda amount: amount > 5])
def test_nothing_stands_beside_counts_and_beside_flags(key, value):
    """What the pieces after it are tells what it was, in whatever order they come and however they are added."""
    other = frame(changed(OTHERS[key], value), "pandas")
    for held in (frame(TABLES[key], "pandas"), frame(changed(TABLES[key], bool), "pandas")):
        whole = cells(key, held, other)
        assert whole == cells(key, other, held)
        assert whole == cells(key, held) + cells(key, other) == cells(key, other) + cells(key, held)
        assert whole == cells(key, held[:1]) + cells(key, other) + cells(key, held[1:])


@pytest.mark.parametrize("kind", PYTHON)
def test_one_of_several_may_be_a_count_or_true(kind):
    changes = {"collected": [0, 1], "treated_to_standard": [0, 0]}
    with pytest.raises(ei.InvalidTable) as caught:
        cells("waste", frame(WASTE | changes, kind))
    assert [problem.kind for problem in caught.value.problems] == ["ambiguous_layout"]
    counts, flags = (cells("waste", frame(WASTE | changes, kind), layout=layout) for layout in ("counts", "weighted"))
    assert counts.tables != flags.tables


def test_one_of_one_is_true():
    table = WASTE | {"generated": [10, 1], "collected": [0, 1], "treated_to_standard": [0, 1]}
    cards = [
        ei.evaluate(soc_trang_2020, {"waste": ei.Form(unit="tonne", layout=layout).of(table)}, year=2020, by="area")
        for layout in ("counts", "weighted", None)
    ]
    for key, group in itertools.product(("medical_waste", "rural_waste"), (..., "A", "B")):
        tallies = [(card[key] if group is ... else card[key, group]).tally for card in cards]
        assert tallies[0] == tallies[1] == tallies[2]


def test_nothing_of_a_blank_total_is_a_count():
    """Flags would need a total."""
    table = WASTE | {"generated": [None, 20], "treated_to_standard": [0, 0]}
    assert cells("waste", table).tables == cells("waste", table, layout="counts").tables


@pytest.mark.parametrize("second", [{"treated_to_standard": [0]}, {"treated_to_standard": [None]}])
def test_counts_of_one_key_come_once_also_where_nothing_is_counted(second):
    first = {"area": ["A"], "stream": ["medical"], "generated": [10], "collected": [0], "treated_to_standard": [0]}
    counted = {**first, "generated": [9], "collected": [7], "treated_to_standard": [5]}
    for others in itertools.permutations([first, {**first, **second}]):
        with pytest.raises(ei.InvalidTable, match="the same key"):
            cells("waste", *(frame(other, "pandas") for other in others))
        with pytest.raises(ei.InvalidTable, match="medical"):
            cells("waste", others[0]) + cells("waste", others[1])
    for made in (
        lambda: cells("waste", first) + cells("waste", counted),
        lambda: cells("waste", {**first, **second}) + cells("waste", counted),
    ):
        with pytest.raises(ei.InvalidTable, match="medical"):
            made()


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from("AB"),
            st.integers(0, 3),
            st.sampled_from((True, False, None)),
            st.sampled_from((True, False, None)),
        ),
        unique_by=lambda row: (row[0], *row[2:]),
        max_size=6,
    ),
    cut=st.integers(0, 6),
)
def test_weighted_records_add_up_wherever_nothing_is_true(rows, cut):
    assume(0 < cut < len(rows))

    def weighted(some):
        names = ("area", "establishments", "clean_technology", "inspected")
        table = {name: [row[place] for row in some] for place, name in enumerate(names)}
        length = len(some)
        table |= {"activity": ["both"] * length, "built": [2016] * length}
        return cells("establishments", ei.Form(totals="keep").of(table))

    whole = weighted(rows)
    assert whole == weighted(rows[:cut]) + weighted(rows[cut:])
    first, *others = (weighted([row]) for row in reversed(rows))
    for other in others:
        first = other + first
    assert whole == first
