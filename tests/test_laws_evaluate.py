"""Laws of `evaluate`, by brute force: what it says of a table is what all completions of its units say.

The oracle below knows nothing of fates, patterns or tallies. It takes a table as it was given, writes out every
unit (its flags, categories and years, in every way that the row allows) and adds up how many belong and how
many of those satisfy the rule: the set of the pairs (population, satisfied in it). Rates, verdicts, shortfalls
and reasons are read off that set. An amount of unknown size is tried at small sizes and at very large ones.
"""

import datetime
import itertools
import warnings
from fractions import Fraction
from functools import lru_cache

import oracle
import pytest
from engines import PLAIN, ways_by
from forms import evaluate
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from strategies import built, rules_over, rules_without_repetition

import envindicators as ei
from envindicators.algebra.tally import Rate, Tally
from envindicators.algebra.verdict import Verdict
from envindicators.definitions.source import Clause, Document
from envindicators.programmes import soc_trang_2020

pytestmark = pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning")

# The oracle

ALL = frozenset((oracle.OUT, oracle.SATISFIED, oracle.FAILED))
ADDS = {oracle.OUT: (0, 0), oracle.SATISFIED: (1, 1), oracle.FAILED: (1, 0)}
SIZES = (0, 1, 2, 3, 10**6, 10**9)


class Spec:
    """A table in plain words: its columns, what they may hold, and whether its parts are nested."""

    def __init__(self, key, parts, *, nested=False, categories=(), years=()):
        self.key, self.parts, self.nested = key, tuple(parts), nested
        self.categories, self.years = dict(categories), dict(years)
        self.values = {part: (True, False) for part in self.parts} | self.categories | self.years
        self.attributes = (*self.categories, *self.years)

    @property
    def chained(self):
        """Whether count rows say of each unit what it is."""
        return self.nested or len(self.parts) < 2

    def vectors(self):
        """Return the flags that a unit may have."""
        found = itertools.product((True, False), repeat=len(self.parts))
        return [flags for flags in found if not self.nested or all(a or not b for a, b in itertools.pairwise(flags))]


@lru_cache(maxsize=200_000)
def _outcomes(spec, among, where, known):
    nested = spec.parts if spec.nested else ()
    return frozenset(oracle.fates(among, where, dict(known), spec.values, nested))


def _sum(first, second):
    return {(n + m, k + j) for n, k in first for m, j in second}


def _units(count, outcomes):
    """Return the pairs of so many units, each with one of the outcomes."""
    pairs = {(0, 0)}
    for _ in range(count):
        pairs = _sum(pairs, {ADDS[outcome] for outcome in outcomes})
    return pairs


def _splits(vectors, total, margins):
    """Yield how many units may have each vector of flags, given the margins that are known.

    Without a total the vectors without a flag of known margin are left out: of them there may be any number.
    """
    if not vectors:
        if not total and not any(margins.values()):
            yield ()
        return
    flags, *rest = vectors
    held = [place for place in margins if flags[place]]
    if total is None and not held:
        yield from ((0, *more) for more in _splits(rest, total, margins))
        return
    most = min([margins[place] for place in held] + ([] if total is None else [total]))
    for count in range(most + 1):
        left = {place: much - count * (place in held) for place, much in margins.items()}
        yield from ((count, *more) for more in _splits(rest, None if total is None else total - count, left))


def contribution(spec, layout, row, among, where):
    """Return the pairs that a row may add, and the outcomes open to an amount of unknown size."""
    known = {name: row.get(name) for name in spec.attributes}
    flags = {part: row.get(part) for part in spec.parts}
    if layout in ("records", "weighted"):
        outcomes = _outcomes(spec, among, where, tuple((known | flags).items()))
        return _units(1 if layout == "records" else row["total"], outcomes), frozenset()
    margins = {place: row[part] for place, part in enumerate(spec.parts) if row.get(part) is not None}
    vectors = spec.vectors()
    of_vector = {
        vector: _outcomes(spec, among, where, tuple((known | dict(zip(spec.parts, vector, strict=True))).items()))
        for vector in vectors
    }
    pairs = set()
    for counts in _splits(vectors, row["total"], margins):
        some = {(0, 0)}
        for vector, count in zip(vectors, counts, strict=True):
            some = _sum(some, _units(count, of_vector[vector]))
        pairs |= some
    assert pairs, "a row that no units can make"
    free = [vector for vector in vectors if not any(vector[place] for place in margins)]
    unsized = frozenset().union(*(of_vector[vector] for vector in free)) if row["total"] is None else frozenset()
    return pairs, unsized


class Whole:
    """The pairs of all completions of some rows, and what follows from them."""

    def __init__(self, contributions, *, silent=False):
        pairs, unsized = {(0, 0)}, set(ALL) if silent else set()
        for more, open_ in contributions:
            pairs = _sum(pairs, more)
            unsized |= open_
        self.sized = pairs
        self.unsized = unsized - {oracle.OUT}
        for outcome in self.unsized:
            n, k = ADDS[outcome]
            pairs = {(m + size * n, j + size * k) for m, j in pairs for size in SIZES}
        self.pairs = pairs

    def rate(self):
        shares = {Fraction(k, n) for n, k in self.pairs if n}
        shares |= {Fraction(1)} if oracle.SATISFIED in self.unsized else set()
        shares |= {Fraction(0)} if oracle.FAILED in self.unsized else set()
        return Rate(min(shares), max(shares)) if shares else None

    def possible(self, direction, share, *, strictly=False):
        def one(n, k):
            if not n:
                return oracle.NOT_APPLICABLE
            passes = oracle.passes(n, k, direction, share, strictly=strictly)
            return oracle.MET if passes else oracle.NOT_MET

        return {one(n, k) for n, k in self.pairs}

    def reason(self, direction, share):
        if len(self.possible(direction, share)) == 1:
            return None
        if self.unsized:
            return "not_reported"
        if any(n == 0 for n, _ in self.pairs):
            return "perhaps_empty"
        return "unplaced_units" if len({n for n, _ in self.pairs}) > 1 else "unknown_values"

    def interval(self, what, direction, share):
        """Return the least and greatest shortfall or slack; None at an end that more of the unsized still moves."""
        if all(n == 0 for n, _ in self.pairs):
            return None
        found = sorted({oracle.FORMULA[what](n, k, direction, share) for n, k in self.pairs})
        return found[0], None if found[-1] > 10**5 else found[-1]


