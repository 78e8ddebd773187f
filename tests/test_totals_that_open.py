"""A row that lacks its total opens an amount; of a share it is an error."""

from __future__ import annotations

import pytest
from defined import _clause, _document
from hypothesis import given
from hypothesis import strategies as st

import envindicators as ei

TONNE = ei.Unit("tonne", "tonnes")
SECTORS = {"sector": ["energy", "waste"]}
PLAIN = ei.Table("gas", TONNE, total="emitted", period="flow", categories=SECTORS)
SINGLE = ei.Table("gas", TONNE, total="emitted", parts=["flared"], period="flow", categories=SECTORS)
NESTED = ei.Table(
    "gas", TONNE, total="emitted", parts=["measured", "checked"], nested=True, period="flow", categories=SECTORS
)
LOOSE = ei.Table("gas", TONNE, total="emitted", parts=["flared", "leaked"], period="flow", categories=SECTORS)


def card_of(requirement, rows, *, layout=None, **options):
    programme = ei.Programme("p", "p", _document(), [ei.Target("t", _clause(), 2020, requirement)])
    form = ei.Form(totals="keep", layout=layout)
    return ei.evaluate(programme, {"gas": form.of(rows)}, year=2020, **options)


def counted(table, where):
    return ei.Amount("emissions", "emissions", table=table, where=where)


rows = st.lists(
    st.fixed_dictionaries(
        {"emitted": st.none() | st.integers(0, 3), "sector": st.sampled_from(["energy", "waste", None])}
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda row: row["sector"],
)


@given(rows, st.sampled_from(["energy", "waste"]))
def test_an_amount_without_parts_is_open_where_a_total_is_missing_and_may_count(rows, sector):
    span = card_of(counted(PLAIN, ei.one_of("sector", sector)).at_most("4 tonne"), rows)["t"].judgements[0].evidence
    sure = sum(row["emitted"] or 0 for row in rows if row["sector"] == sector)
    may = [row["emitted"] for row in rows if row["sector"] in (sector, None)]
    assert span.ends == (sure, None if None in may else sum(may))


@given(
    st.none() | st.integers(0, 3),
    st.none() | st.integers(0, 3),
    st.none() | st.integers(0, 3),
    st.sampled_from(["measured", "checked", None]),
)
def test_of_nested_parts_what_is_known_is_the_floor(total, measured, checked, part):
    """Whatever total, measured and checked could be that agree with what is known, in order, and no others."""
    given = (total, measured, checked)
    ways = [
        (whole, some, few)
        for whole in range(9)
        for some in range(whole + 1)
        for few in range(some + 1)
        if all(known in (None, way) for known, way in zip(given, (whole, some, few), strict=True))
    ]
    if not ways:
        return
    place = {None: 0, "measured": 1, "checked": 2}[part]
    where = ei.all_units() if part is None else ei.flag(part)
    row = {"emitted": total, "measured": measured, "checked": checked, "sector": "waste"}
    card = card_of(counted(NESTED, where).at_most("4 tonne"), [row], layout="counts")
    span = card["t"].judgements[0].evidence
    values = [way[place] for way in ways]
    assert span.ends == (min(values), None if max(values) == 8 else max(values))


@pytest.mark.parametrize("flared", [True, False, None])
def test_in_weighted_records_the_flags_say_what_is_open(flared):
    rows = [{"emitted": None, "flared": flared, "sector": "waste"}, {"emitted": 3, "flared": True, "sector": "energy"}]
    card = card_of(counted(SINGLE, ei.flag("flared")).at_least("3 tonne"), rows)
    assert card["t"].judgements[0].evidence.ends == (3, 3 if flared is False else None)
    assert card["t"].verdict is ei.Verdict.MET
    (gap,) = [problem for problem in card.problems if problem.column == "emitted"]
    assert (gap.row, gap.severity) == (0, "gap")
    assert "how much it is" in str(gap)


def test_parts_that_may_overlap_give_no_floor():
    rows = [{"emitted": None, "flared": 2, "leaked": 1, "sector": "waste"}]
    with pytest.raises(ei.InvalidTable, match="not nested give no floor"):
        card_of(counted(LOOSE, ei.flag("flared")).at_least("3 tonne"), rows)
    rows = [{"emitted": None, "flared": None, "leaked": 0, "sector": "waste"}]
    card = card_of(counted(LOOSE, ei.flag("leaked")).at_most("3 tonne"), rows)
    assert card["t"].verdict is ei.Verdict.MET


def test_a_floor_that_is_reached_stands_and_a_cap_is_never_surely_kept():
    rows = [{"area": "A", "emitted": 5, "sector": "waste"}, {"area": "B", "emitted": None, "sector": "waste"}]
    everything = counted(PLAIN, ei.all_units())
    assert card_of(everything.at_least("5 tonne"), rows)["t"].verdict is ei.Verdict.MET
    assert card_of(everything.at_most("4 tonne"), rows)["t"].verdict is ei.Verdict.NOT_MET
    cap = card_of(everything.at_most("9 tonne"), rows, by="area")
    assert cap["t"].verdict is ei.Verdict.UNDETERMINED
    assert cap["t", "A"].verdict is ei.Verdict.MET
    assert cap["t", "B"].shortfall == (0, None)


def test_it_is_an_error_where_a_share_of_the_table_is_asked_for_too():
    rows = [{"emitted": None, "sector": "waste"}]
    share = ei.Share("share", "share", table=PLAIN, where=ei.one_of("sector", "waste"))
    both = [ei.Reading("both", [counted(PLAIN, ei.all_units()).at_most("9 tonne"), share.at_least("1%")])]
    with pytest.raises(ei.InvalidTable, match="expected a total"):
        card_of(both, rows)
    with pytest.raises(ei.InvalidTable, match="expected a total"):
        card_of(share.since(2019).at_least("+1%"), rows)
    with pytest.raises(ei.InvalidTable, match="expected a total"):
        card_of(share.at_least("1%").every("area"), rows, expected=["A"])


def test_cells_in_which_totals_are_open_add_up():
    programme = ei.Programme(
        "p", "p", _document(), [ei.Target("t", _clause(), 2020, counted(PLAIN, ei.all_units()).at_most("9 tonne"))]
    )
    first = [{"area": "A", "emitted": 5, "sector": "waste"}]
    second = [{"area": "B", "emitted": None, "sector": "waste"}]
    parts = [ei.condense(programme, {"gas": part}, by="area", year=2020) for part in (first, second)]
    assert parts[0] + parts[1] == ei.condense(programme, {"gas": first + second}, by="area", year=2020)
    assert ei.evaluate(programme, parts[0] + parts[1])["t"].judgements[0].evidence.ends == (5, None)
