"""Strategies of definitions: tables, rules, indicators of every kind, requirements and programmes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any, Literal

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from envindicators.definitions.amount import Amount, Capped, Net
from envindicators.definitions.base_year import YEAR_BEFORE, PublishedFigure, published
from envindicators.definitions.indicator import AreaShare, Change, Indicator, Requirement, Requirements
from envindicators.definitions.mean import Mean
from envindicators.definitions.programme import Programme, Reading, Target
from envindicators.definitions.ratio import Ratio
from envindicators.definitions.rule import Rule, all_units, between, flag, one_of
from envindicators.definitions.share import Share
from envindicators.definitions.source import Clause, Document
from envindicators.definitions.table import Table, Unit, Value
from envindicators.words.text import Text

DOCUMENT = Document(
    "1",
    Text(vi="Kế hoạch", en="Plan"),
    Text(vi="Kế hoạch", en="Plan"),
    Text(vi="Tỉnh", en="Province"),
    datetime.date(2017, 1, 1),
)
"""A document that says nothing."""

_UNITS = (
    Unit("person", Text(vi="người", en="people")),
    Unit("work", Text(vi="công trình", en="works")),
    Unit("kilogram", Text(vi="kg", en="kg"), grain=1000, multiples={"tonne": 1_000_000}),
)
KINDS: tuple[Literal["text", "statistic", "proxy"], ...] = ("text", "statistic", "proxy")
_VALUE = Unit("mg/l", "mg/l", grain=10)


def tables(key: str = "table") -> SearchStrategy[Table]:
    """Return a strategy of tables: with parts, nested or not, categories, a year and a value column.

    Args:
        key: the key of the table.
    """

    @st.composite
    def table(draw: DrawFn) -> Table:
        unit = draw(st.sampled_from(_UNITS))
        parts = ("a", "b", "c")[: draw(st.integers(0, 3))]
        kinds = {"kind": ("x", "y", "other"), "place": ("here", "there")}
        limits = draw(st.sampled_from([None, ("0 mg/l",), ("0 mg/l", "20 mg/l")]))
        return Table(
            key,
            unit,
            total="total",
            parts=parts,
            nested=len(parts) > 1 and draw(st.booleans()),
            categories={name: kinds[name] for name in kinds if draw(st.booleans())},
            years=["built"] if draw(st.booleans()) else [],
            values=[Value("level", _VALUE, "level", limits=limits)] if draw(st.booleans()) else [],
            id="id" if unit.grain == 1 and draw(st.booleans()) else None,
            period=draw(st.sampled_from(("stock", "flow"))),
        )

    return table()


def rules(table: Table, *, flags: bool = True, leaves: int = 4) -> SearchStrategy[Rule]:
    """Return a strategy of rules over the columns of a table; a column may occur again and again.

    Args:
        table: the table.
        flags: whether rules look at its parts too.
        leaves: how many atoms a rule has at the most.

    Example:
        >>> from hypothesis import given
        >>> from envindicators.programmes import soc_trang_2020
        >>> waste = soc_trang_2020.tables["waste"]
        >>> @given(rules(waste))
        ... def holds(rule):
        ...     assert {atom.column for atom in rule.atoms} <= {"stream", "collected", "treated_to_standard"}
        >>> holds()
    """
    atoms: list[SearchStrategy[Rule]] = [st.just(flag(part.key)) for part in table.parts if flags]
    for category in table.categories:
        chosen = st.lists(st.sampled_from(category.values), min_size=1, unique=True)
        atoms.append(st.builds(_one_of, st.just(category.key), chosen))
    spans = st.sampled_from([(2015, 2020), (None, 2014), (2016, 2020), (2015, None)])
    atoms.extend(st.builds(_between, st.just(column.key), spans) for column in table.years)
    leaf = st.one_of(*atoms) if atoms else st.just(all_units())

    @st.composite
    def rule(draw: DrawFn, most: int) -> Rule:
        kind = draw(st.sampled_from(("leaf", "leaf", "not", "and", "or"))) if most > 1 else "leaf"
        if kind == "leaf":
            return draw(leaf)
        if kind == "not":
            return ~draw(rule(most - 1))
        left, right = draw(rule(most - most // 2)), draw(rule(most // 2))
        return left & right if kind == "and" else left | right

    return st.one_of(st.just(all_units()), rule(leaves), rule(leaves))


def _one_of(column: str, values: Sequence[str]) -> Rule:
    return one_of(column, *values)


def _between(column: str, span: tuple[int | None, int | None]) -> Rule:
    return between(column, *span)


def indicators(
    tables: Sequence[Table], key: str = "indicator", *, kinds: Sequence[type[Indicator]] | None = None
) -> SearchStrategy[Indicator]:
    """Return a strategy of indicators of every kind that some tables allow.

    A `Ratio` needs two tables, a `Mean` one with a value column.

    Args:
        tables: the tables.
        key: the key of the indicator; those that it is made of have keys that begin with it.
        kinds: the kinds to draw; every kind unless given.

    Example:
        >>> from hypothesis import given
        >>> import envindicators as ei
        >>> from envindicators.programmes import soc_trang_2020
        >>> waste, people = soc_trang_2020.tables["waste"], soc_trang_2020.tables["residents"]
        >>> @given(indicators([waste, people], kinds=[ei.Ratio]))
        ... def holds(ratio):
        ...     assert ratio.tables in [(waste, people), (people, waste)]
        >>> holds()
    """
    made: dict[type[Indicator], Callable[[Sequence[Table], str], SearchStrategy[Indicator]]] = {
        Share: _share,
        Amount: _amount,
        Net: _net,
        Capped: _capped,
        Change: _change,
        AreaShare: _area_share,
    }
    if len(tables) > 1:
        made[Ratio] = _ratio
    if any(table.values for table in tables):
        made[Mean] = _mean
    chosen = [made[kind] for kind in made if kinds is None or kind in kinds]
    return st.one_of(*[make(tables, key) for make in chosen])


@st.composite
def _share(draw: DrawFn, tables: Sequence[Table], key: str) -> Share:
    table = draw(st.sampled_from(tables))
    among = draw(st.one_of(rules(table, flags=False, leaves=2), rules(table, leaves=2)))
    return Share(key, key, table=table, among=among, where=draw(rules(table)))


@st.composite
def _amount(draw: DrawFn, tables: Sequence[Table], key: str) -> Amount:
    table = draw(st.sampled_from(tables))
    years = st.sampled_from([None, None, None, (2019, 2020)]) if table.period == "flow" else st.none()
    return Amount(key, key, table=table, where=draw(rules(table)), over=draw(years))


@st.composite
def _net(draw: DrawFn, tables: Sequence[Table], key: str) -> Net:
    amount = draw(_amount(tables, f"{key}/a"))
    alike = [table for table in tables if table.unit == amount.unit]
    other = draw(st.one_of(_amount(alike, f"{key}/b"), _capped(alike, f"{key}/c")))
    return amount.less(other, key=key, name=key)


@st.composite
def _capped(draw: DrawFn, tables: Sequence[Table], key: str) -> Capped:
    amount = draw(_amount(tables, f"{key}/a"))
    return amount.up_to(f"{draw(st.integers(1, 4))} {amount.unit.key}", key=key, name=key)


@st.composite
def _ratio(draw: DrawFn, tables: Sequence[Table], key: str) -> Ratio:
    above, below = draw(st.permutations(tables))[:2]
    of = st.one_of(*[kind([above], f"{key}/a") for kind in (_amount, _amount, _net, _capped)])
    return Ratio(key, key, draw(of), per=draw(_amount([below], f"{key}/b")))


@st.composite
def _mean(draw: DrawFn, tables: Sequence[Table], key: str) -> Mean:
    table = draw(st.sampled_from([table for table in tables if table.values]))
    column = draw(st.sampled_from(table.values))
    weight = None if table.id is not None and draw(st.booleans()) else table.total
    return Mean(key, key, table=table, of=column.key, weight=weight, where=draw(rules(table, leaves=2)))


@st.composite
def _change(draw: DrawFn, tables: Sequence[Table], key: str) -> Change:
    kinds = [_share, _amount, _net, _capped]
    kinds += [_ratio] if len(tables) > 1 else []
    kinds += [_mean] if any(table.values for table in tables) else []
    indicator = draw(st.one_of(*[kind(tables, f"{key}/of") for kind in kinds]))
    unit = "%" if isinstance(indicator, Share) else _level_unit(indicator)
    figures = [published(f"{value} {unit}", year=2010) for value in ("3.0", "12", "47.5", "0.0")]
    change: Change = indicator.since(
        draw(st.sampled_from([2015, 2019, (2015, 2019), YEAR_BEFORE, "bau", *figures])), key=key, name=key
    )
    return change.points if isinstance(indicator, Share) and draw(st.booleans()) else change


@st.composite
def _area_share(draw: DrawFn, tables: Sequence[Table], key: str) -> AreaShare:
    kinds = [_share, _amount] + ([_ratio] if len(tables) > 1 else [])
    several = [
        draw(st.one_of(*[kind(tables, f"{key}/of{place or ''}") for kind in kinds]).flatmap(requirements))
        for place in range(draw(st.sampled_from((1, 1, 2))))
    ]
    of: Any = several[0] if len(several) == 1 else Requirements(tuple(several), one_suffices=draw(st.booleans()))
    if draw(st.booleans()):
        return AreaShare(key, key, of=of, weigh=draw(_amount(tables, f"{key}/by")))
    return AreaShare(key, key, of=of, unit=Unit("commune", Text(vi="xã", en="communes")))


def _level_unit(indicator: Indicator) -> str:
    """Return the unit of the levels of an indicator."""
    return f"{indicator.unit.key}/{indicator.per.unit.key}" if isinstance(indicator, Ratio) else indicator.unit.key


def _level(indicator: Indicator) -> SearchStrategy[Any]:
    """Return a strategy of levels in the unit of an indicator, as documents write them."""
    percent = st.sampled_from(["0%", "15%", "33.3%", "50%", "66.7%", "98%", "100%"])
    whole = st.integers(0, 12)
    days = isinstance(indicator, (Amount, Net, Capped, Ratio)) and indicator.tables[0].period == "flow"
    unit = st.sampled_from(["", "", "/day"] if days else [""]).map(lambda day: f"{_level_unit(indicator)}{day}")
    match indicator:
        case Share() | AreaShare():
            return percent
        case Change(in_points=True):
            return st.sampled_from(["-10 points", "+0 points", "+2.5 points"])
        case Change():
            return st.sampled_from(["-30%", "-14.5%", "+0%", "+50%"])
        case Ratio():
            return st.builds(lambda n, unit: f"{n / 4} {unit}", whole, unit)
        case _:
            return st.builds(lambda n, unit: f"{n / 400 if '/day' in unit else n} {unit}", whole, unit)


def requirements(indicator: Indicator) -> SearchStrategy[Requirement]:
    """Return a strategy of requirements of an indicator: every direction, levels in its unit.

    Args:
        indicator: the indicator.
    """

    @st.composite
    def requirement_of(draw: DrawFn) -> Requirement:
        level = draw(_level(indicator))
        directions = {"at_least": level != "0%", "at_most": True, "above": level != "100%", "below": level != "0%"}
        direction = draw(st.sampled_from([name for name, allowed in directions.items() if allowed]))
        requirement: Requirement = getattr(indicator, direction)(level)
        return requirement

    return requirement_of()


def _like_for_like(requirement: Requirement) -> Sequence[Requirement]:
    """Return the same requirement of what is wholly known alone, of a change that has one."""
    change = requirement.indicator
    if not isinstance(change, Change) or isinstance(change.base, PublishedFigure):
        return ()
    return (evolve(requirement, indicator=change.like_for_like(key=change.key, name=change.name)),)


def programmes(
    *, kinds: Sequence[type[Indicator]] | None = None, targets: int = 2, deadline: int = 2020
) -> SearchStrategy[Programme]:
    """Return a strategy of programmes: tables, targets with several readings, some of several requirements.

    Args:
        kinds: the kinds of indicator; every kind unless given.
        targets: how many targets a programme has at the most.
        deadline: the deadline of the targets.

    Example:
        >>> from hypothesis import given
        >>> @given(programmes())
        ... def holds(programme):
        ...     assert programme.targets
        >>> holds()
    """

    @st.composite
    def programme(draw: DrawFn) -> Programme:
        every = [draw(tables(f"t{number}")) for number in range(draw(st.integers(1, 2)))]
        clause = Clause(DOCUMENT, "I", "Lời", "Words", deadline="stated")
        made: list[Target] = []
        for number in range(draw(st.integers(1, targets))):
            readings: list[Reading] = []
            others = draw(st.lists(st.sampled_from(KINDS), max_size=1))
            for kind in (KINDS[0], *others):
                key = f"r{len(readings)}"
                asked = [
                    draw(indicators(every, f"{number}/{key}/{place}", kinds=kinds).flatmap(requirements))
                    for place in range(draw(st.sampled_from((1, 1, 2))))
                ]
                if kind == "proxy":  # what is put like for like decides nothing
                    asked = [draw(st.sampled_from([each, *_like_for_like(each)])) for each in asked]
                readings.append(Reading(key, asked, kind=kind))
            made.append(Target(f"target{number}", clause, deadline, readings))
        return Programme("drawn", Text(vi="Chương trình", en="Programme"), DOCUMENT, made)

    return programme()
