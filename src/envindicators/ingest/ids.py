"""Telling the rows of ids that came twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define, evolve, field, frozen

from envindicators.cells.ids import Repeated
from envindicators.definitions.table import Table
from envindicators.frames.stream import Opened, Stream
from envindicators.ingest.digest import Piece
from envindicators.ingest.records import RawIds, raw_ids_of
from envindicators.problems import Findings, other_row

KEPT = 1 << 22
"""Of so many rows the ids are kept as they came; of more, where the table can be read again, they are read again."""


@frozen
class _Place:
    """Where a row stands: its source, and its position if rows have one."""

    source: str | None
    row: int | None


@define
class RowsOfIds:
    """The ids of a table's records as they came, piece by piece, so that the rows of some of them can be told.

    Args:
        table: the table.
        stream: where the records come from.
        year: the year of records that have no column of years.
        pieces: the pieces so far with their ids; without them once there are too many.
        rows: how many ids came.
    """

    table: Table
    stream: Stream
    year: int | None
    pieces: list[tuple[Piece, RawIds | None]] = field(factory=list[tuple[Piece, RawIds | None]])
    rows: int = 0

    def add(self, piece: Piece) -> None:
        """Take in the ids of one piece."""
        self.rows += piece.length
        self.pieces.append((evolve(piece, cells=None, ids=None, raw_ids=None), piece.raw_ids))
        if self.rows > KEPT and self.stream.again and len(self.pieces) > 1:
            self.pieces = [(piece, None) for piece, _ in self.pieces]

    def record(self, repeated: Repeated, findings: Findings) -> None:
        """Record ids that stand in a year more than once, each with its rows where they can be told."""
        table, name = self.table.key, self.table.id
        first: dict[tuple[int, object], _Place] = {}
        found = Findings()
        for wanted, place in self._places(repeated.ids):
            before = first.setdefault(wanted, place)
            if before is not place:
                other = other_row(place.source, before.source, before.row)
                found.add("duplicate_id", table, name, row=place.row, value=wanted[1], source=place.source, **other)
        for year, value in repeated.ids:
            if (year, value) not in first:
                found.add("repeated_id", table, name, value=value)
        for _, _, kind in list(found.counts)[:1]:
            # of many repeated ids only some are told, and all are counted
            found.count(kind, table, name, repeated.count)
        findings.take(found)

    def _places(self, ids: Sequence[tuple[int, object]]) -> Iterator[tuple[tuple[int, object], _Place]]:
        """Yield the places at which some ids stand, in the order in which they came."""
        for piece, raw in self._read():
            rows = [(row, wanted) for wanted in ids for row in raw.rows(*wanted).tolist()]
            for row, wanted in sorted(rows, key=lambda pair: pair[0]):
                yield wanted, _Place(piece.source, piece.place(row))

    def _read(self) -> Iterator[tuple[Piece | Opened, RawIds]]:
        if all(raw is not None for _, raw in self.pieces):
            yield from ((piece, raw) for piece, raw in self.pieces if raw is not None)
        elif self.stream.again:
            for frame in self.stream.pieces(lambda names: [name for name in names if name in ("year", self.table.id)]):
                yield frame, raw_ids_of(self.table, frame, self.year, Findings())
