"""The words and signs for what is concluded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from envindicators.algebra.threshold import Judgement
from envindicators.algebra.verdict import Reason, Verdict
from envindicators.evaluation.assessment import Assessment
from envindicators.report.numbers import NONE_AROSE
from envindicators.words.message import Message, gettext

VERDICTS: dict[str, Message] = {
    "exceeded": Message("exceeded"),
    "bettered": Message("bettered"),
    "met": Message("met"),
    "not_met": Message("not met"),
    "not_yet_met": Message("not yet met"),
    "undetermined": Message("undetermined"),
    "not_applicable": Message("not applicable"),
}
"""The words for what is concluded, in the order in which they are counted."""


SYMBOLS: dict[str, str] = {
    "exceeded": "▲",
    "bettered": "▲",
    "met": "✓",
    "not_met": "✗",
    "not_yet_met": "✗",
    "undetermined": "?",
    "not_applicable": NONE_AROSE,
}
"""A shape for each word of `VERDICTS`, where there is no room for the word."""


CONTESTED_SYMBOL = "*"


Tone = Literal["good", "bad", "open", "none"]

TONES: dict[str, Tone] = {
    "exceeded": "good",
    "bettered": "good",
    "met": "good",
    "not_met": "bad",
    "not_yet_met": "bad",
    "undetermined": "open",
    "not_applicable": "none",
}
"""What each word of `VERDICTS` means to a reader, and so its colour."""


REASONS: dict[Reason, Message] = {
    "no_table": Message("no data for this table"),
    "no_column": Message("columns needed for it not found"),
    "no_baseline": Message("no data for the base year"),
    "margins": Message("the table gives column totals only, not which units count in several columns"),
    "not_reported": Message("partly not reported: size unknown"),
    "open_ended": Message("a part was reported without its size"),
    "perhaps_empty": Message("it is not certain that there are any"),
    "unplaced_units": Message("for a part it is not known whether it is to be counted"),
    "unknown_values": Message("for a part it is not known whether it meets the criteria"),
}
"""Why a verdict is undetermined."""


def verdict_key(verdict: Verdict, *, exceeded: bool | None = None, ceiling: bool = False, due: bool) -> str:
    """Return which word of `VERDICTS` stands for a verdict.

    Args:
        verdict: the verdict.
        exceeded: whether it is surely exceeded.
        ceiling: whether the threshold is one that must not be passed: to exceed it is to stay below.
        due: whether the deadline's year has come.
    """
    if verdict is Verdict.MET:
        return ("bettered" if ceiling else "exceeded") if exceeded else "met"
    if verdict is Verdict.NOT_MET:
        return "not_met" if due else "not_yet_met"
    return "undetermined" if verdict is Verdict.UNDETERMINED else "not_applicable"


def key_of(assessment: Assessment) -> str:
    """Return which word of `VERDICTS` stands for an assessment."""
    ceiling = any(each.threshold.ceiling for each in assessment.judgements)
    return verdict_key(assessment.verdict, exceeded=assessment.exceeded, ceiling=ceiling, due=assessment.due)


def judgement_key(judgement: Judgement, *, due: bool) -> str:
    """Return which word of `VERDICTS` stands for one judgement."""
    ceiling = judgement.threshold.ceiling
    return verdict_key(judgement.verdict, exceeded=judgement.exceeded, ceiling=ceiling, due=due)


def verdict_words(assessment: Assessment, lang: str) -> str:
    """Return the word for what is concluded, with that for a contested clause."""
    return worded(key_of(assessment), lang, contested=assessment.contested)


def worded(key: str, lang: str, *, contested: bool | None) -> str:
    """Return a word of `VERDICTS`, with that for a contested clause."""
    word = VERDICTS[key].in_(lang)
    return f"{word} ({gettext('contested', lang)})" if contested else word


def reason_words(assessment: Assessment | Judgement, lang: str) -> str:
    """Return why a verdict is undetermined, or nothing."""
    return "" if assessment.reason is None else REASONS[assessment.reason].in_(lang)


def symbol(assessment: Assessment) -> str:
    """Return the shape that stands for an assessment."""
    return SYMBOLS[key_of(assessment)] + (CONTESTED_SYMBOL if assessment.contested else "")


def legend(assessments: Iterable[Assessment], lang: str) -> list[tuple[str, str]]:
    """Return the shapes of some assessments with their words, each once."""
    shown = list(assessments)
    keys = {key_of(each) for each in shown}
    found = [(SYMBOLS[key], word.in_(lang)) for key, word in VERDICTS.items() if key in keys]
    if any(each.contested for each in shown):
        found.append((CONTESTED_SYMBOL, gettext("contested", lang)))
    return found
