"""Laws of `Cells`: condensing is a homomorphism, so order, partition and grouping cannot change a result."""

import functools
import pickle

import pytest
from engines import PLAIN, ways_by
from facts import AREAS, DEVICES, STREAMS, distinct, maybe
from forms import condense, evaluate
from hypothesis import given, settings
from hypothesis import strategies as st

import envindicators as ei
from envindicators.programmes import soc_trang_2020

pytestmark = pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning")

LAYOUT = {"establishments": "counts", "residents": "counts", "waste": "counts"}
OPTIONS = {"layout": LAYOUT, "totals": "keep"}


def _parts(draw, total, names, *, nested=False):
    top, parts = total, {}
    for name in names:
        parts[name] = draw(maybe(range(top + 1)))
        top = parts[name] if nested and parts[name] is not None else top
    return parts


@st.composite
def tables(draw, years=(2020,), flags=False):
    """Return rows of residents, waste and establishments; the last as counts, weighted records or records."""
    keys = {"area": st.sampled_from(AREAS), "year": st.sampled_from(years)}
    size = st.integers(1, 7)

    def key():
        return {name: draw(each) for name, each in keys.items()}

    residents, waste, works = [], [], []
    for _ in range(draw(size)):
        total = draw(st.integers(0, 30))
        row = key() | {"settlement": draw(maybe(("urban", "rural"))), "persons": total}
        residents.append(row | _parts(draw, total, ["hygienic_water"]))
    for _ in range(draw(size)):
        total = draw(st.integers(0, 30))
        row = key() | {"stream": draw(maybe(STREAMS)), "generated": total}
        row |= _parts(draw, total, ["collected", "treated_to_standard"], nested=True)
        if row["collected"] is not None and not draw(st.integers(0, 3)):
            row["generated"] = None
        waste.append(row)
    for number in range(draw(size)):
        total = draw(st.integers(0, 30))
        row = key() | {
            "activity": draw(maybe(("production", "business", "both", "other"))),
            "built": draw(maybe((2010, 2015, 2016, 2018))),
        }
        if flags == "records":
            works.append(row | {"id": number} | {name: draw(maybe((True, False))) for name in DEVICES})
        elif flags:
            works.append(row | {"establishments": total} | {name: draw(maybe((True, False))) for name in DEVICES})
        else:
            works.append(row | {"establishments": total} | _parts(draw, total, DEVICES))
    names = {False: ("area", "year", "activity", "built"), "records": ("id",)}
    return {
        "residents": distinct(residents, ("area", "year", "settlement")),
        "waste": distinct(waste, ("area", "year", "stream")),
        "establishments": distinct(works, names.get(flags, ("area", "year", "activity", "built", *DEVICES))),
    }


any_tables = st.sampled_from((False, "weighted", "records")).flatmap(
    lambda flags: st.tuples(st.just(flags), tables(flags=flags))
)


any_ways = ways_by(LAYOUT)


def options(flags):
    """Return the options that make every layout plain."""
    return {"layout": LAYOUT | {"establishments": flags or "counts"}, "totals": "keep"}


def columns(rows, names):
    """Return rows as a dict of lists, with its columns also where there are no rows."""
    return {name: [row[name] for row in rows] for name in names}


def held_as(way, rows, names, flags):
    """Return rows as a frame, held in a way."""
    kinds = dict.fromkeys(("area", "settlement", "stream", "activity", "region"), "text") | {"id": "code"}
    kinds |= dict.fromkeys(DEVICES, "bool" if flags else "int")
    return way(columns(rows, names), {name: kinds.get(name, "int") for name in names})


def condensed(given_tables, flags=False, by="area", held=None, **more):
    """Return the cells of tables given as rows, each held in a way."""
    held = held or {}
    frames = {key: held_as(held.get(key, PLAIN), rows, names, flags) for key, (rows, names) in given_tables.items()}
    return condense(soc_trang_2020, frames, by=by, **options(flags) | more)


def named(facts):
    """Return tables of rows, each with the names of its columns."""
    return {key: (rows, list(rows[0])) for key, rows in facts.items()}


@st.composite
def pieces_of(draw, facts, least=1, most=4):
    """Return the rows of tables dealt out to some pieces, which may be empty, and may lack a table."""
    count = draw(st.integers(least, most))
    pieces = [{} for _ in range(count)]
    for key, (rows, names) in named(facts).items():
        dealt = [draw(st.integers(0, count - 1)) for _ in rows]
        for number, piece in enumerate(pieces):
            mine = [row for row, to in zip(rows, dealt, strict=True) if to == number]
            if mine or draw(st.booleans()):
                piece[key] = mine, names
    for key, (_, names) in named(facts).items():
        if not any(key in piece for piece in pieces):
            pieces[0][key] = [], names
    return pieces


