"""Published figures, typed in with their sources, and what may be concluded from them.

Viet Nam, persons using at least basic drinking water, 2020: WHO/UNICEF Joint Monitoring Programme for Water
Supply, Sanitation and Hygiene, 2021 update (also in the World Bank's World Development Indicators). Persons are
worked out there from population, urban share and percentages. The thresholds are those of the resolution;
basic water is not the hygienic water that it asks for, so the verdicts are an example and no finding.
"""

from fractions import Fraction

import pytest

import envindicators as ei
from envindicators.algebra.tally import Rate, Tally
from envindicators.algebra.verdict import Verdict
from envindicators.programmes import soc_trang_2020

# year: (urban persons, with basic water, rural persons, with basic water)
VIET_NAM = {2020: (36_346_230, 36_049_296, 60_992_360, 58_256_572)}
URBAN, URBAN_WATER, RURAL, RURAL_WATER = VIET_NAM[2020]


def _card(**options):
    rows = {"settlement": ["urban", "rural"], "persons": [URBAN, RURAL], "hygienic_water": [URBAN_WATER, RURAL_WATER]}
    return ei.evaluate(soc_trang_2020, {"residents": rows}, year=2020, **options)


def test_the_shares_are_the_published_ones():
    """Urban 99.18%, rural 95.51%, to the digits that were published."""
    card = _card()
    assert round(float(card["urban_water"].rate.lower) * 100, 5) == 99.18304
    assert round(float(card["rural_water"].rate.lower) * 100, 5) == 95.51454
    assert str(card["urban_water"].rate) == "99.18%"
    assert str(card["rural_water"].rate) == "95.51%"


