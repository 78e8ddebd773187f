"""The dashboard as people meet it: in a browser, with files of their own, in both languages."""

from __future__ import annotations

import io
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect, sync_playwright

import envindicators as ei
from envindicators.programmes import soc_trang_2020

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
]
PATIENCE = 60_000
WATER = "area,settlement,persons,hygienic_water\nMỹ Tú,rural,1000,985\nKế Sách,rural,1000,970\n"


@pytest.fixture(scope="session")
def address():
    """Run the dashboard on a free port, as people do, and yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "scorecard_dashboard.py"]
    options = [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    with subprocess.Popen([*command, *options], cwd=Path(__file__).parent, stdout=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=10).close()
                break
            except OSError:
                assert process.poll() is None, "the dashboard has ended"
                time.sleep(0.1)
        yield address
        process.terminate()


@pytest.fixture(scope="session")
def browser():
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.fail("no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def visit(browser, address):
    """Return a function that opens the dashboard; at the end nothing was asked of another host, and nothing failed."""
    contexts, wrong = [], []

    def opened(locale="en-GB"):
        context = browser.new_context(locale=locale, viewport={"width": 1400, "height": 1000})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda asked: asked.url.startswith((address, "data:", "blob:")) or wrong.append(asked.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(address)
        expect(page.locator(".ei-card")).to_be_visible(timeout=PATIENCE)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not wrong


def see(locator, text):
    expect(locator).to_contain_text(text, timeout=PATIENCE)


def card_of(page):
    """Return the card; while it is being replaced, there are two."""
    return page.locator(".ei-card").last


def choose(page, label, option):
    """Choose from a list, once what was asked before is answered: until then a new list may come in its place."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=PATIENCE)
    page.wait_for_timeout(500)
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()


def upload(page, *files):
    page.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": content} for name, content in files]
    )


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, text in sheets.items():
        sheet = book.create_sheet(name)
        for line in text.splitlines():
            sheet.append([int(cell) if cell.isdecimal() else cell for cell in line.split(",")])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(("locale", "lang"), [("vi-VN", "vi"), ("en-GB", "en")])
def test_the_example_is_shown_in_the_language_of_the_browser(visit, locale, lang):
    page = visit(locale)
    tables = ei.examples.soc_trang()
    card = ei.evaluate(soc_trang_2020, tables, year=2020, by="area", lang=lang, on_missing_area="ignore")
    told = page.locator(".ei-card")
    assert told.get_attribute("lang") == lang
    for assessment in card:
        see(told, assessment.target.name.in_(lang))
        see(told, assessment.word(lang))
    bars = told.locator("img")
    assert bars.evaluate_all("every => every.length > 3 && every.every(each => each.alt && each.naturalWidth)")
    see(page.locator("body"), ei.examples.MADE_UP.in_(lang))


def test_the_language_can_be_changed(visit):
    page = visit("en-GB")
    page.get_by_text("Tiếng Việt", exact=True).click()
    expect(page.locator(".ei-card")).to_have_attribute("lang", "vi", timeout=PATIENCE)
    expect(page.get_by_role("tab", name="Địa bàn")).to_be_visible()


def test_files_are_taken_for_the_tables_they_are_called_by(visit):
    page = visit()
    upload(page, ("residents.csv", WATER.encode()))
    see(card_of(page), "97.75%")
    page = visit()
    waste = "area,stream,generated,collected,treated_to_standard\nMỹ Tú,medical,100,100,100\n"
    upload(page, ("province.xlsx", workbook(Notes="x", **{"Dân cư": WATER, "waste": waste})))
    see(card_of(page), "97.75%")
    see(card_of(page), "✓ met")


def test_the_table_of_a_file_can_be_chosen(visit):
    page = visit()
    upload(page, ("form 3.csv", WATER.encode()))
    see(page.locator("body"), "Choose the table of at least one file.")
    choose(page, "Table of form 3.csv", "Residents")
    see(card_of(page), "97.75%")


