"""`evaluate`, `condense`, `check`: from tables to a scorecard."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import evolve

from envindicators.cells import Cells, as_by, as_options, check_all_spellings, check_between
from envindicators.decide import ANYTHING, Decider, Tallies, nothing_known
from envindicators.errors import CoverageWarning
from envindicators.expected import Expected, read_expected
from envindicators.frames.condensing import Plan, condense_frame
from envindicators.frames.files import Files
from envindicators.frames.layout import LAYOUTS
from envindicators.frames.opened import NotAFrameError, Opened
from envindicators.frames.opening import open_frame
from envindicators.indicator import Indicator, Table, did_you_mean
from envindicators.problems import Findings, Problems
from envindicators.programme import Programme
from envindicators.reporting import Reporting
from envindicators.rule import YEARS
from envindicators.scorecard import Missing, Scorecard, YearResult
from envindicators.table_cells import TableCells, together, with_year
from envindicators.threshold import Reason

PER_DAY = "/day"
"""What follows a unit where amounts are per day."""


def evaluate(
    programme: Programme,
    tables: Any,
    *,
    year: int | None = None,
    by: str | Sequence[str] | None = None,
    units: Mapping[str, str] | None = None,
    layout: Mapping[str, str] | None = None,
    totals: str | Mapping[str, str] | None = None,
    expected: Any = None,
    readings: Mapping[str, str] | None = None,
    lang: str = "en",
) -> Scorecard:
    """Return the scorecard of a programme.

    Args:
        programme: the programme.
        tables: by the key of each table a frame (pandas, polars, pyarrow or another that narwhals
            knows), a list of dicts, a dict of lists, or what `scan` returns; or `Cells`.
        year: the reporting year. Needed where a table holds several years and ``by`` has no year.
        by: the key columns that make the groups: ``"area"``, ``["area", "year"]``, other columns that
            every table has; None for the whole only.
        units: by table the unit that totals and parts come in, where it is not the table's own:
            ``{"waste": "tonne"}`` or, for a flow, ``"tonne/day"``.
        layout: by table ``"records"``, ``"weighted"`` or ``"counts"``, where the columns do not tell.
        totals: what to do with rows that look like totals of others: ``"keep"`` or ``"drop"``, for all
            tables or by table; refused unless given.
        expected: what should have come: a list of areas; or by table a list of areas or a frame of the
            keys and totals of the rows.
        readings: by target the text reading to put first.
        lang: the language that the card shows itself in, ``"vi"`` or ``"en"``.

    Raises:
        InvalidTable: if the data cannot be evaluated, with every error at once.
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
    order = _checked_readings(programme, readings)
    findings = Findings()
    if isinstance(tables, Cells):
        cells = _of_programme(tables, programme)
        findings = Findings.after(cells.problems)
        for name, given in (("by", by), ("units", units), ("layout", layout), ("totals", totals)):
            if given is not None:
                raise ValueError(f"{name}= was said when the cells were condensed; it is not given again")
    else:
        cells = _condense(programme, tables, year, by, units, layout, totals, findings)
    _check_year_argument(year)
    held = _held_years(cells.tables)
    years = _chosen_years(cells, held, year, findings)
    cells = _dated(cells, years, findings)
    for key, table in cells.tables.items():
        if not table.rows and not _has_error(findings, key):
            findings.add("empty_frame", key)
    should = read_expected(expected, cells, years, findings)
    findings.raise_errors()
    return _scorecard(cells, years, should, order, lang, findings)


