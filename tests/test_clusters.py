"""Dask and Spark: the same facts give the same scorecard, where neither Python nor this package need be.

Skipped where the extras ``dask`` and ``spark`` (and Java) are not installed.
"""

from __future__ import annotations

import pandas as pd
import pytest
from engines import PLAIN
from facts import card_of, facts
from hypothesis import HealthCheck, given, settings
from works import CLAUSE, DOCUMENT

import envindicators as ei
from envindicators.programmes import soc_trang_2020
from envindicators.words.message import listed

pytestmark = [
    pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning:distributed"),
    pytest.mark.xdist_group("clusters"),
]


@pytest.fixture(params=["dask", "spark"])
def make(request):
    return request.getfixturevalue(request.param)


few = settings(
    max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)


@few
@given(drawn=facts())
def test_the_same_facts_give_the_same_scorecard(make, drawn):
    """Equal cards and equal frames, bit for bit, whatever the layout."""
    expected = card_of(PLAIN, drawn)
    card = card_of(make, drawn)
    assert card == expected
    for groups in (True, False):
        assert card.to_frame(backend="rows", groups=groups) == expected.to_frame(backend="rows", groups=groups)


@few
@given(drawn=facts(rows=(1, 4)))
def test_so_where_the_columns_tell_the_layout(make, drawn):
    """Refused by all engines or by none."""
    outcomes = []
    for each in (PLAIN, make):
        try:
            outcomes.append(card_of(each, drawn, layout=False).to_frame(backend="rows"))
        except ei.InvalidTable as error:
            outcomes.append(sorted((p.table, p.kind, p.column or "") for p in error.problems.errors))
    assert outcomes[0] == outcomes[1]


def test_sums_do_not_wrap(make):
    """Totals near 2^62 are added exactly, and beyond 64 bits refused."""
    big = 2**61 + 1
    data = {"area": ["A", "B"], "settlement": ["rural"] * 2, "persons": [big] * 2, "hygienic_water": [big, big - 1]}
    kinds = {"area": "text", "settlement": "text", "persons": "int", "hygienic_water": "int"}
    card = ei.evaluate(soc_trang_2020, {"residents": make(data, kinds)}, year=2020)
    assert card["rural_water"].tally == ei.Tally(2 * big - 1, 1)
    data |= {"persons": [2**62] * 2, "hygienic_water": [5, 7]}
    with pytest.raises(ei.InvalidTable, match="2\\^63 - 1"):
        ei.evaluate(soc_trang_2020, {"residents": make(data, kinds)}, year=2020)


def works(ids, areas=None):
    size = len(ids)
    data = {"id": ids, "area": areas or ["A"] * size, "activity": ["both"] * size, "meets_standards": [True] * size}
    return data, dict.fromkeys(data, "text") | {"meets_standards": "bool"}


def test_ids_that_came_twice_are_found_across_partitions(make):
    """Also where no partition by itself holds one twice; the exact number is told."""
    data, kinds = works(["c", "a", "d", "b", "a", "e", "b", "a"])
    with pytest.raises(ei.InvalidTable) as caught:
        ei.evaluate(soc_trang_2020, {"establishments": make(data, kinds)}, year=2020)
    assert sum(caught.value.counts.values()) == 3
    assert {(each.column, each.value) for each in caught.value.problems} == {("id", "a"), ("id", "b")}
    data, kinds = works(["c", "a", "d", "b", "f", "e"])
    card = ei.evaluate(soc_trang_2020, {"establishments": make(data, kinds)}, year=2020)
    assert card["establishment_standards"].tally == ei.Tally(6)


def test_bad_cells_are_named(make):
    """By row where the rows have an order, by the key and the value where they have none."""
    data = {"area": ["A", "B", "C"], "settlement": ["rural", "rurl", "urban"], "persons": [5, 5, -5]}
    kinds = {"area": "text", "settlement": "text", "persons": "int"}
    with pytest.raises(ei.InvalidTable) as caught:
        ei.evaluate(soc_trang_2020, {"residents": make(data, kinds)}, year=2020)
    found = {(each.column, each.value): each for each in caught.value.problems}
    assert set(found) == {("settlement", "rurl"), ("persons", -5)}
    for (column, _), row in (((("settlement", "rurl")), 1), ((("persons", -5)), 2)):
        problem = found[column, _]
        assert problem.row == row or (problem.row is None and f"area {data['area'][row]!r}" in str(problem))


