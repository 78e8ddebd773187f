"""A scorecard as text, as wide as the terminal."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Generator, Iterator, Sequence

from attrs import frozen

from envindicators.evaluation.assessment import Assessment
from envindicators.evaluation.scorecard import Scorecard
from envindicators.report.cards import (
    by_words,
    caption,
    duties_words,
    group_columns,
    group_key,
    group_label,
    level_words,
    more_words,
    reviews_words,
    summary,
    totals_words,
)
from envindicators.report.numbers import shares, threshold_words
from envindicators.report.readings import reading_result, reading_words, telling_readings
from envindicators.report.verdicts import VERDICTS, judgement_key, legend, reason_words, symbol, verdict_words
from envindicators.words.message import gettext

SHOWN_GROUPS = 30
"""How many groups are shown."""

NARROWEST = 20
"""A card is never made narrower than this."""

STACKED = 50
"""Below this width what a row holds stands one below the other."""

_GAP = "  "
_CELL = 4
_NAME, _WIDE_NAME, _WORD = 14, 24, 8
_KEPT = "\N{NO-BREAK SPACE}"
_SPACES = re.compile(r"[ \t\r\n]+")


def card_text(card: Scorecard, width: int | None = None) -> str:
    """Return a scorecard as text.

    Args:
        card: the card. One of several years shows them one after the other.
        width: how many columns a line may take; those of the terminal unless given, 100 where there is
            none, never fewer than 20.
    """
    width = max(NARROWEST, shutil.get_terminal_size((100, 24)).columns if width is None else width)
    lang = card.lang
    lines = list(wrap(caption(card, lang), width))
    several = len(card.years) > 1
    for year in card.years:
        one = card.of_year(year) if several and year is not None else card
        lines += ["", *_year(one, width)]
    totals = totals_words(card, lang)
    lines += ["", *(line for words in totals for line in wrap(f"! {words}", width))] if totals else []
    reviews = reviews_words(card.programme, lang)
    lines += ["", *wrap(reviews, width)] if reviews else []
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


def _year(card: Scorecard, width: int) -> Iterator[str]:
    lang = card.lang
    yield from wrap(summary(card, lang), width)
    yield ""
    whole = list(card)
    yield from _table(whole, width, lang) if width >= STACKED else _stack(whole, width, lang)
    shown = list(whole)
    if group_columns(card) and card.groups:
        shown += yield from _matrix(card, whole, width)
    yield ""
    shapes = "  ".join(f"{shape} {word}".replace(" ", _KEPT) for shape, word in legend(shown, lang) if shape != "-")
    if group_columns(card) and card.groups:
        yield from wrap(shapes, width)
    yield from wrap(gettext("- : none arose; ... : no figure reported", lang), width)
    duties = duties_words(card, lang)
    if duties:
        yield ""
        yield from wrap(f"{gettext('Duties measured (the text sets no level, so there is no verdict)', lang)}:", width)
        for duty in duties:
            yield from _noted(duty, width, "")


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


def _table(assessments: Sequence[Assessment], width: int, lang: str) -> Iterator[str]:
    rows = [(assessment, _cells(order, assessment, lang)) for order, assessment in enumerate(assessments, 1)]
    heads = ["", gettext("Target", lang), gettext("Share", lang), gettext("Threshold", lang), gettext("Verdict", lang)]
    every = [heads, *(cells for _, group in rows for cells in group)]
    columns = _fitted(every, width)
    yield from _row(columns, heads)
    yield "─" * width
    indent = " " * (columns.order + len(_GAP))
    for assessment, group in rows:
        for cells in group:
            yield from _row(columns, cells)
        for note in _notes(assessment, lang):
            yield from _noted(note, width, indent)


def _stack(assessments: Sequence[Assessment], width: int, lang: str) -> Iterator[str]:
    """Yield the targets of a card that is too narrow for a table, each in lines of its own."""
    yield "─" * width
    for order, assessment in enumerate(assessments, 1):
        for number, name, share, threshold, verdict in _cells(order, assessment, lang):
            yield from wrap(f"{number} {name}", width)
            if share:
                yield from wrap(f"{share} ({threshold})".replace("≥ ", f"≥{_KEPT}").replace("≤ ", f"≤{_KEPT}"), width)
            yield from wrap(verdict, width)
        for note in _notes(assessment, lang):
            yield from _noted(note, width, "")
        yield ""


def _noted(note: str, width: int, indent: str) -> Iterator[str]:
    for place, line in enumerate(wrap(note, width - len(indent) - 2)):
        yield f"{indent}{'  ' if place else '· '}{line}"


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


def _cells(order: int, assessment: Assessment, lang: str) -> list[list[str]]:
    """Return the cells of a target: one row, and one more for each of several requirements."""
    target, judgements = assessment.target, assessment.judgements
    section = target.clause.section.replace(" ", _KEPT)
    name = f"{target.name.in_(lang)} [{section}]"
    verdict = f"{symbol(assessment)} {verdict_words(assessment, lang)}"
    if len(judgements) == 1:
        only = judgements[0]
        return [[str(order), name, shares(only, lang), threshold_words(only.threshold, lang), verdict]]
    rows = [
        [
            str(order),
            f"{name}: {gettext('{count} requirements, all to be met', lang, count=len(judgements))}",
            "",
            "",
            verdict,
        ]
    ]
    for judgement in judgements:
        assert judgement.requirement is not None
        key = judgement_key(judgement, due=assessment.due)
        word = VERDICTS[key].in_(lang)
        said = f"- {judgement.requirement.indicator.name.in_(lang)}"
        rows.append(["", said, shares(judgement, lang), threshold_words(judgement.threshold, lang), word])
    return rows


def _notes(assessment: Assessment, lang: str) -> Iterator[str]:
    reason = reason_words(assessment, lang)
    if reason:
        yield reason
    telling = telling_readings(assessment)
    if assessment.contested:
        yield f"{gettext('The reading used', lang)}: {reading_words(assessment.reading, lang)}"
    for each in telling:
        result = reading_result(each, lang).replace("≥ ", f"≥{_KEPT}").replace("≤ ", f"≤{_KEPT}")
        yield f"{gettext('Other readings', lang)}: {reading_words(each.reading, lang)}: {result}"


# the groups


def _matrix(card: Scorecard, whole: Sequence[Assessment], width: int) -> Generator[str, None, list[Assessment]]:
    """Yield a line for each group with a shape for each target; return the assessments shown."""
    lang = card.lang
    groups = card.groups[:SHOWN_GROUPS]
    labels = [group_label(group_key(card, group)) for group in groups]
    room = min(max(map(text_width, [*labels, by_words(card, lang)])), width // 3)
    per_line = max(1, (width - room) // _CELL)
    shown = [[card[target.target.key, group] for target in whole] for group in groups]
    for first in range(0, len(whole), per_line):
        block = range(first, min(first + per_line, len(whole)))
        yield ""
        *above, heading = wrap(by_words(card, lang), room)
        yield from above
        yield pad(heading, room) + "".join(f"{place + 1:>3} " for place in block)
        for label, row in zip(labels, shown, strict=True):
            name = list(wrap(label, room)) or [""]
            marks = "".join(pad(f"  {symbol(row[place])}", _CELL) for place in block)
            yield pad(name[0], room) + marks
            yield from name[1:]
    if len(card.groups) > len(groups):
        yield from wrap(
            gettext(
                "Not all are shown here ({more}); card.to_frame() has them all, and --json on the command line.",
                lang,
                more=more_words(card, len(card.groups) - len(groups), lang),
            ),
            width,
        )
    yield from wrap(level_words(card, lang), width)
    return [each for row in shown for each in row]
