"""The MkDocs plugin: hands the record's pages and files to MkDocs.

The only package that imports mkdocs. Hand-written pages go MkDocs' own way, with their templates
filled (`written`). Pages that the record makes are many and of few shapes: they are rendered by
`site.render` into the theme as MkDocs renders it once for each shape (`shells`), and put beside.
"""

from __future__ import annotations

import gc
import gzip
import logging
import os
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext
from watchdog.observers.polling import PollingObserverVFS

from .. import history, rules
from ..edition import Checkout
from ..exports import EXPORTS
from ..files import write_whole
from ..loader import Memo, load
from ..nearby import around
from ..problems import Problem, as_text
from ..site import csp, jobs, preview
from ..site.cache import Cache, default_file
from ..site.charts import Charts
from ..site.output import Output
from ..site.pages import DATA_PAGE, Site
from ..site.press import Press, SearchEntry, SearchIndex
from ..site.render import Converter, FinishedHtml, targets
from ..site.state import of_files, of_programs
from ..site.templates import COMPILED, address
from ..site.twin import Twins
from ..site.work import Ahead, Crew, Forked, Job
from ..views import bars
from ..views.sight import digest
from .shells import RecordFile, Shells, record_file
from .written import Written

# What scripts of the site fetch, and a preview must therefore have anew each time.
_READ_BY_PAGES = {"api/v1/on.json"}
# Seconds between two looks at the files of a preview; MkDocs' half a second is felt.
_LOOK_EVERY = 0.2
log = logging.getLogger("mkdocs.plugins.kzus")
_CHECKBOX = re.compile(r'(<input class="md-toggle"[^>]*) autocomplete="off"')


def _not_about_dirty_builds(record: logging.LogRecord) -> bool:
    """Pass over MkDocs' warning: this plugin builds every page that changed."""
    return "A 'dirty' build" not in record.getMessage()


class KzusConfig(Config):  # type: ignore[no-untyped-call]  # untyped in MkDocs
    """The plugin has no settings."""


