"""Laws of rules: fates by filling in what is missing, and bounds where only margins are known."""

import itertools
import operator
import pickle

import numpy as np
import oracle
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from strategies import (
    PARTS,
    VALUES,
    YEARS,
    built,
    domains,
    flags,
    knowledge,
    leaves,
    rules,
    rules_over,
    rules_without_repetition,
)

from envindicators.definitions.rule import Domains, Rule, all_units, between, fate, flag, one_of
from envindicators.errors import DefinitionError

COLLECTED, TREATED = ("flag", "collected"), ("flag", "treated")
A, B, C = flag("a"), flag("b"), flag("c")


def _fate(among, where, known, *, nested=False):
    return fate(built(among), built(where), known, domains(nested=nested))


# Fates


@settings(max_examples=150)
@given(rules, rules, knowledge, st.booleans())
@example(("everyone",), ("or", COLLECTED, ("not", COLLECTED)), {}, False)
@example(("everyone",), ("between", "built", 1900, 2100), {}, False)
@example(("between", "built", None, 2014), ("between", "built", 2015, None), {}, False)
@example(("everyone",), ("between", "built", 2100, None), {"built": 2100}, False)
def test_fates_are_those_of_all_consistent_fill_ins(among, where, known, nested):
    """A fate is exactly the outcomes found by writing out every value of every column of the table.

    Where nested parts contradict each other that neither rule looks at, the data is refused elsewhere.
    """
    looks_at_parts = {*built(among).columns, *built(where).columns} & {*PARTS}
    contradicts = oracle.fates(("everyone",), ("everyone",), {**known, "built": 2000}, VALUES, PARTS) == set()
    assume(looks_at_parts or not nested or not contradicts)
    assert _fate(among, where, known, nested=nested) == oracle.fates(
        among, where, known, VALUES, PARTS if nested else ()
    )


@settings(max_examples=150)
@given(rules, rules, knowledge)
def test_fates_are_never_wider_than_three_valued_logic(among, where, known):
    """Kleene's logic is safe: every outcome of a fate is open to it too."""
    assert _fate(among, where, known) <= oracle.kleene_fates(among, where, known)


@pytest.mark.parametrize(
    ("among", "where", "known", "nested", "expected"),
    [
        (("everyone",), ("or", COLLECTED, ("not", COLLECTED)), {}, False, {"satisfied"}),
        (("everyone",), ("and", COLLECTED, ("not", COLLECTED)), {}, False, {"failed"}),
        (COLLECTED, COLLECTED, {}, False, {"out", "satisfied"}),
        (COLLECTED, ("not", COLLECTED), {}, False, {"out", "failed"}),
        (COLLECTED, TREATED, {"treated": True}, True, {"satisfied"}),
        (TREATED, COLLECTED, {}, True, {"out", "satisfied"}),
        (("everyone",), ("one_of", "stream", ("urban", "rural", "other")), {}, False, {"satisfied"}),
        (("one_of", "kind", ("zone", "cluster")), COLLECTED, {}, False, {"satisfied", "failed"}),
        (
            ("one_of", "stream", ("urban",)),
            ("one_of", "stream", ("rural", "other")),
            {},
            False,
            {"out", "failed"},
        ),
        (
            ("everyone",),
            ("or", ("between", "built", None, 2014), ("between", "built", 2015, None)),
            {},
            False,
            {"satisfied"},
        ),
        (("between", "built", 2016, 2020), ("between", "built", 2015, 2020), {}, False, {"out", "satisfied"}),
    ],
)
def test_fates_are_sharp_where_three_valued_logic_is_not(among, where, known, nested, expected):
    """A column that occurs twice has one value, categories are exhaustive, nested parts keep their order."""
    assert _fate(among, where, known, nested=nested) == expected
    assert oracle.kleene_fates(among, where, known) > expected


@settings(max_examples=150)
@given(rules, rules, knowledge, st.booleans(), st.data())
def test_learning_a_value_only_narrows_a_fate(among, where, known, nested, data):
    """Filling in one more column leaves a part of the outcomes; and all its values together leave all of them."""
    missing = [column for column in VALUES if known.get(column) is None and column != "built"]
    assume(missing)
    column = data.draw(st.sampled_from(missing))
    before = _fate(among, where, known, nested=nested)
    after = [_fate(among, where, {**known, column: value}, nested=nested) for value in VALUES[column]]
    assert frozenset().union(*after) == before
    assert all(found <= before for found in after)


@given(rules, rules, st.fixed_dictionaries({column: st.sampled_from(VALUES[column]) for column in VALUES}))
def test_what_is_known_throughout_has_one_outcome(among, where, unit):
    """With nothing missing there is nothing to fill in: one outcome, the one of the rules as they hold."""
    assert _fate(among, where, unit) == {oracle.outcome(among, where, unit)}
    assert built(among).holds(unit) is oracle.truth(among, unit)


@pytest.mark.parametrize("missing", [{}, {"collected": None}])
def test_absence_and_none_are_the_same_missing_value(missing):
    """A column that did not come and one that is empty leave the same open."""
    assert _fate(COLLECTED, TREATED, {"treated": False, **missing}) == {"out", "failed"}


