"""Rows whose parts are known as shares of a total that is not known: each is a block of its own, of unknown size.

A ledger has no total for such a row, and beside it the bounds of its parts as if it were of `WHOLE` units. Blocks do
not add up: what is satisfied of several lies between the least and the greatest of their shares, whatever their sizes.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from envindicators.algebra.tallies import BITS
from envindicators.algebra.tally import COUNTS, share_ends
from envindicators.cells.classes import UNKNOWN, Classes
from envindicators.cells.decompose import Units, rest_of_pattern, take_spans_apart
from envindicators.cells.table_cells import TableCells
from envindicators.words.percent import MOST_DIGITS

WHOLE = 2 * 10 ** (MOST_DIGITS + 2)
"""Of how many units a row is whose size is not known: half a unit of the last digit of any percentage is whole."""

SLOTS = np.array([6, 6, 0, 3, 1, 4, 2, 5], dtype=np.int64)
"""By the bits of a fate the count of a tally that it goes to; 6 for a unit that is certainly out."""


def of_known_shares(ledger: NDArray[np.int64], bounds: NDArray[np.int64], parts: int) -> NDArray[np.bool_]:
    """Return which rows of a ledger have shares in place of counts."""
    if not len(bounds):
        return np.zeros(len(ledger), dtype=np.bool_)
    known: NDArray[np.bool_] = (ledger[:, -1 - parts] == UNKNOWN) & (bounds != UNKNOWN).any(axis=1)
    return known


@frozen(eq=False)
class KnownShares:
    """What such rows answer.

    Args:
        site: for each the position of its key.
        unsized: uint8, (questions, rows): the outcomes open to its units, as bits; 0 where none can count.
        lower: (questions, rows): the least share, 1 where none can count.
        upper: the greatest, 0 where none can count.
    """

    site: NDArray[np.int64]
    unsized: NDArray[np.uint8]
    lower: NDArray[np.object_]
    upper: NDArray[np.object_]


def known_shares(classes: Classes, cells: TableCells) -> KnownShares | None:
    """Return what the rows of a table say of which only shares are known; None where there are none."""
    rows = np.flatnonzero(of_known_shares(cells.ledger, cells.bounds, len(classes.table.parts)))
    if not len(rows):
        return None
    ledger = cells.ledger[rows].copy()
    site = ledger[:, 0].copy()
    ledger[:, 0] = np.arange(len(rows))
    steps = ledger[:, cells.key_width :]
    steps[:, 0] = WHOLE
    values = cells.values[rows] if classes.table.values else cells.values
    units = Units(classes, ledger, rest_of_pattern(classes, ledger), values)
    take_spans_apart(units, np.arange(len(rows)), steps, cells.bounds[rows])
    kinds, (row, kind, weight, _), _ = units.cells(len(rows))
    shape = (len(classes.questions), len(rows))
    unsized = np.zeros(shape, dtype=np.uint8)
    lower, upper = np.full(shape, Fraction(1), dtype=object), np.full(shape, Fraction(0), dtype=object)
    for question in range(len(classes.questions)):
        counts = np.zeros((len(COUNTS) + 1, len(rows)), dtype=np.int64)
        np.add.at(counts, (SLOTS[kinds[kind, question]], row), weight)
        least, of_least, greatest, of_greatest = share_ends(list(counts[:-1]))
        for place in np.flatnonzero(of_least + of_greatest).tolist():
            ends = [
                Fraction(int(above[place]), int(below[place]))
                for above, below in ((least, of_least), (greatest, of_greatest))
                if below[place]
            ]
            lower[question, place], upper[question, place] = ends[0], ends[-1]
            unsized[question, place] = (
                (ends[0] < 1) * BITS["failed"]
                | (ends[-1] > 0) * BITS["satisfied"]
                | bool(counts[:3, place].sum() == 0) * BITS["out"]
            )
    return KnownShares(site, unsized, lower, upper)
