"""A form that is begun: what was recognised in an office's file, what is proposed, and what is missing."""

from __future__ import annotations

import codecs
import csv
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from envindicators.definitions.table import KEY_COLUMNS, Table
from envindicators.errors import NoSuchFile, UnreadableTable
from envindicators.formats.skeleton_lines import (
    UNIT,
    Found,
    column_lines,
    mark_lines,
    stack_lines,
    stack_of,
    unit_lines,
    unused_headings,
    value_lines,
)
from envindicators.frames.excel import workbook_pages
from envindicators.frames.files import kind_of
from envindicators.frames.page import page_of
from envindicators.ingest.heading_units import PERCENT, stated_unit
from envindicators.words.catalogue import languages
from envindicators.words.message import Message, gettext
from envindicators.words.spelling import bare, fold, nearest
from envindicators.words.text import Text

_HEAD, _ROWS, _WIDEST = 30, 2000, 500
"""In how many rows a heading is looked for, and how many rows and columns are looked at."""

_YEAR = re.compile(r"(?:19|20)\d\d")
"""A year, which columns may be called by."""

_ENOUGH = 0.4
"""How much of a name a heading must say to be proposed."""

_PLACES = (
    "huyen", "quan", "xa", "phuong", "tinh", "dia phuong", "dia ban", "don vi", "ten huyen", "ten xa", "ten tinh",
    "district", "province", "commune", "area", "region",
)  # fmt: skip
"""Headings that areas often stand under, bare."""

_CODES = ("ma so", "ma co so", "ma doanh nghiep", "ma dinh danh", "ma hieu", "so hieu", "code", "identifier")
"""Headings that codes of single units often stand under, bare."""


def skeleton(path: Path, table: Table, lang: str, sheet: str | int | None = None) -> str:
    """Return a form of a file for a table as TOML, to be read and confirmed by a person.

    What is sure stands there to be used, what is proposed is commented out with the reason, what is missing is named.
    Nothing that is proposed is in force.

    Args:
        path: the file.
        table: the table.
        lang: the language of the comments.
        sheet: the sheet of a workbook, by name or position.

    Raises:
        NoSuchFile: if there is no such file.
        UnreadableTable: if it cannot be read, or no row of it could be a heading.
    """
    rows, said = _read(path, sheet)
    names = {column: _names(table, column) for column in _columns(table)}
    place = _heading(rows, names, path)
    headings, last = _joined(rows, place)
    below = [[_text(cell) for cell in row] for row in rows[last + 1 :]]
    while below and not any(below[-1]):
        below.pop()
    matched = dict(_matched(headings, names, table, lang))
    counted = [
        heading
        for heading in unused_headings(headings, matched)
        if _holds_numbers(headings.index(heading), below) and stated_unit(heading, table) != PERCENT
    ]
    if table.total not in matched and len(counted) == 1:
        reason = gettext("the only column of numbers that is left", lang)
        matched[table.total] = Found(counted[0], sure=False, reason=reason)
    found = {column: matched[column] for column in names if column in matched}
    about = gettext("A form of {file} for the table {table}", lang, file=path.name, table=table.called)
    lines = [f"# {' '.join(about.split())}"]
    told = gettext("Lines that begin with # are proposals or notes: read them, and take away the # to confirm.", lang)
    lines += [f"# {told}", "", *said]
    if last > place:
        lines.append(f"heading = [{place + 1}, {last + 1}]")
    elif place:
        lines.append(f"heading = {place + 1}")
    if last + 1 < len(rows) and _numbering(rows[last + 1]):
        numbered = gettext("the numbers of the columns", lang)
        lines.append(f"# skip = [{last + 2}]  # {numbered}")
    notes = _notes(below)
    if notes:
        first = next(cell for row in below[-notes:] for cell in row if cell)
        below_figures = gettext("what stands below the figures: {first}", lang, first=first)
        lines.append(f"# foot = {notes}  # {' '.join(below_figures.split())}")
    figures = below[: len(below) - notes]
    values = {
        column: [row[headings.index(each.heading)] for row in figures if headings.index(each.heading) < len(row)]
        for column, each in found.items()
    }
    lines += [
        *unit_lines(table, found, [_text(cell) for row in rows[:place] for cell in row], lang),
        *mark_lines(table, values, lang),
        "",
        "[columns]",
    ]
    stack = stack_of(table, headings, found, lang)
    stacked = () if stack is None or stack.column != "year" else ("year", *table.figures)
    spoken = {
        column: column if (name := table.name_of(column)) is None else name.in_(lang)
        for column in names
        if column in found or column not in stacked
    }
    unused = unused_headings(headings, found)
    lines += column_lines(spoken, found, [each for each in unused if stack is None or each not in stack.used], lang)
    lines += () if stack is None else stack_lines(table, stack, lang)
    lines += [line for column in values if column in found for line in value_lines(table, column, values[column], lang)]
    return "\n".join(lines) + "\n"


