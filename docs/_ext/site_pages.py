"""What this site needs of Sphinx: search that folds diacritics, formulas without a script, a switch of language."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.search import SearchLanguage
from sphinx.search.en import SearchEnglish

from envindicators.sphinxext.language import site_language

HERE = Path(__file__).parent.parent

LANGUAGES = {"en": "English", "vi": "Tiếng Việt"}

ENGLISH_ONLY = ("design/", "api", "_modules/", "performance", "changelog")
"""Pages that are in English in both languages. Generated ones and those with a catalogue are not among them."""


def folded(word: str) -> str:
    """Return a word without its diacritics, so that nuoc, nước in either encoding, and uỷ and ủy meet."""
    bare = "".join(each for each in unicodedata.normalize("NFD", word) if not unicodedata.combining(each))
    return bare.replace("đ", "d").replace("Đ", "D")


_LETTERS = {"\u0306": "1", "\u0302": "2", "\u031b": "3"}
"""The marks that make another letter (ă, â, ơ), in the order of the Vietnamese alphabet; the others are tones."""


def alphabetic(words: str) -> tuple[str, str]:
    """Return what puts words into the order of a Vietnamese dictionary: by letters, then by tones."""
    letters = unicodedata.normalize("NFD", words.casefold()).replace("đ", "d2")
    marked = "".join(_LETTERS.get(each, "" if unicodedata.combining(each) else each) for each in letters)
    return marked, words


def _sort_glossary(_app: Sphinx, doctree: nodes.document) -> None:
    """Put a glossary into the order of the language that it is shown in."""
    for glossary in doctree.findall(addnodes.glossary):
        for terms in glossary.findall(nodes.definition_list):
            terms[:] = sorted(terms.children, key=lambda item: alphabetic(item[0].astext()))


class SearchEnglishFolded(SearchEnglish):
    """English words have endings to strip, and stand beside quotes and names with diacritics."""

    def stem(self, word: str) -> str:
        return super().stem(folded(word))


class SearchVietnamese(SearchLanguage):
    """Vietnamese words have no endings to strip; they have diacritics that many people do not type."""

    lang = "vi"
    language_name = "Vietnamese"
    js_stemmer_code = r"""
var Stemmer = function () {
  this.stemWord = function (word) { return word; };  // _static/search.js folds it
};
"""
    js_splitter_code = r"""
var splitQuery = function (query) {
  return query.normalize("NFC").split(/[^\p{L}\p{N}_]+/gu).filter(function (term) { return term; });
};
"""
    _word_re = re.compile(r"\w+")

    def split(self, input: str) -> list[str]:  # noqa: A002 - the name is Sphinx's
        return self._word_re.findall(unicodedata.normalize("NFC", input))

    def stem(self, word: str) -> str:
        return folded(word.lower())


def _inline_math(self: Any, node: nodes.math) -> None:
    self.body.append(tex2mathml(node.astext(), as_block=False))
    raise nodes.SkipNode


def _block_math(self: Any, node: nodes.math_block) -> None:
    self.body.append(f'<div class="site-formula">{tex2mathml(node.astext(), as_block=True)}</div>')
    raise nodes.SkipNode


def is_english(pagename: str) -> bool:
    """Return whether a page is in English in both languages."""
    return pagename.startswith(ENGLISH_ONLY)


def _without_last_blanks(_app: Sphinx, _docname: str, source: list[str]) -> None:
    """Drop the blank line that ends an example for the tests, and that would stand in its box."""
    source[0] = source[0].replace("\n\n```\n", "\n```\n")


def _context(app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    own = site_language(app.config.language)
    path = f"{pagename}.html"
    context["site_languages"] = [
        (code, name, f"{context['content_root']}../{code}/{path}", code == own) for code, name in LANGUAGES.items()
    ]
    context["site_english_page"] = own != "en" and is_english(pagename)


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the pieces to the site."""
    app.add_search_language(SearchEnglishFolded)
    app.add_search_language(SearchVietnamese)
    app.add_html_math_renderer("mathml", (_inline_math, None), (_block_math, None))
    app.config.html_math_renderer = "mathml"
    app.connect("source-read", _without_last_blanks)
    app.connect("doctree-read", _sort_glossary)
    app.connect("html-page-context", _context)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
