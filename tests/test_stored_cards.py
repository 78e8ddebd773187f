"""Scorecards as JSON: nothing is lost on the way, and what is none is refused."""

from __future__ import annotations

import contextlib
import copy
import datetime
import json

import pytest
from cards import random_cards
from hypothesis import given
from hypothesis import strategies as st
from test_area_shares import CRITERION
from test_area_shares import card_of as card_of_areas
from test_changes import EMISSIONS, PER_HEAD, SHARE, judged
from test_paths import PATH
from test_paths import card_of as card_of_path

import envindicators as ei
from envindicators.programmes import soc_trang_2020

pytestmark = pytest.mark.filterwarnings("ignore::envindicators.CoverageWarning")


def assert_same(card):
    """Hold a card that was stored and read to being the same in all that it says."""
    back = ei.Scorecard.from_json(card.to_json())
    assert back == card
    assert (back.lang, back.backend, back.given) == (card.lang, card.backend, card.given)
    assert [str(problem) for problem in back.problems] == [str(problem) for problem in card.problems]
    for lang in ("en", "vi"):
        assert back.with_lang(lang).to_text(80) == card.with_lang(lang).to_text(80)
        assert [each.in_(lang) for each in back.problems] == [each.in_(lang) for each in card.problems]
    assert back.to_frame(backend="rows") == card.to_frame(backend="rows")
    assert back.to_json() == card.to_json()


@given(random_cards())
def test_random_cards_come_back_as_they_were(card):
    assert_same(card)


@pytest.mark.parametrize("by", [None, "area", ["area", "year"]])
def test_the_example_comes_back_as_it_was(by):
    options = {"expected": ["Kế Sách", "Mỹ Tú", "đảo"], "readings": {"new_facilities": "one_kind"}, "lang": "vi"}
    year = None if by and "year" in by else 2020
    assert_same(ei.evaluate(soc_trang_2020, ei.examples.soc_trang(), year=year, by=by, **options))


@pytest.mark.parametrize(
    "card",
    [
        judged(EMISSIONS.since(2020).at_most("-30%")),
        judged(PER_HEAD.since(ei.published("0.50 tonne/person", year=2019)).at_most("-50%")),
        judged(SHARE.since(2020).points.at_least("+2 points")),
        judged(EMISSIONS.less(EMISSIONS.up_to("5 tonne")).at_most("3 tonne")),
        card_of_areas(CRITERION.every("area"), [[{"homes": 2, "clean": None, "kind": "lived_in"}]]),
        card_of_path(PATH, by=["area", "year"]),
    ],
    ids=["growth", "published", "points", "net", "areas", "path"],
)
def test_every_kind_comes_back_as_it_was(card):
    assert_same(card)


@pytest.mark.parametrize("keys", [[1, 2], [True, False], [datetime.date(2020, 1, 1), datetime.date(2021, 1, 1)]])
def test_keys_keep_their_kind(keys):
    rows = [{"area": key, "settlement": "rural", "persons": 2**62, "hygienic_water": 9} for key in keys]
    card = ei.evaluate(soc_trang_2020, {"residents": rows[:1]}, year=2020, by="area", expected=keys)
    assert ei.Scorecard.from_json(card.to_json()).groups == card.groups
    assert_same(card)


TEXT = ei.evaluate(
    soc_trang_2020, {"residents": [{"settlement": "rural", "persons": 10, "hygienic_water": None}]}, year=2020
).to_json()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no scorecard"),
        ("{", "no scorecard"),
        ("[]", "no state"),
        ("{}", "no state"),
        ("[" * 100_000, "no scorecard"),
        (None, "no scorecard"),
        (TEXT.replace('"format": 1', '"format": 2', 1), "format 2, written by envindicators"),
        (TEXT.replace('"$": "Tallies"', '"$": "Popen"'), "nothing is of the kind 'Popen'"),
        (TEXT.replace('"dtype": "int64"', '"dtype": "datetime64[ns]"'), "datetime64"),
        (TEXT.replace('"key": "soc_trang_2020"', '"key": 3'), "programme"),
    ],
)
def test_what_is_no_scorecard_is_refused(text, said):
    with pytest.raises(ei.UnreadableScorecard, match=said):
        ei.Scorecard.from_json(text)


@given(st.data())
def test_no_text_raises_anything_but_that_it_is_no_scorecard(data):
    """Any place of what a card is made of may hold anything at all."""
    broken = copy.deepcopy(json.loads(TEXT))
    place = broken["state"]
    del place["programme"]["duties"]
    while True:
        steps = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not steps:
            break
        step = data.draw(st.sampled_from(steps))
        if isinstance(place[step], dict | list) and data.draw(st.booleans()):
            place = place[step]
            continue
        place[step] = data.draw(st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.just([]))
        break
    with contextlib.suppress(ei.UnreadableScorecard):
        ei.Scorecard.from_json(json.dumps(broken))
