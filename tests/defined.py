"""Definitions to put tests on: a document, its clause, two tables, and what stands on them."""

from __future__ import annotations

import datetime

from envindicators.definitions.programme import Duty, Programme, Reading, Review, Target
from envindicators.definitions.rule import flag
from envindicators.definitions.share import Share
from envindicators.definitions.source import Clause, Document
from envindicators.definitions.table import Table, Unit
from envindicators.words.text import Text

WORDS = "Phấn đấu đến năm 2020, tỷ lệ chất thải rắn được thu gom và xử lý đạt tiêu chuẩn. " * 5


def _document(number="12-NQ/TU"):
    party = Text(vi="Tỉnh ủy", en="Provincial Party Committee")
    return Document(number, Text(vi="Nghị quyết", en="Resolution"), party, party, datetime.date(2017, 3, 15))


def _clause(section="II.3 (1)", **more):
    return Clause(_document(), section, WORDS, "We strive.", **more)


PERSON = Unit("person", Text(vi="người", en="people"))


KILOGRAM = Unit("kilogram", Text(vi="kg", en="kg"), grain=1000, multiples={"gram": 1, "tonne": 1_000_000})


def _waste(key="waste", **more):
    return Table(
        key,
        KILOGRAM,
        total="generated",
        parts={"collected": "collected", "treated": Text(vi="xử lý", en="treated")},
        nested=True,
        categories={"stream": ["urban", "rural", "other"]},
        years=["built"],
        period="flow",
        **more,
    )


def _establishments(**more):
    return Table("establishments", PERSON, total="count", parts=["clean", "devices"], id="code", **more)


def _treated(key="treated", table=None, **more):
    return Share(key, "treated", table=table or _waste(), where=flag("treated"), **more)


def _reading(key="pooled", **more):
    return Reading(key, _treated().at_least("90%"), **more)


def _target(key="waste", **more):
    return Target(key, **{"clause": _clause(), "deadline": 2020, "readings": _reading(), **more})


def _duty(key="plan", **more):
    return Duty(key, _clause(), **more)


def _review(key="final", year=2020):
    return Review(key, "final review", year, "Tỉnh ủy", clause=_clause())


def _programme(**more):
    given_ = {"targets": [_target()], "duties": [_duty()], "reviews": [_review()], **more}
    return Programme("soc_trang", "Soc Trang", _document(), **given_)
