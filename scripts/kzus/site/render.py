"""Markdown to HTML for the pages that the record makes.

MkDocs makes a Markdown converter, a navigation and a theme page anew for each page; for thousands
of pages of a few shapes that is most of a build. Here one converter serves all. The result is what
MkDocs makes; a test compares them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from .templates import address, relative

_HEADING = re.compile(r"h[1-6]")
_STASHED = re.compile("\x02[^\x03]*\x03")
# A block of HTML in lines of its own, and the numbers of sources behind a statement.
_BLOCK = re.compile(
    r"(?<=\n\n)<(p|nav|div|section|svg|figure|table|ul|ol|dl|form|details)\b[^>\n]*>(?:.*</\1>|(?:.*\n)*?</\1>)"
    r"(?=\n\n|\n?\Z)"
)
_NUMBERS = re.compile(r'<span class="kz-note"[^<>]*>(?:<a [^<>]*>[^<>\n]*</a> ?)+</span>')
_ADDRESS = re.compile(r'<[a-z]+\b[^<>]*?\s(?:href|src)="([^"#?]+)')
# Forms of Markdown that no template of a record writes: text of the record is escaped.
_UNUSED = (
    *("backtick", "escape", "reference", "image_link", "image_reference", "short_reference"),
    *("short_image_ref", "autolink", "automail", "linebreak"),
)


Source = tuple[str, str]


@dataclass(frozen=True)
class Rendered:
    """A page as HTML.

    `head` is the id of the first heading, `toc` the headings below it (id, title), `search` the
    text that the search finds.
    """

    html: str
    head: str
    toc: tuple[tuple[str, str], ...]
    search: str


class Converter:
    """Converts Markdown to HTML, one page after the other."""

    def __init__(self, extensions: Sequence[str], configs: Mapping[str, Any]) -> None:
        self._markdown = markdown.Markdown(extensions=extensions, extension_configs=dict(configs))
        self._links = _Links(self._markdown)
        self._search = _SearchText(self._markdown)
        for name in _UNUSED:
            self._markdown.inlinePatterns.deregister(name, strict=False)
        self._markdown.treeprocessors.register(self._links, "kzus_links", 0)
        # After inline patterns (20), so that text is there; before the toc (5) adds to it.
        self._markdown.treeprocessors.register(self._search, "kzus_search", 6)

    def convert(self, page: Source) -> Rendered:
        """Convert a page, given as (path below docs/, text)."""
        path, text = page
        self._links.start(path)
        self._markdown.reset()
        html = self._markdown.convert(text)
        tokens: Any = getattr(self._markdown, "toc_tokens", [])
        below = tokens[0]["children"] if tokens and tokens[0]["level"] == 1 else tokens
        toc = tuple((token["id"], token["name"]) for token in below)
        head = tokens[0]["id"] if tokens else ""
        return Rendered(html, head, toc, self._search.text)


class FinishedHtml(Extension):
    """Puts by what is HTML already: it need not be read as Markdown."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Come before Python-Markdown looks for HTML (20), and after MkDocs for anchors (21)."""
        md.preprocessors.register(_Finished(md), "kzus_finished", 20.5)


class _Finished(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        text = _BLOCK.sub(self._block, "\n\n" + "\n".join(lines))
        return _NUMBERS.sub(self._stored, text)[2:].split("\n")

    def _block(self, match: re.Match[str]) -> str:
        block, tag = match[0], match[1]
        whole = block.count(f"<{tag}") == block.count(f"</{tag}")
        if not whole or " markdown>" in block:
            return block
        return str(self.md.htmlStash.store(block + "\n"))

    def _stored(self, match: re.Match[str]) -> str:
        return str(self.md.htmlStash.store(match[0]))


class _Links(Treeprocessor):
    """Turns links to `.md` files into addresses."""

    def start(self, path: str) -> None:
        self._folder = posixpath.dirname(path)
        self._here = address(path).rstrip("/")

    def run(self, root: Element) -> None:
        for element in root.iter("a"):
            href = element.get("href", "")
            path = re.split("[?#]", href, maxsplit=1)[0]
            if path.endswith(".md") and ":" not in path:
                target = address(below(self._folder, path))
                element.set("href", relative(target, self._here) + href[len(path) :])


def targets(html: str, place: str) -> list[str]:
    """The addresses below the root that HTML at an address links to or loads, sorted."""
    found = set()
    for href in set(_ADDRESS.findall(html)):
        path = unescape(href)
        if ":" not in path and not path.startswith("/"):
            there = below(place, path)
            found.add("" if there == "." else there + "/" * path.endswith(("/", ".")))
    return sorted(found)


@lru_cache(maxsize=4096)
def below(folder: str, path: str) -> str:
    """The path below the root that a relative link in a folder leads to."""
    return posixpath.normpath(posixpath.join(folder, path))


class _SearchText(Treeprocessor):
    """Collects the text that the search finds: all but what is under excluded headings."""

    text = ""

    def run(self, root: Element) -> None:
        parts: list[str] = []
        excluded = False
        for element in root:
            if _HEADING.fullmatch(element.tag):
                excluded = "data-search-exclude" in element.attrib  # its value may be None
                element.attrib.pop("data-search-exclude", None)
            elif not excluded:
                parts.append(" ".join("".join(element.itertext()).split()))
        self.text = _STASHED.sub("", " ".join(part for part in parts if part))
