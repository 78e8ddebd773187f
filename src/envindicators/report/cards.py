"""What a card says as a whole: its caption, its answer, its groups, what is missing, what it comes from."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from envindicators.algebra.verdict import Verdict
from envindicators.definitions.programme import Programme, Target
from envindicators.definitions.source import Document
from envindicators.definitions.table import Table
from envindicators.evaluation.assessment import DutyReport
from envindicators.evaluation.scorecard import Scorecard
from envindicators.problems import Problem
from envindicators.report.citing import citation, place_words
from envindicators.report.numbers import NO_INFORMATION, date_words, number, tally_shares
from envindicators.report.verdicts import VERDICTS, key_of, verdict_key
from envindicators.words.message import Message, gettext, ngettext
from envindicators.words.spelling import spelt_out

_STEERING = frozenset(["Cc", "Cf", "Zl", "Zp"])


def target_words(target: Target, lang: str) -> str:
    """Return the name of a target with its clause, whose number is not torn apart."""
    section = target.clause.section.replace(" ", "\N{NO-BREAK SPACE}")
    return f"{target.name.in_(lang)} [{section}]"


def counts_words(card: Scorecard, lang: str) -> str:
    """Return how many targets have each verdict: ``3 chỉ tiêu vượt, 2 chỉ tiêu đạt``, ``3 exceeded, 2 met``."""
    keys = [key_of(assessment) for assessment in card]
    counts = ((keys.count(key), word.in_(lang)) for key, word in VERDICTS.items() if key in keys)
    return ", ".join(gettext("{count} {word}", lang, count=count, word=word) for count, word in counts)


def overall_words(card: Scorecard, lang: str) -> str:
    """Return the one word for all targets together, in a sentence."""
    document = card.programme.document
    due = any(each.due for each in card if each.verdict is Verdict.NOT_MET)
    return gettext(
        "Overall implementation of {kind} {number}: {word}",
        lang,
        kind=document.kind.in_(lang),
        number=document.number,
        word=VERDICTS[verdict_key(card.verdict, due=due)].in_(lang),
    )


def caption(card: Scorecard, lang: str) -> str:
    """Return the name of the programme with its document."""
    document = card.programme.document
    return gettext(
        "{name} ({number}, {date})",
        lang,
        name=card.programme.name.in_(lang),
        number=document.number,
        date=date_words(document.date, lang),
    )


def summary(card: Scorecard, lang: str) -> str:
    """Return the results of one year: the year, the counts, and the one word for the programme."""
    said = f"{counts_words(card, lang)}. {overall_words(card, lang)}."
    year = year_words(card.year, lang)
    return gettext("{year}: {said}", lang, year=year, said=said) if year else said


def year_words(year: int | None, lang: str) -> str:
    """Return ``Năm 2020``, or nothing where the year is not known."""
    return "" if year is None else gettext("Year {year}", lang, year=year)


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


def by_words(card: Scorecard, lang: str) -> str:
    """Return the heading of the groups."""
    return gettext("By area", lang) if by_area(card) else gettext("By group", lang)


def by_area(card: Scorecard) -> bool:
    """Return whether the groups are areas."""
    return group_columns(card) == ("area",)


def group_kind(card: Scorecard, lang: str) -> str:
    """Return what the groups are: areas, or groups."""
    return gettext("area", lang) if by_area(card) else gettext("group", lang)


def more_words(card: Scorecard, more: int, lang: str) -> str:
    """Return how many groups are not shown."""
    if by_area(card):
        return ngettext("and {more} more area", "and {more} more areas", more, lang, more=number(more, lang))
    return ngettext("and {more} more group", "and {more} more groups", more, lang, more=number(more, lang))


def level_words(card: Scorecard, lang: str) -> str:
    """Say that groups are compared with the level of the targets."""
    levels = dict.fromkeys(target.level.in_(lang) for target in card.programme.targets if target.level is not None)
    level, areas = ", ".join(levels), by_area(card)
    if not levels:
        if areas:
            return gettext("Areas are compared with the overall target.", lang)
        return gettext("Groups are compared with the overall target.", lang)
    if areas:
        return gettext(
            "Areas are compared with the target for the {level}; the document sets none for individual areas.",
            lang,
            level=level,
        )
    return gettext(
        "Groups are compared with the target for the {level}; the document sets none for individual groups.",
        lang,
        level=level,
    )


_NAMED_TOTALS = 5


_TOTALS = {
    "dropped_total": Message("Left out as totals: {rows}"),
    "suspected_total": Message("Possible totals, counted as ordinary rows: {rows}"),
    "doubled_rows": Message("Rows that repeat the figures of earlier rows, beginning with: {rows}"),
    "numbering_row": Message("Rows that may be the numbers of columns, counted as ordinary rows: {rows}"),
}
"""What is said of rows that are or may be none of an area, by kind of problem."""


def totals_words(card: Scorecard, lang: str) -> list[str]:
    """Say which rows were left out as totals, and which are counted though they may be totals or stand twice."""
    return [
        words.filled(
            rows="; ".join(
                _rows_of(card, kind, table, lang)
                for table in card.programme.tables.values()
                if any(key[0] == table.key and key[2] == kind for key in card.problems.counts)
            ),
        ).in_(lang)
        for kind, words in _TOTALS.items()
        if any(key[2] == kind for key in card.problems.counts)
    ]


def _rows_of(card: Scorecard, kind: str, table: Table, lang: str) -> str:
    """Name the rows of a table that a kind of problem was found in, the first few of them."""
    rows = [problem for problem in card.problems if (problem.table, problem.kind) == (table.key, kind)]
    names = [_row_name(problem, lang) for problem in rows[:_NAMED_TOTALS]]
    count = sum(number for key, number in card.problems.counts.items() if (key[0], key[2]) == (table.key, kind))
    more = [gettext("and {count} more", lang, count=number(count - len(names), lang))] if count > len(names) else []
    return f"{', '.join([*names, *more])} ({table.name.in_(lang)})"


def _row_name(problem: Problem, lang: str) -> str:
    area = problem.details.get("area", problem.value)
    if area is None:
        return gettext("a row", lang) if problem.row is None else gettext("row {row}", lang, row=problem.row)
    return spelt_out(str(area))


def duty_words(report: DutyReport, lang: str) -> str:
    """Return what measures a duty: the name, the place in the document and the share."""
    duty, indicator = report.duty, report.duty.indicator
    assert indicator is not None
    name, place, share = indicator.name.in_(lang), place_words(duty.clause, lang), tally_shares(report.tally, lang)
    if report.admits_no_exception:
        return gettext(
            "{name} ({place}): {share}; the document allows no exception", lang, name=name, place=place, share=share
        )
    return gettext("{name} ({place}): {share}", lang, name=name, place=place, share=share)


def reviews_words(programme: Programme, lang: str) -> str:
    """Return when the document asks for an account, and of whom; nothing where it does not."""
    reviews = [
        gettext(
            "{name}, {year}, {held_by}", lang, name=each.name.in_(lang), year=each.year, held_by=each.held_by.in_(lang)
        )
        for each in programme.reviews
    ]
    return gettext("Reviews: {reviews}", lang, reviews="; ".join(reviews)) if reviews else ""


def source_words(document: Document, lang: str) -> str:
    """Return where the programme comes from."""
    return gettext("Source: {document}.", lang, document=citation(document))
