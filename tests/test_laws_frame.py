"""Laws of `to_frame`: what it says of many tallies at once is what `Judgement` says of each."""

import contextlib
import math
import sqlite3
from fractions import Fraction

import numpy as np
import pytest
from defined import PERSON, _programme, _target
from hypothesis import example, given, settings
from hypothesis import strategies as st

import envindicators as ei
from envindicators.algebra.judgements import judge
from envindicators.algebra.tallies import Tallies
from envindicators.algebra.tally import COUNTS, Tally
from envindicators.algebra.threshold import Threshold
from envindicators.algebra.verdict import REASONS, VERDICT_NAMES, VERDICT_SETS
from envindicators.programmes import soc_trang_2020

pytestmark = pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning")

BITS = {"out": 1, "satisfied": 2, "failed": 4}
TRUTH = {1: True, 0: False, -1: None}
TOP = 2**62

small = st.integers(0, 3)
near_float_limits = st.sampled_from((2**53 - 1, 2**53, 2**53 + 1, 2**60 - 1, 2**60, 2**61 - 1, 2**61, TOP - 1, TOP))
any_count = st.one_of(st.just(0), small, st.integers(0, 10**6), st.integers(0, TOP), near_float_limits)
huge = st.tuples(*[any_count] * 6).filter(lambda counts: sum(counts) <= 2**63 - 1)
counts = st.one_of(st.tuples(*[small] * 6), st.tuples(*[st.integers(0, 10**9)] * 6), huge)
unsized = st.one_of(st.just(0), st.integers(0, 7)).map(lambda bits: 0 if bits == 1 else bits)
tallies = st.lists(st.tuples(counts, unsized), min_size=0, max_size=6)
shares = st.one_of(
    st.sampled_from([Fraction(text) for text in ("0", "1", "1/3", "2/3", "9/10", "49/50", "999/1000")]),
    st.fractions(0, 1, max_denominator=10**6),
)
thresholds = st.builds(Threshold, st.sampled_from(("at_least", "at_most")), shares)


def columns(rows):
    """Return tallies as columns."""
    return Tallies(
        np.array([row for row, _ in rows], dtype=np.int64).reshape(-1, 6),
        np.array([b for _, b in rows], dtype=np.uint8),
    )


def scalars(rows):
    """Return tallies one by one."""
    return [Tally.of(row, {outcome for outcome, bit in BITS.items() if bits & bit}) for row, bits in rows]


def _float(value):
    return None if math.isnan(value) else value


def assert_tight(lower, upper, rate):
    """Assert that two floats enclose a rate, and that no floats enclose it more closely."""
    if rate is None:
        assert math.isnan(lower)
        assert math.isnan(upper)
        return
    assert Fraction(lower) <= rate.lower
    assert rate.upper <= Fraction(upper)
    assert Fraction(math.nextafter(lower, math.inf)) > rate.lower, "a float nearer below"
    assert Fraction(math.nextafter(upper, -math.inf)) < rate.upper, "a float nearer above"


def assert_judged_alike(threshold, rows):
    """Assert that each tally is judged alike at once and alone."""
    judged = judge(threshold, columns(rows), None)
    for place, tally in enumerate(scalars(rows)):
        alone = threshold.judge(tally)
        assert VERDICT_NAMES[judged.verdict[place]] == alone.verdict.value
        assert VERDICT_SETS[judged.possible[place]] == alone.possible
        assert VERDICT_SETS[judged.strictly[place]] == alone.possible_strictly
        assert TRUTH[judged.exceeded[place]] is alone.exceeded
        assert (None if judged.reason[place] < 0 else REASONS[judged.reason[place]]) == alone.reason
        for shown, units in zip(judged.shortfall(), alone.shortfall or (None, None)):
            assert _float(shown[place]) == (None if units is None else float(units))
        assert_tight(judged.evidence.bounds()[0][place], judged.evidence.bounds()[1][place], alone.rate)
        assert (tally.observed is None) == math.isnan(judged.evidence.observed()[place])
        assert (tally.coverage is None) == math.isnan(judged.coverage[place])


