"""Scenarios, means of years, sums of years, amounts for each day and weighed areas against every completion.

The oracle enumerates what each missing total may be; what has no size is tried as small amounts and as one beyond
every level.
"""

from __future__ import annotations

import calendar
import itertools
import random
from fractions import Fraction

import pytest
from defined import _clause, _document

import envindicators as ei

pytestmark = pytest.mark.filterwarnings("ignore::envindicators.CoverageWarning")

TRIED = (*range(8), 10**9)
FAR = 10**6
YEAR = 2030
YEARS = (2028, 2029, 2030)
AREAS = ("A", "B")
TONNE = ei.Unit("tonne", "tonnes")
GAS = ei.Table("gas", TONNE, total="emitted", period="flow")
EMITTED = ei.Amount("emitted", "emitted", table=GAS)
PEOPLE = ei.Amount("people", "people", table=ei.Table("people", ei.Unit("person", "people"), total="persons"))
HOMES = ei.Table("homes", ei.Unit("home", "homes"), total="homes", parts=["clean"])
CLEAN = ei.Share("clean", "clean", table=HOMES, where=ei.flag("clean"))
KEPT = {
    "at_least": lambda value, level: value >= level,
    "at_most": lambda value, level: value <= level,
    "above": lambda value, level: value > level,
    "below": lambda value, level: value < level,
}


def card_of(requirement, tables, *, year=YEAR, by=None, expected=AREAS):
    target = ei.Target("t", _clause(), YEAR, requirement)
    return ei.evaluate(ei.Programme("p", "p", _document(), [target]), tables, year=year, by=by, expected=list(expected))


def drawn(chance):
    """Return rows by area and moment, with totals missing, and rows too."""
    moments = [(year, "actual") for year in YEARS] + [(YEAR, "bau")]
    rows = []
    for area, (year, scenario) in itertools.product(AREAS, moments):
        if chance.random() < 0.85:
            total = None if chance.random() < 0.15 else chance.randint(0, 4)
            rows.append({"area": area, "year": year, "scenario": scenario, "emitted": total})
    return rows


def amounts(rows, areas, year, scenario="actual"):
    """Return all that some areas may have emitted."""
    values = {0}
    for area in areas:
        own = [row["emitted"] for row in rows if (row["area"], row["year"], row["scenario"]) == (area, year, scenario)]
        tried = own if own and own[0] is not None else TRIED
        values = {value + more for value in values for more in tried}
    return values


def completions(kind, rows, areas):
    """Return the values that a kind may have, None where it has none, and whether nothing is known of its base."""
    now = amounts(rows, areas, YEAR)
    if kind == "over":
        return {sum(way) for way in itertools.product(*(amounts(rows, areas, year) for year in YEARS))}, False
    if kind == "per_day":
        return {Fraction(value, 366 if calendar.isleap(YEAR) else 365) for value in now}, False
    bases = {
        "bau": amounts(rows, areas, YEAR, "bau"),
        "mean": {
            Fraction(sum(way), 2) for way in itertools.product(*(amounts(rows, areas, year) for year in YEARS[:2]))
        },
    }
    base = bases[kind]
    unknown = min(base) == 0 and max(base) >= FAR and max(now) > 0
    return {value / Fraction(then) - 1 if then else None for value in now for then in base}, unknown


MADE = {
    "over": (ei.Amount("total", "total", table=GAS, over=YEARS), lambda chance: (chance.randint(0, 12), " tonne")),
    "per_day": (EMITTED, lambda chance: (Fraction(chance.randint(0, 20), 1000), " tonne/day")),
    "bau": (EMITTED.since("bau"), lambda chance: (chance.choice([-50, 0, 100, 25]), "%")),
    "mean": (EMITTED.since([2028, 2029]), lambda chance: (chance.choice([-50, 0, 100, 25]), "%")),
}


