"""Readings, targets, duties and programmes that contradict themselves are refused."""

from __future__ import annotations

import pickle

import pytest
from defined import _duty, _establishments, _programme, _reading, _review, _target, _treated, _waste

from envindicators.definitions.programme import Reading
from envindicators.definitions.rule import flag, one_of
from envindicators.definitions.share import Share
from envindicators.errors import DefinitionError
from envindicators.words.text import Text, as_text


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
    return _waste(key, note=Text(vi="khác", en="another"))


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
