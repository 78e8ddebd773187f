"""Programmes as data: TOML and JSON files that hold all that a programme says, and execute nothing.

Units, tables and indicators stand once, under their keys; what uses one names its key. Rules are small trees,
levels are written as documents write them.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import attrs

from envindicators.algebra.threshold import Threshold
from envindicators.definitions.base_year import Base, PublishedFigure
from envindicators.definitions.indicator import Indicator, Requirement, Requirements
from envindicators.definitions.programme import Programme, Reading, Target
from envindicators.definitions.rule import (
    AllUnits,
    And,
    Between,
    Flag,
    Not,
    OneOf,
    Or,
    Rule,
)
from envindicators.definitions.source import Clause, Document
from envindicators.definitions.table import Table, Unit
from envindicators.errors import DefinitionError
from envindicators.frames.toml import toml_text
from envindicators.words.text import Text, as_text

FORMAT = 1
"""The format that is written, and the newest that is read."""

KINDS = {
    "share": "share.Share",
    "amount": "amount.Amount",
    "net": "amount.Net",
    "capped": "amount.Capped",
    "ratio": "ratio.Ratio",
    "mean": "mean.Mean",
    "change": "indicator.Change",
    "area_share": "indicator.AreaShare",
    "daily": "daily.Daily",
}
"""The kinds of indicator by the word that a file has for them, each with the module of `definitions` that has it."""


@cache
def kind_called(word: str) -> type[Indicator]:
    """Return the kind of indicator for which a file has a word; kinds that no file asks for are never loaded."""
    module, _, name = KINDS[word].partition(".")
    kind: type[Indicator] = getattr(importlib.import_module(f"envindicators.definitions.{module}"), name)
    return kind


def type_name(field: Any) -> str:
    """Return the name of the type of a field of a class, the same before and after its types are resolved.

    Example:
        >>> type_name(attrs.fields(Unit).key), type_name(attrs.fields(Table).id)
        ('str', 'str | None')
    """
    named = field.type.__name__ if isinstance(field.type, type) else str(field.type)
    return re.sub(r"(?:\w+\.)+", "", named).replace("'", "")


def programme_toml(programme: Programme) -> str:
    """Return a programme as TOML.

    Raises:
        PackageNeeded: if tomli-w is not installed, naming the extra.
    """
    return toml_text(as_data(programme))


def programme_json(programme: Programme) -> str:
    """Return a programme as JSON, its dates as text."""
    return json.dumps(as_data(programme), ensure_ascii=False, indent=1, default=str)


def as_data(programme: Programme) -> dict[str, Any]:
    """Return a programme as dicts, lists, text, numbers and dates."""
    indicators = _in_order(programme.indicators)
    units = {table.unit.key: table.unit for indicator in indicators for table in indicator.tables}
    tables = dict.fromkeys(table for indicator in indicators for table in indicator.tables)
    units |= {value.unit.key: value.unit for table in tables for value in table.values}
    counted = [getattr(indicator, "counted", None) for indicator in indicators]
    units |= {unit.key: unit for unit in counted if unit is not None}
    write = _writer(programme.document)
    return {
        "format": FORMAT,
        "key": programme.key,
        "name": write(programme.name),
        "document": _fields(programme.document, write),
        "units": {key: _fields(unit, write, without=("key",)) for key, unit in units.items()},
        "tables": {key: _fields(table, write, without=("key",)) for key, table in programme.tables.items()},
        "indicators": {
            indicator.key: {"kind": _kind(indicator)} | _fields(indicator, write, without=("key",))
            for indicator in indicators
        },
        "targets": [_target(target, write) for target in programme.targets],
        "duties": [_fields(duty, write) for duty in programme.duties],
        "reviews": [_fields(review, write) for review in programme.reviews],
    }


def _in_order(indicators: tuple[Indicator, ...]) -> list[Indicator]:
    """Return indicators and those that they are made of, each after those."""
    found: dict[Indicator, None] = {}

    def add(indicator: Indicator) -> None:
        for part in _parts(indicator):
            add(part)
        found.setdefault(indicator)

    for indicator in indicators:
        add(indicator)
    return list(found)


def _parts(indicator: Indicator) -> list[Indicator]:
    held = [getattr(indicator, field.name) for field in attrs.fields(type(indicator))]  # type: ignore[arg-type]
    inner = [
        requirement.indicator for each in held if isinstance(each, Requirements) for requirement in each.requirements
    ]
    inner += [each.whole for each in held if isinstance(each, Requirements) and each.whole is not None]
    return [*(each for each in held if isinstance(each, Indicator)), *inner]


def _kind(indicator: Indicator) -> str:
    for word, home in KINDS.items():
        if f"{type(indicator).__module__}.{type(indicator).__qualname__}" == f"envindicators.definitions.{home}":
            return word
    raise DefinitionError(f"indicator {indicator.key!r}: a {type(indicator).__name__} cannot be written to a file")


Write = Callable[[Any], Any]


def _writer(document: Document) -> Write:
    """Return what writes a value, of a programme with this document."""

    def write(value: Any) -> Any:
        match value:
            case Text():
                return str(value) if set(value.words) == {"und"} else dict(value.words)
            case Unit() | Table() | Indicator():
                return value.key
            case Rule():
                return _rule(value)
            case Requirement():
                return {"indicator": value.indicator.key, value.threshold.direction: _level(value.threshold)}
            case Requirements():
                several = [write(requirement) for requirement in value.requirements]
                whole = {} if value.whole is None else {"whole": value.whole.key}
                return {"any_of" if value.one_suffices else "all_of": several} | whole
            case PublishedFigure():
                return {"published": value.written, "year": value.year}
            case Base():
                return value.value
            case Clause():
                without = ["document"] if value.document == document else []
                return _fields(value, write, without=[*without, *(["scan"] if value.scan == value.quote else [])])
            case tuple() | list():
                return [write(item) for item in value]
            case Mapping():
                return {key: write(item) for key, item in value.items()}
            case _:
                return _fields(value, write) if attrs.has(type(value)) else value

    return write


def _fields(value: Any, write: Write, without: Any = ()) -> dict[str, Any]:
    """Return the fields of an object, those left out that have their default."""
    found: dict[str, Any] = {}
    for field in attrs.fields(type(value)):
        held = getattr(value, field.name)
        default = field.default.factory() if isinstance(field.default, attrs.Factory) else field.default  # type: ignore[arg-type]
        if field.converter is not None and default is not attrs.NOTHING:
            default = field.converter(default)
        own = field.name == "name" and default is not attrs.NOTHING and held == as_text(getattr(value, "key", ""))
        if field.init and field.name not in without and held != default and not own and held is not None:
            found[field.alias] = _pairs(field.name, held, write)
    return found


def _pairs(name: str, held: Any, write: Write) -> Any:
    return dict(held) if name in ("multiples", "synonyms") else write(held)


def _target(target: Target, write: Write) -> dict[str, Any]:
    found = _fields(target, write, without=("deadline", "readings", "path"))
    if target.name == target.readings[0].requirements[0].indicator.name:
        found.pop("name", None)
    if not target.path:
        return found | {
            "deadline": target.deadline,
            "readings": [_reading(reading, write) for reading in target.readings],
        }
    path = {
        str(milestone.deadline): [_reading(reading, write) for reading in milestone.readings]
        for milestone in target.path
    }
    return found | {"path": path}


def _reading(reading: Reading, write: Write) -> dict[str, Any]:
    found = _fields(reading, write, without=("requirements", "one_suffices"))
    return found | {"any_of" if reading.one_suffices else "all_of": [write(each) for each in reading.requirements]}


def _level(threshold: Threshold) -> str:
    return threshold.percent if threshold.quantity is None else str(threshold.quantity)


def _rule(rule: Rule) -> Any:
    match rule:
        case AllUnits():
            return "all_units"
        case Flag():
            return {"flag": rule.column}
        case OneOf():
            return {"one_of": rule.column, "values": list(rule.values)}
        case Between():
            ends = {"first": rule.first, "last": rule.last}
            return {"between": rule.column} | {name: year for name, year in ends.items() if year is not None}
        case Not():
            return {"not": _rule(rule.rule)}
        case And() | Or():
            return {"and" if isinstance(rule, And) else "or": [_rule(rule.left), _rule(rule.right)]}
        case _:
            raise DefinitionError(f"a rule {rule!r} cannot be written to a file")