def asked_for(kind, chance):
    indicator, draw = MADE[kind]
    number, unit = draw(chance)
    direction = chance.choice(list(KEPT))
    shown = (
        f"{number:+d}{unit}"
        if unit == "%"
        else f"{float(number):.3f}{unit}"
        if kind == "per_day"
        else f"{number}{unit}"
    )
    level = Fraction(number, 100) if unit == "%" else Fraction(number)
    return getattr(indicator, direction)(shown), direction, level


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("seed", range(40))
def test_each_is_what_its_completions_are(kind, seed):
    chance = random.Random(seed)
    rows = drawn(chance)
    if not any(row["scenario"] == "actual" and row["year"] == YEAR for row in rows):
        rows.append({"area": "A", "year": YEAR, "scenario": "actual", "emitted": 1})
    if kind != "bau":
        rows = [row for row in rows if row["scenario"] == "actual"]
        rows = [{name: value for name, value in row.items() if name != "scenario"} for row in rows]
    requirement, direction, level = asked_for(kind, chance)
    card = card_of(requirement, {"gas": rows}, by="area")
    full = [{"scenario": "actual"} | row for row in rows]
    for group, areas in ((None, AREAS), *((area, (area,)) for area in AREAS)):
        judged = card["t"] if group is None else card["t", group]
        values, endless = completions(kind, full, areas)
        verdicts = {
            ei.Verdict.NOT_APPLICABLE
            if value is None
            else ei.Verdict.MET
            if KEPT[direction](value, level)
            else ei.Verdict.NOT_MET
            for value in values
        }
        assert judged.possible == verdicts, (group, judged, rows)
        found = sorted(value for value in values if value is not None)
        if not found:
            assert judged.judgements[0].evidence.ends is None
            continue
        least, greatest = judged.judgements[0].evidence.ends
        # what was may have been as little as one likes, where nothing is known of it
        assert (greatest is None) == (found[-1] >= FAR or endless)
        assert greatest is None or greatest == found[-1]
        # what was has no end: the change comes as near to -100% as one likes
        assert least == found[0] or (kind in ("bau", "mean") and least == -1 and found[0] < -1 + Fraction(1, 1000))


@pytest.mark.parametrize("seed", range(40))
def test_weighed_areas_are_what_their_completions_are(seed):
    """An area counts with its people; the share of people over all ways that homes and totals may turn out."""
    chance = random.Random(seed)
    areas = "ABC"
    homes = [
        {"area": area, "homes": chance.randint(0, 2), "clean": chance.choice([True, False, None])}
        for area in areas
        if chance.random() < 0.85
    ]
    people = [
        {"area": area, "persons": None if chance.random() < 0.15 else chance.randint(0, 3)}
        for area in areas
        if chance.random() < 0.9
    ]
    if not homes or not people:
        return
    levels = [Fraction(chance.randint(1, 9), 10) for _ in range(2)]
    target = ei.Reading(
        "both",
        [
            ei.AreaShare(key, "people in clean areas", of=CLEAN.at_least("50%"), weigh=PEOPLE).at_least(level)
            for key, level in zip("xy", levels, strict=True)
        ],
    )
    card = card_of(target, {"homes": homes, "people": people}, expected=areas)

    def fates(area):
        own = [row for row in homes if row["area"] == area]
        if not own:
            return {None, True, False}
        (row,) = own
        if not row["homes"]:
            return {None}
        ways = itertools.product((True, False), repeat=row["homes"]) if row["clean"] is None else [[row["clean"]]]
        return {sum(way) * 2 >= len(way) for way in map(list, ways)}

    def weights(area):
        own = [row["persons"] for row in people if row["area"] == area]
        return own if own and own[0] is not None else (0, 1, 2, 10**9)

    found = set()
    for way in itertools.product(*(itertools.product(fates(area), weights(area)) for area in areas)):
        population = sum(weight for fate, weight in way if fate is not None)
        met = sum(weight for fate, weight in way if fate)
        found.add(Fraction(met, population) if population else None)
    shares = sorted(each for each in found if each is not None)
    for judgement, level in zip(card["t"].judgements, levels, strict=True):
        verdicts = {
            ei.Verdict.NOT_APPLICABLE if each is None else ei.Verdict.MET if each >= level else ei.Verdict.NOT_MET
            for each in found
        }
        assert judgement.possible == verdicts, (homes, people)
        if shares:
            near = Fraction(1, 1000)
            assert abs(judgement.rate.lower - shares[0]) < near
            assert abs(judgement.rate.upper - shares[-1]) < near


