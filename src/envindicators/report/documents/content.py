"""What stands in a report on a card: every kind of file lays out the paper that is put together here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from envindicators.evaluation.scorecard import Scorecard
from envindicators.report.cards import caption, group_columns
from envindicators.report.citing import citation
from envindicators.report.documents.annexes import methods, remarks
from envindicators.report.documents.drawings import Drawings
from envindicators.report.documents.form import ReportForm
from envindicators.report.documents.gaps import duties, gaps, notes
from envindicators.report.documents.letterhead import foot, head
from envindicators.report.documents.paper import Block, Paper, Part, Words
from envindicators.report.documents.results import by_group, by_target
from envindicators.report.view_of_card import card_view
from envindicators.words.message import gettext

_NUMERALS = ("I", "II", "III", "IV", "V")


def paper(card: Scorecard, form: ReportForm, lang: str, earlier: Scorecard | None = None) -> Paper:
    """Return a report on a card.

    Args:
        card: the card; of one of several years the last is told in full, with the year before beside it.
        form: what stands around the results.
        lang: the language.
        earlier: the card of the year before, for a card of one year.
    """
    card, form = card.with_lang(lang), form.dated()
    assert form.date is not None
    years = [year for year in card.years if year is not None]
    last = card.of_year(years[-1]) if len(years) > 1 else card
    before = card.of_year(years[-2]) if len(years) > 1 else None if earlier is None else earlier.with_lang(lang)
    whole = card_view(card, most_groups=0).years
    view, drawings = card_view(last, most_groups=None), Drawings(card, lang)
    by = by_group(card, last, view, drawings, lang) if group_columns(card) or last is not card else ()
    heading = gettext("Results by area or group", lang) if group_columns(card) else gettext("Target by target", lang)
    parts = [
        (gettext("Results by target", lang), by_target(last, view, before, whole, drawings, lang)),
        (heading, by),
        (gettext("Missing data, and who is to send them", lang), gaps(card, last, lang)),
        (gettext("Duties that are measured", lang), duties(last, lang)),
        (gettext("Notes on the data", lang), notes(card, lang)),
    ]
    opening = [gettext("The results against the targets of {document} are as follows.", lang,
                       document=citation(card.programme.document)), form.note]  # fmt: skip
    annexes = [
        *([(gettext("How each result came about", lang), methods(card, last, lang))] if form.methods else []),
        *([(gettext("Notes on the text of the document", lang), remarks(last, lang))] if form.annex else []),
    ]
    return Paper(
        lang,
        caption(card, lang),
        form.date,
        head(card, form, form.date, lang),
        tuple(Words(text, "answer" if place else "") for place, text in enumerate(opening) if text),
        tuple(_numbered(parts)),
        foot(form, lang),
        tuple(_annexes(annexes, lang)),
    )


def _numbered(parts: Iterable[tuple[str, Iterable[Block]]]) -> Iterator[Part]:
    filled = [(heading, held) for heading, blocks in parts if (held := tuple(blocks))]
    for numeral, (heading, blocks) in zip(_NUMERALS, filled, strict=False):
        yield Part(f"{numeral}. {heading}", blocks)


def _annexes(annexes: Sequence[tuple[str, Iterable[Block]]], lang: str) -> Iterator[Part]:
    filled = [(heading, held) for heading, blocks in annexes if (held := tuple(blocks))]
    for numeral, (heading, blocks) in zip(_NUMERALS, filled, strict=False):
        number = f" {numeral}" if len(filled) > 1 else ""
        yield Part(gettext("Annex{number}: {heading}", lang, number=number, heading=heading), blocks)
