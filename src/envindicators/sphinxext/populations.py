"""Numerator and denominator in words: the table, what its units must be, the unit they are counted in."""

from __future__ import annotations

from collections.abc import Iterator

from envindicators.definitions.question import Question
from envindicators.definitions.rule import AllUnits, And, Flag, OneOf, Rule
from envindicators.definitions.table import Table
from envindicators.report.rules import rule_words
from envindicators.sphinxext.formula import operands
from envindicators.words.message import gettext


def denominator_words(question: Question, lang: str) -> str:
    """Say what a share is a share of.

    Example:
        >>> from envindicators.programmes import soc_trang_2020
        >>> denominator_words(soc_trang_2020.target("rural_water").default.questions[0], "en")
        'Residents; settlement: rural (people)'
    """
    table = question.table
    return _counted([table.name.in_(lang), *_conditions(question.among, table, lang)], table, lang)


def numerator_words(question: Question, lang: str) -> str:
    """Say what is counted of the denominator.

    Example:
        >>> from envindicators.programmes import soc_trang_2020
        >>> numerator_words(soc_trang_2020.target("rural_water").default.questions[0], "en")
        'Residents that use hygienic domestic water; settlement: rural (people)'
    """
    table = question.table
    name, among = table.name.in_(lang), _conditions(question.among, table, lang)
    if question.where.atoms and all(isinstance(atom, Flag) for atom in question.where.atoms):
        rule = rule_words(question.where, table, lang)
        return _counted([gettext("{table} that {rule}", lang, table=name, rule=rule), *among], table, lang)
    return _counted([name, *among, *_conditions(question.where, table, lang)], table, lang)


def _counted(conditions: list[str], table: Table, lang: str) -> str:
    return f"{'; '.join(conditions)} ({table.unit.name.in_(lang)})"


def _conditions(rule: Rule, table: Table, lang: str) -> Iterator[str]:
    for operand in operands(rule, And):
        category = table.category(operand.column) if isinstance(operand, OneOf) else None
        if isinstance(operand, OneOf) and category is not None:
            values = (category.name_of(value).in_(lang) for value in operand.values)
            yield f"{category.name.in_(lang)}: {', '.join(values)}"
        elif not isinstance(operand, AllUnits):
            yield rule_words(operand, table, lang)
