"""`Problem`, `Problems`, `InvalidTable`: what is wrong with data, every place of it at once."""

from __future__ import annotations

import datetime
import functools
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, Self

from attrs import define, evolve, field, frozen, validators

from envindicators.errors import EnvIndicatorsError
from envindicators.pickling import versioned
from envindicators.readonly import ReadOnly, read_only
from envindicators.words.catalogue import SOURCE
from envindicators.words.message import Message, gettext, listed, ngettext
from envindicators.words.messages import EXPECTED
from envindicators.words.shortening import LONGEST, brief, kept, shown
from envindicators.words.spelling import spelt_out
from envindicators.words.text import Text, as_text, tag

Severity = Literal["error", "gap", "note"]
"""``"error"``: refused; ``"gap"``: computed, and something is left undetermined; ``"note"``: worth knowing."""

EXPECTED_ROWS = "expected"
"""The source of rows that should have come, beside those that did."""

OF_FORMS = frozenset(
    {"form_heading", "form_value_read", "form_blank_read", "form_zero_read", "form_unit_read", "form_rows"}
)
"""The kinds of notes that say what a form did."""

_COLUMNS = frozenset({"bound", "implying", "needed", "part", "total"})
"""The details of problems that name a column of their table."""

_HINTS = frozenset({"hint", "near"})
"""The details of problems that say what to do about a cell."""

LISTED = 100
"""How many problems of one kind in one column are listed. The counts are exact all the same."""


