"""Writes a site's files: whole or not at all, and only where something changed."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from pathlib import Path

from ..edition import Edition
from ..files import write_whole
from .pages import Page
from .render import Rendered, Renderer
from .shell import Shell
from .templates import address

SearchEntry = dict[str, str | float]
# Who is asked for by name is shown before what names them; publishers come last.
_BOOSTS = {"people": 3.0, "dialogue": 3.0, "organizations": 2.0, "sources": 0.5}


class Output:
    """A folder of finished files, which remembers what it wrote where."""

    def __init__(self) -> None:
        self._written: dict[Path, bytes] = {}
        self._current: set[Path] = set()

    def start(self) -> None:
        """Begin a build: what is written from here on is what belongs there."""
        self._current = set()

    def write(self, file: Path, content: bytes) -> None:
        """Write a file whole, unless it stands there already."""
        digest = hashlib.blake2b(content, digest_size=16).digest()
        self._current.add(file)
        if self._written.get(file) == digest and file.exists():
            return
        write_whole(file, content)
        self._written[file] = digest

    def remove_others(self, folder: Path, kept: frozenset[Path] = frozenset()) -> None:
        """Remove what an earlier build left in a folder: all but what is written and `kept`."""
        for found in folder.iterdir() if folder.is_dir() else ():
            if found in self._current or found in kept or found.name == "index.html":
                continue
            if found.is_file():
                found.unlink()
            elif found / "index.html" not in self._current:
                shutil.rmtree(found)


@dataclass
class PageWriter:
    """Renders the pages of the record into the theme and writes them.

    Attributes:
        shell_of: gives the theme's HTML, with marks, for a page and whether it has headings.
        broken: links that lead nowhere, as (page, target), once pages are written.
    """

    renderer: Renderer
    shell_of: Callable[[Page, bool], str]
    edition: Edition
    output: Output
    broken: list[tuple[str, str]] = field(default_factory=list)

    def write(self, pages: Sequence[Page], known: Iterable[str], target: Path) -> list[SearchEntry]:
        """Write pages below `target`; return what the search finds of each.

        `known` holds the paths of all pages of the site, which links may lead to.
        """
        paths, shells, entries = frozenset(known), _Shells(self.shell_of), []
        texts = [(page.path, page.text) for page in pages]
        for page, rendered in zip(pages, self.renderer.render(texts), strict=True):
            self.broken += [(page.path, link) for link in rendered.links if link not in paths]
            html = self._filled(page, rendered, shells.of(page, bool(rendered.toc)))
            place = address(page.path)
            self.output.write(target / place / "index.html", html.encode())
            # Its Markdown twin stands where links between the Markdown of pages lead.
            self.output.write(target / page.path, page.as_file().encode())
            # The search takes titles for HTML, as those of its own pages are.
            title = escape(page.title, quote=False)
            entry: SearchEntry = {"location": place, "title": title, "text": rendered.search}
            if boost := _BOOSTS.get(page.path.partition("/")[0]):
                entry["boost"] = boost
            if page.listed:
                entries.append(entry)
        kept = frozenset(target / address(path) for path in paths)
        for folder in {page.path.rpartition("/")[0] for page in pages}:
            self.output.remove_others(target / folder, kept)
        return entries

    def _filled(self, page: Page, rendered: Rendered, shell: Shell) -> str:
        values = {
            "title": page.title,
            "description": str(page.meta.get("description", "")),
            "id": _stem(page.path),
            "head": rendered.head,
            "edit": (self.edition.edit_url(page.source) if page.source else None) or "",
            "before.id": _stem(page.before.path) if page.before else "",
            "before.title": page.before.title if page.before else "",
            "after.id": _stem(page.after.path) if page.after else "",
            "after.title": page.after.title if page.after else "",
        }
        return shell.fill(values, {"content": rendered.html, "page_head": page.head}, rendered.toc)


class _Shells:
    """The shells of one build, by the shape of the page."""

    def __init__(self, make: Callable[[Page, bool], str]) -> None:
        self._make = make
        self._made: dict[tuple[object, ...], Shell] = {}

    def of(self, page: Page, headings: bool) -> Shell:
        folder = page.path.rpartition("/")[0]
        shape = (folder, bool(page.before), bool(page.after), headings)
        if shape not in self._made:
            self._made[shape] = Shell(self._make(page, headings))
        return self._made[shape]


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")


def add_to_search(
    index: Path, entries: Sequence[SearchEntry], known: dict[str, list[SearchEntry]]
) -> None:
    """Add entries to the index that Material's search plugin wrote; none where there is none.

    `known` holds the plugin's entries by page, and is brought up to date: a preview does not
    build pages again that are as they were, and the plugin forgets them.
    """
    if not index.exists():
        return
    content = json.loads(index.read_text(encoding="utf-8"))
    for page, group in groupby(content["docs"], lambda entry: entry["location"].partition("#")[0]):
        known[page] = list(group)
    content["docs"] = [entry for group in known.values() for entry in group] + list(entries)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    write_whole(index, text.encode())
