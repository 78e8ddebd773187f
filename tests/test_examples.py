"""The examples: what is promised of their figures, and which answer each of them shows."""

import doctest
import subprocess
import sys
import unicodedata
import warnings
from fractions import Fraction

import pandas as pd
import polars as pl
import pytest

import envindicators as ei
from envindicators import examples
from envindicators.algebra.verdict import REASONS, Verdict
from envindicators.programmes import soc_trang_2020

DISTRICTS = {
    "Sóc Trăng",
    "Ngã Năm",
    "Vĩnh Châu",
    "Châu Thành",
    "Cù Lao Dung",
    "Kế Sách",
    "Long Phú",
    "Mỹ Tú",
    "Mỹ Xuyên",
    "Thạnh Trị",
    "Trần Đề",
}
KEYS = {
    "residents": ["area", "year", "settlement"],
    "establishments": ["area", "year", "activity", "built"],
    "waste": ["area", "year", "stream"],
    "dischargers": ["area", "year"],
}
TARGETS = [target.key for target in soc_trang_2020.targets]

MET, NOT_MET, UNDETERMINED, NOT_APPLICABLE = Verdict.MET, Verdict.NOT_MET, Verdict.UNDETERMINED, Verdict.NOT_APPLICABLE


def card_of(tables=None, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ei.CoverageWarning)
        return ei.evaluate(soc_trang_2020, examples.soc_trang() if tables is None else tables, **options)


@pytest.fixture(scope="module")
def card():
    return card_of(year=2020, by="area")


def shown(assessment):
    return assessment.verdict, assessment.reason, assessment.exceeded, assessment.contested


# the province in 2020


@pytest.mark.parametrize(
    ("target", "verdict", "reason", "exceeded", "contested"),
    [
        ("urban_water", NOT_MET, None, False, False),
        ("rural_water", MET, None, True, False),
        ("new_facilities", UNDETERMINED, "not_reported", False, None),
        ("establishment_standards", NOT_MET, None, False, False),
        ("urban_waste", MET, None, False, True),
        ("rural_waste", MET, None, True, False),
        ("medical_waste", UNDETERMINED, "not_reported", False, False),
    ],
)
def test_what_the_province_is_told(card, target, verdict, reason, exceeded, contested):
    assert shown(card[target]) == (verdict, reason, exceeded, contested)
    assert card[target].due


def test_the_counts_of_the_province(card):
    assert card.counts == {"EXCEEDED": 2, "MET": 1, "NOT_MET": 2, "UNDETERMINED": 2, "NOT_APPLICABLE": 0}
    assert card.verdict is NOT_MET


def test_a_few_people_short_of_everyone_is_not_everyone(card):
    assert card["urban_water"].tally == ei.Tally(358_346, 37)
    assert card["urban_water", "Vĩnh Châu"].shortfall == (26, 26)
    assert card["urban_water", "Cù Lao Dung"].shortfall == (11, 11)


def test_exactly_ninety_percent_is_met_and_not_exceeded(card):
    assert card["urban_waste"].rate == ei.Rate(Fraction(9, 10), Fraction(9, 10))
    assert card["urban_waste"].slack == (0, 0)


def test_the_readings_of_urban_waste_contest(card):
    each = card["urban_waste"].under("each_stream")
    assert each.verdict is NOT_MET
    assert [judgement.verdict for judgement in each.judgements] == [MET, NOT_MET, MET]


def test_rural_waste_is_exceeded_whatever_was_not_traced(card):
    tally = card["rural_waste"].tally
    assert tally.unknown > 0
    assert tally.rate.lower > Fraction(1, 2)


def test_what_was_collected_is_known_where_what_arose_is_not(card):
    assert card["medical_waste"].tally.unsized == {"failed"}
    assert card["medical_waste"].under("of_collected").verdict is MET
    assert card["medical_waste", "Thạnh Trị"].reason == "not_reported"
    (settlement,) = card.needed_reports("medical_waste")
    assert [each.group for each in settlement.met] == ["Thạnh Trị"]


