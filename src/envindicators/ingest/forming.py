"""From a table as an office writes it to the table that is meant: what a `Form` says, applied piece by piece."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from attrs import Factory, define, evolve, field, frozen
from numpy.typing import NDArray

from envindicators.definitions.form import Form, mark_of
from envindicators.definitions.form_columns.form_column import FormColumn
from envindicators.definitions.form_columns.named import Named
from envindicators.definitions.form_columns.percent import Percent
from envindicators.definitions.form_columns.said import form_column
from envindicators.definitions.table import KEY_COLUMNS, Table
from envindicators.frames.column import Column, each_its_own, empty_column, from_values, is_number
from envindicators.frames.excel import other_sheets
from envindicators.frames.files import Files, kind_of
from envindicators.frames.outline import Outline
from envindicators.frames.stream import Columns, NotAFrameError, Opened, Stream
from envindicators.ingest.heading_units import unit_of, without_unit
from envindicators.ingest.spreading import spread_out
from envindicators.problems import LISTED, Findings
from envindicators.words.catalogue import languages
from envindicators.words.message import Message
from envindicators.words.notation import Notation
from envindicators.words.spelling import did_you_mean, fold


def outlined(files: Files, form: Form) -> Files:
    """Return files as a form says where in them the table stands."""
    outline = Outline(form.heading, form.foot, frozenset(form.skip), form.encoding, form.separator)
    return evolve(files, sheet=files.sheet if form.sheet is None else form.sheet, outline=outline, merged=True)


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

    def _published(self) -> dict[str, str]:
        """Return by what they are called, in any language, the columns whose names are published."""
        table = self.table
        names = {mark_of(name): column.key for column in _named(table) for name in column.name.words.values()}
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
        published = self._published()
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
        known: tuple[str, ...] = ()
        near: Message | str = ""
        if category is not None and meant is not None and meant not in category.values:
            known, near = category.values, did_you_mean(meant, category.values, category.written)
        elif part is not None and not (meant is None or isinstance(meant, bool) or is_number(meant)):
            known = ("True", "False")
        if known:
            shown = ", ".join(known)
            findings.add("form_value", self.table.key, column, value=meant, written=written, known=shown, near=near)

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
        if category is not None or part is not None:
            for alias, meant in aliases.items():
                if isinstance(alias, str) and mark_of(alias) == mark:
                    return "form_value", meant
        numeric = part is not None or column == table.total
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
        return {table.total, "year", *(part.key for part in table.parts), *(column.key for column in table.years)}


@define
class Done:
    """What a form did while a table came in.

    Args:
        forming: the form, for the table.
        headings: by column its heading in the file, where that is another, but for those of a stack.
        cells: how many cells were read otherwise than written, by column, kind, what is written and what is meant.
        left_out: the rows that were left out, by source.
        units: by source the unit that its headings state, with the heading, where the form states none.
    """

    forming: Forming
    headings: dict[str, str] = field(factory=dict[str, str])
    cells: Counter[tuple[str, str, Any, Any]] = field(factory=Counter[tuple[str, str, Any, Any]])
    left_out: dict[str | None, list[int]] = field(factory=dict[str | None, Any])
    units: dict[str | None, tuple[str, str] | None] = field(factory=dict[str | None, Any])

    def units_of(self, table: Table) -> tuple[str, ...]:
        """Return the units that the headings of the files state; the table's own of one that states none."""
        units = (table.unit.key if stated is None else stated[0] for stated in self.units.values())
        return tuple(dict.fromkeys(units))

    def note(self, table: Table, findings: Findings, outlined_rows: Mapping[str | None, Sequence[int]]) -> None:
        """Record it as notes; rows have the numbers that people know them by."""
        for column, heading in self.headings.items():
            findings.add("form_heading", table.key, column, severity="note", value=heading, meant=column)
        for source, stated in self.units.items():
            if stated is not None:
                unit, heading = stated
                findings.add("form_unit_read", table.key, severity="note", value=heading, source=source, unit=unit)
        for (column, kind, written, meant), count in self.cells.items():
            key = f"{kind}_read"
            findings.add(key, table.key, column, severity="note", value=written, meant=repr(meant), cells=count)
        for source in dict.fromkeys((*outlined_rows, *self.left_out)):
            rows = sorted((*outlined_rows.get(source, ()), *self.left_out.get(source, ())))
            if rows:
                shown = ", ".join(map(str, rows[:LISTED])) + (", ..." if len(rows) > LISTED else "")
                findings.add("form_rows", table.key, severity="note", source=source, rows=shown)


