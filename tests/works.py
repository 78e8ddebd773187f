"""Records of works with holes and wrong cells, a programme that asks of them, and what comes of both."""

from __future__ import annotations

import collections
import datetime

import pytest
from hypothesis import strategies as st

import envindicators as ei
from envindicators.definitions.source import Clause, Document

FAR = [
    pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
    pytest.mark.xdist_group("clusters"),
]
"""Marks of tests for which clusters and databases are started."""

DOCUMENT = Document("1", "Paper", "plan", "Province", datetime.date(2017, 1, 1))
CLAUSE = Clause(DOCUMENT, "I", "Words", "Words", deadline="stated")
WORKS = ei.Table(
    "works",
    ei.Unit("work", "works"),
    total="works",
    parts=["built", "running", "tested"],
    nested=True,
    categories={"kind": ["zone", "cluster", "other"]},
    years={"since": "since"},
    id="id",
)


def _programme():
    asked = {
        "running": ei.Share("running", "r", table=WORKS, where=ei.flag("running"), among=ei.one_of("kind", "zone")),
        "new": ei.Share("new", "n", table=WORKS, where=ei.flag("built"), among=ei.between("since", 2015, 2018)),
        "untested": ei.Share("untested", "u", table=WORKS, where=ei.flag("running") & ~ei.flag("tested")),
    }
    targets = [ei.Target(key, CLAUSE, 2020, share.at_least("50%")) for key, share in asked.items()]
    return ei.Programme("p", "p", DOCUMENT, targets)


PROGRAMME = _programme()
COLUMNS = {
    "id": "int",
    "area": "text",
    "year": "int",
    "kind": "text",
    "since": "int",
    "built": "bool",
    "running": "bool",
    "tested": "bool",
}
FLAGS = ("built", "running", "tested")
RIGHT = ((False,) * 3, (True, False, False), (True, True, False), (True,) * 3, (True, None, None), (None, None, True))


@st.composite
def works(draw, *, wrong=True):
    """Return records as columns, and the types of these: with holes, in any order, and some with wrong cells."""
    kinds = dict(COLUMNS)
    if draw(st.booleans()):
        kinds |= dict.fromkeys(FLAGS, "int")
    if draw(st.booleans()):
        kinds["id"] = "text"
    rows = []
    step = draw(st.sampled_from((1, 1, 7, -40)))
    for number in range(draw(st.integers(1, 12))):
        flags = draw(st.sampled_from(RIGHT))
        rows.append(
            {
                "id": number * step,
                "area": draw(st.sampled_from(("Mỹ Tú", "Kế Sách", "A"))),
                "year": draw(st.sampled_from((2019, 2020))),
                "kind": draw(st.sampled_from(("zone", "cluster", "other", None))),
                "since": draw(st.sampled_from((1900, 2014, 2015, 2018, 2019, None))),
            }
            | dict(zip(FLAGS, flags, strict=True))
        )
    rows = draw(st.permutations(rows))
    spoil = draw(st.lists(st.tuples(st.integers(0, len(rows) - 1), st.sampled_from(list(WRONG))), max_size=3))
    for row, name in spoil if wrong else ():
        column, value = WRONG[name]
        if not (column in FLAGS and kinds[column] == "bool" and value not in (True, False)):
            rows[row][column] = rows[value]["id"] if name == "twice" else value
    for row in rows:
        for flag in FLAGS:
            if kinds[flag] == "int" and row[flag] is not None:
                row[flag] = int(row[flag])
        if kinds["id"] == "text" and isinstance(row["id"], int):
            row["id"] = f"n{row['id']}"
    dropped = draw(st.sets(st.sampled_from(("running", "tested", "since")), max_size=2))
    if draw(st.integers(0, 5)) == 0:
        dropped |= {"year"}
    names = [name for name in kinds if name not in dropped]
    return {name: [row[name] for row in rows] for name in names}, {name: kinds[name] for name in names}


WRONG = {
    "twice": ("id", 0),
    "no id": ("id", None),
    "no area": ("area", None),
    "blank area": ("area", "  "),
    "no year": ("year", None),
    "strange year": ("year", 1700),
    "kind misspelt": ("kind", "zome"),
    "before all years": ("since", 1899),
    "after its year": ("since", 2021),
    "no flag": ("built", 2),
    "below no flag": ("tested", -1),
    "out of order": ("built", False),
}
"""By name a wrong cell: its column and what stands there."""


def outcome(table):
    """Return the cells of a table and what was noted of it, or the problems for which it is refused."""
    try:
        cells = ei.condense(PROGRAMME, {"works": table}, by="area", year=2020)
    except ei.InvalidTable as error:
        return None, error.problems
    return cells, cells.problems


def told(problems, *, placed):
    """Return problems, with the places of their rows if these have any."""
    if placed:
        return sorted((str(each), each.severity) for each in problems), problems.counts

    # where rows have no positions, no more can be said of an id than that it came twice
    def kind(name):
        return "repeated_id" if name == "duplicate_id" else name

    every = collections.Counter((kind(each.kind), each.column, str(each.value), each.severity) for each in problems)
    # however often it came: with positions each of its rows is listed
    found = {problem: 1 if problem[0] == "repeated_id" else listed for problem, listed in every.items()}
    return found, {(table, column, kind(name)): count for (table, column, name), count in problems.counts.items()}


def lazy(data, kinds):
    """Return a polars LazyFrame."""
    pl = pytest.importorskip("polars")
    types = {"int": pl.Int64, "text": pl.String, "bool": pl.Boolean, "float": pl.Float64}
    types |= {"decimal": pl.Decimal(15, 4), "wide": pl.Decimal(38, 4)}
    return pl.LazyFrame(data, schema={name: types[kind] for name, kind in kinds.items()})
