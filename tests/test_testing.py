"""`envindicators.testing`: what it draws is right, its laws hold, and each of them fails where it should."""

from __future__ import annotations

import subprocess
import sys

import attrs
import pytest
from defined import _clause, _document
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import envindicators as ei
from envindicators import testing
from envindicators.evaluation.scorecard import Scorecard
from envindicators.programmes import soc_trang_2020
from envindicators.testing import laws
from envindicators.testing.rows import plain_rows

programmes_with_data = testing.programmes().flatmap(
    lambda programme: st.tuples(st.just(programme), testing.inputs(programme))
)
"""A programme of any kinds of indicator, and tables of its own."""

few = settings(max_examples=20, suppress_health_check=list(HealthCheck))
OPTIONS = {"year": 2020, "expected": ["A", "B"]}

KINDS = [ei.Share, ei.Amount, ei.Ratio, ei.Mean, ei.Change, ei.AreaShare]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_indicator_is_drawn(kind):
    @settings(max_examples=3)
    @given(st.tuples(testing.tables("one"), testing.tables("two").filter(lambda table: table.values)).flatmap(
        lambda tables: testing.indicators(tables, kinds=[kind])
    ))  # fmt: skip
    def drawn(indicator):
        assert type(indicator) is kind

    drawn()


@few
@given(programmes_with_data)
def test_parts_add_up(drawn):
    testing.assert_adds_up(*drawn, **OPTIONS)


