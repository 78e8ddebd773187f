"""Programmes as files: nothing is lost, nothing is executed, and what is wrong is said with where it stands."""

from __future__ import annotations

import contextlib
import copy
import datetime
import functools
import json
import operator
import pickle
import re
import tomllib
from fractions import Fraction

import attrs
import pytest
from defined import _clause, _document
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import built, rules

import envindicators as ei
from envindicators import programmes
from envindicators.formats.programme_files import as_data, type_name
from envindicators.formats.programme_reader import programme_of
from envindicators.programmes import soc_trang_2020

GAS = ei.Table(
    "gas", ei.Unit("tonne", ei.Text(vi="tấn", en="tonnes"), multiples={"kilotonne": 1000}), total="emitted",
    period="flow", parts=["flared", "sold"], categories={"sector": ["energy", "waste"]}, years=["built"], id="plant",
)  # fmt: skip
PEOPLE = ei.Table(
    "people", ei.Unit("person", "people", one="person"), total="persons", note=ei.Text(fr="note", en="note")
)
EMISSIONS = ei.Amount(
    "emissions", ei.Text({"zh-Hant": "排放"}, en="emissions"), table=GAS, where=ei.between("built", 2000, None)
)
FLARED = ei.Amount("flared", "flared", table=GAS, where=ei.flag("flared") & ~ei.one_of("sector", "waste"))
EACH = ei.Ratio("each", "each", EMISSIONS, per=ei.Amount("people", "people", table=PEOPLE))
SHARE = ei.Share("share", "share", table=GAS, among=ei.flag("sold") | ei.flag("flared"), where=ei.flag("flared"))

REQUIREMENTS = [
    EMISSIONS.at_most("457_000 kilotonne"),
    EMISSIONS.less(FLARED.up_to("0.5 kilotonne")).below("-2.50 tonne"),
    EACH.above("0.65 tonne/person"),
    EMISSIONS.since(2020).at_most("-30%"),
    EACH.since(ei.published("5.60 tonne/person", year=2019)).at_most("-50%"),
    SHARE.since(ei.published("75.5%", year=2015)).points.at_least("+5 points"),
    SHARE.since(ei.YEAR_BEFORE).points.at_least("+0 points"),
    SHARE.at_least(Fraction(1, 3)),
    ei.AreaShare("areas", "areas", of=SHARE.at_least("65%"), unit=ei.Unit("commune", "communes")).at_least("80%"),
    SHARE.below("15%").every("station"),
    SHARE.at_least(ei.by("sector", energy="65%", waste="35%")),
    ei.any_of(SHARE.at_least("29%"), EMISSIONS.since(2010).at_most("-14.5%")),
]


def programme_with(readings, deadline=2030):
    target = ei.Target("t", _clause(), deadline, readings) if readings else ei.Target("t", _clause(), deadline)
    return ei.Programme("p", ei.Text(en="p", vi="c"), _document(), [target])


def both_ways(programme):
    return [programme_of(json.loads(programme.to_json())), programme_of(tomllib.loads(programme.to_toml()))]


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda each: type(each).__name__)
def test_every_kind_of_requirement_comes_back_as_it_was(requirement):
    programme = programme_with(requirement)
    assert both_ways(programme) == [programme, programme]


def test_the_resolution_comes_back_as_it_was(tmp_path):
    for suffix, text in ((".toml", soc_trang_2020.to_toml()), (".json", soc_trang_2020.to_json())):
        file = tmp_path / f"programme{suffix}"
        file.write_text(text, encoding="utf-8")
        loaded = ei.Programme.load(file)
        assert loaded == soc_trang_2020
        assert hash(loaded) == hash(soc_trang_2020)


def test_a_path_comes_back_as_it_was():
    programme = programme_with(None, {2025: EACH.at_least("0.65 tonne/person"), 2030: EACH.at_least("1 tonne/person")})
    assert both_ways(programme) == [programme, programme]


