"""Rules in words."""

from __future__ import annotations

from envindicators.definitions.rule import AllUnits, And, Between, Flag, Not, OneOf, Or, Rule
from envindicators.definitions.table import Table
from envindicators.words.message import Message, gettext, pgettext
from envindicators.words.text import Text


def rule_words(rule: Rule, table: Table, lang: str) -> str:
    """Say a rule with the names that its table carries, with brackets wherever it could be read in two ways.

    Example:
        >>> from envindicators.programmes import soc_trang_2020
        >>> pooled = soc_trang_2020.target("rural_waste").default.requirements[0].indicator
        >>> rule_words(pooled.where, pooled.table, "vi")
        'được thu gom và được xử lý đạt tiêu chuẩn môi trường'
    """
    match rule:
        case And() | Or():
            return _joined(rule, table, lang)
        case Not():
            inner = rule_words(rule.rule, table, lang)
            return gettext(
                "not the case: {rule}",
                lang,
                rule=f"({inner})" if isinstance(rule.rule, (And, Or, Not)) else f"“{inner}”",
            )
        case AllUnits():
            return gettext("all {unit}", lang, unit=table.unit.name.in_(lang))
        case Flag():
            part = table.part(rule.column)
            return rule.column if part is None else part.name.in_(lang)
        case OneOf():
            return _one_of(rule, table, lang)
        case Between():
            return _between(rule, table, lang)
        case _:
            return repr(rule)


def _joined(rule: And | Or, table: Table, lang: str) -> str:
    kind = type(rule)
    words = [
        f"({said})" if isinstance(each, (And, Or)) else said
        for each in _operands(rule, kind)
        for said in [rule_words(each, table, lang)]
    ]
    return (Message(" and ") if kind is And else Message(" or ")).in_(lang).join(words)


def _operands(rule: Rule, kind: type[And | Or]) -> list[Rule]:
    if isinstance(rule, (And, Or)) and type(rule) is kind:
        return [*_operands(rule.left, kind), *_operands(rule.right, kind)]
    return [rule]


def _one_of(rule: OneOf, table: Table, lang: str) -> str:
    category = table.category(rule.column)
    if category is None:
        return repr(rule)
    name = _subject(category.name, lang)
    values = [category.name_of(value).in_(lang) for value in rule.values]
    if len(values) == 1:
        return gettext("{name} is “{value}”", lang, name=name, value=values[0])
    return gettext("{name} is one of {values}", lang, name=name, values=", ".join(f"“{value}”" for value in values))


def _subject(name: Text, lang: str) -> str:
    """Return a name as it stands before its verb."""
    said = name.in_(lang)
    return pgettext("a name with a comma in it, before its verb", "{name},", lang, name=said) if "," in said else said


def _between(rule: Between, table: Table, lang: str) -> str:
    column = table.year_column(rule.column)
    name = rule.column if column is None else _subject(column.name, lang)
    words = (
        Message("{name} is {last} or earlier")
        if rule.first is None
        else Message("{name} is {first} or later")
        if rule.last is None
        else Message("{name} is {first}")
        if rule.first == rule.last
        else Message("{name} is from {first} to {last}")
    )
    return words.filled(name=name, first=rule.first, last=rule.last).in_(lang)