@few
@given(programmes_with_data)
def test_bounds_are_sharp(drawn):
    testing.assert_bounds_sharp(*drawn, **OPTIONS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_bounds_of_every_kind_are_sharp(kind):
    """Or safe, where no more is promised; changes on data of several years."""

    @settings(few, max_examples=10)
    @given(st.data())
    def holds(data):
        programme = data.draw(testing.programmes(kinds=[kind]))
        years = (2015, 2019, 2020) if kind is ei.Change else ()
        tables = data.draw(testing.inputs(programme, years=years))
        assume(not ei.check(programme, tables, by="area", **OPTIONS).errors)  # of 2020 all may have been drawn away
        testing.assert_bounds_sharp(programme, tables, **OPTIONS)

    holds()


GASES = ei.Table("gases", ei.Unit("tonne", "tonnes"), total="emitted", period="flow")
SINKS = ei.Table("sinks", ei.Unit("tonne", "tonnes"), total="removed", period="flow")
EMITTED, REMOVED = (ei.Amount(table.key, table.key, table=table) for table in (GASES, SINKS))
NET = EMITTED.less(REMOVED, key="net")
AGAINST = {
    "scenario": EMITTED.since("bau"),
    "the year before": EMITTED.since(ei.YEAR_BEFORE),
    "net": NET.since(2019),
    "net of several years": NET.since([2018, 2019]),
    "net of a scenario": NET.since("bau"),
    "net of a figure": NET.since(ei.published("0.0 tonne", year=2010)),
    "below nothing": NET.since(ei.published("-2 tonne", year=2010)),
    "like for like": EMITTED.since(2019).like_for_like(),
    "net like for like": NET.since("bau").like_for_like(),
    "each day": EMITTED,
    "several years": ei.Amount("both", "both", table=GASES, over=[2019, 2020]),
}


@pytest.mark.parametrize("kind", AGAINST)
def test_bounds_hold_against_whatever_a_change_is_against(kind):
    levels = {"each day": "0.01 tonne/day", "several years": "4 tonne"}
    required = AGAINST[kind].at_most(levels.get(kind, "-30%"))
    readings = [ei.Reading("all", EMITTED.at_least("1 tonne")), ei.Reading("other", required, kind="proxy")]
    programme = ei.Programme("p", "p", _document(), [ei.Target("t", _clause(), 2020, readings)])

    @settings(few, max_examples=30)
    @given(testing.inputs(programme, years=(2018, 2019, 2020), largest=3))
    def holds(tables):
        assume(not ei.check(programme, tables, by="area", **OPTIONS).errors)
        testing.assert_bounds_sharp(programme, tables, **OPTIONS)

    holds()


@few
@given(programmes_with_data)
def test_programmes_cards_and_cells_come_back(drawn):
    testing.assert_round_trips(*drawn, by="area", **OPTIONS)


@few
@given(programmes_with_data, testing.ways())
def test_engines_agree(drawn, way):
    testing.assert_engines_agree(*drawn, ways=[way], by="area", **OPTIONS)


@settings(few, max_examples=10)
@given(testing.inputs(soc_trang_2020))
def test_the_resolution_keeps_the_law_of_bounds(tables):
    testing.assert_bounds_sharp(soc_trang_2020, tables, **OPTIONS)


@few
@given(testing.frames(soc_trang_2020))
def test_frames_hold_the_rows_that_were_drawn(tables):
    assert not ei.check(soc_trang_2020, tables, year=2020, by="area").errors


@few
@given(testing.evidence(), testing.shares())
def test_evidence_of_every_kind_is_judged(evidence, share):
    assert ei.at_least(share).judge(evidence).possible


ROWS = [
    {"area": "A", "settlement": "rural", "persons": 4, "hygienic_water": None},
    {"area": "B", "settlement": "rural", "persons": 6, "hygienic_water": 6},
]
TABLES = {"residents": ROWS}


@pytest.mark.parametrize(
    "frame",
    [ROWS, {name: [row[name] for row in ROWS] for name in ROWS[0]}, testing.Way("pandas"), testing.Way("polars lazy")],
    ids=["rows", "columns", "pandas", "polars"],
)
def test_rows_are_taken_from_any_frame(frame):
    if isinstance(frame, testing.Way):
        columns = {name: [row[name] for row in ROWS] for name in ROWS[0]}
        kinds = dict.fromkeys(columns, "text") | {"persons": "int", "hygienic_water": "int"}
        frame = frame(columns, kinds)
    assert plain_rows(frame) == ROWS


def changed(monkeypatch, change):
    """Let every card be one that something is changed of."""
    made = laws.evaluate
    monkeypatch.setattr(laws, "evaluate", lambda *args, **options: change(made(*args, **options)))


def with_other_counts(card):
    """Return a card whose whole counts a unit more than its groups."""
    (result,) = card.results
    whole = {key: each + each for key, each in result.whole.items()}
    return attrs.evolve(card, results=(attrs.evolve(result, whole=whole),))


def test_a_whole_that_is_not_the_sum_of_its_groups_is_found(monkeypatch):
    changed(monkeypatch, with_other_counts)
    with pytest.raises(AssertionError, match="does not add up over"):
        testing.assert_adds_up(soc_trang_2020, TABLES, year=2020)


def test_bounds_that_are_not_reached_are_found(monkeypatch):
    testing.assert_bounds_sharp(soc_trang_2020, TABLES, year=2020)
    wider = [{**row, "hygienic_water": None} for row in ROWS]
    made = laws.evaluate
    monkeypatch.setattr(
        laws, "evaluate", lambda programme, tables, **more: made(programme, {"residents": wider}, **more)
    )
    with pytest.raises(AssertionError, match="'rural_water' in all areas: from 0 to 1, yet"):
        testing.assert_bounds_sharp(soc_trang_2020, TABLES, year=2020)


def test_completions_outside_of_bounds_are_found(monkeypatch):
    narrower = [{**row, "hygienic_water": 0} for row in ROWS]
    made = laws.evaluate
    monkeypatch.setattr(
        laws, "evaluate", lambda programme, tables, **more: made(programme, {"residents": narrower}, **more)
    )
    with pytest.raises(AssertionError, match="can be, outside of 0 to 0"):
        testing.assert_bounds_sharp(soc_trang_2020, TABLES, year=2020)


def test_an_engine_that_gives_other_figures_is_named(monkeypatch):
    made, seen = laws.evaluate, []

    def second_is_other(programme, tables, **more):
        seen.append(tables)
        other = [{**row, "hygienic_water": row["persons"]} for row in ROWS]
        return made(programme, tables if len(seen) == 1 else {"residents": other}, **more)

    monkeypatch.setattr(laws, "evaluate", second_is_other)
    with pytest.raises(AssertionError, match="held as pandas: objects, the figures differ"):
        testing.assert_engines_agree(soc_trang_2020, TABLES, ways=[testing.Way("pandas", ("objects",))], year=2020)


def test_a_card_that_is_read_otherwise_is_found(monkeypatch):
    testing.assert_round_trips(soc_trang_2020, TABLES, year=2020)
    read = Scorecard.from_json
    monkeypatch.setattr(Scorecard, "from_json", lambda text: read(text).with_lang("vi"))
    other = attrs.evolve(read(ei.evaluate(soc_trang_2020, TABLES, year=2020).to_json()), given=())
    monkeypatch.setattr(Scorecard, "from_json", lambda text: with_other_counts(other))
    with pytest.raises(AssertionError, match="the card is another"):
        testing.assert_round_trips(soc_trang_2020, TABLES, year=2020)


def test_tables_too_large_to_write_out_are_refused():
    rows = [{**ROWS[0], "persons": 10**6}]
    with pytest.raises(ei.OptionError, match="1000000 units"):
        testing.assert_bounds_sharp(soc_trang_2020, {"residents": rows}, year=2020)


def test_a_table_of_tonnes_is_written_out_in_its_unit():
    table = ei.Table(
        "waste", ei.Unit("kilogram", "kg", grain=1000, multiples={"tonne": 10**6}), total="generated", period="flow",
        parts=["collected"],
    )  # fmt: skip
    collected = ei.Amount("collected", "collected", table=table, where=ei.flag("collected"))
    target = ei.Target("t", _clause(), 2020, collected.at_least("2 tonne"))
    programme = ei.Programme("p", "p", _document(), [target])
    rows = [{"area": "A", "generated": 3, "collected": None}, {"area": "B", "generated": None, "collected": 1}]
    testing.assert_bounds_sharp(programme, {"waste": ei.Form(unit="tonne").of(rows)}, year=2020)


@pytest.mark.parametrize("whole", [False, True])
@few
@given(data=st.data())
def test_parts_that_exclude_each_other_are_written_out_so(whole, data):
    table = ei.Table(
        "waste", ei.Unit("load", "loads"), total="loads", parts=["burnt", "dumped"], exclusive=True, whole=whole
    )
    share = ei.Share("kept", "kept", table=table, where=~(ei.flag("burnt") | ei.flag("dumped")))
    programme = ei.Programme("p", "p", _document(), [ei.Target("t", _clause(), 2020, share.at_least("50%"))])
    loads = data.draw(st.integers(2, 5))
    burnt = data.draw(st.none() | st.integers(0, loads))
    dumped = data.draw(st.none() | st.just(loads - (burnt or 0)))
    rows = [{"area": "A", "loads": loads, "burnt": burnt, "dumped": dumped}]
    form = ei.Form(layout="counts")
    testing.assert_bounds_sharp(programme, {"waste": form.of(rows)}, year=2020)


BARE = """
import importlib.util, sys
blocked = ("hypothesis", "polars", "pyarrow", "duckdb")
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name.split(".")[0] in blocked else found(name, *more)
class Blocking:
    def find_spec(self, name, *more):
        if name.split(".")[0] in blocked:
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Blocking())
import envindicators as ei
from envindicators import testing
from envindicators.programmes import soc_trang_2020
testing.assert_round_trips(soc_trang_2020)
rows = [{"settlement": where, "persons": 4, "hygienic_water": 3} for where in ("rural", "urban")]
testing.assert_engines_agree(soc_trang_2020, {"residents": rows}, ways=testing.EVERY_WAY, year=2020)
try:
    testing.programmes
except ei.PackageNeeded as error:
    print(error)
"""


def test_laws_need_no_other_package_and_strategies_say_what_they_need():
    done = subprocess.run([sys.executable, "-c", BARE], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == (
        "envindicators.testing.programmes: another package is needed: pip install 'envindicators[testing]'"
    )


@pytest.mark.parametrize("name", testing.__all__)
def test_what_is_public_is_there_and_documented(name):
    value = getattr(testing, name)
    assert isinstance(value, tuple) or value.__doc__.strip()
    assert name in dir(testing)


def test_there_is_nothing_else():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        testing.nothing
