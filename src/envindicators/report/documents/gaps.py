"""What a report says of missing data and from whom it is needed, of measured duties, and of what was noted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from envindicators.algebra.verdict import Verdict
from envindicators.evaluation.assessment import DutyReport
from envindicators.evaluation.scorecard import Scorecard
from envindicators.problems import OF_FORMS
from envindicators.report.cards import group_key, group_label, target_words
from envindicators.report.citing import clause_words, place_words
from envindicators.report.documents.paper import Block, Bullets, Grid, Heading, Words
from envindicators.report.explain import explain
from envindicators.report.numbers import NO_INFORMATION, amount, tally_shares
from envindicators.report.sections.data import missing_message, problem_sentences
from envindicators.words.message import gettext
from envindicators.words.messages import SEVERITY_NAMES

_ELSEWHERE = {"not_reported", "absent_column", *OF_FORMS}


def gaps(card: Scorecard, last: Scorecard, lang: str) -> Iterator[Block]:
    """Yield what is missing, table by table, then what would settle each target that is left open, and who has it."""
    tables = card.programme.tables
    if card.missing:
        rows = (
            (tables[key].name.in_(lang), "\n".join(missing_message(tables[key], each).in_(lang) for each in missing))
            for key, missing in card.missing.items()
        )
        yield Grid((gettext("Table", lang), gettext("What is missing", lang)), tuple(rows), (1, 2))
    else:
        yield Words(gettext("No table, column or area is missing.", lang))
    undetermined = [assessment for assessment in last if assessment.verdict is Verdict.UNDETERMINED]
    if not undetermined:
        yield Words(gettext("No target is left undetermined.", lang))
        return
    for assessment in undetermined:
        yield Heading(target_words(assessment.target, lang))
        told = explain(last, assessment, lang)
        lines = [line for section in told.sections if section.key == "needed" for line in section.lines(lang)]
        yield Bullets(tuple(lines) or (
            gettext("The data are not by group, so the groups that still need to report cannot be named.", lang),
        ))  # fmt: skip
    senders = _senders(last, [assessment.target.key for assessment in undetermined], lang)
    if senders:
        yield Heading(gettext("Who is to send data", lang))
        heads = (gettext("Needed from", lang), gettext("For the target", lang), gettext("Not certain", lang))
        yield Grid(heads, tuple(senders), (2, 4, 2))


def _senders(card: Scorecard, targets: Sequence[str], lang: str) -> list[tuple[str, str, str]]:
    """Return the groups that would settle some targets, each with the target and how much of it is open."""
    if not card.by:
        return []
    found: dict[tuple[str, str], str] = {}
    for key in targets:
        name = card[key].target.name.in_(lang)
        for needed in card.needed_reports(key):
            unit = needed.requirement.indicator.open_unit
            for group, units in (*(needed.met or ()), *(needed.not_met or ())):
                label = group_label(group_key(card, group))
                found.setdefault((label, name), NO_INFORMATION if units is None else amount(units, unit, lang))
    labels = [group_label(group_key(card, group)) for group in card.groups]
    return sorted(((*key, size) for key, size in found.items()), key=lambda row: labels.index(row[0]))


def duties(card: Scorecard, lang: str) -> Iterator[Block]:
    """Yield the shares that measure duties of the text."""
    if not card.duties:
        yield Words(gettext("There are no data that measure a duty of the text.", lang))
        return
    yield Words(gettext("The text sets no target for these duties, so they are not assessed.", lang))
    heads = (gettext("Clause", lang), gettext("Duty", lang), gettext("Measure", lang), gettext("Share", lang))
    rows = tuple(_duty(report, lang) for report in card.duties.values())
    yield Grid(heads, rows, (2.4, 6.5, 4.5, 2.2), frozenset([3]))


def _duty(report: DutyReport, lang: str) -> tuple[str, ...]:
    duty = report.duty
    assert duty.indicator is not None
    words = clause_words(duty.clause, lang)
    if report.admits_no_exception:
        must = gettext("The text says “must”; it admits no exception.", lang)
        words = f"{words} {must}"
    return place_words(duty.clause, lang), words, duty.indicator.name.in_(lang), tally_shares(report.tally, lang)


def notes(card: Scorecard, lang: str) -> Iterator[Block]:
    """Yield what was noted of the data, kind by kind."""
    noted = [key for key in card.problems.counts if key[2] not in _ELSEWHERE]
    if not noted:
        yield Words(gettext("There is nothing else to note.", lang))
        return
    heads = (gettext("Kind", lang), gettext("What was found", lang))
    yield Grid(heads, tuple(_problem(card, key, lang) for key in noted), (1, 5))
    if any(problem.row is not None and problem.first_row == 0 for problem in card.problems):
        yield Words(gettext("Rows are counted from 0, the heading not among them.", lang), "note")


def _problem(card: Scorecard, key: tuple[str | None, str | None, str], lang: str) -> tuple[str, str]:
    """Return a kind of problem with some examples of it, and how many more there are."""
    severity = next(
        problem.severity for problem in card.problems if (problem.table, problem.column, problem.kind) == key
    )
    lines = (sentence.in_(lang) for sentence in problem_sentences(card, key))
    return SEVERITY_NAMES[severity].in_(lang), "\n".join(lines)
