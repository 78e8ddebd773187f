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
from typing import Any, NoReturn

from envindicators import __version__
from envindicators.errors import CoverageWarning
from envindicators.evaluation import check, evaluate
from envindicators.examples import MADE_UP, soc_trang
from envindicators.frames.files import Files, UnreadableFileError, scan
from envindicators.frames.layout import LAYOUTS
from envindicators.indicator import did_you_mean
from envindicators.messages import SEVERITY_NAMES
from envindicators.problems import InvalidTable
from envindicators.programmes import soc_trang_2020
from envindicators.report.html import page_html
from envindicators.report.paper import paper_html
from envindicators.report.words import missing_words, number
from envindicators.scorecard import Scorecard
from envindicators.text import LANGUAGES, Lang, Text

DONE, BAD_DATA, BAD_COMMAND, BAD_FILE = 0, 1, 2, 3
"""What the command leaves behind: all went well; errors in the data; a wrong command; a file or package is missing."""

_WORDS: dict[str, Text] = {
    "description": Text(
        vi="Tính các chỉ tiêu môi trường của Nghị quyết 12-NQ/TU (Sóc Trăng) từ bảng số liệu. Không có lệnh nào thì "
        "hiện bảng kết quả của số liệu minh hoạ.",
        en="Computes the environmental targets of Resolution 12-NQ/TU (Soc Trang) from tables. Without a command it "
        "shows the scorecard of the example.",
    ),
    "evaluate": Text(vi="tính và hiện bảng kết quả", en="compute and show the scorecard"),
    "check": Text(
        vi="kiểm tra số liệu, liệt kê lỗi, chỗ thiếu và lưu ý, không tính",
        en="look for errors, gaps and notes in the data, without computing",
    ),
    "lang": Text(vi="ngôn ngữ: vi hoặc en", en="the language: vi or en"),
    "table": Text(
        vi="tệp của bảng “{name}”: CSV, Excel hoặc Parquet, có thể dùng * và **",
        en="the files of the table “{name}”: CSV, Excel or Parquet, perhaps with * and **",
    ),
    "tables": Text(vi="các bảng số liệu", en="tables"),
    "year": Text(vi="năm báo cáo", en="the reporting year"),
    "by": Text(vi="các cột khoá để chia nhóm: area, year", en="the key columns that make the groups: area, year"),
    "units": Text(
        vi="đơn vị của số liệu, ví dụ waste=tonne hoặc waste=tonne/day",
        en="the unit that figures come in, as waste=tonne or waste=tonne/day",
    ),
    "layout": Text(vi="kiểu bảng, ví dụ residents=counts", en="the layout of a table, as residents=counts"),
    "totals": Text(
        vi="giữ (keep) hay bỏ (drop) các dòng tổng; cho mọi bảng, hoặc waste=drop",
        en="keep or drop rows that are totals of others; for all tables, or as waste=drop",
    ),
    "expected": Text(
        vi="tệp danh sách địa bàn phải báo cáo: mỗi dòng một địa bàn (.txt), hoặc bảng có cột area",
        en="a file of the areas that should report: one a line (.txt), or a table with the column area",
    ),
    "readings": Text(
        vi="cách hiểu đặt lên đầu, ví dụ new_facilities=one_kind",
        en="the reading to put first, as new_facilities=one_kind",
    ),
    "html": Text(vi="ghi thêm một trang HTML vào tệp này", en="also write a page of HTML to this file"),
    "report": Text(
        vi="ghi báo cáo hoàn chỉnh để nộp và lưu hồ sơ vào tệp HTML này (cần gói matplotlib)",
        en="write a whole report, to hand in and file, to this file of HTML (needs matplotlib)",
    ),
    "json": Text(vi="ghi thêm kết quả dạng JSON vào tệp này", en="also write the results as JSON to this file"),
    "explain": Text(vi="giải thích kết quả của các chỉ tiêu này", en="explain how the answers for these targets came"),
    "go_on": Text(
        vi="Với số liệu của mình: python -m envindicators evaluate --residents dan_cu.csv --waste rac.xlsx "
        "--units waste=tonne --year 2020 --by area --lang vi\n"
        "Giải thích một kết quả: thêm --explain urban_waste. Kiểm tra số liệu: python -m envindicators check --help",
        en="With figures of your own: python -m envindicators evaluate --residents people.csv --waste waste.xlsx "
        "--units waste=tonne --year 2020 --by area\n"
        "To have an answer explained: add --explain urban_waste. To check data: python -m envindicators check --help",
    ),
    "error": Text(vi="lỗi: {message}", en="error: {message}"),
    "see_help": Text(vi="Xem cách dùng: {prog} --help", en="For the usage: {prog} --help"),
    "not_a_pair": Text(
        vi="{option} cần dạng tên=giá trị, ví dụ {example}; {given!r} không đúng dạng đó",
        en="{option} takes name=value, as {example}; {given!r} is not of that form",
    ),
    "unknown": Text(
        vi="{option}: không có {given!r}; chỉ có {known}{near}",
        en="{option}: there is no {given!r}, only {known}{near}",
    ),
    "did_you_mean": Text(vi="; có phải là {near!r}?", en="; did you mean {near!r}?"),
    "never_decides": Text(
        vi="--readings: cách hiểu {given!r} chỉ để đối chiếu, không đặt lên đầu được; chỉ có {known}",
        en="--readings: the reading {given!r} decides nothing and cannot be put first, only {known}",
    ),
    "bad_year": Text(vi="--year cần một năm từ 1900 đến 2100", en="--year takes a year from 1900 to 2100"),
    "no_tables": Text(
        vi="chưa có bảng số liệu nào; cần ít nhất một trong {known}",
        en="no table was given; at least one is needed of {known}",
    ),
    "no_file": Text(vi="không có tệp nào khớp với {given!r}", en="no file matches {given!r}"),
    "unreadable": Text(vi="không đọc được tệp: {message}", en="a file cannot be read: {message}"),
    "no_package": Text(vi="thiếu gói phần mềm: {message}", en="a package is missing: {message}"),
    "not_written": Text(vi="không ghi được {given!r}: {message}", en="{given!r} cannot be written: {message}"),
    "no_areas": Text(
        vi="{given!r} không có danh sách địa bàn; cần cột area, hoặc tệp .txt mỗi dòng một địa bàn",
        en="{given!r} has no list of areas; it needs a column area, or to be a .txt with one area a line",
    ),
    "coverage": Text(
        vi="Lưu ý: bảng {table}: {what}; các tổng có phần này còn để ngỏ.",
        en="Note: table {table}: {what}; totals over it stay open.",
    ),
    "rows": Text(
        vi="(dòng đếm từ 0, không kể dòng tiêu đề)", en="(rows are counted from 0, the heading not among them)"
    ),
    "found": Text(
        vi="{errors} lỗi, {gaps} chỗ thiếu, {notes} lưu ý.", en="Errors: {errors}; gaps: {gaps}; notes: {notes}."
    ),
    "nothing_found": Text(vi="Không có lỗi, chỗ thiếu hay lưu ý nào.", en="No errors, gaps or notes."),
    "more": Text(vi="... và {more} nữa", en="... and {more} more"),
    # what argparse says
    "unrecognized": Text(vi="không có tham số {0}", en="unrecognized arguments: {0}"),
    "needs_value": Text(vi="{0} cần một giá trị", en="{0} needs a value"),
    "choice": Text(vi="{0}: không có {1}; chỉ có {2}", en="{0}: there is no {1}, only {2}"),
    "whole": Text(vi="{0} cần một số nguyên, không phải {1}", en="{0} takes a whole number, not {1}"),
    "ambiguous": Text(vi="{0} có thể là nhiều tham số: {1}", en="{0} could be one of several: {1}"),
}

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


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        argv: the arguments; those of the process unless given.

    Returns:
        0 if all went well, 1 if the data has errors, 2 if the command line is wrong, 3 if a file cannot be
        found, read or written, or a package is missing.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    lang = _lang(arguments)
    try:
        code = _run(arguments, lang)
        sys.stdout.flush()
    except BrokenPipeError:  # who was reading has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return code


