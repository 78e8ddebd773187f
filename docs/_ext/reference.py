"""What the reference needs of Sphinx: tables of members, and inventories of other projects that stand beside the pages.

``.. members:: envindicators.Tally`` lists what a class has, a line each, ``.. problem-kinds::`` the kinds of problem.
An inventory is a text file of ``docs/inventories``, a line for each object that the reference speaks of, so that links
need no network.
"""

from __future__ import annotations

import inspect
import zlib
from functools import cached_property
from pathlib import Path
from types import FunctionType
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.ext.autosummary import Autosummary, import_by_name
from sphinx.util.docutils import SphinxDirective

from envindicators.words.messages import EXPECTED

HERE = Path(__file__).parent.parent
INVENTORIES = HERE / "inventories"
PROJECTS = {
    "python": "https://docs.python.org/3/",
    "numpy": "https://numpy.org/doc/stable/",
    "pandas": "https://pandas.pydata.org/docs/",
    "attrs": "https://www.attrs.org/en/stable/",
    "matplotlib": "https://matplotlib.org/stable/",
}
KINDS = (FunctionType, classmethod, staticmethod, property, cached_property)
"""What of a class is listed."""


class Members(Autosummary):
    """``members``: a table of the documented members of a class."""

    has_content = False
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        _, cls, _, _ = import_by_name(name)
        own = [
            member
            for member, value in vars(cls).items()
            if not member.startswith("_") and isinstance(value, KINDS) and inspect.getdoc(getattr(cls, member))
        ]
        self.options["nosignatures"] = None
        self.content = StringList([f"~{name}.{member}" for member in own], self.get_source_info()[0])
        return super().run() if own else []


class ProblemKinds(SphinxDirective):
    """``problem-kinds``: a table of the kinds of problem, with what was expected of the data."""

    def run(self) -> list[nodes.Node]:
        table = nodes.table(classes=["colwidths-auto"])
        group = nodes.tgroup(cols=2)
        table += group
        group += [nodes.colspec(colwidth=width) for width in (1, 4)]
        head, body = nodes.thead(), nodes.tbody()
        group += [head, body]
        rows = [[nodes.Text("kind"), nodes.Text("what was expected, or what it is")]]
        rows += [[nodes.literal(text=kind), nodes.Text(words.text)] for kind, words in EXPECTED.items()]
        for place, cells in enumerate(rows):
            row = nodes.row()
            row += [nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells]
            (body if place else head).append(row)
        return [table]


def inventory(lines: list[str]) -> bytes:
    """Return an inventory as Sphinx reads it, of lines ``name domain:role priority address -``."""
    head = "# Sphinx inventory version 2\n# Project: local\n# Version: \n"
    head += "# The remainder of this file is compressed using zlib.\n"
    return head.encode() + zlib.compress("\n".join([*lines, ""]).encode())


def _write_inventories(app: Sphinx, config: Config) -> None:
    folder = Path(app.doctreedir)
    folder.mkdir(parents=True, exist_ok=True)
    for project, address in PROJECTS.items():
        lines = (INVENTORIES / f"{project}.txt").read_text(encoding="utf-8").splitlines()
        path = folder / f"{project}.inv"
        path.write_bytes(inventory([line for line in lines if line and not line.startswith("#")]))
        config.intersphinx_mapping[project] = (address, str(path))


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directive, and the inventories before intersphinx reads them."""
    app.add_directive("members", Members)
    app.add_directive("problem-kinds", ProblemKinds)
    app.connect("config-inited", _write_inventories, priority=100)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
