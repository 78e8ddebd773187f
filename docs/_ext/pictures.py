"""Pictures of the concepts, drawn from the library when the site is built, in its language and the page's colours.

``{picture} bounds`` puts one where it stands. What a picture shows is said in words for those who cannot see it.
"""

from __future__ import annotations

import functools
import textwrap
import warnings
from collections.abc import Iterable
from fractions import Fraction
from html import escape
from typing import Any

from attrs import frozen
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import envindicators as ei
from envindicators.programmes import soc_trang_2020
from envindicators.report.numbers import share as share_words
from envindicators.report.numbers import shares, threshold_words
from envindicators.report.readings import KINDS
from envindicators.report.verdicts import SYMBOLS, VERDICTS, key_of
from envindicators.sphinxext.language import site_language
from envindicators.words.text import Text

WIDTH = 400
LEFT, RIGHT = 12, 388

SATISFIED, FAILED, OPEN = "#2a9960", "#dc4c40", "#b5811a"


@frozen
class Words:
    """The words of the pictures."""

    lang: str

    def __call__(self, key: str, /, **details: object) -> str:
        return WORDS[key].in_(self.lang).format(**details)


WORDS = {
    "satisfied": Text(vi="thuộc tử số: {n}", en="satisfied: {n}"),
    "unknown": Text(vi="chưa rõ: {n}", en="unknown: {n}"),
    "failed": Text(vi="không thuộc tử số: {n}", en="failed: {n}"),
    "unplaced": Text(vi="chưa rõ có thuộc mẫu số: {n}", en="perhaps not in the population: {n}"),
    "out": Text(vi="nằm ngoài: không đếm", en="out: not counted"),
    "fates_title": Text(
        vi="Một kết quả đếm: 90 người chắc chắn thuộc tử số, 5 người chưa rõ, 5 người chắc chắn không thuộc tử số, "
        "4 người chưa rõ có thuộc mẫu số hay không. Không đếm người chắc chắn nằm ngoài mẫu số.",
        en="A tally: 90 people are certainly in the numerator, 5 may be, 5 certainly are not, and 4 may not belong to "
        "the population. People who certainly do not belong to it are not counted.",
    ),
    "bounds_title": Text(
        vi="Trên trục từ 84% đến 100%: từ {low} đến {high} là các tỷ lệ mà số liệu cho phép. Tính riêng "
        "phần đã có số liệu thì được {observed}, nằm trong khoảng đó.",
        en="On an axis from 84% to 100%: the data allow every share from {low} to {high}. The known part alone "
        "gives {observed}, which lies between the two.",
    ),
    "least": Text(vi="thấp nhất {share}", en="least {share}"),
    "greatest": Text(vi="cao nhất {share}", en="greatest {share}"),
    "observed": Text(vi="phần đã có số liệu {share}", en="known part {share}"),
    "threshold": Text(vi="chỉ tiêu đề ra {share}", en="threshold {share}"),
    "verdicts_title": Text(
        vi="Bốn trường hợp so với chỉ tiêu đề ra 90%. Cả khoảng từ 90% trở lên: đạt. Cả khoảng dưới 90%: không đạt. "
        "Khoảng có cả hai phía: chưa đủ căn cứ đánh giá. Mẫu số bằng 0: không phát sinh.",
        en="Four cases against a threshold of 90%. The whole interval above it: met. The whole interval below it: not "
        "met. The interval across it: undetermined. An empty population: not applicable.",
    ),
    "readings_title": Text(
        vi="Chỉ tiêu chất thải rắn đô thị, số liệu minh hoạ, chỉ tiêu đề ra 90%. {told}",
        en="The target for urban waste on the example figures, threshold 90%. {told}",
    ),
    "answer_title": Text(
        vi="Kết quả của tỉnh minh hoạ, năm 2020. {told}",
        en="The results of the example province, 2020. {told}",
    ),
    "layouts_title": Text(
        vi="Ba dạng bảng của cùng một số liệu: mỗi dòng một đơn vị; mỗi dòng nhiều đơn vị giống nhau; mỗi dòng có số "
        "đếm của từng bộ phận. Cả ba cho cùng một kết quả đếm.",
        en="Three layouts of the same data: a row is one unit; a row is several units that are alike; a row has the "
        "counts of its parts. All three give the same tally.",
    ),
    "kinds_title": Text(
        vi="Các câu hỏi lần lượt để chọn loại chỉ tiêu. {told}", en="Questions in turn that lead to the kind. {told}"
    ),
    "kinds_line": Text(vi="{question} Nếu có: {kind}.", en="{question} If so: {kind}."),
    "kinds_last": Text(vi="Nếu không: {kind}.", en="If none: {kind}."),
    "yes": Text(vi="có", en="yes"),
    "no": Text(vi="không", en="no"),
    "records": Text(vi="Từng đơn vị", en="Records"),
    "weighted": Text(vi="Nhóm đơn vị giống nhau", en="Weighted records"),
    "counts": Text(vi="Số đếm", en="Counts"),
    "same": Text(vi="cùng một kết quả: 2 / 3", en="the same tally: 2 / 3"),
}


