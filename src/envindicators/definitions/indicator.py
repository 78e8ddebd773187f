"""`Indicator`, `Change` and `Requirement`: what is measured, how it has changed, and the level that it must keep.

The other kinds of indicator are a module each (`share`, `amount`, `ratio`, `mean`). A kind says which questions it asks
of which tables and how the answers, tallies, become its evidence; nothing else in the library knows one from another.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from envindicators.algebra.change import Growth, Shift
from envindicators.algebra.span import Ends
from envindicators.algebra.threshold import Direction, Threshold, without_sign
from envindicators.algebra.verdict import any_of_bits, combine_bits
from envindicators.definitions.base_year import (
    YEAR_BEFORE,
    Base,
    Moment,
    PublishedFigure,
    as_base,
    base_words,
    check_base,
)
from envindicators.definitions.levels import Levels
from envindicators.definitions.metadata import Metadata
from envindicators.definitions.question import Question
from envindicators.definitions.rule import Rule, one_of
from envindicators.definitions.table import Table, Unit
from envindicators.definitions.validators import is_a, is_name
from envindicators.errors import DefinitionError, WrongTypeError
from envindicators.pickling import versioned
from envindicators.words.message import Message
from envindicators.words.quantity import Quantity
from envindicators.words.shortening import shown
from envindicators.words.text import Text, as_text, beside, plain

if TYPE_CHECKING:
    from envindicators.definitions.formula import Term


class Indicator:
    """What is measured. Each kind is a frozen class with a key, a name and the methods below.

    A kind makes its questions by `ask`, as a cached property, and looks at them once when it is made, so that
    what they refuse is refused there.
    """

    __slots__ = ()

    key: str
    name: Text
    metadata: Metadata | None = None

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

    @property
    def open_unit(self) -> Unit:
        """The unit in which it is counted what of its evidence is open."""
        return self.unit

    def asked(self, now: Moment) -> tuple[tuple[Question, Moment], ...]:
        """Return what it asks of the tables for a moment, each question with the moment that is to answer it."""
        return tuple((question, now) for question in self.questions)

    def evidence(self, tallies: Sequence[Any]) -> Any:
        """Return what the data says of it, group by group.

        Args:
            tallies: the answers to what it asks, an `envindicators.algebra.tallies.Tallies` each.
        """
        raise NotImplementedError

    def evidence_of(self, year: int | None, tallies: Sequence[Any]) -> Any:  # noqa: ARG002 - most kinds know no year
        """Return the same, of a kind to which it matters how long the year is that is looked at."""
        return self.evidence(tallies)

    @property
    def formula(self) -> Term:
        """What it measures, as a tree of terms from which it is written in words and in signs."""
        from envindicators.definitions.formula import Several, Units

        return Several(tuple(map(Units, self.questions)))

    @property
    def remarks(self) -> tuple[Message, ...]:
        """What is to be said of its rule beside its questions, a sentence each."""
        return ()

    def ask(self, table: Table, among: Rule, where: Rule, of: str | None = None) -> Question:
        """Return a question, or raise `DefinitionError` naming this indicator."""
        try:
            return Question(table, among, where, of)
        except DefinitionError as error:
            raise DefinitionError(Message("indicator {key!r}: {error}", key=self.key, error=error)) from None

    def threshold(self, direction: Direction, level: Any) -> Threshold:
        """Return the threshold that a level makes in a direction; a kind that is no share reads levels of its own.

        Raises:
            DefinitionError: for a level that this kind does not take.
        """
        return Threshold(direction, level)

    @property
    def areas(self) -> str | None:
        """The column of the areas that it counts; None for a kind that counts units."""
        return None

    @property
    def inner(self) -> tuple[Indicator, ...]:
        """The indicators of which it is made and that must be known first."""
        return ()

    @property
    def required(self) -> Requirements:
        """What is required of an area, of a kind that counts areas; nothing for the others."""
        return Requirements(())

    @property
    def alike(self) -> str | None:
        """The column by which only what is wholly known is counted, of a change like for like; None for the others."""
        return None

    @property
    def scenarios(self) -> frozenset[str]:
        """The scenarios that it is put against, none of which is what has come about."""
        return frozenset()

    @property
    def weighing(self) -> Indicator | None:
        """The amount of an area by which it counts, of a kind that counts areas; None where each counts as one."""
        return None

    def since(self, base: Any, *, key: str | None = None, name: Text | str | None = None) -> Change:
        """Return the change of this indicator against what it was.

        Args:
            base: a year, ``2020``; several, ``[2016, 2017, 2018]``, for their mean; a scenario, ``"bau"``, of the
                key column ``scenario``; ``envindicators.YEAR_BEFORE``; or a figure made by
                `envindicators.published`.
            key: its key; this one's with the base unless given.
            name: its name; that of this indicator unless given.

        Raises:
            DefinitionError: for a base that is none.
        """
        base = as_base(base)
        against = base.year if isinstance(base, PublishedFigure) else "year_before" if base is YEAR_BEFORE else base
        against = "_".join(map(str, (against[0], against[-1]))) if isinstance(against, tuple) and against else against
        return Change(key or f"{self.key}_since_{against}", self.name if name is None else name, self, base)

    @property
    def adds_up(self) -> bool:
        """Whether its value adds up over groups, as an amount does and a share does not."""
        return False

    @property
    def counts(self) -> bool:
        """Whether its value is a number of units, never below 0, as an amount that nothing is taken off."""
        return False

    @property
    def totals_open(self) -> bool:
        """Whether a row that lacks its total leaves it open; of a share it is an error."""
        return False

    @property
    def grain(self) -> Fraction:
        """How many of the counted units of its value make one that is shown; 1 for a share."""
        return Fraction(1)

    @property
    def grains(self) -> Mapping[str, int]:
        """How many counted units make one shown in a column of its evidence, where that is not its own unit's grain."""
        return {}

    @property
    def settled_by_groups(self) -> bool:
        """Whether the evidence of groups adds up to that of the whole, so that reports of groups settle it."""
        return True

    @property
    def sharp(self) -> bool:
        """Whether its bounds are sharp, or only safe, since what it puts together shares units that are unknown."""
        return True

    def within(self, column: str, value: str) -> Indicator:
        """Return this indicator among the units of one category only, or raise `DefinitionError` where it has no such.

        Args:
            column: a category of its table.
            value: one of its values.
        """
        raise DefinitionError(
            Message(
                "indicator {key!r}: this kind has no levels by {column!r} of {value}",
                key=self.key,
                column=column,
                value=shown(value),
            )
        )

    def _within(self, table: Table, column: str, value: str) -> tuple[str, Text, Rule]:
        """Return key, name and rule of what `within` returns, for a kind whose units stand in one table."""
        category = table.category(column)
        known = category is not None and value in category.values
        suffix = category.name_of(value) if category is not None and known else as_text(value)
        return f"{self.key}/{value}", beside(self.name, suffix), one_of(column, value)

    def measured(self, level: Any) -> Indicator:  # noqa: ARG002 - most kinds are measured in one way
        """Return the indicator that a level is of: this one, or what of it the unit of the level asks for."""
        return self

    def _require(self, direction: Direction, level: Any) -> Any:
        if not isinstance(level, Levels):
            level = without_sign(direction, level)
            indicator = self.measured(level)
            return Requirement(indicator, indicator.threshold(direction, level))
        return Requirements(
            tuple(
                Requirement(part, part.threshold(direction, own))
                for value, written in level.levels.items()
                for own in [without_sign(direction, written)]
                for part in [self.within(level.column, value).measured(own)]
            ),
            whole=self,
        )

    def at_least(self, level: Any) -> Any:
        """Return the requirement that a level is reached; see `envindicators.at_least` for what a share takes."""
        return self._require("at_least", level)

    def at_most(self, level: Any) -> Any:
        """Return the requirement that a level is not passed."""
        return self._require("at_most", level)

    def above(self, level: Any) -> Any:
        """Return the requirement that a level is passed; to reach it is not enough."""
        return self._require("above", level)

    def below(self, level: Any) -> Any:
        """Return the requirement that a level is not reached."""
        return self._require("below", level)