def card_of(cells):
    """Return the scorecard of cells."""
    return ei.evaluate(soc_trang_2020, cells, year=2020)


@settings(max_examples=50)
@given(any_tables, any_ways, st.data())
def test_the_order_of_rows_changes_nothing(drawn, held, data):
    """Shuffled rows are the same cells, and the same scorecard."""
    flags, facts = drawn
    shuffled = {key: data.draw(st.permutations(rows)) for key, rows in facts.items()}
    one, other = condensed(named(facts), flags), condensed(named(shuffled), flags, held=held)
    assert one == other
    assert card_of(one) == card_of(other)


@settings(max_examples=50)
@given(any_tables, st.data())
def test_the_partition_changes_nothing(drawn, data):
    """Rows dealt out to pieces in any way, condensed and added, are the cells of the whole."""
    flags, facts = drawn
    whole = condensed(named(facts), flags)
    pieces = [condensed(piece, flags, held=data.draw(any_ways)) for piece in data.draw(pieces_of(facts))]
    added = functools.reduce(ei.Cells.__add__, pieces, ei.Cells.empty(soc_trang_2020, by="area"))
    if set(added.tables) == set(whole.tables):
        assert added == whole
    assert card_of(added) == card_of(whole)
    frames = [card.to_frame(backend="rows") for card in (card_of(added), card_of(whole))]
    assert frames[0] == frames[1]


@settings(max_examples=40)
@given(any_tables, st.data())
def test_adding_is_associative_and_commutative(drawn, data):
    """(a + b) + c is a + (b + c), and a + b is b + a."""
    flags, facts = drawn
    a, b, c = (condensed(piece, flags, held=data.draw(any_ways)) for piece in data.draw(pieces_of(facts, 3, 3)))
    assert (a + b) + c == a + (b + c)
    assert a + b == b + a
    assert card_of((a + b) + c) == card_of(c + (b + a))


@settings(max_examples=40)
@given(any_tables, any_ways)
def test_nothing_is_neutral(drawn, held):
    """`Cells.empty` added on either side leaves cells as they are."""
    flags, facts = drawn
    cells, nothing = condensed(named(facts), flags), ei.Cells.empty(soc_trang_2020, by="area")
    assert cells + nothing == cells
    assert nothing + cells == cells
    assert nothing + nothing == nothing
    empty = condensed({key: ([], names) for key, (_, names) in named(facts).items()}, flags, held=held)
    assert cells + empty == cells
    assert empty + cells == cells


@settings(max_examples=50)
@given(any_tables, any_ways)
def test_cells_and_cards_can_be_pickled(drawn, held):
    """What comes back is equal, and adds and evaluates as before."""
    flags, facts = drawn
    cells = condensed(named(facts), flags, held=held)
    again = pickle.loads(pickle.dumps(cells))
    assert again == cells
    assert again + ei.Cells.empty(soc_trang_2020, by="area") == cells
    card = card_of(cells)
    assert card_of(again) == card
    assert pickle.loads(pickle.dumps(card)) == card


@settings(max_examples=40)
@given(any_tables)
def test_the_whole_is_the_same_with_every_by(drawn):
    """By area, by year, by both, by another key column or not at all: one whole."""
    flags, facts = drawn
    regions = dict(zip(AREAS, ("north", "north", "south"), strict=True))
    facts = {key: [row | {"region": regions[row["area"]]} for row in rows] for key, rows in facts.items()}
    cards = [
        evaluate(
            soc_trang_2020, {k: columns(r, list(r[0])) for k, r in facts.items()}, year=2020, by=by, **options(flags)
        )
        for by in (None, "area", "year", ["area", "year"], ["region"], ["region", "area"])
    ]
    for target in cards[0].programme.targets:
        for reading in target.readings:
            wholes = [card[target.key].under(reading.key) for card in cards]
            for other in wholes[1:]:
                assert other.judgements == wholes[0].judgements


@settings(max_examples=40)
@given(tables())
def test_condensed_by_any_key_the_groups_add_up_to_the_whole(facts):
    """The tallies of the groups that reported add up to the tally of the whole."""
    card = evaluate(
        soc_trang_2020,
        {key: columns(rows, list(rows[0])) for key, rows in facts.items()},
        year=2020,
        by="area",
        **OPTIONS,
    )
    for target in card.programme.targets:
        for place, judgement in enumerate(card[target.key].judgements):
            groups = [card[target.key, area].judgements[place].tally for area in card.groups]
            if judgement.cause is None:
                assert sum(groups[1:], groups[0]) == judgement.tally


