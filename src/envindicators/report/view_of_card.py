"""The view of a card: what is shown of it is put together here, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from envindicators.algebra.threshold import Judgement
from envindicators.evaluation.assessment import Assessment
from envindicators.evaluation.scorecard import Scorecard
from envindicators.report.cards import (
    by_words,
    caption,
    counts_words,
    duty_words,
    group_columns,
    group_key,
    group_label,
    level_words,
    more_words,
    overall_words,
    reviews_words,
    source_words,
    totals_words,
    year_words,
)
from envindicators.report.citing import place_words
from envindicators.report.figures import figures_view
from envindicators.report.measures import measure, result_words
from envindicators.report.numbers import number
from envindicators.report.readings import other_readings, reading_result, reading_words, telling_readings
from envindicators.report.verdicts import (
    CONTESTED_SYMBOL,
    SYMBOLS,
    TONES,
    VERDICTS,
    judgement_key,
    key_of,
    reason_words,
    verdict_words,
)
from envindicators.report.view import (
    CardView,
    CellView,
    GroupsView,
    Headings,
    ReadingView,
    ResultView,
    TargetView,
    VerdictView,
    YearView,
)
from envindicators.words.message import Message, gettext

SHOWN_GROUPS = 30
"""How many groups are shown where nothing else is asked for."""

SHOWN_GAPS = 3
"""How many gaps in the data are shown."""

IN_PYTHON = Message("Not all are shown here ({more}); card.to_frame() returns them all.")
ON_COMMAND_LINE = Message("Not all are shown here ({more}); --json writes them all.")
ON_PAPER = Message("Not all are shown here ({more}).")


def card_view(card: Scorecard, *, most_groups: int | None = SHOWN_GROUPS, capped: Message = IN_PYTHON) -> CardView:
    """Return all that is shown of a card, in its language.

    Args:
        card: the card.
        most_groups: how many groups are shown; None for all.
        capped: the sentence that not all groups are shown and where they are, with ``{more}`` in it.
    """
    lang = card.lang
    cards = [card] if len(card.years) < 2 else [card.of_year(year) for year in card.years if year is not None]
    groups = _groups(card, cards, most_groups, capped) if group_columns(card) else None
    keys = () if groups is None else groups.keys
    years = tuple(_year(one, keys) for one in cards)
    return CardView(
        lang,
        caption(card, lang),
        _headings(lang),
        years,
        groups,
        tuple(_legend([target for year in years for target in year.targets], lang)),
        gettext("- : none; ... : no data", lang),
        tuple(totals_words(card, lang)),
        tuple(_gaps(card)),
        reviews_words(card.programme, lang),
        source_words(card.programme.document, lang),
    )


def verdict_view(assessment: Assessment, lang: str) -> VerdictView:
    """Return what is concluded of a target."""
    key, contested = key_of(assessment), bool(assessment.contested)
    mark = CONTESTED_SYMBOL if contested else ""
    return VerdictView(key, verdict_words(assessment, lang), SYMBOLS[key] + mark, TONES[key], contested)


def results_view(assessment: Assessment, lang: str) -> tuple[ResultView, ...]:
    """Return a result for each requirement of the reading of an assessment."""
    return tuple(_result(judgement, lang, due=assessment.due) for judgement in assessment.judgements)


def readings_view(assessment: Assessment, lang: str) -> tuple[ReadingView, ...]:
    """Return what every other reading of the target gives."""
    telling = {other.reading.key for other in telling_readings(assessment)}
    return tuple(
        reading_view(other, lang, telling=other.reading.key in telling) for other in other_readings(assessment)
    )


def reading_view(assessment: Assessment, lang: str, *, telling: bool) -> ReadingView:
    """Return what the reading of an assessment gives, whatever others give."""
    reading, results = assessment.reading, results_view(assessment, lang)
    verdict = _verdict(key_of(assessment), lang)
    name = reading_words(reading, lang)
    return ReadingView(reading.key, name, results, verdict, reading_result(assessment, lang), telling)


# the parts of a card


def _headings(lang: str) -> Headings:
    return Headings(
        target=gettext("Target", lang),
        result=gettext("Result", lang),
        threshold=gettext("Threshold", lang),
        verdict=gettext("Verdict", lang),
        other_readings=gettext("Other readings", lang),
        gaps=gettext("Missing data", lang),
        duties=gettext("Measured duties (the document sets no threshold, so there is no verdict)", lang),
    )


def _groups(card: Scorecard, cards: Sequence[Scorecard], most: int | None, capped: Message) -> GroupsView | None:
    lang = card.lang
    every = tuple(dict.fromkeys(group_key(one, group) for one in cards for group in one.groups))
    if not every:
        return None
    shown = every[:most]
    more = more_words(card, len(every) - len(shown), lang) if len(every) > len(shown) else ""
    return GroupsView(
        by_words(card, lang),
        shown,
        tuple(map(group_label, shown)),
        more,
        capped.filled(more=more).in_(lang) if more else "",
        level_words(card, lang),
    )


def _year(card: Scorecard, keys: Sequence[tuple[Any, ...]]) -> YearView:
    lang = card.lang
    names = {group_key(card, group): group for group in card.groups} if keys else {}
    heading, counts, overall = year_words(card.year, lang), counts_words(card, lang), overall_words(card, lang)
    answer = f"{counts}. {overall}."
    return YearView(
        card.year,
        heading,
        counts,
        overall,
        gettext("{year}: {said}", lang, year=heading, said=answer) if heading else answer,
        tuple(_target(card, order, assessment, keys, names) for order, assessment in enumerate(card, 1)),
        tuple(duty_words(report, lang) for report in card.duties.values()),
    )


def _target(
    card: Scorecard, order: int, assessment: Assessment, keys: Sequence[tuple[Any, ...]], names: dict[Any, Any]
) -> TargetView:
    lang, target = card.lang, assessment.target
    results = results_view(assessment, lang)
    cells = ((card[target.key, names[key]], key) if key in names else None for key in keys)
    return TargetView(
        order,
        target.key,
        target.name.in_(lang),
        target.clause.section,
        place_words(target.clause, lang),
        results,
        _several(assessment, lang),
        verdict_view(assessment, lang),
        reason_words(assessment, lang),
        gettext("Reading used: {reading}", lang, reading=reading_words(assessment.reading, lang))
        if assessment.contested
        else "",
        readings_view(assessment, lang),
        tuple(None if cell is None else _cell(*cell, lang) for cell in cells),
    )


def _several(assessment: Assessment, lang: str) -> str:
    """Say how many requirements are to be met; nothing where there is one."""
    count = len(assessment.judgements)
    if count == 1:
        return ""
    if assessment.reading.one_suffices:
        return gettext("{count} requirements, one to be met", lang, count=count)
    return gettext("{count} requirements, all to be met", lang, count=count)


def _cell(assessment: Assessment, key: tuple[Any, ...], lang: str) -> CellView:
    results, verdict = results_view(assessment, lang), verdict_view(assessment, lang)
    given = ", ".join(result.value for result in results)
    text = f"{group_label(key)}: {given}; {verdict.word}"
    return CellView(results, verdict, reason_words(assessment, lang), text)


def _result(judgement: Judgement, lang: str, *, due: bool) -> ResultView:
    requirement, shown = judgement.requirement, measure(judgement, lang)
    name = "" if requirement is None else requirement.indicator.name.in_(lang)
    return ResultView(
        name,
        shown.value,
        shown.threshold,
        result_words(judgement, lang),
        shown.bar,
        _verdict(judgement_key(judgement, due=due), lang),
        figures_view(judgement, lang),
    )


def _verdict(key: str, lang: str) -> VerdictView:
    return VerdictView(key, VERDICTS[key].in_(lang), SYMBOLS[key], TONES[key])


def _gaps(card: Scorecard) -> Iterator[str]:
    """Yield the first gaps in the data, and how many more there are."""
    gaps = card.problems.of("gap")
    yield from (problem.in_(card.lang) for problem in gaps[:SHOWN_GAPS])
    more = sum(gaps.counts.values()) - SHOWN_GAPS
    if more > 0:
        yield gettext("and {more} more", card.lang, more=number(more, card.lang))


def _legend(targets: Iterable[TargetView], lang: str) -> Iterable[tuple[str, str]]:
    """Yield the signs of verdicts that occur, each once; that for what is not applicable is explained with others."""
    verdicts = [verdict for target in targets for verdict in target.verdicts]
    keys = {verdict.key for verdict in verdicts}
    yield from ((SYMBOLS[key], VERDICTS[key].in_(lang)) for key in VERDICTS if key in keys - {"not_applicable"})
    if any(verdict.contested for verdict in verdicts):
        yield CONTESTED_SYMBOL, gettext("contested", lang)
