"""From cells to tallies: what a table answers to the questions that are asked of its units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from envindicators.algebra.tallies import ANYTHING, BITS, Tallies, hull, implied_rates, joined_rates
from envindicators.cells.classes import Classes
from envindicators.cells.grouping import CHUNK
from envindicators.cells.known_shares import SLOTS, known_shares
from envindicators.cells.table_cells import TableCells
from envindicators.definitions.base_year import Moment
from envindicators.definitions.indicator import Indicator
from envindicators.definitions.question import Question
from envindicators.evaluation.margins import count_margins
from envindicators.evaluation.value_sums import ValueSums, summed

_OPEN = slice(2, 6)
"""Those of the seven counts in which units are of which something is unknown."""


@frozen(eq=False)
class Answers:
    """The tallies of all questions of a table, as arrays, and what the values that some ask for add up to.

    Args:
        counts: int64, (questions, 7, groups): the six counts of a tally, and what is certainly out.
        unsized: uint8, (questions, groups): the unsized outcomes, as bits.
        sums: by question that asks for a value, what its values add up to.
        rates: (questions, groups, 2): the least and the greatest share of what has no size, as `Tallies` has them;
            None where nothing is known of any but what its outcomes allow.
    """

    counts: NDArray[np.int64]
    unsized: NDArray[np.uint8] = field(repr=False)
    sums: Mapping[int, ValueSums] = field(factory=dict[int, ValueSums], repr=False)
    rates: NDArray[Any] | None = field(default=None, repr=False)

    def __getitem__(self, question: int) -> Any:
        rates = None if self.rates is None else self.rates[question]
        tallies = Tallies(self.counts[question, :6].T, self.unsized[question], rates)
        return self.sums[question].weighing(tallies) if question in self.sums else tallies

    def __add__(self, other: Answers) -> Answers:
        sums = {question: own + other.sums[question] for question, own in self.sums.items()}
        rates = joined_rates((self.unsized, self.rates), (other.unsized, other.rates))
        return Answers(self.counts + other.counts, self.unsized | other.unsized, sums, rates)

    @property
    def total(self) -> Answers:
        """The answers of all groups together."""
        return Answers(
            self.counts.sum(axis=2, keepdims=True),
            np.bitwise_or.reduce(self.unsized, axis=1, keepdims=True),
            {question: sums.total for question, sums in self.sums.items()},
            None if self.rates is None else hull(self.rates, 1),
        )

    def known(self, question: int) -> NDArray[np.bool_]:
        """Return which groups are known in full, as far as a question goes."""
        known: NDArray[np.bool_] = (self.unsized[question] == 0) & ~self.counts[question, _OPEN].any(axis=0)
        return known & self.sums[question].sure if question in self.sums else known

    def gathered(self, place: NDArray[np.intp], length: int) -> Answers:
        """Return what groups answer together, of which all is known.

        Args:
            place: for each group the place of that which it is added to, -1 for none.
            length: how many there are of these.
        """
        counts = np.zeros((*self.counts.shape[:2], length), dtype=self.counts.dtype)
        np.add.at(counts.transpose(2, 0, 1), place[place >= 0], self.counts.transpose(2, 0, 1)[place >= 0])
        sums = {key: sums.gathered(place, length) for key, sums in self.sums.items()}
        return Answers(counts, np.zeros((len(counts), length), dtype=np.uint8), sums)

    def at(self, place: NDArray[np.intp]) -> Answers:
        """Return the answers of other groups, by their place among these; silent where they have none (-1)."""
        # one group more, of which nothing came, stands last, where -1 is
        counts = np.concatenate([self.counts, np.zeros_like(self.counts, shape=(*self.counts.shape[:2], 1))], axis=2)
        silent = np.full((len(self.unsized), 1), ANYTHING, dtype=np.uint8)
        unsized = np.concatenate([self.unsized, silent], axis=1)
        sums = {key: sums.at(place) for key, sums in self.sums.items()}
        rates = None if self.rates is None else np.concatenate([self.rates, implied_rates(silent)], axis=1)[:, place]
        return Answers(counts[:, :, place], unsized[:, place], sums, rates)

    def silenced(self, silent: NDArray[np.bool_]) -> Answers:
        """Return the answers with an amount of unknown size, open to every outcome, in the groups that are silent."""
        if not silent.any():
            return self
        return Answers(
            self.counts,
            np.where(silent, np.uint8(ANYTHING), self.unsized),
            {question: sums.opened(silent) for question, sums in self.sums.items()},
            None if self.rates is None else np.where(silent[:, None], implied_rates(np.array(ANYTHING)), self.rates),
        )


def answered(classes: Classes, cells: TableCells, place: NDArray[np.int64], length: int) -> Answers:
    """Return what a table answers to all that is asked of it.

    Args:
        classes: what is asked of the table.
        cells: the table.
        place: for each of its keys the group that it is counted in, -1 for none.
        length: the number of groups.
    """
    questions = len(classes.questions)
    # what belongs to no group is counted in one more, that is left out at the end
    counts = np.zeros((questions, 7, length + 1), dtype=np.int64)
    unsized = np.zeros((questions, length + 1), dtype=np.uint8)
    fates = cells.kinds[:, :questions].T
    _count(counts, SLOTS[fates], place[cells.site], cells.kind, cells.weight)
    if len(cells.open_site):
        kept = np.where(fates == BITS["out"], 0, fates).astype(np.uint8)
        for question in range(questions):
            np.bitwise_or.at(unsized[question], place[cells.open_site], kept[question, cells.open_kind])
    if len(cells.margins):
        count_margins(classes.questions, cells.margins, place[cells.margins[:, 0]], counts)
    sums = {
        number: summed(question, number, cells, place, length)
        for number, question in enumerate(classes.questions)
        if question.of is not None
    }
    shares, rates = known_shares(classes, cells), None
    if shares is not None:
        rates = implied_rates(unsized)
        group = place[shares.site]
        for question in range(questions):
            np.bitwise_or.at(unsized[question], group, shares.unsized[question])
            np.minimum.at(rates[question, :, 0], group, shares.lower[question])
            np.maximum.at(rates[question, :, 1], group, shares.upper[question])
        rates = rates[:, :length]
        sums = {
            number: each.opened((unsized[number, :length] & BITS["satisfied"]) > 0) for number, each in sums.items()
        }
    return Answers(counts[:, :, :length], unsized[:, :length], sums, rates)


def _count(
    counts: NDArray[np.int64],
    slots: NDArray[np.int64],
    group: NDArray[np.int64],
    kind: NDArray[Any],
    weight: NDArray[np.int64],
) -> None:
    """Add weights to the counts of every question.

    Args:
        counts: (questions, 7, groups).
        slots: for each question and kind the count that it goes to.
        group: for each cell its group; -1 is the last.
        kind: for each cell its kind.
        weight: for each cell its weight.
    """
    questions, _, groups = counts.shape
    flat = counts.reshape(-1)
    first = (slots + 7 * np.arange(questions)[:, None]) * groups
    group = np.where(group < 0, groups - 1, group) if len(group) and group.min() < 0 else group
    step = max(1, CHUNK // 2)
    if len(kind) <= step:
        # one weight for each place: numpy reads beyond the end of weights that it would have to repeat
        np.add.at(flat, (first[:, kind] + group).reshape(-1), np.tile(weight, questions))
        return
    for start in range(0, len(kind), step):
        rows = slice(start, start + step)
        kinds, groups_, weights = kind[rows], group[rows], weight[rows]
        for question in range(questions):
            np.add.at(flat, first[question].take(kinds) + groups_, weights)


def nothing_answered(questions: Sequence[Question], length: int) -> Answers:
    """Return the answers of a table without data."""
    return Answers(
        np.zeros((len(questions), 7, length), dtype=np.int64),
        np.full((len(questions), length), ANYTHING, dtype=np.uint8),
        {
            number: ValueSums.nothing(question.value, length).opened(np.ones(length, dtype=np.bool_))
            for number, question in enumerate(questions)
            if question.value is not None
        },
    )


def nothing_known(indicator: Indicator, length: int) -> Any:
    """Return the evidence of an indicator of which nothing is known, for so many groups."""
    asked = indicator.asked(Moment(None))
    return indicator.evidence([nothing_answered([question], length)[0] for question, _ in asked])
