"""Pictures in rows: a bullet for each target, a dot for each group of a target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from envindicators.algebra.threshold import Judgement
from envindicators.evaluation.assessment import Assessment
from envindicators.evaluation.scorecard import Scorecard
from envindicators.report.cards import (
    caption,
    counts_words,
    group_key,
    group_label,
    more_words,
    target_words,
    year_words,
)
from envindicators.report.measures import level_words, result_words, value_words
from envindicators.report.plots.canvas import (
    DASHED,
    LINE,
    WIDTH,
    Ink,
    Title,
    badness,
    box,
    drawn_level,
    drawn_reach,
    hatched,
    limits,
    open_part,
    paragraphs,
    stroke,
    value_axis,
    wrapped,
)
from envindicators.report.readings import reading_words
from envindicators.report.verdicts import (
    CONTESTED_SYMBOL,
    SYMBOLS,
    VERDICTS,
    judgement_key,
    key_of,
    verdict_words,
)
from envindicators.report.view_of_card import ON_PAPER
from envindicators.words.message import gettext

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_DOTS = 400
"""How many groups a picture shows; of more, those with the lowest shares."""

_NAME, _WORD = 34, 26
_GAP = 0.5


@frozen
class Row:
    """A row of a picture.

    Args:
        label: what stands on the left, in lines.
        judgement: what is drawn; None for a heading.
        words: what stands on the right, in lines.
        said: what stands there in bold, in lines.
        key: the verdict, as in `VERDICTS`; "" where there is none.
        mark: what stands beside the verdict's shape.
        strong: whether it is set in bold.
    """

    label: str
    judgement: Judgement | None = None
    words: str = ""
    said: str = ""
    key: str = ""
    mark: str = ""
    strong: bool = False

    @property
    def lines(self) -> int:
        """How many lines it takes."""
        return max(each.count("\n") for each in (self.label, self.words, self.said)) + 1

    @property
    def symbol(self) -> str:
        """The verdict's shape, with the mark of a contested clause."""
        return SYMBOLS.get(self.key, "") + self.mark

    @property
    def told(self) -> str:
        """What it says, in one line."""
        return " ".join(f"{self.label}: {self.said} {self.words}".split())


def _named(label: str, judgement: Judgement, key: str, words: str, lang: str) -> Row:
    """Return the row of a bullet: verdict in words, and under it the shares and the threshold."""
    said = f"{wrapped(words, _WORD)}\n"
    given = "\n" * said.count("\n") + result_words(judgement, lang)
    return Row(wrapped(label, _NAME), judgement, given, said, key)


# bullets


@frozen
class Bullets:
    """A bar for each requirement of each target: certain, possible, threshold.

    Args:
        title: what stands above.
        rows: the rows.
        lang: the language.
    """

    title: Title
    rows: Sequence[Row]
    lang: str

    @property
    def size(self) -> tuple[float, float]:
        """Width and height that suit it, in ems."""
        return WIDTH, (_tops(self.rows, _GAP)[-1] + 2.5) * LINE + self.title.height

    @property
    def told(self) -> str:
        """What it shows, in words, for those who do not see it."""
        return "; ".join(row.told for row in self.rows)

    def pages(self, most: int) -> list[Bullets]:
        """Return the same in pictures of about so many lines; no heading is parted from its first row."""
        pages: list[list[Row]] = [[]]
        for row in self.rows:
            full = sum(each.lines for each in pages[-1]) + row.lines > most
            if full and pages[-1] and pages[-1][-1].judgement is not None:
                pages.append([])
            pages[-1].append(row)
        return [evolve(self, rows=rows) for rows in pages]

    def draw(self, ax: Axes, ink: Ink) -> None:
        """Draw it."""
        tops = _tops(self.rows, _GAP)
        _prepare(ax, self.title, self.rows, tops, ink, 1.0)
        ax.set_xlim(0, 1)
        drawn = [row.judgement for row in self.rows if row.judgement is not None]
        shares = [judgement for judgement in drawn if judgement.threshold.quantity is None]
        if shares:
            value_axis(ax.xaxis, shares[0], self.lang, ink)
        else:
            ax.set_xticks([])
        if len(shares) < len(drawn):
            said = gettext(
                "The percentage axis is for shares; other bars are each scaled to their own target.", self.lang
            )
            ax.set_xlabel(said if shares else "", loc="left", **ink.letters(0.85))
        for row, top in zip(self.rows, tops, strict=False):
            if row.judgement is None:
                _beside(ax, row, top, ink, 1.0)
                continue
            middle = top + row.lines / 2
            self._bar(ax, row.judgement, middle, ink)
            _beside(ax, row, top, ink, 1.0)

    @staticmethod
    def _bar(ax: Axes, judgement: Judgement, middle: float, ink: Ink) -> None:
        """Draw a value on the whole width: a share on 0% to 100%, anything else on an axis of its own that has 0."""
        low, height = middle - 0.45, 0.9
        box(ax, (0, low), (1, height), "frame", facecolor="none", edgecolor=ink.text, linewidth=0.6, alpha=0.5)
        left, right = (0.0, 1.0) if judgement.threshold.quantity is None else limits([judgement])
        base, level = ((value - left) / (right - left) for value in (0.0, float(drawn_level(judgement))))
        if base:
            stroke(ax, [base, base], [low, low + height], "base", color=ink.text, linewidth=0.8, zorder=2.5)
        reach, opened = drawn_reach(judgement), open_part(judgement)
        if reach is not None:
            ends = [min(max((end - left) / (right - left), 0), 1) for end in reach.within(left, right)]
            certain = max(base, ends[0]) + min(base, ends[1]) - base  # as far as both ends lie on one side of the base
            if certain != base:
                corner, width = min(base, certain), abs(certain - base)
                box(ax, (corner, low), (width, height), "certain", facecolor=ink.colours[0], edgecolor="none",
                    zorder=2.1)  # fmt: skip
            if opened:
                hatched(ax, (ends[0], low), (ends[1] - ends[0], height), ink.colours[0])
        stroke(ax, [level, level], [middle - 0.8, middle + 0.8], "threshold", color=ink.text, linewidth=2.5, zorder=3,
               clip_on=False, solid_capstyle="butt")  # fmt: skip


