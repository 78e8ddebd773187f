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
from envindicators.words.message import gettext, ngettext


def programme_page(sheet: Sheet) -> list[nodes.Node]:
    """Return what a programme is: its document, its targets, what the example gives, its reviews."""
    lang, programme = sheet.lang, sheet.programme
    document = programme.document
    title = document.title.in_(lang)
    about = [
        (gettext("Title", lang), f"{title[:1].upper()}{title[1:]}"),
        (gettext("Type of document", lang), document.kind.in_(lang)),
        (gettext("Issuer", lang), document.issuer.in_(lang)),
        (gettext("Number", lang), document.number),
        (gettext("Date", lang), date_words(document.date, lang)),
        (gettext("Place", lang), document.place),
    ]
    found: list[nodes.Node] = [
        section(
            gettext("The document", lang),
            sheet.id_of("document"),
            fields([(name, words) for name, words in about if words]),
            *([] if document.note is None else [paragraph(document.note.in_(lang))]),
        ),
        section(gettext("Targets", lang), sheet.id_of("targets"), *_targets(sheet)),
    ]
    if programme.duties:
        count = ngettext(
            "The document sets {count} duty.", "The document sets {count} duties.", len(programme.duties), lang
        )
        linked = paragraph(sheet.ref("duties", "duties", count))
        found.append(section(gettext("Duties", lang), sheet.id_of("overview-duties"), linked))
    if programme.reviews:
        found.append(section(gettext("Reviews", lang), sheet.id_of("reviews"), reviews(sheet)))
    return found


def _targets(sheet: Sheet) -> list[nodes.Node]:
    lang, card = sheet.lang, None if sheet.example is None else sheet.example.card
    heads = [gettext("Section", lang), gettext("Target", lang), gettext("Threshold", lang), gettext("Readings", lang)]
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
    if card is None:
        return [table(heads, rows)]
    heads.append(gettext("On the example figures", lang))
    return [made_up(sheet), table(heads, rows), paragraph(f"{counts_words(card, lang)}. {overall_words(card, lang)}.")]