NOTHING = Whole([], silent=True)
"""Of what nothing is known: an unsized amount of every outcome."""


def contest(sets):
    """Return whether two readings are certain and differ; None while two could still differ."""
    if {oracle.MET} in sets and {oracle.NOT_MET} in sets:
        return True
    pairs = itertools.permutations(sets, 2)
    return None if any(oracle.MET in one and oracle.NOT_MET in other for one, other in pairs) else False


def exceeded(sets):
    """Return True if every combination passes strictly, False if none does, else None."""
    found = oracle.combined(*sets)
    return True if found == {oracle.MET} else None if oracle.MET in found else False


# The programmes

DOCUMENT = Document(
    "1", ei.Text(vi="Văn bản", en="Paper"), "plan", ei.Text(vi="Tỉnh", en="Province"), datetime.date(2017, 1, 1)
)
CLAUSE = Clause(DOCUMENT, "I", "Lời", "Words", deadline="stated")
UNIT = ei.Unit("thing", "things")

CATEGORIES = {"kind": ("x", "y", "other"), "place": ("here", "there")}
YEARS = {"built": (1900, 2014, 2015, 2016, 2020, 2100)}
SPECS = {
    "chain": Spec("chain", ("a", "b", "c"), nested=True, categories={"kind": CATEGORIES["kind"]}),
    "loose": Spec("loose", ("a", "b", "c"), categories=CATEGORIES, years=YEARS),
    "single": Spec("single", ("a",), categories={"place": CATEGORIES["place"]}, years=YEARS),
}
TABLES = {
    key: ei.Table(
        key,
        UNIT,
        total="total",
        parts=spec.parts,
        nested=spec.nested,
        categories=spec.categories,
        years=tuple(spec.years),
        id="id",
    )
    for key, spec in SPECS.items()
}

THRESHOLDS = [
    (direction, Fraction(share))
    for direction, shares in (
        ("at_least", ("0", "1/3", "1/2", "2/3", "49/50", "1")),
        ("at_most", ("0", "1/3", "1/2", "1")),
    )
    for share in shares
]


def requirement(key, table, among, where, threshold):
    """Return the library's requirement for rules that are nested tuples."""
    indicator = ei.Share(key, key, table=TABLES[table], among=built(among), where=built(where))
    return getattr(indicator, threshold[0])(threshold[1])


def programme(targets):
    """Return the library's programme for ``{target: {reading: (kind, [(table, among, where, threshold)])}}``."""
    return ei.Programme(
        "programme",
        "programme",
        DOCUMENT,
        [
            ei.Target(
                target,
                CLAUSE,
                2020,
                [
                    ei.Reading(
                        reading,
                        [requirement(f"{target}/{reading}/{i}", *each) for i, each in enumerate(asked)],
                        kind=kind,
                    )
                    for reading, (kind, asked) in readings.items()
                ],
            )
            for target, readings in targets.items()
        ],
    )


# What the tests draw


def _atoms(spec, *, parts):
    found = [st.sampled_from(spec.parts).map(lambda part: ("flag", part))] * 2 if parts else []
    for name, values in spec.categories.items():
        found.append(
            st.lists(st.sampled_from(values), min_size=1, unique=True).map(lambda v, n=name: ("one_of", n, tuple(v)))
        )
    for name in spec.years:
        spans = ((2015, 2020), (None, 2014), (2016, 2020), (2015, None))
        found.append(st.sampled_from(spans).map(lambda span, n=name: ("between", n, *span)))
    return st.one_of(*found)


@st.composite
def asked(draw, table):
    """Return what a requirement asks: table, among, where and threshold."""
    spec = SPECS[table]
    plain = _atoms(spec, parts=False)
    among = draw(st.one_of(st.just(("everyone",)), rules_over(plain, max_leaves=2)))
    if draw(st.integers(0, 3)) == 0:
        among = draw(rules_over(_atoms(spec, parts=True), max_leaves=3))
    where = draw(rules_over(_atoms(spec, parts=True), max_leaves=3))
    return table, among, where, draw(st.sampled_from(THRESHOLDS))


@st.composite
def programmes(draw, tables=("chain", "loose", "single")):
    """Return targets with several readings, some of several requirements, over some tables."""
    targets = {}
    for number, table in enumerate(tables):
        others = [draw(st.sampled_from(tables)), table]
        targets[f"t{number}"] = {
            "one": ("text", [draw(asked(table))]),
            "both": ("text", [draw(asked(each)) for each in others]),
            "beside": ("statistic", [draw(asked(table))]),
        }
    return targets


def _maybe(values, missing=2):
    """Return a strategy of values, missing in one of so many draws."""
    return st.one_of(*[st.sampled_from(values)] * (missing - 1), st.none())


def _distinct(spec, layout, rows):
    """Return rows of which no two have the same key."""
    names = {
        "records": ("id",),
        "weighted": ("area", *spec.parts, *spec.attributes),
        "counts": ("area", *spec.attributes),
    }
    return list({tuple(row.get(name) for name in names[layout]): row for row in rows}.values())


