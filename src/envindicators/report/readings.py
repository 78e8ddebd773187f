"""The words for the readings of a clause."""

from __future__ import annotations

from envindicators.algebra.verdict import Verdict
from envindicators.definitions.programme import Kind, Reading
from envindicators.evaluation.assessment import Assessment
from envindicators.report.numbers import shares, threshold_words
from envindicators.report.verdicts import VERDICTS, key_of
from envindicators.words.message import Message
from envindicators.words.text import as_text

KINDS: dict[Kind, Message] = {
    "text": Message("the words allow it"),
    "statistic": Message("as statistics compute it; decides nothing"),
    "proxy": Message("a proxy for want of data; decides nothing"),
}
"""What a reading rests on."""


def reading_result(assessment: Assessment, lang: str) -> str:
    """Return what the reading of an assessment gives: its shares and its verdict, without the contest."""
    results = ((shares(each, lang), threshold_words(each.threshold, lang)) for each in assessment.judgements)
    given = ", ".join(f"{result} ({limit})" for result, limit in results)
    return f"{given}: {VERDICTS[key_of(assessment)].in_(lang)}"


def reading_words(reading: Reading, lang: str) -> str:
    """Return the name of a reading and its kind; one that was never named goes by its first indicator."""
    name = reading.name
    if name == as_text(reading.key):
        name = reading.requirements[0].indicator.name
    return f"{name.in_(lang)} ({KINDS[reading.kind].in_(lang)})"


def other_readings(assessment: Assessment) -> list[Assessment]:
    """Return the assessment under every other reading of its target."""
    return [each for key, each in assessment.readings.items() if key != assessment.reading.key]


def telling_readings(assessment: Assessment) -> list[Assessment]:
    """Return those other readings that must be shown: of a contested clause all of its text, and all that differ."""
    own = key_of(assessment)
    return [
        each
        for each in other_readings(assessment)
        if (assessment.contested and each.reading.kind == "text")
        or (each.verdict is not Verdict.UNDETERMINED and key_of(each) != own)
    ]
