"""Rules over the columns of a table, and what they leave open where something is missing.

A rule is built from atoms (`flag`, `one_of`, `between`, `all_units`) with ``&``, ``|`` and ``~``.
It can be asked three things: whether it holds for a unit of which everything is known (`Rule.holds`),
which fates the known part of a unit leaves open (`fate`), and between which numbers of units it holds
where only the margins of a group are known (`Rule.bounds`).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NoReturn, Self

from attrs import field, frozen

from envindicators.algebra.tally import Fate, Outcome
from envindicators.errors import DefinitionError, NoTruthValueError, WrongTypeError
from envindicators.pickling import versioned
from envindicators.words.message import Message
from envindicators.words.shortening import shown
from envindicators.words.text import plain

YEARS = range(1900, 2101)
"""The years that a year column may hold."""

Bounds = tuple[Any, Any]
"""The least and the greatest number of units, as integers or as integer arrays of one shape."""


class Rule:
    """A condition on a unit. Combine rules with ``&``, ``|`` and ``~``.

    A rule has no truth value: ``and``, ``or``, ``not`` and chained comparisons raise TypeError.
    """

    __slots__ = ()

    def __and__(self, other: Rule) -> Rule:
        return And(self, as_rule(other))

    def __rand__(self, other: Any) -> Rule:
        return And(as_rule(other), self)

    def __or__(self, other: Rule) -> Rule:
        return Or(self, as_rule(other))

    def __ror__(self, other: Any) -> Rule:
        return Or(as_rule(other), self)

    def __invert__(self) -> Rule:
        return Not(self)

    def __bool__(self) -> NoReturn:
        raise NoTruthValueError("a rule has no truth value; combine rules with & (and), | (or) and ~ (not)")

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """The atoms, from left to right, with repetitions."""
        raise NotImplementedError

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the atoms, from left to right, each once."""
        return tuple(dict.fromkeys(atom.column for atom in self.atoms))

    def holds(self, unit: Mapping[str, Any]) -> bool:
        """Return whether the rule is true of a unit of which every column is known.

        Args:
            unit: for each column of the rule its value.
        """
        raise NotImplementedError

    def bounds(self, size: Any, leaf: Callable[[Atom], Bounds]) -> Bounds:
        """Return between which numbers of ``size`` units the rule holds, knowing only margins.

        These are the bounds of Fréchet and Boole, taken from the leaves up: sharp where no column
        occurs twice, and never too narrow.

        Args:
            size: the number of units, an integer or an integer array.
            leaf: gives the bounds of an atom.
        """
        raise NotImplementedError


class Atom(Rule):
    """A rule about one column."""

    __slots__ = ()
    column: str

    @property
    def atoms(self) -> tuple[Atom, ...]:
        return (self,)

    def bounds(self, size: Any, leaf: Callable[[Atom], Bounds]) -> Bounds:  # noqa: ARG002 - the leaf knows it
        return leaf(self)


def _column(value: Any) -> str:
    column = plain(value)
    if not isinstance(column, str):
        raise WrongTypeError(Message("a rule names a column, as flag('collected'); got {column}", column=shown(column)))
    if not column.strip():
        raise DefinitionError(Message("a rule names a column; got {column!r}", column=column))
    return column


@versioned
@frozen(repr=False, cache_hash=True)
class Flag(Atom):
    """True where a yes/no column is true. Made by `flag`."""

    column: str = field(converter=_column)

    def holds(self, unit: Mapping[str, Any]) -> bool:
        return bool(unit[self.column])

    def __repr__(self) -> str:
        return f"flag({self.column!r})"


@versioned
@frozen(repr=False, cache_hash=True)
class OneOf(Atom):
    """True where a category column holds one of some values. Made by `one_of`."""

    column: str = field(converter=_column)
    values: tuple[str, ...]

    def holds(self, unit: Mapping[str, Any]) -> bool:
        return unit[self.column] in self.values

    def __repr__(self) -> str:
        return f"one_of({', '.join(map(repr, (self.column, *self.values)))})"