@versioned
@frozen(cache_hash=True)
class Requirement:
    """An indicator with a threshold. Made by `Indicator.at_least`, ``at_most``, ``above`` and ``below``."""

    indicator: Indicator = field(validator=is_a(Indicator))
    threshold: Threshold = field(validator=is_a(Threshold))

    def __repr__(self) -> str:
        return f"Requirement({self.indicator.key!r} {self.threshold})"

    def every(self, level: str, *, key: str | None = None, name: Text | str | None = None) -> Requirement:
        """Return the requirement that every area keeps this one: every station, every commune.

        Args:
            level: the column of the areas: ``"area"``, or another that stands in ``by``.
            key: the key of the share of areas; this indicator's with the column unless given.
            name: its name; this indicator's unless given.
        """
        return Requirements((self,)).every(level, key=key, name=name)


class Derived(Indicator):
    """An indicator that is computed of the value of another, ``indicator``."""

    __slots__ = ()

    indicator: Indicator

    @property
    def unit(self) -> Unit:
        return self.indicator.unit

    @property
    def totals_open(self) -> bool:
        return self.indicator.totals_open


@versioned
@frozen(cache_hash=True)
class Change(Derived):
    """How much an indicator has changed against another year. Made by `Indicator.since`.

    An amount changes by a part of what it was, whose bounds are sharp where the two years share no unknown. The
    change of a ratio, mean or share is that of the value, with safe bounds; a share's is in ``points`` or in percent.

    Args:
        key: its name.
        name: the name that people read.
        indicator: what changes.
        base: what it is compared with.
        in_points: whether the change is the difference of two shares, in percentage points.
        alike: the column by which it is put like for like; see `like_for_like`.
        metadata: what is to be known of it beside its rule.

    Example:
        >>> from envindicators import Amount, Table, Unit
        >>> gases = Table("gases", Unit("tonne", "tonnes"), total="emitted", period="flow")
        >>> Amount("methane", "methane", table=gases).since(2020).at_most("-30%")
        Requirement('methane_since_2020' ≤ -30%)
    """

    key: str = field(converter=plain, validator=is_name)
    name: Text = field(converter=as_text)
    indicator: Indicator = field(validator=is_a(Indicator))
    base: int | tuple[int, ...] | str | Base | PublishedFigure = field(converter=as_base, validator=check_base)
    in_points: bool = False
    alike: str | None = field(default=None, kw_only=True, converter=plain, validator=is_a(str, optional=True))
    metadata: Metadata | None = field(default=None, kw_only=True, validator=is_a(Metadata, optional=True))

    def __attrs_post_init__(self) -> None:
        if self.alike is not None and isinstance(self.base, PublishedFigure):
            raise DefinitionError(
                Message(
                    "indicator {key!r}: a published figure is one of all areas, and cannot be put like for like",
                    key=self.key,
                )
            )
        if isinstance(self.indicator, Change):
            raise DefinitionError(
                Message(
                    "indicator {key!r}: a change of a change; say since of {inner!r} once",
                    key=self.key,
                    inner=self.indicator.key,
                )
            )
        if self.indicator.areas is not None:
            raise DefinitionError(
                Message("indicator {key!r}: the change of a share of areas cannot be measured yet", key=self.key)
            )
        _ = self._published

    def __repr__(self) -> str:
        alike = "" if self.alike is None else f".like_for_like({self.alike!r})"
        return f"{self.indicator!r}.since({self.base!r}){'.points' if self.in_points else ''}{alike}"

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return self.indicator.questions

    @property
    def points(self) -> Change:
        """The same change as the difference of two shares, in percentage points."""
        if self.indicator.adds_up:
            raise DefinitionError(
                Message("indicator {key!r}: an amount has no points; its change is in percent", key=self.key)
            )
        return evolve(self, in_points=True)

    def like_for_like(self, column: str = "area", *, key: str | None = None, name: Text | str | None = None) -> Change:
        """Return the same change of those areas alone of which all is known both now and then.

        It says nothing of the others, whose number may differ from year to year, and so decides nothing: a reading that
        asks for it is of kind ``"proxy"``, beside the one that counts all.

        Args:
            column: the column of what is compared: ``"area"``, or another that stands in ``by``, as a sector.
            key: its key; this one's with ``_like_for_like`` unless given.
            name: its name; this one's with "like for like" unless given.

        Raises:
            DefinitionError: for a change against a published figure, which is one of all areas.

        Example:
            >>> from envindicators import Amount, Reading, Table, Unit
            >>> gases = Table("gases", Unit("tonne", "tonnes"), total="emitted", period="flow")
            >>> methane = Amount("methane", "methane", table=gases).since(2020)
            >>> Reading("alike", methane.like_for_like().at_most("-30%"), kind="proxy")
            Reading('alike', [Requirement('methane_since_2020_like_for_like' ≤ -30%)], kind='proxy')
        """
        name = beside(self.name, Text(vi="so sánh cùng phạm vi", en="like for like")) if name is None else name
        return evolve(self, key=key or f"{self.key}_like_for_like", name=name, alike=column)

    @property
    def grains(self) -> Any:
        if not self.indicator.adds_up:
            return self.indicator.grains
        return dict.fromkeys(("denominator_lower", "denominator_upper"), self.unit.grain)

    @property
    def sharp(self) -> bool:
        return self.indicator.sharp and self.indicator.adds_up

    @property
    def settled_by_groups(self) -> bool:
        return self.indicator.adds_up and self.indicator.settled_by_groups

    @property
    def remarks(self) -> tuple[Message, ...]:
        said = [Message("Compared with: {base}.", base=base_words(self.base))]
        if self.alike is not None:
            column = Message("area") if self.alike == "area" else self.alike
            said.append(Message("Like for like by {column}: only what is known in full at both times.", column=column))
        return (*self.indicator.remarks, *said)

    @property
    def formula(self) -> Term:
        from envindicators.definitions.formula import Against

        return Against(self.indicator.formula, self.base, self.in_points)

    @property
    def scenarios(self) -> frozenset[str]:
        return frozenset([self.base]) if isinstance(self.base, str) else frozenset()

    def _bases(self, now: Moment) -> tuple[Moment, ...]:
        """Return the moments that it is against, if any is."""
        if isinstance(self.base, PublishedFigure):
            return ()
        if isinstance(self.base, str):
            return (Moment(now.year, self.base),)
        if self.base is YEAR_BEFORE:
            return (Moment(None if now.year is None else now.year - 1, now.scenario),)
        years: Any = self.base if isinstance(self.base, tuple) else (self.base,)
        return tuple(Moment(year, now.scenario) for year in years)

    def asked(self, now: Moment) -> tuple[tuple[Question, Moment], ...]:
        then = (asked for base in self._bases(now) for asked in self.indicator.asked(base))
        return (*self.indicator.asked(now), *then)

    @cached_property
    def _published(self) -> Ends | None:
        """The ends of a published figure, in counted units."""
        if not isinstance(self.base, PublishedFigure):
            return None
        quantity, rounding = self.base.quantity, self.base.rounding
        ends: list[Any] = [evolve(quantity, value=quantity.value + half) for half in (-rounding, rounding)]
        if quantity.unit == "%":
            ends = [min(max(end.value / 100, Fraction(0)), Fraction(1)) for end in ends]
        return Ends(*(self.indicator.threshold("at_least", end).level for end in ends))

    def evidence(self, tallies: Sequence[Any]) -> Any:
        count = len(self.indicator.asked(Moment(None)))
        value = self.indicator.evidence(tallies[:count])
        if self._published is not None:
            return Shift(value, self._published, self.in_points)
        several = [
            self.indicator.evidence(tallies[place : place + count]) for place in range(count, len(tallies), count)
        ]
        then = functools.reduce(operator.add, several)
        if self.indicator.adds_up:
            return Growth(value, then, times=Fraction(len(several)))
        return Shift(value, then, self.in_points)

    def threshold(self, direction: Direction, level: Any) -> Threshold:
        try:
            quantity = Quantity.parse(level)
        except (WrongTypeError, DefinitionError) as error:
            raise type(error)(Message("indicator {key!r}: {error}", key=self.key, error=error)) from None
        expected = "points" if self.in_points else "%"
        example = '"-5 points"' if self.in_points else '"-30%" or "+10%"'
        if quantity.unit != expected or not quantity.signed:
            raise DefinitionError(
                Message(
                    "indicator {key!r}: the level of a change is {level}; expected one with its sign, as {example}",
                    key=self.key,
                    level=shown(level),
                    example=example,
                )
            )
        return Threshold(direction, quantity.value / 100, quantity, Fraction(1, 100))


