"""What is to go warns where it is used, names what took its place, and works as before until it is left out."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import envindicators as ei
from envindicators import deprecation
from envindicators.cli import main
from envindicators.deprecation import renamed_options
from envindicators.programmes import soc_trang_2020

ROWS = [{"settlement": "rural", "persons": 10, "hygienic_water": 9}]


@renamed_options(totals="of_totals", unit="in_unit")
def read(rows, *, of_totals="refuse", in_unit=None):
    """Return what was given."""
    return rows, of_totals, in_unit


class Reader:
    @renamed_options(lang="language")
    def __init__(self, language="en"):
        self.language = language


def test_an_option_is_taken_under_its_former_name():
    for _ in range(2):
        with pytest.warns(DeprecationWarning, match="the option totals of read is to go; it is of_totals now") as told:
            assert read([1], totals="drop") == ([1], "drop", None)
        assert [each.filename for each in told] == [__file__]
    with pytest.warns(DeprecationWarning, match="of read is to go") as told:
        assert read([], unit="g", totals="drop") == ([], "drop", "g")
    assert len(told) == 2


def test_an_option_of_a_class_is_taken_under_its_former_name():
    with pytest.warns(DeprecationWarning, match="the option lang of __init__ is to go; it is language now"):
        assert Reader(lang="vi").language == "vi"
    assert Reader("vi").language == "vi"


def test_options_under_their_names_warn_of_nothing():
    assert read([1], of_totals="drop", in_unit="g") == ([1], "drop", "g")
    assert str(inspect.signature(read)) == "(rows, *, of_totals='refuse', in_unit=None)"
    assert read.__doc__ == "Return what was given."


def test_an_option_under_both_names_is_refused():
    with pytest.raises(ei.OptionTypeError, match="read: totals is the former name of of_totals; give one of them"):
        read([], totals="drop", of_totals="keep")


@pytest.mark.parametrize("backend", ["rows", "pandas", "polars", "pyarrow"])
def test_a_column_stands_beside_the_one_that_took_its_place(monkeypatch, backend):
    card = ei.evaluate(soc_trang_2020, {"residents": ROWS}, year=2020)
    before = card.to_frame(backend=backend)
    monkeypatch.setitem(deprecation.COLUMNS, "default", "is_default")
    with pytest.warns(DeprecationWarning, match="the column default of to_frame is to go; it is is_default") as told:
        frame = card.to_frame(backend=backend)
    assert [each.filename for each in told] == [__file__]
    if backend == "rows":
        assert frame == [{**row, "default": row["is_default"]} for row in before]
        return
    names, former = list(getattr(frame, "column_names", frame.columns)), list(frame["default"])
    assert names[-1] == "default"
    assert former == list(frame["is_default"])


def test_what_took_the_place_of_a_column_is_a_column():
    (row, *_) = ei.evaluate(soc_trang_2020, {"residents": ROWS}, year=2020).to_frame(backend="rows")
    assert set(deprecation.COLUMNS.values()) <= set(row)


@pytest.mark.parametrize(
    ("arguments", "note"),
    [
        (["columns", "waste", "--language", "vi"], "Ghi chú: tuỳ chọn --language sẽ bỏ; nay dùng --lang."),
        (["columns", "waste", "--language=en"], "Note: the option --language is to go; it is --lang now."),
        (["--language", "en", "columns", "waste"], "Note: the option --language is to go; it is --lang now."),
    ],
)
def test_an_option_of_the_command_line_works_under_its_former_name(monkeypatch, capsys, arguments, note):
    assert main([argument.replace("--language", "--lang") for argument in arguments]) == 0
    before = capsys.readouterr()
    monkeypatch.setitem(deprecation.ARGUMENTS, "--language", "--lang")
    assert main(arguments) == 0
    now = capsys.readouterr()
    assert now.out == before.out
    assert (before.err, now.err) == ("", f"{note}\n")


def test_an_option_of_the_command_line_under_both_names_is_refused(monkeypatch, capsys):
    monkeypatch.setitem(deprecation.ARGUMENTS, "--language", "--lang")
    assert main(["columns", "--language", "en", "--lang", "en"]) == 2
    assert "--language is the former name of --lang; give one of them" in capsys.readouterr().err


def test_what_stands_behind_the_last_option_is_no_option(monkeypatch):
    monkeypatch.setitem(deprecation.ARGUMENTS, "--old", "--new")
    given = ["evaluate", "--old=1", "--", "--old", "--old=2"]
    assert deprecation.current_arguments(given) == (["evaluate", "--new=1", *given[2:]], {"--old": "--new"})


def test_nothing_else_in_the_package_warns_of_what_is_to_go():
    package = Path(ei.__file__).parent
    warns = [
        path.name for path in package.rglob("*.py") if re.search(r"\bDeprecationWarning\b", path.read_text("utf-8"))
    ]
    assert warns == ["deprecation.py"]
