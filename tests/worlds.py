"""Small random tables of three kinds, programmes that ask of them, and the cards of both."""

from __future__ import annotations

import datetime
from fractions import Fraction
from functools import cache

from completions import Spec
from engines import PLAIN
from forms import evaluate
from hypothesis import assume
from hypothesis import strategies as st
from strategies import built, rules_over

import envindicators as ei
from envindicators.definitions.source import Clause, Document

DOCUMENT = Document(
    "1", ei.Text(vi="Văn bản", en="Paper"), "plan", ei.Text(vi="Tỉnh", en="Province"), datetime.date(2017, 1, 1)
)


CLAUSE = Clause(DOCUMENT, "I", "Lời", "Words", deadline="stated")


UNIT = ei.Unit("thing", "things")


CATEGORIES = {"kind": ("x", "y", "other"), "place": ("here", "there")}


YEARS = {"built": (1900, 2014, 2015, 2016, 2020, 2100)}


SPECS = {
    "chain": Spec("chain", ("a", "b", "c"), nested=True, categories={"kind": CATEGORIES["kind"]}),
    "loose": Spec("loose", ("a", "b", "c"), categories=CATEGORIES, years=YEARS),
    "single": Spec("single", ("a",), categories={"place": CATEGORIES["place"]}, years=YEARS),
}


TABLES = {
    key: ei.Table(
        key,
        UNIT,
        total="total",
        parts=spec.parts,
        nested=spec.nested,
        categories=spec.categories,
        years=tuple(spec.years),
        id="id",
    )
    for key, spec in SPECS.items()
}


THRESHOLDS = [
    (direction, Fraction(share))
    for direction, shares in (
        ("at_least", ("0", "1/3", "1/2", "2/3", "49/50", "1")),
        ("at_most", ("0", "1/3", "1/2", "1")),
    )
    for share in shares
]


def requirement(key, table, among, where, threshold):
    """Return the library's requirement for rules that are nested tuples."""
    indicator = ei.Share(key, key, table=TABLES[table], among=built(among), where=built(where))
    return getattr(indicator, threshold[0])(threshold[1])


def programme(targets):
    """Return the library's programme for ``{target: {reading: (kind, [(table, among, where, threshold)])}}``."""
    return ei.Programme(
        "programme",
        "programme",
        DOCUMENT,
        [
            ei.Target(
                target,
                CLAUSE,
                2020,
                [
                    ei.Reading(
                        reading,
                        [requirement(f"{target}/{reading}/{i}", *each) for i, each in enumerate(asked)],
                        kind=kind,
                    )
                    for reading, (kind, asked) in readings.items()
                ],
            )
            for target, readings in targets.items()
        ],
    )


def _atoms(spec, *, parts):
    """Return the strategy of the atoms of a table, with its flags or without."""
    found = [st.sampled_from(spec.parts).map(lambda part: ("flag", part))] * 2 if parts else []
    for name, values in spec.categories.items():
        found.append(
            st.lists(st.sampled_from(values), min_size=1, unique=True).map(lambda v, n=name: ("one_of", n, tuple(v)))
        )
    for name in spec.years:
        spans = ((2015, 2020), (None, 2014), (2016, 2020), (2015, None))
        found.append(st.sampled_from(spans).map(lambda span, n=name: ("between", n, *span)))
    return st.one_of(*found)


@cache
def asked(table):
    """Return the strategy of what a requirement asks: table, among, where and threshold.

    Made once for each table: to make and check the strategies anew at every draw takes more time than to draw.
    """
    plain, flags = (_atoms(SPECS[table], parts=parts) for parts in (False, True))
    simple = st.one_of(st.just(("everyone",)), rules_over(plain, max_leaves=2))
    any_rule = rules_over(flags, max_leaves=3)
    among = st.one_of(simple, simple, simple, any_rule)
    return st.tuples(st.just(table), among, any_rule, st.sampled_from(THRESHOLDS))


