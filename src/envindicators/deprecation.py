"""What is to go: public names, options and columns. Each warns in two releases, and then is left out.

A name, a column or an option of the command line goes by a line in a table below, an option of a function by
`renamed_options` on it. Nothing else in the package warns of what is to go.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ParamSpec, TypeVar

NAMES: dict[str, str] = {}
"""Public names that are to go, each with the one that took its place."""

COLUMNS: dict[str, str] = {}
"""Columns of `Scorecard.to_frame` that are to go, each with the one that took its place."""

ARGUMENTS: dict[str, str] = {}
"""Options of the command line that are to go, each with the one that took its place: ``"--old": "--new"``."""

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


def current_arguments(arguments: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Return the arguments of a command with options under their names of today, and the former names that were given.

    Example:
        >>> current_arguments(["evaluate", "--lang=vi"])
        (['evaluate', '--lang=vi'], {})
    """
    current: list[str] = []
    former: dict[str, str] = {}
    for place, argument in enumerate(arguments):
        if argument == "--":  # behind which there are no options
            return [*current, *arguments[place:]], former
        old, equals, value = argument.partition("=")
        new = ARGUMENTS.get(old, old)
        if new != old:
            former[old] = new
        current.append(f"{new}{equals}{value}")
    return current, former