@given(rules.map(built))
def test_every_rule_comes_back_as_it_was(rule):
    from envindicators.formats.programme_files import _rule
    from envindicators.formats.programme_reader import _Reader

    reader = _Reader()
    written = _rule(rule)
    assert json.loads(json.dumps(written)) == written
    assert _rule(reader.rule(written, "rule")) == written
    assert not reader.faults


FIRST = ["targets", 0, "readings", 0, "all_of", 0]
DATA = as_data(programme_with(SHARE.at_least("50%")))


def changed(path, value):
    """Return the data with another value at a path, whose last step may be new."""
    data = copy.deepcopy(DATA)
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (["format"], 2, "format: is 2; this version reads formats up to 1"),
        (["format"], "1", "format"),
        (["key"], None, "key"),
        (["name"], 3, "name: expected"),
        (["name"], {}, "name"),
        (["name"], {"english language": "x"}, "name"),
        (["nmae"], "x", "nmae: not known here; expected one of .*; did you mean 'name'"),
        (["document"], [], "document: expected names with values"),
        (["document", "date"], "yesterday", "document.date"),
        (["document", "numbr"], "x", "document.numbr: not known here.*number"),
        (["units"], 1, "units: expected names with values"),
        (["units", "tonne", "grain"], 0, "units.tonne: unit 'tonne'"),
        (["units", "tonne", "multiples"], {"kilotonne": 0.5}, "units.tonne"),
        (["tables", "gas", "unit"], "tone", "tables.gas.unit: there is no 'tone', only tonne; did you mean 'tonne'"),
        (["tables", "gas", "nestd"], True, "tables.gas.nestd: not known here.*nested"),
        (["tables", "gas", "parts"], "flared", r"tables.gas.parts: expected a list"),
        (["tables", "gas", "parts"], [{"name": "x"}], r"tables.gas.parts\[0\]: lacks key"),
        (["tables", "gas", "period"], "stok", "tables.gas: Table: period is 'stok'"),
        (["tables", "gas", "categories", 0, "values"], [], "'sector' needs distinct allowed values"),
        (["indicators", "share", "kind"], "shar", "indicators.share.kind: is 'shar'; .*did you mean 'share'"),
        (["indicators", "share", "kind"], None, "indicators.share.kind"),
        (["indicators", "share", "table"], "gsa", "indicators.share.table: there is no 'gsa'"),
        (["indicators", "share", "table"], 7, "indicators.share.table: there is no 7"),
        (["indicators", "share", "where"], {"flg": "x"}, "indicators.share.where: expected a rule"),
        (["indicators", "share", "where"], {"flag": "flaired"}, "indicators.share.*flaired"),
        (["indicators", "share", "where"], {"flag": 3}, "indicators.share.where.flag"),
        (["indicators", "share", "where"], {"one_of": "sector"}, "one_of.values: expected a list"),
        (["indicators", "share", "where"], {"one_of": "sector", "values": ["energie"]}, "energie"),
        (["indicators", "share", "where"], {"between": "built", "first": 2010, "last": 2000}, "where.between"),
        (["indicators", "share", "where"], {"and": [{"flag": "sold"}]}, "where.and: expected two rules or more"),
        (["indicators", "share", "where"], {"not": 5}, "where.not: expected names with values"),
        (["targets"], {}, "targets: expected a list"),
        (["targets"], [], "target"),
        (["targets", 0, "deadline"], "2030", r"targets\[0\].deadline: is '2030'; expected a whole number"),
        (["targets", 0, "deadline"], 30, r"targets\[0\]: target 't': the deadline is 30; expected a year from 1900"),
        (["targets", 0, "clause", "section"], "", r"targets\[0\].clause"),
        (["targets", 0, "clause", "quote"], None, r"targets\[0\].clause"),
        (["targets", 0, "readings", 0, "kind"], "texts", r"targets\[0\].readings\[0\]"),
        ([*FIRST, "at_least"], "9,8", r"targets\[0\].readings\[0\].all_of\[0\].at_least: '9,8'"),
        ([*FIRST, "at_leats"], "98%", "at_leats: not known here; did you mean 'at_least'"),
        (["targets", 0, "readings", 0, "all_of", 0, "at_most"], "98%", "expected one level"),
        (["targets", 0, "readings", 0, "all_of", 0, "indicator"], "shares", "there is no 'shares', only share"),
        (["targets", 0, "readings", 0, "all_of"], [], r"targets\[0\].readings\[0\]: .*no requirements"),
        (["targets", 0, "path"], {"soon": []}, r"targets\[0\].path.soon: expected a year"),
        (["duties"], [{"key": "d"}], r"duties\[0\]: lacks clause"),
        (["reviews"], [{"key": "r", "name": "n", "year": "2020", "held_by": "x"}], r"reviews\[0\].year: is '2020'"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_where_it_stands(path, value, said):
    with pytest.raises(ei.UnreadableProgramme) as caught:
        programme_of(changed(path, value))
    assert any(pytest.importorskip("re").search(said, fault) for fault in caught.value.faults), caught.value.faults


def test_all_that_is_wrong_is_said_at_once_and_nothing_that_follows_from_it():
    data = changed(["tables", "gas", "nestd"], True)
    data["targets"][0]["readings"][0]["all_of"][0]["at_least"] = "9,8"
    data["units"]["tonne"]["grain"] = -1
    with pytest.raises(ei.UnreadableProgramme) as caught:
        programme_of(data)
    assert [fault.split(":")[0] for fault in caught.value.faults] == ["units.tonne", "tables.gas.nestd"]


leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just([]) | st.just({})


@given(st.data())
def test_no_data_raises_anything_but_that_it_is_no_programme(data):
    """Any place of a programme's data may hold anything at all."""
    broken = copy.deepcopy(DATA)
    for _ in range(data.draw(st.integers(1, 3))):
        place = broken
        while True:
            steps = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not steps:
                break
            step = data.draw(st.sampled_from(steps))
            if isinstance(place[step], dict | list) and data.draw(st.booleans()):
                place = place[step]
                continue
            place[step] = data.draw(leaves)
            break
    with contextlib.suppress(ei.UnreadableProgramme):
        programme_of(broken)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.toml", b"key = ", "no programme"),
        ("a.toml", b"\xff\xfe", "no programme"),
        ("a.toml", b'key = "a"\nkey = "b"', "no programme"),
        ("a.json", b'{"key": 1, "key": 2}', "the key 'key' stands twice"),
        ("a.json", b"[" * 100_000, "no programme"),
        ("a.json", b"", "no programme"),
        ("a.json", b"null", "expected names with values"),
        ("a.json", b" " * 4_000_001, "larger than"),
    ],
)
def test_a_file_that_holds_no_programme_is_named(tmp_path, name, content, said):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(ei.UnreadableProgramme, match=said) as caught:
        ei.Programme.load(file)
    assert name in str(caught.value)
    assert caught.value.faults


