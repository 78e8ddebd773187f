"""The report that is handed in and filed: one page of HTML that prints on A4."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from envindicators import __version__
from envindicators.algebra.threshold import at_least
from envindicators.algebra.verdict import Verdict
from envindicators.evaluation.assessment import DutyReport
from envindicators.evaluation.scorecard import Scorecard
from envindicators.report.cards import (
    caption,
    counts_words,
    group_columns,
    group_key,
    missing_words,
    overall_words,
    plain,
    target_words,
)
from envindicators.report.explain import explain
from envindicators.report.html import card_html
from envindicators.report.numbers import amount, date_words, month_name, number, shares
from envindicators.report.plots.canvas import need_matplotlib
from envindicators.report.plots.plot import picture, svg
from envindicators.report.plots.rows import Dots
from envindicators.report.sections.needed import needed_sentences
from envindicators.words.message import Message
from envindicators.words.messages import SEVERITY_NAMES
from envindicators.words.text import Text

_WORDS: dict[str, Message] = {
    "office": Message("Organisation: .............................."),
    "unit": Message("Reporting unit: .............................."),
    "number": Message("No.: ..............."),
    "place": Message("Place: .................., {day} {month} {year}"),
    "title": Message("REPORT\non the targets"),
    "source": Message("{kind} {number}, {date}, {title}"),
    "period": Message("Reporting period: {years}"),
    "no_period": Message("Reporting period: no year stated"),
    # headings
    "overall": Message("Overall result"),
    "targets": Message("Target by target"),
    "open": Message("What would settle the open targets"),
    "duties": Message("Duties that are measured"),
    "gaps": Message("What did not come, and what is to be noted of the figures"),
    "inputs": Message("The figures this rests on"),
    "figure": Message("Figure {number}. {name}"),
    # what stands below them
    "year_result": Message("{year}: {result}"),
    "only_last": Message(
        "What follows explains the last year, {year}; the other years stand in the table and the figures."
    ),
    "bullet": Message("Filled: certainly in the numerator; hatched: not known; upright mark: the threshold."),
    "none_open": Message("No target is left open."),
    "by_groups": Message("The figures are not by group, so it cannot be said of which group more are needed."),
    "none_missing": Message("No table, column or area is missing."),
    "none_noted": Message("There is nothing else to note."),
    "no_duties": Message("No table came that measures a duty of the text."),
    "no_verdict": Message("The text sets no threshold for these duties, so their shares are given without a verdict."),
    "must": Message("The text says “must”; it admits no exception."),
    "from_zero": Message("Rows are counted from 0, the heading not among them."),
    "more": Message("and {more} more"),
    "fingerprints": Message(
        "The fingerprints (SHA-256) are taken of the figures as they were added up: the same figures give "
        "the same, whatever file, unit and order of rows they came in; one changed number gives another."
    ),
    "version": Message("Made with envindicators {version}."),
    # columns
    "clause": Message("Section"),
    "duty": Message("Duty"),
    "measure": Message("Measure"),
    "share": Message("Share"),
    "table": Message("Table"),
    "what": Message("What"),
    "kind": Message("Kind"),
    "year": Message("Year"),
    "rows": Message("Rows"),
    "groups": Message("Groups"),
    "units": Message("Total"),
    "sha256": Message("Fingerprint (SHA-256)"),
    # signatures
    "author": Message("Prepared by"),
    "author_signs": Message("(signature, name)"),
    "head": Message("Head of the unit"),
    "head_signs": Message("(signature, seal, name)"),
}

_MOTTO = Text(vi="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc", en="")

_PER_PAGE, _UPRIGHT = 44, 14
_EXAMPLES = 3
_ELSEWHERE = {"not_reported", "absent_column"}
_NUMERALS = ("I", "II", "III", "IV", "V", "VI")

_STYLE = """
@page{size:A4;margin:18mm 15mm 18mm 20mm}
@page wide{size:A4 landscape;margin:18mm 15mm}
.wide{page:wide}
*{box-sizing:border-box}
body{max-width:180mm;margin:2em auto;padding:0 1em;background:#fff;color:#000;
font-family:"Times New Roman","Liberation Serif",serif;font-size:12pt;line-height:1.35}
header{display:flex;flex-wrap:wrap;gap:0 2em;justify-content:space-between;margin-bottom:1.5em}
header p{margin:0;white-space:pre-line}
header .motto{text-align:center;font-weight:bold;flex:1 0 20em}
.date{text-align:right;font-style:italic}
h1{text-align:center;font-size:15pt;white-space:pre-line;margin:1em 0 .3em}
.under{text-align:center;margin:.2em 0}
h2{font-size:13.5pt;margin:1.6em 0 .5em}
h3{font-size:12pt;margin:1.4em 0 .4em}
h2,h3{break-after:avoid}
p{margin:.4em 0}
.answer{border:1px solid;margin:.4em 1px;padding:.4em .8em;font-weight:bold}
.note{font-size:10.5pt}
table.list{border-collapse:collapse;width:calc(100% - 1px);font-size:10.5pt;margin:.6em 0}
table.list th,table.list td{border:1px solid #666;padding:.2em .4em;text-align:left;vertical-align:top;
overflow-wrap:anywhere}
table.list th{font-weight:bold}
table.list .num{text-align:right;white-space:nowrap}
table.list code{font-size:8.5pt}
figure{margin:.8em 0;break-inside:avoid}
figure svg{display:block;width:100%;height:auto}
figcaption{font-style:italic;font-size:10.5pt;text-align:center;margin-top:.3em}
dl.ei-explanation{margin:.3em 0;font-size:11pt}
dl.ei-explanation dt{margin-top:.35em;break-after:avoid}
dl.ei-explanation dd{margin:0 0 0 1.5em}
.ei-card{font-size:9.5pt;font-family:"Liberation Sans",Arial,sans-serif}
.ei-card tr{break-inside:avoid}
.signatures{display:flex;justify-content:space-around;text-align:center;margin-top:3em;break-inside:avoid}
.signatures p{margin:0}
.signatures div{min-height:8em}
@media print{body{max-width:none;margin:0;padding:0;font-size:11.5pt}
thead{display:table-header-group}
tr{break-inside:avoid}
.ei-card details{display:none}
.ei-card .ei-good,.ei-card .ei-bad,.ei-card .ei-open{color:#000}}
"""


def report_html(card: Scorecard, lang: str, date: datetime.date | None = None, note: str = "") -> str:
    """Return a report on a card as one page of HTML.

    It has no script and asks nothing of the network; whatever came with the data is escaped.

    Args:
        card: the card.
        lang: the language.
        date: the date that it bears; today unless given.
        note: a sentence to stand above the results.

    Raises:
        ImportError: if matplotlib is not installed.
    """
    need_matplotlib()
    date = date or datetime.datetime.now().astimezone().date()
    card = card.with_lang(lang)
    years = [year for year in card.years if year is not None]
    last = card.of_year(years[-1]) if len(years) > 1 else card
    figures = _Figures(lang)
    sections = [
        ("overall", _overall(card, lang, figures)),
        ("targets", _targets(card, last, lang, figures)),
        ("open", _open(last, lang)),
        ("duties", _duties(last, lang)),
        ("gaps", _gaps(card, lang)),
        ("inputs", _inputs(card, lang)),
    ]
    body = "".join(
        f"<section><h2>{numeral}. {_said(key, lang)}</h2>{''.join(parts)}</section>"
        for numeral, (key, parts) in zip(_NUMERALS, sections, strict=True)
    )
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_text(caption(card, lang))}</title><style>{_STYLE}</style></head>\n"
        f"<body>{_head(card, lang, date)}{_paragraph(note, 'answer') if note else ''}{body}{_signatures(lang)}</body>"
        "</html>\n"
    )


def _say(key: str, lang: str, /, **details: object) -> str:
    return _WORDS[key].filled(**details).in_(lang)


def _text(words: object) -> str:
    """Return words as they may stand in a page."""
    return escape(plain(str(words)))


def _said(key: str, lang: str, /, **details: object) -> str:
    return "\n".join(_text(line) for line in _say(key, lang, **details).split("\n"))


def _paragraph(words: str, kind: str = "") -> str:
    return f'<p class="{kind}">{_text(words)}</p>' if kind else f"<p>{_text(words)}</p>"


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]], lang: str, numbers: Sequence[str] = ()) -> str:
    """Return a table. Its cells are HTML already."""
    kinds = [' class="num"' if column in numbers else "" for column in columns]
    head = "".join(f'<th scope="col"{kind}>{_said(key, lang)}</th>' for key, kind in zip(columns, kinds, strict=True))
    lines = (
        f"<tr>{''.join(f'<td{kind}>{cell}</td>' for kind, cell in zip(kinds, row, strict=True))}</tr>" for row in rows
    )
    return f'<table class="list"><thead><tr>{head}</tr></thead><tbody>{"".join(lines)}</tbody></table>'


class _Figures:
    """The figures of a report, numbered as they come."""

    def __init__(self, lang: str) -> None:
        self.lang: str = lang
        self.count = 0

    def of(self, card: Scorecard, target: str | None) -> Iterator[str]:
        """Yield the figure of a card or target; of many groups several, each of which fits a page."""
        drawn = picture(card, target, None, self.lang)
        for each in drawn.pages(_PER_PAGE) if isinstance(drawn, Dots) else [drawn]:
            self.count += 1
            said = _said("figure", self.lang, number=self.count, name=each.title.name)
            yield f"<figure>{svg(each, f'f{self.count}')}<figcaption>{said}</figcaption></figure>"


# the parts of the report


def _head(card: Scorecard, lang: str, date: datetime.date) -> str:
    document = card.programme.document
    years = ", ".join(str(year) for year in card.years if year is not None)
    source = _say(
        "source",
        lang,
        kind=document.kind.in_(lang),
        number=document.number,
        date=date_words(document.date, lang),
        title=document.title.in_(lang),
    )
    own = "\n".join(_said(key, lang) for key in ("office", "unit", "number"))
    motto = _MOTTO.in_(lang)
    when = _said("place", lang, day=date.day, month=month_name(date), year=date.year)
    parts = [
        f"<header><p>{own}</p>{f'<p class={chr(34)}motto{chr(34)}>{motto}</p>' if motto else ''}</header>",
        f'<p class="date">{when}</p><h1>{_said("title", lang)}</h1>',
        _paragraph(card.programme.name.in_(lang), "under"),
        _paragraph(source, "under"),
        _paragraph(_say("period", lang, years=years) if years else _say("no_period", lang), "under"),
    ]
    return "".join(parts)


def _overall(card: Scorecard, lang: str, figures: _Figures) -> Iterator[str]:
    results: list[str] = []
    for year in card.years:
        one = card if year is None else card.of_year(year)
        result = f"{counts_words(one, lang)}. {overall_words(one, lang)}."
        results.append(result if year is None else _say("year_result", lang, year=year, result=result))
    yield f'<p class="answer">{"<br>".join(_text(result) for result in results)}</p>'
    note = card.programme.document.note
    if note is not None:
        yield _paragraph(note.in_(lang), "note")
    columns = {group_key(card, group) for group in card.groups} if group_columns(card) else ()
    table = card_html(card)
    yield f'<div class="wide">{table}</div>' if len(columns) > _UPRIGHT else table
    yield from figures.of(card, None)
    yield _paragraph(_say("bullet", lang), "note")


def _targets(card: Scorecard, last: Scorecard, lang: str, figures: _Figures) -> Iterator[str]:
    if last is not card:
        yield _paragraph(_say("only_last", lang, year=last.year))
    for place, assessment in enumerate(last, start=1):
        yield f"<h3>{place}. {_text(target_words(assessment.target, lang))}</h3>"
        yield explain(last, assessment, lang).to_html()
        came = any(judgement.cause is None for judgement in assessment.judgements)
        if came and (group_columns(card) or last is not card):
            yield from figures.of(card, assessment.target.key)


def _open(card: Scorecard, lang: str) -> Iterator[str]:
    found = [assessment for assessment in card if assessment.verdict is Verdict.UNDETERMINED]
    if not found:
        yield _paragraph(_say("none_open", lang))
        return
    for assessment in found:
        lines = [sentence.in_(lang) for sentence in needed_sentences(card, assessment)] or [_say("by_groups", lang)]
        items = "".join(f"<li>{_text(line)}</li>" for line in lines)
        yield f"<h3>{_text(target_words(assessment.target, lang))}</h3><ul>{items}</ul>"


def _duties(card: Scorecard, lang: str) -> Iterator[str]:
    if not card.duties:
        yield _paragraph(_say("no_duties", lang))
        return
    yield _paragraph(_say("no_verdict", lang))
    columns = ("clause", "duty", "measure", "share")
    yield _table(columns, (_duty(report, lang) for report in card.duties.values()), lang, numbers=["share"])


def _duty(report: DutyReport, lang: str) -> list[str]:
    duty = report.duty
    assert duty.indicator is not None
    words = [duty.clause.translated(lang) or duty.clause.quote]
    if report.admits_no_exception:
        words.append(_say("must", lang))
    share = shares(at_least("0%").judge(report.tally), lang)
    cells = [duty.clause.section, " ".join(words), duty.indicator.name.in_(lang), share]
    return [_text(cell) for cell in cells]


def _gaps(card: Scorecard, lang: str) -> Iterator[str]:
    tables = card.programme.tables
    if card.missing:
        rows = (
            (
                _text(tables[key].name.in_(lang)),
                "<br>".join(_text(missing_words(each, lang)) for each in found),
            )
            for key, found in card.missing.items()
        )
        yield _table(("table", "what"), rows, lang)
    else:
        yield _paragraph(_say("none_missing", lang))
    noted = [key for key in card.problems.counts if key[2] not in _ELSEWHERE]
    if noted:
        yield _table(("kind", "what"), (_problem(card, key, lang) for key in noted), lang)
        if any(each.row is not None for each in card.problems):
            yield _paragraph(_say("from_zero", lang), "note")
    else:
        yield _paragraph(_say("none_noted", lang))


def _problem(card: Scorecard, key: tuple[Any, ...], lang: str) -> list[str]:
    """Return a kind of problem with some examples of it, and how many more there are."""
    found = [each for each in card.problems if (each.table, each.column, each.kind) == key]
    lines = [_text(each.in_(lang)) for each in found[:_EXAMPLES]]
    more = card.problems.counts[key] - len(lines)
    if more:
        lines.append(_said("more", lang, more=number(more, lang)))
    return [_text(SEVERITY_NAMES[found[0].severity].in_(lang)), "<br>".join(lines)]


def _inputs(card: Scorecard, lang: str) -> Iterator[str]:
    yield _paragraph(_say("fingerprints", lang))
    tables = card.programme.tables
    rows = (
        [
            _text(each.year or ""),
            f"{_text(tables[each.table].name.in_(lang))} ({_text(each.table)})",
            _text(number(each.rows, lang)),
            _text(number(each.groups, lang)),
            _text(amount(each.units, tables[each.table].unit, lang)),
            f"<code>{each.sha256}</code>",
        ]
        for each in card.inputs
    )
    columns = ("year", "table", "rows", "groups", "units", "sha256")
    yield _table(columns, rows, lang, numbers=["year", "rows", "groups", "units"])
    yield _paragraph(_say("version", lang, version=__version__))


def _signatures(lang: str) -> str:
    signs = (
        f"<div><p><strong>{_said(who, lang)}</strong></p><p><em>{_said(f'{who}_signs', lang)}</em></p></div>"
        for who in ("author", "head")
    )
    return f'<div class="signatures">{"".join(signs)}</div>'
