"""Laws of the engines: the same facts give the same scorecard, whatever frame and layout they come in."""

import datetime
import itertools
from functools import cache

import pytest
from engines import PLAIN, every_way, ways_by, ways_to_hold
from facts import SOME_FACTS, TABLES, card_of, facts, maybe
from forms import evaluate
from hypothesis import given, settings
from hypothesis import strategies as st

import envindicators as ei
from envindicators.definitions.source import Clause, Document
from envindicators.programmes import soc_trang_2020

pytestmark = pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning")


@settings(max_examples=60)
@given(facts(), ways_by(TABLES), st.sampled_from(("area", None, "year", ["area", "year"])))
def test_the_same_facts_give_the_same_scorecard(drawn, held, by):
    """However each table is held: equal cards, equal frames in plain rows, for groups and the whole, with every by."""
    expected, card = (card_of(way, drawn, by=by) for way in (PLAIN, held))
    assert card == expected
    for groups in (True, False):
        assert card.to_frame(backend="rows", groups=groups) == expected.to_frame(backend="rows", groups=groups)


@cache
def _plain_cards():
    return [card_of(PLAIN, drawn) for drawn in SOME_FACTS]


@every_way
def test_so_for_every_way_to_hold_a_frame(way):
    """Each engine, each way to hold columns and each shape of a frame, by itself."""
    assert [card_of(way, drawn) for drawn in SOME_FACTS] == _plain_cards()


@settings(max_examples=60)
@given(facts(rows=(1, 4)), ways_by(TABLES))
def test_so_where_the_columns_tell_the_layout(drawn, held):
    """The layout that follows from the columns is the same however they are held, or refused however they are held."""
    outcomes = []
    for way in (PLAIN, held):
        try:
            outcomes.append(card_of(way, drawn, layout=False).to_frame(backend="rows"))
        except ei.InvalidTable as error:
            outcomes.append(sorted((p.table, p.kind, p.column or "") for p in error.problems.errors))
    assert outcomes[0] == outcomes[1]


@every_way
def test_parts_of_which_none_is_known_are_no_riddle(way):
    """Blank parts beside totals above 1, whatever type the blanks have, leave the layout open and are no error."""
    data = {"area": ["A", "B"], "stream": ["rural", "medical"], "generated": [10, 20]}
    data |= {"collected": [None, None], "treated_to_standard": [None, None]}
    kinds = {"area": "text", "stream": "text", "generated": "int", "collected": "int", "treated_to_standard": "int"}
    card = ei.evaluate(soc_trang_2020, {"waste": way(data, kinds)}, year=2020, by="area")
    for key, stream in (("A", "rural_waste"), ("B", "medical_waste")):
        assert card[stream, key].tally == card[stream].tally == ei.Tally(unknown=10_000 if key == "A" else 20_000)


@every_way
def test_flags_may_be_zero_and_one(way):
    """Boolean flags and 0/1 are the same records."""
    data = {
        "id": ["a", "b", "c"],
        "area": ["A", "A", "B"],
        "activity": ["both"] * 3,
        "built": [2016, None, 2010],
        "meets_standards": [True, None, False],
    }
    kinds = dict.fromkeys(data, "text") | {"built": "int", "meets_standards": "bool"}
    whole = data | {"meets_standards": [1, None, 0]}
    one = ei.evaluate(soc_trang_2020, {"establishments": way(data, kinds)}, year=2020, by="area")
    other = ei.evaluate(
        soc_trang_2020, {"establishments": way(whole, kinds | {"meets_standards": "int"})}, year=2020, by="area"
    )
    assert one == other
    assert one["establishment_standards"].tally == ei.Tally(1, 1, 1)


@pytest.mark.parametrize(
    "big", [2**7 - 1, 2**8 - 1, 2**15 - 1, 2**16 - 1, 2**31 - 1, 2**32 - 1, 2**49 - 1, 2**53 - 1, 2**61 + 1]
)
def test_sums_do_not_wrap_and_large_numbers_stay_exact(big):
    """Totals at the end of every type are added exactly, in engines that sum narrow types narrowly too."""
    data = {
        "area": ["A", "B", "B"],
        "settlement": ["rural", "rural", "urban"],
        "persons": [big] * 3,
        "hygienic_water": [big, big - 1, big],
    }
    kinds = {"area": "text", "settlement": "text", "persons": "int", "hygienic_water": "int"}
    for way in ways_to_hold([big, big - 1]):
        if way.engine != "Excel file" or big < 10**15:  # Excel keeps 15 digits
            card = ei.evaluate(soc_trang_2020, {"residents": way(data, kinds)}, year=2020)
            assert card["rural_water"].tally == ei.Tally(2 * big - 1, 1), way


# Layouts

DOCUMENT = Document(
    "1", ei.Text(vi="Văn bản", en="Paper"), "plan", ei.Text(vi="Tỉnh", en="Province"), datetime.date(2017, 1, 1)
)
CLAUSE = Clause(DOCUMENT, "I", "Lời", "Words", deadline="stated")
NESTED = ei.Table(
    "works",
    ei.Unit("work", "works"),
    total="works",
    parts=["built", "running", "tested"],
    nested=True,
    categories={"kind": ["zone", "cluster", "other"]},
    id="id",
)
SINGLE = ei.Table(
    "files",
    ei.Unit("file", "files"),
    total="files",
    parts=["checked"],
    categories={"kind": ["report", "plan", "other"]},
    years={"since": "since"},
    id="id",
)


