"""Messages are as short as a reader reads, whatever was given; what they are about and the hint stay."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import envindicators as ei
from envindicators.errors import LONGEST
from envindicators.programmes import soc_trang_2020
from envindicators.words.message import listed
from envindicators.words.shortening import MOST_NAMES, kept, shown

HUGE = "x" * 100_000
ROW = {"area": "a", "settlement": "rural", "persons": 1, "hygienic_water": 1}
COLUMNS = {f"c{place:03}": [1] for place in range(113)}
CARD = ei.evaluate(soc_trang_2020, {"residents": [ROW]}, year=2020, by="area")

DATA = {
    "a table of 113 columns that the programme has not": ({"waist": COLUMNS}, {}),
    "a table of 113 other columns": ({"residents": COLUMNS}, {}),
    "CSV text": ({"residents": "a,b\n" * 750_000}, {}),
    "bytes": ({"residents": b"a,b\n" * 750_000}, {}),
    "long values": ({"residents": [ROW | {"settlement": HUGE}]}, {}),
    "long numbers": ({"residents": [ROW | {"persons": "9" * 100_000}]}, {}),
    "a number of many digits": ({"residents": [ROW | {"persons": 10**9999}]}, {}),
    "long names of areas": ({"residents": [ROW | {"area": HUGE, "persons": -1}] * 2}, {}),
    "a list of a million": ({"residents": [ROW, list(range(1_000_000))]}, {}),
    "a dict of many lists": ({"residents": {f"c{place}": [1] * place for place in range(9_999)}}, {}),
    "a long name in by": ({"residents": [ROW]}, {"by": HUGE}),
    "a long unit": ({"residents": ei.Form(unit=HUGE).of([ROW])}, {}),
    "a long name of a table": ({HUGE: [ROW]}, {}),
    "a long column": ({"residents": [ROW | {HUGE: 1}]}, {}),
    "many years": ({"residents": [ROW | {"year": year} for year in range(1900, 2100)]}, {"year": None}),
    "a year among many": ({"residents": [ROW | {"year": year} for year in range(1900, 2099)]}, {"year": 2100}),
    "a long area expected": ({"residents": [ROW]}, {"expected": [HUGE]}),
    "a long table expected": ({"residents": [ROW]}, {"expected": {HUGE: ["a"]}}),
}


@pytest.mark.parametrize("name", DATA)
def test_a_problem_is_short_and_keeps_little(name):
    tables, options = DATA[name]
    problems = ei.check(soc_trang_2020, tables, **({"year": 2020} | options))
    assert problems
    for problem in problems:
        assert len(problem.in_("en")) <= LONGEST, problem.in_("en")[:2000]
        assert len(problem.in_("vi")) <= LONGEST
        assert sys.getsizeof(problem.value) <= 10_000


RAISED = {
    "lang": lambda: ei.evaluate(soc_trang_2020, {}, lang=HUGE),
    "programme": lambda: ei.evaluate(HUGE, {}),
    "readings": lambda: ei.evaluate(soc_trang_2020, {}, readings=HUGE),
    "reading": lambda: ei.evaluate(soc_trang_2020, {}, readings={"rural_water": HUGE}),
    "year": lambda: ei.evaluate(soc_trang_2020, {}, year=HUGE),
    "target": lambda: soc_trang_2020.target(HUGE),
    "group": lambda: CARD["rural_water", HUGE],
    "threshold": lambda: ei.at_least(HUGE),
    "percentage": lambda: ei.Tally.from_percent("9" * 100_000, of=3),
    "tally": lambda: ei.Tally(HUGE),
    "rate": lambda: ei.Rate(0, HUGE),
    "text": lambda: ei.Text(vi=[HUGE], en=""),
    "value": lambda: ei.one_of("a", [HUGE] * 1000),
    "column": lambda: ei.Share("s", "s", table=soc_trang_2020.tables["waste"], where=ei.flag(HUGE)),
    "layout": lambda: ei.Form(layout=HUGE),
}


@pytest.mark.parametrize("what", RAISED)
def test_an_error_is_short(what):
    with pytest.raises(ei.EnvIndicatorsError) as caught:
        RAISED[what]()
    assert len(str(caught.value)) <= LONGEST
    assert all(len(str(arg)) <= LONGEST for arg in caught.value.args)


def test_what_a_long_message_begins_and_ends_with_stays():
    error = ei.DefinitionError(f"reading 'a': {HUGE}; did you mean 'b'?")
    assert str(error).startswith("reading 'a': xxx")
    assert str(error).endswith("xxx; did you mean 'b'?")


def test_names_are_capped_with_how_many_more_there_are():
    names = [f"c{place}" for place in range(MOST_NAMES + 93)]
    assert listed(names) == f"{', '.join(names[:MOST_NAMES])} and 93 more"
    assert listed(names, "vi") == f"{', '.join(names[:MOST_NAMES])} và 93 tên khác"
    assert listed(names[:MOST_NAMES]) == ", ".join(names[:MOST_NAMES])


plain_values = st.one_of(st.none(), st.booleans(), st.integers(-(2**64), 2**64), st.floats(), st.text(max_size=60))


@given(plain_values)
def test_short_values_are_shown_and_kept_as_they_are(value):
    assert shown(value) == repr(value)
    assert kept(value) is value or kept(value) == value


@given(
    st.recursive(
        plain_values | st.text(min_size=500) | st.binary(min_size=500),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_value_is_shown_shortly_whether_kept_or_not(value):
    assert len(shown(value)) <= 480
    assert len(shown(kept(value))) <= 480


@pytest.mark.parametrize("text", ["a,b\n" * 750_000, "x" * 300, "a\0b"])
def test_text_that_is_no_name_of_a_file_is_refused_shortly(text):
    with pytest.raises(FileNotFoundError, match="no file matches") as refused:
        ei.scan(text)
    assert len(str(refused.value)) <= LONGEST
