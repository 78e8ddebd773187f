"""The page of a programme: its document, its targets, what the example gives, its reviews."""

from __future__ import annotations

from docutils import nodes

from envindicators.report.cards import counts_words, overall_words
from envindicators.report.numbers import date_words
from envindicators.report.verdicts import verdict_words
from envindicators.sphinxext.building import (
    Inline,
    fields,
    paragraph,
    section,
    table,
)
from envindicators.sphinxext.sheet import Sheet, made_up, reviews, thresholds


def programme_page(sheet: Sheet) -> list[nodes.Node]:
    """Return what a programme is: its document, its targets, what the example gives, its reviews."""
    lang, programme = sheet.lang, sheet.programme
    document = programme.document
    about = [
        (sheet.say("title"), document.title.in_(lang)),
        (sheet.say("doc_kind"), document.kind.in_(lang)),
        (sheet.say("issuer"), document.issuer.in_(lang)),
        (sheet.say("number"), document.number),
        (sheet.say("date"), date_words(document.date, lang)),
        (sheet.say("place"), document.place),
    ]
    found: list[nodes.Node] = [
        section(
            sheet.say("document"),
            sheet.id_of("document"),
            fields([(name, words) for name, words in about if words]),
            *([] if document.note is None else [paragraph(document.note.in_(lang))]),
        ),
        section(sheet.say("targets"), sheet.id_of("targets"), *_targets(sheet)),
    ]
    if programme.duties:
        said = sheet.say("overview_duties", count=len(programme.duties))
        found.append(
            section(sheet.say("duties"), sheet.id_of("overview-duties"), paragraph(sheet.ref("duties", "duties", said)))
        )
    if programme.reviews:
        found.append(section(sheet.say("reviews"), sheet.id_of("reviews"), reviews(sheet)))
    return found


def _targets(sheet: Sheet) -> list[nodes.Node]:
    lang, card = sheet.lang, None if sheet.example is None else sheet.example.card
    heads = [sheet.say(key) for key in ("clause_head", "target", "threshold", "readings_count")]
    rows: list[list[Inline]] = []
    for target in sheet.programme.targets:
        row: list[Inline] = [
            target.clause.section,
            sheet.ref("target", target.key, target.name.in_(lang)),
            thresholds(sheet, target.default),
            str(len(target.readings)),
        ]
        if card is not None:
            row.append(verdict_words(card[target.key], lang))
        rows.append(row)
    found: list[nodes.Node] = []
    if card is not None:
        heads.append(sheet.say("on_example"))
        found.append(made_up(sheet))
    found.append(table(heads, rows))
    if card is not None:
        found.append(paragraph(f"{counts_words(card, lang)}. {overall_words(card, lang)}."))
    return found
