"""Tidy files: figures that have a row each become the columns of a row, as a `Spread` says."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from attrs import define, evolve, field

from envindicators.definitions.spread import Spread
from envindicators.frames.column import from_values
from envindicators.frames.stream import Columns, NotAFrameError, Opened
from envindicators.words.spelling import did_you_mean, fold

Record = Callable[..., None]
"""Records a problem: its kind, the column, and where it stands."""


@define
class _Rows:
    """The rows of a table as they come together: by what tells them apart, in the order in which they began.

    Args:
        places: where each row began.
        cells: by column and row what it holds, and where that stands.
    """

    places: dict[tuple[Any, ...], int | None] = field(factory=dict[Any, Any])
    cells: dict[str, dict[tuple[Any, ...], tuple[Any, int | None]]] = field(factory=dict[str, Any])


def spread_out(
    pieces: Iterable[Opened],
    spread: Spread,
    columns: Columns,
    meaning: Callable[[str, Any], Any],
    record: Record,
    leave_out: Callable[[str | None, int], None],
) -> Iterator[Opened]:
    """Yield the pieces of each file as one, in which the figures are columns.

    Args:
        pieces: the pieces, whose other columns are those of the table.
        spread: how the figures are told apart.
        columns: told the columns of a frame, returns those that are read.
        meaning: returns what is meant by what is written in a column.
        record: records what is wrong.
        leave_out: told of the rows whose figures are not asked for.
    """
    for source, own in itertools.groupby(pieces, key=lambda piece: piece.source):
        rows = _Rows(cells={column: {} for column in spread.into})
        names: tuple[str, ...] = ()
        last: Opened | None = None
        for piece in own:
            name, value = (_heading(piece, wanted) for wanted in (spread.name, spread.value))
            keys = [key for key in columns(piece.names) if key not in (name, value, *spread.into)]
            _take(piece, value, keys, spread, rows, meaning, record, leave_out)
            names, last = tuple(keys), piece
        if last is None:
            continue
        yield _opened(last, names, spread, rows, source)


def columns_of(piece: Opened, spread: Spread) -> list[str | None]:
    """Return for each row of a tidy file the column that its figure belongs to, None for one that is not asked for."""
    of_name = dict(zip(fold(list(spread.into.values())), spread.into, strict=True))
    written = piece.read(_heading(piece, spread.name)).objects()
    return [None if said is None else of_name.get(fold([str(said)])[0]) for said in written]


def _heading(piece: Opened, wanted: str) -> str:
    names = dict(zip(fold(list(piece.names)), piece.names, strict=True)) if piece.names else {}
    found = names.get(fold([wanted])[0])
    if found is None:
        hint = did_you_mean(wanted, piece.names)
        raise NotAFrameError("form_no_heading", wanted, column=wanted, source=piece.source, hint=hint)
    return found


def _take(
    piece: Opened,
    heading: str,
    keys: Sequence[str],
    spread: Spread,
    rows: _Rows,
    meaning: Callable[[str, Any], Any],
    record: Record,
    leave_out: Callable[[str | None, int], None],
) -> None:
    values = piece.read(heading).objects()
    told = list(zip(*(piece.read(key).objects() for key in keys), strict=True)) or [()] * piece.length
    for row, (column, value, key) in enumerate(zip(columns_of(piece, spread), values, told, strict=True)):
        place = piece.place(row)
        if column is None:
            if place is not None:
                leave_out(piece.source, place)
            continue
        rows.places.setdefault(key, place)
        held = rows.cells[column]
        if key in held:
            record("form_two_figures", column, row=place, value=value, source=piece.source, other=held[key][1])
        else:
            held[key] = meaning(column, value), place


def _opened(piece: Opened, names: tuple[str, ...], spread: Spread, rows: _Rows, source: str | None) -> Opened:
    keys = list(rows.places)
    places = [0 if place is None else place for place in rows.places.values()]

    def read(name: str) -> Any:
        if name in spread.into:
            held = rows.cells[name]
            return from_values([held[key][0] if key in held else None for key in keys])
        position = names.index(name)
        return from_values([key[position] for key in keys])

    return evolve(
        piece,
        names=(*names, *spread.into),
        columns=read,
        held=None,
        length=len(keys),
        places=places,
        source=source,
        headings={**piece.headings, **dict.fromkeys(spread.into, spread.value)},
        column_places={
            column: [held[key][1] if key in held else rows.places[key] for key in keys]
            for column, held in rows.cells.items()
        },
    )
