"""An id that stands in two sets of cells is refused when they come together, wherever these were made."""

from __future__ import annotations

import itertools
import os
import pickle
import subprocess
import sys

import pandas as pd
import pytest
from engines import EVERY_WAY
from hypothesis import given
from hypothesis import strategies as st
from small_tables import RECORDS, with_column

import envindicators as ei
from envindicators.cells.ids import NO_YEAR
from envindicators.programmes import soc_trang_2020

NUMBERS = ([1, 2, 3], [3, 4, 5], 3)
TEXTS = (["DN-1", "DN-2"], ["DN-0", "DN-2", "DN-3"], "DN-2")


def establishments(ids, **more):
    row = {"area": "A", "activity": "both", "built": 2016, "meets_standards": True, "inspected": None}
    return pd.DataFrame({"id": ids, **row, **more})


def cells(table, **options):
    return ei.condense(soc_trang_2020, {"establishments": table}, **options)


def refused(make):
    """Return the ids for which cells are refused, after seeing that nothing else is wrong and that all are counted."""
    with pytest.raises(ei.InvalidTable) as caught:
        make()
    assert {(problem.table, problem.column, problem.kind) for problem in caught.value.problems} == {
        ("establishments", "id", "id_in_both")
    }
    values = [problem.value for problem in caught.value.problems]
    assert caught.value.counts["establishments", "id", "id_in_both"] >= len(values)
    assert all(repr(value) in str(caught.value) for value in values[:1])
    return values


def parquet(frame, path):
    frame.to_parquet(path / "part.parquet", index=False)
    return ei.scan(path / "part.parquet")


def csv(frame, path):
    frame.to_csv(path / "part.csv", index=False)
    return ei.scan(path / "part.csv")


def pieces(frame, path):
    del path
    return [frame[:1], frame[1:1], frame[1:]]


def as_it_is(frame, path):
    del path
    return frame


def sent(made):
    return pickle.loads(pickle.dumps(made))


@pytest.mark.parametrize("hold", [as_it_is, pieces, parquet, csv])
@pytest.mark.parametrize(("north", "south", "both"), [NUMBERS, TEXTS])
@pytest.mark.parametrize("year", [None, 2020])
@pytest.mark.parametrize("by", [None, "area"])
def test_an_id_in_both_is_refused_however_they_are_held(tmp_path, hold, north, south, both, year, by):
    years = {} if year is None else {"year": year}
    made = []
    for name, ids in (("A", north), ("B", south)):
        (tmp_path / name).mkdir()
        made.append(cells(hold(establishments(ids, area=name, **years), tmp_path / name), by=by))
    for first, second in itertools.permutations(made):
        assert refused(lambda: first + second) == [both]
        assert refused(lambda: sent(first) + second) == [both]
        assert refused(lambda: sent(first) + sent(second)) == [both]


@pytest.mark.parametrize("way", EVERY_WAY, ids=str)
def test_an_id_in_both_is_refused_whatever_engine_they_came_from(way):
    kinds = {"id": "text", "area": "text", "activity": "text", "built": "int"} | dict.fromkeys(
        [name for name, values in RECORDS.items() if True in values], "bool"
    )
    north = cells(way(RECORDS, kinds))
    south = cells(way(with_column(RECORDS, id=["x", "y", "c"], area="Ngã Năm"), kinds))
    assert refused(lambda: north + south) == ["c"]


def test_an_id_may_come_again_in_another_year():
    whole = cells(establishments([1, 1, 2], year=[2019, 2020, 2020]))
    assert cells(establishments([1], year=2019)) + cells(establishments([1, 2], year=2020)) == whole


def test_an_id_without_a_year_is_refused_once_it_has_one():
    """Records that say no year are of the year asked for, which is known when they are evaluated."""
    undated, of_2020 = cells(establishments([1, 2])), cells(establishments([2, 3], area="B"), year=2020)
    for together in (undated + of_2020, of_2020 + undated):
        assert refused(lambda: ei.evaluate(soc_trang_2020, together, year=2020)) == [2]
        assert refused(lambda: ei.evaluate(soc_trang_2020, sent(together), year=2020)) == [2]
    assert refused(lambda: undated + cells(establishments([2]))) == [2]


