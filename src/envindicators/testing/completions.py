"""All ways to fill in what is missing in small tables, written out: the units of a row, and what counts of them.

Nothing of how the library computes is used here. A row is taken apart into units, every unit is given every value
that its table allows, and what counts is counted. An amount of unknown size is tried at small and very large sizes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from envindicators.definitions.base_year import Moment
from envindicators.definitions.form import Form
from envindicators.definitions.indicator import Indicator
from envindicators.definitions.programme import Programme, Reading
from envindicators.definitions.question import Question
from envindicators.definitions.rule import Between, Flag
from envindicators.definitions.table import Table
from envindicators.testing.rows import Rows, layout_of

SIZES = (0, 1, 2, 3, 10**6, 10**9)
_FIRST, _LAST = 1900, 2100

Outcome = tuple[int, int]
"""What a unit adds to the population, and to what counts in it."""

Pairs = frozenset[Outcome]
"""How many units may belong to a population and how many of them may count, in every way that there is."""

NONE: Pairs = frozenset([(0, 0)])


def summed(first: Iterable[Outcome], second: Iterable[Outcome]) -> Pairs:
    """Return the sums of any of some outcomes and any of others."""
    others = tuple(second)
    return frozenset((n + m, k + j) for n, k in first for m, j in others)


@frozen
class Asked:
    """A question, put to the units of a row one by one."""

    question: Question

    @property
    def table(self) -> Table:
        return self.question.table

    @property
    def columns(self) -> list[str]:
        """The columns that its rules look at, and parts that are nested with them or exclude them."""
        looked_at = {atom.column for atom in (*self.question.among.atoms, *self.question.where.atoms)}
        bound = self.table.nested or self.table.exclusive
        return [name for name in self.table.attributes if name in looked_at or (bound and self.table.part(name))]

    @property
    def parts(self) -> list[str]:
        return [name for name in self.columns if self.table.part(name)]

    def can_be(self, flags: Sequence[bool]) -> bool:
        """Return whether a unit may have these flags."""
        if self.table.exclusive:
            return sum(flags) == 1 if self.table.whole else sum(flags) <= 1
        return not self.table.nested or all(a or not b for a, b in itertools.pairwise(flags))

    def values(self, column: str) -> Sequence[Any]:
        """Return the values of a column, of a year column those on both sides of every end that a rule names."""
        if self.table.part(column):
            return (True, False)
        category = self.table.category(column)
        if category is not None:
            return category.values
        atoms = (*self.question.among.atoms, *self.question.where.atoms)
        ends = [
            end for atom in atoms if isinstance(atom, Between) for end in (atom.first, atom.last) if end is not None
        ]
        near = {year for end in ends for year in (end - 1, end, end + 1)} | {_FIRST, _LAST}
        return sorted(year for year in near if _FIRST <= year <= _LAST)

    def outcomes(self, known: Mapping[str, Any]) -> Pairs:
        """Return what may become of a unit of which something is known."""
        names = self.columns
        options = [self.values(name) if known.get(name) is None else [known[name]] for name in names]
        found: set[Outcome] = set()
        for chosen in itertools.product(*options):
            unit = dict(zip(names, chosen, strict=True))
            if self.can_be([unit[part] for part in self.parts]):
                belongs = self.question.among.holds(unit)
                found.add((int(belongs), int(belongs and self.question.where.holds(unit))))
        return frozenset(found)

    def of_row(self, row: Mapping[str, Any], layout: str | None) -> tuple[Pairs, Pairs]:
        """Return the pairs that a row may add, and the outcomes open to units of it that nobody counted."""
        known = {name: row.get(name) for name in self.columns}
        total = 1 if layout == "records" else row[self.table.total]
        if layout != "counts":
            outcomes = self.outcomes(known)
            return (NONE, outcomes) if total is None else (units_of(total, outcomes), frozenset())
        # where the total is missing, every part that is known is a floor
        parts = self.parts if total is not None else [part.key for part in self.table.parts]
        counts = [row.get(part) for part in parts]
        margins = {place: count for place, count in enumerate(counts) if count is not None}
        vectors = [flags for flags in itertools.product((True, False), repeat=len(parts)) if self.can_be(flags)]
        by_flags = {flags: self.outcomes(known | dict(zip(parts, flags, strict=True))) for flags in vectors}
        pairs: set[Outcome] = set()
        for split in splits(vectors, total, margins):
            some = NONE
            for flags, count in zip(vectors, split, strict=True):
                some = summed(some, units_of(count, by_flags[flags]))
            pairs |= some
        free = [flags for flags in vectors if not any(flags[place] for place in margins)]
        unsized = (
            frozenset(each for flags in free for each in by_flags[flags]) if total is None else frozenset[Outcome]()
        )
        return frozenset(pairs), unsized


def units_of(count: int, outcomes: Pairs) -> Pairs:
    """Return what so many units add up to, each with any of the outcomes."""
    pairs = NONE
    for _ in range(count):
        pairs = summed(pairs, outcomes)
    return pairs


def splits(
    vectors: Sequence[tuple[bool, ...]], total: int | None, margins: Mapping[int, int]
) -> Iterator[tuple[int, ...]]:
    """Yield how many units may have each vector of flags.

    Without a total the vectors without a flag of known margin are left out: of them there may be any number.
    """
    if not vectors:
        if not total and not any(margins.values()):
            yield ()
        return
    flags, *rest = vectors
    within = [place for place in margins if flags[place]]
    if total is None and not within:
        yield from ((0, *more) for more in splits(rest, total, margins))
        return
    most = min([margins[place] for place in within] + ([] if total is None else [total]))
    for count in range(most + 1):
        left = {place: much - count * (place in within) for place, much in margins.items()}
        yield from ((count, *more) for more in splits(rest, None if total is None else total - count, left))


@frozen
class Completions:
    """All that a question may find in some rows."""

    pairs: Pairs
    grows: bool = False
    """Whether what counts may be beyond every size."""
    fails: bool = False
    """Whether what does not count may be."""


@frozen
class World:
    """The rows of every table at one moment or at several taken together, by area where they have one.

    Args:
        programme: the programme.
        tables: the rows of every table, of all years and scenarios; those of no year are of the one that is asked for.
        areas: the areas that there are.
        year: the year that is asked for.
        moments: the moments that are looked at.
    """

    programme: Programme
    tables: Mapping[str, tuple[Form, Rows]]
    areas: frozenset[Any]
    year: int | None
    moments: tuple[Moment, ...]

    def at(self, *moments: Moment) -> World:
        """Return the world of other moments."""
        return evolve(self, moments=moments)

    def beside(self, *moments: Moment) -> World:
        """Return the world with the areas of other moments too, which are silent where they have no rows."""
        others = (row["area"] for key in self.tables for row in self._rows(key, moments) if "area" in row)
        return evolve(self, areas=self.areas.union(others))

    def of_areas(self, areas: frozenset[Any]) -> World:
        """Return the world of some areas alone."""
        tables = {
            key: (form, [row for row in rows if row.get("area") in areas]) for key, (form, rows) in self.tables.items()
        }
        return evolve(self, tables=tables, areas=areas)

    def _rows(self, key: str, moments: Iterable[Moment]) -> Rows:
        return [row for row in self.tables[key][1] if any(self._is_of(row, moment) for moment in moments)]

    def _is_of(self, row: Mapping[str, Any], moment: Moment) -> bool:
        year = row.get("year")
        of_year = year == moment.year or (year is None and moment.year == self.year)
        return of_year and row.get("scenario") in (None, moment.scenario)

    def layout(self, key: str) -> str | None:
        """Return the layout that a table is read in."""
        form, rows = self.tables[key]
        return form.layout or layout_of(self.programme.tables[key], rows)

    def counted(self, table: Table) -> int:
        """Return how many counted units one of the numbers of a table is."""
        form = self.tables[table.key][0]
        return dict(table.unit.multiples)[form.unit or table.unit.key]

    def margins(self, table: Table) -> bool:
        """Return whether rows of a table, of any year, count parts of their units that flags could not say."""
        if table.chained or self.layout(table.key) != "counts":
            return False
        keys = [part.key for part in table.parts]
        rows = self.tables[table.key][1]
        return any(row.get(key) not in (None, 0, row.get(table.total)) for row in rows for key in keys)

    def rows(self, table: Table, area: Any) -> Rows:
        """Return the rows of an area, or of all of them."""
        return [row for row in self._rows(table.key, self.moments) if area is None or row.get("area") == area]

    def silent(self, table: Table, area: Any) -> bool:
        """Return whether an area, or any of them, has no rows in a table, at one of the moments."""
        every = self.areas if area is None else {area}
        came = ({row.get("area") for row in self._rows(table.key, [moment])} for moment in self.moments)
        return any(not areas or bool(every - areas) for areas in came)

    def knows(self, question: Question, area: Any) -> bool:
        """Return whether all of an area is known that a question asks for."""
        found, rows = self.completions(question, area), self.rows(question.table, area)
        asked, layout = Asked(question), self.layout(question.table.key)
        valued = question.of is None or all(
            row.get(question.of) is not None or {k for _, k in asked.of_row(row, layout)[0]} == {0} for row in rows
        )
        return valued and len(found.pairs) == 1

    def completions(self, question: Question, area: Any, scale: int = 1) -> Completions:
        """Return all that a question may find in an area, or in all of them.

        Args:
            question: the question.
            area: the area, or None for all.
            scale: how many counted units one of the numbers of its table is.
        """
        table, asked = question.table, Asked(question)
        pairs, unsized = NONE, {(0, 0), (1, 0), (1, 1)} if self.silent(table, area) else set[Outcome]()
        for row in self.rows(table, area):
            more, open_ = asked.of_row(row, self.layout(table.key))
            pairs, unsized = summed(pairs, more), unsized | open_
        pairs = frozenset((n * scale, k * scale) for n, k in pairs)
        for outcome in unsized:
            pairs = summed(pairs, [(size * outcome[0], size * outcome[1]) for size in SIZES])
        return Completions(pairs, (1, 1) in unsized, (1, 0) in unsized)

    def computed(self, reading: Reading) -> bool:
        """Return whether the data have what a reading needs."""
        if any(question.table.key not in self.tables for question in reading.questions):
            return False
        came = {name for each in reading.questions for row in self.tables[each.table.key][1] for name in row}
        columns = {name for question in reading.questions for name in question.where.columns}
        margins = any(question.needs_units and self.margins(question.table) for question in reading.questions)
        return not margins and (not columns or bool(columns & came))

    def sharp(self, indicator: Indicator) -> bool:
        """Return whether bounds are promised to be sharp: safe they are always."""
        return indicator.sharp and not any(
            self.margins(question.table) and _twice(question) for question in indicator.questions
        )


def _twice(question: Question) -> bool:
    atoms = (*question.among.atoms, *question.where.atoms)
    columns = [atom.column for atom in atoms if not isinstance(atom, Flag)]
    return len(set(columns)) < len(columns)