@settings(max_examples=500)
@given(tallies, thresholds)
@example([((TOP, TOP - 1, 0, 0, 0, 0), 0)], ei.at_least("98%"))
@example([((TOP, 1, 0, 0, 0, 0), 0)], ei.at_least("100%"))
@example([((2**60 - 1, 1, 0, 0, 0, 0), 0)], ei.at_least("100%"))
@example([((1, 2**60 - 1, 0, 0, 0, 0), 0)], ei.at_most("0%"))
@example([((0, 0, 0, 0, 0, 0), 7), ((1, 0, 0, 0, 0, 0), 4)], ei.at_least("100%"))
def test_many_at_once_are_judged_as_each_alone(rows, threshold):
    """Verdict, possible verdicts, exceeded, reason, shortfall and rate of `judge` are those of `Judgement`."""
    assert_judged_alike(threshold, rows)


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.tuples(*[small] * 6), unsized), min_size=1, max_size=8),
    st.sampled_from(("at_least", "at_most")),
    st.sampled_from([Fraction(x) for x in ("0", "1/3", "1/2", "2/3", "1")]),
)
def test_small_tallies_at_notable_thresholds(rows, direction, share):
    """The same where bounds fall on the threshold."""
    assert_judged_alike(Threshold(direction, share), rows)


@settings(max_examples=1000)
@given(st.integers(0, 2**53 + 2), st.integers(0, 2**53 + 2))
@example(97_996, 2_004)
@example(1, 2)
@example(2**53 - 2, 1)
@example(6004799503160661, 3002399751580331)
def test_a_rate_as_float_never_promises_more_than_is_so(satisfied, failed):
    """value_lower ≤ rate ≤ value_upper, and as tight as floats can be; equal where the share is a float."""
    rows = [((satisfied, failed, 0, 0, 0, 0), 0)]
    judged = judge(ei.at_least("98%"), columns(rows), None)
    (tally,) = scalars(rows)
    assert_tight(judged.evidence.bounds()[0][0], judged.evidence.bounds()[1][0], tally.rate)
    if tally.rate is not None and Fraction(float(tally.rate.lower)) == tally.rate.lower:
        assert judged.evidence.bounds()[0][0] == judged.evidence.bounds()[1][0] == float(tally.rate.lower)


@given(tallies.filter(bool))
def test_observed_and_coverage_are_the_nearest_floats(rows):
    """`observed` and `coverage` of `judge` are the exact shares of the tally, rounded to the nearest float."""
    judged = judge(ei.at_least("100%"), columns(rows), None)
    for place, tally in enumerate(scalars(rows)):
        assert _float(judged.evidence.observed()[place]) == (None if tally.observed is None else float(tally.observed))
        assert _float(judged.coverage[place]) == (None if tally.coverage is None else float(tally.coverage))


# On a card

NAMES = [
    "year",
    "programme",
    "target",
    "target_name",
    "reading",
    "reading_name",
    "kind",
    "is_default",
    "requirement",
    "indicator",
    "indicator_name",
    "unit",
    *COUNTS,
    "unsized",
    "value_lower",
    "value_upper",
    "observed",
    "coverage",
    "threshold",
    "verdict",
    "exceeded",
    "contested",
    "reason",
    "cause",
    "shortfall_lower",
    "shortfall_upper",
]
FLOATS = {"value_lower", "value_upper", "observed", "coverage", "shortfall_lower", "shortfall_upper"}
BOOLS = {"is_default", "exceeded", "contested"}
WHOLE = {"year", "requirement"}


def _card(by="area", **options):
    residents = {
        "area": ["A", "A", "B", "B", "C"],
        "settlement": ["urban", "rural", "urban", "rural", None],
        "persons": [100, 200, 300, 400, 50],
        "hygienic_water": [100, None, 290, 400, 20],
    }
    waste = {
        "area": ["A", "A", "B", "B"],
        "stream": ["rural", "industrial", "service", None],
        "generated": [100, None, 50, 7],
        "collected": [80, 30, None, None],
        "treated_to_standard": [70, 20, 10, None],
    }
    works = {
        "area": ["A", "B", "C"],
        "activity": ["production", "both", None],
        "built": [2016, None, 2014],
        "establishments": [120, 10, 4],
        "clean_technology": [50, 5, 4],
        "pollution_reduction": [80, 1, None],
        "waste_treatment": [3, 4, 0],
    }
    tables = {"residents": residents, "waste": waste, "establishments": works}
    return ei.evaluate(soc_trang_2020, tables, year=2020, by=by, expected=["A", "B", "C", "D"], **options)


