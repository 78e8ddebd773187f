"""The results in a report: by target with the year before beside, and by group for every target."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from envindicators.evaluation.scorecard import Scorecard
from envindicators.report.cards import target_words
from envindicators.report.documents.drawings import Drawings
from envindicators.report.documents.paper import (
    Block,
    Bullets,
    Grid,
    GroupRow,
    GroupTable,
    Heading,
    TargetRow,
    TargetTable,
    Words,
)
from envindicators.report.numbers import NO_INFORMATION
from envindicators.report.view import CardView, ResultView, TargetView, YearView
from envindicators.report.view_of_card import card_view
from envindicators.words.message import gettext

_ACROSS = 10
"""How many targets the overview has side by side."""


def by_target(
    last: Scorecard,
    view: CardView,
    earlier: Scorecard | None,
    years: Sequence[YearView],
    drawings: Drawings,
    lang: str,
) -> Iterator[Block]:
    """Yield the answer, the table of the targets, what is to be said of some of them, and the picture of all."""
    yield Words("\n".join(year.summary for year in years), "answer")
    before = {} if earlier is None else {
        target.key: target for year in card_view(earlier, most_groups=0).years[-1:] for target in year.targets
    }  # fmt: skip
    (year,) = view.years
    was = "" if earlier is None or earlier.years[-1] is None else str(earlier.years[-1])
    heads = (
        gettext("No.", lang),
        view.headings.target,
        view.headings.threshold,
        gettext("Result {year}", lang, year=was).strip() if was else gettext("Result the year before", lang),
        f"{view.headings.result} {view_year(year)}".strip(),
        view.headings.verdict,
    )
    rows = [row for target in year.targets for row in _rows(target, before)]
    yield TargetTable(heads, tuple(rows), earlier is not None)
    yield Words(view.signs, "note")
    for target in year.targets:
        yield from _contest(target, view)
    yield from drawings.of(last, None)
    yield Words(gettext("Filled: certain; hatched: not known; upright mark: the target.", lang), "note")


def view_year(year: YearView) -> str:
    """Return the number of a year as it stands in a heading."""
    return "" if year.year is None else str(year.year)


def _rows(target: TargetView, before: Mapping[str, TargetView]) -> Iterator[TargetRow]:
    name = f"{target.name} [{target.section.replace(' ', chr(160))}]"
    verdict = f"{target.verdict.word}\n{target.reason}" if target.reason else target.verdict.word
    known = {result.name: result for result in before[target.key].results} if target.key in before else {}

    def earlier(result: ResultView) -> ResultView | None:
        if len(target.results) == len(known) == 1:
            return next(iter(known.values()))
        return known.get(result.name)

    def row(result: ResultView, order: str, name: str, verdict: str) -> TargetRow:
        was = earlier(result)
        value = NO_INFORMATION if was is None else was.value
        return TargetRow(order, name, result.threshold, value, result.value, verdict, result, was)

    if not target.several:
        yield row(target.results[0], f"{target.order}", name, verdict)
        return
    yield TargetRow(f"{target.order}", name, target.several, "", "", verdict)
    for result in target.results:
        yield row(result, "", f"- {result.name}", result.verdict.word)


def _contest(target: TargetView, view: CardView) -> Iterator[Block]:
    """Yield what other readings of a clause give, where they must be shown."""
    if not target.telling:
        return
    reading = f" {target.reading}." if target.reading else ""
    yield Words(f"{target.order}. {target.name}:{reading} {view.headings.other_readings}:")
    yield Bullets(tuple(f"{other.name}: {other.text}" for other in target.telling))


def by_group(card: Scorecard, last: Scorecard, view: CardView, drawings: Drawings, lang: str) -> Iterator[Block]:
    """Yield an overview of all groups, then for every target a table of them and the picture."""
    (year,) = view.years
    if last is not card:
        yield Words(
            gettext(
                "What follows explains the last year, {year}; the other years stand in the figures.",
                lang,
                year=last.year,
            )
        )
    if view.groups is not None:
        yield Words(view.groups.level)
        yield from _overview(view, year, lang)
    for target, assessment in zip(year.targets, last, strict=True):
        yield Heading(f"{target.order}. {target_words(assessment.target, lang)}")
        if view.groups is not None:
            yield from _tables(target, view, lang)
        yield from drawings.of_target(assessment)


def _overview(view: CardView, year: YearView, lang: str) -> Iterator[Block]:
    """Yield the signs of the verdicts of all groups, with what they mean."""
    assert view.groups is not None
    yield Words("; ".join(f"{sign} {word}" for sign, word in view.legend), "note")
    first = (gettext("No.", lang), gettext("Area or group", lang))
    for start in range(0, len(year.targets), _ACROSS):
        targets = year.targets[start : start + _ACROSS]
        rows = [
            (f"{place + 1}", label, *(_sign(target, place) for target in targets))
            for place, label in enumerate(view.groups.labels)
        ]
        whole = ("", gettext("Whole", lang), *(target.verdict.symbol for target in targets))
        count = len(targets)
        yield Grid(
            (*first, *(gettext("Target {order}", lang, order=target.order) for target in targets)),
            (*rows, whole),
            (1.1, 4.5, *itertools.repeat(1.5, count)),
            strong=frozenset([len(rows)]),
            middle=frozenset([0, *range(2, 2 + count)]),
        )


def _sign(target: TargetView, place: int) -> str:
    cell = target.cells[place]
    return NO_INFORMATION if cell is None else cell.verdict.symbol


def _tables(target: TargetView, view: CardView, lang: str) -> Iterator[Block]:
    """Yield for each requirement of a target a table of the groups."""
    assert view.groups is not None
    for which, result in enumerate(target.results):
        if target.several:
            yield Words(f"{result.name} ({result.threshold})")
        rows = [
            GroupRow(f"{place}", label, cell.results[which])
            for place, (label, cell) in enumerate(zip(view.groups.labels, target.cells, strict=True), start=1)
            if cell is not None
        ]
        figures = result.figures
        heads = (
            gettext("No.", lang),
            gettext("Area or group", lang),
            _counted(gettext("Numerator", lang), figures.numerator_unit),
            _counted(gettext("Denominator", lang), figures.denominator_unit),
            gettext("{result} (target {threshold})", lang, result=view.headings.result, threshold=result.threshold),
            view.headings.verdict,
        )
        whole = GroupRow("", gettext("Whole", lang), result, whole=True)
        quotient = any(row.result.figures.numerator for row in (*rows, whole))
        yield GroupTable(heads, (*rows, whole), quotient, f"{target.order}. {result.name}")


def _counted(heading: str, unit: str) -> str:
    return f"{heading} ({unit})" if unit else heading
