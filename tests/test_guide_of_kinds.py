"""The lines of the guide "Which kind is my target?" that write real targets: each is what the library takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from defined import _clause, _document

import envindicators as ei

GUIDE = Path(__file__).parents[1] / "docs" / "guides" / "kinds.md"
LINES = re.findall(
    r"^\|[^|]+\|[^|]+\| `(.+)` \|$", GUIDE.read_text("utf-8").split("## Thirty targets")[1], re.MULTILINE
)


def table(key, unit, parts=(), values=None, **categories):
    return ei.Table(
        key, unit, total=f"{key}_total", parts=parts, period="flow", values=values or {}, categories=categories
    )


def amount(key, unit, **categories):
    return ei.Amount(key, key, table=table(key, unit, **categories))


def share(key, **categories):
    return ei.Share(key, key, table=table(key, ei.Unit("home", "homes"), ["met"], **categories), where=ei.flag("met"))


def mean(key, unit):
    measured = table(key, ei.Unit("hour", "hours"), values={"value": ei.Unit(unit, unit, grain=1000)})
    return ei.Mean(key, key, table=measured, of="value", weight=f"{key}_total")


TONNE = ei.Unit("tonne", "tonnes", multiples={"kilotonne": 1000})
PEOPLE = amount("people", ei.Unit("person", "people"))
PM25 = mean("pm25", "µg/m3")
EMISSIONS = amount("emissions", TONNE, sector=["energy", "waste"])
NAMES = {
    "ei": ei,
    "base": 2018,
    "people": PEOPLE,
    "emissions": EMISSIONS,
    "methane": amount("methane", TONNE),
    "removals": amount("removals", TONNE),
    "green": amount("green", ei.Unit("ha", "ha")),
    "trees": amount("trees", ei.Unit("tree", "trees"), place=["scattered", "forest"]),
    "sites": amount("sites", ei.Unit("site", "sites"), kind=["ramsar", "biosphere", "heritage"]),
    "days_above": amount("days_above", ei.Unit("day", "days")),
    "intensity": ei.Ratio("intensity", "intensity", EMISSIONS, per=amount("gdp", ei.Unit("VND", "VND"))),
    "park": ei.Ratio("park", "park", amount("parks", ei.Unit("m2", "m²")), per=PEOPLE),
    "waste": ei.Ratio("waste", "waste", amount("residual", ei.Unit("kilogram", "kg")), per=PEOPLE),
    "of_sold": ei.Ratio("of_sold", "of sold", amount("collected", TONNE), per=amount("sold", TONNE)),
    "exposure": mean("exposure", "µg/m3"),
    "nitrate": mean("nitrate", "mg/l"),
    "pm25": PM25,
    "air": PM25.at_most("10 µg/m3"),
    "criteria": share("criteria").at_least("100%"),
    "less": PM25.since(2018).at_most("-40%"),
    "within": PM25.at_most("60 µg/m3"),
    **{key: share(key) for key in ("saved", "landfilled", "clean_60_litres", "share", "good_in_both", "renewable")},
    "of_arisen": share("of_arisen"),
    "treated": share("treated", **{"class": ["large", "small"]}),
}  # fmt: skip
WATER = {
    "region": share("water", region=["delta", "mountain"]),
    "day": ei.Ratio("used", "used", amount("household", ei.Unit("litre", "litres")), per=PEOPLE),
}
"""Two lines are of water, which is another thing in each."""


@pytest.mark.parametrize("line", LINES)
def test_each_line_makes_a_target(line):
    made = eval(line, NAMES | {"water": WATER["day" if "/day" in line else "region"]})
    targets = [ei.Target("t", _clause(), *([made] if isinstance(made, dict) else [2030, made]))]
    programme = ei.Programme("p", "p", _document(), targets)
    assert programme.tables


def test_there_are_thirty_and_one():
    assert len(LINES) == 31