def condense(
    programme: Programme,
    tables: Any,
    *,
    by: str | Sequence[str] | None = None,
    year: int | None = None,
    units: Mapping[str, str] | None = None,
    layout: Mapping[str, str] | None = None,
    totals: str | Mapping[str, str] | None = None,
) -> Cells:
    """Return tables condensed to cells, all years of them.

    Cells of pieces add up to the cells of the whole, are small, and can be pickled; `evaluate` takes
    them in place of tables. A piece may be empty.

    Args:
        programme: the programme.
        tables: as for `evaluate`.
        by: as for `evaluate`.
        year: the year of tables that have no column of years.
        units: as for `evaluate`.
        layout: as for `evaluate`.
        totals: as for `evaluate`.

    Raises:
        InvalidTable: if a table cannot be read, with every error at once.

    Example:
        >>> from envindicators.programmes import soc_trang_2020
        >>> north = {"residents": [{"area": "Kế Sách", "settlement": "rural", "persons": 10, "hygienic_water": 9}]}
        >>> south = {"residents": [{"area": "Mỹ Tú", "settlement": "rural", "persons": 30, "hygienic_water": 30}]}
        >>> both = condense(soc_trang_2020, north, by="area") + condense(soc_trang_2020, south, by="area")
        >>> evaluate(soc_trang_2020, both, year=2020)["rural_water"].rate
        Rate(lower=Fraction(39, 40), upper=Fraction(39, 40))
    """
    findings = Findings()
    _check_year_argument(year)
    cells = _condense(programme, tables, year, by, units, layout, totals, findings)
    findings.raise_errors()
    return cells


