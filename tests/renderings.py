"""A table as an office may write it: in which file, with what around it, and the form that says so."""

from __future__ import annotations

import unicodedata
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
from attrs import frozen

import envindicators as ei

TONES = "\u0300\u0301\u0303\u0309\u0323"

NUMBERS = {
    "1.234,5": lambda count: f"{count:,}".replace(",", "."),
    "1,234.5": lambda count: f"{count:,}",
    "1 234,5": lambda count: f"{count:,}".replace(",", "\u00a0"),
    "1\u00a0234,5": lambda count: f"{count:,}".replace(",", "\u202f"),
}
"""How whole numbers are written, by how a form says it."""


@frozen
class Style:
    """How a table is written.

    Args:
        file: the end of its name.
        separator: what stands between the cells of a text file.
        encoding: how a text file is encoded.
        normal: the form of Unicode that its text is in.
        numbers: how numbers are written, as a form says it; None for numbers as such.
        blank: what is written where nothing is known; None for an empty cell.
        zero: what is written for none; None for a 0.
        titles: what stands above the heading.
        foot: what stands below the rows.
        total: whether a row of totals stands below the rows.
        wide: whether the settlements stand side by side.
        merged: whether the name of an area stands once for its rows, in a merged cell, or a heading over its columns.
        order: the order of the columns.
        noise: whether there is a column that is not the table's.
    """

    file: str
    separator: str
    encoding: str
    normal: str
    numbers: str | None
    blank: str | None
    zero: str | None
    titles: tuple[str, ...]
    foot: tuple[str, ...]
    total: bool
    wide: bool
    merged: bool
    order: tuple[int, ...]
    noise: bool

    @property
    def of_text(self):
        return self.file == ".csv"


SETTLEMENTS = {"urban": "Thành thị", "rural": "Nông thôn"}
COLUMNS = {"persons": "Số dân", "hygienic_water": "Dùng nước hợp vệ sinh"}


def written(style, rows, folder):
    """Write rows (area, settlement, persons, water) in a style; return the file and the form that reads it."""
    heading, body, merged = (_wide if style.wide else _long)(style, rows)
    above = [[title] for title in style.titles]
    grid = [*above, *heading, *body, *([note] for note in style.foot)]
    merged = [(first + len(above), column, last + len(above), end) for first, column, last, end in merged]
    return put(style, grid, folder, merged), _form(style, len(above), len(heading))


def put(style, grid, folder, merged=()):
    """Write rows of cells to a file in a style; return it."""
    width = max(map(len, grid))
    grid = [[_told(style, cell) for cell in (*row, *[None] * (width - len(row)))] for row in grid]
    path = Path(folder) / f"bieu{style.file}"
    {".csv": _csv, ".xlsx": _xlsx, ".ods": _ods}[style.file](path, style, grid, merged)
    return path


def _told(style, cell):
    return unicodedata.normalize(style.normal, cell) if isinstance(cell, str) else cell


def _count(style, count):
    if count is None:
        return style.blank
    if count == 0 and style.zero is not None:
        return style.zero
    if style.numbers is not None:
        return NUMBERS[style.numbers](count)
    return count


def _sum(counts):
    return None if None in counts else sum(counts)


def _shuffled(style, row):
    return [row[place] for place in style.order if place < len(row)]


def _long(style, rows):
    heads = ["Huyện", "Khu vực", *COLUMNS.values(), *(["Ghi chú"] if style.noise else [])]
    body, merged = [], []
    for number, (area, settlement, *counts) in enumerate(rows):
        again = style.merged and number > 0 and rows[number - 1][0] == area
        name = None if again else area
        row = [name, SETTLEMENTS[settlement], *(_count(style, count) for count in counts)]
        body.append(_shuffled(style, [*row, *(["x"] if style.noise else [])]))
        if again:
            column = _shuffled(style, list(range(len(heads)))).index(0) + 1
            merged.append((number + 1, column, number + 2, column))
    return [_shuffled(style, heads)], body, merged


