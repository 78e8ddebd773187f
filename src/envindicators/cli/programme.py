"""The programme that is asked for: one that comes with the library, or an object of the user's own module."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from importlib.metadata import entry_points
from pathlib import Path

import envindicators
from envindicators import programmes
from envindicators.cli.stop import BAD_FILE, StopError
from envindicators.definitions.programme import Programme
from envindicators.formats.programme_reader import UnreadableProgramme
from envindicators.words.message import Message
from envindicators.words.spelling import did_you_mean

DEFAULT = "soc_trang_2020"
"""The programme that is used unless another is asked for."""

GROUP = "envindicators.programmes"
"""The entry points by which other packages say what programmes they have: a name, and ``module:object``."""

_LIBRARY = f"{Path(envindicators.__file__).parent}{os.sep}"


def _installed() -> dict[str, str]:
    """Return where the programmes of other packages are, ``module:object`` by name."""
    return {found.name: found.value for found in entry_points(group=GROUP)}


def load_programme(written: str) -> Programme:
    """Return the programme of a key, of another package, of ``module:object``, or of a file of TOML or JSON.

    Raises:
        StopError: if there is none: no such key, module or object, a module that fails, an object of another kind.
    """
    if written in programmes.__all__:
        return _programme(written, getattr(programmes, written))
    if Path(written).suffix.lower() in (".toml", ".json"):
        return _of_file(written)
    installed = _installed()
    module, colon, name = installed.get(written, written).partition(":")
    if not (module and colon and name):
        known = [*programmes.__all__, *installed]
        raise StopError(
            Message(
                "--programme takes one of {known}, module:object, or a file of TOML or JSON; got {written!r}{near}",
                known=known,
                written=written,
                near=did_you_mean(written, known),
            )
        )
    found = _imported(module)
    for attribute in name.split("."):
        try:
            found = getattr(found, attribute)
        except AttributeError:
            names = [key for key in dir(found) if isinstance(getattr(found, key, None), Programme)]
            raise StopError(
                Message(
                    "--programme: {module!r} has no {name!r}; the programmes in it: {known}{near}",
                    module=module,
                    name=name,
                    known=names or Message("none"),
                    near=did_you_mean(name, names),
                )
            ) from None
    return _programme(written, found)


def _of_file(name: str) -> Programme:
    try:
        return Programme.load(name)
    except FileNotFoundError:
        raise StopError(Message("--programme: there is no file {name!r}", name=name), BAD_FILE) from None
    except OSError as error:
        message = Message("--programme: {name!r} cannot be read ({error})", name=name, error=error.strerror or error)
        raise StopError(message, BAD_FILE) from None
    except UnreadableProgramme as error:
        raise StopError(Message("--programme: {error}", error=str(error)), BAD_FILE) from None


def _programme(written: str, found: object) -> Programme:
    if not isinstance(found, Programme):
        kind = type(found).__name__
        raise StopError(
            Message("--programme: {written!r} is of type {kind}, not a Programme", written=written, kind=kind)
        )
    return found


def _imported(module: str) -> object:
    """Return a module, looked for in the working folder too."""
    folder = str(Path.cwd())
    if folder not in sys.path and "" not in sys.path:
        sys.path.insert(0, folder)
    importlib.invalidate_caches()
    try:
        return importlib.import_module(module)
    except (Exception, SystemExit) as error:
        if isinstance(error, ModuleNotFoundError) and f"{module}.".startswith(f"{error.name}."):
            near = did_you_mean(module.removesuffix(".py"), (path.stem for path in Path.cwd().glob("*.py")))
            raise StopError(
                Message("--programme: there is no module {module!r}{near}", module=module, near=near), BAD_FILE
            ) from None
        raise StopError(
            Message(
                "--programme: the module {module!r} cannot be imported: {place}{kind}: {error}",
                module=module,
                place=_place(error),
                kind=type(error).__name__,
                error=error.msg if isinstance(error, SyntaxError) else str(error),
            ),
            BAD_FILE,
        ) from error


def _place(error: BaseException) -> str:
    """Return the file and line of a module in which an error came up, of this library's none."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{error.filename}:{error.lineno}: "
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not frame.filename.startswith(("<", _LIBRARY, str(Path(importlib.__file__).parent)))
    ]
    return f"{frames[-1].filename}:{frames[-1].lineno}: " if frames else ""
