"""Which columns a table has, what they hold, and an empty file to fill in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from html import escape

from attrs import frozen

from envindicators.definitions.table import Category, Table
from envindicators.report.numbers import listed
from envindicators.report.terminal import pad, text_width, wrap
from envindicators.words.message import Message
from envindicators.words.text import Text

_WORDS: dict[str, Message] = {
    "head": Message("Table {key}: {name}"),
    "stock": Message("A state on a date."),
    "flow": Message("An amount over the year."),
    "column": Message("Column"),
    "holds": Message("What it holds"),
    "area": Message("the name of the area, spelt alike in every table; needed for groups by area"),
    "year": Message("the year of the figures; without this column they are taken to be of the reporting year"),
    "category": Message("{name}: one of these values; required"),
    "years": Message("{name}: a year; blank where it is not known"),
    "id": Message("what names each one, where a row is one of them; then there is no column {total}"),
    "total": Message("the total of the row, in {units}"),
    "part": Message(
        "{name}: how many of the total, or true/false for the whole row; blank where no figure was reported"
    ),
    "within": Message("{name}: how much of the column {of}; blank where no figure was reported"),
    "counts": Message("A row is a group ({keys}), with its total and the number of each part."),
    "records": Message(
        "Best is one row for each: with the column {id}, without {total}, and true/false in the parts. "
        "Where there are sums only, a row is a group with {total}."
    ),
    "note": Message("Note: {note}"),
    "or": Message("{units} (or {others}, if the unit is said)"),
}


def _say(key: str, lang: str, /, **details: object) -> str:
    return _WORDS[key].filled(**details).in_(lang)


@frozen
class _Row:
    """A column: its name, what it holds, and its allowed values with their names."""

    name: str
    holds: str
    values: tuple[tuple[str, str], ...] = ()


def _both(name: Text) -> str:
    return " / ".join(dict.fromkeys(name.words.values()))


def _rows(table: Table, lang: str) -> Iterator[_Row]:
    yield _Row("area", _say("area", lang))
    yield _Row("year", _say("year", lang))
    if table.id:
        yield _Row(table.id, _say("id", lang, total=table.total))
    for category in table.categories:
        yield _Row(category.key, _say("category", lang, name=_both(category.name)), _values(category))
    for column in table.years:
        yield _Row(column.key, _say("years", lang, name=_both(column.name)))
    yield _Row(table.total, _say("total", lang, units=_units(table, lang)))
    before = table.total
    for part in table.parts:
        if table.nested:
            yield _Row(part.key, _say("within", lang, name=_both(part.name), of=before))
        else:
            yield _Row(part.key, _say("part", lang, name=_both(part.name)))
        before = part.key


def _values(category: Category) -> tuple[tuple[str, str], ...]:
    return tuple((value, _both(name)) for value, name in zip(category.values, category.value_names, strict=True))


def _units(table: Table, lang: str) -> str:
    unit = table.unit
    others = [name for name, _ in unit.multiples if name != unit.key]
    if table.period == "flow":
        others += [f"{name}/day" for name, _ in unit.multiples]
    said = unit.name.in_(lang)
    return _say("or", lang, units=said, others=listed(others, lang)) if others else said


def _hint(table: Table, lang: str) -> str:
    if table.id:
        return _say("records", lang, id=table.id, total=table.total)
    keys = ", ".join(["area", "year", *(category.key for category in table.categories), *(y.key for y in table.years)])
    return _say("counts", lang, keys=keys)


def table_text(table: Table, lang: str, width: int = 100) -> str:
    """Return the columns of a table as text, ``width`` columns wide, with the names in both languages."""
    head = _say("head", lang, key=table.key, name=_both(table.name))
    rows = [_Row(_say("column", lang), _say("holds", lang)), *_rows(table, lang)]
    first = max(text_width(row.name) for row in rows) + 2
    lines = [*wrap(f"{head}. {_say(table.period, lang)}", width), *wrap(_hint(table, lang), width), ""]
    for place, row in enumerate(rows):
        held = list(wrap(row.holds, max(20, width - first)))
        lines += [pad(row.name if not at else "", first) + line for at, line in enumerate(held)]
        room = max((text_width(value) for value, _ in row.values), default=0) + 2
        lines += [f"{' ' * (first + 2)}{pad(value, room)}{name}" for value, name in row.values]
        if not place:
            lines.append("─" * min(width, first + 40))
    if table.note is not None:
        lines += ["", *wrap(_say("note", lang, note=table.note.in_(lang)), width)]
    return "\n".join(line.rstrip() for line in lines)


def table_html(table: Table, lang: str = "en") -> str:
    """Return the columns of a table as HTML, with the names in both languages and everything escaped."""
    left = 'style="text-align:left;vertical-align:top"'
    head = "".join(f'<th scope="col" {left}>{escape(_say(name, lang))}</th>' for name in ("column", "holds"))
    body: list[str] = []
    for row in _rows(table, lang):
        values = "".join(f"<li><code>{escape(value)}</code> {escape(name)}</li>" for value, name in row.values)
        listing = f'<ul style="margin:0">{values}</ul>' if values else ""
        body.append(
            f'<tr><th scope="row" {left}><code>{escape(row.name)}</code></th>'
            f"<td {left}>{escape(row.holds)}{listing}</td></tr>"
        )
    title = _say("head", lang, key=table.key, name=_both(table.name))
    said = f"{_say(table.period, lang)} {_hint(table, lang)}"
    note = "" if table.note is None else f"<p>{escape(_say('note', lang, note=table.note.in_(lang)))}</p>"
    return (
        f'<div class="ei-table" lang="{lang}"><p><strong>{escape(title)}</strong></p><p>{escape(said)}</p>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>{note}</div>"
    )


def template(table: Table, *, records: bool) -> str:
    """Return the heading of a CSV file of a table, ready to be filled in.

    Args:
        table: the table.
        records: whether a row is to be one unit, with an id and without a total.
    """
    first = [table.id] if records and table.id else []
    total = [] if first else [table.total]
    categories = [category.key for category in table.categories]
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(
        ["area", "year", *first, *categories, *(column.key for column in table.years), *total,
         *(part.key for part in table.parts)]
    )  # fmt: skip
    return line.getvalue()
