"""The arguments: subcommands of `argparse`, whose every sentence is the library's own.

`argparse` speaks English. It is left nothing to say: values are checked by functions that raise `StopError`, which
it lets through; what it does not know is handed back by ``parse_known_args``; and of its own errors only the name of
the option is used.
"""

from __future__ import annotations

import argparse
import functools
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from envindicators import __version__
from envindicators.cli.commands import check, columns, duties, evaluate, explain, template
from envindicators.cli.language import known_language
from envindicators.cli.programme import DEFAULT
from envindicators.cli.screen import Screen
from envindicators.cli.stop import StopError, one_of
from envindicators.definitions.form import LAYOUTS, TOTALS
from envindicators.definitions.programme import Programme, Target
from envindicators.definitions.table import Table
from envindicators.words.catalogue import languages
from envindicators.words.message import Message, gettext
from envindicators.words.spelling import did_you_mean

PROG = "envindicators" if Path(sys.argv[0]).stem == "envindicators" else "python -m envindicators"
"""How the command was called."""

COMMANDS = ("evaluate", "check", "explain", "columns", "template", "duties")
"""The commands, in the order of the help."""

_FIRST_YEAR, _LAST_YEAR = 1900, 2100


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
    _add_common(parser, screen)
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
        one_of(_command(), argument, commands)
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


# the parsers


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
    named = parser.add_subparsers(dest="name", prog=PROG, metavar=_command().in_(lang), title=gettext("commands", lang))
    general = _add_general(parser, screen)
    general.add_argument(
        "--version",
        action="version",
        version=f"envindicators {__version__}",
        help=gettext("show the version and exit", lang),
    )
    commands: dict[str, _Parser] = {}

    def command(name: str, does: Callable[..., int], usage: str, about: str) -> _Parser:
        made: _Parser = named.add_parser(
            name, screen=screen, help=about, description=about, usage=f"%(prog)s {usage}".rstrip()
        )
        made.set_defaults(command=does)
        commands[name] = made
        return made

    tables, options, groups = gettext("--TABLE FILE ...", lang), gettext("[OPTIONS]", lang), dict[str, Any]()
    made = command("evaluate", evaluate, f"{tables} {options}", gettext("compute and show the scorecard", lang))
    groups["evaluate"] = _add_inputs(made, programme, lang)
    _add_outputs(made, programme, lang)
    made = command(
        "check",
        check,
        f"{tables} {options}",
        gettext("look for errors, gaps and notes in the data, without computing", lang),
    )
    groups["check"] = _add_inputs(made, programme, lang)
    made = command(
        "explain",
        explain,
        f"{gettext('TARGET', lang)} {tables} {options}",
        gettext("explain in words how the result of one target was reached", lang),
    )
    _add_explained(made, programme, lang)
    groups["explain"] = _add_inputs(made, programme, lang)
    made = command(
        "columns", columns, f"[{gettext('TABLE', lang)}]", gettext("show which columns each table has", lang)
    )
    _add_table(made, programme, lang)
    made = command(
        "template",
        template,
        f"{gettext('TABLE', lang)} {options}",
        gettext("write an empty CSV file of a table, with its heading", lang),
    )
    _add_template(_add_table(made, programme, lang), lang)
    command(
        "duties",
        duties,
        "",
        gettext("list the duties of the document: clause, who must act, how strongly each binds", lang),
    )
    for name, made in commands.items():
        _add_general(made, screen)
        if name in groups:
            _add_tables(made, groups[name], programme, lang)
    return parser, commands


def _command() -> Message:
    return Message("COMMAND")


def _add_general(parser: _Parser, screen: Screen) -> Any:
    general = parser.add_argument_group(gettext("general options", screen.lang))
    general.add_argument("-h", "--help", action="help", help=gettext("show this help message and exit", screen.lang))
    _add_common(general, screen)
    return general


def _add_common(general: Any, screen: Screen) -> None:
    lang = screen.lang
    known = ", ".join(languages())
    general.add_argument(
        "--lang",
        type=_language,
        default=lang,
        metavar=gettext("LANGUAGE", lang),
        help=gettext("the language: {known}; that of the system unless given", lang, known=known),
    )
    general.add_argument(
        "--programme",
        default=DEFAULT,
        metavar=gettext("PROGRAMME", lang),
        help=gettext("the programme: {default}, or module:object for one of your own", lang, default=DEFAULT),
    )


def _language(written: str) -> str:
    return known_language(written) or one_of("--lang", written, languages())


