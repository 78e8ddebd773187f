"""The JSON Schema of scorecards as JSON: what another tool checks a card by, or makes its types from."""

from __future__ import annotations

from typing import get_args

import attrs

from envindicators.algebra.tally import COUNTS, OUTCOMES
from envindicators.algebra.threshold import SIGNS
from envindicators.algebra.verdict import REASONS, VERDICT_NAMES
from envindicators.definitions.metadata import Metadata
from envindicators.evaluation.scorecard import EXCEEDED
from envindicators.formats.json_schema import DRAFT, Schema, by_key, list_of, or_none
from envindicators.formats.programme_schema import programme_schema
from envindicators.formats.stored import FIELDS, FORMAT
from envindicators.problems import Severity

_TEXT: Schema = {"type": "string"}
_WHOLE: Schema = {"type": "integer"}
_NUMBER: Schema = {"type": "integer", "minimum": 0}
_TRUTH: Schema = {"type": "boolean"}
_YEAR: Schema = {"type": ["integer", "null"], "minimum": 1900, "maximum": 2100}
_AMOUNT: Schema = {"type": ["number", "null"]}
_COUNT: Schema = {"type": "number", "minimum": 0}
_MAYBE: Schema = {"type": ["boolean", "null"]}
_ANY: Schema = {"type": ["string", "number", "boolean", "null"]}
_VERDICT: Schema = {"enum": list(VERDICT_NAMES)}
_REASON: Schema = {"enum": [*REASONS, None]}