@settings(max_examples=40)
@given(tables(years=(2019, 2020)))
def test_years_stand_side_by_side(facts):
    """With year in ``by`` each year is what it is alone; cells of all years give the card of any."""
    frames = {key: columns(rows, list(rows[0])) for key, rows in facts.items()}
    cells = condense(soc_trang_2020, frames, by=["year", "area"], **OPTIONS)
    together = ei.evaluate(soc_trang_2020, cells)
    plain = condense(soc_trang_2020, frames, by="area", **OPTIONS)
    for year in together.years:
        try:
            alone = ei.evaluate(soc_trang_2020, plain, year=year)
        except ei.InvalidTable as error:
            assert {problem.kind for problem in error.problems} == {"year_not_held"}  # noqa: PT017
            continue
        card = together.of_year(year)
        for target in card.programme.targets:
            assert card[target.key].judgements == alone[target.key].judgements
            for area in alone.groups:
                assert card[target.key, (year, area)].judgements == alone[target.key, area].judgements


# The layout of a piece, where it does not show


def _rows(*values, area="A"):
    return {
        "area": [area] * len(values),
        "stream": [each[0] for each in values],
        "generated": [each[1] for each in values],
        "collected": [each[2] for each in values],
        "treated_to_standard": [each[3] for each in values],
    }


def test_where_every_part_is_missing_the_layout_does_not_matter():
    """Rows of which no part is known are the same cells as counts, as weighted records and as themselves."""
    waste = _rows(("rural", 5, None, None), ("medical", 7, None, None))
    works = {"area": ["A", "A"], "activity": ["both", "other"], "built": [2016, None], "establishments": [3, 4]}
    blank = works | {name: [None, None] for name in DEVICES}
    for tables_, key in (
        ({"waste": waste}, "waste"),
        ({"establishments": works}, "establishments"),
        ({"establishments": blank}, "establishments"),
    ):
        plain = ei.condense(soc_trang_2020, tables_, by="area")
        for layout in ("weighted", "counts"):
            said = condense(soc_trang_2020, tables_, by="area", layout={key: layout})
            assert said.tables == plain.tables, (key, layout)


@pytest.mark.parametrize("table", ["waste", "establishments"])
def test_a_piece_of_which_no_part_is_known_adds_up_with_the_rest(table):
    """Split so that a piece of counts holds blanks only, the cells are still those of the whole."""
    if table == "waste":
        rows = [
            {"area": "A", "stream": "rural", "generated": 9, "collected": 8, "treated_to_standard": 7},
            {"area": "A", "stream": "medical", "generated": 5, "collected": None, "treated_to_standard": None},
        ]
    else:
        rows = [
            {"area": "A", "activity": "both", "built": 2016, "establishments": 9} | dict.fromkeys(DEVICES, 7),
            {"area": "A", "activity": "both", "built": 2017, "establishments": 5} | dict.fromkeys(DEVICES),
        ]
    whole = ei.condense(soc_trang_2020, {table: rows}, by="area")
    first, second = (ei.condense(soc_trang_2020, {table: [row]}, by="area") for row in rows)
    assert first + second == whole
    assert second + first == whole
    assert card_of(first + second) == card_of(whole)


@pytest.mark.parametrize("swapped", [False, True])
def test_a_column_that_came_in_one_piece_came(swapped):
    """Where one piece has a part column and another has not, that part is missing in the other's rows only."""
    with_flag = {"area": ["A"], "settlement": ["rural"], "persons": [5], "hygienic_water": [4]}
    without = {"area": ["B"], "settlement": ["rural"], "persons": [800]}
    pieces = [ei.condense(soc_trang_2020, {"residents": each}, by="area") for each in (with_flag, without)]
    card = card_of(pieces[swapped] + pieces[not swapped])
    assert card["rural_water"].tally == ei.Tally(4, 1, 800)
    assert card["rural_water"].reason == "unknown_values"
    assert not card.missing.get("residents")


# What came twice


@pytest.mark.parametrize("by", [None, "area", ["area", "year"]])
@pytest.mark.parametrize("flags", [False, True])
def test_the_same_file_twice_is_refused(by, flags):
    """Counts and weighted records remember their keys: the same rows never count twice."""
    rows = {
        "area": ["A", "B"],
        "year": [2020, 2020],
        "settlement": ["rural"] * 2,
        "persons": [5, 8],
        "hygienic_water": [True, False] if flags else [4, 8],
    }
    cells = ei.condense(soc_trang_2020, {"residents": rows}, by=by)
    again = ei.condense(soc_trang_2020, {"residents": rows}, by=by)
    with pytest.raises(ei.InvalidTable):
        cells + again
    with pytest.raises(ei.InvalidTable):
        cells + cells


