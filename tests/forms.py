"""Reading tables by forms: what a test says of units, layouts and totals, by table or for all of them."""

from __future__ import annotations

import envindicators as ei


def formed(tables, *, units=None, layout=None, totals=None):
    """Return tables, each read by the form that was said of it."""
    said = {"unit": units or {}, "layout": layout or {}, "totals": totals or {}}
    said = {name: value if isinstance(value, dict) else dict.fromkeys(tables, value) for name, value in said.items()}
    forms = {key: ei.Form(**{name: of[key] for name, of in said.items() if key in of}) for key in tables}
    return {key: forms[key].of(table) if forms[key] != ei.Form() else table for key, table in tables.items()}
