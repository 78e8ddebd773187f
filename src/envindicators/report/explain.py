"""How an answer came about, in words: clause, rule, inputs, tally, bounds, verdict."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from html import escape
from typing import Any, Self

from envindicators.algebra.tally import Tally
from envindicators.algebra.threshold import Judgement, Threshold
from envindicators.algebra.verdict import Verdict
from envindicators.definitions.indicator import Indicator, Question
from envindicators.definitions.rule import AllUnits, Flag
from envindicators.definitions.table import Table, Unit
from envindicators.evaluation.assessment import Assessment
from envindicators.evaluation.needed_reports import NeededReports, Unsettled
from envindicators.evaluation.scorecard import Scorecard
from envindicators.problems import Problems
from envindicators.report.words import (
    REASONS,
    VERDICTS,
    amount,
    date_words,
    figure,
    group_key,
    group_label,
    listed,
    missing_words,
    nothing_known,
    number,
    other_readings,
    reading_result,
    reading_words,
    rule_words,
    share,
    shares,
    span,
    tally_words,
    threshold_words,
    verdict_key,
    verdict_words,
)
from envindicators.words.percent import Rounding
from envindicators.words.text import Lang, Text, as_text

Section = tuple[str, tuple[str, ...]]
"""A heading and the lines below it."""

_WORDS: dict[str, Text] = {
    # headings
    "answer": Text(vi="Kết luận", en="Answer"),
    "clause": Text(vi="Điều khoản", en="Clause"),
    "deadline": Text(vi="Thời hạn", en="Deadline"),
    "reading": Text(vi="Cách hiểu", en="Reading"),
    "rule": Text(vi="Cách tính", en="Rule"),
    "data": Text(vi="Nguồn số liệu", en="Where the numbers come from"),
    "tally": Text(vi="Số liệu tổng hợp", en="Tally"),
    "bounds": Text(vi="Tỷ lệ", en="Share"),
    "verdict": Text(vi="So với mức đặt ra", en="Against the threshold"),
    "settle": Text(vi="Cần thêm số liệu nào", en="What would settle it"),
    "others": Text(vi="Các cách hiểu khác", en="Other readings"),
    # the head
    "whole": Text(vi="{target}{year}: {verdict}.", en="{target}{year}: {verdict}."),
    "group": Text(vi="{target}, {group}{year}: {verdict}.", en="{target}, {group}{year}: {verdict}."),
    "in_year": Text(vi=", năm {year}", en=", {year}"),
    "level": Text(
        vi="Kết quả được so với mức đặt ra cho cấp {level}; văn bản không giao mức riêng cho {group}.",
        en="It is compared with the level set for the {level}; the text sets none for {group}.",
    ),
    "no_level": Text(
        vi="Kết quả của {group} được so với mức đặt ra chung.",
        en="{group} is compared with the level set for the whole.",
    ),
    # the clause
    "source": Text(
        vi="{kind} số {number}, ngày {date}, {title}; mục {section}.",
        en="{kind} {number}, {date}, {title}; section {section}.",
    ),
    "quote": Text(vi="“{quote}”", en="“{quote}”"),
    "translation": Text(vi="Bản dịch: “{words}”", en="In English: “{words}”"),
    "correction": Text(
        vi="Bản quét ghi “{scan}”, sửa thành “{corrected}”{doubt}.",
        en="The scan has “{scan}”, corrected to “{corrected}”{doubt}.",
    ),
    "doubt": Text(vi=" (chưa chắc chắn)", en=" (not certain)"),
    "note": Text(vi="Lưu ý: {note}", en="Note: {note}"),
    "stated": Text(vi="Đến hết năm {year}, ghi rõ trong văn bản.", en="The end of {year}, stated by the text."),
    "inferred": Text(
        vi="Đến hết năm {year}; văn bản không ghi rõ, thời hạn được suy ra.",
        en="The end of {year}; the text does not state it, it is inferred.",
    ),
    "plain_deadline": Text(vi="Đến hết năm {year}.", en="The end of {year}."),
    "not_due": Text(
        vi="Số liệu là của năm {year}, chưa đến thời hạn: mức chưa tới được ghi là “chưa đạt”.",
        en="The data is of {year}, before the deadline: what falls short is “not yet met”.",
    ),
    # reading and rule
    "rationale": Text(vi="Căn cứ: {rationale}", en="Rationale: {rationale}"),
    "several": Text(
        vi="Gồm {count} yêu cầu, phải cùng đạt, không bù trừ cho nhau.",
        en="{count} requirements, all to be met; one does not make up for another.",
    ),
    "indicator": Text(vi="{name}: {threshold}.", en="{name}: {threshold}."),
    "denominator": Text(vi="Mẫu số ({unit}): {rule}.", en="Denominator ({unit}): {rule}."),
    "whole_denominator": Text(vi="Mẫu số: {rule}.", en="Denominator: {rule}."),
    "numerator": Text(
        vi="Tử số: phần của mẫu số thoả mãn điều kiện: {rule}.",
        en="Numerator: the part of the denominator that satisfies: {rule}.",
    ),
    # where numbers come from
    "table": Text(
        vi="Bảng “{name}” ({key}): cột tổng {total}; cột dùng để tính: {columns}.",
        en="Table “{name}” ({key}): total in {total}; columns used: {columns}.",
    ),
    "no_columns": Text(vi="không có", en="none"),
    "blank": Text(
        vi="Cột {column} để trống ở {count} dòng (tính cả các năm có trong bảng).",
        en="The column {column} is blank in {count} rows (of all years in the table).",
    ),
    "blank_one": Text(
        vi="Cột {column} để trống ở 1 dòng (tính cả các năm có trong bảng).",
        en="The column {column} is blank in 1 row (of all years in the table).",
    ),
    "missing": Text(vi="Thiếu, bảng {table}: {what}.", en="Missing, table {table}: {what}."),
    "more": Text(vi="và {more} mục nữa", en="and {more} more"),
    # bounds
    "exactly": Text(vi="{words}.", en="{words}."),
    "lowest": Text(vi="Thấp nhất: {words}.", en="Lowest: {words}."),
    "highest": Text(vi="Cao nhất: {words}.", en="Highest: {words}."),
    "sink": Text(
        vi="{share}, vì phần chưa xác định được số lượng có thể nằm ngoài tử số",
        en="{share}, since the part of unknown size may lie outside the numerator",
    ),
    "sink_open": Text(
        vi="lớn hơn {share}, chưa xác định được mức thấp nhất, vì phần chưa xác định được số lượng có thể nằm "
        "ngoài tử số",
        en="above {share} yet as near to {share} as may be, since the part of unknown size may lie outside the "
        "numerator",
    ),
    "soar": Text(
        vi="{share}, vì phần chưa xác định được số lượng có thể thuộc tử số",
        en="{share}, since the part of unknown size may belong to the numerator",
    ),
    "soar_open": Text(
        vi="nhỏ hơn {share}, chưa xác định được mức cao nhất, vì phần chưa xác định được số lượng có thể thuộc tử số",
        en="below {share} yet as near to {share} as may be, since the part of unknown size may belong to the numerator",
    ),
    "same": Text(
        vi="{share}: nếu có phát sinh thì chỉ có thể như vậy", en="{share}: if there are any, it cannot be otherwise"
    ),
    "none": Text(
        vi="Đã có báo cáo và không có gì thuộc mẫu số: không phát sinh, nên không tính tỷ lệ.",
        en="Figures came, and nothing belongs to the denominator: none arose, so there is no share.",
    ),
    "nothing": Text(vi="Chưa có số liệu nào để tính.", en="Nothing came that it could be computed from."),
    "observed": Text(
        vi="Tính riêng phần đã có số liệu: {words}; chỉ để tham khảo, không dùng để kết luận.",
        en="Of what is certain only: {words}. That leaves out what is not, and decides nothing.",
    ),
    # the verdict
    "met": Text(
        vi="Dù phần chưa rõ được xác định thế nào, kết quả vẫn đạt mức {threshold}.",
        en="However the unknown turns out, {threshold} holds.",
    ),
    "not_met": Text(
        vi="Dù phần chưa rõ được xác định thế nào, kết quả vẫn không đạt mức {threshold}.",
        en="However the unknown turns out, {threshold} does not hold.",
    ),
    "surely_met": Text(vi="{share} đạt mức {threshold}.", en="{share} meets {threshold}."),
    "surely_not_met": Text(vi="{share} không đạt mức {threshold}.", en="{share} does not meet {threshold}."),
    "exceeded": Text(vi="Vượt mục tiêu.", en="The threshold is exceeded."),
    "perhaps_exceeded": Text(
        vi="Đạt; chưa rõ có vượt mục tiêu hay không.", en="Whether it is exceeded is not certain."
    ),
    "not_exceeded": Text(vi="Đạt đúng mức mục tiêu.", en="It is met and not exceeded."),
    "bettered": Text(vi="Tốt hơn mức đặt ra.", en="The threshold is bettered."),
    "perhaps_bettered": Text(
        vi="Chưa rõ có tốt hơn mức đặt ra hay không.", en="Whether it is bettered is not certain."
    ),
    "not_bettered": Text(vi="Đạt đúng mức mục tiêu.", en="It is met and not bettered."),
    "undetermined": Text(
        vi="Mức {threshold}: tuỳ số liệu bổ sung, kết quả có thể là {possible}.",
        en="{threshold}: as the unknown turns out, {possible}.",
    ),
    "because": Text(vi="Lý do chưa kết luận được: {reason}.", en="Why it is not certain: {reason}."),
    "short_least": Text(
        vi="Để đạt mục tiêu, tử số phải tăng thêm {units} (mẫu số không đổi).",
        en="Short of the threshold: {units} more in the numerator, the denominator staying as it is.",
    ),
    "short_most": Text(
        vi="Để đạt mục tiêu, tử số phải giảm {units} (mẫu số không đổi).",
        en="Over the threshold: {units} fewer in the numerator, the denominator staying as it is.",
    ),
    "short_unknown": Text(
        vi="Chưa xác định được còn thiếu hay không và thiếu bao nhiêu.",
        en="Whether it falls short, and by how much, is not known.",
    ),
    "short_least_open": Text(
        vi="Tuỳ số liệu bổ sung, tử số còn thiếu {units} (mẫu số không đổi).",
        en="Short of the threshold, as the unknown turns out: {units} in the numerator, the denominator staying as it "
        "is.",
    ),
    "short_most_open": Text(
        vi="Tuỳ số liệu bổ sung, tử số còn phải giảm {units} (mẫu số không đổi).",
        en="Over the threshold, as the unknown turns out: {units} in the numerator, the denominator staying as it is.",
    ),
    "slack_least": Text(
        vi="Khoảng dư: nếu rà soát loại khỏi tử số tối đa {units} thì vẫn đạt.",
        en="Slack: at most {units} of the numerator may turn out not to belong there and it is still met.",
    ),
    "slack_least_open": Text(
        vi="Khoảng dư, tuỳ số liệu bổ sung: {units} (phần có thể loại khỏi tử số mà vẫn đạt).",
        en="Slack, as the unknown turns out: {units} of the numerator may turn out not to belong there and it is "
        "still met.",
    ),
    "slack_least_none": Text(
        vi="Không còn khoảng dư: loại thêm {one} khỏi tử số là không đạt.",
        en="No slack: {one} less in the numerator and it is not met.",
    ),
    "slack_most": Text(
        vi="Khoảng dư: nếu rà soát đưa thêm vào tử số tối đa {units} thì vẫn đạt.",
        en="Slack: at most {units} outside the numerator may turn out to belong there and it is still met.",
    ),
    "slack_most_open": Text(
        vi="Khoảng dư, tuỳ số liệu bổ sung: {units} (phần có thể đưa thêm vào tử số mà vẫn đạt).",
        en="Slack, as the unknown turns out: {units} outside the numerator may turn out to belong there and it is "
        "still met.",
    ),
    "slack_most_none": Text(
        vi="Không còn khoảng dư: thêm {one} vào tử số là không đạt.",
        en="No slack: {one} more in the numerator and it is not met.",
    ),
    "contested": Text(
        vi="Các cách hiểu theo câu chữ của văn bản cho kết luận khác nhau.",
        en="Contested: readings that the words allow give opposite answers.",
    ),
    "perhaps_contested": Text(
        vi="Chưa rõ các cách hiểu theo câu chữ của văn bản có cho cùng kết luận hay không.",
        en="Readings that the words allow may yet give different answers.",
    ),
    # what would settle it
    "for_met": Text(
        vi="Để có thể kết luận đạt, ít nhất cần số liệu của: {groups}.",
        en="For it to be found met, figures are needed at least of: {groups}.",
    ),
    "for_not_met": Text(
        vi="Để có thể kết luận không đạt, ít nhất cần số liệu của: {groups}.",
        en="For it to be found not met, figures are needed at least of: {groups}.",
    ),
    "no_way": Text(
        vi="Không số liệu nào của các nhóm đủ để kết luận {verdict}.",
        en="No figures of the groups would be enough to find it {verdict}.",
    ),
    "table_first": Text(
        vi="Trước hết cần có bảng số liệu hoặc cột còn thiếu.", en="First the table or the columns are needed."
    ),
    "units_first": Text(
        vi="Trước hết cần có số liệu của từng đơn vị, hoặc các cột đúng/sai.",
        en="First figures unit by unit are needed, or columns of true and false.",
    ),
    "no_size": Text(vi="{group} (chưa rõ số lượng)", en="{group} (of unknown size)"),
    "of_size": Text(vi="{group} ({units} chưa rõ)", en="{group} ({units} not certain)"),
}

_LISTED = 20


class Explanation(str):
    """An explanation: text that shows itself as text in a terminal and under headings in Jupyter.

    Attributes:
        sections: the headings, each with the lines below it.
        lang: the language it is in.
    """

    __slots__ = ("lang", "sections")

    sections: tuple[Section, ...]
    lang: str

    def __new__(cls, text: str, sections: Sequence[Section] = (), lang: str = "en") -> Self:
        made = super().__new__(cls, text)
        made.sections = tuple(sections)
        made.lang = lang
        return made

    def __repr__(self) -> str:
        return str(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (str(self), self.sections, self.lang))

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_html(self) -> str:
        """Return the explanation as HTML, with everything escaped."""
        parts = [
            f'<div role="heading" aria-level="4" style="margin:.6em 0 .1em"><strong>{escape(heading)}</strong></div>'
            + "".join(f'<p style="margin:.1em 0 .1em 1.5em">{escape(line)}</p>' for line in lines)
            for heading, lines in self.sections
        ]
        return (
            f'<div class="ei-explanation" lang="{escape(self.lang)}" style="max-width:60em;text-align:left">'
            f"{''.join(parts)}</div>"
        )


def explain(card: Scorecard, assessment: Assessment, lang: Lang) -> Explanation:
    """Return in words how an assessment came about.

    Args:
        card: the card that the assessment is of.
        assessment: the assessment, of the whole or of a group, under any reading.
        lang: ``"vi"`` or ``"en"``.
    """
    kept = [(_say(heading, lang), lines) for heading, lines in parts(card, assessment, lang).items()]
    text = "\n".join("\n".join([heading, *(f"  {line}" for line in lines)]) for heading, lines in kept)
    return Explanation(text, kept, lang)


def parts(card: Scorecard, assessment: Assessment, lang: Lang) -> dict[str, tuple[str, ...]]:
    """Return the lines of an explanation by the keys of their headings, those without lines left out."""
    found = {
        "answer": _answer(card, assessment, lang),
        "clause": _clause(assessment, lang),
        "deadline": _deadline(assessment, lang),
        "reading": _reading(assessment, lang),
        "rule": _rules(assessment, lang),
        "data": _data(card, assessment, lang),
        "tally": _each(assessment, _tally, lang),
        "bounds": _each(assessment, _bounds, lang),
        "verdict": _verdict(assessment, lang),
        "settle": settle_lines(card, assessment, lang),
        "others": _others(assessment, lang),
    }
    filled = {heading: tuple(lines) for heading, lines in found.items()}
    return {heading: lines for heading, lines in filled.items() if lines}


def heading_words(key: str, lang: str) -> str:
    """Return the heading of a part of an explanation."""
    return _say(key, lang)


def _say(key: str, lang: str, /, **details: object) -> str:
    return _WORDS[key].in_(lang).format(**details)


# what was asked


def _answer(card: Scorecard, assessment: Assessment, lang: Lang) -> Iterator[str]:
    year = "" if assessment.year is None else _say("in_year", lang, year=assessment.year)
    name, verdict = assessment.target.name.in_(lang), verdict_words(assessment, lang)
    label = _group(card, assessment)
    if not label:
        yield _say("whole", lang, target=name, year=year, verdict=verdict)
        return
    yield _say("group", lang, target=name, group=label, year=year, verdict=verdict)
    level = assessment.target.level
    yield (
        _say("no_level", lang, group=label)
        if level is None
        else _say("level", lang, level=level.in_(lang), group=label)
    )


def _group(card: Scorecard, assessment: Assessment) -> str:
    return "" if assessment.group is None else group_label(group_key(card, assessment.group))


def _clause(assessment: Assessment, lang: Lang) -> Iterator[str]:
    clause = assessment.target.clause
    document = clause.document
    yield _say(
        "source",
        lang,
        kind=document.kind.in_(lang),
        number=document.number,
        date=date_words(document.date, lang),
        title=document.title.in_(lang),
        section=clause.section,
    )
    yield _say("quote", lang, quote=clause.quote)
    if lang == "en" and clause.translation:
        yield _say("translation", lang, words=clause.translation)
    for correction in clause.corrections:
        doubt = "" if correction.certain else _say("doubt", lang)
        yield _say("correction", lang, scan=correction.scan, corrected=correction.corrected, doubt=doubt)
        if correction.note is not None:
            yield _say("note", lang, note=correction.note.in_(lang))
    if clause.note is not None:
        yield _say("note", lang, note=clause.note.in_(lang))


def _deadline(assessment: Assessment, lang: Lang) -> Iterator[str]:
    target = assessment.target
    yield _say(target.clause.deadline or "plain_deadline", lang, year=target.deadline)
    if target.clause.deadline_rationale is not None:
        yield _say("rationale", lang, rationale=target.clause.deadline_rationale.in_(lang))
    if assessment.year is not None and not assessment.due:
        yield _say("not_due", lang, year=assessment.year)


def _reading(assessment: Assessment, lang: Lang) -> Iterator[str]:
    reading = assessment.reading
    if reading.name != as_text(reading.key) or len(assessment.readings) > 1:
        yield f"{reading_words(reading, lang)}."
    if reading.rationale is not None:
        yield _say("rationale", lang, rationale=reading.rationale.in_(lang))


def _rules(assessment: Assessment, lang: Lang) -> Iterator[str]:
    judgements = assessment.judgements
    if len(judgements) > 1:
        yield _say("several", lang, count=len(judgements))
    for judgement in judgements:
        indicator = _indicator(judgement)
        yield _say(
            "indicator", lang, name=indicator.name.in_(lang), threshold=threshold_words(judgement.threshold, lang)
        )
        for question in indicator.questions:
            among, table = question.among, question.table
            key = "whole_denominator" if isinstance(among, AllUnits) else "denominator"
            yield _say(key, lang, unit=table.unit.name.in_(lang), rule=rule_words(among, table, lang))
            yield _say("numerator", lang, rule=_where(indicator, question, lang))


def _where(indicator: Indicator, question: Question, lang: Lang) -> str:
    """Return the words for a numerator; a part that was never named goes by the indicator."""
    where, table = question.where, question.table
    if isinstance(where, Flag):
        part = table.part(where.column)
        if part is not None and part.name == as_text(part.key):
            return indicator.name.in_(lang)
    return rule_words(where, table, lang)


def _indicator(judgement: Judgement) -> Indicator:
    assert judgement.requirement is not None
    indicator: Indicator = judgement.requirement.indicator
    return indicator


# where the numbers come from


def _data(card: Scorecard, assessment: Assessment, lang: Lang) -> Iterator[str]:
    questions = [question for judgement in assessment.judgements for question in _indicator(judgement).questions]
    for table in dict.fromkeys(question.table for question in questions):
        own = (question.columns for question in questions if question.table == table)
        columns = dict.fromkeys(itertools.chain.from_iterable(own))
        yield _say(
            "table",
            lang,
            name=table.name.in_(lang),
            key=table.key,
            total=table.total,
            columns=", ".join(columns) or _say("no_columns", lang),
        )
        yield from _blanks(card.problems, table, (table.total, *columns), lang)
        yield from _missing(card, assessment, table, columns, lang)


def _blanks(problems: Problems, table: Table, columns: Sequence[str], lang: Lang) -> Iterator[str]:
    for (name, column, kind), count in problems.counts.items():
        if name == table.key and column in columns and kind.startswith("blank_"):
            yield _say("blank_one" if count == 1 else "blank", lang, column=column, count=number(count, lang))


def _named(table: Table, lang: Lang) -> str:
    """Return the name of a table, with its key where that is another."""
    name = table.name.in_(lang)
    return name if name.casefold() == table.key.casefold() else f"{name} ({table.key})"


def _missing(card: Scorecard, assessment: Assessment, table: Table, columns: Any, lang: Lang) -> Iterator[str]:
    found = [
        missing_words(each, lang)
        for each in card.missing.get(table.key, ())
        if (each.what != "column" or each.name in columns) and each.year in (None, assessment.year)
    ]
    if found:
        more = len(found) - _LISTED
        shown = [*found[:_LISTED], *([_say("more", lang, more=number(more, lang))] if more > 0 else [])]
        yield _say("missing", lang, table=_named(table, lang), what="; ".join(shown))


# tally and bounds


def _each(assessment: Assessment, tell: Any, lang: Lang) -> Iterator[str]:
    """Yield what there is to tell of every judgement, with the indicator's name where there are several."""
    for judgement in assessment.judgements:
        lines: list[str] = list(tell(judgement, lang))
        if len(assessment.judgements) > 1 and lines:
            yield f"{_indicator(judgement).name.in_(lang)}:"
        yield from lines


