"""Laws of `Cells.regroup` and `Cells.only`: what the tables themselves, grouped or picked out, would have given."""

import functools

import pytest
from forms import condense
from hypothesis import given, settings
from hypothesis import strategies as st
from test_laws_cells import AREAS, any_tables, card_of, columns, options

import envindicators as ei
from envindicators.programmes import soc_trang_2020

pytestmark = pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning")

GROUPINGS = (None, "area", "year", ["year", "area"], ["region", "area"], ["region"], ["area", "year", "region"])


def cells_of(facts, flags, by):
    """Return the cells of rows with a region of three areas, and of rows that stand in two regions."""
    tables = {key: columns(rows, list(rows[0])) for key, rows in facts.items()}
    return condense(soc_trang_2020, tables, by=by, **options(flags))


def placed(data, facts, regions):
    """Return rows with a region: that of their area, or one drawn for each of them."""
    of = dict(zip(AREAS, ("north", "north", "south"), strict=True))
    draw = (lambda row: data.draw(st.sampled_from(regions))) if regions else (lambda row: of[row["area"]])
    return {key: [row | {"region": draw(row)} for row in rows] for key, rows in facts.items()}


def outcome(make):
    """Return cells, or the kinds of error that they are refused with."""
    try:
        return make()
    except ei.InvalidTable as refused:
        return sorted({problem.kind for problem in refused.problems})


@settings(max_examples=60)
@given(any_tables, st.sampled_from((None, ("a", "b"))), st.sampled_from(GROUPINGS), st.data())
def test_cells_regrouped_are_the_tables_condensed_so(drawn, regions, by, data):
    """Whatever the layout; rows that only the column left out tells apart are refused in both ways."""
    flags, facts = drawn
    facts = placed(data, facts, regions)
    fine = cells_of(facts, flags, ["area", "year", "region"])
    expected = outcome(lambda: cells_of(facts, flags, by))
    found = outcome(lambda: fine.regroup(by))
    if isinstance(expected, list):
        # a column that splits a key is named where rows are at hand
        assert isinstance(found, list)
    else:
        assert found == expected
        assert card_of(found) == card_of(expected)


@settings(max_examples=60)
@given(any_tables, st.data())
def test_some_of_the_cells_are_the_cells_of_some_of_the_rows(drawn, data):
    """Of some areas, but for the ids, which are remembered all; and parts that share nothing are the whole again."""
    flags, facts = drawn
    cells = cells_of(facts, flags, "area")
    areas = sorted({row["area"] for rows in facts.values() for row in rows})
    part_of = {area: data.draw(st.integers(0, 2)) for area in areas}
    parts = []
    for number in set(part_of.values()):
        kept = [area for area in areas if part_of[area] == number]
        parts.append(cells.only(area=kept))
        rows = {key: [row for row in rows if row["area"] in kept] for key, rows in facts.items()}
        tables = {key: columns(rows[key], list(facts[key][0])) for key in facts}
        picked = condense(soc_trang_2020, tables, by="area", **options(flags))
        for key, table in picked.tables.items():
            own = parts[-1].tables[key]
            assert (own.keys, own.rows) == (table.keys, table.rows)
        if all(rows.values()):
            assert card_of(parts[-1]) == card_of(picked)
            assert [each.rows for each in card_of(parts[-1]).inputs] == [each.rows for each in card_of(picked).inputs]
    assert functools.reduce(ei.Cells.__add__, data.draw(st.permutations(parts))) == cells


def records(*rows):
    return [
        dict(zip(("area", "id", "activity", "built"), row, strict=True)) | {"meets_standards": True} for row in rows
    ]


def test_ids_are_remembered_also_of_areas_that_were_left_out():
    """An area taken twice, and an id that an area left out has, are refused; what comes new is not."""
    rows = records(("A", 1, "both", 2010), ("A", 2, "both", 2010), ("B", 3, "both", 2010), ("C", 4, "both", 2010))
    cells = ei.condense(soc_trang_2020, {"establishments": rows}, by="area")
    some = cells.only(area=["A", "B"])
    assert some.tables["establishments"].rows == 3
    with pytest.raises(ei.InvalidTable, match="both sets of cells hold it"):
        some + cells.only(area=["B", "C"])
    with pytest.raises(ei.InvalidTable, match="both sets of cells hold it"):
        some + cells
    again = ei.condense(soc_trang_2020, {"establishments": records(("D", 4, "both", 2010))}, by="area")
    with pytest.raises(ei.InvalidTable, match="both sets of cells hold it"):
        some + again
    other = ei.condense(soc_trang_2020, {"establishments": records(("D", 5, "both", 2010))}, by="area")
    assert card_of(some + other).groups == ["A", "B", "D"]


def test_what_cells_do_not_keep_is_refused():
    rows = [{"area": "Mỹ Tú", "settlement": "rural", "persons": 3, "hygienic_water": 3}]
    cells = ei.condense(soc_trang_2020, {"residents": rows}, by="area", year=2020)
    with pytest.raises(ei.OptionError, match=r"cells by area do not keep 'ara'; did you mean 'area'\?; condense"):
        cells.regroup("ara")
    with pytest.raises(ei.OptionError, match="twice"):
        cells.regroup(["area", "area"])
    with pytest.raises(TypeError, match="names of columns"):
        cells.regroup(3)
    with pytest.raises(KeyError, match="keep no column 'region'"):
        cells.only(region="north")
    with pytest.raises(KeyError, match=r"no table has the area 'Mỹ Tu'; did you mean 'Mỹ Tú'\?"):
        cells.only(area="Mỹ Tu")
    with pytest.raises(KeyError, match=r"no table has the year \[2020\]"):
        cells.only(year=[[2020]])
    assert cells.only(year=2020, area=["Mỹ Tú"]) == cells
    without = [{name: value for name, value in rows[0].items() if name != "area"}]
    with pytest.raises(ei.InvalidTable, match="expected a column area"):
        ei.condense(soc_trang_2020, {"residents": without}).regroup("area")
    with pytest.raises(ei.InvalidTable, match="expected a column year"):
        ei.condense(soc_trang_2020, {"residents": rows}).regroup("year")
