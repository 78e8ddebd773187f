"""Units that the headings of a file state are read as the form would say them, and never against it."""

from __future__ import annotations

import pytest

import envindicators as ei
from envindicators.programmes import soc_trang_2020

ROWS = [{"PS": 4, "TG": 3, "XL": 2}, {"PS": 10, "TG": 9, "XL": None}]
COLUMNS = {"generated": "PS", "collected": "TG", "treated_to_standard": "XL"}


def card(headings, **said):
    """Return the card of the rows under headings, by the name of each without its unit."""
    rows = [{headings.get(name, name): value for name, value in row.items()} for row in ROWS]
    columns = {key: headings.get(name, name) for key, name in COLUMNS.items()} | said.pop("columns", {})
    for place, row in enumerate(rows):
        row["area"] = f"A{place}"
    form = ei.Form(columns={"stream": ei.always("medical"), **columns}, **said)
    return ei.evaluate(soc_trang_2020, {"waste": form.of(rows)}, year=2020, by="area", lang="en")


@pytest.mark.parametrize("written", ["(tấn)", "[tonne]", "( TẤN )", "(tons)", "(công ty A) (tấn)"])
@pytest.mark.parametrize("more", [{}, {"TG": "TG (tấn)"}])
def test_a_heading_says_what_a_form_would(written, more):
    told = card({"PS": f"PS {written}", **more})
    assert told.inputs == card({}, unit="tonne").inputs
    assert told["medical_waste"] == card({}, unit="tonne")["medical_waste"]
    (note,) = [note for note in told.forms["waste"] if note.kind == "form_unit_read"]
    assert (note.value, note.details["unit"]) == (f"PS {written}", "tonne")
    assert f"Amounts are in tonne, as the heading “PS {written}” states." in str(told.explain("medical_waste"))


def test_amounts_per_day_are_those_of_the_year():
    assert card({"PS": "PS (tấn/ngày)"}).inputs == card({}, unit="tonne/day").inputs


def test_the_unit_of_the_table_and_words_that_are_no_unit_change_nothing():
    plain = card({})
    for headings in ({"PS": "PS (kg)"}, {"PS": "PS (năm 2020)", "XL": "XL (QCVN 40)"}):
        told = card(headings)
        assert told.inputs == plain.inputs
        assert not [note for note in told.forms["waste"] if note.kind == "form_unit_read"]


@pytest.mark.parametrize(
    ("headings", "said", "words"),
    [
        ({"PS": "PS (tấn)"}, {"unit": "kilogram"}, "'PS (tấn)'; this heading states the unit tonne, where kilogram"),
        ({"TG": "TG (tấn)"}, {"unit": "tonne/day"}, "'TG (tấn)'; this heading states the unit tonne, where tonne/day"),
        ({"PS": "PS (tấn)", "TG": "TG (kg)"}, {}, "'TG (kg)'; this heading states the unit kilogram, where tonne"),
        ({"TG": "TG (tấn)"}, {}, "'PS'; this heading states no unit, and another states tonne"),
        ({"TG": "TG (%)"}, {}, "'TG (%)'; this heading states %, and amounts are expected"),
    ],
)
def test_a_heading_that_contradicts_is_refused_in_both_languages(headings, said, words):
    with pytest.raises(ei.InvalidTable) as refused:
        card(headings, **said)
    (problem,) = refused.value.problems
    assert words in str(problem)
    assert problem.in_("vi") != str(problem)
    assert problem.in_("vi").count(".") == 0  # one sentence


def test_a_percentage_is_no_amount_and_may_be_said_to_be_one():
    columns = {"stream": ei.always("medical"), "generated": "PS", "collected": ei.percent("TG (%)", digits=0)}
    rows = [{"PS": 100, "TG (%)": 98}]
    told = ei.evaluate(soc_trang_2020, {"waste": ei.Form(columns=columns).of(rows)}, year=2020)
    assert told["medical_waste"].tally == ei.Tally(0, 1500, 98500)


def test_columns_side_by_side_and_figures_below_each_other_have_one_unit(tmp_path):
    both = {"urban_domestic": {"generated": "ĐT (tấn)"}, "rural": {"generated": "NT (kg)"}}
    rows = [{"ĐT (tấn)": 1, "NT (kg)": 1}]
    with pytest.raises(ei.InvalidTable, match=r"'NT \(kg\)'; this heading states the unit kilogram, where tonne"):
        ei.evaluate(soc_trang_2020, {"waste": ei.Form(stack=ei.stack("stream", both)).of(rows)}, year=2020)
    tidy = ei.Form(
        columns={"stream": ei.always("rural"), "area": "Huyện"},
        spread=ei.spread("Chỉ tiêu", "Giá trị (tấn)", generated="Phát sinh", collected="Thu gom"),
    )
    rows = [
        {"Huyện": "A", "Chỉ tiêu": name, "Giá trị (tấn)": value} for name, value in (("Phát sinh", 5), ("Thu gom", 4))
    ]
    told = ei.evaluate(soc_trang_2020, {"waste": tidy.of(rows)}, year=2020)
    assert told.inputs[0].units == 5_000_000


def test_files_of_one_table_have_units_of_their_own_and_cells_add_only_in_one(tmp_path):
    for name, unit, amount in (("a", "tấn", 1), ("b", "kg", 500)):
        (tmp_path / f"{name}.csv").write_text(f"area,stream,PS ({unit})\n{name},medical,{amount}\n", encoding="utf-8")
    kilograms, tonnes = (
        ei.condense(
            soc_trang_2020,
            {"waste": ei.scan(tmp_path / f"{name}.csv", form=ei.Form(columns={"generated": f"PS ({unit})"}))},
            by="area",
        )
        for name, unit in (("b", "kg"), ("a", "tấn"))
    )
    assert tonnes.forms["waste"].unit == "tonne"
    with pytest.raises(ei.errors.OptionError, match="unit, layout and totals"):
        kilograms + tonnes


def test_a_published_name_is_found_with_its_unit_behind_it():
    table = soc_trang_2020.tables["waste"]
    part = table.parts[0].name.in_("vi")
    form = ei.Form(columns={"stream": ei.always("medical")})
    rows = [{"generated": 5, f"{part} (kg)": 4, "treated_to_standard": 3}]
    assert ei.evaluate(soc_trang_2020, {"waste": form.of(rows)}, year=2020)["medical_waste"].tally == ei.Tally(
        3000, 2000
    )
