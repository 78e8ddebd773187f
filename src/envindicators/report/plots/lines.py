"""Pictures of years: a line for the whole and for each group of a target, with threshold and reviews."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from envindicators.algebra.threshold import Judgement
from envindicators.definitions.programme import Review
from envindicators.evaluation.assessment import Assessment
from envindicators.evaluation.scorecard import Scorecard
from envindicators.report.cards import group_columns, group_key, group_kind, group_label, target_words
from envindicators.report.measures import level_words, value_words
from envindicators.report.numbers import NONE_AROSE, number
from envindicators.report.plots.canvas import (
    DASHED,
    DOTTED,
    LINE,
    WIDTH,
    Ink,
    Title,
    badness,
    drawn_level,
    drawn_reach,
    hatched,
    limits,
    open_part,
    open_to_all,
    paragraphs,
    stroke,
    value_axis,
    wrapped,
)
from envindicators.report.readings import reading_words
from envindicators.report.verdicts import CONTESTED_SYMBOL, SYMBOLS, VERDICTS, judgement_key
from envindicators.words.message import gettext

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TOLD_APART = 12
"""Up to so many groups have a colour, a marker and a name of their own; of more, the lowest have names."""

_LOWEST, _LISTED = 6, 8
_NAME, _REVIEW = 30, 16
_MARKERS = "osv^phXPd<>*"
_SMALL = 0.85


@frozen
class Line:
    """What one line shows.

    Args:
        label: its name.
        points: its judgements, by year.
        symbols: the verdicts' shapes, by year.
        words: the verdicts in words, by year.
        strong: whether it stands out.
    """

    label: str
    points: Mapping[int, Judgement]
    symbols: Mapping[int, str]
    words: Mapping[int, str]
    strong: bool = False

    def has(self, year: int) -> bool:
        """Return whether its share in a year is narrowed down at all."""
        judgement = self.points.get(year)
        return judgement is not None and drawn_reach(judgement) is not None and not open_to_all(judgement)

    def ends(self, year: int, limits: tuple[float, float] = (0.0, 1.0)) -> tuple[float, float] | None:
        """Return the least and the greatest value of a year; None where none applies or no such group is known.

        Args:
            year: the year.
            limits: those of the axis, beyond which an end lies that is not known.
        """
        judgement = self.points.get(year)
        reach = None if judgement is None else drawn_reach(judgement)
        return None if reach is None else reach.within(*limits)


@frozen
class Lines:
    """A line for each group of a target, and for the whole, through the years.

    Args:
        title: what stands above.
        lines: the lines; those that stand out come last.
        years: the years.
        deadline: the year by whose end the target is to be met.
        reviews: the reviews that are marked.
        lang: the language.
        note: what stands below.
    """

    title: Title
    lines: Sequence[Line]
    years: Sequence[int]
    deadline: int
    reviews: Sequence[Review]
    lang: str
    note: str = ""

    @property
    def named(self) -> list[Line]:
        """The lines that have a name beside them: those that stand out, and all others if they are few."""
        last = self.years[-1]
        if self.many:
            others = sorted((line for line in self.lines if not line.strong and line.has(last)),
                            key=lambda line: badness(line.points[last]))[:_LOWEST]  # fmt: skip
        else:
            others = [line for line in self.lines if not line.strong and line.ends(last)]
        return [*others, *(line for line in self.lines if line.strong and line.ends(last))]

    @property
    def many(self) -> bool:
        """Whether there are too many groups to tell them apart."""
        return len(self.lines) > TOLD_APART + 1

    @property
    def size(self) -> tuple[float, float]:
        """Width and height that suit it, in ems."""
        around = 3 + self.note.count("\n") + self._review_lines
        names = sum(1 + self._label(line).count("\n") for line in self.named)
        return WIDTH, (max(22.0, 1.1 * names) + around) * LINE + self.title.height

    @property
    def _review_lines(self) -> int:
        return max((wrapped(each.name.in_(self.lang), _REVIEW).count("\n") + 1 for each in self.reviews), default=0)

    @property
    def told(self) -> str:
        """What it shows of the last year, in words, for those who do not see it."""
        last = self.years[-1]
        known = [line for line in self.lines if last in line.points]
        return "; ".join(
            f"{line.label}: {value_words(line.points[last], self.lang)} {line.words[last]}" for line in known
        )

    def draw(self, ax: Axes, ink: Ink) -> None:
        """Draw it."""
        self.title.write(ax, ink, above=self._review_lines * LINE * ink.size * _SMALL)
        for side in ("right", "top"):
            ax.spines[side].set_visible(False)
        self._axes(ax, ink)
        self._thresholds(ax, ink)
        self._reviews(ax, ink)
        opened = [line for line in self.lines if not line.strong and any(self._bar(line, each) for each in line.points)]
        for place, line in enumerate(self.lines):
            beside = (opened.index(line) + 0.5) / len(opened) - 0.5 if line in opened and len(self.lines) > 1 else 0.0
            self._line(ax, line, place, 0.5 * self._step * beside, ink)
        self._names(ax, ink)
        if self.note:
            ax.set_xlabel(self.note, loc="left", **ink.letters(_SMALL))

    @property
    def _step(self) -> int:
        """The least number of years between two."""
        return min((after - before for before, after in zip(self.years, self.years[1:], strict=False)), default=1)

    def _axes(self, ax: Axes, ink: Ink) -> None:
        from matplotlib.ticker import FuncFormatter, MaxNLocator

        marked = sorted({*self.years, self.deadline, *(each.year for each in self.reviews)})
        ax.set_xlim(self.years[0] - 0.5 * self._step, max(self.years[-1], marked[-1]) + 0.5 * self._step)
        if len(marked) <= 15:
            ax.set_xticks(marked, [str(year) for year in marked])
        else:
            ax.xaxis.set_major_locator(MaxNLocator(integer=True))
            ax.xaxis.set_major_formatter(FuncFormatter(lambda year, _: f"{year:.0f}"))
        ax.tick_params(axis="x", labelsize=ink.size * _SMALL, labelfontfamily=list(ink.family))
        ax.set_ylim(*limits(judgement for line in self.lines for judgement in line.points.values()))
        value_axis(ax.yaxis, next(iter(self.lines[-1].points.values())), self.lang, ink)

    def _thresholds(self, ax: Axes, ink: Ink) -> None:
        judgements = {each.threshold: each for line in self.lines for each in line.points.values()}
        for judgement in judgements.values():
            at = float(drawn_level(judgement))
            stroke(ax, [0, 1], [at, at], "threshold", color=ink.text, linewidth=1.6, linestyle=DASHED, zorder=1.5,
                   transform=ax.get_yaxis_transform())  # fmt: skip
            said = gettext(
                "{threshold} (by {year})",
                self.lang,
                threshold=level_words(judgement, self.lang),
                year=self.deadline,
            )
            ax.annotate(said, (0, at), (4, 3), xycoords=("axes fraction", "data"), textcoords="offset points",
                        va="bottom", zorder=4, bbox={"facecolor": ink.paper, "edgecolor": "none", "linewidth": 0,
                        "pad": 1, "alpha": 0.8}, **ink.letters(_SMALL, strong=True))  # fmt: skip

    def _reviews(self, ax: Axes, ink: Ink) -> None:
        for review in self.reviews:
            stroke(ax, [review.year, review.year], [0, 1], "review", color=ink.text, linewidth=0.8, linestyle=DOTTED,
                   alpha=0.7, zorder=1, transform=ax.get_xaxis_transform())  # fmt: skip
            ax.annotate(wrapped(review.name.in_(self.lang), _REVIEW), (review.year, 1), (0, 4), ha="center",
                        va="bottom", xycoords=("data", "axes fraction"), textcoords="offset points",
                        **ink.letters(_SMALL))  # fmt: skip

    def _style(self, line: Line, place: int, ink: Ink) -> dict[str, Any]:
        if line.strong:
            strong = [each for each in self.lines if each.strong].index(line)
            return {"color": ink.colours[strong % len(ink.colours)], "linewidth": 2.6, "zorder": 3.5,
                    "marker": "D" if not strong else _MARKERS[strong - 1], "markersize": ink.size * 0.7}  # fmt: skip
        if self.many:
            named = line in self.named
            return {"color": ink.text, "linewidth": 1.1 if named else 0.7, "alpha": 0.8 if named else 0.3,
                    "marker": ".", "markersize": ink.size * 0.4, "zorder": 2}  # fmt: skip
        others = ink.colours[1:] or ink.colours  # the whole has the first for itself
        return {"color": others[place % len(others)], "linewidth": 1.2, "marker": _MARKERS[place],
                "markersize": ink.size * 0.5, "zorder": 2.5}  # fmt: skip

    def _line(self, ax: Axes, line: Line, place: int, shift: float, ink: Ink) -> None:
        style = self._style(line, place, ink)
        plain = {name: value for name, value in style.items() if not name.startswith("marker")}
        bottom, top = ax.get_ylim()
        for run in _runs(line, self.years):
            known = [ends for year in run if (ends := line.ends(year, (bottom, top)))]
            # where one end is not known no line runs to the other either: it would read as a fall, or as a rise
            shown = [ends if bottom <= ends[0] <= ends[1] <= top else (math.nan, math.nan) for ends in known]
            lower, upper = (list(side) for side in zip(*shown, strict=True))
            places = [year + shift for year in run]
            stroke(ax, places, lower, "lower", **plain)
            if lower != upper:
                stroke(ax, places, upper, "upper", **plain)
        width = self._step * (0.14 if line.strong else min(0.1, 0.5 / len(self.lines)))
        certain: list[tuple[float, float]] = []
        for year, judgement in line.points.items():
            opened, ends = open_part(judgement), line.ends(year, ax.get_ylim())
            if opened and ends and self._bar(line, year):
                corner = year + shift - width / 2, ends[0]
                hatched(ax, corner, (width, ends[1] - ends[0]), style["color"], 0.6 * style["linewidth"], upright=True)
            elif ends and not opened:
                certain.append((year + shift, ends[0]))
        if certain:
            xs, ys = zip(*certain, strict=True)
            stroke(ax, xs, ys, "certain", **style | {"linestyle": "none"})

    def _bar(self, line: Line, year: int) -> bool:
        """Return whether a line has a bar in a year: of many groups only where something is known."""
        return open_part(line.points[year]) is not None and (line.strong or not self.many or line.has(year))

    def _label(self, line: Line) -> str:
        last = self.years[-1]
        said = f"{line.symbols[last]} {line.label} {value_words(line.points[last], self.lang)}"
        return wrapped(said, _NAME)

    def _names(self, ax: Axes, ink: Ink) -> None:
        """Write the names of lines at their right ends, none upon another."""
        last = self.years[-1]
        bottom, top = ax.get_ylim()

        def middle(line: Line) -> float:
            low, high = line.ends(last, (bottom, top)) or (bottom, top)
            return ((max(low, bottom) + min(high, top)) / 2 - bottom) / (top - bottom)

        named = sorted(self.named, key=middle)
        unit = ink.size * _SMALL * 1.3 * ax.figure.get_dpi() / 72 / ax.get_window_extent().height
        heights = [unit * (1 + self._label(line).count("\n")) for line in named]
        for line, place in zip(named, _spread([middle(line) for line in named], heights), strict=True):
            style = self._style(line, self.lines.index(line), ink)
            ax.annotate(
                self._label(line), (last, bottom + middle(line) * (top - bottom)), (1.03, place),
                textcoords="axes fraction", va="center", arrowprops={"arrowstyle": "-", "color": style["color"],
                "linewidth": 0.6, "alpha": 0.5, "shrinkA": 2, "shrinkB": 4, "relpos": (0, 0.5)},
                **ink.letters(_SMALL, strong=line.strong),
            )  # fmt: skip


def _runs(line: Line, years: Sequence[int]) -> Iterator[list[int]]:
    """Yield the years without a break in which a line's share is narrowed down."""
    run: list[int] = []
    for year in years:
        if line.has(year):
            run.append(year)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _spread(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Return places in order, as near to those wanted as possible, each as far from the last as it is high."""
    places = list(wanted)
    for place in range(1, len(places)):
        places[place] = max(places[place], places[place - 1] + (heights[place - 1] + heights[place]) / 2)
    ceiling = max(1.0, sum(heights)) + max(heights, default=0) / 2
    for place in range(len(places) - 1, -1, -1):
        places[place] = min(places[place], ceiling - heights[place] / 2)
        ceiling = places[place] - heights[place] / 2
    return places


def lines(card: Scorecard, wholes: Sequence[Assessment], groups: Sequence[Assessment], lang: str) -> Lines:
    """Return the lines of one target.

    Args:
        card: the card, of several years.
        wholes: the assessments of all groups together, year by year.
        groups: the assessments of the groups in every year, under the same reading.
        lang: the language.
    """
    first = wholes[0]
    target, years = first.target, [year for year in card.years if year is not None]
    several = len(first.judgements) > 1
    found: dict[tuple[Any, ...], list[Assessment]] = {}
    for each in () if several else groups:
        found.setdefault(group_key(card, each.group), []).append(each)
    drawn = [_line(group_label(key), some, 0, lang, strong=False) for key, some in found.items()]
    for place, judgement in enumerate(first.judgements):
        requirement = judgement.requirement
        name = requirement.indicator.name.in_(lang) if several and requirement else gettext("As a whole", lang)
        drawn.append(_line(name, wholes, place, lang, strong=True))
    last = max(years[-1], target.deadline)
    return Lines(
        Title(target_words(target, lang), (reading_words(first.reading, lang),) if len(target.readings) > 1 else ()),
        drawn,
        years,
        target.deadline,
        [review for review in card.programme.reviews if years[0] <= review.year <= last],
        lang,
        paragraphs(*_notes(card, drawn, years[-1], lang, several=several and bool(group_columns(card)))),
    )


def _line(label: str, assessments: Sequence[Assessment], place: int, lang: str, *, strong: bool) -> Line:
    points: dict[int, Judgement] = {}
    symbols: dict[int, str] = {}
    words: dict[int, str] = {}
    for each in assessments:
        assert each.year is not None
        judgement = points[each.year] = each.judgements[place]
        key = judgement_key(judgement, due=each.due)
        contested = each.contested and len(each.judgements) == 1
        symbols[each.year] = SYMBOLS[key] + (CONTESTED_SYMBOL if contested else "")
        words[each.year] = VERDICTS[key].in_(lang)
    return Line(label, points, symbols, words, strong)


def _notes(card: Scorecard, drawn: Sequence[Line], last: int, lang: str, *, several: bool) -> Iterator[str]:
    many = len(drawn) > TOLD_APART + 1
    if several:
        count = sum(line.strong for line in drawn)
        yield gettext(
            "{count} requirements, a line for each; each {group} is drawn in the picture of a single year.",
            lang,
            count=count,
            group=group_kind(card, lang),
        )
    elif many:
        yield gettext(
            "Thin lines: each {group}, broken where there are no data; only the lowest are named.",
            lang,
            group=group_kind(card, lang),
        )
    known = [line for line in drawn if last in line.points]
    legend = {line.symbols[last].rstrip(CONTESTED_SYMBOL): line.words[last] for line in known}
    if any(line.symbols[last].endswith(CONTESTED_SYMBOL) for line in known):
        legend[CONTESTED_SYMBOL] = gettext("contested", lang)
    yield "; ".join(f"{sign} {word}" for sign, word in legend.items() if sign != NONE_AROSE)
    silent = [line for line in drawn if not line.ends(last) or (many and not line.strong and not line.has(last))]
    said = [f"{line.label} {value_words(line.points[last], lang) if last in line.points else '...'}" for line in silent]
    if len(said) > _LISTED:
        said = [*said[:_LISTED], gettext("and {more} more", lang, more=number(len(said) - _LISTED, lang))]
    if said:
        yield gettext("{year}: {groups}", lang, year=last, groups="; ".join(said))
        yield gettext("- : none; ... : no data", lang)
