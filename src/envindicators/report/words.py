"""Every word that a report says, in Vietnamese and English, and numbers as each language writes them."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from envindicators.algebra.tally import OUTCOMES, Extremes, Outcome, Tally
from envindicators.algebra.threshold import Judgement, Threshold, at_least
from envindicators.algebra.verdict import Interval, Reason, Verdict
from envindicators.definitions.programme import Kind, Programme, Reading, Target
from envindicators.definitions.rule import AllUnits, And, Between, Flag, Not, OneOf, Or, Rule
from envindicators.definitions.source import Document
from envindicators.definitions.table import Table, Unit
from envindicators.evaluation.assessment import Assessment, DutyReport
from envindicators.evaluation.scorecard import Scorecard
from envindicators.ingest.missing import MissingInput
from envindicators.problems import Problem
from envindicators.words.message import Message
from envindicators.words.percent import Rounding, percent
from envindicators.words.spelling import spelt_out
from envindicators.words.text import Text, as_text

NONE_AROSE = "-"
"""The sign of statistical yearbooks for: none arose."""

NO_INFORMATION = "..."
"""The sign of statistical yearbooks for: no information."""

# verdicts

VERDICTS: dict[str, Message] = {
    "exceeded": Message("exceeded"),
    "bettered": Message("bettered"),
    "met": Message("met"),
    "not_met": Message("not met"),
    "not_yet_met": Message("not yet met"),
    "undetermined": Message("undetermined"),
    "not_applicable": Message("none arose"),
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

REASONS: dict[Reason, Message] = {
    "no_table": Message("the table did not come"),
    "no_column": Message("the columns it needs did not come"),
    "no_baseline": Message("the base year has no data"),
    "margins": Message("the table gives the sums of each column only, not which units stand in several of them"),
    "not_reported": Message("no figure was reported for a part of unknown size"),
    "perhaps_empty": Message("it is not certain that any arose"),
    "unplaced_units": Message("of a part it is not known whether it belongs to the denominator"),
    "unknown_values": Message("of a part it is not known whether it belongs to the numerator"),
}
"""Why a verdict is undetermined."""

KINDS: dict[Kind, Message] = {
    "text": Message("the words allow it"),
    "statistic": Message("as statistics compute it; decides nothing"),
    "proxy": Message("a proxy for want of data; decides nothing"),
}
"""What a reading rests on."""

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

WORDS: dict[str, Message] = {
    # columns and captions
    "target": Message("Target"),
    "share": Message("Share"),
    "threshold": Message("Threshold"),
    "verdict": Message("Verdict"),
    "caption": Message("{name} ({number}, {date})"),
    "year": Message("Year {year}"),
    "in_one_year": Message("{year}: {said}"),
    "counted": Message("{count} {word}"),
    "overall": Message("The programme as a whole: {word}"),
    "contested": Message("contested"),
    "perhaps_contested": Message("the readings may yet disagree"),
    "other_readings": Message("Other readings"),
    "this_reading": Message("The reading used"),
    "groups_area": Message("area"),
    "groups": Message("group"),
    "by_area": Message("By area"),
    "by_group": Message("By group"),
    "more_area": Message("and {more} more areas"),
    "more_groups": Message("and {more} more groups"),
    "more_area_one": Message("and {more} more area"),
    "more_groups_one": Message("and {more} more group"),
    "capped": Message("Not all are shown here ({more}); card.to_frame() has them all, and --json on the command line."),
    "level": Message(
        "Each {group} is compared with the level set for the {level}; the text sets none for a single {group}."
    ),
    "no_level": Message("Each {group} is compared with the level set for the whole."),
    "duties": Message("Duties measured (the text sets no level, so there is no verdict)"),
    "duty": Message("{name} [{section}]: {share}"),
    "must": Message("{duty}; the text admits no exception"),
    "reviews": Message("Reviews: {reviews}"),
    "review": Message("{name}, {year}, {held_by}"),
    "source": Message("Source: {kind} {number}, {date}, {title}."),
    "signs": Message("- : none arose; ... : no figure reported"),
    "below": Message("below {share}"),
    "above": Message("above {share}"),
    "requirements": Message("{count} requirements, all to be met"),
    "whole": Message("As a whole"),
    "by_when": Message("{threshold} (by {year})"),
    "thin_lines": Message("Thin lines: each {group}, broken where no figure was reported; only the lowest are named."),
    "more": Message("and {more} more"),
    "no_line": Message("{year}: {groups}"),
    "only_whole": Message(
        "{count} requirements, a line for each; for each {group} see a single year: card.of_year(...)."
    ),
    "bar": Message("{share}; threshold {threshold}; {verdict}"),
    # rows that are totals
    "dropped_total": Message("Left out as totals: {rows}"),
    "suspected_total": Message("Possible totals, counted as ordinary rows: {rows}"),
    "doubled_rows": Message("Rows that repeat the figures of earlier rows, beginning with: {rows}"),
    "more_rows": Message("and {count} more"),
    "nth_row": Message("row {row}"),
    "some_row": Message("a row"),
    # missing things
    "missing_table": Message("the table did not come"),
    "missing_column": Message("the column {name} did not come"),
    "missing_area": Message("no figure was reported for {name}{year}"),
    "missing_group": Message("no figure was reported for {name}{year}"),
    "missing_row": Message("a row that should have come: {name}{year}"),
    "in_year": Message(" in {year}"),
    # rules
    "all_units": Message("all {unit}"),
    "and": Message(" and "),
    "or": Message(" or "),
    "not": Message("not the case: {rule}"),
    "is": Message("{name} is “{value}”"),
    "is_one_of": Message("{name} is one of {values}"),
    "years_between": Message("{name} is from {first} to {last}"),
    "years_one": Message("{name} is {first}"),
    "years_to": Message("{name} is {last} or earlier"),
    "years_from": Message("{name} is {first} or later"),
    # amounts of several sizes
    "at_least": Message("at least {low}"),
    "from_to": Message("from {low} to {high}"),
    "any_amount": Message("how much is not known"),
}
"""The other words, by key; names in braces are filled in."""

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_ONE = {
    "people": "person",
    "households": "household",
    "establishments": "establishment",
    "zones and clusters": "zone or cluster",
    "enterprises": "enterprise",
    "serious polluters": "serious polluter",
    "files": "file",
}
"""English names of units, as they stand after the number one."""


_STEERING = frozenset(["Cc", "Cf", "Zl", "Zp"])


def say(key: str, lang: str, /, **details: object) -> str:
    """Return some words of `WORDS`, with the details filled in."""
    return WORDS[key].filled(**details).in_(lang)


# numbers


def number(value: int | Decimal, lang: str) -> str:
    """Write a number as the language does: ``1.234,5`` in Vietnamese, ``1,234.5`` in English.

    Example:
        >>> number(Decimal("1234.5"), "vi"), number(1234, "en")
        ('1.234,5', '1,234')
    """
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return _points(text, lang)


def _points(text: str, lang: str) -> str:
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text


def amount(count: int, unit: Unit, lang: str) -> str:
    """Write counted units with the name of the unit that is shown: grams as kilograms.

    Example:
        >>> amount(1500, Unit("kilogram", Text(vi="kg", en="kg"), grain=1000), "vi")
        '1,5 kg'
    """
    name = unit.name.in_(lang)
    if lang == "en" and count == unit.grain:
        name = _ONE.get(name, name)
    return f"{figure(count, unit, lang)} {name}"


def figure(count: int, unit: Unit, lang: str) -> str:
    """Write counted units in the unit that is shown, without its name."""
    try:
        return number(unit.shown(count), lang)
    except ValueError:  # no decimal is exact
        return f"{number(count, lang)}/{number(unit.grain, lang)}"


def span(interval: Interval, unit: Unit, lang: str) -> str:
    """Write an interval of counted units in words."""
    low, high = interval
    if low is None or (low == 0 and high is None):
        return say("any_amount", lang)
    if high is None:
        return say("at_least", lang, low=amount(low, unit, lang))
    if low == high:
        return amount(low, unit, lang)
    return say("from_to", lang, low=figure(low, unit, lang), high=amount(high, unit, lang))


def share(value: Fraction, lang: str, *, against: Iterable[Fraction] = (), rounding: Rounding = "half_up") -> str:
    """Write a share in percent, with a decimal comma in Vietnamese; see `envindicators.words.percent.percent`.

    A share that is a mark, and that no percentage writes exactly, stands as a fraction, as the mark does.
    """
    marks = tuple(against)
    if value in marks and not at_least(value).percent.endswith("%"):
        return str(value)
    return _points(percent(value, against=marks, rounding=rounding), lang)


def threshold_words(threshold: Threshold, lang: str) -> str:
    """Write a threshold, ``≥ 98,5%``."""
    return _points(str(threshold), lang)


def date_words(date: datetime.date, lang: str) -> str:
    """Write a date: ``15/3/2017`` in Vietnamese, ``15 March 2017`` in English."""
    if lang == "vi":
        return f"{date.day}/{date.month}/{date.year}"
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def shares(judgement: Judgement, lang: str) -> str:
    """Write what shares a judgement allows, in a form that never contradicts its verdict.

    A bound that no completion reaches is written as such: ``0%–<100%``. Nothing known is ``...``,
    an empty population ``-``.
    """
    if judgement.verdict is Verdict.NOT_APPLICABLE:
        return NONE_AROSE
    if nothing_known(judgement):
        return NO_INFORMATION
    extremes = judgement.evidence.extremes
    assert extremes is not None
    return _reach(extremes, (judgement.threshold.share,), lang)


def tally_shares(tally: Tally, lang: str) -> str:
    """Write what shares a tally allows, where no threshold stands beside it; see `shares`."""
    extremes = tally.extremes
    if extremes is None:
        return NONE_AROSE
    if tally.unsized and not any(tally.counts):
        return NO_INFORMATION
    return _reach(extremes, (), lang)


def _reach(extremes: Extremes, marks: tuple[Fraction, ...], lang: str) -> str:
    low, high = ends(extremes, marks, lang)
    if extremes.least == extremes.greatest:
        return low
    return f"{'' if extremes.least_reached else '>'}{low}–{'' if extremes.greatest_reached else '<'}{high}"


def ends(extremes: Extremes, marks: tuple[Fraction, ...], lang: str) -> tuple[str, str]:
    """Write the least and the greatest share, rounded outwards where they differ."""
    if extremes.least == extremes.greatest:
        only = share(extremes.least, lang, against=marks)
        return only, only
    low = share(extremes.least, lang, against=marks, rounding="down")
    return low, share(extremes.greatest, lang, against=marks, rounding="up")


def nothing_known(judgement: Judgement) -> bool:
    """Return whether nothing came that a judgement could rest on."""
    tally = judgement.tally
    return judgement.cause is not None or (tally is not None and bool(tally.unsized) and not any(tally.counts))


# verdicts


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
    ceiling = any(each.threshold.direction == "at_most" for each in assessment.judgements)
    return verdict_key(assessment.verdict, exceeded=assessment.exceeded, ceiling=ceiling, due=assessment.due)


def judgement_key(judgement: Judgement, *, due: bool) -> str:
    """Return which word of `VERDICTS` stands for one judgement."""
    ceiling = judgement.threshold.direction == "at_most"
    return verdict_key(judgement.verdict, exceeded=judgement.exceeded, ceiling=ceiling, due=due)


def target_words(target: Target, lang: str) -> str:
    """Return the name of a target with its clause, whose number is not torn apart."""
    section = target.clause.section.replace(" ", "\N{NO-BREAK SPACE}")
    return f"{target.name.in_(lang)} [{section}]"


def verdict_words(assessment: Assessment, lang: str) -> str:
    """Return the word for what is concluded, with that for a contested clause."""
    word = VERDICTS[key_of(assessment)].in_(lang)
    return f"{word} ({say('contested', lang)})" if assessment.contested else word


def counts_words(card: Scorecard, lang: str) -> str:
    """Return how many targets came out how: ``3 chỉ tiêu vượt, 2 chỉ tiêu đạt``, ``3 exceeded, 2 met``."""
    keys = [key_of(assessment) for assessment in card]
    counts = ((keys.count(key), word.in_(lang)) for key, word in VERDICTS.items() if key in keys)
    return ", ".join(say("counted", lang, count=count, word=word) for count, word in counts)


def overall_words(card: Scorecard, lang: str) -> str:
    """Return the one word for the programme, in a sentence."""
    due = any(each.due for each in card if each.verdict is Verdict.NOT_MET)
    return say("overall", lang, word=VERDICTS[verdict_key(card.verdict, due=due)].in_(lang))


def reason_words(assessment: Assessment | Judgement, lang: str) -> str:
    """Return why a verdict is undetermined, or nothing."""
    return "" if assessment.reason is None else REASONS[assessment.reason].in_(lang)


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


# cards


def caption(card: Scorecard, lang: str) -> str:
    """Return the name of the programme with its document."""
    document = card.programme.document
    return say(
        "caption",
        lang,
        name=card.programme.name.in_(lang),
        number=document.number,
        date=date_words(document.date, lang),
    )


def summary(card: Scorecard, lang: str) -> str:
    """Return what came out in one year: the year, the counts, and the one word for the programme."""
    said = f"{counts_words(card, lang)}. {overall_words(card, lang)}."
    year = year_words(card.year, lang)
    return say("in_one_year", lang, year=year, said=said) if year else said


def year_words(year: int | None, lang: str) -> str:
    """Return ``Năm 2020``, or nothing where the year is not known."""
    return "" if year is None else say("year", lang, year=year)


def group_columns(card: Scorecard) -> tuple[str, ...]:
    """Return the columns that tell the groups of one year apart."""
    return tuple(name for name in card.by if name != "year")


def group_key(card: Scorecard, group: Any) -> tuple[Any, ...]:
    """Return what tells a group from the others of its year."""
    values: Sequence[Any] = group if isinstance(group, tuple) and len(card.by) > 1 else (group,)
    return tuple(value for name, value in zip(card.by, values, strict=True) if name != "year")


def group_label(key: tuple[Any, ...]) -> str:
    """Return the name of a group without its year, which stands above. No control character of it is kept."""
    return ", ".join(NO_INFORMATION if value is None else plain(str(value)) for value in key)


def plain(text: str) -> str:
    """Return text from the data without characters that steer a terminal or turn the line around."""
    return "".join(" " if unicodedata.category(each) in _STEERING else each for each in text)


def group_kind(card: Scorecard, lang: str) -> str:
    """Return what the groups are: areas, or groups."""
    return say("groups_area" if group_columns(card) == ("area",) else "groups", lang)


def by_words(card: Scorecard, lang: str) -> str:
    """Return the heading of the groups."""
    return say("by_area" if group_columns(card) == ("area",) else "by_group", lang)


def more_words(card: Scorecard, more: int, lang: str) -> str:
    """Return how many groups are not shown."""
    key = "more_area" if group_columns(card) == ("area",) else "more_groups"
    return say(f"{key}_one" if more == 1 else key, lang, more=number(more, lang))


def level_words(card: Scorecard, lang: str) -> str:
    """Say that groups are compared with the level of the targets."""
    levels = dict.fromkeys(target.level.in_(lang) for target in card.programme.targets if target.level is not None)
    key = "level" if levels else "no_level"
    return say(key, lang, group=group_kind(card, lang), level=", ".join(levels))


def symbol(assessment: Assessment) -> str:
    """Return the shape that stands for an assessment."""
    return SYMBOLS[key_of(assessment)] + (CONTESTED_SYMBOL if assessment.contested else "")


def legend(assessments: Iterable[Assessment], lang: str) -> list[tuple[str, str]]:
    """Return the shapes of some assessments with their words, each once."""
    shown = list(assessments)
    keys = {key_of(each) for each in shown}
    found = [(SYMBOLS[key], word.in_(lang)) for key, word in VERDICTS.items() if key in keys]
    if any(each.contested for each in shown):
        found.append((CONTESTED_SYMBOL, say("contested", lang)))
    return found


def missing_words(missing: MissingInput, lang: str) -> str:
    """Say that something did not come."""
    name = ", ".join(map(str, missing.name)) if isinstance(missing.name, tuple) else missing.name
    when = "" if missing.year is None else say("in_year", lang, year=missing.year)
    return say(f"missing_{missing.what}", lang, name=name, year=when)


_NAMED_TOTALS = 5


def totals_words(card: Scorecard, lang: str) -> list[str]:
    """Say which rows were left out as totals, and which are counted though they may be totals or stand twice."""
    return [
        say(
            kind,
            lang,
            rows="; ".join(
                _rows_of(card, kind, table, lang)
                for table in card.programme.tables.values()
                if any(key[0] == table.key and key[2] == kind for key in card.problems.counts)
            ),
        )
        for kind in ("dropped_total", "suspected_total", "doubled_rows")
        if any(key[2] == kind for key in card.problems.counts)
    ]


def _rows_of(card: Scorecard, kind: str, table: Table, lang: str) -> str:
    """Name the rows of a table that a kind of problem was found in, the first few of them."""
    rows = [problem for problem in card.problems if (problem.table, problem.kind) == (table.key, kind)]
    names = [_row_name(problem, lang) for problem in rows[:_NAMED_TOTALS]]
    count = sum(number for key, number in card.problems.counts.items() if (key[0], key[2]) == (table.key, kind))
    more = [say("more_rows", lang, count=number(count - len(names), lang))] if count > len(names) else []
    return f"{', '.join([*names, *more])} ({table.name.in_(lang)})"


def _row_name(problem: Problem, lang: str) -> str:
    area = problem.details.get("area", problem.value)
    if area is None:
        return say("some_row" if problem.row is None else "nth_row", lang, row=problem.row)
    return spelt_out(str(area))


def duties_words(card: Scorecard, lang: str) -> list[str]:
    """Return a line for each duty that the tables of a year measure: its share, and whether exceptions are allowed."""
    return [duty_words(report, lang) for report in card.duties.values()]


def duty_words(report: DutyReport, lang: str) -> str:
    """Return what measures a duty: the name, the clause and the share."""
    duty, indicator = report.duty, report.duty.indicator
    assert indicator is not None
    given = tally_shares(report.tally, lang)
    said = say("duty", lang, name=indicator.name.in_(lang), section=duty.clause.section, share=given)
    return say("must", lang, duty=said) if report.admits_no_exception else said


def reviews_words(programme: Programme, lang: str) -> str:
    """Return when the document asks for an account, and of whom; nothing where it does not."""
    reviews = [
        say("review", lang, name=each.name.in_(lang), year=each.year, held_by=each.held_by.in_(lang))
        for each in programme.reviews
    ]
    return say("reviews", lang, reviews="; ".join(reviews)) if reviews else ""


def source_words(document: Document, lang: str) -> str:
    """Return where the programme comes from."""
    kind, title, date = document.kind.in_(lang), document.title.in_(lang), date_words(document.date, lang)
    return say("source", lang, kind=kind, number=document.number, date=date, title=title)


# rules


def rule_words(rule: Rule, table: Table, lang: str) -> str:
    """Say a rule with the names that its table carries, with brackets wherever it could be read in two ways.

    Example:
        >>> from envindicators.programmes import soc_trang_2020
        >>> pooled = soc_trang_2020.target("rural_waste").default.requirements[0].indicator
        >>> rule_words(pooled.where, pooled.table, "vi")
        'được thu gom và được xử lý đạt tiêu chuẩn môi trường'
    """
    match rule:
        case And() | Or():
            return _joined(rule, table, lang)
        case Not():
            inner = rule_words(rule.rule, table, lang)
            return say("not", lang, rule=f"({inner})" if isinstance(rule.rule, (And, Or, Not)) else f"“{inner}”")
        case AllUnits():
            return say("all_units", lang, unit=table.unit.name.in_(lang))
        case Flag():
            part = table.part(rule.column)
            return rule.column if part is None else part.name.in_(lang)
        case OneOf():
            return _one_of(rule, table, lang)
        case Between():
            return _between(rule, table, lang)
        case _:
            return repr(rule)


def _joined(rule: And | Or, table: Table, lang: str) -> str:
    kind = type(rule)
    words = [
        f"({said})" if isinstance(each, (And, Or)) else said
        for each in _operands(rule, kind)
        for said in [rule_words(each, table, lang)]
    ]
    return say("and" if kind is And else "or", lang).join(words)


def _operands(rule: Rule, kind: type[And | Or]) -> list[Rule]:
    if isinstance(rule, (And, Or)) and type(rule) is kind:
        return [*_operands(rule.left, kind), *_operands(rule.right, kind)]
    return [rule]


def _one_of(rule: OneOf, table: Table, lang: str) -> str:
    category = table.category(rule.column)
    if category is None:
        return repr(rule)
    name = _subject(category.name, lang)
    values = [category.name_of(value).in_(lang) for value in rule.values]
    if len(values) == 1:
        return say("is", lang, name=name, value=values[0])
    return say("is_one_of", lang, name=name, values=", ".join(f"“{value}”" for value in values))


def _subject(name: Text, lang: str) -> str:
    """Return a name as it stands before its verb: in English one with a comma needs another."""
    said = name.in_(lang)
    return f"{said}," if lang == "en" and "," in said else said


def _between(rule: Between, table: Table, lang: str) -> str:
    column = table.year_column(rule.column)
    name = rule.column if column is None else _subject(column.name, lang)
    key = (
        "years_to"
        if rule.first is None
        else "years_from"
        if rule.last is None
        else "years_one"
        if rule.first == rule.last
        else "years_between"
    )
    return say(key, lang, name=name, first=rule.first, last=rule.last)


# tallies


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


_UNSIZED = Message("a part of unknown size: perhaps {outcomes}")
_UNSIZED_ONE = Message("a part of unknown size: {outcomes}")


def unsized_words(tally: Tally, lang: str) -> str:
    """Say what is open to an amount of unknown size."""
    open_ = [OUTCOME_WORDS[outcome].in_(lang) for outcome in OUTCOMES if outcome in tally.unsized]
    words = _UNSIZED_ONE if len(open_) == 1 else _UNSIZED
    return words.filled(outcomes=listed(open_, lang)).in_(lang)


def listed(words: Sequence[str], lang: str) -> str:
    """Join alternatives: ``a, b hoặc c``."""
    return say("or", lang).join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
