"""A formula in the words of the page: what is divided by what, as a fraction that fits any screen."""

from __future__ import annotations

from docutils import nodes

from envindicators.definitions.amount import Amount, Capped, Net
from envindicators.definitions.base_year import base_words
from envindicators.definitions.daily import Daily
from envindicators.definitions.indicator import AreaShare, Change, Indicator
from envindicators.definitions.mean import Mean
from envindicators.definitions.ratio import Ratio
from envindicators.definitions.share import Share
from envindicators.sphinxext.building import Inline, paragraph
from envindicators.sphinxext.populations import denominator_words, numerator_words
from envindicators.words.message import gettext
from envindicators.words.quantity import Quantity


def word_formula(indicator: Indicator, lang: str) -> nodes.container:
    """Return what an indicator measures, in words: of a share, its numerator over its denominator."""
    named = paragraph(f"{indicator.name.in_(lang)} =")
    return nodes.container("", named, *_measured(indicator, lang), classes=["ei-words"])


def _measured(indicator: Indicator, lang: str) -> list[nodes.Node]:
    match indicator:
        case Share():
            (question,) = indicator.questions
            top, bottom = numerator_words(question, lang), denominator_words(question, lang)
            return [_fraction(paragraph(top), paragraph(bottom), lang), paragraph("× 100%")]
        case Amount():
            return [paragraph(numerator_words(indicator.questions[0], lang))]
        case Net():
            return [*_measured(indicator.amount, lang), paragraph("−"), *_measured(indicator.deduction, lang)]
        case Capped():
            most = gettext("at most {quantity} of it is counted", lang, quantity=str(Quantity.parse(indicator.cap)))
            return [*_measured(indicator.amount, lang), paragraph(f"({most})")]
        case Ratio():
            amount, per = (nodes.container("", *_measured(each, lang)) for each in (indicator.amount, indicator.per))
            return [_fraction(amount, per, lang)]
        case Mean():
            value, total = indicator.table.value(indicator.of), indicator.table.unit.name.in_(lang)
            assert value is not None
            top = gettext("sum of {value} × {weight}", lang, value=value.name, weight=total)
            bottom = gettext("sum of {weight}", lang, weight=total)
            return [_fraction(paragraph(top), paragraph(bottom), lang)]
        case Change():
            return _change(indicator, lang)
        case AreaShare():
            if indicator.weigh is None:
                top = gettext("number of areas that meet the criterion: {unit}", lang, unit=indicator.unit.name)
                bottom = gettext("number of areas to which it applies: {unit}", lang, unit=indicator.unit.name)
            else:
                top = gettext("{amount}, of areas that meet the criterion", lang, amount=indicator.weigh.name)
                bottom = gettext("{amount}, of areas to which it applies", lang, amount=indicator.weigh.name)
            return [_fraction(paragraph(top), paragraph(bottom), lang), paragraph("× 100%")]
        case Daily():
            inner = nodes.container("", *_measured(indicator.indicator, lang))
            return [_fraction(inner, paragraph(gettext("days of the year", lang)), lang)]
        case _:
            return [paragraph(indicator.name.in_(lang))]


def _change(indicator: Change, lang: str) -> list[nodes.Node]:
    base = base_words(indicator.base)
    now, then = gettext("value of the year", lang), gettext("value of {base}", lang, base=base)
    if indicator.in_points:
        return [paragraph(f"{now} − {then}")]
    return [_fraction(paragraph(f"{now} − {then}"), paragraph(then), lang), paragraph("× 100%")]


def _fraction(top: nodes.Node, bottom: nodes.Node, lang: str) -> nodes.container:
    over: Inline = gettext("divided by", lang)
    return nodes.container("", top, paragraph(over, "ei-over"), bottom, classes=["ei-fraction"])
