"""What is to go: public names, options and columns. Each warns in two releases, and then is left out.

A name or a column goes by a line in a table below, an option by `renamed_options` on its function. Nothing else in
the package warns of what is to go.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ParamSpec, TypeVar

NAMES: dict[str, str] = {}
"""Public names that are to go, each with the one that took its place."""

COLUMNS: dict[str, str] = {}
"""Columns of `Scorecard.to_frame` that are to go, each with the one that took its place."""

Taken = ParamSpec("Taken")
Given = TypeVar("Given")
Column = TypeVar("Column")


def warn_of(old: str, new: str) -> None:
    """Warn where the user's own code uses what is to go, naming what took its place."""
    from envindicators.errors import warn_user

    warn_user(f"{old} is to go; it is {new} now", DeprecationWarning)


def renamed_options(**now: str) -> Callable[[Callable[Taken, Given]], Callable[Taken, Given]]:
    """Let a function take options under their former names, with a warning.

    Args:
        now: for each former name the one that took its place.

    Raises:
        OptionTypeError: when both are given.

    Example:
        >>> @renamed_options(totals="of_totals")
        ... def read(rows, *, of_totals="refuse"):
        ...     return of_totals
        >>> read([], of_totals="drop")
        'drop'
    """
    from functools import wraps

    def take(function: Callable[Taken, Given]) -> Callable[Taken, Given]:
        @wraps(function)
        def called(*args: Taken.args, **options: Taken.kwargs) -> Given:
            for old, new in now.items():
                if old not in options:
                    continue
                if new in options:
                    from envindicators.errors import OptionTypeError

                    raise OptionTypeError(f"{function.__name__}: {old} is the former name of {new}; give one of them")
                warn_of(f"the option {old} of {function.__name__}", new)
                options[new] = options.pop(old)
            return function(*args, **options)

        return called

    return take


def with_former(columns: Mapping[str, Column]) -> dict[str, Column]:
    """Return columns with those that are to go beside them, of which it warns."""
    former = {old: columns[new] for old, new in COLUMNS.items() if new in columns}
    for old in former:
        warn_of(f"the column {old} of to_frame", COLUMNS[old])
    return {**columns, **former}