def _run(arguments: Sequence[str], lang: Lang) -> int:
    try:
        options = _parser(lang).parse_args(arguments)
        commands: Mapping[str | None, Callable[[Any, Lang], int]] = {
            None: _example,
            "evaluate": _evaluate,
            "check": _check,
        }
        return commands[options.command](options, lang)
    except SystemExit as stop:  # argparse has said what there is to say
        return int(stop.code or 0)
    except InvalidTable as error:
        print(error.in_(lang), file=sys.stderr)
        if any(problem.row is not None for problem in error.problems):
            print(_say("rows", lang), file=sys.stderr)
        return BAD_DATA
    except _StopError as stop:
        _complain(_say(stop.key, lang, **stop.details), lang)
        return stop.code
    except UnreadableFileError as error:
        _complain(_say("unreadable", lang, message=error), lang)
        return BAD_FILE
    except ImportError as error:
        _complain(_say("no_package", lang, message=error), lang)
        return BAD_FILE


def _say(key: str, lang: str, /, *positional: object, **details: object) -> str:
    return _WORDS[key].in_(lang).format(*positional, **details)


def _complain(message: str, lang: Lang) -> None:
    print(_say("error", lang, message=message), file=sys.stderr)


# the arguments


def _lang(arguments: Sequence[str]) -> Lang:
    """Return the language asked for, before anything is parsed, so that every complaint is in it."""
    found: Lang = "en"
    for place, argument in enumerate(arguments):
        value = argument.removeprefix("--lang=") if argument.startswith("--lang=") else None
        if argument == "--lang" and place + 1 < len(arguments):
            value = arguments[place + 1]
        for known in LANGUAGES:
            if value == known:
                found = known
    return found


