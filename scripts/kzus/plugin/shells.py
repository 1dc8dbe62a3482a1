"""The theme around pages of the record, as MkDocs renders it once for each shape of page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from ..site.pages import Page
from ..site.shell import mark
from ..site.templates import address

_HEADED = "<h1-of-the-page>"


class RecordFile(File):
    """A page of the record, as far as MkDocs needs to know: a target of links."""

    def is_documentation_page(self) -> bool:
        """No: this plugin builds it."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Nothing to copy: this plugin writes it."""


def record_file(path: str, config: MkDocsConfig) -> RecordFile:
    """A file for a page that the record makes."""
    return RecordFile(
        path,
        None,
        config.site_dir,
        config.use_directory_urls,
        dest_uri=address(path) + "index.html",
        inclusion=InclusionLevel.NOT_IN_NAV,
    )


@dataclass(frozen=True)
class Shells:
    """Renders the theme with marks in the place of values (`site.shell`).

    `finished` does to its HTML what is done to every page at the end.
    """

    config: MkDocsConfig
    nav: Navigation
    files: Files
    env: Environment
    editable: bool
    finished: Callable[[str], str]

    def around(self, page: Page, headings: bool) -> str:
        """The theme around a page of this shape, with marks for its values."""
        shown = self._marked(page, headings)
        section = self.files.src_uris.get(page.section or "")
        if section and section.page:
            crumb = Section(section.page.title or "", [section.page])
            crumb.parent = section.page.parent
            shown.parent = section.page.parent or crumb
            section.page.active = True
        context = get_context(self.nav, self.files, self.config, shown)
        html = self.env.get_template("main.html").render(
            context | {"kzus_page": page, "kzus_head": mark("page_head")}
        )
        if section and section.page:
            section.page.active = False
        html = self.finished(html).replace(_HEADED, "")
        for name in ("id", "before.id", "after.id"):
            html = html.replace(_placeholder(name), mark(name))
        return html

    def _marked(self, page: Page, headings: bool) -> MkDocsPage:
        """A page like another whose values are marks."""
        folder = page.path.rpartition("/")[0]
        shown = self._page(folder, "id")
        shown.title = mark("title")
        shown.content = _HEADED + mark("content")  # Material adds a heading where it sees none
        shown.meta = {**page.meta, "title": mark("title"), "description": mark("description")}
        shown.edit_url = mark("edit") if self.editable else None
        head = AnchorLink(mark("title"), mark("head"), 1)
        head.children = [AnchorLink(mark("toc.title"), mark("toc.id"), 2)] if headings else []
        shown.toc = TableOfContents([head])
        shown.previous_page = self._page(folder, "before.id") if page.before else None
        shown.next_page = self._page(folder, "after.id") if page.after else None
        return shown

    def _page(self, folder: str, name: str) -> MkDocsPage:
        """A page whose address and title are marks."""
        file = record_file(f"{folder}/{_placeholder(name)}.md", self.config)
        title = mark(name.replace(".id", ".title").replace("id", "title"))
        return MkDocsPage(title, file, self.config)


def _placeholder(name: str) -> str:
    """What stands in an address for a mark, which an address could not hold."""
    return f"kzus-{name.replace('.', '-')}-shell"