def test_one_row_twice_is_refused_though_the_files_differ():
    """A correction added to what it corrects has the same key, and is refused with the key named."""
    first = {"area": ["A", "B"], "settlement": ["rural"] * 2, "persons": [5, 8], "hygienic_water": [4, 8]}
    second = {"area": ["C", "B"], "settlement": ["rural"] * 2, "persons": [5, 9], "hygienic_water": [4, 8]}
    one, other = (ei.condense(soc_trang_2020, {"residents": each}, by="area") for each in (first, second))
    with pytest.raises(ei.InvalidTable, match="B"):
        one + other


def test_a_blank_row_and_a_row_of_counts_of_one_key_are_one_row_twice():
    """In one frame it is a duplicate, so it is one across pieces."""
    rows = [
        {"area": "A", "settlement": "rural", "persons": 5, "hygienic_water": 4},
        {"area": "A", "settlement": "rural", "persons": 6, "hygienic_water": None},
    ]
    with pytest.raises(ei.InvalidTable):
        ei.condense(soc_trang_2020, {"residents": rows}, by="area")
    first, second = (ei.condense(soc_trang_2020, {"residents": [row]}, by="area") for row in rows)
    with pytest.raises(ei.InvalidTable):
        first + second


def test_a_missing_category_is_a_value_of_the_key():
    """Two rows of one area whose category is missing have one key, in one frame and across pieces."""
    row = {"area": ["A"], "settlement": [None], "persons": [5], "hygienic_water": [4]}
    cells = ei.condense(soc_trang_2020, {"residents": row}, by="area")
    with pytest.raises(ei.InvalidTable):
        cells + cells


def test_a_year_more_is_no_duplicate():
    """The same rows of another year are other rows."""
    row = {"area": ["A"], "settlement": ["rural"], "persons": [5], "hygienic_water": [4]}
    one, other = (ei.condense(soc_trang_2020, {"residents": row}, by="area", year=year) for year in (2019, 2020))
    both = one + other
    assert both.years == (2019, 2020)
    assert ei.evaluate(soc_trang_2020, both, year=2020)["rural_water"].tally == ei.Tally(4, 1)
    with pytest.raises(ei.InvalidTable, match="2019, 2020"):
        ei.evaluate(soc_trang_2020, both)


# What does not add


def test_cells_add_only_where_all_that_was_said_is_the_same():
    """Another programme's, another ``by``, other units or layouts are refused with both named."""
    waste = {"waste": _rows(("rural", 9, 8, 7))}
    kilograms = ei.condense(soc_trang_2020, waste, by="area")
    tonnes = condense(soc_trang_2020, {"waste": _rows(("medical", 9, 8, 7))}, by="area", units={"waste": "tonne"})
    with pytest.raises(ValueError, match="their forms"):
        kilograms + tonnes
    with pytest.raises(ValueError, match="by"):
        kilograms + ei.condense(soc_trang_2020, {"waste": _rows(("medical", 9, 8, 7))})
    with pytest.raises(ValueError, match="by"):
        kilograms + ei.Cells.empty(soc_trang_2020)
    with pytest.raises(ValueError, match="their forms"):
        kilograms + condense(soc_trang_2020, waste, by="area", layout={"waste": "counts"})


def test_what_was_said_of_cells_is_not_given_again():
    """`evaluate` of cells takes a year and what is expected, and nothing that condensing has settled."""
    cells = ei.condense(soc_trang_2020, {"waste": _rows(("rural", 9, 8, 7))}, by="area")
    with pytest.raises(ValueError, match="by="):
        ei.evaluate(soc_trang_2020, cells, year=2020, by="area")


def test_the_sum_of_pieces_is_held_to_64_bits_too():
    """What is refused in one frame is refused across pieces."""
    huge = 2**62
    rows = [{"area": area, "settlement": "rural", "persons": huge, "hygienic_water": huge} for area in ("A", "B")]
    with pytest.raises(ei.InvalidTable):
        ei.condense(soc_trang_2020, {"residents": rows}, by="area")
    first, second = (ei.condense(soc_trang_2020, {"residents": [row]}, by="area") for row in rows)
    with pytest.raises(ei.InvalidTable):
        first + second