def test_a_contradiction_between_nested_parts_leaves_no_outcome():
    """Treated but not collected cannot be: nothing is consistent with it, by the rules' own columns or beside them."""
    known = {"treated": True, "collected": False}
    assert _fate(("everyone",), TREATED, known, nested=True) == frozenset()
    assert _fate(("everyone",), COLLECTED, known, nested=True) == frozenset()
    assert _fate(("everyone",), TREATED, known) == {"satisfied"}


@given(rules, rules)
def test_a_year_between_the_ends_named_is_as_good_as_any(among, where):
    """Years that the rules do not tell apart share their fate: enumerating all 201 years finds no other outcome."""
    found = frozenset().union(*(_fate(among, where, {"built": year}) for year in YEARS))
    assert _fate(among, where, {}) == found


# Bounds from margins


def _bounds(rule, size, known):
    return built(rule).bounds(size, lambda atom: known[atom.column])


@st.composite
def margins(draw, columns, size, *, exact=False):
    """Return for each column between which numbers of units it is true."""
    found = {}
    for column in columns:
        ends = sorted((draw(st.integers(0, size)), draw(st.integers(0, size))))
        found[column] = (ends[0], ends[0] if exact or draw(st.booleans()) else ends[1])
    return found


def _columns(rule):
    return tuple(dict.fromkeys(column for _, column in leaves(rule)))


@settings(max_examples=200)
@given(st.data(), rules_without_repetition(("a", "b", "c")), st.integers(0, 4))
def test_bounds_are_sharp_where_no_column_occurs_twice(data, rule, size):
    """They are the least and greatest number over all joint assignments that the margins allow."""
    known = data.draw(margins(_columns(rule), size))
    assert _bounds(rule, size, known) == oracle.margins(rule, size, known)


@settings(max_examples=60)
@given(st.data(), rules_without_repetition(("a", "b", "c", "d")), st.integers(0, 3))
def test_bounds_are_sharp_for_four_columns(data, rule, size):
    """The same with four columns, for fewer units."""
    known = data.draw(margins(_columns(rule), size))
    assert _bounds(rule, size, known) == oracle.margins(rule, size, known)


abc = st.sampled_from(("a", "b", "c")).map(lambda column: ("flag", column))


@settings(max_examples=200)
@given(st.data(), rules_over(abc, max_leaves=6), st.integers(0, 3))
@example(data=None, rule=("and", ("flag", "a"), ("not", ("flag", "a"))), size=2)
def test_bounds_are_never_too_narrow_where_a_column_occurs_twice(data, rule, size):
    """Whatever the joint assignment, the number of units for which the rule holds lies within the bounds."""
    known = {column: (1, 1) for column in _columns(rule)} if data is None else data.draw(margins(_columns(rule), size))
    lower, upper = _bounds(rule, size, known)
    least, greatest = oracle.margins(rule, size, known)
    assert 0 <= lower <= least <= greatest <= upper <= size


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (A | B, (80, 120)),
        (A & B, (10, 50)),
        (~A, (70, 70)),
        (~(A | B), (0, 40)),
        (A & ~B, (0, 40)),
        (all_units(), (120, 120)),
        (~all_units(), (0, 0)),
        (A & all_units(), (50, 50)),
    ],
)
def test_worked_bounds(rule, expected):
    """Of 120 units 50 have A and 80 have B: the example of the contract, and its kin."""
    assert rule.bounds(120, lambda atom: {"a": (50, 50), "b": (80, 80)}[atom.column]) == expected


@settings(max_examples=150)
@given(st.data(), rules_over(abc, max_leaves=6), st.sampled_from((5, 2**31, 2**62 - 1, 2**62, 2**63 - 1)))
def test_bounds_of_arrays_are_those_of_integers_and_do_not_overflow(data, rule, most):
    """Given int64 columns, row by row the bounds are what Python's integers give, up to the last of 64 bits."""
    sizes = [most, most - 1, 1, 0]
    near_ends = [{column: data.draw(st.sampled_from(_pairs(size))) for column in ("a", "b", "c")} for size in sizes]
    columns = {
        column: tuple(np.array([row[column][end] for row in near_ends], dtype=np.int64) for end in (0, 1))
        for column in ("a", "b", "c")
    }
    with np.errstate(over="raise"):
        lower, upper = _bounds(rule, np.array(sizes, dtype=np.int64), columns)
    assert lower.dtype == upper.dtype == np.int64
    expected = [_bounds(rule, size, row) for size, row in zip(sizes, near_ends, strict=True)]
    assert list(zip(lower.tolist(), upper.tolist(), strict=True)) == expected
    assert all(0 <= low <= high <= size for (low, high), size in zip(expected, sizes, strict=True))


