"""What a `Form` says of a table: where its columns stand, and what its cells mean."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import Any

from attrs import frozen

from envindicators.definitions.form import Form, mark_of
from envindicators.definitions.form_columns.form_column import FormColumn
from envindicators.definitions.form_columns.named import Named
from envindicators.definitions.form_columns.said import form_column
from envindicators.definitions.table import KEY_COLUMNS, Table
from envindicators.frames.column import Column, from_values, is_number
from envindicators.frames.files import Files, kind_of
from envindicators.ingest.heading_units import without_unit
from envindicators.problems import Findings
from envindicators.words.catalogue import languages
from envindicators.words.message import Message
from envindicators.words.notation import Notation
from envindicators.words.spelling import did_you_mean, fold


@frozen
class Mapped:
    """Where the columns of a table stand under the headings of a file.

    Args:
        sources: by column where it comes from.
        unused: the headings that stand for no column of the table.
    """

    sources: Mapping[str, FormColumn]
    unused: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns, then what else stands in the file."""
        return (*self.sources, *self.unused)

    def headings(self, names: Collection[str]) -> list[str]:
        """Return the headings that are read for some columns."""
        sources = (self.sources.get(name) or Named(name) for name in names)
        return list(dict.fromkeys(itertools.chain.from_iterable(source.headings for source in sources)))