def _tally(judgement: Judgement, lang: Lang) -> Iterator[str]:
    if judgement.cause is None and judgement.tally is not None:
        for line in tally_words(judgement.tally, _indicator(judgement).unit, lang):
            yield f"{line[0].upper()}{line[1:]}."


def _bounds(judgement: Judgement, lang: Lang) -> Iterator[str]:
    tally, rate = judgement.tally, judgement.rate
    if tally is None or rate is None:
        yield _say("none", lang)
        return
    if nothing_known(judgement) and len(tally.unsized) != 1:
        yield _say("nothing", lang)
        return
    unit = _indicator(judgement).unit
    if rate.lower == rate.upper and not tally.unsized and not any(tally.counts[2:]):
        said = _quotient(tally.satisfied, tally.placed, unit, judgement.threshold, lang, "half_up")
        yield _say("exactly", lang, words=said)
        return
    yield _say("lowest", lang, words=_lowest(judgement, tally, unit, lang))
    yield _say("highest", lang, words=_highest(judgement, tally, unit, lang))
    if tally.observed is not None and (tally.observed != rate.lower or tally.observed != rate.upper):
        known = tally.satisfied + tally.failed
        said = _quotient(tally.satisfied, known, unit, judgement.threshold, lang, "half_up")
        yield _say("observed", lang, words=said)


