"""Missing data: recorded as gaps, listed on the card, warned of."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, get_args

import numpy as np

from envindicators.cells.cells import Cells
from envindicators.cells.table_cells import TableCells
from envindicators.definitions.base_year import Moment
from envindicators.errors import CoverageWarning, OptionError, warn_user
from envindicators.evaluation.coverage import Coverage
from envindicators.ingest.expected import Expected
from envindicators.ingest.missing import MissingInput
from envindicators.problems import Findings
from envindicators.words.message import Message, listed

OnMissingArea = Literal["warn", "raise", "ignore"]
"""What `evaluate` does where an area is in one table and not in another."""


def check_on_missing_area(value: OnMissingArea) -> None:
    """Refuse what is none of the words that ``on_missing_area`` takes."""
    if value not in get_args(OnMissingArea):
        raise OptionError(
            f"on_missing_area is {value!r}; expected one of {', '.join(map(repr, get_args(OnMissingArea)))}"
        )


def record_silence(
    cells: Cells,
    should: Expected,
    years: Sequence[Coverage],
    others: Mapping[Moment, Coverage],
    findings: Findings,
) -> dict[str, tuple[MissingInput, ...]]:
    """Return what is missing, table by table, after recording it as gaps.

    Args:
        cells: the tables.
        should: what was expected and is missing.
        years: who reported, year by year.
        others: who reported at the other moments that something is asked of.
        findings: where gaps are recorded.
    """
    missing: dict[str, list[MissingInput]] = {key: [] for key in cells.programme.tables}
    used = {table.key for target in cells.programme.targets for table in target.tables}
    for key, things in missing.items():
        table = cells.tables.get(key)
        if table is None:
            things.extend([MissingInput(key, "table")] if key in used else [])
            continue
        named: tuple[Any, ...] = (*table.table.parts, *table.table.years, *table.table.values)
        things.extend(MissingInput(key, "column", column.key) for column in named if column.key not in table.came)
        silent = [
            *(absent for coverage in years if key in coverage.asked for absent in coverage.missing(key)),
            *should.absent(key),
        ]
        silent = list(dict.fromkeys([*silent, *_without_others(key, table, years, others)]))
        things.extend(silent)
        for absent in silent:
            column = "area" if absent.what == "area" else None
            name = listed(absent.name) if isinstance(absent.name, tuple) else absent.name
            findings.add("not_reported", key, column, value=name, severity="gap", key=absent.name)
        _note_other_years(table, years, findings)
        _note_days(table, years, findings)
    return {key: tuple(things) for key, things in missing.items() if things}


def _without_others(
    key: str, table: TableCells, years: Sequence[Coverage], others: Mapping[Moment, Coverage]
) -> Iterator[MissingInput]:
    """Yield the areas of which a table has nothing at one of two moments that are put against each other."""
    for now in years:
        asked = (
            moment
            for indicator in now.cells.programme.indicators
            for question, moment in indicator.asked(now.moment)
            if question.table == table.table
        )
        for moment in dict.fromkeys(asked):
            if moment == now.moment:
                continue
            then = others[moment]
            yield from then.missing(key)
            if table.keys.has("area"):
                for here, there in ((now, then), (then, now)):
                    held = set(there.areas)
                    lost = (area for area in here.areas if area not in held)
                    yield from (MissingInput(key, "area", area, there.year) for area in lost)


def _note_days(table: TableCells, years: Sequence[Coverage], findings: Findings) -> None:
    """Note areas of which a table of days has fewer than a year has: those not measured seem to be left out."""
    counted = table.table.unit.key == "day" and table.table.period == "flow"
    if not counted or len(table.margins) or len(table.open_site):
        return
    days = np.zeros(len(table.keys), dtype=np.int64)
    np.add.at(days, table.site, table.weight)
    asked = {coverage.year: 365 + calendar.isleap(coverage.year) for coverage in years if coverage.year is not None}
    every = zip(table.keys.column("year"), table.keys.column("area"), days.tolist(), strict=True)
    for year, area, held in every:
        of = asked.get(year, 0)
        if 0 < held < of:
            findings.add(
                "days_short", table.table.key, "area", value=area, severity="note", days=held, of=of, year=year
            )


def _note_other_years(table: TableCells, years: Sequence[Coverage], findings: Findings) -> None:
    """Note areas that a table has in another year and nothing has in a year evaluated."""
    areas = table.keys.levels[1]
    if len(table.keys.levels[0]) < 2 or all({None}.union(coverage.areas).issuperset(areas) for coverage in years):
        return
    held: dict[Any, list[int]] = {}
    for year, area in zip(table.keys.column("year"), table.keys.column("area"), strict=True):
        if year is not None and area is not None:
            held.setdefault(area, []).append(year)
    for coverage in years:
        known, asked = set(coverage.areas), coverage.year
        for area, of_area in held.items():
            if asked is not None and area not in known:
                nearest = min(of_area, key=lambda year, asked=asked: abs(year - asked))  # type: ignore[misc]
                key = table.table.key
                findings.add("not_this_year", key, "area", value=area, severity="note", other=nearest, year=asked)


def record_missing_areas(years: Sequence[Coverage], findings: Findings) -> None:
    """Record areas that are in one table and not in another as errors."""
    for coverage in years:
        for key, lost in coverage.one_sided().items():
            for area, other in lost:
                when = Message(" in {year}", year=coverage.year) if coverage.year is not None else ""
                findings.add("area_missing", key, "area", value=area, other=findings.names.get(other, other), when=when)


def warn_of_coverage(years: Sequence[Coverage]) -> None:
    """Warn of areas that are in one table and not in another."""
    for coverage in years:
        for key, lost in coverage.one_sided().items():
            if lost:
                shown = ", ".join(f"{area!r} (in {other})" for area, other in lost[:10])
                more = f" and {len(lost) - 10} more" if len(lost) > 10 else ""
                when = "" if coverage.year is None else f" in {coverage.year}"
                warn_user(
                    f"{key} has no rows for {shown}{more}{when}; totals that include them are undetermined",
                    CoverageWarning,
                )
