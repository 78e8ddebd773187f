"""Parts that an office gives as percentages of the total: the counts that are published so."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from envindicators.cells.between import Amounts
from envindicators.cells.classes import UNKNOWN
from envindicators.cells.known_shares import WHOLE
from envindicators.cells.sums import NO_SUMS
from envindicators.definitions.table import Table
from envindicators.frames.column import Column
from envindicators.frames.stream import Opened
from envindicators.ingest.columns import Place
from envindicators.words.percent import Published, percent


@frozen(eq=False)
class PartSpan:
    """The least and the greatest count of a part in each row; both the same where it is known."""

    least: Amounts
    greatest: Amounts


def of_unknown_size(frame: Opened, table: Table, total: Amounts, read: Callable[[str], Column]) -> NDArray[np.bool_]:
    """Return in which rows nothing but percentages is known, of a total that no one knows.

    In a table without a column of totals that is so in rows without percentages too.

    Args:
        frame: the frame.
        table: the table.
        total: its totals.
        read: returns a column, blank in every row if it is missing.
    """
    parts = [part.key for part in table.parts]
    some = np.full(frame.length, table.total not in frame.names)
    rows: NDArray[np.bool_] = read(table.total).blank & ~total.known
    for name in parts:
        if name in frame.percentages:
            some |= ~read(name).blank
        else:
            rows &= read(name).blank
    rows &= some & (not frame.percentages.isdisjoint(parts))
    return rows


def read_shares(column: Column, total: Amounts, place: Place, unsized: NDArray[np.bool_]) -> PartSpan:
    """Return the counts that a column of percentages leaves possible; none where the total is missing.

    Args:
        column: the percentages.
        total: the totals that they are of, in counted units.
        place: where it is noted that no count fits a percentage.
        unsized: the rows of unknown size, of which the counts are those of `WHOLE` units.
    """
    length = len(column)
    least, greatest = np.zeros(length, dtype=np.int64), np.where(unsized, WHOLE, np.int64(0))
    known = unsized.copy()
    unfitting: list[int] = []
    for row, share in enumerate(column.objects()):
        if isinstance(share, Published) and unsized[row]:
            least[row], greatest[row] = (int(end * WHOLE) for end in share.span)
        elif isinstance(share, Published) and total.known[row]:
            least[row], greatest[row], fits = share.fitting(int(total.values[row]))
            known[row] = True
            if not fits:
                unfitting.append(row)
    if unfitting:
        shares = column.objects()
        place.mark(
            "form_percent_no_count",
            unfitting,
            lambda row: percent(shares[row].share, digits=shares[row].digits),
            severity="note",
            least=lambda row: int(least[row]),
            greatest=lambda row: int(greatest[row]),
        )
    return PartSpan(Amounts(least, known), Amounts(greatest, known))


def exact(span: PartSpan) -> NDArray[np.bool_]:
    """Return in which rows a count is known."""
    known: NDArray[np.bool_] = span.least.known & (span.least.values == span.greatest.values)
    return known


def bounds_of_spans(spans: Sequence[PartSpan], left_open: Sequence[NDArray[np.bool_]]) -> NDArray[np.int64]:
    """Return the bounds of parts as cells hold them: none where every count is known or blank.

    Args:
        spans: the parts.
        left_open: for each where its cell is left open, since it cannot be.
    """
    columns: list[NDArray[np.int64]] = []
    for span, wrong in zip(spans, left_open, strict=True):
        between = span.least.known & ~exact(span) & ~wrong
        columns += [np.where(between, amounts.values, UNKNOWN) for amounts in (span.least, span.greatest)]
    return np.stack(columns, axis=1) if any((column != UNKNOWN).any() for column in columns) else NO_SUMS
