"""Values that are no shares are shown in the unit of their target, never on its other side."""

from __future__ import annotations

from fractions import Fraction

import pytest
from defined import _clause, _document
from hypothesis import given
from hypothesis import strategies as st

import envindicators as ei
from envindicators.algebra.threshold import SIGNS, Threshold
from envindicators.report.measures import quantity_words
from envindicators.words.quantity import Quantity

PARKS = ei.Table("parks", ei.Unit("m2", ei.Text(vi="m²", en="m²"), multiples={"hectare": 10_000}), total="area_m2")
PEOPLE = ei.Table("people", ei.Unit("person", ei.Text(vi="người", en="people"), one=ei.Text(vi="người", en="person")),
                  total="persons")  # fmt: skip
PARK = ei.Amount("parks", ei.Text(vi="công viên", en="parks"), table=PARKS)
EACH = ei.Ratio("each", ei.Text(vi="bình quân", en="for each"), PARK, per=ei.Amount("people", "people", table=PEOPLE))


def card(requirement, area=12_500, people=10_000):
    programme = ei.Programme("p", "p", _document(), [ei.Target("t", _clause(), 2020, requirement)])
    rows = {"parks": [{"area_m2": area}], "people": [{"persons": people}]}
    return ei.evaluate(programme, {key: rows[key] for key in programme.tables}, year=2020)


@pytest.mark.parametrize(
    ("requirement", "lang", "shown"),
    [
        (PARK.at_least("1 hectare"), "en", ("1.25 ha", "≥ 1 ha")),
        (PARK.at_least("12_000 m2"), "vi", ("12.500 m²", "≥ 12.000 m²")),
        (EACH.at_least("0.65 m2/person"), "vi", ("1,25 m²/người", "≥ 0,65 m²/người")),
        (EACH.below("1.5 m2/person"), "en", ("1.25 m²/person", "< 1.5 m²/person")),
    ],
)
def test_a_value_stands_in_the_unit_of_its_target(requirement, lang, shown):
    page = card(requirement).with_lang(lang)
    for output in (page.to_text(120), page.to_html()):
        for words in shown:
            assert words.replace("<", "&lt;") in output or words in output


@given(st.fractions(0, 10**6, max_denominator=10**5), st.integers(1, 1000), st.sampled_from(list(SIGNS)))
def test_no_rounding_puts_a_value_on_or_across_its_target(value, level, direction):
    judgement = Threshold(direction, Fraction(level), Quantity(Fraction(level), "unit")).judge(ei.Span(0, 0))
    shown, low, high = (
        Fraction(quantity_words(value, judgement, "en", way).removesuffix(" unit").replace(",", ""))
        for way in ("half_up", "down", "up")
    )
    assert (shown > level, shown < level) == (value > level, value < level)
    assert low <= value <= high
