"""What every picture is drawn with: paper cut to size, ink that follows the style, hatching, an axis.

matplotlib is imported when a picture is drawn and not before.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from attrs import frozen

from envindicators.algebra.threshold import Judgement
from envindicators.algebra.verdict import Verdict
from envindicators.frames.packages import package_needed
from envindicators.report.cards import plain
from envindicators.report.measures import in_unit, signed_words
from envindicators.report.numbers import share
from envindicators.words.message import Message

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

_ANYTHING = ((Fraction(0), Fraction(1)), (Fraction(0), None), (None, None))
"""What is open where nothing is known: a share, an amount, a change."""

_DIGITS = 6
"""The decimals that a tick may need."""

DASHED, DOTTED = (0, (3.7, 1.6)), (0, (1.0, 1.65))
"""Lines of dashes and of dots, whatever the style calls by these names."""

WIDTH = 85.0
"""How wide a picture is, in ems."""

LINE = 1.35
"""How high a line of text is, in ems."""

_COLOURS = (
    "#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22", "#17becf",
)  # fmt: skip
_TITLE = 76
_LEVEL, _UPRIGHT = 120, 75
_NARROWEST = 0.02
"""An axis of shares spans at least two points of a percent."""


class Picture(Protocol):
    """Something that can be drawn on axes."""

    @property
    def title(self) -> Title:
        """What stands above it."""
        ...

    @property
    def size(self) -> tuple[float, float]:
        """Width and height that suit it, in ems."""
        ...

    @property
    def told(self) -> str:
        """What it shows, in words, for those who do not see it."""
        ...

    def draw(self, ax: Axes, ink: Ink) -> None:
        """Draw it."""
        ...


def need_matplotlib() -> None:
    """Raise ImportError, saying what to install, where matplotlib is not installed."""
    try:
        import matplotlib as _  # noqa: F401
    except ImportError as error:
        raise package_needed(Message("a picture"), "plot") from error


# ink


@frozen
class Ink:
    """The colours and letters that a picture is drawn with.

    Args:
        text: the colour of text and of marks that carry none.
        paper: the colour that it stands on.
        colours: the colours that tell lines apart; the first is that of what is known, and of the whole. They tell
            nothing that is not told otherwise.
        size: the size of letters, in points.
        family: the fonts, the preferred first.
    """

    text: Any
    paper: Any
    colours: tuple[Any, ...]
    size: float
    family: tuple[str, ...]

    @classmethod
    def of_style(cls) -> Ink:
        """Return what the style says. DejaVu Sans, which comes with matplotlib, helps out with missing letters."""
        from matplotlib import rcParams

        colours = rcParams["axes.prop_cycle"].by_key().get("color", [rcParams["text.color"]])
        family = (*rcParams["font.family"], "DejaVu Sans")
        size = float(rcParams["font.size"])
        return cls(rcParams["text.color"], rcParams["axes.facecolor"], tuple(colours), size, family)

    @classmethod
    def plain(cls) -> Ink:
        """Return black on white in letters for print with the colours of matplotlib's default style."""
        return cls("black", "white", _COLOURS, 8.0, ("DejaVu Sans",))

    def inches(self, size: tuple[float, float]) -> tuple[float, float]:
        """Return a size in ems as inches."""
        return size[0] * self.size / 72, size[1] * self.size / 72

    def letters(self, scale: float = 1.0, *, strong: bool = False) -> dict[str, Any]:
        """Return how a text is to be set. No dollar sign in it is taken for mathematics."""
        return {
            "color": self.text,
            "fontfamily": list(self.family),
            "fontsize": self.size * scale,
            "fontweight": "bold" if strong else "normal",
            "parse_math": False,
        }


@frozen
class Title:
    """What stands above a picture.

    Args:
        name: what it shows, set in bold.
        rest: further lines.
    """

    name: str
    rest: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        """How high it is, in ems."""
        return LINE * sum(each.count("\n") + 1 for each in filter(None, self._texts))

    @property
    def _texts(self) -> tuple[str, str]:
        return "\n".join(wrapped(line, _TITLE) for line in self.name.splitlines()), paragraphs(*self.rest)

    def write(self, ax: Axes, ink: Ink, above: float = 0.0) -> None:
        """Write it over the axes, so many points above them."""
        name, rest = self._texts
        height = (rest.count("\n") + 1) * LINE * ink.size if rest else 0.0
        ax.set_title(name, loc="left", y=1.0, pad=above + 8 + height, **ink.letters(1.1, strong=True))
        ax.annotate(rest, (0, 1), (0, above + 6), xycoords="axes fraction", textcoords="offset points", va="bottom",
                    **ink.letters())  # fmt: skip


def paragraphs(*texts: str) -> str:
    """Return some texts below each other, in lines no longer than a picture is wide."""
    return "\n".join(wrapped(text, _TITLE) for text in texts if text)


def wrapped(text: str, width: int) -> str:
    """Return text from programme or data in lines of at most so many characters."""
    return textwrap.fill(plain(text), width)


# the axis


class Reach(NamedTuple):
    """The least and the greatest value that are drawn, as shares or in the unit of the threshold.

    An end that is not known is None.
    """

    lower: Fraction | None
    upper: Fraction | None

    def within(self, low: float, high: float) -> tuple[float, float]:
        """Return its ends as numbers; one that is not known lies beyond an axis from low to high."""
        beyond = high - low
        return (
            low - beyond if self.lower is None else float(self.lower),
            high + beyond if self.upper is None else float(self.upper),
        )


