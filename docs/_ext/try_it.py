"""The page to try: counts that a reader moves, bounds and verdict that follow, worked examples without a script.

``{try-it}`` writes the examples, judged by the library when the site is built, and the form that ``try.js`` fills with
life. The words are those of the library where it has them.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import envindicators as ei
from envindicators.algebra.tally import COUNTS, OUTCOMES
from envindicators.algebra.threshold import SIGNS
from envindicators.report.numbers import shares, threshold_words
from envindicators.report.tallies import FATES, OUTCOME_WORDS, tally_words
from envindicators.report.verdicts import REASONS, TONES, VERDICTS, judgement_key
from envindicators.sphinxext.language import site_language
from envindicators.words.message import pgettext

PAGE = "try"
SCRIPTS = ("law.js", "try.js")

PEOPLE = ei.Unit("person", ei.Text(vi="người", en="people"), one=ei.Text(vi="người", en="person"))

EXAMPLES = (
    (ei.Tally(98, 2), ei.at_least("98%")),
    (ei.Tally(97_996, 2_004), ei.at_least("98%")),
    (ei.Tally(90, 5, 5), ei.at_least("92%")),
    (ei.Tally(940, 10, unplaced_failed=50), ei.at_least("98%")),
    (ei.Tally(990, 10, unsized=frozenset(OUTCOMES)), ei.at_least("98%")),
    (ei.Tally(15, 85), ei.below("15%")),
    (ei.Tally(), ei.at_least("98%")),
)
"""What the page begins with: each a case that a spreadsheet gets wrong."""

TABLE = (("Mỹ Tú", 900, 890), ("Kế Sách", 500, None), ("Long Phú", 700, 690))
"""The small table that the page begins with; a blank is not known."""

WORDS = {
    "en": {
        "form": "Move the counts",
        "level": "Level",
        "direction": "Direction",
        "percent": "Share, as 98% or 98.5%",
        "what": "What to fill in",
        "tally": "the counts of a tally",
        "table": "a small table",
        "counts": "People, by what is known of them",
        "unsized": "A part of unknown size, as of a district that sent no report, may be",
        "rows": "Districts. Leave a cell blank if the number is not known, both if no report came",
        "area": "District",
        "total": "People",
        "part": "of them with water",
        "add": "Add a district",
        "remove": "Remove",
        "answer": "Answer",
        "value": "Share",
        "verdict": "Verdict",
        "observed": "A spreadsheet would show, of what is known",
        "shortfall": "Still missing",
        "excess": "Too many",
        "slack": "To spare",
        "reason": "Because",
        "made": "The tally of this table",
        "at_least": "at least {low}",
        "between": "{low} to {high}",
        "unknown": "not known",
        "none": "no one to count",
        "wrong_level": "Expected a share from 0% to 100%, as 98% or 98.5%.",
        "no_share": "No share can be above 100% or below 0%.",
        "wrong_count": "Expected whole numbers from 0; a part is at most its total.",
        "example": "Try this",
        "known": "What is known",
        "threshold": "Level",
        "nothing": "nothing to count",
        "examples": "Examples",
    },
    "vi": {
        "form": "Thay đổi số liệu",
        "level": "Chỉ tiêu đề ra",
        "direction": "So sánh",
        "percent": "Tỷ lệ, ví dụ 98% hoặc 98,5%",
        "what": "Nhập",
        "tally": "kết quả đếm",
        "table": "một bảng nhỏ",
        "counts": "Số người, theo mức độ đã biết",
        "unsized": "Có một phần chưa rõ quy mô, ví dụ của huyện chưa báo cáo; phần này có thể",
        "rows": "Các huyện. Số chưa biết thì để trống; huyện chưa báo cáo thì để trống cả hai ô",
        "area": "Huyện",
        "total": "Số người",
        "part": "trong đó có nước hợp vệ sinh",
        "add": "Thêm một huyện",
        "remove": "Bỏ",
        "answer": "Kết quả",
        "value": "Tỷ lệ",
        "verdict": "Đánh giá",
        "observed": "Bảng tính thông thường sẽ ghi, trên phần đã có số liệu",
        "shortfall": "Còn thiếu",
        "excess": "Vượt quá",
        "slack": "Còn dư",
        "reason": "Lý do",
        "made": "Kết quả đếm của bảng này",
        "at_least": "ít nhất {low}",
        "between": "từ {low} đến {high}",
        "unknown": "chưa xác định",
        "none": "không phát sinh",
        "wrong_level": "Cần một tỷ lệ từ 0% đến 100%, ví dụ 98% hoặc 98,5%.",
        "no_share": "Không có tỷ lệ nào trên 100% hoặc dưới 0%.",
        "wrong_count": "Cần số nguyên từ 0 trở lên; số bộ phận không lớn hơn tổng số.",
        "example": "Thử với số liệu này",
        "known": "Số liệu đã biết",
        "threshold": "Chỉ tiêu đề ra",
        "nothing": "không có gì để đếm",
        "examples": "Ví dụ",
    },
}


class TryIt(SphinxDirective):
    """``try-it``: the examples and the form."""

    def run(self) -> list[nodes.Node]:
        lang = site_language(self.config.language)
        page = _Page("vi" if lang.startswith("vi") else "en")
        return [nodes.raw("", page.html(), format="html")]


class _Page:
    """Writes the page in a language."""

    def __init__(self, lang: str) -> None:
        self.lang, self.own = lang, {key: escape(words) for key, words in WORDS[lang].items()}

    def html(self) -> str:
        """Return the form, hidden until the script shows it, and the examples."""
        return (
            f'<div class="site-try" data-words="{self._words()}">{self._form()}{self._answer()}{self._examples()}</div>'
        )

    def _words(self) -> str:
        words: dict[str, Any] = {
            **WORDS[self.lang],
            "verdicts": {key: message.in_(self.lang) for key, message in VERDICTS.items()},
            "tones": TONES,
            "reasons": {key: message.in_(self.lang) for key, message in REASONS.items()},
            "fates": [message.in_(self.lang) for message in FATES.values()],
            "signs": SIGNS,
            "point": pgettext("before the decimals of a number", ".", self.lang),
            "comma": pgettext("between the thousands of a number", ",", self.lang),
            "rows_given": TABLE,
        }
        return escape(json.dumps(words, ensure_ascii=False))

    def _form(self) -> str:
        own = self.own
        signs = "".join(f'<option value="{key}">{escape(sign)}</option>' for key, sign in SIGNS.items())
        counts = "".join(
            f'<div class="site-try-count"><label for="try-{name}">{escape(FATES[name].in_(self.lang))}</label>'
            f'<input type="range" name="slide-{name}" min="0" max="200" value="0" tabindex="-1" aria-hidden="true">'
            f'<input type="text" inputmode="numeric" id="try-{name}" name="{name}" value="0" autocomplete="off"></div>'
            for name in COUNTS
        )
        unsized = "".join(
            f'<label><input type="checkbox" name="unsized" value="{outcome}"> '
            f"{escape(OUTCOME_WORDS[outcome].in_(self.lang))}</label>"
            for outcome in OUTCOMES
        )
        return f"""<form hidden aria-label="{own["form"]}">
