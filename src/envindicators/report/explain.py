"""How an answer came about, in words: clause, rule, inputs, tally, bounds, verdict."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from html import escape
from typing import Any, Self

from envindicators.algebra.tally import Tally
from envindicators.algebra.threshold import Judgement, Threshold
from envindicators.algebra.verdict import Verdict
from envindicators.definitions.indicator import Indicator, Question
from envindicators.definitions.rule import AllUnits, Flag
from envindicators.definitions.table import Table, Unit
from envindicators.evaluation.assessment import Assessment
from envindicators.evaluation.needed_reports import NeededReports, Unsettled
from envindicators.evaluation.scorecard import Scorecard
from envindicators.problems import Problems
from envindicators.report.cards import group_key, group_label, missing_words
from envindicators.report.numbers import (
    amount,
    date_words,
    figure,
    listed,
    nothing_known,
    number,
    share,
    shares,
    span,
    threshold_words,
)
from envindicators.report.readings import other_readings, reading_result, reading_words
from envindicators.report.rules import rule_words
from envindicators.report.tallies import tally_words
from envindicators.report.verdicts import REASONS, VERDICTS, verdict_key, verdict_words
from envindicators.words.message import Message
from envindicators.words.percent import Rounding
from envindicators.words.text import as_text

Section = tuple[str, tuple[str, ...]]
"""A heading and the lines below it."""

_WORDS: dict[str, Message] = {
    # headings
    "answer": Message("Answer"),
    "clause": Message("Clause"),
    "deadline": Message("Deadline"),
    "reading": Message("Reading"),
    "rule": Message("Rule"),
    "data": Message("Where the numbers come from"),
    "tally": Message("Tally"),
    "bounds": Message("Share"),
    "verdict": Message("Against the threshold"),
    "settle": Message("What would settle it"),
    "others": Message("Other readings"),
    # the head
    "whole": Message("{target}{year}: {verdict}."),
    "group": Message("{target}, {group}{year}: {verdict}."),
    "in_year": Message(", {year}"),
    "level": Message("It is compared with the level set for the {level}; the text sets none for {group}."),
    "no_level": Message("{group} is compared with the level set for the whole."),
    # the clause
    "source": Message("{kind} {number}, {date}, {title}; section {section}."),
    "quote": Message("“{quote}”"),
    "translation": Message("In English: “{words}”"),
    "correction": Message("The scan has “{scan}”, corrected to “{corrected}”{doubt}."),
    "doubt": Message(" (not certain)"),
    "note": Message("Note: {note}"),
    "stated": Message("The end of {year}, stated by the text."),
    "inferred": Message("The end of {year}; the text does not state it, it is inferred."),
    "plain_deadline": Message("The end of {year}."),
    "not_due": Message("The data is of {year}, before the deadline: what falls short is “not yet met”."),
    # reading and rule
    "rationale": Message("Rationale: {rationale}"),
    "several": Message("{count} requirements, all to be met; one does not make up for another."),
    "indicator": Message("{name}: {threshold}."),
    "denominator": Message("Denominator ({unit}): {rule}."),
    "whole_denominator": Message("Denominator: {rule}."),
    "numerator": Message("Numerator: the part of the denominator that satisfies: {rule}."),
    # where numbers come from
    "table": Message("Table “{name}” ({key}): total in {total}; columns used: {columns}."),
    "no_columns": Message("none"),
    "blank": Message("The column {column} is blank in {count} rows (of all years in the table)."),
    "blank_one": Message("The column {column} is blank in 1 row (of all years in the table)."),
    "missing": Message("Missing, table {table}: {what}."),
    "more": Message("and {more} more"),
    # bounds
    "exactly": Message("{words}."),
    "lowest": Message("Lowest: {words}."),
    "highest": Message("Highest: {words}."),
    "sink": Message("{share}, since the part of unknown size may lie outside the numerator"),
    "sink_open": Message(
        "above {share} yet as near to {share} as may be, since the part of unknown size may lie outside the numerator"
    ),
    "soar": Message("{share}, since the part of unknown size may belong to the numerator"),
    "soar_open": Message(
        "below {share} yet as near to {share} as may be, since the part of unknown size may belong to the numerator"
    ),
    "same": Message("{share}: if there are any, it cannot be otherwise"),
    "none": Message("Figures came, and nothing belongs to the denominator: none arose, so there is no share."),
    "nothing": Message("Nothing came that it could be computed from."),
    "observed": Message("Of what is certain only: {words}. That leaves out what is not, and decides nothing."),
    # the verdict
    "met": Message("However the unknown turns out, {threshold} holds."),
    "not_met": Message("However the unknown turns out, {threshold} does not hold."),
    "surely_met": Message("{share} meets {threshold}."),
    "surely_not_met": Message("{share} does not meet {threshold}."),
    "exceeded": Message("The threshold is exceeded."),
    "perhaps_exceeded": Message("Whether it is exceeded is not certain."),
    "not_exceeded": Message("It is met and not exceeded."),
    "bettered": Message("The threshold is bettered."),
    "perhaps_bettered": Message("Whether it is bettered is not certain."),
    "not_bettered": Message("It is met and not bettered."),
    "undetermined": Message("{threshold}: as the unknown turns out, {possible}."),
    "because": Message("Why it is not certain: {reason}."),
    "short_least": Message("Short of the threshold: {units} more in the numerator, the denominator staying as it is."),
    "short_most": Message("Over the threshold: {units} fewer in the numerator, the denominator staying as it is."),
    "short_unknown": Message("Whether it falls short, and by how much, is not known."),
    "short_least_open": Message(
        "Short of the threshold, as the unknown turns out: {units} in the numerator, the denominator staying as it is."
    ),
    "short_most_open": Message(
        "Over the threshold, as the unknown turns out: {units} in the numerator, the denominator staying as it is."
    ),
    "slack_least": Message(
        "Slack: at most {units} of the numerator may turn out not to belong there and it is still met."
    ),
    "slack_least_open": Message(
        "Slack, as the unknown turns out: {units} of the numerator may turn out not to belong there and it "
        "is still met."
    ),
    "slack_least_none": Message("No slack: {one} less in the numerator and it is not met."),
    "slack_most": Message(
        "Slack: at most {units} outside the numerator may turn out to belong there and it is still met."
    ),
    "slack_most_open": Message(
        "Slack, as the unknown turns out: {units} outside the numerator may turn out to belong there and "
        "it is still met."
    ),
    "slack_most_none": Message("No slack: {one} more in the numerator and it is not met."),
    "contested": Message("Contested: readings that the words allow give opposite answers."),
    "perhaps_contested": Message("Readings that the words allow may yet give different answers."),
    # what would settle it
    "for_met": Message("For it to be found met, figures are needed at least of: {groups}."),
    "for_not_met": Message("For it to be found not met, figures are needed at least of: {groups}."),
    "no_way": Message("No figures of the groups would be enough to find it {verdict}."),
    "table_first": Message("First the table or the columns are needed."),
    "units_first": Message("First figures unit by unit are needed, or columns of true and false."),
    "no_size": Message("{group} (of unknown size)"),
    "of_size": Message("{group} ({units} not certain)"),
}

_LISTED = 20


class Explanation(str):
    """An explanation: text that shows itself as text in a terminal and under headings in Jupyter.

    Attributes:
        sections: the headings, each with the lines below it.
        lang: the language it is in.
    """

    __slots__ = ("lang", "sections")

    sections: tuple[Section, ...]
    lang: str

    def __new__(cls, text: str, sections: Sequence[Section] = (), lang: str = "en") -> Self:
        made = super().__new__(cls, text)
        made.sections = tuple(sections)
        made.lang = lang
        return made

    def __repr__(self) -> str:
        return str(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (str(self), self.sections, self.lang))

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_html(self) -> str:
        """Return the explanation as HTML, with everything escaped."""
        parts = [
            f'<div role="heading" aria-level="4" style="margin:.6em 0 .1em"><strong>{escape(heading)}</strong></div>'
            + "".join(f'<p style="margin:.1em 0 .1em 1.5em">{escape(line)}</p>' for line in lines)
            for heading, lines in self.sections
        ]
        return (
            f'<div class="ei-explanation" lang="{escape(self.lang)}" style="max-width:60em;text-align:left">'
            f"{''.join(parts)}</div>"
        )


def explain(card: Scorecard, assessment: Assessment, lang: str) -> Explanation:
    """Return in words how an assessment came about.

    Args:
        card: the card that the assessment is of.
        assessment: the assessment, of the whole or of a group, under any reading.
        lang: ``"vi"`` or ``"en"``.
    """
    kept = [(_say(heading, lang), lines) for heading, lines in parts(card, assessment, lang).items()]
    text = "\n".join("\n".join([heading, *(f"  {line}" for line in lines)]) for heading, lines in kept)
    return Explanation(text, kept, lang)


def parts(card: Scorecard, assessment: Assessment, lang: str) -> dict[str, tuple[str, ...]]:
    """Return the lines of an explanation by the keys of their headings, those without lines left out."""
    found = {
        "answer": _answer(card, assessment, lang),
        "clause": _clause(assessment, lang),
        "deadline": _deadline(assessment, lang),
        "reading": _reading(assessment, lang),
        "rule": _rules(assessment, lang),
        "data": _data(card, assessment, lang),
        "tally": _each(assessment, _tally, lang),
        "bounds": _each(assessment, _bounds, lang),
        "verdict": _verdict(assessment, lang),
        "settle": settle_lines(card, assessment, lang),
        "others": _others(assessment, lang),
    }
    filled = {heading: tuple(lines) for heading, lines in found.items()}
    return {heading: lines for heading, lines in filled.items() if lines}


def heading_words(key: str, lang: str) -> str:
    """Return the heading of a part of an explanation."""
    return _say(key, lang)


def _say(key: str, lang: str, /, **details: object) -> str:
    return _WORDS[key].filled(**details).in_(lang)


# what was asked


def _answer(card: Scorecard, assessment: Assessment, lang: str) -> Iterator[str]:
    year = "" if assessment.year is None else _say("in_year", lang, year=assessment.year)
    name, verdict = assessment.target.name.in_(lang), verdict_words(assessment, lang)
    label = _group(card, assessment)
    if not label:
        yield _say("whole", lang, target=name, year=year, verdict=verdict)
        return
    yield _say("group", lang, target=name, group=label, year=year, verdict=verdict)
    level = assessment.target.level
    yield (
        _say("no_level", lang, group=label)
        if level is None
        else _say("level", lang, level=level.in_(lang), group=label)
    )


def _group(card: Scorecard, assessment: Assessment) -> str:
    return "" if assessment.group is None else group_label(group_key(card, assessment.group))


def _clause(assessment: Assessment, lang: str) -> Iterator[str]:
    clause = assessment.target.clause
    document = clause.document
    yield _say(
        "source",
        lang,
        kind=document.kind.in_(lang),
        number=document.number,
        date=date_words(document.date, lang),
        title=document.title.in_(lang),
        section=clause.section,
    )
    yield _say("quote", lang, quote=clause.quote)
    if lang == "en" and clause.translation:
        yield _say("translation", lang, words=clause.translation)
    for correction in clause.corrections:
        doubt = "" if correction.certain else _say("doubt", lang)
        yield _say("correction", lang, scan=correction.scan, corrected=correction.corrected, doubt=doubt)
        if correction.note is not None:
            yield _say("note", lang, note=correction.note.in_(lang))
    if clause.note is not None:
        yield _say("note", lang, note=clause.note.in_(lang))


def _deadline(assessment: Assessment, lang: str) -> Iterator[str]:
    target = assessment.target
    yield _say(target.clause.deadline or "plain_deadline", lang, year=target.deadline)
    if target.clause.deadline_rationale is not None:
        yield _say("rationale", lang, rationale=target.clause.deadline_rationale.in_(lang))
    if assessment.year is not None and not assessment.due:
        yield _say("not_due", lang, year=assessment.year)


def _reading(assessment: Assessment, lang: str) -> Iterator[str]:
    reading = assessment.reading
    if reading.name != as_text(reading.key) or len(assessment.readings) > 1:
        yield f"{reading_words(reading, lang)}."
    if reading.rationale is not None:
        yield _say("rationale", lang, rationale=reading.rationale.in_(lang))


def _rules(assessment: Assessment, lang: str) -> Iterator[str]:
    judgements = assessment.judgements
    if len(judgements) > 1:
        yield _say("several", lang, count=len(judgements))
    for judgement in judgements:
        indicator = _indicator(judgement)
        yield _say(
            "indicator", lang, name=indicator.name.in_(lang), threshold=threshold_words(judgement.threshold, lang)
        )
        for question in indicator.questions:
            among, table = question.among, question.table
            key = "whole_denominator" if isinstance(among, AllUnits) else "denominator"
            yield _say(key, lang, unit=table.unit.name.in_(lang), rule=rule_words(among, table, lang))
            yield _say("numerator", lang, rule=_where(indicator, question, lang))


def _where(indicator: Indicator, question: Question, lang: str) -> str:
    """Return the words for a numerator; a part that was never named goes by the indicator."""
    where, table = question.where, question.table
    if isinstance(where, Flag):
        part = table.part(where.column)
        if part is not None and part.name == as_text(part.key):
            return indicator.name.in_(lang)
    return rule_words(where, table, lang)


def _indicator(judgement: Judgement) -> Indicator:
    assert judgement.requirement is not None
    indicator: Indicator = judgement.requirement.indicator
    return indicator


# where the numbers come from


def _data(card: Scorecard, assessment: Assessment, lang: str) -> Iterator[str]:
    questions = [question for judgement in assessment.judgements for question in _indicator(judgement).questions]
    for table in dict.fromkeys(question.table for question in questions):
        own = (question.columns for question in questions if question.table == table)
        columns = dict.fromkeys(itertools.chain.from_iterable(own))
        yield _say(
            "table",
            lang,
            name=table.name.in_(lang),
            key=table.key,
            total=table.total,
            columns=", ".join(columns) or _say("no_columns", lang),
        )
        yield from _blanks(card.problems, table, (table.total, *columns), lang)
        yield from _missing(card, assessment, table, columns, lang)


def _blanks(problems: Problems, table: Table, columns: Sequence[str], lang: str) -> Iterator[str]:
    for (name, column, kind), count in problems.counts.items():
        if name == table.key and column in columns and kind.startswith("blank_"):
            yield _say("blank_one" if count == 1 else "blank", lang, column=column, count=number(count, lang))


def _named(table: Table, lang: str) -> str:
    """Return the name of a table, with its key where that is another."""
    name = table.name.in_(lang)
    return name if name.casefold() == table.key.casefold() else f"{name} ({table.key})"


def _missing(card: Scorecard, assessment: Assessment, table: Table, columns: Any, lang: str) -> Iterator[str]:
    found = [
        missing_words(each, lang)
        for each in card.missing.get(table.key, ())
        if (each.what != "column" or each.name in columns) and each.year in (None, assessment.year)
    ]
    if found:
        more = len(found) - _LISTED
        shown = [*found[:_LISTED], *([_say("more", lang, more=number(more, lang))] if more > 0 else [])]
        yield _say("missing", lang, table=_named(table, lang), what="; ".join(shown))


# tally and bounds


def _each(assessment: Assessment, tell: Any, lang: str) -> Iterator[str]:
    """Yield what there is to tell of every judgement, with the indicator's name where there are several."""
    for judgement in assessment.judgements:
        lines: list[str] = list(tell(judgement, lang))
        if len(assessment.judgements) > 1 and lines:
            yield f"{_indicator(judgement).name.in_(lang)}:"
        yield from lines


