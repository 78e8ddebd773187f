"""Reading a column of amounts: exactly, by its decimal digits, in counted units."""

from __future__ import annotations

import decimal
import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from envindicators.cells.between import Amounts
from envindicators.cells.grouping import CHUNK, distinct
from envindicators.definitions.table import Unit
from envindicators.frames.column import EXACT_FLOATS, Column, Spanning, is_number
from envindicators.ingest.columns import Place
from envindicators.ingest.hints import number_hint
from envindicators.words.message import Message
from envindicators.words.spelling import NOTHING_NEAR

MOST = 2**63 - 1
"""The largest number of counted units in a cell, and in the sum of a table."""


def read_amounts(column: Column, unit: Unit, factor: Any, place: Place, least: int = 0) -> Amounts:
    """Return a column of amounts in counted units.

    Args:
        column: the column.
        unit: the unit of the table.
        factor: how many counted units one of the column is: an int, or an int64 array with one for
            each row (amounts per day). Decimals are taken by their digits, never multiplied as floats.
        place: where problems are recorded: text, negative, fractional, infinite and huge values.
        least: the least that there can be; where that is below 0, no value is refused for being negative.
    """
    length = len(column)
    known = ~column.blank
    if column.kind == "empty":
        return Amounts(np.zeros(length, dtype=np.int64), np.zeros(length, dtype=np.bool_))
    if column.kind == "int":
        values, known = _scaled_integers(column, known, factor, unit, place, least)
    elif column.kind == "float":
        values, known = _scaled_floats(column, known, factor, unit, place, least)
    else:
        values, known = _scaled_others(column, known, factor, unit, place, least)
    return Amounts(values, known)


