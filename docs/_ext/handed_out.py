"""What the site hands out as files: the schemas, and every programme with the figures of its example.

``{programme-files}`` lists the programmes, each as a file that the library reads, with its figures as CSV.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from notebooks import csv_files, packed
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import SphinxDirective

import envindicators as ei
from envindicators.sphinxext.language import site_language
from envindicators.words.text import Text

FOLDER = Path(__file__).parent.parent / "_schemas"
SCHEMAS = {"programme": ei.programme_schema, "scorecard": ei.scorecard_schema}
HEADS = (
    Text(vi="Chương trình", en="Programme"),
    Text(vi="Định nghĩa", en="Definition"),
    Text(vi="Số liệu minh hoạ", en="Made-up figures"),
)


class ProgrammeFiles(SphinxDirective):
    """``programme-files``: a table of the programmes and their files."""

    def run(self) -> list[nodes.Node]:
        if self.env.app.builder.format != "html":
            return []
        lang = site_language(self.config.language)
        up = "../" * self.env.docname.count("/") + "programmes/"
        rows = "".join(
            f"<tr><td>{escape(programme.name.in_(lang))}</td>"
            f'<td><a href="{up}{programme.key}.json" class="reference" download>JSON</a></td>'
            f'<td><a href="{up}{programme.key}.zip" class="reference" download>CSV (ZIP)</a></td></tr>'
            for programme, _ in _shown(self.config)
        )
        heads = "".join(f"<th>{escape(head.in_(lang))}</th>" for head in HEADS)
        table = f'<table class="docutils site-plain"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        return [nodes.raw("", f'<div class="table-wrapper">{table}</div>', format="html")]


def _shown(config: Config) -> list[tuple[ei.Programme, dict[str, Any]]]:
    """Return the programmes of the methodology pages, each with the tables of its example."""
    examples = config.envindicators_examples.items()
    return [
        (getattr(ei.programmes, name.split(":")[1]), getattr(ei.examples, example["tables"].split(":")[1])())
        for name, example in examples
    ]


def _write(_app: Sphinx, config: Config) -> None:
    files = {f"schemas/{name}.json": json.dumps(schema(), indent=1).encode() for name, schema in SCHEMAS.items()}
    for programme, tables in _shown(config):
        files[f"programmes/{programme.key}.json"] = programme.to_json().encode()
        files[f"programmes/{programme.key}.zip"] = packed(csv_files(tables))
    for name, content in files.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != content:  # both languages are built side by side
            path.write_bytes(content)


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directive, and write the files before pages and the theme look for them."""
    app.add_directive("programme-files", ProgrammeFiles)
    app.connect("config-inited", _write, priority=100)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
