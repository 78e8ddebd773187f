"""Tests of programmes: what to draw from, every way to hold a frame, and laws that hold for every programme.

The strategies are for Hypothesis (extra ``testing``); the laws and the ways to hold a frame need no other package, and
frames of polars, pyarrow and DuckDB are tried where these are installed.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from envindicators.frames.packages import package_needed

if TYPE_CHECKING:
    from envindicators.testing.data import frames, inputs, ways
    from envindicators.testing.definitions import indicators, programmes, requirements, rules, tables
    from envindicators.testing.facts import evidence, shares, tallies
    from envindicators.testing.holding import EVERY_WAY, Way
    from envindicators.testing.laws import assert_adds_up, assert_engines_agree, assert_round_trips
    from envindicators.testing.sharpness import assert_bounds_sharp

_HOMES = {
    "definitions": ("indicators", "programmes", "requirements", "rules", "tables"),
    "facts": ("evidence", "shares", "tallies"),
    "data": ("frames", "inputs", "ways"),
    "laws": ("assert_adds_up", "assert_engines_agree", "assert_round_trips"),
    "sharpness": ("assert_bounds_sharp",),
    "holding": ("EVERY_WAY", "Way"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "EVERY_WAY",
    "Way",
    "assert_adds_up",
    "assert_bounds_sharp",
    "assert_engines_agree",
    "assert_round_trips",
    "evidence",
    "frames",
    "indicators",
    "inputs",
    "programmes",
    "requirements",
    "rules",
    "shares",
    "tables",
    "tallies",
    "ways",
]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _HOME_OF:
            raise AttributeError(f"module 'envindicators.testing' has no attribute {name!r}")
        home = f"{__name__}.{_HOME_OF[name]}"
        try:
            value = getattr(importlib.import_module(home), name)
        except ModuleNotFoundError as error:
            if error.name != "hypothesis":
                raise
            raise package_needed(f"envindicators.testing.{name}", "testing") from error
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return [*__all__]
