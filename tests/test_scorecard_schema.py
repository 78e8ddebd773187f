"""The JSON Schema of scorecards: it takes every card, and knows every name in it."""

from __future__ import annotations

import copy
import json

import pytest
from cards import random_cards
from hypothesis import given, settings
from hypothesis import strategies as st
from test_programmes_that_ship import CASES, card_of

import envindicators as ei
from envindicators import testing
from envindicators.programmes import soc_trang_2020

jsonschema = pytest.importorskip("jsonschema", reason="a validator of others: pip install 'envindicators[test]'")

pytestmark = pytest.mark.filterwarnings("ignore::envindicators.CoverageWarning")


def closed(schema):
    """Return a schema that takes no name beside those that it knows."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    more = {"additionalProperties": False} if "properties" in schema and "$" not in schema["properties"] else {}
    return more | {name: closed(each) for name, each in schema.items()}


VALIDATOR = jsonschema.Draft202012Validator(ei.scorecard_schema())
CLOSED = jsonschema.Draft202012Validator(closed(ei.scorecard_schema()))


def test_it_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(ei.scorecard_schema())
    assert json.loads(json.dumps(ei.scorecard_schema())) == ei.scorecard_schema()


@given(random_cards())
def test_every_card_is_valid(card):
    CLOSED.validate(json.loads(card.to_json()))


@pytest.mark.parametrize("name", CASES)
def test_so_is_the_card_of_every_programme_that_ships(name):
    CLOSED.validate(json.loads(card_of(name).with_lang("vi").to_json()))


@pytest.mark.parametrize("by", [None, "area", ["area", "year"]])
def test_so_is_one_with_duties_that_are_measured_and_what_is_missing(by):
    """Of one year and of several."""
    year = None if by and "year" in by else 2020
    card = ei.evaluate(soc_trang_2020, ei.examples.soc_trang(), by=by, year=year, expected=["Kế Sách", "đảo"])
    assert card.missing
    CLOSED.validate(json.loads(card.to_json()))


def test_so_is_one_of_percentages_whose_totals_no_one_knows():
    form = ei.Form(columns={"hygienic_water": ei.percent("%", digits=1)})
    rows = [{"area": "A", "settlement": "rural", "%": 98.3}]
    card = json.loads(ei.evaluate(soc_trang_2020, {"residents": form.of(rows)}, year=2020, by="area").to_json())
    assert "unsized_share" in json.dumps(card["years"])
    CLOSED.validate(card)


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_so_is_the_card_of_any_programme(data):
    programme = data.draw(testing.programmes())
    tables = data.draw(testing.inputs(programme))
    card = ei.evaluate(programme, tables, year=2020, by="area", expected=["A", "B", "C"])
    CLOSED.validate(json.loads(card.to_json()))


def places(data, path=()):
    """Yield the path of everything that a card says, but for its state."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        if (*path, key) != ("state",):
            yield (*path, key)
            yield from places(value, (*path, key))


ROWS = [{"area": "A", "settlement": "rural", "persons": 5, "hygienic_water": 4}]
CARD = json.loads(ei.evaluate(soc_trang_2020, {"residents": ROWS}, year=2020, by="area").to_json())


@given(st.sampled_from(list(places(CARD))))
def test_nothing_that_it_says_may_be_left_out_or_be_of_no_type(path):
    """What stands under a name of the schema is there, and is no set of sets."""
    data = copy.deepcopy(CARD)
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    named = isinstance(inner, dict)
    inner[path[-1]] = [[[]]]
    if "metadata" not in path and path[-1] != "value":
        assert not VALIDATOR.is_valid(data)
    if named and "metadata" not in path and "counts" not in path[:-2]:
        del inner[path[-1]]
        optional = path[-1] in ("tally", "unsized", "observed", "coverage", "area") or "missing" in path
        assert optional or not VALIDATOR.is_valid(data)
