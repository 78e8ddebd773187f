"""Where the numbers come from: tables and columns, and what of them is missing."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from envindicators.definitions.table import KEY_COLUMNS, Table
from envindicators.evaluation.assessment import Assessment
from envindicators.evaluation.scorecard import Scorecard
from envindicators.ingest.missing import MissingInput
from envindicators.report.columns import column_name
from envindicators.report.numbers import number
from envindicators.report.sections.forms import form_sentences
from envindicators.report.sections.rule import indicator_of
from envindicators.words.message import Message
from envindicators.words.phrase import Phrase, Sayable, joined

_LISTED = 20
_EXAMPLES = 3


def data_sentences(card: Scorecard, assessment: Assessment) -> Iterator[Sayable]:
    """Yield for each table that the answer rests on its columns, and what of them is blank or missing."""
    questions = [question for judgement in assessment.judgements for question in indicator_of(judgement).questions]
    for table in dict.fromkeys(question.table for question in questions):
        own = [question for question in questions if question.table == table]
        read = itertools.chain.from_iterable(question.columns for question in own)
        values = [question.of for question in own if question.of is not None]
        columns = list(dict.fromkeys([*read, *values]))
        names = [column_name(table, column) for column in (table.total, *columns)]
        yield Message("Table “{table}”: {columns}.", table=table.name, columns=Phrase(joined, names))
        yield from form_sentences(table, card.forms.get(table.key, ()), (*KEY_COLUMNS, table.total, *columns))
        yield from _blanks(card, table, (table.total, *columns))
        yield from _missing(card, assessment, table, columns)


def _blanks(card: Scorecard, table: Table, columns: Sequence[str]) -> Iterator[Sayable]:
    for key in card.problems.counts:
        if key[0] == table.key and key[1] in columns and key[2].startswith("blank_"):
            yield from problem_sentences(card, key)


def problem_sentences(card: Scorecard, key: tuple[str | None, str | None, str]) -> list[Sayable]:
    """Return the first problems of a kind as `check` lists them, and how many more there are."""
    kind = (problem for problem in card.problems if (problem.table, problem.column, problem.kind) == key)
    first = list(itertools.islice(kind, _EXAMPLES))
    more = card.problems.counts[key] - len(first)
    return [*first, Message("and {more} more", more=Phrase(number, more))] if more else [*first]


def _missing(card: Scorecard, assessment: Assessment, table: Table, columns: Sequence[str]) -> Iterator[Sayable]:
    gaps = [
        missing_message(table, missing)
        for missing in card.missing.get(table.key, ())
        if (missing.what != "column" or missing.name in columns) and missing.year in (None, assessment.year)
    ]
    if gaps:
        more = len(gaps) - _LISTED
        shown = gaps[:_LISTED] + ([Message("and {more} more", more=Phrase(number, more))] if more > 0 else [])
        yield Message(
            "Missing from table “{table}”: {gaps}.",
            table=table.name,
            gaps=Phrase(joined, shown, between="; "),
        )


def missing_message(table: Table, missing: MissingInput) -> Message:
    """Return what is missing from a table."""
    if missing.what == "table":
        return Message("no data for this table")
    if missing.what == "column":
        return Message("column not found: {name}", name=column_name(table, str(missing.name)))
    name = ", ".join(map(str, missing.name)) if isinstance(missing.name, tuple) else missing.name
    if missing.year is None:
        if missing.what == "row":
            return Message("expected row not found: {name}", name=name)
        return Message("no data from {name}", name=name)
    if missing.what == "row":
        return Message("expected row not found: {name} in {year}", name=name, year=missing.year)
    return Message("no data from {name} in {year}", name=name, year=missing.year)
