"""The page of the duties: their words, who acts, how far the text says so, how strongly they bind."""

from __future__ import annotations

from collections import Counter

from docutils import nodes

from envindicators.definitions.programme import Duty, Strength
from envindicators.report.duties import STRENGTHS, actor_words
from envindicators.sphinxext.building import (
    Inline,
    emphasis,
    fields,
    in_vietnamese,
    joined,
    paragraph,
    section,
    table,
)
from envindicators.sphinxext.sheet import Sheet


def duties_page(sheet: Sheet) -> list[nodes.section]:
    """Return a section for each part of the document that sets duties, after one that counts them."""
    groups: dict[str, list[Duty]] = {}
    for duty in sheet.programme.duties:
        groups.setdefault(duty.clause.section.split()[0].rstrip("."), []).append(duty)
    found = {duty.strength for duty in sheet.programme.duties}
    strengths: list[Strength] = [each for each in STRENGTHS if each in found]
    rows: list[list[Inline]] = []
    for name, duties in groups.items():
        counts = Counter(duty.strength for duty in duties)
        rows.append([name, str(len(duties)), *(str(counts[each]) for each in strengths)])
    heads = [sheet.say("section"), sheet.say("count"), *(STRENGTHS[each].in_(sheet.lang) for each in strengths)]
    first = section(
        sheet.say("duties"),
        sheet.id_of("duties"),
        paragraph(sheet.say("duties_lead", count=len(sheet.programme.duties))),
        table(heads, rows),
    )
    for name, duties in groups.items():
        title = sheet.say("section_heading", section=name)
        listed = nodes.definition_list("", *(_duty(sheet, duty) for duty in duties), classes=["ei-duties"])
        first += section(title, sheet.id_of("duties", name), listed)
    return [first]


def _duty(sheet: Sheet, duty: Duty) -> nodes.definition_list_item:
    lang = sheet.lang
    about: list[tuple[str, Inline]] = [
        (sheet.say("actor"), actor_words(duty, lang)),
        (sheet.say("strength"), STRENGTHS[duty.strength].in_(lang)),
    ]
    if duty.indicator is not None:
        named = joined([sheet.ref("table", owner.key, owner.name.in_(lang)) for owner in duty.indicator.tables])
        about.append((sheet.say("measure"), [duty.indicator.name.in_(lang), " (", *named, ")"]))
    if duty.note is not None:
        about.append((sheet.say("note"), duty.note.in_(lang)))
    if duty.clause.corrections:
        about.append((sheet.say("corrections"), in_vietnamese("; ".join(map(str, duty.clause.corrections)), lang)))
    content: list[nodes.Node] = [
        paragraph(in_vietnamese(duty.clause.quote, lang)),
        *([paragraph(emphasis(duty.clause.translation))] if lang == "en" else []),
        fields(about),
    ]
    term = nodes.term("", duty.clause.section, ids=[sheet.id_of("duty", duty.key)])
    return nodes.definition_list_item("", term, nodes.definition("", *content))