@frozen
class Forming:
    """A form, for a table.

    Args:
        form: the form.
        table: the table.
    """

    form: Form
    table: Table

    @cached_property
    def sources(self) -> dict[str, FormColumn]:
        """Where the columns come from of which the form says it."""
        found = {column: form_column(source) for column, source in self.form.columns.items()}
        return {column: source for column, source in found.items() if source is not None}

    @cached_property
    def stacked(self) -> tuple[Forming, ...]:
        """By which forms each row is read; see `Form.stacked`."""
        return tuple(Forming(form, self.table) for form in self.form.stacked)

    @cached_property
    def _published(self) -> dict[str, str]:
        """Return by what they are called, in any language, the columns whose names are published."""
        table = self.table
        names = {mark_of(name): column.key for column in named_columns(table) for name in column.name.words.values()}
        shared = {key: name for key in (*KEY_COLUMNS, table.total) if (name := table.name_of(key)) is not None}
        called = [(name.in_(lang), key) for key, name in shared.items() for lang in languages()]
        bare = {mark_of(without_unit(name, table)): key for name, key in called}
        return bare | {mark_of(name): key for name, key in called} | names

    def mapped(self, headings: Sequence[str], refuse: Callable[..., None]) -> Mapped:
        """Return where the columns stand; ``refuse`` is told what is not there, or there twice."""
        folded = dict(zip(headings, fold(list(headings)), strict=True)) if headings else {}

        def heading_of(wanted: str, column: str) -> str | None:
            alike = [heading for heading in headings if folded[heading] == mark_of(wanted)]
            if len(alike) == 1:
                return alike[0]
            if alike:
                refuse("form_headings_alike", column, wanted, hint=", ".join(map(repr, alike)))
            else:
                refuse("form_no_heading", column, wanted, hint=did_you_mean(wanted, headings))
            return None

        sources: dict[str, FormColumn] = {}
        used: set[str] = set()
        for column, source in self.sources.items():
            where = {wanted: heading_of(wanted, column) for wanted in source.headings}
            known = {wanted: heading for wanted, heading in where.items() if heading is not None}
            if len(known) == len(where):
                sources[column] = source.at(known)
                used.update(known.values())
        rest = [heading for heading in headings if heading not in used]
        published = self._published
        for heading in rest:
            if heading in sources:
                refuse("form_two_columns", heading, heading, hint="")
            key = published.get(folded[heading]) or published.get(mark_of(without_unit(heading, self.table)))
            if key is None or key == heading or key in self.form.columns:
                continue
            if key in sources or key in headings:
                first = sources[key].called if key in sources else key
                refuse("form_headings_alike", key, heading, hint=f"{first!r}, {heading!r}")
            sources[key] = Named(heading)
            used.add(heading)
        return Mapped(sources, tuple(heading for heading in rest if heading not in used))

    def lenient(self, headings: Sequence[str]) -> Mapped:
        """Return where the columns stand, of those that are there."""
        return self.mapped(headings, lambda *_, **__: None)

    def check(self, findings: Findings, by: Sequence[str]) -> None:
        """Record what the form says that the table cannot mean."""
        table = self.table
        known = [*KEY_COLUMNS, *table.columns, *([table.id] if table.id else []), *by]
        for column in dict.fromkeys((*self.form.columns, *self.form.values, *self.reshaped)):
            near = did_you_mean(column, known)
            if column not in known and str(near):
                findings.add("form_column", table.key, column, value=column, near=near)
        for column, aliases in self.form.values.items():
            for written, meant in aliases.items():
                self._check_value(column, repr(written), meant, findings)
        for forming in self.stacked:
            for column, source in forming.sources.items():
                if source.value is not None:
                    self._check_value(column, "always", source.value, findings)

    @property
    def reshaped(self) -> list[str]:
        """The columns that the form fills by a stack or a spread."""
        stack, spread = self.form.stack, self.form.spread
        return [*([] if stack is None else (stack.column, *stack.stacked)), *([] if spread is None else spread.into)]

    def _check_value(self, column: str, written: str, meant: Any, findings: Findings) -> None:
        """Record a value that a column cannot have."""
        category, part = self.table.category(column), self.table.part(column)
        known: dict[str, Any] = {}
        near: Message | str = ""
        if category is not None and meant is not None and meant not in category.values:
            known, near = {"known": category.choices}, did_you_mean(meant, category.values, category.written)
        elif part is not None and not (meant is None or isinstance(meant, bool) or is_number(meant)):
            known = {"known": "True, False", "known_toml": "true, false"}
        if known:
            findings.add("form_value", self.table.key, column, value=meant, written=written, near=near, **known)

    def says_of(self, column: str) -> bool:
        """Return whether the form may mean something else by the text of a column than what is written."""
        form = self.form
        numbers = column in self.numeric and bool(form.zero or form.numbers)
        return bool(form.values.get(column) or form.blank or numbers or self.table.category(column))

    def reads(self, column: str) -> bool:
        """Return whether a column is one of the table's, or the form speaks of it."""
        table, form = self.table, self.form
        return column in (*KEY_COLUMNS, *table.columns, table.id, *form.columns, *form.values)

    def meaning(self, column: str, written: Any) -> tuple[str, Any]:
        """Return by what part of the form a cell is read, or nothing, and what it means."""
        form, table = self.form, self.table
        aliases = form.values.get(column, {})
        if written in aliases and isinstance(written, bool) == (written in _truths(aliases)):
            return "form_value", aliases[written]
        if is_number(written) and str(written) in aliases:
            return "form_value", aliases[str(written)]
        if not isinstance(written, str):
            return "", written
        category, part = table.category(column), table.part(column)
        mark = mark_of(written)
        if column in (*table.columns, "year"):
            for alias, meant in aliases.items():
                if isinstance(alias, str) and mark_of(alias) == mark:
                    return "form_value", meant
        numeric = part is not None or column == table.total or table.value(column) is not None
        if mark in self._blank:
            return "form_blank", None
        if numeric and mark in self._zero:
            return "form_zero", 0
        if category is not None and written not in category.values:
            for name, value in category.written.items():
                if mark_of(name) == mark:
                    return "form_value", value
        if form.numbers is not None and (numeric or column == "year" or table.year_column(column) is not None):
            number = Notation.of(form.numbers).value(written)
            if number is not None:
                return "number", number
        return "", written

    @cached_property
    def _blank(self) -> frozenset[str]:
        return frozenset(map(mark_of, self.form.blank))

    @cached_property
    def _zero(self) -> frozenset[str]:
        return frozenset(map(mark_of, self.form.zero))

    def numbers(self, column: Column) -> Column:
        """Return text as the numbers that the form says it is; blank marks are no value, and what is none stays."""
        if column.kind not in ("text", "other"):
            return column
        return from_values([self._number(value) for value in column.objects()])

    def _number(self, written: Any) -> Any:
        if not isinstance(written, str):
            return written
        mark = mark_of(written)
        if mark in self._blank:
            return None
        if mark in self._zero:
            return 0
        number = None if self.form.numbers is None else Notation.of(self.form.numbers).value(written)
        return written if number is None else number

    @property
    def numeric(self) -> set[str]:
        """The columns that hold numbers, or may."""
        table = self.table
        categories = {category.key for category in table.categories}
        return {table.total, "year", *(column.key for column in named_columns(table))} - categories


def _truths(aliases: Mapping[Any, Any]) -> list[bool]:
    """Return the truths among what may be written, which Python holds equal to 1 and 0."""
    return [written for written in aliases if isinstance(written, bool)]


def of_another_table(form: Form, table: Table, tables: Mapping[str, Table]) -> Table | None:
    """Return the table of a programme that a form is of, where it names columns of that one and none of its own."""
    named = {*form.columns, *form.values, *Forming(form, table).reshaped} - set(KEY_COLUMNS)
    if not named or not named.isdisjoint((*table.columns, table.id)):
        return None
    return next((other for other in tables.values() if named <= {*other.columns, other.id}), None)


def of_an_office(frame: Any) -> bool:
    """Return whether a table stands in files that people write, whose columns have their published names too."""
    return isinstance(frame, Files) and any(kind_of(path) != "parquet" for path in frame.paths)


def named_columns(table: Table) -> tuple[Any, ...]:
    """Return the columns of a table that have names of their own."""
    return (*table.parts, *table.categories, *table.years, *table.values)
