"""What the values of a table add up to over the units that count, at the least and at the most."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from envindicators.algebra.span import Quotient, Span
from envindicators.algebra.tallies import BITS, Tallies
from envindicators.algebra.weighed import Weighed
from envindicators.cells.sums import MISSING_VALUE, ROOM, fitting
from envindicators.cells.table_cells import TableCells
from envindicators.definitions.question import Question
from envindicators.definitions.table import Value
from envindicators.evaluation.margins import margin_bounds


@frozen(eq=False)
class ValueSums:
    """The sums of a value, each times its units, group by group.

    Args:
        value: the column.
        span: the sums.
        known: the sum and the units of those that surely count and whose value is known.
    """

    value: Value
    span: Span
    known: Quotient

    @classmethod
    def nothing(cls, value: Value, length: int) -> ValueSums:
        """Return the sums of no units, for so many groups."""
        none = _exactly(np.zeros(length, dtype=np.int64))
        return cls(value, none, Quotient(none, none))

    def __add__(self, other: ValueSums) -> ValueSums:
        return evolve(self, span=self.span + other.span, known=self.known + other.known)

    @property
    def total(self) -> ValueSums:
        """The sum of all groups together."""
        return evolve(self, span=self.span.total, known=self.known.total)

    def at(self, place: NDArray[np.intp]) -> ValueSums:
        """Return the sums of other groups, by their place among these; open where they have none (-1)."""
        known = Quotient(_at(self.known.numerator, place), _at(self.known.denominator, place))
        return evolve(self, span=_at(self.span, place), known=known).opened(place < 0)

    @property
    def sure(self) -> NDArray[np.bool_]:
        """Which groups have no unit whose value is missing, or that only may count."""
        sure: NDArray[np.bool_] = (self.span.least == self.span.greatest) & ~self.span.open_ended
        return sure

    def gathered(self, place: NDArray[np.intp], length: int) -> ValueSums:
        """Return the sums of groups together, as `Answers.gathered` does."""

        def added(span: Span) -> Span:
            amounts = np.zeros(length, dtype=object)
            np.add.at(amounts, place[place >= 0], span.least[place >= 0].astype(object))
            return _exactly(fitting(amounts))

        known = Quotient(added(self.known.numerator), added(self.known.denominator))
        return evolve(self, span=added(self.span), known=known)

    def weighing(self, tallies: Tallies) -> Weighed:
        """Return the sums with the units that they are of."""
        return Weighed(tallies, self.known, self.span, self.value.least, self.value.greatest)

    def opened(self, rows: NDArray[np.bool_]) -> ValueSums:
        """Return the sums with an amount of unknown size in some groups, as far as it can carry them."""
        span, value = self.span, self.value
        sinks = span.sinks | (rows & (value.least < 0))
        soars = span.soars | (rows & (value.greatest is None or value.greatest > 0))
        return evolve(
            self,
            span=evolve(span, least=span.least * ~sinks, greatest=span.greatest * ~soars, sinks=sinks, soars=soars),
        )


def _at(span: Span, place: NDArray[np.intp]) -> Span:
    ends = (np.append(end, 0)[place] for end in (span.least, span.greatest))
    flags = (np.append(flag, False)[place] for flag in (span.sinks, span.soars))
    return Span(*ends, *flags, unreported=np.append(span.unreported, False)[place])


def _exactly(amounts: NDArray[Any]) -> Span:
    no = np.zeros(len(amounts), dtype=np.bool_)
    return Span(amounts, amounts, no, no)


def summed(question: Question, number: int, cells: TableCells, place: NDArray[np.int64], length: int) -> ValueSums:
    """Return what the values that a question asks for add up to, group by group.

    Args:
        question: the question, which asks for a value.
        number: its place among those of its table.
        cells: the table.
        place: for each of its keys the group that it is counted in, -1 for none.
        length: the number of groups.
    """
    value = question.value
    assert value is not None
    column = question.table.values.index(value)
    exact = np.int64 if _fits(value, cells) else object
    # what belongs to no group is added to one more, that is left out at the end
    least, greatest, known_sum, known_units = np.zeros((4, length + 1), dtype=exact)
    soars = np.zeros(length + 1, dtype=np.bool_)
    fates = cells.kinds[:, number]

    def add(group: NDArray[np.int64], ends: tuple[Any, Any], missing: NDArray[np.bool_]) -> None:
        np.add.at(least, group, ends[0])
        np.add.at(greatest, group, ends[1])
        soars[group[missing]] |= value.greatest is None

    counts = (fates[cells.kind] & BITS["satisfied"]) > 0
    below, above, missing = cells.sums[counts, 3 * column : 3 * column + 3].astype(exact).T
    sure = fates[cells.kind[counts]] == BITS["satisfied"]
    group = place[cells.site[counts]]
    add(group, _ends(value, below, above, missing, sure), missing > 0)
    np.add.at(known_sum, group, (below + above) * sure)
    np.add.at(known_units, group, (cells.weight[counts] - missing) * sure)
    for each in margin_bounds([question], cells.margins) if len(cells.margins) else ():
        rows = cells.margins[each.rows]
        values = rows[:, -len(question.table.values) :][:, column]
        held = np.where(values == MISSING_VALUE, 0, values).astype(object)
        missing = values == MISSING_VALUE
        # what counts for sure, and what only may
        for units, sure_ in (
            (each.least * (not each.perhaps_out), True),
            (each.most - each.least * (not each.perhaps_out), False),
        ):
            sums = np.minimum(held, 0) * units, np.maximum(held, 0) * units, missing * units.astype(object)
            all_sure = np.full(len(units), sure_)
            add(place[rows[:, 0]], _ends(value, *sums, all_sure), missing & (units > 0))
            np.add.at(known_sum, place[rows[:, 0]], held * units * sure_)
            np.add.at(known_units, place[rows[:, 0]], units.astype(object) * ~missing * sure_)
    opened = np.zeros(length + 1, dtype=np.bool_)
    opened[place[cells.open_site[(fates[cells.open_kind] & BITS["satisfied"]) > 0]]] = True
    least, greatest, soars, opened = least[:length], greatest[:length], soars[:length], opened[:length]
    span = Span(fitting(least), fitting(greatest * ~soars), soars & False, soars)
    known = Quotient(*(_exactly(fitting(known[:length])) for known in (known_sum, known_units)))
    return ValueSums(value, span, known).opened(opened)


def _fits(value: Value, cells: TableCells) -> bool:
    """Return whether whatever the values of a table add up to fits into 64 bits."""
    if len(cells.margins) or cells.sums.dtype == np.object_:
        return False
    most = max(abs(value.least), abs(value.greatest or 0), 1)
    return most * float(cells.weight.sum(dtype=np.float64)) + float(np.abs(cells.sums).sum(dtype=np.float64)) < ROOM


def _ends(value: Value, below: Any, above: Any, missing: Any, sure: NDArray[np.bool_]) -> tuple[Any, Any]:
    """Return the least and the greatest that sums come to, of units that count for sure or only may."""
    low, high = value.least, value.greatest or 0
    return (
        below + above * sure + missing * np.where(sure, low, min(low, 0)).astype(missing.dtype),
        above + below * sure + missing * np.where(sure, high, max(high, 0)).astype(missing.dtype),
    )
