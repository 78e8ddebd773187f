"""Changes like for like: those areas alone of which all is known both now and then."""

from __future__ import annotations

from fractions import Fraction

import pytest
from forms import formed
from hypothesis import given
from hypothesis import strategies as st
from messy import file_of, programme

import envindicators as ei

TONNE = ei.Unit("tonne", "tonnes")
WASTE = ei.Table(
    "waste", TONNE, total="waste", parts=["treated"], values={"cost": ei.Unit("dong", "dong")}, period="flow"
)
PEOPLE = ei.Table("people", ei.Unit("person", "people"), total="persons", period="stock")
TREATED = ei.Amount("treated", "treated", table=WASTE, where=ei.flag("treated"))
PERSONS = ei.Amount("persons", "people", table=PEOPLE)
ANY = ei.Amount("any", "any", table=WASTE).at_least("0 tonne")
KINDS = {
    "amount": TREATED.since(2020),
    "net": ei.Amount("waste", "waste", table=WASTE).less(TREATED, key="net").since(2020),
    "share": ei.Share("share", "share", table=WASTE, where=ei.flag("treated")).since(2020).points,
    "ratio": ei.Ratio("each", "each", TREATED, per=PERSONS).since(2020),
    "mean": ei.Mean("cost", "cost", table=WASTE, of="cost", weight="waste").since([2019, 2020]),
}


def judged(change, waste, people, *, by=()):
    required = change.at_most("-5 points" if change.in_points else "-10%")
    clause = programme("p", ANY, year=2022).targets[0].clause
    readings = [ei.Reading("any", ANY), ei.Reading("alike", required, kind="proxy")]
    plan = ei.Programme("p", "p", clause.document, [ei.Target("t", clause, 2022, readings)])
    given_rows = {"waste": waste, "people": people}
    tables = formed({table.key: given_rows[table.key] for table in change.tables}, totals="keep")
    return ei.evaluate(plan, tables, by=by, year=2022)


def alike_of(card, group=None):
    found = card["t"] if group is None else card["t", group]
    return found.readings["alike"].judgements[0]


def waste_rows():
    row = st.fixed_dictionaries(
        {
            "area": st.sampled_from("ABCD"),
            "year": st.sampled_from([2019, 2020, 2022]),
            "waste": st.integers(0, 9),
            "treated": st.sampled_from([True, True, False, None]),
            "cost": st.sampled_from([0, 1, 4, 9, 9, None]),
        }
    )
    return st.lists(row, min_size=1, max_size=14, unique_by=lambda row: (row["area"], row["year"], row["treated"]))


def people_rows():
    row = st.fixed_dictionaries(
        {"area": st.sampled_from("ABCD"), "year": st.sampled_from([2020, 2022]), "persons": st.integers(0, 5)}
    )
    return st.lists(row, min_size=1, max_size=8, unique_by=lambda row: (row["area"], row["year"]))


def known(change, area, waste, people):
    """Return whether rows of an area have all that a change asks for."""
    base = change.base if isinstance(change.base, tuple) else (change.base,)
    for table in change.tables:
        rows = waste if table is WASTE else people
        for year in (2022, *base):
            own = [row for row in rows if (row["area"], row["year"]) == (area, year)]
            if not own:
                return False
            asked = [question for question in change.questions if question.table is table]
            parts = {column for question in asked for column in question.where.columns}
            if any(row[part] is None and row["waste"] for row in own for part in parts):
                return False
            if any(question.of for question in asked) and any(row["cost"] is None and row["waste"] for row in own):
                return False
    return True


