"""The style sheet of cards."""

from __future__ import annotations

WIDTH, HEIGHT, BAR = 160, 22, 10
"""The size of the picture of a bar, and the height of the bar within it, in pixels."""

# Text takes the colour of the page. The few colours are midway, so that they stand out on light and on dark.
_RULES = """
.ei-card{container:ei-card/inline-size;font-size:.9em;line-height:1.4}
.ei-card .ei-scroll{overflow-x:auto;max-width:100%}
.ei-card .ei-scroll::-webkit-scrollbar{height:.6em}
.ei-card .ei-scroll::-webkit-scrollbar-thumb{background:rgba(128,128,128,.5)}
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

# Where there is less room the columns are narrower, so that a dozen groups still find place.
_NARROWER = """
.ei-card th,.ei-card td{padding:.25em .35em}
.ei-card th[scope=row]{min-width:10em}
.ei-card .ei-verdict{min-width:6em}
.ei-card svg{width:96px;min-width:96px;height:14px}
.ei-card td.ei-group{padding:.25em .1em}
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
.ei-card td{padding:.1em 1em .1em 0;box-sizing:border-box}
.ei-card td.ei-num{text-align:left}
.ei-card .ei-verdict{min-width:0;flex:1 0 100%}
.ei-card svg{width:WIDTHpx;min-width:WIDTHpx;height:HEIGHTpx;margin:0}
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
    sized = rules.replace("WIDTH", str(WIDTH)).replace("HEIGHT", str(HEIGHT))
    return sized.replace(".ei-card ", f"{card}.ei-card.ei-card ").replace("\n", "")


STYLE = (
    _firm(_RULES)
    + f"@container ei-card (max-width:1000px){{{_firm(_NARROWER)}}}"
    + f"@container ei-card (max-width:600px){{{_firm(_STACKED)}}}"
    + f"@media print{{{_firm(_PRINTED)}{_firm(_STACKED, '.ei-many')}}}"
)
"""The style sheet: it holds for what stands in a card, and for nothing else."""
