"""The inputs of a programme as a Frictionless Data Package: a resource for each table, with its Table Schema."""

from __future__ import annotations

from typing import Any

from envindicators.definitions.programme import Programme
from envindicators.definitions.rule import YEARS
from envindicators.definitions.table import Category, Table
from envindicators.errors import OptionError
from envindicators.formats.tables import column_notes
from envindicators.report.citing import citation
from envindicators.words.catalogue import checked_lang

Descriptor = dict[str, Any]


def data_package(programme: Programme, *, lang: str = "en", layout: str | None = None) -> Descriptor:
    """Return the Data Package of a programme's inputs: a CSV file for each table, as `envindicators template` makes it.

    ``json.dumps`` writes it; with the files beside it, `Frictionless <https://frictionlessdata.io>`_ validates them:
    columns, types, allowed values, ids that stand once. What only the library knows, as parts above their total, is
    for `check`.

    Args:
        programme: the programme.
        lang: the language of titles and descriptions.
        layout: ``"counts"`` for files whose rows are groups; unless given, a row is one unit where a table allows it.

    Raises:
        OptionError: for another layout, and a language that the library does not speak.

    Example:
        >>> from envindicators.programmes import soc_trang_2020
        >>> residents = data_package(soc_trang_2020)["resources"][0]
        >>> residents["path"], [field["name"] for field in residents["schema"]["fields"]]
        ('residents.csv', ['area', 'year', 'settlement', 'persons', 'hygienic_water'])
    """
    if layout not in (None, "counts", "records"):
        raise OptionError(f"layout is {layout!r}; expected 'counts' or 'records'")
    checked_lang(lang)
    document = programme.document
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": programme.key.lower(),
        "title": programme.name.in_(lang),
        "description": citation(document).in_(lang),
        "sources": [{"title": f"{document.number}, {document.title.in_(lang)}"}],
        "resources": [
            _resource(table, lang, records=layout != "counts" and table.id is not None)
            for table in programme.tables.values()
        ],
    }


def _resource(table: Table, lang: str, *, records: bool) -> Descriptor:
    notes = dict(column_notes(table, lang))
    fields = [field | {"description": notes[field["name"]]} for field in _fields(table, lang, records=records)]
    schema: Descriptor = {"fields": fields, "missingValues": [""]}
    if records:
        schema["primaryKey"] = ["year", table.id]
    return {
        "name": table.key.lower(),
        "title": table.name.in_(lang),
        **({} if table.note is None else {"description": table.note.in_(lang)}),
        "path": f"{table.key}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _fields(table: Table, lang: str, *, records: bool) -> list[Descriptor]:
    """Return the fields of a file, in the order of its template."""
    year: Descriptor = {"type": "integer", "constraints": {"minimum": YEARS[0], "maximum": YEARS[-1]}}
    whole: Descriptor = {"type": "integer" if table.unit.grain == 1 else "number", "constraints": {"minimum": 0}}
    truth: Descriptor = {"type": "boolean", "trueValues": ["true", "1"], "falseValues": ["false", "0"]}
    needed: Descriptor = {"constraints": {"required": True}}
    fields: list[Descriptor] = [
        {"name": "area", "type": "string", **needed},
        {"name": "year", **year, "constraints": {**year["constraints"], "required": True}},
    ]
    if records:
        fields.append({"name": table.id, "type": "string", **needed})
    fields += [_category(category, lang) for category in table.categories]
    fields += [{"name": column.key, "title": column.name.in_(lang), **year} for column in table.years]
    for value in table.values:
        limits = {"minimum": value.least / value.unit.grain}
        if value.greatest is not None:
            limits["maximum"] = value.greatest / value.unit.grain
        fields.append({"name": value.key, "title": value.name.in_(lang), "type": "number", "constraints": limits})
    if not records:
        fields.append({"name": table.total, "title": table.unit.name.in_(lang), **whole})
    of_part = truth if records else whole
    return [*fields, *({"name": part.key, "title": part.name.in_(lang), **of_part} for part in table.parts)]


def _category(category: Category, lang: str) -> Descriptor:
    """Return the field of a category, with the names of its values, which Frictionless 2 knows."""
    labels = [
        {"value": value, "label": name.in_(lang)}
        for value, name in zip(category.values, category.value_names, strict=True)
    ]
    return {
        "name": category.key,
        "title": category.name.in_(lang),
        "type": "string",
        "constraints": {"enum": list(category.values)},
        "categories": labels,
    }