@st.composite
def rows_of(draw, spec, layout, areas=("A", "B"), most=3):
    """Return rows of a table, in a layout, with values missing here and there."""
    rows = []
    for number in range(draw(st.integers(1, 4))):
        row = {"area": draw(st.sampled_from(areas))}
        row |= {name: draw(_maybe(values, 3)) for name, values in spec.categories.items()}
        row |= {name: draw(_maybe([year for year in values if year <= 2020], 3)) for name, values in spec.years.items()}
        if layout == "counts":
            floor = draw(st.booleans()) and spec.chained and draw(st.booleans())
            total = top = draw(st.integers(0, most))
            for part in spec.parts:
                row[part] = draw(_maybe(range(top + 1), 3))
                top = row[part] if spec.nested and row[part] is not None else top
            known = any(row[part] is not None for part in spec.parts)
            row["total"] = None if floor and known else total
        else:
            vector = draw(st.sampled_from(spec.vectors()))
            row |= {part: draw(_maybe([value])) for part, value in zip(spec.parts, vector, strict=True)}
            row |= {"id": number} if layout == "records" else {"total": draw(st.integers(0, most))}
        rows.append(row)
    return _distinct(spec, layout, rows)


@st.composite
def worlds(draw):
    """Return by table a layout and rows; now and then a table or a part column does not come."""
    world = {}
    for key, spec in SPECS.items():
        layout = draw(st.sampled_from(("records", "weighted", "counts")))
        rows = draw(rows_of(spec, layout))
        if spec.parts[1:] and not draw(st.integers(0, 5)) and all(row.get("total", 0) is not None for row in rows):
            gone = draw(st.sets(st.sampled_from(spec.parts), min_size=1))
            rows = _distinct(spec, layout, [{n: value for n, value in row.items() if n not in gone} for row in rows])
        if draw(st.integers(0, 7)):
            world[key] = layout, rows
    assume(world)
    return world


def held_as(way, spec, layout, rows, names=()):
    """Return rows as a frame, its columns perhaps by other names."""
    kinds = dict.fromkeys(spec.parts, "int" if layout == "counts" else "bool")
    kinds |= {"id": "code", "total": "int"} | dict.fromkeys(spec.years, "int")
    data = {name: [row[name] for row in rows] for name in rows[0]}
    names = dict(names)
    return way(
        {names.get(name, name): values for name, values in data.items()},
        {names.get(name, name): kinds.get(name, "text") for name in data},
    )


def card_of(targets, world, held=None, **options):
    """Return the scorecard of a programme on a world, each table held in a way; layouts are said, totals kept."""
    return evaluate(
        programme(targets) if isinstance(targets, dict) else targets,
        {key: held_as((held or {}).get(key, PLAIN), SPECS[key], layout, rows) for key, (layout, rows) in world.items()},
        layout={key: layout for key, (layout, rows) in world.items()},
        totals="keep",
        **{"year": 2020, "by": "area"} | options,
    )


# What should come out


def _flags(rule):
    return [rule[1]] if rule[0] == "flag" else [f for part in rule[1:] if isinstance(part, tuple) for f in _flags(part)]


def _columns(rule):
    if rule[0] in ("flag", "one_of", "between"):
        return {rule[1]}
    return set().union(*(_columns(part) for part in rule[1:]))


def _needs_units(table, among, where):
    flags = _flags(where)
    return not SPECS[table].chained and (bool(_flags(among)) or len(flags) > len(set(flags)))


def _has_margins(world, table):
    layout, rows = world[table]
    parts = SPECS[table].parts
    return layout == "counts" and any(row.get(part) is not None for row in rows for part in parts)


def cause_of(world, requirements):
    """Return why a reading cannot be computed, or None."""
    if any(table not in world for table, *_ in requirements):
        return "no_table"
    came = {name for table, *_ in requirements for name in world[table][1][0]}
    used = set().union(*(_columns(where) for _, _, where, _ in requirements))
    if used and not used & came:
        return "no_column"
    if any(_has_margins(world, table) and _needs_units(table, a, w) for table, a, w, _ in requirements):
        return "margins"
    return None


def shared(among, where):
    """Return whether a category or year column occurs twice in two rules."""

    def found(rule):
        if rule[0] in ("one_of", "between"):
            return [rule[1]]
        return [name for part in rule[1:] if isinstance(part, tuple) for name in found(part)]

    names = [*found(among), *found(where)]
    return len(names) > len(set(names))


def whole_of(world, each, area=None):
    """Return all completions of one requirement, in an area or as a whole."""
    table, among, where, _ = each
    layout, rows = world[table]
    areas = {row["area"] for _, its in world.values() for row in its}
    came = {row["area"] for row in rows}
    silent = area not in came if area is not None else bool(areas - came)
    rows = [row for row in rows if area in (None, row["area"])]
    return Whole([contribution(SPECS[table], layout, row, among, where) for row in rows], silent=silent)


def assert_same(judgement, whole, each, cause):
    """Assert that a judgement says what all completions say."""
    direction, share = each[3]
    assert judgement.rate == whole.rate(), (judgement, each)
    assert judgement.possible == whole.possible(direction, share), (judgement, each)
    assert judgement.verdict == oracle.verdict(whole.possible(direction, share))
    assert judgement.exceeded == exceeded([whole.possible(direction, share, strictly=True)]), (judgement, each)
    reason = whole.reason(direction, share)
    assert judgement.reason == (cause if cause and reason else reason), (judgement, each)
    assert judgement.shortfall == whole.interval("shortfall", direction, share), (judgement, each)
    assert judgement.slack == whole.interval("slack", direction, share), (judgement, each)
    assert judgement.tally.unsized - {"out"} == whole.unsized, (judgement, each)


def assert_assessed(assessment, readings, world, area):
    """Assert that an assessment, under every reading, says what all completions say."""
    of_reading = {}
    for key, (_, requirements) in readings.items():
        cause = cause_of(world, requirements)
        wholes = [NOTHING if cause else whole_of(world, each, area) for each in requirements]
        under = assessment.under(key)
        for judgement, whole, each in zip(under.judgements, wholes, requirements, strict=True):
            assert_same(judgement, whole, each, cause)
        sets = [whole.possible(*each[3]) for whole, each in zip(wholes, requirements, strict=True)]
        strict = [whole.possible(*each[3], strictly=True) for whole, each in zip(wholes, requirements, strict=True)]
        of_reading[key] = oracle.combined(*sets)
        assert under.possible == of_reading[key]
        assert under.verdict == oracle.verdict(of_reading[key])
        assert under.exceeded == exceeded(strict)
    texts = [of_reading[key] for key, (kind, _) in readings.items() if kind == "text"]
    assert assessment.contested == contest(texts)


