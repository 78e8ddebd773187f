"""Programmes and examples, found by ``module:name``, and the cards that pages are worked out on."""

from __future__ import annotations

import functools
import importlib
import warnings
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from envindicators.definitions.programme import Programme
from envindicators.errors import CoverageWarning, EnvIndicatorsError
from envindicators.evaluation.evaluate import evaluate
from envindicators.evaluation.scorecard import Scorecard
from envindicators.words.text import Text, as_text


class LoadError(EnvIndicatorsError):
    """What was named is not there, said in a sentence. Raised while a directive is read."""


@frozen
class Example:
    """A programme worked out on example tables.

    Args:
        card: the scorecard.
        note: what must be said wherever its figures are shown.
    """

    card: Scorecard
    note: Text | None


def load(spec: str) -> Any:
    """Return what ``module:name`` names.

    Raises:
        LoadError: if it is not of that form, or names nothing.
    """
    if not isinstance(spec, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise LoadError(
            f"expected module:name in quotes, as 'envindicators.examples:soc_trang'; got {type(spec).__name__}"
        )
    module, colon, name = spec.partition(":")
    if not (module and colon and name):
        raise LoadError(f"expected module:name, as envindicators.programmes:soc_trang_2020; got {spec!r}")
    try:
        return getattr(importlib.import_module(module), name)
    except ImportError as error:
        raise LoadError(f"{spec!r}: the module {module!r} cannot be imported ({error})") from error
    except AttributeError as error:
        raise LoadError(f"{spec!r}: the module {module!r} has no {name!r}") from error


def load_programme(spec: str) -> Programme:
    """Return the programme that ``module:name`` names.

    Raises:
        LoadError: if there is none.
    """
    found = load(spec)
    if not isinstance(found, Programme):
        raise LoadError(f"{spec!r} is a {type(found).__name__}; expected a Programme")
    return found


KNOWN = ("tables", "year", "by", "expected", "note")
"""What an entry of ``envindicators_examples`` may hold."""


def load_example(spec: str, examples: Mapping[str, Mapping[str, Any]]) -> Example | None:
    """Return the worked example of a programme, or None where the site has none.

    Args:
        spec: the programme's ``module:name``.
        examples: the site's ``envindicators_examples``.

    Raises:
        LoadError: if the entry is not as it should be.
    """
    if spec not in examples:
        return None
    entry = examples[spec]
    unknown = [key for key in entry if key not in KNOWN]
    if unknown or "tables" not in entry:
        what = f"unknown key {unknown[0]!r}" if unknown else "'tables' is missing"
        raise LoadError(f"envindicators_examples[{spec!r}]: {what} (it may hold {', '.join(KNOWN)})")
    by = entry.get("by")
    groups = tuple(by) if isinstance(by, (list, tuple)) else by
    areas = None if entry.get("expected") is None else tuple(entry["expected"])
    try:
        return _example(spec, entry["tables"], entry.get("year"), groups, areas, entry.get("note"))
    except (TypeError, ValueError, KeyError) as error:
        raise LoadError(f"envindicators_examples[{spec!r}] cannot be evaluated: {error}") from error


@functools.cache
def _example(
    spec: str, tables: str, year: int | None, by: Any, areas: tuple[str, ...] | None, note: str | None
) -> Example:
    found = load(tables)
    figures: Any = found() if callable(found) else found
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CoverageWarning)
        card = evaluate(
            load_programme(spec),
            figures,
            year=year,
            by=list(by) if isinstance(by, tuple) else by,
            expected=None if areas is None else list(areas),
        )
    return Example(card, None if note is None else as_text(load(note)))
