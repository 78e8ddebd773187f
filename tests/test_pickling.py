"""Definitions compute once, hash the same wherever they are unpickled, and say when a pickle is too old."""

import copy
import importlib
import inspect
import os
import pickle
import pkgutil
import subprocess
import sys
import threading

import attrs
import pytest

import envindicators as ei
from envindicators import definitions
from envindicators.definitions.rule import Domains
from envindicators.pickling import FORMAT
from envindicators.programmes import soc_trang_2020

PARTS = [
    soc_trang_2020,
    *soc_trang_2020.targets,
    *soc_trang_2020.duties[:3],
    *soc_trang_2020.reviews,
    *soc_trang_2020.indicators,
    *soc_trang_2020.tables.values(),
    soc_trang_2020.targets[0].default,
    soc_trang_2020.targets[0].default.requirements[0],
    soc_trang_2020.document,
    ei.Form(unit="tonne"),
    ~ei.flag("a") & (ei.one_of("b", "c") | ei.between("d", None, 2020)) & ei.all_units(),
]


def classes():
    for module in pkgutil.iter_modules(definitions.__path__, "envindicators.definitions."):
        for _, cls in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if cls.__module__ == module.name and attrs.has(cls) and cls.__name__ not in ("FilledForm", "Domains"):
                yield cls


@pytest.mark.parametrize("cls", list(classes()), ids=lambda cls: cls.__name__)
def test_every_definition_refuses_a_pickle_of_other_fields_or_of_no_format(cls):
    names = [field.name for field in attrs.fields(cls)]
    state = dict.fromkeys(names)
    blank = object.__new__(cls)
    blank.__setstate__((FORMAT, state))
    for old in (
        state,
        (FORMAT - 1, state),
        (FORMAT, {**state, "ground": None}),
        (FORMAT, dict(list(state.items())[1:]) if state else {"ground": None}),
        tuple(names),
        None,
    ):
        with pytest.raises(ei.OldPickleError, match=f"a pickled {cls.__name__} is of another version"):
            object.__new__(cls).__setstate__(old)


def reachable(value, seen):
    """Add the attrs classes of this library that an object is made of, down to its leaves."""
    if attrs.has(type(value)):
        seen.add(type(value))
        for field in attrs.fields(type(value)):
            reachable(getattr(value, field.name), seen)
    elif isinstance(value, dict):
        for pair in value.items():
            reachable(pair, seen)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for item in value:
            reachable(item, seen)


def test_whatever_a_card_cells_and_answers_are_made_of_says_when_its_pickle_is_too_old():
    tables = {
        "residents": [{"area": "A", "settlement": "rural", "persons": 10, "hygienic_water": 9}],
        "establishments": [{"id": 1, "area": "A", "activity": "production", "meets_standards": None}],
        "waste": [{"area": "A", "stream": "medical", "generated": 9, "collected": 8, "treated_to_standard": 7}],
    }
    form = ei.Form(unit="tonne").of(tables["waste"])
    cells = ei.condense(soc_trang_2020, tables | {"waste": form}, by="area")
    card = ei.evaluate(soc_trang_2020, cells, year=2020)
    seen = {cls for name in ei.__all__ if inspect.isclass(cls := getattr(ei, name)) and attrs.has(cls)}
    for value in (cells, card, card["rural_water"], card.needed_reports("medical_waste")):
        reachable(value, seen)
    assert len(seen) > 30
    for cls in seen - {ei.FilledForm, ei.Files}:  # those stand for what is read, and are not kept
        with pytest.raises(ei.OldPickleError):
            object.__new__(cls).__setstate__({})


def test_a_card_and_cells_are_the_same_after_pickling():
    rows = [{"area": "A", "settlement": "rural", "persons": 10, "hygienic_water": 9}]
    cells = ei.condense(soc_trang_2020, {"residents": rows}, by="area")
    card = ei.evaluate(soc_trang_2020, cells, year=2020)
    assert pickle.loads(pickle.dumps(cells)) == copy.deepcopy(cells) == cells
    assert pickle.loads(pickle.dumps(card)) == copy.deepcopy(card) == card
    for mapping in (card.missing, card.order, card.causes, cells.tables, cells.forms):
        with pytest.raises(TypeError, match="cannot be changed"):
            mapping["x"] = ()


@pytest.mark.parametrize("part", PARTS, ids=lambda part: type(part).__name__)
def test_a_definition_is_the_same_after_pickling_and_copying(part):
    hash(part)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(part, protocol)) == part
    for other in (copy.copy(part), copy.deepcopy(part), attrs.evolve(part)):
        assert other == part
        assert hash(other) == hash(part)
        assert repr(other) == repr(part)


def test_what_is_computed_once_is_no_part_of_the_object():
    """Equality, hash and pickle are the same before and after it was asked."""
    for part in PARTS:
        fresh = pickle.loads(pickle.dumps(part))
        before = pickle.dumps(fresh)
        hash(fresh)
        for name in dir(type(fresh)):
            if not name.startswith("_"):
                getattr(fresh, name)
        assert fresh == part
        assert hash(fresh) == hash(part)
        assert pickle.dumps(fresh) == before


def test_a_hash_is_that_of_the_process_that_asks():
    """Strings hash otherwise in every process, so a hash that travelled along would not be found in a dict."""
    script = (
        "import pickle, sys; from envindicators.programmes import soc_trang_2020 as here\n"
        "there = pickle.loads(sys.stdin.buffer.read())\n"
        "things = lambda p: [p, *p.targets, *p.indicators, *p.tables.values(), *p.rules_of(p.tables['waste'])]\n"
        "assert [hash(x) for x in things(there)] == [hash(x) for x in things(here)]\n"
        "assert {here: 1}[there] == 1\n"
    )
    [hash(part) for part in PARTS]
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", script], input=pickle.dumps(soc_trang_2020), env={"PYTHONHASHSEED": seed, **_env()}
        )
        assert done.returncode == 0


def _env():
    return {name: value for name, value in os.environ.items() if name != "PYTHONHASHSEED"}


def test_threads_that_ask_at_once_get_the_same():
    fresh = pickle.loads(pickle.dumps(soc_trang_2020))
    answers, start = [], threading.Barrier(8)

    def ask():
        start.wait()
        answers.append((fresh.indicators, dict(fresh.tables), hash(fresh), fresh.targets[0].tables))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8
    assert all(answer == answers[0] for answer in answers)


def test_tables_of_a_programme_cannot_be_changed():
    with pytest.raises(TypeError):
        soc_trang_2020.tables["mine"] = soc_trang_2020.tables["waste"]


def test_computed_once_is_the_same_object():
    assert soc_trang_2020.indicators is soc_trang_2020.indicators
    assert soc_trang_2020.tables is soc_trang_2020.tables
    waste = soc_trang_2020.tables["waste"]
    assert waste.columns is waste.columns
    assert waste.domains is waste.domains
    assert isinstance(waste.domains, Domains)
    assert soc_trang_2020.rules_of(waste) is soc_trang_2020.rules_of(waste)
