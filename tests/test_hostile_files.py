"""Files of strangers are read or refused in bounded time and memory, with a message that says where.

None of these is measured: what grows with a square or a power of the size of the file would not end.
"""

from __future__ import annotations

import copy
import json
import re

import pytest

import envindicators as ei
from envindicators.programmes import in_clean_air_2026, soc_trang_2020

BASE = json.loads(in_clean_air_2026.to_json())
AMOUNT = {"kind": "amount", "name": "n", "table": "air"}
LEVEL = ["targets", 0, "readings", 0, "all_of", 0, "at_least"]
RULE = ["indicators", "pm10", "where"]
MANY = 19_000


def changed(*changes):
    data = copy.deepcopy(BASE)
    for path, value in changes:
        place = data
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
    return data


def chain(kind, length, **named):
    """Indicators each of which is made of the one before it."""
    made = {"a0": AMOUNT}
    for number in range(1, length):
        inner = {name: f"a{number - 1}" if value is None else value for name, value in named.items()}
        made[f"a{number}"] = {"kind": kind, "name": "n", **inner}
    return BASE["indicators"] | made


def names(count):
    return [f"v{number}" for number in range(count)]


SEASONS = {"key": "season", "name": "s", "values": names(MANY), "value_names": names(MANY)}
SEASON = ["tables", "air", "categories", 0]
WRONG = {"kind": "share", "name": "n", "table": "air", "where": {"one_of": "season", "values": ["x"]}}
GROWING = {
    "section": "s", "quote": "b", "scan": "a", "translation": "t",
    "corrections": [{"scan": "a", "corrected": "aa"}] * 60,
}  # fmt: skip

REFUSED = {
    "unknown names": (BASE | {f"k{n}": 1 for n in range(100_000)}, "programme: holds 100,010; expected 20,000 at most"),
    "as many as are read": (changed((["tables", "air"], dict.fromkeys(names(MANY), 1))), "only the first 100 faults"),
    "units": (changed((["units"], {name: {} for name in names(60_000)})), "units: holds 60,000"),
    "a fraction of many digits": (changed((LEVEL, "1" * 100_000 + "/3")), r"targets\[0\].readings\[0\].*4300 digits"),
    "a level of many digits": (changed((LEVEL, "9" * 1_000_000 + "%")), r"targets\[0\].readings\[0\].*4300 digits"),
    "a rule of many parts": (changed((RULE, {"or": [{"flag": "f"}] * MANY})), r"pm10.where.or\[199\]: .* 200 parts"),
    "many parts in a table": (
        changed((["tables", "air", "parts"], [{"key": name, "name": "n"} for name in names(40_000)])),
        "tables.air.parts: holds 40,000",
    ),
    "a value of many": (
        changed((SEASON, SEASONS), (["indicators"], {name: WRONG for name in names(9000)})),
        r"indicators.v0: .*'x' is not a value of 'season' \(v0, v1",
    ),
    "a long chain": (changed((["indicators"], chain("capped", 3000, amount=None, cap="5 day"))), "a301.amount: .* 300"),
    "a tree that doubles": (
        changed((["indicators"], chain("net", 60, amount=None, deduction=None))),
        "a8.deduction: expected to be made of 300 indicators at most",
    ),
    "corrections that double": (changed((["targets", 0, "clause"], GROWING)), "longer and longer"),
    "the tag of a language": (changed((["name"], {"ab" + "-cd" * 300_000: "x"})), "is not the tag of a language"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_programme_is_refused(name):
    data, said = REFUSED[name]
    with pytest.raises(ei.UnreadableProgramme) as caught:
        ei.Programme.from_json(json.dumps(data))
    assert any(re.search(said, fault) for fault in caught.value.faults), caught.value.faults
    assert len(caught.value.faults) <= 101
    assert len(caught.value.in_("vi")) <= 1000


READ = {
    "parts": changed((["tables", "air", "parts"], [{"key": name, "name": "n"} for name in names(MANY)])),
    "values of a category": changed((SEASON, SEASONS), (RULE, {"one_of": "season", "values": names(MANY)})),
    "a chain": changed((["indicators"], chain("capped", 300, amount=None, cap="5 day"))),
    "targets": BASE | {"targets": [dict(BASE["targets"][0], key=f"t{number}") for number in range(2000)]},
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_a_large_programme_is_read(name):
    assert ei.Programme.from_json(json.dumps(READ[name])).key == "in_clean_air_2026"


@pytest.mark.parametrize(
    "text", ["a = 0x" + "f" * 1_900_000, "a = [1, 0b" + "1" * 1_900_000, "a = [" * 100_000, "x = " + "{a=" * 3000]
)
def test_hostile_toml_is_refused(text):
    said = "a number of more than 1000 digits|nested too deep|cannot be read as TOML"
    with pytest.raises(ei.UnreadableProgramme, match=said):
        ei.Programme.from_toml(text)
    with pytest.raises(ei.OptionError, match=said):
        ei.Form.from_toml(text)


CARD = ei.evaluate(
    soc_trang_2020, {"residents": [{"settlement": "rural", "persons": 10, "hygienic_water": None}]}, year=2020
).to_json()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"$": "fraction", "of": "1e99999999"}, "'1e99999999' is no fraction"),
        ({"$": "array", "of": {"dtype": "object", "shape": [10**10], "values": []}}, "0 values in the shape"),
        (
            {"$": "array", "of": {"dtype": "int64", "shape": [1], "values": [{"$": "tuple", "of": []}]}},
            "holds something else",
        ),
        (
            {"$": "message", "of": {"text": "{x.__class__}", "details": {}, "plural": None, "context": None}},
            "'{x.__class__}' is no sentence of a message",
        ),
        (
            {"$": "message", "of": {"text": "{x:>999999999}", "details": {}, "plural": None, "context": None}},
            "is no sentence of a message",
        ),
    ],
)
def test_a_hostile_scorecard_is_refused(value, said):
    data = json.loads(CARD)
    data["state"]["given"] = value
    with pytest.raises(ei.UnreadableScorecard, match=said):
        ei.Scorecard.from_json(json.dumps(data))


def test_an_array_keeps_what_looks_like_a_list():
    """Numpy would go into tallies, which have an item for every number."""
    from envindicators.formats.values import made, stored

    tallies = ei.evaluate(soc_trang_2020, {"residents": [{"settlement": "rural", "persons": 1}]}, year=2020)
    (held,) = {type(each).__name__: each for each in tallies.results[0].whole.values()}.values()
    array = made({"$": "array", "of": {"dtype": "object", "shape": [1], "values": [stored(held)]}})
    assert array[0] == held
