"""`Classes`: what the rules of a programme can tell apart among the units of a table.

A unit is known by its pattern, a code for each part, category and year column, the last code of each standing for
what is missing. Units whose patterns answer every question alike, and that are of one category and span of years,
are of one kind. The kinds of all patterns are worked out once for a programme.
"""

from __future__ import annotations

import functools
import itertools
import weakref
from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from envindicators.algebra.tallies import BITS, bits_of
from envindicators.cells.grouping import CODES, combined, distinct, distinct_rows, slots
from envindicators.definitions.programme import Programme
from envindicators.definitions.question import Question
from envindicators.definitions.rule import YEARS, Domains, fate
from envindicators.definitions.table import Table

UNKNOWN = -1
"""In a ledger and in a kind, the code of what is missing."""

_PATTERNS = 1 << 17
"""Up to so many patterns, the kinds of all of them are worked out beforehand."""


@frozen(eq=False)
class Classes:
    """What some questions can tell apart among the units of a table.

    Args:
        table: the table.
        questions: what is asked of its units, each question once.
        starts: for each year column the first years of the spans that the questions tell apart.
        sizes: for each part, category and year column how many codes it has, the last for what is missing.
        totals_open: whether a row may lack its total, since all that is asked of the table are amounts.
    """

    table: Table
    questions: tuple[Question, ...]
    starts: tuple[NDArray[np.int64], ...]
    sizes: tuple[int, ...]
    totals_open: bool
    _fates: tuple[tuple[tuple[int, ...], NDArray[np.uint8] | None], ...] = field(repr=False)

    @classmethod
    def of(cls, table: Table, questions: Sequence[Question], *, totals_open: bool = False) -> Classes:
        """Return what some questions can tell apart."""
        rules = [rule for question in questions for rule in (question.among, question.where)]
        domains = table.domains.narrowed(*rules)
        spans = [domains.values[column.key] for column in table.years]
        starts = tuple(np.array(YEARS[:1] if len(span) == len(YEARS) else span, dtype=np.int64) for span in spans)
        sizes = (
            *(3 for _ in table.parts),
            *(len(category.values) + 1 for category in table.categories),
            *(len(span) + 1 for span in starts),
        )
        columns = [_values(table, starts, place) for place in range(len(sizes))]
        fates = tuple(_fates(table, question, domains, columns) for question in questions)
        return cls(table, tuple(questions), starts, sizes, totals_open, fates)

    @property
    def width(self) -> int:
        """How many columns a kind has: a fate for each question, then categories and spans of years."""
        return len(self.questions) + len(self.sizes) - len(self.table.parts)

    def span(self, place: int, years: NDArray[Any]) -> NDArray[np.int16]:
        """Return years of one year column as positions of their spans, the last for `UNKNOWN`."""
        starts = self.starts[place]
        known = np.searchsorted(starts, np.array(YEARS), side="right") - 1
        # a missing year, below the first of all, falls on the entry that stands last
        lookup = np.append(known, len(starts)).astype(np.int16)
        spans: NDArray[np.int16] = lookup[np.maximum(years - YEARS[0], -1)]
        return spans

    @functools.cached_property
    def tabled(self) -> tuple[NDArray[np.int16], NDArray[np.int32]] | None:
        """The kinds of all patterns, and for each pattern its kind; None where there are too many patterns."""
        if slots(self.sizes) > _PATTERNS:
            return None
        codes = np.unravel_index(np.arange(slots(self.sizes)), self.sizes) if self.sizes else ()
        kinds, kind_of = self._worked_out(codes, slots(self.sizes))
        return kinds, kind_of.astype(np.int32)

    def kinds(self, codes: Sequence[NDArray[Any]], length: int) -> tuple[NDArray[np.int16], NDArray[Any]]:
        """Return the kinds of some units, in lexicographic order, and for each unit which of them it is.

        A kind is a row of int16: for each question the outcomes that are open, as bits; for each category the
        position of its value; for each year column the first year of its span; `UNKNOWN` for what is missing.

        Args:
            codes: for each part, category and year column its codes (see `sizes`).
            length: the number of units.
        """
        if self.tabled is None:
            occurring, which = self._occurring(codes)
            kinds, kind_of = self._worked_out(occurring, len(occurring[0]))
            return kinds, kind_of[which]
        kinds, kind_of_pattern = self.tabled
        patterns = combined(codes, self.sizes) if codes else np.zeros(length, dtype=np.int32)
        used, kind = distinct(kind_of_pattern[patterns], len(kinds))
        return kinds[used], kind

    def _occurring(self, codes: Sequence[NDArray[Any]]) -> tuple[Sequence[NDArray[Any]], NDArray[np.int64]]:
        """Return the codes of the patterns that occur, and for each unit which of them it has."""
        if slots(self.sizes) >= CODES:
            rows, which = distinct_rows(np.stack(codes, axis=1))
            return tuple(rows.T), which
        patterns, which = np.unique(combined(codes, self.sizes), return_inverse=True)
        return np.unravel_index(patterns, self.sizes), which.reshape(-1)

    def _worked_out(self, codes: Sequence[NDArray[Any]], length: int) -> tuple[NDArray[np.int16], NDArray[np.int64]]:
        parts = len(self.table.parts)
        found = np.empty((length, self.width), dtype=np.int16)
        for place, (columns, fates) in enumerate(self._fates):
            own = tuple(codes[column] for column in columns)
            found[:, place] = fates[own] if fates is not None else self._one_by_one(place, columns, own)
        for place in range(parts, len(self.sizes)):
            code = codes[place]
            if place - parts >= len(self.table.categories):
                code = self.starts[place - parts - len(self.table.categories)][np.minimum(code, self.sizes[place] - 2)]
            missing = codes[place] == self.sizes[place] - 1
            found[:, len(self.questions) + place - parts] = np.where(missing, UNKNOWN, code)
        return distinct_rows(found)

    def _one_by_one(self, place: int, columns: tuple[int, ...], own: Sequence[NDArray[Any]]) -> NDArray[np.int16]:
        """Return fates pattern by pattern, where a question looks at too many columns for a table of its own."""
        question, names = self.questions[place], self.table.attributes
        values = [_values(self.table, self.starts, column) for column in columns]
        found: list[int] = []
        for codes in zip(*(each.tolist() for each in own), strict=True):
            known = {
                names[column]: value[code] if code < len(value) else None
                for column, value, code in zip(columns, values, codes, strict=True)
            }
            found.append(bits_of(fate(question.among, question.where, known, self.table.domains)))
        return np.array(found, dtype=np.int16)


