"""Means against every completion: bounds, verdicts, adding up in any partition, and what more knowledge does."""

from __future__ import annotations

import itertools
import pickle
from fractions import Fraction

import pytest
from defined import _clause, _document
from hypothesis import given, settings
from hypothesis import strategies as st

import envindicators as ei

FAR = 50
"""A value without limits is tried up to here, beyond every level that is drawn."""

DEGREE = ei.Unit("degree", "degrees", grain=10)
LIMITS = [None, ("0 degree", "6 degree"), ("-4 degree", "6 degree"), ("-4 degree", None)]
RULES = [ei.all_units(), ei.one_of("kind", "x"), ei.flag("p"), ei.one_of("kind", "x") & ei.flag("p")]
KEPT = {
    "at_least": lambda value, level: value >= level,
    "at_most": lambda value, level: value <= level,
    "above": lambda value, level: value > level,
    "below": lambda value, level: value < level,
}


def mean_of(limits, rule, parts=("p",)):
    table = ei.Table(
        "air",
        ei.Unit("hour", "hours"),
        total="hours",
        parts=parts,
        categories={"kind": ["x", "y"]},
        values=[ei.Value("heat", DEGREE, limits=limits)],
        id="id",
    )
    return ei.Mean("heat", "heat", table=table, of="heat", weight="hours", where=rule)


def programme_of(requirement):
    return ei.Programme("p", "p", _document(), [ei.Target("t", _clause(), 2020, requirement)])


def values_of(row, limits):
    """Return the values that a row may have, in degrees."""
    if row["heat"] is not None:
        return [Fraction(str(row["heat"]))]
    low, high = (0, None) if limits is None else (int(limits[0].split()[0]), limits[1] and int(limits[1].split()[0]))
    return [Fraction(low), Fraction(FAR if high is None else high)]


def counts_of(row, rule):
    """Return how many of a row's units may be those that the mean is over."""
    hours = row.get("hours", 1)
    kinds = {"x", "y"} if row["kind"] is None else {row["kind"]}
    flags = row.get("p")
    if isinstance(flags, int) and not isinstance(flags, bool):
        held = {flags}
    else:
        held = {0, hours} if flags is None else {hours * flags}
    if flags is None:
        held = set(range(hours + 1))
    columns = {column for atom in rule.atoms for column in [atom.column]}
    least = hours
    most = hours
    if "p" in columns:
        least, most = min(held), max(held)
    if "kind" in columns:
        least, most = (least if kinds == {"x"} else 0), (most if "x" in kinds else 0)
    return range(least, most + 1)


def completions(rows, limits, rule):
    """Yield the sums and the units of all completions."""
    each = [[(value * units, units) for value in values_of(row, limits) for units in counts_of(row, rule)]
            for row in rows]  # fmt: skip
    for chosen in itertools.product(*each):
        yield sum(total for total, _ in chosen), sum(units for _, units in chosen)


@st.composite
def tables(draw, layouts=("weighted", "counts", "records")):
    limits = draw(st.sampled_from(LIMITS))
    layout = draw(st.sampled_from(layouts))
    least = -3 if limits is not None and limits[0].startswith("-") else 0
    heat = st.none() | st.integers(10 * least, 50).map(lambda tenths: tenths / 10)
    rows = []
    for place in range(draw(st.integers(1, 3))):
        row = {"area": f"r{place}", "kind": draw(st.sampled_from(["x", "y", None])), "heat": draw(heat)}
        hours = 1 if layout == "records" else draw(st.integers(0, 3))
        flags = st.none() | (st.integers(0, hours) if layout == "counts" else st.booleans())
        row |= {"p": draw(flags)} | ({"id": place} if layout == "records" else {"hours": hours})
        rows.append(row)
    return limits, layout, rows


def read(layout, rows):
    return {"air": ei.Form(layout=layout).of(rows)}


@settings(max_examples=300)
@given(tables(), st.sampled_from(RULES), st.sampled_from(list(KEPT)), st.integers(-3, 8))
def test_a_mean_is_judged_as_its_completions_are(table, rule, direction, level):
    limits, layout, rows = table
    mean = mean_of(limits, rule)
    requirement = getattr(mean, direction)(f"{level} degree")
    judgement = ei.evaluate(programme_of(requirement), read(layout, rows), year=2020)["t"].judgements[0]
    ends = judgement.evidence.ends
    held = list(completions(rows, limits, rule))
    means = [total / units for total, units in held if units]
    said = {ei.Verdict.MET if KEPT[direction](value, level) else ei.Verdict.NOT_MET for value in means}
    said |= {ei.Verdict.NOT_APPLICABLE} if any(not units for _, units in held) else set()
    assert said <= judgement.possible
    if not means:
        assert ends is None
        return
    assert ends.least is None or ends.least / 10 <= min(means)
    assert ends.greatest is None or ends.greatest / 10 >= max(means)
    if limits is not None:
        low, high = (limit and int(limit.split()[0]) for limit in limits)
        assert ends.least / 10 >= low
        assert high is None or ends.greatest / 10 <= high
        within = {
            ei.Verdict.MET if KEPT[direction](value, level) else ei.Verdict.NOT_MET for value in (low, high or FAR)
        }
        assert judgement.possible - {ei.Verdict.NOT_APPLICABLE} <= within
    if mean.sharp:
        assert judgement.possible == said
        assert ends.least / 10 == min(means)
        open_ended = any(row["heat"] is None and row.get("hours", 1) for row in rows)
        unlimited = limits is None or limits[1] is None
        assert ends.greatest == (None if open_ended and unlimited else max(means) * 10)


