"""A scorecard as HTML: one table, no script, no outside request, at home on light and dark pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from attrs import frozen

from envindicators.algebra.threshold import Judgement
from envindicators.algebra.verdict import Verdict
from envindicators.evaluation.assessment import Assessment
from envindicators.evaluation.scorecard import Scorecard
from envindicators.report.cards import (
    by_words,
    caption,
    duties_words,
    group_columns,
    group_key,
    group_label,
    level_words,
    more_words,
    reviews_words,
    source_words,
    summary,
    totals_words,
    year_words,
)
from envindicators.report.numbers import NO_INFORMATION, shares, threshold_words
from envindicators.report.readings import other_readings, reading_result, reading_words, telling_readings
from envindicators.report.verdicts import (
    CONTESTED_SYMBOL,
    SYMBOLS,
    VERDICTS,
    judgement_key,
    key_of,
    legend,
    reason_words,
    verdict_words,
)
from envindicators.words.message import Message, gettext

SHOWN_GROUPS = 30
"""How many groups are shown."""

_WIDTH, _HEIGHT, _BAR = 160, 22, 10
_COLUMNS = 4
_MANY = 14

# Text takes the colour of the page. The few colours are midway, so that they stand out on light and on dark.
_RULES = """
.ei-card{container:ei-card/inline-size;font-size:.9em;line-height:1.4}
.ei-card .ei-scroll{overflow-x:auto;max-width:100%}
.ei-card p{margin:0 0 .5em;padding:0;max-width:none;color:inherit}
.ei-card p.ei-title{font-size:1.1em}
.ei-card table{border-collapse:collapse;table-layout:auto;width:auto;max-width:none;display:table;color:inherit;
background:none;margin:0 0 .5em;border:0;font-size:inherit}
.ei-card tr,.ei-card tbody tr:nth-child(n),.ei-card tbody tr:hover{background:none}
.ei-card th,.ei-card td{text-align:left;vertical-align:top;padding:.3em .6em;color:inherit;background:none;border:0;
font-weight:normal;white-space:normal;max-width:none;line-height:inherit}
.ei-card thead{border:0}
.ei-card thead th{vertical-align:bottom;font-weight:bold;border-bottom:1px solid}
.ei-card tbody tr.ei-first>*{border-top:1px solid rgba(128,128,128,.4)}
.ei-card thead+tbody tr.ei-first:first-child>*{border-top:0}
.ei-card th[scope=row]{min-width:14em;max-width:24em}
.ei-card tr.ei-part th[scope=row]{padding-left:1.6em}
.ei-card th[scope=rowgroup]{font-weight:bold;padding-top:1em}
.ei-card .ei-verdict{min-width:9em}
.ei-card .ei-num{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.ei-card small,.ei-card .ei-note{opacity:.8;font-size:.92em}
.ei-card tr.ei-note td{padding-top:0}
.ei-card ul{margin:.1em 0 .1em 1.2em;padding:0}
.ei-card summary{cursor:pointer}
.ei-card svg{display:block;width:WIDTHpx;min-width:WIDTHpx;max-width:none;height:HEIGHTpx;margin:0 0 0 auto}
.ei-card th.ei-group{writing-mode:vertical-rl;transform:rotate(180deg);text-align:left;vertical-align:bottom;
padding:.4em .1em;font-weight:normal;white-space:nowrap;max-height:14em}
.ei-card td.ei-group{text-align:center;padding:.3em .25em;min-width:1.2em;white-space:nowrap}
.ei-card .ei-shape{font-weight:bold;font-family:"DejaVu Sans","Segoe UI Symbol",sans-serif}
.ei-card .ei-good{color:#2a9960;fill:#2a9960}
.ei-card .ei-bad{color:#dc4c40;fill:#dc4c40}
.ei-card .ei-open{color:#b5811a;fill:#b5811a}
.ei-card .ei-none{color:inherit;fill:currentColor}
"""

# Where there is no room for columns the cells of a row stand below each other, each with its heading before it.
_STACKED = """
.ei-card thead{display:none}
.ei-card table,.ei-card tbody{display:block}
.ei-card tr{display:flex;flex-wrap:wrap;align-items:flex-start}
.ei-card th[scope],.ei-card tr.ei-note td{flex:1 0 100%;max-width:none;min-width:0;box-sizing:border-box;
padding:.5em 0 .2em}
.ei-card tbody tr.ei-first>*{border:0}
.ei-card tr.ei-first{border-top:1px solid rgba(128,128,128,.4)}
.ei-card th[scope=row]{font-weight:bold}
.ei-card td{padding:.1em 1em .1em 0}
.ei-card td.ei-num{text-align:left}
.ei-card .ei-verdict{min-width:0;flex:1 0 100%}
.ei-card svg{margin:0}
.ei-card td.ei-group{min-width:0;text-align:left;padding:.1em 1em .1em 0}
.ei-card td[data-name]::before{content:attr(data-name) ": ";font-size:.92em;opacity:.8}
"""

_PRINTED = """
.ei-card{container-type:normal;font-size:8pt}
.ei-card .ei-scroll{overflow:visible}
.ei-card th,.ei-card td{padding:.2em .4em}
.ei-card th[scope=row]{min-width:9em}
.ei-card .ei-verdict{min-width:6em}
.ei-card svg{width:80px;min-width:80px;height:11px}
.ei-card td.ei-group{padding:.2em .05em;min-width:1.1em}
.ei-card tr{break-inside:avoid}
"""


def _firm(rules: str, card: str = ".ei-card") -> str:
    """Return rules that a page's own do not override: the class of the card three times over."""
    return rules.replace(".ei-card ", f"{card}.ei-card.ei-card ").replace("\n", "")


_STYLE = (
    _firm(_RULES.replace("WIDTH", str(_WIDTH)).replace("HEIGHT", str(_HEIGHT)))
    + f"@container ei-card (max-width:600px){{{_firm(_STACKED)}}}"
    + f"@media print{{{_firm(_PRINTED)}{_firm(_STACKED, '.ei-many')}}}"
)

_LEFT = 'style="text-align:left"'
"""Said beside the style too, for notebooks that are not trusted: styles are taken out of them, attributes are not."""

_TONES = {
    "exceeded": "ei-good",
    "bettered": "ei-good",
    "met": "ei-good",
    "not_met": "ei-bad",
    "not_yet_met": "ei-bad",
    "undetermined": "ei-open",
    "not_applicable": "ei-none",
}


@frozen
class _Sheet:
    """What every part of the table needs to know."""

    lang: str
    groups: tuple[tuple[Any, ...], ...]
    more: int

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(group_label(group) for group in self.groups)

    @property
    def width(self) -> int:
        return _COLUMNS + len(self.groups) + bool(self.more)


def card_html(card: Scorecard) -> str:
    """Return a scorecard as HTML: its name, its answer, one table, and what the signs mean.

    Where the page leaves it less than 600 pixels, the cells of a row stand one below the other.
    The table takes the colours of the page it stands on, so it is at home in light and in dark. It has
    no script, asks nothing of the network, and has no ``id``, so any number of cards can stand on a page.
    Whatever came with the data is escaped.

    Args:
        card: the card. One of several years shows a block of rows for each.
    """
    lang = card.lang
    cards = [card] if len(card.years) < 2 else [card.of_year(year) for year in card.years if year is not None]
    groups = tuple(dict.fromkeys(group_key(each, group) for each in cards for group in each.groups))
    groups = groups if group_columns(card) else ()
    sheet = _Sheet(lang, groups[:SHOWN_GROUPS], max(0, len(groups) - SHOWN_GROUPS))
    seen: list[Assessment] = []
    bodies = "".join(_body(each, sheet, seen, block=len(cards) > 1) for each in cards)
    many = " ei-many" if len(groups) > _MANY else ""
    return (
        f'<div class="ei-card{many}" lang="{lang}"><style>{_STYLE}</style>{_caption(cards, card)}'
        f'<div class="ei-scroll"><table aria-label="{escape(caption(card, lang))}">'
        f"{_head(card, sheet)}{bodies}</table></div>{_foot(card, sheet, seen)}{_beside(cards, card)}</div>"
    )


def page_html(card: Scorecard, note: str = "", explanations: Iterable[str] = ()) -> str:
    """Return a whole HTML page that shows a scorecard, with its source.

    Args:
        card: the card.
        note: a sentence to stand above it.
        explanations: explanations, as HTML, to stand below it.
    """
    title = escape(caption(card, card.lang))
    said = f"<p>{escape(note)}</p>" if note else ""
    source = f"<p>{escape(source_words(card.programme.document, card.lang))}</p>"
    return (
        f'<!doctype html>\n<html lang="{card.lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="color-scheme" content="light dark"><title>{title}</title>'
        "<style>body{font-family:system-ui,sans-serif;margin:2em}</style></head>"
        f"<body>{said}{card_html(card)}{source}{'<hr>'.join(['', *explanations])}</body></html>\n"
    )


# the frame of the table


def _caption(cards: Sequence[Scorecard], card: Scorecard) -> str:
    lang = card.lang
    lines = [f'<p class="ei-title"><strong>{escape(caption(card, lang))}</strong></p>']
    if len(cards) == 1:
        lines.append(f"<p>{escape(summary(card, lang))}</p>")
    return "".join(lines)


def _head(card: Scorecard, sheet: _Sheet) -> str:
    lang = card.lang
    names = [
        (Message("Target"), ""),
        (Message("Share"), "ei-num"),
        (Message("Threshold"), "ei-num"),
        (Message("Verdict"), ""),
    ]
    cells = [
        f'<th scope="col" class="{style}">{escape(name.in_(lang))}</th>'
        if style
        else f'<th scope="col" {_LEFT}>{escape(name.in_(lang))}</th>'
        for name, style in names
    ]
    cells += [f'<th scope="col" class="ei-group">{escape(label)}</th>' for label in sheet.labels]
    if sheet.more:
        cells.append(f'<th scope="col" class="ei-group">{escape(more_words(card, sheet.more, lang))}</th>')
    return f"<thead><tr>{''.join(cells)}</tr></thead>"


def _body(card: Scorecard, sheet: _Sheet, seen: list[Assessment], *, block: bool) -> str:
    rows: list[str] = []
    if block:
        said = summary(card, sheet.lang)
        rows.append(f'<tr><th scope="rowgroup" colspan="{sheet.width}">{escape(said)}</th></tr>')
    groups = {group_key(card, group): group for group in card.groups} if sheet.groups else {}
    for order, assessment in enumerate(card, 1):
        found = [card[assessment.target.key, groups[key]] if key in groups else None for key in sheet.groups]
        seen += [assessment, *(each for each in found if each is not None)]
        rows.extend(_rows(order, assessment, found, sheet))
    return f"<tbody>{''.join(rows)}</tbody>"


def _beside(cards: Sequence[Scorecard], card: Scorecard) -> str:
    """Return the duties that the tables measure, and the reviews."""
    lang = card.lang
    lines: list[str] = []
    for one in cards:
        duties = "".join(f"<li>{escape(duty)}</li>" for duty in duties_words(one, lang))
        if duties:
            heading = gettext("Duties measured (the text sets no level, so there is no verdict)", lang)
            heading = f"{year_words(one.year, lang)}. {heading}" if len(cards) > 1 else heading
            lines.append(f"<p>{escape(heading)}:</p><ul>{duties}</ul>")
    reviews = reviews_words(card.programme, lang)
    lines += [f"<p>{escape(reviews)}</p>"] if reviews else []
    return "".join(lines)


def _foot(card: Scorecard, sheet: _Sheet, seen: Sequence[Assessment]) -> str:
    lang = sheet.lang
    shapes = "; ".join(f"{shape} {word}" for shape, word in legend(seen, lang) if shape != "-")
    lines = [shapes, gettext("- : none arose; ... : no figure reported", lang)]
    if sheet.groups:
        lines.insert(0, f"{by_words(card, lang)}: {level_words(card, lang)}")
        if sheet.more:
            lines.append(
                gettext(
                    "Not all are shown here ({more}); card.to_frame() has them all, and --json on the command line.",
                    lang,
                    more=more_words(card, sheet.more, lang),
                )
            )
    lines += totals_words(card, lang)
    return "".join(f'<p class="ei-note">{escape(line)}</p>' for line in lines if line)


# the rows of a target


def _rows(order: int, assessment: Assessment, groups: Sequence[Assessment | None], sheet: _Sheet) -> Iterator[str]:
    lang = sheet.lang
    target, judgements = assessment.target, assessment.judgements
    name = f"{order}. {escape(target.name.in_(lang))} <small>{escape(target.clause.section)}</small>"
    verdict = _verdict(key_of(assessment), verdict_words(assessment, lang), contested=bool(assessment.contested))
    first = f'<th scope="row" {_LEFT}>{name}</th>'
    if len(judgements) == 1:
        middle = _measured(judgements[0], assessment, lang)
    else:
        several = gettext("{count} requirements, all to be met", lang, count=len(judgements))
        middle = f'<td colspan="2" {_LEFT}><small>{escape(several)}</small></td>'
    cells = "".join(_group_cell(each, label, lang) for each, label in zip(groups, sheet.labels, strict=True))
    rest = f'<td class="ei-group">{NO_INFORMATION}</td>' if sheet.more else ""
    last = f'<td class="ei-verdict" {_LEFT}>{verdict}</td>'
    yield f'<tr class="ei-first">{first}{middle}{last}{cells}{rest}</tr>'
    if len(judgements) > 1:
        for judgement in judgements:
            yield _part(judgement, assessment, sheet)
    note = _note(assessment, lang)
    if note:
        yield f'<tr class="ei-note"><td colspan="{sheet.width}" {_LEFT}>{note}</td></tr>'


def _measured(judgement: Judgement, assessment: Assessment, lang: str) -> str:
    names = [escape(name.in_(lang)) for name in (Message("Share"), Message("Threshold"))]
    return (
        f'<td class="ei-num" data-name="{names[0]}">{escape(shares(judgement, lang))}'
        f"{_bullet(judgement, assessment, lang)}</td>"
        f'<td class="ei-num" data-name="{names[1]}">{escape(threshold_words(judgement.threshold, lang))}</td>'
    )


def _part(judgement: Judgement, assessment: Assessment, sheet: _Sheet) -> str:
    assert judgement.requirement is not None
    name = escape(judgement.requirement.indicator.name.in_(sheet.lang))
    key = judgement_key(judgement, due=assessment.due)
    verdict = _verdict(key, VERDICTS[key].in_(sheet.lang))
    rest = f'<td colspan="{sheet.width - _COLUMNS}"></td>' if sheet.width > _COLUMNS else ""
    middle = _measured(judgement, assessment, sheet.lang)
    first, last = f'<th scope="row" {_LEFT}>{name}</th>', f'<td class="ei-verdict" {_LEFT}>{verdict}</td>'
    return f'<tr class="ei-part">{first}{middle}{last}{rest}</tr>'


def _verdict(key: str, words: str, *, contested: bool = False) -> str:
    return f"{_shape(key, contested=contested)} {escape(words)}"


def _shape(key: str, *, contested: bool = False) -> str:
    mark = CONTESTED_SYMBOL if contested else ""
    return f'<span class="ei-shape {_TONES[key]}" aria-hidden="true">{SYMBOLS[key]}{mark}</span>'


def _group_cell(assessment: Assessment | None, label: str, lang: str) -> str:
    if assessment is None:
        return f'<td class="ei-group" data-name="{escape(label)}">{NO_INFORMATION}</td>'
    given = ", ".join(shares(each, lang) for each in assessment.judgements)
    words = f"{label}: {given}; {verdict_words(assessment, lang)}"
    key = key_of(assessment)
    mark = CONTESTED_SYMBOL if assessment.contested else ""
    return (
        f'<td class="ei-group" data-name="{escape(label)}">'
        f'<span class="ei-shape {_TONES[key]}" role="img" aria-label="{escape(words)}" title="{escape(words)}">'
        f"{SYMBOLS[key]}{mark}</span></td>"
    )


def _note(assessment: Assessment, lang: str) -> str:
    said: list[str] = []
    reason = reason_words(assessment, lang)
    if reason:
        said.append(escape(f"{reason[0].upper()}{reason[1:]}."))
    others, telling = other_readings(assessment), telling_readings(assessment)
    if assessment.contested:
        mine = escape(f"{gettext('The reading used', lang)}: {reading_words(assessment.reading, lang)}.")
        said.append(f"{mine} {escape(gettext('Other readings', lang))}: {_list(telling, lang)}")
        others = [each for each in others if all(each.reading.key != one.reading.key for one in telling)]
    if others:
        summary = f"{gettext('Other readings', lang)} ({len(others)})"
        said.append(f"<details><summary>{escape(summary)}</summary>{_list(others, lang)}</details>")
    return "".join(said)


def _list(readings: Sequence[Assessment], lang: str) -> str:
    lines = (f"{reading_words(each.reading, lang)}: {reading_result(each, lang)}" for each in readings)
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"


# the bullet


def _bullet(judgement: Judgement, assessment: Assessment, lang: str) -> str:
    """Return the bar of a judgement: what is certain filled, what is open hatched, the threshold a mark."""
    key = judgement_key(judgement, due=assessment.due)
    title = gettext(
        "{share}; threshold {threshold}; {verdict}",
        lang,
        share=shares(judgement, lang),
        threshold=threshold_words(judgement.threshold, lang),
        verdict=VERDICTS[key].in_(lang),
    )
    top = (_HEIGHT - _BAR) / 2
    frame = f'x=".5" y="{top}" width="{_WIDTH - 1}" height="{_BAR}" fill="none"'
    parts = [f'<rect {frame} stroke="currentColor" stroke-opacity=".35"/>']
    rate = judgement.rate
    if rate is not None and judgement.verdict is not Verdict.NOT_APPLICABLE:
        low, high = float(rate.lower) * _WIDTH, float(rate.upper) * _WIDTH
        parts.append(f'<rect class="{_TONES[key]}" x="0" y="{top}" width="{low:.2f}" height="{_BAR}"/>' if low else "")
        parts.append(_hatched(low, high, top))
    at = min(max(float(judgement.threshold.level) * _WIDTH, 1.0), _WIDTH - 1.0)
    parts.append(f'<path d="M{at:.2f} 1V{_HEIGHT - 1}" stroke="currentColor" stroke-width="2" fill="none"/>')
    return (
        f'<svg width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{escape(title)}">{"".join(parts)}</svg>'
    )


def _hatched(low: float, high: float, top: float) -> str:
    """Return slanted lines between two places. Drawn one by one, so that no id can clash on a page."""
    strokes: list[str] = []
    start = low - _BAR
    while start < high:
        left, right = max(start, low), min(start + _BAR, high)
        if right > left:
            foot = top + _BAR + start
            strokes.append(f"M{left:.1f} {foot - left:.1f}L{right:.1f} {foot - right:.1f}")
        start += 4
    return f'<path d="{"".join(strokes)}" stroke="currentColor" stroke-opacity=".6" fill="none"/>' if strokes else ""
