"""All duties in one table, which a script lets readers filter, and in a file."""

from __future__ import annotations

import csv
import io
import json
from html import escape
from typing import Any

from docutils import nodes

from envindicators.definitions.programme import Duty
from envindicators.report.citing import clause_words
from envindicators.report.duties import BASES, STRENGTHS
from envindicators.sphinxext.building import Inline, in_language, table
from envindicators.sphinxext.sheet import Sheet
from envindicators.words.message import gettext

_LONGEST = 160
"""How many characters of a duty its row has."""


class filtered(nodes.General, nodes.Element):  # noqa: N801 - nodes are written so
    """A table that a script lets readers filter: by its attribute ``columns``, with ``words`` for what it shows."""


def duty_table(sheet: Sheet) -> filtered:
    """Return all duties: where each stands, its first words, who must act, how strongly it binds, what measures it."""
    lang = sheet.lang
    heads = _heads(lang)
    made = table(heads, [_row(sheet, duty) for duty in sheet.programme.duties])
    body = made.next_node(nodes.tbody)
    assert body is not None
    for row, duty in zip(body.children, sheet.programme.duties, strict=True):
        for cell, key in zip(row.children, _keys(duty), strict=True):
            if key and isinstance(cell, nodes.Element):
                cell["classes"].append(f"ei-is-{nodes.make_id(key)}")
    words = {
        "all": gettext("all", lang),
        "count": gettext("{shown} of {all} duties", lang, shown="{shown}", all="{all}"),
    }
    columns = {str(place): name for place, name in enumerate(("", "", "actor", "strength", "measured")) if name}
    return filtered("", made, columns=columns, words=words)


def _heads(lang: str) -> list[str]:
    return [
        gettext("Section", lang),
        gettext("Duty", lang),
        gettext("Responsible", lang),
        gettext("Strength", lang),
        gettext("Measured", lang),
    ]


def _row(sheet: Sheet, duty: Duty) -> list[Inline]:
    lang, words = sheet.lang, clause_words(duty.clause, sheet.lang)
    brief = words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]}…"
    translated = duty.clause.translated(lang) or duty.clause.paraphrase
    return [
        sheet.ref("duty", duty.key, duty.clause.section),
        brief if translated else in_language(brief, duty.clause.document.lang, lang),
        BASES["not_stated"].in_(lang) if duty.actor is None else duty.actor.in_(lang),
        STRENGTHS[duty.strength].in_(lang),
        gettext("no", lang) if duty.indicator is None else gettext("yes", lang),
    ]


def _keys(duty: Duty) -> tuple[str, ...]:
    """Return what the cells of a row say, in words that no language changes."""
    actor = "nobody" if duty.actor is None else duty.actor.in_("en")
    return "", "", actor, duty.strength, "no" if duty.indicator is None else "yes"


def duties_csv(sheet: Sheet) -> str:
    """Return the duties as CSV: whole quotes, translations where the site is in another language."""
    lang, made = sheet.lang, io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(["section", "key", "quote", "translation", "responsible", "basis", "strength", "measured_by"])
    for duty in sheet.programme.duties:
        clause = duty.clause
        writer.writerow(
            [
                clause.section,
                duty.key,
                "" if clause.paraphrase else clause.quote,
                clause_words(clause, lang) if clause.paraphrase else clause.translated(lang) or "",
                "" if duty.actor is None else duty.actor.in_(lang),
                BASES[duty.basis].in_(lang),
                STRENGTHS[duty.strength].in_(lang),
                "" if duty.indicator is None else duty.indicator.name.in_(lang),
            ]
        )
    return made.getvalue()


def visit_filtered(self: Any, node: filtered) -> None:
    """Begin a table that can be filtered."""
    columns, words = (escape(json.dumps(node[name], ensure_ascii=False)) for name in ("columns", "words"))
    self.body.append(f'<div class="ei-filter" data-columns="{columns}" data-words="{words}">')


def depart_filtered(self: Any, _node: filtered) -> None:
    """End a table that can be filtered."""
    self.body.append("</div>")
