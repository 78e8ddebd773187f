"""From a table as an office writes it to the table that is meant: a `Form`, applied piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from envindicators.definitions.form import mark_of
from envindicators.definitions.form_columns.named import Named
from envindicators.definitions.form_columns.percent import Percent
from envindicators.frames.column import Column, each_its_own, empty_column, from_values
from envindicators.frames.excel import other_sheets
from envindicators.frames.stream import Columns, NotAFrameError, Opened, Stream
from envindicators.ingest.form_done import Done
from envindicators.ingest.forming import Forming, Mapped
from envindicators.ingest.heading_units import holds_units, unit_of
from envindicators.ingest.spreading import columns_of, spread_out
from envindicators.problems import Findings
from envindicators.words.message import Message
from envindicators.words.spelling import did_you_mean


def formed(stream: Stream, forming: Forming, done: Done, findings: Findings) -> Stream:
    """Return a table as a form says it is meant.

    Args:
        stream: the table as it is given.
        forming: the form, for its table.
        done: where to record what the form did; it begins anew whenever the pieces are taken.
        findings: where problems are recorded, but for the last, which is raised when a piece is taken.
    """
    spread = forming.form.spread

    def pieces(columns: Columns) -> Iterator[Opened]:
        done.cells.clear()
        done.left_out.clear()

        def read(headings: Sequence[str]) -> Sequence[str]:
            found: list[str] = []
            for one in forming.stacked:
                mapped = one.lenient(headings)
                found += mapped.headings(columns(mapped.names))
            kept = set(map(mark_of, [*forming.form.only, *([] if spread is None else (spread.name, spread.value))]))
            found += [heading for heading in headings if mark_of(heading) in kept or holds_units(heading)]
            return list(dict.fromkeys(found))

        def mapped() -> Iterator[Opened]:
            for piece in stream.pieces(read):
                yield from _pieces(piece, forming, done, findings, stream.first_row(piece.source))

        yield from mapped() if spread is None else spread_out(mapped(), spread, columns, meant, record, leave_out)

    def meant(column: str, written: Any) -> Any:
        by, value = forming.meaning(column, written)
        if by.startswith("form"):
            done.cells[column, by, written, value] += 1
        return value

    def record(kind: str, column: str, *, other: int | None, **where: Any) -> None:
        findings.add(kind, forming.table.key, column, other_row="?" if other is None else other, **where)

    def leave_out(source: str | None, place: int) -> None:
        done.left_out.setdefault(source, []).append(place + stream.first_row(source))

    return evolve(stream, pieces=pieces)


def _pieces(piece: Opened, forming: Forming, done: Done, findings: Findings, first_row: int) -> Iterator[Opened]:
    """Yield a piece as it is meant: once, or once for each value of a stack."""
    if not piece.names and not piece.length:
        yield piece
        return
    refused: list[NotAFrameError] = []

    def refuse(kind: str, column: str, value: str, hint: Message | str) -> None:
        if kind == "form_no_heading" and not str(hint):
            hint = other_sheets(piece, [value]) or Message("; it has {names}", names=tuple(piece.names))
        refused.append(NotAFrameError(kind, value, column=column, source=piece.source, hint=hint))

    every = [(one, one.mapped(piece.names, refuse)) for one in forming.stacked]
    kept = _kept(piece, forming, done, refuse, first_row)
    if refused:
        key = forming.table.key
        if piece.legacy_font is not None:
            findings.add("legacy_font", key, source=piece.source, **piece.legacy_font.told)
        for error in refused[:-1]:
            findings.add(error.kind, key, error.column, value=error.value, source=error.source, hint=error.hint)
        raise refused[-1]
    _find_unit(piece, kept, [mapped for _, mapped in every], forming, done, findings)
    stated = done.units[piece.source]
    piece = piece if stated is None else evolve(piece, unit=stated[0])
    unused = set.intersection(*(set(mapped.unused) for _, mapped in every))
    for one, mapped in every:
        mapped_ = evolve(mapped, unused=tuple(heading for heading in mapped.unused if heading in unused))
        yield _piece(piece, mapped_, kept, one, done, findings)


def _find_unit(
    piece: Opened,
    kept: NDArray[np.intp] | None,
    every: Sequence[Mapped],
    forming: Forming,
    done: Done,
    findings: Findings,
) -> None:
    """Note the unit that a file states, with its first piece, and that no later one states another."""
    table, source = forming.table, piece.source
    known = done.row_units.setdefault(source, {})
    fresh = {said: None for said in _units_of_rows(piece, kept, forming) if said not in known}
    if source in done.units and not fresh:
        return
    known.update(fresh)
    headings = _headings_of_amounts(every, forming)
    stated = unit_of(headings, piece.beside, list(known), table, forming.form.unit, source, findings)
    if source not in done.units:
        done.units[source] = stated
        if not any("year" in mapped.sources for mapped in every):
            done.titled[source] = piece.beside
        return
    before, now = (table.unit.key if each is None else each[0] for each in (done.units[source], stated))
    if before != now:  # rows before these stood in no unit, and were read in the table's
        (_, text), *_ = fresh
        findings.add("form_heading_unit", table.key, table.total, value=text, source=source, stated=now, unit=before)


def _units_of_rows(piece: Opened, kept: NDArray[np.intp] | None, forming: Forming) -> Iterator[tuple[str | None, str]]:
    """Yield what columns of units say of the figures of a column, or of all of a row (None)."""
    held = [name for name in piece.names if holds_units(name) and (piece.held is None or name in piece.held)]
    spread = forming.form.spread
    if not held:
        return
    columns = [None] * piece.length if spread is None else columns_of(piece, spread)
    rows = range(piece.length) if kept is None else kept.tolist()
    for name in held:
        texts = piece.read(name).objects()
        for column, text in dict.fromkeys((columns[row], texts[row]) for row in rows):
            if isinstance(text, str) and (spread is None or column is not None):
                yield column, text


def _headings_of_amounts(every: Sequence[Mapped], forming: Forming) -> list[tuple[str, str]]:
    """Return the total, the parts and the values where they stand as amounts, each with its heading."""
    table, spread = forming.table, forming.form.spread
    found: list[tuple[str, str]] = []
    for column in table.figures:
        sources = [mapped.sources.get(column) for mapped in every]
        found += [(column, source.heading) for source in sources if isinstance(source, Named)]
        if spread is not None and column in spread.into:
            found.append((column, spread.value))
    return list(dict.fromkeys(found))


def _piece(
    piece: Opened, mapped: Mapped, kept: NDArray[np.intp] | None, forming: Forming, done: Done, findings: Findings
) -> Opened:
    of_stack = forming.form.columns.keys() - done.forming.form.columns.keys()
    headings = {
        column: source.called
        for column, source in mapped.sources.items()
        if source.called is not None and source != Named(column)
    }
    done.headings |= {column: heading for column, heading in headings.items() if column not in of_stack}
    table, spread = forming.table, forming.form.spread
    amounts = {table.total, *(part.key for part in table.parts), *([] if spread is None else [spread.value])}
    columns: dict[str, Column] = {}
    length = piece.length if kept is None else len(kept)
    places = piece.places
    if kept is not None:
        places = [row if places is None else places[row] for row in kept.tolist()]
    taken = (
        piece
        if kept is None
        else evolve(piece, columns=lambda name: _taken(piece.read(name), kept), length=length, places=places)
    )

    def read(name: str) -> Column:
        if name not in columns:
            source = mapped.sources.get(name) or Named(name)

            def record(kind: str, row: int | None, value: Any, **details: Any) -> None:
                place = None if row is None else taken.place(row)
                findings.add(kind, forming.table.key, name, row=place, value=value, source=piece.source, **details)

            read_from = taken if name in amounts else evolve(taken, columns=lambda each: each_its_own(taken.read(each)))
            column = source.read(read_from, forming.numbers, record)
            columns[name] = _meant(column, name, forming, done) if forming.reads(name) else column
        return columns[name]

    held = frozenset(name for name in mapped.names if all(piece.holds(each) for each in mapped.headings([name])))
    percentages = frozenset(column for column, source in mapped.sources.items() if isinstance(source, Percent))
    return evolve(
        piece,
        names=mapped.names,
        columns=read,
        held=held,
        length=length,
        places=places,
        headings=headings,
        percentages=percentages,
    )


def _kept(
    piece: Opened, forming: Forming, done: Done, refuse: Callable[..., None], first_row: int
) -> NDArray[np.intp] | None:
    """Return the rows of a piece that the form reads, None for all."""
    keep = np.ones(piece.length, dtype=np.bool_)
    for wanted, values in forming.form.only.items():
        heading = next((name for name in piece.names if mark_of(name) == mark_of(wanted)), None)
        if heading is None:
            refuse("form_no_heading", wanted, wanted, did_you_mean(wanted, piece.names))
            continue
        asked = {mark_of(str(value)) for value in values}
        keep &= np.array([_written(value) in asked for value in piece.read(heading).objects()], dtype=np.bool_)
    if keep.all():
        return None
    for row in np.flatnonzero(~keep).tolist():
        place = piece.place(row)
        if place is not None:
            done.left_out.setdefault(piece.source, []).append(place + first_row)
    return np.flatnonzero(keep)


def _written(value: Any) -> str | None:
    """Return a cell as the file shows it, for comparison."""
    if value is None:
        return None
    return mark_of(str(int(value)) if isinstance(value, float) and value.is_integer() else str(value))


def _taken(column: Column, rows: NDArray[np.intp]) -> Column:
    missing = None if column.missing is None else column.missing[rows]
    if column.kind == "empty" or (missing is not None and missing.all()):
        return empty_column(len(rows))
    codes = None if column.codes is None else column.codes[rows]
    return evolve(column, values=column.values[rows], missing=missing, codes=codes)


def _meant(column: Column, name: str, forming: Forming, done: Done) -> Column:
    """Return a column with its cells read as the form says; what stands in many of them is looked at once."""
    if (column.kind not in ("text", "other") and name not in forming.form.values) or not forming.says_of(name):
        return column
    codes, written = _levels(column)
    meanings = [forming.meaning(name, value) for value in written]
    if all(not by for by, _ in meanings):
        return column
    counts = np.bincount(codes, minlength=len(written)).tolist()
    for value, (by, meant), count in zip(written, meanings, counts, strict=True):
        if count and by.startswith("form") and not (type(value) is type(meant) and value == meant):
            done.cells[name, by, value, meant] += count
    return from_values([meant for _, meant in meanings], codes)


def _levels(column: Column) -> tuple[NDArray[Any], list[Any]]:
    """Return a column as codes into values of any type, of which some may not occur."""
    if column.kind == "text":
        levels = [*column.levels, None]
        missing = column.missing
        return (column.values if missing is None else np.where(missing, len(levels) - 1, column.values)), levels
    index: dict[tuple[type, Any], int] = {}
    codes = [index.setdefault((type(value), value), len(index)) for value in column.objects()]
    return np.array(codes, dtype=np.int64), [value for _, value in index]
