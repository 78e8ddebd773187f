"""The annexes of a report: how each result came about and from which data, and notes on the document's own text."""

from __future__ import annotations

from collections.abc import Iterator

from envindicators import __version__
from envindicators.definitions.table import KEY_COLUMNS, Table
from envindicators.evaluation.assessment import Assessment
from envindicators.evaluation.explanation import Quote
from envindicators.evaluation.scorecard import Scorecard
from envindicators.report.cards import target_words
from envindicators.report.citing import place_words
from envindicators.report.documents.paper import Block, Grid, Heading, Told, Words
from envindicators.report.explain import explain
from envindicators.report.numbers import amount, number
from envindicators.report.sections.forms import form_sentences
from envindicators.words.message import gettext

_REMARKS = "notes"
"""The section of an explanation that holds remarks on the text of the document itself."""


def methods(card: Scorecard, last: Scorecard, lang: str) -> Iterator[Block]:
    """Yield how the result of every target came about, then the data that it came from."""
    for place, assessment in enumerate(last, start=1):
        yield Heading(f"{place}. {target_words(assessment.target, lang)}")
        yield _told(last, assessment, lang)
    yield Heading(gettext("Source data", lang))
    yield from _inputs(card, lang)


def _told(card: Scorecard, assessment: Assessment, lang: str) -> Told:
    told = explain(card, assessment, lang)
    return Told(
        tuple(
            (
                section.heading.in_(lang),
                tuple(
                    (line, sentence.lang if isinstance(sentence, Quote) else "")
                    for sentence in section.sentences
                    if (line := sentence.in_(lang))
                ),
            )
            for section in told.sections
            if section.key not in (_REMARKS, "needed")
        )
    )


def _inputs(card: Scorecard, lang: str) -> Iterator[Block]:
    yield Words(
        gettext(
            "The fingerprints (SHA-256) are taken of the figures as they were added up: the same figures give "
            "the same, whatever file, unit and order of rows they came in; one changed number gives another.",
            lang,
        )
    )
    tables = card.programme.tables
    rows = (
        (
            str(came.year or ""),
            tables[came.table].name.in_(lang),
            number(came.rows, lang),
            number(came.groups, lang),
            amount(came.units, tables[came.table].unit, lang),
            came.sha256,
        )
        for came in card.inputs
    )
    heads = (
        gettext("Year", lang),
        gettext("Table", lang),
        gettext("Rows", lang),
        gettext("Groups", lang),
        gettext("Total", lang),
        gettext("Fingerprint (SHA-256)", lang),
    )
    yield Grid(heads, tuple(rows), (1.4, 3.4, 1.4, 1.6, 3.2, 4.2), frozenset([0, 2, 3, 4]), codes=frozenset([5]))
    forms = [
        (tables[key].name.in_(lang), "\n".join(each.in_(lang) for each in of_table))
        for key, noted in card.forms.items()
        for of_table in [form_sentences(tables[key], noted, _all_columns(tables[key]))]
    ]
    if forms:
        yield Grid((gettext("Table", lang), gettext("How its form was applied", lang)), tuple(forms), (1, 3))
    yield Words(gettext("Made with envindicators {version}.", lang, version=__version__), "note")


def _all_columns(of: Table) -> tuple[str, ...]:
    return (*KEY_COLUMNS, *([of.id] if of.id else []), *of.columns)


def remarks(card: Scorecard, lang: str) -> Iterator[Block]:
    """Yield remarks on the text of the document, which whoever signs may leave out."""
    note = card.programme.document.note
    if note is not None:
        yield Words(note.in_(lang))
    of_places: dict[str, list[str]] = {}  # two targets of one sentence share what is to be said of it
    for assessment in card:
        told = explain(card, assessment, lang)
        lines = [line for section in told.sections if section.key == _REMARKS for line in section.lines(lang)]
        of_places.setdefault(place_words(assessment.target.clause, lang), []).extend(lines)
    for place, lines in of_places.items():
        if lines:
            yield Heading(place[:1].upper() + place[1:])
            yield from map(Words, dict.fromkeys(lines))
