"""Laws of `expected=`, of ``card.missing`` and of `CoverageWarning`: what did not come is never silent."""

from fractions import Fraction

import pandas as pd
import pytest
from forms import evaluate

import envindicators as ei
from envindicators.algebra.tally import Rate, Tally
from envindicators.algebra.verdict import Verdict
from envindicators.programmes import soc_trang_2020

quiet = pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning")
NOTHING = {"out", "satisfied", "failed"}


def rows_of(*rows, year=None):
    """Return residents: (area, settlement, persons, with water)."""
    found = [dict(zip(("area", "settlement", "persons", "hygienic_water"), row, strict=True)) for row in rows]
    return found if year is None else [row | {"year": year} for row in found]


CAME = rows_of(("A", "rural", 100, 100), ("A", "urban", 50, 50), ("B", "rural", 200, 200), ("B", "urban", 10, 10))


def card_of(expected, came=CAME, **options):
    """Return the scorecard of residents of whom some were expected."""
    return ei.evaluate(soc_trang_2020, {"residents": came}, expected=expected, **{"year": 2020, "by": "area"} | options)


def missing(card, table="residents", *what):
    """Return the names of what is missing in a table."""
    return [each.name for each in card.missing.get(table, ()) if each.what in (what or ("area", "group", "row"))]


# Lists of areas


@pytest.mark.parametrize(
    "areas", [["A", "B", "C"], ("C", "B", "A"), pd.Series(["A", "B", "C"]).tolist(), ["A", "B", "C", "C"]]
)
def test_an_expected_area_that_did_not_come_is_undetermined(areas):
    """It is a group of its own, of unknown size, and leaves every total over it open."""
    card = card_of(areas)
    assert card.groups == ["A", "B", "C"]
    assert card["rural_water", "C"].tally == Tally(unsized=NOTHING)
    assert card["rural_water", "C"].reason == "not_reported"
    assert card["rural_water", "A"].verdict is Verdict.MET
    assert card["rural_water"].verdict is Verdict.UNDETERMINED
    assert card["rural_water"].tally == Tally(satisfied=300, unsized=NOTHING)
    assert missing(card) == ["C"]


@pytest.mark.parametrize("by", [None, "area", "year", ["area", "year"]])
def test_an_area_that_did_not_come_opens_the_whole_with_every_by(by):
    """Taken by area also without ``by=``, so the whole is one."""
    card = card_of(["A", "B", "C"], came=rows_of(*[tuple(row.values()) for row in CAME], year=2020), by=by)
    assert card["rural_water"].tally == Tally(satisfied=300, unsized=NOTHING)
    assert missing(card) == ["C"]


def test_all_that_was_expected_came():
    """Then nothing is missing, and nothing is open."""
    card = card_of(["A", "B"])
    assert missing(card) == []
    assert card["rural_water"].verdict is Verdict.MET
    assert card == card_of(None)


def test_an_area_that_nobody_expected_is_kept_and_listed():
    """Its residents count, and a note says that it came."""
    card = card_of(["A"])
    assert card["rural_water"].tally == Tally(300)
    assert [(p.value, p.severity) for p in card.problems if p.kind == "unexpected"] == [("B", "note")]


def test_areas_may_be_expected_table_by_table():
    """An area expected of one table is a group everywhere, and open where it did not come."""
    waste = [{"area": "A", "stream": "medical", "generated": 1, "collected": 1, "treated_to_standard": 1}]
    tables = {"residents": CAME, "waste": [waste[0], waste[0] | {"area": "B"}]}
    card = ei.evaluate(soc_trang_2020, tables, year=2020, by="area", expected={"waste": ["A", "B", "C"]})
    assert card.groups == ["A", "B", "C"]
    assert card["medical_waste", "C"].reason == "not_reported"
    assert card["medical_waste"].verdict is Verdict.UNDETERMINED
    assert missing(card, "waste") == ["C"]


def test_what_was_expected_of_a_table_that_did_not_come_is_not_forgotten():
    """The groups are all that stand in any table, and those expected, though the table itself did not come."""
    card = ei.evaluate(
        soc_trang_2020,
        {"residents": CAME},
        year=2020,
        by="area",
        expected={"waste": ["A", "B", "C"], "residents": ["A", "B"]},
    )
    assert card["medical_waste"].reason == "no_table"
    assert "C" in card.groups


