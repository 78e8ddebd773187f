"""What would settle an answer that is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from envindicators.algebra.verdict import Verdict
from envindicators.definitions.table import Unit
from envindicators.evaluation.assessment import Assessment
from envindicators.evaluation.needed_reports import NeededReports, Unsettled
from envindicators.evaluation.scorecard import Scorecard
from envindicators.report.cards import group_key, group_label
from envindicators.report.numbers import amount, number
from envindicators.report.verdicts import VERDICTS, verdict_key
from envindicators.words.message import Message
from envindicators.words.phrase import Phrase, Sayable, joined

_LISTED = 20


def needed_sentences(card: Scorecard, assessment: Assessment) -> Iterator[Sayable]:
    """Yield what would settle an undetermined assessment of the whole, under its default reading; else nothing."""
    if assessment.verdict is not Verdict.UNDETERMINED:
        return
    causes = {judgement.cause for judgement in assessment.judgements} - {None}
    if causes == {"margins"}:
        yield Message("First, data unit by unit are needed, or columns of true and false.")
        return
    if causes:
        yield Message("First, the missing table or columns are needed.")
        return
    target = assessment.target.key
    chosen = card.order.get(target, card.programme.target(target).default.key)
    if assessment.group is not None or assessment.reading.key != chosen or not card.by:
        return
    one = card if len(card.years) == 1 or assessment.year is None else card.of_year(assessment.year)
    for needed in one.needed_reports(target):
        if len(assessment.judgements) > 1:
            yield Message("{name}:", name=needed.requirement.indicator.name)
        yield from _needed(one, needed, due=assessment.due)


def _needed(card: Scorecard, needed: NeededReports, *, due: bool) -> Iterator[Sayable]:
    unit = needed.requirement.indicator.open_unit
    if needed.met:
        yield Message(
            "To find it met, data are needed at least from: {groups}.", groups=_groups(card, needed.met, unit)
        )
    elif needed.met is None:
        yield Message("No report of any group would be enough to find it {verdict}.", verdict=VERDICTS["met"])
    if needed.not_met:
        yield Message(
            "To find it not met, data are needed at least from: {groups}.", groups=_groups(card, needed.not_met, unit)
        )
    elif needed.not_met is None:
        word = VERDICTS[verdict_key(Verdict.NOT_MET, due=due)]
        yield Message("No report of any group would be enough to find it {verdict}.", verdict=word)


def _groups(card: Scorecard, groups: Sequence[Unsettled], unit: Unit) -> Phrase:
    shown = [_unsettled(card, group, unit) for group in groups[:_LISTED]]
    if len(groups) > _LISTED:
        shown.append(Message("and {more} more", more=Phrase(number, len(groups) - _LISTED)))
    return Phrase(joined, shown)


def _unsettled(card: Scorecard, group: Unsettled, unit: Unit) -> Message:
    label = group_label(group_key(card, group.group))
    if group.units is None:
        return Message("{group} (size unknown)", group=label)
    return Message("{group} ({units} not certain)", group=label, units=Phrase(amount, group.units, unit))
