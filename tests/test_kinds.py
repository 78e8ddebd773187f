"""Indicators are an open set of kinds: one defined here goes through every definition."""

import datetime
import pickle
from functools import cached_property

import pytest
from attrs import field, frozen

import envindicators as ei
from envindicators.definitions.question import Question
from envindicators.definitions.rule import as_rule
from envindicators.pickling import versioned

PERSON = ei.Unit("person", ei.Text(vi="người", en="people"))
WASTE = ei.Table("waste", PERSON, total="generated", parts=["collected"], categories={"stream": ["rural", "urban"]})
PEOPLE = ei.Table("people", PERSON, total="persons", parts=["served", "paying"])
CLAUSE = ei.Clause(
    ei.Document("1-NQ", "title", "resolution", "council", datetime.date(2020, 1, 1)),
    "I",
    "quote",
    "quote",
)


@versioned
@frozen(cache_hash=True)
class Lack(ei.Indicator):
    """The share of the units of two tables that fail: satisfied and failed exchanged, and both tables added up."""

    key: str
    name: ei.Text
    table: ei.Table = field(kw_only=True)
    other: ei.Table = field(kw_only=True)
    where: ei.Rule = field(kw_only=True, converter=as_rule)
    other_where: ei.Rule = field(kw_only=True, converter=as_rule)

    def __attrs_post_init__(self):
        self.questions

    @cached_property
    def questions(self):
        return (
            self.ask(self.table, ei.all_units(), ~self.where),
            self.ask(self.other, ei.all_units(), ~self.other_where),
        )

    def evidence(self, tallies):
        first, second = tallies
        return first + second


def lack(**changes):
    given = {
        "table": WASTE,
        "other": PEOPLE,
        "where": ei.flag("collected"),
        "other_where": ei.flag("served") & ei.flag("paying"),
    }
    return Lack("lack", ei.Text(vi="thiếu", en="lack"), **(given | changes))


SHARE = ei.Share("collected", "collected", table=WASTE, among=ei.one_of("stream", "rural"), where=ei.flag("collected"))


def programme():
    reading = ei.Reading("both", [lack().at_most("10%"), SHARE.at_least("50%")])
    return ei.Programme("p", "p", CLAUSE.document, [ei.Target("t", CLAUSE, 2020, [reading])])


def test_a_programme_knows_the_tables_and_rules_of_every_kind():
    made = programme()
    assert dict(made.tables) == {"waste": WASTE, "people": PEOPLE}
    assert made.targets[0].tables == (WASTE, PEOPLE)
    assert made.targets[0].default.where_columns == {"collected", "served", "paying"}
    assert made.indicators == (lack(), SHARE)
    assert made.rules_of(PEOPLE) == (ei.all_units(), ~(ei.flag("served") & ei.flag("paying")))
    assert set(made.rules_of(WASTE)) == {
        ei.all_units(),
        ~ei.flag("collected"),
        ei.one_of("stream", "rural"),
        ei.flag("collected"),
    }


def test_every_question_is_among_the_rules_of_its_table():
    made = ei.programmes.soc_trang_2020
    for indicator in made.indicators:
        for question in indicator.questions:
            assert {question.among, question.where} <= set(made.rules_of(question.table))
    for table in made.tables.values():
        asked = {
            rule
            for indicator in made.indicators
            for question in indicator.questions
            if question.table == table
            for rule in (question.among, question.where)
        }
        assert set(made.rules_of(table)) == asked
        assert len(made.rules_of(table)) == len(asked)


def test_what_a_table_lacks_is_refused_when_an_indicator_of_any_kind_is_made():
    with pytest.raises(ei.DefinitionError, match="indicator 'lack': 'paid' is not among the parts of table 'people'"):
        lack(other_where=ei.flag("paid"))


def test_a_kind_judges_pickles_and_compares_as_shares_do():
    requirement = lack().at_most("10%")
    assert repr(requirement) == "Requirement('lack' ≤ 10%)"
    assert requirement.indicator.evidence((ei.Tally(1, 9), ei.Tally(0, 90))) == ei.Tally(1, 99)
    assert pickle.loads(pickle.dumps(programme())) == programme()
    assert {programme(): 1}[programme()] == 1
    assert lack() != lack(where=~ei.flag("collected"))


def test_two_tables_of_one_key_are_refused_whatever_kind_asks_them():
    other = ei.Table("people", PERSON, total="persons", parts=["served", "paying", "poor"])
    reading = ei.Reading("both", [lack().at_most("10%")])
    twin = ei.Share("served", "served", table=other, where=ei.flag("served"))
    with pytest.raises(ei.DefinitionError, match="two different tables are called 'people'"):
        ei.Programme(
            "p",
            "p",
            CLAUSE.document,
            [ei.Target("t", CLAUSE, 2020, [reading]), ei.Target("u", CLAUSE, 2020, twin.at_least("1%"))],
        )


def test_a_question_tells_the_columns_that_bear_on_it():
    nested = ei.Table("n", PERSON, total="all", parts=["first", "second", "third"], nested=True)
    assert Question(nested, ei.all_units(), ei.flag("second")).columns == ("second", "first", "third")
    assert Question(WASTE, ei.one_of("stream", "rural"), ei.flag("collected")).columns == ("stream", "collected")


@pytest.mark.parametrize("where", ["among", "where"])
def test_all_units_may_be_meant_without_its_brackets(where):
    rules = {"among": ei.all_units(), "where": ei.all_units()}
    meant = ei.Share("s", "s", table=WASTE, **(rules | {where: ei.all_units}))
    assert meant == ei.Share("s", "s", table=WASTE, **rules)
    assert ei.flag("collected") & ei.all_units == ei.flag("collected") & ei.all_units()
    assert ei.all_units | ei.flag("collected") == ei.all_units() | ei.flag("collected")


@pytest.mark.parametrize(
    ("meant", "hint"),
    [
        (ei.flag, r"flag\('collected'\)"),
        (ei.one_of, r"one_of\('stream', 'rural'\)"),
        (ei.between, r"between\('built', 2015, 2020\)"),
        ("collected", r"flag\('collected'\)"),
        (True, "flag, one_of, between or all_units"),
    ],
)
def test_what_is_no_rule_is_told_how_to_be_one(meant, hint):
    for make in (
        lambda: ei.Share("s", "s", table=WASTE, among=meant, where=ei.flag("collected")),
        lambda: ei.Share("s", "s", table=WASTE, where=meant),
        lambda: ei.flag("collected") & meant,
        lambda: meant | ei.flag("collected"),
    ):
        with pytest.raises(TypeError, match=hint):
            make()