def _quotient(part: int, whole: int, unit: Unit, threshold: Threshold, lang: Lang, rounding: Rounding) -> str:
    """Write a division with its result: ``390 / 400 = 97,5%``."""
    exact = Fraction(part, whole)
    shown = share(exact, lang, against=[threshold.share], rounding=rounding)
    sign = "=" if share(exact, lang, rounding="down") == share(exact, lang, rounding="up") else "≈"
    return f"{figure(part, unit, lang)} / {amount(whole, unit, lang)} {sign} {shown}"


def _lowest(judgement: Judgement, tally: Tally, unit: Unit, lang: Lang) -> str:
    extremes = tally.extremes
    assert extremes is not None
    if "failed" in tally.unsized:
        return _say("sink" if extremes.least_reached else "sink_open", lang, share=share(Fraction(0), lang))
    satisfied, base = tally.lowest
    if base:
        return _quotient(satisfied, base, unit, judgement.threshold, lang, "down")
    return _say("same", lang, share=share(extremes.least, lang, against=[judgement.threshold.share]))


def _highest(judgement: Judgement, tally: Tally, unit: Unit, lang: Lang) -> str:
    extremes = tally.extremes
    assert extremes is not None
    if "satisfied" in tally.unsized:
        return _say("soar" if extremes.greatest_reached else "soar_open", lang, share=share(Fraction(1), lang))
    satisfied, base = tally.highest
    if base:
        return _quotient(satisfied, base, unit, judgement.threshold, lang, "up")
    return _say("same", lang, share=share(extremes.greatest, lang, against=[judgement.threshold.share]))


