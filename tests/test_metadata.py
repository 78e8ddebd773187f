"""Metadata of indicators and targets: checked, handed on, kept in files and in the JSON of a card."""

from __future__ import annotations

import datetime
import json

import attrs
import pytest
from defined import _clause, _document, _target, _treated

import envindicators as ei
from envindicators.formats.programme_files import as_data, programme_json, programme_toml
from envindicators.formats.programme_reader import programme_of
from envindicators.programmes import soc_trang_2020

WHOLE = ei.Metadata(
    concept=ei.Text(vi="nước", en="water"),
    method="by adding up",
    unit="percent",
    disaggregation=["area", ei.Text(fr="année")],
    periodicity="yearly",
    source="the register",
    responsible=ei.Text(vi="Sở", en="the department"),
    comparability="with nothing",
    limits=["no farms"],
    references=[ei.Reference("a law", url="https://example.org/law", note="on water"), ei.Reference("another")],
    codes=[ei.RelatedCode("SDG", "6.1.1", name="safe water", url="http://example.org/6", note="stricter")],
    updated=datetime.date(2026, 1, 2),
)


def programme(**metadata):
    share = attrs.evolve(_treated(), metadata=metadata.get("indicator"))
    target = _target(readings=share.at_least("90%"), metadata=metadata.get("target"))
    return ei.Programme("p", "p", _document(), [target])


def test_every_field_is_optional_and_the_whole_is_filled():
    assert not ei.Metadata()
    assert not [field.name for field in attrs.fields(ei.Metadata) if not getattr(WHOLE, field.name)]
    assert {hash(WHOLE), hash(attrs.evolve(WHOLE))} == {hash(WHOLE)}


@pytest.mark.parametrize("name", [field.name for field in attrs.fields(ei.Metadata)])
def test_each_field_alone_says_something(name):
    alone = ei.Metadata(**{name: getattr(WHOLE, name)})
    assert alone
    assert repr(alone) == f"Metadata({name})"
    assert alone.over(WHOLE) == WHOLE
    assert ei.Metadata().over(alone) == alone
    assert WHOLE.over(alone) == WHOLE


@pytest.mark.parametrize("given", [{"indicator": WHOLE}, {"target": WHOLE}, {"indicator": WHOLE, "target": WHOLE}, {}])
@pytest.mark.parametrize("write", [programme_json, programme_toml])
def test_files_hold_all_of_it(tmp_path, given, write):
    if write is programme_toml:
        pytest.importorskip("tomli_w", reason="the extra files is not installed")
    made = programme(**given)
    path = tmp_path / ("p.json" if write is programme_json else "p.toml")
    path.write_text(write(made), encoding="utf-8")
    assert ei.Programme.load(path) == made


def test_a_target_takes_from_its_indicator_what_its_own_metadata_leaves_out():
    made = programme(indicator=WHOLE, target=ei.Metadata(periodicity="monthly"))
    assert made.targets[0].about == attrs.evolve(WHOLE, periodicity="monthly")
    assert programme().targets[0].about == ei.Metadata()


def test_a_milestone_has_the_metadata_of_its_target():
    path = {2025: _treated().at_least("80%"), 2030: _treated().at_least("90%")}
    target = ei.Target("t", _clause(), path, metadata=WHOLE)
    assert {milestone.about for milestone in target.path} == {WHOLE}


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: ei.Metadata(concept=" "), "concept"),
        (lambda: ei.Metadata(concept=3), "3"),
        (lambda: ei.Metadata(concept=ei.Text(vi="nước", en="")), "concept"),
        (lambda: ei.Metadata(limits=["a", ""]), "limits"),
        (lambda: ei.Metadata(disaggregation=[""]), "disaggregation"),
        (lambda: ei.Metadata(updated="2026-01-02"), "expected a date"),
        (lambda: ei.Metadata(updated=datetime.datetime(2026, 1, 2, 3, 4)), "expected a date"),  # noqa: DTZ001
        (lambda: ei.Metadata(references=["a law"]), "Reference"),
        (lambda: ei.Metadata(codes=[ei.Reference("a law")]), "RelatedCode"),
        (lambda: ei.Metadata(codes=[ei.RelatedCode("SDG", "1"), ei.RelatedCode("SDG", "1")]), "twice"),
        (lambda: ei.RelatedCode("SDG"), "a code or a name"),
        (lambda: ei.RelatedCode("SDG", 6.1), "6.1"),
        (lambda: ei.Reference(""), "title"),
        (lambda: attrs.evolve(_treated(), metadata="about water"), "metadata"),
        (lambda: _target(metadata={"concept": "water"}), "metadata"),
    ],
)
def test_what_is_no_metadata_is_refused(make, words):
    with pytest.raises((ei.DefinitionError, ei.WrongTypeError), match=words):
        make()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "example.org", "https://", "ftp://a.b", "https://a.b/c d", "data:text/html,x", "//a"]
)
def test_an_address_leads_to_the_web_and_nowhere_else(url):
    for make in (lambda: ei.Reference("a law", url=url), lambda: ei.RelatedCode("SDG", "1", url=url)):
        with pytest.raises(ei.DefinitionError, match="https://"):
            make()


