"""The page of a table: its columns, what they may hold, a template."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from envindicators.definitions.table import Table
from envindicators.sphinxext.building import (
    Inline,
    code,
    fields,
    paragraph,
    section,
    table,
)
from envindicators.sphinxext.sheet import Sheet
from envindicators.sphinxext.templates import template_reference
from envindicators.words.message import gettext


def table_page(sheet: Sheet, owner: Table, filename: str) -> nodes.section:
    """Return the section that tells what a table holds, with a template to download."""
    lang = sheet.lang
    heads = [
        gettext("Column", lang),
        gettext("What it holds", lang),
        gettext("Type", lang),
        gettext("Allowed values", lang),
    ]
    download = template_reference("", gettext("Download a template (CSV, UTF-8)", lang), filename=filename)
    content: list[nodes.Node] = [
        paragraph([code(owner.key), ". ", " ".join(_lines(owner, lang))]),
        table(heads, list(_columns(owner, lang))),
    ]
    if owner.note is not None:
        content.append(fields([(gettext("Note", lang), owner.note.in_(lang))]))
    filling = gettext(
        "Copy the rows for each area and fill them in. Leave a cell blank if there is no information; "
        "enter 0 if there was nothing to count.",
        lang,
    )
    content += [paragraph([download]), paragraph(filling)]
    return section(owner.name.in_(lang), sheet.id_of("table", owner.key), *content)


def _lines(owner: Table, lang: str) -> Iterator[str]:
    yield gettext("Counted in: {unit}.", lang, unit=owner.unit.name)
    if owner.period == "stock":
        yield gettext("A stock: the state on a date.", lang)
    else:
        yield gettext("A flow: the amount over a year.", lang)
    if owner.nested:
        chain = " ⊇ ".join((owner.total, *(part.key for part in owner.parts)))
        yield gettext("The columns are nested: {chain}. Each is part of the one before it.", lang, chain=chain)
    if owner.exclusive and owner.whole:
        yield gettext("The columns exclude each other and add up to the total.", lang)
    elif owner.exclusive:
        yield gettext("The columns exclude each other: no unit is counted in two of them.", lang)
    units = [name for name, _ in owner.unit.multiples]
    if len(units) > 1:
        yield gettext(
            "Amounts may be in other units, given as Form(unit=…): {units}; for amounts per day add “/day”.",
            lang,
            units=units,
        )


def _columns(owner: Table, lang: str) -> Iterator[tuple[Inline, Inline, Inline, Inline]]:
    text, year = gettext("text or code", lang), gettext("year", lang)
    yield code("area"), gettext("area", lang), text, ""
    yield code("year"), gettext("year", lang), year, "1900–2100"
    for category in owner.categories:
        values: list[str | nodes.Node] = []
        for value in category.values:
            values += [*(["; "] if values else []), code(value), f" ({category.name_of(value).in_(lang)})"]
        yield code(category.key), category.name.in_(lang), gettext("one of the allowed values", lang), values
    for column in owner.years:
        yield code(column.key), column.name.in_(lang), year, "1900–2100"
    for measured in owner.values:
        limits = gettext("0 or more", lang) if measured.limits is None else " – ".join(measured.limits)
        kind = gettext("number, in {units}", lang, units=measured.unit.name)
        yield code(measured.key), measured.name.in_(lang), kind, limits
    if len(owner.unit.multiples) > 1:
        kind = gettext("number, in {units}", lang, units=owner.unit.key)
    else:
        kind = gettext("whole number", lang)
    total = gettext("total ({unit})", lang, unit=owner.unit.name)
    yield code(owner.total), total, kind, gettext("0 or more", lang)
    for part in owner.parts:
        upto = gettext("0 to {total}; true/false where all units of the row are alike", lang, total=owner.total)
        yield code(part.key), part.name.in_(lang), gettext("a count, or true/false", lang), upto
    if owner.id:
        yield code(owner.id), gettext("identifies a unit where each row is one (replaces the total)", lang), text, ""