def test_each_year_and_scenario_is_a_group_by_itself():
    rows = [
        {"area": area, "year": year, "scenario": scenario, "emitted": emitted}
        for year in (2029, 2030)
        for area, scenario, emitted in [("A", "actual", 80), ("A", "supported", 40), ("A", "bau", 100)]
    ]
    change = EMITTED.since("bau").at_most("-15.8%")
    card = card_of(change, {"gas": rows}, year=None, by=["year", "scenario"], expected="A")
    assert card["t", (2030, "actual")].judgements[0].evidence.ends == (Fraction(-1, 5),) * 2
    assert card["t", (2029, "supported")].judgements[0].evidence.ends == (Fraction(-3, 5),) * 2
    with pytest.raises(ei.EnvIndicatorsError, match="several scenarios"):
        card_of(change, {"gas": rows}, year=2030, expected="A")


def test_a_table_without_scenarios_is_of_every_scenario():
    """84 tonnes for 10 people, 100 as usual for the same: 16% less."""
    each = ei.Ratio("each", "each", EMITTED, per=PEOPLE).since("bau")
    rows = [{"area": "A", "scenario": scenario, "emitted": n} for scenario, n in [("actual", 84), ("bau", 100)]]
    card = card_of(each.at_most("-15.8%"), {"gas": rows, "people": [{"area": "A", "persons": 10}]}, expected="A")
    assert card["t"].judgements[0].evidence.ends == (Fraction(-4, 25),) * 2


def test_cells_of_scenarios_and_years_add_up():
    programme = ei.Programme(
        "p", "p", _document(), [ei.Target("t", _clause(), YEAR, EMITTED.since("bau").at_most("-10%"))]
    )
    rows = [
        {"area": area, "year": YEAR, "scenario": scenario, "emitted": emitted}
        for area, scenario, emitted in [("A", "actual", 80), ("A", "bau", 100), ("B", "actual", 8), ("B", "bau", 10)]
    ]
    parts = [ei.condense(programme, {"gas": [row]}, by="area") for row in rows]
    whole = ei.condense(programme, {"gas": rows}, by="area")
    assert parts[2] + parts[0] + parts[3] + parts[1] == whole
    assert ei.evaluate(programme, whole, year=YEAR)["t"].verdict is ei.Verdict.MET


def test_rows_of_no_year_are_not_taken_for_those_of_every_year():
    requirement = EMITTED.since(2020).at_most("-10%")
    with pytest.raises(ei.EnvIndicatorsError, match="say year="):
        card_of(requirement, {"gas": [{"area": "A", "emitted": 5}]}, year=None)


@pytest.mark.parametrize("requirement", [
    ei.Amount("total", "total", table=GAS, over=range(2026, 2031)).at_least("5 tonne"),
    EMITTED.since("bau").at_most("-10%"),
    EMITTED.since([2016, 2017, 2018]).at_most("-10%"),
    EMITTED.at_most("130 tonne/day"),
    ei.Ratio("each", "each", EMITTED, per=PEOPLE).at_most("0.1 tonne/person/day"),
    ei.AreaShare("share", "share", of=CLEAN.at_least("50%"), weigh=PEOPLE).at_least("85%"),
])  # fmt: skip
def test_each_is_written_and_read_as_it_is(requirement, tmp_path):
    programme = ei.Programme("p", "p", _document(), [ei.Target("t", _clause(), YEAR, requirement)])
    for name in ("p.toml", "p.json"):
        file = tmp_path / name
        file.write_text(programme.to_toml() if name.endswith("toml") else programme.to_json(), "utf-8")
        assert ei.Programme.load(file) == programme


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_says_what_it_is(lang):
    said = {
        "en": ["Added up over the years 2028, 2029, 2030", "the scenario 'bau'", "the mean of 2028, 2029", "366"],
        "vi": ["Cộng các năm 2028, 2029, 2030", "kịch bản 'bau'", "trung bình các năm 2028, 2029", "366"],
    }[lang]
    rows = [{"area": "A", "year": year, "scenario": s, "emitted": 4} for year in YEARS for s in ("actual", "bau")]
    for kind, words in zip(("over", "bau", "mean", "per_day"), said, strict=True):
        requirement, *_ = asked_for(kind, random.Random(1))
        given = rows if kind == "bau" else [row for row in rows if row["scenario"] == "actual"]
        if kind != "bau":
            given = [{name: value for name, value in row.items() if name != "scenario"} for row in given]
        card = card_of(requirement, {"gas": given}, expected="A").with_lang(lang)
        assert words in str(card.explain("t"))
        assert card["t"].verdict.value
        assert str(card)
        assert card._repr_html_()
        assert len(card.to_frame(groups=False)) == 1
        assert ei.Scorecard.from_json(card.to_json()) is not None