def test_a_file_says_where_its_metadata_is_wrong():
    data = as_data(programme(target=WHOLE))
    data["targets"][0]["metadata"]["references"][1]["url"] = "javascript:alert(1)"
    data["targets"][0]["metadata"]["codes"][0]["kode"] = "1"
    with pytest.raises(ei.UnreadableProgramme) as refused:
        programme_of(data)
    assert [fault.partition(":")[0] for fault in refused.value.faults] == [
        "targets[0].metadata.references[1]",
        "targets[0].metadata.codes[0].kode",
    ]


@pytest.mark.filterwarnings("ignore::envindicators.CoverageWarning")
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_json_of_a_card_holds_it_in_the_language_of_the_card(lang):
    rows = [{"area": "A", "stream": "urban", "generated": 10, "collected": 9, "treated": 9}]
    card = ei.evaluate(programme(target=WHOLE), {"waste": rows}, year=2020, lang=lang)
    told = json.loads(card.to_json())["years"][0]["targets"][0]["metadata"]
    assert list(told) == [field.name for field in attrs.fields(ei.Metadata)]
    assert told["responsible"] == WHOLE.responsible.in_(lang)
    assert told["updated"] == "2026-01-02"
    assert told["references"][1] == {"title": "another"}
    assert told["codes"][0]["code"] == "6.1.1"


def test_the_built_in_targets_have_metadata_in_both_languages():
    for target in soc_trang_2020.targets:
        assert target.about.concept is not None
        assert target.about.updated is not None
        for words in _texts(target.about):
            assert set(words.words) == {"vi", "en"}, words


def _texts(held):
    for field in attrs.fields(type(held)):
        value = getattr(held, field.name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, ei.Text):
                yield item
            elif attrs.has(type(item)):
                yield from _texts(item)


# the words of a clause that set one target of several


def test_the_own_words_of_a_target_stand_in_its_clause_in_order():
    clause = ei.Clause(_document(), "I", "100% urban, 98% rural residents", "the same")
    target = _target(clause=clause, own=["98% rural", "dents"])
    assert "".join(words for words, _ in target.passages) == clause.quote
    assert [words for words, own in target.passages if own] == ["98% rural", "dents"]
    assert _target(clause=clause).passages == ((clause.quote, True),)
    assert _target(clause=clause, own="98%").own == ("98%",)
    for own in (["98% urban"], ["rural", "urban"], [""], ["rural", "rural"]):
        with pytest.raises(ei.DefinitionError, match="in this order"):
            _target(clause=clause, own=own)
    with pytest.raises(ei.WrongTypeError, match="own"):
        _target(clause=clause, own=[98])


def test_targets_of_one_clause_share_out_its_numbers():
    for first, second in (("urban_water", "rural_water"), ("urban_waste", "rural_waste")):
        targets = [soc_trang_2020.target(key) for key in (first, second)]
        assert targets[0].clause == targets[1].clause
        numbers = [[words for words, own in target.passages if own and "%" in words] for target in targets]
        assert len(numbers[0]) == len(numbers[1]) == 1
        assert numbers[0] != numbers[1]
