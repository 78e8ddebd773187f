"""Columns of records as codes that any engine can work out: what a column holds, that it is missing, or is wrong.

Nothing is left for the engine but to look at columns one by one.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
from attrs import evolve, field, frozen

from envindicators.definitions.rule import YEARS
from envindicators.frames.worker import COMPARE, Branch, Case, Comparison
from envindicators.ingest.plan import Plan

TEXT = (nw.String, nw.Categorical, nw.Enum)
WHOLE = (nw.Int8, nw.Int16, nw.Int32, nw.Int64, nw.UInt8, nw.UInt16, nw.UInt32)
_KEYS = (*TEXT, *WHOLE, nw.Boolean, nw.Date)


@frozen
class Coding:
    """A part, category or year column as a code: its values from 0 on, then what is missing, then what is wrong.

    Args:
        name: the column.
        size: how many codes there are but for what is wrong.
        wrong: the kinds of problem that the codes after those stand for.
        code: the code, of a row of the engine.
        branches: the same as comparisons, of which the first that hold tell the code; none where that is not enough.
        otherwise: the code where none of them hold.
    """

    name: str
    size: int
    wrong: tuple[str, ...]
    code: nw.Expr = field(eq=False, repr=False)
    branches: tuple[Branch, ...] = ()
    otherwise: int = 0

    @property
    def codes(self) -> int:
        """How many codes there are."""
        return self.size + len(self.wrong)

    @property
    def case(self) -> Case:
        """How the column is coded, of one that is told by comparisons."""
        return self.codes, self.branches, self.otherwise


def fits(plan: Plan, schema: Mapping[str, Any]) -> bool:
    """Return whether a table is of records whose columns are of types that every engine compares alike."""
    table, said = plan.table, plan.form.layout
    if table.id not in schema or (said != "records" and (said or table.total in schema)):
        return False
    kinds: dict[str, tuple[Any, ...]] = dict.fromkeys(plan.key_names, _KEYS)
    kinds |= {"year": WHOLE, table.id or "": (nw.String, *WHOLE)}
    kinds |= {part.key: (nw.Boolean, *WHOLE) for part in table.parts}
    kinds |= {category.key: TEXT for category in table.categories}
    kinds |= {column.key: WHOLE for column in table.years}
    came = [name for name in kinds if name in schema]
    return len(came) > 1 and all(isinstance(schema[name], kinds[name]) for name in came)


def case(branches: Sequence[tuple[nw.Expr, int]], otherwise: int) -> nw.Expr:
    """Return the code of the first condition that holds."""
    found: Any = _number(otherwise)
    for condition, code in reversed(branches):
        found = nw.when(condition).then(_number(code)).otherwise(found)
    return found  # type: ignore[no-any-return]


def _compared(name: str, size: int, wrong: tuple[str, ...], branches: Sequence[Branch], otherwise: int) -> Coding:
    """Return a column whose code is told by comparisons."""
    conditions = [(functools.reduce(operator.and_, map(_holds, every)), code) for every, code in branches]
    return Coding(name, size, wrong, case(conditions, otherwise), tuple(branches), otherwise)


def _holds(comparison: Comparison) -> nw.Expr:
    """Return whether a comparison holds, of a row of the engine."""
    name, how, than = comparison
    column: Any = nw.col(name)
    if how == "missing":
        return column.is_null()  # type: ignore[no-any-return]
    if how == "true":
        return column  # type: ignore[no-any-return]
    if how == "after":
        return column > nw.col(than)  # type: ignore[no-any-return]
    return COMPARE[how](column, than)  # type: ignore[no-any-return]


def _number(code: int) -> nw.Expr:
    return nw.lit(code, dtype=nw.Int16)


def coded(plan: Plan, schema: Mapping[str, Any], *, converting: bool = False) -> tuple[Coding, ...]:
    """Return the columns that came as codes.

    Args:
        plan: how the table is to be read.
        schema: the types of its columns.
        converting: whether flags are to be converted instead of told apart.
    """
    table, sizes = plan.table, dict(zip(plan.table.attributes, plan.classes.sizes, strict=True))
    found: list[Coding] = []
    for name in (each for each in table.attributes if each in schema):
        missing = sizes[name] - 1
        blank: Branch = ((name, "missing", None),), missing
        if table.part(name) and isinstance(schema[name], nw.Boolean):
            flag = _compared(name, missing + 1, (), [blank, (((name, "true", None),), 1)], 0)
            found.append(evolve(flag, code=_converted(name, missing)) if converting else flag)
        elif table.part(name):
            values: list[Branch] = [(((name, "==", value),), value) for value in (1, 0)]
            found.append(_compared(name, missing + 1, ("flag_value",), [blank, *values], missing + 1))
        elif category := table.category(name):
            values = [(((name, "==", value),), place) for place, value in enumerate(category.values)]
            found.append(_compared(name, missing + 1, ("category_value",), [*values, blank], missing + 1))
        else:
            found.append(_year_coded(plan, schema, name, missing))
    return tuple(found)


def _converted(name: str, missing: int) -> nw.Expr:
    column = nw.col(name)
    return column.fill_null(False).cast(nw.Int16) + column.is_null().cast(nw.Int16) * _number(missing)


def _year_coded(plan: Plan, schema: Mapping[str, Any], name: str, missing: int) -> Coding:
    """Return a year column as spans; a year out of range, or after the reporting year of its row, is wrong."""
    starts = plan.classes.starts[[each.key for each in plan.table.years].index(name)].tolist()
    branches: list[Branch] = [(((name, "missing", None),), missing)]
    branches += [(((name, *beyond),), missing + 1) for beyond in (("<", YEARS[0]), (">", YEARS[-1]))]
    if "year" in schema:
        # one that is no year says nothing of what was built after it
        of_row = ("year", ">=", YEARS[0]), ("year", "<=", YEARS[-1])
        branches.append((((name, "after", "year"), *of_row), missing + 2))
    elif plan.year is not None:
        branches.append((((name, ">", plan.year),), missing + 2))
    branches += [(((name, "<", start),), place) for place, start in enumerate(starts[1:])]
    return _compared(name, missing + 1, ("year_value", "built_after"), branches, len(starts) - 1)