def test_it_does_not_matter_with_how_many_others_they_were_added_before():
    parts = [cells(establishments([number, number + 10], area=str(number))) for number in range(4)]
    again = cells(establishments([99, 2], area="again"))
    whole = cells(establishments([0, 10, 1, 11, 2, 12, 3, 13], area=[str(number // 2) for number in range(8)]))
    assert parts[0] + parts[1] + parts[2] + parts[3] == whole
    assert parts[3] + ((parts[1] + parts[0]) + parts[2]) == whole
    for others in itertools.permutations(parts, 3):
        if parts[2] in others:
            assert refused(lambda: (others[0] + others[1] + others[2]) + again) == [2]
            assert refused(lambda: again + (others[0] + (others[1] + others[2]))) == [2]


@pytest.mark.parametrize("name", [int, "DN-{}".format])
def test_of_many_ids_in_both_a_hundred_are_named_and_all_are_counted(name):
    north = cells(establishments([name(number) for number in range(1000)]))
    south = cells(establishments([name(number) for number in range(250, 2000)]))
    with pytest.raises(ei.InvalidTable) as caught:
        south + north
    assert caught.value.counts == {("establishments", "id", "id_in_both"): 750}
    assert len(caught.value.problems) == 100
    assert len({problem.value for problem in caught.value.problems}) == 100


def test_cells_of_another_process_are_told_apart_from_those_made_here(tmp_path):
    """Text is hashed otherwise in every process."""
    code = (
        "import pickle, sys, envindicators as ei\n"
        "from envindicators.programmes import soc_trang_2020 as programme\n"
        "row = {'area': 'A', 'activity': 'both', 'built': 2016, 'meets_standards': True}\n"
        "rows = [{'id': name, **row} for name in sys.argv[2:]]\n"
        "with open(sys.argv[1], 'wb') as file:\n"
        "    pickle.dump(ei.condense(programme, {'establishments': rows}), file)\n"
    )
    made = []
    for seed, names in (("1", ("DN-1", "DN-2")), ("2", ("DN-3", "DN-2"))):
        path = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", code, str(path), *names], check=True, env=environment)
        made.append(pickle.loads(path.read_bytes()))
    assert refused(lambda: made[0] + made[1]) == ["DN-2"]
    here = cells(establishments(["DN-1", "DN-2"]).drop(columns="inspected"))
    assert made[0] == here
    assert refused(lambda: made[0] + here) == ["DN-1", "DN-2"]


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (["DN-01"], ["dn-01"], "key_spelling"),
        (["DN-01"], ["DN-01\u200b"], "key_spelling"),
        (["DN-01"], [" DN-01"], "key_spelling"),
        (["1", "x"], [1], "key_kinds"),
    ],
)
def test_ids_that_look_the_same_are_refused_across_cells_and_pieces(first, second, kind):
    north, south = establishments(first), establishments(second, area="B")
    for make in (
        lambda: cells(north) + cells(south),
        lambda: cells(south) + sent(cells(north)),
        lambda: cells([north, south]),
    ):
        with pytest.raises(ei.InvalidTable) as caught:
            make()
        assert [(problem.column, problem.kind) for problem in caught.value.problems] == [("id", kind)]


def test_ids_that_look_the_same_are_told_in_one_order_in_every_process():
    code = (
        "import envindicators as ei\n"
        "from envindicators.programmes import soc_trang_2020 as programme\n"
        "row = {'area': 'A', 'activity': 'both', 'built': 2016}\n"
        "rows = [{'id': name, **row} for name in ('DN-01', 'dn-01', 'Dn-01', 'x', 'X', 'y', 'Y')]\n"
        "print('\\n'.join(map(str, ei.check(programme, {'establishments': rows}, year=2020).errors)))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
        ).stdout
        for seed in "123"
    }
    assert len(told) == 1
    assert told.pop().count("\n") == 4


@given(
    ids=st.lists(st.integers(-5, 30), unique=True, min_size=1),
    places=st.lists(st.integers(0, 2), min_size=36, max_size=36),
)
def test_ids_told_apart_make_the_cells_of_the_whole(ids, places):
    split = [[value for value in ids if places[value] == place] for place in range(3)]
    made = [cells(establishments(some, area=str(place))) for place, some in enumerate(split) if some]
    area = {value: str(place) for place, some in enumerate(split) for value in some}
    whole = cells(establishments(ids, area=[area[value] for value in ids]))
    for order in itertools.permutations(made):
        assert sum(order[1:], start=order[0]) == whole


@given(first=st.sets(st.integers(0, 25), min_size=1), second=st.sets(st.integers(0, 25), min_size=1))
def test_exactly_the_ids_that_stand_in_both_are_told(first, second):
    north, south = (cells(establishments(sorted(ids))) for ids in (first, second))
    if first & second:
        assert set(refused(lambda: north + south)) == first & second
    else:
        assert len((north + south).tables["establishments"].ids) == len(first) + len(second)


def test_numbers_in_a_run_cost_one_run():
    ids = [cells(establishments(range(start, start + 1000))).tables["establishments"].ids for start in (0, 1000, 5000)]
    assert [each.runs.tolist() for each in ids] == [
        [[NO_YEAR, 0, 999]],
        [[NO_YEAR, 1000, 1999]],
        [[NO_YEAR, 5000, 5999]],
    ]
    whole = cells(establishments([*range(1000, 2000)])) + cells(establishments([*range(999, -1, -1)]))
    assert whole.tables["establishments"].ids.runs.tolist() == [[NO_YEAR, 0, 1999]]
