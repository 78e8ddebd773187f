"""`Evidences`: what the tables of one year say of every indicator, by group and as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import define, evolve, field, frozen
from numpy.typing import NDArray

from envindicators.algebra.tallies import AREA_SLOTS, BITS, Tallies
from envindicators.algebra.verdict import MET, NOT_APPLICABLE, NOT_MET
from envindicators.cells.classes import compiled
from envindicators.cells.fingerprint import fingerprint
from envindicators.cells.keys import Keys, places_of
from envindicators.definitions.base_year import Moment
from envindicators.definitions.indicator import Indicator
from envindicators.evaluation.answers import Answers, answered, nothing_answered
from envindicators.evaluation.coverage import Coverage
from envindicators.evaluation.results import YearResult

_OUTCOMES = [
    (bits & MET > 0) * BITS["satisfied"] | (bits & NOT_MET > 0) * BITS["failed"] | (bits > 0) * BITS["out"]
    for bits in range(8)
]
"""For each set of verdicts that an area may have, as bits, the outcomes of what it may have of unknown size."""


@frozen(eq=False)
class Sides:
    """The evidence of an indicator in the groups and of the whole."""

    by_group: Any
    whole: Any


@frozen(eq=False)
class YearAnswers:
    """What the tables answer in one year, by group and as a whole."""

    coverage: Coverage
    by_group: Mapping[str, Answers]
    whole: Mapping[str, Answers]

    @classmethod
    def of(cls, coverage: Coverage) -> YearAnswers:
        """Return what the tables answer in a year."""
        cells = coverage.cells
        length = len(coverage.groups)
        by_group: dict[str, Answers] = {}
        whole: dict[str, Answers] = {}
        for key, classes in compiled(cells.programme).classes.items():
            if key not in cells.tables:
                by_group[key] = nothing_answered(classes.questions, length)
                whole[key] = nothing_answered(classes.questions, 1)
                continue
            answers = _answers(coverage, key, grouped=bool(length))
            whole[key] = (answers.total if length else answers).silenced(np.array([coverage.incomplete(key)]))
            by_group[key] = answers.silenced(coverage.silent(key)) if length else nothing_answered(classes.questions, 0)
        return cls(coverage, by_group, whole)

    def beside(self, other: YearAnswers) -> YearAnswers:
        """Return the same answers for the groups of another year, silent where this year has not the group."""
        coverage = other.coverage
        place = np.array(places_of(self.coverage.groups, coverage.groups), dtype=np.intp)
        by_group = {key: answers.at(place) for key, answers in self.by_group.items()}
        return evolve(self, coverage=coverage, by_group=by_group)

    def without(self, own: Coverage, other: Coverage) -> YearAnswers:
        """Return the same answers, the whole open where areas of another moment have nothing in their own."""
        silent = np.array([bool(set(other.areas) - set(own.areas))])
        return evolve(self, whole={key: answers.silenced(silent) for key, answers in self.whole.items()})


def _answers(coverage: Coverage, key: str, *, grouped: bool) -> Answers:
    """Return what a table and its missing rows answer, by group, or as a whole where there are no groups."""
    classes = compiled(coverage.cells.programme).classes[key]
    length = len(coverage.groups) if grouped else 1
    answers = answered(classes, coverage.cells.tables[key], coverage.rows_of(key, expected=False)[not grouped], length)
    rows = coverage.should.rows(key)
    if rows is None:
        return answers
    return answers + answered(classes, rows, coverage.rows_of(key, expected=True)[not grouped], length)


@define(eq=False, slots=False)
class Evidences:
    """The evidence of the indicators of a programme in one year.

    Args:
        coverage: the year.
        others: the other moments that something is asked of.
    """

    coverage: Coverage
    others: Mapping[Moment, Coverage]
    _answers: dict[tuple[Moment, tuple[str, ...]], YearAnswers] = field(factory=dict[Any, Any], init=False)

    @property
    def result(self) -> YearResult:
        """The evidence of every indicator."""
        cells, year = self.coverage.cells, self.coverage.year
        sides = {indicator.key: self._of(indicator, cells.by) for indicator in cells.programme.indicators}
        return YearResult(
            year,
            self.coverage.groups,
            {key: side.by_group for key, side in sides.items()},
            {key: side.whole for key, side in sides.items()},
            tuple(fingerprint(table, year) for table in cells.tables.values()),
        )

    def _answered(self, coverage: Coverage, by: tuple[str, ...]) -> YearAnswers:
        """Return what the tables answer in a year, grouped by some columns."""
        key = (coverage.moment, by)
        if key not in self._answers:
            grouped = coverage if by == coverage.by else evolve(coverage, by=by)
            self._answers[key] = YearAnswers.of(grouped)
        return self._answers[key]

    def _of(self, indicator: Indicator, by: tuple[str, ...]) -> Sides:
        """Return the evidence of an indicator in the groups that some columns make."""
        if indicator.areas is not None:
            return self._of_areas(indicator, indicator.areas, by)
        if indicator.alike is not None:
            return self._of_alike(indicator, indicator.alike, by)
        of, year = list(self._asked(indicator, by)), self.coverage.year
        return Sides(
            indicator.evidence_of(year, [side.by_group[key][place] for side, key, place in of]),
            indicator.evidence_of(year, [side.whole[key][place] for side, key, place in of]),
        )

    def _asked(self, indicator: Indicator, by: tuple[str, ...]) -> Iterator[tuple[YearAnswers, str, int]]:
        """Yield what answers each question of an indicator: the moment, the table, and the place of the question."""
        asked = indicator.asked(self.coverage.moment)
        sides = self._beside(tuple(dict.fromkeys(moment for _, moment in asked)), by)
        places = dict(
            zip(indicator.questions, compiled(self.coverage.cells.programme).asked[indicator.key], strict=True)
        )
        for question, moment in asked:
            yield sides[moment], *places[question]

    def _of_alike(self, indicator: Indicator, column: str, by: tuple[str, ...]) -> Sides:
        """Return the evidence of those areas of a group alone of which all that is asked is known."""
        finer = by if column in by else (*by, column)
        of = list(self._asked(indicator, finer))
        known = np.logical_and.reduce([side.by_group[key].known(place) for side, key, place in of])
        areas, groups = (self._answered(self.coverage, columns).coverage.groups for columns in (finer, by))

        def together(group: NDArray[np.intp], length: int) -> Any:
            group = np.where(known, group, -1)
            return indicator.evidence_of(
                self.coverage.year, [side.by_group[key].gathered(group, length)[place] for side, key, place in of]
            )

        whole = together(np.zeros(len(areas), dtype=np.intp), 1)
        by_group = _group_of(areas, finer, groups, by) if by else np.full(len(areas), -1)
        return Sides(together(by_group, len(groups)), whole)

    def _beside(self, moments: Sequence[Moment], by: tuple[str, ...]) -> Mapping[Moment, YearAnswers]:
        """Return what the tables answer at some moments, for the groups of the one that is looked at."""
        now = self._answered(self.coverage, by)
        if moments == (self.coverage.moment,):
            return {self.coverage.moment: now}
        found: dict[Moment, YearAnswers] = {}
        every = {
            moment: now if moment == now.coverage.moment else self._answered(self.others[moment], by)
            for moment in moments
        }
        for moment, answers in every.items():
            placed = answers if moment == now.coverage.moment else answers.beside(now)
            for other in (now, *every.values()):
                placed = placed.without(answers.coverage, other.coverage)
            found[moment] = placed
        return found

    def _of_areas(self, indicator: Indicator, column: str, by: tuple[str, ...]) -> Sides:
        """Return how many areas of each group meet what is required of an area: what may come of one is its fate."""
        if column == "area" and set(by) - {"area", "year"} and "area" in by:
            # what else there is by may lie within an area, which is one unit all the same
            return evolve(self._of_areas(indicator, column, ()), by_group=self._fates(indicator, column, by).by_group)
        return self._fates(indicator, column, by)

    def _fates(self, indicator: Indicator, column: str, by: tuple[str, ...]) -> Sides:
        """Return the same, of areas that what else there is by tells apart."""
        finer = by if column in by else (*by, column)
        areas, groups = (self._answered(self.coverage, columns).coverage.groups for columns in (finer, by))
        required = indicator.required
        possible = required.possible(lambda of: self._of(of, finer).by_group)
        slots = np.array(AREA_SLOTS, dtype=np.intp)
        weighing = indicator.weighing
        if weighing is None:
            weighed: list[tuple[Any, Any]] = [(slots[possible], np.ones(len(areas), dtype=np.int64))]
            endless = np.zeros(len(areas), dtype=np.uint8)
        else:
            span = self._of(weighing, finer).by_group
            more = np.where(span.soars, 0, span.greatest - span.least)
            # units that an area only may have are in it, as it turns out, or nowhere
            weighed = [(slots[possible], span.least), (slots[possible | NOT_APPLICABLE], more)]
            endless = np.where(span.soars, np.array(_OUTCOMES, dtype=np.uint8)[possible], np.uint8(0))

        def tallied(place: NDArray[np.intp], length: int) -> Tallies:
            counts = np.zeros((length, 7), dtype=np.int64)
            for slot, weights in weighed:
                np.add.at(counts, (place, slot), weights)
            unsized = np.zeros(length, dtype=np.uint8)
            np.bitwise_or.at(unsized, place, endless)
            return Tallies(np.ascontiguousarray(counts[:, :6]), unsized)

        whole = tallied(np.zeros(len(areas), dtype=np.intp), 1)
        if not by:
            return Sides(Tallies.nothing_known(0), whole)
        return Sides(tallied(_group_of(areas, finer, groups, by), len(groups)), whole)


def _group_of(areas: Keys, finer: tuple[str, ...], groups: Keys, by: tuple[str, ...]) -> NDArray[np.intp]:
    """Return for each area the place of the group that it lies in."""
    apart = [finer.index(name) for name in by]
    held = {key: row for row, key in enumerate(groups)}
    return np.array([held[tuple(key[place] for place in apart)] for key in areas], dtype=np.intp)
