"""`condense`: from whatever was given to cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from envindicators.cells.cells import Cells, as_by
from envindicators.cells.spellings import check_spellings
from envindicators.definitions.form import Form, unfold
from envindicators.definitions.programme import Programme
from envindicators.definitions.rule import YEARS
from envindicators.definitions.table import Table
from envindicators.errors import OptionError, OptionTypeError
from envindicators.frames.open import open_table
from envindicators.frames.stream import NotAFrameError, Stream
from envindicators.ingest.condensing import Condensed, Condensing
from envindicators.ingest.digest import Digest, digest
from envindicators.ingest.ids import IdCheck
from envindicators.ingest.partitions import IdSpans, open_partitions
from envindicators.ingest.progress import watched
from envindicators.ingest.reading import Plan, key_names
from envindicators.ingest.text_keys import typed_alike
from envindicators.problems import Findings
from envindicators.words.spelling import did_you_mean

PER_DAY = "/day"
"""What follows a unit where amounts are per day."""


@frozen(eq=False)
class Gathered:
    """What came of the tables given.

    Args:
        cells: the cells of the tables that nothing is wrong with.
        years: for each table the years that stand in it, also where something else is wrong.
    """

    cells: Cells
    years: Mapping[str, tuple[int, ...]]


def condense(
    programme: Programme,
    tables: Any,
    *,
    by: str | Sequence[str] | None = None,
    year: int | None = None,
    progress: bool = False,
) -> Cells:
    """Return tables condensed to cells, all years of them.

    Cells of pieces add up to the cells of the whole, are small, and can be pickled; `evaluate` takes
    them in place of tables. A piece may be empty.

    Args:
        programme: the programme.
        tables: as for `evaluate`.
        by: as for `evaluate`.
        year: the year of tables that have no column of years.
        progress: as for `evaluate`.

    Raises:
        InvalidTable: if a table cannot be read, with every error at once.

    Example:
        >>> from envindicators.programmes import soc_trang_2020
        >>> north = {"residents": [{"area": "Kế Sách", "settlement": "rural", "persons": 10, "hygienic_water": 9}]}
        >>> south = {"residents": [{"area": "Mỹ Tú", "settlement": "rural", "persons": 30, "hygienic_water": 30}]}
        >>> both = condense(soc_trang_2020, north, by="area") + condense(soc_trang_2020, south, by="area")
        >>> both
        Cells(by=('area',), ..., tables={'residents': TableCells('residents', 2 rows, 3 cells, 2 groups)})
    """
    findings = Findings()
    gathered = gather(programme, tables, year, by, findings, progress=progress)
    findings.raise_errors()
    return gathered.cells


def check_year(year: Any) -> None:
    """Raise if what was given as a reporting year is none: TypeError, or ValueError for one out of range."""
    if year is None:
        return
    if isinstance(year, bool) or not isinstance(year, (int, np.integer)):
        raise OptionTypeError(f"year is {year!r}; expected a whole number")
    if year not in YEARS:
        raise OptionError(f"year is {year!r}; expected one from {YEARS[0]} to {YEARS[-1]}")


def _factor(table: Table, unit: Any, findings: Findings) -> tuple[int, bool]:
    """Return how many counted units one of a named unit is, and whether amounts are per day."""
    per_day = isinstance(unit, str) and unit.endswith(PER_DAY)
    multiples = dict(table.unit.multiples)
    name = unit.removesuffix(PER_DAY) if per_day else unit
    if not isinstance(unit, str) or name not in multiples or (per_day and table.period != "flow"):
        known = [*multiples, *(f"{each}{PER_DAY}" for each in multiples if table.period == "flow")]
        findings.add("unknown_unit", table.key, value=unit, known=known, near=did_you_mean(unit, known))
        return 1, False
    return multiples[name], per_day


def _check_by(programme: Programme, by: tuple[str, ...], findings: Findings) -> None:
    for name in dict.fromkeys(by):
        if by.count(name) > 1:
            findings.add("by_twice", None, "by", value=name)
        for key, table in programme.tables.items():
            if name in table.columns or name == table.id:
                kind = "category" if table.category(name) else "column"
                findings.add("by_data_column", None, "by", value=name, needed=repr(name), what=kind, owner=key)
                break


@frozen(eq=False)
class _Table:
    """One table as it came: its stream, and its cells where nothing is wrong with it."""

    key: str
    stream: Stream
    condensed: Condensed

    def place_of(self, column: str, value: Any) -> tuple[str | None, int | None]:
        """Return the source and the first row in which a column holds a value, where they can be found."""
        if self.stream.again:
            for piece in self.stream.pieces(lambda names: [name for name in (column,) if name in names]):
                if column in piece.names:
                    values = piece.read(column).objects()
                    if value in values:
                        return piece.source, piece.place(values.index(value))
        return None, None


def gather(
    programme: Programme,
    tables: Any,
    year: Any,
    by: Any,
    findings: Findings,
    *,
    progress: bool = False,
) -> Gathered:
    """Return tables as cells, after recording everything that is wrong with them. Takes what `condense` takes."""
    check_year(year)
    if not isinstance(tables, Mapping):
        raise OptionTypeError(
            f'tables is {type(tables).__name__}; expected a dict of frames, as {{"residents": frame}}'
        )
    columns = as_by(by)
    _check_by(programme, columns, findings)
    read = {key: unfold(given) for key, given in tables.items()}
    forms = {key: form for key, (form, _) in read.items() if key in programme.tables}
    factors = {
        key: _factor(programme.tables[key], form.unit or programme.tables[key].unit.key, findings)
        for key, form in forms.items()
    }
    if findings.failed:
        return Gathered(Cells(programme, tuple(dict.fromkeys(columns))), {})
    shared = [name for name in key_names(columns) if name != "year"]
    frames = typed_alike({key: frame for key, (_, frame) in read.items()}, shared, programme.tables)
    gathered: list[_Table] = []
    for key, (form, _) in read.items():
        if key not in programme.tables:
            near = did_you_mean(key, programme.tables)
            findings.add("unknown_table", None, None, value=key, known=tuple(programme.tables), near=near)
            continue
        table = programme.tables[key]
        plan = Plan(
            table,
            columns,
            None if year is None else int(year),
            *factors[key],
            form,
            programme.rules_of(table),
        )
        found = _condensed(plan, frames[key], findings, progress=progress)
        if found is not None:
            gathered.append(found)
    _check_spellings(gathered, columns, findings)
    done = {each.key: each.condensed.cells for each in gathered if each.condensed.cells is not None}
    cells = Cells(
        programme,
        columns,
        {key: form for key, form in forms.items() if form != Form()},
        {key: done[key] for key in programme.tables if key in done},
        findings.problems(),
        gathered[0].stream.backend if gathered else "pandas",
    )
    years = {each.key: tuple(sorted(each.condensed.levels.get("year", ()))) for each in gathered}
    return Gathered(cells, years)


def _condensed(plan: Plan, given: Any, findings: Findings, *, progress: bool) -> _Table | None:
    """Return a table condensed, or None after recording that what was given is none."""
    key = plan.table.key
    partitions = open_partitions(given)
    if partitions is not None and partitions.refused is not None:
        findings.add(partitions.refused, key)
        return None
    try:
        if partitions is None:
            stream = open_table(given)
            condensing = Condensing(plan, findings, IdCheck(plan.table, stream))
            digests: Iterable[Digest] = (digest(plan, piece) for piece in stream.pieces(plan.needed))
        else:
            stream = Stream(partitions.backend, lambda _: iter(()), again=False)
            condensing = Condensing(plan, findings, IdSpans(plan, partitions))
            digests = partitions.digests(plan)
        for piece in watched(digests, key, stream.rows) if progress else digests:
            condensing.add(piece)
    except NotAFrameError as error:
        findings.add(
            error.kind, key, error.column, row=error.row, value=error.value, source=error.source, hint=error.hint
        )
        return None
    return _Table(key, stream, condensing.finish())


def _check_spellings(gathered: Sequence[_Table], by: tuple[str, ...], findings: Findings) -> None:
    """Record keys that the tables spell, or type, in two ways."""
    tables = {each.key: each for each in gathered}

    def locate(table: str, column: str, value: Any) -> tuple[str | None, int | None]:
        return tables[table].place_of(column, value)

    for name in key_names(by):
        if name != "year":
            values = {key: each.condensed.levels.get(name, ()) for key, each in tables.items()}
            check_spellings(values, name, findings, locate)
