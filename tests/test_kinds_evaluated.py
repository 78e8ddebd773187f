"""A kind of indicator that the library does not know goes from tables to every output as shares do."""

import json
import pickle

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_kinds import CLAUSE, lack, programme

import envindicators as ei
from envindicators.formats.json import card_data

WASTE = [
    {"area": "A", "stream": "rural", "generated": 10, "collected": 9},
    {"area": "A", "stream": "urban", "generated": 10, "collected": 10},
    {"area": "B", "stream": "rural", "generated": 20, "collected": None},
    {"area": "B", "stream": "urban", "generated": 5, "collected": 5},
]
PEOPLE = [
    {"area": "A", "persons": 10, "served": True, "paying": True},
    {"area": "B", "persons": 20, "served": True, "paying": None},
]
TABLES = {"waste": WASTE, "people": PEOPLE}
TALLIES = {"A": ei.Tally(1, 29), "B": ei.Tally(0, 5, 40), None: ei.Tally(1, 34, 40)}
"""What fails in either table, added up."""


def card_of(tables, **options):
    return ei.evaluate(programme(), tables, **{"year": 2020, "by": "area"} | options)


@pytest.fixture
def card():
    return card_of(TABLES)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pl.LazyFrame])
def test_every_engine_gives_its_evidence(card, make):
    assert card_of({key: make(rows) for key, rows in TABLES.items()}) == card
    for group, tally in TALLIES.items():
        judgement = (card["t"] if group is None else card["t", group]).judgements[0]
        assert judgement.tally == tally
        assert judgement.verdict == ei.at_most("10%").judge(tally).verdict


def test_cells_of_parts_add_up_to_it(card):
    made = programme()
    parts = [{"waste": WASTE[:1]}, {"people": PEOPLE[:1]}, {"waste": WASTE[1:], "people": PEOPLE[1:]}]
    cells = [ei.condense(made, part, by="area") for part in parts]
    assert ei.evaluate(made, cells[2] + cells[0] + cells[1], year=2020) == card
    assert pickle.loads(pickle.dumps(card)) == card


def test_what_did_not_come_keeps_it_open():
    with pytest.warns(ei.CoverageWarning, match="people has no rows for .B."):
        silent = card_of({"waste": WASTE, "people": PEOPLE[:1]})["t"].judgements[0]
    assert silent.tally == ei.Tally(1, 34, 20, unsized=["out", "satisfied", "failed"])
    card = card_of(TABLES, expected=["A", "B", "C"])
    assert [reports.met[0].group for reports in card.needed_reports("t")] == ["C", "C"]
    assert card_of({"waste": WASTE})["t"].reason == "no_table"


def test_every_output_shows_it(card):
    frame = card.to_frame(backend="polars")
    rows = frame.filter(pl.col("indicator") == "lack")
    assert rows.select("area", "satisfied", "failed", "unknown").rows() == [("A", 1, 29, 0), ("B", 0, 5, 40)]
    for lang, name in (("en", "lack"), ("vi", "thiếu")):
        shown = card.with_lang(lang)
        outputs = (str(shown), shown._repr_html_(), str(shown.explain("t")))
        assert all(name in output for output in outputs)
    assert card.needed_reports("t")[0].requirement.indicator == lack()
    data = json.loads(json.dumps(card_data(card, explanations={"t": [card.explain("t")]})))
    assert "lack" in json.dumps(data["years"])
    assert [problem.column for problem in ei.check(programme(), TABLES, year=2020)] == ["collected", "paying"]


def test_a_row_without_its_size_is_no_silent_area():
    dumped = ei.Table("dumped", ei.Unit("tonne", "tonnes"), total="tonnes", period="flow")
    amount = ei.Amount("dumped", "dumped", table=dumped).at_most("9 tonne")
    plan = ei.Programme("p", "p", CLAUSE.document, [ei.Target("t", CLAUSE, 2020, amount)])
    rows = [{"area": "A", "year": 2020, "tonnes": 1}, {"area": "B", "year": 2020, "tonnes": None}]
    card = ei.evaluate(plan, {"dumped": rows}, by="area", year=2020)
    assert (card["t", "B"].reason, card["t"].reason) == ("open_ended", "open_ended")
    silent = ei.evaluate(plan, {"dumped": rows}, by="area", year=2020, expected=["A", "B", "C"])
    assert (silent["t", "B"].reason, silent["t", "C"].reason) == ("open_ended", "not_reported")
    assert silent["t"].reason == "not_reported"
    frame = silent.to_frame(backend="polars").filter(pl.col("target") == "t")
    assert set(frame["reason"]) == {None, "open_ended", "not_reported"}
    assert ei.Scorecard.from_json(silent.to_json())["t", "B"].reason == "open_ended"


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from("ABC"), st.sampled_from([None, 2, 5]), min_size=1))
def test_why_an_amount_has_no_end(sizes):
    """An area without rows is silent, one whose row lacks its size is open-ended; silence is told first."""
    dumped = ei.Table("dumped", ei.Unit("tonne", "tonnes"), total="tonnes", period="flow")
    amount = ei.Amount("dumped", "dumped", table=dumped).at_most("99 tonne")
    plan = ei.Programme("p", "p", CLAUSE.document, [ei.Target("t", CLAUSE, 2020, amount)])
    rows = [{"area": area, "year": 2020, "tonnes": size} for area, size in sizes.items()]
    card = ei.evaluate(plan, {"dumped": ei.Form(totals="keep").of(rows)}, by="area", year=2020, expected=list("ABC"))
    reasons = {
        area: "not_reported" if area not in sizes else "open_ended" if sizes[area] is None else None for area in "ABC"
    }
    assert {area: card["t", area].reason for area in "ABC"} == reasons
    told = set(reasons.values())
    assert card["t"].reason == next((reason for reason in ("not_reported", "open_ended") if reason in told), None)
