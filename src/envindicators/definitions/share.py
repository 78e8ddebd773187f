"""`Share`: the kind of indicator that divides what a rule counts by what another does."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from envindicators.definitions.indicator import Indicator
from envindicators.definitions.metadata import Metadata
from envindicators.definitions.question import Question
from envindicators.definitions.rule import Rule, all_units, as_rule
from envindicators.definitions.table import Table
from envindicators.definitions.validators import is_a, is_name
from envindicators.pickling import versioned
from envindicators.words.text import Text, as_text, plain

if TYPE_CHECKING:
    from envindicators.definitions.formula import Term


@versioned
@frozen(cache_hash=True)
class Share(Indicator):
    """Of the units that satisfy ``among`` (the denominator), the share of those that satisfy ``where``.

    Args:
        key: its name.
        name: the name that people read.
        table: where its units stand.
        among: the rule of the population; all units unless given.
        where: the rule that counts within it (the numerator).
        metadata: what is to be known of it beside its rule.

    Raises:
        DefinitionError: if a rule names a column or value that the table lacks.

    Example:
        >>> from envindicators.definitions.rule import flag
        >>> from envindicators.definitions.table import Unit
        >>> person = Unit("person", Text(vi="người", en="people"))
        >>> residents = Table("residents", person, total="persons", parts=["hygienic_water"])
        >>> water = Share("water", Text(vi="nước hợp vệ sinh", en="hygienic water"),
        ...               table=residents, where=flag("hygienic_water"))
        >>> water.at_least("98%")
        Requirement('water' ≥ 98%)
    """

    key: str = field(converter=plain, validator=is_name)
    name: Text = field(converter=as_text)
    table: Table = field(kw_only=True, validator=is_a(Table))
    among: Rule = field(kw_only=True, factory=all_units, converter=as_rule)
    where: Rule = field(kw_only=True, converter=as_rule)
    metadata: Metadata | None = field(default=None, kw_only=True, validator=is_a(Metadata, optional=True))

    def __attrs_post_init__(self) -> None:
        _ = self.questions  # refuses what the table lacks

    def __repr__(self) -> str:
        return f"Share({self.key!r}, among={self.among!r}, where={self.where!r})"

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return (self.ask(self.table, self.among, self.where),)

    def within(self, column: str, value: str) -> Share:
        key, name, rule = self._within(self.table, column, value)
        return evolve(self, key=key, name=name, among=self.among & rule)

    @property
    def formula(self) -> Term:
        from envindicators.definitions.formula import Population, Quotient, Units

        (question,) = self.questions
        return Quotient(Units(question), Population(question), percent=True)

    def evidence(self, tallies: Sequence[Any]) -> Any:
        (tally,) = tallies
        return tally
