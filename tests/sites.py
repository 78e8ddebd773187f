"""Small sites with the extension, built in a folder of their own."""

from __future__ import annotations

import io
import textwrap

import pytest

pytest.importorskip("sphinx", reason="the extra docs is not installed")

from sphinx.testing.util import SphinxTestApp

SPEC = "envindicators.programmes:soc_trang_2020"
EXAMPLE = {
    "tables": "envindicators.examples:soc_trang",
    "year": 2020,
    "by": "area",
    "note": "envindicators.examples:MADE_UP",
}

OF_DOCUTILS = ('localisation for language "vi"', 'Language "vi" not supported')
"""What docutils says of any Vietnamese page in reStructuredText, once a process; Sphinx has the words."""


def builder(tmp_path):
    """Return a function that builds pages and returns them with the warnings of the build."""

    def run(pages, *, language="en", builder="html", programme=SPEC, examples=None, parallel=0, nitpicky=True):
        source = tmp_path / "source"
        source.mkdir(exist_ok=True)
        settings = {
            "extensions": ["envindicators.sphinxext"],
            "envindicators_programme": programme,
            "envindicators_examples": {SPEC: EXAMPLE} if examples is None else examples,
            "html_theme": "basic",
            "nitpicky": nitpicky,
            "language": language,
        }
        (source / "conf.py").write_text(
            "\n".join(f"{name} = {value!r}" for name, value in settings.items()), encoding="utf-8"
        )
        others = [name for name in pages if name != "index"]
        toctree = "\n\n.. toctree::\n\n" + "".join(f"   {name}\n" for name in others) if others else ""
        for name, text in pages.items():
            said = textwrap.dedent(text).strip() + (toctree if name == "index" else "")
            (source / f"{name}.rst").write_text(said + "\n", encoding="utf-8")
        complaints = io.StringIO()
        app = SphinxTestApp(builder, srcdir=source, warning=complaints, parallel=parallel)
        try:
            app.build()
        finally:
            app.cleanup()
        lines = complaints.getvalue().splitlines()
        return app, "\n".join(line for line in lines if not any(known in line for known in OF_DOCUTILS))

    return run


def squeezed(words):
    """Return words without blanks and line ends, which a page may put anywhere."""
    return "".join(words.split())


def page(app, name="index", suffix="html"):
    return (app.outdir / f"{name}.{suffix}").read_text(encoding="utf-8")