def _tally(judgement: Judgement, lang: str) -> Iterator[str]:
    if judgement.cause is None and judgement.tally is not None:
        for line in tally_words(judgement.tally, _indicator(judgement).unit, lang):
            yield f"{line[0].upper()}{line[1:]}."


def _bounds(judgement: Judgement, lang: str) -> Iterator[str]:
    tally, rate = judgement.tally, judgement.rate
    if tally is None or rate is None:
        yield _say("none", lang)
        return
    if nothing_known(judgement) and len(tally.unsized) != 1:
        yield _say("nothing", lang)
        return
    unit = _indicator(judgement).unit
    if rate.lower == rate.upper and not tally.unsized and not any(tally.counts[2:]):
        said = _quotient(tally.satisfied, tally.placed, unit, judgement.threshold, lang, "half_up")
        yield _say("exactly", lang, words=said)
        return
    yield _say("lowest", lang, words=_lowest(judgement, tally, unit, lang))
    yield _say("highest", lang, words=_highest(judgement, tally, unit, lang))
    if tally.observed is not None and (tally.observed != rate.lower or tally.observed != rate.upper):
        known = tally.satisfied + tally.failed
        said = _quotient(tally.satisfied, known, unit, judgement.threshold, lang, "half_up")
        yield _say("observed", lang, words=said)


