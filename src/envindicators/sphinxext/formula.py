"""A rule as a formula: one line of text for every builder, MathML where HTML is written. No script, no font."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from docutils import nodes

from envindicators.algebra.threshold import Threshold
from envindicators.definitions.amount import Amount, Capped, Net
from envindicators.definitions.base_year import YEAR_BEFORE, PublishedFigure
from envindicators.definitions.daily import Daily
from envindicators.definitions.indicator import AreaShare, Change, Indicator, Requirement
from envindicators.definitions.mean import Mean
from envindicators.definitions.question import Question
from envindicators.definitions.ratio import Ratio
from envindicators.definitions.rule import AllUnits, And, Between, Flag, Not, OneOf, Or, Rule
from envindicators.definitions.share import Share
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
    return f"{_expression(requirement.indicator, lang)} {' '.join(_limit(requirement.threshold, lang))}"


def formula_node(requirement: Requirement, lang: str) -> formula:
    """Return the node of a requirement's formula."""
    sign, level = _limit(requirement.threshold, lang)
    right = f"<mo>{escape(sign)}</mo><mn>{escape(level)}</mn>"
    return _formula(symbolic(requirement, lang), f"{_mathml(requirement.indicator, lang)}{right}")


def indicator_node(indicator: Indicator, lang: str) -> formula:
    """Return the node of the formula of an indicator that has no level to reach."""
    return _formula(_expression(indicator, lang), _mathml(indicator, lang))


def _formula(text: str, mathml: str) -> formula:
    head = f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="block" alttext="{escape(text)}">'
    return formula(text=text, mathml=f"{head}<mrow>{mathml}</mrow></math>")


def _limit(threshold: Threshold, lang: str) -> tuple[str, str]:
    sign = str(threshold).split()[0]
    if threshold.quantity is None:
        return sign, share(threshold.level, lang, against=[threshold.level])
    return sign, threshold_words(threshold, lang).removeprefix(f"{sign} ")


def _expression(indicator: Indicator, lang: str) -> str:
    """Write with signs what an indicator measures; of a change ``t`` is the year that is looked at."""
    match indicator:
        case Share():
            (question,) = indicator.questions
            top, bottom = (_sum(question, rows) for rows in _parts(question))
            return f"{top} / {bottom}"
        case Amount():
            (question,) = indicator.questions
            over = "" if indicator.over is None else f"[t = {', '.join(map(str, indicator.over))}] "
            return f"{f'∑ {over}' if over else ''}{_sum(question, _parts(question)[0])}"
        case Net():
            return f"({_expression(indicator.amount, lang)}) − ({_expression(indicator.deduction, lang)})"
        case Capped():
            return f"min({_expression(indicator.amount, lang)}; {Quantity.parse(indicator.cap)})"
        case Ratio():
            return f"({_expression(indicator.amount, lang)}) / ({_expression(indicator.per, lang)})"
        case Mean():
            among = "" if isinstance(indicator.where, AllUnits) else f" [{condition(indicator.where)}]"
            total = indicator.table.total
            return f"∑ {indicator.of} · {total}{among} / ∑ {total}{among}"
        case Change():
            base = f"x({indicator.base})"
            if indicator.base is YEAR_BEFORE:
                base = "x(t − 1)"
            elif isinstance(indicator.base, PublishedFigure):
                base = str(indicator.base)
            elif isinstance(indicator.base, tuple):
                base = f"mean({', '.join(f'x({year})' for year in indicator.base)})"
            change = f"x(t) − {base}" if indicator.in_points else f"x(t) / {base} − 1"
            return f"x = {_expression(indicator.indicator, lang)}; {change}"
        case AreaShare():
            sign = " ∨ " if indicator.of.one_suffices else " ∧ "
            criterion = sign.join(symbolic(requirement, lang) for requirement in indicator.of.requirements)
            each = indicator.level if indicator.weigh is None else f"({_expression(indicator.weigh, lang)})"
            return f"∑ {each} [{criterion}] / ∑ {each}"
        case Daily():
            return f"({_expression(indicator.indicator, lang)}) / {gettext('days of the year', lang)}"
        case _:
            return indicator.name.in_(lang)


def _mathml(indicator: Indicator, lang: str) -> str:
    if not isinstance(indicator, Share):
        return _text(_expression(indicator, lang))
    (question,) = indicator.questions
    top, bottom = (_mathml_sum(question, rows) for rows in _parts(question))
    return f"<mfrac>{top}{bottom}</mfrac>"


def _parts(question: Question) -> tuple[Sequence[str], Sequence[str]]:
    among = [] if isinstance(question.among, AllUnits) else [question.among]
    conditions = [*among, *([] if isinstance(question.where, AllUnits) else [question.where])]
    whole: Rule | None = None
    for rule in conditions:
        whole = rule if whole is None else And(whole, rule)
    return ([] if whole is None else _rows(whole)), (_rows(question.among) if among else [])


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


def _sum(question: Question, rows: Sequence[str]) -> str:
    total = f"∑ {question.table.total}"
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
