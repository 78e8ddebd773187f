"""What is shown of a card, in its language and in order: plain objects, which whatever shows a card only lays out."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from attrs import frozen

from envindicators.report.measures import Bar
from envindicators.report.verdicts import Tone


@frozen
class VerdictView:
    """What is concluded: its key in `VERDICTS`, its word, its sign, and whether it is good, bad, open or none."""

    key: str
    word: str
    symbol: str
    tone: Tone
    contested: bool = False


@frozen
class End:
    """The least or the greatest value as a number: numerator / denominator × scale − less, in the units that are shown.

    Args:
        value: the value; a share and a change in percent as a part of 1.
        numerator: the numerator; None where no division gives the value.
        denominator: the denominator, likewise.
        scale: from a unit of the numerator for a unit of the denominator to the unit of the value.
        less: what is taken off: 1 of a change.
    """

    value: Fraction
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    scale: Fraction = Fraction(1)
    less: int = 0


@frozen
class FiguresView:
    """What a value rests on.

    Args:
        numerator_unit: what the numerator is counted in.
        denominator_unit: what the denominator is counted in.
        numerator: the numerator in words; "" for what is no quotient.
        denominator: the denominator in words, likewise.
        level: the threshold as a number, as values are.
        percent: whether values are parts of 1 that are shown in percent.
        least: the least value; None where there is none.
        greatest: the greatest, likewise.
    """

    numerator_unit: str
    denominator_unit: str
    numerator: str
    denominator: str
    level: Fraction
    percent: bool
    least: End | None = None
    greatest: End | None = None


@frozen
class ResultView:
    """The result of one requirement.

    Args:
        name: what is measured.
        value: its value, with its unit.
        threshold: the threshold.
        text: value and threshold, as running text says them.
        bar: both on an axis; None where none can be drawn.
        verdict: what is concluded.
        figures: what the value rests on.
    """

    name: str
    value: str
    threshold: str
    text: str
    bar: Bar | None
    verdict: VerdictView
    figures: FiguresView


@frozen
class ReadingView:
    """What a reading gives.

    Args:
        key: its key.
        name: its name, with what it rests on.
        results: its results.
        verdict: its verdict, without the contest.
        text: the results and the verdict, in one line.
        telling: whether it must be shown.
    """

    key: str
    name: str
    results: tuple[ResultView, ...]
    verdict: VerdictView
    text: str
    telling: bool


@frozen
class CellView:
    """What is shown of a target in one group: its results, its verdict, and both in one line with the group's name."""

    results: tuple[ResultView, ...]
    verdict: VerdictView
    reason: str
    text: str


@frozen
class TargetView:
    """What is shown of a target.

    Args:
        order: its number on the card.
        key: its key.
        name: its name.
        section: where its clause stands, in short.
        place: where its clause stands, as running text cites it.
        results: a result for each requirement of the reading used.
        several: that several requirements are to be met; "" where there is one.
        verdict: the verdict.
        reason: why it is undetermined; "" where it is not.
        reading: which reading is used, where the clause is contested; else "".
        others: the other readings.
        cells: what is shown of it in each group, in the order of the groups; None for one that a year has not.
    """

    order: int
    key: str
    name: str
    section: str
    place: str
    results: tuple[ResultView, ...]
    several: str
    verdict: VerdictView
    reason: str
    reading: str
    others: tuple[ReadingView, ...]
    cells: tuple[CellView | None, ...]

    @property
    def telling(self) -> tuple[ReadingView, ...]:
        """The other readings that must be shown."""
        return tuple(reading for reading in self.others if reading.telling)

    @property
    def verdicts(self) -> tuple[VerdictView, ...]:
        """Its verdict, and those of the groups."""
        return self.verdict, *(cell.verdict for cell in self.cells if cell is not None)


@frozen
class YearView:
    """What is shown of one year: its number and name, its answer, its targets, and the duties that are measured."""

    year: int | None
    heading: str
    counts: str
    overall: str
    summary: str
    targets: tuple[TargetView, ...]
    duties: tuple[str, ...]


@frozen
class GroupsView:
    """The groups that are shown, and what is said of them.

    Args:
        heading: what they are.
        keys: what tells each from the others of its year.
        labels: their names.
        more: how many are not shown, in words; "" where all are.
        capped: that not all are shown, and where they are; "" where all are.
        level: what they are compared with.
    """

    heading: str
    keys: tuple[tuple[Any, ...], ...]
    labels: tuple[str, ...]
    more: str
    capped: str
    level: str


@frozen
class Headings:
    """The headings of a card, each of one thing."""

    target: str
    result: str
    threshold: str
    verdict: str
    other_readings: str
    gaps: str
    duties: str


@frozen
class CardView:
    """All that is shown of a card.

    Args:
        lang: its language.
        caption: its name.
        headings: the headings of its parts.
        years: what is shown of each year.
        groups: the groups; None for a card without.
        legend: the signs that occur, each with its word.
        signs: what stands where there is no value.
        totals: which rows were left out as totals, or may be totals.
        gaps: what is missing from the data, in the first places, as `check` says it.
        reviews: when the document asks for an account; "" where it does not.
        source: what document the targets stand in.
    """

    lang: str
    caption: str
    headings: Headings
    years: tuple[YearView, ...]
    groups: GroupsView | None
    legend: tuple[tuple[str, str], ...]
    signs: str
    totals: tuple[str, ...]
    gaps: tuple[str, ...]
    reviews: str
    source: str