def test_a_plan_that_fails_is_a_sentence(dask, session):
    """What fails on the cluster names the frame; there is no scorecard."""
    frames = pytest.importorskip("dask.dataframe")
    failing = frames.from_pandas(pd.DataFrame(PLAIN(*works(["a", "b"]))), npartitions=2)
    failing = failing.map_partitions(_fail, meta=failing)
    with pytest.raises(ei.UnreadableTable, match=r"the Dask frame.*on purpose"):
        ei.evaluate(soc_trang_2020, {"establishments": failing}, year=2020)
    frame = session.sql("SELECT 'A' AS area, 'rural' AS settlement, 'x' AS n")
    failing = frame.selectExpr("area", "settlement", "cast(n as bigint) as persons")
    with pytest.raises(ei.UnreadableTable, match=r"the Spark frame.*CAST_INVALID_INPUT"):
        ei.evaluate(soc_trang_2020, {"residents": failing}, year=2020)


def _fail(_frame):
    raise ValueError("on purpose")


def test_nothing_wraps_without_ansi_mode(spark_without_ansi):
    """Totals near 2^62 are added exactly, and beyond 64 bits refused; ids at both ends of 64 bits are told apart."""
    test_sums_do_not_wrap(spark_without_ansi)
    ids = [-(2**63), 2**63 - 1, -(2**63) + 1, 2**63 - 2, 0]
    data, kinds = works(ids)
    data["meets_standards"] = [True, True, False, True, None]
    table = spark_without_ansi(data, kinds | {"id": "int"})
    cells = ei.condense(soc_trang_2020, {"establishments": table}, year=2020)
    assert cells == ei.condense(soc_trang_2020, {"establishments": data}, year=2020)


@pytest.mark.parametrize("layout", ["records", "counts", "weighted"])
def test_gaps_of_rows_without_positions_carry_their_keys(spark, layout):
    total = {"id": [1, 2]} if layout == "records" else {"establishments": [10, 20]}
    part = [5, None] if layout == "counts" else [True, None]
    data = {"area": ["A", "B"], "activity": ["other", None], "inspected": part} | total
    kinds = dict.fromkeys(data, "int") | {"area": "text", "activity": "text"}
    kinds["inspected"] = "int" if layout == "counts" else "bool"
    problems = ei.check(soc_trang_2020, {"establishments": spark(data, kinds)}, year=2020, by="area")
    gaps = {each.column: listed(each.key) for each in problems if each.kind in ("blank_part", "blank_category")}
    ids = ", id 2" if layout == "records" else ""
    assert gaps == {"inspected": f"area 'B', activity blank{ids}", "activity": f"area 'B'{ids}"}


def test_spark_is_asked_for_values_with_any_marks(spark):
    kinds = ["it's", 'said "so"', "a\\nb", "${x}", "Mỹ Tú", "-- ; DROP", "`", "X'41'"]
    table = ei.Table("works", ei.Unit("work", "works"), "works", ["built"], categories={"kind": kinds}, id="id")
    shares = [
        ei.Share(f"of_{place}", "of", table=table, where=ei.flag("built"), among=ei.one_of("kind", kind))
        for place, kind in enumerate(kinds)
    ]
    targets = [ei.Target(share.key, CLAUSE, 2020, share.at_least("50%")) for share in shares]
    data = {"id": list(range(16)), "area": ["A"] * 16, "kind": kinds * 2, "built": [True] * 8 + [False, True] * 4}
    rows = spark(data, {"id": "int", "area": "text", "kind": "text", "built": "bool"})
    programme = ei.Programme("p", "p", DOCUMENT, targets)
    expected = ei.evaluate(programme, {"works": pd.DataFrame(data)}, year=2020)
    assert ei.evaluate(programme, {"works": rows}, year=2020).to_json() == expected.to_json()


def test_spark_columns_with_a_dot_are_read(spark):
    kinds = {
        "id": "int",
        "area": "text",
        "ward.code": "text",
        "built": "int",
        "meets_standards": "bool",
        "activity": "text",
    }
    data = {
        "id": [1, 2, 3],
        "area": ["A", "A", "B"],
        "ward.code": ["1", "2", "1"],
        "built": [2016, 2017, None],
        "meets_standards": [True, None, False],
        "activity": ["both", "other", "business"],
    }
    with pytest.warns(ei.EngineWarning, match=r"called 'ward\.code'"):
        found = ei.evaluate(soc_trang_2020, {"establishments": spark(data, kinds)}, year=2020, by=["area", "ward.code"])
    expected = ei.evaluate(soc_trang_2020, {"establishments": pd.DataFrame(data)}, year=2020, by=["area", "ward.code"])
    assert found.to_frame(backend="pandas").equals(expected.to_frame(backend="pandas"))