def _programme():
    def indicator(key, table, where, **more):
        return ei.Share(key, key, table=table, where=where, **more)

    zone, report = ei.one_of("kind", "zone"), ei.one_of("kind", "report")
    running, tested, checked = ei.flag("running"), ei.flag("tested"), ei.flag("checked")
    young = ei.between("since", 2015, 2020)
    readings = {
        "running": [indicator("running", NESTED, running, among=zone).at_least("50%")],
        "of_built": [indicator("of_built", NESTED, tested, among=ei.flag("built")).at_most("50%")],
        "not_tested": [indicator("not_tested", NESTED, running & ~tested).at_least("1%")],
        "checked": [indicator("checked", SINGLE, checked, among=report | young).at_least("98%")],
        "unchecked": [indicator("unchecked", SINGLE, ~checked & young, among=~report).at_most("0%")],
    }
    targets = [ei.Target(key, CLAUSE, 2020, [ei.Reading("r", asked)]) for key, asked in readings.items()]
    return ei.Programme("p", "p", DOCUMENT, targets)


PROGRAMME = _programme()
SPECS = {"works": (("built", "running", "tested"), ("kind",)), "files": (("checked",), ("kind", "since"))}
VECTORS = {
    "works": ((False,) * 3, (True, False, False), (True, True, False), (True,) * 3),
    "files": ((False,), (True,)),
}
VALUES = {
    "works": {"kind": ("zone", "cluster", "other")},
    "files": {"kind": ("report", "plan", "other"), "since": (2010, 2015, 2020)},
}


@st.composite
def units(draw, gaps):
    """Return by table units one by one, each with area, flags and attributes; ``gaps`` leaves some flags out."""
    found = {}
    for table, (parts, attributes) in SPECS.items():
        found[table] = [
            {"area": draw(st.sampled_from("ABC"))}
            | {name: draw(maybe(VALUES[table][name])) for name in attributes}
            | {
                part: None if gaps and not draw(st.integers(0, 3)) else value
                for part, value in zip(parts, draw(st.sampled_from(VECTORS[table])), strict=True)
            }
            for _ in range(draw(st.integers(1, 12)))
        ]
    return found


def _as_columns(rows):
    return {name: [row[name] for row in rows] for name in rows[0]}


def _grouped(rows, names):
    rows = sorted(rows, key=lambda row: tuple(str(row[name]) for name in names))
    for key, its in itertools.groupby(rows, key=lambda row: tuple(row[name] for name in names)):
        yield dict(zip(names, key, strict=True)), list(its)


def records(facts_):
    """Return units as records."""
    return {t: _as_columns([row | {"id": n} for n, row in enumerate(rows)]) for t, rows in facts_.items()}


def weighted(facts_):
    """Return units as weighted records, those alike added up."""
    return {
        t: _as_columns([key | {t: len(its)} for key, its in _grouped(rows, list(rows[0]))])
        for t, rows in facts_.items()
    }


def counts(facts_):
    """Return units as counts."""
    found = {}
    for t, rows in facts_.items():
        parts, attributes = SPECS[t]
        found[t] = _as_columns(
            [
                key | {t: len(its)} | {part: sum(row[part] for row in its) for part in parts}
                for key, its in _grouped(rows, ["area", *attributes])
            ]
        )
    return found


def _card(tables, layout):
    return evaluate(PROGRAMME, tables, year=2020, by="area", totals="keep", layout=dict.fromkeys(SPECS, layout))


@settings(max_examples=80)
@given(units(gaps=True))
def test_records_and_weighted_records_are_the_same_facts(facts_):
    """Units one by one, or those alike together: the same card, whatever is missing."""
    one, other = _card(records(facts_), "records"), _card(weighted(facts_), "weighted")
    assert one == other
    assert one.to_frame(backend="rows") == other.to_frame(backend="rows")


@settings(max_examples=80)
@given(units(gaps=False))
def test_counts_of_nested_or_single_parts_are_the_same_facts(facts_):
    """Counts of nested parts, and of a single part, lose nothing: the same card as of the units."""
    cards = [
        _card(make(facts_), name) for make, name in ((records, "records"), (weighted, "weighted"), (counts, "counts"))
    ]
    assert cards[0] == cards[1] == cards[2]
    assert cards[0].to_frame(backend="rows") == cards[2].to_frame(backend="rows")


@pytest.mark.parametrize(("unit", "factor"), [("kilogram", 1), ("tonne", 1000)])
def test_units_are_exact(unit, factor):
    """Decimal masses are read by their digits: 0.1 + 0.2 tonnes are 300 kilograms to the gram."""
    rows = [
        {"area": "A", "stream": "medical", "generated": 0.3, "collected": 0.3, "treated_to_standard": 0.3},
        {"area": "B", "stream": "medical", "generated": 4.35, "collected": 4.35, "treated_to_standard": 1.1},
    ]
    card = evaluate(soc_trang_2020, {"waste": rows}, year=2020, units={"waste": unit})
    assert card["medical_waste"].tally == ei.Tally(1400 * factor, 3250 * factor)
    for name in ("polars", "pyarrow", "pandas"):
        library = pytest.importorskip(name)
        data = _as_columns(rows)
        frame = library.table(data) if name == "pyarrow" else library.DataFrame(data)
        assert evaluate(soc_trang_2020, {"waste": frame}, year=2020, units={"waste": unit}) == card