# Laws over random tables


def _exact(targets, world):
    """Whether every reading is one whose bounds are promised to be sharp on this world."""
    return not any(
        table in world and _has_margins(world, table) and not SPECS[table].chained and shared(among, where)
        for readings in targets.values()
        for _, requirements in readings.values()
        for table, among, where, _ in requirements
    )


@settings(max_examples=100)
@given(programmes(), worlds(), ways_by(SPECS))
def test_everything_is_what_all_completions_say(targets, world, held):
    """Rate, verdict, exceeded, reason, shortfall and slack are those of all completions.

    In every layout, for readings of one and of several requirements, in groups and as a whole, for areas that
    did not report and tables and columns that did not come.
    """
    assume(_exact(targets, world))
    card = card_of(targets, world, held)
    assert card.groups == sorted({row["area"] for _, rows in world.values() for row in rows})
    for target, readings in targets.items():
        assert_assessed(card[target], readings, world, None)
        for area in card.groups:
            assert_assessed(card[target, area], readings, world, area)
    defaults = [oracle.combined(*[set(j.possible) for j in each.judgements]) for each in card]
    assert card.verdict == oracle.verdict(oracle.combined(*defaults))
    assert sum(card.counts.values()) == len(targets)


SOC_TRANG = {
    "residents": Spec("residents", ["hygienic_water"], categories={"settlement": ("urban", "rural")}),
    "waste": Spec(
        "waste",
        ["collected", "treated_to_standard"],
        nested=True,
        categories={
            "stream": ("urban_domestic", "industrial", "service", "rural", "craft_village", "medical", "other")
        },
    ),
    "establishments": Spec(
        "establishments",
        [
            "clean_technology",
            "pollution_reduction",
            "waste_treatment",
            "treatment_equipment",
            "meets_standards",
            "inspected",
        ],
        categories={"activity": ("production", "business", "both", "other")},
        years={"built": (1900, 2014, 2015, 2016, 2017, 2020, 2100)},
    ),
}
TOTALS = {"residents": "persons", "waste": "generated", "establishments": "establishments"}
URBAN = ("one_of", "stream", ("urban_domestic", "industrial", "service"))
RURAL = ("one_of", "stream", ("rural", "craft_village"))
MEDICAL = ("one_of", "stream", ("medical",))
GOOD = ("and", ("flag", "collected"), ("flag", "treated_to_standard"))
CLEAN, REDUCTION = ("flag", "clean_technology"), ("flag", "pollution_reduction")
TREATMENT, EQUIPMENT = ("flag", "waste_treatment"), ("flag", "treatment_equipment")
PRODUCTION = ("one_of", "activity", ("production", "both"))
TRADE = ("one_of", "activity", ("production", "business", "both"))


def _of(table, threshold, among, where):
    return table, among, where, ("at_least", Fraction(threshold) / 100)


def _waste(among, percent, streams):
    def only(stream):
        return ("one_of", "stream", (stream,))

    collected = _of("waste", percent, among, ("flag", "collected"))
    of_collected = _of("waste", percent, ("and", among, ("flag", "collected")), GOOD)
    return {
        "pooled": [_of("waste", percent, among, GOOD)],
        "each_stream": [_of("waste", percent, only(stream), GOOD) for stream in streams],
        "of_collected": [of_collected],
        "two_rates": [collected, of_collected],
    }


FROM_DESIGN = {
    "urban_water": {
        "persons": [_of("residents", 100, ("one_of", "settlement", ("urban",)), ("flag", "hygienic_water"))]
    },
    "rural_water": {
        "persons": [_of("residents", 98, ("one_of", "settlement", ("rural",)), ("flag", "hygienic_water"))]
    },
    "new_facilities": {
        name + suffix: [_of("establishments", 100, ("and", PRODUCTION, ("between", "built", first, 2020)), where)]
        for first, suffixes in ((2015, ("", "", "")), (2016, ("_plan_years",) * 3), (2017, ("_since_resolution",) * 3))
        for (name, where), suffix in zip(
            {
                "any": ("or", ("or", CLEAN, REDUCTION), TREATMENT),
                "both_devices": ("or", CLEAN, ("and", REDUCTION, TREATMENT)),
                "one_kind": ("or", CLEAN, EQUIPMENT),
            }.items(),
            suffixes,
            strict=True,
        )
    },
    "establishment_standards": {
        "all": [_of("establishments", 100, TRADE, ("flag", "meets_standards"))],
        "existing": [
            _of("establishments", 100, ("and", TRADE, ("between", "built", None, 2014)), ("flag", "meets_standards"))
        ],
        "of_inspected": [
            _of("establishments", 100, ("and", TRADE, ("flag", "inspected")), ("flag", "meets_standards"))
        ],
    },
    "urban_waste": _waste(URBAN, 90, URBAN[2]),
    "rural_waste": _waste(RURAL, 50, RURAL[2]),
    "medical_waste": {
        "pooled": [_of("waste", 100, MEDICAL, GOOD)],
        "of_collected": [_of("waste", 100, ("and", MEDICAL, ("flag", "collected")), GOOD)],
    },
}
"""Section 5 of the design, in nested tuples. A mass counts grams, so the tables below hold kilograms of 1000."""


@st.composite
def soc_trang_worlds(draw):
    """Return small tables of residents, waste (counts) and establishments (records, weighted or counts)."""
    world = {
        "residents": ("counts", draw(rows_of(SOC_TRANG["residents"], "counts"))),
        "waste": ("counts", draw(rows_of(SOC_TRANG["waste"], "counts"))),
    }
    layout = draw(st.sampled_from(("records", "weighted", "counts")))
    rows = draw(rows_of(SOC_TRANG["establishments"], layout, most=2 if layout == "counts" else 3))
    return world | {"establishments": (layout, rows[:2] if layout == "counts" else rows)}


