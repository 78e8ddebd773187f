"""`Problem`, `Problems`, `InvalidTable`: what is wrong with data, every place of it at once."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, Self

from attrs import define, field, frozen, validators

from envindicators.errors import EnvIndicatorsError
from envindicators.pickling import versioned
from envindicators.readonly import ReadOnly
from envindicators.words.message import Message, listed
from envindicators.words.messages import EXPECTED, in_vietnamese, words
from envindicators.words.shortening import LONGEST, brief, kept, shown
from envindicators.words.spelling import spelt_out
from envindicators.words.text import Text

Severity = Literal["error", "gap", "note"]
"""``"error"``: refused; ``"gap"``: computed, and something stays open; ``"note"``: worth knowing."""

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
        expected_vi: what was expected, in Vietnamese.
        source: the file or piece, where a table stands in several.
        key: what tells the row apart, where its engine keeps no order: ``"area 'Mỹ Tú'"``.
        details: what the words of its kind are filled in with. Not compared.
    """

    table: str | None
    row: int | None
    column: str | None
    value: Any = field(converter=kept)
    expected: str
    severity: Severity = field(default="error", validator=validators.in_(("error", "gap", "note")))
    kind: str = ""
    expected_vi: str = field(default="", repr=False)
    source: str | None = None
    key: str | None = None
    details: Mapping[str, object] = field(factory=dict[str, object], converter=ReadOnly, eq=False, repr=False)

    def in_(self, lang: str, voice: Voice | None = None) -> str:
        """Return the problem as a sentence in ``"vi"`` or ``"en"``.

        Args:
            lang: the language.
            voice: how to tell it to someone who does not write Python.
        """
        voice = voice or Voice()
        place = [] if self.table is None else [voice.table(self.table, lang)]
        if self.source is not None:
            place.append(brief(self.source))
        if self.row is not None:
            place.append(words("row", lang, row=self.row + voice.first_row(self)))
        if self.key is not None:
            place.append(brief(in_vietnamese("key", self.key) if lang == "vi" else self.key))
        if self.column is not None:
            place.append(words("column", lang, column=brief(self.column)))
        expected = voice.expected_of(self, lang)
        nowhere = self.row is None and self.key is None
        value = self.value
        if lang == "vi" and isinstance(value, str) and value == self.details.get("key"):
            value = in_vietnamese("key", value)
        found = "" if value is None and nowhere else f"{_shown(value, lang)}; "
        head = f"{', '.join(place)}: " if place else ""
        return f"{head}{found}{expected}"

    def __str__(self) -> str:
        return self.in_("en")


@frozen
class Voice:
    """How problems are told to those who do not write Python.

    Args:
        tables: the names of tables, by key, to stand beside their keys.
        expected: other words for what was expected, by kind.
        first_row: returns the number that the reader knows the first row of a problem's table by.
        option: what stands before the name of an option.
    """

    tables: Mapping[str, Text] = field(factory=dict[str, Text])
    expected: Mapping[str, Message] = field(factory=dict[str, Message])
    first_row: Callable[[Problem], int] = lambda _: 0
    option: str = ""

    def table(self, key: str, lang: str) -> str:
        """Return the words for a table."""
        return words("table", lang, table=self.table_name(brief(key), lang))

    def table_name(self, key: str, lang: str) -> str:
        """Return the name of a table with its key; in English the key alone, which is a name."""
        known = lang == "vi" and key in self.tables
        return words("named_table", lang, table=key, name=self.tables[key].in_(lang)) if known else key

    def expected_of(self, problem: Problem, lang: str) -> str:
        """Return the words for what was expected."""
        first, said = self.first_row(problem), self.expected.get(problem.kind)
        if said is None and (problem.kind not in _OTHER_ROWS or not problem.details):
            return problem.expected_vi if lang == "vi" and problem.expected_vi else problem.expected
        details = dict(problem.details)
        if problem.kind in _OTHER_ROWS:
            details["other"] = _LEADING.sub(lambda row: str(int(row[0]) + first), str(details["other"]))
        filled = _filled(said or EXPECTED[problem.kind], lang, details)
        return _BY.sub(f" {self.option}by", filled) if self.option else filled


_OTHER_ROWS = ("duplicate_row", "duplicate_id")
_BY = re.compile(r" by$")
_LEADING = re.compile(r"^\d+")


def _shown(value: Any, lang: str) -> str:
    if value is None:
        return words("none", lang)
    if isinstance(value, str):
        return shown(spelt_out(value))
    return value.isoformat() if isinstance(value, datetime.date) else shown(value)


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

    def in_(self, lang: str, most: int = 40, voice: Voice | None = None) -> str:
        """Return the problems as lines, saying how many there are of each kind that is cut short.

        Args:
            lang: ``"vi"`` or ``"en"``.
            most: how many lines at the most.
            voice: how to tell it to someone who does not write Python.
        """
        lines = [problem.in_(lang, voice) for problem in self[:most]]
        total = sum(self.counts.values())
        if total > len(lines):
            lines.append(words("more", lang, more=total - len(lines), total=total))
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

    def in_(self, lang: str, voice: Voice | None = None) -> str:
        """Return the message in ``"vi"`` or ``"en"``."""
        total = sum(self.counts.values())
        head = words("invalid_one" if total == 1 else "invalid", lang, total=total)
        return f"{head}\n{self.problems.in_(lang, voice=voice)}"

    def __str__(self) -> str:
        return self.in_("en")


def _filled(expected: Message, lang: str, details: Mapping[str, object]) -> str:
    return expected.filled(**{name: _detail(name, detail, lang) for name, detail in details.items()}).in_(lang)


def _detail(name: str, detail: object, lang: str) -> object:
    if isinstance(detail, (Message, Text)):
        return detail.in_(lang)
    if isinstance(detail, (list, tuple)):
        return listed(detail, lang)
    if isinstance(detail, str):
        return brief(in_vietnamese(name, detail) if lang == "vi" else detail, 4 * LONGEST)
    return detail


@define
class Findings:
    """Collects problems while tables are read."""

    listed: list[Problem] = field(factory=list[Problem])
    counts: dict[tuple[str | None, str | None, str], int] = field(factory=dict[tuple[str | None, str | None, str], int])
    errors: int = 0

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
            expected = EXPECTED[kind]
            english, vietnamese = _filled(expected, "en", details), _filled(expected, "vi", details)
            self.listed.append(
                Problem(table, row, column, value, english, severity, kind, vietnamese, source, None, details)
            )

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
        for row in rows[: max(0, LISTED - before)]:
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

    @property
    def failed(self) -> bool:
        """Whether an error was found."""
        return self.errors > 0

    def problems(self) -> Problems:
        """Return what was found."""
        return Problems(self.listed, self.counts)

    def raise_errors(self) -> None:
        """Raise `InvalidTable` if there are errors."""
        errors = self.problems().errors
        if errors:
            raise InvalidTable(errors)
