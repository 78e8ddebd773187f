"""Scorecards for the tests of reports: the example's, and random ones of a small programme."""

from __future__ import annotations

import datetime
import functools
import warnings

from forms import evaluate
from hypothesis import strategies as st
from strategies import directions, shares

import envindicators as ei
from envindicators.errors import CoverageWarning
from envindicators.programmes import soc_trang_2020

NAMES = ("Mỹ Tú", "Kế Sách", "<script>alert('x')</script>", '"quoted" & co', "水水水", "a\x1b[31m\u202eb")

PEOPLE = ei.Table(
    "people",
    ei.Unit("person", ei.Text(vi="người", en="people"), one=ei.Text(vi="người", en="person")),
    total="persons",
    parts=["water"],
    categories={"settlement": ["urban", "rural"]},
)
DOCUMENT = ei.Document(
    "1/<b>",
    ei.Text(vi="về <i>nước</i>", en="on <i>water</i>"),
    ei.Text(vi="Nghị quyết", en="Resolution"),
    ei.Text(vi="Tỉnh", en="Province"),
    datetime.date(2020, 1, 2),
)


def evaluated(*args, **options):
    """Evaluate without the warning that an area is missing in a table."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CoverageWarning)
        return evaluate(*args, **options)


@functools.cache
def example(lang="vi", by=("area",), year=2020, readings=()):
    """Return the card of the example."""
    return evaluated(
        soc_trang_2020, ei.examples.soc_trang(), year=year, by=list(by) or None, lang=lang, readings=dict(readings)
    )


def programme(threshold, deadline=2020):
    """Return a programme with one target of two readings: the urban, and everyone."""
    urban = ei.Share("urban", ei.Text(vi="dân <đô thị>", en="urban <people>"), table=PEOPLE,
                         among=ei.one_of("settlement", "urban"), where=ei.flag("water"))  # fmt: skip
    everyone = ei.Share("all", ei.Text(vi="mọi người", en="everyone"), table=PEOPLE, where=ei.flag("water"))
    readings = [
        ei.Reading("urban", ei.Requirement(urban, threshold), name=ei.Text(vi="đô <thị>", en="urban <only>")),
        ei.Reading("all", ei.Requirement(everyone, threshold), name=ei.Text(vi="mọi & người", en="every & one")),
    ]
    clause = ei.Clause(DOCUMENT, "I.1", "một <câu>", "a <sentence>")
    return ei.Programme(
        "p", ei.Text(vi="Nước <sạch>", en="Water <x>"), DOCUMENT, [ei.Target("water", clause, deadline, readings)]
    )


@st.composite
def _rows(draw, names):
    keys = [(name, settlement) for name in names for settlement in ("urban", "rural", None)]
    rows = []
    for area, settlement in draw(st.lists(st.sampled_from(keys), min_size=1, unique=True)):
        persons = draw(st.one_of(st.integers(0, 6), st.integers(0, 10**7)))
        water = draw(st.one_of(st.none(), st.just(persons), st.integers(0, persons)))
        unsized = water is not None and draw(st.integers(0, 9)) == 0
        rows.append({"area": area, "settlement": settlement, "persons": None if unsized else persons, "water": water})
    return rows


@st.composite
def random_cards(draw, names=NAMES):
    """Return a card of the small programme on random counts, against a random threshold."""
    threshold = ei.Threshold(draw(directions), draw(shares))
    year = draw(st.sampled_from((2019, 2020)))
    rows = draw(_rows(names))
    expected = [*{row["area"]: None for row in rows}, *draw(st.sampled_from(((), ("Silent",))))]
    by = draw(st.sampled_from(("area", None)))
    return evaluated(
        programme(threshold),
        {"people": rows},
        year=year,
        by=by,
        totals="keep",
        layout={"people": "counts"},
        expected=expected,
        lang=draw(st.sampled_from(("vi", "en"))),
    )