def value_axis(axis: Axis, judgement: Judgement, lang: str, ink: Ink, scale: float = 1.0) -> None:
    """Write the ticks of an axis as percentages, or with the unit of what is judged."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    def written(value: float, _: int) -> str:
        rounded = Fraction(str(round(value, 9)))
        if judgement.threshold.quantity is not None:
            return signed_words(rounded, _DIGITS, judgement, lang)
        return share(rounded, lang) if 0 <= rounded <= 1 else ""

    few = judgement.threshold.quantity is not None and axis.axis_name == "x"  # type: ignore[attr-defined]  # every axis has a name
    axis.set_major_locator(MaxNLocator(nbins=3 if few else 5, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(written))
    axis.set_tick_params(labelsize=ink.size * 0.85 * scale, labelfontfamily=list(ink.family))


def limits(judgements: Iterable[Judgement]) -> tuple[float, float]:
    """Return between which values an axis must run to show every threshold, and the ends of all that says anything.

    Of what may be anything from 0% to 100% the ends say nothing, and room for them would leave none for the rest.
    What is no share is seen against 0, which for a change is where it began.
    """
    values: list[Fraction] = []
    quantities, open_below, open_above = False, False, False
    for judgement in judgements:
        values.append(drawn_level(judgement))
        quantities = quantities or judgement.threshold.quantity is not None
        reach = None if open_to_all(judgement) else drawn_reach(judgement)
        if reach is not None:
            values += [end for end in reach if end is not None]
            open_below, open_above = open_below or reach.lower is None, open_above or reach.upper is None
    if quantities:
        low, high = float(min([*values, Fraction(0)])), float(max([*values, Fraction(0)]))
        room = 0.08 * (high - low or 1.0)
        below = 2 * room if open_below else room if low < 0 else 0.0
        return low - below, high + (2 * room if open_above else room if high > 0 else 0.0)
    low, high = (float(min(values)), float(max(values))) if values else (0.0, 1.0)
    low = min(low, max(0.0, high - _NARROWEST))
    high = max(high, low + _NARROWEST)
    span = high - low
    return max(low - 0.08 * span, -0.03 * span), min(high + 0.08 * span, 1 + 0.03 * span)


def drawn_level(judgement: Judgement) -> Fraction:
    """Return where a threshold is drawn."""
    quantity = judgement.threshold.quantity
    return judgement.threshold.level if quantity is None else quantity.value


def drawn_reach(judgement: Judgement) -> Reach | None:
    """Return the values that are drawn; None where it is not applicable."""
    if judgement.verdict is Verdict.NOT_APPLICABLE:
        return None
    if judgement.threshold.quantity is None:
        return None if judgement.rate is None else Reach(judgement.rate.lower, judgement.rate.upper)
    if judgement.cause is not None or judgement.evidence.ends is None:
        return Reach(None, None)
    return Reach(*(None if end is None else in_unit(end, judgement) for end in judgement.evidence.ends))


def open_part(judgement: Judgement) -> Reach | None:
    """Return between which values the answer is open; None where it is not."""
    reach = drawn_reach(judgement)
    return None if reach is None or (reach.lower == reach.upper and reach.lower is not None) else reach


def open_to_all(judgement: Judgement) -> bool:
    """Return whether nothing is known that narrows a value down."""
    return open_part(judgement) in _ANYTHING


def badness(judgement: Judgement) -> tuple[bool, Any, Any]:
    """Return what groups are sorted by: the worst that may be, then the best that may be; last, where none applies."""
    reach = drawn_reach(judgement)
    if reach is None:
        return True, 0, 0
    lower = -math.inf if reach.lower is None else reach.lower
    upper = math.inf if reach.upper is None else reach.upper
    return (False, -upper, -lower) if judgement.threshold.ceiling else (False, lower, upper)


# marks: each has a label, under which it is found again


def box(ax: Axes, corner: tuple[float, float], size: tuple[float, float], label: str, **style: Any) -> None:
    """Draw a box."""
    from matplotlib.patches import Rectangle

    ax.add_patch(Rectangle(corner, *size, label=f"_{label}", **style))


def hatched(
    ax: Axes,
    corner: tuple[float, float],
    size: tuple[float, float],
    colour: Any,
    width: float = 0.8,
    *,
    upright: bool = False,
) -> None:
    """Draw what is possible and not certain: a box, and slanted lines in it as far as the axes show it.

    The lines are drawn one by one: a pattern of matplotlib's becomes a large image where the page is printed.

    Args:
        ax: the axes, with their limits set.
        corner: the corner of the box.
        size: its size.
        colour: its colour.
        width: how wide its lines are, in points.
        upright: whether the values run upwards.
    """
    box(ax, corner, size, "possible", facecolor="none", edgecolor=colour, linewidth=width, zorder=2.2)
    (begin, foot), (length, height) = (corner[::-1], size[::-1]) if upright else (corner, size)
    bottom, top = ax.get_ylim() if upright else ax.get_xlim()
    start, end = max(begin, bottom), min(begin + length, top)
    step = (top - bottom) / (_UPRIGHT if upright else _LEVEL)
    along: list[float] = []
    across: list[float] = []
    for count in range(max(0, math.ceil((end - start) / step)) + 1):
        place = start + (count - 1.5) * step
        for at in (max(place, start), min(place + 1.5 * step, end)):
            along.append(at)
            across.append(foot + height * (at - place) / (1.5 * step))
        along.append(math.nan)
        across.append(math.nan)
    xs, ys = (across, along) if upright else (along, across)
    stroke(ax, xs, ys, "hatch", color=colour, linewidth=0.7 * width, zorder=2.2)


def stroke(ax: Axes, xs: Sequence[float], ys: Sequence[float], label: str, **style: Any) -> None:
    """Draw a line through some points, without taking a colour of the cycle or moving the limits."""
    from matplotlib.lines import Line2D

    ax.add_line(Line2D(xs, ys, label=f"_{label}", markeredgewidth=1.0, **style))
