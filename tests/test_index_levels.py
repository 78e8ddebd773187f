"""Keys that stand in the index of a pandas frame: a named level is a column, an unnamed one is only an index."""

from __future__ import annotations

import pandas as pd
import pytest

import envindicators as ei
from envindicators.programmes import soc_trang_2020

ROWS = pd.DataFrame(
    {
        "area": ["Kế Sách", "Kế Sách", "Mỹ Tú", "Mỹ Tú"],
        "year": [2019, 2020, 2019, 2020],
        "settlement": ["rural", "urban", "urban", "rural"],
        "persons": [10, 20, 30, 40],
        "hygienic_water": [5, 20, 0, 13],
    }
)
KEYS = ["area", "year", "settlement"]


def evaluated(frame, year=2020):
    return ei.evaluate(soc_trang_2020, {"residents": frame}, year=year, by="area")


EXPECTED = evaluated(ROWS)


def arrow(frame):
    return pytest.importorskip("pyarrow").Table.from_pandas(frame)


def held(frame, folder):
    """Yield a frame in the ways that keep its index."""
    yield frame
    yield arrow(frame)
    frame.to_parquet(folder / "a.parquet")
    yield ei.scan(folder / "a.parquet")
    yield iter([frame.iloc[:1], frame.iloc[1:]])


@pytest.mark.parametrize(
    "indexed",
    [
        *([ROWS.set_index(names) for names in ("area", "year", "settlement", ["year"], KEYS, KEYS[::-1], ["persons"])]),
        ROWS.set_index("year", drop=True).astype({"settlement": "category"}),
        ROWS.groupby(KEYS).sum(),
        ROWS.astype({"area": "category", "settlement": "category"}).groupby(KEYS, observed=True).sum(),
        ROWS.assign(area=ROWS.area.astype("category")).set_index(["area", "year"]),
        ROWS.set_index(["area", pd.Index([4, 3, 2, 1])]),
        ROWS.set_index([pd.Index([None, "x", "y", "z"]), "year"]),
        ROWS.set_index("year").sort_index(ascending=False),
    ],
    ids=range(14),
)
def test_named_levels_are_columns(indexed, tmp_path):
    for frame in held(indexed, tmp_path):
        assert evaluated(frame) == EXPECTED


@pytest.mark.parametrize(
    "index",
    [[7, 7, 7, 7], ["a", "b", "c", "d"], pd.MultiIndex.from_product([[1, 2], ["x", "y"]]), [2018.5, None, 1, 2]],
)
def test_an_unnamed_index_is_only_an_index(index, tmp_path):
    for frame in held(ROWS.set_axis(index), tmp_path):
        card = evaluated(frame)
        assert card == EXPECTED
        assert {problem.kind for problem in card.problems} <= {"other_columns"}


def test_a_year_in_the_index_is_not_the_year_asked_for():
    frame = ROWS[ROWS.year == 2019].set_index("year")
    with pytest.raises(ei.InvalidTable, match="2019"):
        evaluated(frame)


def test_a_named_range_counts_as_named(tmp_path):
    frame = ROWS.drop(columns="year").iloc[:2].set_axis(pd.RangeIndex(2019, 2021, name="year"))
    plain = frame.reset_index()
    for given in held(frame, tmp_path):
        assert evaluated(given) == evaluated(plain)
    frame.to_parquet(tmp_path / "b.parquet", row_group_size=1)
    assert evaluated(ei.scan(tmp_path / "b.parquet")) == evaluated(plain)


def test_a_range_beside_fewer_rows_is_refused():
    frame = ROWS.drop(columns="year").iloc[:2].set_axis(pd.RangeIndex(2019, 2021, name="year"))
    with pytest.raises(ei.UnreadableTable, match="its index 'year' is a range of 2 rows and it holds 1"):
        evaluated(arrow(frame).slice(1))


@pytest.mark.parametrize("name", ["year", "area"])
def test_an_index_named_like_a_column_is_refused(name):
    frame = ROWS.set_index(name, drop=False)
    with pytest.raises(ei.InvalidTable) as caught:
        evaluated(frame)
    assert [(each.kind, each.column) for each in caught.value.problems] == [("duplicate_column", name)]


def test_missing_values_in_a_level_are_missing():
    frame = ROWS.assign(settlement=["rural", None, "urban", "rural"])
    assert evaluated(frame.set_index(["settlement", "year"])) == evaluated(frame)


def test_a_dask_frame_too():
    dd = pytest.importorskip("dask.dataframe")
    frame = dd.from_pandas(ROWS.sort_values("year").set_index("year"), npartitions=2)
    assert evaluated(frame) == EXPECTED


def test_a_frame_like_those_of_pandas_too():
    pytest.importorskip("pyarrow")
    narwhals = pytest.importorskip("narwhals")
    assert evaluated(narwhals.from_native(ROWS.set_index("year"))) == EXPECTED