def scorecard_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of `Scorecard.to_json`, and of ``evaluate --json`` on the command line.

    What it names is promised for every file of its format; a later version may add names. What stands under
    ``"state"`` is for `Scorecard.from_json` alone.

    Example:
        >>> scorecard_schema()["title"]
        'envindicators scorecard, format 1'
    """
    ends = {"lower": _AMOUNT, "upper": _AMOUNT}
    span = _object({**ends, "text": _TEXT})
    return {
        "$schema": DRAFT,
        "$id": f"urn:envindicators:scorecard:{FORMAT}",
        "title": f"envindicators scorecard, format {FORMAT}",
        **_object(
            {
                "format": {"type": "integer", "minimum": 1, "maximum": FORMAT},
                "envindicators": _TEXT,
                "lang": _TEXT,
                "programme": _TEXT,
                "name": _TEXT,
                "document": _object(
                    {
                        **dict.fromkeys(("number", "kind", "title", "date_text", "text"), _TEXT),
                        "date": {"type": "string", "format": "date"},
                    }
                ),
                "by": list_of(_TEXT),
                "years": list_of(_ref("year"), least=1),
                "missing": by_key(list_of(_object({"what": _TEXT, "name": _ANY, "year": _YEAR}))),
                "problems": list_of(_ref("problem")),
                "reviews": list_of(
                    _object(
                        {
                            **dict.fromkeys(("review", "name", "held_by"), _TEXT),
                            "year": _WHOLE,
                            "section": or_none(_TEXT),
                        }
                    )
                ),
                "explanations": by_key(
                    list_of(list_of(_object({"key": _TEXT, "heading": _TEXT, "lines": list_of(_TEXT)})))
                ),
                "state": _object({"programme": _ref("programme"), **dict.fromkeys(FIELDS, _ref("stored"))}),
            },
            ("format", "state"),
        ),
        "$defs": {
            "programme": programme_schema(),
            "year": _year(),
            "target": _target(),
            "assessment": _assessed(),
            "reading": _read(),
            "requirement": _requirement(span, or_none(_object(ends))),
            "duty": _duty(span),
            "tally": _object(dict.fromkeys(COUNTS, _COUNT)),
            "problem": _problem(),
            "stored": {
                "anyOf": [
                    {"type": ["null", "boolean", "string", "integer"]},
                    {"type": "object", "required": ["$"], "properties": {"$": _TEXT}},
                ]
            },
        },
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _object(properties: Schema, optional: tuple[str, ...] = ()) -> Schema:
    needed = [name for name in properties if name not in optional]
    return {"type": "object", "required": needed, "properties": properties}


def _year() -> Schema:
    counts = _object(dict.fromkeys((EXCEEDED, *VERDICT_NAMES), _NUMBER))
    group = _object({"group": by_key(_ANY), "targets": list_of(_ref("assessment"))})
    return _object(
        {
            "year": _YEAR,
            "verdict": _VERDICT,
            "counts": counts,
            "text": _TEXT,
            "targets": list_of(_ref("target")),
            "groups": list_of(group),
            "duties": list_of(_ref("duty")),
        }
    )


def _target() -> Schema:
    said = dict.fromkeys(("target", "name", "section", "place", "quote", "translation"), _TEXT)
    own = {
        "own": list_of(_TEXT),
        "paraphrase": _TRUTH,
        "deadline": _WHOLE,
        "level": or_none(_TEXT),
        "metadata": {"type": "object", "properties": {field.name: {} for field in attrs.fields(Metadata)}},
        "readings": list_of(_ref("reading"), least=1),
    }
    assessed = _assessed()["properties"]
    return _object({**said, **own, **assessed})


def _assessed() -> Schema:
    more = {"target": _TEXT, "due": _TRUTH, "contested": _MAYBE, "reason_text": _TEXT}
    return _object({**more, **_read()["properties"]})


def _read() -> Schema:
    return _object(
        {
            **dict.fromkeys(("reading", "reading_name", "kind", "word", "text"), _TEXT),
            "verdict": _VERDICT,
            "exceeded": _MAYBE,
            "reason": _REASON,
            "requirements": list_of(_ref("requirement"), least=1),
        }
    )


def _counted() -> Schema:
    share: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
    unsized = {"type": "array", "items": {"enum": list(OUTCOMES)}, "uniqueItems": True}
    ends = list_of({"type": "number", "minimum": 0, "maximum": 1}, 2) | {"maxItems": 2}
    return {"tally": _ref("tally"), "unsized": unsized, "unsized_share": ends, "observed": share, "coverage": share}


def _requirement(span: Schema, units: Schema) -> Schema:
    threshold = _object(
        {"direction": {"enum": list(SIGNS)}, "text": _TEXT, "share": _AMOUNT, "level": _AMOUNT, "unit": _TEXT},
        ("share", "level", "unit"),
    )
    threshold["oneOf"] = [{"required": ["share"]}, {"required": ["level", "unit"]}]
    counted = _counted()
    made = _object(
        {
            **dict.fromkeys(("indicator", "name", "table", "unit"), _TEXT),
            **counted,
            "share": span,
            "value": span,
            "threshold": threshold,
            "verdict": _VERDICT,
            "exceeded": _MAYBE,
            "reason": _REASON,
            "shortfall": units,
            "slack": units,
        },
        (*counted, "share", "value"),
    )
    return made | {"oneOf": [{"required": ["share"]}, {"required": ["value"]}]}


def _duty(span: Schema) -> Schema:
    said = ("duty", "name", "section", "quote", "strength", "table", "unit", "text")
    truths = dict.fromkeys(("paraphrase", "admits_no_exception"), _TRUTH)
    return _object({**dict.fromkeys(said, _TEXT), **truths, **_counted(), "share": span}, ("unsized_share",))


def _problem() -> Schema:
    maybe = or_none(_TEXT)
    return _object(
        {
            "severity": {"enum": list(get_args(Severity))},
            "kind": _TEXT,
            **dict.fromkeys(("table", "source", "column"), maybe),
            "row": {"type": ["integer", "null"], "minimum": 0},
            "row_number": {"type": ["integer", "null"]},
            "value": _ANY,
            "expected": _TEXT,
            "text": _TEXT,
        }
    )
