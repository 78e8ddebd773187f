"""`Indicator` and `Requirement`: what is measured, and the level that it must keep.

The kinds of indicator are a module each (`share`). A kind says which questions it asks of which tables
and how the answers, tallies, become its evidence; nothing else in the library knows one kind from another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import field, frozen

from envindicators.algebra.threshold import Threshold, at_least, at_most
from envindicators.definitions.rule import Flag, Rule
from envindicators.definitions.table import Table
from envindicators.definitions.validators import is_a
from envindicators.errors import DefinitionError
from envindicators.words.text import Text


@frozen
class Question:
    """What is asked of each unit of a table: whether it belongs to a population, and whether it counts there.

    Args:
        table: the table.
        among: the rule of the population.
        where: the rule that counts within it.

    Raises:
        DefinitionError: if a rule names a column or value that the table lacks.
    """

    table: Table
    among: Rule
    where: Rule

    def __attrs_post_init__(self) -> None:
        faults = [self.table.fault(atom) for rule in (self.among, self.where) for atom in rule.atoms]
        found = [fault for fault in faults if fault]
        if found:
            raise DefinitionError("; ".join(dict.fromkeys(found)))

    @property
    def needs_units(self) -> bool:
        """Whether margins of parts that are not nested are too little to answer it.

        So it is where ``among`` looks at a part, or a part occurs twice.
        """
        if self.table.chained:
            return False
        parts = [atom.column for atom in self.where.atoms if isinstance(atom, Flag)]
        return len(set(parts)) < len(parts) or any(isinstance(atom, Flag) for atom in self.among.atoms)


class Indicator:
    """What is measured. Each kind is a frozen class with a key, a name and the methods below."""

    __slots__ = ()

    key: str
    name: Text

    @property
    def questions(self) -> tuple[Question, ...]:
        """What it asks of the tables."""
        raise NotImplementedError

    def evidence(self, tallies: Sequence[Any]) -> Any:
        """Return what the data says of it, group by group.

        Args:
            tallies: the answers to its questions, an `envindicators.algebra.tallies.Tallies` each.
        """
        raise NotImplementedError

    def at_least(self, level: Any) -> Requirement:
        """Return the requirement that a level is reached; see `envindicators.at_least` for what it takes."""
        return Requirement(self, at_least(level))

    def at_most(self, level: Any) -> Requirement:
        """Return the requirement that a level is not passed."""
        return Requirement(self, at_most(level))


@frozen
class Requirement:
    """An indicator with a threshold. Made by `Indicator.at_least` and `Indicator.at_most`."""

    indicator: Indicator = field(validator=is_a(Indicator))
    threshold: Threshold = field(validator=is_a(Threshold))

    def __repr__(self) -> str:
        return f"Requirement({self.indicator.key!r} {self.threshold})"
