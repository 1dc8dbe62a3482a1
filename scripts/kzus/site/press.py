"""Sets pages of the record into the theme: each becomes HTML, a Markdown twin and search text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from ..edition import Edition
from ..files import write_whole
from ..model import vocabulary
from ..model.records import Agreement, Entry, Person
from ..views.people import spellings
from .pages import Page, Plan, fault_page
from .render import Converter, Rendered, targets
from .shell import Shell
from .templates import TemplateFault, address
from .twin import Twins
from .work import Made

SearchEntry = dict[str, Any]
# Who is asked for by name is shown before what names them; publishers come last.
_BOOSTS = {"people": 3.0, "dialogue": 3.0, "organizations": 2.0, "sources": 0.5}


@dataclass
class Press:
    """Makes the files of record pages.

    `shell_of` gives the theme's HTML, with marks, for a page and whether it has headings.
    """

    converter: Converter
    shell_of: Callable[[Page, bool], str]
    edition: Edition
    twins: Twins
    _shells: dict[tuple[object, ...], Shell] = field(default_factory=dict)

    def made(self, plan: Plan) -> Made:
        """The files of a page; where its template is broken, a page that says so."""
        try:
            page, fault = plan.make(), None
        except TemplateFault as error:
            page, fault = fault_page(plan.path, error.problem, plan.section), error.problem
        rendered = self.converter.convert((page.path, page.text))
        html = self._filled(page, rendered)
        place = address(page.path)
        files = (
            (place + "index.html", html.encode()),
            # Its Markdown twin stands where links between the Markdown of pages lead.
            (page.path, self.twins.of(page).encode()),
        )
        # One text, since lists of links of all pages at once would be much of a build's memory.
        links = "\n".join(targets(rendered.html, place))
        note = {"search": _entry(page, rendered), "links": links}
        if fault:
            return Made(files, {**note, "fault": asdict(fault)}, lasting=False)
        return Made(files, note)

    def _filled(self, page: Page, rendered: Rendered) -> str:
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
        markup = {"content": rendered.html, "page_head": page.head}
        return self._shell(page, bool(rendered.toc)).fill(values, markup, rendered.toc)

    def _shell(self, page: Page, headings: bool) -> Shell:
        folder = page.path.rpartition("/")[0]
        shape = (folder, bool(page.before), bool(page.after), headings, page.moved)
        if shape not in self._shells:
            self._shells[shape] = Shell(self.shell_of(page, headings))
        return self._shells[shape]


def _entry(page: Page, rendered: Rendered) -> SearchEntry | None:
    if not page.listed:
        return None
    # The search takes titles for HTML, as those of its own pages are.
    title = escape(page.title, quote=False)
    text = rendered.search
    if isinstance(page.entry, Person) and (others := spellings(page.entry)):
        text += f" Also written: {escape(', '.join(others), quote=False)}"
    entry = {"location": address(page.path), "title": title, "text": text}
    boost = _BOOSTS.get(page.path.partition("/")[0])
    more = {"boost": boost, "tags": _numbers(page.entry)}
    return entry | {key: value for key, value in more.items() if value}


def _numbers(entry: Entry | None) -> list[str]:
    """The numbers of an agreement, by which the search finds it before all else."""
    found = entry.identifiers.model_dump() if isinstance(entry, Agreement) else {}
    return [
        escape(f"{name} {found[key]}", quote=False)
        for key, name in vocabulary.IDENTIFIERS.items()
        if found.get(key)
    ]


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")


class SearchIndex:
    """The index that Material's search plugin wrote; nothing where there is none."""

    def __init__(self, file: Path) -> None:
        self._file = file
        text = file.read_text(encoding="utf-8") if file.exists() else '{"docs": []}'
        self._content = json.loads(text)

    def by_page(self) -> dict[str, list[SearchEntry]]:
        """The plugin's entries, by the address of their page."""
        groups = groupby(self._content["docs"], lambda e: str(e["location"]).partition("#")[0])
        return {page: list(group) for page, group in groups}

    def write(self, entries: Iterable[SearchEntry]) -> None:
        """Put entries in the place of the plugin's."""
        if self._file.exists():
            rest = {key: value for key, value in self._content.items() if key != "docs"}
            # Each packed by itself: together they would stand in memory three times.
            docs = b",".join(_packed(entry) for entry in entries)
            write_whole(self._file, b"".join([_packed(rest)[:-1], b',"docs":[', docs, b"]}"]))


def _packed(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