@settings(max_examples=100)
@given(tables(), st.sampled_from(RULES), st.data())
def test_means_add_up_in_any_partition(table, rule, data):
    limits, layout, rows = table
    programme = programme_of(mean_of(limits, rule).below("4 degree"))
    whole = ei.condense(programme, read(layout, rows), by="area", year=2020)
    parts = data.draw(st.permutations(rows))
    cells = ei.Cells.empty(programme, by="area")
    for row in parts:
        cells = cells + ei.condense(programme, read(layout, [row]), by="area", year=2020)
    assert cells.tables["air"] == whole.tables["air"]
    assert pickle.loads(pickle.dumps(cells)).tables["air"] == whole.tables["air"]
    card = ei.evaluate(programme, whole, year=2020)
    assert ei.evaluate(programme, cells, year=2020) == card
    rows_of = card.to_frame(backend="rows")
    assert [row["verdict"] for row in rows_of] == [card["t", row["area"]].verdict.name for row in rows_of]
    groups = [card["t", row["area"]].judgements[0].evidence for row in rows]
    assert sum(groups[1:], groups[0]) == card["t"].judgements[0].evidence


@settings(max_examples=100)
@given(tables(), st.sampled_from(RULES), st.data())
def test_more_knowledge_never_widens(table, rule, data):
    limits, layout, rows = table
    blanks = [(place, name) for place, row in enumerate(rows) for name, value in row.items() if value is None]
    if not blanks:
        return
    place, name = data.draw(st.sampled_from(blanks))
    hours = rows[place].get("hours", 1)
    filled = {"heat": st.sampled_from([0, 1.5, 5]), "kind": st.sampled_from(["x", "y"]),
              "p": st.integers(0, hours) if layout == "counts" else st.booleans()}[name]  # fmt: skip
    known = [dict(row) for row in rows]
    known[place][name] = data.draw(filled)
    programme = programme_of(mean_of(limits, rule).below("4 degree"))
    before, after = (ei.evaluate(programme, read(layout, held), year=2020)["t"].judgements[0] for held in (rows, known))
    assert after.possible <= before.possible
    wide, narrow = before.evidence.ends, after.evidence.ends
    if wide is None or narrow is None:
        return
    assert wide.least is None or wide.least <= narrow.least
    assert wide.greatest is None or (narrow.greatest is not None and narrow.greatest <= wide.greatest)


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3), st.none() | st.integers(0, 5)),
                min_size=1, max_size=2))  # fmt: skip
def test_of_parts_that_are_not_nested_the_bounds_are_safe(drawn):
    rows = [
        {"area": f"r{place}", "kind": "x", "hours": 3, "p": p, "q": q, "heat": heat}
        for place, (p, q, _, heat) in enumerate(drawn)
    ]
    limits = ("0 degree", "6 degree")
    programme = programme_of(mean_of(limits, ei.flag("p") | ei.flag("q"), ("p", "q")).below("4 degree"))
    evidence = ei.evaluate(programme, read("counts", rows), year=2020)["t"].judgements[0].evidence
    each = [
        [(value * units, units) for value in values_of(row, limits)
         for units in range(max(row["p"], row["q"]), min(3, row["p"] + row["q"]) + 1)]
        for row in rows
    ]  # fmt: skip
    for chosen in itertools.product(*each):
        units = sum(units for _, units in chosen)
        if units:
            mean = sum(total for total, _ in chosen) / units
            assert evidence.ends.least / 10 <= mean <= evidence.ends.greatest / 10


def test_sums_beyond_64_bits_are_exact():
    rows = [{"area": f"r{n}", "kind": "x", "p": True, "hours": 10**17, "heat": 10**17 + n} for n in range(3)]
    programme = programme_of(mean_of(None, ei.all_units()).at_least("1 degree"))
    parts = [ei.condense(programme, {"air": [row]}, by="area", year=2020) for row in rows]
    card = ei.evaluate(programme, parts[2] + parts[0] + parts[1], year=2020)
    assert card["t"].judgements[0].evidence.ends == (10 * (10**17 + 1),) * 2
    assert card == ei.evaluate(programme, {"air": rows}, year=2020, by="area")


@pytest.mark.parametrize("limits", LIMITS)
def test_a_silent_area_opens_both(limits):
    rows = [{"area": "A", "kind": "x", "p": True, "hours": 2, "heat": 3}]
    programme = programme_of(mean_of(limits, ei.all_units()).below("4 degree"))
    card = ei.evaluate(programme, {"air": rows}, year=2020, by="area", expected=["A", "B"])
    assert card["t"].verdict is ei.Verdict.UNDETERMINED
    assert card["t", "A"].verdict is ei.Verdict.MET
    evidence = card["t"].judgements[0].evidence
    assert evidence.denominator.soars
    assert evidence.ends.greatest == (None if limits is None or limits[1] is None else 60)
    assert evidence.numerator.sinks is (limits is not None and limits[0].startswith("-"))
