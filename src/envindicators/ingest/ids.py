"""Ids of records: each once a year, however many pieces the records come in."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

from envindicators.cells.grouping import repeated
from envindicators.cells.spellings import check_spellings
from envindicators.definitions.table import Table
from envindicators.frames.column import Column
from envindicators.frames.stream import Opened, Stream
from envindicators.ingest.columns import MISSING, factorized
from envindicators.ingest.digest import Digest, Ids
from envindicators.problems import LISTED, Findings

KEPT = 1 << 22
"""How many ids are kept; of more, where the records can be read again, no more than this at a time."""


@frozen
class _Place:
    """Where a row stands: its source, and its position if rows have one."""

    source: str | None
    row: int | None

    def beside(self, source: str | None) -> str:
        """Return the place in words, as seen from a source."""
        row = "?" if self.row is None else str(self.row)
        return row if self.source in (None, source) else f"{row} ({self.source})"


@define
class IdCheck:
    """The ids of a table's records, as they come.

    Where they come in rising order nothing is kept of them.

    Args:
        table: the table.
        stream: where the records come from.
        pieces: the pieces so far, while their ids are kept.
        rows: how many ids came.
        last: the greatest id, while they come in rising order.
        rising: whether they do.
        kept: whether all of them are kept.
    """

    table: Table
    stream: Stream
    pieces: list[Digest] = field(factory=list[Digest])
    rows: int = 0
    last: int | None = None
    rising: bool = True
    kept: bool = True

    def add(self, piece: Digest) -> None:
        """Take in the ids of one piece."""
        ids = piece.ids
        if not isinstance(ids, Ids) or not len(ids.codes):
            return
        self.rows += len(ids.codes)
        if self.rising:
            self.rising = ids.increasing and (self.last is None or int(ids.codes[0]) > self.last)
            self.last = int(ids.codes[-1])
        if self.kept:
            self.pieces.append(piece)
        if self.rows > KEPT and self.stream.again and len(self.pieces) > 1:
            self.kept = False
            self.pieces.clear()

    def finish(self, findings: Findings) -> None:
        """Record every id that stands in a year a second time."""
        if self.rising:
            return
        if self.kept:
            self._among_kept(findings)
        else:
            self._by_reading_again(findings)

    def _record(self, findings: Findings, place: _Place, value: Any, other: _Place) -> None:
        findings.add(
            "duplicate_id",
            self.table.key,
            self.table.id,
            row=place.row,
            value=value,
            source=place.source,
            other=other.beside(place.source),
        )

    def _among_kept(self, findings: Findings) -> None:
        every = [piece.ids for piece in self.pieces if piece.ids is not None]
        self._check_spellings(findings)
        codes, years = _alike(every), np.concatenate([ids.years for ids in every])
        starts = np.cumsum([0, *(len(ids.codes) for ids in every)])
        known = (
            np.flatnonzero(codes != MISSING) if any(ids.levels is not None for ids in every) else np.arange(len(codes))
        )
        if not len(known):
            return
        later, earlier = repeated([years[known], codes[known]])

        def place(row: int) -> tuple[_Place, Any]:
            number = int(np.searchsorted(starts, row, side="right")) - 1
            piece, within = self.pieces[number], row - int(starts[number])
            return _Place(piece.source, piece.place(within)), every[number].value(within)

        for row, other in zip(known[later].tolist(), known[earlier].tolist(), strict=True):
            (at, value), (before, _) = place(row), place(other)
            self._record(findings, at, value, before)

    def _check_spellings(self, findings: Findings) -> None:
        """Record ids that are spelt in two ways."""

        def locate(_table: str, _column: str, value: Any) -> tuple[str | None, int | None]:
            for piece in self.pieces:
                if piece.ids is not None and piece.ids.levels is not None and value in piece.ids.levels:
                    rows = np.flatnonzero(piece.ids.codes == list(piece.ids.levels).index(value))
                    if len(rows):
                        return piece.source, piece.place(int(rows[0]))
            return None, None

        levels = [piece.ids.levels for piece in self.pieces if piece.ids is not None and piece.ids.levels is not None]
        if levels and self.table.id is not None:
            check_spellings(
                {self.table.key: list(itertools.chain.from_iterable(levels))}, self.table.id, findings, locate
            )

    def _by_reading_again(self, findings: Findings) -> None:
        passes = -(-self.rows // KEPT)
        suspects: set[int] = set()
        for turn in range(passes):
            years, hashes = _joined(self._hashed(turn, passes))
            if len(hashes):
                later, _ = repeated([years, hashes])
                suspects.update(hashes[later][:LISTED].tolist())
        first: dict[tuple[int, Any], _Place] = {}
        if not suspects:
            return
        wanted = np.array(sorted(suspects), dtype=np.int64)
        for piece, column, years, hashes in self._columns():
            for row in np.flatnonzero(np.isin(hashes, wanted)).tolist():
                value = column.value(row)
                if value is None:
                    continue
                place = _Place(piece.source, piece.place(row))
                before = first.setdefault((int(years[row]), value), place)
                if before is not place:
                    self._record(findings, place, value, before)

    def _hashed(self, turn: int, passes: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        for _, column, years, hashes in self._columns():
            mixed = (hashes.view(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(40)
            chosen = (mixed % np.uint64(passes) == np.uint64(turn)) & ~column.blank
            yield years[chosen], hashes[chosen]

    def _columns(self) -> Iterator[tuple[Opened, Column, NDArray[np.int64], NDArray[np.int64]]]:
        """Yield the pieces again, each with its ids, the years of its rows and a number that equal ids share."""
        assert self.table.id is not None
        name = self.table.id
        for piece in self.stream.pieces(lambda names: [each for each in (name, "year") if each in names]):
            column = piece.read(name)
            years = np.zeros(piece.length, dtype=np.int64)
            if "year" in piece.names:
                coded = factorized(piece.read("year"))
                years = np.array([*map(int, coded.levels), 0], dtype=np.int64)[coded.codes]
            yield piece, column, years, _hashes(column)


def _joined(
    parts: Iterable[tuple[NDArray[np.int64], NDArray[np.int64]]],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    none = np.zeros(0, dtype=np.int64)
    years, hashes = zip((none, none), *parts, strict=True)
    return np.concatenate(years), np.concatenate(hashes)


def _hashes(column: Column) -> NDArray[np.int64]:
    if column.kind == "int":
        return column.values.astype(np.int64, copy=False)
    if column.kind == "text":
        levels: NDArray[Any] = np.array([*map(hash, column.levels), 0], dtype=np.int64)
        return np.take(levels, column.values)
    return np.array([hash(value) for value in column.objects()], dtype=np.int64)


def _alike(every: list[Ids]) -> NDArray[np.int64]:
    """Return the ids of all pieces as codes, equal where the ids are."""
    if all(ids.levels is None for ids in every):
        return np.concatenate([ids.codes for ids in every])
    index: dict[tuple[type, Any], int] = {}
    found: list[NDArray[np.int64]] = []
    for ids in every:
        levels = ids.levels
        if levels is None:
            values, inverse = np.unique(ids.codes, return_inverse=True)
            levels, codes = tuple(values.tolist()), inverse.reshape(-1)
        else:
            codes = ids.codes
        lookup = [index.setdefault((type(level), level), len(index)) for level in levels]
        found.append(np.array([*lookup, MISSING], dtype=np.int64)[codes])
    return np.concatenate(found)