CHOICE = [
    (
        Text(
            vi="So với năm khác, kịch bản hoặc số đã công bố?",
            en="Is it against another year, a scenario or a published figure?",
        ),
        Text(vi="mức thay đổi\ncủa loại dưới đây", en="a change\nof what follows"),
    ),
    (
        Text(
            vi="Đếm số xã, tỉnh, trạm đạt một mức nào đó?",
            en="Does it count communes, provinces or stations that reach a level?",
        ),
        Text(vi="tỷ lệ địa bàn\nđạt tiêu chí", en="a share of areas,\nor every area"),
    ),
    (
        Text(
            vi="Một phần trong tổng thể, cùng đơn vị đếm?",
            en="Is it a part of a whole, in the same units?",
        ),
        Text(vi="tỷ lệ", en="a share"),
    ),
    (
        Text(
            vi="Một lượng chia cho một lượng khác, như m² mỗi người?",
            en="Is it one quantity for each unit of another, as m² for each person?",
        ),
        Text(vi="tỷ số", en="a ratio"),
    ),
    (
        Text(vi="Trung bình của các giá trị đo?", en="Is it the average of measured values?"),
        Text(vi="trung bình", en="a mean"),
    ),
]
"""The questions that lead to a kind of indicator, in turn, and the kinds."""

LAST = Text(vi="số lượng", en="an amount")
"""The kind where no question of `CHOICE` is answered with yes."""


def _text(x: float, y: float, words: str, *, anchor: str = "start", size: int = 13, weight: str = "") -> str:
    bold = f' font-weight="{weight}"' if weight else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}"{bold}>{escape(words)}</text>'


def _box(x: float, y: float, width: float, height: float, colour: str, *, hatched: bool = False) -> str:
    frame = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    if not hatched:
        return f'<rect {frame} fill="{colour}"/>'
    strokes, at = [], x - height
    while at < x + width:
        left, right = max(at, x), min(at + height, x + width)
        if right > left:
            foot = y + height + at
            strokes.append(f"M{left:.1f} {foot - left:.1f}L{right:.1f} {foot - right:.1f}")
        at += 5
    return (
        f'<rect {frame} fill="{colour}" fill-opacity=".15" stroke="{colour}"/>'
        f'<path d="{"".join(strokes)}" stroke="{colour}" fill="none"/>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, *, width: float = 1, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="currentColor" stroke-width="{width}" '
        f'fill="none"{dashes}/>'
    )


def _svg(height: float, title: str, parts: Iterable[str]) -> str:
    return (
        f'<div class="site-picture"><svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(title)}">'
        f"{''.join(parts)}</svg></div>"
    )