def _pairs(size):
    ends = sorted({0, min(1, size), size // 2, max(0, size - 1), size})
    return [(low, high) for low in ends for high in ends if low <= high]


# Rules as values


@settings(max_examples=150)
@given(rules)
def test_the_repr_of_a_rule_makes_it_again(rule):
    """Brackets stand wherever Python's precedence would group otherwise."""
    names = {"flag": flag, "one_of": one_of, "between": between, "all_units": all_units}
    assert eval(repr(built(rule)), names) == built(rule)


@given(rules, rules)
def test_a_rule_is_a_value(one, other):
    """Rules are equal exactly where they are written alike, hash alike, and survive pickling."""
    assert (built(one) == built(other)) == (one == other)
    copy = pickle.loads(pickle.dumps(built(one)))
    assert copy == built(one)
    assert hash(copy) == hash(built(one))


@given(rules)
def test_atoms_stand_from_left_to_right_and_columns_once(rule):
    """`atoms` keeps repetitions, `columns` does not; both in the order of writing."""
    made = built(rule)
    assert list(made.atoms) == [built(leaf) for leaf in leaves(rule)]
    assert made.columns == tuple(dict.fromkeys(leaf[1] for leaf in leaves(rule)))


@pytest.mark.parametrize("rule", [A, one_of("s", "x"), between("y", 2000, None), all_units(), ~A, A & B, A | B])
@pytest.mark.parametrize(
    "use", [bool, operator.not_, lambda r: r and B, lambda r: r or B, lambda r: 1 if r else 2, lambda r: all([r])]
)
def test_a_rule_has_no_truth_value(rule, use):
    """`and`, `or`, `not` and `if` would silently drop half of a rule: TypeError with a hint to &, | and ~."""
    with pytest.raises(TypeError, match=r"&.*\|.*~"):
        use(rule)


@pytest.mark.parametrize("other", [True, "a", None, 1])
@pytest.mark.parametrize("combine", [operator.and_, operator.or_])
def test_only_rules_combine_with_rules(other, combine):
    """A rule and anything else is a TypeError, on either side."""
    with pytest.raises(TypeError):
        combine(A, other)
    with pytest.raises(TypeError):
        combine(other, A)


def test_a_rule_cannot_be_changed():
    """Rules are frozen: an indicator that holds one keeps its meaning."""
    for rule, name in ((A, "column"), (one_of("s", "x"), "values"), (A & B, "left"), (~A, "rule")):
        with pytest.raises(AttributeError):
            setattr(rule, name, B)
        assert isinstance(rule, Rule)


# Definition errors


@pytest.mark.parametrize("column", ["", None, 1, ["a"], A])
@pytest.mark.parametrize("make", [flag, lambda column: one_of(column, "x"), lambda column: between(column, 2000, 2001)])
def test_a_rule_names_a_column(make, column):
    """A column is a name: anything else is refused when the rule is made."""
    with pytest.raises(DefinitionError, match="column"):
        make(column)


@pytest.mark.parametrize(
    ("values", "hint"),
    [((), "no value"), ((["x", "y"],), "one by one"), ((("x",),), "one by one"), (("x", 1), "one by one")],
)
def test_one_of_takes_values_one_by_one(values, hint):
    """No value, a list in place of values, or a value that is no text: refused with how to write it."""
    with pytest.raises(DefinitionError, match=hint):
        one_of("stream", *values)


def test_one_of_takes_each_value_once():
    """A value given twice was meant to be another."""
    with pytest.raises(DefinitionError, match="twice"):
        one_of("stream", "rural", "rural")


@pytest.mark.parametrize(
    ("ends", "hint"),
    [
        ((2020, 2015), "exchanged"),
        ((None, None), "says nothing"),
        ((1899, None), "1900"),
        ((None, 2101), "2100"),
        ((2015.0, 2020), "years"),
        (("2015", 2020), "years"),
        ((True, None), "years"),
    ],
)
def test_between_takes_years_in_order(ends, hint):
    """Ends exchanged, no end, or an end that is no year from 1900 to 2100: refused, not swapped."""
    with pytest.raises(DefinitionError, match=hint):
        between("built", *ends)


@given(st.integers(1900, 2100), st.integers(1900, 2100), st.sampled_from(YEARS))
def test_both_ends_lie_in_a_span(one, other, year):
    """A span holds from its first year to its last, both included; an end left out does not bound it."""
    first, last = sorted((one, other))
    assert between("y", first, last).holds({"y": year}) is (first <= year <= last)
    assert between("y", first, None).holds({"y": year}) is (first <= year)
    assert between("y", None, last).holds({"y": year}) is (year <= last)
    assert between("y", one, one).holds({"y": one})


@given(st.lists(st.booleans(), min_size=3, max_size=3))
def test_nested_parts_are_consistent_exactly_in_order(chosen):
    """Each of the nested parts implies the ones before it; without nesting anything goes."""
    unit = dict(zip(PARTS, chosen, strict=True))
    in_order = all(unit[earlier] or not unit[later] for earlier, later in itertools.pairwise(PARTS))
    assert domains(nested=True).consistent(unit) is in_order
    assert domains(nested=False).consistent(unit)


@given(flags, flags)
def test_completions_fill_in_nested_parts_beside_a_rule(among, where):
    """A nested part that no rule names still constrains those that do."""
    made = Domains(VALUES, PARTS)
    for known in ({"treated": True}, {"generated": False}):
        assert fate(built(among), built(where), known, made) == oracle.fates(among, where, known, VALUES, PARTS)
