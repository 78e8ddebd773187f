"""The options of the commands, section by section of their help."""

from __future__ import annotations

import argparse
import functools
from collections.abc import Collection
from typing import Any

from attrs import frozen

from envindicators.cli.programme import DEFAULT
from envindicators.cli.stop import one_of
from envindicators.cli.values import Values, language, year
from envindicators.definitions.form import LAYOUTS
from envindicators.words.catalogue import languages
from envindicators.words.message import Message, gettext


@frozen
class Section:
    """A section of the help; called with an option, it adds it.

    Args:
        group: the group of arguments.
    """

    group: Any

    def __call__(self, name: str, about: str, metavar: str | None = None, *others: str, **settings: Any) -> None:
        """Add an option or argument, and what the help says about it."""
        if metavar is not None:
            settings["metavar"] = metavar
        self.group.add_argument(name, *others, help=about.replace("%", "%%"), **settings)

    def several(self, name: str, about: str, metavar: str, **settings: Any) -> None:
        """Add an option that takes several values, and may be given several times."""
        self(name, about, metavar, nargs="+", action="extend", default=[], **settings)


def section(parser: argparse.ArgumentParser, title: str, about: str | None = None) -> Section:
    """Return a new section of the help of a parser."""
    return Section(parser.add_argument_group(title, about))


def add_common(add: Section, lang: str) -> None:
    """Add what is known before everything else is: the language and the programme."""
    known = ", ".join(languages())
    add(
        "--lang",
        gettext("the language: {known}; that of the system unless given", lang, known=known),
        gettext("LANGUAGE", lang),
        type=language,
        default=lang,
    )
    add(
        "--programme",
        gettext("the programme: {default}, or module:object for one of your own", lang, default=DEFAULT),
        gettext("PROGRAMME", lang),
        default=DEFAULT,
    )


def add_general(parser: argparse.ArgumentParser, lang: str) -> Section:
    """Add what every command takes."""
    add = section(parser, gettext("general options", lang))
    add("-h", gettext("show this help message and exit", lang), None, "--help", action="help")
    add_common(add, lang)
    return add


