"""Definitions are values: equal, hashable, frozen, with a short repr and a key."""

from __future__ import annotations

import pickle

import attrs
import pytest
from defined import PERSON, _clause, _document, _duty, _programme, _reading, _review, _target, _treated, _waste

from envindicators.algebra.tally import Rate, Tally
from envindicators.algebra.threshold import at_least
from envindicators.definitions.rule import all_units, between, flag, one_of
from envindicators.definitions.source import Correction
from envindicators.definitions.table import Category, Part, Unit, YearColumn
from envindicators.words.text import Text

MADE = {
    "text": lambda: Text(vi="nước", en="water"),
    "document": _document,
    "correction": lambda: Correction("nươc", "nước"),
    "clause": _clause,
    "unit": lambda: Unit("kilogram", "kg", grain=1000, multiples={"tonne": 1_000_000}),
    "part": lambda: Part("treated", "treated"),
    "category": lambda: Category("stream", ("urban",), "stream", (Text(vi="đô thị", en="urban"),)),
    "year column": lambda: YearColumn("built", "built"),
    "table": _waste,
    "indicator": _treated,
    "requirement": lambda: _treated().at_most("90%"),
    "reading": _reading,
    "target": _target,
    "duty": _duty,
    "review": _review,
    "programme": _programme,
    "rule": lambda: flag("a") & ~one_of("b", "x") | between("c", 2000, None) & all_units(),
    "threshold": lambda: at_least("98%"),
    "tally": lambda: Tally(1, 2, unsized={"failed"}),
    "rate": lambda: Rate(0, 1),
    "judgement": lambda: at_least("98%").judge(Tally(98, 2)),
}


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_every_definition_is_a_value(make):
    """Made twice it is equal with one hash, survives pickling, and no field can be changed."""
    one, other = make(), make()
    copy = pickle.loads(pickle.dumps(one))
    assert one is not other
    assert one == other == copy
    assert hash(one) == hash(other) == hash(copy)
    assert repr(copy) == repr(one)
    names = [each.name for each in attrs.fields(type(one))]
    for name in names:
        with pytest.raises(AttributeError):
            setattr(one, name, None)


@pytest.mark.parametrize("name", list(MADE))
def test_every_definition_has_a_short_repr(name):
    """One glance is enough, however long the quote: at most 200 characters, on one line."""
    shown = repr(MADE[name]())
    assert 0 < len(shown) <= 200
    assert "\n" not in shown


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (_treated(), _treated(among=flag("collected"))),
        (_treated().at_least("90%"), _treated().at_most("90%")),
        (_treated().at_least("90%"), _treated().at_least("90.1%")),
        (_reading(), _reading(kind="proxy")),
        (_target(), _target(level="commune")),
        (_waste(), _waste(id="code")),
        (_waste(), _waste(note=Text(vi="a", en="b"))),
        (PERSON, Unit("person", "persons")),
        (_duty(), _duty(strength="must")),
        (flag("a") & flag("b"), flag("b") & flag("a")),
        (flag("a") & flag("b"), flag("a") | flag("b")),
    ],
)
def test_definitions_that_differ_are_not_equal(one, other):
    """Every field counts."""
    assert one != other
