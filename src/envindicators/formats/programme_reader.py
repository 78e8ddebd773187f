"""Programmes read from TOML and JSON: all that is wrong is said at once, each with where it stands."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence, Sized
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Literal

import attrs
from attrs import frozen

from envindicators.algebra.threshold import SIGNS
from envindicators.definitions.base_year import YEAR_BEFORE, published
from envindicators.definitions.indicator import Indicator, Requirements
from envindicators.definitions.metadata import Metadata, Reference, RelatedCode
from envindicators.definitions.programme import Duty, Programme, Reading, Review, Target
from envindicators.definitions.rule import (
    Not,
    all_units,
    between,
    flag,
    one_of,
)
from envindicators.definitions.source import Clause, Correction, Document
from envindicators.definitions.table import Category, Part, Table, Unit, Value, YearColumn
from envindicators.errors import DefinitionError, EnvIndicatorsError, WrongTypeError
from envindicators.formats.programme_files import FORMAT, KINDS, kind_called, type_name
from envindicators.frames.toml import LARGEST, toml_said, too_large
from envindicators.words.message import Message
from envindicators.words.shortening import shown
from envindicators.words.spelling import did_you_mean
from envindicators.words.text import Text, as_text, is_tag

_DEEPEST = 40
_MOST_RULES = 200
_MOST_INNER = 300
_MOST_ITEMS = 20_000
_MOST_FAULTS = 100
_TOLD = 8
Fault = Message | EnvIndicatorsError | str
"""What is wrong, in any language but for plain text."""

_WORDS = {"example": '{"vi": "...", "en": "..."}'}
_TAGS = {"known": '"vi", "en", "zh-Hant"'}
_PATHS = ("units", "tables", "indicators")


class UnreadableProgramme(EnvIndicatorsError, ValueError):  # noqa: N818 - a public name
    """A file or its data is no programme.

    Attributes:
        source: what was read: a path, or what its data is called.
        faults: all that is wrong, each with where, in English: ``"targets[3].readings[0]: ..."``. `in_` tells the first
            of them in another language.
    """

    def __init__(self, source: str | Message, faults: Sequence[Fault]) -> None:
        super().__init__(_Told(source, tuple(faults)))
        self.source, self.faults = str(source), tuple(map(str, faults))

    def __reduce__(self) -> Any:
        told: Any = self.args[0]
        return UnreadableProgramme, (told.source, told.faults), self.__dict__


@frozen
class _Told:
    """What is wrong with a source, told line by line."""

    source: str | Message
    faults: tuple[Fault, ...]

    def in_(self, lang: str) -> str:
        lines: list[Fault] = [Message("{source}: no programme", source=self.source), *self.faults[:_TOLD]]
        if len(self.faults) > _TOLD:
            lines.append(Message("... and {more} more", more=len(self.faults) - _TOLD))
        return "\n".join(line if isinstance(line, str) else line.in_(lang) for line in lines)


def programme_read(path: str | Path) -> Programme:
    """Return the programme in a TOML or JSON file.

    Raises:
        UnreadableProgramme: for a file that is none, too large or of a newer format, with all that is wrong.
        OSError: for a file that cannot be opened.
    """
    file = Path(path)
    if file.stat().st_size > LARGEST:
        raise UnreadableProgramme(str(file), [too_large()])
    return programme_text(file.read_bytes(), "JSON" if file.suffix.lower() == ".json" else "TOML", str(file))


def programme_text(text: str | bytes, form: Literal["TOML", "JSON"], source: str) -> Programme:
    """Return the programme that some TOML or JSON says.

    Raises:
        UnreadableProgramme: for what says none, is too large or of a newer format, with all that is wrong.
    """
    if not isinstance(text, (str, bytes)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise UnreadableProgramme(source, [Message("expected text, got {value}", value=shown(text))])
    if len(text) > LARGEST:
        raise UnreadableProgramme(source, [too_large()])
    try:
        data = json.loads(text, object_pairs_hook=once) if form == "JSON" else toml_said(text)
    except EnvIndicatorsError as error:
        raise UnreadableProgramme(source, [error]) from None
    except ValueError as error:
        raise UnreadableProgramme(
            source, [Message("cannot be read as {form} ({error})", form=form, error=error)]
        ) from None
    except RecursionError:
        raise UnreadableProgramme(source, [Message("it is nested too deep")]) from None
    return programme_of(data, source)


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON, whose keys stand once each.

    Raises:
        DefinitionError: for a key that stands twice.
    """
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise DefinitionError(Message("the key {key} stands twice", key=shown(key)))
        found[key] = value
    return found