@versioned
@frozen(cache_hash=True)
class Requirements:
    """Several requirements, which must all hold unless one suffices. Made by `any_of`, and by levels by group."""

    requirements: tuple[Requirement, ...]
    one_suffices: bool = False
    whole: Indicator | None = field(default=None, kw_only=True)
    """The indicator of all classes together, of levels by group."""

    def possible(self, evidence: Callable[[Indicator], Any]) -> Any:
        """Return the verdicts that areas may have, as bits.

        An area is of one class. Where no one knows which, it may have what any of the classes makes of all of it.

        Args:
            evidence: what returns the evidence of an indicator, area by area.
        """
        parts = [evidence(requirement.indicator) for requirement in self.requirements]
        margins = [
            part.margin(requirement.threshold) for part, requirement in zip(parts, self.requirements, strict=True)
        ]
        combined = self.combined_bits([margin.possible() for margin in margins])
        if self.whole is None:
            return combined
        all_of_it = evidence(self.whole)
        if not hasattr(all_of_it, "unplaced_like"):
            return combined
        either = functools.reduce(
            operator.or_,
            (all_of_it.margin(requirement.threshold).possible() for requirement in self.requirements),
        )
        return all_of_it.unplaced_like(parts, either, combined)

    def combined_bits(self, possible: Sequence[Any]) -> Any:
        """Return the verdicts that they may have together, as bits, given those of each."""
        return any_of_bits(possible) if self.one_suffices else combine_bits(possible)

    def every(self, level: str, *, key: str | None = None, name: Text | str | None = None) -> Requirement:
        """Return the requirement that every area keeps these, as `Requirement.every` does of one.

        Args:
            level: the column of the areas: ``"area"``, or another that stands in ``by``.
            key: the key of the share of areas; that of the first indicator with the column unless given.
            name: its name; that of the first indicator unless given.
        """
        first = self.requirements[0].indicator
        share = AreaShare(key or f"{first.key}/every_{level}", first.name if name is None else name, self, level)
        requirement: Requirement = share.at_least("100%")
        return requirement