def bullets(card: Scorecard, assessments: Sequence[Sequence[Assessment]], lang: str) -> Bullets:
    """Return the bullets of some targets.

    Args:
        card: the card.
        assessments: for each target its assessments, one for each year of the card.
        lang: the language.
    """
    years = gettext("Year {year}", lang, year=", ".join(map(str, card.years))) if card.years != (None,) else ""
    all_of_it = len(card.years) == 1 and len(assessments) == len(card)
    said = ": ".join(filter(None, (years, counts_words(card, lang) if all_of_it else "")))
    return Bullets(
        Title(caption(card, lang), (said,)), [row for each in assessments for row in _of_target(each, lang)], lang
    )


def _of_target(assessments: Sequence[Assessment], lang: str) -> Iterator[Row]:
    """Yield the rows of a target: a single one, or a heading and one for each requirement and year."""
    first = assessments[0]
    name = target_words(first.target, lang)
    alone = len(first.judgements) == 1
    if len(assessments) > 1:
        limit = level_words(first.judgements[0], lang) if alone else ""
        yield Row(wrapped(name, _NAME), words=limit, strong=True)
        for assessment in assessments:
            yield from _of_year(assessment, lang)
        return
    said, key = verdict_words(first, lang), key_of(first)
    if alone:
        yield evolve(_named(name, first.judgements[0], key, said, lang), mark=_mark(first))
        return
    yield Row(wrapped(name, _NAME), said=wrapped(said, _WORD), key=key, mark=_mark(first), strong=True)
    for judgement in first.judgements:
        key = judgement_key(judgement, due=first.due)
        yield _named(_indicator(judgement, lang), judgement, key, VERDICTS[key].in_(lang), lang)


def _of_year(assessment: Assessment, lang: str) -> Iterator[Row]:
    """Yield the rows of a target in one of several years, the first with the verdict of all its requirements."""
    year, said = str(assessment.year), verdict_words(assessment, lang)
    if len(assessment.judgements) == 1:
        row = _line(year, assessment, 0, lang)
        yield evolve(row, words=f"{value_words(assessment.judgements[0], lang)}  {said}")
        return
    yield Row(year, words=said, key=key_of(assessment), mark=_mark(assessment), strong=True)
    for place, judgement in enumerate(assessment.judgements):
        row = _line(_indicator(judgement, lang), assessment, place, lang)
        yield evolve(row, words=f"{result_words(judgement, lang)}  {VERDICTS[row.key].in_(lang)}")


def _indicator(judgement: Judgement, lang: str) -> str:
    assert judgement.requirement is not None
    return str(judgement.requirement.indicator.name.in_(lang))


