"""What is computed and worth a look: rows that may be totals, areas that were there another year."""

from __future__ import annotations

import pytest
from defined import _clause, _document
from forms import evaluate

import envindicators as ei
from envindicators.programmes import soc_trang_2020


def residents(*rows, year=None):
    names = ("area", "settlement", "persons", "hygienic_water")
    return [dict(zip(names, row, strict=True)) | ({} if year is None else {"year": year}) for row in rows]


def notes(rows, **options):
    """Return kind, row and value of the notes."""
    found = ei.check(soc_trang_2020, {"residents": rows}, **{"year": 2020} | options)
    assert not found.errors
    return [(each.kind, each.row, each.value) for each in found.of("note")]


PARTS = [("A", "rural", 100, 90), ("B", "rural", 200, 20), ("C", "rural", 40, 40)]


@pytest.mark.parametrize("name", ["TONG CONG", "Tổng  cộng:", "Tong so", "TC", "toan tinh", "To\u0302\u0309ng"])
def test_a_total_is_known_by_its_name_also_without_diacritics(name):
    """Offices write the names of totals in many ways; beside its parts each of them is refused."""
    rows = residents(*PARTS, (name, "rural", 340, 150))
    (problem,) = ei.check(soc_trang_2020, {"residents": rows}, year=2020).errors
    assert (problem.kind, problem.row, problem.value) == ("total_row", 3, name)
    card = evaluate(soc_trang_2020, {"residents": rows}, year=2020, totals="drop")
    assert card["rural_water"].tally == ei.Tally(150, 190)


def test_an_area_of_another_year_is_noted():
    """A district that stood in the table last year and sends nothing is no group, yet not passed over in silence."""
    rows = residents(*PARTS, year=2019) + residents(*PARTS[:2], year=2020)
    assert notes(rows) == [("not_this_year", None, "C")]
    assert notes(rows, by=["area", "year"], year=None) == [("not_this_year", None, "C")]
    assert notes(rows, expected=["A", "B", "C"]) == []
    assert notes(rows, year=2019) == []


def test_a_number_whose_point_may_stand_for_thousands_is_refused(tmp_path):
    """12.345 is twelve thousand to one office and twelve to another; where the column tells, it is read."""
    path = tmp_path / "r.csv"
    path.write_text(
        "area,settlement,persons,hygienic_water\nA,rural,12.000,9.000\nB,rural,1234,100\n", encoding="utf-8"
    )
    found = ei.check(soc_trang_2020, {"residents": ei.scan(path)}, year=2020).errors
    assert [(each.row, each.column, each.value) for each in found] == [
        (0, "persons", "12.000"),
        (0, "hygienic_water", "9.000"),
    ]
    path.write_text("area,stream,generated,collected\nA,medical,12.345,\nB,medical,0.5,\n", encoding="utf-8")
    card = evaluate(soc_trang_2020, {"waste": ei.scan(path)}, year=2020, units={"waste": "tonne"})
    assert card["medical_waste"].tally == ei.Tally(unknown=12_845_000)


def test_what_has_no_truth_value_says_so():
    """An assessment in an ``if`` would always be true."""
    card = ei.evaluate(soc_trang_2020, {"residents": residents(*PARTS)}, year=2020)
    for judged in (card["rural_water"], card["rural_water"].judgements[0], card["rural_water"].verdict):
        with pytest.raises(TypeError, match="no truth value"):
            bool(judged)


def test_what_no_completion_reaches_is_shown_so():
    """Beside one known failure 100% is not reached whatever did not come."""
    rows = residents(("A", "urban", 10, 9))
    card = ei.evaluate(soc_trang_2020, {"residents": rows}, year=2020, expected=["A", "B"])
    assert repr(card["urban_water"]) == "Assessment('urban_water', 'persons': NOT_MET, >0%–<100%)"


