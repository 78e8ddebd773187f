"""A scorecard as plain data, for JSON: the same shape for one year and for several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from envindicators import __version__
from envindicators.algebra.tally import COUNTS, OUTCOMES, Rate, Tally
from envindicators.algebra.threshold import Judgement, Threshold
from envindicators.algebra.verdict import Interval
from envindicators.definitions.table import Unit
from envindicators.evaluation.assessment import Assessment, DutyReport
from envindicators.evaluation.explanation import Explanation
from envindicators.evaluation.scorecard import Scorecard
from envindicators.problems import Problem
from envindicators.report.cards import duty_words, summary
from envindicators.report.numbers import date_words, shares, tally_shares, threshold_words
from envindicators.report.verdicts import key_of, verdict_words
from envindicators.words.message import Message


def card_data(
    card: Scorecard, *, explanations: Mapping[str, Sequence[Explanation]], options: Mapping[str, Message] | None = None
) -> dict[str, Any]:
    """Return all that a card says, in numbers, lists and text of the card's language.

    Args:
        card: the card.
        explanations: explanations of targets, for each year one.
        options: as for `Problem.in_`.
    """
    lang, document = card.lang, card.programme.document
    cards = [card] if len(card.years) < 2 else [card.of_year(year) for year in card.years if year is not None]
    return {
        "envindicators": __version__,
        "lang": lang,
        "programme": card.programme.key,
        "name": card.programme.name.in_(lang),
        "document": {
            "number": document.number,
            "kind": document.kind.in_(lang),
            "title": document.title.in_(lang),
            "date": document.date.isoformat(),
            "date_text": date_words(document.date, lang),
        },
        "by": list(card.by),
        "years": [_year(one) for one in cards],
        "missing": {
            table: [{"what": each.what, "name": each.name, "year": each.year} for each in missing]
            for table, missing in card.missing.items()
        },
        "problems": [_problem(each, lang, options) for each in card.problems],
        "reviews": [
            {
                "review": each.key,
                "name": each.name.in_(lang),
                "year": each.year,
                "held_by": each.held_by.in_(lang),
                "section": None if each.clause is None else each.clause.section,
            }
            for each in card.programme.reviews
        ],
        "explanations": {
            target: [
                [
                    {"key": section.key, "heading": section.heading.in_(lang), "lines": section.lines(lang)}
                    for section in each.sections
                ]
                for each in told
            ]
            for target, told in explanations.items()
        },
    }


def _year(card: Scorecard) -> dict[str, Any]:
    lang = card.lang
    names = card.by
    return {
        "year": card.year,
        "verdict": card.verdict.value,
        "counts": card.counts,
        "text": summary(card, lang),
        "targets": [{**_clause(each, lang), **_assessed(each, lang, readings=True)} for each in card],
        "groups": [
            {
                "group": dict(zip(names, group if len(names) > 1 else (group,), strict=True)),
                "targets": [_assessed(card[each.key, group], lang, readings=False) for each in card.programme.targets],
            }
            for group in (card.groups if names else ())
        ],
        "duties": [_duty(each, lang) for each in card.duties.values()],
    }


def _clause(assessment: Assessment, lang: str) -> dict[str, Any]:
    target = assessment.target
    return {
        "target": target.key,
        "name": target.name.in_(lang),
        "section": target.clause.section,
        "quote": target.clause.quote,
        "translation": target.clause.translation.in_(lang),
        "deadline": target.deadline,
        "level": None if target.level is None else target.level.in_(lang),
    }


def _assessed(assessment: Assessment, lang: str, *, readings: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "target": assessment.target.key,
        "due": assessment.due,
        "contested": assessment.contested,
        **_read(assessment, lang),
    }
    if readings:
        found["readings"] = [_read(each, lang) for each in assessment.readings.values()]
    return found


def _read(assessment: Assessment, lang: str) -> dict[str, Any]:
    reading = assessment.reading
    return {
        "reading": reading.key,
        "reading_name": reading.name.in_(lang),
        "kind": reading.kind,
        "verdict": assessment.verdict.value,
        "word": key_of(assessment),
        "text": verdict_words(assessment, lang),
        "exceeded": assessment.exceeded,
        "reason": assessment.reason,
        "requirements": [_judged(each, lang) for each in assessment.judgements],
    }


def _judged(judgement: Judgement, lang: str) -> dict[str, Any]:
    assert judgement.requirement is not None
    indicator = judgement.requirement.indicator
    unit = indicator.unit
    tally = judgement.tally
    assert tally is not None
    return {
        "indicator": indicator.key,
        "name": indicator.name.in_(lang),
        "table": ", ".join(table.key for table in indicator.tables),
        **_counted(tally, unit),
        "share": _share(judgement.rate, shares(judgement, lang)),
        "threshold": _threshold(judgement.threshold, lang),
        "verdict": judgement.verdict.value,
        "exceeded": judgement.exceeded,
        "reason": judgement.reason,
        "shortfall": _interval(judgement.shortfall, unit),
        "slack": _interval(judgement.slack, unit),
    }


def _counted(tally: Tally, unit: Unit) -> dict[str, Any]:
    return {
        "unit": unit.key,
        "tally": {name: _amount(count, unit) for name, count in zip(COUNTS, tally.counts, strict=True)},
        "unsized": [outcome for outcome in OUTCOMES if outcome in tally.unsized],
        "observed": None if tally.observed is None else float(tally.observed),
        "coverage": None if tally.coverage is None else float(tally.coverage),
    }


def _duty(report: DutyReport, lang: str) -> dict[str, Any]:
    duty, indicator = report.duty, report.duty.indicator
    assert indicator is not None
    return {
        "duty": duty.key,
        "name": indicator.name.in_(lang),
        "section": duty.clause.section,
        "quote": duty.clause.quote,
        "strength": duty.strength,
        "admits_no_exception": report.admits_no_exception,
        "table": ", ".join(table.key for table in indicator.tables),
        **_counted(report.tally, indicator.unit),
        "share": _share(report.rate, tally_shares(report.tally, lang)),
        "text": duty_words(report, lang),
    }


def _problem(problem: Problem, lang: str, options: Mapping[str, Message] | None) -> dict[str, Any]:
    return {
        "severity": problem.severity,
        "kind": problem.kind,
        "table": problem.table,
        "source": problem.source,
        "row": problem.row,
        "row_number": problem.row_number,
        "column": problem.column,
        "value": problem.value,
        "text": problem.in_(lang, options),
    }


# numbers


def _amount(count: int | None, unit: Unit) -> int | float | None:
    """Return counted units in the unit that is shown: whole where they are."""
    if count is None:
        return None
    whole, rest = divmod(count, unit.grain)
    return whole if not rest else count / unit.grain


def _interval(interval: Interval | None, unit: Unit) -> dict[str, Any] | None:
    if interval is None:
        return None
    return {"lower": _amount(interval.lower, unit), "upper": _amount(interval.upper, unit)}


def _share(rate: Rate | None, text: str) -> dict[str, Any]:
    lower, upper = (None, None) if rate is None else (float(rate.lower), float(rate.upper))
    return {"lower": lower, "upper": upper, "text": text}


def _threshold(threshold: Threshold, lang: str) -> dict[str, Any]:
    return {
        "direction": threshold.direction,
        "share": float(threshold.level),
        "text": threshold_words(threshold, lang),
    }
