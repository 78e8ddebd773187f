"""What the form of a table did: columns under other names, cells read otherwise, rows left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from envindicators.definitions.table import Table
from envindicators.problems import Problem
from envindicators.report.columns import column_name
from envindicators.report.numbers import number
from envindicators.words.message import Message, counted
from envindicators.words.phrase import Phrase, Sayable, joined


def form_sentences(table: Table, notes: Sequence[Problem], columns: Collection[str]) -> Iterator[Sayable]:
    """Yield what a form did, as far as it concerns some columns.

    Args:
        table: the table.
        notes: what was noted of its form, as `Scorecard.forms` has it.
        columns: the columns.
    """
    named = [note for note in notes if note.kind == "form_heading" and note.column in columns]
    if named:
        columns_of_file = [_named(table, note) for note in named]
        yield Message("Columns of the file: {columns}.", columns=Phrase(joined, columns_of_file, between="; "))
    for note in notes:
        if note.kind == "form_unit_read":
            heading, unit = note.value, str(note.details["unit"])
            yield Message("Amounts are in {unit}, as the heading “{heading}” states.", unit=unit, heading=heading)
    for column in columns:
        read = [note for note in notes if note.column == column and note.kind != "form_heading"]
        if read:
            cells = Phrase(joined, [_read(table, note) for note in read], between="; ")
            yield Message("Column “{column}”: {cells}.", column=read[0].heading or column, cells=cells)
    for note in notes:
        if note.kind == "form_rows":
            yield Message("Rows left out, as the form says: {rows}.", rows=note.details["rows"])


def _named(table: Table, note: Problem) -> Message:
    return Message("“{heading}” is {column}", heading=note.value, column=column_name(table, note.column or ""))


def _read(table: Table, note: Problem) -> Message:
    cells = int(str(note.details["cells"]))
    times = counted("{number} cell", "{number} cells", cells, number=Phrase(number, cells))
    written: Message | str = Message("a blank") if note.value is None else Message("“{written}”", written=note.value)
    if note.kind == "form_blank_read":
        return Message("{written} is not known ({times})", written=written, times=times)
    return Message("{written} is {meant} ({times})", written=written, meant=_meant(table, note), times=times)


def _meant(table: Table, note: Problem) -> Message | str:
    """Return what is meant: of a category the name of its value."""
    meant = str(note.details.get("meant", "0"))
    category = table.category(note.column or "")
    value = meant.strip("'")
    if category is not None and value in category.values:
        return Message("“{name}”", name=category.name_of(value))
    words = {"True": Message("yes"), "False": Message("no"), "None": Message("not known")}
    return words.get(meant, value)
