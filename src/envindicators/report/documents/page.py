"""A report as one page of HTML that prints on A4."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from envindicators.report.cards import plain
from envindicators.report.documents.paper import (
    Block,
    Bullets,
    Drawing,
    Foot,
    Grid,
    Head,
    Heading,
    Paper,
    Part,
    Told,
    Words,
)
from envindicators.report.plots.canvas import need_matplotlib
from envindicators.report.plots.plot import svg

STYLE = """
@page{size:A4;margin:20mm 15mm 20mm 30mm;@top-center{content:counter(page);font:13pt 'Times New Roman',serif}}
@page:first{@top-center{content:none}}
*{box-sizing:border-box}
html{color-scheme:light;background:#fff}
body{max-width:180mm;margin:2em auto;padding:0 1em;background:#fff;color:#000;
font-family:"Times New Roman","Liberation Serif",serif;font-size:13pt;line-height:1.35}
header{display:flex;flex-wrap:wrap;gap:.5em 1.5em;justify-content:space-between;text-align:center;margin-bottom:1em}
header p{margin:0}
header>div{flex:1 1 13em;font-size:12pt}
header>.motto{flex:0 0 auto;font-weight:bold;white-space:nowrap}
.motto p:last-child span{border-bottom:1px solid;padding-bottom:.15em}
.agency{font-weight:bold}
.agency span{border-bottom:1px solid;padding-bottom:.15em}
.number{margin-top:.5em}
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
table.list .mid{text-align:center}
table.list tr.strong td{font-weight:bold}
table.list .num{text-align:right}
table.list code{font-size:8.5pt;overflow-wrap:anywhere}
figure{margin:.8em 0;break-inside:avoid}
figure svg{display:block;width:100%;height:auto}
figcaption{font-style:italic;font-size:11pt;text-align:center;margin-top:.3em}
.told{margin:.3em 0;font-size:12pt}
.told dt{margin-top:.35em;font-weight:bold;break-after:avoid}
.told dd{margin:0 0 0 1.5em}
.end{display:flex;justify-content:space-between;gap:2em;margin-top:3em;break-inside:avoid}
.end p{margin:0}
.recipients{font-size:11pt}
.recipients strong{font-style:italic}
.signs{text-align:center;min-width:45%}
.signs p+p{margin-top:6em}
.annex{break-before:page}
@media(max-width:30em){header>.motto{flex:1 1 100%;white-space:normal}}
@media print{body{max-width:none;margin:0;padding:0;font-size:12.5pt}
thead{display:table-header-group}
tr{break-inside:avoid}
.scroll{overflow:visible}
}
"""


def page(paper: Paper) -> str:
    """Return a report as one page of HTML.

    It has no script and asks nothing of the network; whatever came with the data is escaped.

    Raises:
        ImportError: if matplotlib is not installed.
    """
    need_matplotlib()
    figures = iter(range(1, 1 << 30))
    parts = "".join(_part(part, figures) for part in paper.parts)
    annexes = "".join(_part(part, figures, "annex") for part in paper.annexes)
    return (
        f'<!doctype html>\n<html lang="{paper.lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_text(paper.name)}</title><style>{STYLE}</style></head>\n"
        f"<body>{_head(paper.head)}{''.join(_block(words, figures) for words in paper.opening)}{parts}"
        f"{_foot(paper.foot)}{annexes}</body></html>\n"
    )


def _text(words: str) -> str:
    """Return words as they may stand in a page, a line break for each."""
    return "<br>".join(escape(plain(line)) for line in words.split("\n"))


def _paragraph(words: str, kind: str = "") -> str:
    return f'<p class="{kind}">{_text(words)}</p>' if kind else f"<p>{_text(words)}</p>"


def _head(head: Head) -> str:
    motto = "".join(f"<p><span>{_text(line)}</span></p>" for line in head.motto)
    return (
        f'<header><div>{_paragraph(head.parent)}<p class="agency"><span>{_text(head.agency)}</span></p>'
        f"{_paragraph(head.number, 'number')}</div>"
        f"{f'<div class={chr(34)}motto{chr(34)}>{motto}</div>' if motto else ''}</header>"
        f"{_paragraph(head.dated, 'date')}"
        f"<h1><span>{_text(head.kind)}</span><span>{_text(head.title)}</span></h1>"
    )


def _foot(foot: Foot) -> str:
    heading, *names = foot.recipients
    return (
        f'<div class="end"><div class="recipients"><p><strong>{_text(heading)}</strong></p>'
        f"{''.join(map(_paragraph, names))}</div>"
        f'<div class="signs"><p><strong>{"<br>".join(map(_text, foot.position))}</strong><br>'
        f"<em>{_text(foot.signed)}</em></p><p><strong>{_text(foot.signatory)}</strong></p></div></div>"
    )


def _part(part: Part, figures: Iterator[int], kind: str = "") -> str:
    opened = f'<section class="{kind}">' if kind else "<section>"
    return f"{opened}<h2>{_text(part.heading)}</h2>{''.join(_block(each, figures) for each in part.blocks)}</section>"


def _block(block: Block | Words, figures: Iterator[int]) -> str:
    if isinstance(block, Words):
        return _paragraph(block.text, block.kind)
    if isinstance(block, Heading):
        return f"<h3>{_text(block.text)}</h3>"
    if isinstance(block, Bullets):
        return f"<ul>{''.join(f'<li>{_text(line)}</li>' for line in block.lines)}</ul>"
    if isinstance(block, Told):
        return f'<dl class="told">{"".join(_told(heading, lines) for heading, lines in block.sections)}</dl>'
    if isinstance(block, Drawing):
        drawn = svg(block.picture, f"f{next(figures)}", block.caption)
        return f"<figure>{drawn}<figcaption>{_text(block.caption)}</figcaption></figure>"
    return _table(block.grid)


def _told(heading: str, lines: tuple[tuple[str, str], ...]) -> str:
    return f"<dt>{_text(heading)}</dt>" + "".join(
        f"<dd{f' lang={chr(34)}{escape(lang)}{chr(34)}' if lang else ''}>{_text(line)}</dd>" for line, lang in lines
    )


def _table(grid: Grid) -> str:
    kinds = [
        ' class="num"' if place in grid.numbers else ' class="mid"' if place in grid.middle else ""
        for place in range(len(grid.heads))
    ]
    head = "".join(f'<th scope="col"{kind}>{_text(words)}</th>' for words, kind in zip(grid.heads, kinds, strict=True))
    body = "".join(
        f"<tr{' class={0}strong{0}'.format(chr(34)) if row in grid.strong else ''}>"
        + "".join(
            f"<td{kind}>{f'<code>{_text(cell)}</code>' if place in grid.codes else _text(cell)}</td>"
            for place, (kind, cell) in enumerate(zip(kinds, cells, strict=True))
        )
        + "</tr>"
        for row, cells in enumerate(grid.rows)
    )
    return f'<div class="scroll"><table class="list"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
