"""The report that is handed in and filed: one page of HTML that prints on A4."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from envindicators import __version__
from envindicators.algebra.verdict import Verdict
from envindicators.definitions.table import KEY_COLUMNS, Table
from envindicators.evaluation.assessment import Assessment, DutyReport
from envindicators.evaluation.explanation import Explanation, Quote, Section
from envindicators.evaluation.scorecard import Scorecard
from envindicators.problems import OF_FORMS
from envindicators.report.cards import (
    caption,
    counts_words,
    group_columns,
    group_key,
    overall_words,
    target_words,
)
from envindicators.report.citing import citation, clause_words, place_words, short_citation
from envindicators.report.explain import explain
from envindicators.report.html import card_html
from envindicators.report.letter import STYLE, checked_letterhead, head, paragraph, signature, table, text
from envindicators.report.numbers import amount, nothing_known, number, tally_shares
from envindicators.report.plots.canvas import need_matplotlib
from envindicators.report.plots.plot import on_one_axis, picture, svg
from envindicators.report.plots.rows import Dots
from envindicators.report.sections.data import missing_message, problem_sentences
from envindicators.report.sections.forms import form_sentences
from envindicators.report.view_of_card import ON_PAPER
from envindicators.words.message import gettext
from envindicators.words.messages import SEVERITY_NAMES

_PER_PAGE, _UPRIGHT = 44, 14
_ELSEWHERE = {"not_reported", "absent_column", *OF_FORMS}
_NUMERALS = ("I", "II", "III", "IV", "V", "VI")
_REMARKS = "notes"
"""The section of an explanation that holds remarks on the text of the document itself."""


def report_html(
    card: Scorecard,
    lang: str,
    date: datetime.date | None = None,
    note: str = "",
    letterhead: str | None = None,
    annex: bool = True,  # noqa: FBT001, FBT002 - card.report takes it by name
) -> str:
    """Return a report on a card as one page of HTML.

    It has no script and asks nothing of the network; whatever came with the data is escaped.

    Args:
        card: the card.
        lang: the language.
        date: the date that it bears; today unless given.
        note: a sentence to stand above the results.
        letterhead: ``"state"``, ``"party"`` or ``"none"``; the usual one of the language unless given.
        annex: whether remarks on the text of the document stand in an annex.

    Raises:
        ImportError: if matplotlib is not installed.
        OptionError: for another letterhead.
    """
    letterhead = checked_letterhead(letterhead, lang)
    need_matplotlib()
    date = date or datetime.datetime.now().astimezone().date()
    card = card.with_lang(lang)
    years = [year for year in card.years if year is not None]
    last = card.of_year(years[-1]) if len(years) > 1 else card
    figures = _Figures(lang)
    sections = [
        (gettext("Overall result", lang), _overall(card, lang, figures)),
        (gettext("Target by target", lang), _targets(card, last, lang, figures)),
        (gettext("What would settle the open targets", lang), _open(last, lang)),
        (gettext("Duties that are measured", lang), _duties(last, lang)),
        (gettext("Missing data and notes", lang), _gaps(card, lang)),
        (gettext("Source data", lang), _inputs(card, lang)),
    ]
    body = "".join(
        f"<section><h2>{numeral}. {text(heading)}</h2>{''.join(parts)}</section>"
        for numeral, (heading, parts) in zip(_NUMERALS, sections, strict=True)
    )
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{text(caption(card, lang))}</title><style>{STYLE}</style></head>\n"
        f"<body>{head(_title(card, lang), date, letterhead, lang)}{paragraph(_opening(card, lang))}"
        f"{paragraph(note, 'answer') if note else ''}{body}{signature(lang)}"
        f"{''.join(_annex(last, lang)) if annex else ''}</body></html>\n"
    )


class _Figures:
    """The figures of a report, numbered as they come."""

    def __init__(self, lang: str) -> None:
        self.lang: str = lang
        self.count = 0

    def of(self, card: Scorecard, target: str | None) -> Iterator[str]:
        """Yield the figure of a card or target; of many groups several, each of which fits a page."""
        drawn = picture(card, target, None, self.lang)
        for page in drawn.pages(_PER_PAGE) if isinstance(drawn, Dots) else [drawn]:
            self.count += 1
            said = gettext("Figure {number}. {name}", self.lang, number=self.count, name=page.title.name)
            yield f"<figure>{svg(page, f'f{self.count}')}<figcaption>{text(said)}</figcaption></figure>"


# the parts of the report


def _title(card: Scorecard, lang: str) -> str:
    document = short_citation(card.programme.document)
    years = ", ".join(str(year) for year in card.years if year is not None)
    if not years:
        return gettext("Results against the targets of {document}", lang, document=document)
    return gettext("Results against the targets of {document}, {years}", lang, document=document, years=years)


def _opening(card: Scorecard, lang: str) -> str:
    return gettext(
        "The results against the targets of {document} are as follows.",
        lang,
        document=citation(card.programme.document),
    )


def _overall(card: Scorecard, lang: str, figures: _Figures) -> Iterator[str]:
    results: list[str] = []
    for year in card.years:
        one = card if year is None else card.of_year(year)
        result = f"{counts_words(one, lang)}. {overall_words(one, lang)}."
        results.append(result if year is None else gettext("{year}: {result}", lang, year=year, result=result))
    yield f'<p class="answer">{"<br>".join(text(result) for result in results)}</p>'
    columns = {group_key(card, group) for group in card.groups} if group_columns(card) else ()
    kind = "wide sheet" if len(columns) > _UPRIGHT else "sheet"
    yield f'<div class="{kind}">{card_html(card, capped=ON_PAPER)}</div>'
    yield from figures.of(card, None)
    said = gettext("Filled: certain; hatched: not known; upright mark: the target.", lang)
    yield paragraph(said, "note")


def _targets(card: Scorecard, last: Scorecard, lang: str, figures: _Figures) -> Iterator[str]:
    if last is not card:
        yield paragraph(
            gettext(
                "What follows explains the last year, {year}; the other years stand in the table and the figures.",
                lang,
                year=last.year,
            )
        )
    for place, assessment in enumerate(last, start=1):
        yield f"<h3>{place}. {text(target_words(assessment.target, lang))}</h3>"
        told = explain(last, assessment, lang)
        yield _told([section for section in told.sections if section.key not in (_REMARKS, "needed")], lang)
        if not on_one_axis(assessment) or not (group_columns(card) or last is not card):
            continue  # a single value stands in the figure of all targets
        if _drawable(card, assessment.target.key):
            yield from figures.of(card, assessment.target.key)
        elif assessment.verdict is Verdict.NOT_APPLICABLE:
            yield paragraph(gettext("There is no figure: the target is not applicable.", lang), "note")
        else:
            yield paragraph(gettext("There is no figure: nothing was reported.", lang), "note")


def _drawable(card: Scorecard, target: str) -> bool:
    """Return whether a picture of a target would show anything: some group of which something is known."""
    years = [card] if len(card.years) < 2 else [card.of_year(year) for year in card.years if year is not None]
    assessments = [*(one[target] for one in years), *(card[target, group] for group in card.groups)]
    return any(map(_shows_something, assessments))


def _shows_something(assessment: Assessment) -> bool:
    return any(
        judgement.verdict is not Verdict.NOT_APPLICABLE and not nothing_known(judgement)
        for judgement in assessment.judgements
    )


def _told(sections: Iterable[Section], lang: str) -> str:
    """Return sections of an explanation as a list of headings with what stands below them."""
    return f'<dl class="told">{"".join(_section(section, lang) for section in sections)}</dl>'


def _section(section: Section, lang: str) -> str:
    return f"<dt>{text(section.heading.in_(lang))}</dt>" + "".join(
        f"<dd{f' lang={chr(34)}{text(sentence.lang)}{chr(34)}' if isinstance(sentence, Quote) else ''}>"
        f"{text(line)}</dd>"
        for sentence in section.sentences
        if (line := sentence.in_(lang))
    )


def _open(card: Scorecard, lang: str) -> Iterator[str]:
    undetermined = [assessment for assessment in card if assessment.verdict is Verdict.UNDETERMINED]
    if not undetermined:
        yield paragraph(gettext("No target is left undetermined.", lang))
        return
    for assessment in undetermined:
        lines = _lines(explain(card, assessment, lang), "needed") or [
            gettext("The data are not by group, so the groups that still need to report cannot be named.", lang)
        ]
        items = "".join(f"<li>{text(line)}</li>" for line in lines)
        yield f"<h3>{text(target_words(assessment.target, lang))}</h3><ul>{items}</ul>"


def _lines(told: Explanation, key: str) -> list[str]:
    return [line for section in told.sections if section.key == key for line in section.lines(told.lang)]


def _duties(card: Scorecard, lang: str) -> Iterator[str]:
    if not card.duties:
        yield paragraph(gettext("There are no data that measure a duty of the text.", lang))
        return
    yield paragraph(gettext("The text sets no target for these duties, so they are not assessed.", lang))
    heads = [gettext("Clause", lang), gettext("Duty", lang), gettext("Measure", lang), gettext("Share", lang)]
    yield table(heads, (_duty(report, lang) for report in card.duties.values()), numbers=[3])


def _duty(report: DutyReport, lang: str) -> list[str]:
    duty = report.duty
    assert duty.indicator is not None
    words = [clause_words(duty.clause, lang)]
    if report.admits_no_exception:
        words.append(gettext("The text says “must”; it admits no exception.", lang))
    cells = [
        place_words(duty.clause, lang),
        " ".join(words),
        duty.indicator.name.in_(lang),
        tally_shares(report.tally, lang),
    ]
    return [text(cell) for cell in cells]


def _gaps(card: Scorecard, lang: str) -> Iterator[str]:
    tables = card.programme.tables
    if card.missing:
        rows = (
            (
                text(tables[key].name.in_(lang)),
                "<br>".join(text(missing_message(tables[key], missing).in_(lang)) for missing in gaps),
            )
            for key, gaps in card.missing.items()
        )
        yield table([gettext("Table", lang), gettext("What is missing", lang)], rows)
    else:
        yield paragraph(gettext("No table, column or area is missing.", lang))
    noted = [key for key in card.problems.counts if key[2] not in _ELSEWHERE]
    if noted:
        heads = [gettext("Kind", lang), gettext("What was found", lang)]
        yield table(heads, (_problem(card, key, lang) for key in noted))
        if any(problem.row is not None and problem.first_row == 0 for problem in card.problems):
            yield paragraph(gettext("Rows are counted from 0, the heading not among them.", lang), "note")
    else:
        yield paragraph(gettext("There is nothing else to note.", lang))


def _problem(card: Scorecard, key: tuple[str | None, str | None, str], lang: str) -> list[str]:
    """Return a kind of problem with some examples of it, and how many more there are."""
    severity = next(
        problem.severity for problem in card.problems if (problem.table, problem.column, problem.kind) == key
    )
    lines = (text(sentence.in_(lang)) for sentence in problem_sentences(card, key))
    return [text(SEVERITY_NAMES[severity].in_(lang)), "<br>".join(lines)]


def _inputs(card: Scorecard, lang: str) -> Iterator[str]:
    yield paragraph(
        gettext(
            "The fingerprints (SHA-256) are taken of the figures as they were added up: the same figures give "
            "the same, whatever file, unit and order of rows they came in; one changed number gives another.",
            lang,
        )
    )
    tables = card.programme.tables
    rows = (
        [
            text(came.year or ""),
            text(tables[came.table].name.in_(lang)),
            text(number(came.rows, lang)),
            text(number(came.groups, lang)),
            text(amount(came.units, tables[came.table].unit, lang)),
            f"<code>{came.sha256}</code>",
        ]
        for came in card.inputs
    )
    forms = [
        (text(tables[key].name.in_(lang)), "<br>".join(text(each.in_(lang)) for each in of_table))
        for key, notes in card.forms.items()
        for of_table in [form_sentences(tables[key], notes, _all_columns(tables[key]))]
    ]
    heads = [
        gettext("Year", lang),
        gettext("Table", lang),
        gettext("Rows", lang),
        gettext("Groups", lang),
        gettext("Total", lang),
        gettext("Fingerprint (SHA-256)", lang),
    ]
    yield table(heads, rows, numbers=[0, 2, 3, 4])
    if forms:
        yield table([gettext("Table", lang), gettext("How its form was applied", lang)], forms)
    yield paragraph(gettext("Made with envindicators {version}.", lang, version=__version__), "note")


def _all_columns(of: Table) -> tuple[str, ...]:
    return (*KEY_COLUMNS, *([of.id] if of.id else []), *of.columns)


def _annex(card: Scorecard, lang: str) -> Iterator[str]:
    """Yield remarks on the text of the document, which whoever signs may leave out."""
    note = card.programme.document.note
    remarks = {
        place_words(assessment.target.clause, lang): _lines(explain(card, assessment, lang), _REMARKS)
        for assessment in card
    }
    if note is None and not any(remarks.values()):
        return
    heading = gettext("Annex: notes on the text of the document", lang)
    yield f'<section class="annex"><h2>{text(heading)}</h2>'
    if note is not None:
        yield paragraph(note.in_(lang))
    for place, lines in remarks.items():
        if lines:
            yield f"<h3>{text(place[:1].upper() + place[1:])}</h3>{''.join(map(paragraph, lines))}"
    yield "</section>"