def fates(say: Words) -> str:
    """Draw a tally as a bar."""
    tally = ei.Tally(90, 5, 5, unplaced_unknown=4)
    scale = (RIGHT - LEFT) / 110
    counts = [
        ("satisfied", tally.satisfied, SATISFIED, False),
        ("unknown", tally.unknown, OPEN, True),
        ("failed", tally.failed, FAILED, False),
        ("unplaced", tally.unplaced_unknown, OPEN, True),
    ]
    parts, x = [], float(LEFT)
    for name, count, colour, hatched in counts:
        gap = 12 if name == "unplaced" else 0
        parts.append(_box(x + gap, 14, count * scale, 34, colour, hatched=hatched))
        x += gap + count * scale
    for row, (name, count, colour, hatched) in enumerate(counts):
        y = 76 + 24 * row
        parts.append(_box(LEFT, y - 11, 14, 14, colour, hatched=hatched))
        parts.append(_text(LEFT + 24, y, say(name, n=count)))
    parts.append(_text(LEFT + 24, 76 + 24 * 4, say("out")))
    return _svg(76 + 24 * 4 + 12, say("fates_title"), parts)


def bounds(say: Words) -> str:
    """Draw the interval of shares that a tally allows."""
    tally = ei.Tally(90, 5, 5)
    assert tally.rate is not None
    assert tally.observed is not None
    low, high, first = tally.rate.lower, tally.rate.upper, Fraction(84, 100)
    place = _axis(first)
    observed = share_words(tally.observed, say.lang)
    title = say(
        "bounds_title",
        low=share_words(low, say.lang),
        high=share_words(high, say.lang),
        observed=observed,
    )
    parts = [
        _line(LEFT, 80, RIGHT, 80),
        *(_line(place(Fraction(each, 100)), 76, place(Fraction(each, 100)), 84) for each in (84, 88, 92, 96, 100)),
        *(_text(place(Fraction(each, 100)), 102, f"{each}%", anchor="middle", size=12) for each in (88, 92, 96)),
        _box(place(low), 52, place(high) - place(low), 22, OPEN, hatched=True),
        _text(place(low), 42, say("least", share=share_words(low, say.lang)), anchor="middle"),
        _text(place(high), 42, say("greatest", share=share_words(high, say.lang)), anchor="middle"),
        _line(place(tally.observed), 52, place(tally.observed), 118, dash="3 3"),
        _text(
            place(tally.observed), 134, say("observed", share=share_words(tally.observed, say.lang)), anchor="middle"
        ),
    ]
    return _svg(142, title, parts)


def _axis(first: Fraction) -> Any:
    return lambda share: LEFT + float((share - first) / (1 - first)) * (RIGHT - LEFT)


def _judged(say: Words, rows: Iterable[tuple[str, list[tuple[Any, str]]]], title: str, limit: str) -> str:
    """Draw intervals of shares against one threshold, each under its words."""
    place = _axis(Fraction(60, 100))
    parts: list[str] = []
    y, top = 34.0, 20.0
    for words, intervals in rows:
        for line in words.split("\n"):
            parts.append(_text(LEFT, y, line))
            y += 17
        for judgement, key in intervals:
            colour = {"exceeded": SATISFIED, "met": SATISFIED, "not_met": FAILED}.get(key, OPEN)
            if judgement is None or judgement.rate is None:
                parts.append(_text(place(Fraction(9, 10)) - 8, y + 6, "-", anchor="middle"))
            else:
                low, high = max(judgement.rate.lower, Fraction(60, 100)), judgement.rate.upper
                if low == high:
                    parts.append(f'<circle cx="{place(low):.1f}" cy="{y:.1f}" r="7" fill="{colour}"/>')
                else:
                    wide = place(high) - place(low)
                    parts.append(_box(place(low), y - 7, wide, 14, colour, hatched=key == "undetermined"))
            y += 20
        y += 14
    at = place(Fraction(9, 10))
    parts.append(_line(at, top, at, y - 16, width=2))
    parts.append(_text(at, 13, say("threshold", share=limit), anchor="middle", size=12))
    return _svg(y - 10, title, parts)


