"""The table of duties and the text of the resolution in a browser: what a script filters, what a link lights up."""

from __future__ import annotations

import pytest

import envindicators as ei

DUTIES = ei.programmes.soc_trang_2020.duties
PATH = "methodology/duties.html"


def shown(page):
    return page.locator(".ei-filter tbody tr:visible").count()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_duties_are_filtered_and_the_address_keeps_it(visit, lang):
    visited = visit()
    page = visited.open(f"{lang}/{PATH}")
    assert shown(page) == len(DUTIES)
    page.locator("[name=strength]").select_option("must")
    must = [duty for duty in DUTIES if duty.strength == "must"]
    assert shown(page) == len(must)
    assert page.locator(".ei-choices output").inner_text().startswith(f"{len(must)} ")
    page.locator("[name=measured]").select_option("yes")
    both = [duty for duty in must if duty.indicator is not None]
    assert shown(page) == len(both)
    kept = page.url
    assert kept.endswith("?strength=must&measured=yes")
    page.goto(kept)
    assert shown(page) == len(both)
    page.locator("[name=strength]").select_option("")
    page.locator("[name=measured]").select_option("")
    assert shown(page) == len(DUTIES)
    assert "?" not in page.url
    visited.assert_clean()


def test_each_actor_can_be_chosen(visit):
    page = visit().open(f"vi/{PATH}")
    options = page.locator("[name=actor] option").evaluate_all("all => all.map(each => [each.value, each.textContent])")
    assert len(options) == 1 + len({None if duty.actor is None else str(duty.actor) for duty in DUTIES})
    total = 0
    for value, _ in options[1:]:
        page.locator("[name=actor]").select_option(value)
        total += shown(page)
    assert total == len(DUTIES)


def test_what_an_address_asks_that_is_none_is_passed_over(visit):
    page = visit().open(f"en/{PATH}?strength=%3Cb%3E&actor=nobody")
    unnamed = [duty for duty in DUTIES if duty.actor is None]
    assert shown(page) == len(unnamed)


def test_without_a_script_all_duties_stand_there(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/vi/{PATH}")
    assert shown(page) == len(DUTIES)
    assert page.locator("select").count() == 0
    context.close()


def test_a_duty_leads_to_its_words_in_the_text_and_back(visit):
    visited = visit()
    page = visited.open(f"vi/{PATH}#soc-trang-2020-duty-coastal-forest")
    page.locator("#soc-trang-2020-duty-coastal-forest a").first.click()
    page.wait_for_url("**/methodology/resolution.html#soc-trang-2020-text-coastal-forest")
    passage = page.locator("#soc-trang-2020-text-coastal-forest")
    quote = ei.programmes.soc_trang_2020.duty("coastal_forest").clause.quote
    assert passage.inner_text() == quote
    background = passage.evaluate("each => getComputedStyle(each).backgroundColor")
    assert background != "rgba(0, 0, 0, 0)"
    passage.locator("xpath=following-sibling::*[1]").get_by_role("link").click()
    page.wait_for_url("**/methodology/duties.html#soc-trang-2020-duty-coastal-forest")
    visited.assert_clean()
