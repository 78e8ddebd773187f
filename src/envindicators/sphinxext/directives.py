"""The directives: what they take, what they refuse, and what they leave in the indices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from envindicators.definitions.indicator import Indicator
from envindicators.definitions.programme import Duty, Programme, Target
from envindicators.definitions.source import Correction
from envindicators.report.citing import clause_words, short_citation
from envindicators.sphinxext.building import paragraph, section, settle
from envindicators.sphinxext.document_pages import document_page, passage_id
from envindicators.sphinxext.domain import NAME, MethodologyDomain, Place
from envindicators.sphinxext.duty_pages import duties_page
from envindicators.sphinxext.duty_table import duties_csv
from envindicators.sphinxext.language import site_language
from envindicators.sphinxext.loading import LoadError, load_example, load_programme
from envindicators.sphinxext.programme_pages import programme_page
from envindicators.sphinxext.scanned_text import blocks, passages
from envindicators.sphinxext.sheet import Sheet
from envindicators.sphinxext.table_pages import table_page
from envindicators.sphinxext.target_pages import target_page
from envindicators.sphinxext.templates import template
from envindicators.words.message import gettext
from envindicators.words.spelling import did_you_mean


class _Methodology(SphinxDirective):
    """What the directives share: a programme, the site's language, the domain."""

    has_content = False
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]] | None] = {
        "programme": directives.unchanged_required,
        "no-index": directives.flag,
    }

    def run(self) -> Sequence[nodes.Node]:
        try:
            made = list(self.make())
        except LoadError as error:
            raise self.error(f"{self.name}: {error}") from error
        source, line = self.get_source_info()
        settle(made, source, line)
        return made

    def make(self) -> Iterable[nodes.Node]:
        """Return the nodes."""
        raise NotImplementedError

    @property
    def spec(self) -> str:
        """The programme's ``module:name``: the option, the document's, or the site's."""
        given = self.options.get("programme") or self.env.ref_context.get(f"{NAME}:programme")
        spec: str = given or self.config.envindicators_programme
        if not spec:
            raise LoadError(
                "no programme is named; give the option programme, or set envindicators_programme in conf.py"
            )
        return spec

    def sheet(self) -> Sheet:
        """Return what every part of the page needs to know."""
        programme = load_programme(self.spec)
        example = load_example(self.spec, self.config.envindicators_examples)
        return Sheet(programme, site_language(self.config.language), example)

    @property
    def own(self) -> MethodologyDomain:
        """The domain."""
        domain = self.env.get_domain(NAME)
        if not isinstance(domain, MethodologyDomain):  # pragma: no cover - another extension took the name
            raise ExtensionError(f"the domain {NAME!r} is not that of envindicators")
        return domain

    def note(self, kind: str, name: str, title: str, node_id: str, extra: str = "") -> None:
        """Remember where something is described."""
        if "no-index" not in self.options:
            self.own.note(Place(kind, name, title, self.env.docname, node_id, extra))


class ProgrammeDirective(_Methodology):
    """``programme``: what a programme is, with its targets. Names it for the rest of the document."""

    def make(self) -> Iterable[nodes.Node]:
        if self.arguments:
            self.env.ref_context[f"{NAME}:programme"] = self.arguments[0].strip()
        sheet = self.sheet()
        programme = sheet.programme
        title, own = programme.name.in_(sheet.lang), sheet.id_of("programme")
        self.note("programme", programme.key, title, own)
        return [section(title, own, *programme_page(sheet))]


class TargetDirective(_Methodology):
    """``target``: a clause, how it is computed and read, and a worked example."""

    required_arguments = 1
    optional_arguments = 0

    def make(self) -> Iterable[nodes.Node]:
        spec, key = self._named()
        if spec:
            self.options["programme"] = spec
        sheet = self.sheet()
        target = _target(sheet.programme, key)
        own = sheet.id_of(target.key)
        name = f"{sheet.programme.key}.{target.key}"
        self.note("target", name, target.name.in_(sheet.lang), own)
        self._note_clause(sheet, target, own)
        self._note_indicators(sheet, target)
        return [target_page(sheet, target)]

    def _named(self) -> tuple[str, str]:
        words = self.arguments[0].split()
        if len(words) == 2:
            return words[0], words[1]
        if len(words) == 1 and ":" not in words[0]:
            return "", words[0]
        raise LoadError(f"expected the key of a target, or module:name and the key; got {self.arguments[0]!r}")

    def _note_clause(self, sheet: Sheet, target: Target, own: str) -> None:
        clause = target.clause
        heading = f"{clause.document.number}: {clause.document.title.in_(sheet.lang)}"
        about = target.name.in_(sheet.lang)
        self.note("clause", clause.section, clause.section, f"{own}-clause", f"{heading}\n{about}")

    def _note_indicators(self, sheet: Sheet, target: Target) -> None:
        seen: set[Indicator] = set()
        for reading in target.readings:
            for indicator in (each.indicator for each in reading.requirements):
                if indicator not in seen:
                    seen.add(indicator)
                    self.note(
                        "indicator",
                        f"{sheet.programme.key}.{indicator.key}",
                        indicator.name.in_(sheet.lang),
                        sheet.id_of(target.key, reading.key),
                        f"{_tables(indicator, sheet.lang)}\n{indicator.key}",
                    )


def _target(programme: Programme, key: str) -> Target:
    try:
        return programme.target(key)
    except KeyError as error:
        raise LoadError(str(error.args[0])) from error