@versioned
@frozen
class Problem:
    """One thing wrong, missing or odd in a table.

    Args:
        table: the name of the table, or None where it is about the call.
        row: the position of the row in the frame as given, from 0; None for a whole column, or where
            the engine has no order.
        column: the column, or None for a whole row or table.
        value: the value found; of long text and of what holds much, what messages show of it.
        expected: what was expected, in English.
        severity: ``"error"``, ``"gap"`` or ``"note"``.
        kind: what kind of problem it is, in one word for programs: ``"negative"``.
        source: the file or piece, where a table stands in several.
        key: what tells the row apart, where its engine keeps no order: ``(area 'Mỹ Tú',)``.
        details: what the words of its kind are filled in with. Not compared.
        table_name: the table's name. Not compared.
        column_names: what the columns that it speaks of are called, by key. Not compared.
        first_row: the number that people know the first row by: 2 in a spreadsheet, 0 in a frame. Not compared.
        heading: what the file calls the column, where a form says that it is another. Not compared.
    """

    table: str | None
    row: int | None
    column: str | None
    value: Any = field(converter=kept)
    expected: str
    severity: Severity = field(default="error", validator=validators.in_(("error", "gap", "note")))
    kind: str = ""
    source: str | None = None
    key: tuple[Message | str, ...] | None = None
    details: Mapping[str, object] = field(factory=dict[str, object], converter=read_only, eq=False, repr=False)
    table_name: Text | None = field(default=None, eq=False, repr=False)
    column_names: Mapping[str, Text | Message] = field(
        factory=dict[str, Text | Message], converter=read_only, eq=False, repr=False
    )
    first_row: int = field(default=0, eq=False, repr=False)
    heading: str | None = field(default=None, eq=False, repr=False)

    @property
    def row_number(self) -> int | None:
        """The row number that people see, which is that of the spreadsheet or the position in a frame."""
        return None if self.row is None else self.row + self.first_row

    def under(self, headings: Mapping[str, str]) -> Problem:
        """Return the same problem with what its file calls the columns that it speaks of, by column."""
        if not headings or self.heading is not None or self.source == EXPECTED_ROWS:
            return self
        if self.kind.startswith("form_") and not self.kind.endswith("_read") and self.row is None:
            return self
        bound = self.details.get("bound")
        details = (
            {**self.details, "bound": headings[bound]} if isinstance(bound, str) and bound in headings else self.details
        )
        return evolve(self, heading=headings.get(self.column or ""), details=details)

    def to_dict(
        self, lang: str = "en", *, first_row: int | None = None, options: Mapping[str, Message] | None = None
    ) -> dict[str, Any]:
        """Return the problem as text, numbers and truths by name, for JSON.

        ``severity``, ``kind``, ``table``, ``source``, ``row`` (the position, from 0), ``row_number`` (as people number
        it), ``column``, ``value``, ``expected`` and ``text``, the whole sentence. A value that JSON does not know is
        text.

        Args:
            lang: the language of ``expected`` and ``text``.
            first_row: the number that people know the first row by, where that is another than the problem knows: 2
                for rows that a client took from a sheet.
            options: as for `in_`.

        Example:
            >>> from envindicators import check
            >>> from envindicators.programmes import soc_trang_2020
            >>> rows = [{"settlement": "rural", "persons": 1000, "hygienic_water": 1200}]
            >>> problem = check(soc_trang_2020, {"residents": rows}, year=2020)[0].to_dict(first_row=2)
            >>> problem["kind"], problem["row"], problem["row_number"], problem["value"]
            ('part_above', 0, 2, 1200)
        """
        problem = self if first_row is None else evolve(self, first_row=first_row)
        number = type(self.value) is float and math.isfinite(self.value)
        plain = self.value is None or isinstance(self.value, (str, int)) or number
        return {
            "severity": self.severity,
            "kind": self.kind,
            "table": self.table,
            "source": self.source,
            "row": self.row,
            "row_number": problem.row_number,
            "column": self.column,
            "value": self.value if plain else str(self.value),
            "expected": self._expected(lang, options),
            "text": problem.in_(lang, options),
        }

    def in_(self, lang: str, options: Mapping[str, Message] | None = None) -> str:
        """Return the problem as a sentence in a language.

        Args:
            lang: the language.
            options: what was expected in other words, by kind of problem, where the library would speak Python. Where
                they are given, what to write in a form is spelt as in TOML.
        """
        place: list[str] = []
        if self.table is not None:
            name = brief(self.table) if self.table_name is None else self.table_name.in_(lang)
            place.append(gettext("{table}", lang, table=name))
        if self.source is not None:
            place.append(brief(self.source))
        if self.row is not None:
            place.append(gettext("row {row}", lang, row=self.row_number))
        if self.key is not None:
            place.append(brief(listed(self.key, lang)))
        if self.column is not None:
            column = self._called(self.column, lang) if self.heading is None else brief(self.heading)
            place.append(gettext("column {column!r}", lang, column=column))
        nowhere = self.value is None and self.row is None and self.key is None
        key = self.details.get("key")
        said = isinstance(key, tuple) and self.value == kept(listed(key))  # in what was expected
        found = "" if nowhere or said else f"{self._shown(lang)}; "
        head = f"{', '.join(place)}: " if place else ""
        return f"{head}{found}{self._expected(lang, options)}"

    def _shown(self, lang: str) -> str:
        if self.value is None:
            return gettext("blank", lang)
        if isinstance(self.value, str):
            return shown(spelt_out(self.value))
        if isinstance(self.value, (datetime.date, datetime.time)):
            return self.value.isoformat()
        return shown(self.value)

    def _called(self, column: str, lang: str) -> str:
        """Return what a column is called: its key in English, otherwise its name with the key."""
        name = None if tag(lang) == SOURCE else self.column_names.get(column)
        return brief(column) if name is None else f"{name.in_(lang)} ({column})"

    def _expected(self, lang: str, options: Mapping[str, Message] | None) -> str:
        words = (options or {}).get(self.kind, EXPECTED.get(self.kind))
        if words is None:
            return self.expected
        columns = {name: self._called(str(self.details[name]), lang) for name in _COLUMNS & self.details.keys()}
        return _said(words, {**self.details, **columns}, lang, toml=options is not None)

    def __str__(self) -> str:
        return self.in_("en")


def _said(words: Message, details: Mapping[str, object], lang: str = "en", *, toml: bool = False) -> str:
    """Return a sentence with its details, and what stands beside it of the row; in TOML what a form is to say."""
    beside = details.get("beside")
    sentence = _filled(words, details)
    return (sentence.in_toml() if toml else sentence).in_(lang) + (
        beside.in_(lang) if isinstance(beside, Message) else ""
    )


@functools.cache
def _always(kind: str) -> str:
    """Return the sentence of a kind that has no details."""
    return str(EXPECTED[kind])


def _filled(words: Message, details: Mapping[str, object]) -> Message:
    """Return a sentence with its details, none of them longer than a reader reads."""
    return words.filled(
        **{name: brief(detail, 4 * LONGEST) if isinstance(detail, str) else detail for name, detail in details.items()}
    )