@versioned
@frozen(repr=False, cache_hash=True)
class Between(Atom):
    """True where a year column lies in a span, both ends in it. Made by `between`."""

    column: str = field(converter=_column)
    first: int | None
    last: int | None

    def holds(self, unit: Mapping[str, Any]) -> bool:
        year = unit[self.column]
        return (self.first is None or year >= self.first) and (self.last is None or year <= self.last)

    def __repr__(self) -> str:
        return f"between({self.column!r}, {self.first}, {self.last})"


@versioned
@frozen(repr=False, cache_hash=True)
class AllUnits(Rule):
    """True of every unit. Made by `all_units`."""

    @property
    def atoms(self) -> tuple[Atom, ...]:
        return ()

    def holds(self, unit: Mapping[str, Any]) -> bool:  # noqa: ARG002 - holds of every unit
        return True

    def bounds(self, size: Any, leaf: Callable[[Atom], Bounds]) -> Bounds:  # noqa: ARG002 - there is no leaf
        return size, size

    def __repr__(self) -> str:
        return "all_units()"


@versioned
@frozen(repr=False, cache_hash=True)
class And(Rule):
    """True where both rules are. Made by ``&``."""

    left: Rule
    right: Rule

    @property
    def atoms(self) -> tuple[Atom, ...]:
        return self.left.atoms + self.right.atoms

    def holds(self, unit: Mapping[str, Any]) -> bool:
        return self.left.holds(unit) and self.right.holds(unit)

    def bounds(self, size: Any, leaf: Callable[[Atom], Bounds]) -> Bounds:
        low, high = self.left.bounds(size, leaf)
        other_low, other_high = self.right.bounds(size, leaf)
        # low + other_low - size, ordered so that no step passes 64 bits
        return _larger(low - (size - other_low), 0 * size), _smaller(high, other_high)

    def __repr__(self) -> str:
        return f"{_operand(self.left, Or)} & {_operand(self.right, Or, And)}"


@versioned
@frozen(repr=False, cache_hash=True)
class Or(Rule):
    """True where either rule is. Made by ``|``."""

    left: Rule
    right: Rule

    @property
    def atoms(self) -> tuple[Atom, ...]:
        return self.left.atoms + self.right.atoms

    def holds(self, unit: Mapping[str, Any]) -> bool:
        return self.left.holds(unit) or self.right.holds(unit)

    def bounds(self, size: Any, leaf: Callable[[Atom], Bounds]) -> Bounds:
        low, high = self.left.bounds(size, leaf)
        other_low, other_high = self.right.bounds(size, leaf)
        # min(size, high + other_high), ordered so that no step passes 64 bits
        return _larger(low, other_low), high + _smaller(size - high, other_high)

    def __repr__(self) -> str:
        return f"{self.left!r} | {_operand(self.right, Or)}"


@versioned
@frozen(repr=False, cache_hash=True)
class Not(Rule):
    """True where the rule is not. Made by ``~``."""

    rule: Rule

    @property
    def atoms(self) -> tuple[Atom, ...]:
        return self.rule.atoms

    def holds(self, unit: Mapping[str, Any]) -> bool:
        return not self.rule.holds(unit)

    def bounds(self, size: Any, leaf: Callable[[Atom], Bounds]) -> Bounds:
        low, high = self.rule.bounds(size, leaf)
        return size - high, size - low

    def __repr__(self) -> str:
        return f"~{_operand(self.rule, And, Or)}"


def _operand(rule: Rule, *bracketed: type[Rule]) -> str:
    return f"({rule!r})" if isinstance(rule, bracketed) else repr(rule)


def _larger(a: Any, b: Any) -> Any:
    """Return the larger of two integers, or of two integer arrays place by place."""
    return a + (b - a) * (b > a)


def _smaller(a: Any, b: Any) -> Any:
    return a + (b - a) * (b < a)


