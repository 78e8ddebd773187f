"""A tally in words."""

from __future__ import annotations

from envindicators.algebra.tally import OUTCOMES, Outcome, Tally
from envindicators.definitions.table import Unit
from envindicators.report.numbers import amount, listed, share
from envindicators.words.message import Message, gettext

FATES: dict[str, Message] = {
    "satisfied": Message("certainly in the numerator"),
    "failed": Message("certainly in the denominator and not in the numerator"),
    "unknown": Message("in the denominator, perhaps in the numerator"),
    "unplaced_satisfied": Message("perhaps in the denominator, and if so in the numerator too"),
    "unplaced_failed": Message("perhaps in the denominator, and if so not in the numerator"),
    "unplaced_unknown": Message("perhaps in the denominator, and if so perhaps in the numerator"),
}
"""What is known of the units of each count of a tally."""


OUTCOME_WORDS: dict[Outcome, Message] = {
    "out": Message("not in the denominator"),
    "satisfied": Message("in the numerator"),
    "failed": Message("in the denominator and not in the numerator"),
}
"""What may become of a unit."""


def tally_words(tally: Tally, unit: Unit, lang: str) -> list[str]:
    """Say a tally, a line for each count that is not zero."""
    lines = [
        f"{amount(count, unit, lang)}: {FATES[name].in_(lang)}"
        for name, count in zip(FATES, tally.counts, strict=True)
        if count
    ]
    if tally.unsized:
        lines.append(unsized_words(tally, lang))
    return lines


def unsized_words(tally: Tally, lang: str) -> str:
    """Say what is open to an amount of unknown size."""
    rate = tally.unsized_rate
    if rate is not None:
        least, greatest = share(rate.lower, lang, rounding="down"), share(rate.upper, lang, rounding="up")
        if "out" in tally.unsized:
            return gettext(
                "a part of unknown size, perhaps none: {least} to {greatest} of it in the numerator",
                lang,
                least=least,
                greatest=greatest,
            )
        return gettext(
            "a part of unknown size: {least} to {greatest} of it in the numerator", lang, least=least, greatest=greatest
        )
    open_ = [OUTCOME_WORDS[outcome].in_(lang) for outcome in OUTCOMES if outcome in tally.unsized]
    if len(open_) == 1:
        return gettext("a part of unknown size: {outcomes}", lang, outcomes=open_[0])
    return gettext("a part of unknown size: perhaps {outcomes}", lang, outcomes=listed(open_, lang))
