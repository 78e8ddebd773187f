"""`Unit` and `Table`: what is counted, and the columns that it stands in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from attrs import field, frozen

from envindicators.definitions.rule import YEARS, Atom, Domains, Flag, OneOf
from envindicators.definitions.validators import is_a, is_name, one_of_these
from envindicators.display import show
from envindicators.errors import DefinitionError, WrongTypeError
from envindicators.pickling import versioned
from envindicators.words.catalogue import SOURCE, checked_lang
from envindicators.words.message import Message
from envindicators.words.quantity import Quantity
from envindicators.words.shortening import shown
from envindicators.words.spelling import bare, did_you_mean
from envindicators.words.text import Text, as_optional_text, as_text, plain

KEY_COLUMNS = ("area", "year")
"""The columns that every table shares: where a row belongs, and when."""

_KEY_NAMES = {"area": Message("area"), "year": Message("year")}


def _multiples(multiples: Mapping[str, int] | Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    factors = tuple((plain(name), multiple) for name, multiple in dict(multiples).items())
    for name, multiple in factors:
        if isinstance(multiple, bool) or not isinstance(multiple, int) or multiple < 1:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise DefinitionError(
                Message(
                    "one {name!r} is {multiple} counted units; expected a whole number from 1",
                    name=name,
                    multiple=shown(multiple),
                )
            )
    return factors


def _synonyms(synonyms: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((plain(word), plain(unit)) for word, unit in dict(synonyms).items())


def _one_mu(unit: str) -> str:
    """Return a unit with the Greek letter where the micro sign stands: keyboards give one or the other."""
    return unit.replace("\N{MICRO SIGN}", "\N{GREEK SMALL LETTER MU}")


@versioned
@frozen(cache_hash=True)
class Unit:
    """What is counted, always in whole numbers.

    Args:
        key: the unit that frames and words show: ``"person"``, ``"kilogram"``.
        name: its name, as it stands after a number.
        grain: how many counted units make one shown: 1, or 1000 where grams are counted and
            kilograms shown.
        multiples: the units that totals and parts may come in, each with the counted units that
            make one. The shown unit is always among them.
        synonyms: what else people write for these units, with the unit meant. They are hints in messages, and
            read in the headings of files that a form reads.
        one: its name as it stands after the number one, where that is another: ``"person"`` for ``"people"``.

    Example:
        >>> Unit("kilogram", Text(vi="kg", en="kg"), grain=1000, multiples={"tonne": 1_000_000})
        Unit(key='kilogram')
    """

    key: str = field(converter=plain, validator=is_name)
    name: Text = field(converter=as_text, repr=False)
    grain: int = field(default=1, validator=is_a(int), repr=False)
    multiples: tuple[tuple[str, int], ...] = field(default=(), converter=_multiples, repr=False)
    synonyms: tuple[tuple[str, str], ...] = field(default=(), converter=_synonyms, repr=False)
    one: Text | None = field(default=None, converter=as_optional_text, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.grain < 1:
            raise DefinitionError(
                Message(
                    "unit {key!r}: the grain is {grain}; expected a whole number from 1",
                    key=self.key,
                    grain=shown(self.grain),
                )
            )
        names = dict(self.multiples)
        if names.setdefault(self.key, self.grain) != self.grain:
            raise DefinitionError(
                Message("unit {key!r}: its own multiple is its grain, {grain}", key=self.key, grain=self.grain)
            )
        object.__setattr__(self, "multiples", tuple(names.items()))
        for word, unit in self.synonyms:
            if unit not in names:
                raise DefinitionError(
                    Message(
                        "unit {key!r}: {word} is said to mean {unit}, none of its units",
                        key=self.key,
                        word=shown(word),
                        unit=shown(unit),
                    )
                )

    def meant(self, *, per_day: bool = False) -> dict[str, str]:
        """Return what people may write for a unit, with the unit meant.

        Args:
            per_day: whether amounts may be per day too.
        """
        words = {**dict.fromkeys(self.name.words.values(), self.key), **dict(self.synonyms)}
        units = {name: name for name, _ in self.multiples}
        daily = {f"{word}/{day}": f"{unit}/day" for word, unit in (units | words).items() for day in ("day", "ngày")}
        return words | daily if per_day else words

    def counted(self, quantity: Quantity) -> Fraction:
        """Return how many counted units a quantity is: ``"2 tonne"`` is 2,000,000 grams.

        Raises:
            ValueError: if its unit is none of this one's.
        """
        multiples, written = dict(self.multiples), self.meant()
        units = {_one_mu(word): unit for word, unit in (written | {key: key for key in multiples}).items()}
        name = units.get(_one_mu(quantity.unit), "")
        if name not in multiples:
            known = [key for key, _ in self.multiples]
            said = Message("the unit {unit!r}", unit=quantity.unit) if quantity.unit else Message("no unit")
            raise DefinitionError(
                Message(
                    "the level {quantity} has {said}; expected one of {known}{near}",
                    quantity=shown(str(quantity)),
                    said=said,
                    known=list(known),
                    near=did_you_mean(quantity.unit, known, written),
                )
            )
        return quantity.value * multiples[name]

    def shown(self, count: int) -> Decimal:
        """Return a count of this unit as it is shown: 1500 g are 1.5 kg.

        Raises:
            ValueError: if the grain is no divisor of a power of ten, so that no decimal is exact.
        """
        exact = Fraction(count, self.grain)
        denominator, digits = exact.denominator, 0
        while denominator > 1 and digits < 64 and 10**digits % denominator:
            digits += 1
        if 10**digits % denominator:
            raise DefinitionError(Message("{count} / {grain} is no finite decimal", count=count, grain=self.grain))
        whole = exact.numerator * 10**digits // denominator
        return Decimal((0, tuple(map(int, str(whole))), -digits))


@versioned
@frozen(cache_hash=True)
class Part:
    """A yes/no column of a table: the part of the total of which it is true."""

    key: str = field(converter=plain, validator=is_name)
    name: Text = field(converter=as_text, repr=False)


def _values(values: Iterable[Any]) -> tuple[str, ...]:
    every = tuple(map(plain, values))
    for value in every:
        if not isinstance(value, str):
            raise WrongTypeError(Message("the values of a category are text; got {value}", value=shown(value)))
    return every


@versioned
@frozen(cache_hash=True)
class Category:
    """A column of a table that holds one of some allowed values."""

    key: str = field(converter=plain, validator=is_name)
    values: tuple[str, ...] = field(converter=_values)
    name: Text = field(converter=as_text, repr=False)
    value_names: tuple[Text, ...] = field(repr=False)

    def name_of(self, value: str) -> Text:
        """Return the name of an allowed value."""
        return self.value_names[self.values.index(value)]

    @cached_property
    def choices(self) -> tuple[Text, ...]:
        """The allowed values as messages list them: the name in each language, with the value that is to be written."""
        return tuple(
            Text({lang: value if words == value else f"{words} ({value})" for lang, words in name.words.items()})
            for value, name in zip(self.values, self.value_names, strict=True)
        )

    @property
    def written(self) -> dict[str, str]:
        """What people may write for an allowed value, its names, with the value."""
        named = zip(self.values, self.value_names, strict=True)
        return {name: value for value, text in named for name in text.words.values()}


@versioned
@frozen(cache_hash=True)
class YearColumn:
    """A column of a table that holds a year, as the year of building."""

    key: str = field(converter=plain, validator=is_name)
    name: Text = field(converter=as_text, repr=False)


def _limits(limits: Any) -> tuple[str, ...] | None:
    if limits is None:
        return None
    pair = () if isinstance(limits, str) or not isinstance(limits, Iterable) else tuple(map(plain, limits))
    if len(pair) not in (1, 2) or not all(isinstance(limit, str) for limit in pair[:1]):
        raise WrongTypeError(
            Message(
                'limits are two levels with their unit, as ("0 mg/l", "200 mg/l"); got {limits}', limits=shown(limits)
            )
        )
    return pair[:1] if pair[1:] == (None,) else pair


@versioned
@frozen(cache_hash=True)
class Value:
    """A column of a table that holds a number with a unit, as a concentration: what a `Mean` is of.

    Args:
        key: the column.
        unit: its unit; the grain is how fine the numbers may be, 1000 for three decimals.
        name: its name; the key unless given.
        limits: between which values it lies for certain, with their unit; the second may be None. What is missing
            lies there too, as an assumption that explanations print, and what lies elsewhere is refused. Without them
            a value is 0 or more.

    Raises:
        DefinitionError: for limits without unit or of another, finer than the grain, or exchanged.

    Example:
        >>> micrograms = Unit("µg/m3", "µg/m³", grain=1000)
        >>> Value("pm25", micrograms, "PM2.5", limits=("0 µg/m3", "2000 µg/m3")).greatest
        2000000
    """

    key: str = field(converter=plain, validator=is_name)
    unit: Unit = field(validator=is_a(Unit))
    name: Text = field(default=Text(en=""), converter=as_text, repr=False)
    limits: tuple[str, ...] | None = field(default=None, converter=_limits, repr=False)

    def __attrs_post_init__(self) -> None:
        if not self.name:
            object.__setattr__(self, "name", as_text(self.key))
        if self.greatest is not None and self.greatest <= self.least:
            raise DefinitionError(
                Message(
                    "value {key!r}: the limits are {limits}; exchange them",
                    key=self.key,
                    limits=list(self.limits or ()),
                )
            )

    @cached_property
    def least(self) -> int:
        """The least that a value can be, in counted units."""
        return 0 if self.limits is None else self._counted(self.limits[0])

    @cached_property
    def greatest(self) -> int | None:
        """The greatest that a value can be, in counted units; None for no end."""
        return None if self.limits is None or len(self.limits) < 2 else self._counted(self.limits[1])

    def _counted(self, limit: str) -> int:
        try:
            counted = self.unit.counted(Quantity.parse(limit))
        except (WrongTypeError, DefinitionError) as error:
            raise type(error)(Message("value {key!r}: {error}", key=self.key, error=error)) from None
        if counted.denominator > 1:
            raise DefinitionError(
                Message(
                    "value {key!r}: the limit {limit} is finer than 1/{grain}",
                    key=self.key,
                    limit=shown(limit),
                    grain=self.unit.grain,
                )
            )
        return counted.numerator


def _named(what: str, names: Any) -> list[tuple[Any, Any]]:
    if isinstance(names, str) or not isinstance(names, Iterable):
        kind = "the string " if isinstance(names, str) else ""
        raise WrongTypeError(f"{what} are a list of names; got {kind}{shown(names)}")
    return list(names.items()) if isinstance(names, Mapping) else [(name, name) for name in names]


def _parts(parts: Any) -> tuple[Part, ...]:
    return tuple(key if isinstance(key, Part) else Part(key, name) for key, name in _named("parts", parts))


def _years(years: Any) -> tuple[YearColumn, ...]:
    return tuple(key if isinstance(key, YearColumn) else YearColumn(key, name) for key, name in _named("years", years))


def _categories(categories: Any) -> tuple[Category, ...]:
    if isinstance(categories, Mapping):
        return tuple(_category(key, values) for key, values in categories.items())
    if isinstance(categories, str) or not all(isinstance(category, Category) for category in categories):
        raise WrongTypeError(f"categories are a dict from columns to their allowed values; got {shown(categories)}")
    return tuple(categories)


def _value_columns(values: Any) -> tuple[Value, ...]:
    if isinstance(values, Mapping):
        return tuple(Value(key, unit) for key, unit in values.items())
    if isinstance(values, str) or not all(isinstance(value, Value) for value in values):
        raise WrongTypeError(f"values are a dict from columns to their units, or a list of Value; got {shown(values)}")
    return tuple(values)


def _category(key: str, values: Any) -> Category:
    pairs = _named("values", values)
    return Category(key, tuple(value for value, _ in pairs), key, tuple(as_text(name) for _, name in pairs))


@versioned
@frozen(cache_hash=True)
class Table:
    """One kind of input: its unit, and the columns that a frame of it may have.

    Beside these columns every table has ``area`` and ``year``.

    Args:
        key: its name, ``"residents"``.
        unit: what it counts.
        total: the column that holds how many units a row stands for.
        parts: its yes/no columns: keys, or a mapping from keys to their names.
        nested: whether each part implies the ones before it (treated to standard implies collected).
        exclusive: whether no unit has two of the parts, so that their counts add up: recycled, composted, dumped.
        whole: whether every unit has one of those, so that their counts add up to the total.
        categories: its category columns, each with the allowed values, or with a mapping from them
            to their names.
        years: its year columns: keys, or a mapping from keys to their names.
        values: its value columns: a mapping from keys to their units, or a list of `Value`.
        id: the column that names a unit where a row may be one; None where it never may (a mass).
        period: ``"stock"`` for a state on a date, ``"flow"`` for an amount over the year.
        name: its name.
        note: what a person who fills it in must know.

    Raises:
        DefinitionError: for a column named twice, a category without values, or parts nested that are
            fewer than two.

    Example:
        >>> person = Unit("person", Text(vi="người", en="people"))
        >>> Table("residents", person, total="persons", parts=["hygienic_water"],
        ...       categories={"settlement": ["urban", "rural"]})
        Table('residents')
    """

    key: str = field(converter=plain, validator=is_name)
    unit: Unit = field(validator=is_a(Unit))
    total: str = field(converter=plain, validator=is_name)
    parts: tuple[Part, ...] = field(default=(), converter=_parts)
    nested: bool = False
    categories: tuple[Category, ...] = field(default=(), converter=_categories)
    years: tuple[YearColumn, ...] = field(default=(), converter=_years)
    values: tuple[Value, ...] = field(default=(), converter=_value_columns, kw_only=True)
    id: str | None = field(default=None, converter=plain, validator=is_a(str, optional=True))
    period: Literal["stock", "flow"] = field(default="stock", validator=one_of_these("stock", "flow"))
    name: Text = field(default=Text(en=""), converter=as_text)
    note: Text | None = field(default=None, converter=as_optional_text)
    exclusive: bool = field(default=False, kw_only=True)
    whole: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not self.name:
            object.__setattr__(self, "name", as_text(self.key))
        columns = [*KEY_COLUMNS, *self.columns, *([self.id] if self.id else [])]
        for column, count in Counter(columns).items():
            if count > 1:
                raise DefinitionError(
                    Message("table {key!r}: the column {column!r} is named twice", key=self.key, column=column)
                )
        if self.nested and len(self.parts) < 2:
            raise DefinitionError(Message("table {key!r}: nested parts are at least two", key=self.key))
        if self.exclusive and (self.nested or len(self.parts) < 2):
            raise DefinitionError(
                Message("table {key!r}: exclusive parts are at least two, and not nested", key=self.key)
            )
        if self.whole and not self.exclusive:
            raise DefinitionError(
                Message("table {key!r}: whole=True is of exclusive parts; say exclusive=True too", key=self.key)
            )
        for category in self.categories:
            if not category.values or len(set(category.values)) < len(category.values):
                raise DefinitionError(
                    Message(
                        "table {key!r}: {category!r} needs distinct allowed values", key=self.key, category=category.key
                    )
                )

    def __repr__(self) -> str:
        return f"Table({self.key!r})"

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Total, parts, categories, year and value columns, in that order."""
        return (self.total, *self.attributes, *(value.key for value in self.values))

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """Total, part and value columns, in that order: what is counted or measured."""
        return (self.total, *(part.key for part in self.parts), *(value.key for value in self.values))

    @cached_property
    def attributes(self) -> tuple[str, ...]:
        """Parts, categories and year columns, in that order: what rules may look at."""
        named: tuple[Part | Category | YearColumn, ...] = (*self.parts, *self.categories, *self.years)
        return tuple(column.key for column in named)

    @cached_property
    def chained(self) -> bool:
        """Whether the parts of a count row say of each unit what it is: nested or exclusive ones, or a single one."""
        return self.nested or self.exclusive or len(self.parts) <= 1

    @cached_property
    def domains(self) -> Domains:
        """What the parts, categories and year columns may hold."""
        values: dict[str, Any] = {part.key: (True, False) for part in self.parts}
        values |= {category.key: category.values for category in self.categories}
        values |= {column.key: YEARS for column in self.years}
        parts = tuple(part.key for part in self.parts)
        return Domains(values, parts if self.nested else (), parts if self.exclusive else (), self.whole)

    def part(self, key: str) -> Part | None:
        """Return the part of that name, or None."""
        return next((part for part in self.parts if part.key == key), None)

    def category(self, key: str) -> Category | None:
        """Return the category column of that name, or None."""
        return next((category for category in self.categories if category.key == key), None)

    def year_column(self, key: str) -> YearColumn | None:
        """Return the year column of that name, or None."""
        return next((column for column in self.years if column.key == key), None)

    def value(self, key: str) -> Value | None:
        """Return the value column of that name, or None."""
        return next((value for value in self.values if value.key == key), None)

    def meant(self, name: str) -> str | None:
        """Return the column that a name is surely meant for though it is written otherwise, or None.

        The name is that of the column but for case, spaces and diacritics, or the column's name in a language
        of the table.
        """
        written: dict[str, str] = {"địa bàn": "area", "năm": "year"}
        named: tuple[Any, ...] = (*self.parts, *self.categories, *self.years, *self.values)
        for column in named:
            written |= dict.fromkeys(column.name.words.values(), column.key)
        columns = (*KEY_COLUMNS, *self.columns, *([self.id] if self.id else []))
        meant = {bare(words): key for words, key in (written | {key: key for key in columns}).items()}
        return None if name in columns else meant.get(bare(name))

    @property
    def called(self) -> Text:
        """What sentences about data call it, which is its key in English, otherwise its name with the key."""
        names = {lang: f"{name} ({self.key})" for lang, name in self.name.words.items() if name != self.key}
        return Text({**names, SOURCE: self.key})

    def name_of(self, column: str) -> Text | Message | None:
        """Return the name that a column is published under, or None for one of no other name than its key."""
        if column == self.total:
            return Message("total ({unit})", unit=self.unit.name)
        if column in _KEY_NAMES:
            return _KEY_NAMES[column]
        named = self.part(column) or self.category(column) or self.year_column(column) or self.value(column)
        return None if named is None or set(named.name.words.values()) == {column} else named.name

    def describe(self, lang: str = "en") -> str:
        """Return in ``"vi"`` or ``"en"`` which columns a file or frame of this table has, and what they hold."""
        text: str = show("table_text", self, checked_lang(lang))
        return text

    def __str__(self) -> str:
        return self.describe()

    def _repr_html_(self) -> str:
        html: str = show("table_html", self)
        return html

    def fault(self, atom: Atom) -> Message | None:
        """Return why an atom does not fit this table, or None where it does."""
        key = atom.column
        known: Mapping[str, Any]
        if isinstance(atom, Flag):
            kind, known = Message("parts"), self._part_keys
        elif isinstance(atom, OneOf):
            kind, known = Message("categories"), self._allowed
        else:
            kind, known = Message("year columns"), self._year_keys
        if key not in known:
            return Message(
                "{key!r} is not among the {kind} of table {table!r} ({names}){near}",
                key=key,
                kind=kind,
                table=self.key,
                names=list(known) or Message("none"),
                near=did_you_mean(key, known),
            )
        if isinstance(atom, OneOf):
            for value in atom.values:
                if value not in self._allowed[key]:
                    allowed = list(self._allowed[key])
                    (category,) = (category for category in self.categories if category.key == key)
                    return Message(
                        "{value!r} is not a value of {key!r} ({allowed}){near}",
                        value=value,
                        key=key,
                        allowed=category.choices,
                        near=did_you_mean(value, allowed),
                    )
        return None

    # what the rules of a programme ask again and again, found at once

    @cached_property
    def _part_keys(self) -> dict[str, None]:
        return dict.fromkeys(part.key for part in self.parts)

    @cached_property
    def _allowed(self) -> dict[str, dict[str, None]]:
        return {category.key: dict.fromkeys(category.values) for category in self.categories}

    @cached_property
    def _year_keys(self) -> dict[str, None]:
        return dict.fromkeys(column.key for column in self.years)
