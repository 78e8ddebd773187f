"""A table as it was given, with the form that it is read by."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Sequence
from typing import Any

from attrs import Factory, evolve, field, frozen

from envindicators.definitions.form import Form
from envindicators.definitions.form_columns.form_column import FormColumn
from envindicators.definitions.form_columns.named import Named
from envindicators.definitions.table import Table
from envindicators.frames.files import Files
from envindicators.frames.outline import Outline
from envindicators.ingest.form_done import Done
from envindicators.ingest.forming import Forming, named_columns
from envindicators.problems import Findings


def outlined(files: Files, form: Form) -> Files:
    """Return files as a form says where in them the table stands."""
    outline = Outline(form.heading, form.foot, frozenset(form.skip), form.encoding, form.separator)
    return evolve(files, sheet=files.sheet if form.sheet is None else form.sheet, outline=outline, merged=True)


@frozen(eq=False)
class Formed:
    """A table as it was given, with the form that it is read by.

    Args:
        given: the table; of files those that the form outlines.
        forming: the form, for the table.
        done: what the form did, once the table has come.
    """

    given: Any
    forming: Forming
    done: Done = field(default=Factory(lambda formed: Done(formed.forming), takes_self=True))

    @property
    def files(self) -> Files | None:
        """The files, if the table stands in such."""
        return self.given if isinstance(self.given, Files) else None

    def _sources(self, name: str) -> list[FormColumn]:
        """Return where a column comes from, as far as the form says."""
        return [one.sources[name] for one in self.forming.stacked if name in one.sources]

    def _headings(self, names: Collection[str]) -> dict[str, list[str]]:
        """Return the headings that may be those of some columns, as far as the form tells."""
        found: dict[str, list[str]] = {}
        spread = self.forming.form.spread
        for name in names:
            sources = self._sources(name)
            if spread is not None and name in spread.into:
                found[name] = [spread.value]
            elif sources:
                found[name] = [heading for source in sources for heading in source.headings]
            else:
                words = next(
                    (each.name.words.values() for each in named_columns(self.forming.table) if each.key == name), ()
                )
                found[name] = [name, *words]
        return found

    def spellings(self, names: Collection[str]) -> dict[str, frozenset[str]]:
        """Return how columns are written; see `Files.spellings`."""
        assert self.files is not None
        headings = self._headings(names)
        written = self.files.spellings(list(itertools.chain.from_iterable(headings.values())))
        found: dict[str, frozenset[str]] = {}
        for name in names:
            kinds = {kind for heading in headings[name] for kind in written[heading]}
            if any(source.holds_text for source in self._sources(name)) or self.forming.form.values.get(name):
                kinds.add("text")
            found[name] = frozenset(kinds)
        return found

    def with_text(self, names: Collection[str]) -> Formed:
        """Return the same with more columns whose cells are text, those of numbers in the hand of an office too."""
        assert self.files is not None
        form = self.forming.form
        measured = {name for one in self.forming.stacked for name in one.sources}
        numeric = (self.forming.numeric | measured) if form.numbers is not None else set[str]()
        headings = itertools.chain.from_iterable(self._headings({*names, *numeric}).values())
        return evolve(self, given=self.files.with_text(list(headings)))

    def holds_text(self, name: str, holds: Callable[[Any, str], bool]) -> bool:
        """Return whether a column of a frame holds text."""
        sources = self._sources(name) or [Named(name)]
        told = [source.holds_text for source in sources]
        return any(told) or any(
            holds(self.given, heading)
            for source, text in zip(sources, told, strict=True)
            if text is None
            for heading in source.headings
        )


def with_form(form: Form, table: Table, by: Sequence[str], frame: Any, findings: Findings) -> Formed:
    """Return a table as it was given with its form, after recording what the form cannot mean."""
    forming = Forming(form, table)
    forming.check(findings, by)
    if isinstance(frame, Files):
        return Formed(outlined(frame, form), forming)
    if form.of_files:
        findings.add("form_of_files", table.key, value=", ".join(form.of_files))
    return Formed(frame, forming)
