"""Changes against another year, from tables to verdicts: gaps in either year, and bases that are none."""

from __future__ import annotations

from fractions import Fraction

import pytest
from defined import _clause, _document

import envindicators as ei

GAS = ei.Table(
    "gas", ei.Unit("tonne", "tonnes"), total="emitted", period="flow", categories={"sector": ["energy", "waste"]}
)
PEOPLE = ei.Table("people", ei.Unit("person", "people"), total="persons")
EMISSIONS = ei.Amount("emissions", "emissions", table=GAS)
WASTE = ei.Amount("waste", "waste", table=GAS, where=ei.one_of("sector", "waste"))
PER_HEAD = ei.Ratio("per_head", "waste per head", WASTE, per=ei.Amount("people", "people", table=PEOPLE))
SHARE = ei.Share("waste_share", "share of waste", table=GAS, where=ei.one_of("sector", "waste"))

ROWS = [
    {"area": area, "year": year, "sector": sector, "emitted": tonnes}
    for area, year, sector, tonnes in [
        ("A", 2020, "energy", 100), ("A", 2020, "waste", 50), ("A", 2030, "energy", 60), ("A", 2030, "waste", 30),
        ("B", 2020, "energy", 40), ("B", 2020, "waste", 10), ("B", 2030, "energy", 20), ("B", 2030, "waste", 8),
    ]
]  # fmt: skip
HEADS = [
    {"area": area, "year": year, "persons": persons}
    for area, year, persons in [("A", 2020, 100), ("A", 2030, 110), ("B", 2020, 50), ("B", 2030, 50)]
]


OTHER = ei.Amount("others", "others", table=ei.Table("others", ei.Unit("person", "people"), total="persons"))


def judged(requirement, rows=ROWS, people=HEADS, **options):
    programme = ei.Programme("p", "p", _document(), [ei.Target("t", _clause(), 2030, requirement)])
    tables = {"gas": rows, "people": people} if "people" in programme.tables else {"gas": rows}
    return ei.evaluate(programme, tables, **{"year": 2030, "by": "area"} | options)


@pytest.mark.parametrize("requirement", [EMISSIONS.since(2020).at_most("-30%"), PER_HEAD.since(2020).at_most("-30%")])
def test_a_change_of_a_table_that_did_not_come_is_undetermined(requirement):
    beside = ei.Target("beside", _clause(), 2030, OTHER.at_least("1 person"))
    programme = ei.Programme("p", "p", _document(), [ei.Target("t", _clause(), 2030, requirement), beside])
    card = ei.evaluate(programme, {"others": [{"persons": 2}]}, year=2030)
    assert (card["t"].verdict, card["t"].reason) == (ei.Verdict.UNDETERMINED, "no_table")
    assert card["t"].judgements[0].evidence.ends != (0, 0)
    assert card.to_frame(backend="rows")[0]["reason"] == "no_table"


@pytest.mark.filterwarnings("ignore::envindicators.CoverageWarning")
def test_a_change_of_an_amount():
    card = judged(EMISSIONS.since(2020).at_most("-30%"))
    assert card["t"].judgements[0].evidence.ends == (ei.Quantity.parse("-41%").value / 100,) * 2
    assert card["t"].verdict is ei.Verdict.MET
    assert card["t", "B"].slack == (7, 7)
    frame = card.to_frame(backend="rows")
    assert [(row["value_lower"], row["numerator_lower"], row["denominator_upper"]) for row in frame] == [
        (-0.4, 90.0, 150.0),
        (-0.44, 28.0, 50.0),
    ]


def test_a_gap_in_the_base_year_counts_as_much_as_one_now():
    for year in (2020, 2030):
        rows = [row for row in ROWS if row["area"] == "A" or row["year"] != year]
        card = judged(EMISSIONS.since(2020).at_most("-30%"), rows)
        assert card["t"].verdict is ei.Verdict.UNDETERMINED, year


@pytest.mark.filterwarnings("ignore::envindicators.CoverageWarning")
def test_what_is_missing_in_either_year_is_listed_and_nothing_else():
    """Of the tables that a change asks for, and of the year in which they lack the area."""
    people = [row for row in HEADS if row["year"] == 2030]
    for lost, other in ((2020, 2030), (2030, 2020)):
        rows = [row for row in ROWS if row["area"] == "A" or row["year"] == other]
        programme = ei.Programme(
            "p", "p", _document(),
            [ei.Target("t", _clause(), 2030, EMISSIONS.since(2020).at_most("-30%")),
             ei.Target("u", _clause(), 2030, ei.Amount("heads", "people", table=PEOPLE).at_least("1 person"))],
        )  # fmt: skip
        card = ei.evaluate(programme, {"gas": rows, "people": people}, year=2030, by="area")
        assert {(each.what, each.name, each.year) for each in card.missing["gas"]} == {("area", "B", lost)}
        assert "people" not in card.missing


def test_a_base_year_that_the_data_lack_is_no_baseline():
    card = judged(EMISSIONS.since(2019).at_most("-30%"))
    assert (card["t"].verdict, card["t"].reason) == (ei.Verdict.UNDETERMINED, "no_baseline")