def formed(stream: Stream, forming: Forming, done: Done, findings: Findings) -> Stream:
    """Return a table as a form says it is meant.

    Args:
        stream: the table as it is given.
        forming: the form, for its table.
        done: where to record what the form did; it begins anew whenever the pieces are taken.
        findings: where problems are recorded, but for the last, which is raised when a piece is taken.
    """
    spread = forming.form.spread

    def pieces(columns: Columns) -> Iterator[Opened]:
        done.cells.clear()
        done.left_out.clear()

        def read(headings: Sequence[str]) -> Sequence[str]:
            found: list[str] = []
            for one in forming.stacked:
                mapped = one.lenient(headings)
                found += mapped.headings(columns(mapped.names))
            kept = set(map(mark_of, [*forming.form.only, *([] if spread is None else (spread.name, spread.value))]))
            found += [heading for heading in headings if mark_of(heading) in kept]
            return list(dict.fromkeys(found))

        def mapped() -> Iterator[Opened]:
            for piece in stream.pieces(read):
                yield from _pieces(piece, forming, done, findings, stream.first_row(piece.source))

        yield from mapped() if spread is None else spread_out(mapped(), spread, columns, meant, record, leave_out)

    def meant(column: str, written: Any) -> Any:
        by, value = forming.meaning(column, written)
        if by.startswith("form"):
            done.cells[column, by, written, value] += 1
        return value

    def record(kind: str, column: str, *, other: int | None, **where: Any) -> None:
        findings.add(kind, forming.table.key, column, other_row="?" if other is None else other, **where)

    def leave_out(source: str | None, place: int) -> None:
        done.left_out.setdefault(source, []).append(place + stream.first_row(source))

    return evolve(stream, pieces=pieces)


def _pieces(piece: Opened, forming: Forming, done: Done, findings: Findings, first_row: int) -> Iterator[Opened]:
    """Yield a piece as it is meant: once, or once for each value of a stack."""
    if not piece.names and not piece.length:
        yield piece
        return
    refused: list[NotAFrameError] = []

    def refuse(kind: str, column: str, value: str, hint: Message | str) -> None:
        if kind == "form_no_heading" and not str(hint):
            hint = other_sheets(piece, [value]) or Message("; it has {names}", names=tuple(piece.names))
        refused.append(NotAFrameError(kind, value, column=column, source=piece.source, hint=hint))

    every = [(one, one.mapped(piece.names, refuse)) for one in forming.stacked]
    kept = _kept(piece, forming, done, refuse, first_row)
    if refused:
        key = forming.table.key
        if piece.legacy_font is not None:
            findings.add("legacy_font", key, source=piece.source, **piece.legacy_font.told)
        for error in refused[:-1]:
            findings.add(error.kind, key, error.column, value=error.value, source=error.source, hint=error.hint)
        raise refused[-1]
    if piece.source not in done.units:
        headings = _headings_of_amounts([mapped for _, mapped in every], forming)
        form, source = forming.form, piece.source
        done.units[source] = unit_of(headings, forming.table, form.unit, source, findings)
    stated = done.units[piece.source]
    piece = piece if stated is None else evolve(piece, unit=stated[0])
    unused = set.intersection(*(set(mapped.unused) for _, mapped in every))
    for one, mapped in every:
        mapped_ = evolve(mapped, unused=tuple(heading for heading in mapped.unused if heading in unused))
        yield _piece(piece, mapped_, kept, one, done, findings)


def _headings_of_amounts(every: Sequence[Mapped], forming: Forming) -> list[tuple[str, str]]:
    """Return the total and the parts where they stand as amounts, each with its heading."""
    table, spread = forming.table, forming.form.spread
    found: list[tuple[str, str]] = []
    for column in (table.total, *(part.key for part in table.parts)):
        sources = [mapped.sources.get(column) for mapped in every]
        found += [(column, source.heading) for source in sources if isinstance(source, Named)]
        if spread is not None and column in spread.into:
            found.append((column, spread.value))
    return list(dict.fromkeys(found))