class _Parser(argparse.ArgumentParser):
    """A parser that complains in the language asked for."""

    lang: Lang = "en"

    def error(self, message: str) -> NoReturn:
        for pattern, key in _ARGPARSE:
            match = re.fullmatch(pattern, message)
            if match is not None:
                message = _say(key, self.lang, *match.groups())
                break
        _complain(message, self.lang)
        self.exit(BAD_COMMAND, f"{_say('see_help', self.lang, prog=self.prog)}\n")


def _parser(lang: Lang) -> _Parser:
    parser = _Parser(prog="python -m envindicators", description=_say("description", lang), allow_abbrev=False)
    parser.lang = lang
    parser.add_argument("--version", action="version", version=f"envindicators {__version__}")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help=_say("lang", lang))
    commands = parser.add_subparsers(dest="command", metavar="evaluate | check")
    for name in ("evaluate", "check"):
        said = _say(name, lang)
        command = commands.add_parser(name, help=said, description=said, allow_abbrev=False)
        command.lang = lang
        _add_input(command, lang)
        if name == "evaluate":
            _add_output(command, lang)
    return parser


def _add_input(command: _Parser, lang: Lang) -> None:
    tables = command.add_argument_group(_say("tables", lang))
    for key, table in soc_trang_2020.tables.items():
        said = _say("table", lang, name=table.name.in_(lang)).replace("%", "%%")
        tables.add_argument(_flag(key), dest=f"table_{key}", nargs="+", action="extend", metavar="FILE", help=said)
    command.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=_say("lang", lang))
    command.add_argument("--year", type=int, metavar="YEAR", help=_say("year", lang))
    command.add_argument("--by", nargs="+", action="extend", metavar="COLUMN", help=_say("by", lang))
    for option in ("units", "layout"):
        command.add_argument(
            f"--{option}", nargs="+", action="extend", default=[], metavar="TABLE=VALUE", help=_say(option, lang)
        )
    command.add_argument(
        "--totals", nargs="+", action="extend", default=[], metavar="keep|drop", help=_say("totals", lang)
    )
    command.add_argument("--expected", metavar="FILE", help=_say("expected", lang))