@pytest.mark.parametrize("function", [ei.evaluate, ei.check])
def test_a_programme_is_asked_for_first(function):
    with pytest.raises(TypeError, match="expected a Programme first"):
        function("soc_trang_2020", {})


def test_readings_are_a_dict():
    with pytest.raises(TypeError, match="expected a dict"):
        ei.evaluate(soc_trang_2020, {"residents": residents(*PARTS)}, year=2020, readings="each_stream")


def test_definitions_made_of_the_wrong_things_say_which():
    """The object, the field and what was given, in one sentence."""
    clause = soc_trang_2020.targets[0].clause
    requirement = soc_trang_2020.targets[0].default.requirements[0]
    for make, words in (
        (lambda: ei.Clause("05", "1", "q", "t"), "Clause: document is '05'; expected a Document"),
        (lambda: ei.Target("a", clause, "2025", requirement), "target 'a': the deadline is '2025'; expected a year"),
        (lambda: ei.Target("a", clause, True, requirement), "target 'a': the deadline is True; expected a year"),
        (lambda: ei.Reading("r", requirement, kind="foo"), "Reading: kind is 'foo'; expected one of 'text', "),
        (lambda: ei.Unit(" ", "u"), "Unit: key is ' '; expected text that is not blank"),
        (lambda: ei.Duty("d", "III.1"), "Duty: clause is 'III.1'; expected a Clause"),
    ):
        with pytest.raises(ei.DefinitionError) as caught:
            make()
        assert words in str(caught.value)


def planting(total, planted):
    """Return the problems of a table in which what was planted is a part of some total."""
    trees = ei.Table("planting", ei.Unit("tree", "trees"), total=total, parts=["done"])
    share = ei.Share("done", "planted", table=trees, where=ei.flag("done"))
    document = soc_trang_2020.document
    clause = ei.Clause(document, "1", quote="Trồng cây.", translation="Plant trees.")
    programme = ei.Programme("p", "p", document, [ei.Target("t", clause, 2020, share.at_least("80%"))])
    rows = [{"area": f"A{place}", total: 100, "done": done} for place, done in enumerate(planted)]
    return ei.check(programme, {"planting": rows}, year=2020)


@pytest.mark.parametrize("total", ["plan", "planned_trees", "trees_2020", "baseline", "limit_value"])
def test_a_plan_or_a_base_year_as_a_total_is_noted_once(total):
    found = planting(total, [144, 120, 130, 90, 150])
    assert [(each.kind, each.column) for each in found.of("note")] == [("total_is_none", total)]
    assert "since(year)" in str(found.of("note")[0])
    assert len(found.errors) == 4


@pytest.mark.parametrize(
    ("total", "planted"),
    [("plan", [144, 120, 90, 90]), ("trees", [144, 120, 130]), ("plants", [144, 120, 130]), ("plan", [90, 100, 20])],
)
def test_slips_and_other_totals_are_not_noted(total, planted):
    assert not planting(total, planted).of("note")


def test_days_that_are_left_out_of_a_year_are_noted():
    """A has all 365 days, one of them without a value; of B 40 are left out; C sent 366 in a leap year."""
    day = ei.Unit("day", "days")
    table = ei.Table("days", day, total="days", parts=["above"], period="flow")
    limit = ei.Amount("above", "above", table=table, where=ei.flag("above")).at_most("35 day")
    programme = ei.Programme("p", "p", _document(), [ei.Target("t", _clause(), 2030, limit)])
    rows = [
        {"area": area, "days": count, "above": above}
        for area, count, above in [("A", 364, False), ("A", 1, None), ("B", 325, False)]
    ]
    (note,) = [problem for problem in ei.check(programme, {"days": rows}, year=2030) if problem.kind == "days_short"]
    assert (note.severity, note.value) == ("note", "B")
    assert "325 of the 365 days" in str(note)
    rows = [{"area": "C", "days": 366, "above": False}]
    assert not [each for each in ei.check(programme, {"days": rows}, year=2028) if each.kind == "days_short"]