class TablesDirective(_Methodology):
    """``tables``: the input columns of some or all tables, each with a template to download."""

    def make(self) -> Iterable[nodes.Node]:
        sheet = self.sheet()
        known = sheet.programme.tables
        wanted = self.arguments[0].replace(",", " ").split() if self.arguments else list(known)
        for key in wanted:
            if key not in known:
                near = did_you_mean(key, known)
                raise LoadError(f"{sheet.programme.key} has no table {key!r} ({', '.join(known)}){near}")
        for key in wanted:
            filename = f"{sheet.programme.key}/{key}.csv"
            self.own.note_template(filename, template(known[key]), self.env.docname)
            name = known[key].name.in_(sheet.lang)
            self.note("table", f"{sheet.programme.key}.{key}", name, sheet.id_of("table", key))
            yield table_page(sheet, known[key], filename)


class DutiesDirective(_Methodology):
    """``duties``: every duty with who acts, how far the text says so, and how strongly it binds."""

    def make(self) -> Iterable[nodes.Node]:
        sheet = self.sheet()
        if not sheet.programme.duties:
            raise LoadError(f"{sheet.programme.key} has no duties")
        title = gettext("Duties", sheet.lang)
        self.note("duties", f"{sheet.programme.key}.duties", title, sheet.id_of("duties"))
        for duty in sheet.programme.duties:
            self._note_duty(sheet, duty)
        filename = f"{sheet.programme.key}/duties.csv"
        self.own.note_template(filename, duties_csv(sheet), self.env.docname)
        return duties_page(sheet, filename)

    def _note_duty(self, sheet: Sheet, duty: Duty) -> None:
        clause, own = duty.clause, sheet.id_of("duty", duty.key)
        heading = f"{clause.document.number}: {clause.document.title.in_(sheet.lang)}"
        self.note("duty", f"{sheet.programme.key}.{duty.key}", clause.section, own)
        about = _shortened(clause_words(clause, sheet.lang))
        self.note("clause", clause.section, clause.section, own, f"{heading}\n{about}")
        if duty.indicator is not None:
            indicator = duty.indicator
            self.note(
                "indicator",
                f"{sheet.programme.key}.{indicator.key}",
                indicator.name.in_(sheet.lang),
                own,
                f"{_tables(indicator, sheet.lang)}\n{indicator.key}",
            )


def _tables(indicator: Indicator, lang: str) -> str:
    return ", ".join(table.name.in_(lang) for table in indicator.tables)


def _shortened(words: str, limit: int = 90) -> str:
    if len(words) <= limit:
        return words
    return f"{words[:limit].rsplit(' ', 1)[0]}…"


class DocumentDirective(_Methodology):
    """``document``: the whole text from a file, its sentences linked; its content corrects the scan, a line each."""

    has_content = True
    required_arguments = 1
    optional_arguments = 0

    def make(self) -> Iterable[nodes.Node]:
        sheet = self.sheet()
        programme, document = sheet.programme, sheet.programme.document
        owners: tuple[Target | Duty, ...] = (*programme.targets, *programme.duties)
        own = list(self._corrections())
        of_clauses = [correction for owner in owners for correction in owner.clause.corrections]
        text = blocks(self._text(), list(dict.fromkeys((*of_clauses, *own))))
        made = {correction for block in text for _, _, correction in block.corrections}
        for correction in own:
            if correction not in made:
                raise LoadError(f"the text does not hold {correction.scan!r}, so that it cannot be corrected")
        found, lost = passages(text, owners)
        if lost:
            sections = ", ".join(owner.clause.section for owner in lost)
            raise LoadError(f"the text does not hold the words of these clauses: {sections}")
        title = gettext("{document}: full text", sheet.lang, document=short_citation(document))
        node_id = sheet.id_of("text")
        self.note("document", f"{programme.key}.document", title, node_id)
        for owner in owners:
            about = owner.clause.section
            self.note("passage", f"{programme.key}.{owner.key}", about, passage_id(sheet, owner))
        return [section(title, node_id, *document_page(sheet, text, found))]

    def _text(self) -> str:
        relative, path = self.env.relfn2path(self.arguments[0].strip())
        self.env.note_dependency(relative)
        try:
            return Path(path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise LoadError(f"the text {self.arguments[0]!r} cannot be read: {error}") from error

    def _corrections(self) -> Iterable[Correction]:
        for line in self.content:
            if line.strip():
                scan, arrow, corrected = (part.strip() for part in line.partition("→"))
                if not (scan and arrow and corrected):
                    raise LoadError(f"expected a correction as 'scanned → corrected'; got {line.strip()!r}")
                yield Correction(scan, corrected)


class ScorecardDirective(_Methodology):
    """``scorecard``: the worked example as a scorecard, as it shows itself in a notebook."""

    def make(self) -> Iterable[nodes.Node]:
        sheet = self.sheet()
        if sheet.example is None:
            raise LoadError(f"the site has no example of {self.spec!r}; name one in envindicators_examples")
        card = sheet.example.card.with_lang(sheet.lang)
        if sheet.example.note is not None:
            yield nodes.important("", paragraph(sheet.example.note.in_(sheet.lang)))
        html, text = card.to_html(), card.to_text(width=100)
        yield nodes.raw("", html, format="html")
        yield nodes.raw("", text, format="text man")