# dots


@frozen
class Dots:
    """A dot for each group of a target, or a hatched bar where its share is not known; sorted.

    Args:
        title: what stands above.
        blocks: for each requirement its rows: a heading, the whole, the groups.
        lang: the language.
        note: what stands below.
        scope: the judgements that the axis must have room for.
    """

    title: Title
    blocks: Sequence[Sequence[Row]]
    lang: str
    note: str = ""
    scope: tuple[Judgement, ...] = field(default=(), repr=False)

    @property
    def rows(self) -> list[Row]:
        """All rows."""
        return [row for block in self.blocks for row in block]

    @property
    def scale(self) -> float:
        """How much smaller than the style's the letters are: many rows take smaller ones."""
        return 0.95 if len(self.rows) <= 40 else 0.75

    @property
    def size(self) -> tuple[float, float]:
        """Width and height that suit it, in ems."""
        around = 3 + self.note.count("\n")
        return WIDTH, (_tops(self.rows, 0.15)[-1] * self.scale + around) * LINE + self.title.height

    @property
    def told(self) -> str:
        """What it shows, in words, for those who do not see it."""
        return "; ".join(row.told for row in self.rows if row.judgement is not None or row.label)

    def pages(self, most: int) -> list[Dots]:
        """Return the same in pictures of at most so many groups, on the same axis."""
        found: list[Dots] = []
        for block in self.blocks:
            head, groups = block[:2], block[2:]
            starts = range(0, max(1, len(groups)), most)
            found += [evolve(self, blocks=[[*head, *groups[start : start + most]]]) for start in starts]
        return found if len(self.rows) > most else [self]

    def draw(self, ax: Axes, ink: Ink) -> None:
        """Draw it."""
        rows, tops = self.rows, _tops(self.rows, 0.15)
        _prepare(ax, self.title, rows, tops, ink, self.scale)
        left, right = limits(self.scope)
        ax.set_xlim(left, right)
        value_axis(ax.xaxis, self.scope[0], self.lang, ink)
        if left < 0 < right and self.scope[0].threshold.quantity is not None:
            stroke(ax, [0, 0], [tops[-1], 0], "base", color=ink.text, linewidth=0.8, zorder=1.2)
        if self.note:
            ax.set_xlabel(self.note, loc="left", **ink.letters(0.85))
        place = 0
        for block in self.blocks:
            ends = tops[place], tops[place + len(block)]
            self._threshold(ax, block, ends, ink)
            for row, top in zip(block, tops[place:], strict=False):
                if row.judgement is not None:
                    self._dot(ax, row, top + row.lines / 2, ink)
                _beside(ax, row, top, ink, self.scale)
            place += len(block)

    def _threshold(self, ax: Axes, block: Sequence[Row], ends: tuple[float, float], ink: Ink) -> None:
        judgement = block[1].judgement
        assert judgement is not None
        at = float(drawn_level(judgement))
        top = ends[0] + block[0].lines
        stroke(ax, [at, at], [top, ends[1]], "threshold", color=ink.text, linewidth=1.6, linestyle=DASHED, zorder=1.5)
        ax.text(at, top - 0.1, level_words(judgement, self.lang), ha="center", va="bottom",
                **ink.letters(self.scale, strong=True))  # fmt: skip

    def _dot(self, ax: Axes, row: Row, middle: float, ink: Ink) -> None:
        judgement = row.judgement
        assert judgement is not None
        stroke(ax, [0, 1], [middle, middle], "guide", color=ink.text, linewidth=0.5, alpha=0.2, zorder=1,
               transform=ax.get_yaxis_transform())  # fmt: skip
        thick = 0.62 if row.strong else 0.42
        reach, opened = drawn_reach(judgement), open_part(judgement)
        if opened:
            start, end = opened.within(*ax.get_xlim())
            hatched(ax, (start, middle - thick / 2), (end - start, thick), ink.colours[0], 1.6 if row.strong else 1.0)
            if start < ax.get_xlim()[0]:
                stroke(ax, [0], [middle], "beyond", color=ink.colours[0], marker="<", linestyle="none", clip_on=False,
                       markersize=ink.size * self.scale * 0.6, transform=ax.get_yaxis_transform())  # fmt: skip
        elif reach is not None:
            stroke(
                ax,
                [reach.within(0, 1)[0]],
                [middle],
                "certain",
                color=ink.colours[0],
                marker="D" if row.strong else "o",
                markersize=ink.size * self.scale * 0.7,
                linestyle="none",
                zorder=3,
                clip_on=False,
            )


