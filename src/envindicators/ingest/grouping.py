"""Records in an engine, and how it is asked for their groups: by keys and kinds, by keys and patterns, by partitions.

The codes of the columns (see `envindicators.ingest.coded`) are the pattern of a row, and the kind of each pattern is
known beforehand; so the engine has only to group and to count.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import narwhals as nw
import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from envindicators.cells.grouping import CODES, distinct, slots
from envindicators.cells.ids import Ids, Repeated
from envindicators.cells.sums import NO_SUMS
from envindicators.frames.engine import KIND, PATTERN, ROWS, Engine
from envindicators.frames.stream import Opened, Stream
from envindicators.ingest.coded import Coding
from envindicators.ingest.engine_ids import CountedIds, counted_ids
from envindicators.ingest.partitioned import asked, framed, ids_of
from envindicators.ingest.plan import Plan
from envindicators.ingest.value_coding import ValueCoding, sums_of_parts

_NUMBERS = ((nw.Int16, 2**15), (nw.Int32, 2**31), (nw.Int64, CODES))
"""The types that patterns are numbered in, and up to how many."""

_LOOKED_UP = 1 << 15
"""Up to so many patterns, their kinds are looked up by the engine."""


@frozen(eq=False)
class Groups:
    """Groups of rows.

    Args:
        frame: for each group its keys, as a frame of all the columns of the table.
        kinds: the kinds of units in them, each once and in order.
        kind: for each group the kind of its rows.
        rows: for each group how many rows it has.
        patterns: the patterns that occur, or none if nothing is wrong with any row.
        of_pattern: for each of them how many rows it has.
        blanks: for each column that came how many rows lack it.
        sums: for each group what its values add up to, of a table with value columns.
        ids: the ids of the rows, where they were told along with the groups.
        first_blanks: by column the positions of the first blanks, where these were.
    """

    frame: Opened
    kinds: NDArray[np.int16]
    kind: NDArray[Any]
    rows: NDArray[np.int64]
    patterns: NDArray[Any]
    of_pattern: NDArray[np.int64]
    blanks: Mapping[str, int]
    sums: NDArray[Any] = NO_SUMS
    ids: tuple[Ids, Repeated] | None = None
    first_blanks: Mapping[str, Sequence[int]] | None = None


@frozen(eq=False)
class Grouping:
    """Records in an engine.

    Args:
        plan: how they are to be read.
        stream: their rows.
        engine: the engine.
        names: the names of all columns.
        columns: the part, category, year and value columns that came.
        values: the value columns among them.
    """

    plan: Plan
    stream: Stream
    engine: Engine
    names: tuple[str, ...]
    columns: tuple[Coding, ...]
    values: tuple[ValueCoding, ...] = ()

    @property
    def _patterns(self) -> int:
        return slots([column.codes for column in self.columns])

    def planned(self) -> Callable[[], Groups]:
        """Return what asks the engine for the groups: it is planned already, so that others can plan while it works."""
        came = [name for name in self.plan.key_names if name in self.names]
        keys = {name: f"key{place}" for place, name in enumerate(came)}
        if self.plan.table.values:
            return self._patterns_planned(keys)
        if self.engine.parted is not None:
            return functools.partial(self._parted, keys)
        lookup = None if self.engine.grouped is None else self._lookup()
        if lookup is not None:
            return functools.partial(self._by_kind, keys, self._rows(keys), lookup)
        return self._patterns_planned(keys)

    def _patterns_planned(self, keys: Mapping[str, str]) -> Callable[[], Groups]:
        """Return what asks the engine for groups by keys and pattern."""
        parts = {
            f"part{place}": part for place, part in enumerate(part for value in self.values for part in value.parts)
        }
        rows = self._rows(keys, *(part.number.alias(name) for name, part in parts.items()))
        counted = rows.group_by(*keys.values(), PATTERN).agg(
            nw.len().alias(ROWS), *(nw.col(name).sum() for name in parts)
        )
        counted = counted.with_columns(nw.col(name).cast(nw.Int64) for name in parts)
        return functools.partial(self._by_pattern, keys, counted, list(parts))

    def _lookup(self) -> NDArray[Any] | None:
        """Return for each pattern its kind, or None if there are too many patterns."""
        tabled = self.plan.classes.tabled
        if tabled is None or self._patterns > _LOOKED_UP:
            return None
        units = self._of_units(np.arange(self._patterns))
        kinds: NDArray[Any] = tabled[1][np.ravel_multi_index(units, self.plan.classes.sizes)]
        return kinds

    def _rows(self, keys: Mapping[str, str], *added: nw.Expr) -> nw.LazyFrame[Any]:
        """Return rows as their keys, under other names, their patterns, and some columns more."""
        if self.engine.patterned is not None and not self.values:
            return self.engine.patterned(keys, [column.case for column in self.columns])
        named = [nw.col(name).alias(key) for name, key in keys.items()]
        rows: nw.LazyFrame[Any] = self.engine.rows.select(*named, self._pattern(), *added)
        return rows

    def _by_pattern(self, keys: Mapping[str, str], counted: nw.LazyFrame[Any], parts: Sequence[str]) -> Groups:
        """Return groups of which the engine tells the patterns, and what some parts of values add up to."""
        found = self.engine.opened(counted)
        patterns, which = np.unique(found.read(PATTERN).values, return_inverse=True)
        rows_of = found.read(ROWS).values.astype(np.int64)
        of_pattern = np.zeros(len(patterns), dtype=np.int64)
        np.add.at(of_pattern, which, rows_of)
        kinds, kind_of = self.plan.classes.kinds(self._of_units(patterns), len(patterns))
        of_values = self._sums(patterns, which, rows_of, [found.read(name).values for name in parts])
        blanks, frame = self._blanks(patterns, of_pattern), self._framed(found, keys)
        return Groups(frame, kinds, kind_of[which], rows_of, patterns, of_pattern, blanks, of_values)

    def _by_kind(self, keys: Mapping[str, str], rows: nw.LazyFrame[Any], lookup: NDArray[Any]) -> Groups:
        """Return groups of which the engine looks the kinds up: those of wrong patterns have one of their own."""
        assert self.engine.grouped is not None
        assert self.plan.classes.tabled is not None
        every, _ = self.plan.classes.tabled
        lookup = np.where(self._wrong(np.arange(self._patterns)), len(every), lookup)
        found, by_pattern = self.engine.grouped(rows, list(keys.values()), lookup.tolist())
        used, kind = distinct(found.read(KIND).values, len(every) + 1)
        if by_pattern is None and len(every) in used:
            by_pattern = self.engine.opened(rows.group_by(PATTERN).agg(nw.len().cast(nw.Int64).alias(ROWS)))
        if by_pattern is None:
            patterns = of_pattern = np.zeros(0, dtype=np.int64)
            blanks = self._counted_blanks()
        else:
            patterns, of_pattern = by_pattern.read(PATTERN).values, by_pattern.read(ROWS).values
            blanks = self._blanks(patterns, of_pattern)
        kinds, frame = every[np.minimum(used, len(every) - 1)], self._framed(found, keys)
        return Groups(frame, kinds, kind, found.read(ROWS).values, patterns, of_pattern, blanks)

    def _wrong(self, patterns: NDArray[Any]) -> NDArray[np.bool_]:
        """Return whether something is wrong with rows of some patterns."""
        codes = self.codes(patterns)
        wrong = [codes[column.name] >= column.size for column in self.columns]
        found: NDArray[np.bool_] = np.logical_or.reduce([*wrong, *(out for _, out, _ in self.out_of_order(codes))])
        return found

    def out_of_order(self, codes: Mapping[str, NDArray[Any]]) -> Iterator[tuple[str, NDArray[np.bool_], nw.Expr]]:
        """Yield each part, the patterns of which it is said but a part that it lies within is denied, and their rows.

        Args:
            codes: for each column its codes, of some patterns.
        """
        coding = {column.name: column.code for column in self.columns}
        flags = [part.key for part in self.plan.table.parts if self.plan.table.nested and part.key in coding]
        for place, lower in enumerate(flags):
            wrong, condition = np.zeros(len(codes[lower]), dtype=np.bool_), nw.lit(False)
            for upper in flags[:place]:
                wrong |= (codes[lower] == 1) & (codes[upper] == 0)
                condition = condition | ((coding[lower] == 1) & (coding[upper] == 0))
            yield lower, wrong, condition

    def _blanks(self, patterns: NDArray[Any], rows: NDArray[np.int64]) -> dict[str, int]:
        """Return for each column that came how many rows lack it, of the number of rows of each pattern."""
        codes = self.codes(patterns)
        return {column.name: int(rows[codes[column.name] == column.size - 1].sum()) for column in self.columns}

    def _counted_blanks(self) -> dict[str, int]:
        """Return for each column that came how many rows lack it, as the engine counts them."""
        names = {column.name: f"known{place}" for place, column in enumerate(self.columns)}
        known = (nw.col(name).count().alias(alias) for name, alias in names.items())
        found = self.engine.opened(self.engine.rows.select(nw.len().alias(ROWS), *known))
        rows = found.read(ROWS).value(0)
        return {name: int(rows - found.read(alias).value(0)) for name, alias in names.items()}

    def _pattern(self) -> nw.Expr:
        """Return the pattern of a row: its codes as one number."""
        wide = next(kind for kind, most in _NUMBERS if self._patterns <= most)
        pattern = nw.lit(0, dtype=wide)
        for column in self.columns:
            pattern = pattern * nw.lit(column.codes, dtype=wide) + column.code.cast(wide)
        return pattern.alias(PATTERN)

    def codes(self, patterns: NDArray[Any]) -> dict[str, NDArray[Any]]:
        """Return patterns as the codes of their columns."""
        codes = np.unravel_index(patterns, [column.codes for column in self.columns]) if self.columns else ()
        return {column.name: code for column, code in zip(self.columns, codes, strict=True)}

    def _of_units(self, patterns: NDArray[Any]) -> list[NDArray[Any]]:
        """Return patterns as the codes of units: what did not come, or is wrong, is missing."""
        codes, sizes = self.codes(patterns), zip(self.plan.table.attributes, self.plan.classes.sizes, strict=True)
        return [
            np.minimum(codes[name], size - 1) if name in codes else np.full(len(patterns), size - 1)
            for name, size in sizes
        ]

    def _sums(
        self, patterns: NDArray[Any], which: NDArray[Any], rows: NDArray[np.int64], added: Sequence[NDArray[Any]]
    ) -> NDArray[Any]:
        """Return what the values of groups add up to.

        Args:
            patterns: the patterns that occur.
            which: for each group the place of its pattern.
            rows: for each group how many rows it has.
            added: for each part of a value what was added up in each group.
        """
        codes = self.codes(patterns)
        missing = {
            value.key: np.where(codes[value.key][which] == 1, rows, 0) if value.key in codes else rows
            for value in self.plan.table.values
        }
        return sums_of_parts([part for value in self.values for part in value.parts], added, missing)

    def _framed(self, found: Opened, keys: Mapping[str, str]) -> Opened:
        """Return groups as a frame of the columns that the table has."""
        return Opened(found.backend, self.names, found.length, lambda name: found.columns(keys[name]))

    def _parted(self, keys: Mapping[str, str]) -> Groups:
        """Return the groups counted partition by partition, and the ids and first blanks, where partitions can."""
        assert self.engine.parted is not None
        lookup = self._lookup()
        request = asked(self.plan, self.engine.rows.collect_schema(), self.columns, lookup)
        found = self.engine.parted(request)
        if found is None:
            return self._patterns_planned(keys)()
        if lookup is None or self.plan.classes.tabled is None:
            patterns, which = np.unique(found["kind"], return_inverse=True)
            kinds, kind = self.plan.classes.kinds(self._of_units(patterns), len(patterns))
            kind = kind[which]
        else:
            every, _ = self.plan.classes.tabled
            used, kind = distinct(found["kind"].astype(np.int64), len(every))
            kinds = every[used]
        patterns, of_pattern = found["patterns"], found["of_pattern"]
        return Groups(
            framed(found, request["keys"], self.names),
            kinds,
            kind,
            found["count"],
            patterns,
            of_pattern,
            self._blanks(patterns, of_pattern),
            ids=ids_of(found),
            first_blanks={name: rows.tolist() for name, rows in zip(request["blanks"], found["blanks"], strict=True)},
        )

    def counted_ids(self, groups: Groups | None = None) -> CountedIds:
        """Return the ids as an engine whose rows have no positions counts them.

        Args:
            groups: the groups of the rows, if they are known by then.
        """
        years = groups.frame.read("year").distinct() if groups is not None and "year" in self.names else ()
        only = years[0] if len(years) == 1 else None
        return counted_ids(self.plan, self.stream, self.engine, self.names, only)
