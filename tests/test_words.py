"""Words and numbers of reports: both languages whole, nothing shown that contradicts its verdict."""

from __future__ import annotations

import datetime
import re
import string
from decimal import Decimal
from fractions import Fraction

import pytest
from cards import example
from hypothesis import given
from hypothesis import strategies as st
from strategies import built, directions, near, rules, shares, small_tallies, tallies, unsized

from envindicators.algebra.tally import OUTCOMES, Tally
from envindicators.algebra.threshold import Threshold, at_least, at_most
from envindicators.algebra.verdict import REASONS, Interval, Verdict
from envindicators.definitions.rule import flag
from envindicators.definitions.table import Category, Part, Table, Unit, YearColumn
from envindicators.programmes import soc_trang_2020
from envindicators.report import cards, numbers, readings, verdicts
from envindicators.report import rules as rules_in_words
from envindicators.report import tallies as tallies_in_words
from envindicators.words.text import Text

PERSON = Unit("person", Text(vi="người", en="people"), one=Text(vi="người", en="person"))
KILOGRAM = Unit("kilogram", Text(vi="kg", en="kg"), grain=1000)


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_verdict_reason_kind_and_fate_has_words():
    assert set(verdicts.REASONS) == set(REASONS)
    assert set(tallies_in_words.FATES) == set(Tally.__attrs_attrs__[place].name for place in range(6))
    assert set(tallies_in_words.OUTCOME_WORDS) == set(OUTCOMES)
    assert set(verdicts.SYMBOLS) == set(verdicts.VERDICTS)
    keys = {
        verdicts.verdict_key(verdict, exceeded=exceeded, ceiling=ceiling, due=due)
        for verdict in Verdict
        for exceeded in (True, False, None)
        for due in (True, False)
        for ceiling in (True, False)
    }
    assert keys == set(verdicts.VERDICTS)


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_verdicts_do_not_share_a_word(lang):
    for texts in (verdicts.VERDICTS, verdicts.REASONS, readings.KINDS, tallies_in_words.FATES):
        said = [text.in_(lang) for text in texts.values()]
        assert len(set(said)) == len(said)


def test_to_exceed_a_ceiling_is_not_called_so():
    assert (
        verdicts.VERDICTS[verdicts.judgement_key(at_most("5%").judge(Tally(1, 99)), due=True)].in_("vi")
        == "đạt, tốt hơn chỉ tiêu đề ra"
    )
    assert verdicts.VERDICTS[verdicts.judgement_key(at_least("5%").judge(Tally(9, 91)), due=True)].in_("vi") == "vượt"
    assert (
        verdicts.VERDICTS[verdicts.judgement_key(at_most("5%").judge(Tally(9, 91)), due=True)].in_("vi") == "không đạt"
    )


def test_the_words_of_the_deadline():
    assert verdicts.VERDICTS[verdicts.verdict_key(Verdict.NOT_MET, due=False)].in_("vi") == "chưa đạt"
    assert verdicts.VERDICTS[verdicts.verdict_key(Verdict.NOT_MET, due=True)].in_("vi") == "không đạt"
    assert verdicts.VERDICTS[verdicts.verdict_key(Verdict.MET, exceeded=None, due=True)].in_("vi") == "đạt"


# numbers


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1234567, "1.234.567", "1,234,567"),
        (Decimal("1234.5"), "1.234,5", "1,234.5"),
        (Decimal("0.001"), "0,001", "0.001"),
        (Decimal("1E+3"), "1.000", "1,000"),
    ],
)
def test_numbers(value, vi, en):
    assert numbers.number(value, "vi") == vi
    assert numbers.number(value, "en") == en


def test_amounts_carry_the_shown_unit():
    assert numbers.amount(1_234_500, KILOGRAM, "vi") == "1.234,5 kg"
    assert numbers.amount(1000, KILOGRAM, "en") == "1 kg"
    assert numbers.amount(1, PERSON, "en") == "1 person"
    assert numbers.amount(2, PERSON, "en") == "2 people"
    assert numbers.amount(1, PERSON, "vi") == "1 người"
    assert numbers.amount(2, Unit("third", "thirds", grain=3), "en") == "2/3 thirds"


@given(st.integers(0, 10**24), st.sampled_from(["en", "vi"]))
def test_an_amount_reads_back_exactly(count, lang):
    thousands, decimal = (".", ",") if lang == "vi" else (",", ".")
    text = numbers.figure(count, KILOGRAM, lang)
    assert Fraction(text.replace(thousands, "").replace(decimal, ".")) == Fraction(count, 1000)


@pytest.mark.parametrize(
    ("interval", "vi", "en"),
    [
        (Interval(3, 3), "3 người", "3 people"),
        (Interval(3, 1500), "từ 3 đến 1.500 người", "from 3 to 1,500 people"),
        (Interval(3, None), "ít nhất 3 người", "at least 3 people"),
        (Interval(0, None), "chưa rõ số lượng", "amount not known"),
    ],
)
def test_intervals_of_units(interval, vi, en):
    assert numbers.span(interval, PERSON, "vi") == vi
    assert numbers.span(interval, PERSON, "en") == en


