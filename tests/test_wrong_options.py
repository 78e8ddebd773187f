"""Options and keys that are none are answered with those that are."""

from __future__ import annotations

from typing import Any

import pytest
from refusals import evaluated
from small_tables import RESIDENTS


def test_an_unknown_language_is_refused():
    """lang= is "vi" or "en"."""
    with pytest.raises(ValueError, match="'en', 'vi'"):
        evaluated({"residents": RESIDENTS}, lang="fr")
    with pytest.raises(ValueError, match="'en', 'vi'"):
        evaluated({"residents": RESIDENTS}).with_lang("fr")


@pytest.mark.parametrize(
    ("readings", "error", "words"),
    [
        ({"rural_waters": "persons"}, KeyError, "rural_water"),
        ({"new_facilities": "one_kinds"}, KeyError, "one_kind"),
        ({"rural_water": "households"}, ValueError, "proxy"),
        ({"urban_waste": "of_collected"}, ValueError, "statistic"),
    ],
)
def test_readings_put_first_are_text_readings_of_the_target(readings: Any, error: type[Exception], words: str):
    """readings= takes known targets and text readings of them."""
    with pytest.raises(error, match=words):
        evaluated({"residents": RESIDENTS}, readings=readings)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("rural_waters", "rural_water"),
        (("rural_water", "Mỹ Tu"), "did you mean 'Mỹ Tú'"),
        (("rural_water", "nowhere"), "nowhere"),
        (("rural_waters", "Mỹ Tú"), "rural_water"),
        (("rural_water", "Mỹ Tú", 2020), "card"),
    ],
)
def test_unknown_targets_and_groups_are_answered_with_the_nearest(key: Any, words: str):
    """A key that the card has not raises a KeyError that names the nearest."""
    card = evaluated({"residents": RESIDENTS}, by="area")
    with pytest.raises(KeyError, match=words):
        card[key]


def test_an_unknown_reading_is_answered_with_the_readings():
    """A reading that the target has not raises a KeyError."""
    with pytest.raises(KeyError, match="household"):
        evaluated({"residents": RESIDENTS})["rural_water"].under("household")


@pytest.mark.parametrize("backend", ["spark", "", "Pandas", 5])
def test_an_unknown_backend_is_refused(backend: Any):
    """to_frame knows pandas, polars, pyarrow and rows."""
    with pytest.raises(ValueError, match="'pandas', 'polars', 'pyarrow'"):
        evaluated({"residents": RESIDENTS}, by="area").to_frame(backend=backend)
