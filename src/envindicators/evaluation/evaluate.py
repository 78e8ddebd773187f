"""`evaluate` and `check`: from tables to a scorecard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from envindicators.algebra.verdict import Reason
from envindicators.cells.cells import Cells
from envindicators.cells.classes import UNKNOWN
from envindicators.definitions.base_year import Moment
from envindicators.definitions.programme import Programme
from envindicators.errors import OptionError, OptionTypeError
from envindicators.evaluation.coverage import Coverage
from envindicators.evaluation.evidences import Evidences
from envindicators.evaluation.scorecard import Scorecard
from envindicators.evaluation.silence import (
    OnMissingArea,
    check_on_missing_area,
    record_missing_areas,
    record_silence,
    warn_of_coverage,
)
from envindicators.ingest.condense import gather
from envindicators.ingest.expected import Expected, read_expected
from envindicators.ingest.plan import Progress, Request
from envindicators.problems import Findings, Problems
from envindicators.words.message import listed


def evaluate(
    programme: Programme,
    tables: Mapping[str, Any] | Cells,
    *,
    year: int | None = None,
    by: str | Sequence[str] | None = None,
    expected: Any = None,
    readings: Mapping[str, str] | None = None,
    lang: str = "en",
    on_missing_area: OnMissingArea = "warn",
    progress: Progress = False,
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
        expected: what should have been reported: a list of areas; or by table a list of areas or a frame
            of the keys and totals of the rows, which may be read by a form.
        readings: by target the text reading to put first.
        lang: the language of the card, one that the library speaks: ``"vi"``, ``"en"``.
        on_missing_area: what to do where an area is in one table and not in another: ``"warn"``, ``"raise"``, or
            ``"ignore"``. In every case it is listed in ``card.missing``, and totals that include it are undetermined.
        progress: True to show a bar with the rows read so far (extra ``progress``), or a function, which is called for
            each piece of a table with the key of the table, how many of its rows were read, and how many there are,
            None where that is not known. While an engine groups rows, both say again and again how far it is, as far
            as it tells.

    Raises:
        InvalidTable: if the data cannot be evaluated, with every error at once.
        UnreadableTable: if a file or lazy frame cannot be read, naming it.
        ImportError: if reading needs a package that is not installed, naming the extra.
        KeyError: for an unknown target or reading in ``readings``.
        ValueError: for an unknown option, or a reading put first that is not of kind text.

    Warns:
        CoverageWarning: for an area that is in one table and not in another, unless ``on_missing_area`` says otherwise.

    Example:
        >>> from envindicators.programmes import soc_trang_2020
        >>> rows = [{"settlement": "rural", "persons": 1000, "hygienic_water": 990}]
        >>> card = evaluate(soc_trang_2020, {"residents": rows}, year=2020)
        >>> card["rural_water"]
        Assessment('rural_water', 'persons': MET, 99%)
    """
    request = Request.of(programme, year, by, progress=progress)
    order = _checked_readings(programme, readings)
    check_on_missing_area(on_missing_area)
    findings = Findings(names=programme.table_names, column_name=programme.column_name)
    asked = _prepare(request, tables, expected, findings)
    if on_missing_area == "raise":
        record_missing_areas(asked.years, findings)
    findings.raise_errors()
    missing = record_silence(asked.cells, asked.should, asked.years, asked.others, findings)
    if on_missing_area == "warn":
        warn_of_coverage(asked.years)
    return Scorecard(
        programme,
        asked.cells.by,
        tuple(Evidences(coverage, asked.others).result for coverage in asked.years),
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
    tables: Mapping[str, Any] | Cells,
    *,
    year: int | None = None,
    by: str | Sequence[str] | None = None,
    expected: Any = None,
    progress: Progress = False,
) -> Problems:
    """Return every problem with some tables: errors, gaps and notes. Bad data raise nothing.

    Takes what `evaluate` takes. The errors among them are what `evaluate` would raise.

    Example:
        >>> from envindicators.programmes import soc_trang_2020
        >>> rows = [{"settlement": "rurl", "persons": 1000, "hygienic_water": 1200}]
        >>> for problem in check(soc_trang_2020, {"residents": rows}, year=2020):
        ...     print(problem)
        residents, row 0, column 'settlement': 'rurl'; expected one of urban, rural; did you mean 'rural'?
        residents, row 0, column 'hygienic_water': 1200; expected at most 1000, the value of persons in this row
    """
    request = Request.of(programme, year, by, progress=progress)
    findings = Findings(names=programme.table_names, column_name=programme.column_name)
    asked = _prepare(request, tables, expected, findings)
    record_silence(asked.cells, asked.should, asked.years, asked.others, findings)
    return findings.problems()


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


# what was asked


@frozen(eq=False)
class _Asked:
    """What is evaluated: the cells, what should have come with them, and who reported, year by year."""

    cells: Cells
    should: Expected
    years: tuple[Coverage, ...]
    others: Mapping[Moment, Coverage]


