"""The page of a target: clause, deadline, rule, inputs, missing data, readings, a worked example, who acts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from docutils import nodes

from envindicators.definitions.indicator import Question, Requirement
from envindicators.definitions.programme import Reading, Target
from envindicators.definitions.rule import AllUnits, Flag
from envindicators.definitions.source import Clause, Correction
from envindicators.definitions.table import Table
from envindicators.evaluation.assessment import Assessment
from envindicators.report.cards import group_key, group_label
from envindicators.report.explain import heading_words, parts
from envindicators.report.numbers import date_words, shares, threshold_words
from envindicators.report.readings import KINDS
from envindicators.report.rules import rule_words
from envindicators.report.tallies import FATES
from envindicators.report.verdicts import REASONS, VERDICTS, key_of, verdict_words
from envindicators.sphinxext.building import (
    Inline,
    bullets,
    code,
    definitions,
    fields,
    in_vietnamese,
    joined,
    paragraph,
    quote,
    section,
    strong,
    table,
)
from envindicators.sphinxext.formula import formula_node
from envindicators.sphinxext.missing import blanks
from envindicators.sphinxext.sheet import Sheet, made_up, reviews, thresholds


def target_page(sheet: Sheet, target: Target) -> nodes.section:
    """Return the section that tells everything about a target."""
    own = sheet.id_of(target.key)
    found = [
        section(sheet.say(key), f"{own}-{key}", *content)
        for key, content in (
            ("clause", _clause(sheet, target.clause)),
            ("deadline", _deadline(sheet, target)),
            ("rule", _rule(sheet, target)),
            ("inputs", _inputs(sheet, target)),
            ("missing", _missing(sheet, target.default)),
            ("readings", _readings(sheet, target)),
            ("compared", _compared(sheet, target)),
            ("example", _worked(sheet, target)),
            ("who", _who(sheet)),
        )
        if content
    ]
    return section(target.name.in_(sheet.lang), own, paragraph(_lead(sheet, target)), *found)


def _lead(sheet: Sheet, target: Target) -> Inline:
    level = "" if target.level is None else sheet.say("at_level", level=target.level.in_(sheet.lang))
    return sheet.say("lead", thresholds=thresholds(sheet, target.default), year=target.deadline, level=level)


def _clause(sheet: Sheet, clause: Clause) -> list[nodes.Node]:
    lang = sheet.lang
    said = sheet.say(
        "attribution",
        number=clause.document.number,
        date=date_words(clause.document.date, lang),
        section=clause.section,
    )
    found: list[nodes.Node] = [quote(clause.quote, said, lang)]
    if lang == "en" and clause.translation:
        found.append(fields([(sheet.say("translation"), clause.translation)]))
    if clause.corrections:
        found.append(paragraph(sheet.say("corrections")))
        found.append(
            table(
                [sheet.say("scan"), sheet.say("corrected"), sheet.say("certain")],
                [_correction(sheet, each) for each in clause.corrections],
            )
        )
    if clause.note is not None:
        found.append(fields([(sheet.say("open_words"), clause.note.in_(lang))]))
    return found


def _correction(sheet: Sheet, correction: Correction) -> tuple[Inline, Inline, Inline]:
    sure = sheet.say("yes" if correction.certain else "no")
    doubt = "" if correction.note is None else f": {correction.note.in_(sheet.lang)}"
    return in_vietnamese(correction.scan, sheet.lang), in_vietnamese(correction.corrected, sheet.lang), f"{sure}{doubt}"


def _deadline(sheet: Sheet, target: Target) -> list[nodes.Node]:
    clause = target.clause
    found: list[nodes.Node] = [paragraph(sheet.say(clause.deadline or "plain", year=target.deadline))]
    if clause.deadline_rationale is not None:
        found.append(fields([(sheet.say("rationale"), clause.deadline_rationale.in_(sheet.lang))]))
    if target.level is not None:
        found.append(paragraph(sheet.say("level", level=target.level.in_(sheet.lang))))
    return found


def _rule(sheet: Sheet, target: Target) -> list[nodes.Node]:
    named = sheet.say("default_reading", name=target.default.name.in_(sheet.lang))
    return [paragraph(named), *_requirements(sheet, target.default), paragraph(sheet.say("formula_note"), "ei-small")]


def _requirements(sheet: Sheet, reading: Reading) -> Iterator[nodes.Node]:
    if len(reading.requirements) > 1:
        yield paragraph(sheet.say("together", count=len(reading.requirements)))
    for requirement in reading.requirements:
        if len(reading.requirements) > 1:
            yield paragraph(strong(requirement.indicator.name.in_(sheet.lang)))
        yield _in_words(sheet, requirement)
        yield formula_node(requirement, sheet.lang)


def _in_words(sheet: Sheet, requirement: Requirement) -> nodes.field_list:
    lang, (question,) = sheet.lang, requirement.indicator.questions
    owner = question.table
    of_table = {"unit": owner.unit.name.in_(lang), "table": f"“{owner.name.in_(lang)}”"}
    denominator = (
        sheet.say("of_table", **of_table)
        if isinstance(question.among, AllUnits)
        else sheet.say("such_that", **of_table, rule=rule_words(question.among, owner, lang))
    )
    numerator = sheet.say("part_of", rule=rule_words(question.where, owner, lang))
    return fields(
        [
            (sheet.say("numerator"), numerator),
            (sheet.say("denominator"), denominator),
            (sheet.say("threshold"), threshold_words(requirement.threshold, lang)),
        ]
    )


def _inputs(sheet: Sheet, target: Target) -> list[nodes.Node]:
    lang = sheet.lang
    found: list[nodes.Node] = []
    questions = target.default.questions
    own = list(dict.fromkeys(question.table for question in questions))
    for each in own:
        asked = (question.columns for question in questions if question.table == each)
        columns = dict.fromkeys(itertools.chain.from_iterable(asked))
        lead = sheet.say("inputs_lead", table="\0", total="\1")
        before, _, rest = lead.partition("\0")
        middle, _, after = rest.partition("\1")
        named = sheet.ref("table", each.key, each.name.in_(lang))
        found.append(paragraph([before, named, middle, code(each.total), after]))
        found.append(bullets([code(column), ": ", *_meaning(each, column, lang)] for column in columns))
        if each.note is not None:
            found.append(fields([(sheet.say("note"), each.note.in_(lang))]))
    others = [each for each in target.tables if each not in own]
    if others:
        refs = joined([sheet.ref("table", each.key, each.name.in_(lang)) for each in others])
        found.append(paragraph([sheet.say("also_tables"), " ", *refs, "."]))
    return found


def _meaning(owner: Table, column: str, lang: str) -> list[str]:
    part, category, year = owner.part(column), owner.category(column), owner.year_column(column)
    named = part or category or year
    assert named is not None
    said = named.name.in_(lang)
    if category is None:
        return [said]
    values = ", ".join(f"{value} ({category.name_of(value).in_(lang)})" for value in category.values)
    return [f"{said}; {values}"]


# missing data


def _missing(sheet: Sheet, reading: Reading) -> list[nodes.Node]:
    found: list[nodes.Node] = [paragraph(sheet.say("missing_lead"))]
    seen: set[tuple[object, ...]] = set()
    for question in reading.questions:
        told = (question.table, blanks(question))
        if told in seen:
            continue
        seen.add(told)
        found.append(
            table(
                [sheet.say("blank_column"), sheet.say("then")],
                [(code(each.column), _left_open(each.counts, sheet)) for each in blanks(question)],
            )
        )
    owners = dict.fromkeys(question.table for question in reading.questions)
    return [*found, *(bullets(_missing_lines(sheet, owner, reading.questions)) for owner in owners)]


def _left_open(counts: Sequence[str], sheet: Sheet) -> str:
    if not counts:
        return sheet.say("settled")
    return " / ".join(FATES[count].in_(sheet.lang) for count in counts)


def _missing_lines(sheet: Sheet, owner: Table, questions: Sequence[Question]) -> Iterator[str]:
    lang = sheet.lang
    own = [question for question in questions if question.table == owner]
    parts_ = ", ".join(part.key for part in owner.parts)
    if owner.chained and owner.parts:
        yield sheet.say("blank_total_chained", total=owner.total, parts=parts_)
    else:
        yield sheet.say("blank_total", total=owner.total)
    if not owner.chained:
        flags = {
            atom.column
            for question in own
            for atom in (*question.where.atoms, *question.among.atoms)
            if isinstance(atom, Flag)
        }
        if any(question.needs_units for question in own):
            yield sheet.say("needs_units")
        elif len(flags) > 1:
            yield sheet.say("margins")
    columns = [part.key for part in owner.parts if any(part.key in question.where.columns for question in own)]
    if columns:
        yield sheet.say("no_column", columns=", ".join(columns), verdict=VERDICTS["undetermined"].in_(lang))
    yield sheet.say("no_report")
    yield sheet.say(
        "no_table",
        table=f"“{owner.name.in_(lang)}”",
        verdict=VERDICTS["undetermined"].in_(lang),
        reason=REASONS["no_table"].in_(lang),
    )


# readings


def _readings(sheet: Sheet, target: Target) -> list[nodes.Node]:
    lang = sheet.lang
    found: list[nodes.Node] = []
    for reading in target.readings:
        kind = KINDS[reading.kind].in_(lang)
        said = sheet.say("decides", kind=kind) if reading.kind == "text" else kind
        about: list[tuple[str, Inline]] = [
            (sheet.say("kind"), said),
            (sheet.say("key"), code(reading.key)),
        ]
        if reading.rationale is not None:
            about.append((sheet.say("rationale"), reading.rationale.in_(lang)))
        box = nodes.container(
            "",
            paragraph(strong(_named(sheet, target, reading))),
            fields(about),
            *(_requirements(sheet, reading) if reading is not target.default else [paragraph(sheet.say("above"))]),
            classes=["ei-reading"],
            ids=[sheet.id_of(target.key, reading.key)],
        )
        found.append(box)
    return found


def _named(sheet: Sheet, target: Target, reading: Reading) -> str:
    name = reading.name.in_(sheet.lang)
    return sheet.say("default_mark", name=name) if reading is target.default else name


def _compared(sheet: Sheet, target: Target) -> list[nodes.Node]:
    if sheet.example is None:
        return []
    lang = sheet.lang
    whole = sheet.example.card[target.key]
    lead = sheet.say("compared_lead", year=sheet.example.card.year)
    rows = [
        (
            _named(sheet, target, each.reading),
            KINDS[each.reading.kind].in_(lang),
            _shares(each, lang),
            _limits(each, lang),
            VERDICTS[key_of(each)].in_(lang),
        )
        for each in whole.readings.values()
    ]
    heads = [sheet.say(key) for key in ("reading", "kind", "share", "threshold", "verdict")]
    found: list[nodes.Node] = [made_up(sheet), paragraph(lead), table(heads, rows)]
    if whole.contested:
        found.append(paragraph(strong(sheet.say("contested_lead"))))
    return found


def _shares(assessment: Assessment, lang: str) -> str:
    return "; ".join(shares(each, lang) for each in assessment.judgements)


def _limits(assessment: Assessment, lang: str) -> str:
    return "; ".join(dict.fromkeys(threshold_words(each.threshold, lang) for each in assessment.judgements))


def _worked(sheet: Sheet, target: Target) -> list[nodes.Node]:
    if sheet.example is None:
        return []
    lang, card = sheet.lang, sheet.example.card
    whole = card[target.key]
    told = parts(card, whole, lang)
    kept = [key for key in ("answer", "data", "tally", "bounds", "verdict", "settle") if key in told]
    found: list[nodes.Node] = [
        definitions([(heading_words(key, lang), [bullets(told[key])]) for key in kept], "ei-worked")
    ]
    if card.by and card.year is not None:
        heading = sheet.say("by_area" if card.by == ("area",) else "by_group")
        first = sheet.say("area_column" if card.by == ("area",) else "group")
        rows = [
            (group_label(group_key(card, group)), _shares(one, lang), verdict_words(one, lang))
            for group in card.groups
            for one in [card[target.key, group]]
        ]
        found += [paragraph(strong(heading)), table([first, sheet.say("share"), sheet.say("verdict")], rows)]
    return found


def _who(sheet: Sheet) -> list[nodes.Node]:
    programme = sheet.programme
    found: list[nodes.Node] = []
    if programme.duties:
        said = sheet.say("no_actor", count=len(programme.duties))
        found.append(paragraph(sheet.ref("duties", "duties", said)))
    else:
        found.append(paragraph(sheet.say("no_duties")))
    if programme.reviews:
        found += [paragraph(sheet.say("account")), reviews(sheet)]
    return found
