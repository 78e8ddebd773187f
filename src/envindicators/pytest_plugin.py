"""Fixtures for pytest: every way to hold a frame, and the laws that hold for every programme.

pytest loads this module wherever the library is installed, so it imports nothing until a test asks for a fixture.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from envindicators.definitions.programme import Programme
    from envindicators.testing.holding import Way

LAWS = ("adds_up", "bounds_sharp", "engines_agree", "round_trips")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests that ask for a way to hold frames once with each."""
    if "frame_way" in metafunc.fixturenames:
        from envindicators.testing.holding import EVERY_WAY

        metafunc.parametrize("frame_way", EVERY_WAY, ids=str, indirect=True)


@pytest.fixture
def frame_way(request: pytest.FixtureRequest) -> Way:
    """Every way to hold a frame, one after another: an `envindicators.testing.Way`."""
    way: Way = request.param
    return way


@pytest.fixture
def hold_tables(frame_way: Way) -> Callable[[Programme, Mapping[str, Any]], dict[str, Any]]:
    """What holds the tables of a programme in every way, one after another: ``hold_tables(programme, tables)``."""

    def hold(programme: Programme, tables: Mapping[str, Any]) -> dict[str, Any]:
        from envindicators.testing.holding import held
        from envindicators.testing.rows import taken

        rows = taken(programme, tables)
        return {key: form.of(held(frame_way, programme.tables[key], of)) for key, (form, of) in rows.items()}

    return hold


@pytest.fixture(params=LAWS)
def programme_law(request: pytest.FixtureRequest) -> Callable[..., None]:
    """The laws of `envindicators.testing`, one after another: ``programme_law(programme, tables, year=2020)``."""
    from envindicators import testing

    law: Callable[..., None] = getattr(testing, f"assert_{request.param}")
    return law