@settings(max_examples=100)
@given(soc_trang_worlds(), ways_by(SOC_TRANG))
def test_soc_trang_is_what_all_completions_say(world, held):
    """Every reading of section 5, on small tables, is what all completions of the units say."""
    tables = {
        key: held_as(held[key], SOC_TRANG[key], layout, rows, {"total": TOTALS[key]})
        for key, (layout, rows) in world.items()
    }
    card = evaluate(
        soc_trang_2020, tables, year=2020, by="area", totals="keep", layout={key: of for key, (of, _) in world.items()}
    )
    areas = {row["area"] for _, rows in world.values() for row in rows}
    for target, readings in FROM_DESIGN.items():
        for reading, requirements in readings.items():
            for area in (None, *sorted(areas)):
                assessment = (card[target] if area is None else card[target, area]).under(reading)
                sets = []
                for each, judgement in zip(requirements, assessment.judgements, strict=True):
                    table, among, where, threshold = each
                    layout, rows = world[table]
                    margins = not SOC_TRANG[table].chained and layout == "counts"
                    if (
                        margins
                        and any(row[p] is not None for row in rows for p in SOC_TRANG[table].parts)
                        and (_flags(among) or len(set(_flags(where))) < len(_flags(where)))
                    ):
                        whole, cause = NOTHING, "margins"
                    else:
                        came = {row["area"] for row in rows}
                        its = [row for row in rows if area in (None, row["area"])]
                        silent = bool(areas - came) if area is None else area not in came
                        spec, cause = SOC_TRANG[table], None
                        if margins:  # the oracle need not write out parts that no rule names
                            names = [part for part in spec.parts if part in (*_flags(among), *_flags(where))]
                            spec = Spec(table, names, categories=spec.categories, years=spec.years)
                        whole = Whole([contribution(spec, layout, row, among, where) for row in its], silent=silent)
                    sets.append(whole.possible(*threshold))
                    assert judgement.rate == whole.rate()
                    assert judgement.possible == sets[-1]
                    reason = whole.reason(*threshold)
                    assert judgement.reason == (cause if cause and reason else reason)
                    if table != "waste":
                        assert judgement.shortfall == whole.interval("shortfall", *threshold)
                assert assessment.possible == oracle.combined(*sets)


def _learnt(draw, spec, layout, row):
    """Return a row with one missing value known, or None where nothing is missing."""
    gaps = [name for name in (*spec.parts, *spec.attributes, "total") if name in row and row[name] is None]
    if not gaps:
        return None
    name = draw(st.sampled_from(gaps))
    if name in spec.attributes:
        return row | {
            name: draw(st.sampled_from([v for v in spec.values[name] if not isinstance(v, int) or v <= 2020]))
        }
    if name == "total":
        return row | {name: max(row[p] for p in spec.parts if row.get(p) is not None) + draw(st.integers(0, 2))}
    place = spec.parts.index(name)
    before = [row[p] for p in spec.parts[:place] if row.get(p) is not None] if spec.nested else []
    after = [row[p] for p in spec.parts[place + 1 :] if row.get(p) is not None] if spec.nested else []
    if layout == "counts":
        ceiling = [*before, *([] if row["total"] is None else [row["total"]])]
        low = max(after, default=0)
        return row | {name: draw(st.integers(low, min(ceiling) if ceiling else low + 2))}
    options = [True] if any(after) else [False] if False in before else [True, False]
    return row | {name: draw(st.sampled_from(options))}


@settings(max_examples=70)
@given(programmes(), worlds(), ways_by(SPECS), st.data())
def test_more_knowledge_never_widens_and_never_undoes_a_certain_verdict(targets, world, held, data):
    """One missing value made known: rates shrink, possible verdicts too, and what was certain stays so."""
    table = data.draw(st.sampled_from(sorted(world)))
    layout, rows = world[table]
    place = data.draw(st.integers(0, len(rows) - 1))
    learnt = _learnt(data.draw, SPECS[table], layout, rows[place])
    assume(learnt is not None)
    later = world | {table: (layout, [*rows[:place], learnt, *rows[place + 1 :]])}
    assume(len(_distinct(SPECS[table], layout, later[table][1])) == len(rows))
    # rows of which no part is known say more than margins do to a reading that needs units
    assume(_has_margins(world, table) == _has_margins(later, table))
    before = card_of(targets, world)
    after = card_of(targets, later, held)
    for target in targets:
        for area in (None, *before.groups):
            old, new = (card[target] if area is None else card[target, area] for card in (before, after))
            for reading in targets[target]:
                earlier, now = old.under(reading), new.under(reading)
                assert now.possible <= earlier.possible
                if earlier.verdict is not Verdict.UNDETERMINED:
                    assert now.verdict is earlier.verdict
                for one, other in zip(earlier.judgements, now.judgements, strict=True):
                    assert other.possible <= one.possible
                    if one.rate is None:
                        assert other.rate is None
                    elif other.rate is not None:
                        assert one.rate.lower <= other.rate.lower <= other.rate.upper <= one.rate.upper
            if old.contested is not None:
                assert new.contested == old.contested


@settings(max_examples=40)
@given(programmes(), worlds(), ways_by(SPECS))
def test_a_report_more_never_undoes_what_was_certain(targets, world, held):
    """An area that did not report, when it does, leaves every certain verdict of the whole as it was."""
    full = {key: (layout, rows) for key, (layout, rows) in world.items()}
    short = {key: (layout, [row for row in rows if row["area"] == "A"]) for key, (layout, rows) in full.items()}
    assume(all(rows for _, rows in short.values()))
    assume(all(_has_margins(full, key) == _has_margins(short, key) for key in full))
    before = card_of(targets, short, expected=["A", "B"])
    after = card_of(targets, full, held, expected=["A", "B"])
    for one, other in zip(before, after, strict=True):
        assert other.possible <= one.possible
        for reading in one.readings:
            assert other.under(reading).possible <= one.under(reading).possible