def test_dates():
    date = datetime.date(2017, 3, 15)
    assert numbers.date_words(date, "vi") == "15/3/2017"
    assert numbers.date_words(date, "en") == "15 March 2017"


# shares


SHOWN = re.compile(r"(?:(>?)([^–>]+)–)?(<?)([^–<]+)")


def read_share(text, lang):
    if "/" in text:
        return Fraction(text)
    assert text.endswith("%")
    return Fraction(text[:-1].replace(",", ".") if lang == "vi" else text[:-1]) / 100


def verdicts_of(shown, threshold, lang):
    """Return the verdicts that a reader may take from what is shown."""
    above, low, below, high = SHOWN.fullmatch(shown).groups()
    low, high = read_share(low or high, lang), read_share(high, lang)
    found = set()
    at_most = threshold.direction == "at_most"
    good, bad = (low, high) if at_most else (high, low)
    reached = not (above if at_most else below)
    sign = -1 if at_most else 1
    if sign * good > sign * threshold.level or (good == threshold.level and reached):
        found.add(Verdict.MET)
    if sign * bad < sign * threshold.level:
        found.add(Verdict.NOT_MET)
    return found


def holds(judgement, lang):
    """Check that the words for a judgement say what it says, and an interval no less than the rate."""
    shown = numbers.shares(judgement, lang)
    if shown == numbers.NONE_AROSE:
        assert judgement.verdict is Verdict.NOT_APPLICABLE
    elif shown == numbers.NO_INFORMATION:
        assert judgement.verdict is Verdict.UNDETERMINED or judgement.threshold.level in (0, 1)
        assert not any(judgement.tally.counts)
    else:
        assert verdicts_of(shown, judgement.threshold, lang) == judgement.possible - {Verdict.NOT_APPLICABLE}
        _, low, _, high = SHOWN.fullmatch(shown).groups()
        rate = judgement.rate
        if rate.lower < rate.upper:
            assert read_share(low, lang) <= rate.lower
            assert read_share(high, lang) >= rate.upper


@given(small_tallies, directions, shares, st.sampled_from(["en", "vi"]))
def test_what_is_shown_gives_the_verdict_again(tally, direction, share, lang):
    holds(Threshold(direction, share).judge(tally), lang)


@given(tallies, directions, shares, st.sampled_from(["en", "vi"]))
def test_so_it_does_for_large_tallies(tally, direction, share, lang):
    holds(Threshold(direction, share).judge(tally), lang)


@given(st.data(), directions, shares, unsized, st.sampled_from(["en", "vi"]))
def test_so_it_does_next_to_the_threshold(data, direction, share, open_, lang):
    of = 10**9
    satisfied = int(data.draw(near(share, Fraction(1, 10**6))) * of)
    unknown = data.draw(st.integers(0, min(2, of - satisfied)))
    tally = Tally(satisfied, of - satisfied - unknown, unknown, unsized=open_)
    holds(Threshold(direction, share).judge(tally), lang)


@pytest.mark.parametrize(
    ("tally", "vi"),
    [
        (Tally(97996, 2004), "97,996%"),
        (Tally(90, 5, 5), "90%–95%"),
        (Tally(0, 16, 593, unsized=frozenset(OUTCOMES)), "0%–<100%"),
        (Tally(5, unsized=frozenset(["failed"])), ">0%–100%"),
        (Tally(unsized=frozenset(OUTCOMES)), "..."),
        (Tally(), "-"),
    ],
)
def test_examples_of_shares(tally, vi):
    assert numbers.shares(at_least("98%").judge(tally), "vi") == vi


def test_one_more_area_is_singular():
    card = example("en")
    assert cards.more_words(card, 1, "en") == "and 1 more area"
    assert cards.more_words(card, 2, "en") == "and 2 more areas"


def test_a_share_equal_to_a_threshold_that_no_percentage_writes_stands_as_it_does():
    judgement = at_least(Fraction(1, 3)).judge(Tally(1, 2))
    assert numbers.shares(judgement, "en") == "1/3"
    assert numbers.threshold_words(judgement.threshold, "en") == "≥ 1/3"


def test_thresholds_have_the_comma():
    assert numbers.threshold_words(at_least("98.5%"), "vi") == "≥ 98,5%"
    assert numbers.threshold_words(at_least("98.5%"), "en") == "≥ 98.5%"


def test_what_no_share_can_pass_has_no_sign():
    assert numbers.threshold_words(at_least("100%"), "vi") == "100%"
    assert numbers.threshold_words(at_most("0%"), "vi") == "0%"
    assert numbers.threshold_words(at_most("100%"), "vi") == "≤ 100%"


# rules