def _limit(unit: Unit) -> dict[str, Any]:
    return {"most": MOST // unit.grain, "unit": unit.name}


def _scaled_integers(
    column: Column, known: NDArray[np.bool_], factor: Any, unit: Unit, place: Place, least: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    given = column.values
    negative = known & (given < 0) & (least == 0)
    if negative.any():
        place.mark("negative", negative, column.value)
        known = known & ~negative
    values = given.astype(np.int64, copy=False)
    if not (isinstance(factor, int) and factor == 1):
        huge = known & ((values > MOST // factor) | (values < -(MOST // factor)))
        if huge.any():
            place.mark("too_large", huge, column.value, **_limit(unit))
            known = known & ~huge
        values = np.where(known, values, 0) * factor
    elif not known.all():
        values = np.where(known, values, 0)
    return values, known


def _scaled_floats(
    column: Column, known: NDArray[np.bool_], factor: Any, unit: Unit, place: Place, least: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    given = column.values
    plain = _plain_decimals(given, known, factor, least)
    if plain is not None:
        return plain, known
    finite = np.isfinite(given)
    place.mark("not_finite", known & ~finite, column.value)
    known = known & finite
    negative = known & (given < 0) & (least == 0)
    place.mark("negative", negative, column.value)
    known = known & ~negative
    bits = np.finfo(given.dtype).nmant + 1
    large = known & (np.abs(given) >= 2.0**bits)
    place.mark("float_too_large", large, column.value, bits=bits)
    known = known & ~large
    values = np.zeros(len(given), dtype=np.int64)
    whole = known & (np.floor(given) == given)
    huge = whole & (np.abs(np.where(whole, given, 0).astype(np.int64)) > MOST // factor)
    place.mark("too_large", huge, column.value, **_limit(unit))
    known = known & ~huge
    whole = whole & ~huge
    scale = factor if isinstance(factor, int) else factor[whole]
    values[whole] = given[whole].astype(np.int64) * scale
    rest = known & ~whole
    if isinstance(factor, int) and given.dtype == np.float64 and rest.any():
        some = given[rest]
        short, counted = _short_decimals(some, factor, np.empty((2, len(some))))
        places = np.flatnonzero(rest)[short]
        values[places] = counted[short].astype(np.int64)
        rest[places] = False
    rest = np.flatnonzero(rest)
    if len(rest):
        slow, fine = _scaled_objects(column, rest.tolist(), factor, unit, place, least)
        values[rest] = slow[rest]
        known[rest] = fine[rest]
    return values, known


def _plain_decimals(given: NDArray[Any], known: NDArray[np.bool_], factor: Any, least: int) -> NDArray[np.int64] | None:
    """Return floats in counted units if all that are known are short decimals and none is refused, else None."""
    if not isinstance(factor, int) or given.dtype != np.float64:
        return None
    values, room = np.empty(len(given), dtype=np.int64), np.empty((2, CHUNK))
    for start in range(0, len(given), CHUNK):
        rows = slice(start, start + CHUNK)
        short, counted = _short_decimals(given[rows], factor, room)
        if not known[rows].all():
            unknown = ~known[rows]
            short |= unknown
            counted[unknown] = 0
        if not short.all() or (least >= 0 and counted.min() < 0):
            return None
        np.copyto(values[rows], counted, casting="unsafe")
    return values


def _short_decimals(
    given: NDArray[np.float64], factor: int, room: NDArray[np.float64]
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Return which floats are written with few enough digits to be scaled without a look at them, and those scaled.

    A decimal of at most 15 digits is the shortest that its nearest float can be written as, so a float that is the
    nearest to one is written as that one.

    Args:
        given: the floats.
        factor: what they are multiplied by.
        room: to work in, (2, at least as many); the scaled floats, of which only the short ones are right, stand in it.
    """
    counted, back = room[:, : len(given)]
    if str(factor).strip("0") != "1":
        return np.zeros(len(given), dtype=np.bool_), counted
    with np.errstate(over="ignore"):
        np.rint(np.multiply(given, factor, out=counted), out=counted)
    short = np.divide(counted, factor, out=back) == given
    short &= np.abs(counted, out=back) < 10.0**15
    return short, counted


_SHORT = 15
"""A decimal that is written in so many characters has no more digits than its float tells."""


def _scaled_others(
    column: Column, known: NDArray[np.bool_], factor: Any, unit: Unit, place: Place, least: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Scale Python objects: short decimals all at once, each that occurs, and what is anything else one by one."""
    rows = np.flatnonzero(known)
    if not isinstance(factor, int):
        return _scaled_objects(column, rows.tolist(), factor, unit, place, least)
    if column.codes is None:
        counted, fine = _scaled_decimals(column.values[rows].tolist(), factor, least)
    else:
        occurring, which = distinct(column.codes[rows], len(column.levels))
        counted, fine = _scaled_decimals([column.levels[code] for code in occurring.tolist()], factor, least)
        counted, fine = counted[which], fine[which]
    values, known = _scaled_objects(column, rows[~fine].tolist(), factor, unit, place, least)
    values[rows[fine]] = counted[fine]
    known[rows[fine]] = True
    return values, known


def _is_short(value: decimal.Decimal) -> bool:
    written = str(value)
    return len(written) <= _SHORT and "E" not in written and value.is_finite()  # 1E-400 is 0 as a float


def _scaled_decimals(given: Sequence[Any], factor: int, least: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return objects in counted units, and which of them are decimals that are short and not refused."""
    short = [type(value) is decimal.Decimal and _is_short(value) for value in given]
    floats = np.array([float(value) if fine else 0.0 for value, fine in zip(given, short, strict=True)])
    fine, counted = _short_decimals(floats, factor, np.empty((2, len(floats))))
    fine &= np.array(short, dtype=np.bool_)
    if least == 0:
        fine &= floats >= 0
    return np.where(fine, counted, 0).astype(np.int64), fine


def _scaled_objects(
    column: Column, rows: list[int], factor: Any, unit: Unit, place: Place, least: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Scale the values of some rows one by one, exactly, by their decimal digits."""
    values = np.zeros(len(column), dtype=np.int64)
    known = np.zeros(len(column), dtype=np.bool_)
    wrong: dict[str, list[int]] = {}
    for row in rows:
        value = column.value(row)
        if isinstance(value, Spanning):
            wrong.setdefault("merged_amount", []).append(row)
            continue
        fault, counted = _counted(value, _scale(factor, row), least)
        if fault == "not_whole" and unit.grain > 1:
            fault = "too_fine"
        if fault:
            wrong.setdefault(fault, []).append(row)
        else:
            values[row] = counted
            known[row] = True
    for fault, found in wrong.items():
        details: dict[str, Any] = {}
        if fault in ("not_whole", "too_fine"):
            details["unit"] = unit.name
            details["hint"] = lambda row: _noise_hint(column, row, _scale(factor, row), place.column)
        if fault == "too_fine":
            details["grain"] = unit.grain
        elif fault == "too_large":
            details = _limit(unit)
        elif fault == "number_type":
            details["hint"] = lambda row: number_hint(column.value(row), place.column)
        elif fault == "float_too_large":
            details["bits"] = 53
        value_of = (lambda row: column.value(row).value) if fault == "merged_amount" else column.value
        place.mark(fault, found, value_of, **details)
    return values, known


def _scale(factor: Any, row: int) -> int:
    return factor if isinstance(factor, int) else int(factor[row])


_MOST_DIGITS = 40
"""Numbers of more digits before the point are too large in every unit."""

_FINEST = -80
"""Numbers with a last digit further behind the point are whole in no unit: no factor has so many twos or fives."""


def _counted(value: Any, factor: int, least: int) -> tuple[str, int]:
    """Return what is wrong with a value, or nothing and the counted units that it is.

    The time that this takes does not grow with an exponent.
    """
    if not is_number(value):
        return "number_type", 0
    if isinstance(value, (int, np.integer)):
        whole = int(value)
        if abs(whole) > MOST:
            return "negative" if whole < 0 and least == 0 else "too_large", 0
        exact = decimal.Decimal(whole)
    elif isinstance(value, decimal.Decimal):
        exact = value
    else:
        exact = decimal.Decimal(repr(float(value)))
    if not exact.is_finite():
        return "not_finite", 0
    if not exact:
        return "", 0
    if exact.is_signed() and least == 0:
        return "negative", 0
    if isinstance(value, (float, np.floating)) and abs(float(value)) >= EXACT_FLOATS:
        return "float_too_large", 0
    if exact.adjusted() > _MOST_DIGITS:
        return "too_large", 0
    _, digits, exponent = exact.as_tuple()
    if int(exponent) < _FINEST:
        trailing = len(digits) - len("".join(map(str, digits)).rstrip("0"))
        if int(exponent) + trailing < _FINEST:
            return "not_whole", 0
    numerator, denominator = exact.as_integer_ratio()
    if numerator * factor % denominator:
        return "not_whole", 0
    counted = numerator * factor // denominator
    return ("too_large", 0) if abs(counted) > MOST else ("", counted)


_PERCENTAGE = Message(
    "; where the cell shows a percentage, say so in the form of the table, as {how}",
    how="percent(..., digits=1, whole=1)",
    how_toml="{percent = ..., digits = 1, whole = 1}",
)
"""What is said of a part of one among whole numbers."""

_ULPS = 8
"""Within how many steps of a float a number is taken for one that rounding would give."""


def _noise_hint(column: Column, row: int, factor: int, name: str) -> Message:
    """Return how to round a float that lies within a few steps of a number that is not too fine, or what it may be."""
    if column.kind == "float":
        step = float(np.spacing(column.values[row]))
    elif isinstance(column.value(row), (float, np.floating)):
        step = float(np.spacing(float(column.value(row))))
    else:
        return NOTHING_NEAR
    value = float(column.value(row))
    digits = next(digits for digits in itertools.count() if factor % 10 ** (digits + 1))
    if not 0 < abs(round(value, digits) - value) <= _ULPS * step:
        return _PERCENTAGE if factor == 1 and 0 < value < 1 else NOTHING_NEAR
    how = f'df["{name}"].round({digits})'
    return Message(
        "; it looks like a residue of calculating with floats, so round it where it is made, as {how}", how=how
    )
