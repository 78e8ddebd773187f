"""An indicator takes rules over the columns of its table, and thresholds."""

from __future__ import annotations

import pytest
from defined import _treated, _waste

from envindicators.algebra.threshold import at_least, at_most
from envindicators.definitions.indicator import Requirement
from envindicators.definitions.rule import all_units, between, flag, one_of
from envindicators.definitions.share import Share
from envindicators.errors import DefinitionError


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
