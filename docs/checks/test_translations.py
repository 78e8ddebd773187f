"""The Vietnamese is complete where it is promised: no page says one thing in English and nothing in Vietnamese."""

from __future__ import annotations

import importlib.util
import unicodedata
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

DOCS = Path(__file__).parents[1]

PROMISED = (
    "index",
    "quickstart",
    "concepts/index",
    "concepts/bounds",
    "methodology/index",
    "methodology/tables",
    "glossary",
)


def load_build():
    spec = importlib.util.spec_from_file_location("build", DOCS / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


build = load_build()


def messages(path):
    with path.open("rb") as opened:
        return {message.id: message for message in read_po(opened) if message.id}


@pytest.fixture(scope="session")
def wanted(tmp_path_factory):
    """Return the words of the English pages, page by page, as they are now."""
    return {page: messages(path) for page, path in build.extract(tmp_path_factory.mktemp("gettext")).items()}


def catalogue(page):
    path = (build.LOCALES / "vi" / "LC_MESSAGES" / page).with_suffix(".po")
    return messages(path) if path.exists() else {}


def test_the_pages_that_are_promised_are_looked_at(wanted):
    assert set(PROMISED) <= set(wanted)


def test_nothing_is_missing_and_nothing_doubtful(wanted):
    faults = []
    for page, english in wanted.items():
        known = catalogue(page)
        for words in english:
            message = known.get(words)
            if message is None or not message.string:
                faults.append((page, "not translated", words))
            elif message.fuzzy:
                faults.append((page, "doubtful", words))
    assert not faults, "python docs/build.py catalogues, then translate"


def test_nothing_is_left_over(wanted):
    for page, english in wanted.items():
        assert set(catalogue(page)) <= set(english), f"{page}: translated words that no page says any more"


def test_the_vietnamese_is_composed():
    for path in (build.LOCALES / "vi").rglob("*.po"):
        text = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), path


def test_what_is_code_stays_code(wanted):
    import re

    for page in wanted:
        for words, message in catalogue(page).items():
            for literal in re.findall(r"`([A-Z_]{3,}|[a-z_]+=)`", words):
                assert literal in message.string, (page, words)
