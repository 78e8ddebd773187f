"""The built site, served on this machine, and a browser that opens it."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import threading
from pathlib import Path
from urllib.parse import unquote

import pytest

SITE = Path(__file__).parents[1] / "_build" / "site"

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def site():
    """Return the folder of the built site."""
    if not (SITE / "index.html").exists():
        pytest.fail("the site is not built: python docs/build.py")
    return SITE


WEIGHED = ("index", "quickstart", "pictures", "methodology/rural_water", "notebooks/01-quickstart", "api")


def weight(path):
    """Return how many bytes a page is by itself, and with everything that it shows and runs, before compression."""
    text = path.read_text(encoding="utf-8")
    shown = re.findall(
        r'<(?:script|img|iframe)[^>]* src="([^":?]+)|<link[^>]* rel="stylesheet"[^>]* href="([^":?]+)', text
    )
    files = {(path.parent / unquote(one or other)).resolve() for one, other in shown}
    return path.stat().st_size, path.stat().st_size + sum(file.stat().st_size for file in files if file.is_file())


def pytest_terminal_summary(terminalreporter):
    """Print what pages weigh."""
    if SITE.exists():
        terminalreporter.section("page weight, before compression")
        for page in WEIGHED:
            alone, whole = weight(SITE / "vi" / f"{page}.html")
            terminalreporter.line(f"{page:28} {alone / 1024:7.0f} KiB, with what it shows {whole / 1024:7.0f} KiB")


@pytest.fixture(scope="session")
def address(site):
    """Serve the site on this machine and return its address."""
    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def browser():
    """Start Chromium, the system's own."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.fail("no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()


class Visit:
    """A page that remembers what it asked for and what it complained of."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.abroad, self.complaints = [], []
        page.on("request", self._asked)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", lambda response: response.status >= 400 and self.complaints.append(response.url))

    def _asked(self, request):
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.abroad.append(request.url)

    def _said(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def open(self, path):
        self.page.goto(f"{self.address}/{path}", wait_until="load")
        return self.page

    def assert_clean(self):
        assert not self.abroad
        assert not self.complaints


@pytest.fixture
def visit(browser, address, request):
    """Return a function that opens a fresh page: of a desktop or a phone, light or dark."""
    contexts = []

    def begin(width=1280, height=900, scheme="light", locale="en-GB"):
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, locale=locale)
        contexts.append(context)
        return Visit(context.new_page(), address)

    yield begin
    for context in contexts:
        context.close()
