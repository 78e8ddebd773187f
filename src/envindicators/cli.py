"""The command line: ``python -m envindicators``."""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NoReturn

from envindicators import __version__
from envindicators.definitions.form import LAYOUTS, TOTALS, Form
from envindicators.definitions.programme import Duty
from envindicators.errors import CoverageWarning, PackageNeeded, UnreadableTable
from envindicators.evaluation.evaluate import check, evaluate
from envindicators.evaluation.explanation import Explanation
from envindicators.evaluation.scorecard import Scorecard
from envindicators.examples import MADE_UP, soc_trang
from envindicators.formats.json import card_data
from envindicators.formats.tables import template
from envindicators.frames.csv import spelling
from envindicators.frames.excel import sheet_names
from envindicators.frames.files import SUFFIXES, Files, find_files
from envindicators.ingest.text_keys import text_keys, typed_alike
from envindicators.problems import InvalidTable
from envindicators.programmes import soc_trang_2020
from envindicators.report.cards import missing_words, reviews_words
from envindicators.report.document import report_html
from envindicators.report.duties import STRENGTHS, actor_words
from envindicators.report.html import page_html
from envindicators.report.numbers import number
from envindicators.report.plain import carried
from envindicators.report.terminal import folded
from envindicators.report.verdicts import SYMBOLS, VERDICTS
from envindicators.words.catalogue import languages
from envindicators.words.message import Message
from envindicators.words.messages import SEVERITY_NAMES
from envindicators.words.spelling import nearest

DONE, BAD_DATA, BAD_COMMAND, BAD_FILE = 0, 1, 2, 3
"""What the command leaves behind: all went well; errors in the data; a wrong command; a file or package is missing."""

_WORDS: dict[str, Message] = {
    "description": Message(
        "Computes the environmental targets of Resolution 12-NQ/TU (Soc Trang) from tables. Without a "
        "command it shows the scorecard of the example."
    ),
    "evaluate": Message("compute and show the scorecard"),
    "check": Message("look for errors, gaps and notes in the data, without computing"),
    "columns": Message("which columns each table has"),
    "template": Message("write an empty CSV file of a table, with its heading"),
    "duties": Message("list all duties of the document: clause, who must act, how strongly it binds"),
    "command": Message("COMMAND"),
    "which_table": Message("the table: {known}"),
    "out": Message("write to this file instead of the screen"),
    "template_layout": Message("records: a row is one of them, with an id; counts: a row is a group, with its total"),
    "no_records": Message("a row of the table {table} is never one unit; it takes counts only"),
    # what the help says
    "usage": Message("usage: "),
    "options": Message("options"),
    "arguments": Message("arguments"),
    "commands": Message("commands"),
    "help": Message("show this help message and exit"),
    "version": Message("show the version and exit"),
    "FILE": Message("FILE"),
    "YEAR": Message("YEAR"),
    "COLUMN": Message("COLUMN"),
    "TABLE": Message("TABLE"),
    "TABLE=VALUE": Message("TABLE=VALUE"),
    "TARGET": Message("TARGET"),
    "TARGET=READING": Message("TARGET=READING"),
    "SHEET": Message("SHEET"),
    "sheet": Message("the sheet of Excel files: its name, or its number from 1; perhaps as waste=SHEET"),
    "lang": Message("the language: vi or en"),
    "table": Message("the files of the table “{name}”: CSV, Excel or Parquet, perhaps with * and **"),
    "tables": Message("tables"),
    "year": Message("the reporting year"),
    "by": Message("the key columns that make the groups: area, year"),
    "units": Message("the unit that figures come in, as waste=tonne or waste=tonne/day"),
    "layout": Message("the layout of a table, as residents=counts"),
    "totals": Message("keep or drop rows that are totals of others; for all tables, or as waste=drop"),
    "expected": Message("a file of the areas that should report: one a line (.txt), or a table with the column area"),
    "readings": Message("the reading to put first, as new_facilities=one_kind"),
    "html": Message("also write a page of HTML to this file"),
    "report": Message("write a whole report, to hand in and file, to this file of HTML (needs matplotlib)"),
    "json": Message("also write the results as JSON to this file; - writes nothing but JSON to the screen"),
    "explain": Message("explain how the answers for these targets came"),
    "go_on": Message(
        "With figures of your own:\n  python -m envindicators evaluate --residents people.csv --waste "
        "waste.xlsx --units waste=tonne --year 2020 --by area\nTo have an answer explained: add --explain "
        "urban_waste\nTo see which columns a table needs: python -m envindicators columns\nTo check data: "
        "python -m envindicators check --help"
    ),
    "error": Message("error: {message}"),
    "see_help": Message("For the usage: {prog} --help"),
    "not_a_pair": Message("{option} takes name=value, as {example}; {given!r} is not of that form"),
    "unknown": Message("{option}: there is no {given!r}, only {known}{near}"),
    "did_you_mean": Message("; did you mean {near!r}?"),
    "never_decides": Message("--readings: the reading {given!r} decides nothing and cannot be put first, only {known}"),
    "bad_year": Message("--year takes a year from 1900 to 2100"),
    "no_tables": Message("no table was given; at least one is needed of {known}"),
    "no_file": Message("no file matches {given!r}"),
    "unreadable": Message("a file cannot be read: {message}"),
    "no_package": Message("a package is missing: {message}"),
    "not_written": Message("{given!r} cannot be written: {message}"),
    "no_areas": Message("{given!r} has no list of areas; it needs a column area, or to be a .txt with one area a line"),
    "coverage": Message("Note: table {table}: {what}; totals over it stay open."),
    "note": Message("Note: {problem}"),
    "found": Message("Errors: {errors}; gaps: {gaps}; notes: {notes}."),
    "nothing_found": Message("No errors, gaps or notes."),
    "encoding": Message(
        "Note: the encoding {encoding} cannot carry all letters and signs; some are written without marks "
        "or as others: {signs}. To have them all, set PYTHONUTF8=1."
    ),
    "more": Message("... and {more} more"),
    # duties
    "duty": Message("[{section}] {key} ({strength})"),
    "duty_count": Message("{count} duties, {measured} measurable."),
    "actor": Message("Who acts: {actor}"),
    "measured_by": Message("Measured by: {name}; table {table}"),
    # what argparse says
    "unrecognized": Message("unrecognized arguments: {first}"),
    "needs_value": Message("{first} needs a value"),
    "choice": Message("{first}: there is no {second}, only {third}"),
    "whole": Message("{first} takes a whole number, not {second}"),
    "ambiguous": Message("{first} could be one of several: {second}"),
}

