"""Hints: the name that is surely meant, or none. A wrong one is worse than none."""

from __future__ import annotations

import itertools

import pytest
from forms import check
from hypothesis import given
from hypothesis import strategies as st

import envindicators as ei
from envindicators.programmes import soc_trang_2020
from envindicators.words.spelling import bare, did_you_mean, edits, nearest

KNOWN = ["urban", "rural", "medical", "craft_village", "hygienic_water", "tonne", "tonne/day", "treated", "collected"]


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("non-urban", ["urban", "rural"]),
        ("not urban", ["urban", "rural"]),
        ("nonurban", ["urban", "rural"]),
        ("không đô thị", ["đô thị", "nông thôn"]),
        ("ngoại thành", ["nội thành"]),
        ("phi nông nghiệp", ["nông nghiệp"]),
        ("untreated", ["treated"]),
        ("treated", ["untreated"]),
        ("uncollected", ["collected"]),
        ("urban", ["rural", "medical"]),
        ("rural", ["urban"]),
        ("tonne/year", ["tonne", "tonne/day", "kilogram"]),
        ("production", ["reduction"]),
        ("indoor", ["outdoor"]),
        ("import", ["export"]),
        ("male", ["female"]),
        ("of_inspected", ["of_collected"]),
        ("target_2020", ["target_2030"]),
        ("a", ["b"]),
        ("kg", ["g", "t"]),
        ("cat", ["bat", "hat"]),
        ("form", ["firm", "farm"]),
    ],
)
def test_there_is_no_hint_at_something_else(written, known):
    assert nearest(written, known) is None
    assert not any(did_you_mean(written, known).in_(lang) for lang in ("vi", "en"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Urban ", "urban"), ("rurall", "rural"), ("medcial", "medical"), ("craft village", "craft_village"),
        ("hygenic water", "hygienic_water"), ("hygienicwater", "hygienic_water"),
        ("tonnes", "tonne"), ("tonne / day", "tonne/day"),
        ("colected", "collected"), ("urban\u200b", "urban"),
    ],
)  # fmt: skip
def test_a_slip_of_the_pen_is_understood(written, meant):
    assert nearest(written, KNOWN) == meant


def test_names_that_are_known_otherwise_are_understood():
    assert nearest("NONG THON", ["urban", "rural"], {"Nông thôn": "rural"}) == "rural"


def osa(first, second):
    """Return the edit distance by trying everything: the definition, not the table."""
    if not first or not second:
        return len(first) + len(second)
    ways = [
        osa(first[1:], second) + 1,
        osa(first, second[1:]) + 1,
        osa(first[1:], second[1:]) + (first[0] != second[0]),
    ]
    if first[:2] == second[1::-1] and len(first) > 1 and len(second) > 1:
        ways.append(osa(first[2:], second[2:]) + 1)
    return min(ways)


@given(st.text("ab", max_size=5), st.text("abc", max_size=5))
def test_edits_are_counted_as_defined(first, second):
    assert edits(first, second) == osa(first, second)


@given(st.one_of(st.text(max_size=12), st.text("urbanleodcit_/ ", max_size=12)), st.lists(st.sampled_from(KNOWN)))
def test_a_hint_is_a_known_name_two_edits_away_at_the_most(written, known):
    meant = nearest(written, known)
    if meant is not None:
        assert meant in known
        assert edits(bare(written).replace(" ", ""), bare(meant).replace(" ", "")) <= 2


def test_no_name_of_the_programme_is_a_hint_at_another():
    """Values, columns and readings are told apart by what distinguishes them."""
    for table in soc_trang_2020.tables.values():
        lists = [list(category.values) for category in table.categories] + [list(table.columns)]
        for names in lists:
            for name in names:
                assert nearest(name, [other for other in names if other != name]) is None
    for target in soc_trang_2020.targets:
        for first, second in itertools.permutations([reading.key for reading in target.readings], 2):
            assert nearest(first, [second]) is None


@pytest.mark.parametrize(
    ("unit", "meant"),
    [("kg", "kilogram"), ("t", "tonne"), ("tấn", "tonne"), ("TẤN", "tonne"), ("tấn/ngày", "tonne/day"), ("g", "gram"),
     ("kg/day", "kilogram/day"), ("tonnes", "tonne"), ("tấn/năm", None), ("tonne/year", None), ("lb", None)],
)  # fmt: skip
def test_units_are_known_by_their_synonyms(unit, meant):
    waste = [{"area": "A", "stream": "medical", "generated": 5, "collected": 4, "treated_to_standard": 4}]
    (problem,) = check(soc_trang_2020, {"waste": waste}, year=2020, units=unit).errors
    assert problem.kind == "unknown_unit"
    for lang, words in (("vi", "có phải là"), ("en", "did you mean")):
        assert (f"{words} {meant!r}?" in problem.in_(lang)) == (meant is not None)
        assert (words in problem.in_(lang)) == (meant is not None)


def test_persons_and_households_are_known_in_vietnamese():
    residents = [{"area": "A", "settlement": "rural", "persons": 5, "hygienic_water": 4}]
    (problem,) = check(soc_trang_2020, {"residents": residents}, year=2020, units="người").errors
    assert "did you mean 'person'?" in str(problem)
    (problem,) = check(soc_trang_2020, {"residents": residents}, year=2020, units="hộ").errors
    assert "did you mean" not in str(problem)


def test_a_synonym_is_of_one_of_the_units():
    with pytest.raises(ei.DefinitionError, match="'lb' is said to mean 'pound', none of its units"):
        ei.Unit("kilogram", "kg", synonyms={"lb": "pound"})
