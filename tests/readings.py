"""Records of readings, whose values are whole numbers, decimals or floats, with holes and wrong cells."""

from __future__ import annotations

import decimal
import math

from defined import _clause, _document
from hypothesis import strategies as st

import envindicators as ei

READINGS = ei.Table(
    "readings",
    ei.Unit("hour", "hours"),
    total="hours",
    parts=["valid"],
    categories={"kind": ["road", "park"]},
    values=[
        ei.Value("heat", ei.Unit("degree", "degrees", grain=10), limits=("-40 degree", "60 degree")),
        ei.Value("dust", ei.Unit("µg/m3", "µg/m³", grain=1000)),
        ei.Value("depth", ei.Unit("metre", "metres", grain=100), limits=("-9000 metre", None)),
        ei.Value("cars", ei.Unit("car", "cars"), limits=("0 car", None)),
    ],
    id="id",
)
PROGRAMME = ei.Programme(
    "p",
    "p",
    _document(),
    [
        ei.Target(
            name,
            _clause(),
            2020,
            ei.Mean(name, name, table=READINGS, of=name, where=rule).at_most(f"5 {READINGS.value(name).unit.key}"),
        )
        for name, rule in {
            "heat": ei.one_of("kind", "park"),
            "dust": ei.flag("valid"),
            "depth": ei.all_units(),
            "cars": ei.flag("valid") & ei.one_of("kind", "road"),
        }.items()
    ],
)
GRAINS = {value.key: value.unit.grain for value in READINGS.values}
LEAST = {value.key: value.least for value in READINGS.values}


def _value(kind, counted, grain):
    """Return a value of some counted units, in the type of its column."""
    if kind == "int":
        return counted // grain
    exact = decimal.Decimal(counted) / grain
    return float(exact) if kind == "float" else exact


WRONG = {
    "negative": -1,
    "below its limits": -9001,
    "above its limits": 61,
    "too fine": decimal.Decimal("0.0005"),
    "a little too fine": decimal.Decimal("0.301"),
    "residue": 0.1 + 0.2,
    "no number": math.nan,
    "without end": math.inf,
    "large": 10**14 + 1,
    "too large": 10**17,
    "beyond every float": 2**62 + 1,
}
"""By name a value that may be wrong; whether it is, its column tells."""


@st.composite
def readings(draw, *, wrong=True):
    """Return records as columns, and the types of these."""
    kinds = {"id": "int", "area": "text", "year": "int", "kind": "text", "valid": "bool"}
    kinds |= {name: draw(st.sampled_from(("int", "float", "decimal", "wide"))) for name in GRAINS}
    rows = []
    for number in range(draw(st.integers(1, 8))):
        rows.append(
            {
                "id": number,
                "area": draw(st.sampled_from(("Mỹ Tú", "Kế Sách"))),
                "year": draw(st.sampled_from((2019, 2020))),
                "kind": draw(st.sampled_from(("road", "park", None))),
                "valid": draw(st.sampled_from((True, False, None))),
            }
        )
        for name, grain in GRAINS.items():
            counted = st.integers(max(LEAST[name], -300), 60 * grain) | st.integers(0, 600)
            if name != "heat":
                counted |= st.integers(10**9, 10**10)
            known = draw(st.none() | counted)
            rows[-1][name] = None if known is None else _value(kinds[name], known, grain)
    for row, name in draw(st.lists(st.tuples(st.sampled_from(rows), st.sampled_from(list(WRONG))), max_size=3)):
        column = draw(st.sampled_from(list(GRAINS)))
        if wrong and (value := _as(kinds[column], WRONG[name])) is not None:
            row[column] = value
    dropped = draw(st.sets(st.sampled_from(("year", "valid", "heat", "cars")), max_size=2))
    names = [name for name in kinds if name not in dropped]
    return {name: [row[name] for row in rows] for name in names}, {name: kinds[name] for name in names}


def _as(kind, value):
    """Return a value in the type of its column, or None where that has no such value."""
    if kind == "float":
        return float(value)
    if kind == "int":
        return int(value) if math.isfinite(value) and value == int(value) else None
    if not math.isfinite(value) or isinstance(value, float) or abs(value) >= 10**20:
        return None
    places = {"decimal": 11, "wide": 30}[kind]
    return decimal.Decimal(value) if abs(value) < 10**places else None


def outcome(table):
    """Return the cells of a table and what was noted of it, or the problems for which it is refused."""
    try:
        cells = ei.condense(PROGRAMME, {"readings": table}, by="area", year=2020)
    except ei.InvalidTable as error:
        return None, error.problems
    return cells, cells.problems
