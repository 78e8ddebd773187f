"""Values as JSON has them, exact, and back: whole numbers of any size, fractions as text, arrays with their type.

Reading executes nothing; only the classes that are named here are made.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from string import Formatter
from typing import Any

import attrs
import numpy as np

from envindicators.algebra.change import Growth, Shift
from envindicators.algebra.span import Ends, Quotient, Span
from envindicators.algebra.tallies import Tallies
from envindicators.algebra.weighed import Average
from envindicators.cells.fingerprint import InputFingerprint
from envindicators.cells.keys import Keys
from envindicators.errors import DefinitionError
from envindicators.evaluation.results import YearResult
from envindicators.ingest.missing import MissingInput
from envindicators.problems import Problem, Problems
from envindicators.words.message import Message
from envindicators.words.text import Text

_CLASSES: dict[str, type[Any]] = {
    cls.__name__: cls
    for cls in (
        Average, Growth, InputFingerprint, Keys, MissingInput, Problem, Quotient, Shift, Span, Tallies, YearResult,
    )
}  # fmt: skip
_DTYPES = ("bool", "int8", "uint8", "int16", "int32", "int64", "float64", "object")


class NotAValueError(ValueError):
    """Some JSON is not what `stored` writes."""


def stored(value: Any) -> Any:
    """Return a value as JSON has it: what JSON does not know as an object with its kind under ``"$"``.

    Raises:
        DefinitionError: for a kind of value that is not the library's own.
    """
    if value is None or isinstance(value, (bool, str)) or type(value) is int:
        return value
    name, write = _writer(type(value))  # type: ignore[arg-type]
    if write is not None:
        return {"$": name, "of": write(value)}
    return {"$": name, **{field: stored(getattr(value, field)) for field in _fields(type(value))}}  # type: ignore[arg-type]


@cache
def _writer(cls: type[Any]) -> tuple[str, Callable[[Any], Any] | None]:
    """Return the word for what objects of a class are, and what writes them; None for those with fields of their own.

    Raises:
        DefinitionError: for a class that is not the library's own.
    """
    for kind, (base, write, _) in _VALUES.items():
        if issubclass(cls, base):
            return kind, write
    if _CLASSES.get(cls.__name__) is cls:
        return cls.__name__, None
    raise DefinitionError(f"a {cls.__name__} cannot be stored")


@cache
def _fields(cls: type[Any]) -> list[str]:
    return [field.name for field in attrs.fields(cls) if field.init]


def _array(values: Any) -> dict[str, Any]:
    flat = values.ravel().tolist()
    return {
        "dtype": str(values.dtype),
        "shape": list(values.shape),
        "values": flat if values.dtype.kind in "bui" else [stored(item) for item in flat],
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "text": message.text,
        "details": stored(dict(message.details)),
        "plural": message.plural,
        "context": message.context,
    }


# reading


def made(data: Any) -> Any:
    """Return the value that JSON says; the other way round of `stored`.

    Raises:
        NotAValueError: if it says none that `stored` writes; other errors where what it says cannot be.
    """
    if not isinstance(data, dict):
        if data is None or isinstance(data, (bool, str, int)):
            return data
        raise NotAValueError(f"{str(data)[:60]!r} has no kind")
    kind = data.get("$")
    if kind in _VALUES:
        return _VALUES[kind][2](data["of"])
    if kind in _CLASSES:
        cls = _CLASSES[kind]
        fields = {field.name: field.alias for field in attrs.fields(cls) if field.init}
        return cls(**{fields[name]: made(value) for name, value in data.items() if name != "$"})
    raise NotAValueError(f"nothing is of the kind {str(kind)[:60]!r}")


def _fraction_of(text: Any) -> Fraction:
    """Return the fraction that digits write; with an exponent a few of them write one that fills the memory."""
    if not (isinstance(text, str) and re.fullmatch(r"-?[0-9]+(?:/[0-9]+)?", text)):
        raise NotAValueError(f"{str(text)[:60]!r} is no fraction")
    return Fraction(text)


def _array_of(data: Any) -> Any:
    if data["dtype"] not in _DTYPES:
        raise NotAValueError(f"an array of {str(data['dtype'])[:60]!r}")
    values, shape = [made(item) for item in data["values"]], tuple(data["shape"])
    if math.prod(shape) != len(values):
        raise NotAValueError(f"an array of {len(values)} values in the shape {shape}")
    array = np.empty(len(values), dtype=data["dtype"])
    if data["dtype"] == "object":
        for place, value in enumerate(values):  # one by one, since numpy goes into what looks like a list
            array[place] = value
    elif all(isinstance(value, (bool, int, float)) for value in values):
        array[:] = values
    else:
        raise NotAValueError(f"an array of {data['dtype']} that holds something else")
    return array.reshape(shape)


def _message_of(data: Any) -> Message:
    """Return a message whose details are filled in as they are: no sentence of ours looks into them or widens them."""
    for sentence in (data["text"], data["plural"] or ""):
        for _, name, spec, _ in Formatter().parse(sentence):
            if name is not None and not (name.isidentifier() and spec in ("", ",")):
                raise NotAValueError(f"{sentence[:60]!r} is no sentence of a message")
    found: Any = Message.__new__(Message)
    found.__attrs_init__(data["text"], made(data["details"]), data["plural"], data["context"])
    message: Message = found
    return message


def _pairs(value: Mapping[Any, Any]) -> list[Any]:
    return [[stored(key), stored(held)] for key, held in value.items()]


def _items(value: Any) -> list[Any]:
    return [stored(item) for item in value]


_VALUES: dict[str, tuple[type[Any], Callable[[Any], Any], Callable[[Any], Any]]] = {
    "int": (np.integer, int, int),
    "float": (float, repr, float),
    "fraction": (Fraction, str, _fraction_of),
    "decimal": (Decimal, str, Decimal),
    "time": (datetime.datetime, datetime.datetime.isoformat, datetime.datetime.fromisoformat),
    "date": (datetime.date, datetime.date.isoformat, datetime.date.fromisoformat),
    "ends": (Ends, _items, lambda data: Ends(*map(made, data))),
    "problems": (
        Problems,
        lambda found: {"listed": _items(found), "counts": _pairs(found.counts)},
        lambda data: Problems(map(made, data["listed"]), {made(key): made(count) for key, count in data["counts"]}),
    ),
    "tuple": (tuple, _items, lambda data: tuple(map(made, data))),
    "list": (list, _items, lambda data: list(map(made, data))),
    "array": (np.ndarray, _array, _array_of),
    "message": (Message, _message, _message_of),
    "text": (Text, lambda text: dict(text.words), Text),
    "mapping": (Mapping, _pairs, lambda data: {made(key): made(held) for key, held in data}),
}
"""What JSON does not know, by kind: the class, what writes it and what reads it; the first that fits is taken."""
