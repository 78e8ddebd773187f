"""Scorecards as SDMX: pysdmx reads the structure and the data, and every row keeps to its structure."""

from __future__ import annotations

import csv
import io
import json

import pytest
from cards import random_cards
from hypothesis import given, settings
from test_programmes_that_ship import CASES, card_of

import envindicators as ei
from envindicators.programmes import soc_trang_2020

pysdmx = pytest.importorskip("pysdmx.io", reason="pip install 'pysdmx[json]'")
dataflow = pytest.importorskip("pysdmx.model.dataflow")

pytestmark = pytest.mark.filterwarnings("ignore::envindicators.CoverageWarning")


def read(card, folder):
    """Return the schema and the rows of a card as pysdmx reads and validates them."""
    structure, data = folder / "structure.json", folder / "data.csv"
    structure.write_text(json.dumps(ei.sdmx_structure(card.programme, by=card.by)), encoding="utf-8")
    data.write_text(ei.sdmx_csv(card), encoding="utf-8")
    assert pysdmx.read_sdmx(structure, validate=True).get_data_structure_definitions()
    (dataset,) = pysdmx.get_datasets(data, structure)
    return dataset.structure, list(csv.DictReader(io.StringIO(data.read_text(encoding="utf-8"))))


def assert_keeps_to(schema, rows):
    """Hold rows to the codes, types and obligations of their structure."""
    components = {component.id: component for component in schema.components}
    for row in rows:
        assert list(row)[3:] == list(components)
        for name, component in components.items():
            value = row[name]
            assert value or not component.required, name
            if value and component.enumeration is not None:
                assert value in {code.id for code in component.enumeration}
            if value and str(component.dtype) in ("Double", "GregorianYear"):
                float(value)
    dimensions = [component.id for component in schema.components.dimensions]
    keys = [tuple(row[name] for name in dimensions) for row in rows]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", CASES)
def test_every_programme_that_ships_keeps_to_its_structure(name, tmp_path):
    card = card_of(name)
    schema, rows = read(card, tmp_path)
    assert_keeps_to(schema, rows)
    whole = card.to_frame(groups=False, backend="rows")
    groups = card.to_frame(backend="rows") if card.groups else []
    assert len(rows) == len(whole) + len(groups)
    for said, row in zip(rows, [*whole, *groups], strict=True):
        assert (said["VERDICT"], said["REASON"]) == (row["verdict"], row["reason"] or "")
        assert said["TIME_PERIOD"] == str(row["year"])
        assert [float(said[end]) if said[end] else None for end in ("LOWER", "UPPER")] == [
            row["value_lower"],
            row["value_upper"],
        ]


@pytest.mark.parametrize("by", [None, "area", ["area", "year"]])
def test_values_that_are_certain_are_observations(by, tmp_path):
    """The others have their bounds; what has no population has neither."""
    card = ei.evaluate(
        soc_trang_2020, ei.examples.soc_trang(), by=by, year=None if by and "year" in by else 2020, lang="vi"
    )
    schema, rows = read(card, tmp_path)
    assert_keeps_to(schema, rows)
    assert {row["REF_AREA"] for row in rows} == {"_T", *(group if by == "area" else group[0] for group in card.groups)}
    for row in rows:
        if row["READING"] == "persons" and row["REF_AREA"] == "_T" and "UNKNOWN" not in row["REASON"]:
            assert row["OBS_STATUS"] == "A"
            satisfied, failed = int(row["SATISFIED"]), int(row["FAILED"])
            assert float(row["OBS_VALUE"]) == satisfied / (satisfied + failed)
        assert (row["OBS_STATUS"] == "A") == bool(row["OBS_VALUE"])
    codes = {code.id: code.name for code in schema.components["TARGET"].enumeration}
    assert codes["rural_water"] == soc_trang_2020.target("rural_water").name.in_("en")


@settings(max_examples=20)
@given(random_cards())
def test_any_card_is_written(card):
    """A row for each of its frame, and as many cells as the heading."""
    rows = list(csv.reader(io.StringIO(ei.sdmx_csv(card))))
    frames = [card.to_frame(groups=groups, backend="rows") for groups in (False, *([True] if card.groups else []))]
    assert len(rows) == 1 + sum(map(len, frames))
    assert {len(row) for row in rows} == {len(rows[0])}


def test_names_that_are_no_identifiers_become_such(tmp_path):
    """Two keys never become one code, and a column of by is a dimension."""
    people = ei.Table("people", ei.Unit("người", "people"), total="persons", parts=["clean"])
    share = [ei.Share(f"share {n}", "x", table=people, where=ei.flag("clean")) for n in (1, 2)]
    clause = soc_trang_2020.targets[0].clause
    readings = [ei.Reading(key, share[0].at_least("1%")) for key in ("đô thị", "do thi", "ĐÔ-THỊ", "水")]
    targets = [ei.Target("a/b", clause, 2020, readings), ei.Target("a b", clause, 2020, share[1].at_most("2%"))]
    made = ei.Programme("1 x", "x", clause.document, targets)
    rows = [{"area": "A", "vùng": region, "persons": 5, "clean": 2} for region in ("x", "y")]
    card = ei.evaluate(made, {"people": rows}, by=["area", "vùng"], year=2020)
    schema, rows = read(card, tmp_path)
    assert_keeps_to(schema, rows)
    assert {row["VUNG"] for row in rows} == {"x", "y", "_T"}
    assert len({row["READING"] for row in rows}) == 5
    assert len({row["TARGET"] for row in rows}) == 2


def test_what_has_no_year_or_no_agency_is_refused():
    rows = [{"settlement": "rural", "persons": 3, "hygienic_water": 3}]
    with pytest.raises(ei.OptionError, match="have a year each"):
        ei.sdmx_csv(ei.evaluate(soc_trang_2020, {"residents": rows}))
    with pytest.raises(ei.OptionError, match="SDMX identifier"):
        ei.sdmx_structure(soc_trang_2020, agency="Sở TN&MT")
