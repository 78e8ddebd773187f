"""A scorecard as text, as wide as the terminal."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator, Sequence

from attrs import frozen

from envindicators.evaluation.scorecard import Scorecard
from envindicators.report.numbers import NO_INFORMATION
from envindicators.report.view import CardView, TargetView, YearView
from envindicators.report.view_of_card import IN_PYTHON, card_view
from envindicators.words.message import Message

NARROWEST = 20
"""A card is never made narrower than this."""

STACKED = 50
"""Below this width what a row holds stands one below the other; above it too where a value would be broken."""

_GAP = "  "
_CELL = 4
_NAME, _WIDE_NAME, _WORD = 14, 24, 8
_KEPT = "\N{NO-BREAK SPACE}"
_SPACES = re.compile(r"[ \t\r\n]+")


def card_text(card: Scorecard, width: int | None = None, capped: Message = IN_PYTHON) -> str:
    """Return a scorecard as text.

    Args:
        card: the card. One of several years shows them one after the other.
        width: how many columns a line may take; those of the terminal unless given, 100 where there is
            none, never fewer than 20.
        capped: the sentence that not all groups are shown and where they are, with ``{more}`` in it.
    """
    width = max(NARROWEST, shutil.get_terminal_size((100, 24)).columns if width is None else width)
    view = card_view(card, capped=capped)
    lines = [*wrap(view.caption, width)]
    for year in view.years:
        lines += ["", *_year(view, year, width)]
    lines += ["", *_signs(view, width)]
    for year in view.years:
        if year.duties:
            several = len(view.years) > 1 and year.heading
            heading = f"{year.heading}. {view.headings.duties}" if several else view.headings.duties
            lines += ["", *wrap(f"{heading}:", width)]
            lines += [line for duty in year.duties for line in _noted(duty, width, "")]
    lines += ["", *(line for words in view.totals for line in wrap(f"! {words}", width))] if view.totals else []
    if view.gaps:
        lines += ["", *wrap(f"{view.headings.gaps}:", width)]
        lines += [line for gap in view.gaps for line in _noted(gap, width, "")]
    lines += ["", *wrap(view.reviews, width)] if view.reviews else []
    return "\n".join(line.replace(_KEPT, " ").rstrip() for line in lines)


def folded(text: str, width: int | None = None) -> str:
    """Return text with the lines that are wider than the terminal folded, below their own indent.

    Where there is no terminal, and no width is given, lines stay whole.
    """
    width = shutil.get_terminal_size((0, 24)).columns if width is None else width
    if not width:
        return text
    width = max(NARROWEST, width)
    lines: list[str] = []
    for line in text.split("\n"):
        if text_width(line) <= width:
            lines.append(line)
            continue
        indent = " " * min(len(line) - len(line.lstrip(" ")), width // 3)
        lines += [indent + piece for piece in wrap(line, width - len(indent))]
    return "\n".join(lines)


def _year(view: CardView, year: YearView, width: int) -> Iterator[str]:
    yield from wrap(year.summary, width)
    yield ""
    columns = _columns(view, year.targets, width)
    yield from _stack(view, year.targets, width) if columns is None else _table(view, year.targets, width, columns)
    if view.groups is not None:
        yield from _matrix(view, year.targets, width)


def _signs(view: CardView, width: int) -> Iterator[str]:
    if view.groups is not None:
        yield from wrap(view.groups.capped, width)
        yield from wrap(view.groups.level, width)
    yield from wrap("  ".join(f"{sign} {word}".replace(" ", _KEPT) for sign, word in view.legend), width)
    yield from wrap(view.signs, width)


# width


def text_width(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    A mark that stands on the letter before it takes none, a wide East Asian letter two; so the two
    encodings of a Vietnamese letter are equally wide.

    Example:
        >>> text_width("tỉnh"), text_width(unicodedata.normalize("NFD", "tỉnh")), text_width("水")
        (4, 4, 2)
    """
    return sum(_letter_width(letter) for letter in text)


