"""Small pieces of a document: paragraphs, tables, lists, sections. None of their words goes to a translator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from docutils import nodes

from envindicators.words.text import nearest_tags

Inline = str | nodes.Node | Sequence["str | nodes.Node"]
"""What stands in a line: words, a node, or several of them."""

_WIDEST = 40
"""How many characters a column has at most where the widths must be said."""


def inline(content: Inline) -> list[nodes.Node]:
    """Return the nodes of what stands in a line."""
    if isinstance(content, str):
        return [nodes.Text(content)]
    if isinstance(content, nodes.Node):
        return [content]
    return [node for each in content for node in inline(each)]


def paragraph(content: Inline, *classes: str) -> nodes.paragraph:
    """Return a paragraph."""
    return nodes.paragraph("", "", *inline(content), classes=list(classes))


def code(words: str) -> nodes.literal:
    """Return words in the type of code."""
    return nodes.literal(words, words)


def strong(words: str) -> nodes.strong:
    """Return words that stand out."""
    return nodes.strong(words, words)


def emphasis(words: str) -> nodes.emphasis:
    """Return words that are stressed."""
    return nodes.emphasis(words, words)


def link(words: str, url: str) -> nodes.Node:
    """Return words that lead to another site; the words alone where there is no address."""
    return nodes.reference("", words, refuri=url) if url else nodes.Text(words)


def near(words: str, node_id: str) -> nodes.Node:
    """Return words that lead to another place of the same page."""
    return nodes.reference("", words, refid=node_id, internal=True)


def joined(content: Iterable[nodes.Node], by: str = ", ") -> list[nodes.Node]:
    """Return nodes with words between them."""
    found: list[nodes.Node] = []
    for node in content:
        found += [nodes.Text(by), node] if found else [node]
    return found


class foreign(nodes.Inline, nodes.TextElement):  # noqa: N801 - nodes are written so
    """Words in another language than that of the page, its attribute ``lang``: a screen reader speaks them as such."""


def in_language(words: str, own: str, lang: str) -> nodes.Node:
    """Return words in their own language, marked as such where the page is in another."""
    return nodes.Text(words) if own in nearest_tags(lang) else foreign("", words, lang=own)


def visit_foreign(self: Any, node: foreign) -> None:
    """Begin words in another language."""
    self.body.append(f'<span lang="{escape(node["lang"])}">')


def depart_foreign(self: Any, _node: foreign) -> None:
    """End words in another language."""
    self.body.append("</span>")


def marked(words: nodes.Node) -> nodes.inline:
    """Return words that are told from those around them."""
    return nodes.inline("", "", words, classes=["ei-marked"])


def bullets(lines: Iterable[Inline], *classes: str) -> nodes.bullet_list:
    """Return a bulleted list."""
    items = [nodes.list_item("", paragraph(line)) for line in lines]
    return nodes.bullet_list("", *items, classes=list(classes))


def fields(pairs: Iterable[tuple[str, Inline]], *classes: str) -> nodes.field_list:
    """Return a list of names with what belongs to each."""
    made = [
        nodes.field("", nodes.field_name(name, name), nodes.field_body("", paragraph(content)))
        for name, content in pairs
    ]
    return nodes.field_list("", *made, classes=["ei-fields", *classes])


def definitions(pairs: Iterable[tuple[Inline, Sequence[nodes.Node]]], *classes: str) -> nodes.definition_list:
    """Return a list of terms with what is to be said of each."""
    made = [
        nodes.definition_list_item("", nodes.term("", "", *inline(term)), nodes.definition("", *content))
        for term, content in pairs
    ]
    return nodes.definition_list("", *made, classes=list(classes))


def table(heads: Sequence[str], rows: Iterable[Sequence[Inline]], *classes: str) -> nodes.table:
    """Return a table. HTML finds its own widths; elsewhere columns are as wide as what they hold."""
    made = [nodes.row("", *(nodes.entry("", paragraph(cell)) for cell in row)) for row in (heads, *rows)]
    group = nodes.tgroup(cols=len(heads))
    for column in range(len(heads)):
        longest = max(len(row[column].astext()) for row in made)
        group += nodes.colspec(colwidth=min(longest, _WIDEST) + 1)
    group += [nodes.thead("", made[0]), nodes.tbody("", *made[1:])]
    return nodes.table("", group, classes=["colwidths-auto", *classes])


def section(title: str, node_id: str, *content: nodes.Node) -> nodes.section:
    """Return a section under a stable id."""
    return nodes.section("", nodes.title(title, title), *content, ids=[node_id], names=[])


def quote(words: nodes.Node, attribution: Inline) -> nodes.block_quote:
    """Return the words of a document, letter for letter."""
    named = nodes.attribution("", "", *inline(attribution))
    return nodes.block_quote("", paragraph(words), named, classes=["ei-quote"])


def settle(made: Iterable[nodes.Node], source: str | None, line: int) -> None:
    """Give nodes their place in the source, and leave their words as they are.

    They come from the objects in the language of the site: they go to no translator's catalogue, and the
    quotation marks of a clause are its own.
    """
    for top in made:
        for node in top.findall(nodes.Element):
            node.source, node.line = source, line
            if isinstance(node, nodes.TextElement) and not isinstance(node, nodes.Inline):
                node["translatable"] = False
                node["support_smartquotes"] = False
