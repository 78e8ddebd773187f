"""`Question`: what is asked of each unit of a table."""

from __future__ import annotations

from functools import cached_property

from attrs import field, frozen

from envindicators.definitions.rule import Flag, Rule
from envindicators.definitions.table import Table, Value
from envindicators.definitions.validators import is_a
from envindicators.errors import DefinitionError
from envindicators.pickling import versioned
from envindicators.words.message import Message, Sentences
from envindicators.words.shortening import shown
from envindicators.words.spelling import did_you_mean


@versioned
@frozen(cache_hash=True)
class Question:
    """What is asked of each unit of a table: whether it belongs to a population, and whether it counts there.

    Args:
        table: the table.
        among: the rule of the population.
        where: the rule that counts within it.
        of: the value column that is added up over what counts, times the units; None to count only.

    Raises:
        DefinitionError: if a rule names a column or value that the table lacks, or it has no such value column.
    """

    table: Table = field(validator=is_a(Table))
    among: Rule = field(validator=is_a(Rule))
    where: Rule = field(validator=is_a(Rule))
    of: str | None = None

    def __attrs_post_init__(self) -> None:
        faults = [self.table.fault(atom) for rule in (self.among, self.where) for atom in rule.atoms]
        if self.of is not None and self.value is None:
            known = [value.key for value in self.table.values]
            faults.append(
                Message(
                    "{key} is not among the {kind} of table {table!r} ({names}){near}",
                    key=shown(self.of),
                    kind=Message("value columns"),
                    table=self.table.key,
                    names=known or Message("none"),
                    near=did_you_mean(self.of, known) if isinstance(self.of, str) else "",  # pyright: ignore[reportUnnecessaryIsInstance]
                )
            )
        if any(faults):
            raise DefinitionError(Sentences(tuple(filter(None, faults))))

    @cached_property
    def value(self) -> Value | None:
        """The value column that is added up."""
        return None if self.of is None else self.table.value(self.of)

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
