"""What makes a page a document that is filed: its letterhead, its title, recipients and signature, its style."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from html import escape
from typing import Literal

from envindicators.errors import OptionError
from envindicators.report.cards import plain
from envindicators.report.numbers import month_name
from envindicators.words.message import Message, gettext, pgettext

Letterhead = Literal["state", "party", "none"]
"""``"state"`` or ``"party"``, by who issues a report, or ``"none"``."""

_LETTERHEADS: dict[str, tuple[Message, ...]] = {
    "state": (Message("SOCIALIST REPUBLIC OF VIET NAM"), Message("Independence - Freedom - Happiness")),
    "party": (Message("COMMUNIST PARTY OF VIET NAM"),),
    "none": (),
}

STYLE = """
@page{size:A4;margin:20mm 15mm 20mm 25mm}
@page wide{size:A4 landscape;margin:18mm 15mm}
.wide{page:wide}
*{box-sizing:border-box}
html{color-scheme:light;background:#fff}
body{max-width:180mm;margin:2em auto;padding:0 1em;background:#fff;color:#000;
font-family:"Times New Roman","Liberation Serif",serif;font-size:13pt;line-height:1.35}
header{display:flex;flex-wrap:wrap;gap:.5em 2em;justify-content:space-between;margin-bottom:1em}
header p{margin:0}
header>div{flex:1 1 11em}
header>.motto{flex:0 0 auto;font-size:12pt;text-align:center;font-weight:bold;white-space:nowrap}
.motto p:last-child span{border-bottom:1px solid;padding-bottom:.15em}
.date{text-align:right;font-style:italic}
h1{text-align:center;font-size:14pt;margin:1.5em 0 1em}
h1 span{display:block}
h2{font-size:13pt;margin:1.6em 0 .5em}
h3{font-size:13pt;margin:1.4em 0 .4em}
h2,h3{break-after:avoid}
p{margin:.4em 0}
.answer{border:1px solid;margin:.4em 1px;padding:.4em .8em;font-weight:bold}
.note{font-size:11pt}
.scroll{overflow-x:auto}
table.list{border-collapse:collapse;width:calc(100% - 1px);font-size:11pt;margin:.6em 0}
table.list th,table.list td{border:1px solid #666;padding:.2em .4em;text-align:left;vertical-align:top;
overflow-wrap:break-word}
table.list th{font-weight:bold}
table.list .num{text-align:right;white-space:nowrap}
table.list code{font-size:8.5pt;overflow-wrap:anywhere}
figure{margin:.8em 0;break-inside:avoid}
figure svg{display:block;width:100%;height:auto}
figcaption{font-style:italic;font-size:11pt;text-align:center;margin-top:.3em}
.told{margin:.3em 0;font-size:12pt}
.told dt{margin-top:.35em;font-weight:bold;break-after:avoid}
.told dd{margin:0 0 0 1.5em}
.ei-card{font-size:9.5pt;font-family:"Liberation Sans",Arial,sans-serif}
.ei-card tr{break-inside:avoid}
.end{display:flex;justify-content:space-between;gap:2em;margin-top:3em;break-inside:avoid}
.end p{margin:0}
.recipients{font-size:11pt}
.recipients strong{font-style:italic}
.signs{text-align:center;min-width:45%}
.signs p+p{margin-top:6em}
.annex{break-before:page}
@media screen and (min-width:60em){.sheet{width:min(94vw,72em);margin-left:50%;transform:translateX(-50%)}}
@media(max-width:30em){header>.motto{flex:1 1 100%;white-space:normal}}
@media print{body{max-width:none;margin:0;padding:0;font-size:12.5pt}
thead{display:table-header-group}
tr{break-inside:avoid}
.scroll{overflow:visible}
.ei-card details{display:none}
.ei-card .ei-good,.ei-card .ei-bad,.ei-card .ei-open{color:#000}}
"""


def text(words: object) -> str:
    """Return words as they may stand in a page."""
    return escape(plain(str(words)))


def paragraph(words: str, kind: str = "") -> str:
    """Return a paragraph, perhaps of a class."""
    return f'<p class="{kind}">{text(words)}</p>' if kind else f"<p>{text(words)}</p>"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    """Return a table.

    Args:
        heads: the headings of its columns.
        rows: its rows, whose cells are HTML already.
        numbers: the places of the columns that hold numbers.
    """
    kinds = [' class="num"' if place in numbers else "" for place in range(len(heads))]
    head = "".join(f'<th scope="col"{kind}>{text(words)}</th>' for words, kind in zip(heads, kinds, strict=True))
    body = "".join(
        f"<tr>{''.join(f'<td{kind}>{cell}</td>' for kind, cell in zip(kinds, row, strict=True))}</tr>" for row in rows
    )
    return f'<div class="scroll"><table class="list"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def checked_letterhead(letterhead: str | None, lang: str) -> str:
    """Return which letterhead a report has: what was asked, else that of the state in Vietnamese and none elsewhere.

    Raises:
        OptionError: for one that there is not.
    """
    if letterhead is None:
        return pgettext("the usual letterhead: state, party or none", "none", lang)
    if letterhead not in _LETTERHEADS:
        raise OptionError(f"letterhead is {letterhead!r}; expected one of {', '.join(map(repr, _LETTERHEADS))}")
    return letterhead


def head(title: str, date: datetime.date, letterhead: str, lang: str) -> str:
    """Return what stands above a report.

    Args:
        title: what it is about.
        date: the date that it bears.
        letterhead: its letterhead.
        lang: the language.
    """
    own = (
        gettext("Organisation: ..............................", lang),
        gettext("Reporting unit: ..............................", lang),
        gettext("No.: ...............", lang),
    )
    motto = "".join(f"<p><span>{text(line.in_(lang))}</span></p>" for line in _LETTERHEADS[letterhead])
    kind = gettext("REPORT", lang)
    when = gettext(
        "Place: .................., {day} {month} {year}", lang, day=date.day, month=month_name(date), year=date.year
    )
    return (
        f"<header><div>{''.join(map(paragraph, own))}</div>"
        f"{f'<div class={chr(34)}motto{chr(34)}>{motto}</div>' if motto else ''}</header>{paragraph(when, 'date')}"
        f"<h1><span>{text(kind)}</span><span>{text(title)}</span></h1>"
    )


def signature(lang: str) -> str:
    """Return what stands below a report: who receives it at the left, who signs it at the right."""
    recipients = gettext("Recipients:", lang)
    received = (gettext("- ..............................;", lang), gettext("- On file.", lang))
    position = gettext("POSITION OF THE SIGNATORY", lang)
    signs, name = gettext("(signature, seal)", lang), gettext("Full name", lang)
    return (
        f'<div class="end"><div class="recipients"><p><strong>{text(recipients)}</strong></p>'
        f"{''.join(map(paragraph, received))}</div>"
        f'<div class="signs"><p><strong>{text(position)}</strong><br><em>{text(signs)}</em></p>'
        f"<p><strong>{text(name)}</strong></p></div></div>"
    )
