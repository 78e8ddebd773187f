"""The plugin for pytest: what its fixtures give, and that it costs nothing to those who do not ask for them."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import envindicators
from envindicators import testing
from envindicators.pytest_plugin import LAWS

pytest_plugins = ["pytester"]

TESTS = """
    import envindicators as ei
    from envindicators.programmes import soc_trang_2020

    ROWS = [{"area": area, "settlement": "rural", "persons": 3, "hygienic_water": water} for area, water in
            (("A", 2), ("B", None))]
    PLAIN = ei.evaluate(soc_trang_2020, {"residents": ROWS}, year=2020, by="area")

    def test_held(hold_tables):
        tables = hold_tables(soc_trang_2020, {"residents": ROWS})
        assert ei.evaluate(soc_trang_2020, tables, year=2020, by="area") == PLAIN

    def test_way(frame_way):
        assert frame_way({"area": ["A"]}, {"area": "text"}) is not None

    def test_law(programme_law):
        programme_law(soc_trang_2020, {"residents": ROWS}, year=2020)
"""


@pytest.fixture
def inside(pytester, monkeypatch):
    """Return what runs tests in a process of their own, with the plugin."""

    # the package that is tested here, whichever is installed
    monkeypatch.setenv("PYTHONPATH", str(Path(envindicators.__file__).parents[1]))

    def run(*options):
        pytester.makepyfile(TESTS)
        return pytester.runpytest_subprocess("-p", "envindicators.pytest_plugin", "-p", "no:xdist", *options)

    return run


def test_tests_run_in_every_way_and_with_every_law(inside):
    found = inside("-q", "--collect-only")
    ways = {line.partition("[")[2] for line in found.outlines if "test_held[" in line}
    assert len(ways) == len(testing.EVERY_WAY)
    assert sum("test_law[" in line for line in found.outlines) == len(LAWS)
    some = [line for line in found.outlines if "test_law[" in line or "list" in line.lower()]
    inside("-k", "test_law or list").assert_outcomes(passed=len(some))


def test_every_law_of_the_package_is_a_law_of_the_fixture():
    assert [f"assert_{name}" for name in LAWS] == sorted(name for name in testing.__all__ if name.startswith("assert_"))


def test_pytest_finds_the_plugin_and_loads_little():
    pyproject = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    (module,) = pyproject["project"]["entry-points"]["pytest11"].values()
    code = f"import pytest, sys; before = set(sys.modules); import {module}; print(*set(sys.modules) - before)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(told.stdout.split()) == {
        "envindicators",
        "envindicators.deprecation",
        "envindicators.pytest_plugin",
    }
