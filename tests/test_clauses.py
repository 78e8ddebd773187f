"""A clause quotes, and says how its scan was mended."""

from __future__ import annotations

import pytest
from defined import WORDS, _clause, _document

from envindicators.definitions.source import Clause, Correction
from envindicators.errors import DefinitionError
from envindicators.words.text import Text


def test_mends_turn_the_scan_into_the_quote():
    """The scan stays on record, and the corrections account for every letter between it and the quote."""
    corrections = [Correction("nươc", "nước"), Correction("sach", "sạch", certain=False)]
    clause = Clause(_document(), "II", "nước sạch", "clean water", corrections=corrections, scan="nươc sach")
    assert clause.corrections == tuple(corrections)
    assert str(clause) == "12-NQ/TU, II"
    with pytest.raises(DefinitionError, match="does not stand in the scan"):
        Clause(_document(), "II", "nước", "water", corrections=[Correction("nuoc", "nước")], scan="nươc")
    with pytest.raises(DefinitionError, match="not 'nước sạch'"):
        Clause(_document(), "II", "nước sạch", "clean water", corrections=corrections[:1], scan="nươc sach")
    with pytest.raises(DefinitionError, match="II"):
        Clause(_document(), "II", "nước", "water", scan="nươc")


def test_a_clause_without_mends_is_its_own_scan():
    """Where nothing was corrected the quote is the scan."""
    assert _clause().scan == WORDS


def test_an_inferred_deadline_has_a_ground():
    """What the text does not say must be accounted for."""
    with pytest.raises(DefinitionError, match="deadline_rationale"):
        _clause(deadline="inferred")
    assert _clause(deadline="inferred", deadline_rationale=Text(vi="tiêu đề", en="title")).deadline == "inferred"
    assert _clause(deadline="stated").deadline == "stated"
    with pytest.raises(ValueError, match="deadline"):
        _clause(deadline="guessed")


def test_a_clause_quotes():
    """A clause without words is none."""
    with pytest.raises(ValueError, match="quote"):
        Clause(_document(), "II", "", "")
