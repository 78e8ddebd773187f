"""Fingerprints of what came in: equal for equal facts, however they came, and for no others."""

from __future__ import annotations

import datetime
import pickle

import pandas as pd
import pytest
from cards import evaluated, example
from hypothesis import given
from hypothesis import strategies as st

import envindicators as ei
from envindicators.programmes import soc_trang_2020

polars = pytest.importorskip("polars")
pyarrow = pytest.importorskip("pyarrow")

MAKERS = {
    "rows": lambda rows: rows,
    "columns": lambda rows: {name: [row[name] for row in rows] for name in rows[0]},
    "pandas": pd.DataFrame,
    "polars": polars.DataFrame,
    "pyarrow": pyarrow.Table.from_pylist,
}


def inputs(rows, table="residents", **options):
    return evaluated(soc_trang_2020, {table: rows}, **{"year": 2020} | options).inputs


AREAS = st.sampled_from([("A", "Mỹ Tú", "'", "水"), (7, 12, -3, 10**9)])


@st.composite
def residents(draw):
    """Return rows of residents, in any order, with blanks."""
    keys = [(area, year, kind) for area in draw(AREAS) for year in (2019, 2020) for kind in ("urban", "rural", None)]
    rows = []
    for area, year, kind in draw(st.lists(st.sampled_from(keys), min_size=1, unique=True)):
        persons = draw(st.integers(0, 9))
        water = draw(st.one_of(st.none(), st.integers(0, persons)))
        row = {"area": area, "year": year, "settlement": kind, "persons": persons, "hygienic_water": water}
        rows.append(row)
    rows.append({"area": rows[0]["area"], "year": 2021, "settlement": "urban", "persons": 5, "hygienic_water": 2})
    return rows


@given(residents(), st.randoms())
def test_equal_facts_have_equal_fingerprints(rows, chance):
    options = {"by": ["area", "year"], "year": None, "layout": {"residents": "counts"}, "totals": "keep"}
    wanted = inputs(rows, **options)
    assert [each.year for each in wanted] == sorted({row["year"] for row in rows})
    for name, make in MAKERS.items():
        shuffled = chance.sample(rows, len(rows))
        assert inputs(make(shuffled), **options) == wanted, name


@given(residents(), st.data())
def test_a_changed_number_changes_it(rows, data):
    options = {"by": ["area", "year"], "year": None, "layout": {"residents": "counts"}, "totals": "keep"}
    before = inputs(rows, **options)
    row = data.draw(st.sampled_from(rows))
    row["persons"] += data.draw(st.integers(1, 5))
    after = inputs(rows, **options)
    for old, new in zip(before, after, strict=True):
        assert (old.sha256 != new.sha256) == (old.year == row["year"])


def test_each_kind_of_fact_counts():
    base = {"area": "A", "settlement": "rural", "persons": 10, "hygienic_water": 9}
    others = [
        base | {"area": "B"},
        base | {"settlement": "urban"},
        base | {"settlement": None},
        base | {"hygienic_water": None},
        base | {"hygienic_water": 8},
        base | {"persons": None},
    ]
    found = [inputs([row], by="area")[0].sha256 for row in (base, *others)]
    assert len(set(found)) == len(found)
    weighed = {"stream": "medical", "generated": 5, "collected": 5}
    assert inputs([weighed], "waste")[0].sha256 != inputs([weighed | {"generated": None}], "waste")[0].sha256
    (waste,) = inputs([{"stream": "medical", "generated": 1}], "waste")
    (one_more,) = inputs([{"stream": "medical", "generated": 1}, {"stream": "other", "generated": 1}], "waste")
    assert waste.sha256 != one_more.sha256


def test_what_is_no_fact_does_not():
    rows = [{"area": "A", "settlement": "rural", "persons": 10, "hygienic_water": 9, "remark": "x"}]
    wanted = inputs(rows)
    assert inputs([{name: value for name, value in rows[0].items() if name != "remark"}]) == wanted
    assert inputs([rows[0] | {"year": 2020}]) == wanted
    cells = ei.condense(soc_trang_2020, {"residents": rows}, year=2020)
    assert ei.evaluate(soc_trang_2020, cells, year=2020).inputs == wanted
    kilograms = [{"stream": "medical", "generated": 1500, "collected": 1200}]
    tonnes = [{"stream": "medical", "generated": 1.5, "collected": 1.2}]
    assert inputs(kilograms, "waste") == inputs(tonnes, "waste", units={"waste": "tonne"})


def test_sizes():
    residents_, establishments, waste, _ = example().inputs
    assert (residents_.table, residents_.year, residents_.rows, residents_.groups) == ("residents", 2020, 21, 11)
    frame = ei.examples.soc_trang()["residents"]
    assert residents_.units == frame[frame["year"] == 2020]["persons"].sum()
    assert (establishments.rows, establishments.groups) == (35, 10)
    assert waste.units % 1000 == 0
    records = [{"area": "A", "id": place, "meets_standards": True, "activity": "business"} for place in range(5)]
    assert inputs(records, "establishments")[0].rows == 5
    counts = [{"establishments": 9, "meets_standards": 4, "inspected": None, "activity": "both"}]
    assert (inputs(counts, "establishments")[0].rows, inputs(counts, "establishments")[0].units) == (1, 9)


def test_years_apart_and_pickled():
    card = example("en", by=("area", "year"), year=None)
    assert card.of_year(2020).inputs == example("en").inputs
    assert pickle.loads(pickle.dumps(card)) == card
    assert pickle.loads(pickle.dumps(card)).inputs == card.inputs


def test_keys_of_another_kind_are_others():
    rows = [{"settlement": "rural", "persons": 10, "hygienic_water": 9}]
    keys = [1, "1", True, datetime.date(2020, 1, 1), "2020-01-01"]
    found = [inputs([row | {"area": key} for row in rows])[0].sha256 for key in keys]
    assert len(set(found)) == len(keys)


def test_the_fingerprint_itself_does_not_change_from_release_to_release():
    """A filed report must stay comparable: whoever changes the fingerprint says so in the changelog."""
    rows = [{"area": "Mỹ Tú", "settlement": "rural", "persons": 10, "hygienic_water": 9}]
    assert inputs(rows, by="area")[0].sha256 == "7df4aa5650cc95ac90fc7392480f96c66106e859584bf6794c46850d29ecd267"


def test_a_flag_that_answers_no_question_otherwise_changes_nothing_and_one_that_does_is_seen():
    """With clean technology a new facility is equipped under every reading, whatever else it has."""
    works = {"id": 1, "activity": "production", "built": 2018, "clean_technology": True, "meets_standards": True}
    (plain,) = inputs([works | {"waste_treatment": True}], "establishments")
    (other,) = inputs([works | {"waste_treatment": False}], "establishments")
    (unclean,) = inputs([works | {"waste_treatment": True, "clean_technology": False}], "establishments")
    assert plain.sha256 == other.sha256 != unclean.sha256
