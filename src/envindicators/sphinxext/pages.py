"""What a methodology page says of a target, a table, a duty, a programme: pure functions to nodes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import frozen
from docutils import nodes
from sphinx import addnodes

from envindicators.indicator import Indicator, Requirement, Table
from envindicators.programme import Duty, Programme, Reading, Strength, Target
from envindicators.report.explain import heading_words, parts
from envindicators.report.words import (
    FATES,
    KINDS,
    REASONS,
    VERDICTS,
    counts_words,
    date_words,
    group_key,
    group_label,
    key_of,
    overall_words,
    rule_words,
    shares,
    threshold_words,
    verdict_words,
)
from envindicators.rule import Everyone, Flag
from envindicators.scorecard import Assessment
from envindicators.source import Clause, Mend
from envindicators.sphinxext.building import (
    Inline,
    bullets,
    code,
    definitions,
    emphasis,
    fields,
    in_vietnamese,
    joined,
    paragraph,
    quote,
    section,
    strong,
    table,
)
from envindicators.sphinxext.domain import NAME
from envindicators.sphinxext.formula import formula_node
from envindicators.sphinxext.loading import Example
from envindicators.sphinxext.missing import blanks
from envindicators.sphinxext.phrases import BASES, STRENGTHS, phrase
from envindicators.sphinxext.templates import template_reference
from envindicators.text import Lang


@frozen
class Sheet:
    """What every part of a page needs to know.

    Args:
        programme: the programme.
        lang: the language of the site.
        example: the programme worked out, where the site has an example.
    """

    programme: Programme
    lang: Lang
    example: Example | None = None

    def id_of(self, *names: str) -> str:
        """Return the stable id of something of the programme."""
        return nodes.make_id("-".join((self.programme.key, *names)))

    def say(self, key: str, /, **details: object) -> str:
        """Return a phrase in the language of the page."""
        return phrase(key, self.lang, **details)

    def ref(self, kind: str, key: str, words: str) -> nodes.Node:
        """Return a reference to something of the programme; plain words where no page describes it."""
        target = f"{self.programme.key}.{key}"
        inner = nodes.inline(words, words)
        return addnodes.pending_xref(
            "", inner, refdomain=NAME, reftype=kind, reftarget=target, refexplicit=True, refwarn=False,
            ei_explicit=True, ei_quiet=True,
        )  # fmt: skip


# a target


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


def _thresholds(sheet: Sheet, reading: Reading) -> str:
    limits = dict.fromkeys(threshold_words(each.threshold, sheet.lang) for each in reading.requirements)
    said = ", ".join(limits)
    count = len(reading.requirements)
    return said if count == 1 else sheet.say("to_hold", count=count, thresholds=said)


def _lead(sheet: Sheet, target: Target) -> Inline:
    return sheet.say(
        "lead",
        thresholds=_thresholds(sheet, target.default),
        year=target.deadline,
        level=target.level.in_(sheet.lang),
    )


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
    if clause.mends:
        found.append(paragraph(sheet.say("mends")))
        found.append(
            table(
                [sheet.say("scan"), sheet.say("mended"), sheet.say("certain")],
                [_mend(sheet, each) for each in clause.mends],
            )
        )
    if clause.note is not None:
        found.append(fields([(sheet.say("open_words"), clause.note.in_(lang))]))
    return found


def _mend(sheet: Sheet, mend: Mend) -> tuple[Inline, Inline, Inline]:
    sure = sheet.say("yes" if mend.certain else "no")
    doubt = "" if mend.note is None else f": {mend.note.in_(sheet.lang)}"
    return in_vietnamese(mend.scan, sheet.lang), in_vietnamese(mend.mended, sheet.lang), f"{sure}{doubt}"


def _deadline(sheet: Sheet, target: Target) -> list[nodes.Node]:
    clause = target.clause
    found: list[nodes.Node] = [paragraph(sheet.say(clause.deadline or "plain", year=target.deadline))]
    if clause.deadline_ground is not None:
        found.append(fields([(sheet.say("ground"), clause.deadline_ground.in_(sheet.lang))]))
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
    lang, indicator = sheet.lang, requirement.indicator
    given = {"unit": indicator.table.unit.name.in_(lang), "table": f"“{indicator.table.name.in_(lang)}”"}
    denominator = (
        sheet.say("of_table", **given)
        if isinstance(indicator.among, Everyone)
        else sheet.say("such_that", **given, rule=rule_words(indicator.among, indicator.table, lang))
    )
    numerator = sheet.say("part_of", rule=rule_words(indicator.where, indicator.table, lang))
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
    own = list(dict.fromkeys(each.indicator.table for each in target.default.requirements))
    for each in own:
        indicators = [one.indicator for one in target.default.requirements if one.indicator.table == each]
        columns = dict.fromkeys(column for one in indicators for column in each.domains.relevant(one.among, one.where))
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


def _meaning(owner: Table, column: str, lang: Lang) -> list[str]:
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
    for indicator in (each.indicator for each in reading.requirements):
        told = (indicator.table, blanks(indicator))
        if told in seen:
            continue
        seen.add(told)
        found.append(
            table(
                [sheet.say("blank_column"), sheet.say("then")],
                [(code(each.column), _left_open(each.counts, sheet)) for each in blanks(indicator)],
            )
        )
    indicators = [each.indicator for each in reading.requirements]
    owners = dict.fromkeys(each.table for each in indicators)
    return [*found, *(bullets(_missing_lines(sheet, owner, indicators)) for owner in owners)]


def _left_open(counts: Sequence[str], sheet: Sheet) -> str:
    if not counts:
        return sheet.say("settled")
    return " / ".join(FATES[count].in_(sheet.lang) for count in counts)


def _missing_lines(sheet: Sheet, owner: Table, indicators: Sequence[Indicator]) -> Iterator[str]:
    lang = sheet.lang
    own = [each for each in indicators if each.table == owner]
    parts_ = ", ".join(part.key for part in owner.parts)
    if owner.chained and owner.parts:
        yield sheet.say("blank_total_chained", total=owner.total, parts=parts_)
    else:
        yield sheet.say("blank_total", total=owner.total)
    if not owner.chained:
        flags = {
            atom.column for each in own for atom in (*each.where.atoms, *each.among.atoms) if isinstance(atom, Flag)
        }
        if any(each.needs_units for each in own):
            yield sheet.say("needs_units")
        elif len(flags) > 1:
            yield sheet.say("margins")
    columns = [part.key for part in owner.parts if any(part.key in each.where.columns for each in own)]
    if columns:
        yield sheet.say("no_column", columns=", ".join(columns))
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
        if reading.ground is not None:
            about.append((sheet.say("ground"), reading.ground.in_(lang)))
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
    found: list[nodes.Node] = [_warning(sheet), paragraph(lead), table(heads, rows)]
    if whole.contested:
        found.append(paragraph(strong(sheet.say("contested_lead"))))
    return found


def _shares(assessment: Assessment, lang: Lang) -> str:
    return "; ".join(shares(each, lang) for each in assessment.judgements)


def _limits(assessment: Assessment, lang: Lang) -> str:
    return "; ".join(dict.fromkeys(threshold_words(each.threshold, lang) for each in assessment.judgements))


def _warning(sheet: Sheet) -> nodes.Node:
    assert sheet.example is not None
    note = sheet.example.note
    said = sheet.say("example_title") if note is None else note.in_(sheet.lang)
    return nodes.important("", paragraph(said))


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
        found += [paragraph(sheet.say("account")), _reviews(sheet)]
    return found


def _reviews(sheet: Sheet) -> nodes.bullet_list:
    lang = sheet.lang
    lines = [
        sheet.say("review", name=each.name.in_(lang), year=each.year, held_by=each.held_by.in_(lang))
        + ("" if each.advised_by is None else f"; {sheet.say('advised', advised_by=each.advised_by.in_(lang))}")
        + ("." if each.clause is None else f" ({each.clause.section}).")
        for each in sheet.programme.reviews
    ]
    return bullets(lines)


# a table


def table_page(sheet: Sheet, owner: Table, filename: str) -> nodes.section:
    """Return the section that tells what a table holds, with a template to download."""
    lang = sheet.lang
    unit = owner.unit.name.in_(lang)
    lines = [sheet.say("unit_is", unit=unit), sheet.say("stock" if owner.period == "stock" else "flow")]
    if owner.nested:
        lines.append(sheet.say("nested", chain=" ⊇ ".join((owner.total, *(part.key for part in owner.parts)))))
    others = [name for name, _ in owner.unit.multiples]
    if len(others) > 1:
        lines.append(sheet.say("units_option", units=", ".join(others)))
    heads = [sheet.say(key) for key in ("column", "meaning", "type", "values")]
    words = sheet.say("template")
    download = template_reference("", words, filename=filename)
    content: list[nodes.Node] = [
        paragraph([code(owner.key), ". ", " ".join(lines)]),
        table(heads, list(_columns(sheet, owner))),
    ]
    if owner.note is not None:
        content.append(fields([(sheet.say("note"), owner.note.in_(lang))]))
    content += [paragraph([download]), paragraph(sheet.say("template_note"))]
    return section(owner.name.in_(lang), sheet.id_of("table", owner.key), *content)


def _columns(sheet: Sheet, owner: Table) -> Iterator[tuple[Inline, Inline, Inline, Inline]]:
    lang = sheet.lang
    yield code("area"), sheet.say("area"), sheet.say("text_type"), ""
    yield code("year"), sheet.say("year"), sheet.say("year_type"), "1900–2100"
    for category in owner.categories:
        values: list[Inline] = []
        for value in category.values:
            values += ["; "] if values else []
            values += [code(value), f" ({category.name_of(value).in_(lang)})"]
        flat: Inline = [node for each in values for node in ([each] if not isinstance(each, list) else each)]  # type: ignore[misc]
        yield code(category.key), category.name.in_(lang), sheet.say("category_type"), flat
    for column in owner.years:
        yield code(column.key), column.name.in_(lang), sheet.say("year_type"), "1900–2100"
    others = [name for name, _ in owner.unit.multiples]
    kind = sheet.say("mass_type", units=owner.unit.key) if len(others) > 1 else sheet.say("whole_type")
    total = sheet.say("total_of", unit=owner.unit.name.in_(lang))
    yield code(owner.total), total, kind, sheet.say("not_negative")
    for part in owner.parts:
        yield code(part.key), part.name.in_(lang), sheet.say("part_type"), sheet.say("up_to_total", total=owner.total)
    if owner.id:
        yield code(owner.id), sheet.say("id"), sheet.say("text_type"), ""


# duties


def duties_page(sheet: Sheet) -> list[nodes.section]:
    """Return a section for each part of the document that sets duties, after one that counts them."""
    groups: dict[str, list[Duty]] = {}
    for duty in sheet.programme.duties:
        groups.setdefault(duty.clause.section.split()[0].rstrip("."), []).append(duty)
    strengths: list[Strength] = [
        each for each in STRENGTHS if any(duty.strength == each for duty in sheet.programme.duties)
    ]
    rows: list[list[Inline]] = []
    for name, duties in groups.items():
        counts = Counter(duty.strength for duty in duties)
        rows.append([name, str(len(duties)), *(str(counts[each]) for each in strengths)])
    heads = [sheet.say("section"), sheet.say("count"), *(STRENGTHS[each].in_(sheet.lang) for each in strengths)]
    first = section(
        sheet.say("duties"),
        sheet.id_of("duties"),
        paragraph(sheet.say("duties_lead", count=len(sheet.programme.duties))),
        table(heads, rows),
    )
    for name, duties in groups.items():
        title = sheet.say("section_heading", section=name)
        listed = nodes.definition_list("", *(_duty(sheet, duty) for duty in duties), classes=["ei-duties"])
        first += section(title, sheet.id_of("duties", name), listed)
    return [first]


def _duty(sheet: Sheet, duty: Duty) -> nodes.definition_list_item:
    lang = sheet.lang
    actor = sheet.say("nobody") if duty.actor is None else f"{duty.actor.in_(lang)} ({BASES[duty.basis].in_(lang)})"
    about: list[tuple[str, Inline]] = [
        (sheet.say("actor"), actor),
        (sheet.say("strength"), STRENGTHS[duty.strength].in_(lang)),
    ]
    if duty.indicator is not None:
        owner = duty.indicator.table
        named = sheet.ref("table", owner.key, owner.name.in_(lang))
        said: list[Inline] = [duty.indicator.name.in_(lang), " (", named, ")"]
        about.append((sheet.say("measure"), said))  # type: ignore[arg-type]
    if duty.note is not None:
        about.append((sheet.say("note"), duty.note.in_(lang)))
    if duty.clause.mends:
        about.append((sheet.say("mends"), in_vietnamese("; ".join(map(str, duty.clause.mends)), lang)))
    content: list[nodes.Node] = [
        paragraph(in_vietnamese(duty.clause.quote, lang)),
        *([paragraph(emphasis(duty.clause.translation))] if lang == "en" else []),
        fields(about),
    ]
    term = nodes.term("", duty.clause.section, ids=[sheet.id_of("duty", duty.key)])
    return nodes.definition_list_item("", term, nodes.definition("", *content))


# a programme


def programme_page(sheet: Sheet) -> list[nodes.Node]:
    """Return what a programme is: its document, its targets, what the example gives, its reviews."""
    lang, programme = sheet.lang, sheet.programme
    document = programme.document
    about = [
        (sheet.say("title"), document.title.in_(lang)),
        (sheet.say("doc_kind"), document.kind.in_(lang)),
        (sheet.say("issuer"), document.issuer.in_(lang)),
        (sheet.say("number"), document.number),
        (sheet.say("date"), date_words(document.date, lang)),
        (sheet.say("place"), document.place),
    ]
    found: list[nodes.Node] = [
        section(
            sheet.say("document"),
            sheet.id_of("document"),
            fields([(name, words) for name, words in about if words]),
            *([] if document.note is None else [paragraph(document.note.in_(lang))]),
        ),
        section(sheet.say("targets"), sheet.id_of("targets"), *_targets(sheet)),
    ]
    if programme.duties:
        said = sheet.say("overview_duties", count=len(programme.duties))
        found.append(
            section(sheet.say("duties"), sheet.id_of("overview-duties"), paragraph(sheet.ref("duties", "duties", said)))
        )
    if programme.reviews:
        found.append(section(sheet.say("reviews"), sheet.id_of("reviews"), _reviews(sheet)))
    return found


def _targets(sheet: Sheet) -> list[nodes.Node]:
    lang, card = sheet.lang, None if sheet.example is None else sheet.example.card
    heads = [sheet.say(key) for key in ("clause_head", "target", "threshold", "readings_count")]
    rows: list[list[Inline]] = []
    for target in sheet.programme.targets:
        row: list[Inline] = [
            target.clause.section,
            sheet.ref("target", target.key, target.name.in_(lang)),
            _thresholds(sheet, target.default),
            str(len(target.readings)),
        ]
        if card is not None:
            row.append(verdict_words(card[target.key], lang))
        rows.append(row)
    found: list[nodes.Node] = []
    if card is not None:
        heads.append(sheet.say("on_example"))
        found.append(_warning(sheet))
    found.append(table(heads, rows))
    if card is not None:
        found.append(paragraph(f"{counts_words(card, lang)}. {overall_words(card, lang)}."))
    return found