def check(
    programme: Programme,
    tables: Any,
    *,
    year: int | None = None,
    by: str | Sequence[str] | None = None,
    units: Mapping[str, str] | None = None,
    layout: Mapping[str, str] | None = None,
    totals: str | Mapping[str, str] | None = None,
    expected: Any = None,
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
    findings = Findings()
    _check_year_argument(year)
    cells = _condense(programme, tables, year, by, units, layout, totals, findings)
    years = _chosen_years(cells, _held_years(cells.tables), year, findings)
    for key, table in cells.tables.items():
        if not table.rows and not _has_error(findings, key):
            findings.add("empty_frame", key)
    should = read_expected(expected, cells, years, findings)
    _record_silence(cells, [Reporting(cells, should, each) for each in years], should, findings)
    return findings.problems()


# what was asked


def _of_programme(cells: Cells, programme: Programme) -> Cells:
    if cells.programme != programme:
        raise ValueError(f"the cells are of {cells.programme!r}, not of {programme!r}")
    return cells


def _checked_readings(programme: Programme, readings: Mapping[str, str] | None) -> dict[str, str]:
    order: dict[str, str] = {}
    for target, key in (readings or {}).items():
        reading = programme.target(target).reading(key)
        if reading.kind != "text":
            raise ValueError(
                f"the reading {key!r} of {target!r} is a {reading.kind} and never decides; "
                f"see it with card[{target!r}].under({key!r})"
            )
        order[target] = key
    return order


def _check_year_argument(year: Any) -> None:
    if year is None:
        return
    if isinstance(year, bool) or not isinstance(year, (int, np.integer)):
        raise TypeError(f"year is {year!r}; expected a whole number")
    if year not in YEARS:
        raise ValueError(f"year is {year!r}; expected one from {YEARS[0]} to {YEARS[-1]}")


def _factor(table: Table, unit: str, findings: Findings) -> tuple[int, bool]:
    """Return how many counted units one of a named unit is, and whether amounts are per day."""
    per_day = unit.endswith(PER_DAY) if isinstance(unit, str) else False  # pyright: ignore[reportUnnecessaryIsInstance]
    multiples = dict(table.unit.multiples)
    name = unit.removesuffix(PER_DAY) if per_day else unit
    if name not in multiples or (per_day and table.period != "flow"):
        known = [*multiples, *(f"{each}{PER_DAY}" for each in multiples if table.period == "flow")]
        findings.add("unknown_unit", table.key, value=unit, known=", ".join(known), near=did_you_mean(unit, known))
        return 1, False
    return multiples[name], per_day


def _by_table(
    programme: Programme, name: str, given: Any, allowed: Sequence[str], findings: Findings
) -> dict[str, Any]:
    """Return an option by table, after checking that its tables and values are known."""
    if given is None:
        return {}
    chosen = dict(given) if isinstance(given, Mapping) else dict.fromkeys(programme.tables, given)
    for key, value in list(chosen.items()):
        if key not in programme.tables:
            near = did_you_mean(key, programme.tables)
            findings.add("unknown_table", None, name, value=key, known=", ".join(programme.tables), near=near)
            del chosen[key]
        elif allowed and value not in allowed:
            near = did_you_mean(value, allowed)
            findings.add("unknown_layout", key, name, value=value, known=", ".join(allowed), near=near)
            del chosen[key]
    return chosen


def _check_by(programme: Programme, by: tuple[str, ...], findings: Findings) -> None:
    for name in dict.fromkeys(by):
        if by.count(name) > 1:
            findings.add("by_twice", None, "by", value=name)
        for key, table in programme.tables.items():
            if name in table.columns or name == table.id:
                kind = "category" if table.category(name) else "column"
                findings.add("by_data_column", None, "by", value=name, needed=repr(name), what=kind, owner=key)
                break


# condensing


def _condense(
    programme: Programme,
    tables: Any,
    year: Any,
    by: Any,
    units: Mapping[str, str] | None,
    layout: Mapping[str, str] | None,
    totals: Any,
    findings: Findings,
) -> Cells:
    if not isinstance(tables, Mapping):
        raise TypeError(f'tables is {type(tables).__name__}; expected a dict of frames, as {{"residents": frame}}')
    columns = as_by(by)
    _check_by(programme, columns, findings)
    said_units = _by_table(programme, "units", units, (), findings)
    said_layout = _by_table(programme, "layout", layout, LAYOUTS, findings)
    said_totals = _by_table(programme, "totals", totals, ("keep", "drop"), findings)
    if findings.failed:
        return Cells(programme, tuple(dict.fromkeys(columns)), problems=findings.problems())
    found: dict[str, TableCells] = {}
    whole: dict[str, Opened] = {}
    backend = ""
    for key, given in tables.items():
        if key not in programme.tables:
            near = did_you_mean(key, programme.tables)
            findings.add("unknown_table", None, None, value=key, known=", ".join(programme.tables), near=near)
            continue
        table = programme.tables[key]
        factor, per_day = _factor(table, said_units.get(key, table.unit.key), findings)
        plan = Plan(
            table,
            columns,
            None if year is None else int(year),
            factor,
            per_day,
            said_layout.get(key),
            said_totals.get(key),
            _rules(programme, table),
        )
        frames = given.frames() if isinstance(given, Files) else [given]
        pieces: list[TableCells] = []
        for frame in frames:
            opened = _opened(key, frame, findings)
            if opened is None:
                continue
            backend = backend or opened.backend
            whole[key] = opened
            cells = condense_frame(plan, opened, findings)
            if cells is not None:
                pieces.append(cells)
        for piece in pieces:
            found[key] = together(found[key], piece) if key in found else piece
        if len(pieces) > 1:
            del whole[key]
            check_between(found, [key], columns, said_totals, findings)

    def locate(table: str, column: str, value: Any) -> int | None:
        return whole[table].read(column).objects().index(value) if table in whole else None

    check_all_spellings(found, columns, findings, locate)
    return Cells(
        programme,
        columns,
        as_options(said_units),
        as_options(said_layout),
        as_options(said_totals),
        {key: found[key] for key in programme.tables if key in found},
        findings.problems(),
        backend or "pandas",
    )


def _opened(key: str, frame: Any, findings: Findings) -> Opened | None:
    try:
        return open_frame(frame)
    except NotAFrameError as error:
        findings.add(error.kind, key, error.column, row=error.row, value=error.value, hint=error.hint)
        return None


def _rules(programme: Programme, table: Table) -> tuple[Any, ...]:
    return tuple(rule for each in programme.indicators if each.table == table for rule in (each.among, each.where))


# years


def _held_years(tables: Mapping[str, TableCells]) -> dict[str, list[Any]]:
    return {key: sorted({group[0] for group in table.groups if group[0] is not None}) for key, table in tables.items()}


def _chosen_years(cells: Cells, held: Mapping[str, list[Any]], year: Any, findings: Findings) -> tuple[int | None, ...]:
    """Return the years to evaluate, after recording tables that mix years or lack the one asked for."""
    every = sorted({each for years in held.values() for each in years})
    if year is not None:
        for key, years in held.items():
            if years and year not in years:
                shown = ", ".join(map(str, years))
                findings.add("year_not_held", key, "year", value=int(year), years=shown)
        return (int(year),)
    if "year" in cells.by:
        return tuple(every) or (None,)
    if len(every) > 1:
        shown = ", ".join(map(str, every))
        mixed = [key for key, years in held.items() if len(years) > 1]
        for key in mixed or [key for key, years in held.items() if years][1:]:
            findings.add("years_mixed", key, "year", value=held[key], years=shown)
    return (every[0] if every else None,)


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
    check_between(tables, mixed, cells.by, dict(cells.totals), findings)
    return evolve(cells, tables=tables)


def _has_error(findings: Findings, table: str) -> bool:
    return any(problem.table == table and problem.severity == "error" for problem in findings.listed)


# deciding


def _tallies(
    decider: Decider, extra: Decider | None, indicator: Indicator, place: Any, extra_place: Any, length: int
) -> Tallies:
    found = decider.tallies(indicator, place, length)
    if extra is None:
        return found
    more = extra.tallies(indicator, extra_place, length)
    return Tallies(found.counts + more.counts, found.unsized | more.unsized)


def _evaluate_year(reporting: Reporting) -> YearResult:
    cells, should = reporting.cells, reporting.should
    by_group: dict[str, Tallies] = {}
    whole: dict[str, Tallies] = {}
    length = len(reporting.groups)
    for key in cells.programme.tables:
        indicators = [each for each in cells.programme.indicators if each.table.key == key]
        if key not in cells.tables:
            for indicator in indicators:
                by_group[indicator.key], whole[indicator.key] = nothing_known(length), nothing_known(1)
            continue
        rows = should.rows(key)
        decider, extra = Decider(cells.tables[key]), None if rows is None else Decider(rows)
        grouped, total = reporting.rows_of(key, expected=False)
        more_grouped, more_total = (None, None) if rows is None else reporting.rows_of(key, expected=True)
        silent = reporting.silent(key)
        nothing = np.array([bool(reporting.absent_areas(key)) or not reporting.reported(key)])
        for indicator in indicators:
            found = _tallies(decider, extra, indicator, grouped, more_grouped, length)
            by_group[indicator.key] = _with_silence(found, silent)
            found = _tallies(decider, extra, indicator, total, more_total, 1)
            whole[indicator.key] = _with_silence(found, nothing)
    return YearResult(reporting.year, reporting.groups, by_group, whole)


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
                len(cells.tables[each.indicator.table.key].margins) and each.indicator.needs_units
                for each in reading.requirements
            ):
                causes[target.key, reading.key] = "margins"
    return causes


