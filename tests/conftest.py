"""Profiles for hypothesis: the same examples in every run, or new ones with ``--hypothesis-profile=fuzz``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, settings
from typed import RESIDENTS

import envindicators as ei
from envindicators.cli import main

pytest.register_assert_rewrite("brute_force", "completions", "oracle", "refusals", "wrong_cells", "sheets")

_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}

settings.register_profile("same", derandomize=True, max_examples=100, **_COMMON)
# with no search for the smallest example that fails, which takes many minutes and looks as if the run stood still
settings.register_profile("few", derandomize=True, max_examples=10, phases=[Phase.explicit, Phase.generate], **_COMMON)
settings.register_profile("fuzz", max_examples=100, **_COMMON)
settings.load_profile("same")


@pytest.fixture
def excel(tmp_path: Path) -> Callable[..., Any]:
    """Return what writes rows to a workbook and scans it."""

    def write(rows: Iterable[Sequence[Any]], name: str = "nước sạch.xlsx", sheet: str | None = None) -> Any:
        book = openpyxl.Workbook()
        page = book.active
        for row in rows:
            page.append(list(row))
        if sheet:
            page.title = sheet
        book.save(tmp_path / name)
        return ei.scan(tmp_path / name)

    return write


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., Any]:
    """Return a function that builds pages and returns them with the warnings of the build; needs Sphinx."""
    from sites import builder

    return builder(tmp_path)


@pytest.fixture
def csv(tmp_path: Path) -> Callable[..., Any]:
    """Return what writes text or bytes to a file and scans it."""

    def write(text: str | bytes, name: str = "nước sạch.csv", encoding: str = "utf-8") -> Any:
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return ei.scan(tmp_path / name)

    return write


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return a folder that is worked in."""

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


@pytest.fixture
def residents(home):
    """Return a file of residents, as an office keeps it."""

    path = home / "dân cư.csv"
    path.write_text(RESIDENTS, encoding="utf-8-sig")
    return str(path)


@pytest.fixture
def run(capsys, monkeypatch):
    """Return what runs a command and returns its code, its output and its errors."""

    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def command(*arguments):
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return command
