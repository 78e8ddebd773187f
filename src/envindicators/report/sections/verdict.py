"""What the bounds say against the target, and by how much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from envindicators.algebra.threshold import Judgement
from envindicators.algebra.verdict import Verdict
from envindicators.evaluation.assessment import Assessment
from envindicators.report.measures import level_words, value_words
from envindicators.report.numbers import amount, listed, span
from envindicators.report.sections.rule import for_each_judgement, indicator_of
from envindicators.report.verdicts import REASONS, VERDICTS, verdict_key
from envindicators.words.message import Message
from envindicators.words.phrase import Phrase, Sayable


def verdict_sentences(assessment: Assessment) -> Iterator[Sayable]:
    """Yield the verdict of each requirement, by how much it is met or missed, and whether the clause is contested."""
    yield from for_each_judgement(assessment, lambda judgement: _compared(judgement, due=assessment.due))
    if assessment.contested:
        yield Message("Contested: readings that the text allows lead to different verdicts.")
    elif assessment.contested is None:
        yield Message("Readings that the text allows may still lead to different verdicts.")


def _compared(judgement: Judgement, *, due: bool) -> Iterator[Sayable]:
    target, verdict = Phrase(level_words, judgement), judgement.verdict
    if verdict is Verdict.UNDETERMINED:
        keys = [verdict_key(possible, due=due) for possible in Verdict if possible in judgement.possible]
        yield Message(
            "Depending on the missing data: {possible} (target: {threshold}).",
            threshold=target,
            possible=Phrase(_alternatives, [VERDICTS[key] for key in keys]),
        )
        if judgement.reason is not None:
            yield Message("Reason: {reason}.", reason=REASONS[judgement.reason])
    elif verdict is not Verdict.NOT_APPLICABLE:
        yield _certain(judgement, target)
    if verdict is Verdict.MET:
        yield from _exceeded(judgement)
        yield from _slack(judgement)
    else:
        yield from _shortfall(judgement)


def _alternatives(words: Sequence[Message], lang: str) -> str:
    return listed([word.in_(lang) for word in words], lang)


def _certain(judgement: Judgement, target: Phrase) -> Message:
    met = judgement.verdict is Verdict.MET
    if _exact(judgement):
        share = Phrase(value_words, judgement)
        if judgement.threshold.quantity is not None and met:
            return Message("{value}: the target ({threshold}) is met.", value=share, threshold=target)
        if judgement.threshold.quantity is not None:
            return Message("{value}: the target ({threshold}) is not met.", value=share, threshold=target)
        if met:
            return Message("{share} meets the target ({threshold}).", share=share, threshold=target)
        return Message("{share} does not meet the target ({threshold}).", share=share, threshold=target)
    if met:
        return Message("The target ({threshold}) is met whatever the missing data say.", threshold=target)
    return Message("The target ({threshold}) is not met whatever the missing data say.", threshold=target)


def _exact(judgement: Judgement) -> bool:
    """Return whether the value is known exactly."""
    rate = judgement.rate
    least, greatest = judgement.evidence.ends if rate is None else (rate.lower, rate.upper)
    return least is not None and bool(least == greatest)


def _floor(judgement: Judgement) -> bool:
    """Return whether the value is to be large."""
    return not judgement.threshold.ceiling


def _exceeded(judgement: Judgement) -> Iterator[Sayable]:
    if judgement.exceeded is None:
        if _floor(judgement):
            yield Message("Whether the target is exceeded is not certain.")
        else:
            yield Message("Whether it is better than the target is not certain.")
    elif judgement.exceeded:
        if _floor(judgement):
            yield Message("The target is exceeded.")
        else:
            yield Message("It is better than the target.")
    elif judgement.slack != (0, 0):
        yield Message("The target is met exactly.")


def _slack(judgement: Judgement) -> Iterator[Sayable]:
    slack, unit = judgement.slack, indicator_of(judgement).unit
    if slack is None:
        return
    if slack == (0, 0):
        one = Phrase(amount, unit.grain, unit)
        if _floor(judgement):
            yield Message("The target is met exactly; {one} less and it is not met.", one=one)
        else:
            yield Message("The target is met exactly; {one} more and it is not met.", one=one)
        return
    units = Phrase(span, slack, unit)
    if slack.lower == slack.upper:
        if judgement.threshold.quantity is not None:
            yield Message("Room to spare: {units}.", units=units)
        elif _floor(judgement):
            yield Message("Still met if up to {units} drop out of the numerator.", units=units)
        else:
            yield Message("Still met if up to {units} more enter the numerator.", units=units)
    else:
        yield Message("Room to spare, depending on the missing data: {units}.", units=units)


def _shortfall(judgement: Judgement) -> Iterator[Sayable]:
    shortfall = judgement.shortfall
    if shortfall is None:
        return
    if shortfall == (0, None):
        yield Message("Whether it falls short of the target, and by how much, is not known.")
        return
    units = Phrase(span, shortfall, indicator_of(judgement).unit)
    if shortfall.lower == shortfall.upper:
        if _floor(judgement):
            yield Message("{units} short of the target.", units=units)
        else:
            yield Message("{units} over the target.", units=units)
    elif _floor(judgement):
        yield Message("Short of the target, depending on the missing data: {units}.", units=units)
    else:
        yield Message("Over the target, depending on the missing data: {units}.", units=units)