def _values(table: Table, starts: Sequence[NDArray[np.int64]], place: int) -> list[Any]:
    """Return what the codes of a column stand for, the last of them, for what is missing, left out."""
    parts = len(table.parts)
    if place < parts:
        return [False, True]
    if place < parts + len(table.categories):
        return list(table.categories[place - parts].values)
    return list(starts[place - parts - len(table.categories)].tolist())


def _fates(
    table: Table, question: Question, domains: Domains, values: Sequence[list[Any]]
) -> tuple[tuple[int, ...], NDArray[np.uint8] | None]:
    """Return the columns that bear on a question, and the outcomes open for each of their codes, as bits.

    A missing value leaves open what any of the values in its place would, so the outcomes of a pattern are those of
    all consistent units that it may stand for.
    """
    names = table.attributes
    columns = tuple(names.index(name) for name in domains.relevant(question.among, question.where))
    own = [values[column] for column in columns]
    if slots([len(each) + 1 for each in own]) > _PATTERNS:
        return columns, None
    outcomes = np.zeros([len(each) for each in own], dtype=np.uint8)
    for codes in itertools.product(*(range(len(each)) for each in own)):
        unit = {names[column]: value[code] for column, value, code in zip(columns, own, codes, strict=True)}
        if domains.consistent(unit):
            belongs, counts = question.among.holds(unit), question.where.holds(unit)
            outcomes[codes] = BITS["out" if not belongs else "satisfied" if counts else "failed"]
    for axis in range(len(own)):
        outcomes = np.concatenate([outcomes, np.bitwise_or.reduce(outcomes, axis=axis, keepdims=True)], axis=axis)
    return columns, outcomes


@frozen(eq=False)
class Compiled:
    """What a programme asks of its tables.

    Args:
        classes: by table what its rules can tell apart.
        asked: for each indicator, by key, its questions as the key of their table and their position there.
    """

    classes: dict[str, Classes]
    asked: dict[str, tuple[tuple[str, int], ...]]


_COMPILED: dict[int, tuple[weakref.ref[Programme], Compiled]] = {}


def compiled(programme: Programme) -> Compiled:
    """Return what a programme asks of its tables, worked out when it is first needed and kept as long as it lives."""
    place = id(programme)
    held = _COMPILED.get(place)
    if held is not None and held[0]() is programme:
        return held[1]
    questions: dict[str, dict[Question, int]] = {key: {} for key in programme.tables}
    asked: dict[str, tuple[tuple[str, int], ...]] = {}
    divided: set[str] = set()
    for indicator in programme.indicators:
        divided.update(table.key for table in indicator.tables if not indicator.totals_open)
        places: list[tuple[str, int]] = []
        for question in indicator.questions:
            of_table = questions[question.table.key]
            places.append((question.table.key, of_table.setdefault(question, len(of_table))))
        asked[indicator.key] = tuple(places)
    classes = {
        key: Classes.of(table, tuple(questions[key]), totals_open=key not in divided)
        for key, table in programme.tables.items()
    }
    found = Compiled(classes, asked)
    _COMPILED[place] = (weakref.ref(programme, lambda _: _COMPILED.pop(place, None) and None), found)
    return found
