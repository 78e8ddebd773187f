"""The command line as a process: pipes, encodings, and that it never traces back."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from cards import example
from hypothesis import given
from hypothesis import strategies as st

from envindicators.cli import main
from envindicators.report.plain import carried
from envindicators.report.verdicts import symbol

pytestmark = pytest.mark.usefixtures("home")


def test_a_broken_pipe_does_not_trace_back():
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "envindicators", "--lang", "vi"], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr
    assert done.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize("arguments", [("duties",), ("template", "waste")])
def test_a_full_disk_does_not_trace_back(arguments):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "envindicators", *arguments], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    assert done.returncode == 3


def test_a_standard_output_that_is_closed_does_not_trace_back(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["duties"]) == 0
    assert main(["template", "waste"]) == 0
    assert capsys.readouterr().err == ""


def test_stopped_from_the_keyboard_it_says_nothing(monkeypatch, capsys):
    def stopped(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("envindicators.cli.run.run", stopped)
    assert main(["duties"]) == 130
    assert capsys.readouterr() == ("", "")


def test_an_encoding_without_vietnamese_does_not_trace_back():
    done = subprocess.run(
        [sys.executable, "-m", "envindicators", "--lang", "vi"],
        capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert b"Soc Trang" in done.stdout
    assert b"\\u" not in done.stdout
    assert b"PYTHONUTF8=1" in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp1258", "latin-1", "cp437", "utf-8"])
def test_no_two_verdicts_share_a_sign_in_any_encoding(encoding):
    done = subprocess.run(
        [sys.executable, "-m", "envindicators", "--lang", "vi"],
        capture_output=True, env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "COLUMNS": "100"},
        check=False,
    )  # fmt: skip
    out = unicodedata.normalize("NFC", done.stdout.decode(encoding))
    name = unicodedata.normalize("NFC", carried("Kế Sách", encoding))
    row = next(line for line in out.splitlines() if line.startswith(name))
    card = example("vi")
    shown = dict(zip((symbol(card[each.target.key, "Kế Sách"]) for each in card), row.split()[2:], strict=True))
    assert len(set(shown.values())) == len(shown)
    assert [sign for sign, seen in shown.items() if seen == "?"] == ["?"]
    if encoding == "utf-8":
        assert b"PYTHONUTF8" not in done.stderr
    if encoding in ("cp1258", "utf-8"):
        assert "Sóc Trăng" in out


@given(st.text("▲✓✗≥ệđĐƯỡ水a\u0301 –…"), st.sampled_from(["ascii", "cp1252", "cp1258", "utf-8"]))
def test_text_is_carried_by_any_encoding(text, encoding):
    made = carried(text, encoding)
    made.encode(encoding)
    assert "?" not in made
    assert carried(made, encoding) == made
    if encoding == "utf-8":
        assert made == text
