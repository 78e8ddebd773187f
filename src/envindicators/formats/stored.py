"""Scorecards as JSON that can be read back: all that a card says in words and numbers, and what it is made of.

What it is made of stands under ``"state"``, exact: whole numbers of any size, fractions as text. Reading executes
nothing; only the classes that are named here are made.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from envindicators.definitions.programme import Programme
from envindicators.errors import EnvIndicatorsError
from envindicators.evaluation.scorecard import Scorecard
from envindicators.formats.json import card_data
from envindicators.formats.programme_files import as_data
from envindicators.formats.programme_reader import UnreadableProgramme, once, programme_of
from envindicators.formats.values import NotAValueError, made, stored
from envindicators.words.message import Message
from envindicators.words.shortening import brief, shown

FORMAT = 1
"""The format that is written, and the newest that is read."""

FIELDS = ("by", "results", "causes", "order", "missing", "problems", "lang", "backend", "given")
"""What a card is made of, beside its programme."""


class UnreadableScorecard(EnvIndicatorsError, ValueError):  # noqa: N818 - a public name
    """Some text is no scorecard that this version can read. The message says why."""


def card_json(card: Scorecard) -> str:
    """Return a scorecard as JSON; see `Scorecard.to_json`."""
    said, state = _json(card_data(card, explanations={})), _json(_state(card))
    return f'{said[:-1]}, "format": {FORMAT}, "state": {{"programme": {_programme(card.programme)}, {state[1:]}}}'


def card_state(card: Scorecard) -> dict[str, Any]:
    """Return what a scorecard is read back from, beside what it says.

    Raises:
        DefinitionError: for a kind of indicator or key that is not the library's own.
    """
    return {"format": FORMAT, "state": {"programme": as_data(card.programme), **_state(card)}}


def _state(card: Scorecard) -> dict[str, Any]:
    return {name: stored(getattr(card, name)) for name in FIELDS}


@lru_cache(maxsize=8)  # a service writes one card of a programme after the other
def _programme(programme: Programme) -> str:
    return _json(as_data(programme))


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, default=str)


def card_read(text: str) -> Scorecard:
    """Return the scorecard that some JSON says; see `Scorecard.from_json`."""
    try:
        data = json.loads(text, object_pairs_hook=once)
    except (TypeError, ValueError, RecursionError) as error:
        raise UnreadableScorecard(Message("no scorecard: {error}", error=error)) from None
    if not isinstance(data, dict) or not isinstance(data.get("state"), dict):
        raise UnreadableScorecard(Message("no scorecard: it has no state; card.to_json() writes one"))
    if not isinstance(data.get("format"), int) or not 1 <= data["format"] <= FORMAT:
        writer = data.get("envindicators", "?")
        raise UnreadableScorecard(
            Message(
                "a scorecard of format {given}, written by envindicators {writer}; this version reads up to {known}",
                given=shown(data.get("format")),
                writer=brief(str(writer)),
                known=FORMAT,
            )
        )
    state = data["state"]
    try:
        programme = programme_of(state.get("programme"), Message("the programme of the scorecard"))
        return Scorecard(programme, **{name: made(state[name]) for name in FIELDS})
    except (NotAValueError, UnreadableProgramme) as error:
        raise UnreadableScorecard(Message("no scorecard: {error}", error=error)) from None
    except (EnvIndicatorsError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        said = f"{type(error).__name__}: {error}"
        raise UnreadableScorecard(Message("no scorecard: {error}", error=said)) from None