def as_rule(rule: Any) -> Rule:
    """Return a rule; `all_units` may be meant without its brackets."""
    if isinstance(rule, Rule):
        return rule
    if rule is all_units:
        return AllUnits()
    if isinstance(rule, str):
        hint = f"flag({plain(rule)!r})"
    else:
        hints = (
            (flag, "flag('collected')"),
            (one_of, "one_of('stream', 'rural')"),
            (between, "between('built', 2015, 2020)"),
        )
        hint = next((hint for maker, hint in hints if rule is maker), "flag, one_of, between or all_units")
    raise WrongTypeError(Message("expected a rule, as {hint}; got {rule}", hint=hint, rule=shown(plain(rule))))


def flag(column: str) -> Rule:
    """Return the rule that holds where a yes/no column is true.

    Args:
        column: a part of the table.

    Example:
        >>> flag("collected") & ~flag("treated_to_standard")
        flag('collected') & ~flag('treated_to_standard')
    """
    return Flag(column)


def one_of(column: str, *values: str) -> Rule:
    """Return the rule that holds where a category column has one of the values.

    Args:
        column: a category of the table.
        values: allowed values of it, one by one.

    Raises:
        DefinitionError: for no value, a value given twice, or a list in place of values.

    Example:
        >>> one_of("stream", "rural", "craft_village")
        one_of('stream', 'rural', 'craft_village')
    """
    column, values = _column(column), tuple(map(plain, values))
    for value in values:
        if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise DefinitionError(
                Message(
                    "one_of({column!r}, ...) takes values one by one, as one_of({column!r}, 'a', 'b'); got {value}",
                    column=column,
                    value=shown(value),
                )
            )
    if not values:
        raise DefinitionError(Message("one_of({column!r}) names no value", column=column))
    if len(set(values)) < len(values):
        raise DefinitionError(
            Message(
                "one_of({column!r}, ...) names a value twice: {values}",
                column=column,
                values=", ".join(map(repr, values)),
            )
        )
    return OneOf(column, values)


def between(column: str, first: int | None, last: int | None) -> Rule:
    """Return the rule that holds where a year column lies in a span.

    Args:
        column: a year column of the table.
        first: the first year of the span, or None for no first.
        last: the last year of the span, which is in it, or None for no last.

    Raises:
        DefinitionError: for ends exchanged, no end at all, or an end that is not a year.

    Example:
        >>> between("built", 2015, 2020)
        between('built', 2015, 2020)
    """
    column = _column(column)
    for end in (first, last):
        if end is not None and (isinstance(end, bool) or not isinstance(end, int) or end not in YEARS):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise DefinitionError(
                Message(
                    "between({column!r}, ...) takes years from {first} to {last} or None; got {end}",
                    column=column,
                    first=YEARS[0],
                    last=YEARS[-1],
                    end=shown(end),
                )
            )
    if first is None and last is None:
        raise DefinitionError(
            Message("between({column!r}, None, None) says nothing; give an end, or use all_units()", column=column)
        )
    if first is not None and last is not None and first > last:
        raise DefinitionError(
            Message(
                "between({column!r}, {first}, {last}): the ends are exchanged", column=column, first=first, last=last
            )
        )
    return Between(column, first, last)


def all_units() -> Rule:
    """Return the rule that holds for every unit."""
    return AllUnits()


def given(rule: Rule, unit: Mapping[str, Any]) -> Rule:
    """Return what a rule comes to where some columns are known: the same of a unit in which they have these values.

    Args:
        rule: the rule.
        unit: the values of the columns that are known.

    Example:
        >>> given(flag("treated") & one_of("stream", "rural"), {"stream": "rural"})
        flag('treated')
    """
    if isinstance(rule, Atom):
        if rule.column not in unit:
            return rule
        return AllUnits() if rule.holds(unit) else Not(AllUnits())
    if isinstance(rule, Not):
        inner = given(rule.rule, unit)
        return inner.rule if isinstance(inner, Not) else Not(inner)
    if isinstance(rule, (And, Or)):
        left, right = given(rule.left, unit), given(rule.right, unit)
        decisive, idle = (Not(AllUnits()), AllUnits()) if isinstance(rule, And) else (AllUnits(), Not(AllUnits()))
        if decisive in (left, right):
            return decisive
        return right if left == idle else left if right == idle else type(rule)(left, right)
    return rule