@pytest.mark.parametrize("expected", ["A", 5, [None], [1.5], {"residents": "A"}])
def test_what_is_no_list_of_areas_is_refused(expected):
    """A string is not a list of its letters; a blank or a fraction is no area."""
    with pytest.raises((ei.InvalidTable, TypeError)):
        card_of(expected)


def test_an_unknown_table_is_refused_with_the_nearest():
    """A misspelt table in ``expected`` must not be silently nothing."""
    with pytest.raises(ei.InvalidTable, match="residents"):
        card_of({"residnts": ["A"]})


def test_two_spellings_of_an_expected_area_are_refused():
    """An expected 'a' is not quietly another area than 'A'."""
    with pytest.raises(ei.InvalidTable):
        card_of(["a", "B"])


# Frames of rows

SHOULD = {
    "area": ["A", "A", "B", "B", "C", "C"],
    "settlement": ["rural", "urban"] * 3,
    "persons": [100, 50, 200, 10, 40, None],
}


def _frames():
    yield "dict", SHOULD
    yield "rows", [dict(zip(SHOULD, row, strict=True)) for row in zip(*SHOULD.values(), strict=True)]
    yield "pandas", pd.DataFrame(SHOULD)


@pytest.mark.parametrize("frame", [frame for _, frame in _frames()], ids=[name for name, _ in _frames()])
@pytest.mark.parametrize("by", ["area", None])
def test_expected_rows_of_known_size_are_unknown_and_others_unsized(frame, by):
    """40 rural people of C are 40 unknown; the urban ones, of no known size, leave no end."""
    card = card_of({"residents": frame}, by=by)
    assert card["rural_water"].tally == Tally(300, 0, 40)
    assert card["rural_water"].rate == Rate(Fraction(300, 340), 1)
    assert card["urban_water"].tally == Tally(satisfied=60, unsized={"satisfied", "failed"})
    assert card["urban_water"].reason == "not_reported"
    assert len(missing(card, "residents", "row")) == 2
    if by:
        assert card.groups == ["A", "B", "C"]
        assert card["rural_water", "C"].tally == Tally(unknown=40)
        assert card["rural_water", "C"].reason == "unknown_values"


def test_polars_and_pyarrow_may_say_what_was_expected():
    """The same in the other frames."""
    card = card_of({"residents": SHOULD})
    for name in ("polars", "pyarrow"):
        library = pytest.importorskip(name)
        frame = library.table(SHOULD) if name == "pyarrow" else library.DataFrame(SHOULD)
        assert card_of({"residents": frame}) == card


def test_rows_that_came_are_not_missing():
    """All rows came with the totals that were expected: the same card as without."""
    frame = {name: values[:4] for name, values in SHOULD.items()}
    card = card_of({"residents": frame})
    assert missing(card) == []
    assert card["rural_water"].verdict is Verdict.MET
    assert card == card_of(None)


def test_a_total_that_differs_is_refused_with_both_numbers():
    """200 came and 250 were expected: neither is silently taken."""
    frame = SHOULD | {"persons": [100, 50, 250, 10, 40, None]}
    with pytest.raises(ei.InvalidTable) as caught:
        card_of({"residents": frame})
    (problem,) = caught.value.problems
    assert "250" in str(problem)
    assert "200" in str(problem)
    assert problem.table == "residents"
    assert problem.column == "persons"
    assert problem.row == 2


def test_totals_are_compared_in_the_unit_that_came():
    """Tonnes against tonnes: 0.1 + 0.2 tonnes are 300 kg."""
    came = [
        {"area": "A", "stream": "medical", "generated": 0.3, "collected": 0.3, "treated_to_standard": 0.3},
        {"area": "B", "stream": "medical", "generated": 2, "collected": 2, "treated_to_standard": 2},
    ]
    should = {"area": ["A", "B", "C"], "stream": ["medical"] * 3, "generated": [0.3, 2, 1.5]}
    card = evaluate(
        soc_trang_2020, {"waste": came}, year=2020, by="area", units={"waste": "tonne"}, expected={"waste": should}
    )
    assert card["medical_waste"].tally == Tally(2_300_000, 0, 1_500_000)
    should["generated"][0] = 0.31
    with pytest.raises(ei.InvalidTable):
        evaluate(soc_trang_2020, {"waste": came}, year=2020, units={"waste": "tonne"}, expected={"waste": should})


