"""What every part of a methodology page needs to know, and what several of them say."""

from __future__ import annotations

from attrs import frozen
from docutils import nodes
from sphinx import addnodes

from envindicators.definitions.indicator import Requirement
from envindicators.definitions.programme import Programme, Reading
from envindicators.definitions.source import Clause
from envindicators.report.citing import place_words
from envindicators.report.numbers import threshold_words
from envindicators.sphinxext.building import bullets, in_language, paragraph
from envindicators.sphinxext.domain import NAME
from envindicators.sphinxext.loading import Example
from envindicators.words.message import Message, gettext


@frozen
class Sheet:
    """What every part of a page needs to know.

    Args:
        programme: the programme.
        lang: the language of the site.
        example: the programme worked out, where the site has an example.
    """

    programme: Programme
    lang: str
    example: Example | None = None

    def id_of(self, *names: str) -> str:
        """Return the stable id of something of the programme."""
        return nodes.make_id("-".join((self.programme.key, *names)))

    def ref(self, kind: str, key: str, words: str | nodes.Node) -> nodes.Node:
        """Return a reference to something of the programme; plain words where no page describes it."""
        target = f"{self.programme.key}.{key}"
        inner = nodes.inline(words, words) if isinstance(words, str) else words
        about = {"refdomain": NAME, "reftype": kind, "reftarget": target, "refexplicit": True, "refwarn": False}
        return addnodes.pending_xref("", inner, **about, ei_explicit=True, ei_quiet=True)

    def quoted(self, words: str, clause: Clause) -> nodes.Node:
        """Return words of a document, marked with its language where the page is in another."""
        return in_language(words, clause.document.lang, self.lang)


def thresholds(sheet: Sheet, reading: Reading) -> str:
    """Return what a reading asks for, in one line."""
    limits = dict.fromkeys(_threshold(requirement, sheet.lang) for requirement in reading.requirements)
    listed = ", ".join(limits)
    count = len(reading.requirements)
    if count == 1:
        return listed
    words = (
        Message("{count} requirements, one to be met ({thresholds})")
        if reading.one_suffices
        else Message("{count} requirements, all to be met ({thresholds})")
    )
    return words.filled(count=count, thresholds=listed).in_(sheet.lang)


def _threshold(requirement: Requirement, lang: str) -> str:
    level, indicator = threshold_words(requirement.threshold, lang), requirement.indicator
    if indicator.areas is None or indicator.weighing is not None:
        return level
    return gettext("{threshold} of {areas}", lang, threshold=level, areas=indicator.unit.name)


def made_up(sheet: Sheet) -> nodes.Node:
    """Return what must be said wherever the figures of the example are shown."""
    assert sheet.example is not None
    note = sheet.example.note
    words = gettext("Example figures", sheet.lang) if note is None else note.in_(sheet.lang)
    return nodes.important("", paragraph(words))


def reviews(sheet: Sheet) -> nodes.bullet_list:
    """Return when the document asks for an account, and who holds it."""
    lang, lines = sheet.lang, []
    for review in sheet.programme.reviews:
        line = gettext(
            "{name} ({year}), held by: {held_by}",
            lang,
            name=review.name.in_(lang),
            year=review.year,
            held_by=review.held_by.in_(lang),
        )
        if review.advised_by is not None:
            line += gettext("; prepared by: {advised_by}", lang, advised_by=review.advised_by)
        lines.append(f"{line}." if review.clause is None else f"{line} ({place_words(review.clause, lang)}).")
    return bullets(lines)
