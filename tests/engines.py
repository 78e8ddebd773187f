"""Every way to hold a frame, as our tests take them; see `envindicators.testing`."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from envindicators import testing
from envindicators.testing.engines import ENGINES
from envindicators.testing.holding import EVERY_WAY, INSTALLED, PLAIN, Way

__all__ = ["EVERY_WAY", "PLAIN", "Way", "every_way", "ways_by", "ways_to_hold"]

assert tuple(ENGINES) == INSTALLED, "the extra test brings all of them"

every_way = pytest.mark.parametrize("way", EVERY_WAY, ids=str)
"""Run a test over every engine and every way to hold its columns and its frame."""


def ways_to_hold(values):
    """Return the engines, and the ways to hold columns that hold these numbers in a type of their own."""
    return [
        way
        for way in EVERY_WAY
        if (way.columns or not way.shape)
        and all(ENGINES[way.engine].columns[name]("int", values) is not None for name in way.columns)
    ]


def ways_by(tables):
    """Return strategies of a way for each of some tables."""
    return st.fixed_dictionaries(dict.fromkeys(tables, testing.ways()))
