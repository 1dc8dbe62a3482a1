"""The MkDocs plugin: hands the record's pages and files to MkDocs.

The only module that imports mkdocs. Hand-written pages go MkDocs' own way, with their templates
filled. Pages that the record makes are many and of few shapes: they are rendered by `site.render`
into the theme as MkDocs renders it once for each shape (`site.shell`), and written beside.
"""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.templates import TemplateContext

from . import rules
from .edition import Checkout
from .exports import EXPORTS
from .exports.catalogue import Sizes
from .history import revisions
from .loader import Memo, load
from .problems import Problem, as_text
from .site import cache, csp
from .site.output import Output, PageWriter, SearchEntry, add_to_search
from .site.pages import Last, Page, Site
from .site.render import Renderer
from .site.shell import mark
from .site.templates import TemplateFault, address

_HEADED = "<h1-of-the-page>"
# What scripts of the site fetch, and a preview must therefore have anew each time.
_READ_BY_PAGES = ("api/v1/on.json",)
log = logging.getLogger("mkdocs.plugins.kzus")
_CHECKBOX = re.compile(r'(<input class="md-toggle"[^>]*) autocomplete="off"')


def _not_about_dirty_builds(record: logging.LogRecord) -> bool:
    """Pass over MkDocs' warning: this plugin builds every page that changed."""
    return "A 'dirty' build" not in record.getMessage()


class KzusConfig(Config):  # type: ignore[no-untyped-call]  # untyped in MkDocs
    """The plugin has no settings."""


class RecordFile(File):
    """A page of the record, as far as MkDocs needs to know: a target of links."""

    def is_documentation_page(self) -> bool:
        """No: this plugin builds it."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Nothing to copy: this plugin writes it."""


