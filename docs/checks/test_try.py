"""The page to try: its script has the library's law, works under a strict policy, and reads well without it."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

import envindicators as ei

STATIC = Path(__file__).parents[1] / "_static"
DIRECTIONS = {"at_least": ei.at_least, "at_most": ei.at_most, "above": ei.above, "below": ei.below}
OUTCOMES = ("out", "satisfied", "failed")

JUDGE = """cases => cases.map(([counts, unsized, direction, n, d]) => {
  const law = envindicatorsLaw;
  const tally = {counts: counts.map(BigInt), unsized};
  const level = law.fraction(BigInt(n), BigInt(d));
  const judged = law.judge(tally, {direction, level});
  const end = (each) => each === null ? null : [String(each.n), String(each.d), each.reached];
  const units = (each) => each === null ? null : each.map((one) => one === null ? null : String(one));
  return {
    extremes: judged.extremes === null ? null : [end(judged.extremes.least), end(judged.extremes.greatest)],
    verdict: judged.verdict, exceeded: judged.exceeded, reason: judged.reason,
    shortfall: units(judged.shortfall), slack: units(judged.slack), shown: law.show(judged, level),
  };
})"""


@pytest.fixture(scope="module")
def law(browser):
    page = browser.new_page()
    page.add_script_tag(path=STATIC / "law.js")
    yield page
    page.close()


def some_cases(seed, count):
    """Yield tallies and levels: few units, where ends meet and populations are empty, and very many."""
    chance = random.Random(seed)
    for _ in range(count):
        most = chance.choice([1, 3, 12, 10_000, 10**30])
        counts = [chance.choice([0, 0, chance.randint(0, most)]) for _ in range(6)]
        unsized = [outcome for outcome in OUTCOMES if chance.random() < chance.choice([0, 0.5])]
        scale = chance.choice([1, 2, 3, 7, 100, 1000])
        level = Fraction(chance.randint(0, scale), scale)
        placed = sum(counts[:3])
        if placed and chance.random() < 0.3:
            level = Fraction(counts[0], placed)  # exactly on it
        direction = chance.choice(list(DIRECTIONS))
        if level != {"above": 1, "below": 0}.get(direction):
            yield counts, unsized, direction, level


def expected(counts, unsized, direction, level):
    judgement = DIRECTIONS[direction](level).judge(ei.Tally.of(counts, unsized))
    extremes = judgement.evidence.extremes

    def end(share, reached):
        return [str(share.numerator), str(share.denominator), reached]

    def units(interval):
        return None if interval is None else [None if each is None else str(each) for each in interval]

    ends = None
    if extremes is not None:
        ends = [end(extremes.least, extremes.least_reached), end(extremes.greatest, extremes.greatest_reached)]
    return {
        "extremes": ends,
        "verdict": judgement.verdict.value,
        "exceeded": judgement.exceeded,
        "reason": judgement.reason,
        "shortfall": units(judgement.shortfall),
        "slack": units(judgement.slack),
        "shown": judgement.shown,
    }


def test_the_script_has_the_librarys_law(law):
    cases = list(some_cases(20200315, 6000))
    sent = []
    for counts, unsized, direction, level in cases:
        kept = list(ei.Tally.of(counts, unsized).unsized)
        share = [str(level.numerator), str(level.denominator)]
        sent.append([list(map(str, counts)), kept, direction, *share])
    found = law.evaluate(JUDGE, sent)
    seen = set()
    for case, judged in zip(cases, found, strict=True):
        assert judged == expected(*case), case
        seen.add((judged["verdict"], judged["reason"]))
    assert len(seen) == 7, seen  # every verdict, and every reason that a tally can have


@pytest.mark.parametrize("text", ["98%", "98,5%", "98.50 %", "0%", "100%", "33.333333333333333333%", "07%"])
def test_percentages_are_read_alike(law, text):
    level = ei.at_least(text).level
    script = "text => { const {n, d} = envindicatorsLaw.readPercent(text); return [String(n), String(d)]; }"
    assert law.evaluate(script, text) == [str(level.numerator), str(level.denominator)]


@pytest.mark.parametrize("text", ["98", "", "%", "-1%", "1e2%", "101%", "100.0001%", "9.8.1%", "98 x%"])
def test_what_is_no_percentage_is_read_as_none(law, text):
    assert law.evaluate("text => envindicatorsLaw.readPercent(text)", text) is None
    with pytest.raises(ei.DefinitionError):
        ei.at_least(text)


@pytest.mark.filterwarnings("ignore::envindicators.CoverageWarning")
def test_a_table_gives_the_tally_that_the_library_makes_of_it(law):
    person = ei.Unit("person", "people")
    table = ei.Table("people", person, total="persons", parts=["water"])
    share = ei.Share("water", "water", table=table, where=ei.flag("water"))
    document = ei.programmes.soc_trang_2020.document
    clause = ei.Clause(document, "1", "Một chỉ tiêu.", "A target.")
    programme = ei.Programme("p", "p", document, [ei.Target("t", clause, 2020, share.at_least("50%"))])
    chance = random.Random(7)
    for _ in range(60):
        rows = []
        for place in range(chance.randint(1, 6)):
            total = chance.choice([None, chance.randint(0, 50)])
            part = chance.choice([None, chance.randint(0, 50 if total is None else total)])
            rows.append({"area": f"A{place}", "persons": total, "water": part})
        came = [row for row in rows if row["persons"] is not None or row["water"] is not None]
        if not came:
            continue
        card = ei.evaluate(programme, {"people": came}, year=2020, expected=[row["area"] for row in rows])
        tally = card["t"].judgements[0].tally
        sent = [[None if row[name] is None else str(row[name]) for name in ("persons", "water")] for row in rows]
        found = law.evaluate(
            """rows => {
              const cell = (text) => text === null ? null : BigInt(text);
              const read = rows.map(([total, part]) => ({total: cell(total), part: cell(part)}));
              const tally = envindicatorsLaw.tallyOf(read);
              return [tally.counts.map(String), tally.unsized];
            }""",
            sent,
        )
        assert found == [[str(count) for count in tally.counts], [each for each in OUTCOMES if each in tally.unsized]]


# the page

PATH = "vi/try.html"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'"


def answer(page):
    return page.locator(".site-try-verdict").inner_text()


def test_counts_that_move_move_the_verdict(visit):
    visited = visit()
    page = visited.open(PATH)
    assert answer(page) == "chưa đủ căn cứ đánh giá: 90%–95%"
    page.fill("[name=satisfied]", "92")
    page.fill("[name=failed]", "3")
    assert answer(page) == "đạt: 92%–97%"
    page.fill("[name=unknown]", "0")
    page.fill("[name=level]", "98,5%")
    assert answer(page) == "không đạt: 96,84%"
    page.locator("[name=unsized][value=satisfied]").check()
    assert answer(page) == "chưa đủ căn cứ đánh giá: 96,84%–<100%"
    page.fill("[name=level]", "98,5")
    assert answer(page).startswith("Cần một tỷ lệ")
    visited.assert_clean()


def test_a_small_table_gives_bounds(visit):
    visited = visit(width=375, height=740)
    page = visited.open("en/try.html")
    page.locator("[name=what][value=table]").check()
    page.fill("[name=level]", "70%")
    assert answer(page) == "exceeded: 75.23%–99.05%"
    page.locator("tbody tr").nth(1).locator("input").nth(1).fill("")
    assert answer(page).startswith("undetermined")
    page.locator("tbody tr").nth(1).get_by_role("button").click()
    assert answer(page) == "exceeded: 98.75%"
    page.locator("tbody tr").first.locator("input").nth(2).fill("901")
    assert answer(page).startswith("Expected whole numbers")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    visited.assert_clean()


@pytest.mark.parametrize(
    ("lang", "scheme", "width"), [("vi", "light", 1280), ("en", "dark", 1280), ("vi", "dark", 375)]
)
def test_it_is_accessible(visit, lang, scheme, width):
    page = visit(width=width, scheme=scheme).open(f"{lang}/try.html")
    for what in ("tally", "table"):
        page.locator(f"[name=what][value={what}]").check()
        found = Axe().run(page).response["violations"]
        assert not [
            (each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")
        ]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_example_is_judged_by_the_script_as_by_the_library(visit, lang):
    page = visit().open(f"{lang}/try.html")
    for row in page.locator("[data-case]").all():
        _, _, value, verdict = row.locator("td").all_inner_texts()
        row.get_by_role("button").click()
        assert answer(page) == f"{verdict}: {value}"


def test_it_works_under_a_strict_policy(visit, address):
    visited = visit()

    def strict(route):
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, "content-security-policy": POLICY})

    visited.page.route("**/try.html", strict)
    page = visited.open("en/try.html")
    page.fill("[name=failed]", "0")
    assert answer(page) == "exceeded: 94.73%–100%"
    assert page.locator("form").first.evaluate("form => form.checkVisibility()")
    assert not [said for said in visited.complaints if "try.js" in said or "law.js" in said]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_without_a_script_the_examples_stand_there(browser, address, lang):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{lang}/try.html")
    shown = page.locator(".site-try").inner_text()
    assert "97" in shown
    assert shown.count("%") >= 10
    assert not page.locator(".site-try form").is_visible()
    assert not page.locator(".site-try-answer").is_visible()
    context.close()
