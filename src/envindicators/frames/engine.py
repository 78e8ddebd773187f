"""`Engine`: what groups the rows of a table where they are, and hands back no more than the groups."""

from __future__ import annotations

import functools
import importlib
import uuid
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import narwhals as nw
import numpy as np
from attrs import field, frozen

from envindicators.frames.batches import BATCH
from envindicators.frames.partitions import count_partitions
from envindicators.frames.stream import Opened
from envindicators.frames.worker import Asked, Case, Counted

Lookup = Sequence[int]
"""By pattern, from 0 on, the kind that it is of."""

KIND, PATTERN, ROWS = "kind", "pattern", "rows"
"""Columns of what is handed back: the kind or the pattern of some rows, and how many they are."""

KNOWN, BLOCK = "known", "block"
"""Columns of blocks of neighbouring ids: how many rows have one, and the first there could be."""

Blocks = Callable[[nw.LazyFrame[Any]], nw.LazyFrame[Any]]


def words_of(count: int) -> list[str]:
    """Return the columns of a block that hold a bit for each of its ids: so many numbers."""
    return [f"bits{place}" for place in range(count)]


def by_block(rows: nw.LazyFrame[Any]) -> list[str]:
    """Return what the blocks of ids are told apart by."""
    return [name for name in rows.collect_schema().names() if name != "id"] + [BLOCK]


