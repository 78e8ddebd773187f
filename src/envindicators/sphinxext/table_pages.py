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
        values: list[str | nodes.Node] = []
        for value in category.values:
            values += [*(["; "] if values else []), code(value), f" ({category.name_of(value).in_(lang)})"]
        yield code(category.key), category.name.in_(lang), sheet.say("category_type"), values
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
