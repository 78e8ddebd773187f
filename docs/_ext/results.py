"""What the code of a page gives, shown below it: run when the site is built, in its language, light and dark.

``{result} expression`` runs the examples that stand above it on its page and shows the expression the way its type
shows itself: axes as a picture, cards and frames as tables, text as it is. The expression may use `lang`.
``{terminal} evaluate --year 2020 ...`` shows a command and what it prints. ``{sample-report}`` writes a report on the
example, or on a card of the page, in every format there is, to look at and to download.
"""

from __future__ import annotations

import ast
import contextlib
import datetime
import doctest
import hashlib
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
import textwrap
import warnings
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import envindicators as ei
from envindicators.programmes import soc_trang_2020
from envindicators.sphinxext.language import site_language

REPORTS = {"html": "HTML", "docx": "Word", "xlsx": "Excel"}
TITLES = {"en": "Report on the example province, 2020", "vi": "Báo cáo của tỉnh minh hoạ, năm 2020"}
OPEN = {"en": "Open the report", "vi": "Mở báo cáo"}
WIDTH = 9.0
"""In inches, the greatest width of a picture: one that a page has to shrink has letters too small to read."""
STYLES = {"light": "default", "dark": "dark_background"}
_READ, _RUN = "read", "run"
_BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


class Result(SphinxDirective):
    """``result``: what an expression gives after the examples that stand above it on the page."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        if self.env.app.builder.format != "html":
            return []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ei.CoverageWarning)  # as the examples of the pages when they are tested
            return list(self._shown(self._made()))

    def _made(self) -> Callable[[], Any]:
        """Return what makes the value of the expression."""
        names = self._names()
        *before, last = ast.parse("\n".join(self.content)).body
        if not isinstance(last, ast.Expr):
            raise self.error(f"{self.name}: the last line is to be an expression")
        names["lang"] = site_language(self.config.language)
        exec(compile(ast.Module(before, []), "<result>", "exec"), names)  # noqa: S102 - the pages are ours
        code = compile(ast.Expression(last.value), "<result>", "eval")
        return lambda: eval(code, names)  # noqa: S307 - the pages are ours

    def _names(self) -> dict[str, Any]:
        """Run what stands above and was not run yet, and return what it names."""
        done, names = self.env.temp_data.setdefault(_RUN, [0, {}])
        above = "\n".join(self.env.temp_data[_READ].split("\n")[: self.lineno])
        blocks = _BLOCK.findall(above)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ei.CoverageWarning)
            for block in blocks[done:]:
                for example in doctest.DocTestParser().get_examples(block):
                    try:
                        with contextlib.redirect_stdout(io.StringIO()):
                            exec(compile(example.source, "<page>", "exec"), names)  # noqa: S102 - the pages are ours
                    except Exception:
                        if example.exc_msg is None:
                            raise
        self.env.temp_data[_RUN][0] = len(blocks)
        found: dict[str, Any] = names
        return found

    def _shown(self, make: Any) -> Iterator[nodes.Node]:
        value = make()
        if hasattr(value, "get_figure"):
            yield nodes.raw("", self._picture(make), format="html")
        elif hasattr(value, "_repr_html_"):
            yield nodes.raw("", f'<div class="cell_output site-result">{value._repr_html_()}</div>', format="html")
        else:
            block = nodes.literal_block(str(value), str(value), language="text")
            block["classes"].append("site-result")
            yield block

    def _picture(self, make: Any) -> str:
        """Draw a picture in each style, and return the images of it."""
        import matplotlib as mpl

        mpl.use("Agg")
        import matplotlib.pyplot as plt

        folder = Path(self.env.app.outdir) / "_images" / "results"
        folder.mkdir(parents=True, exist_ok=True)
        self.env.temp_data["drawn"] = number = self.env.temp_data.get("drawn", 0) + 1
        name = f"{self.env.docname.replace('/', '-')}-{number}"
        images = []
        for scheme, style in STYLES.items():
            with plt.style.context(["default", style, {"svg.fonttype": "none", "svg.hashsalt": name}]):
                axes = make()
                figure = axes.get_figure()
                width, height = figure.get_size_inches()
                figure.set_size_inches(min(width, WIDTH), height)
                path = folder / f"{name}-{scheme}.svg"
                figure.savefig(path, transparent=True, bbox_inches="tight", metadata={"Date": None})
                words = escape(" ".join(_words(axes)), quote=True)
                plt.close("all")
            width, height = re.findall(r'(?:width|height)="([\d.]+)pt"', path.read_text(encoding="utf-8"))[:2]
            up = "../" * self.env.docname.count("/")
            stamp = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
            images.append(
                f'<img class="only-{scheme}" src="{up}_images/results/{path.name}?v={stamp}" alt="{words}" '
                f'width="{float(width) * 4 / 3:.0f}" height="{float(height) * 4 / 3:.0f}" loading="lazy">'
            )
        return f'<div class="site-drawn">{"".join(images)}</div>'


class Terminal(SphinxDirective):
    """``terminal``: a command of the library beside the files of the example, and what it prints.

    With ``:lines: 30`` only so many lines are shown, and a sign that there are more.
    """

    has_content = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]] | None] = {"lines": directives.positive_int}

    def run(self) -> list[nodes.Node]:
        if self.env.app.builder.format != "html":
            return []
        lang = site_language(self.config.language)
        command = ["envindicators", *shlex.split(" ".join(self.content)), *(["--lang", lang] if lang != "en" else [])]
        environment = {**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore"}
        with tempfile.TemporaryDirectory() as folder:
            for name, table in ei.examples.soc_trang().items():
                table.to_csv(Path(folder, f"{name}.csv"), index=False)
            done = subprocess.run(  # noqa: S603 - the pages are ours
                [sys.executable, "-m", *command],
                capture_output=True,
                check=False,
                encoding="utf-8",
                env=environment,
                cwd=folder,
            )
        if done.returncode not in (0, 1):
            raise self.error(f"terminal: {done.stderr}")
        printed = (done.stdout.rstrip() or done.stderr.rstrip()).split("\n")
        if len(printed) > (most := self.options.get("lines", len(printed))):
            printed = [*printed[:most], "…"]
        typed = textwrap.wrap(
            f"$ python -m {shlex.join(command)}", 78, subsequent_indent="    ", break_on_hyphens=False
        )
        words = "\n".join([" \\\n".join(typed), *printed])
        block = nodes.literal_block(words, words, language="console")
        block["classes"].append("site-result")
        return [block]


class SampleReport(Result):
    """``sample-report``: a report on the example, to look at on the page and to download.

    Its content, if there is any, is an expression for a card of the page and what stands around the results.
    """

    def run(self) -> list[nodes.Node]:
        if self.env.app.builder.format != "html":
            return []
        lang = site_language(self.config.language)
        folder = Path(self.env.app.outdir) / "_downloads" / "report"
        folder.mkdir(parents=True, exist_ok=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ei.CoverageWarning)
            if self.content:
                file = self.env.docname.replace("/", "-")
                card, around = self._made()()
            else:
                file, around = "report-2020", ei.ReportForm(date=datetime.date(2021, 1, 15))
                card = ei.evaluate(soc_trang_2020, ei.examples.soc_trang(), year=2020, by="area")
        links = []
        for suffix, name in REPORTS.items():
            path = folder / f"{file}.{suffix}"
            card.report(path, around, lang=lang, note=ei.examples.MADE_UP.in_(lang))
            size = -(-path.stat().st_size // 1024)
            links.append(f'<a class="site-button" href="{{up}}{path.name}" download>{name} ({size} KB)</a>')
        up = "../" * self.env.docname.count("/") + "_downloads/report/"
        page = f"{up}{file}.html"
        title = TITLES[lang]
        words = OPEN[lang]
        return [
            nodes.raw(
                "",
                f'<div class="site-report"><iframe src="{page}" title="{title}" loading="lazy"></iframe>'
                f'<p><a class="site-button" href="{page}">{words}</a> {" ".join(links).format(up=up)}</p></div>',
                format="html",
            )
        ]


def _words(axes: Any) -> Iterator[str]:
    """Say what stands in a picture, line by line as it is read."""
    yield axes.get_title(loc="left") or axes.get_title()
    for artist in [*axes.get_yticklabels(), *axes.texts]:
        if words := " ".join(artist.get_text().split()):
            yield f"{words};"


def _remember(app: Sphinx, _docname: str, source: list[str]) -> None:
    app.env.temp_data[_READ] = source[0]


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directives."""
    app.connect("source-read", _remember, priority=900)
    app.add_directive("result", Result)
    app.add_directive("terminal", Terminal)
    app.add_directive("sample-report", SampleReport)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
