"""Every page of the site as Markdown, before any renderer sees it.

Two outlets show the same pages: `plugin` gives them to MkDocs in memory, and `kzus pages` writes
them to a folder for any other generator.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import yaml

from ..dataset import PAGE_KINDS, Dataset, Key
from ..dates import in_words
from ..edition import Edition
from ..exports import catalogue, cite, jsonld
from ..exports.base import page as page_address
from ..model import vocabulary
from ..model.records import Entry
from ..problems import Problem, as_text
from ..views import (
    commerce,
    coverage,
    dialogues,
    figures,
    on,
    overview,
    parallel,
    people,
    posts,
    records,
    reference,
    registers,
    sources,
    timeline,
)
from ..views.changes import learned
from ..views.gone import Gone, gone
from ..views.refs import Ref, date_of, find, page_of, path_of, ref, title_of
from ..views.sight import Sights, digest
from .charts import Charts
from .templates import Templates, address, relative

# Where a page's section begins: the breadcrumb above a record.
SECTIONS = {
    "events": "timeline.md",
    "agreements": "agreements/index.md",
    "commitments": "commitments/index.md",
    "people": "people/index.md",
    "organizations": "commerce.md",
    "publishers": "sources/index.md",
    "dialogues": "dialogue/index.md",
}
RECORD_TEMPLATES = {
    "events": "templates/event.md",
    "agreements": "templates/agreement.md",
    "commitments": "templates/commitment.md",
    "people": "templates/person.md",
    "organizations": "templates/organization.md",
    "publishers": "templates/publisher.md",
    "dialogues": "templates/dialogue.md",
}

# The page of the record as a dataset.
DATA_PAGE = "data/index.md"
# The page of deals and figures.
COMMERCE_PAGE = "commerce.md"
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
# Styles that the pages of one kind alone need.
PAGE_PARTS = {"dialogues": {"styles": ["assets/registers.css"]}}


@dataclass(frozen=True)
class Page:
    """A page: where it stands, its text, and what its surroundings need to know."""

    path: str
    title: str
    text: str
    meta: Mapping[str, Any] = field(default_factory=dict)
    entry: Entry | None = None
    section: str | None = None
    before: Ref | None = None
    after: Ref | None = None
    source: str | None = None  # the file behind it, below the repository, for the edit link
    head: str = ""  # HTML for the page's head: what machines read of it
    listed: bool = True  # whether the search and the sitemap know it
    moved: str = ""  # the address below the root of what stands in its place

    @property
    def made(self) -> bool:
        """Whether the record made it, so that no file in docs/ has its place."""
        return self.section is not None

    def as_file(self) -> str:
        """The page with its front matter, as a file for another generator."""
        matter = {"title": self.title, **self.meta}
        return f"---\n{yaml.dump(matter, Dumper=_DUMPER, allow_unicode=True)}---\n{self.text}"


@dataclass(frozen=True)
class Plan:
    """A page that the record makes, before it is made.

    `inputs` is a digest of all that the page shows of the record; `file` is the one behind it
    below the repository, where there is one.
    """

    path: str
    section: str
    inputs: str
    make: Callable[[], Page]
    file: str = ""
    listed: bool = True


class Site:
    """The pages of a dataset."""

    def __init__(
        self,
        dataset: Dataset,
        docs: Path,
        edition: Edition,
        sizes: catalogue.Sizes | None = None,
        charts: Charts | None = None,
    ) -> None:
        """Set up the templates.

        `sizes` are those of the exports, where they are made already; `charts` draws.
        """
        self.dataset, self.docs, self.edition = dataset, docs, edition
        self._templates = Templates(
            docs,
            record=dataset,
            edition=edition,
            views=records,
            reference=reference,
            learned=lambda: learned(edition.revisions),
            published=catalogue,
            cite=cite,
            listed=lambda: catalogue.listed(sizes or catalogue.sizes_of(dataset, edition)),
            on=on,
            overview=overview,
            parallel=parallel,
            posts=posts,
            people=people,
            gone=lambda: gone(dataset),
            timeline=timeline,
            registers=registers,
            dialogues=dialogues,
            commerce=commerce,
            figures=figures,
            coverage=coverage,
            sources=sources,
            chart=(charts or Charts(docs)).draw,
            vocabulary=vocabulary,
            ref=ref,
            entry=partial(find, dataset),
            in_words=in_words,
        )

    @cached_property
    def sights(self) -> Sights:
        """Digests of what stands in each entry and of what its page and its files can show."""
        return Sights(self.dataset)

    @cached_property
    def outline(self) -> str:
        """A digest of the whole record but for the words of facts."""
        around = (self.dataset.redirects, sorted(self.dataset.expectations.items()))
        return digest(self.sights.outline, repr(around))

    def shown_on(self, path: str) -> str:
        """A digest of all that a hand-written page may show of the record.

        Most show of facts no more than whence they are.
        """
        if path == DATA_PAGE:
            return self.dataset.digest
        if path == COMMERCE_PAGE:
            deals = (self.sights.own[e.kind, e.id] for e in commerce.signed(self.dataset))
            return digest(self.outline, self.sights.of(["series"]), *deals)
        return self.outline

    def pages(self) -> Iterator[Page]:
        """Every page, hand-written ones first, each group in order of path."""
        yield from (self.page(path) for path in self.written())
        yield from (plan.make() for plan in self.planned())

    def written(self) -> list[str]:
        """The paths of the pages that stand in docs/ as files."""
        paths = (file.relative_to(self.docs).as_posix() for file in sorted(self.docs.rglob("*.md")))
        return [path for path in paths if not path.startswith(("templates/", "."))]

    def matter(self, path: str) -> dict[str, Any]:
        """The front matter of a hand-written page."""
        raw = (self.docs / path).read_text(encoding="utf-8")
        found = yaml.safe_load(raw.split("---\n", 2)[1]) if raw.startswith("---\n") else None
        return found or {}

    def page(self, path: str) -> Page:
        """A hand-written page, filled."""
        meta = self.matter(path)
        text = self._templates.render(path, path, {"page": meta})
        body = text.split("---\n", 2)[2] if text.startswith("---\n") else text
        title = meta.pop("title", path)
        head = ""
        if path == DATA_PAGE:
            about = jsonld.script(jsonld.about_data(self.dataset, self.edition))
            head = f'<script type="application/ld+json">{about}</script>'
        return Page(path, title, body.lstrip("\n"), meta, source=f"docs/{path}", head=head)

    def planned(self) -> Iterator[Plan]:
        """The pages that the record makes: for each record, publisher, dialogue and year."""
        for kind in RECORD_TEMPLATES:
            yield from (self._plan(*three) for three in self._in_turn(kind))
        standing = self.sights.of(("agreements", "people", "offices", "dialogues"))
        own = self.sights.own
        for year, events in on.shown_by_year(self.dataset).items():
            inputs = digest(standing, *(own[event.kind, event.id] for event in events))
            yield Plan(f"on/{year}.md", "on.md", inputs, partial(self.year_page, year))
        for one in gone(self.dataset):
            if section := SECTIONS.get(one.kind):
                path, make = page_of(one.kind, one.id), partial(self.gone_page, one)
                yield Plan(path, section, self.dataset.digest, make, listed=False)

    def some(self, paths: Collection[str]) -> Iterator[Plan]:
        """The pages of entries at some paths, without the digests that tell what they show."""
        for kind in RECORD_TEMPLATES:
            for entry, before, after in self._in_turn(kind):
                if (path := path_of(entry)) in paths:
                    make = partial(self.record_page, entry, before, after)
                    yield Plan(path, SECTIONS[kind], "", make)

    def _in_turn(self, kind: str) -> Iterator[tuple[Entry, Entry | None, Entry | None]]:
        """The entries of a kind, each with the one before it and the one after it."""
        entries = self._ordered(kind)
        return zip(entries, [None, *entries], [*entries[1:], None], strict=False)

    def _plan(self, entry: Entry, before: Entry | None, after: Entry | None) -> Plan:
        around = [self._named[e.kind, e.id] if e else "" for e in (before, after)]
        file = self.dataset.files[entry.kind, entry.id][0]
        inputs = digest(self.sights.seen[entry.kind, entry.id], file, *around)
        make = partial(self.record_page, entry, before, after)
        return Plan(path_of(entry), SECTIONS[entry.kind], inputs, make, file)

    @cached_property
    def _named(self) -> Mapping[Key, str]:
        """What links to an entry tell of it."""
        entries = (e for kind in RECORD_TEMPLATES for e in self.dataset.of(kind).values())
        return {(e.kind, e.id): f"{path_of(e)} {title_of(e)} {_written(e)}" for e in entries}

    def gone_page(self, one: Gone) -> Page:
        """What stands at the address of a record that moved or was withdrawn."""
        path = page_of(one.kind, one.id)
        title = "A record that moved" if one.entry else "Withdrawn"
        head, moved = '<meta name="robots" content="noindex">', ""
        if one.entry:
            moved = page_address(one.entry)
            target = relative(moved, address(path).rstrip("/"))
            # Not kept from search engines: they are to know the new address in place of this one.
            head = f'<meta http-equiv="refresh" content="0; url={target}">'
        return Page(
            path=path,
            title=title,
            text=self._templates.render(
                "templates/gone.md", path, {"gone": one, "page": {"title": title}}
            ),
            meta={"description": title},
            section=SECTIONS[one.kind],
            source="data/redirects.yaml",
            head=head,
            listed=False,
            moved=re.split("[?#]", moved)[0],
        )

    def year_page(self, year: int) -> Page:
        """What was so in a year: stands in for the page of any date where no script runs."""
        path, values = f"on/{year}.md", {"year": year, "answer": on.of_year(self.dataset, year)}
        known = on.years(self.dataset)
        before, after = (_year_ref(n) if n in known else None for n in (year - 1, year + 1))
        return Page(
            path=path,
            title=f"Kazakhstan and the United States in {year}",
            text=self._templates.render("templates/on-year.md", path, values),
            meta={
                "description": f"Who held the main posts in {year}, what was in force, who met.",
                "styles": ["assets/on.css"],
            },
            section="on.md",
            before=before,
            after=after,
            source="docs/templates/on-year.md",
        )

    def _ordered(self, kind: str) -> list[Entry]:
        """The entries of a kind in the order in which a reader leafs through them."""
        if kind == "events":
            return list(self.dataset.chronicle)
        entries = list(self.dataset.of(kind).values())
        if kind in ("agreements", "commitments"):
            return entries  # ids begin with the year
        return sorted(entries, key=lambda entry: title_of(entry).casefold())

    def record_page(self, entry: Entry, before: Entry | None, after: Entry | None) -> Page:
        """The page of one entry."""
        path = path_of(entry)
        shown = records.view(self.dataset, entry) if entry.kind in PAGE_KINDS else None
        earlier, later = (ref(other) if other else None for other in (before, after))
        values = {"entry": entry, "view": shown, "before": earlier, "after": later}
        return Page(
            path=path,
            title=title_of(entry),
            text=self._templates.render(RECORD_TEMPLATES[entry.kind], path, values),
            meta={"description": describe(entry), **PAGE_PARTS.get(entry.kind, {})},
            entry=entry,
            section=SECTIONS[entry.kind],
            before=earlier,
            after=later,
            source=self.dataset.files[entry.kind, entry.id][0],
            head=self._head(entry) if entry.kind in PAGE_KINDS else "",
        )

    def _head(self, entry: Entry) -> str:
        """The record in other forms, and as structured data."""
        node = jsonld.node(entry, self.dataset, self.edition)
        # The space keeps Material's script from taking them for sites in other languages.
        return (
            f'<link rel=" alternate" type="application/json"'
            f' href="../../api/v1/{entry.kind}/{entry.id}.json">'
            f'<link rel=" alternate" type="text/markdown" href="../{entry.id}.md">'
            f'<script type="application/ld+json">{jsonld.script(node)}</script>'
        )


def fault_page(path: str, problem: Problem, section: str | None = None) -> Page:
    """A page in place of one whose template cannot be filled."""
    title = "A template is broken"
    text = f"# {title}\n\n```text\n{as_text([problem])}\n```\n"
    return Page(path, title, text, section=section, listed=False)


def _written(entry: Entry) -> str:
    date = date_of(entry)
    return date.text if date else ""


def _year_ref(year: int) -> Ref:
    return Ref(str(year), f"on/{year}.md", "years", str(year))


def describe(entry: Entry) -> str:
    """One sentence for search engines and previews: what the record is, in its own words."""
    facts = getattr(entry, "facts", ())
    return facts[0].text if facts else title_of(entry)


def write(site: Site, folder: Path) -> int:
    """Write all pages below a folder; return how many.

    Each file is written whole or not at all.
    """
    count = 0
    for page in site.pages():
        target = folder / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page.as_file(), encoding="utf-8", newline="\n")
        count += 1
    return count
