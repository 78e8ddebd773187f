"""The programme keeps the laws of every programme, and is found where it is installed."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points

from an_binh_water import an_binh_2030
from hypothesis import HealthCheck, given, settings

import envindicators as ei
from envindicators import testing

few = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@few
@given(testing.inputs(an_binh_2030))
def test_bounds_are_sharp(tables):
    testing.assert_bounds_sharp(an_binh_2030, tables, year=2020)


@few
@given(testing.inputs(an_binh_2030))
def test_parts_add_up(tables):
    testing.assert_adds_up(an_binh_2030, tables, year=2020)


@few
@given(testing.inputs(an_binh_2030), testing.ways())
def test_engines_agree(tables, way):
    testing.assert_engines_agree(an_binh_2030, tables, ways=[way], year=2020, by="area")


@few
@given(testing.inputs(an_binh_2030))
def test_files_and_cards_come_back_as_they_were(tables):
    testing.assert_round_trips(an_binh_2030, tables, year=2020, by="area")


def test_every_text_stands_in_three_languages():
    texts = [an_binh_2030.name, an_binh_2030.document.title]
    texts += [indicator.name for indicator in an_binh_2030.indicators]
    texts += [table.name for table in an_binh_2030.tables.values()]
    assert all(set(text.words) == {"vi", "en", "fr"} for text in texts)
    quoted = [target.clause for target in an_binh_2030.targets]
    assert all(set(clause.translation.words) >= {"en", "fr"} for clause in quoted)


def test_the_installed_package_says_that_it_has_a_programme():
    (found,) = entry_points(group="envindicators.programmes", name="an_binh_2030")
    assert found.load() is an_binh_2030


def test_the_command_line_finds_it():
    command = [sys.executable, "-m", "envindicators", "--programme", "an_binh_2030", "columns"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "clean_water" in done.stdout


def test_a_card_of_it():
    rows = [
        {"area": "A", "region": "delta", "households": 410, "clean_water": 402},
        {"area": "B", "region": "upland", "households": 355, "clean_water": 340},
    ]
    card = ei.evaluate(an_binh_2030, {"households": rows}, year=2030, by="area")
    assert card["clean_water"].verdict is ei.Verdict.MET
    assert card["clean_water"].under("upland").verdict is ei.Verdict.MET
    assert card["recycling"].reason == "no_table"
