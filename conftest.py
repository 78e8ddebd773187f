"""Compiles the message catalogues that have changed, and runs the sessions that the README shows."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

# their doctests need the extra docs
collect_ignore_glob = [] if importlib.util.find_spec("sphinx") else ["src/envindicators/sphinxext/*"]

pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS | NORMALIZE_WHITESPACE)],
    patterns=["*.md"],
).pytest()


def pytest_configure(config: pytest.Config) -> None:
    """Compile catalogues whose words have changed since the package was installed in place."""
    if not hasattr(config, "workerinput"):  # once, and not in every process of pytest-xdist
        subprocess.run([sys.executable, "hatch_build.py"], cwd=Path(__file__).parent, check=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the documents show cards of the example, whose gaps are meant."""
    for item in items:
        if item.path.suffix == ".md":
            item.add_marker(pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning"))
