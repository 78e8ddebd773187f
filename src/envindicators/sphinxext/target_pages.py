"""The page of a target: clause, deadline, rule, inputs, missing data, readings, a worked example, who acts."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from docutils import nodes

from envindicators.cells.classes import compiled
from envindicators.definitions.formula import Role, roles
from envindicators.definitions.indicator import Requirement
from envindicators.definitions.programme import Reading, Target
from envindicators.definitions.question import Question
from envindicators.definitions.rule import Flag
from envindicators.definitions.source import Clause, Correction
from envindicators.definitions.table import Table
from envindicators.evaluation.assessment import Assessment
from envindicators.report.cards import group_key, group_label
from envindicators.report.citing import clause_words, place_words
from envindicators.report.explain import explain
from envindicators.report.measures import level_words, value_words
from envindicators.report.numbers import date_words, threshold_words
from envindicators.report.readings import KINDS, reading_name
from envindicators.report.sections.rule import limits_sentences
from envindicators.report.tallies import FATES
from envindicators.report.verdicts import VERDICTS, key_of, verdict_words
from envindicators.sphinxext.building import (
    Inline,
    bullets,
    code,
    definitions,
    fields,
    joined,
    marked,
    paragraph,
    quote,
    section,
    strong,
    table,
)
from envindicators.sphinxext.formula import formula_node
from envindicators.sphinxext.metadata_pages import metadata_section
from envindicators.sphinxext.missing import blanks
from envindicators.sphinxext.sheet import Sheet, made_up, reviews, thresholds
from envindicators.sphinxext.word_formula import term_words, word_formula
from envindicators.words.message import Message, gettext, ngettext


def target_page(sheet: Sheet, target: Target) -> nodes.section:
    """Return the section that tells everything about a target."""
    own = sheet.id_of(target.key)
    clause = Message("The clause, in our words") if target.clause.paraphrase else Message("The clause")
    found = [
        section(title.in_(sheet.lang), f"{own}-{key}", *content)
        for key, title, content in (
            ("clause", clause, _clause(sheet, target)),
            ("metadata", Message("Metadata"), metadata_section(sheet, target)),
            ("rule", Message("How it is computed"), _rule(sheet, target)),
            ("deadline", Message("Deadline"), _deadline(sheet, target)),
            ("inputs", Message("Data needed"), _inputs(sheet, target)),
            ("missing", Message("How missing data are treated"), _missing(sheet, target.default)),
            ("readings", Message("Readings"), _readings(sheet, target)),
            ("compared", Message("The verdict under each reading"), _compared(sheet, target)),
            ("example", Message("A worked example"), _worked(sheet, target)),
            ("who", Message("Responsibility"), _who(sheet)),
        )
        if content
    ]
    name = target.name.in_(sheet.lang)
    return section(name[:1].upper() + name[1:], own, paragraph(_lead(sheet, target)), *found)


def _lead(sheet: Sheet, target: Target) -> str:
    limits, year = thresholds(sheet, target.default), target.deadline
    if target.level is None:
        return gettext("Required by the end of {year}: {thresholds}.", sheet.lang, year=year, thresholds=limits)
    return gettext(
        "Required of the {level} by the end of {year}: {thresholds}.",
        sheet.lang,
        level=target.level,
        year=year,
        thresholds=limits,
    )


def _clause(sheet: Sheet, target: Target) -> list[nodes.Node]:
    lang, clause = sheet.lang, target.clause
    document = clause.document
    attribution = sheet.ref(
        "passage",
        target.key,
        gettext(
            "{kind} {number} of {date}, {place}",
            lang,
            kind=document.kind,
            number=document.number,
            date=date_words(document.date, lang),
            place=place_words(clause, lang),
        ),
    )
    if clause.paraphrase:
        found: list[nodes.Node] = [paragraph(clause_words(clause, lang)), paragraph(attribution)]
    else:
        found = [quote(sheet.quoted(clause.quote, clause), attribution)]
    translation = None if clause.paraphrase else clause.translated(lang)
    if translation:
        found.append(fields([(gettext("Our translation; only the original has authority", lang), translation)]))
    if target.own:
        words = joined([marked(sheet.quoted(own, clause)) for own in target.own], " … ")
        found.append(fields([(gettext("The words that set this target", lang), words)]))
    if clause.corrections:
        found.append(paragraph(gettext("The scan has misread letters. Corrections:", lang)))
        heads = [gettext("As scanned", lang), gettext("As corrected", lang), gettext("Certain?", lang)]
        found.append(table(heads, [_correction(sheet, clause, correction) for correction in clause.corrections]))
    if clause.note is not None:
        found.append(fields([(gettext("What the text leaves unclear", lang), clause.note.in_(lang))]))
    return found


def _correction(sheet: Sheet, clause: Clause, correction: Correction) -> tuple[Inline, Inline, Inline]:
    certain = gettext("certain", sheet.lang) if correction.certain else gettext("not certain", sheet.lang)
    doubt = "" if correction.note is None else f": {correction.note.in_(sheet.lang)}"
    return sheet.quoted(correction.scan, clause), sheet.quoted(correction.corrected, clause), f"{certain}{doubt}"


def _deadline(sheet: Sheet, target: Target) -> list[nodes.Node]:
    lang, clause, year = sheet.lang, target.clause, target.deadline
    if clause.deadline == "stated":
        deadline = gettext("The end of {year}, as stated in the text.", lang, year=year)
    elif clause.deadline == "inferred":
        deadline = gettext("The end of {year}. This is inferred; the text does not state it.", lang, year=year)
    else:
        deadline = gettext("The end of {year}.", lang, year=year)
    found: list[nodes.Node] = [paragraph(deadline)]
    if clause.deadline_rationale is not None:
        found.append(fields([(gettext("Rationale", lang), clause.deadline_rationale.in_(lang))]))
    if target.level is not None:
        level = gettext(
            "The target is set for the {level}; the text sets none for individual areas.", lang, level=target.level
        )
        found.append(paragraph(level))
    return found


def _rule(sheet: Sheet, target: Target) -> list[nodes.Node]:
    named = gettext("Under the default reading: {name}.", sheet.lang, name=reading_name(target.default))
    signs = gettext(
        "∑ n [condition] is the sum of column n over the units that meet the condition; ∧ is “and”, ∨ “or”, ¬ “not”.",
        sheet.lang,
    )
    return [paragraph(named), *_requirements(sheet, target.default), paragraph(signs, "ei-small")]


def _requirements(sheet: Sheet, reading: Reading) -> Iterator[nodes.Node]:
    count = len(reading.requirements)
    if count > 1:
        together = (
            Message("This reading has {count} requirements. It is enough to meet one of them.")
            if reading.one_suffices
            else Message("This reading has {count} requirements. All must be met; one cannot make up for another.")
        )
        yield paragraph(together.filled(count=count).in_(sheet.lang))
    for requirement in reading.requirements:
        if count > 1:
            yield paragraph(strong(requirement.indicator.name.in_(sheet.lang)))
        yield _in_words(requirement, sheet.lang)
        yield word_formula(requirement.indicator, sheet.lang)
        yield formula_node(requirement, sheet.lang)


_ROLES: Mapping[Role, Message] = {
    "numerator": Message("Numerator"),
    "denominator": Message("Denominator"),
    "counted": Message("Counted"),
}


def _in_words(requirement: Requirement, lang: str) -> nodes.field_list:
    about: list[tuple[str, Inline]] = []
    indicator = requirement.indicator
    counted = dict.fromkeys(roles(indicator.formula))  # two parts of a criterion may ask the same
    about.extend((_ROLES[role].in_(lang), term_words(term, lang)) for role, term in counted)
    about.extend((gettext("Remark", lang), remark.in_(lang)) for remark in indicator.remarks)
    if indicator.areas is not None:
        count = gettext("each {area} is one unit", lang, area=indicator.unit.one or indicator.unit.name)
        about.append((gettext("Areas counted", lang), count))
    return fields([*about, (gettext("Threshold", lang), threshold_words(requirement.threshold, lang))])


def _inputs(sheet: Sheet, target: Target) -> list[nodes.Node]:
    lang = sheet.lang
    found: list[nodes.Node] = []
    questions = target.default.questions
    own = list(dict.fromkeys(question.table for question in questions))
    for owner in own:
        own_questions = [question for question in questions if question.table == owner]
        columns = dict.fromkeys(itertools.chain.from_iterable(question.columns for question in own_questions))
        values = dict.fromkeys(question.value for question in own_questions if question.value is not None)
        named = sheet.ref("table", owner.key, owner.name.in_(lang))
        found.append(paragraph([gettext("Table:", lang), " ", named]))
        total = gettext("total ({unit})", lang, unit=owner.unit.name)
        meanings: list[Inline] = [[code(owner.total), ": ", total]]
        meanings += [[code(column), ": ", _meaning(owner, column, lang)] for column in columns]
        for value in values:
            words = gettext("{value}, a value ({unit})", lang, value=value.name, unit=value.unit.name)
            meanings.append([code(value.key), ": ", words])
        found.append(bullets(meanings))
        if owner.note is not None:
            found.append(fields([(gettext("Note", lang), owner.note.in_(lang))]))
    others = [owner for owner in target.tables if owner not in own]
    if others:
        refs = joined([sheet.ref("table", owner.key, owner.name.in_(lang)) for owner in others])
        found.append(paragraph([gettext("Other readings also use the table:", lang), " ", *refs, "."]))
    return found


def _name(owner: Table, column: str, lang: str) -> str:
    named = owner.part(column) or owner.category(column) or owner.year_column(column)
    assert named is not None
    return named.name.in_(lang)


def _meaning(owner: Table, column: str, lang: str) -> str:
    name, category = _name(owner, column, lang), owner.category(column)
    if category is None:
        return name
    values = ", ".join(f"{value} ({category.name_of(value).in_(lang)})" for value in category.values)
    return f"{name}; {values}"


# missing data


def _missing(sheet: Sheet, reading: Reading) -> list[nodes.Node]:
    lang = sheet.lang
    lead = gettext(
        "Missing data are not estimated. If only one of these columns is blank and the others are known:", lang
    )
    heads = [gettext("Left blank", lang), gettext("The units of the row then count as", lang)]
    found: list[nodes.Node] = [paragraph(lead)]
    seen: set[tuple[object, ...]] = set()
    for question in reading.questions:
        told = (question.table, blanks(question))
        if told in seen or not told[1]:
            continue
        seen.add(told)
        rows: list[list[Inline]] = [
            [[_name(question.table, blank.column, lang), " (", code(blank.column), ")"], _left_open(blank.counts, lang)]
            for blank in blanks(question)
        ]
        found.append(table(heads, rows))
    owners = dict.fromkeys(question.table for question in reading.questions)
    return [
        *(found if len(found) > 1 else []),
        *(bullets(_missing_lines(sheet, owner, reading.questions)) for owner in owners),
    ]


def _left_open(counts: Sequence[str], lang: str) -> str:
    if not counts:
        return gettext("not affected: settled by the other columns", lang)
    return " / ".join(FATES[count].in_(lang) for count in counts)


def _missing_lines(sheet: Sheet, owner: Table, questions: Sequence[Question]) -> Iterator[str]:
    lang, opened = sheet.lang, compiled(sheet.programme).classes[owner.key].totals_open
    own = [question for question in questions if question.table == owner]
    undetermined = VERDICTS["undetermined"]
    if opened:
        yield gettext(
            "The total ({total}) is blank: the amount of the row has no upper limit.", lang, total=owner.total
        )
    elif owner.chained and owner.parts:
        yield gettext(
            "The total ({total}) is blank: if a part of it is known ({parts}), that much is counted and the rest is of "
            "unknown size; otherwise the row is rejected.",
            lang,
            total=owner.total,
            parts="; ".join(part.name.in_(lang) for part in owner.parts),
        )
    else:
        yield gettext("The total ({total}) is blank: the row is rejected.", lang, total=owner.total)
    for value in dict.fromkeys(question.value for question in own if question.value is not None):
        yield gettext(
            "The value ({value}) is blank: the units of the row count all the same, with a value from 0 up unless "
            "limits are stated.",
            lang,
            value=value.name,
        )
        yield from (sentence.in_(lang) for sentence in limits_sentences(value))
    if not owner.chained:
        flags = {
            atom.column
            for question in own
            for atom in (*question.where.atoms, *question.among.atoms)
            if isinstance(atom, Flag)
        }
        if any(question.needs_units for question in own):
            yield gettext(
                "This reading needs data on individual units: with column sums only, it remains undetermined.", lang
            )
        elif len(flags) > 1:
            yield gettext(
                "If the table gives column sums only, it is not known which units are counted in several columns, "
                "so the share is known only within bounds.",
                lang,
            )
    columns = [part for part in owner.parts if any(part.key in question.where.columns for question in own)]
    if len(columns) == 1:
        yield gettext(
            "If the column “{column}” is not found, it is treated as missing in every row, and the verdict is "
            "“{verdict}”.",
            lang,
            column=columns[0].name,
            verdict=undetermined,
        )
    elif columns:
        yield gettext(
            "If one of these columns is not found ({columns}), it is treated as missing in every row; "
            "without any of them the verdict is “{verdict}”.",
            lang,
            columns="; ".join(part.name.in_(lang) for part in columns),
            verdict=undetermined,
        )
    yield gettext(
        "An area with no row in the table has not reported. Its amount is unknown: it may belong in the numerator, "
        "only in the denominator, or in neither. It is never counted as zero.",
        lang,
    )
    yield gettext(
        "If there is no data at all for the table “{table}”, the verdict is “{verdict}”.",
        lang,
        table=owner.name,
        verdict=undetermined,
    )


# readings


def _readings(sheet: Sheet, target: Target) -> list[nodes.Node]:
    lang = sheet.lang
    found: list[nodes.Node] = []
    for reading in target.readings:
        kind = KINDS[reading.kind].in_(lang)
        if reading.kind == "text":
            kind = gettext("{kind}; used for the verdict", lang, kind=kind)
        about: list[tuple[str, Inline]] = [
            (gettext("Kind", lang), kind),
            (gettext("Key of the reading", lang), code(reading.key)),
        ]
        if reading.rationale is not None:
            about.append((gettext("Rationale", lang), reading.rationale.in_(lang)))
        if reading is target.default:
            computed: Iterable[nodes.Node] = [paragraph(gettext("Computed as shown above.", lang))]
        else:
            computed = _requirements(sheet, reading)
        box = nodes.container(
            "",
            paragraph(strong(_named(target, reading, lang))),
            fields(about),
            *computed,
            classes=["ei-reading"],
            ids=[sheet.id_of(target.key, reading.key)],
        )
        found.append(box)
    return found


def _named(target: Target, reading: Reading, lang: str) -> str:
    name = reading_name(reading).in_(lang)
    return gettext("{name} (default)", lang, name=name) if reading is target.default else name


def _compared(sheet: Sheet, target: Target) -> list[nodes.Node]:
    if sheet.example is None:
        return []
    lang = sheet.lang
    whole = sheet.example.card[target.key]
    lead = gettext("On the example figures for {year}:", lang, year=sheet.example.card.year)
    rows = [
        (
            _named(target, each.reading, lang),
            KINDS[each.reading.kind].in_(lang),
            _shares(each, lang),
            _limits(each, lang),
            VERDICTS[key_of(each)].in_(lang),
        )
        for each in whole.readings.values()
    ]
    heads = [
        gettext("Reading", lang),
        gettext("Kind", lang),
        gettext("Value", lang),
        gettext("Threshold", lang),
        gettext("Verdict", lang),
    ]
    found: list[nodes.Node] = [made_up(sheet), paragraph(lead), table(heads, rows)]
    if whole.contested:
        contested = gettext("Readings that the text allows give opposite verdicts: the target is contested.", lang)
        found.append(paragraph(strong(contested)))
    return found


def _shares(assessment: Assessment, lang: str) -> str:
    return "; ".join(value_words(each, lang) for each in assessment.judgements)


def _limits(assessment: Assessment, lang: str) -> str:
    return "; ".join(dict.fromkeys(level_words(each, lang) for each in assessment.judgements))


def _worked(sheet: Sheet, target: Target) -> list[nodes.Node]:
    if sheet.example is None:
        return []
    lang, card = sheet.lang, sheet.example.card
    whole = card[target.key]
    kept = ("answer", "data", "tally", "bounds", "verdict", "needed")
    told = [section for section in explain(card, whole, lang).sections if section.key in kept]
    found: list[nodes.Node] = [
        definitions([(section.heading.in_(lang), [bullets(section.lines(lang))]) for section in told], "ei-worked")
    ]
    if card.by and card.year is not None:
        if card.by == ("area",):
            heading, first = gettext("By area", lang), gettext("Area", lang)
        else:
            heading, first = gettext("By group", lang), gettext("Group", lang)
        rows = [
            (group_label(group_key(card, group)), _shares(one, lang), verdict_words(one, lang))
            for group in card.groups
            for one in [card[target.key, group]]
        ]
        found += [
            paragraph(strong(heading)),
            table([first, gettext("Value", lang), gettext("Verdict", lang)], rows),
        ]
    return found


def _who(sheet: Sheet) -> list[nodes.Node]:
    programme, lang = sheet.programme, sheet.lang
    found: list[nodes.Node] = []
    if programme.duties:
        nobody = ngettext(
            "The document names no one responsible for this target. See its {count} duty.",
            "The document names no one responsible for this target. See the list of its {count} duties.",
            len(programme.duties),
            lang,
        )
        found.append(paragraph(sheet.ref("duties", "duties", nobody)))
    else:
        found.append(paragraph(gettext("The document names no one responsible for this target.", lang)))
    if programme.reviews:
        found += [paragraph(gettext("Progress is reviewed at:", lang)), reviews(sheet)]
    return found