def test_text_is_read_as_a_file_is():
    for read, text in (
        (ei.Programme.from_toml, soc_trang_2020.to_toml()),
        (ei.Programme.from_json, soc_trang_2020.to_json()),
    ):
        assert read(text) == soc_trang_2020
        for wrong in ("", "[" * 100_000, " " * 4_000_001, "1", None, 7):
            with pytest.raises(ei.UnreadableProgramme):
                read(wrong)


def test_what_is_wrong_is_said_in_the_language_of_the_reader():
    wrong = DATA | {
        "nmae": "x",
        "document": DATA["document"] | {"date": "hôm qua"},
        "targets": 3,
        "units": {"tonne": []},
    }
    with pytest.raises(ei.UnreadableProgramme) as caught:
        programme_of(wrong, "tệp.toml")
    error = pickle.loads(pickle.dumps(caught.value))
    assert error.in_("vi").splitlines() == [
        "tệp.toml: không phải chương trình",
        (
            "nmae: không dùng ở đây; phải là một trong format, key, name, document, units, tables, indicators, "
            "targets, duties, reviews; có phải là 'name'?"
        ),
        "document.date: là 'hôm qua'; phải là ngày, ví dụ 2030-12-31",
        "units.tonne: phải là các tên kèm giá trị, không phải []",
        "units.tonne: thiếu name",
        "targets: phải là danh sách, không phải 3",
    ]
    assert error.faults == caught.value.faults
    assert error.faults[1] == "document.date: is 'hôm qua'; expected a date, as 2030-12-31"
    many = DATA | {f"field_{number}": 1 for number in range(20)}
    with pytest.raises(ei.UnreadableProgramme) as caught:
        programme_of(many)
    assert caught.value.in_("vi").endswith("... và 12 nữa")
    assert len(caught.value.faults) == 20


