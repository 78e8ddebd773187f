"""A rule as a formula: one line of text for every builder, MathML where HTML is written. No script, no font."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from html import escape
from typing import Any

from docutils import nodes

from envindicators.algebra.threshold import Threshold
from envindicators.definitions.base_year import YEAR_BEFORE, PublishedFigure
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
from envindicators.definitions.indicator import Indicator, Requirement
from envindicators.definitions.question import Question
from envindicators.definitions.rule import AllUnits, And, Between, Flag, Not, OneOf, Or, Rule
from envindicators.report.numbers import share, threshold_words
from envindicators.words.message import gettext
from envindicators.words.quantity import Quantity

_ROW = 28
"""How many characters a row of a formula has before a condition is set in several."""


class formula(nodes.Element):  # noqa: N801 - nodes are written so
    """A formula, with its attributes ``text`` and ``mathml``."""


def condition(rule: Rule) -> str:
    """Write a rule with signs: ``stream ∈ {rural, craft_village} ∧ collected``."""
    return "".join(_rows(rule))


def symbolic(requirement: Requirement, lang: str) -> str:
    """Write a requirement as one line of text."""
    return f"{_expression(requirement.indicator.formula, lang)} {' '.join(_limit(requirement.threshold, lang))}"


def formula_node(requirement: Requirement, lang: str) -> formula:
    """Return the node of a requirement's formula."""
    sign, level = _limit(requirement.threshold, lang)
    right = f"<mo>{escape(sign)}</mo><mn>{escape(level)}</mn>"
    return _formula(symbolic(requirement, lang), f"{_mathml(requirement.indicator.formula, lang)}{right}")


def indicator_node(indicator: Indicator, lang: str) -> formula:
    """Return the node of the formula of an indicator that has no level to reach."""
    return _formula(_expression(indicator.formula, lang), _mathml(indicator.formula, lang))


def _formula(text: str, mathml: str) -> formula:
    head = f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="block" alttext="{escape(text)}">'
    return formula(text=text, mathml=f"{head}<mrow>{mathml}</mrow></math>")


def _limit(threshold: Threshold, lang: str) -> tuple[str, str]:
    sign = str(threshold).split()[0]
    if threshold.quantity is None:
        return sign, share(threshold.level, lang, against=[threshold.level])
    return sign, threshold_words(threshold, lang).removeprefix(f"{sign} ")


def _expression(term: Term, lang: str) -> str:
    """Write a term with signs; in a change ``t`` is the year that is looked at."""
    match term:
        case Units(question, over):
            counted = _sum(question, _rows_of(term))
            return counted if over is None else f"∑ [t = {', '.join(map(str, over))}] {counted}"
        case Population(question):
            return _sum(question, _rows_of(term))
        case Values(question):
            return _sum(question, _rows_of(term), f"{question.of} · ")
        case Areas():
            return _areas(term, lang)
        case Days():
            return gettext("days of the year", lang)
        case Several(terms):
            return "; ".join(_expression(term, lang) for term in terms)
        case Less(amount, deduction):
            return f"{_operand(amount, lang)} − {_operand(deduction, lang)}"
        case AtMost(amount, cap):
            return f"min({_expression(amount, lang)}; {Quantity.parse(cap)})"
        case Quotient(top, bottom):
            return f"{_operand(top, lang)} / {_operand(bottom, lang)}"
        case Against(changed, base, in_points):
            change = f"x(t) − {_base(base)}" if in_points else f"x(t) / {_base(base)} − 1"
            return f"x = {_expression(changed, lang)}; {change}"
        case _:
            raise NotImplementedError


def _operand(term: Term, lang: str) -> str:
    """Write a term that a sign follows: in brackets where it is put together by signs itself."""
    written = _expression(term, lang)
    return written if isinstance(term, AtMost) or not term.terms else f"({written})"


def _base(base: Any) -> str:
    if base is YEAR_BEFORE:
        return "x(t − 1)"
    if isinstance(base, PublishedFigure):
        return str(base)
    return f"mean({', '.join(f'x({year})' for year in base)})" if isinstance(base, tuple) else f"x({base})"


def _areas(term: Areas, lang: str) -> str:
    area = f"∑ {term.level if term.weight is None else _operand(term.weight.formula, lang)}"
    sign = " ∨ " if term.required.one_suffices else " ∧ "
    criteria = [symbolic(requirement, lang) for requirement in term.required.requirements]
    criterion = criteria[0] if len(criteria) == 1 else sign.join(f"({written})" for written in criteria)
    return f"{area} [{criterion}]" if term.met else area