def _add_inputs(command: _Parser, programme: Programme, lang: str) -> Any:
    """Add what says how tables are read, and return the group of the tables, still empty."""
    tables = command.add_argument_group(
        gettext("tables", lang), gettext("CSV, Excel or Parquet; * and ** stand for any names", lang)
    )
    several: dict[str, Any] = {"nargs": "+", "action": "extend", "default": []}
    first = next(iter(programme.tables))
    reading = command.add_argument_group(gettext("how the tables are read", lang))
    reading.add_argument("--year", type=_year, metavar=gettext("YEAR", lang), help=gettext("the reporting year", lang))
    reading.add_argument(
        "--by",
        **several,
        metavar=gettext("COLUMN", lang),
        help=gettext("the key columns that make the groups: area, year", lang),
    )
    reading.add_argument(
        "--units",
        **several,
        type=functools.partial(_unit, programme),
        metavar=gettext("TABLE=UNIT", lang),
        help=gettext("the unit of the figures, as in {example}", lang, example=_unit_example(programme)),
    )
    reading.add_argument(
        "--layout",
        **several,
        type=functools.partial(_layout, programme),
        metavar=gettext("TABLE=LAYOUT", lang),
        help=gettext(
            "the layout of a table: {known}; as in {example}",
            lang,
            known=", ".join(LAYOUTS),
            example=f"{first}=counts",
        ),
    )
    reading.add_argument(
        "--totals",
        **several,
        type=functools.partial(_totals, programme),
        metavar="keep|drop",
        help=gettext(
            "keep or drop rows that are totals of others, in all tables or in one, as in {example}",
            lang,
            example=f"{first}=drop",
        ),
    )
    reading.add_argument(
        "--expected",
        metavar=gettext("FILE", lang),
        help=gettext(
            "a file of the areas that should report: one a line (.txt), or a table with the column area", lang
        ),
    )
    reading.add_argument(
        "--sheet",
        **several,
        type=functools.partial(_sheet, programme),
        metavar=gettext("SHEET", lang),
        help=gettext(
            "the sheet of Excel files: its name, or its number from 1; of one table as in {example}",
            lang,
            example=f"{first}=2",
        ),
    )
    return tables


def _add_tables(command: _Parser, group: Any, programme: Programme, lang: str) -> None:
    """Add the options of the tables: their keys, unless those are options already."""
    flags: dict[str, str] = {}
    for key, table in programme.tables.items():
        flag = f"--{key.replace('_', '-')}"
        flags[key] = f"--table-{key}" if flag in command.options else flag
        group.add_argument(
            flags[key],
            dest=f"table:{key}",
            nargs="+",
            action="extend",
            metavar=gettext("FILE", lang),
            help=table.name.in_(lang).replace("%", "%%"),
        )
    command.set_defaults(flags=flags)


def _add_outputs(command: _Parser, programme: Programme, lang: str) -> None:
    file = gettext("FILE", lang)
    group = command.add_argument_group(gettext("results", lang))
    group.add_argument(
        "--readings",
        nargs="+",
        action="extend",
        default=[],
        type=functools.partial(_reading, programme),
        metavar=gettext("TARGET=READING", lang),
        help=gettext("the reading to put first, as in {example}", lang, example=_reading_example(programme)),
    )
    group.add_argument(
        "--explain",
        nargs="+",
        action="extend",
        default=[],
        type=functools.partial(_target, programme, "--explain"),
        metavar=gettext("TARGET", lang),
        help=gettext("explain the results of these targets too", lang),
    )
    group.add_argument("--html", metavar=file, help=gettext("also write a page of HTML to this file", lang))
    group.add_argument(
        "--report",
        metavar=file,
        help=gettext("also write a whole report, to hand in and file, to this file (.html; needs matplotlib)", lang),
    )
    group.add_argument(
        "--json",
        metavar=file,
        help=gettext("also write the results as JSON to this file; - writes nothing but JSON to the screen", lang),
    )
    _add_force(group, lang)


def _add_force(group: Any, lang: str) -> None:
    group.add_argument("--force", action="store_true", help=gettext("write over files that are there already", lang))


def _add_explained(command: _Parser, programme: Programme, lang: str) -> None:
    group = command.add_argument_group(gettext("what is explained", lang))
    group.add_argument(
        "target",
        nargs="?",
        type=functools.partial(_target, programme, Message("TARGET")),
        metavar=gettext("TARGET", lang),
        help=gettext("the target: {known}", lang, known=", ".join(target.key for target in programme.targets)),
    )
    group.add_argument(
        "--group",
        nargs="+",
        metavar=gettext("VALUE", lang),
        help=gettext("the area or group; the whole unless given", lang),
    )
    group.add_argument(
        "--reading", metavar=gettext("READING", lang), help=gettext("the reading; the first unless given", lang)
    )


