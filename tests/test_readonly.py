"""Mappings of the library's objects are dicts that cannot be changed."""

import copy
import json
import pickle

import pytest

import envindicators as ei
from envindicators.programmes import soc_trang_2020
from envindicators.readonly import ReadOnly

CHANGES = {
    "item set": lambda mapping: mapping.__setitem__("a", 2),
    "item deleted": lambda mapping: mapping.__delitem__("a"),
    "merged in place": lambda mapping: mapping.__ior__({"b": 2}),
    "updated": lambda mapping: mapping.update(b=2),
    "cleared": lambda mapping: mapping.clear(),
    "popped": lambda mapping: mapping.pop("a"),
    "popped anywhere": lambda mapping: mapping.popitem(),
    "defaulted": lambda mapping: mapping.setdefault("b", 2),
    "made anew": lambda mapping: mapping.__init__({"b": 2}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_change_of_a_dict_changes_it(change):
    mapping, plain = ReadOnly(a=1), {"a": 1}
    CHANGES[change](plain)
    assert plain != {"a": 1}
    with pytest.raises(TypeError, match="cannot be changed"):
        CHANGES[change](mapping)
    assert mapping == {"a": 1}


def test_it_is_a_dict_in_every_other_way():
    mapping = ReadOnly(a=1)
    assert pickle.loads(pickle.dumps(mapping)) == copy.copy(mapping) == copy.deepcopy(mapping) == mapping
    assert type(pickle.loads(pickle.dumps(mapping))) is type(copy.deepcopy(mapping)) is ReadOnly
    assert json.dumps(mapping) == '{"a": 1}'
    assert (mapping | {"b": 2}, {"b": 2} | mapping) == ({"a": 1, "b": 2}, {"b": 2, "a": 1})
    assert ReadOnly([("a", 1)]) == ReadOnly({"a": 1}) == mapping


def test_what_a_programme_and_problems_hold_cannot_be_changed():
    problems = ei.check(soc_trang_2020, {"waste": []}, year=2020)
    for mapping in (soc_trang_2020.tables, problems.counts, problems[0].details):
        assert type(mapping) is ReadOnly
