"""Every way to hold a frame: however a frame is held, it is the same frame."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from attrs import frozen

from envindicators.definitions.table import Table
from envindicators.testing.engines import ENGINES
from envindicators.testing.rows import Rows
from envindicators.testing.shapes import Columns, Kinds, Shape


@frozen
class Way:
    """A way to hold a frame.

    Args:
        engine: the kind of frame: ``"pandas"``, ``"polars lazy"``, ``"DuckDB relation"``, ``"CSV file"``.
        columns: ways to hold its columns, used for one column after another.
        shape: how the frame is cut, sliced, filtered or indexed.

    Example:
        >>> Way("pandas", ("objects",), "backwards")({"area": ["A", "B"]}, {"area": "text"})
          area
        1    A
        0    B
    """

    engine: str
    columns: tuple[str, ...] = ()
    shape: str | None = None

    def __call__(self, data: Columns, kinds: Kinds) -> Any:
        """Return columns of values as a frame.

        Args:
            data: the values of each column, None where one is missing.
            kinds: of each column ``"text"``, ``"int"``, ``"bool"``, or ``"code"`` for whole numbers that are a key.
        """
        engine = ENGINES[self.engine]

        def make(data: Columns, kinds: Kinds) -> Any:
            columns: dict[str, Any] = {}
            for place, (name, values) in enumerate(data.items()):
                made = None
                if self.columns:
                    made = engine.columns[self.columns[place % len(self.columns)]](kinds[name], values)
                columns[name] = engine.plain(kinds[name], values) if made is None else made
            return engine.frame(columns)

        shape: Shape | None = None if self.shape is None else engine.shapes[self.shape]
        try:
            frame = make(data, kinds) if shape is None else shape(make, data, kinds)
        except NotImplementedError:  # there are types that a library holds and does not cut
            frame = make(data, kinds)
        return engine.given(frame)

    def __str__(self) -> str:
        return ": ".join([self.engine, *self.columns, *([self.shape] if self.shape else [])])


PLAIN = Way("dict of lists")
INSTALLED = tuple(name for name, engine in ENGINES.items() if all(find_spec(package) for package in engine.packages))
"""The engines whose packages are installed."""

EVERY_WAY = (
    *(Way(name) for name in INSTALLED),
    *(Way(name, (column,)) for name in INSTALLED for column in ENGINES[name].columns),
    *(Way(name, (), shape) for name in INSTALLED for shape in ENGINES[name].shapes),
)
"""Every engine that is installed, and each way to hold its columns or its frame, one at a time."""


def kinds_of(table: Table, rows: Rows) -> dict[str, str]:
    """Return of what kind the columns of some rows are, as `Way` takes it."""
    numbers = {table.total, "year", *(column.key for column in table.years), *(column.key for column in table.values)}
    kinds: dict[str, str] = {}
    for name in rows[0] if rows else ():
        known = [row[name] for row in rows if row[name] is not None]
        kind = "int" if name in numbers else "code"
        if known:
            kind = "bool" if isinstance(known[0], bool) else kind if isinstance(known[0], int) else "text"
        elif name not in numbers:
            kind = "bool" if table.part(name) else "text"
        kinds[name] = "int" if kind == "code" and table.part(name) else kind
    return kinds


def held(way: Way, table: Table, rows: Rows) -> Any:
    """Return the rows of a table as a frame, held in a way."""
    kinds = kinds_of(table, rows)
    return way({name: [row[name] for row in rows] for name in kinds}, kinds)
