"""The command line: ``python -m envindicators``."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["main"]

INTERRUPTED = 130
"""What the command leaves behind when it is stopped from the keyboard, as shells expect it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: the arguments; those of the process unless given.

    Returns:
        0 if all went well, 1 if the data has errors, 2 if the command line is wrong, 3 if a file cannot be
        found, read or written, or a package is missing, 130 if it was stopped from the keyboard.
    """
    try:
        from envindicators.cli.run import run  # numpy takes a while: whoever stops it then sees no traceback

        return run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