def _piece(
    piece: Opened, mapped: Mapped, kept: NDArray[np.intp] | None, forming: Forming, done: Done, findings: Findings
) -> Opened:
    of_stack = forming.form.columns.keys() - done.forming.form.columns.keys()
    headings = {
        column: source.called
        for column, source in mapped.sources.items()
        if source.called is not None and source != Named(column)
    }
    done.headings |= {column: heading for column, heading in headings.items() if column not in of_stack}
    table, spread = forming.table, forming.form.spread
    amounts = {table.total, *(part.key for part in table.parts), *([] if spread is None else [spread.value])}
    columns: dict[str, Column] = {}
    length = piece.length if kept is None else len(kept)
    places = piece.places
    if kept is not None:
        places = [row if places is None else places[row] for row in kept.tolist()]
    taken = (
        piece
        if kept is None
        else evolve(piece, columns=lambda name: _taken(piece.read(name), kept), length=length, places=places)
    )

    def read(name: str) -> Column:
        if name not in columns:
            source = mapped.sources.get(name) or Named(name)

            def record(kind: str, row: int | None, value: Any, **details: Any) -> None:
                place = None if row is None else taken.place(row)
                findings.add(kind, forming.table.key, name, row=place, value=value, source=piece.source, **details)

            read_from = taken if name in amounts else evolve(taken, columns=lambda each: each_its_own(taken.read(each)))
            column = source.read(read_from, forming.numbers, record)
            columns[name] = _meant(column, name, forming, done) if forming.reads(name) else column
        return columns[name]

    held = frozenset(name for name in mapped.names if all(piece.holds(each) for each in mapped.headings([name])))
    percentages = frozenset(column for column, source in mapped.sources.items() if isinstance(source, Percent))
    return evolve(
        piece,
        names=mapped.names,
        columns=read,
        held=held,
        length=length,
        places=places,
        headings=headings,
        percentages=percentages,
    )


def _kept(
    piece: Opened, forming: Forming, done: Done, refuse: Callable[..., None], first_row: int
) -> NDArray[np.intp] | None:
    """Return the rows of a piece that the form reads, None for all."""
    keep = np.ones(piece.length, dtype=np.bool_)
    for wanted, values in forming.form.only.items():
        heading = next((name for name in piece.names if mark_of(name) == mark_of(wanted)), None)
        if heading is None:
            refuse("form_no_heading", wanted, wanted, did_you_mean(wanted, piece.names))
            continue
        asked = {mark_of(str(value)) for value in values}
        keep &= np.array([_written(value) in asked for value in piece.read(heading).objects()], dtype=np.bool_)
    if keep.all():
        return None
    for row in np.flatnonzero(~keep).tolist():
        place = piece.place(row)
        if place is not None:
            done.left_out.setdefault(piece.source, []).append(place + first_row)
    return np.flatnonzero(keep)


def _truths(aliases: Mapping[Any, Any]) -> list[bool]:
    """Return the truths among what may be written, which Python holds equal to 1 and 0."""
    return [written for written in aliases if isinstance(written, bool)]


def _written(value: Any) -> str | None:
    """Return a cell as the file shows it, for comparison."""
    if value is None:
        return None
    return mark_of(str(int(value)) if isinstance(value, float) and value.is_integer() else str(value))


def _taken(column: Column, rows: NDArray[np.intp]) -> Column:
    missing = None if column.missing is None else column.missing[rows]
    if column.kind == "empty" or (missing is not None and missing.all()):
        return empty_column(len(rows))
    codes = None if column.codes is None else column.codes[rows]
    return evolve(column, values=column.values[rows], missing=missing, codes=codes)


def _meant(column: Column, name: str, forming: Forming, done: Done) -> Column:
    """Return a column with its cells read as the form says."""
    if (column.kind not in ("text", "other") and name not in forming.form.values) or not forming.says_of(name):
        return column
    values = column.objects()
    meanings: dict[tuple[type, Any], tuple[str, Any]] = {}
    counts: Counter[tuple[type, Any]] = Counter((type(value), value) for value in values)
    for kind, value in counts:
        meanings[kind, value] = forming.meaning(name, value)
    if all(not by for by, _ in meanings.values()):
        return column
    for key, (by, meant) in meanings.items():
        if by.startswith("form") and not (type(key[1]) is type(meant) and key[1] == meant):
            done.cells[name, by, key[1], meant] += counts[key]
    return from_values([meanings[type(value), value][1] for value in values])


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
                words = next((each.name.words.values() for each in _named(self.forming.table) if each.key == name), ())
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


def of_another_table(form: Form, table: Table, tables: Mapping[str, Table]) -> Table | None:
    """Return the table of a programme that a form is of, where it names columns of that one and none of its own."""
    named = {*form.columns, *form.values, *Forming(form, table).reshaped} - set(KEY_COLUMNS)
    if not named or not named.isdisjoint((*table.columns, table.id)):
        return None
    return next((other for other in tables.values() if named <= {*other.columns, other.id}), None)


def of_an_office(frame: Any) -> bool:
    """Return whether a table stands in files that people write, whose columns have their published names too."""
    return isinstance(frame, Files) and any(kind_of(path) != "parquet" for path in frame.paths)


def _named(table: Table) -> tuple[Any, ...]:
    """Return the columns of a table that have names."""
    return (*table.parts, *table.categories, *table.years, *table.values)
