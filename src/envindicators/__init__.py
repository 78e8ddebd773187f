"""Environmental targets as typed objects: exact tallies, honest bounds, verdicts only when certain.

Every name below is loaded when it is first used, so that importing the package costs little.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from envindicators.deprecation import NAMES, warn_of

if TYPE_CHECKING:
    from envindicators import areas, examples, programmes
    from envindicators.algebra.change import Growth, Shift
    from envindicators.algebra.margin import Margin
    from envindicators.algebra.span import Ends, Quotient, Span
    from envindicators.algebra.tally import Extremes, Outcome, Rate, Tally
    from envindicators.algebra.threshold import Judgement, Threshold, above, at_least, at_most, below
    from envindicators.algebra.verdict import Interval, Reason, Verdict
    from envindicators.analysis.comparison import Comparison, Difference, compare
    from envindicators.cells.cells import Cells
    from envindicators.cells.fingerprint import InputFingerprint
    from envindicators.definitions.amount import Amount, Capped, Net, Quantitative
    from envindicators.definitions.base_year import YEAR_BEFORE, Base, Moment, PublishedFigure, published
    from envindicators.definitions.daily import Daily
    from envindicators.definitions.form import FilledForm, Form, Layout
    from envindicators.definitions.form_columns.always import Always, always
    from envindicators.definitions.form_columns.form_column import FormColumn
    from envindicators.definitions.form_columns.joined import Joined, joined
    from envindicators.definitions.form_columns.measured import LimitColumn, Measured, column, measured
    from envindicators.definitions.form_columns.percent import Percent, percent
    from envindicators.definitions.form_columns.period import Period, Periods, period
    from envindicators.definitions.form_columns.sheet_name import SheetName, sheet_name
    from envindicators.definitions.indicator import AreaShare, Change, Indicator, Requirement, Requirements, any_of
    from envindicators.definitions.levels import Levels, by
    from envindicators.definitions.mean import Mean
    from envindicators.definitions.metadata import Metadata, Reference, RelatedCode
    from envindicators.definitions.programme import Duty, Programme, Reading, Review, Target
    from envindicators.definitions.question import Question
    from envindicators.definitions.ratio import Ratio
    from envindicators.definitions.rule import Atom, Rule, all_units, between, flag, one_of
    from envindicators.definitions.share import Share
    from envindicators.definitions.source import Clause, Correction, Document
    from envindicators.definitions.spread import Spread, spread
    from envindicators.definitions.stack import Stack, stack
    from envindicators.definitions.table import Category, Part, Table, Unit, Value, YearColumn
    from envindicators.errors import (
        CoverageWarning,
        DefinitionError,
        EngineWarning,
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
    from envindicators.evaluation.assessment import Assessment, DutyReport
    from envindicators.evaluation.evaluate import check, evaluate
    from envindicators.evaluation.explanation import Explanation, Section
    from envindicators.evaluation.needed_reports import NeededReports, Unsettled
    from envindicators.evaluation.scorecard import Scorecard
    from envindicators.formats.cells_files import UnreadableCells
    from envindicators.formats.data_package import data_package
    from envindicators.formats.programme_reader import UnreadableProgramme
    from envindicators.formats.programme_schema import programme_schema
    from envindicators.formats.scorecard_schema import scorecard_schema
    from envindicators.formats.sdmx import sdmx_csv, sdmx_structure
    from envindicators.formats.stored import UnreadableScorecard
    from envindicators.frames.files import Files
    from envindicators.ingest.condense import condense
    from envindicators.ingest.missing import MissingInput
    from envindicators.ingest.scan import scan
    from envindicators.problems import InvalidTable, Problem, Problems, Severity
    from envindicators.report.documents.form import ReportForm
    from envindicators.report.html import card_css
    from envindicators.words.message import Message
    from envindicators.words.quantity import Quantity
    from envindicators.words.text import Text

__version__ = "0.1.0"

_HOMES = {
    "evaluation.explanation": ("Explanation", "Section"),
    "report.documents.form": ("ReportForm",),
    "report.html": ("card_css",),
    "algebra.margin": ("Margin",),
    "frames.files": ("Files",),
    "analysis.comparison": ("Comparison", "Difference", "compare"),
    "cells.cells": ("Cells",),
    "errors": (
        "CoverageWarning",
        "DefinitionError",
        "EngineWarning",
        "EnvIndicatorsError",
        "NoSuchFile",
        "NoTruthValueError",
        "OldPickleError",
        "OptionError",
        "OptionTypeError",
        "PackageNeeded",
        "RoundingWarning",
        "UnknownKeyError",
        "UnreadableProgramme",
        "UnreadableScorecard",
        "UnreadableTable",
        "WrongTypeError",
    ),
    "ingest.condense": ("condense",),
    "evaluation.evaluate": ("check", "evaluate"),
    "definitions.form": ("FilledForm", "Form", "Layout"),
    "definitions.form_columns.always": ("Always", "always"),
    "definitions.form_columns.form_column": ("FormColumn",),
    "definitions.form_columns.joined": ("Joined", "joined"),
    "definitions.form_columns.measured": ("LimitColumn", "Measured", "column", "measured"),
    "definitions.form_columns.percent": ("Percent", "percent"),
    "definitions.form_columns.period": ("Period", "Periods", "period"),
    "definitions.form_columns.sheet_name": ("SheetName", "sheet_name"),
    "definitions.spread": ("Spread", "spread"),
    "definitions.stack": ("Stack", "stack"),
    "ingest.scan": ("scan",),
    "definitions.base_year": ("YEAR_BEFORE", "Base", "Moment", "PublishedFigure", "published"),
    "definitions.daily": ("Daily",),
    "definitions.indicator": ("AreaShare", "Change", "Indicator", "Requirement", "Requirements", "any_of"),
    "definitions.levels": ("Levels", "by"),
    "definitions.question": ("Question",),
    "definitions.amount": ("Amount", "Capped", "Net", "Quantitative"),
    "definitions.mean": ("Mean",),
    "definitions.metadata": ("Metadata", "Reference", "RelatedCode"),
    "definitions.ratio": ("Ratio",),
    "definitions.share": ("Share",),
    "definitions.table": ("Category", "Part", "Table", "Unit", "Value", "YearColumn"),
    "cells.fingerprint": ("InputFingerprint",),
    "problems": ("InvalidTable", "Problem", "Problems", "Severity"),
    "definitions.programme": (
        "Duty",
        "Programme",
        "Reading",
        "Review",
        "Target",
    ),
    "definitions.rule": ("Atom", "Rule", "all_units", "between", "flag", "one_of"),
    "formats.cells_files": ("UnreadableCells",),
    "formats.programme_reader": ("UnreadableProgramme",),
    "formats.programme_schema": ("programme_schema",),
    "formats.data_package": ("data_package",),
    "formats.sdmx": ("sdmx_csv", "sdmx_structure"),
    "formats.scorecard_schema": ("scorecard_schema",),
    "formats.stored": ("UnreadableScorecard",),
    "evaluation.assessment": ("Assessment", "DutyReport"),
    "evaluation.needed_reports": ("NeededReports", "Unsettled"),
    "evaluation.scorecard": ("Scorecard",),
    "ingest.missing": ("MissingInput",),
    "definitions.source": ("Clause", "Correction", "Document"),
    "algebra.tally": ("Extremes", "Outcome", "Rate", "Tally"),
    "words.message": ("Message",),
    "words.quantity": ("Quantity",),
    "words.text": ("Text",),
    "algebra.change": ("Growth", "Shift"),
    "algebra.span": ("Ends", "Quotient", "Span"),
    "algebra.threshold": ("Judgement", "Threshold", "above", "at_least", "at_most", "below"),
    "algebra.verdict": ("Interval", "Reason", "Verdict"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "YEAR_BEFORE",
    "Always",
    "Amount",
    "AreaShare",
    "Assessment",
    "Atom",
    "Base",
    "Capped",
    "Category",
    "Cells",
    "Change",
    "Clause",
    "Comparison",
    "Correction",
    "CoverageWarning",
    "Daily",
    "DefinitionError",
    "Difference",
    "Document",
    "Duty",
    "DutyReport",
    "Ends",
    "EngineWarning",
    "EnvIndicatorsError",
    "Explanation",
    "Extremes",
    "Files",
    "FilledForm",
    "Form",
    "FormColumn",
    "Growth",
    "Indicator",
    "InputFingerprint",
    "Interval",
    "InvalidTable",
    "Joined",
    "Judgement",
    "Layout",
    "Levels",
    "LimitColumn",
    "Margin",
    "Mean",
    "Measured",
    "Message",
    "Metadata",
    "MissingInput",
    "Moment",
    "NeededReports",
    "Net",
    "NoSuchFile",
    "NoTruthValueError",
    "OldPickleError",
    "OptionError",
    "OptionTypeError",
    "Outcome",
    "PackageNeeded",
    "Part",
    "Percent",
    "Period",
    "Periods",
    "Problem",
    "Problems",
    "Programme",
    "PublishedFigure",
    "Quantitative",
    "Quantity",
    "Question",
    "Quotient",
    "Rate",
    "Ratio",
    "Reading",
    "Reason",
    "Reference",
    "RelatedCode",
    "ReportForm",
    "Requirement",
    "Requirements",
    "Review",
    "RoundingWarning",
    "Rule",
    "Scorecard",
    "Section",
    "Severity",
    "Share",
    "SheetName",
    "Shift",
    "Span",
    "Spread",
    "Stack",
    "Table",
    "Tally",
    "Target",
    "Text",
    "Threshold",
    "Unit",
    "UnknownKeyError",
    "UnreadableCells",
    "UnreadableProgramme",
    "UnreadableScorecard",
    "UnreadableTable",
    "Unsettled",
    "Value",
    "Verdict",
    "WrongTypeError",
    "YearColumn",
    "above",
    "all_units",
    "always",
    "any_of",
    "areas",
    "at_least",
    "at_most",
    "below",
    "between",
    "by",
    "card_css",
    "check",
    "column",
    "compare",
    "condense",
    "data_package",
    "evaluate",
    "examples",
    "flag",
    "joined",
    "measured",
    "one_of",
    "percent",
    "period",
    "programme_schema",
    "programmes",
    "published",
    "scan",
    "scorecard_schema",
    "sdmx_csv",
    "sdmx_structure",
    "sheet_name",
    "spread",
    "stack",
]


if not TYPE_CHECKING:  # type checkers know the names from above, and so can tell a misspelt one

    def __getattr__(name: str) -> object:
        if name in _HOME_OF:
            value = getattr(importlib.import_module(f"envindicators.{_HOME_OF[name]}"), name)
        elif name in ("areas", "examples", "programmes"):
            value = importlib.import_module(f"envindicators.{name}")
        elif name in NAMES:
            warn_of(f"envindicators.{name}", f"envindicators.{NAMES[name]}")
            return __getattr__(NAMES[name])
        else:
            raise AttributeError(f"module 'envindicators' has no attribute {name!r}")
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