def test_a_baseline_that_is_surely_zero_has_no_change():
    rows = [{**row, "emitted": 0} if row["year"] == 2020 else row for row in ROWS]
    assert judged(EMISSIONS.since(2020).at_most("-30%"), rows)["t"].verdict is ei.Verdict.NOT_APPLICABLE


def test_changes_of_a_ratio_and_a_share():
    assert judged(PER_HEAD.since(2020).at_most("-40%"))["t"].verdict is ei.Verdict.MET  # 60/150 to 38/160: -40.6%
    assert judged(PER_HEAD.since(2020).at_most("-41%"))["t"].verdict is ei.Verdict.NOT_MET
    assert judged(SHARE.since(2020).points.at_least("+2 points"))["t"].verdict is ei.Verdict.MET  # 30% to 32.2%
    assert judged(SHARE.since(2020).at_least("+8%"))["t"].verdict is ei.Verdict.NOT_MET  # 7.3%


def test_a_published_base_keeps_its_rounding_open():
    """0.475 is 5% to 6.9% below a figure published as 0.5, which may be 0.4500 to 0.5499."""
    base = ei.published("0.5 tonne/person", year=2019)
    heads = [{"area": "A", "year": 2030, "persons": 80}]
    rows = [row for row in ROWS if row["area"] == "A"]  # 30 t over 80 people: 0.375
    ends = judged(PER_HEAD.since(base).at_most("-50%"), rows, heads)["t"].judgements[0].evidence.ends
    assert [float(end) for end in ends] == pytest.approx([0.375 / 0.55 - 1, 0.375 / 0.45 - 1])
    assert judged(PER_HEAD.since(base).at_most("-20%"), rows, heads)["t"].verdict is ei.Verdict.UNDETERMINED


def test_a_published_share_is_a_base():
    """32.2% of waste, 38 of 118 tonnes, against 30.0%, which may be 29.95% to 30.05%; no share passes 100%."""
    base, share = ei.published("30.0%", year=2019), Fraction(38, 118)
    points = judged(SHARE.since(base).points.at_least("+2 points"))["t"].judgements[0]
    assert points.verdict is ei.Verdict.MET
    assert tuple(points.evidence.ends) == (share - Fraction("0.3005"), share - Fraction("0.2995"))
    change = judged(SHARE.since(base).at_least("+8%"))["t"].judgements[0]
    assert tuple(change.evidence.ends) == (share / Fraction("0.3005") - 1, share / Fraction("0.2995") - 1)
    assert change.verdict is ei.Verdict.NOT_MET
    whole = judged(SHARE.since(ei.published("100%", year=2019)).points.at_least("-70 points"))["t"].judgements[0]
    assert tuple(whole.evidence.ends) == (share - 1, share - Fraction("0.995"))


def test_each_year_against_the_year_before():
    rows = [{"area": "A", "year": year, "sector": "waste", "emitted": 100 - year % 10} for year in range(2020, 2024)]
    card = judged(EMISSIONS.since(ei.YEAR_BEFORE).below("+0%"), rows, year=None, by=["area", "year"])
    assert [card["t", ("A", year)].verdict.name for year in range(2020, 2024)] == ["UNDETERMINED"] + 3 * ["MET"]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: EMISSIONS.since(2020).at_most("30%"), "sign"),
        (lambda: EMISSIONS.since(2020).at_most("-30"), "sign"),
        (lambda: EMISSIONS.since(2020).at_most(-0.3), "text"),
        (lambda: SHARE.since(2020).points.at_most("-5%"), "points"),
        (lambda: EMISSIONS.since("").at_most("-5%"), "base"),
        (lambda: EMISSIONS.since(20).at_most("-5%"), "base"),
        (lambda: EMISSIONS.since(True), "base"),
        (lambda: EMISSIONS.since(2020).since(2019), "change"),
        (lambda: EMISSIONS.since(2020).points, "no points"),
        (lambda: PER_HEAD.since(ei.published("560 kilogram", year=2019)), "ratio"),
        (lambda: PER_HEAD.since(ei.published("560 mile/person", year=2019)), "mile"),
        (lambda: ei.published("many", year=2019), "number"),
        (lambda: EMISSIONS.at_most("457"), "no unit"),
        (lambda: EMISSIONS.at_most("457 kilometre"), "kilometre"),
        (lambda: EMISSIONS.at_most(457), "text with its unit"),
        (lambda: EMISSIONS.at_most("1.234 tonne"), "two ways"),
        (lambda: EMISSIONS.at_most("98%"), "unit '%'"),
        (lambda: PER_HEAD.at_least("1 tonne"), "ratio"),
        (lambda: PER_HEAD.at_least("1 person/tonne"), "person"),
        (lambda: EMISSIONS.up_to("0 tonne"), "cap"),
        (lambda: EMISSIONS.up_to("5"), "no unit"),
        (lambda: EMISSIONS.less(PER_HEAD), "expected an amount"),
        (lambda: EMISSIONS.less(ei.Amount("people", "people", table=PEOPLE)), "one unit"),
        (lambda: ei.Ratio("r", "r", WASTE, per=EMISSIONS), "Share"),
        (lambda: ei.Ratio("r", "r", WASTE, per=PER_HEAD), "per"),
    ],
)
def test_what_is_no_level_base_or_amount_is_refused_with_a_hint(make, said):
    with pytest.raises(ei.DefinitionError, match=said):
        make()


