"""The law of bounds: the least and greatest value over every way to fill in what is missing, all written out.

Nothing of how the library computes is used here. A row is taken apart into units, every unit is given every value
that its table allows, and what counts is counted. An amount of unknown size is tried at small and very large sizes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import frozen

from envindicators.algebra.threshold import Judgement, Threshold
from envindicators.algebra.verdict import Verdict
from envindicators.definitions.amount import Amount, Capped, Net
from envindicators.definitions.form import Form
from envindicators.definitions.indicator import Indicator
from envindicators.definitions.programme import Programme, Reading
from envindicators.definitions.question import Question
from envindicators.definitions.rule import Between, Flag
from envindicators.definitions.share import Share
from envindicators.definitions.table import Table
from envindicators.errors import OptionError
from envindicators.testing.laws import quiet_card
from envindicators.testing.rows import Rows, layout_of, taken

LARGEST = 200
"""How many units a table may have."""

_SIZES = (0, 1, 2, 3, 10**6, 10**9)
_FIRST, _LAST = 1900, 2100

Outcome = tuple[int, int]
"""What a unit adds to the population, and to what counts in it."""

Pairs = frozenset[Outcome]
"""How many units may belong to a population and how many of them may count, in every way that there is."""

_NONE: Pairs = frozenset([(0, 0)])


def _sum(first: Iterable[Outcome], second: Iterable[Outcome]) -> Pairs:
    others = tuple(second)
    return frozenset((n + m, k + j) for n, k in first for m, j in others)


@frozen
class _Asked:
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
            return _units(total, self.outcomes(known)), frozenset()
        parts = self.parts
        counts = [row.get(part) for part in parts]
        margins = {place: count for place, count in enumerate(counts) if count is not None}
        vectors = [flags for flags in itertools.product((True, False), repeat=len(parts)) if self.can_be(flags)]
        outcomes = {flags: self.outcomes(known | dict(zip(parts, flags, strict=True))) for flags in vectors}
        pairs: set[Outcome] = set()
        for split in _splits(vectors, total, margins):
            some = _NONE
            for flags, count in zip(vectors, split, strict=True):
                some = _sum(some, _units(count, outcomes[flags]))
            pairs |= some
        free = [flags for flags in vectors if not any(flags[place] for place in margins)]
        unsized = (
            frozenset(each for flags in free for each in outcomes[flags]) if total is None else frozenset[Outcome]()
        )
        return frozenset(pairs), unsized


def _units(count: int, outcomes: Pairs) -> Pairs:
    pairs = _NONE
    for _ in range(count):
        pairs = _sum(pairs, outcomes)
    return pairs


def _splits(
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
        yield from ((0, *more) for more in _splits(rest, total, margins))
        return
    most = min([margins[place] for place in within] + ([] if total is None else [total]))
    for count in range(most + 1):
        left = {place: much - count * (place in within) for place, much in margins.items()}
        yield from ((count, *more) for more in _splits(rest, None if total is None else total - count, left))


@frozen
class _Completions:
    """All that a question may find in some rows."""

    pairs: Pairs
    grows: bool = False
    """Whether what counts may be beyond every size."""
    fails: bool = False
    """Whether what does not count may be."""


@frozen
class _World:
    """The rows of every table in the year that is asked for, by area where they have one."""

    programme: Programme
    tables: Mapping[str, tuple[Form, Rows]]
    areas: frozenset[Any]

    def layout(self, key: str) -> str | None:
        form, rows = self.tables[key]
        return form.layout or layout_of(self.programme.tables[key], rows)

    def counted(self, table: Table) -> int:
        """Return how many counted units one of the numbers of a table is."""
        form = self.tables[table.key][0]
        return dict(table.unit.multiples)[form.unit or table.unit.key]

    def margins(self, table: Table) -> bool:
        """Return whether rows of a table count parts of their units that flags could not say."""
        if table.chained or self.layout(table.key) != "counts":
            return False
        keys = [part.key for part in table.parts]
        return any(row.get(key) not in (None, 0, row[table.total]) for _, row in self.rows(table, None) for key in keys)

    def rows(self, table: Table, area: Any) -> list[tuple[int, Mapping[str, Any]]]:
        rows = self.tables[table.key][1]
        return [(place, row) for place, row in enumerate(rows) if area is None or row.get("area") == area]

    def completions(self, question: Question, area: Any) -> _Completions:
        """Return all that a question may find in an area, or in all of them."""
        table, asked = question.table, _Asked(question)
        rows = self.rows(table, area)
        came = {row["area"] for _, row in self.rows(table, None) if "area" in row}
        silent = area not in came if area is not None else bool(came and self.areas - came)
        pairs, unsized = _NONE, {(0, 0), (1, 0), (1, 1)} if silent else set[Outcome]()
        for _, row in rows:
            more, open_ = asked.of_row(row, self.layout(table.key))
            pairs, unsized = _sum(pairs, more), unsized | open_
        for outcome in unsized:
            pairs = _sum(pairs, [(size * outcome[0], size * outcome[1]) for size in _SIZES])
        return _Completions(pairs, (1, 1) in unsized, (1, 0) in unsized)

    def computed(self, reading: Reading) -> bool:
        """Return whether the data have what a reading needs."""
        if any(question.table.key not in self.tables for question in reading.questions):
            return False
        came = {name for each in reading.questions for _, row in self.rows(each.table, None) for name in row}
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


@frozen
class _Values:
    """The values that an indicator may have, in counted units: those reached, and whether they go on without end."""

    reached: frozenset[Fraction]
    empty: bool = False
    endless: bool = False
    sinks: bool = False
    limits: frozenset[Fraction] = frozenset()
    """What values tend to and need not reach."""


def _share(world: _World, indicator: Share, area: Any) -> _Values:
    (question,) = indicator.questions
    found = world.completions(question, area)
    limits = {Fraction(1)} if found.grows else set[Fraction]()
    limits |= {Fraction(0)} if found.fails else set()
    reached = frozenset(Fraction(k, n) for n, k in found.pairs if n)
    return _Values(reached, any(n == 0 for n, _ in found.pairs), limits=frozenset(limits))


def _amount(world: _World, indicator: Amount, area: Any) -> _Values:
    (question,) = indicator.questions
    found, scale = world.completions(question, area), world.counted(indicator.table)
    return _Values(frozenset(Fraction(k * scale) for _, k in found.pairs), endless=found.grows)


def _capped(world: _World, indicator: Capped, area: Any) -> _Values:
    _, cap = indicator.amount.quantity(indicator.cap)
    return _Values(frozenset(min(value, Fraction(cap)) for value in _values(world, indicator.amount, area).reached))


def _net(world: _World, indicator: Net, area: Any) -> _Values:
    first, second = (_values(world, each, area) for each in (indicator.amount, indicator.deduction))
    reached = frozenset(a - b for a in first.reached for b in second.reached)
    return _Values(reached, endless=first.endless or second.sinks, sinks=first.sinks or second.endless)


_KINDS: dict[type[Indicator], Callable[[_World, Any, Any], _Values]] = {
    Share: _share, Amount: _amount, Capped: _capped, Net: _net,
}  # fmt: skip


def _values(world: _World, indicator: Indicator, area: Any) -> _Values:
    return _KINDS[type(indicator)](world, indicator, area)


def _verdict(value: Fraction, threshold: Threshold) -> Verdict:
    level = threshold.level
    passes = {
        "at_least": value >= level, "at_most": value <= level, "above": value > level, "below": value < level,
    }[threshold.direction]  # fmt: skip
    return Verdict.MET if passes else Verdict.NOT_MET


def _ends(judgement: Judgement) -> tuple[Fraction | None, Fraction | None]:
    if judgement.tally is None:
        return judgement.evidence.ends or (None, None)
    return (None, None) if judgement.rate is None else (judgement.rate.lower, judgement.rate.upper)


def _assert_judged(judgement: Judgement, values: _Values, where: str, *, sharp: bool) -> None:
    """Assert that a judgement says what all completions say."""
    least, greatest = _ends(judgement)
    every = values.reached | values.limits
    for value in every:
        within = (least is None or least <= value) and (greatest is None or value <= greatest)
        assert within, f"{where}: {value} can be, outside of {least} to {greatest}"
    possible = {_verdict(value, judgement.threshold) for value in values.reached}
    possible |= {Verdict.NOT_APPLICABLE} if values.empty else set()
    assert possible <= judgement.possible, f"{where}: {possible - judgement.possible} can be"
    if not sharp:
        return
    expected = (None if values.sinks else min(every), None if values.endless else max(every)) if every else (None, None)
    assert (least, greatest) == expected, f"{where}: from {least} to {greatest}, yet {expected} is what can be"
    assert possible == judgement.possible, f"{where}: {judgement.possible - possible} cannot be"


def assert_bounds_sharp(
    programme: Programme, tables: Mapping[str, Any], *, year: int | None = None, expected: Sequence[Any] | None = None
) -> None:
    """Assert that bounds and possible verdicts are those of all ways to fill in what is missing, written out.

    This is for small tables, a few units a row: all completions of larger ones are too many. It looks at shares,
    amounts and net amounts, in every area and as a whole; where bounds are promised to be safe only
    (`Indicator.sharp`), that no completion lies outside. Ratios, means, changes and shares of areas are passed over.

    Args:
        programme: the programme.
        tables: as for `assert_adds_up`, with whole numbers.
        year: the reporting year.
        expected: the areas that should have reported.

    Raises:
        AssertionError: if a bound is not what completions reach, naming indicator and area.
        ValueError: for a table too large.
        InvalidTable: if the tables cannot be evaluated.

    Example:
        >>> from envindicators.programmes import soc_trang_2020
        >>> rows = [{"area": "A", "settlement": None, "persons": 4, "hygienic_water": 3}]
        >>> assert_bounds_sharp(soc_trang_2020, {"residents": rows}, year=2020)
    """
    given = taken(programme, tables)
    for key, (_, rows) in given.items():
        units = sum(row.get(programme.tables[key].total) or 1 for row in rows)
        if units > LARGEST:
            raise OptionError(f"table {key!r} has {units} units; completions of more than {LARGEST} are too many")
    by = "area" if any("area" in row for _, rows in given.values() for row in rows) else None
    frames = {key: form.of(rows) for key, (form, rows) in given.items()}
    card = quiet_card(programme, frames, year=year, by=by, expected=expected)
    of_year = {
        key: (form, [row for row in rows if row.get("year") in (None, card.year)])
        for key, (form, rows) in given.items()
    }
    areas = {row["area"] for _, rows in of_year.values() for row in rows if "area" in row}
    world = _World(programme, of_year, frozenset(areas | set(expected or ())))
    for area in [None, *card.groups] if by else [None]:
        for assessment in card:
            for reading in assessment.target.readings:
                under = card[assessment.target.key if area is None else (assessment.target.key, area)].under(
                    reading.key
                )
                if not world.computed(reading):
                    continue
                for judgement, requirement in zip(under.judgements, reading.requirements, strict=True):
                    indicator = requirement.indicator
                    if type(indicator) in _KINDS:
                        where = f"{indicator.key!r} in {'all areas' if area is None else repr(area)}"
                        sharp = world.sharp(indicator)
                        _assert_judged(judgement, _values(world, indicator, area), where, sharp=sharp)