def test_neither_target_would_be_met():
    """99.18% is not 100%, 95.51% is not 98%: so many people are to be connected."""
    card = _card()
    assert card["urban_water"].verdict is Verdict.NOT_MET
    assert card["urban_water"].shortfall == (URBAN - URBAN_WATER,) * 2 == (296_934,) * 2
    assert card["rural_water"].verdict is Verdict.NOT_MET
    least = -(-RURAL * 98 // 100)
    assert card["rural_water"].shortfall == (least - RURAL_WATER,) * 2 == (1_515_941,) * 2
    assert card["rural_water"].slack == (0, 0)
    assert card.counts["NOT_MET"] == 2
    assert card.verdict is Verdict.NOT_MET


def test_people_are_added_and_percentages_never_averaged():
    """Town and country together are 96.88%, as published; the mean of their percentages is 97.35%."""
    everyone = ei.Share("water", "water", table=soc_trang_2020.tables["residents"], where=ei.flag("hygienic_water"))
    target = ei.Target("water", soc_trang_2020.targets[0].clause, 2020, everyone.at_least("97%"))
    programme = ei.Programme("water", "water", soc_trang_2020.document, [target])
    rows = {"settlement": ["urban", "rural"], "persons": [URBAN, RURAL], "hygienic_water": [URBAN_WATER, RURAL_WATER]}
    (water,) = ei.evaluate(programme, {"residents": rows}, year=2020)
    assert water.rate.lower == Fraction(URBAN_WATER + RURAL_WATER, URBAN + RURAL)
    assert round(float(water.rate.lower) * 100, 5) == 96.88436
    assert water.verdict is Verdict.NOT_MET
    mean = (Fraction(URBAN_WATER, URBAN) + Fraction(RURAL_WATER, RURAL)) / 2
    assert round(float(mean) * 100, 4) == 97.3488
    assert ei.at_least("97%").judge(Rate(mean, mean)).verdict is Verdict.MET, "the mean would have said so"


def test_a_missing_town_figure_leaves_the_country_as_it_is():
    """Without the urban figure that target stays open, and the rural one is what it was."""
    rows = {"settlement": ["urban", "rural"], "persons": [URBAN, RURAL], "hygienic_water": [None, RURAL_WATER]}
    card = ei.evaluate(soc_trang_2020, {"residents": rows}, year=2020)
    assert card["urban_water"].rate == Rate(0, 1)
    assert card["rural_water"].rate == _card()["rural_water"].rate
    assert card.verdict is Verdict.NOT_MET


def test_so_many_people_are_exact_in_frames_too():
    """The float of a frame encloses the exact share, and the counts are whole."""
    (row,) = [r for r in _card().to_frame(groups=False, backend="rows") if r["indicator"] == "rural_water"]
    assert (row["satisfied"], row["failed"], row["shortfall_lower"]) == (RURAL_WATER, RURAL - RURAL_WATER, 1_515_941)
    assert Fraction(row["value_lower"]) <= Fraction(RURAL_WATER, RURAL) <= Fraction(row["value_upper"])
    assert row["value_upper"] - row["value_lower"] < 1e-15


# Published percentages (Nam Dinh 2016, Soc Trang 2023: reports of the provinces)

NAM_DINH = [("99.18%", 1_749_600), ("55.0%", 969_360)]
"""Rural people with hygienic water, and with clean water to the national standard, each with its share."""


def test_a_published_percentage_says_what_counts_round_to_it():
    """99.18% of 1,764,000 is any of 177 counts, the published 1,749,600 among them."""
    tally = Tally.from_percent("99.18%", of=1_764_000)
    assert tally == Tally(satisfied=1_749_447, failed=14_377, unknown=176)
    assert tally.satisfied <= 1_749_600 <= tally.satisfied + tally.unknown
    assert tally.rate.lower >= Fraction(99175, 100000)
    assert tally.rate.upper < Fraction(99185, 100000)
    assert ei.at_least("98%").judge(tally).verdict is Verdict.MET
    assert ei.at_least("100%").judge(tally).verdict is Verdict.NOT_MET


def test_two_rounded_percentages_of_one_population_pin_it_down():
    """The populations that both allow are 1,763,977 to 1,764,076, and no others."""

    def allows(population, published):
        found = []
        for text, count in published:
            tally = Tally.from_percent(text, of=population)
            found.append(tally.satisfied <= count <= tally.satisfied + tally.unknown)
        return all(found)

    near = range(1_763_900, 1_764_200)
    assert [people for people in near if allows(people, NAM_DINH)] == list(range(1_763_977, 1_764_077))
    assert [people for people in near if allows(people, NAM_DINH[:1])] == list(range(1_763_977, 1_764_155))


@pytest.mark.parametrize(
    ("text", "share", "threshold", "verdict"),
    [
        ("99.65%", "98%", "at_least", Verdict.MET),  # rural households with hygienic water, 2023
        ("60.3%", "80%", "at_least", Verdict.NOT_MET),  # with clean water to the national standard, 2023; target 2030
        ("99.65%", "100%", "at_least", Verdict.NOT_MET),
        ("98%", "98%", "at_least", Verdict.UNDETERMINED),
        ("98.00%", "98%", "at_least", Verdict.UNDETERMINED),
        ("99.99%", "100%", "at_least", Verdict.NOT_MET),
        ("100%", "100%", "at_least", Verdict.UNDETERMINED),
        ("0%", "0%", "at_most", Verdict.UNDETERMINED),
        ("0.01%", "0%", "at_most", Verdict.NOT_MET),
    ],
)
def test_a_rounded_percentage_is_judged_as_the_interval_it_is(text, share, threshold, verdict):
    """Only where every share that rounds to it agrees is there a verdict."""
    rate = Rate.from_percent(text)
    assert getattr(ei, threshold)(share).judge(rate).verdict is verdict


def test_soc_trang_household_water_is_an_interval():
    """99.65% is [99.645%, 99.655%]."""
    assert Rate.from_percent("99.65%") == Rate(Fraction(99_645, 100_000), Fraction(99_655, 100_000))
    assert Rate.from_percent("99,65%") == Rate.from_percent("99.65%")


def test_a_share_may_move_because_its_denominator_was_rebased():
    """1,199,500 instead of 1,315,900 people: the same 1,150,000 with water are 87.4% or 95.9%."""
    with_water = 1_150_000
    before, after = (Tally(with_water, people - with_water) for people in (1_315_900, 1_199_500))
    assert ei.at_least("90%").judge(before).verdict is Verdict.NOT_MET
    assert ei.at_least("90%").judge(after).verdict is Verdict.MET


def test_no_count_rounds_to_it():
    """Of 10 no number is 33.3%: the two on either side, and a warning that says so."""
    with pytest.warns(ei.RoundingWarning, match="no count of 10 units rounds to 33.3%; taken as 3 to 4"):
        assert Tally.from_percent("33.3%", of=10) == Tally(3, 6, 1)
