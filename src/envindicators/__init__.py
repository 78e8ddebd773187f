"""Environmental targets as typed objects: exact tallies, honest bounds, verdicts only when certain.

Every name below is loaded when it is first used, so that importing the package costs little.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from envindicators import examples, programmes
    from envindicators.algebra.judgement import Judgement
    from envindicators.algebra.tally import Rate, Tally
    from envindicators.algebra.threshold import Threshold, at_least, at_most
    from envindicators.algebra.verdict import Interval, Verdict
    from envindicators.cells.cells import Cells
    from envindicators.cells.fingerprint import InputFingerprint
    from envindicators.definitions.form import Form
    from envindicators.definitions.indicator import Indicator, Requirement
    from envindicators.definitions.programme import Duty, Programme, Reading, Review, Target
    from envindicators.definitions.rule import Rule, all_units, between, flag, one_of
    from envindicators.definitions.share import Share
    from envindicators.definitions.source import Clause, Correction, Document
    from envindicators.definitions.table import Table, Unit
    from envindicators.errors import (
        CoverageWarning,
        DefinitionError,
        EnvIndicatorsError,
        NoSuchFile,
        NoTruthValueError,
        OldPickleError,
        OptionError,
        OptionTypeError,
        PackageNeeded,
        RoundingWarning,
        UnknownKeyError,
        UnreadableTable,
        WrongTypeError,
    )
    from envindicators.evaluation.evaluate import check, evaluate
    from envindicators.evaluation.needed_reports import NeededReports
    from envindicators.evaluation.scorecard import Assessment, DutyReport, MissingInput, Scorecard
    from envindicators.ingest.condense import condense
    from envindicators.ingest.scan import scan
    from envindicators.problems import InvalidTable, Problem, Problems
    from envindicators.words.text import Text

__version__ = "0.1.0"

_HOMES = {
    "cells.cells": ("Cells",),
    "errors": (
        "CoverageWarning",
        "DefinitionError",
        "EnvIndicatorsError",
        "NoSuchFile",
        "NoTruthValueError",
        "OldPickleError",
        "OptionError",
        "OptionTypeError",
        "PackageNeeded",
        "RoundingWarning",
        "UnknownKeyError",
        "UnreadableTable",
        "WrongTypeError",
    ),
    "ingest.condense": ("condense",),
    "evaluation.evaluate": ("check", "evaluate"),
    "definitions.form": ("Form",),
    "ingest.scan": ("scan",),
    "definitions.indicator": ("Indicator", "Requirement"),
    "definitions.share": ("Share",),
    "definitions.table": ("Table", "Unit"),
    "cells.fingerprint": ("InputFingerprint",),
    "problems": ("InvalidTable", "Problem", "Problems"),
    "definitions.programme": ("Duty", "Programme", "Reading", "Review", "Target"),
    "definitions.rule": ("Rule", "all_units", "between", "flag", "one_of"),
    "evaluation.scorecard": ("Assessment", "DutyReport", "MissingInput", "Scorecard"),
    "evaluation.needed_reports": ("NeededReports",),
    "definitions.source": ("Clause", "Correction", "Document"),
    "algebra.tally": ("Rate", "Tally"),
    "words.text": ("Text",),
    "algebra.judgement": ("Judgement",),
    "algebra.threshold": ("Threshold", "at_least", "at_most"),
    "algebra.verdict": ("Interval", "Verdict"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Assessment",
    "Cells",
    "Clause",
    "Correction",
    "CoverageWarning",
    "DefinitionError",
    "Document",
    "Duty",
    "DutyReport",
    "EnvIndicatorsError",
    "Form",
    "Indicator",
    "InputFingerprint",
    "Interval",
    "InvalidTable",
    "Judgement",
    "MissingInput",
    "NeededReports",
    "NoSuchFile",
    "NoTruthValueError",
    "OldPickleError",
    "OptionError",
    "OptionTypeError",
    "PackageNeeded",
    "Problem",
    "Problems",
    "Programme",
    "Rate",
    "Reading",
    "Requirement",
    "Review",
    "RoundingWarning",
    "Rule",
    "Scorecard",
    "Share",
    "Table",
    "Tally",
    "Target",
    "Text",
    "Threshold",
    "Unit",
    "UnknownKeyError",
    "UnreadableTable",
    "Verdict",
    "WrongTypeError",
    "all_units",
    "at_least",
    "at_most",
    "between",
    "check",
    "condense",
    "evaluate",
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