def _added_up(rows: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Count ids in blocks of 31, on any engine: of so many powers of 2 the sum has as many bits if all differ."""
    number = nw.col("id")
    place = (number % 31 + 31) % 31  # of a number below 0 some engines leave a rest below 0
    bit = (nw.lit(2) ** place).cast(nw.Int64)
    (word,) = words_of(1)
    of_row = rows.with_columns((number - place).alias(BLOCK), bit.alias(word))
    bits = nw.col(word).sum().cast(nw.Int64)
    return of_row.group_by(*by_block(rows)).agg(nw.len().alias(ROWS), number.count().alias(KNOWN), bits)


def is_full(words: Sequence[str], neighbours: int) -> nw.Expr:
    """Return whether a block holds all of its ids, each once.

    Args:
        words: the columns that hold a bit for each id.
        neighbours: how many ids there are to one of them.
    """
    every = -1 if neighbours == 64 else 2**neighbours - 1  # of 64 bits the last is the sign
    full: nw.Expr = nw.col(KNOWN) == neighbours * len(words)
    for word in words:
        full = full & (nw.col(word) == every)
    return full


def _outlined(blocks: nw.LazyFrame[Any], words: Sequence[str], neighbours: int) -> nw.LazyFrame[Any]:
    """Outline blocks, on any engine."""
    none, full = nw.lit(0, dtype=nw.Int64), is_full(words, neighbours)
    marked = blocks.with_columns(
        nw.when(full).then(nw.lit(1, dtype=nw.Int64)).otherwise(none).alias("full"),
        nw.when(full).then(none).otherwise(nw.col(BLOCK)).alias("own"),
    )
    sums = [nw.col(name).sum().cast(nw.Int64).alias(name) for name in (ROWS, KNOWN, *words)]
    ends = [nw.col(BLOCK).max().alias("last"), nw.len().alias("blocks")]
    return marked.group_by("year", "full", "own").agg(*sums, nw.col(BLOCK).min(), *ends)


@frozen(eq=False)
class Engine:
    """An engine with a table in it.

    Args:
        what: what the table is in messages: ``the DuckDB relation``.
        rows: the table.
        opened: runs a plan, and returns the few rows that come of it.
        grouped: groups rows that have keys and a pattern: by keys and kind, and by pattern unless that takes a query
            more; None where an engine has no quick way from patterns to kinds, and groups by keys and pattern.
        blocks: counts rows that have an id, and perhaps a year, by year and by blocks of so many neighbouring ids. Of
            these, each is a bit of a number; so it tells whether one came twice, without a set of all ids.
        outlined: puts those of a year's blocks that hold all of their ids into one: how many there are, the first and
            the last; told the columns of bits, and how many ids there are to one.
        neighbours: how many ids there are to a number of bits, 64 at most.
        words: how many such numbers a block has.
        pandas: whether it works on pandas frames: to choose between columns takes longer than to convert them, and to
            tell the first rows it works out all.
        at_once: whether it works at several queries at once, from threads of this process.
        ordered: whether rows have positions, and can be read through one by one; else the engine is asked for those
            that something is to be said of.
        sources: the files that the table stands in, if there are several; positions count from the start of each.
        share: returns how much of what the engine is at is done, from 0 to 1, if it tells.
        patterned: returns rows as keys under other names and their pattern, in its own words; None where narwhals plans
            as quickly.
        parted: counts rows partition by partition, in one pass with their ids and first missing values; None if that
            cannot be, since a column holds anything else than the table says.
    """

    what: str
    rows: nw.LazyFrame[Any] = field(repr=False)
    opened: Callable[[nw.LazyFrame[Any]], Opened] = field(repr=False)
    grouped: Callable[[nw.LazyFrame[Any], Sequence[str], Lookup], tuple[Opened, Opened | None]] | None = field(
        default=None, repr=False
    )
    blocks: Blocks = field(default=_added_up, repr=False)
    outlined: Callable[[nw.LazyFrame[Any], Sequence[str], int], nw.LazyFrame[Any]] = field(
        default=_outlined, repr=False
    )
    neighbours: int = 31
    words: int = 1
    pandas: bool = False
    at_once: bool = False
    ordered: bool = True
    sources: tuple[str | None, ...] = (None,)
    share: Callable[[], float | None] = field(default=lambda: None, repr=False)
    patterned: Callable[[Mapping[str, str], Sequence[Case]], nw.LazyFrame[Any]] | None = field(default=None, repr=False)
    parted: Callable[[Asked], Counted | None] | None = field(default=None, repr=False)


def from_arrow(table: Any) -> Opened:
    """Return a pyarrow table that an engine handed back."""
    opened: Opened = importlib.import_module("envindicators.frames.arrow").open_batch(table)
    return opened


# polars


def polars_engine(given: Any) -> Engine:
    """Return the engine of a polars LazyFrame."""
    pl = importlib.import_module("polars")
    open_polars = importlib.import_module("envindicators.frames.polars").open_polars

    def opened(rows: nw.LazyFrame[Any]) -> Opened:
        found: Opened = open_polars(rows.to_native().collect(engine="streaming"))
        return found

    def grouped(rows: nw.LazyFrame[Any], keys: Sequence[str], kinds: Lookup) -> tuple[Opened, Opened]:
        native, pattern = rows.to_native(), pl.col(PATTERN)
        kind = pattern.replace_strict(
            pl.Series(np.arange(len(kinds)), dtype=pl.Int32), pl.Series(kinds, dtype=pl.Int32), return_dtype=pl.Int32
        )
        count = pl.len().cast(pl.Int64).alias(ROWS)
        plans = [native.group_by(*keys, kind.alias(KIND)).agg(count), native.group_by(pattern).agg(count)]
        by_kind, by_pattern = pl.collect_all(plans, engine="streaming")
        return open_polars(by_kind), open_polars(by_pattern)

    return Engine("the polars LazyFrame", nw.from_native(given), opened, grouped)


# DuckDB


def _parted(reader: Any) -> tuple[Any, Any]:
    """Return groups by kind, and those by pattern, as they come: texts as codes, since there may be millions."""
    pa = importlib.import_module("pyarrow")
    by_kind, by_pattern = [], []
    for batch in reader:
        of_kind = batch.column(PATTERN).is_null()
        held = pa.Table.from_batches([batch]).drop_columns([PATTERN]).filter(of_kind)
        for place, name in enumerate(held.column_names):
            if pa.types.is_string(held.schema.field(name).type):
                held = held.set_column(place, name, held.column(name).dictionary_encode())
        by_kind.append(held)
        of_pattern = batch.column(PATTERN).is_valid()
        by_pattern.append(pa.Table.from_batches([batch]).select([PATTERN, ROWS]).filter(of_pattern))
    if not by_kind:
        return reader.schema.empty_table(), reader.schema.empty_table()
    return pa.concat_tables(by_kind).unify_dictionaries(), pa.concat_tables(by_pattern)


def duckdb_engine(given: Any, what: str = "the DuckDB relation", sources: tuple[str | None, ...] = (None,)) -> Engine:
    """Return the engine of a DuckDB relation, and of files that it reads."""

    def opened(rows: nw.LazyFrame[Any]) -> Opened:
        return from_arrow(rows.to_native().to_arrow_table())

    def grouped(rows: nw.LazyFrame[Any], keys: Sequence[str], kinds: Lookup) -> tuple[Opened, Opened]:
        columns = "".join(f'"{name}", ' for name in keys)
        native, kept = rows.to_native(), f"kinds_{uuid.uuid4().hex}"
        # joined to a table, of which DuckDB knows that its numbers are consecutive: a list is looked up in much slower
        listed = f"SELECT unnest(range({len(kinds)}))::INTEGER AS {PATTERN}, unnest({[*kinds]}::INTEGER[]) AS {KIND}"
        native.query("counted", f"CREATE TEMP TABLE {kept} AS {listed}")
        try:
            joined = native.query("counted", f"FROM counted JOIN {kept} USING ({PATTERN})")
            sets = f"GROUPING SETS (({columns}{KIND}), ({PATTERN}))"
            table = joined.aggregate(f"{columns}{KIND}, {PATTERN}, count(*) AS {ROWS}", sets)
            by_kind, by_pattern = _parted(table.to_arrow_reader(BATCH))
        finally:
            native.query("counted", f"DROP TABLE {kept}")
        return from_arrow(by_kind), from_arrow(by_pattern)

    return Engine(what, nw.from_native(given), opened, grouped, sources=sources)


# databases

_FETCHED = 1 << 16
"""So many rows are taken from a database at a time: tuples of Python take much more memory than columns."""


def ibis_engine(given: Any, what: str) -> Engine:
    """Return the engine of an Ibis table."""
    if given.get_backend().name == "postgres":
        return _postgres_engine(given, what)
    return Engine(what, nw.from_native(given), lambda rows: from_arrow(rows.to_native().to_pyarrow()), ordered=False)


def _postgres_engine(given: Any, what: str) -> Engine:
    """Return the engine of an Ibis table in PostgreSQL."""
    backend, pa = given.get_backend(), importlib.import_module("pyarrow")

    def fetched(query: str, schema: Any) -> Any:
        # not as Ibis fetches: what goes through a cursor of the server, PostgreSQL does not plan for several cores
        kind, batches = pa.struct(list(schema)), []
        with backend.con.transaction(), backend.con.cursor() as cursor:
            cursor.execute(query)
            while rows := cursor.fetchmany(_FETCHED):
                batches.append(pa.RecordBatch.from_struct_array(pa.array(rows, type=kind)))
        return pa.Table.from_batches(batches, schema=schema)

    def opened(rows: nw.LazyFrame[Any]) -> Opened:
        native = rows.to_native()
        return from_arrow(fetched(backend.compile(native), native.schema().to_pyarrow()))

    def grouped(rows: nw.LazyFrame[Any], keys: Sequence[str], kinds: Lookup) -> tuple[Opened, None]:
        # one row for each key: rows come as tuples of Python, each of which takes long
        native, columns = rows.to_native(), "".join(f"{name}, " for name in keys)
        kind = f"('{{{','.join(map(str, kinds))}}}'::integer[])[{PATTERN} + 1] AS {KIND}"
        places = [str(place + 1) for place in range(len(keys) + 1)]
        by_kind, by_key = f"GROUP BY {', '.join(places)}", f"GROUP BY {', '.join(places[:-1])}" if keys else ""
        # no more than names and numbers of this library is put around what Ibis writes
        groups = f"SELECT {columns}{kind}, count(*) AS {ROWS} FROM ({backend.compile(native)}) AS coded {by_kind}"  # noqa: S608
        pairs_of = f"{columns}string_agg({KIND} || ' ' || {ROWS}, ' ') AS pairs"
        of_rows = native.schema().to_pyarrow()
        schema = pa.schema([*(of_rows.field(name) for name in keys), pa.field("pairs", pa.string())])
        packed = fetched(f"SELECT {pairs_of} FROM ({groups}) AS kinds {by_key}", schema)  # noqa: S608
        texts: list[str] = [text or "" for text in packed.column("pairs").to_pylist()]
        pairs = np.array(" ".join(texts).split(), dtype=np.int64).reshape(-1, 2)
        of_key = np.repeat(np.arange(len(texts)), [len(text.split()) // 2 for text in texts])
        found = {name: packed.column(name).take(of_key) for name in keys}
        return from_arrow(pa.table({**found, KIND: pairs[:, 0], ROWS: pairs[:, 1]})), None

    def blocks(rows: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        native = rows.to_native()
        number = native["id"]
        one = importlib.import_module("ibis").literal("1").cast("int64")  # a plain 1 has 32 bits
        of_row = native.mutate(bit=one << (number & 63).cast("int32"), upper=number & 64 > 0, **{BLOCK: number >> 7})
        lower, upper = words_of(2)
        counted = of_row.group_by(by_block(rows)).agg(
            **{ROWS: of_row.count(), KNOWN: of_row["id"].count()},
            **{lower: of_row["bit"].bit_or(where=~of_row["upper"]), upper: of_row["bit"].bit_or(where=of_row["upper"])},
        )
        found: nw.LazyFrame[Any] = nw.from_native(counted.mutate(**{BLOCK: counted[BLOCK] * 128}))
        return found

    return Engine(what, nw.from_native(given), opened, grouped, blocks=blocks, neighbours=64, words=2, ordered=False)


# clusters


def dask_engine(given: Any) -> Engine:
    """Return the engine of a Dask frame.

    Raises:
        TypeError: by a version of narwhals that knows no Dask.
    """
    open_pandas = importlib.import_module("envindicators.frames.pandas").open_pandas
    with warnings.catch_warnings():
        # until Dask moves to a package of its own, which no one has yet
        warnings.filterwarnings("ignore", "Dask support is moving", FutureWarning)
        rows = nw.from_native(given)
    return Engine(
        "the Dask frame",
        rows,
        lambda plan: open_pandas(plan.to_native().compute()),
        parted=functools.partial(count_partitions, given),
        pandas=True,
    )
