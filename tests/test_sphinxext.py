"""Methodology pages: what they say, that they say it of the objects, and what they refuse."""

from __future__ import annotations

import html
import itertools
import subprocess
import sys
import types
import warnings

import attrs
import pytest
from forms import evaluate

import envindicators as ei
from envindicators.programmes import soc_trang_2020

pytest.importorskip("sphinx", reason="the extra docs is not installed")

from sites import SPEC, page, squeezed

from envindicators.report.citing import citation
from envindicators.report.numbers import shares
from envindicators.report.tallies import FATES
from envindicators.report.verdicts import verdict_words
from envindicators.sphinxext.domain import NAME
from envindicators.sphinxext.formula import condition, symbolic
from envindicators.sphinxext.language import site_language
from envindicators.sphinxext.missing import blanks
from envindicators.sphinxext.templates import template, template_bytes
from envindicators.words.message import gettext

pytestmark = [
    pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::PendingDeprecationWarning"),
]

# what a page of a target says


@pytest.mark.parametrize("key", [target.key for target in soc_trang_2020.targets])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_target_says_everything_there_is(build, key, language):
    app, complaints = build({"index": f".. target:: {key}"}, language=language, builder="text")
    said = squeezed(page(app, suffix="txt"))
    target = soc_trang_2020.target(key)
    card = ei.evaluate(soc_trang_2020, ei.examples.soc_trang(), year=2020, by="area")
    assert not complaints
    assert squeezed(target.clause.quote) in said
    assert (squeezed(target.clause.translation.in_("en")) in said) is (language == "en")
    for correction in target.clause.corrections:
        assert squeezed(correction.scan) in said
    for words in (target.clause.note, target.clause.deadline_rationale, target.name):
        assert squeezed(words.in_(language)) in said
    for reading in target.readings:
        assert squeezed(reading.name.in_(language)) in said
        assert squeezed(reading.rationale.in_(language)) in said
        for requirement in reading.requirements:
            assert squeezed(symbolic(requirement, language)) in said
    for assessment in card[key].readings.values():
        for judgement in assessment.judgements:
            assert squeezed(shares(judgement, language)) in said
    assert squeezed(verdict_words(card[key], language)) in said
    assert squeezed(ei.examples.MADE_UP.in_(language)) in said


def test_the_words_of_the_document_are_marked_as_vietnamese_and_left_as_they_are(build):
    app, complaints = build({"index": ".. target:: rural_water\n\n.. duties::"})
    shown = page(app)
    assert not complaints
    assert f'<span lang="vi">{soc_trang_2020.target("rural_water").clause.quote}</span>' in shown
    for duty in soc_trang_2020.duties:
        assert duty.clause.quote in shown
    app, _ = build({"index": ".. target:: rural_water"}, language="vi")
    assert '<span lang="vi">' not in page(app)


def test_a_document_is_marked_with_its_own_language_and_translated_for_others(build, monkeypatch):
    water = soc_trang_2020.target("rural_water").default.requirements[0].indicator
    document = attrs.evolve(soc_trang_2020.document, lang="fr")
    clause = ei.Clause(document, "1", quote="95% de la population", translation="95% of the population")
    plan = types.ModuleType("french_plan")
    plan.programme = ei.Programme("plan", "Plan", document, [ei.Target("t", clause, 2025, water.at_least("95%"))])
    monkeypatch.setitem(sys.modules, "french_plan", plan)
    for language in ("en", "vi"):
        app, complaints = build({"index": ".. target:: french_plan:programme t"}, language=language, examples={})
        assert not complaints
        assert '<span lang="fr">95% de la population</span>' in page(app)
        assert "95% of the population" in page(app)


def test_a_formula_is_mathml_without_a_script(build):
    app, _ = build({"index": ".. target:: rural_water"})
    shown = page(app)
    text = "∑ persons [settlement = rural ∧ hygienic_water] / ∑ persons [settlement = rural] ≥ 98%"
    assert f'alttext="{text}"' in shown
    assert "<mfrac>" in shown
    assert "mathjax" not in shown.lower()


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (ei.all_units(), "all_units()"),
        (ei.one_of("a", "x"), "a = x"),
        (ei.one_of("a", "x", "y"), "a ∈ {x, y}"),
        (ei.between("b", None, 2014), "b ≤ 2014"),
        (ei.between("b", 2015, None), "b ≥ 2015"),
        (ei.between("b", 2015, 2020), "2015 ≤ b ≤ 2020"),
        (ei.between("b", 2015, 2015), "b = 2015"),
        (ei.flag("a") & ei.flag("b") & ei.flag("c"), "a ∧ b ∧ c"),
        (ei.flag("a") | ei.flag("b") & ei.flag("c"), "a ∨ (b ∧ c)"),
        (~(ei.flag("a") | ei.flag("b")), "¬(a ∨ b)"),
        (~ei.flag("a") & (ei.flag("b") | ei.flag("c")), "¬a ∧ (b ∨ c)"),
    ],
)
def test_a_condition_reads_in_one_way_only(rule, said):
    assert condition(rule) == said


