"""The units as they are counted, and the least and the greatest share that they allow."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from envindicators.algebra.tally import Tally
from envindicators.algebra.threshold import Judgement, Threshold
from envindicators.definitions.table import Unit
from envindicators.evaluation.assessment import Assessment
from envindicators.report.measures import quantity_words
from envindicators.report.numbers import amount, figure, nothing_known, share
from envindicators.report.sections.rule import for_each_judgement, indicator_of
from envindicators.report.tallies import tally_words
from envindicators.words.message import Message
from envindicators.words.percent import Rounding
from envindicators.words.phrase import Phrase, Sayable


def tally_sentences(assessment: Assessment) -> Iterator[Sayable]:
    """Yield how many units were counted as what."""
    return for_each_judgement(assessment, _tally)


def _tally(judgement: Judgement) -> Iterator[Sayable]:
    if judgement.cause is None and judgement.tally is not None:
        unit = indicator_of(judgement).unit
        for place, _ in enumerate(tally_words(judgement.tally, unit, "en")):
            yield Phrase(_tally_line, judgement.tally, unit, place)


def _tally_line(tally: Tally, unit: Unit, place: int, lang: str) -> str:
    line = tally_words(tally, unit, lang)[place]
    return f"{line[0].upper()}{line[1:]}."


def bounds_sentences(assessment: Assessment) -> Iterator[Sayable]:
    """Yield the share, or the least and the greatest that it can be, as divisions."""
    return for_each_judgement(assessment, _bounds)


def _bounds(judgement: Judgement) -> Iterator[Sayable]:
    tally, rate = judgement.tally, judgement.rate
    if judgement.threshold.quantity is not None:
        yield from _ends(judgement)
        return
    if tally is None or rate is None:
        yield _not_applicable()
        return
    if nothing_known(judgement) and len(tally.unsized) != 1:
        yield Message("There are no data to compute it from.")
        return
    unit, threshold = indicator_of(judgement).unit, judgement.threshold
    if rate.lower == rate.upper and not tally.unsized and not any(tally.counts[2:]):
        yield Message("{quotient}.", quotient=_quotient(tally.satisfied, tally.placed, unit, threshold, "half_up"))
        return
    yield Message("Lowest: {least}.", least=_lowest(judgement, tally, unit))
    yield Message("Highest: {greatest}.", greatest=_highest(judgement, tally, unit))
    if tally.observed is not None and (tally.observed != rate.lower or tally.observed != rate.upper):
        known = tally.satisfied + tally.failed
        yield Message(
            "Known data only, for reference: {quotient}.",
            quotient=_quotient(tally.satisfied, known, unit, threshold, "half_up"),
        )


def _not_applicable() -> Message:
    return Message("Reported, and nothing belongs to the denominator: not applicable, so there is no share.")


def _ends(judgement: Judgement) -> Iterator[Sayable]:
    """Yield the least and the greatest of what is no share, in the unit of its target."""
    ends = judgement.evidence.ends
    if ends is None:
        yield _not_applicable()
    elif nothing_known(judgement) or ends == (None, None):
        yield Message("There are no data to compute it from.")
    elif ends[0] == ends[1]:
        yield Message("{value}.", value=Phrase(quantity_words, ends[0], judgement))
    else:
        unknown = Message("not known, since a part is of unknown size")
        least, greatest = (
            unknown if end is None else Phrase(quantity_words, end, judgement, rounding=rounding)
            for end, rounding in zip(ends, ("down", "up"), strict=True)
        )
        yield Message("Lowest: {least}.", least=least)
        yield Message("Highest: {greatest}.", greatest=greatest)


def _quotient(part: int, whole: int, unit: Unit, threshold: Threshold, rounding: Rounding) -> Phrase:
    return Phrase(_division, part, whole, unit, threshold, rounding)


def _division(part: int, whole: int, unit: Unit, threshold: Threshold, rounding: Rounding, lang: str) -> str:
    """Write a division with its result: ``390 / 400 = 97,5%``."""
    exact = Fraction(part, whole)
    shown = share(exact, lang, against=[threshold.level], rounding=rounding)
    sign = "=" if share(exact, lang, rounding="down") == share(exact, lang, rounding="up") else "≈"
    return f"{figure(part, unit, lang)} / {amount(whole, unit, lang)} {sign} {shown}"


def _lowest(judgement: Judgement, tally: Tally, unit: Unit) -> Message | Phrase:
    extremes, threshold = tally.extremes, judgement.threshold
    assert extremes is not None
    if tally.unsized_rate is not None and extremes.least not in (0, 1):
        return _of_any_size(extremes.least, threshold, "down")
    if "failed" in tally.unsized:
        nothing = Phrase(share, Fraction(0))
        if extremes.least_reached:
            return Message("{share}, if the part of unknown size is not in the numerator", share=nothing)
        return Message(
            "arbitrarily close to, but above, {share}, if the part of unknown size is not in the numerator",
            share=nothing,
        )
    satisfied, base = tally.lowest
    if base:
        return _quotient(satisfied, base, unit, threshold, "down")
    return _only(extremes.least, threshold)


def _highest(judgement: Judgement, tally: Tally, unit: Unit) -> Message | Phrase:
    extremes, threshold = tally.extremes, judgement.threshold
    assert extremes is not None
    if tally.unsized_rate is not None and extremes.greatest not in (0, 1):
        return _of_any_size(extremes.greatest, threshold, "up")
    if "satisfied" in tally.unsized:
        everything = Phrase(share, Fraction(1))
        if extremes.greatest_reached:
            return Message("{share}, if the part of unknown size is in the numerator", share=everything)
        return Message(
            "arbitrarily close to, but below, {share}, if the part of unknown size is in the numerator",
            share=everything,
        )
    satisfied, base = tally.highest
    if base:
        return _quotient(satisfied, base, unit, threshold, "up")
    return _only(extremes.greatest, threshold)


def _of_any_size(value: Fraction, threshold: Threshold, rounding: Rounding) -> Message:
    return Message(
        "{share}, whatever the sizes that are not known",
        share=Phrase(share, value, against=(threshold.level,), rounding=rounding),
    )


def _only(value: Fraction, threshold: Threshold) -> Message:
    return Message(
        "{share}, the only value possible if there are any", share=Phrase(share, value, against=(threshold.level,))
    )