def any_of(*requirements: Requirement) -> Requirements:
    """Return requirements of which one must hold: one that is met decides, as the mirror of a reading's usual rule.

    Raises:
        DefinitionError: without any.

    Example:
        >>> from envindicators import Share, Table, Unit, flag
        >>> energy = Table("energy", Unit("kWh", "kWh"), total="used", parts=["renewable", "saved"])
        >>> one, other = (Share(key, key, table=energy, where=flag(key)) for key in ("renewable", "saved"))
        >>> len(any_of(one.at_least("29%"), other.at_least("14.5%")).requirements)
        2
    """
    if not requirements:
        raise DefinitionError(
            Message("any_of has no requirements; expected some, as any_of(share.at_least('29%'), ...)")
        )
    return Requirements(tuple(requirements), one_suffices=True)


def _required(given: Any) -> Any:
    """Return what is required as one thing: a requirement, several, or those of a reading."""
    if isinstance(given, Requirement):
        return Requirements((given,))
    if isinstance(getattr(given, "requirements", None), tuple):
        whole = getattr(given, "whole", None)
        return Requirements(given.requirements, getattr(given, "one_suffices", False), whole=whole)
    return given


_AREAS = Unit("area", Text(vi="địa bàn", en="areas"), one=Text(vi="địa bàn", en="area"))
"""What areas are called of which no one says what they are."""


