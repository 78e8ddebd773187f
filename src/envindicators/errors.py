"""What the library raises and warns about, and where in a user's own code a warning points.

Every error is an `EnvIndicatorsError`, and also the builtin that one would expect in its place: what is of
a wrong type a TypeError, a value that is none a ValueError, a key that is none a KeyError too. Bad data is
reported as `Problem` objects inside an `InvalidTable`; see `envindicators.problems`.
"""

from __future__ import annotations

import sys
import warnings
from typing import Any

LONGEST = 1000
"""How many characters a message has at the most."""


def _cut(message: object) -> object:
    """Return a message without its middle where it is long, so that what it is about and the hint at its end stay."""
    if not isinstance(message, str) or len(message) <= LONGEST:
        return message
    return f"{message[:500]} ... ({len(message)}) ... {message[-400:]}"


class EnvIndicatorsError(Exception):
    """The base of every error that the library raises. A message is never longer than a reader reads."""

    def __init__(self, *args: object) -> None:
        super().__init__(*map(_cut, args))

    def in_(self, lang: str) -> str:
        """Return the message in a language; in English where it was made in English only."""
        message: Any = self.args[0] if self.args else ""
        return str(_cut(message.in_(lang) if hasattr(message, "in_") else super().__str__()))

    def __str__(self) -> str:
        return self.in_("en")


class DefinitionError(EnvIndicatorsError, ValueError):
    """A target, indicator, rule, programme, tally or threshold contradicts itself.

    Raised when the object is made, never later: a value or column that the table lacks, a range
    with its ends exchanged, a target without readings, two things under one key.
    """


class WrongTypeError(DefinitionError, TypeError):
    """What an object is made of, or asked, is of another type than it takes."""


class NoTruthValueError(EnvIndicatorsError, TypeError):
    """A rule, verdict, judgement or assessment was taken for true or false, which it is not."""


class OptionError(EnvIndicatorsError, ValueError):
    """An option of a function has a value that is none: a ``lang``, ``year``, reading or ``backend`` not known."""


class OptionTypeError(OptionError, TypeError):
    """An option of a function is of another type than it takes."""


class UnknownKeyError(OptionError, KeyError):
    """There is nothing of that key: no such target, reading, duty, group or year. The message names those that are."""

    def __str__(self) -> str:
        return Exception.__str__(self)  # that of a KeyError puts its message in quotation marks


class OldPickleError(EnvIndicatorsError, ValueError):
    """An object was pickled by a version of the library that described it otherwise. Make it anew."""


class CoverageWarning(UserWarning):
    """An area stands in one table and not in another, so totals that include it are undetermined.

    Issued by `evaluate`. The areas are also listed, table by table, in ``card.missing``.
    """


class EngineWarning(UserWarning):
    """An engine could not group the rows of a table where they are, so they are read one by one, which takes longer.

    Issued by `evaluate`, `check` and `condense`, with what the engine says. The numbers are the same.
    """


class RoundingWarning(UserWarning):
    """No count of the population rounds to a published percentage, so the counts on either side are taken.

    Issued by `Tally.from_percent`.
    """


class UnreadableTable(EnvIndicatorsError, ValueError):  # noqa: N818 - a public name
    """A file, a lazy frame or a piece of a table cannot be read. The message names it; nothing was counted.

    Attributes:
        kind: why, in one word for programs: ``"not_found"``, ``"folder"``, ``"format"`` (no format is known by the end
            of the name), ``"damaged"`` (not of that format), ``"password"``, ``"encoding"``, ``"too_large"``,
            ``"open_elsewhere"`` (the mark of a workbook that is open), ``"elsewhere"`` (not on this machine),
            ``"sheet"`` (none of that name, or an empty one), ``"heading"`` (none, or several), ``"cells"`` (a row has
            more than the heading), ``"quotation"`` (a mark without its second), ``"column"`` (one that ``text=`` names
            is missing), ``"folder_differs"`` (a folder says otherwise than its file), ``"no_form"``, ``"index"`` and
            ``"engine"`` (frames).
    """

    kind: str

    def __init__(self, *args: object, kind: str = "damaged") -> None:
        super().__init__(*args)
        self.kind = kind

    @property
    def source(self) -> str | None:
        """The file that could not be read, as it was named, or the pattern, folder or frame."""
        details: Any = getattr(self.args[0], "details", {}) if self.args else {}
        names = (name for name in ("path", "where", "what", "pattern", "folder") if name in details)
        return next((str(details[name]) for name in names), None)


class NoSuchFile(UnreadableTable, FileNotFoundError):  # noqa: N818 - a public name
    """No file matches what was to be read. Its ``kind`` is ``"not_found"``."""

    def __init__(self, *args: object, kind: str = "not_found") -> None:
        super().__init__(*args, kind=kind)


class PackageNeeded(EnvIndicatorsError, ImportError):  # noqa: N818 - a public name
    """Something needs a package that is not installed. The message names the extra that brings it."""


_INSIDE = (__file__.removesuffix("errors.py"), "<attrs generated")


def warn_user(message: str, category: type[Warning]) -> None:
    """Warn, pointing at the line outside this package from which it was called, however deep inside that was."""
    level, frame = 1, sys._getframe()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - skip_file_prefixes begins with Python 3.12
    while frame is not None and frame.f_code.co_filename.startswith(_INSIDE):
        level, frame = level + 1, frame.f_back  # type: ignore[assignment]
    warnings.warn(message, category, stacklevel=level)