def dots(card: Scorecard, whole: Assessment, groups: Sequence[Assessment], lang: str) -> Dots:
    """Return the dots of one target's groups.

    Args:
        card: the card, of one year.
        whole: the assessment of all groups together.
        groups: the assessments of the groups, under the same reading.
        lang: the language.
    """
    blocks: list[list[Row]] = []
    for place, judgement in enumerate(whole.judgements):
        heading = Row(wrapped(_indicator(judgement, lang), _NAME) if len(whole.judgements) > 1 else "", strong=True)
        first = _line(gettext("As a whole", lang), whole, place, lang, strong=True)
        order = sorted((badness(each.judgements[place]), row) for row, each in enumerate(groups))
        found = [groups[row] for _, row in order[:MOST_DOTS]]
        rows = [_line(group_label(group_key(card, each.group)), each, place, lang) for each in found]
        blocks.append([heading, first, *rows])
    return Dots(
        _title(whole, lang),
        blocks,
        lang,
        _note(card, whole, groups, lang),
        tuple(judgement for each in (whole, *groups) for judgement in each.judgements),
    )


def _title(assessment: Assessment, lang: str) -> Title:
    target, year = assessment.target, year_words(assessment.year, lang)
    said = f"{SYMBOLS[key_of(assessment)]} {verdict_words(assessment, lang)}"
    reading = reading_words(assessment.reading, lang) if len(target.readings) > 1 else ""
    return Title(target_words(target, lang), (reading, f"{year}: {said}" if year else said))


def _note(card: Scorecard, whole: Assessment, groups: Sequence[Assessment], lang: str) -> str:
    lines = [gettext("- : none; ... : no data", lang)]
    if any(each.contested for each in groups) and len(whole.judgements) == 1:
        lines[0] += f"; {CONTESTED_SYMBOL} : {gettext('contested', lang)}"
    if len(groups) > MOST_DOTS:
        lines.append(ON_PAPER.filled(more=more_words(card, len(groups) - MOST_DOTS, lang)).in_(lang))
    return paragraphs(*lines)


# what both have


def _line(label: str, assessment: Assessment, place: int, lang: str, *, strong: bool = False) -> Row:
    """Return a row that says all on one line: shares, and the verdict in words."""
    judgement = assessment.judgements[place]
    alone = len(assessment.judgements) == 1
    key = judgement_key(judgement, due=assessment.due)
    words = f"{value_words(judgement, lang)}  {VERDICTS[key].in_(lang)}"
    return Row(wrapped(label, _NAME), judgement, words, "", key, _mark(assessment) if alone else "", strong)


def _mark(assessment: Assessment) -> str:
    return CONTESTED_SYMBOL if assessment.contested else ""


def _tops(rows: Sequence[Row], gap: float) -> list[float]:
    """Return where each row begins, in lines from the top, and where the last ends."""
    tops = [0.0]
    for row in rows:
        tops.append(tops[-1] + row.lines + gap)
    return tops


def _prepare(ax: Axes, title: Title, rows: Sequence[Row], tops: Sequence[float], ink: Ink, scale: float) -> None:
    """Write what stands above and on the left."""
    ax.set_ylim(tops[-1], 0)
    middles = [top + row.lines / 2 for row, top in zip(rows, tops, strict=False)]
    ax.set_yticks(middles, [row.label for row in rows], **ink.letters(scale))
    for label, row in zip(ax.get_yticklabels(), rows, strict=True):
        label.set(fontweight="bold" if row.strong else "normal", verticalalignment="center_baseline")
    ax.tick_params(axis="y", length=0, which="both")
    for side in ("left", "right", "top"):
        ax.spines[side].set_visible(False)
    title.write(ax, ink)


def _beside(ax: Axes, row: Row, top: float, ink: Ink, scale: float) -> None:
    """Write what stands on the right: the shape, and the words."""
    place: dict[str, Any] = {"xycoords": ("axes fraction", "data"), "textcoords": "offset points", "va": "center"}
    em = ink.size * scale
    middle = top + row.lines / 2
    for text, offset, strong in (
        (row.symbol, 0.9, True),
        (row.said, 2.8, True),
        (row.words, 2.8, row.strong),
    ):
        if text:
            ax.annotate(text, (1, middle), (offset * em, 0), **place, **ink.letters(scale, strong=strong))