@settings(max_examples=200)
@given(rules_without_repetition(SPECS["loose"].parts), st.data())
def test_bounds_from_margins_are_sharp(where, data):
    """Where no part occurs twice, the bounds from margins are those of all ways to deal the flags to units.

    One row whose margins may be blank, of a population that is certain, empty or open.
    """
    total = data.draw(st.integers(1, 5))
    row = {"area": "A", "kind": data.draw(st.sampled_from(("x", "y", None))), "place": "here", "built": 2000}
    row |= {"total": total} | {part: data.draw(_maybe(range(total + 1), 4)) for part in SPECS["loose"].parts}
    world = {"loose": ("counts", [row])}
    each = ("loose", ("one_of", "kind", ("x",)), where, data.draw(st.sampled_from(THRESHOLDS)))
    cause = cause_of(world, [each])
    whole = NOTHING if cause else whole_of(world, each)
    (judgement,) = card_of({"t": {"r": ("text", [each])}}, world)["t"].judgements
    assert_same(judgement, whole, each, cause)


@settings(max_examples=200)
@given(rules_over(_atoms(SPECS["chain"], parts=True), max_leaves=4), st.data())
@example(("and", ("flag", "c"), ("not", ("flag", "b"))), None)
def test_nested_parts_keep_their_order_also_where_they_are_missing(where, data):
    """No way to fill in blanks has a later part without the ones before it, in whatever layout."""
    if data is None:
        layout, row = "weighted", {"area": "A", "kind": "x", "a": None, "b": None, "c": None, "total": 3}
    else:
        layout = data.draw(st.sampled_from(("records", "weighted", "counts")))
        row = data.draw(rows_of(SPECS["chain"], layout, areas=("A",)))[0]
    each = ("chain", ("everyone",), where, ("at_least", Fraction(1, 2)))
    world = {"chain": (layout, [row])}
    cause = cause_of(world, [each])
    (judgement,) = card_of({"t": {"r": ("text", [each])}}, world)["t"].judgements
    assert_same(judgement, NOTHING if cause else whole_of(world, each), each, cause)


@settings(max_examples=40)
@given(asked("loose"), rows_of(SPECS["loose"], "counts"))
def test_bounds_from_margins_are_never_too_narrow(each, rows):
    """Also where a missing category stands in several places of a reading, what is said is safe."""
    world = {"loose": ("counts", rows)}
    if cause_of(world, [each]):
        return
    assessment, whole = card_of({"t": {"r": ("text", [each])}}, world)["t"], whole_of(world, each)
    assert assessment.possible >= whole.possible(*each[3])
    if whole.rate() is not None:
        assert assessment.rate.lower <= whole.rate().lower <= whole.rate().upper <= assessment.rate.upper


# Worked cases


def rural(persons, water, **options):
    """Return the assessment of rural water for districts of so many persons."""
    names = [chr(65 + place) for place in range(len(persons))]
    rows = {"area": names, "settlement": ["rural"] * len(names), "persons": persons, "hygienic_water": water}
    return ei.evaluate(soc_trang_2020, {"residents": rows}, **{"year": 2020} | options)["rural_water"]


def test_a_missing_value_is_never_zero_and_never_leaves_its_weight_behind():
    """n = [90, missing], d = [100, 50]: from 60% to 93.3%, neither 60% nor 90%."""
    assert rural([100, 50], [90, None]).rate == Rate(Fraction(60, 100), Fraction(14, 15))
    assert rural([100, 50], [90, 0]).rate == Rate(Fraction(60, 100), Fraction(60, 100))
    assert rural([100, 50], [90, None]).tally == Tally(90, 10, 50)
    assert rural([100, 50], [90, None]).tally.observed == Fraction(9, 10)


@pytest.mark.parametrize("by", [None, "area"])
def test_a_district_that_did_not_report_never_makes_the_province_met(by):
    """Whatever the others reached, the province is undetermined while a district is silent."""
    silent = rural([100, 200], [100, 200], by=by, expected=["A", "B", "C"])
    assert silent.verdict is Verdict.UNDETERMINED
    assert silent.reason == "not_reported"
    assert silent.rate == Rate(0, 1)
    assert silent.exceeded is None
    assert rural([100, 200], [100, 200], by=by, expected=["A", "B"]).verdict is Verdict.MET


@pytest.mark.parametrize("by", [None, "area"])
def test_beside_one_known_failure_every_one_is_not_met_whatever_did_not_come(by):
    """100% is lost by one resident without water, even where the size of a silent district has no limit."""
    rows = {"area": ["A"], "settlement": ["urban"], "persons": [1000], "hygienic_water": [999]}
    card = ei.evaluate(soc_trang_2020, {"residents": rows}, year=2020, by=by, expected=["A", "B"])
    assert card["urban_water"].verdict is Verdict.NOT_MET
    assert card["urban_water"].rate == Rate(0, 1)
    assert card["urban_water"].exceeded is False
    assert card["urban_water"].shortfall == (1, None)
    assert card["rural_water"].verdict is Verdict.UNDETERMINED
    rows["hygienic_water"] = [1000]
    card = ei.evaluate(soc_trang_2020, {"residents": rows}, year=2020, by=by, expected=["A", "B"])
    assert card["urban_water"].verdict is Verdict.UNDETERMINED


def test_a_group_that_did_not_report_opens_the_total_also_without_areas():
    """Where tables have no areas, a region that stands in one and not in another leaves the total open."""
    water = {"region": ["N"], "settlement": ["rural"], "persons": [10], "hygienic_water": [10]}
    waste = {"region": ["N", "S"], "stream": ["medical"] * 2, "generated": [1, 1], "collected": [1, 1]}
    card = ei.evaluate(soc_trang_2020, {"residents": water, "waste": waste}, year=2020, by="region")
    assert card["rural_water", "S"].reason == "not_reported"
    assert card["rural_water"].verdict is Verdict.UNDETERMINED


