"""Means from tables to verdicts, on every engine, and what is refused."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from defined import _clause, _document

import envindicators as ei

MICROGRAM = ei.Unit("µg/m3", "µg/m³", grain=1000)
HOUR = ei.Unit("hour", ei.Text(en="hours", vi="giờ"))


def table(**given):
    stated = {"values": [ei.Value("pm25", MICROGRAM, "PM2.5")], "categories": {"site": ["street", "park"]}} | given
    return ei.Table("air", HOUR, total="hours", period="flow", **stated)


def limited(*limits, **given):
    return table(values=[ei.Value("pm25", MICROGRAM, "PM2.5", limits=limits)], **given)


def mean(of=None, **given):
    return ei.Mean("pm25", "PM2.5", table=of or table(), **{"of": "pm25", "weight": "hours"} | given)


def programme(requirement):
    return ei.Programme("p", "p", _document(), [ei.Target("t", _clause(), 2020, requirement)])


def judged(requirement, rows, **options):
    return ei.evaluate(programme(requirement), {"air": rows}, **{"year": 2020, "by": "area"} | options)


ROWS = [
    {"area": "A", "site": "street", "hours": 8000, "pm25": 38.2},
    {"area": "A", "site": "park", "hours": 2000, "pm25": 20.15},
    {"area": "B", "site": "park", "hours": 4000, "pm25": 41.0},
]


def ends(judgement):
    return tuple(None if end is None else end / 1000 for end in judgement.evidence.ends)


def test_a_mean_is_weighted_and_never_a_mean_of_means():
    card = judged(mean().below("40 µg/m3"), ROWS)
    assert ends(card["t", "A"].judgements[0]) == (Fraction("34.59"),) * 2
    assert ends(card["t"].judgements[0]) == (Fraction(3459 * 100 + 41 * 4000, 14000),) * 2
    assert card["t"].verdict is ei.Verdict.MET
    assert card["t", "B"].verdict is ei.Verdict.NOT_MET


@pytest.mark.parametrize(
    "make",
    [
        pd.DataFrame,
        pl.DataFrame,
        pl.LazyFrame,
        pa.Table.from_pylist,
        lambda rows: {name: [row[name] for row in rows] for name in rows[0]},
        lambda rows: [{**row, "pm25": Decimal(str(row["pm25"]))} for row in rows],
        lambda rows: pd.DataFrame(rows).astype({"pm25": object}),
        lambda rows: pl.DataFrame(rows).with_columns(pl.col("pm25").cast(pl.Float32)),
        lambda rows: iter([pd.DataFrame(rows[:1]), pd.DataFrame(rows[1:])]),
    ],
)
def test_every_engine_gives_the_same(make):
    rows = [*ROWS, {"area": "C", "site": "park", "hours": 10, "pm25": 33.333}]
    assert judged(mean().below("40 µg/m3"), make(rows)) == judged(mean().below("40 µg/m3"), rows)


def test_a_missing_value_is_open_from_zero_or_within_the_limits_of_its_column():
    rows = [*ROWS[:2], {**ROWS[2], "pm25": None}]
    open_ended = judged(mean().below("40 µg/m3"), rows)["t"]
    assert ends(open_ended.judgements[0]) == (Fraction(345900, 14000), None)
    assert (open_ended.verdict, open_ended.reason) == (ei.Verdict.UNDETERMINED, "unknown_values")
    within = judged(mean(limited("5 µg/m3", "50 µg/m3")).below("40 µg/m3"), rows)["t"]
    assert ends(within.judgements[0]) == (Fraction(365900, 14000), Fraction(545900, 14000))
    assert within.verdict is ei.Verdict.MET


def test_a_rule_narrows_it_and_then_its_bounds_are_only_safe():
    street = mean(where=ei.one_of("site", "street"))
    assert (mean().sharp, street.sharp) == (True, False)
    card = judged(street.below("40 µg/m3"), ROWS)
    assert ends(card["t"].judgements[0]) == (Fraction("38.2"),) * 2
    assert card["t", "B"].verdict is ei.Verdict.NOT_APPLICABLE
    unknown = judged(street.below("40 µg/m3"), [ROWS[0], {**ROWS[1], "site": None}])["t"].judgements[0]
    least, greatest = ends(unknown)
    assert least <= Fraction("34.59")
    assert greatest >= Fraction("38.2")


def test_levels_by_group_and_every_station():
    card = judged(mean().below(ei.by("site", street="40 µg/m3", park="35 µg/m3")), ROWS)
    assert card["t", "A"].verdict is ei.Verdict.MET
    assert card["t", "B"].verdict is ei.Verdict.NOT_MET
    card = judged(mean().below("40 µg/m3").every("area"), ROWS, expected=["A", "B"])
    assert card["t"].judgements[0].tally == ei.Tally(1, 1)


def test_a_mean_since_another_year():
    rows = [
        {**row, "year": year, "pm25": row["pm25"] * (1 if year == 2020 else 2)} for row in ROWS for year in (2019, 2020)
    ]
    card = judged(mean().since(2019).at_most("-10%"), rows)
    assert card["t"].judgements[0].evidence.ends == (Fraction(-1, 2),) * 2
    assert card["t"].verdict is ei.Verdict.MET
    open_ended = judged(mean().since(2019).at_most("-10%"), [{**rows[0], "pm25": None}, *rows[1:]])
    assert open_ended["t"].verdict is ei.Verdict.UNDETERMINED
    assert str(open_ended.explain("t"))


def test_a_value_beside_counts_belongs_to_all_units_of_its_row():
    own = table(parts=["valid"])
    rows = [{**row, "valid": valid} for row, valid in zip(ROWS, (6000, 2000, None), strict=True)]
    judgement = judged(mean(own, where=ei.flag("valid")).below("40 µg/m3"), rows)["t", "A"].judgements[0]
    assert ends(judgement) == (Fraction(382 * 600 + 2015 * 20, 8000),) * 2


def test_records_are_one_unit_each_and_need_no_weight():
    own = table(id="reading", categories={})
    rows = [{"area": "A", "reading": place, "pm25": value} for place, value in enumerate([30, 50.5, None])]
    judgement = judged(mean(own, weight=None).below("40 µg/m3"), rows)["t"].judgements[0]
    assert judgement.evidence == judged(mean(own).below("40 µg/m3"), rows)["t"].judgements[0].evidence
    assert ends(judgement) == (Fraction(805, 30), None)


def test_a_column_of_values_that_did_not_come_leaves_its_mean_undetermined():
    card = judged(mean().below("40 µg/m3"), [{key: row[key] for key in ("area", "site", "hours")} for row in ROWS])
    assert (card["t"].verdict, card["t"].reason) == (ei.Verdict.UNDETERMINED, "no_column")
    assert [missing.name for missing in card.missing["air"]] == ["pm25"]


def test_no_hours_have_no_mean():
    card = judged(mean().below("40 µg/m3"), [{**ROWS[0], "hours": 0}])
    assert card["t"].verdict is ei.Verdict.NOT_APPLICABLE


def test_rows_that_are_totals_leave_with_their_values():
    rows = [
        {"area": area, "site": "park", "hours": hours, "pm25": value}
        for area, hours, value in [("A", 1, 10), ("B", 2, 20), ("C", 3, 30), ("Total", 6, 90)]
    ]
    card = judged(mean().below("40 µg/m3"), ei.Form(totals="drop").of(rows))
    assert ends(card["t"].judgements[0]) == (Fraction(140, 6),) * 2


def test_a_card_shows_values_with_their_unit():
    rows = [*ROWS[:2], {**ROWS[2], "pm25": None}]
    card = judged(mean(limited("0 µg/m3", "2000 µg/m3")).below("40 µg/m3"), rows)
    assert "24.7–596.14 µg/m³" in str(card)
    assert "24,7–596,14 µg/m³" in card.with_lang("vi").to_html()
    told = str(card.explain("t"))
    assert "it lies between 0 µg/m³ and 2,000 µg/m³" in told
    assert "Mean of PM2.5 over all hours." in told
    assert "column 'pm25': blank" in told
    assert "B (4,000 hours not certain)" in told
    frame = card.to_frame(backend="rows", groups=False)
    assert (frame[0]["unit"], frame[0]["numerator_lower"], frame[0]["denominator_lower"]) == ("µg/m3", 345900, 14000)
    assert frame[0]["value_upper"] == pytest.approx(596.1357142857143)
    assert ei.Scorecard.from_json(card.to_json()) == card


def test_a_mean_since_a_published_figure():
    card = judged(mean().since(ei.published("74 µg/m3", year=2015)).at_most("-50%"), ROWS)
    assert card["t"].verdict is ei.Verdict.MET  # 36.42 of at least 73.5
    card = judged(mean().since(ei.published("72.8 µg/m3", year=2015)).at_most("-50%"), ROWS)
    assert card["t"].verdict is ei.Verdict.UNDETERMINED


def test_rows_that_should_have_come_are_hours_of_no_known_value():
    expected = {"air": [{key: row[key] for key in ("area", "site", "hours")} for row in ROWS]}
    requirement = mean(limited("0 µg/m3", "50 µg/m3")).below("40 µg/m3")
    found = judged(requirement, ROWS[:2], expected=expected)["t"].judgements[0]
    assert found.evidence == judged(requirement, [*ROWS[:2], {**ROWS[2], "pm25": None}])["t"].judgements[0].evidence


def test_cells_of_no_year_are_of_the_year_evaluated():
    own = programme(mean().below("40 µg/m3"))
    cells = ei.condense(own, {"air": ROWS[:1]}, by="area", year=2020) + ei.condense(own, {"air": ROWS[1:]}, by="area")
    assert ei.evaluate(own, cells, year=2020) == ei.evaluate(own, {"air": ROWS}, year=2020, by="area")


def test_totals_leave_records_of_another_office_their_values():
    own = programme(mean(table(id="reading"), weight=None).below("40 µg/m3"))
    rows = [
        {"area": area, "site": "park", "hours": hours, "pm25": value}
        for area, hours, value in [("A", 1, 10), ("B", 2, 20), ("C", 3, 30), ("Total", 6, 90)]
    ]
    records = [{"area": "C", "site": "park", "reading": 1, "pm25": 70}]
    form = ei.Form(totals="drop")
    held, other = ({"air": form.of(each)} for each in (rows, records))
    cells = ei.condense(own, other, by="area", year=2020) + ei.condense(own, held, by="area", year=2020)
    card = ei.evaluate(own, cells, year=2020)
    assert ends(card["t"].judgements[0]) == (Fraction(210, 7),) * 2
    late = ei.condense(own, {"air": form.of(rows[:2])}, by="area", year=2020)
    for each in (other, {"air": form.of(rows[2:])}):
        late = late + ei.condense(own, each, by="area", year=2020)
    assert late.tables["air"] == cells.tables["air"]


def test_a_micro_sign_may_be_either_of_two_letters():
    for mu in "\N{MICRO SIGN}\N{GREEK SMALL LETTER MU}":
        assert mean().below(f"40 {mu}g/m3").threshold.level == 40_000


@pytest.mark.parametrize("limits", [("0 µg/m3", "2000 µg/m3"), ("-5 µg/m3", None)])
def test_a_programme_with_a_mean_is_kept_as_a_file(tmp_path, limits):
    own = programme(mean(limited(*limits)).below("40 µg/m3"))
    for name, text in (("p.toml", own.to_toml()), ("p.json", own.to_json())):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert ei.Programme.load(tmp_path / name) == own


# daily measurements, of which some days are missing: the figures of a made-up file and their truth

DAYS = {
    "Trạm 1": [31.5, 28, 44.2, 50, 50.4, 36.1, 22.9, 27.3, 30, 33.6],
    "Trạm 2": [38, 41.7, None, 35.2, 47.9, 29.4, None, 33.3, 36, 40.1],
    "Trạm 3": [61.2, 58, 49.5, None, 72.3, 55.1, None, 50.1, 47, 66.8],
}
MEANS = {
    "Trạm 1": ("177/5", "177/5", "177/5", "MET", 10),
    "Trạm 2": ("754/25", None, "3254/25", "UNDETERMINED", 8),
    "Trạm 3": ("46", None, "146", "NOT_MET", 8),
    None: ("2789/75", None, "7789/75", "UNDETERMINED", 26),
}
"""By station the bounds of the mean, the upper one within limits, the verdict without them, and the days known."""


def test_daily_measurements_with_days_that_are_missing():
    rows = [
        {"area": station, "line": f"{station}, {day}", "pm25": value}
        for station, values in DAYS.items()
        for day, value in enumerate(values, start=1)
    ]
    day = ei.Unit("day", "days")
    for limits in (None, ("0 µg/m3", "500 µg/m3")):
        own = ei.Table(
            "air", day, total="days", id="line", period="flow", values=[ei.Value("pm25", MICROGRAM, limits=limits)]
        )
        requirement = mean(own, weight=None).below("40 µg/m3")
        card = judged(requirement, pd.DataFrame(rows))
        for station, (least, greatest, with_limits, verdict, days) in MEANS.items():
            found = card["t"] if station is None else card["t", station]
            high = with_limits if limits else greatest
            assert ends(found.judgements[0]) == (Fraction(least), None if high is None else Fraction(high))
            assert found.verdict.name == verdict
            known = found.judgements[0].evidence.known
            assert known.denominator.least == days
            values = [
                value for name, held in DAYS.items() for value in held if value is not None and station in (name, None)
            ]
            assert Fraction(known.numerator.least, 1000) == sum(Fraction(str(value)) for value in values)
        frame = card.to_frame(backend="rows")
        assert [row["observed"] for row in frame] == pytest.approx([35.4, 37.7, 57.5])
        assert [row["coverage"] for row in frame] == [1.0, 0.8, 0.8]
        stations = judged(requirement.every("area"), rows, expected=list(DAYS))["t"]
        assert stations.judgements[0].tally == ei.Tally(1, 1, 1)
        assert stations.verdict is ei.Verdict.NOT_MET


# what is refused


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: mean(weight=None), "a mean without weights; say weight='hours'"),
        (lambda: mean(weight="days"), "the weight is 'days'; expected 'hours'"),
        (lambda: ei.Mean("m", "m", table=table(), of="pm_25", weight="hours"), "did you mean 'pm25'"),
        (lambda: ei.Mean("m", "m", table=table(), of=mean(), weight="hours"), "never averaged"),
        (lambda: ei.Mean("m", "m", table=table(), of=3, weight="hours"), "expected the key of a value column"),
        (lambda: mean().below("40"), "has no unit; expected one of µg/m3"),
        (lambda: mean().below("40 mg/m3"), "has the unit 'mg/m3'"),
        (lambda: mean().below("40%"), "has the unit '%'"),
        (lambda: mean().below(40), "a level is text with its unit"),
        (lambda: mean().since(2020).at_most("10%"), "with its sign"),
        (lambda: mean(where=ei.flag("valid")), "'valid' is not among the parts"),
        (lambda: limited("0", "5 µg/m3"), "has no unit"),
        (lambda: limited("5 µg/m3", "0 µg/m3"), "exchange them"),
        (lambda: limited("0.0001 µg/m3", "5 µg/m3"), "finer than 1/1000"),
        (lambda: limited(), "two levels with their unit"),
        (lambda: limited(None, "5 µg/m3"), "two levels with their unit"),
        (lambda: ei.Value("pm25", MICROGRAM, limits="0 µg/m3"), "two levels with their unit"),
        (lambda: table(values="pm25"), "a dict from columns to their units"),
        (lambda: table(values=["pm25"]), "a dict from columns to their units"),
        (lambda: table(values={"hours": MICROGRAM}), "the column 'hours' is named twice"),
        (lambda: table(values={"pm25": "µg/m3"}), "unit is 'µg/m3'; expected a Unit"),
    ],
)
def test_a_mean_that_is_none_is_refused_when_it_is_made(make, words):
    with pytest.raises((ei.DefinitionError, TypeError), match=re.escape(words)):
        make()


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (-1, "negative"),
        (-0.5, "negative"),
        (30.0005, "too_fine"),
        (Decimal("30.0005"), "too_fine"),
        (math.inf, "not_finite"),
        ("31,5", "number_type"),
        (True, "number_type"),
        (1e300, "float_too_large"),
        (10**19, "too_large"),
    ],
)
def test_a_value_that_is_none_is_refused(value, kind):
    rows = [{**ROWS[0], "pm25": value}, ROWS[2]]
    found = ei.check(programme(mean().below("40 µg/m3")), {"air": rows}, year=2020)
    assert [(problem.kind, problem.row, problem.column) for problem in found] == [(kind, 0, "pm25")]
    with pytest.raises(ei.InvalidTable):
        judged(mean().below("40 µg/m3"), rows)


def test_a_nan_of_an_engine_that_has_nulls_is_refused():
    frame = pl.DataFrame(ROWS).with_columns(pm25=pl.lit(math.nan))
    with pytest.raises(ei.InvalidTable):
        judged(mean().below("40 µg/m3"), frame)


def test_a_value_beyond_the_limits_of_its_column_is_refused():
    own = mean(limited("-10 µg/m3", "100 µg/m3"))
    for value in (-10.5, -11, 100.001, 101):
        with pytest.raises(ei.InvalidTable, match="within the limits of the column: -10 µg/m3 – 100 µg/m3"):
            judged(own.below("40 µg/m3"), [{**ROWS[0], "pm25": value}])
    assert ends(judged(own.below("40 µg/m3"), [{**ROWS[0], "pm25": -10}])["t"].judgements[0]) == (-10, -10)


@pytest.mark.parametrize(("written", "value"), [("35,2", 35.2), ("1.035,2", 1035.2), ("-", 0), ("...", None)])
def test_values_are_written_as_a_form_says_that_numbers_are(written, value):
    """A decimal comma and marks for none and not known, as in totals and parts."""
    form = ei.Form(numbers="1.234,5", zero=["-"], blank=["..."])
    row = {"area": "A", "site": "park", "hours": 10, "pm25": value}
    wanted = judged(mean().below("40 µg/m3"), [row])
    read = judged(mean().below("40 µg/m3"), form.of([row | {"hours": "10", "pm25": written}]))
    assert read.to_frame(backend="rows") == wanted.to_frame(backend="rows")
