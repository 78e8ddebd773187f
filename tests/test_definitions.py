"""Laws of definitions: a target that contradicts itself is refused when it is made, with what to do about it."""

import datetime
import decimal
import pickle
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from envindicators.algebra.tally import Rate, Tally
from envindicators.algebra.threshold import at_least, at_most
from envindicators.definitions.indicator import Requirement
from envindicators.definitions.programme import Duty, Programme, Reading, Review, Target
from envindicators.definitions.rule import YEARS, all_units, between, flag, one_of
from envindicators.definitions.share import Share
from envindicators.definitions.source import Clause, Correction, Document
from envindicators.definitions.table import Category, Part, Table, Unit, YearColumn
from envindicators.errors import DefinitionError
from envindicators.words.text import Text, as_text, checked_lang

WORDS = "Phấn đấu đến năm 2020, tỷ lệ chất thải rắn được thu gom và xử lý đạt tiêu chuẩn. " * 5


def _document(number="12-NQ/TU"):
    party = Text(vi="Tỉnh ủy", en="Provincial Party Committee")
    return Document(number, Text(vi="Nghị quyết", en="Resolution"), party, party, datetime.date(2017, 3, 15))


def _clause(section="II.3 (1)", **more):
    return Clause(_document(), section, WORDS, "We strive.", **more)


PERSON = Unit("person", Text(vi="người", en="people"))
KILOGRAM = Unit("kilogram", Text(vi="kg", en="kg"), grain=1000, multiples={"gram": 1, "tonne": 1_000_000})


def _waste(key="waste", **more):
    return Table(
        key,
        KILOGRAM,
        total="generated",
        parts={"collected": "collected", "treated": Text(vi="xử lý", en="treated")},
        nested=True,
        categories={"stream": ["urban", "rural", "other"]},
        years=["built"],
        period="flow",
        **more,
    )


def _establishments(**more):
    return Table("establishments", PERSON, total="count", parts=["clean", "devices"], id="code", **more)


def _treated(key="treated", table=None, **more):
    return Share(key, "treated", table=table or _waste(), where=flag("treated"), **more)


def _reading(key="pooled", **more):
    return Reading(key, _treated().at_least("90%"), **more)


def _target(key="waste", **more):
    return Target(key, _clause(), 2020, **{"readings": _reading(), **more})


def _duty(key="plan", **more):
    return Duty(key, _clause(), **more)


def _review(key="final", year=2020):
    return Review(key, "final review", year, "Tỉnh ủy", clause=_clause())


def _programme(**more):
    given_ = {"targets": [_target()], "duties": [_duty()], "reviews": [_review()], **more}
    return Programme("soc_trang", "Soc Trang", _document(), **given_)


MADE = {
    "text": lambda: Text(vi="nước", en="water"),
    "document": _document,
    "correction": lambda: Correction("nươc", "nước"),
    "clause": _clause,
    "unit": lambda: Unit("kilogram", "kg", grain=1000, multiples={"tonne": 1_000_000}),
    "part": lambda: Part("treated", "treated"),
    "category": lambda: Category("stream", ("urban",), "stream", (Text("đô thị", "urban"),)),
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
        (_waste(), _waste(note=Text("a", "b"))),
        (PERSON, Unit("person", "persons")),
        (_duty(), _duty(strength="must")),
        (flag("a") & flag("b"), flag("b") & flag("a")),
        (flag("a") & flag("b"), flag("a") | flag("b")),
    ],
)
def test_definitions_that_differ_are_not_equal(one, other):
    """Every field counts."""
    assert one != other


# Text


def test_a_text_says_the_same_in_two_languages():
    """in_ gives the words of a language; any other language is refused, not replaced."""
    text = Text(vi="nước", en="water")
    assert (text.in_("vi"), text.in_("en"), str(text)) == ("nước", "water", "water")
    assert checked_lang("vi") == "vi"
    for bad in ("fr", "", "VI", None):
        with pytest.raises(ValueError, match="'vi', 'en'"):
            text.in_(bad)


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
    assert as_text("kg") == Text(vi="kg", en="kg")


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
    assert make().name.vi == "Dân cư"


# Unit


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


# Table


@pytest.mark.parametrize(
    "columns",
    [
        {"parts": ["a", "a"]},
        {"parts": ["n"]},
        {"parts": ["area"]},
        {"parts": ["year"]},
        {"parts": ["a"], "categories": {"a": ["x"]}},
        {"parts": ["a"], "years": ["a"]},
        {"years": ["year"]},
        {"id": "n"},
        {"id": "area"},
        {"parts": ["a"], "id": "a"},
    ],
)
def test_a_column_has_one_meaning(columns):
    """A column named twice, or named as a key that every table has, is refused."""
    with pytest.raises(DefinitionError, match="twice"):
        Table("t", PERSON, total="n", **columns)


