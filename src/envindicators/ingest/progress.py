"""How many rows have been read, shown as a bar or told to a function."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator

from envindicators.frames.packages import package_needed
from envindicators.ingest.digest import Piece
from envindicators.ingest.plan import Progress


def watched(digests: Iterable[Piece], table: str, rows: int | None, progress: Progress) -> Iterator[Piece]:
    """Yield digests, telling how many rows of a table they make so far.

    Args:
        digests: the digests of the table's pieces.
        table: its name.
        rows: how many rows there are, where that is known.
        progress: a function that is told, or whether to show a bar on standard error.

    Raises:
        ImportError: without tqdm, naming the extra.
    """
    if callable(progress):
        read = 0
        for each in digests:
            read += each.length
            progress(table, read, rows)
            yield each
        return
    if not progress:
        yield from digests
        return
    try:
        tqdm = importlib.import_module("tqdm.auto")
    except ImportError as error:
        raise package_needed("progress=True", "progress") from error
    with tqdm.tqdm(total=rows, desc=table, unit=" rows", unit_scale=True) as bar:
        for each in digests:
            bar.update(each.length)
            yield each
