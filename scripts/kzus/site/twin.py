"""The Markdown twin of a page: what the page says, without what only a browser can use.

It is made from the page's Markdown as the template filled it. There each sign in text of the
record that could be markup is a character reference (`site.text`): what looks like a tag, a list
of attributes or a link was written by a template, and its form alone tells what to do with it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container
from dataclasses import dataclass, replace
from html import unescape

from .pages import Page
from .render import below
from .templates import address, relative, tidy

# From here on a page leads to others, is cited and corrected.
_TOOLS = '<nav class="kz-strip"'
_DRAWN = re.compile(r'<svg\b.*?</svg>|<p class="kz-key">.*?</p>')
_NOTES = re.compile(r'<span class="kz-note"[^<>]*>(.*?)</span>')
_NUMBER = re.compile(r">([^<>]+)</a>")
_LINK = re.compile(r'<a\b[^<>]* href="([^"]*)"[^<>]*>(.*?)</a>|\]\((?!https?:)([^()\s]+)\)')
# Words that the style sheet sets apart from what stands beside them.
_BEFORE = re.compile(
    r'((?:\n|- |: |<li>)(?:<span class="kz-what">)?)'
    r'<span class="kz-(?:when|state)">([^<>]*)</span> ?'
)
_AFTER = re.compile(r' <span class="kz-(?:role|standing|state|when)">')
_DOUBT = re.compile(r'<span class="kz-doubt">([^<>]*)</span>')
_APART = {
    '<div class="kz-year" markdown>\n\n': "### ",
    ' <span class="kz-source-facts">': " · ",
    '<span class="kz-aside">': ". ",
    '</span><span class="on-one': '; <span class="',
    "\n<li": "<li",
}
_SILENT = re.compile(r"</?(?:span|div|time|section|details|tr)\b[^<>]*>")
_TAG = re.compile(r"<(/?\w+)[^<>]*>")
_MARKDOWN = (
    dict.fromkeys(("ul", "/ul", "p", "/p", "/h2", "summary", "/summary", "table"), "\n")
    | dict.fromkeys(("b", "/b", "strong", "/strong"), "**")
    | {"h2": "\n## ", "li": "\n- ", "th": "| ", "/th": " ", "td": "| ", "/td": " "}
    # The tables have two columns, and the names of their rows before them.
    | {"thead": "| ", "/thead": "|\n|---|---|---|", "/tbody": "|"}
)
_ATTRIBUTES = re.compile(r"\{[: ][^{}\n]*\}")
# An ampersand or a dollar sign stays a reference where it could mean more than itself.
_REFERENCE = re.compile(r"&(?:#38|amp);(?!#?\w+;|&)|&#36;(?=\d)|&(?!#38;|amp;|#36;)[#\w]+;")
_SIGNS = ("&#38;", "&amp;", "&#36;", "&#34;", "&#39;", "&#183;", "&#8250;", "&times;")
_PLAIN = {sign: unescape(sign) for sign in _SIGNS} | {
    # What every kind of Markdown takes for the sign itself.
    f"&#{ord(sign)};": f"\\{sign}"
    for sign in "\\`*_[]#+-.!"
}


@dataclass(frozen=True)
class Twins:
    """Makes twins; `paths` are those of all pages that have one."""

    paths: Container[str]

    def of(self, page: Page) -> str:
        """The twin of a page, as the file that is published at the page's path."""
        folder = posixpath.dirname(page.path)
        meta = {key: page.meta[key] for key in ("description",) if key in page.meta}
        return replace(page, text=self.text(page.text, folder), meta=meta).as_file()

    def text(self, text: str, folder: str) -> str:
        """The text of a page in a folder, as Markdown that any reader can use."""
        text = _DRAWN.sub("", text.partition(_TOOLS)[0])
        text = _NOTES.sub(lambda found: f" [{', '.join(_NUMBER.findall(found[1]))}]", text)
        text = _LINK.sub(lambda found: self._link(found, folder), text)
        text = _AFTER.sub(", ", _BEFORE.sub(r"\1\2: ", text))
        text = _DOUBT.sub(r"(\1)", text)
        for markup, words in _APART.items():
            text = text.replace(markup, words)
        text = _TAG.sub(lambda found: _MARKDOWN.get(found[1], ""), _SILENT.sub("", text))
        text = _REFERENCE.sub(lambda found: _PLAIN.get(found[0], found[0]), text)
        return tidy(_ATTRIBUTES.sub("", text))

    def _link(self, found: re.Match[str], folder: str) -> str:
        """A link, counted from where the twin lies; HTML counts from the page's address."""
        href, words, path = found.groups()
        if path:
            return f"]({self._target(path, folder, folder)})"
        if href.startswith("#"):
            return str(words)
        return f"[{words}]({self._target(href, f'{folder}/page', folder)})"

    def _target(self, href: str, base: str, folder: str) -> str:
        """The twin of what is linked to; where there is none, its address."""
        path = re.split("[?#]", href, maxsplit=1)[0]
        there = below(base, path)
        if path.endswith("/"):
            there = "index.md" if there == "." else there + ".md"
        if there in self.paths:
            return relative(there, folder)
        return relative(address(there), folder) + href[len(path) :]
