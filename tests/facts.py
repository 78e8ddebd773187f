"""Facts to put into frames of any kind: residents, waste and establishments, in any layout."""

from __future__ import annotations

from functools import cache

from forms import evaluate
from hypothesis import strategies as st

from envindicators.programmes import soc_trang_2020

AREAS = ("Kế Sách", "Mỹ Tú", "Vĩnh Châu")
STREAMS = ("urban_domestic", "industrial", "service", "rural", "craft_village", "medical", "other")
DEVICES = (
    "clean_technology",
    "pollution_reduction",
    "waste_treatment",
    "treatment_equipment",
    "meets_standards",
    "inspected",
)


TABLES = ("residents", "waste", "establishments")


@cache
def maybe(values):
    """Return the strategy of one of some values, or of a gap; made once, since to make it takes longer than to draw."""
    return st.one_of(st.sampled_from(values), st.sampled_from(values), st.none())


def distinct(rows, names):
    """Return rows of which no two have the same key."""
    return list({tuple(row[name] for name in names): row for row in rows}.values())


@st.composite
def facts(draw, rows=(1, 8)):
    """Return residents (weighted), waste (counts) and establishments (any layout), and the kinds of their columns."""
    size = st.integers(*rows)
    places = {"area": st.sampled_from(AREAS), "year": st.just(2020)}

    def key():
        return {name: draw(each) for name, each in places.items()}

    residents = [
        key()
        | {
            "settlement": draw(maybe(("urban", "rural"))),
            "persons": draw(st.integers(0, 90)),
            "hygienic_water": draw(maybe((True, False))),
        }
        for _ in range(draw(size))
    ]
    waste = []
    for _ in range(draw(size)):
        top = total = draw(st.integers(2, 90))
        row = key() | {"stream": draw(maybe(STREAMS)), "generated": total}
        for part in ("collected", "treated_to_standard"):
            row[part] = draw(maybe(range(top + 1)))
            top = top if row[part] is None else row[part]
        row["generated"] = None if row["collected"] is not None and not draw(st.integers(0, 3)) else total
        waste.append(row)
    layout = draw(st.sampled_from(("records", "weighted", "counts")))
    works = []
    for number in range(draw(size)):
        total = draw(st.integers(2, 90))
        row = key() | {
            "activity": draw(maybe(("production", "business", "both", "other"))),
            "built": draw(maybe((2010, 2015, 2016, 2018))),
        }
        row |= {"id": f"n{number}"} if layout == "records" else {"establishments": total}
        options = range(total + 1) if layout == "counts" else (True, False)
        works.append(row | {name: draw(maybe(options)) for name in DEVICES})
    names = {
        "records": ("id",),
        "counts": ("area", "activity", "built"),
        "weighted": ("area", "activity", "built", *DEVICES),
    }
    tables = {
        "residents": distinct(residents, ("area", "settlement", "hygienic_water")),
        "waste": distinct(waste, ("area", "stream")),
        "establishments": distinct(works, names[layout]),
    }
    text = {"area", "settlement", "stream", "activity", "id"}
    flags = {"hygienic_water", *(DEVICES if layout != "counts" else ())}
    kinds = {
        table: {name: "text" if name in text else "bool" if name in flags else "int" for name in its[0]}
        for table, its in tables.items()
    }
    options = {"residents": "weighted", "waste": "counts", "establishments": layout}
    return (
        {table: {name: [row[name] for row in its] for name in its[0]} for table, its in tables.items()},
        kinds,
        options,
    )


def card_of(make, drawn, *, layout=True, **options):
    """Return the scorecard of facts, made into frames in one way, or each table in its own."""
    data, kinds, said = drawn
    frames = {
        table: (make[table] if isinstance(make, dict) else make)(columns, kinds[table])
        for table, columns in data.items()
    }
    more = {"year": 2020, "by": "area", "totals": "keep"} | ({"layout": said} if layout else {}) | options
    return evaluate(soc_trang_2020, frames, **more)


def _kinds(data, *flags):
    text = {"area", "settlement", "stream", "activity", "id"}
    return {name: "text" if name in text else "bool" if name in flags else "int" for name in data}


def _some(layout):
    """Return facts with every kind of gap, and establishments in a layout."""
    residents = {
        "area": ["Vĩnh Châu", "Kế Sách", "Mỹ Tú", "Kế Sách"],
        "year": [2020] * 4,
        "settlement": ["urban", None, "rural", "rural"],
        "persons": [90, 41, 127, 0],
        "hygienic_water": [True, False, None, True],
    }
    waste = {
        "area": ["Mỹ Tú", "Kế Sách", "Kế Sách", "Mỹ Tú"],
        "year": [2020] * 4,
        "stream": ["medical", "rural", None, "urban_domestic"],
        "generated": [90, None, 33, 12],
        "collected": [80, 40, None, 0],
        "treated_to_standard": [None, 7, 30, 0],
    }
    works = {
        "area": ["Vĩnh Châu", "Mỹ Tú", "Mỹ Tú"],
        "year": [2020] * 3,
        "activity": ["both", None, "production"],
        "built": [2016, 2010, None],
    }
    works |= {"id": ["n2", "n0", "n1"]} if layout == "records" else {"establishments": [4, 90, 2]}
    options = (3, None, 2) if layout == "counts" else (True, None, False)
    works |= {name: [*options[place % 3 :], *options[: place % 3]] for place, name in enumerate(DEVICES)}
    if layout == "counts":
        works |= {
            name: [None if v is None else min(v, t) for v, t in zip(works[name], works["establishments"], strict=True)]
            for name in DEVICES
        }
    data = {"residents": residents, "waste": waste, "establishments": works}
    flags = ("hygienic_water", *(DEVICES if layout != "counts" else ()))
    said = {"residents": "weighted", "waste": "counts", "establishments": layout}
    return data, {table: _kinds(columns, *flags) for table, columns in data.items()}, said


SOME_FACTS = [_some(layout) for layout in ("records", "weighted", "counts")]
"""Facts with gaps of every kind, establishments in each layout."""
