"""The page of the duties: their words, who acts, how far the text says so, how strongly they bind."""

from __future__ import annotations

from collections import Counter

from docutils import nodes

from envindicators.definitions.programme import Duty, Strength
from envindicators.report.citing import clause_words, place_words
from envindicators.report.duties import STRENGTHS, actor_words
from envindicators.sphinxext.building import (
    Inline,
    code,
    emphasis,
    fields,
    joined,
    paragraph,
    section,
    table,
)
from envindicators.sphinxext.duty_table import duty_table
from envindicators.sphinxext.formula import indicator_node
from envindicators.sphinxext.sheet import Sheet
from envindicators.sphinxext.templates import template_reference
from envindicators.sphinxext.word_formula import word_formula
from envindicators.words.message import gettext, ngettext


def duties_page(sheet: Sheet, filename: str) -> list[nodes.section]:
    """Return a section for each part of the document that sets duties, after one that counts and lists them all.

    Args:
        sheet: what the page needs to know.
        filename: where the duties can be downloaded.
    """
    lang = sheet.lang
    groups: dict[str, list[Duty]] = {}
    for duty in sheet.programme.duties:
        groups.setdefault(duty.clause.section.split()[0].rstrip("."), []).append(duty)
    found = {duty.strength for duty in sheet.programme.duties}
    strengths: list[Strength] = [each for each in STRENGTHS if each in found]
    rows: list[list[Inline]] = []
    for name, duties in groups.items():
        counts = Counter(duty.strength for duty in duties)
        rows.append([name, str(len(duties)), *(str(counts[each]) for each in strengths)])
    heads = [gettext("Section", lang), gettext("Duties", lang), *(STRENGTHS[each].in_(lang) for each in strengths)]
    lead = ngettext(
        "{count} duty. It sets no number, so it is not judged as met or not met.",
        "{count} duties, in the order of the text. They set no numbers, so they are not judged as met or not met.",
        len(sheet.programme.duties),
        lang,
    )
    whole = section(
        gettext("All duties in a table", lang),
        sheet.id_of("duties-table"),
        duty_table(sheet),
        paragraph(template_reference("", gettext("Download the duties (CSV, UTF-8)", lang), filename=filename)),
    )
    first = section(gettext("Duties", lang), sheet.id_of("duties"), paragraph(lead), table(heads, rows), whole)
    for name, duties in groups.items():
        title = gettext("Section {section}", lang, section=name)
        listed = nodes.definition_list("", *(_duty(sheet, duty) for duty in duties), classes=["ei-duties"])
        first += section(title, sheet.id_of("duties", name), listed)
    return [first]


def _duty(sheet: Sheet, duty: Duty) -> nodes.definition_list_item:
    lang, clause = sheet.lang, duty.clause
    about: list[tuple[str, Inline]] = [
        (gettext("Responsible", lang), actor_words(duty, lang)),
        (gettext("Strength", lang), STRENGTHS[duty.strength].in_(lang)),
    ]
    if duty.indicator is not None:
        named = joined([sheet.ref("table", owner.key, owner.name.in_(lang)) for owner in duty.indicator.tables])
        about.append((gettext("Measured by", lang), [duty.indicator.name.in_(lang), " (", *named, ")"]))
    formulas: list[nodes.Node] = []
    if duty.indicator is not None:
        formulas = [word_formula(duty.indicator, lang), indicator_node(duty.indicator, lang)]
    if duty.note is not None:
        about.append((gettext("Note", lang), duty.note.in_(lang)))
    if clause.corrections:
        corrections = sheet.quoted("; ".join(map(str, clause.corrections)), clause)
        about.append((gettext("Corrections of the scan", lang), corrections))
    translation = None if clause.paraphrase else clause.translated(lang)
    words = clause_words(clause, lang) if clause.paraphrase else sheet.quoted(clause.quote, clause)
    content: list[nodes.Node] = [
        paragraph(words),
        *([paragraph(emphasis(translation))] if translation else []),
        fields(about),
        *formulas,
    ]
    place = place_words(clause, lang)
    linked = sheet.ref("passage", duty.key, f"{place[:1].upper()}{place[1:]}")
    term = nodes.term("", "", linked, nodes.Text(" "), code(clause.section), ids=[sheet.id_of("duty", duty.key)])
    return nodes.definition_list_item("", term, nodes.definition("", *content))
