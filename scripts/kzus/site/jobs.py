"""What a build has to make besides hand-written pages, each thing named by all that it shows."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import partial

from ..exports import EXPORTS, Export
from ..exports.base import OneFile
from ..model.records import Entry
from ..views.sight import digest
from .pages import Plan, Site
from .press import Press
from .work import Job, Made


def whole(
    site: Site, programs: str, passed_over: Container[str], *, words: bool
) -> Iterator[tuple[str, Job]]:
    """The files for machines that hold the whole record, with the export that each is of.

    `programs` is a digest of what the files rest on besides the record; exports whose paths are in
    `passed_over` are left out, and so are those that show `words` of facts, or those that do not.
    """
    record = site.dataset.digest if words else site.outline
    commits = [revision.commit for revision in site.edition.revisions]
    for export in EXPORTS:
        if export.one is None and export.words == words and export.path not in passed_over:
            name = digest(programs, record, export.path, *commits)
            yield export.path, Job(name, partial(_all, site, export), export.group)


def single(site: Site, programs: str, passed_over: Container[str]) -> Iterator[tuple[str, Job]]:
    """The same for the files of single entries."""
    for export in EXPORTS:
        if export.one is None or export.path in passed_over:
            continue
        for key, entry in site.dataset.of(export.kind).items():
            name = digest(programs, export.path, site.sights.seen[export.kind, key])
            path = export.path.format(id=key)
            yield export.path, Job(name, partial(_one, site, export.one, path, entry))


def printed(plans: Iterable[Plan], press: Press, theme: str) -> Iterator[Job]:
    """The pages of the record; `theme` is a digest of what stands around and behind all pages."""
    for plan in plans:
        yield Job(digest(theme, plan.path, plan.inputs), partial(press.made, plan))


def _all(site: Site, export: Export) -> Made:
    return Made(export.files(site.dataset, site.edition))


def _one(site: Site, make: OneFile, path: str, entry: Entry) -> Made:
    return Made([(path, make(site.dataset, site.edition, entry))])
