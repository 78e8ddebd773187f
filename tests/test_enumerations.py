"""A member of an enumeration of texts is its value, wherever a definition or an option takes text."""

import enum
import pickle

import pytest

import envindicators as ei
from envindicators.programmes import soc_trang_2020
from envindicators.words.text import plain


class Mixed(str, enum.Enum):  # noqa: UP042 - what StrEnum took the place of
    RURAL = "rural"
    SETTLEMENT = "settlement"
    WATER = "hygienic_water"
    RESIDENTS = "residents"
    AREA = "area"
    VI = "vi"
    TONNE = "tonne"
    COUNTS = "counts"
    PERSONS = "persons"


class Plain(enum.StrEnum):
    RURAL = "rural"
    SETTLEMENT = "settlement"
    WATER = "hygienic_water"
    RESIDENTS = "residents"
    AREA = "area"
    VI = "vi"
    TONNE = "tonne"
    COUNTS = "counts"
    PERSONS = "persons"


class Words(str):
    """Text of a class of its own, as numpy's."""

    __slots__ = ()
    RURAL = SETTLEMENT = WATER = RESIDENTS = AREA = VI = TONNE = COUNTS = PERSONS = ""

    def __repr__(self):
        return f"Words({self!s})"


class Member:
    def __getattr__(self, name):
        return Words(Plain[name].value)


NAMES = [Mixed, Plain, Member()]
ids = ["str, Enum", "StrEnum", "a class of text"]


def define(names):
    table = ei.Table(
        names.RESIDENTS,
        ei.Unit(names.PERSONS, names.PERSONS),
        total=names.PERSONS,
        parts=[names.WATER],
        categories={names.SETTLEMENT: [names.RURAL]},
    )
    rule = ei.one_of(names.SETTLEMENT, names.RURAL)
    return ei.Share(names.WATER, names.WATER, table=table, among=rule, where=ei.flag(names.WATER))


class Strings:
    def __getattr__(self, name):
        return Plain[name].value


@pytest.mark.parametrize("names", NAMES, ids=ids)
def test_a_definition_made_of_members_is_the_one_made_of_their_values(names):
    made, expected = define(names), define(Strings())
    assert made == expected
    assert repr(made) == repr(expected)
    assert b"test_enumerations" not in pickle.dumps(made)
    assert repr(ei.Form(unit=names.TONNE, layout=names.COUNTS)) == repr(ei.Form(unit="tonne", layout="counts"))


@pytest.mark.parametrize("names", NAMES, ids=ids)
def test_options_take_members(names):
    rows = [{"area": "A", "settlement": "rural", "persons": 10, "hygienic_water": 9}]
    by_names = ei.evaluate(
        soc_trang_2020,
        {names.RESIDENTS: rows},
        year=2020,
        by=names.AREA,
        lang=names.VI,
        readings={"rural_water": Words("persons")},
    )
    by_values = ei.evaluate(
        soc_trang_2020, {"residents": rows}, year=2020, by="area", lang="vi", readings={"rural_water": "persons"}
    )
    assert by_names == by_values
    assert by_names.to_text() == by_values.to_text()
    assert str(by_names.explain("rural_water")) == str(by_values.explain("rural_water"))


@pytest.mark.parametrize("names", NAMES, ids=ids)
def test_messages_name_the_value(names):
    with pytest.raises(ei.DefinitionError) as caught:
        ei.Share("s", "s", table=define(names).table, where=ei.flag(names.RURAL))
    assert "'rural' is not among the parts" in str(caught.value)
    with pytest.raises(TypeError, match=r"flag\('hygienic_water'\)"):
        ei.Share("s", "s", table=define(names).table, where=names.WATER)


def test_what_is_no_text_stays_as_it_is():
    class Colour(enum.Enum):
        RED = "red"

    assert plain(Colour.RED) is Colour.RED
    assert plain(3) == 3
    assert plain(None) is None