class Problems(tuple[Problem, ...]):  # noqa: SLOT001 - it carries its counts
    """Problems in the order in which they were found, at most a hundred of each kind in a column.

    ``counts`` has the exact number of each, by (table, column, kind).
    """

    counts: Mapping[tuple[str | None, str | None, str], int]

    def __new__(
        cls,
        problems: Iterable[Problem] = (),
        counts: Mapping[tuple[str | None, str | None, str], int] | None = None,
    ) -> Self:
        made = super().__new__(cls, problems)
        if counts is None:
            counted: dict[tuple[str | None, str | None, str], int] = {}
            for problem in made:
                key = (problem.table, problem.column, problem.kind)
                counted[key] = counted.get(key, 0) + 1
            counts = counted
        made.counts = ReadOnly(counts)
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (tuple(self), dict(self.counts)))

    def of(self, severity: Severity) -> Problems:
        """Return the problems of one severity, with their exact counts."""
        kept = [problem for problem in self if problem.severity == severity]
        keys = {(problem.table, problem.column, problem.kind) for problem in kept}
        return Problems(kept, {key: count for key, count in self.counts.items() if key in keys})

    @property
    def errors(self) -> Problems:
        """The problems for which `evaluate` refuses the data."""
        return self.of("error")

    def in_(self, lang: str, most: int = 40, options: Mapping[str, Message] | None = None) -> str:
        """Return the problems as lines, saying how many there are of each kind that is cut short.

        Args:
            lang: the language.
            most: how many lines at the most.
            options: as for `Problem.in_`.
        """
        lines = [problem.in_(lang, options) for problem in self[:most]]
        total = sum(self.counts.values())
        if total > len(lines):
            lines.append(gettext("... and {more} more ({total} in all)", lang, more=total - len(lines), total=total))
        return "\n".join(lines)


class InvalidTable(EnvIndicatorsError, ValueError):  # noqa: N818 - a public name
    """The data cannot be evaluated. Raised by `evaluate` and `condense`, with every error at once.

    Attributes:
        problems: the errors, a `Problems`: at most a hundred of each kind in a column are listed.
        counts: the exact number of each, by (table, column, kind).
    """

    def __init__(self, problems: Problems) -> None:
        super().__init__(problems)
        self.problems = problems

    @property
    def counts(self) -> Mapping[tuple[str | None, str | None, str], int]:
        """The exact number of each kind of error, by (table, column, kind)."""
        return self.problems.counts

    def in_(self, lang: str, options: Mapping[str, Message] | None = None) -> str:
        """Return the message in a language; ``options`` as for `Problem.in_`."""
        total = sum(self.counts.values())
        head = ngettext(
            "the data cannot be evaluated: {count} error", "the data cannot be evaluated: {count} errors", total, lang
        )
        return f"{head}\n{self.problems.in_(lang, options=options)}"

    def __str__(self) -> str:
        return self.in_("en")


def other_row(source: str | None, other_source: str | None, row: int | None) -> dict[str, Any]:
    """Return the details of a problem that say in which other row something stands, as seen from a source."""
    elsewhere = other_source is not None and other_source != source
    where = Message(" of {source}", source=other_source) if elsewhere else ""
    return {"other_row": "?" if row is None else row, "other_source": other_source, "other_where": where}


def _of_no_name(_table: str, _column: str) -> None:
    return None


def _from_zero(_source: str | None) -> int:
    return 0


