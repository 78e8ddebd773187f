"""What statisticians publish of an indicator, as a section of its page: from its metadata, else from its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docutils import nodes

from envindicators.definitions.metadata import Reference, RelatedCode
from envindicators.definitions.programme import Target
from envindicators.definitions.question import Question
from envindicators.definitions.rule import OneOf
from envindicators.report.citing import citation, place_words
from envindicators.report.numbers import date_words
from envindicators.sphinxext.building import Inline, bullets, definitions, link, near, paragraph
from envindicators.sphinxext.sheet import Sheet
from envindicators.words.message import gettext
from envindicators.words.text import Text


def metadata_section(sheet: Sheet, target: Target) -> list[nodes.Node]:
    """Return the metadata of a target: a list of fields, each shown only where something is known of it."""
    lang = sheet.lang
    fields = [(name, content) for name, content in _fields(sheet, target) if content]
    found: list[nodes.Node] = [definitions(fields, "ei-metadata")]
    if target.about.updated is not None:
        day = date_words(target.about.updated, lang)
        found.append(paragraph(gettext("Metadata last reviewed on {date}.", lang, date=day), "ei-small"))
    return found


def _fields(sheet: Sheet, target: Target) -> Iterator[tuple[str, list[nodes.Node]]]:
    lang, about = sheet.lang, target.about
    computed = near(gettext("How it is computed", lang), f"{sheet.id_of(target.key)}-rule")
    yield gettext("Concept and definition", lang), _said(about.concept, lang)
    method = gettext("Formula in words and in symbols:", lang)
    yield gettext("Method of computation", lang), [*_said(about.method, lang), paragraph([method, " ", computed, "."])]
    yield gettext("Unit", lang), _said(about.unit, lang) or [paragraph(_units(target, lang))]
    broken_down = [each.in_(lang) for each in about.disaggregation] or list(_key_columns(target, lang))
    yield gettext("Disaggregation", lang), [paragraph("; ".join(broken_down))]
    yield gettext("Periodicity", lang), _said(about.periodicity, lang) or [paragraph(" ".join(_periods(target, lang)))]
    yield gettext("Source of data", lang), _said(about.source, lang)
    nobody = gettext("Not assigned by the document.", lang)
    yield gettext("Responsible body", lang), _said(about.responsible, lang) or [paragraph(nobody)]
    yield gettext("Comparability", lang), _said(about.comparability, lang)
    yield gettext("Limits", lang), [bullets([each.in_(lang) for each in about.limits])] if about.limits else []
    yield gettext("Legal references", lang), [bullets(list(_references(sheet, target)))]
    yield (
        gettext("Related indicators", lang),
        [bullets([_code(each, lang) for each in about.codes])] if about.codes else [],
    )


def _said(words: Text | None, lang: str) -> list[nodes.Node]:
    return [] if words is None else [paragraph(words.in_(lang))]


def _units(target: Target, lang: str) -> str:
    """Return the unit of each value that a reading has, with that in which its units are counted."""
    found: dict[str, None] = {}
    for requirement in target.default.requirements:
        indicator, quantity = requirement.indicator, requirement.threshold.quantity
        if quantity is None:
            found.setdefault(gettext("percent (%); counted in {unit}", lang, unit=indicator.unit.name))
        else:
            found.setdefault(quantity.unit)
    return "; ".join(found) or target.default.requirements[0].indicator.unit.name.in_(lang)


def _key_columns(target: Target, lang: str) -> Iterator[str]:
    """Yield by what the tables let a target be broken down: areas, years, and categories that the rule leaves open."""
    yield gettext("area", lang)
    yield gettext("year", lang)
    named: dict[str, None] = {}
    for question in target.default.questions:
        for category in question.table.categories:
            if len(_admitted(question, category.key, category.values)) > 1:
                named.setdefault(category.name.in_(lang))
    yield from named


def _admitted(question: Question, column: str, values: Sequence[str]) -> Sequence[str]:
    atoms = [atom for atom in question.among.atoms if isinstance(atom, OneOf) and atom.column == column]
    return [value for value in values if all(value in atom.values for atom in atoms)]


def _periods(target: Target, lang: str) -> Iterator[str]:
    periods = dict.fromkeys(question.table.period for question in target.default.questions)
    for period in periods:
        yield (
            gettext("A stock: the state on a date.", lang)
            if period == "stock"
            else gettext("A flow: the amount over a year.", lang)
        )


def _references(sheet: Sheet, target: Target) -> Iterator[Inline]:
    lang, clause = sheet.lang, target.clause
    own = citation(clause.document).in_(lang)
    yield [sheet.ref("document", "document", own), f"; {place_words(clause, lang)}."]
    for reference in target.about.references:
        yield _linked(reference, lang)


def _linked(reference: Reference, lang: str) -> Inline:
    title = link(reference.title.in_(lang), reference.url)
    return [title, "."] if reference.note is None else [title, ". ", reference.note.in_(lang)]


def _code(code: RelatedCode, lang: str) -> Inline:
    name = "" if code.name is None else code.name.in_(lang)
    title = link(": ".join(part for part in (code.code, name) if part), code.url)
    note = "." if code.note is None else f". {code.note.in_(lang)}"
    return [f"{code.system.in_(lang)}: ", title, note]