# reading


def _read(path: Path, sheet: str | int | None) -> tuple[list[list[Any]], list[str]]:
    """Return the first rows of a file, and what must be said of it to read it."""
    if not path.exists():
        raise NoSuchFile(Message("no file matches {given!r}", given=str(path)))
    if kind_of(path) == "parquet":
        raise UnreadableTable(Message("{path}: has no form; its columns have names already", path=path), kind="no_form")
    if kind_of(path) == "csv":
        return _text_rows(path)
    pages = workbook_pages(path)
    page = pages[0] if sheet is None else page_of(pages, path, sheet)
    rows = [list(row[:_WIDEST]) for row in page.rows(fill=False)[:_ROWS]]
    return rows, [f"sheet = {json.dumps(page.title, ensure_ascii=False)}"]


def _text_rows(path: Path) -> tuple[list[list[Any]], list[str]]:
    with path.open("rb") as file:
        start = file.read(1_000_000)
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        tried = ["utf-16"]
    elif b"\0" in start:
        tried = ["utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"]
    else:
        tried = ["utf-8-sig", "cp1258", "cp1252"]
    for encoding in tried:
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(start)
        except UnicodeError:
            continue
        lines = unicodedata.normalize("NFC", text).splitlines()[:_ROWS]
        separator = max(",;\t", key="\n".join(lines[:_HEAD]).count)
        said = [] if encoding == "utf-8-sig" else [f'encoding = "{encoding}"']
        return [list(row) for row in csv.reader(lines, delimiter=separator)], said
    raise UnreadableTable(Message("{path}: cannot be read as text", path=path), kind="encoding")


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


# recognising


def _holds_numbers(position: int, below: Sequence[Sequence[str]]) -> bool:
    """Return whether most cells of a column are amounts; a running number of the rows is none."""
    cells = [row[position] for row in below if position < len(row) and row[position]]
    running = cells[:3] == ["1", "2", "3"][: len(cells)]
    return not running and sum(cell[-1].isdigit() and not cell[0].isalpha() for cell in cells) * 2 > len(cells)


def _notes(below: Sequence[Sequence[str]]) -> int:
    """Return how many rows at the end hold notes and signatures: none is filled half as far as the fullest row."""
    filled = [sum(map(bool, row)) for row in below]
    return len(filled) - max(
        (place for place, count in enumerate(filled, start=1) if count * 2 > max(filled)), default=0
    )


def _columns(table: Table) -> list[str]:
    return [*KEY_COLUMNS, *([table.id] if table.id else []), *table.columns]


def _names(table: Table, column: str) -> list[str]:
    """Return what a column is called: its key, and its name in every language."""
    name = table.name_of(column)
    spoken = name.words if isinstance(name, Text) else languages()
    return list(dict.fromkeys([column, *([] if name is None else (name.in_(lang) for lang in spoken))]))


def _heading(rows: Sequence[Sequence[Any]], names: dict[str, list[str]], path: Path) -> int:
    """Return the row that names most columns, of several the first."""
    known = set(fold([name for called in names.values() for name in called]))
    scores: list[tuple[float, int]] = []
    for row in rows[:_HEAD]:
        texts = (text for cell in row if (text := _text(cell)) and (not text[0].isdigit() or _YEAR.fullmatch(text)))
        cells = list(dict.fromkeys(texts))
        sure = sum(each in known for each in fold(cells)) if cells else 0
        near = sum(
            max((_alike(cell, name) for cell in cells for name in called), default=0) for called in names.values()
        )
        places = any(bare(cell).startswith(_PLACES) and len(cell) < _SHORT for cell in cells)
        scores.append((2 * sure + near + places if len(cells) > 1 else 0, len(cells)))
    best = max(range(len(scores)), key=lambda place: (scores[place], -place), default=None)
    if best is None or not scores[best][1]:
        raise UnreadableTable(Message("{path}: no row could be a heading", path=path), kind="heading")
    return best