def verdicts(say: Words) -> str:
    """Draw the four verdicts."""
    limit = ei.at_least("90%")
    tallies = [ei.Tally(93, 2, 5), ei.Tally(75, 12, 13), ei.Tally(84, 4, 12), ei.Tally()]
    rows = []
    for tally, key in zip(tallies, ("met", "not_met", "undetermined", "not_applicable"), strict=True):
        judgement = limit.judge(tally)
        rows.append((f"{SYMBOLS[key]} {VERDICTS[key].in_(say.lang)}", [(judgement, key)]))
    return _judged(say, rows, say("verdicts_title"), threshold_words(limit, say.lang))


@functools.cache
def _card() -> ei.Scorecard:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ei.CoverageWarning)
        return ei.evaluate(soc_trang_2020, ei.examples.soc_trang(), year=2020)


def readings(say: Words) -> str:
    """Draw what each reading of one clause gives."""
    rows, told = [], []
    for assessment in _card()["urban_waste"].readings.values():
        key = key_of(assessment)
        name, kind = assessment.reading.name.in_(say.lang), KINDS[assessment.reading.kind].in_(say.lang)
        result = ", ".join(shares(each, say.lang) for each in assessment.judgements)
        verdict = VERDICTS[key].in_(say.lang)
        told.append(f"{name} ({kind}): {result}; {verdict}.")
        each = [(one, "not_met" if one.verdict is ei.Verdict.NOT_MET else "met") for one in assessment.judgements]
        rows.append((f"{_cut(name)}\n{SYMBOLS[key]} {verdict}: {result}", each))
    title = say("readings_title", told=" ".join(told))
    return _judged(say, rows, title, threshold_words(ei.at_least("90%"), say.lang))


def _cut(words: str, limit: int = 42) -> str:
    if len(words) <= limit:
        return words
    at = words.rfind(" ", 0, limit)
    return f"{words[:at]}\n{words[at + 1 :]}"


ANSWERED = ("urban_water", "rural_water", "urban_waste", "medical_waste")


def answer(say: Words) -> str:
    """Draw the answer on the example, small: each target with its verdict, what is certain and what is possible."""
    parts, told, y = [], [], 4.0
    card = _card()
    for assessment in map(card.__getitem__, ANSWERED):
        key, (judgement, *_) = key_of(assessment), assessment.judgements
        name, result = assessment.target.name.in_(say.lang), shares(judgement, say.lang)
        level = say("threshold", share=threshold_words(judgement.threshold, say.lang))
        verdict = f"{SYMBOLS[key]} {assessment.word(say.lang)}: {result} ({level})"
        told.append(f"{name}: {verdict}.")
        for line in _cut(name, 52).split("\n"):
            y += 16
            parts.append(_text(LEFT, y, line))
        y += 17
        parts.append(_text(LEFT, y, verdict, weight="bold"))
        low, high = (0, 0) if judgement.rate is None else (judgement.rate.lower, judgement.rate.upper)
        place = _axis(Fraction(0))
        parts.append(_box(LEFT, y + 7, place(low) - LEFT, 9, SATISFIED))
        if high > low:
            parts.append(_box(place(low), y + 7, place(high) - place(low), 9, OPEN, hatched=True))
        at = place(judgement.threshold.level)
        parts.append(_line(at, y + 3, at, y + 20, width=3))
        y += 28
    return _svg(y, say("answer_title", told=" ".join(told)), parts)


