"""How the house is built: floors, public names, imports, and what is promised of them."""

from __future__ import annotations

import ast
import graphlib
import subprocess
import sys
import tomllib
import typing
from pathlib import Path

import pytest

import envindicators as ei
from envindicators import deprecation

SOURCE = Path(ei.__file__).parent

FLOORS = (
    "errors display",
    "deprecation pickling readonly",
    "words",
    "areas frames",
    "algebra",
    "problems",
    "definitions",
    "cells",
    "ingest",
    "evaluation",
    "analysis",
    "programmes example_figures",
    "examples",
    "report",
    "formats",
    "cli sphinxext testing",
    "__main__ pytest_plugin",
)
"""The rooms and packages, floor by floor. A module imports only from its own package or from floors below."""


def modules():
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if name:
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "envindicators":
            yield node.module.partition(".")[2], [alias.name for alias in node.names]


FLOOR_OF = {name: floor for floor, names in enumerate(FLOORS) for name in names.split()}
MODULES = dict(modules())


def imported():
    """Yield each module with each module of the package that it imports."""
    for name, tree in MODULES.items():
        for module, names in imports(tree):
            within = [f"{module}.{each}" if module else each for each in names]
            for target in {each if each in MODULES else module for each in within} - {""}:
                yield name, target


def test_every_module_has_a_floor():
    assert {name.split(".")[0] for name in MODULES} == set(FLOOR_OF)


def test_a_module_imports_only_from_its_own_package_or_from_floors_below():
    for name, target in imported():
        here, there = name.split(".")[0], target.split(".")[0]
        assert here == there or FLOOR_OF[there] < FLOOR_OF[here], f"{name} imports {target}"


def test_no_module_imports_itself_by_way_of_others():
    needs = {}
    for name, target in imported():
        needs.setdefault(name, set()).add(target)
    assert list(graphlib.TopologicalSorter(needs).static_order())


def test_only_definitions_files_and_their_oracle_know_one_kind_of_indicator_from_another():
    kinds = {kind.__name__ for kind in all_kinds(ei.Indicator)} - {"Quantitative"}
    may = ("definitions", "testing", "formats.programme_files", "programmes", "examples")
    known = {
        f"{name} imports {target}"
        for name, tree in MODULES.items()
        if name and not name.startswith(may)
        for _, names in imports(tree)
        for target in kinds & set(names)
    }
    assert not known


def all_kinds(kind):
    for each in kind.__subclasses__():
        yield each
        yield from all_kinds(each)


def test_every_public_name_is_there():
    for name in ei.__all__:
        assert getattr(ei, name) is not None
        assert name in dir(ei)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        ei.nothing


def test_a_name_that_is_to_go_warns_where_it_is_used_and_still_works(monkeypatch):
    """Each time, until it is left out; it is not listed any more, and what it stands for is public."""
    monkeypatch.setitem(deprecation.NAMES, "CondensedTables", "Cells")
    for _ in range(2):
        with pytest.warns(
            DeprecationWarning, match=r"envindicators\.CondensedTables is to go; it is .*\.Cells"
        ) as told:
            assert ei.CondensedTables is ei.Cells
        assert told[0].filename == __file__
    assert "CondensedTables" not in dir(ei)


def test_names_that_are_to_go_have_one_that_is_public():
    assert set(deprecation.NAMES.values()) <= set(ei.__all__)
    assert not set(deprecation.NAMES) & set(ei.__all__)


def test_public_names_stand_once_and_are_documented():
    assert len(ei.__all__) == len(set(ei.__all__))
    for name in ei.__all__:
        if typing.get_origin(getattr(ei, name)) is typing.Literal:
            continue  # the reference says what it is
        assert (getattr(ei, name).__doc__ or "").strip(), name


def loaded_by(code):
    """Return the top-level packages that a fresh interpreter has loaded after running some code."""
    script = f"{code}\nimport sys; print(' '.join(sorted({{name.split('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


HEAVY = {"pandas", "matplotlib", "scipy", "numpy", "narwhals", "polars", "pyarrow", "duckdb", "openpyxl"}


def test_importing_loads_no_heavy_package():
    assert not loaded_by("import envindicators") & HEAVY


def test_defining_and_judging_load_no_heavy_package():
    code = (
        "import envindicators as ei; from envindicators.programmes import soc_trang_2020; "
        "ei.at_least('98%').judge(ei.Tally(98, 2)).verdict; ei.flag('a') & ei.one_of('b', 'c'); ei.examples"
    )
    assert not loaded_by(code) & HEAVY


def test_evaluating_plain_rows_loads_no_frame_library():
    code = (
        "import envindicators as ei; from envindicators.programmes import soc_trang_2020 as p; "
        "rows = [{'settlement': 'rural', 'persons': 10, 'hygienic_water': 9}]; "
        "ei.evaluate(p, {'residents': rows}, year=2020)['rural_water'].verdict"
    )
    assert not loaded_by(code) & (HEAVY - {"numpy", "narwhals"})


def test_the_readme_shows_the_commands_that_ci_runs():
    root = Path(__file__).parent.parent
    readme = (root / "README.md").read_text(encoding="utf-8")
    script = (root / ".ci" / "run").read_text(encoding="utf-8")
    for command in (
        "python -m pip install . && python -m envindicators",
        "python -m pip install -e '.[test]' && python -m pytest",
    ):
        assert command in readme
        assert command in script


@pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning")
def test_the_readme_shows_the_card_as_it_is():
    card = ei.evaluate(ei.programmes.soc_trang_2020, ei.examples.soc_trang(), year=2020, by="area")
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    shown = readme.split("```text\n")[1].split("\n```")[0]
    assert shown.splitlines() == [line.rstrip() for line in card.to_text(width=100).rstrip().splitlines()]


def test_the_source_distribution_holds_what_the_tests_read():
    root = Path(__file__).parent.parent
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    held = set(settings["tool"]["hatch"]["build"]["targets"]["sdist"]["include"])
    tested = {path.split("/")[0] for path in settings["tool"]["pytest"]["ini_options"]["testpaths"]}
    assert held >= tested | {"conftest.py", ".ci", "notebooks", "benchmarks"}
    assert all((root / name).exists() for name in held)
