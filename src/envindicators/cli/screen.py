"""What is written to the terminal: in one language, folded to its width, in letters that it can carry."""

from __future__ import annotations

import io
import os
import sys
from typing import IO

from attrs import define, field

from envindicators.errors import EnvIndicatorsError
from envindicators.report.plain import carried
from envindicators.report.terminal import folded
from envindicators.report.verdicts import SYMBOLS, VERDICTS
from envindicators.words.message import Message, gettext

_SIGNS = [(SYMBOLS[key], VERDICTS[key]) for key in ("exceeded", "met", "not_met", "undetermined")]


@define
class Screen:
    """Where everything is written: results to the standard output, notes and errors beside it.

    Args:
        lang: the language.
    """

    lang: str
    _told: set[str] = field(factory=set[str], init=False)
    """The encodings that the reader has been told cannot carry everything."""

    def say(self, text: str = "") -> None:
        """Write lines that are folded to the terminal."""
        self.lay_out(folded(text))

    def note(self, text: str) -> None:
        """Write lines beside the results."""
        self._write(folded(text), sys.stderr)

    def complain(self, message: Message | EnvIndicatorsError | str) -> None:
        """Write what is wrong beside the results."""
        self.note(gettext("error: {message}", self.lang, message=message))

    def lay_out(self, text: str) -> None:
        """Write text whose lines stand as they are."""
        self._write(text, sys.stdout)

    def hand_over(self, text: str) -> None:
        """Write text in UTF-8 whatever the encoding of the terminal, for another program or a file."""
        buffer = getattr(sys.stdout, "buffer", None)
        if buffer is not None:
            flush()
            buffer.write(text.encode())
            buffer.flush()
        elif sys.stdout is not None:  # pyright: ignore[reportUnnecessaryComparison]
            sys.stdout.write(text)

    def _write(self, text: str, stream: IO[str] | None) -> None:
        if stream is None:  # closed
            return
        encoding: str = getattr(stream, "encoding", None) or "utf-8"
        written = carried(text.replace("≥ ", "≥") if carried("≥", encoding) != "≥" else text, encoding)
        stream.write(f"{written}\n")
        if written != text and encoding not in self._told:
            self._told.add(encoding)
            signs = ", ".join(f"{carried(sign, encoding)} {word.in_(self.lang)}" for sign, word in _SIGNS)
            self.note(
                gettext(
                    "Note: the encoding {encoding} cannot carry all letters and signs; some are written without marks "
                    "or as others: {signs}. To have them all, set PYTHONUTF8=1.",
                    self.lang,
                    encoding=encoding,
                    signs=signs,
                )
            )


def write_anything() -> None:
    """Let the terminal's streams take any letter: what an encoding has not is written as its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def flush() -> None:
    """Write what is still to be written."""
    if sys.stdout is not None:  # pyright: ignore[reportUnnecessaryComparison] - closed by ``>&-``
        sys.stdout.flush()


def let_go() -> None:
    """Write no more to what takes no more, not even when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(nowhere, stream.fileno())