def _mathml(term: Term, lang: str) -> str:
    match term:
        case Units(question, None) | Population(question):
            return _mathml_sum(question, _rows_of(term))
        case Quotient(top, bottom):
            return f"<mfrac>{_row(top, lang)}{_row(bottom, lang)}</mfrac>"
        case _:
            return _text(_expression(term, lang))


def _row(term: Term, lang: str) -> str:
    """Return the one element that a part of a fraction is."""
    return f"<mrow>{_mathml(term, lang)}</mrow>"


def _rows_of(term: Units | Population | Values) -> Sequence[str]:
    """Return the condition of the units that a term counts, in parts that read on from each other."""
    question = term.question
    rules = [question.among] if isinstance(term, Population) else [question.among, question.where]
    conditions = [rule for rule in rules if not isinstance(rule, AllUnits)]
    return _rows(functools.reduce(And, conditions)) if conditions else []


def _rows(rule: Rule) -> list[str]:
    """Return a condition in parts that read on from each other, cut before the signs that join, and between values."""
    match rule:
        case And() | Or():
            kind = type(rule)
            sign = " ∧ " if kind is And else " ∨ "
            first, *others = [_bracketed_rows(each) for each in operands(rule, kind)]
            return [*first, *(part for rows in others for part in (f"{sign}{rows[0]}", *rows[1:]))]
        case OneOf(column, (first, *others)) if others:
            return [f"{column} ∈ {{{first},", *(f" {value}," for value in others[:-1]), f" {others[-1]}}}"]
        case _:
            return [_atom(rule)]


def _bracketed_rows(rule: Rule) -> list[str]:
    rows = _rows(rule)
    return [f"({rows[0]}", *rows[1:-1], f"{rows[-1]})"] if isinstance(rule, (And, Or)) else rows


def _lines(rows: Sequence[str]) -> list[str]:
    """Return the parts of a condition put together to lines that are as long as may be."""
    lines: list[str] = []
    for row in rows:
        if lines and len(lines[-1]) + len(row) <= _ROW:
            lines[-1] += row
        else:
            lines.append(row)
    return lines


def operands(rule: Rule, kind: type[And | Or]) -> list[Rule]:
    """Return the rules that a rule joins by one sign; itself where it joins none by that."""
    if isinstance(rule, (And, Or)) and type(rule) is kind:
        return [*operands(rule.left, kind), *operands(rule.right, kind)]
    return [rule]


def _bracketed(rule: Rule) -> str:
    return f"({condition(rule)})" if isinstance(rule, (And, Or)) else condition(rule)


def _atom(rule: Rule) -> str:
    match rule:
        case Flag():
            return rule.column
        case OneOf(column, (value,)):
            return f"{column} = {value}"
        case Between(column, None, last):
            return f"{column} ≤ {last}"
        case Between(column, first, None):
            return f"{column} ≥ {first}"
        case Between(column, first, last):
            return f"{column} = {first}" if first == last else f"{first} ≤ {column} ≤ {last}"
        case Not():
            return f"¬{_bracketed(rule.rule)}"
        case _:
            return repr(rule)


def _sum(question: Question, rows: Sequence[str], value: str = "") -> str:
    total = f"∑ {value}{question.table.total}"
    return f"{total} [{''.join(rows)}]" if rows else total


def _mathml_sum(question: Question, rows: Sequence[str]) -> str:
    head = f'<mo>∑</mo><mi mathvariant="normal">{escape(question.table.total)}</mi>'
    if not rows:
        return f'<mrow displaystyle="true">{head}</mrow>'
    lines = _lines(rows)
    if len(lines) == 1:
        inner = _text(lines[0])
    else:
        cells = "".join(f"<mtr><mtd>{_text(line)}</mtd></mtr>" for line in lines)
        inner = f"<mtable>{cells}</mtable>"
    return f'<mrow displaystyle="true">{head}<mspace width="0.3em"/><mo>[</mo>{inner}<mo>]</mo></mrow>'


def _text(words: str) -> str:
    # a leading or trailing blank of mtext is dropped unless it does not break
    return f"<mtext>{escape(words).replace(' ', chr(0xA0))}</mtext>"


def visit_formula(self: Any, node: formula) -> None:
    """Write the formula as MathML."""
    self.body.append(f'<div class="ei-formula">{node["mathml"]}</div>\n')
    raise nodes.SkipNode


def as_text(node: formula) -> nodes.paragraph:
    """Return the paragraph that stands for a formula where HTML is not written."""
    return nodes.paragraph("", "", nodes.literal(node["text"], node["text"]))