@define
class Findings:
    """Collects problems while tables are read.

    Args:
        names: the names of the tables, by key.
        column_name: returns what a column of a table is called; None for one that the table does not name.
        first_rows: by table, what returns the number that people know the first row of a source by.
        headings: by table, what its file calls its columns, where a form says so.
        before: how many of each were found before; of rows, only those are listed that are among the first of all.
    """

    listed: list[Problem] = field(factory=list[Problem])
    counts: dict[tuple[str | None, str | None, str], int] = field(factory=dict[tuple[str | None, str | None, str], int])
    errors: int = 0
    names: Mapping[str, Text] = field(factory=dict[str, Text])
    column_name: Callable[[str, str], Text | Message | None] = _of_no_name
    first_rows: dict[str, Callable[[str | None], int]] = field(factory=dict[str, Any])
    headings: dict[str, Mapping[str, str]] = field(factory=dict[str, Any])
    before: Mapping[tuple[str | None, str | None, str], int] = field(factory=dict[Any, int])
    _column_names: dict[tuple[str, tuple[str, ...]], Mapping[str, Text | Message]] = field(factory=dict[Any, Any])

    def begin_with(self, problems: Problems) -> None:
        """Take in what was found before."""
        self.listed[:0] = problems
        for key, count in problems.counts.items():
            self.counts[key] = self.counts.get(key, 0) + count

    def take(self, other: Findings, placed: Callable[[Problem], Problem] = lambda problem: problem) -> None:
        """Take in what was found elsewhere.

        Args:
            other: what was found.
            placed: returns a problem with the place at which it stands here.
        """
        room = {key: max(0, LISTED - self.counts.get(key, 0)) for key in other.counts}
        for problem in other.listed:
            key = (problem.table, problem.column, problem.kind)
            if room[key]:
                room[key] -= 1
                self.listed.append(placed(problem))
        for key, count in other.counts.items():
            self.counts[key] = self.counts.get(key, 0) + count
        self.errors += other.errors

    def failed_in(self, table: str) -> bool:
        """Return whether an error was found in a table."""
        return any(problem.table == table and problem.severity == "error" for problem in self.listed)

    def add(
        self,
        kind: str,
        table: str | None,
        column: str | None = None,
        *,
        row: int | None = None,
        value: Any = None,
        severity: Severity = "error",
        source: str | None = None,
        **details: object,
    ) -> None:
        """Record one problem; ``details`` fill in the words of its kind."""
        key = (table, column, kind)
        self.counts[key] = self.counts.get(key, 0) + 1
        self.errors += severity == "error"
        if self.counts[key] <= LISTED:
            expected = _said(EXPECTED[kind], details) if details else _always(kind)
            self.listed.append(Problem(table, row, column, value, expected, severity, kind, source, None, details))

    def add_rows(
        self,
        kind: str,
        table: str,
        column: str | None,
        rows: Any,
        value_of: Callable[[int], Any],
        *,
        severity: Severity = "error",
        count: int | None = None,
        **details: object,
    ) -> None:
        """Record a problem for each of some rows (positions, an integer array, perhaps cut short)."""
        key = (table, column, kind)
        before = self.counts.get(key, 0)
        found = len(rows) if count is None else count
        for row in rows[: max(0, LISTED - before - self.before.get(key, 0))]:
            shown: dict[str, Any] = {
                name: value(int(row)) if callable(value) else value for name, value in details.items()
            }
            self.add(kind, table, column, row=int(row), value=value_of(int(row)), severity=severity, **shown)
        if found:
            self.errors += (before + found - self.counts.get(key, 0)) * (severity == "error")
            self.counts[key] = before + found

    def count(self, kind: str, table: str, column: str | None, total: int) -> None:
        """Say how many problems of a kind there are in all, where some of them have been recorded as errors."""
        key = (table, column, kind)
        more = total - self.counts.get(key, 0)
        if more > 0:
            self.counts[key] = total
            self.errors += more

    def put_beside(self, row: int, beside: Message) -> None:
        """Say beside the errors of a row what may be meant by it, in place of what its cells could be."""
        for place, problem in enumerate(self.listed):
            if problem.row == row and problem.severity == "error":
                details = {**problem.details, **dict.fromkeys(_HINTS & problem.details.keys(), ""), "beside": beside}
                self.listed[place] = evolve(problem, details=details, expected=_said(EXPECTED[problem.kind], details))

    @property
    def failed(self) -> bool:
        """Whether an error was found."""
        return self.errors > 0

    def problems(self) -> Problems:
        """Return what was found, with tables and rows as people know them."""
        self.listed = [self._told(problem) for problem in self.listed]
        return Problems(self.listed, self.counts)

    def _told(self, problem: Problem) -> Problem:
        table = problem.table
        if table is None or problem.table_name is not None:
            return problem
        expected, filled_in = problem.expected, problem.details
        problem = problem.under(self.headings.get(table, {}))
        first_row = self.first_rows.get(table, _from_zero)
        details: Mapping[str, Any] = problem.details
        if isinstance(details.get("other_row"), int):
            details = dict(details)
            source = details.get("other_source")
            details["other_row"] += first_row(problem.source if source is None else source)
        spoken_of = [problem.column, *(details[name] for name in _COLUMNS & details.keys())]
        if details is not filled_in and problem.kind in EXPECTED:
            expected = _said(EXPECTED[problem.kind], details)
        return evolve(
            problem,
            table_name=self.names.get(table) or as_text(table),
            column_names=self._called(table, tuple(column for column in spoken_of if isinstance(column, str))),
            first_row=first_row(problem.source),
            details=details,
            expected=expected,
        )

    def _called(self, table: str, columns: tuple[str, ...]) -> Mapping[str, Text | Message]:
        """Return what some columns of a table are called, those that have a name; looked up once for all problems."""
        if (table, columns) not in self._column_names:
            names = {column: self.column_name(table, column) for column in columns}
            known = {column: name for column, name in names.items() if name is not None}
            self._column_names[table, columns] = ReadOnly(known)
        return self._column_names[table, columns]

    def raise_errors(self) -> None:
        """Raise `InvalidTable` if there are errors."""
        if self.failed or any(problem.severity == "error" for problem in self.listed):
            raise InvalidTable(self.problems().errors)
