"""Cells in Parquet come back as they were; what is no such file is refused with an error of the library."""

import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_laws_cells import any_tables, any_ways, card_of, condensed, named

import envindicators as ei
from envindicators import testing
from envindicators.formats import cells_files
from envindicators.programmes import soc_trang_2020

pytestmark = pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning")


def written(cells):
    file = io.BytesIO()
    cells.to_parquet(file)
    return file.getvalue()


def again(cells):
    return ei.Cells.from_parquet(io.BytesIO(written(cells)))


@settings(max_examples=30)
@given(any_tables, any_ways, st.sampled_from((None, "area", ["year", "area"])))
def test_cells_come_back_as_they_were(drawn, held, by):
    """With their problems, their forms and their ids; they add and evaluate as before."""
    flags, facts = drawn
    cells = condensed(named(facts), flags, by=by, held=held)
    back = again(cells)
    assert back == cells
    assert back.problems == cells.problems
    assert back.backend == cells.backend
    assert written(back) == written(cells)
    assert back + ei.Cells.empty(soc_trang_2020, by=by) == cells
    assert card_of(back) == card_of(cells)


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_so_do_cells_of_programmes_of_every_kind(data):
    """Values, spans of years, exclusive parts, ids: whatever a programme has."""
    programme = data.draw(testing.programmes())
    tables = data.draw(testing.inputs(programme))
    cells = ei.condense(programme, tables, by="area")
    assert again(cells) == cells


def test_cells_that_are_some_of_others_come_back_as_such():
    row = {"activity": "both", "built": 2016, "meets_standards": True}
    rows = [row | {"area": "A", "id": "x"}, row | {"area": "B", "id": "ế"}]
    cells = ei.condense(soc_trang_2020, {"establishments": rows}, by="area")
    assert again(cells.only(area="A")) + again(cells.only(area="B")) == cells


def test_a_path_and_what_others_read_in_the_file(tmp_path):
    """The file says its format, its writer, and the fingerprints that cards have of the tables."""
    cells = ei.condense(soc_trang_2020, ei.examples.soc_trang(), by="area")
    file = tmp_path / "cells.parquet"
    cells.to_parquet(file)
    assert ei.Cells.from_parquet(str(file)) == cells
    said = json.loads(pq.read_schema(file).metadata[b"envindicators.cells"])
    assert (said["format"], said["envindicators"]) == (1, ei.__version__)
    prints = {(each.table, each.year): each.sha256 for each in card_of(cells).inputs}
    told = {
        (each["table"], each["year"]): each["sha256"]
        for table in said["tables"].values()
        for each in table["fingerprints"]
    }
    assert prints.items() <= told.items()


def changed(change, metadata=None):
    """Return the file of some cells with one thing changed in it."""
    rows = [{"area": "A", "settlement": "rural", "persons": 10, "hygienic_water": 9}]
    table = pq.read_table(io.BytesIO(written(ei.condense(soc_trang_2020, {"residents": rows}, by="area"))))
    said = json.loads(table.schema.metadata[b"envindicators.cells"])
    if metadata:
        metadata(said)
    if change:
        name, values = change
        place = table.column_names.index(name)
        table = table.set_column(place, name, pa.array(values, table.schema.field(name).type))
    file = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({b"envindicators.cells": json.dumps(said)}), file)
    return file.getvalue()


def no_cells():
    file = io.BytesIO()
    pq.write_table(pa.table({"area": ["A"]}), file)
    return file.getvalue()


def with_words(change):
    return changed(None, change)


NEWER = "format 9, written by envindicators 9.1; this version reads up to 1"
WRONG = {
    "no Parquet": (lambda: b"area,persons\nA,3\n", "no cells"),
    "nothing": (lambda: b"", "no cells"),
    "cut off": (lambda: changed(None)[:-100], "no cells"),
    "of something else": (no_cells, "Cells.to_parquet writes them"),
    "newer": (lambda: with_words(lambda said: said.update(format=9, envindicators="9.1")), NEWER),
    "no format": (lambda: with_words(lambda said: said.pop("format")), "format None"),
    "no programme": (lambda: with_words(lambda said: said.update(programme={})), "no programme"),
    "another table": (lambda: changed(("table", ["people"])), "people"),
    "a site that is none": (lambda: changed(("site", [[7]])), "site points beyond"),
    "a kind that is none": (lambda: changed(("kind", [[-1]])), "kind points beyond"),
    "too few weights": (lambda: changed(("weight", [[]])), "weight has 0 entries"),
    "another weight": (lambda: changed(("weight", [[11, 1]])), "not those that were written"),
    "another area": (lambda: changed(("levels", [[["null"], ['"B"']]])), "not those that were written"),
    "no value": (lambda: changed(("levels", [[["null"], ['{"$": "os", "of": 1}']]])), "nothing is of the kind 'os'"),
    "no such unit": (lambda: with_words(lambda said: said["forms"].update(residents={"untis": "g"})), "untis"),
    "problems": (lambda: with_words(lambda said: said.update(problems=[[[]]])), "no cells"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_file_of_cells_is_refused(name):
    make, message = WRONG[name]
    with pytest.raises(ei.UnreadableCells, match=message):
        ei.Cells.from_parquet(io.BytesIO(make()))


def test_a_file_that_would_take_too_much_memory_is_not_read(monkeypatch):
    """How many numbers a file holds is asked before any is read."""
    monkeypatch.setattr(cells_files, "_MOST", 10)
    with pytest.raises(ei.UnreadableCells, match=r"\d\d numbers in 1 tables"):
        ei.Cells.from_parquet(io.BytesIO(changed(None)))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"none\.parquet"):
        ei.Cells.from_parquet(tmp_path / "none.parquet")


@settings(max_examples=100)
@given(st.data())
def test_a_damaged_file_raises_documented_errors_only(data):
    """Whatever byte is changed."""
    file = bytearray(changed(None))
    for _ in range(data.draw(st.integers(1, 4))):
        file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    try:
        cells = ei.Cells.from_parquet(io.BytesIO(bytes(file)))
    except ei.UnreadableCells:
        return
    assert isinstance(cells, ei.Cells)