def test_a_page_has_the_metadata_of_its_target(build):
    app, complaints = build({"index": ".. target:: urban_waste"}, language="en")
    shown = html.unescape(page(app))
    about = soc_trang_2020.target("urban_waste").about
    assert not complaints
    for words in (about.concept, about.method, about.periodicity, about.comparability, *about.limits):
        assert words.in_("en") in shown
    for code in about.codes:
        assert code.note.in_("en") in shown
        assert f'href="{code.url}"' in shown or not code.url
    for words in ("Not assigned by the document.", "percent (%); counted in kg", "waste stream", "26 November 2026"):
        assert words in shown
    assert "Source of data" not in shown  # nothing is known of it


def test_the_words_of_a_target_are_told_from_those_of_another(build):
    app, _ = build({"index": ".. target:: rural_water"})
    own = soc_trang_2020.target("rural_water").own
    assert f'<span class="ei-marked"><span lang="vi">{own[0]}</span></span>' in page(app)
    app, _ = build({"index": ".. target:: medical_waste"})
    assert "ei-marked" not in page(app)


# missing data


@pytest.mark.parametrize("indicator", soc_trang_2020.indicators, ids=lambda indicator: indicator.key)
def test_what_a_blank_is_said_to_leave_open_is_what_a_row_with_that_blank_leaves_open(indicator):
    """Put the blank into a row of the table, evaluate it, and see which count of the tally it goes to."""
    table = indicator.table
    domains = table.domains.narrowed(indicator.among, indicator.where)
    columns = domains.relevant(indicator.among, indicator.where)
    target = ei.Target("t", soc_trang_2020.targets[0].clause, 2020, indicator.at_least("50%"))
    programme = ei.Programme("p", "p", soc_trang_2020.document, [target])
    rest = {column: None for column in table.columns[1:] if column not in columns}
    (question,) = indicator.questions
    for blank in blanks(question):
        others = [column for column in columns if column != blank.column]
        found = set()
        for values in itertools.product(*(domains.values[column] for column in others)):
            row = {table.total: 7, **rest, **dict(zip(others, values, strict=True)), blank.column: None}
            chain = [row[name] for name in domains.nested if row.get(name) is not None]
            if chain != sorted(chain, reverse=True):
                continue
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tally = evaluate(programme, {table.key: [row]}, year=2100, layout={table.key: "weighted"})["t"].tally
            found |= {name for name, count in zip(FATES, tally.counts, strict=True) if count}
        assert set(blank.counts) == found - {"satisfied", "failed"}


# templates


@pytest.mark.parametrize("key", list(soc_trang_2020.tables))
def test_a_filled_template_is_a_table(build, key, tmp_path):
    app, _ = build({"index": f".. tables:: {key}"})
    path = app.outdir / "_downloads" / "soc_trang_2020" / f"{key}.csv"
    assert path.read_bytes() == template_bytes(template(soc_trang_2020.tables[key]))
    assert f'href="_downloads/soc_trang_2020/{key}.csv"' in page(app)
    lines = path.read_bytes().decode("utf-8-sig").splitlines()
    head = lines[0].split(",")
    table = soc_trang_2020.tables[key]
    assert set(head) == {"area", "year", *table.columns}
    filled = tmp_path / f"{key}.csv"
    rows = []
    for line in lines[1:]:
        row = dict(zip(head, line.split(","), strict=True)) | {"area": "Mỹ Tú", "year": "2020", table.total: "10"}
        rows.append(",".join(row[name] for name in head))
    filled.write_text("\n".join([lines[0], *rows]), encoding="utf-8")
    problems = ei.check(soc_trang_2020, {key: ei.scan(filled)}, year=2020)
    assert not [problem for problem in problems if problem.severity == "error"]


