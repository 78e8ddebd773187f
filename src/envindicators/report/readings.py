"""The words for the readings of a clause."""

from __future__ import annotations

from envindicators.algebra.verdict import Verdict
from envindicators.definitions.programme import Kind, Reading
from envindicators.evaluation.assessment import Assessment
from envindicators.report.measures import result_words
from envindicators.report.verdicts import VERDICTS, key_of
from envindicators.words.message import Message
from envindicators.words.text import Text, as_text

KINDS: dict[Kind, Message] = {
    "text": Message("allowed by the wording"),
    "statistic": Message("statistical definition; for reference only"),
    "proxy": Message("substitute where data are lacking; for reference only"),
}
"""What a reading rests on."""


def reading_result(assessment: Assessment, lang: str) -> str:
    """Return what the reading of an assessment gives: its values and its verdict, without the contest."""
    results = ", ".join(result_words(judgement, lang) for judgement in assessment.judgements)
    return f"{results}: {VERDICTS[key_of(assessment)].in_(lang)}"


def reading_name(reading: Reading) -> Text:
    """Return the name of a reading; one that was never named goes by its first indicator."""
    unnamed = reading.name == as_text(reading.key)
    return reading.requirements[0].indicator.name if unnamed else reading.name


def reading_words(reading: Reading, lang: str) -> str:
    """Return the name of a reading and its kind."""
    return f"{reading_name(reading).in_(lang)} ({KINDS[reading.kind].in_(lang)})"


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