@st.composite
def programmes(draw, tables=("chain", "loose", "single")):
    """Return targets with several readings, some of several requirements, over some tables."""
    targets = {}
    for number, table in enumerate(tables):
        others = [draw(st.sampled_from(tables)), table]
        targets[f"t{number}"] = {
            "one": ("text", [draw(asked(table))]),
            "both": ("text", [draw(asked(each)) for each in others]),
            "beside": ("statistic", [draw(asked(table))]),
        }
    return targets


@cache
def _maybe(values, missing=2):
    """Return a strategy of values, missing in one of so many draws."""
    return st.one_of(*[st.sampled_from(values)] * (missing - 1), st.none())


def _distinct(spec, layout, rows):
    """Return rows of which no two have the same key."""
    names = {
        "records": ("id",),
        "weighted": ("area", *spec.parts, *spec.attributes),
        "counts": ("area", *spec.attributes),
    }
    return list({tuple(row.get(name) for name in names[layout]): row for row in rows}.values())


@st.composite
def rows_of(draw, spec, layout, areas=("A", "B"), most=3):
    """Return rows of a table, in a layout, with values missing here and there."""
    rows = []
    for number in range(draw(st.integers(1, 4))):
        row = {"area": draw(st.sampled_from(areas))}
        row |= {name: draw(_maybe(values, 3)) for name, values in spec.categories.items()}
        row |= {
            name: draw(_maybe(tuple(year for year in values if year <= 2020), 3)) for name, values in spec.years.items()
        }
        if layout == "counts":
            floor = draw(st.booleans()) and spec.chained and draw(st.booleans())
            total = top = draw(st.integers(0, most))
            for part in spec.parts:
                row[part] = draw(_maybe(range(top + 1), 3))
                top = row[part] if spec.nested and row[part] is not None else top
            known = any(row[part] is not None for part in spec.parts)
            row["total"] = None if floor and known else total
        else:
            vector = draw(st.sampled_from(spec.vectors()))
            row |= {part: draw(_maybe((value,))) for part, value in zip(spec.parts, vector, strict=True)}
            row |= {"id": number} if layout == "records" else {"total": draw(st.integers(0, most))}
        rows.append(row)
    return _distinct(spec, layout, rows)


@st.composite
def worlds(draw):
    """Return by table a layout and rows; now and then a table or a part column does not come."""
    world = {}
    for key, spec in SPECS.items():
        layout = draw(st.sampled_from(("records", "weighted", "counts")))
        rows = draw(rows_of(spec, layout))
        if spec.parts[1:] and not draw(st.integers(0, 5)) and all(row.get("total", 0) is not None for row in rows):
            gone = draw(st.sets(st.sampled_from(spec.parts), min_size=1))
            rows = _distinct(spec, layout, [{n: value for n, value in row.items() if n not in gone} for row in rows])
        if draw(st.integers(0, 7)):
            world[key] = layout, rows
    assume(world)
    return world


def held_as(way, spec, layout, rows, names=()):
    """Return rows as a frame, its columns perhaps by other names."""
    kinds = dict.fromkeys(spec.parts, "int" if layout == "counts" else "bool")
    kinds |= {"id": "code", "total": "int"} | dict.fromkeys(spec.years, "int")
    data = {name: [row[name] for row in rows] for name in rows[0]}
    names = dict(names)
    return way(
        {names.get(name, name): values for name, values in data.items()},
        {names.get(name, name): kinds.get(name, "text") for name in data},
    )


def card_of(targets, world, held=None, **options):
    """Return the scorecard of a programme on a world, each table held in a way; layouts are said, totals kept."""
    return evaluate(
        programme(targets) if isinstance(targets, dict) else targets,
        {key: held_as((held or {}).get(key, PLAIN), SPECS[key], layout, rows) for key, (layout, rows) in world.items()},
        layout={key: layout for key, (layout, rows) in world.items()},
        totals="keep",
        **{"year": 2020, "by": "area"} | options,
    )