def test_a_report_that_did_not_come_does_not_save_what_is_lost(card):
    assert "failed" in card["establishment_standards"].tally.unsized
    assert card["establishment_standards", "Trần Đề"].verdict is UNDETERMINED


# the districts in 2020


@pytest.mark.parametrize(
    ("target", "area", "verdict", "reason"),
    [
        ("rural_water", "Mỹ Tú", MET, None),
        ("rural_water", "Vĩnh Châu", NOT_MET, None),
        ("rural_water", "Sóc Trăng", NOT_APPLICABLE, None),
        ("rural_waste", "Sóc Trăng", NOT_APPLICABLE, None),
        ("rural_waste", "Cù Lao Dung", NOT_MET, None),
        ("rural_waste", "Mỹ Xuyên", UNDETERMINED, "unknown_values"),
        ("new_facilities", "Mỹ Tú", MET, None),
        ("new_facilities", "Cù Lao Dung", NOT_APPLICABLE, None),
        ("new_facilities", "Vĩnh Châu", UNDETERMINED, "unknown_values"),
        ("new_facilities", "Kế Sách", UNDETERMINED, "unplaced_units"),
        ("new_facilities", "Thạnh Trị", UNDETERMINED, "perhaps_empty"),
        ("new_facilities", "Trần Đề", UNDETERMINED, "not_reported"),
        ("establishment_standards", "Mỹ Tú", MET, None),
        ("establishment_standards", "Kế Sách", UNDETERMINED, "unknown_values"),
        ("urban_waste", "Châu Thành", NOT_MET, None),
    ],
)
def test_what_a_district_is_told(card, target, area, verdict, reason):
    assert (card[target, area].verdict, card[target, area].reason) == (verdict, reason)


def test_long_phu_would_be_met_if_its_share_were_rounded_first(card):
    assessment = card["rural_water", "Long Phú"]
    assert round(float(assessment.rate.lower) * 100, 2) == 98.0
    assert (assessment.verdict, assessment.shortfall) == (NOT_MET, (3, 3))


def test_every_verdict_is_seen_on_the_card(card):
    seen = {card[target, area].verdict for target in TARGETS for area in card.groups}
    assert seen == set(Verdict)


def test_every_reason_occurs(card):
    assessments = [*card, *(card[target, area] for target in TARGETS for area in card.groups)]
    found = {reading.reason for each in assessments for reading in each.readings.values()} - {None}
    assert found == set(REASONS) - {"no_baseline", "open_ended"}, "this programme has only shares"


@pytest.mark.parametrize(
    ("target", "reading", "reason"),
    [
        ("urban_water", "households", "no_table"),
        ("new_facilities", "one_kind", "no_column"),
        ("establishment_standards", "of_inspected", "margins"),
    ],
)
def test_readings_that_cannot_be_computed(card, target, reading, reason):
    assert card[target].under(reading).reason == reason


def test_a_duty_is_measured(card):
    assert card.duty("discharge_monitoring").tally == ei.Tally(68, 8)
    assert card.duty("discharge_monitoring").admits_no_exception


def test_what_did_not_come_is_named(card):
    assert {table: [each.name for each in found] for table, found in card.missing.items()} == {
        "households": [None],
        "establishments": ["clean_technology", "treatment_equipment", "Trần Đề"],
    }
    with pytest.warns(ei.CoverageWarning, match="establishments has no rows for 'Trần Đề'"):
        ei.evaluate(soc_trang_2020, examples.soc_trang(), year=2020)


# the other years


@pytest.mark.parametrize("year", range(2015, 2020))
def test_the_other_years_can_be_evaluated(year):
    card = ei.evaluate(soc_trang_2020, examples.soc_trang(), year=year, by="area")
    assert set(card.groups) == DISTRICTS
    assert not card["urban_water"].due
    assert card["medical_waste"].verdict is NOT_MET


