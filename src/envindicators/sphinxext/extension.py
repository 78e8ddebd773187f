"""What Sphinx is told: configuration, domain, directives, and the files that a built site holds beside its pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

import envindicators
from envindicators.sphinxext.building import depart_foreign, foreign, visit_foreign
from envindicators.sphinxext.directives import (
    DocumentDirective,
    DutiesDirective,
    ProgrammeDirective,
    ScorecardDirective,
    TablesDirective,
    TargetDirective,
)
from envindicators.sphinxext.domain import NAME, MethodologyDomain, MethodologyRole, name_indices
from envindicators.sphinxext.duty_table import depart_filtered, filtered, visit_filtered
from envindicators.sphinxext.formula import as_text, formula, visit_formula
from envindicators.sphinxext.templates import depart_template, template_bytes, template_reference, visit_template

_DIRECTIVES = {
    "programme": ProgrammeDirective,
    "target": TargetDirective,
    "tables": TablesDirective,
    "duties": DutiesDirective,
    "document": DocumentDirective,
    "scorecard": ScorecardDirective,
}
_ROLES = ("target", "duty", "table", "clause")
_STYLE = "envindicators.css"
_SCRIPT = "envindicators.js"


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the extension to a site."""
    app.add_config_value("envindicators_programme", "", "env", types=(str,))
    app.add_config_value("envindicators_examples", {}, "env", types=(dict,))
    app.add_domain(MethodologyDomain)
    for name, directive in _DIRECTIVES.items():
        app.add_directive(name, directive)
    for name in _ROLES:
        app.add_role(name, MethodologyRole(warn_dangling=True))
    app.add_node(formula, html=(visit_formula, None))
    app.add_node(foreign, html=(visit_foreign, depart_foreign))
    app.add_node(template_reference, html=(visit_template, depart_template))
    app.add_node(filtered, html=(visit_filtered, depart_filtered))
    app.add_css_file(_STYLE)
    app.add_js_file(_SCRIPT, defer="defer")
    app.connect("config-inited", _name_indices)
    app.connect("builder-inited", _offer_style)
    app.connect("missing-reference", _leave_words)
    app.connect("doctree-resolved", _write_out)
    app.connect("build-finished", _write_templates)
    return {
        "version": envindicators.__version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _name_indices(_app: Sphinx, config: Config) -> None:
    name_indices(config.language)


def _offer_style(app: Sphinx) -> None:
    if app.builder.format == "html":
        app.config.html_static_path.append(str(Path(__file__).parent / "static"))


def _leave_words(
    _app: Sphinx, _env: BuildEnvironment, node: addnodes.pending_xref, contnode: nodes.TextElement
) -> nodes.TextElement | None:
    """Leave the words of a reference that the extension made itself, where the site has no page to point to."""
    return contnode if node.get("ei_quiet") else None


def _write_out(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Put words in place of the extension's own nodes where HTML is not written."""
    if app.builder.format != "html":
        for node in list(doctree.findall(formula)):
            node.replace_self(as_text(node))
        for kind in (template_reference, foreign, filtered):
            for inline in list(doctree.findall(kind)):
                inline.replace_self(inline.children)


def _write_templates(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.format != "html":
        return
    domain = app.env.get_domain(NAME)
    assert isinstance(domain, MethodologyDomain)
    for filename, text in domain.templates.items():
        path = Path(app.outdir) / "_downloads" / filename
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(template_bytes(text))
