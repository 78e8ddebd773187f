"""How an answer came about: clause, rule, data, tally, bounds, verdict, what would settle it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from envindicators.evaluation.assessment import Assessment
from envindicators.evaluation.explanation import Explanation, Quote, Section
from envindicators.evaluation.scorecard import Scorecard
from envindicators.report.sections.bounds import bounds_sentences, tally_sentences
from envindicators.report.sections.clause import (
    answer_sentences,
    clause_sentences,
    deadline_sentences,
    note_sentences,
)
from envindicators.report.sections.data import data_sentences
from envindicators.report.sections.needed import needed_sentences
from envindicators.report.sections.rule import other_sentences, reading_sentences, rule_sentences
from envindicators.report.sections.verdict import verdict_sentences
from envindicators.words.message import Message
from envindicators.words.phrase import Sayable


def explain(card: Scorecard, assessment: Assessment, lang: str) -> Explanation:
    """Return how an assessment came about.

    Args:
        card: the card that the assessment is of.
        assessment: the assessment, of the whole or of a group, under any reading.
        lang: the language that the explanation shows itself in.
    """
    sections: list[tuple[str, Message, Iterable[Sayable]]] = [
        ("answer", Message("Answer"), answer_sentences(card, assessment)),
        ("clause", Message("Clause"), clause_sentences(assessment.target.clause)),
        ("notes", Message("Notes on the text"), note_sentences(assessment.target.clause)),
        ("deadline", Message("Deadline"), deadline_sentences(assessment)),
        ("reading", Message("Reading"), reading_sentences(assessment)),
        ("rule", Message("Rule"), rule_sentences(assessment)),
        ("data", Message("Where the numbers come from"), data_sentences(card, assessment)),
        ("tally", Message("Tally"), tally_sentences(assessment)),
        ("bounds", Message("Result"), bounds_sentences(assessment)),
        ("verdict", Message("Against the target"), verdict_sentences(assessment)),
        ("needed", Message("What would settle it"), needed_sentences(card, assessment)),
        ("others", Message("Other readings"), other_sentences(assessment)),
    ]
    told = (Section(key, heading, tuple(sentences)) for key, heading, sentences in sections)
    return Explanation(tuple(section for section in told if section.sentences), lang)


def explanation_html(told: Explanation) -> str:
    """Return an explanation as HTML, with everything escaped."""
    return (
        f'<div class="ei-explanation" lang="{escape(told.lang)}" style="max-width:60em;text-align:left">'
        f"{''.join(section_html(section, told.lang) for section in told.sections)}</div>"
    )


def section_html(section: Section, lang: str) -> str:
    """Return a section as HTML."""
    heading = (
        '<div role="heading" aria-level="4" style="margin:.6em 0 .1em">'
        f"<strong>{escape(section.heading.in_(lang))}</strong></div>"
    )
    return heading + "".join(
        f'<p{_own_language(sentence)} style="margin:.1em 0 .1em 1.5em">{escape(line)}</p>'
        for sentence in section.sentences
        if (line := sentence.in_(lang))
    )


def _own_language(sentence: Sayable) -> str:
    """Return the attribute of HTML that says what language a sentence stands in, where that is its own."""
    return f' lang="{escape(sentence.lang)}"' if isinstance(sentence, Quote) else ""
