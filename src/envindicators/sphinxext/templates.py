"""A template of a table: the header, and a row for each kind of unit that is counted apart."""

from __future__ import annotations

import csv
import io
import itertools
from html import escape
from typing import Any

from docutils import nodes

from envindicators.definitions.table import Table
from envindicators.formats.tables import template as heading


def template(table: Table) -> str:
    """Return the template of a table as CSV, a row for each combination of its allowed values.

    Example:
        >>> from envindicators.programmes import soc_trang_2020
        >>> print(template(soc_trang_2020.tables["residents"]).strip())
        area,year,settlement,persons,hygienic_water
        ,,urban,,
        ,,rural,,
    """
    made = io.StringIO()
    after = [""] * (len(table.columns) - len(table.categories))
    rows = itertools.product(*(category.values for category in table.categories))
    csv.writer(made, lineterminator="\n").writerows(["", "", *values, *after] for values in rows)
    return heading(table, records=False).replace("\r\n", "\n") + made.getvalue()


def template_bytes(text: str) -> bytes:
    """Return a template as spreadsheets open it: UTF-8 with a mark, lines ended as they end them."""
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


class template_reference(nodes.Inline, nodes.TextElement):  # noqa: N801 - nodes are written so
    """A link to a template, by its attribute ``filename``; its words alone where no HTML is written."""


def visit_template(self: Any, node: template_reference) -> None:
    """Begin the link to a template."""
    href = f"{self.builder.dlpath}/{node['filename']}"
    self.body.append(f'<a class="reference download internal" download="" href="{escape(href)}">')


def depart_template(self: Any, _node: template_reference) -> None:
    """End the link to a template."""
    self.body.append("</a>")
