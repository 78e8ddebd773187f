"""The arguments: subcommands of `argparse`, whose every sentence is the library's own.

`argparse` speaks English. It is left nothing to say: values are checked by functions that raise `StopError`, which
it lets through; what it does not know is handed back by ``parse_known_args``; and of its own errors only the name of
the option is used.
"""

from __future__ import annotations

import argparse
import functools
import shutil
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from envindicators import __version__
from envindicators.cli.commands import SCHEMAS, check, columns, duties, evaluate, explain, form, schema, template
from envindicators.cli.options import Options, Section, add_common, add_general
from envindicators.cli.prog import PROG
from envindicators.cli.screen import Screen
from envindicators.cli.stop import StopError, one_of
from envindicators.cli.values import Values
from envindicators.definitions.programme import Programme
from envindicators.words.message import Message, gettext
from envindicators.words.spelling import did_you_mean

COMMANDS = ("evaluate", "check", "explain", "columns", "template", "form", "duties", "schema")
"""The commands, in the order of the help."""

_COMMAND = Message("COMMAND")


class _Help(argparse.HelpFormatter):
    """Help whose first word is in the language asked for."""

    def __init__(self, prog: str, lang: str) -> None:
        columns = shutil.get_terminal_size().columns
        super().__init__(prog, max_help_position=min(24, columns * 3 // 10))
        self.lang = lang

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, gettext("usage: ", self.lang) if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """A parser whose help is written to a screen."""

    def __init__(self, screen: Screen, **settings: Any) -> None:
        helped = functools.partial(_Help, lang=screen.lang)
        super().__init__(**settings, formatter_class=helped, add_help=False, allow_abbrev=False, exit_on_error=False)
        self.screen = screen

    def print_help(self, file: Any = None) -> None:  # noqa: ARG002 - the screen knows where
        self.screen.say(self.format_help().rstrip("\n"))

    @property
    def options(self) -> list[str]:
        """The names of its options."""
        return [name for action in self._actions for name in action.option_strings]


def parse_common(arguments: Sequence[str], screen: Screen) -> tuple[argparse.Namespace, list[str]]:
    """Return what is said of the language and the programme, before or behind the subcommand, and what is left.

    Raises:
        StopError: for a language that the library does not speak.
    """
    parser = _Parser(screen)
    add_common(Section(parser), screen.lang)
    return _known(parser, arguments)


def parse(arguments: Sequence[str], programme: Programme, screen: Screen) -> argparse.Namespace:
    """Return what a command line says, but for what `parse_common` has taken from it.

    The options have ``command``, the function that does it; ``tables``, the files by table; and ``flags``, the
    option of each table.

    Raises:
        StopError: if something on the command line is wrong.
    """
    parser, commands = _parser(programme, screen)
    _check_first(arguments[0], parser, commands)
    options, left = _known(parser, arguments)
    if left:
        raise _unknown(left[0], commands[options.name].options)
    options.tables = {key: names for key in programme.tables if (names := getattr(options, f"table:{key}", None))}
    return options


def _known(parser: _Parser, arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    try:
        return parser.parse_known_args(arguments)
    except argparse.ArgumentError as error:
        option = error.argument_name or ""
        given = any(argument.startswith(f"{name}=") for name in option.split("/") for argument in arguments)
        raise StopError(
            Message("{option} takes no value", option=option)
            if given
            else Message("{option} needs a value", option=option)
        ) from None


def _check_first(argument: str, parser: _Parser, commands: dict[str, _Parser]) -> None:
    """Check that a command comes first, or what the whole command line takes."""
    if not argument.startswith("-"):
        one_of(_COMMAND, argument, commands)
        return
    name = argument.partition("=")[0]
    if name in parser.options:
        return
    taking = [key for key, command in commands.items() if name in command.options]
    if taking:
        raise StopError(
            Message(
                "{option} comes after a command, as in: {example}", option=name, example=f"{PROG} {taking[0]} {name}"
            )
        )
    raise _unknown(argument, parser.options)


def _unknown(argument: str, options: Iterable[str]) -> StopError:
    if not argument.startswith("-"):
        near = did_you_mean(f"--{argument}", options)
        return StopError(Message("{argument!r} is one argument too many{near}", argument=argument, near=near))
    name = argument.partition("=")[0]
    return StopError(Message("there is no option {option}{near}", option=name, near=did_you_mean(name, options)))


def _parser(programme: Programme, screen: Screen) -> tuple[_Parser, dict[str, _Parser]]:
    """Return the parser, and that of each command."""
    lang = screen.lang
    parser = _Parser(
        screen,
        prog=PROG,
        description=gettext(
            "Computes from tables whether the targets of a document are met. Without a command it shows the scorecard "
            "of the example.",
            lang,
        ),
    )
    named = parser.add_subparsers(dest="name", prog=PROG, metavar=_COMMAND.in_(lang), title=gettext("commands", lang))
    add_general(parser, lang)(
        "--version",
        gettext("show the version and exit", lang),
        action="version",
        version=f"envindicators {__version__}",
    )
    tables, options = gettext("--TABLE FILE ...", lang), gettext("[OPTIONS]", lang)
    table, target = gettext("TABLE", lang), gettext("TARGET", lang)
    told: dict[str, tuple[Callable[..., int], str, str]] = {
        "evaluate": (evaluate, f"{tables} {options}", gettext("compute and show the scorecard", lang)),
        "check": (
            check,
            f"{tables} {options}",
            gettext("look for errors, gaps and notes in the data, without computing", lang),
        ),
        "explain": (
            explain,
            f"{target} {tables} {options}",
            gettext("explain in words how the result of one target was reached", lang),
        ),
        "columns": (columns, f"[{table}]", gettext("show which columns each table has", lang)),
        "template": (
            template,
            f"[{table} ...] {gettext('FILE', lang)} {options}",
            gettext("write a workbook to be filled in, or an empty CSV file of one table", lang),
        ),
        "form": (
            form,
            f"{gettext('FILE', lang)} --table {table} {options}",
            gettext("begin a form of an office's file: recognised, proposed, missing", lang),
        ),
        "duties": (
            duties,
            options,
            gettext("list the duties of the document: clause, who must act, how strongly each binds", lang),
        ),
        "schema": (
            schema,
            f"{gettext('WHAT', lang)} {options}",
            gettext("show a schema for other tools: of programme files, results, inputs or SDMX", lang),
        ),
    }
    commands: dict[str, _Parser] = {}
    for name, (command, usage, about) in told.items():
        made = named.add_parser(name, screen=screen, help=about, description=about, usage=f"%(prog)s {usage}")
        made.set_defaults(command=command)
        commands[name] = made
        add, section = Options(made, Values(programme), lang), None
        if name == "explain":
            add.add_explained()
        if name in ("evaluate", "check", "explain"):
            section = add.add_inputs()
        if name == "evaluate":
            add.add_results()
        if name == "columns":
            add.add_table()
        if name == "template":
            add.add_template()
        if name == "form":
            add.add_form()
        if name == "schema":
            add.add_schema(SCHEMAS)
        add_general(made, lang)
        if section is not None:
            add.add_tables(section, made.options)
    return parser, commands