def _said_by(card, area, row):
    assessment = card[row["target"]] if area is None else card[row["target"], area]
    under = assessment.under(row["reading"])
    (judgement,) = [j for j in under.judgements if j.requirement.indicator.key == row["indicator"]]
    return assessment, under, judgement


@pytest.mark.parametrize("groups", [True, False])
@pytest.mark.parametrize("readings", [None, {"urban_waste": "each_stream", "new_facilities": "one_kind"}])
def test_every_row_says_what_its_judgement_says(groups, readings):
    """A row for each group, target, reading and requirement, with exactly what `card[target, group]` has."""
    card = _card(readings=readings)
    rows = card.to_frame(groups=groups, backend="rows")
    per_group = sum(len(reading.requirements) for target in card.targets for reading in target.readings)
    assert len(rows) == per_group * (len(card.groups) if groups else 1)
    for row in rows:
        assert list(row) == ([*card.by] if groups else []) + NAMES
        assert (row["year"], row["programme"]) == (2020, "soc_trang_2020")
        assessment, under, judgement = _said_by(card, row["area"] if groups else None, row)
        unit = judgement.requirement.indicator.table.unit
        assert row["kind"] == under.reading.kind
        assert row["is_default"] == (under.reading == assessment.reading)
        assert under.judgements[row["requirement"] - 1] == judgement
        names = row["target_name"], row["reading_name"], row["indicator_name"]
        about = assessment.target, under.reading, judgement.requirement.indicator
        assert names == tuple(each.name.in_("en") for each in about)
        assert row["unit"] == unit.key
        for name, count in zip(COUNTS, judgement.tally.counts, strict=True):
            assert row[name] == count / unit.grain
        assert set(row["unsized"].split()) == judgement.tally.unsized
        assert row["threshold"] == str(judgement.threshold)
        assert ei.at_least(row["threshold"]) == judgement.threshold
        assert row["verdict"] == judgement.verdict.value
        assert row["exceeded"] is judgement.exceeded
        assert row["contested"] is assessment.contested
        assert row["reason"] == judgement.reason
        assert row["cause"] == judgement.cause
        low, high = judgement.shortfall or (None, None)
        assert row["shortfall_lower"] == (None if low is None else low / unit.grain)
        assert row["shortfall_upper"] == (None if high is None else high / unit.grain)
        nan = math.nan
        assert_tight(
            *(nan if row[f"value_{end}"] is None else row[f"value_{end}"] for end in ("lower", "upper")), judgement.rate
        )
        observed, coverage = judgement.tally.observed, judgement.tally.coverage
        assert row["observed"] == (None if observed is None else float(observed))
        assert row["coverage"] == (None if coverage is None else float(coverage))


def test_groups_come_in_order_and_targets_in_that_of_the_document():
    """Rows are sorted by group; within one, targets, readings and requirements stand as in the programme."""
    card = _card()
    rows = card.to_frame(backend="rows")
    order = [
        (area, target.key, reading.key, requirement.indicator.key)
        for area in card.groups
        for target in card.targets
        for reading in target.readings
        for requirement in reading.requirements
    ]
    assert [(row["area"], row["target"], row["reading"], row["indicator"]) for row in rows] == order


def _plain(frame):
    kind = type(frame).__module__.split(".")[0]
    if kind == "pandas":
        return [
            {k: None if v != v or type(v).__name__ == "NAType" else v for k, v in row.items()}
            for row in frame.astype(object).where(frame.notna(), None).to_dict("records")
        ]
    return frame.to_dicts() if kind == "polars" else frame.to_pylist()


@pytest.mark.parametrize("by", ["area", None, ["area", "year"]])
@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_every_backend_has_the_same_values(backend, by):
    """pandas, polars and pyarrow hold what plain rows hold, under the same names in the same order."""
    pytest.importorskip(backend)
    card = _card(by=None) if by is None else _card(by)
    assert _plain(card.to_frame(backend=backend)) == card.to_frame(backend="rows")
    assert _plain(card.to_frame(backend=backend, groups=False)) == card.to_frame(backend="rows", groups=False)


