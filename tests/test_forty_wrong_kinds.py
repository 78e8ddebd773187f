"""What cannot be measured: each is refused where it is written, with what is wrong and a hint."""

from __future__ import annotations

import pytest
from defined import _clause, _document

import envindicators as ei

TONNE = ei.Unit("tonne", "tonnes", multiples={"kilotonne": 1000})
PERSON, HOUR = ei.Unit("person", "people"), ei.Unit("hour", "hours")
MICRO = ei.Unit("µg/m3", "µg/m³", grain=1000)
GAS = ei.Table(
    "gas", TONNE, total="emitted", parts=["flared"], period="flow", categories={"sector": ["energy", "land"]}
)
SINKS = ei.Table("sinks", TONNE, total="removed", period="flow")
PEOPLE = ei.Table("people", PERSON, total="persons", parts=["served"])
AIR = ei.Table("air", HOUR, total="hours", values={"pm25": MICRO})
EMITTED, REMOVED = ei.Amount("emitted", "emitted", table=GAS), ei.Amount("removed", "removed", table=SINKS)
HEADS = ei.Amount("heads", "heads", table=PEOPLE)
SERVED = ei.Share("served", "served", table=PEOPLE, where=ei.flag("served"))
EACH = ei.Ratio("each", "each", EMITTED, per=HEADS)
PM25 = ei.Mean("pm25", "PM2.5", table=AIR, of="pm25", weight="hours")
AREAS = ei.AreaShare("areas", "areas", of=SERVED.at_least("50%"))

WRONG = [
    (lambda: EMITTED.at_most("457"), "has no unit"),
    (lambda: EMITTED.at_most("457 tonn"), "did you mean 'tonne'"),
    (lambda: EMITTED.at_most("457 person"), "unit 'person'"),
    (lambda: EMITTED.at_most(457), "text with its unit"),
    (lambda: EMITTED.at_most("1.234 tonne"), "two ways"),
    (lambda: EMITTED.at_most("many tonne"), "no number"),
    (lambda: EMITTED.at_most("98%"), "unit '%'"),
    (lambda: HEADS.at_most("130 person/day"), "is a stock"),
    (lambda: EMITTED.at_most("130 mile/day"), "unit 'mile'"),
    (lambda: EACH.at_most("1 tonne"), "no unit of a ratio"),
    (lambda: EACH.at_most("1 person/tonne"), "person"),
    (lambda: EACH.at_most("0.1 tonne/mile/day"), "mile"),
    (lambda: PM25.below("40"), "has no unit"),
    (lambda: PM25.below("40 tonne"), "unit 'tonne'"),
    (lambda: EMITTED.since(2020).at_most("30%"), "sign"),
    (lambda: EMITTED.since(2020).at_most("-30 tonne"), "%"),
    (lambda: SERVED.since(2020).points.at_least("+5%"), "points"),
    (lambda: EMITTED.since(2020).points, "no points"),
    (lambda: EMITTED.since(20), "no year from 1900"),
    (lambda: EMITTED.since(True), "the base is True"),
    (lambda: EMITTED.since(""), "the base is ''"),
    (lambda: EMITTED.since([]), "at least one year"),
    (lambda: EMITTED.since([2016, 2016]), "stands twice"),
    (lambda: EMITTED.since(2020).since(2019), "a change of a change"),
    (lambda: AREAS.since(2020), "share of areas"),
    (lambda: EACH.since(ei.published("560 mile/person", year=2019)), "mile"),
    (lambda: ei.published("many", year=2019), "no number"),
    (lambda: ei.Amount("a", "a", table=PEOPLE, over=range(2020, 2025)), "never added up over years"),
    (lambda: ei.Amount("a", "a", table=GAS, over=[]), "at least one year"),
    (lambda: ei.Amount("a", "a", table=GAS, over=2020), "expected years"),
    (lambda: ei.Amount("a", "a", table=GAS, over="2020"), "expected years"),
    (lambda: ei.Amount("a", "a", table=GAS, over=[2020, 2020]), "stands twice"),
    (lambda: ei.Amount("a", "a", table=GAS, where=ei.flag("flard")), "did you mean 'flared'"),
    (lambda: ei.Amount("a", "a", table=GAS, where=ei.one_of("sector", "enery")), "did you mean 'energy'"),
    (lambda: EMITTED.less(HEADS), "expected one unit"),
    (lambda: EMITTED.less(EACH), "expected an amount"),
    (lambda: EMITTED.up_to("5"), "has no unit"),
    (lambda: EMITTED.up_to("0 tonne"), "at least one unit"),
    (lambda: ei.Ratio("r", "r", ei.Amount("f", "f", table=GAS, where=ei.flag("flared")), per=EMITTED), "Share"),
    (lambda: ei.Ratio("r", "r", EMITTED, per=EACH), "per"),
    (lambda: ei.Mean("m", "m", table=AIR, of="pm25"), "without weights"),
    (lambda: ei.Mean("m", "m", table=AIR, of="pm_25", weight="hours"), "did you mean 'pm25'"),
    (lambda: ei.Mean("m", "m", table=AIR, of=PM25, weight="hours"), "never averaged"),
    (lambda: SERVED.at_least(ei.by("region", delta="65%")), "region"),
    (lambda: SERVED.at_least(ei.by("sector")), "no levels"),
    (lambda: PM25.since(2020).at_most(ei.by("sector", energy="-5%")), "no levels by 'sector'"),
    (lambda: ei.AreaShare("s", "s", of=AREAS.at_least("80%")), "counts areas itself"),
    (lambda: ei.AreaShare("s", "s", of=SERVED), "of is"),
    (lambda: ei.AreaShare("s", "s", of=SERVED.at_least("5%"), weigh=EACH), "expected an Amount"),
    (lambda: ei.AreaShare("s", "s", of=SERVED.at_least("5%"), weigh=EMITTED.less(REMOVED)), "expected an Amount"),
    (lambda: ei.AreaShare("s", "s", of=SERVED.at_least("5%"), weigh=HEADS, unit=PERSON), "leave out unit"),
    (lambda: ei.any_of(), "no requirements"),
    (lambda: SERVED.above("100%"), "no share is above"),
    (lambda: SERVED.below("0%"), "no share is below"),
    (lambda: ei.Target("t", _clause(), {2030: SERVED.at_least("8%"), 2025: SERVED.at_least("5%")}), "go backwards"),
    (lambda: ei.Target("t", _clause(), {}), "path|readings"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "said"), WRONG)