def test_dates_are_dates_in_toml_and_text_in_json():
    assert as_data(soc_trang_2020)["document"]["date"] == datetime.date(2017, 3, 15)
    assert json.loads(soc_trang_2020.to_json())["document"]["date"] == "2017-03-15"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", "{" + ", ".join(f'"k{place}": 1' for place in range(60_000)) + ', "k59999": 2}'),
        ("a.toml", ".".join("a" * 40_000) + " = 1"),
        ("b.toml", "[" + ".".join("a" * 40_000) + "]"),
    ],
)
def test_a_hostile_file_is_refused_at_once(tmp_path, name, content):
    """Looking for a key that stands twice, and reading a key of many parts, took time by the square of their number."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(ei.UnreadableProgramme, match=r"'k59999' stands twice|a key of more than 200 parts"):
        ei.Programme.load(tmp_path / name)
    if name.endswith(".toml"):
        for load in (ei.Form.load, ei.ReportForm.load):
            with pytest.raises(ei.OptionError, match=rf"{name}: .*a key of more than 200 parts"):
                load(tmp_path / name)


def test_a_stored_scorecard_has_each_key_once():
    card = ei.evaluate(
        programme_with(SHARE.at_least("29%")), {"gas": [{"emitted": 3, "flared": 2, "sector": "waste"}]}, year=2020
    )
    text = card.to_json()
    assert ei.Scorecard.from_json(text) == card
    with pytest.raises(ei.UnreadableScorecard, match="'format' stands twice"):
        ei.Scorecard.from_json(text.replace("{", '{"format": 1, ', 1))


def test_a_rule_that_says_two_things_is_refused():
    data = json.loads(soc_trang_2020.to_json())
    data["indicators"]["rural_water"]["where"] = {"flag": "hygienic_water", "not": {"flag": "hygienic_water"}}
    with pytest.raises(ei.UnreadableProgramme, match=r"rural_water.where.not: not known in a rule with flag"):
        programme_of(data)


def test_types_of_fields_have_one_name_before_and_after_they_are_resolved():
    @attrs.frozen
    class Named:
        key: str
        id: str | None
        several: tuple[str, ...]
        sizes: tuple[tuple[str, int], ...]
        whole: bool
        year: int

    before = [type_name(field) for field in attrs.fields(Named)]
    attrs.resolve_types(Named)
    assert before == [type_name(field) for field in attrs.fields(Named)]
    assert before == ["str", "str | None", "tuple[str, ...]", "tuple[tuple[str, int], ...]", "bool", "int"]


ENGLISH = re.compile(r"\b(expected|got|is not|is no|has no|stands|takes|names|nothing|did you mean)\b")


def paths(data, path=()):
    """Yield the path of everything that some data hold."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield (*path, key)
        yield from paths(value, (*path, key))


@pytest.mark.parametrize("key", ["soc_trang_2020", "vn_methane_2030", "vn_air_2030"])
@settings(max_examples=60)
@given(st.data())
def test_what_is_wrong_with_a_file_is_said_in_one_language(key, data):
    stored = json.loads(getattr(programmes, key).to_json())
    path = data.draw(st.sampled_from(list(paths(stored))))
    holder = functools.reduce(operator.getitem, path[:-1], stored)
    holder[path[-1]] = data.draw(
        st.sampled_from([None, 3, 0.5, "", "x", [], {}, ["x"], {"x": 1}, "9,8", "98 tonne", -1, True, [1], "5.000 t"])
    )
    told = ""
    try:
        programme_of(stored)
    except ei.UnreadableProgramme as error:
        told = error.in_("vi")
    assert not ENGLISH.search(told), told
