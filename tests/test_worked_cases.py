"""Cases worked by hand: gaps, paradoxes, years, thresholds and readings."""

from __future__ import annotations

from fractions import Fraction

import pytest

import envindicators as ei
from envindicators.algebra.tally import Rate, Tally
from envindicators.algebra.verdict import Verdict
from envindicators.programmes import soc_trang_2020

pytestmark = pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning")


def rural(persons, water, **options):
    """Return the assessment of rural water for districts of so many persons."""
    names = [chr(65 + place) for place in range(len(persons))]
    rows = {"area": names, "settlement": ["rural"] * len(names), "persons": persons, "hygienic_water": water}
    return ei.evaluate(soc_trang_2020, {"residents": rows}, **{"year": 2020} | options)["rural_water"]


def test_a_missing_value_is_never_zero_and_never_leaves_its_weight_behind():
    """n = [90, missing], d = [100, 50]: from 60% to 93.3%, neither 60% nor 90%."""
    assert rural([100, 50], [90, None]).rate == Rate(Fraction(60, 100), Fraction(14, 15))
    assert rural([100, 50], [90, 0]).rate == Rate(Fraction(60, 100), Fraction(60, 100))
    assert rural([100, 50], [90, None]).tally == Tally(90, 10, 50)
    assert rural([100, 50], [90, None]).tally.observed == Fraction(9, 10)


def test_counts_are_added_and_percentages_never_averaged():
    """Districts at 50% and 99% are together what their counts are."""
    assert rural([1000, 10], [990, 5]).rate == Rate(Fraction(995, 1010), Fraction(995, 1010))
    assert rural([1000, 10], [990, 5]).verdict is Verdict.MET
    assert rural([10, 1000], [10, 970]).verdict is Verdict.NOT_MET  # the mean of 100% and 97% is 98.5%


def test_a_paradox_of_simpson_stays_one():
    """One year is better in both streams and worse as a whole: both come out as they are."""

    def shares(year, city, industry):
        rows = [
            {"stream": "urban_domestic", "generated": city[1], "collected": city[0], "treated_to_standard": city[0]},
            {
                "stream": "industrial",
                "generated": industry[1],
                "collected": industry[0],
                "treated_to_standard": industry[0],
            },
        ]
        card = ei.evaluate(soc_trang_2020, {"waste": rows}, year=year)
        each = [judgement.rate.lower for judgement in card["urban_waste"].under("each_stream").judgements[:2]]
        return each, card["urban_waste"].rate.lower

    before, all_before = shares(2019, (81, 87), (192, 263))
    after, all_after = shares(2020, (234, 270), (55, 80))
    assert before[0] > after[0]
    assert before[1] > after[1]
    assert all_before < all_after


def test_years_are_never_added_up():
    """Two years are two cards: mixed they are refused, chosen they stand alone, with year in ``by`` side by side."""
    rows = {"year": [2019, 2020], "settlement": ["rural"] * 2, "persons": [100, 50], "hygienic_water": [100, 10]}
    with pytest.raises(ei.InvalidTable, match="2019, 2020"):
        ei.evaluate(soc_trang_2020, {"residents": rows})
    with pytest.raises(ei.InvalidTable, match="2019, 2020"):
        ei.evaluate(soc_trang_2020, {"residents": rows}, year=2018)
    alone = {year: ei.evaluate(soc_trang_2020, {"residents": rows}, year=year)["rural_water"] for year in (2019, 2020)}
    assert alone[2019].tally == Tally(100, 0)
    assert alone[2020].tally == Tally(10, 40)
    card = ei.evaluate(soc_trang_2020, {"residents": rows}, by="year")
    assert card.groups == [2019, 2020]
    assert [card["rural_water", year].tally for year in card.groups] == [Tally(100, 0), Tally(10, 40)]
    with pytest.raises(ValueError, match="several years"):
        card["rural_water"]
    assert [card.of_year(year)["rural_water"].tally for year in (2019, 2020)] == [Tally(100, 0), Tally(10, 40)]
    assert [
        row["satisfied"] for row in card.to_frame(groups=False, backend="rows") if row["indicator"] == "rural_water"
    ] == [100, 10]