def test_a_row_that_nobody_expected_is_kept_and_listed():
    """The urban people of B count though only rural ones were expected."""
    frame = {"area": ["A", "A", "B"], "settlement": ["rural", "urban", "rural"], "persons": [100, 50, 200]}
    card = card_of({"residents": frame})
    assert card["urban_water"].tally == Tally(60)
    (note,) = [problem for problem in card.problems if problem.kind == "unexpected"]
    assert note.severity == "note"
    assert "B" in str(note.value)


def test_an_expected_row_twice_is_refused():
    """What should have come is a list of distinct rows."""
    frame = {"area": ["C", "C"], "settlement": ["rural"] * 2, "persons": [40, 50]}
    with pytest.raises(ei.InvalidTable):
        card_of({"residents": frame})


def test_without_totals_only_the_keys_are_expected():
    """A frame of keys alone leaves rows that did not come without a size."""
    card = card_of({"residents": {name: SHOULD[name] for name in ("area", "settlement")}})
    assert card["rural_water"].tally == Tally(satisfied=300, unsized={"satisfied", "failed"})
    assert card["rural_water", "C"].verdict is Verdict.UNDETERMINED


def test_a_known_size_never_counts_as_failed_nor_as_satisfied():
    """Expected and silent: between nobody and everybody, so it can save no target and lose none by itself."""
    frame = {
        "area": ["A", "A", "B", "B", "C"],
        "settlement": ["rural", "urban", "rural", "urban", "rural"],
        "persons": [100, 50, 200, 10, 5],
    }
    card = card_of({"residents": frame})
    assert card["rural_water"].tally == Tally(300, 0, 5)
    assert card["rural_water"].verdict is Verdict.MET  # 300 of 305 are 98.4% whatever the five say
    frame["persons"][-1] = 7
    assert card_of({"residents": frame})["rural_water"].verdict is Verdict.UNDETERMINED


def test_cells_can_be_expected_of_too():
    """The same of cells as of frames, whole or added up."""
    first, second = (ei.condense(soc_trang_2020, {"residents": part}, by="area") for part in (CAME[:2], CAME[2:]))
    for expected in (["A", "B", "C"], {"residents": SHOULD}):
        card = ei.evaluate(soc_trang_2020, first + second, year=2020, expected=expected)
        assert card == card_of(expected)


def test_expected_rows_are_of_their_year():
    """A row expected of another year than the one asked for is not missing in this one."""
    came = rows_of(*[tuple(row.values()) for row in CAME], year=2020)
    frame = SHOULD | {"year": [2020] * 4 + [2019] * 2}
    card = card_of({"residents": frame}, came=came)
    assert card["rural_water"].verdict is Verdict.MET
    assert missing(card) == []


def test_a_year_that_was_expected_and_did_not_come_is_not_forgotten():
    """With year in ``by``, a row expected of a year of which nothing came is a group of its own, and missing."""
    came = rows_of(("A", "rural", 5, 5), year=2020)
    frame = {"area": ["A", "A"], "year": [2019, 2020], "settlement": ["rural"] * 2, "persons": [7, 5]}
    card = card_of({"residents": frame}, came=came, by=["area", "year"], year=None)
    assert card.groups == [("A", 2019), ("A", 2020)]
    assert card["rural_water", ("A", 2019)].tally == Tally(unknown=7)
    assert len(missing(card)) == 1


def test_rows_expected_without_a_year_are_refused_where_several_years_came():
    """Which of the years a row is expected of is not guessed."""
    came = rows_of(("A", "rural", 5, 5), year=2019) + rows_of(("A", "rural", 5, 5), year=2020)
    frame = {"area": ["A", "B"], "settlement": ["rural"] * 2, "persons": [5, 5]}
    with pytest.raises(ei.InvalidTable, match="expected a column year"):
        card_of({"residents": frame}, came=came, by=["area", "year"], year=None)
    assert missing(card_of({"residents": frame}, came=came[1:], by=["area", "year"], year=None))


