"""Value columns of records in an engine: exactly what they add up to, though engines reckon in binary.

A decimal of at most 15 digits is the shortest that its nearest float can be written as. So a value times the grain of
its unit is whole, and below 10^15, just where dividing that whole number by the grain gives the same float again. This
every engine reckons alike; what are added up are the whole numbers, in parts that no sum of 64 bits passes.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from envindicators.cells.sums import NO_SUMS, fitting
from envindicators.definitions.table import Value
from envindicators.ingest.coded import WHOLE, Coding, case
from envindicators.ingest.plan import Plan

LARGE = "large"
"""What is said of a value that only a look at its digits tells: it may be right."""

ROOM = 1 << 31
"""Of so many rows the parts can be added up in 64 bits."""

_EXACT = 15
"""Of decimals with so many digits no two are the same float."""


@frozen
class Part:
    """What is added up of a value: a whole number below 2^32, of which so many are one.

    Args:
        of_value: the place of the value column.
        above: whether it is of values above 0; of values below it is without the sign.
        times: how many one of it is.
        number: the number, of a row of the engine.
    """

    of_value: int
    above: bool
    times: int
    number: nw.Expr = field(eq=False, repr=False)


@frozen
class ValueCoding:
    """A value column of records.

    Args:
        coding: whether the value is known, missing or wrong, as a code.
        parts: what is added up of it.
    """

    coding: Coding
    parts: tuple[Part, ...]


def values_fit(plan: Plan, schema: Mapping[str, Any]) -> bool:
    """Return whether the value columns of a table are of types whose values can be told from their floats."""
    return all(_fits(value, schema[value.key]) for value in plan.table.values if value.key in schema)


def _fits(value: Value, kind: Any) -> bool:
    if isinstance(kind, WHOLE):
        return True
    decimal = isinstance(kind, nw.Float64) or (isinstance(kind, nw.Decimal) and _scale(kind) is not None)
    return decimal and str(value.unit.grain).strip("0") == "1"


def _scale(kind: Any) -> int | None:
    """Return how many digits a decimal type has behind the point, where narwhals tells."""
    scale: int | None = getattr(kind, "scale", None)
    return scale


def with_floats(rows: nw.LazyFrame[Any], plan: Plan, schema: Mapping[str, Any]) -> nw.LazyFrame[Any]:
    """Return rows with three columns more for each value column: it as float, what is held of it, and that counted."""
    came = [_Column(value, schema) for value in plan.table.values if value.key in schema]
    for step in ("given", "held", "whole"):
        rows = rows.with_columns(*(getattr(column, f"{step}_of")().alias(getattr(column, step)) for column in came))
    return rows


def value_codings(plan: Plan, schema: Mapping[str, Any]) -> tuple[ValueCoding, ...]:
    """Return the value columns that came, of a table that has such as fit; its rows are those of `with_floats`."""
    values = enumerate(plan.table.values)
    return tuple(_Column(value, schema).coded(place) for place, value in values if value.key in schema)


class _Column:
    """A value column on its way to a code."""

    def __init__(self, value: Value, schema: Mapping[str, Any]) -> None:
        self.value, self.kind = value, schema[value.key]
        digits = (_scale(self.kind) or 0) if isinstance(self.kind, nw.Decimal) else 0
        self.limit = min(10.0**_EXACT / value.unit.grain, 10.0 ** (_EXACT - digits))
        self.given, self.held, self.whole = (_unused(f"{value.key}_{what}", schema) for what in ("g", "h", "w"))

    def given_of(self) -> nw.Expr:
        return nw.col(self.value.key).cast(nw.Float64)

    def held_of(self) -> nw.Expr:
        given = nw.col(self.given)
        held: nw.Expr = nw.when(given.abs() < self.limit).then(given).otherwise(nw.lit(0.0))
        return held

    def whole_of(self) -> nw.Expr:
        # a cast rounds in some engines and cuts in others; a number that is nearly whole comes out alike
        held, aside = nw.col(self.held), nw.lit(0.25)
        if self.value.least < 0:
            aside = nw.when(held < 0).then(nw.lit(-0.25)).otherwise(aside)
        return (held * float(self.value.unit.grain) + aside).cast(nw.Int64)

    def coded(self, place: int) -> ValueCoding:
        value, grain = self.value, self.value.unit.grain
        given, held, whole = nw.col(self.given), nw.col(self.held), nw.col(self.whole)
        # of a constant polars takes the inverse and multiplies, and that may be the float beside
        constant = held * 0.0 + float(grain)
        wrong = {
            "not_finite": ~(given.abs() <= sys.float_info.max),
            "negative": given < 0,
            LARGE: given.abs() >= self.limit,
            "too_fine" if grain > 1 else "not_whole": ~(whole.cast(nw.Float64) / constant == held),
            "beyond_limits": whole < value.least
            if value.greatest is None
            else ~whole.is_between(value.least, value.greatest),
        }
        if isinstance(self.kind, WHOLE):
            del wrong["not_finite"], wrong["too_fine" if grain > 1 else "not_whole"]
        if value.least:
            del wrong["negative"]
        elif value.greatest is None:
            del wrong["beyond_limits"]
        branches = [(nw.col(value.key).is_null(), 1), *((each, 2 + code) for code, each in enumerate(wrong.values()))]
        return ValueCoding(Coding(value.key, 2, tuple(wrong), case(branches, 0)), _parts(value, place, whole))


def _unused(name: str, schema: Mapping[str, Any]) -> str:
    while name in schema:
        name += "_"
    return name


def _parts(value: Value, place: int, whole: nw.Expr) -> tuple[Part, ...]:
    """Return what is added up of a value; of one that is refused it may be anything."""
    none, found = nw.lit(0, dtype=nw.Int64), list[Part]()
    for above in (True, False) if value.least < 0 else (True,):
        number = whole if above else none - whole
        most = value.greatest if above else -value.least
        if most is not None and most < _HALF:
            found.append(Part(place, above, 1, _within(number, most)))
            continue
        number = _within(number, 10**_EXACT)
        found.append(Part(place, above, 1, number % _HALF))
        found.append(Part(place, above, _HALF, number // _HALF))
    return tuple(found)


_HALF = 1 << 32


def _within(number: nw.Expr, most: int) -> nw.Expr:
    found: nw.Expr = (
        nw.when((number > 0) & (number <= most)).then(number).otherwise(nw.lit(0, dtype=nw.Int64)).cast(nw.Int64)
    )
    return found


def sums_of_parts(
    parts: Sequence[Part], added: Sequence[NDArray[Any]], missing: Mapping[str, NDArray[np.int64]]
) -> NDArray[Any]:
    """Return what the values of groups add up to, three columns for each value column.

    Args:
        parts: what was added up.
        added: for each part its sum in each group.
        missing: for each value column how many values are missing in each group.
    """
    if not missing:
        return NO_SUMS
    found = np.zeros((len(next(iter(missing.values()))), 3 * len(missing)), dtype=object)
    for part, of_groups in zip(parts, added, strict=True):
        times = part.times if part.above else -part.times
        found[:, 3 * part.of_value + part.above] += of_groups.astype(np.int64).astype(object) * times
    for place, of_groups in enumerate(missing.values()):
        found[:, 3 * place + 2] = of_groups
    return fitting(found)
