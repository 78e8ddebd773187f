"""Names that differ only in what no reader sees are refused with both named; nothing is normalised in silence."""

from __future__ import annotations

import unicodedata

import pytest
from forms import check
from hypothesis import given
from hypothesis import strategies as st

import envindicators as ei
from envindicators.cells.spellings import alike, check_spellings
from envindicators.problems import Findings
from envindicators.programmes import soc_trang_2020
from envindicators.words.spelling import fold, is_blank, looks, spelt_out

INVISIBLE = [
    "\u200b", "\ufeff", "\u00ad", "\u200e", "\u200f", "\u200d", "\u2060", "\u202e", "\x00", "\x07", "\x7f", "\x9f",
    "\ufe0f",
    "\u034f", "\u180e", "\u3164", "\U000e0020", "\U000e0101",
]  # fmt: skip
SPACES = [" ", "\u00a0", "\u202f", "\u3000", "\u2009", "\t", "  ", " \u00a0 ", "\u2028"]


def residents(*areas, **column):
    rows = [
        {"area": area, "settlement": "rural", "persons": 10 + row, "hygienic_water": 9}
        for row, area in enumerate(areas)
    ]
    return [row | column for row in rows]


def errors(rows, table="residents", **options):
    found = check(soc_trang_2020, {table: rows}, year=2020, **options).errors
    return [(problem.kind, problem.row, problem.column, problem.value) for problem in found]


@pytest.mark.parametrize("unseen", INVISIBLE)
@pytest.mark.parametrize("place", [0, 3, 5])
def test_what_cannot_be_seen_in_a_name_is_spelt_out(unseen, place):
    """Also at its beginning and at its end, and between letters; in both languages."""
    name = "Mỹ Tú"[:place] + unseen + "Mỹ Tú"[place:]
    assert errors(residents("Mỹ Tú", name, "B")) == [("key_spelling", 1, "area", name)]
    (problem,) = check(soc_trang_2020, {"residents": residents("Mỹ Tú", name)}, year=2020).errors
    for lang in ("vi", "en"):
        assert f"<U+{ord(unseen):04X}>" in problem.in_(lang)
        assert "'Mỹ Tú'" in problem.in_(lang)
    assert errors(residents(unseen, "B")) == [("blank_key", 0, "area", unseen)]


@pytest.mark.parametrize("space", SPACES[1:])
def test_every_run_of_spaces_is_one_space(space):
    for name in (f"Mỹ{space}Tú", f"Mỹ Tú{space}", f"{space}Mỹ Tú"):
        assert errors(residents("Mỹ Tú", name)) == [("key_spelling", 1, "area", name)]


@pytest.mark.parametrize("other", ["MỸ TÚ", "mỹ tú", unicodedata.normalize("NFD", "Mỹ Tú")])
def test_case_and_the_encoding_of_diacritics_tell_no_names_apart(other):
    assert errors(residents("Mỹ Tú", other)) == [("key_spelling", 1, "area", other)]


def test_what_only_looks_alike_is_noted():
    """Where a tone mark stands, and letters that look alike, tell names apart; their reader is told."""
    for first, second in (("Hoà Tú", "Hòa Tú"), ("Đại Hải", "Ðại Hải"), ("Long Phú", "Ｌong Phú")):
        found = check(soc_trang_2020, {"residents": residents(first, second)}, year=2020)
        assert [(problem.kind, problem.severity) for problem in found] == [("similar_key", "note")]
    assert not check(soc_trang_2020, {"residents": residents("Mỹ Tú", "Mỹ Tụ", "My Tu", "MỹTú")}, year=2020)


def test_the_law_is_one_for_areas_ids_and_other_keys():
    ids, zones = ("DN-01", "DN-01 ", "dn-01", "DN\u200b-01"), ("north", "North\u00ad", "north ", "N orth")
    for column, names, refused in (("id", ids, [1, 2, 3]), ("zone", zones, [1, 2])):
        rows = [
            {"id": row, "area": "A", "zone": "x", "activity": "business", "built": 2000, column: name}
            for row, name in enumerate(names)
        ]
        by = ["area", "zone"] if column == "zone" else ["area"]
        expected = [("key_spelling", row, column, names[row]) for row in refused]
        assert sorted(errors(rows, "establishments", by=by)) == expected


@pytest.mark.parametrize(
    ("written", "unseen"), [("rural\u200b", "U+200B"), ("\ufeffrural", "U+FEFF"), ("ru\u00adral", "U+00AD")]
)
def test_an_unknown_category_names_what_cannot_be_seen(written, unseen):
    (problem,) = check(soc_trang_2020, {"residents": residents("A", settlement=written)}, year=2020).errors
    for lang in ("vi", "en"):
        assert "'rural'" in problem.in_(lang).split(";")[-1]
        assert unseen in problem.in_(lang).split(";")[-1]


def test_spellings_are_compared_across_tables_and_cells():
    households = [{"area": "Mỹ Tú\u200b", "settlement": "rural", "households": 5, "hygienic_water": 4}]
    with pytest.raises(ei.InvalidTable, match="U\\+200B"):
        ei.evaluate(soc_trang_2020, {"residents": residents("Mỹ Tú"), "households": households}, year=2020)
    cells = [ei.condense(soc_trang_2020, {"residents": residents(area)}, by="area") for area in ("Mỹ Tú", "Mỹ\u00a0Tú")]
    with pytest.raises(ei.InvalidTable, match="expected one spelling"):
        cells[0] + cells[1]


letters = st.sampled_from([*"aàáAÀđĐðaoòóßẞKk|~^ﬁ｜Ｌ12", "e\u0301", "\u0301", "K", "İ", *INVISIBLE, *SPACES])
names = st.lists(letters, max_size=6).map("".join)


@given(st.lists(st.one_of(names, st.text(max_size=4)), max_size=8))
def test_names_are_folded_together_as_one_by_one(every):
    assert fold(every) == [name for one in every for name in fold([one])]
    assert fold(fold(every)) == fold(every)


@given(names, st.data())
def test_what_no_reader_sees_is_folded_away(name, data):
    """Wherever something unseen is put, in whatever case and encoding."""
    words = name.split()
    space = data.draw(st.sampled_from(SPACES))
    changed = f"{space}{space.join(words)}{data.draw(st.sampled_from(['', *SPACES]))}"
    place = data.draw(st.integers(0, len(changed)))
    changed = changed[:place] + data.draw(st.sampled_from(INVISIBLE)) + changed[place:]
    assert fold([changed]) == fold([" ".join(words)])


@given(st.lists(names, max_size=8))
def test_names_that_may_look_alike_are_among_those_looked_at(every):
    """The quick look leaves out only names that are like no other, in any sense."""
    every = list(dict.fromkeys(every))
    suspects = set(alike(every))
    for key in (fold(every), looks(every)):
        for name, folded in zip(every, key, strict=True):
            assert name in suspects or key.count(folded) == 1


@given(st.lists(names.filter(lambda name: not is_blank(name)), max_size=8, unique=True))
def test_exactly_the_names_that_fold_alike_are_refused(every):
    findings = Findings()
    check_spellings({"t": every}, "area", findings)
    assert findings.errors == len(every) - len(set(fold(every)))


def test_what_is_spelt_out_shows_every_character_that_unicode_hides():
    for code in range(0x110000):
        letter = chr(code)
        if unicodedata.category(letter) in ("Cc", "Cf") and not letter.isspace():
            assert spelt_out(letter) == f"<U+{code:04X}>"
            assert is_blank(letter)