_EXPECTED: dict[str, Message] = {
    "total_row": Message("looks like a total of {siblings} other rows; say --totals keep or --totals drop"),
    "total_name": Message(
        "is called a total; say --totals drop to leave it out, or --totals keep if it is an area of its own"
    ),
    "dropped_total": Message("a total of other rows; left out because of --totals drop"),
    "years_mixed": Message("several years ({years}); choose one with --year, or add --by year"),
    "year_needed": Message(
        "expected a year, to turn amounts per day into amounts per year; add the column year, or --year"
    ),
    "no_year_column": Message("expected a column year, since --by year was said"),
    "ambiguous_layout": Message(
        "parts of 0 and 1 beside a total above 1 could be counts or true/false; say --layout {of}=counts "
        "or --layout {of}=weighted"
    ),
    "mixed_layouts": Message(
        "expected the layout {first} of the rows before{where}: say --layout, or give all files alike"
    ),
    "unknown_by": Message("--by takes area, year or another key column that every table has{near}"),
    "by_data_column": Message("--by takes key columns only; {needed} is a {what} of table {owner}"),
    "by_twice": Message("expected each column of --by once"),
    "not_this_year": Message(
        "has rows in {other} and none in {year}; assumed not required to report; if it was, list it in --expected"
    ),
    "expected_form": Message("--expected takes a list of areas{hint}"),
}
"""What was expected, where the library would speak Python: by kind of problem."""

_NOTED = ("other_sheets", "dropped_total", "suspected_total", "doubled_rows")
_TOLD = 10
"""How many notes of a kind are told one by one."""

_NEARLY = ("absent_column", "other_columns")
"""What is also told when the card is shown: that something was not read, perhaps by mistake."""

_COPIED = ("python -m ",)
"""Lines that are copied, and so not folded, hold one of these."""

