"""Every page of the site as Markdown, before any renderer sees it.

Two outlets show the same pages: `plugin` gives them to MkDocs in memory, and `kzus pages` writes
them to a folder for any other generator.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from ..dataset import PAGE_KINDS, Dataset, Key
from ..dates import in_words
from ..edition import Edition
from ..exports import catalogue, cite, jsonld
from ..model import vocabulary
from ..model.records import Entry
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
from ..views.affected import affected, changed
from ..views.changes import learned
from ..views.gone import Gone, gone
from ..views.refs import Ref, path_of, ref, title_of
from .cache import Cache
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

    @property
    def made(self) -> bool:
        """Whether the record made it, so that no file in docs/ has its place."""
        return self.section is not None

    def as_file(self) -> str:
        """The page with its front matter, as a file for another generator."""
        matter = {"title": self.title, **self.meta}
        return f"---\n{yaml.dump(matter, Dumper=_DUMPER, allow_unicode=True)}---\n{self.text}"


@dataclass(frozen=True)
class Last:
    """An earlier site of the same templates, with its pages."""

    site: Site
    pages: tuple[Page, ...]

    def has(self, page: Page, site: Site) -> bool:
        """Whether a page of a later site is as it was, and the theme around it too."""
        return site.state == self.site.state and page in self.pages


class Site:
    """The pages of a dataset."""

    def __init__(
        self,
        dataset: Dataset,
        docs: Path,
        edition: Edition,
        sizes: catalogue.Sizes | None = None,
        cache: Cache | None = None,
    ) -> None:
        """Set up the templates.

        `sizes` are those of the exports, where they are made already; `cache` keeps charts.
        """
        self.dataset, self.docs, self.edition = dataset, docs, edition
        self.state = _state(docs / "templates")
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
            timeline=timeline,
            registers=registers,
            dialogues=dialogues,
            commerce=commerce,
            figures=figures,
            coverage=coverage,
            sources=sources,
            chart=Charts(docs, cache).draw,
            vocabulary=vocabulary,
            ref=ref,
            in_words=in_words,
        )

    def pages(self, last: Last | None = None) -> Iterator[Page]:
        """Every page, hand-written ones first, each group in order of path.

        With the pages of an earlier site, those that nothing changed for are taken from there.
        """
        yield from self.written()
        yield from self.generated(last)

    def written(self) -> Iterator[Page]:
        """The pages that stand in docs/ as files."""
        for file in sorted(self.docs.rglob("*.md")):
            path = file.relative_to(self.docs).as_posix()
            if not path.startswith(("templates/", ".")):
                yield self.page(path)

    def page(self, path: str) -> Page:
        """A hand-written page, filled."""
        raw = (self.docs / path).read_text(encoding="utf-8")
        meta: dict[str, Any] = {}
        if raw.startswith("---\n"):
            meta = yaml.safe_load(raw.split("---\n", 2)[1]) or {}
        text = self._templates.render(path, path, {"page": meta})
        body = text.split("---\n", 2)[2] if raw.startswith("---\n") else text
        title = meta.pop("title", path)
        head = ""
        if path == DATA_PAGE:
            about = jsonld.script(jsonld.about_data(self.dataset, self.edition))
            head = f'<script type="application/ld+json">{about}</script>'
        return Page(path, title, body.lstrip("\n"), meta, source=f"docs/{path}", head=head)

    def generated(self, last: Last | None = None) -> Iterator[Page]:
        """The pages that the record makes: for each record, publisher, dialogue and year."""
        known = self._unchanged(last) if last else {}
        for kind in RECORD_TEMPLATES:
            entries = list(self._ordered(kind))
            for place, entry in enumerate(entries):
                before = entries[place - 1] if place else None
                after = entries[place + 1] if place + 1 < len(entries) else None
                page = known.get((entry.kind, entry.id))
                if page is None or not _between(page, before, after):
                    page = self.record_page(entry, before, after)
                yield page
        for year in on.years(self.dataset):
            yield self.year_page(year)
        for one in gone(self.dataset):
            yield self.gone_page(one)

    def _unchanged(self, last: Last) -> dict[Key, Page]:
        """The pages of an earlier site that this one would make again as they are."""
        old = last.site
        if (old.dataset.as_of, old.edition, old.state) != (
            self.dataset.as_of,
            self.edition,
            self.state,
        ):
            return {}
        keys = changed(old.dataset, self.dataset)
        gone = affected(old.dataset, keys) | affected(self.dataset, keys)
        found = {(p.entry.kind, p.entry.id): p for p in last.pages if p.entry}
        return {key: page for key, page in found.items() if key not in gone}

    def gone_page(self, one: Gone) -> Page:
        """What stands at the address of a record that moved or was withdrawn."""
        path, title = f"{one.kind}/{one.id}.md", "A record that moved" if one.entry else "Withdrawn"
        head = '<meta name="robots" content="noindex">'
        if one.entry:
            target = relative(address(path_of(one.entry)), address(path).rstrip("/"))
            head += f'<meta http-equiv="refresh" content="0; url={target}">'
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
        values = {"entry": entry, "view": shown}
        return Page(
            path=path,
            title=title_of(entry),
            text=self._templates.render(RECORD_TEMPLATES[entry.kind], path, values),
            meta={"description": describe(entry), **PAGE_PARTS.get(entry.kind, {})},
            entry=entry,
            section=SECTIONS[entry.kind],
            before=ref(before) if before else None,
            after=ref(after) if after else None,
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


def _state(templates: Path) -> frozenset[tuple[str, int, int]]:
    """What tells that some template, the theme or the settings have changed."""
    settings = templates.parent.parent / "mkdocs.yml"
    files = [path for path in (*templates.rglob("*"), settings) if path.is_file()]
    found = ((path, path.stat()) for path in files)
    return frozenset((path.name, stat.st_mtime_ns, stat.st_size) for path, stat in found)


def _between(page: Page, before: Entry | None, after: Entry | None) -> bool:
    """Whether a page stands between these two still."""
    return page.before == (ref(before) if before else None) and page.after == (
        ref(after) if after else None
    )


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