@pytest.mark.parametrize("key", list(soc_trang_2020.tables))
def test_a_table_names_its_columns_and_allowed_values(build, key):
    app, complaints = build({"index": f".. tables:: {key}"})
    shown, table = page(app), soc_trang_2020.tables[key]
    assert not complaints
    for name in (
        "area",
        "year",
        *table.columns,
        *(value for category in table.categories for value in category.values),
    ):
        assert f'<span class="pre">{name}</span>' in shown


# references and indices


def test_references_find_what_is_described(build):
    app, complaints = build(
        {
            "index": """
                Site
                ====

                :target:`rural_water`, :target:`water <soc_trang_2020.rural_water>`, :ei:table:`residents`,
                :duty:`leadership`, :clause:`II.3 (1)`, :any:`soc_trang_2020.medical_waste`
                """,
            "rural": ".. target:: rural_water",
            "medical": ".. target:: medical_waste",
            "tables": "Tables\n======\n\n.. tables:: residents waste",
            "duties": ".. duties::",
        },
    )
    shown = page(app)
    assert not complaints
    assert 'href="rural.html#soc-trang-2020-rural-water"' in shown
    assert "Rural residents using hygienic domestic water</span></a>" in shown
    assert 'href="tables.html#soc-trang-2020-table-residents"' in shown
    assert 'href="duties.html#soc-trang-2020-duty-leadership"' in shown
    assert 'href="rural.html#soc-trang-2020-rural-water-clause"' in shown
    assert 'href="medical.html#soc-trang-2020-medical-waste"' in shown


def test_a_reference_to_nothing_is_a_warning(build):
    _, complaints = build({"index": "Site\n====\n\n:target:`rural_watre`"})
    assert "rural_watre" in complaints


def test_what_is_described_twice_is_a_warning_unless_told_not_to(build):
    pages = {"index": "Site\n====\n", "one": ".. target:: rural_water", "two": ".. target:: rural_water"}
    _, complaints = build(pages)
    assert "target soc_trang_2020.rural_water is described twice" in complaints
    _, complaints = build(pages | {"two": ".. target:: rural_water\n   :no-index:"})
    assert not complaints


@pytest.mark.parametrize("parallel", [0, 2])
def test_the_indices_hold_every_clause_and_indicator(build, parallel):
    pages = {target.key: f".. target:: {target.key}" for target in soc_trang_2020.targets}
    app, complaints = build(
        {"index": "Site\n====\n", **pages, "duties": ".. duties::"}, language="vi", parallel=parallel
    )
    assert not complaints
    clauses, indicators = page(app, "ei-clauses"), page(app, "ei-indicators")
    assert gettext("Index of clauses", "vi") in clauses
    places = [clauses.index(f">{each.clause.section}<") for each in (*soc_trang_2020.targets, *soc_trang_2020.duties)]
    assert places == sorted(places)
    for indicator in soc_trang_2020.indicators:
        assert indicator.key in indicators
        assert indicator.name.in_("vi") in indicators


def test_a_page_that_is_gone_leaves_nothing(build):
    pages = {"index": "Site\n====\n", "one": ".. target:: rural_water", "tables": "T\n=\n\n.. tables::"}
    app, _ = build(pages)
    domain = app.env.get_domain(NAME)
    assert domain.templates
    domain.clear_doc("tables")
    domain.clear_doc("one")
    assert not domain.templates
    assert not list(domain.places())


# words


def test_generated_words_go_to_no_translator(build):
    text = "A title of the author\n=====================\n\n.. target:: rural_water\n\n.. tables::\n\n.. duties::"
    app, complaints = build({"index": text}, builder="gettext")
    catalogue = (app.outdir / "index.pot").read_text(encoding="utf-8")
    assert not complaints
    assert catalogue.count("msgid") == 2  # the header, and the author's title


@pytest.mark.parametrize(
    ("given", "lang"), [("vi", "vi"), ("vi_VN", "vi-VN"), ("en", "en"), ("de", "en"), (None, "en")]
)
def test_the_language_of_the_site(given, lang):
    assert site_language(given) == lang


def test_the_overview_and_the_scorecard(build):
    app, complaints = build({"index": f".. programme:: {SPEC}\n\n.. scorecard::"}, language="vi", programme="")
    shown = page(app)
    assert not complaints
    assert "Về bảo vệ môi trường tỉnh Sóc Trăng đến năm 2020" in shown
    assert 'class="ei-card" lang="vi"' in shown
    for target in soc_trang_2020.targets:
        assert target.name.in_("vi") in shown


