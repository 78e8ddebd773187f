"""From the arguments of the process to its exit code."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Mapping, Sequence

from envindicators.cli.advice import ADVICE
from envindicators.cli.commands import example
from envindicators.cli.language import locale_language
from envindicators.cli.parser import COMMANDS, parse, parse_common
from envindicators.cli.prog import PROG
from envindicators.cli.programme import load_programme
from envindicators.cli.screen import Screen, flush, let_go, write_anything
from envindicators.cli.stop import BAD_COMMAND, BAD_DATA, BAD_FILE, DONE, StopError
from envindicators.deprecation import current_arguments
from envindicators.errors import EnvIndicatorsError, UnreadableTable
from envindicators.problems import InvalidTable
from envindicators.words.message import Message, gettext


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line, and return its exit code; see `envindicators.cli.main`."""
    write_anything()
    screen = Screen(locale_language())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what concerns the reader is noted; the rest is for programmers
            code = _run(sys.argv[1:] if arguments is None else arguments, screen)
        flush()
    except BrokenPipeError:
        let_go()
        return DONE
    except OSError as error:
        let_go()
        name = Message("the screen") if error.filename is None else repr(error.filename)
        screen.complain(
            Message("{name} cannot be read or written: {error}", name=name, error=error.strerror or str(error))
        )
        return BAD_FILE
    return code


def _run(given: Sequence[str], screen: Screen) -> int:
    arguments, former = current_arguments(given)
    try:
        common, rest = parse_common(arguments, screen)
        screen.lang = common.lang
        _tell_former(given, former, screen)
        programme = load_programme(common.programme)
        if not rest:
            return example(programme, PROG, screen)
        options = parse(rest, programme, screen)
        return int(options.command(options, programme, screen))
    except SystemExit as stop:  # after the help or the version
        return int(stop.code or 0)
    except StopError as stop:
        screen.complain(stop.message)
        if stop.code == BAD_COMMAND:
            named = [argument for argument in arguments if argument in COMMANDS][:1]
            screen.note(gettext("For the usage: {command}", screen.lang, command=" ".join([PROG, *named, "--help"])))
        return stop.code
    except InvalidTable as error:
        screen.note("\n".join([error.in_(screen.lang, ADVICE), *getattr(error, "__notes__", ())]))
        return BAD_DATA
    except ImportError as error:
        said = error if isinstance(error, EnvIndicatorsError) else str(error)
        screen.complain(Message("a package is missing: {error}", error=said))
        return BAD_FILE
    except EnvIndicatorsError as error:
        screen.complain(error)
        return BAD_FILE if isinstance(error, UnreadableTable) else BAD_COMMAND


def _tell_former(given: Sequence[str], former: Mapping[str, str], screen: Screen) -> None:
    """Note options that were given under their former names, which go on to work until they are left out.

    Raises:
        StopError: for one that was given under its name of today too.
    """
    for old, new in former.items():
        if any(argument.partition("=")[0] == new for argument in given):
            raise StopError(Message("{old} is the former name of {new}; give one of them", old=old, new=new))
        screen.note(gettext("Note: the option {old} is to go; it is {new} now.", screen.lang, old=old, new=new))
