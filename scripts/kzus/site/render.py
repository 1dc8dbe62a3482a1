"""Markdown to HTML for the pages that the record makes.

MkDocs makes a Markdown converter, a navigation and a theme page anew for each page; for thousands
of pages of a few shapes that is most of a build. Here one converter serves all (one in each
process where there are many pages), and what it made of a text is remembered by the text. The
result is what MkDocs makes; a test compares them.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import markdown
from markdown.treeprocessors import Treeprocessor

from .cache import Cache
from .templates import address, relative

_HEADING = re.compile(r"h[1-6]")
# Below so many pages for each processor, starting a process costs more than it saves.
_WORTH_A_PROCESS = 200
_STASHED = re.compile("\x02[^\x03]*\x03")


Source = tuple[str, str]


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
        self._settings = (list(extensions), dict(configs))
        self._cache = cache
        self._shape = f"{markdown.__version__} {json.dumps(self._settings, default=str)}"

    def render(self, pages: Sequence[Source]) -> Iterator[Rendered]:
        """Render pages, given as (path below docs/, text), in their order."""
        keys = [self._key(path, text) for path, text in pages]
        asked = zip(keys, pages, strict=True)
        missing = {key: page for key, page in asked if not self._cache.has(key)}
        made = self._convert(list(missing.values()))
        for key, page in zip(keys, pages, strict=True):
            if missing.pop(key, None):
                rendered = next(made)
                self._cache.put(key, asdict(rendered))
                yield rendered
            else:
                yield self._remembered(key) or next(self._convert([page]))

    def _remembered(self, key: str) -> Rendered | None:
        known = self._cache.get(key)
        if known is None:
            return None
        toc = tuple((anchor, title) for anchor, title in known["toc"])
        return Rendered(**{**known, "toc": toc, "links": tuple(known["links"])})

    def _key(self, path: str, text: str) -> str:
        folder = posixpath.dirname(path)
        return hashlib.sha256(f"{self._shape}\0{folder}\0{text}".encode()).hexdigest()

    def _convert(self, pages: Sequence[Source]) -> Iterator[Rendered]:
        """Convert pages, many of them in processes of their own."""
        done, workers = 0, os.cpu_count() or 1
        if len(pages) >= _WORTH_A_PROCESS * workers > _WORTH_A_PROCESS:
            start = multiprocessing.get_context("spawn")
            with (
                suppress(BrokenProcessPool),  # no process can start here: one by one, then
                ProcessPoolExecutor(workers, start, _start_worker, self._settings) as pool,
            ):
                for rendered in pool.map(_work, pages, chunksize=_WORTH_A_PROCESS // 8):
                    yield rendered
                    done += 1
        yield from map(Converter(*self._settings).convert, pages[done:])


class Converter:
    """Converts Markdown to HTML, one page after the other."""

    def __init__(self, extensions: Sequence[str], configs: Mapping[str, Any]) -> None:
        self._markdown = markdown.Markdown(extensions=extensions, extension_configs=dict(configs))
        self._links = _Links(self._markdown)
        self._search = _SearchText(self._markdown)
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
        return Rendered(html, head, toc, self._search.text, tuple(sorted(self._links.found)))


_worker: list[Converter] = []


def _start_worker(extensions: Sequence[str], configs: Mapping[str, Any]) -> None:
    _worker[:] = [Converter(extensions, configs)]


def _work(page: Source) -> Rendered:
    return _worker[0].convert(page)


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
                parts = parts._replace(path=relative(address(target), self._here))
                element.set("href", parts.geturl())


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