_ARGPARSE: tuple[tuple[str, str], ...] = (
    (r"unrecognized arguments: (.*)", "unrecognized"),
    (r"argument ([^:]*): expected .*", "needs_value"),
    (r"argument ([^:]*): invalid choice: (.*) \(choose from (.*)\)", "choice"),
    (r"argument ([^:]*): invalid int value: (.*)", "whole"),
    (r"ambiguous option: (\S+) could match (.*)", "ambiguous"),
)

_LISTED = 100


class _StopError(Exception):
    """The command cannot go on: what to say, and what to leave behind."""

    def __init__(self, key: str, code: int, **details: object) -> None:
        super().__init__(key)
        self.key, self.code, self.details = key, code, details


class _InvalidError(Exception):
    """The data cannot be evaluated: why, and the files that it came from."""

    def __init__(self, error: InvalidTable, tables: Mapping[str, Any]) -> None:
        super().__init__(error)
        self.error, self.tables = error, tables


_NOTICED: set[str] = set()
"""The encodings that the reader has been told cannot carry everything."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        argv: the arguments; those of the process unless given.

    Returns:
        0 if all went well, 1 if the data has errors, 2 if the command line is wrong, 3 if a file cannot be
        found, read or written, or a package is missing.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    _NOTICED.clear()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    lang = _lang(arguments)
    try:
        code = _run(arguments, lang)
        sys.stdout.flush()
    except BrokenPipeError:  # who was reading has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return code


def _run(arguments: Sequence[str], lang: str) -> int:
    try:
        options = _parser(lang).parse_args(arguments)
        commands: Mapping[str | None, Callable[[Any, str], int]] = {
            None: _example,
            "evaluate": _evaluate,
            "check": _check,
            "columns": _columns,
            "template": _template,
            "duties": _duties,
        }
        return commands[options.command](options, lang)
    except SystemExit as stop:  # argparse has said what there is to say
        return int(stop.code or 0)
    except _InvalidError as stop:
        error = stop.error
        _print(error.in_(lang, _EXPECTED), lang, sys.stderr)
        return BAD_DATA
    except _StopError as stop:
        _complain(_say(stop.key, lang, **stop.details), lang)
        return stop.code
    except UnreadableTable as error:
        _complain(_say("unreadable", lang, message=error.in_(lang)), lang)
        return BAD_FILE
    except ImportError as error:
        message = error.in_(lang) if isinstance(error, PackageNeeded) else str(error)
        _complain(_say("no_package", lang, message=message), lang)
        return BAD_FILE


def _say(key: str, lang: str, /, **details: object) -> str:
    return _WORDS[key].filled(**details).in_(lang)


def _complain(message: str, lang: str) -> None:
    _print(_say("error", lang, message=message), lang, sys.stderr)


def _print(text: str, lang: str, stream: IO[str] | None = None) -> None:
    """Print lines that are folded to the terminal, in letters that it can carry."""
    lines = (line if any(each in line for each in _COPIED) else folded(line) for line in text.split("\n"))
    _write_out("\n".join(lines), lang, stream)


def _write_out(text: str, lang: str, stream: IO[str] | None = None) -> None:
    """Print text in letters and signs that the encoding can carry, and say once where that changes any."""
    stream = stream or sys.stdout
    encoding: str = getattr(stream, "encoding", None) or "utf-8"
    written = carried(text.replace("≥ ", "≥") if carried("≥", encoding) != "≥" else text, encoding)
    print(written, file=stream)
    if written != text and encoding not in _NOTICED:
        _NOTICED.add(encoding)
        signs = ", ".join(f"{carried(sign, encoding)} {word.in_(lang)}" for sign, word in _SIGNS)
        notice = _say("encoding", lang, encoding=encoding, signs=signs)
        print(folded(carried(notice, sys.stderr.encoding or "utf-8")), file=sys.stderr)


_SIGNS = [(SYMBOLS[key], VERDICTS[key]) for key in ("exceeded", "met", "not_met", "undetermined")]


# problems


# the arguments


def _lang(arguments: Sequence[str]) -> str:
    """Return the language asked for, before anything is parsed, so that every complaint is in it."""
    found: str = "en"
    for place, argument in enumerate(arguments):
        value = argument.removeprefix("--lang=") if argument.startswith("--lang=") else None
        if argument == "--lang" and place + 1 < len(arguments):
            value = arguments[place + 1]
        for known in languages():
            if value == known:
                found = known
    return found


class _Parser(argparse.ArgumentParser):
    """A parser that complains in the language asked for."""

    lang: str = "en"

    def error(self, message: str) -> NoReturn:
        for pattern, key in _ARGPARSE:
            match = re.fullmatch(pattern, message)
            if match is not None:
                message = _say(key, self.lang, **dict(zip(("first", "second", "third"), match.groups(), strict=False)))
                break
        _complain(message, self.lang)
        _print(_say("see_help", self.lang, prog=self.prog), self.lang, sys.stderr)
        self.exit(BAD_COMMAND)

    def format_help(self) -> str:
        said = super().format_help()
        if self.lang == "vi":
            said = said.replace("usage: ", _say("usage", self.lang), 1)
        return said

    def print_help(self, file: Any = None) -> None:
        _write_out(self.format_help().rstrip("\n"), self.lang, file)

    def translated(self, lang: str) -> _Parser:
        """Return the same parser with its own lines in a language."""
        self.lang = lang
        self._positionals.title = _say("arguments", lang)
        self._optionals.title = _say("options", lang)
        self.add_argument("-h", "--help", action="help", help=_say("help", lang))
        return self


def _parser(lang: str) -> _Parser:
    parser = _Parser(
        prog="python -m envindicators", description=_say("description", lang), allow_abbrev=False, add_help=False
    ).translated(lang)
    parser.add_argument(
        "--version", action="version", version=f"envindicators {__version__}", help=_say("version", lang)
    )
    parser.add_argument("--lang", choices=languages(), default="en", help=_say("lang", lang))
    commands = parser.add_subparsers(dest="command", metavar=_say("command", lang), title=_say("commands", lang))
    for name in ("evaluate", "check", "columns", "template", "duties"):
        said = _say(name, lang)
        command = commands.add_parser(name, help=said, description=said, allow_abbrev=False, add_help=False)
        command.translated(lang)
        if name in ("evaluate", "check"):
            _add_input(command, lang)
        command.add_argument("--lang", choices=languages(), default=argparse.SUPPRESS, help=_say("lang", lang))
        if name == "evaluate":
            _add_output(command, lang)
        elif name in ("columns", "template"):
            _add_table(command, lang, required=name == "template")
    return parser


def _add_table(command: _Parser, lang: str, *, required: bool) -> None:
    known = ", ".join(soc_trang_2020.tables)
    command.add_argument(
        "table",
        metavar=_say("TABLE", lang),
        nargs=None if required else "?",
        help=_say("which_table", lang, known=known),
    )
    if required:
        command.add_argument("--out", metavar=_say("FILE", lang), help=_say("out", lang))
        command.add_argument("--layout", choices=("records", "counts"), help=_say("template_layout", lang))


def _add_input(command: _Parser, lang: str) -> None:
    tables = command.add_argument_group(_say("tables", lang))
    for key, table in soc_trang_2020.tables.items():
        said = _say("table", lang, name=table.name.in_(lang)).replace("%", "%%")
        tables.add_argument(
            _flag(key), dest=f"table_{key}", nargs="+", action="extend", metavar=_say("FILE", lang), help=said
        )
    command.add_argument("--year", type=int, metavar=_say("YEAR", lang), help=_say("year", lang))
    command.add_argument("--by", nargs="+", action="extend", metavar=_say("COLUMN", lang), help=_say("by", lang))
    for option in ("units", "layout"):
        command.add_argument(
            f"--{option}",
            nargs="+",
            action="extend",
            default=[],
            metavar=_say("TABLE=VALUE", lang),
            help=_say(option, lang),
        )
    command.add_argument(
        "--totals", nargs="+", action="extend", default=[], metavar="keep|drop", help=_say("totals", lang)
    )
    command.add_argument("--expected", metavar=_say("FILE", lang), help=_say("expected", lang))
    command.add_argument(
        "--sheet", nargs="+", action="extend", default=[], metavar=_say("SHEET", lang), help=_say("sheet", lang)
    )


def _add_output(command: _Parser, lang: str) -> None:
    command.add_argument(
        "--readings",
        nargs="+",
        action="extend",
        default=[],
        metavar=_say("TARGET=READING", lang),
        help=_say("readings", lang),
    )
    command.add_argument("--html", metavar=_say("FILE", lang), help=_say("html", lang))
    command.add_argument("--report", metavar=_say("FILE", lang), help=_say("report", lang))
    command.add_argument("--json", metavar=_say("FILE", lang), help=_say("json", lang))
    command.add_argument(
        "--explain", nargs="+", action="extend", default=[], metavar=_say("TARGET", lang), help=_say("explain", lang)
    )


def _flag(key: str) -> str:
    return f"--{key.replace('_', '-')}"


def _pairs(option: str, given: Sequence[str], example: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not (name and equals and value):
            raise _StopError("not_a_pair", BAD_COMMAND, option=option, example=example, given=each)
        found[name] = value
    return found


def _known(option: str, given: str, known: Sequence[str], lang: str) -> None:
    """Stop unless a name is one of those there are."""
    if given not in known:
        close = nearest(given, known)
        near = "" if close is None else _say("did_you_mean", lang, near=close)
        raise _StopError("unknown", BAD_COMMAND, option=option, given=given, known=", ".join(known), near=near)


def _by_table(option: str, given: Sequence[str], example: str, lang: str) -> dict[str, str]:
    found = {name.replace("-", "_"): value for name, value in _pairs(option, given, example).items()}
    for name in found:
        _known(option, name, list(soc_trang_2020.tables), lang)
    return found


def _forms(options: Any, lang: str) -> dict[str, Form]:
    """Return by table what was said of its unit, its layout and its totals."""
    units = _by_table("--units", options.units, "waste=tonne", lang)
    layouts = _by_table("--layout", options.layout, "residents=counts", lang)
    for value in layouts.values():
        _known("--layout", value, LAYOUTS, lang)
    said = options.totals
    everywhere = len(said) == 1 and "=" not in said[0]
    totals: dict[str, str] = (
        dict.fromkeys(soc_trang_2020.tables, str(said[0]))
        if everywhere
        else _by_table("--totals", said, "waste=drop", lang)
    )
    for value in totals.values():
        _known("--totals", value, TOTALS, lang)
    return {key: Form(units.get(key), layouts.get(key), totals.get(key)) for key in soc_trang_2020.tables}


def _readings(given: Sequence[str], lang: str) -> dict[str, str] | None:
    found = _pairs("--readings", given, "new_facilities=one_kind")
    for name, value in found.items():
        _known("--readings", name, [target.key for target in soc_trang_2020.targets], lang)
        readings = soc_trang_2020.target(name).readings
        _known("--readings", value, [reading.key for reading in readings], lang)
        texts = [reading.key for reading in readings if reading.kind == "text"]
        if value not in texts:
            raise _StopError("never_decides", BAD_COMMAND, given=value, known=", ".join(texts))
    return found or None


def _tables(options: Any) -> dict[str, Files]:
    given = {key: getattr(options, f"table_{key}") for key in soc_trang_2020.tables}
    sheets = _sheets(options.sheet)
    found = {key: _scanned(patterns, sheets.get(key, sheets.get(""))) for key, patterns in given.items() if patterns}
    if not found:
        known = ", ".join(_flag(key) for key in soc_trang_2020.tables)
        raise _StopError("no_tables", BAD_COMMAND, known=known)
    return found


def _sheets(given: Sequence[str]) -> dict[str, str]:
    """Return the sheets that were asked for, by table; under no name the one for all."""
    found: dict[str, str] = {}
    for each in given:
        name, equals, sheet = each.partition("=")
        key = name.replace("-", "_")
        found.update({key: sheet} if equals and key in soc_trang_2020.tables else {"": each})
    return found


def _scanned(patterns: Sequence[str], sheet: str | None = None) -> Files:
    paths: dict[Path, None] = {}
    for pattern in patterns:
        try:
            paths.update(dict.fromkeys(find_files(pattern).paths))
        except FileNotFoundError:
            raise _StopError("no_file", BAD_FILE, given=pattern) from None
    return Files(tuple(paths), 0 if sheet is None else _sheet(tuple(paths), sheet))


def _sheet(paths: Sequence[Path], sheet: str) -> str | int:
    """Return the name of a sheet, or its position if it is a number that no sheet is called."""
    if not sheet.isdecimal() or int(sheet) < 1:
        return sheet
    books = [path for path in paths if SUFFIXES[path.suffix.lower()] == "excel"]
    return sheet if any(sheet in sheet_names(path) for path in books) else int(sheet) - 1


def _areas(name: str | None) -> list[Any] | None:
    if name is None:
        return None
    path = Path(name)
    if path.suffix.lower() == ".txt":
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except FileNotFoundError:
            raise _StopError("no_file", BAD_FILE, given=name) from None
        except (OSError, UnicodeDecodeError) as error:
            raise UnreadableTable(
                f"{name}: cannot be read as a list ({error})", f"{name}: không đọc được danh sách ({error})"
            ) from error
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    areas: dict[Any, None] = {}
    listed = _scanned([name]).with_text(["area"])
    for frame in listed.stream().pieces(lambda names: [column for column in names if column == "area"]):
        if "area" not in frame.names:
            raise _StopError("no_areas", BAD_FILE, given=name)
        areas.update((area, None) for area in frame.read("area").objects() if area is not None)
    return list(areas)


def _alike(tables: dict[str, Files], areas: list[Any]) -> tuple[dict[str, Files], list[Any]]:
    """Return tables and a list of areas that hold codes alike: as numbers, or as text."""
    plain = all(isinstance(area, str) and spelling(area) == "whole" for area in areas)
    values = [int(area) for area in areas] if plain else areas
    together = {**tables, "": {"area": values}}
    if plain and "area" in text_keys(together, ["area"], soc_trang_2020.tables):
        values = areas
    typed = typed_alike({**tables, "": {"area": values}}, ["area"], soc_trang_2020.tables)
    return {key: typed[key] for key in tables}, values


def _given(options: Any) -> tuple[dict[str, Files], dict[str, Any]]:
    """Return the tables, and what else `evaluate` and `check` both take."""
    if options.year is not None and not 1900 <= options.year <= 2100:
        raise _StopError("bad_year", BAD_COMMAND)
    by = [name for each in options.by or () for name in each.split(",") if name]
    areas, tables = _areas(options.expected), _tables(options)
    if areas is not None:
        tables, areas = _alike(tables, areas)
    return tables, {"year": options.year, "by": by or None, "expected": areas}


# the commands


def _example(_: Any, lang: str) -> int:
    card = _evaluated(soc_trang(), {"year": 2020, "by": "area"}, None, lang)
    _print(f"{MADE_UP.in_(lang)}\n", lang)
    _write_out(f"{card.to_text()}\n", lang)
    _print(_say("go_on", lang), lang)
    return DONE


def _evaluate(options: Any, lang: str) -> int:
    for target in options.explain:
        _known("--explain", target, [each.key for each in soc_trang_2020.targets], lang)
    readings = _readings(options.readings, lang)
    tables, common = _given(options)
    card = _evaluated(tables, common, readings, lang, _forms(options, lang))
    told = {target: [one.explain(target) for one in _years(card)] for target in options.explain}
    if options.html:
        explained = [each._repr_html_() for explanations in told.values() for each in explanations]
        _write(options.html, page_html(card, explanations=explained))
    if options.report:
        _write(options.report, report_html(card, lang))
    if options.json:
        data = card_data(card, explanations=told, options=_EXPECTED)
        text = json.dumps(data, ensure_ascii=False, indent=1, default=str)
        if options.json == "-":
            _put(f"{text}\n")
            return DONE
        _write(options.json, f"{text}\n")
    _write_out(card.to_text(), lang)
    _print_explanations(told, lang)
    return DONE


def _print_explanations(told: Mapping[str, Sequence[Explanation]], lang: str) -> None:
    for explanations in told.values():
        for each in explanations:
            _print(f"\n{each}", lang)


def _check(options: Any, lang: str) -> int:
    tables, common = _given(options)
    filled = _filled(tables, _forms(options, lang))
    problems = check(soc_trang_2020, filled, **common)
    totals: dict[str, int] = {}
    for severity, name in SEVERITY_NAMES.items():
        some = problems.of(severity)  # type: ignore[arg-type]  # the names are those of the severities
        totals[severity] = sum(some.counts.values())
        for problem in some[:_LISTED]:
            _print(f"{name.in_(lang)}: {problem.in_(lang, _EXPECTED)}", lang)
        if totals[severity] > min(len(some), _LISTED):
            _print(_say("more", lang, more=number(totals[severity] - min(len(some), _LISTED), lang)), lang)
    if not any(totals.values()):
        _print(_say("nothing_found", lang), lang)
        return DONE
    _print(_say("found", lang, errors=totals["error"], gaps=totals["gap"], notes=totals["note"]), lang)
    return BAD_DATA if totals["error"] else DONE


def _table_key(given: str, lang: str) -> str:
    key = given.replace("-", "_")
    _known(_say("TABLE", lang), key, list(soc_trang_2020.tables), lang)
    return key


def _columns(options: Any, lang: str) -> int:
    keys = list(soc_trang_2020.tables) if options.table is None else [_table_key(options.table, lang)]
    for place, key in enumerate(keys):
        _print(("\n" if place else "") + soc_trang_2020.tables[key].describe(lang), lang)
    return DONE


def _template(options: Any, lang: str) -> int:
    table = soc_trang_2020.tables[_table_key(options.table, lang)]
    if options.layout == "records" and table.id is None:
        raise _StopError("no_records", BAD_COMMAND, table=table.key)
    text = f"\N{BYTE ORDER MARK}{template(table, records=options.layout != 'counts')}"
    if options.out:
        _write(options.out, text)
    else:
        _put(text)
    return DONE


def _duties(_: Any, lang: str) -> int:
    duties = soc_trang_2020.duties
    lines = [line for duty in duties for line in _duty(duty, lang)]
    measured = sum(duty.indicator is not None for duty in duties)
    lines += [_say("duty_count", lang, count=len(duties), measured=measured), reviews_words(soc_trang_2020, lang)]
    _print("\n".join(lines), lang)
    return DONE


def _duty(duty: Duty, lang: str) -> list[str]:
    clause = duty.clause
    lines = [_say("duty", lang, section=clause.section, key=duty.key, strength=STRENGTHS[duty.strength])]
    lines.append(f"  {clause.translated(lang) or clause.quote}")
    lines.append(f"  {_say('actor', lang, actor=actor_words(duty, lang))}")
    if duty.indicator is not None:
        name, tables = duty.indicator.name.in_(lang), ", ".join(table.key for table in duty.indicator.tables)
        lines.append(f"  {_say('measured_by', lang, name=name, table=tables)}")
    return [*lines, ""]


def _filled(tables: Mapping[str, Any], forms: Mapping[str, Form]) -> dict[str, Any]:
    return {key: forms[key].of(table) if key in forms else table for key, table in tables.items()}


def _evaluated(
    tables: Any, common: Mapping[str, Any], readings: Any, lang: str, forms: Mapping[str, Form] | None = None
) -> Scorecard:
    """Evaluate, and say as sentences what would be warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            card = evaluate(soc_trang_2020, _filled(tables, forms or {}), readings=readings, lang=lang, **common)
        except InvalidTable as error:
            raise _InvalidError(error, tables) from error
    if any(issubclass(each.category, CoverageWarning) for each in caught):
        for key, missing in card.missing.items():
            for each in missing:
                if each.what == "area":
                    said = _say("coverage", lang, table=soc_trang_2020.table_names[key], what=missing_words(each, lang))
                    _print(said, lang, sys.stderr)
    told = dict[str, int]()
    for problem in card.problems:
        told[problem.kind] = told.get(problem.kind, 0) + 1
        noted = problem.kind in _NOTED and told[problem.kind] <= _TOLD
        if noted or (problem.kind in _NEARLY and str(problem.details.get("near", ""))):
            _print(_say("note", lang, problem=problem.in_(lang, _EXPECTED)), lang, sys.stderr)
    for other in caught:
        if not issubclass(other.category, CoverageWarning):
            warnings.showwarning(other.message, other.category, other.filename, other.lineno)
    return card


# what is written


def _years(card: Scorecard) -> list[Scorecard]:
    if len(card.years) < 2:
        return [card]
    return [card.of_year(year) for year in card.years if year is not None]


def _put(text: str) -> None:
    """Write text in UTF-8 to the standard output, whatever its encoding, and nothing beside it."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    buffer.write(text.encode())
    buffer.flush()


def _write(name: str, text: str) -> None:
    try:
        Path(name).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise _StopError("not_written", BAD_FILE, given=name, message=error.strerror or error) from error


if __name__ == "__main__":
    sys.exit(main())