def _wide(style, rows):
    """Settlements side by side, under a heading of two rows; a total below where the style has one."""
    upper, lower = ["Huyện"], ["Huyện" if not style.merged else None]
    for name in SETTLEMENTS.values():
        upper += [name, None if style.merged else name]
        lower += COLUMNS.values()
    held = {}
    for area, settlement, *counts in rows:
        held.setdefault(area, dict.fromkeys(SETTLEMENTS, (None, None)))[settlement] = counts
    listed = [[area, *(count for each in by.values() for count in each)] for area, by in held.items()]
    if style.total:
        listed.append(["Tổng cộng", *(_sum(column) for column in list(zip(*listed, strict=True))[1:])])
    body = [[area, *(_count(style, count) for count in counts)] for area, *counts in listed]
    merged = [(1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 5)] if style.merged else []
    return [upper, lower], body, merged


def _form(style, above, heads):
    columns = {"area": "Huyện"}
    shape = {}
    if style.wide:
        into = {
            key: {column: f"{name} / {called}" for column, called in COLUMNS.items()}
            for key, name in SETTLEMENTS.items()
        }
        shape["stack"] = ei.stack("settlement", into)
    else:
        columns |= {"settlement": "Khu vực", **COLUMNS}
        shape["values"] = {"settlement": {name: key for key, name in SETTLEMENTS.items()}}
    of_text = {}
    if style.of_text:
        plain = style.encoding in ("utf-8", "utf-8-sig")
        of_text = {"separator": style.separator} | ({} if plain else {"encoding": style.encoding})
    return ei.Form(
        columns=columns,
        heading=tuple(range(above + 1, above + heads + 1)),
        foot=len(style.foot),
        numbers=style.numbers,
        blank=[] if style.blank is None else [style.blank],
        zero=[] if style.zero is None else [style.zero],
        totals="drop" if style.total else None,
        **shape,
        **of_text,
    )


def _csv(path, style, grid, _):
    def quoted(cell):
        text = "" if cell is None else str(cell)
        special = any(letter in text for letter in (style.separator, '"', "\n"))
        return '"' + text.replace('"', '""') + '"' if special else text

    text = "".join(style.separator.join(map(quoted, row)) + "\n" for row in grid)
    if style.encoding == "cp1258":
        text = "".join(map(parted, unicodedata.normalize("NFC", text)))
    path.write_bytes(text.encode(style.encoding))


def parted(letter):
    """Return a letter as cp1258 has it: parted from its tone, where it has not the two as one."""
    try:
        letter.encode("cp1258")
    except UnicodeEncodeError:
        marks = unicodedata.normalize("NFD", letter)
        tone = next(mark for mark in marks if mark in TONES)
        return unicodedata.normalize("NFC", marks.replace(tone, "")) + tone
    return letter


def _xlsx(path, _, grid, merged):
    book = openpyxl.Workbook()
    for row in grid:
        book.active.append(row)
    for first, column, last, end in merged:
        book.active.merge_cells(start_row=first, start_column=column, end_row=last, end_column=end)
    book.save(path)


def _ods(path, _, grid, merged):
    spans = {(first, column): (last - first + 1, end - column + 1) for first, column, last, end in merged}
    rows = []
    for number, row in enumerate(grid, start=1):
        cells = []
        for position, cell in enumerate(row, start=1):
            high, broad = spans.get((number, position), (1, 1))
            span = f' t:number-rows-spanned="{high}" t:number-columns-spanned="{broad}"' if high * broad > 1 else ""
            if cell is None:
                cells.append(f"<t:table-cell{span}/>")
            elif isinstance(cell, int):
                cells.append(
                    f'<t:table-cell{span} o:value-type="float" o:value="{cell}"><x:p>{cell:,}</x:p></t:table-cell>'
                )
            else:
                cells.append(f'<t:table-cell{span} o:value-type="string"><x:p>{escape(cell)}</x:p></t:table-cell>')
        rows.append(f"<t:table-row>{''.join(cells)}</t:table-row>")
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    names = {"o": "office", "t": "table", "x": "text"}
    spaces = " ".join(f'xmlns:{name}="{urn}:{kind}:1.0"' for name, kind in names.items())
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", f'<o:c {spaces}><t:table t:name="a">{"".join(rows)}</t:table></o:c>')