@versioned
@frozen(cache_hash=True)
class AreaShare(Indicator):
    """The share of areas that meet a criterion: of communes, of stations. Each area is one unit.

    What may come of an area is its fate: one that is met for certain is in the numerator, one that is open may be, one
    to which the criterion does not apply is out. An area that sent nothing is one unit of which nothing is known, so
    `evaluate` wants the list of them in ``expected=``.

    Args:
        key: its name.
        name: the name that people read.
        of: the criterion: a requirement, several by `any_of` or levels by `by`, or a reading.
        level: the column of the areas: ``"area"``, or another that stands in ``by``.
        unit: what an area is called; the name of the column unless given.
        weigh: an amount by which each area counts, as the people who live there; each counts as one unless given.
        metadata: what is to be known of it beside its rule.

    Raises:
        DefinitionError: if the criterion is none, or itself counts areas.

    Example:
        >>> from envindicators import Share, Table, Unit, flag
        >>> homes = Table("homes", Unit("home", "homes"), total="homes", parts=["clean"])
        >>> water = Share("water", "clean water", table=homes, where=flag("clean"))
        >>> AreaShare("communes", "communes with clean water", of=water.at_least("65%")).at_least("80%")
        Requirement('communes' ≥ 80%)
    """

    key: str = field(converter=plain, validator=is_name)
    name: Text = field(converter=as_text)
    of: Any = field(converter=_required, validator=is_a(Requirements))
    level: str = field(default="area", converter=plain, validator=is_name)
    counted: Unit | None = field(default=None, alias="unit", validator=is_a(Unit, optional=True))
    weigh: Indicator | None = field(default=None, kw_only=True, validator=is_a(Indicator, optional=True))
    metadata: Metadata | None = field(default=None, kw_only=True, validator=is_a(Metadata, optional=True))

    def __attrs_post_init__(self) -> None:
        if any(requirement.indicator.areas is not None for requirement in self.of.requirements):
            raise DefinitionError(Message("indicator {key!r}: its criterion counts areas itself", key=self.key))
        if self.weigh is not None and not self.weigh.counts:
            raise DefinitionError(
                Message(
                    "indicator {key!r}: weigh is {weigh}; expected an Amount", key=self.key, weigh=shown(self.weigh)
                )
            )
        if self.weigh is not None and self.counted is not None:
            raise DefinitionError(
                Message(
                    "indicator {key!r}: areas that weigh have the unit of their weight; leave out unit", key=self.key
                )
            )

    def __repr__(self) -> str:
        return f"AreaShare({self.key!r}, of={list(self.of.requirements)!r}, level={self.level!r})"

    @property
    def areas(self) -> str | None:
        return self.level

    @property
    def required(self) -> Requirements:
        required: Requirements = self.of
        return required

    @property
    def inner(self) -> tuple[Indicator, ...]:
        of_criterion = [requirement.indicator for requirement in self.of.requirements]
        of_criterion += [] if self.of.whole is None else [self.of.whole]
        return (*of_criterion, *(() if self.weigh is None else (self.weigh,)))

    @property
    def weighing(self) -> Indicator | None:
        return self.weigh

    @property
    def remarks(self) -> tuple[Message, ...]:
        criteria = tuple(
            Message("{name} {threshold}", name=requirement.indicator.name, threshold=str(requirement.threshold))
            for requirement in self.of.requirements
        )
        several = len(criteria) > 1
        said = (
            Message("An area counts if one of these holds: {criteria}.", criteria=criteria)
            if several and self.of.one_suffices
            else Message("An area counts if all of these hold: {criteria}.", criteria=criteria)
            if several
            else Message("An area counts if: {criteria}.", criteria=criteria)
        )
        inner = (remark for requirement in self.of.requirements for remark in requirement.indicator.remarks)
        weight = () if self.weigh is None else (Message("Each area counts by: {weight}.", weight=self.weigh.name),)
        return (said, *inner, *weight)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(dict.fromkeys(question for indicator in self.inner for question in indicator.questions))

    @property
    def formula(self) -> Term:
        from envindicators.definitions.formula import Areas, Quotient

        met, applicable = (Areas(self.level, self.unit, self.of, met, self.weigh) for met in (True, False))
        return Quotient(met, applicable, percent=True)

    @property
    def unit(self) -> Unit:
        if self.weigh is not None:
            return self.weigh.unit
        return self.counted or (_AREAS if self.level == _AREAS.key else Unit(self.level, self.level))

    @property
    def totals_open(self) -> bool:
        return True  # it asks what its criterion and its weight ask, of which each says so for itself

    @property
    def sharp(self) -> bool:
        (first, *others) = self.inner
        apart = not others or (others == [self.weigh] and not set(first.tables) & set(others[0].tables))
        return first.sharp and apart

    def evidence(self, tallies: Sequence[Any]) -> Any:
        """Return the evidence where nothing came: that of no area of which anything is known."""
        return tallies[0]