def test_beside_one_known_case_none_is_not_met_whatever_did_not_come():
    """`at_most` 0% is lost by one satisfied unit, in the same way."""
    targets = {"t": {"r": ("text", [("single", ("everyone",), ("flag", "a"), ("at_most", Fraction(0)))])}}
    row = {"area": "A", "place": "here", "built": 2000, "total": 10, "a": 1}
    assert card_of(targets, {"single": ("counts", [row])}, expected=["A", "B"])["t"].verdict is Verdict.NOT_MET
    row["a"] = 0
    assert card_of(targets, {"single": ("counts", [row])}, expected=["A", "B"])["t"].verdict is Verdict.UNDETERMINED
    assert card_of(targets, {"single": ("counts", [row])})["t"].verdict is Verdict.MET


def test_a_zero_is_a_report():
    """A district that reports that it has no such residents is not applicable; one that is silent is undetermined."""
    rows = {
        "area": ["A", "A", "B", "B"],
        "settlement": ["urban", "rural"] * 2,
        "persons": [10, 5, 0, 8],
        "hygienic_water": [10, 5, 0, 8],
    }
    card = ei.evaluate(soc_trang_2020, {"residents": rows}, year=2020, by="area", expected=["A", "B", "C"])
    assert card["urban_water", "B"].verdict is Verdict.NOT_APPLICABLE
    assert card["urban_water", "B"].rate is None
    assert card["urban_water", "C"].verdict is Verdict.UNDETERMINED


def test_counts_are_added_and_percentages_never_averaged():
    """Districts at 50% and 99% are together what their counts are."""
    assert rural([1000, 10], [990, 5]).rate == Rate(Fraction(995, 1010), Fraction(995, 1010))
    assert rural([1000, 10], [990, 5]).verdict is Verdict.MET
    assert rural([10, 1000], [10, 970]).verdict is Verdict.NOT_MET  # the mean of 100% and 97% is 98.5%


def test_a_paradox_of_simpson_stays_one():
    """One year is better in both streams and worse as a whole: both come out as they are."""

    def shares(year, city, industry):
        rows = [
            {"stream": "urban_domestic", "generated": city[1], "collected": city[0], "treated_to_standard": city[0]},
            {
                "stream": "industrial",
                "generated": industry[1],
                "collected": industry[0],
                "treated_to_standard": industry[0],
            },
        ]
        card = ei.evaluate(soc_trang_2020, {"waste": rows}, year=year)
        each = [judgement.rate.lower for judgement in card["urban_waste"].under("each_stream").judgements[:2]]
        return each, card["urban_waste"].rate.lower

    before, all_before = shares(2019, (81, 87), (192, 263))
    after, all_after = shares(2020, (234, 270), (55, 80))
    assert before[0] > after[0]
    assert before[1] > after[1]
    assert all_before < all_after


def test_years_are_never_added_up():
    """Two years are two cards: mixed they are refused, chosen they stand alone, with year in ``by`` side by side."""
    rows = {"year": [2019, 2020], "settlement": ["rural"] * 2, "persons": [100, 50], "hygienic_water": [100, 10]}
    with pytest.raises(ei.InvalidTable, match="2019, 2020"):
        ei.evaluate(soc_trang_2020, {"residents": rows})
    with pytest.raises(ei.InvalidTable, match="2019, 2020"):
        ei.evaluate(soc_trang_2020, {"residents": rows}, year=2018)
    alone = {year: ei.evaluate(soc_trang_2020, {"residents": rows}, year=year)["rural_water"] for year in (2019, 2020)}
    assert alone[2019].tally == Tally(100, 0)
    assert alone[2020].tally == Tally(10, 40)
    card = ei.evaluate(soc_trang_2020, {"residents": rows}, by="year")
    assert card.groups == [2019, 2020]
    assert [card["rural_water", year].tally for year in card.groups] == [Tally(100, 0), Tally(10, 40)]
    with pytest.raises(ValueError, match="several years"):
        card["rural_water"]
    assert [card.of_year(year)["rural_water"].tally for year in (2019, 2020)] == [Tally(100, 0), Tally(10, 40)]
    assert [
        row["satisfied"] for row in card.to_frame(groups=False, backend="rows") if row["indicator"] == "rural_water"
    ] == [100, 10]


def test_an_area_is_silent_year_by_year():
    """A district that reported last year and not this one leaves this year open, where it is expected, and not last."""
    rows = {
        "area": ["A", "B", "A"],
        "year": [2019, 2019, 2020],
        "settlement": ["rural"] * 3,
        "persons": [10] * 3,
        "hygienic_water": [10] * 3,
    }
    card = ei.evaluate(soc_trang_2020, {"residents": rows}, by=["area", "year"], expected=["A", "B"])
    assert card.of_year(2019)["rural_water"].verdict is Verdict.MET
    assert card.of_year(2020)["rural_water"].verdict is Verdict.UNDETERMINED
    assert card["rural_water", ("B", 2020)].reason == "not_reported"
    assert card["rural_water", ("A", 2020)].verdict is Verdict.MET


def test_a_missing_middle_leaves_exactly_its_own_share_open():
    """Nested counts: 100 generated, 80 collected, 70 treated is exact, and a blank in the middle opens no more."""

    def waste(generated, collected, treated):
        rows = [{"stream": "medical", "generated": generated, "collected": collected, "treated_to_standard": treated}]
        return ei.evaluate(soc_trang_2020, {"waste": rows}, year=2020)["medical_waste"]

    assert waste(100, 80, 70).tally == Tally(70_000, 30_000)
    assert waste(100, 80, 70).under("of_collected").tally == Tally(70_000, 10_000)
    assert waste(100, None, 70).tally == Tally(70_000, 30_000)
    assert waste(100, None, 70).under("of_collected").tally == Tally(70_000, 0, unplaced_failed=30_000)
    assert waste(100, 80, None).tally == Tally(0, 20_000, 80_000)
    assert waste(None, 80, 70).tally == Tally(70_000, 10_000, unsized={"failed"})
    assert waste(None, 80, 70).rate == Rate(0, Fraction(7, 8))
    assert waste(None, 80, 70).under("of_collected").rate == Rate(Fraction(7, 8), Fraction(7, 8))
    assert waste(None, 80, 70).under("of_collected").verdict is Verdict.NOT_MET