def test_all_years_at_once_give_the_same_cards():
    cards = card_of(by=["area", "year"])
    assert cards.years == tuple(range(2015, 2021))
    for year in cards.years:
        alone = card_of(year=year, by="area")
        of_year = cards.of_year(year)
        for target in TARGETS:
            assert of_year[target].evidence == alone[target].evidence
            for area in DISTRICTS:
                assert of_year[target, (area, year)].evidence == alone[target, area].evidence


@pytest.mark.parametrize("target", TARGETS)
def test_what_is_known_improves_from_year_to_year(target):
    cards = card_of(by=["area", "year"])
    observed = [cards.of_year(year)[target].tally.observed for year in cards.years]
    assert observed == sorted(observed)


# the tables


@pytest.mark.parametrize("options", [{"year": 2020, "by": "area"}, {"by": ["area", "year"]}])
def test_the_tables_have_gaps_and_no_errors(options):
    problems = ei.check(soc_trang_2020, examples.soc_trang(), **options)
    assert {problem.severity for problem in problems} == {"gap"}


def test_the_tables_are_the_ones_that_are_promised():
    tables = examples.soc_trang()
    assert {key: len(frame) for key, frame in tables.items()} == {
        "residents": 126,
        "establishments": 199,
        "waste": 354,
        "dischargers": 66,
    }
    for frame in tables.values():
        assert set(frame["area"]) == DISTRICTS
        assert set(frame["year"]) == set(range(2015, 2021))
    for key, number in (("residents", 126), ("establishments", 199), ("waste", 354), ("dischargers", 66)):
        assert f"``{key}``, {number} rows" in examples.soc_trang.__doc__


@pytest.mark.parametrize("make", [examples.soc_trang, examples.viet_nam_water])
def test_the_tables_have_the_columns_of_the_programme(make):
    for key, frame in make().items():
        table = soc_trang_2020.tables[key]
        assert set(frame.columns) <= {"area", "year", *table.columns}
        assert not frame.duplicated(KEYS[key]).any()
        assert frame["year"].dtype == "int64"
        for column in frame.columns.drop(["area", "year", *(category.key for category in table.categories)]):
            assert frame[column].dtype == "Int64"
            assert (frame[column].dropna() >= 0).all()
        for part in table.parts:
            if part.key in frame.columns:
                known = frame[[table.total, part.key]].dropna()
                assert (known[part.key] <= known[table.total]).all()
        for category in table.categories:
            assert set(frame[category.key]) <= set(category.values)


def test_nested_parts_are_in_order():
    waste = examples.soc_trang()["waste"]
    known = waste[["generated", "collected", "treated_to_standard"]].dropna()
    assert (known["treated_to_standard"] <= known["collected"]).all()
    assert (known["collected"] <= known["generated"]).all()
    assert len(known) == len(waste) - 2


def test_nothing_is_built_after_its_year():
    known = examples.soc_trang()["establishments"].dropna(subset=["built"])
    assert (known["built"] <= known["year"]).all()


def test_the_province_is_of_a_plausible_size():
    people = examples.soc_trang()["residents"].groupby("year")["persons"].sum()
    assert people.between(1_200_000, 1_300_000).all()


def test_every_district_but_the_city_has_rural_residents():
    residents = examples.soc_trang()["residents"]
    rural = set(residents.loc[residents["settlement"] == "rural", "area"])
    assert rural == DISTRICTS - {"Sóc Trăng"}


@pytest.mark.parametrize("make", [examples.soc_trang, examples.viet_nam_water])
def test_names_are_composed(make):
    for frame in make().values():
        assert all(unicodedata.is_normalized("NFC", name) for name in frame["area"])


