"""Condensing one table: rows with the same keys and the same pattern become one kind, their weights added.

Pieces are digested one by one; what holds between rows is checked when all have come, so that it does not
matter how a table was cut.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

from envindicators.cells.between import check_repeated
from envindicators.cells.decompose import decompose
from envindicators.cells.grouping import Axis, Grouped, combined, exact_sum, first_of_run, group
from envindicators.cells.table_cells import UNKNOWN, Key, TableCells, make
from envindicators.cells.totals import reads_like_a_total, sums_of_others, suspected_totals
from envindicators.definitions.table import Table
from envindicators.ingest.columns import MOST, Occurring
from envindicators.ingest.digest import Digest, Records, blank_kind
from envindicators.ingest.reading import Plan
from envindicators.problems import Findings

_PENDING = 1 << 21
_ROOM = 1 << 24


@frozen(eq=False)
class Condensed:
    """What came of a table.

    Args:
        cells: its cells, or None where something is wrong with it.
        levels: for each key column that came the values that stand in it.
    """

    cells: TableCells | None
    levels: Mapping[str, tuple[Any, ...]]


class IdKeeper(Protocol):
    """What takes in the ids of records piece by piece, and at the end records those that came twice."""

    def add(self, piece: Digest) -> None:
        """Take in the ids of one piece."""

    def finish(self, findings: Findings) -> None:
        """Record the ids that stand in a year more than once."""


@define
class Condensing:
    """A table on its way to cells, piece by piece.

    Args:
        plan: how it is to be read.
        findings: where problems are recorded.
        ids: the ids of its records.
        amounts: the pieces of counts and weighted records.
        records: the kinds of record so far.
        levels: for each key column that came the values that stand in it.
        came: the part, category and year columns that came.
        rows: how many rows came.
        latest: for each year column the latest year in rows that have no reporting year.
    """

    plan: Plan
    findings: Findings
    ids: IdKeeper
    amounts: list[Digest] = field(factory=list[Digest])
    records: _Kinds | None = None
    levels: dict[str, list[Occurring]] = field(factory=dict[str, list[Occurring]])
    came: set[str] = field(factory=set[str])
    rows: int = 0
    latest: tuple[int, ...] = field(init=False)
    _errors: int = field(init=False)
    _sources: set[str | None] = field(factory=set[str | None])
    _first: Digest | None = None
    _counts: list[Digest] = field(factory=list[Digest])

    def __attrs_post_init__(self) -> None:
        self._errors = self.findings.errors
        self.latest = (UNKNOWN,) * len(self.plan.table.years)

    def add(self, piece: Digest) -> None:
        """Take in one piece."""
        table = self.plan.table
        self._take(piece, piece.findings)
        self._sources.add(piece.source)
        self.came.update(name for name in table.columns[1:] if name in piece.names)
        self.rows += piece.length
        if piece.latest:
            self.latest = tuple(map(max, self.latest, piece.latest))
        for name, occurring in piece.levels.items():
            held = self.levels.setdefault(name, [])
            joined = held[-1].joined(occurring) if held else None
            held[-1:] = [joined] if joined is not None else [*held[-1:], occurring]
        if piece.inferred.sure and piece.inferred.layout is not None:
            self._compare_layouts(piece)
        if piece.inferred.layout == "counts":
            self._counts.append(piece)
        self.ids.add(piece)
        if piece.records is not None:
            self.records = self.records or _Kinds(len(self.plan.key_names))
            self.records.add(piece.records)
        elif piece.rows is not None:
            self.amounts.append(piece)

    def _take(self, piece: Digest, found: Findings) -> None:
        """Take in what was found in a piece; what is said of a whole column is said once a source."""
        if piece.source in self._sources:
            columns = {(each.table, each.column, each.kind) for each in found.listed if each.row is None}
            found = Findings(
                [each for each in found.listed if each.row is not None],
                {key: count for key, count in found.counts.items() if key not in columns},
                found.errors - sum(each.row is None and each.severity == "error" for each in found.listed),
            )
        self.findings.take(found, piece.placed)

    def _compare_layouts(self, piece: Digest) -> None:
        """Record a piece whose layout is not that of the pieces before it."""
        if self._first is None:
            self._first = piece
            return
        first, layout = self._first, piece.inferred.layout
        if layout != first.inferred.layout:
            self.findings.add(
                "mixed_layouts",
                self.plan.table.key,
                source=piece.source,
                value=layout,
                first=first.inferred.layout,
                where="" if first.source is None else f" ({first.source})",
            )

    def finish(self) -> Condensed:
        """Return the table condensed, after recording what is wrong between its rows."""
        levels = {name: tuple(dict.fromkeys(itertools.chain.from_iterable(held))) for name, held in self.levels.items()}
        if self._ambiguous():
            self.findings.add(
                "ambiguous_layout", self.plan.table.key, self._counted(), value=[0, 1], of=self.plan.table.key
            )
            return Condensed(None, levels)
        for piece in self._counts:
            self.findings.take(piece.doubtful, piece.placed)
        self.ids.finish(self.findings)
        cells: TableCells | None = None
        if self.amounts:
            cells = _Amounts.of(self.plan, self.amounts, self.findings).condensed(self._made, self._errors)
        elif not self._failed and self.records is not None:
            cells = self._made(**self.records.cells(self.plan.table))
        elif not self._failed:
            cells = self._made()
        return Condensed(None if self._failed else cells, levels)

    @property
    def _failed(self) -> bool:
        return self.findings.errors > self._errors

    def _ambiguous(self) -> bool:
        """Return whether parts that hold only 0 and 1 stand beside a total above 1."""
        inferred = [piece.inferred for piece in self._counts]
        said = self.plan.form.layout is not None
        return not said and all(each.below_two for each in inferred) and any(each.above_one for each in inferred)

    def _counted(self) -> str:
        names = {name for piece in self._counts for name in piece.names}
        return next(part.key for part in self.plan.table.parts if part.key in names)

    def _made(self, **found: Any) -> TableCells:
        table = self.plan.table
        parts, width = len(table.parts), len(table.columns) - 1
        none = np.zeros(0, dtype=np.int64)
        nothing: dict[str, Any] = {
            "keys": [],
            "site": none,
            "pattern": np.zeros((0, width), dtype=np.int16),
            "weight": none,
            "open_site": none,
            "open_pattern": np.zeros((0, width), dtype=np.int16),
            "margins": np.zeros((0, 2 + width), dtype=np.int64),
            "ledger": np.zeros((0, 2 + width + parts), dtype=np.int64),
        }
        return make(table, **nothing | found, came=frozenset(self.came), rows=self.rows, latest=self.latest)


# records


@define
class _Kinds:
    """The kinds of record so far: keys as codes into the values that came, in the order in which they did.

    They are added up in one array that has a place for each kind there could be, while that is small
    enough, and else in lists that are grouped now and then.

    Args:
        width: how many key columns there are.
        index: for each key column the code of each value.
        values: for each key column the value of each code.
        sizes: for each column how many codes the array has room for.
        counts: the array.
        pending: the codes and counts that are still to be added up, where there is no array.
        lookups: for each key column the levels that came last, and their codes here.
    """

    width: int
    index: list[dict[Any, int]] = field(init=False)
    values: list[list[Any]] = field(init=False)
    sizes: list[int] = field(factory=list[int])
    counts: NDArray[np.int64] | None = None
    pending: list[Grouped] = field(factory=list[Grouped])
    lookups: dict[int, tuple[Any, NDArray[np.int64]]] = field(factory=dict[int, tuple[Any, NDArray[np.int64]]])

    def __attrs_post_init__(self) -> None:
        self.index = [{} for _ in range(self.width)]
        self.values = [[] for _ in range(self.width)]

    def add(self, records: Records) -> None:
        """Take in the records of one piece."""
        codes = list(records.codes)
        for place, levels in enumerate(records.levels):
            codes[place] = self._coded(place, levels)[codes[place]]
        self._add(Records(records.levels, tuple(codes), records.counts))

    def _coded(self, place: int, levels: Sequence[Any]) -> NDArray[np.int64]:
        """Return the codes of some values; equal values of unlike types (1, True) stay apart."""
        index, values = self.index[place], self.values[place]
        before, known = self.lookups.get(place, (None, np.zeros(0, dtype=np.int64)))
        if before is not levels:
            known = known[:0]
        found: list[int] = []
        for level in itertools.islice(levels, len(known), None):
            key = level if type(level) is str else (type(level), level)
            code = index.setdefault(key, len(values))
            if code == len(values):
                values.append(level)
            found.append(code)
        lookup = np.concatenate([known, np.array(found, dtype=np.int64)])
        self.lookups[place] = levels, lookup
        return lookup

    def _add(self, kinds: Records) -> None:
        needed = [int(codes.max(initial=UNKNOWN)) - UNKNOWN + 1 for codes in kinds.codes]
        if self.pending:
            self.pending.append(kinds.grouped)
            first, *others = (len(each.sums) for each in self.pending)
            if sum(others) > max(first, _PENDING):
                self.pending = [_grouped(self.pending)]
            return
        if self.counts is None or any(size < need for size, need in zip(self.sizes, needed, strict=True)):
            self._make_room(needed)
            if self.counts is None:
                self.pending.append(kinds.grouped)
                return
        places = combined(self._axes(kinds.codes), len(kinds.codes[0]))
        np.add.at(self.counts, places, 1 if kinds.counts is None else kinds.counts)

    def _axes(self, codes: Sequence[NDArray[np.int64]]) -> list[Axis]:
        return [Axis(column, size, UNKNOWN) for column, size in zip(codes, self.sizes, strict=True)]

    def _make_room(self, needed: Sequence[int]) -> None:
        """Make the array large enough for some codes, or put what it holds into the list where that is too large."""
        before = self._held() if self.counts is not None else None
        sizes = self.sizes or [0] * len(needed)
        self.sizes = [
            size if size >= need else need if not size else max(need, 2 * size)
            for size, need in zip(sizes, needed, strict=True)
        ]
        self.counts = np.zeros(math.prod(self.sizes), dtype=np.int64) if math.prod(self.sizes) <= _ROOM else None
        if before is not None and self.counts is None:
            self.pending.append(before)
        elif before is not None and self.counts is not None:
            self.counts[combined(self._axes(before.codes), len(before.sums))] = before.sums

    def _held(self) -> Grouped:
        assert self.counts is not None
        found = np.flatnonzero(self.counts)
        sums = self.counts[found]
        codes: list[NDArray[Any]] = []
        for size in reversed(self.sizes):
            code = (found % size).astype(np.int32)
            code += UNKNOWN
            codes.append(code)
            found //= size
        return Grouped(tuple(reversed(codes)), sums)

    def _put_in_order(self) -> None:
        """Put the keys into their order, so that cells need not be sorted afterwards."""
        assert self.counts is not None
        counts = self.counts.reshape(self.sizes)
        for place, values in enumerate(self.values):
            if len({type(value) for value in values}) == 1:
                order = sorted(range(len(values)), key=values.__getitem__)
                if order != list(range(len(values))):
                    free = range(len(values) + 1, self.sizes[place])
                    counts = counts.take([0, *(code + 1 for code in order), *free], axis=place)
                    self.values[place] = [values[code] for code in order]
        self.counts = np.ascontiguousarray(counts).reshape(-1)

    def cells(self, table: Table) -> dict[str, Any]:
        """Return keys, sites, patterns and weights."""
        if not self.pending:
            self._put_in_order()
        kinds = _grouped(self.pending) if self.pending else self._held()
        codes, width = kinds.codes, self.width
        first = first_of_run(codes[:width])
        of_column = zip(self.values, codes[:width], strict=True)
        keys = list(zip(*([values[code] for code in each[first].tolist()] for values, each in of_column), strict=True))
        none = np.zeros((len(kinds.sums), 0), dtype=np.int16)
        pattern = np.stack([each.astype(np.int16) for each in codes[width:]], axis=1) if len(codes) > width else none
        assert pattern.shape[1] == len(table.columns) - 1
        return {"keys": keys, "site": np.cumsum(first) - 1, "pattern": pattern, "weight": kinds.sums}


def _grouped(kinds: Sequence[Grouped]) -> Grouped:
    """Return kinds of record with those that are alike added up."""
    columns = [np.concatenate(each) for each in zip(*(each.codes for each in kinds), strict=True)]
    sums = np.concatenate([each.sums for each in kinds])
    axes = [Axis(column, int(column.max(initial=UNKNOWN)) - UNKNOWN + 1, UNKNOWN) for column in columns]
    return group(axes, len(sums), sums)


# counts and weighted records


@frozen(eq=False)
class _Amounts:
    """The rows of counts and weighted records of all pieces, one below the other.

    Args:
        plan: how they were read.
        pieces: the pieces.
        starts: the first row of each piece, and the number of all rows.
        sites: the keys that stand in them.
        ledger: the rows as a ledger holds them, the first column pointing into ``sites``.
        clear: which rows can be told from others.
        findings: where problems are recorded.
    """

    plan: Plan
    pieces: Sequence[Digest]
    starts: NDArray[np.int64]
    sites: list[Key]
    ledger: NDArray[np.int64]
    clear: NDArray[np.bool_]
    findings: Findings

    @classmethod
    def of(cls, plan: Plan, pieces: Sequence[Digest], findings: Findings) -> _Amounts:
        """Return the rows of some pieces."""
        rows = [piece.rows for piece in pieces if piece.rows is not None]
        index: dict[tuple[Any, ...], int] = {}
        sites: list[Key] = []
        ledgers: list[NDArray[np.int64]] = []
        for each in rows:
            lookup: list[int] = []
            for key in each.sites:
                code = index.setdefault(tuple((type(value), value) for value in key), len(sites))
                if code == len(sites):
                    sites.append(key)
                lookup.append(code)
            each.ledger[:, 0] = np.array(lookup, dtype=np.int64)[each.ledger[:, 0]] if lookup else 0
            ledgers.append(each.ledger)
        starts = np.cumsum([0, *(len(each.ledger) for each in rows)])
        ledger = ledgers[0] if len(ledgers) == 1 else np.concatenate(ledgers)
        clear = np.concatenate([each.clear for each in rows])
        return cls(plan, pieces, starts, sites, ledger, clear, findings)

    @property
    def table(self) -> Table:
        """The table that the rows are of."""
        return self.plan.table

    def _within(self, row: int) -> tuple[Digest, int]:
        number = int(np.searchsorted(self.starts, row, side="right")) - 1
        return self.pieces[number], row - int(self.starts[number])

    def _place(self, row: int) -> tuple[str | None, int | None]:
        """Return the source of a row, and its position there as it was given."""
        piece, within = self._within(row)
        return piece.source, piece.place(within)

    def _record(self, kind: str, row: int, column: str | None, value: Any, severity: Any, **details: Any) -> None:
        source, position = self._place(row)
        self.findings.add(
            kind, self.table.key, column, row=position, value=value, severity=severity, source=source, **details
        )

    def condensed(self, made: Callable[..., TableCells], before: int) -> TableCells | None:
        """Return the cells, or None after recording what is wrong with the rows."""
        table = self.table
        rows = np.flatnonzero(self.clear)
        check_repeated(
            table,
            self.sites,
            self.plan.key_names,
            self.ledger[rows] if len(rows) < len(self.ledger) else self.ledger,
            lambda row, other, key: self._record_repeated(int(rows[row]), int(rows[other]), key),
        )
        dropped = self._settle_totals(rows)
        self._note_blanks(dropped)
        if self.findings.errors > before:
            return None
        kept = ~dropped
        self._check_sums(kept)
        if self.findings.errors > before:
            return None
        return made(**self._cells(kept))

    def _record_repeated(self, row: int, other: int, key: str) -> None:
        piece, within = self._within(row)
        other_piece, other_within = self._within(other)
        position = other_piece.place(other_within)
        if position is None:
            self._record("duplicate_key", row, None, key, "error", key=key)
            return
        split = ""
        if piece is other_piece and piece.rows is not None and piece.rows.apart is not None:
            split = piece.rows.apart(within, other_within)
        shown = str(position) if piece.source == other_piece.source else f"{position} ({other_piece.source})"
        words = f"; they differ in {split!r}: put it in by" if split else ""
        self._record("duplicate_row", row, None, key, "error", key=key, other=shown, split=words)

    def _settle_totals(self, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return which rows to drop: those that look like totals, if the caller said so."""
        dropped = np.zeros(len(self.ledger), dtype=np.bool_)
        found = suspected_totals(self.table, self.sites, 1, self.ledger[rows])
        for place, (siblings, column) in sorted(found.items()):
            row = int(rows[place])
            value = self.sites[self.ledger[row, 0]][1] if column == "area" else None
            if self.plan.form.totals is None:
                self._record("total_row", row, column, value, "error", siblings=siblings)
            elif self.plan.form.totals == "drop":
                dropped[row] = True
                self._record("dropped_total", row, column, value, "note", siblings=siblings)
        named = [place for place, key in enumerate(self.sites) if reads_like_a_total(key[1])]
        suspected = set(rows[list(found)].tolist())
        for row in np.flatnonzero(np.isin(self.ledger[:, 0], named)).tolist() if named else []:
            if row not in suspected:
                self._record("total_name", row, "area", self.sites[self.ledger[row, 0]][1], "note")
        others = rows[~np.isin(rows, list(suspected))] if suspected else rows
        for place in sums_of_others(self.table, self.sites, 1, self.ledger[others]):
            area = self.sites[self.ledger[others[place], 0]][1]
            if area is not None:
                self._record("sum_of_others", int(others[place]), "area", area, "note")
        return dropped

    def _note_blanks(self, dropped: NDArray[np.bool_]) -> None:
        """Record as gaps the blanks of the columns that came, but for rows that are dropped."""
        for piece, start in zip(self.pieces, self.starts.tolist(), strict=False):
            assert piece.rows is not None
            found = Findings()
            for name, blank in piece.rows.blanks.items():
                rows = np.flatnonzero(blank & ~dropped[start : start + piece.length])
                kind = blank_kind(self.table, name)
                found.add_rows(kind, self.table.key, name, rows, lambda _: None, severity="gap")
            self.findings.take(found, piece.placed)

    def _check_sums(self, kept: NDArray[np.bool_]) -> None:
        """Record years whose units pass 64 bits; of a blank total its known parts count."""
        width = self.ledger.shape[1] - 1 - len(self.table.parts)
        floors = np.maximum(np.where(kept, self.ledger[:, width:].max(axis=1), 0), 0)
        if exact_sum(floors) <= MOST:
            return
        years = np.array([key[0] or 0 for key in self.sites], dtype=np.int64)[self.ledger[:, 0]]
        for year in np.unique(years).tolist():
            total = exact_sum(floors[years == year])
            if total > MOST:
                self.findings.add("sum_too_large", self.table.key, self.table.total, value=total)

    def _cells(self, kept: NDArray[np.bool_]) -> dict[str, Any]:
        return decompose(self.table, self.plan.rules, self.sites, self.ledger if kept.all() else self.ledger[kept])
