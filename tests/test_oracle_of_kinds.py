"""Amounts, net amounts, ratios, changes and shares of areas against an oracle that tries every completion.

The oracle knows nothing of how the library computes. What has no size is tried as every small amount and as two that
are beyond every level, so verdicts are compared exactly, and ends wherever none of them is out of sight.
"""

from __future__ import annotations

import itertools
import random
import warnings
from fractions import Fraction

import pytest
from defined import _clause, _document

import envindicators as ei

UNSIZED = (*range(9), 10**6, 10**9)
FAR = 10**5
YEAR, BASE = 2020, 2019
SECTORS = ("energy", "waste")
TONNE, PERSON = ei.Unit("tonne", "tonnes"), ei.Unit("person", "people")
GAS = ei.Table("gas", TONNE, total="emitted", parts=["flared"], period="flow", categories={"sector": SECTORS})
SINKS = ei.Table("sinks", TONNE, total="removed", period="flow")
PEOPLE = ei.Table("people", PERSON, total="persons")
TOTALS = {"gas": "emitted", "sinks": "removed", "people": "persons"}
KEPT = {
    "at_least": lambda margin: margin >= 0,
    "at_most": lambda margin: margin <= 0,
    "above": lambda margin: margin > 0,
    "below": lambda margin: margin < 0,
}
WHERE = {
    "all": (ei.all_units(), lambda unit: True),
    "waste": (ei.one_of("sector", "waste"), lambda unit: unit["sector"] == "waste"),
    "flared": (ei.flag("flared"), lambda unit: unit["flared"]),
    "waste_flared": (
        ei.one_of("sector", "waste") & ei.flag("flared"),
        lambda unit: unit["sector"] == "waste" and unit["flared"],
    ),
    "not_both": (
        ~(ei.one_of("sector", "waste") & ei.flag("flared")),
        lambda unit: not (unit["sector"] == "waste" and unit["flared"]),
    ),
}


# the world


def drawn_rows(chance, areas):
    """Return rows of every table: of some areas and years, totals, sectors and flags missing here and there."""
    tables = {key: [] for key in TOTALS}
    for key, area, year in itertools.product(TOTALS, areas, (BASE, YEAR)):
        if chance.random() < 0.2:
            continue
        sectors = chance.sample([*SECTORS, None], chance.randint(1, 2)) if key == "gas" else [None]
        for sector in sectors:
            total = None if chance.random() < 0.12 else chance.randint(0, 3)
            row = {"area": area, "year": year, TOTALS[key]: total}
            if key == "gas":
                row |= {"sector": sector, "flared": chance.choice([True, False, None])}
            tables[key].append(row)
    return tables


def unit_outcomes(row, holds):
    """Return whether a unit of a row may count, and whether it may not."""
    sectors = SECTORS if row.get("sector") is None else (row["sector"],)
    flags = (True, False) if row.get("flared") is None else (row["flared"],)
    return {bool(holds({"sector": sector, "flared": flag})) for sector in sectors for flag in flags}


def amounts(tables, key, holds, areas, year):
    """Return all that a rule may count in some areas in a year."""
    values = {0}
    for area in areas:
        rows = [row for row in tables[key] if (row["area"], row["year"]) == (area, year)]
        if not rows:
            values = {value + more for value in values for more in UNSIZED}
        for row in rows:
            outcomes = unit_outcomes(row, holds)
            total = row[TOTALS[key]]
            if total is not None:
                own = {sum(way) for way in itertools.product(outcomes, repeat=total)}
            else:
                own = {0} if outcomes == {False} else set(UNSIZED)
            values = {value + more for value in values for more in own}
        values = {min(value, 2 * 10**9) for value in values}
    return values


# the kinds, each as an indicator and as what it is


class Kind:
    def __init__(self, name, indicator, pairs, unit, *, level):
        """`pairs(tables, areas)` gives numerators and denominators that go together; `level` draws a level."""
        self.name, self.indicator, self.pairs, self.unit, self.level = name, indicator, pairs, unit, level


