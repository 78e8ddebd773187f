"""Environmental targets as typed objects: exact tallies, honest bounds, verdicts only when certain.

Every name below is loaded when it is first used, so that importing the package costs little.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from envindicators import examples, programmes
    from envindicators.cells import Cells
    from envindicators.condensation import condense
    from envindicators.errors import CoverageWarning, DefinitionError, UnreadableTable
    from envindicators.evaluation import check, evaluate
    from envindicators.frames.files import scan
    from envindicators.indicator import Indicator, Requirement, Table, Unit
    from envindicators.inputs import Input
    from envindicators.problems import InvalidTable, Problem, Problems
    from envindicators.programme import Duty, Programme, Reading, Review, Target
    from envindicators.rule import Rule, between, everyone, flag, one_of
    from envindicators.scorecard import Assessment, DutyReport, Missing, Scorecard
    from envindicators.settle import Settlement
    from envindicators.source import Clause, Document, Mend
    from envindicators.tally import Rate, Tally
    from envindicators.text import Text
    from envindicators.threshold import Interval, Judgement, Threshold, Verdict, at_least, at_most

__version__ = "0.1.0"

_HOMES = {
    "cells": ("Cells",),
    "errors": ("CoverageWarning", "DefinitionError", "UnreadableTable"),
    "condensation": ("condense",),
    "evaluation": ("check", "evaluate"),
    "frames.files": ("scan",),
    "indicator": ("Indicator", "Requirement", "Table", "Unit"),
    "inputs": ("Input",),
    "problems": ("InvalidTable", "Problem", "Problems"),
    "programme": ("Duty", "Programme", "Reading", "Review", "Target"),
    "rule": ("Rule", "between", "everyone", "flag", "one_of"),
    "scorecard": ("Assessment", "DutyReport", "Missing", "Scorecard"),
    "settle": ("Settlement",),
    "source": ("Clause", "Document", "Mend"),
    "tally": ("Rate", "Tally"),
    "text": ("Text",),
    "threshold": ("Interval", "Judgement", "Threshold", "Verdict", "at_least", "at_most"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Assessment",
    "Cells",
    "Clause",
    "CoverageWarning",
    "DefinitionError",
    "Document",
    "Duty",
    "DutyReport",
    "Indicator",
    "Input",
    "Interval",
    "InvalidTable",
    "Judgement",
    "Mend",
    "Missing",
    "Problem",
    "Problems",
    "Programme",
    "Rate",
    "Reading",
    "Requirement",
    "Review",
    "Rule",
    "Scorecard",
    "Settlement",
    "Table",
    "Tally",
    "Target",
    "Text",
    "Threshold",
    "Unit",
    "UnreadableTable",
    "Verdict",
    "at_least",
    "at_most",
    "between",
    "check",
    "condense",
    "evaluate",
    "everyone",
    "examples",
    "flag",
    "one_of",
    "programmes",
    "scan",
]


if not TYPE_CHECKING:  # type checkers know the names from above, and so can tell a misspelt one

    def __getattr__(name: str) -> object:
        if name in _HOME_OF:
            value = getattr(importlib.import_module(f"envindicators.{_HOME_OF[name]}"), name)
        elif name in ("examples", "programmes"):
            value = importlib.import_module(f"envindicators.{name}")
        else:
            raise AttributeError(f"module 'envindicators' has no attribute {name!r}")
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
