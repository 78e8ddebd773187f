"""What every part of a methodology page needs to know, and what several of them say."""

from __future__ import annotations

from attrs import frozen
from docutils import nodes
from sphinx import addnodes

from envindicators.definitions.programme import Programme, Reading
from envindicators.report.numbers import threshold_words
from envindicators.sphinxext.building import (
    bullets,
    paragraph,
)
from envindicators.sphinxext.domain import NAME
from envindicators.sphinxext.loading import Example
from envindicators.sphinxext.phrases import phrase


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

    def say(self, key: str, /, **details: object) -> str:
        """Return a phrase in the language of the page."""
        return phrase(key, self.lang, **details)

    def ref(self, kind: str, key: str, words: str) -> nodes.Node:
        """Return a reference to something of the programme; plain words where no page describes it."""
        target = f"{self.programme.key}.{key}"
        inner = nodes.inline(words, words)
        about = {"refdomain": NAME, "reftype": kind, "reftarget": target, "refexplicit": True, "refwarn": False}
        return addnodes.pending_xref("", inner, **about, ei_explicit=True, ei_quiet=True)


def thresholds(sheet: Sheet, reading: Reading) -> str:
    """Return what a reading asks for, in one line."""
    limits = dict.fromkeys(threshold_words(each.threshold, sheet.lang) for each in reading.requirements)
    said = ", ".join(limits)
    count = len(reading.requirements)
    return said if count == 1 else sheet.say("to_hold", count=count, thresholds=said)


def made_up(sheet: Sheet) -> nodes.Node:
    """Return what must be said wherever the figures of the example are shown."""
    assert sheet.example is not None
    note = sheet.example.note
    said = sheet.say("example_title") if note is None else note.in_(sheet.lang)
    return nodes.important("", paragraph(said))


def reviews(sheet: Sheet) -> nodes.bullet_list:
    """Return when the document asks for an account, and who holds it."""
    lang = sheet.lang
    lines = [
        sheet.say("review", name=each.name.in_(lang), year=each.year, held_by=each.held_by.in_(lang))
        + ("" if each.advised_by is None else f"; {sheet.say('advised', advised_by=each.advised_by.in_(lang))}")
        + ("." if each.clause is None else f" ({each.clause.section}).")
        for each in sheet.programme.reviews
    ]
    return bullets(lines)
