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
from envindicators.words.message import gettext
from envindicators.words.text import Text


@frozen
class _Row:
    """A column: its name, what it holds, and its allowed values with their names."""

    name: str
    holds: str
    values: tuple[tuple[str, str], ...] = ()


def _both(name: Text) -> str:
    return " / ".join(dict.fromkeys(name.words.values()))


def _rows(table: Table, lang: str) -> Iterator[_Row]:
    yield _Row(
        "area", gettext("the name of the area, spelled the same in every table; needed for results by area", lang)
    )
    yield _Row("year", gettext("the year of the figures; without this column, the reporting year", lang))
    if table.id:
        yield _Row(
            table.id,
            gettext(
                "what identifies each one, if a row is one of them; the column {total} is then left out",
                lang,
                total=table.total,
            ),
        )
    for category in table.categories:
        yield _Row(
            category.key,
            gettext("{name}: one of these values; required", lang, name=_both(category.name)),
            _values(category),
        )
    for column in table.years:
        yield _Row(column.key, gettext("{name}: a year; blank if not known", lang, name=_both(column.name)))
    for value in table.values:
        unit = value.unit.name.in_(lang)
        yield _Row(value.key, gettext("{name}, in {unit}; blank if not known", lang, name=_both(value.name), unit=unit))
    yield _Row(table.total, gettext("the total of the row, in {units}", lang, units=_units(table, lang)))
    before = table.total
    for part in table.parts:
        if table.nested:
            yield _Row(
                part.key,
                gettext(
                    "{name}: how much of the column {of}; blank if not reported",
                    lang,
                    name=_both(part.name),
                    of=before,
                ),
            )
        else:
            yield _Row(
                part.key,
                gettext(
                    "{name}: how many of the total, or true/false for the whole row; blank if not reported",
                    lang,
                    name=_both(part.name),
                ),
            )
        before = part.key


def column_notes(table: Table, lang: str) -> Iterator[tuple[str, str]]:
    """Yield each column of a table with what it holds."""
    yield from ((row.name, row.holds) for row in _rows(table, lang))


def _values(category: Category) -> tuple[tuple[str, str], ...]:
    return tuple((value, _both(name)) for value, name in zip(category.values, category.value_names, strict=True))


def _units(table: Table, lang: str) -> str:
    unit = table.unit
    others = [name for name, _ in unit.multiples if name != unit.key]
    if table.period == "flow":
        others += [f"{name}/day" for name, _ in unit.multiples]
    said = unit.name.in_(lang)
    return (
        gettext("{units} (or in {others}, if the unit is given)", lang, units=said, others=listed(others, lang))
        if others
        else said
    )


def _heads(lang: str) -> tuple[str, str]:
    return gettext("Column", lang), gettext("What it holds", lang)


def _period(table: Table, lang: str) -> str:
    if table.period == "stock":
        return gettext("A state on a date.", lang)
    return gettext("An amount over the year.", lang)


def _hint(table: Table, lang: str) -> str:
    if table.id:
        return gettext(
            "Preferably one row for each, with the column {id}, without {total}, and true/false in the parts. "
            "If only sums are known, a row is a group with {total}.",
            lang,
            id=table.id,
            total=table.total,
        )
    keys = ", ".join(["area", "year", *(category.key for category in table.categories), *(y.key for y in table.years)])
    return gettext("A row is a group ({keys}), with its total and the count of each part.", lang, keys=keys)


def table_text(table: Table, lang: str, width: int = 100) -> str:
    """Return the columns of a table as text, ``width`` columns wide, with the names in both languages."""
    head = gettext("Table {key}: {name}", lang, key=table.key, name=_both(table.name))
    heads, rows = _Row(*_heads(lang)), list(_rows(table, lang))
    first = max(text_width(row.name) for row in (heads, *rows)) + 2
    indent = first + 2 if width - first >= _BESIDE else 4
    lines = [*wrap(f"{head}. {_period(table, lang)}", width), *wrap(_hint(table, lang), width), ""]
    lines += [*_beside(heads.name, heads.holds, first, width), "─" * min(width, first + 40)]
    for row in rows:
        lines += _beside(row.name, row.holds, first, width)
        room = max((text_width(value) for value, _ in row.values), default=0) + 2
        for value, name in row.values:
            lines += [" " * indent + line for line in _beside(value, name, room, width - indent)]
    if table.note is not None:
        lines += ["", *wrap(gettext("Note: {note}", lang, note=table.note.in_(lang)), width)]
    return "\n".join(line.rstrip() for line in lines)


_BESIDE = 24
"""What is said of a name stands beside it if there are so many columns for it, else below it."""


def _beside(name: str, text: str, first: int, width: int) -> Iterator[str]:
    """Yield a name and what is said of it, in columns of which the first is ``first`` wide."""
    if width - first < _BESIDE:
        yield from wrap(name, width)
        yield from (f"  {line}" for line in wrap(text, width - 2))
        return
    for place, line in enumerate(wrap(text, width - first)):
        yield pad("" if place else name, first) + line


def table_html(table: Table, lang: str = "en") -> str:
    """Return the columns of a table as HTML, with the names in both languages and everything escaped."""
    left = 'style="text-align:left;vertical-align:top"'
    head = "".join(f'<th scope="col" {left}>{escape(name)}</th>' for name in _heads(lang))
    body: list[str] = []
    for row in _rows(table, lang):
        values = "".join(f"<li><code>{escape(value)}</code> {escape(name)}</li>" for value, name in row.values)
        listing = f'<ul style="margin:0">{values}</ul>' if values else ""
        body.append(
            f'<tr><th scope="row" {left}><code>{escape(row.name)}</code></th>'
            f"<td {left}>{escape(row.holds)}{listing}</td></tr>"
        )
    title = gettext("Table {key}: {name}", lang, key=table.key, name=_both(table.name))
    said = f"{_period(table, lang)} {_hint(table, lang)}"
    note = "" if table.note is None else f"<p>{escape(gettext('Note: {note}', lang, note=table.note.in_(lang)))}</p>"
    return (
        f'<div class="ei-table" lang="{lang}"><p><strong>{escape(title)}</strong></p><p>{escape(said)}</p>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>{note}</div>"
    )


def template(table: Table, *, records: bool) -> str:
    """Return the heading of a CSV file of a table, ready to be filled in: the keys of its columns, as tables are read.

    Args:
        table: the table.
        records: whether a row is to be one unit, with an id and without a total.
    """
    first = [table.id] if records and table.id else []
    total = [] if first else [table.total]
    categories = [category.key for category in table.categories]
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(
        ["area", "year", *first, *categories, *(column.key for column in table.years),
         *(value.key for value in table.values), *total, *(part.key for part in table.parts)]
    )  # fmt: skip
    return line.getvalue()