def test_a_missing_middle_leaves_exactly_its_own_share_open():
    """Nested counts: 100 generated, 80 collected, 70 treated is exact, and a blank in the middle opens no more."""

    def waste(generated, collected, treated):
        rows = [{"stream": "medical", "generated": generated, "collected": collected, "treated_to_standard": treated}]
        return ei.evaluate(soc_trang_2020, {"waste": rows}, year=2020)["medical_waste"]

    assert waste(100, 80, 70).tally == Tally(70_000, 30_000)
    assert waste(100, 80, 70).under("of_collected").tally == Tally(70_000, 10_000)
    assert waste(100, None, 70).tally == Tally(70_000, 30_000)
    assert waste(100, None, 70).under("of_collected").tally == Tally(70_000, 0, unplaced_failed=30_000)
    assert waste(100, 80, None).tally == Tally(0, 20_000, 80_000)
    assert waste(None, 80, 70).tally == Tally(70_000, 10_000, unsized={"failed"})
    assert waste(None, 80, 70).rate == Rate(0, Fraction(7, 8))
    assert waste(None, 80, 70).under("of_collected").rate == Rate(Fraction(7, 8), Fraction(7, 8))
    assert waste(None, 80, 70).under("of_collected").verdict is Verdict.NOT_MET


def test_exactly_at_the_threshold_is_met_and_not_exceeded():
    """98 of 100 meet 98% and do not exceed it; 99 do; at 100% nothing can."""
    assert rural([100], [98]).verdict is Verdict.MET
    assert rural([100], [98]).exceeded is False
    assert rural([100], [99]).exceeded is True
    assert rural([100_000], [97_996]).verdict is Verdict.NOT_MET
    rows = {"settlement": ["urban"], "persons": [7], "hygienic_water": [7]}
    urban = ei.evaluate(soc_trang_2020, {"residents": rows}, year=2020)["urban_water"]
    assert (urban.verdict, urban.exceeded) == (Verdict.MET, False)


def test_a_published_percentage_is_an_interval():
    """What rounds to 98.0% may be below it; a threshold judges the interval, as it judges a tally."""
    assert ei.at_least("98%").judge(Rate.from_percent("98.0%")).verdict is Verdict.UNDETERMINED
    assert ei.at_least("98%").judge(Rate.from_percent("97.996%")).verdict is Verdict.NOT_MET
    assert ei.at_least("98%").judge(Rate.from_percent("99.65%")).verdict is Verdict.MET
    assert Rate.from_percent("99.65%") == Rate(Fraction(99645, 100000), Fraction(99655, 100000))
    tally = Tally.from_percent("98.0%", of=1000)
    assert tally == Tally(980, 20)  # no other count of 1000 rounds to it
    assert Tally.from_percent("98%", of=1000) == Tally(975, 15, 10)  # 975 to 985, half to even
    assert ei.at_least("98%").judge(Tally.from_percent("98%", of=1000)).verdict is Verdict.UNDETERMINED


def test_readings_that_differ_are_contested_and_never_silently_one():
    """The default's verdict is shown with the word contested; statistic readings never make it so."""
    rows = [
        {"stream": "urban_domestic", "generated": 1000, "collected": 1000, "treated_to_standard": 1000},
        {"stream": "industrial", "generated": 10, "collected": 8, "treated_to_standard": 8},
        {"stream": "service", "generated": 0, "collected": 0, "treated_to_standard": 0},
    ]
    card = ei.evaluate(soc_trang_2020, {"waste": rows}, year=2020)
    assert card["urban_waste"].verdict is Verdict.MET
    assert card["urban_waste"].under("each_stream").verdict is Verdict.NOT_MET
    assert card["urban_waste"].contested is True
    first = ei.evaluate(soc_trang_2020, {"waste": rows}, year=2020, readings={"urban_waste": "each_stream"})
    assert first["urban_waste"].verdict is Verdict.NOT_MET
    assert first["urban_waste"].contested is True
    rows[1] |= {"collected": 10, "treated_to_standard": None}
    card = ei.evaluate(soc_trang_2020, {"waste": rows}, year=2020)
    assert card["urban_waste"].verdict is Verdict.MET
    assert card["urban_waste"].contested is None
    rows[1] |= {"collected": 9, "treated_to_standard": 9}
    card = ei.evaluate(soc_trang_2020, {"waste": rows}, year=2020)
    assert card["urban_waste"].contested is False