def _joined(rows: Sequence[Sequence[Any]], place: int) -> tuple[list[str], int]:
    """Return the headings as forms join those of two rows, and the last row that they stand in."""
    above = [_text(cell) for cell in rows[place]]
    below = [_text(cell) for cell in rows[place + 1]] if place + 1 < len(rows) else []
    under = [
        position for position, text in enumerate(below) if text and not (position < len(above) and above[position])
    ]
    if not under or any(text and not re.search(r"[^\W\d]{2}", text) for text in below):
        return above, place
    carried, headings = "", list[str]()
    for position in range(max(len(above), len(below))):
        upper = above[position] if position < len(above) else ""
        lower = below[position] if position < len(below) else ""
        carried = upper or (carried if lower else "")
        headings.append(" / ".join(dict.fromkeys(filter(None, (carried if lower else upper, lower)))))
    return headings, place + 1


def _numbering(row: Sequence[Any]) -> bool:
    """Return whether a row holds the letters and numbers of columns, as forms do below their heading."""
    cells = [text for cell in row if (text := _text(cell))]
    return len(cells) > 1 and all(re.match(r"([A-Za-z]|\(?\d{1,2}\)?)(\s*=.*)?$", cell) for cell in cells)


_SHORT = 25
"""How long the heading of areas may be; longer ones are titles."""


def _alike(heading: str, name: str) -> float:
    """Return how much of a name a heading says: the part of its words, of two at least."""
    own, words = _words(name), set(_words(heading))
    common = [word for word in own if word in words]
    return len(common) / len(own) if len(common) > 1 else 0.0


def _matched(
    headings: Sequence[str], names: dict[str, list[str]], table: Table, lang: str
) -> Iterator[tuple[str, Found]]:
    """Yield the columns that stand under some heading for certain, then those that may."""
    folded = dict(zip(headings, fold(list(headings)), strict=True))
    left = [heading for heading in dict.fromkeys(headings) if heading]
    sure: dict[str, str] = {}
    for column, called in names.items():
        hits = [heading for heading in left if folded[heading] in fold(called)]
        if len(hits) == 1:
            sure[column] = hits[0]
    for column, heading in sure.items():
        yield column, Found(heading, sure=True)
    left = [heading for heading in left if heading not in sure.values()]
    for column, called in sorted(names.items(), key=lambda each: each[0] == table.total):  # what is left may be it
        if column not in sure:
            proposed = _proposed(column, called, left, table, lang)
            if proposed is not None:
                left.remove(proposed.heading)
                yield column, proposed


def _proposed(column: str, called: Sequence[str], left: Sequence[str], table: Table, lang: str) -> Found | None:
    if column == table.id:
        codes = [heading for heading in left if bare(heading).startswith(_CODES)]
        return (
            Found(codes[0], sure=False, reason=gettext("codes often stand under such a heading", lang))
            if codes
            else None
        )
    if column == "area":
        places = [heading for heading in left if bare(heading).startswith(_PLACES)]
        if places:
            return Found(places[-1], sure=False, reason=gettext("areas often stand under such a heading", lang))
    if column in table.figures:  # percentages are no amounts; percent(...) takes them where there is nothing else
        left = [heading for heading in left if stated_unit(heading, table) != PERCENT]
    for name in called:
        near = nearest(name, left)
        if near is not None:
            return Found(near, sure=False, reason=gettext("nearly “{name}”", lang, name=name))
    score, heading, name = max(
        ((_alike(heading, name), heading, name) for heading in left for name in called), default=(0.0, "", "")
    )
    if score >= _ENOUGH:
        return Found(heading, sure=False, reason=gettext("has words of “{name}”", lang, name=name))
    measured = [heading for heading in left if stated_unit(heading, table) is not None]
    if column == table.total and len(measured) == 1:
        return Found(measured[0], sure=False, reason=gettext("its unit is one of the table's", lang))
    return None


def _words(name: str) -> list[str]:
    return [word for part in re.split(r"[\W\d_]+", UNIT.sub("", name)) if len(word := bare(part)) > 1]