def layouts(say: Words) -> str:
    """Draw the three layouts of one table."""
    tables = [
        ("records", [("id", "clean"), ("a", "true"), ("b", "true"), ("c", "false")]),
        ("weighted", [("units", "clean"), ("2", "true"), ("1", "false")]),
        ("counts", [("units", "clean"), ("3", "2")]),
    ]
    parts, y = [], 6.0
    for name, rows in tables:
        y += 14
        parts.append(_text(LEFT, y, say(name), weight="bold"))
        y += 8
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                weight = "bold" if place == 0 else ""
                parts.append(_text(LEFT + 12 + 90 * column, y + 14, cell, weight=weight, size=12))
            if place == 0:
                parts.append(_line(LEFT, y + 20, LEFT + 190, y + 20))
            y += 20
        parts.append(_line(LEFT + 205, y - 10 * len(rows), LEFT + 255, 118, dash="4 3"))
        y += 8
    parts.append(_text(LEFT + 262, 122, say("same"), size=12))
    return _svg(y + 6, say("layouts_title"), parts)


def kinds(say: Words) -> str:
    """Draw the questions that lead to a kind of indicator."""
    parts, told, y = [], [], 8.0
    for question, kind in CHOICE:
        asked, answered = question.in_(say.lang), kind.in_(say.lang)
        told.append(say("kinds_line", question=asked, kind=answered.replace("\n", " ")))
        lines, of_kind = _wrapped(asked, 30), answered.split("\n")
        height = 14 + 17 * max(len(lines), len(of_kind))
        middle = y + height / 2
        parts.append(_frame(LEFT, y, 216, height))
        parts.extend(_lines(LEFT + 108, middle, lines))
        parts.append(_arrow(LEFT + 216, middle, LEFT + 256, middle))
        parts.append(_text(LEFT + 234, middle - 6, say("yes"), anchor="middle", size=12))
        parts.extend(_lines(LEFT + 260, middle, of_kind, anchor="start", weight="bold"))
        parts.append(_arrow(LEFT + 108, y + height, LEFT + 108, y + height + 28))
        parts.append(_text(LEFT + 116, y + height + 18, say("no"), size=12))
        y += height + 28
    told.append(say("kinds_last", kind=LAST.in_(say.lang)))
    parts.append(_text(LEFT + 108, y + 16, LAST.in_(say.lang), anchor="middle", weight="bold"))
    return _svg(y + 26, say("kinds_title", told=" ".join(told)), parts)


def _wrapped(words: str, limit: int) -> list[str]:
    return textwrap.wrap(words, limit, break_long_words=False)


def _lines(x: float, middle: float, lines: list[str], *, anchor: str = "middle", weight: str = "") -> list[str]:
    first = middle - 17 * (len(lines) - 1) / 2 + 4.5
    return [_text(x, first + 17 * row, line, anchor=anchor, weight=weight) for row, line in enumerate(lines)]


def _frame(x: float, y: float, width: float, height: float) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="6" fill="none" '
        'stroke="currentColor"/>'
    )


def _arrow(x1: float, y1: float, x2: float, y2: float) -> str:
    back, side = ((-6, 0), (0, 3.5)) if y1 == y2 else ((0, -6), (3.5, 0))
    foot = x2 + back[0], y2 + back[1]
    return _line(x1, y1, *foot) + (
        f'<path d="M{x2:.1f} {y2:.1f}L{foot[0] + side[0]:.1f} {foot[1] + side[1]:.1f}'
        f'L{foot[0] - side[0]:.1f} {foot[1] - side[1]:.1f}Z" fill="currentColor"/>'
    )


PICTURES = {
    "kinds": kinds,
    "fates": fates,
    "bounds": bounds,
    "verdicts": verdicts,
    "readings": readings,
    "layouts": layouts,
    "answer": answer,
}


class Picture(SphinxDirective):
    """``picture``: one of `PICTURES`."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        if name not in PICTURES:
            raise self.error(f"picture: there is no {name!r} ({', '.join(PICTURES)})")
        words = Words(site_language(self.config.language))
        return [nodes.raw("", PICTURES[name](words), format="html")]


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directive."""
    app.add_directive("picture", Picture)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
