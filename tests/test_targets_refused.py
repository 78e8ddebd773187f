"""What is no amount, ratio, mean, change, share of areas or path is refused, in its definition or in the data."""

from __future__ import annotations

import pytest
from defined import _clause, _document

import envindicators as ei

TONNE = ei.Unit("tonne", "tonnes", multiples={"kilotonne": 1000})
SECTORS = {"sector": ["energy", "waste"]}
GAS = ei.Table("gas", TONNE, total="emitted", parts=["flared"], period="flow", categories=SECTORS)
PEOPLE = ei.Table("people", ei.Unit("person", "people"), total="persons")
EMISSIONS = ei.Amount("emissions", "emissions", table=GAS)
INHABITANTS = ei.Amount("people", "people", table=PEOPLE)
EACH = ei.Ratio("each", "for each", EMISSIONS, per=INHABITANTS)
SHARE = ei.Share("flared", "flared", table=GAS, where=ei.flag("flared"))
CAP = EMISSIONS.at_most("9 tonne")
COMMUNES = ei.AreaShare("communes", "communes", of=CAP)


def target(deadline, readings=()):
    return ei.Target("t", _clause(), deadline, readings)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: EMISSIONS.at_least(""), "no number"),
        (lambda: EMISSIONS.at_least("tonne"), "no number"),
        (lambda: EMISSIONS.at_least("9"), "no unit; expected one of"),
        (lambda: EMISSIONS.at_least("9 kilotonnes"), "did you mean 'kilotonne'"),
        (lambda: EMISSIONS.at_least("9 person"), "'person'; expected one of"),
        (lambda: EMISSIONS.at_least("9 tonne/person"), "tonne/person"),
        (lambda: EMISSIONS.at_least("1,234 tonne"), "two ways; write 1_234"),
        (lambda: EMISSIONS.at_least(None), "text with its unit"),
        (lambda: EMISSIONS.at_least(9.5), "text with its unit"),
        (lambda: EACH.at_least("2%"), "no unit of a ratio, as 'tonne/person'"),
        (lambda: EACH.at_least("2 tonne/tonne"), "'tonne'; expected one of person"),
        (lambda: EACH.at_least("2 /person"), "no unit"),
        (lambda: EACH.at_least(2), "text with its unit"),
        (lambda: SHARE.at_least("9 tonne"), "tonne"),
        (lambda: SHARE.at_least(0.5), "0.5"),
        (lambda: EMISSIONS.since(2020).at_most("-3 tonne"), 'its sign, as "-30%"'),
        (lambda: EMISSIONS.since(2020).at_most("-5 points"), 'its sign, as "-30%"'),
        (lambda: SHARE.since(2020).points.at_most("5 points"), "-5 points"),
        (lambda: SHARE.since(2020.0), "expected a year"),
        (lambda: SHARE.since(None), "expected a year"),
        (lambda: EMISSIONS.since(3020), "expected a year"),
        (lambda: EMISSIONS.since(ei.published("5 person", year=2019)), "person"),
        (lambda: EMISSIONS.less(SHARE), "expected an amount"),
        (lambda: EMISSIONS.less(INHABITANTS), "expected one unit"),
        (lambda: EMISSIONS.up_to("-5 tonne"), "at least one unit"),
        (lambda: EMISSIONS.up_to("5 person"), "person"),
        (lambda: EMISSIONS.at_most(ei.by("sector", wood="9 tonne")), "wood"),
        (lambda: EMISSIONS.at_most(ei.by("region", delta="9 tonne")), "region"),
        (lambda: EMISSIONS.at_most(ei.by("sector", waste="9")), "no unit"),
        (lambda: EMISSIONS.at_most(ei.by("sector")), "no levels"),
        (lambda: EACH.at_most(ei.by("sector", waste="9 tonne/person")), "no levels by"),
        (lambda: ei.Amount("a", "a", table=GAS, where=ei.flag("burnt")), "burnt"),
        (lambda: ei.Amount("a", "a", table="gas"), "table"),
        (lambda: ei.Ratio("r", "r", EMISSIONS, per=EMISSIONS), "makes a Share"),
        (lambda: ei.Ratio("r", "r", SHARE, per=INHABITANTS), "amount"),
        (lambda: ei.Ratio("r", "r", EMISSIONS, per=EMISSIONS.less(EMISSIONS)), "per"),
        (lambda: ei.AreaShare("s", "s", of=EMISSIONS), "of"),
        (lambda: ei.AreaShare("s", "s", of=COMMUNES.at_least("80%")), "counts areas itself"),
        (lambda: COMMUNES.at_least("80 commune"), "commune"),
        (lambda: COMMUNES.since(2020), "cannot be measured yet"),
        (lambda: target({2030: CAP, 2025: CAP}), "go backwards"),
        (lambda: target({}), "a path says"),
        (lambda: target({2025: CAP}, CAP), "and no more"),
        (lambda: target({2025: CAP, 2030: [ei.Reading("other", CAP)]}), "different readings"),
        (lambda: target({2025: ei.any_of(CAP, SHARE.at_least("5%")), 2030: CAP}), "different readings"),
        (lambda: target(2030, ei.any_of()), "no requirements"),
        (lambda: target(2030, [ei.Reading("r", [EMISSIONS])]), "expected requirements"),
        (lambda: target(2030, [ei.Reading("r", [CAP, EMISSIONS.at_least("1 tonne")])]), "emissions"),
        (lambda: target("2030", CAP), "expected a year"),
    ],
)
def test_what_is_no_level_kind_or_path_is_refused_with_a_hint(make, said):
    with pytest.raises((ei.DefinitionError, TypeError), match=said) as raised:
        make()
    assert isinstance(raised.value, ei.EnvIndicatorsError)


ROW = {"area": "A", "year": 2030, "sector": "waste", "emitted": 5, "flared": 1}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{**ROW, "emitted": -5}], "a number from 0"),
        ([{**ROW, "emitted": 0.5}], "whole number"),
        ([{**ROW, "emitted": "5 tonnes"}], "number"),
        ([{**ROW, "emitted": float("inf")}], "finite"),
        ([{**ROW, "flared": 6}], "at most 5"),
        ([{**ROW, "sector": "wast"}], "did you mean 'waste'"),
        ([ROW, ROW], "same key"),
        ([{**ROW, "year": 2029}], "2030"),
        ([], "gas"),
    ],
)
def test_what_is_no_amount_in_the_data_is_refused(rows, said):
    programme = ei.Programme("p", "p", _document(), [target(2030, CAP)])
    with pytest.raises(ei.InvalidTable, match=said):
        ei.evaluate(programme, {"gas": ei.Form(layout="counts").of(rows)}, year=2030)