def kinds(chance):
    where, holds = WHERE[chance.choice(list(WHERE))]
    gas = ei.Amount("gas_amount", "gas", table=GAS, where=where)
    sinks = ei.Amount("sinks_amount", "sinks", table=SINKS)
    people = ei.Amount("people_amount", "people", table=PEOPLE)
    cap = chance.randint(1, 4)

    def everything(unit):
        return True

    def gases(tables, areas, year=YEAR):
        return amounts(tables, "gas", holds, areas, year)

    def nets(tables, areas, year=YEAR):
        removed = {min(value, cap) for value in amounts(tables, "sinks", everything, areas, year)}
        return {value - less for value in gases(tables, areas, year) for less in removed}

    def one(values):
        return [(value, 1) for value in values]

    def heads(tables, areas, year=YEAR):
        return amounts(tables, "people", everything, areas, year)

    def whole(chance):
        return Fraction(chance.randint(-3, 8))

    def part(chance):
        return Fraction(chance.randint(1, 8), 4)

    def change(chance):
        return Fraction(chance.choice([-75, -50, -25, 0, 25, 50, 100, 200]), 100)

    net = gas.less(sinks.up_to(f"{cap} tonne"))
    return [
        Kind("amount", gas, lambda t, a: one(gases(t, a)), "tonne", level=whole),
        Kind("net", net, lambda t, a: one(nets(t, a)), "tonne", level=whole),
        Kind(
            "ratio",
            ei.Ratio("ratio", "ratio", gas, per=people),
            lambda t, a: itertools.product(gases(t, a), heads(t, a)),
            "tonne/person",
            level=part,
        ),
        Kind(
            "net_ratio",
            ei.Ratio("net_ratio", "ratio", net, per=people),
            lambda t, a: itertools.product(nets(t, a), heads(t, a)),
            "tonne/person",
            level=part,
        ),
        Kind(
            "change", gas.since(BASE), lambda t, a: itertools.product(gases(t, a), gases(t, a, BASE)), "%", level=change
        ),
        Kind(
            "net_change",
            net.since(BASE),
            lambda t, a: itertools.product(nets(t, a), nets(t, a, BASE)),
            "%",
            level=change,
        ),
    ]


def written(level, unit):
    if unit == "%":
        return f"{int(level * 100):+}%"
    return f"{float(level):g} {unit}"


def said(kind, tables, areas, direction, level):
    """Return the verdicts and values of all completions."""
    verdicts, values = set(), set()
    factor = level + 1 if kind.unit == "%" else level
    for top, bottom in kind.pairs(tables, areas):
        if bottom <= 0:
            verdicts.add(ei.Verdict.NOT_APPLICABLE)
            continue
        verdicts.add(ei.Verdict.MET if KEPT[direction](top - factor * bottom) else ei.Verdict.NOT_MET)
        values.add(Fraction(top, bottom) - (kind.unit == "%"))
    return verdicts, values


def in_sight(kind, tables, areas):
    return all(abs(top) < FAR and bottom < FAR for top, bottom in kind.pairs(tables, areas))


FATES = {
    frozenset({"MET"}): "satisfied",
    frozenset({"NOT_MET"}): "failed",
    frozenset({"MET", "NOT_MET"}): "unknown",
    frozenset({"MET", "NOT_APPLICABLE"}): "unplaced_satisfied",
    frozenset({"NOT_MET", "NOT_APPLICABLE"}): "unplaced_failed",
    frozenset({"MET", "NOT_MET", "NOT_APPLICABLE"}): "unplaced_unknown",
}


