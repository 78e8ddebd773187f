"""A formula in the words of the page: what is divided by what, as a fraction that fits any screen."""

from __future__ import annotations

from docutils import nodes

from envindicators.definitions.base_year import base_words
from envindicators.definitions.formula import (
    Against,
    Areas,
    AtMost,
    Days,
    Less,
    Population,
    Quotient,
    Several,
    Term,
    Units,
    Values,
)
from envindicators.definitions.indicator import Indicator
from envindicators.definitions.question import Question
from envindicators.definitions.rule import AllUnits
from envindicators.report.rules import rule_words
from envindicators.sphinxext.building import Inline, paragraph
from envindicators.sphinxext.populations import denominator_words, numerator_words
from envindicators.words.message import gettext
from envindicators.words.quantity import Quantity


def word_formula(indicator: Indicator, lang: str) -> nodes.container:
    """Return what an indicator measures, in words: of a share, its numerator over its denominator."""
    named = paragraph(f"{indicator.name.in_(lang)} =")
    return nodes.container("", named, *_measured(indicator.formula, lang), classes=["ei-words"])


def term_words(term: Term, lang: str) -> str:
    """Say in words what a term counts that is made of no others."""
    match term:
        case Units(question):
            return numerator_words(question, lang)
        case Population(question):
            return denominator_words(question, lang)
        case Values(question):
            assert question.value is not None
            weight = _weight(question, lang)
            return gettext("sum of {value} × {weight}", lang, value=question.value.name, weight=weight)
        case Areas():
            return _areas(term, lang)
        case Days():
            return gettext("days of the year", lang)
        case _:
            raise NotImplementedError


def _measured(term: Term, lang: str) -> list[nodes.Node]:
    match term:
        case Several(terms):
            return [part for term in terms for part in _measured(term, lang)]
        case Less(amount, deduction):
            return [*_measured(amount, lang), paragraph("−"), *_measured(deduction, lang)]
        case AtMost(amount, cap):
            most = gettext("at most {quantity} of it is counted", lang, quantity=str(Quantity.parse(cap)))
            return [*_measured(amount, lang), paragraph(f"({most})")]
        case Quotient(Values(question) as top):
            weights = gettext("sum of {weight}", lang, weight=_weight(question, lang))
            return [_fraction(paragraph(term_words(top, lang)), paragraph(weights), lang)]
        case Quotient(top, bottom, percent):
            above, below = (nodes.container("", *_measured(part, lang)) for part in (top, bottom))
            return [_fraction(above, below, lang), *([paragraph("× 100%")] if percent else [])]
        case Against():
            return _change(term, lang)
        case _:
            return [paragraph(term_words(term, lang))]


def _weight(question: Question, lang: str) -> str:
    """Return the units that a value is weighed by, with the rule of those that count."""
    units = question.table.unit.name.in_(lang)
    if isinstance(question.where, AllUnits):
        return units
    return f"{units} ({rule_words(question.where, question.table, lang)})"


def _areas(term: Areas, lang: str) -> str:
    if term.weight is None:
        if term.met:
            return gettext("number of areas that meet the criterion: {unit}", lang, unit=term.unit.name)
        return gettext("number of areas to which it applies: {unit}", lang, unit=term.unit.name)
    if term.met:
        return gettext("{amount}, of areas that meet the criterion", lang, amount=term.weight.name)
    return gettext("{amount}, of areas to which it applies", lang, amount=term.weight.name)


def _change(term: Against, lang: str) -> list[nodes.Node]:
    base = base_words(term.base)
    now, then = gettext("value of the year", lang), gettext("value of {base}", lang, base=base)
    if term.in_points:
        return [paragraph(f"{now} − {then}")]
    return [_fraction(paragraph(f"{now} − {then}"), paragraph(then), lang), paragraph("× 100%")]


def _fraction(top: nodes.Node, bottom: nodes.Node, lang: str) -> nodes.container:
    over: Inline = gettext("divided by", lang)
    return nodes.container("", top, paragraph(over, "ei-over"), bottom, classes=["ei-fraction"])
