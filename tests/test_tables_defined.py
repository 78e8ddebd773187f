"""A table that contradicts itself is refused, and knows its columns."""

from __future__ import annotations

import pytest
from defined import PERSON, _establishments, _waste

from envindicators.definitions.rule import YEARS, all_units, flag, one_of
from envindicators.definitions.share import Share
from envindicators.definitions.table import Part, Table, YearColumn
from envindicators.errors import DefinitionError
from envindicators.words.text import Text, as_text


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
