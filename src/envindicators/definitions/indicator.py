"""`Indicator` and `Requirement`: what is measured, and the level that it must keep.

The kinds of indicator are a module each (`share`). A kind says which questions it asks of which tables
and how the answers, tallies, become its evidence; nothing else in the library knows one kind from another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

from attrs import field, frozen

from envindicators.algebra.threshold import Direction, Threshold
from envindicators.definitions.rule import Flag, Rule
from envindicators.definitions.table import Table, Unit
from envindicators.definitions.validators import is_a
from envindicators.errors import DefinitionError
from envindicators.pickling import versioned
from envindicators.words.text import Text


@versioned
@frozen(cache_hash=True)
class Question:
    """What is asked of each unit of a table: whether it belongs to a population, and whether it counts there.

    Args:
        table: the table.
        among: the rule of the population.
        where: the rule that counts within it.

    Raises:
        DefinitionError: if a rule names a column or value that the table lacks.
    """

    table: Table = field(validator=is_a(Table))
    among: Rule = field(validator=is_a(Rule))
    where: Rule = field(validator=is_a(Rule))

    def __attrs_post_init__(self) -> None:
        faults = [self.table.fault(atom) for rule in (self.among, self.where) for atom in rule.atoms]
        if any(faults):
            raise DefinitionError("; ".join(dict.fromkeys(filter(None, faults))))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns that bear on the answer: those of its rules, and all that are nested with them."""
        return self.table.domains.relevant(self.among, self.where)

    @cached_property
    def needs_units(self) -> bool:
        """Whether margins of parts that are not nested are too little to answer it.

        So it is where ``among`` looks at a part, or a part occurs twice.
        """
        if self.table.chained:
            return False
        parts = [atom.column for atom in self.where.atoms if isinstance(atom, Flag)]
        return len(set(parts)) < len(parts) or any(isinstance(atom, Flag) for atom in self.among.atoms)


class Indicator:
    """What is measured. Each kind is a frozen class with a key, a name and the methods below.

    A kind makes its questions by `ask`, as a cached property, and looks at them once when it is made, so that
    what they refuse is refused there.
    """

    __slots__ = ()

    key: str
    name: Text

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What it asks of the tables."""
        raise NotImplementedError

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that it asks, each once."""
        return tuple(dict.fromkeys(question.table for question in self.questions))

    @property
    def unit(self) -> Unit:
        """The unit that its evidence is shown in."""
        return self.questions[0].table.unit

    def evidence(self, tallies: Sequence[Any]) -> Any:
        """Return what the data says of it, group by group.

        Args:
            tallies: the answers to its questions, an `envindicators.algebra.tallies.Tallies` each.
        """
        raise NotImplementedError

    def ask(self, table: Table, among: Rule, where: Rule) -> Question:
        """Return a question, or raise `DefinitionError` naming this indicator."""
        try:
            return Question(table, among, where)
        except DefinitionError as error:
            raise DefinitionError(f"indicator {self.key!r}: {error}") from None

    def threshold(self, direction: Direction, level: Any) -> Threshold:
        """Return the threshold that a level makes in a direction; a kind that is no share reads levels of its own.

        Raises:
            DefinitionError: for a level that this kind does not take.
        """
        return Threshold(direction, level)

    @property
    def grain(self) -> Fraction:
        """How many of the counted units of its value make one that is shown; 1 for a share."""
        return Fraction(1)

    @property
    def grains(self) -> Mapping[str, int]:
        """How many counted units make one shown in a column of its evidence, where that is not its own unit's grain."""
        return {}

    @property
    def sharp(self) -> bool:
        """Whether its bounds are sharp, or only safe, since what it puts together shares units that are unknown."""
        return True

    def at_least(self, level: Any) -> Requirement:
        """Return the requirement that a level is reached; see `envindicators.at_least` for what a share takes."""
        return Requirement(self, self.threshold("at_least", level))

    def at_most(self, level: Any) -> Requirement:
        """Return the requirement that a level is not passed."""
        return Requirement(self, self.threshold("at_most", level))

    def above(self, level: Any) -> Requirement:
        """Return the requirement that a level is passed; to reach it is not enough."""
        return Requirement(self, self.threshold("above", level))

    def below(self, level: Any) -> Requirement:
        """Return the requirement that a level is not reached."""
        return Requirement(self, self.threshold("below", level))


@versioned
@frozen(cache_hash=True)
class Requirement:
    """An indicator with a threshold. Made by `Indicator.at_least`, ``at_most``, ``above`` and ``below``."""

    indicator: Indicator = field(validator=is_a(Indicator))
    threshold: Threshold = field(validator=is_a(Threshold))

    def __repr__(self) -> str:
        return f"Requirement({self.indicator.key!r} {self.threshold})"