def test_an_area_is_looked_into_under_each_reading(visit):
    page = visit()
    page.get_by_role("tab", name="Areas").click()
    tables = ei.examples.soc_trang()
    card = ei.evaluate(soc_trang_2020, tables, year=2020, by="area", on_missing_area="ignore")
    target = card["urban_waste"].target
    choose(page, "Target", target.name.in_("en"))
    for reading in ("pooled", "each_stream", "of_collected"):
        choose(page, "Reading", target.reading(reading).name.in_("en"))
        shown = page.get_by_test_id("stTable")
        for group in card.groups:
            assessment = card["urban_waste", group].under(reading)
            results = "; ".join(judgement.shown_in("en") for judgement in assessment.judgements)
            # Streamlit 1.50 and those before write the number of a row before it, which later ones leave out
            row = shown.get_by_role("row").filter(has_text=re.compile(rf"^\d*{group}"))
            see(row, results)
            see(row, assessment.word("en"))
    choose(page, "Area", "Mỹ Xuyên")
    told = card.explain("urban_waste", "Mỹ Xuyên", reading="of_collected")
    for line in told["verdict"].lines("en"):
        see(page.locator(".ei-explanation"), line)


def test_another_reading_can_be_put_first(visit):
    page = visit()
    name = soc_trang_2020.target("urban_waste").name.in_("en")
    other = soc_trang_2020.target("urban_waste").reading("each_stream").name.in_("en")
    row = card_of(page).locator("tr.ei-first").filter(has_text=name)
    see(row, "✓* met")
    page.get_by_text("Readings put first").click()
    choose(page, name, other)
    see(row, "not met")


def test_what_is_wrong_is_told_cell_by_cell(visit):
    page = visit("vi-VN")
    upload(page, ("residents.csv", WATER.replace("985", "1985").replace("Sách,rural", "Sách,rurl").encode()))
    alert = page.get_by_role("alert").filter(has_text="Số liệu không đánh giá được")
    see(alert, "1985")
    see(alert, "rurl")
    upload(page, ("waste.xlsx", b"PK\x03\x04 no workbook"))
    see(page.get_by_role("alert").filter(has_text="waste.xlsx"), "waste.xlsx")
    assert "/tmp" not in page.locator("body").inner_text()


def test_a_form_is_written_corrected_and_used(visit):
    page = visit()
    office = "Huyện,Số dân,Nước\nMỹ Tú,1.000,985\nKế Sách,1.000,970\n"
    upload(page, ("residents.csv", office.encode()))
    expect(page.locator(".ei-card")).to_have_count(0, timeout=PATIENCE)
    page.get_by_role("tab", name="Forms").click()
    field = page.get_by_role("textbox", name="Form (TOML)")
    alerts = page.get_by_role("tabpanel", name="Forms").get_by_role("alert")
    for wrong, said in (("numbers = ", "cannot be read as TOML"), ("colums = 3", "did you mean 'columns'?")):
        field.fill(wrong)
        page.get_by_role("button", name="Apply").click()
        see(alerts, said)
        assert "/tmp" not in alerts.inner_text()
    field.fill(
        'numbers = "1.234,5"\n[columns]\narea = "Huyện"\npersons = "Số dân"\nhygienic_water = "Nước"\n'
        'settlement = {always = "rural"}\n'
    )
    page.get_by_role("button", name="Apply").click()
    page.get_by_role("tab", name="Scorecard").click()
    see(card_of(page), "97.75%")


def test_names_in_the_data_are_shown_as_they_are(visit):
    page = visit()
    upload(page, ("residents.csv", WATER.replace("Mỹ Tú", "<b>*A* :red[x] $y$").encode()))
    see(card_of(page), "97.75%")
    page.get_by_role("tab", name="Areas").click()
    see(page.get_by_test_id("stTable"), "<b>*A* :red[x] $y$")