class KzusPlugin(BasePlugin[KzusConfig]):  # type: ignore[no-untyped-call]  # untyped in MkDocs
    """Adds the record to a site."""

    serving = False
    cache: Cache | None = None
    steps: preview.TwoSteps | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview.

        Its presence also makes MkDocs keep this instance over the builds of one `mkdocs serve`.
        """
        self.serving, self.dirty = command == "serve", dirty
        self.memo = Memo()
        self.sizes: dict[str, dict[str, int]] = {}
        if self.serving:
            logging.getLogger("mkdocs.commands.build").addFilter(_not_about_dirty_builds)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and check the record: first, since all else depends on it.

        A preview goes on without what cannot be read; a build stops, so that nothing is
        published from a broken record.
        """
        root = self.root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        self.cache = self.cache or Cache(default_file(root))
        self.memo.values = self.cache
        self.charts = Charts(Path(config.docs_dir), self.cache)
        self.charts.begin()
        gc.disable()  # nearly all that is made until `on_nav` stays
        checkout = Checkout(root)
        dataset, problems = load(
            root,
            as_of=checkout.today(),
            previous=checkout.previous(),
            memo=self.memo,
        )
        self.dataset = dataset
        self.edition = replace(
            checkout.edition(config.site_url or ""), revisions=history.revisions(root)
        )
        self.commits = [revision.commit for revision in self.edition.revisions]
        problems = sorted([*problems, *self._begin(config)])
        self._report(problems)
        self.errors = [problem for problem in problems if problem.level == "error"]
        config.markdown_extensions.append(FinishedHtml())  # type: ignore[arg-type]
        config.extra["kzus"] = {"edition": self.edition, "urls": []}
        return config

    def _begin(self, config: MkDocsConfig) -> list[Problem]:
        """Begin the exported files that hold the whole record, which take long; plan the rest.

        Returns:
            What the rules find, who are asked beside.
        """
        folder = Path(config.site_dir)
        self.output = Output(folder)
        self.crew = Crew(self.output, self.cache or Cache(), Ahead(folder))
        self.site = Site(self.dataset, Path(config.docs_dir), self.edition, self.sizes, self.charts)
        self.programs = digest(of_programs(), repr(self.dataset.as_of), repr(self.edition))
        self.passed_over = self._passed_over()
        self.exported: list[tuple[str, Job]] = []
        self._export(words=True)  # first, since these need no digests of what entries show
        _ = self.dataset.links  # else each process would look for them
        asked = Forked(partial(rules.check, self.dataset, self.root))
        self._export(words=False)
        self.plans = {plan.path: plan for plan in self.site.planned()}
        return asked.result()

    def _export(self, *, words: bool) -> None:
        some = list(jobs.whole(self.site, self.programs, self.passed_over, words=words))
        self.crew.begin(job for _, job in some)
        self.exported += some

    def _report(self, problems: list[Problem]) -> None:
        errors = [problem for problem in problems if problem.level == "error"]
        if errors:
            self._stop(f"the record has problems\n{as_text(problems)}")
        elif problems:
            log.info(as_text(problems))

    def _fault(self, *problems: Problem) -> None:
        """Tell of templates that cannot be filled."""
        self.errors += problems
        self._stop(as_text(problems))

    def _stop(self, text: str) -> None:
        """End a build; a preview says what is wrong and goes on."""
        if not self.serving:
            raise PluginError(text)
        log.error(text)

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Save the earlier site from MkDocs, which clears the folder before it builds."""
        if not self.dirty:
            self.output.set_aside()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Announce the pages of the record."""
        self.output.bring_back()
        for path in self.plans:
            if path not in files.src_uris:
                files.append(record_file(path, config))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Begin all work that needs no more of MkDocs, and fill the hand-written pages meanwhile.

        The theme sets the whole navigation into every page, so work begins only here.
        """
        self.files, self.env = files, config.theme.get_env()
        self.env.bytecode_cache = COMPILED
        for file in files.documentation_pages():
            if file.page and file.page.title is None:
                file.page.title = self.site.matter(file.src_uri).get("title")
        self.exported += jobs.single(self.site, self.programs, self.passed_over)
        theme = digest(
            self.programs,
            of_files(self.site.docs / "templates"),
            Path(config.config_file_path).read_bytes(),
            *(f"{item.title} {item.url}" for item in nav.pages),
            repr(bars.axis(self.dataset)),
        )
        if not self.serving:
            gc.freeze()  # it stays to the end: to look through it, even then, would find nothing
            gc.set_threshold(10_000)
        gc.enable()
        self.shells = Shells(
            config, nav, files, self.env, bool(self.edition.repository), self._finished
        )
        self.press = self._press(config)
        pages = jobs.printed(self.plans.values(), self.press, theme)
        self.crew.start([*(job for _, job in self.exported), *pages])
        self._fill(files, theme, strict=config.strict)
        return nav

    def _passed_over(self) -> set[str]:
        """Exports that are left as they are: later in a preview, all but those that pages read."""
        later = self.serving and self.dirty and bool(self.sizes)
        paths = {export.path for export in EXPORTS} - _READ_BY_PAGES if later else set()
        for path in paths:
            self.output.note(self.sizes[path])
        return paths

    def _press(self, config: MkDocsConfig) -> Press:
        return Press(
            Converter(config.markdown_extensions, config.mdx_configs),
            self.shells.around,
            self.edition,
            Twins(frozenset(self.plans)),
        )

    def _fill(self, files: Files, theme: str, *, strict: bool) -> None:
        """Fill the hand-written pages."""
        self.linked: dict[str, str] = {}
        self.written = Written(
            self.site, self.crew, theme, self.commits, self.sizes, strict, self._fault
        )
        paths = self.site.written()
        for path in paths:
            if path != DATA_PAGE:
                self.written.take(files.src_uris[path])
        self._measure()  # waits for the exported files, whose sizes one page tells
        if DATA_PAGE in paths:
            self.written.take(files.src_uris[DATA_PAGE])

    def _measure(self) -> None:
        """Learn how large the exported files are."""
        self.sizes |= {export: {} for export, _ in self.exported}
        for place, (export, _) in enumerate(self.exported):
            made = self.crew.result(place).files
            self.sizes[export].update((path, stamp[1]) for path, stamp in made.items())

    def on_page_read_source(self, page: MkDocsPage, *, config: MkDocsConfig) -> str | None:
        """Hand MkDocs the filled text instead of the template."""
        found = self.written.pages.get(page.file.src_uri)
        return found.text if found else None

    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Set what MkDocs reads from front matter, once it has looked for front matter."""
        found = self.written.pages.get(page.file.src_uri)
        if found:
            # Lists name what records tell: the search shows the records first.
            page.meta = {"title": found.title, "search": {"boost": 0.5}, **found.meta}
            page.edit_url = self.edition.edit_url(found.source) if found.source else None
        return markdown

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Remember what the page links to; of Markdown files MkDocs says itself what is missing."""
        found = (path for path in targets(html, page.file.url) if not path.endswith(".md"))
        self.linked[page.file.src_uri] = "\n".join(found)
        return html

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the theme what belongs into the page's head."""
        found = self.written.pages.get(page.file.src_uri)
        context["kzus_head"] = found.head if found else ""  # type: ignore[typeddict-unknown-key]
        return context

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Tell the sitemap of pages and days, where MkDocs would write today.

        The environment is the one whose templates are compiled already.
        """
        days = history.days(self.root) if config.site_url and not self.serving else {}
        newest = max((day for path, day in days.items() if path.startswith("data/")), default=None)

        def day_of(path: str | None) -> str:
            """The day of a page's own file; of the newest record where a page shows many."""
            day = days.get(path) if path else newest
            return min(day or self.dataset.as_of, self.dataset.as_of).isoformat()

        for file in files.documentation_pages():
            if file.page:
                file.page.update_date = day_of(None)
        if config.site_url:
            listed = [(plan.path, plan.file) for plan in self.plans.values() if plan.listed]
            listed += [(path, "") for path in self.written.spared]
            urls = [(config.site_url + address(path), day_of(file)) for path, file in listed]
            config.extra["kzus"]["urls"] = urls
        return self.env

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Seal the finished page; its inline scripts are known only now."""
        page.content = page.markdown = None  # MkDocs would hold them to its end
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
        """Collect the pages of the record, and complete the search."""
        index = SearchIndex(Path(config.site_dir) / "search/search_index.json")
        written = self.written.entries(index.by_page(), self.output)
        entries = [*written, *self._collect_made()]
        index.write(entries)
        self._date_sitemap(Path(config.site_dir))
        self._look_for_targets(Path(config.site_dir))
        self.crew.close()
        others = (file.dest_uri for file in self.files if not isinstance(file, RecordFile))
        self.output.remove_stale(others)
        self.crew.cache.save(forget=not self.serving)

    def _look_for_targets(self, site: Path) -> None:
        """Warn of links to what is not there, in Markdown or HTML, to pages or files."""
        there = cache(
            lambda to: os.path.isfile(
                os.path.join(site, to if to and to[-1] != "/" else f"{to}index.html")
            )
        )
        for path, links in sorted(self.linked.items()):
            for link in links.split("\n"):
                if not there(link):
                    log.warning("%s links to %s, which is not there", path, link or "the root")

    def _date_sitemap(self, site: Path) -> None:
        """Give the packed sitemap the record's day, where MkDocs may have written the clock's."""
        plain = site / "sitemap.xml"
        if plain.exists():
            day = datetime.combine(self.dataset.as_of, time(), UTC)
            packed = gzip.compress(plain.read_bytes(), mtime=day.timestamp())
            write_whole(site / "sitemap.xml.gz", packed)

    def _collect_made(self) -> Iterator[SearchEntry]:
        """The search entries of the pages of the record; what is wrong with one is told."""
        first = len(self.crew) - len(self.plans)
        faults: set[Problem] = set()
        for place, path in enumerate(self.plans, first):
            note = self.crew.result(place).note
            if fault := note.get("fault"):
                faults.add(Problem(**fault))
            self.linked[path] = note["links"]
            if note["search"]:
                yield note["search"]
        if faults:
            self._fault(*sorted(faults))

    def on_shutdown(self) -> None:
        """Let a build come to its end before its folder is removed."""
        if self.steps:
            self.steps.finish()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave no work behind that nobody waits for; tell a full disk and the like in words."""
        gc.enable()
        if hasattr(self, "crew"):  # the error may have come before
            self.crew.close()
        if isinstance(error, OSError):
            raise PluginError(f"a file cannot be read or written: {error}") from error

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Build again when the record changes, not only when docs/ does; tell what is wrong."""
        app = preview.with_banner(server.serve_request, lambda: self.errors)
        folders = [str(self.root / "data")]
        if self.dirty:  # else MkDocs empties the site before it builds
            self.steps = steps = preview.TwoSteps(builder, self._ahead, server.mount_path)
            server.builder, app = steps.build, steps.holding(app)
            folders += [config.docs_dir, str(config.config_file_path)]
            for folder in folders[1:]:
                server.unwatch(folder)
            server.observer = PollingObserverVFS(  # type: ignore[assignment]  # of the same base
                os.stat, steps.listed, polling_interval=_LOOK_EVERY
            )
        for folder in folders:
            server.watch(folder)
        server.set_app(app)
        return server

    def _ahead(self, opened: Collection[str]) -> list[str]:
        """Make the pages of what was edited, and those that are open; return their addresses.

        None where that is not enough: after a mistake, or where records came or went.
        """
        if self.errors:
            return []
        gc.disable()  # nearly all that is made stays; a whole build follows, and looks for garbage
        known = self.dataset
        dataset, problems = load(
            self.root, as_of=known.as_of, previous=known.previous, memo=self.memo
        )
        edited = preview.edited(known, dataset)
        paths = set(edited.values())
        if not paths or not paths <= self.plans.keys():
            return []
        problems += rules.check(around(dataset, edited.keys()), self.root)
        if any(problem.level == "error" for problem in problems):
            return []
        wanted = paths | {path for path in self.plans if address(path) in opened}
        site = Site(dataset, self.site.docs, self.edition, charts=self.charts)
        made = list(site.some(wanted))
        for plan in made:
            for path, content in self.press.made(plan).files:
                self.output.write(path, content)
        return [address(plan.path) for plan in made]
