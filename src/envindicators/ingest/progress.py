"""How many rows have been read, and how far an engine is, shown as a bar or told to a function."""

from __future__ import annotations

import contextlib
import contextvars
import importlib
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

from attrs import define

from envindicators.frames.engine import Engine
from envindicators.frames.packages import package_needed
from envindicators.frames.stream import Stream
from envindicators.ingest.plan import Progress

_OFTEN = 0.5
"""After so many seconds each time it is told how far an engine is."""

Made = TypeVar("Made")


@define
class Telling:
    """Tells how far one table is.

    Args:
        tell: told how many rows were read, and what else there is to say; None if nobody asked.
        whole: how many rows there are, where that is known.
        rows: how many were read.
    """

    tell: Callable[[int, str], object] | None = None
    whole: int | None = None
    rows: int = 0

    def read(self, rows: int) -> None:
        """Tell of some more rows."""
        self.rows += rows
        if self.tell is not None:
            self.tell(self.rows, "")

    def during(self, work: Callable[[Callable[[Engine], object]], Made]) -> Made:
        """Return what some work makes, telling again and again how far the engine is that it finds.

        The work is done in another thread, so that what is told, and may raise, is called from the caller's.
        """
        found: list[Engine] = []
        if self.tell is None:
            return work(found.append)
        with ThreadPoolExecutor(max_workers=1) as pool:
            pending = pool.submit(contextvars.copy_context().run, work, found.append)
            furthest = 0.0
            while not wait([pending], timeout=_OFTEN).done:
                for engine in found:
                    share = engine.share()
                    furthest = max(furthest, share or 0.0)
                    far = "" if share is None else f" {share:.0%}"
                    self.tell(self.rows + int(furthest * (self.whole or 0)), engine.what + far)
            return pending.result()


@contextlib.contextmanager
def telling(table: str, stream: Stream, progress: Progress) -> Generator[Telling]:
    """Yield what tells how far a table is.

    Args:
        table: its name.
        stream: the table.
        progress: a function that is told, or whether to show a bar on standard error.

    Raises:
        ImportError: without tqdm, naming the extra.
    """
    if not progress:
        yield Telling()
        return
    whole = stream.counted() if stream.rows is None else stream.rows
    if callable(progress):
        yield Telling(lambda rows, _: progress(table, rows, whole), whole)
        return
    try:
        tqdm = importlib.import_module("tqdm.auto")
    except ImportError as error:
        raise package_needed("progress=True", "progress") from error
    with tqdm.tqdm(total=whole, desc=table, unit=" rows", unit_scale=True) as bar:

        def show(rows: int, said: str) -> None:
            bar.set_postfix_str(said, refresh=False)
            bar.n = rows
            bar.refresh()

        yield Telling(show, whole)
