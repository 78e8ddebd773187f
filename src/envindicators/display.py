"""How objects show themselves: the one door from the model to what draws it, opened when it is first needed."""

from __future__ import annotations

import importlib
from typing import Any

_ROOMS = {
    "card_html": "report.html",
    "card_json": "formats.stored",
    "card_read": "formats.stored",
    "card_text": "report.terminal",
    "compare": "analysis.comparison",
    "comparison_columns": "report.comparison",
    "comparison_html": "report.comparison",
    "comparison_text": "report.comparison",
    "draw_plot": "report.plots.plot",
    "explain": "report.explain",
    "explanation_html": "report.explain",
    "form_toml": "formats.form_files",
    "programme_json": "formats.programme_files",
    "programme_of": "formats.programme_reader",
    "programme_read": "formats.programme_reader",
    "programme_text": "formats.programme_reader",
    "programme_toml": "formats.programme_files",
    "read_cells": "formats.cells_files",
    "table_html": "formats.tables",
    "table_text": "formats.tables",
    "value_words": "report.measures",
    "verdict_words": "report.verdicts",
    "write_cells": "formats.cells_files",
    "write_report": "report.documents.write",
}


def show(what: str, *given: Any, **options: Any) -> Any:
    """Return something shown, by the function of that name in the room that draws it."""
    return getattr(importlib.import_module(f"envindicators.{_ROOMS[what]}"), what)(*given, **options)
