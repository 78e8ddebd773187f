"""The domain of methodology pages: what is described where, roles that point there, two indices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from attrs import asdict, frozen
from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.domains import Domain, Index, IndexEntry, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from envindicators.sphinxext.language import site_language
from envindicators.words.message import gettext, within

logger = logging.getLogger(__name__)

NAME = "ei"
KINDS = {
    "programme": within("what a reference points to", "programme"),
    "target": within("what a reference points to", "target"),
    "duty": within("what a reference points to", "duty"),
    "table": within("what a reference points to", "table"),
}
"""What a page describes, with the word for it."""


@frozen
class Place:
    """Where something is described.

    Args:
        kind: one of `KINDS`, or ``"clause"`` or ``"indicator"``.
        name: its full name, ``"soc_trang_2020.rural_water"``; of a clause its section.
        title: what people read.
        docname: the page.
        node_id: the place on the page.
        extra: what stands beside it in an index.
    """

    kind: str
    name: str
    title: str
    docname: str
    node_id: str
    extra: str = ""


class MethodologyRole(XRefRole):
    """A role that looks in this domain, under whatever name it was registered."""

    def process_link(
        self,
        env: BuildEnvironment,  # noqa: ARG002 - the signature is Sphinx's
        refnode: nodes.Element,
        has_explicit_title: bool,  # noqa: FBT001 - the signature is Sphinx's
        title: str,
        target: str,
    ) -> tuple[str, str]:
        refnode["refdomain"] = NAME
        refnode["ei_explicit"] = has_explicit_title
        return title, " ".join(target.split())


class ClauseIndex(Index):
    """What each clause of each document is answered by."""

    name = "clauses"
    localname = "Index of clauses"
    shortname = "clauses"

    def generate(self, docnames: Iterable[str] | None = None) -> tuple[list[tuple[str, list[IndexEntry]]], bool]:
        return _grouped(self.domain, "clause", docnames), False


class IndicatorIndex(Index):
    """Every share that is computed, under the target or duty that asks for it."""

    name = "indicators"
    localname = "Index of indicators"
    shortname = "indicators"

    def generate(self, docnames: Iterable[str] | None = None) -> tuple[list[tuple[str, list[IndexEntry]]], bool]:
        return _grouped(self.domain, "indicator", docnames), False


def _grouped(domain: Domain, kind: str, docnames: Iterable[str] | None) -> list[tuple[str, list[IndexEntry]]]:
    """Return the places of a kind as an index: by the document of a clause, by the table of an indicator."""
    assert isinstance(domain, MethodologyDomain)
    wanted = None if docnames is None else set(docnames)
    places = domain.places()
    if kind == "clause":
        places = iter(sorted(places, key=lambda place: section_order(place.name)))
    found: dict[str, list[IndexEntry]] = {}
    for place in places:
        if place.kind == kind and (wanted is None or place.docname in wanted):
            heading, _, about = place.extra.partition("\n")
            entry = IndexEntry(place.title, 0, place.docname, place.node_id, about, "", "")
            found.setdefault(heading, []).append(entry)
    return list(found.items())


class MethodologyDomain(Domain):
    """Programmes, targets, duties, tables and clauses."""

    name = NAME
    label = "envindicators"
    object_types = {  # noqa: RUF012 - so Sphinx declares it
        "programme": ObjType("programme", "programme"),
        "target": ObjType("target", "target"),
        "duty": ObjType("duty", "duty"),
        "table": ObjType("table", "table"),
    }
    roles = {kind: MethodologyRole(warn_dangling=True) for kind in (*KINDS, "clause")}  # noqa: RUF012
    indices = [ClauseIndex, IndicatorIndex]  # noqa: RUF012
    initial_data = {"places": [], "templates": {}}  # noqa: RUF012
    data_version = 1

    def note(self, place: Place) -> None:
        """Remember where something is described; warn where it is described twice."""
        if place.kind in KINDS:
            for other in self.places():
                if (other.kind, other.name) == (place.kind, place.name):
                    logger.warning(
                        "%s %s is described twice, here and in %s; give one of them the option no-index",
                        place.kind,
                        place.name,
                        other.docname,
                        location=place.docname,
                    )
                    return
        self.data["places"].append(asdict(place))

    def places(self) -> Iterator[Place]:
        """Yield every place, page by page in the order of the site."""
        for each in self.data["places"]:
            yield Place(**each)

    def note_template(self, filename: str, text: str, docname: str) -> None:
        """Remember a template to be written when the site is."""
        self.data["templates"][filename] = (text, docname)

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:  # noqa: A002, ARG002, FBT001, FBT002
        return KINDS[type.lname].in_(site_language(self.env.config.language))

    @property
    def templates(self) -> dict[str, str]:
        """The templates, by file name."""
        return {filename: text for filename, (text, _) in self.data["templates"].items()}

    def clear_doc(self, docname: str) -> None:
        self.data["places"] = [each for each in self.data["places"] if each["docname"] != docname]
        kept = {name: entry for name, entry in self.data["templates"].items() if entry[1] != docname}
        self.data["templates"] = kept

    def merge_domaindata(self, docnames: Any, otherdata: Any) -> None:
        self.data["places"] += [each for each in otherdata["places"] if each["docname"] in docnames]
        for filename, entry in otherdata["templates"].items():
            if entry[1] in docnames:
                self.data["templates"][filename] = entry

    def find(self, kind: str, name: str) -> list[Place]:
        """Return the places of a name, full or without its programme."""
        return [
            place
            for place in self.places()
            if place.kind == kind and (place.name == name or place.name.partition(".")[2] == name)
        ]

    def resolve_xref(
        self,
        env: BuildEnvironment,  # noqa: ARG002 - the signature is Sphinx's
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: addnodes.pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        found = self.find(typ, target)
        if not found:
            return None
        if typ != "clause" and len(found) > 1:
            names = ", ".join(place.name for place in found)
            logger.warning("%s %r could be any of %s; give its full name", typ, target, names, location=node)
        return self._reference(builder, fromdocname, found[0], contnode, explicit=bool(node.get("ei_explicit")))

    def resolve_any_xref(
        self,
        env: BuildEnvironment,  # noqa: ARG002 - the signature is Sphinx's
        fromdocname: str,
        builder: Builder,
        target: str,
        node: addnodes.pending_xref,  # noqa: ARG002 - the signature is Sphinx's
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        return [
            (f"{NAME}:{kind}", self._reference(builder, fromdocname, place, contnode, explicit=True))
            for kind in KINDS
            for place in self.find(kind, target)[:1]
        ]

    @staticmethod
    def _reference(
        builder: Builder, fromdocname: str, place: Place, contnode: nodes.Element, *, explicit: bool
    ) -> nodes.reference:
        shown = contnode if explicit else nodes.inline(place.title, place.title, classes=["ei", f"ei-{place.kind}"])
        return make_refnode(builder, fromdocname, place.docname, place.node_id, shown, place.title)

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for place in self.places():
            if place.kind in KINDS:
                yield place.name, place.title, place.kind, place.docname, place.node_id, 1


_TOKEN = re.compile(r"[IVXLCDM]+(?![A-Za-z])|\d+|[^\W\d_]+")
_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def section_order(section: str) -> tuple[tuple[int, str], ...]:
    """Return what puts the sections of a document in its order: ``II.3 (1)``, ``III.2 ¶1a``, ``III.10``.

    Example:
        >>> sorted(["IX.1", "III.10", "V.2", "III.2 ¶1b", "III.2 ¶1a"], key=section_order)
        ['III.2 ¶1a', 'III.2 ¶1b', 'III.10', 'V.2', 'IX.1']
    """
    return tuple((_number(token), token) for token in _TOKEN.findall(section))


def _number(token: str) -> int:
    if token.isdigit():
        return int(token)
    if set(token) <= set(_DIGITS):
        values = [_DIGITS[letter] for letter in token]
        following = [*values[1:], 0]
        return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
    return 0


def name_indices(language: str | None) -> None:
    """Give the indices their names in the language of the site."""
    lang = site_language(language)
    ClauseIndex.localname, ClauseIndex.shortname = gettext("Index of clauses", lang), gettext("clauses", lang)
    IndicatorIndex.localname = gettext("Index of indicators", lang)
    IndicatorIndex.shortname = gettext("indicators", lang)
