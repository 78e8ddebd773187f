"""Batches of a table: fetched ahead, their rows numbered through, failures of engines told as one error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from envindicators.errors import UnreadableTable
from envindicators.frames.stream import Columns, NotAFrameError, Opened
from envindicators.words.message import Message

BATCH = 1 << 20
"""How many rows are asked for at a time."""

Item = TypeVar("Item")

_END: Any = object()


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Yield items, while the next one is fetched in a thread of its own."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        pending = pool.submit(next, items, _END)
        while (item := pending.result()) is not _END:
            pending = pool.submit(next, items, _END)
            yield item


def numbered(
    frames: Iterable[Any], names: Sequence[str], open_one: Callable[[Any], Opened], source: str | None = None
) -> Iterator[Opened]:
    """Yield batches opened, their rows numbered from the first batch on; none of them if there are none."""
    offset = 0
    for frame in frames:
        piece = open_one(frame).of_wider(names).at(source, offset)
        offset += piece.length
        yield piece


def wanted(columns: Columns, names: Sequence[str]) -> list[str]:
    """Return the columns to read; of none of them the first, for the number of rows."""
    return list(columns(names)) or list(names[:1])


def failing(what: str, pieces: Iterator[Opened]) -> Iterator[Opened]:
    """Yield pieces; raise `UnreadableTable` where an engine cannot make one."""
    try:
        yield from pieces
    except (UnreadableTable, NotAFrameError):
        raise
    except Exception as error:
        raise failed(what, error) from error


def failed(what: str, error: Exception) -> UnreadableTable:
    """Return the error that an engine cannot make a table, with the line of its own message that says why."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    told = [line for line in lines if not line.startswith("at ") and ("Error: " in line or "Caused by: " in line)]
    said = told[-1].removeprefix("Caused by: ") if told else ""
    first = f"{type(error).__name__}: {said or next(iter(lines), '')}"
    return UnreadableTable(Message("{what}: cannot be read ({error})", what=what, error=first), kind="engine")