def test_what_cannot_be_measured_is_refused(make, said):
    with pytest.raises(ei.EnvIndicatorsError, match=said) as refused:
        make()
    assert isinstance(refused.value, (ValueError, TypeError))


EVALUATED = [
    (AREAS.at_least("80%"), {"people": [{"area": "A", "persons": 1, "served": 1}]}, {"expected": None}, "expected="),
    (SERVED.at_least("5%").every("station"), {"people": [{"area": "A", "persons": 1, "served": 1}]}, {}, "in by"),
    (EMITTED.at_most("5 tonne"), {"gas": [{"area": "A", "sector": "energy", "emitted": -1}]}, {}, "a number from 0"),
    (PM25.below("5 µg/m3"), {"air": [{"area": "A", "hours": 1, "pm25": -1.0}]}, {}, "a number from 0"),
    (PM25.below("5 µg/m3"), {"air": [{"area": "A", "hours": 1, "pm25": "1 tonne"}]}, {}, "pm25"),
    (EMITTED.since(2020).at_most("-5%"), {"gas": [{"sector": "energy", "emitted": 1}]}, {"year": None}, "say year="),
]


@pytest.mark.parametrize(("requirement", "tables", "options", "said"), EVALUATED)
def test_what_data_cannot_answer_is_refused(requirement, tables, options, said):
    programme = ei.Programme("p", "p", _document(), [ei.Target("t", _clause(), 2030, requirement)])
    options = {"year": 2030, "expected": ["A"]} | options
    with pytest.raises(ei.EnvIndicatorsError, match=said):
        ei.evaluate(programme, tables, **options)