def programme_of(data: Any, source: str | Message = "data") -> Programme:
    """Return the programme that some data say, as `as_data` makes them.

    Raises:
        UnreadableProgramme: for what is no programme, with all that is wrong and where.
    """
    reader = _Reader(source)
    programme = reader.programme(data)
    if reader.faults or programme is None:
        raise UnreadableProgramme(source, reader.faults)
    return programme


class _Reader:
    """Reads the data of one programme, and keeps what is wrong with it, each with its path."""

    def __init__(self, source: str | Message = "data") -> None:
        self.source, self.nodes, self.inner = source, 0, 0
        self.sizes: dict[str, int] = {}
        self.faults: list[Message] = []
        self.units: dict[str, Unit] = {}
        self.tables: dict[str, Table] = {}
        self.indicators: dict[str, Indicator] = {}
        self.document: Document | None = None
        self.failed: set[str] = set()

    def fault(self, path: str, said: Message | Exception) -> None:
        """Record what is wrong at a path; no more than a person reads."""
        if len(self.faults) == _MOST_FAULTS:
            self.faults.append(Message("more is wrong; only the first {count} faults are listed", count=_MOST_FAULTS))
            raise UnreadableProgramme(self.source, self.faults)
        self.faults.append(Message("{path}: {error}", path=path, error=said))

    def table_of(self, data: Any, path: str) -> Mapping[str, Any]:
        """Return data that is a table of names."""
        if isinstance(data, Mapping):
            return data if self._few(data, path) else {}
        self.fault(path, Message("expected names with values, got {value}", value=shown(data)))
        return {}

    def list_of(self, data: Any, path: str) -> list[Any]:
        """Return data that is a list."""
        if isinstance(data, list):
            return data if self._few(data, path) else []
        self.fault(path, Message("expected a list, got {value}", value=shown(data)))
        return []

    def _few(self, data: Sized, path: str) -> bool:
        """Return whether data hold no more than what is read in good time."""
        if len(data) > _MOST_ITEMS:
            self.fault(path, Message("holds {count:,}; expected {most:,} at most", count=len(data), most=_MOST_ITEMS))
        return len(data) <= _MOST_ITEMS

    def made(self, path: str, make: Callable[..., Any], /, *given: Any, **named: Any) -> Any:
        """Return what a class makes, or None after recording why it makes nothing."""
        if _WRONG in given or _WRONG in named.values():
            return _WRONG
        try:
            return make(*given, **named)
        except (EnvIndicatorsError, TypeError, ValueError, KeyError) as error:
            self.fault(path, error)
            return _WRONG

    def fields(self, cls: type[Any], data: Any, path: str, more: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return what data say of the fields of a class, by the names that it takes; unknown names are recorded."""
        table, known = self.table_of(data, path), _fields_of(cls)  # type: ignore[arg-type]
        found = {}
        for name, value in table.items():
            if name in known:
                found[name] = known[name](self, value, f"{path}.{name}")
            elif name not in (more or {}):
                self.fault(f"{path}.{name}", _not_known(name, known))
        return found

    def text(self, data: Any, path: str) -> Any:
        """Return words, of which each language has its own or all have the same."""
        faults = len(self.faults)
        for lang, words in data.items() if isinstance(data, Mapping) else ():
            if not is_tag(lang):
                said = Message(
                    "{lang} is not the tag of a language; expected one as {known}", lang=shown(lang), **_TAGS
                )
                self.fault(path, said)
            elif not isinstance(words, str):
                said = Message("is {value}; expected {expected}", value=shown(words), expected=Message("text"))
                self.fault(f"{path}.{lang}", said)
        if len(self.faults) > faults:
            return _WRONG
        try:
            return Text(data) if isinstance(data, Mapping) else as_text(data)
        except WrongTypeError:
            said = Message("expected text, or words by language as {example}; got {value}", **_WORDS, value=shown(data))
            self.fault(path, said)
            return _WRONG

    def texts(self, data: Any, path: str) -> Any:
        """Return a list of words."""
        made = tuple(self.text(item, f"{path}[{place}]") for place, item in enumerate(self.list_of(data, path)))
        return _WRONG if any(item is _WRONG for item in made) else made

    def optional(self, named: Mapping[str, Any], data: Any, path: str) -> Any:
        """Return what stands under a key, or record that there is no such key."""
        if isinstance(data, str) and data in named:
            return named[data]
        if isinstance(data, str) and data in self.failed:
            return _WRONG
        names, near = list(named), did_you_mean(data, named)
        self.fault(path, Message("there is no {value}, only {names}{near}", value=shown(data), names=names, near=near))
        return _WRONG

    def unit(self, data: Any, path: str) -> Any:
        return self.optional(self.units, data, path)

    def table(self, data: Any, path: str) -> Any:
        return self.optional(self.tables, data, path)

    def indicator(self, data: Any, path: str) -> Any:
        """Return the indicator of a key, as long as what is being read is not made of too many of them."""
        found = self.optional(self.indicators, data, path)
        if found is not _WRONG:
            self.inner += self.sizes[data]
            if self.inner > _MOST_INNER:
                self.fault(path, Message("expected to be made of {most} indicators at most", most=_MOST_INNER))
                return _WRONG
        return found

    def objects(self, cls: type[Any]) -> Callable[[Any, str], list[Any]]:
        """Return what reads a list of objects of one class."""

        def read(data: Any, path: str) -> list[Any]:
            items = enumerate(self.list_of(data, path))
            made = [self.object(cls, item, f"{path}[{place}]") for place, item in items]
            return _WRONG if any(item is _WRONG for item in made) else made

        return read

    def object(self, cls: type[Any], data: Any, path: str, **given: Any) -> Any:
        """Return an object of a class, made of what data say of its fields."""
        found = given | self.fields(cls, data, path)
        missing = [name for name in _required(cls) if name not in found]  # type: ignore[arg-type]
        if missing:
            self.fault(path, Message("lacks {names}", names=missing))
            return _WRONG
        return self.made(path, cls, **found)

    def clause(self, data: Any, path: str) -> Any:
        return self.object(Clause, data, path, document=self.document)

    def date(self, data: Any, path: str) -> Any:
        if isinstance(data, datetime.date):
            return data
        try:
            return datetime.date.fromisoformat(data)
        except (TypeError, ValueError):
            self.fault(path, Message("is {value}; expected a date, as 2030-12-31", value=shown(data)))
            return _WRONG

    def rule(self, data: Any, path: str, depth: int = 0) -> Any:
        """Return the rule of a small tree."""
        self.nodes = self.nodes + 1 if depth else 1
        if self.nodes > _MOST_RULES:
            if self.nodes == _MOST_RULES + 1:
                self.fault(path, Message("expected a rule of {most} parts at most", most=_MOST_RULES))
            return _WRONG
        if data == "all_units":
            return all_units()
        table = self.table_of(data, path)
        word = next((word for word in _RULES if word in table), None)
        if word is None or depth > _DEEPEST:
            self.fault(path, Message("expected a rule: one of {words}, or 'all_units'", words=list(_RULES)))
            return _WRONG
        for name in table.keys() - _NAMES_IN_RULES.get(word, {word}):
            self.fault(f"{path}.{name}", Message("not known in a rule with {word}", word=word))
        return _RULES[word](self, table, f"{path}.{word}", depth + 1)

    def both(self, table: Mapping[str, Any], word: str, path: str, depth: int) -> Any:
        parts = [
            self.rule(part, f"{path}[{place}]", depth) for place, part in enumerate(self.list_of(table[word], path))
        ]
        if len(parts) < 2:
            self.fault(path, Message("expected two rules or more"))
            return _WRONG
        if any(part is _WRONG for part in parts):
            return _WRONG
        first, *others = parts
        for other in others:
            first = first & other if word == "and" else first | other
        return first

    def requirement(self, data: Any, path: str) -> Any:
        table = self.table_of(data, path)
        indicator = self.indicator(table.get("indicator"), f"{path}.indicator")
        directions = [direction for direction in SIGNS if direction in table]
        unknown = [name for name in table if name not in ("indicator", *SIGNS)]
        for name in unknown:
            self.fault(f"{path}.{name}", Message("not known here{near}", near=did_you_mean(name, SIGNS)))
        if len(directions) != 1:
            self.fault(path, Message("expected one level, under one of {names}", names=list(SIGNS)))
        if indicator is _WRONG or len(directions) != 1 or unknown:
            return _WRONG
        (direction,) = directions
        level = table[direction]
        return self.made(f"{path}.{direction}", lambda: getattr(indicator, direction)(_level(level)))

    def requirements(self, data: Any, path: str) -> Any:
        table = self.table_of(data, path)
        word = "any_of" if "any_of" in table else "all_of"
        several = enumerate(self.list_of(table.get(word, []), f"{path}.{word}"))
        made = [self.requirement(item, f"{path}.{word}[{place}]") for place, item in several]
        if any(item is _WRONG for item in made):
            return _WRONG
        whole = self.indicator(table["whole"], f"{path}.whole") if "whole" in table else None
        if whole is _WRONG:
            return _WRONG
        return Requirements(tuple(made), one_suffices=word == "any_of", whole=whole)

    def base(self, data: Any, path: str) -> Any:
        if data == YEAR_BEFORE.value:
            return YEAR_BEFORE
        if isinstance(data, Mapping) and "scenario" in data:
            return data["scenario"]
        if isinstance(data, Mapping):
            return self.made(path, published, data.get("published"), year=data.get("year"))
        return data

    def reading(self, data: Any, path: str) -> Any:
        found = self.fields(Reading, data, path, more={"any_of": None, "all_of": None})
        return self.made(path, Reading, **found, requirements=self.requirements(data, path))

    def readings(self, data: Any, path: str) -> Any:
        made = [self.reading(item, f"{path}[{place}]") for place, item in enumerate(self.list_of(data, path))]
        return _WRONG if any(item is _WRONG for item in made) else made

    def target(self, data: Any, path: str) -> Any:
        found = self.fields(Target, data, path, more={"path": None})
        if "path" in self.table_of(data, path):
            milestones: dict[int, Any] = {}
            for year, readings in self.table_of(data["path"], f"{path}.path").items():
                if not re.fullmatch("[0-9]{4}", year):
                    self.fault(f"{path}.path.{year}", Message("expected a year"))
                    continue
                milestones[int(year)] = self.readings(readings, f"{path}.path.{year}")
            found["deadline"] = _WRONG if any(each is _WRONG for each in milestones.values()) else milestones
        return self.made(path, Target, **found)

    def programme(self, data: Any) -> Programme | None:
        """Return the programme, or None where something is wrong with what it is made of."""
        table = self.table_of(data, "programme")
        if not _whole(table.get("format")) or not 1 <= table["format"] <= FORMAT:
            self.fault("format", newer(table.get("format"), FORMAT))
            return None
        own = ("format", "key", "name", "document", *_PATHS, "targets", "duties", "reviews")
        for name in table:
            if name not in own:
                self.fault(name, _not_known(name, own))
        self.document = self.object(Document, table.get("document"), "document")
        for key, fields in self.table_of(table.get("units", {}), "units").items():
            self._keep(self.units, key, self.object(Unit, fields, f"units.{key}", key=key))
        for key, fields in self.table_of(table.get("tables", {}), "tables").items():
            self._keep(self.tables, key, self.object(Table, fields, f"tables.{key}", key=key))
        for key, fields in self.table_of(table.get("indicators", {}), "indicators").items():
            self.inner = 0
            self._keep(self.indicators, key, self._indicator(key, fields, f"indicators.{key}"))
            self.sizes[key] = 1 + self.inner
        self.sizes, self.inner = dict.fromkeys(self.sizes, 0), 0  # a reading may ask for as many as it likes
        made = {
            name: [read(item, f"{name}[{place}]") for place, item in enumerate(self.list_of(table.get(name, []), name))]
            for name, read in (
                ("targets", self.target),
                ("duties", lambda item, path: self.object(Duty, item, path)),
                ("reviews", lambda item, path: self.object(Review, item, path)),
            )
        }
        name = self.text(table.get("name"), "name")
        if self.faults:
            return None
        programme = self.made("programme", Programme, table.get("key"), name, self.document, **made)
        return None if programme is _WRONG else programme

    def _keep(self, held: dict[str, Any], key: str, made: Any) -> None:
        if made is _WRONG:
            self.failed.add(key)
        else:
            held[key] = made

    def _indicator(self, key: str, data: Any, path: str) -> Any:
        table = self.table_of(data, path)
        kind = table.get("kind")
        if not isinstance(kind, str) or kind not in KINDS:
            kinds, near = list(KINDS), did_you_mean(kind, KINDS)
            said = Message("is {value}; expected one of {names}{near}", value=shown(kind), names=kinds, near=near)
            self.fault(f"{path}.kind", said)
            return _WRONG
        return self.object(
            kind_called(kind), {name: value for name, value in table.items() if name != "kind"}, path, key=key
        )


def _level(level: Any) -> Any:
    """Return a level, a fraction as one."""
    fraction = isinstance(level, str) and level.count("/") == 1 and level.replace("/", "").isdecimal()
    return Fraction(level) if fraction else level


def _not_known(name: str, known: Collection[str]) -> Message:
    near = did_you_mean(name, known)
    return Message("not known here; expected one of {names}{near}", names=list(known), near=near)


def newer(given: object, known: int) -> Message:
    """Return why a file of a format that is not known is not read."""
    return Message("is {value}; this version reads formats up to {known}", value=shown(given), known=known)


_WRONG: Any = object()
"""What stands for something that could not be made, and why was recorded."""

Read = Callable[[_Reader, Any, str], Any]
"""What reads data that stand at a path."""

_RULES: dict[str, Callable[..., Any]] = {
    "flag": lambda reader, table, path, _: reader.made(path, flag, table["flag"]),
    "one_of": lambda reader, table, path, _: reader.made(
        path, one_of, table["one_of"], *reader.list_of(table.get("values"), f"{path}.values")
    ),
    "between": lambda reader, table, path, _: reader.made(
        path, between, table["between"], table.get("first"), table.get("last")
    ),
    "not": lambda reader, table, path, depth: reader.made(path, Not, reader.rule(table["not"], path, depth)),
    "and": lambda reader, table, path, depth: reader.both(table, "and", path, depth),
    "or": lambda reader, table, path, depth: reader.both(table, "or", path, depth),
}

_NAMES_IN_RULES = {"one_of": {"one_of", "values"}, "between": {"between", "first", "last"}}
"""What a rule may hold beside its own word, for those that hold more."""


def _whole(data: Any) -> bool:
    return isinstance(data, int) and not isinstance(data, bool)


def _by_name(of: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda data: isinstance(data, Mapping) and all(map(of, data.values()))


def _is_text(data: Any) -> bool:
    return isinstance(data, str)


_PLAIN: dict[str, tuple[Callable[[Any], bool], Message]] = {
    "str": (_is_text, Message("text")),
    "str | None": (lambda data: data is None or _is_text(data), Message("text")),
    "bool": (lambda data: isinstance(data, bool), Message("true or false")),
    "int": (_whole, Message("a whole number")),
    "tuple[str, ...]": (lambda data: isinstance(data, list) and all(map(_is_text, data)), Message("a list of texts")),
    "tuple[tuple[str, int], ...]": (_by_name(_whole), Message("names with whole numbers")),
    "tuple[tuple[str, str], ...]": (_by_name(_is_text), Message("names with texts")),
}
"""What a field of a plain type holds, by the name of the type, and how to say it."""

_READ: dict[str, Read] = {
    "tuple[Part": lambda reader, data, path: reader.objects(Part)(data, path),
    "tuple[Category": lambda reader, data, path: reader.objects(Category)(data, path),
    "tuple[Value": lambda reader, data, path: reader.objects(Value)(data, path),
    "tuple[YearColumn": lambda reader, data, path: reader.objects(YearColumn)(data, path),
    "tuple[Reference": lambda reader, data, path: reader.objects(Reference)(data, path),
    "tuple[RelatedCode": lambda reader, data, path: reader.objects(RelatedCode)(data, path),
    "Metadata": lambda reader, data, path: reader.object(Metadata, data, path),
    "tuple[Correction": lambda reader, data, path: reader.objects(Correction)(data, path),
    "tuple[Text": lambda reader, data, path: reader.texts(data, path),
    "tuple[Reading": lambda reader, data, path: reader.readings(data, path),
    "PublishedFigure": lambda reader, data, path: reader.base(data, path),
    "Text": lambda reader, data, path: reader.text(data, path),
    "Clause": lambda reader, data, path: reader.clause(data, path),
    "date": lambda reader, data, path: reader.date(data, path),
    "Unit": lambda reader, data, path: reader.unit(data, path),
    "Table": lambda reader, data, path: reader.table(data, path),
    "Rule": lambda reader, data, path: reader.rule(data, path),
    "Indicator": lambda reader, data, path: reader.indicator(data, path),
    "Quantitative": lambda reader, data, path: reader.indicator(data, path),
    "Amount": lambda reader, data, path: reader.indicator(data, path),
    "Any": lambda reader, data, path: reader.requirements(data, path),
}
"""What reads a field, by a word in the name of its type."""


@cache
def _fields_of(cls: type[Any]) -> dict[str, Read]:
    """Return what reads each field of a class, by the name that it takes. To mypy a class has no hash."""
    return {field.alias: _read_field(type_name(field)) for field in attrs.fields(cls) if field.init}


@cache
def _required(cls: type[Any]) -> list[str]:
    return [field.alias for field in attrs.fields(cls) if field.init and field.default is attrs.NOTHING]


def _read_field(kind: str) -> Read:
    """Return what reads a field of a type."""
    read = next((read for word, read in _READ.items() if word in kind), None)
    if read is not None:
        return read
    if kind not in _PLAIN:
        return lambda _reader, data, _path: data
    fits, expected = _PLAIN[kind]

    def checked(reader: _Reader, data: Any, path: str) -> Any:
        if fits(data):
            return data
        reader.fault(path, Message("is {value}; expected {expected}", value=shown(data), expected=expected))
        return _WRONG

    return checked
