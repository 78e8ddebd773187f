"""A scorecard as HTML: one table, no script, no outside request, at home on light and dark pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from envindicators.evaluation.scorecard import Scorecard
from envindicators.report.html_style import BAR, HEIGHT, STYLE, WIDTH
from envindicators.report.measures import Bar
from envindicators.report.numbers import NO_INFORMATION
from envindicators.report.view import CardView, CellView, ReadingView, ResultView, TargetView, VerdictView, YearView
from envindicators.report.view_of_card import IN_PYTHON, card_view
from envindicators.words.message import Message

_COLUMNS = 4
_MANY = 14


def card_html(card: Scorecard, *, style: bool = True, nonce: str | None = None, capped: Message = IN_PYTHON) -> str:
    """Return a scorecard as HTML: its name, its answer, one table, and what the signs mean.

    Where the page leaves it less than 600 pixels, the cells of a row stand one below the other; where the
    table is wider than its place, it scrolls, by keyboard too. It takes the colours of the page it stands on, so
    it is at home in light and in dark. It has no script, asks nothing of the network, and has no ``id`` and no
    ``style`` attribute, so any number of cards can stand on a page. Whatever came with the data is escaped.

    Args:
        card: the card. One of several years shows a block of rows for each.
        style: whether its style sheet comes with it; without, `card_css` gives it to the page.
        nonce: the nonce of the style sheet, for a page with a content security policy.
        capped: the sentence that not all groups are shown and where they are, with ``{more}`` in it.
    """
    return _card(card_view(card, capped=capped), style=style, nonce=nonce)


def _card(view: CardView, *, style: bool = True, nonce: str | None = None) -> str:
    sheet = f"<style{_attribute('nonce', nonce)}>{STYLE}</style>" if style else ""
    many = " ei-many" if view.groups is not None and len(view.groups.keys) > _MANY else ""
    name = escape(view.caption)
    return (
        f'<div class="ei-card{many}" lang="{view.lang}">{sheet}{_caption(view)}'
        f'<div class="ei-scroll" role="region" aria-label="{name}" tabindex="0"><table aria-label="{name}">'
        f"{_head(view)}{''.join(_body(view, year) for year in view.years)}</table></div>{_foot(view)}</div>"
    )


def card_css() -> str:
    """Return the style sheet of cards, for pages that show them with ``card.to_html(style=False)``.

    Example:
        >>> card_css().startswith(".ei-card")
        True
    """
    return STYLE


def page_html(card: Scorecard, note: str = "", explanations: Iterable[str] = (), capped: Message = IN_PYTHON) -> str:
    """Return a whole HTML page that shows a scorecard, with its source.

    Args:
        card: the card.
        note: a sentence to stand above it.
        explanations: explanations, as HTML, to stand below it.
        capped: as `card_html` takes it.
    """
    view = card_view(card, capped=capped)
    note = f"<p>{escape(note)}</p>" if note else ""
    return (
        f'<!doctype html>\n<html lang="{view.lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="color-scheme" content="light dark"><title>{escape(view.caption)}</title>'
        "<style>body{font-family:system-ui,sans-serif;margin:2em}</style></head>"
        f"<body>{note}{_card(view)}<p>{escape(view.source)}</p>"
        f"{'<hr>'.join(['', *explanations])}</body></html>\n"
    )


def _attribute(name: str, value: str | None) -> str:
    return "" if value is None else f' {name}="{escape(value)}"'


# the frame of the table


def _labels(view: CardView) -> tuple[str, ...]:
    return () if view.groups is None else view.groups.labels


def _width(view: CardView) -> int:
    return _COLUMNS + len(_labels(view)) + _capped(view)


def _capped(view: CardView) -> bool:
    return view.groups is not None and bool(view.groups.more)


def _caption(view: CardView) -> str:
    title = f'<p class="ei-title"><strong>{escape(view.caption)}</strong></p>'
    summaries = [year.summary for year in view.years]
    return title if len(summaries) > 1 else f"{title}<p>{escape(summaries[0])}</p>"


def _head(view: CardView) -> str:
    heads = view.headings
    cells = [(heads.target, ""), (heads.result, "ei-num"), (heads.threshold, "ei-num"), (heads.verdict, "")]
    cells += [(label, "ei-group") for label in _labels(view)]
    cells += [(view.groups.more, "ei-group")] if view.groups is not None and view.groups.more else []
    row = "".join(f'<th scope="col"{_attribute("class", kind or None)}>{escape(name)}</th>' for name, kind in cells)
    return f"<thead><tr>{row}</tr></thead>"


def _body(view: CardView, year: YearView) -> str:
    rows = [f'<tr><th scope="rowgroup" colspan="{_width(view)}">{escape(year.summary)}</th></tr>']
    rows = rows if len(view.years) > 1 else []
    rows += [row for target in year.targets for row in _rows(view, target)]
    return f"<tbody>{''.join(rows)}</tbody>"


def _foot(view: CardView) -> str:
    notes = ["; ".join(f"{sign} {word}" for sign, word in view.legend), view.signs, *view.totals]
    if view.groups is not None:
        notes = [f"{view.groups.heading}: {view.groups.level}", *notes[:2], view.groups.capped, *notes[2:]]
    lines = [f'<p class="ei-note">{escape(note)}</p>' for note in notes if note]
    if view.gaps:
        lines.append(
            f"<p>{escape(view.headings.gaps)}:</p><ul>{''.join(f'<li>{escape(gap)}</li>' for gap in view.gaps)}</ul>"
        )
    for year in view.years:
        if year.duties:
            several = len(view.years) > 1 and year.heading
            heading = f"{year.heading}. {view.headings.duties}" if several else view.headings.duties
            duties = "".join(f"<li>{escape(duty)}</li>" for duty in year.duties)
            lines.append(f"<p>{escape(heading)}:</p><ul>{duties}</ul>")
    lines += [f"<p>{escape(view.reviews)}</p>"] if view.reviews else []
    return "".join(lines)


# the rows of a target


def _rows(view: CardView, target: TargetView) -> Iterator[str]:
    name = f"{target.order}. {escape(target.name)} <small>{escape(target.section)}</small>"
    if target.several:
        middle = f'<td colspan="2"><small>{escape(target.several)}</small></td>'
    else:
        middle = _measured(view, target.results[0])
    cells = "".join(map(_group_cell, target.cells, _labels(view)))
    rest = f'<td class="ei-group">{NO_INFORMATION}</td>' if _capped(view) else ""
    yield (
        f'<tr class="ei-first"><th scope="row">{name}</th>{middle}'
        f'<td class="ei-verdict">{_verdict(target.verdict)}</td>{cells}{rest}</tr>'
    )
    if target.several:
        yield from (_part(view, result) for result in target.results)
    note = _note(view, target)
    if note:
        yield f'<tr class="ei-note"><td colspan="{_width(view)}">{note}</td></tr>'


def _measured(view: CardView, result: ResultView) -> str:
    heads = view.headings
    return (
        f'<td class="ei-num" data-name="{escape(heads.result)}">{escape(result.value)}{_bar(result.bar, result)}</td>'
        f'<td class="ei-num" data-name="{escape(heads.threshold)}">{escape(result.threshold)}</td>'
    )


def _part(view: CardView, result: ResultView) -> str:
    others = _width(view) - _COLUMNS
    rest = f'<td colspan="{others}"></td>' if others else ""
    return (
        f'<tr class="ei-part"><th scope="row">{escape(result.name)}</th>{_measured(view, result)}'
        f'<td class="ei-verdict">{_verdict(result.verdict)}</td>{rest}</tr>'
    )


def _verdict(verdict: VerdictView) -> str:
    sign = f'<span class="ei-shape ei-{verdict.tone}" aria-hidden="true">{verdict.symbol}</span>'
    return f"{sign} {escape(verdict.word)}"


def _group_cell(cell: CellView | None, label: str) -> str:
    if cell is None:
        return f'<td class="ei-group" data-name="{escape(label)}">{NO_INFORMATION}</td>'
    words, verdict = escape(cell.text), cell.verdict
    return (
        f'<td class="ei-group" data-name="{escape(label)}"><span class="ei-shape ei-{verdict.tone}" role="img" '
        f'aria-label="{words}" title="{words}">{verdict.symbol}</span></td>'
    )


def _note(view: CardView, target: TargetView) -> str:
    parts: list[str] = []
    if target.reason:
        parts.append(escape(f"{target.reason[0].upper()}{target.reason[1:]}."))
    others: Sequence[ReadingView] = target.others
    heading = escape(view.headings.other_readings)
    if target.reading:
        parts.append(f"{escape(target.reading)}. {heading}: {_list(target.telling)}")
        others = [reading for reading in others if not reading.telling]
    if others:
        parts.append(f"<details><summary>{heading} ({len(others)})</summary>{_list(others)}</details>")
    return "".join(parts)


def _list(readings: Sequence[ReadingView]) -> str:
    lines = "".join(f"<li>{escape(reading.name)}: {escape(reading.text)}</li>" for reading in readings)
    return f"<ul>{lines}</ul>"


# the bar


def _bar(bar: Bar | None, result: ResultView) -> str:
    """Return the bar of a result: what is certain filled, what is open hatched, the threshold a mark."""
    if bar is None:
        return ""
    top = (HEIGHT - BAR) / 2
    frame = f'x=".5" y="{top}" width="{WIDTH - 1}" height="{BAR}" fill="none"'
    parts = [f'<rect {frame} stroke="currentColor" stroke-opacity=".35"/>']
    certain, possible = bar.certain * WIDTH, bar.possible * WIDTH
    if certain:
        parts.append(
            f'<rect class="ei-{result.verdict.tone}" x="0" y="{top}" width="{certain:.2f}" height="{BAR}" '
            'fill="currentColor"/>'
        )
    parts.append(_hatched(certain, possible, top))
    threshold = min(max(bar.threshold * WIDTH, 1.0), WIDTH - 1.0)
    parts.append(f'<path d="M{threshold:.2f} 1V{HEIGHT - 1}" stroke="currentColor" stroke-width="2" fill="none"/>')
    words = escape(f"{result.text}: {result.verdict.word}")
    return (
        f'<svg width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{words}">{"".join(parts)}</svg>'
    )


def _hatched(low: float, high: float, top: float) -> str:
    """Return slanted lines between two positions. Drawn one by one, so that no id can clash on a page."""
    strokes: list[str] = []
    start = low - BAR
    while start < high:
        left, right = max(start, low), min(start + BAR, high)
        if right > left:
            foot = top + BAR + start
            strokes.append(f"M{left:.1f} {foot - left:.1f}L{right:.1f} {foot - right:.1f}")
        start += 4
    return f'<path d="{"".join(strokes)}" stroke="currentColor" stroke-opacity=".6" fill="none"/>' if strokes else ""
