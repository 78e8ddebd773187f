"""Scorecards as JSON that can be read back: all that a card says in words and numbers, and what it is made of.

What it is made of stands under ``"state"``, exact: whole numbers of any size, fractions as text. Reading executes
nothing; only the classes that are named here are made.
"""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import numpy as np

from envindicators.algebra.change import Growth, Shift
from envindicators.algebra.span import Ends, Quotient, Span
from envindicators.algebra.tallies import Tallies
from envindicators.algebra.weighed import Average
from envindicators.cells.fingerprint import InputFingerprint
from envindicators.cells.keys import Keys
from envindicators.errors import DefinitionError, EnvIndicatorsError
from envindicators.evaluation.results import YearResult
from envindicators.evaluation.scorecard import Scorecard
from envindicators.formats.json import card_data
from envindicators.formats.programme_files import as_data
from envindicators.formats.programme_reader import once, programme_of
from envindicators.ingest.missing import MissingInput
from envindicators.problems import Problem, Problems
from envindicators.words.message import Message
from envindicators.words.text import Text

FORMAT = 1
"""The format that is written, and the newest that is read."""

_CLASSES: dict[str, type[Any]] = {
    cls.__name__: cls
    for cls in (
        Average, Growth, InputFingerprint, Keys, MissingInput, Problem, Quotient, Shift, Span, Tallies, YearResult,
    )
}  # fmt: skip
_FIELDS = ("by", "results", "causes", "order", "missing", "problems", "lang", "backend", "given")
_DTYPES = ("bool", "int8", "uint8", "int16", "int32", "int64", "float64", "object")


class UnreadableScorecard(EnvIndicatorsError, ValueError):  # noqa: N818 - a public name
    """Some text is no scorecard that this version can read. The message says why."""


def card_json(card: Scorecard) -> str:
    """Return a scorecard as JSON; see `Scorecard.to_json`."""
    return json.dumps({**card_data(card, explanations={}), **card_state(card)}, ensure_ascii=False, default=str)


def card_state(card: Scorecard) -> dict[str, Any]:
    """Return what a scorecard is read back from, beside what it says.

    Raises:
        DefinitionError: for a kind of indicator or key that is not the library's own.
    """
    state = {name: _stored(getattr(card, name)) for name in _FIELDS}
    return {"format": FORMAT, "state": {"programme": as_data(card.programme), **state}}


def card_read(text: str) -> Scorecard:
    """Return the scorecard that some JSON says; see `Scorecard.from_json`."""
    try:
        data = json.loads(text, object_pairs_hook=once)
    except (TypeError, ValueError, RecursionError) as error:
        raise UnreadableScorecard(f"no scorecard: {error}") from None
    if not isinstance(data, dict) or not isinstance(data.get("state"), dict):
        raise UnreadableScorecard("no scorecard: it has no state; card.to_json() writes one")
    if not isinstance(data.get("format"), int) or not 1 <= data["format"] <= FORMAT:
        made = data.get("envindicators", "another version")
        said = f"a scorecard of format {data.get('format')!r}, written by envindicators {made}"
        raise UnreadableScorecard(f"{said}; this version reads formats up to {FORMAT}")
    state = data["state"]
    try:
        programme = programme_of(state.get("programme"), "the scorecard's programme")
        return Scorecard(programme, **{name: _made(state[name]) for name in _FIELDS})
    except UnreadableScorecard:
        raise
    except (EnvIndicatorsError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise UnreadableScorecard(f"no scorecard: {type(error).__name__}: {error}") from None


# writing


def _stored(value: Any) -> Any:
    """Return a value as JSON has it: what JSON does not know as an object with its kind under ``"$"``."""
    if value is None or isinstance(value, (bool, str)) or type(value) is int:
        return value
    for kind, (cls, write, _) in _VALUES.items():
        if isinstance(value, cls):
            return {"$": kind, "of": write(value)}
    name = type(value).__name__
    if _CLASSES.get(name) is type(value):
        fields = (field for field in attrs.fields(type(value)) if field.init)
        return {"$": name, **{field.name: _stored(getattr(value, field.name)) for field in fields}}
    raise DefinitionError(f"a {name} cannot be stored in a scorecard")


def _array(values: Any) -> dict[str, Any]:
    return {
        "dtype": str(values.dtype),
        "shape": list(values.shape),
        "values": [_stored(item) for item in values.ravel().tolist()],
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "text": message.text,
        "details": _stored(dict(message.details)),
        "plural": message.plural,
        "context": message.context,
    }


# reading


def _made(data: Any) -> Any:
    """Return the value that JSON says; the other way round of `_stored`."""
    if not isinstance(data, dict):
        if data is None or isinstance(data, (bool, str, int)):
            return data
        raise UnreadableScorecard(f"no scorecard: {str(data)[:60]!r} has no kind")
    kind = data.get("$")
    if kind in _VALUES:
        return _VALUES[kind][2](data["of"])
    if kind in _CLASSES:
        cls = _CLASSES[kind]
        fields = {field.name: field.alias for field in attrs.fields(cls) if field.init}
        return cls(**{fields[name]: _made(value) for name, value in data.items() if name != "$"})
    raise UnreadableScorecard(f"no scorecard: nothing is of the kind {str(kind)[:60]!r}")


def _array_of(data: Any) -> Any:
    if data["dtype"] not in _DTYPES:
        raise UnreadableScorecard(f"no scorecard: an array of {str(data['dtype'])[:60]!r}")
    values, shape = [_made(item) for item in data["values"]], tuple(data["shape"])
    if math.prod(shape) != len(values):
        raise UnreadableScorecard(f"no scorecard: an array of {len(values)} values in the shape {shape}")
    array = np.empty(len(values), dtype=data["dtype"])
    array[:] = values
    return array.reshape(shape)


def _message_of(data: Any) -> Message:
    made: Any = Message.__new__(Message)
    made.__attrs_init__(data["text"], _made(data["details"]), data["plural"], data["context"])
    message: Message = made
    return message


def _pairs(value: Mapping[Any, Any]) -> list[Any]:
    return [[_stored(key), _stored(held)] for key, held in value.items()]


def _items(value: Any) -> list[Any]:
    return [_stored(item) for item in value]


_VALUES: dict[str, tuple[type[Any], Callable[[Any], Any], Callable[[Any], Any]]] = {
    "int": (np.integer, int, int),
    "float": (float, repr, float),
    "fraction": (Fraction, str, Fraction),
    "decimal": (Decimal, str, Decimal),
    "time": (datetime.datetime, datetime.datetime.isoformat, datetime.datetime.fromisoformat),
    "date": (datetime.date, datetime.date.isoformat, datetime.date.fromisoformat),
    "ends": (Ends, _items, lambda data: Ends(*map(_made, data))),
    "problems": (
        Problems,
        lambda found: {"listed": _items(found), "counts": _pairs(found.counts)},
        lambda data: Problems(map(_made, data["listed"]), {_made(key): _made(count) for key, count in data["counts"]}),
    ),
    "tuple": (tuple, _items, lambda data: tuple(map(_made, data))),
    "list": (list, _items, lambda data: list(map(_made, data))),
    "array": (np.ndarray, _array, _array_of),
    "message": (Message, _message, _message_of),
    "text": (Text, lambda text: dict(text.words), Text),
    "mapping": (Mapping, _pairs, lambda data: {_made(key): _made(held) for key, held in data}),
}
"""What JSON does not know, by kind: the class, what writes it and what reads it; the first that fits is taken."""