def _prepare(request: Request, tables: Any, expected: Any, findings: Findings) -> _Asked:
    """Return what is evaluated, after recording everything that is wrong with it."""
    if isinstance(tables, Cells):
        cells = tables
        if cells.programme != request.programme:
            raise OptionError(f"the cells are of {cells.programme!r}, not of {request.programme!r}")
        if request.by:
            raise OptionError("by= was said when the cells were condensed; it is not given again")
        findings.begin_with(cells.problems)
        held: Mapping[str, Sequence[int]] = {
            key: [level for level in table.keys.levels[0] if level is not None] for key, table in cells.tables.items()
        }
    else:
        gathered = gather(request, tables, findings)
        cells, held = gathered.cells, gathered.years
    years = _chosen_years(cells, held, request.year, findings)
    _check_latest(cells, years, findings)
    if len(years) == 1:
        cells = cells.of_year(years[0], findings)
    for key, table in cells.tables.items():
        if not table.rows and not findings.failed_in(key):
            by_form = any(each.kind == "form_rows" and each.table == key for each in findings.listed)
            findings.add("form_no_rows" if by_form else "empty_frame", key)
    _check_areas(cells, expected)
    every_year = request.year is None and "year" in cells.by
    should = read_expected(expected, cells, years, findings, every_year=every_year)
    if every_year and should.years:
        years = tuple(sorted({year for year in years if year is not None} | should.years))
    moments = [Moment(year, scenario) for year in years for scenario in _scenarios(cells)]
    asked = (
        moment for indicator in cells.programme.indicators for now in moments for _, moment in indicator.asked(now)
    )
    others = sorted(set(asked) - set(moments), key=str)
    if years == (None,) and any(moment.year is not None for moment in others):
        raise OptionError("the rows are of no year, and others are asked for too; say year= and give a column of years")
    of = {moment: Coverage(cells, should, moment.year, scenario=moment.scenario) for moment in (*moments, *others)}
    return _Asked(cells, should, tuple(of[moment] for moment in moments), of)


def _scenarios(cells: Cells) -> tuple[str | None, ...]:
    """Return the scenarios that are looked at: those in the tables that nothing is put against."""
    if "scenario" in cells.by:
        return cells.scenarios or (None,)
    found = tuple(scenario for scenario in cells.scenarios if scenario not in cells.programme.scenarios)
    if len(found) > 1:
        raise OptionError(
            f"the tables hold several scenarios ({listed(found)}), which are never added up; "
            "put 'scenario' in by, or give the rows of one beside those that it is put against"
        )
    return found or (None,)


def _check_areas(cells: Cells, expected: Any) -> None:
    """Refuse shares of areas where no one knows which areas there should be, or which column names them."""
    for indicator in cells.programme.indicators:
        column = indicator.areas
        if column is not None and expected is None:
            raise OptionError(
                f"{indicator.key!r} is a share of areas, and without expected= those who sent nothing would not count; "
                "list all of them in expected="
            )
        for needed in (column, indicator.alike):
            if needed not in (None, "area", *cells.by):
                raise OptionError(f"{indicator.key!r} counts by {needed!r}; put {needed!r} in by")


def _chosen_years(
    cells: Cells, held: Mapping[str, Sequence[int]], year: int | None, findings: Findings
) -> tuple[int | None, ...]:
    """Return the years to evaluate, after recording tables that mix years or lack the one asked for."""
    every = sorted({held_year for years in held.values() for held_year in years})
    if year is not None:
        asked = cells.programme.asked_at(Moment(year))
        for key, years in held.items():
            if key in asked and years and year not in years:
                findings.add("year_not_held", key, "year", value=year, years=tuple(years))
        return (year,)
    if "year" in cells.by:
        return tuple(every) or (None,)
    if len(every) > 1:
        mixed = [key for key, years in held.items() if len(years) > 1]
        for key in mixed or [key for key, years in held.items() if years][1:]:
            findings.add("years_mixed", key, "year", value=list(held[key]), years=tuple(every))
    return (every[0] if every else None,)


def _check_latest(cells: Cells, years: Sequence[int | None], findings: Findings) -> None:
    """Record years of building after the reporting year, where that was not known when the rows were read."""
    if len(years) != 1 or years[0] is None:
        return
    for key, table in cells.tables.items():
        for column, latest in zip(table.table.years, table.latest, strict=True):
            if latest != UNKNOWN and latest > years[0]:
                findings.add("built_after", key, column.key, value=latest, year=years[0])


def _causes(cells: Cells) -> dict[tuple[str, str], Reason]:
    """Return why readings cannot be computed, by target and reading."""
    causes: dict[tuple[str, str], Reason] = {}
    for target in cells.programme.targets:
        for reading in target.every_reading:
            questions = [
                question for requirement in reading.requirements for question in requirement.indicator.questions
            ]
            keys = {question.table.key for question in questions}
            came = {column for key in keys if key in cells.tables for column in cells.tables[key].came}
            columns = {column for question in questions for column in question.where.columns}
            values = {question.of for question in questions if question.of is not None}
            if not keys <= set(cells.tables):
                causes[target.key, reading.key] = "no_table"
            elif (columns and not columns & came) or not values <= came:
                causes[target.key, reading.key] = "no_column"
            elif any(len(cells.tables[question.table.key].margins) and question.needs_units for question in questions):
                causes[target.key, reading.key] = "margins"
    return causes