@pytest.mark.filterwarnings("ignore::envindicators.CoverageWarning")
def test_what_would_settle_it_is_asked_only_of_groups_that_add_up():
    rows = [row | {"emitted": 9} for row in ROWS if row["area"] == "A" or row["year"] != 2030]
    capped = EMISSIONS.less(WASTE.up_to("1 tonne")).at_most("20 tonne")
    amount, ratio = (indicator.since(2020).at_most("-30%") for indicator in (EMISSIONS, PER_HEAD))
    for requirement, groups in ((amount, True), (ratio, False), (capped, False)):
        card = judged(requirement, rows, expected=["A", "B"])
        assert card["t"].verdict is ei.Verdict.UNDETERMINED
        assert bool(card.needed_reports("t")) is groups
        assert card.explain("t").to_text()


REMOVED = ei.Amount("removed", "removed", table=ei.Table("sinks", GAS.unit, total="removed", period="flow"))


def test_of_a_net_base_that_is_below_nothing_there_is_no_change():
    rows = [{"area": "A", "year": year, "sector": "energy", "emitted": 0} for year in (2020, 2030)]
    sinks = [{"area": "A", "year": 2020, "removed": 1}, {"area": "B", "year": 2030, "removed": 1}]
    net = EMISSIONS.less(REMOVED, key="net").since(2020).at_most("-10%")
    programme = ei.Programme("p", "p", _document(), [ei.Target("t", _clause(), 2030, net)])
    options = {"year": 2030, "by": "area", "on_missing_area": "ignore"}
    judgement = ei.evaluate(programme, {"gas": rows, "sinks": sinks}, **options)["t", "A"].judgements[0]
    assert judgement.verdict is ei.Verdict.NOT_APPLICABLE
    assert judgement.evidence.ends is None


def test_nothing_now_is_a_fall_by_all_against_a_figure_that_rounds_to_nothing():
    rows = [{"area": "A", "year": 2030, "sector": "energy", "emitted": 0}]
    required = EMISSIONS.since(ei.published("0.0 tonne", year=2020)).at_most("-10%")
    assert judged(required, rows)["t"].judgements[0].evidence.ends == (-1, -1)


def test_a_net_amount_below_nothing_has_no_least_change_against_a_year_of_which_nothing_is_known():
    rows = [{"area": "A", "year": 2030, "sector": "energy", "emitted": 0}]
    sinks = [{"area": "A", "year": 2030, "removed": 5}]
    net = EMISSIONS.less(REMOVED, key="net").since(2020).at_most("-10%")
    programme = ei.Programme("p", "p", _document(), [ei.Target("t", _clause(), 2030, net)])
    card = ei.evaluate(programme, {"gas": rows, "sinks": sinks}, year=2030, by="area")
    assert card["t"].judgements[0].evidence.ends == (None, -1)
    (row,) = card.to_frame(groups=False, backend="rows")
    assert (row["value_lower"], row["value_upper"]) == (None, -1)


def test_groups_of_a_ratio_whose_numerator_is_capped_do_not_settle_it():
    capped = ei.Ratio("ratio", "ratio", EMISSIONS.up_to("5 tonne"), per=OTHER)
    assert not capped.settled_by_groups
    rows = [{"area": area, "year": 2030, "sector": "energy", "emitted": 4} for area in "AB"]
    people = [{"area": area, "year": 2030, "persons": 1} for area in "AB"]
    programme = ei.Programme(
        "p", "p", _document(), [ei.Target("t", _clause(), 2030, capped.at_least("3 tonne/person"))]
    )
    card = ei.evaluate(programme, {"gas": rows, "others": people}, year=2030, by="area")
    assert card["t"].verdict is ei.Verdict.NOT_MET
    assert [card["t", area].verdict for area in "AB"] == [ei.Verdict.MET] * 2


@pytest.mark.parametrize(
    ("figure", "en", "vi"),
    [("30.0%", "30.0% (2020)", "30,0% (2020)"), ("12 tonne", "12 tonne (2020)", "12 tonne (2020)"),
     ("-0.50 tonne", "-0.50 tonne (2020)", "-0,50 tonne (2020)")],
)  # fmt: skip
def test_a_published_figure_is_shown_with_all_its_digits(figure, en, vi):
    known = ei.published(figure, year=2020)
    assert (known.in_("en"), known.in_("vi"), str(known)) == (en, vi, en)
    of = SHARE if figure.endswith("%") else EMISSIONS
    (remark,) = of.since(known).remarks
    assert remark.in_("vi") == f"So với: {vi}."
    assert ei.published(known.written, year=2020) == known