# what is refused


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (".. target:: rural_watre", "did you mean 'rural_water'?"),
        (".. target:: nowhere:nothing rural_water", "the module 'nowhere' cannot be imported"),
        (".. target:: envindicators:nothing rural_water", "the module 'envindicators' has no 'nothing'"),
        (".. target:: envindicators:Tally rural_water", "expected a Programme"),
        (".. target:: one two three", "expected the key of a target"),
        (".. target:: a:b", "expected the key of a target"),
        (".. tables:: resident", "did you mean 'residents'?"),
    ],
)
def test_a_directive_refuses_in_a_sentence_with_its_line(build, text, said):
    _, complaints = build({"index": f"Site\n====\n\n{text}"})
    assert said in complaints
    assert "index.rst:4" in complaints


def test_without_a_programme(build):
    _, complaints = build({"index": "Site\n====\n\n.. target:: rural_water"}, programme="")
    assert "no programme is named; give the option programme" in complaints


@pytest.mark.parametrize(
    ("examples", "said"),
    [
        ({}, "the site has no example"),
        ({SPEC: {"year": 2020}}, "'tables' is missing"),
        ({SPEC: {"tables": "envindicators.examples:soc_trang", "yaer": 2020}}, "unknown key 'yaer'"),
        ({SPEC: {"tables": "envindicators.examples:sóc"}}, "has no 'sóc'"),
        ({SPEC: {"tables": 2020}}, "expected module:name in quotes"),
        ({SPEC: {"tables": "envindicators.examples:soc_trang", "year": 1999}}, "cannot be evaluated"),
        ({SPEC: {"tables": "envindicators.examples:soc_trang", "year": 2020, "by": "district"}}, "cannot be evaluated"),
    ],
)
def test_an_example_that_is_not_as_it_should_be(build, examples, said):
    _, complaints = build({"index": "Site\n====\n\n.. scorecard::"}, examples=examples)
    assert said in complaints


def test_a_site_without_an_example_has_pages_without_one(build):
    app, complaints = build({"index": ".. target:: rural_water"}, examples={})
    assert not complaints
    assert "soc-trang-2020-rural-water-example" not in page(app)


@pytest.mark.parametrize(("language", "said"), [("en", "by the end of 2025: "), ("vi", "đến hết năm 2025: ")])
def test_a_programme_that_says_little_has_a_page_that_claims_nothing(build, monkeypatch, language, said):
    water = soc_trang_2020.target("rural_water").default.requirements[0].indicator
    clause = ei.Clause(soc_trang_2020.document, "1", quote="95% người dân dùng nước sạch.", translation="")
    plan = types.ModuleType("little_plan")
    plan.programme = ei.Programme(
        "little", "Little", clause.document, [ei.Target("t", clause, 2025, water.at_least("95%"))]
    )
    monkeypatch.setitem(sys.modules, "little_plan", plan)
    text = ".. programme:: little_plan:programme\n\n.. target:: t"
    app, complaints = build({"index": text}, language=language, programme="", examples={})
    shown = page(app)
    assert not complaints
    assert said in shown
    claimed = shown.split('id="little-t"')[1].replace(citation(clause.document).in_(language), "")
    for claim in ("province", "cấp tỉnh", "None", "59"):
        assert claim not in claimed


def test_an_amount_and_a_choice_of_requirements_have_a_page(build, monkeypatch):
    households = soc_trang_2020.tables["households"]
    water = ei.Amount("water", "Households with water", table=households, where=ei.flag("hygienic_water"))
    towns = ei.Amount("towns", "Households in towns", table=households, where=ei.one_of("settlement", "urban"))
    reading = ei.Reading("either", ei.any_of(water.at_least("95 household"), towns.at_least("90 household")))
    clause = ei.Clause(soc_trang_2020.document, "1", quote="95 hộ dùng nước sạch.", translation="")
    plan = types.ModuleType("plan_of_amounts")
    plan.programme = ei.Programme("plan", "Plan", clause.document, [ei.Target("t", clause, 2025, [reading])])
    monkeypatch.setitem(sys.modules, "plan_of_amounts", plan)
    app, complaints = build({"index": ".. target:: plan_of_amounts:programme t"}, examples={})
    assert not complaints
    for words in ("It is enough to meet one of them.", "Households that use hygienic domestic water (households)"):
        assert words in page(app)