<fieldset><legend>{own["level"]}</legend>
<label>{own["direction"]} <select name="direction">{signs}</select></label>
<label>{own["percent"]} <input type="text" name="level" value="98%" size="8" autocomplete="off"></label></fieldset>
<fieldset><legend>{own["what"]}</legend>
<label><input type="radio" name="what" value="tally" checked> {own["tally"]}</label>
<label><input type="radio" name="what" value="table"> {own["table"]}</label></fieldset>
<fieldset data-what="tally"><legend>{own["counts"]}</legend>{counts}
<fieldset><legend>{own["unsized"]}</legend>{unsized}</fieldset></fieldset>
<fieldset data-what="table" hidden><legend>{own["rows"]}</legend>
<table><thead><tr><th>{own["area"]}</th><th>{own["total"]}</th><th>{own["part"]}</th><th></th></tr></thead>
<tbody></tbody></table><button type="button" name="add">{own["add"]}</button></fieldset>
</form>"""

    def _answer(self) -> str:
        return (
            f'<section class="site-try-answer" hidden aria-live="polite" aria-label="{self.own["answer"]}">'
            '<p class="site-try-verdict"></p><svg viewBox="0 0 1000 64" preserveAspectRatio="none" role="img">'
            '<rect class="track"/><rect class="certain"/><rect class="possible"/><line class="mark"/></svg></section>'
            '<dl class="site-try-told"></dl>'
        )

    def _examples(self) -> str:
        own = self.own
        heads = "".join(f"<th>{own[key]}</th>" for key in ("known", "threshold", "value", "verdict"))
        rows = "".join(self._example(*example) for example in EXAMPLES)
        return (
            f'<h2>{own["examples"]}</h2><div class="table-wrapper">'
            f'<table class="docutils site-plain site-try-examples">'
            f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        )

    def _example(self, tally: ei.Tally, threshold: ei.Threshold) -> str:
        judgement = threshold.judge(tally)
        key = judgement_key(judgement, due=True)
        known = [escape(line) for line in tally_words(tally, PEOPLE, self.lang)] or [self.own["nothing"]]
        case = {
            "counts": [str(count) for count in tally.counts],
            "unsized": [outcome for outcome in OUTCOMES if outcome in tally.unsized],
            "direction": threshold.direction,
            "level": threshold.percent,
        }
        cells = (
            "<br>".join(known),
            escape(threshold_words(threshold, self.lang)),
            escape(shares(judgement, self.lang)),
            f'<span class="site-try-{TONES[key]}">{escape(VERDICTS[key].in_(self.lang))}</span>',
        )
        made = "".join(f"<td>{cell}</td>" for cell in cells)
        return f'<tr data-case="{escape(json.dumps(case))}">{made}</tr>'


def _scripts(app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], _doctree: Any) -> None:
    if pagename == PAGE:
        for script in SCRIPTS:
            app.add_js_file(script, defer="defer")
        app.add_css_file("try.css")


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directive, and the scripts to its page alone."""
    app.add_directive("try-it", TryIt)
    app.connect("html-page-context", _scripts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
