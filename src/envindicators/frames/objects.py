"""Reading arrays of Python objects by where these lie in memory, without looking at each.

Of CPython: True, False and what stands for a missing value are single objects, and a text that stands in many rows is
mostly one object too.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from envindicators.frames.column import Column, coded

_CPYTHON = sys.implementation.name == "cpython"
_SAMPLE = 4096


def flags_of(values: NDArray[Any], absent: Sequence[Any]) -> Column | None:
    """Return a column of nothing but True, False and missing values, None of any other.

    Args:
        values: the objects.
        absent: what stands for a missing value.
    """
    if not _CPYTHON or not len(values) or not any(values[0] is value for value in (True, False, *absent)):
        return None
    places = _places_of(values)
    truths = places == id(True)
    known = truths | (places == id(False))
    count = np.count_nonzero(known)
    if count == len(values):
        return Column("bool", truths)
    for value in absent:
        count += np.count_nonzero(places == id(value))
        if count == len(values) and known.any():
            return Column("bool", truths, ~known)
    return None


def shared_objects(values: NDArray[Any]) -> Column | None:
    """Return a column in which the same objects stand in many rows, None of one in which they do not."""
    if not _CPYTHON or len(values) < 2 * _SAMPLE:
        return None
    places = _places_of(values)
    if len(np.unique(places[:: len(places) // _SAMPLE])) > _SAMPLE // 2:
        return None
    codes, distinct = pd.factorize(places)
    codes = codes.astype(np.min_scalar_type(-len(distinct) - 1), copy=False)
    first = np.zeros(len(distinct), dtype=np.intp)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return coded(codes, values[first].tolist())


def _places_of(values: NDArray[Any]) -> NDArray[np.intp]:
    """Return where in memory the objects of an array lie, as `id` tells. The array must live as long."""
    held = np.ascontiguousarray(values)
    addresses = (ctypes.c_ssize_t * len(held)).from_address(held.ctypes.data)
    return np.ctypeslib.as_array(addresses).copy()
