"""Which picture shows what, and pictures as SVG that stands in a page."""

from __future__ import annotations

import io
import re
import warnings
from html import escape
from typing import TYPE_CHECKING, Any

from envindicators.errors import OptionError
from envindicators.evaluation.assessment import Assessment
from envindicators.evaluation.scorecard import Scorecard
from envindicators.report.cards import group_columns, plain
from envindicators.report.plots.canvas import Picture, inches, need_matplotlib
from envindicators.report.plots.lines import lines
from envindicators.report.plots.rows import bullets, dots

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_plot(card: Scorecard, target: str | None, reading: str | None, ax: Axes | None, lang: str) -> Axes:
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


def picture(card: Scorecard, target: str | None, reading: str | None, lang: str) -> Picture:
    """Return the picture that shows a card, or one target of it."""
    if target is None:
        if reading is not None:
            raise OptionError(f"the reading {reading!r} is of one target: plot(target, reading={reading!r})")
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


# pictures that stand in a page


def svg(drawn: Picture, key: str) -> str:
    """Return a picture as SVG to stand in a page of HTML.

    It is black on white whatever style is in force, the same every time, and asks nothing of the network.

    Args:
        drawn: the picture.
        key: a word that no other picture of the page has. Its ids begin with it.
    """
    from matplotlib import rc_context, style
    from matplotlib.figure import Figure

    written = io.StringIO()
    settings: dict[Any, Any] = {"svg.fonttype": "none", "svg.hashsalt": key, "font.family": "DejaVu Sans"}
    with style.context("default"), rc_context(settings):
        figure = Figure(figsize=inches(drawn.size), layout="constrained")
        drawn.draw(figure.add_subplot())
        with warnings.catch_warnings():
            # letters are set by whoever shows the page, who may have more of them than matplotlib
            warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
            figure.savefig(written, format="svg", metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))
    found = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>|<style.*?</style>", "", written.getvalue(), flags=re.DOTALL)
    body = re.sub(r"<[^>]*>", lambda tag: _of_the_page(tag[0], key), found[found.index("<svg") :])
    box = re.search(r'viewBox="([^"]*)"', body)
    assert box is not None
    title = escape(plain(drawn.title.name))
    return (
        f'<svg role="img" viewBox="{box[1]}" width="{box[1].split()[2]}" aria-label="{title}" style="{_STYLE}">'
        f"<title>{title}</title><desc>{escape(plain(drawn.told))}</desc>{body[body.index('>') + 1 :].strip()}"
    )


_STYLE = "stroke-linejoin:round;stroke-linecap:butt;font-family:'DejaVu Sans',Verdana,sans-serif"


def _of_the_page(tag: str, key: str) -> str:
    """Return a tag whose ids, and references to such, begin with the picture's own word, and whose font is its own."""
    tag = re.sub(r"font-family: [^;\"]*;? ?", "", tag.replace("xlink:href", "href")).replace("\n", " ")
    return re.sub(r'((?: id=|href=)"#?|url\(#)', rf"\g<1>{key}-", tag)
