"""Which picture shows what, and pictures as SVG that stands in a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from envindicators.report.canvas import Picture, inches, need_matplotlib
from envindicators.report.lines import lines
from envindicators.report.rows import bullets, dots
from envindicators.report.words import group_columns
from envindicators.scorecard import Assessment, Scorecard
from envindicators.text import Lang

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot(card: Scorecard, target: str | None, reading: str | None, ax: Axes | None, lang: Lang) -> Axes:
    """Draw a card, or one target of it, and return the axes.

    Args:
        card: the card.
        target: the key of a target; None for all of them.
        reading: the key of one of its readings; None for the default.
        ax: the axes to draw on; None for a new figure, as large as what is drawn.
        lang: the language.
    """
    need_matplotlib()
    drawn = picture(card, target, reading, lang)
    if ax is None:
        from matplotlib import pyplot as plt

        ax = plt.figure(figsize=inches(drawn.size), layout="constrained").add_subplot()
    drawn.draw(ax)
    return ax


def picture(card: Scorecard, target: str | None, reading: str | None, lang: Lang) -> Picture:
    """Return the picture that shows a card, or one target of it."""
    if target is None:
        if reading is not None:
            raise ValueError(f"the reading {reading!r} is of one target: plot(target, reading={reading!r})")
        return bullets(card, [_by_year(card, each.key, None) for each in card.programme.targets], lang)
    wholes = _by_year(card, target, reading)
    found = [card[target, group] for group in card.groups] if group_columns(card) else []
    groups = [each if reading is None else each.under(reading) for each in found]
    if len(wholes) > 1:
        return lines(card, wholes, groups, lang)
    return dots(card, wholes[0], groups, lang) if groups else bullets(card, [wholes], lang)


def _by_year(card: Scorecard, target: str, reading: str | None) -> list[Assessment]:
    """Return the assessments of a target as a whole, year by year."""
    cards = [card] if len(card.years) < 2 else [card.of_year(year) for year in card.years if year is not None]
    found = [each[target] for each in cards]
    return [each if reading is None else each.under(reading) for each in found]
