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

from attrs import frozen

from envindicators.definitions.table import KEY_COLUMNS, Table
from envindicators.errors import NoSuchFile, UnreadableTable
from envindicators.frames.excel import workbook_pages
from envindicators.frames.files import kind_of
from envindicators.frames.page import page_of
from envindicators.words.catalogue import languages
from envindicators.words.message import Message, gettext
from envindicators.words.spelling import bare, fold, nearest
from envindicators.words.text import Text

_HEAD, _ROWS, _WIDEST = 30, 2000, 500
"""In how many rows a heading is looked for, and how many rows and columns are looked at."""

_UNIT = re.compile(r"\(([^()]*)\)")
_ENOUGH = 0.4
"""How much of a name a heading must say to be proposed."""

_NUMBERS = {
    "1.234,5": re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?|-?\d+,\d+"),
    "1,234.5": re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?"),
    "1 234,5": re.compile(r"-?\d{1,3}([ \u00a0\u202f]\d{3})+(,\d+)?"),
}
_PLACES = ("huyen", "quan", "xa", "phuong", "tinh", "diaphuong", "donvi", "district", "province", "commune", "tenhuyen")
"""Headings that areas often stand under, bare."""


@frozen
class _Found:
    """Where a column stands.

    Args:
        heading: its heading in the file.
        sure: whether the heading is its key, or a name that it is published under.
        reason: why it is proposed, where that is not sure.
    """

    heading: str
    sure: bool
    reason: str = ""


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
    matched = dict(_matched(headings, names, table, lang))
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
    below = [[_text(cell) for cell in row] for row in rows[last + 1 :]]
    values = {
        column: [row[headings.index(each.heading)] for row in below if headings.index(each.heading) < len(row)]
        for column, each in found.items()
    }
    lines += [*_units(table, found, lang), *_cells(table, values, lang), "", "[columns]"]
    spoken = {column: column if (name := table.name_of(column)) is None else name.in_(lang) for column in names}
    lines += _column_lines(spoken, found, headings, lang)
    lines += [line for column in values if column in found for line in _values(table, column, values[column], lang)]
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
        cells = list(dict.fromkeys(text for cell in row if (text := _text(cell)) and not text[0].isdigit()))
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
) -> Iterator[tuple[str, _Found]]:
    """Yield the columns that stand under some heading for certain, then those that may."""
    folded = dict(zip(headings, fold(list(headings)), strict=True))
    left = [heading for heading in dict.fromkeys(headings) if heading]
    sure: dict[str, str] = {}
    for column, called in names.items():
        hits = [heading for heading in left if folded[heading] in fold(called)]
        if len(hits) == 1:
            sure[column] = hits[0]
    for column, heading in sure.items():
        yield column, _Found(heading, sure=True)
    left = [heading for heading in left if heading not in sure.values()]
    for column, called in sorted(names.items(), key=lambda each: each[0] == table.total):  # what is left may be it
        if column not in sure:
            proposed = _proposed(column, called, left, table, lang)
            if proposed is not None:
                left.remove(proposed.heading)
                yield column, proposed


def _proposed(column: str, called: Sequence[str], left: Sequence[str], table: Table, lang: str) -> _Found | None:
    if column == "area":
        places = [heading for heading in left if bare(heading).startswith(_PLACES)]
        if places:
            return _Found(places[-1], sure=False, reason=gettext("areas often stand under such a heading", lang))
    for name in called:
        near = nearest(name, left)
        if near is not None:
            return _Found(near, sure=False, reason=gettext("nearly “{name}”", lang, name=name))
    score, heading, name = max(
        ((_alike(heading, name), heading, name) for heading in left for name in called), default=(0.0, "", "")
    )
    if score >= _ENOUGH:
        return _Found(heading, sure=False, reason=gettext("has words of “{name}”", lang, name=name))
    units = table.unit.meant(per_day=table.period == "flow")
    measured = [each for each in left if any(bare(unit) in map(bare, units) for unit in _UNIT.findall(each))]
    if column == table.total and len(measured) == 1:
        return _Found(measured[0], sure=False, reason=gettext("its unit is one of the table's", lang))
    return None


def _words(name: str) -> list[str]:
    return [word for part in re.split(r"[\W\d_]+", _UNIT.sub("", name)) if len(word := bare(part)) > 1]


# what is written


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _column_lines(
    spoken: dict[str, str], found: dict[str, _Found], headings: Sequence[str], lang: str
) -> Iterator[str]:
    for column, name in spoken.items():
        each = found.get(column)
        if each is None:
            said = gettext("missing: no heading is like “{name}”", lang, name=name)
            yield f'# {column} = ""  # {said}'
        elif each.sure:
            yield f"{column} = {_quoted(each.heading)}"
        else:
            said = gettext("proposed: {reason}", lang, reason=each.reason)
            yield f"# {column} = {_quoted(each.heading)}  # {said}"
    used = {each.heading for each in found.values()}
    unused = [heading for heading in dict.fromkeys(headings) if heading and heading not in used]
    if unused:
        said = gettext("not used: {headings}", lang, headings="; ".join(unused))
        yield f"# {' '.join(said.split())}"


def _units(table: Table, found: dict[str, _Found], lang: str) -> Iterator[str]:
    """Yield the unit that the heading of the total names."""
    total = found.get(table.total)
    meant = {bare(word): unit for word, unit in table.unit.meant(per_day=table.period == "flow").items()}
    for written in [] if total is None else _UNIT.findall(total.heading):
        unit = meant.get(bare(written))
        if unit is not None and unit != table.unit.key:
            said = gettext("the heading says “{unit}”", lang, unit=written)
            yield f'# unit = "{unit}"  # {said}'


def _cells(table: Table, values: dict[str, list[str]], lang: str) -> Iterator[str]:
    """Yield how numbers seem to be written, and marks that are no numbers."""
    numeric = {table.total, *(part.key for part in table.parts)}
    cells = [cell for column in values if column in numeric for cell in values[column] if cell]
    for numbers, pattern in _NUMBERS.items():
        hits = [cell for cell in cells if pattern.fullmatch(cell)]
        if hits:
            said = gettext("written so: {cells}", lang, cells=", ".join(dict.fromkeys(hits[:5])))
            yield f'# numbers = "{numbers}"  # {said}'
            break
    marks = [cell for cell in dict.fromkeys(cells) if not re.search(r"\d", cell) and len(cell) < 20]
    if marks:
        listed = ", ".join(map(_quoted, marks[:10]))
        blank = gettext("stands where numbers are expected; none known", lang)
        zero = gettext("the same, where it means none", lang)
        yield f"# blank = [{listed}]  # {blank}"
        yield f"# zero = [{listed}]  # {zero}"


def _values(table: Table, column: str, cells: Sequence[str], lang: str) -> Iterator[str]:
    """Yield values of a category that are none of those allowed."""
    category = table.category(column)
    if category is None:
        return
    written = {bare(name): value for name, value in category.written.items()}
    known = set(fold([*category.values, *category.written]))
    others = [cell for cell in dict.fromkeys(cells) if cell and fold([cell])[0] not in known][:50]
    if not others:
        return
    yield from ("", f"[values.{column}]")
    for cell in others:
        near = written.get(bare(cell)) or nearest(cell, category.values, category.written)
        if near is None:
            said = gettext("missing: one of {known}", lang, known=", ".join(category.values))
            yield f'# {_quoted(cell)} = ""  # {said}'
        else:
            said = gettext("proposed: {reason}", lang, reason=category.name_of(near).in_(lang))
            yield f'# {_quoted(cell)} = "{near}"  # {said}'
