"""Which picture shows what, on which axes it is drawn, and pictures as SVG that stands in a page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from attrs import evolve

from envindicators.errors import OptionError, OptionTypeError
from envindicators.evaluation.assessment import Assessment
from envindicators.evaluation.scorecard import Scorecard
from envindicators.report.cards import group_columns, plain
from envindicators.report.plots.canvas import Ink, Picture, need_matplotlib
from envindicators.report.plots.lines import lines
from envindicators.report.plots.rows import bullets, dots

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_plot(
    card: Scorecard,
    target: str | None,
    reading: str | None,
    ax: Axes | None,
    lang: str,
    targets: Sequence[str] | None = None,
    title: str | None = None,
    figsize: tuple[float, float] | None = None,
) -> Axes:
    """Draw a card, or one target of it, and return the axes.

    Args:
        card: the card.
        target: the key of a target; None for several of them.
        reading: the key of one of its readings; None for the default.
        ax: the axes to draw on; None for a new figure, as large as what is drawn.
        lang: the language.
        targets: the keys of the targets that are drawn where it is not one; None for all.
        title: what stands above; None for what it shows.
        figsize: width and height of the new figure in inches; None for what suits it.
    """
    need_matplotlib()
    if ax is not None and figsize is not None:
        raise OptionError("figsize is for a new figure, and ax has its own; leave out one of them")
    drawn: Any = picture(card, target, reading, lang, targets)
    if title is not None:
        drawn = evolve(drawn, title=evolve(drawn.title, name=title))
    ink = Ink.of_style()
    if ax is None:
        from envindicators.report.plots.figures import new_axes

        ax = new_axes(ink.inches(drawn.size) if figsize is None else figsize)
    drawn.draw(ax, ink)
    return ax


def picture(
    card: Scorecard, target: str | None, reading: str | None, lang: str, targets: Sequence[str] | None = None
) -> Picture:
    """Return the picture that shows a card, or one target of it."""
    if target is None:
        if reading is not None:
            raise OptionError(f"the reading {reading!r} is of one target: plot(target, reading={reading!r})")
        return bullets(card, [_by_year(card, key, None) for key in _chosen(card, targets)], lang)
    if targets is not None:
        raise OptionError("targets is for a picture of several, and target of one; leave out one of them")
    wholes = _by_year(card, target, reading)
    assessments = [card[target, group] for group in card.groups] if group_columns(card) else []
    groups = [assessment if reading is None else assessment.under(reading) for assessment in assessments]
    if (len(wholes) > 1 or groups) and not on_one_axis(wholes[0]):
        raise OptionError(f"the requirements of {target!r} are in different units; there is no axis for all of them")
    if len(wholes) > 1:
        return lines(card, wholes, groups, lang)
    return dots(card, wholes[0], groups, lang) if groups else bullets(card, [wholes], lang)


def on_one_axis(assessment: Assessment) -> bool:
    """Return whether the requirements of an assessment are in one unit."""
    quantities = [judgement.threshold.quantity for judgement in assessment.judgements]
    return len({None if quantity is None else quantity.unit for quantity in quantities}) == 1


def _chosen(card: Scorecard, targets: Sequence[str] | None) -> list[str]:
    if isinstance(targets, str):
        raise OptionTypeError(f"targets is {targets!r}; expected a list of keys, as [{targets!r}]")
    chosen = [target.key for target in card.programme.targets] if targets is None else list(dict.fromkeys(targets))
    if not chosen:
        raise OptionError("targets is empty; expected the key of a target, or None for all")
    return chosen


def _by_year(card: Scorecard, target: str, reading: str | None) -> list[Assessment]:
    """Return the assessments of a target as a whole, year by year."""
    cards = [card] if len(card.years) < 2 else [card.of_year(year) for year in card.years if year is not None]
    assessments = [one[target] for one in cards]
    return [assessment if reading is None else assessment.under(reading) for assessment in assessments]


def svg(drawn: Picture, key: str, name: str = "") -> str:
    """Return a picture as SVG to stand in a page of HTML, as wide as the page is printed.

    It is black on white whatever style is in force, the same every time and in every thread, and asks nothing of
    the network.

    Args:
        drawn: the picture.
        key: a word that no other picture of the page has. Its ids begin with it.
        name: what it shows, in a few words; its title unless given.
    """
    from envindicators.report.plots.figures import svg_body

    width, height, body = svg_body(_printed(drawn), key)
    title = escape(plain(name or drawn.title.name))
    return (
        f'<svg role="img" viewBox="0 0 {width:g} {height:g}" width="{width:g}" aria-label="{title}" style="{_STYLE}">'
        f"<title>{title}</title><desc>{escape(plain(drawn.told))}</desc>{body}</svg>"
    )


def png(drawn: Picture) -> bytes:
    """Return a picture as PNG, as sharp as printers print, for a page of the width of `PRINTED`."""
    from envindicators.report.plots.figures import letters_may_lack, png_bytes

    with letters_may_lack():
        return png_bytes(_printed(drawn))


PRINTED = 467.0
"""How wide pictures are printed, in points: an A4 page without the margins of official documents."""


def _printed(drawn: Picture) -> Axes:
    """Return the axes of a picture that is drawn as large as it is printed."""
    from envindicators.report.plots.figures import plain_axes

    ink = Ink.plain()
    ax = plain_axes((PRINTED / 72, ink.inches(drawn.size)[1]))
    drawn.draw(ax, ink)
    return ax


_STYLE = "white-space:pre;stroke-linejoin:round;stroke-linecap:butt;font-family:'DejaVu Sans',Verdana,sans-serif"
