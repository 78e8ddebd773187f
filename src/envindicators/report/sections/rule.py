"""How it is computed: the reading of the clause, its numerator and denominator, and what other readings give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from envindicators.algebra.threshold import Judgement
from envindicators.definitions.formula import Against, Areas, Population, Quotient, Role, Term, Units, Values, roles
from envindicators.definitions.indicator import Indicator
from envindicators.definitions.question import Question
from envindicators.definitions.rule import AllUnits, Flag
from envindicators.definitions.table import Value
from envindicators.evaluation.assessment import Assessment
from envindicators.report.measures import level_words
from envindicators.report.numbers import amount
from envindicators.report.readings import other_readings, reading_result, reading_words
from envindicators.report.rules import rule_words
from envindicators.words.message import Message
from envindicators.words.phrase import Phrase, Sayable
from envindicators.words.text import as_text


def reading_sentences(assessment: Assessment) -> Iterator[Sayable]:
    """Yield how the clause is read and why; nothing where it can be read in one way only."""
    reading = assessment.reading
    if reading.name != as_text(reading.key) or len(assessment.readings) > 1:
        yield Message("{reading}.", reading=Phrase(reading_words, reading))
    if reading.rationale is not None:
        yield Message("Rationale: {rationale}", rationale=reading.rationale)


def other_sentences(assessment: Assessment) -> Iterator[Sayable]:
    """Yield what every other reading gives, with what is to be said of its rule alone."""
    said = {remark for judgement in assessment.judgements for remark in indicator_of(judgement).remarks}
    for other in other_readings(assessment):
        yield Message(
            "{reading}: {result}.", reading=Phrase(reading_words, other.reading), result=Phrase(reading_result, other)
        )
        remarks = dict.fromkeys(remark for judgement in other.judgements for remark in indicator_of(judgement).remarks)
        yield from (remark for remark in remarks if remark not in said)


def rule_sentences(assessment: Assessment) -> Iterator[Sayable]:
    """Yield each requirement with its numerator and its denominator."""
    judgements = assessment.judgements
    if len(judgements) > 1:
        if assessment.reading.one_suffices:
            yield Message("{count} requirements, of which one must be met.", count=len(judgements))
        else:
            yield Message(
                "{count} requirements, all to be met; one does not make up for another.", count=len(judgements)
            )
    for judgement in judgements:
        indicator = indicator_of(judgement)
        yield Message(
            "{name}; target: {threshold}.",
            name=indicator.name,
            threshold=Phrase(level_words, judgement),
        )
        yield from _computation(indicator, indicator.formula)
        yield from indicator.remarks


def _computation(indicator: Indicator, term: Term) -> Iterator[Sayable]:
    """Yield what is counted, and by what it is divided."""
    match term:
        case Quotient(Areas(required=required)):
            for requirement in required.requirements:
                yield from _computation(requirement.indicator, requirement.indicator.formula)
        case Quotient(Units(question), Population()):
            yield from _share(indicator, question)
        case Quotient(Values(question), _):
            yield from _averaged(question)
        case Against(changed):
            yield from _computation(indicator, changed)
        case _:
            for role, leaf in roles(term):
                yield _SAYINGS[role].filled(amount=_counted(leaf.question))


_SAYINGS: Mapping[Role, Message] = {
    "numerator": Message("Numerator: {amount}."),
    "denominator": Message("Denominator: {amount}."),
    "counted": Message("Counted: {amount}."),
}


def _counted(question: Question) -> Message | Phrase:
    rule = Phrase(rule_words, question.where, question.table)
    if isinstance(question.where, AllUnits):
        return rule
    return Message("{unit}, where {rule}", unit=question.table.unit.name, rule=rule)


def _averaged(question: Question) -> Iterator[Sayable]:
    value = question.value
    assert value is not None
    yield Message("Mean of {value} over {amount}.", value=value.name, amount=_counted(question))
    yield from limits_sentences(value)


def limits_sentences(value: Value) -> Iterator[Message]:
    """Yield between what a missing value is assumed to lie; nothing where it has no limits."""
    if value.limits is not None:
        low = Phrase(amount, value.least, value.unit)
        if value.greatest is not None:
            high = Phrase(amount, value.greatest, value.unit)
            yield Message("Assumed where a value is missing: it lies between {low} and {high}.", low=low, high=high)
        else:
            yield Message("Assumed where a value is missing: it is at least {low}.", low=low)


def _share(indicator: Indicator, question: Question) -> Iterator[Sayable]:
    table, among = question.table, Phrase(rule_words, question.among, question.table)
    if isinstance(question.among, AllUnits):
        yield Message("Denominator: {rule}.", rule=among)
    else:
        yield Message("Denominator: {unit}, where {rule}.", unit=table.unit.name, rule=among)
    part = table.part(question.where.column) if isinstance(question.where, Flag) else None
    if part is not None and part.name == as_text(part.key):  # a part that was never named goes by the indicator
        yield Message("Numerator: {rule}.", rule=indicator.name)
    else:
        yield Message(
            "Numerator: the part of the denominator satisfying: {rule}.", rule=Phrase(rule_words, question.where, table)
        )


def indicator_of(judgement: Judgement) -> Indicator:
    """Return the indicator that a judgement of a card is of."""
    assert judgement.requirement is not None
    indicator: Indicator = judgement.requirement.indicator
    return indicator


def for_each_judgement(assessment: Assessment, tell: Callable[[Judgement], Iterable[Sayable]]) -> Iterator[Sayable]:
    """Yield what there is to tell of every judgement, below the indicator's name where there are several."""
    for judgement in assessment.judgements:
        sentences = list(tell(judgement))
        if len(assessment.judgements) > 1 and sentences:
            yield Message("{name}:", name=indicator_of(judgement).name)
        yield from sentences