# verdict


def _verdict(assessment: Assessment, lang: Lang) -> Iterator[str]:
    yield from _each(assessment, lambda judgement, _: _compared(judgement, assessment, lang), lang)
    if assessment.contested:
        yield _say("contested", lang)
    elif assessment.contested is None:
        yield _say("perhaps_contested", lang)


def _compared(judgement: Judgement, assessment: Assessment, lang: Lang) -> Iterator[str]:
    limit = threshold_words(judgement.threshold, lang)
    verdict = judgement.verdict
    if verdict is Verdict.UNDETERMINED:
        possible = [
            VERDICTS[verdict_key(each, due=assessment.due)].in_(lang) for each in Verdict if each in judgement.possible
        ]
        yield _say("undetermined", lang, threshold=limit, possible=listed(possible, lang))
        if judgement.reason is not None:
            yield _say("because", lang, reason=REASONS[judgement.reason].in_(lang))
    elif verdict is not Verdict.NOT_APPLICABLE:
        key = "met" if verdict is Verdict.MET else "not_met"
        rate = judgement.rate
        if rate is not None and rate.lower == rate.upper:
            yield _say(f"surely_{key}", lang, share=shares(judgement, lang), threshold=limit)
        else:
            yield _say(key, lang, threshold=limit)
    if verdict is Verdict.MET:
        word = "exceeded" if judgement.threshold.direction == "at_least" else "bettered"
        surely = {True: "", False: "not_", None: "perhaps_"}[judgement.exceeded]
        yield _say(f"{surely}{word}", lang)
    yield from _room(judgement, lang)


