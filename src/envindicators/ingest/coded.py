"""Columns of records as codes that any engine can work out: what a column holds, that it is missing, or is wrong.

Nothing is left for the engine but to look at columns one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
from attrs import field, frozen

from envindicators.definitions.rule import YEARS
from envindicators.ingest.plan import Plan

_TEXT = (nw.String, nw.Categorical, nw.Enum)
WHOLE = (nw.Int8, nw.Int16, nw.Int32, nw.Int64, nw.UInt8, nw.UInt16, nw.UInt32)
_KEYS = (*_TEXT, *WHOLE, nw.Boolean, nw.Date)


@frozen
class Coding:
    """A part, category or year column as a code: its values from 0 on, then what is missing, then what is wrong.

    Args:
        name: the column.
        size: how many codes there are but for what is wrong.
        wrong: the kinds of problem that the codes after those stand for.
        code: the code, of a row of the engine.
    """

    name: str
    size: int
    wrong: tuple[str, ...]
    code: nw.Expr = field(eq=False, repr=False)

    @property
    def codes(self) -> int:
        """How many codes there are."""
        return self.size + len(self.wrong)


def fits(plan: Plan, schema: Mapping[str, Any]) -> bool:
    """Return whether a table is of records whose columns are of types that every engine compares alike."""
    table, said = plan.table, plan.form.layout
    if table.id not in schema or (said != "records" and (said or table.total in schema)):
        return False
    kinds: dict[str, tuple[Any, ...]] = dict.fromkeys(plan.key_names, _KEYS)
    kinds |= {"year": WHOLE, table.id or "": (nw.String, *WHOLE)}
    kinds |= {part.key: (nw.Boolean, *WHOLE) for part in table.parts}
    kinds |= {category.key: _TEXT for category in table.categories}
    kinds |= {column.key: WHOLE for column in table.years}
    came = [name for name in kinds if name in schema]
    return len(came) > 1 and all(isinstance(schema[name], kinds[name]) for name in came)


def case(branches: Sequence[tuple[nw.Expr, int]], otherwise: int) -> nw.Expr:
    """Return the code of the first condition that holds."""
    found: Any = _number(otherwise)
    for condition, code in reversed(branches):
        found = nw.when(condition).then(_number(code)).otherwise(found)
    return found  # type: ignore[no-any-return]


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
        column, missing = nw.col(name), sizes[name] - 1
        blank = (column.is_null(), missing)
        if table.part(name) and isinstance(schema[name], nw.Boolean):
            code = case([blank, (column, 1)], 0)
            if converting:
                code = column.fill_null(False).cast(nw.Int16) + column.is_null().cast(nw.Int16) * _number(missing)
            found.append(Coding(name, missing + 1, (), code))
        elif table.part(name):
            code = case([blank, (column == 1, 1), (column == 0, 0)], missing + 1)
            found.append(Coding(name, missing + 1, ("flag_value",), code))
        elif category := table.category(name):
            values = [(column == value, place) for place, value in enumerate(category.values)]
            found.append(Coding(name, missing + 1, ("category_value",), case([*values, blank], missing + 1)))
        else:
            found.append(_year_coded(plan, schema, name, missing))
    return tuple(found)


def _year_coded(plan: Plan, schema: Mapping[str, Any], name: str, missing: int) -> Coding:
    """Return a year column as spans; a year out of range, or after the reporting year of its row, is wrong."""
    column = nw.col(name)
    starts = plan.classes.starts[[each.key for each in plan.table.years].index(name)].tolist()
    wrong = [((column < YEARS[0]) | (column > YEARS[-1]), missing + 1)]
    if "year" in schema:
        of_row = nw.col("year")  # one that is no year says nothing of what was built after it
        wrong.append(((column > of_row) & (of_row >= YEARS[0]) & (of_row <= YEARS[-1]), missing + 2))
    elif plan.year is not None:
        wrong.append((column > plan.year, missing + 2))
    spans = [(column < start, place) for place, start in enumerate(starts[1:])]
    code = case([(column.is_null(), missing), *wrong, *spans], len(starts) - 1)
    return Coding(name, missing + 1, ("year_value", "built_after"), code)
