"""The MkDocs plugin: hands the record's pages and files to MkDocs.

The only module that imports mkdocs. Everything it shows is made by the layers below; here it is
turned into what MkDocs calls files, pages and navigation.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as MkDocsPage

from . import rules
from .edition import Checkout
from .exports import EXPORTS
from .loader import load
from .problems import Problem, as_text
from .site.pages import Page, Site
from .site.templates import TemplateFault
from .views.refs import Ref

log = logging.getLogger("mkdocs.plugins.kzus")


class KzusConfig(Config):  # type: ignore[no-untyped-call]  # untyped in MkDocs
    """The plugin has no settings."""


class KzusPlugin(BasePlugin[KzusConfig]):  # type: ignore[no-untyped-call]  # untyped in MkDocs
    """Adds the record to a site."""

    serving = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview.

        Its presence also makes MkDocs keep this instance over the builds of one `mkdocs serve`.
        """
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and check the record: first, since all else depends on it.

        A preview goes on without what cannot be read; a build stops, so that nothing is
        published from a broken record.
        """
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        checkout = Checkout(root)
        dataset, problems = load(root, as_of=checkout.today(), previous=checkout.previous())
        problems = sorted([*problems, *rules.check(dataset, root)])
        self._report(problems)
        self.edition = checkout.edition(config.site_url or "")
        self.checkout = checkout
        self.site = Site(dataset, Path(config.docs_dir), self.edition)
        config.extra["kzus"] = {"problems": problems, "edition": self.edition}
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
        """Fill the hand-written pages and add those that the record makes.

        Here, before MkDocs makes pages of files, is the place where files can be added.
        """
        self.pages: dict[str, Page] = {}
        for page in self._rendered():
            self.pages[page.path] = page
            if page.path not in files.src_uris:
                level = InclusionLevel.NOT_IN_NAV
                files.append(File.generated(config, page.path, content=page.text, inclusion=level))
        return files

    def _rendered(self) -> list[Page]:
        try:
            return list(self.site.pages())
        except TemplateFault as fault:
            text = as_text([fault.problem])
            if not self.serving:
                raise PluginError(text) from fault
            log.error(text)
            return [Page("index.md", "A template is broken", f"# A template is broken\n\n{text}")]

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give record pages a section, and pages before and after, without listing them in the nav.

        A navigation of a thousand pages would be rendered into each of a thousand pages.
        """
        for page in self.pages.values():
            file = files.src_uris.get(page.path)
            if page.entry is None or file is None:
                continue
            made = file.page or MkDocsPage(None, file, config)
            made.previous_page = self._page_of(page.before, files, config)
            made.next_page = self._page_of(page.after, files, config)
            section = files.src_uris.get(page.section or "")
            if section and section.page:
                crumb = Section(section.page.title or "", [])
                crumb.parent = section.page.parent
                made.parent = section.page.parent or crumb
        return nav

    def _page_of(self, ref: Ref | None, files: Files, config: MkDocsConfig) -> MkDocsPage | None:
        file = files.src_uris.get(ref.path) if ref else None
        return (file.page or MkDocsPage(None, file, config)) if file else None

    def on_page_read_source(self, page: MkDocsPage, *, config: MkDocsConfig) -> str | None:
        """Hand MkDocs the filled text instead of the template."""
        found = self.pages.get(page.file.src_uri)
        return found.text if found else None

    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Set what MkDocs would read from front matter, once it has looked for front matter."""
        found = self.pages.get(page.file.src_uri)
        if found:
            page.meta = {"title": found.title, **found.meta}
            if found.entry:
                page.title = found.title
            page.edit_url = self.edition.edit_url(found.source) if found.source else None
        return markdown

    def on_page_context(
        self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> Any:
        """Give the theme's templates the page of the record."""
        found = self.pages.get(page.file.src_uri)
        context["kzus_page"] = found
        if found and found.section:
            section = self.pages.get(found.section)
            context["kzus_section"] = section
        return context

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Set the date that the sitemap shows to the record's, not the clock's."""
        day = self.site.dataset.as_of.isoformat()
        config.extra["kzus"]["as_of"] = day
        for file in files.documentation_pages():
            if file.page:
                file.page.update_date = day
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the files for machines beside the finished pages."""
        target = Path(config.site_dir)
        for export in EXPORTS:
            for path, content in export.files(self.site.dataset, self.edition):
                file = target / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Build again when the record changes, not only when docs/ does."""
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        server.watch(str(root / "data"))
        return server