def _quotient(part: int, whole: int, unit: Unit, threshold: Threshold, lang: str, rounding: Rounding) -> str:
    """Write a division with its result: ``390 / 400 = 97,5%``."""
    exact = Fraction(part, whole)
    shown = share(exact, lang, against=[threshold.share], rounding=rounding)
    sign = "=" if share(exact, lang, rounding="down") == share(exact, lang, rounding="up") else "≈"
    return f"{figure(part, unit, lang)} / {amount(whole, unit, lang)} {sign} {shown}"


def _lowest(judgement: Judgement, tally: Tally, unit: Unit, lang: str) -> str:
    extremes = tally.extremes
    assert extremes is not None
    if "failed" in tally.unsized:
        return _say("sink" if extremes.least_reached else "sink_open", lang, share=share(Fraction(0), lang))
    satisfied, base = tally.lowest
    if base:
        return _quotient(satisfied, base, unit, judgement.threshold, lang, "down")
    return _say("same", lang, share=share(extremes.least, lang, against=[judgement.threshold.share]))


def _highest(judgement: Judgement, tally: Tally, unit: Unit, lang: str) -> str:
    extremes = tally.extremes
    assert extremes is not None
    if "satisfied" in tally.unsized:
        return _say("soar" if extremes.greatest_reached else "soar_open", lang, share=share(Fraction(1), lang))
    satisfied, base = tally.highest
    if base:
        return _quotient(satisfied, base, unit, judgement.threshold, lang, "up")
    return _say("same", lang, share=share(extremes.greatest, lang, against=[judgement.threshold.share]))


