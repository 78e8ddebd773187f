"""The files that a command writes: refused before anything is computed if they could not be, never written over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from envindicators.cli.screen import Screen
from envindicators.cli.stop import BAD_FILE, StopError
from envindicators.report.documents.write import REPORTS
from envindicators.words.message import Message, gettext

SUFFIXES = {
    "html": (".html", ".htm"),
    "report": tuple(REPORTS),
    "json": (".json",),
    "sdmx": (".csv",),
    "out": (".csv", ".xlsx", ".toml", ".json"),
}
"""How the name of a file may end, by option."""

_TEMPLATES = (".csv", ".xlsx", ".toml")


def is_file(name: str) -> bool:
    """Return whether a name is that of a file that a template is written to, by its ending."""
    return Path(name).suffix.lower() in _TEMPLATES


def check_outputs(options: Any) -> None:
    """Check what is to be written, before anything is computed.

    Raises:
        StopError: for a name that ends otherwise than its option writes, for one that stands twice, for a file
            that is there already unless ``--force`` is given, and for a folder that is not.
    """
    options_of: dict[Path, str] = {}
    for option, suffixes in SUFFIXES.items():
        given = getattr(options, option, None)
        for name in [given] if isinstance(given, str) else given or ():
            if (option, name) != ("json", "-"):
                _check(option, name, suffixes, options_of, force=options.force)


def _check(option: str, name: str, suffixes: tuple[str, ...], options_of: dict[Path, str], *, force: bool) -> None:
    path = Path(name)
    if path.suffix.lower() not in suffixes:
        raise StopError(
            Message(
                "--{option} writes a file whose name ends in {suffixes}; {name!r} does not",
                option=option,
                suffixes=suffixes,
                name=name,
            )
        )
    if path.resolve() in options_of:
        other = options_of[path.resolve()]
        raise StopError(
            Message("--{other} and --{option} both name the file {name!r}", other=other, option=option, name=name)
        )
    options_of[path.resolve()] = option
    if path.is_dir():
        raise StopError(Message("{name!r} cannot be written: it is a folder", name=name), BAD_FILE)
    if path.exists() and not force:
        raise _there_already(name)
    if not path.parent.is_dir():
        folder = str(path.parent)
        raise StopError(
            Message("{name!r} cannot be written: there is no folder {folder!r}", name=name, folder=folder), BAD_FILE
        )


def write(name: str, content: str | bytes, screen: Screen, *, force: bool) -> None:
    """Write text or bytes to a file, and say so.

    Raises:
        StopError: if it cannot be written, or is there already and ``force`` is not given.
    """
    try:
        with Path(name).open("wb" if force else "xb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
    except FileExistsError:
        raise _there_already(name) from None
    except OSError as error:
        raise StopError(_failure(name, error), BAD_FILE) from error
    screen.note(gettext("Written: {name}", screen.lang, name=name))


def _there_already(name: str) -> StopError:
    return StopError(Message("{name!r} is there already; to write over it add --force", name=name), BAD_FILE)


def _failure(name: str, error: OSError) -> Message:
    if isinstance(error, PermissionError):
        return Message("{name!r} cannot be written: no permission, or another program has it open", name=name)
    return Message("{name!r} cannot be written: {error}", name=name, error=error.strerror or error)