@pytest.mark.parametrize(
    ("columns", "hint"),
    [
        ({"parts": ["a"], "nested": True}, "at least two"),
        ({"nested": True}, "at least two"),
        ({"categories": {"a": []}}, "allowed values"),
        ({"categories": {"a": ["x", "y", "x"]}}, "allowed values"),
        ({"categories": {"a": "xyz"}}, "string"),
        ({"parts": "abc"}, "string"),
        ({"years": "built"}, "string"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(columns, hint):
    """One nested part, a category without distinct values, text for a list of columns."""
    with pytest.raises(DefinitionError, match=hint):
        Table("t", PERSON, total="n", **columns)


@pytest.mark.parametrize("period", ["year", "", None, "Stock"])
def test_a_table_is_a_stock_or_a_flow(period):
    """A state on a date or an amount over a period; nothing else."""
    with pytest.raises(ValueError, match="period"):
        Table("t", PERSON, total="n", period=period)


@pytest.mark.parametrize("field", ["parts", "years"])
@pytest.mark.parametrize("made", [False, True])
def test_columns_may_come_from_any_iterable(field, made):
    """A generator of columns gives the same table as a list of them: none is lost."""
    kind = {"parts": Part, "years": YearColumn}[field]
    columns = [kind(key, key) if made else key for key in ("a", "b", "c")]
    as_list, as_iterator = (Table("t", PERSON, total="n", **{field: given_}) for given_ in (columns, iter(columns)))
    assert as_list == as_iterator


def test_a_table_knows_its_columns_by_kind():
    """Total, parts, categories, years, in that order, each found under its kind only."""
    table = _waste()
    assert table.columns == ("generated", "collected", "treated", "stream", "built")
    assert table.part("treated").name == Text(vi="xử lý", en="treated")
    assert table.category("stream").name_of("rural") == as_text("rural")
    assert table.year_column("built").key == "built"
    for find in (table.part, table.category, table.year_column):
        assert find("generated") is None
        assert find("nothing") is None
    assert table.name == as_text("waste")


def test_domains_hold_what_the_columns_may():
    """Parts are true or false, categories have their allowed values, years run from 1900 to 2100."""
    domains = _waste().domains
    assert set(domains.values["collected"]) == {True, False}
    assert tuple(domains.values["stream"]) == ("urban", "rural", "other")
    assert (domains.values["built"][0], domains.values["built"][-1]) == (1900, 2100) == (YEARS[0], YEARS[-1])
    assert domains.nested == ("collected", "treated")
    assert _establishments().domains.nested == ()


@pytest.mark.parametrize(
    ("among", "where", "needs"),
    [
        (all_units(), flag("clean") | flag("devices"), False),
        (all_units(), flag("clean") & ~flag("clean"), True),
        (flag("clean"), flag("devices"), True),
        (flag("clean"), flag("clean"), True),
        (one_of("kind", "x"), flag("clean"), False),
        (all_units(), one_of("kind", "x") & one_of("kind", "x", "y"), False),
    ],
)
def test_margins_suffice_exactly_without_a_part_in_among_and_without_repetition(among, where, needs):
    """Counts of parts that are not nested hold an indicator whose population looks at no part, each part once."""
    table = _establishments(categories={"kind": ["x", "y"]})
    assert Share("i", "i", table=table, among=among, where=where).questions[0].needs_units is needs


def test_counts_of_nested_parts_or_of_one_part_tell_every_unit():
    """There margins are never too little."""
    for table in (_waste(), Table("t", PERSON, total="n", parts=["treated"])):
        indicator = Share("i", "i", table=table, among=flag("treated"), where=flag("treated") & flag("treated"))
        assert not indicator.questions[0].needs_units
        assert table.chained
    assert not _establishments().chained


# Indicator


@pytest.mark.parametrize(
    ("rule", "hints"),
    [
        (flag("colected"), ["'colected'", "did you mean 'collected'"]),
        (flag("stream"), ["'stream'", "parts", "waste"]),
        (flag("generated"), ["'generated'", "collected, treated"]),
        (one_of("strem", "rural"), ["'strem'", "did you mean 'stream'"]),
        (one_of("stream", "urban", "rurall"), ["'rurall'", "did you mean 'rural'", "urban, rural, other"]),
        (one_of("collected", "yes"), ["'collected'", "categories"]),
        (between("buit", 2000, 2001), ["'buit'", "did you mean 'built'"]),
        (between("year", 2000, 2001), ["'year'", "year columns"]),
        (flag("treated") & ~(flag("collected") | flag("weighed")), ["'weighed'"]),
        (flag("one") | flag("two"), ["'one'", "'two'"]),
    ],
)
@pytest.mark.parametrize("place", ["among", "where"])
def test_a_rule_fits_its_table(rule, hints, place):
    """A column of another kind, or a column or value that the table lacks, is named with what is nearest."""
    rules = {"among": all_units(), "where": all_units(), place: rule}
    with pytest.raises(DefinitionError) as refusal:
        Share("share", "share", table=_waste(), **rules)
    assert "'share'" in str(refusal.value)
    for hint in hints:
        assert hint in str(refusal.value)


def test_nothing_far_off_is_suggested():
    """A suggestion that is no near miss would mislead."""
    with pytest.raises(DefinitionError) as refusal:
        Share("share", "share", table=_waste(), where=flag("zzz"))
    assert "did you mean" not in str(refusal.value)


@pytest.mark.parametrize("bad", ["treated", None, True, lambda unit: True])
def test_an_indicator_takes_rules(bad):
    """The name of a column is no rule: the refusal says what is."""
    with pytest.raises(DefinitionError, match="flag"):
        Share("share", "share", table=_waste(), where=bad)
    with pytest.raises(DefinitionError, match="flag"):
        Share("share", "share", table=_waste(), where=flag("treated"), among=bad)


def test_the_population_is_everyone_unless_given():
    """`among` defaults to everyone; where has no default."""
    assert _treated().among == all_units()
    with pytest.raises(TypeError, match="where"):
        Share("share", "share", table=_waste())


@pytest.mark.parametrize("bad", [0.9, 90, True, "90", None])
def test_a_requirement_takes_what_a_threshold_takes(bad):
    """The same refusals with the same hints from an indicator."""
    for make in (_treated().at_least, _treated().at_most):
        with pytest.raises((TypeError, ValueError), match="%"):
            make(bad)


def test_a_requirement_is_an_indicator_with_a_threshold():
    """at_least and at_most of an indicator are those of a threshold."""
    assert _treated().at_least("90%") == Requirement(_treated(), at_least("90%"))
    assert _treated().at_most("90%") == Requirement(_treated(), at_most("90%"))
    with pytest.raises(TypeError):
        Requirement(_treated(), "90%")
    with pytest.raises(TypeError):
        Requirement("treated", at_least("90%"))


# Clause


def test_mends_turn_the_scan_into_the_quote():
    """The scan stays on record, and the corrections account for every letter between it and the quote."""
    corrections = [Correction("nươc", "nước"), Correction("sach", "sạch", certain=False)]
    clause = Clause(_document(), "II", "nước sạch", "clean water", corrections=corrections, scan="nươc sach")
    assert clause.corrections == tuple(corrections)
    assert str(clause) == "12-NQ/TU, II"
    with pytest.raises(DefinitionError, match="does not stand in the scan"):
        Clause(_document(), "II", "nước", "water", corrections=[Correction("nuoc", "nước")], scan="nươc")
    with pytest.raises(DefinitionError, match="not 'nước sạch'"):
        Clause(_document(), "II", "nước sạch", "clean water", corrections=corrections[:1], scan="nươc sach")
    with pytest.raises(DefinitionError, match="II"):
        Clause(_document(), "II", "nước", "water", scan="nươc")


def test_a_clause_without_mends_is_its_own_scan():
    """Where nothing was corrected the quote is the scan."""
    assert _clause().scan == WORDS


def test_an_inferred_deadline_has_a_ground():
    """What the text does not say must be accounted for."""
    with pytest.raises(DefinitionError, match="deadline_rationale"):
        _clause(deadline="inferred")
    assert _clause(deadline="inferred", deadline_rationale=Text("tiêu đề", "title")).deadline == "inferred"
    assert _clause(deadline="stated").deadline == "stated"
    with pytest.raises(ValueError, match="deadline"):
        _clause(deadline="guessed")


def test_a_clause_quotes():
    """A clause without words is none."""
    with pytest.raises(ValueError, match="quote"):
        Clause(_document(), "II", "", "")


# Readings, targets, duties, programmes


def test_a_reading_holds_requirements():
    """One, or several of distinct indicators; none, or anything else, is refused."""
    one, other = _treated().at_least("90%"), _treated("collected").at_least("90%")
    assert Reading("r", one).requirements == (one,)
    assert Reading("r", [one, other]).requirements == (one, other)
    with pytest.raises(DefinitionError, match="no requirements"):
        Reading("r", [])
    with pytest.raises(DefinitionError, match="at_least"):
        Reading("r", [_treated()])
    with pytest.raises(DefinitionError, match="'treated' stands twice"):
        Reading("r", [one, _treated().at_most("95%")])
    with pytest.raises(ValueError, match="kind"):
        Reading("r", one, kind="guess")


def test_a_reading_knows_the_columns_that_count():
    """The columns of where, not those of among."""
    indicator = _treated(among=one_of("stream", "rural"))
    assert Reading("r", indicator.at_least("90%")).where_columns == {"treated"}


def test_a_target_has_readings_of_distinct_keys_a_text_first():
    """No readings, two under one key, or a default that decides nothing: refused."""
    assert _target(readings=_treated().at_least("90%")).default.requirements == (_treated().at_least("90%"),)
    two = _target(readings=[_reading("a"), _reading("b", kind="proxy")])
    assert two.default == two.reading("a")
    assert two.reading("b").kind == "proxy"
    with pytest.raises(DefinitionError, match="no readings"):
        _target(readings=[])
    with pytest.raises(DefinitionError, match="'a' stands twice"):
        _target(readings=[_reading("a"), _reading("a", kind="proxy")])
    for kind in ("statistic", "proxy"):
        with pytest.raises(DefinitionError, match=kind):
            _target(readings=[_reading("a", kind=kind), _reading("b")])


@pytest.mark.parametrize(
    "readings",
    [[_treated().at_least("90%")], "pooled", [None], [_treated()]],
    ids=["list of requirements", "text", "none", "list of indicators"],
)
def test_a_target_holds_readings_only(readings):
    """A requirement in a list is not wrapped, nor is anything else: DefinitionError, as in a reading."""
    with pytest.raises(DefinitionError):
        _target(readings=readings)


def test_an_unknown_reading_is_named_with_the_nearest():
    """KeyError with the keys there are, and a suggestion."""
    with pytest.raises(KeyError, match="did you mean 'pooled'"):
        _target().reading("poled")
    with pytest.raises(KeyError, match="did you mean 'waste'"):
        _programme().target("wast")
    with pytest.raises(KeyError, match="did you mean 'plan'"):
        _programme().duty("plann")


def test_a_target_is_named_by_its_first_indicator():
    """Unless it has a name of its own."""
    assert _target().name == as_text("treated")
    assert _target(name="waste").name == as_text("waste")
    assert _target().tables == (_waste(),)


def test_an_actor_has_a_basis_and_a_basis_an_actor():
    """A basis says how an actor is known; without an actor there is nothing to be known."""
    assert _duty(actor="Sở", basis="implied").actor == as_text("Sở")
    for basis in ("stated", "carried_over", "implied"):
        with pytest.raises(DefinitionError, match="actor"):
            _duty(basis=basis)
    with pytest.raises(ValueError, match="basis"):
        _duty(actor="Sở", basis="guessed")
    with pytest.raises(ValueError, match="strength"):
        _duty(strength="should")


def _twin(key):
    return _waste(key, note=Text("khác", "another"))


@pytest.mark.parametrize(
    ("parts", "hint"),
    [
        ({"targets": []}, "no targets"),
        ({"targets": [_target(), _target()]}, "'waste' stands twice"),
        ({"duties": [_duty("waste")]}, "'waste' stands twice"),
        ({"reviews": [_review("plan")]}, "'plan' stands twice"),
        ({"duties": [_duty(indicator=_treated("other", table=_twin("waste")))]}, "tables are called 'waste'"),
        (
            {"duties": [_duty(indicator=_treated(among=flag("collected")))]},
            "indicators are called 'treated'",
        ),
    ],
)
def test_a_programme_that_contradicts_itself_is_refused(parts, hint):
    """No target; two things, two different tables or two different indicators under one key."""
    with pytest.raises(DefinitionError, match=hint):
        _programme(**parts)


def test_a_programme_gathers_what_it_needs():
    """Each indicator and each table once, those of duties too."""
    other = Share("clean", "clean", table=_establishments(), where=flag("clean"))
    programme = _programme(duties=[_duty(indicator=other), _duty("again", indicator=_treated())])
    assert programme.indicators == (_treated(), other)
    assert programme.tables == {"waste": _waste(), "establishments": _establishments()}
    assert programme.target("waste") == _target()
    assert programme.duty("plan").indicator == other


def test_a_definition_error_is_a_value_error():
    """So that callers who know nothing of the library may catch it, and pass it between processes."""
    assert issubclass(DefinitionError, ValueError)
    assert str(pickle.loads(pickle.dumps(DefinitionError("x")))) == "x"