def _scorecard(
    cells: Cells, years: Sequence[int | None], should: Expected, order: dict[str, str], lang: str, findings: Findings
) -> Scorecard:
    reports = [Reporting(cells, should, year) for year in years]
    missing = _record_silence(cells, reports, should, findings)
    _warn_of_coverage(reports)
    return Scorecard(
        cells.programme,
        cells.by,
        tuple(_evaluate_year(reporting) for reporting in reports),
        _causes(cells),
        order,
        missing,
        findings.problems(),
        lang,
        cells.backend,
        tuple(cells.tables),
    )


def _record_silence(
    cells: Cells, reports: Sequence[Reporting], should: Expected, findings: Findings
) -> dict[str, tuple[Missing, ...]]:
    """Return, table by table, what did not come, after recording it as gaps."""
    found: dict[str, list[Missing]] = {key: [] for key in cells.programme.tables}
    used = {table.key for target in cells.programme.targets for table in target.tables}
    for key, things in found.items():
        table = cells.tables.get(key)
        if table is None:
            things.extend([Missing(key, "table")] if key in used else [])
            continue
        columns = (*(part.key for part in table.table.parts), *(each.key for each in table.table.years))
        things.extend(Missing(key, "column", column) for column in columns if column not in table.came)
        silent = [*(each for reporting in reports for each in reporting.missing(key)), *should.absent(key)]
        things.extend(silent)
        for each in silent:
            column = "area" if each.what == "area" else None
            findings.add("not_reported", key, column, value=each.name, severity="gap", key=each.name)
    return {key: tuple(things) for key, things in found.items() if things}


def _warn_of_coverage(reports: Sequence[Reporting]) -> None:
    for reporting in reports:
        for key, lost in reporting.one_sided().items():
            if lost:
                shown = ", ".join(f"{area!r} (in {other})" for area, other in lost[:10])
                more = f" and {len(lost) - 10} more" if len(lost) > 10 else ""
                when = "" if reporting.year is None else f" in {reporting.year}"
                warnings.warn(
                    f"{key} has no rows for {shown}{more}{when}; totals over them stay open",
                    CoverageWarning,
                    stacklevel=4,
                )