@pytest.mark.parametrize("make", [examples.soc_trang, examples.viet_nam_water])
def test_every_call_makes_new_frames(make):
    first, second = make(), make()
    first["residents"].loc[:, "persons"] = 0
    first["residents"]["more"] = 1
    first.pop("residents")
    pd.testing.assert_frame_equal(second["residents"], make()["residents"])


def test_other_frames_give_the_same_card(card):
    tables = {key: pl.from_pandas(frame) for key, frame in examples.soc_trang().items()}
    assert card_of(tables, year=2020, by="area") == card


# what is said about them


def test_the_figures_of_soc_trang_are_called_made_up():
    assert "made up" in examples.__doc__.lower().replace("-", " ")
    assert "MADE-UP" in examples.soc_trang.__doc__.splitlines()[0]
    assert "Made-up figures" in examples.MADE_UP.in_("en")
    assert "tự đặt ra" in examples.MADE_UP.in_("vi")


def test_the_source_of_the_figures_of_viet_nam_is_named():
    for words in (examples.viet_nam_water.__doc__, examples.VIET_NAM_WATER_SOURCE.in_("en")):
        assert "WHO/UNICEF Joint Monitoring Programme" in words
        assert "2021" in words
        assert "hygienic" in words
    assert "WHO/UNICEF" in examples.VIET_NAM_WATER_SOURCE.in_("vi")


def test_the_examples_of_the_docstrings():
    found = doctest.testmod(examples)
    assert found.attempted >= 10
    assert found.failed == 0


# Viet Nam


PUBLISHED = {
    (2000, "urban"): "94.95552",
    (2000, "rural"): "75.85404",
    (2005, "urban"): "95.75177",
    (2005, "rural"): "80.66851",
    (2010, "urban"): "96.54783",
    (2010, "rural"): "85.5048",
    (2015, "urban"): "98.21274",
    (2015, "rural"): "90.83307",
    (2017, "urban"): "98.69327",
    (2017, "rural"): "92.70566",
    (2018, "urban"): "98.85653",
    (2018, "rural"): "93.64195",
    (2019, "urban"): "99.01978",
    (2019, "rural"): "94.57824",
    (2020, "urban"): "99.18304",
    (2020, "rural"): "95.51454",
}
NATIONAL = {2000: "80.50984", 2005: "84.78337", 2010: "88.86376", 2020: "96.88436"}


def test_the_percentages_are_the_published_ones():
    cards = ei.evaluate(soc_trang_2020, examples.viet_nam_water(), by=["area", "year"])
    assert cards.years == (2000, 2005, 2010, 2015, 2017, 2018, 2019, 2020)
    for (year, settlement), published in PUBLISHED.items():
        share = cards[f"{settlement}_water", ("Việt Nam", year)].rate.lower
        assert round(float(share) * 100, 5) == float(published)


def test_urban_and_rural_add_up_to_the_published_whole():
    cards = ei.evaluate(soc_trang_2020, examples.viet_nam_water(), by=["area", "year"])
    for year, published in NATIONAL.items():
        card = cards.of_year(year)
        whole = (card["urban_water"].tally + card["rural_water"].tally).rate
        assert abs(float(whole.lower) * 100 - float(published)) < 0.00001


def test_viet_nam_in_2020():
    card = ei.evaluate(soc_trang_2020, examples.viet_nam_water(), year=2020, by="area")
    assert (card["urban_water"].verdict, card["urban_water"].rate.show()) == (NOT_MET, "99.18%")
    assert (card["rural_water"].verdict, card["rural_water"].rate.show()) == (NOT_MET, "95.51%")
    assert card["rural_waste"].reason == "no_table"
    problems = ei.check(soc_trang_2020, examples.viet_nam_water(), year=2020)
    assert not [problem for problem in problems if problem.severity != "note"]


# imports


def test_importing_the_examples_loads_no_frame_library():
    code = (
        "import sys, envindicators.examples as e; e.MADE_UP; "
        "print(sorted({'pandas', 'numpy'} & set(sys.modules))); e.viet_nam_water(); print('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "True"]