# verdict


def _verdict(assessment: Assessment, lang: str) -> Iterator[str]:
    yield from _each(assessment, lambda judgement, _: _compared(judgement, assessment, lang), lang)
    if assessment.contested:
        yield _say("contested", lang)
    elif assessment.contested is None:
        yield _say("perhaps_contested", lang)


def _compared(judgement: Judgement, assessment: Assessment, lang: str) -> Iterator[str]:
    limit = threshold_words(judgement.threshold, lang)
    verdict = judgement.verdict
    if verdict is Verdict.UNDETERMINED:
        possible = [
            VERDICTS[verdict_key(each, due=assessment.due)].in_(lang) for each in Verdict if each in judgement.possible
        ]
        yield _say("undetermined", lang, threshold=limit, possible=listed(possible, lang))
        if judgement.reason is not None:
            yield _say("because", lang, reason=REASONS[judgement.reason].in_(lang))
    elif verdict is not Verdict.NOT_APPLICABLE:
        key = "met" if verdict is Verdict.MET else "not_met"
        rate = judgement.rate
        if rate is not None and rate.lower == rate.upper:
            yield _say(f"surely_{key}", lang, share=shares(judgement, lang), threshold=limit)
        else:
            yield _say(key, lang, threshold=limit)
    if verdict is Verdict.MET:
        word = "exceeded" if judgement.threshold.direction == "at_least" else "bettered"
        surely = {True: "", False: "not_", None: "perhaps_"}[judgement.exceeded]
        yield _say(f"{surely}{word}", lang)
    yield from _room(judgement, lang)


