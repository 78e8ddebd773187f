"""Tables with wrong cells, for each of which is said what is found: every wrong cell is named, and no right one."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from forms import condense
from refusals import assert_named, refused, same
from small_tables import ALL, ESTABLISHMENTS, RECORDS, RESIDENTS, WASTE, frame, put

import envindicators as ei
from envindicators.programmes import soc_trang_2020


class Case(NamedTuple):
    """Tables with wrong cells: for each what is found (table, row, column, value), and words of the message."""

    name: str
    tables: dict[str, dict[str, list[Any]]]
    found: tuple[tuple[str | None, int | None, str | None, Any], ...]
    words: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ALL
    options: Mapping[str, Any] = MappingProxyType({})


def residents(column: str, row: int, value: Any, *words: str, kinds: tuple[str, ...] = ALL, name: str = "") -> Case:
    """Return a case of one wrong cell among residents."""
    tables = {"residents": put(RESIDENTS, column, row, value)}
    title = name or f"residents {column} {value!r}"
    return Case(title, tables, (("residents", row, column, value),), words, kinds)


def waste(column: str, row: int, value: Any, *words: str, kinds: tuple[str, ...] = ALL, name: str = "") -> Case:
    """Return a case of one wrong cell among waste."""
    title = name or f"waste {column} {value!r}"
    return Case(title, {"waste": put(WASTE, column, row, value)}, (("waste", row, column, value),), words, kinds)


def establishments(column: str, row: int, value: Any, *words: str, kinds: tuple[str, ...] = ALL) -> Case:
    """Return a case of one wrong cell among counts of establishments."""
    title = f"establishments {column} {value!r}"
    tables = {"establishments": put(ESTABLISHMENTS, column, row, value)}
    return Case(title, tables, (("establishments", row, column, value),), words, kinds)


def records(column: str, row: int, value: Any, *words: str, kinds: tuple[str, ...] = ALL) -> Case:
    """Return a case of one wrong cell among records of establishments."""
    title = f"records {column} {value!r}"
    tables = {"establishments": put(RECORDS, column, row, value)}
    return Case(title, tables, (("establishments", row, column, value),), words, kinds)


def by_kind(cases):
    """Run a test over every case and every kind of frame that it may come in."""
    assert len({case.name for case in cases}) == len(cases)
    return pytest.mark.parametrize(
        ("case", "kind"),
        [pytest.param(case, kind, id=f"{case.name}-{kind}") for case in cases for kind in case.kinds],
    )


def by_case(cases):
    """Run a test over every case."""
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.name)


def assert_only_these_are_named(case: Case, kind: str) -> None:
    """One wrong cell is one problem, with table, row, column and value; right cells are never blamed."""
    given = {key: frame(table, kind) for key, table in case.tables.items()}
    before = copy.deepcopy(given)
    problems = refused(given, **case.options)
    for problem in problems:
        assert_named(problem)
        assert problem.severity == "error"
        assert problem.kind
    if case.found:
        named = [(each.table, each.row, each.column) for each in problems]
        assert named == [place[:3] for place in case.found]
        assert all(same(each.value, place[3]) for each, place in zip(problems, case.found, strict=True))
    else:
        assert len(problems) == 1
    for word in case.words:
        assert word in str(problems[0])
    for key, table in given.items():
        held = table.equals(before[key]) if hasattr(table, "equals") else repr(table) == repr(before[key])
        assert held, "what was given is left as it was"


def assert_condense_refuses(case: Case) -> None:
    """What is wrong is refused by condense as well; no wrong cell is repaired or left out."""
    with pytest.raises(ei.InvalidTable):
        condense(soc_trang_2020, case.tables, **{"year": 2020, **case.options})
