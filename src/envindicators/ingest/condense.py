"""`condense`: from whatever was given to cells."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import evolve, field, frozen

from envindicators.cells.cells import Cells, check_id_spellings
from envindicators.cells.keys import key_names
from envindicators.cells.spellings import check_spellings
from envindicators.definitions.form import Form, unfold
from envindicators.definitions.programme import Programme
from envindicators.errors import EngineWarning, OptionTypeError, warn_user
from envindicators.frames.files import Files
from envindicators.frames.open import open_table
from envindicators.frames.stream import NotAFrameError, Stream
from envindicators.ingest.collect import Collected, Collecting
from envindicators.ingest.columns import MISSING, Place, read_key
from envindicators.ingest.digest import Piece, digest
from envindicators.ingest.form_pieces import formed
from envindicators.ingest.formed import Formed, with_form
from envindicators.ingest.forming import of_an_office, of_another_table
from envindicators.ingest.grouped import NotGroupedError, grouped
from envindicators.ingest.plan import Plan, Progress, Request
from envindicators.ingest.progress import Telling, telling
from envindicators.ingest.text_keys import typed_alike
from envindicators.problems import EXPECTED_ROWS, Findings
from envindicators.words.spelling import did_you_mean


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
    tables: Mapping[str, Any],
    *,
    by: str | Sequence[str] | None = None,
    year: int | None = None,
    progress: Progress = False,
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
    request = Request.of(programme, year, by, progress=progress)
    findings = Findings(names=programme.table_names, column_name=programme.column_name)
    gathered = gather(request, tables, findings)
    findings.raise_errors()
    return gathered.cells


@frozen(eq=False)
class _Table:
    """One table as it came: its stream, and its cells where nothing is wrong with it."""

    key: str
    stream: Stream
    collected: Collected
    _places: dict[str, dict[Any, tuple[str | None, int | None]]] = field(factory=dict[str, Any])

    def place_of(self, column: str, value: Any) -> tuple[str | None, int | None]:
        """Return the source and the first row in which a column holds a value, where they can be found."""
        if column not in self._places:
            self._places[column] = self._first_places(column) if self.stream.again else {}
        return self._places[column].get(value, (None, None))

    def _first_places(self, column: str) -> dict[Any, tuple[str | None, int | None]]:
        """Return for each value of a column the source and the first row in which it stands."""
        places: dict[Any, tuple[str | None, int | None]] = {}
        for piece in self.stream.pieces(lambda names: [name for name in (column,) if name in names]):
            if column in piece.names:
                coded = read_key(piece.read(column), Place(Findings(), self.key, column))
                for code, row in zip(*map(np.ndarray.tolist, np.unique(coded.codes, return_index=True)), strict=True):
                    if code != MISSING:
                        places.setdefault(coded.levels[code], (piece.source, piece.place(row)))
        return places


def gather(request: Request, tables: Any, findings: Findings) -> Gathered:
    """Return tables as cells, after recording everything that is wrong with them.

    Args:
        request: what is asked of them.
        tables: as for `evaluate`.
        findings: where problems are recorded.
    """
    if not isinstance(tables, Mapping):
        raise OptionTypeError(
            f'tables is {type(tables).__name__}; expected a dict of frames, as {{"residents": frame}}'
        )
    request.check_by(findings)
    programme = request.programme
    filled: dict[str, tuple[Plan, Any]] = {}
    for key in (key for key in tables if key in programme.tables):
        form, frame = unfold(tables[key])
        plan = request.plan(key, form, findings)
        mapped = form.maps or of_an_office(frame)
        other = of_another_table(form, plan.table, programme.tables) if form.maps else None
        if other is not None:
            findings.add("form_other_table", key, value=", ".join(form.columns), other=other.key)
        filled[key] = plan, with_form(plan.form, plan.table, plan.by, frame, findings) if mapped else frame
    refused = findings.failed
    for key in (key for key in tables if key not in programme.tables):
        near = did_you_mean(key, programme.tables)
        findings.add("unknown_table", None, None, value=key, known=tuple(programme.tables), near=near)
    if refused:
        return Gathered(Cells(programme, tuple(dict.fromkeys(request.by))), {})
    keys = key_names(request.by, programme.axes)
    shared = [name for name in keys if name != "year"]
    frames = typed_alike({key: frame for key, (_, frame) in filled.items()}, shared, programme.tables)
    gathered: list[_Table] = []
    for key, (plan, _) in filled.items():
        table = _read(plan, frames[key], findings, progress=request.progress)
        if table is not None:
            gathered.append(table)
    _check_spellings(gathered, keys, findings)
    done = {table.key: table.collected.cells for table in gathered if table.collected.cells is not None}
    cells = Cells(
        programme,
        request.by,
        _counted({key: plan.form for key, (plan, _) in filled.items()}, frames),
        {key: done[key] for key in programme.tables if key in done},
        findings.problems(),
        gathered[0].stream.backend if gathered else "pandas",
    )
    years = {
        table.key: tuple(sorted(year for year in table.collected.levels.get("year", ()) if year is not None))
        for table in gathered
    }
    return Gathered(cells, years)


def _counted(forms: Mapping[str, Form], frames: Mapping[str, Any]) -> dict[str, Form]:
    """Return the unit, layout and totals of forms, where they say any, with the units that headings state."""
    found: dict[str, Form] = {}
    for key, form in forms.items():
        frame = frames[key]
        table = frame.forming.table if isinstance(frame, Formed) else None
        stated = () if table is None else frame.done.units_of(table)
        counted = form.counted
        if table is not None and form.unit is None and set(stated) - {table.unit.key}:
            counted = evolve(counted, unit=", ".join(stated))
        if counted != Form():
            found[key] = counted
    return found


def _read(plan: Plan, frame: Any, findings: Findings, *, progress: Progress) -> _Table | None:
    """Return a table as cells, or None after recording that what was given is none."""
    key = plan.table.key
    form = frame if isinstance(frame, Formed) else None
    frame = frame if form is None else form.given
    try:
        stream = open_table(frame)
        if form is not None:
            stream = formed(stream, form.forming, form.done, findings)
        findings.first_rows[key] = lambda source: 0 if source == EXPECTED_ROWS else stream.first_row(source)
        collecting = Collecting(plan, findings, stream)
        with telling(key, stream, progress) as told:
            for piece in _pieces(collecting, told, whole=form is None):
                told.read(piece.length)
                collecting.add(piece)
        if form is not None:
            form.done.note(plan.table, plan.year, findings, frame.left_out if isinstance(frame, Files) else {})
            findings.headings[key] = dict(form.done.headings)
    except NotAFrameError as error:
        findings.add(
            error.kind, key, error.column, row=error.row, value=error.value, source=error.source, hint=error.hint
        )
        return None
    return _Table(key, stream, collecting.finish())


def _pieces(collecting: Collecting, told: Telling, *, whole: bool) -> Iterator[Piece]:
    """Yield a table as what its engine makes of it, if it has one and may be taken whole, or else piece by piece."""
    plan, stream = collecting.plan, collecting.stream
    failure: NotGroupedError | None = None
    if whole:
        try:
            one = told.during(functools.partial(grouped, plan, stream))
        except NotGroupedError as error:
            one, failure = None, error
        if one is not None:
            yield one
            return
    for piece in stream.pieces(plan.needed):
        if failure is not None:  # of a table that cannot be read either, the error says enough
            warn_user(f"{plan.table.key}: {_told(failure)}; its rows are read one by one", EngineWarning)
            failure = None
        yield digest(plan, piece, collecting.running, collecting.findings)


def _told(failure: NotGroupedError) -> str:
    cause = failure.__cause__
    said = next((line.strip() for line in str(cause).splitlines() if line.strip()), "")
    return f"{failure.what} could not group it where it is ({type(cause).__name__}: {said})"


def _check_spellings(gathered: Sequence[_Table], keys: tuple[str, ...], findings: Findings) -> None:
    """Record keys that the tables spell, or type, in two ways, and ids that one table does."""
    tables = {table.key: table for table in gathered}

    def locate(table: str, column: str, value: Any) -> tuple[str | None, int | None]:
        return tables[table].place_of(column, value)

    for name in keys:
        if name != "year":
            values = {key: table.collected.levels.get(name, ()) for key, table in tables.items()}
            check_spellings(values, name, findings, locate)
    for table in gathered:
        if table.collected.cells is not None:
            check_id_spellings(table.collected.cells, findings, locate)
