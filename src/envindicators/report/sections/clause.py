"""What was asked: the answer in a sentence, the passage of the document, the deadline."""

from __future__ import annotations

from collections.abc import Iterator

from envindicators.definitions.source import Clause
from envindicators.evaluation.assessment import Assessment
from envindicators.evaluation.explanation import Quote
from envindicators.evaluation.scorecard import Scorecard
from envindicators.report.cards import group_key, group_label
from envindicators.report.citing import clause_citation, clause_words
from envindicators.report.verdicts import verdict_words
from envindicators.words.message import Message, gettext
from envindicators.words.phrase import Phrase, Sayable


def answer_sentences(card: Scorecard, assessment: Assessment) -> Iterator[Sayable]:
    """Yield the answer, and for a group what it was compared with."""
    year = "" if assessment.year is None else Message(", {year}", year=assessment.year)
    target, verdict = assessment.target, Phrase(verdict_words, assessment)
    group = "" if assessment.group is None else group_label(group_key(card, assessment.group))
    if not group:  # the whole, perhaps in one of several years
        yield Message("{target}{year}: {verdict}.", target=target.name, year=year, verdict=verdict)
        return
    yield Message("{target}, {group}{year}: {verdict}.", target=target.name, group=group, year=year, verdict=verdict)
    if target.level is None:
        yield Message("{group} is compared with the target set for the whole.", group=group)
    else:
        yield Message(
            "{group} is compared with the target for the {level}; the text sets none for {group}.",
            level=target.level,
            group=group,
        )


def clause_sentences(clause: Clause) -> Iterator[Sayable]:
    """Yield where the clause stands, what it says, and a translation for those who read another language."""
    yield clause_citation(clause)
    if clause.paraphrase:
        yield Phrase(clause_words, clause)
        return
    yield Quote(clause.quote, clause.document.lang)
    yield Phrase(_translation, clause)


def _translation(clause: Clause, lang: str) -> str:
    words = clause.translated(lang)
    return gettext("Translation: “{words}”", lang, words=words) if words else ""


def note_sentences(clause: Clause) -> Iterator[Sayable]:
    """Yield what must be noted of the words: corrections of the scan, and what they leave open."""
    for correction in clause.corrections:
        details = {"scan": correction.scan, "corrected": correction.corrected}
        if correction.certain:
            yield Message("The scan has “{scan}”, corrected to “{corrected}”.", **details)
        else:
            yield Message("The scan has “{scan}”, corrected to “{corrected}” (not certain).", **details)
        if correction.note is not None:
            yield correction.note
    if clause.note is not None:
        yield clause.note


def deadline_sentences(assessment: Assessment) -> Iterator[Sayable]:
    """Yield by when the target is to be met, and what that rests on."""
    target = assessment.target
    if target.clause.deadline == "stated":
        yield Message("The end of {year}, as the text states.", year=target.deadline)
    elif target.clause.deadline == "inferred":
        yield Message("The end of {year}; the text does not state it, it is inferred.", year=target.deadline)
    else:
        yield Message("The end of {year}.", year=target.deadline)
    if target.clause.deadline_rationale is not None:
        yield Message("Rationale: {rationale}", rationale=target.clause.deadline_rationale)
    if assessment.year is not None and not assessment.due:
        yield Message(
            "The data are for {year}, before the deadline: a target not reached is “not yet met”.",
            year=assessment.year,
        )
