"""`Evidences`: what the tables of one year say of every indicator, by group and as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import define, evolve, field, frozen
from numpy.typing import NDArray

from envindicators.algebra.tallies import AREA_SLOTS, Tallies
from envindicators.cells.classes import compiled
from envindicators.cells.fingerprint import fingerprint
from envindicators.cells.keys import Keys, places_of
from envindicators.definitions.indicator import Indicator
from envindicators.evaluation.answers import Answers, answered, nothing_answered
from envindicators.evaluation.coverage import Coverage
from envindicators.evaluation.results import YearResult


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
        """Return the same answers for the groups of another year, silent where this year has not the group.

        Areas of which this year has nothing leave open what the whole of it was.
        """
        coverage = other.coverage
        place = np.array(places_of(self.coverage.groups, coverage.groups), dtype=np.intp)
        by_group = {key: answers.at(place) for key, answers in self.by_group.items()}
        return evolve(self.without(coverage), coverage=coverage, by_group=by_group)

    def without(self, coverage: Coverage) -> YearAnswers:
        """Return the same answers, the whole open where areas of another year have nothing in this."""
        silent = np.array([bool(set(coverage.areas) - set(self.coverage.areas))])
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
        bases: the years that changes are against.
    """

    coverage: Coverage
    bases: Mapping[int, Coverage]
    _answers: dict[tuple[int | None, tuple[str, ...]], YearAnswers] = field(factory=dict[Any, Any], init=False)

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
        key = (coverage.year, by)
        if key not in self._answers:
            grouped = coverage if by == coverage.by else Coverage(coverage.cells, coverage.should, coverage.year, by)
            self._answers[key] = YearAnswers.of(grouped)
        return self._answers[key]

    def _of(self, indicator: Indicator, by: tuple[str, ...]) -> Sides:
        """Return the evidence of an indicator in the groups that some columns make."""
        if indicator.areas is not None:
            return self._of_areas(indicator, indicator.areas, by)
        sides = [self._answered(self.coverage, by)]
        base = indicator.base_of(self.coverage.year)
        if base is not None:
            then = self._answered(self.bases[base], by)
            sides = [sides[0].without(then.coverage), then.beside(sides[0])]
        places = compiled(self.coverage.cells.programme).asked[indicator.key]
        return Sides(
            indicator.evidence([side.by_group[key][place] for side in sides for key, place in places]),
            indicator.evidence([side.whole[key][place] for side in sides for key, place in places]),
        )

    def _of_areas(self, indicator: Indicator, column: str, by: tuple[str, ...]) -> Sides:
        """Return how many areas of each group meet what is required of an area: what may come of one is its fate."""
        finer = by if column in by else (*by, column)
        areas, groups = (self._answered(self.coverage, columns).coverage.groups for columns in (finer, by))
        required = indicator.required
        possible = required.combined_bits(
            [
                self._of(requirement.indicator, finer).by_group.margin(requirement.threshold).possible()
                for requirement in required.requirements
            ]
        )
        slot = np.array(AREA_SLOTS, dtype=np.intp)[possible]
        counts = np.zeros((len(groups), 7), dtype=np.int64)
        if by:
            np.add.at(counts, (_group_of(areas, finer, groups, by), slot), 1)
        whole = np.zeros((1, 7), dtype=np.int64)
        np.add.at(whole[0], slot, 1)
        return Sides(_tallies(counts), _tallies(whole))


def _group_of(areas: Keys, finer: tuple[str, ...], groups: Keys, by: tuple[str, ...]) -> NDArray[np.intp]:
    """Return for each area the place of the group that it lies in."""
    apart = [finer.index(name) for name in by]
    held = {key: row for row, key in enumerate(groups)}
    return np.array([held[tuple(key[place] for place in apart)] for key in areas], dtype=np.intp)


def _tallies(counts: NDArray[np.int64]) -> Tallies:
    return Tallies(np.ascontiguousarray(counts[:, :6]), np.zeros(len(counts), dtype=np.uint8))