def test_without_sphinx_the_import_names_the_extra():
    script = "import sys; sys.modules['sphinx'] = None; import envindicators.sphinxext"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "PackageNeeded: envindicators.sphinxext: another package is needed" in done.stderr
    assert "envindicators[docs]" in done.stderr
    assert issubclass(ei.PackageNeeded, ImportError)
    assert "envindicators[docs]" in done.stderr


# targets of every kind


def every_kind():
    """Return a programme with a target of each kind, and tables for it."""
    tonne, person = ei.Unit("tonne", "tonnes"), ei.Unit("person", "people")
    places = {"sector": ["energy", "waste"]}
    gas = ei.Table("gas", tonne, total="emitted", period="flow", parts=["clean"], categories=places)
    sinks = ei.Table("sinks", tonne, total="absorbed", period="flow")
    people = ei.Table("people", person, total="persons")
    air = ei.Table(
        "air", ei.Unit("hour", "hours"), total="hours", values={"pm25": ei.Unit("µg/m3", "µg/m³", grain=1000)}
    )
    emissions = ei.Amount("emissions", "emissions", table=gas)
    removals = ei.Amount("removals", "removals", table=sinks)
    clean = ei.Share("clean", "clean", table=gas, where=ei.flag("clean"))
    per_head = ei.Ratio("per_head", "per head", emissions, per=ei.Amount("people", "people", table=people))
    pm25 = ei.Mean("pm25", "PM2.5", table=air, of="pm25", weight="hours")
    kinds = {
        "share": clean.at_least("50%"),
        "amount": emissions.at_most("100 tonne"),
        "net": emissions.less(removals.up_to("5 tonne")).below("95 tonne"),
        "ratio": per_head.at_most("2.5 tonne/person"),
        "mean": pm25.below("40 µg/m3"),
        "change": emissions.since(2019).at_most("-30%"),
        "year_before": emissions.since(ei.YEAR_BEFORE).below("+0%"),
        "published": per_head.since(ei.published("2.5 tonne/person", year=2010)).at_most("-10%"),
        "points": clean.since(2019).points.at_least("+2 points"),
        "areas": ei.AreaShare("areas", "areas", of=clean.at_least("50%")).at_least("80%"),
        "every": pm25.below("40 µg/m3").every("area"),
        "either": ei.any_of(clean.at_least("90%"), pm25.below("10 µg/m3")),
        "groups": clean.at_least(ei.by("sector", energy="50%", waste="20%")),
    }
    document = soc_trang_2020.document
    clause = ei.Clause(document, "1", quote="Một chỉ tiêu minh hoạ.", translation="A target for this test.")
    return ei.Programme(
        "every_kind", "every kind", document, [ei.Target(key, clause, 2020, kind) for key, kind in kinds.items()]
    )


def every_table():
    """Return rows for the tables of a programme with every kind."""
    return {
        "gas": [
            {"area": area, "year": year, "sector": "energy", "emitted": 50, "clean": 20}
            for area, year in [("A", 2019), ("A", 2020), ("B", 2020)]
        ],
        "sinks": [{"area": "A", "year": 2020, "absorbed": 9}],
        "people": [{"area": "A", "year": 2020, "persons": 30}],
        "air": [{"area": "A", "year": 2020, "hours": 8000, "pm25": 31.5}],
    }


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_target_of_every_kind_has_its_page_and_formula(build, language, monkeypatch):
    module = types.ModuleType("every_kind")
    module.programme, module.tables = every_kind(), every_table
    monkeypatch.setitem(sys.modules, "every_kind", module)
    spec = "every_kind:programme"
    pages = {"index": "\n\n".join(f".. target:: {target.key}" for target in module.programme.targets)}
    example = {"tables": "every_kind:tables", "year": 2020, "expected": ["A", "B"]}
    app, complaints = build(pages, language=language, programme=spec, examples={spec: example})
    assert not complaints
    shown = page(app)
    for target in module.programme.targets:
        for requirement in target.default.requirements:
            assert html.escape(symbolic(requirement, language)) in shown
    assert "x = ∑ emitted; x(t) / x(2019) − 1" in symbolic(
        module.programme.target("change").default.requirements[0], "en"
    )
