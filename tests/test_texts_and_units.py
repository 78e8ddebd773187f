"""Texts say the same in two languages; units show amounts exactly."""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from defined import KILOGRAM, PERSON, _document, _duty, _reading, _review, _target, _treated, _waste
from hypothesis import given
from hypothesis import strategies as st

from envindicators.definitions.programme import Programme, Reading
from envindicators.definitions.table import Table, Unit
from envindicators.errors import DefinitionError
from envindicators.words.catalogue import checked_lang
from envindicators.words.text import Text, as_text


def test_a_text_is_shown_in_the_language_asked_for_or_along_its_fallback():
    """The wider language stands in for one that has no words, then English, then the first that was given."""
    text = Text({"zh-Hant": "水"}, vi="nước", en="water")
    assert (text.in_("vi"), text.in_("vi-VN"), text.in_("en"), text.in_("zh-Hant-TW")) == (
        "nước",
        "nước",
        "water",
        "水",
    )
    assert (text.in_("fr"), text.in_("zh"), str(text)) == ("water", "water", "water")
    assert Text(fr="eau", vi="nước").in_("de") == "eau"
    assert text == Text({"zh_hant": "水"}, EN="water", vi="nước")
    assert hash(text) == hash(Text({"zh_hant": "水"}, EN="water", vi="nước"))


def test_the_repr_of_a_text_makes_it_again():
    """Also where a language is no name of Python."""
    for text in (Text(vi="nước", en="water"), Text({"zh-Hant": "水"})):
        assert eval(repr(text)) == text


@pytest.mark.parametrize("bad", ["", "e", "english language", "e n", None, 7])
def test_what_is_no_tag_of_a_language_is_refused(bad):
    """BCP 47 says what a tag is."""
    with pytest.raises(TypeError, match="tag"):
        Text({bad: "water"})
    with pytest.raises(TypeError, match="tag"):
        Text(en="water").in_(bad)


def test_a_card_speaks_the_languages_that_have_a_catalogue():
    """A text has whatever languages its author gave; the library has those it was translated into."""
    assert (checked_lang("vi"), checked_lang("vi-VN"), checked_lang("EN")) == ("vi", "vi-VN", "en")
    for bad in ("fr", "", None, 7):
        with pytest.raises(ValueError, match="'en', 'vi'"):
            checked_lang(bad)


@pytest.mark.parametrize("bad", [None, 1, b"water", ["water"]])
def test_words_are_text(bad):
    """Words that are no string are refused, wherever words are taken."""
    with pytest.raises(TypeError):
        Text(vi=bad, en="water")
    with pytest.raises(TypeError):
        Text(vi="nước", en=bad)
    with pytest.raises(DefinitionError, match="Text"):
        as_text(bad)
    with pytest.raises(DefinitionError, match="Text"):
        Unit("person", bad)
    assert [as_text("kg").in_(lang) for lang in ("vi", "en", "fr")] == ["kg", "kg", "kg"]


@pytest.mark.parametrize(
    "make",
    [
        lambda: Table("t", PERSON, total="n", name=Text(vi="Dân cư", en="")),
        lambda: Reading("r", _treated().at_least(1), name=Text(vi="Dân cư", en="")),
        lambda: _target(name=Text(vi="Dân cư", en="")),
    ],
    ids=["table", "reading", "target"],
)
def test_a_name_in_one_language_is_kept(make):
    """Only where no name is given at all is one supplied."""
    assert make().name.in_("vi") == "Dân cư"


@given(st.integers(0, 10**21), st.sampled_from((1, 2, 5, 8, 10, 1000, 10**6)))
def test_a_count_is_shown_exactly(count, grain):
    """The Decimal that is shown is count / grain itself, up to the precision of a Decimal."""
    shown = Unit("u", "u", grain=grain).shown(count)
    assert isinstance(shown, Decimal)
    assert Fraction(shown) == Fraction(count, grain)


def test_worked_amounts():
    """1500 g are 1.5 kg, 1,000,000 g are 1000 kg without an exponent."""
    assert [str(KILOGRAM.shown(grams)) for grams in (1500, 1_000_000, 0, 1)] == ["1.5", "1000", "0", "0.001"]
    assert str(PERSON.shown(21_300)) == "21300"


@pytest.mark.parametrize(("precision", "grams"), [(28, 10**28 + 1), (28, 10**40 + 1), (6, 1_234_567_890)])
def test_what_is_shown_depends_on_no_global_state(precision, grams):
    """Beyond 28 digits, or where a caller has lowered the precision of decimals, the amount stays exact."""
    with decimal.localcontext() as context:
        context.prec = precision
        assert Fraction(KILOGRAM.shown(grams)) == Fraction(grams, 1000)


def test_an_amount_without_a_finite_decimal_is_refused():
    """A third of a unit cannot be shown exactly; three thirds can."""
    third = Unit("score", "score", grain=3)
    with pytest.raises(ValueError, match="decimal"):
        third.shown(1)
    assert third.shown(3) == 1


@pytest.mark.parametrize("grain", [0, -1, 1.0, "1", None])
def test_a_grain_is_a_positive_whole_number(grain):
    """One shown unit is a whole number of counted ones."""
    with pytest.raises((TypeError, ValueError)):
        Unit("kilogram", "kg", grain=grain)


def test_the_shown_unit_is_among_the_multiples():
    """Data may always come in the unit that is shown; a multiple that says otherwise is refused."""
    assert dict(KILOGRAM.multiples) == {"gram": 1, "tonne": 1_000_000, "kilogram": 1000}
    assert dict(PERSON.multiples) == {"person": 1}
    assert Unit("kg", "kg", multiples=[("g", 1)]) == Unit("kg", "kg", multiples={"g": 1})
    with pytest.raises(DefinitionError, match="grain"):
        Unit("kilogram", "kg", grain=1000, multiples={"kilogram": 1})


@pytest.mark.parametrize("multiple", [0, -1, 0.5, "1000", None])
def test_a_multiple_is_a_positive_whole_number(multiple):
    """A tonne that is no grams, or half a gram, would make every amount zero or broken."""
    with pytest.raises((TypeError, ValueError)):
        Unit("kilogram", "kg", grain=1000, multiples={"tonne": multiple})


@pytest.mark.parametrize(
    "make",
    [
        lambda: Unit("", "kg"),
        lambda: _waste(key=""),
        lambda: _treated(key=""),
        lambda: _reading(key=""),
        lambda: _target(key=""),
        lambda: _duty(key=""),
        lambda: _review(key=""),
        lambda: Programme("", "x", _document(), [_target()]),
    ],
)
def test_everything_has_a_key(make):
    """What has no name cannot be asked for."""
    with pytest.raises(ValueError, match="key"):
        make()
