"""The library's words are complete in every language that has a catalogue, and another language is a file."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

ROOT = Path(__file__).parents[1]


def _build():
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


build = _build()
SAYING = ("gettext", "ngettext", "pgettext", "Message", "counted", "within")
TEMPLATE = {(message.id, message.context): message for message in build.said() if message.id}


def _sentences():
    """Yield the sentence of each call that says one, also of a call within an f-string, where Babel finds none."""
    for path in build.PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING:
                position = 1 if node.func.id in ("pgettext", "within") else 0
                if isinstance(node.args[position], ast.Constant):
                    yield node.args[position].value


def test_every_sentence_in_the_code_is_found():
    """Take a call out of its f-string to have its sentence translated."""
    found = {_ids(message)[0] for message in TEMPLATE.values()}
    assert {sentence for sentence in _sentences() if sentence} <= found


def _fields(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("path", build.catalogues(), ids=build.language)
def test_a_catalogue_says_all_that_the_code_says_and_nothing_else(path):
    """Run ``python hatch_build.py update`` and translate what is new."""
    catalogue = {(message.id, message.context): message for message in build.read(path) if message.id}
    assert set(TEMPLATE) == set(catalogue)
    blank = [message.id for message in catalogue.values() if not all(_strings(message))]
    assert not blank
    assert not [message.id for message in catalogue.values() if message.fuzzy]


@pytest.mark.parametrize("path", build.catalogues(), ids=build.language)
def test_a_translation_has_the_details_of_its_sentence(path):
    """A detail that a translation leaves out would be lost, one that it makes up would raise an error."""
    wrong = [
        message.id
        for message in build.read(path)
        if message.id
        for said in _strings(message)
        if set(_fields(said)) != set(_fields(_ids(message)[-1]))
    ]
    assert not wrong


def _ids(message):
    return message.id if isinstance(message.id, tuple) else (message.id,)


def _strings(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


SHOWN = """
import datetime
import envindicators as ei
from envindicators.programmes import soc_trang_2020
rows = [{"area": "A", "settlement": "rural", "persons": 1000, "hygienic_water": 985}]
card = ei.evaluate(soc_trang_2020, {"residents": rows}, year=2020, by="area", lang="x-toy")
print(card.to_text(80), card.to_html(), card.explain("rural_water"))
"""


@pytest.fixture(scope="module")
def toy(tmp_path_factory):
    """Return a folder of locales with a language whose sentences are the English ones in brackets."""
    folder = tmp_path_factory.mktemp("locale")
    catalogue = Catalog(locale=None)
    for message in TEMPLATE.values():
        said = _ids(message)[-1] if message.context else f"[{_ids(message)[-1]}]"  # marks and dates have a context
        catalogue.add(message.id, (said,) if isinstance(message.id, tuple) else said, context=message.context)
    target = folder / "qaa" / "LC_MESSAGES" / "envindicators.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as opened:
        write_mo(opened, catalogue)
    return folder


def test_another_language_is_a_file(toy):
    """A card, an explanation and a page come out in a language that the code does not know."""
    code = SHOWN.replace("x-toy", "qaa")
    environment = {**os.environ, "ENVINDICATORS_LOCALE": str(toy), "PYTHONIOENCODING": "utf-8"}
    said = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout
    for words in ("[Target]", "[Verdict]", "[exceeded]", "[Rationale: "):
        assert words in said


OWN_PROGRAMME = """
import datetime
import envindicators as ei
def own(words):
    return ei.Text({"qaa": f"<{words}>"})
people = ei.Table("people", ei.Unit("person", own("persons"), one=own("person")), total="persons", parts=["water"],
                  name=own("people"))
document = ei.Document("1", own("on water"), own("resolution"), own("province"), datetime.date(2020, 1, 2), lang="qaa")
share = ei.Share("water", own("people with water"), table=people, where=ei.flag("water"))
clause = ei.Clause(document, "I.1", "<a sentence>", own("a sentence"))
targets = [ei.Target("water", clause, 2020, share.at_least("98%"))]
programme = ei.Programme("p", own("clean water"), document, targets)
rows = [{"area": "A", "persons": 3, "water": 2}, {"area": "B", "persons": 4, "water": None}]
"""

OWN = """
import io
from own import ei, programme, rows
card = ei.evaluate(programme, {"people": rows}, year=2020, by="area", lang="qaa", expected=["A", "B", "C"])
page = io.StringIO()
card.report(page, letterhead="none")
print(card.to_text(500), card.to_html(), card.explain("water"), page.getvalue())
"""


@pytest.fixture
def own(toy, tmp_path):
    """Return a function that runs Python where the toy language and a programme of it, ``own``, are found."""
    (tmp_path / "own.py").write_text(OWN_PROGRAMME, encoding="utf-8")
    environment = {**os.environ, "ENVINDICATORS_LOCALE": str(toy), "PYTHONIOENCODING": "utf-8"}
    environment["PYTHONPATH"] = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])

    def run(*arguments):
        return subprocess.run(
            [sys.executable, *arguments], env=environment, capture_output=True, text=True, encoding="utf-8", check=True
        ).stdout

    return run


def english_left(shown):
    """Return the parts of sentences of the library that stand in a page outside the brackets of the toy language."""
    left = " ".join(re.sub(r"<(?!people|persons?>|clean|a sentence)[^>]*>", " ", shown).split())
    before = ""
    while before != left:
        before, left = left, re.sub(r"\[[^\[\]]*\]", "", left)
    parts = {
        part.strip(" .:;,")
        for message in TEMPLATE.values()
        if not message.context
        for sentence in _ids(message)
        for part, *_ in string.Formatter().parse(sentence)
    }
    return [part for part in parts if len(part.split()) > 2 and part in left]


def test_no_english_sentence_is_left_in_another_language(own):
    """Card, explanation and report of a programme whose own text stands in that language alone."""
    pytest.importorskip("matplotlib", reason="a report has pictures: pip install 'envindicators[plot]'")
    shown = own("-c", OWN)
    assert "people with water" in shown
    assert not english_left(shown)


def test_no_english_sentence_is_left_on_a_page_of_another_language(own, tmp_path):
    """A methodology page of that programme."""
    pytest.importorskip("sphinx", reason="the extra docs is not installed")
    source = tmp_path / "source"
    source.mkdir()
    settings = {"extensions": ["envindicators.sphinxext"], "envindicators_programme": "own:programme"}
    lines = [f"{name} = {value!r}" for name, value in {**settings, "language": "qaa"}.items()]
    (source / "conf.py").write_text("\n".join(lines), encoding="utf-8")
    (source / "index.rst").write_text("<own>\n=====\n\n.. target:: water\n", encoding="utf-8")
    own("-m", "sphinx", "-q", "-b", "text", str(source), str(tmp_path / "built"))
    page = (tmp_path / "built" / "index.txt").read_text(encoding="utf-8")
    assert "people with water" in page
    assert "[" in page
    assert not english_left(page)
