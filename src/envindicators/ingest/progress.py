"""A bar that shows how many rows have been read."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator

from envindicators.frames.packages import package_needed
from envindicators.ingest.digest import Piece


def watched(digests: Iterable[Piece], table: str, rows: int | None) -> Iterator[Piece]:
    """Yield digests, showing on standard error how many rows of a table they make so far.

    Args:
        digests: the digests of the table's pieces.
        table: its name.
        rows: how many rows there are, where that is known.

    Raises:
        ImportError: without tqdm, naming the extra.
    """
    try:
        tqdm = importlib.import_module("tqdm.auto")
    except ImportError as error:
        raise package_needed("progress=True", "progress") from error
    with tqdm.tqdm(total=rows, desc=table, unit=" rows", unit_scale=True) as bar:
        for each in digests:
            bar.update(each.length)
            yield each
