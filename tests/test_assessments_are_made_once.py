"""What a card says of the whole is worked out once, however often it is asked."""

import pickle

import pytest

import envindicators as ei
from envindicators.definitions import programme
from envindicators.programmes import soc_trang_2020

pytestmark = pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning")


@pytest.fixture
def card():
    return ei.evaluate(soc_trang_2020, ei.examples.soc_trang(), year=2020, by="area")


def test_a_card_and_its_assessments_work_out_nothing_twice(card, monkeypatch):
    combined = []
    combine = programme.combine
    monkeypatch.setattr(programme, "combine", lambda sets: combined.append(sets) or combine(sets))

    def read():
        return [(each.verdict, each.met, each.exceeded, each.reason, each.contested) for each in card], card.counts

    first, calls = read(), len(combined)
    assert calls
    assert (read(), len(combined)) == (first, calls)
    assert card["urban_waste"] is card["urban_waste"]


def test_what_a_card_keeps_is_no_part_of_it(card):
    other = pickle.loads(pickle.dumps(card))
    assert card["urban_waste"].contested is True
    assert card == other
    assert pickle.loads(pickle.dumps(card)) == card
    assert pickle.loads(pickle.dumps(card["urban_waste"])) == other["urban_waste"]
    assert card.with_lang("vi")["urban_waste"] == card["urban_waste"]


def test_targets_of_a_frame_are_a_list(card):
    with pytest.raises(TypeError, match="targets is 3; expected a list of keys"):
        card.to_frame(targets=3)
