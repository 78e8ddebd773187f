"""The language of the command line: that of ``--lang``, else that of the locale, else English."""

from __future__ import annotations

import pytest

from envindicators.cli import main

pytestmark = pytest.mark.usefixtures("home")

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


@pytest.mark.parametrize(
    ("locale", "arguments", "lang"),
    [
        ({"LANG": "vi_VN.UTF-8"}, (), "vi"),
        ({"LC_MESSAGES": "vi_VN", "LANG": "en_US.UTF-8"}, (), "vi"),
        ({"LC_ALL": "C.UTF-8", "LANG": "vi_VN.UTF-8"}, (), "en"),
        ({"LC_ALL": "", "LANG": "vi"}, (), "vi"),
        ({"LANG": "vi_VN.UTF-8@latin"}, (), "vi"),
        ({"LANG": "xx_YY.UTF-8"}, (), "en"),
        ({}, (), "en"),
        ({"LANG": "vi_VN.UTF-8"}, ("--lang", "en"), "en"),
        ({}, ("--lang=vi",), "vi"),
        ({}, ("--lang", "vi-VN"), "vi"),
    ],
)
def test_the_language_of_the_help(monkeypatch, capsys, locale, arguments, lang):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in locale.items():
        monkeypatch.setenv(name, value)
    assert main(["columns", *arguments, "--help"]) == 0
    assert capsys.readouterr().out.startswith("cách dùng: " if lang == "vi" else "usage: ")


def test_a_language_that_is_not_spoken(run):
    code, out, err = run("columns", "--lang", "klingon")
    assert (code, out, "there is no 'klingon', only en, vi" in err) == (2, "", True)
    code, out, err = run("columns", "--lang")
    assert (code, out, "--lang needs a value" in err) == (2, "", True)