def _add_table(command: _Parser, programme: Programme, lang: str) -> Any:
    group = command.add_argument_group(gettext("arguments", lang))
    group.add_argument(
        "table",
        nargs="?",
        type=functools.partial(_table, programme, Message("TABLE")),
        metavar=gettext("TABLE", lang),
        help=gettext("the table: {known}", lang, known=", ".join(programme.tables)),
    )
    return group


def _add_template(group: Any, lang: str) -> None:
    group.add_argument(
        "--layout",
        type=functools.partial(one_of, "--layout", known=("records", "counts")),
        metavar="records|counts",
        help=gettext("records: a row is one of them, with an id; counts: a row is a group, with its total", lang),
    )
    group.add_argument(
        "--out", metavar=gettext("FILE", lang), help=gettext("write to this file instead of the screen", lang)
    )
    _add_force(group, lang)


# the values


def _year(written: str) -> int:
    if not (written.isdecimal() and _FIRST_YEAR <= int(written) <= _LAST_YEAR):
        raise StopError(
            Message(
                "--year takes a year from {first} to {last}, not {written!r}",
                first=_FIRST_YEAR,
                last=_LAST_YEAR,
                written=written,
            )
        )
    return int(written)


def _target(programme: Programme, option: Message | str, written: str) -> str:
    return one_of(option, written, [target.key for target in programme.targets])


def _table(programme: Programme, option: Message | str, written: str) -> str:
    keys = {key.replace("_", "-"): key for key in programme.tables}
    return one_of(option, keys.get(written, written), programme.tables)


def _pair(option: str, written: str, example: str) -> tuple[str, str]:
    name, _, value = written.partition("=")
    if not (name and value):
        raise StopError(
            Message(
                "{option} takes name=value, as in {example}; {written!r} is not of that form",
                option=option,
                example=example,
                written=written,
            )
        )
    return name, value


def _unit(programme: Programme, written: str) -> tuple[str, str]:
    name, unit = _pair("--units", written, _unit_example(programme))
    table = programme.tables[_table(programme, "--units", name)]
    words = table.unit.meant(per_day=table.period == "flow")
    return table.key, one_of("--units", unit, _units(table), words)


def _units(table: Table) -> list[str]:
    names = [name for name, _ in table.unit.multiples]
    return [*names, *(f"{name}/day" for name in names if table.period == "flow")]


def _unit_example(programme: Programme) -> str:
    tables = sorted(programme.tables.values(), key=lambda table: len(table.unit.multiples) < 2)
    return f"{tables[0].key}={tables[0].unit.multiples[-1][0]}"


def _layout(programme: Programme, written: str) -> tuple[str, str]:
    name, layout = _pair("--layout", written, f"{next(iter(programme.tables))}=counts")
    return _table(programme, "--layout", name), one_of("--layout", layout, LAYOUTS)


def _totals(programme: Programme, written: str) -> tuple[str, str]:
    name, equals, word = written.rpartition("=")
    return _table(programme, "--totals", name) if equals else "", one_of("--totals", word, TOTALS)


def _sheet(programme: Programme, written: str) -> tuple[str, str]:
    """Return the table, none for all of them, and the sheet. The name of a sheet may hold an equals sign."""
    name, _, sheet = written.partition("=")
    key = name.replace("-", "_")
    return (key, sheet) if sheet and key in programme.tables else ("", written)


def _reading(programme: Programme, written: str) -> tuple[str, str]:
    name, key = _pair("--readings", written, _reading_example(programme))
    target = programme.target(_target(programme, "--readings", name))
    one_of("--readings", key, [reading.key for reading in target.readings])
    if key not in _deciding(target):
        raise StopError(
            Message(
                "--readings: the reading {key!r} is for reference only and cannot be put first, only {known}",
                key=key,
                known=_deciding(target),
            )
        )
    return target.key, key


def _reading_example(programme: Programme) -> str:
    several = [target for target in programme.targets if len(_deciding(target)) > 1] or programme.targets
    return min((f"{target.key}={_deciding(target)[-1]}" for target in several), key=len)


def _deciding(target: Target) -> list[str]:
    """Return the readings that can be put first."""
    return [reading.key for reading in target.readings if reading.kind == "text"]
