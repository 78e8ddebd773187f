"""What the documentation promises of the public names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import envindicators as ei

DOCS = Path(__file__).parent.parent / "docs"
DIRECTIVES = r"^\.\. (?:auto(?:function|class|exception|module)|py:data):: envindicators\.(\S+)$"


def documented():
    pages = sorted((DOCS / "api").glob("*.md"))
    return [name for page in pages for name in re.findall(DIRECTIVES, page.read_text(encoding="utf-8"), re.MULTILINE)]


def test_the_reference_lists_every_entry_on_its_first_page():
    listed = re.findall(r"^   ~envindicators\.(\S+)$", (DOCS / "api.md").read_text(encoding="utf-8"), re.MULTILINE)
    data = [name for name in ei.__all__ if name in ("Layout", "Outcome", "Reason", "Severity", "YEAR_BEFORE")]
    assert sorted([*listed, *data, "areas", "examples", "programmes"]) == sorted(ei.__all__)


@pytest.mark.parametrize("name", ei.__all__)
def test_every_public_name_has_an_entry_in_the_reference(name):
    assert documented().count(name) == 1


def test_the_reference_has_no_entry_for_what_is_not_public():
    known = {*ei.__all__, "sphinxext", *(f"programmes.{name}" for name in ei.programmes.__all__)}
    assert set(documented()) <= known