def _letter_width(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Fill a text up to a width with spaces, behind it or before it."""
    space = " " * max(0, width - text_width(text))
    return space + text if right else text + space


def wrap(text: str, width: int) -> Iterator[str]:
    """Yield a text in lines of some width, broken at spaces, and within a word only if it is wider than a line."""
    line = ""
    for word in _SPACES.split(text.strip()):
        for place, piece in enumerate(_pieces(word, width)):
            if line and not place and text_width(line) + 1 + text_width(piece) <= width:
                line = f"{line} {piece}"
                continue
            if line:
                yield line
            line = piece
    if line:
        yield line


def _pieces(word: str, width: int) -> Iterator[str]:
    """Yield a word cut into pieces no wider than a line; marks stay with their letters."""
    piece = ""
    for letter in word:
        if piece and text_width(piece) + _letter_width(letter) > width:
            yield piece
            piece = ""
        piece += letter
    yield piece


# the table


@frozen
class _Columns:
    """The widths of the columns: number and name of the target, share, threshold, verdict."""

    order: int
    name: int
    share: int
    threshold: int
    verdict: int


def _row(columns: _Columns, cells: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a row, each cell wrapped in its column."""
    widths = (columns.order, columns.name, columns.share, columns.threshold, columns.verdict)
    wrapped = [list(wrap(cell, width)) for cell, width in zip(cells, widths, strict=True)]
    for place in range(max(1, *map(len, wrapped))):
        parts = [
            pad(lines[place] if place < len(lines) else "", width, right=column in (2, 3))
            for column, (lines, width) in enumerate(zip(wrapped, widths, strict=True))
        ]
        yield _GAP.join(parts).rstrip()


def _heads(view: CardView) -> list[str]:
    headings = view.headings
    return ["", headings.target, headings.result, headings.threshold, headings.verdict]


def _columns(view: CardView, targets: Sequence[TargetView], width: int) -> _Columns | None:
    """Return the widths of the columns; None where there is no room for a table in which every value is whole."""
    cells = [row for target in targets for row in _cells(target)]
    columns = _fitted([_heads(view), *cells], width)
    values = max(text_width(row[2]) for row in cells)
    return columns if width >= STACKED and columns.share >= values else None


def _table(view: CardView, targets: Sequence[TargetView], width: int, columns: _Columns) -> Iterator[str]:
    yield from _row(columns, _heads(view))
    yield "─" * width
    indent = " " * (columns.order + len(_GAP))
    for target in targets:
        for cells in _cells(target):
            yield from _row(columns, cells)
        yield from _notes(view, target, width, indent)


def _stack(view: CardView, targets: Sequence[TargetView], width: int) -> Iterator[str]:
    """Yield the targets of a card that is too narrow for a table, each in lines of its own."""
    yield "─" * width
    for target in targets:
        if target is not targets[0]:
            yield ""
        yield from wrap(f"{target.order} {_name(target)}", width)
        for result in target.results:
            yield from wrap(f"- {result.name}: {result.text}" if target.several else result.text, width)
        yield from wrap(_verdict(target), width)
        yield from _notes(view, target, width, "")


def _noted(note: str, width: int, indent: str, mark: str = "· ") -> Iterator[str]:
    for place, line in enumerate(wrap(note, width - len(indent) - 2)):
        yield f"{indent}{'  ' if place else mark}{line}"


def _fitted(rows: Sequence[Sequence[str]], width: int) -> _Columns:
    """Return widths that together fill a line: short columns as wide as they need, the name the rest.

    Headings give way first, then the verdict, then the name; a share is broken only where nothing else helps.
    """
    heads, *cells = rows
    order, share, threshold, verdict = (max(text_width(row[column]) for row in cells) for column in (0, 2, 3, 4))
    verdict = min(verdict, max(12, width // 4))
    room = width - order - 4 * len(_GAP)
    words = {column: max(text_width(word) for word in heads[column].split(" ")) for column in (2, 3)}
    share, threshold = max(share, words[2]), max(threshold, words[3])
    for column in (3, 2):
        full = text_width(heads[column])
        if column == 3 and room - share - max(threshold, full) - verdict >= _NAME:
            threshold = max(threshold, full)
        if column == 2 and room - max(share, full) - threshold - verdict >= _WIDE_NAME:
            share = max(share, full)
    room -= threshold
    verdict = min(verdict, max(_WORD, room - share - _NAME))
    share = min(share, max(_WORD, room - verdict - _WORD))
    return _Columns(order, max(1, room - share - verdict), share, threshold, verdict)


def _cells(target: TargetView) -> list[list[str]]:
    """Return the cells of a target: one row, and one more for each of several requirements."""
    order, name, verdict = str(target.order), _name(target), _verdict(target)
    if not target.several:
        (only,) = target.results
        return [[order, name, only.value, only.threshold, verdict]]
    parts = [["", f"- {each.name}", each.value, each.threshold, each.verdict.word] for each in target.results]
    return [[order, name, "", "", verdict], *parts]


def _name(target: TargetView) -> str:
    name = f"{target.name} [{target.section.replace(' ', _KEPT)}]"
    return f"{name}: {target.several}" if target.several else name


def _verdict(target: TargetView) -> str:
    return f"{target.verdict.symbol} {target.verdict.word}"


def _notes(view: CardView, target: TargetView, width: int, indent: str) -> Iterator[str]:
    for note in filter(None, (target.reason, target.reading)):
        yield from _noted(note, width, indent)
    if target.telling:
        yield from _noted(f"{view.headings.other_readings}:", width, indent)
    for reading in target.telling:
        yield from _noted(f"{reading.name}: {reading.text}", width, f"{indent}  ", mark="- ")


# the groups


def _matrix(view: CardView, targets: Sequence[TargetView], width: int) -> Iterator[str]:
    """Yield a line for each group with a sign for each target."""
    assert view.groups is not None
    labels, heading = view.groups.labels, view.groups.heading
    room = min(max(map(text_width, [*labels, heading])), width // 3)
    per_line = max(1, (width - room) // _CELL)
    for first in range(0, len(targets), per_line):
        block = targets[first : first + per_line]
        yield ""
        *above, last = wrap(heading, room)
        yield from above
        yield pad(last, room) + "".join(f"{target.order:>3} " for target in block)
        for label, cells in zip(labels, zip(*(target.cells for target in block), strict=True), strict=True):
            name, *rest = list(wrap(label, room)) or [""]
            signs = (NO_INFORMATION if cell is None else cell.verdict.symbol for cell in cells)
            yield pad(name, room) + "".join(
                pad(f"{sign:>{_CELL}}" if len(sign) > 2 else f"  {sign}", _CELL) for sign in signs
            )
            yield from rest