def _kinds(frame):
    kind = type(frame).__module__.split(".")[0]
    types = {
        "pandas": lambda: {name: str(dtype) for name, dtype in frame.dtypes.items()},
        "polars": lambda: {name: str(dtype) for name, dtype in frame.schema.items()},
        "pyarrow": lambda: {field.name: str(field.type) for field in frame.schema},
    }[kind]()
    same = {
        "float64": "float",
        "Float64": "float",
        "Int64": "whole",
        "int64": "whole",
        "double": "float",
        "boolean": "bool",
        "Boolean": "bool",
        "bool": "bool",
        "str": "text",
        "object": "text",
        "String": "text",
        "string": "text",
        "large_string": "text",
    }
    return {name: same.get(dtype, dtype) for name, dtype in types.items()}


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_the_types_are_stated_and_depend_on_no_value(backend):
    """Counts are whole numbers where whole units are counted, and floats where grams are and kilograms shown.

    So they are also where a whole column is missing, and for a card without groups.
    """
    pytest.importorskip(backend)
    empty = ei.evaluate(
        soc_trang_2020,
        {"residents": {"area": ["A"], "settlement": ["urban"], "persons": [0], "hygienic_water": [0]}},
        year=2020,
        by="area",
    )
    for card in (_card(), empty):
        for groups in (True, False):
            for targets, whole in ((None, WHOLE), (["rural_water", "new_facilities"], {*WHOLE, *COUNTS})):
                kinds = _kinds(card.to_frame(backend=backend, groups=groups, targets=targets))
                assert kinds.pop("area", "text") == "text"
                floats = {*FLOATS, *COUNTS} - whole
                assert kinds == {
                    n: "whole" if n in whole else "float" if n in floats else "bool" if n in BOOLS else "text"
                    for n in NAMES
                }


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow", "rows"])
def test_counts_that_no_float_holds_are_exact(backend):
    """A count of 2^53 + 1 persons is that many, in every backend; a kind without a tally has none."""
    persons = ei.Table("people", PERSON, total="persons", parts=["clean"])
    water = ei.Share("water", "water", table=persons, where=ei.flag("clean"))
    all_of_them = ei.Amount("people", "people", table=persons)
    reading = ei.Reading("default", (water.at_least("98%"), all_of_them.at_least("1 person")))
    made = _programme(targets=[_target("water", readings=reading)], duties=(), reviews=())
    rows = [{"area": "A", "persons": 2**53 + 3, "clean": 2**53 + 1}]
    card = ei.evaluate(made, {"people": rows}, by="area")
    frame = card.to_frame(backend=backend)
    found = frame if backend == "rows" else _plain(frame)
    assert [(row["requirement"], row["satisfied"], row["failed"]) for row in found] == [
        (1, 2**53 + 1, 2),
        (2, None, None),
    ]
    assert [row["year"] for row in found] == [None, None]


def test_a_frame_goes_into_a_database_by_its_own_names():
    """No column has a name that SQL keeps for itself, so bare statements read what was put in."""
    rows = _card().to_frame(backend="rows", targets=["rural_water"])
    with contextlib.closing(sqlite3.connect(":memory:")) as base:
        base.execute(f"create table card ({', '.join(rows[0])})")
        base.executemany(
            f"insert into card values ({', '.join('?' * len(rows[0]))})", [tuple(row.values()) for row in rows]
        )
        found = base.execute(
            "select area, year, target, requirement, satisfied from card where is_default and verdict = 'MET'"
        )
        assert found.fetchall() == [("B", 2020, "rural_water", 1, 400)]


def test_the_backend_that_came_in_goes_out():
    """Unless another is asked for, and only known ones can be."""
    rows = {"area": ["A"], "settlement": ["urban"], "persons": [3], "hygienic_water": [3]}
    for name in ("pandas", "polars", "pyarrow"):
        library = pytest.importorskip(name)
        frame = library.table(rows) if name == "pyarrow" else library.DataFrame(rows)
        card = ei.evaluate(soc_trang_2020, {"residents": frame}, year=2020, by="area")
        assert type(card.to_frame()) is type(frame)
    with pytest.raises(ValueError, match="backend"):
        card.to_frame(backend="spark")
