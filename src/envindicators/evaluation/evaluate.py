"""`evaluate` and `check`: from tables to a scorecard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import evolve, frozen

from envindicators.algebra.tallies import ANYTHING, Tallies
from envindicators.algebra.verdict import Reason
from envindicators.cells.cells import Cells, check_between
from envindicators.cells.fingerprint import read_input
from envindicators.cells.table_cells import TableCells, with_year
from envindicators.definitions.indicator import Indicator
from envindicators.definitions.programme import Programme
from envindicators.errors import CoverageWarning, OptionError, OptionTypeError, warn_user
from envindicators.evaluation.coverage import Reporting
from envindicators.evaluation.decide import Decider
from envindicators.evaluation.scorecard import MissingInput, Scorecard, YearResult
from envindicators.ingest.condense import check_year, gather
from envindicators.ingest.expected import Expected, read_expected
from envindicators.problems import Findings, Problems


def evaluate(
    programme: Programme,
    tables: Any,
    *,
    year: int | None = None,
    by: str | Sequence[str] | None = None,
    expected: Any = None,
    readings: Mapping[str, str] | None = None,
    lang: str = "en",
    progress: bool = False,
) -> Scorecard:
    """Return the scorecard of a programme.

    Args:
        programme: the programme.
        tables: by the key of each table a frame (pandas, polars, pyarrow or another that narwhals
            knows), a list of dicts, a dict of lists, or what `scan` returns; what is larger than memory as a
            polars LazyFrame, DuckDB relation, pyarrow dataset or reader, Dask or Spark frame, or as an
            iterable of frames, a piece each; any of them read by a `Form`; or `Cells`.
        year: the reporting year. Needed where a table holds several years and ``by`` has no year.
        by: the key columns that make the groups: ``"area"``, ``["area", "year"]``, other columns that
            every table has; None for the whole only.
        expected: what should have come: a list of areas; or by table a list of areas or a frame of the
            keys and totals of the rows.
        readings: by target the text reading to put first.
        lang: the language that the card shows itself in, ``"vi"`` or ``"en"``.
        progress: whether to show a bar with the rows read so far (extra ``progress``).

    Raises:
        InvalidTable: if the data cannot be evaluated, with every error at once.
        UnreadableTable: if a file or lazy frame cannot be read, naming it.
        ImportError: if reading needs a package that is not installed, naming the extra.
        KeyError: for an unknown target or reading in ``readings``.
        ValueError: for an option that is none, or a reading put first that is not of kind text.

    Warns:
        CoverageWarning: for an area that stands in one table and not in another.

    Example:
        >>> from envindicators.programmes import soc_trang_2020
        >>> rows = [{"settlement": "rural", "persons": 1000, "hygienic_water": 990}]
        >>> card = evaluate(soc_trang_2020, {"residents": rows}, year=2020)
        >>> card["rural_water"]
        Assessment('rural_water', 'persons': MET, 99%)
    """
    _check_programme(programme)
    order = _checked_readings(programme, readings)
    findings = Findings()
    asked = _prepare(programme, tables, year, by, expected, findings, progress=progress)
    findings.raise_errors()
    missing = _record_silence(asked, findings)
    _warn_of_coverage(asked.reports)
    return Scorecard(
        programme,
        asked.cells.by,
        tuple(_evaluate_year(reporting) for reporting in asked.reports),
        _causes(asked.cells),
        order,
        missing,
        findings.problems(),
        lang,
        asked.cells.backend,
        tuple(asked.cells.tables),
    )


def check(
    programme: Programme,
    tables: Any,
    *,
    year: int | None = None,
    by: str | Sequence[str] | None = None,
    expected: Any = None,
    progress: bool = False,
) -> Problems:
    """Return every problem of some tables: errors, gaps and notes. Nothing is raised for bad data.

    Takes what `evaluate` takes. The errors among them are what `evaluate` would raise.

    Example:
        >>> from envindicators.programmes import soc_trang_2020
        >>> rows = [{"settlement": "rurl", "persons": 1000, "hygienic_water": 1200}]
        >>> for problem in check(soc_trang_2020, {"residents": rows}, year=2020):
        ...     print(problem)
        residents, row 0, column 'settlement': 'rurl'; expected one of urban, rural; did you mean 'rural'?
        residents, row 0, column 'hygienic_water': 1200; expected at most 1000, the value of persons in this row
    """
    _check_programme(programme)
    findings = Findings()
    asked = _prepare(programme, tables, year, by, expected, findings, progress=progress)
    _record_silence(asked, findings)
    return findings.problems()


# what was asked


@frozen(eq=False)
class _Asked:
    """What is evaluated: the cells, what should have come with them, and who reported, year by year."""

    cells: Cells
    should: Expected
    reports: tuple[Reporting, ...]


def _prepare(
    programme: Programme,
    tables: Any,
    year: Any,
    by: Any,
    expected: Any,
    findings: Findings,
    *,
    progress: bool,
) -> _Asked:
    """Return what is evaluated, after recording everything that is wrong with it."""
    check_year(year)
    if isinstance(tables, Cells):
        cells = tables
        if cells.programme != programme:
            raise OptionError(f"the cells are of {cells.programme!r}, not of {programme!r}")
        if by is not None:
            raise OptionError("by= was said when the cells were condensed; it is not given again")
        findings.begin_with(cells.problems)
        held: Mapping[str, Sequence[int]] = {key: _years_of(table) for key, table in cells.tables.items()}
    else:
        gathered = gather(programme, tables, year, by, findings, progress=progress)
        cells, held = gathered.cells, gathered.years
    years = _chosen_years(cells, held, year, findings)
    _check_latest(cells, years, findings)
    cells = _dated(cells, years, findings)
    for key, table in cells.tables.items():
        if not table.rows and not findings.failed_in(key):
            findings.add("empty_frame", key)
    every_year = year is None and "year" in cells.by
    should = read_expected(expected, cells, years, findings, every_year=every_year)
    if every_year and should.years:
        years = tuple(sorted({each for each in years if each is not None} | should.years))
    return _Asked(cells, should, tuple(Reporting(cells, should, each) for each in years))


def _check_programme(programme: Any) -> None:
    if not isinstance(programme, Programme):
        raise OptionTypeError(f"expected a Programme first, as evaluate(soc_trang_2020, tables); got {programme!r}")


def _years_of(table: TableCells) -> tuple[int, ...]:
    return tuple(sorted({group[0] for group in table.groups if group[0] is not None}))


def _checked_readings(programme: Programme, readings: Mapping[str, str] | None) -> dict[str, str]:
    if readings is not None and not isinstance(readings, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise OptionTypeError(f'readings is {readings!r}; expected a dict, as {{"urban_waste": "each_stream"}}')
    order: dict[str, str] = {}
    for target, key in (readings or {}).items():
        reading = programme.target(target).reading(key)
        if reading.kind != "text":
            raise OptionError(
                f"the reading {key!r} of {target!r} is a {reading.kind} and never decides; "
                f"see it with card[{target!r}].under({key!r})"
            )
        order[target] = key
    return order


# years


def _chosen_years(
    cells: Cells, held: Mapping[str, Sequence[int]], year: Any, findings: Findings
) -> tuple[int | None, ...]:
    """Return the years to evaluate, after recording tables that mix years or lack the one asked for."""
    every = sorted({each for years in held.values() for each in years})
    if year is not None:
        for key, years in held.items():
            if years and year not in years:
                shown = tuple(years)
                findings.add("year_not_held", key, "year", value=int(year), years=shown)
        return (int(year),)
    if "year" in cells.by:
        return tuple(every) or (None,)
    if len(every) > 1:
        shown = tuple(every)
        mixed = [key for key, years in held.items() if len(years) > 1]
        for key in mixed or [key for key, years in held.items() if years][1:]:
            findings.add("years_mixed", key, "year", value=list(held[key]), years=shown)
    return (every[0] if every else None,)


def _check_latest(cells: Cells, years: Sequence[int | None], findings: Findings) -> None:
    """Record years of building after the reporting year, where that was not known when the rows were read."""
    if len(years) != 1 or years[0] is None:
        return
    for key, table in cells.tables.items():
        for column, latest in zip(table.table.years, table.latest, strict=True):
            if latest > years[0]:
                findings.add("built_after", key, column.key, value=latest, year=years[0])


def _dated(cells: Cells, years: Sequence[int | None], findings: Findings) -> Cells:
    """Return cells in which rows without a year are of the year evaluated, where some rows of the table have one."""
    mixed = [
        key
        for key, table in cells.tables.items()
        if len({group[0] is None for group in table.groups}) > 1 and len(years) == 1
    ]
    if not mixed:
        return cells
    tables = {**cells.tables, **{key: with_year(cells.tables[key], years[0]) for key in mixed}}
    check_between(cells.programme, tables, mixed, cells.by, cells.forms, findings)
    return evolve(cells, tables=tables)


# deciding


def _tallies(
    decider: Decider, extra: Decider | None, indicator: Indicator, place: Any, extra_place: Any, length: int
) -> Tallies:
    found = decider.tallies(indicator, place, length)
    if extra is None:
        return found
    return found + extra.tallies(indicator, extra_place, length)


def _evaluate_year(reporting: Reporting) -> YearResult:
    cells, should = reporting.cells, reporting.should
    by_group: dict[str, Tallies] = {}
    whole: dict[str, Tallies] = {}
    length = len(reporting.groups)
    for key in cells.programme.tables:
        indicators = [each for each in cells.programme.indicators if each.table.key == key]
        if key not in cells.tables:
            for indicator in indicators:
                by_group[indicator.key], whole[indicator.key] = Tallies.nothing_known(length), Tallies.nothing_known(1)
            continue
        rows = should.rows(key)
        decider, extra = Decider(cells.tables[key]), None if rows is None else Decider(rows)
        grouped, total = reporting.rows_of(key, expected=False)
        more_grouped, more_total = (None, None) if rows is None else reporting.rows_of(key, expected=True)
        silent = reporting.silent(key)
        nothing = np.array([reporting.incomplete(key)])
        for indicator in indicators:
            if length:
                found = _tallies(decider, extra, indicator, grouped, more_grouped, length)
                by_group[indicator.key] = _with_silence(found, silent)
                every = found.total
            else:
                by_group[indicator.key] = Tallies.nothing_known(0)
                every = _tallies(decider, extra, indicator, total, more_total, 1)
            whole[indicator.key] = _with_silence(every, nothing)
    inputs = tuple(read_input(table, reporting.year) for table in cells.tables.values())
    return YearResult(reporting.year, reporting.groups, by_group, whole, inputs)


def _with_silence(tallies: Tallies, silent: Any) -> Tallies:
    return Tallies(tallies.counts, np.where(silent, np.uint8(ANYTHING), tallies.unsized))


def _causes(cells: Cells) -> dict[tuple[str, str], Reason]:
    causes: dict[tuple[str, str], Reason] = {}
    for target in cells.programme.targets:
        for reading in target.readings:
            keys = {requirement.indicator.table.key for requirement in reading.requirements}
            came = {column for key in keys if key in cells.tables for column in cells.tables[key].came}
            columns = reading.where_columns
            if not keys <= set(cells.tables):
                causes[target.key, reading.key] = "no_table"
            elif columns and not columns & came:
                causes[target.key, reading.key] = "no_column"
            elif any(
                len(cells.tables[each.indicator.table.key].margins) and each.indicator.questions[0].needs_units
                for each in reading.requirements
            ):
                causes[target.key, reading.key] = "margins"
    return causes


def _record_silence(asked: _Asked, findings: Findings) -> dict[str, tuple[MissingInput, ...]]:
    """Return, table by table, what did not come, after recording it as gaps."""
    cells, should, reports = asked.cells, asked.should, asked.reports
    found: dict[str, list[MissingInput]] = {key: [] for key in cells.programme.tables}
    used = {table.key for target in cells.programme.targets for table in target.tables}
    for key, things in found.items():
        table = cells.tables.get(key)
        if table is None:
            things.extend([MissingInput(key, "table")] if key in used else [])
            continue
        columns = (*(part.key for part in table.table.parts), *(each.key for each in table.table.years))
        things.extend(MissingInput(key, "column", column) for column in columns if column not in table.came)
        silent = [*(each for reporting in reports for each in reporting.missing(key)), *should.absent(key)]
        things.extend(silent)
        for each in silent:
            column = "area" if each.what == "area" else None
            findings.add("not_reported", key, column, value=each.name, severity="gap", key=each.name)
        _note_other_years(table, reports, findings)
    return {key: tuple(things) for key, things in found.items() if things}


def _note_other_years(table: TableCells, reports: Sequence[Reporting], findings: Findings) -> None:
    """Note areas that a table has in another year and nothing has in a year evaluated."""
    if len({group[0] for group in table.groups}) < 2:
        return
    years: dict[Any, list[int]] = {}
    for year, area, *_ in table.groups:
        if year is not None and area is not None:
            years.setdefault(area, []).append(year)
    for reporting in reports:
        known = set(reporting.areas)
        for area, held in years.items():
            if reporting.year is not None and area not in known:
                nearest = min(held, key=lambda year, asked=reporting.year: abs(year - asked))  # type: ignore[misc]
                key = table.table.key
                findings.add(
                    "not_this_year", key, "area", value=area, severity="note", other=nearest, year=reporting.year
                )


def _warn_of_coverage(reports: Sequence[Reporting]) -> None:
    for reporting in reports:
        for key, lost in reporting.one_sided().items():
            if lost:
                shown = ", ".join(f"{area!r} (in {other})" for area, other in lost[:10])
                more = f" and {len(lost) - 10} more" if len(lost) > 10 else ""
                when = "" if reporting.year is None else f" in {reporting.year}"
                warn_user(f"{key} has no rows for {shown}{more}{when}; totals over them stay open", CoverageWarning)
