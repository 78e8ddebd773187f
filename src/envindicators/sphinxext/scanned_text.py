"""A scanned document as text: its lines put together again, its corrections found, its sentences traced to clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from attrs import field, frozen

from envindicators.definitions.programme import Duty, Target
from envindicators.definitions.source import Correction

_SECTION = re.compile(r"(?P<number>[IVXLC]+)- ")
_POINT = re.compile(r"(?P<number>\d+)- ")
_STARTS = re.compile(r" ?(?:[IVXLC]+- |\d+- |- ?\S)|\s+[^\W\d_a-zà-ỹ]")


@frozen
class Block:
    """A heading, a paragraph or an item of a list.

    Args:
        kind: ``"section"``, ``"point"``, ``"item"`` or ``"paragraph"``.
        words: its words as they must have been, white space folded.
        corrections: where its words differ from the scan: first and last place, and the correction.
    """

    kind: str
    words: str
    corrections: tuple[tuple[int, int, Correction], ...] = field(repr=False)


@frozen
class Passage:
    """Where a clause stands in a text.

    Args:
        block: the number of its block.
        start: where in the words of the block it begins.
        end: and ends.
        owners: the targets that it sets, or the duty.
    """

    block: int
    start: int
    end: int
    owners: tuple[Target | Duty, ...]


def blocks(text: str, corrections: Sequence[Correction]) -> list[Block]:
    r"""Return the headings, paragraphs and items of a scanned text, with corrections applied wherever they fit.

    A block begins after a blank line, at a number or bullet, and at an indented capital; one that begins with a small
    letter goes on with the block before.

    Example:
        >>> made = blocks("I- VIỆC\n\nPhải phối họp \nvới dân\n- việc một", [Correction("phối họp", "phối hợp")])
        >>> [(block.kind, block.words) for block in made]
        [('section', 'I- VIỆC'), ('paragraph', 'Phải phối hợp với dân'), ('item', 'việc một')]
    """
    return [_block(words, corrections) for words in _joined(text)]


def _joined(text: str) -> list[str]:
    found: list[str] = []
    fresh = True
    for line in text.splitlines():
        words = " ".join(line.split())
        if not words:
            fresh = True
            continue
        begins = _STARTS.match(line) is not None or (fresh and not words[0].islower())
        if begins or not found:
            found.append(words)
        else:
            found[-1] += f" {words}"
        fresh = False
    return found


def _block(scan: str, corrections: Sequence[Correction]) -> Block:
    words, placed = "", list[tuple[int, int, Correction]]()
    by_scan = {correction.scan: correction for correction in corrections}
    wanted = sorted(by_scan, key=len, reverse=True)
    for piece in re.split("|".join(f"({re.escape(each)})" for each in wanted), scan) if wanted else [scan]:
        if piece in by_scan:
            corrected = by_scan[piece]
            placed.append((len(words), len(words) + len(corrected.corrected), corrected))
            words += corrected.corrected
        else:
            words += piece or ""
    kind = "section" if _SECTION.match(words) else "paragraph"
    if _POINT.match(words) and not words.endswith((".", ";", ":")):
        kind = "point"
    if words.startswith("- "):
        kind, words = "item", words[2:]
        placed = [(max(start - 2, 0), end - 2, correction) for start, end, correction in placed if end > 2]
    return Block(kind, words, tuple(placed))


def passages(text: Sequence[Block], owners: Iterable[Target | Duty]) -> tuple[list[Passage], list[Target | Duty]]:
    """Return where the clauses of targets and duties stand in a text, and those whose words stand nowhere in it."""
    by_quote: dict[str, list[Target | Duty]] = {}
    for owner in owners:
        if not owner.clause.paraphrase:
            by_quote.setdefault(owner.clause.quote, []).append(owner)
    found: list[Passage] = []
    lost: list[Target | Duty] = []
    for quote, those in by_quote.items():
        places = [(number, block.words.find(quote)) for number, block in enumerate(text)]
        free = [
            (number, start)
            for number, start in places
            if start >= 0 and not any(each.block == number and each.start <= start < each.end for each in found)
        ]
        if free:
            number, start = free[0]
            found.append(Passage(number, start, start + len(quote), tuple(those)))
        else:
            lost += those
    return sorted(found, key=lambda each: (each.block, each.start)), lost
