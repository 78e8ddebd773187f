"""A workbook to be filled in: a sheet for each table, in the language of the office, that is read without a form."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from envindicators.definitions.programme import Programme
from envindicators.definitions.table import Table
from envindicators.formats.tables import column_notes
from envindicators.frames.packages import needed
from envindicators.words.message import gettext

_LONGEST = 31
"""How many letters the name of a sheet may have."""

_LISTS = "_"
"""The hidden sheet of allowed values."""

_MOST_ROWS = 20_000
"""How many rows are filled in at the most; of more, each area has one."""

_LAST = 1_048_576


@frozen
class _Column:
    """A column of a sheet.

    Args:
        key: its key.
        heading: its heading, by which it is found again.
        note: what it holds.
        allowed: its allowed values.
        kind: what may be written: ``"text"``, ``"year"``, ``"whole"``, ``"number"`` or ``"list"``.
        example: a value as an example.
    """

    key: str
    heading: str
    note: str
    allowed: tuple[Any, ...] = ()
    kind: str = "text"
    example: Any = ""


def template_workbook(
    programme: Programme,
    lang: str,
    tables: Sequence[Table],
    *,
    areas: Iterable[Any] = (),
    year: int | None = None,
    layout: str | None = None,
) -> bytes:
    """Return a workbook to be filled in, by people who may not know the keys of columns.

    Headings, notes, units and allowed values are in a language, and are read back by these names. Headings are
    protected, without a password; allowed values are chosen from lists. What each column holds, with an example row,
    stands in a sheet of its own at the end, where it cannot be taken for data.

    Args:
        programme: the programme.
        lang: the language.
        tables: the tables.
        areas: the areas to fill in, each with a row for every combination of allowed values.
        year: the year to fill in beside them.
        layout: ``"records"`` or ``"counts"``; where a table has an id, records unless given.

    Raises:
        ImportError: if openpyxl is not installed.
    """
    openpyxl: Any = needed("openpyxl", Path("template.xlsx"), "excel")
    book = openpyxl.Workbook()
    book.remove(book.active)
    book.properties.title = programme.name.in_(lang)
    sheets = {
        table.key: (book.create_sheet(sheet_name(table, lang)), _columns(table, lang, layout != "counts"))
        for table in tables
    }
    guide = book.create_sheet(gettext("How to fill in", lang)[:_LONGEST])
    lists = book.create_sheet(_LISTS)
    lists.sheet_state = "hidden"
    for table in tables:
        sheet, columns = sheets[table.key]
        _head(sheet, columns)
        _restrict(sheet, columns, lists, lang)
        _fill(sheet, table, columns, list(areas), year)
        _explain(guide, table, columns, lang)
    guide.column_dimensions["A"].width, guide.column_dimensions["B"].width = 44, 110
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def sheet_name(table: Table, lang: str) -> str:
    """Return the name of the sheet of a table in a language, by which it is found again."""
    name = table.name.in_(lang)
    return "".join(" " if letter in "[]:*?/\\'" else letter for letter in name[:1].upper() + name[1:])[:_LONGEST]


def _columns(table: Table, lang: str, records: bool) -> list[_Column]:  # noqa: FBT001 - of this room
    single = records and table.id is not None
    notes = dict(column_notes(table, lang))
    years = {"year", *(column.key for column in table.years)}
    keys = ["area", "year", *([table.id] if single and table.id else []), *(each.key for each in table.categories),
            *(each.key for each in table.years), *(each.key for each in table.values),
            *([] if single else [table.total]), *(part.key for part in table.parts)]  # fmt: skip
    whole = table.unit.grain == 1
    made: list[_Column] = []
    for key in keys:
        name = table.name_of(key)
        heading = key if name is None else name.in_(lang)
        heading, note = heading[:1].upper() + heading[1:], notes.get(key, "")
        category = table.category(key)
        if category is not None:
            allowed = tuple(each.in_(lang) for each in category.value_names)
            made.append(_Column(key, heading, note, allowed, "list", allowed[0]))
        elif key in years:
            made.append(_Column(key, heading, note, kind="year", example=2020))
        elif single and table.part(key) is not None:
            made.append(_Column(key, heading, gettext("1: yes; 0: no; blank: not known", lang), (1, 0), "list", 1))
        elif key in ("area", table.id):
            made.append(_Column(key, heading, note, example=gettext("Example", lang) if key == "area" else "CS-001"))
        else:
            place = keys.index(key) - keys.index(table.total) if table.total in keys else 0
            kind = "whole" if whole and table.value(key) is None else "number"
            made.append(_Column(key, heading, note, kind=kind, example=max(0, 100 - 10 * place)))
    return made


def _head(sheet: Any, columns: Sequence[_Column]) -> None:
    """Write the protected headings, each with its note, over columns that are free."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill, Protection
    from openpyxl.utils import get_column_letter

    for place, column in enumerate(columns, start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = max(14, min(34, len(column.heading)))
        sheet.column_dimensions[letter].protection = Protection(locked=False)
        cell = sheet.cell(1, place)
        _text(cell, column.heading)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6F0")
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        cell.protection = Protection(locked=True)
        if column.note:
            cell.comment = Comment(column.note, "envindicators", width=320, height=120)
    sheet.row_dimensions[1].height = 62
    sheet.freeze_panes = "B2"
    protection = sheet.protection
    protection.sheet = True
    for free in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter"):
        setattr(protection, free, False)


def _restrict(sheet: Any, columns: Sequence[_Column], lists: Any, lang: str) -> None:
    """Let each column take only what it may hold."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for place, column in enumerate(columns, start=1):
        letter = get_column_letter(place)
        if column.kind == "list":
            other = lists.max_column + 1 if lists.max_row > 1 or lists.cell(1, 1).value is not None else 1
            for row, value in enumerate(column.allowed, start=1):
                _text(lists.cell(row, other), value)
            listed = f"'{_LISTS}'!${get_column_letter(other)}$1:${get_column_letter(other)}${len(column.allowed)}"
            rule = DataValidation(type="list", formula1=listed, allow_blank=True)
        elif column.kind == "year":
            rule = DataValidation(type="whole", operator="between", formula1="1900", formula2="2100", allow_blank=True)
        elif column.kind in ("whole", "number"):
            kind = "whole" if column.kind == "whole" else "decimal"
            rule = DataValidation(type=kind, operator="greaterThanOrEqual", formula1="0", allow_blank=True)
        else:
            continue
        rule.errorTitle, rule.error = column.heading[:32], _refusal(column, lang)[:255]
        rule.showErrorMessage = True
        sheet.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{_LAST}")


def _refusal(column: _Column, lang: str) -> str:
    if column.kind == "list":
        return gettext("Choose one of the values of the list.", lang)
    if column.kind == "year":
        return gettext("Write a year, as 2020.", lang)
    if column.kind == "whole":
        return gettext("Write a whole number, 0 or more; leave the cell blank if it is not known.", lang)
    return gettext("Write a number, 0 or more; leave the cell blank if it is not known.", lang)


def _fill(sheet: Any, table: Table, columns: Sequence[_Column], areas: Sequence[Any], year: int | None) -> None:
    """Write a row for each area and combination of allowed values."""
    from openpyxl.styles import Protection

    lists = [column for column in columns if table.category(column.key) is not None]
    counted = all(column.key != table.id for column in columns)
    combined = list(itertools.product(*(column.allowed for column in lists))) if counted else [()]
    combined = combined if len(combined) * len(areas) <= _MOST_ROWS else [()]
    places = {column.key: place for place, column in enumerate(columns, start=1)}
    row = 1
    for area in areas:
        for values in combined:
            row += 1
            written = {"area": area, "year": year, **dict(zip((each.key for each in lists), values, strict=False))}
            for key, value in written.items():
                cell = sheet.cell(row, places[key])
                _text(cell, value)
                cell.protection = Protection(locked=False)


def _explain(guide: Any, table: Table, columns: Sequence[_Column], lang: str) -> None:
    """Write what a table's columns hold, then an example row."""
    from openpyxl.styles import Font

    row = guide.max_row + (2 if guide.max_row > 1 else 0)
    for place, words in enumerate(_told(table, columns, lang)):
        for column, value in enumerate(words, start=1):
            cell = guide.cell(row + place, column)
            _text(cell, value)
            cell.font = Font(bold=place == 0, italic=place > len(columns) + 1)


def _told(table: Table, columns: Sequence[_Column], lang: str) -> Iterator[tuple[Any, ...]]:
    yield (table.name.in_(lang), "" if table.note is None else table.note.in_(lang))
    for column in columns:
        values = "; ".join(map(str, column.allowed))
        yield column.heading, f"{column.note} ({values})" if values and column.kind == "list" else column.note
    yield (gettext("An example row, not to be filled in here:", lang),)
    yield tuple(column.heading for column in columns)
    yield tuple(column.example for column in columns)


def _text(cell: Any, value: Any) -> None:
    """Write a value, text never as a formula."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in ("=", "+", "-", "@")
