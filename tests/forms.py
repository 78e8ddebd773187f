"""`evaluate`, `check` and `condense` of tables of which a test says units, layouts and totals: read by forms."""

from __future__ import annotations

import functools

import envindicators as ei


def formed(tables, *, units=None, layout=None, totals=None):
    """Return tables, each read by the form of what was said of it: by table, there or not, or of all."""
    said = {name: of for name, of in (("unit", units), ("layout", layout), ("totals", totals)) if of is not None}
    if not said:
        return tables
    by_table = {key: {} for key in tables}
    for name, of in said.items():
        for key, value in (of if isinstance(of, dict) else dict.fromkeys(tables, of)).items():
            if key in by_table:
                by_table[key][name] = value
    return {key: ei.Form(**by_table[key]).of(table) if by_table[key] else table for key, table in tables.items()}


def _by_forms(call):
    @functools.wraps(call)
    def of_formed(programme, tables, *, units=None, layout=None, totals=None, **options):
        return call(programme, formed(tables, units=units, layout=layout, totals=totals), **options)

    return of_formed


evaluate, check, condense = map(_by_forms, (ei.evaluate, ei.check, ei.condense))