@pytest.mark.parametrize("seed", range(60))
def test_every_kind_is_what_its_completions_are(seed):
    chance = random.Random(seed)
    areas = ["A", "B", "C"][: chance.randint(1, 3)]
    tables = drawn_rows(chance, areas)
    drawn = [(kind, chance.choice(list(KEPT)), kind.level(chance)) for kind in kinds(chance)]
    targets = []
    for kind, direction, level in drawn:
        requirement = getattr(kind.indicator, direction)(written(level, kind.unit))
        targets.append(ei.Target(kind.name, _clause(), YEAR, requirement))
        targets.append(ei.Target(f"{kind.name}_every", _clause(), YEAR, requirement.every("area")))
    programme = ei.Programme("p", "p", _document(), targets)
    if any(not any(row["year"] == YEAR for row in rows) for rows in tables.values()):
        return
    forms = {
        key: ei.Form(totals="keep", layout="weighted" if key == "gas" else None).of(rows)
        for key, rows in tables.items()
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cards = [ei.evaluate(programme, forms, year=YEAR, by=by, expected=areas) for by in (None, "area")]
    for kind, direction, level in drawn:
        tally = dict.fromkeys(FATES.values(), 0)
        for area in areas:
            verdicts, values = said(kind, tables, [area], direction, level)
            assessment = cards[1][kind.name, area]
            assert assessment.possible == verdicts, (kind.name, area, direction, level, tables)
            fate = FATES.get(frozenset(verdict.name for verdict in verdicts))
            if fate:
                tally[fate] += 1
            if values and in_sight(kind, tables, [area]):
                assert assessment.judgements[0].evidence.ends == (min(values), max(values)), (kind.name, area, tables)
        verdicts, values = said(kind, tables, areas, direction, level)
        for card in cards:
            assert card[kind.name].possible == verdicts, (kind.name, direction, level, tables)
            assert card[f"{kind.name}_every"].tally == ei.Tally(**tally), (kind.name, direction, level, tables)
            if values and in_sight(kind, tables, areas):
                assert card[kind.name].judgements[0].evidence.ends == (min(values), max(values)), (kind.name, tables)


@pytest.mark.parametrize("seed", range(40))
def test_without_a_list_the_areas_are_those_that_stand_in_any_table(seed):
    """Those of the year looked at, and for a change those of the year that it is against."""
    chance = random.Random(seed)
    tables = drawn_rows(chance, "ABC")
    drawn = [(kind, chance.choice(list(KEPT)), kind.level(chance)) for kind in kinds(chance)]
    if any(not any(row["year"] == YEAR for row in rows) for rows in tables.values()):
        return
    forms = {
        key: ei.Form(totals="keep", layout="weighted" if key == "gas" else None).of(rows)
        for key, rows in tables.items()
    }
    for kind, direction, level in drawn:
        requirement = getattr(kind.indicator, direction)(written(level, kind.unit))
        programme = ei.Programme("p", "p", _document(), [ei.Target("t", _clause(), YEAR, requirement)])
        asked = {key: forms[key] for key in programme.tables}
        years = (BASE, YEAR) if kind.unit == "%" else (YEAR,)
        areas = sorted({row["area"] for key in asked for row in tables[key] if row["year"] in years})
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            cards = [ei.evaluate(programme, asked, year=YEAR, by=by) for by in (None, "area")]
        for card in cards:
            assert card["t"].possible == said(kind, tables, areas, direction, level)[0], (kind.name, level, tables)
        for area in cards[1].groups:
            verdicts, _ = said(kind, tables, [area], direction, level)
            assert cards[1]["t", area].possible == verdicts, (kind.name, area, direction, level, tables)


@pytest.mark.parametrize("seed", range(40))
def test_where_two_amounts_share_a_table_nothing_that_may_come_is_left_out(seed):
    """Bounds are safe there: every completion of the shared units lies within them."""
    chance = random.Random(seed)
    rows = [
        {"area": "A", "year": YEAR, "sector": sector, "flared": chance.choice([True, False, None]),
         "emitted": chance.randint(0, 3)}
        for sector in chance.sample([*SECTORS, None], chance.randint(1, 3))
    ]  # fmt: skip
    waste, flared = (ei.Amount(key, key, table=GAS, where=WHERE[key][0]) for key in ("waste", "flared"))
    level, direction = Fraction(chance.randint(1, 8), 4), chance.choice(list(KEPT))
    ratio = ei.Ratio("ratio", "ratio", waste, per=flared)
    net = waste.less(flared)
    targets = [
        ei.Target("ratio", _clause(), YEAR, getattr(ratio, direction)(written(level, "tonne/tonne"))),
        ei.Target("net", _clause(), YEAR, getattr(net, direction)("1 tonne")),
    ]
    form = ei.Form(totals="keep", layout="weighted").of(rows)
    card = ei.evaluate(ei.Programme("p", "p", _document(), targets), {"gas": form}, year=YEAR)
    ways = [
        [
            (sector == "waste", flag)
            for sector in (SECTORS if row["sector"] is None else (row["sector"],))
            for flag in ((True, False) if row["flared"] is None else (row["flared"],))
        ]
        for row in rows
        for _ in range(row["emitted"])
    ]
    for way in itertools.product(*ways):
        top, bottom = sum(one for one, _ in way), sum(other for _, other in way)
        kept = KEPT[direction](top - level * bottom)
        verdict = ei.Verdict.MET if kept else ei.Verdict.NOT_MET
        assert (verdict if bottom else ei.Verdict.NOT_APPLICABLE) in card["ratio"].possible
        kept = KEPT[direction](top - bottom - 1)
        assert (ei.Verdict.MET if kept else ei.Verdict.NOT_MET) in card["net"].possible


@pytest.mark.parametrize("seed", range(60))
def test_the_change_of_a_share_is_that_of_its_completions(seed):
    """Of one in points, and in percent; completions in which a year has no population have none."""
    chance = random.Random(seed)
    share = ei.Share("share", "share", table=GAS, among=ei.one_of("sector", "waste"), where=ei.flag("flared"))
    rows = [
        {"area": "A", "year": year, "sector": sector, "flared": flag, "emitted": chance.randint(0, 2)}
        for year in (BASE, YEAR)
        for sector, flag in chance.sample(list(itertools.product([*SECTORS, None], [True, False, None])), 3)
    ]
    direction, level = chance.choice(list(KEPT)), Fraction(chance.choice([-50, -25, 0, 25, 50, 100]), 100)
    change = share.since(BASE)
    required = {"points": getattr(change.points, direction)(f"{int(level * 100):+} points")}
    required["percent"] = getattr(change, direction)(f"{int(level * 100):+}%")

    def shares(year):
        ways = [
            {
                (sector == "waste", flag)
                for sector in (SECTORS if row["sector"] is None else (row["sector"],))
                for flag in ((True, False) if row["flared"] is None else (row["flared"],))
            }
            for row in rows
            if row["year"] == year
            for _ in range(row["emitted"])
        ]
        for way in itertools.product(*ways):
            flags = [flag for waste, flag in way if waste]
            yield Fraction(sum(flags), len(flags)) if flags else None

    pairs = set(itertools.product(shares(YEAR), shares(BASE)))
    form = ei.Form(totals="keep", layout="weighted").of(rows)
    for key, requirement in required.items():
        values = {
            None if now is None or then is None or (key == "percent" and not then)
            else now - then if key == "points" else now / then - 1
            for now, then in pairs
        }  # fmt: skip
        said = {
            ei.Verdict.NOT_APPLICABLE if value is None
            else ei.Verdict.MET if KEPT[direction](value - level) else ei.Verdict.NOT_MET
            for value in values
        }  # fmt: skip
        programme = ei.Programme("p", "p", _document(), [ei.Target("t", _clause(), YEAR, requirement)])
        card = ei.evaluate(programme, {"gas": form}, year=YEAR)
        assert card["t"].possible >= said, (key, direction, level, rows)
        known = values - {None}
        ends = card["t"].judgements[0].evidence.ends
        if known and key == "points":
            assert ends == (min(known), max(known)), rows
        elif known:
            assert ends.least <= min(known), rows
            assert ends.greatest is None or ends.greatest >= max(known), rows