def test_known_parts_above_the_expected_total_are_refused():
    """80 collected of an unknown amount cannot be part of the 50 that were expected."""
    came = _waste("A")[0] | {"generated": None, "collected": 80, "treated_to_standard": 70}
    should = {"area": ["A"], "stream": ["medical"], "generated": [50]}
    with pytest.raises(ei.InvalidTable):
        ei.evaluate(soc_trang_2020, {"waste": [came]}, year=2020, expected={"waste": should})


def test_records_are_compared_by_their_number():
    """Establishments one by one: as many as expected, or refused with both numbers."""
    came = {
        "id": [1, 2, 3],
        "area": ["A", "A", "B"],
        "activity": ["both"] * 3,
        "built": [2016] * 3,
        "meets_standards": [True] * 3,
    }
    should = {"area": ["A", "B", "C"], "activity": ["both"] * 3, "establishments": [2, 1, 4]}

    def card():
        return ei.evaluate(
            soc_trang_2020, {"establishments": came}, year=2020, by="area", expected={"establishments": should}
        )

    assert card()["establishment_standards"].tally == Tally(3, 0, 4)
    should["establishments"][0] = 3
    with pytest.raises(ei.InvalidTable, match="3"):
        card()


# What is missing, and the warning


def _waste(*areas):
    return [
        {"area": area, "stream": "medical", "generated": 1, "collected": 1, "treated_to_standard": 1} for area in areas
    ]


@pytest.mark.parametrize("by", ["area", None])
def test_an_area_in_one_table_and_not_in_another_is_warned_of(by):
    """The warning names the area and both tables; the totals over it stay open."""
    tables = {"residents": CAME, "waste": _waste("A", "B", "Z")}
    with pytest.warns(ei.CoverageWarning) as caught:
        card = ei.evaluate(soc_trang_2020, tables, year=2020, by=by)
    (message,) = [str(each.message) for each in caught]
    assert "'Z'" in message
    assert "residents" in message
    assert "waste" in message
    assert card["rural_water"].reason == "not_reported"
    assert card["medical_waste"].verdict is Verdict.MET
    assert missing(card) == ["Z"]
    assert missing(card, "waste") == []


@quiet
def test_each_table_is_warned_of_by_itself():
    """Each lacks what the other has: both stay open."""
    tables = {"residents": CAME, "waste": _waste("A", "Z")}
    with pytest.warns(ei.CoverageWarning) as caught:
        card = ei.evaluate(soc_trang_2020, tables, year=2020, by="area")
    assert len(caught) == 2
    assert {table: missing(card, table) for table in tables} == {"residents": ["Z"], "waste": ["B"]}
    assert card["medical_waste", "B"].tally == Tally(unsized=NOTHING)
    assert card["rural_water", "Z"].tally == Tally(unsized=NOTHING)


def test_tables_of_the_same_areas_are_not_warned_of():
    """No warning where nothing is missing (warnings are errors here)."""
    card = ei.evaluate(soc_trang_2020, {"residents": CAME, "waste": _waste("A", "B")}, year=2020, by="area")
    assert missing(card) == missing(card, "waste") == []


def test_a_table_without_areas_is_one_report():
    """A table of the whole province has no areas that could be missing in it."""
    waste = [{name: value for name, value in row.items() if name != "area"} for row in _waste("A")]
    card = ei.evaluate(soc_trang_2020, {"residents": CAME, "waste": waste}, year=2020)
    assert card["medical_waste"].verdict is Verdict.MET
    assert card["rural_water"].verdict is Verdict.MET


def test_tables_and_columns_that_did_not_come_are_listed():
    """Whole tables and part columns, table by table."""
    rows = {"activity": ["both"], "built": [2016], "establishments": [3], "meets_standards": [3]}
    card = ei.evaluate(soc_trang_2020, {"establishments": rows}, year=2020)
    assert [each.what for each in card.missing["residents"]] == ["table"]
    assert [each.what for each in card.missing["waste"]] == ["table"]
    columns = {each.name for each in card.missing["establishments"] if each.what == "column"}
    assert columns == {"clean_technology", "pollution_reduction", "waste_treatment", "treatment_equipment", "inspected"}


def test_check_tells_of_silence_without_raising():
    """`check` lists what did not come among the gaps, and the differing total among the errors."""
    problems = ei.check(soc_trang_2020, {"residents": CAME}, year=2020, by="area", expected=["A", "B", "C"])
    assert not problems.errors
    assert any("C" in str(problem) for problem in problems.of("gap")), problems