def _room(judgement: Judgement, lang: Lang) -> Iterator[str]:
    """Yield the shortfall of what is not surely met, the slack of what is."""
    unit = _indicator(judgement).unit
    end = "least" if judgement.threshold.direction == "at_least" else "most"
    if judgement.verdict is Verdict.MET:
        slack = judgement.slack
        if slack == (0, 0):
            yield _say(f"slack_{end}_none", lang, one=amount(unit.grain, unit, lang))
        elif slack is not None:
            sure = "" if slack.lower == slack.upper else "_open"
            yield _say(f"slack_{end}{sure}", lang, units=span(slack, unit, lang))
    elif judgement.shortfall == (0, None):
        yield _say("short_unknown", lang)
    elif judgement.shortfall is not None:
        sure = "" if judgement.shortfall.lower == judgement.shortfall.upper else "_open"
        yield _say(f"short_{end}{sure}", lang, units=span(judgement.shortfall, unit, lang))


# what would settle it, and what else could be meant


def settle_lines(card: Scorecard, assessment: Assessment, lang: Lang) -> Iterator[str]:
    """Yield what would settle an undetermined assessment of the whole, under its default reading; else nothing."""
    if assessment.verdict is not Verdict.UNDETERMINED:
        return
    causes = {judgement.cause for judgement in assessment.judgements} - {None}
    if causes:
        yield _say("units_first" if causes == {"margins"} else "table_first", lang)
        return
    default = card.programme.target(assessment.target.key).default.key
    chosen = card.order.get(assessment.target.key, default)
    if assessment.group is not None or assessment.reading.key != chosen or not card.by:
        return
    one = card if len(card.years) == 1 or assessment.year is None else card.of_year(assessment.year)
    found = one.needed_reports(assessment.target.key)
    for needed in found:
        if len(assessment.judgements) > 1:
            yield f"{needed.requirement.indicator.name.in_(lang)}:"
        yield from _needed(one, needed, assessment, lang)


def _needed(card: Scorecard, needed: NeededReports, assessment: Assessment, lang: Lang) -> Iterator[str]:
    unit = needed.requirement.indicator.unit
    sides = (("for_met", Verdict.MET, needed.met), ("for_not_met", Verdict.NOT_MET, needed.not_met))
    for key, verdict, groups in sides:
        if groups is None:
            word = VERDICTS[verdict_key(verdict, due=assessment.due)].in_(lang)
            yield _say("no_way", lang, verdict=word)
        elif groups:
            shown = [_unsettled(card, each, unit, lang) for each in groups[:_LISTED]]
            if len(groups) > _LISTED:
                shown.append(_say("more", lang, more=number(len(groups) - _LISTED, lang)))
            yield _say(key, lang, groups=", ".join(shown))


def _unsettled(card: Scorecard, each: Unsettled, unit: Unit, lang: Lang) -> str:
    label = group_label(group_key(card, each.group))
    if each.units is None:
        return _say("no_size", lang, group=label)
    return _say("of_size", lang, group=label, units=amount(each.units, unit, lang))


def _others(assessment: Assessment, lang: Lang) -> Iterator[str]:
    for each in other_readings(assessment):
        yield f"{reading_words(each.reading, lang)}: {reading_result(each, lang)}."