def _room(judgement: Judgement, lang: str) -> Iterator[str]:
    """Yield the shortfall of what is not surely met, the slack of what is."""
    unit = _indicator(judgement).unit
    end = "least" if judgement.threshold.direction == "at_least" else "most"
    if judgement.verdict is Verdict.MET:
        slack = judgement.slack
        if slack == (0, 0):
            yield _say(f"slack_{end}_none", lang, one=amount(unit.grain, unit, lang))
        elif slack is not None:
            sure = "" if slack.lower == slack.upper else "_open"
            yield _say(f"slack_{end}{sure}", lang, units=span(slack, unit, lang))
    elif judgement.shortfall == (0, None):
        yield _say("short_unknown", lang)
    elif judgement.shortfall is not None:
        sure = "" if judgement.shortfall.lower == judgement.shortfall.upper else "_open"
        yield _say(f"short_{end}{sure}", lang, units=span(judgement.shortfall, unit, lang))


# what would settle it, and what else could be meant


def settle_lines(card: Scorecard, assessment: Assessment, lang: str) -> Iterator[str]:
    """Yield what would settle an undetermined assessment of the whole, under its default reading; else nothing."""
    if assessment.verdict is not Verdict.UNDETERMINED:
        return
    causes = {judgement.cause for judgement in assessment.judgements} - {None}
    if causes:
        yield _say("units_first" if causes == {"margins"} else "table_first", lang)
        return
    default = card.programme.target(assessment.target.key).default.key
    chosen = card.order.get(assessment.target.key, default)
    if assessment.group is not None or assessment.reading.key != chosen or not card.by:
        return
    one = card if len(card.years) == 1 or assessment.year is None else card.of_year(assessment.year)
    found = one.needed_reports(assessment.target.key)
    for needed in found:
        if len(assessment.judgements) > 1:
            yield f"{needed.requirement.indicator.name.in_(lang)}:"
        yield from _needed(one, needed, assessment, lang)


def _needed(card: Scorecard, needed: NeededReports, assessment: Assessment, lang: str) -> Iterator[str]:
    unit = needed.requirement.indicator.unit
    sides = (("for_met", Verdict.MET, needed.met), ("for_not_met", Verdict.NOT_MET, needed.not_met))
    for key, verdict, groups in sides:
        if groups is None:
            word = VERDICTS[verdict_key(verdict, due=assessment.due)].in_(lang)
            yield _say("no_way", lang, verdict=word)
        elif groups:
            shown = [_unsettled(card, each, unit, lang) for each in groups[:_LISTED]]
            if len(groups) > _LISTED:
                shown.append(_say("more", lang, more=number(len(groups) - _LISTED, lang)))
            yield _say(key, lang, groups=", ".join(shown))


def _unsettled(card: Scorecard, each: Unsettled, unit: Unit, lang: str) -> str:
    label = group_label(group_key(card, each.group))
    if each.units is None:
        return _say("no_size", lang, group=label)
    return _say("of_size", lang, group=label, units=amount(each.units, unit, lang))


def _others(assessment: Assessment, lang: str) -> Iterator[str]:
    for each in other_readings(assessment):
        yield f"{reading_words(each.reading, lang)}: {reading_result(each, lang)}."
