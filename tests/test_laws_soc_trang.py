"""Every reading of the built-in programme is what all completions of small tables say."""

from __future__ import annotations

from fractions import Fraction

import oracle
import pytest
from brute_force import _flags
from completions import NOTHING, Spec, Whole, contribution
from engines import ways_by
from forms import evaluate
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import held_as, rows_of

from envindicators.programmes import soc_trang_2020

pytestmark = pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning")


SOC_TRANG = {
    "residents": Spec("residents", ["hygienic_water"], categories={"settlement": ("urban", "rural")}),
    "waste": Spec(
        "waste",
        ["collected", "treated_to_standard"],
        nested=True,
        categories={
            "stream": ("urban_domestic", "industrial", "service", "rural", "craft_village", "medical", "other")
        },
    ),
    "establishments": Spec(
        "establishments",
        [
            "clean_technology",
            "pollution_reduction",
            "waste_treatment",
            "treatment_equipment",
            "meets_standards",
            "inspected",
        ],
        categories={"activity": ("production", "business", "both", "other")},
        years={"built": (1900, 2014, 2015, 2016, 2017, 2020, 2100)},
    ),
}


TOTALS = {"residents": "persons", "waste": "generated", "establishments": "establishments"}


URBAN = ("one_of", "stream", ("urban_domestic", "industrial", "service"))


RURAL = ("one_of", "stream", ("rural", "craft_village"))


MEDICAL = ("one_of", "stream", ("medical",))


GOOD = ("and", ("flag", "collected"), ("flag", "treated_to_standard"))


CLEAN, REDUCTION = ("flag", "clean_technology"), ("flag", "pollution_reduction")


TREATMENT, EQUIPMENT = ("flag", "waste_treatment"), ("flag", "treatment_equipment")


PRODUCTION = ("one_of", "activity", ("production", "both"))


TRADE = ("one_of", "activity", ("production", "business", "both"))


def _of(table, threshold, among, where):
    return table, among, where, ("at_least", Fraction(threshold) / 100)


def _waste(among, percent, streams):
    def only(stream):
        return ("one_of", "stream", (stream,))

    collected = _of("waste", percent, among, ("flag", "collected"))
    of_collected = _of("waste", percent, ("and", among, ("flag", "collected")), GOOD)
    return {
        "pooled": [_of("waste", percent, among, GOOD)],
        "each_stream": [_of("waste", percent, only(stream), GOOD) for stream in streams],
        "of_collected": [of_collected],
        "two_rates": [collected, of_collected],
    }


FROM_DESIGN = {
    "urban_water": {
        "persons": [_of("residents", 100, ("one_of", "settlement", ("urban",)), ("flag", "hygienic_water"))]
    },
    "rural_water": {
        "persons": [_of("residents", 98, ("one_of", "settlement", ("rural",)), ("flag", "hygienic_water"))]
    },
    "new_facilities": {
        name + suffix: [_of("establishments", 100, ("and", PRODUCTION, ("between", "built", first, 2020)), where)]
        for first, suffixes in ((2015, ("", "", "")), (2016, ("_plan_years",) * 3), (2017, ("_since_resolution",) * 3))
        for (name, where), suffix in zip(
            {
                "any": ("or", ("or", CLEAN, REDUCTION), TREATMENT),
                "both_devices": ("or", CLEAN, ("and", REDUCTION, TREATMENT)),
                "one_kind": ("or", CLEAN, EQUIPMENT),
            }.items(),
            suffixes,
            strict=True,
        )
    },
    "establishment_standards": {
        "all": [_of("establishments", 100, TRADE, ("flag", "meets_standards"))],
        "existing": [
            _of("establishments", 100, ("and", TRADE, ("between", "built", None, 2014)), ("flag", "meets_standards"))
        ],
        "of_inspected": [
            _of("establishments", 100, ("and", TRADE, ("flag", "inspected")), ("flag", "meets_standards"))
        ],
    },
    "urban_waste": _waste(URBAN, 90, URBAN[2]),
    "rural_waste": _waste(RURAL, 50, RURAL[2]),
    "medical_waste": {
        "pooled": [_of("waste", 100, MEDICAL, GOOD)],
        "of_collected": [_of("waste", 100, ("and", MEDICAL, ("flag", "collected")), GOOD)],
    },
}
"""Section 5 of the design, in nested tuples. A mass counts grams, so the tables below hold kilograms of 1000."""


@st.composite
def soc_trang_worlds(draw):
    """Return small tables of residents, waste (counts) and establishments (records, weighted or counts)."""
    world = {
        "residents": ("counts", draw(rows_of(SOC_TRANG["residents"], "counts"))),
        "waste": ("counts", draw(rows_of(SOC_TRANG["waste"], "counts"))),
    }
    layout = draw(st.sampled_from(("records", "weighted", "counts")))
    rows = draw(rows_of(SOC_TRANG["establishments"], layout, most=2 if layout == "counts" else 3))
    return world | {"establishments": (layout, rows[:2] if layout == "counts" else rows)}


@settings(max_examples=100)
@given(soc_trang_worlds(), ways_by(SOC_TRANG))
def test_soc_trang_is_what_all_completions_say(world, held):
    """Every reading of section 5, on small tables, is what all completions of the units say."""
    tables = {
        key: held_as(held[key], SOC_TRANG[key], layout, rows, {"total": TOTALS[key]})
        for key, (layout, rows) in world.items()
    }
    card = evaluate(
        soc_trang_2020, tables, year=2020, by="area", totals="keep", layout={key: of for key, (of, _) in world.items()}
    )
    areas = {row["area"] for _, rows in world.values() for row in rows}
    for target, readings in FROM_DESIGN.items():
        for reading, requirements in readings.items():
            for area in (None, *sorted(areas)):
                assessment = (card[target] if area is None else card[target, area]).under(reading)
                sets = []
                for each, judgement in zip(requirements, assessment.judgements, strict=True):
                    table, among, where, threshold = each
                    layout, rows = world[table]
                    margins = not SOC_TRANG[table].chained and layout == "counts"
                    if (
                        margins
                        and any(row[p] not in (None, 0, row["total"]) for row in rows for p in SOC_TRANG[table].parts)
                        and (_flags(among) or len(set(_flags(where))) < len(_flags(where)))
                    ):
                        whole, cause = NOTHING, "margins"
                    else:
                        came = {row["area"] for row in rows}
                        its = [row for row in rows if area in (None, row["area"])]
                        silent = bool(areas - came) if area is None else area not in came
                        spec, cause = SOC_TRANG[table], None
                        if margins:  # the oracle need not write out parts that no rule names
                            names = [part for part in spec.parts if part in (*_flags(among), *_flags(where))]
                            spec = Spec(table, names, categories=spec.categories, years=spec.years)
                        whole = Whole([contribution(spec, layout, row, among, where) for row in its], silent=silent)
                    sets.append(whole.possible(*threshold))
                    assert judgement.rate == whole.rate()
                    assert judgement.possible == sets[-1]
                    reason = whole.reason(*threshold)
                    assert judgement.reason == (cause if cause and reason else reason)
                    if table != "waste":
                        assert judgement.shortfall == whole.interval("shortfall", *threshold)
                assert assessment.possible == oracle.combined(*sets)