@pytest.mark.filterwarnings("ignore::envindicators.CoverageWarning")
@pytest.mark.parametrize("kind", KINDS)
@given(waste=waste_rows(), people=people_rows())
def test_it_is_the_change_of_the_areas_of_which_all_is_known(kind, waste, people):
    change = KINDS[kind]
    alike = change.like_for_like()
    areas = {row["area"] for row in waste + people if known(change, row["area"], waste, people)}
    # an area more, of which nothing is known but now
    every = [{"area": "Z", "year": 2022, "waste": 3, "treated": True, "cost": 7}, *waste]
    everyone = [{"area": "Z", "year": 2022, "persons": 3}, *people]
    for by in ((), ("area",)):
        card = judged(alike, every, everyone, by=by)
        if not areas:
            assert alike_of(card).verdict is ei.Verdict.NOT_APPLICABLE
            continue
        kept = [[row for row in rows if row["area"] in areas] for rows in (waste, people)]
        truth = alike_of(judged(change, *kept, by=by))
        assert alike_of(card).evidence.ends == truth.evidence.ends
        assert alike_of(card).verdict is truth.verdict
        for area in areas if by else ():
            ends = alike_of(card, area).evidence.ends
            assert ends == alike_of(judged(change, *kept, by=by), area).evidence.ends


def test_the_emissions_of_sectors_known_in_both_years():
    expected = file_of("emissions.csv")["expect"]
    table = ei.Table("emissions", ei.Unit("kilotonne", "kilotonnes", grain=1000), total="emitted", period="flow")
    change = ei.Amount("emitted", "x", table=table).since(2020)
    values = {
        "Năng lượng": (812.4, 655.1), "Giao thông": (203.6, 214), "Nông nghiệp": (640.2, 402.7),
        "Công nghiệp": (None, 88.3), "Chất thải": (151.9, 97.4), "Khí F": (0, 3.2),
    }  # fmt: skip
    rows = [
        {"sector": sector, "year": year, "emitted": value}
        for sector, pair in values.items()
        for year, value in zip((2020, 2030), pair, strict=True)
        if value is not None
    ]
    for one in expected:
        level = one["requirement"].split()[1]
        required = change.like_for_like("sector").at_most(level)
        own = programme("p", change.at_most(level), year=2030).targets[0]
        target = ei.Target("t", own.clause, 2030, [own.readings[0], ei.Reading("alike", required, kind="proxy")])
        plan = ei.Programme("p", "p", own.clause.document, [target])
        card = ei.evaluate(plan, {"emissions": rows}, by=["sector"], year=2030)
        truth = one["like_for_like"]
        assert alike_of(card).evidence.ends == (Fraction(truth["lower"]), Fraction(truth["upper"]))
        assert alike_of(card).verdict.name == truth["verdict"]


def test_it_decides_nothing():
    required = KINDS["amount"].like_for_like().at_most("-30%")
    with pytest.raises(ei.DefinitionError, match=r"reading 'one': a change like for like .* kind=\"proxy\""):
        ei.Reading("one", required)
    with pytest.raises(ei.DefinitionError, match="like for like"):
        ei.Reading("one", required.every("area"), kind="statistic")


def test_a_published_figure_is_not_put_like_for_like():
    change = ei.Amount("waste", "waste", table=WASTE).since(ei.published("560 tonne", year=2019))
    with pytest.raises(ei.DefinitionError, match="published figure"):
        change.like_for_like()


def test_the_column_stands_in_by():
    with pytest.raises(ei.OptionError, match="put 'sector' in by"):
        judged(KINDS["amount"].like_for_like("sector"), [{"area": "A", "year": 2022, "waste": 1, "treated": True}], [])


def test_it_stands_in_files(tmp_path):
    own = programme("p", KINDS["amount"].at_most("-30%"), year=2022).targets[0]
    reading = ei.Reading("alike", KINDS["mean"].like_for_like("sector").at_most("-30%"), kind="proxy")
    target = ei.Target("t", own.clause, 2022, [own.readings[0], reading])
    plan = ei.Programme("p", "p", own.clause.document, [target])
    file = tmp_path / "plan.toml"
    file.write_text(plan.to_toml(), "utf-8")
    assert ei.Programme.load(file) == plan


@pytest.mark.filterwarnings("ignore::envindicators.CoverageWarning")
def test_it_says_that_it_leaves_something_out():
    row = {"waste": 9, "treated": True, "cost": 1}
    rows = [{"area": area, "year": year} | row for area, year in (("A", 2020), ("A", 2022), ("B", 2022))]
    card = judged(KINDS["amount"].like_for_like(), rows, [])
    assert "Like for like by area: only what is known in full at both times." in str(card.explain("t"))
