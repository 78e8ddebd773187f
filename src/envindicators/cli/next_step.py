"""What to type next, where a file has not the columns of its table, or a form has been begun."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path

from envindicators.cli.inputs import Inputs
from envindicators.cli.prog import PROG
from envindicators.problems import Problem
from envindicators.words.message import gettext

_COLUMNS = {"missing_column", "no_layout", "no_layout_or_id"}
"""Kinds of problem of a file whose columns are not called as those of the table."""


def forms_to_begin(problems: Iterable[Problem], given: Inputs, lang: str) -> Iterator[str]:
    """Yield by which command a form is begun, for each table whose files seem to be an office's own."""
    told = dict.fromkeys(problem.table for problem in problems if problem.kind in _COLUMNS)
    for key in (key for key in told if key is not None and key in given.tables and not given.forms[key].maps):
        path = Path(given.tables[key].paths[0])
        yield gettext(
            "If {file} has headings or words of its own, begin a form, which says how it is to be read: {command}",
            lang,
            file=path.name,
            command=f"{PROG} form {shlex.quote(str(path))} --table {key} --out {key}.toml",
        )


def form_begun(path: Path, table: str, form: str, lang: str) -> str:
    """Return what to do with a form that was written."""
    return gettext(
        "Read it, take away the # of what is right, write in what is missing; then: {command}",
        lang,
        command=f"{PROG} check --{table} {shlex.quote(str(path))} --form {table}={shlex.quote(form)}",
    )