def test_margins_know_no_more_than_they_say():
    """50 of 120 have A, 80 of 120 have B: bounds of Fréchet and Boole for or, and, not."""
    row = {"area": "A", "kind": "x", "place": "here", "built": 2000, "total": 120, "a": 50, "b": 80, "c": None}
    a, b = ("flag", "a"), ("flag", "b")
    rules = {"or": ("or", a, b), "and": ("and", a, b), "not": ("not", a)}
    at = ("at_least", Fraction(1, 2))
    targets = {key: {"r": ("text", [("loose", ("everyone",), rule, at)])} for key, rule in rules.items()}
    targets["among"] = {"r": ("text", [("loose", a, b, at)])}
    card = card_of(targets, {"loose": ("counts", [row])})
    assert card["or"].tally == Tally(80, 0, 40)
    assert card["and"].tally == Tally(10, 70, 40)
    assert card["not"].tally == Tally(70, 50)
    assert card["among"].reason == "margins"
    assert card["among"].tally == Tally(unsized={"out", "satisfied", "failed"})
    assert [card[key].verdict for key in ("or", "and", "not")] == [Verdict.MET, Verdict.NOT_MET, Verdict.MET]


def test_exactly_at_the_threshold_is_met_and_not_exceeded():
    """98 of 100 meet 98% and do not exceed it; 99 do; at 100% nothing can."""
    assert rural([100], [98]).verdict is Verdict.MET
    assert rural([100], [98]).exceeded is False
    assert rural([100], [99]).exceeded is True
    assert rural([100_000], [97_996]).verdict is Verdict.NOT_MET
    rows = {"settlement": ["urban"], "persons": [7], "hygienic_water": [7]}
    urban = ei.evaluate(soc_trang_2020, {"residents": rows}, year=2020)["urban_water"]
    assert (urban.verdict, urban.exceeded) == (Verdict.MET, False)


def test_a_published_percentage_is_an_interval():
    """What rounds to 98.0% may be below it; a threshold judges the interval, as it judges a tally."""
    assert ei.at_least("98%").judge(Rate.from_percent("98.0%")).verdict is Verdict.UNDETERMINED
    assert ei.at_least("98%").judge(Rate.from_percent("97.996%")).verdict is Verdict.NOT_MET
    assert ei.at_least("98%").judge(Rate.from_percent("99.65%")).verdict is Verdict.MET
    assert Rate.from_percent("99.65%") == Rate(Fraction(99645, 100000), Fraction(99655, 100000))
    tally = Tally.from_percent("98.0%", of=1000)
    assert tally == Tally(980, 20)  # no other count of 1000 rounds to it
    assert Tally.from_percent("98%", of=1000) == Tally(975, 15, 10)  # 975 to 985, half to even
    assert ei.at_least("98%").judge(Tally.from_percent("98%", of=1000)).verdict is Verdict.UNDETERMINED


def test_readings_that_differ_are_contested_and_never_silently_one():
    """The default's verdict is shown with the word contested; statistic readings never make it so."""
    rows = [
        {"stream": "urban_domestic", "generated": 1000, "collected": 1000, "treated_to_standard": 1000},
        {"stream": "industrial", "generated": 10, "collected": 8, "treated_to_standard": 8},
        {"stream": "service", "generated": 0, "collected": 0, "treated_to_standard": 0},
    ]
    card = ei.evaluate(soc_trang_2020, {"waste": rows}, year=2020)
    assert card["urban_waste"].verdict is Verdict.MET
    assert card["urban_waste"].under("each_stream").verdict is Verdict.NOT_MET
    assert card["urban_waste"].contested is True
    first = ei.evaluate(soc_trang_2020, {"waste": rows}, year=2020, readings={"urban_waste": "each_stream"})
    assert first["urban_waste"].verdict is Verdict.NOT_MET
    assert first["urban_waste"].contested is True
    rows[1] |= {"collected": 10, "treated_to_standard": None}
    card = ei.evaluate(soc_trang_2020, {"waste": rows}, year=2020)
    assert card["urban_waste"].verdict is Verdict.MET
    assert card["urban_waste"].contested is None
    rows[1] |= {"collected": 9, "treated_to_standard": 9}
    card = ei.evaluate(soc_trang_2020, {"waste": rows}, year=2020)
    assert card["urban_waste"].contested is False


def test_a_table_that_did_not_come_is_undetermined_and_never_guessed():
    """No residents: undetermined with reason no_table, though households came."""
    rows = {"settlement": ["rural"], "households": [10], "hygienic_water": [10]}
    card = ei.evaluate(soc_trang_2020, {"households": rows}, year=2020)
    assert card["rural_water"].reason == "no_table"
    assert card["rural_water"].under("households").verdict is Verdict.MET
    assert card.verdict is Verdict.UNDETERMINED


def test_a_column_that_did_not_come_is_said():
    """A reading none of whose where columns came is undetermined for that reason, the others go on."""
    rows = {"activity": ["production"], "built": [2016], "establishments": [4], "meets_standards": [4]}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        card = ei.evaluate(soc_trang_2020, {"establishments": rows}, year=2020)
    assert card["new_facilities"].reason == "no_column"
    assert card["new_facilities"].tally == Tally(unsized={"out", "satisfied", "failed"})
    assert card["establishment_standards"].verdict is Verdict.MET
    assert {(each.what, each.name) for each in card.missing["establishments"]} >= {("column", "clean_technology")}
