"""What is written for an option, and what it means: a year, a table with a unit, a target with a reading."""

from __future__ import annotations

from attrs import frozen

from envindicators.cli.language import known_language
from envindicators.cli.stop import StopError, one_of
from envindicators.definitions.form import LAYOUTS, TOTALS
from envindicators.definitions.programme import Programme, Target
from envindicators.words.catalogue import languages
from envindicators.words.message import Message

_YEARS = range(1900, 2101)


def language(written: str) -> str:
    """Return a language that the library speaks."""
    return known_language(written) or one_of("--lang", written, languages())


def year(written: str) -> int:
    """Return a year."""
    if not (written.isdecimal() and int(written) in _YEARS):
        raise StopError(
            Message(
                "--year takes a year from {first} to {last}, not {written!r}",
                first=_YEARS[0],
                last=_YEARS[-1],
                written=written,
            )
        )
    return int(written)


@frozen
class Values:
    """The values that name something of a programme. Each method raises `StopError` for what names nothing."""

    programme: Programme

    def target(self, written: str, option: Message | str) -> str:
        """Return the key of a target."""
        return one_of(option, written, [target.key for target in self.programme.targets])

    def table(self, written: str, option: Message | str) -> str:
        """Return the key of a table, which may be written as its option is."""
        keys = {key.replace("_", "-"): key for key in self.programme.tables}
        return one_of(option, keys.get(written, written), self.programme.tables)

    def unit(self, written: str) -> tuple[str, str]:
        """Return a table and the unit of its figures."""
        name, unit = _pair("--units", written, self.unit_example)
        table = self.programme.tables[self.table(name, "--units")]
        units, flow = [unit for unit, _ in table.unit.multiples], table.period == "flow"
        known = [*units, *(f"{unit}/day" for unit in units if flow)]
        return table.key, one_of("--units", unit, known, table.unit.meant(per_day=flow))

    @property
    def unit_example(self) -> str:
        """A unit as it may be written, if there is one of a table that has several."""
        table = max(self.programme.tables.values(), key=lambda table: len(table.unit.multiples) > 1)
        return f"{table.key}={table.unit.multiples[-1][0]}"

    def layout(self, written: str) -> tuple[str, str]:
        """Return a table and its layout."""
        name, layout = _pair("--layout", written, f"{next(iter(self.programme.tables))}=counts")
        return self.table(name, "--layout"), one_of("--layout", layout, LAYOUTS)

    def form(self, written: str, option: str = "--form") -> tuple[str, str]:
        """Return a table and the file of its form."""
        name, path = _pair(option, written, f"{next(iter(self.programme.tables))}=form.toml")
        return self.table(name, option), path

    def expected_form(self, written: str) -> tuple[str, str]:
        """Return a table and the file of the form of the rows that should come."""
        return self.form(written, "--expected-form")

    def expected(self, written: str) -> tuple[str, str]:
        """Return a table, none for all of them, and a file of what should come."""
        return self._of_table(written)

    def totals(self, written: str) -> tuple[str, str]:
        """Return a table, none for all of them, and what is done with rows that are totals."""
        name, equals, word = written.rpartition("=")
        return self.table(name, "--totals") if equals else "", one_of("--totals", word, TOTALS)

    def sheet(self, written: str) -> tuple[str, str]:
        """Return a table, none for all of them, and a sheet."""
        return self._of_table(written)

    def _of_table(self, written: str) -> tuple[str, str]:
        """Return a table, none for all of them, and the name of a sheet or file, which may hold an equals sign."""
        name, _, named = written.partition("=")
        key = name.replace("-", "_")
        return (key, named) if named and key in self.programme.tables else ("", written)

    def reading(self, written: str) -> tuple[str, str]:
        """Return a target and the reading of it that is put first."""
        name, key = _pair("--readings", written, self.reading_example)
        target = self.programme.target(self.target(name, "--readings"))
        one_of("--readings", key, [reading.key for reading in target.readings])
        if key not in _deciding(target):
            raise StopError(
                Message(
                    "--readings: the reading {key!r} is for reference only and cannot be put first, only {known}",
                    key=key,
                    known=_deciding(target),
                )
            )
        return target.key, key

    @property
    def reading_example(self) -> str:
        """A reading as it may be written, if there is one of a target that has several."""
        targets = self.programme.targets
        several = [target for target in targets if len(_deciding(target)) > 1] or targets
        return min((f"{target.key}={_deciding(target)[-1]}" for target in several), key=len)


def _deciding(target: Target) -> list[str]:
    """Return the readings that can be put first."""
    return [reading.key for reading in target.readings if reading.kind == "text"]


def _pair(option: str, written: str, example: str) -> tuple[str, str]:
    name, _, value = written.partition("=")
    if not (name and value):
        raise StopError(
            Message(
                "{option} takes name=value, as in {example}; {written!r} is not of that form",
                option=option,
                example=example,
                written=written,
            )
        )
    return name, value
