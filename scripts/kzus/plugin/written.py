"""The hand-written pages: filled for MkDocs, and spared it where they are as they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mkdocs.structure.files import File

from ..problems import Problem
from ..site.output import Output
from ..site.pages import DATA_PAGE, Page, Site, fault_page
from ..site.press import SearchEntry
from ..site.templates import TemplateFault, address
from ..site.work import Crew, Done
from ..views.sight import digest


@dataclass
class Written:
    """Hand-written pages by path: those that were filled, and those that were spared.

    `theme` is a digest of what stands around and behind all pages, `commits` names what the record
    learned, and `sizes` are those of the exported files. A strict build spares none, since MkDocs
    checks the links only of what it renders. `fault` is told of templates that cannot be filled.
    """

    site: Site
    crew: Crew
    theme: str
    commits: Sequence[str]
    sizes: Mapping[str, Mapping[str, int]]
    strict: bool
    fault: Callable[[Problem], None]
    pages: dict[str, Page] = field(default_factory=dict)
    spared: dict[str, Done] = field(default_factory=dict)
    _keys: dict[str, list[str]] = field(default_factory=dict)

    def take(self, file: File) -> None:
        """Fill a page; where all that it is filled from, or it itself, is as it was, spare it."""
        path = file.src_uri
        self._keys[path] = [self._before(path)]
        # What it shows is the record, so its own file's date says nothing.
        file.is_modified = lambda: True  # type: ignore[method-assign]
        if not self._spare(path):
            page = self.pages[path] = self._filled(path)
            matter = repr((page.title, page.meta, page.head))
            self._keys[path].append(digest(self.theme, path, page.text, matter))
            self._spare(path)
        if path in self.spared:
            file.is_documentation_page = lambda: False  # type: ignore[method-assign]
            file.copy_file = lambda dirty=False: None  # type: ignore[method-assign]

    def _before(self, path: str) -> str:
        """A digest of all that a page is filled from."""
        raw = (self.site.docs / path).read_bytes()
        sizes = repr(self.sizes) if path == DATA_PAGE else ""
        return digest(self.theme, self.site.shown_on(path), *self.commits, path, raw, sizes)

    def _spare(self, path: str) -> bool:
        known = None if self.strict else self.crew.known(self._keys[path][-1])
        if known:
            self.spared[path] = known
        return bool(known)

    def _filled(self, path: str) -> Page:
        try:
            return self.site.page(path)
        except TemplateFault as fault:
            self.fault(fault.problem)
            return fault_page(path, fault.problem)

    def entries(
        self, found: Mapping[str, list[SearchEntry]], output: Output
    ) -> Iterator[SearchEntry]:
        """The search entries of all pages in the order of their paths; `found` has the new ones.

        What was made is remembered for later builds.
        """
        for path, keys in sorted(self._keys.items()):
            place = address(path)
            done = self.spared.get(path)
            if done is None:
                name = place + "index.html"
                done = Done({name: output.taken(name)}, found.get(place, []))
            for key in keys:
                self.crew.remember(key, done)
            yield from done.note