@frozen
class Options:
    """Adds options to the parser of a command.

    Args:
        parser: the parser.
        values: what may be named of the programme.
        lang: the language of the help.
    """

    parser: argparse.ArgumentParser
    values: Values
    lang: str

    def add_inputs(self) -> Section:
        """Add what says how tables are read, and return the section of the tables, still empty."""
        lang, first = self.lang, next(iter(self.values.programme.tables))
        tables = self._section(
            gettext("tables", lang), gettext("CSV, Excel or Parquet; * and ** stand for any names", lang)
        )
        add = self._section(gettext("how the tables are read", lang))
        add("--year", gettext("the reporting year", lang), gettext("YEAR", lang), type=year)
        add.several("--by", gettext("the key columns that make the groups: area, year", lang), gettext("COLUMN", lang))
        example = self.values.unit_example
        add.several(
            "--units",
            gettext("the unit of the figures, as in {example}", lang, example=example),
            gettext("TABLE=UNIT", lang),
            type=self.values.unit,
        )
        known = ", ".join(LAYOUTS)
        add.several(
            "--layout",
            gettext("the layout of a table: {known}; as in {example}", lang, known=known, example=f"{first}=counts"),
            gettext("TABLE=LAYOUT", lang),
            type=self.values.layout,
        )
        add.several(
            "--form",
            gettext(
                "a TOML file that says how a table is to be read, as in {example}", lang, example=f"{first}=form.toml"
            ),
            gettext("TABLE=FILE", lang),
            type=self.values.form,
        )
        add.several(
            "--totals",
            gettext(
                "keep or drop rows that are totals of others, in all tables or in one, as in {example}",
                lang,
                example=f"{first}=drop",
            ),
            "keep|drop",
            type=self.values.totals,
        )
        add.several(
            "--expected",
            gettext(
                "a file of the areas that should report: one a line (.txt), or a table with the column area; or of "
                "the rows of one table that should come, with their totals where known, as in {example}",
                lang,
                example=f"{first}=register.csv",
            ),
            gettext("FILE", lang),
            type=self.values.expected,
        )
        add.several(
            "--expected-form",
            gettext(
                "a TOML file that says how the rows that should come are to be read, as in {example}",
                lang,
                example=f"{first}=register.toml",
            ),
            gettext("TABLE=FILE", lang),
            type=self.values.expected_form,
        )
        add.several(
            "--sheet",
            gettext(
                "the sheet of Excel files: its name, or its number from 1; of one table as in {example}",
                lang,
                example=f"{first}=2",
            ),
            gettext("SHEET", lang),
            type=self.values.sheet,
        )
        return tables

    def add_tables(self, tables: Section, taken: Collection[str]) -> None:
        """Add an option for each table: its key, unless that is taken already."""
        flags: dict[str, str] = {}
        for key, table in self.values.programme.tables.items():
            flag = f"--{key.replace('_', '-')}"
            flags[key] = f"--table-{key}" if flag in taken else flag
            tables.several(flags[key], table.name.in_(self.lang), gettext("FILE", self.lang), dest=f"table:{key}")
        self.parser.set_defaults(flags=flags)

    def add_results(self) -> None:
        """Add what is shown and written of a scorecard."""
        lang, file = self.lang, gettext("FILE", self.lang)
        add = self._section(gettext("results", lang))
        example = self.values.reading_example
        add.several(
            "--readings",
            gettext("the reading to put first, as in {example}", lang, example=example),
            gettext("TARGET=READING", lang),
            type=self.values.reading,
        )
        add.several(
            "--explain",
            gettext("explain the results of these targets too", lang),
            gettext("TARGET", lang),
            type=functools.partial(self.values.target, option="--explain"),
        )
        add("--html", gettext("also write a page of HTML to this file", lang), file)
        add.several(
            "--report",
            gettext("also write a whole report, to hand in and file, to these files (.docx, .xlsx, .html)", lang),
            file,
        )
        add(
            "--report-form",
            gettext("a TOML file of what stands around the report: agency, number, place, recipients, signatory", lang),
            file,
        )
        add(
            "--earlier",
            gettext("the results of the year before, as --json wrote them, to stand beside in the report", lang),
            file,
        )
        add(
            "--json",
            gettext("also write the results as JSON to this file; - writes nothing but JSON to the screen", lang),
            file,
        )
        add("--sdmx", gettext("also write the results as SDMX-CSV to this file", lang), file)
        self._add_force(add)

    def add_explained(self) -> None:
        """Add the target that is explained, its group and its reading."""
        lang = self.lang
        add = self._section(gettext("what is explained", lang))
        keys = ", ".join(target.key for target in self.values.programme.targets)
        add(
            "target",
            gettext("the target: {known}", lang, known=keys),
            gettext("TARGET", lang),
            nargs="?",
            type=functools.partial(self.values.target, option=Message("TARGET")),
        )
        add("--group", gettext("the area or group; the whole unless given", lang), gettext("VALUE", lang), nargs="+")
        add("--reading", gettext("the reading; the first unless given", lang), gettext("READING", lang))

    def add_table(self) -> None:
        """Add the table that is told of."""
        known = ", ".join(self.values.programme.tables)
        self._section(gettext("arguments", self.lang))(
            "table",
            gettext("the table: {known}", self.lang, known=known),
            gettext("TABLE", self.lang),
            nargs="?",
            type=functools.partial(self.values.table, option=Message("TABLE")),
        )

    def add_template(self) -> None:
        """Add which template is written, and where."""
        lang, known = self.lang, ", ".join(self.values.programme.tables)
        self._section(gettext("arguments", lang))(
            "what",
            gettext("the tables ({known}), and the file: .xlsx, for all tables unless some are named; or .csv", lang,
                    known=known),
            gettext("TABLE|FILE", lang),
            nargs="*",
        )  # fmt: skip
        add = self._section(gettext("results", lang))
        add(
            "--layout",
            gettext("records: a row is one of them, with an id; counts: a row is a group, with its total", lang),
            "records|counts",
            type=functools.partial(one_of, "--layout", known=("records", "counts")),
        )
        add(
            "--areas",
            gettext("a file of the areas to fill in: one a line (.txt), or a table with the column area", lang),
            gettext("FILE", lang),
        )
        add("--year", gettext("the year to fill in", lang), gettext("YEAR", lang), type=year)
        add("--out", gettext("write to this file instead of the screen", lang), gettext("FILE", lang))
        self._add_force(add)

    def add_schema(self, known: Collection[str]) -> None:
        """Add which schema is shown, and where it is written."""
        lang = self.lang
        what = Message("WHAT")
        self._section(gettext("arguments", lang))(
            "what",
            gettext("whose schema: {known}", lang, known=", ".join(known)),
            what.in_(lang),
            nargs="?",
            type=functools.partial(one_of, what, known=known),
        )
        add = self._section(gettext("results", lang))
        add("--out", gettext("write to this file instead of the screen", lang), gettext("FILE", lang))
        self._add_force(add)

    def add_form(self) -> None:
        """Add the file whose form is begun, and its table."""
        lang, known = self.lang, ", ".join(self.values.programme.tables)
        file = gettext("FILE", lang)
        add = self._section(gettext("arguments", lang))
        add("file", gettext("the file: CSV or Excel", lang), file, nargs="*")
        add(
            "--table",
            gettext("the table: {known}", lang, known=known),
            gettext("TABLE", lang),
            dest="of",
            type=functools.partial(self.values.table, option="--table"),
        )
        add.several(
            "--sheet",
            gettext("the sheet of an Excel file: its name, or its number from 1", lang),
            gettext("SHEET", lang),
            type=self.values.sheet,
        )
        add = self._section(gettext("results", lang))
        add("--out", gettext("write to this file instead of the screen", lang), file)
        self._add_force(add)

    def _section(self, title: str, about: str | None = None) -> Section:
        return section(self.parser, title, about)

    def _add_force(self, add: Section) -> None:
        add("--force", gettext("write over files that are there already", self.lang), action="store_true")
