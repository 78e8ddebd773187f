"""The JSON Schema of programme files: it takes every file that the library writes or reads, and knows every name."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import envindicators as ei
from envindicators.formats.programme_reader import UnreadableProgramme, programme_of
from envindicators.programmes import soc_trang_2020
from envindicators.testing import programmes

jsonschema = pytest.importorskip("jsonschema", reason="a validator of others: pip install 'envindicators[test]'")

VALIDATOR = jsonschema.Draft202012Validator(ei.programme_schema())


def data_of(programme):
    return json.loads(programme.to_json())


def test_it_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(ei.programme_schema())
    assert json.loads(json.dumps(ei.programme_schema())) == ei.programme_schema()


@pytest.mark.parametrize("name", ei.programmes.__all__)
def test_every_programme_that_ships_is_valid(name):
    VALIDATOR.validate(data_of(getattr(ei.programmes, name)))


@given(programmes())
def test_every_programme_is_valid(programme):
    VALIDATOR.validate(data_of(programme))


def places(data, path=()):
    """Yield the path of everything within some data."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield (*path, key)
        yield from places(value, (*path, key))


EVERY_PLACE = list(places(data_of(soc_trang_2020)))
VALUES = st.none() | st.booleans() | st.integers(-3, 2100) | st.sampled_from(["x", "98%", [], {}, ["x"], {"en": "x"}])


@given(st.sampled_from(EVERY_PLACE), VALUES)
@example(("format",), True)
@example(("document", "place"), 3)
@example(("units", "household", "multiples"), [])
@example(("tables", "waste", "nested"), "x")
@example(("tables", "zones", "id"), None)
@example(("indicators", "urban_water/households", "kind"), ["x"])
@example(("targets", 1, "own"), "98%")
@example(("targets", 1, "deadline"), 3)
def test_what_it_refuses_the_reader_refuses_too(path, value):
    data = copy.deepcopy(data_of(soc_trang_2020))
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    if not VALIDATOR.is_valid(data):
        with pytest.raises(UnreadableProgramme):
            programme_of(data)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ((), "target"),
        (("document",), "issuers"),
        (("targets", 0), "dead_line"),
        (("targets", 0, "readings", 0), "requirement"),
        (("indicators", "rural_water"), "tables"),
    ],
)
def test_names_that_are_not_known_are_refused(path, name):
    data = data_of(soc_trang_2020)
    inner = data
    for key in path:
        inner = inner[key]
    inner[name] = "x"
    assert not VALIDATOR.is_valid(data)