@frozen
class Domains:
    """What the columns of a table may hold, and so what a missing value may be filled in with.

    Args:
        values: for each column the values that it may take.
        nested: columns of which each implies the ones before it, in that order.
        exclusive: columns of which no unit has two.
        whole: whether every unit has one of those that exclude each other.
    """

    values: Mapping[str, Sequence[Any]] = field(eq=False)
    nested: tuple[str, ...] = ()
    exclusive: tuple[str, ...] = ()
    whole: bool = False

    def consistent(self, unit: Mapping[str, Any]) -> bool:
        """Return whether the nested columns of a unit keep their order, and exclusive ones exclude each other."""
        chain = [bool(unit[column]) for column in self.nested if column in unit]
        had = [bool(unit[column]) for column in self.exclusive if column in unit]
        one = sum(had) == 1 if self.whole and len(had) == len(self.exclusive) else sum(had) <= 1
        return one and chain == sorted(chain, reverse=True)

    def completions(self, known: Mapping[str, Any], columns: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Yield every consistent way to fill in the columns of a unit.

        Args:
            known: what is known of it; None or absence is a missing value.
            columns: the columns to fill in.
        """
        open_: list[Sequence[Any]] = []
        for column in columns:
            value = known.get(column)
            open_.append(self.values[column] if value is None else (value,))
        for values in itertools.product(*open_):
            unit = dict(zip(columns, values, strict=True))
            if self.consistent(unit):
                yield unit

    def relevant(self, *rules: Rule) -> tuple[str, ...]:
        """Return the columns that bear on some rules: their own, and all that are nested or exclusive with them."""
        own = dict.fromkeys(column for rule in rules for column in rule.columns)
        if any(column in own for column in self.nested):
            own |= dict.fromkeys(self.nested)
        if any(column in own for column in self.exclusive):
            own |= dict.fromkeys(self.exclusive)
        return tuple(own)

    def narrowed(self, *rules: Rule) -> Self:
        """Return the same domains with one year for each span of years that the rules tell apart."""
        values = dict(self.values)
        spans = [atom for rule in rules for atom in rule.atoms if isinstance(atom, Between)]
        for column in {atom.column for atom in spans}:
            starts = {YEARS[0]}
            for atom in spans:
                if atom.column == column:
                    starts |= {atom.first} if atom.first is not None else set()
                    starts |= {atom.last + 1} if atom.last is not None else set()
            values[column] = sorted(starts.intersection(YEARS))
        return type(self)(values, self.nested, self.exclusive, self.whole)


def fate(among: Rule, where: Rule, known: Mapping[str, Any], domains: Domains) -> Fate:
    """Return the outcomes that what is known of a unit leaves open.

    Every consistent way to fill in what is missing is tried: one value a column, however often it
    occurs; a category within its allowed values; nested parts in their order. So the fate is sharp,
    which three-valued logic is not.

    Args:
        among: the rule of the population.
        where: the rule that counts within it.
        known: what is known of the unit; None or absence is a missing value.
        domains: what the columns may hold.

    Returns:
        The outcomes, empty if what is known of the rules' columns, and those nested with them,
        contradicts itself.

    Example:
        >>> domains = Domains({"collected": (True, False), "treated": (True, False)}, ("collected", "treated"))
        >>> fate(flag("collected"), flag("treated"), {"treated": True}, domains)
        frozenset({'satisfied'})
    """
    narrowed = domains.narrowed(among, where)
    found: set[Outcome] = set()
    for unit in narrowed.completions(known, narrowed.relevant(among, where)):
        found.add(("satisfied" if where.holds(unit) else "failed") if among.holds(unit) else "out")
        if len(found) == 3:
            break
    return frozenset(found)
