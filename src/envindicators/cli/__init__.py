"""The command line: ``python -m envindicators``."""

from envindicators.cli.run import main

__all__ = ["main"]
