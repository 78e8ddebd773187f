"""Collecting the pieces of a table: their cells added up, and what holds between their rows checked.

Pieces are digested one by one; what holds between rows is checked when all have come, so that it does not
matter how a table was cut.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import define, evolve, field, frozen
from numpy.typing import NDArray

from envindicators.cells.between import RowKey, check_between
from envindicators.cells.ids import Repeated
from envindicators.cells.table_cells import TableCells, added, no_cells
from envindicators.cells.totals import SuspectedTotal
from envindicators.definitions.table import Table
from envindicators.frames.stream import Stream
from envindicators.ingest.digest import Piece
from envindicators.ingest.ids import RowsOfIds
from envindicators.ingest.plan import Plan
from envindicators.ingest.running import Running
from envindicators.problems import LISTED, Findings, Severity, other_row
from envindicators.words.message import Message, listed

_PENDING = 1 << 21
"""Cells of so many rows are added up before more come in."""


@frozen(eq=False)
class Collected:
    """What came of a table.

    Args:
        cells: its cells, or None where something is wrong with it.
        levels: for each key column that came the values that stand in it.
    """

    cells: TableCells | None
    levels: Mapping[str, tuple[Any, ...]]


@define
class Collecting:
    """A table on its way to cells, piece by piece.

    Args:
        plan: how it is to be read.
        findings: where problems are recorded.
        stream: where its pieces come from.
        pieces: the pieces that have come, without their cells.
        pending: the cells that are still to be added up.
        repeated: the ids that came twice so far.
        rows: how many rows came.
        running: where the records of all pieces are counted; None of a table that comes whole.
    """

    plan: Plan
    findings: Findings
    stream: Stream
    pieces: list[Piece] = field(factory=list[Piece])
    pending: list[TableCells] = field(factory=list[TableCells])
    repeated: list[Repeated] = field(factory=list[Repeated])
    rows: int = 0
    running: Running | None = field(init=False)
    _errors: int = field(init=False)
    _sources: set[str | None] = field(factory=set[str | None])
    _ids: RowsOfIds = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._errors = self.findings.errors
        several = self.stream.rows is None
        self.running = Running(self.plan.classes, self.plan.key_names) if several else None
        self._ids = RowsOfIds(self.plan.table, self.stream, self.plan.year)

    def add(self, piece: Piece) -> None:
        """Take in one piece."""
        self._take(piece)
        self._sources.add(piece.source)
        self._compare_layouts(piece)
        cells = piece.cells
        if cells is not None and cells.arrival is not None:
            cells = evolve(cells, arrival=cells.arrival + self.rows)
        elif cells is None and piece.ids is not None:
            # of records with something wrong in them the ids are compared all the same
            cells = evolve(no_cells(self.plan.table, self.plan.key_names, self.plan.classes.width), ids=piece.ids[0])
        if piece.ids is not None:
            self.repeated.append(piece.ids[1])
            self._ids.add(piece)
        if cells is not None:
            self.pending.append(cells)
        self.rows += piece.length
        self.pieces.append(evolve(piece, cells=None, ids=None, raw_ids=None, levels=self._levels(piece)))
        sizes = [len(each.site) + len(each.ledger) for each in self.pending]
        if sum(sizes[1:]) > max(sizes[0] if sizes else 0, _PENDING):
            self._add_up()

    def _levels(self, piece: Piece) -> Mapping[str, Sequence[Any]]:
        if piece.cells is None or piece.levels:
            return piece.levels
        keys = piece.cells.keys
        return {name: levels for name, levels in zip(keys.names, keys.levels, strict=True) if name in piece.names}

    def _levels_of_all(self) -> dict[str, tuple[Any, ...]]:
        """Return for each key column that came the values that stand in it."""
        every = [piece.levels for piece in self.pieces]
        if self.running is not None:
            every.append(self.running.levels())
        if len(every) == 1:
            return {name: tuple(values) for name, values in every[0].items()}
        levels: dict[str, dict[Any, None]] = {}
        for of_piece in every:
            for name, values in of_piece.items():
                levels.setdefault(name, {}).update(dict.fromkeys(values))
        return {name: tuple(values) for name, values in levels.items()}

    def _add_up(self) -> None:
        whole, repeated = added(self.pending)
        self.pending = [whole]
        self.repeated.append(repeated)

    def _take(self, piece: Piece) -> None:
        """Take in what was found in a piece; what is said of a whole column is said once a source."""
        found = piece.findings
        if piece.source in self._sources:
            columns = {(each.table, each.column, each.kind) for each in found.listed if each.row is None}
            found = Findings(
                [each for each in found.listed if each.row is not None],
                {key: count for key, count in found.counts.items() if key not in columns},
                found.errors - sum(each.row is None and each.severity == "error" for each in found.listed),
            )
        self.findings.take(found, piece.placed)

    def _compare_layouts(self, piece: Piece) -> None:
        """Record a piece whose layout is not that of the pieces before it."""
        if not piece.inferred.sure or piece.inferred.layout is None:
            return
        first = next((each for each in self.pieces if each.inferred.sure and each.inferred.layout is not None), None)
        if first is not None and piece.inferred.layout != first.inferred.layout:
            self.findings.add(
                "mixed_layouts",
                self.plan.table.key,
                source=piece.source,
                value=piece.inferred.layout,
                first=first.inferred.layout,
                where="" if first.source is None else f" ({first.source})",
            )

    def finish(self) -> Collected:
        """Return the table as cells, after recording what is wrong between its rows."""
        held = self._levels_of_all()
        counts = [piece for piece in self.pieces if piece.inferred.layout == "counts"]
        if self._ambiguous(counts):
            names = {name for piece in counts for name in piece.names}
            part = next(part.key for part in self.plan.table.parts if part.key in names)
            self.findings.add("ambiguous_layout", self.plan.table.key, part, value=[0, 1], of=self.plan.table.key)
            return Collected(None, held)
        for piece in counts:
            self.findings.take(piece.doubtful, piece.placed)
        self._add_up_all()
        cells = self.pending[0]
        record = _Rows(self, cells, self._ids)
        count = sum(each.count for each in self.repeated)
        some = tuple(itertools.islice((known for each in self.repeated for known in each.ids), LISTED))
        cells, dropped = check_between(
            self.plan.classes, cells, Repeated(count, tuple(dict.fromkeys(some))), self.plan.form, record
        )
        self._note_blanks(record.arrivals(dropped))
        if self._failed:
            return Collected(None, held)
        return Collected(evolve(cells, arrival=None), held)

    def _add_up_all(self) -> None:
        if not self.pending:
            table = self.plan.table
            empty = no_cells(table, self.plan.key_names, self.plan.classes.width)
            came = {name for piece in self.pieces for name in piece.names}
            self.pending = [evolve(empty, came=frozenset(came.intersection(table.columns[1:])), rows=self.rows)]
        elif len(self.pending) > 1:
            self._add_up()
        if self.running is not None and len(self.running.cells.site):
            whole, counted = self.pending[0], self.running.cells
            if len(whole.keys):
                self.pending.append(counted)
                self._add_up()
            else:
                sized = {name: getattr(counted, name) for name in ("keys", "kinds", "site", "kind", "weight")}
                self.pending = [evolve(whole, **sized)]

    @property
    def _failed(self) -> bool:
        return self.findings.errors > self._errors

    def _ambiguous(self, counts: Sequence[Piece]) -> bool:
        """Return whether parts that hold only 0 and 1 are other amounts as counts than as flags."""
        said = self.plan.form.layout is not None
        return not said and all(piece.inferred.below_two for piece in counts) and any(piece.several for piece in counts)

    def _note_blanks(self, dropped: NDArray[np.int64]) -> None:
        """Record as gaps the blanks of the columns that came, but for rows that are left out."""
        start = 0
        for piece in self.pieces:
            found = Findings()
            for (name, kind), blank in piece.blanks.items():
                rows = np.flatnonzero(blank)
                rows = rows[~np.isin(rows + start, dropped)] if len(dropped) else rows
                found.add_rows(kind, self.plan.table.key, name, rows, lambda _: None, severity="gap")
            self.findings.take(found, piece.placed)
            start += piece.length


@frozen(eq=False)
class _Rows:
    """Records problems between rows, by the place at which they came.

    Args:
        collecting: the pieces that they came in.
        cells: the table.
        ids: what tells the rows of an id.
    """

    collecting: Collecting
    cells: TableCells
    ids: RowsOfIds
    starts: NDArray[np.int64] = field(init=False)
    _totals: set[tuple[str | None, int | None, Severity]] = field(factory=set[Any], init=False)

    def __attrs_post_init__(self) -> None:
        lengths = [piece.length for piece in self.collecting.pieces]
        object.__setattr__(self, "starts", np.cumsum([0, *lengths]))

    def arrivals(self, rows: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the positions of rows of the ledger among all rows that came."""
        return np.zeros(0, dtype=np.int64) if self.cells.arrival is None else self.cells.arrival[rows]

    def _within(self, row: int) -> tuple[Piece, int]:
        """Return the piece of a row of the ledger, and its position there."""
        assert self.cells.arrival is not None
        arrival = int(self.cells.arrival[row])
        number = int(np.searchsorted(self.starts, arrival, side="right")) - 1
        return self.collecting.pieces[number], arrival - int(self.starts[number])

    def _add(self, kind: str, row: int, column: str | None, value: Any, severity: Any, **details: Any) -> None:
        piece, within = self._within(row)
        key = self.cells.table.key
        self.collecting.findings.add(
            kind,
            key,
            column,
            row=piece.place(within),
            value=value,
            severity=severity,
            source=piece.source,
            **details,
        )

    def repeated_row(self, table: Table, row: int, other: int, key: RowKey) -> None:  # noqa: ARG002 - that of its cells
        piece, within = self._within(row)
        other_piece, other_within = self._within(other)
        position = other_piece.place(other_within)
        if position is None:
            self._add("duplicate_key", row, None, listed(key), "error", key=key)
            return
        split = piece.apart(within, other_within) if piece is other_piece and piece.apart is not None else ""
        self._add(
            "duplicate_row",
            row,
            None,
            listed(key),
            "error",
            key=key,
            split=Message("; they differ in {column!r}: group by it too", column=split) if split else "",
            **other_row(piece.source, other_piece.source, position),
        )

    def repeated_ids(self, table: Table, repeated: Repeated) -> None:  # noqa: ARG002 - that of its cells
        self.ids.record(repeated, self.collecting.findings)

    def total(self, table: Table, total: SuspectedTotal, area: Any) -> None:  # noqa: ARG002
        severity: Severity = "error" if total.certain else "note"
        value = area if total.column == "area" else None
        piece, within = self._within(total.row)
        place = piece.place(within)
        if place is not None and (piece.source, place, severity) in self._totals:
            return  # of a row that is read several times, as a stack does
        self._totals.add((piece.source, place, severity))
        self._add(total.kind, total.row, total.column, value, severity, siblings=total.siblings, area=area)

    def too_large(self, table: Table, total: int) -> None:
        self.collecting.findings.add("sum_too_large", table.key, table.total, value=total)
