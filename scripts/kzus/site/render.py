"""Markdown to HTML for the pages that the record makes.

MkDocs makes a new Markdown converter, a navigation and a theme page for each page; for thousands
of pages of a few shapes that is most of a build. Here one converter serves all, and what it made
of a text is remembered by the text. The result is what MkDocs makes; a test compares them.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import markdown
from markdown.treeprocessors import Treeprocessor

from .cache import Cache
from .templates import address, relative

_HEADING = re.compile(r"h[1-6]")
_STASHED = re.compile("\x02[^\x03]*\x03")


@dataclass(frozen=True)
class Rendered:
    """A page as HTML.

    `head` is the id of the first heading, `toc` the headings below it (id, title), `search` the
    text that the search finds, `links` the pages that it links to.
    """

    html: str
    head: str
    toc: tuple[tuple[str, str], ...]
    search: str
    links: tuple[str, ...]


class Renderer:
    """Renders Markdown, or remembers what became of the same text before."""

    def __init__(self, extensions: Sequence[str], configs: Mapping[str, Any], cache: Cache) -> None:
        self._markdown = markdown.Markdown(extensions=extensions, extension_configs=dict(configs))
        self._links = _Links(self._markdown)
        self._search = _SearchText(self._markdown)
        self._markdown.treeprocessors.register(self._links, "kzus_links", 0)
        # After inline patterns (20), so that text is there; before the toc (5) adds to it.
        self._markdown.treeprocessors.register(self._search, "kzus_search", 6)
        self._cache = cache
        self._shape = f"{markdown.__version__} {extensions} {json.dumps(configs, default=str)}"

    def render(self, path: str, text: str) -> Rendered:
        """Render the page at a path below docs/. `links` names the pages that it links to."""
        folder = posixpath.dirname(path)
        key = hashlib.sha256(f"{self._shape}\0{folder}\0{text}".encode()).hexdigest()
        if known := self._cache.get(key):
            toc = tuple((anchor, title) for anchor, title in known["toc"])
            return Rendered(**{**known, "toc": toc, "links": tuple(known["links"])})
        made = self._convert(path, text)
        self._cache.put(key, asdict(made))
        return made

    def _convert(self, path: str, text: str) -> Rendered:
        self._links.start(path)
        self._markdown.reset()
        html = self._markdown.convert(text)
        tokens: Any = getattr(self._markdown, "toc_tokens", [])
        below = tokens[0]["children"] if tokens and tokens[0]["level"] == 1 else tokens
        toc = tuple((token["id"], token["name"]) for token in below)
        head = tokens[0]["id"] if tokens else ""
        return Rendered(html, head, toc, self._search.text, tuple(sorted(self._links.found)))


class _Links(Treeprocessor):
    """Turns links to `.md` files into addresses, and remembers them."""

    def start(self, path: str) -> None:
        self.found: set[str] = set()
        self._folder = posixpath.dirname(path)
        self._here = address(path).rstrip("/")

    def run(self, root: Element) -> None:
        for element in root.iter("a"):
            href = element.get("href", "")
            parts = urlsplit(href)
            if parts.path.endswith(".md") and not parts.scheme and not parts.netloc:
                target = posixpath.normpath(posixpath.join(self._folder, parts.path))
                self.found.add(target)
                anchor = f"#{parts.fragment}" if parts.fragment else ""
                element.set("href", relative(address(target), self._here) + anchor)


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