class KzusPlugin(BasePlugin[KzusConfig]):  # type: ignore[no-untyped-call]  # untyped in MkDocs
    """Adds the record to a site."""

    serving = False
    cache: cache.Cache | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview.

        Its presence also makes MkDocs keep this instance over the builds of one `mkdocs serve`.
        """
        self.serving = command == "serve"
        self.output = Output()
        self.memo: Memo = {}
        self.last: Last | None = None
        self.entries: dict[str, list[SearchEntry]] = {}
        self.sizes: dict[str, dict[str, int]] = {}
        self.dirty = dirty
        if self.serving:
            logging.getLogger("mkdocs.commands.build").addFilter(_not_about_dirty_builds)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and check the record: first, since all else depends on it.

        A preview goes on without what cannot be read; a build stops, so that nothing is
        published from a broken record.
        """
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        self.cache = self.cache or cache.Cache(cache.default_file(root))
        checkout = Checkout(root)
        dataset, problems = load(
            root, as_of=checkout.today(), previous=checkout.previous(), memo=self.memo
        )
        problems = sorted([*problems, *rules.check(dataset, root)])
        self._report(problems)
        self.edition = replace(checkout.edition(config.site_url or ""), revisions=revisions(root))
        self.dataset = dataset
        errors = [problem for problem in problems if problem.level == "error"]
        config.extra["kzus"] = {"problems": errors, "edition": self.edition, "urls": []}
        return config

    def _report(self, problems: list[Problem]) -> None:
        errors = [problem for problem in problems if problem.level == "error"]
        if errors:
            text = f"the record has problems\n{as_text(problems)}"
            if not self.serving:
                raise PluginError(text)
            log.error(text)
        elif problems:
            log.info(as_text(problems))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Write the files for machines, fill the hand-written pages, announce those of the record.

        The files come first, since a page lists them with their sizes.
        """
        self.output.start()
        last = self.last
        sizes = self._export(Path(config.site_dir))
        docs = Path(config.docs_dir)
        self.site = Site(self.dataset, docs, self.edition, sizes, self.cache)
        self.pages: dict[str, Page] = {page.path: page for page in self._filled()}
        for page in self.pages.values():
            known = files.src_uris.get(page.path)
            if known and not page.made:
                # It shows the record, so its own file's date says nothing.
                new = not (last and last.has(page, self.site))
                known.is_modified = partial(bool, new)  # type: ignore[method-assign]
            elif known is None:
                files.append(_record_file(page.path, config))
        return files

    def _export(self, target: Path) -> Sizes:
        """Write the files for machines; later in a preview only those that pages read."""
        later = self.serving and self.dirty and bool(self.sizes)
        for export in EXPORTS:
            if later and export.path not in _READ_BY_PAGES:
                continue
            of_export = self.sizes[export.path] = {}
            for path, content in export.files(self.dataset, self.edition):
                self.output.write(target / path, content)
                of_export[path] = len(content)
            if "{id}" in export.path:
                self.output.remove_others((target / export.path).parent)
        return self.sizes

    def _filled(self) -> list[Page]:
        try:
            pages = list(self.site.pages(self.last))
        except TemplateFault as fault:
            text = as_text([fault.problem])
            if not self.serving:
                raise PluginError(text) from fault
            log.error(text)
            message = f"# A template is broken\n\n```text\n{text}\n```\n"
            return [Page("index.md", "A template is broken", message)]
        self.last = Last(self.site, tuple(pages)) if self.serving else None
        return pages

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the navigation, into which the theme sets every page."""
        self.nav = nav
        return nav

    def on_page_read_source(self, page: MkDocsPage, *, config: MkDocsConfig) -> str | None:
        """Hand MkDocs the filled text instead of the template."""
        found = self.pages.get(page.file.src_uri)
        return found.text if found else None

    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Set what MkDocs reads from front matter, once it has looked for front matter."""
        found = self.pages.get(page.file.src_uri)
        if found:
            # Lists name what records tell: the search shows the records first.
            page.meta = {"title": found.title, "search": {"boost": 0.5}, **found.meta}
            page.edit_url = self.edition.edit_url(found.source) if found.source else None
        return markdown

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the theme what belongs into the page's head."""
        found = self.pages.get(page.file.src_uri)
        context["kzus_head"] = found.head if found else ""  # type: ignore[typeddict-unknown-key]
        return context

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keep the theme's environment, and tell the sitemap of pages and days.

        The day is the record's: MkDocs would write that of the clock.
        """
        self.env, self.files = env, files
        day = self.dataset.as_of.isoformat()
        for file in files.documentation_pages():
            if file.page:
                file.page.update_date = day
        if config.site_url:
            urls = (address(page.path) for page in self.pages.values() if page.made and page.listed)
            config.extra["kzus"]["urls"] = [(config.site_url + url, day) for url in urls]
        return env

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Seal the finished page; its inline scripts are known only now."""
        return self._finished(output)

    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Seal the theme's own pages, such as that for an address where nothing is."""
        return self._finished(output_content) if template_name.endswith(".html") else output_content

    def _finished(self, html: str) -> str:
        # Material's own checkboxes have an attribute that HTML does not allow there.
        html = _CHECKBOX.sub(r"\1", html)
        # A preview's server puts a script of its own into each page.
        return html if self.serving else csp.seal(html)

    @event_priority(-100)  # after the search plugin has written its index
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the pages of the record beside the finished pages."""
        target = Path(config.site_dir)
        entries = self._write_pages(config, target)
        known = self.entries if self.dirty and self.serving else {}
        add_to_search(target / "search/search_index.json", entries, known)
        if self.cache:
            self.cache.save()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Build again when the record changes, not only when docs/ does."""
        server.watch(str(Path(config.config_file_path or "mkdocs.yml").resolve().parent / "data"))
        return server

    def _write_pages(self, config: MkDocsConfig, target: Path) -> list[SearchEntry]:
        writer = PageWriter(
            Renderer(config.markdown_extensions, config.mdx_configs, self.cache or cache.Cache()),
            lambda page, headings: self._shell(page, headings, config),
            self.edition,
            self.output,
        )
        made = [page for page in self.pages.values() if page.made]
        entries = writer.write(made, self.files.src_uris, target)
        for path, link in writer.broken:
            log.warning("%s links to %s, which is not there", path, link)
        return entries

    def _shell(self, page: Page, headings: bool, config: MkDocsConfig) -> str:
        """The theme around a page of this shape, with marks for its values."""
        folder = page.path.rpartition("/")[0]
        shown = _marked_page(folder, "id", config)
        shown.title = mark("title")
        shown.content = _HEADED + mark("content")  # Material adds a heading where it sees none
        shown.meta = {**page.meta, "title": mark("title"), "description": mark("description")}
        shown.edit_url = mark("edit") if self.edition.repository else None
        head = AnchorLink(mark("title"), mark("head"), 1)
        head.children = [AnchorLink(mark("toc.title"), mark("toc.id"), 2)] if headings else []
        shown.toc = TableOfContents([head])
        shown.previous_page = _marked_page(folder, "before.id", config) if page.before else None
        shown.next_page = _marked_page(folder, "after.id", config) if page.after else None
        section = self.files.src_uris.get(page.section or "")
        if section and section.page:
            crumb = Section(section.page.title or "", [section.page])
            crumb.parent = section.page.parent
            shown.parent = section.page.parent or crumb
            section.page.active = True
        context = get_context(self.nav, self.files, config, shown)
        html = self.env.get_template("main.html").render(
            context | {"kzus_page": page, "kzus_head": mark("page_head")}
        )
        html = self._finished(html)
        if section and section.page:
            section.page.active = False
        html = html.replace(_HEADED, "")
        for name in ("id", "before.id", "after.id"):
            html = html.replace(_placeholder(name), mark(name))
        return html


def _record_file(path: str, config: MkDocsConfig) -> File:
    """A file for a page that the record makes."""
    return RecordFile(
        path,
        None,
        config.site_dir,
        config.use_directory_urls,
        dest_uri=address(path) + "index.html",
        inclusion=InclusionLevel.NOT_IN_NAV,
    )


def _placeholder(name: str) -> str:
    """What stands in an address for a mark, which an address could not hold."""
    return f"kzus-{name.replace('.', '-')}-shell"


def _marked_page(folder: str, name: str, config: MkDocsConfig) -> MkDocsPage:
    """A page whose address and title are marks."""
    file = _record_file(f"{folder}/{_placeholder(name)}.md", config)
    return MkDocsPage(mark(name.replace(".id", ".title").replace("id", "title")), file, config)
