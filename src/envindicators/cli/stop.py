"""What the command leaves behind, and why it cannot go on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from envindicators.words.message import Message
from envindicators.words.spelling import did_you_mean

DONE, BAD_DATA, BAD_COMMAND, BAD_FILE = 0, 1, 2, 3
"""All went well; errors in the data; a wrong command; a file or package is missing, or a file cannot be written."""


class StopError(Exception):
    """The command cannot go on.

    Args:
        message: what to say.
        code: what to leave behind.
    """

    def __init__(self, message: Message, code: int = BAD_COMMAND) -> None:
        super().__init__(message)
        self.message, self.code = message, code


def one_of(option: Message | str, name: str, known: Iterable[str], written: Mapping[str, str] | None = None) -> str:
    """Return a name that is one of those there are.

    Args:
        option: what takes the name.
        name: the name.
        known: those there are.
        written: what else people write, with the names meant.

    Raises:
        StopError: if it is not, with those that are and the one that is surely meant.
    """
    names = list(known)
    if name not in names:
        near = did_you_mean(name, names, written)
        words = Message("{option}: there is no {name!r}, only {known}{near}")
        raise StopError(words.filled(option=option, name=name, known=names, near=near))
    return name
