"""A scorecard as plain data, for JSON: the same shape for one year and for several."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from envindicators import __version__
from envindicators.algebra.tally import COUNTS, OUTCOMES, Rate, Tally
from envindicators.algebra.threshold import Judgement
from envindicators.algebra.verdict import Interval
from envindicators.definitions.metadata import Metadata, Reference, RelatedCode
from envindicators.definitions.table import Unit
from envindicators.evaluation.assessment import Assessment, DutyReport
from envindicators.evaluation.explanation import Explanation
from envindicators.evaluation.scorecard import Scorecard
from envindicators.report.cards import duty_words, group_columns, summary
from envindicators.report.citing import citation, place_words
from envindicators.report.measures import in_unit, level_words, value_words
from envindicators.report.numbers import date_words, tally_shares
from envindicators.report.verdicts import key_of, reason_words, worded
from envindicators.words.message import Message
from envindicators.words.text import Text


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
            "text": citation(document).in_(lang),
        },
        "by": list(card.by),
        "years": [_year(one) for one in cards],
        "missing": {
            table: [{"what": each.what, "name": each.name, "year": each.year} for each in missing]
            for table, missing in card.missing.items()
        },
        "problems": [each.to_dict(lang, options=options) for each in card.problems],
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
    names, lang = card.by, card.lang
    groups = card.groups if group_columns(card) else []
    return {
        "year": card.year,
        "verdict": card.verdict.value,
        "counts": card.counts,
        "text": summary(card, lang),
        "targets": [_target(assessment, lang) for assessment in card],
        "groups": [
            {
                "group": dict(zip(names, group if len(names) > 1 else (group,), strict=True)),
                "targets": [_assessed(card[target.key, group], lang) for target in card.programme.targets],
            }
            for group in groups
        ],
        "duties": [_duty(report, lang) for report in card.duties.values()],
    }


def _target(assessment: Assessment, lang: str) -> dict[str, Any]:
    target, own = assessment.target, assessment.reading.key
    others = {key: other for key, other in assessment.readings.items() if key != own}
    return {
        "target": target.key,
        "name": target.name.in_(lang),
        "section": target.clause.section,
        "place": place_words(target.clause, lang),
        "quote": target.clause.quote,
        "own": list(target.own),
        "paraphrase": target.clause.paraphrase,
        "translation": target.clause.translation.in_(lang),
        "deadline": target.deadline,
        "level": None if target.level is None else target.level.in_(lang),
        "metadata": _metadata(target.about, lang),
        **_assessed(assessment, lang),
        "readings": [
            _read(others[key], lang, contested=False)
            if key in others
            else _read(assessment, lang, contested=assessment.contested)
            for key in assessment.evidence
        ],
    }


def _metadata(metadata: Metadata, lang: str) -> dict[str, Any]:
    """Return what is known of a target beside its figures; what is not is left out."""
    found: dict[str, Any] = {}
    for field in attrs.fields(Metadata):
        held = getattr(metadata, field.name)
        if held is not None and held != ():
            found[field.name] = _plain(held, lang)
    return found


def _plain(value: Any, lang: str) -> Any:
    match value:
        case Text():
            return value.in_(lang)
        case tuple():
            return [_plain(item, lang) for item in value]
        case datetime.date():
            return value.isoformat()
        case Reference() | RelatedCode():
            held = attrs.asdict(value, recurse=False)
            return {name: _plain(each, lang) for name, each in held.items() if each is not None and each != ""}
        case _:
            return value


def _assessed(assessment: Assessment, lang: str) -> dict[str, Any]:
    return {
        "target": assessment.target.key,
        "due": assessment.due,
        "contested": assessment.contested,
        **_read(assessment, lang, contested=assessment.contested),
        "reason_text": reason_words(assessment, lang),
    }


def _read(assessment: Assessment, lang: str, *, contested: bool | None) -> dict[str, Any]:
    reading, word = assessment.reading, key_of(assessment)
    return {
        "reading": reading.key,
        "reading_name": reading.name.in_(lang),
        "kind": reading.kind,
        "verdict": assessment.verdict.value,
        "word": word,
        "text": worded(word, lang, contested=contested),
        "exceeded": assessment.exceeded,
        "reason": assessment.reason,
        "requirements": [_judged(judgement, lang) for judgement in assessment.judgements],
    }


def _judged(judgement: Judgement, lang: str) -> dict[str, Any]:
    assert judgement.requirement is not None
    indicator = judgement.requirement.indicator
    unit, threshold = indicator.unit, judgement.threshold
    return {
        "indicator": indicator.key,
        "name": indicator.name.in_(lang),
        "table": ", ".join(table.key for table in indicator.tables),
        **({"unit": unit.key} if judgement.tally is None else _counted(judgement.tally, unit)),
        **_value(judgement, value_words(judgement, lang)),
        "threshold": {
            "direction": threshold.direction,
            **(
                {"share": float(threshold.level)}
                if threshold.quantity is None
                else {"level": float(threshold.quantity.value), "unit": threshold.quantity.unit}
            ),
            "text": level_words(judgement, lang),
        },
        "verdict": judgement.verdict.value,
        "exceeded": judgement.exceeded,
        "reason": judgement.reason,
        "shortfall": _interval(judgement.shortfall, unit),
        "slack": _interval(judgement.slack, unit),
    }


def _counted(tally: Tally, unit: Unit) -> dict[str, Any]:
    rate = tally.unsized_rate
    return {
        "unit": unit.key,
        "tally": {name: _amount(count, unit) for name, count in zip(COUNTS, tally.counts, strict=True)},
        "unsized": [outcome for outcome in OUTCOMES if outcome in tally.unsized],
        **({} if rate is None else {"unsized_share": [float(rate.lower), float(rate.upper)]}),
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
        "paraphrase": duty.clause.paraphrase,
        "strength": duty.strength,
        "admits_no_exception": report.admits_no_exception,
        "table": ", ".join(table.key for table in indicator.tables),
        **_counted(report.tally, indicator.unit),
        "share": _share(report.rate, tally_shares(report.tally, lang)),
        "text": duty_words(report, lang),
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


def _value(judgement: Judgement, text: str) -> dict[str, Any]:
    """Return a share, or a value in the unit of its threshold."""
    if judgement.threshold.quantity is None:
        return {"share": _share(judgement.rate, text)}
    ends = judgement.evidence.ends or (None, None)
    lower, upper = (None if end is None else float(in_unit(end, judgement)) for end in ends)
    return {"value": {"lower": lower, "upper": upper, "text": text}}


def _share(rate: Rate | None, text: str) -> dict[str, Any]:
    lower, upper = (None, None) if rate is None else (float(rate.lower), float(rate.upper))
    return {"lower": lower, "upper": upper, "text": text}
