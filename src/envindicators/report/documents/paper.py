"""What stands in a report, in its language and in order: plain objects, which each kind of file only lays out."""

from __future__ import annotations

import datetime
from typing import Any, Literal

from attrs import frozen

from envindicators.report.view import ResultView


@frozen
class Words:
    """A paragraph: running text, the answer, or a note in smaller letters."""

    text: str
    kind: Literal["", "answer", "note"] = ""


@frozen
class Heading:
    """A heading within a part."""

    text: str


@frozen
class Bullets:
    """Sentences, each on its own."""

    lines: tuple[str, ...]


@frozen
class Told:
    """Headings with the lines that stand below each, and the language of a line that is quoted."""

    sections: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@frozen
class Drawing:
    """A picture, with what stands below it."""

    picture: Any
    caption: str


@frozen
class Grid:
    """A table of text.

    Args:
        heads: the headings of its columns.
        rows: its rows; a line break parts lines within a cell.
        numbers: the places of the columns that hold numbers.
        widths: how wide the columns are, against each other.
        codes: the places of the columns whose words may be broken anywhere.
        strong: the places of the rows that are set in bold.
        middle: the places of the columns that are centred.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    numbers: frozenset[int] = frozenset()
    codes: frozenset[int] = frozenset()
    strong: frozenset[int] = frozenset()
    middle: frozenset[int] = frozenset()

    @property
    def grid(self) -> Grid:
        """The table itself."""
        return self


@frozen
class TargetRow:
    """A target, or a requirement of one that has several.

    Args:
        order: its number; "" for a requirement.
        name: its name.
        threshold: its threshold.
        earlier: what came out the year before.
        value: what has come out.
        verdict: what is concluded, and why where it is not certain.
        result: the result in numbers; None where there are several.
        before: that of the year before.
    """

    order: str
    name: str
    threshold: str
    earlier: str
    value: str
    verdict: str
    result: ResultView | None = None
    before: ResultView | None = None


@frozen
class TargetTable:
    """The results by target, those of the year before beside them.

    Args:
        heads: number, target, threshold, result of the year before, result, verdict.
        rows: the rows.
        compared: whether results of the year before are known; without, they have no column.
    """

    heads: tuple[str, ...]
    rows: tuple[TargetRow, ...]
    compared: bool

    @property
    def grid(self) -> Grid:
        """The table as text."""
        kept = [place for place in range(6) if place != 3 or self.compared]
        rows = [(row.order, row.name, row.threshold, row.earlier, row.value, row.verdict) for row in self.rows]
        widths = (1.1, 5.6, 2.7, 2.7, 3.0, 4.2)
        return Grid(
            tuple(self.heads[place] for place in kept),
            tuple(tuple(row[place] for place in kept) for row in rows),
            tuple(widths[place] for place in kept),
            frozenset(range(2, len(kept) - 1)),
            middle=frozenset([0]),
        )


@frozen
class GroupRow:
    """A target in one group, or as a whole."""

    order: str
    name: str
    result: ResultView
    whole: bool = False


@frozen
class GroupTable:
    """The results of a requirement in every group: numerator, denominator, value, verdict.

    Args:
        heads: number, group, numerator, denominator, result, verdict.
        rows: the rows, the whole last.
        quotient: whether values have a numerator and a denominator; without, these have no column.
        name: the requirement, and its threshold.
    """

    heads: tuple[str, ...]
    rows: tuple[GroupRow, ...]
    quotient: bool
    name: str

    @property
    def grid(self) -> Grid:
        """The table as text."""
        kept = [place for place in range(6) if place not in (2, 3) or self.quotient]
        rows = [
            (row.order, row.name, row.result.figures.numerator, row.result.figures.denominator, row.result.value,
             row.result.verdict.word)
            for row in self.rows
        ]  # fmt: skip
        widths = (1.1, 4.0, 2.8, 2.8, 3.3, 4.9)
        return Grid(
            tuple(self.heads[place] for place in kept),
            tuple(tuple(row[place] for place in kept) for row in rows),
            tuple(widths[place] for place in kept),
            frozenset(range(2, len(kept) - 1)),
            strong=frozenset(place for place, row in enumerate(self.rows) if row.whole),
            middle=frozenset([0]),
        )


Block = Words | Heading | Bullets | Told | Drawing | Grid | TargetTable | GroupTable


@frozen
class Part:
    """A part of a report, or an annex: its heading and what stands below."""

    heading: str
    blocks: tuple[Block, ...]


@frozen
class Head:
    """What stands above a report.

    Args:
        parent: the body above the one that issues it.
        agency: the body that issues it.
        number: number and sign.
        motto: the lines of its letterhead.
        dated: place and date.
        kind: what kind of document it is.
        title: what it is about.
    """

    parent: str
    agency: str
    number: str
    motto: tuple[str, ...]
    dated: str
    kind: str
    title: str


@frozen
class Foot:
    """What stands below a report: its recipients, under their heading, and who signs it.

    Args:
        recipients: the heading, then a line for each.
        position: the position, in lines.
        signed: where to sign; "" where the name stands.
        signatory: the full name.
    """

    recipients: tuple[str, ...]
    position: tuple[str, ...]
    signed: str
    signatory: str


@frozen
class Paper:
    """A whole report.

    Args:
        lang: its language.
        name: its name, for whoever lists files.
        date: the date that it bears.
        head: what stands above.
        opening: the paragraphs before the first part.
        parts: its parts.
        foot: what stands below.
        annexes: what follows on pages of their own.
    """

    lang: str
    name: str
    date: datetime.date
    head: Head
    opening: tuple[Words, ...]
    parts: tuple[Part, ...]
    foot: Foot
    annexes: tuple[Part, ...]
