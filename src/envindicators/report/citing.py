"""How a document and a passage of it are cited."""

from __future__ import annotations

from envindicators.definitions.source import Clause, Document
from envindicators.report.numbers import date_words
from envindicators.words.message import Message, gettext
from envindicators.words.phrase import Phrase


def citation(document: Document) -> Message:
    """Return a document as it is cited in full.

    Example:
        >>> from envindicators.programmes import soc_trang_2020
        >>> print(citation(soc_trang_2020.document).in_("vi")[:70])
        Nghị quyết số 12-NQ/TU ngày 15/3/2017 của Ban Chấp hành Đảng bộ tỉnh S
    """
    return Message(
        "{kind} {number} of {date}, {issuer}, {title}",
        kind=document.kind,
        number=document.number,
        date=Phrase(date_words, document.date),
        issuer=document.issuer,
        title=document.title,
    )


def short_citation(document: Document) -> Message:
    """Return a document by its kind and number alone: ``Nghị quyết số 12-NQ/TU``."""
    return Message("{kind} {number}", kind=document.kind, number=document.number)


def place_words(clause: Clause, lang: str) -> str:
    """Return where a clause stands, as running text cites it."""
    if clause.place is None:
        return gettext("section {section}", lang, section=clause.section)
    return clause.place.in_(lang)


def clause_citation(clause: Clause) -> Message:
    """Return a passage as it is cited: the document in full, and where in it."""
    return Message("{document}; {place}.", document=citation(clause.document), place=Phrase(place_words, clause))


def clause_words(clause: Clause, lang: str) -> str:
    """Return what a clause says, for those who read a language, without quotation marks; a paraphrase named as such."""
    words = clause.translated(lang) or clause.quote
    return gettext("In our words: {words}", lang, words=words) if clause.paraphrase else words