TABLE = Table(
    "table",
    PERSON,
    total="persons",
    parts=[Part(key, key) for key in ("generated", "collected", "treated")],
    categories=[
        Category(
            "stream",
            ("urban", "rural", "other"),
            "stream",
            (Text(vi="u", en="u"), Text(vi="r", en="r"), Text(vi="o", en="o")),
        ),
        Category("kind", ("zone", "cluster"), "kind", (Text(vi="z", en="z"), Text(vi="c", en="c"))),
    ],
    years=[YearColumn("built", "built")],
)
LETTERS = {"u": "urban", "r": "rural", "o": "other", "z": "zone", "c": "cluster"}


class Reader:
    """Reads a rule back from its English words, taking brackets and nothing else for structure."""

    def __init__(self, said):
        self.tokens = re.findall(r"not the case: |\(|\)| and | or |“|”|[^()“”]+?(?= and | or |\)|”|“|$)", said)
        self.place = 0

    def take(self):
        self.place += 1
        return self.tokens[self.place - 1]

    def peek(self):
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def rule(self):
        parts, joints = [self.operand()], set()
        while self.peek() in (" and ", " or "):
            joints.add(self.take())
            parts.append(self.operand())
        assert len(joints) <= 1, "mixed without brackets"
        return (joints.pop(), parts) if joints else parts[0]

    def operand(self):
        token = self.take()
        if token == "not the case: ":
            assert self.peek() in "(“"
            return ("not", self.operand())
        if token in "(“":
            inner = self.rule()
            assert self.take() in ")”"
            return inner
        return token.strip()


def atoms_said(rule):
    """Return a rule over flags in the same form."""
    match rule:
        case ("flag", column):
            return column
        case ("not", one):
            return ("not", atoms_said(one))
        case (joint, one, other):
            sides = [atoms_said(one), atoms_said(other)]
            flat = [part for side in sides for part in (side[1] if side[0] == f" {joint} " else [side])]
            return (f" {joint} ", flat)
    raise AssertionError(rule)


flags_only = st.recursive(
    st.sampled_from(("generated", "collected", "treated")).map(lambda part: ("flag", part)),
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner),
        st.tuples(st.just("and"), inner, inner),
        st.tuples(st.just("or"), inner, inner),
    ),
    max_leaves=6,
)


@given(flags_only)
def test_a_rule_can_be_read_back_from_its_words(rule):
    assert Reader(rules_in_words.rule_words(built(rule), TABLE, "en")).rule() == atoms_said(rule)


@given(rules, st.sampled_from(["en", "vi"]))
def test_every_rule_has_balanced_words_that_name_its_columns(rule, lang):
    made = built(rule)
    said = rules_in_words.rule_words(made, TABLE, lang)
    for opening, closing in ("()", "“”"):
        assert said.count(opening) == said.count(closing)
    for column in made.columns:
        assert column in said


def test_rules_of_the_resolution_in_both_languages():
    indicator = soc_trang_2020.target("new_facilities").reading("both_devices").requirements[0].indicator
    assert rules_in_words.rule_words(indicator.where, indicator.table, "vi") == (
        "áp dụng công nghệ sạch hoặc (được trang bị thiết bị giảm ô nhiễm và được trang bị thiết bị xử lý chất thải)"
    )
    assert rules_in_words.rule_words(indicator.among, indicator.table, "en") == (
        "activity is one of “production”, “production and business” and "
        "year in which construction was finished is from 2015 to 2020"
    )
    assert rules_in_words.rule_words(~flag("a") & ~(flag("b") | flag("c")), indicator.table, "vi") == (
        "không thuộc trường hợp “a” và không thuộc trường hợp (b hoặc c)"
    )


# tallies


@given(small_tallies, st.sampled_from(["en", "vi"]))
def test_a_tally_is_said_in_full(tally, lang):
    lines = tallies_in_words.tally_words(tally, PERSON, lang)
    assert len(lines) == sum(1 for count in tally.counts if count) + bool(tally.unsized)
    said = dict(line.split(": ", 1)[::-1] for line in lines if line[0].isdigit())
    for (_, text), count in zip(tallies_in_words.FATES.items(), tally.counts, strict=True):
        assert (text.in_(lang) in said) == bool(count)
        if count:
            assert said[text.in_(lang)] == numbers.amount(count, PERSON, lang)
    for outcome, text in tallies_in_words.OUTCOME_WORDS.items():
        if outcome in tally.unsized:
            assert text.in_(lang) in lines[-1]


def test_alternatives_are_joined():
    assert numbers.listed(["a"], "vi") == "a"
    assert numbers.listed(["a", "b"], "vi") == "a hoặc b"
    assert numbers.listed(["a", "b", "c"], "en") == "a, b or c"


def test_names_of_groups_cannot_steer_a_terminal():
    assert cards.group_label(("\x1b[31mred\n\u202e", None)) == " [31mred  , ..."
