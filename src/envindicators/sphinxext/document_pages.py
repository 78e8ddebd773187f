"""The page of a document: its whole text, corrections marked, sentences linked to the targets and duties they set."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from attrs import frozen
from docutils import nodes

from envindicators.definitions.programme import Duty, Target
from envindicators.definitions.source import Correction
from envindicators.sphinxext.building import Inline, foreign, in_language, paragraph, section, table
from envindicators.sphinxext.scanned_text import Block, Passage
from envindicators.sphinxext.sheet import Sheet
from envindicators.words.message import gettext
from envindicators.words.text import nearest_tags


def document_page(sheet: Sheet, text: Sequence[Block], found: Sequence[Passage]) -> list[nodes.Node]:
    """Return a text under its own headings, after what the page is, before a list of the corrections."""
    lang = sheet.lang
    about = gettext(
        "The whole text. Each sentence that sets a target or a duty is followed by a link to it. A word with dotted "
        "underlining was misread by the scan and is corrected here; the corrections are listed at the end.",
        lang,
    )
    corrections = dict.fromkeys(correction for block in text for _, _, correction in block.corrections)
    made: list[nodes.Node] = [paragraph(about), *_Writer(sheet, text, found).sections()]
    if corrections:
        heads = [gettext("As scanned", lang), gettext("As corrected", lang), gettext("Certain?", lang)]
        rows = [_correction(sheet, correction) for correction in corrections]
        title = gettext("Corrections of the scan", lang)
        made.append(section(title, sheet.id_of("text", "corrections"), table(heads, rows)))
    return made


def _correction(sheet: Sheet, correction: Correction) -> list[Inline]:
    certain = gettext("certain", sheet.lang) if correction.certain else gettext("not certain", sheet.lang)
    doubt = "" if correction.note is None else f": {correction.note.in_(sheet.lang)}"
    scan, corrected = (
        in_language(words, sheet.programme.document.lang, sheet.lang)
        for words in (correction.scan, correction.corrected)
    )
    return [scan, corrected, f"{certain}{doubt}"]


@frozen
class _Writer:
    """Writes blocks as nodes."""

    sheet: Sheet
    text: Sequence[Block]
    found: Sequence[Passage]

    def sections(self) -> list[nodes.Node]:
        """Return the blocks, each under the heading that it stands under."""
        top: list[nodes.Node] = []
        open_sections: list[nodes.section] = []
        items: nodes.bullet_list | None = None
        for number, block in enumerate(self.text):
            under = open_sections[-1] if open_sections else None
            if block.kind in ("section", "point"):
                depth = 0 if block.kind == "section" else min(1, len(open_sections))
                del open_sections[depth:]
                title = nodes.title("", "", self._own(self._words(block, 0, len(block.words))))
                made = nodes.section("", title, ids=[self.sheet.id_of("text", f"part-{number}")], names=[])
                open_sections.append(made)
                _put(top, open_sections[-2] if depth else None, made)
                items = None
                continue
            content = nodes.paragraph("", "", *self._line(number, block))
            if block.kind == "item":
                if items is None:
                    items = nodes.bullet_list("")
                    _put(top, under, items)
                items += nodes.list_item("", content)
            else:
                items = None
                _put(top, under, content)
        return top

    def _own(self, content: Sequence[nodes.Node]) -> nodes.Node:
        """Return words of the document, marked with its language where the page is in another."""
        own = self.sheet.programme.document.lang
        if own in nearest_tags(self.sheet.lang):
            return nodes.inline("", "", *content)
        return foreign("", "", *content, lang=own)

    def _line(self, number: int, block: Block) -> Iterator[nodes.Node]:
        place = 0
        for passage in (each for each in self.found if each.block == number):
            yield self._own(self._words(block, place, passage.start))
            yield from self._passage(block, passage)
            place = passage.end
        yield self._own(self._words(block, place, len(block.words)))

    def _passage(self, block: Block, passage: Passage) -> Iterator[nodes.Node]:
        """Yield the words of a clause, at which its targets or duty can be pointed, and the links to them."""
        sheet, owners = self.sheet, passage.owners
        cuts = sorted({passage.start, passage.end, *(cut for owner in owners for cut in _cuts(passage, owner))})
        pieces: list[nodes.Node] = []
        for first, end in itertools.pairwise(cuts):
            start = first
            setting = [owner for owner in owners if _sets(owner, start - passage.start)]
            if len(owners) > 1 and len(setting) == 1:
                last = start + len(block.words[start:end].rstrip())
                pieces.append(self._ref(setting[0], self._own(self._words(block, start, last))))
                start = last
            pieces.append(self._own(self._words(block, start, end)))
        yield nodes.inline("", "", *pieces, classes=["ei-passage"], ids=[passage_id(sheet, owner) for owner in owners])
        for owner in owners:
            yield nodes.Text(" ")
            shown = owner.name.in_(sheet.lang) if isinstance(owner, Target) else owner.clause.section
            yield nodes.inline("", "", self._ref(owner, nodes.inline("", f"→ {shown}")), classes=["ei-owner"])

    def _ref(self, owner: Target | Duty, content: nodes.Node) -> nodes.Node:
        return self.sheet.ref("target" if isinstance(owner, Target) else "duty", owner.key, content)

    def _words(self, block: Block, start: int, end: int) -> list[nodes.Node]:
        """Return a part of a block, with what was corrected in it marked."""
        made: list[nodes.Node] = []
        for first, last, correction in block.corrections:
            if start <= first < end:
                if first > start:
                    made.append(nodes.Text(block.words[start:first]))
                scanned = gettext("as scanned: {scan}", self.sheet.lang, scan=correction.scan)
                start = min(last, end)
                made.append(nodes.abbreviation("", block.words[first:start], explanation=scanned))
        if start < end:
            made.append(nodes.Text(block.words[start:end]))
        return made


def passage_id(sheet: Sheet, owner: Target | Duty) -> str:
    """Return the id of the words that set a target or duty."""
    return sheet.id_of("text", owner.key)


def _put(top: list[nodes.Node], under: nodes.section | None, made: nodes.Node) -> None:
    if under is None:
        top.append(made)
    else:
        under += made


def _cuts(passage: Passage, owner: Target | Duty) -> Iterator[int]:
    place = passage.start
    for words, _ in owner.passages if isinstance(owner, Target) else ():
        place += len(words)
        yield place


def _sets(owner: Target | Duty, place: int) -> bool:
    """Return whether the words at a place of a clause set an owner of it."""
    if isinstance(owner, Duty):
        return True
    for words, own in owner.passages:
        if place < len(words):
            return own
        place -= len(words)
    return False
