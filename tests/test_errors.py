"""What is raised: one base, the builtin that one expects, fields that survive, warnings that point at the caller."""

import ast
import copy
import importlib
import inspect
import pickle
import pkgutil
import warnings
from pathlib import Path

import pytest

import envindicators as ei
from envindicators import errors, problems
from envindicators.formats.programme_reader import UnreadableProgramme
from envindicators.formats.stored import UnreadableScorecard
from envindicators.frames.column import UnreadableValueError
from envindicators.frames.stream import NotAFrameError
from envindicators.programmes import soc_trang_2020

ROWS = [{"settlement": "rural", "persons": 10, "hygienic_water": 9}]
PROBLEM = ei.Problem("residents", 0, "persons", -1, "expected a number from 0", kind="negative")
EXAMPLES = {
    errors.UnreadableTable: errors.UnreadableTable("a.csv: is empty", "a.csv: tệp rỗng"),
    errors.NoSuchFile: errors.NoSuchFile("no file matches", "không có tệp nào"),
    errors.PackageNeeded: errors.PackageNeeded("a picture", "plot", "hình vẽ"),
    UnreadableProgramme: UnreadableProgramme("a.toml", ["targets[0]: no key", "kind: missing"]),
    problems.InvalidTable: problems.InvalidTable(ei.Problems([PROBLEM], {("residents", "persons", "negative"): 300})),
    UnreadableValueError: UnreadableValueError("too_large", 3, 2**70),
    NotAFrameError: NotAFrameError("not_a_row", 1, row=7, source="a.csv", hint="; so"),
}
BUILTINS = {
    ei.InvalidTable: ValueError,
    errors.UnreadableTable: ValueError,
    errors.DefinitionError: ValueError,
    errors.WrongTypeError: TypeError,
    errors.OptionError: ValueError,
    errors.OptionTypeError: TypeError,
    errors.UnknownKeyError: KeyError,
    errors.OldPickleError: ValueError,
    errors.NoTruthValueError: TypeError,
    errors.NoSuchFile: FileNotFoundError,
    errors.PackageNeeded: ImportError,
    NotAFrameError: TypeError,
    UnreadableValueError: ValueError,
    ei.UnreadableCells: ValueError,
    UnreadableProgramme: ValueError,
    UnreadableScorecard: ValueError,
}


def every_error():
    for module in pkgutil.walk_packages(ei.__path__, "envindicators."):
        if not module.name.startswith(("envindicators.sphinxext", "envindicators.__main__")):
            importlib.import_module(module.name)
    found, waiting = [], [errors.EnvIndicatorsError]
    while waiting:
        waiting += waiting[0].__subclasses__()
        found.append(waiting.pop(0))
    return sorted(set(found), key=lambda cls: cls.__name__)


@pytest.mark.parametrize("cls", every_error(), ids=lambda cls: cls.__name__)
def test_an_error_survives_pickling_and_copying_with_its_fields(cls):
    error = EXAMPLES.get(cls) or cls("what is wrong")
    error.add_note("seen by the office")
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(other) is cls
        assert (str(other), vars(other)) == (str(error), vars(error))
        assert getattr(other, "counts", None) == getattr(error, "counts", None)
        if cls not in (NotAFrameError, UnreadableValueError):  # those become problems
            assert [other.in_(lang) for lang in ("vi", "en")] == [error.in_(lang) for lang in ("vi", "en")]


@pytest.mark.parametrize("cls", [cls for cls in every_error() if cls.__module__ != "envindicators.cli"])
def test_an_error_is_the_builtin_that_one_expects(cls):
    builtins = [builtin for own, builtin in BUILTINS.items() if issubclass(cls, own)]
    assert builtins or cls is errors.EnvIndicatorsError or cls.__module__.startswith("envindicators.sphinxext")
    assert all(issubclass(cls, builtin) for builtin in builtins)


def test_nothing_in_the_library_raises_a_bare_builtin():
    bare = {"ValueError", "TypeError", "KeyError", "LookupError", "ImportError", "RuntimeError", "Exception"}
    bare |= {"OSError", "FileNotFoundError", "OverflowError", "ArithmeticError"}
    for path in Path(ei.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name):
                assert node.exc.func.id not in bare, f"{path.name}, line {node.lineno}"


WRONG_TYPE = {
    "year": "2020",
    "by": 7,
    "readings": ["each_stream"],
    "lang": 3,
}
WRONG_VALUE = {
    "year": 20,
    "readings": {"urban_waste": "of_nothing"},
    "lang": "fr",
}


@pytest.mark.parametrize("option", WRONG_TYPE)
def test_an_option_of_the_wrong_type_is_a_type_error(option):
    with pytest.raises(errors.OptionTypeError, match=option):
        ei.evaluate(soc_trang_2020, {"residents": ROWS}, **({"year": 2020} | {option: WRONG_TYPE[option]}))


@pytest.mark.parametrize("option", WRONG_VALUE)
def test_an_option_of_a_wrong_value_is_an_option_error(option):
    with pytest.raises(errors.OptionError) as caught:
        ei.evaluate(soc_trang_2020, {"residents": ROWS}, **({"year": 2020} | {option: WRONG_VALUE[option]}))
    assert not isinstance(caught.value, TypeError)


def test_an_unknown_key_reads_without_quotation_marks_around_it():
    with pytest.raises(KeyError) as caught:
        soc_trang_2020.target("rural_watr")
    assert str(caught.value).startswith("soc_trang_2020 has no target 'rural_watr'")


def test_a_warning_points_at_the_line_that_called():
    tables = {
        "residents": [{"area": "A", **ROWS[0]}],
        "households": [{"area": "B", "settlement": "rural", "households": 3, "hygienic_water": 2}],
    }
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        line = inspect.currentframe().f_lineno + 1
        ei.evaluate(soc_trang_2020, tables, year=2020)
    assert caught
    for warning in caught:
        assert warning.category is ei.CoverageWarning
        assert (warning.filename, warning.lineno) == (__file__, line)


@pytest.mark.parametrize("pattern", [["a.csv", "b.csv"], None, 7, b"a.csv"])
def test_scan_takes_one_pattern(pattern):
    with pytest.raises(errors.OptionTypeError, match="one path or pattern"):
        ei.scan(pattern)