def _add_output(command: _Parser, lang: Lang) -> None:
    command.add_argument(
        "--readings", nargs="+", action="extend", default=[], metavar="TARGET=READING", help=_say("readings", lang)
    )
    command.add_argument("--html", metavar="FILE", help=_say("html", lang))
    command.add_argument("--report", metavar="FILE", help=_say("report", lang))
    command.add_argument("--json", metavar="FILE", help=_say("json", lang))
    command.add_argument(
        "--explain", nargs="+", action="extend", default=[], metavar="TARGET", help=_say("explain", lang)
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


def _known(option: str, given: str, known: Sequence[str], lang: Lang) -> None:
    """Stop unless a name is one of those there are."""
    if given not in known:
        hint = re.search(r"'(.*)'", did_you_mean(given, known))
        near = _say("did_you_mean", lang, near=hint[1]) if hint else ""
        raise _StopError("unknown", BAD_COMMAND, option=option, given=given, known=", ".join(known), near=near)


def _by_table(option: str, given: Sequence[str], example: str, lang: Lang) -> dict[str, str] | None:
    found = {name.replace("-", "_"): value for name, value in _pairs(option, given, example).items()}
    for name in found:
        _known(option, name, list(soc_trang_2020.tables), lang)
    return found or None


def _totals(given: Sequence[str], lang: Lang) -> Any:
    if len(given) == 1 and "=" not in given[0]:
        _known("--totals", given[0], ("keep", "drop"), lang)
        return given[0]
    found = _by_table("--totals", given, "waste=drop", lang)
    for value in (found or {}).values():
        _known("--totals", value, ("keep", "drop"), lang)
    return found


def _readings(given: Sequence[str], lang: Lang) -> dict[str, str] | None:
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
    found = {key: _scanned(patterns) for key, patterns in given.items() if patterns}
    if not found:
        known = ", ".join(_flag(key) for key in soc_trang_2020.tables)
        raise _StopError("no_tables", BAD_COMMAND, known=known)
    return found


def _scanned(patterns: Sequence[str]) -> Files:
    paths: dict[Path, None] = {}
    for pattern in patterns:
        try:
            paths.update(dict.fromkeys(scan(pattern).paths))
        except FileNotFoundError:
            raise _StopError("no_file", BAD_FILE, given=pattern) from None
    return Files(tuple(paths))


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
            raise UnreadableFileError(f"{name}: {error}") from error
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    frames = list(_scanned([name]).frames())
    if not all("area" in frame.names for frame in frames):
        raise _StopError("no_areas", BAD_FILE, given=name)
    return list(dict.fromkeys(area for frame in frames for area in frame.read("area").objects() if area is not None))


def _common(options: Any, lang: Lang) -> dict[str, Any]:
    """Return what `evaluate` and `check` both take."""
    if options.year is not None and not 1900 <= options.year <= 2100:
        raise _StopError("bad_year", BAD_COMMAND)
    layout = _by_table("--layout", options.layout, "residents=counts", lang)
    for value in (layout or {}).values():
        _known("--layout", value, LAYOUTS, lang)
    by = [name for each in options.by or () for name in each.split(",") if name]
    return {
        "year": options.year,
        "by": by or None,
        "units": _by_table("--units", options.units, "waste=tonne", lang),
        "layout": layout,
        "totals": _totals(options.totals, lang),
        "expected": _areas(options.expected),
    }


# the commands


def _example(_: Any, lang: Lang) -> int:
    card = _evaluated(soc_trang(), {"year": 2020, "by": "area"}, None, lang)
    print(MADE_UP.in_(lang))
    print()
    print(card.to_text())
    print()
    print(_say("go_on", lang))
    return DONE


def _evaluate(options: Any, lang: Lang) -> int:
    for target in options.explain:
        _known("--explain", target, [each.key for each in soc_trang_2020.targets], lang)
    readings, common = _readings(options.readings, lang), _common(options, lang)
    card = _evaluated(_tables(options), common, readings, lang)
    if options.html:
        _write(options.html, page_html(card))
    if options.report:
        _write(options.report, paper_html(card, lang))
    if options.json:
        _write(options.json, json.dumps(_as_json(card), ensure_ascii=False, indent=1, default=str) + "\n")
    print(card.to_text())
    for target in options.explain:
        for one in _years(card):
            print()
            print(one.explain(target))
    return DONE


def _check(options: Any, lang: Lang) -> int:
    common = _common(options, lang)
    problems = check(soc_trang_2020, _tables(options), **common)
    totals: dict[str, int] = {}
    for severity, name in SEVERITY_NAMES.items():
        some = problems.of(severity)  # type: ignore[arg-type]  # the names are those of the severities
        totals[severity] = sum(some.counts.values())
        for problem in some[:_LISTED]:
            print(f"{name.in_(lang)}: {problem.in_(lang)}")
        if totals[severity] > min(len(some), _LISTED):
            print(_say("more", lang, more=number(totals[severity] - min(len(some), _LISTED), lang)))
    if not any(totals.values()):
        print(_say("nothing_found", lang))
        return DONE
    if any(problem.row is not None for problem in problems):
        print(_say("rows", lang))
    print(_say("found", lang, errors=totals["error"], gaps=totals["gap"], notes=totals["note"]))
    return BAD_DATA if totals["error"] else DONE


def _evaluated(tables: Any, common: Mapping[str, Any], readings: Any, lang: Lang) -> Scorecard:
    """Evaluate, and say as sentences what would be warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        card = evaluate(soc_trang_2020, tables, readings=readings, lang=lang, **common)
    if any(issubclass(each.category, CoverageWarning) for each in caught):
        for table, missing in card.missing.items():
            for each in missing:
                if each.what == "area":
                    print(_say("coverage", lang, table=table, what=missing_words(each, lang)), file=sys.stderr)
    for other in caught:
        if not issubclass(other.category, CoverageWarning):
            warnings.showwarning(other.message, other.category, other.filename, other.lineno)
    return card


# what is written


def _years(card: Scorecard) -> list[Scorecard]:
    if len(card.years) < 2:
        return [card]
    return [card.of_year(year) for year in card.years if year is not None]


def _as_json(card: Scorecard) -> dict[str, Any]:
    years = [{"year": one.year, "verdict": one.verdict.value, "counts": one.counts} for one in _years(card)]
    return {
        "programme": card.programme.key,
        "document": card.programme.document.number,
        **(years[0] if len(years) == 1 else {"years": years}),
        "by": list(card.by),
        "whole": card.to_frame(groups=False, backend="rows"),
        "groups": card.to_frame(backend="rows") if card.by else [],
        "missing": {
            table: [{"what": each.what, "name": each.name, "year": each.year} for each in missing]
            for table, missing in card.missing.items()
        },
    }


def _write(name: str, text: str) -> None:
    try:
        Path(name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise _StopError("not_written", BAD_FILE, given=name, message=error.strerror or error) from error


if __name__ == "__main__":
    sys.exit(main())
